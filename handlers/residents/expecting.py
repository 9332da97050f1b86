"""He waits for somebody to come or to call: nobody came, who comes cannot find the door, he shall ring up."""

from __future__ import annotations

from classifiers.members.persons import who_is_meant
from classifiers.residents.calls import Caller, read_call
from classifiers.residents.missed import Missed, read_seeking, says_nobody_came
from classifiers.residents.wishes import SpokenWish, Wish
from handlers.residents import adding, inquiry, pressing
from handlers.residents.visit import Visit
from handlers.rules import ears, routing
from handlers.telling import audience
from storage.records import Fate, Outcome, Request, Rung

_OF_PEOPLE = frozenset({"elder_care", "safety"})  # beside these somebody who is gone may be lost


async def hear(visit: Visit, text: str) -> Outcome | None:
    """None when nothing that somebody holds is open, or there is danger, or a result waits for his word."""
    requests = visit.desk.session.requests
    mine = [one for one in await requests.open_of_resident(visit.resident.id) if one.holder]
    is_waiting = bool(mine) and all(one.urgency != "emergency" for one in mine)
    if not is_waiting or await requests.unrated_of_resident(visit.resident.id):
        return None
    for heard in (_nobody_came, _cannot_find, _shall_call):
        if outcome := await heard(visit, text, mine):
            return outcome
    return None


async def _nobody_came(visit: Visit, text: str, mine: list[Request]) -> Outcome | None:
    missed = says_nobody_came(text)
    if missed is None or (missed is Missed.GONE and any(one.type in _OF_PEOPLE for one in mine)):
        return None
    return await inquiry.obey(visit, SpokenWish(Wish.URGE, note=text))


async def _cannot_find(visit: Visit, text: str, mine: list[Request]) -> Outcome | None:
    """News for him who is on his way."""
    seeking = read_seeking(text)
    meant = _held_by(visit, mine, seeking.person) if seeking else None
    request = await visit.desk.session.requests.get(meant.number, to_change=True) if meant else None
    return await adding.add_to(visit, request, text) if request else None


async def _shall_call(visit: Visit, text: str, mine: list[Request]) -> Outcome | None:
    """The holder is asked to call; somebody above hears that it is he who is wanted."""
    call = read_call(text)
    if call is None:
        return None
    if call.of is Caller.ABOVE:
        return _above(visit, text, mine[-1])
    meant = _held_by(visit, mine, call.person)
    return await pressing.ask_for(visit, meant) if meant else None


def _above(visit: Visit, text: str, request: Request) -> Outcome | None:
    desk = visit.desk
    kept = ears.kept_from(desk.roster, request, desk.today)
    tops = [step.members for step in request.ladder if step.rung is Rung.SECRETARY]
    top = next((code for members in tops for code in routing.here_of(desk.roster, members, desk.today, but=kept)), "")
    if not top:
        return None
    audience.tell_words(desk, request, top, text)
    desk.note(request, "asks_for_above", "resident", told=[top], words=text)
    desk.answer("resident.told_holder", number=request.number, holder=desk.name(top))
    return Outcome(Fate.COMMAND, request.number)


def _held_by(visit: Visit, mine: list[Request], person: str) -> Request | None:
    """The newest, when nobody is named; else the newest that he who is named has in hand."""
    held = [one for one in mine if not person or who_is_meant(person, [visit.desk.name(one.holder)])]
    return held[-1] if held else None
