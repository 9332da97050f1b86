"""Links that one person can open for a day: a file's number and an end, signed. Pure: the moment is an argument."""

from __future__ import annotations

import base64
import hmac
import struct
from datetime import datetime, timedelta

VALID = timedelta(hours=24)

_HEAD = struct.Struct(">QI")  # the file, the last second
_TAG = 16  # bytes of the signature: 128 bits


class Signer:
    """Makes and reads the tokens of links. Who has no token learns nothing: neither which files there are nor when."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sign(self, file: int, now: datetime) -> str:
        """A token of 38 letters, good for `VALID`."""
        head = _HEAD.pack(file, int((now + VALID).timestamp()))
        return base64.urlsafe_b64encode(head + self._tag(head)).decode().rstrip("=")

    def read(self, token: str, now: datetime) -> int | None:
        """The file it was made for; None when it is too old, cut, or never was ours."""
        try:
            raw = base64.b64decode(token.encode() + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except ValueError:
            return None
        head, tag = raw[: _HEAD.size], raw[_HEAD.size :]
        if len(head) < _HEAD.size or not hmac.compare_digest(tag, self._tag(head)):
            return None
        file, until = _HEAD.unpack(head)
        return int(file) if now.timestamp() <= until else None

    def _tag(self, head: bytes) -> bytes:
        return hmac.digest(self._key, head, "sha256")[:_TAG]
