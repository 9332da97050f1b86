"""撤销: a resident withdraws a request, or takes that back; who worked on it is told, and neighbours lose nothing."""

from __future__ import annotations

from collections.abc import Collection

from handlers.desk import Desk
from handlers.moves import merging
from handlers.moves.dispatch import called, tell_group_it_is_over
from handlers.moves.steps import step
from handlers.residents.visit import Visit, with_words
from handlers.rules.lifecycle import Verb, can
from handlers.rules.masking import markdown_safe, shorten
from handlers.telling import audience
from handlers.texts import say
from handlers.watching import custody
from storage.records import Fate, Outcome, Request, State


async def withdraw(desk: Desk, request: Request, actor: str = "resident", notice: str = "") -> Request:
    """End a request at the wish of its resident, or of the member who had logged it. Who was to hear of it in the
    morning hears nothing of it."""
    if request.state is State.MERGED:
        await merging.follow(desk, await desk.session.requests.followers(request.number), request.merged_into)
        request = await step(desk, request, Verb.UNMERGE, actor, merged_into=None)
    heir = await merging.inherit(desk, request)
    request = await step(desk, request, Verb.CANCEL, actor, closed_at=desk.now)
    await tell_group_it_is_over(desk, request)
    if heir:
        tell_workers(desk, heir, "inherited", say("member.inherited", number=request.number, heir=heir.number))
    elif request.holder and not await nobody_has_heard(desk, request):
        tell_workers(desk, request, "cancelled", notice or say("member.cancelled", number=request.number), but=(actor,))
    return request


async def take_back(visit: Visit, cancelled: Request, words: str) -> Outcome | None:
    """还是来吧,又堵上了: what he withdrew a short while ago is asked for again."""
    desk = visit.desk
    request = await desk.session.requests.get(cancelled.number, to_change=True)
    if request is None or not can(request, Verb.RESTORE):
        return None
    request = await step(desk, request, Verb.RESTORE, "resident", words=words, closed_at=None)
    request = with_words(request, words)
    request = await custody.in_good_hands(desk, await desk.session.requests.save(request))
    told = say("member.restored_for_you", number=request.number, type=desk.type_name(request))
    said = say("member.supplement", number=request.number, text=markdown_safe(shorten(words, 300)))
    desk.tell_member(request.holder, "restored", f"{told}\n{said}", request=request)
    if (chat := desk.roster.chat_of(request.lane)) and request.sensitivity == "open":  # which had heard 不用办了
        desk.tell_group(chat, "restored", told, request=request)
    desk.answer("resident.restored", number=request.number, holder=desk.name(request.holder))
    return Outcome(Fate.COMMAND, request.number)


def _asked_above(request: Request) -> tuple[str, ...]:
    """Whom the ladder has asked so far to take it."""
    reached = [one for one in request.ladder if 0 < one.level <= request.escalation_level]
    return () if request.accepted_at else tuple(code for one in reached for code in one.members)


async def nobody_has_heard(desk: Desk, request: Request) -> bool:
    """Has nobody who might do something about it been told yet?"""
    asked = await audience.requester(desk, request)
    openid = asked.resident.openid if asked else ""
    return not request.accepted_at and await desk.session.outbox.still_waits(request.number, but_for=openid)


def tell_workers(desk: Desk, request: Request, kind: str, text: str, *, but: Collection[str] = ()) -> None:
    """Tell those who know of the request where they heard of it: the group, or the holder alone; and all who were rung
    for an emergency, or asked because nobody took it. `but`: who says so himself, or is told more."""
    is_alarm = request.urgency == "emergency"
    chat = desk.roster.chat_of(request.lane) if request.sensitivity == "open" else ""
    if chat:
        desk.tell_group(chat, kind, text, request=request, urgent=is_alarm)
    alone = called(desk, request) if is_alarm else () if chat else (request.holder,)
    for code in dict.fromkeys((*alone, *_asked_above(request))):
        if code in but:
            continue
        desk.tell_member(code, kind, text, request=request, urgent=is_alarm)
