"""Somebody who ran to an emergency tells what he found: 到了,门开了,人没事; or only that he is there."""

from __future__ import annotations

from classifiers.members.going import asks_or_calls
from classifiers.reader.late import late

_IS_THERE = late(
    r"(?:^|[\s,，。!！我也])(?:已经?|刚)?(?:到了|到啦|到现场|到他家|到她家|到楼下|到门口|在现场|进去了|进屋了|赶到)"
)
_SOMEBODY = (
    r"(?<![没未])(?<!没有)找(?:到|着|见|回来?)(?:了|啦|人)|"
    r"(?:人|孩子|老人|老太太|老爷子|[他她])(?:已经?|自己|都)*(?:回家|回来|到家)(?:了|啦)"
)
_FOUND_SOMEBODY = late(_SOMEBODY)
_FOUND = late(
    rf"{_SOMEBODY}|"
    r"[灭醒][了啦]|扑灭|醒(?:着|过来)|没(?:啥|什么)?大?事|(?:人|老人|孩子|都|很|已)(?:安全|平安)|救(?:出|下|上)来?|出来了|"
    r"门(?:撬|砸|打|敲|已经?)?开了|(?:阀门?|气|煤气|总?闸|电)(?:已经?)?(?:关|拉|断)(?:上|掉|好)?了|散了|"
    r"送(?:去|到)?.{0,4}医院?|(?:拉|接|抬)走了|控制住|稳住|(?:扶|抬|拉|背|拽)(?:起|上|出)来|"
    r"(?:救护车|120|119|110|消防|警察|民警|大夫|医生)(?:也|都|已经?)*(?:来|到)了|(?:还有|没)(?:呼吸|气|心跳|反应)"
)
_NOTHING = late(r"没(?:啥|什么)?大?事")
_OF_A_DANGER = late(r"[找醒医救火灭扑]|1[12][09]|消防|警察|民警|呼吸|心跳|回来|回家|到家")
_REASSURES = late(r"(?:请|都|大家|大伙|你们|各位)+(?:可以)?放心")
_OPEN = late(
    r"[吗么?？]|(?:了|到|来)没(?:有)?[\s。!！]*$|没(?:啥|什么)?事(?:就好|吧|就行)|[就才]好[\s。!！]*$|要是|如果|谁|怎么样|咋样|吧[\s。!！]*$"
)


def tells_what_he_found(text: str) -> bool:
    """Never raises."""
    return bool(_FOUND.search(text)) and not _is_open(text)


def tells_how_it_ended(text: str) -> bool:
    """找着了,在小卖部: more than that it is well, which may be said of anything. Never raises."""
    return tells_what_he_found(text) and bool(_FOUND.search(_NOTHING.sub("", text)))


def has_found_somebody(text: str) -> bool:
    """Of one who was missing. Never raises."""
    return bool(_FOUND_SOMEBODY.search(text)) and not _is_open(text)


def is_of_a_danger(text: str) -> bool:
    """人醒了, and not 电关了, which the repair of a lamp needs too. Never raises."""
    return bool(_OF_A_DANGER.search(text))


def says_he_is_there(text: str) -> bool:
    """Never raises."""
    return bool(_IS_THERE.search(text)) and not _is_open(text)


def _is_open(text: str) -> bool:
    plain = _REASSURES.sub("", text)
    return bool(_OPEN.search(plain)) or asks_or_calls(plain)
