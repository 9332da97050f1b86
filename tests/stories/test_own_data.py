"""What we hold about a resident: shown whole, and gone from the disk when it is erased."""

from __future__ import annotations

from pathlib import Path

from bot.commands.db import _copy_database
from handlers.privacy import parts
from storage.records import State
from storage.store import sqlite_path
from tests.stories.town import Town

SAID = "厨房水管漏了一地电话13800009999找翠花"
ADDED = "楼梯口的咸菜缸也泡了"
HEARD = "灶台底下还渗水呢快来瞧瞧"
RESULT = "换了不锈钢软管还擦了地"


async def _tell_a_lot(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says(SAID)
    await grandma.says(ADDED)
    await grandma.sends_voice()
    await town.later(minutes=2)
    await chen.says("接 1", in_=group)
    await chen.says("查 1")
    await chen.says(f"听写 1 {HEARD}")
    await chen.says("请补充 1 水表在谁家")
    await grandma.says("水表在门后头柜子里")
    await chen.says(f"办结 1 {RESULT}", in_=group)
    town.skip(grandma, group, chen)


async def test_all_of_it_is_shown(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await _tell_a_lot(town)
    for number in range(12):
        await town.later(minutes=2)
        await grandma.says(f"这是另一件事，路灯坏了，是第{number}盏路灯" + "，晚上黑得很" * 40)
    await town.later(minutes=2)
    everybody = (*map(town.member, [m.name for m in town.play.roster.members if m.wecom_id]), town.group("槐荫胡同群"))
    town.skip(grandma, *everybody)
    await grandma.says("我的资料")
    await grandma.says("我的资料")  # his own word renews the allowance: what had no room comes now
    shown = "".join(line.text for line in grandma.unread())
    requests = await town.requests()
    for words in (
        SAID,
        ADDED,
        HEARD,
        RESULT,
        "水表在门后头柜子里",
        "一段语音",
        "槐荫胡同",
        *(f"#{r.number}" for r in requests),
    ):
        assert words in shown
    town.skip(grandma, *everybody)


async def test_what_is_erased_is_gone_from_the_disk_and_from_new_backups(town: Town, tmp_path: Path) -> None:
    grandma = town.resident("吴奶奶")
    await _tell_a_lot(town)
    path = sqlite_path(town.play.bot.store.url)
    if path is not None:
        assert _found_in(path), "else this test would look for nothing"
    await grandma.says("删除我的资料")
    await grandma.taps("确认删除")
    town.skip(grandma, town.member("陈示例"), town.group("槐荫胡同群"))
    await town.later(minutes=1)
    if path is None:  # a dump holds live rows only: no table has the words any more
        assert not await _live_rows_with(town)
        return
    assert _found_in(path) == []
    backup = tmp_path / "backup.db"
    _copy_database(path, backup)
    assert _found_in(backup) == []


def _found_in(path: Path) -> list[str]:
    """Which words stand in the file's bytes, or in those of its log."""
    log = path.with_name(f"{path.name}-wal")
    raw = path.read_bytes() + (log.read_bytes() if log.exists() else b"")
    words = (SAID, ADDED, HEARD, RESULT, "水表在门后头", "13800009999", "翠花", "咸菜缸")
    openid = "o3QRTJ5QqWnqTyvp86VIM"
    return [word for word in (*words, openid) if word.encode() in raw or word.encode("unicode_escape") in raw]


async def _live_rows_with(town: Town) -> list[str]:
    async with town.play.bot.store.reading() as session:
        rows = [str(one) for one in await session.requests.all_since(None)]
        rows += [str(one) for one in await session.journal.all_since(None)]
        rows += [str(one) for one in await session.outbox.all_since(None)]
    return [word for word in (SAID, ADDED, HEARD, RESULT, "咸菜缸") if any(word in row for row in rows)]


def test_much_is_told_in_several_messages_and_nothing_is_lost() -> None:
    blocks = ["甲" * 30, "乙" * 1000, "", "丙"]
    made = list(parts(blocks, 100))
    assert all(len(part.encode()) <= 100 for part in made)
    assert "".join(made).replace("\n", "") == "甲" * 30 + "乙" * 1000 + "丙"
    assert list(parts([], 100)) == []


async def test_what_goes_on_in_the_place_of_another_of_ones_own_is_forgotten_too(town: Town) -> None:
    """The elder brother of two requests is withdrawn first, and the younger takes its place for a moment."""
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await town.later(minutes=20)
    await grandma.says("垃圾没人收,臭得很")
    await chen.says("并 2 到 1", in_=group)
    town.skip(grandma, group)
    await grandma.says("删除我的资料")
    await grandma.taps("确认删除")
    town.skip(group)
    grandma.hears("确认删除")
    grandma.hears("都删掉了")
    assert {(one.state, one.text) for one in await town.requests()} == {(State.CANCELLED, "")}
    chen.skip()
