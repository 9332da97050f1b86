"""What was joined with a neighbour's is another matter: 不是一回事 我家是电表烧了, 我家跟他家不一样."""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise

_LONGEST: Final = 60  # signs
_OTHERS: Final = r"(?:邻居|隔壁|别人|人家|那家|大家|他们|他|她|上面|那个)(?:们|家|说)?的?"
_APART: Final = late(
    r"(?:不对|不(?!是|一样|同)|哎呀?|那个|[,\s])*(?:(?:我|俺)们?家?(?:的|这个?|这边)?)?(?:"
    rf"(?:这|那)?(?:个|些)?(?:跟|和|与)?(?:{_OTHERS})?不是(?:同?一(?:个|件|回|码)(?:事情?|毛病|问题)?|这(?:个|件)事)"
    rf"|(?:这个?|这事)?(?:跟|和|与){_OTHERS}(?:情况)?(?:不一样|不同|没关系|两回事|是两(?:码|回)事)"
    r"|(?:这|那)?(?:个)?是?(?:另外?|别的)的?(?:一|个)*(?:件|回|码)?事(?:情|儿)?|(?:这)?(?:是)?两(?:回|码|件)事"
    r")(?:了|的|啊|呀|吧|,|\s|。|!)*"
)


def says_apart(text: str) -> str | None:
    """What he says of his own behind that it is not the same, "" when nothing; None for anything else. Never raises."""
    plain = normalise(text[: _LONGEST * 2])
    match = _APART.match(plain) if len(plain) <= _LONGEST else None
    return plain[match.end() :].strip(" ,。!") if match else None
