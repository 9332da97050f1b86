"""Which of his open requests a resident goes on about, hours after he told it, and what his words are to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.reader.late import late
from classifiers.requests.duplicates import kinship, things_of
from classifiers.residents.continuations import seems_over
from classifiers.residents.follow_ups import Reading
from classifiers.residents.judgements import clauses_of
from classifiers.understand import Understander
from handlers.residents.visit import Visit
from storage.records import Request

GOES_ON = 0.5  # least chance that words are about an open request; a tap parts what was joined wrongly
_SIGNS = frozenset("灯亮热暖堵通漏滴味臭吵响锁门窗水电气路树狗垃圾盖")  # of things, and of what goes wrong with them
_OWN_THINGS = late("灯|锁|垃圾|狗|树|井盖|电梯|暖气|马桶")
_NO_THINGS = late(
    r"(?:门口|楼[上下道里]|胡同口?|家里|屋里|院里|路上|路口|单元门?口|现场|小区|村里)(?!的)了?|[\d一二三四五六七八九十]+(?:楼|层|号楼?|单元)(?!的)|"
    r"老人|居民|大[爷妈娘]|奶奶|爷爷|孩子|邻居|人家|没人|电话|上午|中午|下午|晚上|早上|半夜|明天|后天|周[一二三四五六日]|"
    r"出门|开门|敲门|上门|进门|(?:堵|停|开|打|坐)车|一[点些直样起]|还没|没有|知道|时候"
)  # what may stand in any report
_TOLD_BEFORE = late(r"（之前说过 #.*?）(?=\s|$)", re.DOTALL)  # what an emergency quotes of another request
_LOOKED_AT = 4  # open requests of one resident, the newest


@dataclass(frozen=True, slots=True)
class Thread:
    """An open request, and what later words are to it."""

    request: Request
    reading: Reading


async def threads(visit: Visit, reader: Understander, text: str) -> tuple[Thread, ...]:
    """The resident's open requests with what these words are to each, the likeliest first; of equals the newest."""
    if visit.is_first:
        return ()
    requests = visit.desk.session.requests
    mine = await requests.open_of_resident(visit.resident.id)
    mine += await requests.merged_of_resident(visit.resident.id)
    told = sorted((one for one in mine if one.text), key=lambda one: -one.number)[:_LOOKED_AT]
    held = [Thread(one, reader.follow_up(own_words(one), text)) for one in told]
    return tuple(sorted(held, key=lambda one: (-_is_named(one.request, text, told), -one.reading.joins)))


def own_words(request: Request) -> str:
    """What was told of this one: 老头子倒了（之前说过 #1：暖气不热） is no word about the heating."""
    return _TOLD_BEFORE.sub("", request.text)


def shares(request: Request, text: str) -> bool:
    """Do the words name a thing of this request, or what is wrong with it?"""
    told = own_words(request)
    return bool(_SIGNS.intersection(text) & set(told) or things_of(text) & things_of(told))


def names_another_thing(request: Request, text: str) -> bool:
    """灯不亮, after a leaking pipe: words that name a thing of their own, and none of what this is about."""
    mine = set(_OWN_THINGS.findall(text))
    return bool(mine) and mine.isdisjoint(_OWN_THINGS.findall(request.text)) and not shares(request, text)


def offer_end(visit: Visit, request: Request, text: str) -> None:
    """找着了, 来电了: a tap withdraws it, if nobody is needed any more."""
    if seems_over(text) and request.urgency != "emergency" and request.state.is_open:
        cancel = f"撤销{request.number}"
        visit.desk.answer("resident.sounds_done", (cancel, cancel))


async def named(visit: Visit, text: str) -> int | None:
    """The number of the only one of his open requests that the words name; None when they name none, or several."""
    mine = [one for one in await visit.desk.session.requests.open_of_resident(visit.resident.id) if one.text]
    return next((one.number for one in mine if _is_named(one, text, mine)), None)


def nearest(requests: Sequence[Request], text: str) -> Request | None:
    """The only one whose thing, or what is wrong with it, the words name best; None when they name none, or two as
    well: 路灯 is of the lamp, not of 路口的井盖."""
    near = [(_nearness(one, text), one) for one in requests]
    best = max((score for score, _ in near), default=0.0)
    found = [one for score, one in near if score == best]
    return found[0] if best and len(found) == 1 else None


def named_plainly(requests: Sequence[Request], text: str) -> Request | None:
    """The only one that the words name by its thing, whatever they say of places, people and times: 到门口了 names no
    door, 下午去 nothing that fails in the afternoon."""
    bare = _NO_THINGS.sub(" ", text)
    return nearest([one for one in requests if _names_plainly(one, bare)], bare)


def _names_plainly(request: Request, bare: str) -> bool:
    kin = kinship(bare, request.text)
    is_its_thing = not set(_OWN_THINGS.findall(bare)).isdisjoint(_OWN_THINGS.findall(request.text))
    return bool(kin.words) or kin.shares_things or is_its_thing


def about(requests: Sequence[Request], thing: str) -> Request | None:
    """The only one that names this very thing: 门锁 is none of 门口的路灯."""
    naming = [one for one in requests if thing in one.text or _names(one.text, thing)]
    return nearest(naming, thing) if len(naming) > 1 else next(iter(naming), None)


def has_more_than(request: Request, thing: str, reader: Understander) -> bool:
    """Does the request ask for something else beside this thing: 水龙头滴水, 再就是煤气表要换电池?"""
    others = (part for part in clauses_of(request.text) if not (thing in part or _names(part, thing)))
    return any(reader.understand(part).is_request for part in others)


def _names(told: str, thing: str) -> bool:
    kin = kinship(thing, told)
    return bool(kin.words) or kin.shares_things


def _nearness(request: Request, text: str) -> float:
    told = own_words(request)
    kin = kinship(text, told)
    return kin.words + kin.shares_things + 0.1 * len(_SIGNS.intersection(text) & set(told))


def _is_named(request: Request, text: str, others: Sequence[Request]) -> bool:
    """Of several that are open: do the words name this one and no other?"""
    found = nearest([one for one in others if shares(one, text)], text)
    return len(others) > 1 and found is not None and found.number == request.number
