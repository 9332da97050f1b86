"""The campaign itself: kill, start again at once, many times; then let the bot finish, and look for what is wrong."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.kill import evidence
from tests.kill.evidence import Findings
from tests.kill.failpoints import DIED, FETCHING
from tests.kill.nursery import Child, nursery
from tests.kill.people import Pace, People
from tests.kill.town import Failed, Town, made, outbound, until

HEARD_WITHIN = 5.0  # seconds a life waits for somebody to be heard
POINT_WITHIN = 6.0  # seconds for a point to be met
MOST_PASSES = 3  # how often it may be passed first
DRAINED_WITHIN = (
    180.0  # seconds for the outbox to become empty; a claim of a killed process alone lasts 12, of pictures 90
)


@dataclass
class Timing:
    """Seconds. `pause` is between two deliveries of a push, so that three of them outlast a start."""

    pause: float
    pace: Pace
    rest: float = 0.4  # the longest a process lives once it is up

    @classmethod
    def of(cls, rounds: int, *, cold: bool) -> Timing:
        """A long campaign must stay below the 30 messages a minute that a robot may say in a group."""
        pace = Pace(5, 14) if rounds <= 50 else Pace(9, 24)
        return cls(pause=2.5 if cold else 1.0, pace=pace)


@dataclass
class Campaign:
    """`rounds` lives of the bot, each ended by SIGKILL: at any moment, at a push, or at something it just said."""

    town: Town
    people: People
    chance: Random
    timing: Timing
    recoveries: list[float] = field(default_factory=list)
    points: Sequence[str] = ()  # where each life ends in its turn; without any at random moments
    kills: int = 0
    met: Counter[str] = field(default_factory=Counter)  # deaths by the point where they came
    _late: list[asyncio.Task[object]] = field(default_factory=list)

    async def run(self, rounds: int, progress: Callable[[int], None] = lambda _: None) -> None:
        self.people.start()
        for done in range(rounds):
            await (self._one_life() if not self.points else self._life_to(self.points[done % len(self.points)]))
            progress(done + 1)
        child = await self.town.start()
        await self._risen()
        await self.people.hush()
        await asyncio.gather(*self._late)
        await self._drained()
        await self.people.rest()
        await self._drained()
        if code := await self.town.end(child):
            raise Failed(f"the bot ended with {code}; see {self.town.log}")

    async def _one_life(self) -> None:
        started = asyncio.get_running_loop().time()
        child = await self.town.start()
        if self.chance.random() < 0.15:  # it dies while it starts
            await asyncio.sleep(self.chance.uniform(0, self.recoveries[-1] if self.recoveries else 0.5))
        else:
            await self._risen(started)
            if self.chance.random() < 0.7:  # a slow machine shall not kill it each time before it heard anybody
                await self._somebody_heard()
            await asyncio.sleep(self.chance.uniform(0, self.timing.rest))
            await self.chance.choice((self._now, self._at_a_push, self._at_a_word))(child)
        child.signal(signal.SIGKILL)
        await child.wait()
        self.kills += 1
        self._repeat_something()

    async def _life_to(self, point: str) -> None:
        """It dies by itself at this point, one of the first times it comes there; or by our hand if it never does."""
        started = asyncio.get_running_loop().time()
        child = await self.town.start(fail=f"{point}:{self.chance.randint(1, MOST_PASSES)}")
        ended, rising = asyncio.create_task(child.wait()), asyncio.create_task(self._risen(started))
        await asyncio.wait([ended, rising], return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait([ended], timeout=POINT_WITHIN)
        rising.cancel()
        if not ended.done():
            child.signal(signal.SIGKILL)
        self.met[point] += await ended == DIED
        self.kills += 1
        self._repeat_something()

    async def _risen(self, started: float = 0.0) -> None:
        loop = asyncio.get_running_loop()
        started = started or loop.time()
        await self.town.up()
        self.recoveries.append(loop.time() - started)

    async def _somebody_heard(self) -> None:
        before = self.people.heard
        with contextlib.suppress(Failed):
            await until(lambda: self._heard_since(before), HEARD_WITHIN, "nobody is heard")

    async def _heard_since(self, before: int) -> bool:
        return self.people.heard > before

    # ── moments to die ───────────────────────────────────────────────────────────────────────────

    async def _now(self, _: Child) -> None:
        """Any moment is right."""

    async def _at_a_push(self, _: Child) -> None:
        """While a resident's message is read, kept or answered."""
        before = self.town.platforms.wechat.pusher.attempts
        with contextlib.suppress(Failed):
            await until(lambda: self._pushed_since(before), 0.6, "nobody writes", every=0.001)
        await asyncio.sleep(self.chance.uniform(0, 0.03))

    async def _pushed_since(self, before: int) -> bool:
        return self.town.platforms.wechat.pusher.attempts > before

    async def _at_a_word(self, child: Child) -> None:
        """The platform has shown a message, and the bot does not know it yet."""
        before, heard = self._latest(), asyncio.Event()

        def shown() -> None:
            if not heard.is_set() and self._latest() > before:
                child.signal(signal.SIGKILL)
                heard.set()

        self.town.platforms.listeners.append(shown)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(heard.wait(), 0.6)
        self.town.platforms.listeners.remove(shown)

    def _latest(self) -> int:
        """The newest line that came unasked and is the last of its chat; lines are numbered as they appear."""
        wechat, wecom = self.town.platforms.wechat, self.town.platforms.wecom
        chats = [one.chat for one in wechat.residents.values()] + [one.chat for one in wecom.members.values()]
        chats += [one.chat for one in wecom.groups.values()]
        return max((line.id for chat in chats for line in outbound(chat[-1:])), default=0)

    def _repeat_something(self) -> None:
        """Platforms deliver again what the dead process had already: the robot's last messages, an old push."""
        if self.chance.random() < 0.3:
            self.town.platforms.wecom.faults.duplicate_after_reconnect = 2
        if self.chance.random() < 0.3 and self.people.said:
            self.people.duplicates += 1
            again = self.town.platforms.wechat.redeliver(self.chance.randint(1, 3))
            self._late.append(asyncio.create_task(again))

    # ── the end ──────────────────────────────────────────────────────────────────────────────────

    async def _drained(self) -> None:
        """Nothing waits in the outbox, twice in a row."""
        async with self.town.store() as store:

            async def is_empty() -> bool:
                async with store.reading() as session:
                    return not (await session.outbox.counts()).get("waiting")

            for _ in range(2):
                await until(is_empty, DRAINED_WITHIN, "the outbox does not become empty", every=0.3)
                await asyncio.sleep(0.5)


async def campaign(
    folder: Path,
    database: str,
    *,
    rounds: int,
    seed: int,
    cold: bool = False,
    points: Sequence[str] = (),
    progress: Callable[[int], None] = lambda _: None,
) -> Findings:
    """Run a campaign on a fresh database and say what was found."""
    timing = Timing.of(rounds, cold=cold)
    async with _town(folder, database, seed, timing, cold=cold) as town:
        people = People(town, Random(f"people {seed}"), timing.pace, pictures=set(points) >= FETCHING)
        found = Campaign(town, people, Random(f"kills {seed}"), timing, points=points)
        await found.run(rounds, progress)
        return await evidence.examine(town, people, found.kills, found.recoveries, found.met)


@contextlib.asynccontextmanager
async def _town(folder: Path, database: str, seed: int, timing: Timing, *, cold: bool) -> AsyncIterator[Town]:
    async with nursery(cold=cold) as born, made(folder, database, born, seed, pause=timing.pause) as town:
        yield town
