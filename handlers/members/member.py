"""A member's words: who hears them, and in which order: 接, 转, 退, 在路上…, 请补充…, 办结…, 登记…, 我的任务."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from classifiers.members.orders_of_several import orders_in_one_line
from classifiers.members.replies import Command
from classifiers.reader.late import late
from classifiers.residents.ordinals import names_by_place
from handlers.desk import Desk
from handlers.members import at_scene, directing, joining, listing, revealing, slips, sorting
from handlers.members.asking import hear_question
from handlers.members.commands import ask_for_numbers, ask_which, carry_out
from handlers.members.consent import hear_consent
from handlers.members.meaning import say_not_understood, understand
from handlers.members.news import hear_of_danger, hear_of_others
from handlers.members.ordering import hear_merges, hear_order, hear_refusal_to_stand_in
from handlers.members.rulings import hear_ruling, hear_rulings
from handlers.members.speaker import Speaker, as_of_named, commands_in, not_by_house, speaker_of, with_what_was_meant
from storage.records import Incoming, Member, Outcome

_SIGHS = late(r"^\s*(?:哎呀|哎哟|唉|哎|啊|噢)[\s,，。!！]+")  # 哎呀 知道了


async def hear(desk: Desk, member: Member, message: Incoming) -> Outcome:
    """Do all that a line of a member commands, in its order."""
    message = await with_what_was_meant(desk, member, message)
    message = replace(message, text=_SIGHS.sub("", message.text) or message.text)
    speaker = await speaker_of(desk, member, message)
    if not message.quoted and names_by_place(message.text) and len(speaker.numbers) > 1:
        return await ask_for_numbers(speaker)
    if (opened := await sorting.unsaid(speaker)) is not None:
        return opened
    if (placed := await slips.place(speaker)) is not None:
        return placed
    if (meant := await sorting.taken_back(speaker)) is not None:  # and what he has closed may be open again
        speaker = await speaker_of(desk, member, replace(message, text=meant))
    for hears in _HEARERS:
        if outcome := await hears(speaker):
            return outcome
    return await _do_all(speaker)


async def _says_two_things(speaker: Speaker) -> Outcome | None:
    """灯换好了 屋顶明天去, 接1 再叫邹仿真协办: each is heard as a line of its own."""
    desk, member, message = speaker.desk, speaker.member, speaker.message
    if sorting.is_of_two_minds(speaker):
        return ask_which(speaker, Command("resolved"))
    if several := orders_in_one_line(message.text) or sorting.parted(speaker):
        return [await hear(desk, member, replace(message, text=line)) for line in several][-1]
    both = directing.hear_both(speaker)
    if both is None:
        return None
    taken = await hear(desk, member, replace(message, text=both[0]))
    return await hear(desk, member, replace(message, text=f"{taken.request} {both[1]}")) if taken.request else taken


async def _do_all(speaker: Speaker) -> Outcome:
    """What he commands, each in its turn."""
    commands = commands_in(speaker)
    if found := await hear_of_danger(speaker, commands) or await hear_of_others(speaker, commands):
        return found
    if len(commands) == 1:
        understood = await directing.hear(speaker, commands[0]) or await understand(
            speaker, as_of_named(speaker, not_by_house(speaker, commands[0]))
        )
        if isinstance(understood, Outcome):
            return understood
        commands = (understood,)
    if all(command.intent == "none" for command in commands):
        return directing.hear_rest(speaker) or await say_not_understood(speaker)
    return [await carry_out(speaker, command) for command in commands][-1]


# The order is the order of trial: questions and set words, what answers the desk, what is said of several, commands.
_HEARERS: Final[tuple[Callable[[Speaker], Awaitable[Outcome | None]], ...]] = (
    hear_question,
    listing.hear,
    hear_rulings,
    revealing.hear,
    hear_merges,
    hear_order,
    hear_ruling,
    hear_refusal_to_stand_in,
    hear_consent,
    at_scene.hear,
    joining.hear_offer,
    _says_two_things,
    joining.hear,
)
