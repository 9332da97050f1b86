"""What a resident puts right of what he told: 说错了 是18号; 我扫错码了; 锁不是我家的 是邻居家的; 路登坏了 路灯坏了."""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise
from classifiers.reader.sounds import by_sound

_LONGEST: Final = 40  # signs
_SHORTEST_TWICE: Final = 3  # signs of what may be written twice
_KIND: Final = r"(?:号楼|号院|单元|[号楼栋幢座排室])"
_DOOR: Final = rf"\d{{1,5}}{_KIND}(?:\d{{1,4}}{_KIND}?)?"
_SLIP = late(r"(?<!没)[说写打发弄搞报填记按][错岔]了?|口误|手误|^(?:不对|不是|错了)")
_NOT_BUT = late(rf"不是{_DOOR}[,。\s]*(?:而|应该)?是(?:在)?(?P<door>{_DOOR})")
_BESIDE: Final = r"(?:(?:我家)?(?:对门|对面|隔壁|旁边|前院|后院)的?)?"
_IS_DOOR = late(rf"(?:(?<!不)[是住在]|^)(?:在)?{_BESIDE}(?P<door>{_DOOR})(?!的?是)")
_ANY_DOOR = late(_DOOR)
_WRONG_SIGN = late(r"扫错(?:了|成)?|扫(?:的|到|成)(?:是)?别(?:的|人|处)|码(?:扫|弄|搞)?错了?")
_HOME = late(r"(?:我|俺|咱)(?:们)?(?:家)?(?:这(?:里|儿|边)?)?(?:其实|本来|实际)?(?:是|住|在|住在|家住)")
_DENIED = late(r"[\s,。]*(?:而|可|并)?不是(?P<place>[^\s,。!是]{2,12})[的了啊呀]*(?=[\s,。!]|$)")
_BEFORE_PLACE = late(  # 不对 打错了 是水井胡同3号
    r"(?:哎呀?|不对|不是|错了|(?:我)?(?:刚才)?[说写打发弄搞报填记选]错了?|口误|应该|其实|(?:我|俺)们?家?(?:这(?:里|儿|边)?)?|就|的|那个|"
    r"[是在住]|[\s,。!])++"
)
_NOT_OURS = late(  # 门锁不是我家的 是我邻居家的
    r"(?P<thing>[\u4e00-\u9fff]{1,6}?)?不是(?:我|俺|咱)们?家?的[,。!\s]*(?:而)?是[\u4e00-\u9fff]{1,12}(?:家)?的[了啊呀吧哈]*"
)


def right_door(text: str) -> str:
    """`18号` of 说错了 是18号, `31号` of 不是13号是31号; empty for anything else. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,。!~")
    if len(plain) > _LONGEST:
        return ""
    if match := _NOT_BUT.search(plain):
        return match["door"]
    slip = _SLIP.search(plain)
    rest = plain[slip.end() :].lstrip(" ,。!的了啊呀哈") if slip else ""
    match = _IS_DOOR.search(rest)
    return match["door"] if match else ""


def with_door(place: str, door: str) -> str:
    """`中心街18号` of 中心街8号; the door alone when the place names none."""
    plain = normalise(place)
    return _ANY_DOOR.sub(door, plain, count=1) if _ANY_DOOR.search(plain) else f"{plain}{door}"


def without_denied(text: str) -> tuple[str, str]:
    """我住水井胡同 and 槐荫, of 我住水井胡同 不是槐荫; ("", "") when no clause denies anything. Never raises."""
    plain = normalise(text[: _LONGEST * 2])
    match = _DENIED.search(plain) if len(plain) <= _LONGEST else None
    rest = (plain[: match.start()] + plain[match.end() :]).strip(" ,。!") if match else ""
    return (rest, match["place"]) if match and rest else ("", "")


def as_place(text: str) -> str:
    """水井胡同3号, of 不对 打错了 是水井胡同3号; all the words when they are nothing but that. Never raises."""
    plain = normalise(text[: _LONGEST * 4])
    begin = _BEFORE_PLACE.match(plain)
    return plain[begin.end() :] if begin and begin.end() < len(plain) else text


def scanned_wrong(text: str) -> bool:
    """我扫错码了: the sign was that of another lane. Never raises."""
    return bool(_WRONG_SIGN.search(normalise(text[: _LONGEST * 2])))


def says_home(text: str) -> bool:
    """我家在前进胡同, 我是水井胡同的: not only where the trouble is. Never raises."""
    return bool(_HOME.search(normalise(text[: _LONGEST * 2])))


def says_whose(text: str) -> bool:
    """门锁不是我家的 是我邻居家的, and nothing else. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,。!~")
    return len(plain) <= _LONGEST and _NOT_OURS.fullmatch(plain) is not None


def is_written_again(before: str, text: str) -> bool:
    """路登坏了, and at once 路灯坏了: the same sounds in other signs. Never raises."""
    first, second = (normalise(one[: _LONGEST * 2]).strip(" ,。!~") for one in (before, text))
    if len(second) < _SHORTEST_TWICE or len(second) > _LONGEST or first == second:
        return False
    return by_sound(first) == by_sound(second)
