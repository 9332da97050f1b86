"""A complaint about one's own people by name: the word lists know titles, only the roster knows names."""

from __future__ import annotations

import re
from collections.abc import Iterable

_COMPLAINT = re.compile(
    r"投诉|举报|告他|告她|反映.{0,6}问题|态度|骂|推诿|踢皮球|不作为|不办事|不理|不管|敷衍|乱来|欺负|偏心|收(?:了|我).{0,8}[钱元块礼]|"
    r"索要|要钱|吃拿|贪|换掉|撤(?:掉|了|换)|换(?:个|一个)人|不称职|耍官威|刁难|说话难听|没人品|威胁|动手"
)


def complained_of(text: str, names: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Codes of the members whose names stand in a complaint; `names` are (code, full name). Empty for anything else."""
    if not _COMPLAINT.search(text):
        return frozenset()
    return frozenset(code for code, name in names if len(name) >= 2 and name in text)
