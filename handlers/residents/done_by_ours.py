"""来了 通了: he says that it is done, while somebody of ours is at work on it. Who did it hears so, with his thanks.

Nothing is withdrawn: that is for what nobody has taken, or what he has mended himself. The result is the holder's word.
"""

from __future__ import annotations

from classifiers.reader.late import late
from classifiers.residents.continuations import is_still_at_it, seems_over
from handlers.residents.visit import Visit
from handlers.rules.masking import markdown_safe, shorten
from handlers.texts import say
from storage.records import Fate, Outcome, Request, State

_BY_OTHERS = late(
    r"自己|自个|(?:我|俺)(?:给|把)?[^,，。\s]{0,3}[修弄换通装]|儿子|闺女|女儿|邻居|隔壁|物业|找人|请人|别人|人家|老伴|孩子|亲戚|朋友|女婿|儿媳|"
    r"[找回]到?[着来到]|不用|不必|别来|甭"
)
_AT_WORK = frozenset({State.ACCEPTED, State.IN_PROGRESS, State.SCHEDULED})
_OF_THINGS = frozenset({"repair", "public_facility", "environment", "safety", "dispute", "errand", "other"})


def hear(visit: Visit, request: Request, text: str, *, is_sure: bool = False) -> Outcome | None:
    """None when nobody of ours can have done it. `is_sure`: a reader takes the words for an end."""
    is_at_work = request.accepted_at is not None and request.state in _AT_WORK and request.type in _OF_THINGS
    if not is_at_work or request.urgency == "emergency" or _BY_OTHERS.search(text) or is_still_at_it(text):
        return None
    if not (is_sure or seems_over(text)):
        return None
    desk = visit.desk
    desk.note(request, "resident_words", "resident", words=text)
    told = say("member.says_it_is_done", number=request.number, text=markdown_safe(shorten(text, 300)))
    desk.tell_member(request.holder, "supplement", told, request=request, at_once=True)
    desk.answer("resident.done_by_ours", number=request.number, holder=desk.name(request.holder))
    return Outcome(Fate.JOINED, request.number)
