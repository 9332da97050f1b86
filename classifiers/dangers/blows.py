"""Who strikes whom, and how near a blow is: a threat, a push, a weapon; at home, or by a neighbour.

The trained reader hears that there is violence, and seldom who does it: 他要打我 is a husband to it. Who 他 is stands
in what was told before, which only the desk knows; what the words themselves say is told here. Never raise.
"""

from __future__ import annotations

from typing import Final

from classifiers.members.persons import SURNAMES
from classifiers.reader.late import late

_KIN: Final = (
    r"(?:老公|丈夫|(?:我|俺|她|他)(?:家)?(?:的)?(?:男人|对象|媳妇|爱人|那口子)|老婆|妻子|媳妇|[爸爹妈娘]|父亲|母亲|公公|婆婆|儿媳妇?|女婿|继父|后爸|后妈|前夫|前妻|"
    r"儿子|闺女|女儿|孩子他?[爸妈]|孙子|孙女|爷爷|奶奶|老伴|[我俺](?:哥|弟|姐|妹|嫂子|叔|舅)|男朋友|女朋友|两口子)"
)
_HIT = r"(?:打|揍|掐|扇|踹|踢|捶|锤|拧|抽|推|泼|烫|砍|捅|勒|拽)"
_ONE = r"(?:我|俺|她|他|妈|爸|娘|爹|老[人太头]|奶奶|爷爷|婆婆|公公|孩子|娃|媳妇|老婆|人|耳光|巴掌|脖子|头发)"
_BY_KIN = late(
    rf"{_KIN}[^。!?;]{{0,12}}?{_HIT}[了过得着]?(?:我|俺)?的?{_ONE}|{_KIN}[^。!?;]{{0,10}}?(?:动手|拳打脚踢|往死里打)"
)
_KIN_BY_KIN = late(rf"{_KIN}[^。!?;]{{0,12}}?{_HIT}[了过得着死]?(?:我|俺)(?!家|们|的(?:车|狗|门|猫))")
_NAMES_KIN = late(_KIN)
_FRESH = late(
    r"昨|前[晚夜]|今[天早晚儿夜]|刚|夜里|半夜|这两天|这几天|(?:我|我们|孩子|真|很|好|太|特别)(?:害怕|"
    r"怕)(?:[了啊呀极死,。! ]|$)|不敢(?:回|出|待|睡)|躲[在到]|"
    r"流血|不给(?:饭|吃)|饿着|没饭吃"
)
_OFTEN = late(r"老(?=[打掐拧扇踹骂])|天天|总是?|经常|动不动|一喝|成天|三天两头")
_IN_FEAR = late(r"(?:我|我们|俺)(?:好|很|真|太|特别|都)?(?:害怕|怕)(?:死了|极了|得很)?(?:[,。!? ]|$)")
_LONG_AGO = late(
    r"以前|从前|去年|前年|早年|那年|小时候|上个?月|上[次回]|年前|[几十]年了?|一直以来|听说|如果|要是|万一|怎么办理"
)
_OF_OTHERS = late(r"听说|前院|后院|人家|同事|朋友跟我|电视|梦见|新闻")

_THREAT = late(
    r"(?:要|想|还要|扬言|说要|威胁|吓唬|非要|敢|准备|等着)[^,。!? ]{0,6}?(?:动手|打(?:我|俺|人|死|断|残|你|他|"
    r"她|老)|揍|砍|捅|弄死|弄残|收拾(?:我|俺)|砸(?:我|俺|死)|杀|拼命|干架)|"
    r"(?:快|就要|要|眼看)(?:打|干)起来|威胁(?:我|俺|人|要)|恐吓(?:我|俺)|撸袖子|(?:指着|揪着|堵着)(?:我|"
    r"俺)[^,。!? ]{0,4}(?:鼻子|骂|衣领|门)|跟(?:我|俺)没完"
)
_BLOW = late(
    r"(?:推|搡|打|揍|踢|踹|扇|捶|锤|拽|掐|撞|扔|泼|砸)了?(?:我|俺)(?!家|们家|的|门|窗|车|花|玻璃)|把(?:我|"
    r"俺)[^,。!? ]{0,6}(?:推|打|撞|摔|踹|按|摁|拽)[^,。!? ]{0,3}[倒了伤坏翻地在]|"
    r"动(?:了)?手了|动上手|打起来|打上了|拳打脚踢|打(?:伤|破)|给了(?:我|俺)[^,。!? ]{0,3}(?:拳|脚|巴掌|耳光|"
    r"下)|朝(?:我|俺)[^,。!? ]{0,4}(?:扔|砸|泼|抡)"
)
_WEAPON = late(
    r"(?:拿|抄|举|抡|掂|拎|提|操|持|攥|握|挥|动|掏)(?:着|了|起|出|来)*(?:一?[把根块个])?[^,。!? ]{0,3}?(?:刀|"
    r"斧|棍|棒|铁锹|铁锨|锄头|砖|酒瓶|锤|钢管|扳手|扁担|剪刀|家伙)"
)
_NO_WEAPON = late("堵|天花板|暖气|砌|占|垫|扫雪|铲|天天|老是|总是|动了?刀了?做|手术|瓜|做饭|切")
_NOT_YET = late(r"要|想|敢|威胁|扬言|差点|险些|如果|要是|万一|怕")
_OVER = late(
    r"昨|前[天晚夜]|上[次回周]|那天|早上|上午|上个|去年|以前|过去了|拉开了|走了|今早|(?:他|她|人)(?:这会儿?|现在|已经)?(?:去|出去|出门|上)[^,。!?]{0,4}(?:上班|打牌|干活|喝酒)?了(?!.{0,6}我)|出门了|上班了|没打|没动手"
)
_CALMED = late(
    r"(?:后来|现在|已经|都|也)[^。!?]{0,6}(?:冷静|消气|和好|好了|没事了|过去了|平静)|没(?:有)?(?:真的?)?动手|没打(?:起来|成)"
)
_NEARLY = late(r"(?:差点|险些|快|要|都要|就差)[^,。!? ]{0,3}(?:动手|打起来)")

_NEIGHBOUR = late(
    rf"楼[上下]|隔壁|对门|邻居|对过|街坊|租户|租客|房客|二房东|房东|[前后左右]院|(?:\d+|[一二三四五六七八九十]+)(?:号院?|楼|单元|室|户|层)(?:那|的)?(?:家|户|人|男|女|大|老)?|"
    rf"老[{SURNAMES}](?:[头太]|家|他)?|[{SURNAMES}]家|那户|那家人?|车主|有人|有个"
)
_SHAMEFUL = late("摸|扒|裤|强奸|猥亵|流氓|下流|亲我|抱我")
_HIM = late(r"[他她]|对方|那(?:人|男|女|个|家|户|老)|人家|楼[上下]|隔壁|对门|邻居|两口子|吵|骂|打|动手|刀|棍")
_STRANGER = late(
    r"(?:有|来了?|进来|闯进来|外头|外面|门口|楼道里?)?(?:一?个|俩|两个|几个|[一这那]?[群伙帮])(?:戴[^,。!?]{1,4}的|喝[多醉]了?的|光头的?|不认识的|陌生的?|面生的)?(?:男的|女的|男人|小伙子?|"
    r"醉汉|酒鬼|人|生人|疯子|外地人|光头)|有人|陌生人|生人|醉汉|歹徒|劫匪|小偷|不认识"
)
_OUT_THERE = late(
    r"楼道|走廊|挨家|挨门|街上|胡同|巷子|院里|院子|门口|楼下|广场|超市|店|路口|路上|村口|公园|大门|单元门|小区"
)
_OF_HOME = late(r"前夫|前妻|男友|男朋友|家里人|亲戚|[我俺](?:男人|对象)|网格员|书记|主任|干部|摸|扒|裤|强奸|猥亵|流氓")
_BY_A_THING = late(r"(?:电梯|门|盖|闸|机|窗|墙|架|灯|管)[^。!?]{0,12}(?:夹|挤|砸|磕|碰|绊|划|烫|撞)")
_BY_SOMEBODY = late(
    r"[打骂揍踹踢推搡掐扇]|动手|[他她](?!家)|你们|态度|保安|物业|师傅|经理|书记|主任|网格|楼长|干部|投诉|举报|保密|别说|别告诉"
)


def is_of_strangers(text: str) -> bool:
    """一个男的拎着斧子挨家砸门: nobody of the house, out where the neighbours pass; or a neighbour, armed."""
    is_out_there = _STRANGER.search(text) and _OUT_THERE.search(text)
    is_armed = _NEIGHBOUR.search(text) and _WEAPON.search(text) and not _NO_WEAPON.search(text)
    return bool(is_out_there or is_armed) and not names_kin(text) and not _OF_HOME.search(text)


def blames_a_thing(text: str) -> bool:
    """电梯关门夹人,我胳膊夹青了: bruised by a door, and nobody is blamed."""
    return bool(_BY_A_THING.search(text)) and not names_kin(text) and not _BY_SOMEBODY.search(text)


def by_kin(text: str) -> bool:
    """我公公打我, 儿媳妇老掐老太太: one of a household strikes another."""
    return bool(_BY_KIN.search(text))


def is_fresh_at_home(text: str) -> bool:
    """我老公昨天打了我, 儿媳妇老掐老太太 不给饭吃: blows at home that are over and not long ago, or come again and
    again while somebody goes hungry. 我老公打了我十几年 is as grave, and not of today."""
    return by_kin(text) and bool(_FRESH.search(text)) and not _LONG_AGO.search(text)


def is_in_fear_of_kin(text: str) -> bool:
    """我爸喝酒了打我妈 我害怕: who says so stands beside it. 老公总打我 我怕 tells a habit."""
    if not by_kin(text) or not _IN_FEAR.search(text):
        return False
    return not (_LONG_AGO.search(text) or _OVER.search(text) or _OFTEN.search(text))


def strikes_kin(text: str) -> bool:
    """孩子他爸威胁要砍我: who is struck, or shall be, is of the household too."""
    return bool(_KIN_BY_KIN.search(text))


def names_kin(text: str) -> bool:
    return bool(_NAMES_KIN.search(text))


def came_nearly_to_blows(text: str) -> bool:
    """吵到要动手的份上,后来都冷静了: a quarrel, and nobody was struck."""
    return bool(_NEARLY.search(text)) and bool(_CALMED.search(text)) and not _BLOW.search(text)


def threatens(text: str) -> bool:
    """他要动手, 还要打我, 眼看要打起来."""
    return bool(_THREAT.search(text))


def strikes_now(text: str) -> bool:
    """他推我 我摔地上了, 他拿菜刀了, 打起来了: a blow falls, or a weapon is out."""
    if _OVER.search(text) or _OFTEN.search(text):
        return False
    if _WEAPON.search(text) and not _NO_WEAPON.search(text):
        return True
    return any(not _NOT_YET.search(text[max(0, one.start() - 3) : one.end()]) for one in _BLOW.finditer(text))


def was_struck(text: str) -> bool:
    """他昨天推了我: over, and for today."""
    return bool(_BLOW.search(text)) or (bool(_WEAPON.search(text)) and not _NO_WEAPON.search(text))


def tells_of_a_neighbour(text: str) -> bool:
    """Is the other party of what was told somebody who lives near, and none of the household?"""
    return bool(_NEIGHBOUR.search(text)) and not names_kin(text)


def may_mean_him(text: str) -> bool:
    """他, 那男的, or nobody named: of whom was told before."""
    return bool(_HIM.search(text)) and not names_kin(text) and not _SHAMEFUL.search(text)
