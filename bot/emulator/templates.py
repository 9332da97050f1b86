"""What the platform makes of a template's fields and of a menu: cut, dropped or refused (fact sheet C6, C10)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.emulator.ledger import ApiError

LIMITS = {
    "thing": 20,
    "short_thing": 5,
    "number": 32,
    "letter": 32,
    "symbol": 5,
    "character_string": 32,
    "time": 40,
    "date": 40,
    "amount": 12,
    "phone_number": 17,
    "car_number": 8,
    "name": 10,
    "phrase": 5,
    "const": 20,
}
_WIDE = re.compile(r"[^\x20-\x7e]")
BUTTON_TYPES = frozenset(
    {"click", "view", "miniprogram", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album"}
    | {"pic_weixin", "location_select", "media_id", "article_id", "article_view_limited"}
)


def field_kind(key: str) -> str:
    return key.rstrip("0123456789")


def fit_field(key: str, value: str) -> str:
    """What is left of a value on the resident's screen: one line, inside its limit; '' for an unknown field."""
    kind = field_kind(key)
    if kind not in LIMITS:
        return ""
    value = value.replace("\r", "").replace("\n", "")
    if kind == "character_string":
        value = _WIDE.sub("", value)
    limit = 20 if kind == "name" and not _WIDE.search(value) else LIMITS[kind]
    return value[:limit]


def fit_fields(data: Mapping[str, Any], known: Sequence[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What is shown, and the keys that were cut or dropped. Raises ApiError 47003 for an empty or missing one."""
    for key in known:
        if key not in data:
            raise ApiError(47003, f"argument invalid! data.{key}.value is empty")
    shown, cut = {}, []
    for key, entry in data.items():
        value = str(entry.get("value") or "") if isinstance(entry, Mapping) else ""
        if not value.strip():
            raise ApiError(47003, f"argument invalid! data.{key}.value is empty")
        fitted = fit_field(key, value) if key in known or not known else ""
        if fitted:
            shown[key] = fitted
        if fitted != value:
            cut.append(key)
    return shown, tuple(cut)


def check_menu(buttons: Any) -> None:
    """Raises ApiError for the first thing that is wrong with a menu."""
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
        raise ApiError(40016, "invalid button size")
    for button in buttons:
        _check_name(button, 16, 40018)
        below = button.get("sub_button")
        if not below:
            _check_action(button)
            continue
        if not 1 <= len(below) <= 5:
            raise ApiError(40023, "invalid sub button size")
        for leaf in below:
            _check_name(leaf, 60, 40025)
            _check_action(leaf)


def _check_name(button: Mapping[str, Any], limit: int, code: int) -> None:
    name = button.get("name")
    if not isinstance(name, str) or not 1 <= len(name.encode()) <= limit:
        raise ApiError(code, "invalid button name size")


def _check_action(button: Mapping[str, Any]) -> None:
    kind = button.get("type")
    if kind not in BUTTON_TYPES:
        raise ApiError(40017, "invalid button type")
    needs, limit, code = ("url", 1024, 40020) if kind == "view" else ("key", 128, 40019)
    if kind in {"miniprogram", "media_id", "article_id", "article_view_limited"}:
        return
    value = button.get(needs)
    if not isinstance(value, str) or not 1 <= len(value.encode()) <= limit:
        raise ApiError(code, f"invalid button {needs} size")
