"""Units, lanes and households as the roster gave them."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from storage.records import Household, Lane, Unit
from storage.rows import parts, plain, tuples
from storage.tables import counters, households, lanes, units

if TYPE_CHECKING:
    from storage.session import Session

ROSTER = "roster"  # the counter that grows with every change of places or people
_units = sa.select(units).order_by(units.c.code)
_lanes = sa.select(lanes).order_by(lanes.c.code)
_doors = sa.select(households.c.address, households.c.lane).order_by(households.c.id)
_grow = sa.update(counters).where(counters.c.name == ROSTER).values(value=counters.c.value + 1)
_version = sa.select(counters.c.value).where(counters.c.name == ROSTER)


@functools.cache
def _replacing(table: sa.Table, keys: tuple[str, ...]) -> tuple[sa.Executable, sa.Executable]:
    """To take rows out by their old keys, and to put rows in."""
    same_key = sa.and_(*(table.c[key] == sa.bindparam(f"old_{key}") for key in keys))
    return sa.delete(table).where(same_key), sa.insert(table)


class Places:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def units(self) -> list[Unit]:
        rows = [row._asdict() for row in await self._session.run(_units, {})]
        return [Unit(**row | tuples(row, "aliases")) for row in rows]

    async def lanes(self) -> list[Lane]:
        rows = [row._asdict() for row in await self._session.run(_lanes, {})]
        return [Lane(**row | tuples(row, "aliases")) for row in rows]

    async def doors(self) -> list[tuple[str, str]]:
        """Every household's address and lane, without the people behind the door."""
        return list((await self._session.run(_doors, {})).all())

    async def households(self) -> list[Household]:
        rows = await self._session.run(sa.select(households).order_by(households.c.lane, households.c.address))
        vault = self._session.vault
        return [
            Household(
                row.address,
                row.lane,
                vault.open(row.name_sealed, f"households:{row.lane}:{row.address}:name"),
                vault.open(row.phone_sealed, f"households:{row.lane}:{row.address}:phone"),
                tuple(row.tags),
            )
            for row in rows
        ]

    async def names_in(self, lanes: Collection[str]) -> tuple[str, ...]:
        """The names of those who live in a few lanes, and of nobody else."""
        found = sa.select(households.c.lane, households.c.address, households.c.name_sealed)
        rows = await self._session.run(found.where(households.c.lane.in_(list(lanes)), households.c.name_sealed != ""))
        vault = self._session.vault
        return tuple(vault.open(row.name_sealed, f"households:{row.lane}:{row.address}:name") for row in rows)

    async def are_sealed(self) -> bool:
        """Whether any household's name or phone needs the key."""
        sealed = sa.or_(households.c.name_sealed != "", households.c.phone_sealed != "")
        return (await self._session.run(sa.select(households.c.id).where(sealed).limit(1))).first() is not None

    async def put_units(self, many: Iterable[Unit]) -> None:
        await self._put_rows(units, [plain(unit) for unit in many], ("code",))

    async def put_lanes(self, many: Iterable[Lane]) -> None:
        await self._put_rows(lanes, [plain(lane) for lane in many], ("code",))

    async def put_households(self, many: Iterable[Household]) -> None:
        await self._put_rows(households, [self._household_row(one) for one in many], ("lane", "address"))

    def _household_row(self, one: Household) -> dict[str, Any]:
        vault = self._session.vault
        return {
            "address": one.address,
            "lane": one.lane,
            "name_sealed": vault.seal(one.name, f"households:{one.lane}:{one.address}:name"),
            "phone_sealed": vault.seal(one.phone, f"households:{one.lane}:{one.address}:phone"),
            "tags": list(one.tags),
        }

    async def _put_rows(self, table: sa.Table, rows: list[dict[str, Any]], keys: tuple[str, ...]) -> None:
        """Put many rows in two statements: a whole county has 120,000 households."""
        if not rows:
            return
        deleting, inserting = _replacing(table, keys)
        old = [{f"old_{key}": row[key] for key in keys} for row in rows]
        await self._session.connection.execute(deleting, old)
        await self._session.connection.execute(inserting, rows)

    async def remove_units(self, codes: Collection[str]) -> None:
        for few in parts(list(codes)):
            await self._session.run(sa.delete(units).where(units.c.code.in_(few)))

    async def remove_lanes(self, codes: Collection[str]) -> None:
        """A lane's households go with it."""
        for few in parts(list(codes)):
            await self._session.run(sa.delete(lanes).where(lanes.c.code.in_(few)))
            await self._session.run(sa.delete(households).where(households.c.lane.in_(few)))

    async def remove_households(self, keys: Collection[tuple[str, str]]) -> None:
        """Keys are (lane, address)."""
        same_key = sa.and_(
            households.c.lane == sa.bindparam("old_lane"), households.c.address == sa.bindparam("old_address")
        )
        old = [{"old_lane": lane, "old_address": address} for lane, address in keys]
        if old:
            await self._session.connection.execute(sa.delete(households).where(same_key), old)

    async def bind_chat(self, area: str, chat_id: str) -> None:
        """Let a lane or unit be told in this group."""
        await self._session.run(sa.update(lanes).where(lanes.c.code == area).values(chat_id=chat_id))
        await self._session.run(sa.update(units).where(units.c.code == area).values(chat_id=chat_id))
        await self.changed()

    async def changed(self) -> None:
        """Say that places or people are not what they were; every process reads them anew."""
        self._session.touched.add(ROSTER)
        self._session.roster = None
        await self._session.run(_grow, {})

    async def version(self) -> int:
        return (await self._session.run(_version, {})).scalar() or 0
