"""What it means that words arrived, or did not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.desk import Desk
from handlers.residents import inquiry
from handlers.rules import routing
from handlers.rules.still_true import has_passed
from handlers.telling import audience, in_person
from handlers.telling.agreed import agreed_on
from handlers.texts import say
from handlers.watching import chase
from storage.records import Channel, Member, Outgoing, Request, Timer, TimerKind
from storage.reports import Worry

AHEAD = timedelta(hours=1)  # so long before an agreed hour its resident shall know of it
ONE_WAY = frozenset({"reply"})  # an answer to a line in a group is nobody else's business


async def on_arrived(desk: Desk, message: Outgoing) -> None:
    """首次响应: the clock stops when words reach the resident, not by a click."""
    request = await _answered(desk, message)
    if request is None:
        return
    if request.first_response_at is None:
        request = await desk.session.requests.save(replace(request, first_response_at=desk.now))
        desk.note(request, "first_response", request.holder or "desk")
    await chase.news_expected(desk, request)


async def _answered(desk: Desk, message: Outgoing) -> Request | None:
    """The request that a person has answered its resident about."""
    is_one = message.channel is Channel.OFFICIAL_ACCOUNT and message.kind in audience.FIRST_RESPONSES
    return await desk.session.requests.get(message.request, to_change=True) if is_one and message.request else None


async def on_held(desk: Desk, message: Outgoing) -> None:
    """No window is open: the words wait for the resident's next contact, but not for ever."""
    request = await desk.session.requests.get(message.request) if message.request else None
    if request is None or not request.holder or message.to in desk.roster.by_openid:
        return
    desk.note(request, "undelivered", "desk", what=message.kind)
    desk.worry("undelivered", request)
    if message.kind in audience.FIRST_RESPONSES:
        await _tell_him_later(desk, request, message)


async def on_more_held(desk: Desk, message: Outgoing) -> None:
    """A template has just told him of other news, and he has not come for it: of this he knows nothing."""
    request = await desk.session.requests.get(message.request) if message.request else None
    is_news = message.kind in audience.FIRST_RESPONSES and message.file is None
    if is_news and request is not None and request.holder and message.to not in desk.roster.by_openid:
        await _tell_him_later(desk, request, message)


async def on_unsure(desk: Desk, message: Outgoing) -> None:
    """Nobody knows whether a person's words have reached the resident: they are not repeated, but he is asked."""
    request = await _answered(desk, message)
    if request is not None and request.holder and message.to not in desk.roster.by_openid:
        await _tell_him_later(desk, request, message)


async def _tell_him_later(desk: Desk, request: Request, message: Outgoing) -> None:
    """If he does not come by himself, the holder is to tell him; of what is over nobody waits for his coming."""
    if request.state.is_terminal:
        in_person.ask_to_tell(desk, request, in_person.spoken(desk, request, message))
        return
    await desk.session.timers.cancel(request.number, [TimerKind.TELL])
    at = desk.now + desk.settings.desk.tell_in_person_after
    if "before" in message.only_if:  # an hour of which he should know before it comes
        at = max(desk.now, min(at, datetime.fromisoformat(message.only_if["before"]) - AHEAD))
    desk.session.timers.set(Timer(request.number, TimerKind.TELL, at))


async def on_dropped(desk: Desk, message: Outgoing) -> None:
    """Words that promised an hour came too late: how it stands now is told instead."""
    if not message.request or not has_passed(message.only_if, desk.now):
        return
    request = await desk.session.requests.get(message.request)
    root = await audience.root_of(desk, request) if request else None
    waiting = await audience.requester(desk, request) if request else None
    if request is None or root is None or waiting is None or not root.state.is_open:
        return
    line = inquiry.status_line(desk, replace(root, number=request.number, created_at=request.created_at))
    agreed = await agreed_on(desk, root)
    text = say("resident.hour_passed", line=line, when=agreed) if agreed else line
    desk.tell_resident(waiting.resident, "status", text, request=request, last_heard=waiting.talk.last_at)


async def on_lost(desk: Desk, message: Outgoing) -> None:
    """No channel takes these words now: somebody else must carry them, and the secretary must know."""
    request = await desk.session.requests.get(message.request) if message.request else None
    if message.channel is Channel.WECOM_BOT:
        _member_unreachable(desk, request, message)
        await _ask_the_next(desk, request, message)
    elif member := desk.roster.by_openid.get(message.to):
        desk.session.reports.worry(Worry(desk.now, "unreachable", message.request, member.code))
    elif request and request.holder:
        desk.note(request, "undelivered", "desk", what=message.kind)
        desk.worry("undelivered", request)
        if message.kind in audience.FIRST_RESPONSES:
            in_person.ask_to_tell(desk, request, in_person.spoken(desk, request, message))


def _member_unreachable(desk: Desk, request: Request | None, message: Outgoing) -> None:
    """A group that does not take the robot's words: its holder hears it alone. A member: his own WeChat, if bound."""
    if message.is_group:
        if request and request.holder and message.kind not in ONE_WAY:
            desk.tell_member(request.holder, message.kind, message.text, request=request, urgent=message.urgent)
        return
    member = desk.roster.by_wecom.get(message.to)
    if member is None:
        return
    desk.session.reports.worry(Worry(desk.now, "unreachable", message.request, member.code, _unit_of(desk, member)))
    if member.openid:
        desk.tell_openid(member.openid, message)


async def _ask_the_next(desk: Desk, request: Request | None, message: Outgoing) -> None:
    """Whoever should take it cannot be reached: the next step of the ladder need not be waited for."""
    holder = desk.roster.member.get(request.holder) if request else None
    if request and holder and message.to == holder.wecom_id and message.kind == "dispatch" and not request.accepted_at:
        await desk.session.timers.bring_forward(request.number, TimerKind.CHASE, desk.now)


def _unit_of(desk: Desk, member: Member) -> str:
    areas = sorted(routing.areas_of(desk.roster, member.code))
    units = [unit.code for area in areas[:1] for unit in desk.roster.units_above(area)]
    return units[0] if units else ""
