"""石桥底下, 超市门口: where something is, for people who know the place and not for a map."""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late

_LONGEST: Final = 20  # signs
_SIDE = (
    r"(?:底下|下面|下边|下头|旁边|边上|边儿?|对面|对过|门口|[后前里外上]面|[里上后前]头|里|上|附近|跟前|这边|那边|那儿|这儿|"
    r"路口|桥头?|岸边?|村口|巷口|街口|胡同口|[东南西北]头|[东南西北][边侧面]|拐角|拐弯处?|车?站|店|超市|学校|公园|广场|市场|医院|厂|楼|院|坝|闸|码头|水库|地铁口|停车场|工地|庙|亭子?|河|湖|塘|沟|井|田|地里|山上?)"
)
_SPOT = late(
    r"(?:就|在|是|我们?|人|他|她|现在|这边|那边|靠|离|[,。 ]){0,3}"
    rf"[\u4e00-\u9fff\d]{{1,12}}?{_SIDE}"
    r"(?:的?(?:旁边|附近|对面|底下|下面|那儿|这儿|那里|这里|那块|的地方))?[啊呀呢了吧,。! ]{0,3}"
)
_MORE = late("快|赶紧|救|没|不|怎么|咋|吗|死|沉|淹|掉|来|急|疼|痛|血|坏|堵|漏")
_URGES = late(r"快[点些来去]|赶[紧快]|救|来人|抓紧|急|没影|怎么|咋|马上|多久|等不|吗|[?？]")


def names_a_spot(text: str) -> bool:
    """Does it name a place, and nothing else? Never raises."""
    plain = text.strip()
    return len(plain) <= _LONGEST and not _MORE.search(plain) and _SPOT.fullmatch(plain) is not None


def urges(text: str) -> bool:
    """快点啊 没影了: said to hurry, and no half of an address. Never raises."""
    return bool(_URGES.search(text))
