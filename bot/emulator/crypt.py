"""Signing and encrypting as WeChat does it, read from the fact sheet and not from the bot's own code."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32  # WeChat pads to 32 bytes although AES works in 16


class CryptError(ValueError):
    """A ciphertext that is not ours or not whole."""


def sign(token: str, *parts: str) -> str:
    """SHA-1 in lower hex over the sorted parts (fact sheet A2; with the ciphertext among them, B1)."""
    return hashlib.sha1("".join(sorted((token, *parts))).encode(), usedforsecurity=False).hexdigest()


def is_signed(signature: str, token: str, *parts: str) -> bool:
    return hmac.compare_digest(signature.encode(), sign(token, *parts).encode())


def aes_key(encoding_aes_key: str) -> bytes:
    """The 32 bytes behind the console's 43 letters; trailing bits may be set, so the decoding is lenient (B1)."""
    return base64.b64decode(encoding_aes_key + "=")


def encrypt(encoding_aes_key: str, receiver: str, text: str, *, salt: bytes = b"") -> str:
    """16 random bytes, length, text, receiver id; AES-256-CBC; base64. `salt` pins the random bytes (B1)."""
    message = text.encode()
    plain = (salt or secrets.token_bytes(16)) + struct.pack(">I", len(message)) + message + receiver.encode()
    fill = BLOCK - len(plain) % BLOCK
    worker = _cipher(encoding_aes_key).encryptor()
    return base64.b64encode(worker.update(plain + bytes([fill]) * fill) + worker.finalize()).decode()


def decrypt(encoding_aes_key: str, receiver: str, ciphertext: str) -> str:
    """The text inside. Raises CryptError for whatever is wrong with it."""
    try:
        raw = base64.b64decode(ciphertext, validate=True)
        worker = _cipher(encoding_aes_key).decryptor()
        plain = _unpadded(worker.update(raw) + worker.finalize())
        (length,) = struct.unpack(">I", plain[16:20])
        message, tail = plain[20 : 20 + length], plain[20 + length :]
        if len(message) != length or tail != receiver.encode():
            raise CryptError("wrong length or receiver")
        return message.decode()
    except (binascii.Error, struct.error, ValueError) as error:
        raise CryptError(str(error)) from None


def encrypt_file(key: bytes, content: bytes) -> bytes:
    """A picture sent to the smart robot: plain AES-256-CBC, IV from the key, padded to 32, no header (D6, D7)."""
    fill = BLOCK - len(content) % BLOCK
    worker = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return worker.update(content + bytes([fill]) * fill) + worker.finalize()


def _cipher(encoding_aes_key: str) -> Cipher[modes.CBC]:
    key = aes_key(encoding_aes_key)
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def _unpadded(plain: bytes) -> bytes:
    if not plain or not 1 <= plain[-1] <= BLOCK:
        raise CryptError("wrong padding")
    return plain[: -plain[-1]]
