"""`hutong digest`, `invite` and `outbox`, on a desk with the sample roster."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import PushedClock
from bot.commands.db import db
from bot.commands.digest import digest
from bot.commands.invite import invite
from bot.commands.outbox import outbox
from storage.records import Channel, Member, OutboxState, Outgoing, Role, Roster
from storage.session import Session
from tests.bot.operators import NOW, Operator

OPENID = "oMadeUpOpenIdOfNobody0000001"


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    operator = Operator(tmp_path)
    operator.import_sample()
    return operator


def roster_of(operator: Operator) -> Roster:
    async def read() -> Roster:
        async with operator.context.store(makes=True) as store, store.reading() as session:
            return await store.roster(session)

    return asyncio.run(read())


def messages(operator: Operator) -> list[Outgoing]:
    async def work(session: Session) -> list[Outgoing]:
        return await session.outbox.all_since(None)

    return operator.write(work)


def secretary_unit(operator: Operator) -> tuple[str, str, str]:
    """Code and name of a unit with a secretary, and the secretary."""
    roster = roster_of(operator)
    duty = next(one for one in roster.duties if one.role is Role.SECRETARY)
    return duty.area, roster.unit[duty.area].name, duty.member


# ── digest ───────────────────────────────────────────────────────────────────────────────────────


def test_dry_run_shows_and_writes_nothing(operator: Operator) -> None:
    result = operator.call(digest, "--dry-run")
    assert result.exit_code == 0
    assert "11月22日" in result.stdout
    assert messages(operator) == []
    assert "放进发件箱" in operator.call(digest).stdout


def test_a_digest_goes_into_the_outbox_once_a_day(operator: Operator) -> None:
    code, name, member = secretary_unit(operator)
    first = operator.call(digest, "--unit", name)
    assert (first.exit_code, "日报已放进发件箱,发给 1 位书记" in first.stdout) == (0, True)
    (sent,) = messages(operator)
    assert (sent.kind, sent.to) == ("digest", roster_of(operator).member[member].wecom_id)
    second = operator.call(digest, "--unit", code)
    assert (second.exit_code, "已经发过了" in second.stdout) == (0, True)
    assert len(messages(operator)) == 1
    operator.clock = PushedClock(NOW + timedelta(days=1))
    assert "放进发件箱" in operator.call(digest, "--unit", code).stdout


def test_a_date_means_the_day_until_its_hour(operator: Operator) -> None:
    code, _, _ = secretary_unit(operator)
    assert "11月20日" in operator.call(digest, "--dry-run", "--date", "2026-11-20").stdout
    assert "2026-11-20:日报已放进" in operator.call(digest, "--unit", code, "--date", "2026-11-20").stdout
    assert "已经发过了" in operator.call(digest, "--unit", code, "--date", "2026-11-20").stdout
    assert "放进发件箱" in operator.call(digest, "--unit", code).stdout
    for wrong, words in (("2026-11-23", "才有"), ("gestern", "读不懂")):
        result = operator.call(digest, "--date", wrong)
        assert (result.exit_code, words in result.stderr) == (2, True)


def test_a_unit_that_is_unknown_or_without_a_secretary(operator: Operator, tmp_path: Path) -> None:
    result = operator.call(digest, "--unit", "没有的地方")
    assert (result.exit_code, "没有单位" in result.stderr) == (1, True)
    empty = Operator(tmp_path / "empty")
    empty.folder.mkdir()
    empty.call(db, "upgrade")
    result = empty.call(digest)
    assert (result.exit_code, "还没有书记" in result.stderr) == (1, True)


def test_a_secretary_whom_nothing_reaches_is_said(operator: Operator) -> None:
    code, _, member = secretary_unit(operator)

    async def cut_off(session: Session) -> None:
        await session.people.put_member(replace(roster_of_member, wecom_id=""))
        await session.places.changed()

    roster_of_member: Member = roster_of(operator).member[member]
    operator.write(cut_off)
    result = operator.call(digest, "--unit", code)
    assert "没有发" in result.stdout
    assert messages(operator) == []


# ── invite ───────────────────────────────────────────────────────────────────────────────────────


def test_an_invitation_works_once(operator: Operator) -> None:
    member = roster_of(operator).members[0]
    for name in (member.code, member.name):
        result = operator.call(invite, name)
        assert result.exit_code == 0
        assert f"{member.name}({member.code})" in result.stdout
        assert "7 天内有效" in result.stdout
        (code,) = re.findall(r"绑定码:([A-Z0-9]{8})", result.stdout)
        assert f"绑定 {code}" in result.stdout

    async def use(session: Session) -> list[str | None]:
        return [await session.people.use_code(code, NOW), await session.people.use_code(code, NOW)]

    assert operator.write(use) == [member.code, None]


def test_an_invitation_for_nobody(operator: Operator) -> None:
    result = operator.call(invite, "没有此人甲")
    assert (result.exit_code, "名册里没有" in result.stderr) == (1, True)
    members = roster_of(operator).members
    near = operator.call(invite, members[0].code + "x")
    assert "是不是" in near.stderr


def test_namesakes_and_those_who_left(operator: Operator) -> None:
    first, second, third = roster_of(operator).members[:3]

    async def work(session: Session) -> None:
        await session.people.put_member(replace(second, name=first.name))
        await session.people.mark_left([third.code], NOW)
        await session.places.changed()

    operator.write(work)
    result = operator.call(invite, first.name)
    assert (result.exit_code, f"{first.code}、{second.code}" in result.stderr) == (1, True)
    assert "已经离任" in operator.call(invite, third.code).stderr


def test_a_picture_needs_an_account_and_a_free_name(operator: Operator, tmp_path: Path) -> None:
    code = roster_of(operator).members[0].code
    assert operator.call(invite, code, "--qr", tmp_path / "x.jpg").exit_code == 2
    result = operator.call(invite, code, "--qr", tmp_path / "x.png")
    assert (result.exit_code, "先配置公众号" in result.stderr, result.stdout) == (1, True, "")
    (tmp_path / "there.png").touch()
    assert "不会覆盖" in operator.call(invite, code, "--qr", tmp_path / "there.png").stderr


# ── outbox ───────────────────────────────────────────────────────────────────────────────────────


def _message(state: OutboxState, words: str, days_ago: int = 0) -> Outgoing:
    at = NOW - timedelta(days=days_ago)
    return Outgoing(
        0, Channel.OFFICIAL_ACCOUNT, OPENID, False, "news", words, state, at, at, request=342, attempts=8, error="45009"
    )


def test_dead_letters_are_listed_without_words_and_run_again(operator: Operator) -> None:
    async def fill(session: Session) -> None:
        for one in (
            _message(OutboxState.SENT, "好了"),
            _message(OutboxState.DEAD, "您家水管的事"),
            _message(OutboxState.DEAD, "很久以前的事", days_ago=40),
        ):
            session.outbox.add(one)

    operator.write(fill)
    said = operator.call(outbox, "list").stdout
    assert "已发出 1" in said
    assert "发不出去 2" in said
    assert "#342 试了 8 次 45009" in said
    assert "还有 1 条" in said
    assert "水管" not in said
    assert OPENID not in said
    assert "2 条重新放进了发件箱" in operator.call(outbox, "retry").stdout
    assert {one.state for one in messages(operator)} == {OutboxState.SENT, OutboxState.WAITING}
    assert "没有发不出去的" in operator.call(outbox, "retry").stdout
    assert "retry" not in operator.call(outbox, "list").stdout
