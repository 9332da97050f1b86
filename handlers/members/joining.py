"""我陪老陈一块去: who says that he goes along works along, and who holds it goes on holding it."""

from __future__ import annotations

from classifiers.members.going import goes_along_with, offers_to_help
from classifiers.members.persons import who_is_meant
from handlers.members import rights, work
from handlers.members.speaker import ASKED_FOR, Speaker, people_near
from handlers.texts import say
from storage.records import Fate, Outcome, Request


async def hear_offer(speaker: Speaker) -> Outcome | None:
    """协办1, 我来帮忙1: he works along with who has taken it, who hears so. None of what nobody has taken, or he."""
    desk, code = speaker.desk, speaker.code
    number = offers_to_help(speaker.message.text)
    request = await desk.session.requests.get(number, to_change=True) if number else None
    if request is None or not request.accepted_at or not request.state.is_open or code == request.holder:
        return None
    if not rights.may_know(desk, code, request) or request.sensitivity != "open" or request.offered_to == code:
        return None
    is_new = code not in request.co_workers
    try:
        await work.accept(desk, code, request)
    except rights.Unwilling as refusal:
        desk.answer_words(str(refusal))
        return Outcome(Fate.REFUSED, request.number, "not possible")
    if is_new:
        told = say("member.help_offered", number=request.number, name=desk.name(code))
        desk.tell_member(request.holder, "help_asked", told, request=request)
    return Outcome(Fate.COMMAND, request.number)


async def hear(speaker: Speaker) -> Outcome | None:
    """None when he goes with nobody, or has work of his own that it may be said of."""
    name = goes_along_with(speaker.message.text)
    about = _held_by(speaker, name) if name and not _has_his_own(speaker) else None
    request = await speaker.desk.session.requests.get(about.number, to_change=True) if about else None
    if request is None or (request.sensitivity == "confidential" and speaker.message.is_group):
        return None
    try:
        await work.accept(speaker.desk, speaker.code, request)
    except rights.Unwilling as refusal:
        speaker.desk.answer_words(str(refusal))
        return Outcome(Fate.REFUSED, request.number, "not possible")
    return Outcome(Fate.COMMAND, request.number)


def _has_his_own(speaker: Speaker) -> bool:
    return any(one.state not in ASKED_FOR for one in speaker.own)


def _held_by(speaker: Speaker, name: str) -> Request | None:
    """The only one around him that this colleague works on."""
    near = people_near(speaker)
    meant = who_is_meant(name, (one.name for one in near))
    codes = {one.code for one in near if one.name in meant} - {speaker.code}
    held = [one for one in speaker.around if one.holder in codes and one.accepted_at and one.state.is_open]
    return held[0] if len(held) == 1 else None
