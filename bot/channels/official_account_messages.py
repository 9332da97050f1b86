"""What the official account pushes (fact sheet A3, A4), as one Incoming each. Pure: fields in, record out."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channels.errors import NotOurs
from bot.channels.xml import Node, Tree
from storage.records import Channel, Incoming, MessageKind

LONGEST_NAME = 128  # characters of an open id, a type or a number; real ones have at most 64
LONGEST_EVENT_KEY = 128  # longer ones (the URL of VIEW) stand in the dedupe key as a digest
LATEST = 253402300799  # the last second of the year 9999

# What the platform says when a resident sends a sticker or anything else it does not push (A3).
_NOT_SHOWN = re.compile(r"^[\[【]收到不支持的消息类型.{0,20}[\]】]$")
_CONSUMED = frozenset({"ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId", "Event", "EventKey"})
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_Part = dict[str, Any]


def incoming_of(fields: Tree) -> Incoming:
    """The record of one push. Unknown types become UNKNOWN; `details` has all further fields, named snake_case.

    In `details` the lists of `subscribe_msg_*` events are `items`, those of photos `pic_list`: always lists of
    mappings, also with one item. Raises NotOurs when sender, time or type is missing or absurd.
    """
    sender = _name(fields, "FromUserName")
    kind_word = _name(fields, "MsgType").lower()
    seconds = _seconds(fields)
    details = _details(fields)
    part = _event(fields, details) if kind_word == "event" else _message(kind_word, fields, details)
    return Incoming(
        channel=Channel.OFFICIAL_ACCOUNT,
        dedupe_key=_dedupe_key(fields, kind_word, sender, seconds, details),
        sender=sender,
        conversation=sender,
        sent_at=datetime.fromtimestamp(seconds, UTC),
        details=details,
        **part,
    )


def text_of(fields: Tree, name: str) -> str:
    """The text of a leaf; "" if it is missing. Raises NotOurs if it is repeated or has children."""
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise NotOurs(f"{name} is no text")
    return value


def _name(fields: Tree, name: str) -> str:
    value = text_of(fields, name)
    if not 0 < len(value) <= LONGEST_NAME:
        raise NotOurs(f"{name} is missing")
    return value


def _seconds(fields: Tree) -> int:
    value = _name(fields, "CreateTime")
    if not (value.isascii() and value.isdigit() and int(value) <= LATEST):
        raise NotOurs("CreateTime is no time")
    return int(value)


def _dedupe_key(fields: Tree, kind_word: str, sender: str, seconds: int, details: Mapping[str, Any]) -> str:
    """Fact sheet A5: a message has its number; an event is told by who, when, what and which.

    Keys outlive the person's wish to be forgotten, so who it was stands in them as a digest only.
    """
    number = text_of(fields, "MsgId")
    if number and kind_word != "event":
        return f"m:{_short(number)}"
    event = text_of(fields, "Event") or kind_word
    key = f"e:{person_in_key(sender)}:{seconds}:{_short(event)}:{_short(text_of(fields, 'EventKey'))}"
    sent = _sent_numbers(details) or number
    return f"{key}:{_short(sent)}" if sent else key


def person_in_key(sender: str) -> str:
    return hashlib.blake2b(sender.encode(), digest_size=12).hexdigest()


def _sent_numbers(details: Mapping[str, Any]) -> str:
    """The numbers of the messages whose sending an event reports; several may be reported in one second."""
    items = details.get("items", ())
    numbers = [details.get("msg_id", ""), *(item.get("msg_id") or item.get("template_id", "") for item in items)]
    return ",".join(str(number) for number in numbers if number)


def _short(value: str) -> str:
    return value if len(value) <= LONGEST_EVENT_KEY else hashlib.sha256(value.encode()).hexdigest()


# ── messages ─────────────────────────────────────────────────────────────────────────────────────


def _message(kind_word: str, fields: Tree, details: dict[str, Any]) -> _Part:
    reader = _MESSAGES.get(kind_word)
    if reader is None:
        details["msg_type"] = kind_word
        return {"kind": MessageKind.UNKNOWN, "event": kind_word if kind_word.startswith("device_") else ""}
    return reader(fields)


def _text(fields: Tree) -> _Part:
    content = text_of(fields, "Content")
    if _NOT_SHOWN.match(content):
        return {"kind": MessageKind.UNKNOWN}
    return {"kind": MessageKind.TEXT, "text": content, "menu_id": text_of(fields, "bizmsgmenuid")}


def _voice(fields: Tree) -> _Part:
    """`Recognition` has been empty since 2023, but is taken when it comes."""
    return {
        "kind": MessageKind.VOICE,
        "media_id": text_of(fields, "MediaId"),
        "media_format": text_of(fields, "Format").lower(),
        "text": text_of(fields, "Recognition"),
    }


def _location(fields: Tree) -> _Part:
    return {"kind": MessageKind.LOCATION, **_point(fields, "Location_X", "Location_Y"), "label": _label(fields)}


def _medium(kind: MessageKind) -> Callable[[Tree], _Part]:
    def read(fields: Tree) -> _Part:
        return {"kind": kind, "media_id": text_of(fields, "MediaId"), "label": text_of(fields, "Title")}

    return read


_MESSAGES: dict[str, Callable[[Tree], _Part]] = {
    "text": _text,
    "image": _medium(MessageKind.IMAGE),
    "voice": _voice,
    "video": _medium(MessageKind.VIDEO),
    "shortvideo": _medium(MessageKind.VIDEO),
    "location": _location,
    "link": _medium(MessageKind.LINK),
    "file": _medium(MessageKind.FILE),
}


def _label(fields: Tree) -> str:
    return text_of(fields, "Label") or text_of(fields, "Poiname")


def _point(fields: Tree, latitude: str, longitude: str) -> _Part:
    """Both coordinates, or neither when one is missing or no place on earth."""
    lat, lng = _degrees(fields, latitude, 90), _degrees(fields, longitude, 180)
    return {} if lat is None or lng is None else {"latitude": lat, "longitude": lng}


def _degrees(fields: Tree, name: str, most: int) -> float | None:
    try:
        value = float(text_of(fields, name))
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= most else None


# ── events ───────────────────────────────────────────────────────────────────────────────────────


def _event(fields: Tree, details: Mapping[str, Any]) -> _Part:
    event = text_of(fields, "Event").lower()[:LONGEST_NAME]
    key = text_of(fields, "EventKey")
    part: _Part = {"kind": MessageKind.EVENT, "event": event, "event_key": key.removeprefix("qrscene_")}
    if event == "location":
        part |= _point(fields, "Latitude", "Longitude")
    place = fields.get("SendLocationInfo")
    if isinstance(place, dict):
        part |= _point(place, "Location_X", "Location_Y") | {"label": _label(place)}
    return part


# ── further fields ───────────────────────────────────────────────────────────────────────────────


def _details(fields: Tree) -> dict[str, Any]:
    """All fields that Incoming has no place for."""
    details: dict[str, Any] = {}
    for name, value in fields.items():
        if name in _CONSUMED:
            continue
        if name.startswith("SubscribeMsg") and isinstance(value, dict):
            details["items"] = _items(value.get("List"))
        elif name == "List":  # where JSON pushes have them
            details["items"] = _items(value)
        elif name == "SendPicsInfo" and isinstance(value, dict):
            details |= {"count": value.get("Count", ""), "pic_list": _pictures(value.get("PicList"))}
        elif value != "" and name not in _TAKEN:
            details[_snake(name)] = _renamed(value)
    return details


_TAKEN = frozenset(
    {"Content", "MediaId", "Format", "Recognition", "bizmsgmenuid", "Label", "Title"}
    | {"Location_X", "Location_Y", "Latitude", "Longitude"}
)


def _pictures(value: Node | None) -> list[Any]:
    return _items(value.get("item")) if isinstance(value, dict) else []


def _items(value: Node | None) -> list[Any]:
    """One item comes as a mapping, several as a list of them (A4)."""
    several = value if isinstance(value, list) else [value]
    return [_renamed(item) for item in several if isinstance(item, dict)]


def _renamed(value: Node) -> Any:
    if isinstance(value, dict):
        return {_snake(name): _renamed(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner) for inner in value]
    return value


def _snake(name: str) -> str:
    """MsgID → msg_id, ArticleUrlResult → article_url_result, Location_X → location_x."""
    return _WORD_START.sub("_", name).lower().replace("__", "_")
