"""Which requests a member's words name, and which words belong to which: `342好了 350转李姐`, `接342 退350`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import CHINESE_NUMBER, read_number
from classifiers.times.promises import spans_of_times

EDGES: Final = " ,;。!?:、~\n-—."
_LEAST_SURE: Final = 100  # 342家 is no number of homes; 3家 may be
_PHONES: Final = frozenset({110, 119, 120, 122, 12345, 12319, 12356, 12369, 95598})
_REFERENCE = late(
    rf"(?P<mark>#|no[.:]?|【|工单号?|编号|单号|诉求|任务号?|第)?\s*(?:(?P<digits>(?<!\d)\d{{1,7}}(?!\d))|(?P<spelled>{CHINESE_NUMBER}{{1,8}}))"
    r"(?P<tail>】|#|\s?(?:号(?:工单|单(?!元)|任务|诉求|件)?|单(?!元)|[件条](?=[^\d]|$)))?",
    re.IGNORECASE,
)
# 350万, 342路过去, 350多户: a number of so many is no request; 342路灯, 350分给老张, 342户主 begin only like one.
_COUNTS_SOMETHING = late(
    r"\s*(?:块|元(?![旦宵])|米(?!面)|斤|公斤|公里|度(?!数)|毫米|厘米|的车|个人|(?:号)?快递柜)"
    r"|多?(?:块|元(?![旦宵])|万(?![不一事])|亿|吨|亩|页(?!面)|米(?!面)|斤|公斤|公里|公分|度(?!数)|人(?=$|[,。!?\s次份以左])"
    r"|户(?![主口籍外号内型门])|项(?![目链])|平(?=$|[方米的,。!?\s])|分(?=$|[钟,。!?\s]))"
    r"|路(?:公交|的?车|过[去来]|站|[首末]班|改[道线]|绕|停[运开]|晚点|[堵挤慢]|司机|直达|[到往]|(?=$|[,。!?\s]))"
    r"|(?:国|省|县)道|高速|步行街|地铁"
)
# 车牌冀F350, G350
_OTHER_CODES = late(
    r"(?:尾号|[后末前][三四五六]位(?:数字?|是|为)?|身份证.{0,4}|卡号|车牌.{0,3}|密码|验证码|取件码|[\u4e00-\u9fff][a-z])\s*$|(?<![a-z])[a-z]$",
    re.IGNORECASE,
)
_LEADING_ZERO = late("0")  # 身份证后四位0342
_MEASURE = late(
    r"\s*(?:[点分天个年月日人次盏米条辆块小家位件楼栋幢座层室户门排元岁%多根台桶袋口趟遍斤瓶副双把只头车处段截节片颗棵面扇样秒钟周半来度期组队区路]"
    r"|单元|号(?:楼|院|门|线|桌|井)|[-.:]\d|[a-z])",
    re.IGNORECASE,
)
# 12处理完了: a word that only begins like a measure; the number before it is one of his.
_NO_MEASURE = late(
    r"\s*(?:来(?:水|电|气|暖)|处[理置于]|家[里属没不]|户主|人[不没家]|分[给派]|米面|门[锁口禁铃]|车[位库]|排查|层层|组织|台阶|座机|小[孩区]|路[灯面]|桶换|遍地|日常"
    r"|done|finish|fixed|ok|天[亮黑]|条件|点(?:不|火)|岁数|年[纪龄]|根本|区里|期间|次日|把手|度数|副食|头疼|双方|面积|瓶颈|套管|段位|口头)"
)
_A_DAY = late(r"(?:号|日)(?!常)(?:上午|下午|早上|早|晚上|晚|中午|傍晚|之前|以前)|月\d{1,2}[号日]?")  # 3号下午去
_LONGEST_MONTH = 31
_BEFORE_A_DAY = late(r"(?:我|等到?|约好?|改[到约]|定在?|[推延]到|那就)$")  # 我15号去
_HE_COMES = late(r"[号日]?(?:再|才|就|能|可以)?(?:[去来到过]|上门)")
# 5号填平了, 七号我去: what is said of a request and not of a house; on the 5th one goes, and 5号去 is a day.
_SAID_OF_IT = late(
    r"\s*(?:我|俺|已经?|都|也|全|给)*(?:(?:疏通|清理|维修|抢修|处理|解决|完成|[修办弄搞换装填清补安拆送焊扫铺拧拉挖接通])"
    r"(?:干净|[好完通掉平走妥亮成定上住紧])?(?:了|啦|咧|喽)(?=[\s,。!]|$)|搞定|办结|结单|收到|完成|退单|接单|到(?:了|啦|现场|门口)(?=[\s,。!]|$)|[接退转办](?=[\s,。!]|$)|转(?=[给老小]))"
)
_HE_GOES = late(
    r"\s*(?:(?:我|俺)(?:去|来|接|办|弄|修|处理|负责)|那[个件单](?!.{0,2}(?:楼|单元|院|门|栋)))"
)  # 八号那个修好了
_BEFORE_A_NUMBER = late(
    r"(?:我?(?:再|先|已经?)?(?:接|查|退|转|办结|完成|结|收到|看|看看|催|协助|处理|修好|办完|搞定|状态|进度|查询|预?约|吹哨|登记)(?:了|单|下|一下|掉)?|[\d\s、,和#]+|那个|这个|还有|另外)"
)
_COMMAND = late(
    r"接单?|收到|查|退单?|转|办结|结单|约好|改约|请?补充|告诉居民|转告居民|在路上|进展|吹哨|延期|督办|暂停|恢复|重办"
)
_AN_HOUR_OR_SUM = late(r"\s*(?:[点号日月天分个块元:.]|单元|楼|栋)")
_AFTER_A_NUMBER = late(r"\s*(?:[好修接退转办去得需下明已在完搞收弄没约吹结]|我[去来接办])")
_BETWEEN = late(r"(?:\s*and\s*|[\s、,和及与跟/&+以]*)", re.IGNORECASE)
_RANGE = late(r"\s*(?:到|至|-|~)\s*")
_DASHED = late(r"(?<![\d.#-])(\d{1,7})\s*[-~—]\s*(\d{1,7})(?![\d室号单楼元块米.-])")
# 退掉1046 重复了 跟1051一个事: another one, which only tells why
_COMPARED_WITH = late(r"[跟和与同]$")
# 350我忙完342就过去: the other one only tells when
_BEHIND_ANOTHER = late(r"(?:忙|弄|办|修|干|处理|送|跑|搞)完(?:了)?$")
_THEN = late(r"(?:号)?(?:这边|那边|那个|的)?[,\s]*(?:就|再|马上|立马|才|以?后|之后)")
_IS_THE_SAME = late(r"(?:号)?(?:那[个件])?(?:其实)?(?:是|就是)?(?:重复|同?一(?:个|件|回|码)事|一样|同一)")
_COUNTED = late(r"(?:(?<=[,;。\s])|^)(?:[一二三四五六七八九]号[、和跟\s]*)+(?=都|也|已经|还?没|好了|办|弄|修|搞|完)")
_CLAUSE = late(r"[,;。!\n]+")
_LEADING = late(r"\s*(?:#|no\.?)?\s*(?P<number>\d{1,7})(?!\d)(?:号单|号|单)?(?P<after>[\s,，:：]*)", re.IGNORECASE)
_OF_AN_HOUR = late(r"[点时:：.]|月|日")
_IDLE_HEAD = late(
    r"^(?:报告(?:一下)?|汇报(?:一下|下)?|那个|这个|就是|关于|哎呀?|诶|啊|呃|嗯嗯?(?=[^\s,])|还有|另外|对了|领导|各位|同志们|[,\s:])++(?=.)"
)
_VERB_OF_NEXT = late(
    r"(?:^|(?<=[\s了好完]))(?:我|再|先|也|就|还|那|然后|顺便)*(?P<verb>接单?|退单?|转|查|办结|吹哨|收到|催|把|将|完成|搞定)(?:了|掉)?$"
)
_POINTS_AHEAD: Final = ("把", "将")
_JOINS_CLOSELY = late(r"(?:转|把|将|交|让|叫)$")
_SAME_AGAIN = late(
    r"^(?:也是|也一样|一样|同上|也|(?:也|是|就)*(?:同一天|同天|同一个?时间|那天)(?:去|来|过去|吧)?)(?:的|了)?$"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Numbers with the words that belong to them."""

    requests: tuple[int, ...]
    text: str


def without_number(text: str, number: int | None = None) -> str:
    """The words behind the request's number at the head: 342号 到了 is 到了; 1点到 and 3号下午去 begin with a time.

    `number`: only this one is taken away. Never raises.
    """
    leading, rest = number_first(text)
    return rest if leading is not None and number in (None, leading) else text


def number_first(text: str) -> tuple[int | None, str]:
    """The number of a request at the head and the words behind it; None and the whole text when it begins with
    none. Never raises."""
    match = _LEADING.match(text)
    if match is None:
        return None, text
    digits_end, rest = match.end("number"), text[match.end() :]
    is_time = _A_DAY.match(text, digits_end) or (not match["after"] and _OF_AN_HOUR.match(text, digits_end))
    return (None, text) if is_time or not rest else (int(match["number"]), rest)


def pieces_of(plain: str, open_requests: Collection[int]) -> list[Piece]:
    """Give each part of a normalised text to the numbers it is said of; words without any belong to those before."""
    pieces: list[Piece] = []
    for clause in _CLAUSE.split(_spelled_out(plain, open_requests)):
        for piece in _pieces_of_clause(clause, open_requests):
            if not pieces:
                pieces.append(piece)
                continue
            last = pieces[-1]
            if _SAME_AGAIN.match(piece.text):
                piece = Piece(piece.requests, last.text)
            if not piece.requests or not last.requests:
                # `修好了,342`, `342好了,换了个灯泡`: one of the two only completes the other.
                pieces[-1] = Piece(last.requests or piece.requests, _glued(last.text, piece.text))
            elif not piece.text or not last.text:
                pieces[-1] = Piece((*last.requests, *piece.requests), last.text or piece.text)
            else:
                pieces.append(piece)
    return pieces


def _spelled_out(plain: str, open_requests: Collection[int]) -> str:
    """`1-3` as 1到3 and `一号二号` as 1号2号 where he has such requests; else they are doors, or days."""

    def as_range(found: re.Match[str]) -> str:
        is_his = {int(found[1]), int(found[2])} <= set(open_requests) and int(found[1]) < int(found[2])
        return f"{found[1]}到{found[2]}" if is_his else found[0]

    def in_digits(found: re.Match[str]) -> str:
        numbers = [read_number(one) for one in re.findall(r"[一二三四五六七八九]", found[0])]
        return "、".join(f"{one}号" for one in numbers) if set(numbers) <= set(open_requests) else found[0]

    return _COUNTED.sub(in_digits, _DASHED.sub(as_range, plain))


@dataclass(frozen=True, slots=True)
class _Group:
    """Numbers that stand side by side (`342、350`), from `start` to `end` of the clause."""

    numbers: tuple[int, ...]
    start: int
    end: int


def _pieces_of_clause(clause: str, open_requests: Collection[int]) -> Iterator[Piece]:
    groups = _groups(clause, open_requests)
    if not groups:
        if clause.strip(EDGES):
            yield Piece((), _IDLE_HEAD.sub("", clause.strip()))
        return
    ends = [group.start for group in groups[1:]] + [len(clause)]
    between = [clause[group.end : until].strip(" ,;。!:、~-.") for group, until in zip(groups, ends, strict=True)]
    before = _IDLE_HEAD.sub("", clause[: groups[0].start].strip(EDGES) + " ").strip()
    is_verb_first = _is_a_verb(before) and not _is_a_verb(between[-1])
    for place, group in enumerate(groups):
        own, verb = _without_next_verb(between, place, is_verb_first=is_verb_first)
        yield Piece(group.numbers, _glued(_bare(before), own.removeprefix("的").strip()))  # 1的路灯修好了
        before, is_verb_first = verb, is_verb_first or bool(verb)


def _bare(before: str) -> str:
    """A verb that stands before its number without what only leads to it: 再退 as 退, and 把 as nothing."""
    verb = _VERB_OF_NEXT.fullmatch(before)
    return before if verb is None else "" if verb["verb"] in _POINTS_AHEAD else verb["verb"]


def _is_a_verb(words: str) -> bool:
    """接, 再退; 把 only points to what follows."""
    verb = _VERB_OF_NEXT.search(words)
    return verb is not None and verb["verb"] not in _POINTS_AHEAD


def _without_next_verb(between: list[str], place: int, *, is_verb_first: bool) -> tuple[str, str]:
    """办结 342 接 343: 办结 stands before its number, so 接 is the second's. 342接 343退: each verb behind its own."""
    own = between[place]
    is_last = place + 1 == len(between)
    if is_last or not (verb := _VERB_OF_NEXT.search(own)):
        return own, ""
    rest, after = own[: verb.start()].strip(), between[place + 1]
    if verb["verb"] in _POINTS_AHEAD or not rest:
        is_next = is_verb_first or verb["verb"] in _POINTS_AHEAD
    else:  # 342好了 接 343: he has said already what is with the first
        is_next = not after or after.startswith("给") or (_is_a_verb(after) and place + 2 < len(between))
    return (rest, verb[0]) if is_next else (own, "")


def _groups(clause: str, open_requests: Collection[int]) -> list[_Group]:
    groups: list[_Group] = []
    for match in _REFERENCE.finditer(clause):
        number = read_number(match["digits"] or match["spelled"])
        between = clause[groups[-1].end : match.start()] if groups else None
        joins = between is not None and bool(_BETWEEN.fullmatch(between))
        if joins and number in groups[-1].numbers:  # 15 15号去: the same again is a day
            continue
        if (
            not number
            or _LEADING_ZERO.match(match["digits"] or "")
            or not _is_reference(match, number, clause, open_requests, joins, bool(groups))
        ):
            continue
        end = match.end() - (0 if match["tail"] else len(match[0]) - len(match[0].rstrip()))
        if between is not None and _RANGE.fullmatch(between) and {number, groups[-1].numbers[-1]} <= set(open_requests):
            inside = [one for one in sorted(open_requests) if groups[-1].numbers[-1] < one <= number]
            groups[-1] = _Group((*groups[-1].numbers, *inside), groups[-1].start, end)
        elif joins:
            groups[-1] = _Group((*groups[-1].numbers, number), groups[-1].start, end)
        else:
            groups.append(_Group((number,), match.start(), end))
    return groups


def _is_reference(
    match: re.Match[str], number: int, clause: str, open_requests: Collection[int], joins: bool, is_later: bool
) -> bool:
    """Whether a number stands where people put a request's number; one in the middle of words may be anything."""
    if is_later and _is_only_compared(match, clause):
        return False
    if match["mark"] and match["mark"] != "第":
        return True
    digits = "digits" if match["digits"] else "spelled"
    after = clause[match.end(digits) :]
    before = clause[: match.start()].strip(EDGES)
    if _A_DAY.match(after) or before.endswith("月") or _is_his_day(number, before, after):
        return False
    if match["mark"]:
        return match["tail"] is not None
    if number in open_requests and number >= _LEAST_SURE:
        return not _COUNTS_SOMETHING.match(after) and not _OTHER_CODES.search(clause[: match.start(digits)])
    is_first = not before or bool(_BEFORE_A_NUMBER.fullmatch(before))
    if is_first and (match["tail"] or "").strip() == "号" and _is_said_of_it(clause, match, number in open_requests):
        return True
    if digits == "spelled" and len(match["spelled"]) < 2:
        return False
    if digits == "spelled" and number in open_requests and is_first and not clause[match.end() :].strip(EDGES):
        return True  # 查十五
    if digits == "digits" and number in open_requests and _is_set_apart(match, clause, after):
        return True
    if digits == "digits" and _is_behind_command(match, clause, after):
        return True
    if number in open_requests and digits == "digits" and is_first and _NO_MEASURE.match(after):
        return True
    if _MEASURE.match(after) or re.search(r"\d[.:-]$|[a-z]$", clause[: match.start(digits)], re.IGNORECASE):
        return False
    if number in open_requests:
        return digits == "digits" or joins or not clause[: match.start()].strip(EDGES)  # 十二和十五
    if number in _PHONES or any(start <= match.start(digits) < end for start, end in _times_of(clause)):
        return False
    return (joins and digits == "digits") or _may_be_one(match, clause, open_requests, is_later)


def _is_only_compared(match: re.Match[str], clause: str) -> bool:
    before, after = clause[: match.start()].rstrip(), clause[match.end() :]
    is_behind_it = bool(_BEHIND_ANOTHER.search(before)) and bool(_THEN.match(after))
    return is_behind_it or (bool(_COMPARED_WITH.search(before)) and bool(_IS_THE_SAME.match(after)))


@lru_cache(maxsize=4)  # each number of a clause asks
def _times_of(clause: str) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end, _ in spans_of_times(clause))


def _is_his_day(number: int, before: str, after: str) -> bool:
    """我15号去, though he holds 15."""
    return number <= _LONGEST_MONTH and bool(_BEFORE_A_DAY.search(before)) and bool(_HE_COMES.match(after))


def _is_said_of_it(clause: str, match: re.Match[str], is_held: bool) -> bool:
    """5号填平了, 接5号: whether he holds it or not; of one that he holds also 五号我去, 转五号给老李."""
    rest = clause[match.end() :]
    if _SAID_OF_IT.match(rest):
        return True
    is_last = not rest.strip(EDGES) or (is_held and rest.startswith("给"))
    is_behind_command = is_last and _is_a_verb(clause[: match.start()].strip(EDGES))
    return is_behind_command or (is_held and bool(_HE_GOES.match(rest)))


def _is_set_apart(match: re.Match[str], clause: str, after: str) -> bool:
    """`办结 5 来水了`: behind the command or at the beginning, with a space after it, a held number is that request."""
    before = clause[: match.start()].strip(EDGES)
    return after[:1].isspace() and (not before or bool(_BEFORE_A_NUMBER.fullmatch(before)))


def _is_behind_command(match: re.Match[str], clause: str, after: str) -> bool:
    """`办结 9 路砖铺好了`: he means a request, though he holds none of that number; 约好 9 点 is an hour."""
    before = clause[: match.start("digits")]
    is_apart = before[-1:].isspace() and after[:1].isspace() and not _AN_HOUR_OR_SUM.match(after)
    return is_apart and bool(_COMMAND.fullmatch(before.strip(EDGES)))


def _may_be_one(match: re.Match[str], clause: str, open_requests: Collection[int], is_later: bool) -> bool:
    """A number that he does not hold: somebody else's, a finished one, a slip of the finger; or no request at all."""
    before = clause[: match.start()].strip(EDGES)
    is_first = not before or bool(_BEFORE_A_NUMBER.fullmatch(before))
    if match["spelled"]:
        return is_first and len(match["spelled"]) >= 3 and not open_requests
    if is_first or open_requests:
        return is_first
    return clause[match.start() - 1].isspace() or (is_later and bool(_AFTER_A_NUMBER.match(clause[match.end() :])))


def _glued(first: str, second: str) -> str:
    closely = _JOINS_CLOSELY.search(first)
    return ("" if closely else ",").join(text for text in (first, second) if text)
