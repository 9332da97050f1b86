"""What is wrong with a configuration, in words for the person who wrote it: what is expected there, and an example."""

from __future__ import annotations

import difflib
import re
import tomllib
import types
from collections.abc import Mapping
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

_DURATION = '时长要加引号,写成 "90s"、"30m"、"2h"、"3d"、"2wh"(工作小时)或 "5wd"(工作日)'
# How lists are written, by the name of the setting.
_LISTS: Mapping[str, str] = {
    "trusted_proxies": '["10.0.0.2"]',
    "windows": '["08:00-12:00", "14:00-18:00"]',
    "holidays": '["2026-10-01"]',
    "workdays": '["2026-10-10"]',
    "confidential_to": '["m001"]',
    "recogniser": '["whisper", "{file}"]',
    "lexicons": '["words.toml"]',
}
# Pieces of tomllib's sentences, and what a person did who gets them; the first that fits is told.
_SYNTAX: tuple[tuple[str, str], ...] = (
    ("Expected ']' at the end of a table", "方括号 [ ] 没有关上"),
    ("Expected '='", "少了等号,要写成 名字 = 值"),
    ("Cannot overwrite", "同一个设置写了两次"),
    ("twice", "同一段或同一个设置写了两次"),
    ("Duplicate", "同一个设置写了两次"),
    ("Cannot mutate", "同一段写了两次"),
    ("Cannot redefine", "同一段写了两次"),
    ("Expected newline or end of document", '值的后面多了东西;文字要加引号,几点要写成 "18:00"'),
    ("Unescaped '\\'", "双引号里的 \\ 要写成 \\\\,或者改用单引号"),
    ("Illegal character '\\n'", "引号没有关上"),
    ("Unterminated", "引号没有关上"),
    ("Unclosed", "括号没有关上"),
    ("Expected '\"", "引号没有关上"),
    ('Expected "', "引号没有关上"),
    ("Invalid initial character", "设置的名字要用英文字母"),
    ("Invalid statement", "这一行读不懂,要写成 名字 = 值"),
    ("Invalid value", '值读不懂:文字要加英文的引号 "",开关写 true 或 false'),
    ("invalid character", "有看不见的或不能用的字符"),
    ("Illegal character", "有看不见的或不能用的字符"),
)
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def syntax_words(error: tomllib.TOMLDecodeError) -> str:
    """Where the file cannot be read as TOML, and why."""
    text = str(error)
    found = _PLACE.search(text)
    where = f"第 {found[1]} 行第 {found[2]} 个字" if found else "读到文件末尾"
    why = next((words for piece, words in _SYNTAX if piece in text), "写法不对")
    return f"{where}:{why}"


def in_words(error: Any, root: type[BaseModel]) -> str:
    """One of pydantic's errors, with the place it is found at."""
    place = _place(error["loc"])
    words = message(error, root)
    return f"{place}:{words}" if place else words


def message(error: Any, root: type[BaseModel]) -> str:
    """One of pydantic's errors, without its place. The value itself is never quoted: it may be a secret."""
    kind, loc = str(error["type"]), tuple(error["loc"])
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(loc[-1]), _names_beside(root, loc), n=1, cutoff=0.5)
        return "没有这个设置" + (f",是不是 {near[0]}?" if near else "")
    if kind == "value_error":  # our own validators say it in Chinese
        return str(error["ctx"]["error"])
    if kind in ("literal_error", "enum"):
        right = re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))
        return f"只能是 {'、'.join(right)} 其中的一个{_example(loc, f'{chr(34)}{right[0]}{chr(34)}')}"
    return _expected(kind, _field(root, loc), loc)


def _expected(kind: str, field: FieldInfo | None, loc: tuple[Any, ...]) -> str:
    if kind == "missing":
        return "少了这一项"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"要单独写成一段:先一行 [{_place(loc)}],下面每行一个设置"
    if kind in ("tuple_type", "list_type"):
        return f"要写成列表,用方括号{_example(loc, _LISTS.get(str(loc[-1]), f'[{chr(34)}…{chr(34)}]'))}"
    if kind.startswith(("int", "float", "greater", "less", "finite")):
        what = "数字" if kind.startswith(("float", "finite")) else "整数"
        is_float = field is not None and field.annotation is float
        return f"要写{'数字' if is_float else what}{_bounds(field)}{_example(loc, _default(field))}"
    if kind.startswith("bool"):
        return f"要写 true 或 false,不加引号{_example(loc, _default(field) or 'true')}"
    if kind.startswith("string"):
        return f"要写文字,加上引号{_example(loc, _default(field) or f'{chr(34)}…{chr(34)}')}"
    if kind.startswith(("time_delta", "dataclass")):
        return _DURATION
    return "写法不对"


def _example(loc: tuple[Any, ...], value: str) -> str:
    name = next((part for part in reversed(loc) if isinstance(part, str)), "")
    return f",例如 {name} = {value}" if value else ""


def _default(field: FieldInfo | None) -> str:
    """A field's own value as an example, as TOML writes it."""
    value = field.default if field else None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    return f'"{value}"' if isinstance(value, str) and value else ""


def _bounds(field: FieldInfo | None) -> str:
    found = {name: getattr(one, name) for one in (field.metadata if field else ()) for name in _signs(one)}
    if {"ge", "le"} <= found.keys():
        return f",从 {found['ge']} 到 {found['le']}"
    if "ge" in found:
        return f",最小是 {found['ge']}"
    return f",要大于 {found['gt']:g}" if "gt" in found else ""


def _signs(constraint: object) -> list[str]:
    return [name for name in ("ge", "le", "gt") if getattr(constraint, name, None) is not None]


def _place(loc: tuple[Any, ...]) -> str:
    """`ladder(第 2 项).tell`: people count from one."""
    text = "".join(f"(第 {part + 1} 项)" if isinstance(part, int) else f".{part}" for part in loc)
    return text.removeprefix(".")


def _names_beside(root: type[BaseModel], loc: tuple[Any, ...]) -> list[str]:
    """The right names at the place of a wrong one."""
    model: Any = root
    for part in loc[:-1]:
        model = _below(model, part)
    return list(_fields(model))


def _field(root: type[BaseModel], loc: tuple[Any, ...]) -> FieldInfo | None:
    model: Any = root
    for part in loc[:-1]:
        model = _below(model, part)
    return _fields(model).get(str(loc[-1])) if loc else None


def _fields(model: Any) -> dict[str, FieldInfo]:
    return {info.alias or name: info for name, info in getattr(model, "model_fields", {}).items()}


def _below(model: Any, part: object) -> Any:
    """What stands at this place of a table, a dictionary of tables or a list."""
    if fields := _fields(model):
        return fields[str(part)].annotation if str(part) in fields else None
    arguments = [one for one in get_args(model) if one not in (type(None), Ellipsis, SecretStr)]
    if get_origin(model) in (Union, types.UnionType):
        return _below(arguments[0], part)
    return arguments[-1] if arguments else None
