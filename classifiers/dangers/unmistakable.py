"""Forms of speech that leave no doubt of their kind of danger, whatever else in them sounds like another.

| said | is |
|---|---|
| 一根绳吊死算了; 真想一头扎进河里; 拿刀抹脖子算了; 这罪我一天也不想受了 | self_harm: a way to die, and 'so be it' |
| 我闺女拿刀片划胳膊 | self_harm: no other person is touched |
| 孩子摸了插座倒在地上不动了 | electric: who runs to him must switch off first |
| 停电了,我老伴用制氧机 | medical: he breathes by power |
| 孩子趴在窗台上往外爬 | trapped: the fire brigade has the ladder |
| 撞豆腐上死了算了; 热得想一头扎进河里; 蟑螂踩死算了; 让他吊死算了 | none of them |

All functions take a normalised text (`tidying.essence`) and never raise.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late
from classifiers.requests.behalf import KIN

_POISON: Final = r"(?:敌敌畏|农药|百草枯|草甘膦|除草剂|安眠药|毒药|(?:老鼠|耗子|灭鼠)药)"
_WATER: Final = r"(?:河|井|江|湖|海|水库|池塘|塘|沟|渠|机井|水里|崖)"
_WAY: Final = (  # to die by one's own hand
    rf"(?:吊死|上吊|勒死|卧轨|(?<!要)撞死|碰死|抹(?:了)?脖子|割(?:了)?(?:脖子|手?腕)|跳(?:楼|桥|崖|{_WATER})|"
    r"(?:撞|碰)(?:到|在|向)?(?:墙|树|柱子|车)(?:上|子上)?死|"
    rf"(?:一头)?(?:扎|栽|投|蹦)(?:进|到|在|下|去)?{_WATER}|"
    r"从[^,。!? ]{1,6}(?:跳|蹦)下去?|(?:捅|砍|掐|勒)死(?:我)?自己|"
    rf"(?:喝|吞|吃|灌)(?:了|瓶|口|点|包|掉|一|半|,)*{_POISON}|{_POISON}(?:喝|吞|吃|灌)(?:了|下去|掉)?)"
)
_SO_BE_IT: Final = (
    r"(?:算[了球毬啦]|算逑|拉倒|得了|算完|完事|了事|(?:多|倒|就|才|也|还|能|死了)+(?:清净|干净|痛快|利索|省心))"
)
_LONGS: Final = r"(?:真想|恨不得|恨不能|好想|巴不得|只想|就想|我想|俺想|不如|干脆|索性)"
_DIES_AND_BE_IT = late(rf"{_WAY}[^,。!?]{{0,6}}?{_SO_BE_IT}")
_LONGS_TO_DIE = late(rf"{_LONGS}[^,。!?]{{0,6}}?{_WAY}")
_NOT_A_DAY_MORE = late(  # of the life itself: 这日子俺一天也不想熬了
    r"(?:日子|罪|苦)[^,。!?跟和]{0,6}(?:一[天刻日秒]|半天|一分钟)(?:都|也)?(?:是)?(?:不想|不愿意?|真不想)(?:再)?(?:熬|受|撑|捱|挨|活)"
)
_OF_A_NUISANCE = late(
    r"暖气|噪|吵|漏|堵|臭|修|物业|停[水电]|没[水电]|楼[上下]|邻居|隔壁|垃圾|[冷热黑脏]|灯|电梯|班|课|岗|学校|老板|房东"
)
_AFTER_ME = late(
    r"(?:^|[,。!? ]|哪天|要是|如果)(?:我|俺)(?:要是|如果|万一|哪天|若是|要|真)*(?:没了|不在人世了?|"
    r"不在这世上了?)(?=[,。!? ]|以后|之后|的话)[^。!?]{0,8}"
    r"(?:帮|麻烦|拜托|替|托|求)[^。!?]{0,8}(?:照看|照顾|照料|收养|喂|养)"
)
_FIGURE = late(
    r"豆腐|面条|棉花|哈哈|[热笑臭尬]得|热死|笑死|太热|凉快|游泳|洗澡|空调|冰箱|泳池|丢人|蚊|蟑螂|老鼠(?!药)|耗子(?!药)|[鸡鸭鱼虫狗猫羊猪]|"
    r"草(?!枯|甘)|苗|杂草|树(?!上|下)|电视|电影|小说|视频|新闻|剧里|戏里|评书|歌词|跳楼价|甩卖|清仓|打折|促销"
)
_IN_JEST = late(r"(?:豆腐|面条|棉花)[^,。!?]{0,6}(?:撞|吊|勒|碰)?死|(?:撞|碰)[^,。!?]{0,3}(?:豆腐|棉花)")
_OF_ANOTHER = late(
    r"(?:让|叫)(?:他|她|那|这|它)|(?:他|她|那[人种家个]|这[种人]|你们?)[^,。!? ]{0,6}(?:咋|怎么|为啥|何|"
    r"干嘛)[^,。!? ]{0,2}不|"
    r"你们?(?:去|赶紧|快|就)|巴不得(?:他|她|你|人)|恨不得(?:让|叫)?(?:他|她|你|人)"
)
_OF_OLD = late(r"以前|从前|去年|前年|那年|小时候|年轻(?:时|的时候)|听说|早些年|清明|上坟")
_CUTS_HIMSELF = late(
    r"(?:拿|用)(?:着|了|起)?(?:一?[把块片个])?(?:小?刀片?|刀子|菜刀|水果刀|剪[刀子]|玻璃|碎片|美工刀|"
    r"钉子)[^,。!? 我他她人]{0,3}"
    r"(?:划|割|扎|戳|剌|捅)(?:自己|她自己|他自己|着?胳膊|着?手[腕臂]|着?脖子|着?大?腿)"
)
_BY_MISHAP = late(
    r"不小心|失手|切菜|做饭|干活|削|杀[鸡鱼猪]|划[破伤到了]了?个?(?:口子|小口)|口子|手术|医生|大夫|游戏|演|戏|电视|电影|"
    r"狗|猫|鸡|[羊牛猪]|别人|同学的|邻居的"
)
_LIVE: Final = (
    r"(?:插座|插排|排插|插线板|接线板|插头|插销|电线|电缆|电门|开关|电闸|电表箱?|配电箱|电箱|洗衣机|热水器|冰箱|电饭锅|电扇|风扇|充电器|"
    r"灯泡|灯杆|路灯|水泵|潜水泵|空调|电褥子|电热毯|铁丝)"
)
_FELLED: Final = r"(?:倒(?:了|下|地|在)|栽倒|躺(?:地|在)|抽(?:起来|过去|搐|成)|晕|昏|叫不|喊不|没气|甩不)"
_STILL: Final = r"(?:不动了?|没(?:了)?反应|没(?:了)?知觉)"
_BIT: Final = r"(?:了|着|到|上|一下|下|一|个|那|家里?的?|这)*"
_TOUCHED = late(
    rf"{_LIVE}[^。!?]{{0,10}}?(?:一|刚|就|,|我|他|她|人)(?:摸|碰|插|拔|拧|按|抓|够)[^。!?]{{0,12}}?{_FELLED}|"
    rf"(?:摸|碰|插|拔|拧|按|抓|捅|抠){_BIT}{_LIVE}[^。!?]{{0,12}}?{_FELLED}|"
    rf"(?:摸|碰|抓|捅|抠){_BIT}{_LIVE}[^。!?还也]{{0,10}}?{_STILL}|"
    rf"{_LIVE}[^。!?]{{0,10}}?(?:一|刚|就|,|我|他|她|人)(?:摸|碰|抓)[^。!?还也]{{0,10}}?{_STILL}"
)
_THING_STOPS = late(  # he who tells it stands: 我一碰洗衣机就不动了
    rf"(?:我|俺)(?:就|刚|才|一|,)*(?:摸|碰|抓){_BIT}{_LIVE}[^,。!?人]{{0,4}}{_STILL}|[没不](?:倒|晕|昏)|电视|电影|演[习练戏]|万一|如果|要是|上次|去年"
)
_SOMEBODY = late(
    rf"{KIN}|小[孩子]|学生|丫头|我(?!家|们)|俺(?!家|们)|人(?!家)|[他她](?!家)|娃|宝|老头|师傅|电工|"
    rf"媳妇|老公|老婆|男的|女的"
)
_BREATHES = late(
    r"(?:天天|在家|一直|得|要|靠|正|离不开|我[妈爸爹娘]|老[伴人]|爷爷|奶奶)(?:是|都|就)?吸(?:着)?氧(?!机)(?:的|呢)?(?![^,。!?]{0,4}(?:医院|好了))|"
    r"(?:用|靠|吸|离不[了开]|戴|插|上|开)(?:着)?(?:的是?|家用的?|个|台|那个)?(?:制氧机|呼吸机|氧气机|吸氧机)|"
    r"(?:制氧机|呼吸机|氧气机|吸氧机)[^,。!?]{0,8}(?:停|不能用|用不[了成]|不[转响动工]|没电|断)"
)
_POWER_GONE = late(r"(?:停|断|没)(?:了)?电(?!话|梯|池|费|视|脑|影|动|瓶)|电(?:停|断|没)了|跳闸")
_POWER_COMES = late(
    r"来电了(?!.{0,4}又)|没停电|不停电|备用|应急电源|发电机|氧气[瓶罐袋]|明[天早晚儿]|后天|下周|通知|计划|会不会|万一|如果|要是|上次|去年|以前|那次|电费"
)
_AT_THE_WINDOW = late(
    r"(?:孩子|小孩|娃|宝宝|小朋友|孙子|孙女|学生)[^,。!?没]{0,10}(?:窗台?|阳台|防盗[网窗]|栏杆|楼顶|房顶)[^,。!?没不]{0,6}"
    r"(?:往外(?:爬|翻|探)|爬出去|翻出去|半个身子|挂在外|悬着|悬空)"
)
_TOLD_OF = late(rf"(?:{KIN}|老头|媳妇|老公|老婆|[他她])[^,。!?]{{0,5}}(?:说|念叨|嚷|喊|闹着|想|要|讲|拿|把自己)")
_OF_ANOTHERS_HAND = late(r"[他她你](?!的?手)|老公|老婆|媳妇|儿子|邻居|有人|砍|捅|腕")
_CUT_BY_MISHAP = late(
    r"(?:切菜|切肉|做饭|干活|削[^,。!?]{0,4}|剁|不小心|失手)[^。!?]{0,10}(?:划|切|割|剁|削)(?:着|到|破|伤|了|了一下)*[^,。!?]{0,3}(?:手|指)"
)


def unmistakable_kind(text: str) -> str:
    """The kind of danger that stands in words which cannot mean another; empty when none does."""
    if speaks_of_dying(text) or _cuts_himself(text):
        return "self_harm"
    if _TOUCHED.search(text) and _SOMEBODY.search(text) and not _THING_STOPS.search(text):
        return "electric"
    if _BREATHES.search(text) and _POWER_GONE.search(text) and not _POWER_COMES.search(text):
        return "medical"
    return "trapped" if _AT_THE_WINDOW.search(text) else ""


def speaks_of_dying(text: str) -> bool:
    """吊死算了, 真想跳河: of himself, or of one whose words he tells."""
    if _AFTER_ME.search(text):
        return True
    if _FIGURE.search(text) or _OF_ANOTHER.search(text) or _OF_OLD.search(text):
        return False
    if _DIES_AND_BE_IT.search(text) or _LONGS_TO_DIE.search(text):
        return True
    return bool(_NOT_A_DAY_MORE.search(text)) and not _OF_A_NUISANCE.search(text)


def was_cut_by_mishap(text: str) -> bool:
    """切菜不小心划了手: no knife was raised against anybody."""
    return bool(_CUT_BY_MISHAP.search(text)) and not _OF_ANOTHERS_HAND.search(text)


def dies_in_jest(text: str) -> bool:
    """撞豆腐上死了算了: nobody ever did."""
    return bool(_IN_JEST.search(text))


def speaks_of_himself(text: str) -> bool:
    """Of no other whose words or deeds he tells: 喝敌敌畏算了,省得拖累娃们."""
    return speaks_of_dying(text) and not _TOLD_OF.search(text)


def _cuts_himself(text: str) -> bool:
    return bool(_CUTS_HIMSELF.search(text)) and not _BY_MISHAP.search(text)
