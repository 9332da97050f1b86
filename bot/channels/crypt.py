"""WXBizMsgCrypt (fact sheet B1): the signature and the AES envelope of the official account and of WeCom.

wechatpy signs and ciphers; the envelope around the cipher is our own, because wechatpy compares signatures and
receivers in a time that depends on them and checks neither padding nor length (fact sheet F2).
It stays the reference in tests/wire/test_against_wechatpy.py.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
import struct

from wechatpy.crypto.base import WeChatCipher  # type: ignore[import-untyped, unused-ignore]
from wechatpy.utils import WeChatSigner  # type: ignore[import-untyped, unused-ignore]

from bot.channels.errors import NotOurs

BLOCK = 32  # of the PKCS#7 padding; AES itself has 16


def signature_of(*parts: str) -> str:
    """SHA-1, lower hex, of the parts sorted and joined. Raises NotOurs if a part is no text at all."""
    signer = WeChatSigner()
    try:
        signer.add_data(*parts)
    except UnicodeEncodeError:
        raise NotOurs("unreadable query") from None
    return str(signer.signature)


def is_signed(signature: str, *parts: str) -> bool:
    """Whether `signature` is that of the parts; the comparison tells nothing by its time."""
    return hmac.compare_digest(signature_of(*parts).encode(), signature.encode("utf-8", "replace"))


def aes_key(encoded: str) -> bytes:
    """The 32 bytes of an EncodingAESKey or of a medium's aeskey, with or without its `=`. Raises ValueError."""
    key = base64.b64decode(encoded.rstrip("=") + "=")
    if len(key) != 32:
        raise ValueError("an AES key has 32 bytes")
    return key


class MessageCrypt:
    """Opens and closes the envelope for one key and one receiver (app id, corp id, or "" for a smart robot)."""

    def __init__(self, encoding_aes_key: str, receiver: str) -> None:
        self._cipher = cipher_of(aes_key(encoding_aes_key))
        self._receiver = receiver.encode()

    def decrypt(self, encrypted: str) -> bytes:
        """The message inside. Raises NotOurs for another key, another receiver and whatever is damaged."""
        content = unpad(self._decipher(encrypted))
        if len(content) < 20:
            raise NotOurs("ciphertext too short")
        end = 20 + int(struct.unpack_from(">I", content, 16)[0])
        if end > len(content) or not hmac.compare_digest(content[end:], self._receiver):
            raise NotOurs("not for us")
        return content[20:end]

    def encrypt(self, message: bytes, random: bytes | None = None) -> str:
        """The message in its envelope, base64. `random` is 16 bytes and only given by tests."""
        content = b"".join(
            (random or secrets.token_hex(8).encode(), struct.pack(">I", len(message)), message, self._receiver)
        )
        return base64.b64encode(self._cipher.encrypt(pad(content))).decode()

    def _decipher(self, encrypted: str) -> bytes:
        try:
            data = base64.b64decode(encrypted, validate=True)
        except (binascii.Error, ValueError):
            raise NotOurs("ciphertext is no base64") from None
        return decipher(self._cipher, data)


def cipher_of(key: bytes) -> WeChatCipher:
    """AES-256-CBC whose IV is the first half of the key."""
    return WeChatCipher(key)


def decipher(cipher: WeChatCipher, data: bytes) -> bytes:
    """AES-CBC without unpadding. Raises NotOurs unless `data` is whole blocks."""
    if not data or len(data) % 16:
        raise NotOurs("ciphertext is not whole blocks")
    return bytes(cipher.decrypt(data))


def pad(data: bytes) -> bytes:
    count = BLOCK - len(data) % BLOCK
    return data + bytes([count]) * count


def unpad(data: bytes) -> bytes:
    """Raises NotOurs unless the last byte says 1 to 32 and that many are there."""
    count = data[-1]
    if not 1 <= count <= min(BLOCK, len(data)):
        raise NotOurs("wrong padding")
    return data[:-count]
