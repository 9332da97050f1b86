"""An emergency goes on: what its resident says next, and the ringing until somebody has taken it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from classifiers.places.spots import names_a_spot
from classifiers.reader.late import late
from classifiers.residents.continuations import attacker_left, comes_back, sounds_over
from classifiers.residents.follow_ups import FollowUp
from classifiers.residents.hushed import cannot_be_written_to
from classifiers.residents.put_right import right_door
from classifiers.understand import Understander, Understanding
from handlers.desk import Desk
from handlers.moves.dispatch import announce, called, listeners
from handlers.residents import confirming, following, intake, sense, whereabouts
from handlers.residents.visit import Visit, with_words
from handlers.rules.clocks import is_in_nobodys_hands
from handlers.rules.durations import Duration
from handlers.rules.masking import markdown_safe, shorten, without_cards
from handlers.telling import audience
from handlers.texts import say
from storage.outbox import ALARM
from storage.records import Fate, Outcome, Request, Timer, TimerKind

GOES_ON = timedelta(hours=2)  # so long what its resident says is about the emergency
MAY_COME_BACK = timedelta(days=2)  # so long 又来了 is
RINGS = 10  # calls in a row, as often as the configuration says
SLOWEST = timedelta(minutes=30)  # between two calls, however long nobody has come
SAME_MOMENT = timedelta(seconds=30)
CALMER = Duration(timedelta(minutes=30))  # between two calls, once he has said that it is over
NEEDS_A_LOOK = frozenset({"self_harm", "violence"})  # no word from that phone alone ends them
_SLIP = late(r"(?:刚才?|我|是)*[说打输写发报弄搞]错了?")
_CANNOT_CALL = late(
    r"(?:帮|替|给)(?:我|俺|忙)?.{0,4}打.{0,3}(?:120|119|110|电话|一二零|幺二零)|(?:打不了|不会打|没法打|打不出|不敢打|不能打).{0,3}电话|电话.{0,4}(?:打不了|打不出|不会打|没话费|停机|咋打|怎么打)|"
    r"(?:120|119|110).{0,3}(?:咋打|怎么打|打不通)|没话费|不敢出声"
)
_END = r"[了啊呀呢吧哦嘛么,，。!！?？\s]*"
_ASKS_WHO_COMES = late(
    rf"(?:现在|到底|那|这|,)?(?:是|有)?(?:谁|哪位|什么人|几个人|有没有人|有人)(?:要|会|能|在)?(?:来|去|到|过来|接|往这)(?:管|看|救)?{_END}|"
    rf"(?:人|师傅|他们?|你们?|救护车)?(?:现在|都)?(?:走)?到(?:哪儿?|哪里|什么地方){_END}|"
    rf"(?:人|师傅|他们?|你们?)?(?:还要|还得|大概|要)?(?:多久|多长时间|几分钟|什么时候|啥时候|几点)(?:能|才)?(?:到|来){_END}|"
    rf"(?:人|师傅|他们?|你们?)?(?:快)?(?:来了|到了|出发了?|在路上)(?:吗|没有?|么){_END}"
)
_ASKS_WHAT_TO_DO = late(r"(?:怎么|咋)(?:办|整|弄|做|救)|该做(?:啥|什么)")
_ONLY_ASKS_THAT = late(
    rf"(?:我们?|俺们?|这|那|现在|可|该|要|得|到底|接下来|应该|先|[,，\s])*(?:怎么|咋)(?:办|整|弄|做|救)(?:才好)?{_END}"
)
_IS_RELIEVED = late(
    r"(?>那就好|那行|那好|那就行|太好了|好在|谢天谢地|没事就好|人没事就行|不怕了|您忙|你忙|(?:我|我们)?等着|"
    r"(?:这下|总算|可算|可|就|都|我|我们|心里){0,3}(?:放心|踏实|安心)了?|"
    r"(?:刚才|可|真|真是|都|把|差点|快){0,3}(?:我|我们|全家|孩子)?(?:吓|急)(?:死|坏|着)(?:我|人|我们|孩子)?了|"
    r"(?:真是?|太|可|又|给|哎|唉){0,3}(?:多谢|谢谢|感谢|麻烦|辛苦|多亏)(?:你们?|您|大家|师傅|孩子|小伙子|闺女|同志|大哥|大姐|书记|各位|了){0,3}|"
    r"嗯|哦|好的?|行|哎|唉|[了啊呀吧,，。!！\s])++"
)
_SURELY_NEW = 0.9  # chance from which words so near to an emergency are believed to be another matter
_BY_HIM = late("[让叫被给][他她]|[他她](?:又|还|都|也)?[把给砸摔打踹掀]")
_CAN_BE_MENDED = frozenset({"repair", "public_facility", "environment"})
_WITH_YOU = ("resident.with_you", "resident.with_you_still", "resident.with_you_here")
_OVER = "over"  # in the journal, of words after which nobody need run


async def at_hand(visit: Visit, text: str) -> Request | None:
    """His own emergency that still goes on, comes back or is over at last: 又开始了,比刚才还冲, hours after the gas was
    shut; 没事了 住上院了, hours after the ambulance came."""
    for one in await visit.desk.session.requests.open_of_resident(visit.resident.id):
        started = one.dispatched_at
        if one.urgency != "emergency" or not started:
            continue
        is_of_it = comes_back(text) or (sounds_over(text) and await following.named(visit, text) in (None, one.number))
        if visit.now - started <= (MAY_COME_BACK if is_of_it else GOES_ON):
            return await visit.desk.session.requests.get(one.number, to_change=True)
    return None


@dataclass(frozen=True)
class _Said:
    """What further words are to an emergency."""

    is_another: bool  # a matter of its own besides
    is_back: bool  # what seemed over is not
    is_over: bool
    kind: str  # of a danger that all must hear of, "" when there is none


async def go_on(visit: Visit, request: Request, text: str, *, is_withdrawn: bool) -> Outcome | None:
    """Told at once to who has taken it, or to all who were called; of a new danger all hear again. 算了 calls nobody
    off: 算了,房子都烧没了. None when it is a matter for other ears, or one of its own besides."""
    desk = visit.desk
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    meaning = reader.understand(text)
    knows_the_way = request.accepted_at and request.place_text
    if not knows_the_way and (moved := await whereabouts.place_corrected(visit, text, meaning)):
        return moved
    request = await desk.session.requests.get(request.number, to_change=True) or request  # with the door just told
    is_secret = request.sensitivity == "confidential"
    if is_secret and meaning.urgency == "emergency" and sense.stands_apart(meaning, request):
        return None  # a house on fire is no secret, whatever was told before it
    is_calm, is_complaint = meaning.urgency != "emergency", meaning.type == "suggestion"
    if is_complaint and is_calm and meaning.sensitivity == "confidential" != request.sensitivity:
        return None  # 上个月跟我要了两条烟 is nothing for those who run
    if _IS_RELIEVED.fullmatch(text.strip()):
        desk.answer("resident.emergency_nod", number=request.number)
        return Outcome(Fate.CHAT, request.number)
    if await _is_left_to_mend(desk, request, meaning, text):
        return await intake.hear_apart(visit, text)
    rest = _but_for_the_slip(meaning, text)
    said = _said(reader, meaning, request, rest, is_withdrawn=is_withdrawn and rest == text)
    if not said.is_another:
        request = with_words(request, text)
        request = await desk.session.requests.save(sense.as_private_as(request, meaning))
    desk.note(request, "resident_words", "resident", words=text, **({_OVER: True} if said.is_over else {}))
    _tell(desk, request, text, everybody=bool(said.kind))
    return None if said.is_another else await _answered(desk, request, said, text)


def _but_for_the_slip(meaning: Understanding, text: str) -> str:
    """说错了 是15号 puts the door right, and takes back nothing of what happens behind it."""
    names_door = meaning.place.how == "named" and any(map(str.isdigit, meaning.place.text))
    return _SLIP.sub("", text) if names_door or right_door(text) else text


def _said(reader: Understander, meaning: Understanding, request: Request, text: str, *, is_withdrawn: bool) -> _Said:
    is_another = _is_another(reader, meaning, request)
    is_back = comes_back(text) and not is_another
    has_left = request.emergency_kind == "violence" and attacker_left(text)
    is_over = not is_back and meaning.urgency != "emergency" and (is_withdrawn or sounds_over(text) or has_left)
    kind = request.emergency_kind if is_back else _another_kind(meaning, request)
    return _Said(is_another, is_back, is_over, kind)


async def _answered(desk: Desk, request: Request, said: _Said, text: str) -> Outcome:
    """What the resident hears, and how the ringing goes on."""
    if said.is_over:
        await _ring_less(desk, request)
        cancel = f"撤销{request.number}"
        desk.answer("resident.emergency_over", (cancel, cancel), number=request.number)
    elif request.emergency_kind == "violence" and cannot_be_written_to(text):
        await _ring_soon(desk, request)
        _hush(desk, request)
    elif _CANNOT_CALL.search(text) and not request.accepted_at:
        desk.answer("resident.cannot_call", number=request.number)
    else:
        if said.kind:
            desk.answer_words(confirming.call_first(said.kind, request.text if said.is_back else text))
        elif _ASKS_WHAT_TO_DO.search(text):
            desk.answer_words(confirming.call_first(request.emergency_kind, request.text))
        await _ring_soon(desk, request)
        if _ASKS_WHO_COMES.fullmatch(text.strip()):
            _say_who_comes(desk, request)
            return Outcome(Fate.JOINED, request.number)
        desk.answer(await _goes_on_as(desk, request), number=request.number)
    return Outcome(Fate.JOINED, request.number)


async def _goes_on_as(desk: Desk, request: Request) -> str:
    """The sentence for further words. Who speaks of his own death is told each time otherwise that he is heard."""
    if request.emergency_kind == "self_harm" and not confirming.is_of_another(request.text):
        entries = await desk.session.journal.of(request.number)
        said = sum(entry.kind == "resident_words" for entry in entries)
        return _WITH_YOU[(said - 1) % len(_WITH_YOU)]
    return "resident.emergency_words" if request.accepted_at else "resident.emergency_called_again"


def _hush(desk: Desk, request: Request) -> None:
    """Who runs must know; the answer says nothing that may not be read by another."""
    desk.note(request, audience.HUSH, "resident")
    told = say("member.hushed", number=request.number)
    for code in called(desk, request):
        desk.tell_member(code, "supplement", told, request=request, urgent=True)
    desk.answer("resident.hushed")


def _say_who_comes(desk: Desk, request: Request) -> None:
    if request.accepted_at:
        when = desk.clock_time(request.accepted_at)
        desk.answer("resident.emergency_comes", number=request.number, name=desk.name(request.holder), when=when)
    else:
        first = confirming.call_first(request.emergency_kind, request.text)
        desk.answer("resident.nobody_yet_emergency", number=request.number, call_first=first)


async def _is_left_to_mend(desk: Desk, request: Request, meaning: Understanding, text: str) -> bool:
    """电梯还得修啊, once they are out of it: a repair like any other, for which nobody need run."""
    is_calm = bool(meaning.matters) and meaning.urgency != "emergency" and meaning.sensitivity == "open"
    if not is_calm or comes_back(text) or sounds_over(text) or meaning.type not in _CAN_BE_MENDED:
        return False
    return request.sensitivity != "confidential" and await _was_said_to_be_over(desk, request)


def _another_kind(meaning: Understanding, request: Request) -> str:
    """It burns, and now somebody has fainted."""
    is_sure = meaning.main is not None and not meaning.main.is_faint
    kind = meaning.emergency_kind or ""
    return kind if is_sure and kind != request.emergency_kind else ""


def _tell(desk: Desk, request: Request, text: str, *, everybody: bool) -> None:
    """Who has taken it, or all who were called; `everybody` who might come, though somebody has."""
    told = say("member.emergency_words", number=request.number, text=markdown_safe(shorten(without_cards(text), 300)))
    more = listeners(desk, request, everybody=True, in_group=False) if everybody else ()
    for code in dict.fromkeys((*called(desk, request), *more)):
        desk.tell_member(code, "supplement", told, request=request, urgent=True)


def _is_another(reader: Understander, meaning: Understanding, request: Request) -> bool:
    """对了,路灯不亮了 is a request of its own; 电梯坏了 too, though those who run must hear it as well. Beside a secret
    only what surely has nothing to do with it: 家里灯也让他砸了 has."""
    is_secret = request.sensitivity == "confidential"
    if is_secret and (_BY_HIM.search(meaning.text) or not sense.stands_apart(meaning, request)):
        return False
    if _ONLY_ASKS_THAT.fullmatch(meaning.text.strip()) or names_a_spot(meaning.text):
        return False  # 我该咋办啊 is asked of the danger, 石桥底下 is where it is
    is_calm = bool(meaning.matters) and meaning.urgency != "emergency" and meaning.sensitivity == "open"
    return is_calm and reader.follow_up(request.text, meaning.text).chances[FollowUp.NEW] >= _SURELY_NEW


async def _ring_less(desk: Desk, request: Request) -> None:
    """Everybody was called at once: nobody is told by and by that nobody came, when nobody need run."""
    if request.accepted_at or not request.ladder or request.emergency_kind in NEEDS_A_LOOK:
        return
    await desk.session.requests.save(replace(request, escalation_level=request.ladder[-1].level))
    await desk.session.timers.cancel(request.number, [TimerKind.CHASE])


async def _ring_soon(desk: Desk, request: Request) -> None:
    """It was said to be over, and is not: the next call waits no longer than it did at first."""
    repeat = desk.settings.clocks[request.urgency].repeat
    waiting = [one for one in await desk.session.timers.of(request.number) if one.kind is TimerKind.REPEAT]
    soon = desk.house.calendar.add(desk.now, repeat) if repeat else None
    if soon and waiting and waiting[0].due_at > soon:
        await desk.session.timers.cancel(request.number, [TimerKind.REPEAT])
        desk.session.timers.set(replace(waiting[0], due_at=soon))


async def repeat(desk: Desk, timer: Timer, request: Request) -> None:
    """An emergency nobody has taken: everybody again, until somebody does. Once it is said to be over only the holder
    is asked to look, and not every few minutes."""
    if not is_in_nobodys_hands(request):
        return
    is_over = await _is_said_to_be_over(desk, request)
    if is_over:
        text = say("member.look_once", number=request.number)
        desk.tell_member(request.holder, f"{ALARM}{timer.step}", text, request=request, urgent=True)
    else:
        announce(desk, request, kind=f"{ALARM}{timer.step}", above=how_long(desk, request))
    desk.note(request, "repeat", "desk", round=timer.step)
    every = CALMER if is_over else next_ring(desk.settings.clocks[request.urgency].repeat, timer.step)
    if every:
        again = desk.house.calendar.add(desk.now, every)
        desk.session.timers.set(Timer(request.number, TimerKind.REPEAT, again, timer.step + 1))


def how_long(desk: Desk, request: Request) -> str:
    """等了3分钟, over the card that rings again: each hears both in one message."""
    return say("member.rings_again", waited=desk.time_since(request.dispatched_at or request.created_at))


async def rings_now(desk: Desk, request: Request) -> bool:
    """Is this the moment at which everybody is called again anyway?"""
    if desk.settings.clocks[request.urgency].repeat is None:
        return False
    about_now = desk.now + SAME_MOMENT
    if any(
        one.kind is TimerKind.REPEAT and one.due_at <= about_now for one in await desk.session.timers.of(request.number)
    ):
        return True
    entries = await desk.session.journal.of(request.number)
    return any(one.kind == "repeat" and desk.now - one.at <= SAME_MOMENT for one in entries)


def next_ring(every: Duration | None, rung: int) -> Duration | None:
    """As often as the configuration says at first, then slower: a night of the same card deafens whoever hears it."""
    if every is None or rung < RINGS or every.length >= SLOWEST:
        return every
    return every.times(min(2 ** (rung - RINGS + 1), SLOWEST / every.length))


async def _is_said_to_be_over(desk: Desk, request: Request) -> bool:
    return request.emergency_kind not in NEEDS_A_LOOK and await _was_said_to_be_over(desk, request)


async def _was_said_to_be_over(desk: Desk, request: Request) -> bool:
    said = [entry for entry in await desk.session.journal.of(request.number) if entry.kind == "resident_words"]
    return bool(said) and bool(said[-1].data.get(_OVER))
