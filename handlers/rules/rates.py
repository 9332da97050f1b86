"""The three rates 三率: how many were answered in time, solved, satisfied. Pure; every denominator stands here.

    响应率 responded  first answer in time ÷ answers that were due: dispatched, and answered or past its time by now.
                      Left out is what ended before its answer was due and without one (withdrawn, sent away), and
                      what was merged: its answer is its root's.
    解决率 solved     rated good or fair ÷ rated good, fair or bad
    满意率 satisfied  rated good         ÷ rated good, fair or bad

Silence is no word: `unrated` is in no denominator, is never counted as satisfied, and is shown apart. A neighbour
whose request was merged rates for himself and is counted for himself. The latest word counts: who said 没解决 and later
满意 is satisfied; who said 没解决 counts as unsolved while the work goes on.
Source: shared design, desk.md "rate"; issue 4, point 11.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.records import Judged, Rating, Request, State


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; of nothing there is no rate."""

    part: int = 0
    whole: int = 0

    @property
    def rate(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Rates:
    """The three rates of some requests, and how many were closed without a word."""

    responded: Share
    solved: Share
    satisfied: Share
    unrated: int

    @property
    def is_empty(self) -> bool:
        return not (self.responded.whole or self.solved.whole or self.unrated)


def rates(requests: Iterable[Judged | Request], now: datetime) -> Rates:
    """The rates of these requests as they stand at a moment."""
    requests = tuple(requests)
    due = [one for one in requests if is_answer_due(one, now)]
    said = [one.rating for one in requests]
    good, fair, bad = (said.count(word) for word in (Rating.GOOD, Rating.FAIR, Rating.BAD))
    rated = good + fair + bad
    return Rates(
        Share(sum(map(is_answered_in_time, due)), len(due)),
        Share(good + fair, rated),
        Share(good, rated),
        said.count(Rating.UNRATED),
    )


def is_answer_due(request: Judged | Request, now: datetime) -> bool:
    """Must the resident have heard from a person by now, or has he?"""
    due = request.due_first_response
    if due is None or request.state is State.MERGED:
        return False
    if request.first_response_at is not None:
        return True
    ended = request.closed_at if request.state.is_terminal else None
    return due < now and (ended is None or ended >= due)


def is_answered_in_time(request: Judged | Request) -> bool:
    answered, due = request.first_response_at, request.due_first_response
    return answered is not None and due is not None and answered <= due
