"""Everything of mine shall go: asked once more, and done only at a yes that can be meant for nothing else.

好 may be said to a member's appointment that came meanwhile, so a bare yes counts when nothing was said to him since
the question; anything else he says closes it, and nothing is erased.
"""

from __future__ import annotations

from datetime import timedelta

from classifiers.residents.judgements import clauses_of
from classifiers.residents.own_data import Consent, OwnData, read_consent, read_own_data, refuses
from classifiers.residents.wishes import Wish, read_wish
from handlers.residents import intake, privacy, sense
from handlers.residents.visit import Visit
from handlers.texts import say
from storage.records import Fate, Outcome, Question

_BARE_YES_WITHIN = timedelta(minutes=30)


async def hear(visit: Visit, text: str) -> Outcome | None:
    """None when it is about neither seeing nor erasing what is held."""
    if visit.talk.question is Question.ERASE and (answered := await _answer(visit, text)):
        return answered
    wanted = read_own_data(text)
    if wanted is OwnData.SEE:
        return await privacy.show(visit)
    return await privacy.ask_to_erase(visit) if wanted is OwnData.ERASE else None


def close(visit: Visit) -> None:
    """Whatever he does next, the question is not answered by what he says after that."""
    if visit.talk.question is Question.ERASE:
        visit.nothing_asked()


async def _answer(visit: Visit, text: str) -> Outcome | None:
    said, is_new = read_consent(text), await _has_heard_else(visit)
    if said is Consent.PLAINLY or (said is Consent.YES and not is_new):
        return await privacy.erase_everything(visit)
    close(visit)
    if said is Consent.YES:
        visit.desk.answer("resident.erase_unsure")
        return None  # 好的 is heard as the answer to what was said last
    if said is Consent.NO or _takes_back(text):
        return await _refused(visit, text)
    return await _means(visit) if said is Consent.ASKS else None


def _takes_back(text: str) -> bool:
    """撤销, to this question, is no word about a request, unless it names one."""
    wish = read_wish(text)
    return wish is not None and wish.wish is Wish.CANCEL and wish.number is None


async def _has_heard_else(visit: Visit) -> bool:
    """Was anything said to him since he was asked, or is that long ago?"""
    asked = visit.talk.last_at
    if asked is None or visit.now - asked > _BARE_YES_WITHIN:
        return True
    return await visit.desk.session.outbox.reached_since(visit.resident.openid, asked)


async def _refused(visit: Visit, text: str) -> Outcome:
    """先不删 我家灯又不亮了: the trouble beside it is heard."""
    visit.desk.answer("resident.left_as_is")
    rest = " ".join(clause for clause in clauses_of(text) if not refuses(clause))
    if rest and (meaning := await sense.of(visit, rest)).is_request:
        return await intake.hear_apart(visit, rest, meaning)
    return Outcome(Fate.COMMAND)


async def _means(visit: Visit) -> Outcome:
    """删了还给修吗: the truth, and nothing is done."""
    count = len(await visit.desk.session.requests.open_of_resident(visit.resident.id))
    visit.desk.answer_words(say("resident.erase_means_open", count=count) if count else say("resident.erase_means"))
    return Outcome(Fate.ANSWERED, reason="what erasing means")
