"""Spreadsheets on disk: what people's programs write is read, what would harm is refused, formulas stay text."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from bot import sheets
from bot.sheets import SheetError

NASTY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "'=1",
    "''=1",
    "'x",
    "https://example.com",
    "007",
    "=HYPERLINK(1)",
]


def book(path: Path, cells: dict[str, object], name: str = "单位") -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet(name)
        for where, value in cells.items():
            if isinstance(value, date):
                sheet.write_datetime(where, value, workbook.add_format({"num_format": "yyyy-mm-dd"}))
            else:
                sheet.write(where, value)
    return path


# ── .xlsx ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("sign", [";", "；", "，", "\t"])
def test_other_signs_between_the_columns_are_named(tmp_path: Path, sign: str) -> None:
    (tmp_path / "胡同.csv").write_text(sign.join(["编码", "名称", "单位"]) + "\n", encoding="utf-8")
    with pytest.raises(sheets.SheetError, match="逗号"):
        sheets.read(tmp_path / "胡同.csv")


def test_rows_keep_their_excel_numbers(tmp_path: Path) -> None:
    read = sheets.read(book(tmp_path / "a.xlsx", {"B3": "编码", "B5": 13800138000}))
    assert [list(row) for row in read["单位"]] == [["", ""], ["", ""], ["", "编码"], ["", ""], ["", 13800138000.0]]


def test_dates_come_as_dates(tmp_path: Path) -> None:
    (row,) = sheets.read(book(tmp_path / "a.xlsx", {"A1": datetime(2026, 11, 22)}))["单位"]  # noqa: DTZ001 - a cell has no zone
    assert row == [date(2026, 11, 22)]


def test_text_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sheets.write_xlsx(path, {"表": [["词"], *([word] for word in NASTY)]})
    with zipfile.ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"<hyperlink" not in sheet
    assert [row[0] for row in sheets.read(path)["表"]][1:] == NASTY


def test_a_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    sheets.write_xlsx(tmp_path / "a.xlsx", {"表": [["词"]]})
    sheets.write_csv(tmp_path / "a.csv", [["词"]])
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_a_painted_far_corner_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("单位")
        sheet.write("A1", "编码")
        sheet.write_blank("XFD1048576", None, workbook.add_format({"bold": True}))
    assert sheets.read(path) == {"单位": [["编码"]]}


@pytest.mark.parametrize(("where", "word"), [("XFD1", "列"), ("A1048576", "行")])
def test_a_stray_cell_far_away_is_refused(tmp_path: Path, where: str, word: str) -> None:
    with pytest.raises(SheetError, match=word):
        sheets.read(book(tmp_path / "a.xlsx", {"A1": "编码", where: "x"}))


def test_too_many_sheets(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for _ in range(31):
            workbook.add_worksheet()
    with pytest.raises(SheetError, match="最多 30 张"):
        sheets.read(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts, parts.open("xl/worksheets/sheet1.xml", "w") as part:
        for _ in range(sheets.MOST_UNPACKED // 2**22 + 1):
            part.write(bytes(2**22))
    with pytest.raises(SheetError, match="解开以后太大"):
        sheets.read(path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 an old or locked file"])
def test_what_is_no_xlsx_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with pytest.raises(SheetError, match="打不开"):
        sheets.read(path)


def test_a_zip_that_is_no_book_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("readme.txt", "x")
    with pytest.raises(SheetError, match="打不开"):
        sheets.read_xlsx(out.getvalue(), "a.xlsx")


# ── .csv ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_every_encoding_people_save(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "单位.csv").write_bytes("编码,名称\nv,示例村\n".encode(encoding))
    assert sheets.read(tmp_path / "单位.csv") == {"单位": [["编码", "名称"], ["v", "示例村"]]}


def test_a_folder_of_csv(tmp_path: Path) -> None:
    sheets.write_folder(tmp_path / "名册", {"单位": [["编码"], ["v"]], "胡同": [["编码"]]})
    (tmp_path / "名册" / "readme.txt").write_text("x")
    assert sheets.read(tmp_path / "名册") == {"单位": [["编码"], ["v"]], "胡同": [["编码"]]}


def test_formulas_are_disarmed_in_csv_and_come_back(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    sheets.write_csv(path, [[word] for word in NASTY])
    cells = sheets.csv_text([[word] for word in NASTY])
    assert all(not line.strip('"').startswith(("=", "+", "-", "@", "\t", "\r")) for line in cells.split("\r\n"))
    assert [row[0] for row in sheets.read(path)["表"]] == NASTY


def test_numbers_are_not_disarmed() -> None:
    assert sheets.csv_text([[-1.5, None, True, date(2026, 11, 22)]]) == "-1.5,,True,2026-11-22\r\n"


def test_limits_of_size_and_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x" * (sheets.MOST_BYTES + 1))
    with pytest.raises(SheetError, match="10 MB"):
        sheets.read(tmp_path / "a.csv")
    with pytest.raises(SheetError, match="10 MB"):
        sheets.read(tmp_path)
    (tmp_path / "b.csv").write_bytes(b"x\n" * (sheets.MOST_ROWS + 1))
    with pytest.raises(SheetError, match="最多 200000 行"):
        sheets.read(tmp_path / "b.csv")


@pytest.mark.parametrize(("name", "word"), [("a.xls", "另存为"), ("a.doc", "不是"), ("none.xlsx", "没有找到")])
def test_other_files_are_refused(tmp_path: Path, name: str, word: str) -> None:
    if not name.startswith("none"):
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(SheetError, match=word):
        sheets.read(tmp_path / name)


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="写不了"):
        sheets.write_csv(tmp_path / "none" / "a.csv", [["x"]])
