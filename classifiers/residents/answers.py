"""What short words say to the question whether it is solved: 五分, 谢谢小陈 满意, 都好 就是来得慢, 又不亮了.

Clause by clause, and every clause must fit whole: one that is not understood leaves the answer to the trained reader.
不亮了 is bad and 不漏了 is good: what ought to be is told apart from what ought not to be by two lists, and first
by the words of the request itself, for a bell ought to ring and an alarm ought not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from classifiers.members.persons import SURNAMES
from classifiers.reader.late import late
from classifiers.reader.segment import normalise, read_number
from classifiers.residents.continuations import is_fine_now
from classifiers.residents.judgements import clauses_of
from classifiers.times.words import NEAR_DAY, NUMBER, WEEK

_LONGEST: Final = 40  # signs


class Answer(StrEnum):
    """One for each thing that can be answered."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"
    THANKS = "thanks"  # 谢谢邹师傅: kind, and no word of the result
    HOW = "how"  # 这怎么点啊
    NO_WORD_OF_IT = "no_word_of_it"  # 三楼, 3点来的, 吓死我了: neither good nor bad


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """An answer, and what was said beside it of another matter: 解决了 但是旁边那个也不亮了."""

    answer: Answer
    beside: str = ""


_PERSON = (
    rf"(?:[小老][{SURNAMES}]|[{SURNAMES}][\u4e00-\u9fff]{{0,2}}(?=师傅|书记|主任|大?[姐哥])|你们?|您|大家|各位)?"
    r"(?:师傅|书记|主任|同志|大?[姐哥])?"
)
_THANKED = rf"(?:谢谢?|多谢|感谢|辛苦|麻烦|有劳)(?:了|啦|啊|呀|哈|喽)*{_PERSON}(?:了|啦|啊|呀|哈|们|的|喽)*"
_FACES: Final = late("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]+")
_END = r"[了啦啊呀呢哦哈嘛吧的哩喽~.]*"
_WELL = (  # what ought to be: 不亮 is bad
    r"亮堂?|热乎?|暖和?|凉快?|制冷|通畅?|下水|出水|来水|来电|来气|转|好使|好用|能用|灵|打着|着火|管用|正常|能[开关锁上]|[开关锁]上"
)
_ILL = (  # what ought not to be: 不漏 is good
    r"漏水?|滴水?|渗水?|堵上?|[流淌冒返反积]水|响|吵|闹|臭|有味儿?|掉|闪|晃|黑|灭|冒烟|跳闸|坏|停[水电气]|卡"
)
_DONE = r"(?:修|弄|办|换|搞|装|处理|收拾|清理|打扫|通)?(?:好|利索|干净|妥|完)|解决|搞定"
_VERY = (
    r"(?:都|也|这回|这次|现在|真|很|挺|非常|特别|太|比较|相当|十分|可|蛮|老|是|干得|修得|弄得|办得|来得|服务|态度|手艺|"
    r"活儿?|人)"
)
_PRAISE = r"满意|好评|不错|给力|及时|利索|麻利|周到|到位|靠谱|热心|认真|负责|没的说|没毛病|点赞"
_GOOD_SOUL = (
    r"(?:个|位)?(?:大?好人|好小伙子?|好姑娘|好同志|热心肠?|热心人|"
    r"活雷锋|好样的|实在人|能人|行家|贴心人?|有心人?|厉害|能干|有本事)"
)
_HIS = (  # 这孩子真好, 小陈手真巧
    r"(?:这|那)?(?:个|位)?(?:人|孩子|娃|小伙子?|小哥|姑娘|闺女|师傅|手艺?|技术|活儿?|心眼儿?)"
)
_HIS_PAINS = (  # 大热天跑一趟, 忙前忙后: what it has cost him
    r"(?:大(?:热|冷|雨|雪|阴|太阳|老远|中午|晚上|半夜|清早|早上|过节|过年)天?|这么(?:热|冷|晚|早|远|大(?:的)?[雨雪])(?:的?天)?|天(?:这么|那么)?(?:热|冷)|"
    r"下着?(?:大)?[雨雪]|半夜|冒[雨雪])(?:的|里|还|也|都|就|给|让|又|他|您|你|你们)*(?:来|跑|过来|上门|赶)(?:来|过来|了|一?趟|好?几趟|两趟|前|后)*|"
    r"(?:忙|跑)前(?:忙|跑)后|(?:让|叫)?(?:您|你|你们|他)?(?:受累|费心|操心|挨冻|挨热|淋雨)"
)
_SUBJECT = r"[^没不又还也未再白谁哪怎咋就,?]{0,5}?"
_BUT = r"(?:但是?|不过|可是?|就是|只是|然而)"
_AGAIN = r"(?:又|还是?|还在|仍然?|照样|依然|老是?|一直|现在|根本|压根|都|这会儿|今天|刚才|过一会儿?|给)*"

_FILLER: Final = late(
    r"(?!不行|不好|不中|不可)(?:嗯|哦|噢|喔|对|唉|哎呀?|啊|不|是的?|好的?|行|中|可以|那个?|师傅|您好|你好|哈)*[了啊呀吧]?"
)
_IS_WELL: Final = late(r"(?:好了){1,3}[啊呀]?")  # 好的 and 行了 say that he has read it
_LOOKED: Final = late(
    r"(?:我|俺|刚才?|今天|早上|已经|,){0,3}(?:回来|回家|回去|到家)?(?:看|试|检查)(?:了|过了|过)(?:一下|看|试)?[啊呀]?"
)
_THANKS: Final = late(rf"(?:嗯|哦|好的?|行|真是?|太|非常|,)*{_THANKED}(?:{_THANKED})?")
_BY_PERSON: Final = late(
    rf"(?:[小老][{SURNAMES}]|[{SURNAMES}]?(?:师傅|书记|主任))(?:真是?|太|您|你|可)*(?:谢谢|感谢|辛苦){_END}"
)
_SAID: Final = rf"(?:嗯|哦|对|[小老][{SURNAMES}](?:说|试了)?|(?:他|她|老伴|孩子|家里)说)?"

_GOOD: Final = tuple(
    late(rf"{pattern}(?:{_THANKED})?")
    for pattern in (
        rf"{_SAID}{_SUBJECT}(?:又|都|全|现在|已经|是)*(?:(?:{_DONE}|{_WELL})(?:了|啦|喽|着呢|着哩|多了)[啊呀哈,]?)++",
        rf"{_SUBJECT}(?:现在|真的?|再|也|都|今天|昨晚)*(?:不|没有?)(?:再)?(?:{_ILL})(?:了|啦)[啊呀哈]?",
        rf"{_SAID}{_PERSON}{_VERY}*+(?:{_PRAISE})(?:极|得很|着呢)?{_END}",
        rf"{_SAID}{_PERSON}{_VERY}++(?:好|棒|快|行|可以|好使|好用){_END}",
        rf"{_SAID}(?:修|换|弄|办|装|通|清|擦|补|收拾|处理|打扫)得{_VERY}*+(?:好|棒|快|干净|结实|利索|漂亮|仔细|细致|不错){_END}",
        rf"{_SAID}{_PERSON}{_HIS}{_VERY}*+(?:好|巧|不错|强|棒|厉害|能干|热心|懂事|实在){_END}",
        rf"{_PERSON}比[^没不,?]{{1,8}}(?:强|好|快|利索)(?:多|得多)?{_END}",
        rf"没有?(?:啥|什么|任何)?(?:大)?(?:问题|毛病|意见){_END}",
        rf"{_SAID}{_PERSON}{_VERY}*{_GOOD_SOUL}{_END}",
        rf"(?:速度|动作|效率|手脚|动手|办事|干活|活儿?|手艺){_VERY}*+(?:快|高|麻利|利索|好|漂亮|细|神速){_END}",
        rf"(?:真是?|是|这)?(?:个)?(?:好|乖)(?:孩子|小伙子?|姑娘|闺女|同志|后生|娃娃?){_END}",
        rf"(?:得|要|该|必须|我|给|为|他|她|{_PERSON}){{0,4}}(?:记(?:一|个|大){{0,2}}(?:次|等)?功|(?:好好)?表扬(?:表扬|一下|他)?|送(?:一?面)?锦旗|写(?:一?封)?(?:表扬|感谢)信){_END}",
        rf"(?:必须|我|要|得|给|为|{_PERSON})*+(?:点个?赞|竖个?大?拇指|打满分){_END}",
    )
)
_KIND_BESIDE: Final = late(
    rf"{_PERSON}(?:{_HIS_PAINS}){_END}|(?:喝口?[水茶]|吃[了个口]?[饭点]|坐一?会儿?|歇会儿?|抽根烟)(?:再|了)?(?:走|回|歇){_END}|"
    rf"(?:有空|回头|改天|下次)?(?:来|上)(?:我)?家(?:里)?(?:坐坐?|吃饭?|喝茶|玩).{{0,3}}|(?:早|一直)?(?:忘了?|没顾上)(?:跟|和|给)?(?:你们?|您)?说{_END}"
)
_FAIR: Final = late(
    rf"{_SAID}(?:也|就|算|总算|只能说|反正|总的来说|总体)*(?:还(?:算|是)?(?:行|可以|成|中|好|凑合|过得去)|凑合|马马虎虎|将就|一般般?|勉强|就那样|就那么回事|过得去)"
    rf"(?:着)?(?:用)?{_END}(?:{_THANKED})?"
)
_OWED_TO: Final = late(rf"(?:真是?|这(?:次|回)|可|,)*(?:多亏|亏得|幸亏)(?:了|有){{0,2}}{_PERSON}(?:了|啊|呀|帮忙|来)*")
_ASSENTS: Final = late(r"(?:好|行|可以|中|成|能用){1,2}(?:了|啦|的)?[啊呀]?")
_MANNER: Final = late(  # 就是来得慢了点: of the way it was done, not of what was done
    rf"{_BUT}[^没不又还?,]{{0,8}}(?:费|丑|难看|慢|晚|久|拖|磨蹭|等|贵|冲|凶|脏|乱|没收拾|不收拾|不耐烦|难听|态度)[^又还?,]{{0,8}}"
)
_IS_LOUD: Final = late(rf"{_BUT}(?:声音?|动静)(?:有点儿?|有些|稍微|略|太)*大(?:了)?(?:点儿?|些)?")
_OF_NOISE: Final = late("[吵响声闹噪]")
_BAD: Final = tuple(
    late(pattern)
    for pattern in (
        rf"{_SUBJECT}{_AGAIN}(?:不(?:行|满意?|好|中|成|咋[样地的]|怎么样?|太行|管用)|差劲|[太真很]差|差评|没用|没法用|用不了|白[修弄来]){_END}",
        rf"{_SUBJECT}{_AGAIN}(?:不|没|不怎么|不太|打不)(?:{_WELL}){_END}",
        rf"{_SUBJECT}(?:又|还是?|还在|仍然|照样|老是)(?:给|开始|在|接着)*(?:{_ILL})(?:着|上)?{_END}",
        rf"{_SUBJECT}(?:那[个件])?(?:根本|压根|都|也|还)*没(?:有?人?)?(?:给)?(?:修|弄|办|清|换|通|解决|动|管|收|擦|清理|处理|挪|搬)(?:好|干净|完|走|过)?{_END}",
        rf"{_SUBJECT}(?:根本|压根|都|也|还)*没(?:有)?人来(?:过|看|修|管)?{_END}",
    )
)
_ANOTHER: Final = late(
    rf"{_BUT}?,?(?=.{{0,12}}(?:旁边|隔壁|对面|边上|另|别的|其他|[又还]有一?[个盏处家块条]|也[不没坏堵漏灭]))(?=.{{0,20}}(?:不(?:{_WELL})|{_ILL})).{{3,30}}"
)
_WHO_DID: Final = late(rf"(?:到底|那)?(?:是)?谁(?:给)?(?:修|弄|办|来|干|换|清)的?{_END}")
_OF_AN_HOUR: Final = late(rf"{NUMBER}[点号]|[上下中]午|晚上|早上|{NEAR_DAY}|{WEEK}|时间")
_HOW: Final = late(
    r"(?:(?:这|那)?(?:个|东西|玩意儿?)?(?:怎么|咋|如何|往哪儿?|在哪儿?)(?:去|个)?(?:点|按|选|评价?|打分)法?|(?:我)?(?:该|要|得)?(?:点|按|选|摁)(?:哪个|哪儿|哪里|啥|什么)|"
    r"(?:我)?(?:也)?(?:不会|不知道怎么|不知道咋|不懂怎么)(?:点|按|选|评价?|打分)|(?:点|按)不(?:了|开|动|上|着))[啊呀呢吗的了?]*"
)
_HELPLESS: Final = late(r"(?:我|俺)?(?:老了|眼花|看不懂|看不清|弄不来|不懂|(?:也)?不会(?:弄|用|整|玩)?)[啊呀呢的了]*")
_COUNT = rf"(?:{NUMBER}|满)"
_OF_THE_VERY_THING: Final = late(
    rf"{_SUBJECT}(?:又|还是?|现在|都|是)*(?P<not>[不没])?(?P<what>[^不没了,?]{{1,2}}?)(?:了|啦|呢|啊)*"
)
_NO_WORD: Final = tuple(
    late(pattern)
    for pattern in (
        rf"(?:在|是|就是|我家|我们家?)*{_COUNT}(?:号?楼|层|单元|栋|门|号|院)(?:{_COUNT}(?:号?楼|层|单元|栋|门|号|室))?(?:东头|西头|东边|西边|那个|的)*",
        rf"(?:是|他|她|人|师傅|昨天|今天|刚才|上午|下午|中午|晚上)*{_COUNT}(?:点|时)(?:半|多|{_COUNT}分?)?(?:来|到|走|修|弄|办)的",
        rf"(?:那|这)(?:就|敢情|可)好{_END}",
        rf"(?:让|叫)?{_PERSON}(?:可|真|太|多)?(?:费心|操心|受累|不容易|挂心|惦记){_END}",
        r"(?:可|真|都|差点)*(?:吓|笑|累|困)死(?:我|人|个人)?了?",
        r"(?:昨天|刚才|那会儿?|当时|可|真|都|差点儿?)*(?:把|给)?(?:我|俺|全家|一家人?|家里人?)(?:们|都|给)*(?:急|吓|愁|担心|气|累|乐|高兴)坏了?",
    )
)
_SPARED: Final = late(r"(?:倒是?|总算|至少|可算)[^,]{0,2}没(?:有)?(?:再)?(?:动手|打|骂|闹|吵|来|砸|找)")
_POINTS: Final = late(
    rf"(?:我|就|给|打|评|你们?|他们?|您|个|满分|要|,)*(?P<count>{_COUNT})(?P<unit>分|颗?星)(?:好评|吧|啊|呀|哈|的|了)*"
)
_GRUDGED: Final = late(r"(?:一|半|零|0|1)(?:分|颗?星)(?:也|都)?(?:不|没|嫌|懒)[^?]{1,6}")
_FULL: Final = 100
_DIGITS: Final = {"1": Answer.GOOD, "2": Answer.FAIR, "3": Answer.BAD}  # of the menu, behind thanks
_OF_ALL: Final = late(
    r"(?:嗯|好|这|那|你们?|我的?){0,3}(?:[两俩三几]个?件?事?(?:儿|情)?|一共|全部?|统统|全都|都){1,3}(?:也|是|给)?"
)


def points_of(text: str) -> Answer | None:
    """五分 and 9分 are good, 三星 and 7分 are fair, 两分 and 50分 are bad: of five, of ten or of a hundred.

    Only where 分 or 星 is said: a bare digit is the digit of the menu. Never raises."""
    plain = normalise(text[:_LONGEST]).strip(" ,。!~")
    if _GRUDGED.fullmatch(plain):
        return Answer.BAD
    match = _POINTS.fullmatch(plain)
    if match is None:
        return None
    count = _FULL if match["count"] == "满" else read_number(match["count"])
    if count is None or count > _FULL:
        return None
    of = 5 if count <= 5 else 10 if count <= 10 else _FULL
    share = count * 10 / of
    return Answer.GOOD if share >= 8 else Answer.FAIR if share >= 6 else Answer.BAD


def read_answer(text: str, told: str = "") -> SpokenAnswer | None:
    """What short words answer; `told` are the words of the request whose result he was told. None when they are
    anything else, or not plain. Never raises."""
    plain = _FACES.sub(" ", normalise(text[: _LONGEST * 2])).strip(" ,。!~;:\n")
    if not plain or len(plain) > _LONGEST:
        return None
    said: list[Answer] = []
    clauses = clauses_of(plain)
    for place, clause in enumerate(clauses):
        if said and said[-1] in (Answer.GOOD, Answer.FAIR) and _ANOTHER.fullmatch(clause):
            return SpokenAnswer(_sum_of(said), ",".join(clauses[place:]))
        is_well_but = _ASSENTS.fullmatch(clause) and any(
            _is_manner(one, told) for one in clauses[place + 1 : place + 2]
        )
        answer = Answer.GOOD if is_well_but else _of_clause(clause, told, said)
        if answer is None:
            return None
        if answer != "":
            said.append(answer)
    return SpokenAnswer(_sum_of(said)) if said else None


def judges_all(text: str) -> Answer | None:
    """都好了, 两件都满意: one answer for each result that he was told. Never raises."""
    plain = normalise(text[:_LONGEST]).strip(" ,。!~")
    match = _OF_ALL.match(plain)
    if match and is_fine_now(plain[match.end() :]):
        return Answer.GOOD
    said = read_answer(plain[match.end() :]) if match and match.end() < len(plain) else None
    is_plain = said is not None and not said.beside and said.answer in (Answer.GOOD, Answer.FAIR, Answer.BAD)
    return said.answer if said and is_plain else None


def says_nothing_bad(text: str) -> bool:
    """他昨晚倒是没动手 counts as no complaint, however much it sounds like one. Never raises."""
    return bool(_SPARED.search(normalise(text[: _LONGEST * 2])))


def without_but(words: str) -> str:
    """不过楼道里又有一个灭了, said behind praise, without the word that joined the two. Never raises."""
    return re.sub(rf"^{_BUT},?", "", words)


def _sum_of(said: list[Answer]) -> Answer:
    """The plainest: a complaint spoils praise, and thanks alone judge nothing."""
    order = (Answer.HOW, Answer.BAD, Answer.FAIR, Answer.GOOD, Answer.THANKS, Answer.NO_WORD_OF_IT)
    return next(one for one in order if one in said)


def _of_clause(clause: str, told: str, said: Sequence[Answer]) -> Answer | Literal[""] | None:
    """What one clause says; "" for one that says nothing, None for one that is not understood."""
    if _IS_WELL.fullmatch(clause):
        return Answer.GOOD
    if _FILLER.fullmatch(clause) or _LOOKED.fullmatch(clause) or (Answer.BAD in said and _WHO_DID.fullmatch(clause)):
        return ""
    if _HOW.fullmatch(clause) or _HELPLESS.fullmatch(clause):
        return Answer.HOW
    if points := points_of(clause):
        return points
    if clause in _DIGITS and set(said) == {Answer.THANKS}:
        return _DIGITS[clause]
    if _THANKS.fullmatch(clause) or _BY_PERSON.fullmatch(clause):
        return Answer.THANKS
    if said and said[-1] in (Answer.THANKS, Answer.GOOD) and _KIND_BESIDE.fullmatch(clause):
        return ""
    if _OWED_TO.fullmatch(clause) or any(pattern.fullmatch(clause) for pattern in _NO_WORD):
        return Answer.NO_WORD_OF_IT
    if as_before := _as_before(clause, told):
        return as_before
    if _FAIR.fullmatch(clause) or (Answer.GOOD in said and _is_manner(clause, told)):
        return Answer.FAIR
    if any(pattern.fullmatch(clause) for pattern in _BAD):
        return None if _OF_AN_HOUR.search(clause) else Answer.BAD
    is_well = is_fine_now(clause) or any(pattern.fullmatch(clause) for pattern in _GOOD)
    return Answer.GOOD if is_well else None


def _is_manner(clause: str, told: str) -> bool:
    """就是费了点时间; 就是声音有点大, unless it was of the noise that he told."""
    is_loud = _IS_LOUD.fullmatch(clause) is not None and not _OF_NOISE.search(told)
    return is_loud or _MANNER.fullmatch(clause) is not None


def _as_before(clause: str, told: str) -> Answer | None:
    """门铃不响, and again 不响了: the very trouble of which he told; 响了: no more of it."""
    match = _OF_THE_VERY_THING.fullmatch(clause)
    if match is None or f"不{match['what']}" not in told:
        return None
    return Answer.BAD if match["not"] else Answer.GOOD
