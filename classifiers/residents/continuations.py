"""What a resident's words say of a matter that is known already: it is not mended, it is, never mind, where are you?

The same words mean different things at different times, so this only says what they *can* mean; the desk knows whether
something is open or has just been done. Only short words are read so: a longer text tells a matter of its own.
Source: shared design, desk.md "What makes it kind to people".
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise

_LONGEST = 30  # signs


class Continuation(StrEnum):
    NOT_SOLVED = "not_solved"  # 还是漏啊,根本没修好
    SOLVED = "solved"  # 修好了,挺好的
    WITHDRAWN = "withdrawn"  # 不用来了,我自己弄好了
    PRESSING = "pressing"  # 怎么还没人来
    IMPATIENT = "impatient"  # 到底管不管: nothing but impatience
    ASKING = "asking"  # 几点来, 咋样了


_END = r"[了吧啊呀呢哈吗么嘛啦哦的,。!?~\s]*"
_PEOPLE = r"(?:你们?|您|师傅|人|他们?|张|李|王|小|老|书记|同志|大家|真|可|就|都|也)*"
# The order is the order of trial.
_FORMS: Final[tuple[tuple[Continuation, re.Pattern[str]], ...]] = tuple(
    (continuation, late(pattern))
    for continuation, pattern in (
        (
            Continuation.IMPATIENT,
            r"^(?:你们)?(?:有没有人|有人|到底|还)?(?:管不管|管没有|管没管|来不来)(?:了|啊|呀|呢)?$|^(?:你们)?(?:到底)?(?:有没有人|有人)管(?:没有|吗|不|么)?$|"
            r"^给个(?:准话|说法|痛快话|信儿?|准信)(?:行不行|吧)?$|^能不能快(?:点|些)(?:啊|呀)?$|^我?(?:都)?等了(?:一|两|三|好几|半)(?:天|个小时|个钟头|小时|上午|下午)了?$|"
            r"^(?:咋|怎么)(?:还|就|又)?没(?:有)?(?:动静|消息|下文|信儿?|影儿?)了?(?:啊|呀|呢)?$|^(?:人|师傅)?到哪儿?了$|^催一?催吧?[,\s]*(?:咋|怎么)还不来$|^(?:怎么|咋)还没(?:有)?人来(?:修|看|管|办)?(?:啊|呀)?$",
        ),
        (
            Continuation.WITHDRAWN,
            r"(?:算了|不用了|别来了|不用来了|甭来了|不必了|不麻烦|别麻烦|不需要了|不要紧了|不告了|不修了|不办了|不弄了|"
            r"(?:不用|别|甭|不必)(?:再)?(?:来|修|管|办|查|去|送|派|找|跑|麻烦|弄|接)(?:人|了|我)|"
            r"(?:自己|自个儿?|闺女|儿子|邻居|物业|女儿|老伴|孩子)(?:已经|都|给|帮我?|来)*[\u4e00-\u9fff]{0,3}"
            r"(?:好了|修了|弄了|办了|解决了|拿了|换了|通了)|自己(?:又)?(?:好|来|通|亮|有)了)",
        ),
        (
            Continuation.PRESSING,
            r"(?:怎么|咋|为什么|为啥|干嘛|啥|什么时候|到底|都|还)[\u4e00-\u9fff,]{0,8}(?:没|不)(?:有)?(?:人|见)?(?:来|管|修|办|动静|影|消息|回音|去)|"
            r"没(?:有)?人(?:搭?理(?!发)|应声?|答应|听|吭声|回[我话音信])|"
            r"(?:还没|没)(?:有)?(?:人)?(?:来|管|动静|消息)|等(?:了|到)[\u4e00-\u9fff\d]{0,8}(?:了|没|还)|快(?:点|些)?(?:来|办|修|派)|"
            r"赶紧(?:的|来|派|修|办)|抓紧|催(?:一?催|一下|个|你)|急死",
        ),
        (
            Continuation.ASKING,
            r"^(?:我|俺)(?:们)?(?:上次|上回|之前|前几天|昨天)?(?:报|说|反映|投诉|提)?(?:过|了)?的?(?:那|这|的)(?:个|件)?(?:反映|诉求|问题|情况|事情?|投诉)?"
            r"(?:到底|现在|还)*(?:有没有人|有人|有没有)(?:管|理|办|处理|看)(?:吗|没有?|不|么|了吗|了没)?$|"
            r"(?:几点|啥时候?|什么时候|多久|哪天|多会儿|几时)[\u4e00-\u9fff]{0,6}(?:来|到|修|好|办|通|能|有)|"
            r"(?:咋|怎么?)样了|(?:修|办|弄|处理|解决|听)(?:好|完)?(?:了)?(?:没有?|吗|么)(?:[?\s。]|$)|(?:有)?(?:消息|进展|结果|信儿?)(?:了)?(?:没有?|吗|么)|到哪(?:一?步|儿|里)?了|来了(?:没|吗)",
        ),
        (
            Continuation.NOT_SOLVED,
            r"(?:还是|还在|仍然|仍旧|照样|依旧|依然|根本|压根|又|还)[\u4e00-\u9fff]{0,4}"
            r"(?:漏|滴|堵|坏|不亮|不行|不通|不热|不凉|没水|没电|没气|没好|没修|没弄|没通|没来|没解决|没变|没用|没动|响|吵|臭|冒|渗|掉|闪|黑|灭|停|这样|老样子|那样)|"
            r"(?:没|不|未)(?:有)?(?:给)?(?:修|弄|办|处理|解决|搞|通|换|清|治)(?:好|干净|彻底|利索|成|明白)|白(?:修|弄|跑|折腾)|(?:没|不)(?:有)?(?:管用|起作用|顶用|见好)|"
            r"没(?:有)?解决|返工|糊弄|应付|敷衍|(?<![没啥么有])不满意|(?:就|才|刚)好了(?:一下|一会儿?|一天|两天|半天)|又(?:打不着|不着|不转|不走|不动|不出水)",
        ),
        (
            Continuation.SOLVED,
            rf"{_PEOPLE}(?:好了|修好了|弄好了|办好了|通了|亮了|来水了|来电了|不漏了|解决了|收到了|送到了|见着了|来了来了|"
            r"(?<!天气)(?:挺|很|真|非常|太|特别|蛮|老|可)(?:好|快|满意|棒|麻利|周到|利索|感谢|谢谢|到位)|满意|没问题了|不错|可以了|行了|辛苦|麻利|妥了|谢)",
        ),
    )
)
_HURRIES = frozenset({Continuation.PRESSING, Continuation.IMPATIENT})
_OVER = late(
    r"虚惊一场|找(?:着|到)了|(?:自己)?回(?:来|家)了|(?:火|烟)(?:都|已经?)?(?:灭|散)了|(?:扑|浇|弄)灭了|没(?:啥|什么)?(?:大)?事了|没(?:啥|什么)?大(?:事|碍)|"
    r"缓过(?:来|劲)|醒(?:过来)?了|(?<![跑逃撤躲])(?:出来|上来|下来|弄开)了|(?:送|到)(?:了)?医院了|"
    r"(?:120|救护车|大夫|医生)(?:给|把人|把他|把她)?(?:拉|接|抬|送)走了|(?:警察|派出所)(?:来了|带走了|把人带走)|(?:燃气|物业|消防|电工|师傅)[\u4e00-\u9fff]{0,6}(?:换好|关好|弄好|处理好|弄开)"
)
_WANTS_STILL = late(
    r"等(?:他|她|你们?|师傅|人)?来|再等等|不催了|来也(?:行|中|成)|你们忙|先用着|换(?:个|一个)?人|不指望|还是(?:帮|来|得|给)|等你们来|早就?[\u4e00-\u9fff]{0,4}了"
)
_MISTAKEN = late(
    r"不是(?:真的?)?(?:着火|起火|失火|火灾|煤气|燃气|漏气|触电|打架|打人|出事)(?![吗么吧?])|"
    r"(?<!不)是[^,。!?]{0,8}(?:做饭|炒菜|糊锅|糊了锅|烧糊|油烟|熏肉|烧香|烧纸|蒸汽|水汽)|"
    r"(?:没|不是|没有)(?:叫|喊|要|打|报)(?:过)?(?:你们)?(?:救护车|120|119|110|警察|消防|火警)|(?:弄|搞|理解|听|看|报)错了|误会|误报|误触|我(?:们)?(?:人)?(?:都)?好好的|"
    r"不是(?:那个|这个)意思|没(?:有)?(?:着火|出事|危险|人受伤)|虚惊|没人(?:出事|受伤)|没危险|不用(?:打|叫)(?:120|119|110|救护车|消防|警察)|我是说(?:家里?|屋里?)?有?人|(?:说|按|点|发)错了|瞎(?:发|按|点|打)|抢救过来|灭了|救护车(?:到|来)了|(?:在|去)(?:了)?(?:他|她)?(?:同学|亲戚|邻居|姥姥|奶奶|姑姑?|舅舅?)家"
)
_THREATENS = late(
    r"(?:再|要是|还|你们?|,|今天|明天|这|都|这么|一直|老|总|到底|催了?|半天|好几遍|几遍|没(?:有)?人|不|没|来|管|修|办|理|接|吭声|动静|的话|"
    r"等着|信不信|小心|那)*(?:我|俺)?(?:就|可|要|真|得|只好|只能|非|去|给|上)*"
    r"(?:投诉|告状?|举报|(?:打|拨)12345|打市长热线|打热线)(?:你们?|去|上头|上面|到上面|信不信|了|啊|呀|啦|的|!)*"
)
_CANNOT_WAIT = late(
    r"(?:我|俺|我们|老人|孩子|真|实在|可|怕是?|,)*"
    r"(?:(?:等|熬|挨|撑)不(?:到|了|及)|(?:不能|没法|没办法)(?:再)?(?:等|熬|挨)(?:到)?)"
    r"(?:那么久|这么久|那会儿?|那时候|(?:明天|明儿)?(?:早上|早晨|天亮|上午)|明天|明儿|七点|那个?时候|了)?[了啊呀呢]*"
)
_NO_HURRY = late(
    r"不(?:着|用|太|是很|怎么)?急(?!.{0,2}(?:不行|吗|么))|不(?:用|必|要)(?:非得)?(?:现在|今天|今儿|今晚|这会儿|马上|赶)|(?:明天|明儿|明早|改天|改日|回头|过两天|天亮)(?:了)?再|歇着|"
    r"(?:啥|什么)时候(?:来|弄|修|办|有空)?都(?:行|中|成|可以)|哪天(?:来)?都(?:行|中|成|可以)|不慌|慢慢(?:来|弄|修)|有空(?:了)?(?:再|来)"
)
_WORSE = late(
    r"越来越(?:大|厉害|多|凶|严重|急)|更(?:大|厉害|严重|多|凶)了|加重|(?:厉害|严重|大发|凶)了|(?:止|堵|挡|顶|撑|关|拦|截)不(?:住|上|死)了?|"
    r"(?:现在|这会儿?|这下|刚才|又)[^,。!?]{0,5}(?:哗哗|哗啦|喷|往外[涌冒淌流]|直淌|直冒|淹|塌|漫)|哗哗(?:地|的|往)?(?:流|淌|漏|下|冒|的了|了)|"
    r"漫(?:到|出|过|进)|(?:流|淌|漏|渗|滴|泡|冲)到(?:了)?(?:楼下|一楼|楼道|邻居|人家|隔壁|电|插座|床|屋里|客厅)|"
    r"(?:水管|管子|管道|暖气|阀门?|接头|水)[^,。!?]{0,4}(?:崩|爆|炸|断|裂)(?:了|开)|满(?:屋子?|地|厨房|院子?|楼道|客厅)(?:都|全)?是?水|"
    r"喷(?:出来|了一|得)|(?:快|要)(?:塌|倒|掉下|断|漫|淹)|都(?:泡|淹)(?:了|上|起来)|掉下来(?:一|了|好|半)|裂得"
)
_HANGS_ON_IT = late(
    "吸氧|制氧|氧气|呼吸机|透析|尿毒症|胰岛素|鼻饲|吸痰|卧床|瘫|起不来床|下不了床|月子|刚出生|新生儿|吃奶|早产|待产|临产|孕妇|怀孕|刚做完?手术"
)
_NO_WORSE = late(
    r"没(?:有)?(?:更|越|再|加重|漫|流到|渗到)|不(?:怎么|咋|太)|好(?:多|点|些)了|小(?:多|点|些)?了|[吗么?]$|要是|如果|万一|怕|别"
)
_PUTS_OFF = late(
    r"(?:今天|今儿|今晚|下午|上午|中午|晚上|明天|明儿|现在|这会儿|先|周[一二三四五六日天])[^,。!?]{0,4}(?:别|不用|甭|不要|不必)(?:再|着急)?(?:来|过来|上门|弄|修|跑)|"
    r"(?:别|不用|甭)(?:过)?来了?[,，。\s]*(?:我|家里?|我们)[^,。!?]{0,4}(?:要出|出去|出门|不在|没人|有事|上班)"
)
_BACK = late(
    r"又(?:有|开始|犯|来了|回来|冒|漏|不见|着|烧|打|疼|晕|喘|闹|吵)|比(?:刚才|刚刚|上午|早上|昨天|之前)还|(?:还是|还在|还有)(?:有)?(?:味|烟|火|打|闹|疼|晕)|不对[啊劲]"
)
_LATER = late(
    r"问问(?!题)|还没(?:来得及)?(?:看|试|用|回|到家)|(?:回去|回家|回来|晚上|明天|改天)(?:再)?(?:看|试)(?!过?了)|再(?:看看|观察|试试)|(?:在外|没在家|不在家)"
)
_BY_ANOTHER = late(  # 让我闺女评, 等孩子回来打分
    r"(?:让|叫|等|由|请|喊)(?:我|俺|咱)?(?:们)?家?的?(?:闺女|女儿|儿子|孩子|老伴|老头子?|老公|老婆|媳妇|孙子|孙女|女婿|他|她|别人|邻居)[\u4e00-\u9fff]{0,4}"
    r"(?:评价?|打分|点(?:评|一下|吧)?|评分|选|按)[吧啊呀了一下个价]{0,3}"
)
_NOT_OF_THE_RESULT = late(
    r"^(?:[哦嗯噢是啊,\s])*(?:人|师傅|他们?|修的|小伙子?)?(?:倒|也)?(?:是|都|已经)*(?:来|到)(?:看|修)?(?:过)?了(?:一趟|一下)?[啊呀吧]*$|"
    r"早干(?:嘛|啥|什么|吗)去了|(?:换|修|弄|办|装|查)了?个?(?:啥|什么|哪)|(?:几块|\d+块|钱)(?:给|付|交)(?:过|了)"
)
_MENDED_INDEED = late(  # 修啥呀 地上还是水 asks nothing
    r"(?:你们?)?(?:这)?(?:[修弄办换装查]|处理)(?:了)?(?:个)?(?:啥|什么)(?:呀|啊|嘛|[修弄办换]|玩意儿?)?[,。!?\s]+[^,]"
)
_FINE = late(
    r"(?:(?:谢谢|多谢|感谢|辛苦)[\u4e00-\u9fff]{0,3}[,。!\s]*)?(?:嗯+|对|可|哎)?[,。\s]*(?:好(?:了|啦)[,。!\s]*)*(?:是|都|现在|真|倒是)*(?:(?:真|挺|很|可)?(?:好使|好用|能用)(?:的|得很)?|没(?:有)?(?:再)?(?:吵|闹|漏|滴|堵)|(?:好使|好用|好|通|亮|热|暖和|来水|来电|来气|能用|不漏|不堵|不滴|不响|不臭|不吵|没堵|没漏|没响|没臭)(?:了|啦|着呢))"
    r"[,。!\s]*(?:(?:挺|真|很)?好(?:的)?|满意|(?:谢|多谢|感谢|辛苦)[\u4e00-\u9fff]{0,5}|[\u4e00-\u9fff]{0,4}(?:不错|真行))?"
)
_REFUSES = late(  # 我不同意; 那雪一压房不就塌了; 等到春天就晚了
    r"(?:我|我们|这|那|可|坚决|,)*(?:不同意|不认可|不接受|不答应|不干|没同意)(?!.{0,2}[吗?])|"
    r"(?:这|那)(?:可|也|怎么|哪|就|,)*(?:不行|不成|不中|行啊|成啊|能行)(?!.{0,1}[吗?])|"
    r"不就(?:要|得|会|该|全|都)?(?:塌|倒|垮|掉|着|烧|淹|漏|砸|出事|冻|断|炸|坏|完|晚)|"
    r"(?:等到?|到)[^,。!?]{1,6}(?:就|可|早|都|黄花菜)(?:晚|来不及|凉|迟)"
)
_AFTER_ALL = late(
    r"还是(?:得|要|请|麻烦)?(?:你们?|您|师傅)?(?:来|修|看|弄|办)|(?:撤|取消|点|按|发)错了|我说的是.{0,6}不用来|还(?:得|要)(?:你们)?(?:来|修)|"
    r"又(?:堵|漏|坏|不亮|停|响|滴|臭|灭|冒)|(?:今天|今儿|今|明天|现在)[^,。]{0,4}有空.{0,3}来|可以来了|来吧"
)
_HE_LEFT = late(
    r"(?:他|她|人|老公|丈夫|那[人男]|男的|对象|前夫|儿子|醉汉)(?:已经?|刚才?|自己|都|现在|,)*(?:走|跑|离开|出去|下楼|溜)(?:了|掉了|远了)"
)
_ENDED = late(  # enough for the offer to withdraw
    r"找(?:着|到|回来?)了|来(?:电|水|气|暖气)了|(?:修|弄|办|换|清|装|疏通|处理|解决|收拾|掏|捅)(?:好|完|妥|利索|走|开)|解决了|"
    r"(?:已经|自己|都|又|就|^|[,\s])(?:好|通|亮|不漏|不堵|不滴|不响|不臭|回来)了|(?:清|拉|搬|挪|开|收)走了"
)
_NOT_ENDED = late(
    r"没(?!事|问题)|不(?!漏|滴|堵|响|臭|用|错|管|麻烦|好意思)|又(?!好|通|亮)|还|快|[?吗么]|要是|如果|等|时候|着呢|正|在[修弄办换]|就是|但|可是|才|刚"
)
_STILL_AT_IT = late(
    r"又(?!好|通|亮|来电|来水)|(?:着|[修弄干忙查看]|在)呢|正在|还[在没有得要]|没(?!事|问题)|(?<![电水气暖起回])(?:来|到)了(?!电|水|气|暖)[啊呀吧哦,。!\s]*$|"
    r"[说写打发]错"
)
_GOES_ABOVE = late(
    r"(?:再|要是|还|你们?|,|今天|明天|都|这么|一直|总|到底|没(?:有)?人|不|没|来|管|修|办|理|的话|那|等着|信不信)*(?:我|俺)?(?:就|可|要|真|得|只好|只能|去|上)*"
    r"找(?:你们?)?(?:[大小老]?[\u4e00-\u9fff])?(?:书记|主任|领导|上头|上级|上面|街道|镇上|政府)(?:去|评理|说理|说道)(?:了|啊|呀|啦|的|!)*"
)
_DROPS_IT = late(
    r"(?:那|就|给我|帮我|把[它他]|可以|请|,)*(?:(?:撤|取消|销)(?:[销消]|掉|单)?了?吧?|(?:不用|甭|别)(?:再)?(?:来|办|管|弄|修)了)[啊呀哈]?"
)
_ASKS_BACK = late(
    r"(?:(?:我|俺)?(?:家)?(?:儿子|闺女|女儿|孩子|老伴|邻居|他|她|自己|我)[^,。!?]{0,3}(?:不会|[修弄搞通换]不[了好]|没[修弄搞通换]好|没空|[来回]不[了来])[^,。!?]{0,3}[,。\s]*)?"
    r"(?:还是|那还是|还得)(?:得|要|请|麻烦|让|劳驾)?(?:你们?|您|师傅)?(?:过来|来|上门)?(?:帮忙|给)?(?:修|看|弄|办|一趟|一下|看看)*[吧啊呀了]*(?:谢谢|麻烦了|辛苦)?"
)
_NOT_OVER = late(r"没(?!啥|什么|事|大)|不(?!要紧|碍)|还|又|快|[?吗]")
_SPOILS_PRAISE = late(r"没|不(?!错|漏|滴|臭|吵|堵|响)|又|还(?!行|可以|不错|挺)|[?吗]")
_SPOILS_ANY = late(rf"{_SPOILS_PRAISE.pattern}|白|光|就是|可是|但|照样|才")


_THING_OFF = late(  # 水龙头也不用来了; 煤气表不用了,换好了; 把下水道的事撤了
    r"(?:把|将)?(?:那|这)?(?:我家|我们家|家里|咱家|俺家)?的?(?:那个|这个)?(?P<thing>[\u4e00-\u9fff]{2,8}?|[灯锁狗树])"
    r"(?:那[个件边]?|这[个件]?)?的?(?:事儿?|活儿?|单子?)?[,\s]*(?:(?:已经|都|自己|又)*(?:修|弄|换|通|装)?(?:好|通|亮)了[,\s]*)?(?:也|都|就|给我)*"
    r"(?:(?:不用|别|甭|不必|不需要)(?:再)?(?:麻烦)?(?:你们?|您|师傅)?(?:过来|来|修|管|办|换|看|弄|装|清|通|查|派人?)*(?:了|啦)|(?:不修|不办|不弄)了|撤(?:[销消]了?|掉|了))"
    r"[吧啊呀]?(?:[,。!\s]+(?P<why>.{1,16}))?"
)
_NO_THING = late(
    r"^(?:你|您|我|咱|俺|他|她|大家|人|那|这|哪|真|就|也|都|今|明|后天|上午|下午|中午|晚上|现在|以后|暂时|先|算|谢|行|可以|单|工单)|[了好没不]|自己|已经|"
    r"^[小老][\u4e00-\u9fff]$|师傅|书记|主任|大夫|医生|同志|老师|电工|网格员|胡同长|志愿者|救护车|120|警察|消防|物业|社区|儿子|女儿|闺女|老伴|孩子|邻居"
)
_THANKS = late(r"谢|辛苦|自己|麻烦|[看来修弄]过")


def thing_withdrawn(text: str) -> str:
    """门锁 of 门锁不用修了: the thing of which he says that nobody need come for it; empty for anything else, and for
    师傅不用来了. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,。!~;:\n")
    match = _THING_OFF.fullmatch(plain) if len(plain) <= _LONGEST else None
    if match is None or _NO_THING.search(match["thing"]) or _WANTS_STILL.search(plain) or _PUTS_OFF.search(plain):
        return ""
    why = match["why"] or ""
    is_reason = is_fine_now(why) or read_continuation(why) in (Continuation.SOLVED, Continuation.WITHDRAWN)
    return match["thing"] if not why or is_reason or _THANKS.search(why) else ""


def sounds_over(text: str) -> bool:
    """Does a danger seem to have passed, or never to have been: 找着了, 虚惊一场, 我没叫救护车? Enough for a kind word,
    not to call anybody off."""
    plain = normalise(text[: _LONGEST * 2])
    return bool(_MISTAKEN.search(plain)) or (bool(_OVER.search(plain)) and not _NOT_OVER.search(plain))


def attacker_left(text: str) -> bool:
    """他走了, of one who struck: of anybody else it may mean that he is lost, or dead."""
    plain = normalise(text[: _LONGEST * 2])
    return bool(_HE_LEFT.search(plain)) and not _NOT_OVER.search(plain)


def sounds_worse(text: str) -> bool:
    """Does it grow while they wait: 现在哗哗的了, 漫到楼下了, 越来越厉害? What may happen is not meant."""
    plain = normalise(text[: _LONGEST * 2])
    return bool(_WORSE.search(plain)) and not _NO_WORSE.search(plain)


def cannot_be_without(text: str) -> bool:
    """Does a body hang on it: 我老头吸氧机要用电, 家里有刚出生的? For him a cut is not what it is for others."""
    return bool(_HANGS_ON_IT.search(normalise(text[: _LONGEST * 2])))


def comes_back(text: str) -> bool:
    """又开始了, 比刚才还冲, 还是有味: what seemed over is not."""
    plain = normalise(text[: _LONGEST * 2])
    return bool(_BACK.search(plain)) and not _NO_WORSE.search(plain)


def judges_later(text: str) -> bool:
    """Will he see, or ask somebody, before he says how it is: 我问问我妈, 还没看呢?"""
    return bool(_LATER.search(normalise(text[: _LONGEST * 2])))


def lets_another_judge(text: str) -> bool:
    """让我闺女评, to the question how it was. Never raises."""
    return bool(_BY_ANOTHER.fullmatch(normalise(text[:_LONGEST]).strip(" ,。!~")))


def says_nothing_of_it(text: str) -> bool:
    """来过了 tells of the visit, 早干嘛去了 is anger about the wait, 换了个啥 a question, 20块给过了 the bill: nothing
    of the result, unless it is said beside that it is not solved."""
    plain = normalise(text[:_LONGEST]).strip(" ,。!~")
    if read_continuation(plain) is Continuation.NOT_SOLVED or _MENDED_INDEED.match(plain):
        return False
    return bool(_NOT_OF_THE_RESULT.search(plain))


def refuses_result(text: str) -> bool:
    """我不同意, 等到春天就晚了, said to what was promised as a result. Never raises."""
    return bool(_REFUSES.search(normalise(text[: _LONGEST * 2])))


def is_fine_now(text: str) -> bool:
    """是通了, 不堵了 挺好: plainly well, whatever else 不 and 没 may mean."""
    return bool(_FINE.fullmatch(normalise(text[:_LONGEST]).strip(" ,。!~")))


def wants_it_after_all(text: str) -> bool:
    """还是来吧, 我说的是今天不用来: he had withdrawn it, and did not mean it, or does no more."""
    return bool(_AFTER_ALL.search(normalise(text[:_LONGEST])))


def seems_over(text: str) -> bool:
    """找着了, 来电了, 师傅弄完走了, of what is open: enough to offer that it be withdrawn. Never raises."""
    plain = normalise(text[:_LONGEST]).strip(" ,。!~")
    return bool(_ENDED.search(plain)) and not _NOT_ENDED.search(plain) and not _STILL_AT_IT.search(plain)


def is_still_at_it(text: str) -> bool:
    """又来了, 师傅来了 弄着呢: nothing that ends. Never raises."""
    return bool(_STILL_AT_IT.search(normalise(text[: _LONGEST * 2]).strip(" ,。!~")))


def threatens_to_go_above(text: str) -> bool:
    """我找你们书记去: anger that nothing is done, and no word of anybody or anything else. Never raises."""
    return bool(_GOES_ABOVE.fullmatch(normalise(text[:_LONGEST]).strip(" ,。!~")))


def drops_it_at_last(text: str) -> bool:
    """医保的事我闺女弄好了 撤了吧: what he tells ends with the wish that it be withdrawn. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,。!~")
    before, _, last = plain.replace("。", ",").replace(" ", ",").rpartition(",")
    is_short = (
        len(plain) <= _LONGEST and bool(before) and not _WANTS_STILL.search(plain) and not _PUTS_OFF.search(plain)
    )
    return is_short and _DROPS_IT.fullmatch(last) is not None


def asks_back(text: str) -> bool:
    """我儿子不会修 还是你们来吧: nothing but that they shall come after all."""
    plain = normalise(text[:_LONGEST]).strip(" ,。!~")
    return len(plain) > len("还是来") and bool(_ASKS_BACK.fullmatch(plain))


def says_no_hurry(text: str) -> bool:
    """不着急,明天再说: whatever else it sounds like, nobody is to be woken for it."""
    return bool(_NO_HURRY.search(normalise(text[: _LONGEST * 2])))


def threatens_to_complain(text: str) -> bool:
    """再不来我投诉了, 我要打12345: anger that nobody comes, and no word of anybody or anything else."""
    return bool(_THREATENS.fullmatch(normalise(text[:_LONGEST]).strip(" ,。!~")))


def cannot_wait(text: str) -> bool:
    """等不到早上了, said to somebody who has promised to come by and by."""
    return bool(_CANNOT_WAIT.fullmatch(normalise(text[:_LONGEST]).strip(" ,。!~")))


def may_spoil_praise(text: str) -> bool:
    """Does it hold a word that turns praise into its contrary: 没来过, 白折腾, 就是…?"""
    return bool(_SPOILS_ANY.search(normalise(text[: _LONGEST * 2])))


def read_continuation(text: str) -> Continuation | None:
    """What short words can say of a known matter; None for anything else. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,。!~;:\n")
    if not plain or len(plain) > _LONGEST:
        return None
    for continuation, form in _FORMS:
        if continuation is Continuation.WITHDRAWN and (_WANTS_STILL.search(plain) or _PUTS_OFF.search(plain)):
            continue
        if not form.search(plain) or (continuation is Continuation.SOLVED and _SPOILS_PRAISE.search(plain)):
            continue
        if continuation not in _HURRIES or not says_no_hurry(plain):
            return continuation
    return None
