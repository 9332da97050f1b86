"""Words on their way to WeChat: cut to a byte limit without hurting a link, and answers that can be tapped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote

PASSIVE_LIMIT = 2000  # bytes; the platform says 2048, reports say less (fact sheet A6)

_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL | re.IGNORECASE)
_SENTENCE_END = re.compile(r"[。！？!?；;…](?=[^。！？!?；;…])")
_ZERO_WIDTH_JOINER = "\u200d"
_LONGEST_CLUSTER = 16  # code points one visible character is granted; more is somebody playing
_BRACKETS = str.maketrans("<>", "＜＞")


def fit_text(text: str, limit: int = PASSIVE_LIMIT) -> tuple[str, str]:
    """Split into what fits in `limit` UTF-8 bytes and the rest ("" if all fits).

    Cuts after a line or a sentence where one ends in the second half, never inside `<a …>…</a>` nor inside a
    character as people see it. A single link longer than the limit loses its markup and keeps its label.
    """
    if len(text) * 4 <= limit or _size(text) <= limit:
        return text, ""
    spans = [match.span() for match in _LINK.finditer(text)]
    furthest = _outside(spans, _whole_character(text, _chars_within(text, limit)))
    if furthest == 0:
        without_markup = _LINK.sub(r"\1", text)
        if without_markup != text:
            return fit_text(without_markup, limit)
        furthest = max(1, _chars_within(text, limit))
    cut = _kind_cut(text, spans, furthest)
    return text[:cut].rstrip("\n"), text[cut:].lstrip("\n")


def tap_link(label: str, content: str, menu_id: str) -> str:
    """A link that sends `content` as the resident's own message when tapped (fact sheet A7)."""
    href = f"weixin://bizmsgmenu?msgmenucontent={quote(content, safe='')}&msgmenuid={quote(menu_id, safe='')}"
    return f'<a href="{href}">{label.translate(_BRACKETS)}</a>'


def with_options(text: str, options: Sequence[tuple[str, str]], menu_id: str) -> str:
    """The text, then one tappable answer (label, what the tap sends) a line."""
    return "\n".join([text, *(tap_link(label, content, menu_id) for label, content in options)])


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _chars_within(text: str, limit: int) -> int:
    return len(text.encode("utf-8", "replace")[:limit].decode("utf-8", "ignore"))


def _whole_character(text: str, cut: int) -> int:
    """Step back out of an emoji sequence or an accented letter."""
    for back in range(min(cut, _LONGEST_CLUSTER)):
        if not _joined(text, cut - back):
            return cut - back
    return cut


def _joined(text: str, cut: int) -> bool:
    if not 0 < cut < len(text):
        return False
    after = text[cut]
    return (
        text[cut - 1] == _ZERO_WIDTH_JOINER
        or after in "\u200d\ufe0e\ufe0f\u20e3"
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or unicodedata.combining(after) > 0
    )


def _outside(spans: Sequence[tuple[int, int]], cut: int) -> int:
    return next((start for start, end in spans if start < cut < end), cut)


def _kind_cut(text: str, spans: Sequence[tuple[int, int]], furthest: int) -> int:
    """The last end of a line, else of a sentence, in the second half before `furthest`; else `furthest`."""
    half = furthest // 2
    lines = text.rfind("\n", half, furthest)
    if lines > 0 and _outside(spans, lines) == lines:
        return lines
    ends = [match.end() for match in _SENTENCE_END.finditer(text, half, furthest)]
    return next((end for end in reversed(ends) if _outside(spans, end) == end), furthest)
