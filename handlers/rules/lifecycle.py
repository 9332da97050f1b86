"""The life of a request: which move leads from where to where. Pure; the whole table stands here.

    gathering ─submit→ received ─dispatch→ dispatched ─accept→ accepted ─start→ in_progress
                                                           in_progress ─resolve→ resolved ─rate→ closed
    in_progress ─ask_requester→ waiting_requester ─requester_replies→ in_progress
    in_progress ─refer→ waiting_agency · in_progress ─schedule→ scheduled
    dispatched, accepted ─return→ returned ─dispatch→ dispatched · returned ─accept→ accepted
    any open state but gathering ─resolve→ resolved · any open state ─cancel→ cancelled
    resolved, closed ─reopen→ in_progress · in_progress ─unsay→ resolved · received, returned ─decline→ declined
    received, dispatched, returned ─suspend→ suspended · any open state ─merge→ merged
    accepted, in_progress, waiting_requester, waiting_agency, scheduled ─suspend→ suspended
    received, dispatched, returned ─redirect→ received
    accepted, in_progress, waiting_requester, waiting_agency, scheduled ─redirect→ received
    merged ─unmerge→ (where it was) · cancelled, declined, suspended ─restore→ (where it was)
    Also: received ─accept→ accepted · dispatched ─dispatch→ dispatched · in_progress ─return→ returned

State, in the words people see:
    gathering 待补充 · received 已受理 · dispatched 已派单 · accepted 已接单 · in_progress 办理中
    waiting_requester 待居民补充 · waiting_agency 吹哨待报到 · scheduled 已排期 · returned 退单待裁定
    suspended 暂停 · resolved 已办结待回访
    terminal: closed 已归档 · merged 并单 · declined 不予受理 · cancelled 已撤销
Source: shared design, desk.md "States" and "Moves".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from storage.records import OPEN_STATES, Request, State


class Verb(StrEnum):
    SUBMIT = "submit"  # 受理
    DISPATCH = "dispatch"  # 派单
    ACCEPT = "accept"  # 接单
    START = "start"  # 办理
    ASK_REQUESTER = "ask_requester"  # 请补充
    REQUESTER_REPLIES = "requester_replies"  # 补充
    REFER = "refer"  # 吹哨
    SCHEDULE = "schedule"  # 排期
    RETURN = "return"  # 退单
    RESOLVE = "resolve"  # 办结
    RATE = "rate"  # 回访
    REOPEN = "reopen"  # 重办
    UNSAY = "unsay"  # 点错了, after 没解决
    DECLINE = "decline"  # 不予受理
    CANCEL = "cancel"  # 撤销
    SUSPEND = "suspend"  # 暂停
    REDIRECT = "redirect"  # 改派: to the people of another place
    MERGE = "merge"  # 并单
    UNMERGE = "unmerge"  # 拆单
    RESTORE = "restore"  # 恢复


@dataclass(frozen=True, slots=True)
class Move:
    """From which states, and to which; without a target back to where the request was before."""

    sources: frozenset[State]
    target: State | None


_S = State
_IN_HAND = frozenset({_S.ACCEPTED, _S.IN_PROGRESS, _S.WAITING_REQUESTER, _S.WAITING_AGENCY, _S.SCHEDULED})
_ASKED_FOR = frozenset({_S.RECEIVED, _S.DISPATCHED, _S.RETURNED})

MOVES: Mapping[Verb, Move] = {
    Verb.SUBMIT: Move(frozenset({_S.GATHERING}), _S.RECEIVED),
    Verb.DISPATCH: Move(_ASKED_FOR, _S.DISPATCHED),
    Verb.ACCEPT: Move(_ASKED_FOR, _S.ACCEPTED),
    Verb.START: Move(_IN_HAND, _S.IN_PROGRESS),
    Verb.ASK_REQUESTER: Move(_IN_HAND, _S.WAITING_REQUESTER),
    Verb.REQUESTER_REPLIES: Move(frozenset({_S.WAITING_REQUESTER}), _S.IN_PROGRESS),
    Verb.REFER: Move(_IN_HAND, _S.WAITING_AGENCY),
    Verb.SCHEDULE: Move(_IN_HAND, _S.SCHEDULED),
    Verb.RETURN: Move(frozenset({_S.DISPATCHED, _S.ACCEPTED, _S.IN_PROGRESS}), _S.RETURNED),
    Verb.RESOLVE: Move(frozenset(OPEN_STATES) - {_S.GATHERING}, _S.RESOLVED),
    Verb.RATE: Move(frozenset({_S.RESOLVED}), _S.CLOSED),
    Verb.REOPEN: Move(frozenset({_S.RESOLVED, _S.CLOSED}), _S.IN_PROGRESS),
    Verb.UNSAY: Move(frozenset({_S.IN_PROGRESS}), _S.RESOLVED),
    Verb.DECLINE: Move(frozenset({_S.RECEIVED, _S.RETURNED}), _S.DECLINED),
    Verb.CANCEL: Move(frozenset(OPEN_STATES), _S.CANCELLED),
    Verb.SUSPEND: Move(frozenset(OPEN_STATES) - {_S.GATHERING, _S.SUSPENDED}, _S.SUSPENDED),
    Verb.REDIRECT: Move(_IN_HAND | _ASKED_FOR, _S.RECEIVED),
    Verb.MERGE: Move(frozenset(OPEN_STATES), _S.MERGED),
    Verb.UNMERGE: Move(frozenset({_S.MERGED}), None),
    Verb.RESTORE: Move(frozenset({_S.CANCELLED, _S.DECLINED, _S.SUSPENDED}), None),
}
_REMEMBERS = frozenset({_S.SUSPENDED, _S.MERGED, _S.DECLINED, _S.CANCELLED})  # these lead back to where it was


class IllegalMove(Exception):
    """This move is not possible from where the request stands."""

    def __init__(self, verb: Verb, state: State) -> None:
        super().__init__(f"{verb} is not possible from {state}")
        self.verb = verb
        self.state = state


def can(request: Request, verb: Verb) -> bool:
    return request.state in MOVES[verb].sources


def possible(state: State) -> tuple[Verb, ...]:
    """What can be done from here, in the table's order."""
    return tuple(verb for verb, move in MOVES.items() if state in move.sources)


def move(request: Request, verb: Verb, **changes: Any) -> Request:
    """The request after the move, with these further changes. Raises IllegalMove."""
    if not can(request, verb):
        raise IllegalMove(verb, request.state)
    target = MOVES[verb].target
    *earlier, before = request.came_from or (State.RECEIVED,)
    if target is None:
        return replace(request, state=before, came_from=tuple(earlier), **changes)
    came_from = (*request.came_from, request.state) if target in _REMEMBERS else ()
    return replace(request, state=target, came_from=came_from, **changes)
