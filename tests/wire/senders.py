"""The platform's side of the wire for these tests: signs, encrypts (by wechatpy, not by our code), opens."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import xmltodict  # type: ignore[import-untyped, unused-ignore]
from pydantic import SecretStr
from wechatpy.crypto import WeChatCrypto  # type: ignore[import-untyped, unused-ignore]

from bot.channels.official_account import OfficialAccountDoor
from bot.config import OfficialAccount

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
NONCE = "486452656"
TOKEN = "visiblymadeup"
APP_ID = "wx0000000000000001"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
OLD_KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"
ACCOUNT = "gh_madeup000001"
OPENID = "oMadeUp-jia-yi-0000000000001"


def settings(mode: str = "safe", **more: Any) -> OfficialAccount:
    values: dict[str, Any] = {
        "app_id": APP_ID,
        "token": SecretStr(TOKEN),
        "encoding_aes_key": SecretStr(KEY),
        "mode": mode,
    }
    return OfficialAccount(**(values | more))


def door(mode: str = "safe", **more: Any) -> OfficialAccountDoor:
    return OfficialAccountDoor(settings(mode, **more))


def sha(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 - the platform's choice


def query(stamp: str = STAMP, nonce: str = NONCE, **more: str) -> dict[str, str]:
    return {"signature": sha(TOKEN, stamp, nonce), "timestamp": stamp, "nonce": nonce, "openid": OPENID} | more


def push(inner: str, mtype: str = "text", **head: str) -> bytes:
    """A plain push of any type; `inner` is raw XML."""
    fields = {"ToUserName": ACCOUNT, "FromUserName": OPENID, "CreateTime": STAMP, "MsgType": mtype} | head
    common = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in fields.items() if value)
    return f"<xml>{common}{inner}</xml>".encode()


def text_push(text: str = "楼道灯坏了", number: str = "7000000000000000001") -> bytes:
    return push(f"<Content><![CDATA[{text}]]></Content><MsgId>{number}</MsgId>")


def sealed(inner: bytes, key: str = KEY, app_id: str = APP_ID, token: str = TOKEN) -> tuple[bytes, dict[str, str]]:
    """What the platform sends in safe mode: the body and its query."""
    outer = xmltodict.parse(WeChatCrypto(token, key, app_id).encrypt_message(inner, NONCE, STAMP))["xml"]
    return wrapped(outer["Encrypt"]), query(encrypt_type="aes", msg_signature=outer["MsgSignature"])


def wrapped(encrypted: str, more: str = "") -> bytes:
    return (
        f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName>{more}<Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
    ).encode()


def signed(encrypted: str) -> dict[str, str]:
    """The query that goes with a ciphertext, whatever it is."""
    return query(encrypt_type="aes", msg_signature=sha(TOKEN, STAMP, NONCE, encrypted))


def unsealed(reply: str, key: str = KEY) -> Mapping[str, Any]:
    """Open an encrypted answer as the platform would."""
    outer = xmltodict.parse(reply)["xml"]
    crypto = WeChatCrypto(TOKEN, key, APP_ID)
    plain = crypto.decrypt_message(reply, outer["MsgSignature"], outer["TimeStamp"], outer["Nonce"])
    inner: Mapping[str, Any] = xmltodict.parse(plain)["xml"]
    return inner
