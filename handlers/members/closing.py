"""A result without a number closes what the speaker has in hand, or what he names; nobody else's, and nothing twice.

已送县医院 is told to a resident of his own matter: told of another's it is false, and tells a stranger of it.
"""

from __future__ import annotations

from datetime import timedelta

from classifiers.members.replies import Command, read_replies
from handlers.members import rights
from handlers.members.speaker import Speaker, numbers_meant
from handlers.residents import following
from handlers.texts import say
from storage.records import Fate, Outcome, Request, State

_SAID_AGAIN_WITHIN = timedelta(hours=12)
_ANOTHER = 9_999_999  # beside it none is the only one
_SAY_LITTLE = frozenset("了的好一不没我们都已经是在就也还人来去给把 ，。,.!！")
_SHORTEST_RESULT = 5  # signs: 修好了 is said of many, 换了新水管 of one


async def closed_already(speaker: Speaker, command: Command) -> Outcome | None:
    """The answer to a result that closes nothing a second time: told in the same words, or by who holds nothing."""
    if not _is_open_to_doubt(speaker, command):
        return None
    about, words = _meant(speaker, command), command.said or speaker.message.text
    last = await closed_just_now(speaker)
    if last is None or any(following.shares(one, words) for one in about):
        return None
    if not _says_the_same(last, words) and (speaker.own or is_his_to_close(speaker, command)):
        return None
    name = "member.closed_just_now" if about else "member.closed_just_now_alone"
    state, other = say(f"ledger.{last.state}"), about[0].number if about else 0
    speaker.desk.answer(name, number=last.number, state=state, other=other)
    return Outcome(Fate.ANSWERED, last.number, "closed already")


def is_his_to_close(speaker: Speaker, command: Command) -> bool:
    """Does he hold what his words are most likely about, work on it, or was it offered to him; or do they name its
    thing? Else he has to say which."""
    words = command.said or speaker.message.text
    is_in_doubt = _is_open_to_doubt(speaker, command)
    return not is_in_doubt or all(_is_meant(speaker, one, words) for one in _meant(speaker, command))


def _is_open_to_doubt(speaker: Speaker, command: Command) -> bool:
    """It ends something, and of what he says neither number nor quotation: the only one around need not be his."""
    if command.intent != "resolved" or speaker.message.quoted:
        return False
    if not command.requests or command.ambiguous:
        return True
    among_others = read_replies(speaker.message.text, (*speaker.numbers, _ANOTHER))
    return not any(one.requests for one in among_others)


def _meant(speaker: Speaker, command: Command) -> list[Request]:
    return [one for one in map(speaker.known, numbers_meant(speaker, command)) if one]


def _is_meant(speaker: Speaker, request: Request, words: str) -> bool:
    """Does he hold it, work on it, or was it offered to him; or do his words name its thing?"""
    is_his = speaker.code in (request.holder, request.offered_to, *request.co_workers)
    return is_his or (not rights.is_burning(request) and _names(request, words))


def _names(request: Request, words: str) -> bool:
    """Its thing, or two signs of how it was told: 台阶补好了."""
    return following.shares(request, words) or not _pairs(words).isdisjoint(_pairs(request.text))


def _pairs(words: str) -> set[str]:
    return {words[at : at + 2] for at in range(len(words) - 1) if _SAY_LITTLE.isdisjoint(words[at : at + 2])}


async def closed_just_now(speaker: Speaker) -> Request | None:
    """The one his words before these closed, if it still is."""
    session, since = speaker.desk.session, speaker.desk.now - _SAID_AGAIN_WITHIN
    number = await session.inbox.last_about(speaker.message.sender, since)
    about = await session.requests.get(number) if number else None
    is_over = about is not None and about.state in (State.RESOLVED, State.CLOSED)
    return about if about and is_over and rights.may_know(speaker.desk, speaker.code, about) else None


def _says_the_same(last: Request, words: str) -> bool:
    said, result = _bare(words), _bare(last.result)
    return len(result) >= _SHORTEST_RESULT and said.endswith(result)


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, words))
