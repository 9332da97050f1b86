"""WeCom with a smart robot in long-connection mode and a webhook robot: colleagues, groups, what they see (D, E3)."""

from __future__ import annotations

import base64
import re
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from aiohttp import web

from bot.emulator.cards import Card, face
from bot.emulator.credentials import Credentials, dice, letters
from bot.emulator.crypt import encrypt_file
from bot.emulator.faults import Faults, drop
from bot.emulator.ledger import BEIJING
from bot.emulator.screen import Errands, Rate, Screen, find
from bot.emulator.uploads import Uploads
from bot.emulator.webhook_robot import WebhookRobot
from bot.emulator.wecom_socket import Kind, Parcel, Socket
from bot.emulator.world import Colleague, Group, Line

MEDIA_URL_LIVES = timedelta(minutes=5)
_MENTION = re.compile(r"<@([\w.\-]+)>")


@dataclass(frozen=True, slots=True)
class Room:
    """A conversation with the robot: a group or a colleague."""

    owner: Group | Colleague

    @property
    def is_group(self) -> bool:
        return isinstance(self.owner, Group)

    @property
    def key(self) -> str:
        return self.owner.chatid if isinstance(self.owner, Group) else self.owner.userid

    @property
    def chat(self) -> list[Line]:
        return self.owner.chat

    @property
    def is_awake(self) -> bool:
        return self.owner.awake


@dataclass(frozen=True, slots=True)
class CardPlace:
    room: Room
    line_id: int
    card_type: str


class WeCom:
    """The platform. `idle_limit` (a connection's longest silence) and `quick_reply` are in real seconds.

    `redeliver_within`: a message nobody was connected for comes when the robot is back, with the same msgid,
    unless it is older than this by then.
    """

    def __init__(self, credentials: Credentials, screen: Screen, errands: Errands, seed: int = 0) -> None:
        self.credentials = credentials
        self.screen = screen
        self.clock = screen.clock
        self.errands = errands
        self.faults = Faults(chance=dice("wecom faults", seed))
        self.members: dict[str, Colleague] = {}
        self.groups: dict[str, Group] = {}
        self.refusals: Counter[int] = Counter()
        self.cards: dict[str, CardPlace] = {}
        self.lost_events = 0  # clicks and greetings that found no robot: they never come again
        self.idle_limit = 90.0
        self.quick_reply = 5.0
        self.redeliver_within = timedelta(minutes=5)
        self.chance = dice("wecom", seed)
        self.uploads = Uploads(screen.media, self.chance)
        self.webhook = WebhookRobot(self)
        self.base_url = ""
        self._socket: Socket | None = None
        self._sockets: set[Socket] = set()
        self._waiting: list[Parcel] = []
        self._recent: deque[Parcel] = deque(maxlen=100)
        self._rates: dict[str, tuple[Rate, Rate]] = {}
        self._greeted: set[tuple[str, date]] = set()
        self._pictures: dict[str, tuple[bytes, datetime]] = {}

    def add_routes(self, app: web.Application, prefix: str = "") -> None:
        self._prefix = f"{prefix}/wecom"
        app.router.add_get(f"{self._prefix}/ws", self._serve)
        app.router.add_get(f"{self._prefix}/media/{{key}}", self._show_picture)
        self.webhook.add_routes(app, self._prefix)

    # People, and what they do.

    def add_member(self, userid: str, name: str) -> Colleague:
        member = self.members[userid] = Colleague(userid, name)
        self.screen.changed()
        return member

    def add_group(self, chatid: str, name: str, members: tuple[str, ...] | list[str] = ()) -> Group:
        """An internal group with the smart robot in it; the first one also gets the webhook robot."""
        group = self.groups[chatid] = Group(chatid, name, tuple(members))
        self.webhook.group = self.webhook.group or chatid
        self.screen.changed()
        return group

    def leave(self, chatid: str, userid: str) -> None:
        """The robot is not told; its pushes go on."""
        group = self.groups[chatid]
        group.members = tuple(one for one in group.members if one != userid)
        self.screen.changed()

    async def open_chat(self, userid: str) -> bool:
        """Look into the one-to-one chat; the first look of a day is an enter_chat event (D6). True if it was sent."""
        today = (userid, self.clock.now().astimezone(BEIJING).date())
        if today in self._greeted:
            return False
        self._greeted.add(today)
        return await self._tell_event("enter_chat", userid, "enter_chat", {})

    async def say(
        self,
        userid: str,
        text: str,
        *,
        chatid: str | None = None,
        quote: int | None = None,
        mention: bool | None = None,
    ) -> list[Line]:
        """One to one, or in a group, where only an @ reaches the robot; the line it became.

        `mention`: None looks for the @ in the text, True puts it in front, False means the words are no real mention.
        Raises LookupError for an unknown person, group or quoted line, ValueError for somebody not in the group.
        """
        room, text, is_heard = await self._spoken(userid, text, chatid, mention)
        quoted = room.chat[find(room.chat, quote)] if quote is not None else None
        line = self.screen.show(
            room.chat, userid, "text", text, delivered=is_heard, quoted=quoted.text if quoted else ""
        )
        if is_heard:
            content: dict[str, Any] = {"msgtype": "text", "text": {"content": text}}
            await self._tell(room, userid, content | (_quote(quoted) if quoted else {}))
        return [line]

    async def click(
        self,
        userid: str,
        line_id: int,
        key: str,
        chatid: str | None = None,
        selected: Mapping[str, tuple[str, ...]] | None = None,
    ) -> list[Line]:
        """Press a card's button, even one that an old client still shows. Sent once, never again (E3.6).

        `selected` are the chosen option ids by question key. Raises LookupError for no such card.
        """
        room = self._room(userid, chatid)
        line = room.chat[find(room.chat, line_id)]
        if line.kind != "card":
            raise LookupError(f"line {line_id} is no card")
        place = self.cards[line.task_id]
        words = {"card_type": place.card_type, "event_key": key, "task_id": line.task_id}
        options = {name: {"option_id": list(ids)} for name, ids in (selected or {}).items()}
        items = [{"question_key": name, "option_ids": ids} for name, ids in options.items()]
        details = words | ({"selected_items": {"selected_item": items}} if items else {})
        if self.faults.card_spelling == "flat":
            details = _flattened(details)
        await self._tell_event("card", userid, "template_card_event", details, chatid, line.task_id)
        return []

    async def send_voice(self, userid: str, text: str) -> list[Line]:
        """One to one; WeCom has already made words of it."""
        room, *_ = await self._spoken(userid, text, None, None)
        line = self.screen.show(room.chat, userid, "voice", text)
        await self._tell(room, userid, {"msgtype": "voice", "voice": {"content": text}})
        return [line]

    async def send_image(
        self, userid: str, data: bytes, content_type: str = "image/jpeg", *, chatid: str | None = None, text: str = ""
    ) -> list[Line]:
        """A picture, with words in one message if there are any. In a group it needs words that mention the robot."""
        room, text, is_heard = await self._spoken(userid, text, chatid, None)
        media = self.screen.media.keep("image", data, content_type)
        line = self.screen.show(room.chat, userid, "image", text, media=media.id, delivered=is_heard)
        if is_heard:
            picture = {"msgtype": "image", "image": self._encrypted(data)}
            words = {"msgtype": "text", "text": {"content": text}}
            mixed = {"msgtype": "mixed", "mixed": {"msg_item": [words, picture]}}
            await self._tell(room, userid, mixed if text else picture)
        return [line]

    # What the platform does of itself.

    @property
    def is_connected(self) -> bool:
        return self._socket is not None

    @property
    def unheard(self) -> list[Line]:
        """What was said in groups without mentioning the robot (E3.3)."""
        return [line for group in self.groups.values() for line in group.chat if not line.delivered]

    async def kick(self, *, hard: bool = False) -> None:
        """Cut the robot's connection; `hard` without a closing frame."""
        if self._socket is not None:
            await self._socket.close(hard=hard)

    async def close(self) -> None:
        for socket in list(self._sockets):
            await socket.close()

    # What the socket asks of us.

    def joined(self, socket: Socket) -> None:
        """One live connection a robot: the one before is told and closed."""
        before, self._socket = self._socket, socket
        if before is not None:
            self.errands.start(
                before.displace(Parcel("other", self._event_body("disconnected_event"), self.clock.now()))
            )

    def left(self, socket: Socket) -> None:
        self._sockets.discard(socket)
        if self._socket is socket:
            self._socket = None

    async def catch_up(self) -> None:
        """The robot is back: what waited comes now, and on demand what it already had."""
        count, self.faults.duplicate_after_reconnect = self.faults.duplicate_after_reconnect, 0
        waiting, self._waiting = self._waiting, []
        copies = [parcel for parcel in self._recent if parcel not in waiting][-count:] if count else []
        for parcel in [*copies, *waiting]:
            if self.clock.now() - parcel.at <= self.redeliver_within:
                await self._bring(parcel)

    def room_of(self, parcel: Parcel) -> Room:
        return self._room(parcel.userid, parcel.chatid or None)

    def room_named(self, name: str, chat_type: Any) -> Room | None:
        """0 means whichever there is, a group first (D7)."""
        group = self.groups.get(name) if chat_type in {0, 2} else None
        owner = group or (self.members.get(name) if chat_type in {0, 1} else None)
        return Room(owner) if owner else None

    def rates_of(self, room: Room) -> tuple[Rate, Rate]:
        fresh = (Rate(30, timedelta(minutes=1)), Rate(1000, timedelta(hours=1)))
        return self._rates.setdefault(room.key, fresh)

    def show(self, room: Room, kind: str, text: str, via: str, **more: Any) -> Line:
        return self.screen.show(room.chat, self.credentials.bot_name, kind, text, via=via, **more)

    def keep_card(self, room: Room, line: Line, card: Card) -> None:
        if line.task_id:
            self.cards[line.task_id] = CardPlace(room, line.id, str(card["card_type"]))

    def redraw_card(self, card: Card) -> None:
        """Everybody who has the card sees the new one; views that differ by person are not modelled."""
        place, shown = self.cards[str(card["task_id"])], face(card)
        self.cards[str(card["task_id"])] = CardPlace(place.room, place.line_id, str(card["card_type"]))
        self.screen.redraw(place.room.chat, place.line_id, text=shown.text, options=shown.options, links=shown.links)

    def name_of(self, userid: str) -> str:
        member = self.members.get(userid)
        return member.name if member else "所有人" if userid == "@all" else userid

    def with_names(self, text: str) -> str:
        """`<@userid>` as the client shows it."""
        return _MENTION.sub(lambda found: f"@{self.name_of(found[1])}", text)

    def hinted(self, code: int, text: str) -> str:
        """An error text in WeCom's dress (D11)."""
        more = f"https://open.work.weixin.qq.com/devtool/query?e={code}"
        return f"{text}, hint: [{letters(self.chance, 18, '0123456789')}], from ip: 192.0.2.1, more info at {more}"

    # How things go to the robot.

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if self.faults.api_down:
            raise drop(request)
        self.base_url = f"{request.url.origin()}{self._prefix}"
        ws = web.WebSocketResponse(timeout=1.0, max_msg_size=4 * 1024 * 1024)
        await ws.prepare(request)
        socket = Socket(self, request, ws)
        self._sockets.add(socket)
        await socket.serve()
        return ws

    async def _spoken(self, userid: str, text: str, chatid: str | None, mention: bool | None) -> tuple[Room, str, bool]:
        """Where somebody speaks, his words with the mention, and whether the robot hears them."""
        room, call = self._room(userid, chatid), f"@{self.credentials.bot_name}"
        if not room.is_group:
            await self.open_chat(userid)
            is_heard = True
        else:
            if mention and call not in text:
                text = f"{call} {text}"
            is_heard = call in text if mention is None else mention
        if is_heard:
            room.owner.awake = True
        return room, text, is_heard

    def _room(self, userid: str, chatid: str | None) -> Room:
        member = self.members[userid]
        if chatid is None:
            return Room(member)
        group = self.groups[chatid]
        if group.members and userid not in group.members:
            raise ValueError(f"{userid} is not in this group")
        return Room(group)

    async def _tell(self, room: Room, userid: str, content: Mapping[str, Any]) -> None:
        """A message: delivered now, or when the robot is back."""
        chatid = room.key if room.is_group else ""
        body = self._body(userid, chatid) | dict(content)
        parcel = Parcel("message", body, self.clock.now(), userid, chatid)
        self._recent.append(parcel)
        await self.errands.start(self._tell_with_copies(parcel))

    async def _tell_with_copies(self, parcel: Parcel) -> None:
        await self.faults.jitter()
        copies, self.faults.duplicate_next = self.faults.duplicate_next, 0
        for _ in range(1 + copies):
            if not await self._bring(parcel):
                self._waiting.append(parcel)
                return

    async def _tell_event(
        self,
        kind: Kind,
        userid: str,
        event: str,
        details: Mapping[str, Any],
        chatid: str | None = None,
        task_id: str = "",
    ) -> bool:
        """An event: delivered now or never."""
        body = self._body(userid, chatid or "") | self._event_body(event, details)
        parcel = Parcel(kind, body, self.clock.now(), userid, chatid or "", task_id)
        is_sent = await self.errands.start(self._bring(parcel))
        self.lost_events += not is_sent
        return is_sent

    async def _bring(self, parcel: Parcel) -> bool:
        if self._socket is None or self.faults.api_down:
            return False
        return await self._socket.deliver(parcel)

    def _body(self, userid: str, chatid: str) -> dict[str, Any]:
        chat = {"chatid": chatid, "chattype": "group"} if chatid else {"chattype": "single"}
        return {
            "msgid": letters(self.chance, 32),
            "aibotid": self.credentials.bot_id,
            **chat,
            "from": {"userid": userid},
        }

    def _event_body(self, event: str, details: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {
            "create_time": int(self.clock.now().timestamp()),
            "aibotid": self.credentials.bot_id,
            "msgtype": "event",
            "event": {"eventtype": event, **({event: dict(details)} if details else {})},
        }

    def _encrypted(self, data: bytes) -> dict[str, str]:
        """A URL good for five minutes, and the key to what it holds; its base64 may lack the padding (D7)."""
        key, name = self.chance.randbytes(32), letters(self.chance, 40)
        self._pictures[name] = (encrypt_file(key, data), self.clock.now())
        return {"url": f"{self.base_url}/media/{name}", "aeskey": base64.b64encode(key).decode().rstrip("=")}

    async def _show_picture(self, request: web.Request) -> web.StreamResponse:
        content, at = self._pictures.get(request.match_info["key"], (b"", None))
        if at is None or self.clock.now() - at > MEDIA_URL_LIVES:
            raise web.HTTPForbidden
        return web.Response(body=content, content_type="application/octet-stream")


def _quote(line: Line) -> dict[str, Any]:
    """A quoted line as the robot gets it; its own cards and markdown come as text."""
    kind = line.kind if line.kind == "voice" else "text"
    return {"quote": {"msgtype": kind, kind: {"content": line.text}}}


def _flattened(details: Any) -> Any:
    """event_key → eventkey, as the pages' tables spell it (D6)."""
    if isinstance(details, dict):
        return {name.replace("_", ""): _flattened(value) for name, value in details.items()}
    return [_flattened(one) for one in details] if isinstance(details, list) else details
