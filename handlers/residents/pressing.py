"""A resident's wish that somebody hurries, or calls: the holder hears of it whatever the hour."""

from __future__ import annotations

from dataclasses import replace

from handlers.desk import Desk
from handlers.members import resting
from handlers.moves.dispatch import announce, dispatch, invitation
from handlers.moves.steps import promise
from handlers.residents import confirming
from handlers.residents.visit import Visit, with_words
from handlers.rules.masking import for_group, markdown_safe, shorten
from handlers.telling import audience
from handlers.texts import say
from storage.records import Fate, Outcome, Request, State, TimerKind

URGE_AGAIN = 30  # minutes
_HURRIED = frozenset({State.DISPATCHED, State.ACCEPTED, State.IN_PROGRESS})
MERE_IMPATIENCE = 8  # signs: 怎么还不来 says nothing new


async def urge(visit: Visit, request: Request, words: str = "") -> Outcome:
    """催: the holder is asked to hurry, and hears what was said with it; 都渗到床底下了 is more than impatience."""
    if len(words) > MERE_IMPATIENCE and request.reporter == visit.resident.id:
        request = await _keep(visit, request, words)
    root = await audience.root_of(visit.desk, request)
    if root.urgency == "emergency" and root.accepted_at is None:
        return _call_again(visit, root)
    if root.state is State.SUSPENDED:
        return await _rests(visit, root, words)
    return await _press(visit, root, "urge", "member.urged", ("resident.urged", "resident.urged_already"), words)


async def _rests(visit: Visit, root: Request, words: str) -> Outcome:
    """怎么没来, of what a secretary lets rest: nobody can hurry, and he hears why; news goes to its holder all the
    same."""
    desk = visit.desk
    number = await audience.number_of(desk, root, visit.resident)
    reason = await resting.reason_of(desk, root)
    if number != root.number:
        reason = for_group(reason)
    desk.answer("resident.rests", number=number, reason=markdown_safe(reason), holder=desk.name(root.holder))
    if len(words) > MERE_IMPATIENCE and root.holder:
        told = say("member.supplement", number=root.number, text=markdown_safe(shorten(words, 300)))
        desk.tell_member(root.holder, "supplement", told, request=root)
    return Outcome(Fate.COMMAND, root.number)


def _call_again(visit: Visit, request: Request) -> Outcome:
    """咋还没人来, and nobody is on the way: all hear it again, and he is told that he must not wait for them."""
    desk = visit.desk
    announce(desk, request, kind="again")
    desk.note(request, "urge", "resident")
    desk.answer_words(confirming.call_first(request.emergency_kind, request.text))
    desk.answer("resident.emergency_called_again", number=request.number)
    return Outcome(Fate.COMMAND, request.number)


async def ask_for(visit: Visit, request: Request) -> Outcome:
    """人工: the holder is asked to call."""
    return await _press(visit, request, "human", "member.wants_you", ("resident.human", "resident.human_already"))


def may_hurry(request: Request) -> bool:
    """Not pressing yet, and with somebody who can hurry: what rests or has its appointment keeps its time."""
    return request.urgency == "normal" and bool(request.holder) and request.state in _HURRIED


async def hurry(visit: Visit, request: Request, words: str) -> Request:
    """It has grown worse: from now on it is urgent, its clocks are those of what is urgent, and who is to come hears
    so at once."""
    desk = visit.desk
    desk.note(request, "worse", "resident")
    if TimerKind.WINDOW not in [one.kind for one in await desk.session.timers.of(request.number)]:
        desk.note(request, "supplement_told", "desk")  # they are told here, and not once more in a minute
    visit.gather_on(request)
    card_tells = request.accepted_at is None and request.state is State.DISPATCHED
    request = await quicken(desk, request)
    due = request.due_first_response if card_tells else None  # who has taken it has been heard from
    until = say("resident.now_urgent_until", due=desk.clock_time(due)) if due else ""
    desk.answer("resident.now_urgent", number=request.number, holder=desk.name(request.holder), until=until)
    if not card_tells:
        told = say("member.now_urgent", number=request.number, text=markdown_safe(shorten(words, 300)))
        desk.tell_member(request.holder, "supplement", told, request=request, at_once=True)
    return request


async def quicken(desk: Desk, request: Request) -> Request:
    """From now on it is urgent, and its clocks are those of what is urgent."""
    request = replace(request, urgency="urgent")
    if request.accepted_at is None and request.state is State.DISPATCHED:
        return await dispatch(desk, request)
    until = desk.house.calendar.add(desk.now, desk.settings.resolution(request.type, request.urgency))
    request = await desk.session.requests.save(request)
    if request.due_resolution is None or until < request.due_resolution:
        request = await promise(desk, request, until)
    return request


async def _keep(visit: Visit, request: Request, words: str) -> Request:
    visit.desk.note(request, "resident_words", "resident", words=words)  # told at once, not with the next supplement
    return await visit.desk.session.requests.save(with_words(request, words))


async def _press(
    visit: Visit, request: Request, kind: str, notice: str, answers: tuple[str, str], words: str = ""
) -> Outcome:
    """Turn to the holder at the resident's wish, whatever the hour; not again for half an hour, but for new words."""
    desk = visit.desk
    slot = desk.now.replace(minute=desk.now.minute // URGE_AGAIN * URGE_AGAIN, second=0, microsecond=0)
    is_first = await desk.session.timers.remind_once(
        request.number, kind, request.escalation_level, request.holder, desk.today, slot
    )
    number = await audience.number_of(desk, request, visit.resident)
    told = "resident.pressed_later" if confirming.is_cut_off(desk, request) else answers[0] if is_first else answers[1]
    desk.answer(told, number=number, holder=desk.name(request.holder))
    said = say("member.supplement", number=request.number, text=markdown_safe(shorten(words, 300))) if words else ""
    if is_first:
        desk.note(request, kind, "resident")
        text = say(notice, number=request.number, type=desk.type_name(request))
        for code in _pressed(request):
            card = "" if request.accepted_at else invitation(desk, request, code)
            heard = said if code == request.holder else ""  # for the others they stand in the card
            desk.tell_member(code, kind, "\n".join(filter(None, (text, heard, card))), request=request, urgent=True)
    elif len(words) > MERE_IMPATIENCE:
        desk.tell_member(request.holder, "supplement", said, request=request, at_once=True)
    return Outcome(Fate.COMMAND, request.number)


def _pressed(request: Request) -> tuple[str, ...]:
    """The holder; as long as nobody took it, the first step of the ladder too."""
    above = next((step.members for step in request.ladder if step.members), ()) if request.accepted_at is None else ()
    return tuple(dict.fromkeys((request.holder, *above)))
