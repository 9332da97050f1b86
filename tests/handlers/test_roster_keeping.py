"""A roster in a real database: written once, whole or not at all, and only where it differs."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.emulator.sample_roster import sample_sheets
from handlers.roster import writing
from handlers.roster.contents import Contents
from handlers.roster.keeping import import_into, import_roster, load
from handlers.roster.planning import Plan
from storage import schema
from storage.records import Request, Role, Roster, State
from storage.store import Store
from storage.vault import Vault

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}"
    await schema.upgrade(url)
    async with Store(url, Vault(b"k" * 32)) as opened:
        yield opened


async def imported(store: Store, sheets: dict[str, Any], *, prune: bool = False) -> Plan:
    return await store.transact(lambda session: import_roster(session, sheets, now=NOW, prune=prune))


async def kept(store: Store) -> Contents:
    async with store.reading() as session:
        return await load(session)


async def roster_of(store: Store) -> Roster:
    async with store.reading() as session:
        return await store.roster(session)


async def hold_a_request(store: Store, member: str) -> None:
    request = Request(
        0, str(uuid.uuid4()), State.ACCEPTED, 1, NOW, "repair", "灯坏了", holder=member, lane="xy-01", unit="sl-lh-xy-1"
    )
    await store.transact(lambda session: session.requests.open(request))


async def test_the_sample_is_kept_whole(store: Store) -> None:
    plan = await imported(store, dict(sample_sheets()))
    assert plan.errors == ()
    found = await kept(store)
    assert (len(found.units), len(found.lanes), len(found.members)) == (11, 30, 62)
    assert set(found.households) == set(plan.after.households)
    assert (await roster_of(store)).version == 1


async def test_a_repeated_import_writes_nothing(store: Store) -> None:
    await imported(store, dict(sample_sheets()))
    again = await imported(store, dict(sample_sheets()), prune=True)
    assert not again.changes_anything
    assert (await roster_of(store)).version == 1


async def test_what_is_exported_is_imported_unchanged(store: Store) -> None:
    await imported(store, dict(sample_sheets()))
    again = await imported(store, writing.to_sheets(await kept(store)), prune=True)
    assert (again.problems, again.changes_anything) == ((), False)


async def test_one_wrong_row_keeps_everything_out(store: Store) -> None:
    sheets = dict(sample_sheets())
    sheets["住户"] = [*sheets["住户"], ["中心街5号", "xy-99", "", "", ""]]
    plan = await imported(store, sheets)
    assert [(problem.sheet, problem.row) for problem in plan.errors] == [("住户", 122)]
    assert await kept(store) == Contents()


async def test_a_second_file_updates(store: Store) -> None:
    await imported(store, dict(sample_sheets()))
    await store.transact(lambda session: session.people.bind_openid("m001", "o-1"))
    await imported(store, {"人员": [["编号", "姓名", "手机"], ["m001", "陈改名", "13800000999"]]})
    roster = await roster_of(store)
    assert (roster.member["m001"].name, roster.member["m001"].phone) == ("陈改名", "13800000999")
    assert roster.member["m001"].openid == "o-1"
    assert len(roster.members) == 62


async def test_prune_spares_a_holder_of_open_requests(store: Store) -> None:
    await imported(store, dict(sample_sheets()))
    await hold_a_request(store, "m001")
    sheets = dict(sample_sheets())
    for name in ("人员", "职责"):
        sheets[name] = [row for row in sheets[name] if not {"m001", "m002"} & set(row)]
    await imported(store, sheets, prune=True)
    roster = await roster_of(store)
    assert roster.member["m001"].left_at == NOW
    assert "m002" not in roster.member
    assert not [duty for duty in roster.duties if duty.member in ("m001", "m002")]


async def test_somebody_who_left_is_neither_exported_nor_missing(store: Store) -> None:
    await test_prune_spares_a_holder_of_open_requests(store)
    found = await kept(store)
    sheets = writing.to_sheets(found)
    assert "m001" not in [row[0] for row in sheets["人员"]]
    again = await imported(store, sheets, prune=True)
    assert (again.problems, again.changes_anything) == ((), False)


async def test_prune_removes_in_the_database(store: Store) -> None:
    await imported(store, dict(sample_sheets()))
    sheets = {"住户": sample_sheets()["住户"][:11], "请假": [["人员", "起", "止"]]}
    plan = await imported(store, sheets, prune=True)
    found = await kept(store)
    assert (len(found.households), found.leaves, len(found.members)) == (10, (), 62)
    assert set(plan.after.households) == set(found.households)


async def test_many_households_at_once(store: Store) -> None:
    await imported(store, dict(sample_sheets()))
    rows = [["门牌", "胡同", "姓名"], *([f"健康路{n}号", "xy-10", "李样本"] for n in range(1, 3001))]
    plan = await imported(store, {"住户": rows})
    assert len((await kept(store)).households) == 3000 + 120 - 4
    assert plan.after.households_per_lane()["xy-10"] == 3000


async def test_duties_are_kept_with_their_days(store: Store) -> None:
    await imported(store, dict(sample_sheets()))
    await imported(store, {"职责": [["人员", "管辖", "角色", "止"], ["m001", "xy-01", "责任", "2026年12月31日"]]})
    duty = next(duty for duty in (await kept(store)).duties if duty.member == "m001")
    assert duty == replace(duty, starts=None, ends=date(2026, 12, 31))


async def test_an_import_into_a_store_reads_before_it_locks(store: Store) -> None:
    first = await import_into(store, sample_sheets(), now=NOW)
    again = await import_into(store, sample_sheets(), now=NOW, prune=True)
    assert (first.changes_anything, again.changes_anything) == (True, False)
    assert set((await kept(store)).households) == set(first.after.households)


async def test_two_imports_at_once_do_not_overwrite_each_other(store: Store) -> None:
    await import_into(store, sample_sheets(), now=NOW)
    duty = [["人员", "管辖", "角色"], ["m001", "xy-02", "替补"]]
    other = [["人员", "管辖", "角色"], ["m002", "xy-01", "替补"]]
    await asyncio.gather(*(import_into(store, {"职责": rows}, now=NOW) for rows in (duty, other)))
    duties = [(duty.member, duty.area, duty.role) for duty in (await kept(store)).duties]
    assert ("m001", "xy-02", Role.SUBSTITUTE) in duties
    assert ("m002", "xy-01", Role.SUBSTITUTE) in duties
