"""他要打我: who 他 is stands in what was told before. Of a neighbour all may hear, and all must run.

Alone such words sound like a husband's blows, and go to the secretary's ears only. Behind a heap in the corridor of
老李家 they are of 老李: one matter that heats up, and an alarm for everybody once a blow falls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from classifiers.dangers.blows import may_mean_him, names_kin, strikes_now, tells_of_a_neighbour, threatens, was_struck
from classifiers.taxonomy import urgency_rank
from classifiers.understand import Matter, Understanding
from handlers.residents import adding, following
from handlers.residents.following import Thread
from handlers.residents.visit import Visit
from storage.records import Outcome, Request, State

HEATS_WITHIN = timedelta(days=1)  # so long 他 is the neighbour who was told of
_QUARREL = partial(
    Matter,
    type="dispute",
    confidence=0.9,
    urgency="urgent",
    emergency_kind=None,
    sensitivity="open",
    why=lambda: ("a neighbour told of before",),
)
_OF_PEOPLE = frozenset({"dispute", "safety", "other", "elder_care", "suggestion"})


def told_of(visit: Visit, threads: Sequence[Thread], text: str) -> Request | None:
    """The newest open request about a neighbour who now threatens or strikes; None beside anything that is told in
    confidence, for then 他 may be somebody else."""
    if not may_mean_him(text) or not (threatens(text) or was_struck(text)):
        return None
    mine = [one.request for one in threads]
    if any(one.sensitivity != "open" and (one.sensitivity == "confidential" or names_kin(one.text)) for one in mine):
        return None
    about = [one for one in mine if _is_about_a_neighbour(visit, one)]
    return max(about, key=lambda one: one.number, default=None)


def _is_about_a_neighbour(visit: Visit, request: Request) -> bool:
    is_fresh = visit.now - request.created_at <= HEATS_WITHIN
    return is_fresh and request.state is not State.MERGED and tells_of_a_neighbour(following.own_words(request))


def by_him(meaning: Understanding, text: str) -> Understanding:
    """What he does is open, and one matter: a threat is for today, a blow or a weapon an emergency."""
    quarrel = next((one for one in meaning.matters if one.urgency == "emergency"), None)
    if quarrel is not None and quarrel.emergency_kind == "self_harm":
        return meaning
    if quarrel is None:
        quarrel = next((one for one in meaning.matters if one.type in _OF_PEOPLE), _QUARREL(clause=text))
        quarrel = replace(quarrel, type="dispute", urgency=max(quarrel.urgency, "urgent", key=urgency_rank))
    if quarrel.urgency != "emergency" and strikes_now(text):
        quarrel = replace(quarrel, urgency="emergency", emergency_kind="violence")
    quarrel = replace(quarrel, sensitivity="open" if quarrel.sensitivity == "confidential" else quarrel.sensitivity)
    others = (one for one in meaning.matters if one.type not in _OF_PEOPLE and one.urgency != "emergency")
    return replace(meaning, matters=(quarrel, *others))


async def heat_up(visit: Visit, told: Request, text: str, meaning: Understanding) -> Outcome | None:
    """他要动手: more of what was told, and urgent from now on; None when it is an alarm, or not this alone."""
    if meaning.urgency == "emergency" or len(meaning.matters) > 1:
        return None
    request = await visit.desk.session.requests.get(told.number, to_change=True)
    return await adding.add_to(visit, request, text) if request else None
