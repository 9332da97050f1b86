"""A resident tells a trouble: words become one request, or several, or join one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from classifiers.dangers.blows import names_kin
from classifiers.reader.late import late
from classifiers.reader.tidying import essence
from classifiers.requests.openings import is_bare_subject, is_mere_abuse, is_opening, is_setting
from classifiers.requests.unnamed import without_wish
from classifiers.residents.continuations import is_still_at_it, says_no_hurry
from classifiers.residents.courtesy import is_courtesy, is_kind_word, is_nod
from classifiers.residents.fitting import asks_about, fits
from classifiers.residents.follow_ups import FollowUp
from classifiers.residents.judgements import clauses_of
from classifiers.residents.put_right import is_written_again, says_whose
from classifiers.taxonomy import urgency_rank
from classifiers.understand import Understander, Understanding
from handlers.desk import Desk
from handlers.moves import merging
from handlers.moves.dispatch import begin_request
from handlers.residents import (
    adding,
    albums,
    at_hand,
    done_by_ours,
    following,
    halves,
    opening,
    opponents,
    pressing,
    rating,
    sense,
    whereabouts,
)
from handlers.residents.following import Thread
from handlers.residents.visit import Visit
from handlers.telling import audience
from handlers.texts import say
from storage.records import Fate, Outcome, Question, Request, State

_MIS_SENT = late(
    r"(?:哎呀?|不好意思|对不起|抱歉|[,，。\s])*(?:我)?发错(?:人|群|地方)?了?(?:(?:本来|应该|我)?(?:是|想|要)*发给\S{1,8}?的?|"
    r"不好意思|对不起|抱歉|别当真|[,，。!！\s])*"
)
_TELLS = late(  # where, when, how to be reached: told to who comes, whatever else it sounds like
    r"\d{4,}|[\d一二三四五六七八九十]+号|[街路巷胡同院]\S{0,3}号|在家|不在|有空|休息|越早|越快|最好|尽快|改天|改日|方便|"
    r"[\d一二三四五六七八九十]度(?!假|过)|够不够|标准|^[你您](?:们|快|再)?[看瞧](?!着办|吧|不|得|情况)"
)
_DETAIL = late(  # whom to ask for, which door, how to be reached: of the request, whatever else it sounds like
    r"(?<!我)(?<!俺)住(?:在)?(?:[东西南北前后中]?[一二三四五六七八九十\d]{1,4}(?:号|楼|层|室|单元)?|对门|楼[上下])(?!天|个|了|年|月)|联系人|"
    r"(?:手机|电话)(?:刚才?|一直)?(?:静音|没电|关机|没听见|不在身边|欠费)|(?:你们?|您)?再打(?:一?个|一?次|一?遍|过来|给我)?|"
    r"(?:打|拨)(?:我|他|她|座机|家里)(?:的)?(?:电话|手机|座机)?|(?:敲|拍|砸)(?:一?下)?(?:门|窗)|按门铃|门(?:铃)?坏"
)
_INVITES = late(r"(?:来了|过来|上(?:我)?家)?(?:一块儿?|一起|也)?(?:吃|尝尝?|喝)(?:饺子|饭|一?口|点|个|碗)?[吧啊呀]?$")
_GOOD_NIGHT = late(r"晚安|早点(?:睡|歇|休息)|(?:睡|歇)(?:着|觉)?(?:去)?了[啊呀哈]?$")
_LONGEST_GREETING = 10  # signs
_MIS_SENT_WITHIN = timedelta(hours=1)
_RATING_DIGITS = frozenset("123１２３一二三")
GROWS_WITHIN = timedelta(days=3)  # so long a danger may have come of what was told
_OF_PEOPLE = frozenset({"elder_care", "dispute", "safety", "other", "wish"})
_THANKS = late("谢|辛苦")
_SOMEBODY = late("[爸妈爹娘爷奶姥公婆]|老伴|老人|孩子|小孩|娃|儿子|女儿|闺女|孙|老婆|媳妇|邻居")
_THERE = late("那儿|那里|那块|这儿|这里|上头|底下|下面|上面|跟前")
_SURELY_OF_IT = 0.75  # chance from which words that name another thing are about an open request all the same
_LIKELY = 0.6  # chance from which words beside a request are believed to be talk


async def hear_words(visit: Visit, text: str) -> Outcome:
    """What a resident wrote, or a voice that was recognised."""
    desk = visit.desk
    if _MIS_SENT.fullmatch(text.strip()):
        return await _mis_sent(visit)
    waiting = await at_hand.asked_for(visit)
    if waiting is None and visit.talk.question is Question.NONE and text.strip() in _RATING_DIGITS:
        desk.answer("resident.digit_alone")
        return Outcome(Fate.ANSWERED, reason="a digit with nothing to rate")
    if visit.talk.question is Question.PLACE and (placed := await whereabouts.hear_place(visit, text)):
        return placed
    says_nothing_alone = is_mere_abuse(text) or is_bare_subject(text)
    if waiting is None and (is_opening(text) or (says_nothing_alone and not await at_hand.has_open(visit))):
        return _asked_what(visit, text)
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    if kept := await albums.put_away(visit, reader, text):
        return kept
    said, meaning = _together(visit, reader, text)
    threads = await following.threads(visit, reader, without_wish(essence(said)) or said)
    meaning = sense.with_own_people(desk, reader, sense.in_context(reader, meaning, threads), visit.resident.lane)
    if waiting is None and not meaning.is_request and (asking := await at_hand.answered_by(visit, text)):
        return await adding.requester_replies(visit, sense.as_private_as(asking, meaning), text)
    if moved := await whereabouts.place_corrected(visit, text, meaning):
        return moved
    waiting = await at_hand.asked_for(visit)  # a door that was missing may have been kept on it just now
    opponent = opponents.told_of(visit, threads, text)
    if opponent:
        meaning = opponents.by_him(meaning, text)
        if hotter := await opponents.heat_up(visit, opponent, text, meaning):
            return hotter
    if joined := await _joined(visit, reader, text, meaning, threads, waiting):
        return joined
    if await _is_of_the_secret(visit, reader, meaning, threads, waiting):
        meaning = sense.confidential(meaning)  # an alarm of its own, for the same ears
    if threads and (_puts_right(threads[0], meaning, text) or _goes_on(threads[0], meaning, text)):
        return await _follow(visit, threads[0], text, meaning)
    if not meaning.is_request:
        return await _no_request(visit, reader, text)
    told = (opponent or _grown_out_of(visit, threads, text)) if meaning.urgency == "emergency" else None
    return await _continued(visit, said, meaning) or await opening.open_all(visit, said, meaning, told=told)


def _tells(text: str) -> bool:
    return any(one.search(text) for one in (_TELLS, _DETAIL, _INVITES))


def _asked_what(visit: Visit, text: str) -> Outcome:
    """我想问一下: what it is about comes next, and is understood with this."""
    visit.keep_draft(f"{visit.draft} {text}".strip())
    visit.desk.answer("resident.opening")
    return Outcome(Fate.CHAT)


async def _mis_sent(visit: Visit) -> Outcome:
    """发错了: what he told last may have been meant for somebody else; a tap withdraws it."""
    mine = await visit.desk.session.requests.open_of_resident(visit.resident.id)
    told = [one for one in mine if visit.now - one.created_at <= _MIS_SENT_WITHIN]
    cancel = f"撤销{told[-1].number}" if told else ""
    visit.stop_gathering()
    visit.desk.answer("resident.mis_sent", *([(cancel, cancel)] if cancel else []))
    return Outcome(Fate.CHAT)


async def _joined(
    visit: Visit,
    reader: Understander,
    text: str,
    meaning: Understanding,
    threads: Sequence[Thread],
    waiting: Request | None,
) -> Outcome | None:
    """Words for what is at hand: an answer, more in the same breath, more of a secret; None when they are of another
    matter."""
    if waiting and waiting.urgency != "emergency" == meaning.urgency:
        is_answer = sense.answers_calmly(reader, meaning, waiting)
        return await adding.requester_replies(visit, waiting, text) if is_answer else None
    is_for_others = waiting is not None and meaning.sensitivity == "confidential" != waiting.sensitivity
    asked = await at_hand.asked_of(visit, waiting) if waiting else ""
    if waiting and is_for_others and (answered := await _answered_first(visit, waiting, asked, text, meaning)):
        return answered
    is_other = waiting is not None and sense.is_other_matter(reader, meaning, waiting)
    if waiting and not is_for_others and (not is_other or asks_about(asked, text)):
        return await adding.requester_replies(visit, sense.as_private_as(waiting, meaning), text)
    gathering = await at_hand.gathering(visit, text)
    if gathering and (both := halves.whole(reader, gathering, text, meaning)):
        return await adding.join_words(visit, gathering, text, both, is_whole=True)
    if gathering and (whole := _turns_secret(reader, gathering, text)):
        return await adding.join_words(visit, gathering, text, whole)
    if gathering and meaning.urgency == "emergency" and _is_in_hand(gathering):
        return None  # who works on it would read it by and by: it rings as an alarm of its own
    if gathering and not sense.is_other_matter(reader, meaning, gathering):
        is_mere_talk = is_courtesy(text) or is_kind_word(text) or (_is_talk(threads) and not _tells(text))
        if not meaning.is_request and is_mere_talk:
            return _chat(visit)
        if meaning.sensitivity == "confidential" != gathering.sensitivity and gathering.state is not State.GATHERING:
            return await hear_apart(visit, text)  # the drain stays with him of whom it complains
        if not meaning.is_request and (done := done_by_ours.hear(visit, gathering, text)):
            return done
        outcome = await adding.join_words(visit, gathering, text, meaning)
        following.offer_end(visit, gathering, text)
        return outcome
    secret = await at_hand.secret(visit)
    is_of_it = secret and not is_courtesy(text) and not sense.is_other_matter(reader, meaning, secret)
    if secret and is_of_it and meaning.urgency != "emergency":
        return await adding.add_to(visit, secret, text)
    return await _hushed(visit, text, meaning, threads)


async def _answered_first(
    visit: Visit, waiting: Request, asked: str, text: str, meaning: Understanding
) -> Outcome | None:
    """3号 上次那个人骂骂咧咧的, to 几号院: the holder gets his answer, and the rest is for other ears."""
    clauses = clauses_of(text)
    count = next((place for place, clause in enumerate(clauses) if not fits(asked, clause)), len(clauses))
    if not 0 < count < len(clauses):
        return None
    await adding.requester_replies(visit, waiting, " ".join(clauses[:count]))
    return await hear_apart(visit, " ".join(clauses[count:]), meaning)


def _turns_secret(reader: Understander, gathering: Request, text: str) -> Understanding | None:
    """老是摸我, behind 我公公这个人: both halves together are for the secretary, and nobody has done anything about the
    first. A drain told before stays with him who sees to it, and what is secret goes apart."""
    is_taken = gathering.accepted_at is not None or gathering.state is not State.DISPATCHED
    if is_taken or gathering.urgency == "emergency" or gathering.sensitivity == "confidential":
        return None
    if gathering.type not in _OF_PEOPLE or not names_kin(gathering.text):
        return None
    whole = reader.understand(f"{gathering.text} {text}")
    is_one = len(whole.matters) == 1
    return replace(whole, text=text) if is_one and whole.sensitivity == "confidential" else None


async def _hushed(visit: Visit, text: str, meaning: Understanding, threads: Sequence[Thread]) -> Outcome | None:
    """不要往群里发, behind what he told: of that, and no matter of its own."""
    held = [one.request for one in threads if one.request.holder and one.request.state is not State.MERGED]
    if meaning.is_request or not held or not sense.wants_silence(text):
        return None
    last = max(held, key=lambda one: one.number)
    return await adding.add_to(visit, sense.as_private_as(last, meaning), text)


def _is_in_hand(request: Request) -> bool:
    """A calm matter that somebody has taken, and that cannot become the alarm itself any more."""
    return request.urgency != "emergency" and request.state not in (State.GATHERING, State.DISPATCHED)


async def _is_of_the_secret(
    visit: Visit, reader: Understander, meaning: Understanding, threads: Sequence[Thread], waiting: Request | None
) -> bool:
    """A danger that belongs to a confidential matter: that he told a short while ago, was asked about, or is likeliest
    to go on about."""
    if meaning.urgency != "emergency":
        return False
    meant = [one for one in (waiting, *(thread.request for thread in threads[:1])) if one is not None]
    secret = await at_hand.secret(visit) or next((one for one in meant if one.sensitivity == "confidential"), None)
    return secret is not None and not sense.is_other_matter(reader, meaning, secret)


def _grown_out_of(visit: Visit, threads: Sequence[Thread], text: str) -> Request | None:
    """What a danger is likely to have come of: 倒了 压着人了 means the wall of yesterday, in its yard."""
    told = threads[0].request if threads else None
    if told is None or told.sensitivity == "confidential" or visit.now - told.created_at > GROWS_WITHIN:
        return None
    is_of_a_thing = told.type not in _OF_PEOPLE and bool(_SOMEBODY.search(text)) and not _THERE.search(text)
    return None if is_of_a_thing else told  # 我爸晕倒了 has not come of the broken step


async def hear_apart(visit: Visit, text: str, meaning: Understanding | None = None) -> Outcome:
    """What was said along with something else, and is a matter of its own."""
    visit.stop_gathering()
    return await opening.open_all(visit, text, meaning or await sense.of(visit, text))


async def add_as_private_as_said(visit: Visit, request: Request, text: str) -> Outcome:
    """A supplement that may be more private than what it adds to; 补充 我老公打我 is for other ears than the lamp."""
    meaning = await sense.of(visit, text)
    if meaning.sensitivity == "confidential" != request.sensitivity:
        return await hear_apart(visit, text)
    return await adding.add_to(visit, sense.as_private_as(request, meaning), text)


def _together(visit: Visit, reader: Understander, text: str) -> tuple[str, Understanding]:
    """These words behind those that meant nothing alone, with a pause between them or in one breath."""
    lane = visit.resident.lane or None
    said = f"{visit.draft} {text}".strip()
    meaning = reader.understand(said, known_lane=lane)
    if not visit.draft:
        return said, meaning
    alone = reader.understand(text, known_lane=lane)
    if alone.is_request and is_setting(visit.draft):
        is_other = alone.sensitivity != meaning.sensitivity or len(alone.matters) != len(meaning.matters)
        is_less = urgency_rank(alone.urgency) > urgency_rank(meaning.urgency)
        return said, replace(alone, place=meaning.place) if is_other or is_less else meaning
    if alone.is_request and _is_otherwise(alone, meaning):
        return text, alone  # 昨儿看新闻有人家着火, and then: 我家着火了
    if meaning.is_request:
        return said, meaning
    in_one = f"{visit.draft.replace(' ', '')}{text}"
    whole = reader.understand(in_one, known_lane=lane)
    return (in_one, whole) if whole.is_request else (said, meaning)


def _is_otherwise(alone: Understanding, meaning: Understanding) -> bool:
    """Do the words mean something else with what was said before them? Then that was no first half of theirs."""
    if urgency_rank(alone.urgency) > urgency_rank(meaning.urgency) or not meaning.is_request:
        return True
    return alone.urgency == meaning.urgency and (alone.type, alone.sensitivity) != (meaning.type, meaning.sensitivity)


async def _continued(visit: Visit, text: str, meaning: Understanding) -> Outcome | None:
    """Does he speak of what he has told before? Then it joins that, or brings back what was done with."""
    if visit.is_first or len(meaning.matters) != 1:
        return None
    if meaning.place.is_open and not meaning.place.candidates:
        return None  # what he has told before is in a place that is known
    desk, matter = visit.desk, meaning.matters[0]
    mine = [one for one in await desk.session.requests.of_resident(visit.resident.id) if _may_continue(desk, one)]
    request = begin_request(
        desk,
        visit.resident,
        matter,
        text,
        place_text=meaning.place.text,
        lane=meaning.place.lane or visit.resident.lane,
    )
    found = merging.own_of(request, mine)
    is_worse = matter.urgency == "emergency" and found is not None and found[0].urgency != "emergency"
    if found is None or not found[1].may_join or is_worse:
        return None
    before = await desk.session.requests.get(found[0].number, to_change=True)
    assert before is not None  # noqa: S101  it was read just now
    if not before.state.is_open:
        return await rating.bring_back(visit, before, text)
    outcome = await adding.add_to(visit, before, text, may_part=True)
    another = say("option.another")
    desk.answer("resident.is_it_another", (another, another))
    return outcome


def _may_continue(desk: Desk, request: Request) -> bool:
    """Open, or done so lately that the same trouble is hardly a new one."""
    if request.state in (State.RESOLVED, State.CLOSED):
        return desk.now - (request.resolved_at or request.created_at) <= desk.settings.desk.reopen_within
    return request.state.is_open and request.state is not State.GATHERING


def _is_talk(threads: Sequence[Thread]) -> bool:
    """吃了没, right behind a request."""
    return bool(threads) and all(one.reading.chances[FollowUp.CHAT] >= _LIKELY for one in threads)


def _goes_on(thread: Thread, meaning: Understanding, text: str) -> bool:
    """Do these words go on about an open request, and may whoever knows of it hear them?"""
    is_other = meaning.is_request and following.names_another_thing(thread.request, text)
    least = _SURELY_OF_IT if is_other else following.GOES_ON
    if thread.reading.joins < least or meaning.urgency == "emergency" or is_courtesy(text) or is_kind_word(text):
        return False
    if meaning.sensitivity == "confidential" and thread.request.sensitivity != "confidential":
        return False
    if sense.SAYS_ANOTHER.match(meaning.text) or sense.asks_for_its_own(meaning, thread.request):
        return False
    return len(meaning.matters) <= 1


def _puts_right(thread: Thread, meaning: Understanding, text: str) -> bool:
    """门锁不是我家的 是邻居家的, and the same words written again: no matter of their own."""
    if meaning.urgency == "emergency" or meaning.sensitivity == "confidential" != thread.request.sensitivity:
        return False
    return is_written_again(thread.request.text, text) or says_whose(text)


async def _follow(visit: Visit, thread: Thread, text: str, meaning: Understanding) -> Outcome:
    """What he goes on about, with a tap for when that was a mistake."""
    desk, kind = visit.desk, thread.reading.kind
    request = await desk.session.requests.get(thread.request.number, to_change=True)
    assert request is not None  # noqa: S101  it was read just now
    if kind == FollowUp.URGE and request.holder and not says_no_hurry(text):
        return await pressing.urge(visit, request, text)
    if kind == FollowUp.DONE and (done := done_by_ours.hear(visit, request, text, is_sure=True)):
        return done
    can_part = request.state is not State.MERGED and request.sensitivity != "confidential"
    may_part = meaning.is_request and kind != FollowUp.DONE and can_part
    outcome = await adding.add_to(visit, sense.as_private_as(request, meaning), text, may_part=may_part)
    if kind == FollowUp.DONE and not is_still_at_it(text):
        cancel = f"撤销{request.number}"
        desk.answer("resident.sounds_done", (cancel, cancel))
    elif may_part:
        another = say("option.another")
        desk.answer("resident.is_it_another", (another, another))
    return outcome


async def take_apart(visit: Visit) -> Outcome | None:
    """这是另一件事: what was just added to a request becomes one of its own; None when nothing was added."""
    desk = visit.desk
    request = await desk.session.requests.get(visit.talk.gathering or 0, to_change=True)
    if request is None or not request.state.is_open or request.sensitivity == "confidential":
        return None
    last = next((one for one in reversed(await desk.session.journal.of(request.number)) if one.words), None)
    words = last.words if last and last.data.get(adding.MAY_PART) else ""
    rest = request.text.removesuffix(words).strip()
    if not words or not rest or rest == request.text:
        return None
    await desk.session.requests.save(replace(request, text=rest))
    desk.note(request, "supplement_taken_out", "resident")
    visit.stop_gathering()
    meaning = await sense.of(visit, words)
    return await opening.open_all(
        visit, words, replace(meaning, matters=meaning.matters or (opening.OTHER_MATTER(clause=words),))
    )


async def _no_request(visit: Visit, reader: Understander, text: str) -> Outcome:
    """Talk, or half a sentence: kept for the window, in case the other half comes."""
    visit.keep_draft(f"{visit.draft} {text}".strip())
    threads = await following.threads(visit, reader, text)
    held = [one for one in threads if one.request.holder and one.request.state is not State.MERGED]
    if not held:
        return _chat(visit)
    open_one = held[0].request
    if is_kind_word(text) and _THANKS.search(text) and not is_courtesy(text):  # 谢谢小陈 辛苦啦
        return _chat(visit)
    is_consent = is_nod(text) or is_kind_word(text)
    is_agreed = held[0].request.state is State.SCHEDULED and is_consent
    if _DETAIL.search(text) and (request := await visit.desk.session.requests.get(open_one.number, to_change=True)):
        return await adding.add_to(visit, request, text)
    if is_agreed or _tells(text) or not (is_courtesy(text) or is_kind_word(text) or _is_talk(threads)):
        return await _pass_on(visit, held[0].request, text)
    if is_consent:
        visit.desk.answer("resident.nod")
        return Outcome(Fate.CHAT)
    if is_courtesy(text):
        return _chat(visit)
    is_asked = open_one.state is State.DISPATCHED and open_one.accepted_at is None
    name = "resident.chat_open_asked" if is_asked else "resident.chat_open"
    visit.desk.answer(name, number=open_one.number, holder=visit.desk.name(open_one.holder))
    return Outcome(Fate.CHAT)


async def _pass_on(visit: Visit, request: Request, text: str) -> Outcome:
    """What is no request, and may matter to who works on one: 煤气我先关了, and 行 when a day was proposed."""
    desk = visit.desk
    await audience.pass_on(desk, request, text)
    desk.answer("resident.told_holder", number=request.number, holder=desk.name(request.holder))
    return Outcome(Fate.JOINED, request.number)


def _chat(visit: Visit) -> Outcome:
    said = visit.desk.message.text if visit.desk.message else ""
    is_thanks = bool(_THANKS.search(said)) and is_kind_word(said)
    name = "resident.welcome_thanks" if is_thanks else "resident.chat"
    if _GOOD_NIGHT.search(said) and len(said) <= _LONGEST_GREETING:
        name = "resident.good_night"
    visit.desk.answer(name)
    return Outcome(Fate.CHAT)
