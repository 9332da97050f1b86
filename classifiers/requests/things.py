"""Of which type a matter is by the thing it is about, where the trained reader takes it for another.

| said | is |
|---|---|
| 门口路灯灭了 | a public facility, and no repair of a home |
| 窗户玻璃碎了 想找人换 | a repair, though it is wished for |
| 隔壁炉子天天冒烟呛人 | environment: smoke of every day |

Never raise.
"""

from __future__ import annotations

from typing import Final

from classifiers.dangers.denied import is_steam
from classifiers.dangers.everyday import annoys_every_day
from classifiers.dangers.things_harmed import is_of_a_neighbours_beast
from classifiers.reader.late import late

_STREET_LAMP: Final = late(
    r"[^,。!?;厕楼屋家院 ]{0,6}(?:路灯|街灯|井盖)(?:也|都|又|还|全|,)*(?:灭|不亮|坏|瞎|闪|黑|松|响|"
    r"翘)[^,。!?;]{0,4}[,。!]?"
)
_BROKEN: Final = late(
    r"(?:玻璃|窗户?|门|门锁|锁|水龙头|龙头|马桶|灯|灯管|灯泡|插座|开关|水管|纱窗|地板|瓷砖|合页)(?:都|全|也|给|被[^,。!?]{0,6})?(?:坏|碎|破|断|裂|掉|漏)了?"
    r"[^。!?另顺篮球书]{0,6}(?:换|修|装|补|配)"
)
_STOVE: Final = late(r"(?:修|砌|垒|换)[^,。!?]{0,4}(?:灶|锅台|炉[子灶]|炕)")
_LONGEST: Final = 24  # signs; who tells more may wish for something else
_SMOKE: Final = late(r"烟|呛|熏|味")


def type_of_thing(text: str, code: str) -> str:
    """The type that the thing has, `code` when nothing speaks against it."""
    if code == "repair" and _STREET_LAMP.fullmatch(text):
        return "public_facility"
    if code == "wish" and len(text) <= _LONGEST and _BROKEN.search(text):
        return "repair"
    if code == "errand" and _STOVE.search(text):
        return "repair"
    if code == "safety" and annoys_every_day(text) and _SMOKE.search(text):
        return "environment"
    if code == "safety" and is_steam(text):
        return "repair"
    if code in ("other", "environment") and is_of_a_neighbours_beast(text):
        return "dispute"
    return code
