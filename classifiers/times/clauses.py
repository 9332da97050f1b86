"""What a clause says around a time: that it is denied, told of the past, of others, or instead of one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from classifiers.reader.late import late
from classifiers.times.moments import words_before
from classifiers.times.phrases import Phrase, names_time, runs_of

# What stands between a time and the one that takes its place.
INSTEAD = late(
    r"有事|没空|不行|下雨|没(?:弄|修|办|赶|来|去)|[去来]不[了成]|不在|忙|改|推|太晚|晚了|来不及|没时间|不方便|(?:弄|修|办|干)不完"
    r"|[都也](?:行|可以|成)|不对|[说记弄]错|(?:别|甭|不用?)[来去]|[哦噢喔啊呃]不|(?<![\u4e00-\u9fff])不(?![\u4e00-\u9fff])"
)
# 不是周三是周四, 不去明天了; 是不是周三 and 去不去周三 ask.
_DENIED = late("(?:" + "|".join(rf"(?<!{verb})不{verb}" for verb in "是去来用在要") + "|别|甭)$")
# What stands behind a time that somebody tells of: 上午去了没人, 下午看过了, 早上没水; but 下午再去, 修好了告诉你.
TELLS = late(
    r"没(?!空|时间|事|问题|准|关系)|[去来到看修弄查打问说找报办换系理测停](?:过(?![去来])|的(?!话|时))|已经|早就|刚"
    r"|(?<![行对得算])了[啊呀呢]?$|[去来到看修弄查打问说找报办换停坏漏堵断好完掉走回接理系知爆](?:了|的)(?![再就给告话时])"
)
TO_COME = late(
    r"再|就(?!没|停|断|坏|漏|不)|(?<![不没])(?:能|会(?!议))|要(?!求|账|钱)|可以|一定|应该|争取|准备|打算|必须|吧|给[你您大]|告诉"
)
CLAUSE = late(r"[^,。;!?\n]*")
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


def runs_to_come(plain: str) -> Iterator[tuple[list[Phrase], str]]:
    """The stretches that are neither past nor denied, each with what its clause says behind it."""
    runs = runs_of(plain)
    for run, following in zip_longest(runs, runs[1:]):
        first, last = run[0].match, run[-1].match
        if not first["past"] and not _DENIED.search(words_before(first)):
            stop = following[0].match.start() if following else len(plain)
            clause = CLAUSE.match(plain, last.end(), stop)
            yield run, clause[0].strip() if clause else ""


def speaks_of_others(run: Sequence[Phrase], clause: str) -> bool:
    """配件明天到, 明天物业派人: not what the speaker does himself."""
    lead = _lead(run)
    is_before = bool(_THEIRS_BEFORE.search(lead)) and bool(_COMES.match(clause))
    return not _OWN_BEFORE.search(lead) and (is_before or bool(_THEIRS_BEHIND.match(clause)))


def speaks_of_himself(run: Sequence[Phrase], clause: str) -> bool:
    return bool(_OWN_BEFORE.search(_lead(run)) or _OWN_BEHIND.match(clause)) and not speaks_of_others(run, clause)


def _lead(run: Sequence[Phrase]) -> str:
    """What the clause of a time says before it."""
    found = _LEAD.search(words_before(run[0].match))
    return found[0] if found else ""


def is_told(run: Sequence[Phrase], clause: str) -> bool:
    """The words behind a part of a day, an hour or a weekday tell what was: 上午去了没人."""
    is_in_day = any(names_time(phrase.match) or phrase.match["weekday"] for phrase in run)
    return is_in_day and bool(TELLS.search(clause)) and not TO_COME.search(clause)
