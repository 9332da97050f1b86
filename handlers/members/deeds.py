"""What each word of a member does."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping

from classifiers.members.directives import sends_to_lane
from classifiers.members.orders import Order, SpokenOrder, names_who_goes
from classifiers.members.passing_on import for_him
from classifiers.members.references import without_number
from classifiers.members.replies import Command, read_replies
from classifiers.members.scene import tells_what_he_found
from classifiers.reader.late import late
from classifiers.times.promises import is_over, read_when, tells_of_the_past
from handlers.desk import Desk
from handlers.members import (
    asked,
    binding,
    cards,
    halting,
    orders,
    registering,
    relocating,
    rights,
    shown,
    stepping_back,
    work,
)
from handlers.members.speaker import ASKED_FOR, Speaker, distinct
from handlers.moves import passing
from handlers.rules.lifecycle import Verb, can
from handlers.rules.wording import for_people
from handlers.telling import pictures
from handlers.telling.agreed import agreed_on
from handlers.texts import say
from storage.records import Fate, Outcome, Request

LISTED = 8  # requests in one answer
# A whole result that says no more than that there is one; 修好了 is enough, though `replies` keeps it out of a note.
_SAYS_NO_RESULT = late(
    r"(?:is|are|both|all|[\s])*(?:done|finished|fixed|completed?|solved|resolved)[\s.!]*|完活儿?(?:了|啦)?|"
    r"(?:这?(?:俩|[两二三四五几这那][个件]))?(?:都|全|已经?)*(?:办结|办完|完结|完成|结案|结束|处理完|好|搞定|行)?(?:了|啦|咯)?[\s,.。!！]*",
    re.IGNORECASE,
)
_YES = late(
    r"^[\s,，号#]*(?:行|可以|好(?:的|嘞|滴)?|嗯+|收到|中|ok|我?接(?:单|下)?了?)[\s,，。!！]*(?:那)?", re.IGNORECASE
)
MAY_NAME_A_LANE = frozenset({"progress", "schedule", "ask_requester"})  # 1是水井胡同的; the others look themselves
SHORTEST_NEWS = 2  # signs of what is said with 行
_TOLD_ON = frozenset({"supplement_told", "first_response"})
_ASKS_FOR_A_YES = late(r"[吗么?？][\s。!！]*$|[行好成中]不[行好成中]?[\s。!！]*$|可以不")
_SETS_OUT = late(
    r"我?(?:现在|这会儿?|这就|马上|立刻|立马|正|就)[^,，。不没]{0,3}(?:过去|上门|出发|动身|[去来到](?=$|[\s,，。!！吧了看]))"
)
_CLAUSES = late(r"[\s,，。;；!！]+")
_IS_NO_VISIT = late(r"来水|来电|来气|送电|通水|通电|供水|供电|供暖|恢复|抢修|停到|到货|再说|不[行能去来]|没空")
_TAKES = late(
    r"^\s*(?:我?接单?了?|收到|好的?|行)[,，\s]*#?(?P<number>\d{1,7}(?!\s*[点时日月天小分半个位]))?"
    r"(?:号单?)?(?:[,，\s]+|(?<=\d)(?=我))"
)


async def _accept(speaker: Speaker, command: Command, request: Request) -> None:
    """行,后天下午三点: he takes it, or has it already, and what he says with it is heard too."""
    behind = _behind_taking(_text_of(speaker, command), request.number)
    rest = _YES.sub("", without_number(behind, request.number)).strip(" ,，号#")
    further = read_replies(f"{request.number} {rest}", (request.number,)) if len(rest) > SHORTEST_NEWS else ()
    news = next((one for one in further if one.intent in ("schedule", "progress") and one.when), None)
    news = news or _for_the_resident(rest, request.number)
    if speaker.code in request.co_workers and request.accepted_at and len(rest) > SHORTEST_NEWS and not news:
        await work.progress(speaker.desk, speaker.code, request, _text_of(speaker, command))
        return
    is_his = speaker.code == request.holder and not can(request, Verb.ACCEPT)
    is_end = rights.is_burning(request) and tells_what_he_found(
        behind
    )  # 我到了,火扑灭了,人没事: who called has to know
    is_word = is_his and not news
    if is_end or (is_word and (_SETS_OUT.search(behind) or await _was_asked_by_resident(speaker, request))):
        await work.progress(speaker.desk, speaker.code, request, behind)
    elif not (is_his and news):
        await work.accept(speaker.desk, speaker.code, request, note=command.note or "")
    if news:
        request = await speaker.desk.session.requests.get(request.number, to_change=True) or request
        await WITH_REQUEST[news.intent](speaker, news, request)


def _behind_taking(said: str, number: int) -> str:
    """接1 我马上到, 收到,我马上到: 我马上到, which is what the resident reads; 好 3点去 begins with a time."""
    match = _TAKES.match(said)
    return said[match.end() :] if match and match["number"] in (None, str(number)) else said


def _for_the_resident(rest: str, number: int) -> Command | None:
    """接 让他带身份证去大厅, 接了 请问几单元: what the resident has to hear with it."""
    if for_him(rest):
        return Command("progress", (number,), note=rest)
    return next((one for one in read_replies(rest, (number,)) if one.intent == "ask_requester"), None)


def _to_him(words: str) -> str:
    """问他家住几楼, 让他带身份证 as he is to read them: 您家住几楼, 请带身份证."""
    told = for_him(words)
    if told is None:
        return words
    own = say("resident.yours", words=told.words) if told.is_his else told.words
    return say("resident.please", words=own) if told.is_wish else own


async def _decline(speaker: Speaker, command: Command, request: Request) -> None:
    if request.holder == speaker.code and await goes_elsewhere(speaker, command, request):
        return
    named = names_who_goes(command.note or "")
    if named and rights.is_secretary(speaker.desk, speaker.code, request):  # 退 1 还是老陈去 assigns it
        await passing.offer(speaker.desk, speaker.code, request, named, "")
        return
    await stepping_back.give_back(speaker.desk, speaker.code, request, for_people(command.note or ""), command.to)


async def _handover(speaker: Speaker, command: Command, request: Request) -> None:
    if not command.to and await goes_elsewhere(speaker, command, request):
        return
    await passing.offer(speaker.desk, speaker.code, request, command.to or "", command.note or "")


async def _was_asked_by_resident(speaker: Speaker, request: Request) -> bool:
    """下午四点来行吗 waits for an answer, and 可以 is one."""
    entries = await speaker.desk.session.journal.of(request.number)
    said = [entry for entry in entries if entry.kind not in _TOLD_ON]
    return bool(said) and said[-1].actor == "resident" and bool(_ASKS_FOR_A_YES.search(said[-1].words))


async def goes_elsewhere(speaker: Speaker, command: Command, request: Request) -> bool:
    """1转水井胡同, 1是水井胡同的, 退1 这家是水井胡同的: to the people of another lane, not a word for the resident."""
    text = _text_of(speaker, command)
    named = relocating.lane_meant(speaker.desk, text)
    if named is None or named == request.lane:
        return False
    is_passed_on = command.intent in ("handover", "decline")
    if not is_passed_on and not sends_to_lane(text, speaker.desk.lane_name(named)):
        return False
    desk, code = speaker.desk, speaker.code
    if not rights.is_secretary(desk, code, request) and named in await _lanes_that_passed_it_on(desk, request):
        await passing.give_back(desk, code, request, for_people(command.note or text), None, for_ruling=True)
        return True
    spoken = SpokenOrder(Order.RELOCATE, (request.number,), speaker.desk.lane_name(named))
    await orders.HANDLERS[Order.RELOCATE](speaker.desk, speaker.code, request, spoken)
    return True


async def _lanes_that_passed_it_on(desk: Desk, request: Request) -> frozenset[str]:
    """Lanes whose people have said that it is another one's; when each says so of the other, the secretary rules."""
    entries = await desk.session.journal.of(request.number)
    return frozenset(entry.data["lane"] for entry in entries if entry.kind == Verb.REDIRECT and entry.data.get("lane"))


async def _progress(speaker: Speaker, command: Command, request: Request) -> None:
    text = _text_of(speaker, command)
    words = _to_him(for_people(command.note or text))
    if _promises_beside(speaker, text, request):
        await work.schedule(speaker.desk, speaker.code, request, words)
        return
    await work.progress(speaker.desk, speaker.code, request, words)


def _promises_beside(speaker: Speaker, text: str, request: Request) -> bool:
    """已经联系市政 明天来填: news, and in a clause of its own a time that the resident counts on."""
    if speaker.code != request.holder or request.urgency == "emergency" or not can(request, Verb.SCHEDULE):
        return False
    now = speaker.desk.now.astimezone(speaker.desk.settings.desk.zone)
    when, clauses = read_when(text, now), _CLAUSES.split(text.strip())
    if when is None or when.start is None or len(clauses) == 1 or _IS_NO_VISIT.search(text):
        return False
    latest = speaker.desk.house.calendar.add(speaker.desk.now, speaker.desk.settings.desk.promise_within)
    clause = next((one for one in clauses if (found := read_when(one, now)) and found.text == when.text), "")
    said = read_replies(f"{request.number} {clause}", (request.number,)) if clause else ()
    return any(one.intent == "schedule" for one in said) and when.kept_by is not None and when.kept_by <= latest


async def reopen(speaker: Speaker, command: Command, request: Request) -> None:
    await halting.reopen(speaker.desk, speaker.code, request, for_people(command.note or ""))


def _text_of(speaker: Speaker, command: Command) -> str:
    """What he said, without numbers: 342修好了 becomes 修好了; of a line about several what belongs to this one."""
    return command.said or speaker.message.text


async def _ask(speaker: Speaker, command: Command, request: Request) -> None:
    words = _to_him(for_people(command.note or _text_of(speaker, command), "请补充"))
    await work.ask_requester(speaker.desk, speaker.code, request, words)


async def _need_help(speaker: Speaker, command: Command, request: Request) -> None:
    words = for_people(command.note or _text_of(speaker, command), "吹哨")
    await work.refer(speaker.desk, speaker.code, request, words)


async def _resolve(speaker: Speaker, command: Command, request: Request) -> None:
    if len(command.requests) > 1 and any(
        one.sensitivity != "open" for one in map(speaker.known, command.requests) if one
    ):
        await work.resolve(speaker.desk, speaker.code, request, say("member.done"))  # no word of one home for another
        return
    result = for_people(command.note or _text_of(speaker, command), "办结")
    if _SAYS_NO_RESULT.fullmatch(result) and await _shows_result(speaker, request):
        result = say("media.see_picture")
    elif _SAYS_NO_RESULT.fullmatch(result):
        then = asked.reason(asked.Wanted.RESULT, f"办结 {request.number} {asked.GAP}")
        raise rights.Unwilling(say("member.resolve_how", number=request.number), then=then)
    await work.resolve(speaker.desk, speaker.code, request, result)


async def _shows_result(speaker: Speaker, request: Request) -> bool:
    """A picture is a result without words, with 办结 or before it."""
    return bool(speaker.message.media_url) or await pictures.has_from(speaker.desk, speaker.code, request)


async def _schedule(speaker: Speaker, command: Command, request: Request) -> None:
    said = command.note or command.when or _text_of(speaker, command)
    words = for_people(_behind_taking(without_number(said, request.number), request.number), "约好了", "约好")
    if is_over(words, speaker.desk.now.astimezone(speaker.desk.settings.desk.zone)) and tells_of_the_past(words):
        await work.progress(speaker.desk, speaker.code, request, words)
        return
    await work.schedule(speaker.desk, speaker.code, request, _to_him(words))


async def _status_of(speaker: Speaker, command: Command, request: Request) -> None:
    if speaker.message.is_group and request.sensitivity != "open":  # nor its type, nor who has it
        raise rights.Unwilling(say("member.alone_please", number=request.number))
    speaker.desk.answer_words(cards.details(speaker.desk, request, speaker.code, in_group=speaker.message.is_group))
    if not speaker.message.is_group and speaker.code in (request.holder, *request.co_workers):
        await pictures.show(speaker.desk, speaker.code, request, at_once=True)


async def my_tasks(speaker: Speaker, _: Command | None = None) -> Outcome:
    """What he holds and what waits for somebody around him."""
    tasks = distinct((*speaker.own, *_unclaimed(speaker)))
    heard = [one for one in tasks if one.sensitivity == "open" or not speaker.message.is_group]
    lines = [await _line(speaker.desk, one) for one in heard[: LISTED * 2]]
    if len(heard) < len(tasks):
        lines.append(say("member.tasks_alone", count=len(tasks) - len(heard)))
    helped = await _helped(speaker, tasks)
    if lines:
        speaker.desk.answer("member.tasks", count=len(tasks), list="\n".join(lines))
    if helped:
        speaker.desk.answer("member.tasks_helped", count=len(helped), list="\n".join(helped))
    if not lines and not helped:
        speaker.desk.answer("member.no_tasks")
    return Outcome(Fate.ANSWERED, reason=shown.reason(shown.LISTED, heard[: LISTED * 2]))


async def _helped(speaker: Speaker, tasks: list[Request]) -> list[str]:
    """What he works along with others; in a group nothing private."""
    helped = [one for one in await speaker.desk.session.requests.open_helped_by(speaker.code) if one not in tasks]
    heard = [one for one in helped if one.sensitivity == "open" or not speaker.message.is_group]
    return [f"{cards.line(speaker.desk, one)} · {speaker.desk.name(one.holder)}" for one in heard[:LISTED]]


async def _line(desk: Desk, request: Request) -> str:
    line, agreed = cards.line(desk, request), await agreed_on(desk, request)
    return say("member.line_agreed", line=line, words=agreed) if agreed else line


def _unclaimed(speaker: Speaker) -> list[Request]:
    return [one for one in speaker.around if one.state in ASKED_FOR]


async def _log(speaker: Speaker, command: Command) -> Outcome:
    return await registering.register(speaker.desk, speaker.member, speaker.message, command.note or "")


async def _bind(speaker: Speaker, command: Command) -> Outcome:
    return await binding.bind_group(speaker.desk, speaker.member, speaker.message, command.note or "")


async def _bind_code(speaker: Speaker, _: Command) -> Outcome:
    return await binding.tell_code(speaker.desk, speaker.member, speaker.message)


async def _help(speaker: Speaker, _: Command) -> Outcome:
    speaker.desk.answer("member.help")
    return Outcome(Fate.ANSWERED)


WITHOUT_REQUEST: Mapping[str, Callable[[Speaker, Command], Awaitable[Outcome]]] = {
    "status": my_tasks,
    "log": _log,
    "bind": _bind,
    "bind_code": _bind_code,
    "help": _help,
}
WITH_REQUEST: Mapping[str, Callable[[Speaker, Command, Request], Awaitable[None]]] = {
    "accept": _accept,
    "decline": _decline,
    "handover": _handover,
    "progress": _progress,
    "ask_requester": _ask,
    "need_help": _need_help,
    "resolved": _resolve,
    "schedule": _schedule,
    "status": _status_of,
}
