"""Days: 明天, 下周三, 15号, 11/26, 月底, 国庆 → the date, and what only looks like one (17号院, 星期五大街)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from classifiers.members.persons import SURNAMES
from classifiers.reader.segment import CHINESE_NUMBER
from classifiers.times.lengths import count_said, days_in, working_day
from classifiers.times.moments import OFFICE, moment_at, number_said
from classifiers.times.parts import NOT_BEFORE
from classifiers.times.words import NUMBER, PART

_FEASTS: Final = MappingProxyType({"元旦": (1, 1), "国庆": (10, 1), "五一": (5, 1), "劳动": (5, 1)})
_PARTS_OF_MONTH: Final = MappingProxyType({"初": (1, 5), "上": (1, 10), "中": (11, 20)})
_FARTHEST = timedelta(days=300)
_TWO_MONTHS = 62  # days; within them comes every number that a month can have
_DAYS_OF_WEEK: Final = {
    sign: place for place, signs in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7")) for sign in signs
}
# 周5下午; but 一周5次, 小周3号楼.
_WEEKDAY = (
    r"[一二三四五六日天末]|[1-7](?![\d点:.时个日号月年次户层名种块%/]|天(?![黑亮气])|家(?!里)|人(?!在)|条(?!件)|元(?![宵旦])"
    r"|楼(?![道上下])|单(?!位)|[栋幢组])"
)
# 星期五大街 and 五一小区 are names of places; 周五路灯检修 is not.
_A_STREET = r"大街(?!上)|大道|路(?![灯面上口过边障牌不堵])|街(?![上面边道坊头])"
_A_PLACE = r"大街|大道|[路街]|小区|社区|新?村|广场(?!舞)|大厦|公寓|花园|家园|商场|[东西南北]?[里巷苑桥]|胡同|[小中]学"
# 9号褚姐家 is a door, 9号下午来家里 a day.
_SOMEBODYS = (
    r"(?![上下早晚中前后去来到再我您你他把给之左])"
    r"[\u4e00-\u9fff]{1,3}(?:家|[姐哥嫂叔姨婶爷]|大妈|大爷|奶奶|大娘)"
)
# 周一峰家 is somebody's, 周一李奶奶家 and 周一全家在 say a day.
_NAMESAKE = (
    rf"(?<=周[一二三四五六])(?![{SURNAMES}上下早晚中前后去来到再我您你他她把给之左右回在不没先就都也要能会可大小老全各人自搬谁别])"
    r"[\u4e00-\u9fff](?:家(?!里|属)|[姐哥嫂叔姨婶爷]|大妈|大爷|奶奶|大娘|师傅)"
)
# 中心街17号 is a door; 知道7号, 医院7号 and 家里7号 say a day. No number begins in the middle of another.
_NO_DOOR = (
    rf"(?=\d|{CHINESE_NUMBER})"
    r"(?<![街路巷弄楼])(?<!胡同)(?<!大道)(?<![大小号]院)(?<![^家这那哪屋店村夜院楼城]里)"
    rf"(?<!\d)(?<!{CHINESE_NUMBER}(?={CHINESE_NUMBER}))"
)
# 11/26 下午, 11-26 3点, 到12-10, 12/01: a day; but 8-10点, 3-2-501 and 接 11-26 are hours, a door, requests.
_DATE_AHEAD = (
    r"[./-](?=(?:[0-2]?\d|3[01])(?!\d)"
    rf"(?:[日号]|\s?(?:{PART}|早|晚|[之以]?前{NOT_BEFORE})|\s\d{{1,2}}(?:点|:\d\d)"
    r"|(?(apart)\s?(?:再?[去来过修]|上门|$|[,。;!?\s])|(?!))))"
)
_APART = (
    r"(?P<apart>(?:(?<![^到约改于,。;])|(?<=[到约改于]\s)|(?<=\s)(?=\d\d/))"
    r"(?=(?:0[1-9]|1[0-2])[./-](?:[0-2]\d|3[01])(?!\d)))?"
)
_DATE = (
    rf"(?:(?<!\d)(?P<year>20\d\d)(?:[./-]|年\s?)|{_APART}(?<![\d./-])(?<!\d:))(?P<month>{NUMBER})"
    rf"(?:月(?:\s(?={NUMBER}[日号]))?|(?<=\d)(?(year)[./-](?=\d{{1,2}}(?!\d))|{_DATE_AHEAD}))(?P<day>{NUMBER})[日号]?"
)
# 三天后上午九点, 过三天下午 name a day; 三天后 alone is counted.
DAYS_ON = (
    rf"(?:(?P<days_on>{NUMBER}|[俩仨])个?(?P<unit_on>天|周|星期|礼拜)[之以]?后|再?过(?P<days_passed>{NUMBER}|[俩仨])天[之以]?后?)"
    rf"(?=\s?的?(?:{PART}|{NUMBER}点|早|晚))"
)
ANY_DAY = (
    r"(?:(?P<near>隔[一1]天(?=\s?(?:再|我|去|来|上门|给))(?!.{0,4}[一1][次趟回])|今天|今日|今儿个?|今个(?!月)|今(?=[早晚明夜])|明天|明日|明儿个?"
    rf"|(?<![说证表声])明个(?={PART}|{NUMBER}点|[早晚去来再]|[^\u4e00-\u9fff]|$)|(?<=今)明两天|明(?=[早晚后夜])"
    rf"|大*后(?:天|儿个?)|后日|(?<=明)后[两三]天|后(?=[早晚]))|(?P<workday>下一?个?工作日)|{DAYS_ON}"
    rf"|(?P<week>(?:这个?|本|下下个?|下个?)?)(?:周|星期|礼拜)(?P<weekday>{_WEEKDAY})(?!{_A_STREET}|{_NAMESAKE})"
    rf"|{_DATE}"
    rf"|(?P<feast>元旦|国庆节?|五一|劳动节)(?:那天|当天)?(?!节?之?以?后|期间|放假|过|节?(?:{_A_PLACE}))"
    rf"|(?P<next_month>下{{1,2}}个?月)?{_NO_DOOR}(?<!去过)(?P<only_day>{NUMBER})(?:[号日](?!\s?(?:[今明后][天日早晚儿]|大后天)|楼|院|门|线|单|车|机|桌|井|那(?![天日会])|[的家户]|电[闸表箱]|{_SOMEBODYS})|(?<=廿[一二三四五六七八九])(?=\s?(?:{PART}|早|晚)))"
    rf"|(?P<whole_week>这周|本周|这个?星期|本星期|这个?礼拜|下周|下个?星期|下个?礼拜|周末)(?!{_WEEKDAY}|天)"
    rf"|(?P<of_month>(?:{NUMBER}|下下个?|[这本下]个?)月(?:[底末]|初(?![一二三四五六七八九十])|[上中下]旬)"
    r"|(?<![个年])月(?:[底末]|初(?![一二三四五六七八九十]))"
    r"|(?<![去明后每]年)(?:今年|本年)?年[底末]))"
)
# The groups of a phrase that name a day, besides 今天 and its like.
NAMED_DAYS: Final = (
    "weekday",
    "month",
    "feast",
    "only_day",
    "whole_week",
    "of_month",
    "workday",
    "days_on",
    "days_passed",
)


def names_day(match: re.Match[str]) -> bool:
    return any(map(match.group, ("near", *NAMED_DAYS)))


def span_of_week(words: str, now: datetime) -> tuple[datetime, datetime]:
    monday = now.date() - timedelta(days=now.weekday())
    if words == "周末":
        first, last = monday + timedelta(days=5), monday + timedelta(days=6)
    elif words.startswith("下"):
        first, last = monday + timedelta(days=7), monday + timedelta(days=11)
    else:
        first, last = now.date(), monday + timedelta(days=4 if now.weekday() < 5 else 6)
    return moment_at(first, OFFICE[0], now), moment_at(last, OFFICE[1], now)


def day_said(match: re.Match[str], today: date) -> date | None:
    """The day said; None when none was. Raises ValueError for a day that no month has."""
    if match["near"]:
        word = match["near"]
        steps = {"今": 0, "明": 1, "后": 2, "隔": 2}[word.lstrip("大")[0]]
        return today + timedelta(days=word.count("大") + steps)
    if match["workday"]:
        return working_day(today, 1)
    if counted := match["days_on"] or match["days_passed"]:
        steps = int((count_said(counted) or 0) * (days_in(match["unit_on"] or "天") or 0))
        return today + timedelta(days=steps)
    if match["weekday"]:
        return _weekday(match["week"], match["weekday"], today)
    if match["feast"]:
        day = date(today.year, *_FEASTS[match["feast"][:2]])
        return day.replace(year=today.year + 1) if day < today else day
    if match["year"]:
        return date(int(match["year"]), number_said(match["month"]), number_said(match["day"]))
    if match["month"]:
        day = date(today.year, number_said(match["month"]), number_said(match["day"]))
        later = day.replace(year=today.year + 1) if day < today else day
        return later if later - today < _FARTHEST else day
    if match["next_month"]:
        first = today.replace(day=1)
        for _ in range(match["next_month"].count("下")):
            first = _month_later(first)
        return first.replace(day=number_said(match["only_day"]))
    if match["only_day"]:
        return _day_of_number(number_said(match["only_day"]), today)
    return None


def _day_of_number(number: int, today: date) -> date:
    """The next day of this number; the 31st is in the next month that has one."""
    days = (today + timedelta(days=steps) for steps in range(_TWO_MONTHS))
    if day := next((one for one in days if one.day == number), None):
        return day
    raise ValueError(number)


def _weekday(week: str, sign: str, today: date) -> date:
    """周三 is the next one; 这周三 and 下周三 belong to their weeks. 末 stands for the Saturday."""
    place = 5 if sign == "末" else _DAYS_OF_WEEK[sign]
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=place + 7 * week.count("下"))
    is_over = day + timedelta(days=1 if sign == "末" else 0) < today
    return day + timedelta(days=7) if not week and is_over else day


def _month_later(day: date) -> date:
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return day.replace(year=year, month=month)


def days_of_month(words: str, today: date) -> tuple[date, date]:
    """The first and the last day of 月底, 下月初, 12月中旬, 年底. A bare 月初 is the next one, a month that was named
    the next of its name."""
    month, part = words[: -2 if words.endswith("旬") else -1], words.rstrip("旬")[-1]
    begin = today.replace(day=1)
    if "年" in month:
        begin = today.replace(month=12, day=1)
    elif name := month.rstrip("月").lstrip("这本下").rstrip("个"):
        begin = _named_month(number_said(name), today)
    for _ in range(month.count("下")):
        begin = _month_later(begin)
    first, last = _part_of_month(begin, part)
    is_over = last < today and month in ("", "月")
    return _part_of_month(_month_later(begin), part) if is_over else (first, last)


def _named_month(number: int, today: date) -> date:
    begin = today.replace(month=number, day=1)
    later = begin.replace(year=today.year + 1) if number < today.month else begin
    return later if later - today < _FARTHEST else begin


def _part_of_month(begin: date, part: str) -> tuple[date, date]:
    last = _month_later(begin) - timedelta(days=1)
    if part in _PARTS_OF_MONTH:
        from_day, until_day = _PARTS_OF_MONTH[part]
        return begin.replace(day=from_day), begin.replace(day=until_day)
    return (begin.replace(day=21) if part == "下" else last - timedelta(days=2)), last
