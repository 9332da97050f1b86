"""All but some: 除了15都好了, 15以外都接, 就15没好 别的都好了. What is left out must never be what is done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classifiers.reader.late import late

_NUMBER = r"#?\d{1,7}(?!\d)号?"  # with its end, or a long row of digits could be cut up in endless ways
_NUMBERS = rf"(?P<but>{_NUMBER}(?:[和跟、,，\s]*{_NUMBER})*)"
_OTHERS = r"[,，\s]*(?:其他|其余|别的|剩下|那些?)?的?"
_ALL = r"(?P<rest>(?:我|俺)?(?:都|全|统统).+)"
_ALL_BUT = (
    late(rf"^除了?{_NUMBERS}(?:以外|之外|外)?{_OTHERS}{_ALL}$"),
    late(rf"^{_NUMBERS}(?:以外|之外|除外){_OTHERS}{_ALL}$"),
    late(
        rf"^(?:就剩|还剩|就差|就|只有|只剩下?){_NUMBERS}(?P<not>(?:还)?没[^,，]{{1,6}})[,，\s]+(?:其他|其余|别的|剩下)的?{_ALL}$"
    ),
)
# 361给王立新 其他两个我接: what is said first is of some, and the others are all that are left.
_THE_OTHERS = late(
    rf"^(?P<first>{_NUMBERS}[^\d,。]*?)[,，\s]+(?:其他|其余|剩下|剩|另外|别)的?(?:(?P<count>[两俩三仨四五])|那?几)?[个件单]?(?P<rest>(?:都|全|我|俺).+)$"
)
_COUNTS = {"两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5}


def without_exceptions(text: str, numbers: Sequence[int]) -> str:
    """The same said of those that are meant: of 12, 15 and 18 除了15都好了 is 12、18都好了.

    The same text when nothing is left out, or nothing is left. Never raises.
    """
    match = next((found for pattern in _ALL_BUT if (found := pattern.match(text))), None)
    if match is None:
        others = _THE_OTHERS.match(text)
        return _with_the_others(others, numbers) if others else text
    but = [int(number) for number in re.findall(r"\d{1,7}", match["but"])]
    left = [number for number in numbers if number not in but]
    if not left:
        return text
    not_yet = match.groupdict().get("not")
    rest = "、".join(map(str, left)) + match["rest"].lstrip("我俺")
    return f"{rest},{'、'.join(map(str, but))}{not_yet}" if not_yet else rest


def _with_the_others(match: re.Match[str], numbers: Sequence[int]) -> str:
    """The same text where they are not as many as he says."""
    first = [int(number) for number in re.findall(r"\d{1,7}", match["but"])]
    left = [number for number in numbers if number not in first]
    if not left or (match["count"] and _COUNTS[match["count"]] != len(left)):
        return match.string
    return f"{match['first']},{'、'.join(map(str, left))}{match['rest']}"
