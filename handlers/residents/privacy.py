"""What we hold about a resident: shown, erased, forgotten when he leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from handlers.desk import Desk
from handlers.residents.visit import Visit
from handlers.residents.withdrawal import withdraw
from handlers.telling import audience, pictures
from handlers.texts import say
from storage.records import Conversation, Cutoffs, Fate, Outcome, Question, Request, Resident, State

MESSAGE_BYTES = 1700  # a message holds 2048 bytes (fact sheet A6)
UNFOLLOWED = "unfollow"
RETURNED = "follow_again"
DELIVERED_AGAIN = timedelta(minutes=1)  # so long a message may come once more and wants the same answer


async def show(visit: Visit) -> Outcome:
    """我的资料: everything we hold, in words; in several messages if it is much."""
    desk = visit.desk
    mine = await desk.session.requests.of_resident(visit.resident.id)
    lane = desk.lane_name(visit.resident.lane) if visit.resident.lane else say("name.unknown_place")
    desk.answer("resident.my_data", lane=lane, count=len(mine))
    blocks = [await _block(desk, one) for one in mine]
    for part in parts([*blocks, say("resident.my_data_end")], MESSAGE_BYTES):
        desk.answer_words(part)
    return Outcome(Fate.ANSWERED)


async def _block(desk: Desk, request: Request) -> str:
    """One request, with all that its resident has told or sent and what became of it."""
    files = await desk.session.files.of(request.number)
    own = [file for file in files if file.sender == pictures.RESIDENT]
    heard = "".join(file.words for file in own if file.words and file.words not in request.text)
    pairs = (
        ("place", request.place_text),
        ("for", request.on_behalf_of),
        ("files", "、".join(say(f"media.{file.kind}") for file in own)),
        ("heard", heard),
        ("with", f"#{request.merged_into}" if request.merged_into else ""),
        ("result", request.result),
        ("rating", say(f"rating.{request.rating}") if request.rating else ""),
    )
    head = say(
        "resident.my_request",
        number=request.number,
        type=desk.type_name(request),
        state=say(f"state.{request.state}"),
        when=desk.clock_time(request.created_at, full=True),
        text=request.text or (say("resident.erased_text") if request.state.is_terminal else say("name.nothing")),
    )
    return "\n".join([head, *(say(f"my_data.{name}", value=value) for name, value in pairs if value)])


def parts(blocks: Sequence[str], most: int) -> Iterator[str]:
    """The blocks, line by line, in as few messages of at most so many bytes as hold them."""
    part = ""
    for line in "\n".join(blocks).split("\n"):
        for piece in _pieces(line, most):
            if part and len(f"{part}\n{piece}".encode()) > most:
                yield part
                part = ""
            part = f"{part}\n{piece}" if part else piece
    if part:
        yield part


def _pieces(line: str, most: int) -> Iterator[str]:
    """A line that is too long for one message, cut between characters."""
    while len(line.encode()) > most:
        head = line.encode()[:most].decode("utf-8", "ignore")
        yield head
        line = line[len(head) :]
    yield line


async def ask_to_erase(visit: Visit) -> Outcome:
    """删除我的资料: once more, because it cannot be undone."""
    desk = visit.desk
    count = len(await desk.session.requests.open_of_resident(visit.resident.id))
    text = say("resident.erase_sure_open", count=count) if count else say("resident.erase_sure")
    visit.ask(Question.ERASE, None, text, (("yes", "确认删除"), ("no", "不删了")))
    return Outcome(Fate.COMMAND)


async def erase_everything(visit: Visit) -> Outcome:
    """Erase a resident at his wish. What is still open is withdrawn: nobody could answer him any more."""
    await forget(visit.desk, visit.resident, reason="wish")
    visit.desk.answer("resident.erased")
    visit.talk = Conversation(visit.resident.openid)
    visit.resident = visit.resident.erased()
    return Outcome(Fate.COMMAND)


async def forget(desk: Desk, resident: Resident, *, reason: str, may_return: bool = False) -> None:
    """Take a person out of everything we hold; that something happened stays counted.

    At his wish open requests are withdrawn. Who only unfollows may still have a leaking pipe, or a result to judge:
    such requests go on without him, and their content goes when they end. `may_return`: until then he is known again
    (`recognise`).
    """
    numbers = [request.number for request in await desk.session.requests.of_resident(resident.id)]
    goes_on = False
    for number in numbers:  # one of his may go on in another's place: each is read when its turn has come
        request = await desk.session.requests.get(number, to_change=True)
        if request is None:
            continue
        if request.state.is_open and reason == UNFOLLOWED:
            _tell_to_speak_in_person(desk, request)
            goes_on = True
            continue
        if may_return and _waits_for_a_word(request):
            goes_on = True
            continue
        is_running = request.state.is_open or (request.state is State.MERGED and not request.rating)
        await _empty(desk, await withdraw(desk, request) if is_running else request)
    await desk.session.outbox.forget(resident.openid)
    await _forget_answers(desk, numbers)
    await desk.session.inbox.forget(resident.openid)
    await desk.session.people.unbind_openid(resident.openid)
    await desk.session.conversations.erase(resident, may_return=may_return and goes_on)
    desk.session.forgot()


def _waits_for_a_word(request: Request) -> bool:
    """He was told the result and has not judged it; silence ends it later."""
    is_merged = request.state is State.MERGED and request.resolved_at is not None
    return request.state is State.RESOLVED or (is_merged and not request.rating)


def _tell_to_speak_in_person(desk: Desk, request: Request) -> None:
    desk.note(request, UNFOLLOWED, "resident")
    if request.holder:
        desk.tell_member(request.holder, UNFOLLOWED, say("member.left", number=request.number), request=request)


async def recognise(visit: Visit) -> None:
    """Who left while something of his was being done, and is here again, goes on hearing of that. What was erased
    when he left stays erased, and nothing else is known of him."""
    desk = visit.desk
    before = await desk.session.conversations.returned(visit.resident)
    if before is None:
        return
    requests = desk.session.requests
    told = await requests.unrated_of_resident(before)
    running = (*await requests.open_of_resident(before), *await requests.merged_of_resident(before))
    for number in dict.fromkeys(one.number for one in (*running, *told)):
        if request := await requests.get(number, to_change=True):
            request = await requests.save(replace(request, reporter=visit.resident.id))
            if _waits_for_a_word(request):
                visit.done = (*visit.done, request)
                continue
            visit.goes_on = (*visit.goes_on, request)
            _tell_he_is_back(desk, request)


def _tell_he_is_back(desk: Desk, request: Request) -> None:
    desk.note(request, RETURNED, "resident")
    if request.holder and request.state.is_open:
        desk.tell_member(request.holder, RETURNED, say("member.came_back", number=request.number), request=request)


def kept_since(desk: Desk) -> Cutoffs:
    """Content of what ended before these moments is kept no longer: for all, and for types with a time of their own."""
    settings, now = desk.settings, desk.now
    own = {code: now - one.retention for code, one in settings.types.items() if one.retention is not None}
    return Cutoffs(now - settings.privacy.retention, own)


async def forget_old(desk: Desk, at_most: int = 200) -> int:
    """Retention: the content of what ended long ago goes, the counts stay. How many requests were emptied."""
    since = kept_since(desk)
    old = await desk.session.requests.with_content_ended_before(since, at_most)
    await erase(desk, old)
    if await desk.session.outbox.forget_replies():  # those that were still on their way when something was erased
        desk.session.forgot()
    await desk.session.inbox.forget_before(since.usual)
    await desk.session.outbox.forget_before(since.usual)
    return len(old)


async def forget_who_left(desk: Desk, request: Request) -> None:
    """A request is over: what it, or one merged into it, tells of somebody who unfollowed meanwhile is not kept."""
    over = (request, *await desk.session.requests.all_followers(request.number))
    theirs = [one for one in over if one.reporter and await audience.requester(desk, one) is None]
    await erase(desk, theirs)
    requests = desk.session.requests
    for resident in {one.reporter for one in theirs}:
        left = (await requests.open_of_resident(resident), await requests.merged_of_resident(resident))
        if not any((*left, await requests.unrated_of_resident(resident))):
            await desk.session.conversations.forget_mark(resident)


async def erase(desk: Desk, requests: Sequence[Request]) -> None:
    """The content of these, and whatever was answered to somebody that may show it."""
    for request in requests:
        await _empty(desk, request)
    if requests:
        await _forget_answers(desk, [one.number for one in requests])


async def _forget_answers(desk: Desk, erased: Sequence[int]) -> None:
    await desk.session.outbox.forget_replies(erased)
    await desk.session.inbox.forget_answers(desk.now - DELIVERED_AGAIN)


async def _empty(desk: Desk, request: Request) -> None:
    """Words, pictures and voices of one request."""
    emptied = replace(request, text="", place_text="", result="", on_behalf_of="")
    await desk.session.requests.save(emptied)
    await desk.session.journal.forget(request.number)
    await desk.session.corrections.forget(request.number)
    await desk.session.files.remove(request.number, desk.now)
    await desk.session.outbox.forget_about(request.number)
    await desk.session.inbox.forget_about(request.number)
    desk.session.forgot()
    desk.note(request, "erase", "desk")
