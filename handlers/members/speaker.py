"""A member speaks: the requests his words may be about, and those that he names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from classifiers.members.exceptions import without_exceptions
from classifiers.members.orders import read_order
from classifiers.members.questions import read_question
from classifiers.members.replies import Command, quoted_number, read_replies
from classifiers.reader.late import late
from classifiers.reader.segment import read_number
from classifiers.requests.duplicates import things_of
from classifiers.residents.ordinals import names_by_place, with_numbers
from handlers.desk import Desk
from handlers.members import asked, registering, rights, shown
from handlers.residents import following
from handlers.rules import routing
from storage.records import Incoming, Member, Request, State

_HOUSE = late(
    r"(?<!\d)(\d{1,4})号(?:那[家户]|[\u4e00-\u9fff]{1,4}家|[\u4e00-\u9fff]{0,3}(?:大妈|大爷|奶奶|爷爷|大娘|大叔|阿姨|[姐哥婶嫂叔姨]))"
)
_WHICH = late(
    r"(?:是|就是|那|我说的是|说的是)?(?:第(?P<place>[一二三四五六七八九十])|#?(?P<number>\d{1,7}))(?:号单?|个|件|条)?(?:那[个件]|的)?[吧呀啊。.]*"
)
# 1和3, 一和三, and 水龙头那个, are answers to 是哪一件 too.
_SIGN = late(r"\d{1,7}|[一二三四五六七八九十]{1,3}")
_WHICH_ONES = late(
    r"(?:是|就是|那|都是)?#?(?:\d{1,7}|[一二三四五六七八九十]{1,3})号?(?:[\s,，、和跟与]+#?(?:\d{1,7}|[一二三四五六七八九十]{1,3})号?){1,9}(?:都是|都|吧|[呀啊。.])*"
)
_WHICH_THING = late(r"(?:是|就是|我说的是)?(?P<thing>[\u4e00-\u9fff]{1,8}?)的?(?:那|这)[个件](?:呀|啊|吧|[。.])*")
# 好，下午三点去, with an offer before him, is said of that one.
_SAYS_YES = late(r"^\s*(?:行|可以|好(?:的|嘞|滴|吧)?|嗯+|收到|中|没问题|ok)(?=[\s,，。!！~我那]|$)", re.IGNORECASE)
_TOGETHER = late(r"^(?P<digits>[1-9]{2,5})(?P<rest>(?:都|全|我都|我全).+)$")
_AND = late(r"[\s,，、。和跟与]+|还有")
_COMMAND = late(r"\s*(?:登记|接|收到|办结|转|退|查|我的|任务|帮助|请|催|督|并|拆|好|知道|#?\d)|.{0,4}$")
ASKED_FOR = (State.RECEIVED, State.DISPATCHED, State.RETURNED)


@dataclass(frozen=True)
class Speaker:
    """A member, what he said, and the requests it may be about: his own, and those of the place he speaks in."""

    desk: Desk
    member: Member
    message: Incoming
    own: tuple[Request, ...]
    around: tuple[Request, ...]

    @property
    def code(self) -> str:
        return self.member.code

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(request.number for request in (*self.own, *self.around)))

    def known(self, number: int) -> Request | None:
        return next((one for one in (*self.own, *self.around) if one.number == number), None)


async def speaker_of(desk: Desk, member: Member, message: Incoming) -> Speaker:
    requests = desk.session.requests
    own = await requests.open_of_holder(member.code)
    lanes = _lanes_of_chat(desk, message.conversation) if message.is_group else _lanes_of_member(desk, member.code)
    offered = await requests.open_offered_to(member.code)
    helped = () if own else await _helps_with(desk, member, message)
    around = [
        one
        for one in distinct((*await requests.open_in([*lanes, ""]), *offered, *helped))
        if rights.may_know(desk, member.code, one)
        and not rights.has_only_logged(desk, member.code, one)
        and (one.lane or one.offered_to == member.code or one.holder)
    ]
    return Speaker(desk, member, message, tuple(own), tuple(around))


async def _helps_with(desk: Desk, member: Member, message: Incoming) -> tuple[Request, ...]:
    """What he works on with its holder, wherever it is, if he was told of it last."""
    told = await desk.session.outbox.last_told(message.conversation)
    about = await desk.session.requests.get(told) if told else None
    return (about,) if about and about.state.is_open and member.code in about.co_workers else ()


def people_near(speaker: Speaker) -> tuple[Member, ...]:
    """Whom a name without more is likely to mean."""
    roster = speaker.desk.roster
    return routing.people_around(roster, routing.areas_of(roster, speaker.code)) or roster.members


def commands_in(speaker: Speaker) -> tuple[Command, ...]:
    people = [member.name for member in people_near(speaker)]
    quoted = quoted_number(speaker.message.quoted) if speaker.message.quoted else None
    return read_replies(speaker.message.text, speaker.numbers, quoted, people)


def _lanes_of_chat(desk: Desk, chat_id: str) -> list[str]:
    return [lane.code for lane in desk.roster.lanes_by_chat.get(chat_id, ())]


def _lanes_of_member(desk: Desk, member: str) -> list[str]:
    return [lane.code for lane in routing.lanes_of(desk.roster, member, desk.today)]


def not_by_house(speaker: Speaker, command: Command) -> Command:
    """3号赵奶奶家灯泡换好了 names a house; which request that is has to be asked when he has several."""
    house = _HOUSE.search(speaker.message.text)
    is_by_house = house is not None and command.requests == (int(house[1]),)
    return replace(command, requests=()) if is_by_house else command


def request_meant(speaker: Speaker, command: Command) -> Request | None:
    """The request that words are most likely about."""
    meant = numbers_meant(speaker, command)
    return speaker.known(meant[0]) if len(meant) == 1 else None


def numbers_meant(speaker: Speaker, command: Command) -> tuple[int, ...]:
    """The numbers a command names, or the only request it can be about."""
    if command.requests and not command.ambiguous:
        return command.requests
    offered = [one.number for one in speaker.around if one.offered_to == speaker.code]
    if len(offered) == 1 and _SAYS_YES.match(speaker.message.text):
        return (offered[0],)
    candidates = candidates_for(speaker, command.intent)
    burning = [one for one in candidates if one.urgency == "emergency" and one.accepted_at is None]
    if command.intent == "accept" and len(burning) == 1:  # 我去 means what everybody was called to
        return (burning[0].number,)
    text = command.said or speaker.message.text
    if command.intent == "accept" and (listed := _listed(text, candidates)):
        return listed
    if (named := _named(speaker, text, candidates)) is not None:
        return (named.number,)
    if len(candidates) > 1:
        candidates = _named_by_thing(text, candidates)
    elif candidates and not things_of(text).isdisjoint(_things_but_of(speaker, candidates[0])):
        candidates = _named_by_thing(text, distinct((*speaker.around, *speaker.own)))
    return (candidates[0].number,) if len(candidates) == 1 else ()


def as_of_named(speaker: Speaker, command: Command) -> Command:
    """死猫埋了, which no rule knows, is news of the dead cat as 2 死猫埋了 is: it names one of several."""
    text = speaker.message.text
    if command.intent != "none" or command.is_sure or command.requests:
        return command
    named = _named(speaker, text, candidates_for(speaker, command.intent))
    if named is None or named.urgency == "emergency":
        return command
    people = [member.name for member in people_near(speaker)]
    return read_replies(f"{named.number} {text}", (named.number,), None, people)[0]


def _listed(text: str, candidates: Sequence[Request]) -> tuple[int, ...]:
    """楼道灯 门锁我接: each thing names one of those that wait; () when less than two are named so."""
    named = (following.named_plainly(candidates, thing) for thing in _AND.split(text)) if len(candidates) > 1 else ()
    numbers = tuple(dict.fromkeys(one.number for one in named if one))
    return numbers if len(numbers) > 1 else ()


def _named(speaker: Speaker, text: str, candidates: Sequence[Request]) -> Request | None:
    """门锁我下午去换 is of the lock, though only the lamp is accepted: the one whose thing is named, among all that he
    may act on and not only those that such words are likeliest about."""
    if _HOUSE.search(speaker.message.text):  # 3号赵奶奶家灯泡换好了: whose house that is nobody here knows
        return None
    around = (one for one in speaker.around if one.holder == "" or one.offered_to == speaker.code)
    may_act_on = distinct((*candidates, *speaker.own, *around))
    return following.named_plainly(may_act_on, text) if len(may_act_on) > 1 else None


def _things_but_of(speaker: Speaker, request: Request) -> frozenset[str]:
    """What the other requests around him are about, and this one is not."""
    others = (things_of(one.text) for one in (*speaker.around, *speaker.own) if one.number != request.number)
    return frozenset().union(*others) - things_of(request.text)


def _named_by_thing(text: str, candidates: list[Request]) -> list[Request]:
    """马桶通了 is said of the blocked toilet, not of the lamp: the only one whose things stand in the words."""
    things = things_of(text)
    return [one for one in candidates if things & things_of(one.text)] if things else candidates


def candidates_for(speaker: Speaker, intent: str) -> list[Request]:
    """What a command without a number can be about, nearest meaning first; in a group nothing private, if anything
    else is as likely."""
    if not speaker.message.is_group:
        return _candidates(speaker, intent)
    own, around = (tuple(filter(_is_said_openly, those)) for those in (speaker.own, speaker.around))
    return _candidates(replace(speaker, own=own, around=around), intent) or _candidates(speaker, intent)


def _is_said_openly(request: Request) -> bool:
    """An alarm that rings everybody may answer wherever he is."""
    return request.sensitivity == "open" or rights.is_burning(request)


def _candidates(speaker: Speaker, intent: str) -> list[Request]:
    offered = [one for one in speaker.around if one.offered_to == speaker.code]
    unclaimed = [one for one in (*speaker.around, *speaker.own) if one.state in ASKED_FOR]
    claimed = [one for one in speaker.own if one.state not in ASKED_FOR]
    if intent in ("accept", "decline"):
        return offered or distinct(unclaimed) or claimed
    helped = [one for one in speaker.around if speaker.code in one.co_workers and one.state not in ASKED_FOR]
    return claimed or helped or distinct(unclaimed) or list(speaker.own)


def distinct(requests: Sequence[Request]) -> list[Request]:
    return list({request.number: request for request in requests}.values())


async def with_what_was_meant(desk: Desk, member: Member, message: Incoming) -> Incoming:
    """2, or 第二个, behind 是哪一件: what he said before is said of that one; 除了3都好了 means the others; 第一个 is
    the first of the list that he was shown."""
    if completed := await asked.completed(desk, message):
        return replace(message, text=completed)
    message = replace(message, text=await _with_numbers(desk, member, message.text))
    since = desk.now - shown.WITHIN
    if await desk.session.inbox.last_words(message.sender, since, reason=registering.ASKED_WHAT):
        is_command = read_order(message.text) or read_question(message.text) or _COMMAND.match(message.text)
        return message if is_command else replace(message, text=f"登记 {message.text}")
    several = _WHICH_ONES.fullmatch(message.text.strip())
    which = several or _WHICH.fullmatch(message.text.strip()) or _WHICH_THING.fullmatch(message.text.strip())
    words = which and await desk.session.inbox.last_words(message.sender, since, reason=shown.ASKED_WHICH)
    if not which or not words:
        return replace(message, text=await _with_places(desk, message))
    before = await speaker_of(desk, member, replace(message, text=words))
    listed = [one for command in commands_in(before) for one in candidates_for(before, command.intent)]
    if several:
        numbers = tuple(read_number(one) or 0 for one in _SIGN.findall(several[0]))
        is_listed = {one.number for one in listed}.issuperset(numbers)
        return replace(message, text=f"{'、'.join(map(str, numbers))} {words}") if is_listed else message
    if thing := which.groupdict().get("thing"):
        meant = following.nearest(listed, thing)
        is_it = meant is not None and following.shares(meant, thing)
        return replace(message, text=f"{meant.number} {words}") if meant and is_it else message
    by_place = {sign: one.number for sign, one in zip("一二三四五六七八九十", listed, strict=False)}
    number = by_place.get(which["place"], 0) if which["place"] else int(which["number"])
    return replace(message, text=f"{number} {words}") if number in by_place.values() else message


async def _with_places(desk: Desk, message: Incoming) -> str:
    """第一个我接了 with the numbers of the list he was shown; as it was said when there is none, or none so long."""
    if message.quoted or not names_by_place(message.text):
        return message.text
    return with_numbers(message.text, await shown.last_to(desk, message.sender)) or message.text


async def _with_numbers(desk: Desk, member: Member, text: str) -> str:
    own = [one.number for one in await desk.session.requests.open_of_holder(member.code)]
    text = without_exceptions(text, own)
    together = _TOGETHER.match(text)
    if not together:
        return text
    lanes = [lane.code for lane in routing.lanes_of(desk.roster, member.code, desk.today)]
    known = {*own, *(one.number for one in await desk.session.requests.open_in(lanes))}
    digits = [int(digit) for digit in together["digits"]]
    is_list = int(together["digits"]) not in known and known.issuperset(digits)
    return "、".join(map(str, digits)) + together["rest"] if is_list else text
