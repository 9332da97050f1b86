"""A voice that no machine understood: somebody listens, types what was said, and the resident hears it read back.

    gathering (voice, no words) ─cap→ dispatched, private: the responsible member alone is asked to listen
    nobody listens within [voice] listen_within ─→ the next step of the ladder is asked too, and so on
    听写 12 …, or the operator's recogniser ─→ understood like words, sent on its way anew, read back

What was said is unknown until then, so it is treated as private: never in a group, to each listener alone.
"""

from __future__ import annotations

import re
from dataclasses import replace

from classifiers.members.orders import Order, SpokenOrder
from classifiers.reader.late import late
from handlers.desk import Desk
from handlers.members.rights import Unwilling
from handlers.moves import dispatch
from handlers.residents import opening, sense, whereabouts
from handlers.residents.visit import MAX_TEXT, Visit, with_words
from handlers.rules import routing
from handlers.rules.masking import markdown_safe, shorten
from handlers.telling import audience, pictures
from handlers.texts import say
from storage.records import (
    Fate,
    Incoming,
    Member,
    MessageKind,
    Outcome,
    Question,
    Request,
    State,
    StoredFile,
    Timer,
    TimerKind,
)

_UNNUMBERED = late(r"^(?:听写|语音内容|语音说的?)(?:是|说)?[\s,，:：]*(?P<words>[^\d\s,，:：#].+)$", re.DOTALL)
_RETELLS = late(
    r"^(?:语音里?|录音里?|里面|居民|老人家?|大爷|大妈|奶奶|爷爷|他|她|人家)?(?:是|在)?说(?!不|了?没).{2,}", re.DOTALL
)
_CANNOT_HEAR = late(r"听不|没听|听着呢|在听|我听听|[吗么?？]\s*$")
LONGEST = 1000  # characters of what was said in one voice
PROGRAM = "recogniser"  # who listened, in the journal
_AFRESH = frozenset({State.GATHERING, State.RECEIVED, State.DISPATCHED})  # nobody has begun: it may go elsewhere
_UNHEARD = {"states": [State.DISPATCHED.value, State.RETURNED.value], "unheard": True}
_WRONG = late(
    r"^(?:不是[^,，。是]{1,12}[,，\s]*(?:而)?是|不对|不是|错了?|听错了?|说错了?|写错了?)"
    r"[了的啊呀,，。.!！\s]*(?:我说的|应该)?是?[,，:：\s]*"
)
_RIGHT = late(r"^(?:对|对的|是|是的|没错|就是|嗯|行|好)[了的啊呀啦,，。.!！\s]*$")


# ── somebody must listen ─────────────────────────────────────────────────────────────────────────


async def unheard(desk: Desk, request: Request) -> list[StoredFile]:
    """The resident's voices of which nobody knows the words."""
    files = await desk.session.files.of(request.number)
    return [one for one in files if one.kind is MessageKind.VOICE and one.sender == pictures.RESIDENT and not one.words]


async def begin(desk: Desk, request: Request) -> Request:
    """Nothing but a voice: the responsible member alone listens to it."""
    request = await dispatch.dispatch(desk, replace(request, sensitivity="private"), tell=ask)
    if request.holder:
        _listen_until(desk, request, 0)  # the first step of the ladder is the next to be asked
    return request


def ask(desk: Desk, request: Request) -> None:
    """请听一听."""
    _ask(desk, request, request.holder)


def _ask(desk: Desk, request: Request, code: str) -> None:
    place = markdown_safe(request.place_text) or desk.lane_name(request.lane)
    text = say("member.listen", number=request.number, place=place)
    desk.tell_member(code, "listen", text, request=request, only_if=_UNHEARD)


def _listen_until(desk: Desk, request: Request, step: int) -> None:
    due = desk.after_quiet() + desk.settings.voice.listen_within
    desk.session.timers.set(Timer(request.number, TimerKind.LISTEN, due, step))


async def nobody_listened(desk: Desk, timer: Timer, request: Request) -> None:
    """The next step of the ladder is asked too; behind the last one the clock of the first response goes on."""
    if not request.state.is_open or request.text or not await unheard(desk, request):
        return
    before = [code for step in request.ladder[: timer.step] for code in step.members]
    asked = {request.holder, *routing.here_of(desk.roster, before, desk.today)}
    for number, step in enumerate(request.ladder):
        together = [one for one in request.ladder[number:] if one.due_at == step.due_at]  # 替补 and 组员
        people = {code for one in together for code in routing.here_of(desk.roster, one.members, desk.today)} - asked
        if number >= timer.step and people:
            for code in sorted(people):
                _ask(desk, request, code)
                await pictures.show(desk, code, request)
            desk.note(request, "unheard", "desk", rung=step.rung.value, told=sorted(people))
            _listen_until(desk, request, number + len(together))
            return
    desk.worry("unheard", request)


# ── somebody has listened ────────────────────────────────────────────────────────────────────────


async def typed(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """听写 12 厨房漏水."""
    if not spoken.words:
        raise Unwilling(say("member.listen_what", number=request.number))
    files = await desk.session.files.of(request.number)
    if not any(one.kind is MessageKind.VOICE for one in files) or not request.state.is_open:
        raise Unwilling(say("member.listen_nothing", number=request.number))
    request = await heard(desk, member, request, spoken.words)
    holder = desk.name(request.holder) if request.holder else say("name.nobody")
    desk.answer("member.heard", number=request.number, type=desk.type_name(request), holder=holder)


async def plainly_typed(desk: Desk, member: Member, message: Incoming) -> SpokenOrder | None:
    """听写 他说院墙裂了, or 他说院墙裂了 right behind 请听一听: the only voice that waits for him needs no number."""
    text = message.text.strip()
    named = _UNNUMBERED.match(text)
    told = await desk.session.outbox.last_told(message.conversation)
    is_retold = _RETELLS.match(text) and not message.is_group and not _CANNOT_HEAR.search(text)
    if message.quoted or not (named or (told and is_retold)):
        return None
    waiting = [one.number for one in await _waiting_for_ears(desk, member.code)]
    if len(waiting) != 1 or not (named or told == waiting[0]):
        return None
    return SpokenOrder(Order.HEARD, (waiting[0],), named["words"].strip() if named else text)


async def _waiting_for_ears(desk: Desk, member: str) -> list[Request]:
    """Voices that he was asked to listen to and nobody has heard."""
    lanes = [lane.code for lane in routing.lanes_of(desk.roster, member, desk.today)]
    requests = desk.session.requests
    near = {one.number: one for one in (*await requests.open_of_holder(member), *await requests.open_in([*lanes, ""]))}
    silent = [one for one in near.values() if not one.text and await unheard(desk, one)]
    return [one for one in silent if member == one.holder or await _was_asked(desk, one, member)]


async def _was_asked(desk: Desk, request: Request, member: str) -> bool:
    entries = await desk.session.journal.of(request.number)
    return any(member in one.data.get("told", ()) for one in entries if one.kind == "unheard")


async def heard(desk: Desk, actor: str, request: Request, words: str) -> Request:
    """What was said in a request's voices is known: understood, sent on its way, read back to the resident."""
    words = words[:LONGEST]
    await desk.session.files.heard(request.number, words)
    await desk.session.timers.cancel(request.number, [TimerKind.LISTEN])
    desk.note(request, "heard", actor, words=words)
    found = await audience.requester(desk, request)
    if found is None:
        return await _understood(desk, None, request, words)
    aside = replace(desk, message=None, answers=[], options=[])  # what is said here is for the resident's ears
    visit = Visit(aside, found.resident, found.talk)
    request = await _understood(aside, visit, request, words)
    _read_back(visit, request, words)
    await desk.session.conversations.save(visit.talk)
    return request


def _read_back(visit: Visit, request: Request, words: str) -> None:
    """您的语音我们听到的是…, and what else there is to say."""
    desk = visit.desk
    if visit.talk.question in (Question.NONE, Question.MATTER):
        visit.change(question=Question.HEARD, question_request=request.number, choices=())
    first = 1 if request.urgency == "emergency" else 0  # the number to call comes before anything else
    read = say("resident.heard", number=request.number, words=shorten(words, 300))
    text = "\n".join((*desk.answers[:first], read, *desk.answers[first:]))
    desk.tell_resident(
        visit.resident,
        "heard",
        text,
        request=request,
        options=tuple(desk.options),
        last_heard=visit.talk.last_at,
        urgent=request.urgency == "emergency",
    )


async def _understood(desk: Desk, visit: Visit | None, request: Request, words: str) -> Request:
    """Words to a request that had none say what it is; further ones are added."""
    if not request.text and request.state in _AFRESH:
        return await _as_told(desk, visit, request, words)
    request = with_words(request, words)
    request = await desk.session.requests.save(request)
    if request.holder:
        told = say("member.supplement", number=request.number, text=markdown_safe(shorten(words, 500)))
        desk.tell_member(request.holder, "supplement", told, request=request)
    return request


async def _as_told(desk: Desk, visit: Visit | None, request: Request, words: str) -> Request:
    """As if the resident had written it."""
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    known = request.lane or (visit.resident.lane if visit else "")
    meaning = sense.with_own_people(desk, reader, reader.understand(words, known_lane=known or None), known)
    place = meaning.place
    request = replace(
        request,
        text=words,
        sensitivity="open",
        lane=place.lane_or(known),
        place_text=place.text or request.place_text,
    )
    request = dispatch.described(request, meaning.main) if meaning.main else request
    if visit is None:
        return await dispatch.dispatch(desk, request)
    if request.lane or request.urgency == "emergency" or request.state is State.GATHERING:
        visit.nothing_asked()
        return await opening.settle_place(visit, request, place)
    request = await dispatch.dispatch(desk, request)  # whoever had to listen keeps it until the place is known
    whereabouts.ask_place(visit, request, place)
    return request


# ── the resident says whether it is right ────────────────────────────────────────────────────────


async def answer(visit: Visit, text: str) -> Outcome | None:
    """What follows 不对就回一句; None when it is about something else."""
    desk, asked = visit.desk, visit.talk.question_request
    request = await desk.session.requests.get(asked, to_change=True) if asked else None
    if request is None or not request.state.is_open:
        visit.nothing_asked()
        return None
    if _RIGHT.match(text):
        visit.nothing_asked()
        desk.answer("resident.heard_right", number=request.number)
        return Outcome(Fate.JOINED, request.number)
    wrong = _WRONG.match(text)
    if wrong is None:
        visit.nothing_asked()
        return None
    said = text[wrong.end() :].strip()
    if not said:
        desk.answer("resident.say_again")
        return Outcome(Fate.JOINED, request.number)
    visit.nothing_asked()
    return await _corrected(visit, request, said)


async def _corrected(visit: Visit, request: Request, said: str) -> Outcome:
    """His own words take the place of what was heard, as long as nobody works on it."""
    desk = visit.desk
    desk.note(request, "corrected", "resident", words=said)
    if request.state in _AFRESH:
        await _as_told(desk, visit, replace(request, text=""), said)
        return Outcome(Fate.JOINED, request.number)
    request = await desk.session.requests.save(replace(request, text=said[:MAX_TEXT]))
    told = say("member.corrected", number=request.number, text=markdown_safe(shorten(said, 300)))
    desk.tell_member(request.holder, "supplement", told, request=request, at_once=True)
    desk.answer("resident.passed_on", number=request.number, holder=desk.name(request.holder))
    return Outcome(Fate.JOINED, request.number)
