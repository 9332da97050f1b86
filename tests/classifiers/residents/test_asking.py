"""Questions of residents about a matter that the desk knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.residents.asking import Asked, asks_for_outcome, read_asking


@pytest.mark.parametrize(
    "text",
    [
        "现在谁管我这事",
        "谁来给我修",
        "谁给我办呢",
        "谁负责",
        "那谁管",
        "我的事谁管",
        "这事归谁管",
        "我该找谁",
        "谁来啊",
        "谁来给我看看",
        "有人接了吗",
        "现在是谁在办",
        "谁来修啊",
        "那换谁来",
    ],
)
def test_who(text: str) -> None:
    said = read_asking(text)
    assert said is not None
    assert (said.asked, said.thing, said.person) == (Asked.WHO, "", "")


@pytest.mark.parametrize(
    ("text", "person"),
    [("陈示例电话多少", "陈示例"), ("他电话是多少", ""), ("小陈的手机号给我一下", "小陈"), ("怎么联系师傅", "")],
)
def test_his_number(text: str, person: str) -> None:
    said = read_asking(text)
    assert said is not None
    assert (said.asked, said.person) == (Asked.NUMBER, person)


@pytest.mark.parametrize("text", ["物业电话多少", "他电话打不通", "派出所电话是多少", "电话费多少"])
def test_no_number_of_ours(text: str) -> None:
    said = read_asking(text)
    assert said is None or said.asked is not Asked.NUMBER


@pytest.mark.parametrize(("text", "person"), [("小陈呢", "小陈"), ("陈示例呢？", "陈示例"), ("老王人呢", "老王")])
def test_where_is_he(text: str, person: str) -> None:
    said = read_asking(text)
    assert said is not None
    assert (said.asked, said.person) == (Asked.WHO, person)


@pytest.mark.parametrize(
    "text",
    [
        "今天九点对吧",
        "后天下午还来吗",
        "啥时候来",
        "明天几点来",
        "几号能好",
        "今天能弄完不",
        "我啥时候在家等着",
        "明天几点",
        "是几点来着",
        "几点来着",
        "不是说九点吗",
        "师傅几点到",
        "多久能到",
        "不是说今天来吗",
        "约的几点",
        "下午三点来对吗",
        "你们几点上门",
        "还来吗",
        "师傅今天来吗",
    ],
)
def test_when(text: str) -> None:
    said = read_asking(text)
    assert said is not None
    assert (said.asked, said.thing) == (Asked.WHEN, "")


@pytest.mark.parametrize(
    ("text", "thing"), [("锁到了吗", "锁"), ("配件到了没有", "配件"), ("水龙头明天几点来", "水龙头")]
)
def test_when_of_a_thing(text: str, thing: str) -> None:
    said = read_asking(text)
    assert said is not None
    assert (said.asked, said.thing) == (Asked.WHEN, thing)


@pytest.mark.parametrize("text", ["咋样了", "我那事办得怎么样了", "啥情况"])
def test_how(text: str) -> None:
    said = read_asking(text)
    assert said is not None
    assert said.asked is Asked.HOW


@pytest.mark.parametrize(
    "text",
    [
        "灯不亮了",
        "谁家狗叫",
        "谁会修收音机",
        "谁偷了我的车",
        "垃圾啥时候收",
        "补贴啥时候发",
        "老伴呢",
        "社区几点上班",
        "明天停水吗",
        "垃圾谁管",
        "谁来救救我",
        "谁来看看我妈",
        "谁在砸我门",
        "几点了",
        "下午来吧",
        "九点吧",
        "明天九点来",
        "",
    ],
)
def test_no_question_about_what_is_known(text: str) -> None:
    assert read_asking(text) is None


@given(st.text(alphabet="谁来管修啥时候几点明天今天上午到了吗呢我家事锁9:,。?? 小陈", max_size=30))
def test_never_raises(text: str) -> None:
    read_asking(text)


@pytest.mark.parametrize("words", ["周末几点来", "傍晚几点来", "月底几点来", "晌午几点来", "下礼拜几点来"])
def test_every_word_for_a_day_or_a_part_asks_when(words: str) -> None:
    found = read_asking(words)
    assert found is not None
    assert found.asked is Asked.WHEN


@pytest.mark.parametrize(
    "text",
    ["我反映陈示例那事有说法没", "我说的小陈那件事你们查了没", "我举报的查得怎么样了", "他那个事有结果了吗"],
)
def test_how_a_complaint_stands(text: str) -> None:
    assert asks_for_outcome(text)


@pytest.mark.parametrize("text", ["他又收钱了", "你们查查他", "低保怎么办", "有没有说法都行 反正他骂人", "灯修了没"])
def test_no_question_how_a_complaint_stands(text: str) -> None:
    assert not asks_for_outcome(text)
