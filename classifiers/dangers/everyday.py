"""What sounds like danger and is so every day: habits, trades with smoke and noise, legs that carry nobody downstairs.

| said | is |
|---|---|
| 他喝了酒就打人 | a habit, and nothing of today |
| 楼下烧烤火苗窜老高,天天如此; 隔壁练唢呐,每天两个钟头,敲门人家不开 | an annoyance |
| 我91岁,出不去门,想配副眼镜 | a wish of somebody who has long been indoors |
| 老太太拎水上五楼老喘 | what stairs do to the old |
| 电梯坏了,我婆婆在11楼下不来 | upstairs, and not in the lift |
| 楼下烧烤天天冒火,今天烧着雨棚了 | none of them: it has come |

All functions take a normalised text (`tidying.essence`) and never raise.
"""

from __future__ import annotations

from typing import Final

from classifiers.members.persons import SURNAMES
from classifiers.reader.late import late

_DRINKS_AND_STRIKES = late(r"(?:喝了?[点完多醉高]?了?酒?|生气|不顺心|一急|上头|输了?钱)就(?:[打骂砸摔踹]|动手|发疯)")
_STRIKES_NOW = late(
    "现在|正|这会|刚|又|今[天晚早儿夜]|昨|快|救|来人|在[打砸骂]|刀|血|报警|110|怎么办|咋办|受伤|[昏晕]|门外|堵|追|躲|怕|死"
)

_OFTEN = late(
    r"天天|每[天日晚夜早]|成天|整天|终日|一天到晚|从早到晚|老是|总是|经常|常年|三天两头|隔三[差岔]五|每[次回逢]|动不动|"
    r"一到(?:晚上?|早上|半夜|夜里|饭点|周末|天黑)|一直(?:这样|如此|都是)|[两三几]个(?:月|星期|礼拜)了|半年了|[一两三几好]+年了"
)
_TRADE: Final = (
    r"烧烤|烤串|烤肉|烤鸭|大排档|饭[店馆]|餐馆|饭庄|酒楼|小吃|夜市|早点[摊铺]|炸[鸡油串]|"
    r"爆炒|灶台|炉灶|铁匠|铁铺|焊|烧锅炉|锅炉房|烟囱|排烟"
)
_NOISE: Final = (
    r"唢呐|二胡|钢琴|小提琴|吉他|架子鼓|打鼓|敲锣|练[琴歌鼓嗓声]|吹号|萨克斯|葫芦丝|笛子|唱歌|唱戏|k歌|卡拉|音响|喇叭|低音炮|广场舞|"
    r"装修|电钻|冲击钻|打桩|跳绳|蹦跶|蹦迪|跺脚|拖[椅桌凳]|麻将|狗叫|狗吵|打呼噜|切割|噪音|噪声"
)
_THEIR_STOVE: Final = r"(?:[他她]家|隔壁|邻居|对门|楼下|那家|人家)[^,。!?我俺]{0,6}(?:炉子?|灶|烟筒|柴火)"
_ANNOYS = late(rf"{_TRADE}|{_NOISE}|{_THEIR_STOVE}")
_BOAST = late(
    r"(?:都|已经|嚷|说|喊|闹|吓唬|吓)[^,。!?]{0,4}(?:[一二两三四五六七八九十几好半\d]+(?:来|多)?(?:年|辈子)|多少[年回次])"
)
_NOBODY_HEEDS = late(r"(?:别|甭|不用|没人|谁也?不|都不|不)(?:理|信|当真|当回事|管|搭理|怕)")
_SOMEBODY = late(
    rf"老[{SURNAMES}]|[他她]|这人|那人|邻居|隔壁|楼[上下]|[我俺](?:家)?(?:哥|弟|姐|妹|叔|舅|[爸妈爹娘]|老公|男人|公公|婆婆|亲戚)"
)
_MAY_BE_TRUE = late(
    r"我(?:自己)?(?:想|要|不想)|这[回次]|今[天晚早]|现在|正|站在|药|绳|刀|留[了下]|遗|真[的要去]|担心|怕(?:他|她|真|出)"
)
_HAS_COME = late(
    r"头[晕疼痛昏]|恶心|想吐|吐了|中毒|煤气|燃气|天然气|液化气|漏气|火苗?[^,。!?]{0,3}[上到着]墙|我家[^,。!?]{0,4}着|现在|正|这会|刚|今[天晚早儿夜]|昨|突然|忽然|快[来救跑点叫]|救命|救救|来人|烧[着到]|烧起来|着了|[着起失]火|扑|灭|炸了|窜[到上进]|蔓延|"
    r"倒[了下在]|[昏晕][了倒过]|栽|摔|[叫喊]不[醒应]|没(?:声|动静|反应|气)|不动|喘不|不省|吐血|抽[了搐风]|嘴唇|脸[色都]|冒[冷汗]|抬|刀|砍|血|死"
)

_CANNOT_GO_OUT = late(
    r"出不[去了]门|出不了?屋|下不[去了来]楼|下不了?[床炕]|上下楼|走不[了动]?(?:远|路)|腿脚?不[好便行灵]|行动不便|坐轮椅|腿脚"
)
_WANTS_A_SERVICE = late(
    r"(?:想|要|能不能|可不可以|可以|能|帮|请|求|给|谁|有没有)[^,。!?]{0,8}"
    r"(?:剃|理发|理个|剪|推个?头|刮|修脚|洗[头澡脚衣]|助浴|配|买|捎|带|送[饭菜药餐午]|打[针饭疫]|量|抽血|拔牙|镶牙|办|取|领|缴|交|晒|聊|说说?话|陪|看[书戏电报]|"
    r"借|读报|念|订|换|缝|补|照[个张相]|拍|学|上门)"
)
_SHUT_IN = late(
    r"锁|困|卡|电梯|打不开|开不[开了]|堵[死住了着]|水|[火烟]|塌|压|埋|摔|跌|倒|掉|疼|痛|喘|晕|昏|救|快|吐|血|发烧|没吃|饿|一个人在里|两天|三天|几天没|断[粮药]|"
    r"吃完|没药"
)
_AT_WORK: Final = (
    r"(?:[拎提扛背抱搬端挑][^,。!?]{0,4}(?:水|菜|米|面|东西|桶|袋|煤|桌|粮)|(?:爬|"
    r"上)[^,。!?]{0,5}楼|爬楼梯?|上下楼|爬坡|上坡|走远路|走几步|走路|干活|扫地|遛弯)"
)
_PANTS_AT_WORK = late(rf"{_AT_WORK}[^。!?]{{0,8}}?(?:老是?|总是?|就|直|都|爱|有点)?(?:大)?喘(?!不)")
_OLD = late(r"老太太|老头|老爷子|老人|奶奶|爷爷|大爷|大娘|姥姥|姥爷|老两口")
_GRAVELY = late(
    r"喘不|上不来气|憋|胸|心[口脏慌绞]|嘴唇|脸色|发紫|发青|晕|昏|倒|摔|疼|痛|冒汗|冷汗|吐|突然|忽然|今天|现在|这会|刚|快来|救|不行了|厉害|坐地|"
    r"起不来|120|哮喘|犯了"
)
_LIFT_DEAD = late(r"电梯(?:又|也|都|还|老|今天|昨天|给|一直|,)*(?:不[动走好转能用]|坏|停|没电|罢工|用不)")
_UPSTAIRS = late(r"(?:下不[来去了]|上不[来去了]|下不了楼|没法[上下]楼?|出不[来去了](?:门|家))")
_ON_A_FLOOR = late(r"(?:在|住)(?:家|屋|[^,。!?]{0,3}[楼层])|[楼层]高|轮椅|腿|楼上|下不了楼|出不[来去了](?:门|家)")
_WITHIN = late(r"里[面头边]|电梯里|困|关(?!系|心)|卡|夹|救|喊|按铃|不开门|门[^,。!?]{0,3}不开|黑")


def pants_at_work(text: str) -> bool:
    """老太太拎水上五楼老喘: out of breath by stairs and loads, and nothing worse."""
    return bool(_PANTS_AT_WORK.search(text)) and not _GRAVELY.search(text)


def is_worn_by_stairs(text: str) -> bool:
    """The same of somebody old, for whom a hand is wanted though none is asked for."""
    return pants_at_work(text) and bool(_OLD.search(text))


def is_kept_upstairs(text: str) -> bool:
    """电梯不动了,我婆婆坐轮椅在11楼下不来: the lift is dead, and nobody is in it."""
    if not _LIFT_DEAD.search(text) or not _UPSTAIRS.search(text) or _WITHIN.search(text):
        return False
    return bool(_ON_A_FLOOR.search(text))


def tells_a_habit(text: str) -> bool:
    """他喝了酒就打人: what he always does, and no word of today."""
    return bool(_DRINKS_AND_STRIKES.search(text)) and not _STRIKES_NOW.search(text)


def annoys_every_day(text: str) -> bool:
    """楼下烧烤火苗窜老高,天天如此: a trade or a noise that is always there, and nothing that has come of it."""
    return bool(_OFTEN.search(text) and _ANNOYS.search(text)) and not _HAS_COME.search(text)


def is_old_boast(text: str) -> bool:
    """一喝酒就说要跳河,都说了二十年了,别理他: what he has said for years, and who tells it does not heed it."""
    return bool(
        _SOMEBODY.search(text) and _BOAST.search(text) and _NOBODY_HEEDS.search(text)
    ) and not _MAY_BE_TRUE.search(text)


def wants_a_service(text: str) -> bool:
    """我91岁,出不去门,想配副眼镜: shut in by age, and not by a door."""
    return bool(_CANNOT_GO_OUT.search(text) and _WANTS_A_SERVICE.search(text)) and not _SHUT_IN.search(text)
