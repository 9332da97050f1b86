"""What we hold about a resident: shown whole, and gone from the disk when it is erased."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.commands.db import _copy_database
from handlers.residents.privacy import parts
from storage.records import Channel, OutboxState, Outgoing, State
from storage.session import Session
from storage.store import sqlite_path
from tests.stories.town import Neighbour, Town

SAID = "厨房水管漏了一地电话13800009999找翠花"
ADDED = "楼梯口的咸菜缸也泡了"
HEARD = "灶台底下还渗水呢快来瞧瞧"
OPENID = "o3QRTJ5QqWnqTyvp86VIM"
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


@pytest.mark.parametrize("ends", ["办结 1 换了软管", "办结 2 换了灯泡", "不予受理 1 请找自来水公司"])
async def test_of_who_left_nothing_is_kept_once_it_is_over(town: Town, ends: str) -> None:
    """Neither where she told it nor where it was shown to members, in answers about it or about all they have."""
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    secretary = town.member("马假设")
    await grandma.scans("xy-01")
    await grandma.says(SAID)
    await chen.says("接 1", in_=group)
    await grandma.unfollows()
    assert not _openid_in(town)
    await chen.says("我的任务")
    await chen.says("查 1")
    if ends.startswith("办结 2"):  # hers became a part of a neighbour's
        await chen.says("登记 槐荫胡同路灯坏了")
        await chen.says("并 1 到 2")
    town.skip(grandma, group, chen)
    await (secretary if ends.startswith("不") else chen).says(ends)
    chen.hears("#")
    town.skip(chen, group, secretary)
    await town.later(minutes=2)
    path = sqlite_path(town.play.bot.store.url)
    assert (_found_in(path) if path else await _live_rows_with(town)) == []


async def test_an_answer_still_to_be_given_is_not_when_what_it_shows_was_erased(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says(SAID)
    await chen.says("接 1", in_=group)
    town.skip(grandma, group, chen)
    async with town.play.bot.store.reading() as session:
        before = len(await session.outbox.all_since(None))

    async def answer(session: Session) -> None:
        now = town.play.clock.now()
        more: dict[str, Any] = {"created_at": now, "due_at": now + timedelta(hours=1), "state": OutboxState.WAITING}
        for text in (f"#1 {SAID}", "#11 路灯坏了"):
            session.outbox.add(Outgoing(0, Channel.WECOM_BOT, chen.userid, False, "reply", text, **more))

    await town.play.bot.store.transact(answer)
    await grandma.says("删除我的资料")
    await grandma.taps("确认删除")
    async with town.play.bot.store.reading() as session:
        said = (await session.outbox.all_since(None))[before : before + 2]
    assert [(one.text, one.state.value) for one in said] == [("", "dropped"), ("#11 路灯坏了", "waiting")]
    await town.later(hours=1)
    town.skip(grandma, group, chen)


def _openid_in(town: Town) -> bool:
    path = sqlite_path(town.play.bot.store.url)
    return path is not None and OPENID in _found_in(path)


def _found_in(path: Path) -> list[str]:
    """Which words stand in the file's bytes, or in those of its log."""
    log = path.with_name(f"{path.name}-wal")
    raw = path.read_bytes() + (log.read_bytes() if log.exists() else b"")
    words = (SAID, ADDED, HEARD, RESULT, "水表在门后头", "13800009999", "翠花", "咸菜缸")
    return [word for word in (*words, OPENID) if word.encode() in raw or word.encode("unicode_escape") in raw]


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


# ── the question whether all shall go ────────────────────────────────────────────────────────────


async def _asked_whether(town: Town) -> Neighbour:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("厨房水管漏了一点点")
    await chen.says("接 1", in_=group)
    await town.later(minutes=5)
    await grandma.says("删除我的资料")
    await town.later(minutes=1)
    town.skip(grandma, group, chen)
    return grandma


@pytest.mark.parametrize("words", ["算了先不删 等修好再说", "我点错了", "我孙子乱按的 别删", "撤销"])
async def test_who_refuses_keeps_all_and_his_next_yes_is_for_something_else(town: Town, words: str) -> None:
    grandma = await _asked_whether(town)
    await grandma.says(words)
    grandma.hears("什么也没删")
    await town.later(minutes=2)
    await grandma.says("好")
    request = await town.request(1)
    assert (request.text, request.state) == ("厨房水管漏了一点点", State.ACCEPTED)
    town.skip_everybody()


async def test_a_yes_to_an_appointment_erases_nothing(town: Town) -> None:
    grandma, group, chen = await _asked_whether(town), town.group("槐荫胡同群"), town.member("陈示例")
    await chen.says("1 明天上午十点我过去看看", in_=group)
    town.skip(grandma, group)
    await town.later(minutes=1)
    await grandma.says("好的")
    grandma.hears("您的资料没有动", "这话告诉陈示例了")
    chen.hears("好的")
    await grandma.taps("确认删除")  # of the question that is closed: it is asked anew
    grandma.hears("要把您的资料都删掉吗")
    await grandma.taps("确认删除")
    grandma.hears("都删掉了")
    group.hears("#1 居民撤销了")


async def test_who_asks_what_becomes_of_it_is_told_and_has_not_consented(town: Town) -> None:
    grandma = await _asked_whether(town)
    await grandma.says("删了修水管的事还给办吗")
    grandma.hears("在办的1件事会一起撤销", "现在什么也没删")
    await grandma.says("嗯")
    assert (await town.request(1)).text
    town.skip_everybody()


@pytest.mark.parametrize("more", ["picture", "words"])
async def test_whatever_else_he_does_closes_the_question(town: Town, more: str) -> None:
    grandma = await _asked_whether(town)
    await (grandma.sends_picture() if more == "picture" else grandma.says("门口的路灯不亮了"))
    await town.later(minutes=1)
    await grandma.says("嗯")
    assert (await town.request(1)).text
    town.skip_everybody()


async def test_a_trouble_beside_a_refusal_is_heard(town: Town) -> None:
    grandma = await _asked_whether(town)
    await grandma.says("先不删 门口的路灯又不亮了")
    grandma.hears("什么也没删", "编号 #2")
    town.skip_everybody()


async def test_who_is_done_with_it_all_says_so_in_his_own_words(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("下水道堵了")
    await chen.says("办结 1 通了", in_=group)
    await grandma.says("1")
    town.skip(grandma, group, chen)
    await grandma.says("你们那里存了我些啥东西")
    grandma.hears("我们记着您的", "下水道堵了")
    await grandma.says("你们把我说过的话都删掉")
    grandma.hears("要把您的资料都删掉吗")
    await grandma.says("是的 删")
    grandma.hears("都删掉了")
    assert [(one.state, one.text) for one in await town.requests()] == [(State.CLOSED, "")]


# ── who leaves and comes back ────────────────────────────────────────────────────────────────────


async def test_who_comes_back_still_hears_of_what_is_being_done(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("门口的路灯不亮了")
    await chen.says("办结 1 换了灯泡", in_=group)
    await grandma.says("1")
    await town.later(minutes=20)
    await grandma.says(SAID)
    await chen.says("接 2", in_=group)
    await grandma.unfollows()
    town.skip(grandma, group, chen)
    assert not _openid_in(town)
    await town.later(minutes=30)
    await grandma.scans("xy-01")
    grandma.hears("胡同服务台", "您以前说的 #2 还在接着办", not_=("#1",))
    chen.hears("#2 的居民又关注了")
    await grandma.says("进度")
    grandma.hears("#2")
    await grandma.says("我的资料")
    grandma.hears("提过的事:1件", not_=("路灯",))  # what was erased when she left is not hers again
    await chen.says("办结 2 换了软管", in_=group)
    grandma.hears("#2", "换了软管")
    group.hears("#2 马上告诉居民")


async def test_who_leaves_before_he_has_judged_a_result_can_do_so_when_he_is_back(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says(SAID)
    await chen.says("接 1", in_=group)
    await chen.says("办结 1 换了软管", in_=group)
    await grandma.unfollows()
    assert not _openid_in(town)
    town.skip(grandma, group, chen)
    await town.later(hours=2)
    await grandma.scans("xy-01")
    grandma.hears("胡同服务台", "#1", "换了软管", "您看解决了吗")
    await grandma.says("手指头一哆嗦给删了")
    grandma.hears("回来就好")
    await grandma.says("满意")
    grandma.hears("谢谢您")
    chen.hears("#1", "满意")
    request = await town.request(1)
    assert (request.state, request.rating) == (State.CLOSED, "good")


async def test_a_result_that_nobody_comes_back_to_is_closed_and_emptied_in_silence(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says(SAID)
    await chen.says("办结 1 换了软管", in_=group)
    await grandma.unfollows()
    assert (await town.request(1)).state is State.RESOLVED
    await town.later(days=10)
    request = await town.request(1)
    assert (request.state, request.rating, request.text, request.result) == (State.CLOSED, "unrated", "", "")
    await grandma.scans("xy-01")
    town.skip_everybody()
    await grandma.says("我家那水管咋样了")
    grandma.hears("查不到了", "取消关注以后")


async def test_who_comes_back_when_it_is_over_is_nobody_we_know(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says(SAID)
    await chen.says("接 1", in_=group)
    await grandma.unfollows()
    await chen.says("办结 1 换了软管", in_=group)
    await town.later(minutes=5)
    town.skip(grandma, group, chen)
    await grandma.scans("xy-01")
    grandma.hears("胡同服务台", not_=("#1",))
    await grandma.says("进度")
    grandma.hears("没有正在办的事")
    async with town.play.bot.store.reading() as session:
        found = await session.conversations.by_id((await town.request(1)).reporter)
    assert found
    assert found[0].openid == f"erased:{found[0].id}"
