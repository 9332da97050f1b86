"""One command of a member about each request it names; what cannot be done is answered with what can."""

from __future__ import annotations

from dataclasses import replace

from classifiers.members.going import asks_or_calls, says_he_goes
from classifiers.members.replies import Command
from classifiers.residents.continuations import Continuation, read_continuation
from handlers.members import cards, closing, deeds, directing, orders, resting, rights, shown
from handlers.members.speaker import Speaker, candidates_for, numbers_meant
from handlers.moves.dispatch import was_sought_in_group
from handlers.rules.lifecycle import IllegalMove, Verb, can
from handlers.telling import audience
from handlers.texts import say
from storage.records import Fate, Outcome, Request, State

_MERE_WORDS = frozenset({"progress", "ask_requester", "schedule"})  # they take a calm request along
_TELLS_NOTHING = frozenset({"accept", "status"})  # of somebody's home, though it was said in a group


async def carry_out(speaker: Speaker, command: Command) -> Outcome:
    if command.intent in deeds.WITHOUT_REQUEST and not (command.intent == "status" and command.requests):
        return await deeds.WITHOUT_REQUEST[command.intent](speaker, command)
    if command.intent not in deeds.WITH_REQUEST:
        return Outcome(Fate.CHAT)
    if outcome := await closing.closed_already(speaker, command):
        return outcome
    numbers = numbers_meant(speaker, command) or await _called_done_by_mistake(speaker, command)
    if not numbers or not closing.is_his_to_close(speaker, command):
        return ask_which(speaker, command)
    outcome = Outcome(Fate.COMMAND)
    for number in numbers:
        outcome = await carry_out_one(speaker, command, number)
    return outcome


def ask_which(speaker: Speaker, command: Command) -> Outcome:
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


async def ask_for_numbers(speaker: Speaker) -> Outcome:
    """第一个我接了, and he was shown no list: nothing is done by guess, and he gets one."""
    speaker.desk.answer("member.say_numbers")
    return await deeds.my_tasks(speaker)


async def carry_out_one(speaker: Speaker, command: Command, number: int, *, is_order: bool = False) -> Outcome:
    """One command about one request; every refusal is a sentence that says what is possible. `is_order`: he plainly
    commands it, so that it is no word for the holder."""
    desk = speaker.desk
    request = await desk.session.requests.get(number, to_change=True)
    if request is None or not rights.may_know(desk, speaker.code, request):
        desk.answer("member.no_such_request", number=number)
        return Outcome(Fate.REFUSED, reason="no such request of his")
    if request.state is State.MERGED and command.intent != "status":
        root = await audience.root_of(desk, request)  # what is done about it is done about what it is part of
        if root.number != number and not root.state.is_terminal:
            return await carry_out_one(
                speaker, replace(command, requests=(root.number,)), root.number, is_order=is_order
            )
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


async def _called_done_by_mistake(speaker: Speaker, command: Command) -> tuple[int, ...]:
    """还没修好, right behind the result he told, and nothing else in his hands."""
    last = await closing.closed_just_now(speaker) if command.intent == "progress" else None
    is_his = last is not None and last.state is State.RESOLVED and last.holder == speaker.code
    return (last.number,) if last and is_his and _says_it_is_not_done(command, last) else ()


def _says_it_is_not_done(command: Command, request: Request) -> bool:
    """居民说又坏了, 还没修好, of what was done."""
    words = command.note or ""
    said = read_continuation(words) if command.intent == "progress" else None
    is_not = said is Continuation.NOT_SOLVED or (said is Continuation.PRESSING and "没" in words)
    return is_not and can(request, Verb.REOPEN)


def _must_be_going(speaker: Speaker, command: Command, request: Request) -> None:
    """An emergency's alarms stop when somebody takes it: 哪家啊 and 快去人啊 take nothing. Raises Unwilling."""
    if request.urgency != "emergency" or request.accepted_at is not None:
        return
    text = speaker.message.text
    is_mere = command.intent in _MERE_WORDS or (command.intent == "need_help" and asks_or_calls(text))
    if is_mere and not says_he_goes(text):
        raise rights.Unwilling(say("member.who_goes", number=request.number))
