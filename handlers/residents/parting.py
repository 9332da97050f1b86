"""What was joined with a neighbour's is not the same: 不是一回事 我家是电表烧了 parts it, and says what it is."""

from __future__ import annotations

from dataclasses import replace

from classifiers.residents.parting import says_apart
from classifiers.taxonomy import urgency_rank
from handlers.moves.dispatch import described
from handlers.residents import adding, inquiry, intake, sense
from handlers.residents.visit import Visit, with_words
from storage.records import Outcome


async def hear(visit: Visit, text: str) -> Outcome | None:
    """None when nothing of his was joined, or he says no such thing."""
    rest = says_apart(text)
    merged = [] if rest is None else await visit.desk.session.requests.merged_of_resident(visit.resident.id)
    if rest is None or not merged:
        return None
    number = visit.talk.gathering if visit.talk.gathering in [one.number for one in merged] else merged[-1].number
    request = await visit.desk.session.requests.get(number or 0, to_change=True)
    if request is None:
        return None
    visit.nothing_asked()
    if not rest:
        return await inquiry.part(visit, request)
    meaning = await sense.of(visit, rest)
    if meaning.sensitivity == "confidential":
        await inquiry.part(visit, request)
        return await intake.hear_apart(visit, rest, meaning)
    if request.holder:  # it had been somebody's before: he hears it as more of it
        await inquiry.part(visit, request)
        parted = await visit.desk.session.requests.get(request.number, to_change=True)
        return await adding.add_to(visit, parted or request, rest)
    told, request = request, sense.as_private_as(with_words(request, rest), meaning)
    if meaning.main:
        request = replace(described(request, meaning.main), sensitivity=request.sensitivity)
    if urgency_rank(told.urgency) > urgency_rank(request.urgency):
        request = replace(request, urgency=told.urgency, emergency_kind=told.emergency_kind)
    visit.desk.note(request, "resident_words", "resident", words=rest)
    return await inquiry.part(visit, request)
