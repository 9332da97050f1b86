"""What is asked of the desk itself, and what only sounds so."""

from __future__ import annotations

import pytest

from classifiers.residents.about import About, read_about


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("编号是啥意思 我记不住", About.NUMBER),
        ("这个怎么用啊 我不会", About.HELP),
        ("要钱吗", About.COST),
        ("别人能看见我说的话吗", About.SECRECY),
        ("谁能看到我说的话", About.SECRECY),
        ("我说的话别人能看到吗", About.SECRECY),
        ("会告诉邻居吗", About.SECRECY),
        ("会告诉我儿子吗", About.SECRECY),
        ("字太小看不清", About.UNLETTERED),
        ("编号记不住怎么办", About.NUMBER),
        ("我说的话你们会不会告诉别人", About.SECRECY),
        ("我说的话会不会传出去", About.SECRECY),
        ("群里人能看见我名字吗", About.SECRECY),
        ("陈示例能看见我是谁不", About.SECRECY),
        ("我不识字咋办", About.UNLETTERED),
        ("我没上过学 不认字", About.UNLETTERED),
        ("能发语音不", About.WAYS),
        ("你们能听语音吗", About.WAYS),
        ("可以说方言吗", About.WAYS),
        ("你是真人还是机器人", About.WHO_ANSWERS),
        ("您是真人还是机器?", About.WHO_ANSWERS),
        ("有人在看吗", About.WHO_ANSWERS),
        ("你们几点上班", About.HOURS),
        ("这个咋用啊", About.HELP),
        ("我们这片归谁管", About.HOLDER),
        ("谁负责咱们胡同", About.HOLDER),
        ("我是不是太麻烦你们了", About.TROUBLE),
        ("给你们添麻烦了", About.TROUBLE),
    ],
)
def test_it_asks_of_the_desk(text: str, about: About) -> None:
    assert read_about(text) is about


@pytest.mark.parametrize(
    "text",
    [
        "我家水管坏了",
        "煤气公司几点上班",
        "邻居知道我是谁",
        "他能看见我",
        "我孙子不识字老师说要补课",
        "垃圾归谁管",
        "楼道的灯谁管",
        "能发个快递吗",
        "能看病吗",
        "我记不住吃药",
        "你是谁",
        "这个灯咋用",
        "你们几点来",
        "我们这没人管",
        "你们管不管",
        "麻烦你们来一趟",
        "麻烦你们了 水管又漏了",
    ],
)
def test_it_asks_for_something_else(text: str) -> None:
    assert read_about(text) is None
