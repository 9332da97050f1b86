"""A roster that can be read may still leave a lane alone; each finding is shown once, by a roster with one fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.emulator.sample_roster import sample_sheets
from handlers.roster.contents import Contents
from handlers.roster.planning import make_plan
from handlers.roster.reading import read_roster
from handlers.rules.roster_lint import Finding, lint
from storage.records import Duty, Lane, Leave, Member, Role, Roster, Rung, Unit

TODAY = date(2026, 11, 22)
WHOLE = Roster(
    units=(Unit("v", "示例村", chat_id="g"),),
    lanes=(Lane("l1", "槐荫胡同", "v"), Lane("l2", "水井胡同", "v")),
    members=tuple(Member(f"m{n}", f"示例{n}", wecom_id=f"w{n}") for n in range(1, 7)),
    duties=(
        Duty("m1", "l1", Role.RESPONSIBLE),
        Duty("m2", "l2", Role.RESPONSIBLE),
        Duty("m3", "v", Role.SUBSTITUTE),
        Duty("m3", "v", Role.TEAM),
        Duty("m4", "v", Role.LEADER),
        Duty("m5", "v", Role.CADRE),
        Duty("m6", "v", Role.SECRETARY),
    ),
)


def found(roster: Roster, **more: Any) -> list[Finding]:
    rules: dict[str, Any] = {"households": {}, "households_per_member": 20, "rungs": set(Rung)} | more
    return lint(roster, TODAY, **rules)


def codes(roster: Roster, **more: Any) -> list[tuple[str, str, str]]:
    return [(finding.level, finding.code, finding.where) for finding in found(roster, **more)]


def without(role: Role, member: str = "") -> tuple[Duty, ...]:
    return tuple(duty for duty in WHOLE.duties if duty.role is not role or (member and duty.member != member))


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def test_a_whole_roster_has_no_findings() -> None:
    assert found(WHOLE) == []


def test_the_sample_neighbourhood_has_no_findings() -> None:
    contents = make_plan(Contents(), read_roster(sample_sheets()), now=datetime(2026, 11, 22, tzinfo=UTC)).after
    assert found(contents.roster(), households=contents.households_per_lane()) == []


def test_a_lane_without_a_responsible_member() -> None:
    roster = replace(WHOLE, duties=without(Role.RESPONSIBLE, "m1"))
    assert codes(roster) == [("error", "no_responsible", "胡同 l1 槐荫胡同")]


def test_a_responsible_member_who_left_does_not_count() -> None:
    left = replace(WHOLE.members[0], left_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert codes(replace(WHOLE, members=(left, *WHOLE.members[1:])))[0][1] == "no_responsible"


def test_a_duty_that_has_not_begun_does_not_count() -> None:
    duties = (Duty("m1", "l1", Role.RESPONSIBLE, in_days(1)), *without(Role.RESPONSIBLE, "m1"))
    assert codes(replace(WHOLE, duties=duties)) == [("error", "no_responsible", "胡同 l1 槐荫胡同")]


def test_members_who_cannot_be_reached() -> None:
    mute = {"m1", "m4"}
    members = tuple(replace(member, wecom_id="") if member.code in mute else member for member in WHOLE.members)
    assert codes(replace(WHOLE, members=members)) == [
        ("error", "unreachable", "人员 m1 示例1"),
        ("warning", "unreachable", "人员 m4 示例4"),
    ]


def test_a_bound_wechat_is_enough_to_be_reached() -> None:
    bound = replace(WHOLE.members[0], wecom_id="", openid="o1")
    assert found(replace(WHOLE, members=(bound, *WHOLE.members[1:]))) == []


def test_a_step_nobody_stands_on_is_told_once_for_a_unit() -> None:
    roster = replace(WHOLE, duties=without(Role.LEADER))
    assert codes(roster) == [("warning", "empty_rung", "单位 v 示例村")]
    assert codes(roster, rungs={Rung.MEMBER, Rung.SECRETARY}) == []


def test_a_step_that_only_one_lane_lacks_is_told_for_that_lane() -> None:
    roster = replace(WHOLE, duties=(*without(Role.SUBSTITUTE), Duty("m3", "l2", Role.SUBSTITUTE)))
    assert codes(roster) == [("warning", "empty_rung", "胡同 l1 槐荫胡同")]


def test_nobody_to_fall_back_on() -> None:
    found_codes = codes(replace(WHOLE, duties=without(Role.SECRETARY)))
    assert ("error", "no_fallback", "单位 v 示例村") in found_codes


def test_duties_that_point_nowhere() -> None:
    roster = replace(WHOLE, duties=(*WHOLE.duties, Duty("m9", "l1", Role.TEAM), Duty("m1", "x", Role.TEAM)))
    assert [code for _, code, _ in codes(roster)] == ["unknown_member", "unknown_area"]


def test_a_leave_with_nobody_to_stand_in_is_a_gap_to_come() -> None:
    roster = replace(WHOLE, leaves=(Leave("m1", in_days(3), in_days(5)),))
    (gap,) = found(roster)
    assert (gap.level, gap.code) == ("warning", "gap")
    assert "11月25日到11月27日" in gap.text


def test_a_gap_today_is_an_error() -> None:
    assert codes(replace(WHOLE, leaves=(Leave("m1", TODAY, TODAY),)))[0][:2] == ("error", "gap")


def test_a_leave_beyond_the_days_ahead_is_not_told_yet() -> None:
    leaves = (Leave("m1", in_days(14), in_days(20)),)
    assert found(replace(WHOLE, leaves=leaves)) == []
    assert len(found(replace(WHOLE, leaves=leaves), days_ahead=15)) == 1


def test_a_substitute_of_the_leave_or_of_the_lane_closes_the_gap() -> None:
    assert found(replace(WHOLE, leaves=(Leave("m1", in_days(3), in_days(5), "m2"),))) == []
    lanes_own = (*WHOLE.duties, Duty("m4", "l1", Role.SUBSTITUTE))
    assert found(replace(WHOLE, duties=lanes_own, leaves=(Leave("m1", in_days(3), in_days(5)),))) == []


def test_a_substitute_who_is_away_himself_leaves_a_gap() -> None:
    leaves = (Leave("m1", in_days(3), in_days(5), "m2"), Leave("m2", in_days(5), in_days(6), "m3"))
    assert found(replace(WHOLE, leaves=leaves)) == []
    leaves = (leaves[0], replace(leaves[1], substitute=""))
    assert [finding.where for finding in found(replace(WHOLE, leaves=leaves))] == [
        "胡同 l1 槐荫胡同",
        "胡同 l2 水井胡同",
    ]


def test_a_duty_that_ends_without_a_successor() -> None:
    duties = (Duty("m1", "l1", Role.RESPONSIBLE, None, in_days(4)), *without(Role.RESPONSIBLE, "m1"))
    (gap,) = found(replace(WHOLE, duties=duties))
    assert "到期" in gap.text
    successor = Duty("m3", "l1", Role.RESPONSIBLE, in_days(5))
    assert found(replace(WHOLE, duties=(*duties, successor))) == []


def test_a_circle_of_substitutes() -> None:
    leaves = (Leave("m1", in_days(1), in_days(5), "m2"), Leave("m2", in_days(4), in_days(8), "m1"))
    errors = [finding for finding in found(replace(WHOLE, leaves=leaves)) if finding.is_error]
    assert [finding.code for finding in errors] == ["substitute_cycle"]
    apart = (leaves[0], Leave("m2", in_days(6), in_days(8), "m1"))
    assert found(replace(WHOLE, leaves=apart)) == []


def test_an_unknown_substitute() -> None:
    roster = replace(WHOLE, leaves=(Leave("m1", TODAY, in_days(2), "m9"),))
    assert "unknown_substitute" in [code for _, code, _ in codes(roster)]


def test_too_many_households() -> None:
    assert found(WHOLE, households={"l1": 40}) == []
    assert codes(WHOLE, households={"l1": 41}) == [("warning", "overloaded", "胡同 l1 槐荫胡同")]


def test_no_group() -> None:
    roster = replace(WHOLE, units=(Unit("v", "示例村"),))
    assert codes(roster) == [("warning", "no_group", "单位 v 示例村")]
    assert codes(replace(roster, lanes=(replace(WHOLE.lanes[0], chat_id="g"), WHOLE.lanes[1]))) == [
        ("warning", "no_group", "胡同 l2 水井胡同")
    ]


def test_a_leave_of_somebody_unknown() -> None:
    roster = replace(WHOLE, leaves=(Leave("m9", TODAY, in_days(2), "m1"),))
    assert "unknown_member" in [code for _, code, _ in codes(roster)]


def test_a_lane_that_is_alone_today_already_is_said_once() -> None:
    """Nobody responsible today, and somebody whose duty begins and ends soon."""
    later = Duty("m1", "l1", Role.RESPONSIBLE, in_days(3), in_days(5))
    seen = [code for _, code, _ in codes(replace(WHOLE, duties=(*without(Role.RESPONSIBLE, "m1"), later)))]
    assert seen.count("no_responsible") == 1
    assert "gap" not in seen


def test_a_finding_says_where_it_is() -> None:
    finding = codes(replace(WHOLE, duties=without(Role.RESPONSIBLE, "m2")))
    words = str(found(replace(WHOLE, duties=without(Role.RESPONSIBLE, "m2")))[0])
    assert words.startswith(f"{finding[0][2]}:")
