"""Which of the places that a text names is meant: what is denied, taken back, over, or told for background, is not.

| said | meant |
|---|---|
| 不是南巷,是东胡同; 从南巷搬走了,东胡同没水 | 东胡同 |
| 不是柳树屯,是东关的后街; 后街,不是柳树屯的 | the 后街 of 东关; any but that of 柳树屯 |
| 中心街5号,不对,是炮台街5号 | 炮台街5号 |
| 炮台街17号,打错了,18号; 炮台街不是17号,是18号 | 炮台街18号 |
| 去年南巷摔过,今天东胡同又摔了 | 东胡同 |
| 昨天南巷灯坏了,今天东胡同也坏了 | both: they are asked about |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

_NOT_THERE = re.compile(r"(?:不是|不在|并非|不属于|(?<![受忍挡])不住|没住)(?:在|我们|俺们|咱们)?$")
_LEFT = re.compile(r"^的?(?:\d+号(?:楼|院)?)?(?:那边|那儿|那里)?(?:搬(?:走|出|到|去|来|家|过来)|不住了)")
_OWN_HOME = re.compile(r"(?:我们?|俺们?|咱们?|本人)(?:家|就)?(?:是|住在?|家?在)$")
_BESIDE = re.compile(r"^的?(?:旁|隔壁|对|往[东西南北][边走]?|[东西南北]边)的")
# 不是柳树屯的,… tells where it is not; 不是柳树屯的车 tells whose car it is not.
_OF_A_VILLAGE = r"村?的?(?:[那这](?:[个条边]|儿|里))?的?"
_CLOSED = re.compile(rf"{_OF_A_VILLAGE}(?:[^\u4e00-\u9fff\da-z]|$|而是)")
_JOINED = re.compile(_OF_A_VILLAGE)

# Spaces are gone from a key, so a slip stands behind a sign that is no word, or behind the end of a place.
_SLIP: Final = (
    r"(?:(?<![\u4e00-\u9fff])|(?<=[号楼元室户排栋幢座街巷路同里苑园院场屯村庄]))"
    r"(?:(?:[哦噢啊呃哎唉诶欸呀哟我]|不好意思|对不起|抱歉|刚[才刚]|上面)[,.。…!]{0,3}){0,3}"
    r"(?:(?<!对)(?:不对,?){1,3}|不是(?=[,.。…!])|[说打写发弄搞记输报填][错岔]|口误|手误|更正|纠正|(?<=[哦噢啊呃])不(?=,))"
    r"(?:一下)?[了啦啊呀哦的]{0,2}[,.。…!:;~]{0,3}(?:不好意思[,.。!]?)?(?:应该|其实|我?说的)?(?:是|在|住)?"
)
_TAKEN_BACK = re.compile(_SLIP)
_MOST_BETWEEN = 4  # 不对,是俺们那个东胡同
_KIND: Final = r"(?:号楼|号院|单元|[号楼栋幢座排门室户#-])"
_NO_DOOR: Final = r"(?![\d点分时天年月日个次块元盏]|:\d)"
_NUMBERS: Final = rf"\d{{1,5}}{_NO_DOOR}(?:{_KIND}\d{{0,4}}){{0,5}}+"
_CORRECTED = re.compile(
    rf"(?<!\d)(?P<said>{_NUMBERS})[^\d,.。…!;]{{0,8}}[,.。…!;]{{0,3}}{_SLIP}"
    rf"(?P<right>(?P<number>\d{{1,5}}){_NO_DOOR}(?P<kind>{_KIND}?)(?P<more>\d?)(?(kind)|(?:[^\u4e00-\u9fff\da-z]|$)))"
)
_DENIED_NUMBER = re.compile(rf"不是{_NUMBERS}(?:那边)?的?[,.。]?(?:而是|是)(?=\d{{1,5}}{_KIND})")
_UNIT_SAID = re.compile(r"\d{1,2}(?:单元|门).*$")
_LAST_NUMBER = re.compile(r"(?<=[^\d])\d{1,5}(?:号|室|户)?$")

_LONG_AGO: Final = (
    r"大?[去前]年|往年|早年|上一?次|上一?回|以前|从前|早先|原先|原来(?!是)|过去(?=[住在是叫])|前[几些]年|小时候"
    r"|(?<![\u4e00-\u9fff])之前"
)
_LATELY: Final = r"昨[天儿晚日]|前天|前[几两些]天|前阵子|前段时间|头几天|上个?(?:月|周|星期|礼拜)"
_NOW: Final = (
    r"(?<![到至])(?:今[天儿早晚晨年]|现在|这一?次|这一?回|如今|眼下|目前|这会儿|这[几两]天|刚[刚才])|搬[到来至进]了?"
)
_TIMES = re.compile(rf"(?P<ago>{_LONG_AGO})|(?P<lately>{_LATELY})|(?P<now>{_NOW})")
_SETTLED = re.compile(r"过(?![道路年节来去])|[好完]了|修了|[解处][决理]了|住")
_PENDING = re.compile(r"[还没未](?:没|有?[修好人管弄来通解处])|不[管修]|一直|仍|至今|到现在|照样")
_LIVED = re.compile(r"住[过在]?$")
_TOO = re.compile(r"[也都]|同样|照样")
_SOMEBODY = re.compile(r"的(?:人|车|狗|孩子|小孩|邻居|那家|住户)")
_CLAUSE_ENDS = re.compile(r"[,.。…!;?、]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in the text, from `start` to `end` of its key, with the lanes that it can mean here."""

    text: str
    start: int
    end: int
    lanes: frozenset[str]
    is_unit: bool = False
    is_household: bool = False
    is_doubtful: bool = False  # a door that nobody holds
    is_several: bool = False  # two doors of two lanes, or a lane with another's building


def meant(key: str, hits: Sequence[Hit]) -> list[Hit]:
    """Without the names that only tell where it is not, where it was, or whence somebody speaks."""
    if not hits:
        return []
    if len(hits) == 1:
        return [hit for hit in hits if hit.is_unit or not _NOT_THERE.search(key[: hit.start])]
    denied = {hit for hit in hits if _NOT_THERE.search(key[: hit.start])}
    there = _outside(key, hits, denied) if denied else list(hits)
    if sum(not hit.is_unit for hit in there) < 2 and not any(hit.is_unit for hit in there):
        return there
    there = _not_over(key, _not_taken_back(key, there))
    if sum(not hit.is_unit for hit in there) < 2:
        return there
    others = [hit for hit in there if hit.is_unit or not _is_background(key, hit)]
    return others if any(not hit.is_unit for hit in others) else there


def numbers_taken_back(key: str) -> tuple[int, int] | None:
    """What to leave out, so that the right number stands where the wrong one stood: of 17号,不对,18号 all but 18号."""
    if not _may_be_slip(key):
        return None
    if match := _CORRECTED.search(key):
        return match.start("said") + _kept(match["said"], match), match.start("right")
    if match := _DENIED_NUMBER.search(key):
        return match.span()
    return None


def _may_be_slip(key: str) -> bool:
    """Quick to say no: each message is asked, and few take anything back."""
    return (
        "不对" in key or "不是" in key or "错" in key or "不," in key or "误" in key or "更正" in key or "纠正" in key
    )


def _kept(said: str, match: re.Match[str]) -> int:
    """How much of the wrong numbers still holds: of 4号楼2单元,不对,3单元 the building, of 4-2-301,不对,302 both."""
    if match["kind"] in ("单元", "门"):
        unit = _UNIT_SAID.search(said)
        return unit.start() if unit else len(said)
    if match["kind"] in ("", "号", "室", "户") and not match["more"] and (last := _LAST_NUMBER.search(said)):
        return last.start()
    return 0


# ── denied ──


def _outside(key: str, hits: Sequence[Hit], denied: set[Hit]) -> list[Hit]:
    """Without what is denied; of namesakes those that do not lie in a village denied."""
    villages = [hit for hit in hits if hit in denied and hit.is_unit]
    inside = frozenset[str]().union(*(hit.lanes for hit in villages if _is_where(key, hit, hits)))
    told = [hit for hit in hits if hit not in denied]
    named = [hit for hit in told if not hit.is_unit]
    # 不是柳树屯的磨坊巷,是豆腐巷: the lane is denied with its village, if another is named.
    gone = {hit for hit in named if hit.lanes <= inside and any(_follows(key, one, hit) for one in villages)}
    if 0 < len(gone) < len(named):
        told = [hit for hit in told if hit not in gone]
    kept = [replace(hit, lanes=(hit.lanes - inside) or hit.lanes) if not hit.is_unit else hit for hit in told]
    return kept if kept or not villages else villages


def _is_where(key: str, village: Hit, hits: Sequence[Hit]) -> bool:
    """Whether it is denied that it is there, and not that somebody is from there."""
    return bool(_CLOSED.match(key, village.end)) or any(_follows(key, village, hit) for hit in hits)


def _follows(key: str, village: Hit, hit: Hit) -> bool:
    return hit.start >= village.end and bool(_JOINED.fullmatch(key, village.end, hit.start))


# ── taken back ──


def _not_taken_back(key: str, hits: list[Hit]) -> list[Hit]:
    """Without the lane, and the village, that a slip of the tongue named before the right one."""
    if not _may_be_slip(key):
        return hits
    for slip in _TAKEN_BACK.finditer(key):
        before = [hit for hit in hits if hit.end <= slip.start()]
        after = [hit for hit in hits if hit.start >= slip.end()]
        if before and after and min(hit.start for hit in after) - slip.end() <= _MOST_BETWEEN:
            hits = [*_still_said(before, after), *after]
    return hits


def _still_said(before: Sequence[Hit], after: Sequence[Hit]) -> list[Hit]:
    """柳树屯后街,不对,东关: the 后街 stays, the village goes; 东关后街,不对,学堂巷: the village stays."""
    first = min(after, key=lambda hit: hit.start)
    is_lane = not first.is_unit or any(not hit.is_unit and hit.start - first.end <= _MOST_BETWEEN for hit in after)
    lane = max((hit for hit in before if not hit.is_unit), key=lambda hit: hit.end, default=None)
    lanes = frozenset[str]().union(*(hit.lanes for hit in after if not hit.is_unit))
    is_village = first.is_unit or all(lanes and not lanes & hit.lanes for hit in before if hit.is_unit)
    return [hit for hit in before if not ((is_village and hit.is_unit) or (is_lane and hit is lane))]


# ── over ──


def _not_over(key: str, hits: list[Hit]) -> list[Hit]:
    """Without the places of what is over, if it is told where it is now."""
    marks = list(_TIMES.finditer(key)) if len(hits) > 1 else []
    if not any(mark["now"] for mark in marks) or all(mark["now"] for mark in marks):
        return hits
    told = {hit: _time_of(key, hit, marks) for hit in hits}
    here = [hit for hit, mark in told.items() if mark and mark["now"] and not _SOMEBODY.match(key, hit.end)]
    if not here or any(_TOO.search(key, hit.end, _clause_end(key, hit.end)) for hit in here):
        return hits
    over = {hit for hit, mark in told.items() if mark and not mark["now"] and _is_over(key, hit, mark)}
    return [hit for hit in hits if hit not in over or (hit.is_unit and not _is_left(key, hit, here))]


def _is_left(key: str, village: Hit, here: Sequence[Hit]) -> bool:
    """A village of then is that of now as well, unless another is named or somebody only used to live there."""
    elsewhere = any(hit.is_unit or not hit.lanes & village.lanes for hit in here)
    return elsewhere or bool(_LIVED.search(key[: village.start]))


def _time_of(key: str, hit: Hit, marks: Iterable[re.Match[str]]) -> re.Match[str] | None:
    """The word of time before a place, or behind it in its clause; before it in the sentence, where there is none."""
    first, last = _clause_start(key, hit.start), _clause_end(key, hit.end)
    before = [mark for mark in marks if mark.end() <= hit.start]
    behind = [mark for mark in marks if hit.end <= mark.start() < last]
    if before and before[-1].start() >= first:
        return before[-1]
    return behind[0] if behind else before[-1] if before else None


def _is_over(key: str, hit: Hit, mark: re.Match[str]) -> bool:
    """What was yesterday is over only if that is told; what was a year ago, unless it is told that it is not."""
    first, last = min(mark.start(), hit.start), _clause_end(key, max(mark.end(), hit.end))
    later = next((now.start() for now in _TIMES.finditer(key, max(mark.end(), hit.end)) if now["now"]), last)
    if _PENDING.search(key, first, later):
        return False
    return bool(mark["ago"] or _SETTLED.search(key, first, last))


def _clause_start(key: str, position: int) -> int:
    return max((match.end() for match in _CLAUSE_ENDS.finditer(key, 0, position)), default=0)


def _clause_end(key: str, position: int) -> int:
    match = _CLAUSE_ENDS.search(key, position)
    return match.start() if match else len(key)


# ── background ──


def _is_background(key: str, hit: Hit) -> bool:
    return bool(_OWN_HOME.search(key[: hit.start]) or _BESIDE.match(key[hit.end :]) or _LEFT.match(key[hit.end :]))
