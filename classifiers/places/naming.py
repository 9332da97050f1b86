"""How the names of places are made, and how people make them shorter: 幸福 for 幸福小区, 柳树村 for 柳树屯."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from classifiers.reader.late import late

LANE_WORD: Final = late(r"(?:胡同|大街|街|巷|路|里弄|弄)$")
UNIT_WORD: Final = late(r"(?:村|社区|街道|镇|乡|大队|村委会|居委会)$")
_ESTATE_WORD = late(r"(?:小区|家园|花园|家属院|宿舍|公寓|新苑|大院|[里苑])$")
_VILLAGE_WORD = late(r"[屯庄寨营]村?$")

# A lane may be called 公园里, but 公园里的椅子 and 公园里面 are in the park.
_ORDINARY = late(r"(?:公园|花园|菜园|果园|校园|学校|医院|市场|商场|广场|车站|工厂|大院)里$")
_IN_THERE = late(r"的(?!\d)|有[人个只条]|[摔跌玩跳]|滑倒|锻炼|散步|遛")
_LIVES = late(r"(?:住在?|家在|搬[到去]|是)$")
_WORKS_WORD = late(r"厂(?=宿舍|家属院|家属区|小区|大院)")


def is_inside(said: str, before: str, behind: str) -> bool:
    """Whether a name as it is said is no name here: 公园里面, 公园里有人摔了; but 住公园里的, 公园里3号楼."""
    if not _ORDINARY.search(said.rstrip("面边头")) or _LIVES.search(before):
        return False
    return said[-1] in "面边头" or bool(_IN_THERE.match(behind))


def without_works(name: str) -> str:
    """棉纺厂宿舍 is called 棉纺宿舍, too; empty for any other name."""
    if "厂" not in name:
        return ""
    other = _WORKS_WORD.sub("", name)
    return other if 4 <= len(other) < len(name) else ""


def estate_stem(name: str) -> str:
    """`幸福小区` → 幸福; empty when it is no estate's name or nothing of use is left."""
    stem = _ESTATE_WORD.sub("", name)
    return stem if 2 <= len(stem) < len(name) and not any(map(str.isdecimal, stem)) else ""


def village_by_another_word(name: str) -> str:
    """`柳树屯`, `柳树屯村` → 柳树村; empty for any other, and for 李屯, of which too little is left."""
    stem = _VILLAGE_WORD.sub("", name)
    return f"{stem}村" if 2 <= len(stem) < len(name) else ""


def with_and_without_village(name: str, units: Iterable[str]) -> Iterator[str]:
    """石桥东头 of 石桥村 → 石桥村东头, and the other way round; a lane like 石桥胡同 is never called 石桥村胡同."""
    if LANE_WORD.search(name):
        return
    for unit in units:
        short = UNIT_WORD.sub("", unit)
        full = unit if unit != short else f"{short}村"
        if len(short) < 2 or not full.endswith("村"):
            continue
        for said, meant in ((full, short), (short, full)):
            rest = name.removeprefix(said)
            if rest != name and len(rest) >= 2 and not (said == short and rest.startswith("村")):
                yield meant + rest
