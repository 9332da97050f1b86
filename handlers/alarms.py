"""An emergency goes on: what its resident says next, and the ringing until somebody has taken it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from classifiers.continuations import sounds_over
from classifiers.follow_ups import FollowUp
from classifiers.understand import Understander, Understanding
from handlers import confirming, sense
from handlers.desk import Desk
from handlers.dispatch import announce, called, listeners
from handlers.rules.durations import Duration
from handlers.rules.masking import markdown_safe, shorten
from handlers.texts import say
from handlers.visit import MAX_TEXT, Visit
from storage.records import Fate, Outcome, Request, State, Timer, TimerKind

GOES_ON = timedelta(hours=2)  # so long what its resident says is about the emergency
CALMER = Duration(timedelta(minutes=30))  # between two calls, once he has said that it is over
NEEDS_A_LOOK = frozenset({"self_harm", "violence"})  # no word from that phone alone ends them
_UNCLAIMED = frozenset({State.DISPATCHED, State.RETURNED})
_SURELY_NEW = 0.9  # chance from which words so near to an emergency are believed to be another matter
_OVER = "over"  # in the journal, of words after which nobody need run


async def at_hand(visit: Visit) -> Request | None:
    """His own emergency that still goes on."""
    for one in await visit.desk.session.requests.open_of_resident(visit.resident.id):
        started = one.dispatched_at
        if one.urgency == "emergency" and started and visit.now - started <= GOES_ON:
            return await visit.desk.session.requests.get(one.number, to_change=True)
    return None


async def go_on(visit: Visit, request: Request, text: str, *, is_withdrawn: bool) -> Outcome | None:
    """Told at once to who has taken it, or to all who were called; of a new danger all hear again. 算了 calls nobody
    off: 算了,房子都烧没了. None when it is a matter for other ears, or one of its own besides."""
    desk = visit.desk
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    meaning = reader.understand(text)
    if (
        meaning.urgency == "emergency"
        and request.sensitivity == "confidential"
        and sense.stands_apart(meaning, request)
    ):
        return None  # a house on fire is no secret, whatever was told before it
    is_another = _is_another(reader, meaning, request)
    is_new = meaning.emergency_kind not in (None, request.emergency_kind)  # it burns, and now somebody has fainted
    is_over = meaning.urgency != "emergency" and (is_withdrawn or sounds_over(text))
    if not is_another:
        request = replace(request, text=f"{request.text} {text}".strip()[:MAX_TEXT])
        request = await desk.session.requests.save(sense.as_private_as(request, meaning))
    desk.note(request, "resident_words", "resident", words=text, **({_OVER: True} if is_over else {}))
    _tell(desk, request, text, everybody=is_new)
    if is_another:
        return None
    if is_over:
        await _ring_less(desk, request)
        cancel = f"撤销{request.number}"
        desk.answer("resident.emergency_over", (cancel, cancel), number=request.number)
        return Outcome(Fate.JOINED, request.number)
    if is_new:
        desk.answer_words(confirming.call_first(meaning.emergency_kind or "", text))
    await _ring_soon(desk, request)
    name = "resident.emergency_words" if request.accepted_at else "resident.emergency_called_again"
    desk.answer(name, number=request.number)
    return Outcome(Fate.JOINED, request.number)


def _tell(desk: Desk, request: Request, text: str, *, everybody: bool) -> None:
    """Who has taken it, or all who were called; `everybody` who might come, though somebody has."""
    told = say("member.emergency_words", number=request.number, text=markdown_safe(shorten(text, 300)))
    more = listeners(desk, request, everybody=True, in_group=False) if everybody else ()
    for code in dict.fromkeys((*called(desk, request), *more)):
        desk.tell_member(code, "supplement", told, request=request, urgent=True)


def _is_another(reader: Understander, meaning: Understanding, request: Request) -> bool:
    """对了,路灯不亮了 is a request of its own; 电梯坏了 too, though those who run must hear it as well."""
    is_calm = bool(meaning.matters) and meaning.urgency != "emergency" and meaning.sensitivity == "open"
    return is_calm and reader.follow_up(request.text, meaning.text).chances[FollowUp.NEW] >= _SURELY_NEW


async def _ring_less(desk: Desk, request: Request) -> None:
    """Everybody was called at once: nobody is told by and by that nobody came, when nobody need run."""
    if request.accepted_at or not request.ladder or request.emergency_kind in NEEDS_A_LOOK:
        return
    await desk.session.requests.save(replace(request, escalation_level=request.ladder[-1].level))
    await desk.session.timers.cancel(request.number, [TimerKind.CHASE])


async def _ring_soon(desk: Desk, request: Request) -> None:
    """It was said to be over, and is not: the next call waits no longer than it did at first."""
    repeat = desk.settings.clocks[request.urgency].repeat
    waiting = [one for one in await desk.session.timers.of(request.number) if one.kind is TimerKind.REPEAT]
    soon = desk.house.calendar.add(desk.now, repeat) if repeat else None
    if soon and waiting and waiting[0].due_at > soon:
        await desk.session.timers.cancel(request.number, [TimerKind.REPEAT])
        desk.session.timers.set(replace(waiting[0], due_at=soon))


async def repeat(desk: Desk, timer: Timer, request: Request) -> None:
    """An emergency nobody has taken: everybody again, until somebody does. Once it is said to be over only the holder
    is asked to look, and not every few minutes."""
    if request.state not in _UNCLAIMED or request.accepted_at is not None:
        return
    is_over = await _is_said_to_be_over(desk, request)
    if is_over:
        text = say("member.look_once", number=request.number)
        desk.tell_member(request.holder, f"repeat-{timer.step}", text, request=request, urgent=True)
    else:
        announce(desk, request, kind=f"repeat-{timer.step}")
    desk.note(request, "repeat", "desk", round=timer.step)
    every = CALMER if is_over else desk.settings.clocks[request.urgency].repeat
    if every:
        again = desk.house.calendar.add(desk.now, every)
        desk.session.timers.set(Timer(request.number, TimerKind.REPEAT, again, timer.step + 1))


async def _is_said_to_be_over(desk: Desk, request: Request) -> bool:
    if request.emergency_kind in NEEDS_A_LOOK:
        return False
    said = [entry for entry in await desk.session.journal.of(request.number) if entry.kind == "resident_words"]
    return bool(said) and bool(said[-1].data.get(_OVER))
