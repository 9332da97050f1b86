"""Residents and where the talk with each of them stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from storage.dialects import insert_or_ignore, upsert, upserting
from storage.records import Conversation, Question, Resident, Window
from storage.rows import plain
from storage.tables import chats, conversations, residents

if TYPE_CHECKING:
    from storage.session import Session

_resident_columns = [residents.c[name] for name in ("id", "openid", "lane", "follows", "notice", "created_at")]
_both = sa.select(*_resident_columns, *(column.label(f"talk_{column.name}") for column in conversations.c)).select_from(
    residents.outerjoin(conversations, conversations.c.openid == residents.c.openid)
)
_by_openid = _both.where(residents.c.openid == sa.bindparam("who"))
_by_number = _both.where(residents.c.id == sa.bindparam("who"))
_save_resident = (
    sa.update(residents)
    .where(residents.c.id == sa.bindparam("which"))
    .values({name: sa.bindparam(name) for name in ("lane", "follows", "notice")})
)
_returned = sa.select(residents.c.id).where(residents.c.openid == sa.bindparam("mark"))
_count_by_lane = sa.select(residents.c.lane, sa.func.count()).where(residents.c.lane != "").group_by(residents.c.lane)
_knows_chat = sa.select(chats.c.chat_id).where(chats.c.chat_id == sa.bindparam("chat"))


def _using(name: str) -> sa.Update:
    """Count what was said in this window, unless another was opened meanwhile."""
    is_this = conversations.c[f"{name}_opened_at"] == sa.bindparam("opened")
    used: dict[str, Any] = {f"{name}_used": sa.bindparam("used")}
    return sa.update(conversations).where(conversations.c.openid == sa.bindparam("whose"), is_this).values(used)


_use_message_window, _use_click_window = _using("message"), _using("click")


def _resident(row: Any) -> Resident:
    return Resident(*(getattr(row, column.name) for column in _resident_columns))


def _talk(row: Any) -> Conversation:
    if row.talk_openid is None:
        return Conversation(openid=row.openid)
    return Conversation(
        openid=row.openid,
        gathering=row.talk_gathering,
        gathering_until=row.talk_gathering_until,
        draft=row.talk_draft,
        question=Question(row.talk_question),
        question_request=row.talk_question_request,
        choices=tuple(row.talk_choices),
        message_window=Window(row.talk_message_opened_at, row.talk_message_used),
        click_window=Window(row.talk_click_opened_at, row.talk_click_used),
        last_at=row.talk_last_at,
        has_held=row.talk_has_held,
    )


class Conversations:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._unsaved: set[str] = set()  # open ids whose rows may have been put aside

    async def meet(self, openid: str, now: datetime) -> tuple[Resident, Conversation, bool]:
        """The resident with this open id and his talk; the flag says that he is new to us."""
        if openid in self._unsaved:
            await self._session.flush()
        row = (await self._session.run(_by_openid, {"who": openid})).first()
        if row is not None:
            return _resident(row), _talk(row), False
        made = {"openid": openid, "created_at": now}
        number = (await insert_or_ignore(self._session, residents, made, residents.c.id)).scalar_one()
        return Resident(number, openid, created_at=now), Conversation(openid), True

    async def find(self, openid: str) -> tuple[Resident, Conversation] | None:
        await self._session.flush()
        row = (await self._session.run(_by_openid, {"who": openid})).first()
        return (_resident(row), _talk(row)) if row else None

    async def by_id(self, resident: int) -> tuple[Resident, Conversation] | None:
        await self._session.flush()
        row = (await self._session.run(_by_number, {"who": resident})).first()
        return (_resident(row), _talk(row)) if row else None

    async def save_resident(self, resident: Resident) -> None:
        self._unsaved.add(resident.openid)
        self._session.run_later(
            _save_resident,
            {"which": resident.id, "lane": resident.lane, "follows": resident.follows, "notice": resident.notice},
        )

    async def save(self, talk: Conversation) -> None:
        row = plain(talk, leave_out=("message_window", "click_window")) | {
            "message_opened_at": talk.message_window.opened_at,
            "message_used": talk.message_window.used,
            "click_opened_at": talk.click_window.opened_at,
            "click_used": talk.click_window.used,
        }
        self._unsaved.add(talk.openid)
        self._session.run_later(upserting(self._session.dialect, conversations, tuple(row), ("openid",)), row)

    async def hold(self, openid: str) -> None:
        """Remember that something waits for his next word."""
        await self._session.flush()
        await self._session.run(sa.update(conversations).where(conversations.c.openid == openid).values(has_held=True))

    async def save_windows(self, openid: str, message: Window, click: Window) -> None:
        """Only the ledger, so that a talk going on meanwhile is not put back; nor a window opened meanwhile."""
        await self._session.flush()
        for statement, window in ((_use_message_window, message), (_use_click_window, click)):
            if window.opened_at is not None:
                used = {"whose": openid, "opened": window.opened_at, "used": window.used}
                await self._session.run(statement, used)

    async def residents_by_lane(self) -> dict[str, int]:
        """How many residents are bound to each lane."""
        return {row[0]: row[1] for row in await self._session.run(_count_by_lane, {})}

    async def erase(self, resident: Resident, *, may_return: bool = False) -> None:
        """Forget who it was. The number of the resident stays for the counts. `may_return`: a mark of his open id is
        kept, by which `returned` knows him."""
        nobody = resident.left(self._session.vault.mark(resident.openid)) if may_return else resident.erased()
        await self._session.flush()
        await self._session.run(sa.delete(conversations).where(conversations.c.openid == resident.openid))
        await self._session.run(
            sa.update(residents)
            .where(residents.c.id == resident.id)
            .values(openid=nobody.openid, lane=nobody.lane, notice=nobody.notice, follows=nobody.follows)
        )

    async def returned(self, resident: Resident) -> int | None:
        """The number that somebody who is new to us had before he left; asked once, it is not kept."""
        left = resident.left(self._session.vault.mark(resident.openid)).openid
        found: int | None = (await self._session.run(_returned, {"mark": left})).scalar()
        if found is not None:
            await self.forget_mark(found)
        return found

    async def forget_mark(self, resident: int) -> None:
        """Nothing of his is being done any more: nobody need know him again."""
        nobody = Resident(resident, "").erased().openid
        this = sa.and_(residents.c.id == resident, residents.c.openid.startswith("erased:"))
        await self._session.run(sa.update(residents).where(this).values(openid=nobody))

    async def saw_chat(self, chat_id: str, *, is_group: bool, now: datetime) -> None:
        await upsert(self._session, chats, {"chat_id": chat_id, "is_group": is_group, "last_at": now}, ("chat_id",))

    async def knows_chat(self, chat_id: str) -> bool:
        return (await self._session.run(_knows_chat, {"chat": chat_id})).first() is not None


def renewed(talk: Conversation, *, message: bool, now: datetime) -> Conversation:
    """The platform's allowance starts anew: a message opens 48 hours, a click, scan or follow one minute (C3)."""
    fresh = Window(opened_at=now, used=0)
    return replace(talk, message_window=fresh) if message else replace(talk, click_window=fresh)
