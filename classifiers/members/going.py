"""Whether a member says that he is on his way, or only asks about an emergency, or calls others to it.

An emergency's alarms stop when somebody takes it, so one clause at least must say that the speaker goes himself: a
question in another clause takes nothing back (我马上到,哪个单元?), and 快去人啊 sends nobody.
"""

from __future__ import annotations

import re

from classifiers.members.references import without_number
from classifiers.reader.late import late
from classifiers.reader.segment import normalise

_CLAUSE = late(r"[^,，。!！;；\s]+")
_GOES = late(
    r"我(?:这就|就|马上|先[去过]|去|来|到|在(?:路|去|赶|现场)|过|正|已|往)|在?路上|正[往在赶去]|赶[到往去来过]|出发|动身|下楼|骑车"
    r"|[到去来]了|快到|[到在]现?场|到位|往(?:那|你|他|她)|过去[了呢]|分钟(?:就|左右)?到|(?:马上|这就|立刻|立即)(?:去|来|到|过)"
    r"|已(?:经)?(?:打|叫|报|到|在)|^(?:我|正|这就)*(?:跑|走|赶|打车|开车)着?(?:过)?去(?:了|呢)?$"
)
_ASKS_OR_CALLS = late(
    r"^(?:快(?!到)|请|赶快|赶紧|派|你们?|大家|谁|有人)|没有?[?？]?$|[吗么?？]$|明天|后天|要不要|哪|咋|去不了|来不了|到不了"
)
_VISITS = late(  # each clause by itself: he has come, knocked, rung up
    r"(?:(?:我们?|已经?|刚才?|又|都|也|先|今天|上午|下午|早上|晚上|中午|这会儿|现在)*"
    r"(?:去|到|来|上去|过去|上门|敲|按|拍|喊|叫|等|打)(?:过|了)*"
    r"(?:他|她|居民|他们|她们)?(?:家|门口|门外|楼下|楼上|门铃|门|现场|地方|电话|一趟|两趟|三趟|几趟|两次|三次|好几次|几次|几遍|好几遍|半天|好久|一会儿?|好一会儿?|十分钟|半小时)*"
    r"(?:了|过|都|也|[一两三四五几]+[回次趟遍]|半天|好几[回次遍趟]|(?:家)?[大院房]?门)*)?"
    r"(?P<nobody>(?:[大院房]?门(?:是|都|还)?锁着)?(?:[他她]家|人家|家里|屋里|家中|里面|院里)?(?:都|也|还是|还|还没|一直)?"
    r"(?:没有?人|无人|没)(?:在家|在|开门|给?开|应声|应门|应|答应|回应|接电话|接|理|吭声|出来)?|(?:人)?(?:都)?不在(?:家)?|没有?动静|门(?:是)?锁着|铁将军把门)?"
    r"(?:啊|呀|呢|了|哦)*"
)
_TAKES_BY_NAME = late(
    r"^\s*我?接单?\s*#?(?P<number>\d{1,7})(?!\d)\s*(?:号单?)?(?=$|[\s,，。.!！])(?P<rest>.*)$", re.DOTALL
)
_DOES_NOT_GO = late(
    r"[吗么?？]|[去来到接办管]不了|没法|不[去来接]|错了|谁|哪|转|[让叫派请][^,，。\s]{0,6}[去来接办]|不用|明天|后天|(?:快|赶紧)[^,，。\s]{0,2}[去来]"
)
_STEP = late(r"(?<=[了过遍趟回])(?=(?:又|就|也)?(?:敲|按|打|喊|叫|等|没|家里|屋里|门))")  # 到门口了|敲门没人应
_ALONG = late(
    r"(?:好的?|行|那|[\s,，])*我?(?:也)?(?:陪着?|跟着?|和|同|与|帮着?)(?P<name>[^\s,，。陪跟和同与帮]{1,4}?)(?:一块儿?|一起|一道|一同|一路|俩)+"
    r"(?:去|来|过去|办|弄|修|跑一?趟|上门|看看?|抬|搬|处理)+(?:一下|看看|吧|了)*"
)
_SAYS_NO_MORE = late(  # and of what he found nothing further, or when he comes again
    r"(?:我|那|只好|就|等|今天|明天|后天|上午|下午|晚上|中午|早上|晚点|回头|改天|一会儿?|待会儿?|过会儿?)*再(?:来|去|跑|敲|打|上门|过[来去])(?:一?[趟次下]|看看|吧|了)*|白跑(?:了)?一?趟|"
    r"进不去(?:了|啊)?|(?:您|你|人|居民)?(?:在不在|在)家?(?:里)?(?:吗|么|呢|没|不)?[?？]?"
)

_HAS_LOOKED = late(r"[看去到问敲进](?:了|过|完)|上去|进去|见[到着]|现场")
_HARMLESS = late(
    r"没(?:啥|什么)?(?:大)?事|虚惊|误报|不是(?:真的?)?(?:着火|起火|失火|火|漏气|煤气)|没(?:有)?(?:着火|起火|漏气|危险|出事)|"
    r"(?<!不)是[^,，。]{0,8}(?:做饭|炒菜|油烟|糊锅|烧纸|烧香|蒸汽|水汽)"
)
_DOUBTS = late(r"[吗么?？]|但|可是|不过|还|又|没[看去到进见]|看不|进不|怕|可能|好像|估计|应该|大概|不知|听说|说是|快")


def takes_it_by_name(text: str, number: int) -> bool:
    """接1 我给他打电话了: the word of command with the number, whatever else he tells; unless he asks, sends others or
    cannot. Never raises."""
    match = _TAKES_BY_NAME.match(text)
    return match is not None and int(match["number"]) == number and not _DOES_NOT_GO.search(match["rest"])


def goes_along_with(text: str) -> str:
    """我陪老陈一块去: the name of the colleague whom he goes with; "" when he says no such thing. Never raises."""
    match = _ALONG.fullmatch(without_number(text[:40]).strip(" ,，。!！"))
    return match["name"] if match else ""


def gives_the_all_clear(text: str) -> bool:
    """我看了 是做饭的油烟 没事: he has been there, and it is plainly no danger. Never raises."""
    is_plain = bool(_HAS_LOOKED.search(text)) and bool(_HARMLESS.search(text))
    return is_plain and not _DOUBTS.search(text)


def found_nobody_home(text: str) -> bool:
    """我到门口了 没人开门: nothing but his own visit, and a door that nobody opened. Never raises."""
    clauses = [step for clause in _CLAUSE.findall(without_number(text[:60])) for step in _STEP.split(clause)]
    found = [_VISITS.fullmatch(clause) for clause in clauses if not _SAYS_NO_MORE.fullmatch(clause)]
    return bool(found) and all(found) and any(match["nobody"] for match in found if match)


def says_he_goes(text: str) -> bool:
    """Never raises."""
    return any(_GOES.search(clause) and not _ASKS_OR_CALLS.search(clause) for clause in _CLAUSE.findall(text))


def asks_or_calls(text: str) -> bool:
    """Some clause asks, or sends others. Never raises."""
    return any(map(_ASKS_OR_CALLS.search, _CLAUSE.findall(text)))


_A_NUMBER = r"\s*#?\s*(?P<{name}>\d{{1,7}})(?:号单?|单)?[\s,]*"
_HELPING = r"(?:协办|协助|(?<=[来去也])帮(?:个?忙|一?把手?)|(?<=[来去也])搭(?:一?把|个|把)手)"
_OFFERS = late(
    rf"(?:{_A_NUMBER.format(name='first')})?(?:(?:我|也|过?来|去|可以|能|要|想|申请)*{_HELPING}|也?算上?我(?:一个)?)[吧了啊呗]*"
    rf"(?:{_A_NUMBER.format(name='last')})?[吧了啊呗。!]*"
)


def offers_to_help(text: str) -> int | None:
    """1 of 协办1, 我来帮忙1, 1我来搭把手 and 1也算我一个: the request he would work along with. Never raises."""
    found = _OFFERS.fullmatch(normalise(text).strip())
    number = (found["first"] or found["last"]) if found else None
    return int(number) if number else None
