"""A channel is down for long, and up again: the secretaries hear it once each, by a channel that works."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.desk import Desk
from handlers.rules import routing
from handlers.texts import say
from storage.records import Channel

DOWN_FOR = timedelta(minutes=5)  # shorter troubles mend themselves
KIND = "outage"
_ONE_DESK = 0  # what is remembered as told is about no request


async def tell_down(desk: Desk, channel: Channel, since: datetime) -> int:
    """How many secretaries could be told. Those who hear only by this very channel hear of it afterwards."""
    waiting = await desk.session.outbox.count_waiting(channel)
    text = say(f"outage_down.{channel}", since=desk.clock_time(since), count=waiting)
    other = Channel.WECOM_BOT if channel is Channel.OFFICIAL_ACCOUNT else Channel.OFFICIAL_ACCOUNT
    told = [await _tell_once(desk, other, code, text, f"down-{channel}", since) for code in _secretaries(desk)]
    return sum(told)


async def tell_back(desk: Desk, channel: Channel, since: datetime) -> int:
    """What has waited goes out in its order; nobody need do anything."""
    await desk.session.outbox.take_back(KIND)  # that it was down, if it has not even left
    text = say(f"outage_back.{channel}", since=desk.clock_time(since), until=desk.clock_time(desk.now))
    told = 0
    for code in _secretaries(desk):
        member = desk.roster.member[code]
        by = Channel.WECOM_BOT if member.wecom_id else Channel.OFFICIAL_ACCOUNT
        told += await _tell_once(desk, by, code, text, f"back-{channel}", since)
    return told


def _secretaries(desk: Desk) -> tuple[str, ...]:
    """Those of the whole desk."""
    return routing.secretaries(desk.roster, "", routing.root_unit(desk.roster), desk.today)


async def _tell_once(desk: Desk, by: Channel, code: str, text: str, kind: str, since: datetime) -> bool:
    """Once an hour at most, over all processes, however often the line goes up and down."""
    hour = since.replace(minute=0, second=0, microsecond=0)
    if not desk.can_hear_by(by, code):
        return False
    if not await desk.session.timers.remind_once(_ONE_DESK, kind, 0, code, desk.today, hour):
        return False
    desk.tell_member_by(by, code, KIND, text)
    return True
