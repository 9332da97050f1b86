"""A request goes to somebody else: offered, kept, given back, ruled upon."""

from __future__ import annotations

from dataclasses import replace

from classifiers.members.persons import who_is_meant
from classifiers.members.references import without_number
from classifiers.reader.late import late
from handlers.desk import Desk
from handlers.members import asked, rights
from handlers.moves import dispatch
from handlers.moves.steps import step
from handlers.residents import confirming
from handlers.rules import ears, routing
from handlers.rules.lifecycle import Verb
from handlers.rules.masking import markdown_safe, shorten
from handlers.rules.returns import reason_code
from handlers.telling import audience, promised
from handlers.telling.agreed import agreed_on
from handlers.texts import say
from storage.records import (
    Request,
    State,
    Timer,
    TimerKind,
)

_CALLED = late(r"(?:归|该|应该?|找|给|让|请|由|是)([\u4e00-\u9fff])(?:组长|书记|主任|队长|姐|哥|叔|姨|干部|同志|师傅)")
_MERELY_GIVES = late(r"去|来|办|负责|牵头|处理|管|弄|接着|继续|吧|了|这事|这件事|一下|[\s,，。.!！#\d]")
_GIVES_BACK = late(r"^\s*退[回单]?\s*#?\d{0,7}[\s,，:：]*")
MAX_RETURNS = 2  # the second return goes to the secretary


async def offer(desk: Desk, member: str, request: Request, to: str, note: str) -> None:
    """转: in two steps, so that nothing falls between two chairs."""
    receiver = _receiver(desk, request, to)
    if receiver == member:
        raise rights.Unwilling(say("member.offer_to_yourself", number=request.number))
    is_ruling = request.state is State.RETURNED and rights.is_secretary(desk, member, request)
    if receiver == request.holder and not is_ruling:
        if request.offered_to == member:  # 不归我管 应该找陈示例, who has asked him: he gives it back
            said = desk.message.text if desk.message is not None else ""
            await _refuse_offer(desk, member, request, note or _GIVES_BACK.sub("", said).strip())
            return
        raise rights.Unwilling(say("member.offer_to_holder", number=request.number, name=desk.name(receiver)))
    away, receiver = receiver, _here_for(desk, member, request, receiver)
    if is_ruling:
        await _rule(desk, member, request, receiver, note)
        return
    is_his = request.holder == member or rights.is_secretary(desk, member, request)
    if not is_his and request.accepted_at is not None:
        raise rights.Unwilling(say("member.not_yours_to_pass", number=request.number, name=desk.name(request.holder)))
    asked_before = request.offered_to
    request = await desk.session.requests.save(replace(request, offered_to=receiver))
    if asked_before not in ("", receiver, member):  # 写错了 是转邹仿真: the first one need not answer
        _tell_it_is_kept(desk, member, request, asked_before)
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
        raise rights.Unwilling(
            say("member.offer_nobody_here", number=request.number, away=desk.name(receiver), name=name)
        )
    return here


async def _rule(desk: Desk, member: str, request: Request, receiver: str, note: str) -> None:
    """裁定: a secretary gives a returned request to somebody, who need not be asked."""
    before = request.holder
    request = await dispatch.assign(desk, member, request, receiver, note or _said_with(desk, receiver))
    if before not in (receiver, member):
        told = say("member.ruled_away", number=request.number, name=desk.name(receiver))
        desk.tell_member(before, "returned", told, request=request)
    if before != receiver:
        await audience.tell_all(
            desk,
            request,
            "new_holder",
            "resident.ruled",
            name=desk.name(receiver),
            due=await promised.until(desk, request),
        )
    desk.answer("member.ruled", number=request.number, name=desk.name(receiver))


def _said_with(desk: Desk, receiver: str) -> str:
    """1 让潘编写去办，供电所我已经打过招呼了: what he said, when it is more than to whom; else ""."""
    text = without_number(desk.message.text if desk.message is not None else "").strip()
    _, _, rest = text.partition(desk.name(receiver))
    return text if _MERELY_GIVES.sub("", rest) else ""


async def keep(desk: Desk, member: str, request: Request) -> None:
    """不转了: what nobody has taken yet is offered no longer; whom it was offered to need not answer."""
    if request.holder != member and not rights.is_secretary(desk, member, request):
        raise rights.Unwilling(say("member.not_yours_to_pass", number=request.number, name=desk.name(request.holder)))
    asked = request.offered_to
    if not asked:
        raise rights.Unwilling(say("member.nothing_offered"))
    request = await desk.session.requests.save(replace(request, offered_to=""))
    if request.state is State.RETURNED:
        await wait_for_taker(desk, request)
    else:
        await desk.session.timers.cancel(request.number, [TimerKind.HAND_OVER])
    desk.note(request, "keep", member, to=asked)
    _tell_it_is_kept(desk, member, request, asked)
    desk.answer("member.kept", number=request.number, holder=desk.name(request.holder))


def _tell_it_is_kept(desk: Desk, member: str, request: Request, code: str) -> None:
    told = say("member.kept_from_you", number=request.number, name=desk.name(member))
    desk.tell_member(code, "kept", told, request=request)


def _receiver(desk: Desk, request: Request, to: str) -> str:
    """The member meant by a name, a given name, or by surname and title; of several those who know the place."""
    if not to:
        raise rights.Unwilling(say("member.offer_to_whom", number=request.number))
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
        raise rights.Unwilling(
            say("member.offer_unclear" if named else "member.offer_unknown", number=request.number, to=to)
        )
    receiver = named[0].code
    if request.sensitivity == "confidential" and not _may_hear_the_confidential(desk, receiver, request):
        raise rights.Unwilling(say("member.confidential_stays", number=request.number, name=desk.name(receiver)))
    return receiver


def _may_hear_the_confidential(desk: Desk, member: str, request: Request) -> bool:
    """The secretary and those named for it: the resident was promised that nobody else hears of it."""
    is_named = member in (request.holder, *request.co_workers, *desk.settings.privacy.confidential_to)
    is_kept_from = member in ears.kept_from(desk.roster, request, desk.today)
    return (is_named and not is_kept_from) or rights.is_secretary(desk, member, request)


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
        raise rights.Unwilling(say("member.return_why", number=request.number), then=then)
    proposed = _proposed(desk, request, to or _proposed_in(desk, request, reason))
    count = max(request.return_count + 1, MAX_RETURNS if for_ruling else 0)
    data = {"proposed": desk.name(proposed) if proposed else "", "code": reason_code(reason)}
    changes = {"return_count": count, "offered_to": ""}
    request = await step(desk, request, Verb.RETURN, member, words=reason, data=data, **changes)
    await wait_for_taker(desk, request)
    if request.urgency == "emergency" and request.accepted_at:
        await _does_not_come(desk, member, request)
    told = _tell_return(desk, request, member, reason, proposed)
    desk.answer("member.returned", number=request.number, told=desk.names(told) or say("name.nobody"))


async def _does_not_come(desk: Desk, member: str, request: Request) -> None:
    """Who waits for help was told that he runs: he must not wait for him any longer."""
    first = confirming.call_first(request.emergency_kind, request.text)
    words = {"name": desk.name(member), "call_first": first}
    kind, name = "does_not_come", "resident.does_not_come"
    await audience.tell_all(desk, request, kind, name, only_if={"unclaimed": True}, urgent=True, **words)


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
    except rights.Unwilling:
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
    text = say(
        "member.returned_to_you" if request.return_count < MAX_RETURNS else "member.returned_for_ruling",
        number=request.number,
        name=desk.name(member),
        reason=markdown_safe(shorten(reason, 200)) or say("name.no_reason"),
        card=dispatch.invitation(desk, request, ""),
    )
    told = told_of_return(desk, request, member, proposed)
    for code in told:
        desk.tell_member(code, "returned", text, request=request, urgent=request.urgency == "emergency")
    return told


def told_of_return(desk: Desk, request: Request, member: str, proposed: str) -> tuple[str, ...]:
    """Who hears of it when he gives back what has been given back so often; `proposed`: a code or a name."""
    secretaries = ears.secretaries(desk.roster, request, desk.today)
    above = next((s.members for s in request.ladder if set(s.members) - {member}), secretaries)
    to_tell = secretaries if request.return_count >= MAX_RETURNS else above
    named = [one.code for one in desk.roster.members if proposed and proposed in (one.code, one.name)]
    if request.return_count < MAX_RETURNS:
        to_tell = (*named[:1], *to_tell)
    return tuple(code for code in dict.fromkeys(to_tell) if code != member)


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


async def gave_back(desk: Desk, request: Request) -> str:
    """Who looks after it until whom the secretary chose has taken it; "" when nobody does."""
    if not request.return_count:
        return ""
    sent = [one for one in await desk.session.journal.of(request.number) if one.kind == Verb.DISPATCH]
    return str(sent[-1].data.get("from", "")) if sent and request.state is State.DISPATCHED else ""


async def offerer_of(desk: Desk, request: Request) -> str:
    """Who offered it last: its holder, or a secretary."""
    entries = await desk.session.journal.of(request.number)
    last = next((one for one in reversed(entries) if one.kind in ("offer", "offer_back")), None)
    return last.actor if last and last.kind == "offer" else request.holder
