"""He was told a result and says in his own words how it is: 五分, 谢谢小陈 满意; or, weeks later, 石墩又搬回来了."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from classifiers.reader.late import late
from classifiers.requests.duplicates import kinship, things_of
from classifiers.residents.answers import Answer, SpokenAnswer, judges_all, read_answer, says_nothing_bad, without_but
from classifiers.residents.judgements import clauses_of
from classifiers.residents.result_words import asks_back, asks_how_it_stands, declines_to_judge, left_by_mistake
from classifiers.residents.wishes import SpokenWish, Wish, read_wish
from handlers.residents import anew, at_hand, following, inquiry, judging, rating, sense
from handlers.residents.visit import Visit
from handlers.telling import audience
from storage.records import Fate, Outcome, Question, Rating, Request, State

_WISHES = {Answer.GOOD: Wish.RATE_GOOD, Answer.FAIR: Wish.RATE_FAIR, Answer.BAD: Wish.RATE_BAD}
_LONGEST = 40  # signs
_MAY_COMPLAIN = late("[没不又还]")
_NOBODY_CAME = "没人来"  # is itself what is to be heard
_OF_TAPS = late("[点按选]")
_ADDS_TO_IT = timedelta(hours=1)  # so long 就是来得慢了点 goes on about what he has rated
_ASKS_WITHIN = timedelta(days=1)  # so long 他们没提我吧 is of what was closed
_PRAISED_WITHIN = timedelta(days=60)
_LONG_AGO = late(
    r"(?:上回|上次|之前|前几天|前些?[天日]|那天|那回|上个?(?:月|周|礼拜))(?:给我|我家|你们|您)?(?:那个?|修的|弄的|办的|报的|说的|的)?"
    r"[\u4e00-\u9fff]{0,6}?(?=(?:修|弄|办|换|装|通|清|补|处理)得|[,，\s]*(?:满意|挺好|很好|好了))"
)
_NO_WORD = SpokenAnswer(Answer.NO_WORD_OF_IT)
_AGAIN = late(r"又.{0,8}了|没(?:有)?(?:解决|修好|弄好|办好)")


async def hear(visit: Visit, text: str) -> Outcome | None:
    """None when nothing was done for him lately, or the words are not plain, or are of something else."""
    if visit.is_first or visit.talk.question is not Question.NONE or await at_hand.asked_for(visit):
        return None
    waiting = [one for one in await visit.desk.session.requests.unrated_of_resident(visit.resident.id) if one.text]
    if any([await visit.desk.session.outbox.unheard_about(one.number, ()) for one in waiting]):
        return None  # he cannot mean a result that has not reached him
    if unjudged := await _judges_nothing(visit, text, waiting):
        return unjudged
    if len(waiting) > 1 and (of_all := judges_all(text)):
        return await _judged_all(visit, text, waiting, of_all)
    if by_thing := await _of_several(visit, text, waiting):
        return by_thing
    if brought_back := await _is_back(visit, text, waiting):
        return brought_back
    if not waiting:
        return _need_not_tap(visit, text) or await _says_more(visit, text) or await _praises_late(visit, text)
    request = following.nearest(waiting, text) or max(waiting, key=lambda one: one.resolved_at or one.created_at)
    said = read_answer(text, request.text)
    if said is None and says_nothing_bad(text) and not await sense.is_secret(visit, text):
        said = SpokenAnswer(Answer.NO_WORD_OF_IT)
    if said is None or _is_in_set_words(text, said) or await _is_for_others(visit, request, text, said):
        return None
    return await _take(visit, request, said, text)


async def _judged_all(visit: Visit, text: str, waiting: Sequence[Request], said: Answer) -> Outcome | None:
    outcome: Outcome | None = None
    for request in waiting:
        outcome = await inquiry.obey(visit, SpokenWish(_WISHES[said], request.number, text))
    return outcome


async def _praises_late(visit: Visit, text: str) -> Outcome | None:
    """满意, 上回那个水龙头修得挺好, when silence has closed it: no rating any more, and who did it hears it all the
    same."""
    said, wish = read_answer(_LONG_AGO.sub("", text, count=1)), read_wish(text)
    is_praise = said is not None and said.answer is Answer.GOOD and not said.beside
    if not (is_praise or (wish is not None and wish.wish is Wish.RATE_GOOD)):
        return None
    since = visit.now - _PRAISED_WITHIN
    mine = [one for one in await visit.desk.session.requests.of_resident(visit.resident.id) if one.text]
    silent = [one for one in mine if one.rating == Rating.UNRATED and one.closed_at and one.closed_at >= since]
    running = await visit.desk.session.requests.open_of_resident(visit.resident.id)
    meant = following.nearest(silent, text) or (silent[-1] if silent and not running else None)
    number = wish.number if wish else None
    if meant is None or meant.state is not State.CLOSED or number not in (None, meant.number):
        return None
    if await _is_for_others(visit, meant, text, SpokenAnswer(Answer.GOOD)):
        return None
    root = await audience.pass_on(visit.desk, meant, text)
    visit.desk.answer("resident.praise_passed_on", number=meant.number, holder=visit.desk.name(root.holder))
    return Outcome(Fate.JOINED, meant.number)


async def _judges_nothing(visit: Visit, text: str, waiting: Sequence[Request]) -> Outcome | None:
    """不评, 他们没提我吧, 修好了吗: nothing is rated for him, and what he asks is answered, or asked of who did it."""
    if waiting and left_by_mistake(text):
        visit.desk.answer("resident.back_again")
        return Outcome(Fate.CHAT)
    if declines_to_judge(text):
        return await _asked_no_more(visit, text, waiting)
    asks_how = asks_how_it_stands(text)
    if not (asks_how or asks_back(text)):
        return None
    running = [one for one in await visit.desk.session.requests.open_of_resident(visit.resident.id) if one.text]
    done = waiting or [one for one in await _ended_lately(visit) if one.text]
    last = max(done, key=lambda one: one.resolved_at or one.created_at, default=None)
    meant = following.nearest((*done, *running), text) if running else last
    if last is None or meant is None or meant not in done or await _is_for_others(visit, meant, text, _NO_WORD):
        return None
    if asks_how:
        return rating.tell_again(visit, meant)
    return await rating.ask_who_did_it(visit, meant, text)


async def _asked_no_more(visit: Visit, text: str, waiting: Sequence[Request]) -> Outcome | None:
    """Silence by his own wish: closed as unrated, and he hears no more of it."""
    for request in waiting:
        await rating.close(visit.desk, request, Rating.UNRATED, text)
    over = list(waiting) or await _ended_lately(visit)
    if not over:
        return None
    visit.desk.answer("resident.need_not_rate")
    return Outcome(Fate.ANSWERED, over[-1].number, "will not rate")


async def _ended_lately(visit: Visit) -> list[Request]:
    mine = await visit.desk.session.requests.of_resident(visit.resident.id)
    since = visit.now - _ASKS_WITHIN
    return [one for one in mine if one.state is State.CLOSED and one.closed_at and one.closed_at >= since]


async def _of_several(visit: Visit, text: str, waiting: Sequence[Request]) -> Outcome | None:
    """灯亮了 水龙头还漏: each clause is of the thing it names."""
    if not waiting or len(clauses_of(text)) < 2:
        return None
    return await (judging.hear if len(waiting) > 1 else judging.hear_if_several)(visit, text)


def _is_in_set_words(text: str, said: SpokenAnswer) -> bool:
    """满意 就是说话冲 is the rating that was tapped or typed, with a remark."""
    wish = read_wish(text)
    is_rating = wish is not None and wish.wish in _WISHES.values() and bool(wish.note)
    return is_rating and not said.beside and not text.startswith(_NOBODY_CAME)


async def _is_for_others(visit: Visit, request: Request, text: str, said: SpokenAnswer) -> bool:
    """Of a thing that is still being done, or of another, or for the secretary's ears, or a danger."""
    running = [one for one in await visit.desk.session.requests.open_of_resident(visit.resident.id) if one.text]
    meant = following.nearest((request, *running), text) if running else None
    named, own = things_of(text), things_of(request.text)
    is_of_another = bool(named) and bool(own) and named.isdisjoint(own) and not following.shares(request, text)
    if (meant is not None and meant.number != request.number) or (is_of_another and not said.beside):
        return True
    meaning = await sense.of_remark(visit, text)
    is_secret = meaning.sensitivity == "confidential" != request.sensitivity
    return is_secret or meaning.urgency == "emergency" or (await sense.heard(visit, text)).urgency == "emergency"


async def _take(visit: Visit, request: Request, said: SpokenAnswer, text: str) -> Outcome | None:
    desk, number = visit.desk, request.number
    if said.answer is Answer.THANKS:
        desk.answer("resident.rate_please", *rating.options(request), number=number)
        return Outcome(Fate.ANSWERED, number)
    if said.answer is Answer.HOW:
        desk.answer("resident.how_to_rate", *rating.options(request), number=number)
        return Outcome(Fate.ANSWERED, number)
    if said.answer is Answer.NO_WORD_OF_IT:
        root = await audience.pass_on(desk, request, text, at_once=True)
        options, holder = rating.options(request), desk.name(root.holder)
        desk.answer("resident.passed_on_done", *options, number=number, holder=holder)
        return Outcome(Fate.JOINED, number)
    words = text.removesuffix(said.beside).strip() if said.beside else text
    outcome = await inquiry.obey(visit, SpokenWish(_WISHES[said.answer], number, words))
    if said.beside:
        return await anew.tell_beside(visit, request, without_but(said.beside))
    return outcome


def _need_not_tap(visit: Visit, text: str) -> Outcome | None:
    """这怎么点啊, and nothing waits for a rating: whatever was offered can be typed as well."""
    said = read_answer(text) if _OF_TAPS.search(text) else None
    if said is None or said.answer is not Answer.HOW:
        return None
    visit.desk.answer("resident.no_need_to_tap")
    return Outcome(Fate.ANSWERED)


async def _says_more(visit: Visit, text: str) -> Outcome | None:
    """都好 就是来得慢了点, behind 一般: who did it hears that too."""
    since = visit.now - _ADDS_TO_IT
    mine = await visit.desk.session.requests.of_resident(visit.resident.id)
    rated = [one for one in mine if one.state is State.CLOSED and one.closed_at and one.closed_at >= since]
    last = max((one for one in rated if one.rating in rating.SATISFIED), key=lambda one: one.number, default=None)
    said = read_answer(text, last.text) if last else None
    if last is None or said is None or said.answer is not Answer.FAIR or len(clauses_of(text)) < 2:
        return None
    if await _is_for_others(visit, last, text, said):
        return None
    root = await audience.pass_on(visit.desk, last, text)
    visit.desk.answer("resident.told_holder", number=last.number, holder=visit.desk.name(root.holder))
    return Outcome(Fate.JOINED, last.number)


async def _is_back(visit: Visit, text: str, waiting: Sequence[Request]) -> Outcome | None:
    """The thing named decides, though another result waits, or this one was rated: 广告那个没弄, 那个水箱又流水了."""
    if len(text) > _LONGEST or not _MAY_COMPLAIN.search(text):
        return None
    since = visit.now - visit.desk.settings.desk.reopen_within
    mine = [one for one in await visit.desk.session.requests.of_resident(visit.resident.id) if one.text]
    closed = [one for one in mine if one.state is State.CLOSED and (one.resolved_at or one.created_at) >= since]
    running = await visit.desk.session.requests.open_of_resident(visit.resident.id)
    if not closed and len(waiting) < 2:
        return None
    found = following.nearest([one for one in (*closed, *waiting, *running) if _names(one, text)], text)
    if found is None or found.state not in (State.CLOSED, State.RESOLVED) or not _complains(text, found):
        return None
    if await _is_for_others(visit, found, text, SpokenAnswer(Answer.BAD)):
        return None
    return await rating.rate(visit, SpokenWish(Wish.RATE_BAD, found.number, text))


def _names(request: Request, text: str) -> bool:
    kin = kinship(text, request.text)
    return (bool(kin.words) or kin.shares_things) and not kin.says_another and not kin.elsewhere


def _complains(text: str, request: Request) -> bool:
    said = read_answer(text, request.text)
    if said is not None:
        return said.answer is Answer.BAD
    return bool(_AGAIN.search(text)) and any(_is_of_it(clause, request) for clause in clauses_of(text))


def _is_of_it(clause: str, request: Request) -> bool:
    return "又" in clause and _names(request, clause)
