"""What is told again beside something that is over: a request of its own, which says what it goes on about."""

from __future__ import annotations

from dataclasses import replace

from classifiers.taxonomy import sensitivity_rank
from handlers.residents import intake, opening, sense
from handlers.residents.visit import Visit
from handlers.texts import say
from storage.records import Outcome, Request, State


async def tell_beside(visit: Visit, request: Request, words: str) -> Outcome:
    """旁边那个也不亮了 says too little alone: what was done tells what it is."""
    reader = await visit.desk.house.understanding.reader(visit.desk.roster, visit.desk.session)
    meaning = await sense.of(visit, words)
    words = say("resident.beside_it", words=words, number=request.number, told=request.text)
    matter = meaning.main or reader.understand(request.text).main or opening.OTHER_MATTER(clause=words)
    strictest = max(matter.sensitivity, request.sensitivity, key=sensitivity_rank)  # its words stand in it
    matters = (replace(matter, clause=words, sensitivity=strictest),)
    return await intake.hear_apart(visit, words, replace(meaning, matters=matters))


async def too_late_to_reopen(visit: Visit, words: str, number: int | None = None) -> Outcome | None:
    """还是没好, of what was closed too long ago to come back: kindly told, and begun anew. None: nothing is known."""
    mine = await visit.desk.session.requests.of_resident(visit.resident.id)
    since = visit.now - visit.desk.settings.desk.reopen_within
    over = [one for one in mine if one.state is State.CLOSED and one.text and number in (None, one.number)]
    if not over or (over[-1].resolved_at or over[-1].created_at) >= since:
        return None
    visit.desk.answer("resident.closed_too_long", number=over[-1].number)
    return await tell_beside(visit, over[-1], words)
