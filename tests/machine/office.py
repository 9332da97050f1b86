"""A desk without wires: reception, clockwork and delivery on a real database, driven word by word from tests that are
not asynchronous themselves, as Hypothesis wants them."""

from __future__ import annotations

import asyncio
import functools
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.clock import PushedClock
from bot.scheduler import Sweeper
from bot.sheets import Rows
from handlers.desk import Desk, House
from handlers.reception import Reception
from handlers.roster.keeping import import_into
from handlers.settings import DeskSettings
from handlers.telling import delivered
from handlers.watching import audit
from storage import schema
from storage.records import Answer, Channel, Incoming, MessageKind, OutboxState, Request, Roster, Timer
from storage.session import Session
from storage.store import Store
from storage.vault import Vault

T = TypeVar("T")

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
KEY = bytes(range(32))
LANES = ("a", "b")
RESIDENTS = {"o1": "a", "o2": "a", "o3": "a", "o4": "b"}  # open id → the lane whose code he scanned
SECRETARY = "m6"
PEOPLE = {  # code → name, WeCom id, area, role
    "m1": ("甲子", "u1", "a", "责任"),
    "m2": ("甲丑", "u2", "a", "替补"),
    "m3": ("乙子", "u3", "b", "责任"),
    "m4": ("乙丑", "u4", "b", "组员"),
    "m5": ("丙子", "u5", "ss", "组长"),
    "m6": ("丁子", "u6", "ss", "书记"),
    "m7": ("丁丑", "u7", "zz", "书记"),
}


def sheets() -> dict[str, Rows]:
    """A community of two lanes, one with a group; a secretary, and one above him."""
    return {
        "单位": [["编码", "名称", "级别", "上级"], ["zz", "演练镇", "街镇", ""], ["ss", "演练社区", "社区", "zz"]],
        "胡同": [["编码", "名称", "单位", "群聊"], ["a", "东风胡同", "ss", "wr-a"], ["b", "西风胡同", "ss", ""]],
        "人员": [
            ["编号", "姓名", "手机", "企业微信"],
            *([code, name, "", wecom] for code, (name, wecom, *_) in PEOPLE.items()),
        ],
        "职责": [["人员", "管辖", "角色"], *([code, area, role] for code, (_, _, area, role) in PEOPLE.items())],
    }


@functools.cache
def house() -> House:
    """Word lists and calendar, read once for all examples."""
    return House.furnish(DeskSettings())


@functools.cache
def _template() -> Path:
    """A database with the roster in it, for every example to copy."""
    file = Path(tempfile.mkdtemp(prefix="hutong-machine-")) / "template.db"
    url = f"sqlite+aiosqlite:///{file}"

    async def fill() -> None:
        await schema.upgrade(url)
        async with Store(url, Vault(KEY)) as store:
            plan = await import_into(store, sheets(), now=MONDAY)
            assert not plan.errors, plan.errors

    with asyncio.Runner() as runner:
        runner.run(fill())
    return file


# There is no clockwork, nobody carries words before time passes, and people on leave may take what they like.
NOT_HERE = frozenset({audit.Trouble.JOB, audit.Trouble.STUCK, audit.Trouble.LATE, audit.Trouble.UNREACHABLE})

Entry = tuple[int, int, str, str]  # number, request, kind, actor


@dataclass(frozen=True)
class View:
    """What is written down at one moment."""

    requests: Mapping[int, Request]
    timers: Mapping[int, Sequence[Timer]]
    journal: Sequence[Entry]
    roster: Roster


class Office:
    """Use as a context manager. Every method does one thing to its end, commit included."""

    def __init__(self) -> None:
        self.clock = PushedClock(MONDAY)
        self._open = ExitStack()
        self._serial = 0

    def __enter__(self) -> Office:
        folder = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="hutong-office-")))
        shutil.copy(_template(), folder / "hutong.db")
        self._runner = self._open.enter_context(asyncio.Runner())
        self.store = Store(f"sqlite+aiosqlite:///{folder / 'hutong.db'}", Vault(KEY))
        self._runner.run(self.store.__aenter__())
        self._open.callback(lambda: self._runner.run(self.store.__aexit__()))
        self.reception = Reception(self.store, house(), self.clock.now)
        self.sweeper = Sweeper(self.store, house(), self.clock)
        for openid, lane in RESIDENTS.items():
            self._receive(Channel.OFFICIAL_ACCOUNT, openid, "", kind=MessageKind.EVENT, event="scan", event_key=lane)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    # ── what happens ─────────────────────────────────────────────────────────────────────────────

    def resident_says(self, openid: str, text: str) -> Answer:
        return self._receive(Channel.OFFICIAL_ACCOUNT, openid, text)

    def member_says(self, code: str, text: str) -> None:
        self._receive(Channel.WECOM_BOT, PEOPLE[code][1], text)

    def _receive(self, channel: Channel, sender: str, text: str, **more: object) -> Answer:
        self._serial += 1
        kind = more.pop("kind", MessageKind.TEXT)
        now = self.clock.now()
        message = Incoming(channel, f"k{self._serial}", sender, sender, kind, now, text, **more)  # type: ignore[arg-type]
        return self._runner.run(self.reception.receive(message))

    def time_passes(self, by: timedelta) -> None:
        """All that is due is done, and all that was said arrives."""
        self.clock.push(by)
        self._runner.run(self._sweep())

    async def _sweep(self) -> None:
        await self.sweeper.custody()
        await self.sweeper.timers()
        await self.store.transact(self._post)

    async def _post(self, session: Session) -> None:
        """Whatever waits arrives."""
        now = self.clock.now()
        desk = Desk(session, now, house(), await self.store.roster(session))
        for message in await session.outbox.all_since(None):
            if message.state is OutboxState.WAITING and message.due_at <= now:
                await session.outbox.mark(message.id, OutboxState.SENT, now)
                await delivered.on_arrived(desk, message)

    def roster_changes(self, work: Callable[[Session], Awaitable[None]]) -> None:
        """Somebody edits the roster; the next look of the clockwork sees it."""

        async def change(session: Session) -> None:
            await work(session)
            await session.places.changed()

        self.transact(change)
        self._runner.run(self._sweep())

    def transact(self, work: Callable[[Session], Awaitable[T]]) -> T:
        return self._runner.run(self.store.transact(work))

    # ── what is seen ─────────────────────────────────────────────────────────────────────────────

    def look(self) -> View:
        """All that the machine judges, read in one go."""
        return self.transact(self._look)

    async def _look(self, session: Session) -> View:
        requests = {one.number: one for one in await session.requests.all_since(None)}
        entries = await session.journal.all_since(None)
        return View(
            requests,
            {number: tuple(await session.timers.of(number)) for number in requests},
            [(entry.id, entry.request, entry.kind, entry.actor) for entry in entries],
            await self.store.roster(session),
        )

    def audited(self) -> Sequence[str]:
        """What the desk's own audit has against all that is written down."""
        return self.transact(self._audit)

    async def _audit(self, session: Session) -> Sequence[str]:
        report = await audit.look(Desk(session, self.clock.now(), house(), await self.store.roster(session)))
        return tuple(one.words for one in report.findings if one.trouble not in NOT_HERE)
