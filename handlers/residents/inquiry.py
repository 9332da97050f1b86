"""A resident's short commands: 进度, 催, 补充, 撤销, 人工, 帮助, 我的资料, 删除我的资料."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from classifiers.requests.openings import is_opening
from classifiers.residents.wishes import SpokenWish, Wish
from classifiers.times.promises import read_when
from handlers.desk import Desk
from handlers.members import binding, resting
from handlers.moves import merging
from handlers.moves.dispatch import begin_request, called, dispatch
from handlers.residents import anew, confirming, intake, pressing, privacy, rating
from handlers.residents.visit import Visit
from handlers.residents.withdrawal import withdraw
from handlers.rules.lifecycle import Verb
from handlers.rules.masking import for_group, markdown_safe, shorten
from handlers.telling import audience
from handlers.telling.agreed import agreed_on
from handlers.texts import say
from handlers.watching import alarms
from storage.records import Fate, Outcome, Request, State

Handler = Callable[[Visit, SpokenWish], Awaitable[Outcome | None]]

MOST_URGED = 3
WHICH_CANCEL = "which to withdraw"
LISTED = 5  # requests in one answer
LONGEST_NEWS = 80  # signs
_NEWS = frozenset({Verb.START, Verb.SCHEDULE, Verb.ASK_REQUESTER})  # moves whose words the resident was told
_ANEW = frozenset({Verb.DISPATCH, Verb.RETURN, Verb.REDIRECT, Verb.REOPEN, Verb.SUSPEND, Verb.RESTORE, "pass_on"})


async def obey(visit: Visit, spoken: SpokenWish) -> Outcome | None:
    """Do what the words command; None when, as the talk stands, they are no command after all."""
    return await HANDLERS[spoken.wish](visit, spoken)


async def _mine(visit: Visit, spoken: SpokenWish, *, only_open: bool = True) -> list[Request]:
    """The requests meant: the one numbered, if it is his own, else all of his. One that was merged counts as open."""
    requests = visit.desk.session.requests
    if only_open:
        mine = await requests.open_of_resident(visit.resident.id)
        mine = sorted((*mine, *await requests.merged_of_resident(visit.resident.id)), key=lambda one: one.number)
    else:
        mine = await requests.of_resident(visit.resident.id)
    return [one for one in mine if one.number == spoken.number] if spoken.number is not None else mine


async def _none_of_yours(visit: Visit, spoken: SpokenWish) -> Outcome:
    """A link of long ago may be of what is over by now."""
    ended = await _mine(visit, spoken, only_open=False) if spoken.number is not None else []
    if ended and ended[0].state is State.CANCELLED:
        visit.desk.answer("resident.cancelled_already", number=spoken.number)
    elif ended and ended[0].state in (State.CLOSED, State.DECLINED):
        visit.desk.answer("resident.over_already", number=spoken.number, state=say(f"state.{ended[0].state}"))
    elif spoken.number is not None:
        visit.desk.answer("resident.not_yours", number=spoken.number)
    else:
        visit.desk.answer("resident.nothing_open")
    return Outcome(Fate.ANSWERED)


async def _status(visit: Visit, spoken: SpokenWish) -> Outcome:
    mine = await _mine(visit, spoken, only_open=spoken.number is None)
    if not mine:
        mine = (await _mine(visit, SpokenWish(Wish.STATUS), only_open=False))[-1:] if spoken.number is None else []
    if not mine:
        return await _none_of_yours(visit, spoken)
    return await tell_how_they_stand(visit, mine)


async def tell_how_they_stand(visit: Visit, mine: Sequence[Request]) -> Outcome:
    lines = [line for request in mine[-LISTED:] for line in await _status_lines(visit.desk, request)]
    if len(mine) > LISTED:
        lines.append(say("resident.more_requests", count=len(mine) - LISTED))
    visit.desk.answer_words("\n".join(lines))
    return Outcome(Fate.ANSWERED, mine[-1].number)


async def _status_lines(desk: Desk, request: Request) -> Sequence[str]:
    """One request in a resident's words, with what was last said about it; one that was merged stands where its root
    stands."""
    root = await audience.root_of(desk, request)
    line = status_line(desk, replace(root, number=request.number, created_at=request.created_at))
    if root.number != request.number:
        line = say("resident.status_merged", line=line, root=root.number)
    news, agreed = await _last_news(desk, request, root), await agreed_on(desk, root)
    told = [say("resident.status_agreed", when=agreed)] if agreed and not any(agreed in one for one in news) else []
    extended = [say("resident.status_extended", until=desk.clock_time(until)) for until in await _extended(desk, root)]
    reason = await resting.reason_of(desk, root)
    if root.number != request.number:
        reason = for_group(reason)
    rests = [say("resident.status_rests", reason=markdown_safe(shorten(reason, LONGEST_NEWS)))] if reason else []
    return (line, *rests, *news, *told, *extended)


async def _extended(desk: Desk, request: Request) -> Sequence[datetime]:
    """Until when it was put off with the secretary's consent, as the resident was told; nothing once that is over."""
    until = request.due_resolution
    if until is None or until <= desk.now or not request.state.is_open:
        return ()
    granted = [one for one in await desk.session.journal.of(request.number) if one.kind == "grant"]
    is_so = bool(granted) and datetime.fromisoformat(granted[-1].data["until"]) == until
    return (until,) if is_so else ()


async def _last_news(desk: Desk, request: Request, root: Request) -> Sequence[str]:
    """在路上, 明天下午来: what who works on an open request last had told to this resident, if it still stands."""
    journal = await desk.session.journal.of(root.number)
    start = max((place for place, entry in enumerate(journal) if entry.kind in _ANEW), default=-1)
    heard, since = _NEWS, request.created_at
    if request.number != root.number:  # what was asked of a neighbour, or told before he came, is not his
        heard = _NEWS - {Verb.ASK_REQUESTER}
        own = await desk.session.journal.of(request.number)
        since = max((entry.at for entry in own if entry.kind == Verb.MERGE), default=desk.now)
    told = [one for one in journal[start + 1 :] if one.kind in heard and one.words and one.at >= since]
    if not told or not root.state.is_open:
        return ()
    last = told[-1]
    at = last.at.astimezone(desk.settings.desk.zone)
    promised = read_when(last.words, at) if last.kind == Verb.SCHEDULE else None  # 周日来看过了 promises nothing
    words = desk.with_date(shorten(last.words, LONGEST_NEWS), promised)
    return (say("resident.status_said", name=desk.name(last.actor), when=desk.clock_time(last.at), words=words),)


def status_line(desk: Desk, request: Request) -> str:
    """One request in a resident's words."""
    return say(
        _status_name(request),
        number=request.number,
        type=desk.type_name(request),
        state=say(f"state.{request.state}"),
        holder=desk.name(request.holder) if request.holder else "",
        when=desk.clock_time(request.created_at),
    )


def _status_name(request: Request) -> str:
    """Who was told of it is not yet at work on it."""
    if not request.holder or not request.state.is_open:
        return "resident.status"
    is_asked = request.state is State.DISPATCHED and request.accepted_at is None
    return "resident.status_asked" if is_asked else "resident.status_held"


async def _supplement(visit: Visit, spoken: SpokenWish) -> Outcome | None:
    mine = await _mine(visit, spoken)
    if not mine:
        return None if spoken.note and spoken.number is None else await _none_of_yours(visit, spoken)
    if spoken.note and len(mine) > 1:
        mine = [await _most_like(visit, mine, spoken.note)]
    if not spoken.note:
        visit.gather_on(mine[-1])
        visit.desk.answer("resident.say_more", number=mine[-1].number)
        return Outcome(Fate.COMMAND, mine[-1].number)
    return await intake.add_as_private_as_said(visit, mine[-1], spoken.note)


async def _most_like(visit: Visit, mine: list[Request], words: str) -> Request:
    """Which of his own these words go on about; the newest when none is likely."""
    reader = await visit.desk.house.understanding.reader(visit.desk.roster, visit.desk.session)
    matter = reader.understand(words).main
    said = begin_request(visit.desk, visit.resident, matter, words, lane=visit.resident.lane)
    likest = [merging.how_alike(said, one) for one in mine]
    return mine[max(range(len(mine)), key=lambda place: (likest[place], place))]


async def _cancel(visit: Visit, spoken: SpokenWish) -> Outcome | None:
    if is_opening(visit.draft):  # 有个事 … 算了
        visit.keep_draft("")
        visit.desk.answer("resident.nod")
        return Outcome(Fate.CHAT)
    mine = await _mine(visit, spoken)
    if not mine:
        return await _done_already(visit, spoken) or await _none_of_yours(visit, spoken)
    if len(mine) > 1:
        return ask_which_to_withdraw(visit, mine)
    if mine[0].urgency == "emergency" and mine[0].emergency_kind in alarms.NEEDS_A_LOOK:
        return await _called_off(visit, mine[0])
    await withdraw(visit.desk, mine[0])
    visit.stop_gathering()
    visit.nothing_asked()
    visit.desk.answer("resident.cancelled", number=mine[0].number)
    return Outcome(Fate.COMMAND, mine[0].number)


def ask_which_to_withdraw(visit: Visit, mine: Sequence[Request]) -> Outcome:
    """He means one of these, and it is not plain which."""
    options = tuple((f"撤销{one.number}", f"撤销{one.number}") for one in mine[-4:])
    lines = "\n".join(status_line(visit.desk, one) for one in mine[-4:])
    visit.desk.answer("resident.which_cancel", *options, list=lines)
    return Outcome(Fate.COMMAND, reason=WHICH_CANCEL)


async def _done_already(visit: Visit, spoken: SpokenWish) -> Outcome | None:
    """There is nothing left to withdraw of what is done; he is asked how it was."""
    done = await visit.desk.session.requests.unrated_of_resident(visit.resident.id)
    meant = [one for one in done if spoken.number in (None, one.number)]
    if not meant:
        return None
    last = max(meant, key=lambda one: one.resolved_at or one.created_at)
    visit.desk.answer("resident.done_already", *rating.options(last), number=last.number)
    return Outcome(Fate.ANSWERED, last.number)


async def _called_off(visit: Visit, request: Request) -> Outcome:
    """没事了,别管我: who holds that phone? Everybody who was called hears it, and one of them looks all the same."""
    visit.desk.note(request, "called_off", "resident")
    told = say("member.called_off", number=request.number)
    for code in called(visit.desk, request):
        visit.desk.tell_member(code, "supplement", told, request=request, urgent=True)
    name = "resident.called_off_there" if confirming.is_of_another(request.text) else "resident.called_off"
    visit.desk.answer(name, number=request.number, holder=visit.desk.name(request.holder))
    return Outcome(Fate.COMMAND, request.number)


async def _in_hand(visit: Visit, spoken: SpokenWish) -> list[Request]:
    """What somebody holds for him: his own, or what his was merged into."""
    roots = [await audience.root_of(visit.desk, one) for one in await _mine(visit, spoken)]
    held = [one for one in roots if one.holder and one.state.is_open]
    return sorted(held, key=lambda one: (one.urgency == "emergency", one.number))


async def _urge(visit: Visit, spoken: SpokenWish) -> Outcome:
    mine = await _in_hand(visit, spoken)
    if not mine:
        return await _held_by_nobody(visit, spoken) or await _none_of_yours(visit, spoken)
    waiting = [one for one in mine if one.accepted_at is None and one.urgency != "emergency"]
    if spoken.note or spoken.number or len(waiting) < 2:
        return await pressing.urge(visit, mine[-1], spoken.note)
    pressed = [await pressing.urge(visit, one) for one in waiting[-MOST_URGED:]]  # 催 alone is of all that nobody took
    return pressed[-1]


async def hurry_now(visit: Visit) -> Outcome:
    """等不到早上了: who is to come is called at once, whatever the hour, and she hears whom to call herself."""
    outcome = await _urge(visit, SpokenWish(Wish.URGE))
    visit.desk.answer("resident.do_not_wait")
    return outcome


async def _held_by_nobody(visit: Visit, spoken: SpokenWish) -> Outcome | None:
    """There is nobody yet whom one could urge; he has something open all the same."""
    mine = await _mine(visit, spoken)
    if not mine:
        return None
    visit.desk.answer("resident.still_looking", number=mine[-1].number)
    return Outcome(Fate.ANSWERED, mine[-1].number)


async def _human(visit: Visit, spoken: SpokenWish) -> Outcome:
    """人工: a person shall answer. With a request open its holder is asked to call; else this becomes one."""
    mine = await _in_hand(visit, SpokenWish(Wish.HUMAN))
    if mine:
        return await pressing.ask_for(visit, mine[-1])
    request = begin_request(visit.desk, visit.resident, None, say("resident.wants_human"), lane=visit.resident.lane)
    request = await dispatch(visit.desk, request)
    visit.gather_on(request)
    confirming.confirm(visit, request)
    return Outcome(Fate.OPENED, request.number)


async def _solved(visit: Visit, spoken: SpokenWish) -> Outcome | None:
    """满意, 一般. A second tap on the same question says nothing new, and is no supplement either."""
    outcome = await rating.rate(visit, spoken)
    if outcome is not None or spoken.number is None:
        return outcome
    judged = [one for one in await _mine(visit, spoken, only_open=False) if one.rating in rating.SATISFIED]
    if not judged:
        return None
    visit.desk.answer("resident.rated_already", number=spoken.number)
    return Outcome(Fate.ANSWERED, spoken.number)


async def _not_solved(visit: Visit, spoken: SpokenWish) -> Outcome | None:
    """没解决: of what is done it is a rating, of what is still being done it is impatience."""
    outcome = await rating.rate(visit, spoken)
    is_a_digit = visit.desk.message is not None and visit.desk.message.text.strip().isdecimal()
    if outcome is None and not is_a_digit and await _in_hand(visit, spoken):
        return await _urge(visit, spoken)
    if outcome is None and not is_a_digit and spoken.number is not None:
        said = visit.desk.message.text if visit.desk.message else spoken.note
        return await anew.too_late_to_reopen(visit, said, spoken.number)
    return outcome


async def _help(visit: Visit, _: SpokenWish) -> Outcome:
    visit.desk.answer("resident.help")
    return Outcome(Fate.ANSWERED)


async def _another(visit: Visit, _: SpokenWish) -> Outcome:
    merged = await visit.desk.session.requests.merged_of_resident(visit.resident.id)
    if visit.talk.gathering in [one.number for one in merged]:
        return await part(visit, next(one for one in merged if one.number == visit.talk.gathering))
    taken_out = await intake.take_apart(visit)
    if taken_out is not None:
        return taken_out
    visit.stop_gathering()
    visit.nothing_asked()
    visit.desk.answer("resident.another")
    return Outcome(Fate.COMMAND)


async def part(visit: Visit, request: Request) -> Outcome:
    """It was joined with a neighbour's, and is not the same."""
    request = await merging.part(visit.desk, "resident", request)
    visit.gather_on(request)
    confirming.confirm(visit, request)
    return Outcome(Fate.COMMAND, request.number)


async def _same(visit: Visit, spoken: SpokenWish) -> Outcome:
    mine = await _mine(visit, spoken)
    if not mine:
        return await _none_of_yours(visit, spoken)
    visit.gather_on(mine[-1])
    visit.desk.answer("resident.say_more", number=mine[-1].number)
    return Outcome(Fate.COMMAND, mine[-1].number)


async def _answers_nothing(visit: Visit, spoken: SpokenWish) -> Outcome | None:
    """是, 不是: of what the desk asked, `erasing` and others have heard them before."""
    return None


async def _bind(visit: Visit, spoken: SpokenWish) -> Outcome:
    return await binding.bind_wechat(visit, spoken.note)


async def _my_data(visit: Visit, _: SpokenWish) -> Outcome:
    return await privacy.show(visit)


async def _erase(visit: Visit, _: SpokenWish) -> Outcome:
    return await privacy.ask_to_erase(visit)


HANDLERS: Mapping[Wish, Handler] = {
    Wish.STATUS: _status,
    Wish.SUPPLEMENT: _supplement,
    Wish.CANCEL: _cancel,
    Wish.URGE: _urge,
    Wish.HUMAN: _human,
    Wish.HELP: _help,
    Wish.MY_DATA: _my_data,
    Wish.ERASE: _erase,
    Wish.RATE_GOOD: _solved,
    Wish.RATE_FAIR: _solved,
    Wish.RATE_BAD: _not_solved,
    Wish.SLIP: rating.slipped,
    Wish.ANOTHER: _another,
    Wish.SAME: _same,
    Wish.BIND: _bind,
    Wish.YES: _answers_nothing,
    Wish.NO: _answers_nothing,
}
