"""Media that the smart robot uploads in pieces over its socket (fact sheet D7)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bot.emulator.credentials import letters
from bot.emulator.ledger import ApiError
from bot.emulator.screen import MediaStore, Rate

SIZES = {"image": 2_000_000, "voice": 2_000_000, "video": 10_000_000, "file": 20_000_000}
TYPES = {"image": "image/png", "voice": "audio/amr", "video": "video/mp4", "file": "application/octet-stream"}
CHUNKS, CHUNK_BYTES, LIFE = 100, 512 * 1024, timedelta(minutes=30)


@dataclass(slots=True)
class Upload:
    kind: str
    size: int
    chunks: int
    md5: str
    at: datetime
    pieces: dict[int, bytes] = field(default_factory=dict)


class Uploads:
    """Sessions live thirty minutes; 30 a minute and 1000 an hour may begin."""

    def __init__(self, media: MediaStore, chance: Random) -> None:
        self._media, self._chance = media, chance
        self.refuses = 0  # the error code that every new upload gets; 0 for none
        self._open: dict[str, Upload] = {}
        self._rates = (Rate(30, timedelta(minutes=1)), Rate(1000, timedelta(hours=1)))

    def begin(self, body: dict[str, Any], now: datetime) -> dict[str, Any]:
        if self.refuses:
            raise ApiError(self.refuses, "upload refused")
        kind, size, chunks = body.get("type"), body.get("total_size"), body.get("total_chunks")
        if kind not in SIZES:
            raise ApiError(40004, "invalid media type")
        if not 1 <= len(str(body.get("filename") or "").encode()) <= 256:
            raise ApiError(40058, "invalid filename")
        if not isinstance(size, int) or not 5 <= size <= SIZES[kind]:
            raise ApiError(40006, "invalid media size")
        if not isinstance(chunks, int) or not 1 <= chunks <= CHUNKS:
            raise ApiError(40058, "invalid total_chunks")
        if not all(rate.has_room(now) for rate in self._rates):
            raise ApiError(45009, "api freq out of limit")
        for rate in self._rates:
            rate.count(now)
        upload_id = letters(self._chance, 32)
        self._open[upload_id] = Upload(kind, size, chunks, str(body.get("md5") or ""), now)
        return {"upload_id": upload_id}

    def add(self, body: dict[str, Any], now: datetime) -> dict[str, Any]:
        """Pieces are counted from 0 and may come in any order."""
        upload, index = self._find(body, now), body.get("chunk_index")
        if not isinstance(index, int) or not 0 <= index < upload.chunks:
            raise ApiError(40058, "invalid chunk_index")
        try:
            piece = base64.b64decode(str(body.get("base64_data") or ""), validate=True)
        except binascii.Error:
            raise ApiError(40058, "invalid base64_data") from None
        if not 1 <= len(piece) <= CHUNK_BYTES:
            raise ApiError(40006, "invalid chunk size")
        upload.pieces[index] = piece
        return {}

    def finish(self, body: dict[str, Any], now: datetime) -> dict[str, Any]:
        upload = self._find(body, now)
        content = b"".join(upload.pieces[index] for index in sorted(upload.pieces))
        if len(upload.pieces) != upload.chunks or len(content) != upload.size:
            raise ApiError(40058, "chunks are missing")
        if upload.md5 and hashlib.md5(content, usedforsecurity=False).hexdigest() != upload.md5:
            raise ApiError(40058, "invalid md5")
        del self._open[str(body["upload_id"])]
        media = self._media.keep(f"robot {upload.kind}", content, TYPES[upload.kind])
        return {"type": upload.kind, "media_id": media.id, "created_at": int(now.timestamp())}

    def _find(self, body: dict[str, Any], now: datetime) -> Upload:
        upload = self._open.get(str(body.get("upload_id")))
        if upload is None or now - upload.at > LIFE:
            raise ApiError(40058, "invalid upload_id")
        return upload
