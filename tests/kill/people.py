"""Who writes during the campaign: residents with troubles that each carry a word nobody else says, members at work."""

from __future__ import annotations

import asyncio
import contextlib
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from bot.emulator.world import Group, Line, Resident
from tests.kill.town import Town

TROUBLES = ("厨房水管漏了", "楼道灯不亮了", "下水道堵了", "窗户玻璃碎了", "楼梯扶手松了", "暖气不热了")
TRIES = 5  # how often a member says a thing that nobody answers
PATIENCE = 5.0  # seconds before he says it again
_CARD = re.compile(r"接单请发.@小助手 接 (\d+)")
TAKEN = re.compile(r"#(\d+) (\S+?)接下了")
_DONE = re.compile(r"#(\d+) 马上告诉居民，等居民评价")


@dataclass(frozen=True)
class Said:
    """A resident's message. `word` stands in no other; empty for a tap. `is_answered`: the platform got its answer."""

    openid: str
    text: str
    word: str
    is_answered: bool


@dataclass
class Pace:
    """Seconds between two troubles of a resident, least and most."""

    least: float
    most: float


@dataclass
class People:
    """All who write, until `hush` (no new troubles) and `rest` (members and ratings too)."""

    town: Town
    chance: Random
    pace: Pace
    pictures: bool = False
    said: list[Said] = field(default_factory=list)
    duplicates: int = 0
    _hushed: asyncio.Event = field(default_factory=asyncio.Event)
    _rested: asyncio.Event = field(default_factory=asyncio.Event)
    _residents: list[asyncio.Task[None]] = field(default_factory=list)
    _others: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def heard(self) -> int:
        """Messages of residents that the platform got an answer for."""
        return sum(one.is_answered for one in self.said)

    def start(self) -> None:
        self._residents = [asyncio.create_task(self._live(one)) for one in self.town.residents]
        members = [self._work(group) for group in self.town.groups]
        raters = [self._rate(one) for one in self.town.residents]
        self._others = [asyncio.create_task(life) for life in (*members, *raters)]

    async def hush(self) -> None:
        """No new troubles; what is on its way gets its end."""
        self._hushed.set()
        await asyncio.gather(*self._residents)

    async def rest(self) -> None:
        await self.hush()
        self._rested.set()
        await asyncio.gather(*self._others)

    async def show(self, openid: str) -> None:
        """A picture of the trouble just told."""
        lines = await self.town.platforms.wechat.send_image(openid, b"\xff\xd8\xff" + self.chance.randbytes(64))
        self.said.append(Said(openid, "", "", _is_answered(lines)))

    async def say(self, openid: str) -> None:
        """A trouble, now and then delivered twice by the platform."""
        word = "".join(self.chance.choices(string.ascii_lowercase, k=10))
        text = f"{self.chance.choice(TROUBLES)}(暗号{word})"
        if self.chance.random() < 0.15:
            faults = self.town.platforms.wechat.faults
            faults.duplicate_next, faults.duplicate_how = 1, self.chance.choice(("together", "after"))
            self.duplicates += 1
        lines = await self.town.platforms.wechat.say(openid, text)
        self.said.append(Said(openid, text, word, _is_answered(lines)))

    # ── residents ────────────────────────────────────────────────────────────────────────────────

    async def _live(self, resident: Resident) -> None:
        while not await _happens(self._hushed, self.chance.uniform(self.pace.least, self.pace.most)):
            times = 2 if self.chance.random() < 0.2 else 1
            await asyncio.gather(*(self.say(resident.openid) for _ in range(times)))
            if self.pictures and self.chance.random() < 0.3:
                await self.show(resident.openid)

    async def _rate(self, resident: Resident) -> None:
        """Whatever asks for it is 满意, once."""
        rated: set[int] = set()
        while not await _happens(self._rested, 0.5):
            asked = [(line, index) for line in resident.chat for index in _good(line) if line.id not in rated]
            for line, index in asked:
                rated.add(line.id)
                heard = await self.town.platforms.wechat.tap(resident.openid, line.id, index)
                self.said.append(Said(resident.openid, line.options[index][1], "", _is_answered(heard)))

    # ── members ──────────────────────────────────────────────────────────────────────────────────

    async def _work(self, group: Group) -> None:
        """Both members of a lane shout 接 at once; whoever the desk names does the work."""
        desk = _Board(group, self.chance)
        while not await _happens(self._rested, 0.2):
            desk.look(asyncio.get_running_loop().time())
            for userid, text in list(desk.due(asyncio.get_running_loop().time())):
                await self.town.platforms.wecom.say(userid, text, chatid=group.chatid, mention=True)


def _good(line: Line) -> list[int]:
    return [index for index, (label, *_) in enumerate(line.options) if label == "满意"]


def _is_answered(lines: list[Line]) -> bool:
    """The platform shows its notice when all deliveries failed; a copy's failure beside an answer is none."""
    return not lines or any(line.via != "notice" for line in lines)


async def _happens(event: asyncio.Event, within: float) -> bool:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), within)
    return event.is_set()


@dataclass
class _Matter:
    number: int
    at: float  # when somebody says the next thing
    holder: str = ""
    is_done: bool = False
    tries: int = 0


@dataclass
class _Board:
    """What the members of one group know from reading it."""

    group: Group
    chance: Random
    matters: dict[int, _Matter] = field(default_factory=dict)
    _read: int = 0

    def look(self, now: float) -> None:
        for line in self.group.chat[self._read :]:
            self._read += 1
            if found := _CARD.search(line.text):
                self._hear_of(int(found[1]), now)
            elif (found := TAKEN.search(line.text)) and (matter := self.matters.get(int(found[1]))):
                matter.holder, matter.tries, matter.at = found[2], 0, now + self.chance.uniform(0.3, 2)
            elif (found := _DONE.search(line.text)) and (matter := self.matters.get(int(found[1]))):
                matter.is_done = True

    def due(self, now: float) -> Iterator[tuple[str, str]]:
        """Who says what now."""
        for matter in self.matters.values():
            if matter.is_done or matter.at > now or matter.tries >= TRIES:
                continue
            matter.at, matter.tries = now + PATIENCE, matter.tries + 1
            if matter.holder:
                yield self.group.members[0], f"办结 {matter.number} 换好了"
            else:
                speakers = list(self.group.members)
                self.chance.shuffle(speakers)
                yield from ((userid, f"接 {matter.number}") for userid in speakers)

    def _hear_of(self, number: int, now: float) -> None:
        """One in twenty is left to the ladder."""
        ignored = TRIES if self.chance.random() < 0.05 else 0
        fresh = _Matter(number, now + self.chance.uniform(0.1, 1), tries=ignored)
        self.matters.setdefault(number, fresh)
