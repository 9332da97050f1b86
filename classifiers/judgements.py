"""What one clause says of a result whose thing it names: 水龙头满意, 路灯还是不亮, 打麻将的昨晚没吵."""

from __future__ import annotations

import re
from typing import Final

from classifiers.continuations import Continuation, is_fine_now, may_spoil_praise, read_continuation
from classifiers.segment import normalise
from classifiers.wishes import Wish, read_wish

_LONGEST: Final = 40  # signs of one clause
_CLAUSE: Final = re.compile(r"[,。;!\n\s]+")
_RATINGS: Final = frozenset({Wish.RATE_GOOD, Wish.RATE_FAIR, Wish.RATE_BAD})
_DIGITS: Final = frozenset("123")


def clauses_of(text: str) -> tuple[str, ...]:
    """The clauses of a text, normalised, without the signs between them. Never raises."""
    return tuple(clause for clause in _CLAUSE.split(normalise(text)) if clause)


def judge(clause: str) -> Wish | None:
    """The rating that ends a clause, or its plain words; None when it is not plain. Never raises."""
    plain = normalise(clause[:_LONGEST]).strip(" ,。!~")
    for start in range(len(plain)):
        before, end = plain[:start], plain[start:]
        said = _rating_word(end) or (Wish.RATE_GOOD if is_fine_now(end) else None)
        if said is Wish.RATE_BAD or (said is not None and not may_spoil_praise(before)):
            return said
    return Wish.RATE_BAD if read_continuation(plain) is Continuation.NOT_SOLVED else None


def _rating_word(end: str) -> Wish | None:
    """一 ends 周一 as well; a digit is a rating, a spelled one beside other words is none."""
    wish = read_wish(end) if len(end) > 1 or end in _DIGITS else None
    return wish.wish if wish and wish.wish in _RATINGS and wish.number is None else None
