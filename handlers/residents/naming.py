"""Which of his own a resident names, and what he wants of it: 第一个不用了, 沟那件咋样了, 两个都撤, 都满意."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from classifiers.reader.late import late
from classifiers.residents.continuations import Continuation, drops_it_at_last, read_continuation, thing_withdrawn
from classifiers.residents.judgements import clauses_of, judge_all
from classifiers.residents.wishes import SpokenWish, Wish, read_wish
from handlers.residents import adding, at_hand, continuing, following, inquiry, rating, sense
from handlers.residents.visit import Visit
from handlers.watching import alarms
from storage.records import Outcome, Request

LONGEST = 30  # signs; who says more tells something
ASKED_WITHIN = timedelta(minutes=10)
_COUNT = "一二三四五六七八九"
_HOW_MANY = {"两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4}
_ALL = late(r"^(?:那|这)?(?P<count>[两俩仨三四几])?(?:个|件|码)?(?:事)?(?:都|全都?|全部|通通)")
_NUMBERED = late(
    r"^(?P<verb>(?:那|我的|知道了?[,，]?|查(?:一下)?|撤销|催)?)#?(?P<numbers>\d{1,6}+号?+(?:[和跟、,，\s]*\d{1,6}+号?+)*+)"
    r"(?!\s*[楼院门栋户室家路街线块元天次点月日年岁斤米分层个]|单元|胡同)(?:那[个件]|都|的|单)*"
)
_PLACED = late(
    rf"(?:那)?(?:第(?P<place>[{_COUNT}])|(?P<first>头一?)|(?P<last>最后一?))[个件条](?:事)?(?=[\s,，。!！?？不咋怎有呢还撤别催好没啥什吧了]|$)"
)
_THING = late(r"^(?P<thing>[\u4e00-\u9fff]{1,6}?)的?那?(?:[个件](?:事)?|块儿?)(?=[\u4e00-\u9fff,，\s])")
_NAMES = late(r"[都全通]|第|头一?[个件]|最后|\d|那?[个件块]")
_WISHES = {
    Continuation.WITHDRAWN: Wish.CANCEL,
    Continuation.PRESSING: Wish.URGE,
    Continuation.IMPATIENT: Wish.URGE,
    Continuation.ASKING: Wish.STATUS,
    Continuation.NOT_SOLVED: Wish.URGE,
}
_OBEYED = frozenset({Wish.CANCEL, Wish.URGE, Wish.STATUS})
_THE_THING = r"(?:那|这|我家|家里|个|辆|条)*(?P<thing>[\u4e00-\u9fff]{1,4}?)(?:那[个件]?|这[个件]?)?"
_IS_OVER = late(
    rf"{_THE_THING}(?:已经|都|自己|给|让人|也|是)*(?:(?:挪|开|搬|拿|拖|清|运|弄|赶)(?:走|开)|走|不在|[修弄办换]好|好|亮|通|热|来|不漏|不堵|不响)了?(?:了|啦)"
)
_IS_NEEDED = late(rf"{_THE_THING}(?:可)?还(?:是)?(?:得|要|没|不)[\u4e00-\u9fff]{{1,6}}")
_NO_MORE = late(r"(?:不用|别|甭|不要|撤)(?:再)?(?:了|吧|管|弄|来|修|办|掉|销)*(?:了|吧)?$|撤了?吧?$")
_CHANGED = late("[换装买拆]")
_STAYS = late(r"[得要](?:来|修|办|弄|管)|还[得要]|[别不]撤|留着|继续|接着")  # 路灯那个还得修
_HOW = late(r"^(?:呢|还没弄吧|有人(?:看|接|管)了?(?:没|吗)|(?:好|弄|修|办)(?:了|好了|完了)?(?:没有?|吗|么))[?？。\s]*$")


async def obey(visit: Visit, text: str) -> Outcome | None:
    """What he wants of those he names; None when he names none of his, or wants nothing that can be done at once."""
    if visit.is_first or len(text) > LONGEST or not _NAMES.search(text):
        return None
    done = await visit.desk.session.requests.unrated_of_resident(visit.resident.id)
    if len(done) > 1 and _ALL.match(text) and _is_good(_ALL.sub("", text)):
        return await _each(visit, Wish.RATE_GOOD, [one.number for one in done])
    named, rest = _named(text, await _own(visit), is_rating=bool(done))
    wanted = _meant(rest) if named else None
    if wanted is not Wish.CANCEL and len(named) > 1 and _ALL.match(text):
        return None  # 都几天了,还没人来 speaks of days
    if wanted is None or await continuing.is_danger(visit, text):
        return None
    return await _each(visit, wanted, [one.number for one in named])


def _is_good(rest: str) -> bool:
    """满意, or 好了 满意."""
    wish = read_wish(rest)
    return (wish.wish if wish else judge_all(rest)) is Wish.RATE_GOOD


async def part_over(visit: Visit, text: str) -> Outcome | None:
    """车挪走了 灯还得修: ends what is about the car, and what is about the lamp goes on. None when two clauses do not
    say so of two of his."""
    clauses = clauses_of(text)
    if visit.is_first or len(text) > LONGEST or len(clauses) < 2:
        return None
    over = [match["thing"] for clause in clauses if (match := _IS_OVER.fullmatch(clause))]
    stays = [match["thing"] for clause in clauses if (match := _IS_NEEDED.fullmatch(clause))]
    if len(over) + len(stays) != len(clauses) or len(over) != 1 or not stays:
        return None
    mine = await _own(visit)
    ended, kept = following.about(mine, over[0]), [following.about(mine, thing) for thing in stays]
    if ended is None or None in kept or ended.number in [one.number for one in kept if one]:
        return None
    if await alarms.at_hand(visit, text) or await continuing.is_danger(visit, text):
        return None
    return await inquiry.obey(visit, SpokenWish(Wish.CANCEL, ended.number))


async def withdraw_thing(visit: Visit, text: str) -> Outcome | None:
    """门锁不用修了: ends what is about the lock and nothing else; what is about more than that only hears of it. None
    when the words say no such thing."""
    thing = thing_withdrawn(text)
    if not thing and drops_it_at_last(text) and not visit.is_first:
        return await _drop(visit, text)
    if not thing or visit.is_first or any(thing in one.name for one in visit.desk.roster.members):
        return None
    if _CHANGED.search(text) and await at_hand.asked_for(visit):
        return None  # he answers 水龙头要换新的吗
    if await alarms.at_hand(visit, text) or await continuing.is_danger(visit, text):
        return None
    mine = await _own(visit)
    done = await visit.desk.session.requests.unrated_of_resident(visit.resident.id)
    found = following.about((*mine, *done), thing)
    if found is None and mine:
        return inquiry.ask_which_to_withdraw(visit, mine)
    reader = await visit.desk.house.understanding.reader(visit.desk.roster, visit.desk.session)
    if found is None or found not in mine or not following.has_more_than(found, thing, reader):
        return await inquiry.obey(visit, SpokenWish(Wish.CANCEL, found.number if found else None))
    return await _is_needed_no_more(visit, found.number, text)


async def _drop(visit: Visit, text: str) -> Outcome | None:
    """医保的事我闺女弄好了 撤了吧: the one that the words name, or the only one."""
    if await at_hand.asked_for(visit) or await sense.is_secret(visit, text):
        return None
    if await alarms.at_hand(visit, text) or await continuing.is_danger(visit, text):
        return None
    mine = await _own(visit)
    found = mine[0] if len(mine) == 1 else following.nearest(mine, text)
    if found is None or following.names_another_thing(found, text):
        return inquiry.ask_which_to_withdraw(visit, mine) if len(mine) > 1 else None
    return await inquiry.obey(visit, SpokenWish(Wish.CANCEL, found.number))


async def _is_needed_no_more(visit: Visit, number: int, text: str) -> Outcome | None:
    """A part of what he asked for; all of it ends with a tap."""
    request = await visit.desk.session.requests.get(number, to_change=True)
    if request is None:
        return None
    outcome = await adding.add_to(visit, request, text)
    cancel = f"撤销{number}"
    visit.desk.answer("resident.part_not_needed", (cancel, cancel), number=number)
    return outcome


async def answer_which(visit: Visit, text: str) -> Outcome | None:
    """头一个, or 下水道那个,我儿子给通开了, behind 要撤销哪一件?"""
    since, reason = visit.now - ASKED_WITHIN, inquiry.WHICH_CANCEL
    if visit.talk.last_at is None or visit.talk.last_at < since or len(text) > LONGEST or _STAYS.search(text):
        return None
    if not await visit.desk.session.inbox.last_words(visit.resident.openid, since, reason=reason):
        return None
    mine = await _own(visit)
    named = _named(text, mine, is_rating=False)[0] or _most_alike(text, mine)
    named = named or [one for one in (following.nearest(mine, text),) if one]
    if len(named) != 1 or await continuing.is_danger(visit, text):
        return None
    return await _each(visit, Wish.CANCEL, [named[0].number])


async def _own(visit: Visit) -> Sequence[Request]:
    mine = await visit.desk.session.requests.open_of_resident(visit.resident.id)
    mine += await visit.desk.session.requests.merged_of_resident(visit.resident.id)
    return sorted(mine, key=lambda one: one.number)


def _named(text: str, mine: Sequence[Request], *, is_rating: bool) -> tuple[Sequence[Request], str]:
    """Those of his own that the words name, and what is left of the words."""
    if len(mine) > 1 and (match := _ALL.match(text)):
        is_meant = _HOW_MANY.get(match["count"] or "", len(mine)) == len(mine)
        return (mine if is_meant else ()), text[match.end() :]
    if match := _PLACED.search(text):
        place = _COUNT.find(match["place"]) if match["place"] else 0 if match["first"] else len(mine) - 1
        return mine[place : place + 1], text[: match.start()] + text[match.end() :]
    if match := _NUMBERED.match(text):
        numbers = {int(number) for number in re.findall(r"\d+", match["numbers"])}
        found = [one for one in mine if one.number in numbers]
        is_meant = len(found) == len(numbers) and not (is_rating and numbers <= {1, 2, 3})
        return (found, match["verb"] + text[match.end() :]) if is_meant else ((), text)
    if len(mine) > 1 and (match := _THING.match(text)):
        found = [one for one in mine if match["thing"] in one.text]
        return (found, text[match.end() :]) if len(found) == 1 else ((), text)
    return (), text


def _meant(rest: str) -> Wish | None:
    """What is wanted of them."""
    words = rest.strip(" ,，。!！?？")
    if _HOW.fullmatch(rest.strip(" ,，")):
        return Wish.STATUS
    if not words:
        return None
    wish = read_wish(words)
    if wish is not None and wish.wish in _OBEYED:
        return wish.wish
    if _NO_MORE.search(words):
        return Wish.CANCEL
    said = read_continuation(words)
    return _WISHES.get(said) if said else None


def _most_alike(text: str, mine: Sequence[Request]) -> Sequence[Request]:
    """The one that shares most with the words; nothing when two share as much."""
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    shared = [sum(pair in one.text for pair in pairs) for one in mine]
    best = max(shared, default=0)
    return [one for one, count in zip(mine, shared, strict=True) if best and count == best] if best else ()


async def _each(visit: Visit, wish: Wish, numbers: Sequence[int]) -> Outcome | None:
    outcome: Outcome | None = None
    for number in numbers:
        spoken = SpokenWish(wish, number)
        outcome = await (rating.rate(visit, spoken) if wish is Wish.RATE_GOOD else inquiry.obey(visit, spoken))
    return outcome
