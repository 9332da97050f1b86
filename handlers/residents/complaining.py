"""再不来我投诉了: of what nobody has taken, somebody higher hears at once; the ladder goes on as it would."""

from __future__ import annotations

from handlers.desk import Desk
from handlers.moves import dispatch
from handlers.residents import pressing
from handlers.residents.visit import Visit
from handlers.rules import ears, routing
from handlers.rules.masking import markdown_safe, shorten
from handlers.texts import say
from storage.records import Fate, LadderStep, Outcome, Request, State


async def hear(visit: Visit, text: str) -> Outcome | None:
    """Once a day; None when he has nothing that nobody took, or has only just told it."""
    desk = visit.desk
    request = await _unanswered(visit)
    if request is None:
        return None
    step = _next_above(desk, request)
    about = (request.number, "complaint", 0, request.holder)
    if step is None or not await desk.session.timers.remind_once(*about, desk.today, request.created_at):
        return await pressing.urge(visit, request, text)
    names = _climb(desk, request, step, text)
    desk.note(request, "escalate", "resident", level=step.level, rung=step.rung.value, told=list(names), words=text)
    told = say("member.complains", number=request.number, text=markdown_safe(shorten(text, 300)))
    desk.tell_member(request.holder, "urge", told, request=request, urgent=True)
    answer = {"number": request.number, "names": desk.names(names), "holder": desk.name(request.holder)}
    desk.answer("resident.urged_above", **answer)
    return Outcome(Fate.COMMAND, request.number)


async def _unanswered(visit: Visit) -> Request | None:
    """The one of his that has waited longest for somebody to take it."""
    mine = await visit.desk.session.requests.open_of_resident(visit.resident.id)
    waiting = [one for one in mine if one.state is State.DISPATCHED and one.accepted_at is None and one.holder]
    for one in sorted(waiting, key=lambda request: request.number):
        if one.urgency != "emergency" and await _has_waited(visit.desk, one):
            return await visit.desk.session.requests.get(one.number, to_change=True)
    return None


async def _has_waited(desk: Desk, request: Request) -> bool:
    """He has urged before, or the time for an answer is over."""
    due = request.due_first_response
    return bool(due and due <= desk.now) or any(
        entry.kind == "urge" for entry in await desk.session.journal.of(request.number)
    )


def _next_above(desk: Desk, request: Request) -> LadderStep | None:
    """The first step above those whom an urge reaches anyway, with somebody on it who can be reached."""
    above = [step for step in request.ladder if step.level > max(1, request.escalation_level)]
    return next((step for step in above if _reachable(desk, request, step)), None)


def _reachable(desk: Desk, request: Request, step: LadderStep) -> tuple[str, ...]:
    kept = (*ears.kept_from(desk.roster, request, desk.today), request.holder)
    return routing.here_of(desk.roster, step.members, desk.today, but=kept)


def _climb(desk: Desk, request: Request, step: LadderStep, text: str) -> tuple[str, ...]:
    """Tell those on the step; who they are."""
    told = say("member.complains", number=request.number, text=markdown_safe(shorten(text, 300)))
    people = _reachable(desk, request, step)
    for code in people:
        card = dispatch.invitation(desk, request, code)
        desk.tell_member(code, "escalate", f"{told}\n{card}", request=request, urgent=True)
    return people
