"""Words that only begin: 我想问一下, 有个事, 求助, 我婆婆, 昨天晚上, 我们家门口. What it is about comes
next, and is asked for till it does."""

from __future__ import annotations

import re

from classifiers.members.persons import SURNAMES
from classifiers.reader.late import late
from classifiers.reader.segment import normalise

_LONGEST = 24  # signs
_LONGEST_SUBJECT = 12

_I = r"(?:我|俺|咱|想|要|来|有|跟你们|给你们|向你们|麻烦|劳驾|请|可以|能不能|能|行不行)*"
_SOME = r"(?:一下子?|下|一声|一句|句|个|点儿?|件|几?句)?"
_MATTER = r"(?:问题|情况|事情?|事儿|话|东西|忙|人)?"
_BEGINS = late(
    rf"(?:那个|就是|这个|喂|[您你]好|同志|师傅|领导|老师|在吗|有人吗|{_I}"
    rf"(?:问|咨询|反映|打听|求助?|找你们|了解|(?<=[想要来们])说){_SOME}{_MATTER}|说[个件](?:事情?|事儿|问题)"
    rf"|{_I}(?:个|点儿?|件)(?:小|急|着急|要紧)?(?:事情?|事儿|问题|情况)(?:想|要|得)?(?:问|说|咨询|反映|麻烦|找)?(?:一下|你们)?"
    r"|(?:来|找|派)(?:个|一?个)人(?:吧|呗)?"
    r"|(?:忙完了?|有空|得空|得闲|方便)?(?:的?时候|时)?(?:再)?(?:来|到|上|去)(?:我|俺)(?:们)?家(?:里|这儿)?(?:来)?(?:一趟|一下|坐坐|看看)"
    r"|(?:麻烦|请|求|能不能|可以|谁能)?(?:帮|搭把)(?:我|俺)?(?:个|一?下)?(?:忙|手)?"
    r"|[啊呀呢吧呗哈嗯哎哦吗么不了的,.!?~;:\s…])+",
    re.IGNORECASE,
)
_ABUSE = late(  # 你们这帮人干啥吃的, 一群吃干饭的: anger, and not at what
    r"(?:(?:你们?|这[帮群些]|那[帮群些]|一[帮群]|人|东西|家伙|都|是|到底|真|整天|天天|光|就|社区|居委会|村委会|物业)*"
    r"(?:干(?:啥|嘛|什么|吗)(?:吃)?的|吃干饭|白吃饭|吃闲饭|不干人事|啥也不干|什么也不干|不干正事|摆设|饭桶|废物)"
    r"[了啊呀吗呢的,.!?~…\s]*)+"
)
_KIN = (
    r"(?:老公|老婆|丈夫|妻子|爱人|对象|媳妇儿?|男人|女人|那口子|老伴儿?|老头子?|老太太|老爷子|[爸爹妈娘]{1,2}|父亲|母亲|公公|婆婆|公婆|岳父|岳母|丈母娘|老丈人|"
    r"儿媳妇?|儿子|闺女|女儿|女婿|孩子|娃|小孩|孙子|孙女|外孙女?|爷爷?|奶奶?|姥姥|姥爷|外公|外婆|大?[哥姐弟妹叔婶姨姑舅伯]{1,2}夫?|嫂子|小叔子|小姑子|侄子|侄女|"
    r"前夫|前妻|继父|继母|后[爸妈]|一家(?:人)?|两口子|亲戚)"
)
_BARE_SUBJECT = late(  # somebody is named, and nothing yet of what he does
    rf"(?:我想说|那个|就|哎|唉|其实|是|,)*(?:(?:我|俺|咱)(?:们)?家?的?(?:那个|这个)?{_KIN}|"
    rf"(?:隔壁|对门|楼[上下]|邻居)(?:家|那家|那户|住的)*(?:的|那个)*(?:男的|女的|人家?|老人|{_KIN}|[老小]?[{SURNAMES}]?(?:大[爷妈哥姐娘]|阿姨))?(?:家)?)"
    r"(?:他们?|她们?|吧|呢|啊|呀|嘛|这个?人?|那个?人|这人|就|总|老|又|还|也|都|最近|昨天|今天|昨晚|晚上|刚才|"
    r"现在|[,。.…~ ])*"
)
_LONGEST_THING = 16
_BARE_TIME = late(
    r"(?:是|从|在|打|那个|就|,|\s)*"
    r"(?:(?:大前|前|昨|今|明|后|当)[天儿日夜](?:个儿?)?|[前昨今当明后]晚上?|(?:上|这|本|前)个?(?:周|星期|礼拜|月)[一二三四五六日天]?|"
    r"(?:今|去|前)年|刚才|刚刚|[一二两三四五六七八九十\d]{1,3}(?:天|个?小时|分钟|点钟?)(?:前|之前|以前)?|"
    r"早上|早晨|上午|中午|下午|傍晚|晚上|夜里|大?半夜|凌晨|今早|的|,|\s)+"
    r"(?:开始|起|那会儿?|时候|左右)*"
)
# A place alone asks for nothing yet; 修路 and 路灯 are no places.
_BARE_PLACE = late(
    r"(?!.*[修堵挖没坏断占封烂不脏黑臭把被锁挡拦横])[\u4e00-\u9fff]{2,6}(?:路|街|胡同|巷|弄|里|村|院|小区|大道)\s*(?:\d+(?:号院?|号?楼)?)?"
    r"|(?:就?是?在?(?:[我俺咱]们?)?(?:这|那)?)?(?:[\d零一二三四五六七八九十两]{1,4}(?:号楼?|栋|幢|单元|楼|层|室|户|门|排|座|院)\s*){1,5}"
    r"(?:的|门口|楼道里?|楼下|楼顶|前面|后面)?(?:那个|那儿|那边|那里|这儿|这边)?"
    r"|[我俺咱]家(?:的|里)?|就?是?在?[我俺咱]们?[这那家]?(?:的|里)?"
    r"(?:厨房|厕所|卫生间|客厅|卧室|阳台|门口|院子|楼道|单元|胡同口?|楼下|大门口)里?(?:的|那个|那儿|那边|那里|这儿|这边)?"
    r"|就?是?在?(?:厨房|厕所|卫生间|客厅|卧室|阳台|门口|院子|楼道|胡同口|楼下|大门口)里?的?(?:那个|那儿|那边|那里|这儿|这边)"
)
# What says something of a thing: that it is broken, missing, wanted, asked for.
_SAYS_OF_IT = late(
    r"[不没无坏漏堵断裂掉了着过得要想能会该请帮修换吵闹臭脏满塌倒破爆闪滴流渗冒烧疼痛病晕摔丢偷骂找办买送报诉咋怎啥吗呢谁哪烂锈"
    r"松歪斜卡死黑灭积冻凉乱占扔拆垮少多太很老总又]|停(?![车放])|一直|天天|问|打(?!印)|响|热(?!水)"
)
_SAYS_SO = late(r"问|咨询|反映|打听|说|求|事|问题|情况|个人|帮|搭|了解|找你们|[我俺]们?家")


def is_opening(text: str) -> bool:
    """Does it say that something is coming, and not yet what?"""
    plain = normalise(text).strip()
    return len(plain) <= _LONGEST and bool(_SAYS_SO.search(plain)) and _BEGINS.fullmatch(plain) is not None


def is_mere_abuse(text: str) -> bool:
    """你们这帮人干啥吃的: of nobody by name and nothing; what it is about comes next. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip()
    return len(plain) <= _LONGEST and _ABUSE.fullmatch(plain) is not None


def is_bare_subject(text: str) -> bool:
    """我婆婆, 我公公他, 楼上那个男的: of whom he will speak, and not yet what of. 我妈? asks. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip()
    return len(plain) <= _LONGEST_SUBJECT and _BARE_SUBJECT.fullmatch(plain) is not None


def is_bare_place(text: str) -> bool:
    """我们家门口, 5号楼2单元: where, and nothing yet of what."""
    return _BARE_PLACE.fullmatch(text) is not None


def is_setting(text: str) -> bool:
    """昨天晚上, 我们家门口: when or where something was that is told next. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,.。，!！…~")
    is_short = 0 < len(plain) <= _LONGEST_THING
    return is_short and (_BARE_TIME.fullmatch(plain) is not None or is_bare_place(plain))


def is_bare_thing(text: str) -> bool:
    """门口的井盖, 昨天晚上 后院那个墙: of what he speaks, and not yet what is the matter. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,.。，!！…~")
    return 0 < len(plain) <= _LONGEST_THING and not _SAYS_OF_IT.search(plain.replace("楼道", ""))
