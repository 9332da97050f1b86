"""Words about a matter the desk knows: does a danger seem to have passed?"""

from __future__ import annotations

import pytest

from classifiers.residents.continuations import (
    Continuation,
    cannot_be_without,
    cannot_wait,
    comes_back,
    drops_it_at_last,
    is_fine_now,
    is_still_at_it,
    judges_later,
    may_spoil_praise,
    read_continuation,
    says_nothing_of_it,
    seems_over,
    sounds_over,
    sounds_worse,
    thing_withdrawn,
    threatens_to_complain,
    threatens_to_go_above,
    wants_it_after_all,
)


@pytest.mark.parametrize(
    "text", ["找着了,在菜市场", "虚惊一场,在柴房睡着了", "送医院了,谢谢姑娘", "火灭了", "人醒了", "没大事了"]
)
def test_over(text: str) -> None:
    assert sounds_over(text)


@pytest.mark.parametrize("text", ["没醒", "还没找到", "找到了吗", "救上来了,没气了", "送医院了,还没醒", "火又着了", ""])
def test_not_over(text: str) -> None:
    assert not sounds_over(text)


@pytest.mark.parametrize(("text", "may"), [("没来过,我一天都在家", True), ("白折腾一趟", True), ("亮堂堂的", False)])
def test_words_that_turn_praise_around(text: str, may: bool) -> None:
    assert may_spoil_praise(text) is may


@pytest.mark.parametrize("text", ["现在哗哗的了 盆都接不住", "越来越大了", "漫到楼下了", "止不住了", "都泡了"])
def test_it_grows_worse(text: str) -> None:
    assert sounds_worse(text)


@pytest.mark.parametrize(
    "text", ["不怎么漏了", "会不会越来越大?", "没流到楼下", "好多了", "刮南风更厉害", "怕漫到楼下"]
)
def test_it_does_not(text: str) -> None:
    assert not sounds_worse(text)


@pytest.mark.parametrize("text", ["又开始了，比刚才还冲", "不对啊还是有味", "又不见了", "又有味了"])
def test_it_is_back(text: str) -> None:
    assert comes_back(text)


@pytest.mark.parametrize("text", ["火灭了 人没事", "虚惊一场", "找到了", "没有又冒烟吧?"])
def test_it_is_not_back(text: str) -> None:
    assert not comes_back(text)


@pytest.mark.parametrize("text", ["在他姥姥家呢", "出来了 物业给弄开的", "120拉走了", "燃气公司来人换好了"])
def test_it_is_over(text: str) -> None:
    assert sounds_over(text)


@pytest.mark.parametrize("text", ["下午别来了，家里没人", "今天先别来了", "明天不用来"])
def test_not_today_is_no_withdrawal(text: str) -> None:
    assert read_continuation(text) is not Continuation.WITHDRAWN


def test_never_mind_still_is() -> None:
    assert read_continuation("不用来了") is Continuation.WITHDRAWN


@pytest.mark.parametrize(
    "text", ["好用", "挺好用的", "是通了", "不堵了 挺好", "没漏了", "通了 谢谢小陈", "好了好了,谢谢小陈", "没吵"]
)
def test_plainly_well(text: str) -> None:
    assert is_fine_now(text)


@pytest.mark.parametrize("text", ["不行", "不好用", "没通", "是好了一会儿又堵", "通是通了就是慢"])
def test_not_plainly_well(text: str) -> None:
    assert not is_fine_now(text)


def test_who_judges_later_and_who_is_only_angry() -> None:
    assert judges_later("我问问我妈")
    assert judges_later("还没看呢")
    assert not judges_later("有问题")
    assert says_nothing_of_it("早干嘛去了")
    assert not says_nothing_of_it("干净了")
    assert says_nothing_of_it("修了个啥")
    assert not says_nothing_of_it("修啥呀 地上还是水")


def test_after_all() -> None:
    assert wants_it_after_all("还是来吧")
    assert wants_it_after_all("我说的是今天不用来")
    assert not wants_it_after_all("谢谢")


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("水龙头也不用来了", "水龙头"),
        ("门锁不用修了", "门锁"),
        ("煤气表不用了,换好了", "煤气表"),
        ("把下水道的事撤了", "下水道"),
        ("我家水管不用修了,自己修好了", "水管"),
        ("灯不用修了", "灯"),
    ],
)
def test_the_thing_that_nobody_need_come_for(text: str, thing: str) -> None:
    assert thing_withdrawn(text) == thing


@pytest.mark.parametrize(
    "text",
    [
        *("师傅不用来了", "小陈不用来了", "今天不用来了", "不用来了", "自己好了不用来了", "路灯现在不用修了"),
        *(
            "热水器不用了两年",
            "旧沙发不用了,能来拉走吗",
            "公交车取消了",
            "物业修好了不用来了",
            "电梯坏了不用修了吧?",
            "",
        ),
    ],
)
def test_no_thing_is_withdrawn(text: str) -> None:
    assert thing_withdrawn(text) == ""


@pytest.mark.parametrize("text", ["等不到早上了", "等不了了", "实在等不及了", "不能等到天亮", "熬不到天亮了"])
def test_cannot_wait(text: str) -> None:
    assert cannot_wait(text)


@pytest.mark.parametrize("text", ["等不到车", "我妈等不到早上了", "我等不及想看看", "等等吧", ""])
def test_can_wait(text: str) -> None:
    assert not cannot_wait(text)


@pytest.mark.parametrize("text", ["我要投诉", "再不来我投诉了", "再没人来我就打12345", "催了好几遍都不来,我要投诉"])
def test_threatens_to_complain(text: str) -> None:
    assert threatens_to_complain(text)


@pytest.mark.parametrize("text", ["我要投诉物业", "我要投诉陈示例", "怎么投诉", "投诉电话多少", "我告诉你", ""])
def test_complains_of_something_or_of_nothing(text: str) -> None:
    assert not threatens_to_complain(text)


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("停电了，我老头吸氧机要用电", True),
        ("没电了 家里有个刚出生的娃", True),
        ("停水了 我妈瘫在床上要擦洗", True),
        ("又停电了 饭都没做", False),
        ("停水了，家里老人孩子都等着呢", False),
    ],
)
def test_for_whom_a_cut_is_more_than_for_others(text: str, is_so: bool) -> None:
    assert cannot_be_without(text) == is_so


@pytest.mark.parametrize(
    ("text", "is_over"),
    [
        ("找着了谢谢大家", True),
        ("来电了", True),
        ("师傅弄完走了 挺好", True),
        ("还没修好", False),
        ("快修好了吗", False),
        ("来人了", False),
        ("又来了", False),
        ("师傅来了 弄着呢", False),
    ],
)
def test_seems_over(text: str, is_over: bool) -> None:
    assert seems_over(text) is is_over


def test_still_at_it() -> None:
    assert is_still_at_it("又来了")
    assert is_still_at_it("师傅来了 弄着呢")
    assert not is_still_at_it("来电了")
    assert not is_still_at_it("自己好了")


def test_who_ran_out_of_the_house_is_no_end() -> None:
    assert not sounds_over("跑出来了 在院里呢")
    assert sounds_over("人救出来了")


@pytest.mark.parametrize(
    ("text", "does"),
    [("医保的事我闺女在手机上弄好了 撤了吧", True), ("撤了吧", False), ("先别来 等我儿子回来", False)],
)
def test_the_last_clause_drops_it(text: str, does: bool) -> None:
    assert drops_it_at_last(text) is does


@pytest.mark.parametrize(
    ("text", "does"), [("我找你们书记去", True), ("再不来我就找领导去了", True), ("找书记反映小陈", False)]
)
def test_going_above(text: str, does: bool) -> None:
    assert threatens_to_go_above(text) is does
