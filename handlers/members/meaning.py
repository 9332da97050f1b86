"""What a member's line with one command comes to: the command, words for colleagues, or a mere nod."""

from __future__ import annotations

import re

from classifiers.members.corrections import as_corrected
from classifiers.members.going import gives_the_all_clear, takes_it_by_name
from classifiers.members.meaning import Saying
from classifiers.members.passing_on import without_errand
from classifiers.members.references import without_number
from classifiers.members.replies import Command
from classifiers.reader.late import late
from handlers.desk import Desk
from handlers.members import asked, clearing, directing, postponing, questions, rights, sorting
from handlers.members.sayings import stays_outside, weighed
from handlers.members.speaker import Speaker, request_meant
from handlers.watching import alarms
from storage.records import Fate, Outcome, Request

_SHORTEST_NEWS = 4  # signs of what may be worth telling a resident
_INSIDE = {Saying.NEW: "member.log_it", Saying.UNDO: "member.undo"}
NOD = late(
    r"(?:收到|好(?:的|嘞|滴|哒)?|知道了?|明白了?|嗯+|哦+|行|可以|没问题|晓得了?|中|ok|okay|👌|👍|🫡|\[ok\]|\[好的\]|\[强\]|[\s,，。!！~～])+",
    re.IGNORECASE,
)


async def say_not_understood(speaker: Speaker) -> Outcome:
    """合上闸了 是跳闸, of whoever works on one request: it may be for its resident, and a word is enough to tell it."""
    desk, code = speaker.desk, speaker.code
    mine = [one for one in speaker.own if one.accepted_at and not rights.is_burning(one)]
    if len(mine) == 1 and await _may_be_for_resident(speaker, mine[0]):
        desk.answer("member.tell_resident", number=mine[0].number)
        return Outcome(Fate.CHAT, reason=asked.reason(asked.Wanted.YES, f"告诉居民 {mine[0].number} {asked.GAP}"))
    desk.answer(_not_understood(desk, code), name=desk.name(code))
    return Outcome(Fate.CHAT)


async def _may_be_for_resident(speaker: Speaker, request: Request) -> bool:
    text = speaker.message.text
    if len(text) < _SHORTEST_NEWS or text.rstrip(" 。!！").endswith(("吗", "?", "？", "呢")):
        return False
    reader = await speaker.desk.house.understanding.reader(speaker.desk.roster, speaker.desk.session)
    return stays_outside(reader.member_words(request.text, text))


async def understand(speaker: Speaker, command: Command) -> Command | Outcome:
    """What a line with one command comes to; or its end, when nothing is to be done with it."""
    if shifted := await postponing.as_promise(speaker, command, command.said or speaker.message.text):
        return shifted
    desk, about = speaker.desk, request_meant(speaker, command)
    if about and not await _takes_it(speaker, command, about):
        desk.answer("member.who_goes" if rights.is_burning(about) else "member.noted", number=about.number)
        return Outcome(Fate.CHAT, about.number, "a nod")
    if about and rights.is_burning(about) and takes_it_by_name(speaker.message.text, about.number):
        return Command("accept", (about.number,), note=without_number(speaker.message.text, about.number), is_sure=True)
    if about and rights.is_burning(about) and await _has_seen_that_it_is_none(speaker, about):
        await clearing.all_clear(desk, speaker.code, about, without_number(speaker.message.text, about.number))
        return Outcome(Fate.COMMAND, about.number)
    found = await _weighed(speaker, command, about)
    if isinstance(found, Saying) and about is not None and rights.is_burning(about):
        desk.answer("member.who_goes", number=about.number)
        return Outcome(Fate.ANSWERED, about.number)
    if found is Saying.NEW and (number := sorting.tells_on(speaker)):
        return Command("progress", (number,), note=speaker.message.text)
    if isinstance(found, Saying):
        return keep_inside(speaker, command, found, about)
    if found.intent == "none" and about is not None and rights.is_burning(about):
        desk.answer("member.who_goes", number=about.number)
        return Outcome(Fate.ANSWERED, about.number)
    return found


async def _has_seen_that_it_is_none(speaker: Speaker, about: Request) -> bool:
    """He has looked, and tells of no danger; of violence and self-harm no short word takes it back."""
    text = speaker.message.text
    if about.emergency_kind in alarms.NEEDS_A_LOOK or not gives_the_all_clear(text):
        return False
    reader = await speaker.desk.house.understanding.reader(speaker.desk.roster, speaker.desk.session)
    return reader.understand(text).urgency != "emergency"


async def _weighed(speaker: Speaker, command: Command, about: Request | None) -> Command | Saying:
    """What the trained reader makes of the words, beside the request that they are about."""
    desk, text = speaker.desk, without_errand(as_corrected(speaker.message.text))
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    told = about.text if about else ""
    reading = reader.member_words(told, text)
    is_emergency = about is not None and about.urgency == "emergency"
    is_burning = about is not None and rights.is_burning(about)
    return weighed(command, reading, text, told=told, is_burning=is_burning, is_emergency=is_emergency)


async def _takes_it(speaker: Speaker, command: Command, about: Request) -> bool:
    """A mere nod takes what he holds, what was offered to him, and what he was told of just now; a nod to an alarm
    counts from its holder alone: all others would stop running."""
    if command.intent != "accept" or not NOD.fullmatch(speaker.message.text.strip()):
        return True
    if speaker.message.quoted or speaker.code in (about.holder, about.offered_to):
        return True
    if about.accepted_at is not None and directing.speaks_to_holder(speaker, about):
        return False  # 行, of whoever looks on, is no offer to work along
    told = await speaker.desk.session.outbox.last_told(speaker.message.conversation)
    return not rights.is_burning(about) and told == about.number


def _not_understood(desk: Desk, code: str) -> str:
    """Who leads is told what a leader can say."""
    return "member.not_understood_above" if questions.leads(desk, code) else "member.not_understood"


def keep_inside(speaker: Speaker, command: Command, saying: Saying, about: Request | None) -> Outcome:
    """Words for colleagues, or for the desk: no resident hears them, and nothing is closed by them."""
    desk = speaker.desk
    is_talk = command.intent == "none" and not command.is_sure
    name = _INSIDE.get(saying, _not_understood(desk, speaker.code) if is_talk else "member.not_told")
    is_among = saying is Saying.AMONG and not speaker.message.is_group
    if about and is_among and directing.speaks_to_holder(speaker, about) and directing.is_named(speaker, about):
        return directing.hand_on(speaker, about, about.holder)
    if saying is Saying.AMONG and (handed := directing.hear_rest(speaker)):
        return handed
    desk.answer(name, name=desk.name(speaker.code))
    if saying is Saying.NEW:
        return Outcome(Fate.CHAT, reason=asked.reason(asked.Wanted.YES, f"登记 {asked.GAP}"))
    return Outcome(Fate.CHAT, reason=f"said among members: {saying}")
