"""More about a request: further words of the same breath, a supplement, the answer to what the holder asked."""

from __future__ import annotations

from dataclasses import replace

from classifiers.dangers.blows import threatens, was_struck
from classifiers.residents.continuations import sounds_worse
from classifiers.understand import Understanding
from handlers.moves.dispatch import described, dispatch
from handlers.moves.steps import step
from handlers.residents import confirming, halves, opening, pressing, sense
from handlers.residents.visit import Visit, with_words
from handlers.rules import lifecycle
from handlers.rules.lifecycle import Verb
from handlers.rules.masking import markdown_safe, shorten
from handlers.telling import audience
from handlers.texts import say
from handlers.watching import custody
from storage.records import Fate, Outcome, Question, Request, State, Timer, TimerKind

_GROW = frozenset(
    {"repair", "public_facility", "environment", "safety", "elder_care"}
)  # what gets worse while one waits
MAY_PART = "may_part"  # in the journal, of a supplement that he may say to be another matter


async def join_words(
    visit: Visit, request: Request, text: str, meaning: Understanding, *, is_whole: bool = False
) -> Outcome:
    """Further words to a request at hand; they may be the first that say what it is. `is_whole`: they are the other
    half of a sentence, and `meaning` is that of both."""
    desk = visit.desk
    was_wordless, before = not request.text, request
    was_empty = request.state is State.GATHERING and was_wordless
    request = with_words(request, text)
    is_worse = meaning.main is not None and meaning.urgency == "emergency" and request.urgency != "emergency"
    is_secret_now = meaning.main is not None and meaning.sensitivity == "confidential" != request.sensitivity
    if meaning.main and (was_empty or request.type == "other" or is_worse or is_secret_now):
        request = replace(described(request, meaning.main), sensitivity=request.sensitivity)
    request = sense.as_private_as(request, meaning)
    if is_whole:
        request = sense.as_private_as(halves.weighed(request, meaning), meaning)
    if was_wordless and visit.talk.question is Question.MATTER:
        visit.nothing_asked()
    desk.note(request, "supplement", "resident", words=text)
    is_reweighed = is_whole and (request.type, request.urgency) != (before.type, before.urgency)
    if (is_worse or is_secret_now or is_reweighed) and request.lane and request.state is State.DISPATCHED:
        request = await dispatch(desk, request)
        confirming.confirm(visit, request)
        return Outcome(Fate.JOINED, request.number)
    if was_empty:
        request = replace(request, lane=request.lane or meaning.place.lane_or(visit.resident.lane))
        await opening.settle_place(visit, request, meaning.place)
        return Outcome(Fate.JOINED, request.number)
    await _kept(visit, request, text)
    return Outcome(Fate.JOINED, request.number)


async def _kept(visit: Visit, request: Request, text: str) -> None:
    """What was added may name him who holds it, as the one it is about: then it is for other ears. And it may say that
    the trouble grows."""
    request = await visit.desk.session.requests.save(request)
    if request.sensitivity == "confidential" and request.state is not State.GATHERING:
        request = await custody.in_good_hands(visit.desk, request)
    if _grows(request, text) and pressing.may_hurry(request):
        await pressing.hurry(visit, request, text)
    else:
        await supplement_later(visit, request)


def _grows(request: Request, text: str) -> bool:
    """More water, or a quarrel that comes to threats."""
    return (request.type in _GROW and sounds_worse(text)) or (
        request.type == "dispute" and (threatens(text) or was_struck(text))
    )


async def supplement_later(visit: Visit, request: Request) -> None:
    """Tell the holder what was added once the resident has finished, not bit by bit; who speaks on for long after the
    first window does not put it off again and again."""
    desk = visit.desk
    visit.gather_on(request)
    timers = desk.session.timers
    is_set = visit.is_late_for(request) and TimerKind.WINDOW in [one.kind for one in await timers.of(request.number)]
    if request.state is not State.GATHERING and not is_set:
        await timers.cancel(request.number, [TimerKind.WINDOW])
        timers.set(Timer(request.number, TimerKind.WINDOW, visit.talk.gathering_until or desk.now))
    desk.answer("resident.joined", number=request.number)


async def add_to(visit: Visit, request: Request, text: str, *, may_part: bool = False) -> Outcome:
    """A supplement, explicit or not. `may_part`: he is offered to say that it is another matter."""
    if request.state is State.WAITING_REQUESTER and not visit.has_not_read("asked", request.number):
        return await requester_replies(visit, request, text)
    if request.state is State.MERGED:
        return await _add_to_merged(visit, request, text)
    request = with_words(request, text)
    visit.desk.note(request, "supplement", "resident", words=text, **({MAY_PART: True} if may_part else {}))
    await _kept(visit, request, text)
    return Outcome(Fate.JOINED, request.number)


async def _add_to_merged(visit: Visit, request: Request, text: str) -> Outcome:
    """His words stay with his own request; whoever works on the common one hears them."""
    desk = visit.desk
    request = await desk.session.requests.save(with_words(request, text))
    root = await audience.pass_on(desk, request, text, at_once=True)
    desk.answer("resident.passed_on", number=request.number, holder=desk.name(root.holder))
    return Outcome(Fate.JOINED, request.number)


async def waits_no_more(visit: Visit, request: Request) -> Request:
    """A picture or a place is an answer too, to whatever was asked."""
    if request.state is not State.WAITING_REQUESTER or visit.has_not_read("asked", request.number):
        return request
    visit.nothing_asked()
    return await step(visit.desk, request, Verb.REQUESTER_REPLIES, "resident")


async def requester_shows(visit: Visit, request: Request, what: str) -> Outcome:
    """The place he was asked for."""
    desk = visit.desk
    request = await waits_no_more(visit, request)
    told = say("member.requester_replied", number=request.number, text=markdown_safe(shorten(what, 300)))
    desk.tell_member(request.holder, "supplement", told, request=request, at_once=True)
    desk.answer("resident.passed_on", number=request.number, holder=desk.name(request.holder))
    return Outcome(Fate.JOINED, request.number)


async def requester_replies(visit: Visit, request: Request, text: str) -> Outcome:
    """The answer to what the holder asked; the work goes on."""
    desk = visit.desk
    request = with_words(request, text)
    if lifecycle.can(request, Verb.REQUESTER_REPLIES):
        request = await step(desk, request, Verb.REQUESTER_REPLIES, "resident", words=text)
    else:
        request = await desk.session.requests.save(request)
        desk.note(request, "supplement", "resident", words=text)
    visit.nothing_asked()
    told = say("member.requester_replied", number=request.number, text=markdown_safe(shorten(text, 300)))
    desk.tell_member(request.holder, "supplement", told, request=request, at_once=True)
    desk.answer("resident.passed_on", number=request.number, holder=desk.name(request.holder))
    return Outcome(Fate.JOINED, request.number)
