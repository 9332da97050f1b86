"""What a resident wants of all that the desk keeps of him, in his own words: 你们存了我些啥, 把我说过的话都删掉; and
what he says when he is asked whether it shall really go."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise

_LONGEST: Final = 40  # signs


class OwnData(StrEnum):
    """What is wanted."""

    SEE = "see"
    ERASE = "erase"


class Consent(StrEnum):
    """What is said to 要把您的资料都删掉吗."""

    PLAINLY = "plainly"  # 删吧: it can be said to nothing else
    YES = "yes"  # 好: to whatever was said last
    NO = "no"
    ASKS = "asks"  # 删了还给修吗


_POLITE = r"(?:请|麻烦|帮我|帮忙|给我|你好|您好|我想|我要|能不能|可不可以|可以|能|那|,)*+"
_QUITS = r"(?:我?(?:以后|今后)?(?:不想|不再|别再|不)再?[用说看聊]了,?)?"
_YOU = r"(?:[你您]们?|恁们?|服务台|系统|公众号)(?:[那这](?:里|儿|边)?)?"
_MINE = r"(?:我们?|俺们?)(?:家|自己)?"
_THERE = rf"(?:存?在{_YOU}的?)?"
_TOLD = r"(?:(?:之前|以前|原来|刚才)?(?:登记|提供|存|留|记|说|发|写|填|提)(?:过|下|了|着|在这儿?)?)?的?"
_DATA = r"(?:个人)?(?:资料|信息|数据|隐私|账号|聊天记录)"
_OF_HIM = r"(?:东西|话|记录|电话号?码?|手机号?码?|姓名|名字|住址|地址|照片|语音|身份证号?)"
_ANY = rf"(?:{_DATA}|{_OF_HIM})"
_THINGS = rf"(?:所有的?|全部的?)?{_ANY}(?:[和跟、,]?{_ANY})*+"
_ALL = r"(?:都|全部|全|通通|统统|一起|给我|给)*+"
_GO = r"(?:删除|删掉|删了|删|清除|清空|清掉|清了|抹掉|抹去|抹了|去掉|销毁|注销)(?:干净)?"
_KEEP = r"(?:记录|登记|保存|收集|掌握|知道|存|留|记)(?:了|着|下来?|过|有)*+"
_KEEPS = r"(?:都|到底|究竟|现在|会|有没有|是不是|会不会)*+"
_WHAT = r"些?(?:什么|啥|哪些|多少)(?:的)?(?:个人)?(?:信息|资料|东西|数据|话|内容)?"
_END = r"(?:一下|下|吧|了|呢|啊|呀|吗|么|行|好|谢谢|谢谢你们?|多谢|哈|哦|,|!|。|\?|\s)*+"

_BEGIN = rf"{_QUITS}{_POLITE}(?:{_YOU})?{_POLITE}"
_LOOK = r"(?:知道|查看|看看|看一下|看下|看|查一下|查下|查|发)?\s*"
_I_WANT = rf"我?(?:想|要)*+{_LOOK}"
_ALL_GOES: Final = tuple(
    late(f"{pattern}{_END}")
    for pattern in (
        rf"{_BEGIN}[把将]{_MINE}{_THERE}{_TOLD}(?:{_THINGS})?{_ALL}{_GO}",
        rf"{_BEGIN}[把将]{_DATA}{_ALL}{_GO}",
        rf"{_QUITS}{_POLITE}{_MINE}的(?:{_DATA}|(?:东西|话|记录)?(?=[都全通]|给我)){_ALL}{_GO}",
        rf"{_BEGIN}{_GO}{_MINE}{_THERE}{_TOLD}{_THINGS}",
        rf"{_POLITE}(?:删除|删掉|清除|清空|注销)(?:所有|全部)?(?:{_DATA}|记录)",
        rf"{_POLITE}(?:确认|确定)删除",
        rf"我?(?:不想|不要|不让|不许|不准|不愿意?|别)让?(?:{_YOU})?再?(?:留|存|保存|记|记录)[着下]?{_MINE}的?{_THINGS},?{_ALL}(?:{_GO})?",
    )
)
_IS_SHOWN: Final = tuple(
    late(f"{pattern}{_END}")
    for pattern in (
        rf"{_POLITE}{_LOOK}{_MINE}的(?:个人)?(?:资料|数据|信息)(?:有哪些)?",
        rf"{_I_WANT}{_YOU}{_KEEPS}{_KEEP}{_MINE}的?{_WHAT}",
        rf"{_I_WANT}{_MINE}在{_YOU}{_KEEPS}(?:有|存|留|登记|记)(?:了|着|过|下)*+{_WHAT}",
        rf"{_YOU}(?:有没有|是不是)[把将]?{_MINE}的?{_THINGS}{_ALL}{_KEEP}(?:住|起来|去)?",
        rf"{_YOU}(?:有没有|是不是){_KEEP}{_MINE}的?{_THINGS}",
        rf"{_YOU}{_KEEPS}{_KEEP}{_MINE}的?{_THINGS}了?(?:没有?|吗|么|不)",
        rf"{_YOU}{_KEEPS}[把将]{_MINE}的?{_THINGS}{_ALL}{_KEEP}(?:住|起来)?了?(?:没有?|吗|么|不)",
    )
)
_CONSENT: Final = late(
    rf"(?:{_GO}|都|全部|全|通通|给我|是的|是|对的|对|嗯|好的|好|行|可以|没错|确认|确定|要|同意|中|yes|ok|"
    r"就|那|吧|啦|了|啊|呀|的|,|!|。)++",
    re.IGNORECASE,
)
_REFUSES: Final = late(
    r"[不没](?:想|要|用|能|该|说|打算)?(?:让你们)?(?:要)?删|(?:别|甭|莫|勿)(?:给我|再|把.{1,6})?删|留着|先放着|舍不得|"
    r"(?:点|按|摁|碰|戳|发|弄|搞|说|打|选|写)(?:错|岔|着玩)|[乱瞎误][点按摁碰戳弄发动玩]|手滑|不小心|闹着玩|"
    r"不是我(?:自己)?(?:点|按|发|弄|要|说|打)|(?:孙子|孙女|外孙|孩子|小孩|娃).{0,4}[玩点按弄发动]"
)
_LEAVES_IT: Final = late(
    r"(?:那|还是)?(?:(?:算了|先?不删了?|别删了?|不用了?|不要了?|留着|再说|不了|不|不是的?|不对|别|否|不行|no|没有|错了|不同意)"
    r"[吧呀啊,。!\s]*)++",
    re.IGNORECASE,
)
_LATER: Final = late(r"(?:等|以后|过).{0,12}再(?:说|删|定)[吧呀啊]*")
_OF_ERASING: Final = late(r"删|清[空除掉]")
_ASKS: Final = late(r"[吗么呢?]|咋|怎么|会不会|能不能|影响|什么|啥|还.{0,6}[办修管来能给弄查].{0,4}(?:不|没)?$")
_GOES_ON: Final = late(r"还(?:给|能|会|来|有人)?[办修管弄来查].{0,4}(?:[吗么?]|[不没]$)")


def read_own_data(text: str) -> OwnData | None:
    """None for anything else; every pattern must fit the whole text. Never raises."""
    plain = _plainly(text)
    if not plain or len(plain) > _LONGEST:
        return None
    if any(pattern.fullmatch(plain) for pattern in _IS_SHOWN):
        return OwnData.SEE
    return OwnData.ERASE if any(pattern.fullmatch(plain) for pattern in _ALL_GOES) else None


def read_consent(text: str) -> Consent | None:
    """What somebody says who was asked whether all shall go; None when it is of something else. Never raises."""
    plain = _plainly(text)
    if not plain or len(plain) > _LONGEST:
        return None
    if _CONSENT.fullmatch(plain):
        return Consent.PLAINLY if _OF_ERASING.search(plain) else Consent.YES
    if refuses(plain):
        return Consent.NO
    is_question = bool(_OF_ERASING.search(plain) and _ASKS.search(plain)) or bool(_GOES_ON.search(plain))
    return Consent.ASKS if is_question else None


def refuses(clause: str) -> bool:
    """算了, 先不删, 孙子乱按的, 等修好再说. Never raises."""
    plain = _plainly(clause)[:_LONGEST]
    return bool(_LEAVES_IT.fullmatch(plain) or _LATER.fullmatch(plain) or _REFUSES.search(plain))


def _plainly(text: str) -> str:
    plain = normalise(text[: _LONGEST * 2]).strip(" ,。!~;:\n")
    return plain.replace(" ", ",").replace("\n", ",")
