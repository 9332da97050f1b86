"""Our own lean paths beside wechatpy, which is the reference: the same envelope, the same fields, the same answer."""

from __future__ import annotations

from typing import Any

import pytest
import xmltodict  # type: ignore[import-untyped, unused-ignore]
from hypothesis import given, settings
from hypothesis import strategies as st
from wechatpy import parse_message  # type: ignore[import-untyped, unused-ignore]
from wechatpy.crypto import PrpCrypto, WeChatCrypto  # type: ignore[import-untyped, unused-ignore]
from wechatpy.replies import TextReply  # type: ignore[import-untyped, unused-ignore]

from bot.channels.crypt import MessageCrypt, aes_key, signature_of
from bot.channels.xml import cdata, read_xml
from storage.records import MessageKind
from tests.wire.senders import APP_ID, KEY, NONCE, NOW, STAMP, TOKEN, door, push, query, sealed, text_push, unsealed
from tests.wire.test_door import EVENTS, MESSAGES

_XML_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=80)


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_each_opens_the_others_envelope(text: str) -> None:
    ours, theirs = MessageCrypt(KEY, APP_ID), PrpCrypto(aes_key(KEY))
    assert theirs.decrypt(ours.encrypt(text.encode()), APP_ID) == text
    assert ours.decrypt(theirs.encrypt(text, APP_ID).decode()) == text.encode()


def test_both_sign_alike() -> None:
    sealed_by_them = xmltodict.parse(WeChatCrypto(TOKEN, KEY, APP_ID).encrypt_message("x", NONCE, STAMP))["xml"]
    assert sealed_by_them["MsgSignature"] == signature_of(TOKEN, STAMP, NONCE, sealed_by_them["Encrypt"])


@settings(max_examples=80, deadline=None)
@given(_XML_TEXT, _XML_TEXT)
def test_both_read_alike(text: str, key: str) -> None:
    body = f"<xml><A>{cdata(text)}</A><B><C>{cdata(key)}</C><C>2</C></B><D/></xml>".encode()
    assert _without_none(xmltodict.parse(body.decode())["xml"]) == read_xml(body)


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_none(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without_none(inner) for inner in value]
    return value or ""


@pytest.mark.parametrize(("mtype", "inner"), [(mtype, inner) for mtype, inner, _ in MESSAGES])
def test_both_understand_a_message_alike(mtype: str, inner: str) -> None:
    body = push(inner + "<MsgId>12345678901234567</MsgId>", mtype)
    theirs = parse_message(body)
    ours = door("plain").open(body, query(), NOW).incoming
    assert (ours.sender, ours.dedupe_key) == (theirs.source, f"m:{theirs.id}")
    assert ours.sent_at == theirs.create_time
    if ours.kind is MessageKind.TEXT:
        assert ours.text == (theirs.content or "")
    if ours.kind in (MessageKind.IMAGE, MessageKind.VOICE, MessageKind.VIDEO):
        assert ours.media_id == theirs.media_id
    if ours.kind is MessageKind.LINK:
        assert ours.label == theirs.title
    if ours.latitude is not None:
        assert (ours.latitude, ours.longitude, ours.label) == (*map(float, theirs.location), theirs.label)


@pytest.mark.parametrize(("event", "key", "inner"), [(event, key, inner) for event, key, inner, _ in EVENTS])
def test_both_understand_an_event_alike(event: str, key: str, inner: str) -> None:
    body = push(inner, "event", Event=event, EventKey=key)
    theirs = parse_message(body)
    ours = door("plain").open(body, query(), NOW).incoming
    assert ours.sender == theirs.source
    if theirs.type != "unknown" and hasattr(theirs, "event"):
        assert theirs.event.startswith(ours.event)
    if hasattr(theirs, "scene_id"):
        assert ours.event_key == theirs.scene_id


@pytest.mark.parametrize("text", ["收到", "a&b<c>", "😀", "两\n行"])
def test_both_answer_alike(text: str) -> None:
    body, asked = sealed(text_push())
    ours = unsealed(door().reply(door().open(body, asked, NOW), text, NOW))
    reply = TextReply(content=text, message=parse_message(text_push()), time=int(STAMP))
    assert dict(ours) == xmltodict.parse(reply.render())["xml"]
