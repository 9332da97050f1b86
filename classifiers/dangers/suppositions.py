"""Danger that is only thought of: what one would do another time, and what a defect may lead to.

| said | is |
|---|---|
| 老人如果突然晕倒,先打120还是先叫你们 | asked for another time |
| 反锁在屋里了,以后碰到这种事找谁开 | likewise: that one is over |
| 有人触电了该怎么救,想学学 | to be learned |
| 护栏断了,小孩掉下去咋办 | what may come of it: 掉下去, and not 掉下去了 |
| 有人触电了怎么救; 快教教我 | none of them: somebody lies there |

All functions take a normalised text (`tidying.essence`) and never raise.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late

_IF: Final = r"(?:如果|要是|万一|假如|假使|假设|倘若|若是|一旦)"
_WHAT: Final = (
    r"(?:(?:先|去|给|往)?(?:找谁|找哪|叫谁|喊谁|问谁|联系谁|联系哪|打哪|打什么|打啥|打多少|打几|拨哪|拨什么|怎么|咋|如何)|"
    r"哪个电话|什么电话|啥电话|先[^,。!? ]{1,10}还是)"
)
_ANOTHER_TIME = late(
    rf"(?:以后|往后|今后|日后|将来|下[次回])[^,。!?]{{0,4}}(?:碰|遇|出|发生|再|如果|要是|万一|有)[^。!?]{{0,12}}{_WHAT}"
)
_IF_IT_COMES = late(rf"^[^,。!?了着\n]{{0,8}}{_IF}[^。!?\n]{{1,24}}{_WHAT}")
_TO_LEARN = late(
    r"想学|学一?学|学习|学会|长个?知识|涨知识|备着|(?:教一?教|讲一?讲|教给|讲给|说给|教会)(?:我们?|俺们?|咱们?)?家?"
    r"(?:孩子|小孩|娃|孙子|孙女|外孙|学生|老人|老伴|爸妈|大家|大伙|邻居|工友)|考考|出题|答题|写作文|写作业|手抄报|板报|备课|竞赛"
)
_ASKS_WHAT = late(_WHAT)
_TODAY = late(
    r"现在|正在|这会儿?|刚(?!好)|快(?:来|点|救|教|说|告诉|不行)|赶紧|赶快|马上|立刻|救命|救救|急[!,。]|来人|[还再]不|还没|又|"
    r"[叫喊]不[醒应]|不动了|喘不|出不来|(?<!如果)(?<!要是)(?<!万一)(?<!一旦)突然|忽然"
)
_OF_DESPAIR = late(r"(?:我|俺)[^,。!?]{0,8}(?:走了|死|没了|不在|跳|消失|喝药|割)|想死|寻死|[想愿]活|活够|活着|活下去")

_GUARD: Final = (
    r"(?:栏杆|护栏|围栏|围挡|栅栏|扶手|井盖|盖板|盖子|盖儿|篦子|雨箅子|"
    r"铁网|防护网|纱窗|护网|台阶|楼梯|桥板|木板|桥面|围墙|院墙|坑|沟|井|洞口?|地砖|路面|门槛)"
)
_BROKEN: Final = r"(?:坏|断|缺|没|少|松|掉|破|烂|倒|歪|锈|丢|敞|开着|裂|翘|塌|不牢|晃|朽|空)"
_SOMEBODY: Final = r"(?:小孩子?|孩子们?|小娃娃?|娃娃?|小朋友|老人|老年人|人|谁|行人|骑车的|学生|车)"
_MAY_FALL = late(
    rf"{_GUARD}[^。!?\n]{{0,8}}{_BROKEN}[^。!?\n]{{0,12}}[,。!?;\n ][^,。!?\n]{{0,2}}{_SOMEBODY}[^,。!?了着\n]{{0,4}}"
    r"(?:掉|摔|跌|滑|栽|踩|绊|落|陷|滚)[^,。!?了着\n]{0,4}"
    r"(?:[,? ]?(?:可|该|那|这)?(?:咋|怎么|咋个)(?:办|整|弄|搞|得了|了得)|谁负责|算谁的|谁管|不得了|可不是闹着玩)"
)
_HAS_FALLEN = late(
    r"掉[^,。!?]{0,4}(?:了|过|着)|摔[^,。!?]{0,3}(?:了|着)|哭|喊|救|刚|爬不|上不来|捞|听见|快来|来人|现在|里头有|里面有"
)


def asks_ahead(text: str) -> bool:
    """What one would do another time, or wants to learn; nobody is in need, and nobody despairs."""
    if _TODAY.search(text) or _OF_DESPAIR.search(text):
        return False
    is_if = _ANOTHER_TIME.search(text) or _IF_IT_COMES.search(text)
    return bool(is_if or (_TO_LEARN.search(text) and _ASKS_WHAT.search(text)))


def tells_what_may_come(text: str) -> bool:
    """护栏断了,小孩掉下去咋办: something is broken, and nobody has fallen."""
    found = _MAY_FALL.search(text)
    return bool(found) and not _HAS_FALLEN.search(_MAY_FALL.sub("", text))
