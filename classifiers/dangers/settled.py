"""What is asked behind an accident that is over: 锅烧糊了,已经处理了,就是油烟机坏了想修 asks for the repair.

The accident, told first, makes the whole sound like talk; what stands behind it is read alone when it names a fault or
a wish.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late

_SETTLED: Final = late(
    r"(?:已经?|现在|早就?|都|也|,)?(?:(?:处理|收拾|弄|解决|清理|扑|浇|关)(?:好|完|干净|妥|灭|上)?了|没(?:啥|什么)?(?:大)?事儿?了?)(?:[啊呀吧]?[,。;!\s]+)"
    r"(?:但是?|不过|可是?|就是|只是|现在)?(?P<rest>[^,。;!\s].+)$"
)
_ASKS: Final = late(r"[想要请帮]|麻烦|能不能|坏了|不[亮转动通热]|[开打关]不[了开上]")
_DENIES: Final = late(r"不(?:用|想|要|必|需要)|别|没(?:别的|啥|什么)")


def behind_settled(text: str) -> str:
    """The rest of a normalised text behind what was seen to already; "" when there is none, or it asks nothing."""
    match = _SETTLED.search(text)
    rest = match["rest"].strip() if match else ""
    return rest if _ASKS.search(rest) and not _DENIES.search(rest) else ""
