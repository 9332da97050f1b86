"""A resident's wish that somebody hurries, or calls: the holder hears of it whatever the hour."""

from __future__ import annotations

from handlers.dispatch import invitation
from handlers.texts import say
from handlers.visit import Visit
from storage.records import Fate, Outcome, Request

URGE_AGAIN = 30  # minutes


async def urge(visit: Visit, request: Request) -> Outcome:
    """催: the holder is asked to hurry."""
    return await _press(visit, request, "urge", "member.urged", ("resident.urged", "resident.urged_already"))


async def ask_for(visit: Visit, request: Request) -> Outcome:
    """人工: the holder is asked to call."""
    return await _press(visit, request, "human", "member.wants_you", ("resident.human", "resident.human_already"))


async def _press(visit: Visit, request: Request, kind: str, notice: str, answers: tuple[str, str]) -> Outcome:
    """Turn to the holder at the resident's wish, whatever the hour; not again for half an hour."""
    desk = visit.desk
    slot = desk.now.replace(minute=desk.now.minute // URGE_AGAIN * URGE_AGAIN, second=0, microsecond=0)
    is_first = await desk.session.timers.remind_once(
        request.number, kind, request.escalation_level, request.holder, desk.today, slot
    )
    desk.answer(answers[0] if is_first else answers[1], number=request.number, holder=desk.name(request.holder))
    if is_first:
        desk.note(request, kind, "resident")
        text = say(notice, number=request.number, type=desk.type_name(request))
        for code in _pressed(request):
            card = "" if request.accepted_at else f"\n{invitation(desk, request, code)}"
            desk.tell_member(code, kind, text + card, request=request, urgent=True)
    return Outcome(Fate.COMMAND, request.number)


def _pressed(request: Request) -> tuple[str, ...]:
    """The holder; as long as nobody took it, the first step of the ladder too."""
    above = next((step.members for step in request.ladder if step.members), ()) if request.accepted_at is None else ()
    return tuple(dict.fromkeys((request.holder, *above)))
