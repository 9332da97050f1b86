"""What members do to a request: take it, pass it on, report, finish. Each is one move, journaled and told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from classifiers.ending import says_it_eased
from classifiers.persons import who_is_meant
from classifiers.references import without_number
from classifiers.times import is_over, read_when
from handlers import asked, audience, custody, dispatch, pictures, privacy, rating
from handlers.agreed import agreed_on, agreement
from handlers.desk import Desk
from handlers.rules import ears, routing
from handlers.rules.lifecycle import IllegalMove, Verb, can
from handlers.rules.masking import for_group, markdown_safe, shorten
from handlers.rules.returns import reason_code
from handlers.steps import promise, step
from handlers.texts import say
from storage.records import (
    Rating,
    Request,
    State,
    Timer,
    TimerKind,
)

# Moves a member can type, for the sentence that says what is possible now.
TYPED = frozenset({Verb.ACCEPT, Verb.START, Verb.ASK_REQUESTER, Verb.REFER, Verb.SCHEDULE, Verb.RETURN, Verb.RESOLVE})
_CALLED = re.compile(
    r"(?:归|该|应该?|找|给|让|请|由|是)([\u4e00-\u9fff])(?:组长|书记|主任|队长|姐|哥|叔|姨|干部|同志|师傅)"
)
_NAMES_A_DAY = re.compile(r"今|明|后天|大后|周|星期|礼拜|[号日]|月|天|现在|马上|一会|分钟|小时")
_MERELY_GIVES = re.compile(r"去|来|办|负责|牵头|处理|管|弄|接着|继续|吧|了|这事|这件事|一下|[\s,，。.!！#\d]")
MAX_RETURNS = 2  # the second return goes to the secretary
_TAKES_OVER = frozenset({Verb.START, Verb.SCHEDULE, Verb.RESOLVE})  # who says so of what he was offered has taken it

_IN_PERSON = {  # of a resident whom no message reaches
    "member.accepted": "member.accepted_in_person",
    "member.accepted_later": "member.accepted_later_in_person",
    "member.progress_told": "member.progress_told_in_person",
    "member.scheduled": "member.scheduled_in_person",
    "member.scheduled_sometime": "member.scheduled_sometime_in_person",
}


class Unwilling(Exception):
    """A member asked for something that is not possible; the text is the sentence he gets. `then`: what he is asked in
    it, as `asked.reason` says it."""

    def __init__(self, text: str, *, then: str = "") -> None:
        super().__init__(text)
        self.then = then


# ── who may ──────────────────────────────────────────────────────────────────────────────────────


def may_know(desk: Desk, member: str, request: Request) -> bool:
    """May he hear of this request at all?"""
    if member in ears.kept_from(desk.roster, request, desk.today):
        return False
    if member in (request.holder, request.offered_to, request.supervisor, request.logged_by, *request.co_workers):
        return True
    if request.sensitivity == "confidential":  # its ladder may be of the time when it was open to more
        return ears.may_hold(desk.roster, request, member, desk.today, desk.settings.privacy.confidential_to)
    if request.sensitivity == "private":
        is_called = any(member in step.members for step in request.ladder)
        if is_burning(request) and routing.is_away(desk.roster, member, desk.today):  # 我就在附近 我去
            is_called = routing.may_act(desk.roster, member, request.lane, request.unit, desk.today)
        return is_called or member in ears.answerable(desk.roster, request, desk.today)
    return routing.may_act(desk.roster, member, request.lane, request.unit, desk.today)


def is_in_charge(desk: Desk, member: str, request: Request) -> bool:
    """Holds it, works on it, or has the last word about the place."""
    return member in (request.holder, *request.co_workers) or is_secretary(desk, member, request)


def is_secretary(desk: Desk, member: str, request: Request) -> bool:
    """Has he the last word about the place? Not about a complaint of himself."""
    if member in ears.kept_from(desk.roster, request, desk.today):
        return False
    return routing.is_secretary(desk.roster, member, request.lane, request.unit, desk.today)


def is_burning(request: Request) -> bool:
    """An emergency that nobody has taken."""
    return request.urgency == "emergency" and request.accepted_at is None


async def _claimed(desk: Desk, member: str, request: Request, verb: Verb) -> Request:
    """Words about a request nobody took yet take it, and so do a promise and a report of whom it was offered to; words
    of anybody else than the holder make him a co-worker.
    Raises IllegalMove, with nothing noted, when even then this move would not be possible."""
    if request.state is State.RETURNED or (can(request, Verb.ACCEPT) and not request.accepted_at):
        return await accept(desk, member, request, quietly=True)
    if not can(request, verb):
        raise IllegalMove(verb, request.state)
    if request.offered_to == member and verb in _TAKES_OVER:
        return await _take_over(desk, member, request, quietly=True)
    if not request.accepted_at:  # suspended before anybody took it
        desk.note(request, Verb.ACCEPT, member)
        first = request.first_responder or member
        return replace(request, holder=member, first_responder=first, accepted_at=desk.now, offered_to="")
    if not is_in_charge(desk, member, request):
        return _joined(desk, member, request)
    return request


def _joined(desk: Desk, member: str, request: Request) -> Request:
    if member in (request.holder, *request.co_workers):
        return request
    desk.note(request, "join", member)
    return replace(request, co_workers=(*request.co_workers, member))


# ── taking it ────────────────────────────────────────────────────────────────────────────────────


async def accept(desk: Desk, member: str, request: Request, *, note: str = "", quietly: bool = False) -> Request:
    """接: the first wins and stays first responder for ever; who comes second works along and hears who was first."""
    if request.offered_to == member:
        return await _take_over(desk, member, request, quietly=quietly)
    if request.holder == member and not can(request, Verb.ACCEPT):
        desk.note(request, "keep_on", member)  # what was lent to him he makes his own
        raise Unwilling(say("member.already_yours", number=request.number))
    if request.accepted_at is not None and request.state is not State.RETURNED:
        return await _second(desk, member, request)
    before, offered = request.holder, request.offered_to
    request = await step(
        desk,
        request,
        Verb.ACCEPT,
        member,
        words=note,
        holder=member,
        first_responder=request.first_responder or member,
        accepted_at=request.accepted_at or desk.now,
        offered_to="",
    )
    if not quietly:
        name = "resident.coming" if request.urgency == "emergency" else "resident.accepted"
        told = await audience.tell_all(
            desk, request, "accepted", name, type=desk.type_name(request), name=desk.name(member)
        )
        is_first = request.first_responder == member
        name = "member.accepted" if is_first else "member.accepted_later"
        await answer_told(desk, request, name, is_told=told, name=desk.name(member))
    await _tell_details(desk, member, request)
    await pictures.show(desk, member, request, at_once=True)
    _tell_it_is_taken(desk, member, request, before)
    if _waits_unheard(desk, member, request, before) and not await _is_yet_to_be_told(desk, request):
        custody.relieve(desk, before, request)
    await _tell_offer_is_settled(desk, member, request, offered)
    return request


async def _tell_offer_is_settled(desk: Desk, member: str, request: Request, offered: str) -> None:
    """Whom it was offered to need not answer any more, and who offered it, a secretary, need not wait for him."""
    if not offered or request.urgency == "emergency":
        return
    told = say("member.offer_settled", number=request.number, name=desk.name(member))
    desk.tell_member(offered, "kept", told, request=request)
    offerer = await offerer_of(desk, request)
    if offerer not in (member, offered):
        told = say("member.offer_overtaken", number=request.number, name=desk.name(member), asked=desk.name(offered))
        desk.tell_member(offerer, "kept", told, request=request)


def _waits_unheard(desk: Desk, member: str, request: Request, before: str) -> bool:
    """Whom it was sent to, or who gave it back, need not go: in the group he reads it, and of an alarm all hear. Who
    was to be told in the morning has nothing to be relieved of."""
    chat = desk.roster.chat_of(request.lane)
    is_heard = desk.message is not None and desk.message.conversation == chat and request.sensitivity == "open"
    if before in ("", member, *ears.kept_from(desk.roster, request, desk.today)) or is_heard:
        return False
    return request.urgency != "emergency"


async def _is_yet_to_be_told(desk: Desk, request: Request) -> bool:
    asked = await audience.requester(desk, request)
    return await desk.session.outbox.still_waits(request.number, but_for=asked.resident.openid if asked else "")


async def _tell_details(desk: Desk, member: str, request: Request) -> None:
    """Who took it in a group has read masked words: the door, the phone and the pictures are told to him alone."""
    files = await desk.session.files.of(request.number)
    words = f"{request.place_text} {request.text}"
    if request.sensitivity != "open" or not (files or for_group(words) != words):
        return
    text = say(
        "member.details_for_you",
        number=request.number,
        place=markdown_safe(request.place_text) or desk.lane_name(request.lane),
        text=markdown_safe(request.text),
        files="、".join(say(f"media.{file.kind}") for file in files) or say("name.nothing"),
    )
    desk.tell_member(member, "details", text, request=request, at_once=True)


def _tell_it_is_taken(desk: Desk, member: str, request: Request, before: str) -> None:
    """All who were called to an emergency hear that somebody is on the way."""
    if request.urgency != "emergency":
        return
    text = say("member.emergency_taken", number=request.number, name=desk.name(member))
    chat = desk.roster.chat_of(request.lane)
    is_heard_there = desk.message is not None and desk.message.conversation == chat
    if chat and request.sensitivity == "open" and not is_heard_there:
        desk.tell_group(chat, "taken", text, request=request, urgent=True)
    for code in dict.fromkeys((before, *dispatch.listeners(desk, request, everybody=True, in_group=False))):
        if code != member:
            desk.tell_member(code, "taken", text, request=request, urgent=True)


def _tell_supervisor(desk: Desk, member: str, request: Request, name: str, words: str) -> None:
    """Who looks over the holder's shoulder was promised to hear how it goes."""
    if request.supervisor not in ("", member, request.holder):
        said = markdown_safe(shorten(words, 200))
        text = say(name, number=request.number, name=desk.name(member), words=said)
        desk.tell_member(request.supervisor, "supervise", text, request=request)


async def _tell_it_is_over(desk: Desk, member: str, request: Request) -> None:
    """Whoever was called to it need not wonder any more; the group, if it was told there."""
    if request.urgency == "emergency":
        await _tell_who_was_called(desk, member, request, "member.emergency_over", request.result)
        await dispatch.tell_group_it_is_over(desk, request)


async def _tell_who_was_called(desk: Desk, member: str, request: Request, name: str, said: str) -> None:
    """How the emergency stands, in the words of who is there; masked in a group, and of nothing private."""
    said = shorten(said, 200)
    text = say(name, number=request.number, name=desk.name(member), result=markdown_safe(said))
    chat = desk.roster.chat_of(request.lane) if request.sensitivity == "open" else ""
    if chat and not (desk.message is not None and desk.message.conversation == chat):
        told = say(name, number=request.number, name=desk.name(member), result=markdown_safe(for_group(said)))
        desk.tell_group(chat, "over", told, request=request)
    for code in await dispatch.rung(desk, request):
        if code != member:
            desk.tell_member(code, "over", text, request=request)


async def _second(desk: Desk, member: str, request: Request) -> Request:
    if member in request.co_workers:
        raise Unwilling(say("member.second_again", number=request.number, first=desk.name(request.holder)))
    request = await desk.session.requests.save(_joined(desk, member, request))
    first = desk.name(request.first_responder or request.holder)
    desk.answer("member.second", number=request.number, name=desk.name(member), first=first)
    return request


async def _take_over(desk: Desk, member: str, request: Request, *, quietly: bool = False) -> Request:
    """The offered request changes hands; until now the offerer was accountable. `quietly`: what the taker says with it
    tells the resident who comes."""
    before = request.holder
    others = tuple(code for code in request.co_workers if code != member)
    first = request.first_responder or member
    request = replace(request, holder=member, first_responder=first, offered_to="", co_workers=others)
    if can(request, Verb.ACCEPT):
        accepted_at = request.accepted_at or desk.now
        request = await step(desk, request, Verb.ACCEPT, member, accepted_at=accepted_at)
    else:
        request = await desk.session.requests.save(request)
        await desk.session.timers.cancel(request.number, [TimerKind.HAND_OVER])
    desk.note(request, "take_over", member, **{"from": before})
    await pictures.show(desk, member, request, at_once=True)
    desk.answer("member.took_over", number=request.number, name=desk.name(member))
    custody.relieve(desk, before, request)
    if not quietly:
        await audience.tell_new_holder(desk, request, "accepted")
    return request


# ── passing it on ────────────────────────────────────────────────────────────────────────────────


async def offer(desk: Desk, member: str, request: Request, to: str, note: str) -> None:
    """转: in two steps, so that nothing falls between two chairs."""
    receiver = _receiver(desk, request, to)
    if receiver == member:
        raise Unwilling(say("member.offer_to_yourself", number=request.number))
    is_ruling = request.state is State.RETURNED and is_secretary(desk, member, request)
    if receiver == request.holder and not is_ruling:
        raise Unwilling(say("member.offer_to_holder", number=request.number, name=desk.name(receiver)))
    away, receiver = receiver, _here_for(desk, member, request, receiver)
    if is_ruling:
        await _rule(desk, member, request, receiver, note)
        return
    is_his = request.holder == member or is_secretary(desk, member, request)
    if not is_his and request.accepted_at is not None:
        raise Unwilling(say("member.not_yours_to_pass", number=request.number, name=desk.name(request.holder)))
    request = await desk.session.requests.save(replace(request, offered_to=receiver))
    desk.note(request, "offer", member, words=note, to=receiver)
    await wait_for_taker(desk, request)
    card = dispatch.member_card(desk, replace(request, holder=receiver), receiver, await agreed_on(desk, request))
    text = say("member.offered", number=request.number, name=desk.name(member), card=card)
    desk.tell_member(receiver, "offer", text, request=request, at_once=True)
    if away != receiver:
        desk.answer("member.offer_away", number=request.number, away=desk.name(away), name=desk.name(receiver))
    desk.answer("member.offer_sent", number=request.number, name=desk.name(receiver), holder=desk.name(request.holder))


def _here_for(desk: Desk, member: str, request: Request, receiver: str) -> str:
    """Who is meant, or who stands in for him today: nobody waits for an answer of somebody away. Raises Unwilling when
    the other is the speaker, the holder, nobody, or may not hear of it."""
    here = routing.stand_in(desk.roster, receiver, desk.today)
    if here == receiver:
        return receiver
    secret = request.sensitivity == "confidential" and not _may_hear_the_confidential(desk, here, request)
    if here in ("", member, request.holder) or secret:
        name = desk.name(here) if here else say("name.nobody")
        raise Unwilling(say("member.offer_nobody_here", number=request.number, away=desk.name(receiver), name=name))
    return here


async def _rule(desk: Desk, member: str, request: Request, receiver: str, note: str) -> None:
    """裁定: a secretary gives a returned request to somebody, who need not be asked."""
    before = request.holder
    request = await dispatch.assign(desk, member, request, receiver, note or _said_with(desk, receiver))
    if before not in (receiver, member):
        custody.relieve(desk, before, request)
    desk.answer("member.ruled", number=request.number, name=desk.name(receiver))


def _said_with(desk: Desk, receiver: str) -> str:
    """1 让潘编写去办，供电所我已经打过招呼了: what he said, when it is more than to whom; else ""."""
    text = without_number(desk.message.text if desk.message is not None else "").strip()
    _, _, rest = text.partition(desk.name(receiver))
    return text if _MERELY_GIVES.sub("", rest) else ""


async def keep(desk: Desk, member: str, request: Request) -> None:
    """不转了: what nobody has taken yet is offered no longer; whom it was offered to need not answer."""
    if request.holder != member and not is_secretary(desk, member, request):
        raise Unwilling(say("member.not_yours_to_pass", number=request.number, name=desk.name(request.holder)))
    asked = request.offered_to
    if not asked:
        raise Unwilling(say("member.nothing_offered"))
    request = await desk.session.requests.save(replace(request, offered_to=""))
    if request.state is State.RETURNED:
        await wait_for_taker(desk, request)
    else:
        await desk.session.timers.cancel(request.number, [TimerKind.HAND_OVER])
    desk.note(request, "keep", member, to=asked)
    told = say("member.kept_from_you", number=request.number, name=desk.name(member))
    desk.tell_member(asked, "kept", told, request=request)
    desk.answer("member.kept", number=request.number, holder=desk.name(request.holder))


def _receiver(desk: Desk, request: Request, to: str) -> str:
    """The member meant by a name, a given name, or by surname and title; of several those who know the place."""
    if not to:
        raise Unwilling(say("member.offer_to_whom", number=request.number))
    everybody = desk.roster.members
    in_full = [member for member in everybody if to in (member.name, member.code)]
    meant = who_is_meant(to, (member.name for member in everybody if routing.is_reachable(member)))
    # Who is named in full and has left is not somebody else of his surname.
    named = in_full or [member for member in everybody if member.name in meant]
    named = [member for member in named if routing.is_reachable(member)]
    if len(named) > 1:
        area = (request.lane, request.unit, desk.today)
        named = [member for member in named if routing.may_act(desk.roster, member.code, *area)] or named
    if len(named) != 1:
        raise Unwilling(say("member.offer_unclear" if named else "member.offer_unknown", number=request.number, to=to))
    receiver = named[0].code
    if request.sensitivity == "confidential" and not _may_hear_the_confidential(desk, receiver, request):
        raise Unwilling(say("member.confidential_stays", number=request.number, name=desk.name(receiver)))
    return receiver


def _may_hear_the_confidential(desk: Desk, member: str, request: Request) -> bool:
    """The secretary and those named for it: the resident was promised that nobody else hears of it."""
    is_named = member in (request.holder, *request.co_workers, *desk.settings.privacy.confidential_to)
    is_kept_from = member in ears.kept_from(desk.roster, request, desk.today)
    return (is_named and not is_kept_from) or is_secretary(desk, member, request)


async def give_back(
    desk: Desk, member: str, request: Request, reason: str, to: str | None, *, for_ruling: bool = False
) -> None:
    """退: with a reason. Who gives back is accountable until somebody accepts; the second time the secretary rules, and
    when it is `for_ruling`."""
    if request.offered_to == member:
        await _refuse_offer(desk, member, request, reason)
        return
    if request.holder != member:
        await _unable(desk, member, request, reason)
        return
    if not reason and not to:
        then = asked.reason(asked.Wanted.REASON, f"退 {request.number} {asked.GAP}")
        raise Unwilling(say("member.return_why", number=request.number), then=then)
    proposed = _proposed(desk, request, to or _proposed_in(desk, request, reason))
    count = max(request.return_count + 1, MAX_RETURNS if for_ruling else 0)
    data = {"proposed": desk.name(proposed) if proposed else "", "code": reason_code(reason)}
    changes = {"return_count": count, "offered_to": ""}
    request = await step(desk, request, Verb.RETURN, member, words=reason, data=data, **changes)
    await wait_for_taker(desk, request)
    told = _tell_return(desk, request, member, reason, proposed)
    desk.answer("member.returned", number=request.number, told=desk.names(told) or say("name.nobody"))


async def _unable(desk: Desk, member: str, request: Request, reason: str) -> None:
    """我也弄不了, of what another holds; who says so of what was given back gives it back a second time."""
    desk.note(request, "unable", member, words=reason)
    if request.state is not State.RETURNED or request.return_count >= MAX_RETURNS:
        desk.answer("member.noted_unable", number=request.number, holder=desk.name(request.holder))
        return
    request = await desk.session.requests.save(replace(request, return_count=MAX_RETURNS))
    told = desk.names(_tell_return(desk, request, member, reason)) or say("name.nobody")
    desk.answer("member.unable_too", number=request.number, told=told, holder=desk.name(request.holder))


def _proposed(desk: Desk, request: Request, to: str | None) -> str:
    """Whom he names for it; "" when nobody is known by that name or may hear of it: then it is not proposed to him."""
    try:
        return _receiver(desk, request, to) if to else ""
    except Unwilling:
        return ""


def _proposed_in(desk: Desk, request: Request, reason: str) -> str | None:
    """归孙组长: a receiver who is only named in the reason, by his name or by surname and title."""
    named = routing.named_in(desk.roster, reason, request.holder)
    called = _CALLED.search(reason)
    if named or not called:
        return named[0].name if len(named) == 1 else None
    known = [one.code for one in routing.called(desk.roster, called[1], request.holder, desk.today)]
    return desk.roster.member[known[0]].name if len(known) == 1 else None


async def wait_for_taker(desk: Desk, request: Request) -> None:
    """So long somebody may take it, whom it was offered to or anybody; then it goes back, or needs a ruling."""
    await desk.session.timers.cancel(request.number, [TimerKind.HAND_OVER])
    within = desk.now + desk.settings.desk.hand_over_within
    desk.session.timers.set(Timer(request.number, TimerKind.HAND_OVER, within))


def _tell_return(desk: Desk, request: Request, member: str, reason: str, proposed: str = "") -> tuple[str, ...]:
    """The proposed receiver and the first step of the ladder; from the second return on the secretary."""
    secretaries = ears.secretaries(desk.roster, request, desk.today)
    above = next((s.members for s in request.ladder if set(s.members) - {member}), secretaries)
    to_tell = secretaries if request.return_count >= MAX_RETURNS else above
    if proposed and request.return_count < MAX_RETURNS:
        to_tell = (proposed, *to_tell)
    text = say(
        "member.returned_to_you" if request.return_count < MAX_RETURNS else "member.returned_for_ruling",
        number=request.number,
        name=desk.name(member),
        reason=markdown_safe(shorten(reason, 200)) or say("name.no_reason"),
        card=dispatch.invitation(desk, request, ""),
    )
    told = tuple(code for code in dict.fromkeys(to_tell) if code != member)
    for code in told:
        desk.tell_member(code, "returned", text, request=request)
    return told


async def _refuse_offer(desk: Desk, member: str, request: Request, reason: str) -> None:
    request = await desk.session.requests.save(replace(request, offered_to=""))
    await desk.session.timers.cancel(request.number, [TimerKind.HAND_OVER])
    if request.state is State.RETURNED:
        await wait_for_taker(desk, request)
    desk.note(request, "refuse_offer", member, words=reason)
    said = markdown_safe(shorten(reason, 200)) or say("name.no_reason")
    text = say("member.offer_refused", number=request.number, name=desk.name(member), reason=said)
    desk.tell_member(request.holder, "offer_refused", text, request=request)
    offerer = await offerer_of(desk, request)
    if offerer not in (request.holder, member):
        holder = desk.name(request.holder)
        text = say(
            "member.assignment_refused", number=request.number, name=desk.name(member), reason=said, holder=holder
        )
        desk.tell_member(offerer, "offer_refused", text, request=request)
    desk.answer("member.refused_offer", number=request.number, holder=desk.name(request.holder))


async def offerer_of(desk: Desk, request: Request) -> str:
    """Who offered it last: its holder, or a secretary."""
    entries = await desk.session.journal.of(request.number)
    last = next((one for one in reversed(entries) if one.kind in ("offer", "offer_back")), None)
    return last.actor if last and last.kind == "offer" else request.holder


# ── working on it ────────────────────────────────────────────────────────────────────────────────


async def progress(desk: Desk, member: str, request: Request, words: str) -> None:
    """在路上, 已联系物业: told to the resident in the member's words."""
    was_taken = request.accepted_at is not None and request.accepted_at < desk.now
    request = await step(desk, await _claimed(desk, member, request, Verb.START), Verb.START, member, words=words)
    if was_taken and request.urgency == "emergency" and says_it_eased(words):
        await _tell_who_was_called(desk, member, request, "member.emergency_eased", words)
    told = await audience.tell_all(desk, request, "progress", "resident.progress", name=desk.name(member), words=words)
    _tell_supervisor(desk, member, request, "member.supervised_news", words)
    await answer_told(desk, request, "member.progress_told", is_told=told)


async def ask_requester(desk: Desk, member: str, request: Request, words: str) -> None:
    """请补充: the resident is asked, and the clock of the solution stands still meanwhile."""
    asked = await audience.requester(desk, request)
    if asked is None:
        raise Unwilling(say("member.nobody_to_ask", number=request.number))
    request = await step(
        desk, await _claimed(desk, member, request, Verb.ASK_REQUESTER), Verb.ASK_REQUESTER, member, words=words
    )
    await desk.session.conversations.save(replace(asked.talk, question_request=request.number))
    text = say("resident.asked", number=request.number, name=desk.name(member), words=words)
    desk.tell_resident(asked.resident, "asked", text, request=request, last_heard=asked.talk.last_at)
    soon = await audience.told_when(desk, request)
    name = "member.asked" if soon == say("told.at_once") else "member.asked_later"
    desk.answer(name, number=request.number, soon=soon)


async def refer(desk: Desk, member: str, request: Request, words: str) -> None:
    """吹哨: somebody above or another office is needed; the holder stays accountable."""
    request = await step(desk, await _claimed(desk, member, request, Verb.REFER), Verb.REFER, member, words=words)
    above = tuple(code for step in request.ladder if step.rung in ("cadre", "secretary") for code in step.members)
    others = [code for code in above if code != member]
    kept = {member, *ears.kept_from(desk.roster, request, desk.today)}
    next_above = routing.secretaries(desk.roster, request.lane, request.unit, desk.today, but=kept)
    told = tuple(dict.fromkeys(others or next_above))
    text = say(
        "member.help_wanted",
        number=request.number,
        name=desk.name(member),
        words=markdown_safe(shorten(words, 300)),
        card=dispatch.invitation(desk, request, ""),
    )
    for code in told:
        desk.tell_member(code, "help_wanted", text, request=request)
    await audience.tell_all(desk, request, "referred", "resident.referred")
    desk.answer("member.help_called", number=request.number, told=desk.names(told) or say("name.nobody"))


async def schedule(desk: Desk, member: str, request: Request, words: str) -> None:
    """约好: the promise is told to the resident with its date, and it is due when the promise ends.

    Of a time that cannot be reckoned (国庆后) only the words are told; of one that is over nothing, and he is asked.
    What lies farther off than `desk.promise_within` the secretary has to agree to; until then it is due as before,
    and the resident hears nothing of it.
    """
    said_of = await _said_of(desk, request, words)
    when = read_when(words, said_of)
    until = when.kept_by if when else None
    is_new = request.accepted_at is None or request.state is State.RETURNED
    if (when is None or when.start is None) and is_over(words, said_of):
        if is_new:
            await accept(desk, member, request)
        raise Unwilling(say("member.time_is_over", number=request.number, words=markdown_safe(shorten(words, 60))))
    request = await _claimed(desk, member, request, Verb.SCHEDULE)
    latest = desk.house.calendar.add(desk.now, desk.settings.desk.promise_within)
    if until is not None and until > latest and not is_secretary(desk, member, request):
        if is_new:
            await audience.tell_all(
                desk, request, "accepted", "resident.accepted", type=desk.type_name(request), name=desk.name(member)
            )
        await ask_for_more_time(desk, member, request, until, words, is_appointment=True)
        return
    told = desk.with_date(words, when)
    request, is_told = await tell_of_appointment(desk, member, request, words, until, told)
    await _answer_scheduled(desk, request, told, is_dated=until is not None, is_told=is_told)
    _tell_supervisor(desk, member, request, "member.supervised_news", told)


async def tell_of_appointment(
    desk: Desk, member: str, request: Request, words: str, until: datetime | None, told: str
) -> tuple[Request, bool]:
    """`words` are the member's; `told`, with the date, is what the resident hears, and whether anybody does."""
    request = await step(desk, request, Verb.SCHEDULE, member, words=words)
    if until:
        request = await promise(desk, request, until)
    name = desk.name(member)
    is_told = await audience.tell_all(desk, request, "scheduled", "resident.scheduled", name=name, when=told)
    return request, is_told


async def _answer_scheduled(desk: Desk, request: Request, when: str, *, is_dated: bool, is_told: bool) -> None:
    """What the resident hears, for the member's eyes: in a group masked, and of nothing private."""
    is_group = desk.message is not None and desk.message.is_group
    if is_group and request.sensitivity != "open":
        await answer_told(desk, request, "member.progress_told", is_told=is_told)
        return
    name = "member.scheduled" if is_dated else "member.scheduled_sometime"
    await answer_told(desk, request, name, is_told=is_told, when=for_group(when) if is_group else when)


async def answer_told(desk: Desk, request: Request, sentence: str, /, *, is_told: bool, **values: object) -> None:
    """When the resident is told it, 马上 or tomorrow at seven; where nobody is there to hear it, that he has to say it
    in person."""
    if is_told:
        desk.answer(sentence, number=request.number, soon=await audience.told_when(desk, request), **values)
    else:
        desk.answer(_IN_PERSON[sentence], number=request.number, **values)


async def _said_of(desk: Desk, request: Request, words: str) -> datetime:
    """九点左右, behind 明天上午去, is nine o'clock tomorrow."""
    zone = desk.settings.desk.zone
    now = desk.now.astimezone(zone)
    if request.state is not State.SCHEDULED or _NAMES_A_DAY.search(words):
        return now
    found = await agreement(desk, request)
    if found is None or found.when is None or found.when.kept_by is None:
        return now
    day = found.when.kept_by.astimezone(zone).replace(hour=0, minute=1, second=0, microsecond=0)
    return day if day > now else now


async def ask_for_more_time(
    desk: Desk, member: str, request: Request, until: datetime, reason: str, *, is_appointment: bool = False
) -> None:
    """The secretaries are asked; until one of them agrees nothing changes. Of an appointment `reason` is its time."""
    request = await desk.session.requests.save(replace(request, extension_until=until))
    desk.note(request, "extend", member, words=reason, until=until.isoformat(), is_appointment=is_appointment)
    told = ears.secretaries(desk.roster, request, desk.today)
    text = say(
        "member.extension_wanted",
        number=request.number,
        type=desk.type_name(request),
        name=desk.name(member),
        until=desk.clock_time(until),
        reason=markdown_safe(reason),
    )
    for code in told:
        desk.tell_member(code, "extension", text, request=request)
    desk.answer("member.extension_asked", number=request.number, told=desk.names(told) or say("name.nobody"))


async def resolve(desk: Desk, member: str, request: Request, result: str) -> None:
    """办结: the result is told to the resident, who has the last word."""
    request = await _claimed(desk, member, request, Verb.RESOLVE)
    request = await step(
        desk,
        request,
        Verb.RESOLVE,
        member,
        words=result,
        result=result,
        resolved_at=desk.now,
        offered_to="",
        extension_until=None,
    )
    told, soon = await rating.tell_result(desk, request, member), await audience.told_when(desk, request)
    await _tell_it_is_over(desk, member, request)
    _tell_supervisor(desk, member, request, "member.supervised_done", result)
    _tell_holder(desk, member, request, result)
    await pictures.show_result(desk, request)
    if await audience.requester(desk, request) is None:  # nobody can be asked
        request = await rating.close(desk, request, Rating.UNRATED)
    await privacy.forget_who_left(desk, request)
    desk.answer("member.resolved" if told else "member.resolved_tell_in_person", number=request.number, soon=soon)


def _tell_holder(desk: Desk, member: str, request: Request, result: str) -> None:
    """Whom nobody else relieves need not go, when somebody else has done it."""
    if request.holder in ("", member) or request.urgency == "emergency":
        return
    text = say(
        "member.done_by", number=request.number, name=desk.name(member), words=markdown_safe(shorten(result, 200))
    )
    desk.tell_member(request.holder, "done_by", text, request=request)


# ── how a request is shown to members ────────────────────────────────────────────────────────────


def line(desk: Desk, request: Request) -> str:
    """One request in a list; private ones without their words."""
    return say(
        "member.line",
        number=request.number,
        type=desk.type_name(request),
        place=desk.masked_place(request),
        state=say(f"ledger.{request.state}"),
        text=_words(desk, request),
    )


def _words(desk: Desk, request: Request) -> str:
    return desk.masked(request) if request.sensitivity == "open" else say(f"sensitivity.{request.sensitivity}")


def details(desk: Desk, request: Request, member: str, *, in_group: bool) -> str:
    """Everything a member may see of one request here."""
    full = not in_group and (request.sensitivity == "open" or member == request.holder)
    return say(
        "member.details",
        number=request.number,
        type=desk.type_name(request),
        urgency=say(f"urgency.{request.urgency}"),
        state=say(f"ledger.{request.state}"),
        place=markdown_safe(request.place_text) if full and request.place_text else desk.masked_place(request),
        text=markdown_safe(request.text) if full else _words(desk, request),
        holder=desk.name(request.holder) if request.holder else say("name.nobody"),
        first=desk.name(request.first_responder) if request.first_responder else say("name.nobody"),
        due=desk.clock_time(request.due_resolution or request.created_at),
    )
