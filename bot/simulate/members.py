"""The members and secretaries of the month: they read what they are told, and accept, report, pass on, forget."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.emulator.credentials import dice
from bot.emulator.world import Colleague, Group, Line
from bot.simulate import words
from bot.simulate.agenda import Agenda, Deed, when_up
from bot.simulate.stage import Stage
from storage.records import Role

MINUTE = timedelta(minutes=1)
NOT_CONNECTED = 10  # minutes until somebody tries again who found the robot away
_NUMBER = re.compile(r"#(\d+)")
_TAKEN = re.compile(r"#(\d+) (\S+?)接下了")
_GIVEN = re.compile(r"#(\d+) 现在由(\S+?)负责")
_HOLDER = re.compile(r"负责人：([^，\n）]+)")
_MERGE = re.compile(r"并 (\d+) 到 (\d+)")


@dataclass(frozen=True, slots=True)
class Temper:
    """How soon somebody takes what is his (minutes), and how often he does at all."""

    least: float
    most: float
    minds: float


TEMPERS = ((Temper(1, 25, 0.97), 60), (Temper(30, 110, 0.9), 25), (Temper(60, 400, 0.45), 15))


@dataclass
class Worker:
    """One member: his chat with the robot, his temper, what he has read and what he has in hand."""

    phone: Colleague
    chance: Random
    temper: Temper
    is_secretary: bool
    read: int = 0
    in_hand: set[int] = field(default_factory=set)


@dataclass
class Staff:
    """All of them. `said` counts the messages that must be in the inbox."""

    stage: Stage
    agenda: Agenda
    seed: int
    said: int = 0
    people: dict[str, Worker] = field(default_factory=dict)  # by WeCom id
    _groups: dict[str, int] = field(default_factory=dict)  # chat → lines read

    def __post_init__(self) -> None:
        self._wecom = self.stage.platforms.wecom
        self._zone = self.stage.settings.desk.zone
        bosses = {duty.member for duty in self.stage.roster.duties if duty.role is Role.SECRETARY}
        for member in self.stage.roster.members:
            if member.wecom_id:
                chance = dice("member", self.seed, member.code)
                (temper,) = chance.choices([one for one, _ in TEMPERS], weights=[weight for _, weight in TEMPERS])
                phone = self._wecom.members[member.wecom_id]
                self.people[member.wecom_id] = Worker(phone, chance, temper, member.code in bosses)
        self._named = {one.phone.name: one for one in self.people.values()}

    # ── reading ──────────────────────────────────────────────────────────────────────────────────

    def look(self) -> None:
        """Everybody reads what is new in his groups and in his own chat."""
        for group in self._wecom.groups.values():
            seen = self._groups.get(group.chatid, 0)
            self._groups[group.chatid] = len(group.chat)
            for line in group.chat[seen:]:
                if line.via != "said":
                    self._in_group(group, line)
        for worker in self.people.values():
            new, worker.read = worker.phone.chat[worker.read :], len(worker.phone.chat)
            for line in new:
                if line.via != "said":
                    self._alone(worker, line)

    def _in_group(self, group: Group, line: Line) -> None:
        if taken := _TAKEN.search(line.text):
            self._work_begins(taken[2], int(taken[1]))
            return
        number = _NUMBER.search(line.text)
        if number is None or ("接单请发" not in line.text and "去的人请发" not in line.text):
            return
        is_emergency = "去的人请发" in line.text
        holder = _HOLDER.search(line.text)
        readers = [self.people[userid] for userid in group.members if userid in self.people]
        for worker in readers:
            self._consider(
                worker, int(number[1]), group.chatid, is_emergency, bool(holder and holder[1] == worker.phone.name)
            )

    def _consider(self, worker: Worker, number: int, chatid: str, is_emergency: bool, is_his: bool) -> None:
        """Shall I take it? The holder as his temper is, others seldom, in an emergency every second one runs."""
        chance = worker.chance
        if is_emergency and chance.random() < 0.5:
            self._say(worker, f"接 {number}", 0.5, 4, chatid, at_night=True)
        elif is_his and not is_emergency and chance.random() < worker.temper.minds:
            self._say(worker, f"接 {number}", worker.temper.least, worker.temper.most, chatid)
        elif not is_emergency and chance.random() < 0.02:
            self._say(worker, f"接 {number}", 2, 60, chatid)

    def _alone(self, worker: Worker, line: Line) -> None:
        for sign, react in REACTIONS:
            if sign in line.text:
                number = _NUMBER.search(line.text)
                react(self, worker, int(number[1]) if number else 0, line)
                return

    # ── reacting ─────────────────────────────────────────────────────────────────────────────────

    def _taken(self, worker: Worker, number: int, line: Line) -> None:
        taken = _TAKEN.search(line.text) or _GIVEN.search(line.text)
        if taken:
            self._work_begins(taken[2], int(taken[1]))

    def _alarmed(self, worker: Worker, number: int, line: Line) -> None:
        if worker.chance.random() < 0.4:
            self._say(worker, f"接 {number}", 0.5, 5, at_night=True)

    def _offered(self, worker: Worker, number: int, line: Line) -> None:
        luck = worker.chance.random()
        if luck < 0.75:
            self._say(worker, f"接 {number}", 3, 100)
        elif luck < 0.9:
            self._say(worker, f"退 {number} 今天走不开", 3, 100)

    def _asked(self, worker: Worker, number: int, line: Line) -> None:
        """A card that says how to take it."""
        if worker.chance.random() < worker.temper.minds:
            self._say(worker, f"接 {number}", worker.temper.least, worker.temper.most)

    def _called(self, worker: Worker, number: int, line: Line) -> None:
        """Somebody above hears that nobody takes it."""
        if worker.chance.random() < 0.5:
            self._say(worker, f"接 {number}", 5, 60)

    def _ruling(self, worker: Worker, number: int, line: Line) -> None:
        luck = worker.chance.random()
        if luck < 0.5:
            self._say(worker, f"接 {number}", 10, 120)
        elif luck < 0.8:
            self._say(worker, f"转 {number} {worker.chance.choice(list(self._named))}", 10, 120)
        elif luck < 0.9:
            self._say(worker, f"不予受理 {number} 请找物业,电话在楼道里", 10, 120)

    def _extension(self, worker: Worker, number: int, line: Line) -> None:
        self._say(worker, f"同意 {number}" if worker.chance.random() < 0.8 else f"不同意 {number} 请抓紧", 10, 200)

    def _late(self, worker: Worker, number: int, line: Line) -> None:
        if number in worker.in_hand and worker.chance.random() < 0.8:
            self._say(worker, f"办结 {number} {worker.chance.choice(words.RESULTS)}", 10, 300)

    def _silent(self, worker: Worker, number: int, line: Line) -> None:
        if worker.chance.random() < 0.8:
            self._say(worker, f"{worker.chance.choice(words.PROGRESS)} {number}", 5, 120)

    def _again(self, worker: Worker, number: int, line: Line) -> None:
        """Not solved, restored, passed on or answered: the work goes on."""
        worker.in_hand.add(number)
        self._say(worker, f"办结 {number} {worker.chance.choice(words.RESULTS)}", 60, 2000)

    def _maybe_same(self, worker: Worker, number: int, line: Line) -> None:
        found = _MERGE.search(line.text)
        if found and worker.chance.random() < 0.4:
            self._say(worker, f"并 {found[1]} 到 {found[2]}", 5, 60)

    def _ignored(self, worker: Worker, number: int, line: Line) -> None:
        """Read, and nothing to do."""

    # ── working ──────────────────────────────────────────────────────────────────────────────────

    def _work_begins(self, name: str, number: int) -> None:
        """He has taken it: some news on the way, sometimes trouble, in the end mostly a result."""
        worker = self._named.get(name)
        if worker is None or number in worker.in_hand:
            return
        worker.in_hand.add(number)
        chance, luck = worker.chance, worker.chance.random()
        if luck < 0.45:
            self._say(worker, f"{chance.choice(words.PROGRESS)} {number}", 20, 120)
        elif luck < 0.75:
            self._say(worker, self._unusual(worker, number), 10, 200)
        if chance.random() < 0.94:
            self._say(worker, f"办结 {number} {chance.choice(words.RESULTS)}", 240, 3000)

    def _unusual(self, worker: Worker, number: int) -> str:
        chance = worker.chance
        return chance.choice(
            (
                f"请补充 {number} 几单元几号",
                f"约好 {number} 明天上午",
                f"转 {number} {chance.choice(list(self._named))}",
                f"退 {number} {chance.choice(words.RETURNS)}",
                f"吹哨 {number} 要街道协调",
                f"延期 {number} 到下周五 等配件",
            )
        )

    def plan_day(self, midnight: datetime, day: int) -> None:
        """What comes up by itself: leave, what is written down for others, a secretary who looks closer."""
        chance = dice("staff", self.seed, day)
        morning = midnight + timedelta(hours=8)
        others = [one for one in self.people.values() if not one.is_secretary]
        bosses = [one for one in self.people.values() if one.is_secretary]
        if chance.random() < 0.4:
            away, substitute = chance.sample(others, 2)
            self._plan(away, f"请假 明天到后天 {substitute.phone.name}替", morning, chance)
        if chance.random() < 0.15:
            self._plan(chance.choice(others), "销假", morning, chance)
        self._plan(chance.choice(others), f"登记 {words.trouble(chance)}", morning, chance)
        self._plan(chance.choice(others), "我的任务", morning, chance)
        held = sorted({number for one in others for number in one.in_hand})[-40:]
        if held and bosses:
            number, boss = chance.choice(held), chance.choice(bosses)
            self._plan(boss, f"{chance.choice(('督办', '暂停'))} {number} 请盯紧", morning, chance)
            self._plan(boss, f"恢复 {number}", morning + timedelta(days=2), chance)

    def _plan(self, worker: Worker, text: str, after: datetime, chance: Random) -> None:
        at = after + timedelta(minutes=chance.uniform(0, 500))
        self.agenda.plan(at, self._speaking(worker, text, None))

    # ── speaking ─────────────────────────────────────────────────────────────────────────────────

    def _say(
        self, worker: Worker, text: str, least: float, most: float, chatid: str | None = None, *, at_night: bool = False
    ) -> None:
        """So many minutes later; who sleeps says it in the morning."""
        at = self.stage.clock.now() + worker.chance.uniform(least, most) * MINUTE
        moment = at if at_night else when_up(at, self._zone, worker.chance)
        self.agenda.plan(moment, self._speaking(worker, text, chatid))

    def _speaking(self, worker: Worker, text: str, chatid: str | None) -> Deed:
        async def deed() -> None:
            if not self._wecom.is_connected:  # the client shows no robot: he tries again
                self.agenda.plan(self.stage.clock.now() + NOT_CONNECTED * MINUTE, deed)
                return
            self.said += 1
            await self._wecom.say(worker.phone.userid, text, chatid=chatid, mention=bool(chatid))

        return deed


Reaction = Callable[[Staff, Worker, int, Line], None]
# A sign in what the robot tells somebody alone, and what he does about it; the first that is there counts.
REACTIONS: tuple[tuple[str, Reaction], ...] = (
    ("日报", Staff._ignored),
    ("接下了", Staff._taken),
    ("现在由", Staff._taken),
    ("能办请回：接", Staff._offered),
    ("请您定", Staff._ruling),
    ("同意请回：同意", Staff._extension),
    ("能去请回：接", Staff._alarmed),
    ("没有人接</font>", Staff._called),
    ("接单请回：接", Staff._asked),
    ("请回：接", Staff._asked),
    ("到了该办完的时间", Staff._late),
    ("居民好几天没听到消息了", Staff._silent),
    ("没有解决", Staff._again),
    ("恢复了，请接着办", Staff._again),
    ("转给您照看", Staff._again),
    ("居民回答", Staff._again),
    ("可能是一件事", Staff._maybe_same),
)
