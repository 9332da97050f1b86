"""A picture that came while several things are open: the words behind it say of which it is."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.reader.late import late
from classifiers.residents.follow_ups import FollowUp
from classifiers.understand import Understander
from handlers.moves.steps import step
from handlers.residents import adding, at_hand, following, sense
from handlers.residents.following import Thread
from handlers.residents.visit import Visit
from handlers.rules.lifecycle import Verb
from handlers.rules.masking import shorten
from handlers.texts import say
from storage.records import Fate, Outcome, Question, Request, State

OFFERED = 4  # open requests, the newest
LONGEST_LABEL = 8  # signs of a request's own words
_SURELY_OF_IT = 0.75  # chance from which words that name nothing are about a request
_PROBABLY_NEW = 0.5
_CHOSEN = late(r"(?:放到|放在|是|给)?\s*#?(?P<number>\d{1,7})(?:\s*号?里?|[(\uff08].*)")


async def ask_which(visit: Visit, picture: Request) -> bool:
    """Ask what the picture shows, with the open requests to tap; False when there are none to choose from."""
    open_ones = await _open(visit, picture)
    if len(open_ones) < 2:
        return False
    labels = [(str(one.number), _label(one)) for one in open_ones[-OFFERED:]]
    visit.ask(Question.MATTER, picture, say("resident.which_picture"), tuple(labels))
    return True


def _label(request: Request) -> str:
    words = sense.SAYS_ANOTHER.sub("", request.text, count=1).lstrip(" ,\uff0c")
    return say("option.picture_of", number=request.number, text=shorten(words, LONGEST_LABEL))


async def _open(visit: Visit, picture: Request) -> Sequence[Request]:
    mine = await visit.desk.session.requests.open_of_resident(visit.resident.id)
    told = (one for one in mine if one.number != picture.number and one.holder and one.text)
    return sorted(told, key=lambda one: one.number)


async def put_away(visit: Visit, reader: Understander, text: str) -> Outcome | None:
    """这是墙皮, or a tap: the picture and the words go to the request that they are of; None when that is a new one."""
    picture = await at_hand.gathering(visit) if visit.talk.question is Question.MATTER else None
    if picture is None or picture.state is not State.GATHERING or picture.text:
        return None
    open_ones = await _open(visit, picture)
    if len(open_ones) < 2:
        return None
    chosen = _CHOSEN.fullmatch(text.strip())
    if chosen:
        found = [one for one in open_ones if one.number == int(chosen["number"])]
        return await _move(visit, picture, found[0], "") if found else None
    meaning = reader.understand(text)
    if meaning.urgency == "emergency" or meaning.sensitivity == "confidential":
        return None
    fitting = _fitting(await following.threads(visit, reader, text), text)
    if len(fitting) > 1:
        await ask_which(visit, picture)
        return Outcome(Fate.ANSWERED, picture.number)
    return await _move(visit, picture, fitting[0], text) if fitting else None


def _fitting(threads: Sequence[Thread], text: str) -> Sequence[Request]:
    """Those that the words name; when they name none, the one that they surely are about."""
    told = [one for one in threads if one.reading.chances[FollowUp.NEW] < _PROBABLY_NEW]
    named = [one.request for one in told if following.shares(one.request, text)]
    return named or [one.request for one in told[:1] if one.reading.joins >= _SURELY_OF_IT]


async def _move(visit: Visit, picture: Request, to: Request, text: str) -> Outcome | None:
    """What was opened for the picture alone is nothing any more."""
    desk = visit.desk
    request = await desk.session.requests.get(to.number, to_change=True)
    if request is None or not request.state.is_open:
        return None
    await put_with(visit, picture, request)
    if not text:
        await adding.supplement_later(visit, request)
        return Outcome(Fate.JOINED, request.number)
    outcome = await adding.add_to(visit, request, text, may_part=True)
    another = say("option.another")
    desk.answer("resident.is_it_another", (another, another))
    return outcome


async def put_with(visit: Visit, picture: Request, request: Request) -> None:
    """The picture is this one's, and what was opened for it alone is over."""
    await visit.desk.session.files.move(picture.number, request.number)
    await step(visit.desk, picture, Verb.CANCEL, "resident", data={"picture_of": request.number}, closed_at=visit.now)
    visit.nothing_asked()
    visit.desk.note(request, "media", "resident", kind="image")
