"""What is asked of the desk itself: what is open and late in an area, the digest and the rates of now, who is away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from classifiers.members.persons import who_is_meant
from classifiers.members.questions import Question, SpokenQuestion, day_over
from handlers.desk import Desk
from handlers.members import cards, deeds, rights, shown
from handlers.members.leave import in_words
from handlers.members.speaker import Speaker
from handlers.rules import routing
from handlers.texts import say
from handlers.watching import digest
from storage.records import Fate, Leave, Member, Outcome, Request, Role

AHEAD = timedelta(days=7)  # leaves that begin so soon are told too
_LEADS = frozenset({Role.LEADER, Role.CADRE, Role.SECRETARY, Role.DUTY})
_ANSWERED = Outcome(Fate.ANSWERED, reason="a question to the desk")


async def answer(speaker: Speaker, asked: SpokenQuestion) -> Outcome | None:
    """Answer him; None when it is no question to the desk, and his words are to be read as any others."""
    handler = _HANDLERS.get(asked.question)
    return await handler(speaker, asked) if handler else None


def leads(desk: Desk, member: str) -> bool:
    """Is he somebody who asks for others than himself?"""
    return bool(routing.areas_with(desk.roster, member, _LEADS, desk.today))


# ── what is open ─────────────────────────────────────────────────────────────────────────────────


async def _open(speaker: Speaker, asked: SpokenQuestion) -> Outcome | None:
    """Of who leads, the open ones of his area; of anybody else his own. About a quoted card it is asked of that one."""
    if speaker.message.quoted and asked.question is Question.OPEN:
        return None
    if not leads(speaker.desk, speaker.code):
        return await _own(speaker)
    if speaker.message.is_group and not _lanes_here(speaker):
        speaker.desk.answer("question.alone")
        return _ANSWERED
    requests = await open_around(speaker)
    told = requests
    late = [one for one in requests if digest.is_overdue(one, speaker.desk.now)]
    if not requests:
        speaker.desk.answer("member.no_tasks")
    elif asked.question is Question.LATE:
        _tell_late(speaker.desk, requests, late)
        told = late
    else:
        words = say("question.late", count=len(late)) if late else say("question.none_late")
        speaker.desk.answer("question.open", open=len(requests), late=words, list=listed(speaker.desk, requests))
    if speaker.message.is_group:
        speaker.desk.answer("question.open_only")
    return Outcome(Fate.ANSWERED, reason=shown.reason(shown.LISTED, told[: deeds.LISTED]))


async def _own(speaker: Speaker) -> Outcome | None:
    """His tasks; while an alarm rings around him, 现在什么情况 is asked of that and means that nobody has gone."""
    if any(rights.is_burning(one) for one in speaker.around):
        return None
    return await deeds.my_tasks(speaker)


async def open_around(speaker: Speaker) -> list[Request]:
    """What is open where he leads, longest waiting first; in a group of its lanes only, and nothing private."""
    desk = speaker.desk
    if speaker.message.is_group:
        here = _lanes_here(speaker)
        found = [one for one in speaker.around if one.sensitivity == "open" and one.lane in here]
    else:
        led = routing.areas_with(desk.roster, speaker.code, _LEADS, desk.today)
        areas = tuple(dict.fromkeys(inside for area in led for inside in desk.roster.areas_in(area)))
        everything = await desk.session.requests.open_all(areas if len(areas) <= digest.MOST_NAMED else None)
        found = [one for one in everything if rights.may_know(desk, speaker.code, one)]
    return sorted(found, key=lambda one: (not rights.is_burning(one), one.created_at, one.number))


def _lanes_here(speaker: Speaker) -> frozenset[str]:
    """The lanes whose group he speaks in."""
    return frozenset(lane.code for lane in speaker.desk.roster.lanes_by_chat.get(speaker.message.conversation, ()))


def _tell_late(desk: Desk, requests: Sequence[Request], late: Sequence[Request]) -> None:
    if late:
        desk.answer("question.late_list", count=len(late), open=len(requests), list=listed(desk, late))
    else:
        desk.answer("question.none_late_of", open=len(requests))


def listed(desk: Desk, requests: Sequence[Request]) -> str:
    lines = [_line(desk, one) for one in requests[: deeds.LISTED]]
    return "\n".join([*lines, *(["…"] if len(requests) > deeds.LISTED else [])])


def _line(desk: Desk, request: Request) -> str:
    """As in every list, with who has it in hand and how long somebody has been waiting."""
    return say(
        "question.line_late" if digest.is_overdue(request, desk.now) else "question.line",
        line=cards.line(desk, request),
        holder=desk.name(request.holder) if request.holder else say("name.nobody"),
        waited=desk.time_since(request.created_at),
    )


# ── the figures ──────────────────────────────────────────────────────────────────────────────────


async def _figures(speaker: Speaker, asked: SpokenQuestion) -> Outcome:
    """The digest or the rates of a secretary's units as of now, or the digest of a day that is over, for him alone; no
    digest counts as sent by it."""
    desk = speaker.desk
    units = routing.areas_with(desk.roster, speaker.code, {Role.SECRETARY}, desk.today)
    if not units:
        desk.answer("question.secretary_only")
    elif speaker.message.is_group:
        desk.answer("question.alone")
    elif asked.question is Question.DIGEST:
        for unit in units:
            desk.answer_words(await digest.compose(desk, unit, _until(desk, asked.day, unit)))
    else:
        for unit in units:
            await _tell_rates(desk, unit)
    return _ANSWERED


async def _lost(speaker: Speaker, _: SpokenQuestion) -> Outcome | None:
    """哪条没有着落: what the digest counts, for the secretary alone. Of anybody else it may be said of a request."""
    desk = speaker.desk
    units = routing.areas_with(desk.roster, speaker.code, {Role.SECRETARY}, desk.today)
    if not units:
        return None
    if speaker.message.is_group:
        desk.answer("question.alone")
        return _ANSWERED
    found = dict.fromkeys([line for unit in units for line in await digest.lost_of(desk, unit)])
    if found:
        desk.answer("unsettled.list", list="\n".join(found))
    else:
        desk.answer("unsettled.none")
    return _ANSWERED


async def _cannot_reckon(speaker: Speaker, asked: SpokenQuestion) -> Outcome | None:
    """本周新增多少: no list and no digest tells it, and he hears what he can ask."""
    if not leads(speaker.desk, speaker.code):
        return None
    speaker.desk.answer("question.can_ask")
    return _ANSWERED


def _until(desk: Desk, words: str, unit: str) -> datetime:
    """The moment a day's digest was sent."""
    day = day_over(words, desk.today) if words else None
    return min(digest.sends_at(desk.settings, day, unit), desk.now) if day else desk.now


async def _tell_rates(desk: Desk, unit: str) -> None:
    """The three rates with what they are of, as the digest counts them."""
    found = await digest.rates_of(desk, unit, desk.now)
    desk.answer(
        "question.rates",
        unit=desk.roster.unit[unit].name if unit in desk.roster.unit else unit,
        responded=digest.percent(found.responded),
        due=found.responded.whole,
        in_time=found.responded.part,
        solved=digest.percent(found.solved),
        rated=found.solved.whole,
        done=found.solved.part,
        satisfied=digest.percent(found.satisfied),
        good=found.satisfied.part,
        unrated=found.unrated,
    )


# ── who is away ──────────────────────────────────────────────────────────────────────────────────


async def _away(speaker: Speaker, asked: SpokenQuestion) -> Outcome | None:
    """The leaves of today and the next days around him; of one whom he names only his."""
    desk = speaker.desk
    people = routing.people_around(desk.roster, routing.areas_of(desk.roster, speaker.code))
    meant = who_is_meant(asked.name, (one.name for one in people))
    if asked.name and not meant:
        return None
    leaves = _leaves_of(desk, [one for one in people if not asked.name or one.name in meant])
    if leaves:
        desk.answer("question.away_list", list="\n".join(_leave(desk, one) for one in leaves))
    elif asked.name:
        desk.answer("question.not_away", name="、".join(meant))
    else:
        desk.answer("question.nobody_away")
    return _ANSWERED


def _leaves_of(desk: Desk, people: Sequence[Member]) -> list[Leave]:
    """The leaves of those still with us that reach into the days ahead, in their order."""
    present = (one.code for one in people if one.left_at is None)
    leaves = (leave for code in present for leave in desk.roster.leaves_of.get(code, ()))
    soon = desk.today + AHEAD
    return sorted((one for one in leaves if one.starts <= soon and one.ends >= desk.today), key=lambda one: one.starts)


def _leave(desk: Desk, leave: Leave) -> str:
    days = in_words(leave)
    if not leave.substitute:
        return say("question.away_alone", name=desk.name(leave.member), days=days)
    return say("question.away", name=desk.name(leave.member), substitute=desk.name(leave.substitute), days=days)


_HANDLERS: Mapping[Question, Callable[[Speaker, SpokenQuestion], Awaitable[Outcome | None]]] = {
    Question.OPEN: _open,
    Question.LATE: _open,
    Question.DIGEST: _figures,
    Question.RATES: _figures,
    Question.FIGURES: _cannot_reckon,
    Question.LOST: _lost,
    Question.AWAY: _away,
}
