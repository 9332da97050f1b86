"""拆单 undoes 并单: what was merged and parted again stands as it stood, in every state and at every moment.

Exempt are the journal, the version, the timers' own ids, and moments that are counted from now: when an offer lapses,
when an emergency is told again, and a time that is over (its reminders begin anew, once a day as ever).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storage.records import Request, State, Timer, TimerKind
from tests.machine.office import Office

pytestmark = [pytest.mark.slow, pytest.mark.timeout(0)]

EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES", "20"))
FROM_NOW = frozenset({TimerKind.HAND_OVER, TimerKind.REPEAT})
# What may have happened to #1 before; words of the holder, of the secretary, of the resident, and time.
EVENTS: tuple[tuple[str, str], ...] = (
    ("m1", "接 1"),
    ("m1", "1 在路上了"),
    ("m1", "1 请补充 是几楼"),
    ("m1", "吹哨 1 要街道来人"),
    ("m1", "1 约好明天上午去"),
    ("m1", "退 1 不归我管"),
    ("m2", "接 1"),
    ("m1", "转 1 给甲丑"),
    ("m1", "办结 1 换好了"),
    ("m1", "延期 1 到后天 等材料"),
    ("m6", "同意延期 1"),
    ("m6", "督办 1 抓紧"),
    ("m6", "暂停 1 等材料"),
    ("m6", "恢复 1"),
    ("o1", "没解决 #1"),
    ("o1", "补充 #1 就在门口"),
    ("", "10"),
    ("", "180"),
    ("", "4320"),
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(st.sampled_from(EVENTS), max_size=8),
    st.sampled_from(["楼道灯不亮了", "闻到好大的煤气味"]),
    st.sampled_from(["m6", "m2"]),
)
@example([("m1", "办结 1 换好了"), ("m6", "恢复 1")], "楼道灯不亮了", "m6")
def test_parted_it_stands_as_it_stood(events: Sequence[tuple[str, str]], text: str, merger: str) -> None:
    with Office() as office:
        office.resident_says("o1", text)
        office.resident_says("o4", "厨房水管漏了")
        for who, what in events:
            _happens(office, who, what)
        before = office.look()
        office.member_says("m6" if merger == "m6" else "m7", "并单 1 2")
        merged = office.look().requests[1].state is State.MERGED
        assert merged == before.requests[1].state.is_open
        office.member_says("m6", "拆单 1")
        after = office.look()
        assert _bare(after.requests[1]) == _bare(before.requests[1])
        now = office.clock.now()
        assert _moments(after.timers[1], now) == _moments(before.timers[1], now)


def _happens(office: Office, who: str, what: str) -> None:
    if not who:
        office.time_passes(timedelta(minutes=int(what)))
    elif who.startswith("o"):
        office.resident_says(who, what)
    else:
        office.member_says(who, what)


def _bare(request: Request) -> Request:
    return replace(request, version=0)


def _moments(timers: Sequence[Timer], now: datetime) -> list[tuple[TimerKind, datetime, int]]:
    """What would wake somebody, and when; `now` for all that has no moment of its own."""
    known = (one for one in timers if one.kind is not TimerKind.WINDOW)  # asks whether there is anything to tell
    return sorted((one.kind, now, 0) if _has_no_moment(one, now) else (one.kind, one.due_at, one.step) for one in known)


def _has_no_moment(timer: Timer, now: datetime) -> bool:
    is_over = timer.kind is TimerKind.RESOLUTION and (timer.step > 0 or timer.due_at <= now)
    return timer.kind in FROM_NOW or is_over
