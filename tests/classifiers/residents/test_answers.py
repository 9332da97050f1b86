"""What short words answer to the question whether it is solved."""

# ruff: noqa: E501  a table is read row by row

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.residents.answers import Answer, SpokenAnswer, points_of, read_answer, says_nothing_bad, without_but


@pytest.mark.parametrize(
    ("text", "told", "answer"),
    [
        ("谢谢小陈 满意", "路灯不亮", Answer.GOOD),
        ("换得挺好 就是费了点时间", "水龙头坏了", Answer.FAIR),
        ("好了 谢谢", "水龙头坏了", Answer.GOOD),
        ("好的 谢谢", "水龙头坏了", Answer.THANKS),
        ("好了 就是地上弄得脏", "水龙头坏了", Answer.FAIR),
        ("可以可以 就是声音有点大", "水龙头坏了", Answer.FAIR),
        ("小陈手真巧 满意", "水龙头坏了", Answer.GOOD),
        ("太感谢小陈了 这孩子真好", "水龙头坏了", Answer.GOOD),
        ("小陈这人不错 修得好", "水龙头坏了", Answer.GOOD),
        ("小李比原来那个强", "水龙头坏了", Answer.GOOD),
        ("回来看了 好使了", "水龙头坏了", Answer.GOOD),
        ("看过了 好着呢", "水龙头坏了", Answer.GOOD),
        ("回来看了 还是漏", "水龙头坏了", Answer.BAD),
        ("多亏了你们", "水龙头坏了", Answer.NO_WORD_OF_IT),
        ("谢谢师傅，非常满意", "路灯不亮", Answer.GOOD),
        ("挺好的", "路灯不亮", Answer.GOOD),
        ("好了好了谢谢", "路灯不亮", Answer.GOOD),
        ("没有问题了", "路灯不亮", Answer.GOOD),
        ("老李说热了 谢谢", "暖气不热", Answer.GOOD),
        ("通了通了 小陈真不错", "厕所下水堵了", Answer.GOOD),
        ("哦不 是通了", "厕所下水堵了", Answer.GOOD),
        ("不堵了", "厕所下水堵了", Answer.GOOD),
        ("响了", "门铃不响", Answer.GOOD),
        ("不响了", "报警器老响", Answer.GOOD),
        ("嗯 还行", "路灯不亮", Answer.FAIR),
        ("还凑合吧 谢谢", "路灯不亮", Answer.FAIR),
        ("都好 就是来得慢了点", "路灯不亮", Answer.FAIR),
        ("不通了", "厕所下水堵了", Answer.BAD),
        ("不下水了", "厕所堵了", Answer.BAD),
        ("又堵了", "厕所堵了", Answer.BAD),
        ("不响了", "门铃不响", Answer.BAD),
        ("又响了", "报警器老响", Answer.BAD),
        ("又不亮了", "路灯不亮", Answer.BAD),
        ("不行", "路灯不亮", Answer.BAD),
        ("不满", "路灯不亮", Answer.BAD),
        ("灯不好使", "路灯不亮", Answer.BAD),
        ("不怎么样", "路灯不亮", Answer.BAD),
        ("没人来啊 谁修的", "路灯不亮", Answer.BAD),
        ("可以可以 速度真快 给你们点赞👍", "楼道堆杂物", Answer.GOOD),
        ("好使了 小李真是个热心肠", "水龙头坏了", Answer.GOOD),
        ("行行 效率真高", "路灯不亮", Answer.GOOD),
        ("小陈真是好样的", "路灯不亮", Answer.GOOD),
        ("给你们点赞 就是来得慢了点", "路灯不亮", Answer.FAIR),
        ("谢谢小李 大老远的来一趟 没修好", "路灯不亮", Answer.BAD),
        ("谢谢小李 可把我急坏了", "老伴走丢了", Answer.THANKS),
        ("辛苦小李了 大热天跑一趟", "水龙头坏了", Answer.THANKS),
        ("多谢王师傅 忙前忙后的", "路灯不亮", Answer.THANKS),
        ("谢谢邹师傅", "路灯不亮", Answer.THANKS),
        ("小陈辛苦了", "路灯不亮", Answer.THANKS),
        ("这怎么点啊 我不会弄", "路灯不亮", Answer.HOW),
        ("三楼", "路灯不亮", Answer.NO_WORD_OF_IT),
        ("3点来的", "路灯不亮", Answer.NO_WORD_OF_IT),
        ("吓死我了", "路灯不亮", Answer.NO_WORD_OF_IT),
    ],
)
def test_an_answer(text: str, told: str, answer: Answer) -> None:
    assert read_answer(text, told) == SpokenAnswer(answer)


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("解决了 但是旁边那个也不亮了", "旁边那个也不亮了"),
        ("灯修好了 不过楼道里又有一个灭了", "楼道里又有一个灭了"),
    ],
)
def test_what_is_said_beside_it(text: str, beside: str) -> None:
    said = read_answer(text, "路灯不亮")
    assert said is not None
    assert (said.answer, without_but(said.beside)) == (Answer.GOOD, beside)


@pytest.mark.parametrize(
    "text",
    [
        "1", "3 还在漏", "天真好", "好的", "可以", "可以可以", "速度太慢", "大热天白跑一趟", "什么时候来", "亮是亮了 就是一闪一闪的", "水龙头也坏了", "谢谢 不过没修好",
        "三点不行", "我家的也不亮", "不用了", "不是", "修好了吗", "满意吗?", "五分钟", "3号楼的灯也灭了 一直没人管 我都打了好几个电话了",
    ],
)  # fmt: skip
def test_no_plain_answer(text: str) -> None:
    assert read_answer(text, "路灯不亮") is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("五分", Answer.GOOD), ("4分", Answer.GOOD), ("三分", Answer.FAIR), ("2分", Answer.BAD), ("打两星", Answer.BAD), ("一分", Answer.BAD),
        ("五星好评", Answer.GOOD), ("8分", Answer.GOOD), ("7分", Answer.FAIR), ("给十分", Answer.GOOD), ("100分", Answer.GOOD), ("85分", Answer.GOOD),
        ("60分", Answer.FAIR), ("59分", Answer.BAD), ("满分", Answer.GOOD), ("一分都不想给", Answer.BAD), ("3", None), ("五", None), ("五分钟", None),
        ("500分", None),
    ],
)  # fmt: skip
def test_points(text: str, answer: Answer | None) -> None:
    assert points_of(text) is answer


def test_he_did_not_strike_is_no_complaint() -> None:
    assert says_nothing_bad("嗯 他昨晚倒是没动手")
    assert not says_nothing_bad("没动")


@given(st.text(max_size=80) | st.text("好不了亮满意谢小陈分又 ,", max_size=60))
def test_no_text_raises(text: str) -> None:
    read_answer(text, text)
