"""A member's words: 接, 转, 退, 在路上…, 请补充…, 办结…, 登记…, 我的任务."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from classifiers.continuations import Continuation, read_continuation
from classifiers.corrections import as_corrected
from classifiers.duty import refuses_to_stand_in
from classifiers.going import (
    asks_or_calls,
    found_nobody_home,
    gives_the_all_clear,
    says_he_goes,
    takes_it_by_name,
)
from classifiers.late import late
from classifiers.member_words import Saying
from classifiers.orders import Order, SpokenOrder, read_order, read_verdict, says_it_is_not_well, says_who_is_back
from classifiers.orders_of_several import is_of_all, merges_of_many, orders_in_one_line, read_verdicts
from classifiers.ordinals import names_by_place
from classifiers.passing_on import without_errand
from classifiers.questions import Question, SpokenQuestion, read_question
from classifiers.references import without_number
from classifiers.replies import Command
from classifiers.shifting import read_shift
from classifiers.times import read_when
from handlers import (
    alarms,
    asked,
    at_scene,
    cards,
    closing,
    deeds,
    directing,
    extending,
    joining,
    leave,
    listening,
    listing,
    orders,
    postponing,
    questions,
    registering,
    resting,
    revealing,
    rights,
    shown,
    slips,
    sorting,
)
from handlers.desk import Desk
from handlers.dispatch import was_sought_in_group
from handlers.rules.lifecycle import IllegalMove, Verb, can
from handlers.sayings import is_set, weighed
from handlers.speaker import (
    Speaker,
    as_of_named,
    candidates_for,
    commands_in,
    distinct,
    not_by_house,
    numbers_meant,
    request_meant,
    speaker_of,
    with_what_was_meant,
)
from handlers.texts import say
from storage.records import Fate, Incoming, Member, Outcome, Request, State

_MERE_WORDS = frozenset({"progress", "ask_requester", "schedule"})  # they take a calm request along
_TELLS_NOTHING = frozenset({"accept", "status"})  # of somebody's home, though it was said in a group
_INSIDE = {Saying.NEW: "member.log_it", Saying.UNDO: "member.undo"}
_LOOKED_FOR = late(  # somebody of whom nobody knows how he is
    r"没(?:有)?(?:见|看[见到]|瞧见|露面|出[门来]|动静|声音|消息|回音|人影|接电话)|联系不[上到]|打不通|独居|一个人(?:住|过|在)|"
    r"[摔躺病晕]|去看看(?:他|她|老|人|我)|看看(?:老人|大[爷妈娘]|奶奶|爷爷|我[爸妈爹娘])"
)
_SIGHS = late(r"^\s*(?:哎呀|哎哟|唉|哎|啊|噢)[\s,，。!！]+")  # 哎呀 知道了
_NOD = late(
    r"(?:收到|好(?:的|嘞|滴|哒)?|知道了?|明白了?|嗯+|哦+|行|可以|没问题|晓得了?|中|ok|okay|👌|👍|🫡|\[ok\]|\[好的\]|\[强\]|[\s,，。!！~～])+",
    re.IGNORECASE,
)

_OF_LEAVE = late("假|回来")
_IS_BY_HIMSELF = late(r"(?!.*(?:转|给错))")  # 还是我去吧 keeps what was offered, or takes what was not
_NAMES_DAYS = late("[今明后]|天|周|星期|礼拜|[日号月点午]")
_AGREES = late(
    r"(?:好的?|行|可以|没问题|那|[,，\s])*(?P<when>[^,，。\s不没好行]{1,10}?)(?:可以|行|没问题|成|中|好)(?:的|啊|吧|呀|了)*"
    r"(?:[,，\s]*(?:还是|就|那就|我|也)*(?P<hour>[^,，。\s不没好行]{1,10}?)(?:吧|过去|去|来|到|见)*)?[。!！]?"
)


async def hear(desk: Desk, member: Member, message: Incoming) -> Outcome:
    """Do all that a line of a member commands, in its order."""
    message = await with_what_was_meant(desk, member, message)
    message = replace(message, text=_SIGHS.sub("", message.text) or message.text)
    speaker = await speaker_of(desk, member, message)
    if not message.quoted and names_by_place(message.text) and len(speaker.numbers) > 1:
        return await _ask_for_numbers(speaker)
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


async def _asks(speaker: Speaker) -> Outcome | None:
    asked = read_question(speaker.message.text)
    return await _answered(speaker, asked) if asked is not None else None


async def _orders(speaker: Speaker) -> Outcome | None:
    """Set words, and what he types of a voice."""
    voiced = await listening.plainly_typed(speaker.desk, speaker.member, speaker.message)
    order = voiced or read_order(speaker.message.text)
    if order is None or not (voiced or _is_meant(speaker, order)):
        return None
    return await _obey(speaker.desk, speaker.member, order, in_group=speaker.message.is_group)


async def _merges_many(speaker: Speaker) -> Outcome | None:
    """1 2 3 是一件事: all later ones become part of the first."""
    merges = merges_of_many(speaker.message.text)
    in_group = speaker.message.is_group
    done = [await orders.obey(speaker.desk, speaker.code, one, in_group=in_group) for one in merges]
    return done[-1] if done else None


async def _refuses_to_stand_in(speaker: Speaker) -> Outcome | None:
    return leave.unable(speaker.desk, speaker.member) if _will_not_stand_in(speaker) else None


async def _says_two_things(speaker: Speaker) -> Outcome | None:
    """灯换好了 屋顶明天去, 接1 再叫邹仿真协办: each is heard as a line of its own."""
    desk, member, message = speaker.desk, speaker.member, speaker.message
    if sorting.is_of_two_minds(speaker):
        return _ask_which(speaker, Command("resolved"))
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
    if found := await _danger(speaker, commands) or await _brought(speaker, commands):
        return found
    if len(commands) == 1:
        understood = await directing.hear(speaker, commands[0]) or await _understood(
            speaker, as_of_named(speaker, not_by_house(speaker, commands[0]))
        )
        if isinstance(understood, Outcome):
            return understood
        commands = (understood,)
    if all(command.intent == "none" for command in commands):
        return directing.hear_rest(speaker) or _not_understood_at_all(speaker)
    return [await _do(speaker, command) for command in commands][-1]


def _not_understood_at_all(speaker: Speaker) -> Outcome:
    desk, code = speaker.desk, speaker.code
    desk.answer(_not_understood(desk, code), name=desk.name(code))
    return Outcome(Fate.CHAT)


def _will_not_stand_in(speaker: Speaker) -> bool:
    """我周四也不在 换别人吧, and no request was offered to him that he might mean."""
    is_asked = any(one.offered_to == speaker.code for one in speaker.around)
    counts_on_him = bool(leave.stands_in(speaker.desk, speaker.member))
    return counts_on_him and not is_asked and refuses_to_stand_in(speaker.message.text)


async def _agrees(speaker: Speaker) -> Outcome | None:
    """三点可以, 后天可以 还是十点, of the request whose resident has just said that another hour would suit him."""
    text = speaker.message.text.strip()
    match = _AGREES.fullmatch(text)
    if match is None or speaker.message.quoted or read_when(match["when"], speaker.desk.now) is None:
        return None
    words = f"{match['when']} {match['hour']}" if match["hour"] else text
    if match["hour"] and read_when(match["hour"], speaker.desk.now) is None:
        return None
    asked = [one.number for one in speaker.own if await _wants_another_hour(speaker.desk, one)]
    if len(asked) != 1:
        return None
    return await _do_one(speaker, Command("schedule", (asked[0],), note=words, when=match["when"]), asked[0])


async def _wants_another_hour(desk: Desk, request: Request) -> bool:
    """Was that the last that was said about it?"""
    if request.accepted_at is None or not request.state.is_open or request.urgency == "emergency":
        return False
    said = [one for one in await desk.session.journal.of(request.number) if one.words]
    return bool(said) and said[-1].kind == "resident_words" and read_shift(said[-1].words) is not None


async def _danger(speaker: Speaker, commands: tuple[Command, ...]) -> Outcome | None:
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


async def _brought(speaker: Speaker, commands: tuple[Command, ...]) -> Outcome | None:
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


async def _answered(speaker: Speaker, asked: SpokenQuestion) -> Outcome | None:
    """What comes of a question to the desk; None when his words are to be read as any others."""
    if asked.question is Question.DETAILS and not asked.number:
        number = speaker.own[0].number if len(speaker.own) == 1 else 0
        return await _do_one(speaker, Command("status", (number,)), number) if number else None
    if asked.question is Question.DETAILS:
        return await _do_one(speaker, Command("status", (asked.number,)), asked.number)
    if asked.question is Question.OVER:
        return await _may_end(speaker, asked.number)
    if asked.question is Question.ERRAND:
        return await _errand(speaker, asked.number)
    return await questions.answer(speaker, asked)


async def _may_end(speaker: Speaker, number: int) -> Outcome:
    """1号可以结了 is meant of that one, also when it is over already; if it is not, the result has to be said."""
    return await _do_one(speaker, Command("resolved", (number,), note=say("verb.resolve")), number, is_order=True)


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
    return _stays_inside(speaker, Command("progress", (number,)), Saying.AMONG, about)


async def _understood(speaker: Speaker, command: Command) -> Command | Outcome:
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
        await orders.all_clear(desk, speaker.code, about, without_number(speaker.message.text, about.number))
        return Outcome(Fate.COMMAND, about.number)
    found = await _weighed(speaker, command, about)
    if isinstance(found, Saying) and about is not None and rights.is_burning(about):
        desk.answer("member.who_goes", number=about.number)
        return Outcome(Fate.ANSWERED, about.number)
    if found is Saying.NEW and (number := sorting.tells_on(speaker)):
        return Command("progress", (number,), note=speaker.message.text)
    if isinstance(found, Saying):
        return _stays_inside(speaker, command, found, about)
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


async def _weighed(speaker: Speaker, command: Command, about: Request | None) -> Command | Saying:
    """What the trained reader makes of the words, beside the request that they are about."""
    desk, text = speaker.desk, without_errand(as_corrected(speaker.message.text))
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    told = about.text if about else ""
    reading = reader.member_words(told, text)
    is_emergency = about is not None and about.urgency == "emergency"
    is_burning = about is not None and rights.is_burning(about)
    return weighed(command, reading, text, told=told, is_burning=is_burning, is_emergency=is_emergency)


async def _rules(speaker: Speaker) -> Outcome | None:
    """可以, or 2不行 本周必须弄完, of a secretary to the extension he was asked for: just now, or by its number."""
    desk, member, message = speaker.desk, speaker.member, speaker.message
    is_nod = _NOD.fullmatch(message.text.strip())
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


async def _rules_on_several(speaker: Speaker) -> Outcome | None:
    """1同意 2不行 太晚了, of a secretary who was asked for more time by several."""
    verdicts = read_verdicts(speaker.message.text)
    wished = await extending.wishes_for_time(speaker.desk, speaker.code) if verdicts else ()
    decided = {number for one in verdicts for number in one.numbers}
    if decided.isdisjoint(one.number for one in wished):
        return None
    in_group = speaker.message.is_group
    return [await orders.obey(speaker.desk, speaker.code, one, in_group=in_group) for one in verdicts][-1]


async def _takes_it(speaker: Speaker, command: Command, about: Request) -> bool:
    """A mere nod takes what he holds, what was offered to him, and what he was told of just now; a nod to an alarm
    counts from its holder alone: all others would stop running."""
    if command.intent != "accept" or not _NOD.fullmatch(speaker.message.text.strip()):
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


def _stays_inside(speaker: Speaker, command: Command, saying: Saying, about: Request | None) -> Outcome:
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


async def _do(speaker: Speaker, command: Command) -> Outcome:
    if command.intent in deeds.WITHOUT_REQUEST and not (command.intent == "status" and command.requests):
        return await deeds.WITHOUT_REQUEST[command.intent](speaker, command)
    if command.intent not in deeds.WITH_REQUEST:
        return Outcome(Fate.CHAT)
    if outcome := await closing.closed_already(speaker, command):
        return outcome
    numbers = numbers_meant(speaker, command)
    if not numbers or not closing.is_his_to_close(speaker, command):
        return _ask_which(speaker, command)
    outcome = Outcome(Fate.COMMAND)
    for number in numbers:
        outcome = await _do_one(speaker, command, number)
    return outcome


def _ask_which(speaker: Speaker, command: Command) -> Outcome:
    candidates = candidates_for(speaker, command.intent)
    if not candidates:
        speaker.desk.answer("member.nothing_open")
        return Outcome(Fate.ANSWERED, reason="nothing it can be about")
    heard = [one for one in candidates if one.sensitivity == "open" or not speaker.message.is_group]
    listed = heard[: deeds.LISTED]
    if not listed:
        speaker.desk.answer("member.which_alone", count=len(candidates))
        return Outcome(Fate.ANSWERED, reason="private ones are not listed in a group")
    lines = "\n".join(cards.line(speaker.desk, one) for one in listed)
    speaker.desk.answer("member.which_one", list=lines, number=listed[0].number)
    return Outcome(Fate.ANSWERED, reason=shown.reason(shown.ASKED_WHICH, listed))


async def _ask_for_numbers(speaker: Speaker) -> Outcome:
    """第一个我接了, and he was shown no list: nothing is done by guess, and he gets one."""
    speaker.desk.answer("member.say_numbers")
    return await deeds.my_tasks(speaker)


async def _do_one(speaker: Speaker, command: Command, number: int, *, is_order: bool = False) -> Outcome:
    """One command about one request; every refusal is a sentence that says what is possible. `is_order`: he plainly
    commands it, so that it is no word for the holder."""
    desk = speaker.desk
    request = await desk.session.requests.get(number, to_change=True)
    if request is None or not rights.may_know(desk, speaker.code, request):
        desk.answer("member.no_such_request", number=number)
        return Outcome(Fate.REFUSED, reason="no such request of his")
    if request.sensitivity == "confidential" and speaker.message.is_group:
        desk.answer("member.alone_please", number=number)
        return Outcome(Fate.REFUSED, number, "not in a group")
    if command.intent != "status" and rights.has_only_logged(desk, speaker.code, request):
        desk.answer("member.only_logged", number=number)
        return Outcome(Fate.REFUSED, number, "only the secretary holds it")
    handler = deeds.WITH_REQUEST[command.intent]
    if request.state.is_terminal or (request.state is State.RESOLVED and command.intent != "status"):
        if not _says_it_is_not_done(command, request):
            name = "member.already_done" if can(request, Verb.REOPEN) else "member.already_over"
            desk.answer(name, number=number, state=say(f"ledger.{request.state}"))
            return Outcome(Fate.REFUSED, number, "already over")
        handler = deeds.reopen
    try:
        _must_be_going(speaker, command, request)
        if command.intent in deeds.MAY_NAME_A_LANE and await deeds.goes_elsewhere(speaker, command, request):
            return Outcome(Fate.COMMAND, number)
        if not is_order and handler is not deeds.reopen and directing.are_for_holder(speaker, command, request):
            return directing.pass_on(speaker, request)
        await handler(speaker, command, request)
    except rights.Unwilling as refusal:
        desk.answer_words(str(refusal))
        return Outcome(Fate.REFUSED, number, refusal.then or "not possible")
    except IllegalMove as refusal:
        if await resting.wants_to_go_on(desk, speaker.code, request, command.said or speaker.message.text):
            return Outcome(Fate.COMMAND, number)
        orders.answer_what_is_possible(desk, number, refusal)
        return Outcome(Fate.REFUSED, number, "illegal move")
    is_heard_by_many = speaker.message.is_group and request.sensitivity != "open"
    if is_heard_by_many and command.intent not in _TELLS_NOTHING and not await was_sought_in_group(desk, request):
        desk.answer("member.alone_next_time", number=number)
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
        raise rights.Unwilling(say("member.who_goes", number=request.number))


# The order is the order of trial: questions and set words, what answers the desk, what is said of several, commands.
_HEARERS: Final[tuple[Callable[[Speaker], Awaitable[Outcome | None]], ...]] = (
    _asks,
    listing.hear,
    _rules_on_several,
    revealing.hear,
    _merges_many,
    _orders,
    _rules,
    _refuses_to_stand_in,
    _agrees,
    at_scene.hear,
    joining.hear_offer,
    _says_two_things,
    joining.hear,
)
