"""The official account 公众号: the door for what it pushes, and the client for what we send (fact sheet A, B, C)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.channels.api import Answer, Call, again
from bot.channels.crypt import MessageCrypt, is_signed, signature_of
from bot.channels.errors import NotOurs, Refused, TryLater, WindowClosed
from bot.channels.media import MAX_SIZE, Media
from bot.channels.official_account_messages import incoming_of, text_of
from bot.channels.template_fields import fit_field
from bot.channels.text import PASSIVE_LIMIT, fit_text, tap_link, with_options
from bot.channels.tokens import STALE_TOKEN, TokenKeeper, refusal
from bot.channels.xml import DEEPEST, Node, Tree, read_xml, write_xml
from bot.config import OfficialAccount
from storage.records import Incoming, MessageKind

__all__ = [
    "MAX_BODY",
    "Envelope",
    "OfficialAccountClient",
    "OfficialAccountDoor",
    "QrCode",
    "fit_text",
    "tap_link",
    "with_options",
]

MAX_BODY = 64 * 1024  # bytes; a push has at most a few thousand
SUCCESS = "success"  # "no answer", allowed unencrypted in every mode (A5)
MAX_QR_SECONDS = 2_592_000

# ── the door ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Envelope:
    """A push that was checked. `key` names the AES key that opened it: "current", "previous", or "" if none did."""

    incoming: Incoming
    account: str  # our gh_ id, the sender of the answer
    key: str = ""
    encrypted: bool = False
    is_json: bool = False


class OfficialAccountDoor:
    """Lets in what the platform signed, in the plain, compatible and safe mode (A2); everything else is NotOurs."""

    def __init__(self, settings: OfficialAccount) -> None:
        self._mode = settings.mode
        self._freshness = settings.freshness
        self._token = settings.token.get_secret_value()
        keys = {
            "current": settings.encoding_aes_key.get_secret_value(),
            "previous": settings.previous_encoding_aes_key.get_secret_value(),
        }
        self._crypts = {name: MessageCrypt(key, settings.app_id) for name, key in keys.items() if key}

    def verify_url(self, query: Mapping[str, str], now: datetime) -> str:
        """The echostr to give back (plain in every mode). Raises NotOurs."""
        self._check_fresh(query, now)
        self._check_signature(query)
        return query.get("echostr", "")

    def open(self, body: bytes, query: Mapping[str, str], now: datetime) -> Envelope:
        """Check, decrypt and read one push. Raises NotOurs, and nothing else, for whatever did not come from WeChat."""
        self._check_fresh(query, now)
        if len(body) > MAX_BODY:
            raise NotOurs("body too long")
        is_json = body.lstrip()[:1] == b"{"
        fields, key = self._opened(_read(body), query)
        account = text_of(fields, "ToUserName")
        if not account:
            raise NotOurs("ToUserName is missing")
        return Envelope(incoming_of(fields), account, key, bool(key), is_json)

    def reply(self, envelope: Envelope, text: str, now: datetime, nonce: str | None = None) -> str:
        """The body of the passive answer (A6), encrypted with the push's own key if the push was; "" gives success."""
        if not text:
            return SUCCESS
        answer: dict[str, str | int] = {
            "ToUserName": envelope.incoming.sender,
            "FromUserName": envelope.account,
            "CreateTime": int(now.timestamp()),
            "MsgType": "text",
            "Content": fit_text(text, PASSIVE_LIMIT)[0],
        }
        plain = _written(answer, envelope.is_json)
        return self._sealed(envelope, plain, now, nonce or secrets.token_hex(8)) if envelope.encrypted else plain

    def _sealed(self, envelope: Envelope, plain: str, now: datetime, nonce: str) -> str:
        encrypted = self._crypts[envelope.key].encrypt(plain.encode())
        timestamp = int(now.timestamp())
        signature = signature_of(self._token, str(timestamp), nonce, encrypted)
        sealed: dict[str, str | int] = {
            "Encrypt": encrypted,
            "MsgSignature": signature,
            "TimeStamp": timestamp,
            "Nonce": nonce,
        }
        return _written(sealed, envelope.is_json)

    def _check_fresh(self, query: Mapping[str, str], now: datetime) -> None:
        timestamp = query.get("timestamp", "")
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
            raise NotOurs("no timestamp")
        if abs(now.timestamp() - int(timestamp)) > self._freshness:
            raise NotOurs("stale timestamp")

    def _check_signature(self, query: Mapping[str, str], *encrypted: str) -> None:
        """`signature` covers token, time and nonce only; `msg_signature` the ciphertext too."""
        given = query.get("msg_signature" if encrypted else "signature", "")
        if not is_signed(given, self._token, query.get("timestamp", ""), query.get("nonce", ""), *encrypted):
            raise NotOurs("wrong signature")

    def _opened(self, outer: Tree, query: Mapping[str, str]) -> tuple[Tree, str]:
        """The fields of the push and the name of the key, "" if it was plain."""
        encrypted = text_of(outer, "Encrypt")
        prefers_plain = self._mode == "plain" and "MsgType" in outer
        if encrypted and self._crypts and not prefers_plain:
            self._check_signature(query, encrypted)
            message, key = self._decrypted(encrypted)
            return _read(message), key
        if self._mode == "safe":
            raise NotOurs("unencrypted in safe mode")
        self._check_signature(query)
        return outer, ""

    def _decrypted(self, encrypted: str) -> tuple[bytes, str]:
        """During a change of the key the platform may use either (A2)."""
        for name, crypt in self._crypts.items():
            try:
                return crypt.decrypt(encrypted), name
            except NotOurs as error:
                trouble = error
        raise trouble


def _read(body: bytes) -> Tree:
    return _read_json(body) if body.lstrip()[:1] == b"{" else read_xml(body)


def _read_json(body: bytes) -> Tree:
    try:
        fields = json.loads(body.decode("utf-8"))
        tree = _as_tree(fields)
    except (ValueError, RecursionError):
        raise NotOurs("unreadable JSON") from None
    return tree if isinstance(tree, dict) else {}


def _as_tree(value: Any, depth: int = 0) -> Node:
    """The shape that XML would have had: leaves are text; half surrogates, which no database takes, are replaced."""
    if depth > DEEPEST:
        raise NotOurs("nested too deep")
    if isinstance(value, dict):
        return {_clean(name): _as_tree(inner, depth + 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_as_tree(inner, depth + 1) for inner in value]
    return "" if value is None else _clean(str(value)).strip()


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _written(fields: Mapping[str, str | int], is_json: bool) -> str:
    return json.dumps(fields, ensure_ascii=False) if is_json else write_xml(fields)


# ── the client ───────────────────────────────────────────────────────────────────────────────────

_WINDOW_CLOSED = frozenset({45015, 45047})
_SAID_JUST_NOW, _SAID_FOR = 40241, 60.0  # the same template to the same person, and the seconds it is refused for
_NO_MENU = 46003
_SENDABLE = {MessageKind.IMAGE: 2_000_000, MessageKind.VOICE: 2_000_000}  # bytes (C9)


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code with a scene. `picture` is a public address of its image, `url` what the image says."""

    ticket: str
    url: str
    picture: str
    expire_seconds: int | None = None


class OfficialAccountClient:
    """Calls to the official account's API. Every method raises TryLater, Refused or WindowClosed (errors.py).

    A token that the platform rejects is renewed once and the call repeated once. Only calls that may be repeated
    without harm are, after -1, 5xx and broken connections; a message is never sent twice on a guess (C3, F7).
    """

    def __init__(self, settings: OfficialAccount, session: aiohttp.ClientSession, tokens: TokenKeeper) -> None:
        self._base = settings.api_base.rstrip("/")
        self._mp_base = settings.mp_base.rstrip("/")
        self._timeout = settings.timeout
        self._session = session
        self._tokens = tokens

    async def send_text(self, openid: str, text: str) -> None:
        """A customer-service message. WindowClosed outside of the 48 h or when the allowance is used up (C3)."""
        payload = {"touser": openid, "msgtype": "text", "text": {"content": fit_text(text)[0]}}
        await self._post("custom/send", "/cgi-bin/message/custom/send", payload, repeatable=False)

    async def send_template(
        self, openid: str, template_id: str, fields: Mapping[str, str], client_msg_id: str = ""
    ) -> str:
        """A template message (C5); every field is made to fit its kind (C6). Returns the platform's msgid."""
        data = {name: {"value": fit_field(name, value)} for name, value in fields.items()}
        payload: dict[str, Any] = {"touser": openid, "template_id": template_id, "data": data}
        if client_msg_id:
            payload["client_msg_id"] = client_msg_id
        answer = await self._post("template/send", "/cgi-bin/message/template/send", payload, repeatable=False)
        return str(answer.get("msgid", ""))

    async def send_medium(self, openid: str, medium: Media) -> None:
        """A picture or voice as a customer-service message; it counts like a text (C3).

        Raises Refused for kinds and sizes that the platform does not take (C9).
        """
        limit = _SENDABLE.get(medium.kind)
        if limit is None or len(medium.data) > limit:
            raise Refused(f"custom/send: no {medium.kind} of this size")
        path, query = f"{self._base}/cgi-bin/media/upload", {"type": medium.kind.value}
        upload = Call("media/upload", "POST", path, query, upload=medium)
        try:
            kept = _fields_of("media/upload", await again(lambda: self._with_token(upload)))
        except TryLater as error:  # nobody has seen anything yet
            raise TryLater(error.reason, error.code, wait=error.wait) from None
        part = {"media_id": str(kept.get("media_id", ""))}
        payload = {"touser": openid, "msgtype": medium.kind.value, medium.kind.value: part}
        await self._post("custom/send", "/cgi-bin/message/custom/send", payload, repeatable=False)

    async def fetch_media(self, media_id: str) -> Media:
        """What a resident sent, within three days (C9); a video is fetched from where the platform points to."""
        call = Call("media/get", "GET", f"{self._base}/cgi-bin/media/get", {"media_id": media_id}, most=MAX_SIZE)
        answer = await again(lambda: self._with_token(call))
        fields = answer.fields()
        if fields is None:
            return Media(answer.body, answer.content_type)
        video = fields.get("video_url")
        if not isinstance(video, str) or not video.startswith(("https://", "http://")):
            raise Refused("media/get: no medium")
        fetched = await again(lambda: Call("video_url", "GET", video, most=MAX_SIZE).run(self._session, self._timeout))
        return Media(fetched.body, fetched.content_type)

    async def create_qr(self, scene: str, *, permanent: bool = True, expire_seconds: int = MAX_QR_SECONDS) -> QrCode:
        """A QR code whose scan brings `scene` (1 to 64 characters) as event key (C7)."""
        if not 1 <= len(scene) <= 64:
            raise Refused("a scene has 1 to 64 characters", 40053)
        payload: dict[str, Any] = {
            "action_name": "QR_LIMIT_STR_SCENE" if permanent else "QR_STR_SCENE",
            "action_info": {"scene": {"scene_str": scene}},
        }
        if not permanent:
            payload["expire_seconds"] = min(expire_seconds, MAX_QR_SECONDS)
        answer = await self._post("qrcode/create", "/cgi-bin/qrcode/create", payload, repeatable=True)
        return self._qr_of(answer)

    async def push_menu(self, menu: Mapping[str, Any]) -> None:
        """Replace the menu (C10); `menu` is {"button": […]} or the list of buttons under that key."""
        await self._post("menu/create", "/cgi-bin/menu/create", menu, repeatable=True)

    async def current_menu(self) -> dict[str, Any]:
        """The menu as the platform has it; {} if there is none."""
        call = Call("get_current_selfmenu_info", "GET", f"{self._base}/cgi-bin/get_current_selfmenu_info")
        try:
            answer = await again(lambda: self._with_token(call))
        except Refused as error:
            if error.code == _NO_MENU:
                return {}
            raise
        return answer.fields() or {}

    def _qr_of(self, answer: Mapping[str, Any]) -> QrCode:
        ticket = str(answer.get("ticket", ""))
        picture = f"{self._mp_base}/cgi-bin/showqrcode?ticket={quote(ticket, safe='')}"
        return QrCode(ticket, str(answer.get("url", "")), picture, answer.get("expire_seconds"))

    async def _post(self, what: str, path: str, payload: Mapping[str, Any], *, repeatable: bool) -> dict[str, Any]:
        call = Call(what, "POST", self._base + path, payload=payload)
        if not repeatable:
            return _fields_of(what, await self._with_token(call))
        return _fields_of(what, await again(lambda: self._with_token(call)))

    async def _with_token(self, call: Call) -> Answer:
        """One call; a second one with a new token if the platform does not like the first one's."""
        token = await self._tokens.token()
        answer = await call.run(self._session, self._timeout, token)
        if answer.code() in STALE_TOKEN:
            token = await self._tokens.renew(token)
            answer = await call.run(self._session, self._timeout, token)
        _check(call.what, answer)
        return answer


def _check(what: str, answer: Answer) -> None:
    """Raise what an errcode means (C12)."""
    code = answer.code()
    if code in STALE_TOKEN:
        raise TryLater(f"{what}: token rejected twice", code)
    if code in _WINDOW_CLOSED:
        raise WindowClosed(f"{what}: window closed", code)
    if code == _SAID_JUST_NOW:
        raise TryLater(f"{what}: the same was said just now", code, wait=_SAID_FOR)
    if code:
        raise refusal(what, answer)


def _fields_of(what: str, answer: Answer) -> dict[str, Any]:
    fields = answer.fields()
    if fields is None:
        raise TryLater(f"{what}: unreadable answer", uncertain=True)
    return fields
