"""Beasts, machines and carelessness that harm a thing and nobody: crops eaten, a ridge run over, money lost.

| said | is |
|---|---|
| 老周家的羊啃俺家麦苗; 收割机把俺家地埂轧了 | a loss, between neighbours when it is a neighbour's beast |
| 猪瘟了 死了好几头; 苗让水淹了 | a loss, and nobody is in danger |
| 孙子把压岁钱弄丢了 | money is gone, and no grandson |
| 羊把俺顶倒了; 收割机把人轧了; 孙子丢了 | none of them |

All functions take a normalised text (`tidying.essence`) and never raise.
"""

from __future__ import annotations

from typing import Final

from classifiers.members.persons import SURNAMES
from classifiers.reader.late import late
from classifiers.requests.behalf import KIN

_BEAST: Final = r"(?:羊|牛|猪|鸡|鸭|鹅|驴|骡|马(?!上|路|桶)|兔子?|狗|猫|野猪|牲口|鸽子|麻雀)"
_MACHINE: Final = (
    r"(?:收割机|拖拉机|旋耕机|播种机|农机|铲车|挖掘机|挖机|钩机|推土机|三轮车?|大车|货车|卡车|拉[砖土石沙]?车|车)"
)
_CROP: Final = (
    r"(?:[麦稻豆菜瓜果树秧青禾]苗|苗|麦[地田子]|稻[田子]|庄稼|玉米|苞[谷米]|棒子|花生|豆子|棉花|红薯|菜[地园]?|[果葡]园|葡萄|果树|树|草坪|瓜|白菜|"
    r"[地田]埂|埂子|水渠|渠|院墙|围墙|墙|水管|管子|花(?:池|坛|盆)?|砖|路面?|井盖|门槛|台阶|篱笆|大棚|塑料布|薄膜|草垛)"
)
_HARM: Final = r"(?:啃|吃|踩|拱|祸害|糟蹋|糟践|轧|碾|压|刨|撞|刮|蹭|啄|毁|犁|铲|弄坏|拉断|塌)"
_HARMS = late(
    rf"(?:{_BEAST}|{_MACHINE})[^。!?]{{0,14}}?(?:{_CROP}[^,。!?]{{0,6}}?{_HARM}|{_HARM}[^,。!?]{{0,6}}?{_CROP})|"
    rf"{_CROP}[^,。!?]{{0,3}}(?:让|被|叫|给)[^,。!?]{{0,8}}?(?:{_BEAST}|{_MACHINE})[^,。!?]{{0,4}}?{_HARM}"
)
_STOCK: Final = (  # 马大爷 and 老牛 are people
    rf"(?<![老小姓])(?:{_BEAST}|牛犊|羊羔|猪[娃崽仔]|鸡[苗仔]|鱼|虾|蜂|牲畜|家禽)(?!大|婶|叔|姨|奶|爷|师|书记|主任|阿|老|先生|女士|同志|姐|哥|嫂|伯|某)"
)
_DIES = late(
    rf"{_STOCK}(?!蛋|肉|奶|毛|头|粪|圈|舍|场|饲料|年)[^,。!?]{{0,6}}?(?:死|瘟|得病|病了|拉稀|不吃食|跑[了丢]|丢了|让人偷|被偷)|"
    rf"(?:猪|鸡|禽)瘟|口蹄疫|死了[^,。!?人]{{0,4}}?[头只窝群条]{_STOCK}"
)
_GROWN: Final = (
    r"(?:[麦稻豆菜瓜果树秧青禾]苗|苗|麦[地田子]|稻[田子]|庄稼|玉米|苞[谷米]|棒子|花生|棉花|红薯|菜[地园]|[果葡]园|葡萄|果树|[田农]地?里?|"
    r"大棚|塑料布|薄膜)"
)
_BY_WEATHER = late(
    rf"{_GROWN}[^,。!?]{{0,4}}?(?:让|被|叫|给|都|全)?(?:[大暴下]?(?:风|雨|水|雪)|雹子?|冰雹|洪水|霜|虫子?)[^,。!?]{{0,4}}?"
    rf"(?:淹|泡|刮|冲|压|打|砸|冻|倒|塌|毁|吃)|{_GROWN}[^,。!?]{{0,3}}?(?:淹了|泡了|泡在|旱[了死]|倒伏|冻[了死]|涝)"
)
_HEADS = late(r"[几两三四五六七八九十百多半一\d]+(?:来)?[头只窝群条口]")  # 好几头 is counted, and no head
_OF_OLD = late(r"去年|前年|以前|从前|那年|小时候|早些年|听说|新闻|电视|抖音|视频|游戏|梦")
_A_HOUSE = late(r"房|屋|家里|院[里子]|炕|楼|人|孩子|老[人头太]|埋|困|电线|高压")
_NAMES_CROP = late(_CROP)
_LONGEST: Final = 100  # signs; who tells more may tell of people as well
_A_HOME = late(
    rf"(?:老|小)?[{SURNAMES}](?:大爷|大娘|大叔|大婶|叔|婶|嫂|哥)?家的?|(?:[我俺咱他她]们?|人|邻居|隔壁|街坊|大爷|大娘|谁|对门)家的?|(?:[我俺咱]们?|邻居|隔壁|街坊)的?(?={_CROP}|{_BEAST}|地)"
)
_SOMEBODY = late(
    rf"{KIN}|小[孩子]|学生|丫头|老[爷奶]|老[头太婆公]|人|[我俺他她]|娃|宝|媳妇|司机|男的|女的|驾驶员|血|晕|昏|倒|躺|腿|胳膊|手(?!机)|脚|头|起不来|受伤|咬|顶|踢|疼|120|救"
)
_NEIGHBOURS_BEAST = late(
    rf"(?:(?:老|小)?[{SURNAMES}][^,。!?]{{0,2}}家|[他她]家|邻居|隔壁|人家|对门|别人家)[^,。!?]{{0,2}}{_BEAST}"
)
_LOST = late(
    r"把[^,。!?把]{0,5}(?:压岁钱|零花钱|[学房饭车]费|钱|红包|包|书包|钥匙|手机|电话手表|手表|[卡证本票]|眼镜|校服|帽子|衣服|鞋|水杯|作业|课本|伞|球|红领巾|"
    r"玩具|自行车|滑板车|助听器|假牙|药|戒指|耳环|镯子|项链)(?:都|又|也|给|全)?(?:弄|搞|整)?(?:丢|没|不见)了?"
)
_ONE_LOST = late(
    r"走丢|走失|没回|找不[到着]人|不见人|人[^,。!?]{0,3}(?:丢|不见|没影)|跑[丢了]|出走|到处找|四处找|失踪|联系不上"
)


def harms_only_things(text: str) -> bool:
    """A beast or a machine, and what grows or stands on the land; nobody is named."""
    if len(text) > _LONGEST or not _NAMES_CROP.search(text):
        return False
    return bool(_HARMS.search(text)) and not _SOMEBODY.search(_A_HOME.sub("", text))


def loses_beasts(text: str) -> bool:
    """猪瘟了 死了好几头, 羊跑了: nobody has died, and nobody is missed."""
    is_of_beasts = len(text) <= _LONGEST and bool(_DIES.search(text)) and not _OF_OLD.search(text)
    return is_of_beasts and not _SOMEBODY.search(_HEADS.sub("", _A_HOME.sub("", text)))


def weather_spoils_the_field(text: str) -> bool:
    """苗让水淹了, 大棚让风刮塌了: what grows there, and no home."""
    is_hurt = len(text) <= _LONGEST and bool(_BY_WEATHER.search(text)) and not _OF_OLD.search(text)
    return is_hurt and not _A_HOUSE.search(text)


def is_of_a_neighbours_beast(text: str) -> bool:
    """For which neighbours quarrel."""
    return harms_only_things(text) and bool(_NEIGHBOURS_BEAST.search(text))


def lost_only_a_thing(text: str) -> bool:
    """孙子把压岁钱弄丢了: who lost it is there."""
    return bool(_LOST.search(text)) and not _ONE_LOST.search(text)
