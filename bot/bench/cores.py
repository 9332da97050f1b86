"""Keeps who is measured and who measures apart: each on a core of its own, where the system lets us."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

ANY = -1


def two_cores() -> tuple[int, int]:
    """One for the target, one for the load; ANY where there is only one, or where processes cannot be pinned."""
    if not hasattr(os, "sched_getaffinity"):
        return ANY, ANY
    first, *others = sorted(os.sched_getaffinity(0))
    return (first, others[0]) if others else (ANY, ANY)


def pin(core: int) -> None:
    """Stay on this core."""
    if core != ANY:
        os.sched_setaffinity(0, {core})


@contextlib.contextmanager
def pinned(core: int) -> Iterator[None]:
    """Stay on this core until the end of the `with`."""
    if core == ANY:
        yield
        return
    before = os.sched_getaffinity(0)
    pin(core)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
