"""Words beside a confidential matter: what is not plainly of something else goes where that went, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from classifiers.reader.late import late
from classifiers.requests.duplicates import kinship, things_of
from classifiers.residents.asking import asks_for_outcome
from classifiers.residents.continuations import Continuation, read_continuation
from classifiers.residents.courtesy import is_courtesy
from classifiers.residents.follow_ups import FollowUp, Verdict
from classifiers.residents.judgements import judge
from classifiers.residents.wishes import SpokenWish, Wish
from classifiers.understand import Understanding
from handlers.desk import AWAKE_FOR, Desk
from handlers.moves import dispatch
from handlers.residents import adding, at_hand, continuing, following, inquiry, pressing, rating, sense
from handlers.residents.visit import Visit
from handlers.rules import ears
from handlers.rules.complaints import accused_in, with_names
from handlers.telling import audience
from handlers.watching import alarms
from storage.records import Fate, Outcome, Question, Request, State

KEPT_FOR = timedelta(days=7)  # so long words may be of what was done with
_ENDS = late(r"[,，。;；!！?？\s]+")
_HIM = late("(?<!其)[他她]|那个?人|[这那]种人|这个人|[那这]家伙|包庇|护着|官官相护|你们这些人")
_NOT_DONE = late("不|没|光|懒|骂|收|拿|要钱|脾气|态度|吼|训|糊弄|敷衍|包庇|护着")
_OF_WORK = late(  # when, where and how somebody is to come, which a complaint has no need of
    r"修|换|疏通|安装|上门|师傅|来人|几点|没来|还不来|来了|来过|在家|有空|方便|钥匙|配件|上午|下午|晚上|明天|后天|周[一二三四五六日天]|"
    r"\d{3,}|单元|号楼|[东南西北]头|门口"
)
_HURRIES = frozenset({Continuation.PRESSING, Continuation.IMPATIENT})
_TALK = 0.6  # chance from which words are talk
_PARTS = 2  # clauses of what can be parted
_BAD = 0.65  # chance from which they bring back what was done with


async def matter(visit: Visit) -> Request | None:
    """His newest confidential matter that is open, waits for his word, or was closed a short while ago."""
    if visit.is_first:
        return None
    mine = await visit.desk.session.requests.of_resident(visit.resident.id)
    kept = [one for one in mine if one.sensitivity == "confidential" and one.text and _is_kept(visit, one)]
    return max(kept, key=lambda one: one.number, default=None)


def _is_kept(visit: Visit, request: Request) -> bool:
    if request.state is State.CLOSED:
        return visit.now - (request.closed_at or request.created_at) <= KEPT_FOR
    return request.state is State.RESOLVED or request.state.is_open


async def hear(visit: Visit, text: str) -> Outcome | None:
    """Words that command nothing; None when they are plainly of something else, or there is no such matter."""
    if visit.talk.question is not Question.NONE:
        return None
    secret = await matter(visit)
    if secret is None or await alarms.at_hand(visit, text):  # while there is danger each word is heard as one of it
        return None
    return await give(visit, secret, text) if await is_of(visit, secret, text) else None


async def hear_rating(visit: Visit, spoken: SpokenWish) -> Outcome | None:
    """不满意 你们官官相护 is no word about the tap; None when the rating is of something else."""
    secret = await matter(visit) if spoken.number is None else None
    if secret is None:
        return None
    waiting = await visit.desk.session.requests.unrated_of_resident(visit.resident.id)
    is_of_it = bool(spoken.note) and await is_of(visit, secret, spoken.note)
    if secret.number in [one.number for one in waiting]:
        return await inquiry.obey(visit, replace(spoken, number=secret.number)) if is_of_it else None
    if waiting:
        if is_of_it:
            await inquiry.obey(visit, replace(spoken, note=""))
            return await give(visit, secret, spoken.note)
        return None
    if spoken.wish is not Wish.RATE_BAD or not (is_of_it or (secret.result and not spoken.note)):
        return None
    return await give(visit, secret, f"{visit.desk.message.text if visit.desk.message else spoken.note}".strip())


async def is_of(visit: Visit, secret: Request, text: str) -> bool:
    """Are these words not clearly about anything else that he has asked for, or asks for now?"""
    meaning = await sense.of(visit, text)
    if is_courtesy(text) or meaning.urgency == "emergency":
        return False
    others = await _others(visit)
    if _names_one_of(others, secret, text):
        return False
    is_of_him = await _is_of_him(visit, secret, text)
    is_of_him = is_of_him or (not things_of(text) and kinship(text, secret.text).words > 0)
    if any(sense.is_everyday(one) for one in meaning.matters) and (things_of(text) or not is_of_him):
        return False
    if _OF_WORK.search(text) and others and not (is_of_him and _NOT_DONE.search(text)):
        return False
    if is_of_him:
        return True
    return await _is_likely(visit, secret, others, meaning)


async def _is_likely(visit: Visit, secret: Request, others: Sequence[Request], meaning: Understanding) -> bool:
    """Words that name nobody and nothing."""
    text = meaning.text
    if visit.is_gathering and visit.talk.gathering != secret.number:
        return False  # the same breath as what he tells just now
    if await at_hand.asked_for(visit) or (read_continuation(text) and len(text) <= pressing.MERE_IMPATIENCE):
        return not others and secret.state.is_open
    reader = await visit.desk.house.understanding.reader(visit.desk.roster, visit.desk.session)
    readings = [reader.follow_up(one.text, text) for one in (secret, *others)]
    if judge(text) is None and all(one.chances[FollowUp.CHAT] >= _TALK for one in readings):
        return False
    is_fresh = secret.state.is_open and visit.now - secret.created_at <= AWAKE_FOR
    if meaning.is_request and meaning.sensitivity != "confidential" and not is_fresh:
        return readings[0].joins >= following.GOES_ON
    return bool(others) and not sense.SAYS_ANOTHER.match(text)


async def _others(visit: Visit) -> list[Request]:
    """What else he has open or has been told the result of."""
    requests = visit.desk.session.requests
    mine = await requests.open_of_resident(visit.resident.id)
    mine += await requests.merged_of_resident(visit.resident.id)
    mine += await requests.unrated_of_resident(visit.resident.id)
    return [one for one in mine if one.sensitivity != "confidential"]


def _names_one_of(others: Sequence[Request], secret: Request, text: str) -> bool:
    """Do they name a thing of another request, and nothing more of the secret?"""
    named = [one for one in others if one.text and (following.shares(one, text) or kinship(text, one.text).words)]
    best = following.nearest([*named[-1:], secret], text) if named else None
    return best is not None and best.number != secret.number


async def _accused_named(visit: Visit, secret: Request, text: str) -> frozenset[str]:
    desk = visit.desk
    accused = ears.kept_from(desk.roster, secret, desk.today)
    people = [desk.roster.member[code] for code in accused if code in desk.roster.member]
    named = accused_in(with_names(text, people), people, people, is_complaint=True)
    return named if _NOT_DONE.search(text) or not _OF_WORK.search(text) else frozenset()


async def give(visit: Visit, secret: Request, text: str) -> Outcome:
    """To whoever holds it; of what is done with, a judgement is one, and other words reach the secretary."""
    request = await visit.desk.session.requests.get(secret.number, to_change=True) or secret
    if request.state.is_open:
        return await _of_open(visit, request, text)
    reader = await visit.desk.house.understanding.reader(visit.desk.roster, visit.desk.session)
    verdict = reader.verdict(request.text, request.result, text)
    wish = judge(text)
    is_bad = wish is Wish.RATE_BAD or verdict.chances[Verdict.BAD] >= _BAD
    if request.state is State.CLOSED:
        is_new = (await sense.of(visit, text)).sensitivity == "confidential"
        return (
            await rating.bring_back(visit, request, text) if is_bad or is_new else _to_secretary(visit, request, text)
        )
    if wish is not None and (judged := await inquiry.obey(visit, SpokenWish(wish, request.number, text))):
        return judged
    visit.stop_gathering()
    taken = await continuing.take_verdict(visit, request, verdict, text)
    return taken or _to_secretary(visit, request, text)


async def _of_open(visit: Visit, request: Request, text: str) -> Outcome:
    said = read_continuation(text)
    if said in _HURRIES and request.holder:
        return await pressing.urge(visit, request, text)
    if said is Continuation.ASKING or asks_for_outcome(text):
        return await inquiry.tell_how_they_stand(visit, [request])
    return await adding.add_to(visit, request, text)


def _to_secretary(visit: Visit, request: Request, text: str) -> Outcome:
    desk = visit.desk
    heir = hearer(desk, request)
    audience.tell_words(desk, request, heir, text)
    desk.answer("resident.passed_on", number=request.number, holder=desk.name(heir))
    return Outcome(Fate.JOINED, request.number)


def hearer(desk: Desk, request: Request) -> str:
    """Who held it, if he still may; else whoever would hold it today."""
    named = desk.settings.privacy.confidential_to
    may = bool(request.holder) and ears.may_hold(desk.roster, request, request.holder, desk.today, named)
    return request.holder if may else dispatch.answerable(desk, request)


async def part(visit: Visit, text: str) -> str:
    """楼道灯不亮 他就不来, after a complaint about him: the lamp is for all, the rest goes where that went. What is
    left of the words."""
    secret = await matter(visit) if visit.talk.question is Question.NONE else None
    clauses = [clause for clause in _ENDS.split(text) if clause]
    if secret is None or len(clauses) < _PARTS:
        return text
    blames = [clause for clause in clauses if _NOT_DONE.search(clause) and await _is_of_him(visit, secret, clause)]
    rest = " ".join(clause for clause in clauses if clause not in blames)
    if not blames or not rest or (await sense.of(visit, text)).urgency == "emergency":
        return text
    if not any(sense.is_everyday(one) for one in (await sense.of(visit, rest)).matters):
        return text
    await give(visit, secret, " ".join(blames))
    visit.stop_gathering()
    return rest


async def _is_of_him(visit: Visit, secret: Request, text: str) -> bool:
    return bool(_HIM.search(text)) or bool(await _accused_named(visit, secret, text))
