"""Are the words of somebody who is member and resident at once meant as a member's?"""

from __future__ import annotations

from classifiers.members.orders import Order, SpokenOrder, read_order
from classifiers.members.questions import Question, read_question
from handlers.desk import Desk
from handlers.members import questions
from handlers.members.speaker import Speaker, commands_in, numbers_meant, speaker_of
from storage.records import Incoming, Member


async def commands_of(desk: Desk, member: Member, message: Incoming) -> bool:
    """Are these words of somebody who is member and resident at once meant as a member's?"""
    spoken = read_order(message.text)
    if spoken is not None and not (spoken.order is Order.VOID and await _is_a_residents(desk, spoken)):
        return True
    speaker = await speaker_of(desk, member, message)
    if _asks_as_member(speaker):
        return True
    commands = commands_in(speaker)
    return any(
        command.intent in ("status", "help", "log", "bind_code") or bool(numbers_meant(speaker, command))
        for command in commands
        if command.intent != "none"
    )


async def _is_a_residents(desk: Desk, spoken: SpokenOrder) -> bool:
    """撤销 5, of what no member has logged: its resident may say so."""
    about = await desk.session.requests.get(spoken.numbers[0]) if spoken.numbers else None
    return about is not None and not about.logged_by


def _asks_as_member(speaker: Speaker) -> bool:
    """What no resident asks; 现在什么情况 he may ask about his own matter, unless he leads."""
    asked = read_question(speaker.message.text)
    if asked is None:
        return False
    if asked.number:
        return asked.number in speaker.numbers
    return asked.question not in (Question.OPEN, Question.LATE) or questions.leads(speaker.desk, speaker.code)
