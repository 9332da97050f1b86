"""A member speaks of several requests in one breath, or takes back which one he has closed."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Colleague, Neighbour, Town

pytestmark = pytest.mark.wordings
Three = tuple[Neighbour, Neighbour, Neighbour, Colleague]
CLOSED, OPEN = State.RESOLVED, State.ACCEPTED


@pytest.fixture
async def three(town: Town) -> Three:
    """Chen has taken a roof, a lamp and a lock, of three neighbours."""
    chen = town.member("陈示例")
    for who, words in (("吴奶奶", "屋顶漏雨了"), ("周婶", "楼道灯不亮了"), ("孙叔", "我家门锁坏了")):
        await town.resident(who).scans("xy-01")
        await town.resident(who).says(words)
    await town.later(minutes=3)
    for number in (1, 2, 3):
        await chen.says(f"接 {number}")
    neighbours = tuple(map(town.resident, ("吴奶奶", "周婶", "孙叔")))
    town.skip(*neighbours, chen, town.group("槐荫胡同群"))
    return neighbours[0], neighbours[1], neighbours[2], chen


@pytest.mark.parametrize(
    ("words", "states"),
    [
        ("灯换好了 屋顶明天去", (State.SCHEDULED, CLOSED, OPEN)),
        ("锁弄好了 灯明天换 漏雨得等天晴", (State.IN_PROGRESS, State.SCHEDULED, CLOSED)),
        ("灯和锁都修好了", (OPEN, CLOSED, CLOSED)),
        ("屋顶补好了，锁也换了新的", (CLOSED, OPEN, CLOSED)),
        ("屋顶修好了", (CLOSED, OPEN, OPEN)),
        ("换好了 屋顶明天去", (OPEN, OPEN, OPEN)),
        ("2 换好了 屋顶也看过了", (OPEN, CLOSED, OPEN)),
    ],
)
async def test_each_clause_goes_where_its_thing_is(
    town: Town, three: Three, words: str, states: tuple[State, ...]
) -> None:
    *neighbours, chen = three
    await chen.says(words)
    assert tuple([(await town.request(number)).state for number in (1, 2, 3)]) == states
    town.skip(*neighbours, chen)


@pytest.mark.parametrize(
    ("first", "words", "result"),
    [
        ("1 修好了", "说错了 是2修好了", "修好了"),
        ("1 换了灯泡", "不对 是2", "换了灯泡"),
        ("1 换好了", "1没修好 是2换了灯泡", "换了灯泡"),
        ("1 换好了", "不好意思发错了，不是1，是2换好了", "换好了"),
    ],
)
async def test_the_wrong_one_is_open_again(town: Town, three: Three, first: str, words: str, result: str) -> None:
    grandma, zhou, _, chen = three
    await chen.says(first)
    grandma.skip()
    await chen.says(words)
    grandma.hears("#1 其实还没办好", "发错了")
    zhou.hears("#2", "办完了", f"陈示例说：{result}\n")
    assert [(await town.request(number)).state for number in (1, 2)] == [State.IN_PROGRESS, CLOSED]
    town.skip(chen, town.member("潘编写"))


async def test_it_is_not_done_after_all(town: Town, three: Three) -> None:
    grandma, _, _, chen = three
    await chen.says("1 修好了")
    grandma.skip()
    await chen.says("错了 1还没好")
    grandma.hears("#1 其实还没办好")
    assert (await town.request(1)).state is State.IN_PROGRESS
    town.skip(chen, town.member("潘编写"))


async def test_what_another_has_closed_stays_closed(town: Town, three: Three) -> None:
    grandma, zhou, _, chen = three
    await chen.says("2 修好了")
    await town.later(hours=2)
    town.skip(zhou, chen)
    await chen.says("说错了 是1修好了")
    grandma.hears("#1", "陈示例说：修好了")
    assert (await town.request(2)).state is CLOSED
    chen.skip()
