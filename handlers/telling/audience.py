"""Who hears what becomes of a request: the resident who asked, and the neighbours whose requests joined it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from handlers.desk import Desk
from handlers.rules import delivery_budget
from handlers.rules.masking import for_group, markdown_safe, shorten
from handlers.telling.agreed import agreed_on, agreement
from handlers.texts import say
from storage.records import OPEN_STATES, Conversation, Request, Resident, State

# Words of a person to the resident: with them the first-response clock stops.
HUSH = "hushed"  # in the journal, of a phone that somebody else may be reading
_OF_THAT_PHONE = frozenset({"resident_words", HUSH})
FIRST_RESPONSES = frozenset({"accepted", "progress", "asked", "scheduled", "referred", "resolved"})
_WHILE_IT_GOES_ON = frozenset({"progress", "scheduled", "extended"})  # after the result nobody wants to hear these
_OF_THE_HOLDER = frozenset({"accepted", "new_holder"})  # nor these when somebody else has it
GOES_ON: Mapping[str, Any] = {  # of the request, or of what it was merged into, no result is known
    "states": [state.value for state in (*OPEN_STATES, State.MERGED)],
    "unresolved": True,
}
_PROMISES = frozenset({"resident.scheduled", "resident.new_holder_agreed"})  # no news when their hour has passed
_OTHER_HANDS = frozenset({"resident.new_holder", "resident.new_holder_agreed"})
_FREE_WORDS = frozenset({"words", "when", "reason"})  # what a member typed


@dataclass(frozen=True)
class Listener:
    """A resident, where his talk stands, and his own request: the one meant, or one merged into it."""

    request: Request
    resident: Resident
    talk: Conversation


async def requester(desk: Desk, request: Request) -> Listener | None:
    """Who asked, if he can still be reached."""
    found = await desk.session.conversations.by_id(request.reporter) if request.reporter else None
    return Listener(request, *found) if found and not found[0].is_erased else None


async def told_when(desk: Desk, request: Request) -> str:
    """When who asked hears what is said now, in the words of the answer to a member: at once; when the quiet hours
    end; or when he speaks again, because the platform lets nothing through before."""
    one = await requester(desk, request)
    if one is not None and not delivery_budget.is_open(one.talk.message_window, one.talk.click_window, desk.now):
        return say("told.when_he_speaks")
    is_held = one is not None and not desk.speaks_now(request, one.talk.last_at)
    return say("told.in_the_morning", morning=desk.clock_time(desk.after_quiet())) if is_held else say("told.at_once")


async def is_hushed(desk: Desk, request: Request) -> bool:
    """Was the last that came from that phone that nothing may come to it? Who strikes may be reading it."""
    if request.emergency_kind != "violence":
        return False
    entries = await desk.session.journal.of(request.number)
    return next((one.kind for one in reversed(entries) if one.kind in _OF_THAT_PHONE), "") == HUSH


async def root_of(desk: Desk, request: Request) -> Request:
    """The request that stands for this one: itself, or what it was merged into, to the end of the chain."""
    seen = {request.number}
    while request.state is State.MERGED and request.merged_into and request.merged_into not in seen:
        seen.add(request.merged_into)
        next_one = await desk.session.requests.get(request.merged_into, to_change=True)
        if next_one is None:
            break
        request = next_one
    return request


async def number_of(desk: Desk, root: Request, resident: Resident) -> int:
    """The number under which this resident knows what is dealt with: his own, though it joined a neighbour's."""
    if root.reporter != resident.id:
        for one in await desk.session.requests.all_followers(root.number):
            if one.reporter == resident.id:
                return one.number
    return root.number


async def listeners(desk: Desk, request: Request) -> AsyncIterator[Listener]:
    """Everybody who waits for this request."""
    for one in (request, *await desk.session.requests.all_followers(request.number)):
        if listener := await requester(desk, one):
            yield listener


async def pass_on(desk: Desk, request: Request, words: str, *, at_once: bool = False) -> Request:
    """A resident's words for whoever works on his request, told alone and not with the next supplement; the request
    that the work is done on."""
    root = await root_of(desk, request)
    desk.note(request, "resident_words", "resident", words=words)
    tell_words(desk, root, root.holder, words, at_once=at_once)
    return root


def tell_words(desk: Desk, request: Request, member: str, words: str, *, at_once: bool = False) -> None:
    told = say("member.supplement", number=request.number, text=markdown_safe(shorten(words, 300)))
    desk.tell_member(member, "supplement", told, request=request, at_once=at_once)


def as_told_to(listener: Listener, words: str) -> str:
    """A member's words for who asked; a neighbour who follows reads no doors, names or phones of another home."""
    return for_group(words) if listener.request.merged_into else words


async def tell_new_holder(desk: Desk, request: Request, kind: str) -> None:
    """It changed hands; an hour that was agreed on still holds."""
    name, agreed = desk.name(request.holder), await agreed_on(desk, request)
    if agreed:
        await tell_all(desk, request, kind, "resident.new_holder_agreed", name=name, when=agreed)
    else:
        await tell_all(desk, request, kind, "resident.new_holder", name=name)


async def tell_all(
    desk: Desk,
    request: Request,
    kind: str,
    name: str,
    /,
    *,
    only_if: Mapping[str, Any] | None = None,
    urgent: bool = False,
    **values: object,
) -> bool:
    """Say this sentence to everybody who waits for this request, to each with his own number; false when there is
    nobody who could hear it here."""
    if await is_hushed(desk, request):
        return False
    if kind in _WHILE_IT_GOES_ON and only_if is None:
        only_if = GOES_ON
    elif kind in _OF_THE_HOLDER and only_if is None:
        only_if = {**GOES_ON, "holder": request.holder}
    agreed = await agreement(desk, request)
    if agreed and agreed.passes_at and name in _PROMISES:
        only_if = {**(only_if or {}), "before": agreed.passes_at.isoformat()}
    at = agreed.clock(desk) if agreed and kind == "scheduled" else ""
    if kind == "extended" and request.due_resolution:
        at = desk.clock_time(request.due_resolution, full=True)
    news = "new_holder" if name in _OTHER_HANDS else kind
    is_heard = False
    async for one in listeners(desk, request):
        is_heard = True
        shown = {key: as_told_to(one, str(value)) if key in _FREE_WORDS else value for key, value in values.items()}
        text = say(name, number=one.request.number, **shown)
        desk.tell_resident(
            one.resident,
            kind,
            text,
            request=one.request,
            last_heard=one.talk.last_at,
            only_if=only_if,
            urgent=urgent,
            at=at,
            news=news,
        )
    return is_heard
