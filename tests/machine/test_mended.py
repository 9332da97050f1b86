"""What the machine has found and was mended, one plain story each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.records import State, TimerKind
from tests.machine.office import Office

TROUBLES = ("楼道灯不亮了", "垃圾没人清运", "井盖丢了", "厨房水管漏了")
SOON, LATER = timedelta(minutes=5), timedelta(hours=3)


@pytest.fixture
def office() -> Iterator[Office]:
    """#1 in the first lane, #2 and #3 of two neighbours there, #4 in the other lane."""
    with Office() as opened:
        for openid, text in (
            ("o1", "楼道灯不亮了"),
            ("o2", "垃圾没人清运"),
            ("o3", "井盖丢了"),
            ("o4", "厨房水管漏了"),
        ):
            opened.resident_says(openid, text)
        yield opened


def _leaves(office: Office, code: str) -> None:
    member = replace(office.look().roster.member[code], left_at=office.clock.now())
    office.roster_changes(lambda session: session.people.put_member(member))


def test_who_has_left_is_a_stranger(office: Office) -> None:
    _leaves(office, "m2")
    office.member_says("m2", "接 1")
    assert office.look().requests[1].state is State.DISPATCHED


def test_the_full_name_of_one_who_left_is_not_somebody_else(office: Office) -> None:
    _leaves(office, "m2")
    office.member_says("m6", "转 1 给甲丑")
    assert not office.look().requests[1].offered_to


def test_a_move_that_is_not_possible_leaves_no_trace(office: Office) -> None:
    office.member_says("m1", "接 1")
    office.member_says("m6", "暂停 1 等材料")
    before = office.look()
    office.member_says("m2", "1 在路上了")
    after = office.look()
    told = [entry for entry in after.journal if entry not in before.journal]
    assert [entry[2] for entry in told] == ["wants_to_go_on"]  # who paused it hears that
    assert after.requests == before.requests


def test_who_finishes_what_rested_before_anybody_took_it_has_taken_it(office: Office) -> None:
    office.member_says("m6", "暂停 1 等材料")
    office.member_says("m1", "办结 1 换好了")
    done = office.look().requests[1]
    assert (done.state, done.first_responder, done.holder) == (State.RESOLVED, "m1", "m1")
    assert done.accepted_at


@pytest.mark.parametrize("end", ["撤销2", ""])
def test_nothing_is_merged_into_what_nobody_works_on(office: Office, end: str) -> None:
    office.resident_says("o2", end) if end else office.member_says("m1", "办结 2 清走了")
    office.member_says("m6", "并单 1 2")
    assert office.look().requests[1].state is State.DISPATCHED


def test_who_withdraws_from_the_middle_of_a_chain_leaves_the_rest_where_it_was(office: Office) -> None:
    office.member_says("m6", "并单 3 2")
    office.member_says("m6", "并单 2 1")
    office.resident_says("o2", "撤销2")
    requests = office.look().requests
    assert requests[2].state is State.CANCELLED
    assert (requests[3].state, requests[3].merged_into) == (State.MERGED, 1)


def test_an_heir_keeps_his_own_first_responder(office: Office) -> None:
    office.member_says("m2", "接 2")
    office.member_says("m1", "接 1")
    office.member_says("m6", "并单 2 1")
    office.resident_says("o1", "撤销1")
    heir = office.look().requests[2]
    assert (heir.state, heir.holder, heir.first_responder) == (State.ACCEPTED, "m1", "m2")


def test_an_heir_of_what_rested_rests_and_can_be_woken(office: Office) -> None:
    office.member_says("m1", "接 1")
    office.member_says("m6", "并单 2 1")
    office.member_says("m6", "暂停 1 等材料")
    office.resident_says("o1", "撤销1")
    view = office.look()
    assert (view.requests[2].state, bool(view.requests[2].paused_at)) == (State.SUSPENDED, True)
    office.member_says("m6", "恢复 2")
    view = office.look()
    assert view.requests[2].state is State.ACCEPTED
    assert TimerKind.RESOLUTION in [timer.kind for timer in view.timers[2]]


def test_an_heir_does_not_wait_for_words_of_another(office: Office) -> None:
    office.member_says("m6", "并单 2 1")
    office.member_says("m1", "1 请补充 是几楼")
    office.resident_says("o1", "撤销1")
    view = office.look()
    assert view.requests[2].state is State.IN_PROGRESS
    assert view.requests[2].paused_at is None
    assert TimerKind.RESOLUTION in [timer.kind for timer in view.timers[2]]


def test_what_was_parted_after_a_neighbour_s_result_is_open_as_if_there_had_been_none(office: Office) -> None:
    office.member_says("m6", "并单 2 1")
    office.member_says("m1", "办结 1 换好了")
    office.member_says("m6", "拆单 2")
    parted = office.look().requests[2]
    assert (parted.state, parted.rating, parted.result) == (State.DISPATCHED, "", "")
    assert (parted.resolved_at, parted.closed_at) == (None, None)


def test_who_is_content_with_a_neighbour_s_result_is_not_parted_from_it(office: Office) -> None:
    office.member_says("m6", "并单 2 1")
    office.member_says("m1", "办结 1 换好了")
    office.resident_says("o2", "满意 #2")
    office.member_says("m6", "拆单 2")
    kept = office.look().requests[2]
    assert (kept.state, kept.rating) == (State.MERGED, "good")


def test_what_was_parted_has_a_holder_who_is_still_there(office: Office) -> None:
    office.member_says("m1", "接 1")
    office.member_says("m6", "并单 1 2")
    _leaves(office, "m1")
    office.member_says("m6", "拆单 1")
    assert office.look().requests[1].holder == "m2"


def test_more_time_for_what_is_over_wakes_nobody(office: Office) -> None:
    office.resident_says("o1", "撤销1")
    office.member_says("m6", "延期 1 到后天 等材料")
    assert not office.look().timers[1]


def test_more_time_for_what_rests_wakes_nobody_before_its_time(office: Office) -> None:
    office.member_says("m6", "暂停 1 等材料")
    office.member_says("m6", "延期 1 到后天 等材料")
    assert TimerKind.RESOLUTION not in [timer.kind for timer in office.look().timers[1]]


def test_a_returned_request_needs_a_ruling_though_its_offer_is_refused(office: Office) -> None:
    office.member_says("m1", "接 1")
    office.member_says("m1", "退 1 不归我管")
    office.member_says("m1", "转 1 给甲丑")
    office.member_says("m2", "退 1 没空")
    office.time_passes(LATER)
    assert (1, "ruling_wanted") in [(number, kind) for _, number, kind, _ in office.look().journal]


def test_a_ruling_does_not_give_a_request_to_somebody_who_is_away(office: Office) -> None:
    office.member_says("m2", "请假三天 乙子替我")
    office.member_says("m1", "接 1")
    office.member_says("m1", "退 1 不归我管")
    office.member_says("m6", "转 1 给甲丑")
    assert office.look().requests[1].holder == "m3"


@pytest.mark.parametrize("move", ["1 请补充 是几楼", "并单 1 2"])
def test_added_words_are_told_though_the_clocks_stop(office: Office, move: str) -> None:
    office.member_says("m1", "接 1")
    office.time_passes(SOON)
    office.resident_says("o1", "补充 #1 就在门口")
    office.member_says("m1", move)
    if "并" in move:
        office.member_says("m6", "拆单 1")
    office.time_passes(SOON)
    assert (1, "supplement_told") in [(number, kind) for _, number, kind, _ in office.look().journal]


def test_silence_about_a_neighbour_s_result_is_not_written_down_as_his_word(office: Office) -> None:
    office.member_says("m6", "并单 2 1")
    office.member_says("m1", "办结 1 换好了")
    office.time_passes(timedelta(days=4))
    rated = [(number, actor) for _, number, kind, actor in office.look().journal if kind == "rate"]
    assert sorted(rated) == [(1, "desk"), (2, "desk")]


def test_a_secretary_who_goes_himself_is_on_his_way(office: Office) -> None:
    office.member_says("m5", "1 请补充 是几楼")
    office.member_says("m6", "1 在路上了")
    assert office.look().requests[1].state is State.IN_PROGRESS
