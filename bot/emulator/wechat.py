"""WeChat with an official account: residents who write to it, and what of its answers they see (A, E1)."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from aiohttp import web

from bot.emulator.credentials import LETTERS, Credentials, dice, letters
from bot.emulator.faults import Faults
from bot.emulator.hostile import attack
from bot.emulator.ledger import Ledger, TokenDesk
from bot.emulator.passive import Abnormal, Answer
from bot.emulator.pusher import Push, Pusher
from bot.emulator.screen import Errands, Screen, find, read_links
from bot.emulator.wechat_api import Api, Sent
from bot.emulator.world import Line, Resident

NOTICE = "该公众号提供的服务出现故障，请稍后再试"
TEMPLATE_END = "TEMPLATESENDJOBFINISH"
Trigger = Literal["message", "touch"]


class NotFollowing(ValueError):
    """Somebody who does not follow the account has no chat to write in."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A resident was told that the account is out of order; `reason` is for us."""

    openid: str
    reason: str
    at: datetime


class WeChat:
    """The platform. What residents do are coroutines that return the lines shown to them in answer.

    `tap_opens` is which window a tapped answer opens: the sheet's weaker reading by default (A7, G2).
    `template_delay` is in real seconds.
    """

    def __init__(self, credentials: Credentials, screen: Screen, errands: Errands, pusher: Pusher, seed: int = 0):
        self.credentials = credentials
        self.screen = screen
        self.clock = screen.clock
        self.pusher = pusher
        self.faults: Faults = pusher.faults
        self.residents: dict[str, Resident] = {}
        self.ledger = Ledger()
        self.tokens = TokenDesk(credentials, seed)
        self.ledger_refusals: Counter[int] = Counter()
        self.sent: list[Sent] = []
        self.notices: list[Notice] = []
        self.discarded_answers = 0  # a second answer to one push, or one to a report that nobody sees
        self.templates: dict[str, tuple[str, ...]] = {}
        self.blacklist: set[str] = set()
        self.template_blockers: set[str] = set()  # who switched template messages off
        self.menu: list[dict[str, Any]] = []
        self.tap_opens: Trigger = "touch"
        self.template_delay = 0.02
        self.base_url = ""  # our own address, learned from the first call; pictures have theirs under it
        self.scenes: dict[str, str] = {}  # ticket of a QR code → its scene
        self.follow_notes: dict[str, tuple[datetime, str]] = {}  # open id → when, by which scene
        self.last_touch: dict[str, datetime] = {}
        self.errands = errands
        self._pushes: deque[Push] = deque(maxlen=200)
        self._overtaken: list[Push] = []
        self._chance = dice("wechat", seed)
        self._api = Api(self)

    def add_routes(self, app: web.Application, prefix: str = "") -> None:
        self._api.add_routes(app, f"{prefix}/wechat")

    # People and what they do.

    def add_resident(self, name: str) -> Resident:
        """Somebody with WeChat who does not follow the account yet."""
        openid = "o" + letters(self._chance, 27, LETTERS + "-_")
        resident = self.residents[openid] = Resident(openid, name)
        self.screen.changed()
        return resident

    async def follow(self, openid: str, scene: str | None = None) -> list[Line]:
        """By search, or by scanning a parametric QR code with this scene."""
        resident = self.residents[openid]
        resident.follows = True
        self.follow_notes[openid] = (self.clock.now(), scene or "")
        self.screen.changed()
        more = {"EventKey": f"qrscene_{scene}", "Ticket": self.ticket_of(scene)} if scene else {"EventKey": ""}
        return await self._event(openid, "subscribe", "touch", **more)

    async def scan(self, openid: str, scene: str) -> list[Line]:
        """A parametric QR code: SCAN for a follower, else it makes him one."""
        if not self.residents[openid].follows:
            return await self.follow(openid, scene)
        return await self._event(openid, "SCAN", "touch", EventKey=scene, Ticket=self.ticket_of(scene))

    async def unfollow(self, openid: str) -> list[Line]:
        """Nothing can be said to him any more."""
        self._follower(openid).follows = False
        self.ledger.close(openid)
        self.screen.changed()
        return await self._event(openid, "unsubscribe", None, EventKey="")

    async def say(self, openid: str, text: str, *, menu_id: str = "") -> list[Line]:
        """A text; with `menu_id` as if it came from a tapped answer."""
        self._show_own(openid, "text", text)
        more = {"bizmsgmenuid": menu_id} if menu_id else {}
        return await self._message(openid, "text", self.tap_opens if menu_id else "message", Content=text, **more)

    async def tap(self, openid: str, line_id: int, index: int) -> list[Line]:
        """One of a line's answers. Raises LookupError when there is no such line or answer."""
        chat = self._follower(openid).chat
        _, text, menu_id = chat[find(chat, line_id)].options[index]
        return await self.say(openid, text, menu_id=menu_id)

    async def click_menu(self, openid: str, key: str) -> list[Line]:
        """A button of the menu under the chat; one that opens a page gives no right to write (A4)."""
        self._follower(openid)
        if any(button.get("url") == key for button in self.menu_buttons()):
            return await self._event(openid, "VIEW", None, EventKey=key, MenuId="400000001")
        return await self._event(openid, "CLICK", "touch", EventKey=key)

    async def send_image(self, openid: str, data: bytes, content_type: str = "image/jpeg") -> list[Line]:
        media = self.screen.media.keep("image", data, content_type)
        self._show_own(openid, "image", "", media=media.id)
        picture = f"{self.base_url or 'http://picture.invalid'}/picture/{media.id}"
        return await self._message(openid, "image", "message", PicUrl=picture, MediaId=media.id)

    async def send_voice(self, openid: str, data: bytes, recognition: str = "") -> list[Line]:
        """Recognition has been empty since 2023 (A3); a text given here is what the old platform did."""
        media = self.screen.media.keep("voice", data, "audio/amr")
        self._show_own(openid, "voice", recognition, media=media.id)
        fields = {"MediaId": media.id, "Format": "amr", "Recognition": recognition, "MediaId16K": media.id}
        return await self._message(openid, "voice", "message", **fields)

    async def send_location(self, openid: str, lat: float, lng: float, label: str) -> list[Line]:
        """GCJ-02 degrees and the address text that the map gives."""
        self._show_own(openid, "location", label)
        fields = {"Location_X": lat, "Location_Y": lng, "Scale": 15, "Label": label}
        return await self._message(openid, "location", "message", **fields)

    async def send_raw(self, openid: str, fields: Mapping[str, Any]) -> list[Line]:
        """Any push, also from somebody who has just left; `fields` are laid over the common ones.

        A value of None leaves a common field out.
        """
        is_event = fields.get("MsgType") == "event"
        common = self._common(openid) | ({} if is_event else {"MsgId": self._next_id()})
        merged = {name: value for name, value in (common | dict(fields)).items() if value is not None}
        resident = self.residents[openid]
        if not is_event and resident.follows:
            self.screen.show(resident.chat, openid, "text", f"[{merged.get('MsgType', '')}]")
            self._touched(openid, "message")
        return await self._push(Push(openid, merged, is_awaited=resident.follows and not is_event))

    # What the platform does of itself.

    async def verify(self) -> bool:
        """The check when the callback URL is saved in the console."""
        return await self.pusher.verify()

    def rotate_key(self, encoding_aes_key: str) -> None:
        """A new EncodingAESKey was saved: for a while pushes come under either, at random (A2, E1.13)."""
        self.pusher.other_key = encoding_aes_key

    async def redeliver(self, back: int = 1) -> list[Line]:
        """The last push (or the one so many before) once more, as after a network loss; same ids (E1.7)."""
        return await self.errands.start(self._bring(self._pushes[-back]))

    async def attack(self, name: str) -> int:
        """A stranger's request of hostile.ATTACKS; the HTTP status he gets."""
        return await self.pusher.post_raw(*attack(name, self.pusher, next(iter(self.residents), "o-nobody")))

    def media(self, key: str) -> tuple[bytes, str]:
        """Content and type of what a line shows, either platform's. Raises LookupError."""
        media = self.screen.media.get(key)
        return media.content, media.content_type

    def ticket_of(self, scene: str) -> str:
        """The ticket of a scene's code; made up for a code printed long ago."""
        for ticket, known in self.scenes.items():
            if known == scene:
                return ticket
        return letters(dice("ticket", scene), 96)

    def menu_buttons(self) -> list[dict[str, Any]]:
        """The buttons that do something, of both levels."""
        return [leaf for button in self.menu for leaf in button.get("sub_button") or [button]]

    def show_words(self, openid: str, text: str, via: str) -> Line:
        """A text of the account in the resident's chat, its links made tappable."""
        words = read_links(text)
        return self.show(openid, "text", words.text, via, options=words.options, links=words.links)

    def show(self, openid: str, kind: str, text: str, via: str, **more: Any) -> Line:
        return self.screen.show(self.residents[openid].chat, self.credentials.account, kind, text, via=via, **more)

    async def report_template(self, openid: str, message_id: int, status: str) -> None:
        """TEMPLATESENDJOBFINISH, a moment after the send (A4)."""
        await asyncio.sleep(self.template_delay)
        fields = {"MsgType": "event", "Event": TEMPLATE_END, "MsgID": message_id, "Status": status}
        await self._push(Push(openid, self._common(openid) | fields, is_awaited=False))

    # How a push goes.

    async def _event(self, openid: str, event: str, trigger: Trigger | None, **fields: Any) -> list[Line]:
        if trigger:
            self._touched(openid, trigger)
        body = self._common(openid) | {"MsgType": "event", "Event": event} | fields
        return await self._push(Push(openid, body, is_awaited=trigger is not None))

    async def _message(self, openid: str, kind: str, trigger: Trigger, **fields: Any) -> list[Line]:
        self._touched(openid, trigger)
        body = self._common(openid) | {"MsgType": kind} | fields | {"MsgId": self._next_id()}
        return await self._push(Push(openid, body))

    def _touched(self, openid: str, trigger: Trigger) -> None:
        self.ledger.open(openid, trigger, self.clock.now())
        self.last_touch[openid] = self.clock.now()

    def _common(self, openid: str) -> dict[str, Any]:
        return {
            "ToUserName": self.credentials.account,
            "FromUserName": openid,
            "CreateTime": int(self.clock.now().timestamp()),
        }

    def _next_id(self) -> int:
        """A MsgId: 64 bits, hence longer than a float can hold."""
        return self._chance.randrange(2 * 10**16, 9 * 10**18)

    async def _push(self, push: Push) -> list[Line]:
        if not self.pusher.callback_url:
            return []
        self._pushes.append(push)
        if self.faults.take("overtaken_next"):
            self._overtaken.append(push)
            return []
        lines = await self.errands.start(self._push_with_copies(push))
        late, self._overtaken = self._overtaken, []
        for one in late:
            lines += await self.errands.start(self._push_with_copies(one))
        return lines

    async def _push_with_copies(self, push: Push) -> list[Line]:
        await self.faults.jitter()
        copies, self.faults.duplicate_next = self.faults.duplicate_next, 0
        if self.faults.duplicate_how == "together":
            rounds = await asyncio.gather(*(self._bring(push) for _ in range(1 + copies)))
        else:
            rounds = [await self._bring(push) for _ in range(1 + copies)]
        return [line for lines in rounds for line in lines]

    async def _bring(self, push: Push) -> list[Line]:
        """One round of deliveries and what the resident sees of it."""
        try:
            answer = await self.pusher.deliver(push)
        except Abnormal as error:
            return self._show_notice(push, str(error))
        if answer is None:
            return []
        if push.is_answered or push.fields.get("Event") == TEMPLATE_END:
            self.discarded_answers += 1
            return []
        push.is_answered = True
        return self._show_answer(push.openid, answer) if self.residents[push.openid].follows else []

    def _show_notice(self, push: Push, reason: str) -> list[Line]:
        if not push.is_awaited or not self.residents[push.openid].follows:
            return []
        self.notices.append(Notice(push.openid, reason, self.clock.now()))
        return [self.screen.show(self.residents[push.openid].chat, "", "notice", NOTICE, via="notice")]

    def _show_answer(self, openid: str, answer: Answer) -> list[Line]:
        if answer.kind == "transfer_customer_service":
            return []
        if answer.kind == "text":
            return [self.show_words(openid, answer.text, "passive")]
        if answer.article:
            text = f"{answer.article.title}\n{answer.article.description}".strip()
            return [self.show(openid, "card", text, "passive", links=((answer.article.title, answer.article.url),))]
        return [self.show(openid, answer.kind, answer.text, "passive", media=answer.media_id)]

    def _follower(self, openid: str) -> Resident:
        resident = self.residents[openid]
        if not resident.follows:
            raise NotFollowing("this resident does not follow the account")
        return resident

    def _show_own(self, openid: str, kind: str, text: str, **more: Any) -> None:
        delivered = bool(self.pusher.callback_url)
        self.screen.show(self._follower(openid).chat, openid, kind, text, delivered=delivered, **more)
