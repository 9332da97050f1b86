"""What somebody above says of a request that another holds: an order for its holder, never a word for the resident.

1 陈示例赶紧去 and 1 明天之前办完 change nothing; 让邹仿真也去 asks somebody to work along; 陈示例接着办, of what was
given back, is a ruling.
"""

from __future__ import annotations

import re

from classifiers.directives import Directive, SpokenDirective, read_along, read_directive
from classifiers.orders import Order, SpokenOrder
from classifiers.persons import who_is_meant
from classifiers.replies import Command
from handlers import dispatch, orders, work
from handlers.desk import Desk
from handlers.rules import ladder, routing
from handlers.rules.masking import markdown_safe
from handlers.sayings import is_set
from handlers.speaker import Speaker, candidates_for, distinct, people_near
from handlers.texts import say
from storage.records import Fate, Outcome, Request, State

_NUMBER = re.compile(r"(?:^|催一?下?|#)\s*#?(\d{1,7})(?!\d|[点月天日个小])")


async def hear(speaker: Speaker, command: Command) -> Outcome | None:
    """None when his words are no order, or for other ears."""
    text = speaker.message.text
    if is_set(text):
        return None
    people = [one.name for one in people_near(speaker)]
    said = read_directive(text, people)
    about = _about(speaker, command, said) if said else None
    if said is None or about is None or not work.may_know(speaker.desk, speaker.code, about):
        return await _wants_help(speaker, command, people)
    if not about.state.is_open or not speaks_to_holder(speaker, about):
        return await _wants_help(speaker, command, people)
    if about.sensitivity == "confidential" and speaker.message.is_group:
        speaker.desk.answer("member.alone_please", number=about.number)
        return Outcome(Fate.REFUSED, about.number, "not in a group")
    return await _give(speaker, said, about)


async def _give(speaker: Speaker, said: SpokenDirective, about: Request) -> Outcome | None:
    named = _named(speaker, said.person)
    if said.directive is Directive.ALONG:
        return await _ask_along(speaker, about, named) if named and about.accepted_at else None
    is_ruling = about.state is State.RETURNED and work.is_secretary(speaker.desk, speaker.code, about)
    if is_ruling and said.directive is Directive.GOES_ON and named:
        ruling = SpokenOrder(Order.ASSIGN, (about.number,), speaker.desk.name(named))
        return await orders.obey(speaker.desk, speaker.code, ruling, in_group=speaker.message.is_group)
    if named and named not in (about.holder, *about.co_workers):
        return None
    is_unclaimed = about.accepted_at is None and said.may_be_his_own
    if not named and (is_unclaimed or speaker.code in about.co_workers):
        return None
    return hand_on(speaker, about, named or about.holder)


def hand_on(speaker: Speaker, about: Request, to: str) -> Outcome:
    """What he said reaches who works on it, and nobody else."""
    desk, words = speaker.desk, speaker.message.text
    text = say("member.said_to_you", number=about.number, name=desk.name(speaker.code), text=markdown_safe(words))
    desk.tell_member(to, "among", text, request=about, at_once=True)
    desk.note(about, "told_holder", speaker.code, words=words)
    desk.answer("member.handed_on", name=desk.name(to))
    return Outcome(Fate.ANSWERED, about.number)


async def _wants_help(speaker: Speaker, command: Command, people: list[str]) -> Outcome | None:
    """我一个人弄不了 小邹来搭把手: whoever works on it asks somebody to work along."""
    said = read_along(speaker.message.text, people)
    about = _about(speaker, command, said) if said else None
    if said is None or about is None or about.accepted_at is None or not about.state.is_open:
        return None
    named = _named(speaker, said.person)
    is_at_work = speaker.code in (about.holder, *about.co_workers)
    return await _ask_along(speaker, about, named) if named and is_at_work else None


async def _ask_along(speaker: Speaker, about: Request, code: str) -> Outcome | None:
    """He is asked to work along; who holds it goes on holding it."""
    desk = speaker.desk
    if code in (speaker.code, about.holder) or not work.may_know(desk, code, about):
        return None
    if about.sensitivity == "confidential":
        return None
    if code in about.co_workers:
        desk.answer("member.helps_already", number=about.number, name=desk.name(code))
        return Outcome(Fate.ANSWERED, about.number)
    card = dispatch.member_card(desk, about, code)
    text = say(
        "member.help_asked",
        number=about.number,
        name=desk.name(speaker.code),
        holder=desk.name(about.holder),
        text=markdown_safe(speaker.message.text),
        card=card,
    )
    desk.tell_member(code, "help_asked", text, request=about, at_once=True)
    if about.holder != speaker.code:
        told = say("member.help_comes", number=about.number, by=desk.name(speaker.code), name=desk.name(code))
        desk.tell_member(about.holder, "help_asked", told, request=about)
    desk.note(about, "help_asked", speaker.code, to=code)
    desk.answer("member.help_asked_of", number=about.number, name=desk.name(code), holder=desk.name(about.holder))
    return Outcome(Fate.COMMAND, about.number)


def _about(speaker: Speaker, command: Command, said: SpokenDirective) -> Request | None:
    """The request that is named; else the only one of whom he names, or the only one there is."""
    numbers = command.requests or tuple(map(int, _NUMBER.findall(speaker.message.text)))
    if numbers:
        return speaker.known(numbers[0]) if len(numbers) == 1 else None
    known = distinct((*speaker.own, *speaker.around))
    named = _named(speaker, said.person)
    of_named = [one for one in known if named and named == one.holder]
    left = of_named or candidates_for(speaker, command.intent) or known
    return left[0] if len(left) == 1 else None


def _named(speaker: Speaker, person: str) -> str:
    """The member around him who is called so, "" when none or several are."""
    near = people_near(speaker)
    meant = who_is_meant(person, (one.name for one in near)) if person else ()
    found = [one.code for one in near if one.name in meant and routing.is_reachable(one)]
    return found[0] if len(found) == 1 else ""


def speaks_to_holder(speaker: Speaker, about: Request) -> bool:
    """Is there somebody who holds it, and the speaker above him?"""
    return bool(about.holder) and speaks_from_above(speaker.desk, speaker.code, about)


def speaks_from_above(desk: Desk, code: str, about: Request) -> bool:
    """Does he look on from above: its secretary, or a leader on its ladder, who does not hold it?"""
    if code in (about.holder, about.offered_to):
        return False
    is_on_ladder = any(code in step.members and step.rung in ladder.ABOVE for step in about.ladder)
    return is_on_ladder or work.is_secretary(desk, code, about)
