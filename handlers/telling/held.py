"""He speaks, and words wait for him that no way was open for: they leave behind the answer, now that he is here.

What he wrote before he could read a question is no answer to it (`Visit.has_not_read`), and 咋样了 is answered by the
result that waits. They are not put into the answer itself: nobody confirms that an answer has arrived, and what was
said to him may not be lost.
"""

from __future__ import annotations

from classifiers.residents.continuations import Continuation, read_continuation
from classifiers.residents.wishes import Wish, read_wish
from handlers.residents.visit import Visit
from storage.records import Fate, Outcome

_RESULT = "resolved"


async def bring(visit: Visit) -> None:
    """Have it at hand."""
    if visit.talk.has_held:
        visit.held = tuple(await visit.desk.session.outbox.held_for(visit.resident.openid))


async def hear(visit: Visit, text: str) -> Outcome | None:
    """咋样了, and a result waits for him: that is the answer."""
    results = [one for one in visit.held if one.kind == _RESULT]
    wish = read_wish(text) if results else None
    is_asking = wish is not None and wish.wish is Wish.STATUS and wish.number in (None, results[-1].request)
    if not results or not (is_asking or (wish is None and read_continuation(text) is Continuation.ASKING)):
        return None
    return Outcome(Fate.ANSWERED, results[-1].request)
