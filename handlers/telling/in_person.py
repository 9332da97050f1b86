"""请当面告知: what no channel brings to the resident, the holder tells him by mouth."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.desk import Desk
from handlers.rules.masking import markdown_safe, shorten
from handlers.rules.still_true import is_still_true
from handlers.telling import audience
from handlers.telling.held_words import as_heard
from handlers.texts import say
from storage.records import OutboxState, Outgoing, Request, Timer

HELD_TOLD = 3  # of the words that reached nobody, so many of the latest


async def not_told(desk: Desk, timer: Timer, request: Request) -> None:
    """The resident has not come back, and no message reaches him: his words become the holder's errand."""
    words = await desk.session.outbox.unheard_about(request.number, audience.FIRST_RESPONSES)
    unheard = _still_to_be_told(desk, request, await audience.root_of(desk, request), words)
    if unheard and request.holder:
        told = "\n".join(spoken(desk, request, message) for message in unheard[-HELD_TOLD:])
        ask_to_tell(desk, request, told, is_sure=any(one.state is OutboxState.HELD for one in unheard))


def _still_to_be_told(desk: Desk, request: Request, root: Request, unheard: Sequence[Outgoing]) -> Sequence[Outgoing]:
    """Those that are still true; of what was said before the result nobody need be told."""
    true = [message for message in unheard if is_still_true(message.only_if, request, desk.now, root)]
    results = [message for message in true if message.kind == "resolved"]
    return results[-1:] or true


def spoken(desk: Desk, request: Request, message: Outgoing) -> str:
    """The words as somebody can pass them on by mouth: a result without what there is to tap."""
    words = as_heard(message, desk.now, desk.settings.desk.zone).text
    if message.kind != "resolved" or not request.result:
        return words
    told = {"number": request.number, "type": desk.type_name(request), "holder": desk.name(request.holder)}
    return say("resident.resolved", **told, result=request.result)


def ask_to_tell(desk: Desk, request: Request, words: str, *, is_sure: bool = True) -> None:
    """请当面告知: what did not reach the resident, or what nobody is sure of."""
    name = "member.tell_in_person" if is_sure else "member.tell_in_person_unsure"
    text = say(name, number=request.number, words=markdown_safe(shorten(words, 300)))
    desk.note(request, "tell_in_person", "desk", holder=request.holder)
    desk.tell_member(request.holder, "tell_in_person", text, request=request)
