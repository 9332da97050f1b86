"""When somebody promises to come: 明天下午三点半, 这周六, 半小时后, 月底前 → from when until when, and the words said.

| said | means |
|---|---|
| a day | its office hours, 8:00–18:00; today from now on |
| a part of the day | `PARTS`; 晚饭前, 天黑之前: until the hour of `_EVENTS` |
| an hour without a part | the one in office sense: 3点 is the afternoon's, 8点 the morning's, never a past one |
| 周三, 周3 | the next one, today's included; 这周三 this week's; 下周三 next week's; weeks begin on Monday |
| 上午, 周三上午 that is over | tomorrow's, next week's; nothing when the sentence tells of the past: 上午去了没人 |
| 15号 | the next one; 31号 is in the next month that has one |
| 3月5号 | this year's, else next year's if that is less than ten months away |
| 11/26 下午, 2026-12-02 | that day; 11-26 alone is one only behind 到, 改到, or at the beginning |
| 月初, 中旬, 月底 | the first five days, the 11th to the 20th, the last three; with a day or a month as above |
| 半小时后, 过三天, 20分钟左右到 | counted from now; 三天内, 周五前, 月底前, 十分钟到: from now until then |
| 周四到周五, 明后天, 今天或者明天 | from where the first begins until the last has ended |
| 明天上午不行,下午去 | the second, on the day of the first |
| 三天后上午九点 | nine o'clock on the third day |
| 配件明天到,后天给装 | the day of what the speaker does himself |
| 国庆后, 过两天下午, 改天, and whatever is past | no time, only the words |
| 三点过了, 已经十点了, 每周三, 十点以后老有人唱歌, 中心街7号 | nothing: over, now, of every week, a habit, a door |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from types import MappingProxyType
from typing import Final, NamedTuple

from classifiers.late import late
from classifiers.persons import SURNAMES
from classifiers.segment import CHINESE_NUMBER, normalise, read_number
from classifiers.time_words import EVENING, NOON, NUMBER, PART, PARTS, read_count

_LONGEST = 400
_OFFICE = (time(8), time(18))
_AN_HOUR = timedelta(hours=1)
_SHORTEST_MINUTES = 10  # 一点五十 is an hour, 快一点五 none
_SOON: Final[Mapping[str, timedelta]] = MappingProxyType(
    {"马上": timedelta(minutes=30), "这就": timedelta(minutes=30), "一会": _AN_HOUR, "待会": _AN_HOUR}
)
_SEASONS: Final = frozenset({"明年", "开春", "放假"})
_FEASTS: Final = MappingProxyType({"元旦": (1, 1), "国庆": (10, 1), "五一": (5, 1), "劳动": (5, 1)})
_PARTS_OF_MONTH: Final = MappingProxyType({"初": (1, 5), "上": (1, 10), "中": (11, 20)})
_FARTHEST = timedelta(days=300)
_TWO_MONTHS = 62  # days; within them comes every number that a month can have
# Parts of a day only behind the day: 明早, 今夜, 今儿黑了, 明天下半天.
_HALVES_BEHIND: Final[tuple[tuple[str, time, time], ...]] = (
    ("早", time(7), time(10)),
    ("晚|夜", time(18, 30), EVENING),
    ("上半天", time(8), NOON),
    ("下半天", time(14), time(18)),
    ("黑[了夜下里]", time(18), EVENING),
)
# What a time can be before: 晚饭前, 放学之前; the second hour is never asked for.
_EVENTS: Final[tuple[tuple[str, time, time], ...]] = (
    ("吃?早[饭餐]", time(7, 30), time(8)),
    ("吃?[午中][饭餐]", NOON, time(12, 30)),
    ("放学", time(16, 30), time(17)),
    ("下班|天黑|吃?晚[饭餐]", time(18), time(18, 30)),
)
_ALL_HALVES = (*PARTS, *_HALVES_BEHIND, *_EVENTS)
_DAYS_OF_WEEK: Final = {
    sign: place for place, signs in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7")) for sign in signs
}
_NOT_BEFORE = r"(?![面头门院边台天日后])"  # 门前, 院前, 前天
_EVENT = rf"(?:{'|'.join(words for words, _, _ in _EVENTS)})(?=之前|以前|前{_NOT_BEFORE})"
_BEHIND_DAY = (
    rf"(?:(?<=[今明后一二三四五六日天号])|(?<=[周期拜][1-7]))[早晚](?!点)|[早晚](?={NUMBER}点)"
    r"|(?<=[今明])夜(?![间宵班市])|(?<=[天儿个])[上下]半天|(?<=[儿个])黑[了夜下里]"
)
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
# What stands between a time and the one that takes its place.
_INSTEAD = late(
    r"有事|没空|不行|下雨|没(?:弄|修|办|赶|来|去)|[去来]不[了成]|不在|忙|改|推|太晚|晚了|来不及|没时间|不方便|(?:弄|修|办|干)不完"
    r"|[都也](?:行|可以|成)|不对|[说记弄]错|(?:别|甭|不用?)[来去]|[哦噢喔啊呃]不|(?<![\u4e00-\u9fff])不(?![\u4e00-\u9fff])"
)
# 不是周三是周四, 不去明天了; 是不是周三 and 去不去周三 ask.
_DENIED = late("(?:" + "|".join(rf"(?<!{verb})不{verb}" for verb in "是去来用在要") + "|别|甭)$")
# What stands behind a time that somebody tells of: 上午去了没人, 下午看过了, 早上没水; but 下午再去, 修好了告诉你.
_TELLS = late(
    r"没(?!空|时间|事|问题|准|关系)|[去来到看修弄查打问说找报办换系理测停](?:过(?![去来])|的(?!话|时))|已经|早就|刚"
    r"|(?<![行对得算])了[啊呀呢]?$|[去来到看修弄查打问说找报办换停坏漏堵断好完掉走回接理系知爆](?:了|的)(?![再就给告话时])"
)
_TO_COME = late(
    r"再|就(?!没|停|断|坏|漏|不)|(?<![不没])(?:能|会(?!议))|要(?!求|账|钱)|可以|一定|应该|争取|准备|打算|必须|吧|给[你您大]|告诉"
)
_CLAUSE = late(r"[^,。;!?\n]*")
_OVER = late(r"(?:都|早就?|已经?)?过了(?!再|就|[来去])")  # 三点过了没人来; 三点过了再去 is yet to come
# 以后十点收摊, 每天十点; 下班以后三点去 is said of one day.
_EVERY_DAY = late(r"(?:(?<![完饭班好天点半午])以后|每[天日]?)[都就]?$")
_EACH = late(r"每(?:[个逢天日]|到)?(?:(?:周|星期|礼拜)[一二三四五六日天、]{1,9}\s?)?$")  # 每周三下午, 每天晚上
_STILL = late(r"(?:[要得]|还有|再)\s?$|(?:大概|大约|差不多|估计)$")  # 要一个小时才到
_IS_NOW = late(r"(?:已经?|都|这都|现在|快)$")  # 已经十点了
# 十点以后老有人唱歌, 半夜三点还在吵, 十点以后不营业: as it always is.
_HABIT = late(
    r"(?:以后|之后|过后|后)?(?:也|就|都)?(?:老是?|总是?|天天|一直|还(?:在(?!家|这|那)|有人)|有人(?!在家|[吗么没]|过?[来去])|不营业|关门|收摊|打烊)"
)
# 配件明天到,后天给装; 明天物业派人,后天我过去: a part or somebody else comes first, and then the speaker.
_OTHERS = (
    r"(?:配件|零件|材料|货|料|[灯管门锁阀]|新的|厂家|厂里|物业|施工队|他们|人家|供电[局所]?|电力|自来水(?:公司)?|水务"
    r"|燃气(?:公司)?|市政|公司|环卫)"
)
_THEIRS_BEFORE = late(rf"{_OTHERS}(?:说|要|得|那边|的|也|就|大概|估计|可能|,)*$")
_THEIRS_BEHIND = late(
    rf"\s?(?:{_OTHERS}(?:的人|师傅|那边)?(?:会|能|要|才|就|再|先)*(?:[来到去派发送]|过来)|(?:能|会|要|才|就)*(?:到货|送到|寄到|发货))"
)
_COMES = late(r"(?:会|能|要|才|就|再|先|可以|大概|左右)*(?:到|来|过来|派|送|发)")
_OWN_BEFORE = late(r"(?:我们?|俺们?|咱们?)(?:就|再|会|争取|大概)*$")
_OWN_BEHIND = late(
    r"(?:上午|下午|就|再|能|会|可以|一?[早准定]|,)*(?:(?:我们?|俺们?|咱们?)(?![村家这])|给(?:[你您他她]|[^,]{0,4}家)?(?:[装换修弄接通]|送去)|[装换修弄]上|[过]?去[装换修弄看])"
)
_LEAD = late(r"[^,。;!?\s]*$")
_TO = late(r"到|至|[-~—–]+")
_OR = late(r"[去来]?(?:或者?|或是|还是)|、|和|跟")
# 中心街17号 is a door; 知道7号, 医院7号 and 家里7号 say a day. No number begins in the middle of another.
_NO_DOOR = (
    rf"(?=\d|{CHINESE_NUMBER})"
    r"(?<![街路巷弄楼])(?<!胡同)(?<!大道)(?<![大小号]院)(?<![^家这那哪屋店村夜院楼城]里)"
    rf"(?<!\d)(?<!{CHINESE_NUMBER}(?={CHINESE_NUMBER}))"
)
# 11/26 下午, 11-26 3点, 到12-10, 12/01: a day; but 8-10点, 3-2-501 and 接 11-26 are hours, a door, requests.
_DATE_AHEAD = (
    r"[./-](?=(?:[0-2]?\d|3[01])(?!\d)"
    rf"(?:[日号]|\s?(?:{PART}|早|晚|[之以]?前{_NOT_BEFORE})|\s\d{{1,2}}(?:点|:\d\d)"
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
_DAYS_ON = (
    rf"(?:(?P<days_on>{NUMBER}|[俩仨])个?(?P<unit_on>天|周|星期|礼拜)[之以]?后|再?过(?P<days_passed>{NUMBER}|[俩仨])天[之以]?后?)"
    rf"(?=\s?的?(?:{PART}|{NUMBER}点|早|晚))"
)
_DAY = (
    r"(?:(?P<near>隔[一1]天(?=\s?(?:再|我|去|来|上门|给))(?!.{0,4}[一1][次趟回])|今天|今日|今儿个?|今个(?!月)|今(?=[早晚明夜])|明天|明日|明儿个?"
    rf"|(?<![说证表声])明个(?={PART}|{NUMBER}点|[早晚去来再]|[^\u4e00-\u9fff]|$)|(?<=今)明两天|明(?=[早晚后夜])"
    rf"|大*后(?:天|儿个?)|后日|(?<=明)后[两三]天|后(?=[早晚]))|(?P<workday>下一?个?工作日)|{_DAYS_ON}"
    rf"|(?P<week>(?:这个?|本|下下个?|下个?)?)(?:周|星期|礼拜)(?P<weekday>{_WEEKDAY})(?!{_A_STREET}|{_NAMESAKE})"
    rf"|{_DATE}"
    rf"|(?P<feast>元旦|国庆节?|五一|劳动节)(?:那天|当天)?(?!节?之?以?后|期间|放假|过|节?(?:{_A_PLACE}))"
    rf"|(?P<next_month>下{{1,2}}个?月)?{_NO_DOOR}(?<!去过)(?P<only_day>{NUMBER})(?:[号日](?!\s?(?:[今明后][天日早晚儿]|大后天)|楼|院|门|线|单|车|机|桌|井|那(?![天日会])|[的家户]|电[闸表箱]|{_SOMEBODYS})|(?<=廿[一二三四五六七八九])(?=\s?(?:{PART}|早|晚)))"
    rf"|(?P<whole_week>这周|本周|这个?星期|本星期|这个?礼拜|下周|下个?星期|下个?礼拜|周末)(?!{_WEEKDAY}|天)"
    rf"|(?P<of_month>(?:{NUMBER}|下下个?|[这本下]个?)月(?:[底末]|初(?![一二三四五六七八九十])|[上中下]旬)"
    r"|(?<![个年])月(?:[底末]|初(?![一二三四五六七八九十]))"
    r"|(?<![去明后每]年)(?:今年|本年)?年[底末]))"
)


def _short(name: str) -> str:
    """The pattern of what an hour lacks: 差十分三点, 三点差一刻."""
    return rf"(?P<{name}>{NUMBER}分|一刻)钟?"


# 三点意见 and 到时候 are no hours; 一时半会 neither, but 十一时.
_OCLOCK = (
    r"(?:点(?!意见|要求|建议|问题|钱|一线|水(?:[的旁字加这那写边儿]|$)|多(?:余|[次个人条项年])|(?<=一点)都|点|儿|啥|什)"
    r"|(?<!(?<!十)一)时(?![候间段常刻期代而许限效有不]))"
)
_BETWEEN = r"\s*[到至~–—-]\s*"
# No minutes: 三点二号楼, 三点三个人, 十点十一点之间.
_NO_MINUTES = rf"(?![定直起块共般趟个位下点时号栋幢单排组队名]|{CHINESE_NUMBER})"


def _hour_of(name: str, dotted: str) -> str:
    """The pattern of an hour on the clock; its groups begin with `name`. `dotted` is true where 3.30 is one, not a
    price."""
    return (
        rf"(?:差{_short(name + 'short')}到?)?"
        rf"(?P<{name}low>一(?=二点)|[二两](?=三点)|三(?=四点)|四(?=五点)|五(?=六点)|六(?=七点)|七(?=八点)|八(?=九点)|九(?=十点))?"
        rf"(?P<{name}hour>{NUMBER})"
        rf"(?:{_OCLOCK}(?P<{name}half>半|[版伴](?![本面块权随侣奏]))?(?P<{name}more>[多来]钟|多)?钟?"
        rf"(?:过(?={NUMBER}分|[一三]刻))?(?P<{name}quarter>[一三]刻)?"
        rf"(?:差{_short(name + 'shy')}|(?P<{name}minute>{NUMBER}){_NO_MINUTES}(?=分|\D|$)分?)?"
        rf"|(?::|{dotted}\.(?=[0-5]\d(?![\d元块米公里斤万%倍度])))(?P<{name}digits>\d{{2}})(?!\d)"
        rf"|(?<!(?<!十)一)(?={_BETWEEN}{NUMBER}{_OCLOCK}))"
    )


_PAST = (
    rf"(?P<past>昨[天日晚儿]|前[天日]|上个?(?:周|星期|礼拜|月)[一二三四五六日天]?|刚才|刚刚)\s*(?:{PART})?\s*"
    rf"(?:{NUMBER}点)?"
)
_WITH_DAY = "(?(part)|(?(near)|(?(weekday)|(?!))))"  # true in a pattern behind a day or a part of it
_HAVING_EATEN = r"(?:我|等)?吃[完过了罢]饭(?:[以之]?后)?\s*"  # 晚上吃过饭七点半
_ON_DAY = (
    rf"{_DAY}?\s*的?(?P<part>{PART}|{_EVENT}|{_BEHIND_DAY})?\s*(?(part)(?:{_HAVING_EATEN})?)"
    rf"(?:(?<!\d){_hour_of('', _WITH_DAY)}(?:{_BETWEEN}{_hour_of('to_', '(?(digits)|(?!))')})?)?"
    rf"(?P<until>之前|以前|前{_NOT_BEFORE})?"
)
# 过40分钟, 等我二十分钟; 超过三天 and 来过三天 are not to come.
_PASSING = r"再?等我|再[等有]|(?:再|(?<![超不通经路难去来看修弄打问说联报办找做干查越转都早才刚没]))过(?!两天)"
# 大概一个小时到 is said of a moment, 一个小时到 of the whole hour.
_ABOUT = late(r"(?:大概|大约|差不多|估计|约)(?:还?[得要]|还有|再)?\s?$")
_COUNTED = (
    rf"(?:(?P<passing>{_PASSING})|(?<![\d.]))"
    rf"(?P<count>\d{{1,2}}\.\d|[一两二三四]点五(?=个?(?:小时|钟头))|{NUMBER}|半|[仨俩])"
    r"(?P<some>几?个?[来多]个?|几)?个?(?P<half_more>半)?"
    r"(?P<measure>工作日|小时|钟头|分钟?|刻钟|天|周|星期|礼拜|月)(?P<roughly>左右|上下)?"
    r"(?P<within>之?以?内|后|以后|之后|(?=[就才]?(?:能|可以)?到(?!期|了|晚|黑)|就?过?[去来])|(?(passing)(?!了|[还都也]?没|不|[上中下]旬|[底初末份])|(?!)))"
)
_VAGUE = (
    r"(?P<vague>(?:国庆|五一|元旦|劳动节)(?:节?之?以?后)|(?:中秋|端午|春节|过年|过节|放假|清明|元宵|秋收|麦收)(?:节?之?以?[后前])"
    rf"|(?:再?过(?:两|几|些)天|改天)(?:\s?的?(?:{PART}|[早晚](?={NUMBER}点)))?(?:\s?{NUMBER}点半?)?|这两天|回头|雨停了?|天晴了?|抽空|有空|忙完|明年|开春|放假)"
)
_UNNAMED_DAYS_ON = re.sub(r"\?P<\w+>", "?:", _DAYS_ON)
_PHRASE = late(
    rf"{_PAST}|(?!{_UNNAMED_DAYS_ON})(?:{_COUNTED})|{_VAGUE}|(?P<soon>一会儿?|待会儿?|等一?会儿?|马上|这就)(?=去|来|到|过|就|修|弄|看|办|上|再|,|$)|{_ON_DAY}"
)


# The groups of a phrase that name a day, besides 今天 and its like.
_NAMED_DAYS: Final = (
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


@dataclass(frozen=True, slots=True)
class When:
    """A promised time. `text` is what was said; without `start` nothing more than these words is known.

    `end` is None when one moment was said; `kept_by` is until when the promise is to be kept.
    """

    text: str
    start: datetime | None = None
    end: datetime | None = None

    @property
    def kept_by(self) -> datetime | None:
        """The end of the time said; an hour after a moment, for nobody comes on the dot."""
        return self.end or (self.start + _AN_HOUR if self.start else None)


class _Phrase(NamedTuple):
    """One time said, and the phrases that name its day and its part: 下午, behind 明天上午不行, is tomorrow's."""

    match: re.Match[str]
    dated: re.Match[str]
    parted: re.Match[str]


def read_when(text: str, now: datetime) -> When | None:
    """The first time in a text that is not past, or the one that takes its place; None when there is none. `now` must
    be aware, in the place's zone.

    Never raises; no start lies before `now`.
    """
    unclear: When | None = None
    clear: When | None = None
    told: list[re.Match[str]] = []
    plain, end, is_theirs = normalise(text[:_LONGEST]), 0, False
    for said, clause in _to_come(plain):
        run = [phrase._replace(dated=phrase.match) if phrase.dated in told else phrase for phrase in said]
        if _is_told(run, clause) and _has_begun(run, now):
            told += [phrase.dated for phrase in run]
            found = When(_words(run))
        else:
            found = _next_stretch(run, now)
        gives_way = _INSTEAD.search(plain[end : run[0].match.start()])  # 今天有事,明天一早去
        is_instead = gives_way or (is_theirs and _is_own(run, clause))
        if clear is None or is_instead:
            clear = found if found.start is not None else clear
        unclear, end = found if unclear is None or is_instead else unclear, run[-1].match.end()
        is_theirs = (is_theirs and not is_instead) or _is_theirs(run, clause)
    return clear or unclear


def is_over(text: str, now: datetime) -> bool:
    """Whether a text names a time, and each that it names lies before `now`: 昨天下午, 今天早上八点 said at nine.

    国庆后 and 过两天, which cannot be reckoned, are not over.
    """
    runs = _runs(normalise(text[:_LONGEST]))
    return bool(runs) and all(_is_over(run, now) for run in runs)


def tells_of_the_past(text: str) -> bool:
    """Whether the words behind a time tell what was: 昨天下午去看过了, 上午去了没人."""
    plain = normalise(text[:_LONGEST])
    behind = (_CLAUSE.match(plain, run[-1].match.end()) for run in _runs(plain))
    return any(_TELLS.search(clause[0]) and not _TO_COME.search(clause[0]) for clause in behind if clause)


def find_when(text: str) -> str | None:
    """The words of the first time in a text, or of the one that takes its place, whatever they mean."""
    words: str | None = None
    plain, end, is_open, is_theirs = normalise(text[:_LONGEST]), 0, True, False
    for run, clause in _to_come(plain):
        gives_way = bool(_INSTEAD.search(plain[end : run[0].match.start()])) or (is_theirs and _is_own(run, clause))
        if words is None or ((is_open or gives_way) and not run[0].match["vague"]):
            words, is_open, is_theirs = _words(run), _is_told(run, clause), _is_theirs(run, clause)
        end = run[-1].match.end()
    return words


def spans_of_times(plain: str) -> Iterator[tuple[int, int, bool]]:
    """Where a normalised text speaks of times, and whether of a day or an hour that can be promised (周三, 3点), not
    only of 今天, 下午, 一会儿."""
    for match, *_ in _phrases(plain[:_LONGEST]):
        if not match["past"] and match["soon"] not in ("马上", "这就") and match["vague"] not in _SEASONS:
            is_far = bool(match["near"]) and not match["near"].startswith("今")
            days = (*_NAMED_DAYS, "hour", "until")
            within = (match["within"] or "") + (match["passing"] or "")
            is_counted = bool(match["count"]) and any(sign in within for sign in "后内过等再")
            start = match.start() + len(match[0]) - len(match[0].lstrip(" 的"))
            yield start, match.start() + len(match[0].rstrip()), is_far or is_counted or any(map(match.group, days))


def _phrases(plain: str) -> list[_Phrase]:
    phrases: list[_Phrase] = []
    for match in _PHRASE.finditer(plain):
        if match[0].strip() and not _is_nothing(match):
            before = phrases[-1] if phrases else None
            phrases.append(_Phrase(match, _dated(match, before), _parted(match, before)))
    return phrases


def _names_day(match: re.Match[str]) -> bool:
    return any(map(match.group, ("near", *_NAMED_DAYS)))


def _names_time(match: re.Match[str]) -> bool:
    return bool(match["part"] or match["hour"])


def _dated(match: re.Match[str], before: _Phrase | None) -> re.Match[str]:
    """What names the day: an hour or 下午 is on the day of the hour or the 上午 that was said before."""
    is_alone = before is None or _names_day(match) or not _names_time(match) or not _names_time(before.match)
    return match if before is None or is_alone else before.dated


def _parted(match: re.Match[str], before: _Phrase | None) -> re.Match[str]:
    """What names the part of the day: 八点 is the evening's behind 晚上七点不对, three o'clock not the morning's."""
    if before is None or match["part"] or match["hour"] is None or _names_day(match) or before.match["hour"] is None:
        return match
    return before.parted


def _before(match: re.Match[str]) -> str:
    """The few words before a time; a whole message before each of its times would be long to search."""
    return match.string[max(0, match.start() - 10) : match.start()]


_ONE_OCLOCK = late(
    r"(?:^|[,。\s去来到])(?:大概|大约|差不多|估计|约)$"
)  # 我吃了饭去 大概一点; 大概一点五公里 is no hour


def _is_nothing(match: re.Match[str]) -> bool:
    """Words that only look like a time: 前 alone, 一点 as in 快一点; an hour that is over or of every day."""
    before, after = _before(match), match.string[match.end() :]
    if (match["part"] or match["weekday"]) and _EACH.search(before):
        return True
    if match["count"] and not match["within"] and after.startswith("才"):  # 上次四十分钟才到
        return not _STILL.search(before)
    if match["hour"] is None:
        return match[0].strip() in ("前", "之前", "以前", "的")
    if _IS_NOW.search(before) and after.startswith("了"):
        return True
    is_bare = not any(map(match.group, ("near", "part", "half", "weekday", "short", "shy", "to_hour")))
    is_bare = is_bare and (read_number(match["minute"] or "") or 0) < _SHORTEST_MINUTES
    is_about_one = match["hour"] == "一" and _ONE_OCLOCK.search(before) and not after.strip(" ,。!吧左右钟的")
    if (
        is_bare and not is_about_one and (match["hour"] in ("一", "有") or after.startswith("都"))
    ):  # 三点都没办: points of a list
        return True
    return bool(
        _OVER.match(after)
        or (not _names_day(match) and _HABIT.match(after))
        or (not _names_day(match) and _EVERY_DAY.search(before))
    )


# ── from one time to another ─────────────────────────────────────────────────────────────────────


def _runs(plain: str) -> list[list[_Phrase]]:
    """The times said, those together that make one stretch: 周四到周五, 今天或者明天."""
    runs: list[list[_Phrase]] = []
    for phrase in _phrases(plain):
        if runs and _is_joined(runs[-1][-1].match, phrase.match):
            runs[-1].append(phrase)
        else:
            runs.append([phrase])
    return runs


def _to_come(plain: str) -> Iterator[tuple[list[_Phrase], str]]:
    """The stretches that are neither past nor denied, each with what its clause says behind it."""
    runs = _runs(plain)
    for run, following in zip_longest(runs, runs[1:]):
        first, last = run[0].match, run[-1].match
        if not first["past"] and not _DENIED.search(_before(first)):
            stop = following[0].match.start() if following else len(plain)
            clause = _CLAUSE.match(plain, last.end(), stop)
            yield run, clause[0].strip() if clause else ""


def _is_theirs(run: Sequence[_Phrase], clause: str) -> bool:
    """配件明天到, 明天物业派人: not what the speaker does himself."""
    lead = _lead(run)
    is_before = bool(_THEIRS_BEFORE.search(lead)) and bool(_COMES.match(clause))
    return not _OWN_BEFORE.search(lead) and (is_before or bool(_THEIRS_BEHIND.match(clause)))


def _is_own(run: Sequence[_Phrase], clause: str) -> bool:
    return bool(_OWN_BEFORE.search(_lead(run)) or _OWN_BEHIND.match(clause)) and not _is_theirs(run, clause)


def _lead(run: Sequence[_Phrase]) -> str:
    """What the clause of a time says before it."""
    found = _LEAD.search(_before(run[0].match))
    return found[0] if found else ""


def _is_told(run: Sequence[_Phrase], clause: str) -> bool:
    """The words behind a part of a day, an hour or a weekday tell what was: 上午去了没人."""
    is_in_day = any(_names_time(phrase.match) or phrase.match["weekday"] for phrase in run)
    return is_in_day and bool(_TELLS.search(clause)) and not _TO_COME.search(clause)


def _has_begun(run: Sequence[_Phrase], now: datetime) -> bool:
    """Whether there has been such a time today: only that can be told of."""
    start = _stretch(run, _at(now.date(), time(0), now)).start
    return start is not None and start <= now


def _is_over(run: Sequence[_Phrase], now: datetime) -> bool:
    if any(phrase.match["past"] for phrase in run):
        return True
    try:
        spans = [_span(phrase, now) for phrase in run]
    except (ValueError, OverflowError):  # 2月30号
        return False
    return _next_stretch(run, now).start is None and all(span and (span[1] or span[0]) <= now for span in spans)


def _next_stretch(run: Sequence[_Phrase], now: datetime) -> When:
    """What is over today comes again: 上午 tomorrow, 周三上午 next week. 今天上午 and 3号上午 do not."""
    whole = _stretch(run, now)
    if whole.start is not None or not all(map(_comes_again, run)):
        return whole
    later = _stretch(run, _at(now.date() + timedelta(days=1), time(0), now))
    is_until = later.start is not None and run[0].match["until"]
    return replace(later, start=now) if is_until else later


def _comes_again(phrase: _Phrase) -> bool:
    named = [kind for kind in ("near", *_NAMED_DAYS, "week") if phrase.dated[kind]]
    return named == ["weekday"] or (not named and bool(phrase.match["part"]))


def _is_joined(first: re.Match[str], second: re.Match[str]) -> bool:
    if first["past"] or second["past"]:
        return False
    between = first.string[first.end() : second.start()].strip()
    if not between:  # 明后天, 周六周日; 周三15号 is one day
        return any(first[kind] and second[kind] for kind in ("near", "weekday")) or _is_next_hour(first, second)
    if _TO.fullmatch(between):  # 明天到7号修灯 goes to a door
        return not second["only_day"] or any(first[kind] for kind in ("only_day", "month", "feast"))
    return bool(_OR.fullmatch(between))


def _is_next_hour(first: re.Match[str], second: re.Match[str]) -> bool:
    """十点十一点之间; 上午十点下午三点 are two times."""
    if not (first["hour"] and second["hour"]) or second["part"] or _names_day(second):
        return False
    return (read_number(first["hour"]) or 0) < (read_number(second["hour"]) or 0)


def _words(run: Sequence[_Phrase]) -> str:
    return run[0].match.string[run[0].match.start() : run[-1].match.end()].strip()


def _stretch(run: Sequence[_Phrase], now: datetime) -> When:
    """From where the first begins until the last has ended; what is over already is left out."""
    whole = _meaning(run[0], now)
    for number, phrase in enumerate(run[1:], start=2):
        whole = _extended(whole, phrase, now, _words(run[:number]))
    return whole


def _extended(first: When, later: _Phrase, now: datetime, words: str) -> When:
    """后天 counts from now; 周五 is the one after the first day."""
    for moment in (now, first.start or now):
        last = _meaning(later, moment)
        if last.start is None:
            continue
        if first.start is None:
            return replace(last, text=words)
        if last.start >= first.start:
            return When(words, first.start, last.end or last.start)
    return first


# ── one time ─────────────────────────────────────────────────────────────────────────────────────


def _meaning(phrase: _Phrase, now: datetime) -> When:
    match = phrase.match
    words = match[0].strip()
    try:
        span = _span(phrase, now)
    except (ValueError, OverflowError):  # 2月30号, 25点
        span = None
    if span is None:
        return When(words)
    start, end = span
    if match["until"] and not match["count"]:
        start, end = now, start if end is None or _is_point(match) else end
    if (end or start) <= now:
        return When(words)
    return When(words, max(start, now), end)


def _is_point(match: re.Match[str]) -> bool:
    """三点前, 中午前, 晚饭前 and 国庆前 end where those begin, 周五前 and 上午前 where they end."""
    half = _half(match["part"])
    is_event = bool(match["part"]) and any(re.fullmatch(words, match["part"]) for words, _, _ in _EVENTS)
    return bool(match["hour"] or match["feast"] or is_event) or (half is not None and half[0] == NOON)


def _span(phrase: _Phrase, now: datetime) -> tuple[datetime, datetime | None] | None:
    match = phrase.match
    if match["vague"]:
        return None
    if match["soon"]:
        return now, now + next((length for word, length in _SOON.items() if match["soon"].startswith(word)), _AN_HOUR)
    if match["count"]:
        return _counted(match, now)
    if match["whole_week"]:
        return _of_week(match["whole_week"], now)
    if match["of_month"]:
        first, last = _days_of_month(match["of_month"], now.date())
        return _at(first, _OFFICE[0], now), _at(last, _OFFICE[1], now)
    return _on_day(phrase, now)


# ── counted from now ─────────────────────────────────────────────────────────────────────────────


def _counted(match: re.Match[str], now: datetime) -> tuple[datetime, datetime | None] | None:
    count = _count(match["count"])
    if count is None:
        return None
    count += 0.5 if match["half_more"] else 0
    is_limit = match["within"].endswith("内")
    if (days := _days(match["measure"])) is None:
        moment = now + timedelta(minutes=count * _minutes(match["measure"]))
        return (moment, None) if not is_limit and _is_moment(match) else (now, moment)
    day = now.date() + timedelta(days=int(count * days))
    if match["measure"] == "工作日":
        day = _working_day(now.date(), int(count))
    return (now if is_limit else _at(day, _OFFICE[0], now)), _at(day, _OFFICE[1], now)


def _count(signs: str) -> float | None:
    """1.5 and 两点五 besides 半, 俩 and whole numbers."""
    whole, _, tenths = signs.replace("点", ".").partition(".")
    number = read_count(whole)
    return number if number is None or not tenths else number + (read_number(tenths) or 0) / 10


def _is_moment(match: re.Match[str]) -> bool:
    """半小时后, 过半小时; about half an hour is no limit either."""
    is_about = any(map(match.group, ("passing", "some", "roughly"))) or _ABOUT.search(_before(match))
    return "后" in match["within"] or bool(is_about)


def _days(measure: str) -> int | None:
    return {"工作日": 1, "天": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30}.get(measure)


def _working_day(day: date, count: int) -> date:
    """So many days later without weekends; a promise in words knows no holidays."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _minutes(measure: str) -> int:
    return {"小时": 60, "钟头": 60, "刻钟": 15}.get(measure, 1)


def _of_week(words: str, now: datetime) -> tuple[datetime, datetime]:
    monday = now.date() - timedelta(days=now.weekday())
    if words == "周末":
        first, last = monday + timedelta(days=5), monday + timedelta(days=6)
    elif words.startswith("下"):
        first, last = monday + timedelta(days=7), monday + timedelta(days=11)
    else:
        first, last = now.date(), monday + timedelta(days=4 if now.weekday() < 5 else 6)
    return _at(first, _OFFICE[0], now), _at(last, _OFFICE[1], now)


# ── on a day ─────────────────────────────────────────────────────────────────────────────────────


def _on_day(phrase: _Phrase, now: datetime) -> tuple[datetime, datetime | None] | None:
    match, day = phrase.match, _day(phrase.dated, now.date())
    if phrase.dated is not match and day and day < now.date():  # 这周一上午看过,三点再去
        day = None
    if day and match["weekday"] == "末":
        return _at(day, _OFFICE[0], now), _at(day + timedelta(days=1), _OFFICE[1], now)
    half = _half(match["part"])
    if match["hour"] is None:
        return _part_of_day(day or now.date(), half, now) if day or half else None
    midnight = _at(day or now.date(), time(0), now)
    earlier = _AN_HOUR if match["low"] else timedelta(0)  # 八九点 begins at eight
    half = half or _half_if_within(phrase.parted["part"], _hour(match, "", None) - earlier)
    clock = _clock(_hour(match, "", half) - earlier, half, is_of_24=match["hour"].startswith("0"))
    candidates = [midnight + one for one in clock]
    last_night = [] if day else [moment - timedelta(days=1) for moment in candidates]  # 半夜两点 said at one
    begin = next(
        (one for one in (*last_night, *candidates) if one >= now or (_end_of_range(match, half, one) or one) > now),
        None,
    )
    if begin is None:
        begin = candidates[0] + timedelta(days=0 if day else 1)  # a day that was said stays, and is found to be past
    return begin, _end_of_range(match, half, begin)


def _day(match: re.Match[str], today: date) -> date | None:
    """The day said; None when none was. Raises ValueError for a day that no month has."""
    if match["near"]:
        word = match["near"]
        steps = {"今": 0, "明": 1, "后": 2, "隔": 2}[word.lstrip("大")[0]]
        return today + timedelta(days=word.count("大") + steps)
    if match["workday"]:
        return _working_day(today, 1)
    if counted := match["days_on"] or match["days_passed"]:
        steps = int((_count(counted) or 0) * (_days(match["unit_on"] or "天") or 0))
        return today + timedelta(days=steps)
    if match["weekday"]:
        return _weekday(match["week"], match["weekday"], today)
    if match["feast"]:
        day = date(today.year, *_FEASTS[match["feast"][:2]])
        return day.replace(year=today.year + 1) if day < today else day
    if match["year"]:
        return date(int(match["year"]), _number(match["month"]), _number(match["day"]))
    if match["month"]:
        day = date(today.year, _number(match["month"]), _number(match["day"]))
        later = day.replace(year=today.year + 1) if day < today else day
        return later if later - today < _FARTHEST else day
    if match["next_month"]:
        first = today.replace(day=1)
        for _ in range(match["next_month"].count("下")):
            first = _month_later(first)
        return first.replace(day=_number(match["only_day"]))
    if match["only_day"]:
        return _day_of_number(_number(match["only_day"]), today)
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


def _days_of_month(words: str, today: date) -> tuple[date, date]:
    """The first and the last day of 月底, 下月初, 12月中旬, 年底. A bare 月初 is the next one, a month that was named
    the next of its name."""
    month, part = words[: -2 if words.endswith("旬") else -1], words.rstrip("旬")[-1]
    begin = today.replace(day=1)
    if "年" in month:
        begin = today.replace(month=12, day=1)
    elif name := month.rstrip("月").lstrip("这本下").rstrip("个"):
        begin = _named_month(_number(name), today)
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


def _half(words: str | None) -> tuple[time, time] | None:
    if not words:
        return None
    return next((start, end) for pattern, start, end in _ALL_HALVES if re.fullmatch(pattern, words))


def _half_if_within(words: str | None, hour: timedelta) -> tuple[time, time] | None:
    """The part that was said before, if it has this hour."""
    half = _half(words)
    if half is None:
        return None
    first, last = (timedelta(hours=moment.hour, minutes=moment.minute) for moment in half)
    return half if any(first <= moment <= last for moment in _clock(hour, half)) else None


def _part_of_day(day: date, half: tuple[time, time] | None, now: datetime) -> tuple[datetime, datetime]:
    start, end = half or _OFFICE
    if not half and day == now.date() and now.time() >= end:
        end = EVENING  # 今天 said after office hours
    return _at(day, start, now), _at(day, end, now)


# ── hours ────────────────────────────────────────────────────────────────────────────────────────


def _hour(match: re.Match[str], prefix: str, half: tuple[time, time] | None) -> timedelta:
    hour = _number(match[f"{prefix}hour"])
    quarter = {"一刻": 15, "三刻": 45}.get(match[f"{prefix}quarter"] or "", 0)
    digits = match[f"{prefix}minute"] or match[f"{prefix}digits"]
    minute = 30 if match[f"{prefix}half"] else quarter or (_number(digits) if digits else 0)
    if hour > 24 or minute > 59:
        raise ValueError(match[0])
    return timedelta(hours=hour, minutes=minute) - _lacking(match[f"{prefix}short"] or match[f"{prefix}shy"])


def _lacking(words: str | None) -> timedelta:
    """By how much 差十分三点 is before three."""
    if not words:
        return timedelta(0)
    return timedelta(minutes=15 if words == "一刻" else _number(words.rstrip("分")))


def _clock(hour: timedelta, half: tuple[time, time] | None, *, is_of_24: bool = False) -> tuple[timedelta, ...]:
    """What an hour of a twelve-hour clock can mean, likeliest first: with a part of the day one thing only. `is_of_24`
    is the morning's 08:30."""
    noon = timedelta(hours=12)
    if hour > noon + _AN_HOUR - timedelta(minutes=1) or hour == timedelta(0):
        return (hour,)
    if half:
        in_afternoon = half[0] >= NOON and hour < noon
        if half[0] >= time(18) and hour < timedelta(hours=5):  # 晚上一点 is the next day's by the calendar
            return (hour + timedelta(days=1),)
        is_midnight = half[0] >= time(18) and hour >= noon
        is_morning_of_noon = half[0] == NOON and timedelta(hours=10) <= hour < noon
        return (hour + noon,) if (in_afternoon and not is_morning_of_noon) or is_midnight else (hour,)
    if hour < timedelta(hours=7):
        return (hour + noon,)
    if is_of_24:
        return (hour,)
    return (hour, hour + noon) if hour < timedelta(hours=9, minutes=30) else (hour,)


def _end_of_range(match: re.Match[str], half: tuple[time, time] | None, start: datetime) -> datetime | None:
    """The end of 2点到4点, which is the first such hour after the start; of 两三点 and 三点多 an hour later."""
    if match["to_hour"] is None:
        return start + _AN_HOUR if match["low"] or match["more"] else None
    midnight = _at(start.date(), time(0), start)
    last = midnight + _hour(match, "to_", half)
    while last <= start:
        last += timedelta(hours=12)
    return last


def _number(signs: str) -> int:
    number = read_number(signs)
    if number is None:
        raise ValueError(signs)
    return number


def _at(day: date, moment: time, now: datetime) -> datetime:
    return datetime.combine(day, moment, now.tzinfo)
