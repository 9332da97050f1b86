"""请假: a member goes away for some days, names who stands in for him, and hands on what he holds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from classifiers.persons import who_is_meant
from classifiers.times import read_when
from handlers import custody
from handlers.desk import Desk
from handlers.rules import routing
from handlers.texts import say
from storage.records import Fate, Leave, Member, Outcome

_BETWEEN = re.compile(r"(?:一直)?(?:到|至|~|-|—)")
_A_DAY = r"(?:周|星期|礼拜)[一二三四五六日天]|[今明后]天|\d{1,2}[号日]"
_TWO_DAYS = re.compile(rf"({_A_DAY})(?:[、,，和跟\s]*)({_A_DAY})")  # 周四、周五
_DAYS = re.compile(r"(\d{1,2}|[一两二三四五六七八九十])\s*天|半天")
_A_WEEK = re.compile(r"(?:这|本|下)+个?(?:周|星期|礼拜)")
_NUMERALS = {sign: n for n, sign in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_STANDS_IN = re.compile(r"(?:由|请|让|找|叫)?\s*([\u4e00-\u9fff]{1,6}?)\s*(?:来)?(?:替|代|顶|帮)")


async def ask(desk: Desk, member: Member, words: str) -> Outcome:
    """Write the leave down, tell who stands in and the secretary, and pass on what he holds once it begins."""
    days = _days(desk, words)
    if days is None:
        desk.answer("member.leave_when")
        return Outcome(Fate.ANSWERED, reason="no days said")
    substitute = _substitute(desk, member, words)
    if substitute is None:
        desk.answer("member.leave_who")
        return Outcome(Fate.ANSWERED, reason="nobody named who can stand in")
    leave = Leave(member.code, *days, substitute)
    if _is_circle(desk, leave):
        desk.answer("member.leave_circle", name=desk.name(substitute))
        return Outcome(Fate.REFUSED, reason="substitutes in a circle")
    await desk.session.people.take_leave(leave)  # the new one takes the place of those it meets
    others = tuple(one for one in desk.roster.leaves if one.member != member.code or not _meet(one, leave))
    desk.roster = replace(desk.roster, leaves=(*others, leave))
    _tell(desk, member, leave)
    await custody.look_after(desk, member.code)
    return Outcome(Fate.COMMAND)


async def back(desk: Desk, member: Member) -> Outcome:
    """销假: he is here again from today on."""
    substitutes = [one.substitute for one in desk.roster.leaves_of.get(member.code, ()) if one.ends >= desk.today]
    ended = await desk.session.people.end_leaves(member.code, desk.today - timedelta(days=1))
    desk.answer("member.leave_over" if ended else "member.no_leave", name=desk.name(member.code))
    if ended:
        text = say("member.leave_over", name=desk.name(member.code))
        for code in dict.fromkeys((*substitutes, *_secretaries(desk, member))):
            if code != member.code:
                desk.tell_member(code, "leave", text)
    return Outcome(Fate.COMMAND)


def unable(desk: Desk, member: Member) -> Outcome:
    """我替不了: whoever counts on him is told, and he looks after things until another is named."""
    filled = desk.roster.leaves_filled_by.get(member.code, ())
    leaves = [one for one in filled if one.ends >= desk.today and one.member in desk.roster.member]
    if not leaves:
        desk.answer("member.stands_in_for_nobody")
        return Outcome(Fate.ANSWERED, reason="stands in for nobody")
    for one in leaves:
        away = desk.roster.member[one.member]
        text = say("member.cannot_stand_in", name=desk.name(member.code), away=desk.name(one.member), **in_words(one))
        for code in dict.fromkeys((one.member, *_secretaries(desk, away))):
            if code != member.code:
                desk.tell_member(code, "leave", text)
    desk.answer("member.cannot_noted", name=desk.names(tuple(dict.fromkeys(one.member for one in leaves))))
    return Outcome(Fate.COMMAND)


def in_words(leave: Leave) -> dict[str, str]:
    """Its first and its last day, in words."""
    return {
        "starts": f"{leave.starts.month}月{leave.starts.day}日",
        "ends": f"{leave.ends.month}月{leave.ends.day}日",
    }


def _secretaries(desk: Desk, member: Member) -> tuple[str, ...]:
    areas = sorted(routing.areas_of(desk.roster, member.code))
    return tuple(code for area in areas for code in routing.secretaries(desk.roster, area, area, desk.today))


def _days(desk: Desk, words: str) -> tuple[date, date] | None:
    """The first and the last day said: 周三到周五, 明天, 三天."""
    zone = desk.settings.desk.zone
    now = desk.now.astimezone(zone)
    words = _TWO_DAYS.sub(r"\1到\2", words)
    first_words, *rest = _BETWEEN.split(words, maxsplit=1)
    first = read_when(first_words, now)
    counted = _DAYS.search(words)
    if first and first.start and _A_WEEK.fullmatch(first.text):
        sunday = first.start.astimezone(zone).date()
        return sunday, sunday + timedelta(days=6 - sunday.weekday())
    starts = first.start.astimezone(zone) if first and first.start and not _DAYS.fullmatch(first.text) else now
    if rest and (last := _last_said(rest[0], now, starts)):
        return starts.date(), last
    if counted:
        length = _NUMERALS.get(counted[1]) or int(counted[1] or 1)
        return starts.date(), starts.date() + timedelta(days=length - 1)
    return (starts.date(), _last_day(first.start, first.end)) if first and first.start else None


def _last_said(words: str, now: datetime, starts: datetime) -> date | None:
    """后天 counts from today; 周五 is the one after the first day."""
    for moment in (now, starts):
        last = read_when(words, moment)
        if last and last.start and last.start.date() >= starts.date():
            return last.start.date()
    return None


def _last_day(start: datetime, end: datetime | None) -> date:
    return max(start, (end or start) - timedelta(minutes=1)).date()


def _substitute(desk: Desk, member: Member, words: str) -> str | None:
    """Who stands in: named in full, or by surname among the people of his places; without a name the lane's own
    substitute ("" when the roster has one). None when somebody was meant whom we do not know."""
    named = [one for one in routing.named_in(desk.roster, words, member.code) if one.code != member.code]
    called = _STANDS_IN.search(words)
    if not named and called:
        named = _called(desk, member, called[1])
    if len(named) == 1 and routing.is_reachable(named[0]):
        return named[0].code
    if named or called:
        return None
    areas = routing.areas_of(desk.roster, member.code)
    own = (code for area in sorted(areas) for code in routing.substitutes(desk.roster, area, desk.today))
    return next((code for code in own if code != member.code), None)


def _called(desk: Desk, member: Member, name: str) -> list[Member]:
    """春燕 or 王姐, of the people of his own places first."""
    areas = routing.areas_of(desk.roster, member.code)
    others = [one for one in routing.people_around(desk.roster, areas) if one.code != member.code]
    meant = who_is_meant(name, (one.name for one in others))
    given = [one for one in others if one.name in meant]
    own = [one for one in given if areas & routing.areas_of(desk.roster, one.code)]
    return own or given or list(routing.called(desk.roster, name, member.code, desk.today))


def _is_circle(desk: Desk, leave: Leave) -> bool:
    """Would somebody stand in who is away himself, down to the one who asks?"""
    after = replace(desk.roster, leaves=(*desk.roster.leaves, leave))
    return not routing.stand_in(after, leave.member, leave.starts)


def _meet(one: Leave, other: Leave) -> bool:
    return one.starts <= other.ends and other.starts <= one.ends


def _tell(desk: Desk, member: Member, leave: Leave) -> None:
    words = {"name": desk.name(member.code), "substitute": desk.name(leave.substitute), **in_words(leave)}
    desk.answer("member.leave_noted", **words)
    for code in dict.fromkeys((leave.substitute, *_secretaries(desk, member))):
        if code != member.code:
            name = "member.leave_for_you" if code == leave.substitute else "member.leave_told"
            desk.tell_member(code, "leave", say(name, **words))
