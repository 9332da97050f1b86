"""A member orders in set words: is an order meant, and of a leave or of a request?"""

from __future__ import annotations

from classifiers.members.duty import refuses_to_stand_in
from classifiers.members.orders import Order, SpokenOrder, read_order, says_it_is_not_well, says_who_is_back
from classifiers.members.orders_of_several import merges_of_many, orders_in_one_line
from classifiers.reader.late import late
from handlers.desk import Desk
from handlers.members import leave, listening, orders
from handlers.members.speaker import Speaker
from storage.records import Member, Outcome

_OF_LEAVE = late("假|回来")
_IS_BY_HIMSELF = late(r"(?!.*(?:转|给错))")  # 还是我去吧 keeps what was offered, or takes what was not
_NAMES_DAYS = late("[今明后]|天|周|星期|礼拜|[日号月点午]")


async def hear_order(speaker: Speaker) -> Outcome | None:
    """Set words, and what he types of a voice; several in one line are heard one by one."""
    if orders_in_one_line(speaker.message.text):
        return None
    voiced = await listening.plainly_typed(speaker.desk, speaker.member, speaker.message)
    order = voiced or read_order(speaker.message.text)
    if order is None or not (voiced or _is_meant(speaker, order)):
        return None
    return await _obey(speaker.desk, speaker.member, order, in_group=speaker.message.is_group)


async def hear_merges(speaker: Speaker) -> Outcome | None:
    """1 2 3 是一件事: all later ones become part of the first."""
    merges = merges_of_many(speaker.message.text)
    in_group = speaker.message.is_group
    done = [await orders.obey(speaker.desk, speaker.code, one, in_group=in_group) for one in merges]
    return done[-1] if done else None


async def hear_refusal_to_stand_in(speaker: Speaker) -> Outcome | None:
    return leave.unable(speaker.desk, speaker.member) if _will_not_stand_in(speaker) else None


def _will_not_stand_in(speaker: Speaker) -> bool:
    """我周四也不在 换别人吧, and no request was offered to him that he might mean."""
    is_asked = any(one.offered_to == speaker.code for one in speaker.around)
    counts_on_him = bool(leave.stands_in(speaker.desk, speaker.member))
    return counts_on_him and not is_asked and refuses_to_stand_in(speaker.message.text)


async def _obey(desk: Desk, member: Member, spoken: SpokenOrder, *, in_group: bool) -> Outcome:
    """An order in set words."""
    if spoken.order is Order.LEAVE:
        return await leave.ask(desk, member, spoken.words)
    if spoken.order is Order.UNABLE:
        return leave.unable(desk, member)
    if spoken.order is Order.BACK:
        return await leave.back(desk, member, spoken.words)
    if spoken.order is Order.HEARD:
        return await orders.obey(desk, member.code, spoken, listening.typed, in_group=in_group)
    return await orders.obey(desk, member.code, spoken, in_group=in_group)


def _is_meant(speaker: Speaker, spoken: SpokenOrder) -> bool:
    """顶不了, 出差取消了 and 让潘编写顶 are of a leave, if there is one; else they may be about a request."""
    desk, member, text = speaker.desk, speaker.member, speaker.message.text
    if spoken.order is Order.UNABLE and "替" not in text:
        is_asked = any(one.offered_to == speaker.code for one in speaker.around)
        return not is_asked and bool(leave.stands_in(desk, member) or not speaker.own)
    if spoken.order is Order.RESTORE and says_it_is_not_well(text):
        return speaker.known(spoken.numbers[0]) is None  # of what is open it is a word for who holds it
    if spoken.order is Order.KEEP and _IS_BY_HIMSELF.match(text):
        return any(one.holder == speaker.code and one.offered_to for one in speaker.around)
    if spoken.order is Order.BACK and says_who_is_back(text):
        return leave.brings_back(desk, member, spoken.words) or text.rstrip("了。!！").endswith("销假")
    if spoken.order is Order.BACK and not _OF_LEAVE.search(text):
        return leave.is_ahead(desk, member)
    if spoken.order is Order.LEAVE and not _OF_LEAVE.search(text) and not _NAMES_DAYS.search(text):
        return leave.is_ahead(desk, member)
    return True
