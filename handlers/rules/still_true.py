"""At send time a message is checked once more: is what it says still so?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.records import Outgoing, Request, State

_CALLED_OFF = frozenset({State.CANCELLED, State.DECLINED})
_OF_THE_END = frozenset({"cancelled", "declined", "inherited", "unfollow", "reply", "answer", "over", "relocated"})


_OF_THE_MATTER = frozenset({"holder", "due"})  # asked of the request that stands for a merged one


def is_still_true(
    only_if: Mapping[str, Any], request: Request | None, now: datetime, root: Request | None = None
) -> bool:
    """`only_if` may say: `states` the request must be in one of; `unclaimed` nobody may have it in hand;
    `unresolved` no result may be known; `unheard` nobody may know what was said; `before` the hour of which the words
    tell must still come; `lane` where it must still lie; `result_of` the moment of the result they tell of, which must
    be the last one; `unjudged` its resident may not have said what he thinks of it. `holder`, who must still have it,
    and `due`, when it must still be due, are asked of `root`, which stands for it when it was merged."""
    if not only_if:
        return True
    if request is None or has_passed(only_if, now):
        return False
    if "states" in only_if and request.state not in [State(state) for state in only_if["states"]]:
        return False
    if "lane" in only_if and request.lane != only_if["lane"]:
        return False
    if only_if.get("unclaimed") and request.accepted_at is not None and request.state is not State.RETURNED:
        return False
    if only_if.get("unresolved") and request.resolved_at is not None:
        return False
    if only_if.get("unjudged") and request.rating:
        return False
    if "result_of" in only_if and not _is_moment(only_if["result_of"], request.resolved_at):
        return False
    if "holder" in only_if and (root or request).holder != only_if["holder"]:
        return False
    if "due" in only_if and not _is_moment(only_if["due"], (root or request).due_resolution):
        return False
    return not (only_if.get("unheard") and request.text)


def needs_the_root(only_if: Mapping[str, Any], request: Request) -> bool:
    """Is something asked that only the request it was merged into can tell?"""
    return request.state is State.MERGED and not _OF_THE_MATTER.isdisjoint(only_if)


def _is_moment(said: str, moment: datetime | None) -> bool:
    return moment is not None and datetime.fromisoformat(said) == moment


def has_passed(only_if: Mapping[str, Any], now: datetime) -> bool:
    """Do the words promise an hour that is over?"""
    return "before" in only_if and now >= datetime.fromisoformat(only_if["before"])


def is_called_off_since(message: Outgoing, request: Request) -> bool:
    """Was the request withdrawn, or declined, after this was said of it? Only that it is over is still news."""
    is_off = request.state in _CALLED_OFF and request.closed_at is not None
    return is_off and message.kind not in _OF_THE_END and message.created_at < (request.closed_at or message.created_at)
