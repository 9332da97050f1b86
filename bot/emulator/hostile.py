"""What a stranger may send to the callback. Each must get a 4xx and change nothing (fact sheet E1.11)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.emulator.crypt import encrypt, sign
from bot.emulator.passive import write_xml
from bot.emulator.pusher import Push, Pusher

Request = tuple[dict[str, str], bytes]
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><xml><ToUserName>&c;</ToUserName></xml>'
)
HUGE = 3_000_000


def attack(name: str, pusher: Pusher, openid: str) -> Request:
    """Query and body of one attack. Raises LookupError for an unknown name."""
    return ATTACKS[name](pusher, _honest(pusher, openid))


def _honest(pusher: Pusher, openid: str) -> Push:
    now = int(pusher.clock.now().timestamp())
    fields = {"ToUserName": pusher.credentials.account, "FromUserName": openid, "CreateTime": now}
    return Push(openid, {**fields, "MsgType": "text", "Content": "不该收到这句", "MsgId": 4711})


def _wrong_signature(pusher: Pusher, push: Push) -> Request:
    query, body = pusher.seal(push)
    return query | {"signature": "0" * 40, "msg_signature": "0" * 40}, body


def _unsigned(pusher: Pusher, push: Push) -> Request:
    return {}, pusher.seal(push)[1]


def _stale(pusher: Pusher, push: Push) -> Request:
    """Rightly signed, but a day old."""
    old = str(int((pusher.clock.now() - timedelta(days=1)).timestamp()))
    return _sealed_as(pusher, pusher.credentials.app_id, write_xml(push.fields), timestamp=old)


def _wrong_receiver(pusher: Pusher, push: Push) -> Request:
    return _sealed_as(pusher, "wx0000000000000000", write_xml(push.fields))


def _bomb_inside(pusher: Pusher, push: Push) -> Request:
    return _sealed_as(pusher, pusher.credentials.app_id, BOMB)


def _bomb_outside(pusher: Pusher, push: Push) -> Request:
    return pusher.signed(), BOMB.encode()


def _huge(pusher: Pusher, push: Push) -> Request:
    return pusher.seal(push)[0], b"<xml>" + b"x" * HUGE + b"</xml>"


def _garbage(pusher: Pusher, push: Push) -> Request:
    return _signed_over(pusher, "这不是 base64!!")


def _truncated(pusher: Pusher, push: Push) -> Request:
    whole = encrypt(pusher.credentials.encoding_aes_key, pusher.credentials.app_id, write_xml(push.fields))
    return _signed_over(pusher, whole[: len(whole) // 8 * 4 - 8])


def _no_xml(pusher: Pusher, push: Push) -> Request:
    return pusher.seal(push)[0], b'{"ToUserName": 1'


def _sealed_as(pusher: Pusher, receiver: str, text: str, timestamp: str = "") -> Request:
    encrypted = encrypt(pusher.credentials.encoding_aes_key, receiver, text)
    return _signed_over(pusher, encrypted, timestamp)


def _signed_over(pusher: Pusher, encrypted: str, timestamp: str = "") -> Request:
    """A right signature over whatever stands in Encrypt."""
    token, query = pusher.credentials.token, pusher.signed()
    timestamp = timestamp or query["timestamp"]
    query |= {
        "timestamp": timestamp,
        "signature": sign(token, timestamp, query["nonce"]),
        "encrypt_type": "aes",
        "msg_signature": sign(token, timestamp, query["nonce"], encrypted),
    }
    return query, write_xml({"ToUserName": pusher.credentials.account, "Encrypt": encrypted}).encode()


ATTACKS: dict[str, Callable[[Pusher, Push], Request]] = {
    "wrong signature": _wrong_signature,
    "unsigned": _unsigned,
    "stale": _stale,
    "wrong receiver": _wrong_receiver,
    "bomb inside": _bomb_inside,
    "bomb outside": _bomb_outside,
    "huge": _huge,
    "garbage": _garbage,
    "truncated": _truncated,
    "no xml": _no_xml,
}
