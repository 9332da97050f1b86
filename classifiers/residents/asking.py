"""What residents ask about a matter that the desk knows: who sees to it, when somebody comes, how it stands.

Such questions are short, and every pattern must fit the whole text, so that nothing that tells of a trouble is taken
for one. Whether something is open, and whether it is the thing or the person named, the desk knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from classifiers.members.persons import SURNAMES
from classifiers.reader.late import late
from classifiers.reader.segment import normalise
from classifiers.times.words import DAY, HOUR, PART, VAGUE_DAY

_LONGEST = 24  # signs


class Asked(StrEnum):
    """One for each thing that can be asked."""

    WHO = "who"  # 现在谁管我这事, 小陈呢
    WHEN = "when"  # 明天几点来, 今天九点对吧, 锁到了吗
    HOW = "how"  # 咋样了
    NUMBER = "number"  # 陈示例电话多少, 怎么联系他


@dataclass(frozen=True, slots=True)
class SpokenAsking:
    """A question, and the thing or the person it names, "" when it names none."""

    asked: Asked
    thing: str = ""
    person: str = ""


_BEFORE = r"(?:那|现在|到底|请问|我?想?问(?:一下|一问|下)?|您?好|麻烦|这会儿|最后|究竟|还|是|,)*"
_THIS = (
    r"(?:(?:我|俺|咱)?(?:们)?(?:家)?的?(?:这|那)?(?:个|件|码)?事(?:儿|情)?|"
    r"这个|这儿|我家?这[边儿]|我(?:家|们)?|俺家?)"
)
_DOES = r"(?:负责|管|办|修|弄|处理|看|跟|跟进|接|接手|接单|接了|盯|来|去|干|过来|上门)(?:一[看瞧]|看|瞧|一下|下)?"
_END = r"(?:[了的呀啊呢哈嘛吧着哦,!?。~\s]|吗|么|没有?|师傅)*"
_DAY = rf"(?:{DAY}|{VAGUE_DAY}|{PART}|晚|\d{{1,2}}月)"
_ASKS_WHEN = (
    r"(?:大概|大约|约的?)*"
    r"(?:几点钟?|啥时候?|什么时候|什么时间|啥时间|多会儿|几时|哪天|哪一天|几号(?![楼院门栋单])|多久|多长时间)(?!钟?了$)"
)
_COMES = (
    r"(?:再|真|就|也|能|可以|会|要|打算|准备|才|有人|您|你们?|师傅|他们?|人|,)*"
    r"(?:来|到|去|修|弄|办|装|换|好|通|上门|过来|到家|弄好|修好|办好|来人|动手|开始|回话|回信|给信|有信|有结果)"
    r"(?:给?(?:我|俺|咱)们?家?)?(?:修|看|瞧|弄|办|换|装|安)?(?:好|一下|下)?"
)
_COMER = r"(?:您|你们?|师傅|人|他们?|工人|物业)"
_IS_IT_SO = r"(?:对吧|是吧|对吗|是吗|对不对|是不是|没错吧|没变吧|不变吧|吗|么)"
_GOODS = r"(?P<thing>[\u4e00-\u9fff]{1,4}?)"
_PERSON = rf"(?P<person>[小老][{SURNAMES}]|[{SURNAMES}](?:师傅|书记|主任|[\u4e00-\u9fff]{{1,2}}))"
_CONTACT = r"(?:联系)?(?:电话|手机|号码|联系方式|微信)号?码?"

# The order is the order of trial.
_PATTERNS: Final[tuple[tuple[Asked, re.Pattern[str]], ...]] = tuple(
    (asked, late(rf"{_BEFORE}{pattern}{_END}"))
    for asked, pattern in (
        (
            Asked.WHO,
            rf"{_THIS}?(?:现在|到底|是|归|由|该|要|找|换|,)*谁(?:在|来|去|能|要|正在|给|替|帮|跟|上门|过来|{_THIS})*{_DOES}(?:{_THIS}|的)?",
        ),
        (Asked.WHO, rf"{_THIS}?(?:现在|到底|是|该|应该|要|,)*(?:归谁|找谁|问谁)(?:{_DOES}|问)?"),
        (Asked.WHO, rf"{_THIS}?(?:现在)?(?:的)?(?:负责人|管事的)是谁"),
        (Asked.WHO, rf"{_THIS}?(?:有没有人|有人)(?:接|接单|接手|认领)(?:了|过)?(?:吗|么|没有?)?"),
        (Asked.WHO, rf"{_PERSON}(?:人)?(?:呢|哪去了|去哪儿?了|在哪儿?)"),
        (
            Asked.NUMBER,
            rf"(?:{_PERSON}|[他她]|师傅|负责人|管事的)(?:本人)?的?{_CONTACT}(?:是)?(?:多少|几号|啥|什么|有吗|有没有|(?:给|发|告诉)?(?:我)?(?:一下|一个|看看)?)",
        ),
        (
            Asked.NUMBER,
            rf"(?:怎么|咋|如何)(?:才能|能|给)?(?:联系|找|打电话给|打)(?:到|得?着|上)?(?:{_PERSON}|[他她]|师傅|负责人)(?:的?电话|打电话)?",
        ),
        (
            Asked.WHEN,
            rf"(?:{_THIS}|{_GOODS})??(?:{_DAY}|的)*{_COMER}?{_ASKS_WHEN}(?:{_COMES})?(?:来着)?",
        ),
        (Asked.WHEN, rf"(?:约|说|定)(?:好)?的?(?:是)?(?:{_DAY})*(?:几点|哪天|啥时候?|什么时候)(?:来着)?"),
        (Asked.WHEN, rf"(?:不是)?(?:说|约|定)?(?:好)?(?:的)?是?(?:{_DAY})*{HOUR}(?:{_COMES})?{_IS_IT_SO}"),
        (Asked.WHEN, rf"(?:不是)?(?:说|约|定)(?:好)?(?:的)?是?(?:{_DAY})+(?:{_COMES})?{_IS_IT_SO}"),
        (Asked.WHEN, rf"{_COMER}?(?:{_DAY})+{_COMER}?(?:还|真的?)?{_COMES}{_IS_IT_SO}"),
        (
            Asked.WHEN,
            rf"{_COMER}?(?:{_DAY})+{_COMER}?(?:还|真的?|就)?(?:能不能|能|可以|会)(?:修|弄|办|干|换|装|通)(?:完|好|成)(?:了)?(?:不|吗|么)?",
        ),
        (Asked.WHEN, rf"(?:我|俺)(?:得|要|该)?{_ASKS_WHEN}(?:得|要|该)?在家(?:里)?(?:等|候)?(?:着|人|你们|他|师傅)*"),
        (Asked.WHEN, rf"{_COMER}?(?:{_DAY})*{_COMER}?还来(?:吗|么|不)"),
        (Asked.WHEN, rf"{_GOODS}(?:到货|到|买|寄|配|订|运)(?:到|着|来|齐|好)?(?:了)?(?:吗|么|没有?)"),
        (Asked.HOW, r"(?:他们?|师傅|那边|上面|物业)?(?:现在)?(?:咋|怎么|怎样)说"),
        (Asked.HOW, rf"{_THIS}?(?:办得?|弄得?|修得?|处理得?)?(?:咋样|怎么样|怎样|啥情况|什么情况|如何)了?"),
    )
)


_OUTCOME = late(
    r"(?:有(?:没有)?|给)(?:个|点|什么|啥)?(?:说法|结果|下文|回音|答复|回复|消息|信儿?|进展|动静|"
    r"交代)(?:了)?(?:没有?|吗|么|不)?[啊呀呢了?!。~ ]*$|"
    r"(?:查|问|调查|核实|了解|谈|处理|研究|解决|反映|管|办)(?:过|清楚?|明白|得|到)?(?:了)?(?:没有?|吗|"
    r"么)[啊呀呢?!。~ ]*$|"
    r"(?:查|调查|核实|处理|研究|办)得?(?:怎么样|咋样|如何|怎样|到哪(?:一?步|儿|里)?)了?[啊呀呢?!。~ ]*$"
)
_IT = late(
    r"(?:那|这|的)(?:个|件|码)?(?:事|情况|问题|反映|诉求|投诉)|(?:上次|上回|之前)(?:那|的)个?|(?:反映|投诉|举报|告|说)(?:过)?的|[他她]"
)


def asks_for_outcome(text: str) -> bool:
    """我说的小陈那件事你们查了没: how a complaint stands, whatever name stands in it. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,。!~;:\n")
    return len(plain) <= _LONGEST * 1.5 and bool(_OUTCOME.search(plain)) and bool(_IT.search(plain))


def read_asking(text: str) -> SpokenAsking | None:
    """The question about a known matter that a short text asks, None when it is anything else. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,。!~;:?\n")
    if not plain or len(plain) > _LONGEST:
        return None
    for asked, pattern in _PATTERNS:
        if match := pattern.fullmatch(plain):
            found = match.groupdict()
            return SpokenAsking(asked, found.get("thing") or "", found.get("person") or "")
    return None
