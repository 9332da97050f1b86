"""What members do to a request: take it, report, finish. Each is one move, journaled and told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from classifiers.members.corrections import without_wrong_time
from classifiers.members.ending import says_it_eased
from classifiers.members.scene import has_found_somebody, tells_what_he_found
from classifiers.reader.late import late
from classifiers.times.promises import is_over, read_when
from handlers.desk import Desk
from handlers.members import extending, rights
from handlers.moves import dispatch, passing
from handlers.moves.steps import promise, step
from handlers.residents import privacy, rating
from handlers.rules import ears, routing
from handlers.rules.lifecycle import IllegalMove, Verb, can
from handlers.rules.masking import for_group, markdown_safe, shorten
from handlers.telling import audience, pictures
from handlers.telling.agreed import agreement
from handlers.texts import say
from handlers.watching import custody
from storage.records import (
    Rating,
    Request,
    State,
    TimerKind,
)

# Moves a member can type, for the sentence that says what is possible now.
TYPED = frozenset({Verb.ACCEPT, Verb.START, Verb.ASK_REQUESTER, Verb.REFER, Verb.SCHEDULE, Verb.RETURN, Verb.RESOLVE})
_NAMES_A_DAY = late(r"今|明|后天|大后|周|星期|礼拜|[号日]|月|天|现在|马上|一会|分钟|小时")
_TAKES_OVER = frozenset({Verb.START, Verb.SCHEDULE, Verb.RESOLVE})  # who says so of what he was offered has taken it

_IN_PERSON = {  # of a resident whom no message reaches
    "member.accepted": "member.accepted_in_person",
    "member.accepted_later": "member.accepted_later_in_person",
    "member.progress_told": "member.progress_told_in_person",
    "member.scheduled": "member.scheduled_in_person",
    "member.scheduled_sometime": "member.scheduled_sometime_in_person",
}


# ── who speaks of it has it ──────────────────────────────────────────────────────────────────────


async def _claimed(desk: Desk, member: str, request: Request, verb: Verb, *, news: str = "") -> Request:
    """Words about a request nobody took yet take it, and so do a promise and a report of whom it was offered to; words
    of anybody else than the holder make him a co-worker.
    Raises IllegalMove, with nothing noted, when even then this move would not be possible."""
    if request.state is State.RETURNED or (can(request, Verb.ACCEPT) and not request.accepted_at):
        return await accept(desk, member, request, quietly=True, news=news)
    if not can(request, verb):
        raise IllegalMove(verb, request.state)
    if request.offered_to == member and verb in _TAKES_OVER:
        return await _take_over(desk, member, request, quietly=True)
    if not request.accepted_at:  # suspended before anybody took it
        desk.note(request, Verb.ACCEPT, member)
        first = request.first_responder or member
        return replace(request, holder=member, first_responder=first, accepted_at=desk.now, offered_to="")
    if not rights.is_in_charge(desk, member, request):
        return _joined(desk, member, request)
    return request


def _joined(desk: Desk, member: str, request: Request) -> Request:
    if member in (request.holder, *request.co_workers):
        return request
    desk.note(request, "join", member)
    return replace(request, co_workers=(*request.co_workers, member))


# ── taking it ────────────────────────────────────────────────────────────────────────────────────


async def accept(
    desk: Desk, member: str, request: Request, *, note: str = "", quietly: bool = False, news: str = ""
) -> Request:
    """接: the first wins and stays first responder for ever; who comes second works along and hears who was first.
    `news`: how an emergency ended, by who takes it with these words; all who were called hear them."""
    if request.offered_to == member:
        return await _take_over(desk, member, request, quietly=quietly)
    if request.holder == member and not can(request, Verb.ACCEPT):
        desk.note(request, "keep_on", member)  # what was lent to him he makes his own
        raise rights.Unwilling(say("member.already_yours", number=request.number))
    if request.accepted_at is not None and request.state is not State.RETURNED:
        return await _second(desk, member, request)
    before, offered, looks_after = request.holder, request.offered_to, await passing.gave_back(desk, request)
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
    if news and request.urgency == "emergency":
        await _tell_it_eased(desk, member, request, news)
    else:
        _tell_it_is_taken(desk, member, request, before)
    if _waits_unheard(desk, member, request, before) and not await _is_yet_to_be_told(desk, request):
        custody.relieve(desk, before, request)
    if looks_after not in (before, member, "") and request.urgency != "emergency":
        custody.relieve(desk, looks_after, request)
    await _tell_offer_is_settled(desk, member, request, offered)
    return request


async def _tell_offer_is_settled(desk: Desk, member: str, request: Request, offered: str) -> None:
    """Whom it was offered to need not answer any more, and who offered it, a secretary, need not wait for him."""
    if not offered or request.urgency == "emergency":
        return
    told = say("member.offer_settled", number=request.number, name=desk.name(member))
    desk.tell_member(offered, "kept", told, request=request)
    offerer = await passing.offerer_of(desk, request)
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


async def _tell_it_eased(desk: Desk, member: str, request: Request, words: str) -> None:
    """Whoever was called to it hears how it stands; who looked out for somebody in the group, that he need not."""
    await _tell_who_was_called(desk, member, request, "member.emergency_eased", words)
    if request.emergency_kind == "missing" and has_found_somebody(words):
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
        raise rights.Unwilling(say("member.second_again", number=request.number, first=desk.name(request.holder)))
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


# ── working on it ────────────────────────────────────────────────────────────────────────────────


async def progress(desk: Desk, member: str, request: Request, words: str) -> None:
    """在路上, 已联系物业: told to the resident in the member's words."""
    was_burning = rights.is_burning(request)
    has_eased = request.urgency == "emergency" and (says_it_eased(words) or tells_what_he_found(words))
    claimed = await _claimed(desk, member, request, Verb.START, news=words if has_eased else "")
    request = await step(desk, claimed, Verb.START, member, words=words)
    if has_eased and not was_burning:
        await _tell_it_eased(desk, member, request, words)
    told = await audience.tell_all(desk, request, "progress", "resident.progress", name=desk.name(member), words=words)
    _tell_supervisor(desk, member, request, "member.supervised_news", words)
    await answer_told(desk, request, "member.progress_told", is_told=told)
    if has_eased:
        desk.answer("member.may_end", number=request.number)


async def ask_requester(desk: Desk, member: str, request: Request, words: str) -> None:
    """请补充: the resident is asked, and the clock of the solution stands still meanwhile."""
    asked = await audience.requester(desk, request)
    if asked is None:
        raise rights.Unwilling(say("member.nobody_to_ask", number=request.number))
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
    when = read_when(without_wrong_time(words), said_of)
    until = when.kept_by if when else None
    is_new = request.accepted_at is None or request.state is State.RETURNED
    if (when is None or when.start is None) and is_over(words, said_of):
        if is_new:
            await accept(desk, member, request)
        raise rights.Unwilling(
            say("member.time_is_over", number=request.number, words=markdown_safe(shorten(words, 60)))
        )
    request = await _claimed(desk, member, request, Verb.SCHEDULE)
    latest = desk.house.calendar.add(desk.now, desk.settings.desk.promise_within)
    if until is not None and until > latest and not rights.is_secretary(desk, member, request):
        if is_new:
            await audience.tell_all(
                desk, request, "accepted", "resident.accepted", type=desk.type_name(request), name=desk.name(member)
            )
        await extending.ask_for_more_time(desk, member, request, until, words, is_appointment=True)
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
