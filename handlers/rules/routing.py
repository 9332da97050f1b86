"""Who answers for a place today: roles, leaves and their substitutes, groups."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from storage.records import Duty, Lane, Member, Role, Roster, Rung

_ROLE_OF: dict[Rung, Role] = {
    Rung.MEMBER: Role.RESPONSIBLE,
    Rung.SUBSTITUTE: Role.SUBSTITUTE,
    Rung.TEAM: Role.TEAM,
    Rung.LEADER: Role.LEADER,
    Rung.CADRE: Role.CADRE,
    Rung.SECRETARY: Role.SECRETARY,
}

_VILLAGE = frozenset({"村", "社区"})


def is_reachable(member: Member | None) -> bool:
    """He is still with us and has some way to hear of it."""
    return member is not None and member.left_at is None and bool(member.wecom_id or member.openid)


def is_away(roster: Roster, member: str, today: date) -> bool:
    return any(leave.starts <= today <= leave.ends for leave in roster.leaves_of.get(member, ()))


def stand_in(roster: Roster, member: str, today: date) -> str:
    """The member himself, or who stands in for him today, along the chain of substitutes; "" when nobody does."""
    seen: set[str] = set()
    while member and member not in seen:
        seen.add(member)
        if is_reachable(roster.member.get(member)) and not is_away(roster, member, today):
            return member
        leaves = roster.leaves_of.get(member, ())
        member = next((leave.substitute for leave in leaves if leave.starts <= today <= leave.ends), "")
    return ""


def here_of(roster: Roster, members: Iterable[str], today: date, *, but: Collection[str] = ()) -> tuple[str, ...]:
    """Of some people, those on a step of a ladder, those who are here today and who stand in for the others, `but`
    these."""
    return tuple(code for code in _distinct(stand_in(roster, one, today) for one in members) if code not in but)


def _is_valid(duty: Duty, today: date) -> bool:
    return (duty.starts is None or duty.starts <= today) and (duty.ends is None or today <= duty.ends)


def standing(roster: Roster, area: str, role: Role, today: date) -> tuple[str, ...]:
    """Reachable members who have this role for exactly this lane or unit today, stand-ins included."""
    duties = roster.duties_of_area.get(area, ())
    found = (stand_in(roster, d.member, today) for d in duties if d.role is role and _is_valid(d, today))
    return _distinct(found)


def on_rung(
    roster: Roster, lane: str, unit: str, rung: Rung, today: date, *, but: Collection[str] = ()
) -> tuple[str, ...]:
    """Who stands on this step for a lane, or for a unit if the lane is unknown: the nearest area that has anybody `but`
    these."""
    return _nearest(roster, lane, unit, _ROLE_OF[rung], today, but)


def _nearest(
    roster: Roster, lane: str, unit: str, role: Role, today: date, but: Collection[str] = ()
) -> tuple[str, ...]:
    everywhere = (standing(roster, area, role, today) for area in _areas(roster, lane, unit))
    left = (tuple(code for code in found if code not in but) for found in everywhere)
    return next((found for found in left if found), ())


def _areas(roster: Roster, lane: str, unit: str) -> tuple[str, ...]:
    """The lane and the units above it. A lane that left the roster still has the request's unit."""
    above = roster.units_above(lane) or roster.units_above(unit)
    return (*([lane] if lane else []), *(one.code for one in above))


def answerable(roster: Roster, lane: str, unit: str, today: date) -> tuple[str, ...]:
    """Who answers for the place: the lane's responsible member, his substitute, the duty desk, the secretary, then
    anybody who stands anywhere above. Empty only when the roster has nobody reachable for it."""
    if lane:
        own = standing(roster, lane, Role.RESPONSIBLE, today) or standing(roster, lane, Role.SUBSTITUTE, today)
        if own:
            return own
    above = (Role.DUTY, Role.SECRETARY, Role.CADRE, Role.LEADER, Role.TEAM)
    return next((found for role in above if (found := _nearest(roster, lane, unit, role, today))), ())


def secretaries(roster: Roster, lane: str, unit: str, today: date, *, but: Collection[str] = ()) -> tuple[str, ...]:
    """The nearest secretary above a place `but` these; without any, the duty desk."""
    found = (_nearest(roster, lane, unit, role, today, but) for role in (Role.SECRETARY, Role.DUTY))
    return next(filter(None, found), ())


def substitutes(roster: Roster, area: str, today: date) -> tuple[str, ...]:
    """Who stands in at a place as a rule: its substitutes, then its team."""
    return _distinct((*standing(roster, area, Role.SUBSTITUTE, today), *standing(roster, area, Role.TEAM, today)))


def called(roster: Roster, name: str, speaker: str, today: date) -> tuple[Member, ...]:
    """Whom a member means by 王姐 or 老王: members of that surname, those of his own places first."""
    surname = name.lstrip("老小")[:1]
    known = [one for one in roster.members if surname and one.name.startswith(surname) and is_reachable(one)]
    areas = areas_of(roster, speaker)
    near = [one for one in known if any(may_act(roster, one.code, area, area, today) for area in areas)]
    return tuple(one for one in near or known if one.code != speaker)


def root_unit(roster: Roster) -> str:
    """The unit for what has no place: one without a parent, preferring one with a duty desk or a secretary."""
    roots = [unit.code for unit in roster.units if unit.parent not in roster.unit]
    with_people = [
        unit.code
        for unit in roster.units
        if any(duty.role in (Role.DUTY, Role.SECRETARY) for duty in roster.duties_of_area.get(unit.code, ()))
    ]
    tops = [code for code in roots if code in with_people] or with_people or roots
    return tops[0] if tops else ""


def areas_of(roster: Roster, member: str) -> frozenset[str]:
    """Lanes and units a member has any duty for."""
    return frozenset(duty.area for duty in roster.duties_of.get(member, ()))


def named_in(roster: Roster, words: str, speaker: str) -> tuple[Member, ...]:
    """Members whose whole names stand in a member's words; of namesakes those around him."""
    named = [one for one in roster.members if one.name and one.name in words]
    near = people_around(roster, areas_of(roster, speaker)) if len(named) > 1 else ()
    return tuple(one for one in named if one in near) or tuple(named)


def people_around(roster: Roster, areas: Iterable[str]) -> tuple[Member, ...]:
    """Who has a duty in the same village as one of these areas or above it: whom a name without more is likely to
    mean. A county has a 国庆 and three 小王 somewhere, of whom nobody here has ever heard."""
    near = (one for area in areas for one in _neighbourhood(roster, area))
    codes = dict.fromkeys(duty.member for area in near for duty in roster.duties_of_area.get(area, ()))
    return tuple(roster.member[code] for code in codes if code in roster.member)


def _neighbourhood(roster: Roster, area: str) -> tuple[str, ...]:
    """The village with all that is in it, and what lies above; without a village the nearest unit."""
    above = roster.units_above(area)
    home = next((unit for unit in above if unit.kind in _VILLAGE), next(iter(above), None))
    return (*roster.areas_in(home.code), *(unit.code for unit in roster.units_above(home.code))) if home else ()


def may_act(roster: Roster, member: str, lane: str, unit: str, today: date) -> bool:
    """Does he have a duty for this place, on the lane or anywhere above it, or stand in for somebody who has?"""
    duties = (duty for area in _areas(roster, lane, unit) for duty in roster.duties_of_area.get(area, ()))
    here = (duty.member for duty in duties if _is_valid(duty, today))
    return bool(member) and any(member in (one, stand_in(roster, one, today)) for one in here)


def lanes_of(roster: Roster, member: str, today: date) -> tuple[Lane, ...]:
    """The lanes for which he `may_act`, without asking each of a county's thousands."""
    people = (member, *_stands_in_for(roster, member, today)) if member else ()
    duties = (duty for one in people for duty in roster.duties_of.get(one, ()) if _is_valid(duty, today))
    areas = dict.fromkeys(duty.area for duty in duties)
    return tuple({lane.code: lane for area in areas for lane in roster.lanes_in(area)}.values())


def areas_with(roster: Roster, member: str, roles: Collection[Role], today: date) -> tuple[str, ...]:
    """Lanes and units where he has one of these roles today, or stands in for somebody who has."""
    people = (member, *_stands_in_for(roster, member, today))
    duties = (duty for one in people for duty in roster.duties_of.get(one, ()))
    return _distinct(duty.area for duty in duties if duty.role in roles and _is_valid(duty, today))


def _stands_in_for(roster: Roster, member: str, today: date) -> list[str]:
    """Everybody whose `stand_in` he is today, along the chains of substitutes."""
    found: dict[str, None] = {}
    ahead = [member]
    while ahead:
        leaves = roster.leaves_filled_by.get(ahead.pop(), ())
        away = [leave.member for leave in leaves if leave.starts <= today <= leave.ends and leave.member not in found]
        found |= dict.fromkeys(away)
        ahead += away
    return [one for one in found if stand_in(roster, one, today) == member]


def is_secretary(roster: Roster, member: str, lane: str, unit: str, today: date) -> bool:
    """Does he have the last word about this place?"""
    return any(member in standing(roster, area, Role.SECRETARY, today) for area in _areas(roster, lane, unit))


def _distinct(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in codes if code))
