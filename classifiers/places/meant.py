"""Which of the places that a text names is meant: what is denied, taken back, over, or told for background, is not.

| said | meant |
|---|---|
| 不是南巷,是东胡同; 从南巷搬走了,东胡同没水 | 东胡同 |
| 不是柳树屯,是东关的后街; 后街,不是柳树屯的 | the 后街 of 东关; any but that of 柳树屯 |
| 南巷那边不是我家,我家在东胡同; 南巷的不是我,我是东胡同的 | 东胡同 |
| 中心街5号,不对,是炮台街5号 | 炮台街5号 |
| 我原来说的是南巷,其实是东胡同 | 东胡同 |
| 炮台街17号,打错了,18号; 炮台街不是17号,是18号 | 炮台街18号 |
| 去年南巷摔过,今天东胡同又摔了 | 东胡同 |
| 昨天南巷灯坏了,今天东胡同也坏了 | both: they are asked about |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from classifiers.places.background import without_background
from classifiers.places.bygone import not_over
from classifiers.places.hits import Hit, end_of_door
from classifiers.reader.late import late

_NOT_THERE = late(r"(?:不是|不在|并非|不属于|(?<![受忍挡])不住|没住)(?:在|我们|俺们|咱们)?$")
# 南巷不是我家,…; 南巷的不是我,…; 柳树屯的不是,…: denied behind the name. 南巷的灯不是我家弄坏的 denies no place.
_NOT_OURS = late(
    r"村?的?(?:[那这](?:[个边块里]|儿))?(?:[并可]?不是(?:我们?|俺们?|咱们?|本人)(?:家|[那这](?:[边里]|儿))?(?:的|住的?(?:地方)?)?"
    r"(?=[^\u4e00-\u9fff\da-z]|$|[我俺咱]|而?是)|(?<=[的个边])不是(?=,))"
)
# 不是柳树屯的,… tells where it is not; 不是柳树屯的车 tells whose car it is not.
_OF_A_VILLAGE = r"村?的?(?:[那这](?:[个条边]|儿|里))?的?"
_CLOSED = late(rf"{_OF_A_VILLAGE}(?:[^\u4e00-\u9fff\da-z]|$|而?是)")
_JOINED = late(_OF_A_VILLAGE)

# Spaces are gone from a key, so a slip stands behind a sign that is no word, or behind the end of a place.
_SLIP: Final = (
    r"(?:(?<![\u4e00-\u9fff])|(?<=[号楼元室户排栋幢座街巷路同里苑园院场屯村庄]))"
    r"(?:(?:[哦噢啊呃哎唉诶欸呀哟我]|不好意思|对不起|抱歉|刚[才刚]|上面)[,.。…!]{0,3}){0,3}"
    r"(?:(?<!对)(?:不对,?){1,3}|不是(?=[,.。…!])|[说打写发弄搞记输报填][错岔]|口误|手误|更正|纠正|(?<=[哦噢啊呃])不(?=,))"
    r"(?:一下)?[了啦啊呀哦的]{0,2}[,.。…!:;~]{0,3}(?:不好意思[,.。!]?)?(?:应该|其实|我?说的)?(?:是|在|住)?"
)
_TAKEN_BACK = late(_SLIP)
# 我原来说的是南巷,其实是东胡同
_SAID_FIRST = late(r"以为|[说写报填弄当记讲](?:的是|[的成错是])|[原刚][来才刚][说写报填]")
_AFTER_ALL = late(r"(?:其实|实际上?|应该|结果)(?:应该)?是[在住]?")
_MOST_BETWEEN = 4  # 不对,是俺们那个东胡同
_KIND: Final = r"(?:号楼|号院|单元|[号楼栋幢座排门室户#-])"
_NO_DOOR: Final = r"(?![\d点分时天年月日个次块元盏]|:\d)"
_NUMBERS: Final = rf"\d{{1,5}}{_NO_DOOR}(?:{_KIND}\d{{0,4}}){{0,5}}+"
_CORRECTED = late(
    rf"(?<!\d)(?P<said>{_NUMBERS})[^\d,.。…!;]{{0,8}}[,.。…!;]{{0,3}}{_SLIP}"
    rf"(?P<right>(?P<number>\d{{1,5}}){_NO_DOOR}(?P<kind>{_KIND}?)(?P<more>\d?)(?(kind)|(?:[^\u4e00-\u9fff\da-z]|$)))"
)
_DENIED_NUMBER = late(rf"不是{_NUMBERS}(?:那边)?的?[,.。]?(?:而是|是)(?=\d{{1,5}}{_KIND})")
_UNIT_SAID = late(r"\d{1,2}(?:单元|门).*$")
_LAST_NUMBER = late(r"(?<=[^\d])\d{1,5}(?:号|室|户)?$")


def meant(key: str, hits: Sequence[Hit]) -> list[Hit]:
    """Without the names that only tell where it is not, where it was, or whence somebody speaks."""
    if not hits:
        return []
    if len(hits) == 1:
        return [hit for hit in hits if hit.is_unit or not _NOT_THERE.search(key[: hit.start])]
    denied = _denied(key, hits)
    there = _outside(key, hits, denied) if denied else list(hits)
    if sum(not hit.is_unit for hit in there) < 2 and not any(hit.is_unit for hit in there):
        return there
    there = not_over(key, _not_taken_back(key, there))
    return there if sum(not hit.is_unit for hit in there) < 2 else without_background(key, there)


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


def is_denied(key: str, start: int, end: int) -> bool:
    """Whether a name is told not to be the place, or not to be that of the thing or person spoken of."""
    return bool(_NOT_THERE.search(key[:start]) or _NOT_OURS.match(key, end))


def is_elsewhere(key: str, start: int, end: int) -> bool:
    """Whether it is told of a village that the place is not there: 不是柳树屯的, and not 不是柳树屯的车."""
    return bool(_NOT_OURS.match(key, end) or (_NOT_THERE.search(key[:start]) and _CLOSED.match(key, end)))


def _denied(key: str, hits: Sequence[Hit]) -> set[Hit]:
    """What stands behind 不是; and what stands before 不是我家, if another place is named."""
    denied = {hit for hit in hits if _NOT_THERE.search(key[: hit.start])}
    ours = {hit for hit in hits if hit not in denied and _NOT_OURS.match(key, end_of_door(key, hit))}
    return denied | ours if any(not hit.is_unit for hit in hits if hit not in denied | ours) else denied


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
    return is_elsewhere(key, village.start, village.end) or any(_follows(key, village, hit) for hit in hits)


def _follows(key: str, village: Hit, hit: Hit) -> bool:
    return hit.start >= village.end and bool(_JOINED.fullmatch(key, village.end, hit.start))


# ── taken back ──


def _not_taken_back(key: str, hits: list[Hit]) -> list[Hit]:
    """Without the lane, and the village, that a slip of the tongue named before the right one."""
    for slip in _slips(key):
        before = [hit for hit in hits if hit.end <= slip.start()]
        after = [hit for hit in hits if hit.start >= slip.end()]
        if before and after and min(hit.start for hit in after) - slip.end() <= _MOST_BETWEEN:
            hits = [*_still_said(before, after), *after]
    return hits


def _slips(key: str) -> Iterator[re.Match[str]]:
    if _may_be_slip(key):
        yield from _TAKEN_BACK.finditer(key)
    if first := _SAID_FIRST.search(key):
        yield from _AFTER_ALL.finditer(key, first.end())


def _still_said(before: Sequence[Hit], after: Sequence[Hit]) -> list[Hit]:
    """柳树屯后街,不对,东关: the 后街 stays, the village goes; 东关后街,不对,学堂巷: the village stays."""
    first = min(after, key=lambda hit: hit.start)
    is_lane = not first.is_unit or any(not hit.is_unit and hit.start - first.end <= _MOST_BETWEEN for hit in after)
    lane = max((hit for hit in before if not hit.is_unit), key=lambda hit: hit.end, default=None)
    lanes = frozenset[str]().union(*(hit.lanes for hit in after if not hit.is_unit))
    is_village = first.is_unit or all(lanes and not lanes & hit.lanes for hit in before if hit.is_unit)
    return [hit for hit in before if not ((is_village and hit.is_unit) or (is_lane and hit is lane))]
