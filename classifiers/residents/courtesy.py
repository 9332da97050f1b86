"""Thanks and nods: words that add nothing to a request at hand."""

from __future__ import annotations

import re

from classifiers.members.persons import SURNAMES
from classifiers.reader.late import late
from classifiers.reader.segment import normalise

_LONGEST = 24  # signs of a kind word

_NOD = (
    r"谢天谢地|谢+|多谢|感谢|辛苦|麻烦|好的?|好嘞|好吧|行|中|嗯|哦|噢|收到|知道|明白|晓得|可以|没事|不客气|再见|拜拜|ok|[您你们]|大家|了|啦|哈|呀|啊|吧|呢|的|太|非常|很|"
    r"救命恩人|恩人|多亏|总算|放心|"
    r"师傅|书记|主任|老师|您好|你好|在吗|👌|👍|🙏|🌹"
)
_AGREES = late(r"谢|辛苦|麻烦|好|行|中|嗯|收到|知道|明白|晓得|可以|没事|放心|ok|👌|👍|🙏", re.IGNORECASE)
_ONLY_NODS = late(rf"(?:{_NOD}|[\W_])++", re.IGNORECASE)
_SOMEBODY = rf"(?:[小老][{SURNAMES}]|[{SURNAMES}](?=师傅|书记|主任|大?[姐哥]))(?:师傅|书记|主任|大?[姐哥])?"
_THANKED = late(rf"(?P<before>谢谢?|感谢|辛苦)(?P<more>[了啦啊呀]*){_SOMEBODY}|{_SOMEBODY}(?=真?是?太?(?:辛苦|谢谢))")
_HEARTFELT = late("恩人|多亏|谢天谢地|救了")
_WAITS = late(r"(?<=[好的行嗯中可以,\s])(?:那)?(?:我)?(?:在家)?等(?:着|你们?|您)(?:了|啊|呀|哈)*$")


def is_nod(text: str) -> bool:
    """Thanks or consent, and no greeting: 行, 好的谢谢, 👌."""
    return (
        is_courtesy(text) and _AGREES.search(normalise(text)) is not None and "您好" not in text and "你好" not in text
    )


def is_thumb(text: str) -> bool:
    """Nothing but signs of approval."""
    return (
        re.fullmatch(r"(?:👍|👌|💯|(?:\[(?:强|ok|赞)\])|[\U0001f3fb-\U0001f3ff\s])+", text.strip().lower()) is not None
    )


def is_courtesy(text: str) -> bool:
    """Nothing but thanks, nods, greetings and signs."""
    return _ONLY_NODS.fullmatch(normalise(text).strip()) is not None


def is_heartfelt(text: str) -> bool:
    """救命恩人, 多亏了小李: whoever did it would like to hear that. Never raises."""
    return bool(_HEARTFELT.search(normalise(text)))


def is_kind_word(text: str) -> bool:
    """The same, also when a name is thanked, or he says that he waits: 好 谢谢小邹, 好的 等你."""
    plain = _THANKED.sub(r"\g<before>\g<more>", normalise(text[:_LONGEST]).strip())
    plain = _WAITS.sub("", plain)
    return is_nod(plain)
