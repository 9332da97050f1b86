"""在哪儿? A place is asked for, answered, and put right."""

from __future__ import annotations

from dataclasses import replace

from classifiers.places.finding import Place
from classifiers.places.spots import names_a_spot, urges
from classifiers.reader.late import late
from classifiers.reader.segment import normalise
from classifiers.residents.put_right import as_place, right_door, says_home, scanned_wrong, with_door, without_denied
from classifiers.understand import Understander, Understanding
from handlers.desk import Desk
from handlers.members import relocating, rights
from handlers.moves.dispatch import dispatch
from handlers.residents import adding, confirming, sense
from handlers.residents.visit import Visit, with_words
from handlers.residents.withdrawal import nobody_has_heard
from handlers.rules import lifecycle, routing
from handlers.rules.lifecycle import Verb
from handlers.texts import say
from storage.records import Fate, Outcome, Question, Request, Resident, State

_WRONG_PLACE = late(
    r"(?:[说写发填报选定派弄搞](?:的|得)?|地[址点方]|位置|胡同|楼号?|门牌)(?:都|全)?[错不](?:了|对|是)|不是(?:那|这)[个条里]"
    r"|^(?:[哦噢喔啊呀哎唉诶嗯呃][,。 ]*){0,4}不[对是],?|^(?:搞|弄|说)?错了|[打输]错了?|我(?:们|家)?(?:不|没)(?:在|住)"
)
_RIGHT_PLACE = late(r"(?:[,。 ]|^)[^,。 ]{0,4}?(?:是|住|在)(?:在)?([^,。 不]{2,30})[。!]?$")
_ONLY_WHERE = late(
    r"(?:[她他它我俺咱您你们妈爸娘爹姐哥弟妹姨叔婆公奶爷姥家就是在住的那这边头儿里口,。!\s\d号楼院门单元室哦噢哎呀]|应该|其实|原来|好像|老人|老伴|一个人|地址|门口|楼下|旁边|对面|附近|人)*"
)
_WHAT_IS_THERE = late(r"的[^\d]*$")  # 水井胡同的路灯
_OF_TWO = frozenset({"dispute", "suggestion"})  # in which there is another party, who lives somewhere too
_OF_HIM = late(
    "^(?:那|那个|,)*(?:[他她]|对方|人家|那[人家]|隔壁|对门|邻居)|(?<!我)(?:[他她]|[哥弟姐妹嫂媳婿儿]|邻居|对门)(?:们)?(?:家)?(?:就)?(?:是|住|在)"
)
_NUMBER = late(r"\d|[一二三四五六七八九十]+[号栋幢座单]")
MAX_CHOICES = 4  # tappable answers in one question
LONGEST_PLACE = 60  # characters of an answer to 在哪儿 that are kept as they were said
LONGEST_PART = 20  # characters of what may be half an address


def greet(desk: Desk, resident: Resident) -> None:
    """The first words to somebody who follows or scans."""
    lane = desk.roster.lane.get(resident.lane)
    holders = routing.answerable(desk.roster, lane.code, lane.unit, desk.today) if lane else ()
    if lane and holders:
        desk.answer("resident.welcome_lane", lane=lane.name, holder=desk.name(holders[0]), desk=desk.settings.desk.name)
    else:
        desk.answer("resident.welcome", desk=desk.settings.desk.name)


def ask_home(visit: Visit) -> None:
    """您住哪儿? asked once of somebody whose sign we do not know, unless something else waits for his answer."""
    if visit.talk.question is Question.NONE and visit.talk.question_request is None:
        choices = tuple((code, _lane_label(visit.desk, code)) for code in _few_lanes(visit.desk))
        visit.ask(Question.PLACE, None, say("resident.ask_home"), choices)


def was_asked_home(visit: Visit) -> bool:
    return visit.talk.question is Question.PLACE and visit.talk.question_request is None


def lives_in(visit: Visit, lane: str) -> Outcome:
    """He has said where he lives; from now on it is known."""
    visit.nothing_asked()
    visit.resident = replace(visit.resident, lane=lane)
    greet(visit.desk, visit.resident)
    return Outcome(Fate.ANSWERED, reason="home told")


async def _hear_home(visit: Visit, text: str) -> Outcome | None:
    """His lane is the answer; anything else is heard as ever."""
    reader = await visit.desk.house.understanding.reader(visit.desk.roster, visit.desk.session)
    chosen, meaning = _chosen(visit, text), reader.understand(text)
    lane = chosen or ("" if meaning.is_request else meaning.place.lane)
    visit.nothing_asked()
    return lives_in(visit, lane) if lane else None


def ask_place(visit: Visit, request: Request, place: Place) -> None:
    desk = visit.desk
    lanes = place.candidates or _few_lanes(desk)
    name = "resident.ask_place_choice" if lanes else "resident.ask_place"
    own = visit.resident.lane
    if not lanes and own in desk.roster.lane:  # a street that no roster knows may be the back of his own lane
        lanes = (own,)
    choices = tuple((code, _lane_label(desk, code)) for code in lanes[:MAX_CHOICES])
    if request.holder:  # it is on its way already
        name = "resident.ask_place_now" if request.urgency == "emergency" else "resident.ask_place_again"
    text = say(name, number=request.number, type=desk.type_name(request))
    if place.text and place.lane is None and not place.candidates and request.urgency != "emergency":
        text = say("resident.place_not_ours", place=place.text) + "\n" + text
    visit.ask(Question.PLACE, request, text, choices)


def _few_lanes(desk: Desk) -> tuple[str, ...]:
    """A small place can offer all its lanes."""
    return tuple(lane.code for lane in desk.roster.lanes) if len(desk.roster.lanes) <= MAX_CHOICES else ()


def _lane_label(desk: Desk, code: str) -> str:
    """A lane's name, with its village's when the name alone does not tell."""
    lane = desk.roster.lane[code]
    unit = desk.roster.unit.get(lane.unit)
    is_shared = sum(other.name == lane.name for other in desk.roster.lanes) > 1
    return f"{unit.name}{lane.name}" if unit and is_shared else lane.name


async def hear_place(visit: Visit, text: str) -> Outcome | None:
    """Is this the answer to 在哪儿? None when it is not."""
    if was_asked_home(visit):
        return await _hear_home(visit, text)
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
    if not lane and meaning.is_request and sense.is_other_matter(reader, meaning, request):
        return None
    return await take_place(visit, request, place, text)


async def scanned(visit: Visit, lane: str) -> Outcome | None:
    """在哪儿? is answered by the sign's code as well; None when nothing was asked."""
    asked = visit.talk.question_request if visit.talk.question is Question.PLACE else None
    request = await visit.desk.session.requests.get(asked, to_change=True) if asked else None
    if request is None or not request.state.is_open or request.lane:
        return None
    return await take_place(visit, request, Place(lane, (), visit.desk.lane_name(lane), "named", ()), "")


async def _keep_part_of_place(visit: Visit, request: Request, meaning: Understanding, text: str) -> None:
    """Half an address: kept, in case the other half comes."""
    if text in request.place_text or len(text) > LONGEST_PART:
        return
    if names_a_spot(text) or not (meaning.is_request or urges(text)):
        part = f"{request.place_text}{as_place(text)}"[-60:]
        await visit.desk.session.requests.save(replace(request, place_text=part))


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
    if request.holder and request.lane not in ("", place.lane) and lifecycle.can(request, Verb.REDIRECT):
        visit.resident = replace(visit.resident, lane=place.lane)  # asked behind 错了 我家在…
        return await _moved_to(visit, request, place.lane, text or place.text, is_wrong=True) or Outcome(Fate.JOINED)
    unit = desk.roster.lane[place.lane].unit
    before, is_unheard_of = request, await nobody_has_heard(desk, request)
    words = as_place(text) if 0 < len(text) <= LONGEST_PLACE else place.text
    if request.place_text and request.place_text in request.text:  # where it is not stands in what was told
        request = with_words(request, text)
    request = replace(request, lane=place.lane, unit=unit, place_text=words)
    visit.gather_on(request)
    if request.state in (State.GATHERING, State.RECEIVED, State.DISPATCHED):
        request = await dispatch(desk, request)
        if not is_unheard_of:
            relocating.tell_it_moved(desk, before, request)
        confirming.confirm(visit, request)
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


def says_where(text: str, meaning: Understanding) -> bool:
    """她家在水井胡同10号, and nothing else: where it is, said in a second sentence."""
    place = meaning.place
    if place.how not in ("named", "household") or not place.lane or not place.text:
        return False
    return bool(_ONLY_WHERE.fullmatch(normalise(text).replace(normalise(place.text), "", 1)))


async def place_corrected(visit: Visit, text: str, meaning: Understanding) -> Outcome | None:
    """说错了，是石佛路15号: the last request goes to the people of the right place; the door alone is put right where
    it stands. Where the other party of a quarrel lives moves nothing."""
    request = await _last_held(visit)
    is_of_two = request is not None and request.type in _OF_TWO
    if is_of_two and _OF_HIM.search(normalise(text)):
        return None
    if is_of_two and request is not None and not request.place_text and right_door(text):
        return None  # 说错了 是10号, behind 他住8号
    if request is not None and (door := right_door(text)):
        return await _door_corrected(visit, request, door, text)
    reader = await visit.desk.house.understanding.reader(visit.desk.roster, visit.desk.session)
    rest, denied = without_denied(text)
    is_denied = bool(denied) and _is_a_place(visit.desk, reader, denied)
    if is_denied:
        text, meaning = rest, reader.understand(rest)
    is_wrong = is_denied or bool(_WRONG_PLACE.search(text)) or scanned_wrong(text)
    if not is_wrong and not says_where(text, meaning):
        return None
    right = _RIGHT_PLACE.search(text)
    place = reader.understand(right[1]).place if right else meaning.place
    if is_wrong and says_home(text) and place.is_open and request is not None and lifecycle.can(request, Verb.REDIRECT):
        outcome = await adding.add_to(visit, request, text)
        ask_place(visit, request, place)
        return outcome
    lane = place.lane if place.how in ("named", "household") else None
    if lane is None:
        return None
    if scanned_wrong(text) or (is_wrong and says_home(text)):
        visit.resident = replace(visit.resident, lane=lane)
        if request is None:
            return lives_in(visit, lane)
    words = _WHAT_IS_THERE.sub("", as_place(right[1])) if right else place.text or as_place(text)
    if is_wrong and request is not None and request.lane == lane and _names_other_door(words, request):
        return await _put_right(visit, request, words, text)
    return await _moved_to(visit, request, lane, words, is_wrong=is_wrong) if request else None


def _is_a_place(desk: Desk, reader: Understander, words: str) -> bool:
    """槐荫胡同, or how people call it for short: 槐荫, 槐荫那边."""
    short = words.removesuffix("那边").removesuffix("那儿")
    return bool(reader.understand(words).place.lane) or any(one.name.startswith(short) for one in desk.roster.lanes)


async def _last_held(visit: Visit) -> Request | None:
    """The last of his that somebody has."""
    mine = [one for one in await visit.desk.session.requests.open_of_resident(visit.resident.id) if one.holder]
    return await visit.desk.session.requests.get(mine[-1].number, to_change=True) if mine else None


async def _moved_to(visit: Visit, request: Request, lane: str, words: str, *, is_wrong: bool) -> Outcome | None:
    """None when it is of that lane already, or cannot go anywhere any more."""
    desk = visit.desk
    if request.lane == lane and is_wrong and request.place_text:
        desk.answer("resident.place_is_right", number=request.number, place=request.place_text)
        return Outcome(Fate.ANSWERED, request.number)
    if request.lane == lane and not request.place_text:  # 中心街3号, behind 水龙头滴水
        await desk.session.requests.save(replace(request, place_text=words[:LONGEST_PLACE]))
    if request.lane == lane or not lifecycle.can(request, Verb.REDIRECT):
        return None
    if request.urgency == "emergency" and request.accepted_at:  # who runs there knows the way; who is near hears too
        return None
    request = await relocating.relocate(desk, "resident", request, lane, words)
    visit.gather_on(request)
    confirming.confirm(visit, request)
    return Outcome(Fate.JOINED, request.number)


async def _door_corrected(visit: Visit, request: Request, door: str, text: str) -> Outcome | None:
    """说错了 是18号: of the street that was told; whoever works on it hears it."""
    reader = await visit.desk.house.understanding.reader(visit.desk.roster, visit.desk.session)
    told = reader.understand(request.text).place
    place_text = with_door(request.place_text or told.text, door)
    lane = reader.understand(place_text, known_lane=request.lane or None).place.lane
    if lane and lane != request.lane and (moved := await _moved_to(visit, request, lane, place_text, is_wrong=True)):
        return moved
    return await _put_right(visit, request, place_text, text)


def _names_other_door(words: str, request: Request) -> bool:
    """我住中心街15号,刚才说错了, of what was told of 中心街9号."""
    return bool(request.place_text and _NUMBER.search(words)) and normalise(words) not in normalise(request.place_text)


async def _put_right(visit: Visit, request: Request, place_text: str, text: str) -> Outcome | None:
    """The door alone changes. While an alarm rings it is only kept: everybody who was called hears the words at once,
    as any others of his."""
    request = replace(request, place_text=place_text[:LONGEST_PLACE])
    if rights.is_burning(request):
        await visit.desk.session.requests.save(request)
        return None
    outcome = await adding.add_to(visit, request, text)
    visit.desk.answer("resident.place_changed", number=request.number, place=place_text)
    return outcome
