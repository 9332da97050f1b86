"""Half-sentences within the window: 门口的井盖, and then 不见了, are weighed as the one text that they are."""

from __future__ import annotations

from dataclasses import replace

from classifiers.dangers.alarm import named_dangers
from classifiers.reader.late import late
from classifiers.requests.duplicates import things_of
from classifiers.requests.openings import is_bare_thing
from classifiers.taxonomy import urgency_rank
from classifiers.understand import Understander, Understanding
from handlers.moves.dispatch import described
from handlers.residents import sense
from storage.records import Request, State

_SOMEBODY = late(
    r"[我俺咱他她你您谁]|[爸妈爹娘爷奶姥公婆哥姐弟妹叔婶姨舅]|老伴|老人|孩子|小孩|娃|儿子|女儿|闺女|孙|媳妇|邻居|有人"
)
_LONGEST_REST = 20  # signs
_UNTAKEN = frozenset({State.GATHERING, State.RECEIVED, State.DISPATCHED})
_FITS = 0.5  # chance from which the whole says of what kind it is


def whole(reader: Understander, told: Request, text: str, alone: Understanding) -> Understanding | None:
    """What both halves mean together, with the words of the second; None when the first was a sentence of its own, or
    the second is: a danger by itself, another thing, somebody, a secret."""
    if not _may_go_on(told) or not _is_rest(told, text, alone):
        return None
    both = reader.understand(f"{told.text} {text}")
    if len(both.matters) != 1 or both.sensitivity == "confidential":
        return None
    return replace(both, text=text, place=alone.place)


def _may_go_on(told: Request) -> bool:
    is_calm = told.urgency != "emergency" and told.sensitivity != "confidential"
    return is_calm and told.accepted_at is None and told.state in _UNTAKEN and is_bare_thing(told.text)


def _is_rest(told: Request, text: str, alone: Understanding) -> bool:
    if len(text) > _LONGEST_REST or alone.sensitivity == "confidential" or sense.SAYS_ANOTHER.match(text):
        return False
    if alone.urgency == "emergency" and (named_dangers(text) or _SOMEBODY.search(text)):
        return False
    return not things_of(text) or not things_of(text).isdisjoint(things_of(told.text))


def weighed(told: Request, meaning: Understanding) -> Request:
    """The first half as the whole describes it: of its kind, and never less urgent than it was."""
    main = meaning.main
    if main is None:
        return told
    request = described(told, main)
    if urgency_rank(told.urgency) > urgency_rank(main.urgency):
        request = replace(request, urgency=told.urgency, emergency_kind=told.emergency_kind)
    if main.confidence < _FITS:
        request = replace(request, type=told.type, types_all=told.types_all)
    return replace(request, sensitivity=told.sensitivity)
