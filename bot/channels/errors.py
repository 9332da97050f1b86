"""What can go wrong at a door. A later try and a last no are different words."""

from __future__ import annotations


class ChannelError(Exception):
    """Something the other side said or did; `code` is its own error code, 0 if it gave none."""

    def __init__(self, reason: str, code: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code


class NotOurs(ChannelError):
    """What came in was not sent by the platform we trust: wrong signature, stale, garbled."""


class TryLater(ChannelError):
    """Not now: network, busy platform, rate limit. The same message may go out later.

    `uncertain` is true when the message may have arrived all the same (a time-out after sending),
    so that it is not repeated blindly. `wait` is the number of seconds the platform asks for, if known.
    """

    def __init__(self, reason: str, code: int = 0, *, uncertain: bool = False, wait: float | None = None) -> None:
        super().__init__(reason, code)
        self.uncertain = uncertain
        self.wait = wait


class Refused(ChannelError):
    """Never this way: unknown receiver, malformed, no right. Another way must be found."""


class WindowClosed(Refused):
    """The resident's window for free messages is closed or used up (45015, 45047)."""
