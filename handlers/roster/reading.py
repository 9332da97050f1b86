"""From raw sheets to records: every wrong row is named with its sheet, its Excel row and its column. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handlers.roster.cells import Cell, CellError, nearest, text_of
from handlers.roster.columns import SHEETS, Column, ColumnError, Sheet
from handlers.roster.contents import KEY, Contents, Kind, Record

Rows = Sequence[Sequence[Cell]]
Sheets = Mapping[str, Rows]  # by the sheet's name; row i stands in Excel's row i + 1

EXAMPLE = "例:"  # a row that begins with this is only shown
EVERYTHING = "*"
GUIDE = "说明"  # the template's own words; never read
_PLAIN_EXAMPLE = unicodedata.normalize("NFKC", EXAMPLE)
_TITLES = 10  # rows above the header that a title may take


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong, or worth a look, at one place of the file. `row` is Excel's; 0 is the sheet as a whole."""

    sheet: str
    text: str
    row: int = 0
    column: str = ""
    is_error: bool = True

    def __str__(self) -> str:
        place = (
            f"“{self.sheet}”" + (f"第 {self.row} 行" if self.row else "") + (f"“{self.column}”" if self.column else "")
        )
        return f"{place}:{self.text}"


@dataclass(frozen=True, slots=True)
class Row:
    """A record and the Excel row it came from."""

    number: int
    record: Record


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file said. `rows` has an entry for every sheet that was there, be it empty.

    `spoilt` holds the first cells of wrong rows, EVERYTHING for a wrong header: who points there is not wrong as well.
    """

    rows: Mapping[Kind, tuple[Row, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    spoilt: Mapping[Kind, frozenset[str]] = field(default_factory=dict)

    @property
    def contents(self) -> Contents:
        return Contents.made_of({kind: tuple(row.record for row in rows) for kind, rows in self.rows.items()})


def read_roster(sheets: Sheets) -> Reading:
    """Read all sheets; sheets with foreign names are known by their header, or named in a warning."""
    problems: list[Problem] = []
    rows: dict[Kind, tuple[Row, ...]] = {}
    spoilt: dict[Kind, frozenset[str]] = {}
    for name, raw in sheets.items():
        if _is_blank(raw) or _plain(name) == GUIDE:
            continue
        sheet = _sheet_named(name) or _sheet_like(raw)
        if sheet is None:
            problems.append(_unknown_sheet(name))
        elif sheet.kind in rows:
            problems.append(Problem(name, f"“{sheet.name}”表有两张,请合成一张"))
        else:
            found = _SheetReader(sheet, name, raw)
            rows[sheet.kind] = tuple(found.read())
            spoilt[sheet.kind] = frozenset(found.spoilt)
            problems += found.problems
    if not rows and not problems:
        problems.append(Problem("文件", "里面什么也没有"))
    return Reading(rows, tuple(problems), spoilt)


def _unknown_sheet(name: str) -> Problem:
    names = [sheet.name for sheet in SHEETS]
    return Problem(name, f"不认识这张表,没有读{nearest(name, names)}(认识的有:{'、'.join(names)})", is_error=False)


def _is_blank(rows: Rows) -> bool:
    return not any(text_of(cell) for row in rows for cell in row)


def _plain(word: str) -> str:
    """A name or header without what people put around it: `编码(必填)*`, full-width letters, blanks."""
    word = re.sub(r"\(.*?\)|[\s*:]", "", unicodedata.normalize("NFKC", word))
    return word.lower().removesuffix("表") if word != "表" else word


def _sheet_named(name: str) -> Sheet | None:
    plain = _plain(name)
    return next((sheet for sheet in SHEETS if plain in (sheet.name, sheet.kind.value)), None)


def _sheet_like(rows: Rows) -> Sheet | None:
    """The sheet most of whose columns stand in the header; a single .csv may have any name."""
    scores = {sheet.kind: _likeness(sheet, rows) for sheet in SHEETS}
    best = max(scores.values())
    alike = [sheet for sheet in SHEETS if scores[sheet.kind] == best]
    return alike[0] if best and len(alike) == 1 else None


def _likeness(sheet: Sheet, rows: Rows) -> int:
    header = rows[_header_at(sheet, rows)]
    found = {column.key for cell in header if (column := _column_named(sheet, text_of(cell)))}
    return len(found) if all(column.key in found for column in sheet.columns if column.required) else 0


def _column_named(sheet: Sheet, header: str) -> Column | None:
    """The column of a header in Chinese, in English, or as both (`编码 code`)."""
    words = [_plain(header), *map(_plain, header.split())]
    by_name = {name: column for column in sheet.columns for name in (column.name, column.key, *column.more_keys)}
    return next((by_name[word] for word in words if word in by_name), None)


def _header_at(sheet: Sheet, rows: Rows) -> int:
    """The first row that has all needed columns; without one, the first that has anything."""
    needed = {column.key for column in sheet.columns if column.required}
    filled = [index for index, row in enumerate(rows[:_TITLES]) if any(map(text_of, row))]
    for index in filled:
        if needed <= {column.key for cell in rows[index] if (column := _column_named(sheet, text_of(cell)))}:
            return index
    return filled[0] if filled else 0


class _SheetReader:
    """Reads one sheet, gathering what is wrong with it."""

    def __init__(self, sheet: Sheet, name: str, rows: Rows) -> None:
        self._sheet = sheet
        self._rows = rows
        self._name = name if _sheet_named(name) else sheet.name
        self.problems: list[Problem] = []
        self.spoilt: set[str] = set()
        self._header = _header_at(sheet, rows)
        self._at = self._places(rows[self._header])

    def _complain(self, text: str, row: int = 0, column: str = "", *, is_error: bool = True) -> None:
        self.problems.append(Problem(self._name, text, row, column, is_error))

    def _places(self, header: Sequence[Cell]) -> dict[str, int]:
        """Where each column stands; missing, doubled and unknown ones are named."""
        at: dict[str, int] = {}
        row = self._header + 1
        for index, cell in enumerate(header):
            word = text_of(cell)
            column = _column_named(self._sheet, word)
            if column is None and word:
                near = nearest(word, [column.name for column in self._sheet.columns])
                self._complain(f"不认识这一列,没有读{near}", row, word, is_error=False)
            elif column and column.key in at:
                self._complain("这一列有两个", row, column.name)
            elif column:
                at[column.key] = index
        for column in self._sheet.columns:
            if column.required and column.key not in at:
                self._complain("缺少这一列", row, column.name)
        return at

    def read(self) -> Iterator[Row]:
        if any(problem.is_error for problem in self.problems):
            self.spoilt.add(EVERYTHING)
            return
        seen: dict[tuple[Any, ...], int] = {}
        for number, raw in enumerate(self._rows[self._header + 1 :], start=self._header + 2):
            if _is_to_be_read(raw) and (record := self._record(raw, number)):
                first = seen.setdefault(_identity(self._sheet.kind, record), number)
                if first == number:
                    yield Row(number, record)
                else:
                    self._complain(f"和第 {first} 行重复", number, self._identifying_column())

    def _identifying_column(self) -> str:
        return self._sheet.columns[0].name

    def _record(self, raw: Sequence[Cell], number: int) -> Record | None:
        before = len(self.problems)
        values = {column.key: self._value(column, raw, number) for column in self._sheet.columns}
        try:
            if len(self.problems) == before:
                return self._sheet.build(values)
        except ColumnError as error:
            self._complain(str(error), number, self._sheet.column_named(error.column))
        self.spoilt.add(str(values[self._sheet.columns[0].key] or ""))
        return None

    def _value(self, column: Column, raw: Sequence[Cell], number: int) -> Any:
        place = self._at.get(column.key)
        cell = raw[place] if place is not None and place < len(raw) else None
        if column.required and not text_of(cell):
            self._complain("不能空着", number, column.name)
            return None
        try:
            return column.read(cell)
        except CellError as error:
            self._complain(str(error), number, column.name)
            return None


def _is_to_be_read(raw: Sequence[Cell]) -> bool:
    first = next((word for cell in raw if (word := text_of(cell))), "")
    return bool(first) and not unicodedata.normalize("NFKC", first).startswith(_PLAIN_EXAMPLE)


def _identity(kind: Kind, record: Any) -> tuple[Any, ...]:
    """What must not stand in a file twice; a duty may be held in several terms."""
    key = KEY[kind](record)
    return (*key, record.starts) if kind is Kind.DUTIES else key
