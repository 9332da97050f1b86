"""别说是我说的: the wish of one who tells of a neighbour that nobody hears who told it.

The wish says nothing of the matter: smoke stays smoke, and no danger and no secret comes of it. But it is honoured:
what is told with it is for whoever sees to it, and for no group.
"""

from __future__ import annotations

from classifiers.reader.late import late

_NOT = r"(?:别|甭|不要|不用|不能|不许|不得|莫|勿|不想)"
_BY_ME = r"(?:是)?(?:我|俺)(?:们)?家?(?:说|讲|举报|反映|投诉|告|报|提|找|叫|喊|打(?:的)?电话|打)(?:的|了)?"
_END = r"[的了啊呀哈吧哦呢嘛噢行吗好么谢谢]*"
_BEFORE = (
    r"(?:千万|可|请|麻烦|拜托|求求?|求|你们?|您|就|也|都|先|希望|但是?|不过|这事儿?|一定|最好|能不能|可以|是|"
    r"来的时候|去的时候|到时候?){0,4}"
)
_WISH = late(
    rf"{_BEFORE}(?:{_NOT}[^,。!? ]{{0,10}}?{_BY_ME}|{_NOT}(?:说|提|透露|暴露|讲)(?:出)?(?:我|俺)(?:的)?(?:名字|"
    rf"姓名|名|身份|信息|电话)?|(?:我)?(?:想|要)?匿名(?:反映|举报|投诉)?(?:一下)?|"
    rf"(?:替|帮|给)(?:我|俺)保[个]?密){_END}"
)
_PAUSES = late(r"[,。;!?\n ]+")


def without_wish(text: str) -> str:
    """The text without the clauses in which its writer asks not to be named; the same text when there are none. `text`
    is normalised. Never raises."""
    clauses = [one for one in _PAUSES.split(text) if one]
    kept = [one for one in clauses if not _WISH.fullmatch(one)]
    return text if len(kept) == len(clauses) else ",".join(kept)


def is_mere_wish(text: str) -> bool:
    """你们来的时候别说是我找的, and nothing else: of what was told before. 我要匿名举报 begins something of its own."""
    return "匿名" not in text and text.strip() != "" and not without_wish(text)
