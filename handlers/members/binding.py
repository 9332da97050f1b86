"""How a member's own WeChat and a group are bound: by a one-time code, by a word in the group."""

from __future__ import annotations

import secrets

from handlers.desk import Desk
from handlers.residents.visit import Visit
from handlers.rules import routing
from handlers.texts import say
from storage.records import Fate, Incoming, Member, Outcome, Roster

_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without what is easily mistaken
_LENGTH = 8
SCENE = "bind-"  # a QR code with this scene does what writing 绑定 <code> does


async def make_code(desk: Desk, member: str) -> str:
    """A code that binds the WeChat of whoever sends it to this member, once, until its time is over."""
    code = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    await desk.session.people.keep_code(code, member, desk.now + desk.settings.desk.binding_code_valid)
    return code


async def bind_wechat(visit: Visit, code: str) -> Outcome:
    """绑定 <code>, written to the official account."""
    desk = visit.desk
    member = await desk.session.people.use_code(code.strip().upper(), desk.now)
    if member is None or member not in desk.roster.member:
        desk.answer("resident.bind_failed")
        return Outcome(Fate.REFUSED, reason="binding code unknown or out of date")
    await desk.session.people.bind_openid(member, visit.resident.openid)
    desk.answer("member.bound_wechat", name=desk.name(member))
    return Outcome(Fate.COMMAND)


async def bind_group(desk: Desk, member: Member, message: Incoming, name: str) -> Outcome:
    """@小助手 绑定 <胡同或单位名>, written in the group by somebody who answers for the place."""
    if not message.is_group:
        desk.answer("member.bind_in_group", robot=desk.settings.robot_name)
        return Outcome(Fate.REFUSED, reason="not in a group")
    areas = _areas_named(desk.roster, name.strip())
    own = [area for area in areas if _may_bind(desk, member, area)]
    if len(own) != 1:
        desk.answer("member.bind_unclear" if len(own) > 1 else "member.bind_unknown", name=name.strip())
        return Outcome(Fate.REFUSED, reason="no such place of his")
    await desk.session.places.bind_chat(own[0], message.conversation)
    desk.answer("member.bound_group", place=_area_name(desk.roster, own[0]))
    return Outcome(Fate.COMMAND)


async def tell_code(desk: Desk, member: Member, message: Incoming) -> Outcome:
    """绑定码: a member asks for a code for his own WeChat. It is told to him alone."""
    code = await make_code(desk, member.code)
    days = desk.settings.desk.binding_code_valid.days
    text = say("member.binding_code", code=code, days=days)
    if message.is_group:
        desk.tell_member(member.code, "binding_code", text, at_once=True)
        desk.answer("member.told_alone")
    else:
        desk.answer_words(text)
    return Outcome(Fate.COMMAND)


def _areas_named(roster: Roster, name: str) -> list[str]:
    """Lanes and units with this code, name or alias; a village's name may stand before the lane's."""
    lanes = [
        lane.code
        for lane in roster.lanes
        if name in (lane.code, lane.name, *lane.aliases)
        or name in [f"{unit.name}{lane.name}" for unit in roster.units_above(lane.code)]
    ]
    units = [unit.code for unit in roster.units if name in (unit.code, unit.name, *unit.aliases)]
    return lanes + units


def _may_bind(desk: Desk, member: Member, area: str) -> bool:
    unit = area if area in desk.roster.unit else ""
    lane = "" if unit else area
    return routing.may_act(desk.roster, member.code, lane, unit, desk.today)


def _area_name(roster: Roster, area: str) -> str:
    return roster.lane[area].name if area in roster.lane else roster.unit[area].name
