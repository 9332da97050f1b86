"""Questions about the desk itself: 编号是啥意思, 能发语音不, 你是真人还是机器人. No request of theirs to anybody."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from classifiers.late import late
from classifiers.segment import normalise

_LONGEST = 30  # signs


class About(StrEnum):
    """What of the desk is asked for; its value names the sentence of the answer."""

    NUMBER = "number"
    WAYS = "ways"
    WHO_ANSWERS = "who_answers"
    HOURS = "hours"
    HELP = "help"
    HOLDER = "holder"
    TROUBLE = "trouble"


_YOU = r"(?:[你您]们?|恁们?|咱们?|这里|这儿|服务台)"
_ASKS = r"(?:吗|么|不|没|呢|啊|呀|吧|嘛|[?。,!\s])*"
_PATTERNS: Final = tuple(
    (about, late(rf"(?:请问|问一?下|那|这个?|[,\s])*(?:{pattern}){_ASKS}"))
    for about, pattern in (
        (
            About.NUMBER,
            r"(?:这个?|那个?)?(?:编号|号码?|井号)(?:是|指)?(?:什么|啥|做什么|干啥|干什么)(?:意思|用的?|东西|的)*[,\s]*(?:我?(?:也)?记不住)?",
        ),
        (About.NUMBER, r"(?:这个?|那个?|我)?(?:编号|号码?)?(?:我)?(?:老)?记不住(?:编号|号码?|这个号)?(?:怎么办|咋办)?"),
        (
            About.WAYS,
            rf"{_YOU}?(?:这里|这儿)?(?:能|可以|会|能不能|可不可以|行不行)(?:听|看|收|发|说|用|拍|传)(?:个)?"
            r"(?:语音|照片|图片?|视频|话|录音|方言)(?:行|可以)?",
        ),
        (
            About.WHO_ANSWERS,
            rf"{_YOU}(?:那边|这边|是|到底|究竟)*(?:真?人|活人|机器人?|电脑|自动回复的?)(?:还是(?:机器人?|电脑|真?人|自动的))?",
        ),
        (About.WHO_ANSWERS, r"有(?:真)?人在(?:看|回|听)"),
        (
            About.HOURS,
            rf"{_YOU}(?:都|每天|晚上|周末|星期天|半夜|过年)*(?:几点|啥时候|什么时候|什么时间|有没有人)?(?:上|下)班(?:了)?",
        ),
        (About.HELP, r"(?:这个?|这东西|这玩意儿?|小程序|公众号)(?:是)?(?:咋|怎么|怎样|如何)(?:用|使|弄|操作)(?:的)?"),
        (
            About.HOLDER,
            r"(?:我们?|俺们?|咱们?)(?:这|这一|这边|那)?(?:片儿?|块儿?|胡同|巷子?|条街|里)?(?:是)?(?:归|由)?(?:谁|哪个|哪位)(?:负责|管|来管)(?:的)?",
        ),
        (
            About.HOLDER,
            r"(?:谁|哪个|哪位)(?:负责|管)(?:我们?|俺们?|咱们?)(?:这)?(?:片儿?|块儿?|胡同|巷子?|条街)?(?:的)?",
        ),
        (
            About.TROUBLE,
            r"(?:我|俺)?(?:是不是|真是|总是|老是|又|真)*(?:太|老|净)?"
            r"(?:(?:给你们|给您)添(?:了)?(?:太多|不少)?麻烦|麻烦(?:你们?|您)(?:太多|好多)?)了",
        ),
    )
)


def read_about(text: str) -> About | None:
    """What a short text asks of the desk itself; None for anything else. Never raises."""
    plain = normalise(text).strip(" ,。!~\n")
    if not plain or len(plain) > _LONGEST:
        return None
    return next((about for about, pattern in _PATTERNS if pattern.fullmatch(plain)), None)
