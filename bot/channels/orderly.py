"""Messages handled in the order of each conversation, several conversations at once, never in the reader's way."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections import deque
from collections.abc import Awaitable, Callable

from storage.records import Incoming

log = logging.getLogger(__name__)

AT_ONCE = 16  # conversations that are handled at the same time
MOST_WAITING = 10_000  # messages kept in memory; a flood beyond is turned away loudly


class Orderly:
    """`put` returns at once; `handle` gets one message of a conversation after the other."""

    def __init__(self, handle: Callable[[Incoming], Awaitable[None]], at_once: int = AT_ONCE) -> None:
        self._handle = handle
        self._places = asyncio.Semaphore(at_once)
        self._lines: dict[str, deque[Incoming]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0

    def put(self, incoming: Incoming) -> None:
        """Queue a message behind the others of its conversation."""
        if self._waiting >= MOST_WAITING:
            log.error("too many messages are waiting; one was dropped")
            return
        self._waiting += 1
        line = self._lines.get(incoming.conversation)
        if line is not None:
            line.append(incoming)
            return
        self._lines[incoming.conversation] = deque([incoming])
        task = asyncio.create_task(self._work_off(incoming.conversation))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def idle(self) -> None:
        """Until nothing waits and nothing is in hand."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def finish(self, seconds: float) -> None:
        """Let what has begun come to its end for so long, then cancel the rest."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _work_off(self, conversation: str) -> None:
        line = self._lines[conversation]
        try:
            while line:
                async with self._places:
                    await self._handle_one(line.popleft())
        finally:
            self._waiting -= len(line)
            del self._lines[conversation]

    async def _handle_one(self, incoming: Incoming) -> None:
        """One message that fails is logged, without its words, and stops nobody."""
        try:
            await self._handle(incoming)
        except Exception as error:
            log.error("handling a message failed: %s", where(error))  # noqa: TRY400 - a traceback would quote the message
        finally:
            self._waiting -= 1


def where(error: BaseException) -> str:
    """Kind and place of an error without its words, which may quote a resident or a secret."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " < ".join([type(error).__name__, *(f"{f.filename}:{f.lineno} {f.name}" for f in reversed(frames))])
