"""What was understood becomes requests: each matter one of its own, on its way as soon as it has a place."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from classifiers.places.finding import Place
from classifiers.reader.late import late
from classifiers.requests.duplicates import Likeness
from classifiers.taxonomy import OTHER, SEEN_BY_ALL, sensitivity_rank
from classifiers.understand import Matter, Understanding
from handlers.moves import merging
from handlers.moves.dispatch import announce, begin_request, dispatch, keep
from handlers.residents import confirming, following, whereabouts
from handlers.residents.visit import MAX_TEXT, Visit
from handlers.rules.masking import shorten
from handlers.texts import say
from storage.records import Fate, Outcome, Request, Timer, TimerKind

OTHER_MATTER = partial(
    Matter,
    type=OTHER,
    confidence=0.0,
    urgency="normal",
    emergency_kind=None,
    sensitivity="open",
    why=lambda: ("said to be another matter",),
)
_HARMLESS = frozenset({"policy", "errand", "suggestion", "wish"})  # of which no danger comes
_COMES_OF = {  # what a danger to the house may come of
    "fire": late("[电线插闸火烧焦糊烟灶炉气堆柴纸油味鞭炮]"),
    "gas": late("[气味灶炉]"),
    "electric": late("[电线插闸灯水漏]"),
    "flood": late("[水雨河沟管井堤漏淹堵]"),
}
LONGEST_TOLD = 60  # characters of what a danger came of
MAX_MATTERS = 5  # requests from one message; what is more stays in the words of the last


async def open_all(visit: Visit, text: str, meaning: Understanding, *, told: Request | None = None) -> Outcome:
    """Each matter of a message becomes its own request, linked to the same talk. `told`: what a danger came of."""
    matters = meaning.matters[:MAX_MATTERS]
    place, request = meaning.place, None
    visit.nothing_asked()
    for matter in matters:
        words = text if len(matters) == 1 else matter.clause
        request = await _open_one(visit, matter, words[:MAX_TEXT], place, told)
    assert request is not None  # noqa: S101  a request message has at least one matter
    return Outcome(Fate.OPENED, request.number)


async def _open_one(visit: Visit, matter: Matter, text: str, place: Place, told: Request | None) -> Request:
    desk = visit.desk
    lane = place.lane_or(visit.resident.lane)
    if matter.urgency == "emergency":  # those who are near run at once, wherever it may be
        lane = lane or visit.resident.lane
    request = begin_request(desk, visit.resident, matter, text, place_text=place.text, lane=lane)
    if told and matter.urgency == "emergency":
        request = _with_what_was_told(request, told, is_elsewhere=place.how in ("named", "household"))
    if lane and not visit.resident.lane and place.how in ("named", "household", "location"):
        visit.resident = replace(visit.resident, lane=lane)
    return await settle_place(visit, request, place)


def _with_what_was_told(request: Request, told: Request, *, is_elsewhere: bool) -> Request:
    """Who runs must know of which wall, whose mother; and what was private stays so."""
    if not is_elsewhere and told.lane:
        request = replace(request, lane=told.lane, place_text=request.place_text or told.place_text)
    if told.sensitivity != "open" and request.emergency_kind in SEEN_BY_ALL:
        return request  # a fire is for all ears, and what was told before is not
    if not _may_have_come_of(request, told):
        return request
    text = say("resident.grown_out_of", text=request.text, number=told.number, told=shorten(told.text, LONGEST_TOLD))
    return replace(request, text=text, sensitivity=max(request.sensitivity, told.sensitivity, key=sensitivity_rank))


def _may_have_come_of(request: Request, told: Request) -> bool:
    """A fire comes of a socket, not of a dripping tap, and no danger of a form: whoever runs need not read that."""
    if following.shares(told, request.text):
        return True
    sign = _COMES_OF.get(request.emergency_kind)
    return told.type not in _HARMLESS and (sign is None or bool(sign.search(told.text)))


async def settle_place(visit: Visit, request: Request, place: Place) -> Request:
    """Send a request on its way when it has a place; else ask for the place, and in an emergency do not wait for it."""
    desk = visit.desk
    neighbours = await merging.same_as(desk, request)
    if neighbours and merging.may_be_joined(request, *neighbours):
        return await _join_neighbours(visit, request, *neighbours)
    if request.lane or request.urgency == "emergency":
        request = await dispatch(desk, request, tell=partial(announce, beside=await _said_beside(visit, request)))
        if neighbours:
            merging.hint(desk, request, *neighbours)
        confirming.confirm(visit, request)
        visit.gather_on(request)
        if request.lane and not (request.urgency == "emergency" and place.is_open):
            return request
    else:
        request = await keep(desk, request)
        visit.gather_on(request)
        desk.session.timers.set(Timer(request.number, TimerKind.GATHERING, desk.now + desk.settings.desk.gathering_cap))
    whereabouts.ask_place(visit, request, place)
    return request


async def _said_beside(visit: Visit, request: Request) -> str:
    """我要投诉他, behind a repair: who hears it must know of which. Not part of its words, by which the accused are
    found."""
    if request.sensitivity != "confidential" or request.type != "suggestion":
        return ""
    requests, desk = visit.desk.session.requests, visit.desk
    mine = await requests.open_of_resident(visit.resident.id)
    mine += await requests.unrated_of_resident(visit.resident.id)
    others = [one for one in mine if one.sensitivity != "confidential" and one.holder and one.number != request.number]
    last = max(others, key=lambda one: one.resolved_at or one.created_at, default=None)
    if last is None:
        return ""
    return say("member.said_beside", number=last.number, type=desk.type_name(last), holder=desk.name(last.holder))


async def _join_neighbours(visit: Visit, request: Request, root: Request, likeness: Likeness) -> Request:
    """What a neighbour has told already; a tap parts the two again."""
    desk = visit.desk
    if request.urgency == "emergency":
        desk.answers.insert(0, confirming.call_first(request.emergency_kind, request.text))
    request = await merging.join_neighbours(desk, request, root, likeness)
    visit.gather_on(request)
    text = say(
        "resident.joined_neighbours",
        number=request.number,
        type=desk.type_name(request),
        root=root.number,
        holder=desk.name(root.holder),
        state=say(f"state.{root.state}"),
    )
    another = say("option.another")
    desk.answer_words(text, (another, another))
    return request
