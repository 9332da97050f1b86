"""What a resident asks of his open requests: who sees to it, when somebody comes, how it stands.

The desk answers from what it knows and adds nothing to the request. What only the holder can know, he is asked, once
until he has said something to the resident.
"""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.members.persons import who_is_meant
from classifiers.reader.late import late
from classifiers.residents.asking import Asked, SpokenAsking, read_asking
from classifiers.residents.follow_ups import FollowUp
from classifiers.residents.result_words import asks_back
from handlers.desk import Desk
from handlers.residents import confirming, following, inquiry, sense
from handlers.residents.visit import Visit
from handlers.rules import routing
from handlers.rules.masking import markdown_safe, shorten
from handlers.telling import audience
from handlers.telling.agreed import agreement
from handlers.texts import say
from storage.records import Fate, Outcome, Request

_FOR_REPAIRS = late("配件|零件|材料|料|货|东西|工具|件")  # what a holder waits for, whatever the request is about

_PLAIN = 5  # signs: 花钱不 alone is of what is being done
_AN_HOUR = late(r"[\d一二三四五六七八九十两几]点|\d[::]\d|几时")


async def hear(visit: Visit, text: str) -> Outcome | None:
    """How the requests stand that the question is about; None when it is no question about any."""
    asking = read_asking(text)
    if asking and asking.asked is Asked.NUMBER:
        return await _no_number(visit, asking)
    if asking is None and asks_back(text):
        return await _for_holder(visit, text)
    meant = await _meant(visit, asking) if asking else ()
    if asking is None or not meant or (asking.thing and await _is_danger(visit, text)):
        return None
    outcome = await inquiry.tell_how_they_stand(visit, meant)
    for request in meant:
        if request.urgency == "emergency" and request.accepted_at is None:
            first = confirming.call_first(request.emergency_kind, request.text)
            visit.desk.answer("resident.nobody_yet_emergency", number=request.number, call_first=first)
    if asking.asked is Asked.WHEN:
        await _ask_holders(visit, meant, text)
    return outcome


async def _for_holder(visit: Visit, text: str) -> Outcome | None:
    """花钱不, 带复印件不, 钱转给谁: only who works on it knows, and he is asked; nothing is added to the request."""
    desk = visit.desk
    mine = [one for one in await desk.session.requests.open_of_resident(visit.resident.id) if one.text and one.holder]
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    threads = [one for one in await following.threads(visit, reader, text) if one.request in mine]
    if not threads or await _is_danger(visit, text) or await sense.is_secret(visit, text):
        return None
    likeliest = threads[0]
    if likeliest.reading.chances[FollowUp.CHAT] >= following.GOES_ON:
        return None
    is_new = likeliest.reading.chances[FollowUp.NEW] >= following.GOES_ON and len(text) > _PLAIN
    if is_new or any(following.names_another_thing(one.request, text) for one in threads[:1]):
        return None
    if likeliest.request.urgency == "emergency" or likeliest.request.sensitivity == "confidential":
        return None
    root = await audience.root_of(desk, likeliest.request)
    desk.note(root, "resident_asks", "resident", words=text)
    told = say("member.resident_asks_this", number=root.number, text=markdown_safe(shorten(text, 300)))
    desk.tell_member(root.holder, "supplement", told, request=root)
    desk.answer("resident.asked_holder", holder=desk.name(root.holder))
    return Outcome(Fate.ANSWERED, likeliest.request.number)


async def _no_number(visit: Visit, asking: SpokenAsking) -> Outcome | None:
    """陈示例电话多少: the desk gives no numbers of its people; he calls who asks for it by 人工."""
    requests = visit.desk.session.requests
    mine = [one for one in await requests.open_of_resident(visit.resident.id) if one.holder]
    around = [one.lane for one in mine] or [visit.resident.lane]
    if (asking.person and not _is_one_of_ours(visit.desk, around, asking.person)) or not (mine or asking.person):
        return None
    if any(one.urgency == "emergency" for one in mine):
        return None
    if not mine:
        visit.desk.answer("resident.no_number")
        return Outcome(Fate.ANSWERED)
    human = say("option.human")
    visit.desk.answer("resident.no_number_call", (human, human), holder=visit.desk.name(mine[-1].holder))
    return Outcome(Fate.ANSWERED, mine[-1].number)


async def _is_danger(visit: Visit, text: str) -> bool:
    return (await sense.heard(visit, text)).urgency == "emergency"


async def _meant(visit: Visit, asking: SpokenAsking) -> Sequence[Request]:
    """Those of his own that the question can be about, oldest first."""
    requests = visit.desk.session.requests
    mine = [one for one in await requests.open_of_resident(visit.resident.id) if one.text]
    mine = sorted((*mine, *await requests.merged_of_resident(visit.resident.id)), key=lambda one: one.number)
    if asking.person and not _is_one_of_ours(visit.desk, [one.lane for one in mine], asking.person):
        return ()
    if asking.thing:
        named = [one for one in mine if asking.thing in one.text or following.shares(one, asking.thing)]
        return named or [one for one in mine if await _waits_for(visit.desk, one, asking.thing)]
    if asking.asked is Asked.WHEN:
        return [one for one in mine if await _agreed(visit.desk, one)] or mine
    return mine


def _is_one_of_ours(desk: Desk, lanes: Sequence[str], person: str) -> bool:
    """小陈 is one of those who work around these lanes, and no child or dog of his."""
    around = routing.people_around(desk.roster, lanes)
    return bool(who_is_meant(person, [one.name for one in around]))


async def _waits_for(desk: Desk, request: Request, thing: str) -> bool:
    """锁到了吗: the holder has told of it, or it is what any repair may wait for."""
    if request.accepted_at and _FOR_REPAIRS.fullmatch(thing):
        return True
    root = await audience.root_of(desk, request)
    return any(thing in entry.words for entry in await desk.session.journal.of(root.number))


async def _agreed(desk: Desk, request: Request, asked: str = "") -> bool:
    """Is a time agreed on that is still to come? 明天 does not answer 明天几点."""
    found = await agreement(desk, await audience.root_of(desk, request))
    if found is None or (found.passes_at is not None and found.passes_at <= desk.now):
        return False
    return _AN_HOUR.search(asked) is None or _AN_HOUR.search(found.words.partition("（")[0]) is not None


async def _ask_holders(visit: Visit, meant: Sequence[Request], text: str) -> None:
    """Where no hour is agreed on, or it has passed, the holder is asked; each holder of the newest of his."""
    desk = visit.desk
    asked: dict[str, Request] = {}
    for request in meant:
        root = await audience.root_of(desk, request)
        may_ask = bool(root.holder) and root.state.is_open and root.urgency != "emergency"
        if may_ask and not await _agreed(desk, request, text):
            asked[root.holder] = root
    for request in asked.values():
        await _ask(desk, request, text)


async def _ask(desk: Desk, request: Request, text: str) -> None:
    """Not again on the same day, as long as he has said nothing new."""
    journal = await desk.session.journal.of(request.number)
    since = max((entry.at for entry in journal if entry.actor == request.holder), default=request.created_at)
    about = (request.number, "resident_asks", request.escalation_level, request.holder)
    is_first = await desk.session.timers.remind_once(*about, desk.today, since)
    if is_first:
        desk.note(request, "resident_asks", "resident", words=text)
        told = say("member.resident_asks", number=request.number, text=markdown_safe(shorten(text, 300)))
        desk.tell_member(request.holder, "supplement", told, request=request)
    name = "resident.asked_holder" if is_first else "resident.asked_holder_already"
    desk.answer(name, holder=desk.name(request.holder))
