"""Was it solved? The resident's word closes a request or brings it back to whoever took it first."""

from __future__ import annotations

from datetime import timedelta

from classifiers.wishes import SpokenWish, Wish
from handlers.desk import Desk
from handlers.rules import routing
from handlers.rules.lifecycle import Verb
from handlers.rules.masking import markdown_safe, shorten
from handlers.steps import step
from handlers.texts import say
from handlers.visit import Visit
from storage.records import Conversation, Fate, Outcome, Rating, Request, Resident, State, Timer, TimerKind

_MEANS = {Wish.RATE_GOOD: Rating.GOOD, Wish.RATE_FAIR: Rating.FAIR, Wish.RATE_BAD: Rating.BAD}


def tell_result(desk: Desk, request: Request, member: str, resident: Resident, talk: Conversation) -> None:
    """Tell the resident what was done and ask whether it is solved."""
    asks = desk.settings.types[request.type].rating != "none" if request.type in desk.settings.types else True
    text = say(
        "resident.resolved_ask" if asks else "resident.resolved",
        number=request.number,
        type=desk.type_name(request),
        holder=desk.name(member),
        result=request.result,
    )
    options = tuple((label, f"{label} #{request.number}") for label in ("满意", "一般", "没解决")) if asks else ()
    desk.tell_resident(
        resident,
        "resolved",
        text,
        request=request,
        options=options,
        last_heard=talk.last_at,
        only_if={"states": [State.RESOLVED.value]},
    )


async def rate(visit: Visit, spoken: SpokenWish) -> Outcome | None:
    """1 满意 · 2 一般 · 3 没解决. None when nothing waits for it and the words are just words."""
    desk = visit.desk
    request = await _asked_about(visit, spoken)
    if request is None:
        return None
    rating = _MEANS[spoken.wish]
    if rating is Rating.BAD:
        await reopen(desk, request, spoken.note)
        desk.answer(
            "resident.reopened", number=request.number, holder=desk.name(request.first_responder or request.holder)
        )
    else:
        await close(desk, request, rating, spoken.note)
        desk.answer("resident.thanks_for_rating", number=request.number)
    visit.nothing_asked()
    return Outcome(Fate.RATING, request.number)


async def _asked_about(visit: Visit, spoken: SpokenWish) -> Request | None:
    """The request that waits for a rating; 没解决 also brings back what was closed in silence a short while ago."""
    requests = visit.desk.session.requests
    waiting = await requests.unrated_of_resident(visit.resident.id)
    if spoken.number is not None:
        waiting = [one for one in waiting if one.number == spoken.number]
    if waiting:
        return max(waiting, key=lambda one: one.resolved_at or one.created_at)
    if spoken.wish is not Wish.RATE_BAD:
        return None
    closed = [
        one
        for one in await requests.of_resident(visit.resident.id)
        if one.state is State.CLOSED and spoken.number in (None, one.number) and _is_recent(visit.desk, one)
    ]
    return closed[-1] if closed else None


def _is_recent(desk: Desk, request: Request) -> bool:
    done = request.resolved_at or request.created_at
    return desk.now - done <= desk.settings.desk.reopen_within


async def close(desk: Desk, request: Request, rating: Rating, words: str = "") -> Request:
    """The last word about a request."""
    actor = "desk" if rating is Rating.UNRATED else "resident"
    data = {"rating": rating.value}
    request = await step(
        desk, request, Verb.RATE, actor, words=words, data=data, rating=rating.value, closed_at=desk.now
    )
    if rating is not Rating.UNRATED:
        text = say("member.rated", number=request.number, rating=say(f"rating.{rating}"))
        desk.tell_member(request.holder, "rated", text, request=request)
    return request


async def reopen(desk: Desk, request: Request, words: str) -> Request:
    """Not solved: back to the first responder, with somebody above looking on and a new clock."""
    before, holder = request.holder, _holder_again(desk, request)
    supervisor = next((code for step in request.ladder for code in step.members if code != holder), "")
    resolution = desk.settings.resolution(request.type, request.urgency)
    request = await step(
        desk,
        request,
        Verb.REOPEN,
        "resident",
        words=words,
        data={"holder": holder, "supervisor": supervisor},
        holder=holder,
        supervisor=supervisor,
        reopen_count=request.reopen_count + 1,
        rating=Rating.BAD.value,
        resolved_at=None,
        closed_at=None,
        due_resolution=desk.house.calendar.add(desk.now, resolution),
        clock_from=desk.now,
    )
    said = markdown_safe(shorten(words, 200)) or say("member.no_words")
    desk.tell_member(holder, "reopened", say("member.reopened", number=request.number, words=said), request=request)
    above = say("member.reopened_above", number=request.number, words=said, holder=desk.name(holder))
    desk.tell_member(supervisor, "reopened", above, request=request)
    if before not in (holder, supervisor):
        text = say("member.no_longer_yours", number=request.number, holder=desk.name(holder))
        desk.tell_member(before, "reopened", text, request=request)
    return request


def _holder_again(desk: Desk, request: Request) -> str:
    """The first responder, or who stands in for him, or whoever answers for the place now."""
    again = routing.stand_in(desk.roster, request.first_responder or request.holder, desk.today)
    found = routing.answerable(desk.roster, request.lane, request.unit, desk.today)
    return again or (found[0] if found else request.holder)


def rating_timer(desk: Desk, request: Request) -> Timer:
    silence: timedelta = desk.settings.desk.rating_silence
    return Timer(request.number, TimerKind.RATING, desk.now + silence)
