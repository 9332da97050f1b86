"""What the desk asks a member and his next words belong together: 谁替您？ 潘编写. 为什么办不了？ 家里有事.

A question is kept as the end of the message that it answers: what is wanted, and the line of command whose gap (`…`)
the next words fill. Words that do not fit are read as any others.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from classifiers.members.going import says_he_goes
from classifiers.members.leaves import read_away
from classifiers.members.orders import Order, read_order
from classifiers.members.persons import who_is_meant
from classifiers.members.questions import read_question
from classifiers.members.replies import read_replies
from classifiers.reader.late import late
from classifiers.times.promises import read_when
from handlers.desk import Desk
from handlers.members import shown
from storage.records import Incoming

GAP: Final = "…"
_BEGINS: Final = "asked for"


class Wanted(StrEnum):
    """What the next words may be."""

    DAYS = "days"  # 周三到周五
    PERSON = "a person"  # 潘编写; 让潘编写替
    CHANGE = "a change"  # nothing was asked, and 改成周四到周五 is about what was just done
    REASON = "a reason"  # 家里有事
    UNTIL = "until when"  # 到下周三; 三天
    RESULT = "a result"  # 换了新接头
    YES = "a yes"  # 登记, 要: what he said before is to be written down; his words are in the inbox, and not kept twice


_NAME = late(
    r"(?:那|就|还是|由|让|请|叫|找|换)*(?P<name>[\u4e00-\u9fff]{2,5}?)(?P<does>(?:来|[帮替给]我)*(?:替|顶|代)(?:我|班|一下)*)?[吧啊呀。!！\s]*"
)
_CHANGES = late(
    r"(?:那|还是|我|把|请?假|日期|[,，\s])*(?:改|换|挪|推迟|提前)(?:[到成为]|期到?|一下)*[,，\s]*(?P<days>\D.{0,20}|\d.{1,20})"
)
_UNTIL = late(
    r"(?:那|就|得|要|再|给我|申请|延[期长]?|推迟|宽限|[,，\s])+(?=[到至\d一二两三四五六七八九十半下本这周今明后大月年])"
)
_VISITS = late(r"我|过?去(?:看|修|弄|$)|上门")
_YES = late(r"(?:要|是的?|对的?|好的?|行|嗯|可以|中|登|记|下来?|一下|帮我|麻烦|那|就|吧|[,，。!！\s])+")
_NO = late(r"(?:算了|不[退用办要说]|没事|没什么|好的?|收到|知道|嗯|行|可以|谢谢|我错了|等等|稍等|[,，。!！吧了\s])+")
_TELLS = {  # how the reader of commands takes such words
    Wanted.REASON: frozenset({"none", "progress", "decline", "need_help"}),
    Wanted.RESULT: frozenset({"none", "progress", "resolved"}),
}
_NO_END = late("[没不未再等吗？?]|明天|后天|下午|晚上")  # what comes behind 办结 1 and ends nothing
_LONGEST: Final = 200


def reason(wanted: Wanted, command: str) -> str:
    """How a message ended whose answer asks for something."""
    return f"{_BEGINS} {wanted}: {command}"


async def completed(desk: Desk, message: Incoming) -> str | None:
    """The whole line of command, when these words are what the desk has just asked for."""
    text, since = message.text.strip(), desk.now - shown.WITHIN
    ended = await desk.session.inbox.latest_reason(message.sender, since)
    begins, _, command = ended.partition(": ")
    if not begins.startswith(_BEGINS) or not text or len(text) > _LONGEST:
        return None
    wanted = Wanted(begins.removeprefix(f"{_BEGINS} "))
    if wanted is Wanted.YES:
        said = await desk.session.inbox.last_words(message.sender, since, reason=begins)
        return command.replace(GAP, said) if said and _YES.fullmatch(text) else None
    is_meant = (wanted is Wanted.PERSON and _NAME.fullmatch(text)) or (wanted is Wanted.UNTIL and _UNTIL.match(text))
    if not is_meant and (read_order(text) is not None or read_question(text) is not None):
        return None
    fills = _filling(desk, wanted, text)
    return command.replace(GAP, fills) if fills and not await _is_danger(desk, text) else None


async def _is_danger(desk: Desk, text: str) -> bool:
    """着火了 is no reason to give something back."""
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    return any(one.urgency == "emergency" and not one.is_faint for one in reader.matters(text))


def _filling(desk: Desk, wanted: Wanted, text: str) -> str:
    """What of his words goes into the gap; "" when they are something else."""
    now = desk.now.astimezone(desk.settings.desk.zone)
    if wanted is Wanted.DAYS:
        return text if read_away(text, now) else ""
    if wanted is Wanted.CHANGE:
        change = _CHANGES.fullmatch(text)
        return change["days"] if change and read_away(change["days"], now) else ""
    if wanted is Wanted.PERSON:
        named = _NAME.fullmatch(text)
        is_somebody = named and (
            named["does"] or who_is_meant(named["name"], (one.name for one in desk.roster.members))
        )
        return named["name"] if named and is_somebody else ""
    if wanted is Wanted.UNTIL:
        until = _UNTIL.sub("", text)
        spoken = read_order(f"延期 1 {until}")
        when = read_when(spoken.words, now) if spoken and spoken.order is Order.EXTEND else None
        is_visit = bool(_VISITS.search(text))  # 明天上午九点我过去 is an appointment
        return until if when and when.start and not is_visit and not read_order(until) else ""
    if _NO.fullmatch(text) or says_he_goes(text) or text[0] in "#0123456789":
        return ""
    if wanted is Wanted.RESULT and _NO_END.search(text):
        return ""
    commands = read_replies(text, ())
    is_whole = any(command.requests for command in commands)  # 办结 1 needs nothing before it
    return text if len(commands) == 1 and not is_whole and commands[0].intent in _TELLS[wanted] else ""
