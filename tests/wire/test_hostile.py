"""What strangers may send to /wechat: never an error of ours, never a traceback, nothing read that is too long."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from wechatpy.crypto.base import WeChatCipher  # type: ignore[import-untyped, unused-ignore]

from bot.channels.crypt import MessageCrypt, aes_key, pad
from bot.clock import PushedClock
from bot.web.callback import add_callback
from storage.records import Incoming
from tests.wire.senders import (
    ACCOUNT,
    APP_ID,
    KEY,
    NOW,
    OLD_KEY,
    OPENID,
    STAMP,
    door,
    push,
    query,
    sealed,
    sha,
    signed,
    text_push,
    wrapped,
)

Client = TestClient[web.Request, web.Application]
_HEAD = f"<ToUserName>{ACCOUNT}</ToUserName><FromUserName>{OPENID}</FromUserName><CreateTime>{STAMP}</CreateTime>"


class Desk:
    """Stands in for reception: notes what it hears, answers or fails as told."""

    def __init__(self) -> None:
        self.heard: list[Incoming] = []
        self.answer = "收到"
        self.hold = asyncio.Event()
        self.hold.set()
        self.finished = 0

    async def receive(self, incoming: Incoming) -> str:
        self.heard.append(incoming)
        await self.hold.wait()
        self.finished += 1
        if self.answer == "fail":
            raise ValueError(f"secret words: {incoming.text}")
        return self.answer


@pytest.fixture
def desk() -> Desk:
    return Desk()


@asynccontextmanager
async def _client(desk: Desk, mode: str) -> AsyncIterator[Client]:
    app = web.Application()
    add_callback(app, door(mode), desk.receive, PushedClock(NOW))
    async with TestClient(TestServer(app)) as client:  # hanging up cancels the handler here
        yield client


@pytest.fixture
async def safe(desk: Desk) -> AsyncIterator[Client]:
    async with _client(desk, "safe") as client:
        yield client


@pytest.fixture
async def plain(desk: Desk) -> AsyncIterator[Client]:
    async with _client(desk, "plain") as client:
        yield client


# ── bodies whose query is rightly signed ─────────────────────────────────────────────────────────

_LAUGHS = (
    '<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;">]>'
)


def _text(content: str) -> str:
    return f"<xml>{_HEAD}<MsgType>text</MsgType>{content}<MsgId>1</MsgId></xml>"


# name → (body, whether it is let in)
PLAIN: dict[str, tuple[bytes, bool]] = {
    "empty": (b"", False),
    "blank": (b" \n\t ", False),
    "a NUL": (b"\0", False),
    "NUL in the text": (_text("<Content>a\0b</Content>").encode(), False),
    "NUL by number": (_text("<Content>a&#0;b</Content>").encode(), False),
    "no XML": (b"hello", False),
    "unclosed": (b"<xml><ToUserName>", False),
    "closed twice": (_text("<Content>a</Content>").encode() + b"</xml>", False),
    "two roots": (text_push() * 2, False),
    "another root": (text_push().replace(b"xml>", b"html>"), False),
    "empty root": (b"<xml/>", False),
    "root with text only": (b"<xml>hello</xml>", False),
    "XXE file": (
        f'<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]>{_text("<Content>&x;</Content>")}'.encode(),
        False,
    ),
    "XXE over http": (
        f'<!DOCTYPE xml [<!ENTITY x SYSTEM "http://127.0.0.1:1/">]>{_text("<Content>&x;</Content>")}'.encode(),
        False,
    ),
    "external DTD": (f'<!DOCTYPE xml SYSTEM "http://127.0.0.1:1/x.dtd">{_text("")}'.encode(), False),
    "parameter entity": (f'<!DOCTYPE xml [<!ENTITY % p "<!ENTITY q 1>"> %p;]>{_text("")}'.encode(), False),
    "empty doctype": (f"<!DOCTYPE xml>{_text('')}".encode(), False),
    "billion laughs": (f"{_LAUGHS}{_text('<Content>&e;</Content>')}".encode(), False),
    "quadratic blowup": (
        f'<!DOCTYPE xml [<!ENTITY a "{"a" * 20000}">]>{_text("<Content>" + "&a;" * 5000 + "</Content>")}'.encode(),
        False,
    ),
    "undeclared entity": (_text("<Content>&nbsp;</Content>").encode(), False),
    "nested deep": (b"<xml>" + b"<a>" * 8000 + b"</a>" * 8000 + b"</xml>", False),
    "nested too deep": (b"<xml>" + b"<a>" * 9 + b"</a>" * 9 + b"</xml>", False),
    "very many elements": (b"<xml>" + b"<a/>" * 15000 + b"</xml>", False),
    "very many attributes": (b"<xml " + b" ".join(b'a%d="1"' % n for n in range(6000)) + b"/>", False),
    "double attribute": (b'<xml a="1" a="2"/>', False),
    "GBK": (_text("<Content>灯坏了</Content>").encode("gbk"), False),
    "GBK declared": (b'<?xml version="1.0" encoding="GBK"?>' + _text("<Content>灯坏了</Content>").encode("gbk"), False),
    "UTF-16": (text_push().decode().encode("utf-16"), False),
    "UTF-7 declared": (b'<?xml version="1.0" encoding="UTF-7"?>+ADw-xml+AD4-', False),
    "cut UTF-8": (_text("<Content>灯坏了</Content>").encode().replace("了".encode(), "了".encode()[:2]), False),
    "overlong UTF-8": (_text("<Content>\x01</Content>").encode().replace(b"\x01", b"\xc0\xbc"), False),
    "surrogate as UTF-8": (_text("<Content>\x01</Content>").encode().replace(b"\x01", b"\xed\xa0\x80"), False),
    "surrogate by number": (_text("<Content>&#xD800;</Content>").encode(), False),
    "number out of Unicode": (_text("<Content>&#x110000;</Content>").encode(), False),
    "control characters": (_text("<Content>\x01\x02\x1b</Content>").encode(), False),
    "unclosed CDATA": (_text("<Content><![CDATA[abc</Content>").encode(), False),
    "bare CDATA end": (_text("<Content>a]]>b</Content>").encode(), False),
    "no sender": (text_push().replace(b"FromUserName", b"From"), False),
    "no account": (text_push().replace(b"ToUserName", b"To"), False),
    "no time": (text_push().replace(b"CreateTime", b"Time"), False),
    "no type": (text_push().replace(b"MsgType", b"Type"), False),
    "empty sender": (push("", FromUserName="").replace(b"</xml>", b"<FromUserName/></xml>"), False),
    "two senders": (text_push().replace(b"</xml>", b"<FromUserName>o2</FromUserName></xml>"), False),
    "two types": (text_push().replace(b"</xml>", b"<MsgType>event</MsgType></xml>"), False),
    "two texts": (text_push().replace(b"</xml>", b"<Content>b</Content></xml>"), False),
    "a text with children": (_text("<Content><b>a</b></Content>").encode(), False),
    "a sender of 60000": (push("", FromUserName="o" * 60000), False),
    "a negative time": (push("", CreateTime="-1"), False),
    "a huge time": (push("", CreateTime="9" * 5000), False),
    "a time after the year 9999": (push("", CreateTime="253402300800"), False),
    "a time in words": (push("", CreateTime="now"), False),
    "full-width digits": (push("", CreateTime="１７"), False),
    "a time with a point": (push("", CreateTime="1.5"), False),
    "JSON null": (b"null", False),
    "JSON list": (b"[]", False),
    "JSON empty": (b"{}", False),
    "JSON cut": (b'{"a":', False),
    "JSON nested deep": (b'{"a":' + b"[" * 30000 + b"]" * 30000 + b"}", False),
    "JSON nested": (b'{"a":' * 450 + b"1" + b"}" * 450, False),
    "JSON huge int": (b'{"CreateTime":' + b"9" * 20000 + b"}", False),
    "JSON infinity": (b'{"CreateTime":Infinity,"FromUserName":"o","MsgType":"text","ToUserName":"g"}', False),
    "JSON not UTF-8": (b'{"a":"\xff"}', False),
    "JSON with a mapping as sender": (b'{"FromUserName":{"a":1},"MsgType":"text","CreateTime":1}', False),
    "a comment and a PI": (b"<?php exit ?><!-- --!>" + text_push(), False),
    # strange, but a message all the same
    "a comment": (text_push().replace(b"<Content>", b"<!-- x --><Content>"), True),
    "nested CDATA": (_text("<Content><![CDATA[a]]]]><![CDATA[>b]]></Content>").encode(), True),
    "markup in CDATA": (_text("<Content><![CDATA[<script>alert(1)</script></xml>]]></Content>").encode(), True),
    "bidi": (_text("<Content>\u202e灯\u2066坏\u200b了\ufeff</Content>").encode(), True),
    "combining marks": (_text("<Content>a" + "\u0301" * 5000 + "</Content>").encode(), True),
    "SQL": (_text("<Content>'; DROP TABLE requests; --</Content>").encode(), True),
    "template syntax": (_text("<Content>{{7*7}} ${jndi:ldap://x} %s %n {0}</Content>").encode(), True),
    "a long text": (_text(f"<Content>{'长' * 20000}</Content>").encode(), True),
    "no text": (_text("").encode(), True),
    "a number of 5000": (push("<Content>a</Content><MsgId>" + "9" * 5000 + "</MsgId>"), True),
    "a place at infinity": (push("<Location_X>inf</Location_X><Location_Y>-1e999</Location_Y>", "location"), True),
    "an unknown type": (push("", "hologram"), True),
    "an event without name": (push("", "event"), True),
    "JSON half surrogate": (
        json.dumps(
            {
                "ToUserName": "g",
                "FromUserName": "o",
                "CreateTime": 1,
                "MsgType": "text",
                "Content": "\ud800",
                "MsgId": 1,
            }
        ).encode(),
        True,
    ),
}


@pytest.mark.parametrize("name", PLAIN)
async def test_a_strange_body(name: str, plain: Client, desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    body, let_in = PLAIN[name]
    response = await plain.post("/wechat", params=query(), data=body)
    assert response.status == (200 if let_in else 403)
    assert len(desk.heard) == let_in
    assert await response.text() == "" or let_in
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    for incoming in desk.heard:
        assert (incoming.text + incoming.sender + incoming.dedupe_key).encode()
        assert len(incoming.dedupe_key) < 600


# ── ciphertexts ──────────────────────────────────────────────────────────────────────────────────


def _good() -> str:
    return MessageCrypt(KEY, APP_ID).encrypt(text_push())


def _raw(content: bytes) -> str:
    """A ciphertext of our key whose inside is anything."""
    return base64.b64encode(WeChatCipher(aes_key(KEY)).encrypt(content)).decode()


CIPHERTEXTS: dict[str, str] = {
    "empty": "",
    "no base64": "!!!not base64!!!",
    "base64 of nothing": "====",
    "Chinese": "灯坏了",
    "cut": _good()[:-24],
    "cut in a block": _good()[:-3],
    "one block": _good()[:24],
    "not aligned": base64.b64encode(b"x" * 33).decode(),
    "noise": base64.b64encode(bytes(range(256)) * 2).decode(),
    "a blank inside": _good()[:40] + " " + _good()[40:],
    "another app id": MessageCrypt(KEY, "wx0000000000000002").encrypt(text_push()),
    "our app id and more": MessageCrypt(KEY, APP_ID + "x").encrypt(text_push()),
    "no app id": MessageCrypt(KEY, "").encrypt(text_push()),
    "another key": MessageCrypt(OLD_KEY, APP_ID).encrypt(text_push()),
    "padding 0": _raw(b"r" * 16 + b"\0" * 16),
    "padding 33": _raw(b"r" * 31 + b"\x21"),
    "padding more than there is": _raw(b"r" * 15 + b"\x20"),
    "nothing but padding": _raw(b"\x20" * 32),
    "a length beyond the end": _raw(pad(b"r" * 16 + b"\x7f\xff\xff\xff" + text_push() + APP_ID.encode())),
    "a length that swallows the app id": _raw(pad(b"r" * 16 + b"\0\0\x10\0" + text_push() + APP_ID.encode())),
    "no message": MessageCrypt(KEY, APP_ID).encrypt(b""),
    "no UTF-8 inside": MessageCrypt(KEY, APP_ID).encrypt(b"\xff\xfe\xfd"),
    "garbage inside": MessageCrypt(KEY, APP_ID).encrypt(b"hello"),
    "JSON garbage inside": MessageCrypt(KEY, APP_ID).encrypt(b'{"FromUserName": :mycreate"'),
    "a bomb inside": MessageCrypt(KEY, APP_ID).encrypt(PLAIN["billion laughs"][0]),
    "XXE inside": MessageCrypt(KEY, APP_ID).encrypt(PLAIN["XXE file"][0]),
    "an envelope inside": MessageCrypt(KEY, APP_ID).encrypt(wrapped(_good())),
    "a message without sender inside": MessageCrypt(KEY, APP_ID).encrypt(PLAIN["no sender"][0]),
}


@pytest.mark.parametrize("name", CIPHERTEXTS)
async def test_a_strange_ciphertext(name: str, safe: Client, desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    encrypted = CIPHERTEXTS[name]
    response = await safe.post("/wechat", params=signed(encrypted), data=wrapped(encrypted))
    assert (response.status, await response.text()) == (403, "")
    assert not desk.heard
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


QUERIES: dict[str, dict[str, str]] = {
    "nothing": {},
    "no signature": {"timestamp": STAMP, "nonce": "1"},
    "empty signature": query(signature="", msg_signature=""),
    "only the weak signature": query(),
    "upper case": query(msg_signature=signed(_good())["msg_signature"].upper()),
    "no ASCII": query(msg_signature="签" * 40),
    "NULs": query(msg_signature="\x00" * 40),
    "of another token": query(msg_signature=sha("other", STAMP, "1", _good())),
    "stale": query(str(int(STAMP) - 3600)),
    "a timestamp in words": query("now"),
    "a long nonce": query(nonce="n" * 4000),
}


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_strange_query(name: str, method: str, safe: Client, desk: Desk) -> None:
    asked = QUERIES[name] | {"echostr": "<script>"}
    response = await safe.request(method, "/wechat", params=asked, data=wrapped(_good()))
    is_verified = method == "GET" and sha(
        "visiblymadeup", asked.get("timestamp", ""), asked.get("nonce", "")
    ) == asked.get("signature")
    expected = 200 if is_verified and asked["timestamp"] == STAMP else 403
    assert response.status == expected
    assert response.content_type == "text/plain"
    assert not desk.heard


async def test_a_half_surrogate_in_the_query_is_refused(safe: Client) -> None:
    head = f"GET /wechat?signature=x&timestamp={STAMP}&nonce=%ED%A0%80&echostr=%ff HTTP/1.1\nHost: x"
    assert b" 403 " in await _raw_request(safe, head)


async def test_other_methods_are_not_allowed(safe: Client) -> None:
    assert [(await safe.request(method, "/wechat")).status for method in ("PUT", "DELETE", "HEAD")] == [405] * 3


# ── long and slow bodies ─────────────────────────────────────────────────────────────────────────


async def _raw_request(client: Client, head: str, body: bytes = b"") -> bytes:
    """Speak HTTP by hand; what the server says first."""
    reader, writer = await asyncio.open_connection(client.host, client.port)
    writer.write(f"{head}\r\n\r\n".replace("\n", "\r\n").replace("\r\r", "\r").encode() + body)
    await writer.drain()
    answer = await asyncio.wait_for(reader.readline(), 5)
    writer.close()
    return answer


def _path(asked: Mapping[str, str]) -> str:
    return "/wechat?" + "&".join(f"{name}={value}" for name, value in asked.items())


async def test_a_long_body_is_refused_before_a_byte_of_it_came(safe: Client, desk: Desk) -> None:
    head = f"POST {_path(query())} HTTP/1.1\nHost: x\nContent-Length: 65537"
    assert b" 413 " in await _raw_request(safe, head)
    assert b" 413 " in await _raw_request(safe, head + "\nExpect: 100-continue")
    assert not desk.heard


async def test_a_small_body_is_asked_for(safe: Client) -> None:
    head = f"POST {_path(query())} HTTP/1.1\nHost: x\nContent-Length: 10\nExpect: 100-continue"
    assert b" 100 " in await _raw_request(safe, head)


async def test_a_long_chunked_body_is_refused_on_the_way(safe: Client, desk: Desk) -> None:
    head = f"POST {_path(query())} HTTP/1.1\nHost: x\nTransfer-Encoding: chunked"
    chunk = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
    assert b" 413 " in await _raw_request(safe, head, chunk * 3)
    assert not desk.heard


async def test_a_body_of_64_kib_is_still_read(plain: Client, desk: Desk) -> None:
    filler = 64 * 1024 - len(text_push(""))
    assert (await plain.post("/wechat", params=query(), data=text_push("x" * filler))).status == 200
    assert (await plain.post("/wechat", params=query(), data=text_push("x" * (filler + 1)))).status == 413
    assert len(desk.heard) == 1


async def test_a_compressed_bomb_is_refused(plain: Client, desk: Desk) -> None:
    headers = {"Content-Encoding": "gzip"}
    bomb = gzip.compress(text_push("x" * 5_000_000))
    response = await plain.post("/wechat", params=query(), data=bomb, headers=headers)
    assert response.status in (400, 413)
    assert not desk.heard


async def test_a_body_that_does_not_come_is_not_waited_for(safe: Client) -> None:
    head = f"POST {_path(query())} HTTP/1.1\nHost: x\nContent-Length: 500"
    assert b" 408 " in await _raw_request(safe, head, b"<xml>")


# ── reception behind the door ────────────────────────────────────────────────────────────────────


async def test_a_good_push_is_answered_with_xml(safe: Client, desk: Desk) -> None:
    body, asked = sealed(text_push("灯坏了"))
    response = await safe.post("/wechat", params=asked, data=body)
    assert (response.status, response.content_type) == (200, "text/xml")
    assert desk.heard[0].text == "灯坏了"


async def test_no_words_are_success(safe: Client, desk: Desk) -> None:
    desk.answer = ""
    body, asked = sealed(text_push())
    response = await safe.post("/wechat", params=asked, data=body)
    assert (response.status, await response.text()) == (200, "success")


async def test_the_url_is_verified(safe: Client) -> None:
    response = await safe.get("/wechat", params=query(echostr="4375120948345356249"))
    assert (response.status, await response.text()) == (200, "4375120948345356249")


async def test_a_failure_is_delivered_again_and_logged_without_words(
    plain: Client, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.answer = "fail"
    response = await plain.post("/wechat", params=query(), data=text_push("很私密的话"))
    assert (response.status, await response.text()) == (500, "")
    assert "ValueError" in caplog.text
    assert "很私密的话" not in caplog.text
    assert OPENID not in caplog.text


async def test_work_goes_on_when_the_platform_hangs_up(plain: Client, desk: Desk) -> None:
    desk.hold.clear()
    with pytest.raises(asyncio.TimeoutError):
        async with asyncio.timeout(0.2):
            await plain.post("/wechat", params=query(), data=text_push())
    await asyncio.sleep(0.1)  # the server must notice first
    desk.hold.set()
    await asyncio.sleep(0.05)
    assert (len(desk.heard), desk.finished) == (1, 1)
