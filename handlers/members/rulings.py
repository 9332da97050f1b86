"""A secretary says yes or no to those who asked for more time: 可以; 1同意 2不行 太晚了."""

from __future__ import annotations

from dataclasses import replace

from classifiers.members.orders import Order, SpokenOrder, read_verdict
from classifiers.members.orders_of_several import is_of_all, read_verdicts
from handlers.members import extending, orders
from handlers.members.meaning import NOD
from handlers.members.speaker import Speaker
from storage.records import Outcome


async def hear_ruling(speaker: Speaker) -> Outcome | None:
    """可以, or 2不行 本周必须弄完, of a secretary to the extension he was asked for: just now, or by its number."""
    desk, member, message = speaker.desk, speaker.member, speaker.message
    is_nod = NOD.fullmatch(message.text.strip())
    spoken = SpokenOrder(Order.GRANT) if is_nod else read_verdict(message.text)
    if spoken is None:
        return None
    asked = await extending.wishes_for_time(desk, member.code)
    number = spoken.numbers[0] if spoken.numbers else await desk.session.outbox.last_told(message.conversation)
    meant = [one for one in asked if one.number == number]
    is_of_them = spoken.order is Order.GRANT or len(asked) == 1 or is_of_all(message.text)
    if not is_nod and not spoken.numbers and is_of_them:
        meant = asked
    outcome = None
    for one in meant:
        ruling = replace(spoken, numbers=(one.number,))
        outcome = await orders.obey(desk, member.code, ruling, in_group=message.is_group)
    return outcome


async def hear_rulings(speaker: Speaker) -> Outcome | None:
    """1同意 2不行 太晚了, of a secretary who was asked for more time by several."""
    verdicts = read_verdicts(speaker.message.text)
    wished = await extending.wishes_for_time(speaker.desk, speaker.code) if verdicts else ()
    decided = {number for one in verdicts for number in one.numbers}
    if decided.isdisjoint(one.number for one in wished):
        return None
    in_group = speaker.message.is_group
    return [await orders.obey(speaker.desk, speaker.code, one, in_group=in_group) for one in verdicts][-1]
