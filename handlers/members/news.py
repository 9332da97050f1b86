"""A member tells of a danger, or of what somebody told him by phone or at the door: a matter of its own."""

from __future__ import annotations

from classifiers.members.going import found_nobody_home
from classifiers.members.replies import Command
from classifiers.reader.late import late
from handlers.members import deeds, registering, rights
from handlers.members.sayings import is_set
from handlers.members.speaker import Speaker, distinct
from storage.records import Outcome, Request

_LOOKED_FOR = late(  # somebody of whom nobody knows how he is
    r"没(?:有)?(?:见|看[见到]|瞧见|露面|出[门来]|动静|声音|消息|回音|人影|接电话)|联系不[上到]|打不通|独居|一个人(?:住|过|在)|"
    r"[摔躺病晕]|去看看(?:他|她|老|人|我)|看看(?:老人|大[爷妈娘]|奶奶|爷爷|我[爸妈爹娘])"
)


async def hear_of_danger(speaker: Speaker, commands: tuple[Command, ...]) -> Outcome | None:
    """A danger that he tells of: no word of command, and no news of an alarm that rings, or of one of that kind."""
    if is_set(speaker.message.text) or any(command.intent in deeds.WITHOUT_REQUEST for command in commands):
        return None
    emergencies = [one for one in (*speaker.own, *speaker.around) if one.urgency == "emergency"]
    if any(map(rights.is_burning, emergencies)):
        return None
    known = frozenset(one.emergency_kind for one in emergencies)
    numbers = {number for command in commands for number in command.requests}
    about = speaker.known(numbers.pop()) if len(numbers) == 1 else None
    if found_nobody_home(speaker.message.text) and _visits_calmly(speaker, about):
        return None
    return await registering.danger(speaker.desk, speaker.member, speaker.message, about, known)


async def hear_of_others(speaker: Speaker, commands: tuple[Command, ...]) -> Outcome | None:
    """What somebody told him, by phone or at the door, and no news of what is open here."""
    message = speaker.message
    is_plain = not message.quoted and not any(command.requests or command.intent == "log" for command in commands)
    is_plain = is_plain and not is_set(message.text)
    around = distinct((*speaker.own, *speaker.around))
    return await registering.brought(speaker.desk, speaker.member, message, around, in_words=is_plain)


def _visits_calmly(speaker: Speaker, about: Request | None) -> bool:
    """Is his visit to nobody whom he was sent to look for? Then he who does not open is out."""
    at_work = [*speaker.own, *(one for one in speaker.around if speaker.code in one.co_workers)]
    visited = [about] if about else at_work
    return bool(visited) and not any(map(_must_be_looked_in_on, visited))


def _must_be_looked_in_on(request: Request) -> bool:
    is_care = "elder_care" in (request.type, *request.types_all) or request.urgency == "emergency"
    return is_care or bool(_LOOKED_FOR.search(request.text))
