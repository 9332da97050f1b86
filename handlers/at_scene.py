"""News from the scene of an emergency, by anybody who was rung for it: it is progress, and he works along.

Who took it first is its holder; who came as well is no stranger. The resident hears it, and all who were rung.
"""

from __future__ import annotations

from classifiers.references import number_first
from classifiers.scene import says_he_is_there, tells_what_he_found
from handlers import alarms, dispatch, rights, work
from handlers.rules.lifecycle import Verb, can
from handlers.rules.masking import markdown_safe, shorten
from handlers.sayings import is_set
from handlers.speaker import ASKED_FOR, Speaker
from handlers.texts import say
from storage.records import Fate, Outcome, Request


async def hear(speaker: Speaker) -> Outcome | None:
    """None when it is no news, of no emergency that he was rung for, or its holder's own."""
    text = speaker.message.text
    has_found = tells_what_he_found(text)
    if is_set(text) or speaker.message.quoted or not (has_found or says_he_is_there(text)):
        return None
    number, words = number_first(text)
    about = await _rung_for(speaker, number)
    has_other_work = any(one.state not in ASKED_FOR for one in speaker.own)
    if about is None or (has_other_work and not has_found and number is None):
        return None
    return await _told(speaker, about, words.strip())


async def _rung_for(speaker: Speaker, number: int | None) -> Request | None:
    """The emergency that somebody else has taken, and that he was called to as well; None when there are several."""
    found = [one for one in speaker.around if await _is_one(speaker, one)]
    named = [one for one in found if number in (None, one.number)]
    return await speaker.desk.session.requests.get(named[0].number, to_change=True) if len(named) == 1 else None


async def _is_one(speaker: Speaker, request: Request) -> bool:
    desk, started = speaker.desk, request.dispatched_at
    if request.urgency != "emergency" or request.accepted_at is None or not can(request, Verb.START):
        return False
    if request.holder == speaker.code or started is None or desk.now - started > alarms.GOES_ON:
        return False
    is_secret = request.sensitivity == "confidential"
    may_say = rights.may_know(desk, speaker.code, request) and not (is_secret and speaker.message.is_group)
    return may_say and speaker.code in await dispatch.rung(desk, request)


async def _told(speaker: Speaker, about: Request, words: str) -> Outcome:
    desk = speaker.desk
    await work.progress(desk, speaker.code, about, words)
    said = markdown_safe(shorten(words, 300))
    text = say("member.from_the_scene", number=about.number, name=desk.name(speaker.code), text=said)
    for code in await dispatch.rung(desk, about):
        if code != speaker.code:
            desk.tell_member(code, "among", text, request=about, urgent=True)
    return Outcome(Fate.COMMAND, about.number)
