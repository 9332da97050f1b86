"""Questions to the desk itself, and words that only sound like one."""

from __future__ import annotations

import time
from datetime import date

import pytest

from classifiers.members.questions import Question, SpokenQuestion, day_over, read_question


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("今天有几件没办的", Question.OPEN),
        ("还有几件没办完", Question.OPEN),
        ("几件没办完", Question.OPEN),
        ("还有哪些没办？", Question.OPEN),
        ("没办完的还有几件", Question.OPEN),
        ("@小助手 请问村里还有多少件没处理的呢", Question.OPEN),
        ("谁最慢", Question.OPEN),
        ("谁办得最慢", Question.OPEN),
        ("哪件拖得最久", Question.OPEN),
        ("拖得最久的是哪件", Question.OPEN),
        ("现在什么情况", Question.OPEN),
        ("今天情况咋样", Question.OPEN),
        ("咱们社区工作进展怎么样了", Question.OPEN),
        ("有没有超时的", Question.LATE),
        ("有超时的吗", Question.LATE),
        ("哪些超期了", Question.LATE),
        ("超时的有哪些", Question.LATE),
        ("还有几件超期没办的", Question.LATE),
        ("谁超时了", Question.LATE),
        ("台账", Question.DIGEST),
        ("台账发我一份", Question.DIGEST),
        ("把台账发给我", Question.DIGEST),
        ("日报", Question.DIGEST),
        ("今天的日报", Question.DIGEST),
        ("看看日报", Question.DIGEST),
        ("汇总", Question.DIGEST),
        ("汇总一下", Question.DIGEST),
        ("今天来了几件", Question.DIGEST),
        ("今天办完几件", Question.DIGEST),
        ("本周新增多少", Question.FIGURES),
        ("上周日报", Question.FIGURES),
        ("哪个胡同最多", Question.FIGURES),
        ("满意率多少", Question.RATES),
        ("办结率", Question.RATES),
        ("响应率", Question.RATES),
        ("解决率", Question.RATES),
        ("这个月满意率", Question.RATES),
        ("响应率和解决率是多少", Question.RATES),
        ("谁在休假", Question.AWAY),
        ("谁请假了", Question.AWAY),
        ("今天谁不在", Question.AWAY),
        ("明天有人请假吗", Question.AWAY),
    ],
)
def test_what_is_asked(said: str, question: Question) -> None:
    assert read_question(said) == SpokenQuestion(question)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("昨天的日报", date(2026, 11, 24)),
        ("前天怎么样", date(2026, 11, 23)),
        ("把前天的台账发给我", date(2026, 11, 23)),
        ("大前天日报", date(2026, 11, 22)),
        ("周一的日报", date(2026, 11, 23)),
        ("周三的日报", date(2026, 11, 18)),
        ("上周一的日报", date(2026, 11, 16)),
        ("上周五的日报", date(2026, 11, 20)),
        ("11月3号的日报", date(2026, 11, 3)),
        ("30号的日报", date(2026, 10, 30)),
        ("2月30号的日报", None),
    ],
)
def test_the_digest_of_a_day_that_is_over(said: str, day: date | None) -> None:
    wednesday = date(2026, 11, 25)
    asked = read_question(said)
    assert asked is not None
    assert asked.question is Question.DIGEST
    assert day_over(asked.day, wednesday) == day


@pytest.mark.parametrize("said", ["谁替陈示例", "陈示例谁替", "陈示例请假谁替他"])
def test_who_is_stood_in_for(said: str) -> None:
    assert read_question(said) == SpokenQuestion(Question.AWAY, name="陈示例")


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("1号谁负责", Question.DETAILS),
        ("1的地址发我一下", Question.DETAILS),
        ("1最晚什么时候", Question.DETAILS),
        ("1啥时候到期", Question.DETAILS),
        ("1居民电话多少", Question.DETAILS),
        ("1啥情况来着", Question.DETAILS),
        ("1谁在办", Question.DETAILS),
        ("1 现在是谁在管", Question.DETAILS),
        ("1号的负责人是谁", Question.DETAILS),
        ("谁在办1号", Question.DETAILS),
        ("1到哪一步了", Question.DETAILS),
        ("#1办到哪了", Question.DETAILS),
        ("1号电话多少", Question.DETAILS),
        ("详情1", Question.DETAILS),
        ("1详情", Question.DETAILS),
        ("看下1", Question.DETAILS),
        ("1号可以结了", Question.OVER),
        ("1 能结单了吧", Question.OVER),
        ("1号给居民回个电话问问满不满意", Question.ERRAND),
        ("1 再回访一下居民", Question.ERRAND),
        ("1号问问人家满意不", Question.ERRAND),
        ("盯一下1号，明天之前给我办完", Question.ERRAND),
        ("1号盯紧点", Question.ERRAND),
    ],
)
def test_what_is_said_of_one_request(said: str, question: Question) -> None:
    assert read_question(said) == SpokenQuestion(question, 1)


@pytest.mark.parametrize("said", ["截止到几号", "这个归谁管", "最晚什么时候", "给我他电话"])
def test_what_is_asked_of_a_request_without_its_number(said: str) -> None:
    assert read_question(said) == SpokenQuestion(Question.DETAILS)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "1",
        "查1",
        "接 1",
        "1抓紧",
        "1好了",
        "1结了",
        "1号盯着呢",
        "1号能结冰",
        "1号电话打不通",
        "1号给居民送过去了",
        "还有几件",
        "我的任务",
        "我还有几件没办完",
        "什么情况",
        "超时了",
        "有几个没好",
        "都没办好",
        "台账填好了",
        "台账交一下",
        "汇总表下午交",
        "居民满意",
        "谁去",
        "谁负责",
        "谁替我去一趟",
        "谁有空",
        "陈示例明天请假",
        "今天几点开会",
        "水管没弄好",
        "明天之前给我办完",
    ],
)
def test_what_is_none(said: str) -> None:
    assert read_question(said) is None


@pytest.mark.parametrize(
    "said", ["今天现在" * 15, "谁," * 30, "请问看看" * 15, "还都的, " * 15 + "谁", "台账发我" * 15]
)
def test_no_text_takes_long(said: str) -> None:
    began = time.perf_counter()
    assert read_question(said) is None
    assert time.perf_counter() - began < 0.5
