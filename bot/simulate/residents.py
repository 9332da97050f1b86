"""The residents of the month: they tell troubles, answer questions, tap a rating or forget to, ask how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.emulator.credentials import dice
from bot.emulator.world import Line
from bot.emulator.world import Resident as Phone
from bot.simulate import words
from bot.simulate.agenda import Agenda, Deed, when_up
from bot.simulate.stage import Stage

# How often each kind of visit happens, in thousandths.
VISITS = {
    "trouble": 560,
    "in_two_parts": 90,
    "picture": 30,
    "voice": 15,
    "location": 15,
    "emergency": 12,
    "chat": 100,
    "question": 140,
    "withdrawal": 25,
    "leaving": 5,
    "erasure": 8,
}
HOURS = (0, 0, 0, 0, 1, 2, 5, 9, 11, 11, 10, 8, 6, 5, 6, 8, 8, 8, 8, 8, 7, 5, 3, 1)  # when people write, by hour
RATINGS = {"满意": 60, "一般": 12, "没解决": 8, "": 20}
MINUTE = timedelta(minutes=1)
_PLACE = ("在哪条胡同", "是下面哪个地方", "人在哪儿", "没有找到我们的胡同")
_MATTER = ("这是什么事", "说说是什么事")


@dataclass
class Neighbour:
    """One resident: a phone, a lane, a temper of his own."""

    phone: Phone
    lane: str
    place: str
    chance: Random
    read: int = 0


@dataclass
class Residents:
    """All of them. `said` counts the messages that must be in the inbox."""

    stage: Stage
    agenda: Agenda
    seed: int
    people: list[Neighbour] = field(default_factory=list)
    said: int = 0

    def __post_init__(self) -> None:
        self._wechat = self.stage.platforms.wechat
        self._zone = self.stage.settings.desk.zone

    async def move_in(self, count: int) -> None:
        """Most scan their lane's code; some only follow, and must be asked where they live."""
        lanes, units = self.stage.roster.lanes, self.stage.roster.unit
        for number in range(count):
            lane, chance = lanes[number % len(lanes)], dice("resident", self.seed, number)
            phone = self._wechat.add_resident(f"居民{number}")
            village = next(
                (one.name for one in self.stage.roster.units_above(lane.code) if one.kind in ("村", "社区")), ""
            )
            place = f"{village or units[lane.unit].name}{lane.name}"
            self.people.append(Neighbour(phone, lane.code, place, chance))
            if chance.random() < 0.85:
                await self._wechat.scan(phone.openid, lane.code)
            else:
                await self._wechat.follow(phone.openid)

    def plan_day(self, midnight: datetime, visits: int, day: int) -> None:
        """Who comes on this day, with what, and when."""
        chance = dice("day", self.seed, day)
        for who in chance.choices(self.people, k=visits):
            hour = chance.choices(range(24), weights=HOURS)[0]
            at = midnight + timedelta(hours=hour, minutes=chance.uniform(0, 60))
            (kind,) = chance.choices(list(VISITS), weights=list(VISITS.values()))
            self.agenda.plan(at, self._visit(who, kind))

    def look(self) -> None:
        """Everybody reads what is new on his phone, and may mean to answer."""
        for who in self.people:
            if len(who.phone.chat) > who.read:
                new = who.phone.chat[who.read :]
                who.read = len(who.phone.chat)
                for line in new:
                    if line.via != "said":
                        self._react(who, line)

    # ── what they come with ──────────────────────────────────────────────────────────────────────

    def _visit(self, who: Neighbour, kind: str) -> Deed:
        async def deed() -> None:
            if not who.phone.follows:
                await self._wechat.scan(who.phone.openid, who.lane)
            await getattr(self, f"_{kind}")(who)

        return deed

    async def _trouble(self, who: Neighbour) -> None:
        text = words.trouble(who.chance)
        await self._say(who, f"{who.place}{text}" if who.chance.random() < 0.1 else text)

    async def _in_two_parts(self, who: Neighbour) -> None:
        """Two messages within a minute; sometimes the second is there first."""
        if who.chance.random() < 0.2:
            self._wechat.faults.overtaken_next = 1
        await self._say(who, words.trouble(who.chance))
        await self._say(who, who.chance.choice(words.DETAILS))

    async def _picture(self, who: Neighbour) -> None:
        self.said += 1
        await self._wechat.send_image(who.phone.openid, b"\xff\xd8\xff" + b"\0" * 64)

    async def _voice(self, who: Neighbour) -> None:
        self.said += 1
        await self._wechat.send_voice(who.phone.openid, b"#!AMR\n" + b"\x7c" * 50)

    async def _location(self, who: Neighbour) -> None:
        self.said += 1
        lane = self.stage.roster.lane[who.lane]
        await self._wechat.send_location(who.phone.openid, lane.latitude or 38.9, lane.longitude or 115.6, who.place)

    async def _emergency(self, who: Neighbour) -> None:
        await self._say(who, who.chance.choice(words.EMERGENCIES))

    async def _chat(self, who: Neighbour) -> None:
        await self._say(who, who.chance.choice(words.CHAT))

    async def _question(self, who: Neighbour) -> None:
        await self._say(who, who.chance.choice(words.QUESTIONS))

    async def _withdrawal(self, who: Neighbour) -> None:
        await self._say(who, "撤销")

    async def _leaving(self, who: Neighbour) -> None:
        await self._wechat.unfollow(who.phone.openid)

    async def _erasure(self, who: Neighbour) -> None:
        await self._say(who, "删除我的资料")

    async def _say(self, who: Neighbour, text: str) -> None:
        """Over a wire that sometimes delivers twice, or loses the answer and delivers again."""
        if not who.phone.follows:
            return
        self.said += 1
        faults, luck = self._wechat.faults, who.chance.random()
        if luck < 0.02:
            faults.duplicate_next = 1
            faults.duplicate_how = "together" if luck < 0.01 else "after"
        elif luck < 0.03:
            faults.drop_passive = 1
        await self._wechat.say(who.phone.openid, text)

    # ── how they answer ──────────────────────────────────────────────────────────────────────────

    def _react(self, who: Neighbour, line: Line) -> None:
        labels = [option[0] for option in line.options]
        if "满意" in labels:
            self._rate(who, line, labels)
        elif "确认删除" in labels:
            self._later(who, 1, 2, self._tap(who, line, 0 if who.chance.random() < 0.7 else 1))
        elif any(part in line.text for part in _PLACE) and who.chance.random() < 0.8:
            self._later(who, 0.5, 3, self._speaking(who, who.place))
        elif any(part in line.text for part in _MATTER) and who.chance.random() < 0.8:
            self._later(who, 0.5, 3, self._speaking(who, words.trouble(who.chance)))
        elif "想问您" in line.text and who.chance.random() < 0.75:
            self._later(who, 5, 300, self._speaking(who, who.chance.choice(words.ANSWERS)))

    def _rate(self, who: Neighbour, line: Line, labels: Sequence[str]) -> None:
        (word,) = who.chance.choices(list(RATINGS), weights=list(RATINGS.values()))
        if not word:
            return
        if word == "没解决" and who.chance.random() < 0.4:
            deed = self._speaking(who, who.chance.choice(words.BAD))
        elif who.chance.random() < 0.3:
            deed = self._speaking(who, str(list(RATINGS).index(word) + 1))
        else:
            deed = self._tap(who, line, labels.index(word))
        self._later(who, 5, 1500, deed)

    def _later(self, who: Neighbour, least: float, most: float, deed: Deed) -> None:
        """Some minutes later; at night in the morning, unless it is a matter of minutes."""
        at = self.stage.clock.now() + who.chance.uniform(least, most) * MINUTE
        self.agenda.plan(at if most < 10 else when_up(at, self._zone, who.chance), deed)

    def _speaking(self, who: Neighbour, text: str) -> Deed:
        async def deed() -> None:
            await self._say(who, text)

        return deed

    def _tap(self, who: Neighbour, line: Line, index: int) -> Deed:
        async def deed() -> None:
            if who.phone.follows:
                self.said += 1
                await self._wechat.tap(who.phone.openid, line.id, index)

        return deed
