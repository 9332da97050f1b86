"""How often Python looks for garbage that holds itself."""

from __future__ import annotations

import gc

MADE = 10_000  # objects more than were let go; Python's own 700 are used up by ten messages


def collect_seldom() -> None:
    """Look for garbage fifteen times less often.

    The word lists and the gazetteer are some 200,000 objects that stay. Walking over them again and again takes 0.3 s
    of the start, a twentieth of a busy minute, and at worst all who write just then wait for 0.1 s.
    """
    gc.set_threshold(MADE)
