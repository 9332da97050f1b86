"""What the smart robot is told (fact sheet D6, D7), as one Incoming each. Pure: frame in, record out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channels.errors import NotOurs
from storage.records import Channel, Incoming, MessageKind

LATEST = 253402300799  # the last second of the year 9999

_Json = Mapping[str, Any]
_MEDIA = {"image": MessageKind.IMAGE, "file": MessageKind.FILE, "video": MessageKind.VIDEO}


class Mention:
    """The robot's name as it stands in what people write to it: `@小助手`, then a space or U+2005."""

    def __init__(self, name: str) -> None:
        self._pattern = re.compile(rf"[ \t\u00a0\u2005\u3000]*@{re.escape(name)}[ \t\u00a0\u2005\u3000]*")

    def strip(self, text: str) -> str:
        """Without the mention, wherever it stands (D6)."""
        return self._pattern.sub(" ", text).strip().strip("\u2005")


def incoming_of(body: _Json, req_id: str, mention: Mention, now: datetime) -> Incoming:
    """The record of one aibot_msg_callback or aibot_event_callback; `now` stands in for a missing create_time.

    Text and pictures together (mixed) are TEXT with the first picture in `media_url`; all of them stand in
    details["images"]. Raises NotOurs when it cannot be told who said it or which message it is.
    """
    sender = _string(_dict(body, "from"), "userid")
    is_group = body.get("chattype") == "group"
    conversation = _string(body, "chatid") if is_group else sender
    if not sender or not conversation:
        raise NotOurs("frame without sender or conversation")
    sent_at = _moment(body, now)
    part = _event(body) if body.get("msgtype") == "event" else _message(body, mention)
    return Incoming(
        channel=Channel.WECOM_BOT,
        dedupe_key=_dedupe_key(body, sender, part),
        sender=sender,
        conversation=conversation,
        sent_at=sent_at,
        is_group=is_group,
        reply_token=req_id,
        **part,
    )


def event_type(body: _Json) -> str:
    """The name of an event, lower case; "" if the frame is none."""
    return _string(_dict(body, "event"), "eventtype").lower()


def _dedupe_key(body: _Json, sender: str, part: Mapping[str, Any]) -> str:
    number = _string(body, "msgid")
    if number:
        return f"w:{number}"
    if part["kind"] is MessageKind.EVENT and "create_time" in body:
        return f"w:{sender}:{body['create_time']}:{part['event']}:{part['event_key']}"
    raise NotOurs("frame without msgid")


def _moment(body: _Json, now: datetime) -> datetime:
    """create_time in seconds; some SDKs speak of milliseconds."""
    value = body.get("create_time")
    if not isinstance(value, int) or not 0 < value < 10**15:
        return now
    seconds = value / 1000 if value > 10**11 else value
    return datetime.fromtimestamp(seconds, UTC) if seconds <= LATEST else now


# ── messages ─────────────────────────────────────────────────────────────────────────────────────


def _message(body: _Json, mention: Mention) -> dict[str, Any]:
    quoted = mention.strip(_words(_dict(body, "quote")))
    return _content(body, mention) | ({"quoted": quoted} if quoted else {})


def _content(body: _Json, mention: Mention) -> dict[str, Any]:
    kind = _string(body, "msgtype")
    if kind == "text":
        return {"kind": MessageKind.TEXT, "text": mention.strip(_words(body))}
    if kind == "voice":
        return {"kind": MessageKind.VOICE, "text": _words(body).strip()}
    if kind == "mixed":
        return _mixed(body, mention)
    if kind in _MEDIA:
        return {"kind": _MEDIA[kind]} | _medium(_dict(body, kind))
    return {"kind": MessageKind.UNKNOWN, "details": {"msg_type": kind}}


def _mixed(body: _Json, mention: Mention) -> dict[str, Any]:
    images = [_dict(item, "image") for item in _items(body) if item.get("msgtype") == "image"]
    text = mention.strip(_words(body))
    first = _medium(images[0]) if images else {}
    every = [{"url": _string(image, "url"), "aeskey": _string(image, "aeskey")} for image in images]
    return {"kind": MessageKind.TEXT if text else MessageKind.IMAGE, "text": text, "details": {"images": every}} | first


def _medium(medium: _Json) -> dict[str, Any]:
    return {
        "media_url": _string(medium, "url"),
        "media_key": _string(medium, "aeskey"),
        "label": _string(medium, "filename") or _string(medium, "name"),
    }


def _words(message: _Json) -> str:
    """The text of a message or of a quoted one; "" for pictures and files."""
    kind = _string(message, "msgtype")
    if kind == "mixed":
        return "\n".join(filter(None, (_words(item) for item in _items(message) if item.get("msgtype") != "mixed")))
    return _string(_dict(message, kind), "content") if kind in ("text", "voice", "markdown") else ""


def _items(message: _Json) -> list[_Json]:
    items = _dict(message, "mixed").get("msg_item")
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


# ── events ───────────────────────────────────────────────────────────────────────────────────────


def _event(body: _Json) -> dict[str, Any]:
    event = event_type(body)
    inner = _dict(_dict(body, "event"), event)
    part: dict[str, Any] = {"kind": MessageKind.EVENT, "event": event, "event_key": "", "details": dict(inner)}
    if event == "template_card_event":
        part |= {"event_key": _either(inner, "event_key", "eventkey"), "details": _card_details(inner)}
    return part


def _card_details(inner: _Json) -> dict[str, Any]:
    """The tables of the manual spell without underscores, its examples with them; both arrive (D6)."""
    return {
        "task_id": _either(inner, "task_id", "taskid"),
        "card_type": _either(inner, "card_type", "cardtype"),
        "selected": _selected(inner),
    }


def _selected(inner: _Json) -> dict[str, list[str]]:
    """question_key → ids of the chosen options."""
    outer = _dict(inner, "selected_items") or _dict(inner, "selecteditems")
    items = outer.get("selected_item") or outer.get("selecteditem")
    several = items if isinstance(items, list) else [items]
    return {_either(item, "question_key", "questionkey"): _options(item) for item in several if isinstance(item, dict)}


def _options(item: _Json) -> list[str]:
    outer = _dict(item, "option_ids") or _dict(item, "optionids")
    ids = outer.get("option_id") or outer.get("optionid") or []
    return [str(one) for one in (ids if isinstance(ids, list) else [ids])]


# ── reading what may be anything ─────────────────────────────────────────────────────────────────


def _dict(value: _Json, name: str) -> _Json:
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}


def _string(value: _Json, name: str) -> str:
    """Half surrogates, which no database takes, are replaced."""
    inner = value.get(name)
    if isinstance(inner, int) and not isinstance(inner, bool):
        return str(inner)
    return inner.encode("utf-8", "replace").decode().replace("\0", "") if isinstance(inner, str) else ""


def _either(value: _Json, *names: str) -> str:
    return next((found for name in names if (found := _string(value, name))), "")
