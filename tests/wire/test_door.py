"""The door of the official account: modes, keys, freshness, and every type of fact sheet A3 and A4."""

from __future__ import annotations

import json
from typing import Any

import pytest
import xmltodict  # type: ignore[import-untyped, unused-ignore]
from pydantic import SecretStr

from bot.channels.errors import NotOurs
from bot.channels.official_account import Envelope
from bot.channels.official_account_messages import person_in_key
from storage.records import Channel, Incoming, MessageKind
from tests.wire.senders import (
    ACCOUNT,
    KEY,
    NONCE,
    NOW,
    OLD_KEY,
    OPENID,
    STAMP,
    door,
    push,
    query,
    sealed,
    signed,
    text_push,
    unsealed,
    wrapped,
)


def _opened(body: bytes) -> Incoming:
    return door("plain").open(body, query(), NOW).incoming


def _event(event: str, inner: str = "", key: str = "") -> Incoming:
    return _opened(push(inner, "event", Event=event, EventKey=key))


# ── modes, keys, time ────────────────────────────────────────────────────────────────────────────


def test_a_safe_push_is_opened() -> None:
    body, asked = sealed(text_push("水管漏了"))
    envelope = door().open(body, asked, NOW)
    incoming = envelope.incoming
    assert (envelope.account, envelope.key, envelope.encrypted, envelope.is_json) == (ACCOUNT, "current", True, False)
    assert incoming.channel is Channel.OFFICIAL_ACCOUNT
    assert (incoming.sender, incoming.conversation, incoming.is_group) == (OPENID, OPENID, False)
    assert (incoming.kind, incoming.text, incoming.sent_at) == (MessageKind.TEXT, "水管漏了", NOW)
    assert incoming.dedupe_key == "m:7000000000000000001"


def test_the_previous_key_opens_and_answers_while_it_is_changed() -> None:
    rotating = door(previous_encoding_aes_key=SecretStr(OLD_KEY))
    envelope = rotating.open(*sealed(text_push(), key=OLD_KEY), NOW)
    assert envelope.key == "previous"
    assert unsealed(rotating.reply(envelope, "收到", NOW), OLD_KEY)["Content"] == "收到"
    assert rotating.open(*sealed(text_push()), NOW).key == "current"
    with pytest.raises(NotOurs):
        door().open(*sealed(text_push(), key=OLD_KEY), NOW)


def test_safe_mode_takes_nothing_unencrypted() -> None:
    with pytest.raises(NotOurs, match="unencrypted"):
        door("safe").open(text_push(), query(), NOW)


@pytest.mark.parametrize("mode", ["plain", "compatible"])
def test_plain_and_compatible_take_signed_plain_text(mode: str) -> None:
    envelope = door(mode).open(text_push(), query(), NOW)
    assert (envelope.encrypted, envelope.key, envelope.incoming.text) == (False, "", "楼道灯坏了")
    with pytest.raises(NotOurs, match="signature"):
        door(mode).open(text_push(), query(signature="0" * 40), NOW)


def test_compatible_mode_believes_the_encrypted_part() -> None:
    body, asked = sealed(text_push("真的"))
    encrypted = body.decode().split("<Encrypt><![CDATA[")[1].split("]]>")[0]
    both = text_push("假的").replace(b"</xml>", f"<Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode())
    assert door("compatible").open(both, asked, NOW).incoming.text == "真的"
    with pytest.raises(NotOurs):
        door("compatible").open(both, asked | {"msg_signature": "0" * 40}, NOW)


def test_plain_mode_still_opens_what_is_only_encrypted() -> None:
    assert door("plain").open(*sealed(text_push()), NOW).encrypted


@pytest.mark.parametrize("off", [-601, 601, -86400, 10**9])
def test_a_stale_or_future_stamp_is_refused(off: int) -> None:
    with pytest.raises(NotOurs, match="stale"):
        door("plain").open(text_push(), query(str(int(STAMP) + off)), NOW)
    door("plain").open(text_push(), query(str(int(STAMP) - 599)), NOW)


@pytest.mark.parametrize("stamp", ["", "abc", "-1", "1e9", "９９９", "²", "9" * 400, "1714036504 "])
def test_a_stamp_that_is_no_number_is_refused(stamp: str) -> None:
    with pytest.raises(NotOurs):
        door("plain").open(text_push(), query(stamp), NOW)


def test_one_changed_digit_of_a_signature_is_refused_wherever_it_stands() -> None:
    body, asked = sealed(text_push())
    plain = query()
    for name, mode, content, good in (
        ("msg_signature", "safe", body, asked),
        ("signature", "plain", text_push(), plain),
    ):
        for place in range(40):
            digits = good[name]
            changed = digits[:place] + ("0" if digits[place] != "0" else "1") + digits[place + 1 :]
            with pytest.raises(NotOurs):
                door(mode).open(content, good | {name: changed}, NOW)


def test_one_changed_byte_of_the_ciphertext_is_refused() -> None:
    body, asked = sealed(text_push())
    start, end = body.index(b"<Encrypt><![CDATA[") + 18, body.index(b"]]></Encrypt>")
    for place in range(start, end, 7):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        with pytest.raises(NotOurs):
            door().open(changed, asked, NOW)


def test_a_signed_ciphertext_that_was_tampered_with_still_needs_our_app_id() -> None:
    with pytest.raises(NotOurs, match="not for us"):
        door().open(*sealed(text_push(), app_id="wx0000000000000002"), NOW)


# ── messages (A3) ────────────────────────────────────────────────────────────────────────────────

MESSAGES: list[tuple[str, str, dict[str, Any]]] = [
    ("text", "<Content>灯 😀 /:rose [微笑]</Content>", {"kind": MessageKind.TEXT, "text": "灯 😀 /:rose [微笑]"}),
    ("text", "<Content>满意</Content><bizmsgmenuid>342</bizmsgmenuid>", {"text": "满意", "menu_id": "342"}),
    ("text", "<Content></Content>", {"kind": MessageKind.TEXT, "text": ""}),
    ("text", "<Content>[收到不支持的消息类型，暂无法显示]</Content>", {"kind": MessageKind.UNKNOWN, "text": ""}),
    ("text", "<Content>a</Content><MsgDataId>9</MsgDataId><Idx>1</Idx>", {"details": {"msg_data_id": "9", "idx": "1"}}),
    (
        "image",
        "<PicUrl>http://pic.example/1</PicUrl><MediaId>m1</MediaId>",
        {"kind": MessageKind.IMAGE, "media_id": "m1", "details": {"pic_url": "http://pic.example/1"}},
    ),
    (
        "voice",
        "<MediaId>v1</MediaId><Format>amr</Format><Recognition></Recognition><MediaId16K>v16</MediaId16K>",
        {"kind": MessageKind.VOICE, "media_id": "v1", "media_format": "amr", "text": ""},
    ),
    ("voice", "<MediaId>v1</MediaId><Format>speex</Format>", {"media_format": "speex"}),
    ("voice", "<MediaId>v1</MediaId><Format>amr</Format><Recognition>灯坏了</Recognition>", {"text": "灯坏了"}),
    (
        "video",
        "<MediaId>d1</MediaId><ThumbMediaId>t1</ThumbMediaId>",
        {"kind": MessageKind.VIDEO, "media_id": "d1", "details": {"thumb_media_id": "t1"}},
    ),
    ("shortvideo", "<MediaId>d1</MediaId>", {"kind": MessageKind.VIDEO, "media_id": "d1"}),
    (
        "location",
        "<Location_X>39.1</Location_X><Location_Y>117.2</Location_Y><Scale>15</Scale><Label>中心街1号</Label>",
        {"kind": MessageKind.LOCATION, "latitude": 39.1, "longitude": 117.2, "label": "中心街1号"},
    ),
    ("location", "<Location_X>nan</Location_X><Location_Y>117.2</Location_Y>", {"latitude": None, "longitude": None}),
    ("location", "<Location_X>391</Location_X><Location_Y>1</Location_Y>", {"latitude": None}),
    ("location", "", {"kind": MessageKind.LOCATION, "latitude": None}),
    (
        "link",
        "<Title>通知</Title><Description>明天停水</Description><Url>https://x.example</Url>",
        {
            "kind": MessageKind.LINK,
            "label": "通知",
            "details": {"description": "明天停水", "url": "https://x.example"},
        },
    ),
    ("file", "<Title>a.pdf</Title><MediaId>f1</MediaId>", {"kind": MessageKind.FILE, "media_id": "f1"}),
    ("sticker", "", {"kind": MessageKind.UNKNOWN, "details": {"msg_type": "sticker"}}),
    ("TEXT", "<Content>大写</Content>", {"kind": MessageKind.TEXT}),
]


@pytest.mark.parametrize(("mtype", "inner", "expected"), MESSAGES)
def test_every_message_becomes_a_record(mtype: str, inner: str, expected: dict[str, Any]) -> None:
    incoming = _opened(push(inner + "<MsgId>12345678901234567</MsgId>", mtype))
    assert {name: getattr(incoming, name) for name in expected} == expected
    assert incoming.dedupe_key == "m:12345678901234567"


def test_a_message_without_number_is_told_by_who_and_when() -> None:
    assert _opened(push("", "sticker")).dedupe_key == f"e:{person_in_key(OPENID)}:{STAMP}:sticker:"


# ── events (A4) ──────────────────────────────────────────────────────────────────────────────────

_STATUS_ITEM = "<List><TemplateId>t{0}</TemplateId><SubscribeStatusString>reject</SubscribeStatusString></List>"
_SENT_ITEM = "<List><TemplateId>t1</TemplateId><MsgID>88</MsgID><ErrorCode>0</ErrorCode></List>"
_ITEM = {"template_id": "t1", "subscribe_status_string": "reject"}

EVENTS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("subscribe", "", "", {"event": "subscribe", "event_key": ""}),
    ("subscribe", "qrscene_lane-7", "<Ticket>T</Ticket>", {"event_key": "lane-7", "details": {"ticket": "T"}}),
    ("unsubscribe", "", "", {"event": "unsubscribe"}),
    ("SCAN", "lane-7", "<Ticket>T</Ticket>", {"event": "scan", "event_key": "lane-7"}),
    (
        "LOCATION",
        "",
        "<Latitude>39.1</Latitude><Longitude>117.2</Longitude><Precision>30</Precision>",
        {"event": "location", "latitude": 39.1, "longitude": 117.2},
    ),
    ("CLICK", "MENU_MINE", "", {"event": "click", "event_key": "MENU_MINE"}),
    ("VIEW", "https://x.example/p", "<MenuId>7</MenuId>", {"event": "view", "details": {"menu_id": "7"}}),
    ("view_miniprogram", "pages/a", "<MenuId>7</MenuId>", {"event": "view_miniprogram"}),
    (
        "scancode_push",
        "k",
        "<ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>1</ScanResult></ScanCodeInfo>",
        {"details": {"scan_code_info": {"scan_type": "qrcode", "scan_result": "1"}}},
    ),
    ("scancode_waitmsg", "k", "", {"event": "scancode_waitmsg", "event_key": "k"}),
    (
        "pic_sysphoto",
        "k",
        "<SendPicsInfo><Count>1</Count><PicList><item><PicMd5Sum>5a</PicMd5Sum></item></PicList></SendPicsInfo>",
        {"details": {"count": "1", "pic_list": [{"pic_md5_sum": "5a"}]}},
    ),
    (
        "pic_photo_or_album",
        "k",
        "<SendPicsInfo><Count>2</Count><PicList><item><PicMd5Sum>a</PicMd5Sum></item>"
        "<item><PicMd5Sum>b</PicMd5Sum></item></PicList></SendPicsInfo>",
        {"details": {"count": "2", "pic_list": [{"pic_md5_sum": "a"}, {"pic_md5_sum": "b"}]}},
    ),
    ("pic_weixin", "k", "<SendPicsInfo><Count>0</Count><PicList></PicList></SendPicsInfo>", {"event": "pic_weixin"}),
    (
        "location_select",
        "k",
        "<SendLocationInfo><Location_X>39.1</Location_X><Location_Y>117.2</Location_Y><Label>石佛路</Label>"
        "<Poiname></Poiname></SendLocationInfo>",
        {"latitude": 39.1, "longitude": 117.2, "label": "石佛路"},
    ),
    (
        "MASSSENDJOBFINISH",
        "",
        "<MsgID>9</MsgID><Status>send success</Status><TotalCount>100</TotalCount>",
        {"details": {"msg_id": "9", "status": "send success", "total_count": "100"}},
    ),
    (
        "subscribe_msg_popup_event",
        "",
        f"<SubscribeMsgPopupEvent>{_STATUS_ITEM.format(1)}</SubscribeMsgPopupEvent>",
        {"details": {"items": [_ITEM]}},
    ),
    (
        "subscribe_msg_change_event",
        "",
        f"<SubscribeMsgChangeEvent>{_STATUS_ITEM.format(1)}{_STATUS_ITEM.format(2)}</SubscribeMsgChangeEvent>",
        {"details": {"items": [_ITEM, _ITEM | {"template_id": "t2"}]}},
    ),
    (
        "subscribe_msg_sent_event",
        "",
        f"<SubscribeMsgSentEvent>{_SENT_ITEM}</SubscribeMsgSentEvent>",
        {"details": {"items": [{"template_id": "t1", "msg_id": "88", "error_code": "0"}]}},
    ),
    (
        "user_authorization_revoke",
        "",
        "<OpenID>o</OpenID><RevokeInfo>301</RevokeInfo>",
        {"details": {"open_id": "o", "revoke_info": "301"}},
    ),
    ("user_info_modified", "", "", {"event": "user_info_modified"}),
    ("user_authorization_cancellation", "", "", {"event": "user_authorization_cancellation"}),
    ("kf_create_session", "", "<KfAccount>a@b</KfAccount>", {"details": {"kf_account": "a@b"}}),
    ("kf_close_session", "", "<KfAccount>a@b</KfAccount>", {"event": "kf_close_session"}),
    (
        "kf_switch_session",
        "",
        "<FromKfAccount>a</FromKfAccount><ToKfAccount>b</ToKfAccount>",
        {"details": {"from_kf_account": "a", "to_kf_account": "b"}},
    ),
    ("something_of_2031", "k", "<New><Deep>1</Deep></New>", {"details": {"new": {"deep": "1"}}}),
]


@pytest.mark.parametrize(("event", "key", "inner", "expected"), EVENTS)
def test_every_event_becomes_a_record(event: str, key: str, inner: str, expected: dict[str, Any]) -> None:
    incoming = _event(event, inner, key)
    assert incoming.kind is MessageKind.EVENT
    assert incoming.event == event.lower()
    assert {name: getattr(incoming, name) for name in expected} == expected
    assert incoming.dedupe_key.startswith(f"e:{person_in_key(OPENID)}:{STAMP}:{event}:{key}")


@pytest.mark.parametrize("status", ["success", "failed:user block", "failed: system failed"])
def test_the_fate_of_a_template_message_is_told_by_its_number(status: str) -> None:
    incoming = _event("TEMPLATESENDJOBFINISH", f"<MsgID>200163836</MsgID><Status>{status}</Status>")
    assert incoming.details == {"msg_id": "200163836", "status": status}
    assert incoming.dedupe_key == f"e:{person_in_key(OPENID)}:{STAMP}:TEMPLATESENDJOBFINISH::200163836"


def test_two_events_of_one_second_are_two() -> None:
    keys = {
        _event("CLICK", key="A").dedupe_key,
        _event("CLICK", key="B").dedupe_key,
        _event("SCAN", key="A").dedupe_key,
    }
    assert len(keys) == 3


def test_a_very_long_event_key_keeps_the_dedupe_key_short() -> None:
    first, second = (_event("VIEW", key="https://x.example/" + "a" * 1000 + end) for end in "12")
    assert first.dedupe_key != second.dedupe_key
    assert len(first.dedupe_key) < 200


# ── JSON pushes ──────────────────────────────────────────────────────────────────────────────────


def _json_push(**more: Any) -> bytes:
    fields = {"ToUserName": ACCOUNT, "FromUserName": OPENID, "CreateTime": int(STAMP), "MsgType": "text"}
    return json.dumps(fields | {"Content": "灯坏了", "MsgId": 7000000000000000001} | more).encode()


def test_a_json_push_is_read_and_answered_in_json() -> None:
    envelope = door("plain").open(_json_push(), query(), NOW)
    assert (envelope.incoming.text, envelope.incoming.dedupe_key) == ("灯坏了", "m:7000000000000000001")
    assert json.loads(door("plain").reply(envelope, "收到", NOW))["Content"] == "收到"


def test_half_a_surrogate_becomes_a_question_mark() -> None:
    assert _opened(_json_push(Content="坏\ud83d了\0")).text == "坏?了"


def test_a_json_list_of_subscriptions_is_items() -> None:
    pushed = _json_push(MsgType="event", Event="subscribe_msg_popup_event", List=[{"TemplateId": "t1"}], MsgId=None)
    assert _opened(pushed).details == {"items": [{"template_id": "t1"}]}


# ── the answer ───────────────────────────────────────────────────────────────────────────────────


def _envelope() -> Envelope:
    return door().open(*sealed(text_push()), NOW)


def test_an_answer_to_a_safe_push_is_encrypted_and_goes_back() -> None:
    reply = unsealed(door().reply(_envelope(), "收到了,马上找人。", NOW))
    assert reply == {
        "ToUserName": OPENID,
        "FromUserName": ACCOUNT,
        "CreateTime": STAMP,
        "MsgType": "text",
        "Content": "收到了,马上找人。",
    }


def test_a_given_nonce_is_used() -> None:
    assert "<Nonce><![CDATA[42]]></Nonce>" in door().reply(_envelope(), "好", NOW, "42")


def test_nothing_to_say_is_success() -> None:
    assert door().reply(_envelope(), "", NOW) == "success"


@pytest.mark.parametrize("text", ["a]]>b", "]]>", "]]]]>>", "<x>&amp;</x>]]><y>", "坏\x00\x0b\ud800字", "a\nb"])
def test_no_text_breaks_out_of_the_answer(text: str) -> None:
    clean = "".join(char for char in text if char not in "\x00\x0b\ud800")
    assert unsealed(door().reply(_envelope(), text, NOW))["Content"] == clean
    plain = door("plain").open(text_push(), query(), NOW)
    assert xmltodict.parse(door("plain").reply(plain, text, NOW))["xml"]["Content"] == clean


@pytest.mark.parametrize("text", ["长" * 3000, "x" * 5000, "😀" * 2000, "\n".join(["第一行。"] * 900)])
def test_an_answer_never_has_more_than_2048_bytes(text: str) -> None:
    content = unsealed(door().reply(_envelope(), text, NOW))["Content"]
    assert 1000 <= len(content.encode()) <= 2000
    assert text.startswith(content)


def test_the_key_stands_in_no_repr() -> None:
    assert KEY not in repr(_envelope())
    assert NONCE not in repr(door())


def test_an_envelope_of_garbage_is_refused() -> None:
    with pytest.raises(NotOurs):
        door().open(wrapped("AAAA"), signed("AAAA"), NOW)
