"""The vectors of fact sheet A2 and B3: what official pages and other people's libraries computed."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import pytest
from pydantic import SecretStr

from bot.channels.crypt import MessageCrypt, aes_key, cipher_of, is_signed, pad, signature_of, unpad
from bot.channels.errors import NotOurs
from bot.channels.official_account import OfficialAccountDoor
from bot.channels.xml import read_xml
from bot.config import OfficialAccount
from storage.records import MessageKind
from tests.wire.senders import wrapped

V1_ENCRYPT = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8"
    "XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32II"
    "jdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)
V1_QUERY = {
    "timestamp": "1714112445",
    "nonce": "415670741",
    "signature": "6c5c811b55cc85e0e1b54100749188c20beb3f5d",
    "msg_signature": "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
    "encrypt_type": "aes",
}
V3_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
V3_ENCRYPT = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3T"
    "UUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijf"
    "f0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVM"
    "NS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2p"
    "DBS8R07+qN+E7Q=="
)
V4_ENCRYPT = (
    "cjhLUX7UU4yCSelv1vz7T0zT8huF51bAMVWriNvO1FMegHrQZNrtvRxbwf0fUPsFvwqR0U0fgiJNEA5Y30F2MoI2S7vv3EjVQ68C0cjw9frBoUE2H"
    "j0BvFp9h3u6Vbsg4lc1C8AtHdaN8orKuNKkLRLuYEL52R1J3v8olJGZRLnRdVKIivixmX/eQpzgeExtp20jI1HxRP1AAZ6xZoILdqDPO549LO4WeG+"
    "685JRUTdiwcY5fjZlqeMxuT4PpMn1X9OWsS7NRj06Wa5E3Tvg4twjWp39KPfOdRte6P1T4JU="
)


def _settings(token: str, key: str, app_id: str, **more: Any) -> OfficialAccount:
    return OfficialAccount(token=SecretStr(token), encoding_aes_key=SecretStr(key), app_id=app_id, **more)


def _at(stamp: str) -> datetime:
    return datetime.fromtimestamp(int(stamp), UTC)


def test_a2_the_url_of_the_console_is_verified() -> None:
    query = {
        "signature": "f464b24fc39322e44b38aa78f5edd27bd1441696",
        "timestamp": "1714036504",
        "nonce": "1514711492",
        "echostr": "4375120948345356249",
    }
    door = OfficialAccountDoor(_settings("AAAAA", "A" * 43, "wx1"))
    assert door.verify_url(query, _at("1714036504")) == "4375120948345356249"
    with pytest.raises(NotOurs):
        door.verify_url(query | {"nonce": "1514711493"}, _at("1714036504"))
    with pytest.raises(NotOurs):
        door.verify_url(query, _at("1714037200"))


def test_a2_a_plain_push_is_signed() -> None:
    assert is_signed("899cf89e464efb63f54ddac96b0a0a235f53aa78", "AAAAA", "1714037059", "486452656")
    assert not is_signed("", "AAAAA", "1714037059", "486452656")
    assert not is_signed("签名", "AAAAA", "1714037059", "486452656")


@pytest.mark.parametrize("shape", ["json", "xml"])
def test_v1_official_page_through_the_door(shape: str) -> None:
    door = OfficialAccountDoor(_settings("AAAAA", "A" * 43, "wxba5fad812f8e6fb9"))
    as_json = json.dumps({"ToUserName": "gh_97417a04a28d", "Encrypt": V1_ENCRYPT}).encode()
    body = as_json if shape == "json" else wrapped(V1_ENCRYPT)
    envelope = door.open(body, V1_QUERY, _at("1714112445"))
    incoming = envelope.incoming
    assert (envelope.account, envelope.key, envelope.encrypted) == ("gh_97417a04a28d", "current", True)
    assert (incoming.kind, incoming.event) == (MessageKind.EVENT, "debug_demo")
    assert incoming.sender == "o9AgO5Kd5ggOC-bXrbNODIiE3bGY"
    assert incoming.details == {"debug_str": "hello world"}


def test_v1_official_page_encrypts() -> None:
    crypt = MessageCrypt("A" * 43, "wxba5fad812f8e6fb9")
    encrypted = crypt.encrypt(b'{"demo_resp":"good luck"}', b"707722b803182950")
    assert encrypted == "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
    assert signature_of("AAAAA", "1713424427", "415670741", encrypted) == "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"


def test_v2_sample_of_wxjava() -> None:
    crypt = MessageCrypt("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxb11529c136998cb6")
    encrypted = crypt.encrypt("我是中文abcd123".encode(), b"aaaabbbbccccdddd")
    assert encrypted == "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=="
    assert signature_of("pamtest", "1409304348", "xxxxxx", encrypted) == "82c962d39941aa48552f90ef55aa323dc620cc10"
    door = OfficialAccountDoor(
        _settings("pamtest", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxb11529c136998cb6")
    )
    query = {"timestamp": "1409304348", "nonce": "xxxxxx", "msg_signature": "82c962d39941aa48552f90ef55aa323dc620cc10"}
    with pytest.raises(NotOurs, match="unreadable XML"):  # opened, but its content is no message
        door.open(wrapped(encrypted), query, _at("1409304348"))


@pytest.mark.parametrize(
    ("token", "key", "receiver", "signature", "stamp", "nonce", "echo", "plain"),
    [
        (
            "QDG6eK",
            V3_KEY,
            "wx5823bf96d3bd56c7",
            "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
            "1409659589",
            "263014780",
            "P9nAzCzyDtyTWESHep1vC5X9xho%2FqYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp%2B4RPcs8TgAE7OaBO%2BFZXvnaqQ%3D%3D",
            b"1616140317555161061",
        ),
        (
            "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo",
            "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt",
            "ww1436e0e65a779aee",
            "012bc692d0a58dd4b10f8dfe5c4ac00ae211ebeb",
            "1476416373",
            "47744683",
            "fsi1xnbH4yQh0+PJxcOdhhK6TDXkjMyhEPA7xB2TGz6b+g7xyAbEkRxN/3cNXW9qdqjnoVzEtpbhnFyq6SVHyA==",
            b"1288432023552776189",
        ),
        (
            "123456",
            "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR",
            "wx49f0ab532d5d035a",
            "dd6b9c95b495b3f7e2901bfbc76c664930ffdb96",
            "1411443780",
            "437374425",
            "4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q==",
            b"5927782489442352469",
        ),
    ],
    ids=["V3", "V4", "V5"],
)
def test_v3_to_v5_the_echo_of_wecom(
    token: str, key: str, receiver: str, signature: str, stamp: str, nonce: str, echo: str, plain: bytes
) -> None:
    echo = unquote(echo)
    assert is_signed(signature, token, stamp, nonce, echo)
    assert MessageCrypt(key, receiver).decrypt(echo) == plain
    with pytest.raises(NotOurs):
        MessageCrypt(key, receiver + "x").decrypt(echo)


def test_v3_the_message_of_wecom() -> None:
    sign = "477715d11cdb4164915debcba66cb864d751f3e6"
    assert is_signed(sign, "QDG6eK", "1409659813", "1372623149", V3_ENCRYPT)
    message = MessageCrypt(V3_KEY, "wx5823bf96d3bd56c7").decrypt(V3_ENCRYPT)
    fields = read_xml(message)
    assert len(message) == 284
    assert (fields["Content"], fields["FromUserName"], fields["MsgId"]) == ("hello", "mycreate", "4561255354251345929")


@pytest.mark.parametrize("padding", [b"\0", b"\x21", b"\xff"])
def test_the_padding_is_one_to_thirty_two(padding: bytes) -> None:
    with pytest.raises(NotOurs, match="padding"):
        unpad(b"x" * 300 + padding)
    with pytest.raises(NotOurs, match="padding"):
        unpad(b"x" * 15 + b"\x20")
    assert unpad(b"x" + b"\x20" * 32) == b"x"


def test_without_a_receiver_the_length_still_counts() -> None:
    """A smart robot's receiver is empty, so that nothing after the message would betray a wrong length."""
    too_long = pad(b"r" * 16 + b"\0\0\0\x09" + b"12345678")
    encrypted = base64.b64encode(cipher_of(aes_key(V3_KEY)).encrypt(too_long)).decode()
    with pytest.raises(NotOurs, match="not for us"):
        MessageCrypt(V3_KEY, "").decrypt(encrypted)
    assert MessageCrypt(V3_KEY, "").decrypt(MessageCrypt(V3_KEY, "").encrypt(b"12345678")) == b"12345678"


def test_half_a_surrogate_cannot_be_signed() -> None:
    with pytest.raises(NotOurs):
        signature_of("t", "\ud800")


def test_v4_decrypts_to_what_is_no_json() -> None:
    key, receiver, token = (
        "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt",
        "ww1436e0e65a779aee",
        "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo",
    )
    sign = "e3647471e395139e2308c1fa963f2d648a00b90e"
    assert len(MessageCrypt(key, receiver).decrypt(V4_ENCRYPT)) == 176
    door = OfficialAccountDoor(_settings(token, key, receiver))
    query = {"timestamp": "1409659813", "nonce": "1372623149", "msg_signature": sign}
    with pytest.raises(NotOurs, match="unreadable JSON"):
        door.open(json.dumps({"Encrypt": V4_ENCRYPT}).encode(), query, _at("1409659813"))
