"""我不同意, of what a secretary has sent away: whoever said so hears it, and decides again."""

from __future__ import annotations

from datetime import timedelta

from classifiers.residents.judgements import refuses
from handlers.residents.visit import Visit
from handlers.rules import ears
from handlers.rules.lifecycle import Verb
from handlers.rules.masking import markdown_safe, shorten
from handlers.texts import say
from storage.records import Fate, Outcome, Question, Request, State

_HEARD_FOR = timedelta(days=7)  # so long such words are of what was declined


async def hear(visit: Visit, text: str) -> Outcome | None:
    """None when nothing of his was declined a short while ago, or he has something else that the words may be of."""
    if visit.is_first or visit.talk.question is not Question.NONE or not refuses(text):
        return None
    desk, requests = visit.desk, visit.desk.session.requests
    mine = await requests.of_resident(visit.resident.id)
    declined = [one for one in mine if one.state is State.DECLINED and _is_fresh(visit, one)]
    if not declined or await requests.unrated_of_resident(visit.resident.id):
        return None
    request = max(declined, key=lambda one: one.closed_at or one.created_at)
    people = await _who_decides(visit, request)
    desk.note(request, "resident_words", "resident", words=text)
    told = say("member.refuses", number=request.number, text=markdown_safe(shorten(text, 300)))
    for code in people:
        desk.tell_member(code, "among", told, request=request, at_once=True)
    desk.answer("resident.refusal_told", number=request.number, names=desk.names(people))
    return Outcome(Fate.JOINED, request.number)


def _is_fresh(visit: Visit, request: Request) -> bool:
    return visit.now - (request.closed_at or request.created_at) <= _HEARD_FOR and bool(request.text)


async def _who_decides(visit: Visit, request: Request) -> tuple[str, ...]:
    """Who declined it, if he is still here; else the secretaries of today."""
    desk = visit.desk
    entries = [one for one in await desk.session.journal.of(request.number) if one.kind == Verb.DECLINE]
    by = entries[-1].actor if entries else ""
    return (by,) if by in desk.roster.member else ears.secretaries(desk.roster, request, desk.today)
