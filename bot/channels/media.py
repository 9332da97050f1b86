"""Pictures, voices and files: fetched from WeCom, opened, and kept in a folder under the digest of their content."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bot.channels.api import Call, again
from bot.channels.crypt import aes_key, cipher_of, decipher, unpad
from bot.channels.errors import NotOurs, Refused
from storage.records import MessageKind

MAX_SIZE = 20 * 1024 * 1024  # bytes of one medium

_ENDS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "audio/amr": ".amr",
    "audio/mpeg": ".mp3",
    "audio/mp3": ".mp3",
    "video/mp4": ".mp4",
}
_DIGEST = re.compile(r"^[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Media:
    """What a platform gave for a media id or URL, or what a platform is given. `kind` is what it is shown as."""

    data: bytes = field(repr=False)
    content_type: str
    kind: MessageKind = MessageKind.FILE

    @property
    def name(self) -> str:
        """A file name; the platforms look at its end."""
        return f"{self.kind}{_ENDS.get(self.content_type.partition(';')[0].strip().lower(), '.bin')}"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A medium in the folder; `digest` is the SHA-256 of its content, `size` its bytes."""

    digest: str
    size: int
    content_type: str


class MediaFolder:
    """Files named by their digest, readable only by us. The same content is kept once.

    The methods block for a disk's moment (fsync); call them with asyncio.to_thread where that matters.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def store(self, data: bytes, content_type: str) -> StoredFile:
        """Write whole or not at all. Raises Refused over MAX_SIZE, OSError when the disk is full."""
        if len(data) > MAX_SIZE:
            raise Refused("medium too big")
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_whole(path, data)
        return StoredFile(digest, len(data), content_type)

    def open(self, digest: str) -> bytes:
        """The content. Raises FileNotFoundError when it is not (or no longer) there."""
        return self._path(digest).read_bytes()

    def delete(self, digest: str) -> None:
        """Away for good; it is no error when it is away already."""
        self._path(digest).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        if not _DIGEST.match(digest):
            raise FileNotFoundError("no such medium")
        return self._folder / digest[:2] / digest


def _write_whole(path: Path, data: bytes) -> None:
    """To a name of its own, onto the disk, then into place: a crash leaves the old state or the new."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def decrypt_wecom(data: bytes, aeskey_b64: str) -> bytes:
    """A WeCom medium, AES-256-CBC under its own key whose base64 may lack the `=` (D7). Raises NotOurs if damaged."""
    try:
        cipher = cipher_of(aes_key(aeskey_b64))
    except ValueError:
        raise NotOurs("aeskey is no key") from None
    return unpad(decipher(cipher, data))


async def fetch_wecom(session: aiohttp.ClientSession, url: str, aeskey_b64: str, seconds: float = 30.0) -> Media:
    """Get a medium within the five minutes its URL is good, and open it. Raises TryLater, Refused, NotOurs."""
    if not url.startswith(("https://", "http://")):
        raise Refused("no media URL")
    answer = await again(lambda: Call("media", "GET", url, most=MAX_SIZE + 64).run(session, seconds))
    data = decrypt_wecom(answer.body, aeskey_b64) if aeskey_b64 else answer.body
    return Media(data, answer.content_type)
