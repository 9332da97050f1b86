"""并单: what several people tell of one matter becomes one request with followers, and can be parted again.

The member hears of it once, and then when 3, 10 and 30 households have told of it. Each follower keeps his own number,
is told what becomes of the matter, and rates for himself. Automatic merging needs `duplicates.JOIN`; less is a hint.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from classifiers.requests.duplicates import Likeness, likeness, same_matter
from classifiers.residents.continuations import cannot_be_without
from classifiers.taxonomy import urgency_rank
from handlers.desk import Desk
from handlers.moves.dispatch import keep
from handlers.moves.steps import step, wind_up
from handlers.residents import pressing, rating
from handlers.rules.lifecycle import Verb, can, move
from handlers.rules.masking import for_group, markdown_safe, shorten
from handlers.telling import audience
from handlers.texts import say
from handlers.watching import custody
from storage.records import Request, State

TOLD_AT = frozenset({3, 10, 30})  # households, the first one included
LONGEST_TOLD = 300  # signs of what a neighbour said


# ── is it the same? ──────────────────────────────────────────────────────────────────────────────


async def same_as(desk: Desk, request: Request) -> tuple[Request, Likeness] | None:
    """The open request of a neighbour that this one most likely repeats. Only open matters are ever compared."""
    if not request.lane or request.sensitivity != "open":
        return None
    others = await desk.session.requests.told_in(request.lane, but_by=request.reporter)
    found = same_matter(request, others)
    other = await desk.session.requests.get(found.number) if found else None
    return (other, found) if other and found else None


def own_of(request: Request, mine: list[Request]) -> tuple[Request, Likeness] | None:
    """The resident's own earlier request that these words most likely continue."""
    found = same_matter(request if request.lane or not mine else replace(request, lane=mine[-1].lane), mine)
    return (next(one for one in mine if one.number == found.number), found) if found else None


def how_alike(one: Request, other: Request) -> float:
    """0–1: how likely the two are about the same thing, wherever it is."""
    return likeness(one, other).score


def may_be_joined(request: Request, root: Request, likeness: Likeness) -> bool:
    """Sure enough to ask nobody; an emergency joins only one of its kind, and nothing calm an emergency."""
    return likeness.may_join and request.emergency_kind == root.emergency_kind


# ── together ─────────────────────────────────────────────────────────────────────────────────────


async def join_neighbours(desk: Desk, request: Request, root: Request, likeness: Likeness) -> Request:
    """A resident tells what a neighbour has told already: written down, and dealt with together."""
    if request.state is State.GATHERING:
        request = await keep(desk, move(request, Verb.SUBMIT, unit=root.unit))
        desk.note(request, Verb.SUBMIT, "desk")
    data = {"into": root.number, "score": round(likeness.score, 2), "evidence": list(likeness.evidence)}
    request = await step(desk, request, Verb.MERGE, "desk", data=data, merged_into=root.number)
    if urgency_rank(request.urgency) > urgency_rank(root.urgency) or cannot_be_without(request.text):
        await _hurry_with(desk, root, request)
    await _tell_how_many(desk, root)
    return request


async def _hurry_with(desk: Desk, root: Request, request: Request) -> None:
    """吸氧机要用电: for one neighbour it cannot wait. Then it waits for none of them, and his words are heard."""
    if pressing.may_hurry(root):
        root = await pressing.quicken(desk, root)
    words = for_group(markdown_safe(shorten(request.text, LONGEST_TOLD)))
    told = say("member.neighbour_cannot_wait", number=root.number, text=words)
    desk.tell_member(root.holder, "supplement", told, request=root, at_once=True)


def hint(desk: Desk, request: Request, other: Request, likeness: Likeness) -> None:
    """Not sure enough to join: whoever may take it is told that the two may be one."""
    text = say("member.maybe_same", number=request.number, other=other.number, why="、".join(likeness.evidence[:3]))
    unclaimed = {"states": [State.DISPATCHED.value], "unclaimed": True}
    desk.note(request, "maybe_same", "desk", other=other.number, score=round(likeness.score, 2))
    chat = desk.roster.chat_of(request.lane)
    if chat:
        desk.tell_group(chat, "maybe_same", text, request=request, only_if=unclaimed)
    else:
        desk.tell_member(request.holder, "maybe_same", text, request=request, only_if=unclaimed)


async def _tell_how_many(desk: Desk, root: Request) -> None:
    count = 1 + await desk.session.requests.count_followers(root.number)
    if count not in TOLD_AT:
        return
    text = say("member.more_households", number=root.number, type=desk.type_name(root), count=count)
    chat = desk.roster.chat_of(root.lane)
    if chat:
        desk.tell_group(chat, "more_households", text, request=root, urgent=root.urgency == "emergency")
    else:
        desk.tell_member(root.holder, "more_households", text, request=root, urgent=root.urgency == "emergency")


async def merge(desk: Desk, actor: str, request: Request, into: Request) -> Request | None:
    """A member says that two requests are one. The root of it; None when the one already belongs to the other."""
    root = await audience.root_of(desk, into)
    if root.number == request.number or request.state is State.MERGED:
        return None
    request = await step(desk, request, Verb.MERGE, actor, data={"into": root.number}, merged_into=root.number)
    holder = desk.name(root.holder)
    await audience.tell_all(desk, request, "merged", "resident.merged", root=root.number, holder=holder)
    if request.holder not in ("", actor, root.holder):
        text = say("member.merged_away", number=request.number, root=root.number, holder=holder)
        desk.tell_member(request.holder, "merged", text, request=request)
    return root


# ── apart ────────────────────────────────────────────────────────────────────────────────────────


async def part(desk: Desk, actor: str, request: Request) -> Request:
    """拆单: it stands where it stood; what had never been dispatched is dispatched now."""
    data = {"from": request.merged_into}
    # What is resolved now was so by the other's result; a result of its own, of before it was reopened, it keeps.
    is_another_ones = request.resolved_at is not None
    another_ones: dict[str, Any] = (
        {"result": "", "rating": "", "resolved_at": None, "closed_at": None} if is_another_ones else {}
    )
    request = await step(desk, request, Verb.UNMERGE, actor, data=data, merged_into=None, **another_ones)
    return await custody.in_good_hands(desk, request)


# What the neighbours' common matter is, whoever's request stands for it.
_OF_THE_MATTER = (
    *("state", "came_from", "holder", "co_workers", "supervisor", "ladder", "escalation_level", "lane", "unit"),
    *("dispatched_at", "accepted_at", "due_first_response", "due_resolution", "due_next_update", "clock_from"),
    *("paused_at", "return_count", "offered_to"),
)


async def inherit(desk: Desk, ended: Request) -> Request | None:
    """A request with followers ends at its own resident's wish: the oldest follower's goes on in its place.

    `ended` is the request as it was before. Who has said that it is solved for him is the last to be asked to go on.
    """
    waiting = await desk.session.requests.all_followers(ended.number)
    if not waiting:
        return None
    heir = next((one for one in waiting if one.rating not in rating.SATISFIED), waiting[0])
    taken = {name: getattr(ended, name) for name in _OF_THE_MATTER}
    taken |= {"first_responder": heir.first_responder or ended.first_responder}
    data = {"from": ended.number}
    heir = await step(desk, heir, Verb.UNMERGE, "desk", data=data, merged_into=None, resolved_at=None)
    heir = await desk.session.requests.save(replace(heir, **taken))
    desk.note(heir, "inherit", "desk", ended=ended.number, state=heir.state.value)
    if can(heir, Verb.REQUESTER_REPLIES):  # the question was another one's
        heir = await step(desk, heir, Verb.REQUESTER_REPLIES, "desk")
    await follow(desk, await desk.session.requests.followers(ended.number), heir.number)
    await wind_up(desk, heir)
    return await custody.in_good_hands(desk, heir)


async def follow(desk: Desk, followers: list[Request], root: int | None) -> None:
    """These belong to another request from now on."""
    for one in followers:
        await desk.session.requests.save(replace(one, merged_into=root))
