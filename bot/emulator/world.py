"""What the emulated platforms have in common: the lines of a chat, the people, and what can be made to go wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One bubble in a chat, as a person's screen shows it.

    `via` says how it came: `said` by a person · `passive` reply · `custom` message · `template` message · `push` or
    `reply` of the robot · `webhook` · `notice` the platform's own words. `options` are tappable answers (label, text
    it sends, id); for a card's buttons the id is the key. `media` is a key into the platforms' media store.
    `delivered` is false for what a person said in a group without mentioning the robot, and for what the platform
    could not bring to the desk. `links` are the words that open a page (label, address). `task_id` is a card's own.
    `sender` is an open id or WeCom userid for people, the account's or robot's name for the desk.
    """

    id: int
    at: datetime
    sender: str
    kind: str  # text · markdown · image · voice · location · template · card · notice
    text: str = ""
    via: str = "said"
    options: tuple[tuple[str, str, str], ...] = ()
    media: str = ""
    quoted: str = ""
    delivered: bool = True
    links: tuple[tuple[str, str], ...] = ()
    task_id: str = ""


@dataclass(slots=True)
class Resident:
    """A person with WeChat. `openid` is what the official account knows of him."""

    openid: str
    name: str
    follows: bool = False
    chat: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Colleague:
    """A person with WeCom; `chat` is his one-to-one talk with the robot, which may push once he wrote (`awake`)."""

    userid: str
    name: str
    chat: list[Line] = field(default_factory=list)
    awake: bool = False


@dataclass(slots=True)
class Group:
    """A WeCom group with the robot in it. The robot may push once it was mentioned there (`awake`)."""

    chatid: str
    name: str
    members: tuple[str, ...] = ()
    awake: bool = False
    chat: list[Line] = field(default_factory=list)


Listener = Callable[[], None]  # called after anything a screen shows has changed
