"""A member named the wrong one: what he did to it is undone, and done to the right one. Whoever was told something
false hears so.

| what he did to the wrong one | what becomes of that |
|---|---|
| closed it | it goes on (`sorting`) |
| took it | it stays with him until he gives it back: somebody must be accountable |
| told or asked its resident something | the resident hears that it was said by mistake |
| gave it back | it is his again, and who was told hears so |
| offered it to somebody | it is offered no longer |
| made an appointment | it holds, and he is told how to change it |
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from classifiers.members.retractions import place_meant
from classifiers.residents.put_right import right_door, with_door
from handlers.desk import Desk
from handlers.members import relocating
from handlers.members.rights import Unwilling
from handlers.members.speaker import Speaker
from handlers.moves import passing
from handlers.moves.steps import step, wind_up
from handlers.rules.lifecycle import Verb, can
from handlers.rules.masking import markdown_safe
from handlers.telling import audience
from handlers.texts import say
from storage.records import Fate, JournalEntry, Outcome, Request, State

_JUST_NOW = timedelta(hours=1)
_OFFER = "offer"
_DEEDS = frozenset({Verb.ACCEPT, Verb.START, Verb.ASK_REQUESTER, Verb.SCHEDULE, Verb.RETURN, _OFFER})
_LONGEST_PLACE = 80


async def undo(speaker: Speaker, wrong: Request, right: int) -> str | None:
    """Undo the last that he did to the wrong one. The line that does it to the right one; None when there is nothing
    that can be done again."""
    desk = speaker.desk
    since = desk.now - _JUST_NOW
    entries = await desk.session.journal.of(wrong.number)
    last = next((one for one in reversed(entries) if one.kind in _DEEDS and _is_his(one, speaker, since)), None)
    request = await desk.session.requests.get(wrong.number, to_change=True) if last else None
    if last is None or request is None or not request.state.is_open:
        return None
    has_taken_it = any(one.kind == Verb.ACCEPT and _is_his(one, speaker, last.at) for one in entries)
    if last.kind == Verb.ACCEPT:
        return say("member.meant_to_take", number=right)
    if last.kind == Verb.RETURN:
        return await _returned_by_mistake(desk, speaker.code, request, last, right)
    if last.kind == _OFFER:
        return await _offered_by_mistake(desk, speaker.code, request, last, right)
    if last.kind == Verb.SCHEDULE:
        desk.answer("member.appointment_holds", number=request.number, words=markdown_safe(last.words))
        return say("member.meant_to_agree", number=right, words=last.words)
    await _said_by_mistake(desk, speaker.code, request, last)
    if has_taken_it:
        desk.answer("member.took_it_by_mistake", number=request.number)
    name = "member.meant_to_ask" if last.kind == Verb.ASK_REQUESTER else "member.meant_to_tell"
    return say(name, number=right, words=last.words)


def _is_his(entry: JournalEntry, speaker: Speaker, since: datetime) -> bool:
    return entry.actor == speaker.code and entry.at >= since


async def _said_by_mistake(desk: Desk, member: str, request: Request, last: JournalEntry) -> None:
    """He asks nothing, or is not on his way: its resident need not answer or wait at the door."""
    asked = await audience.requester(desk, request)
    if asked is not None and asked.talk.question_request == request.number:
        await desk.session.conversations.save(replace(asked.talk, question_request=None))
    if can(request, Verb.REQUESTER_REPLIES):
        request = await step(desk, request, Verb.REQUESTER_REPLIES, member)
    desk.note(request, "unsaid", member, words=last.words)
    name = desk.name(member)
    await audience.tell_all(desk, request, "progress", "resident.said_by_mistake", name=name, words=last.words)
    desk.answer("member.told_by_mistake", number=request.number)


async def _returned_by_mistake(desk: Desk, member: str, request: Request, last: JournalEntry, right: int) -> str | None:
    """It is his again as it was; who was to see to it need not."""
    if request.state is not State.RETURNED or request.holder != member:
        return None
    told = passing.told_of_return(desk, request, member, last.data.get("proposed", ""))
    verb = Verb.ACCEPT if request.accepted_at else Verb.DISPATCH
    count = max(request.return_count - 1, 0)
    request = await step(desk, request, verb, member, return_count=count, offered_to="")
    await wind_up(desk, request)
    text = say("member.returned_by_mistake", number=request.number, name=desk.name(member))
    for code in told:
        desk.tell_member(code, "returned", text, request=request)
    desk.answer("member.returned_not", number=request.number)
    return say("member.meant_to_return", number=right, words=last.words)


async def _offered_by_mistake(desk: Desk, member: str, request: Request, last: JournalEntry, right: int) -> str | None:
    to = last.data.get("to", "")
    if not to or request.offered_to != to:
        return None
    try:
        await passing.keep(desk, member, request)
    except Unwilling:
        return None
    return say("member.meant_to_offer", number=right, name=desk.name(to))


# ── the place of what he has written down ────────────────────────────────────────────────────────


async def place(speaker: Speaker) -> Outcome | None:
    """不对 是中心街9号, behind 登记: it is there, and whoever works on it hears so. None when he has logged nothing
    just now, or names no place."""
    desk, words = speaker.desk, place_meant(speaker.message.text)
    last = await desk.session.inbox.last_about(speaker.message.sender, desk.now - _JUST_NOW) if words else None
    request = await desk.session.requests.get(last, to_change=True) if last else None
    if request is None or request.logged_by != speaker.code or not request.state.is_open:
        return None
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    found = reader.understand(words, known_lane=request.lane or None).place
    door = right_door(speaker.message.text)
    if not found.text and not door:
        return None
    where = found.text or with_door(request.place_text, door)
    if found.lane and found.lane != request.lane and can(request, Verb.REDIRECT):
        request = await relocating.relocate(desk, speaker.code, request, found.lane, where[:_LONGEST_PLACE])
        lane, holder = desk.lane_name(request.lane), desk.name(request.holder)
        desk.answer("member.relocated", number=request.number, place=lane, holder=holder)
        return Outcome(Fate.COMMAND, request.number)
    text = request.text.replace(request.place_text, where) if request.place_text else request.text
    request = await desk.session.requests.save(replace(request, place_text=where[:_LONGEST_PLACE], text=text))
    desk.note(request, "place", speaker.code, words=where)
    if request.holder not in ("", speaker.code):
        text = say("member.place_put_right", number=request.number, place=markdown_safe(request.place_text))
        desk.tell_member(request.holder, "supplement", text, request=request)
    shown = desk.masked_place(request) if speaker.message.is_group else markdown_safe(request.place_text)
    desk.answer("member.place_put_right", number=request.number, place=shown)
    return Outcome(Fate.COMMAND, request.number)
