"""Imports a roster into storage in one transaction, and reads it back whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar, cast

from handlers.roster.contents import Contents, Kind
from handlers.roster.planning import InUse, Plan, make_plan
from handlers.roster.reading import Reading, Sheets, read_roster
from storage.records import Household, Lane, Member, Unit
from storage.session import Session
from storage.store import Store

T = TypeVar("T")


async def load(session: Session) -> Contents:
    """The roster as it is kept, households included."""
    return Contents(
        tuple(await session.places.units()),
        tuple(await session.places.lanes()),
        tuple(await session.people.members()),
        tuple(await session.people.duties()),
        tuple(await session.people.leaves()),
        tuple(await session.places.households()),
    )


async def plan_import(session: Session, reading: Reading, *, now: datetime, prune: bool = False) -> Plan:
    """What the import would do; nothing is written."""
    return make_plan(await load(session), reading, now=now, prune=prune, in_use=await in_use(session))


async def in_use(session: Session) -> InUse:
    """What hangs on the roster as it is kept."""
    still_open = await session.requests.open_all()
    return InUse(
        {request.holder for request in still_open if request.holder},
        Counter(request.lane for request in still_open if request.lane),
        await session.conversations.residents_by_lane(),
    )


async def import_roster(session: Session, sheets: Sheets, *, now: datetime, prune: bool = False) -> Plan:
    """Read, check and keep a roster. With any error nothing is written; the plan tells which.

    A repeated import writes nothing, so that the roster's version stands still.
    """
    return await _import(session, read_roster(sheets), now=now, prune=prune)


async def _import(session: Session, reading: Reading, *, now: datetime, prune: bool) -> Plan:
    plan = await plan_import(session, reading, now=now, prune=prune)
    if not plan.errors:
        await keep(session, plan, now)
    return plan


async def import_into(store: Store, sheets: Sheets, *, now: datetime, prune: bool = False) -> Plan:
    """As import_roster, but a county's 120,000 rows are read and compared before the database is locked for writing.

    Whoever changes the roster meanwhile is not overwritten unseen: the plan is then made anew under the lock.
    """
    reading = read_roster(sheets)
    async with store.reading() as session:
        version = await session.places.version()
        plan = await plan_import(session, reading, now=now, prune=prune)
    if plan.errors or not plan.changes_anything:
        return plan

    async def work(session: Session) -> Plan:
        if await session.places.version() != version or _removes(plan, await in_use(session)):
            return await _import(session, reading, now=now, prune=prune)
        await keep(session, plan, now)
        return plan

    return await store.transact(work)


def _removes(plan: Plan, used: InUse) -> bool:
    return not set(used.holders).isdisjoint(_codes(plan.removed.get(Kind.MEMBERS, ())))


async def keep(session: Session, plan: Plan, now: datetime) -> None:
    """Write what the plan says; only what differs is touched."""
    if not plan.changes_anything:
        return
    await _remove(session, plan)
    await _put_places(session, plan)
    await _put_people(session, plan, now)
    await session.places.changed()


def _put(plan: Plan, kind: Kind, _type: type[T]) -> tuple[T, ...]:
    change = plan.changes.get(kind)
    return cast("tuple[T, ...]", change.put) if change else ()


def _is_touched(plan: Plan, kind: Kind) -> bool:
    return bool(_put(plan, kind, object) or plan.removed.get(kind))


async def _put_places(session: Session, plan: Plan) -> None:
    await session.places.put_units(_put(plan, Kind.UNITS, Unit))
    await session.places.put_lanes(_put(plan, Kind.LANES, Lane))
    await session.places.put_households(_put(plan, Kind.HOUSEHOLDS, Household))


async def _put_people(session: Session, plan: Plan, now: datetime) -> None:
    await session.people.put_members(_put(plan, Kind.MEMBERS, Member))
    if plan.prune and Kind.MEMBERS in plan.changes:
        await session.people.mark_left(_codes(plan.changes[Kind.MEMBERS].left), now)
    if _is_touched(plan, Kind.DUTIES):
        await session.people.replace_duties(plan.after.duties)
    if _is_touched(plan, Kind.LEAVES):
        await session.people.replace_leaves(plan.after.leaves)


async def _remove(session: Session, plan: Plan) -> None:
    removed = plan.removed
    homes = [(home.lane, home.address) for home in removed.get(Kind.HOUSEHOLDS, ()) if isinstance(home, Household)]
    await session.places.remove_households(homes)
    await session.places.remove_units(_codes(removed.get(Kind.UNITS, ())))
    await session.places.remove_lanes(_codes(removed.get(Kind.LANES, ())))
    await session.people.remove_members(_codes(removed.get(Kind.MEMBERS, ())))


def _codes(records: Iterable[Any]) -> list[str]:
    return [record.code for record in records]
