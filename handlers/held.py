"""He speaks, and words wait for him that no way was open for: they are told first, in the same answer.

What he wrote before he could read a question is no answer to it.
"""

from __future__ import annotations

from classifiers.continuations import Continuation, read_continuation
from classifiers.wishes import Wish, read_wish
from handlers import delivered
from handlers.held_words import as_heard
from handlers.rules.still_true import is_called_off_since, is_still_true
from handlers.visit import Visit
from storage.outbox import ONLY_THE_LATEST
from storage.records import Fate, OutboxState, Outcome, Outgoing, Question

MOST_BYTES = 1200  # of what an answer may hold; what is more leaves by the outbox, as ever
_ASKED, _RESULT = "asked", "resolved"


async def bring(visit: Visit) -> None:
    """Have it at hand; of a question that he has not read nothing is asked yet."""
    if not visit.talk.has_held:
        return
    visit.held = tuple(await visit.desk.session.outbox.held_for(visit.resident.openid))
    asked = visit.talk.question_request
    if asked is not None and visit.talk.question is Question.NONE and visit.has_not_read(_ASKED, asked):
        visit.change(question_request=None)


async def hear(visit: Visit, text: str) -> Outcome | None:
    """咋样了, and a result waits for him: that is the answer."""
    results = [one for one in visit.held if one.kind == _RESULT]
    wish = read_wish(text) if results else None
    is_asking = wish is not None and wish.wish is Wish.STATUS and wish.number in (None, results[-1].request)
    if not results or not (is_asking or (wish is None and read_continuation(text) is Continuation.ASKING)):
        return None
    return Outcome(Fate.ANSWERED, results[-1].request)


async def tell_first(visit: Visit, outcome: Outcome) -> None:
    """What still stands goes before the answer to what he said, but not before what saves a life."""
    desk = visit.desk
    about = await desk.session.requests.get(outcome.request) if outcome.request and visit.held else None
    if about is not None and about.urgency == "emergency" and about.state.is_open:
        return
    told, size = list[Outgoing](), 0
    for one in await _without_overtaken(visit):
        size += len(one.text.encode())
        if one.file is None and size <= MOST_BYTES and await _stands(visit, one):
            told.append(as_heard(one, visit.now, desk.settings.desk.zone))
    for one in told:
        await _is_told(visit, one)
    _put_first(visit, told)


async def _without_overtaken(visit: Visit) -> list[Outgoing]:
    """Of several results of one request the last says it all."""
    last = {(one.kind, one.request): one.id for one in visit.held if one.kind in ONLY_THE_LATEST}
    overtaken = [one for one in visit.held if last.get((one.kind, one.request), one.id) != one.id]
    for one in overtaken:
        await visit.desk.session.outbox.mark(one.id, OutboxState.DROPPED, visit.now, error="no longer true")
    return [one for one in visit.held if one not in overtaken]


async def _stands(visit: Visit, message: Outgoing) -> bool:
    request = await visit.desk.session.requests.get(message.request) if message.request else None
    if request is not None and is_called_off_since(message, request):
        return False
    return is_still_true(message.only_if, request, visit.now)


async def _is_told(visit: Visit, message: Outgoing) -> None:
    await visit.desk.session.outbox.mark(message.id, OutboxState.SENT, visit.now)
    await delivered.on_arrived(visit.desk, message)
    if message.kind == _ASKED and visit.talk.question is Question.NONE and visit.talk.question_request is None:
        visit.change(question_request=message.request)


def _put_first(visit: Visit, told: list[Outgoing]) -> None:
    """Before his answer; or instead of it, when that asks for the same rating once more."""
    desk = visit.desk
    offered = [option for one in told if one.kind == _RESULT for option in one.options]
    if offered and set(offered) <= set(desk.options):
        desk.answers.clear()
    desk.answers[:0] = [one.text for one in told]
    fresh = [option for one in told for option in one.options if option not in desk.options]
    desk.options[:0] = fresh
