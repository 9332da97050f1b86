"""请假: a member goes away for some days, names who stands in for him, and hands on what he holds.

A leave is of whole days. Who is away for some hours keeps what he holds: his substitute and the secretary hear of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from classifiers.members.leaves import Away, read_away
from classifiers.members.persons import who_is_meant
from classifiers.reader.late import late
from handlers.desk import Desk
from handlers.members import asked, shown
from handlers.rules import routing
from handlers.texts import say
from handlers.watching import custody
from storage.records import Fate, Leave, Member, Outcome

_STANDS_IN = late(
    r"(?:由|请|让|找|叫)?\s*(?P<name>[\u4e00-\u9fff]{1,6}?)\s*(?:来)?(?:[帮替给]我|替|代|顶|盯着|照看|照应)"
)
_IS_STAND_IN = late(r"\s*(?:来)?(?:[帮替给]我|替|代|顶|帮|盯|照看|照应)")
_CHANGES = late(r"改[到成为期在]|[换挪]到|推迟到?|提前到")
_SAID = "请假 {subject}{days} {by}"  # the line of command whose gap the next words fill


async def ask(desk: Desk, member: Member, words: str) -> Outcome:
    """Write the leave down, tell who stands in and the secretary, and pass on what he holds once it begins."""
    away = _whose(desk, member, words)
    if away is None:
        desk.answer("member.leave_not_yours")
        return Outcome(Fate.REFUSED, reason="the leave of another")
    before = _changed(desk, away, words)
    named = _substitute(desk, away, words)
    subject = "" if away.code == member.code else f"{desk.name(away.code)} "
    days = read_away(_without_people(desk, words), desk.now.astimezone(desk.settings.desk.zone))
    if days is None and before is not None and named != "":
        days = Away(before.starts, before.ends)
    if days is None:
        desk.answer("member.leave_when")
        by = f"{desk.name(named)}替" if named else ""
        gap = _SAID.format(subject=subject, days=asked.GAP, by=by)
        return Outcome(Fate.ANSWERED, reason=asked.reason(asked.Wanted.DAYS, gap))
    leave = Leave(away.code, days.first, days.last)
    substitute = before.substitute if named == "" and before else named or _own_substitute(desk, leave, named)
    if days.hours:
        return _for_hours(desk, member, replace(leave, substitute=substitute or ""), days.hours)
    gap = _SAID.format(subject=subject, days=in_words(leave), by=f"{asked.GAP}替")
    if not substitute:
        desk.answer("member.leave_who")
        return Outcome(Fate.ANSWERED, reason=asked.reason(asked.Wanted.PERSON, gap))
    leave = replace(leave, substitute=substitute)
    if meets := _away_then(desk, leave):
        desk.answer("member.leave_circle", name=desk.name(substitute), days=in_words(meets))
        return Outcome(Fate.REFUSED, reason=asked.reason(asked.Wanted.PERSON, gap))
    await _take(desk, leave, before)
    _tell(desk, member, leave)
    await custody.look_after(desk, away.code)
    return Outcome(Fate.COMMAND, reason=asked.reason(asked.Wanted.CHANGE, f"请假 {subject}改成 {asked.GAP}"))


async def _take(desk: Desk, leave: Leave, before: Leave | None) -> None:
    """The new one takes the place of those it meets, and of the one it changes; who need not stand in hears so."""
    mine = desk.roster.leaves_of.get(leave.member, ())
    gone = [one for one in mine if one == before or _meet(one, leave)]
    if before is not None:
        await desk.session.people.end_leave(before, before.starts - timedelta(days=1))
    await desk.session.people.take_leave(leave)
    others = tuple(one for one in desk.roster.leaves if one not in gone)
    desk.roster = replace(desk.roster, leaves=(*others, leave))
    for one in gone:
        if one.substitute not in ("", leave.substitute) and one.ends >= desk.today:
            told = say("member.leave_by_another", name=desk.name(leave.member), days=in_words(one))
            desk.tell_member(one.substitute, "leave", told)


def _for_hours(desk: Desk, member: Member, leave: Leave, hours: str) -> Outcome:
    """下午两点到五点不在: nothing changes hands, and those who can help hear of it."""
    words = {"name": desk.name(leave.member), "days": in_words(leave), "hours": hours}
    helper = leave.substitute if leave.substitute and not _away_then(desk, leave) else ""
    by = desk.name(helper) if helper else say("name.nobody")
    desk.answer("member.leave_hours" if helper else "member.leave_hours_alone", **words, substitute=by)
    for code in _others(member, (helper, leave.member, *_secretaries(desk, leave.member))):
        name = "member.leave_hours_for_you" if code == helper else "member.leave_hours_told"
        desk.tell_member(code, "leave", say(name, **words, substitute=by))
    return Outcome(Fate.COMMAND)


# ── it ends, or will not be ──────────────────────────────────────────────────────────────────────


async def back(desk: Desk, member: Member, words: str = "") -> Outcome:
    """销假: he is here again from today on; a leave that has not begun will not be. Of several the days tell which. A
    secretary says it of another, 陈示例销假, and without a name of whose leave she has written down just now."""
    away = _who_is_back(desk, member, words) or await _just_written_down(desk, member) or member
    if not _may_speak_for(desk, member, away):
        desk.answer("member.leave_not_yours")
        return Outcome(Fate.REFUSED, reason="the leave of another")
    ahead = sorted(_still_ahead(desk, away.code), key=lambda one: one.starts)
    running = [one for one in ahead if one.starts <= desk.today]
    said = _without_people(desk, words)
    days = read_away(said, desk.now.astimezone(desk.settings.desk.zone)) if said else None
    meant = [one for one in ahead if days and _meet(one, Leave(away.code, days.first, days.last))]
    ended = meant or running or ahead
    if not ended:
        desk.answer("member.no_leave", name=desk.name(away.code))
        return Outcome(Fate.COMMAND)
    if len(ended) > 1 and not running and not meant:
        name = "member.leave_which" if away.code == member.code else "member.leave_which_of"
        listed = "、".join(map(in_words, ended))
        desk.answer(name, list=listed, days=in_words(ended[0]), name=desk.name(away.code))
        subject = "" if away.code == member.code else f"{desk.name(away.code)} "
        gap = f"取消 {subject}{asked.GAP} 的假"
        return Outcome(Fate.ANSWERED, reason=asked.reason(asked.Wanted.DAYS, gap))
    for one in ended:
        await _end(desk, member, one)
    return Outcome(Fate.COMMAND)


def brings_back(desk: Desk, member: Member, words: str) -> bool:
    """Is 陈示例 of 陈示例回来了 somebody else on leave, whom he may speak for?"""
    away = _who_is_back(desk, member, words)
    return away is not None and _may_speak_for(desk, member, away)


def _who_is_back(desk: Desk, member: Member, words: str) -> Member | None:
    """Whose leave it is: the one of those on leave who is named, in full or as one calls him; None when nobody is."""
    others = [one for one in desk.roster.members if one.code != member.code and _still_ahead(desk, one.code)]
    in_full = [one for one in others if one.name in words]
    meant = who_is_meant(words, (one.name for one in others)) if not in_full else ()
    named = in_full or [one for one in others if one.name in meant]
    return named[0] if len(named) == 1 else None


async def _just_written_down(desk: Desk, member: Member) -> Member | None:
    """Whose leave she has just written down, when she has none of her own."""
    if desk.message is None or _still_ahead(desk, member.code):
        return None
    told = await desk.session.inbox.latest_reason(desk.message.sender, desk.now - shown.WITHIN)
    return _who_is_back(desk, member, told) if told.startswith(asked.reason(asked.Wanted.CHANGE, "请假")) else None


def _may_speak_for(desk: Desk, member: Member, away: Member) -> bool:
    areas = routing.areas_of(desk.roster, away.code)
    return away.code == member.code or any(
        routing.is_secretary(desk.roster, member.code, area, area, desk.today) for area in areas
    )


async def _end(desk: Desk, member: Member, leave: Leave) -> None:
    last_day = desk.today - timedelta(days=1)
    has_begun = leave.starts <= desk.today
    await desk.session.people.end_leave(leave, last_day)
    left = (replace(leave, ends=last_day),) if leave.starts <= last_day else ()
    desk.roster = replace(desk.roster, leaves=(*(one for one in desk.roster.leaves if one != leave), *left))
    name = "member.leave_over" if has_begun else "member.leave_cancelled"
    text = say(name, name=desk.name(leave.member), days=in_words(leave))
    desk.answer_words(text)
    for code in _others(member, (leave.member, leave.substitute, *_secretaries(desk, leave.member))):
        desk.tell_member(code, "leave", text)
    if has_begun:
        await custody.offer_back(desk, leave)


def unable(desk: Desk, member: Member) -> Outcome:
    """我替不了: whoever counts on him is told, and he looks after things until another is named."""
    leaves = stands_in(desk, member)
    if not leaves:
        desk.answer("member.stands_in_for_nobody")
        return Outcome(Fate.ANSWERED, reason="stands in for nobody")
    for one in leaves:
        text = say(
            "member.cannot_stand_in", name=desk.name(member.code), away=desk.name(one.member), days=in_words(one)
        )
        for code in _others(member, (one.member, *_secretaries(desk, one.member))):
            desk.tell_member(code, "leave", text)
    desk.answer("member.cannot_noted", name=desk.names(tuple(dict.fromkeys(one.member for one in leaves))))
    return Outcome(Fate.COMMAND)


def stands_in(desk: Desk, member: Member) -> list[Leave]:
    """The leaves, now and ahead, that he was named for."""
    filled = desk.roster.leaves_filled_by.get(member.code, ())
    return [one for one in filled if one.ends >= desk.today and one.member in desk.roster.member]


def is_ahead(desk: Desk, member: Member) -> bool:
    """Is he on leave, or will he be?"""
    return bool(_still_ahead(desk, member.code))


def in_words(leave: Leave) -> str:
    """Its first and its last day, in words; a single day once."""
    first, last = (f"{day.month}月{day.day}日" for day in (leave.starts, leave.ends))
    return first if first == last else f"{first}到{last}"


def _still_ahead(desk: Desk, member: str) -> list[Leave]:
    return [one for one in desk.roster.leaves_of.get(member, ()) if one.ends >= desk.today]


def _others(member: Member, codes: Iterable[str]) -> list[str]:
    """Once each, and not who speaks."""
    return [code for code in dict.fromkeys(codes) if code not in ("", member.code)]


def _secretaries(desk: Desk, member: str) -> tuple[str, ...]:
    areas = sorted(routing.areas_of(desk.roster, member))
    return tuple(code for area in areas for code in routing.secretaries(desk.roster, area, area, desk.today))


# ── who goes, and who stands in ──────────────────────────────────────────────────────────────────


def _whose(desk: Desk, member: Member, words: str) -> Member | None:
    """Who goes away: he himself, or whom a secretary names first, 陈示例明后两天请假; None when he may not say so."""
    named = routing.named_in(desk.roster, words, member.code)
    first = [one for one in named if words.strip().startswith(one.name) and not _is_stand_in(words, one.name)]
    if not first or first[0].code == member.code:
        return member
    return first[0] if _may_speak_for(desk, member, first[0]) else None


def _is_stand_in(words: str, name: str) -> bool:
    return bool(_IS_STAND_IN.match(words, words.index(name) + len(name)))


def _without_people(desk: Desk, words: str) -> str:
    """邹仿真 is no day; 王一 might be."""
    for one in routing.named_in(desk.roster, words, ""):
        words = words.replace(one.name, "")
    return words


def _changed(desk: Desk, away: Member, words: str) -> Leave | None:
    """The leave that 改成周四到周五, or 潘编写替 without any day, is about: the one that comes first."""
    ahead = min(_still_ahead(desk, away.code), key=lambda one: one.starts, default=None)
    now = desk.now.astimezone(desk.settings.desk.zone)
    return ahead if _CHANGES.search(words) or read_away(_without_people(desk, words), now) is None else None


def _substitute(desk: Desk, away: Member, words: str) -> str | None:
    """Who is named to stand in: in full, or as one calls somebody; "" without a name, None when somebody was meant whom
    we do not know."""
    named = [one for one in routing.named_in(desk.roster, words, away.code) if one.code != away.code]
    called = _STANDS_IN.search(words)
    if not named and called:
        named = _called(desk, away, called["name"])
    if len(named) == 1 and routing.is_reachable(named[0]):
        return named[0].code
    return None if named or called else ""


def _called(desk: Desk, away: Member, name: str) -> list[Member]:
    """春燕 or 王姐, of the people of his own places first; nobody by his surname alone."""
    areas = routing.areas_of(desk.roster, away.code)
    for known in (routing.people_around(desk.roster, areas), desk.roster.members):
        others = [one for one in known if one.code != away.code and routing.is_reachable(one)]
        meant = who_is_meant(name, (one.name for one in others))
        if given := [one for one in others if one.name in meant]:
            return [one for one in given if areas & routing.areas_of(desk.roster, one.code)] or given
    return []


def _own_substitute(desk: Desk, leave: Leave, named: str | None) -> str | None:
    """Without a name the lane's own, if he is here on all these days."""
    if named is None:
        return None
    areas = sorted(routing.areas_of(desk.roster, leave.member))
    own = (code for area in areas for code in routing.substitutes(desk.roster, area, leave.starts))
    free = (code for code in own if code != leave.member and not _away_then(desk, replace(leave, substitute=code)))
    return next(free, None)


def _away_then(desk: Desk, leave: Leave) -> Leave | None:
    """The leave of whom it names to stand in, on one of these days."""
    return next((one for one in desk.roster.leaves_of.get(leave.substitute, ()) if _meet(one, leave)), None)


def _meet(one: Leave, other: Leave) -> bool:
    return one.starts <= other.ends and other.starts <= one.ends


def _tell(desk: Desk, member: Member, leave: Leave) -> None:
    words = {"name": desk.name(leave.member), "substitute": desk.name(leave.substitute), "days": in_words(leave)}
    desk.answer("member.leave_noted", **words)
    for code in _others(member, (leave.substitute, leave.member, *_secretaries(desk, leave.member))):
        name = "member.leave_for_you" if code == leave.substitute else "member.leave_told"
        desk.tell_member(code, "leave", say(name, **words))
