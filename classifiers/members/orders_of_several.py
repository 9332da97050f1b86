"""What is ordered and decided of several in one breath: 1同意 2不行 太晚了; 1、2都同意; 都不同意; 1派邹仿真 2督办;
1 2 3 是一件事."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from classifiers.members.orders import Order, SpokenOrder, plainly, read_order, read_verdict
from classifiers.members.replies import read_replies
from classifiers.reader.late import late

_LONGEST: Final = 120
_YES_OR_NO: Final = (
    r"(?:不?同意|不?批准?|不?准|不?行|不?可以|不?成|不能|驳回|太[久晚长迟]|最[多晚迟]|顶多|没问题|好的?|延)"
)
_NUMBER: Final = r"(?:#|no\.?)?\d{1,7}(?:号单?|单)?"
_NEXT: Final = late(  # where the word about the next one begins
    rf"[\s,。;、]*(?<!\d)(?={_NUMBER}\s*(?:的|那个|就)?{_YES_OR_NO})"
    rf"|[\s,。;、]+(?=(?:不?同意|不?批准|不准|驳回)\s*{_NUMBER})"
)
_TOGETHER: Final = late(
    rf"(?P<numbers>{_NUMBER}(?:[\s,、和跟与]+{_NUMBER})+)\s*(?:[两俩]个)?(?:全?都|也)?(?P<said>\D.*)"
)
_DIGITS: Final = late(r"\d{1,7}")
_NEXT_NUMBER: Final = late(r"[\s,。;]+(?=#?\d{1,7}(?!\d|[.:点月天日个小层排室块元份人户米]|单元|号?[楼院栋幢座]))")
_BEGINS_WITH_NUMBER: Final = late(r"#?\d{1,7}(?!\d)")
_OF_MANY: Final = late(  # 督办 1、2
    rf"(?P<word>督办|挂牌督办|暂停|挂起|恢复|重办|加急)\s*(?P<numbers>{_NUMBER}(?:[\s,、和跟与]+{_NUMBER})+)(?P<rest>(?:[\s,:。]+\D.*)?)"
)
_MANY: Final = 3
_ALL: Final = late(r"(?:全?都|全部|[两俩三]个?都|一个都)")
_VERDICTS: Final = frozenset({Order.GRANT, Order.DENY})


def read_verdicts(text: str) -> tuple[SpokenOrder, ...]:
    """One for each number, with the words behind it as its reason; () unless two are decided on. Never raises."""
    plain = plainly(text)[:_LONGEST]
    if together := _TOGETHER.fullmatch(plain):
        said = _verdict(f"1 {together['said']}")
        numbers = dict.fromkeys(map(int, _DIGITS.findall(together["numbers"])))
        return tuple(replace(said, numbers=(number,)) for number in numbers) if said and len(numbers) > 1 else ()
    parts = [part for part in _NEXT.split(plain) if part]
    found = [_verdict(part) for part in parts] if len(parts) > 1 else []
    said_of = {one.numbers[0]: one for one in found if one and one.numbers}
    return tuple(said_of.values()) if len(said_of) == len(found) > 1 else ()


def orders_in_one_line(text: str) -> tuple[str, ...]:
    """1派邹仿真 2督办: the line of each number, if each is a command and one of them is an order in set words; () for
    anything else. Never raises."""
    plain = plainly(text)[:_LONGEST]
    if many := _OF_MANY.fullmatch(plain):
        return tuple(f"{many['word']} {number}{many['rest']}" for number in _DIGITS.findall(many["numbers"]))
    parts = [part for part in _NEXT_NUMBER.split(plain) if part]
    numbers = {_DIGITS.findall(part)[0] for part in parts if _BEGINS_WITH_NUMBER.match(part)}
    if not len(numbers) == len(parts) > 1 or not any(map(read_order, parts)):
        return ()
    return tuple(parts) if all(read_order(part) or _is_command(part) for part in parts) else ()


def _is_command(part: str) -> bool:
    return any(command.requests and command.intent != "none" for command in read_replies(part, ()))


def merges_of_many(text: str) -> tuple[SpokenOrder, ...]:
    """1 2 3 是一件事 合了吧: each later one into the first; () for less than three. Never raises."""
    together = _TOGETHER.fullmatch(plainly(text)[:_LONGEST])
    numbers = sorted(set(map(int, _DIGITS.findall(together["numbers"])))) if together else []
    if together is None or len(numbers) < _MANY:
        return ()
    spoken = read_order(f"2和1{together['said']}")
    is_merge = spoken is not None and spoken.order is Order.MERGE
    return tuple(SpokenOrder(Order.MERGE, (number, numbers[0])) for number in numbers[1:]) if is_merge else ()


def is_of_all(text: str) -> bool:
    """都不同意 按期办: of all that was asked for. Never raises."""
    return _ALL.match(plainly(text)) is not None


def _verdict(plain: str) -> SpokenOrder | None:
    spoken = read_order(plain)
    return spoken if spoken is not None and spoken.order in _VERDICTS else read_verdict(plain)
