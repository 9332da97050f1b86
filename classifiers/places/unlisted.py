"""Places that are named and that no roster knows: 解放路12号, 王各庄, 和平小区3号楼. Such a place is asked about.

Whoever is not asked is sent to the lane he is bound to, so a name that is missed costs a wrong lane; but whoever is
asked for nothing loses patience. So only what can hardly be anything else counts:

| said | counts |
|---|---|
| a street | with a door behind it, or behind 在, 住: 解放路12号, 住县城人民路 |
| a lane, an estate, a village | at the beginning of a clause, or behind 在, 住, 是: 柳树巷, 和平小区, 东关村 |
| a lane, an estate | behind 我们, of which he speaks as his: 我们柳树巷那边 |
| an estate | with a building behind it, wherever it stands |
"""

from __future__ import annotations

import re
from typing import Final

from classifiers.members.persons import SURNAMES
from classifiers.reader.late import late

# Signs that tell who, which, how many or what is done; no name of a place that people would say holds one.
_NEVER: Final = (
    "我你您他她它俺咱们恁侬阿这那哪此该某每别邻隔壁另几多全整满半两个条座栋间截的得了着过在住是把给让叫请想要去来到往从"
    "跟对被将说听问看见找还就都也又再刚很最不没有无能会可应为因所以如但吗呢吧啊呀喂嗨唉嘛哎出走跑送带拿找修雨报研究夸骂替本第晨帮系"
    "搞办做弄挖堵占停漏坏谁啥咋怎么什今昨点号层户口边旁等用换租借买卖盼求烦怕愿死"
)
_SIGN: Final = rf"(?:(?![{_NEVER}]|(?<!前)进)[\u4e00-\u9fff])"  # 前进路, but 水进村
_TOWN: Final = r"(?:县城|城里|镇上|县里|市里|老家)?的?"  # 我姑家在县城人民路
_CLAUSE: Final = r"(?:(?<![\u4e00-\u9fff\da-z])|(?<=[在住是址]))"
# 高速路, 线路, 短路, 一路, 修路, 十字路 and their like are no streets; 路 and 街 alone are none either.
_NO_STREET: Final = (
    "速铁电线水一半走修回短马公道网气管思套出退迷问让拦堵带赶过上下顺绕土子泥油主辅支大小盲岔字柏砂沥扫石环车"
)
_NO_STREETS: Final = "上学|放学|求学|小学|学校|小区|石板|公共|沙石|青石"
_STREET: Final = rf"(?:大街|大道|(?<![大小逛沿临步业货骂])街|(?<![{_NO_STREET}])(?<!{_NO_STREETS})路|胡同|巷|里弄)"
_STREET_NAME: Final = rf"(?:{_SIGN}{{2,4}}{_STREET}|[东西南北前后中](?:大?街|路))"
_DOOR: Final = r"\d{1,5}(?:弄|号(?![线台机窗柜桌]))"
_BUILDING: Final = r"(?:[\da-z]{1,4}(?:号|栋|幢|座|单元|#|-\d)|[东西南北]区\d)"
_COMMON_ESTATE: Final = (
    r"(?:老旧|小区|医院|养老|老年|学生|青年|人才|安置|街心|屋顶|楼顶|社区|中心|入户|骑手|员工|职工|单身|长租|出租|商务|酒店|空中|封闭|高档"
    r"|智慧|文明|老城|新式|商品|普通|附近|周围|南边|北边|东边|西边|后头|前头|美丽|温馨|幼儿|街角|口袋|小小|人家|搬迁|建议|希望|谢谢|感谢|明日|前天|地址)"
)
_ESTATE: Final = rf"(?!{_COMMON_ESTATE}){_SIGN}{{2,4}}(?:小区|花园|家园|公寓|苑)(?!主任|经理|书记)"
_VILLAGE: Final = (
    rf"(?!人家|房车|石家庄|枣庄)(?:{_SIGN}{{2,3}}|[{SURNAMES}])"
    r"(?:(?<![农城中渔外邻驻包乡山本自新老大小古])村|(?<![饭钱茶邻村山赶])庄(?![稼重严户家])|屯|寨|(?<![露令军经宿正运民私拉兵扎训])营|(?<=[里家])铺)"
    r"(?![里上民委支干主长部外中内小医卫务官子广会业养收销姐哥叔姨婶嫂])"
)
_LANE: Final = rf"{_SIGN}{{2,4}}(?<![小窄深长大])(?:胡同|巷(?![道战子长]))"

_UNLISTED: Final = late(
    rf"{_STREET_NAME}{_DOOR}"
    rf"|{_ESTATE}{_BUILDING}"
    rf"|(?<=[在住]){_TOWN}{_STREET_NAME}(?!上?班|上学|工作|打工|开店|买|逛|吃)"
    rf"|(?<=[我俺咱]们)(?!.?[面边头侧])(?:{_LANE}|{_ESTATE})"
    rf"|{_CLAUSE}{_TOWN}(?:{_LANE}|{_ESTATE}|{_VILLAGE})"
)
# Few messages hold such a word at all, and looking for these alone is quick.
_ENDING: Final = late("[路街道巷弄区园寓苑村庄屯寨营铺]|胡同")


def unlisted_place(key: str) -> re.Match[str] | None:
    """The first place that a text names, in the spelling of names; leave out what the roster knows before asking."""
    return _UNLISTED.search(key) if _ENDING.search(key) else None
