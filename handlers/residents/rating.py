"""Was it solved? The resident's word closes a request or brings it back to whoever took it first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from classifiers.residents.continuations import Continuation, is_fine_now, read_continuation
from classifiers.residents.courtesy import is_courtesy, is_heartfelt
from classifiers.residents.judgements import judge
from classifiers.residents.wishes import SpokenWish, Wish, read_wish
from handlers.desk import Desk, Option
from handlers.moves import dispatch
from handlers.moves.steps import step
from handlers.residents import at_hand, confirming, following
from handlers.residents.visit import Visit
from handlers.rules import ears, ladder, routing
from handlers.rules.lifecycle import Verb, can
from handlers.rules.masking import for_group, markdown_safe, shorten
from handlers.telling import audience
from handlers.telling.audience import Listener
from handlers.texts import say
from storage.records import Fate, Outcome, Rating, Request, State, Timer, TimerKind

SATISFIED = frozenset({Rating.GOOD.value, Rating.FAIR.value})
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
        only_if=_waits_for_his_word(request),
    )


def tell_again(visit: Visit, request: Request) -> Outcome:
    """The result once more, to whoever asks for it or is back; who has not judged it is asked again."""
    asks = request.state is not State.CLOSED and _asks_for_rating(visit.desk, request)
    visit.desk.answer(
        _result_name(request, asks=asks),
        *(options(request) if asks else ()),
        number=request.number,
        type=visit.desk.type_name(request),
        holder=visit.desk.name(request.holder),
        result=for_group(request.result) if request.merged_into else request.result,
    )
    return Outcome(Fate.ANSWERED, request.number)


async def ask_who_did_it(visit: Visit, request: Request, text: str) -> Outcome:
    """他们没提我吧: only who did it can say; it judges nothing."""
    desk = visit.desk
    root = await audience.root_of(desk, request)
    desk.note(request, "resident_asks", "resident", words=text)
    told = say("member.resident_asks_done", number=root.number, text=markdown_safe(shorten(text, 300)))
    desk.tell_member(root.holder, "supplement", told, request=root, at_once=True)
    waits = request.state is not State.CLOSED
    name = "resident.asked_who_did_it" if waits else "resident.asked_who_did_it_over"
    desk.answer(name, *(options(request) if waits else ()), number=request.number, holder=desk.name(root.holder))
    return Outcome(Fate.JOINED, request.number)


def _waits_for_his_word(request: Request) -> dict[str, Any]:
    """No later result has come, and he has not judged this one, which he may know of otherwise."""
    still_so: dict[str, Any] = {"states": [request.state.value]}
    if request.resolved_at:
        still_so |= {"result_of": request.resolved_at.isoformat()}
    return still_so | ({"unjudged": True} if request.state is State.MERGED else {})


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
        root = await audience.root_of(desk, await close(desk, request, rating, spoken.note))
        name = "resident.rated_meanwhile" if root.state.is_open else "resident.thanks_for_rating"
        desk.answer(name, number=request.number, holder=desk.name(root.holder))
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
    if meant and _MEANS[meant] == request.rating:
        visit.desk.answer("resident.rated_already", number=request.number)
        return Outcome(Fate.ANSWERED, request.number)
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
    is_worked_on = request.state in (State.IN_PROGRESS, State.MERGED)
    return is_worked_on and request.rating == Rating.BAD and bool(request.result)


def _may_be_judged_late(request: Request) -> bool:
    """He was told the result and has not judged it; it is worked on again, because somebody else was not satisfied."""
    is_worked_on = request.state.is_open or request.state is State.MERGED
    return is_worked_on and bool(request.result) and request.resolved_at is None and not request.rating


async def _asked_about(visit: Visit, spoken: SpokenWish) -> Request | None:
    """The request that waits for a rating, or waited until a neighbour was not satisfied; 没解决 also brings back what
    was closed in silence a short while ago."""
    requests = visit.desk.session.requests
    waiting = await requests.unrated_of_resident(visit.resident.id)
    if found := [one for one in waiting if spoken.number in (None, one.number)]:
        return _named_beside(found, spoken) or max(found, key=lambda one: one.resolved_at or one.created_at)
    mine = [one for one in await requests.of_resident(visit.resident.id) if spoken.number in (None, one.number)]
    is_an_answer = spoken.number is None and await at_hand.asked_for(visit) is not None  # 3, to 几单元?
    late = [one for one in mine if _may_be_judged_late(one) and not is_an_answer]
    if late:
        return late[-1]
    if spoken.wish is not Wish.RATE_BAD:
        return await _said_bad_by_mistake(visit, spoken)
    closed = [one for one in mine if one.state is State.CLOSED and _is_recent(visit.desk, one)]
    return closed[-1] if closed else None


def _named_beside(waiting: list[Request], spoken: SpokenWish) -> Request | None:
    """没解决,灯还是不亮 is of the lamp, though the tap was mended after it."""
    if len(waiting) < 2 or judge(spoken.note) not in (None, spoken.wish):
        return None
    return following.nearest(waiting, spoken.note)


async def _said_bad_by_mistake(visit: Visit, spoken: SpokenWish) -> Request | None:
    """满意 after 没解决: of what he names, or of what he judged just now."""
    requests = visit.desk.session.requests
    if spoken.number is None:
        request = await _judged_just_now(visit)
    else:
        request = await requests.get(spoken.number, to_change=True)
    is_his = request is not None and request.reporter == visit.resident.id
    return request if request and is_his and _was_said_bad(request) else None


def _is_recent(desk: Desk, request: Request) -> bool:
    done = request.resolved_at or request.created_at
    return desk.now - done <= desk.settings.desk.reopen_within


async def close(desk: Desk, request: Request, rating: Rating, words: str = "") -> Request:
    """The last word about a request; of one that was merged, or is worked on again for the neighbours, it is only this
    one's word."""
    is_silence = rating is Rating.UNRATED
    if await _is_unsaid(desk, request):
        request = await _unsay(desk, request, words)
    if is_silence and request.rating in SATISFIED:  # what he said before it was done again for a neighbour holds
        rating = Rating(request.rating)
    if request.state is State.MERGED:
        done_at = request.resolved_at or desk.now
        request = await _judge(desk, request, rating, words, closed_at=desk.now, resolved_at=done_at)
    elif request.state.is_open:
        request = await _judge(desk, request, rating, words)
    else:
        data, changes = {"rating": rating.value}, {"rating": rating.value, "closed_at": desk.now}
        actor = "desk" if is_silence else "resident"
        request = await step(desk, request, Verb.RATE, actor, words=words, data=data, **changes)
    if not is_silence:
        await _tell_rating(desk, request, words)
    return request


async def _tell_rating(desk: Desk, request: Request, words: str) -> None:
    """Who did it hears how it was judged, and what was said with it."""
    root = await audience.root_of(desk, request)
    rating = say(f"rating.{request.rating}")
    text = say("member.rated", number=request.number, rating=rating)
    if _tells_more(words):
        said = markdown_safe(shorten(words, 200))
        text = say("member.rated_with_words", number=request.number, rating=rating, words=said)
    for code in dict.fromkeys((root.holder, root.supervisor)):
        desk.tell_member(code, "rated", text, request=request)


def _tells_more(words: str) -> bool:
    """Is there more in them than thanks, or the rating once more?"""
    wish = read_wish(words)
    says_more = is_heartfelt(words) or not is_courtesy(words)
    return bool(words) and says_more and (wish is None or wish.wish not in _MEANS or bool(wish.note))


async def _is_unsaid(desk: Desk, request: Request) -> bool:
    """没解决 was his alone, and a slip? What neighbours wait for goes on."""
    is_at_work = request.state is State.IN_PROGRESS and _was_said_bad(request)
    return is_at_work and not await desk.session.requests.all_followers(request.number)


async def _unsay(desk: Desk, request: Request, words: str) -> Request:
    """没解决 was a slip: who was asked to look on need not."""
    supervisor = request.supervisor
    request = await step(desk, request, Verb.UNSAY, "resident", words=words, resolved_at=desk.now, supervisor="")
    desk.tell_member(supervisor, "rated", say("member.unsaid", number=request.number), request=request)
    return request


async def _judge(desk: Desk, request: Request, rating: Rating, words: str, **changes: Any) -> Request:
    """One resident's own word about what was done for all."""
    if request.state is State.MERGED:
        await desk.session.timers.cancel(request.number)
    actor = "desk" if rating is Rating.UNRATED else "resident"
    desk.note(request, Verb.RATE, actor, words=words, rating=rating.value)
    return await desk.session.requests.save(replace(request, rating=rating.value, **changes))


async def not_solved(desk: Desk, request: Request, words: str) -> Request:
    """没解决: the request is reopened, or the one it was merged into, for all who wait for it. Who has not judged the
    result yet hears that it is worked on again, and may still do so."""
    if can(request, Verb.REOPEN):
        desk.note(request, Verb.RATE, "resident", words=words, rating=Rating.BAD.value)
        reopened = await reopen(desk, request, words)
        if reopened.urgency == "emergency":
            _ring_again(desk, reopened, words)
        await _tell_the_others(desk, reopened, request)
        return reopened
    request = await _judge(desk, request, Rating.BAD, words, resolved_at=None)
    root = await audience.root_of(desk, request)
    if can(root, Verb.REOPEN):
        own = "" if root.rating in ("", Rating.UNRATED.value) else root.rating
        root = await reopen(desk, root, words, actor="desk", rating=own)
        await _tell_the_others(desk, root, request)
        return root
    said = markdown_safe(shorten(words, 200)) or say("member.no_words")
    text = say("member.reopened", number=root.number, who=say("member.the_resident"), words=said)
    desk.tell_member(root.holder, "reopened", text, request=root)
    return root


async def _tell_the_others(desk: Desk, root: Request, said_of: Request) -> None:
    """It goes on because one of them was not satisfied; the others may have been."""
    holder = desk.name(root.holder)
    still_so = {**audience.GOES_ON, "unjudged": True}
    async for one in audience.listeners(desk, root):
        if one.resident.id == said_of.reporter or not _may_be_judged_late(one.request):
            continue
        desk.tell_resident(
            one.resident,
            "reopened",
            say("resident.reopened_for_another", number=one.request.number, holder=holder),
            request=one.request,
            options=options(one.request),
            last_heard=one.talk.last_at,
            only_if=still_so,
        )


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
    """Not solved: back to the first responder, with somebody above looking on and new clocks: for the solution, and
    for the next news; who did it works along, for it is his work that goes on. `rating` is what the request's own
    resident said of it; `actor` is the desk when a neighbour was not satisfied, or a member."""
    await _ask_no_more(desk, request)
    before, holder = request.holder, _holder_again(desk, request)
    supervisor = _supervisor(desk, request, holder)
    helps = before != holder and _may_help(desk, request, before)
    helpers = (*request.co_workers, *([before] if helps else []))
    resolution = desk.settings.resolution(request.type, request.urgency)
    news = desk.settings.next_update(request.type, request.urgency)
    request = await step(
        desk,
        request,
        Verb.REOPEN,
        actor,
        words=words,
        data={"holder": holder, "supervisor": supervisor},
        holder=holder,
        co_workers=tuple(dict.fromkeys(code for code in helpers if code != holder)),
        supervisor=supervisor,
        reopen_count=request.reopen_count + 1,
        rating=rating,
        resolved_at=None,
        closed_at=None,
        due_resolution=desk.house.calendar.add(desk.now, resolution),
        due_next_update=desk.house.calendar.add(desk.now, news) if news else None,
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
        name = "member.you_help_again" if helps else "member.no_longer_yours"
        text = say(name, number=request.number, who=who, words=said, holder=desk.name(holder))
        desk.tell_member(before, "reopened", text, request=request)
    return request


def _may_help(desk: Desk, request: Request, member: str) -> bool:
    """Is he here, and one who may hear of it?"""
    is_here = bool(member) and routing.stand_in(desk.roster, member, desk.today) == member
    return is_here and ears.may_hold(desk.roster, request, member, desk.today, desk.settings.privacy.confidential_to)


def _supervisor(desk: Desk, request: Request, holder: str) -> str:
    """Who looked on before, else the nearest superior; a peer only where the ladder names nobody above. Nobody of whom
    the request complains."""
    above = [step for step in request.ladder if step.rung in ladder.ABOVE]
    called = (code for step in (*above, *request.ladder) for code in step.members)
    others = {"", holder, *ears.kept_from(desk.roster, request, desk.today)}
    return next((code for code in (request.supervisor, *called) if code not in others), "")


async def _ask_no_more(desk: Desk, request: Request) -> None:
    """Neighbours who have not judged the result yet will hear of the next one; the old one they may judge still."""
    for one in await desk.session.requests.all_followers(request.number):
        if one.resolved_at and not one.rating:
            await desk.session.requests.save(replace(one, resolved_at=None))
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
