"""A member asks the desk: about one request, all that are open, or whether it may be closed."""

from __future__ import annotations

from classifiers.members.meaning import Saying
from classifiers.members.orders import read_order
from classifiers.members.questions import Question, SpokenQuestion, read_question
from classifiers.members.replies import Command, quoted_number
from handlers.members import directing, questions, rights
from handlers.members.commands import carry_out_one
from handlers.members.deeds import my_tasks
from handlers.members.meaning import keep_inside
from handlers.members.speaker import Speaker
from handlers.texts import say
from storage.records import Fate, Outcome


async def hear_question(speaker: Speaker) -> Outcome | None:
    asked = read_question(speaker.message.text)
    return await _answered(speaker, asked) if asked is not None else None


async def _answered(speaker: Speaker, asked: SpokenQuestion) -> Outcome | None:
    """What comes of a question to the desk; None when his words are to be read as any others."""
    if asked.question is Question.DETAILS:
        return await _details(speaker, asked.number)
    if asked.question is Question.OVER:
        return await _may_end(speaker, asked.number)
    if asked.question is Question.ERRAND:
        return await _errand(speaker, asked.number)
    return await questions.answer(speaker, asked)


async def _details(speaker: Speaker, number: int) -> Outcome | None:
    """Without a number the request that he quotes, or the only one he holds; who holds several is shown all of them."""
    number = number or quoted_number(speaker.message.quoted) or (speaker.own[0].number if len(speaker.own) == 1 else 0)
    if number:
        return await carry_out_one(speaker, Command("status", (number,)), number)
    return await my_tasks(speaker) if speaker.own else None


async def _may_end(speaker: Speaker, number: int) -> Outcome:
    """1号可以结了 is meant of that one, also when it is over already; if it is not, the result has to be said."""
    return await carry_out_one(speaker, Command("resolved", (number,), note=say("verb.resolve")), number, is_order=True)


async def _errand(speaker: Speaker, number: int) -> Outcome | None:
    """1号给居民回个电话, from somebody above, is for who holds it; 盯一下1号 from a secretary is an order."""
    desk, code = speaker.desk, speaker.code
    about = await desk.session.requests.get(number)
    if about is None or not rights.may_know(desk, code, about) or not directing.speaks_to_holder(speaker, about):
        return None
    if rights.is_secretary(desk, code, about) and read_order(speaker.message.text) is not None:
        return None
    if about.sensitivity == "confidential" and speaker.message.is_group:
        desk.answer("member.alone_please", number=number)
        return Outcome(Fate.REFUSED, number, "not in a group")
    return keep_inside(speaker, Command("progress", (number,)), Saying.AMONG, about)
