"""The town of the stories: people who speak and hear, and time that goes by.

Everything goes over the wire: the bot talks to the emulated platforms only. Whatever somebody hears must be expected by
the story: an unexpected message fails it as a missing one does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.emulator.stage import Play
from bot.emulator.world import Line
from storage.records import Channel, JournalEntry, Request

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)


JPEG = b"\xff\xd8\xff" + b"\0" * 64
VOICE = b"#!AMR\n" + b"\x7c" * 50

_NARROW = str.maketrans("，：（）？！；", ",:()?!;")


def _plain(text: str) -> str:
    """Stories do not care how wide a comma is."""
    return text.translate(_NARROW)


@dataclass
class Ear:
    """Reads one chat, line by line, past what its owner said himself."""

    name: str
    chat: list[Line]
    own: str = ""
    _read: int = 0

    def unread(self) -> list[Line]:
        return [line for line in self.chat[self._read :] if line.via != "said"]

    def hears(self, *parts: str, not_: Sequence[str] = ()) -> Line:
        """The next line heard holds all these words, and none of those."""
        lines = self.unread()
        assert lines, f"{self.name} hears nothing, expected {parts}"
        line = lines[0]
        for part in map(_plain, parts):
            assert part in _plain(line.text), f"{self.name} hears «{line.text}», expected «{part}»"
        for part in map(_plain, not_):
            assert part not in _plain(line.text), f"{self.name} hears «{line.text}», which must not hold «{part}»"
        self._read = self.chat.index(line) + 1
        return line

    def hears_nothing(self) -> None:
        heard = self.unread()
        assert not heard, f"{self.name} hears what nobody expected: {[line.text for line in heard]}"

    def skip(self) -> None:
        """What was said so far does not matter to this story."""
        self._read = len(self.chat)


@dataclass
class Neighbour(Ear):
    """A resident with a phone."""

    town: Town = field(kw_only=True)
    openid: str = field(kw_only=True)

    async def scans(self, lane: str) -> None:
        await self.town.wechat.scan(self.openid, lane)
        await self.town.settle()

    async def follows(self) -> None:
        await self.town.wechat.follow(self.openid)
        await self.town.settle()

    async def says(self, text: str) -> None:
        await self.town.wechat.say(self.openid, text)
        await self.town.settle()

    async def taps(self, label: str) -> None:
        """Tap the latest offered answer with this label."""
        for line in reversed(self.chat):
            for index, option in enumerate(line.options):
                if option[0] == label:
                    await self.town.wechat.tap(self.openid, line.id, index)
                    await self.town.settle()
                    return
        raise AssertionError(f"{self.name} was not offered «{label}»")

    async def sends_picture(self, data: bytes = JPEG) -> None:
        await self.town.wechat.send_image(self.openid, data)
        await self.town.settle()

    async def sends_voice(self, recognition: str = "") -> None:
        await self.town.wechat.send_voice(self.openid, VOICE, recognition)
        await self.town.settle()

    async def sends_location(self, latitude: float, longitude: float, label: str = "") -> None:
        await self.town.wechat.send_location(self.openid, latitude, longitude, label)
        await self.town.settle()

    async def presses(self, key: str) -> None:
        await self.town.wechat.click_menu(self.openid, key)
        await self.town.settle()

    async def unfollows(self) -> None:
        await self.town.wechat.unfollow(self.openid)
        await self.town.settle()


@dataclass
class Colleague(Ear):
    """A member with WeCom. His own ear is his one-to-one talk with the robot."""

    town: Town = field(kw_only=True)
    userid: str = field(kw_only=True)

    async def says(self, text: str, *, in_: Ear | None = None, quote: Line | None = None) -> None:
        """To the robot alone, or in a group with a mention of it."""
        chatid = in_.own if in_ else None
        await self.town.wecom.say(
            self.userid, text, chatid=chatid, mention=bool(in_), quote=quote.id if quote else None
        )
        await self.town.settle()

    async def sends_picture(self, text: str = "", *, in_: Ear | None = None, data: bytes = JPEG) -> None:
        """To the robot alone, or with words that mention it in a group."""
        words = f"@{self.town.wecom.credentials.bot_name} {text}" if in_ else text
        await self.town.wecom.send_image(self.userid, data, chatid=in_.own if in_ else None, text=words)
        await self.town.settle()

    async def talks(self, text: str, *, in_: Ear) -> None:
        """To the others; the robot is not mentioned and hears nothing."""
        await self.town.wecom.say(self.userid, text, chatid=in_.own, mention=False)
        await self.town.settle()


class Town:
    """The stage, by the people's names."""

    def __init__(self, on_stage: Play) -> None:
        self.play = on_stage
        self.wechat = on_stage.platforms.wechat
        self.wecom = on_stage.platforms.wecom
        self._ears: dict[str, Ear] = {}

    def resident(self, name: str) -> Neighbour:
        if name not in self._ears:
            known = next((one for one in self.wechat.residents.values() if one.name == name), None)
            person = known or self.wechat.add_resident(name)
            self._ears[name] = Neighbour(name, person.chat, town=self, openid=person.openid)
        found = self._ears[name]
        assert isinstance(found, Neighbour)
        return found

    def member(self, name: str) -> Colleague:
        if name not in self._ears:
            person = next(one for one in self.wecom.members.values() if one.name == name)
            self._ears[name] = Colleague(name, person.chat, town=self, userid=person.userid)
        found = self._ears[name]
        assert isinstance(found, Colleague)
        return found

    def group(self, name: str) -> Ear:
        if name not in self._ears:
            chat = next(one for one in self.wecom.groups.values() if one.name == name)
            self._ears[name] = Ear(name, chat.chat, own=chat.chatid)
        return self._ears[name]

    def skip(self, *ears: Ear) -> None:
        """What these heard so far does not matter to this story."""
        for ear in ears:
            ear.skip()

    def skip_everybody(self) -> None:
        """What anybody heard so far does not matter to this story."""
        self.skip(*self._everybody())

    def _everybody(self) -> list[Ear]:
        for resident in self.wechat.residents.values():
            self.resident(resident.name)
        for colleague in self.wecom.members.values():
            self.member(colleague.name)
        for chat in self.wecom.groups.values():
            self.group(chat.name)
        return list(self._ears.values())

    # ── time ─────────────────────────────────────────────────────────────────────────────────────

    async def settle(self) -> None:
        await self.play.settle()

    async def later(self, *, days: int = 0, hours: int = 0, minutes: int = 0, seconds: int = 0) -> None:
        await self.play.push(timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds))

    async def until(self, hour: int, minute: int = 0) -> None:
        await self.play.push_to(hour, minute)

    async def disconnected(self) -> None:
        """Wait until the desk has noticed that the robot's line is cut."""
        async with asyncio.timeout(20):
            while self.play.bot.house.lines.down_since(Channel.WECOM_BOT) is None:  # noqa: ASYNC110  it notices itself
                await asyncio.sleep(0.01)

    async def reconnected(self) -> None:
        """Wait until the robot has found its way back."""
        async with asyncio.timeout(20):
            while not self.wecom.is_connected:  # noqa: ASYNC110  it comes back by itself
                await asyncio.sleep(0.02)

    @property
    def now(self) -> datetime:
        return self.play.clock.now().astimezone(ZONE)

    # ── what the ledger says ─────────────────────────────────────────────────────────────────────

    async def request(self, number: int) -> Request:
        async with self.play.bot.store.reading() as session:
            found = await session.requests.get(number)
        assert found, f"there is no #{number}"
        return found

    async def requests(self) -> list[Request]:
        async with self.play.bot.store.reading() as session:
            return await session.requests.all_since(None)

    async def journal(self, number: int) -> list[JournalEntry]:
        async with self.play.bot.store.reading() as session:
            return await session.journal.of(number)

    def code(self, name: str) -> str:
        return next(member.code for member in self.play.roster.members if member.name == name)

    def medium(self, line: Line) -> bytes:
        """What somebody sees or hears when he taps a picture or voice."""
        return self.wecom.screen.media.get(line.media).content

    # ── at the end ───────────────────────────────────────────────────────────────────────────────

    def everybody_has_heard_all(self) -> None:
        """Nobody anywhere heard something that the story did not expect; no resident saw an error of the platform."""
        assert not self.wechat.notices, f"residents saw the platform's error notice: {self.wechat.notices}"
        for ear in self._everybody():
            ear.hears_nothing()
