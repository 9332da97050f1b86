"""From the cell of a spreadsheet, whatever its owner typed, to a value. Pure; every refusal is a sentence for him."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta

from classifiers.places.addresses import AddressError, parse_addresses
from classifiers.reader.late import late

Cell = str | float | bool | date | time | timedelta | None
_CONTROL = late(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CODE = late(r"\S{1,64}")
_SCENE = late(r"[0-9A-Za-z_-]{1,64}")
_WHOLE = late(r"\d+\.0+")
_SCIENTIFIC = late(r"\d(?:\.\d+)?[eE]\+?\d+")
_DATE = late(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]00:00(?::00)?)?")
_MOBILE = late(r"1[3-9]\d{9}")
_LANDLINE = late(r"(?:0\d{2,3}-?)?[2-9]\d{6,7}(?:-\d{1,6})?")
_BETWEEN = late(r"[、,\uff0c;\uff1b\n]+")
_EXCEL_DAYS = range(20_000, 80_000)  # 1954 to 2119 as Excel counts days
_EXCEL_START = date(1899, 12, 30)
_LONGEST = 2000


class CellError(ValueError):
    """The cell cannot be taken; the message says why and how to write it."""


def text_of(cell: Cell) -> str:
    """What a person sees in the cell: a number without Excel's `.0`, no blanks around it."""
    if cell is None:
        return ""
    if isinstance(cell, str):  # nearly every cell of a county's 120,000 rows
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell).strip()


def text(cell: Cell) -> str:
    found = text_of(cell)
    if len(found) > _LONGEST:
        raise CellError(f"太长了:最多 {_LONGEST} 个字")
    if _CONTROL.search(found):
        raise CellError("里面有看不见的控制字符,请重新输入")
    return found


def code(cell: Cell) -> str:
    """A code without blanks; full-width letters and digits are written half-width."""
    found = unicodedata.normalize("NFKC", text(cell)).strip()
    if _WHOLE.fullmatch(found):
        found = found.split(".")[0]
    if found and not _CODE.fullmatch(found):
        raise CellError(f"“{found[:70]}”不能当编码:中间不要有空格,最多 64 个字")
    return found


def scene(cell: Cell) -> str:
    """A lane's code is the scene of its QR code as well (fact sheet: scene_str)."""
    found = code(cell)
    if found and not _SCENE.fullmatch(found):
        raise CellError(f"“{found[:70]}”不能当胡同编码:只用英文字母、数字、_ 和 -,最多 64 个(二维码要用它)")
    return found


def many(cell: Cell) -> tuple[str, ...]:
    """Words between 、 , or ;, each once."""
    return tuple(dict.fromkeys(word for piece in _BETWEEN.split(text(cell)) if (word := piece.strip())))


def phone(cell: Cell) -> str:
    """A mobile or fixed line, digits only but for the dashes of a fixed line."""
    found = re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", text(cell)))
    found = found.split(".")[0] if _WHOLE.fullmatch(found) else found
    if _SCIENTIFIC.fullmatch(found):
        raise CellError("电话被表格改成了科学计数,请把这一列设成“文本”再填一次")
    digits = re.sub(r"^(?:\+|00)86-?", "", found)
    if _MOBILE.fullmatch(digits.replace("-", "")):
        return digits.replace("-", "")
    if digits and not _LANDLINE.fullmatch(digits):
        raise CellError("电话写得不对:手机是 11 位,座机写成 0312-1234567")
    return digits


def day(cell: Cell) -> date | None:
    """A day, as a date cell, Excel's number of days, or 2026-11-22, 2026/11/22, 2026年11月22日."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = unicodedata.normalize("NFKC", text_of(cell))
    if not found:
        return None
    if found.isdecimal() and int(found) in _EXCEL_DAYS:
        return _EXCEL_START + timedelta(days=int(found))
    match = _DATE.fullmatch(found)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise CellError(f"“{found}”这一天不存在") from None
    raise CellError(f"“{found[:40]}”不是日期,请写成 2026-11-22")


def needed_day(cell: Cell) -> date:
    found = day(cell)
    if found is None:
        raise CellError("不能空着,请写成 2026-11-22")
    return found


def degrees(cell: Cell, limit: float) -> float | None:
    found = unicodedata.normalize("NFKC", text_of(cell)).rstrip("°NEne")
    if not found:
        return None
    try:
        number = float(found)
    except ValueError:
        raise CellError(f"“{found[:40]}”不是数字,请写成 38.8652 这样") from None
    if not -limit <= number <= limit:  # holds for nan as well
        raise CellError(f"{found[:40]} 超出了范围 -{limit:g} 到 {limit:g};纬度和经度是不是写反了?")
    return number


def latitude(cell: Cell) -> float | None:
    return degrees(cell, 90)


def longitude(cell: Cell) -> float | None:
    return degrees(cell, 180)


def addresses(cell: Cell) -> str:
    """The 范围 as it was written, once it can be read."""
    found = text(cell)
    try:
        parse_addresses(found)
    except AddressError as error:
        raise CellError(str(error)) from None
    return found


def one_of(cell: Cell, words: Mapping[str, str]) -> str:
    """What a listed word means; both the word and its meaning are accepted."""
    found = unicodedata.normalize("NFKC", text(cell)).lower()
    if not found or found in words.values():
        return found
    if found not in words:
        raise CellError(f"没有“{found[:40]}”{nearest(found, words)};可以写:{'/'.join(words)}")
    return words[found]


def nearest(wrong: str, right: Collection[str]) -> str:
    """`,是不是“…”?`, or nothing when nothing is near."""
    close = difflib.get_close_matches(wrong, list(right), n=1, cutoff=0.5)
    return f",是不是“{close[0]}”?" if close else ""
