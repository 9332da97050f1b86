"""A picture behind a result shows how it is now: 还在滴 with it brings the matter back, 修得真漂亮 is satisfied."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.residents.answers import Answer, read_answer
from classifiers.residents.continuations import Continuation, read_continuation
from classifiers.residents.judgements import judge_all
from classifiers.residents.wishes import SpokenWish, Wish, read_wish
from handlers.residents import albums, at_hand, continuing, following, inquiry, sense
from handlers.residents.visit import Visit
from handlers.telling import pictures
from handlers.texts import say
from storage.records import Fate, Outcome, Question, Request, State

_WISHES = {Answer.GOOD: Wish.RATE_GOOD, Answer.FAIR: Wish.RATE_FAIR, Answer.BAD: Wish.RATE_BAD}


async def ask(visit: Visit, picture: Request) -> bool:
    """Ask of a picture whether it shows what was done; False when nothing waits for his word."""
    waiting = await _waiting(visit)
    if not waiting:
        return False
    visit.ask(Question.MATTER, picture, say("resident.ask_matter_done", number=waiting[-1].number))
    return True


async def hear(visit: Visit, text: str) -> Outcome | None:
    """None when no picture waits for words, or these judge no result."""
    picture = await at_hand.gathering(visit) if visit.talk.question is Question.MATTER else None
    if picture is None or picture.state is not State.GATHERING or picture.text:
        return None
    waiting = await _waiting(visit)
    done = following.nearest(waiting, text) or (waiting[-1] if waiting else None)
    wish = _judged(text, done) if done else None
    if done is None or wish is None or following.names_another_thing(done, text):
        return None
    if sense.SAYS_ANOTHER.match(text) or await continuing.is_danger(visit, text) or await sense.is_secret(visit, text):
        return None
    await albums.put_with(visit, picture, done)
    visit.stop_gathering()
    outcome = await inquiry.obey(visit, SpokenWish(wish, done.number, text))
    after = await visit.desk.session.requests.get(done.number)
    if after is not None and after.state.is_open:
        await pictures.show(visit.desk, after.holder, after)
    return outcome or Outcome(Fate.JOINED, done.number)


async def _waiting(visit: Visit) -> Sequence[Request]:
    """Results that he has been told and has not judged, oldest first."""
    done = await visit.desk.session.requests.unrated_of_resident(visit.resident.id)
    heard = [one for one in done if not await visit.desk.session.outbox.unheard_about(one.number, ())]
    return sorted(heard, key=lambda one: one.resolved_at or one.created_at)


def _judged(text: str, done: Request) -> Wish | None:
    spoken = read_wish(text)
    if spoken is not None:
        return spoken.wish if spoken.wish in _WISHES.values() and spoken.number in (None, done.number) else None
    answer = read_answer(text, done.text)
    if answer is not None:
        return _WISHES.get(answer.answer) if not answer.beside else None
    if read_continuation(text) is Continuation.NOT_SOLVED:
        return Wish.RATE_BAD
    return judge_all(text)
