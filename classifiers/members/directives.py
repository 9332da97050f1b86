"""What somebody above says to whom a request is with: 陈示例赶紧去, 明天之前办完, 到底修好没有; whom he sends along.

Such words are for the holder. Whether the speaker stands above, and who holds it, the caller knows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from classifiers.members.persons import spans_of_persons
from classifiers.reader.late import late
from classifiers.reader.segment import normalise
from classifiers.times.words import NEAR_DAY, NUMBER, WEEK, WEEKDAY

_LONGEST: Final = 200
_PERSON: Final = "\ue001"
_WORK = r"(?:办|弄|修|换|装|清|搞|整|做|干|处理|解决|完成|落实|安排|答复|回复|回话)"
_MYSELF = late(r"(?<![给帮替跟和向对])(?<!告诉)我(?!们?社区)")
_URGES = late(
    r"赶紧|赶快|抓紧|抓点紧|快(?:着)?点|快些|快一点|务必|必须|一定[要得]|[别不]要?(?:再)?拖|不能(?:再)?拖|加快|上(?:点|些)?心|重视"
    r"|(?:^|[\s,，。\d号])(?:去|再)?催(?:一?[催下]|着)?(?=$|[\s,，。!！#\d])|催一?[催下]?\ue001"
)
_MAY_BE_HIS_OWN = late(r"赶紧|赶快|抓紧|快|加快")
_ASKS_HOW_FAR = late(
    rf"到底.{{0,10}}(?:没有?|吗|么|不|谁|啥|什么|怎么|几)|(?:怎么|咋|为(?:什么|啥|何)).{{0,4}}(?:还|没)"
    rf"|(?:什么时候|啥时候|啥时|几时|何时|哪天).{{0,3}}(?:能|可以|才)?(?:给)?{_WORK}(?:[好完成掉]|$)"
)
# No 三号, for 三号井得修; no minutes, for 十分钟就弄好.
_BY_WHEN = (
    rf"(?:{NEAR_DAY}|{WEEKDAY}|这?两天|{WEEK}内?|(?:本|这个)?月底?|\d{{1,2}}[号日点]|{NUMBER}个?(?:小时|天)"
    r"|天黑|下班|节前|年前|雨前)"
)
_BY = late(
    rf"{_BY_WHEN}[^,，。]{{0,6}}(?:之前|以前|前|之内|以内|内|就[得要]|[必得要争]|给我)[^,，。]{{0,6}}{_WORK}(?!了|过|完了|好了)"
    rf"|{_BY_WHEN}[^,，。了]{{0,6}}{_WORK}(?:[完好掉定成])(?!了|没|吗|不)"
)
_WAITS_FOR_OTHERS = late(r"物业|师傅|厂家|公司|供电|自来水|街道|他们|人家|居民|住户")
_TELLS = late(rf"{_PERSON}+[^,，。]{{0,2}}(?:说|讲|反映|已经?|刚|去了|到了)|[过了][\s,，。!！]*$")
_HANDS_OVER = late(rf"(?:转|交|派|归|由|换|推|移|给|判|定|裁)[^,，。]{{0,3}}{_PERSON}")
_GOES_ON = late(
    rf"{_PERSON}+[,，\s]*(?:你)?(?:还是|就)?(?:接着|继续|先|去|来|负责)*(?:{_WORK}|负责|管)(?:下去|着)?(?:[吧。!！\s]*$|[吧]?[,，。])"
)
_ALONG = late(
    rf"{_PERSON}+(?:同志|师傅|你)?[,，\s]*(?:也|过?来|去|一?起|给|我|帮我|,)*(?:搭(?:一?把|个|下)?手|帮(?:一?把手|个?忙|一把|衬)|一起|一块儿?|协助|配合|协办|陪(?:着|同))"
    rf"|(?:请|让|叫|喊|找|要|跟|和|同)[^,，。]{{0,2}}{_PERSON}+[^,，。]{{0,3}}(?:一起|一块儿?|搭(?:一?把|个)?手|帮(?:一?把手|个?忙|一把)|协助|配合|协办)"
    rf"|(?:协办[\s\d#号,:人是]*|(?:叫|带|喊|拉|算)上){_PERSON}"
)
_THANKS = late(r"^(?:多?谢|感谢|辛苦|麻烦你们?了)")
_ADDED = late(r"协办|[叫带拉算]上")  # he need not be asked, he is told
_NEEDLESS = late(
    r"(?:这[个件]|那[个件]|就|先|都|[\s,，#号\d])*(?:不用|不必|甭|用不着)(?:再)?(?:办|管|处理|弄|修|跑|解决)了?[吧啊呀]?[\s。!！]*"
)
_OF_A_LANE = late(
    rf"^[\s#\d号,把将]*(?:这[个件家]?|那[个件家]?)?(?:地[点址]|胡同)?(?:不对|错了?|[,\s])*"
    rf"(?:应该?|得|要|就|是|属于?|在|改|换|转|移|挪|交|归|划|派|给|到|去|成|为)+{_PERSON}(?:那边|那儿|这边)?(?:的|管|负责|去|办|吧|了)*(?:$|[,，。\s])"
)
_TAKES_FIRST = late(
    r"(?P<take>\s*(?:@\S+\s+)*(?:我)?(?:接|收到|好的?|行)(?:了|单)*\s*(?:#?\d{1,7}号?)?)[\s,，。]+(?:再|并且?|然后|另外|也)*(?P<rest>.+)",
    re.DOTALL,
)
_TOO = late(rf"{_PERSON}+[,，\s]*(?:你)?也(?:跟着|一?起|过)?(?:去|来|参加|到场|上)")


# Whoever looks on, waits or wishes says nothing of what he does himself: 我盯着, 我等你消息.
_LOOKS_ON = late(
    r"我(?:来|会|给你们?|们)?(?:盯|看着|守着|等|催|要求|强调|希望|建议|觉得|认为|看(?=[,，\s])|想知道|想问|问你|说(?!了|过|好)|担心|怕|知道|同意|批准)"
)
_FOR_RESIDENT = late(
    r"^(?!.*一[下声])(?!.*[让叫请派你]).*(?:进展|转告|回复|答复|告诉(?!我|一声|他们|陈|\ue001)|[跟给对和](?:居民|住户|群众|人家|他|她|老人家?|大[爷妈娘])(?:说|讲|回|打|解释))"
)
# 联系物业了, 填了: a deed that is done, whoever did it; 让老陈去了 and 把灯换了 are no news of it.
_DEED_DONE = late(
    r"^(?!.*(?:[让叫请派把将别]|(?:居民|[他她]们?|人家|听)说|不[用要准许]|[吗么没][?？。!！\s]*$|没有[?？。!！\s]*$|[?？]))"
    r".*(?:联系|通知|说|报|问|安排|约|去|打|买|订|催|协调|反映|沟通|修|换|清|通|弄|办|填|装|补|剪|锯|送|搬|查|看|解决|处理|完成|到|好|亮|退烧|没事)"
    r"[^,，。]{0,4}(?:了|过)(?![^,，。]{0,4}再)"
)


class Directive(StrEnum):
    """What the words are to whom they name, or to the holder."""

    ORDER = "order"  # for the holder
    GOES_ON = "goes_on"  # 陈示例接着办: for the holder, and a ruling when he has given it back
    ALONG = "along"  # 让邹仿真也去


@dataclass(frozen=True, slots=True)
class SpokenDirective:
    """What is ordered, and the words by which somebody is named in it, "" when nobody is."""

    directive: Directive
    person: str = ""
    may_be_his_own: bool = False  # 赶紧去看看: of what nobody has taken he may say it of himself
    is_added: bool = False  # 请邹仿真协办: who is named works along from now on, without being asked


def read_directive(text: str, people: Sequence[str]) -> SpokenDirective | None:
    """What somebody above orders of others; None when the words are anything else. `people` are names of members.

    Never raises.
    """
    plain = normalise(text[:_LONGEST]).strip()
    marked, person = _marked(plain, people)
    if asks := read_along(text, people, is_above=True):
        return asks
    if _MYSELF.search(_LOOKS_ON.sub("", plain)):
        return None
    if person and _GOES_ON.search(marked) and not _HANDS_OVER.search(marked):
        return SpokenDirective(Directive.GOES_ON, person)
    is_urging = bool(_URGES.search(marked) or _ASKS_HOW_FAR.search(plain))
    is_by_day = _BY.search(plain) is not None and not _WAITS_FOR_OTHERS.search(plain)
    if person and not _HANDS_OVER.search(marked):
        is_said = is_urging or is_by_day or not _TELLS.search(marked)
        return SpokenDirective(Directive.ORDER, person) if is_said and (is_urging or _says_more(marked)) else None
    if person or not (is_urging or is_by_day):
        return None
    return SpokenDirective(Directive.ORDER, may_be_his_own=not is_by_day and bool(_MAY_BE_HIS_OWN.search(plain)))


def tells_news(text: str) -> bool:
    """Is it plainly news of his own for the resident: 我去看过了, 告诉他…, 联系物业了, and no word for who holds it?
    Never raises."""
    plain = normalise(text[:_LONGEST]).strip()
    own = _LOOKS_ON.sub("", plain)
    return bool(_MYSELF.search(own) or _FOR_RESIDENT.search(plain) or _DEED_DONE.search(plain))


def read_along(text: str, people: Sequence[str], *, is_above: bool = False) -> SpokenDirective | None:
    """小邹来搭把手; of somebody above also 让小邹也去. Never raises."""
    marked, person = _marked(normalise(text[:_LONGEST]).strip(), people)
    is_asked = person and not _THANKS.search(marked)  # 谢谢小邹帮忙 is said when he has
    found = is_asked and (_ALONG.search(marked) or (is_above and _TOO.search(marked)))
    return SpokenDirective(Directive.ALONG, person, is_added=bool(_ADDED.search(marked))) if found else None


def takes_along(text: str, people: Sequence[str]) -> tuple[str, str] | None:
    """接1 再叫邹仿真协办: the words by which he takes it, and those that bring another along. Never raises."""
    parts = _TAKES_FIRST.fullmatch(text[:_LONGEST])
    return (parts["take"], parts["rest"]) if parts and read_along(parts["rest"], people) else None


def sends_to_lane(text: str, lane: str) -> bool:
    """把1转到水井胡同, 1是水井胡同的: it is for its people. 是水井胡同老李说的 does not say so. Never raises."""
    marked = normalise(text[:_LONGEST]).replace(normalise(lane), _PERSON)
    return _OF_A_LANE.search(marked) is not None


def is_needless(text: str) -> bool:
    """1不用办了, and nothing else. Never raises."""
    return _NEEDLESS.fullmatch(normalise(text[:_LONGEST])) is not None


def _marked(plain: str, people: Sequence[str]) -> tuple[str, str]:
    """The text with every person marked, sign by sign, and the first person named."""
    signs, spans = list(plain), sorted(spans_of_persons(plain, people))
    for start, end in spans:
        signs[start:end] = _PERSON * (end - start)
    return "".join(signs), plain[slice(*spans[0])] if spans else ""


def _says_more(marked: str) -> bool:
    """More than a name and a number."""
    return len(re.findall(r"[\u4e00-\u9fff]", re.sub(rf"[让叫请派找@]*{_PERSON}+", "", marked))) > 1
