"""Who answers today: duties and their days, leaves and substitutes, areas above each other, groups."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import routing
from storage.records import Duty, Lane, Leave, Member, Role, Roster, Rung, Unit

TODAY = date(2026, 11, 23)
YESTERDAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 24)
LEFT = datetime(2026, 11, 1, tzinfo=UTC)


def people(*codes: str) -> tuple[Member, ...]:
    return tuple(Member(code, f"示例{code}", wecom_id=f"w-{code}") for code in codes)


ROSTER = Roster(
    units=(Unit("town", "示例镇", chat_id="g-town"), Unit("village", "示例村", parent="town")),
    lanes=(Lane("a", "甲胡同", "village", chat_id="g-a"), Lane("b", "乙胡同", "village")),
    members=people("m", "s", "t", "l", "c", "sec", "duty"),
    duties=(
        Duty("m", "a", Role.RESPONSIBLE),
        Duty("s", "a", Role.SUBSTITUTE),
        Duty("t", "a", Role.TEAM),
        Duty("l", "village", Role.LEADER),
        Duty("c", "village", Role.CADRE),
        Duty("sec", "town", Role.SECRETARY),
        Duty("duty", "village", Role.DUTY),
    ),
)


def away(member: str, substitute: str = "", starts: date = TODAY, ends: date = TODAY) -> Leave:
    return Leave(member, starts, ends, substitute)


@pytest.mark.parametrize(
    ("rung", "who"),
    [
        (Rung.MEMBER, "m"),
        (Rung.SUBSTITUTE, "s"),
        (Rung.TEAM, "t"),
        (Rung.LEADER, "l"),
        (Rung.CADRE, "c"),
        (Rung.SECRETARY, "sec"),
    ],
)
def test_each_rung_has_its_people(rung: Rung, who: str) -> None:
    assert routing.on_rung(ROSTER, "a", "", rung, TODAY) == (who,)


def test_every_rung_has_a_role() -> None:
    for rung in Rung:
        routing.on_rung(ROSTER, "a", "village", rung, TODAY)


@pytest.mark.parametrize(
    ("leaves", "who"),
    [
        ((), "m"),
        ((away("m", "s"),), "s"),
        ((away("m", "s"), away("s", "t")), "t"),
        ((away("m", "s"), away("s", "m")), ""),
        ((away("m", "m"),), ""),
        ((away("m"),), ""),
        ((away("m", "nobody"),), ""),
        ((away("m", "s", YESTERDAY, YESTERDAY),), "m"),
        ((away("m", "s", TOMORROW, TOMORROW),), "m"),
        ((away("m", "s", YESTERDAY, TODAY),), "s"),
        ((away("m", "t", TOMORROW, TOMORROW), away("m", "s")), "s"),
    ],
)
def test_substitutes_stand_in_along_the_chain(leaves: tuple[Leave, ...], who: str) -> None:
    assert routing.stand_in(replace(ROSTER, leaves=leaves), "m", TODAY) == who


@pytest.mark.parametrize(
    ("member", "reachable"),
    [
        (Member("x", "示例", wecom_id="w"), True),
        (Member("x", "示例", openid="o"), True),
        (Member("x", "示例", phone="1"), False),
        (Member("x", "示例", wecom_id="w", left_at=LEFT), False),
        (None, False),
    ],
)
def test_reachable_is_who_is_here_and_can_hear(member: Member | None, reachable: bool) -> None:
    assert routing.is_reachable(member) is reachable


@pytest.mark.parametrize(
    ("starts", "ends", "stands"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TOMORROW, None, False),
        (None, YESTERDAY, False),
        (YESTERDAY, TOMORROW, True),
    ],
)
def test_a_duty_counts_from_its_first_to_its_last_day(starts: date | None, ends: date | None, stands: bool) -> None:
    roster = replace(ROSTER, duties=(Duty("m", "a", Role.RESPONSIBLE, starts, ends),))
    assert bool(routing.standing(roster, "a", Role.RESPONSIBLE, TODAY)) is stands


def test_one_who_stands_in_twice_is_named_once() -> None:
    both = (Duty("m", "a", Role.TEAM), Duty("s", "a", Role.TEAM))
    roster = replace(ROSTER, duties=both, leaves=(away("m", "s"),))
    assert routing.standing(roster, "a", Role.TEAM, TODAY) == ("s",)


def test_a_lane_without_a_member_has_its_duty_desk_then_its_secretary() -> None:
    assert routing.answerable(ROSTER, "a", "", TODAY) == ("m",)
    assert routing.answerable(ROSTER, "b", "", TODAY) == ("duty",)
    no_desk = replace(ROSTER, duties=tuple(duty for duty in ROSTER.duties if duty.role is not Role.DUTY))
    assert routing.answerable(no_desk, "b", "", TODAY) == ("sec",)
    assert routing.answerable(no_desk, "", "village", TODAY) == ("sec",)


def test_a_member_away_without_substitute_is_replaced_by_the_lanes_substitute() -> None:
    assert routing.answerable(replace(ROSTER, leaves=(away("m"),)), "a", "", TODAY) == ("s",)


def test_a_lane_that_left_the_roster_still_has_its_unit() -> None:
    assert routing.answerable(ROSTER, "gone", "village", TODAY) == ("duty",)
    assert routing.secretaries(ROSTER, "gone", "village", TODAY) == ("sec",)
    assert routing.may_act(ROSTER, "sec", "gone", "village", TODAY)


def test_units_in_a_circle_are_walked_once() -> None:
    circle = (Unit("x", "甲村", parent="y"), Unit("y", "乙镇", parent="x"))
    roster = replace(
        ROSTER, units=circle, lanes=(Lane("a", "甲胡同", "x"),), duties=(Duty("sec", "y", Role.SECRETARY),)
    )
    assert [unit.code for unit in roster.units_above("a")] == ["x", "y"]
    assert routing.answerable(roster, "a", "", TODAY) == ("sec",)
    assert routing.root_unit(roster) == "y"
    assert roster.chat_of("a") == ""


def test_without_a_secretary_the_duty_desk_hears_it() -> None:
    no_secretary = replace(ROSTER, duties=tuple(duty for duty in ROSTER.duties if duty.role is not Role.SECRETARY))
    assert routing.secretaries(ROSTER, "a", "", TODAY) == ("sec",)
    assert routing.secretaries(no_secretary, "a", "", TODAY) == ("duty",)


def test_the_group_is_the_lanes_own_or_the_nearest_above() -> None:
    assert ROSTER.chat_of("a") == "g-a"
    assert ROSTER.chat_of("b") == "g-town"
    assert ROSTER.chat_of("gone") == ""


def test_the_root_is_a_unit_on_top_with_people() -> None:
    assert routing.root_unit(ROSTER) == "town"
    lonely = Unit("alone", "空镇")
    assert routing.root_unit(replace(ROSTER, units=(lonely, *ROSTER.units))) == "town"
    assert routing.root_unit(replace(ROSTER, units=(lonely,), duties=())) == "alone"
    assert routing.root_unit(Roster()) == ""


def test_who_has_a_duty_here_or_above_may_act() -> None:
    assert routing.may_act(ROSTER, "m", "a", "", TODAY)
    assert routing.may_act(ROSTER, "sec", "b", "", TODAY)
    assert not routing.may_act(ROSTER, "m", "b", "", TODAY)
    assert routing.may_act(replace(ROSTER, leaves=(away("sec", "m"),)), "m", "b", "", TODAY)


def test_nobody_in_particular_may_not_act() -> None:
    assert not routing.may_act(replace(ROSTER, leaves=(away("m"),)), "", "a", "", TODAY)


def test_only_a_secretary_above_has_the_last_word() -> None:
    assert routing.is_secretary(ROSTER, "sec", "a", "", TODAY)
    assert not routing.is_secretary(ROSTER, "c", "a", "", TODAY)
    assert routing.is_secretary(replace(ROSTER, leaves=(away("sec", "c"),)), "c", "a", "", TODAY)


def test_areas_of_a_member() -> None:
    assert routing.areas_of(ROSTER, "l") == {"village"}


codes = st.sampled_from(["m", "s", "t", "l", "c", "sec", "duty", "nobody", ""])
leaves = st.lists(
    st.builds(Leave, codes, st.sampled_from([YESTERDAY, TODAY]), st.sampled_from([TODAY, TOMORROW]), codes), max_size=12
)
parents = st.sampled_from(["", "u1", "u2", "u3", "nowhere"])
units = st.tuples(parents, parents, parents).map(
    lambda up: tuple(Unit(f"u{n + 1}", "示例", parent=p) for n, p in enumerate(up))
)
duties = st.lists(st.builds(Duty, codes, st.sampled_from(["a", "u1", "u2", "u3"]), st.sampled_from(Role)), max_size=10)
members = st.sets(st.sampled_from(["m", "s", "t", "l", "c", "sec", "duty"])).map(lambda found: people(*sorted(found)))


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    lane = Lane("a", "甲胡同", draw(parents))
    return Roster(0, draw(units), (lane,), draw(members), tuple(draw(duties)), tuple(draw(leaves)))


@given(rosters(), st.sampled_from(["a", "", "gone"]), st.sampled_from(["u1", "u2", ""]))
def test_whoever_is_named_is_reachable_and_here(roster: Roster, lane: str, unit: str) -> None:
    named = routing.answerable(roster, lane, unit, TODAY)
    assert len(set(named)) == len(named)
    for member in named:
        assert routing.is_reachable(roster.member.get(member))
        assert not routing.is_away(roster, member, TODAY)
        assert routing.may_act(roster, member, lane, unit, TODAY)


@given(rosters())
def test_nobody_is_named_only_when_no_duty_above_has_anybody(roster: Roster) -> None:
    areas = {"a", *(unit.code for unit in roster.units_above("a"))}
    could = [
        duty
        for duty in roster.duties
        if duty.area in areas
        and routing.stand_in(roster, duty.member, TODAY)
        and not (duty.role in (Role.RESPONSIBLE, Role.SUBSTITUTE) and duty.area != "a")
    ]
    assert bool(routing.answerable(roster, "a", "", TODAY)) is bool(could)


@given(rosters(), codes)
def test_his_lanes_are_those_where_he_may_act(roster: Roster, member: str) -> None:
    both = replace(roster, lanes=(*roster.lanes, Lane("b", "乙胡同", "u1")))
    may_act = [lane for lane in both.lanes if routing.may_act(both, member, lane.code, "", TODAY)]
    assert sorted(routing.lanes_of(both, member, TODAY), key=lambda lane: lane.code) == may_act


@given(rosters())
def test_the_lanes_of_a_unit_and_of_a_chat_are_those_below_it(roster: Roster) -> None:
    for unit in roster.units:
        below = [lane for lane in roster.lanes if unit in roster.units_above(lane.code)]
        assert list(roster.lanes_in(unit.code)) == below
    for chat, lanes in roster.lanes_by_chat.items():
        assert all(roster.chat_of(lane.code) == chat for lane in lanes)
    assert sum(map(len, roster.lanes_by_chat.values())) == len(roster.lanes)
    assert roster.lanes_in("a") == (roster.lane["a"],)


def test_at_a_place_its_substitutes_stand_in_then_its_team() -> None:
    assert routing.substitutes(ROSTER, "a", TODAY) == ("s", "t")
    assert routing.substitutes(ROSTER, "b", TODAY) == ()


def test_of_namesakes_the_one_nearby_is_meant() -> None:
    """Two villages of a county: each has a 王国庆, and only one of them is a neighbour of `m`."""
    units = (*ROSTER.units, Unit("far", "远村", kind="村", parent="town"))
    village = tuple(replace(unit, kind="村") if unit.code == "village" else unit for unit in units)
    near, far = Member("near", "王国庆", wecom_id="w-near"), Member("far", "王国庆", wecom_id="w-far")
    duties = (*ROSTER.duties, Duty("near", "b", Role.RESPONSIBLE), Duty("far", "far", Role.RESPONSIBLE))
    roster = replace(ROSTER, units=village, members=(*ROSTER.members, far, near), duties=duties)
    assert routing.named_in(roster, "王国庆替我", "m") == (near,)
    assert routing.named_in(roster, "王国庆替我", "nobody") == (far, near)
    assert near in routing.people_around(roster, ["a"])
    assert far not in routing.people_around(roster, ["a"])
    assert roster.member["sec"] in routing.people_around(roster, ["a"])


@pytest.mark.parametrize(
    ("name", "speaker", "who"),
    [("王姐", "m", ["s"]), ("老王", "far", ["other"]), ("王姐", "s", []), ("赵姐", "m", []), ("老", "m", [])],
)
def test_a_surname_means_those_of_one_s_own_places_first(name: str, speaker: str, who: list[str]) -> None:
    """`s` is the Wang of the lane, `other` one of another lane, `gone` has left."""
    names = {"s": "王示例", "other": "王他处", "gone": "王某甲", "far": "李远"}
    named = tuple(Member(code, text, wecom_id=f"w-{code}") for code, text in names.items())
    left = tuple(replace(one, left_at=LEFT) if one.code == "gone" else one for one in named)
    others = tuple(one for one in ROSTER.members if one.code not in names)
    duties = (*ROSTER.duties, Duty("far", "b", Role.TEAM), Duty("other", "b", Role.TEAM))
    roster = replace(ROSTER, members=(*others, *left), duties=duties)
    assert [one.code for one in routing.called(roster, name, speaker, TODAY)] == who


def test_the_areas_of_some_roles_are_his_own_and_those_he_stands_in_for() -> None:
    leads = {Role.LEADER, Role.SECRETARY}
    assert routing.areas_with(ROSTER, "l", leads, TODAY) == ("village",)
    assert routing.areas_with(ROSTER, "t", leads, TODAY) == ()
    stands_in = replace(ROSTER, leaves=(away("sec", "l"),))
    assert routing.areas_with(stands_in, "l", leads, TODAY) == ("village", "town")
    assert routing.areas_with(stands_in, "l", leads, TOMORROW) == ("village",)
    former = replace(ROSTER, duties=(Duty("l", "village", Role.LEADER, ends=YESTERDAY),))
    assert routing.areas_with(former, "l", leads, TODAY) == ()


def test_of_people_on_a_step_those_come_who_are_here() -> None:
    roster = replace(ROSTER, leaves=(away("m", "s"),))
    assert routing.here_of(roster, ("m", "s", "t"), TODAY) == ("s", "t")
    assert routing.here_of(roster, ("m", "t"), TODAY, but={"t"}) == ("s",)
