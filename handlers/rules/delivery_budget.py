"""What the platform lets us send a resident, and what for (fact sheet C3).

A message of the resident opens 48 hours for five messages; a click, a scan or a follow opens one minute for three.
A new one of a kind starts that allowance anew; it does not add up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from storage.records import Window

MESSAGE_WINDOW = timedelta(hours=48)
MESSAGE_ALLOWANCE = 5
CLICK_WINDOW = timedelta(minutes=1)
CLICK_ALLOWANCE = 3
RESERVED = 1  # of the five, for the news that it is done
MARGIN = timedelta(seconds=5)  # the platform's clock is not ours

MOST_IMPORTANT = frozenset({"resolved", "emergency"})  # kinds that may use the reserve


class Way(StrEnum):
    CLICK = "click"
    MESSAGE = "message"
    NONE = "none"


def _left(window: Window, length: timedelta, allowance: int, now: datetime) -> int:
    if window.opened_at is None or now > window.opened_at + length - MARGIN:
        return 0
    return allowance - window.used


def choose(message: Window, click: Window, kind: str, now: datetime) -> Way:
    """Which allowance to take for this kind: the short-lived one first, the reserve only for what counts."""
    if _left(click, CLICK_WINDOW, CLICK_ALLOWANCE, now) > 0:
        return Way.CLICK
    reserve = 0 if kind in MOST_IMPORTANT else RESERVED
    return Way.MESSAGE if _left(message, MESSAGE_WINDOW, MESSAGE_ALLOWANCE, now) > reserve else Way.NONE


def is_open(message: Window, click: Window, now: datetime) -> bool:
    """May anything be said to him but a template?"""
    return choose(message, click, next(iter(MOST_IMPORTANT)), now) is not Way.NONE


def spend(message: Window, click: Window, way: Way) -> tuple[Window, Window]:
    """The two windows after one message."""
    if way is Way.CLICK:
        return message, replace(click, used=click.used + 1)
    return replace(message, used=message.used + (way is Way.MESSAGE)), click


def exhausted(message: Window, click: Window) -> tuple[Window, Window]:
    """The platform said no (45015, 45047): it knows better than our ledger."""
    return replace(message, used=MESSAGE_ALLOWANCE), replace(click, used=CLICK_ALLOWANCE)
