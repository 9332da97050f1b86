"""What a resident's short words command: ask, add, withdraw, hurry, rate, bind. Longer words are for `understand`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import CHINESE_NUMBER, normalise, read_number
from classifiers.residents.continuations import Continuation, is_fine_now, read_continuation
from classifiers.residents.own_data import OwnData, read_own_data

_LONGEST_COMMAND = 40
_LONGEST_NOTE = 500


class Wish(StrEnum):
    """One wish for each thing that a resident can tell the desk beside a request."""

    STATUS = "status"
    SUPPLEMENT = "supplement"
    CANCEL = "cancel"
    URGE = "urge"
    HUMAN = "human"
    HELP = "help"
    MY_DATA = "my_data"
    ERASE = "erase"
    RATE_GOOD = "rate_good"
    RATE_FAIR = "rate_fair"
    RATE_BAD = "rate_bad"
    SLIP = "slip"  # 点错了; what he meant is the note
    ANOTHER = "another"
    SAME = "same"
    BIND = "bind"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class SpokenWish:
    """A wish, the request it names, and what else was said (the supplement, why it was bad, the code to bind)."""

    wish: Wish
    number: int | None = None
    note: str = ""


_NUMBER = rf"(?:(?:#|no\.?|第|工单|编号)?\s*(?P<number>\d{{1,7}}|{CHINESE_NUMBER}{{2,6}})\s*(?:号单?|单)?)"
_POLITE = r"(?:请|麻烦|帮我|帮忙|我想|我要|给我|你好|您好|,)*"
_END = r"(?:一下|下|吧|了|呢|啊|呀|谢谢|谢了|多谢|谢谢你们?|谢谢您|辛苦了|哈|哦|,|!|。|\s)*"
_TAIL = r"(?:[\s,。;:!]+(?P<note>(?![号栋楼个点天单幢排]).+))?"
_BAD = r"(?:没|没有|未|还没|还没有|根本没|并没有)(?:解决|修好|处理|办好|弄好|好)(?:问题)?|(?:很|非常|太)?不满意"
_GOOD = (
    r"(?:(?:很|非常|挺|特别|十分|都|比较)?(?:满意|好评)|没(?:啥|有?什么|有)?不满意|没(?:啥|有)?毛病|不孬|"
    r"好着[哩呢]|没的说|(?:真)?(?:得劲|中)了|一百分)"
)
_SOLVED_BUT = (  # 好是好了,就是太慢: solved, and how it was done was not right; 亮是亮了就是一闪一闪的 is not solved
    r"(?:好|修好?|办好?|弄好?|解决|换|清)(?:倒|也)?是(?:都|给)?(?:好|修好?|办好?|弄好?|解决|换|清)了[,\s]*"
    r"(?P<note>(?:就是|不过|可是?|但是?|只是|就)[^?又没还]{0,6}(?:慢|晚|久|拖|磨|等|贵|冲|凶|态度|脾气|耐烦|难听|不收拾|没收拾|乱|脏)[^?]{0,8})"
)
_HELPLESS = (  # 我不会打字, 字太小看不清
    r"(?:(?:我|俺|人|也|又|年纪大了?|老了|字|太小|眼睛?花了?)*(?:不会|不太会|不大会|不识|不认|看不清|看不见|弄不来|弄不好|不方便)"
    r"(?:打字|弄|用|写字?|字|使|手机|这个|点|拼音)?[了啊呀,\s]*)"
)
_SPEAKS_TO_ONE = (
    r"(?:要|想|得|能不能|可不可以|请|帮我|给我|麻烦)*(?:找|叫|来|派|换)(?:一?个|位)?(?:真|活)?人(?:来|过来)?(?:跟|和|给|同)?(?:我|俺)?"
    r"(?:说话|说|讲|谈|打(?:一?个)?电话|回(?:一?个)?电话)(?:吧|行吗|行不行|呗)?"
)
_HIS_PHONE = r"(?:[,\s]*(?:给|留|打)(?:我|俺)?(?:一?个)?(?:电话|手机)号?码?(?:吧|呗)?)"
_OFF = r"(?:[撤彻][销消]|撤回|撤单|取消|作废|撤了|撤掉)"
_GIVES_UP = (
    rf"(?:{_OFF}|算了|不用(?:再)?(?:修|来|管|办|查|去|弄)?了|(?:别|甭)(?:再)?(?:修|来|管|办|弄)了|"
    r"不(?:修|办|弄|要|需要)了)(?:吧|啦|啊|呀|,|。|!|\s)*"
)
_THANKS = r"(?:[,。!\s]*(?:谢谢.{0,4}|感谢.{0,4}|辛苦.{0,4}|多谢.{0,4}))*[。!\s]*"


def _command(words: str) -> str:
    return rf"{_POLITE}(?:{words})\s*{_NUMBER}?{_END}"


# The order is the order of trial; every pattern must fit the whole text.
_PATTERNS: Final[tuple[tuple[Wish, re.Pattern[str]], ...]] = tuple(
    (wish, late(pattern, re.IGNORECASE | re.DOTALL))
    for wish, pattern in (
        (Wish.BIND, r"绑定(?:码)?[\s:]*(?P<note>[0-9A-Za-z][0-9A-Za-z\- ]{1,30})"),
        (
            Wish.SUPPLEMENT,
            r"(?:补充|再补充|补充说明|补一句|我补充)(?:一下|一点|下|点|一句)?\s*(?:#\s*(?P<number>\d{1,7}))?(?:[\s:,]+(?P<note>\S.*)|(?P<rest>[^\s:,。!].*)?)",
        ),
        (
            Wish.ANOTHER,
            rf"(?:不,?)?(?:这|那)?(?:个)?是?(?:另外?|别的|新的?)(?:的)?(?:一|个)*(?:件|回|码)?事(?:情|儿)?{_END}",
        ),
        (
            Wish.SAME,
            rf"(?:这|那)?(?:个)?(?:也是|还是|就是|是)?(?:这件|同一件|那件|一件|一回|同一个|这个|刚才那?件|刚才的)事?(?:情|儿)?{_END}",
        ),
        (Wish.RATE_BAD, rf"(?:3|三|{_BAD}|差评|没人来)(?:[了呢啊的分]|没解决)*{_TAIL}{_END}"),
        (Wish.RATE_BAD, r"(?:根本|还|并)?(?:没有?解决|不满意)(?P<note>(?!的)[^?]{1,20})"),
        (
            Wish.SLIP,
            r"(?:哎呀?|不好意思|对不起|抱歉|[,\s])*(?:我)?(?:刚才?|刚刚)?(?:是)?(?:不小心)?(?:(?:点|按|摁|选|评|戳|打)错了|手滑了?)"
            r"(?:[,\s。!]*(?:我)?(?:应该|其实|要|想|说的|点的)*是?(?P<note>.{0,60}))?",
        ),
        (
            Wish.SLIP,
            r"(?:我(?:是说|说的是|要点的?是?|想点的?是?)|应该是|改成)\s*(?P<note>满意|一般|没解决|不满意)(?:的|了|啊|呀)*(?:[,\s]+[^?]{1,16})?",
        ),
        (Wish.RATE_GOOD, rf"(?:1|一)(?:分|满意)?{_THANKS}"),
        (Wish.RATE_GOOD, rf"(?:已经?|都|全|算|是)*解决(?:了|啦|喽|满意|[,\s])*(?:{_THANKS}|{_TAIL})"),
        (Wish.RATE_GOOD, rf"(?:[1一][\s,.、]*)?{_GOOD}(?:[了呢啊的分哩]|满意)*(?:{_THANKS}|{_TAIL})"),
        (
            Wish.RATE_FAIR,
            rf"(?:2|二|一般|一般般|还行|凑合|马马虎虎|还可以|基本满意)(?:[了呢啊的吧分号]|一般)*{_TAIL}{_END}",
        ),
        (Wish.RATE_FAIR, _SOLVED_BUT),
        (Wish.CANCEL, _command(rf"{_OFF}|不用(?:修|来|管|办|查|去)?了|不需要了|不要了")),
        (Wish.CANCEL, rf"{_POLITE}(?:{_GIVES_UP}){{2,4}}{_END}"),
        (
            Wish.CANCEL,
            rf"{_POLITE}(?:把|将)?(?:我|[那这]个?|刚才|之前|的)*(?:单子?|工单|诉求|报修|事儿?)(?:给|帮)?(?:我|咱)?(?:先|都)?{_OFF}{_END}",
        ),
        (Wish.CANCEL, rf"{_POLITE}{_OFF}\s*{_NUMBER}?(?:吧|了)*[\s,。!;]+(?P<why>.{{2,20}})"),
        (Wish.CANCEL, rf"{_NUMBER}(?:号)?(?:{_OFF}|不用(?:修|来|管|办|查|去)?了|撤了){_END}"),
        (
            Wish.URGE,
            _command(r"催|催单|催办|催一催|催催|快点(?:处理|办|来|修)?|怎么还(?:没人|不)来|(?:咋|怎么)还没(?:人)?来"),
        ),
        (Wish.URGE, rf"{_NUMBER}(?:催|催单|催办|快点){_END}"),
        (
            Wish.HUMAN,
            rf"{_POLITE}(?:转|找|要|接|叫|来)?(?:个|一?下)?(?:人工|真人|人工客服|人工服务|客服|找人|工作人员)(?:服务|客服|坐席)?{_END}",
        ),
        (
            Wish.HUMAN,
            r"(?:有)?(?:你们?|您|咱们?|服务台|负责人|管事的?)(?:那儿?|这儿?)?的?(?:电话|手机|联系方式)(?:号码?)?(?:是)?(?:多少|几号|呢|有[吗么]?|"
            r"给我|给一?个|说一?下|发我?(?:一下)?)?[?吗么啊呀\s]*",
        ),
        (
            Wish.HUMAN,
            rf"{_POLITE}(?:能不能|可以|可不可以)?(?:找|换|来|叫|有没有|有|要)?(?:一?个)?(?:真人|活人)(?:来)?(?:跟|和|给|同)?(?:我|俺)?(?:说|说话|聊聊?|讲|说说|打电话|回话|回)?[吗么]?{_END}",
        ),
        (
            Wish.HUMAN,
            r"(?:你们?(?:是不是|是|到底是)(?:个)?(?:机器人?|电脑|真人|人工智能|假人)[吗么吧啊呀?,\s]*)?"
            rf"{_POLITE}(?:跟|和|同|找)(?:一?个)?(?:真人|活人|人)(?:说|说话|聊聊?|讲|说说)(?:话|几句|一说)?{_END}",
        ),
        (Wish.HUMAN, rf"{_HELPLESS}{{1,2}}{_SPEAKS_TO_ONE}{_HIS_PHONE}?{_END}"),
        (Wish.HUMAN, rf"(?:我|俺)?{_SPEAKS_TO_ONE}{_HIS_PHONE}{_END}"),
        (Wish.HUMAN, rf"(?:我|俺)要找(?:个)?(?:真|活)?人(?:说话|说|讲){_END}"),
        (Wish.HUMAN, rf"(?:找人|找个人|有真人吗|我要找人|找人说){_END}"),
        (
            Wish.HELP,
            r"(?:帮助|\?+|怎么用|怎么使用|咋用|如何使用|使用说明|使用方法|说明|菜单|help|功能|你会什么|能干什么|怎么操作)[\s?。!吗呢啊的]*",
        ),
        (
            Wish.STATUS,
            _command(
                r"查|查单|查询|查一查|查看|进度|查进度|查询进度|查看进度|查下进度|我的单子?|我的诉求|我的工单|到哪一?步了?|办到哪(?:一步)?了?|处理到哪(?:一步)?了?|怎么样了|啥情况了?|什么情况了?|有进展[吗么]?|有结果[吗么]?"
            )
            + r"[?吗么]*",
        ),
        (
            Wish.STATUS,
            r"(?:那|请问|,)*(?:我(?:家)?的?|俺(?:家)?的?)?(?:那|这)?(?:个|件|点)?(?:事情?|事儿|单子?)?(?:到底)?(?:有人|谁|有谁)(?:在)?(?:看|管|接|理|办|处理|去看?)(?:过)?了?(?:没有?|吗|么|不)+[?啊呀]*",
        ),
        (
            Wish.STATUS,
            r"(?:那)?(?:我|俺)?(?:咋|怎么|怎样|如何)(?:能|才能)?(?:知道|晓得)(?:你们|他们?)?(?:来没来|来了没有?|办没办|办了没有?|弄没弄|修没修|办到哪了?|管没管)[?啊呀呢]*",
        ),
        (
            Wish.STATUS,
            rf"(?:#|no\.?|工单|编号)\s*(?P<number>\d{{1,7}})(?:号)?(?:的)?(?:进度|怎么样了?|到哪一?步了?|办了吗|好了吗|咋样了?)?{_END}[?]*",
        ),
        (Wish.STATUS, rf"{_NUMBER}(?:的)?(?:进度|怎么样了?|到哪一?步了?|咋样了?|查)[?吗]*"),
        (
            Wish.YES,
            r"(?:确定要删|删吧|是|是的|对|对的|对对|嗯+|好|好的|行|可以|确认|确定|没错|要|同意|yes|ok|中|就是|是啊|对啊)[。!,\s了吧]*",
        ),
        (Wish.NO, r"(?:不删了?|别删|不|不是|不对|否|不要|不行|不用|no|没有|错了|不同意|不是的)[。!,\s啊吧]*"),
    )
)
_DRAWN = late("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]+")  # 满意👍
_RATINGS: Final = {"满意": Wish.RATE_GOOD, "一般": Wish.RATE_FAIR, "没解决": Wish.RATE_BAD, "不满意": Wish.RATE_BAD}
_DIGITS: Final = {"1": Wish.RATE_GOOD, "2": Wish.RATE_FAIR, "3": Wish.RATE_BAD}
_NUMBERED_RATING: Final = late(
    rf"(?:(?P<digit>[123])[\s,.、]*|#?(?P<before>\d{{1,7}})号?\s*)?(?P<word>{'|'.join(_RATINGS)})了?(?:\s*#?(?P<behind>\d{{1,7}})号?)?{_TAIL}",
    re.DOTALL,
)
_OWN_DATA: Final = {OwnData.SEE: Wish.MY_DATA, OwnData.ERASE: Wish.ERASE}
_MAY_BE_LONG: Final = frozenset({Wish.SUPPLEMENT, Wish.SLIP, Wish.RATE_BAD, Wish.RATE_FAIR})


def read_wish(text: str) -> SpokenWish | None:
    """The wish that a short text speaks, None when it is anything else. Never raises."""
    plain = normalise(text[: _LONGEST_NOTE + _LONGEST_COMMAND])
    plain = (_DRAWN.sub("", plain) or plain).strip(" ,。!~;:\n")
    if not plain:
        return None
    if rated := _numbered_rating(plain):
        return rated
    if wanted := read_own_data(plain):
        return SpokenWish(_OWN_DATA[wanted])
    for wish, pattern in _PATTERNS:
        if len(plain) > _LONGEST_COMMAND and wish not in _MAY_BE_LONG:
            continue
        if (match := pattern.fullmatch(plain)) and _is_reason(match.groupdict().get("why") or ""):
            return _spoken(wish, match)
    return None


def _numbered_rating(plain: str) -> SpokenWish | None:
    """A rating that names its request, or its own digit: 满意342, #342 没解决, 1 满意,谢谢."""
    match = _NUMBERED_RATING.fullmatch(plain)
    if match is None:
        return None
    wish, number = _RATINGS[match["word"]], match["behind"] or match["before"]
    if match["digit"] and wish is not _DIGITS[match["digit"]]:  # 1 没解决, of the first one
        number = number or match["digit"]
    if number is None and match["digit"] is None:
        return None
    return SpokenWish(wish, int(number) if number else None, (match["note"] or "").strip(" ,。!:;"))


def _is_reason(why: str) -> bool:
    """撤销,我家好了 says why; 撤销,路灯不亮了 tells of something else."""
    return not why or is_fine_now(why) or read_continuation(why) in (Continuation.SOLVED, Continuation.WITHDRAWN)


def _spoken(wish: Wish, match: re.Match[str]) -> SpokenWish | None:
    found = match.groupdict()
    number = read_number(found.get("number") or "")
    note = (found.get("note") or found.get("rest") or "").strip(" ,。!:;")
    if wish is Wish.SUPPLEMENT and found.get("rest") and re.match(r"(?:医疗|保险|养老|材料|协议|营养|维|公积)", note):
        return None  # 补充医疗保险怎么交 is a question
    return SpokenWish(wish, number, note)
