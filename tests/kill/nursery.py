"""Runs `hutong` in processes of its own: cold, as an operator would, or forked from one that has imported everything.

A cold start is two to four seconds of imports on a busy machine. A forked process runs the same command from its first
line to its end and dies by the same signals; it only has the modules in memory already.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from tests.kill.failpoints import arm

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Child:
    """A running `hutong`. It may be gone already when it is signalled."""

    pid: int
    nursery: Nursery

    def __post_init__(self) -> None:
        if self.pid <= 1:  # to signal 0 or -1 is to signal everybody
            raise ValueError(f"{self.pid} is no child")

    def signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    async def wait(self) -> int:
        """Its exit code; minus the signal's number when it was killed."""
        return await self.nursery.wait(self.pid)


class Nursery(Protocol):
    """Where processes come from. What they say goes to the end of the file `log`; `fail` is where they die."""

    async def start(self, args: Sequence[str], log: Path, fail: str = "") -> Child: ...
    async def wait(self, pid: int) -> int: ...


@dataclass
class Cold:
    """`python -m bot` each time."""

    _running: dict[int, asyncio.subprocess.Process] = field(default_factory=dict)

    async def start(self, args: Sequence[str], log: Path, fail: str = "") -> Child:
        with log.open("ab") as out:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", *(("tests.kill.failpoints", fail) if fail else ("bot",)), *args),
                cwd=ROOT,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        self._running[process.pid] = process
        return Child(process.pid, self)

    async def wait(self, pid: int) -> int:
        code = await self._running[pid].wait()
        del self._running[pid]
        return code

    async def close(self) -> None:
        for process in self._running.values():
            process.kill()
        await asyncio.gather(*(process.wait() for process in self._running.values()))


@dataclass
class Warm:
    """Speaks with the process that forks; one question at a time."""

    process: asyncio.subprocess.Process
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def start(self, args: Sequence[str], log: Path, fail: str = "") -> Child:
        return Child(await self._ask("start", [list(args), str(log), fail]), self)

    async def wait(self, pid: int) -> int:
        return await self._ask("wait", [pid])

    async def close(self) -> None:
        """Its children die with it."""
        assert self.process.stdin
        self.process.stdin.close()
        await self.process.wait()

    async def _ask(self, order: str, values: list[Any]) -> int:
        """Whoever asks may lose patience; his answer is read all the same, or the next one would take it for his."""
        return await asyncio.shield(self._answered(order, values))

    async def _answered(self, order: str, values: list[Any]) -> int:
        assert self.process.stdin
        assert self.process.stdout
        async with self._turn:
            self.process.stdin.write(json.dumps([order, *values]).encode() + b"\n")
            return int(await self.process.stdout.readline())


@contextlib.asynccontextmanager
async def nursery(*, cold: bool = False) -> AsyncIterator[Nursery]:
    """Whatever still runs at the end is killed."""
    made = Cold() if cold else Warm(await _forking())
    try:
        yield made
    finally:
        await made.close()


async def _forking() -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.kill.nursery"), cwd=ROOT, stdin=pipe, stdout=pipe
    )


# ── in the process that forks ────────────────────────────────────────────────────────────────────


def serve() -> None:
    """Obey the orders on stdin, one JSON list a line, until it closes; each is answered with a number."""
    import bot.commands.export
    import bot.commands.serve  # noqa: F401  imported once, for all children
    from classifiers.reader.late import compile_one_by_one
    from classifiers.reader.segment import read_dictionary

    list(compile_one_by_one())
    read_dictionary()

    alive: set[int] = set()
    for line in sys.stdin:
        order, *values = json.loads(line)
        if order == "start":
            answer = _bear(*values)
            alive.add(answer)
        else:
            answer = _exit_code(*values)
            alive.discard(*values)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
    for pid in alive:
        os.kill(pid, signal.SIGKILL)


def _bear(args: list[str], log: str, fail: str) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(out, 2)
        if fail:
            arm(fail)
        code = _run(args)
    finally:
        os._exit(code)


def _run(args: list[str]) -> int:
    from bot.cli import main

    try:
        main(args)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    else:
        code = 0
    sys.stdout.flush()
    return code


def _exit_code(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    serve()
