"""Pictures, voices and papers of a request: kept, shown to those who work on it, a result's shown to the resident.

What a resident sent goes to one person alone, never into a group; of confidential matters only to those who are named.
What a member sent belongs to the result: the resident gets it with 办结.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from classifiers.members.replies import quoted_number
from handlers.desk import Desk
from handlers.telling import audience
from handlers.texts import say
from storage.records import Fate, Incoming, Member, MessageKind, Outcome, Request, State, StoredFile

RESIDENT = "resident"
SPOKEN_OF = timedelta(minutes=10)  # a picture without words belongs to what its sender has just spoken of
MOST_SHOWN = 9  # of one request to one person: an album
MOST_TO_RESIDENT = 3  # each costs a message of his allowance
_NOT_ANY_MORE = frozenset({State.MERGED, State.DECLINED, State.CANCELLED})


# ── kept ─────────────────────────────────────────────────────────────────────────────────────────


def keep(desk: Desk, request: int, message: Incoming, sender: str = RESIDENT) -> int:
    """Have the message's pictures or voice fetched before the platform forgets them; how many there are."""
    media = tuple(_media(message))
    for where in media:
        desk.session.files.expect(
            StoredFile(
                id=0,
                request=request,
                kind=MessageKind.IMAGE if message.kind is MessageKind.TEXT else message.kind,
                channel=message.channel,
                created_at=desk.now,
                due_at=desk.now,
                sender=sender,
                **where,
            )
        )
    return len(media)


def _media(message: Incoming) -> Iterator[Mapping[str, Any]]:
    """Where to fetch what a message brought: one thing, or the several pictures of a mixed message."""
    several = message.details.get("images")
    if isinstance(several, list) and several:
        for one in several:
            yield {"media_id": "", "media_url": one["url"], "media_key": one["aeskey"]}
    elif message.media_id or message.media_url:
        yield {"media_id": message.media_id, "media_url": message.media_url, "media_key": message.media_key}


# ── to members ───────────────────────────────────────────────────────────────────────────────────


async def show(desk: Desk, code: str, request: Request, **how: Any) -> None:
    """Send a member alone what the resident sent, as far as he has not got it. `how` is as in `desk.tell_member`."""
    member = desk.roster.member.get(code)
    to = (member.wecom_id or member.openid) if member else ""
    files = [file for file in await desk.session.files.of(request.number) if file.sender == RESIDENT and to]
    seen = await desk.session.outbox.shown_to(to, [file.id for file in files]) if files else set()
    for file in files[-MOST_SHOWN:]:
        if file.id not in seen:
            text = say("member.picture", number=request.number, what=say(f"media.{file.kind}"))
            desk.tell_member(code, "picture", text, request=request, file=file.id, **how)


# ── from members ─────────────────────────────────────────────────────────────────────────────────


async def hear(desk: Desk, member: Member, message: Incoming) -> Outcome:
    """A member's picture without words: part of the result of what he works on."""
    request = await meant(desk, member, message)
    if request is None:
        desk.answer("member.picture_which")
        return Outcome(Fate.ANSWERED, reason="which request is meant")
    await take(desk, member.code, request, message)
    is_told = request.state in (State.RESOLVED, State.CLOSED)
    soon = await audience.told_when(desk, request)
    desk.answer("member.picture_told" if is_told else "member.picture_kept", number=request.number, soon=soon)
    return Outcome(Fate.COMMAND, request.number)


async def meant(desk: Desk, member: Member, message: Incoming) -> Request | None:
    """The request quoted, the one he has just spoken of, or the only one he works on."""
    number = quoted_number(message.quoted) if message.quoted else None
    number = number or await desk.session.inbox.last_about(message.sender, desk.now - SPOKEN_OF)
    if number is None:
        own = await desk.session.requests.open_of_holder(member.code)
        number = own[0].number if len(own) == 1 else None
    request = await desk.session.requests.get(number) if number else None
    if request is None or request.state in _NOT_ANY_MORE:
        return None
    return request if member.code in (request.holder, request.first_responder, *request.co_workers) else None


async def take(desk: Desk, code: str, request: Request, message: Incoming) -> None:
    """Keep what a member sent with the request. After 办结 the resident gets it at once, before with 办结."""
    if not keep(desk, request.number, message, sender=code):
        return
    desk.note(request, "member_media", code, kind=message.kind.value)
    if request.state in (State.RESOLVED, State.CLOSED):
        await show_result(desk, request)


async def has_from(desk: Desk, code: str, request: Request) -> bool:
    """Has this member sent a picture for the request?"""
    return any(file.sender == code for file in await desk.session.files.of(request.number))


# ── to residents ─────────────────────────────────────────────────────────────────────────────────


async def show_result(desk: Desk, request: Request) -> None:
    """Everybody who waits for this request gets the members' pictures, as far as he has not got them."""
    files = [file for file in await desk.session.files.of(request.number) if file.sender != RESIDENT]
    if not files:
        return
    async for one in audience.listeners(desk, request):
        seen = await desk.session.outbox.shown_to(one.resident.openid, [file.id for file in files])
        for file in [file for file in files if file.id not in seen][-MOST_TO_RESIDENT:]:
            text = say("resident.result_picture", number=one.request.number, what=say(f"media.{file.kind}"))
            desk.tell_resident(
                one.resident, "result_picture", text, request=one.request, last_heard=one.talk.last_at, file=file.id
            )
