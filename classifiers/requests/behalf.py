"""For whom somebody speaks: 帮我妈问问, 替隔壁王奶奶说一声, 我奶奶家停电了. Pure: text in, the person out.

Only what is plain: a verb of speaking for somebody with a person behind it, or a relative's home or need. Whoever is
complained about (楼上王大爷家半夜吵) is nobody one speaks for.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise

KIN: Final = (
    "奶奶|爷爷|姥姥|姥爷|外婆|外公|妈妈?|爸爸?|娘|爹|母亲|父亲|老妈|老爸|公公|婆婆|岳父|岳母|丈母娘|老丈人|"
    "大爷|大娘|大妈|大伯|大叔|大婶|叔叔?|婶婶?|伯伯|阿姨|姑姑?|姨|舅舅?|舅妈|姑妈|姨妈|"
    "哥哥?|姐姐?|弟弟?|妹妹?|嫂子?|老伴儿?|爱人|孩子|儿子|女儿|闺女|孙子|孙女|"
    "老人家?|老太太|老爷子|老大爷|老奶奶|邻居|街坊|朋友|同事|租客|房东"
)
_OLD: Final = (
    "奶奶|爷爷|姥姥|姥爷|外婆|外公|妈妈?|爸爸?|母亲|父亲|公公|婆婆|岳父|岳母|丈母娘|大爷|大娘|大妈|老人|老太太|老爷子"
)
_WHERE: Final = "隔壁|对门|楼上|楼下|邻居|街坊|同院|前院|后院|本家|村里|一个院"
_WHO: Final = rf"(?:我|俺|咱)?(?:们)?家?(?:{_WHERE})?(?:的|家的?)?[一-鿿]{{0,2}}?(?:{KIN})"
_FOR: Final = late(rf"(?:帮忙?|替|代替?|代表)(?:一下)?(?P<who>{_WHO})(?!妈的|修|搬|换|买|看孩)")
_NEED: Final = (
    r"(?:一个人)?(?:在)?(?:家里?|那边|那儿|屋里?)(?!暴|吵|闹|的人|的狗|的孩子)|"
    r"一个人|腿脚|行动不|走不动|摔|晕|病了|瘫|卧床|生病|住院|想(?:办|申请|要|请)|需要|要(?:办|申请)"
)
_OWN: Final = late(rf"(?:^|[,。;!?、\s]|是)(?P<who>(?:我|俺|咱)(?:们)?(?:家)?(?:{_OLD}))(?:{_NEED})")
_NEXT_DOOR: Final = late(
    rf"(?P<who>(?:{_WHERE})(?:的)?[一-鿿]{{0,2}}?(?:{_OLD}))(?:一个人|腿脚|行动不|走不动|摔|晕|病了|瘫|需要)"
)


def on_behalf_of(text: str) -> str:
    """The person as the speaker calls him, "" when he speaks for himself or it is not plain."""
    plain = normalise(text)
    for pattern in (_FOR, _OWN, _NEXT_DOOR):
        if match := pattern.search(plain):
            return match["who"]
    return ""
