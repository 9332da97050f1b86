"""Of several lanes the one where the trouble is: the others only tell where somebody lives, works or stands.

| said | meant |
|---|---|
| 我住东胡同,南巷灯坏了 | 南巷: the trouble is told of it, and nothing of his home |
| 我家在东胡同,挨着南巷,停电了; 东胡同没水,离南巷不远 | 东胡同: the other tells where that is |
| 我家在东胡同,房东住南巷,不给修水管 | 东胡同: his landlord's home is none of his |
| 我妈住南巷,我家在东胡同漏水了 | 东胡同: nothing is told of the other home |
| 孩子在南巷上学,我家在东胡同漏水了 | 东胡同: likewise of school, work and where a daughter has married to |
| 上次南巷的修过,我家在东胡同又堵了 | 东胡同 |
| 我家在东胡同,垃圾是从南巷来的; 我家在东胡同漏水,南巷也堵了 | both: they are asked about |

What is told in a clause without a lane belongs to the lane before it, 家里没暖气 to his home, 我妈那漏水 to hers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from classifiers.places.bygone import is_bygone
from classifiers.places.hits import Hit, clause_end, clause_start, clauses, end_of_door
from classifiers.reader.late import late
from classifiers.requests.behalf import KIN

_MOST_TOLD = 16  # who tells of more places makes a list
_ME: Final = r"(?:我们?|俺们?|咱们?|本人)"
# 我家在, 我住; and at the beginning of what he says, 家在 and 住 alone.
_OWN_HOME = late(
    rf"{_ME}(?:自己|现在)?(?:(?:家|就)?(?:是|住在?|家?在)|租的房子?在)$"
    r"|(?:^|上班|上学|工作|打工)(?:(?:家里?|现在?)?住在?|家在)$"
)
_ME_SAID = late(_ME)
_SOMEBODY_OF_THERE = late(r"的(?!$)")  # 住东胡同的老李 is no home of the speaker's
_HERS: Final = rf"(?:{KIN}|爸妈|父母|老人|老[婆公]|对象|亲戚|同学|师傅|[他她])"
_LANDLORD = late(r"(?:房东|房主)[^,]{0,4}(?:住在?|是|家?在)$")
_THEIR_HOME = late(rf"(?:{_HERS}(?:们|自己)?家?(?:也|都|就|现在|还|一直)?(?:是|住在?|家?在)|嫁[到去给在]了?)$")
_ENDS_THERE = late(r"(?:那边|那儿|那里)?[了的呢啦住]{0,2}$")
_ACTIVITY = late(
    r"(?:那边|那儿|里)?(?:上着?班|上[小中大]?学|上幼儿园|工作|打工|干活|做(?:生意|买卖)|卖[\u4e00-\u9fff]{1,2}|摆摊|住院|教书|[读念]书"
    r"|开着?了?[个家]?[\u4e00-\u9fff]{0,2}店)(?!的?(?:路|地|时|人|多|那))"
)
_THERE = late(r"[在到去]$")
_NEAR = late(r"(?:挨着?|靠[着近]|[临邻]近|紧邻|毗邻|临着|隔着)$")
_FROM_HERE = late(r"(?:[离跟和与同]|距离?)$")
_IS_NEAR = late(
    r"(?:那边|那儿|口)?(?:不(?:太|算|是很)?远|[很较挺]近|近[,。的]|没多远|[就只]?(?:有|隔)?(?:\d+|几)[米步里]|[就只也]{0,2}(?:隔|紧?挨|相邻|紧邻|连着))"
)
_NEXT_IS = late(r"(?:旁|隔壁|对|前|后|[东西南北]边|隔[\u4e00-\u9fff]{0,2}[街路墙])就?是$")
_BESIDE = late(r"的?(?:旁|隔壁|对|往[东西南北][边走]?|[东西南北]边)的")
_LEFT = late(r"的?(?:\d+号(?:楼|院)?)?(?:那边|那儿|那里)?(?:[搬嫁](?:走|出|到|去|来|家|过来)|不住了)")
_AT_HOME = late(rf"{_ME}家|家里|屋里|(?<![\u4e00-\u9fff])家[没有停漏]")
_AT_THEIRS = late(rf"{_HERS}们?(?:家(?![住在是])|那|屋)")
_WHENCE = late(r"从$")
_TROUBLE = late(
    r"[坏漏堵塌裂臭吵闹脏冷破摔溢淹冒掉断丢偷烧滴渗]|没[水电气暖网了]|停[水电气暖]|不[亮通热走管修转给]|积水|跳闸|[着起]火|打架|打起来"
)
_WISH = late(r"(?:想|要|需要|申请)(?!问|反映|说|了解|咨询|投诉|举报)")
_ALSO = late(r"[也都]|同样")


@dataclass(frozen=True, slots=True)
class _Told:
    """A lane with what is told around it: `before` and `behind` in its clause, `later` up to the next."""

    hit: Hit
    before: str
    behind: str
    later: tuple[str, ...]

    @property
    def is_home(self) -> bool:
        return bool(
            _OWN_HOME.search(self.before)
            and not self.is_where_they_work
            and (_ME_SAID.search(self.before) or not _SOMEBODY_OF_THERE.match(self.behind))
        )

    @property
    def is_where_they_work(self) -> bool:
        return bool(_THERE.search(self.before) and _ACTIVITY.match(self.behind))

    @property
    def is_theirs(self) -> bool:
        """The home of somebody else, or where he works: of no matter by itself."""
        if self.is_where_they_work:
            return True
        return bool(_THEIR_HOME.search(self.before) and _ENDS_THERE.match(self.behind))

    @property
    def is_landlords(self) -> bool:
        return bool(_LANDLORD.search(self.before))

    @property
    def is_beside(self) -> bool:
        """Told to say where the other is, or left: 挨着南巷, 离南巷不远, 从南巷搬走了."""
        return bool(
            _NEAR.search(self.before)
            or (_FROM_HERE.search(self.before) and _IS_NEAR.match(self.behind))
            or (_NEXT_IS.search(self.before) and not self.behind)
            or _BESIDE.match(self.behind)
            or _LEFT.match(self.behind)
        )


def without_background(key: str, hits: Sequence[Hit]) -> list[Hit]:
    """Without the lanes that are only told in passing; never without all of them. `hits` hold at least two lanes."""
    if len(hits) > _MOST_TOLD:
        return list(hits)
    beside = {told.hit for told in _told(key, hits) if told.is_beside}
    there = _without(key, hits, beside)
    return _without(key, there, _in_passing(key, _told(key, there)))


def _without(key: str, hits: Sequence[Hit], gone: set[Hit]) -> list[Hit]:
    """A village goes with the lane before which it stands."""
    lanes = [hit for hit in hits if not hit.is_unit]
    if not gone or all(hit in gone for hit in lanes):
        return list(hits)
    starts = {_phrase_start(key, hits, hit) for hit in gone}
    return [hit for hit in hits if hit not in gone and not (hit.is_unit and hit.start in starts)]


def _in_passing(key: str, told: Sequence[_Told]) -> set[Hit]:
    """The other lanes of which nothing is told that matters, or his home, when it is told of one of them."""
    homes = [one for one in told if one.is_home]
    others = [one for one in told if not any(one.hit.lanes & home.hit.lanes for home in homes)]
    matters = _matters(told, homes)
    over = {one.hit for one in others if homes and is_bygone(key, one.hit)}
    troubled = {one.hit for one in told if _TROUBLE.search(matters[one.hit])}
    at_home = any(home.hit in troubled or _WISH.match(home.behind) for home in homes)
    passing = {one.hit for one in others if one.is_landlords}
    if homes or any(one.hit in troubled for one in others if not one.is_theirs):
        passing |= {one.hit for one in others if one.is_theirs and one.hit not in troubled}
    if at_home and not any(_ALSO.search(home.behind) for home in homes):
        passing |= over
    left = [one for one in others if one.hit not in passing | over]
    if not at_home and any(_is_the_matter(one, matters[one.hit]) for one in left):
        return passing | {home.hit for home in homes}
    return passing


def _is_the_matter(other: _Told, matter: str) -> bool:
    """What is told of it is why he speaks: not that something comes from there, or what he saw behind his school."""
    if other.is_where_they_work and not _TROUBLE.search(_behind(other)):
        return False
    return bool(matter) and not _WHENCE.search(other.before)


def _matters(told: Sequence[_Told], homes: Sequence[_Told]) -> dict[Hit, str]:
    """What is told of each lane."""
    theirs = [one for one in told if one.is_theirs]
    matters = {one.hit: _behind(one) for one in told}
    for one in told:
        for clause in one.later:
            owner = one
            if theirs and _AT_THEIRS.search(clause):
                owner = theirs[-1]
            elif homes and (one.is_landlords or _AT_HOME.search(clause)):
                owner = homes[-1]
            matters[owner.hit] += "," + clause
    return matters


def _behind(one: _Told) -> str:
    """What is told behind the lane in its clause, beside that somebody works there."""
    return _ACTIVITY.sub("", one.behind, count=1) if one.is_where_they_work else one.behind


# ── the clauses ──


def _told(key: str, hits: Sequence[Hit]) -> list[_Told]:
    lanes = sorted((hit for hit in hits if not hit.is_unit), key=lambda hit: hit.start)
    starts = [_phrase_start(key, hits, hit) for hit in lanes]
    told = []
    for number, hit in enumerate(lanes):
        begin = clause_start(key, starts[number])
        if number:
            begin = max(begin, lanes[number - 1].end)
        end = end_of_door(key, hit)
        following = starts[number + 1] if number + 1 < len(lanes) else len(key)
        stop = min(clause_end(key, end), max(following, end))
        later = clauses(key[stop : clause_start(key, following)]) if following < len(key) else clauses(key[stop:])
        behind = key[end:stop]
        if stop == following and (intro := _OWN_HOME.search(behind)):
            behind = behind[: intro.start()]
        told.append(_Told(hit, key[begin : starts[number]], behind, tuple(later)))
    return told


def _phrase_start(key: str, hits: Sequence[Hit], lane: Hit) -> int:
    """Where a lane begins with the village before it: 和平村的东胡同."""
    for hit in hits:
        if hit.is_unit and hit.start < lane.start and key[hit.end : lane.start] in ("", "的"):
            return hit.start
    return lane.start
