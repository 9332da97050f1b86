"""The whole play on one port: the emulated platforms, the bot behind them, the sample neighbourhood, the page."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.app import Bot, build, web_app
from bot.clock import PushedClock
from bot.config import Settings
from bot.emulator.page import LaneCard, LedgerRow, add_page
from bot.emulator.platforms import Credentials, Platforms
from bot.emulator.sample_roster import sample_sheets
from handlers.desk import Desk
from handlers.residents.menu import menu
from handlers.roster.keeping import import_into
from handlers.rules import routing
from handlers.rules.masking import shorten
from handlers.texts import say
from handlers.watching import digest, outage
from storage import schema
from storage.records import Channel, Request, Role, Roster
from storage.session import Session
from storage.vault import Vault, keep_key

PREFIX = "/platforms"  # where the emulated platforms stand on the play's own port
HOP = timedelta(hours=6)  # the longest leap
RESIDENTS = ("柳叶儿", "周小满", "吴奶奶")  # made up; more can be added on the page
LEDGER_TEXT = 24  # characters
LEDGER_ROWS = 100
MAX_BODY = 6 * 1024 * 1024  # a picture chosen on the page


@dataclass
class Play:
    """Everything that is on stage; also what the page asks of it (`bot.emulator.page.Stage`)."""

    bot: Bot
    platforms: Platforms
    clock: PushedClock
    roster: Roster
    url: str
    account_name: str = "胡同服务台"
    robot_name: str = "小助手"
    _secretary: str = ""
    _cards: list[LaneCard] = field(default_factory=list)

    @property
    def secretary(self) -> str:
        return self._secretary

    @property
    def zone(self) -> tzinfo:
        return self.bot.settings.desk.zone

    def lanes(self) -> Sequence[LaneCard]:
        return self._cards

    async def ledger(self) -> Sequence[LedgerRow]:
        """All requests, newest last, as the secretary sees them: confidential ones without their words."""
        async with self.bot.store.reading() as session:
            requests = await session.requests.all_since(None)
            desk = await self._desk(session)
        return [self._row(desk, request) for request in requests[-LEDGER_ROWS:]]

    def _row(self, desk: Desk, request: Request) -> LedgerRow:
        is_secret = request.sensitivity == "confidential"
        return LedgerRow(
            number=request.number,
            type_name=desk.type_name(request),
            state_name=say(f"ledger.{request.state}"),
            lane_name=desk.lane_name(request.lane) if request.lane else "",
            holder_name=desk.name(request.holder) if request.holder else "",
            first_responder=desk.name(request.first_responder) if request.first_responder else "",
            level=request.escalation_level,
            created_at=request.created_at,
            due_at=request.due_resolution if request.accepted_at else request.due_first_response,
            overdue=request.state.is_open and digest.is_overdue(request, desk.now),
            text=say("sensitivity.confidential") if is_secret else shorten(request.text, LEDGER_TEXT),
        )

    async def push_clock(self, minutes: int) -> None:
        await self.push(timedelta(minutes=minutes))

    async def push_to(self, hour: int, minute: int) -> None:
        """To the next time the wall clock shows this."""
        local = self.clock.now().astimezone(self.zone)
        goal = datetime.combine(local.date(), time(hour, minute), self.zone)
        await self.push((goal if goal > local else goal + timedelta(days=1)) - local)

    async def push(self, by: timedelta) -> None:
        """Let time go by, stopping wherever something is due, so that everything happens at its own moment."""
        goal = self.clock.now() + by
        while (now := self.clock.now()) < goal:
            await self.settle()
            self.clock.push(max(min(await self._next_stop(now), goal) - now, timedelta(milliseconds=1)))
        await self.settle()

    async def _next_stop(self, now: datetime) -> datetime:
        async with self.bot.store.reading() as session:
            due = [await session.timers.earliest(), await session.outbox.earliest()]
            roster = await self.bot.store.roster(session)
        due += [*_of_the_day(self.bot.settings, roster, now), *self._outages()]
        return min(moment for moment in (*due, now + HOP) if moment and moment > now)

    def _outages(self) -> Iterator[datetime]:
        """When the secretaries hear of a channel that is down."""
        for channel in (Channel.OFFICIAL_ACCOUNT, Channel.WECOM_BOT):
            if since := self.bot.house.lines.down_since(channel):
                yield since + outage.DOWN_FOR

    async def settle(self) -> None:
        """Until nobody has anything more to do at this moment."""
        await self.platforms.settle()
        await self.bot.settle()
        await self.platforms.settle()

    async def send_digest(self) -> None:
        """The digest at once, for whoever does not want to wait for the evening."""

        async def work(session: Session) -> None:
            desk = await self._desk(session)
            for unit in digest.units_with_secretary(desk.roster):
                await digest.send(desk, unit)

        await self.bot.store.transact(work)
        await self.settle()

    async def _desk(self, session: Session) -> Desk:
        return Desk(session, self.clock.now(), self.bot.house, await self.bot.store.roster(session))


def _of_the_day(settings: Settings, roster: Roster, now: datetime) -> Iterator[datetime]:
    """What comes by the clock alone, today and tomorrow: the day itself, the audit, every unit's digest."""
    zone = settings.desk.zone
    today = now.astimezone(zone).date()
    for day in (today, today + timedelta(days=1)):
        yield from (datetime.combine(day, at, zone).astimezone(UTC) for at in (time(0), settings.audit.at))
        yield from (digest.sends_at(settings, day, unit) for unit in digest.units_with_secretary(roster))


def settings_for(credentials: Credentials, url: str, database: str, folder: Path, **more: Any) -> Settings:
    """A configuration that finds the emulated platforms at `url`."""
    ws = url.replace("http://", "ws://")
    tables: dict[str, Any] = {
        "database": {"url": database, "data_dir": str(folder)},
        "official_account": {
            "app_id": credentials.app_id,
            "app_secret": credentials.app_secret,
            "token": credentials.token,
            "encoding_aes_key": credentials.encoding_aes_key,
            "mode": credentials.mode,
            "api_base": f"{url}{PREFIX}/wechat",
            "mp_base": f"{url}{PREFIX}/wechat",
            "template_id": "TM-hutong-progress",
        },
        "wecom_bot": {
            "bot_id": credentials.bot_id,
            "secret": credentials.bot_secret,
            "name": credentials.bot_name,
            "ws_url": f"{ws}{PREFIX}/wecom/ws",
        },
        "wecom_webhook": {"url": f"{url}{PREFIX}/wecom/cgi-bin/webhook/send?key={credentials.webhook_key}"},
    }
    for name, table in more.items():
        tables[name] = {**tables.get(name, {}), **table} if isinstance(table, dict) else table
    return Settings.model_validate(tables)


@contextlib.asynccontextmanager
async def play(
    folder: Path,
    clock: PushedClock,
    *,
    database: str = "",
    host: str = "127.0.0.1",
    port: int = 0,
    seed: int = 0,
    in_background: bool = True,
    sheets: Mapping[str, Any] | None = None,
    more: Mapping[str, Any] | None = None,
) -> AsyncIterator[Play]:
    """Set the stage and play until the end of the `async with`.

    `in_background` lets the bot work by itself, as in the demo; tests say `settle` instead.
    """
    database = database or f"sqlite+aiosqlite:///{folder / 'hutong.db'}"
    if await schema.look(database) is not schema.Schema.CURRENT:
        await schema.upgrade(database)
    credentials = Credentials.made_up(seed)
    with _door(host, port) as door:
        url = f"http://{host}:{door.getsockname()[1]}"
        settings = settings_for(credentials, url, database, folder, **(more or {}))
        platforms = Platforms(clock, credentials, callback_url=f"{url}/wechat", seed=seed)
        async with build(settings, Vault(keep_key(folder / "hutong.key")), clock) as bot:
            on_stage = await _people(bot, platforms, clock, url, sheets or sample_sheets())
            async with _served(on_stage, door):
                bot.start(ticking=in_background, carrying=in_background)
                await _ready(on_stage)
                yield on_stage


@contextlib.contextmanager
def _door(host: str, port: int) -> Any:
    """The port is taken first: bot and platforms must know their address before they are made."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        yield door


async def move_in(bot: Bot, platforms: Platforms, sheets: Mapping[str, Any]) -> Roster:
    """The roster moves into the desk, if nobody lives there yet; its people and groups onto the emulated WeCom.

    Raises ValueError when the sheets are wrong."""
    now = bot.clock.now()
    roster = await _roster(bot)
    if not roster.lanes:
        plan = await import_into(bot.store, sheets, now=now)
        if plan.errors:
            raise ValueError("\n".join(map(str, plan.errors)))
        roster = await _roster(bot)
    for member in roster.members:
        if member.wecom_id:
            platforms.wecom.add_member(member.wecom_id, member.name).awake = True
    groups = _groups(roster)
    for chat_id, (name, members) in groups.items():
        platforms.wecom.add_group(chat_id, name, members).awake = True

    async def have_spoken(session: Session) -> None:
        """The robot was spoken to everywhere before the curtain rose."""
        for chat_id in (*groups, *roster.by_wecom):
            await session.conversations.saw_chat(chat_id, is_group=chat_id in groups, now=now)

    await bot.store.transact(have_spoken)
    return roster


async def _roster(bot: Bot) -> Roster:
    async with bot.store.reading() as session:
        return await bot.store.roster(session)


async def _people(bot: Bot, platforms: Platforms, clock: PushedClock, url: str, sheets: Mapping[str, Any]) -> Play:
    """The neighbourhood moves in, and some residents with WeChat."""
    roster = await move_in(bot, platforms, sheets)
    for name in RESIDENTS:
        platforms.wechat.add_resident(name)
    return Play(
        bot,
        platforms,
        clock,
        roster,
        url,
        account_name=bot.settings.desk.name,
        robot_name=bot.settings.wecom_bot.name,
        _secretary=_secretary_of(roster),
        _cards=[_card(roster, lane.code, clock.now().astimezone(bot.settings.desk.zone)) for lane in roster.lanes],
    )


def _groups(roster: Roster) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Every chat of the roster with a name and the people who have a duty below it."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for lane in roster.lanes:
        if lane.chat_id:
            found[lane.chat_id] = (f"{lane.name}群", _userids(roster, {lane.code}, lane.code))
    for unit in roster.units:
        if unit.chat_id:
            areas = {lane.code for lane in roster.lanes_in(unit.code)} | {unit.code}
            found[unit.chat_id] = (f"{unit.name}群", _userids(roster, areas, unit.code))
    return found


def _userids(roster: Roster, areas: set[str], place: str) -> tuple[str, ...]:
    wide = areas | {unit.code for unit in roster.units_above(place)}
    codes = dict.fromkeys(duty.member for duty in roster.duties if duty.area in wide)
    members = (roster.member[code] for code in codes if code in roster.member)
    return tuple(member.wecom_id for member in members if member.wecom_id)


def _secretary_of(roster: Roster) -> str:
    """The secretary whose digest covers the most lanes."""
    found = [(duty.area, roster.member[duty.member].wecom_id) for duty in roster.duties if duty.role is Role.SECRETARY]
    reachable = [(len(roster.lanes_in(area)), userid) for area, userid in found if userid]
    return max(reachable, default=(0, ""))[1]


def _card(roster: Roster, code: str, now: datetime) -> LaneCard:
    lane = roster.lane[code]
    village = next((unit.name for unit in roster.units_above(code) if unit.kind in ("村", "社区")), "")
    holders = routing.answerable(roster, code, lane.unit, now.date())
    responsible = roster.member[holders[0]].name if holders else ""
    return LaneCard(code, lane.name, village, code, responsible, lane.latitude, lane.longitude)


@contextlib.asynccontextmanager
async def _served(on_stage: Play, door: socket.socket) -> AsyncIterator[None]:
    """Page, platforms and bot on the one port."""
    app = web_app(on_stage.bot, web.Application(client_max_size=MAX_BODY))
    on_stage.platforms.add_routes(app, PREFIX)
    add_page(app, on_stage.platforms, on_stage)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=3)
    await runner.setup()
    await web.SockSite(runner, door).start()
    await on_stage.platforms.start()
    try:
        yield
    finally:
        await on_stage.bot.stop()
        await on_stage.platforms.close()
        await runner.cleanup()


async def _ready(on_stage: Play) -> None:
    """The robot is connected and the menu hangs: now the curtain may rise."""

    async with asyncio.timeout(10):
        while not on_stage.platforms.wecom.is_connected:  # noqa: ASYNC110  the robot connects by itself
            await asyncio.sleep(0.01)
    if on_stage.bot.account:
        await on_stage.bot.account.push_menu(menu())
