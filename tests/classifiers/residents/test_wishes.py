"""Residents' short commands, and what must not be taken for one."""

# ruff: noqa: E501  a table is read row by row

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.residents.wishes import SpokenWish, Wish, read_wish


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("查", SpokenWish(Wish.STATUS)), ("进度", SpokenWish(Wish.STATUS)), ("到哪一步了？", SpokenWish(Wish.STATUS)),
        ("查342", SpokenWish(Wish.STATUS, 342)), ("342怎么样了", SpokenWish(Wish.STATUS, 342)), ("查进度", SpokenWish(Wish.STATUS)),
        ("催 #342", SpokenWish(Wish.URGE, 342)), ("催单", SpokenWish(Wish.URGE)), ("催一下", SpokenWish(Wish.URGE)),
        ("补充：水表在门后", SpokenWish(Wish.SUPPLEMENT, note="水表在门后")), ("补充水表在门后", SpokenWish(Wish.SUPPLEMENT, note="水表在门后")),
        ("撤销", SpokenWish(Wish.CANCEL)), ("取消。", SpokenWish(Wish.CANCEL)), ("不用了", SpokenWish(Wish.CANCEL)), ("撤销342", SpokenWish(Wish.CANCEL, 342)),
        ("6不用修了", SpokenWish(Wish.CANCEL, 6)), ("确定删除", SpokenWish(Wish.ERASE)), ("把我的都删了", SpokenWish(Wish.ERASE)),
        ("我不想用了 把我的信息都删了", SpokenWish(Wish.ERASE)), ("找个真人跟我说话", SpokenWish(Wish.HUMAN)),
        ("我那事有人看了吗", SpokenWish(Wish.STATUS)), ("那我咋知道你们来没来", SpokenWish(Wish.STATUS)),
        ("人工", SpokenWish(Wish.HUMAN)), ("找人", SpokenWish(Wish.HUMAN)), ("转人工", SpokenWish(Wish.HUMAN)),
        ("帮助", SpokenWish(Wish.HELP)), ("？", SpokenWish(Wish.HELP)), ("怎么用", SpokenWish(Wish.HELP)),
        ("我的资料", SpokenWish(Wish.MY_DATA)), ("我的数据", SpokenWish(Wish.MY_DATA)), ("删除我的资料", SpokenWish(Wish.ERASE)),
        ("点错了", SpokenWish(Wish.SLIP)), ("哎呀，我按错了", SpokenWish(Wish.SLIP)), ("手滑了 我想点满意", SpokenWish(Wish.SLIP, None, "点满意")),
        ("我是说满意", SpokenWish(Wish.SLIP, None, "满意")), ("点错了，已经好了", SpokenWish(Wish.SLIP, None, "已经好了")),
        ("你们电话多少", SpokenWish(Wish.HUMAN)), ("有负责人电话吗", SpokenWish(Wish.HUMAN)),
        ("1", SpokenWish(Wish.RATE_GOOD)), ("１", SpokenWish(Wish.RATE_GOOD)), ("满意谢谢", SpokenWish(Wish.RATE_GOOD)), ("很满意", SpokenWish(Wish.RATE_GOOD)),
        ("没啥不满意的", SpokenWish(Wish.RATE_GOOD)), ("好着哩", SpokenWish(Wish.RATE_GOOD)), ("没毛病", SpokenWish(Wish.RATE_GOOD)),
        ("1 满意,不过以后别把垃圾桶放我家门口", SpokenWish(Wish.RATE_GOOD, note="不过以后别把垃圾桶放我家门口")), ("1，满意", SpokenWish(Wish.RATE_GOOD)),
        ("3 没解决,张守田昨晚又来骂街", SpokenWish(Wish.RATE_BAD, note="张守田昨晚又来骂街")), ("1 没解决", SpokenWish(Wish.RATE_BAD, 1)), ("满意 #1", SpokenWish(Wish.RATE_GOOD, 1)), ("3号没解决", SpokenWish(Wish.RATE_BAD, 3)),
        ("好是好了，就是太慢", SpokenWish(Wish.RATE_FAIR, note="就是太慢")), ("修是修好了,就是师傅态度差", SpokenWish(Wish.RATE_FAIR, note="就是师傅态度差")),
        ("撤销,我家好了", SpokenWish(Wish.CANCEL)), ("撤了吧,我家好了", SpokenWish(Wish.CANCEL)), ("撤消", SpokenWish(Wish.CANCEL)), ("徹銷", SpokenWish(Wish.CANCEL)), ("把那个单子撤了", SpokenWish(Wish.CANCEL)),
        ("不用了,撤了", SpokenWish(Wish.CANCEL)), ("算了 不修了", SpokenWish(Wish.CANCEL)), ("撤销 不用来了", SpokenWish(Wish.CANCEL)), ("算了不修了 撤销", SpokenWish(Wish.CANCEL)), ("撤销1 我家好了", SpokenWish(Wish.CANCEL, 1)),
        ("2", SpokenWish(Wish.RATE_FAIR)), ("一般", SpokenWish(Wish.RATE_FAIR)),
        ("３", SpokenWish(Wish.RATE_BAD)), ("没解决,还在漏", SpokenWish(Wish.RATE_BAD, note="还在漏")), ("不满意", SpokenWish(Wish.RATE_BAD)), ("没解决还在漏", SpokenWish(Wish.RATE_BAD, note="还在漏")),
        ("这是另一件事", SpokenWish(Wish.ANOTHER)), ("也是这件事", SpokenWish(Wish.SAME)),
        ("绑定 AB12CD", SpokenWish(Wish.BIND, note="AB12CD")), ("是", SpokenWish(Wish.YES)), ("不是", SpokenWish(Wish.NO)), ("删除我的資料", SpokenWish(Wish.ERASE)),
    ],
)  # fmt: skip
def test_a_wish_is_heard(text: str, wish: SpokenWish) -> None:
    assert read_wish(text) == wish


@pytest.mark.parametrize(
    "text",
    [
        "满意度调查是什么", "帮助老人买菜", "取消低保怎么办", "补充医疗保险怎么交", "人工智能是什么", "找人修水管", "找人来修",
        "1号楼漏水", "3 号楼漏水", "谢谢", "查一下我家水表为什么不走", "催乳师在哪找", "没解决温饱的困难户怎么申请低保?", "3单元灯坏了",
        "1 楼道灯坏了 2 垃圾没人收", "", "。", "不用了的旧衣服谁要", "绑定", "撤销,路灯不亮了", "亮是亮了就是一闪一闪的",
        "我们这个楼的下水道已经堵了三天了,打了好几次电话都没有人来,麻烦你们催一下物业让他们赶快派人来修",
    ],
)  # fmt: skip
def test_a_request_is_not_swallowed(text: str) -> None:
    assert read_wish(text) is None


@given(st.text(max_size=100) | st.text("满意没解决123查催补充: #谢了不用", max_size=50))
def test_no_text_raises(text: str) -> None:
    read_wish(text)
