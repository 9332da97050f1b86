"""Silence: what happens when a timer's moment has come."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

from handlers.desk import Desk
from handlers.members import listening
from handlers.moves import dispatch, passing
from handlers.residents import confirming, privacy, rating
from handlers.rules import clocks, ears, routing
from handlers.rules.clocks import ONE_WORKING_DAY
from handlers.rules.lifecycle import Verb
from handlers.rules.masking import markdown_safe, shorten
from handlers.telling import audience, in_person, pictures
from handlers.texts import say
from handlers.watching import alarms, standing_still
from storage.records import LadderStep, Rating, Request, Rung, State, Timer, TimerKind

_ASKED_FOR = (State.DISPATCHED, State.RETURNED)
_UNCLAIMED = {"states": [state.value for state in _ASKED_FOR], "unclaimed": True}
_NOT_TAKEN = {"unclaimed": True}


async def on_time(desk: Desk, timer: Timer) -> None:
    """Do what a timer is for, if the request still stands so that it matters."""
    request = await desk.session.requests.get(timer.request, to_change=True)
    if request is not None:
        await HANDLERS[timer.kind](desk, timer, request)


# ── nobody takes it ──────────────────────────────────────────────────────────────────────────────


async def _chase(desk: Desk, timer: Timer, request: Request) -> None:
    """The next step of the request's own ladder hears of it."""
    if request.state not in _ASKED_FOR or request.accepted_at is not None or not request.ladder:
        return
    step = next((step for step in request.ladder if step.level == timer.step), None)
    if step is None:
        await _chase_on(desk, timer, request)
        return
    request = await desk.session.requests.save(
        replace(request, escalation_level=max(request.escalation_level, step.level))
    )
    if step.rung is Rung.MEMBER:  # nobody else may hear of it yet
        if request.urgency != "emergency":  # which rings until somebody takes it
            await _remind_holder(desk, request, timer.due_at)
        desk.note(request, "escalate", "desk", level=step.level, rung=step.rung.value, told=[request.holder])
        return
    told = await _tell_step(desk, request, step, timer.due_at)
    desk.note(request, "escalate", "desk", level=step.level, rung=step.rung.value, told=list(told))
    if not told:
        desk.worry("nobody_on_step", request, step.rung.value)
        await _next_step_at_once(desk, request, step, timer.due_at)
    if step == request.ladder[-1]:
        await _ladder_is_over(desk, request)


async def _ladder_is_over(desk: Desk, request: Request) -> None:
    """All have been told and nobody has come: whoever asked hears so, and from now on it is said every working day."""
    above = (tuple(code for code in step.members if code != request.holder) for step in reversed(request.ladder))
    highest = next((found for members in above if (found := desk.names(members))), "")
    if request.urgency == "emergency":
        await _nobody_runs(desk, request)
    elif highest:
        await audience.tell_all(desk, request, "nobody_yet", "resident.nobody_yet", only_if=_NOT_TAKEN, names=highest)
    elif request.holder:  # who has it is the only one who may hear of it
        holder = desk.name(request.holder)
        await audience.tell_all(desk, request, "nobody_yet", "resident.no_answer_yet", only_if=_NOT_TAKEN, name=holder)
    _ask_again(desk, request)


async def _nobody_runs(desk: Desk, request: Request) -> None:
    """Who waits for help must know that none is on its way."""
    first = confirming.call_first(request.emergency_kind, request.text)
    await audience.tell_all(
        desk,
        request,
        "nobody_yet",
        "resident.nobody_yet_emergency",
        only_if=_NOT_TAKEN,
        urgent=True,
        call_first=first,
    )


async def _chase_on(desk: Desk, timer: Timer, request: Request) -> None:
    """The ladder is over, and still nobody has taken it: its last step and the holder, every working day."""
    last = request.ladder[-1]
    text = say(
        "member.still_unclaimed",
        number=request.number,
        waited=_waited(desk, request),
        type=desk.type_name(request),
        holder=desk.name(request.holder),
    )
    for code in dict.fromkeys((request.holder, *_reachable(desk, request, last))):
        if await _is_first_time(desk, request, "still", timer.step, code):
            desk.tell_member(code, "still_unclaimed", text, request=request, only_if=_UNCLAIMED)
    desk.note(request, "still_unclaimed", "desk", round=timer.step - last.level)
    _ask_again(desk, request)


def _ask_again(desk: Desk, request: Request) -> None:
    timer = clocks.asked_for_again(request, desk.house.calendar, desk.now)
    if timer and not desk.settings.clocks[request.urgency].repeat:  # what is told every few minutes needs no more
        desk.session.timers.set(timer)


async def _tell_step(desk: Desk, request: Request, step: LadderStep, moment: datetime) -> tuple[str, ...]:
    """Those on the step who can be reached today; each is told once a working day for one due time. Who stands on a
    later step that has come as well, because the clock was set or we were not there, is told with that one only."""
    is_emergency = request.urgency == "emergency"
    text = say(
        "member.escalated",
        number=request.number,
        waited=_waited(desk, request),
        holder=desk.name(request.holder),
        card=dispatch.invitation(desk, request, ""),
    )
    reachable, later = _reachable(desk, request, step), _come_as_well(desk, request, step)
    if is_emergency and await alarms.rings_now(desk, request):
        return reachable  # the call that brings them the card says how long it has rung
    spared = {request.holder}.union(*(_reachable(desk, request, one) for one in later))  # he gets a reminder of his own
    for code in reachable:
        if code in spared:
            continue
        is_first = await _is_first_time(desk, request, "chase", step.level, code)
        if is_first and await _is_first_now(desk, request, "told", code, moment):
            desk.tell_member(code, "escalate", text, request=request, urgent=is_emergency, only_if=_UNCLAIMED)
    if not later:
        await _remind_holder(desk, request, moment)
    return reachable


def _come_as_well(desk: Desk, request: Request, step: LadderStep) -> tuple[LadderStep, ...]:
    """The steps behind this one whose moment has come too."""
    return tuple(one for one in request.ladder if one.level > step.level and one.due_at <= desk.now)


def _reachable(desk: Desk, request: Request, step: LadderStep) -> tuple[str, ...]:
    """Those on the step, or who stand in for them today; nobody of whom the request complains."""
    kept = ears.kept_from(desk.roster, request, desk.today)
    return routing.here_of(desk.roster, step.members, desk.today, but=kept)


async def _remind_holder(desk: Desk, request: Request, moment: datetime) -> None:
    if not await _is_first_now(desk, request, "remind", request.holder, moment):
        return
    text = say("member.reminder", number=request.number, type=desk.type_name(request), waited=_waited(desk, request))
    is_emergency = request.urgency == "emergency"
    desk.tell_member(request.holder, "reminder", text, request=request, urgent=is_emergency, only_if=_UNCLAIMED)


async def _is_first_time(desk: Desk, request: Request, kind: str, level: int, person: str) -> bool:
    due = dispatch.answer_due(desk, request) if request.dispatched_at else request.created_at
    day = desk.house.calendar.working_day_of(desk.now)
    return await desk.session.timers.remind_once(request.number, kind, level, person, day, due)


async def _is_first_now(desk: Desk, request: Request, kind: str, person: str, moment: datetime) -> bool:
    """Once for a moment, however many steps of the ladder it takes."""
    day = desk.house.calendar.working_day_of(desk.now)
    return await desk.session.timers.remind_once(request.number, kind, 0, person, day, moment)


async def _next_step_at_once(desk: Desk, request: Request, step: LadderStep, moment: datetime) -> None:
    """Nobody stands on this step: whoever stands on the next need not be waited for."""
    for timer in await desk.session.timers.of(request.number):
        if timer.kind is TimerKind.CHASE and timer.step == step.level + 1 and await desk.session.timers.take(timer):
            await _chase(desk, replace(timer, due_at=moment), request)
            return


def _waited(desk: Desk, request: Request) -> str:
    return desk.time_since(request.dispatched_at or request.created_at)


async def _hand_over_expired(desk: Desk, timer: Timer, request: Request) -> None:
    """An offer nobody took goes back to who never stopped being accountable; a returned request needs a ruling."""
    if request.state is State.RETURNED and not request.offered_to:
        await _ask_for_ruling(desk, request)
        return
    if not request.offered_to or not request.state.is_open:
        return
    asked = request.offered_to
    request = await desk.session.requests.save(replace(request, offered_to=""))
    desk.note(request, "offer_expired", "desk", to=asked)
    text = say("member.offer_expired", number=request.number, name=desk.name(asked))
    desk.tell_member(request.holder, "offer_expired", text, request=request)
    offerer = await passing.offerer_of(desk, request)
    if offerer != request.holder:
        holder = desk.name(request.holder)
        text = say("member.assignment_expired", number=request.number, name=desk.name(asked), holder=holder)
        desk.tell_member(offerer, "offer_expired", text, request=request)
    if request.state is State.RETURNED:  # nobody has taken it: the secretary decides
        await _ask_for_ruling(desk, request)


async def _ask_for_ruling(desk: Desk, request: Request) -> None:
    """Returned, and nobody took it: the secretary decides, and is asked every working day until he does."""
    text = say("member.ruling_wanted", number=request.number, card=dispatch.member_card(desk, request, ""))
    day = desk.house.calendar.working_day_of(desk.now)
    returned = {"states": [State.RETURNED.value]}
    for code in ears.secretaries(desk.roster, request, desk.today):
        if await desk.session.timers.remind_once(request.number, "ruling", request.return_count, code, day, desk.now):
            desk.tell_member(code, "ruling", text, request=request, only_if=returned)
    desk.note(request, "ruling_wanted", "desk")
    again = desk.house.calendar.add(desk.now, ONE_WORKING_DAY)
    desk.session.timers.set(Timer(request.number, TimerKind.HAND_OVER, again))


# ── it takes too long ────────────────────────────────────────────────────────────────────────────


async def _overdue(desk: Desk, timer: Timer, request: Request) -> None:
    """The time for the solution has passed: the holder is reminded, a day later the secretary hears of it."""
    if not request.state.is_open or request.paused_at:
        return
    if request.due_resolution and request.due_resolution > desk.now:  # it was extended meanwhile
        desk.session.timers.set(Timer(request.number, TimerKind.RESOLUTION, request.due_resolution, timer.step))
        return
    people: tuple[str, ...] = (request.holder,)
    if timer.step:
        people = (*people, *ears.secretaries(desk.roster, request, desk.today))
    text = say("member.overdue", number=request.number, type=desk.type_name(request), place=desk.masked_place(request))
    for code in dict.fromkeys(people):
        if await _is_first_time(desk, request, "overdue", timer.step, code):
            desk.tell_member(code, "overdue", text, request=request, only_if={"states": _open_states()})
    desk.note(request, "overdue", "desk", round=timer.step)
    if timer.step == 1:  # once: more of it would only vex
        names = desk.names(ears.secretaries(desk.roster, request, desk.today))
        holder = desk.name(request.holder)
        still_so = {**audience.GOES_ON, "holder": request.holder}
        if request.due_resolution:
            still_so |= {"due": request.due_resolution.isoformat()}
        await audience.tell_all(
            desk, request, "takes_longer", "resident.overdue", only_if=still_so, holder=holder, names=names
        )
    one_day = desk.house.calendar.add(desk.now, ONE_WORKING_DAY)
    desk.session.timers.set(Timer(request.number, TimerKind.RESOLUTION, one_day, timer.step + 1))


async def _no_news(desk: Desk, timer: Timer, request: Request) -> None:
    """The resident has heard nothing for long: the holder is asked to say how it stands."""
    due, end = request.due_next_update, request.due_resolution
    if not request.state.is_open or request.paused_at or due is None:
        return
    if due > desk.now:
        desk.session.timers.set(Timer(request.number, TimerKind.UPDATE, due))
        return
    if end and end <= desk.now:  # he is reminded of the whole of it every day, until it is put off
        await news_expected(desk, request)
        return
    text = say("member.no_news", number=request.number, type=desk.type_name(request))
    if await _is_first_time(desk, request, "no_news", 0, request.holder):
        desk.tell_member(request.holder, "no_news", text, request=request, only_if={"states": _open_states()})
    desk.note(request, "no_news", "desk")
    await news_expected(desk, request)


async def news_expected(desk: Desk, request: Request) -> Request:
    """The next words to the resident are due so long after these; where nobody waits for any, the clock goes."""
    within = desk.settings.next_update(request.type, request.urgency)
    if not request.state.is_open or (within is None and request.due_next_update is None):
        return request
    due = desk.house.calendar.add(desk.now, within) if within else None
    request = await desk.session.requests.save(replace(request, due_next_update=due))
    await desk.session.timers.cancel(request.number, [TimerKind.UPDATE])
    if due and not request.paused_at:
        desk.session.timers.set(Timer(request.number, TimerKind.UPDATE, due))
    return request


def _open_states() -> list[str]:
    return [state.value for state in State if state.is_open]


# ── the resident is silent ───────────────────────────────────────────────────────────────────────


async def _gathering_is_over(desk: Desk, timer: Timer, request: Request) -> None:
    """Incomplete is submitted all the same, with its gaps: never thrown away."""
    if request.state not in (State.GATHERING, State.RECEIVED):
        return
    found = await desk.session.conversations.by_id(request.reporter) if request.reporter else None
    lane = request.lane or (desk.home_of(found[0]) if found else "")
    if not request.text and await listening.unheard(desk, request):
        await _listen(desk, replace(request, lane=lane))
        return
    gaps = [name for name, value in (("matter", request.text), ("place", lane)) if not value]
    desk.note(request, "gaps", "desk", gaps=gaps)
    text = request.text or say("resident.only_media")
    request = await dispatch.dispatch(desk, replace(request, lane=lane, text=text))
    if found and request.holder:
        resident, talk = found
        words = confirming.confirmation(desk, request)
        desk.tell_resident(resident, "confirm", words, request=request, last_heard=talk.last_at)


async def _listen(desk: Desk, request: Request) -> None:
    """Nothing but a voice: somebody listens, and the resident knows who."""
    request = await listening.begin(desk, request)
    found = await audience.requester(desk, request)
    if found and request.holder:
        words = say("resident.listening", number=request.number, holder=desk.name(request.holder))
        desk.tell_resident(found.resident, "confirm", words, request=request, last_heard=found.talk.last_at)


async def _window_closed(desk: Desk, timer: Timer, request: Request) -> None:
    """The resident has finished speaking: the holder hears all that was added, in one message."""
    if not request.state.is_open or not request.holder:
        return
    added: list[str] = []
    for entry in await desk.session.journal.of(request.number):
        if entry.kind == "supplement_told":
            added = []
        elif entry.kind == "supplement_taken_out":
            del added[-1:]
        elif entry.kind == Verb.DISPATCH:
            added = []  # the card that went out held all that was told before it
        elif entry.kind in ("supplement", "media", "place"):
            added.append(entry.words or say(f"media.{entry.data.get('kind', 'image')}"))
    if not added:
        return
    desk.note(request, "supplement_told", "desk")
    chat = desk.roster.chat_of(request.lane)
    if chat and request.sensitivity == "open" and request.accepted_at is None:
        words = desk.masked(request, " ".join(added))
        desk.tell_group(
            chat, "supplement", say("member.supplement", number=request.number, text=words), request=request
        )
        return
    words = markdown_safe(shorten(" ".join(added), 500))
    told = say("member.supplement", number=request.number, text=words)
    desk.tell_member(request.holder, "supplement", told, request=request)
    await pictures.show(desk, request.holder, request)


async def _rating_silence(desk: Desk, timer: Timer, request: Request) -> None:
    """No word about the result: closed as unrated, which is never counted as satisfied."""
    waits = request.state is State.RESOLVED or (request.state is State.MERGED and request.resolved_at)
    if waits:
        await privacy.forget_who_left(desk, await rating.close(desk, request, Rating.UNRATED))


HANDLERS: Mapping[TimerKind, Callable[[Desk, Timer, Request], Awaitable[None]]] = {
    TimerKind.CHASE: _chase,
    TimerKind.REPEAT: alarms.repeat,
    TimerKind.HAND_OVER: _hand_over_expired,
    TimerKind.RESOLUTION: _overdue,
    TimerKind.UPDATE: _no_news,
    TimerKind.GATHERING: _gathering_is_over,
    TimerKind.WINDOW: _window_closed,
    TimerKind.RATING: _rating_silence,
    TimerKind.TELL: in_person.not_told,
    TimerKind.RESUME: standing_still.wake,
    TimerKind.LISTEN: listening.nobody_listened,
}
