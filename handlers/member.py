"""A member's words: 接, 转, 退, 在路上…, 请补充…, 办结…, 登记…, 我的任务."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from classifiers.continuations import Continuation, read_continuation
from classifiers.going import asks_or_calls, says_he_goes
from classifiers.member_words import Saying
from classifiers.orders import Order, SpokenOrder, read_order
from classifiers.replies import Command, quoted_number, read_replies
from handlers import binding, leave, listening, orders, pictures, registering, work
from handlers.desk import Desk
from handlers.rules import routing
from handlers.rules.lifecycle import IllegalMove, Verb, can
from handlers.rules.wording import for_people
from handlers.sayings import weighed
from handlers.texts import say
from storage.records import Fate, Incoming, Member, Outcome, Request, State

LISTED = 8  # requests in one answer
# A result in no words at all; 修好了 says what was done, 办结 does not.
_BARE_RESULT = re.compile(
    r"(?:都|全|已经?)*(?:办结|办完|完结|完成|结案|结束|处理完|好|搞定|行)?(?:了|啦|咯)?[\s,.。!！]*"
)
_NEWS = re.compile(r"进展|告诉|转告|回复|[跟给对]居民")  # a secretary's words that are meant for the resident
_MERE_WORDS = frozenset({"progress", "ask_requester", "schedule"})  # they take a calm request along
_INSIDE = {Saying.NEW: "member.log_it", Saying.UNDO: "member.undo"}
_HOUSE = re.compile(
    r"(?<!\d)(\d{1,4})号(?:那[家户]|[\u4e00-\u9fff]{1,4}家|[\u4e00-\u9fff]{0,3}(?:大妈|大爷|奶奶|爷爷|大娘|大叔|阿姨|[姐哥婶嫂叔姨]))"
)
_WHICH = re.compile(
    r"(?:是|就是|那|我说的是|说的是)?(?:第(?P<place>[一二三四五六七八九十])|#?(?P<number>\d{1,7}))(?:号单?|个|件|条)?(?:那[个件]|的)?[吧呀啊。.]*"
)
ASKED_WHICH = "which request is meant"
WHICH_WITHIN = timedelta(minutes=10)
_ASKED_FOR = (State.RECEIVED, State.DISPATCHED, State.RETURNED)


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


async def hear(desk: Desk, member: Member, message: Incoming) -> Outcome:
    """Do all that a line of a member commands, in its order."""
    message = await _with_what_was_meant(desk, member, message)
    order = read_order(message.text)
    if order is not None:
        return await _obey(desk, member, order, in_group=message.is_group)
    speaker = await _speaker(desk, member, message)
    commands = _commands(speaker)
    if len(commands) == 1:
        command = _not_by_house(speaker, commands[0])
        about = _about(speaker, command)
        found = await _weighed(speaker, command, about)
        if isinstance(found, Saying):
            return _stays_inside(speaker, command, found, about)
        if found.intent == "none" and about is not None and _is_burning(about):
            desk.answer("member.who_goes", number=about.number)
            return Outcome(Fate.ANSWERED, about.number)
        commands = (found,)
    if not commands or all(command.intent == "none" for command in commands):
        desk.answer("member.not_understood", name=desk.name(member.code))
        return Outcome(Fate.CHAT)
    outcome = Outcome(Fate.COMMAND)
    for command in commands:
        outcome = await _do(speaker, command)
    return outcome


async def _with_what_was_meant(desk: Desk, member: Member, message: Incoming) -> Incoming:
    """2, or 第二个, behind 是哪一件: what he said before is said of that one."""
    which = _WHICH.fullmatch(message.text.strip())
    words = which and await desk.session.inbox.last_words(message.sender, desk.now - WHICH_WITHIN, reason=ASKED_WHICH)
    if not which or not words:
        return message
    asked = await _speaker(desk, member, replace(message, text=words))
    listed = [one for command in _commands(asked) for one in _candidates(asked, command.intent)]
    by_place = {sign: one.number for sign, one in zip("一二三四五六七八九十", listed, strict=False)}
    number = by_place.get(which["place"], 0) if which["place"] else int(which["number"])
    return replace(message, text=f"{number} {words}") if number in by_place.values() else message


async def _obey(desk: Desk, member: Member, spoken: SpokenOrder, *, in_group: bool) -> Outcome:
    """An order in set words."""
    if spoken.order is Order.LEAVE:
        return await leave.ask(desk, member, spoken.words)
    if spoken.order is Order.BACK:
        return await leave.back(desk, member)
    if spoken.order is Order.HEARD:
        return await orders.obey(desk, member.code, spoken, listening.typed, in_group=in_group)
    return await orders.obey(desk, member.code, spoken, in_group=in_group)


async def commands_of(desk: Desk, member: Member, message: Incoming) -> bool:
    """Are these words of somebody who is member and resident at once meant as a member's?"""
    if read_order(message.text) is not None:
        return True
    speaker = await _speaker(desk, member, message)
    commands = _commands(speaker)
    return any(
        command.intent in ("status", "help", "log", "bind_code") or bool(_meant(speaker, command))
        for command in commands
        if command.intent != "none"
    )


async def _speaker(desk: Desk, member: Member, message: Incoming) -> Speaker:
    requests = desk.session.requests
    own = await requests.open_of_holder(member.code)
    lanes = _lanes_of_chat(desk, message.conversation) if message.is_group else _lanes_of_member(desk, member.code)
    offered = await requests.open_offered_to(member.code)
    around = [
        one
        for one in _distinct((*await requests.open_in([*lanes, ""]), *offered))
        if work.may_know(desk, member.code, one) and (one.lane or one.offered_to == member.code or one.holder)
    ]
    return Speaker(desk, member, message, tuple(own), tuple(around))


def _about(speaker: Speaker, command: Command) -> Request | None:
    """The request that words are most likely about."""
    meant = _meant(speaker, command)
    return speaker.known(meant[0]) if len(meant) == 1 else None


def _not_by_house(speaker: Speaker, command: Command) -> Command:
    """3号赵奶奶家灯泡换好了 names a house; which request that is has to be asked when he has several."""
    house = _HOUSE.search(speaker.message.text)
    is_by_house = house is not None and command.requests == (int(house[1]),)
    return replace(command, requests=()) if is_by_house else command


async def _weighed(speaker: Speaker, command: Command, about: Request | None) -> Command | Saying:
    """What the trained reader makes of the words, beside the request that they are about."""
    desk, text = speaker.desk, speaker.message.text
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    reading = reader.member_words(about.text if about else "", text)
    return weighed(command, reading, text, is_burning=about is not None and _is_burning(about))


def _is_burning(request: Request) -> bool:
    return request.urgency == "emergency" and request.accepted_at is None


def _stays_inside(speaker: Speaker, command: Command, saying: Saying, about: Request | None) -> Outcome:
    """Words for colleagues, or for the desk: no resident hears them, and nothing is closed by them."""
    desk = speaker.desk
    name = _INSIDE.get(saying, "member.not_understood" if command.intent == "none" else "member.not_told")
    if about and name == "member.not_told" and _is_an_onlooker(speaker, about):
        desk.answer("member.whose_words", number=about.number, name=desk.name(about.holder))
    else:
        desk.answer(name, name=desk.name(speaker.code))
    return Outcome(Fate.CHAT, reason=f"said among members: {saying}")


def _lanes_of_chat(desk: Desk, chat_id: str) -> list[str]:
    return [lane.code for lane in desk.roster.lanes_by_chat.get(chat_id, ())]


def _lanes_of_member(desk: Desk, member: str) -> list[str]:
    return [lane.code for lane in routing.lanes_of(desk.roster, member, desk.today)]


def _commands(speaker: Speaker) -> tuple[Command, ...]:
    roster = speaker.desk.roster
    near = routing.people_around(roster, routing.areas_of(roster, speaker.code)) or roster.members
    people = [member.name for member in near]
    quoted = quoted_number(speaker.message.quoted) if speaker.message.quoted else None
    return read_replies(speaker.message.text, speaker.numbers, quoted, people)


# ── which request ────────────────────────────────────────────────────────────────────────────────


def _meant(speaker: Speaker, command: Command) -> tuple[int, ...]:
    """The numbers a command names, or the only request it can be about."""
    if command.requests and not command.ambiguous:
        return command.requests
    candidates = _candidates(speaker, command.intent)
    burning = [one for one in candidates if one.urgency == "emergency" and one.accepted_at is None]
    if command.intent == "accept" and len(burning) == 1:  # 我去 means what everybody was called to
        return (burning[0].number,)
    return (candidates[0].number,) if len(candidates) == 1 else ()


def _candidates(speaker: Speaker, intent: str) -> list[Request]:
    """What a command without a number can be about, nearest meaning first."""
    offered = [one for one in speaker.around if one.offered_to == speaker.code]
    unclaimed = [one for one in (*speaker.around, *speaker.own) if one.state in _ASKED_FOR]
    claimed = [one for one in speaker.own if one.state not in _ASKED_FOR]
    if intent in ("accept", "decline"):
        return offered or _distinct(unclaimed) or claimed
    return claimed or _distinct(unclaimed) or list(speaker.own)


def _distinct(requests: Sequence[Request]) -> list[Request]:
    return list({request.number: request for request in requests}.values())


async def _do(speaker: Speaker, command: Command) -> Outcome:
    if command.intent in WITHOUT_REQUEST:
        return await WITHOUT_REQUEST[command.intent](speaker, command)
    if command.intent not in WITH_REQUEST:
        return Outcome(Fate.CHAT)
    numbers = _meant(speaker, command)
    if not numbers:
        return _ask_which(speaker, command)
    outcome = Outcome(Fate.COMMAND)
    for number in numbers:
        outcome = await _do_one(speaker, command, number)
    return outcome


def _ask_which(speaker: Speaker, command: Command) -> Outcome:
    candidates = _candidates(speaker, command.intent)
    if not candidates:
        speaker.desk.answer("member.nothing_open")
    else:
        lines = "\n".join(work.line(speaker.desk, one) for one in candidates[:LISTED])
        speaker.desk.answer("member.which_one", list=lines, number=candidates[0].number)
    return Outcome(Fate.ANSWERED, reason=ASKED_WHICH)


async def _do_one(speaker: Speaker, command: Command, number: int) -> Outcome:
    """One command about one request; every refusal is a sentence that says what is possible."""
    desk = speaker.desk
    request = await desk.session.requests.get(number, to_change=True)
    if request is None or not work.may_know(desk, speaker.code, request):
        desk.answer("member.no_such_request", number=number)
        return Outcome(Fate.REFUSED, reason="no such request of his")
    if request.sensitivity == "confidential" and speaker.message.is_group:
        desk.answer("member.alone_please", number=number)
        return Outcome(Fate.REFUSED, number, "not in a group")
    handler = WITH_REQUEST[command.intent]
    if request.state.is_terminal or (request.state is State.RESOLVED and command.intent != "status"):
        if not _says_it_is_not_done(command, request):
            name = "member.already_done" if can(request, Verb.REOPEN) else "member.already_over"
            desk.answer(name, number=number, state=say(f"ledger.{request.state}"))
            return Outcome(Fate.REFUSED, number, "already over")
        handler = _reopen
    try:
        _must_be_going(speaker, command, request)
        await handler(speaker, command, request)
    except work.Unwilling as refusal:
        desk.answer_words(str(refusal))
        return Outcome(Fate.REFUSED, number, "not possible")
    except IllegalMove as refusal:
        orders.answer_what_is_possible(desk, number, refusal)
        return Outcome(Fate.REFUSED, number, "illegal move")
    return Outcome(Fate.COMMAND, number)


def _says_it_is_not_done(command: Command, request: Request) -> bool:
    """居民说又坏了, of what was done."""
    said = read_continuation(command.note or "") if command.intent == "progress" else None
    return said is Continuation.NOT_SOLVED and can(request, Verb.REOPEN)


def _must_be_going(speaker: Speaker, command: Command, request: Request) -> None:
    """An emergency's alarms stop when somebody takes it: 哪家啊 and 快去人啊 take nothing. Raises Unwilling."""
    if request.urgency != "emergency" or request.accepted_at is not None:
        return
    text = speaker.message.text
    is_mere = command.intent in _MERE_WORDS or (command.intent == "need_help" and asks_or_calls(text))
    if is_mere and not says_he_goes(text):
        raise work.Unwilling(say("member.who_goes", number=request.number))


# ── what each word does ──────────────────────────────────────────────────────────────────────────


async def _accept(speaker: Speaker, command: Command, request: Request) -> None:
    await work.accept(speaker.desk, speaker.code, request, note=command.note or "")


async def _decline(speaker: Speaker, command: Command, request: Request) -> None:
    await work.give_back(speaker.desk, speaker.code, request, for_people(command.note or ""), command.to)


async def _handover(speaker: Speaker, command: Command, request: Request) -> None:
    named = orders.lane_meant(speaker.desk, speaker.message.text)
    if named and not command.to:
        spoken = SpokenOrder(Order.RELOCATE, (request.number,), speaker.desk.lane_name(named))
        await orders.HANDLERS[Order.RELOCATE](speaker.desk, speaker.code, request, spoken)
        return
    await work.offer(speaker.desk, speaker.code, request, command.to or "", command.note or "")


async def _progress(speaker: Speaker, command: Command, request: Request) -> None:
    text = speaker.message.text
    words = for_people(command.note or text)
    if _is_an_onlooker(speaker, request) and not (_NEWS.search(text) or says_he_goes(text)):
        raise work.Unwilling(say("member.whose_words", number=request.number, name=speaker.desk.name(request.holder)))
    await work.progress(speaker.desk, speaker.code, request, words)


async def _reopen(speaker: Speaker, command: Command, request: Request) -> None:
    await orders.reopen(speaker.desk, speaker.code, request, for_people(command.note or ""))


def _is_an_onlooker(speaker: Speaker, request: Request) -> bool:
    """A secretary who does not work on it: what he says to the holder must not go to the resident as news."""
    is_at_work = speaker.code in (request.holder, request.supervisor, *request.co_workers)
    return not is_at_work and bool(request.accepted_at) and work.is_secretary(speaker.desk, speaker.code, request)


def _words_of(speaker: Speaker) -> str:
    """What he said, without numbers: 342修好了 becomes 修好了."""
    return re.sub(r"(?:#|No\.?)?\d+号?", "", speaker.message.text, flags=re.IGNORECASE)


async def _ask(speaker: Speaker, command: Command, request: Request) -> None:
    words = for_people(command.note or speaker.message.text, "请补充")
    await work.ask_requester(speaker.desk, speaker.code, request, words)


async def _need_help(speaker: Speaker, command: Command, request: Request) -> None:
    words = for_people(command.note or speaker.message.text, "吹哨")
    await work.refer(speaker.desk, speaker.code, request, words)


async def _resolve(speaker: Speaker, command: Command, request: Request) -> None:
    result = for_people(command.note or _words_of(speaker), "办结")
    if _BARE_RESULT.fullmatch(result) and await _shows_result(speaker, request):
        result = say("media.see_picture")
    elif _BARE_RESULT.fullmatch(result):
        raise work.Unwilling(say("member.resolve_how", number=request.number))
    await work.resolve(speaker.desk, speaker.code, request, result)


async def _shows_result(speaker: Speaker, request: Request) -> bool:
    """A picture is a result without words, with 办结 or before it."""
    return bool(speaker.message.media_url) or await pictures.has_from(speaker.desk, speaker.code, request)


async def _schedule(speaker: Speaker, command: Command, request: Request) -> None:
    said = command.note or command.when or speaker.message.text
    words = for_people(re.sub(rf"#?(?<!\d){request.number}(?!\d)", "", said), "约好")
    await work.schedule(speaker.desk, speaker.code, request, words)


async def _status_of(speaker: Speaker, command: Command, request: Request) -> None:
    speaker.desk.answer_words(work.details(speaker.desk, request, speaker.code, in_group=speaker.message.is_group))
    if not speaker.message.is_group and speaker.code in (request.holder, *request.co_workers):
        await pictures.show(speaker.desk, speaker.code, request, at_once=True)


async def _my_tasks(speaker: Speaker, command: Command) -> Outcome:
    if command.requests:
        outcome = Outcome(Fate.ANSWERED)
        for number in command.requests:
            outcome = await _do_one(speaker, command, number)
        return outcome
    tasks = _distinct((*speaker.own, *_unclaimed(speaker)))
    shown = [one for one in tasks if one.sensitivity == "open" or not speaker.message.is_group]
    lines = [work.line(speaker.desk, one) for one in shown[: LISTED * 2]]
    if len(shown) < len(tasks):
        lines.append(say("member.tasks_alone", count=len(tasks) - len(shown)))
    if lines:
        speaker.desk.answer("member.tasks", count=len(tasks), list="\n".join(lines))
    else:
        speaker.desk.answer("member.no_tasks")
    return Outcome(Fate.ANSWERED)


def _unclaimed(speaker: Speaker) -> list[Request]:
    return [one for one in speaker.around if one.state in _ASKED_FOR]


async def _log(speaker: Speaker, command: Command) -> Outcome:
    return await registering.register(speaker.desk, speaker.member, speaker.message, command.note or "")


async def _bind(speaker: Speaker, command: Command) -> Outcome:
    return await binding.bind_group(speaker.desk, speaker.member, speaker.message, command.note or "")


async def _bind_code(speaker: Speaker, _: Command) -> Outcome:
    return await binding.tell_code(speaker.desk, speaker.member, speaker.message)


async def _help(speaker: Speaker, _: Command) -> Outcome:
    speaker.desk.answer("member.help")
    return Outcome(Fate.ANSWERED)


WITHOUT_REQUEST: Mapping[str, Callable[[Speaker, Command], Awaitable[Outcome]]] = {
    "status": _my_tasks,
    "log": _log,
    "bind": _bind,
    "bind_code": _bind_code,
    "help": _help,
}
WITH_REQUEST: Mapping[str, Callable[[Speaker, Command, Request], Awaitable[None]]] = {
    "accept": _accept,
    "decline": _decline,
    "handover": _handover,
    "progress": _progress,
    "ask_requester": _ask,
    "need_help": _need_help,
    "resolved": _resolve,
    "schedule": _schedule,
    "status": _status_of,
}
