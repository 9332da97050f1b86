"""Places to die at: between receiving and marking, before and after every commit, with a timer or a picture in hand.

`python -m tests.kill.failpoints kept:3 serve -c …` is `hutong serve -c …` that ends like a power cut when a message has
been written into the inbox for the third time. The product knows nothing of this: its methods are wrapped here, in a
process of its own.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import itertools
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

DIED = 77  # the exit code

# Point → the methods, and whether death comes before or after them.
POINTS: Mapping[str, tuple[str, str]] = {
    "received": ("before", "storage.inbox:Inbox.receive"),
    "kept": ("after", "storage.inbox:Inbox.receive"),
    "changed": ("after", "storage.requests:Requests.save"),
    "journaled": ("after", "storage.journal:Journal.add"),
    "told": ("after", "storage.outbox:Outbox.add"),
    "settled": ("after", "storage.inbox:Inbox.settle"),
    "committing": ("before", "storage.session:Session.flush"),
    "committed": ("after", "handlers.reception:Reception.receive"),
    "claiming": ("after", "storage.outbox:Outbox.claim"),
    "claimed": ("after", "bot.delivery:Carrier._claim"),
    "sending": ("before", "bot.senders:ToResident.send bot.senders:ToMember.send"),
    "sent": ("after", "bot.senders:ToResident.send bot.senders:ToMember.send"),
    "marking": ("after", "storage.outbox:Outbox.mark"),
    "marked": ("after", "bot.delivery:Carrier._carried"),
    "ringing": ("after", "storage.timers:Timers.take"),
    "rung": ("after", "bot.scheduler:Sweeper._one"),
    "fetching": ("before", "bot.channels.media:MediaFolder.store"),
    "fetched": ("after", "bot.channels.media:MediaFolder.store"),
}

FETCHING = frozenset({"fetching", "fetched"})  # with pictures, whose claims last long


def arm(spec: str) -> None:
    """Let this process die at `point:n`, the n-th time it comes there."""
    point, nth = spec.split(":")
    when, places = POINTS[point]
    count = itertools.count(1)

    def passes() -> None:
        if next(count) == int(nth):
            os._exit(DIED)

    for place in places.split():
        module, path = place.split(":")
        owner, name = path.split(".")
        _wrap(getattr(importlib.import_module(module), owner), name, when, passes)


def _wrap(owner: Any, name: str, when: str, passes: Callable[[], None]) -> None:
    method = getattr(owner, name)
    before, after = (passes, _nothing) if when == "before" else (_nothing, passes)

    @functools.wraps(method)
    def plain(*args: Any, **named: Any) -> Any:
        before()
        result = method(*args, **named)
        after()
        return result

    @functools.wraps(method)
    async def awaited(*args: Any, **named: Any) -> Any:
        before()
        result = await method(*args, **named)
        after()
        return result

    setattr(owner, name, awaited if inspect.iscoroutinefunction(method) else plain)


def _nothing() -> None:
    """On the side of the method where nobody dies."""


if __name__ == "__main__":
    from bot.cli import main

    arm(sys.argv[1])
    main(sys.argv[2:])
