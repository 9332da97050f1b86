"""Media: kept under their digest, whole or not at all; WeCom's opened with their own key."""

from __future__ import annotations

import base64
import hashlib
import stat
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from wechatpy.crypto.base import WeChatCipher  # type: ignore[import-untyped, unused-ignore]

from bot.channels.crypt import pad
from bot.channels.errors import NotOurs, Refused, TryLater
from bot.channels.media import MAX_SIZE, MediaFolder, decrypt_wecom, fetch_wecom

KEY = bytes(range(32))
PICTURE = b"\xff\xd8" + b"jpeg" * 100


def _encrypted(data: bytes) -> bytes:
    return bytes(WeChatCipher(KEY).encrypt(pad(data)))


def test_a_file_is_kept_under_its_digest_and_for_us_alone(tmp_path: Path) -> None:
    folder = MediaFolder(tmp_path / "media")
    stored = folder.store(PICTURE, "image/jpeg")
    digest = hashlib.sha256(PICTURE).hexdigest()
    assert (stored.digest, stored.size, stored.content_type) == (digest, len(PICTURE), "image/jpeg")
    path = tmp_path / "media" / digest[:2] / digest
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert folder.open(digest) == PICTURE
    assert folder.store(PICTURE, "image/jpeg") == stored
    assert [file.name for file in path.parent.iterdir()] == [digest]


def test_deleting_twice_is_no_error_and_opening_then_is(tmp_path: Path) -> None:
    folder = MediaFolder(tmp_path)
    digest = folder.store(b"", "").digest
    folder.delete(digest)
    folder.delete(digest)
    with pytest.raises(FileNotFoundError):
        folder.open(digest)


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "/etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_only_a_digest_names_a_file(tmp_path: Path, digest: str) -> None:
    with pytest.raises(FileNotFoundError):
        MediaFolder(tmp_path).open(digest)
    with pytest.raises(FileNotFoundError):
        MediaFolder(tmp_path).delete(digest)


def test_too_big_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        MediaFolder(tmp_path).store(bytes(MAX_SIZE + 1), "video/mp4")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("key", [base64.b64encode(KEY).decode(), base64.b64encode(KEY).decode().rstrip("=")])
@pytest.mark.parametrize("data", [b"", b"x", PICTURE, b"y" * 32])
def test_a_wecom_medium_is_opened(key: str, data: bytes) -> None:
    assert decrypt_wecom(_encrypted(data), key) == data


@pytest.mark.parametrize(
    ("data", "key"),
    [(b"", "A" * 43), (b"x" * 17, "A" * 43), (b"x" * 32, "short"), (b"x" * 32, "!" * 43), (bytes(32), "A" * 43)],
)
def test_a_damaged_wecom_medium_is_not_ours(data: bytes, key: str) -> None:
    with pytest.raises(NotOurs):
        decrypt_wecom(data, key)


async def test_a_wecom_medium_is_fetched_and_opened() -> None:
    async def give(request: web.Request) -> web.Response:
        return web.Response(body=_encrypted(PICTURE), content_type="image/jpeg")

    app = web.Application()
    app.router.add_get("/1", give)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        media = await fetch_wecom(session, str(server.make_url("/1")), base64.b64encode(KEY).decode())
        assert (media.data, media.content_type) == (PICTURE, "image/jpeg")
        with pytest.raises(TryLater):
            await fetch_wecom(session, str(server.make_url("/gone")), "")
        with pytest.raises(Refused):
            await fetch_wecom(session, "file:///etc/passwd", "")
