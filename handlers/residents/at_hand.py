"""What a resident may be speaking of: what he is telling, what he was asked, the secret he told just now."""

from __future__ import annotations

from dataclasses import replace

from classifiers.reader.late import late
from classifiers.residents.fitting import fits
from handlers.desk import AWAKE_FOR
from handlers.residents.visit import Visit
from handlers.rules.lifecycle import Verb
from handlers.texts import say
from storage.records import Question, Request, State

_OF_THE_PICTURE = late(
    r"(?:照片|图片?|相片|视频)(?:上头?|里头?|中|拍)?(?:的|那个)?(?:就)?是|(?:发|拍|照)的(?:那|这)?[个张些]?(?:东西)?(?:就)?是"
)


async def asked_for(visit: Visit) -> Request | None:
    """The request whose holder has asked this resident something that is not answered yet, and that he has read."""
    asked = visit.talk.question_request if visit.talk.question is Question.NONE else None
    if asked and visit.has_not_read("asked", asked):
        return None
    request = await visit.desk.session.requests.get(asked, to_change=True) if asked else None
    return request if request and request.state.is_open else None


async def has_open(visit: Visit) -> bool:
    """Is anything of his being done?"""
    return not visit.is_first and bool(await visit.desk.session.requests.open_of_resident(visit.resident.id))


async def answered_by(visit: Visit, text: str) -> Request | None:
    """The request whose holder asked for just this kind of answer, and has waited while something else was told:
    我住21号 belongs to 您家住几号."""
    if visit.is_first or visit.talk.question is not Question.NONE:
        return None
    mine = await visit.desk.session.requests.open_of_resident(visit.resident.id)
    for one in (one for one in reversed(mine) if one.state is State.WAITING_REQUESTER):
        if fits(await asked_of(visit, one), text):
            return await visit.desk.session.requests.get(one.number, to_change=True)
    return None


async def asked_of(visit: Visit, request: Request) -> str:
    """The last question of its holder, "" when he has asked none."""
    journal = await visit.desk.session.journal.of(request.number)
    return next((entry.words for entry in reversed(journal) if entry.kind == Verb.ASK_REQUESTER), "")


async def gathering(visit: Visit, text: str = "") -> Request | None:
    """The request that words within the window belong to; who was asked what his picture shows may take his time."""
    if not visit.is_gathering or visit.talk.gathering is None:
        return await _asked_what_it_is(visit, text)
    request = await visit.desk.session.requests.get(visit.talk.gathering, to_change=True)
    return request if request and request.state.is_open else None


async def _asked_what_it_is(visit: Visit, text: str) -> Request | None:
    """Hours later only what plainly tells of the picture is the answer: 那张照片是我家墙裂了."""
    asked = visit.talk.question_request if visit.talk.question is Question.MATTER else None
    request = await visit.desk.session.requests.get(asked, to_change=True) if asked else None
    if request is None or not request.state.is_open or request.text not in ("", say("resident.only_media")):
        return None
    if visit.now - request.created_at > AWAKE_FOR and not _OF_THE_PICTURE.search(text):
        return None
    return replace(request, text="")


async def secret(visit: Visit) -> Request | None:
    """The confidential matter he told a short while ago: 他叫…, 别让他知道 go where that went, to nobody else."""
    if visit.is_first:
        return None
    mine = await visit.desk.session.requests.open_of_resident(visit.resident.id)
    secrets = (one for one in reversed(mine) if one.sensitivity == "confidential")
    return next((one for one in secrets if visit.now - one.created_at <= AWAKE_FOR), None)


async def at_hand(visit: Visit) -> Request | None:
    """What a picture belongs to: what he is telling, what he was asked about, or the only thing he has open."""
    found = await gathering(visit) or await asked_for(visit)
    if found:
        return found
    mine = [one for one in await visit.desk.session.requests.open_of_resident(visit.resident.id) if one.holder]
    return await visit.desk.session.requests.get(mine[0].number, to_change=True) if len(mine) == 1 else None
