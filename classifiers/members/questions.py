"""What members ask the desk itself: how much is open, the digest, the rates, who is away, how one request stands.

Such questions are few and short, and nobody but the desk can answer them: every pattern must fit the whole text, so
that no word for a resident or a colleague is taken for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from classifiers.members.orders import plainly
from classifiers.reader.late import late
from classifiers.times.words import DAY

_LONGEST_QUESTION = 60


class Question(StrEnum):
    """One for each thing that can be asked, and two things said of a request that sound like news of it."""

    OPEN = "open"  # 还有几件没办完, 哪件拖得最久, 现在什么情况
    LATE = "late"  # 有没有超时的
    DIGEST = "digest"  # 台账, 日报, 汇总; 昨天的日报
    FIGURES = "figures"  # 本周新增多少, 哪个胡同最多: what the desk does not reckon
    RATES = "rates"  # 满意率多少
    LOST = "lost"  # 哪条没有着落, behind the digest that says so
    AWAY = "away"  # 谁在休假; 谁替陈示例
    DETAILS = "details"  # 1号谁负责, 1到哪一步了, 详情1
    OVER = "over"  # 1号可以结了
    ERRAND = "errand"  # 1号给居民回个电话问问满不满意, 盯一下1号: what somebody above wants to be done


@dataclass(frozen=True, slots=True)
class SpokenQuestion:
    """A question, the request it names, the person, and the words for a day that is over."""

    question: Question
    number: int = 0  # 0 when he names none: 给我他电话
    name: str = ""
    day: str = ""


_N = r"(?:#|no\.?|工单|编号)?\s*(?P<number>\d{1,7})(?!\d)\s*(?:号工?单?|单|#)?\s*(?:这[个件]|那[个件])?,?\s*"
_POLITE = r"(?:请问?|麻烦|[帮给]我|我?想知道|[看查问]一?[看查问下]|你好|您好|小助手|[,\s])*"
_END = r"(?:一?下|吧|呗|呢|啊|呀|哈|嘛|谢谢|辛苦了|[,!?。~\s])*"
_HERE = r"(?:咱们?|我们|社区|全?村|村里|这边|片区|网格|圈里|整体|总体|总共|一共|手下|下面|大家)"
_NOW = r"(?:今(?:天|日|儿个?)|现在|目前|眼下|当前|到现在|这会儿|这两天|这几天|最近)"
_WHERE = rf"(?:{_NOW}|{_HERE}|还|都|的|,|\s)*"
_MANY = r"(?:几|多少|哪些|哪几|啥|什么)[件个条单]?"
_THINGS = r"(?:事情?|活儿?|工?单子?|诉求|任务|件)"
_UNDONE = r"(?:没有?|未)(?:(?:办|处理|解决|弄|做|干)(?:完|好|结|掉|成)?|完成?|了?结)"
_TAIL = r"(?:的|了|呢|吗|么|没有|没|啊)*"
_OVERDUE = r"(?:已经?|都)*(?:超时|超期|逾期|拖期)(?:没办完?|未办)?"
_LONGEST = r"(?:最慢|拖得?最[久长]|等得?最[久长]|时间最长|最久|办得?最慢)"
_SHEET = r"(?:工作)?(?:台账|日报表?|报表|汇总表?|情况汇总|总表)"
_RATE = r"(?:满意[率度]|好评率|响应率|回应率|解决率|办结率|三率)"
_DAY_OVER = (
    r"(?P<day>(?:昨|大?前)[天日儿]|(?:上个?|这个?|本)?(?:周|星期|礼拜)[一二三四五六日天]"
    r"|(?:\d{1,2}月)?\d{1,2}[日号](?:那天)?)"
)
_PERIOD = (
    r"(?:(?:本|这|上)+一?个?(?:周|星期|礼拜)(?![一二三四五六天末]|日(?!报))|(?:本|这|上)+个?(?:月|季度?)|"
    r"[今去]年|最近|这几天)"
)
_BACK: Final = {"昨": 1, "前": 2, "大": 3}  # days, by the first sign
_DAYS = rf"(?:{DAY}|现在|目前|这两天|这几天|最近|都|,|\s)*"
_OFF = r"(?:休假|请.{0,2}假|不在|放假|休息|歇班|没上班|外出|出差)"
_WHO = r"(?:有谁|都有谁|谁们?|哪些人?|哪几个人?)"
_STANDS_IN = r"(?:在|来|去)?(?:替|顶|代)"
_NAMED = r"(?P<name>(?![我俺咱他她你您谁])[\u4e00-\u9fff]{2,4}?)"
_IN_HAND = r"(?:在|来|去|正在)?(?:负责|办|管|处理|跟进?)"
_RESIDENT = r"(?:居民|群众|住户|人家|老人家?|大[爷娘妈姐哥叔]|[他她])"
_CONTACT = r"(?:联系)?(?:电话|手机|号码|联系方式|地址|门牌)号?码?"
_BE_SO_KIND = r"(?:记得|别忘了?|赶紧|抓紧|尽快|抽空|再|也|先|你们?|您|请|麻烦|让他|,)*"
_CALL = rf"(?:给{_RESIDENT}?(?:回|打|去)(?:一?个)?(?:电话|话)|(?:打|回)个?电话给{_RESIDENT}|回访(?:一?下)?{_RESIDENT}?)"
_ASKS_HIM = rf"(?:去|打电话)?问一?[问下]{_RESIDENT}?"
_WATCH = r"盯(?:一下|一盯|紧点?|住|着点)"

_OF_NOW = rf"(?:(?:{_NOW}|{_HERE}){_WHERE})"
_SENT = r"(?:发给?我?|发过来|给我|拿来)"
_LATELY = rf"(?:这个月|本月|近?一个月|近?(?:30|三十)天|居民|群众|{_NOW}|{_HERE}|的)*"

# The order is the order of trial; every pattern must fit the whole text.
_PATTERNS: Final[tuple[tuple[Question, re.Pattern[str]], ...]] = tuple(
    (question, late(rf"{_POLITE}(?:{pattern}){_END}", re.IGNORECASE))
    for question, pattern in (
        (
            Question.LATE,
            rf"{_WHERE}(?:有没有|有?{_MANY}|谁的?|哪[件个单]){_THINGS}?是?{_OVERDUE}{_TAIL}{_THINGS}?{_TAIL}",
        ),
        (Question.LATE, rf"{_WHERE}有{_OVERDUE}的?{_THINGS}?(?:吗|么|没有|没)"),
        (Question.LATE, rf"{_WHERE}{_OVERDUE}的?{_THINGS}?都?(?:有|是)?(?:{_MANY}|没有|谁)"),
        (Question.OPEN, rf"{_WHERE}(?:有|剩下?|差)?{_MANY}{_THINGS}?是?(?:还|都)?{_UNDONE}{_TAIL}{_THINGS}?{_TAIL}"),
        (Question.OPEN, rf"{_WHERE}{_UNDONE}的{_THINGS}?(?:还|都)?(?:有|是)?{_MANY}{_THINGS}?"),
        (Question.OPEN, rf"{_WHERE}(?:谁的?|哪[件个单条]){_THINGS}?(?:办|弄|做)?得?是?{_LONGEST}{_TAIL}"),
        (Question.OPEN, rf"{_WHERE}{_LONGEST}的?是?(?:谁|哪一?[件个单条]){_THINGS}?"),
        (Question.OPEN, rf"{_OF_NOW}(?:是|有)?个?(?:什么|啥)(?:情况|形势){_TAIL}"),
        (Question.OPEN, rf"{_OF_NOW}(?:工作)?(?:情况|进展|进度|办得)(?:咋样|怎么样|怎样|如何){_TAIL}"),
        (
            Question.DIGEST,
            rf"(?:把|发|来|要|出|一?[份个]|我)*(?:{_NOW}|今日|当天|最新|{_DAY_OVER})?的?{_SHEET}都?{_SENT}*(?:一?份|看看)?",
        ),
        (
            Question.DIGEST,
            rf"{_HERE}?(?:今[天日]|今儿个?|当天|{_DAY_OVER})(?:一共|总共|都|又|新|的|,)*(?:来|新增|收|报|接|办完|办结|办好|办|完成|解决|处理)(?:了|到)?"
            rf"{_MANY}{_THINGS}?",
        ),
        (Question.DIGEST, rf"{_DAY_OVER}的?(?:工作)?(?:情况|进展)?(?:是)?(?:怎么样|咋样|怎样|如何|什么情况)"),
        (
            Question.FIGURES,
            rf"[^\d]{{0,8}}{_PERIOD}[^\d]{{0,6}}(?:几[件单个]|多少[件单个]?|日报|周报|月报|汇总|统计|报表|新增)(?:了|呢|吗|的)*",
        ),
        (Question.FIGURES, r"(?:哪个|哪条|谁的?)(?:社区|胡同|村|网格|人)?[^\d]{0,6}最[多少好快]的?"),
        (
            Question.RATES,
            rf"{_LATELY}{_RATE}(?:[、和跟,]?{_RATE})*(?:是|有|达到|到)?{_NOW}?(?:多少|咋样|怎么样|如何)?{_TAIL}",
        ),
        (
            Question.LOST,
            rf"(?:{_NOW}|昨[天日]|还|都|有|是|那|的|,)*(?:{_MANY}|哪一?[条句个]|[那这][条句个]|没有|有)?(?:消息|话|事情?)?(?:还|都|是)*没(?:有|个)?着落的?"
            rf"(?:是?(?:{_MANY}|哪一?[条句个]))?(?:消息|话|事情?)?{_TAIL}",
        ),
        (Question.AWAY, rf"{_DAYS}(?:{_WHO}|有没有人|有人){_DAYS}(?:在|是)?{_OFF}{_TAIL}"),
        (Question.AWAY, rf"{_DAYS}的?(?:请假|休假)的?(?:情况|名单|表|人员)"),
        (Question.AWAY, rf"{_DAYS}谁{_STANDS_IN}{_NAMED}(?:的?班)?"),
        (
            Question.AWAY,
            rf"{_NAMED}(?:不在|请假|休假|那[边片])?(?:的?班|的?活儿?)?,?是?谁{_STANDS_IN}(?:[他她]|的?班)*的?",
        ),
        (Question.DETAILS, rf"{_N}(?:现在|目前)?的?(?:是|归)?谁{_IN_HAND}(?:着|的)?"),
        (Question.DETAILS, rf"{_N}的?(?:负责人|承办人)(?:是谁)?"),
        (Question.DETAILS, rf"谁{_IN_HAND}(?:的|着)?{_N}"),
        (Question.DETAILS, rf"{_N}(?:现在|目前)?(?:办|走|进行|处理|弄)?到(?:哪儿?|哪里|哪一?步|[什啥]么?程度){_TAIL}"),
        (Question.DETAILS, rf"{_N}{_RESIDENT}?家?的?(?:联系)?(?:电话|手机)(?:号码?)?是?(?:多少|几号)"),
        (Question.DETAILS, rf"{_N}{_RESIDENT}?家?的?{_CONTACT}(?:再|都)*(?:{_SENT}|告诉我|给我说)"),
        (Question.DETAILS, rf"{_N}(?:是|到底|那个)?(?:啥|什么|甚)(?:情况|事儿?)(?:来着|了)?{_TAIL}"),
        (Question.DETAILS, rf"{_N}的?(?:详情|详细(?:情况|内容)?)"),
        (Question.DETAILS, rf"(?:详情|详细|打开|看(?:一?下|一?看|看)?){_N}(?:的?(?:详情|情况|内容))?"),
        (Question.DETAILS, rf"(?:{_N})?(?:给|发给?|告诉)(?:一?下)?我(?:一?下)?{_RESIDENT}家?的?{_CONTACT}"),
        (Question.DETAILS, rf"(?:{_N})?把?{_RESIDENT}家?的?{_CONTACT}(?:给|发给?|告诉)我"),
        (Question.DETAILS, r"(?:这[个件单]|这事儿?)(?:是|该|应该)?归谁(?:管|负责|办)的?"),
        (
            Question.DETAILS,
            rf"(?:{_N})?(?:最[晚迟]|什么时候|啥时候|期限|时限)?(?:截止|到期)?(?:日期|时间)?[到是]?(?:几号|哪天|什么时候|啥时候)(?:截止|到期|之前办完)",
        ),
        (
            Question.DETAILS,
            rf"(?:{_N})?(?:最[晚迟]|期限|时限|截止|到期)(?:日期|时间)?[到是]?(?:几号|哪天|什么时候|啥时候)",
        ),
        (Question.OVER, rf"{_N}(?:已经?)?(?:可以|能|该)(?:办结|结单|结案|结|销)(?:了|掉)?"),
        (Question.ERRAND, rf"{_N}{_BE_SO_KIND}(?:{_CALL}|{_ASKS_HIM}.{{0,4}}满意).{{0,30}}"),
        (Question.ERRAND, rf"{_BE_SO_KIND}{_WATCH}{_N}(?:[\s,].*)?"),
        (Question.ERRAND, rf"{_N}{_BE_SO_KIND}{_WATCH}(?:[\s,].*)?"),
    )
)
_WEEKDAYS: Final = "一二三四五六日"
_WEEKDAY = late(r"(?:周|星期|礼拜)(.)")
_DATE = late(r"(?:(\d{1,2})月)?(\d{1,2})[日号]")
_YEAR = 366  # days
_SIGNS = late(r"[\s,]*,[\s,]*")


def read_question(text: str) -> SpokenQuestion | None:
    """The question that a member's text asks the desk, None when it is anything else. Never raises."""
    plain = _SIGNS.sub(",", plainly(text))
    if len(plain) > _LONGEST_QUESTION:
        return None
    for question, pattern in _PATTERNS:
        if match := pattern.fullmatch(plain):
            found = match.groupdict()
            number = int(found.get("number") or 0)
            return SpokenQuestion(question, number, found.get("name") or "", found.get("day") or "")
    return None


def day_over(words: str, today: date) -> date | None:
    """The last day of these words that is over, 昨天, 上周三, 15号 or 11月3号; None when the calendar has none."""
    if words[:1] in _BACK:
        return today - timedelta(days=_BACK[words[:1]])
    if weekday := _WEEKDAY.search(words):
        behind = (today.weekday() - _WEEKDAYS.index(weekday[1].replace("天", "日"))) % 7 or 7
        return today - timedelta(days=behind + 7 * ("上" in words and behind <= today.weekday()))
    month, day = (int(number or 0) for number in _DATE.findall(words)[0])
    days = (today - timedelta(days=back) for back in range(1, _YEAR))
    return next((one for one in days if one.day == day and month in (0, one.month)), None)
