"""Danger that the same breath denies: no gas but steam, no fire but the frying, nobody caught by the door.

| said | is |
|---|---|
| 暖气片漏气嘶嘶响,不是煤气 | no gas: steam, and no other word of gas stands |
| 厨房冒了点烟,是油烟,没着火 | no fire: what smokes is named, and harmless |
| 火已经灭了,119也撤了,人都在 | no fire any more |
| 下水道一到阴天就反臭鸡蛋味 | no gas: a drain, as ever |
| 水没进屋,就是院里有积水 | no flood, unless it rises |
| 电梯咣当一下,没夹住人; 电梯关门夹人,胳膊夹青了 | nobody is held now |
| 不是油烟,是着火了; 有煤气味,不是饭糊了; 不是煤气,可是头晕 | none of them |

All functions take a normalised text (`tidying.essence`) and never raise.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late

_NOT: Final = r"(?<![是会])(?:不是|并不是|并非|不像是?|没(?:有)?)"
_DOUBTS: Final = r"(?!吧|吗|还能|才怪|是啥|又是|难道|\?)"
_NO_GAS = late(
    rf"{_NOT}(?:什么|啥|那种|漏)?(?:煤气|燃气|天然气|液化气|气罐|臭鸡蛋)(?:的)?(?:味道?儿?|漏了?|罐|泄漏)?"
    rf"{_DOUBTS}(?=$|[,。! ])"
)
_OF_HEATING = late(r"暖气(?:管道?|片|阀)?|地暖")
_GAS = late(
    r"煤气|燃气|天然气|液化气|沼气|瓦斯|一氧化碳|煤[炉烟球火]|蜂窝煤|炉子|灶|气罐|罐|臭鸡蛋|(?:管道|阀门?)[^,。!?]{0,4}漏气|"
    r"中毒|头[晕疼痛昏]|晕|恶心|想吐|吐了|昏|倒|难受|没劲|喘|报警器"
)
_NO_FIRE = late(
    r"(?:没(?:有)?|不是|并没|并非)(?:真的?)?(?:着火|起火|失火|烧起来|着起来|火灾)(?!吧|吗|还能|才怪|\?)(?=$|"
    r"[,。! 了的呢啊,])"
)
_FIRE_IS_OUT = late(r"火(?:都|也|已经?|全|早就?|给|让人|被)*(?:扑|浇|泼|压)?灭(?:了|掉)")
_ALL_IS_WELL = late(r"撤(?:了|走)|人(?:都|也|全)?(?:在|没事|没伤|平安|安全|出来了)|没(?:有)?人(?:受)?伤|放心")
_NOT_OUT = late(r"复燃|又(?:着|烧|起|冒)|还(?:在|有|冒)|烟|没(?:全)?灭|救|快")
_STINKS = late(r"(?:下水道?|地漏|马桶|厕所|卫生间|洗手池|水池|水槽)[^。!?]{0,10}(?:臭鸡蛋|反味|返味|反臭|返臭|臭)")
_AS_EVER = late(
    r"一到|每到|每[天次回]|天天|好几年|多少年|几年了|一直(?:都|就|是)|老(?:是|这样|毛病)|夏天|阴天|下雨天?就"
)
_WHAT_SMOKES = late(
    r"(?:是|就是|因为|可能是)(?:我|俺|他|她|家里?)?(?:在|的|把)?"
    r"(?:油烟|蒸汽|水汽|热气|水蒸气|做饭|炒菜|炒辣椒|煎|炸|烧水|饭糊|锅糊|糊锅|糊了锅|烧糊|"
    r"蚊香|烧香|烧纸|香|抽烟|炖|蒸)|油烟|蒸汽|水蒸气|(?:饭|菜|锅)[^,。!?]{0,3}糊了"
)
_BURNS = late(
    r"插[座排头]|电[线箱表闸瓶]|火苗|明火|大火|浓烟|黑烟|越来越|还在冒|一直冒|灭不|救|快来|来人|烧起来了|烧着了|爆|闪|呛得|有人|"
    r"(?<!没)(?<!没有)(?<!不是)(?:着|起|失)火了"
)
_NOT_IN_THE_HOUSE = late(
    r"(?:水|积水|雨水)?(?:还|暂时|倒|也|都|并)?没(?:有)?(?:进|灌|漫|淹|流|涌)(?:到|进)?(?:了)?(?:屋|家|院|门|房)里?"
)
_RISES = late(
    r"涨|快到|快要|快进|就要|马上|眼看|越来越|要进|门槛|还在|没过|膝|腰|台阶|还没|困|救|老人|孩子|冲|塌|洪|河|暴雨|大雨"
)
_NOBODY_HELD = late(
    r"没(?:有)?(?:把)?(?:夹|困|关|卡|压|砸|碰|伤|埋)(?:住|着|到|了)?(?:个)?(?:人|谁)|没(?:有)?人(?:被)?(?:夹|困|关|卡|压|砸|碰|伤|埋|掉)|"
    r"(?:里[面头边])(?:也|都)?没(?:有)?人(?!应|理|管|来|救|吭|说)"
)
_PINCHED = late(
    r"(?:夹|挤|碰|撞)(?:得|到)?[^,。!?住不]{0,6}(?:青|紫|红|肿|疼|痛|破皮|一下)|(?:青|紫|红|肿)了[^,。!?]{0,3}(?:一块|一片)"
)
_HELD = late(
    r"困(?!人|住人|着人)|拔不|出不|抽不|拿不出|救|卡(?:住|在|着)(?!人)|夹住(?!人)|夹着(?!人)|夹在|现在|这会|还(?:在|没)|骨|断了|流?血|不动了|"
    r"不知道|叫|喊|快来(?!修)|人呢|里[面头](?!也?没)"
)


def denied_kinds(text: str) -> frozenset[str]:
    """The kinds of danger that the text itself denies."""
    kinds = {
        "gas": _is_no_gas(text),
        "fire": _is_no_fire(text),
        "flood": bool(_NOT_IN_THE_HOUSE.search(text)) and not _RISES.search(_NOT_IN_THE_HOUSE.sub("", text)),
        "trapped": _is_nobody_held(text),
    }
    return frozenset(kind for kind, is_denied in kinds.items() if is_denied)


def is_steam(text: str) -> bool:
    """暖气片漏气,不是煤气: for the plumber."""
    return bool(_OF_HEATING.search(text)) and _is_no_gas(text)


def _is_no_gas(text: str) -> bool:
    if _STINKS.search(text) and _AS_EVER.search(text):
        return not _GAS.search(text.replace("臭鸡蛋", ""))
    if not _NO_GAS.search(text):
        return False
    return not _GAS.search(_OF_HEATING.sub("", _NO_GAS.sub("", text)))


def _is_no_fire(text: str) -> bool:
    if _FIRE_IS_OUT.search(text) and _ALL_IS_WELL.search(text):
        return not _NOT_OUT.search(text)
    return bool(_NO_FIRE.search(text) and _WHAT_SMOKES.search(text)) and not _BURNS.search(text)


def _is_nobody_held(text: str) -> bool:
    """Who tells of his bruise got out."""
    if _NOBODY_HELD.search(text):
        return not _HELD.search(_NOBODY_HELD.sub("", text))
    return "电梯" in text and bool(_PINCHED.search(text)) and not _HELD.search(text)
