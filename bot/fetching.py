"""Brings pictures and voices home before the platforms forget them, and takes the bytes of erased ones away."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from datetime import timedelta

import aiohttp
import structlog

from bot.channels.errors import ChannelError, TryLater
from bot.channels.media import Media, MediaFolder, fetch_wecom
from bot.channels.official_account import OfficialAccountClient
from bot.clock import Clock
from bot.recogniser import Recogniser
from storage.files import ERASED
from storage.records import Channel, MessageKind, StoredFile
from storage.session import Session
from storage.store import Store, Unavailable

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
POLL = 2.0  # seconds
KEPT_BY_PLATFORM = timedelta(days=3)  # fact sheet C9
PAUSES = (5, 15, 60, 300, 900, 3600)  # seconds between tries


class Fetcher:
    """Works until cancelled."""

    def __init__(
        self,
        store: Store,
        folder: MediaFolder,
        client: OfficialAccountClient | None,
        session: aiohttp.ClientSession,
        clock: Clock,
        recogniser: Recogniser,
    ) -> None:
        self._store = store
        self._folder = folder
        self._client = client
        self._session = session
        self._clock = clock
        self._recogniser = recogniser

    async def run(self, expected: asyncio.Event) -> None:
        while True:
            expected.clear()
            try:
                await self.drain()
            except Unavailable:
                log.warning("files_unavailable")
            except Exception:
                log.exception("fetching_failed")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(expected.wait(), POLL)

    async def drain(self) -> int:
        """Fetch all that is due now; how many were tried."""
        now = self._clock.now()
        files = await self._store.transact(lambda session: session.files.claim(now, LEASE))
        work = (self._take_away(file) if file.request == ERASED else self._bring(file) for file in files)
        await asyncio.gather(*work)
        return len(files)

    async def _take_away(self, file: StoredFile) -> None:
        if await self._store.transact(lambda session: session.files.erased(file)):
            await asyncio.to_thread(self._folder.delete, file.digest)

    async def _bring(self, file: StoredFile) -> None:
        try:
            media = await self._fetch(file)
            kept = await asyncio.to_thread(self._folder.store, media.data, media.content_type)
        except ChannelError as error:
            reason, is_final = error.reason, not isinstance(error, TryLater)
            await self._store.transact(lambda session: self._failed(session, file, reason, is_final=is_final))
            return
        await self._store.transact(
            lambda session: session.files.arrived(file.id, kept.digest, kept.content_type, kept.size)
        )
        if file.kind is MessageKind.VOICE:
            await self._recogniser.hear(file, replace(media, kind=file.kind))

    async def _fetch(self, file: StoredFile) -> Media:
        if file.channel is Channel.OFFICIAL_ACCOUNT:
            if self._client is None:
                raise TryLater("the official account is switched off")
            return await self._client.fetch_media(file.media_id)
        return await fetch_wecom(self._session, file.media_url, file.media_key)

    async def _failed(self, session: Session, file: StoredFile, reason: str, *, is_final: bool) -> None:
        now = self._clock.now()
        pause = timedelta(seconds=PAUSES[min(file.attempts, len(PAUSES) - 1)])
        is_over = is_final or now + pause > file.created_at + KEPT_BY_PLATFORM
        log.warning("file_failed", request=file.request, why=reason, final=is_over)
        await session.files.failed(file.id, None if is_over else now + pause, reason)
