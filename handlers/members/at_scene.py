"""News from the scene of an emergency, by anybody who was rung for it: it is progress, and he works along.

Who took it first is its holder; who came as well is no stranger. The resident hears it, and all who were rung. Of an
alarm that still rings whoever tells how it ended, 找着了,在小卖部, has taken it: nobody need run any more.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from classifiers.members.going import gives_the_all_clear
from classifiers.members.references import number_first
from classifiers.members.scene import is_of_a_danger, says_he_is_there, tells_how_it_ended, tells_what_he_found
from handlers.members import rights, work
from handlers.members.sayings import is_set
from handlers.members.speaker import ASKED_FOR, Speaker, distinct
from handlers.moves import dispatch
from handlers.rules.lifecycle import Verb, can
from handlers.rules.masking import markdown_safe, shorten
from handlers.texts import say
from handlers.watching import alarms
from storage.records import Fate, Outcome, Request


async def hear(speaker: Speaker) -> Outcome | None:
    """None when it is no news, of no emergency that he was rung for, or its holder's own."""
    text = speaker.message.text
    has_found = tells_what_he_found(text)
    if is_set(text) or speaker.message.quoted or not (has_found or says_he_is_there(text)):
        return None
    number, words = number_first(text)
    has_other_work = any(one.state not in ASKED_FOR for one in speaker.own)
    is_end = tells_how_it_ended(text) and not gives_the_all_clear(text)
    if is_end and (number is not None or is_of_a_danger(text) or not has_other_work):
        burning = await _rung_for(speaker, number, _still_rings)
        if burning is not None:
            await work.progress(speaker.desk, speaker.code, burning, words.strip())
            return Outcome(Fate.COMMAND, burning.number)
    about = await _rung_for(speaker, number, _is_taken)
    if about is None or (has_other_work and not has_found and number is None):
        return None
    return await _told(speaker, about, words.strip(), has_found=has_found)


async def _rung_for(
    speaker: Speaker, number: int | None, is_one: Callable[[Speaker, Request], Awaitable[bool]]
) -> Request | None:
    """The emergency of this kind that he was called to; None when there are several."""
    found = [one for one in distinct((*speaker.around, *speaker.own)) if await is_one(speaker, one)]
    named = [one for one in found if number in (None, one.number)]
    return await speaker.desk.session.requests.get(named[0].number, to_change=True) if len(named) == 1 else None


async def _is_taken(speaker: Speaker, request: Request) -> bool:
    """By somebody else, a short while ago."""
    desk, started = speaker.desk, request.dispatched_at
    if request.urgency != "emergency" or request.accepted_at is None or not can(request, Verb.START):
        return False
    if request.holder == speaker.code or started is None or desk.now - started > alarms.GOES_ON:
        return False
    return _may_say(speaker, request) and speaker.code in await dispatch.rung(desk, request)


async def _still_rings(speaker: Speaker, request: Request) -> bool:
    """Whoever reads the lane's group was called to it there."""
    if not rights.is_burning(request) or not can(request, Verb.ACCEPT) or not _may_say(speaker, request):
        return False
    is_heard_here = speaker.message.is_group and request.sensitivity == "open"
    return is_heard_here or speaker.code in await dispatch.rung(speaker.desk, request)


def _may_say(speaker: Speaker, request: Request) -> bool:
    is_secret = request.sensitivity == "confidential"
    return rights.may_know(speaker.desk, speaker.code, request) and not (is_secret and speaker.message.is_group)


async def _told(speaker: Speaker, about: Request, words: str, *, has_found: bool) -> Outcome:
    desk = speaker.desk
    await work.progress(desk, speaker.code, about, words)
    if has_found:  # all have heard it with that
        return Outcome(Fate.COMMAND, about.number)
    said = markdown_safe(shorten(words, 300))
    text = say("member.from_the_scene", number=about.number, name=desk.name(speaker.code), text=said)
    for code in await dispatch.rung(desk, about):
        if code != speaker.code:
            desk.tell_member(code, "among", text, request=about, urgent=True)
    return Outcome(Fate.COMMAND, about.number)
