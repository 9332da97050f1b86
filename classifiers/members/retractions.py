"""A member takes back what he has just said: which one he has closed, 说错了 是2修好了, 1没修好 是2换了灯泡; that it is
done at all, 撤回 没修好; or the hour, 说错了 是五点."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from classifiers.members.orders import plainly
from classifiers.reader.late import late

_LONGEST: Final = 40
_SORRY: Final = r"(?:刚才|刚刚|上面|不好意思|对不起|抱歉|哎呀|哦|啊|呀|[\s,。!])*"
_SLIP: Final = r"(?:我)?(?:(?:说|发|打|弄|搞|记|写|报|点|办结)错(?:单子?|号)?了?|错了|不对)"
_SIGNS: Final = r"[\s,。!:]*"
_WRONG: Final = r"#?(?P<wrong>\d{1,7})(?!\d)号?单?"
_NO_REQUEST: Final = r"\d|[点月天日个小层排室块元份人户米]|单元|号?[楼院栋幢座]"
_MEANT: Final = r"(?:应该)?(?:是|应该是|改成)(?:我)?(?:要)?(?:接|退|转|办结|领)?(?:的是)?\s*#?"
_RIGHT: Final = rf"{_MEANT}(?P<right>\d{{1,7}})(?!{_NO_REQUEST})号?单?[\s,]*(?P<words>.*)"
_RIGHT_ONE: Final = rf"{_MEANT}(?P<right>\d{{1,7}})(?!{_NO_REQUEST})号?单?[\s,]*"  # 是2修好了 不是1
_WORK: Final = r"(?:修|办|弄|换|通|处理|解决|搞|做|去|动)?(?:好|完|通|成)?"
_UNDONE: Final = rf"(?P<undone>(?:其实)?(?:还|根本|并)?(?:没有?|未)(?:给)?{_WORK}呢?)"
_PATTERNS: Final = (
    late(rf"{_SORRY}(?:{_SLIP}{_SIGNS})?{_RIGHT_ONE}(?P<words>.*?)[\s,。]*不是{_WRONG}(?:的事)?", re.DOTALL),
    late(rf"{_SORRY}{_SLIP}{_SIGNS}(?:{_SLIP}{_SIGNS})?(?:不是{_WRONG}{_SIGNS})?{_RIGHT}", re.DOTALL),
    late(rf"{_SORRY}不是{_WRONG}{_SIGNS}{_RIGHT}", re.DOTALL),
    late(rf"{_SORRY}(?:{_SLIP}{_SIGNS})?{_WRONG}{_UNDONE}{_SIGNS}{_RIGHT}", re.DOTALL),
)
_STILL_OPEN: Final = late(rf"(?P<words>.*?)[\s,。!]+{_WRONG}{_UNDONE}", re.DOTALL)  # 是2好了 1还没弄
_BARE_END: Final = late(r"(?:也|都|已经?|才)*(?:办?(?:好|完)|办结|完成|搞定)(?:了|啦)?")
_LATER: Final = (
    r"(?:我)?(?:明天|明早|后天|下午|晚上|回头|改天|等会儿?|一会儿?)(?:上午|下午|早上)?"
    r"(?:才|再|还得|还要)(?:去|来|修|弄|办)(?:呢)?"
)
_BACK: Final = late(r"撤回|收回|取消|不算|作废")
_UNSAID: Final = late(
    rf"(?:{_SLIP}|{_UNDONE.replace('?P<undone>', '?:')}|哎呀?|唉|哦|啊|不好意思|对不起|抱歉|{_LATER}|"
    r"撤回|收回|不算数?|刚才|刚刚|上一?[句条]|那[句条]|的|[\s,。!])+"
)
_HOUR: Final = late(
    rf"{_SORRY}{_SLIP}{_SIGNS}(?:{_SLIP}{_SIGNS})?(?:应该)?(?:是|改到?)(?P<hour>[^\s,。!]{{2,14}})", re.DOTALL
)


_PLACE: Final = late(rf"{_SORRY}{_SLIP}{_SIGNS}(?:地[址点方])?(?:应该)?(?:是|改成?)(?:在)?(?P<place>[^\s,。!]{{2,20}})")


@dataclass(frozen=True, slots=True)
class Retraction:
    """The number meant, what is said of it ("": the same), the number named wrongly (0: the one before), and what is
    said of that one."""

    right: int
    words: str = ""
    wrong: int = 0
    undone: str = ""


def read_retraction(text: str) -> Retraction | None:
    """None when nothing is taken back, or no other number is named. Never raises."""
    plain = plainly(text)
    matches = (pattern.fullmatch(plain) for pattern in _PATTERNS)
    found = next((match.groupdict() for match in matches if match), None)
    if found is None:
        return None
    words, wrong, undone = found["words"] or "", int(found["wrong"] or 0), found.get("undone") or ""
    still_open = _STILL_OPEN.fullmatch(f" {words}")
    if still_open and not undone and wrong in (0, int(still_open["wrong"])):
        words, wrong, undone = still_open["words"], int(still_open["wrong"]), still_open["undone"]
    words = words.strip(" ,。!")
    return Retraction(int(found["right"]), "" if _BARE_END.fullmatch(words) else words, wrong, undone)


def unsays(text: str) -> str:
    """撤回 没修好 发错了, of what he has just told, whichever that was: the words that say how it is; "" when he takes
    nothing back. Never raises."""
    plain = plainly(text)[:_LONGEST]
    undone = re.search(_UNDONE, plain)
    is_plain = bool(_BACK.search(plain)) or bool(undone and re.search(_SLIP, plain))
    if not is_plain or _UNSAID.fullmatch(plain) is None:
        return ""
    return undone["undone"] if undone else plain


def hour_meant(text: str) -> str:
    """说错了 是五点: the words of the right hour, for the caller to read; "" when there are none. Never raises."""
    found = _HOUR.fullmatch(plainly(text)[:_LONGEST])
    return found["hour"] if found else ""


def place_meant(text: str) -> str:
    """不对 是中心街9号: the words of the right place, for the caller to read; "" when there are none. Never raises."""
    found = _PLACE.fullmatch(plainly(text)[:_LONGEST])
    return found["place"] if found else ""
