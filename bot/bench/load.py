"""The load: a lean HTTP/1.1 client over kept connections, as fast as it is answered or at a given rate."""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.bench.words import Push

SAMPLE = 97  # every so manieth reply is looked at afterwards
PATIENCE = 10.0  # seconds for the last replies of a run at a given rate
LANES = 128  # connections of a run at a given rate; more wait in line, and their waiting counts


@dataclass(frozen=True, slots=True)
class Run:
    """What one run showed. Latencies in seconds; `own_cpu` is the generator's, 1.0 being a whole core."""

    latencies: list[float]
    seconds: float
    own_cpu: float
    wrong: int
    samples: list[tuple[Push, bytes]]


class _Connection(asyncio.Protocol):
    """One request at a time; `on_reply(connection, status, body)` is told of the answer, status 0 being a hang-up."""

    def __init__(self, on_reply: Callable[[_Connection, int, bytes], None]) -> None:
        self._on_reply = on_reply
        self._buffer = b""
        self.push: Push | None = None
        self.since = 0.0
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  TCP it is
        self.transport = transport

    def send(self, push: Push, since: float) -> None:
        self.push, self.since = push, since
        if self.transport is None or self.transport.is_closing():
            self._on_reply(self, 0, b"")
        else:
            self.transport.write(push.request)

    def data_received(self, data: bytes) -> None:
        if self._buffer:
            data = self._buffer + data
        head = data.find(b"\r\n\r\n")
        length = data.find(b"Content-Length: ", 0, head) + 16 if head >= 0 else 0
        if head < 0 or len(data) < head + 4 + (size := int(data[length : data.index(b"\r\n", length)])):
            self._buffer = data
            return
        self._buffer = b""
        self._on_reply(self, int(data[9:12]), data[head + 4 : head + 4 + size])

    def connection_lost(self, exc: Exception | None) -> None:
        if self.push is not None:
            self._on_reply(self, 0, b"")


@dataclass
class _Tally:
    latencies: list[float] = field(default_factory=list)
    samples: list[tuple[Push, bytes]] = field(default_factory=list)
    wrong: int = 0

    def count(self, connection: _Connection, status: int, body: bytes, now: float) -> None:
        assert connection.push is not None  # noqa: S101  only who asked is answered
        if status != 200:
            self.wrong += 1
        elif len(self.latencies) % SAMPLE == 0:
            self.samples.append((connection.push, body))
        self.latencies.append(now - connection.since)
        connection.push = None

    def run(self, began: float, cpu: float) -> Run:
        seconds = time.perf_counter() - began
        return Run(self.latencies, seconds, (time.process_time() - cpu) / seconds, self.wrong, self.samples)


async def closed_loop(port: int, pushes: Iterator[Push], *, connections: int, seconds: float) -> Run:
    """Every connection asks again as soon as it is answered, for so long or until all is said."""
    tally, done = _Tally(), asyncio.Event()
    pending = 0

    def go_on(connection: _Connection, now: float) -> None:
        nonlocal pending
        push = next(pushes, None) if now < until else None
        if push is None:
            pending -= 1
            if not pending:
                done.set()
        else:
            connection.send(push, now)

    def on_reply(connection: _Connection, status: int, body: bytes) -> None:
        now = time.perf_counter()
        tally.count(connection, status, body, now)
        go_on(connection, now if status else until)

    opened = await _connect(port, connections, on_reply)
    pending, began, cpu = connections, time.perf_counter(), time.process_time()
    until = began + seconds
    for connection in opened:
        go_on(connection, time.perf_counter())
    await done.wait()
    run = tally.run(began, cpu)
    _close(opened)
    return run


async def open_loop(port: int, pushes: list[Push], *, rate: float, seed: int = 0) -> Run:
    """Messages come when they come (Poisson, `rate` a second), answered or not; waiting counts from that moment."""
    tally, idle, late = _Tally(), list[_Connection](), deque[tuple[Push, float]]()
    answered = asyncio.Event()

    def on_reply(connection: _Connection, status: int, body: bytes) -> None:
        tally.count(connection, status, body, time.perf_counter())
        if late:
            connection.send(*late.popleft())
        else:
            idle.append(connection)
        if len(tally.latencies) == len(pushes):
            answered.set()

    opened = await _connect(port, LANES, on_reply)
    idle.extend(opened)
    dice = random.Random(seed)  # noqa: S311  arrivals are no secret
    began = moment = time.perf_counter()
    cpu = time.process_time()
    for push in pushes:
        moment += dice.expovariate(rate)
        await asyncio.sleep(moment - time.perf_counter())
        if idle:
            idle.pop().send(push, moment)
        else:
            late.append((push, moment))
    async with asyncio.timeout(PATIENCE):
        await answered.wait()
    run = tally.run(began, cpu)
    _close(opened)
    return run


async def fetch(port: int, path: str) -> bytes:
    """The body of a GET."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    try:
        return (await reader.read()).partition(b"\r\n\r\n")[2]
    finally:
        writer.close()


async def _connect(port: int, count: int, on_reply: Callable[[_Connection, int, bytes], None]) -> list[_Connection]:
    loop = asyncio.get_running_loop()
    made = [await loop.create_connection(lambda: _Connection(on_reply), "127.0.0.1", port) for _ in range(count)]
    return [connection for _, connection in made]


def _close(opened: list[_Connection]) -> None:
    for connection in opened:
        if connection.transport:
            connection.transport.close()
