"""What somebody above says of a request that another holds: an order for its holder, never a word for the resident.

1 陈示例赶紧去 and 1 明天之前办完 change nothing; 让邹仿真也去 asks somebody to work along; 陈示例接着办, of what was
given back, is a ruling.

All other words of his that name a request are for its holder too, unless they are plainly his own news (我去看过了,
告诉他…, 换好了) or one of the desk's set words (接, 办结, 告诉居民): see `are_for_holder`. News takes the request over
from its holder and goes to the resident, and what is said to a colleague must do neither.
"""

from __future__ import annotations

import re

from classifiers.members.directives import (
    Directive,
    SpokenDirective,
    is_needless,
    read_along,
    read_directive,
    takes_along,
    tells_news,
)
from classifiers.members.orders import Order, SpokenOrder
from classifiers.members.persons import spans_of_persons, who_is_meant
from classifiers.members.replies import Command
from classifiers.reader.late import late
from handlers.desk import Desk
from handlers.members import helping, orders, rights, work
from handlers.members.sayings import is_set
from handlers.members.speaker import Speaker, candidates_for, distinct, people_near
from handlers.moves import dispatch
from handlers.rules import ladder, routing
from handlers.rules.masking import markdown_safe
from handlers.texts import say
from storage.records import Fate, Outcome, Request, State

_HEARSAY = late(r"[\s#\d号,，]*居民说")  # no news for the resident, who said it
_NOBODY = SpokenDirective(Directive.ORDER)
_TAKEN_FOR_NEWS = frozenset({"progress", "schedule", "resolved", "ask_requester", "need_help", "none"})
_NUMBER = late(r"(?:^|催一?下?|#)\s*#?(\d{1,7})(?!\d|[点月天日个小])")


async def hear(speaker: Speaker, command: Command) -> Outcome | None:
    """None when his words are no order, or for other ears."""
    text = speaker.message.text
    if is_set(text):
        return None
    people = [one.name for one in people_near(speaker)]
    said = read_directive(text, people)
    about = _about(speaker, command, said or _NOBODY)
    if about and is_needless(text) and speaks_to_holder(speaker, about) and _has_last_word(speaker, about):
        speaker.desk.answer("member.needless_why", number=about.number)
        return Outcome(Fate.REFUSED, about.number, "what becomes of it has to be said")
    if said is None or about is None or not rights.may_know(speaker.desk, speaker.code, about):
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
        return await _along(speaker, said, about, named) if named and about.accepted_at else None
    is_ruling = about.state is State.RETURNED and _has_last_word(speaker, about)
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


def are_for_holder(speaker: Speaker, command: Command, about: Request) -> bool:
    """Are his words for who holds it, though the rules of `replies` read news, a question or a result in them? So it is
    of whoever looks on from above; of an emergency all who were called tell how it goes."""
    if command.intent not in _TAKEN_FOR_NEWS or about.urgency == "emergency" or not about.state.is_open:
        return False
    text = speaker.message.text
    is_plain = tells_news(text) or (is_set(text) and not _HEARSAY.match(text))
    return speaks_to_holder(speaker, about) and not (is_plain or speaker.code in about.co_workers)


def pass_on(speaker: Speaker, about: Request) -> Outcome:
    """Words that are for the holder reach him if they name the request or him; else it is asked for whom they are."""
    desk = speaker.desk
    if speaker.message.is_group and about.sensitivity == "confidential":
        desk.answer("member.alone_please", number=about.number)
        return Outcome(Fate.REFUSED, about.number, "not in a group")
    if is_named(speaker, about):
        return hand_on(speaker, about, about.holder)
    desk.answer("member.for_whom", number=about.number, holder=desk.name(about.holder))
    return Outcome(Fate.CHAT, reason="words from above for nobody in particular")


def hear_rest(speaker: Speaker) -> Outcome | None:
    """1 注意安全: no word of command, and yet for the holder of what he names."""
    numbers = {int(number) for number in _NUMBER.findall(speaker.message.text)}
    about = speaker.known(numbers.pop()) if len(numbers) == 1 else None
    is_for_holder = about is not None and are_for_holder(speaker, Command("none"), about)
    return pass_on(speaker, about) if about and is_for_holder else None


def _has_last_word(speaker: Speaker, about: Request) -> bool:
    return rights.is_secretary(speaker.desk, speaker.code, about)


def is_named(speaker: Speaker, about: Request) -> bool:
    """Does he say its number, quote it, or name its holder?"""
    text = speaker.message.text
    says_number = re.search(rf"(?<!\d){about.number}(?!\d)", text) is not None
    people = [one.name for one in people_near(speaker)]
    spans = spans_of_persons(text, people)
    return (
        says_number
        or bool(speaker.message.quoted)
        or any(_named(speaker, text[slice(*span)]) == about.holder for span in spans)
    )


async def _wants_help(speaker: Speaker, command: Command, people: list[str]) -> Outcome | None:
    """我一个人弄不了 小邹来搭把手: whoever works on it asks somebody to work along."""
    said = read_along(speaker.message.text, people)
    about = _about(speaker, command, said) if said else None
    if said is None or about is None or not about.state.is_open:
        return None
    named = _named(speaker, said.person)
    if named and said.is_added and about.accepted_at is None and speaker.code == about.holder:
        about = await work.accept(speaker.desk, speaker.code, about)  # who brings another along has taken it
    is_at_work = about.accepted_at is not None and speaker.code in (about.holder, *about.co_workers)
    return await _along(speaker, said, about, named) if named and is_at_work else None


def hear_both(speaker: Speaker) -> tuple[str, str] | None:
    """接1 再叫邹仿真协办: two things in one line."""
    return takes_along(speaker.message.text, [one.name for one in people_near(speaker)])


async def _along(speaker: Speaker, said: SpokenDirective, about: Request, code: str) -> Outcome | None:
    """Somebody is to work along: asked, or added at once."""
    desk = speaker.desk
    may_come = code not in (speaker.code, about.holder, *about.co_workers) and rights.may_know(desk, code, about)
    if not said.is_added or not may_come or about.sensitivity == "confidential":
        return await _ask_along(speaker, about, code)
    await helping.add(desk, speaker.code, about, code)
    return Outcome(Fate.COMMAND, about.number)


async def _ask_along(speaker: Speaker, about: Request, code: str) -> Outcome | None:
    """He is asked to work along; who holds it goes on holding it."""
    desk = speaker.desk
    if code in (speaker.code, about.holder) or not rights.may_know(desk, code, about):
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
    return is_on_ladder or rights.is_secretary(desk, code, about)
