"""Is this the same matter as an open one: the speaker's own follow-up, or a neighbour who tells of one power cut?

Every piece of evidence adds to or takes from the odds (the table `_WEIGHTS`, log odds, tried on tests/classifiers/data/
duplicates.toml), and the score is the probability these odds make. Rules behind the table:

- Another lane is another matter.
- What one cause does to many (停电 停水 爆管 …, `wide` in lexicons/matters.toml) is one matter for all neighbours
  for some hours, though they name different doors. What breaks in one home is one only at the same door.
- A standing thing (路灯, 井盖) is one matter for days when the words for its spot agree.
- Care, errands, questions, wishes and quarrels belong to the person who asks.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final, Protocol

from classifiers.dangers.today import tells_of_no_power
from classifiers.reader.late import late
from classifiers.reader.lexicon import LEXICONS, Matcher, entries_of, read_toml
from classifiers.reader.segment import normalise, with_plain_numbers

JOIN: Final = 0.85  # from here on two messages may be joined without asking; the person is told and can part them
HINT: Final = 0.4  # from here on the member is shown the other one: 可能和 #12 是一件事

_WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "start": -3.0,  # two requests of one lane are hardly ever one matter
        "wide": 4.4,  # both tell of one power cut
        "until when": 0.8,  # … and one asks when it is over: 啥时候来水
        "thing": 2.0,  # both tell of a lamp
        "second thing": 1.5,  # … and that it blocks the road
        "other thing": -3.0,
        "words": 4.0,  # times the share of words in common
        "type": 0.6,
        "other type": -1.0,
        "reporter": 1.6,
        "follow-up": 2.0,  # the same person: 怎么还没来, 又漏了
        "place": 1.6,  # the same building, unit, door, end of the street: for each
        "other place": -3.5,
        "other place, wide": -0.8,
        "time": -0.7,  # for each time it fades by half, at most eight times
        "another": -4.0,  # 另一个, 又一盏
        "personal": -3.0,  # somebody else's errand
        "two homes": -5.0,  # 我家下水道堵了 twice, of something that may be common: a hint, no more
        "own home": -5.0,  # 就我家没电: no neighbour means that
        "another home": -5.0,  # a leak is only the same behind the same door
    }
)
_POWER_CUT: Final = "停电"  # in lexicons/matters.toml
_MOST_FADING = 8.0
_FADES = timedelta(hours=48)  # of what no list names
_LONGEST = 400
_PERSONAL = frozenset({"elder_care", "errand", "policy", "wish", "suggestion", "dispute", "other"})
_PERSONAL_DANGERS = frozenset({"medical", "self_harm", "violence", "missing"})

_BUILDING = late(r"(\d{1,3}|[A-Za-z])(?:号楼|号院|栋|幢|座|排|#)|(?<![\d-])(\d{1,2})(?=-\d{1,2}-\d{3,4})")
_UNIT = late(r"(\d{1,2})(?:单元|门(?!口|前))|(?<=\d-)(\d{1,2})(?=-\d{3,4})")
_DOOR = late(
    r"(?<!\d)(\d{3,4})(?:室|户)|(?<=单元)(\d{3,4})(?!\d)|(?<=-)(\d{3,4})(?!\d)|(?<=[街路巷道同])(\d{1,4})号(?!楼|院)"
)
_END = late(r"(东|西|南|北)(?:头|口|边|侧|门|面|院)|(?:村|街|路|胡同|巷)(东|西|南|北)")
_PLACE_WORDS: Final = (("楼", _BUILDING), ("单元", _UNIT), ("门牌", _DOOR), ("方位", _END))
_ANOTHER = late(r"另一|另外一|又一|还有一[个盏处家户]|别的|又坏了?一|又多了|这回是|这次是|不是(?:上次|那个|刚才)")
_UNTIL_WHEN = late(
    r"(?:啥时候?|什么时候|几点|多会儿?|哪会儿|多久|多长时间|何时)(?:才|能|会|可以|给|,| )*(?:来|恢复|通|好|有)"
)
_FOLLOW_UP = late(
    r"还没|还不|怎么没|咋没|咋还|怎么还|到现在|又.{0,4}了|还是|仍然|依然|没人(?:来|管|修)|不见人|催|刚才说的|上次说的|昨天说的|我说的那|越来越"
)
_OWN_HOME = late(
    r"(?:就|只有?|单单?|偏偏)(?:我|俺|咱|我们|俺们)家|别人家都有|(?:邻居|隔壁|楼上|楼下|人家|对门)(?:家)?(?:都)?(?:有电|有水|好好的|没事|正常|热)|我家(?:里)?跳闸|家里跳闸"
)
_AT_HOME = late(r"(?:我|俺|咱|我们|俺们|咱们)家|家里|屋里|厨房|厕所|卫生间|跳闸")
_COMMON = late(r"都|也|全|整|大家|邻居|隔壁|一片|街上|路上|楼道|[几家]家")
_IDLE = late(
    r"你好|您好|麻烦|帮我|给我|替我|想要|请问?|谢谢|师傅|帮忙|看看|修修|修一下|赶紧|快点|派人|来人|一下|怎么|现在|今天|昨天|已经|我们?|你们?|俺们?|咱们?|这里|那里|这边|那边"
    r"|的|了|吗|呢|啊|呀|吧|都|也|就|给|把|在|有|是|个|还|很|太|能|什么|啥|咋|回事|怎么办|\d+|[\W_]+"
)


class Account(Protocol):
    """What somebody told: a request, or as much of one as is compared. `types_all` and `emergency_kind` are codes of
    the taxonomy; `reporter` is 0 when unknown; `place_text` the words of the place when they do not stand in the text;
    `created_at` aware."""

    @property
    def number(self) -> int: ...
    @property
    def reporter(self) -> int: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def text(self) -> str: ...
    @property
    def types_all(self) -> tuple[str, ...]: ...
    @property
    def lane(self) -> str: ...
    @property
    def place_text(self) -> str: ...
    @property
    def emergency_kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Likeness:
    """The open request that is most likely meant. `score` 0–1; `evidence` in words for people."""

    number: int
    score: float
    evidence: tuple[str, ...]

    @property
    def may_join(self) -> bool:
        """Sure enough to be joined without asking."""
        return self.score >= JOIN


def same_matter(new: Account, open_ones: Iterable[Account]) -> Likeness | None:
    """The open one that `new` most likely repeats; None when none is worth a hint. Never raises.

    Of equally likely ones the oldest number: the others were asked later.
    """
    likenesses = [likeness(new, one) for one in open_ones if one.lane == new.lane and _have_something_common(new, one)]
    best = max(likenesses, key=lambda one: (one.score, -one.number), default=None)
    return best if best is not None and best.score >= HINT else None


def _have_something_common(new: Account, old: Account) -> bool:
    """Two people who share neither a thing nor a word nor a place do not tell of one matter."""
    if new.reporter == old.reporter:
        return True
    one, other = _traits(new.text, new.place_text), _traits(old.text, old.place_text)
    return not (
        one.pairs.isdisjoint(other.pairs)
        and one.things.isdisjoint(other.things)
        and all(one.places[name].isdisjoint(other.places[name]) for name, _ in _PLACE_WORDS)
    )


def likeness(new: Account, old: Account) -> Likeness:
    """How likely the two are one matter. Lanes are not looked at; see `same_matter`."""
    pieces = list(_evidence(_traits(new.text, new.place_text), _traits(old.text, old.place_text), new, old))
    odds = _WEIGHTS["start"] + sum(weight for weight, _ in pieces)
    spoken = sorted(pieces, key=lambda piece: -abs(piece[0]))
    return Likeness(old.number, 1 / (1 + math.exp(-odds)), tuple(words for _, words in spoken if words))


def things_of(text: str) -> frozenset[str]:
    """The things of lexicons/matters.toml that a text names. Never raises."""
    return _traits(text, "").things


@dataclass(frozen=True, slots=True)
class Kinship:
    """What one text has in common with another; `words` 0–1."""

    shares_things: bool
    names_things: bool
    others_things: bool
    words: float
    says_another: bool
    follows_up: bool
    elsewhere: bool  # both name a place, and not the same


def kinship(text: str, other: str) -> Kinship:
    """Never raises."""
    one, two = _traits(text, ""), _traits(other, "")
    return Kinship(
        shares_things=not one.things.isdisjoint(two.things),
        names_things=bool(one.things),
        others_things=bool(two.things),
        words=_share(one.pairs, two.pairs),
        says_another=one.says_another,
        follows_up=one.follows_up,
        elsewhere=any(
            one.places[name] and two.places[name] and one.places[name].isdisjoint(two.places[name])
            for name, _ in _PLACE_WORDS
        ),
    )


@dataclass(frozen=True, slots=True)
class _Traits:
    """What the comparison looks at in one text."""

    things: frozenset[str]
    pairs: frozenset[str]  # neighbouring signs, without idle words
    places: Mapping[str, frozenset[str]]
    says_another: bool
    follows_up: bool
    is_own_home: bool
    is_at_home: bool


@dataclass(frozen=True, slots=True)
class _Thing:
    """A thing of lexicons/matters.toml."""

    is_wide: bool
    is_home_too: bool  # wide as it may be, it is often a home's own: two blocked drains
    is_indoors: bool
    fades: timedelta


def _evidence(new: _Traits, old: _Traits, told: Account, open_one: Account) -> Iterator[tuple[float, str]]:
    """Log odds with words for people."""
    things = new.things & old.things
    is_own = bool(told.reporter) and told.reporter == open_one.reporter
    is_wide = any(_things()[name].is_wide for name in things)
    if things:
        second = _WEIGHTS["second thing"] if len(things) > 1 else 0.0
        yield _WEIGHTS["wide" if is_wide else "thing"] + second, f"都说{'、'.join(sorted(things))}"
    elif new.things and old.things:
        yield _WEIGHTS["other thing"], ""
    if is_wide and _UNTIL_WHEN.search(told.text[:_LONGEST]):
        yield _WEIGHTS["until when"], "问什么时候好"
    shared = _share(new.pairs, old.pairs)
    yield _WEIGHTS["words"] * shared, f"用词相近{shared:.0%}" if shared >= 0.25 else ""
    yield from _of_types(told, open_one, bool(things), is_own)
    yield from _of_places(new, old, is_wide)
    if any(_things()[name].is_indoors for name in things) and not (is_own or is_wide or _door(new, old)):
        yield _WEIGHTS["another home"], ""
    is_home_too = any(_things()[name].is_home_too for name in things)
    yield from _of_speaker(new, old, is_own=is_own, is_wide=is_wide, is_home_too=is_home_too)
    yield _of_time(abs(told.created_at - open_one.created_at), things)


def _of_types(new: Account, old: Account, is_one_thing: bool, is_own: bool) -> Iterator[tuple[float, str]]:
    shared = set(new.types_all) & set(old.types_all)
    if shared:
        yield _WEIGHTS["type"], "类别相同"
    elif not is_one_thing:
        yield _WEIGHTS["other type"], ""
    personal = shared <= _PERSONAL and not is_one_thing
    if not is_own and (personal or new.emergency_kind == old.emergency_kind in _PERSONAL_DANGERS):
        yield _WEIGHTS["personal"], ""


def _of_places(new: _Traits, old: _Traits, is_wide: bool) -> Iterator[tuple[float, str]]:
    """What differs counts alone: 501 and 102 are two homes, though the building is one."""
    told = [name for name, _ in _PLACE_WORDS if new.places[name] and old.places[name]]
    different = [name for name in told if new.places[name].isdisjoint(old.places[name])]
    if different:
        yield _WEIGHTS["other place, wide" if is_wide else "other place"], f"{different[0]}不同"
    else:
        yield from ((_WEIGHTS["place"], f"{name}相同") for name in told)


def _door(new: _Traits, old: _Traits) -> frozenset[str]:
    return new.places["门牌"] & old.places["门牌"]


def _of_speaker(
    new: _Traits, old: _Traits, *, is_own: bool, is_wide: bool, is_home_too: bool
) -> Iterator[tuple[float, str]]:
    if is_own:
        yield _WEIGHTS["reporter"], "同一个人"
    if new.says_another:
        yield _WEIGHTS["another"], "说的是另一个"
    elif is_own and new.follows_up:
        yield _WEIGHTS["follow-up"], "像是追问"
    if not is_own and is_wide and (new.is_own_home or old.is_own_home):
        yield _WEIGHTS["own home"], "只是一家的事"
    elif not is_own and is_home_too and new.is_at_home and old.is_at_home and not _door(new, old):
        yield _WEIGHTS["two homes"], "像是各家的事"


def _of_time(gap: timedelta, things: frozenset[str]) -> tuple[float, str]:
    fades = max((_things()[name].fades for name in things), default=_FADES)
    halves = min(_MOST_FADING, gap / fades)
    hours = gap / timedelta(hours=1)
    words = f"相隔{hours / 24:.0f}天" if hours >= 48 else f"相隔{hours:.0f}小时" if hours >= 1 else "一小时内"
    return _WEIGHTS["time"] * halves, words


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """The part of the shorter text's pairs of signs that the other has too; little is known of very short texts."""
    least = min(len(one), len(other))
    return len(one & other) / max(least, 4) if least else 0.0


@lru_cache(maxsize=1024)
def _traits(text: str, place: str) -> _Traits:
    plain, _ = with_plain_numbers(normalise(text[:_LONGEST]))
    where, _ = with_plain_numbers(normalise(place[:_LONGEST]))
    words = _IDLE.sub(" ", plain).split()
    return _Traits(
        things=frozenset(_named_things(plain)),
        pairs=frozenset(word[at : at + 2] for word in words for at in range(max(len(word) - 1, 1))),
        places={name: _found(pattern, plain) or _found(pattern, where) for name, pattern in _PLACE_WORDS},
        says_another=bool(_ANOTHER.search(plain)),
        follows_up=bool(_FOLLOW_UP.search(plain)),
        is_own_home=bool(_OWN_HOME.search(plain)),
        is_at_home=not _COMMON.search(plain) and bool(_AT_HOME.search(plain) or _found(_DOOR, plain)),
    )


def _named_things(plain: str) -> Iterator[str]:
    yield from (hit.label for hit in _finder().find(plain.lower()))
    if tells_of_no_power(plain):
        yield _POWER_CUT


def _found(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    return frozenset(next(group for group in match.groups() if group).lstrip("0") for match in pattern.finditer(text))


@cache
def _finder() -> Matcher:
    source = read_toml(LEXICONS / "matters.toml")
    return Matcher(entry for name in _things() for entry in entries_of(source[name], name, source))


@cache
def _things() -> Mapping[str, _Thing]:
    source = read_toml(LEXICONS / "matters.toml")
    tables = {name: table for name, table in source.items() if isinstance(table, dict) and "fades" in table}
    return {
        name: _Thing("wide" in t, "home_too" in t, "indoors" in t, timedelta(hours=t["fades"]))
        for name, t in tables.items()
    }
