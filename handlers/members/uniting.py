"""并单 and 拆单: two requests about one matter become one, and two again."""

from __future__ import annotations

from classifiers.members.orders import SpokenOrder
from handlers.desk import Desk
from handlers.members import rights
from handlers.members.rights import Unwilling
from handlers.moves import dispatch, merging
from handlers.residents import rating
from handlers.telling import audience
from handlers.texts import say
from storage.records import Request, State


async def merge(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """By whoever may know both: the first becomes part of the second."""
    into = await desk.session.requests.get(spoken.numbers[1], to_change=True)
    if into is None or not rights.may_know(desk, member, into):
        raise Unwilling(say("member.no_such_request", number=spoken.numbers[1]))
    if into.sensitivity != request.sensitivity:
        raise Unwilling(say("member.merge_secret", number=request.number, other=into.number))
    end = await audience.root_of(desk, into)
    if not end.state.is_open or end.state is State.GATHERING:  # nobody would do anything for it any more, or yet
        raise Unwilling(say("member.merge_over", number=request.number, root=end.number))
    root = await merging.merge(desk, member, request, into)
    if root is None:
        raise Unwilling(say("member.merged_already", number=request.number, root=into.number))
    if root.holder not in ("", member):  # he may have been at the door of either
        text = say("member.merged_for_you", number=request.number, root=root.number, name=desk.name(member))
        desk.tell_member(root.holder, "merged", text, request=root)
    desk.answer("member.merged", number=request.number, root=root.number)


async def part(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    root, was_sent = request.merged_into, bool(request.holder)
    if request.state is State.MERGED and request.rating in rating.SATISFIED:  # he has his answer, and asks no more
        raise Unwilling(say("member.part_content", number=request.number))
    request = await merging.part(desk, member, request)
    holder = desk.name(request.holder)
    if was_sent and request.holder not in ("", member):
        text = say("member.parted_back", number=request.number, root=root)
        if request.accepted_at is None:
            text = f"{text}\n{dispatch.invitation(desk, request, request.holder)}"
        desk.tell_member(request.holder, "parted", text, request=request)
    async for one in audience.listeners(desk, request):
        # What had joined it still belongs to it; together they stand alone.
        name = "resident.merged" if one.request.merged_into else "resident.parted"
        text = say(name, number=one.request.number, root=request.number, holder=holder)
        desk.tell_resident(one.resident, "parted", text, request=one.request, last_heard=one.talk.last_at)
    desk.answer("member.parted", number=request.number)
