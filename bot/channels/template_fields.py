"""The fields of template messages: every kind has its limit, and a value beyond it is dropped or refused (C6)."""

from __future__ import annotations

import re
from collections.abc import Callable

_NUMBERED = re.compile(r"\d+$")
_SPACE = re.compile(r"\s+")
_CJK = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def fit_field(key: str, value: str) -> str:
    """`value` as a field named `key` (its kind and a number: thing3) can carry it; never empty (47003)."""
    kind = _NUMBERED.sub("", key)
    fit, empty = _KINDS.get(kind, _KINDS["thing"])
    return fit(_SPACE.sub(" ", value).strip()) or empty


def _at_most(limit: int) -> Callable[[str], str]:
    """Cut with an ellipsis inside the limit, counted in code points."""

    def fit(value: str) -> str:
        return value if len(value) <= limit else value[: limit - 1] + "…"

    return fit


def _only(pattern: str, limit: int) -> Callable[[str], str]:
    """Leave out what the kind does not allow, then cut; an ellipsis would not be allowed either."""
    foreign = re.compile(pattern)

    def fit(value: str) -> str:
        return foreign.sub("", value)[:limit].strip()

    return fit


def _name(value: str) -> str:
    """Ten characters with Chinese in it, else twenty letters."""
    return value[: 10 if _CJK.search(value) else 20].strip()


# kind → how to make it fit, what to write when nothing is left
_KINDS: dict[str, tuple[Callable[[str], str], str]] = {
    "thing": (_at_most(20), "无"),
    "short_thing": (_at_most(5), "无"),
    "number": (_only(r"[^0-9.]", 32), "0"),
    "letter": (_only(r"[^A-Za-z]", 32), "N"),
    "symbol": (_only(r"[\w\s]", 5), "-"),
    "character_string": (_only(r"[^\x21-\x7e]", 32), "-"),
    "time": (str, "-"),
    "date": (str, "-"),
    "amount": (str, "0元"),
    "phone_number": (_only(r"[^0-9+\-()]", 17), "-"),
    "car_number": (_only(r"\s", 8), "-"),
    "name": (_name, "居民"),
    "phrase": (_only(r"[^\u3400-\u9fff]", 5), "无"),
    "const": (str, "无"),
}
