"""What a resident's words mean at this desk: what only the roster knows, and whose ears they are for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from classifiers.dangers.alarm import named_dangers
from classifiers.dangers.blows import threatens, was_struck
from classifiers.dangers.calming import is_plea
from classifiers.dangers.swindles import costs_money_now, sounds_like_swindle
from classifiers.members.persons import SURNAMES
from classifiers.reader.late import late
from classifiers.reader.tidying import essence
from classifiers.requests.unnamed import without_wish
from classifiers.residents.follow_ups import FollowUp
from classifiers.residents.put_right import is_written_again, says_whose
from classifiers.taxonomy import SEEN_BY_ALL, sensitivity_rank
from classifiers.understand import Matter, Understander, Understanding
from handlers.desk import Desk
from handlers.residents import following
from handlers.residents.visit import Visit
from handlers.rules import routing
from handlers.rules.complaints import (
    blames_conduct,
    blames_manners,
    blames_own_people,
    blames_whoever_came,
    blames_work,
    complained_of,
    doubts_by_nickname,
    praises,
    with_names,
    with_offices,
)
from storage.records import Member, Request

COMPLAINT = partial(
    Matter,
    type="suggestion",
    confidence=0.9,
    urgency="normal",
    emergency_kind=None,
    sensitivity="confidential",
    why=lambda: ("names a member",),
)
_ASKS_FOR_SILENCE = late(
    r"(?:别|不要|不许|甭|不能)(?:让|叫|给|被).{0,6}(?:知道|晓得|看见|看到|听见)|别.{0,4}(?:发|往|放).{0,3}群|保密|别(?:跟|和|对|给).{0,6}(?:说|讲)|(?:这事|太|怪|多)丢人|别声张|别外传|别说(?:是|我|出去)"
)
LONGEST_PLEA = 20  # signs
SAYS_ANOTHER = late(r"(?:另外|还有(?:一件|一个|个)事?|再一个|再有|顺便|对了|此外)")
_EVERYDAY = frozenset({"repair", "public_facility", "environment", "errand", "policy"})  # what hides no secret
_NO_REMARKS = _EVERYDAY - {"policy"} | {"elder_care", "safety", "wish"}  # 陈示例上次修的又漏了 is for him
_UNSURE = frozenset({"dispute", "other"})  # what a complaint about somebody may be taken for
_NICKNAME = late(rf"[老小][{SURNAMES}]")
_FOR_THINGS = frozenset({"repair", "public_facility", "environment"})
_FOR_PEOPLE = frozenset({"elder_care", "errand"})
_WANTS_THINGS = late(
    r"[帮替给](?:我|俺|忙|着|他|她|老人)?(?:去)?(?:买|拿|取|送|带|捎|做|领|交|办|配|开)(?!开|走)|"
    r"(?:买|捎|送|配|开)(?:一下|点儿?|些|[个盒瓶袋份]|药|饭|菜|米)|"
    r"(?:药|胰岛素|米|面|菜|饭|吃的)[^,。!?水电气]{0,2}(?:没了|没有了|吃完了?|断了|用完了?)|没(?:药|米|饭|菜|吃的|人做饭)"
)
_DONE_BY_PEOPLE = frozenset({"violence", "self_harm"})
_RINGS_IN_AN_ANSWER = 0.5  # chance of a danger from which the answer to a question rings, though it names none
_SURE = 0.9  # chance from which words are believed to be another matter than what was told just before


async def of(visit: Visit, text: str) -> Understanding:
    reader = await visit.desk.house.understanding.reader(visit.desk.roster, visit.desk.session)
    lane = visit.resident.lane
    return with_own_people(visit.desk, reader, reader.understand(text, known_lane=lane or None), lane)


async def of_remark(visit: Visit, text: str) -> Understanding:
    """The same of what is said beside a rating: 就是小陈说话冲 is of him who was there, as if he were named."""
    meaning = await of(visit, text)
    if praises(text):
        return _as_praise(meaning)
    named = with_names(text, _people_around(visit.desk, visit.resident.lane))
    if blames_manners(text) and (named != text or not _NICKNAME.search(text)):  # 老张说话冲, and no member is a 张
        return confidential(replace(meaning, matters=(COMPLAINT(clause=text),)))
    if named == text or (await of(visit, named)).sensitivity != "confidential":
        return meaning
    return confidential(replace(meaning, matters=meaning.matters or (COMPLAINT(clause=text),)))


async def heard(visit: Visit, text: str) -> Understanding:
    """The same beside what he has open: a danger may show only there, or only seem to be one without it."""
    reader = await visit.desk.house.understanding.reader(visit.desk.roster, visit.desk.session)
    meaning = reader.understand(text, known_lane=visit.resident.lane or None)
    return in_context(reader, meaning, await following.threads(visit, reader, text))


def in_context(reader: Understander, meaning: Understanding, threads: Sequence[following.Thread]) -> Understanding:
    is_mere_wish = asks_for_silence(meaning.text) and not reader.matters(without_wish(essence(meaning.text)))
    if threads and is_mere_wish and meaning.urgency != "emergency":
        return replace(meaning, matters=())  # 别跟他们说是我说的 is a word to who goes there
    meaning = reader.in_context(meaning, [one.reading for one in threads])
    if threads and threads[0].reading.joins >= following.GOES_ON and threads[0].request.urgency != "emergency":
        meaning = reader.beside(meaning, threads[0].request.text, threads[0].request.types_all)
    return meaning


def asks_for_silence(text: str) -> bool:
    """别让街坊们知道啊, 不要往群里发: nothing but how to hear of what he has told."""
    return is_plea(essence(text)) or (len(text) <= LONGEST_PLEA and bool(_ASKS_FOR_SILENCE.search(text)))


def wants_silence(text: str) -> bool:
    """The same, whatever else is said: 是我儿子砸的 可千万别让胡同里人知道."""
    return bool(_ASKS_FOR_SILENCE.search(text)) or is_plea(essence(text))


async def is_secret(visit: Visit, text: str) -> bool:
    """May only the secretary hear this, whatever it was said along with?"""
    return (await of(visit, text)).sensitivity == "confidential"


def with_own_people(desk: Desk, reader: Understander, meaning: Understanding, lane: str) -> Understanding:
    """A complaint that names a member is confidential, whatever else it was taken for. 小张 is one of those who work
    around this lane."""
    if praises(meaning.text):
        return _praise(meaning)
    is_remark = any(one.type == "suggestion" for one in meaning.matters) or blames_work(meaning.text)
    is_about_them = (
        complained_of(meaning.text, desk.roster.members)
        or blames_own_people(meaning.text)
        or blames_whoever_came(meaning.text)
        or blames_conduct(meaning.text, _people_around(desk, lane))
        or (is_remark and doubts_by_nickname(meaning.text, _people_around(desk, lane)))
        or _complains_by_name(desk, reader, meaning, lane)
    )
    if not is_about_them:
        return meaning
    titled = reader.matters(with_offices(meaning.text, _people_around(desk, lane)))
    is_remark = bool(titled) and all(one.type == "suggestion" for one in titled)
    matters = tuple(_as_complaint(one, is_remark=is_remark) for one in meaning.matters)
    return confidential(replace(meaning, matters=matters or (COMPLAINT(clause=meaning.text),)))


def _as_complaint(matter: Matter, *, is_remark: bool) -> Matter:
    """Of whom it complains is known, and so what it is: no quarrel, and no danger that nobody has named. `is_remark`:
    with a title in the place of the name it is nothing but a complaint."""
    is_named_danger = bool(named_dangers(matter.clause)) or (
        matter.urgency == "emergency" and was_struck(matter.clause)
    )
    is_unsure = matter.urgency == "emergency" or is_remark or matter.type in _UNSURE
    if is_named_danger or not is_unsure:
        return matter
    is_pressing = matter.urgency == "urgent" and (was_struck(matter.clause) or threatens(matter.clause))
    return replace(
        matter, type="suggestion", urgency="urgent" if is_pressing else "normal", emergency_kind=None, is_faint=False
    )


def _praise(meaning: Understanding) -> Understanding:
    """Praise is for everybody's ears, though it names who is praised."""
    is_remark = meaning.is_request and all(one.type == "suggestion" for one in meaning.matters)
    if not (is_remark and meaning.sensitivity == "confidential" and praises(meaning.text)):
        return meaning
    return replace(meaning, matters=tuple(replace(one, sensitivity="open") for one in meaning.matters))


def _as_praise(meaning: Understanding) -> Understanding:
    """满意 小陈手艺好: nothing that is asked for, whatever a reader takes it for."""
    if any(one.sensitivity != "confidential" and one.type != "suggestion" for one in meaning.matters):
        return meaning
    return replace(meaning, matters=())


def _complains_by_name(desk: Desk, reader: Understander, meaning: Understanding, lane: str) -> bool:
    """李春燕嘴太碎: the reader has learnt what people say of a 网格员, and hears it when the name is a title."""
    if any(one.type in _NO_REMARKS for one in meaning.matters):
        return False
    text = with_offices(meaning.text, _people_around(desk, lane))
    again = reader.understand(text) if text != meaning.text else meaning
    return again is not meaning and any(
        one.type == "suggestion" and one.sensitivity == "confidential" for one in again.matters
    )


def _people_around(desk: Desk, lane: str) -> Sequence[Member]:
    return routing.people_around(desk.roster, [lane]) or desk.roster.members


def confidential(meaning: Understanding) -> Understanding:
    return replace(meaning, matters=tuple(replace(one, sensitivity="confidential") for one in meaning.matters))


def as_private_as(request: Request, meaning: Understanding) -> Request:
    """What was added may be more private than what was told first."""
    asked = "private" if wants_silence(meaning.text) else "open"
    strictest = max(request.sensitivity, meaning.sensitivity, asked, key=sensitivity_rank)
    return replace(request, sensitivity=strictest) if strictest != request.sensitivity else request


def is_other_matter(reader: Understander, meaning: Understanding, request: Request) -> bool:
    """Is this plainly about something else than the request at hand?"""
    if meaning.is_request and request.sensitivity == "confidential":
        return bool(SAYS_ANOTHER.match(meaning.text)) or stands_apart(meaning, request)
    if not meaning.is_request or request.type == "other" or not request.text:
        return False
    if is_written_again(request.text, meaning.text) or says_whose(meaning.text):
        return False
    if SAYS_ANOTHER.match(meaning.text) or asks_for_its_own(meaning, request):
        return True
    reading = reader.follow_up(request.text, meaning.text)
    if all(matter.type in (*request.types_all, "other") for matter in meaning.matters):
        return reading.chances[FollowUp.NEW] >= _SURE
    return meaning.urgency == "emergency" or reading.joins < following.GOES_ON


def asks_for_its_own(meaning: Understanding, request: Request) -> bool:
    """胰岛素没了 帮买一下, beside a burst pipe: what is wanted for a body is no word about a thing. Money that has just
    gone to a swindler is none about anything else."""
    if costs_money_now(meaning.text) and not (costs_money_now(request.text) or sounds_like_swindle(request.text)):
        return True
    if request.type not in _FOR_THINGS or not _WANTS_THINGS.search(meaning.text):
        return False
    is_for_people = any(one.type in _FOR_PEOPLE and one.type not in request.types_all for one in meaning.matters)
    return is_for_people and not following.shares(request, meaning.text)


def answers_calmly(reader: Understander, meaning: Understanding, asked: Request) -> bool:
    """出不去 腿疼, to whether she is at home: no word of danger, and no danger beside what she was asked about."""
    if meaning.urgency != "emergency":
        return True
    chance = reader.follow_up(asked.text, meaning.text).chances[FollowUp.ALARM]
    return not named_dangers(meaning.text) and chance < _RINGS_IN_AN_ANSWER


def is_everyday(matter: Matter) -> bool:
    """Surely an open matter of every day: a lamp, a drain, a form."""
    return matter.sensitivity == "open" and matter.type in _EVERYDAY and matter.confidence >= _SURE


def stands_apart(meaning: Understanding, secret: Request) -> bool:
    """Is this surely none of the confidential matter that was told before, so that others may hear of it?"""
    return any(_is_apart(matter, secret) for matter in meaning.matters)


def _is_apart(matter: Matter, secret: Request) -> bool:
    if matter.urgency != "emergency":
        return is_everyday(matter)
    if secret.urgency == "emergency":  # 他把我锁屋里了, 我被打晕了 are of it
        is_named = matter.emergency_kind in named_dangers(matter.clause)  # no mere guess
        return is_named and matter.sensitivity == "open" and matter.emergency_kind in SEEN_BY_ALL
    is_guess = matter.is_faint and matter.emergency_kind not in SEEN_BY_ALL  # 他出去了 我一个人 is for the same ears
    return matter.emergency_kind not in _DONE_BY_PEOPLE and not is_guess
