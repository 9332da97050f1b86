"""A member's words weighed: before what the rules read in them is done, the trained reader has its say.

A wrong word costs much here: it is sent to a resident, or closes his request. So the desk's own words (办结, 接,
告诉居民) are obeyed as they are, and all others need both readers, or one that is sure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from classifiers.members.corrections import as_corrected
from classifiers.members.ending import says_it_is_over
from classifiers.members.going import asks_or_calls
from classifiers.members.meaning import Saying
from classifiers.members.orders import Order, read_order
from classifiers.members.partly import is_partly
from classifiers.members.passing_on import without_errand
from classifiers.members.questions import Question, read_question
from classifiers.members.replies import Command, aimed, own_affair, read_replies
from classifiers.reader.late import late
from classifiers.residents.follow_ups import Reading
from classifiers.times.promises import find_when

INTENTS: Final = {
    Saying.TAKE: "accept",
    Saying.GOING: "progress",
    Saying.WHEN: "schedule",
    Saying.DONE: "resolved",
    Saying.ASK: "ask_requester",
    Saying.BACK: "decline",
    Saying.HELP: "need_help",
}
_NOT_FOR_RESIDENTS = (Saying.AMONG, Saying.NEW, Saying.UNDO)
_WEIGHED = frozenset({*INTENTS.values(), "none"}) - {"accept"}
_IS_THERE = (Saying.TAKE, Saying.GOING, Saying.DONE)
_ABOUT_HIMSELF = frozenset({Order.LEAVE, Order.BACK, Order.UNABLE})  # 我明天请假: of none of his requests
_OF_THE_STATE = frozenset({Question.OPEN, Question.LATE, Question.DETAILS})  # the desk answers, as to 查 12
_GOES = 0.5  # chance from which words about an emergency are of somebody who goes
_AT_HAND = 0.8  # the same of somebody who goes or is there
_SURE = 0.7  # chance from which words are taken otherwise than the rules take them
_DOUBTFUL = 0.55  # chance of being for nobody outside, from which they stay inside
_CLOSES_WRONGLY = 0.25  # the same of what sounds like the end: 换个弯头就好了
_PLAUSIBLE = 0.2  # chance of what the rules say, from which they are believed
_SET_WORDS = late(
    r"^[\s,、和跟#号\d]*(?:接(?!不)|收到|办结|退(?!休)|转(?!告)|约好|改约|请补充|补充|登记|吹哨|延期|我?在路上|我的任务|任务|查(?=\s*#?\d)|告诉居民|转告居民|居民说|同意)"
)
# 灯泡买好了, 尺寸量好了 are on the way to the end; 换好了, 修好了 are it.
_ONLY_A_STEP = late(
    r"^[\s\d#号件,，那个的]*[\u4e00-\u9fff]{0,6}?(?P<step>买|拍|量|填|约|联系|借|拦|立|订|备|准备|预约|申请|下单|报(?:上去|上|单)?|说|打听|问|找)(?:好|完|齐|着|到)(?:了|啦)?[。!！\s]*$"
)
_HAS_GOT = late(
    r"[\s\d#号,，]*(?:我|已经?|刚才?|都|先)*(?P<step>买|订|借)(?:了|到了|来了)[^\s,，。了]{1,8}[。!！\s]*"
)  # 已经买了灯泡
_IS_THE_WORK: Final = {
    "填": late("[填坑洞凹沟缝陷窟塌]"),
    "说": late("[说劝吵闹管]"),
}  # 填好了, of a hole, is the end
_ASKS_WHICH = late(
    r"哪[个盏户栋层根扇台间条段](?!.{0,4}(?:去|来|接|办|管|负责))|几(?:号|单元|楼|层|栋|门)|什么(?:位置|地方)"
)
# 快好了, 弄不完了, 一部分: the work goes on; whatever is done besides, 会开完了, is none of this request.
_UNFINISHED = late(
    r"快(?:要)?(?:修|弄|办|搞|完|通)?(?:好|完|通)了|(?:修|弄|办|搞|干|做|治|查|解决|处理|整)不(?:完|了|好|成|动)|"
    r"正(?:在|忙着)?(?![亮流转用通开响])[\u4e00-\u9fff]{1,4}[呢着][呢啊]?[。!！\s]*$|一部分|(?:好|修|弄|办|干|挖)了?一?(?:半|小半|大半)|(?:试|看|弄)(?:了)?(?:一下|半天)?[,\s]*不行|拍(?:完|好)?照|查(?:清楚|明白|出来)了|挖(?:出来|开)了"
)
_AND_A_PICTURE = late(
    r"(?<=[好走完掉净通亮上妥][了啦])[\s,，]*(?:我|已经?|也|都)*拍(?:了|完|好)?照(?:片)?(?:了|啦)?|(?<=[好走完掉净通亮上妥结了啦])[\s,，]+(?:照片|相片|图片?)(?:回头|晚点|一会儿?|等会儿?|待会儿?|随后|过会儿?|我)*再?(?:补|发|传)(?:上|过去)?"
)
_ELSEWHERE = late(
    r"(?P<thing>会|饭|菜|课|作业|孩子|娃|工具|快递|外卖|门卫|台账|材料|钱|车)(?:都|也|已经?|给)?(?:(?:开|做|吃|上|写|接|送|拿|取|填|交|报|停)(?:好|完|了|到|回来)|(?<=快递|外卖)到了)|"
    r"(?P<other>下班|休假|不休了|提前回来)"
)
_MARK_OF_THE_END = late(
    r"(?:好|通|亮|完|妥|成|行|中|走|掉|净|热|响|转|着|开|上|满意)(?:了|啦|喽)|[咧嘞哩哒]$|办结|搞定|解决"
)
_SAYS_DONE = late(r"[,，。\s](?:办结|结单|销号)(?:了|吧)?[。!！\s]*$")  # the desk's own word, behind the result
_GOES_AWAY = late(r"调走|调离|不负责(?!任)|[派分]错|不归我|不是我们?(?:这|管)")
_COMES = late(r"(?:我)?(?:来了|来啦|到了|到啦)+[,，。!！\s]*(?:来了)*")  # he, not the water
_IS_AT_THE_DOOR = late(
    r"(?:我)?(?:已经?|刚)(?:上去|过去|去|上门)(?:说|看|劝|敲|问|管|制止|处理)(?:过|了|完).{0,12}|(?:我|正|这就)*(?:骑车|跑|走|赶|打车|开车)着?(?:过)?[去来](?:了|呢)?|(?:我)?(?:已经?)?(?:到|在)(?:了)?(?:他|她|人|老人)?(?:家)?(?:楼下|门口|跟前|现场|院里|家|屋里)(?:了|呢)?[,，。!！\s]*"
)
# How somebody who is there tells that help has come, or how the person is: the alarm goes on until 办结.
_ON_THE_SPOT = late(
    r"(?:救护车|急救车|120|消防车?|119|警察|民警|110|医生|大夫|抢险的?|燃气公司)(?:也|都|已经?|刚)*(?:来|到|走|出发)(?:了|着|啦)|"
    r"(?:人|老人|孩子|他|她|大[爷妈娘]|奶奶|爷爷|老太太|老头)?(?:现在|这会儿?|已经?|总算|又)*"
    r"(?:清醒|醒(?:了|过来|着)|能说话|缓过来|有(?:呼吸|意识|反应|心跳)|稳定|救(?:出来|上来|下来)|抬(?:上车|出来|下来)|上(?:了)?救护车)|"
    r"送(?:到|去|往|进)?(?:了)?医院|(?:阀门?|气|电闸|闸|火|总阀)(?:都|也|已经?)?(?:关|拉|合上?|灭|扑灭)(?:了|好|上|掉|住)"
)
_NOTHING_HAPPENED = late(r"误报|报错了|虚惊|不是真的|没(?:有)?(?:着火|出事|人受伤)")
_NOT_HIS_TIME = late(r"来水|来电|来气|送电|通水|通电|供水|供电|供暖|恢复|抢修|停到|到货")  # 下午六点来水 is no visit
_DOES_IT_HIMSELF = late(r"我(?:来|去|马上|这就|先)?(?:协调|对接|联系|沟通|找他们)(?!不)")
_TO_RESIDENT = late(r"^[\s#号\d]*(?:告诉|转告)居民[\s,:：，]*(?:#?\d{1,7}号?[\s,:：，]+)?(?P<words>.+)$", re.DOTALL)


def is_set(text: str) -> bool:
    """Does it begin with one of the desk's own words?"""
    return bool(_SET_WORDS.match(text))


def as_the_desk_reads(
    text: str,
    reader: Callable[[str, str], Reading],
    open_requests: Sequence[int] = (),
    quoted_request: int | None = None,
    people: Sequence[str] = (),
    *,
    told: str = "",
) -> tuple[Command, ...]:
    """What the desk makes of a member's line, the trained reader included; a single `none` for what stays inside.

    `reader` is asked with what the request says (`told`, "" when nobody knows) and with his words.
    """
    order = read_order(text)
    if order is not None and order.order in _ABOUT_HIMSELF:
        return (Command("none"),)
    asked = read_question(text)
    if asked is not None and asked.question in _OF_THE_STATE:
        return (aimed(Command("status", (asked.number,) * bool(asked.number)), text, open_requests, quoted_request),)
    commands = read_replies(text, open_requests, quoted_request, people)
    if len(commands) != 1:  # several are obeyed as they are
        return commands
    words = without_errand(as_corrected(text))
    found = weighed(commands[0], reader(told, words), words, told=told)
    if isinstance(found, Saying):
        return (Command("none"),)
    return (aimed(found, text, open_requests, quoted_request),)


def weighed(
    command: Command,
    reading: Reading,
    text: str,
    *,
    told: str = "",
    is_burning: bool = False,
    is_emergency: bool = False,
) -> Command | Saying:
    """The command to obey; or what the words are when nothing is to be done with them.

    `told`: what the request says. `is_emergency`: it is one, which ends with 办结 and not with 到了,人清醒的;
    `is_burning`: and nobody has taken it.
    """
    if for_resident := _TO_RESIDENT.match(text):
        return replace(command, intent="progress", note=for_resident["words"])
    if command.intent not in _WEIGHED or _SET_WORDS.match(text):
        return command
    if command.is_sure and command.intent == "none" and (own := own_affair(text)) and _is_told(own, told):
        read = read_replies(f"1 {text}", (1,))  # 接孩子, and that was asked for
        command = replace(read[0], requests=command.requests, is_sure=False) if read else command
    if command.is_sure:
        return Saying.AMONG if command.intent == "none" else command
    plain = _by_its_words(command, text, told, is_burning=is_burning, is_emergency=is_emergency)
    if plain is not None:
        return plain
    if command.intent != "decline" and _is_elsewhere(text, told):  # 接孙子 may be why he cannot
        return Saying.AMONG
    if is_burning:  # what does not plainly go is asked about: no alarm may end by mistake, nor be talked away
        is_taken = command.intent == "none" and _is_on_his_way(reading) and not asks_or_calls(text)
        return replace(command, intent="accept", note=None) if is_taken else command
    return _by_reading(command, reading, text, is_a_step=is_emergency or _is_a_step(text, told))


def stays_outside(reading: Reading) -> bool:
    """Are words that nobody understands hardly for colleagues alone?"""
    return sum(reading.chances[kind] for kind in _NOT_FOR_RESIDENTS) < _CLOSES_WRONGLY


def _by_its_words(command: Command, text: str, told: str, *, is_burning: bool, is_emergency: bool) -> Command | None:
    """What words like these always are, whatever the readers say; None for all others."""
    progress = replace(command, intent="progress", note=command.said or text)  # said: without its number
    if is_emergency and not is_burning and (_NOTHING_HAPPENED.search(text) or says_it_is_over(text)):
        return replace(progress, intent="resolved")
    if is_emergency and not is_burning and command.intent == "none" and _ON_THE_SPOT.search(text):
        return None if asks_or_calls(text) else progress
    if command.intent == "ask_requester" and command.requests and _ASKS_WHICH.search(text):
        return command  # 1 哪个路灯: only its resident knows
    if is_burning and _IS_AT_THE_DOOR.fullmatch(text):
        return replace(command, intent="accept", note=None)
    if command.intent == "schedule" and _NOT_HIS_TIME.search(text):
        return replace(progress, when=None)
    if command.intent == "decline" and _GOES_AWAY.search(text):
        return command
    is_his_doing = command.intent == "need_help" and _DOES_IT_HIMSELF.search(text)
    if command.intent == "resolved" and not is_burning and _SAYS_DONE.search(text):
        return command
    is_on_the_way = command.intent == "resolved" and (is_emergency or _is_a_step(text, told))
    return progress if _COMES.fullmatch(text) or is_his_doing or is_on_the_way else None


def _by_reading(command: Command, reading: Reading, text: str, *, is_a_step: bool) -> Command | Saying:
    """What the trained reader makes of them where the rules may be wrong."""
    if is_a_step and command.intent == "none" and _is_on_his_way(reading):
        return replace(command, intent="progress", note=command.said or text)
    inside = sum(reading.chances[kind] for kind in _NOT_FOR_RESIDENTS)
    if inside >= (_CLOSES_WRONGLY if command.intent == "resolved" else _DOUBTFUL):
        return max(_NOT_FOR_RESIDENTS, key=lambda kind: reading.chances[kind])
    said = next((kind for kind, intent in INTENTS.items() if intent == command.intent), None)
    is_plausible = said is not None and reading.chances[said] >= _PLAUSIBLE
    meant = INTENTS.get(Saying(reading.kind))
    if meant in (None, command.intent) or is_plausible or reading.chances[reading.kind] < _SURE:
        return command
    if command.intent == "need_help" and meant == "decline":
        return command  # 要热力公司派人 我弄不了 calls for them
    if meant == "resolved" and is_a_step:
        return replace(command, intent="progress", note=command.said or text)
    if meant == "resolved" and command.intent == "none" and not _MARK_OF_THE_END.search(text):
        return Saying.AMONG  # he is asked to say 办结 if it is done
    if meant == "schedule":
        return replace(command, intent=meant, note=command.said or text, when=find_when(text))
    return replace(command, intent=meant, note=None, when=None)


def _is_a_step(text: str, told: str) -> bool:
    text = _AND_A_PICTURE.sub("", text)  # 清走了 拍照了: the picture is of what is done
    step = _ONLY_A_STEP.search(text)
    is_step = step is not None and not (step["step"] in told or _is_the_work(step["step"], told))
    got = _HAS_GOT.fullmatch(text)
    is_step = is_step or (got is not None and got["step"] not in told)
    return is_step or bool(_UNFINISHED.search(text)) or is_partly(text)


def _is_the_work(step: str, told: str) -> bool:
    work = _IS_THE_WORK.get(step)
    return work is not None and bool(work.search(told))


def _is_elsewhere(text: str, told: str) -> bool:
    """会开完了, 我去接孩子: he tells of his own affairs, and nothing that was asked for."""
    if (own := own_affair(text)) and not _is_told(own, told):
        return True
    match = _ELSEWHERE.search(text)
    return match is not None and not (match["thing"] and match["thing"] in told)


def _is_told(words: str, told: str) -> bool:
    """Two signs side by side are in both."""
    return any(words[at : at + 2] in told for at in range(len(words) - 1))


def _is_on_his_way(reading: Reading) -> bool:
    return reading.chances[Saying.TAKE] >= _GOES or sum(reading.chances[kind] for kind in _IS_THERE) >= _AT_HAND
