"""Who speaks and how to reach him, which is beside the matter: 我叫…, 我电话139…, 住402."""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late

_BEGINS: Final = r"(?:^|(?<=[,。!;、 ]))"
_ENDS: Final = r"(?:[了啊呀哈呢的]*)(?=$|[,。!;、 ])"
_WHO: Final = r"(?:我们?|俺们?|咱|他|她|本人|老[\u4e00-\u9fff]|联系人)?(?:家)?"
_LINE: Final = r"(?:电话|手机|座机|号码|微信|联系方式|联系电话)(?:号码?)?"
_DIGITS: Final = r"(?:\+?86)?1[3-9]\d[\d*\- ]{7,10}\d|\d{7,8}"
_HOUSE: Final = r"(?:\d{1,3}号?[楼栋幢])?(?:\d{1,2}单元)?"
_DOOR: Final = rf"{_HOUSE}\d{{1,4}}(?:室|号|门)?"
_PLAIN_DOOR: Final = rf"{_HOUSE}\d{{3,4}}(?:室|号|门)?"  # 我90了 is none
_STATEMENT = late(
    rf"{_BEGINS}(?:"
    rf"{_WHO}(?:的)?(?:{_LINE})?(?:是|就是|:)? ?(?:{_DIGITS})"
    rf"|{_WHO}(?:就|就是)?(?:叫|姓|名叫|大名)(?!不|人|谁|啥|什么|喊|唤|醒|得|了|来|去|救|醒)[\u4e00-\u9fff]{{1,4}}"
    rf"|{_WHO}住(?:在|的是)?{_DOOR}(?:的|住户)?|(?:{_WHO}是)?{_PLAIN_DOOR}(?:的|住户)?"
    rf"){_ENDS}"
)
_INTO_US = late(  # 501漏到401来了, 漏水到我家402了, 我家被楼上淹了
    r"(?:漏|渗|滴|淌|流|冒)(?:水|下来|过来)?(?:到|进)了?(?:(?:我|俺|咱)们?家?里?|\d{3,4})"
    r"|(?:我|俺|咱)们?家(?:里)?(?:被|让|叫)(?:楼上|隔壁|上面|\d{3,4})?(?:家)?(?:给)?(?:淹|泡|漏)"
)


def without_contact(text: str) -> str:
    """我家漏水了, of 我家漏水了 我叫王桂兰 电话139…; "" when nothing else is said. Of a normalised text."""
    return _STATEMENT.sub("", text).strip(" ,。!;、")


def leaks_into_us(text: str) -> bool:
    """501漏到401来了: from one door into another, which the doors alone do not make plain. Of a normalised text."""
    return bool(_INTO_US.search(text))
