"""From records to sheets: the export that can be imported again, and the empty roster to fill in. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handlers.roster.cells import Cell
from handlers.roster.columns import SHEET, SHEETS, Column, Sheet
from handlers.roster.contents import Contents, Kind
from handlers.roster.reading import EXAMPLE, GUIDE
from storage.records import Member

GUIDE_WORDS = (
    "每张表的第一行是列名,请不要改;列的前后顺序可以换。",
    f"灰色的“{EXAMPLE}”行是例子,导入时会跳过,删不删都行。",
    "没有内容的表可以空着,也可以整张删掉。",
    "同一个编码再导入一次就是修改;文件里没有的不会被删掉,除非加上 --prune。",
    "导入前可以先试一试:hutong import 文件.xlsx --dry-run",
)


def to_sheets(contents: Contents) -> dict[str, list[list[Cell]]]:
    """The roster in the format of the import. Members who left are no part of it any more."""
    return {sheet.name: [_header(sheet), *map(list, _rows(sheet, contents))] for sheet in SHEETS}


def to_objects(contents: Contents) -> Iterator[dict[str, Any]]:
    """One object a row, with the English keys and the sheet's name."""
    for sheet in SHEETS:
        keys = [column.key for column in sheet.columns]
        for row in _rows(sheet, contents):
            yield {"sheet": sheet.kind.value, **dict(zip(keys, row, strict=True))}


def _header(sheet: Sheet) -> list[Cell]:
    return [column.name for column in sheet.columns]


def _rows(sheet: Sheet, contents: Contents) -> Iterator[tuple[Cell, ...]]:
    for record in contents.of(sheet.kind):
        if not (isinstance(record, Member) and record.left_at is not None):
            yield sheet.cells_of(record)


def template() -> dict[str, list[list[Cell]]]:
    """An empty roster: each sheet with its header and example rows that the import skips, and a sheet of words."""
    return {sheet.name: [_header(sheet), *_examples(sheet)] for sheet in SHEETS} | {GUIDE: _guide()}


def example_rows(kind: Kind) -> int:
    return max(len(column.examples) for column in SHEET[kind].columns)


def _examples(sheet: Sheet) -> Iterator[list[Cell]]:
    for index in range(example_rows(sheet.kind)):
        cells = [column.examples[index] if index < len(column.examples) else "" for column in sheet.columns]
        yield [EXAMPLE + cells[0], *cells[1:]]


def _guide() -> list[list[Cell]]:
    header: list[Cell] = ["表", "列", "必填", "怎么填", "例子"]
    rows: list[list[Cell]] = [
        [sheet.name, column.name, "是" if column.required else "", column.hint, "".join(column.examples[:1])]
        for sheet in SHEETS
        for column in sheet.columns
    ]
    words: list[list[Cell]] = [[line] for line in GUIDE_WORDS]
    return [header, *rows, *words]


def notes(kind: Kind) -> tuple[str, ...]:
    """What hangs on each header of a template."""
    return tuple(_note(column) for column in SHEET[kind].columns)


def _note(column: Column) -> str:
    return "。".join(part for part in ("必填" if column.required else "", column.hint) if part)


def choices(kind: Kind) -> Mapping[int, tuple[str, ...] | str]:
    """Drop-down lists by column: fixed words, or the codes that stand in another sheet of the same file."""
    found: dict[int, tuple[str, ...] | str] = {}
    for index, column in enumerate(SHEET[kind].columns):
        if column.choices:
            found[index] = column.choices
        elif len(column.points_to) == 1:
            target = column.points_to[0]
            found[index] = f"={SHEET[target].name}!$A${2 + example_rows(target)}:$A$5000"
    return found
