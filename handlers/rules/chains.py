"""Chains of merged requests: every one must lead to a root that still stands for it. Pure.

A root may be open, resolved, closed or declined: what became of it was told to all. It must exist, lead on if it is
itself merged, and not be cancelled: then the oldest neighbour's request takes its place.
Source: shared design, desk.md "merge / unmerge".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storage.records import State


def broken(links: Mapping[int, int | None], states: Mapping[int, State]) -> Iterator[int]:
    """Requests whose chain ends nowhere. `links` says what each merged request belongs to, `states` where those stand
    that are named."""
    sound: set[int] = set()
    for number in links:
        walked, end = _walk(number, links, sound)
        if end in sound or _stands(end, links, states):
            sound.update(walked)
        else:
            yield number


def _walk(number: int, links: Mapping[int, int | None], sound: set[int]) -> tuple[list[int], int | None]:
    """The way from a request up to what is no link itself, is known to be sound, or was walked before; and that end."""
    walked: dict[int, None] = {}
    here: int | None = number
    while here is not None and here in links and here not in walked and here not in sound:
        walked[here] = None
        here = links[here]
    return list(walked), here


def _stands(end: int | None, links: Mapping[int, int | None], states: Mapping[int, State]) -> bool:
    return end is not None and end not in links and states.get(end) not in (None, State.CANCELLED, State.MERGED)
