"""What a member's words command: accept, decline, hand over, progress … and for which requests.

| intent | says |
|---|---|
| accept | I take it |
| decline | I cannot, not mine, 退单; the reason is the note |
| handover | to a person, who is `to` |
| need_help | an organisation or the ladder is needed: 吹哨, 转物业 |
| progress | something was done or is being done |
| schedule | a day or an hour was promised; the words for it are `when` |
| ask_requester | the resident should say more |
| resolved | done |
| log | a request that somebody told the member; its text is the note |
| status | how do things stand, bare numbers |
| bind, bind_code, help | words to the desk itself |
| none | talk |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from classifiers.segment import CHINESE_NUMBER, normalise, read_number

_LONGEST = 1000
_NOT_A_NUMBER_BEFORE = r"点分天个年月日人次盏米条辆块小家位件楼栋幢座单元层室户门排元岁%多度周礼半来"
_REFERENCE = re.compile(
    rf"(?:(?:#|no\.?|工单|编号|单号|第)\s*(?P<marked>\d{{1,7}}|{CHINESE_NUMBER}{{1,6}})(?!\d)"
    rf"|(?<![\d.:\-a-z])(?P<bare>\d{{1,7}})(?!\s*[{_NOT_A_NUMBER_BEFORE}]|\d|[.:\-]\d|号(?:楼|院|门|上|下|去|来|我))"
    rf"|(?<!{CHINESE_NUMBER})(?P<spelled>{CHINESE_NUMBER}{{2,6}})(?!{CHINESE_NUMBER}|[{_NOT_A_NUMBER_BEFORE}号]))"
    r"(?:\s*号单?|\s*单(?!元))?",
    re.IGNORECASE,
)
_BEFORE_A_NUMBER = re.compile(
    r"(?:我?(?:接|查|退|转|办结|完成|结|收到|看|催|协助|处理|修好|办完|搞定|状态|进度|查询|约|吹哨)(?:了|单|下|一下)?|[\d\s、,和#]+)"
)
_AFTER_A_NUMBER = re.compile(r"\s*(?:[好修接退转办去得需下明已在完搞收弄没约吹结]|我[去来接办])")
_BETWEEN_NUMBERS = re.compile(r"[\s、,和及与跟/&+]*")
_CLAUSE = re.compile(r"[,;。!\n]+")
_EDGES = " ,;。!?:、~\n-—"
_MENTION = re.compile(r"^(?:@\S+\s+)+")

_DAY = (
    r"(?:今天|今日|今晚|今早|明天|明日|明早|明晚|明儿|后天|后日|大后天|(?:这|本|下)?个?(?:周|星期|礼拜)[一二三四五六日天末]|"
    r"下周|下星期|\d{1,2}月\d{1,2}[日号]|\d{1,2}[号日](?=[上下早晚中我去来过]|$))"
)
_HOUR = rf"(?:(?:\d{{1,2}}|{CHINESE_NUMBER}{{1,3}})(?:点(?:钟|半|一刻|\d{{1,2}}分?|{CHINESE_NUMBER}+分)?|:\d{{2}}))"
_HALF = r"(?:早上|早晨|上午|中午|下午|傍晚|晚上|夜里|一早|早)"
_WHEN = re.compile(rf"(?:{_DAY}\s*{_HALF}?\s*{_HOUR}?|{_HALF}\s*{_HOUR}|{_HOUR}|{_HALF})(?:左右|前|之前|以后|后|吧)?")
_PROMISE = re.compile(rf"(?!(?:今天|今日)(?!\s*{_HALF}?\s*{_HOUR}))(?:{_DAY}|{_HALF}?\s*{_HOUR})")
_DOES = r"(?:去|过去|来|上门|到|修|弄|处理|看|办|送|换|清|拉|解决|施工|调解|见面)"

_ORGANISATION = (
    r"(?:街道|社区|镇里?|乡里?|县里?|区里|村委会?|村里|居委会?|物业|城管|派出所|民警|警察|供电|电力|自来水|水务|燃气|热力|供暖|"
    r"执法|环卫|园林|市政|住建|民政|司法所?|法院|部门|消防|交警|卫生院|电信|移动|联通|施工队|电工|上级|领导|书记|12345)"
)
_TITLE = r"(?:姐|哥|叔|姨|婶|嫂|书记|主任|队长|组长|师傅|大爷|大姐|大哥|大妈|老师|干事|站长|网格员|医生|经理|总)"
_PERSON = re.compile(
    rf"[\u4e00-\u9fff]{{1,2}}?{_TITLE}|[老小][\u4e00-\u9fff](?!板|区|时|人)|[\u4e00-\u9fff]{{2,3}}?(?=[吧呗去来处办看负接跟,。!\s]|$)"
)
_GIVE = re.compile(r"转给|转交给?|移交给?|交给|转到|派给|改派给?|换给|换成|转(?=[^移发告述账天眼向圈过])")

# The order is the order of trial: the first that fits wins.
_INTENTS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (intent, re.compile(pattern, re.IGNORECASE))
    for intent, pattern in (
        (
            "none",
            r"^(?:取消|算了|没事了?|不用管我)$|^(?:好了|修好了|办好了|弄好了|解决了)[吗么没]|谁(?:去|来|有空|能去|接|在)(?!了)|大家(?!.*(?:都)?好了$)|^你们?(?:去|来|接)|开会|吃饭|群里",
        ),
        ("bind_code", r"^绑定码$|^(?:我的|要|给我)绑定码$"),
        ("bind", r"^绑定[\s:]*(?P<note>\S.{0,40})$"),
        ("help", r"^(?:帮助|help|怎么用|使用说明|命令|指令|菜单|\?|说明)$"),
        (
            "log",
            r"^(?:请?帮?(?:我)?(?:登记|录入|录单|代报|补录|记录|记)(?:一下|一个|个|一条)?)[\s:,]+(?P<note>\S.+)$|^(?:登记|录入|代报|补录)(?:一下|一个|个|一条)?(?P<note2>[^\s:,员表本].{2,})$",
        ),
        (
            "status",
            r"^(?:我的(?:任务|单子?|工单|活|事项?)|待办|任务|我还有(?:什么|啥|哪些|几个)|还有(?:哪些|几个|啥|什么)(?:没办|任务|单)?.*|列表|清单|我的待办|手里的?(?:单|活).*)$|^(?:查|查询|查看|查一?下|看一?下|状态|进度|啥情况|什么情况|怎么样了|到哪一?步了?)(?:一下|下|单|进度|状态)?$",
        ),
        (
            "decline",
            r"^退(?:单|回|掉|了)?|去不了|去不成|来不了|过不去|不归我|不是我(?:管|的|这|负责)|不该我|不属于我|没空|没时间|没工夫|顾不上|接不了|^不接|不能接|干不了|办不了|管不了|走不开|抽不开身|(?:我|人)不在(?:家|村|本地|县)?|在外地|请假|出差|不去了?$|^拒绝|脱不开|不在我们?(?:这|胡同|网格|片)",
        ),
        (
            "need_help",
            rf"吹哨|搞不定|弄不了|解决不了|协调|支援|上报|求助|(?:转|报|移交|交|转交|转给|报给|交给|呈报)(?:给|到)?{_ORGANISATION}(?!的?(?:老|小)|.{{0,2}}了$)|(?:需要?|得|要|请|必须|该|等){_ORGANISATION}|人手不够|需要?(?:帮忙|帮助|帮手|人手|支持)|来个?人帮|帮我叫|一个人弄不",
        ),
        (
            "schedule",
            rf"^(?:已经?)?(?:跟|和|与)?.{{0,8}}(?:约好|约了|约定|约在|约的|改到|改约|定在|定于|定了|定到|排到|排期|说好)(?=.*(?:{_PROMISE.pattern}|下周|过两天))|(?:{_PROMISE.pattern}).{{0,10}}?{_DOES}|^(?:约|改约|预约|排期|延期)",
        ),
        (
            "ask_requester",
            r"请问|问一?[下问]|让(?:他|她|居民|对方).{0,4}(?:补充|说|发)|请?(?:居民|他|她)?补充|具体(?:位置|地址|在哪|哪)|几(?:单元|楼|号楼|号|栋|层|门)|(?:电话|手机号?)(?:是)?多少|在家[吗么]|方便[吗么]|哪(?:个|家|里|儿|栋|户|边)|什么位置|啥位置|(?:拍|发)(?:个|张)?(?:照片?|图|位置)|.{2,}[吗么呢]\??$|\?$",
        ),
        (
            "progress",
            r"(?:还没|没有?|未|快|就要|差不多)(?:修|弄|办|处理|解决|搞|做|好|完|换|清)|等(?:配件|零件|材料|物业|师傅|回复|通知|电工)|(?:修|弄|处理|办|做)了一(?:半|部分)|联系(?:上|了|过)?(?:物业|师傅)(?!.*(?:好|完|结)了?$)|在路上|已联系|已经联系|联系了|马上到|快到了",
        ),
        (
            "handover",
            rf"{_GIVE.pattern}|(?:让|叫|请|由|派|给)(?:老.|小.|[\u4e00-\u9fff]{{1,2}}{_TITLE}|[\u4e00-\u9fff]{{2,3}})(?:去|来|接|处理|办|看|弄|负责|跟进)",
        ),
        (
            "resolved",
            r"居民说(?:不用|好|不需要|没事|已经好|自己)|不用(?:修|管|去|来)?了$|办结|结单|结案|销单|^结了?$|办完|完成|完工|搞定|搞好|妥了|已(?:经)?(?:修复|解决|处理|办理|办好|修好|清理|恢复|更换|疏通|调解|送到|办妥)(?!中)|(?:解决|处理|修|弄|办|整|换|装|清|扫|通|调解|疏通|送|补|说|谈|接|安|收拾|安顿|清理|维修|修理|搬|抬|交|领|取|买|填)(?:好|完|通|妥|掉|走|到|上|干净|成)(?:了|啦)?|(?:解决|处理|修复|恢复|清理|疏通|调解|更换)了|^(?:已经?|都|全|全都|也)*(?:好|行|完|亮|通|修|结|成|齐|中|没问题|不漏|不堵)(?:了|啦)$|(?:来|有|通)(?:电|水|气|暖)了$|(?:灯)?亮了$|(?:下水|水|路|电)通了$|好了$|不漏了$|和好了|和解",
        ),
        (
            "progress",
            rf"正在|在(?:修|弄|处理|看|办|查|现场|赶|找|调解|联系|跑)|到(?:现场|了$|家了|门口)|这就到|已(?:经)?(?:联系|通知|报|安排|到|派|上报|约|叫|打|找|催|去)|联系(?:上|了|过|好)|通知(?:了|过)|安排(?:了|好)|报(?:了|过|给)|去看(?:过|了)|看过了?|(?:上午|下午|中午|晚上|今天|今晚|一会儿?|待会�?|等会儿?|回头|晚点|过会儿?|稍后|等下|抽空).{{0,6}}{_DOES}|打过电话|师傅(?:在|来|到|已)|出发|开始(?:修|处理|办)|跟进|进展|进度[:,]?.+|问了|买配件|买材料",
        ),
        (
            "accept",
            r"^(?:我)?(?:接单?|接了|接下|接手|收到|我去|我来|我接|我办|我处理|我看看|我这就|我马上|这就去|马上去|马上来|马上过去|马上到|马上处理|好的?|好嘞|好勒|行|中|可以|没问题|ok|okay|知道了?|明白了?|交给我|包我身上|嗯+|得嘞|是|遵命|去|立即去|立刻去|现在去|现在就去|过去|这就过去|我过去|领了?|认领|受理|抢|抢单)(?:了|啦|吧|哈|啊|呀|,|。|!|\s|$)|我(?:来|去)(?:处理|办|看|弄|一?趟|解决|吧)?|我(?:接|认领|负责)|^接(?!到|待|着|下来)",
        ),
    )
)
_NEEDS_NO_REQUEST: Final = frozenset({"none", "bind", "bind_code", "help", "log", "status"})
_KEEPS_WHOLE_NOTE: Final = frozenset({"progress", "ask_requester", "need_help", "schedule"})


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `ambiguous`: the member must be asked for which request it is meant; `when` is the words said."""

    intent: str
    requests: tuple[int, ...] = ()
    ambiguous: bool = False
    to: str | None = None
    note: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """Numbers with the words that belong to them."""

    requests: tuple[int, ...]
    text: str


def read_replies(
    text: str,
    open_requests: Sequence[int] = (),
    quoted_request: int | None = None,
    people: Sequence[str] = (),
) -> tuple[Command, ...]:
    """The commands in a member's message in their order; nothing or a single `none` for talk. Never raises.

    `open_requests` are the numbers that the member holds, `people` names of members that may be receivers.
    """
    plain = _MENTION.sub("", normalise(text[:_LONGEST])).strip(_EDGES.replace("?", ""))
    if not plain:
        return ()
    whole = _whole_message(plain)
    if whole:
        return (whole,)
    commands = [_command(piece, people) for piece in _pieces(plain, frozenset(open_requests))]
    aimed = (_aimed(command, plain, open_requests, quoted_request) for command in commands)
    meant = tuple(command for command in aimed if command.intent != "none")
    return meant or (Command("none"),)


def quoted_number(quoted: str) -> int | None:
    """The request that a quoted card or message speaks of: its first `#342`."""
    match = re.search(r"#\s*(\d{1,9})", normalise(quoted[:_LONGEST]))
    return int(match[1]) if match else None


def reply_as_json(commands: Sequence[Command]) -> dict[str, Any]:
    """The shape of `hutong replies --json`: the first command flat, and all in `commands` when there are several."""
    flat = _as_json(commands[0] if commands else Command("none"))
    if len(commands) > 1:
        flat["commands"] = [_as_json(command) for command in commands]
    return flat


def _as_json(command: Command) -> dict[str, Any]:
    numbers = command.requests
    return {
        "intent": command.intent,
        "request": None if not numbers else numbers[0] if len(numbers) == 1 else list(numbers),
        "ambiguous": command.ambiguous,
        "to": command.to,
        "note": command.note,
        "when": command.when,
    }


def _whole_message(plain: str) -> Command | None:
    """Words whose numbers are no requests: what is logged or bound."""
    for intent, pattern in _INTENTS:
        if intent in ("bind", "bind_code", "help", "log") and (match := pattern.search(plain)):
            if intent == "bind" and match["note"] == "码":
                continue
            notes = [value for value in match.groupdict().values() if value]
            return Command(intent, note=notes[0].strip(_EDGES) if notes else None)
    return None


# ── numbers ──


def _pieces(plain: str, open_requests: frozenset[int]) -> list[_Piece]:
    """Give each part of the words to the numbers it is said of."""
    pieces: list[_Piece] = []
    for clause in _CLAUSE.split(plain):
        for piece in _pieces_of_clause(clause, open_requests):
            if not pieces:
                pieces.append(piece)
                continue
            last = pieces[-1]
            if not piece.requests or not last.requests:
                # `修好了,342`, `342好了,换了个灯泡`: one of the two only completes the other.
                pieces[-1] = _Piece(last.requests or piece.requests, _glued(last.text, piece.text))
            elif not piece.text or not last.text:
                pieces[-1] = _Piece((*last.requests, *piece.requests), last.text or piece.text)
            else:
                pieces.append(piece)
    return pieces


def _pieces_of_clause(clause: str, open_requests: frozenset[int]) -> Iterator[_Piece]:
    groups = _number_groups(clause, open_requests)
    if not groups:
        if clause.strip(_EDGES):
            yield _Piece((), clause.strip())
        return
    before = clause[: groups[0][1]].strip(_EDGES)
    ends = [start for _, start, _ in groups[1:]] + [len(clause)]
    for (numbers, _, end), until in zip(groups, ends, strict=True):
        yield _Piece(numbers, _glued(before, clause[end:until].strip(" ,;。!:、~-")))
        before = ""


def _number_groups(clause: str, open_requests: frozenset[int]) -> list[tuple[tuple[int, ...], int, int]]:
    """Numbers that stand side by side (`342、350`) with where they begin and end."""
    groups: list[tuple[tuple[int, ...], int, int]] = []
    for match in _REFERENCE.finditer(clause):
        number = read_number(match["marked"] or match["bare"] or match["spelled"])
        joins = bool(groups and _BETWEEN_NUMBERS.fullmatch(clause[groups[-1][2] : match.start()]))
        if not number or not (joins or _is_reference(match, clause, number in open_requests, bool(groups))):
            continue
        if joins:
            groups[-1] = ((*groups[-1][0], number), groups[-1][1], match.end())
        else:
            groups.append(((number,), match.start(), match.end()))
    return groups


def _is_reference(match: re.Match[str], clause: str, is_open: bool, is_later: bool) -> bool:
    """Whether a number stands where people put a request's number; one in the middle of words may be anything."""
    before = clause[: match.start()]
    if match["marked"] or is_open or not before.strip(_EDGES) or _BEFORE_A_NUMBER.fullmatch(before.strip(_EDGES)):
        return True
    if match["spelled"]:
        return False
    return before[-1].isspace() or (is_later and bool(_AFTER_A_NUMBER.match(clause[match.end() :])))


def _glued(first: str, second: str) -> str:
    return ",".join(text for text in (first, second) if text)


# ── intents ──


def _command(piece: _Piece, people: Sequence[str]) -> Command:
    text = piece.text.strip(_EDGES.replace("?", ""))
    if not text:
        return Command("status", piece.requests)
    for intent, pattern in _INTENTS:
        if match := pattern.search(text):
            return _filled(intent, match, text, piece.requests, people)
    return Command("none", piece.requests)


def _filled(intent: str, match: re.Match[str], text: str, requests: tuple[int, ...], people: Sequence[str]) -> Command:
    note = _note(intent, match, text)
    if intent == "handover":
        to = _receiver(text, match, people)
        return Command(intent, requests, to=to, note=_without(text, to) if to else note)
    when = _when(text) if intent in ("schedule", "progress") else None
    return Command(intent, requests, note=note, when=when)


def _when(text: str) -> str | None:
    match = _WHEN.search(text)
    return match[0].strip() if match else None


def _note(intent: str, match: re.Match[str], text: str) -> str | None:
    """What is said beside the command word; for reports all of it, for they are told on as they are."""
    if intent in ("accept", "status", "none"):
        return None
    if intent in _KEEPS_WHOLE_NOTE or text.startswith("居民说"):
        return text
    if match.start() == 0:
        return text[match.end() :].strip(_EDGES).lstrip("因为了").strip(_EDGES) or None
    if match.end() == len(text) and text[match.start() - 1] in _EDGES:
        return text[: match.start()].strip(_EDGES) or None
    return None if len(text) - len(match[0]) <= 3 and intent == "resolved" else text


def _receiver(text: str, match: re.Match[str], people: Sequence[str]) -> str | None:
    """The member named, else the first words after 转给 that look like a person."""
    named = [name for name in people if name and name in text]
    if named:
        return max(named, key=len)
    give = _GIVE.search(text)
    after = text[give.end() :] if give else re.sub(r"^(?:让|叫|请|由|派|给)", "", match[0])
    found = _PERSON.match(after.strip(" 给@"))
    return found[0] if found else None


def _without(text: str, to: str) -> str | None:
    """The reason beside a handover: `转李姐,她离得近` → `她离得近`."""
    after = text.split(to, 1)[1] if to in text else ""
    rest = re.sub(r"^(?:去|来|接|处理|办|吧|呗|了|看看?|负责|跟进)+", "", after).strip(_EDGES)
    return rest or None


# ── which request ──


def _aimed(command: Command, plain: str, open_requests: Sequence[int], quoted: int | None) -> Command:
    if command.requests or command.intent in _NEEDS_NO_REQUEST:
        if command.intent == "status" and not command.requests and quoted is not None:
            return replace(command, requests=(quoted,))
        return command
    if quoted is not None:
        return replace(command, requests=(quoted,))
    if len(open_requests) == 1:
        return replace(command, requests=(open_requests[0],))
    if open_requests and re.match(r"(?:都|全都?|全部|两个都|三个都|这些都)", plain):
        return replace(command, requests=tuple(open_requests))
    return replace(command, ambiguous=len(open_requests) > 1)
