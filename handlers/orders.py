"""What members and secretaries order in set words: 并单, 拆单, 延期, 不予受理, 暂停, 恢复, 督办, 改类, 改地点.

Each order names its request. Who may give it stands beside it; a refusal is a sentence that says what is possible.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from classifiers.orders import Order, SpokenOrder
from handlers import (
    audience,
    dispatch,
    extending,
    helping,
    merging,
    passing,
    pressing,
    privacy,
    promised,
    rating,
    resting,
    rights,
    work,
)
from handlers.desk import Desk
from handlers.rights import Unwilling
from handlers.rules import ears, routing
from handlers.rules.lifecycle import IllegalMove, Verb, can, possible
from handlers.rules.masking import markdown_safe
from handlers.rules.wording import for_people, reason_of
from handlers.steps import step
from handlers.texts import say
from handlers.withdrawal import nobody_has_heard, tell_workers, withdraw
from storage.records import Fate, Outcome, Request, State, TimerKind

Handler = Callable[[Desk, str, Request, SpokenOrder], Awaitable[None]]
_ANSWERS = frozenset({Order.GRANT, Order.DENY})  # to what somebody has asked
_JUST_NOW = timedelta(hours=1)


async def obey(
    desk: Desk, member: str, spoken: SpokenOrder, handler: Handler | None = None, *, in_group: bool
) -> Outcome:
    """Do what was ordered about the first request named; by `handler` if it is none of those below. In a group nothing
    is done about what is confidential."""
    number = spoken.numbers[0] if spoken.numbers else await _unsaid(desk, member, spoken.order)
    if not number and spoken.order is Order.CALM:
        desk.answer("member.order_which", number=number)
        return Outcome(Fate.ANSWERED, reason="no emergency, or several")
    if not number and spoken.order is Order.KEEP:
        desk.answer("member.nothing_offered")
        return Outcome(Fate.ANSWERED, reason="nothing is offered")
    if not number and spoken.order in _ANSWERS:
        desk.answer("member.nothing_to_grant")
        return Outcome(Fate.ANSWERED, reason="nobody has asked, or several have")
    if not number and spoken.order is Order.UNMERGE:
        desk.answer("member.part_which")
        return Outcome(Fate.ANSWERED, reason="nothing was merged just now")
    request = await desk.session.requests.get(number, to_change=True) if number else None
    if request is None or not rights.may_know(desk, member, request):
        desk.answer("member.no_such_request" if number else "member.order_which", number=number)
        return Outcome(Fate.REFUSED, reason="no such request of his")
    if in_group and request.sensitivity == "confidential":
        desk.answer("member.alone_please", number=number)
        return Outcome(Fate.REFUSED, number, "not in a group")
    if spoken.order is not Order.VOID and rights.has_only_logged(desk, member, request):
        desk.answer("member.only_logged", number=number)
        return Outcome(Fate.REFUSED, number, "only the secretary holds it")
    try:
        await (handler or HANDLERS[spoken.order])(desk, member, request, spoken)
    except Unwilling as refusal:
        desk.answer_words(str(refusal))
        return Outcome(Fate.REFUSED, number, refusal.then or "not possible")
    except IllegalMove as refusal:
        answer_what_is_possible(desk, number, refusal)
        return Outcome(Fate.REFUSED, number, "illegal move")
    return Outcome(Fate.COMMAND, number)


async def _unsaid(desk: Desk, member: str, order: Order) -> int:
    """The number that need not be said: he holds one request only, or one waits for his yes or no, or he has logged it
    just now."""
    requests = desk.session.requests
    if order is Order.VOID:
        sender = desk.message.sender if desk.message else ""
        last = await desk.session.inbox.last_about(sender, desk.now - _JUST_NOW)
        logged = await requests.get(last) if last else None
        return logged.number if logged and logged.logged_by == member else 0
    if order is Order.UNMERGE:  # 看错了 拆开, behind 1和2是一回事
        sender = desk.message.sender if desk.message else ""
        last = await desk.session.inbox.last_about(sender, desk.now - _JUST_NOW)
        merged = await requests.get(last) if last else None
        return merged.number if merged and merged.state is State.MERGED else 0
    if order in _ANSWERS:
        around = await _around(desk, member)
        found = [one for one in around if one.extension_until is not None]
        if order is Order.DENY and not found:
            found = [one for one in around if one.state is State.RETURNED]
    elif order is Order.STEP_BACK:
        found = await requests.open_helped_by(member)
    else:
        found = await requests.open_of_holder(member)
        if order is Order.EXTEND and len(found) > 1:  # 三天不行 is an answer to who looks over his shoulder
            found = [one for one in found if one.supervisor]
        if order is Order.IN_GROUP:
            found = [one for one in await _around(desk, member) if dispatch.may_be_sought_in_group(desk, one)]
        if order is Order.KEEP:
            found = [one for one in found if one.offered_to]
    return found[0].number if len(found) == 1 else 0


async def _around(desk: Desk, member: str) -> list[Request]:
    lanes = [lane.code for lane in routing.lanes_of(desk.roster, member, desk.today)]
    return await desk.session.requests.open_in(lanes)


def answer_what_is_possible(desk: Desk, number: int, refusal: IllegalMove) -> None:
    """An illegal move is answered with what can be done from where the request stands."""
    can = "、".join(say(f"verb.{verb}") for verb in possible(refusal.state) if verb in work.TYPED)
    state = say(f"ledger.{refusal.state}")
    if can:
        desk.answer("member.not_now", number=number, state=state, can=can)
    else:
        desk.answer("member.already_over", number=number, state=state)


def _asks_secretary(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> bool:
    """Whoever holds it may wish what the secretary decides: then she hears so, with the words that do it."""
    if rights.is_secretary(desk, member, request) or member not in (request.holder, *request.co_workers):
        return False
    told = tuple(code for code in ears.secretaries(desk.roster, request, desk.today) if code != member)
    if not told:
        return False
    words = f"{say(f'verb.{spoken.order}')} {request.number} {spoken.words}".strip()
    text = say("member.wished", number=request.number, name=desk.name(member), order=markdown_safe(words))
    for code in told:
        desk.tell_member(code, "wished", text, request=request)
    desk.note(request, "wished", member, words=words)
    desk.answer("member.wish_told", number=request.number, told=desk.names(told))
    return True


# ── one or several ───────────────────────────────────────────────────────────────────────────────


async def _merge(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """By whoever may know both: the first becomes part of the second."""
    into = await desk.session.requests.get(spoken.numbers[1], to_change=True)
    if into is None or not rights.may_know(desk, member, into):
        raise Unwilling(say("member.no_such_request", number=spoken.numbers[1]))
    if into.sensitivity != request.sensitivity:
        raise Unwilling(say("member.merge_secret", number=request.number, other=into.number))
    end = await audience.root_of(desk, into)
    if not end.state.is_open or end.state is State.GATHERING:  # nobody would do anything for it any more, or yet
        raise Unwilling(say("member.merge_over", number=request.number, root=end.number))
    root = await merging.merge(desk, member, request, into)
    if root is None:
        raise Unwilling(say("member.merged_already", number=request.number, root=into.number))
    if root.holder not in ("", member):  # he may have been at the door of either
        text = say("member.merged_for_you", number=request.number, root=root.number, name=desk.name(member))
        desk.tell_member(root.holder, "merged", text, request=root)
    desk.answer("member.merged", number=request.number, root=root.number)


async def _part(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    root, was_sent = request.merged_into, bool(request.holder)
    if request.state is State.MERGED and request.rating in rating.SATISFIED:  # he has his answer, and asks no more
        raise Unwilling(say("member.part_content", number=request.number))
    request = await merging.part(desk, member, request)
    holder = desk.name(request.holder)
    if was_sent and request.holder not in ("", member):
        text = say("member.parted_back", number=request.number, root=root)
        if request.accepted_at is None:
            text = f"{text}\n{dispatch.invitation(desk, request, request.holder)}"
        desk.tell_member(request.holder, "parted", text, request=request)
    async for one in audience.listeners(desk, request):
        # What had joined it still belongs to it; together they stand alone.
        name = "resident.merged" if one.request.merged_into else "resident.parted"
        text = say(name, number=one.request.number, root=request.number, holder=holder)
        desk.tell_resident(one.resident, "parted", text, request=one.request, last_heard=one.talk.last_at)
    desk.answer("member.parted", number=request.number)


async def _void(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """作废: what he logged himself, as long as nobody else has done anything about it. What a resident has told, only
    the resident withdraws."""
    number = request.number
    if not request.logged_by:
        raise Unwilling(say("member.void_resident", number=number))
    if request.logged_by != member:
        raise Unwilling(say("member.void_logged", number=number, name=desk.name(request.logged_by)))
    if not can(request, Verb.CANCEL):
        raise IllegalMove(Verb.CANCEL, request.state)
    entries = await desk.session.journal.of(number)
    touched = next((one.actor for one in entries if one.actor not in ("desk", member)), "")
    if touched or await desk.session.requests.all_followers(number):
        name = desk.name(touched if touched in desk.roster.member else request.holder)
        raise Unwilling(say("member.void_touched", number=number, name=name))
    await withdraw(desk, request, member, say("member.voided", number=number, name=desk.name(member)))
    desk.answer("member.void", number=number)


async def _not_done(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """还没修，刚才发错了: it goes on as if he had not said that it is done."""
    if not can(request, Verb.REOPEN):
        raise Unwilling(say("member.undo"))
    await reopen(desk, member, request, for_people(spoken.words), told="resident.not_done_yet")


async def _take_instead(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """接错了，我是要接1: he takes this one. What he took before stays with him until he gives it back with a reason:
    somebody must be accountable for it. 2接错了 我是要接1 names it: so it is given back, and he answers for it until
    another one has it."""
    sender = desk.message.sender if desk.message else ""
    named = spoken.numbers[1] if len(spoken.numbers) > 1 else 0
    last = named or await desk.session.inbox.last_about(sender, desk.now - _JUST_NOW)
    before = await desk.session.requests.get(last, to_change=True) if last else None
    await work.accept(desk, member, request)
    if before is not None and named and before.number != request.number and member == before.holder:
        await give_back(desk, member, before, say("member.took_by_mistake"))
        return
    if before is not None and before.number != request.number and before.holder == member and before.state.is_open:
        desk.answer("member.took_wrongly", number=before.number)


# ── said in person ───────────────────────────────────────────────────────────────────────────────


async def _told(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """What no message could bring, a person has said: nothing of it need wait for the resident's next contact."""
    rights.only_in_charge(desk, member, request)
    desk.note(request, "told_in_person", member)
    await desk.session.outbox.told_in_person(request.number)
    await desk.session.timers.cancel(request.number, [TimerKind.TELL])
    if request.first_response_at is None:
        request = await desk.session.requests.save(replace(request, first_response_at=desk.now))
        desk.note(request, "first_response", member)
    desk.answer("member.told_in_person", number=request.number)


# ── not here, not now, at once ───────────────────────────────────────────────────────────────────


async def _decline(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """A secretary says that it is not ours, and names the right door."""
    rights.only_secretary(desk, member, request)
    reason = reason_of(spoken.words)
    if not reason:
        raise Unwilling(say("member.decline_where", number=request.number))
    if not can(request, Verb.DECLINE) and can(request, Verb.RETURN):  # his word ends it, whoever holds it
        request = await step(desk, request, Verb.RETURN, member, words=reason, data={"code": "not_ours"})
    request = await step(desk, request, Verb.DECLINE, member, words=reason, closed_at=desk.now)
    await audience.tell_all(desk, request, "declined", "resident.declined", type=desk.type_name(request), reason=reason)
    if request.holder not in ("", member):
        told = say("member.declined_for_you", number=request.number)
        desk.tell_member(request.holder, "declined", told, request=request)
    soon = await audience.told_when(desk, request)
    await privacy.forget_who_left(desk, request)
    desk.answer("member.declined", number=request.number, soon=soon)


async def _suspend(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """A secretary lets it rest, with a reason; the clocks stand still."""
    if can(request, Verb.SUSPEND) and spoken.words and _asks_secretary(desk, member, request, spoken):
        return
    rights.only_secretary(desk, member, request)
    reason = reason_of(spoken.words)
    if not reason:
        raise Unwilling(say("member.suspend_why", number=request.number))
    await resting.rest(desk, member, request, reason)


async def _restore(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """A secretary brings back what rests, was withdrawn by mistake or sent away; what was done also who did it."""
    if can(request, Verb.REOPEN):
        await reopen(desk, member, request, reason_of(spoken.words))
        return
    if not can(request, Verb.RESTORE) and request.state.is_open and rights.is_in_charge(desk, member, request):
        raise Unwilling(say("member.goes_on", number=request.number, holder=desk.name(request.holder)))
    if can(request, Verb.RESTORE) and _asks_secretary(desk, member, request, spoken):
        return
    rights.only_secretary(desk, member, request)
    await resting.go_on(desk, member, request, spoken.words)
    desk.answer("member.restored", number=request.number, soon=await audience.told_when(desk, request))


async def reopen(desk: Desk, member: str, request: Request, words: str, *, told: str = "resident.restored") -> None:
    """重办: it was not solved after all, says a secretary or who is accountable; the resident will be asked again."""
    if member != request.first_responder:
        rights.only_in_charge(desk, member, request)
    done = request.resolved_at or request.created_at
    if not request.text or desk.now - done > desk.settings.desk.reopen_within:
        raise Unwilling(say("member.reopen_too_late", number=request.number))
    request = await rating.reopen(desk, request, words, actor=member, rating="")
    holder = desk.name(request.holder)
    async for one in audience.listeners(desk, request):
        if one.request.rating not in rating.SATISFIED:  # he asks no more of it
            text = say(told, number=one.request.number, holder=holder)
            desk.tell_resident(one.resident, "restored", text, request=one.request, last_heard=one.talk.last_at)
    desk.answer("member.reopened_by_you", number=request.number, holder=holder)


async def _calm(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """不是急事: whoever answers for it has looked, and nobody need run; from now on it goes on like any other."""
    rights.only_in_charge(desk, member, request)
    if request.urgency != "emergency":
        raise Unwilling(say("member.calm_already", number=request.number))
    if not request.state.is_open:
        raise IllegalMove(Verb.START, request.state)
    rung = await dispatch.rung(desk, request)
    request = await dispatch.calm_down(desk, request)
    desk.note(request, "calm", member, words=spoken.words)
    await _tell_calmed(desk, member, request, rung)


async def all_clear(desk: Desk, member: str, request: Request, words: str) -> None:
    """我看了 是做饭的油烟: who has been there takes it, and nobody else need run."""
    rung = await dispatch.rung(desk, request)
    request = await dispatch.calm_down(desk, request)
    desk.note(request, "calm", member, words=words)
    if request.accepted_at is None:
        request = await work.accept(desk, member, request, quietly=True)
    said = reason_of(words)
    await audience.tell_all(
        desk, request, "progress", "resident.progress", name=desk.name(member), words=said, urgent=True
    )
    await _tell_calmed(desk, member, request, rung)


async def _tell_calmed(desk: Desk, member: str, request: Request, rung: Sequence[str]) -> None:
    told = say("member.calmed", number=request.number, name=desk.name(member), holder=desk.name(request.holder))
    for code in rung:
        if code != member:
            desk.tell_member(code, "calm", told, request=request, urgent=True)
    chat = desk.roster.chat_of(request.lane)
    if chat and request.sensitivity == "open":
        desk.tell_group(chat, "calm", told, request=request, urgent=True)
    await dispatch.tell_group_it_is_over(desk, request)
    await audience.tell_all(desk, request, "calm", "resident.calmed", holder=desk.name(request.holder), urgent=True)
    desk.answer("member.calmed", number=request.number, name=desk.name(member), holder=desk.name(request.holder))


async def _in_group(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """群里说: with a secretary's word the lane's group hears who is sought, once."""
    rights.only_secretary(desk, member, request)
    if not dispatch.may_be_sought_in_group(desk, request):
        raise Unwilling(say("member.not_for_group", number=request.number))
    if await dispatch.is_sought_in_group(desk, request):
        raise Unwilling(say("member.sought_already", number=request.number))
    dispatch.seek_in_group(desk, member, request)
    desk.answer("member.told_group", number=request.number)


async def _urgent(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """按急件办: it is to be done today, and who holds it hears so. An emergency is one already."""
    rights.only_in_charge(desk, member, request)
    if request.state.is_open and request.urgency != "normal":
        raise Unwilling(say("member.urgent_already", number=request.number, urgency=say(f"urgency.{request.urgency}")))
    if not pressing.may_hurry(request):
        raise IllegalMove(Verb.START, request.state)
    is_on_card = request.accepted_at is None and request.state is State.DISPATCHED
    request = await pressing.quicken(desk, request)
    desk.note(request, "urgent", member, words=spoken.words)
    if request.holder != member and not is_on_card:
        words = markdown_safe(reason_of(spoken.words)) or say("member.no_words")
        told = say("member.made_urgent", number=request.number, name=desk.name(member), words=words)
        desk.tell_member(request.holder, "urgent", told, request=request, at_once=True)
    desk.answer("member.urgent", number=request.number, due=desk.clock_time(request.due_resolution or desk.now))


async def _give_back(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """把5退了."""
    await give_back(desk, member, request, reason_of(spoken.words))


async def give_back(desk: Desk, member: str, request: Request, reason: str, to: str | None = None) -> None:
    """退, of what he holds or is asked for. Who works along leaves; who looks on from above is asked what is meant."""
    if member in request.co_workers:
        await helping.leave(desk, member, request, reason)
        return
    is_asked = request.state is State.RETURNED or member in (request.holder, request.offered_to)
    if not is_asked and request.holder and rights.is_secretary(desk, member, request):
        raise Unwilling(say("member.needless_why", number=request.number))
    await passing.give_back(desk, member, request, reason, to)


async def _step_back(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    await helping.leave(desk, member, request, reason_of(spoken.words))


async def _supervise(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """督办: a secretary looks over the holder's shoulder from now on."""
    rights.only_secretary(desk, member, request)
    if not request.state.is_open or not request.holder:
        raise IllegalMove(Verb.START, request.state)
    request = await desk.session.requests.save(replace(request, supervisor=member))
    desk.note(request, "supervise", member, words=spoken.words)
    words = markdown_safe(reason_of(spoken.words)) or say("member.no_words")
    text = say(
        "member.supervised", number=request.number, type=desk.type_name(request), name=desk.name(member), words=words
    )
    for code in dict.fromkeys((request.holder, *request.co_workers)):
        if code != member:
            desk.tell_member(code, "supervise", text, request=request, at_once=True)
    desk.answer("member.supervising", number=request.number, holder=desk.name(request.holder))


# ── it is something else, or somewhere else ──────────────────────────────────────────────────────


async def _retype(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """A corrected type is kept as a labelled example to learn from."""
    rights.only_in_charge(desk, member, request)
    code = _type_named(desk, spoken.words)
    if code is None:
        names = "、".join(one.name for one in desk.settings.types.values() if one.enabled)
        raise Unwilling(say("member.retype_unknown", number=request.number, names=names))
    before = request.type
    types = tuple(dict.fromkeys(code if one == before else one for one in request.types_all)) or (code,)
    request = await desk.session.requests.save(replace(request, type=code, types_all=types))
    if request.text:
        desk.session.corrections.keep(request, desk.now, member)
    desk.note(request, "retype", member, before=before, type=code)
    desk.answer("member.retyped", number=request.number, type=desk.type_name(request))


def _type_named(desk: Desk, words: str) -> str | None:
    """The type that somebody names by its name, a part of it, or its code."""
    said = words.strip(' ,。“”"')
    known = {code: one.name or code for code, one in desk.settings.types.items() if one.enabled}
    exact = [code for code, name in known.items() if said in (code, name)]
    near = [code for code, name in known.items() if len(said) >= 2 and (said in name or name in said)]
    found = exact or near
    return found[0] if len(found) == 1 else None


async def _relocate(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """It is somewhere else: whoever answers for that place gets it."""
    if member not in (request.holder, *request.co_workers):
        rights.only_in_charge(desk, member, request)
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    place = reader.understand(spoken.words).place
    lane = _lane_named(desk, spoken.words) or place.lane
    if lane is None:
        raise Unwilling(say("member.relocate_unknown", number=request.number, place=markdown_safe(spoken.words)))
    if lane == request.lane:
        raise Unwilling(say("member.relocate_same", number=request.number, place=desk.lane_name(lane)))
    request = await relocate(desk, member, request, lane, spoken.words)
    desk.answer("member.relocated", number=request.number, place=desk.lane_name(lane), holder=desk.name(request.holder))


async def relocate(desk: Desk, actor: str, request: Request, lane: str, words: str) -> Request:
    """Send it to the people of the right lane, and tell those of the wrong one and the resident."""
    before, is_unheard_of = request, await nobody_has_heard(desk, request)
    request = await dispatch.redirect(desk, actor, request, lane, words)
    if before.holder != actor and not is_unheard_of:
        tell_it_moved(desk, before, request)
    if actor != "resident":
        await audience.tell_all(
            desk,
            request,
            "relocated",
            "resident.relocated",
            place=desk.lane_name(lane),
            holder=desk.name(request.holder),
            due=await promised.until(desk, request),
        )
    return request


def tell_it_moved(desk: Desk, before: Request, request: Request) -> None:
    """Those who had heard of it where it was need not go on, but who is called to it again."""
    if before.holder in ("", request.holder):
        return
    text = say("member.relocated_away", number=request.number, place=desk.lane_name(request.lane))
    again = dispatch.called(desk, request) if request.urgency == "emergency" else ()
    tell_workers(desk, before, "relocated", text, but=again)


async def _assign(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """派给: a person, who is asked, or the people of another lane."""
    if _lane_named(desk, spoken.words):
        await _relocate(desk, member, request, spoken)
    else:
        await passing.offer(desk, member, request, spoken.words.strip(), "")


async def _keep(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    await passing.keep(desk, member, request)


def lane_meant(desk: Desk, text: str) -> str | None:
    """The one lane whose name stands in a text."""
    named = [lane.code for lane in desk.roster.lanes if len(lane.name) > 2 and lane.name in text]
    return named[0] if len(named) == 1 else None


def _lane_named(desk: Desk, words: str) -> str | None:
    named = [lane.code for lane in desk.roster.lanes if words.strip() in (lane.code, lane.name, *lane.aliases)]
    return named[0] if len(named) == 1 else None


HANDLERS: Mapping[Order, Handler] = {
    Order.ASSIGN: _assign,
    Order.KEEP: _keep,
    Order.IN_GROUP: _in_group,
    Order.MERGE: _merge,
    Order.UNMERGE: _part,
    Order.EXTEND: extending.extend,
    Order.GRANT: extending.grant,
    Order.DENY: extending.deny,
    Order.VOID: _void,
    Order.NOT_DONE: _not_done,
    Order.TAKE_INSTEAD: _take_instead,
    Order.CALM: _calm,
    Order.DECLINE: _decline,
    Order.SUSPEND: _suspend,
    Order.RESTORE: _restore,
    Order.URGENT: _urgent,
    Order.GIVE_BACK: _give_back,
    Order.STEP_BACK: _step_back,
    Order.SUPERVISE: _supervise,
    Order.RETYPE: _retype,
    Order.RELOCATE: _relocate,
    Order.TOLD: _told,
}
