"""登记: what somebody told a member by phone or at the door becomes a request like any other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from classifiers.members.duty import reports_danger
from classifiers.members.references import without_number
from classifiers.members.told import read_told
from classifiers.reader.late import late
from classifiers.reader.segment import normalise
from classifiers.requests.duplicates import things_of
from classifiers.requests.matters import parted_by_doors
from classifiers.understand import Matter, Understander, Understanding
from handlers.desk import Desk
from handlers.members import rights, work
from handlers.moves import dispatch
from handlers.residents import confirming, opening, sense
from handlers.residents.visit import MAX_TEXT
from handlers.rules import routing
from handlers.rules.masking import markdown_safe
from storage.records import Fate, Incoming, Member, Outcome, Request

_IS_DONE = late(  # 登记并办结 给21号换了水龙头
    r"^(?:并?(?:已)?办结|补登)[\s,，:：]|(?:已(?:经)?(?:办结|办完|办好|修好|换好|解决|处理好|处理完|送到)|办结)了?[。!！\s]*$"
)
_DEALT_WITH = late(  # 他家热水器漏电 已经断电 is a report, and nobody need run
    r"已经断了?电|把电断|拉了?闸|散了|按住了|拉开了|劝住了|电话通了|送(?:到|去)?医院|救(?:出|上)来|(?:扑|浇|已经|早)灭|关了(?:阀|闸|气)|开的门|没事了?[。!！\s]*$|虚惊|误报"
)
ASKED_WHAT = "nothing to write down"


async def register(desk: Desk, member: Member, message: Incoming, text: str) -> Outcome:
    """Write down each matter he tells; of a danger the number to call comes first."""
    if not text:
        desk.answer("member.log_what")
        return Outcome(Fate.ANSWERED, reason=ASKED_WHAT)
    lane = _lane_here(desk, member, message)
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    listed = parted_by_doors(normalise(text))
    if 1 < len(listed) <= opening.MAX_MATTERS:
        return [await _told(desk, member, reader, one, lane) for one in listed][-1]
    return await _told(desk, member, reader, text, lane)


async def _told(desk: Desk, member: Member, reader: Understander, text: str, lane: str) -> Outcome:
    meaning = _without_introduction(reader, reader.understand(text, known_lane=lane or None))
    meaning = sense.with_own_people(desk, reader, meaning, lane)
    matters = meaning.matters[: opening.MAX_MATTERS]
    requests = [await _one(desk, member, one, one.clause, meaning, lane) for one in matters if len(matters) > 1]
    requests = requests or [await _one(desk, member, meaning.main, text, meaning, lane)]
    return Outcome(Fate.OPENED, requests[-1].number)


def _without_introduction(reader: Understander, meaning: Understanding) -> Understanding:
    """刚才王婶打电话来说她家厕所堵了 is of the toilet: who told it, and how, changes neither type nor haste. What is
    confidential in the whole stays so."""
    told = read_told(meaning.text)
    matters = reader.matters(told.matter) if told else ()
    if not matters:
        return meaning
    if meaning.sensitivity == "confidential":
        matters = tuple(replace(one, sensitivity="confidential") for one in matters)
    return replace(meaning, matters=matters)


async def brought(
    desk: Desk, member: Member, message: Incoming, around: Iterable[Request], *, in_words: bool
) -> Outcome | None:
    """李婶敲门说她家水管爆了, without 登记: written down, when it is about nothing that is open around him. `in_words`:
    nothing in them is a command."""
    told = read_told(message.text)
    if told is None or not told.is_brought or not in_words:
        return None
    things = things_of(told.matter)
    if any(not things or things & things_of(one.text) for one in around):
        return None
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    return await register(desk, member, message, message.text) if reader.matters(told.matter) else None


async def danger(
    desk: Desk, member: Member, message: Incoming, about: Request | None, known: frozenset[str]
) -> Outcome | None:
    """着火了,5号楼冒烟: what a member tells of a danger rings at once, though he does not say 登记; what he only
    might mean does not. `about`: the request whose number he named, in whose place it is; `known`: the kinds of
    danger around him that somebody sees to."""
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    main = _without_introduction(reader, reader.understand(message.text)).main
    if main is None or main.urgency != "emergency" or main.is_faint or _DEALT_WITH.search(message.text):
        return None
    if main.emergency_kind in known or not reports_danger(message.text, main.emergency_kind or ""):
        return None
    if about is None:
        return await register(desk, member, message, message.text)
    text = without_number(message.text)
    meaning = reader.understand(text, known_lane=about.lane or None)
    if meaning.main is None:
        return None
    request = await _one(desk, member, meaning.main, text, meaning, about.lane)
    return Outcome(Fate.OPENED, request.number)


async def _one(
    desk: Desk, member: Member, matter: Matter | None, text: str, meaning: Understanding, lane: str
) -> Request:
    place = meaning.place
    request = dispatch.begin_request(
        desk, None, matter, text[:MAX_TEXT], place_text=place.text, lane=place.lane or lane
    )
    request = await dispatch.dispatch(desk, replace(request, logged_by=member.code))
    desk.note(request, "log", member.code)
    if request.urgency == "emergency":
        desk.answer_words(confirming.call_first(request.emergency_kind, request.text))
    if _IS_DONE.search(text) and not rights.has_only_logged(desk, member.code, request):
        await work.resolve(desk, member.code, request, text[:MAX_TEXT])
        return request
    desk.answer("member.logged", number=request.number, type=desk.type_name(request), place=desk.masked_place(request))
    if place.text and not place.lane and request.lane:
        where = {"said": markdown_safe(place.text), "lane": desk.lane_name(request.lane)}
        desk.answer("member.logged_here", number=request.number, **where)
    return request


def _lane_here(desk: Desk, member: Member, message: Incoming) -> str:
    """The only lane of this group, or the only one he answers for."""
    here = desk.roster.lanes_by_chat.get(message.conversation, ())
    in_chat = [lane.code for lane in here if lane.chat_id]
    own = [area for area in routing.areas_of(desk.roster, member.code) if area in desk.roster.lane]
    return next((lanes[0] for lanes in (in_chat, sorted(own)) if len(lanes) == 1), "")
