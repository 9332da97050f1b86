"""Questions about the desk itself: 编号是啥意思, 能发语音不, 你是真人还是机器人. No request of theirs to anybody."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise

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
    SECRECY = "secrecy"
    UNLETTERED = "unlettered"
    COST = "cost"  # of the desk only while he has nothing open


_YOU = r"(?:[你您]们?|恁们?|咱们?|这里|这儿|服务台)"
_ASKS = r"(?:吗|么|不|没|呢|啊|呀|吧|嘛|[?。,!\s])*"
_OTHERS = r"(?:别人|外人|人家|旁人|邻居们?|街坊(?:邻居|们)?|大家|家里人|(?:我)?(?:儿子|闺女|老伴|儿媳妇?))"
_TELLS_APART = r"(?:会不会|会|能|能不能|不会|是不是|都|给|把|,)*"
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
            About.HELP,
            r"(?:这个?|这东西|这玩意儿?|小程序|公众号|你们这个?)(?:是|到底)?(?:咋|怎么|怎样|如何)(?:用|使|弄|操作)(?:的|啊|呀)?[,\s]*(?:我|俺)?(?:也)?不(?:太)?会(?:用|弄|使)?",
        ),
        (
            About.COST,
            r"(?:你们?|这个?|这儿|找你们|来|办事|反映|说|用|帮忙|上门|都|,)*"
            r"(?:要不要|要|收不收|收|花不花|花|用不用|得|需要)(?:花|交|掏|给)?(?:钱|费用?)|(?:收费|免费)(?:的)?|(?:是|不是)(?:免费|收费)(?:的)?",
        ),
        (
            About.UNLETTERED,
            r"(?:这|你们)?(?:的)?字(?:太|这么|有点|也太)?小(?:了)?[,\s]*(?:我)?(?:也)?看不(?:清|见|清楚)",
        ),
        (
            About.SECRECY,
            rf"(?=.*(?:吗|么|不|没|会不会|能不能|是不是)[啊呀]?$)(?:群里(?:的)?(?:人|{_OTHERS})?|{_OTHERS}|他们?)(?:会不会|能不能|是不是|会|能|都|也)+"
            r"(?:看见|看得见|看到|看得到|听见|听得见|知道)(?:我|俺)(?:跟你们|在这儿?)?(?:说|写|发|反映)(?:的|了)?(?:话|字|东西|事儿?|啥|什么)?",
        ),
        (
            About.HOLDER,
            r"(?:我们?|俺们?|咱们?)(?:这|这一|这边|那)?(?:片儿?|块儿?|胡同|巷子?|条街|里)?(?:是)?(?:归|由)?(?:谁|哪个|哪位)(?:负责|管|来管)(?:的)?",
        ),
        (
            About.HOLDER,
            r"(?:谁|哪个|哪位)(?:负责|管)(?:我们?|俺们?|咱们?)(?:这)?(?:片儿?|块儿?|胡同|巷子?|条街)?(?:的)?",
        ),
        (
            About.UNLETTERED,
            r"(?:(?:我|俺|老了|也|又|是){0,3}(?:不(?:识|认|认得|认识|大识|太识|会写|会打)字|没(?:上过学|念过书|读过书|进过学堂|文化)|文盲|睁眼瞎)[,\s]*){1,3}(?:咋办|怎么办|咋整|咋弄|怎么弄)?",
        ),
        (
            About.SECRECY,
            rf"(?:我|俺)(?:跟你们|给你们|在这儿?|在这里)?(?:说|反映|讲|发)(?:的|过的|了的)*(?:话|事|这些|东西|情况)*{_YOU}?(?=会|能|不会|是不是){_TELLS_APART}"
            rf"(?:(?:告诉|说给|传给|讲给|让|叫){_OTHERS}(?:知道|听见|听|看见)?|(?:传|说|讲|漏|泄露)(?:出去|给{_OTHERS})|外传|泄露|保密)",
        ),
        (
            About.SECRECY,
            rf"{_YOU}(?=会|能|不会|是不是){_TELLS_APART}(?:(?:我|俺)(?:说的|的)?(?:话|事|名字)?(?:告诉|说给|传给|讲给){_OTHERS}|"
            rf"(?:告诉|说给|传给|讲给){_OTHERS}(?:我的?|是我)(?:说的|反映的|事|名字|是谁)?|(?:给我|替我|帮我)?保密)",
        ),
        (
            About.SECRECY,
            rf"(?=.*(?:吗|么|不|没|会不会|能不能|是不是)[啊呀]?$|.*(?:会不会|能不能|是不是))(?:群里(?:的)?(?:人|{_OTHERS})?|{_OTHERS}|他|她|[小老]?[\u4e00-\u9fff]{{1,3}})"
            r"(?:会不会|能不能|是不是|会|能|都|也)+(?:看见|看得见|看到|看得到|知道|晓得|认得出)(?:我|俺)"
            r"(?:是谁|的?(?:名字|姓名|电话|手机号?|住哪儿?|门牌号?|地址|真名))",
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
