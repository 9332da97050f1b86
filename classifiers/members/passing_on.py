"""What a member wants asked or told, apart from the wish itself: 问他是有线的还是无线的, 让他带身份证, 你跟他说一声."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classifiers.reader.late import late

_HIM = r"(?:他们|她们|他|她|居民|住户|对方|人家|报事人|反映人|户主|大爷|大妈|大娘|阿姨|奶奶|爷爷|老人家?|老太太)"
_PLEASE = r"(?:那|就|再|请|麻烦|你们?|您|帮我|帮忙|[\s,，])*"
_WISHES = tuple(
    late(rf"^{_PLEASE}(?:{pattern})[\s,，:：]*(?P<words>[^\s,，].+)$", re.DOTALL)
    for pattern in (
        rf"问(?:一?下|问|清楚?)?(?P<him>{_HIM})",
        r"问(?:一下|下|问|清楚?)?(?=[\s,，:：])",
        rf"(?P<wish>让|叫|请|提醒)(?P<him>{_HIM})(?!了|过|好)",
        rf"(?:告诉|转告|通知)(?P<him>{_HIM})(?!了|过|好)",
        rf"[跟给和对](?P<him>{_HIM})(?:说|讲)(?!好|了|过|[不得]?通|清|明白)(?:一?[声下])?",
    )
)
_ASKS_ABOUT_HIM = late(r"请问(?:一下)?(?:大爷|大妈|大娘|阿姨|奶奶|爷爷|老人|老太太)")  # of her: 请问老人住几号院
_IS_HIS = late(r"(?:家|的|妈|爸|爹|娘|老伴|老人|孩子|儿子|女儿|闺女|媳妇|老公|爱人|爷爷|奶奶)(?!了)")
_ERRAND = late(
    rf"(?<=[\u4e00-\u9fff])[\s,，]*(?:麻烦|请|帮我|帮忙|你们?|您){{1,3}}(?:帮我)?(?:[跟给和]{_HIM}(?:说|讲|回|知会)|告诉|转告|通知)(?:{_HIM})?(?:一[声下]|个话|下)?[吧哈啊呗了]*[。!！\s]*$"
)
_DID_IT = late(r"我(?!们?[说看要想得会])")


@dataclass(frozen=True, slots=True)
class PassedOn:
    """The words for the resident: 他家住几楼 as 家住几楼, which `is_his`; 让他带身份证 as 带身份证, which `is_wish`."""

    words: str
    is_his: bool = False
    is_wish: bool = False


def for_him(words: str) -> PassedOn | None:
    """What he is to hear of 问他…, 让他…, 跟他说…; None when nothing is to be passed on. Never raises."""
    match = next(filter(None, (pattern.match(words[:600]) for pattern in _WISHES)), None)
    if match is None or _ASKS_ABOUT_HIM.match(words.lstrip(" ,，那就再")):
        return None
    found = match.groupdict()
    is_his = found.get("him") is not None and bool(_IS_HIS.match(match["words"]))
    return PassedOn(match["words"], is_his=is_his, is_wish=found.get("wish") is not None)


def without_errand(text: str) -> str:
    """我给换上了 你跟他说一声: what he reports, without whom to tell. Never raises.

    修好了你跟他说一声 may be said to a colleague, and is left as it is.
    """
    match = _ERRAND.search(text[:600])
    return text[: match.start()] if match and _DID_IT.search(text, 0, match.start()) else text
