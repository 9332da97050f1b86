"""A list of what is open, asked for in a few words: 没办完的, 槐荫胡同有几件, 报修有几件, 陈示例手上几件, 列一下没接的.

The words name what is to be listed by its lane, its type, its person and how it stands, and nothing else: a word that
is none of these makes them something else, so that no word for a resident or a colleague is taken for a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from classifiers.members.orders import plainly
from classifiers.members.persons import spans_of_persons
from classifiers.reader.late import late

_LONGEST: Final = 40
_PLACE: Final = "\ue001"
_TYPE: Final = "\ue002"
_PERSON: Final = "\ue003"


class Standing(StrEnum):
    """How it stands with what is listed."""

    OPEN = "open"  # 没办完的, and when nothing is said of it
    UNCLAIMED = "unclaimed"  # 没接的
    RETURNED = "returned"  # 退回来的
    RESTING = "resting"  # 暂停的
    LATE = "late"  # 超时的
    URGENT = "urgent"  # 急的


@dataclass(frozen=True, slots=True)
class SpokenListing:
    """What is to be listed; "" for all places, all types, everybody."""

    standing: Standing = Standing.OPEN
    place: str = ""
    type: str = ""
    person: str = ""


_STANDINGS: Final = (
    (Standing.UNCLAIMED, r"(?:还)?(?:没有?|未|无)(?:人)?(?:接单?|认领|受理|派)(?:出去)?|待接单?"),
    (Standing.RETURNED, r"(?:被)?退(?:单|回来?)了?|待裁定"),
    (Standing.RESTING, r"暂停了?|挂起|先?放着|搁着"),
    (Standing.LATE, r"超时|超期|逾期"),
    (Standing.URGENT, r"着急|急件|加急|紧急|当天要?办"),
    (
        Standing.OPEN,
        r"(?:没有?|未|还没)(?:办|处理|解决|弄|做)?(?:完|好|结|掉|成)+|(?:没|未)(?:办|处理|解决)|在办|正在办|办着",
    ),
)
_STANDING = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _STANDINGS)
# What may stand around the names: it says that a list or a number is wanted, or nothing.
_ASKING = late(
    r"(?:还|都|总共|一共|现在|目前|手上|手里|手头|名下|那边|这边|里|有|是|剩|的|了)*(?:几|多少|哪些|哪几|啥|什么)(?:个|件|条|单|起)?|"
    r"列(?:一?下|出来?|个)?|清单|名单|列表"
)
_FILLING = late(
    r"(?:各|每个|所有|全部|全)(?:个)?(?:社区|胡同|村|网格)?|请|麻烦|帮我|给我|把|[看查](?:一?[看查下])?|一下|出来|发(?:我|来)?|现在|目前|手[上里头]|名下|那边|这边|里面?|"
    r"还|都|有|是|剩|的|了|事情?|活儿?|工?单子?|诉求|任务|报的|件|和|跟|呢|吗|啊|吧|[\s,]"
)
_TOKEN: Final = late(
    rf"(?P<asks>{_ASKING.pattern})|{_STANDING}|(?P<name>[{_PLACE}{_TYPE}{_PERSON}])|(?:{_FILLING.pattern})"
)


def read_listing(text: str, places: Iterable[str], types: Iterable[str], people: Sequence[str]) -> SpokenListing | None:
    """The list that is asked for, by names of places, types and members; None for anything else. Never raises."""
    plain = plainly(text)
    if not plain or len(plain) > _LONGEST or any(sign.isdigit() for sign in plain):
        return None
    marked, place = _marked(plain, places, _PLACE)
    marked, type_named = _marked(marked, types, _TYPE)
    marked, person = _with_person(marked, people)
    return _consumed(marked, SpokenListing(place=place, type=type_named, person=person))


def _marked(text: str, names: Iterable[str], sign: str) -> tuple[str, str]:
    """The text with the one name that stands in it as a sign, the longest first."""
    found = max((name for name in names if len(name) > 1 and name in text), key=len, default="")
    return (text.replace(found, sign, 1), found) if found else (text, "")


def _with_person(text: str, people: Sequence[str]) -> tuple[str, str]:
    spans = sorted(spans_of_persons(text, people))
    if not spans:
        return text, ""
    start, end = spans[0]
    return text[:start] + _PERSON + text[end:], text[start:end]


def _consumed(marked: str, listing: SpokenListing) -> SpokenListing | None:
    """Every word is known, and one of them asks."""
    at, asks, standing = 0, marked.endswith("的"), None
    while at < len(marked):
        match = _TOKEN.match(marked, at)
        if match is None or match.end() == at:
            return None
        asks = asks or match["asks"] is not None
        standing = next((one for one, _ in _STANDINGS if match[one] is not None), standing)
        at = match.end()
    says_what = standing is not None or listing.place or listing.type or listing.person
    if not asks or not says_what or (standing is None and not _ASKING.search(marked)):
        return None  # 陈示例的, and no more, may answer whose it is
    return SpokenListing(standing or Standing.OPEN, listing.place, listing.type, listing.person)
