"""The places of what is over: 去年南巷摔过,今天东胡同又摔了 is told of the 东胡同, 以前住南巷,现在住东胡同 likewise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from classifiers.places.hits import Hit, clause_end, clause_start
from classifiers.reader.late import late

_LONG_AGO: Final = (
    r"大?[去前]年|往年|早年|上一?次|上一?回|以前|从前|早先|原先|先前|原来(?!是)|过去(?=[住在是叫])|前[几些]年|小时候"
    r"|(?<![\u4e00-\u9fff])之前"
)
_LATELY: Final = r"昨[天儿晚日]|前天|前[几两些]天|前阵子|前段时间|头几天|上个?(?:月|周|星期|礼拜)"
_NOW: Final = (
    r"(?<![到至])(?:今[天儿早晚晨年]|现在|现(?=[住家])|后来(?=[住搬在家])|这一?次|这一?回|如今|眼下|目前|这会儿|这[几两]天"
    r"|刚[刚才])|搬[到来至进]了?"
)
_TIMES = late(rf"(?P<ago>{_LONG_AGO})|(?P<lately>{_LATELY})|(?P<now>{_NOW})")
_SETTLED = late(r"过(?![道路年节来去])|[好完]了|修了|[解处][决理]了|住")
_PENDING = late(r"[还没未](?:没|有?[修好人管弄来通解处])|不[管修]|一直|仍|至今|到现在|照样")
_LIVED = late(r"住[过在]?$")
_TOO = late(r"[也都]|同样|照样")
_SOMEBODY = late(r"的(?:人|车|狗|孩子|小孩|邻居|那家|住户)")


def not_over(key: str, hits: list[Hit]) -> list[Hit]:
    """Without the places of what is over, if it is told where it is now."""
    marks = list(_TIMES.finditer(key)) if len(hits) > 1 else []
    if not any(mark["now"] for mark in marks) or all(mark["now"] for mark in marks):
        return hits
    told = {hit: _time_of(key, hit, marks) for hit in hits}
    here = [hit for hit, mark in told.items() if mark and mark["now"] and not _SOMEBODY.match(key, hit.end)]
    if not here or any(_TOO.search(key, hit.end, clause_end(key, hit.end)) for hit in here):
        return hits
    over = {hit for hit, mark in told.items() if mark and not mark["now"] and _is_over(key, hit, mark)}
    return [hit for hit in hits if hit not in over or (hit.is_unit and not _is_left(key, hit, here))]


def is_bygone(key: str, hit: Hit) -> bool:
    """Whether its own clause tells that it is over, so that no word for now is needed: 上次南巷的来修过."""
    first = clause_start(key, hit.start)
    marks = [mark for mark in _TIMES.finditer(key, first, hit.start) if not mark["now"]]
    if not marks or not _SETTLED.search(key, hit.end, clause_end(key, hit.end)):
        return False
    return _is_over(key, hit, marks[-1])


def _is_left(key: str, village: Hit, here: Sequence[Hit]) -> bool:
    """A village of then is that of now as well, unless another is named or somebody only used to live there."""
    elsewhere = any(hit.is_unit or not hit.lanes & village.lanes for hit in here)
    return elsewhere or bool(_LIVED.search(key[: village.start]))


def _time_of(key: str, hit: Hit, marks: Iterable[re.Match[str]]) -> re.Match[str] | None:
    """The word of time before a place, or behind it in its clause; before it in the sentence, where there is none."""
    first, last = clause_start(key, hit.start), clause_end(key, hit.end)
    before = [mark for mark in marks if mark.end() <= hit.start]
    behind = [mark for mark in marks if hit.end <= mark.start() < last]
    if before and before[-1].start() >= first:
        return before[-1]
    return behind[0] if behind else before[-1] if before else None


def _is_over(key: str, hit: Hit, mark: re.Match[str]) -> bool:
    """What was yesterday is over only if that is told; what was a year ago, unless it is told that it is not."""
    first, last = min(mark.start(), hit.start), clause_end(key, max(mark.end(), hit.end))
    later = next((now.start() for now in _TIMES.finditer(key, max(mark.end(), hit.end)) if now["now"]), last)
    if _PENDING.search(key, first, later):
        return False
    return bool(mark["ago"] or _SETTLED.search(key, first, last))
