"""What a member takes back in the same line: 342好了 哦不是 是350好了; 别转李姐,转老韩."""

from __future__ import annotations

import re

from classifiers.reader.late import late
from classifiers.times.promises import spans_of_times

_SLIP = r"(?:(?:哦|噢|啊|呃|欸|诶|哎)*(?:不对|不是|[说打写发弄搞]错了?)|[哦噢啊]不)"
_OPENING = late(
    r"^(?:(?:刚才|刚刚|[,\s])*[发说点打写]错了|(?:对不起|不好意思|抱歉)(?:啊|呀|各位|大家)*|不转[^\s,。]{1,4}?了)[\s,。!]+(?=.*\d.*[\u4e00-\u9fff]{2})"
)
_CORRECTED = late(
    rf"^(?P<said>.*?[^\s,。.…!])(?:[\s,。.…!]+|(?=[哦噢啊])){_SLIP}[\s,。!:]*(?:应该)?(?P<right>(?:是|转|给|换).+)$"
)
_REFUSED = late(r"(?:别|不要|不用|不是|甭)转(?:交|给)*[^\s,。]{1,4}[\s,。]+(?:是)?(?=转|给|让|换)")
_WRONG_ONE = late(  # 15接错了,我要的是12
    r"^(?:不是\d{1,7}(?:号)?[\s,。]+(?:是|应该是)|\d{1,7}(?:号)?(?P<verb>接|退|转)错了[\s,。]+(?:我)?(?:要|应该)?(?:的|接的|退的|转的)?是?)(?P<number>\d{1,7})(?:号)?[\s,。!]*$"
)
_NOT_BUT = late(r"不是(?P<wrong>[^\s,。!?不是]{2,10})[\s,]*(?:而是|应该是|是)(?P<right>[^\s,。!?]{2,10})")
_UNSAID = late(  # 12不对,15修好了; 7不是12好了; 不是12是15修好了
    r"^不是\d{1,7}(?!\d)号?[\s,。]*(?:而是|应该是|是)(?=\d{1,7}(?!\d)号?[\s,]*(?:已经?|都|给|我)*[好完通修办弄换接退转])|"
    r"^\d{1,7}(?:号)?(?:(?:不对|说错了?|搞错了?)[\s,。]+(?=\d)|不是(?=\d{1,7}(?!\d)号?(?:已经?|都|给)*[好完通修办弄换]))"
)
_CLAUSE = late(r"[\s,。!;]+")
_HINDERS = late(
    r"不赶趟|来不及|赶不[上及]|[去来过]不[了成]|没(?:有)?(?:空|时间|工夫|人在?)|不行|有事|有会|才有人|才在家|不在家?|休息|轮休|没人"
)
_DENIED_THEN = late(r"^.*(?:[去来过]不[了成]|赶不[上及]|来不及|不赶趟)(?:了|啦)*(?P<last>\S+)$")
_NUMBER = late(r"\d{1,7}")
_BARE = late(r"^(?:#|no\.?)?(?P<number>\d{1,7})(?:号单?|单)?[\s,。!]*$", re.IGNORECASE)
_HANDS_ON = late(r"转|给|让|换")


def as_corrected(plain: str) -> str:
    """The line as it is meant in the end; the same line when nothing is taken back. Never raises."""
    if wrong := _WRONG_ONE.match(plain):
        return (wrong["verb"] or "") + wrong["number"]
    plain = _REFUSED.sub("", _UNSAID.sub("", _OPENING.sub("", plain)))
    match = _CORRECTED.match(plain)
    if match is None:
        return plain
    said, right = match["said"], match["right"].removeprefix("是")
    if bare := _BARE.match(right):  # 350好了 说错了是361: the same of another one
        return _NUMBER.sub(bare["number"], said, count=1)
    if _NUMBER.search(right):
        return right
    handed_on = _HANDS_ON.search(said)
    return said[: handed_on.start()] + right if handed_on and _HANDS_ON.match(right) else plain


def _without_denied_time(plain: str) -> str:
    """今天不赶趟了 明天上午去 as 明天上午去; 他家周末才有人 周六上午去 as 周六上午去.

    The last time is his promise, if the ones before it are of what hinders; 明天去不了 alone stays.
    """
    *before, last = _CLAUSE.split(plain) if plain else [""]
    is_promise = any(promises for *_, promises in spans_of_times(last))
    denied = [one for one in before if _HINDERS.search(one) and spans_of_times(one)]
    if is_promise and denied:
        return last
    cut = _DENIED_THEN.match(plain)
    return cut["last"] if cut and any(start == 0 for start, *_ in spans_of_times(cut["last"])) else plain


def without_wrong_time(plain: str) -> str:
    """`342不是明天是后天去` as `342,后天去` if both are times; 不是水管是暖气 tells what is broken. Never raises."""
    plain = _without_denied_time(plain)
    found = _NOT_BUT.search(plain)
    if found is None or plain.endswith(("吗", "?")):
        return plain
    is_a_time = any((0, len(found["wrong"])) == span[:2] for span in spans_of_times(found["wrong"]))
    is_another = any(start == 0 for start, *_ in spans_of_times(found["right"]))
    return f"{plain[: found.start()]},{plain[found.start('right') :]}" if is_a_time and is_another else plain
