"""Phones and names at rest: AES-256-GCM with the table and row as associated data, so that a swapped value fails."""

from __future__ import annotations

import base64
import contextlib
import hmac
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = "1:"
_NONCE = 12


class VaultError(Exception):
    """The key is not the one that sealed this, or the value was moved or damaged."""


class Vault:
    """Seals short texts with one key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        if len(key) != 32:
            raise VaultError("the encryption key must be 32 bytes in base64")
        self._cipher = AESGCM(key)
        self._pseudonym_key = hmac.digest(key, b"hutong pseudonyms", "sha256")
        self._mark_key = hmac.digest(key, b"hutong marks", "sha256")
        self._link_key = hmac.digest(key, b"hutong links", "sha256")

    def pseudonym_key(self) -> bytes:
        """32 bytes for naming people in exports; the sealing key cannot be had from it."""
        return self._pseudonym_key

    def link_key(self) -> bytes:
        """32 bytes for signing links to single files."""
        return self._link_key

    def mark(self, text: str) -> str:
        """By which the same text is known again; nobody has the text from it."""
        return hmac.digest(self._mark_key, text.encode(), "sha256").hex()

    def seal(self, text: str, where: str) -> str:
        """`where` names the table, row and column. An empty text stays empty."""
        if not text:
            return ""
        nonce = os.urandom(_NONCE)
        return _VERSION + base64.b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), where.encode())).decode()

    def open(self, sealed: str, where: str) -> str:
        if not sealed:
            return ""
        try:
            raw = base64.b64decode(sealed.removeprefix(_VERSION), validate=True)
            return self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], where.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise VaultError(f"{where} cannot be opened with this key") from error


def read_key(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise VaultError("the encryption key must be 32 bytes in base64") from error


def keep_key(path: Path) -> bytes:
    """The key in this file; made on the first start, readable by its owner alone."""
    try:
        return read_key(path.read_text().strip())
    except FileNotFoundError:
        pass
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(base64.b64encode(os.urandom(32)).decode() + "\n")
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):  # another process was first: its key is whole, and it is ours too
        os.link(fresh, path)
    fresh.unlink()
    return read_key(path.read_text().strip())
