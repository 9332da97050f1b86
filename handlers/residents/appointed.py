"""What he says to the hour that was proposed, beside another hour: it goes to who proposed it, under its number.

我不去 让他来找我 is no new matter and nothing for those who run to an alarm of another one.
"""

from __future__ import annotations

from classifiers.residents.appointed import Appointed, read_appointed, says_no_more
from classifiers.residents.wishes import SpokenWish, Wish
from handlers.residents import continuing, following, inquiry, sense
from handlers.residents.visit import Visit
from handlers.telling import audience
from handlers.telling.agreed import Agreement, agreement
from storage.records import Fate, Outcome, Question, Request

_ANSWERS = {Appointed.REFUSES: "resident.hour_refused", Appointed.GRUMBLES: "resident.hour_changed_again"}


async def hear(visit: Visit, text: str) -> Outcome | None:
    """None when he says nothing to an hour, or none is agreed on, or it is for other ears."""
    if visit.is_first or visit.talk.question is not Question.NONE:
        return None
    said = read_appointed(text)
    meant = await _meant(visit, text) if said else None
    if said is None or meant is None or await _is_for_others(visit, meant[0], text):
        return None
    request, agreed = meant
    has_passed = agreed.passes_at is not None and agreed.passes_at <= visit.now
    if said is Appointed.WHICH or (said is Appointed.MISSED and not has_passed):
        return await inquiry.tell_how_they_stand(visit, [request])
    if said is Appointed.MISSED:
        visit.desk.answer("resident.kept_waiting")
        return await inquiry.obey(visit, SpokenWish(Wish.URGE, request.number, text))
    root = await audience.pass_on(visit.desk, request, text, at_once=True)
    visit.desk.answer(_ANSWERS[said], number=request.number, holder=visit.desk.name(root.holder))
    return Outcome(Fate.JOINED, request.number)


async def _meant(visit: Visit, text: str) -> tuple[Request, Agreement] | None:
    """The one named, else the last of which an hour is agreed on."""
    requests = visit.desk.session.requests
    mine = await requests.open_of_resident(visit.resident.id)
    mine += await requests.merged_of_resident(visit.resident.id)
    agreed: dict[int, tuple[Request, Agreement]] = {}
    for one in mine:
        root = await audience.root_of(visit.desk, one)
        found = await agreement(visit.desk, root) if root.urgency != "emergency" else None
        if found is not None:
            agreed[one.number] = (one, found)
    if not agreed:
        return None
    named = following.nearest([one for one, _ in agreed.values()], text)
    return agreed[named.number if named else max(agreed)]


async def _is_for_others(visit: Visit, request: Request, text: str) -> bool:
    """He adds something that rings, or is a secret; whom he will not see is none, nor is whom he waits for."""
    if says_no_more(text):
        return False
    is_secret = await sense.is_secret(visit, text) and request.sensitivity != "confidential"
    return is_secret or await continuing.is_danger(visit, text)
