"""A message is checked once more before it leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from handlers.rules.still_true import is_called_off_since, is_still_true, needs_the_root
from storage.records import Request, State
from tests.storage.samples import outgoing

NOW = datetime(2026, 11, 22, tzinfo=UTC)
REQUEST = Request(1, "u", State.DISPATCHED, 1, NOW, "repair", "灯坏了", holder="m", version=3)


@pytest.mark.parametrize(
    ("only_if", "expected"),
    [
        ({}, True),
        ({"states": ["dispatched", "returned"]}, True),
        ({"states": ["closed"]}, False),
        ({"states": []}, False),
        ({"unclaimed": True}, True),
        ({"before": "2026-11-22T00:00:01+00:00"}, True),
        ({"before": "2026-11-22T00:00:00+00:00"}, False),
        ({"states": ["dispatched"], "before": "2026-11-22T00:00:00+00:00"}, False),
    ],
)
def test_conditions_hold_or_not(only_if: dict[str, Any], expected: bool) -> None:
    assert is_still_true(only_if, REQUEST, NOW) is expected


def test_what_lies_elsewhere_now_is_not_told_where_it_lay() -> None:
    assert is_still_true({"lane": REQUEST.lane}, REQUEST, NOW)
    assert not is_still_true({"lane": REQUEST.lane}, replace(REQUEST, lane="l9"), NOW)


def test_who_is_accepted_is_not_unclaimed() -> None:
    taken = replace(REQUEST, accepted_at=NOW)
    assert not is_still_true({"unclaimed": True}, taken, NOW)
    assert is_still_true({"unclaimed": False}, taken, NOW)
    assert is_still_true({"unclaimed": True}, replace(taken, state=State.RETURNED), NOW)  # in nobody's hands again


def test_of_a_request_that_is_gone_nothing_is_true_but_the_unconditional() -> None:
    assert is_still_true({}, None, NOW)
    assert not is_still_true({"states": ["dispatched"]}, None, NOW)


def test_what_has_a_result_is_not_unresolved() -> None:
    assert is_still_true({"unresolved": True}, REQUEST, NOW)
    assert not is_still_true({"unresolved": True}, replace(REQUEST, resolved_at=REQUEST.created_at), NOW)


def test_who_has_been_heard_is_not_unheard() -> None:
    assert not is_still_true({"unheard": True}, REQUEST, NOW)
    assert is_still_true({"unheard": True}, replace(REQUEST, text=""), NOW)


def test_a_result_is_told_until_it_is_judged_or_another_comes() -> None:
    told = {"result_of": NOW.isoformat(), "unjudged": True}
    done = replace(REQUEST, resolved_at=NOW)
    assert is_still_true(told, done, NOW)
    assert not is_still_true(told, replace(done, rating="good"), NOW)
    assert not is_still_true(told, replace(done, resolved_at=None), NOW)
    assert not is_still_true(told, replace(done, resolved_at=REQUEST.created_at.replace(year=2027)), NOW)


def test_who_holds_it_and_when_it_is_due_is_asked_of_what_stands_for_it() -> None:
    root = replace(REQUEST, number=2, holder="n", due_resolution=NOW)
    merged = replace(REQUEST, state=State.MERGED, merged_into=2)
    assert needs_the_root({"holder": "n"}, merged)
    assert not needs_the_root({"unresolved": True}, merged)
    assert is_still_true({"holder": "n", "due": NOW.isoformat()}, merged, NOW, root)
    assert not is_still_true({"holder": "m"}, merged, NOW, root)
    assert not is_still_true({"due": NOW.isoformat()}, merged, NOW, replace(root, due_resolution=None))


def test_of_what_was_called_off_only_the_news_of_its_end_is_said() -> None:
    said = outgoing(created_at=NOW)
    withdrawn = replace(REQUEST, state=State.CANCELLED, closed_at=NOW.replace(hour=1))
    assert is_called_off_since(said, withdrawn)
    assert not is_called_off_since(replace(said, created_at=NOW.replace(hour=2)), withdrawn)
    assert not is_called_off_since(replace(said, kind="cancelled"), withdrawn)
    assert not is_called_off_since(said, REQUEST)
