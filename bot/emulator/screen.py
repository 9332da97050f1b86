"""Where lines appear: numbers them, stamps them with the time, tells the listeners; and the media they point to."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import unescape
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from aiohttp import BodyPartReader, web

from bot.clock import PushedClock
from bot.emulator.credentials import dice, letters
from bot.emulator.world import Line, Listener

T = TypeVar("T")
LARGEST_BODY = 32 * 1024 * 1024
MEDIA_LIVE = timedelta(days=3)
_ANCHOR = re.compile(r"<a\s+[^>]*?href\s*=\s*(\"[^\"]*\"|'[^']*')[^>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL)


class Screen:
    """Both platforms write their lines here."""

    def __init__(self, clock: PushedClock, listeners: list[Listener], seed: int = 0) -> None:
        self.clock = clock
        self.listeners = listeners
        self.media = MediaStore(clock, seed)
        self._ids = itertools.count(1)

    def show(self, chat: list[Line], sender: str, kind: str, text: str, **more: Any) -> Line:
        """Append a new line to a chat; `more` are further fields of Line."""
        line = Line(id=next(self._ids), at=self.clock.now(), sender=sender, kind=kind, text=text, **more)
        chat.append(line)
        self.changed()
        return line

    def redraw(self, chat: list[Line], line_id: int, **changes: Any) -> Line:
        """Put a changed line in the place of the old one. Raises LookupError for a line that is not there."""
        place = find(chat, line_id)
        chat[place] = replace(chat[place], **changes)
        self.changed()
        return chat[place]

    def changed(self) -> None:
        for listener in list(self.listeners):
            listener()


def find(chat: list[Line], line_id: int) -> int:
    """The place of a line in its chat. Raises LookupError."""
    for place, line in enumerate(chat):
        if line.id == line_id:
            return place
    raise LookupError(f"no line {line_id} in this chat")


@dataclass(frozen=True, slots=True)
class Media:
    """A file somebody sent or uploaded. `kind` is the platform's word: image, voice, video, thumb, file."""

    id: str
    kind: str
    content: bytes
    content_type: str
    at: datetime


class MediaStore:
    """Temporary media, three days (fact sheet C9). What is expired stays on screens, but no API hands it out."""

    def __init__(self, clock: PushedClock, seed: int) -> None:
        self._clock = clock
        self._chance = dice("media", seed)
        self._kept: dict[str, Media] = {}

    def keep(self, kind: str, content: bytes, content_type: str) -> Media:
        media = Media(letters(self._chance, 64), kind, content, content_type, self._clock.now())
        self._kept[media.id] = media
        return media

    def get(self, media_id: str) -> Media:
        """Raises LookupError when there never was one."""
        return self._kept[media_id]

    def fresh(self, media_id: object) -> Media | None:
        media = self._kept.get(str(media_id))
        return media if media and self._clock.now() - media.at < MEDIA_LIVE else None


@dataclass(frozen=True, slots=True)
class Words:
    """A text as the client shows it."""

    text: str
    options: tuple[tuple[str, str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()


def read_links(text: str) -> Words:
    """Anchors become their labels; bizmsgmenu ones are tappable answers, the others links (fact sheet A7)."""
    options: list[tuple[str, str, str]] = []
    links: list[tuple[str, str]] = []

    def label(found: re.Match[str]) -> str:
        address, words = unescape(found[1][1:-1]), unescape(found[2])
        if address.startswith("weixin://bizmsgmenu"):
            query = parse_qs(urlsplit(address).query, keep_blank_values=True)
            options.append((words, query.get("msgmenucontent", [""])[0], query.get("msgmenuid", [""])[0]))
        else:
            links.append((words, address))
        return words

    return Words(_ANCHOR.sub(label, text), tuple(options), tuple(links))


async def read_upload(request: web.Request) -> tuple[bytes, str] | None:
    """Content and type of the multipart field `media`; the app's own limit of a body does not count here."""
    if request.content_type != "multipart/form-data":
        return None
    found, form = None, await roomy(request).multipart()
    while (part := await form.next()) is not None:
        if isinstance(part, BodyPartReader) and part.name == "media":
            content_type = part.headers.get("Content-Type", "application/octet-stream")
            found = bytes(await part.read(decode=True)), content_type
    return found


def roomy(request: web.Request) -> web.BaseRequest:
    """The same request, to be read up to the platform's limit."""
    return request.clone(client_max_size=LARGEST_BODY)


class Rate:
    """At most `limit` in any stretch of `per` (a sliding window: the harder reading of fact sheet D5)."""

    def __init__(self, limit: int, per: timedelta) -> None:
        self._limit, self._per = limit, per
        self._seen: deque[datetime] = deque()

    def has_room(self, now: datetime) -> bool:
        while self._seen and now - self._seen[0] >= self._per:
            self._seen.popleft()
        return len(self._seen) < self._limit

    def count(self, now: datetime) -> None:
        self._seen.append(now)


class Errands:
    """What is under way, so that a test can wait until it is done."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    @property
    def pending(self) -> set[asyncio.Task[Any]]:
        return set(self._tasks)
