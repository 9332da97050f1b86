"""Opening a request and sending it to whoever answers for its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from classifiers.requests.behalf import on_behalf_of
from classifiers.understand import Matter
from handlers.desk import Desk
from handlers.moves.steps import step, wind_up
from handlers.rules import ears, ladder, routing
from handlers.rules.hours import Calendar
from handlers.rules.lifecycle import Verb, move
from handlers.rules.masking import markdown_safe, shorten, without_cards
from handlers.telling import pictures
from handlers.texts import say
from storage.records import Request, Resident, Rung, State, Timer, TimerKind

_UNCLAIMED = {"states": [State.DISPATCHED.value, State.RETURNED.value], "unclaimed": True}
SOUGHT = "sought_in_group"  # in the journal
FOUND = "found_for_group"  # the same, when the group has heard that nobody is sought any more
NOBODY = 0  # the reporter of what a member wrote down for somebody the desk does not know
MOST_WORDS = 300  # characters of what is said with a ruling
_OF_THE_END = ("due_resolution", "clock_from")
TRY_AGAIN = timedelta(minutes=10)  # when a roster has nobody at all for a place


def begin_request(
    desk: Desk, resident: Resident | None, matter: Matter | None, text: str, *, place_text: str = "", lane: str = ""
) -> Request:
    """A new request, not yet written down: `keep` or `dispatch` gives it its number."""
    request = Request(
        number=0,
        id=str(uuid4()),
        state=State.GATHERING,
        reporter=resident.id if resident else NOBODY,
        created_at=desk.now,
        type="other",
        text=text,
        place_text=place_text,
        lane=lane,
        on_behalf_of=on_behalf_of(text),
    )
    return described(request, matter) if matter else request


async def open_request(
    desk: Desk, resident: Resident | None, text: str, *, place_text: str = "", lane: str = ""
) -> Request:
    """Write down what is still incomplete. It has a number from now on and is never lost."""
    return await keep(desk, begin_request(desk, resident, None, text, place_text=place_text, lane=lane))


async def keep(desk: Desk, request: Request) -> Request:
    """Write a request down, new or changed; it comes back with its number and version."""
    if request.number:
        return await desk.session.requests.save(request)
    request = await desk.session.requests.open(request)
    desk.note(request, "open", "resident" if request.reporter else "desk", words=request.text, type=request.type)
    return request


def described(request: Request, matter: Matter) -> Request:
    """The request with what was understood of it."""
    return replace(
        request,
        type=matter.type,
        types_all=tuple(dict.fromkeys((*request.types_all, matter.type))),
        urgency=matter.urgency,
        emergency_kind=matter.emergency_kind or "",
        sensitivity=matter.sensitivity,
    )


async def dispatch(
    desk: Desk, request: Request, *, tell: Callable[[Desk, Request], None] | None = None, keeps_end: bool = False
) -> Request:
    """Send a request to the person who answers for it, start its clocks and its ladder, tell who must know.
    `keeps_end`: the solution is due when it was."""
    is_submitted_now, is_new = request.state is State.GATHERING, not request.number
    if is_submitted_now:
        request = move(request, Verb.SUBMIT)
    request = replace(request, unit=_unit_of(desk, request))
    holder = answerable(desk, request)
    request = await keep(desk, _dispatched(desk, request, holder, keeps_end) if holder else request)
    if is_submitted_now:
        desk.note(request, Verb.SUBMIT, "desk")
    if not holder:
        return await _nobody(desk, request)
    desk.note(request, Verb.DISPATCH, "desk", holder=holder, lane=request.lane)
    await wind_up(desk, request)
    (tell or announce)(desk, request)
    if not is_new:  # what begins with these words has no pictures yet
        await show_pictures(desk, request)
    return request


async def calm_down(desk: Desk, request: Request) -> Request:
    """No emergency any more: the clocks of a calm matter from now on, and no more calls."""
    request = replace(request, urgency="normal", emergency_kind="")
    fresh = _fresh_clocks(desk, request, request.holder)
    if request.accepted_at is not None:
        fresh = {name: fresh[name] for name in _OF_THE_END}
    request = await desk.session.requests.save(replace(request, **fresh))
    await wind_up(desk, request)
    return request


def _unit_of(desk: Desk, request: Request) -> str:
    lane = desk.roster.lane.get(request.lane)
    return lane.unit if lane else request.unit or routing.root_unit(desk.roster)


def answerable(desk: Desk, request: Request) -> str:
    """Who is to hold it as the roster stands today; "" when nobody may or can."""
    named = desk.settings.privacy.confidential_to
    return next(iter(ears.answerable(desk.roster, request, desk.today, named)), "")


def _dispatched(desk: Desk, request: Request, holder: str, keeps_end: bool) -> Request:
    fresh = _fresh_clocks(desk, request, holder)
    return move(request, Verb.DISPATCH, **(_without_end(request, fresh) if keeps_end else fresh))


def _without_end(request: Request, fresh: Mapping[str, Any]) -> dict[str, Any]:
    """Other hands move no promise: only an extension does. What has no end yet gets one."""
    is_promised = request.due_resolution is not None
    return {name: value for name, value in fresh.items() if not (is_promised and name in _OF_THE_END)}


def _is_settled(request: Request, now: datetime) -> bool:
    """The first answer was given, or its time is over: then it was kept or broken, and stays so in the figures."""
    due = request.due_first_response
    return due is not None and (request.first_response_at is not None or due <= now)


def _broken(request: Request, now: datetime) -> dict[str, str]:
    """For the journal: the time of the first answer that was promised and went by."""
    due = request.due_first_response
    is_broken = due is not None and due <= now and request.first_response_at is None
    return {"promised": due.isoformat()} if due is not None and is_broken else {}


def answer_due(desk: Desk, request: Request) -> datetime:
    """When those who have it now are to answer. A promise that was broken before it came to them keeps its own time
    in the figures, and theirs is counted from when they got it."""
    due, since = request.due_first_response, request.dispatched_at
    if due is None or since is None or due > since:
        return due or desk.now
    return _answering(desk, request).add(since, desk.settings.first_response(request.type, request.urgency))


def _answering(desk: Desk, request: Request) -> Calendar:
    quiet = desk.settings.quiet_hours
    calendar = desk.house.calendar
    return calendar if request.urgency == "emergency" else calendar.awake(quiet.start, quiet.end)


def _fresh_clocks(desk: Desk, request: Request, holder: str) -> dict[str, Any]:
    """What a dispatch sets: the holder, the due times, the ladder of silence."""
    settings, calendar = desk.settings, desk.house.calendar
    first_response = settings.first_response(request.type, request.urgency)
    answering = _answering(desk, request)
    due = request.due_first_response if _is_settled(request, desk.now) else answering.add(desk.now, first_response)
    return {
        "holder": holder,
        "escalation_level": 0,
        "dispatched_at": desk.now,
        "due_first_response": due,
        "due_resolution": calendar.add(desk.now, settings.resolution(request.type, request.urgency)),
        "clock_from": desk.now,
        "ladder": ladder.plan(
            settings.ladder,
            first_response,
            desk.roster,
            lane=request.lane,
            unit=request.unit,
            sensitivity=request.sensitivity,
            calendar=answering,
            now=desk.now,
            but=_below(desk, request, holder),
        ),
    }


def _below(desk: Desk, request: Request, holder: str) -> frozenset[str]:
    """Who is not above the holder: of a confidential matter the next secretary hears, and nobody it complains of.
    Where there is no other secretary, the ladder reminds the holder himself."""
    if request.sensitivity != "confidential":
        return frozenset()
    kept = ears.kept_from(desk.roster, request, desk.today)
    area = (desk.roster, request.lane, request.unit, Rung.SECRETARY, desk.today)
    return kept | {holder} if routing.on_rung(*area, but=kept | {holder}) else kept


async def assign(
    desk: Desk, actor: str, request: Request, holder: str, words: str, *, is_told: bool = False
) -> Request:
    """A secretary gives a returned request to somebody; silence is chased as if it were new, and what was promised to
    the resident stays promised: returned, the clock runs. `is_told`: he has heard the words."""
    fresh = _without_end(request, _fresh_clocks(desk, request, holder)) | {"accepted_at": None, "offered_to": ""}
    fresh["due_first_response"] = request.due_first_response or fresh["due_first_response"]
    data = {"holder": holder, "lane": request.lane, "from": request.holder, **_broken(request, desk.now)}
    request = await step(desk, request, Verb.DISPATCH, actor, words=words, data=data, **fresh)
    await wind_up(desk, request)
    if words and not is_told and request.urgency != "emergency":
        _charge(desk, actor, request, words)
    else:
        announce(desk, request)
    await show_pictures(desk, request)
    return request


def _charge(desk: Desk, actor: str, request: Request, words: str) -> None:
    """What the secretary says with his ruling is for the one he gives it to, and is told once."""
    said = markdown_safe(shorten(words, MOST_WORDS))
    card = invitation(desk, request, request.holder)
    text = say("member.ruled_to_you", name=desk.name(actor), text=said, card=card)
    desk.tell_member(request.holder, "dispatch", text, request=request, only_if=_waits_here(request))


async def redirect(desk: Desk, actor: str, request: Request, lane: str, words: str) -> Request:
    """Send an open request to the people of another lane; who answered first stays first responder, and it is to be
    solved when it was to be."""
    before = {"lane": request.lane, "holder": request.holder, **_broken(request, desk.now)}
    request = await step(
        desk,
        request,
        Verb.REDIRECT,
        actor,
        words=words,
        data=before,
        lane=lane,
        unit=desk.roster.lane[lane].unit,
        place_text=words or request.place_text,
        holder="",
        accepted_at=None,
        offered_to="",
        co_workers=(),
    )
    return await dispatch(desk, request, keeps_end=True)


async def _nobody(desk: Desk, request: Request) -> Request:
    """The roster has nobody reachable: the request waits, is reported, and tried again."""
    await desk.session.timers.cancel(request.number)
    desk.worry("nobody_for_place", request)
    desk.session.timers.set(Timer(request.number, TimerKind.GATHERING, desk.now + TRY_AGAIN))
    return request


async def show_pictures(desk: Desk, request: Request) -> None:
    """Who was told alone, with all its words, sees what the resident sent too."""
    is_emergency = request.urgency == "emergency"
    in_group = bool(desk.roster.chat_of(request.lane)) and request.sensitivity == "open"
    for code in listeners(desk, request, everybody=is_emergency, in_group=in_group):
        if _sees_all(request, code):
            await pictures.show(desk, code, request, urgent=is_emergency, only_if=_waits_here(request))


def _waits_here(request: Request) -> dict[str, Any]:
    """Nobody has taken it, and it still lies with the people of this lane."""
    return {**_UNCLAIMED, "lane": request.lane}


def announce(desk: Desk, request: Request, *, kind: str = "dispatch", beside: str = "", above: str = "") -> None:
    """Tell those who are to take it: the lane's group, or whoever may know of a private matter alone. `beside`: what
    else those need to know who hear a confidential matter. `above`: what stands over every card."""
    unclaimed = _waits_here(request)
    is_emergency = request.urgency == "emergency"
    chat = desk.roster.chat_of(request.lane)
    in_group = bool(chat) and request.sensitivity == "open"
    if in_group:
        card = _under(above, group_card(desk, request))
        desk.tell_group(chat, kind, card, request=request, urgent=is_emergency, only_if=unclaimed)
    for code in listeners(desk, request, everybody=is_emergency, in_group=in_group):
        card = _under(above, invitation(desk, request, code))
        card = f"{card}\n{beside}" if beside and request.sensitivity == "confidential" else card
        if kind == "dispatch" and may_be_sought_in_group(desk, request) and _is_secretary(desk, request, code):
            card = f"{card}\n{say('member.ask_for_group', number=request.number)}"
        desk.tell_member(code, kind, card, request=request, urgent=is_emergency, only_if=unclaimed)


def _under(above: str, card: str) -> str:
    return f"{above}\n{card}" if above else card


def may_be_sought_in_group(desk: Desk, request: Request) -> bool:
    """Somebody is missing, which is private for his health; with the secretary's word all neighbours may look out."""
    is_private = (request.emergency_kind, request.sensitivity) == ("missing", "private")
    return is_private and request.state.is_open and bool(desk.roster.chat_of(request.lane))


def _is_secretary(desk: Desk, request: Request, code: str) -> bool:
    return routing.is_secretary(desk.roster, code, request.lane, request.unit, desk.today)


async def is_sought_in_group(desk: Desk, request: Request) -> bool:
    said = [one.kind for one in await desk.session.journal.of(request.number) if one.kind in (SOUGHT, FOUND)]
    return bool(said) and said[-1] == SOUGHT


async def was_sought_in_group(desk: Desk, request: Request) -> bool:
    """The group was asked to answer there."""
    return any(one.kind == SOUGHT for one in await desk.session.journal.of(request.number))


def seek_in_group(desk: Desk, member: str, request: Request) -> None:
    """Who is sought, as it was told and masked, to the lane's group."""
    text = say(
        "member.sought",
        number=request.number,
        place=desk.masked_place(request),
        text=desk.masked(request),
        robot=desk.settings.robot_name,
    )
    desk.note(request, SOUGHT, member)
    desk.tell_group(desk.roster.chat_of(request.lane), "sought", text, request=request, urgent=True)


async def tell_group_it_is_over(desk: Desk, request: Request) -> None:
    """Who looked out for somebody need not any more; how it ended is not for the group."""
    chat = desk.roster.chat_of(request.lane)
    if chat and request.sensitivity != "open" and await is_sought_in_group(desk, request):
        desk.note(request, FOUND, "desk")
        desk.tell_group(chat, "over", say("member.sought_no_more", number=request.number), request=request)


def listeners(desk: Desk, request: Request, *, everybody: bool, in_group: bool) -> tuple[str, ...]:
    """Who is told one to one."""
    hears_the_group = in_group and _is_in_group(desk, request)
    alone = () if hears_the_group and not everybody else (request.holder,)
    above = ladder.everybody(request.ladder) if everybody else ()
    if request.sensitivity == "confidential":
        kept = ears.kept_from(desk.roster, request, desk.today)
        named = (code for code in desk.settings.privacy.confidential_to if code in desk.roster.member)
        return tuple(code for code in dict.fromkeys((request.holder, *named, *above)) if code not in kept)
    return tuple(dict.fromkeys((*alone, *above)))


async def rung(desk: Desk, request: Request) -> tuple[str, ...]:
    """All who were called to an emergency since it began: whoever took it over, they wonder how it ended."""
    people = listeners(desk, request, everybody=True, in_group=False)
    if request.sensitivity != "confidential":
        sent = [one for one in await desk.session.journal.of(request.number) if one.kind == Verb.DISPATCH]
        held = (one.data.get("holder", "") for one in sent)
        people = (*people, *(code for code in held if code in desk.roster.member))
    return tuple(dict.fromkeys((*people, *request.co_workers)))


def called(desk: Desk, request: Request) -> tuple[str, ...]:
    """Who works on an emergency, or, as long as nobody has taken it, all who were called."""
    people = (request.holder,) if request.accepted_at else listeners(desk, request, everybody=True, in_group=False)
    return tuple(dict.fromkeys((*people, *request.co_workers)))


def _is_in_group(desk: Desk, request: Request) -> bool:
    """Does the holder read the lane's group? Who has no WeCom does not, nor does a duty desk or a secretary."""
    member = desk.roster.member.get(request.holder)
    own = desk.roster.duties_of_area.get(request.lane, ())
    return bool(member and member.wecom_id) and any(duty.member == request.holder for duty in own)


def group_card(desk: Desk, request: Request) -> str:
    """The notice for a group: an allow-list of masked fields."""
    return say(
        "member.card_emergency" if request.urgency == "emergency" else "member.card",
        number=request.number,
        type=desk.type_name(request),
        urgency=say(f"urgency.{request.urgency}"),
        place=desk.masked_place(request),
        text=desk.masked(request),
        holder=desk.name(request.holder),
        due=_due_in_words(desk, request, ""),
        robot=desk.settings.robot_name,
    )


def member_card(desk: Desk, request: Request, code: str, agreed: str = "") -> str:
    """The notice for one person: the holder, and everybody told of an emergency, sees the resident's own words;
    others see what a group would. `agreed`: the hour that the resident counts on."""
    is_his = _sees_all(request, code)
    return say(
        "member.card_emergency_alone" if request.urgency == "emergency" else "member.card_alone",
        number=request.number,
        type=desk.type_name(request),
        urgency=say(f"urgency.{request.urgency}"),
        place=(is_his and markdown_safe(request.place_text)) or desk.masked_place(request),
        text=_whole_words(request) if is_his else desk.masked(request),
        holder=desk.name(request.holder),
        due=_due_in_words(desk, request, agreed),
        secrecy="" if request.sensitivity == "open" else " · " + say(f"sensitivity.{request.sensitivity}"),
    )


def _whole_words(request: Request) -> str:
    return markdown_safe(without_cards(request.text)) or say("resident.only_media")


def _due_in_words(desk: Desk, request: Request, agreed: str) -> str:
    """What comes next: the hour that was agreed on with the resident, the end, or the first answer."""
    if agreed:
        return say("member.due_agreed", words=agreed)
    if request.first_response_at and request.due_resolution:
        return say("member.due_resolution", due=desk.clock_time(request.due_resolution, kept=True))
    return say("member.due_first", due=desk.clock_time(answer_due(desk, request), kept=True))


def _sees_all(request: Request, code: str) -> bool:
    """The holder, whoever may know of a private matter, and whoever may run to an emergency: he must know the door."""
    return code == request.holder or request.sensitivity != "open" or request.urgency == "emergency"


def invitation(desk: Desk, request: Request, code: str, agreed: str = "") -> str:
    """The notice, and how to take it."""
    card = member_card(desk, request, code, agreed)
    if request.urgency == "emergency":
        return card
    return f"{card}\n{say('member.take_alone', number=request.number)}"
