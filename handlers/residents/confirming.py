"""What a resident is told of his request: number, type, who has been told, until when."""

from __future__ import annotations

from classifiers.dangers.alarm import named_dangers
from classifiers.dangers.swindles import sounds_like_swindle
from classifiers.reader.late import late
from classifiers.requests.symptoms import feels_gravely_ill
from handlers.desk import Desk
from handlers.moves.dispatch import answer_due, listeners
from handlers.residents.visit import Visit
from handlers.rules import ears, ladder
from handlers.texts import say
from storage.records import Channel, Request

_ONESELF = late(
    r"(?:我|俺)(?:也|都|真|就|实在|是|自己)*(?:不想活|不活|想死|活不|活够|活腻|撑不|熬不|走了他们|一走了之|死了|备好|吃了|喝了|割)|^(?:真的?|就|都|唉|哎)*[,，\s]*(?:不想活|活着|活够|死了算)"
)
_ANOTHER = late(
    r"有人|有个|对门|邻居|楼上|楼下|隔壁|人家|同学|[他她]|儿子|闺女|女儿|媳妇|老公|老伴|孙子|孙女|老人|桥上|楼顶|[我俺](?:爸|妈|爹|娘|哥|姐|弟|妹)"
)
_TO_ME = late("[打砍掐踹扇捅杀追堵锁骂骚吓][着了]?[我俺]|[对朝冲把拿跟][我俺]|[我俺](?:被|让|流血|受伤|害怕|躲)")
_BLOWS = late(r"打(?:我|俺|她|人|孩子|老)|家暴|动手|掐|扇|踹")
# Dangers with a number and an advice of their own, which would be wrong for another; and what tells of them.
_OF_THINGS = {
    "fire": late("[火烟烧焦糊爆]"),
    "gas": late("气|味|煤|炉|氧化碳"),
    "trapped": late("[困卡锁压埋塌掉陷夹落淹倒]|不让"),
    "electric": late("[电闸线插灯麻]|开关"),
    "flood": late("[水淹河洪雨]"),
}


def confirm(visit: Visit, request: Request) -> None:
    """Number, type, who has been told, until when; in an emergency the number to call before anything else."""
    desk = visit.desk
    if request.urgency == "emergency":
        desk.answers.insert(0, call_first(request.emergency_kind, request.text))
    elif sounds_like_swindle(request.text):
        desk.answers.insert(0, say("resident.swindle"))
    elif feels_gravely_ill(request.text):
        desk.answers.insert(0, say("resident.feels_ill"))
    desk.answer_words(confirmation(desk, request))
    if request.sensitivity == "confidential" and request.urgency != "emergency" and _BLOWS.search(request.text):
        desk.answer("resident.if_again")


def is_of_another(words: str) -> bool:
    """隔壁拿刀砍人了: he who tells of it is not the one in danger."""
    return bool(_ANOTHER.search(words)) and not _ONESELF.search(words) and not _TO_ME.search(words)


def call_first(kind: str, words: str) -> str:
    """The number to call before anything else. Of what no word names (一屋子都是, 快来) the kind is a guess, and the
    number for a fire would be the wrong one: then all three."""
    if kind == "self_harm" and _ANOTHER.search(words) and not _ONESELF.search(words):
        return say("resident.call_first_for_another")
    signs = _OF_THINGS.get(kind)
    is_guess = signs is not None and not signs.search(words) and kind not in named_dangers(words)
    return say("resident.call_first" if is_guess else f"emergency.{kind or 'medical'}")


def confirmation(desk: Desk, request: Request) -> str:
    return say(
        _confirmation_name(desk, request),
        number=request.number,
        type=desk.type_name(request),
        holder=_told_in_words(desk, request),
        above=desk.names(ladder.everybody(request.ladder)),
        due=desk.clock_time(answer_due(desk, request)),
        morning=desk.clock_time(desk.after_quiet()),
        already=say("told.soon" if is_cut_off(desk, request) else "told.done"),
    )


def is_cut_off(desk: Desk, request: Request) -> bool:
    """Is the way to the holder down just now? Then nobody has been told yet, and nothing else is said."""
    holder = desk.roster.member.get(request.holder)
    channel = Channel.WECOM_BOT if holder and holder.wecom_id else Channel.OFFICIAL_ACCOUNT
    return desk.house.lines.down_since(channel) is not None


def _told_in_words(desk: Desk, request: Request) -> str:
    if request.sensitivity == "confidential" and request.urgency == "emergency":
        return desk.names(listeners(desk, request, everybody=True, in_group=False))
    name = desk.name(request.holder) if request.holder else ""
    return f"{desk.lane_name(request.lane)}的{name}" if request.lane and name else name


def _confirmation_name(desk: Desk, request: Request) -> str:
    if not request.holder:
        is_about_them = bool(ears.kept_from(desk.roster, request, desk.today))
        return "resident.confirm_nobody_else" if is_about_them else "resident.confirm_nobody"
    if request.urgency == "emergency":
        is_secret = request.sensitivity == "confidential"
        return "resident.confirm_emergency_alone" if is_secret else "resident.confirm_emergency"
    if request.sensitivity == "confidential":
        goes_on = any(code != request.holder for code in ladder.everybody(request.ladder))
        return "resident.confirm_confidential_above" if goes_on else "resident.confirm_confidential"
    if desk.after_quiet() > desk.now:
        return "resident.confirm_quiet"
    return "resident.confirm_private" if request.sensitivity == "private" else "resident.confirm"
