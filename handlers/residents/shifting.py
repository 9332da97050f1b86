"""The hour that was agreed on does not suit him: whoever is to come hears it at once, and of the right request."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.residents.courtesy import is_courtesy
from classifiers.residents.shifting import Shift, read_shift
from classifiers.times.promises import read_when
from handlers.residents import at_hand, following, sense
from handlers.residents.visit import Visit
from handlers.telling import audience
from handlers.telling.agreed import Agreement, agreement
from storage.records import Fate, Outcome, Question, Request


async def hear(visit: Visit, text: str) -> Outcome | None:
    """None when the words are about no hour, or about the hour of nothing that somebody is at work on."""
    if visit.is_first or visit.talk.question is not Question.NONE or is_courtesy(text):  # 下午好 names no hour
        return None
    if (shift := read_shift(text)) is None:
        return None
    if await at_hand.asked_for(visit):
        return None  # he answers 几点在家
    request = await _meant(visit, shift, text)
    if request is None or await _is_for_others(visit, request, text):
        return None
    await audience.pass_on(visit.desk, request, text, at_once=shift is not Shift.NOT_NOW)
    root = await audience.root_of(visit.desk, request)
    visit.desk.answer("resident.told_holder", number=request.number, holder=visit.desk.name(root.holder))
    return Outcome(Fate.JOINED, request.number)


async def _meant(visit: Visit, shift: Shift, text: str) -> Request | None:
    """The one whose hour is agreed on, before all others; of several the one named, or at the hour named."""
    mine = await visit.desk.session.requests.open_of_resident(visit.resident.id)
    mine += await visit.desk.session.requests.merged_of_resident(visit.resident.id)
    roots = {one.number: await audience.root_of(visit.desk, one) for one in mine}
    in_hand = [one for one in mine if _is_in_hand(roots[one.number])]
    agreed = [(one, found) for one in in_hand if (found := await agreement(visit.desk, roots[one.number]))]
    if shift is Shift.NOT_NOW and not in_hand:
        in_hand = [one for one in mine if one.holder and one.urgency != "emergency"]
    to_come = [(one, found) for one, found in agreed if found.passes_at is None or found.passes_at > visit.now]
    is_told_with = visit.talk.gathering if visit.is_gathering else None  # 晚上, behind 楼上太吵, says when it is noisy
    is_telling = shift is Shift.IF_AGREED and is_told_with not in (None, *(one.number for one, _ in to_come))
    if to_come and not is_telling:
        return _of_agreed(visit, to_come, text)
    if shift is Shift.IF_AGREED:
        return None
    if shift is Shift.NOT_NOW and not to_come:
        return following.nearest(in_hand, text) or (in_hand[-1] if in_hand else None)
    return following.nearest(in_hand, text) or (in_hand[0] if len(in_hand) == 1 else None)


def _is_in_hand(root: Request) -> bool:
    return bool(root.holder) and root.accepted_at is not None and root.urgency != "emergency"


def _of_agreed(visit: Visit, agreed: Sequence[tuple[Request, Agreement]], text: str) -> Request:
    named = following.nearest([one for one, _ in agreed], text)
    said = read_when(text, visit.now.astimezone(visit.desk.settings.desk.zone))
    start = said.start if said else None
    at_the_hour = [one for one, found in agreed if start and found.when and found.when.start == start]
    return named or (at_the_hour or [one for one, _ in agreed])[-1]


async def _is_for_others(visit: Visit, request: Request, text: str) -> bool:
    meaning = await sense.of(visit, text)
    return meaning.urgency == "emergency" or meaning.sensitivity == "confidential" != request.sensitivity
