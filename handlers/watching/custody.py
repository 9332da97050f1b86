"""Nobody falls through: what is held by somebody who left, or is away, goes on to who stands in, and all are told.

An open request has exactly one holder who can be reached. Rosters change and people go on leave while requests are
open; nothing moves silently: the resident, the old and the new holder hear of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers.desk import Desk
from handlers.moves import dispatch
from handlers.rules import ears, routing
from handlers.rules.lifecycle import Verb
from handlers.telling import audience, pictures
from handlers.telling.agreed import agreed_on
from handlers.texts import say
from storage.records import JournalEntry, Leave, Request, State, Timer, TimerKind

LISTED = 10  # cards in one message
_OVER_FOR = timedelta(days=7)  # a leave that ended longer ago offers nothing back: the robot was off


async def look_after_all(desk: Desk) -> int:
    """Pass on everything whose holder cannot be reached today, and offer back what was lent. How many requests changed
    hands."""
    for leave in desk.roster.leaves:
        if desk.today - _OVER_FOR <= leave.ends < desk.today:
            await offer_back(desk, leave)
    holders = await desk.session.requests.holders()
    return sum([await look_after(desk, holder) + await _hand_over_untaken(desk, holder) for holder in holders])


async def look_after(desk: Desk, holder: str) -> int:
    """Pass on what this member holds, if he has left or is away today."""
    if routing.stand_in(desk.roster, holder, desk.today) == holder:
        return 0
    passed: dict[str, list[Request]] = {}
    for found in await desk.session.requests.open_of_holder(holder):
        request = await desk.session.requests.get(found.number, to_change=True)
        heir = _heir(desk, request) if request and request.holder == holder else ""
        if request and heir:
            passed.setdefault(heir, []).append(await _pass_on(desk, request, heir))
    for heir, requests in passed.items():
        await _tell(desk, holder, heir, requests)
    return sum(map(len, passed.values()))


async def offer_back(desk: Desk, leave: Leave) -> None:
    """He is here again: what was only lent to his substitute, who has done nothing about it, is offered to him. Until
    he takes it the substitute holds it; what the substitute has taken as his own stays with him."""
    if routing.stand_in(desk.roster, leave.member, desk.today) != leave.member:
        return
    for found in await desk.session.requests.open_of_holder(leave.substitute) if leave.substitute else ():
        request = await desk.session.requests.get(found.number, to_change=True)
        if request and await _is_lent(desk, request, leave):
            request = await desk.session.requests.save(replace(request, offered_to=leave.member))
            desk.note(request, "offer_back", "desk", to=leave.member)
            await desk.session.timers.cancel(request.number, [TimerKind.HAND_OVER])
            within = desk.after_quiet() + desk.settings.desk.hand_over_within
            desk.session.timers.set(Timer(request.number, TimerKind.HAND_OVER, within))
            card = dispatch.member_card(desk, request, leave.member, await agreed_on(desk, request))
            told = say("member.lent_back", number=request.number, name=desk.name(request.holder), card=card)
            desk.tell_member(leave.member, "offer", told, request=request)


async def _is_lent(desk: Desk, request: Request, leave: Leave) -> bool:
    if request.holder != leave.substitute or request.offered_to or request.state is State.RETURNED:
        return False
    if request.urgency == "emergency" and request.accepted_at is None:  # all are called to it, and he with them
        return False
    if not ears.may_hold(desk.roster, request, leave.member, desk.today, desk.settings.privacy.confidential_to):
        return False
    entries = await desk.session.journal.of(request.number)
    lent = next((place for place, one in enumerate(entries) if _lends(one, leave)), None)
    return lent is not None and not any(
        one.actor == request.holder or one.kind in ("pass_on", "offer_back") for one in entries[lent + 1 :]
    )


def _lends(entry: JournalEntry, leave: Leave) -> bool:
    return entry.kind == "pass_on" and (entry.data.get("from"), entry.data.get("to")) == (
        leave.member,
        leave.substitute,
    )


async def _hand_over_untaken(desk: Desk, holder: str) -> int:
    """What nobody has taken yet goes to who answers for the place now, when its holder answers for it no longer. What
    he has accepted stays his."""
    passed = 0
    for found in await desk.session.requests.open_of_holder(holder):
        request = await desk.session.requests.get(found.number, to_change=True)
        heir = dispatch.answerable(desk, request) if request and await _is_displaced(desk, request, holder) else ""
        if request is None or heir in ("", holder):
            continue
        request = await _pass_on(desk, request, heir)
        dispatch.announce(desk, request)
        await pictures.show(desk, heir, request)
        relieve(desk, holder, request)
        passed += 1
    return passed


async def _is_displaced(desk: Desk, request: Request, holder: str) -> bool:
    """Was it sent to him by his duty for the place, and has he none any more?"""
    is_untaken = request.holder == holder and request.state is State.DISPATCHED and request.accepted_at is None
    is_elsewhere = request.lane not in desk.roster.lane  # a lane that is gone has nobody of its own
    if not is_untaken or is_elsewhere or request.offered_to or request.sensitivity == "confidential":
        return False
    if routing.may_act(desk.roster, holder, request.lane, request.unit, desk.today):
        return False
    sent = [one for one in await desk.session.journal.of(request.number) if one.kind == Verb.DISPATCH]
    return bool(sent) and sent[-1].actor == "desk"


async def in_good_hands(desk: Desk, request: Request) -> Request:
    """One that is open again, or about which more was said: dispatched if it never was, passed on if its holder has
    gone meanwhile, or is complained of in it."""
    if not request.holder or request.state is State.GATHERING:
        return await dispatch.dispatch(desk, request)
    if not request.state.is_open or _can_hold(desk, request):
        return request
    before, heir = request.holder, _heir(desk, request)
    if heir:
        request = await _pass_on(desk, request, heir)
        await _tell(desk, before, heir, [request])
    return request


def _heir(desk: Desk, request: Request) -> str:
    """His substitute, else whoever answers for the place; for confidential matters a secretary."""
    kept = ears.kept_from(desk.roster, request, desk.today)
    heir = routing.stand_in(desk.roster, request.holder, desk.today)
    named = desk.settings.privacy.confidential_to
    if not heir or heir in kept or not ears.may_hold(desk.roster, request, heir, desk.today, named):
        heir = dispatch.answerable(desk, request)
    return heir if heir != request.holder else ""


def _can_hold(desk: Desk, request: Request) -> bool:
    is_here = routing.stand_in(desk.roster, request.holder, desk.today) == request.holder
    return is_here and ears.may_hold(
        desk.roster, request, request.holder, desk.today, desk.settings.privacy.confidential_to
    )


async def _pass_on(desk: Desk, request: Request, heir: str) -> Request:
    before, offered = request.holder, "" if request.offered_to == heir else request.offered_to
    others = tuple(code for code in request.co_workers if code != heir)
    request = await desk.session.requests.save(replace(request, holder=heir, offered_to=offered, co_workers=others))
    desk.note(request, "pass_on", "desk", **{"from": before, "to": heir})
    await audience.tell_new_holder(desk, request, "new_holder")
    return request


def relieve(desk: Desk, before: str, request: Request) -> None:
    """Who held it, or was asked, hears who has it now, and that he need not go on."""
    told = say("member.taken_over", number=request.number, name=desk.name(request.holder))
    desk.tell_member(before, "taken_over", told, request=request)


def _has_begun_and_may_know(desk: Desk, before: str, request: Request) -> bool:
    """我要找书记, while he repairs: he hears that he need not go on, and not why. A complaint about people may be about
    him, whether the desk finds his name in it or not."""
    is_complaint = request.type == "suggestion" or before in ears.kept_from(desk.roster, request, desk.today)
    return request.accepted_at is not None and not is_complaint


async def _tell(desk: Desk, before: str, heir: str, requests: list[Request]) -> None:
    """One message, however many requests change hands. Of whom a request complains hears nothing more of it."""
    if requests[0].sensitivity == "confidential" and routing.stand_in(desk.roster, before, desk.today) == before:
        text = say("member.now_yours", card=dispatch.invitation(desk, requests[0], heir))
        desk.tell_member(heir, "passed_on", text, request=requests[0])
        await pictures.show(desk, heir, requests[0])
        if _has_begun_and_may_know(desk, before, requests[0]):
            relieve(desk, before, requests[0])
        return
    if len(requests) == 1:
        card = dispatch.invitation(desk, requests[0], heir, await agreed_on(desk, requests[0]))
        text = say("member.passed_on", name=desk.name(before), card=card)
    else:
        cards = [dispatch.member_card(desk, one, heir, await agreed_on(desk, one)) for one in requests[:LISTED]]
        text = say("member.passed_on_many", name=desk.name(before), count=len(requests), list="\n".join(cards))
    desk.tell_member(heir, "passed_on", text, request=requests[0] if len(requests) == 1 else None)
    for request in requests:
        await pictures.show(desk, heir, request)
    numbers = "、".join(f"#{one.number}" for one in requests)
    told = say("member.passed_from_you", numbers=numbers, name=desk.name(heir))
    desk.tell_member(before, "passed_on", told)
