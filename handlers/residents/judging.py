"""Several results wait and he judges them in one breath: each clause goes to the request whose thing it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from classifiers.reader.late import late
from classifiers.residents.continuations import Continuation, read_continuation
from classifiers.residents.follow_ups import Verdict
from classifiers.residents.judgements import clauses_of, judge
from classifiers.residents.wishes import SpokenWish, Wish
from classifiers.understand import Understander
from handlers.residents import adding, following, inquiry, intake, manners, rating, sense
from handlers.residents.visit import Visit
from handlers.telling import audience
from storage.records import Fate, Outcome, Request

_HOW_IS_IT = late(
    r"(?:那|还有)?(?:我|我家)?[\u4e00-\u9fff]{1,8}?(?:的|那)?[个件]?(?:事儿?)?(?:呢|咋样了?|怎么样了?|啥时候弄|到哪一?步了?)[啊呀?？]*"
)
_PLAIN = 0.5  # chance from which a clause beside others is a verdict
_BY_READER: Mapping[str, Wish] = {Verdict.GOOD: Wish.RATE_GOOD, Verdict.BAD: Wish.RATE_BAD}
_PRESSES = frozenset({Continuation.PRESSING, Continuation.IMPATIENT})


@dataclass
class _Said:
    """The clauses by the request that they name, those before any is named, those that are a matter of their own."""

    of: dict[int, str] = field(default_factory=dict)
    before: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)


async def hear(visit: Visit, text: str) -> Outcome | None:
    """Rate each result told to him that a clause names; None when they name none of several, or are for other ears."""
    done = await visit.desk.session.requests.unrated_of_resident(visit.resident.id)
    running = await visit.desk.session.requests.open_of_resident(visit.resident.id)
    known = {one.number: one for one in (*done, *running) if one.text}
    if not done:
        return None
    reader = await visit.desk.house.understanding.reader(visit.desk.roster, visit.desk.session)
    of_work, of_manners = manners.of_work_and_manners(text)
    said = _said_of(of_work, list(known.values()), reader)
    said.apart.extend(of_manners)
    waiting = {one.number for one in done}
    _give_to_the_other(said, waiting)
    if waiting.isdisjoint(said.of) or (len(known) < 2 and not said.apart):
        return None
    if len(said.of) == 1 and judge(*said.of.values()) is None:
        return None
    meaning = await sense.heard(visit, text)
    if meaning.urgency == "emergency" or await sense.is_secret(visit, of_work):
        return None
    outcome: Outcome | None = None
    for number, words in said.of.items():
        if number in waiting:
            outcome = await _judge(visit, known[number], words, reader)
        else:
            outcome = await _go_on(visit, known[number], words)
    if not said.apart:
        return outcome
    apart = ",".join(said.apart)
    return await intake.hear_apart(visit, apart, await sense.of_remark(visit, apart))


async def hear_if_several(visit: Visit, text: str) -> Outcome | None:
    """The same, when two clauses or more name requests: 灯亮了 水龙头还漏."""
    requests = visit.desk.session.requests
    done = await requests.unrated_of_resident(visit.resident.id)
    known = [one for one in (*done, *await requests.open_of_resident(visit.resident.id)) if one.text]
    named = {one.number for clause in clauses_of(text) if (one := following.nearest(known, clause))}
    return await hear(visit, text) if len(named) > 1 else None


def _said_of(text: str, known: Sequence[Request], reader: Understander) -> _Said:
    """A clause that names nothing goes on about the one before it, unless it asks for something else."""
    said, last = _Said(), None
    for clause in clauses_of(text):
        meant = following.nearest(known, clause) or last
        if meant is not None and _is_of_its_own(meant, clause, reader):
            said.apart.append(clause)
        elif meant is not None:
            said.of[meant.number] = ",".join(filter(None, (said.of.get(meant.number), clause)))
            last = meant
        else:
            said.before.append(clause)
    return said


def _give_to_the_other(said: _Said, waiting: set[int]) -> None:
    """满意,路灯还是不亮: what was said before the lamp was named is of the only other result when it says otherwise."""
    others = waiting - said.of.keys()
    if len(said.of) != 1 or len(others) != 1:
        return
    first, (named,) = judge(",".join(said.before)), said.of.values()
    if first is not None and judge(named) not in (None, first):
        said.of[others.pop()] = ",".join(said.before)


def _is_of_its_own(meant: Request, clause: str, reader: Understander) -> bool:
    """另外我家门锁坏了 shares a sign with 门口路灯, and is no word about it."""
    if judge(clause) is not None or not reader.understand(clause).is_request:
        return False
    goes_on = following.about([meant], clause) or reader.follow_up(meant.text, clause).joins >= following.GOES_ON
    return sense.SAYS_ANOTHER.match(clause) is not None or not goes_on


async def _judge(visit: Visit, request: Request, words: str, reader: Understander) -> Outcome | None:
    chances = reader.verdict(request.text, request.result, words).chances
    likely = [wish for kind, wish in _BY_READER.items() if chances[kind] >= _PLAIN]
    wish = judge(words) or next(iter(likely), None)
    if wish is not None:
        return await inquiry.obey(visit, SpokenWish(wish, request.number, words))
    if told_apart := await manners.hear(visit, request, words):
        return told_apart
    root = await audience.pass_on(visit.desk, request, words, at_once=True)
    options, holder = rating.options(request), visit.desk.name(root.holder)
    visit.desk.answer("resident.passed_on_done", *options, number=request.number, holder=holder)
    return Outcome(Fate.JOINED, request.number)


async def _go_on(visit: Visit, request: Request, words: str) -> Outcome | None:
    """What he says of one that is still being done: that it is not done presses, 狗的事呢 asks how it stands, the rest
    is a supplement."""
    if _HOW_IS_IT.fullmatch(words.strip()):
        return await inquiry.tell_how_they_stand(visit, [request])
    if judge(words) is Wish.RATE_BAD or read_continuation(words) in _PRESSES:
        return await inquiry.obey(visit, SpokenWish(Wish.URGE, request.number, words))
    open_one = await visit.desk.session.requests.get(request.number, to_change=True)
    return await adding.add_to(visit, open_one, words) if open_one else None
