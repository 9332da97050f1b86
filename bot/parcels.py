"""Pictures and voices on their way out: their bytes, and links by which one person can look at one of them."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.channels.errors import Refused
from bot.channels.media import Media, MediaFolder
from handlers.rules.links import Signer
from storage.records import StoredFile

PATH = "/f"


class Parcels:
    """What is kept in the folder, and who may see it from outside."""

    def __init__(self, folder: MediaFolder, signer: Signer, public_url: str) -> None:
        self._folder = folder
        self._signer = signer
        self._public_url = public_url.rstrip("/")

    def link(self, file: StoredFile, now: datetime) -> str:
        """An address of this one file, good for a day; "" when the desk has no address of its own."""
        return f"{self._public_url}{PATH}/{self._signer.sign(file.id, now)}" if self._public_url else ""

    def named(self, token: str, now: datetime) -> int | None:
        """The file a link stands for; None for one that is too old or not ours."""
        return self._signer.read(token, now)

    async def open(self, file: StoredFile) -> Media:
        """Raises Refused when the bytes are gone."""
        try:
            data = await asyncio.to_thread(self._folder.open, file.digest)
        except FileNotFoundError:
            raise Refused("the file is gone") from None
        return Media(data, file.content_type, file.kind)
