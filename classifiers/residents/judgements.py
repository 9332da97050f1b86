"""What one clause says of a result whose thing it names: 水龙头满意, 路灯还是不亮, 打麻将的昨晚没吵."""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise
from classifiers.residents.continuations import Continuation, is_fine_now, may_spoil_praise, read_continuation
from classifiers.residents.wishes import Wish, read_wish

_LONGEST: Final = 40  # signs of one clause
_CLAUSE: Final = late(r"[,。;!\n\s]+")
_RATINGS: Final = frozenset({Wish.RATE_GOOD, Wish.RATE_FAIR, Wish.RATE_BAD})
_DIGITS: Final = frozenset("123")
_AGAIN: Final = late(  # 昨晚又剁了, of a quarrel that was settled
    r"(?:昨晚|昨天|昨夜|今天|今早|今晚|刚才|刚刚|半夜|早上|晚上|,)*又(?!来[修看换弄办]|[修弄换办装]|好|通|亮)[\u4e00-\u9fff]{1,4}了"
)
_REFUSES: Final = late(r"(?:这|那)?(?:我|俺|我们)?(?:可)?(?:不同意|不答应|不认可?|不接受|不服)(?:这样|这么办|这个)?")
_ASKS_WHY_NOT: Final = late(
    r"(?:那|这|你们?|,)*(?:凭(?:什么|啥)|为(?:什么|啥|何)|咋|怎么)(?:就|又|还|你们?)*(?:不(?:受理|管|办|给办|给修|归你们管)|推给别人|踢皮球)(?:了|啊|呢)*"
)
_MAKES_DO: Final = late(r"(?:将就|凑合|对付)(?:着)?(?:用|过|住|行|吧|能用)")
_SPARE: Final = "吧啊呀嘛呗"


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


def judge_all(text: str) -> Wish | None:
    """What a whole text says of a result in plain words: its last clause when that is a rating, 将就用吧, 又剁了,
    不同意, else as `judge`. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,。!~")
    clauses = clauses_of(plain)
    if not clauses or len(plain) > _LONGEST:
        return None
    if last := _rating_word(clauses[-1].rstrip(_SPARE)):
        return last
    if _AGAIN.fullmatch(plain) or _REFUSES.fullmatch(plain):
        return Wish.RATE_BAD
    return Wish.RATE_FAIR if _MAKES_DO.search(clauses[-1]) else judge(plain)


def refuses(text: str) -> bool:
    """我不同意, 凭什么不管: no more than that he does not accept what was decided. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,。!?~")
    return len(plain) <= _LONGEST and bool(_REFUSES.fullmatch(plain) or _ASKS_WHY_NOT.fullmatch(plain))


def _rating_word(end: str) -> Wish | None:
    """一 ends 周一 as well; a digit is a rating, a spelled one beside other words is none."""
    wish = read_wish(end) if len(end) > 1 or end in _DIGITS else None
    return wish.wish if wish and wish.wish in _RATINGS and wish.number is None else None
