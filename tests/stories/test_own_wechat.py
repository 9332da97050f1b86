"""A member who has no WeCom, only the WeChat everybody has."""

from __future__ import annotations

import pytest

from bot.emulator.sample_roster import sample_sheets
from bot.sheets import Rows
from handlers.desk import Desk
from handlers.members import binding
from storage.session import Session
from tests.stories.town import Neighbour, Town


@pytest.fixture
def sheets() -> dict[str, Rows]:
    """The member of 铁匠胡同 is in no company: he has no WeCom."""
    made = dict(sample_sheets())
    made["人员"] = [[*row[:3], "", *row[4:]] if row[1] == "赵范例" else row for row in made["人员"]]
    return made


async def _bound(town: Town) -> Neighbour:
    bot = town.play.bot

    async def make(session: Session) -> str:
        desk = Desk(session, bot.clock.now(), bot.house, await bot.store.roster(session))
        return await binding.make_code(desk, town.code("赵范例"))

    phone = town.resident("赵范例的手机")
    await phone.follows()
    await phone.says(f"绑定 {await bot.store.transact(make)}")
    phone.skip()
    return phone


async def test_he_is_told_at_once_in_plain_words_and_does_everything_there(town: Town) -> None:
    zhao, grandma = await _bound(town), town.resident("吴奶奶")
    await grandma.scans("xy-04")
    grandma.hears("由赵范例负责")
    await grandma.says("路灯坏了")
    grandma.hears("#1", "赵范例")
    town.group("杏园社区群").hears("#1 公共设施")
    zhao.hears("#1 公共设施", "接 1", not_=["**", "<font", "@"])
    await zhao.says("接 1")
    zhao.hears("#1 赵范例接下了")
    grandma.hears("赵范例接下了")
    await zhao.says("办结 1 换了灯泡")
    zhao.hears("等居民评价")
    grandma.hears("赵范例说：换了灯泡")
