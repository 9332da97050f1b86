"""Was it solved? The resident's word closes a request or brings it back to whoever took it first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from classifiers.continuations import Continuation, is_fine_now, read_continuation
from classifiers.wishes import SpokenWish, Wish, read_wish
from handlers import audience, confirming, dispatch
from handlers.audience import Listener
from handlers.desk import Desk, Option
from handlers.rules import ears, routing
from handlers.rules.lifecycle import Verb, can
from handlers.rules.masking import markdown_safe, shorten
from handlers.steps import step
from handlers.texts import say
from handlers.visit import Visit
from storage.records import Fate, Outcome, Rating, Request, Rung, State, Timer, TimerKind

SATISFIED = frozenset({Rating.GOOD.value, Rating.FAIR.value})
_ABOVE = frozenset({Rung.LEADER, Rung.CADRE, Rung.SECRETARY})
_SLIPS_WITHIN = timedelta(hours=1)
_MEANS = {Wish.RATE_GOOD: Rating.GOOD, Wish.RATE_FAIR: Rating.FAIR, Wish.RATE_BAD: Rating.BAD}


async def tell_result(desk: Desk, request: Request, member: str) -> int:
    """Tell everybody who waits for it what was done, and ask each whether it is solved. How many were told."""
    told = 0
    async for listener in audience.listeners(desk, request):
        own = listener.request
        if own.state is State.MERGED:
            if own.rating in SATISFIED:  # he has said that it is solved for him
                continue
            own = await desk.session.requests.save(replace(own, result=request.result, resolved_at=desk.now, rating=""))
        _tell_result(desk, replace(listener, request=own), member)
        desk.session.timers.set(rating_timer(desk, own))
        told += 1
    return told


def _result_name(request: Request, *, asks: bool) -> str:
    """Nobody is asked whether he is satisfied in the words for a lamp when an ambulance has just left."""
    if not asks:
        return "resident.resolved"
    return "resident.resolved_ask_emergency" if request.urgency == "emergency" else "resident.resolved_ask"


def _tell_result(desk: Desk, listener: Listener, member: str) -> None:
    request = listener.request
    asks = _asks_for_rating(desk, request)
    text = say(
        _result_name(request, asks=asks),
        number=request.number,
        type=desk.type_name(request),
        holder=desk.name(member),
        result=audience.as_told_to(listener, request.result),
    )
    desk.tell_resident(
        listener.resident,
        "resolved",
        text,
        request=request,
        options=options(request) if asks else (),
        last_heard=listener.talk.last_at,
        only_if={"states": [request.state.value]},
    )


def options(request: Request) -> tuple[Option, ...]:
    """What can be tapped to judge it."""
    return tuple((label, f"{label} #{request.number}") for label in ("满意", "一般", "没解决"))


def _asks_for_rating(desk: Desk, request: Request) -> bool:
    """Per type: always, never, or only of somebody who has not judged this request before."""
    asks = desk.settings.types[request.type].rating if request.type in desk.settings.types else "always"
    return asks == "always" or (asks == "when_unrated" and not request.rating)


async def rate(visit: Visit, spoken: SpokenWish) -> Outcome | None:
    """1 满意 · 2 一般 · 3 没解决. None when nothing waits for it and the words are just words."""
    desk = visit.desk
    request = await _asked_about(visit, spoken)
    if request is None:
        return None
    rating = _MEANS[spoken.wish]
    if rating is Rating.BAD:
        reopened = await not_solved(desk, request, spoken.note)
        desk.answer("resident.reopened", number=request.number, holder=desk.name(reopened.holder))
    else:
        await close(desk, request, rating, spoken.note)
        desk.answer("resident.thanks_for_rating", number=request.number)
    visit.nothing_asked()
    return Outcome(Fate.RATING, request.number)


async def slipped(visit: Visit, spoken: SpokenWish) -> Outcome | None:
    """点错了, 我是说满意: what he meant counts; he is asked again if he does not say. None if he judged nothing."""
    request = await _judged_just_now(visit)
    if request is None:
        return None
    if not spoken.note:
        visit.desk.answer("resident.rate_anew", *options(request), number=request.number)
        return Outcome(Fate.ANSWERED, request.number)
    meant = _judgement(spoken.note)
    return await rate(visit, SpokenWish(meant, request.number, spoken.note)) if meant else None


def _judgement(words: str) -> Wish | None:
    """The rating in what he meant to say."""
    wish, said = read_wish(words), read_continuation(words)
    if wish and wish.wish in _MEANS:
        return wish.wish
    if said is Continuation.NOT_SOLVED:
        return Wish.RATE_BAD
    return Wish.RATE_GOOD if said is Continuation.SOLVED or is_fine_now(words) else None


async def _judged_just_now(visit: Visit) -> Request | None:
    """What a finger may have slipped on: the last of his that he has said a word of, a short while ago."""
    mine = await visit.desk.session.requests.of_resident(visit.resident.id)
    since = visit.now - _SLIPS_WITHIN
    judged = [one for one in mine if _was_said_bad(one) or (one.state is State.CLOSED and one.rating in SATISFIED)]
    lately = [one for one in judged if (one.closed_at or one.clock_from or one.created_at) >= since]
    return max(lately, key=lambda one: one.closed_at or one.clock_from or one.created_at, default=None)


def _was_said_bad(request: Request) -> bool:
    return request.state is State.IN_PROGRESS and request.rating == Rating.BAD and bool(request.result)


async def _asked_about(visit: Visit, spoken: SpokenWish) -> Request | None:
    """The request that waits for a rating; 没解决 also brings back what was closed in silence a short while ago."""
    requests = visit.desk.session.requests
    waiting = await requests.unrated_of_resident(visit.resident.id)
    if spoken.number is not None:
        waiting = [one for one in waiting if one.number == spoken.number]
    if waiting:
        return max(waiting, key=lambda one: one.resolved_at or one.created_at)
    if spoken.wish is not Wish.RATE_BAD:
        return await _said_bad_by_mistake(visit, spoken)
    closed = [
        one
        for one in await requests.of_resident(visit.resident.id)
        if one.state is State.CLOSED and spoken.number in (None, one.number) and _is_recent(visit.desk, one)
    ]
    return closed[-1] if closed else None


async def _said_bad_by_mistake(visit: Visit, spoken: SpokenWish) -> Request | None:
    """满意 after 没解决: of what he names, or of what he judged just now. Neighbours who wait for it have their say."""
    requests = visit.desk.session.requests
    if spoken.number is None:
        request = await _judged_just_now(visit)
    else:
        request = await requests.get(spoken.number, to_change=True)
    if request is None or request.reporter != visit.resident.id or not _was_said_bad(request):
        return None
    return None if await requests.all_followers(request.number) else request


def _is_recent(desk: Desk, request: Request) -> bool:
    done = request.resolved_at or request.created_at
    return desk.now - done <= desk.settings.desk.reopen_within


async def close(desk: Desk, request: Request, rating: Rating, words: str = "") -> Request:
    """The last word about a request; of one that was merged it is only this neighbour's word."""
    actor = "desk" if rating is Rating.UNRATED else "resident"
    if request.state is State.IN_PROGRESS:
        request = await _unsay(desk, request, words)
    if request.state is State.MERGED:
        request = await _judge(desk, request, rating, words, closed_at=desk.now)
    else:
        data, changes = {"rating": rating.value}, {"rating": rating.value, "closed_at": desk.now}
        request = await step(desk, request, Verb.RATE, actor, words=words, data=data, **changes)
    if rating is not Rating.UNRATED:
        root = await audience.root_of(desk, request)
        text = say("member.rated", number=request.number, rating=say(f"rating.{rating}"))
        for code in dict.fromkeys((root.holder, root.supervisor)):
            desk.tell_member(code, "rated", text, request=request)
    return request


async def _unsay(desk: Desk, request: Request, words: str) -> Request:
    """没解决 was a slip: who was asked to look on need not."""
    supervisor = request.supervisor
    request = await step(desk, request, Verb.UNSAY, "resident", words=words, resolved_at=desk.now, supervisor="")
    desk.tell_member(supervisor, "rated", say("member.unsaid", number=request.number), request=request)
    return request


async def _judge(desk: Desk, request: Request, rating: Rating, words: str, **changes: Any) -> Request:
    """A neighbour's own word about what was done for all."""
    await desk.session.timers.cancel(request.number)
    actor = "desk" if rating is Rating.UNRATED else "resident"
    desk.note(request, Verb.RATE, actor, words=words, rating=rating.value)
    return await desk.session.requests.save(replace(request, rating=rating.value, **changes))


async def not_solved(desk: Desk, request: Request, words: str) -> Request:
    """没解决: the request is reopened, or the one it was merged into, for all who wait for it."""
    if request.state is not State.MERGED:
        desk.note(request, Verb.RATE, "resident", words=words, rating=Rating.BAD.value)
        request = await reopen(desk, request, words)
        if request.urgency == "emergency":
            _ring_again(desk, request, words)
        return request
    await _judge(desk, request, Rating.BAD, words, resolved_at=None, result="")
    root = await audience.root_of(desk, request)
    if can(root, Verb.REOPEN):
        own = "" if root.rating in ("", Rating.UNRATED.value) else root.rating
        return await reopen(desk, root, words, actor="desk", rating=own)
    said = markdown_safe(shorten(words, 200)) or say("member.no_words")
    text = say("member.reopened", number=root.number, who=say("member.the_resident"), words=said)
    desk.tell_member(root.holder, "reopened", text, request=root)
    return root


def _ring_again(desk: Desk, request: Request, words: str) -> None:
    """又有味了,头疼: a danger that was thought to be over is one for all who were called."""
    desk.answers.insert(0, confirming.call_first(request.emergency_kind, request.text))
    said = markdown_safe(shorten(words, 300)) or say("member.no_words")
    text = say("member.emergency_words", number=request.number, text=said)
    for code in dispatch.listeners(desk, request, everybody=True, in_group=False):
        desk.tell_member(code, "supplement", text, request=request, urgent=True)


async def reopen(
    desk: Desk, request: Request, words: str, *, actor: str = "resident", rating: str = Rating.BAD.value
) -> Request:
    """Not solved: back to the first responder, with somebody above looking on and a new clock. `rating` is what the
    request's own resident said of it; `actor` is the desk when a neighbour was not satisfied, or a member."""
    await _ask_no_more(desk, request)
    before, holder = request.holder, _holder_again(desk, request)
    supervisor = _supervisor(desk, request, holder)
    resolution = desk.settings.resolution(request.type, request.urgency)
    request = await step(
        desk,
        request,
        Verb.REOPEN,
        actor,
        words=words,
        data={"holder": holder, "supervisor": supervisor},
        holder=holder,
        supervisor=supervisor,
        reopen_count=request.reopen_count + 1,
        rating=rating,
        resolved_at=None,
        closed_at=None,
        due_resolution=desk.house.calendar.add(desk.now, resolution),
        clock_from=desk.now,
    )
    said = markdown_safe(shorten(words, 200)) or say("member.no_words")
    who = desk.name(actor) if actor in desk.roster.member else say("member.the_resident")
    if holder != actor:
        text = say("member.reopened", number=request.number, who=who, words=said)
        desk.tell_member(holder, "reopened", text, request=request)
    if supervisor != actor:
        text = say("member.reopened_above", number=request.number, who=who, words=said, holder=desk.name(holder))
        desk.tell_member(supervisor, "reopened", text, request=request)
    if before not in (holder, supervisor, actor):
        text = say("member.no_longer_yours", number=request.number, who=who, holder=desk.name(holder))
        desk.tell_member(before, "reopened", text, request=request)
    return request


def _supervisor(desk: Desk, request: Request, holder: str) -> str:
    """Who looked on before, else the nearest superior; a peer only where the ladder names nobody above. Nobody of whom
    the request complains."""
    above = [step for step in request.ladder if step.rung in _ABOVE]
    called = (code for step in (*above, *request.ladder) for code in step.members)
    others = {"", holder, *ears.kept_from(desk.roster, request, desk.today)}
    return next((code for code in (request.supervisor, *called) if code not in others), "")


async def _ask_no_more(desk: Desk, request: Request) -> None:
    """Neighbours who have not judged the result yet will hear of the next one."""
    for one in await desk.session.requests.all_followers(request.number):
        if one.resolved_at and not one.rating:
            await desk.session.requests.save(replace(one, resolved_at=None, result=""))
            await desk.session.timers.cancel(one.number)


async def bring_back(visit: Visit, request: Request, words: str) -> Outcome:
    """The same trouble again, though it was done with: what a resident says so is 没解决 in his own words."""
    reopened = await not_solved(visit.desk, request, words)
    holder = visit.desk.name(reopened.holder)
    visit.desk.answer("resident.reopened", number=request.number, holder=holder)
    visit.gather_on(reopened)
    visit.nothing_asked()
    return Outcome(Fate.RATING if request.state is State.RESOLVED else Fate.JOINED, request.number)


def _holder_again(desk: Desk, request: Request) -> str:
    """The first responder, or who stands in for him, or whoever answers for the place now; for confidential matters
    the secretary."""
    again = routing.stand_in(desk.roster, request.first_responder or request.holder, desk.today)
    is_his = again and again not in ears.kept_from(desk.roster, request, desk.today)
    return (is_his and again) or dispatch.answerable(desk, request) or request.holder


def rating_timer(desk: Desk, request: Request) -> Timer:
    silence: timedelta = desk.settings.desk.rating_silence
    return Timer(request.number, TimerKind.RATING, desk.now + silence)
