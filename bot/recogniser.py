"""The operator's own speech recognition: a command that prints what was said in a file. Failure is no misfortune:
then a member listens."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import tempfile
from pathlib import Path

import structlog

from bot.channels.media import Media
from bot.clock import Clock
from handlers.desk import Desk, House
from handlers.members import listening
from handlers.settings import Voice
from storage.records import StoredFile
from storage.session import Session
from storage.store import Store

log = structlog.get_logger(__name__)

MOST = 64 * 1024  # bytes of what a command prints


class Recogniser:
    """Runs the command for one voice at a time: recognition takes all the machine there is."""

    def __init__(self, settings: Voice, store: Store, house: House, clock: Clock) -> None:
        self._settings = settings
        self._store = store
        self._house = house
        self._clock = clock
        self._turn = asyncio.Lock()

    async def hear(self, file: StoredFile, media: Media) -> None:
        """Have a fetched voice recognised, and what was said understood."""
        if not self._settings.recogniser:
            return
        async with self._turn:
            words = await self._words(media)
        if words:
            await self._store.transact(lambda session: self._heard(session, file, words))

    async def _heard(self, session: Session, file: StoredFile, words: str) -> None:
        desk = Desk(session, self._clock.now(), self._house, await self._store.roster(session))
        request = await session.requests.get(file.request, to_change=True)
        if request is not None and request.state.is_open and await listening.unheard(desk, request):
            await listening.heard(desk, listening.PROGRAM, request, words)

    async def _words(self, media: Media) -> str:
        """What the command prints, in one line; "" when it fails, says nothing or takes too long."""
        with tempfile.TemporaryDirectory(prefix="hutong-voice-") as folder:
            path = Path(folder) / media.name
            await asyncio.to_thread(path.write_bytes, media.data)
            command = [part.replace("{file}", str(path)) for part in self._settings.recogniser]
            try:
                return await self._run(command)
            except (OSError, TimeoutError) as error:
                log.warning("recogniser_failed", why=type(error).__name__)
                return ""

    async def _run(self, command: list[str]) -> str:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        assert process.stdout is not None  # noqa: S101  it was asked for
        try:
            async with asyncio.timeout(self._settings.timeout.total_seconds()):
                printed = bytearray()
                while len(printed) < MOST and (part := await process.stdout.read(MOST)):
                    printed += part
                code = await process.wait() if len(printed) < MOST else -1
        finally:
            with contextlib.suppress(ProcessLookupError):  # it and whatever it has started
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
        if code:
            log.warning("recogniser_failed", why=f"exit code {code}")
            return ""
        return " ".join(printed.decode("utf-8", "replace").replace("\0", "").split())
