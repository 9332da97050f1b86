"""The steps of silence, frozen at dispatch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.rules import ladder
from handlers.rules.durations import parse_duration
from handlers.rules.hours import Calendar
from handlers.settings import DeskSettings, LadderStep
from storage.records import LadderStep as Step
from storage.records import Roster, Rung
from tests.handlers.rules.test_routing import ROSTER

CALENDAR = Calendar(ZoneInfo("Asia/Shanghai"), ("08:00-12:00", "14:00-18:00"))
MONDAY_TEN = datetime(2026, 11, 23, 2, tzinfo=UTC)
DEFAULT = DeskSettings().ladder


def plan(
    settings: tuple[LadderStep, ...] = DEFAULT,
    first: str = "30m",
    sensitivity: str = "open",
    roster: Roster = ROSTER,
    lane: str = "a",
) -> tuple[Step, ...]:
    return ladder.plan(
        settings,
        parse_duration(first),
        roster,
        lane=lane,
        unit="village",
        sensitivity=sensitivity,
        calendar=CALENDAR,
        now=MONDAY_TEN,
    )


def test_the_default_ladder_climbs_by_the_first_response_time() -> None:
    minutes = [(step.due_at - MONDAY_TEN) / timedelta(minutes=1) for step in plan()]
    assert minutes == [30, 30, 60, 90, 120]
    assert [step.members for step in plan()] == [("s",), ("t",), ("l",), ("c",), ("sec",)]
    assert [step.level for step in plan()] == [1, 2, 3, 4, 5]


def test_working_time_stretches_over_noon_and_night() -> None:
    due = [f"{step.due_at.astimezone(CALENDAR.zone):%d %H:%M}" for step in plan(first="2wh")]
    assert due == ["23 12:00", "23 12:00", "23 16:00", "23 18:00", "24 10:00"]


def test_the_holder_himself_is_no_step() -> None:
    assert Rung.MEMBER not in {step.rung for step in plan()}


def test_what_is_confidential_climbs_to_the_secretary_alone() -> None:
    minutes = {
        step.rung: (step.due_at - MONDAY_TEN) / timedelta(minutes=1) for step in plan(sensitivity="confidential")
    }
    assert minutes == {Rung.MEMBER: 30, Rung.SECRETARY: 60}  # the holder is reminded, then the next who may hear
    at_once = (LadderStep(after="30m", tell=Rung.SECRETARY), LadderStep(after="1h", tell=Rung.LEADER))
    assert [step.rung for step in plan(at_once, sensitivity="confidential")] == [Rung.SECRETARY]
    assert plan((LadderStep(after="30m", tell=Rung.LEADER),), sensitivity="confidential") == ()
    assert len(plan(sensitivity="private")) == 5


def test_steps_are_in_order_of_time_however_they_were_written() -> None:
    mixed = (LadderStep(after="4h", tell=Rung.SECRETARY), LadderStep(after="90s", tell=Rung.LEADER))
    assert [(step.level, step.rung) for step in plan(mixed)] == [(1, Rung.LEADER), (2, Rung.SECRETARY)]


def test_a_step_nobody_stands_on_stays_in() -> None:
    team = next(step for step in plan(lane="b") if step.rung is Rung.TEAM)
    assert team.members == ()


def test_everybody_is_named_once() -> None:
    assert ladder.everybody(plan()) == ("s", "t", "l", "c", "sec")
    assert ladder.everybody((*plan(), *plan())) == ("s", "t", "l", "c", "sec")
