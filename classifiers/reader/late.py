"""Regular expressions that are compiled when they are first asked.

We have some six hundred, and Python needs a second to compile them: at the start of every command, of which most ask
few. So each waits until it is needed; a desk that has opened its door compiles the rest in the background.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

_ASKED = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")
_made: list[_Late] = []


class _Late:
    """Stands for a pattern. Once it was asked something its methods are the pattern's own, and as fast."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags
        _made.append(self)

    def __getattr__(self, name: str) -> Any:
        if name not in _ASKED:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        for each in _ASKED:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern to be asked like any other. What is wrong with it is found when it is first asked."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


def compile_one_by_one() -> Iterator[str]:
    """Compile all there are, each a step of its own: some milliseconds. Raises re.error."""
    for one in _made:
        _ = one.search
        yield one.pattern
