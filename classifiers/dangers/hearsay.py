"""Danger that is read out or seen from far: notices, forwarded news, fire engines that pass.

| said | is |
|---|---|
| 燃气安全宣传:漏气先开窗,后关阀 | a notice: a heading, and what all are to do |
| 转发:某地一男孩掉进化粪池,家长们看好孩子 | news from somewhere, with its moral |
| 过去好几辆消防车,不知道哪又着了 | seen from far: nobody knows where |
| 紧急通知:3号楼着火了,大家快跑 | none of them: it has happened, and here |

All functions take a normalised text (`tidying.essence`) and never raise.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late

_HEADING = late(
    r"^[^,。!?;\n]{0,16}(?:宣传|须知|提示|提醒|常识|知识|口诀|守则|指南|倡议书?|告知书|"
    r"明白纸|顺口溜|公告|通知|通告|科普|小课堂|小贴士)"
    r"[^,。!?;:\n]{0,4}[:】\]]"
)
_INSTRUCTS = late(
    r"先[^,。!?]{1,8}[,、 ]?[再后]|切勿|请勿|勿|严禁|禁止|谨防|严防|"
    r"预防|注意|务必|应当?|远离|看好|牢记|记住|不要|别|莫|不得|做到|请|"
    r"保持|定期|及时|人走"
)
_HAS_COME = late(  # it has happened, and not anywhere
    r"撤离|疏散|(?:[着起失]火|漏[气电]|泄[漏露]|[走丢]失|走丢|爆炸|坍?塌|倒|[晕昏]过去|烧起来|掉[进到下]去?)了|正在|现在|这会儿?|刚才|刚刚|"
    r"快[跑撤来去逃]|救命|救救|来人|往[^,。!?]{1,6}(?:烧|灌|涌)|我家|俺家|我们家|我们楼|咱[们这]?楼|咱们?院|隔壁|[叫喊]不醒"
)
_PASSED_ON = late(
    r"^(?:【?转发?】?|帮转|扩散|分享|看到一?[个条]新闻|新闻)[:, ]|^转发|据报道|据媒体|网传|近日|日前|本报讯"
)
_SOMEWHERE = late(
    r"(?<!在)某(?:地|市|县|省|村|镇|校|小区|城|高校|工地|商场|饭店|小学|中学|幼儿园)|外[地省]|(?:外|别的?)[省市县]|新闻|视频|报道|"
    r"据媒体|网传|近日|日前"
)
_MORAL = late(
    r"(?:家长|大家|各位|街坊|邻居|老人|朋友|乡亲|父老|咱们?)[^,。!?]{0,6}(?:看好|看紧|看住|注意|当心|小心|警惕|留心|留神|提防|长点?心|引以为戒|转告)|"
    r"引以为戒|提高警惕|敲响警钟|警钟长鸣|警示|千万(?:要|别|看|小心|注意|当心)|互相转告|为戒|多留个?心"
)
_ENGINES = late(r"消防车|救火车|救护车|急救车|警车|警笛|消防(?:员|队)")
_PASS = late(
    r"路过|经过|开过去|过去了?(?:好?几|两|三|一|\d)?辆|驶过|跑过去|呼啸|呜哇|往[^,。!?]{1,6}(?:[去开跑走]了|方向)|[过开]去了?|响了?(?:一路|半天|好几)|过了?好?几辆"
)
_UNKNOWN = late(
    r"不(?:知道?|晓得|清楚)[^,。!?]{0,3}(?:哪|谁|啥|什么|咋|怎么|是不是)|(?:哪儿?|谁家|哪家|哪里|哪边|哪头)[^,。!?]{0,2}(?:又|出事|着|失火|起火|咋|怎么)|"
    r"(?:出|又)(?:啥|什么)事|啥情况|什么情况|咋回事|怎么回事"
)
_IS_SEEN = late(  # there is something to be seen, here
    r"冒烟|浓烟|黑烟|火光|火苗|烧|里头?还?有人|[我俺咱]们?[这那]?(?:栋|楼|院|单元|家)|楼[上下道]|隔壁|对[面门]|救命|快来|受伤|躺|[停进堵](?:在|到|不|住)|进不"
)
_IS_OURS = late(
    r"我家|俺家|我们家|我们楼|救命|救救|快来|现在|正在|这会儿?|咱(?:们?)?(?:村|小区|院|楼|胡同)|我们(?:村|小区|院|这)|俺们?村"
)
_STEALS = late(r"人贩子|拍花子|(?:偷|拐|抢|抱)(?:小)?(?:孩子|小孩|娃)")
_IS_IT_TRUE = late(
    r"真的?假的?|真假|是真[的是]?吗|是不是(?:真|有|谣)|真有(?:这|吗)|谣言|造谣|辟谣|属实|有这(?:回)?事[吗么]|是真事[吗么]"
)
_AMONG_US = late(
    r"[抢抱拐带偷][走跑去]|跟着|快来|来人|救|追|正在|这会|刚|不见了|丢了|[我俺](?:家)?(?:孩子|娃|孙|儿子|闺女|女儿)"
)
_LONGEST: Final = 400  # signs; who tells more tells of something else as well


def is_notice(text: str) -> bool:
    """A heading, what all are to do, and nothing that has happened."""
    return bool(
        len(text) <= _LONGEST and _HEADING.search(text) and _INSTRUCTS.search(text) and not _HAS_COME.search(text)
    )


def is_news(text: str) -> bool:
    """Passed on from somewhere, with a moral."""
    is_told = _PASSED_ON.search(text) and _SOMEWHERE.search(text)
    return bool(is_told and _MORAL.search(text) and not _IS_OURS.search(text))


def is_rumour(text: str) -> bool:
    """听说来了人贩子,是真的吗: asked whether it is true, and nobody's child is gone."""
    return bool(_STEALS.search(text) and _IS_IT_TRUE.search(text)) and not _AMONG_US.search(text)


def is_seen_from_far(text: str) -> bool:
    """Fire engines or ambulances pass by, and nobody knows where to."""
    is_passing = _ENGINES.search(text) and _PASS.search(text) and _UNKNOWN.search(text)
    return bool(is_passing and not _IS_SEEN.search(text))
