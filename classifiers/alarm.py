"""Decides whether a message tells of an emergency, and says why: the second layer above the words of danger.

The first layer (`emergencies`) finds plain words of danger and what takes them back: the past, a film, an if. The
trained reader weighs those findings with everything else that was said, so that it hears what is told in a roundabout
way and what only sounds like danger. A danger that nothing takes back needs little belief to ring; words without any
plain danger need more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from classifiers.features import see
from classifiers.matters import Part
from classifiers.tidying import essence

_SAYS_THEY_ARE_IN = re.compile(
    r"(?:我|俺)?(?:家里?|屋里?|院里)(?:一直|现在|都)?有人(?:在|呢|的|在家)*[,。!\s]*"
)  # come in
_DIZZY = re.compile(
    r"(?:我|俺)?(?:有点儿?|有些|今天|这两天|老是?|,)*头[晕昏](?:了|啊|呀|[,。!])*"
)  # a matter for today
_FEELS_ILL = re.compile(  # one person, and nothing in the air
    r"(?:我|俺)(?:有点儿?|突然|忽然|一直|现在|今天|这会儿|头[晕昏疼痛]|恶心|想吐|吐了?|站不[住稳]|没劲|难受|心慌|浑身|"
    r"得厉害|得不行|得很|又|也|都|了|,)+"
)
_SIGNS_OF_KIND: Final = {  # without which a guess at such a kind needs much belief
    "flood": re.compile("[水雨河江湖海洪涝淹泡灌沟渠坝堤浪潮雪冰雹池塘泥塌垮崩滑陷漫溃船桥]"),
    "missing": re.compile("[人他她谁爸妈爹娘爷奶姥公婆叔姨姑舅伯哥姐弟妹儿女孩娃孙老友生岁我俺见找丢走失联回影]"),
}
_DRINKS_AND_STRIKES = re.compile(
    r"(?:喝了?[点完多醉高]?了?酒?|生气|不顺心|一急|上头|输了?钱)就(?:[打骂砸摔踹]|动手|发疯)"
)
_NOW = re.compile(
    "现在|正|这会|刚|又|今[天晚早儿夜]|昨|快|救|来人|在[打砸骂]|刀|血|报警|110|怎么办|咋办|受伤|[昏晕]|门外|堵|追|躲|怕|死"
)
_GAS_DETECTOR = re.compile(
    r"(?:煤气|燃气|天然气|液化气|一氧化碳|可燃气体?)的?(?:报警|警报)[器仪]?[^,。!?;\n没不]{0,6}[响叫]"
)
_DETECTOR_FAULTY = re.compile(
    r"误报|没电|电池|坏|测试|试[了一]?[下响]|演[习练]|什么时候|[会要该才]响|响过|响吗|怎么[装换安]"
)
_PLAIN_DANGER: Final = 0.05  # least chance of an emergency when words of danger stand undoubted

_DOUBTED: Final = 0.3  # the same when all of them are taken back
_DOUBTLESS: Final = 0.7  # chance from which a guess needs no such sign: 山上的树一排往下走
_FAINT: Final = 0.3  # chance up to which an alarm without words of danger is a guess
_NAMED_KIND: Final = 0.5  # added to the score of a kind whose plain words were said


@dataclass(frozen=True, slots=True)
class Alarm:
    """An emergency, the kind it is most likely to be, and the words that rang."""

    kind: str
    chance: float
    reasons: tuple[str, ...]
    is_faint: bool = False  # no word of danger was said, and the reader is far from sure


def alarm_of(part: Part) -> Alarm | None:
    """None when nothing is in danger now."""
    chance = part.votes.chance("emergency")
    is_habit = chance < _DOUBTLESS and tells_a_habit(part.text)
    is_calm = is_habit or _SAYS_THEY_ARE_IN.fullmatch(part.text) or _DIZZY.fullmatch(part.text)
    is_detected = _detects_gas(part.text)
    if (chance < _least_chance(part) and not is_detected) or is_calm:
        return None
    named = {danger.kind: _NAMED_KIND for danger in part.sight.dangers}
    if is_detected:
        named["gas"] = 1.0
    if _FEELS_ILL.fullmatch(part.text):
        named["medical"] = 1.0
    kind = part.votes.best("emergency", named)
    words = [danger.hit.text for danger in part.sight.dangers]
    if not words and not is_detected and chance < _DOUBTLESS and _lacks_its_sign(kind, part.text):
        return None
    reasons = tuple(f"{kind}: {word}" for word in words[:4]) or (f"{kind}: 话里的意思像是出事了({chance:.0%})",)
    return Alarm(kind, chance, reasons, is_faint=not words and chance < _FAINT)


def tells_a_habit(text: str) -> bool:
    """他喝了酒就打人: what he always does, and no word of today."""
    return bool(_DRINKS_AND_STRIKES.search(text)) and not _NOW.search(text)


def _detects_gas(text: str) -> bool:
    """屋里一氧化碳报警器响了: no knowledge of such things, but a danger now, unless it is known to be out of order."""
    return bool(_GAS_DETECTOR.search(text)) and not _DETECTOR_FAULTY.search(text)


def _lacks_its_sign(kind: str, text: str) -> bool:
    """都两个钟头了 tells of nobody who is missing, 吊臂伸到房顶上 of no water."""
    sign = _SIGNS_OF_KIND.get(kind)
    return sign is not None and not sign.search(text)


def named_dangers(text: str) -> frozenset[str]:
    """The kinds of danger that stand in plain words, undoubted."""
    return frozenset(danger.kind for danger in see(essence(text)).dangers)


def _least_chance(part: Part) -> float:
    if part.sight.dangers:
        return _PLAIN_DANGER
    return _DOUBTED if part.sight.doubts else part.votes.threshold("emergency")
