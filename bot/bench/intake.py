"""`hutong bench intake`: how fast messages are taken in, beside two that do less, in alternated rounds of one run."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bot.bench.cores import pinned, two_cores
from bot.bench.load import Run, closed_loop, fetch, open_loop
from bot.bench.targets import CPU, TARGETS, credentials
from bot.bench.words import Platform, Push, openids

FASTEST = 4000  # messages a second that are made ready for a target that must not hear one twice
POOL = 4000  # pushes that the others hear again and again
WARM_UP = 300  # messages before the first round


class BenchError(Exception):
    """A target did not start, or answered wrongly."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: seconds of each run, rounds, connections, arrivals a second."""

    rounds: int = 3
    seconds: float = 3.0
    connections: int = 32
    rates: tuple[float, ...] = (100.0, 300.0)


@dataclass(frozen=True, slots=True)
class Figures:
    """One run: messages a second, latency in ms, CPU µs a message at the target, CPU share of the generator."""

    rate: float
    p50: float
    p99: float
    max: float
    cpu: float
    generator: float
    messages: int

    @classmethod
    def of(cls, run: Run, cpu: float) -> Figures:
        ranked = sorted(run.latencies)
        count = len(ranked)
        return cls(
            count / run.seconds,
            ranked[count // 2] * 1000,
            ranked[min(count - 1, count * 99 // 100)] * 1000,
            ranked[-1] * 1000,
            cpu / count * 1e6,
            run.own_cpu,
            count,
        )

    @classmethod
    def middle(cls, many: Sequence[Figures]) -> Figures:
        """The median of each figure; of the slowest message the slowest of all, of the messages the sum."""
        medians = {
            name: median(getattr(one, name) for one in many) for name in ("rate", "p50", "p99", "cpu", "generator")
        }
        return cls(max=max(one.max for one in many), messages=sum(one.messages for one in many), **medians)


@dataclass
class _Target:
    name: str
    port: int
    platform: Platform
    pool: list[Push]

    def pushes(self, count: int) -> list[Push]:
        """So many that it may hear: the desk must not hear one twice, or it would only look up the first answer."""
        if self.name == "hutong":
            self.pool += self.platform.take(max(0, count - len(self.pool)))
            taken, self.pool = self.pool[:count], self.pool[count:]
            return taken
        return list(itertools.islice(itertools.cycle(self.pool), count))

    def check(self, run: Run) -> None:
        """Every reply was 200; of the looked-at ones each is what this target has to say."""
        fits = (lambda push, body: body == push.body) if self.name == "echo" else self.platform.is_answer
        bad = sum(not fits(push, body) for push, body in run.samples)
        if run.wrong or bad:
            raise BenchError(f"{self.name}: {run.wrong} replies without 200, {bad} of {len(run.samples)} not readable")

    async def cpu(self) -> float:
        return float(json.loads(await fetch(self.port, CPU)))


Results = dict[str, dict[str, Figures]]  # target → "closed" or the rate → figures


async def measure(folder: Path, plan: Plan) -> dict[str, Any]:
    """Run everything. Returns `targets` (name → way → figures), `ratios` (what → number) and how it was done."""
    for_target, for_load = two_cores()
    with pinned(for_load):
        async with contextlib.AsyncExitStack() as stack:
            platform = Platform(credentials(), openids())
            pool = platform.take(POOL)
            targets = [
                _Target(name, await stack.enter_async_context(_started(name, folder, for_target)), platform, pool[:])
                for name in TARGETS
            ]
            rounds = await _rounds(targets, plan)
    found = {name: {way: Figures.middle(many) for way, many in ways.items()} for name, ways in rounds.items()}
    return {"targets": found, "ratios": _ratios(rounds), "pinned": for_target != for_load, "plan": plan}


async def _rounds(targets: Sequence[_Target], plan: Plan) -> dict[str, dict[str, list[Figures]]]:
    """Each round in the other order than the one before it, so that no target always runs on a warm machine."""
    found: dict[str, dict[str, list[Figures]]] = {target.name: {} for target in targets}
    for target in targets:
        target.check(await closed_loop(target.port, iter(target.pushes(WARM_UP)), connections=4, seconds=plan.seconds))
    for number in range(plan.rounds):
        for target in reversed(targets) if number % 2 else targets:
            found[target.name].setdefault("closed", []).append(await _closed(target, plan))
        for rate in plan.rates:
            for target in targets:
                found[target.name].setdefault(f"{rate:g}/s", []).append(await _open(target, rate, plan, number))
    return found


async def _closed(target: _Target, plan: Plan) -> Figures:
    count = int(FASTEST * plan.seconds)
    pushes = target.pushes(count)
    said = iter(pushes) if target.name == "hutong" else itertools.cycle(pushes)
    before = await target.cpu()
    run = await closed_loop(target.port, said, connections=plan.connections, seconds=plan.seconds)
    figures = Figures.of(run, await target.cpu() - before)
    if target.name == "hutong":
        target.pool = pushes[figures.messages :] + target.pool
    target.check(run)
    return figures


async def _open(target: _Target, rate: float, plan: Plan, number: int) -> Figures:
    pushes = target.pushes(max(1, int(rate * plan.seconds)))
    before = await target.cpu()
    run = await open_loop(target.port, pushes, rate=rate, seed=number)
    figures = Figures.of(run, await target.cpu() - before)
    target.check(run)
    return figures


def _ratios(rounds: Mapping[str, Mapping[str, Sequence[Figures]]]) -> dict[str, float]:
    """Paired within each round: speeds drift on a shared machine, and only what was measured together compares."""
    ours = rounds["hutong"]["closed"]
    return {
        name: median(mine.rate / other.rate for mine, other in zip(ours, rounds[name]["closed"], strict=True))
        for name in rounds
        if name != "hutong"
    }


@contextlib.asynccontextmanager
async def _started(name: str, folder: Path, core: int) -> AsyncIterator[int]:
    """The port of a target that listens; it ends with the `async with`."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.bench.targets", name, str(folder), str(core)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin  # noqa: S101  asked for in the line above
    assert process.stdout  # noqa: S101  the same
    try:
        line = await process.stdout.readline()
        if not line.strip().isdigit():
            raise BenchError(f"{name} did not start")
        yield int(line)
    finally:
        process.stdin.close()
        await process.wait()
