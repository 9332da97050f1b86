"""Tables on disk: reads .xlsx, .csv and folders of .csv, writes .xlsx, .csv and .jsonl; knows nothing of their meaning.

Limits keep a hostile or broken file from eating the machine: a .xlsx is a zip, and one stray cell at XFD1048576 makes a
reader allocate the whole rectangle. So the size, the unpacked size and the corner of each sheet are looked at first.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

from bot.reasons import reason

Cell = str | float | bool | date | time | timedelta | None  # an int is a float, a datetime is a date
Rows = Sequence[Sequence[Cell]]
Sheets = Mapping[str, Rows]  # by the name of the sheet; the first row stands first, so row i is Excel's row i + 1

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 200_000  # of all sheets together
MOST_COLUMNS = 52
MOST_SHEETS = 30
_WORKSHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$")
# A cell with something in it; `<c r="B7" s="3"/>` is only painted.
_FILLED = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*(?<!/)>')
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


class SheetError(Exception):
    """The file cannot be read or written; the message is for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a sheet of a template looks beyond its rows.

    `notes` hang on the headers; `choices` are drop-down lists by column: the words, or a reference like
    `=单位!$A$2:$A$999`. `examples` counts the rows under the header that are only shown.
    """

    notes: tuple[str, ...] = ()
    choices: Mapping[int, tuple[str, ...] | str] = field(default_factory=dict)
    examples: int = 0


# ── reading ──────────────────────────────────────────────────────────────────────────────────────


def read(path: Path) -> dict[str, Rows]:
    """The sheets of a .xlsx, a .csv (named after the file) or a folder of .csv files. Raises SheetError."""
    if path.is_dir():
        return _read_folder(path)
    if not path.is_file():
        raise SheetError(f"没有找到文件 {path}")
    if path.stat().st_size > MOST_BYTES:
        raise SheetError(f"{path.name} 太大了:一个文件最多 {MOST_BYTES // 1024 // 1024} MB")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SheetError(f"读不了 {path.name}:{reason(error)}") from None
    return _checked(_read_one(path, data))


def _read_one(path: Path, data: bytes) -> dict[str, Rows]:
    kind = path.suffix.lower()
    if kind == ".csv":
        return {path.stem: read_csv(data, path.name)}
    if kind in (".xlsx", ".xlsm"):
        return read_xlsx(data, path.name)
    if kind in (".xls", ".et"):
        raise SheetError(f"{path.name} 是旧格式,请在 Excel 或 WPS 里另存为 .xlsx")
    raise SheetError(f"{path.name} 不是 .xlsx 或 .csv 文件")


def _read_folder(path: Path) -> dict[str, Rows]:
    files = sorted(file for file in path.iterdir() if file.suffix.lower() == ".csv" and file.is_file())
    if not files:
        raise SheetError(f"{path} 里没有 .csv 文件")
    if sum(file.stat().st_size for file in files) > MOST_BYTES:
        raise SheetError(f"{path} 里的文件太大了:一共最多 {MOST_BYTES // 1024 // 1024} MB")
    return _checked({file.stem: read_csv(file.read_bytes(), file.name) for file in files})


def _checked(sheets: dict[str, Rows]) -> dict[str, Rows]:
    if len(sheets) > MOST_SHEETS:
        raise SheetError(f"表太多了:最多 {MOST_SHEETS} 张")
    if sum(len(rows) for rows in sheets.values()) > MOST_ROWS:
        raise SheetError(f"行太多了:一次最多 {MOST_ROWS} 行,请分几次导入")
    return sheets


def read_csv(data: bytes, name: str) -> list[list[Cell]]:
    """The rows of a .csv in UTF-8, or in GB18030 as Excel in China saves it."""
    try:
        reader = csv.reader(io.StringIO(_decoded(data, name), newline=""), strict=False)
        rows: list[list[Cell]] = [[_unguarded(cell) for cell in row] for row in reader]
    except csv.Error:
        raise SheetError(f"{name} 不是正确的 .csv,请用表格软件另存为“CSV UTF-8”") from None
    header = next((row for row in rows if any(row)), [])
    if len(header) == 1 and re.search(r"[;\uff1b\uff0c\t]", str(header[0])):
        raise SheetError(f"{name} 的各栏要用英文逗号隔开,请用表格软件另存为“CSV UTF-8(逗号分隔)”")
    return rows


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError(f"{name} 的文字编码读不懂,请另存为“CSV UTF-8”")


def read_xlsx(data: bytes, name: str) -> dict[str, Rows]:
    """The visible and hidden worksheets of a .xlsx, rows counted from Excel's first."""
    # Loaded here: exports and other commands start without it.
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    _check_zip(data, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
        if len(names) > MOST_SHEETS:
            raise SheetError(f"表太多了:最多 {MOST_SHEETS} 张")
        return {sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for sheet in names}
    except (CalamineError, ValueError, OSError) as error:
        raise SheetError(f"{name} 打不开:它不是正确的 .xlsx,或者加了密码") from error


def _check_zip(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if sum(part.file_size for part in book.infolist()) > MOST_UNPACKED:
                raise SheetError(f"{name} 解开以后太大了")
            for part in book.infolist():
                if _WORKSHEET.match(part.filename):
                    _check_corner(book.read(part), name)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise SheetError(f"{name} 打不开:它不是正确的 .xlsx,或者加了密码") from error


def _check_corner(xml: bytes, name: str) -> None:
    last_row = last_column = 0
    for letters, digits in _FILLED.findall(xml):
        last_row = max(last_row, int(digits))
        last_column = max(last_column, _column_number(letters))
    if last_row > MOST_ROWS:
        raise SheetError(f"{name} 里第 {last_row} 行还有内容:一次最多 {MOST_ROWS} 行")
    if last_column > MOST_COLUMNS:
        raise SheetError(f"{name} 里第 {last_column} 列还有内容:一张表最多 {MOST_COLUMNS} 列")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


# ── writing ──────────────────────────────────────────────────────────────────────────────────────


def write_xlsx(path: Path, sheets: Sheets, forms: Mapping[str, Form] | None = None) -> None:
    """Write the sheets with a bold, frozen first row. Text stays text: no formula, link or number is made of it."""
    import xlsxwriter

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with _create(path) as file, xlsxwriter.Workbook(file, {**plain, "in_memory": True}) as book:
        looks = _looks(book)
        for name, rows in sheets.items():
            form = (forms or {}).get(name, Form())
            _write_sheet(book.add_worksheet(name), rows, form, looks)


def _looks(book: Any) -> dict[str, Any]:
    """`@` is Excel's text format: a code 007 or a phone typed later keeps its digits."""
    return {
        "header": book.add_format({"bold": True, "bg_color": "#F3E9DC", "bottom": 1, "num_format": "@"}),
        "text": book.add_format({"num_format": "@"}),
        "example": book.add_format({"italic": True, "font_color": "#888888", "num_format": "@"}),
    }


def _write_sheet(sheet: Any, rows: Rows, form: Form, looks: Mapping[str, Any]) -> None:
    widths = [_width(rows, column) for column in range(len(rows[0]) if rows else 0)]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, looks["text"])
    for index, row in enumerate(rows):
        look = looks["header"] if index == 0 else looks["example"] if index <= form.examples else looks["text"]
        for column, cell in enumerate(row):
            _write_cell(sheet, index, column, cell, look)
    sheet.freeze_panes(1, 0)
    _dress(sheet, form)


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, look: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        sheet.write_string(row, column, _plain(cell), look)
    else:
        sheet.write_number(row, column, cell)


def _dress(sheet: Any, form: Form) -> None:
    for column, note in enumerate(form.notes):
        if note:
            sheet.write_comment(0, column, note, {"x_scale": 2})
    for column, choices in form.choices.items():
        source = choices if isinstance(choices, str) else list(choices)
        # A reference only helps: codes that stand in the database already are right as well.
        strict = not isinstance(choices, str)
        rule = {"validate": "list", "source": source, "error_type": "stop" if strict else "warning"}
        sheet.data_validation(1 + form.examples, column, 5000, column, rule)


def _width(rows: Rows, column: int) -> float:
    longest = max((len(_plain(row[column])) for row in rows[:200] if column < len(row)), default=0)
    return min(12.0 + 1.2 * longest, 48.0)


def write_csv(path: Path, rows: Rows) -> None:
    """Write one sheet as UTF-8 with the mark by which Excel knows it."""
    with _create(path) as file:
        file.write(b"\xef\xbb\xbf" + csv_text(rows).encode())


def csv_text(rows: Rows) -> str:
    """The rows as .csv; a text that a spreadsheet would run as a formula gets a leading apostrophe."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[_guarded(cell) for cell in row] for row in rows])
    return out.getvalue()


def write_folder(path: Path, sheets: Sheets) -> None:
    """One .csv a sheet, named after it."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SheetError(f"建不了文件夹 {path}:{reason(error)}") from None
    for name, rows in sheets.items():
        write_csv(path / f"{name}.csv", rows)


def jsonl_text(objects: Iterable[Mapping[str, Any]]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(one, ensure_ascii=False, default=str) + "\n" for one in objects)


def write_text(path: Path, text: str) -> None:
    with _create(path) as file:
        file.write(text.encode())


def _create(path: Path) -> IO[bytes]:
    """A file its owner alone can read: what is written holds names and phones."""
    try:
        path.touch(mode=0o600)
        return path.open("wb")
    except OSError as error:
        raise SheetError(f"写不了 {path}:{reason(error)}") from None


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, datetime | date | time) else str(cell)


def _guarded(cell: Cell) -> str:
    if isinstance(cell, str) and (cell.startswith(_FORMULA_STARTS) or _GUARDED.match(cell)):
        return "'" + cell
    return _plain(cell)


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell
