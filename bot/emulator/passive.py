"""Reads what the bot answered to a push, as strictly as the real platform (fact sheet A5, A6, E1.4 to E1.6)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from bot.emulator.credentials import Credentials
from bot.emulator.crypt import CryptError, decrypt, is_signed

TEXT_LIMIT = 2048  # bytes
KINDS = frozenset({"text", "image", "voice", "video", "music", "news", "transfer_customer_service"})


class Abnormal(Exception):
    """A body at which the platform shows its error notice."""


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    description: str
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One passive reply."""

    kind: str
    text: str = ""
    media_id: str = ""
    article: Article | None = None


def read_answer(body: bytes, credentials: Credentials, openid: str) -> Answer | None:
    """What the resident gets; None for `success` and for an empty body. Raises Abnormal."""
    if body in (b"", b"success"):
        return None
    root = _parse(body)
    if root.find("Encrypt") is not None:
        root = _parse(_opened(root, credentials))
    elif credentials.mode == "safe":
        raise Abnormal("answer is not encrypted")
    return _understood(root, credentials, openid)


def _parse(body: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise Abnormal("document type in the answer")
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 - entities were refused above
    except (ElementTree.ParseError, ValueError):
        raise Abnormal("answer is not XML") from None
    if root.tag != "xml":
        raise Abnormal("answer has no xml root")
    return root


def _opened(root: ElementTree.Element, credentials: Credentials) -> bytes:
    if credentials.mode == "plain":
        raise Abnormal("encrypted answer in plain mode")
    encrypted = _text(root, "Encrypt")
    signed = (_text(root, "TimeStamp"), _text(root, "Nonce"), encrypted)
    if not is_signed(_text(root, "MsgSignature"), credentials.token, *signed):
        raise Abnormal("wrong signature of the answer")
    try:
        return decrypt(credentials.encoding_aes_key, credentials.app_id, encrypted).encode()
    except CryptError:
        raise Abnormal("answer cannot be decrypted") from None


def _understood(root: ElementTree.Element, credentials: Credentials, openid: str) -> Answer:
    if _text(root, "ToUserName") != openid or _text(root, "FromUserName") != credentials.account:
        raise Abnormal("sender and receiver are not swapped")
    if not _text(root, "CreateTime").isdigit():
        raise Abnormal("no CreateTime")
    kind = _text(root, "MsgType")
    if kind not in KINDS:
        raise Abnormal("unknown MsgType")
    if kind == "text":
        return _text_answer(root)
    return _news_answer(root) if kind == "news" else _media_answer(root, kind)


def _text_answer(root: ElementTree.Element) -> Answer:
    content = _text(root, "Content")
    if not content:
        raise Abnormal("empty text")
    if len(content.encode()) > TEXT_LIMIT:
        raise Abnormal("text too long")
    return Answer("text", text=content)


def _news_answer(root: ElementTree.Element) -> Answer:
    """All but the first article are cut away (fact sheet A6)."""
    item = root.find("Articles/item")
    if not _text(root, "ArticleCount").isdigit() or item is None:
        raise Abnormal("no ArticleCount or no article")
    article = Article(_text(item, "Title"), _text(item, "Description"), _text(item, "Url"))
    return Answer("news", article=article)


def _media_answer(root: ElementTree.Element, kind: str) -> Answer:
    media_id = _text(root, f"{kind.capitalize()}/MediaId")
    if kind in {"image", "voice", "video"} and not media_id:
        raise Abnormal("no MediaId")
    return Answer(kind, text=_text(root, f"{kind.capitalize()}/Title"), media_id=media_id)


def _text(root: ElementTree.Element, path: str) -> str:
    return root.findtext(path) or ""


def write_xml(fields: Mapping[str, Any]) -> str:
    """The body of a push: words in CDATA, numbers bare, tables and lists nested."""
    return f"<xml>{''.join(_element(name, value) for name, value in fields.items())}</xml>"


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_element(name, item) for item in value)
    if isinstance(value, Mapping):
        inner = "".join(_element(key, item) for key, item in value.items())
    elif isinstance(value, int | float):
        inner = str(value)
    else:
        inner = _cdata(str(value))
    return f"<{name}>{inner}</{name}>"


# What XML 1.0 cannot carry at all, not even escaped.
_UNSENDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _cdata(text: str) -> str:
    return f"<![CDATA[{_UNSENDABLE.sub('', text).replace(']]>', ']]]]><![CDATA[>')}]]>"
