"""A resident tells a trouble: words, pictures, voices and places become one request, or several, or join one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from classifiers.continuations import says_no_hurry
from classifiers.courtesy import is_courtesy, is_nod
from classifiers.duplicates import Likeness
from classifiers.follow_ups import FollowUp
from classifiers.places import Place
from classifiers.taxonomy import OTHER, SEEN_BY_ALL, sensitivity_rank
from classifiers.understand import Matter, Understander, Understanding
from handlers import audience, following, merging, orders, pictures, pressing, rating
from handlers.desk import AWAKE_FOR, Desk
from handlers.dispatch import begin_request, described, dispatch, keep, open_request
from handlers.following import Thread
from handlers.rules import lifecycle, routing
from handlers.rules.complaints import blames_own_people, blames_work, complained_of, doubts_by_nickname
from handlers.rules.lifecycle import Verb
from handlers.rules.masking import markdown_safe, shorten
from handlers.steps import step
from handlers.texts import say
from handlers.visit import MAX_TEXT, Visit
from storage.records import (
    Channel,
    Fate,
    Incoming,
    Member,
    MessageKind,
    Outcome,
    Question,
    Request,
    State,
    Timer,
    TimerKind,
)

COMPLAINT = partial(
    Matter,
    type="suggestion",
    confidence=0.9,
    urgency="normal",
    emergency_kind=None,
    sensitivity="confidential",
    why=lambda: ("names a member",),
)
OTHER_MATTER = partial(
    Matter,
    type=OTHER,
    confidence=0.0,
    urgency="normal",
    emergency_kind=None,
    sensitivity="open",
    why=lambda: ("said to be another matter",),
)
_WRONG_PLACE = re.compile(
    r"(?:[说写发填报选定派弄搞](?:的|得)?|地[址点方]|位置|胡同|楼号?|门牌)(?:都|全)?[错不](?:了|对|是)|不是(?:那|这)[个条里]|^不[对是],?|^(?:搞|弄|说)?错了|我(?:们|家)?(?:不|没)(?:在|住)"
)
_RIGHT_PLACE = re.compile(r"(?:[,。 ]|^)[^,。 ]{0,4}?(?:是|住|在)(?:在)?([^,。 不]{2,30})[。!]?$")
_SAYS_ANOTHER = re.compile(r"(?:另外|还有(?:一件|一个|个)事?|再一个|再有|顺便|对了|此外)")
_EVERYDAY = frozenset({"repair", "public_facility", "environment", "errand", "policy"})  # what hides no secret
_DONE_BY_PEOPLE = frozenset({"violence", "self_harm"})
_SURE = 0.9  # chance from which words are believed to be another matter than what was told just before
_LIKELY = 0.6  # the same of talk
_MAY_PART = "may_part"  # in the journal, of a supplement that he may say to be another matter
MAX_CHOICES = 4  # tappable answers in one question
MAX_MATTERS = 5  # requests from one message; what is more stays in the words of the last
LONGEST_PLACE = 60  # characters of an answer to 在哪儿 that are kept as they were said
LONGEST_PART = 20  # characters of what may be half an address


# ── words ────────────────────────────────────────────────────────────────────────────────────────


async def hear_words(visit: Visit, text: str) -> Outcome:
    """What a resident wrote, or a voice that was recognised."""
    desk = visit.desk
    waiting = await _waiting_for_resident(visit)
    if visit.talk.question is Question.PLACE:
        outcome = await _hear_place(visit, text)
        if outcome:
            return outcome
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    said, meaning = _together(visit, reader, text)
    threads = await following.threads(visit, reader, said)
    meaning = with_own_people(desk, reader.in_context(meaning, [one.reading for one in threads]), visit.resident.lane)
    elsewhere = await _place_corrected(visit, text, meaning)
    if elsewhere:
        return elsewhere
    gathering = await _gathering(visit)
    is_for_others = waiting is not None and meaning.sensitivity == "confidential" != waiting.sensitivity
    if waiting and not is_for_others and not _is_other_matter(reader, meaning, waiting):
        return await _requester_replies(visit, as_private_as(waiting, meaning), text)
    if gathering and not _is_other_matter(reader, meaning, gathering):
        if not meaning.is_request and (is_courtesy(text) or _is_talk(threads)):
            return _chat(visit)
        return await _join_words(visit, gathering, text, meaning)
    secret = await _secret_at_hand(visit)
    if secret and not is_courtesy(text) and not _is_other_matter(reader, meaning, secret):
        if meaning.urgency != "emergency":
            return await add_to(visit, secret, text)
        meaning = _confidential(meaning)  # an alarm of its own, for the same ears
    if threads and _goes_on(threads[0], meaning, text):
        return await _follow(visit, threads[0], text, meaning)
    if not meaning.is_request:
        return await _no_request(visit, reader, text)
    return await _continued(visit, said, meaning) or await _open_all(visit, said, meaning)


async def is_secret(visit: Visit, text: str) -> bool:
    """May only the secretary hear this, whatever it was said along with?"""
    return (await _meaning_of(visit, text)).sensitivity == "confidential"


async def hear_apart(visit: Visit, text: str) -> Outcome:
    """What was said along with something else, and is a matter of its own."""
    visit.stop_gathering()
    return await _open_all(visit, text, await _meaning_of(visit, text))


async def add_as_private_as_said(visit: Visit, request: Request, text: str) -> Outcome:
    """A supplement that may be more private than what it adds to; 补充 我老公打我 is for other ears than the lamp."""
    meaning = await _meaning_of(visit, text)
    if meaning.sensitivity == "confidential" != request.sensitivity:
        return await hear_apart(visit, text)
    return await add_to(visit, as_private_as(request, meaning), text)


async def _meaning_of(visit: Visit, text: str) -> Understanding:
    reader = await visit.desk.house.understanding.reader(visit.desk.roster, visit.desk.session)
    lane = visit.resident.lane
    return with_own_people(visit.desk, reader.understand(text, known_lane=lane or None), lane)


def _together(visit: Visit, reader: Understander, text: str) -> tuple[str, Understanding]:
    """These words behind those that meant nothing alone, with a pause between them or in one breath."""
    lane = visit.resident.lane or None
    said = f"{visit.draft} {text}".strip()
    meaning = reader.understand(said, known_lane=lane)
    if meaning.is_request or not visit.draft:
        return said, meaning
    in_one = f"{visit.draft.replace(' ', '')}{text}"
    whole = reader.understand(in_one, known_lane=lane)
    return (in_one, whole) if whole.is_request else (said, meaning)


def with_own_people(desk: Desk, meaning: Understanding, lane: str) -> Understanding:
    """A complaint that names a member is confidential, whatever else it was taken for. 小张 is one of those who work
    around this lane."""
    is_remark = any(one.type == "suggestion" for one in meaning.matters) or blames_work(meaning.text)
    is_about_them = (
        complained_of(meaning.text, desk.roster.members)
        or blames_own_people(meaning.text)
        or (is_remark and doubts_by_nickname(meaning.text, _people_around(desk, lane)))
    )
    if not is_about_them:
        return meaning
    matters = meaning.matters or (COMPLAINT(clause=meaning.text),)
    return _confidential(replace(meaning, matters=matters))


def _people_around(desk: Desk, lane: str) -> Sequence[Member]:
    return routing.people_around(desk.roster, [lane]) or desk.roster.members


def _confidential(meaning: Understanding) -> Understanding:
    return replace(meaning, matters=tuple(replace(one, sensitivity="confidential") for one in meaning.matters))


async def _place_corrected(visit: Visit, text: str, meaning: Understanding) -> Outcome | None:
    """说错了，是石佛路15号: the last request goes to the people of the right place."""
    desk = visit.desk
    if not _WRONG_PLACE.search(text):
        return None
    right = _RIGHT_PLACE.search(text)
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    place = reader.understand(right[1]).place if right else meaning.place
    lane = place.lane if place.how in ("named", "household") else None
    if lane is None:
        return None
    mine = [one for one in await desk.session.requests.open_of_resident(visit.resident.id) if one.holder]
    request = await desk.session.requests.get(mine[-1].number, to_change=True) if mine else None
    if request is None or request.lane == lane or not lifecycle.can(request, Verb.REDIRECT):
        return None
    request = await orders.relocate(desk, "resident", request, lane, right[1] if right else place.text or text)
    visit.gather_on(request)
    confirm(visit, request)
    return Outcome(Fate.JOINED, request.number)


async def _continued(visit: Visit, text: str, meaning: Understanding) -> Outcome | None:
    """Does he speak of what he has told before? Then it joins that, or brings back what was done with."""
    if visit.is_first or len(meaning.matters) != 1:
        return None
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
    outcome = await add_to(visit, before, text, may_part=True)
    another = say("option.another")
    desk.answer("resident.is_it_another", (another, another))
    return outcome


def _may_continue(desk: Desk, request: Request) -> bool:
    """Open, or done so lately that the same trouble is hardly a new one."""
    if request.state in (State.RESOLVED, State.CLOSED):
        return desk.now - (request.resolved_at or request.created_at) <= desk.settings.desk.reopen_within
    return request.state.is_open and request.state is not State.GATHERING


async def _waiting_for_resident(visit: Visit) -> Request | None:
    """The request whose holder has asked this resident something that is not answered yet."""
    asked = visit.talk.question_request if visit.talk.question is Question.NONE else None
    request = await visit.desk.session.requests.get(asked, to_change=True) if asked else None
    return request if request and request.state.is_open else None


async def _gathering(visit: Visit) -> Request | None:
    """The request that words within the window belong to; who was asked what his picture shows may take his time."""
    if not visit.is_gathering or visit.talk.gathering is None:
        return await _asked_what_it_is(visit)
    request = await visit.desk.session.requests.get(visit.talk.gathering, to_change=True)
    return request if request and request.state.is_open else None


async def _asked_what_it_is(visit: Visit) -> Request | None:
    asked = visit.talk.question_request if visit.talk.question is Question.MATTER else None
    request = await visit.desk.session.requests.get(asked, to_change=True) if asked else None
    if request is None or not request.state.is_open or request.text or visit.now - request.created_at > AWAKE_FOR:
        return None
    return request


async def _secret_at_hand(visit: Visit) -> Request | None:
    """The confidential matter he told a short while ago: 他叫…, 别让他知道 go where that went, to nobody else."""
    if visit.is_first:
        return None
    mine = await visit.desk.session.requests.open_of_resident(visit.resident.id)
    secrets = (one for one in reversed(mine) if one.sensitivity == "confidential")
    return next((one for one in secrets if visit.now - one.created_at <= AWAKE_FOR), None)


def as_private_as(request: Request, meaning: Understanding) -> Request:
    """What was added may be more private than what was told first."""
    strictest = max(request.sensitivity, meaning.sensitivity, key=sensitivity_rank)
    return replace(request, sensitivity=strictest) if strictest != request.sensitivity else request


def _is_other_matter(reader: Understander, meaning: Understanding, request: Request) -> bool:
    """Is this plainly about something else than the request at hand?"""
    if meaning.is_request and request.sensitivity == "confidential":
        return bool(_SAYS_ANOTHER.match(meaning.text)) or stands_apart(meaning, request)
    if not meaning.is_request or request.type == "other" or not request.text:
        return False
    if _SAYS_ANOTHER.match(meaning.text):
        return True
    reading = reader.follow_up(request.text, meaning.text)
    if all(matter.type in (*request.types_all, "other") for matter in meaning.matters):
        return reading.chances[FollowUp.NEW] >= _SURE
    return meaning.urgency == "emergency" or reading.joins < following.GOES_ON


def _is_talk(threads: Sequence[Thread]) -> bool:
    """吃了没, right behind a request."""
    return bool(threads) and all(one.reading.chances[FollowUp.CHAT] >= _LIKELY for one in threads)


def _goes_on(thread: Thread, meaning: Understanding, text: str) -> bool:
    """Do these words go on about an open request, and may whoever knows of it hear them?"""
    if thread.reading.joins < following.GOES_ON or meaning.urgency == "emergency" or is_courtesy(text):
        return False
    if meaning.sensitivity == "confidential" and thread.request.sensitivity != "confidential":
        return False
    return len(meaning.matters) <= 1 and not _SAYS_ANOTHER.match(meaning.text)


async def _follow(visit: Visit, thread: Thread, text: str, meaning: Understanding) -> Outcome:
    """What he goes on about, with a tap for when that was a mistake."""
    desk, kind = visit.desk, thread.reading.kind
    request = await desk.session.requests.get(thread.request.number, to_change=True)
    assert request is not None  # noqa: S101  it was read just now
    if kind == FollowUp.URGE and request.holder and not says_no_hurry(text):
        return await pressing.urge(visit, request, text)
    can_part = request.state is not State.MERGED and request.sensitivity != "confidential"
    may_part = meaning.is_request and kind != FollowUp.DONE and can_part
    outcome = await add_to(visit, as_private_as(request, meaning), text, may_part=may_part)
    if kind == FollowUp.DONE:
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
    words = last.words if last and last.data.get(_MAY_PART) else ""
    rest = request.text.removesuffix(words).strip()
    if not words or not rest or rest == request.text:
        return None
    await desk.session.requests.save(replace(request, text=rest))
    desk.note(request, "supplement_taken_out", "resident")
    visit.stop_gathering()
    meaning = await _meaning_of(visit, words)
    return await _open_all(visit, words, replace(meaning, matters=meaning.matters or (OTHER_MATTER(clause=words),)))


def stands_apart(meaning: Understanding, secret: Request) -> bool:
    """Is this surely none of the confidential matter that was told before, so that others may hear of it?"""
    return any(_is_apart(matter, secret) for matter in meaning.matters)


def _is_apart(matter: Matter, secret: Request) -> bool:
    if matter.urgency != "emergency":
        return matter.sensitivity == "open" and matter.type in _EVERYDAY and matter.confidence >= _SURE
    if secret.urgency == "emergency":  # 他把我锁屋里了, 我被打晕了 are of it
        return matter.sensitivity == "open" and matter.emergency_kind in SEEN_BY_ALL
    return matter.emergency_kind not in _DONE_BY_PEOPLE


async def _no_request(visit: Visit, reader: Understander, text: str) -> Outcome:
    """Talk, or half a sentence: kept for the window, in case the other half comes."""
    visit.keep_draft(f"{visit.draft} {text}".strip())
    threads = await following.threads(visit, reader, text)
    held = [one for one in threads if one.request.holder and one.request.state is not State.MERGED]
    if not held:
        return _chat(visit)
    is_agreed = held[0].request.state is State.SCHEDULED and is_nod(text)
    if is_agreed or not (is_courtesy(text) or _is_talk(threads)):
        return await _pass_on(visit, held[0].request, text)
    if is_nod(text):
        visit.desk.answer("resident.nod")
        return Outcome(Fate.CHAT)
    return _chat(visit)


async def _pass_on(visit: Visit, request: Request, text: str) -> Outcome:
    """What is no request, and may matter to who works on one: 煤气我先关了, and 行 when a day was proposed."""
    desk = visit.desk
    await audience.pass_on(desk, request, text)
    desk.answer("resident.told_holder", number=request.number, holder=desk.name(request.holder))
    return Outcome(Fate.JOINED, request.number)


def _chat(visit: Visit) -> Outcome:
    visit.desk.answer("resident.chat")
    return Outcome(Fate.CHAT)


# ── opening ──────────────────────────────────────────────────────────────────────────────────────


async def _open_all(visit: Visit, text: str, meaning: Understanding) -> Outcome:
    """Each matter of a message becomes its own request, linked to the same talk."""
    matters = meaning.matters[:MAX_MATTERS]
    place, request = meaning.place, None
    visit.nothing_asked()
    for matter in matters:
        words = text if len(matters) == 1 else matter.clause
        request = await _open_one(visit, matter, words[:MAX_TEXT], place)
    assert request is not None  # noqa: S101  a request message has at least one matter
    return Outcome(Fate.OPENED, request.number)


async def _open_one(visit: Visit, matter: Matter, text: str, place: Place) -> Request:
    desk = visit.desk
    lane = place.lane or ("" if place.candidates else visit.resident.lane)
    request = begin_request(desk, visit.resident, matter, text, place_text=place.text, lane=lane)
    if lane and not visit.resident.lane and place.how in ("named", "household", "location"):
        visit.resident = replace(visit.resident, lane=lane)
    return await settle_place(visit, request, place)


async def settle_place(visit: Visit, request: Request, place: Place) -> Request:
    """Send a request on its way when it has a place; else ask for the place, and in an emergency do not wait for it."""
    desk = visit.desk
    neighbours = await merging.same_as(desk, request)
    if neighbours and merging.may_be_joined(request, *neighbours):
        return await _join_neighbours(visit, request, *neighbours)
    if request.lane or request.urgency == "emergency":
        request = await dispatch(desk, request)
        if neighbours:
            merging.hint(desk, request, *neighbours)
        confirm(visit, request)
        visit.gather_on(request)
        if request.lane:
            return request
    else:
        request = await keep(desk, request)
        visit.gather_on(request)
        desk.session.timers.set(Timer(request.number, TimerKind.GATHERING, desk.now + desk.settings.desk.gathering_cap))
    ask_place(visit, request, place)
    return request


async def _join_neighbours(visit: Visit, request: Request, root: Request, likeness: Likeness) -> Request:
    """What a neighbour has told already; a tap parts the two again."""
    desk = visit.desk
    if request.urgency == "emergency":
        desk.answers.insert(0, say(f"emergency.{request.emergency_kind or 'medical'}"))
    request = await merging.join_neighbours(desk, request, root, likeness)
    visit.gather_on(request)
    text = say(
        "resident.joined_neighbours",
        number=request.number,
        type=desk.type_name(request),
        root=root.number,
        holder=desk.name(root.holder),
        state=say(f"state.{root.state}"),
    )
    another = say("option.another")
    desk.answer_words(text, (another, another))
    return request


def ask_place(visit: Visit, request: Request, place: Place) -> None:
    desk = visit.desk
    lanes = place.candidates or _few_lanes(desk)
    choices = tuple((code, _lane_label(desk, code)) for code in lanes[:MAX_CHOICES])
    name = "resident.ask_place_choice" if choices else "resident.ask_place"
    if request.holder:  # an emergency is on its way already
        name = "resident.ask_place_now"
    visit.ask(Question.PLACE, request, say(name, number=request.number, type=desk.type_name(request)), choices)


def _few_lanes(desk: Desk) -> tuple[str, ...]:
    """A small place can offer all its lanes."""
    return tuple(lane.code for lane in desk.roster.lanes) if len(desk.roster.lanes) <= MAX_CHOICES else ()


def _lane_label(desk: Desk, code: str) -> str:
    """A lane's name, with its village's when the name alone does not tell."""
    lane = desk.roster.lane[code]
    unit = desk.roster.unit.get(lane.unit)
    is_shared = sum(other.name == lane.name for other in desk.roster.lanes) > 1
    return f"{unit.name}{lane.name}" if unit and is_shared else lane.name


async def _hear_place(visit: Visit, text: str) -> Outcome | None:
    """Is this the answer to 在哪儿? None when it is not."""
    desk, asked = visit.desk, visit.talk.question_request
    request = await desk.session.requests.get(asked, to_change=True) if asked else None
    if request is None or not request.state.is_open:
        visit.nothing_asked()
        return None
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    lane = _chosen(visit, text)
    meaning = reader.understand(text)
    place = Place(lane, (), text, "named", ()) if lane else meaning.place
    if not place.lane:
        whole = reader.understand(f"{request.place_text}{text}").place  # 石佛路 said before, 15号 now
        place = whole if whole.lane or not place.candidates else place
    if not place.lane and not place.candidates:
        await _keep_part_of_place(visit, request, meaning, text)
        return None
    if not lane and meaning.is_request and _is_other_matter(reader, meaning, request):
        return None
    return await take_place(visit, request, place, text)


async def _keep_part_of_place(visit: Visit, request: Request, meaning: Understanding, text: str) -> None:
    """Half an address: kept, in case the other half comes."""
    if not meaning.is_request and len(text) <= LONGEST_PART:
        await visit.desk.session.requests.save(replace(request, place_text=f"{request.place_text}{text}"[-60:]))


async def take_place(visit: Visit, request: Request, place: Place, text: str) -> Outcome:
    """The resident has said where it is."""
    desk = visit.desk
    desk.note(request, "place", "resident", words=text, lane=place.lane or "")
    if not place.lane:
        request = await desk.session.requests.save(replace(request, place_text=place.text or text))
        ask_place(visit, request, place)
        return Outcome(Fate.JOINED, request.number)
    visit.nothing_asked()
    if not visit.resident.lane:
        visit.resident = replace(visit.resident, lane=place.lane)
    unit = desk.roster.lane[place.lane].unit
    request = replace(
        request, lane=place.lane, unit=unit, place_text=text if len(text) <= LONGEST_PLACE else place.text
    )
    visit.gather_on(request)
    if request.state in (State.GATHERING, State.RECEIVED, State.DISPATCHED):
        request = await dispatch(desk, request)
        confirm(visit, request)
    else:
        await desk.session.requests.save(request)
        desk.answer("resident.joined", number=request.number)
    return Outcome(Fate.JOINED, request.number)


def _chosen(visit: Visit, text: str) -> str:
    """The offered lane that was tapped, or counted: 1 to 4."""
    choices = visit.talk.choices
    if text.strip().isdecimal() and 1 <= int(text) <= len(choices):
        return choices[int(text) - 1]
    return next(
        (code for code in choices if code in visit.desk.roster.lane and _lane_label(visit.desk, code) == text.strip()),
        "",
    )


# ── joining ──────────────────────────────────────────────────────────────────────────────────────


async def _join_words(visit: Visit, request: Request, text: str, meaning: Understanding) -> Outcome:
    """Further words to a request at hand; they may be the first that say what it is."""
    desk = visit.desk
    was_empty = request.state is State.GATHERING and not request.text
    request = replace(request, text=f"{request.text} {text}".strip()[:MAX_TEXT])
    is_worse = meaning.main is not None and meaning.urgency == "emergency" and request.urgency != "emergency"
    if meaning.main and (was_empty or request.type == "other" or is_worse):
        request = replace(described(request, meaning.main), sensitivity=request.sensitivity)
    request = as_private_as(request, meaning)
    desk.note(request, "supplement", "resident", words=text)
    if is_worse and request.lane and request.state is State.DISPATCHED:
        request = await dispatch(desk, request)
        confirm(visit, request)
        return Outcome(Fate.JOINED, request.number)
    if was_empty:
        visit.nothing_asked()
        request = replace(request, lane=request.lane or meaning.place.lane or visit.resident.lane)
        await settle_place(visit, request, meaning.place)
        return Outcome(Fate.JOINED, request.number)
    request = await desk.session.requests.save(request)
    await supplement_later(visit, request)
    return Outcome(Fate.JOINED, request.number)


async def supplement_later(visit: Visit, request: Request) -> None:
    """Tell the holder what was added once the resident has finished, not bit by bit; who speaks on for long after the
    first window does not put it off again and again."""
    desk = visit.desk
    visit.gather_on(request)
    timers = desk.session.timers
    is_set = visit.is_late_for(request) and TimerKind.WINDOW in [one.kind for one in await timers.of(request.number)]
    if request.state is not State.GATHERING and not is_set:
        await timers.cancel(request.number, [TimerKind.WINDOW])
        timers.set(Timer(request.number, TimerKind.WINDOW, visit.talk.gathering_until or desk.now))
    desk.answer("resident.joined", number=request.number)


async def add_to(visit: Visit, request: Request, text: str, *, may_part: bool = False) -> Outcome:
    """A supplement, explicit or not. `may_part`: he is offered to say that it is another matter."""
    if request.state is State.WAITING_REQUESTER:
        return await _requester_replies(visit, request, text)
    if request.state is State.MERGED:
        return await _add_to_merged(visit, request, text)
    request = replace(request, text=f"{request.text} {text}".strip()[:MAX_TEXT])
    visit.desk.note(request, "supplement", "resident", words=text, **({_MAY_PART: True} if may_part else {}))
    request = await visit.desk.session.requests.save(request)
    await supplement_later(visit, request)
    return Outcome(Fate.JOINED, request.number)


async def _add_to_merged(visit: Visit, request: Request, text: str) -> Outcome:
    """His words stay with his own request; whoever works on the common one hears them."""
    desk = visit.desk
    request = await desk.session.requests.save(replace(request, text=f"{request.text} {text}".strip()[:MAX_TEXT]))
    root = await audience.pass_on(desk, request, text, at_once=True)
    desk.answer("resident.passed_on", number=request.number, holder=desk.name(root.holder))
    return Outcome(Fate.JOINED, request.number)


async def _requester_replies(visit: Visit, request: Request, text: str) -> Outcome:
    """The answer to what the holder asked; the work goes on."""
    desk = visit.desk
    request = replace(request, text=f"{request.text} {text}".strip()[:MAX_TEXT])
    if lifecycle.can(request, Verb.REQUESTER_REPLIES):
        request = await step(desk, request, Verb.REQUESTER_REPLIES, "resident", words=text)
    else:
        request = await desk.session.requests.save(request)
        desk.note(request, "supplement", "resident", words=text)
    visit.nothing_asked()
    told = say("member.requester_replied", number=request.number, text=markdown_safe(shorten(text, 300)))
    desk.tell_member(request.holder, "supplement", told, request=request, at_once=True)
    desk.answer("resident.passed_on", number=request.number, holder=desk.name(request.holder))
    return Outcome(Fate.JOINED, request.number)


# ── pictures, voices, places ─────────────────────────────────────────────────────────────────────


async def hear_media(visit: Visit, message: Incoming) -> Outcome:
    """A picture, a voice nobody recognised, a video: kept with the request at hand, or the beginning of one."""
    desk = visit.desk
    request = await _at_hand(visit)
    if request is None:
        request = await open_request(desk, visit.resident, visit.draft, lane=visit.resident.lane)
        visit.gather_on(request)
        cap = desk.now + desk.settings.desk.gathering_cap
        desk.session.timers.set(Timer(request.number, TimerKind.GATHERING, cap))
        name = _what_is_it(desk, message)
        visit.ask(Question.MATTER, request, say(name, number=request.number))
        fate = Fate.OPENED
    else:
        fate = Fate.JOINED
        if request.state is State.GATHERING:
            visit.gather_on(request)
            desk.answer("resident.media_kept", number=request.number)
        else:
            await supplement_later(visit, request)
    pictures.keep(desk, request.number, message)
    desk.note(request, "media", "resident", kind=message.kind.value)
    return Outcome(fate, request.number)


def _what_is_it(desk: Desk, message: Incoming) -> str:
    if message.kind is not MessageKind.VOICE:
        return "resident.ask_matter"
    return "resident.voice_received" if desk.settings.voice.recogniser else "resident.ask_matter_voice"


async def _at_hand(visit: Visit) -> Request | None:
    """What a picture belongs to: what he is telling, what he was asked about, or the only thing he has open."""
    found = await _gathering(visit) or await _waiting_for_resident(visit)
    if found:
        return found
    mine = [one for one in await visit.desk.session.requests.open_of_resident(visit.resident.id) if one.holder]
    return await visit.desk.session.requests.get(mine[0].number, to_change=True) if len(mine) == 1 else None


async def hear_location(visit: Visit, message: Incoming) -> Outcome:
    """Where the resident is: the answer to 在哪儿, or the beginning of a request."""
    desk = visit.desk
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    here = (message.latitude or 0.0, message.longitude or 0.0)
    place = reader.understand(message.label, location=here).place
    asked = visit.talk.question_request if visit.talk.question is Question.PLACE else visit.talk.gathering
    request = await desk.session.requests.get(asked, to_change=True) if asked else None
    if request is None or not request.state.is_open:
        return await _begin_with_place(visit, place, message.label)
    if request.lane and request.state is not State.GATHERING:
        desk.note(request, "supplement", "resident", words=message.label)
        await supplement_later(visit, request)
        return Outcome(Fate.JOINED, request.number)
    if request.type == "other" and not request.text:
        request = await desk.session.requests.save(
            replace(request, lane=place.lane or request.lane, place_text=message.label)
        )
        visit.ask(Question.MATTER, request, say("resident.ask_matter", number=request.number))
        return Outcome(Fate.JOINED, request.number)
    if not place.lane and not place.candidates:
        desk.answer("resident.place_unknown")
        return Outcome(Fate.JOINED, request.number)
    return await take_place(visit, request, place, message.label)


async def _begin_with_place(visit: Visit, place: Place, label: str) -> Outcome:
    desk = visit.desk
    lane = place.lane or ""
    request = await open_request(desk, visit.resident, "", place_text=label, lane=lane)
    visit.gather_on(request)
    desk.session.timers.set(Timer(request.number, TimerKind.GATHERING, desk.now + desk.settings.desk.gathering_cap))
    visit.ask(Question.MATTER, request, say("resident.ask_matter", number=request.number))
    return Outcome(Fate.OPENED, request.number)


# ── what the resident is told ────────────────────────────────────────────────────────────────────


def confirm(visit: Visit, request: Request) -> None:
    """Number, type, who has been told, until when; in an emergency the number to call before anything else."""
    desk = visit.desk
    if request.urgency == "emergency":
        desk.answers.insert(0, say(f"emergency.{request.emergency_kind or 'medical'}"))
    desk.answer_words(confirmation(desk, request))


def confirmation(desk: Desk, request: Request) -> str:
    return say(
        _confirmation_name(desk, request),
        number=request.number,
        type=desk.type_name(request),
        holder=_holder_in_words(desk, request),
        due=desk.clock_time(request.due_first_response or desk.now),
        morning=desk.clock_time(desk.after_quiet()),
        already=say("told.soon" if _is_cut_off(desk, request) else "told.done"),
    )


def _is_cut_off(desk: Desk, request: Request) -> bool:
    """Is the way to the holder down just now? Then nobody has been told yet, and nothing else is said."""
    holder = desk.roster.member.get(request.holder)
    channel = Channel.WECOM_BOT if holder and holder.wecom_id else Channel.OFFICIAL_ACCOUNT
    return desk.house.lines.down_since(channel) is not None


def _holder_in_words(desk: Desk, request: Request) -> str:
    name = desk.name(request.holder) if request.holder else ""
    return f"{desk.lane_name(request.lane)}的{name}" if request.lane and name else name


def _confirmation_name(desk: Desk, request: Request) -> str:
    if not request.holder:
        return "resident.confirm_nobody"
    if request.urgency == "emergency":
        is_secret = request.sensitivity == "confidential"
        return "resident.confirm_emergency_alone" if is_secret else "resident.confirm_emergency"
    if request.sensitivity == "confidential":
        return "resident.confirm_confidential"
    if desk.after_quiet() > desk.now:
        return "resident.confirm_quiet"
    return "resident.confirm_private" if request.sensitivity == "private" else "resident.confirm"
