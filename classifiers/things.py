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

from classifiers.everyday import annoys_every_day
from classifiers.late import late

_PUBLIC: Final = late(r"路灯|街灯|马路|井盖|窨井盖|人行道|公厕|红绿灯|公交站")
_AT_HOME: Final = late(r"楼道|单元|楼梯|家里?|屋|水管|电线|漏电|暖气|下水")
_BROKEN: Final = late(
    r"(?:玻璃|窗户?|门|门锁|锁|水龙头|龙头|马桶|灯|灯管|灯泡|插座|开关|水管|纱窗|地板|瓷砖|合页)(?:都|全|也|给|被[^,。!?]{0,6})?(?:坏|碎|破|断|裂|掉|漏)了?"
    r"[^。!?]{0,10}(?:换|修|装|补|配)"
)
_SMOKE: Final = late(r"烟|呛|熏|味")


def type_of_thing(text: str, code: str) -> str:
    """The type that the thing has, `code` when nothing speaks against it."""
    if code == "repair" and _PUBLIC.search(text) and not _AT_HOME.search(text):
        return "public_facility"
    if code == "wish" and _BROKEN.search(text):
        return "repair"
    if code == "safety" and annoys_every_day(text) and _SMOKE.search(text):
        return "environment"
    return code
