"""What a member passes on: 刚才王婶打电话来说…, 老王家反映…, 上门走访发现…. Who told it, and what was told.

The introducing words are no part of the matter: 电话 is no telephone that is out of order, and 来说 no quarrel. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from classifiers.members.persons import SURNAMES
from classifiers.reader.late import late
from classifiers.reader.segment import normalise

_LONGEST: Final = 300
_TITLE: Final = (
    "大爷|大娘|大妈|大伯|大叔|大婶|大姐|大哥|奶奶|爷爷|阿姨|叔叔?|婶子?|嫂子?"
    "|伯伯?|姨|姐|哥|爷|老师|师傅|老太太?|老爷子|同志"
)
_PERSON: Final = (
    rf"(?:[{SURNAMES}](?:{_TITLE})|[老小][{SURNAMES}]|居民|群众|住户|村民|业主|租客|租户|邻居|街坊|老乡|老人家?|老太太"
    "|大爷|大妈|奶奶|爷爷|阿姨)"
)
_OF_HIS: Final = r"(?:他|她)?(?:家)?(?:的)?(?:儿子|女儿|闺女|儿媳妇?|媳妇|老伴儿?|孙子|孙女|邻居|那口子|家属|们)?"
_WHO: Final = rf"(?:[^,。!?;\s我]{{0,8}}?{_PERSON}{_OF_HIS})"
_WHEN: Final = r"(?:刚才?|今天|今早|昨天|早上|上午|中午|下午|晚上|方才|又|还|有个?|[,\s])*"
_WAY: Final = (
    r"(?:打(?:来|了个?|个)?电话(?:过来|来|给我)?|来(?:了个?)?电话?|电话里|电话|(?:找)?上门来?|敲门|来敲门|敲我家?门|找(?:到)?我|来找我|"
    r"(?:路上)?碰[见到上]我?|发(?:来)?微信|微信上?|群里|当面|跟我|给我|过来|来(?:办公室|村委会?|居委会?|社区|这儿|我家)?)"
)
_SAYS: Final = r"(?:说|讲|反[映应]|求助|投诉|告诉我|报(?=[\u4e00-\u9fff]))"
_ASKS: Final = r"(?:想)?(?:让|请|托|求|叫)(?:我们?|咱们?)(?:给|去|来)?(?=帮|买|取|拿|送|看|修|找|给|陪|代|替|办)"
_PASSED_ON = late(
    rf"{_WHEN}{_WHO}{_WHEN}(?:(?P<way>(?:{_WAY}){{1,3}})[,\s]*(?:{_SAYS}|{_ASKS})|(?P<word>反[映应]|求助|投诉)|说)(?:过|了)?[,:\s]*"
)
_SEEN = late(rf"{_WHEN}(?:我)?(?:去|到)?(?:上门|入户)?走访(?:的?时候?|中)?(?:发现|看到|看见|了解到)?[,\s]*")
_FOR = late(rf"(?:帮|替|给)(?P<who>{_WHO})(?:登[记个]?记?|报个?修)(?:一下|一个|个)?[,:\s]+")
_HE = late("[他她](?!们|[人杀])")  # 她家厕所堵了 was 我家厕所堵了
_NO_MATTER = late(r"^.{0,6}(?:不用|好了|修好|自己|没事|谢谢|感谢|满意|辛苦)")


@dataclass(frozen=True, slots=True)
class Told:
    """`matter`: what was told, as who told it would write it. `is_brought`: by phone, at the door, on a round."""

    matter: str
    is_brought: bool


def read_told(text: str) -> Told | None:
    """What somebody told the speaker; None when he speaks for himself, or nothing is left. Never raises."""
    plain = normalise(text[:_LONGEST])
    if match := _FOR.match(plain):
        return Told(f"{match['who']}{plain[match.end() :]}", is_brought=True) if plain[match.end() :] else None
    for pattern in (_SEEN, _PASSED_ON):
        match = pattern.match(plain)
        rest = plain[match.end() :] if match else ""
        if match and len(rest) >= 3 and not _NO_MATTER.match(rest):
            is_seen = pattern is _SEEN
            return Told(rest if is_seen else _HE.sub("我", rest), is_seen or bool(match["way"] or match["word"]))
    return None
