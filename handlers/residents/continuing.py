"""Words that go on about a matter the desk knows: still broken, all is well, never mind, where are you, come quick."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from classifiers.dangers.alarm import named_dangers
from classifiers.reader.late import late
from classifiers.requests.duplicates import things_of
from classifiers.residents.continuations import (
    Continuation,
    asks_back,
    cannot_wait,
    is_fine_now,
    judges_later,
    lets_another_judge,
    may_spoil_praise,
    read_continuation,
    refuses_result,
    says_nothing_of_it,
    threatens_to_complain,
    threatens_to_go_above,
    wants_it_after_all,
)
from classifiers.residents.courtesy import is_courtesy, is_kind_word, is_nod, is_thumb
from classifiers.residents.follow_ups import JOINS, FollowUp, Reading, Verdict
from classifiers.residents.judgements import judge_all
from classifiers.residents.wishes import SpokenWish, Wish
from handlers.residents import (
    adding,
    anew,
    asking,
    at_hand,
    complaining,
    done_by_ours,
    expecting,
    following,
    inquiry,
    judging,
    manners,
    rating,
    sense,
    whereabouts,
    withdrawal,
)
from handlers.residents.visit import Visit
from handlers.telling import audience
from handlers.watching import alarms
from storage.records import Fate, Outcome, Question, Request, State

_PLAIN = 8  # signs: 咋没动静了 presses, a longer text may tell what has happened
REMEMBERED = timedelta(days=7)  # so long 还是漏 means what was closed

_WISH = {  # of what is being done
    Continuation.NOT_SOLVED: Wish.URGE,
    Continuation.WITHDRAWN: Wish.CANCEL,
    Continuation.PRESSING: Wish.URGE,
    Continuation.IMPATIENT: Wish.URGE,
}
_LONGEST_QUESTION = 24  # signs
_HOW_IS_THE = late(
    r"(?:那|我|我家|我说|之前|上次|的|,)*(?P<thing>[\u4e00-\u9fff]{1,6}?)(?:的|那|这|[个件])*(?:事儿?|事情)?"
    r"(?:办得?|弄得?|修得?)?(?:呢|咋样|怎么样|咋办|怎么办|到哪一?步|好了没有?|好了吗|有信儿?吗|有消息吗)[了啊呀,，。!！?？\s]*"
)
_HUH = late(r"(?:啊|嗯|哦)?(?:啥|什么|啥呀|啥意思|什么意思|没看懂|看不懂|没听懂|啥情况)[?？啊呀吗,，。\s]*")
_ALL_DONE = late(
    r"(?:那|我|俺)*(?:上回|上次|之前|以前|那会儿)?(?:跟你们?)?(?:说|反映|报|提)(?:的|过的)?(?:那)?(?:些|几件|件)?事(?:儿|情)?"
    r"(?:都|全|给)*(?:办|弄|处理|解决)(?:完|好)?(?:了)?(?:吧|吗|么|没有?)[?？啊呀]*"
)
_WHAT_TO_DO = late(r"咋办|怎么办|呢[?？\s]*$")
_MY_MATTER = late(
    r"(?:那|请问|[,，\s])*(?:我|俺)(?:家|们)?(?:的|那|说的|报的|上次|之前|昨天)|(?:上次|上回|之前|昨天|前几?天)"
)
_GO_ON_WITH_THE = late(  # 助浴的事还接着办啊
    r"(?:那|我|我家|我说|对了|之前|上次|的|,|\s)*(?P<thing>[\u4e00-\u9fff]{1,6}?)(?:的|那|这|[个件])*(?:事儿?|事情|活儿?)"
    r"(?:也|可|你们?|您|麻烦|请|千万)*(?:还|接着|继续|照样|照常|照旧|别忘|别落下)(?:得|要|是要|接着|继续|了|给|帮|我|再){0,4}"
    r"(?:办|弄|修|申请|安排|来|跑|管|做)?(?:着|一下)?[啊呀吧哦呢,，。!！\s]*"
)
_BROKEN = frozenset({"repair", "public_facility"})  # 又不亮了 can be either
_MUST_BE: Mapping[Continuation, Collection[FollowUp]] = {
    Continuation.SOLVED: (FollowUp.DONE,),
    Continuation.WITHDRAWN: (FollowUp.DONE,),
    Continuation.ASKING: JOINS,
}
_LOOKED_AT = 3  # results that one resident may speak of, the newest
_SURELY_BAD, _SURELY_GOOD, _GOOD_IN_SPITE_OF_IT = 0.65, 0.7, 0.85  # chances from which words are a rating
_PLAINLY_BAD = 0.25  # chance that is enough for words that say it plainly
_NO_ALARM = 0.1  # chance of a danger below which words about a result ring none (ADR 10)
_PLAUSIBLE = 0.2  # chance from which words that sound like an end, or like a question, are taken for it
_COMPLAINS = frozenset({Continuation.NOT_SOLVED, Continuation.PRESSING})
_URGES = _COMPLAINS | {Continuation.IMPATIENT}


async def hear(visit: Visit, text: str) -> Outcome | None:
    """What these words do to a known matter; None when they are about something else."""
    if visit.is_first:
        return None
    if hurried := await _waits_for_ears(visit, text):
        return hurried
    if told_where := await _told_where(visit, text):
        return told_where
    if visit.talk.question is not Question.NONE or await at_hand.asked_for(visit):
        return None  # he is answering
    if _HUH.fullmatch(text.strip()) and await _has_open(visit):
        return await inquiry.obey(visit, SpokenWish(Wish.STATUS))
    if _ALL_DONE.fullmatch(text.strip()) and await visit.desk.session.requests.of_resident(visit.resident.id):
        return await inquiry.obey(visit, SpokenWish(Wish.STATUS))
    if of_nothing_known := await _of_nothing_known(visit, text):
        return of_nothing_known
    if expected := await expecting.hear(visit, text):
        return expected
    if is_courtesy(text) or is_kind_word(text):
        return await _nodded(visit, text)
    emergency = await alarms.at_hand(visit, text)
    is_taken = emergency is not None and emergency.accepted_at is not None
    if not is_taken and (answered := await asking.hear(visit, text)):
        return answered
    said = read_continuation(text)
    may_be_danger = said is Continuation.WITHDRAWN or len(text) >= _PLAIN or bool(named_dangers(text))  # 着火了 快来
    if said is not None and may_be_danger and await is_danger(visit, text):
        said = None
    if emergency:
        return await _in_alarm(visit, emergency, said, text)
    if threatens_to_complain(text) and (heard_above := await complaining.hear(visit, text)):
        return heard_above
    if threatens_to_go_above(text) and await _has_open(visit):
        return await inquiry.obey(visit, SpokenWish(Wish.URGE, note=text))
    if cannot_wait(text) and await _has_open(visit):
        return await inquiry.hurry_now(visit)
    judged = await _judged(visit, text)
    if judged is not None:
        return judged
    if asks_back(text) and (restored := await _restored(visit, text) or await _wanted_still(visit, text)):
        return restored
    if said is None and wants_it_after_all(text) and not await _has_open(visit):
        return await _of_closed(visit, None, text)
    if said is None or (visit.is_gathering and said is not Continuation.WITHDRAWN):
        return None
    return await _continue(visit, said, text)


async def _waits_for_ears(visit: Visit, text: str) -> Outcome | None:
    """咋没人理我, of a voice that nobody has heard yet: it tells no matter, it hurries whoever is to listen."""
    said = read_continuation(text) if visit.talk.question is Question.MATTER else None
    if said not in _URGES | {Continuation.ASKING}:
        return None
    is_plain = len(text) <= _PLAIN and not things_of(text)  # 停水咋没人管 tells what it is
    if not is_plain and (await sense.of(visit, text)).is_request:
        return None
    asked = visit.talk.question_request
    request = await visit.desk.session.requests.get(asked) if asked else None
    if request is None or request.text or request.state is State.GATHERING or not request.state.is_open:
        return None
    wish = Wish.STATUS if said is Continuation.ASKING else Wish.URGE
    return await inquiry.obey(visit, SpokenWish(wish, request.number))


async def _told_where(visit: Visit, text: str) -> Outcome | None:
    """石桥底下, 快点啊, to 人在哪儿: whatever it is, who runs hears it now, and not when he has finished speaking."""
    emergency = await alarms.at_hand(visit, text) if visit.talk.question is Question.PLACE else None
    if emergency is None or emergency.number != visit.talk.question_request:
        return None
    if placed := await whereabouts.hear_place(visit, text):
        return placed
    emergency = await alarms.at_hand(visit, text)  # its place may be better known now
    return await _in_alarm(visit, emergency, read_continuation(text), text) if emergency else None


async def _in_alarm(visit: Visit, emergency: Request, said: Continuation | None, text: str) -> Outcome | None:
    """While there is danger. What is of another matter too was told to who runs, and does not join the alarm again."""
    if answered := await _asks_of_another(visit, emergency, text):
        return answered
    outcome = await alarms.go_on(visit, emergency, text, is_withdrawn=said is Continuation.WITHDRAWN)
    if outcome is None and visit.talk.gathering == emergency.number:
        visit.stop_gathering()
    return outcome


async def _asks_of_another(visit: Visit, emergency: Request, text: str) -> Outcome | None:
    """老年卡的事呢, 助浴的事还接着办啊, while there is danger: of that, and nothing for those who run."""
    plain = text.strip()[:_LONGEST_QUESTION]
    goes_on = _GO_ON_WITH_THE.fullmatch(plain)
    match = goes_on or _HOW_IS_THE.fullmatch(plain)
    if match is None or match["thing"] in following.own_words(emergency) or await is_danger(visit, text):
        return None
    mine = await visit.desk.session.requests.open_of_resident(visit.resident.id)
    others = [one for one in mine if one.number != emergency.number and one.urgency != "emergency"]
    named = [one for one in others if match["thing"] in one.text or following.shares(one, match["thing"])]
    if not named or not goes_on:
        return await inquiry.tell_how_they_stand(visit, named) if named else None
    request = await visit.desk.session.requests.get(named[-1].number, to_change=True)
    return await adding.add_to(visit, request, text) if request else None


async def _of_nothing_known(visit: Visit, text: str) -> Outcome | None:
    """我那水龙头咋样了, of somebody who left and whose matters are over: the truth, and no greeting."""
    match = _HOW_IS_THE.fullmatch(text.strip()[:_LONGEST_QUESTION])
    asks = match is not None and not _WHAT_TO_DO.search(text) and _MY_MATTER.match(text) is not None
    if not asks or await visit.desk.session.requests.of_resident(visit.resident.id):
        return None
    visit.desk.answer("resident.nothing_known")
    return Outcome(Fate.ANSWERED, reason="nothing known")


async def _nodded(visit: Visit, text: str) -> Outcome | None:
    """👍 and 好了 谢谢 to a result are a rating; 好的 and 谢谢 are none, and he is asked again."""
    done = await visit.desk.session.requests.unrated_of_resident(visit.resident.id)
    if not done or not is_nod(text) or await _is_unheard(visit, done):
        return None
    if is_thumb(text) or is_fine_now(text):
        return await inquiry.obey(visit, SpokenWish(Wish.RATE_GOOD, done[-1].number, text))
    visit.desk.answer("resident.rate_please", *rating.options(done[-1]), number=done[-1].number)
    return Outcome(Fate.ANSWERED, done[-1].number)


async def _judged(visit: Visit, text: str) -> Outcome | None:
    """What he says of a result that he was told; None when that is nothing."""
    desk = visit.desk
    done = await desk.session.requests.unrated_of_resident(visit.resident.id)
    if await _is_unheard(visit, done):
        return None
    if done and lets_another_judge(text):
        desk.answer("resident.another_judges", *rating.options(done[-1]), number=done[-1].number)
        return Outcome(Fate.ANSWERED, done[-1].number)
    by_thing = await judging.hear(visit, text)
    if by_thing is not None:
        return by_thing
    done = sorted((*await _judged_before(visit), *done), key=lambda one: one.number)
    if not done:
        return None
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    verdicts = [(one, reader.verdict(one.text, one.result, text)) for one in reversed(done[-_LOOKED_AT:])]
    request, verdict = max(verdicts, key=lambda pair: pair[1].joins)
    threads = await following.threads(visit, reader, text)
    is_of_another = bool(threads) and threads[0].reading.joins > verdict.joins
    if is_of_another and following.shares(request, text) and not following.shares(threads[0].request, text):
        is_of_another = False  # 亮了, of the lamp that was mended, not of the pipe that still drips
    if is_of_another or (verdict.joins < following.GOES_ON and not is_fine_now(text)):
        return None
    meaning = sense.with_own_people(desk, reader, reader.understand(text), visit.resident.lane)
    meaning = reader.in_context(meaning, [verdict], calm_below=_NO_ALARM)
    is_secret = meaning.sensitivity == "confidential" != request.sensitivity
    if meaning.urgency == "emergency" or is_secret or len(meaning.matters) > 1:
        return None
    if request.state is State.CLOSED and _rating(verdict, text) is not Wish.RATE_BAD:
        return None
    return await take_verdict(visit, request, verdict, text)


async def _judged_before(visit: Visit) -> list[Request]:
    """What he has judged a short while ago and may see otherwise now: 刚才试了,不亮."""
    everything = await visit.desk.session.requests.of_resident(visit.resident.id)
    since = visit.now - visit.desk.settings.desk.reopen_within
    return [one for one in everything if one.state is State.CLOSED and (one.resolved_at or one.created_at) >= since]


def _rating(verdict: Reading, text: str) -> Wish | None:
    """Plain enough to rate for him: what closes a request must be plainer than what brings it back."""
    if judges_later(text) or says_nothing_of_it(text):
        return None
    if refuses_result(text):
        return Wish.RATE_BAD
    if is_fine_now(text):
        return Wish.RATE_GOOD
    plainly = judge_all(text)
    if plainly is Wish.RATE_FAIR:
        return Wish.RATE_FAIR
    good, bad = verdict.chances[Verdict.GOOD], verdict.chances[Verdict.BAD]
    if bad >= _SURELY_BAD or (plainly is Wish.RATE_BAD and bad >= _PLAINLY_BAD):
        return Wish.RATE_BAD
    if plainly is Wish.RATE_GOOD and bad < _PLAINLY_BAD:
        return Wish.RATE_GOOD
    least = _GOOD_IN_SPITE_OF_IT if may_spoil_praise(text) else _SURELY_GOOD
    return Wish.RATE_GOOD if good >= least else None


async def take_verdict(visit: Visit, request: Request, verdict: Reading, text: str) -> Outcome | None:
    """A plain word is a rating; what is none reaches whoever did it, and he is asked again."""
    desk, rated = visit.desk, _rating(verdict, text)
    if rated is not None:
        return await inquiry.obey(visit, SpokenWish(rated, request.number, text))
    options = rating.options(request)
    if verdict.kind == Verdict.LATER or judges_later(text):
        desk.answer("resident.no_hurry", *options, number=request.number)
        return Outcome(Fate.ANSWERED, request.number)
    if told_apart := await manners.hear(visit, request, text):
        return told_apart
    root = await audience.pass_on(desk, request, text, at_once=True)
    desk.answer("resident.passed_on_done", *options, number=request.number, holder=desk.name(root.holder))
    return Outcome(Fate.JOINED, request.number)


async def is_danger(visit: Visit, text: str) -> bool:
    """Do these words tell of a danger, whatever else they sound like? Then they command nothing."""
    return (await sense.heard(visit, text)).urgency == "emergency"


async def _continue(visit: Visit, said: Continuation, text: str) -> Outcome | None:
    if said in _URGES | {Continuation.WITHDRAWN} and await sense.is_secret(visit, text):
        return None  # what he says of the holder is not for the holder, nor is all well
    requests = visit.desk.session.requests
    done = await requests.unrated_of_resident(visit.resident.id)
    running = await requests.open_of_resident(visit.resident.id)
    running += await requests.merged_of_resident(visit.resident.id)
    if said in _COMPLAINS and await _is_unheard(visit, done) and await _is_about(visit, text, done):
        return await inquiry.obey(visit, SpokenWish(Wish.RATE_BAD, done[-1].number, text))
    if running:
        return await _of_running(visit, said, text, running)
    return await _of_closed(visit, said, text)


async def _is_unheard(visit: Visit, done: list[Request]) -> bool:
    """Has the result of any not reached him? Then he cannot mean it."""
    held = [await visit.desk.session.outbox.unheard_about(one.number, ()) for one in done]
    return any(held)


async def _of_running(visit: Visit, said: Continuation, text: str, running: list[Request]) -> Outcome | None:
    if said in _COMPLAINS and not await _is_about(visit, text, running):
        return None
    if said is Continuation.WITHDRAWN and await _speaks_of_result(visit, text, running):
        return None
    if said is Continuation.WITHDRAWN and all(following.names_another_thing(one, text) for one in running):
        return None  # 灯亮了 不用管了, and only a pipe is open
    if said in _MUST_BE and not await _may_be(visit, _MUST_BE[said], text):
        return None
    if said is Continuation.SOLVED:
        return await _may_be_over(visit, running[0], text) if len(running) == 1 else None
    if said is Continuation.ASKING:
        return await _asked(visit, text)
    number = await following.named(visit, text)
    return await inquiry.obey(visit, SpokenWish(_WISH[said], number, text))


async def _may_be_over(visit: Visit, request: Request, text: str) -> Outcome:
    """Done by ours; else a supplement, with the tap when the words seem to end it."""
    if done := done_by_ours.hear(visit, request, text):
        return done
    outcome = await adding.add_to(visit, request, text)
    following.offer_end(visit, request, text)
    return outcome


async def _speaks_of_result(visit: Visit, text: str, running: list[Request]) -> bool:
    """没铲干净,算了就这样吧, while a result waits for his word, withdraws nothing else that he has asked for."""
    done = await visit.desk.session.requests.unrated_of_resident(visit.resident.id)
    named = things_of(text)
    return bool(done) and named.isdisjoint(frozenset().union(*(things_of(one.text) for one in running)))


async def _asked(visit: Visit, text: str) -> Outcome | None:
    """How things stand; and what is a question to the holder (儿子能代办吗) reaches him too."""
    reader = await visit.desk.house.understanding.reader(visit.desk.roster, visit.desk.session)
    threads = await following.threads(visit, reader, text)
    if not threads or threads[0].reading.chances[FollowUp.URGE] >= _PLAUSIBLE:
        return await inquiry.obey(visit, SpokenWish(Wish.STATUS))
    request = await visit.desk.session.requests.get(threads[0].request.number, to_change=True)
    outcome = await adding.add_to(visit, request, text) if request else None
    await inquiry.obey(visit, SpokenWish(Wish.STATUS, threads[0].request.number))
    return outcome


async def _may_be(visit: Visit, kinds: Collection[FollowUp], text: str) -> bool:
    """Can the words be this to an open matter? 天真好 is talk, 自己通了通,没用 ends nothing, 谁会修收音机 is new."""
    reader = await visit.desk.house.understanding.reader(visit.desk.roster, visit.desk.session)
    threads = await following.threads(visit, reader, text)
    chances = (sum(one.reading.chances[kind] for kind in kinds) for one in threads)
    return max(chances, default=1.0) >= _PLAUSIBLE


async def _has_open(visit: Visit) -> bool:
    return bool(await visit.desk.session.requests.open_of_resident(visit.resident.id))


async def _of_closed(visit: Visit, said: Continuation | None, text: str) -> Outcome | None:
    """He speaks of what was closed a short while ago, in silence or after a rating."""
    everything = await visit.desk.session.requests.of_resident(visit.resident.id)
    since = visit.now - REMEMBERED
    reopens = since if said is not Continuation.NOT_SOLVED else visit.now - visit.desk.settings.desk.reopen_within
    closed = [one for one in everything if one.state is State.CLOSED and (one.closed_at or one.created_at) > reopens]
    cancelled = [one for one in everything if one.state is State.CANCELLED and (one.closed_at or since) > since]
    is_last = bool(cancelled) and cancelled[-1].number == everything[-1].number and len(text) <= _LONGEST_QUESTION
    is_meant = is_last and not following.names_another_thing(cancelled[-1], text)
    if cancelled and wants_it_after_all(text) and (is_meant or await _is_about(visit, text, cancelled[-1:])):
        return await withdrawal.take_back(visit, cancelled[-1], text)
    if is_last and said is Continuation.WITHDRAWN:  # 对 不用来了, once more
        visit.desk.answer("resident.nod")
        return Outcome(Fate.CHAT, cancelled[-1].number)
    if said is Continuation.NOT_SOLVED and not closed and everything and not things_of(text):
        return await anew.too_late_to_reopen(visit, text)
    if not closed or said is None:
        return None
    if said is Continuation.SOLVED:
        visit.desk.answer("resident.glad")
        return Outcome(Fate.ANSWERED, closed[-1].number)
    if said is Continuation.NOT_SOLVED and await _is_about(visit, text, closed[-1:]):
        return await inquiry.obey(visit, SpokenWish(Wish.RATE_BAD, closed[-1].number, text))
    return None


async def _restored(visit: Visit, text: str) -> Outcome | None:
    """我儿子不会修 还是你们来吧, of the last that he withdrew and nothing he told since."""
    mine = await visit.desk.session.requests.of_resident(visit.resident.id)
    last = mine[-1] if mine else None
    if (
        last is None
        or last.state is not State.CANCELLED
        or (last.closed_at or last.created_at) <= visit.now - REMEMBERED
    ):
        return None
    return await withdrawal.take_back(visit, last, text)


async def _wanted_still(visit: Visit, text: str) -> Outcome | None:
    """他修不了 还得麻烦你们来, of the only one that is open, which he had put off."""
    mine = await visit.desk.session.requests.open_of_resident(visit.resident.id)
    request = await visit.desk.session.requests.get(mine[0].number, to_change=True) if len(mine) == 1 else None
    if request is None or following.names_another_thing(request, text):
        return None
    return await adding.add_to(visit, request, text)


async def _is_about(visit: Visit, text: str, known: list[Request]) -> bool:
    """Do the words name nothing but what is known already? By the things they name, else by what they ask."""
    desk = visit.desk
    named, theirs = things_of(text), frozenset().union(*(things_of(one.text) for one in known))
    if named and theirs:
        return not named.isdisjoint(theirs)
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    meaning = reader.understand(text)
    types = {code for one in known for code in one.types_all}
    types |= _BROKEN if types & _BROKEN else frozenset()
    return not meaning.is_request or any(matter.type in (*types, "other") for matter in meaning.matters)
