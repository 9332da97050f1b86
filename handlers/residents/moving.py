"""A resident has moved: his lane becomes another one, or none; what he has told before stays where it is."""

from __future__ import annotations

from dataclasses import replace

from classifiers.places.finding import Place
from classifiers.residents.moving import read_move
from classifiers.understand import Understander
from handlers.residents import at_hand, whereabouts
from handlers.residents.visit import Visit
from handlers.texts import say
from handlers.watching import alarms
from storage.records import Fate, Outcome, Question


async def hear(visit: Visit, text: str) -> Outcome | None:
    """None when he has not moved, or the words answer something else that was asked."""
    is_asked = visit.talk.question is Question.PLACE and visit.talk.question_request is None
    if is_asked:
        visit.nothing_asked()
    elif visit.talk.question is not Question.NONE or await at_hand.asked_for(visit):
        return None
    move = read_move(text)
    if (move is None and not is_asked) or await alarms.at_hand(visit, text):
        return None
    reader = await visit.desk.house.understanding.reader(visit.desk.roster, visit.desk.session)
    said = move.to if move else text
    place = _place(reader, said) if said else None
    if place is not None and place.lane:
        return await _lives_in(visit, place.lane)
    if move is None:
        return None
    if move.leaves:
        return _has_left(visit)
    return None if said else _ask_where(visit)


def _place(reader: Understander, said: str) -> Place | None:
    """Where he lives now, when nothing else is said."""
    meaning = reader.understand(said)
    return meaning.place if whereabouts.says_where(said, meaning) else None


async def _lives_in(visit: Visit, lane: str) -> Outcome:
    desk = visit.desk
    visit.resident = replace(visit.resident, lane=lane)
    whereabouts.greet(desk, visit.resident)
    mine = await desk.session.requests.open_of_resident(visit.resident.id)
    elsewhere = [f"#{one.number}" for one in mine if one.lane and one.lane != lane]
    if elsewhere:
        desk.answer("resident.stays_there", numbers="、".join(elsewhere))
    return Outcome(Fate.COMMAND, reason="moved")


def _has_left(visit: Visit) -> Outcome:
    lane = visit.desk.roster.lane.get(visit.resident.lane)
    visit.resident = replace(visit.resident, lane="")
    if lane:
        visit.desk.answer("resident.moved_away", lane=lane.name)
    return _ask_where(visit)


def _ask_where(visit: Visit) -> Outcome:
    visit.ask(Question.PLACE, None, say("resident.moved_where"))
    return Outcome(Fate.COMMAND, reason="moved away")
