"""What an import would change: the file laid over what is kept, checked as a whole. Pure."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from handlers.roster.cells import nearest
from handlers.roster.columns import SHEET
from handlers.roster.contents import KEY, Contents, Kind, Record, grouped
from handlers.roster.reading import EVERYTHING, Problem, Reading
from storage.records import Member, Unit

Key = tuple[Hashable, ...]
_MOST_HINTS = 30  # looking for a near name is slow; a file whose codes are all wrong needs no more


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one sheet's records. `missing`: kept, but no longer named by the file; with prune they go.

    `left`: members among the missing who still hold open requests; with prune they are marked as having left.
    """

    kind: Kind
    added: tuple[Record, ...] = ()
    updated: tuple[Record, ...] = ()
    missing: tuple[Record, ...] = ()
    left: tuple[Member, ...] = ()
    unchanged: int = 0

    @property
    def put(self) -> tuple[Record, ...]:
        return (*self.added, *self.updated)


@dataclass(frozen=True, slots=True)
class Plan:
    """`after` is the whole roster as it will be. `removed` is empty without prune."""

    after: Contents
    changes: Mapping[Kind, Change] = field(default_factory=dict)
    removed: Mapping[Kind, tuple[Record, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    prune: bool = False

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.is_error)

    @property
    def changes_anything(self) -> bool:
        put = any(change.put for change in self.changes.values())
        left = self.prune and any(change.left for change in self.changes.values())
        return put or left or any(self.removed.values())


@dataclass(frozen=True, slots=True)
class InUse:
    """What hangs on places and people beside the roster: who holds open requests, and by lane how many of them there
    are and how many residents are bound to it."""

    holders: Collection[str] = ()
    requests: Mapping[str, int] = field(default_factory=dict)
    residents: Mapping[str, int] = field(default_factory=dict)


NOTHING = InUse()


def make_plan(kept: Contents, reading: Reading, *, now: datetime, prune: bool = False, in_use: InUse = NOTHING) -> Plan:
    """Lay the file over what is kept.

    A sheet that is not in the file is left alone, prune or not: a file of households must not wipe out the members.
    """
    stated = _with_bindings(kept, reading.contents)
    changes = {kind: _change(kind, kept, stated, in_use.holders) for kind in reading.rows}
    removed = _removed(kept, changes) if prune else {}
    after = Contents.made_of({kind: _after(kind, kept, changes, removed, now if prune else None) for kind in Kind})
    problems = (*reading.problems, *_check(after, reading), *_left_without(removed, in_use))
    return Plan(after, changes, removed, problems, prune)


def _left_without(removed: Mapping[Kind, tuple[Record, ...]], in_use: InUse) -> Iterator[Problem]:
    """Lanes that go though something is open there, or somebody lives there."""
    for lane in removed.get(Kind.LANES, ()):
        code, name = SHEET[Kind.LANES].cells_of(lane)[:2]
        still_open, bound = in_use.requests.get(str(code), 0), in_use.residents.get(str(code), 0)
        if still_open or bound:
            words = (
                f"{code} {name} 要删掉,那里还有 {still_open} 件没办完的事,{bound} 位居民登记在那里(下次来会问他们住哪)"
            )
            yield Problem(SHEET[Kind.LANES].name, words, is_error=False)


def _with_bindings(kept: Contents, stated: Contents) -> Contents:
    """A member's own WeChat is not in the file and stays as it is."""
    openids = {member.code: member.openid for member in kept.members}
    return replace(
        stated, members=tuple(replace(member, openid=openids.get(member.code, "")) for member in stated.members)
    )


def _change(kind: Kind, kept: Contents, stated: Contents, holders: Collection[str]) -> Change:
    old, new = grouped(kind, kept.of(kind)), grouped(kind, stated.of(kind))
    added = [record for key, records in new.items() if key not in old for record in records]
    differing = [key for key, records in new.items() if key in old and set(old[key]) != set(records)]
    missing = [record for key, records in old.items() if key not in new for record in records if not _has_left(record)]
    return Change(
        kind,
        tuple(added),
        tuple(record for key in differing for record in new[key]),
        tuple(missing),
        tuple(record for record in missing if isinstance(record, Member) and record.code in holders),
        unchanged=len(new) - len(differing) - len({KEY[kind](record) for record in added}),
    )


def _has_left(record: Record) -> bool:
    return isinstance(record, Member) and record.left_at is not None


def _removed(kept: Contents, changes: Mapping[Kind, Change]) -> dict[Kind, tuple[Record, ...]]:
    """What prune takes away, and what hangs on it in sheets the file does not have."""
    named = {
        kind: tuple(record for record in change.missing if record not in change.left)
        for kind, change in changes.items()
    }
    gone = {
        Kind.MEMBERS: _codes(named.get(Kind.MEMBERS, ())) | _codes(_of(changes, Kind.MEMBERS, "left")),
        Kind.LANES: _codes(named.get(Kind.LANES, ())),
        Kind.UNITS: _codes(named.get(Kind.UNITS, ())),
    }
    hanging = {kind: _hanging(kind, kept, gone) for kind in (Kind.DUTIES, Kind.LEAVES, Kind.HOUSEHOLDS)}
    return named | {kind: records for kind, records in hanging.items() if kind not in changes}


def _of(changes: Mapping[Kind, Change], kind: Kind, which: str) -> tuple[Any, ...]:
    return getattr(changes[kind], which) if kind in changes else ()


def _codes(records: Collection[Any]) -> frozenset[str]:
    return frozenset(record.code for record in records)


def _hanging(kind: Kind, kept: Contents, gone: Mapping[Kind, frozenset[str]]) -> tuple[Record, ...]:
    people, areas = gone[Kind.MEMBERS], gone[Kind.LANES] | gone[Kind.UNITS]
    if kind is Kind.DUTIES:
        return tuple(duty for duty in kept.duties if duty.member in people or duty.area in areas)
    if kind is Kind.LEAVES:
        return tuple(leave for leave in kept.leaves if leave.member in people)
    return tuple(home for home in kept.households if home.lane in gone[Kind.LANES])


def _after(
    kind: Kind,
    kept: Contents,
    changes: Mapping[Kind, Change],
    removed: Mapping[Kind, tuple[Record, ...]],
    left_at: datetime | None,
) -> tuple[Any, ...]:
    change = changes.get(kind, Change(kind))
    records = grouped(kind, kept.of(kind)) | grouped(kind, change.put)
    for record in removed.get(kind, ()):
        records.pop(KEY[kind](record), None)
    if left_at:
        for member in change.left:
            records[KEY[kind](member)] = (replace(member, left_at=left_at),)
    return tuple(record for same in records.values() for record in same)


# ── checks over the whole ────────────────────────────────────────────────────────────────────────


class _Checker:
    """Looks at `after`; a problem is placed at the file's row, or at the kept record when the file does not name it."""

    def __init__(self, after: Contents, reading: Reading) -> None:
        self._after = after
        self._rows = {kind: {KEY[kind](row.record): row.number for row in rows} for kind, rows in reading.rows.items()}
        self._codes = {
            Kind.UNITS: {unit.code: unit.name for unit in after.units},
            Kind.LANES: {lane.code: lane.name for lane in after.lanes},
            Kind.MEMBERS: {member.code: member.name for member in after.members if member.left_at is None},
        }
        self._spoilt = reading.spoilt
        self._hints = 0

    def problem(self, kind: Kind, record: Any, column: str, text: str) -> Problem:
        sheet = SHEET[kind]
        row = self._rows.get(kind, {}).get(KEY[kind](record), 0)
        words = text if row else f"{'、'.join(map(str, sheet.cells_of(record)[:2]))}(文件里没有,系统里已有):{text}"
        return Problem(sheet.name, words, row, sheet.column_named(column))

    def unknown_codes(self) -> Iterator[Problem]:
        for kind, sheet in SHEET.items():
            pointing = [(index, column) for index, column in enumerate(sheet.columns) if column.points_to]
            for record in self._after.of(kind) if pointing else ():
                row = sheet.cells_of(record)
                for index, column in pointing:
                    code = str(row[index] or "")
                    if code and not any(self._is_known(code, target) for target in column.points_to):
                        yield self.problem(kind, record, column.key, self._unknown(code, column.points_to))

    def _is_known(self, code: str, target: Kind) -> bool:
        spoilt = self._spoilt.get(target, frozenset())
        return code in self._codes[target] or code in spoilt or EVERYTHING in spoilt

    def _unknown(self, code: str, targets: tuple[Kind, ...]) -> str:
        sheets = "或".join(f"“{SHEET[target].name}”" for target in targets)
        return f"{sheets}里没有编码 {code}{self._hint(code, targets)}"

    def _hint(self, code: str, targets: tuple[Kind, ...]) -> str:
        """The code of the thing whose name was written, or the nearest code."""
        self._hints += 1
        if self._hints > _MOST_HINTS:
            return ""
        known = {right: name for target in targets for right, name in self._codes[target].items()}
        named = [right for right, name in known.items() if name == code]
        return f";这里要写编码 {named[0]}" if len(named) == 1 else nearest(code, known)

    def circles(self) -> Iterator[Problem]:
        units = {unit.code: unit for unit in self._after.units}
        for unit in self._after.units:
            if _leads_back(unit, units):
                yield self.problem(Kind.UNITS, unit, "parent", "上级绕了一圈又回到自己")

    def shared_codes(self) -> Iterator[Problem]:
        for lane in self._after.lanes:
            if lane.code in self._codes[Kind.UNITS]:
                yield self.problem(Kind.LANES, lane, "code", "和一个单位的编码一样,请换一个")

    def shared_wecom_ids(self) -> Iterator[Problem]:
        owner: dict[str, Member] = {}
        for member in self._after.members:
            if not member.wecom_id or member.left_at is not None:
                continue
            first = owner.setdefault(member.wecom_id, member)
            if first is not member:
                yield self.problem(Kind.MEMBERS, member, "wecom_id", f"和 {first.code} 的企业微信一样")


def _leads_back(unit: Unit, units: Mapping[str, Unit]) -> bool:
    seen: set[str] = set()
    code = unit.parent
    while code in units and code not in seen and code != unit.code:
        seen.add(code)
        code = units[code].parent
    return code == unit.code


def _check(after: Contents, reading: Reading) -> Iterator[Problem]:
    checker = _Checker(after, reading)
    yield from checker.unknown_codes()
    yield from checker.circles()
    yield from checker.shared_codes()
    yield from checker.shared_wecom_ids()
