"""What is wrong with a roster although every row of it can be read: places and steps nobody stands on. Pure.

Findings, by code:
    no_responsible · error · a lane has nobody responsible today
    unreachable · error for 责任/书记/值班, else warning · a member on duty has neither WeCom nor a bound WeChat
    unknown_member, unknown_area · error · a duty or leave points to nobody, or to nowhere
    unknown_substitute · error · the stand-in of a leave is not in the roster
    substitute_cycle · error · those who stand in for each other are away on the same days
    no_fallback · error · neither a duty desk nor a secretary above a lane
    empty_rung · warning · nobody stands on a step of the ladder
    gap · warning (error when it is today) · days to come on which nobody answers for a lane
    overloaded · warning · more households than the members of a lane can know
    no_group · warning · neither the lane nor a unit above it has a group
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.rules import routing
from storage.records import Duty, Lane, Leave, Member, Role, Roster, Rung

_ROLE_NAMES: Mapping[Role, str] = {
    Role.RESPONSIBLE: "责任",
    Role.SUBSTITUTE: "替补",
    Role.TEAM: "组员",
    Role.LEADER: "组长",
    Role.CADRE: "包村",
    Role.SECRETARY: "书记",
    Role.DUTY: "值班",
}
_ROLE_OF: Mapping[Rung, Role] = {
    Rung.MEMBER: Role.RESPONSIBLE,
    Rung.SUBSTITUTE: Role.SUBSTITUTE,
    Rung.TEAM: Role.TEAM,
    Rung.LEADER: Role.LEADER,
    Rung.CADRE: Role.CADRE,
    Rung.SECRETARY: Role.SECRETARY,
}
_NEEDED = (Role.RESPONSIBLE, Role.SECRETARY, Role.DUTY)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right. `where` names the lane, unit or member; `text` is a sentence without phones or doors."""

    level: str  # error · warning
    code: str
    where: str
    text: str

    @property
    def is_error(self) -> bool:
        return self.level == "error"

    def __str__(self) -> str:
        return f"{self.where}:{self.text}"


def lint(
    roster: Roster,
    today: date,
    *,
    households: Mapping[str, int],
    households_per_member: int,
    rungs: Collection[Rung],
    days_ahead: int = 14,
) -> list[Finding]:
    """All findings, errors first. `households` counts doors by lane; `rungs` are the steps the ladder uses."""
    window = [today + timedelta(days=ahead) for ahead in range(days_ahead)]
    found = [
        *_dangling(roster, today),
        *_no_responsible(roster, today),
        *_unreachable(roster, today),
        *_no_fallback(roster, today),
        *_cycles(roster, today),
        *_empty_rungs(roster, today, rungs),
        *_gaps(roster, window),
        *_overloaded(roster, today, households, households_per_member),
        *_no_group(roster),
    ]
    return sorted(found, key=lambda finding: not finding.is_error)


def _lane(lane: Lane) -> str:
    return f"胡同 {lane.code} {lane.name}"


def _member(roster: Roster, code: str) -> str:
    return f"人员 {code} {roster.member[code].name}" if code in roster.member else f"人员 {code}"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _holds(duty: Duty, day: date) -> bool:
    return (duty.starts is None or duty.starts <= day) and (duty.ends is None or day <= duty.ends)


def _is_past(duty: Duty, today: date) -> bool:
    return duty.ends is not None and duty.ends < today


def _with_us(roster: Roster, code: str) -> Member | None:
    member = roster.member.get(code)
    return member if member and member.left_at is None else None


def _on(roster: Roster, area: str, role: Role, day: date) -> list[Duty]:
    """Valid duties of members who are still with us, on exactly this area; leaves do not matter."""
    duties = roster.duties_of_area.get(area, ())
    return [duty for duty in duties if duty.role is role and _holds(duty, day) and _with_us(roster, duty.member)]


def _areas(roster: Roster, lane: Lane) -> tuple[str, ...]:
    return (lane.code, *(unit.code for unit in roster.units_above(lane.code)))


# ── one check a function ─────────────────────────────────────────────────────────────────────────


def _dangling(roster: Roster, today: date) -> Iterator[Finding]:
    for duty in roster.duties:
        where = f"职责 {duty.member} {duty.area}"
        if duty.member not in roster.member:
            yield Finding("error", "unknown_member", where, f"没有编号为 {duty.member} 的人员")
        if duty.area not in roster.lane and duty.area not in roster.unit:
            yield Finding("error", "unknown_area", where, f"没有编码为 {duty.area} 的胡同或单位")
    for leave in roster.leaves:
        where = f"请假 {leave.member} {_day(leave.starts)}"
        if leave.member not in roster.member:
            yield Finding("error", "unknown_member", where, f"没有编号为 {leave.member} 的人员")
        if leave.substitute and leave.ends >= today and _with_us(roster, leave.substitute) is None:
            yield Finding("error", "unknown_substitute", where, f"替补 {leave.substitute} 不在名册里,请换一个人")


def _no_responsible(roster: Roster, today: date) -> Iterator[Finding]:
    for lane in roster.lanes:
        if not _on(roster, lane.code, Role.RESPONSIBLE, today):
            yield Finding("error", "no_responsible", _lane(lane), "今天没有责任人,请在“职责”里加一位“责任”")


def _unreachable(roster: Roster, today: date) -> Iterator[Finding]:
    roles: dict[str, list[Role]] = {}
    for duty in roster.duties:
        member = _with_us(roster, duty.member)
        if member and not _is_past(duty, today) and not routing.is_reachable(member):
            roles.setdefault(duty.member, []).append(duty.role)
    for code, held in roles.items():
        level = "error" if any(role in _NEEDED for role in held) else "warning"
        names = "、".join(dict.fromkeys(_ROLE_NAMES[role] for role in held))
        text = f"担任{names},但是联系不上:没有企业微信,也没有绑定微信"
        yield Finding(level, "unreachable", _member(roster, code), text)


def _no_fallback(roster: Roster, today: date) -> Iterator[Finding]:
    def missing(lane: Lane) -> bool:
        areas = _areas(roster, lane)
        return not any(_on(roster, area, role, today) for area in areas for role in (Role.DUTY, Role.SECRETARY))

    for where in _per_unit(roster, [lane for lane in roster.lanes if missing(lane)]):
        yield Finding("error", "no_fallback", where, "上面没有值班,也没有书记,没人接的诉求无处可去")


def _empty_rungs(roster: Roster, today: date, rungs: Collection[Rung]) -> Iterator[Finding]:
    for rung in Rung:
        if rung not in rungs or rung is Rung.MEMBER:  # no_responsible says it
            continue
        role = _ROLE_OF[rung]
        empty = [
            lane for lane in roster.lanes if not any(_on(roster, area, role, today) for area in _areas(roster, lane))
        ]
        for where in _per_unit(roster, empty):
            yield Finding("warning", "empty_rung", where, f"没有“{_ROLE_NAMES[role]}”,催办到这一级会直接跳过")


def _per_unit(roster: Roster, lanes: Iterable[Lane]) -> Iterator[str]:
    """Where it is: a unit once when all its lanes are alike, else each lane."""
    size: dict[str, int] = {}
    for lane in roster.lanes:
        size[lane.unit] = size.get(lane.unit, 0) + 1
    alike: dict[str, list[Lane]] = {}
    for lane in lanes:
        alike.setdefault(lane.unit, []).append(lane)
    for unit, members in alike.items():
        if unit in roster.unit and len(members) == size[unit] > 1:
            yield f"单位 {unit} {roster.unit[unit].name}"
        else:
            yield from map(_lane, members)


def _overloaded(
    roster: Roster, today: date, households: Mapping[str, int], households_per_member: int
) -> Iterator[Finding]:
    for lane in roster.lanes:
        count = households.get(lane.code, 0)
        roles = (Role.RESPONSIBLE, Role.TEAM)
        people = {
            duty.member for area in _areas(roster, lane) for role in roles for duty in _on(roster, area, role, today)
        }
        if people and count > households_per_member * len(people):
            text = f"{count} 户只有 {len(people)} 位责任人和组员,每人最好不超过 {households_per_member} 户"
            yield Finding("warning", "overloaded", _lane(lane), text)


def _no_group(roster: Roster) -> Iterator[Finding]:
    for where in _per_unit(roster, [lane for lane in roster.lanes if not roster.chat_of(lane.code)]):
        yield Finding("warning", "no_group", where, "没有群,上级单位也没有;在群里写“@小助手 绑定 名称”就能绑上")


# ── days to come ─────────────────────────────────────────────────────────────────────────────────


def _gaps(roster: Roster, window: list[date]) -> Iterator[Finding]:
    """Days on which a lane that has somebody responsible today is left alone."""
    for lane in roster.lanes:
        if not window or not _changes_within(roster, lane, window):
            continue
        if not _on(roster, lane.code, Role.RESPONSIBLE, window[0]):  # no_responsible says it
            continue
        for reason, days in _runs((_why_alone(roster, lane, day), day) for day in window):
            until = "" if days[-1] == days[0] else f"到{_day(days[-1])}"
            level = "error" if days[0] == window[0] else "warning"
            yield Finding(level, "gap", _lane(lane), f"{_day(days[0])}{until}没有人负责:{reason}")


def _changes_within(roster: Roster, lane: Lane, window: list[date]) -> bool:
    """Does any duty end, or anybody take leave, in the window? Most lanes need no look at every day."""
    duties = [d for d in roster.duties_of_area.get(lane.code, ()) if d.role is Role.RESPONSIBLE]
    ends = any(duty.ends is not None and window[0] <= duty.ends < window[-1] for duty in duties)
    return ends or any(
        leave.starts <= window[-1] and leave.ends >= window[0]
        for duty in duties
        for leave in roster.leaves_of.get(duty.member, ())
    )


def _why_alone(roster: Roster, lane: Lane, day: date) -> str:
    responsible = _on(roster, lane.code, Role.RESPONSIBLE, day)
    if not responsible:
        return "责任人到期,还没有接任的人"
    substitutes = _on(roster, lane.code, Role.SUBSTITUTE, day)
    if any(_is_covered(roster, duty.member, day) for duty in (*responsible, *substitutes)):
        return ""
    return "责任人请假,没有人替"


def _is_covered(roster: Roster, code: str, day: date) -> bool:
    """He or somebody along the chain of his stand-ins is there; how to reach them is another finding."""
    seen: set[str] = set()
    while code and code not in seen and _with_us(roster, code):
        seen.add(code)
        if not routing.is_away(roster, code, day):
            return True
        leaves = roster.leaves_of.get(code, ())
        code = next((leave.substitute for leave in leaves if leave.starts <= day <= leave.ends), "")
    return False


def _runs(days: Iterable[tuple[str, date]]) -> list[tuple[str, list[date]]]:
    """Days in a row with the same reason; days without a reason are left out."""
    runs: list[tuple[str, list[date]]] = []
    before = ""
    for reason, day in days:
        if reason and reason == before:
            runs[-1][1].append(day)
        elif reason:
            runs.append((reason, [day]))
        before = reason
    return runs


def _cycles(roster: Roster, today: date) -> Iterator[Finding]:
    told: set[frozenset[str]] = set()
    for leave in roster.leaves:
        circle = _circle(roster, leave, today) if leave.substitute and leave.ends >= today else ()
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            names = "、".join(roster.member[code].name if code in roster.member else code for code in circle)
            yield Finding("error", "substitute_cycle", _member(roster, circle[0]), f"{names}同一天请假,又互相替补")


def _circle(roster: Roster, leave: Leave, today: date) -> tuple[str, ...]:
    """Members away on one same day whose stand-ins lead back to the first; () when there is no such day."""
    for day in (max(leave.starts, today), leave.ends):
        chain = _chain(roster, leave.member, day)
        if chain:
            return chain
    starts = [other.starts for other in roster.leaves if leave.starts < other.starts <= leave.ends]
    return next((chain for day in starts if day >= today and (chain := _chain(roster, leave.member, day))), ())


def _chain(roster: Roster, first: str, day: date) -> tuple[str, ...]:
    seen: list[str] = []
    code = first
    while code and code not in seen:
        seen.append(code)
        leaves = roster.leaves_of.get(code, ())
        code = next((leave.substitute for leave in leaves if leave.starts <= day <= leave.ends), "")
    return tuple(seen) if code == first else ()
