"""A member speaks of several requests in one breath: each clause goes to the one whose thing it names; and which one he
has closed he may take back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from classifiers.members.orders import Order, SpokenOrder
from classifiers.members.replies import read_replies
from classifiers.members.retractions import Retraction, hour_meant, read_retraction, unsays
from classifiers.reader.late import late
from classifiers.residents.judgements import clauses_of
from classifiers.times.promises import read_when
from handlers.members import orders, slips
from handlers.members.sayings import is_set
from handlers.members.speaker import ASKED_FOR, Speaker, commands_in
from handlers.residents import following, rating
from handlers.rules.lifecycle import Verb
from handlers.texts import say
from storage.records import Outcome, Request, State

_BOTH = late(r"(?P<things>[^都全俩]{1,20})[都全俩]+(?P<rest>.+)")
_AND = late("[和跟与、]|还有")
_HOW_IT_IS = ("还", "没", "未", "其实", "根本", "并")
_WHY_OR_WHEN = late(
    r"(?:是|因为|由于|原因)[^,，。\s]{0,10}(?:爆|断|坏|裂|漏|烧|跳|堵|老化|故障|检修|抢修|施工|改造|欠费|停)|抢修|"
    r"(?:能|才能|就能|要|得|还要|还得|大概|估计)[^,，。\s]{0,6}(?:修好|来[水电气]|恢复|通[水电气]?|弄好|换好|送[水电])|"
    r"[一二两三四五六七八九十半几\d](?:个?小时|个?钟头|分钟|天)"
)
_ANOTHER = late(r"[也又]|还有|另外|别的|隔壁|再登记")
_JUST_NOW = timedelta(hours=1)


def parted(speaker: Speaker) -> Sequence[str]:
    """灯换好了 屋顶明天去, a line for each request that it names, with its number; () when it names less than two."""
    said = _said_of(speaker)
    return [f"{number} {','.join(clauses)}" for number, clauses in said.items() if number] if len(said) > 1 else ()


def is_of_two_minds(speaker: Speaker) -> bool:
    """换好了 屋顶明天去: what is done is not what is named, and which it is has to be asked."""
    said = _said_of(speaker)
    return len(said) > 1 and 0 in said


def _said_of(speaker: Speaker) -> dict[int, list[str]]:
    """The clauses by the request that each names; one that names nothing goes on about the one before it. By 0 those
    that report a result before anything is named, when what is named then is not done."""
    mine = [one for one in speaker.own if one.state not in ASKED_FOR]
    text = speaker.message.text
    commands = commands_in(speaker)
    is_numbered = any(command.requests for command in commands)
    if len(mine) < 2 or speaker.message.quoted or is_numbered or is_set(text):
        return {}
    before: list[str] = []
    said: dict[int, list[str]] = {}
    last = 0
    for clause in clauses_of(text):
        if together := _named_together(mine, clause):
            said.update({number: [*said.get(number, ()), rest] for number, rest in together.items()})
            continue
        last = _named(mine, clause) or last
        (said.setdefault(last, []) if last else before).append(clause)
    if not said or not before:
        return said
    if any(map(_is_result, before)) and not _is_result(",".join(next(iter(said.values())))):
        return {0: before, **said}
    first = next(iter(said))
    return said | {first: [*before, *said[first]]}


def _named(mine: Sequence[Request], clause: str) -> int:
    found = following.nearest(mine, clause)
    return found.number if found and following.shares(found, clause) else 0


def _named_together(mine: Sequence[Request], clause: str) -> dict[int, str]:
    """灯和屋顶都修好了: what is said of both, for each that is named."""
    match = _BOTH.fullmatch(clause)
    things = _AND.split(match["things"]) if match else ()
    named = [_named(mine, thing) for thing in things]
    return dict.fromkeys(named, match["rest"]) if match and all(named) and len(set(named)) == len(things) > 1 else {}


def _is_result(words: str) -> bool:
    return any(command.intent == "resolved" for command in read_replies(words, (1,)))


def tells_on(speaker: Speaker) -> int:
    """停水是管道爆了 1个小时能修好 names its matter, and says why, or until when: no other one. 0 for others."""
    text = speaker.message.text
    mine = [one for one in speaker.own if one.state not in ASKED_FOR]
    is_news = bool(_WHY_OR_WHEN.search(text)) and not _ANOTHER.search(text)
    return _named(mine, text) or _named(mine, clauses_of(text)[0]) if is_news and mine and clauses_of(text) else 0


async def taken_back(speaker: Speaker) -> str | None:
    """说错了 是2修好了: the one he has just closed is open again, and here is what he says of the other; None when he
    takes nothing back."""
    said = read_retraction(speaker.message.text)
    if said is None:
        return await _other_hour(speaker)
    if speaker.known(said.right) is None:
        return None
    wrong = await _just_closed(speaker, said)
    words = said.words
    if wrong is None and (done := await _last_spoken_of(speaker, said.wrong)) and done.number != said.right:
        again = await slips.undo(speaker, done, said.right) if speaker.known(done.number) else None
        return f"{said.right} {words}" if words else again
    if wrong is not None and wrong.number != said.right:
        words = words or wrong.result
        await _open_again(speaker, wrong, said.undone)
    return f"{said.right} {words}" if words else None


async def unsaid(speaker: Speaker) -> Outcome | None:
    """撤回 没修好 发错了, a minute after he has closed one: it goes on as if he had not."""
    undone = unsays(speaker.message.text)
    about = await _just_closed(speaker) if undone and not speaker.message.quoted else None
    return await _open_again(speaker, about, undone) if about else None


async def _open_again(speaker: Speaker, about: Request, undone: str) -> Outcome:
    words = undone if undone.startswith(_HOW_IT_IS) else say("member.closed_by_mistake")
    spoken = SpokenOrder(Order.NOT_DONE, (about.number,), words)
    return await orders.obey(speaker.desk, speaker.code, spoken, in_group=speaker.message.is_group)


async def _other_hour(speaker: Speaker) -> str | None:
    """说错了 是五点, behind an appointment: the same with the other hour; None when it is no hour, or of none."""
    hour = hour_meant(speaker.message.text)
    when = read_when(hour, speaker.desk.now) if hour else None
    if when is None or when.start is None or not hour.startswith(when.text):
        return None
    about = await _last_spoken_of(speaker)
    is_his = about is not None and about.state is State.SCHEDULED and about.holder == speaker.code
    return f"{about.number} {say('member.shifted', when=hour)}" if about and is_his else None


async def _last_spoken_of(speaker: Speaker, number: int = 0) -> Request | None:
    """The one of this number, or the one his last words were about."""
    session, since = speaker.desk.session, speaker.desk.now - _JUST_NOW
    number = number or await session.inbox.last_about(speaker.message.sender, since) or 0
    return await session.requests.get(number) if number else None


async def _just_closed(speaker: Speaker, said: Retraction | None = None) -> Request | None:
    """The one he names, or the one his last words were about, if it is he who has closed it just now and nobody has
    been content with it since."""
    session, since = speaker.desk.session, speaker.desk.now - _JUST_NOW
    about = await _last_spoken_of(speaker, said.wrong if said else 0)
    is_over = about is not None and about.state in (State.RESOLVED, State.CLOSED)
    if about is None or not is_over or about.rating in rating.SATISFIED:
        return None
    closed = [one for one in await session.journal.of(about.number) if one.kind == Verb.RESOLVE]
    is_his = bool(closed) and closed[-1].actor == speaker.code and closed[-1].at >= since
    return about if is_his else None
