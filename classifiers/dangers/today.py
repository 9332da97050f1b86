"""What cannot wait until tomorrow though nobody says so: nothing electric works, water runs, or comes to the wires.

灯也不亮冰箱也不转 is a power cut told by its signs, and one matter with the neighbours' 停电; a lamp alone is a lamp.
Source: shared design, taxonomy.md "Rulings": running water, a dead supply of water or power are urgent.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise

_LONGEST: Final = 120  # signs
_LAMP: Final = r"(?<![路楼道廊街])(?<!门口)(?<!手电)(?:电)?灯"
_DEVICE: Final = (
    r"电视机?|冰箱|冰柜|空调|电饭[锅煲]|电磁炉|微波炉|洗衣机|电?热水器|电?风?扇|"
    r"插座|插销|路由器|取暖器|电暖气|电褥子|电器|手机.{0,2}充"
)
_DEAD: Final = (
    r"[^,。;!?没]{0,5}?"
    r"(?:不[亮转动响热通工制好着]|没反应|[开打用充插看启]不[了开上着动]|没法用|停了|黑了|灭了|歇菜|罢工)"
)
_LAMP_DEAD = late(rf"{_LAMP}{_DEAD}")
_DEVICE_DEAD = late(rf"(?:{_DEVICE}){_DEAD}")
_ALL_DEAD = late(
    r"(?:家里?|屋里?|房间)[^,。;!?]{0,4}(?:所有|全部|一切|啥|什么|全)(?:的)?(?:电器|带电的?|用电的?|插座)[^,。;!?]{0,4}(?:不[亮转动好能通]|没反应|[开打用]不[了开])"
)
_RUNS = late(
    r"水[^。;!?]{0,6}?(?:哗哗|哗啦|呼呼|一直|不停|直)(?:地|的|啦)?[^,。;!?]{0,3}?(?:流|淌|喷|冒|放|跑)[^。;!?]{0,8}?[关止停堵拧]也?(?:[关止停堵拧])?不(?:上|住|了|死|掉|严)"
)
_WATER_AT_POWER = late(  # 楼上水漏下来,顺着灯往下淌
    r"(?:水|漏)[^。!?]{0,14}?(?:灯(?!泡坏|不亮)|插座|插排|开关|电表|电箱|电闸|电线|配电)[^,。!?没不]{0,6}?(?:淌|流|滴|漏|渗|冒水|进水|滋|"
    r"往下)|(?:灯|插座|插排|开关|电表箱?|电箱|电闸)[^,。!?没不]{0,5}(?:漏水|滴水|淌水|流水|进水|渗水|往下淌|往外滴)"
)
_WILL_FALL = late(  # that pit, if nobody fills it, will cost a life
    r"(?:坑|井盖?|窟窿|洞口?|沟盖?|井口)[^。!?]{0,14}(?:早晚|迟早|总有一天)[^。!?]{0,4}(?:摔|掉|栽|绊|出人命|死)"
)
_IS_OVER = late(r"(?<!不)(?:好|来电|亮|关上|止住|修好)了(?!.{0,3}[一几]会)|上次|去年|昨天|前天|以前")


def tells_of_no_power(text: str) -> bool:
    """Two kinds of electric things that fail at once. Never raises."""
    plain = normalise(text[:_LONGEST])
    is_dead = bool(_LAMP_DEAD.search(plain) and _DEVICE_DEAD.search(plain)) or bool(_ALL_DEAD.search(plain))
    return is_dead and not _IS_OVER.search(plain)


def cannot_wait_until_tomorrow(text: str) -> bool:
    """Never raises."""
    plain = normalise(text[:_LONGEST])
    return (
        tells_of_no_power(plain)
        or bool(_WILL_FALL.search(plain))
        or (bool(_WATER_AT_POWER.search(plain)) and not _IS_OVER.search(plain))
        or (bool(_RUNS.search(plain)) and not _IS_OVER.search(plain))
    )
