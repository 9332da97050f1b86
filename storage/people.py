"""Members, what they answer for, when they are away, and how they prove who they are."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from storage.dialects import upsert
from storage.records import Duty, Leave, Member, Role
from storage.tables import binding_codes, duties, leaves, members

if TYPE_CHECKING:
    from storage.session import Session

_members = sa.select(members).order_by(members.c.code)
_duties = sa.select(duties).order_by(duties.c.id)
_leaves = sa.select(leaves).order_by(leaves.c.id)
_codes = sa.select(members.c.code)
_no_duties, _no_leaves = sa.delete(duties), sa.delete(leaves)
_put_members, _put_duties, _put_leaves = sa.insert(members), sa.insert(duties), sa.insert(leaves)


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _without(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}


class People:
    def __init__(self, session: Session) -> None:
        self._session = session

    def _member(self, row: Any) -> Member:
        vault = self._session.vault
        return Member(
            row.code,
            vault.open(row.name_sealed, f"members:{row.code}:name"),
            vault.open(row.phone_sealed, f"members:{row.code}:phone"),
            row.wecom_id,
            row.openid,
            row.left_at,
        )

    async def members(self) -> list[Member]:
        rows = await self._session.run(_members, {})
        return [self._member(row) for row in rows]

    async def are_sealed(self) -> bool:
        """Whether any member's name or phone needs the key."""
        sealed = sa.or_(members.c.name_sealed != "", members.c.phone_sealed != "")
        return (await self._session.run(sa.select(members.c.code).where(sealed).limit(1))).first() is not None

    async def duties(self) -> list[Duty]:
        rows = await self._session.run(_duties, {})
        return [Duty(row.member, row.area, Role(row.role), row.starts, row.ends) for row in rows]

    async def leaves(self) -> list[Leave]:
        rows = await self._session.run(_leaves, {})
        return [Leave(row.member, row.starts, row.ends, row.substitute) for row in rows]

    async def put_member(self, member: Member) -> None:
        """Add or change a member; his own WeChat, once bound, is not undone by a roster."""
        await upsert(self._session, members, self._member_row(member), ("code",))

    async def put_members(self, many: Iterable[Member]) -> None:
        """Add or change many members at once, as `put_member` does."""
        known = set((await self._session.run(_codes, {})).scalars())
        rows = [self._member_row(member) for member in many]
        fresh = [row for row in rows if row["code"] not in known]
        changed = [row | {"which": row["code"]} for row in rows if row["code"] in known]
        if fresh:
            await self._session.connection.execute(_put_members, fresh)
        if changed:
            names: dict[str, Any] = {name: sa.bindparam(name) for name in changed[0] if name not in ("which", "code")}
            same = sa.update(members).where(members.c.code == sa.bindparam("which")).values(names)
            await self._session.connection.execute(same, [_without(row, "code") for row in changed])

    def _member_row(self, member: Member) -> dict[str, Any]:
        vault = self._session.vault
        return {
            "code": member.code,
            "name_sealed": vault.seal(member.name, f"members:{member.code}:name"),
            "phone_sealed": vault.seal(member.phone, f"members:{member.code}:phone"),
            "wecom_id": member.wecom_id,
            "left_at": member.left_at,
        }

    async def mark_left(self, codes: Iterable[str], at: datetime) -> None:
        """They are no longer with us, but what they still hold keeps its holder's name."""
        for code in codes:
            await self._session.run(sa.update(members).where(members.c.code == code).values(left_at=at))

    async def bind_openid(self, member: str, openid: str) -> None:
        """One WeChat belongs to one member: an older binding of either ends."""
        await self._session.run(sa.update(members).where(members.c.openid == openid).values(openid=""))
        await self._session.run(sa.update(members).where(members.c.code == member).values(openid=openid))
        await self._session.places.changed()

    async def unbind_openid(self, openid: str) -> None:
        done = await self._session.run(sa.update(members).where(members.c.openid == openid).values(openid=""))
        if done.rowcount:
            await self._session.places.changed()

    async def replace_duties(self, many: Iterable[Duty]) -> None:
        await self._session.run(_no_duties, {})
        rows = [
            {"member": d.member, "area": d.area, "role": d.role.value, "starts": d.starts, "ends": d.ends} for d in many
        ]
        if rows:
            await self._session.connection.execute(_put_duties, rows)

    async def replace_leaves(self, many: Iterable[Leave]) -> None:
        await self._session.run(_no_leaves, {})
        rows = [
            {"member": one.member, "starts": one.starts, "ends": one.ends, "substitute": one.substitute} for one in many
        ]
        if rows:
            await self._session.connection.execute(_put_leaves, rows)

    async def take_leave(self, leave: Leave) -> None:
        """A leave that a member asked for himself, in the place of those that meet it."""
        meets = sa.and_(leaves.c.starts <= leave.ends, leaves.c.ends >= leave.starts)
        await self._session.run(sa.delete(leaves).where(leaves.c.member == leave.member, meets))
        row = {"member": leave.member, "starts": leave.starts, "ends": leave.ends, "substitute": leave.substitute}
        await self._session.run(sa.insert(leaves), row)
        await self._session.places.changed()

    async def end_leave(self, leave: Leave, last_day: date) -> None:
        """It ends on this day; one that has not begun by then falls away."""
        this = sa.and_(leaves.c.member == leave.member, leaves.c.starts == leave.starts)
        if leave.starts > last_day:
            await self._session.run(sa.delete(leaves).where(this))
        else:
            await self._session.run(sa.update(leaves).where(this).values(ends=last_day))
        await self._session.places.changed()

    async def remove_members(self, codes: Collection[str]) -> None:
        if codes:
            gone = sa.delete(members).where(members.c.code == sa.bindparam("gone"))
            await self._session.connection.execute(gone, [{"gone": code} for code in codes])

    async def keep_code(self, code: str, member: str, expires_at: datetime) -> None:
        """A one-time code for binding; only its digest is kept, and a member has one at a time."""
        await self._session.run(sa.delete(binding_codes).where(binding_codes.c.member == member))
        await self._session.run(
            sa.insert(binding_codes), {"digest": _digest(code), "member": member, "expires_at": expires_at}
        )

    async def use_code(self, code: str, now: datetime) -> str | None:
        """The member a code was made for; it works once and not after its time."""
        row = (
            await self._session.run(
                sa.delete(binding_codes)
                .where(binding_codes.c.digest == _digest(code))
                .returning(binding_codes.c.member, binding_codes.c.expires_at)
            )
        ).first()
        return row.member if row and row.expires_at > now else None
