"""Joins the parts: the one place where everything that runs is made, started and stopped."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import structlog
from aiohttp import web

from bot import metrics
from bot.channels.media import MediaFolder
from bot.channels.official_account import OfficialAccountClient, OfficialAccountDoor
from bot.channels.text import with_options
from bot.channels.tokens import TokenKeeper
from bot.channels.wecom_bot import WecomBot
from bot.channels.wecom_webhook import WecomWebhook
from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.delivery import Carrier, Flights
from bot.fetching import Fetcher
from bot.loads import Packer
from bot.parcels import Parcels
from bot.recogniser import Recogniser
from bot.scheduler import HEARTBEATS, Sweeper, Ticker
from bot.senders import MENU_ID, Sender, ToMember, ToResident
from bot.web.callback import add_callback
from bot.web.files import add_files
from bot.web.health import add_health
from bot.web.lanes import add_lanes
from bot.web.visitors import Visitors
from classifiers.reader.late import compile_one_by_one
from classifiers.reader.segment import read_dictionary
from handlers.desk import House
from handlers.reception import Reception
from handlers.rules.links import Signer
from storage.records import Channel, Incoming
from storage.session import Session
from storage.store import Store
from storage.vault import Vault

log = structlog.get_logger(__name__)

STOP_WITHIN = 10.0  # seconds for work in hand when we are asked to stop
LISTEN_WITHIN = 2.0  # seconds for what is on its way when we stop
BREATH = 0.005  # seconds between two steps of what may wait


@dataclass
class Bot:
    """Everything that runs. `is_ready` turns false first when it stops."""

    settings: Settings
    clock: Clock
    store: Store
    house: House
    reception: Reception
    sweeper: Sweeper
    ticker: Ticker
    carriers: tuple[Carrier, ...]
    fetcher: Fetcher
    wecom: WecomBot | None
    account: OfficialAccountClient | None
    parcels: Parcels
    is_ready: bool = False
    _tasks: list[asyncio.Task[Any]] = field(default_factory=list)

    async def receive(self, message: Incoming) -> str:
        """The official account's way in: the words of the answer, its tappable options as links."""
        metrics.RECEIVED.labels(message.channel.value, message.kind.value).inc()
        with metrics.HANDLED.labels(message.channel.value).time():
            answer = await self.reception.receive(message)
        return with_options(answer.text, answer.options, MENU_ID) if answer.text else ""

    async def settle(self) -> None:
        """Do all that is due at this moment, until nothing is: for clocks that are pushed."""
        for _ in range(20):
            if self.wecom:
                await self.wecom.settled()
            done = await self.sweeper.custody() + await self.sweeper.timers()
            done += await self.sweeper.digests() + await self.sweeper.lines()
            await self.sweeper.beat(*HEARTBEATS)
            done += await self.sweeper.audit() + await self.fetcher.drain()
            done += sum([await carrier.drain() for carrier in self.carriers])
            if not done:
                return

    def start(self, *, ticking: bool = True, carrying: bool = True) -> None:
        """Begin to work in the background. Without ticking and carrying, `settle` does the work when it is called."""
        if self.wecom:
            self._spawn(self.wecom.run(), "wecom bot")
        if carrying:
            for carrier in self.carriers:
                self._spawn(carrier.run(), "delivery")
            self._spawn(self.fetcher.run(self.store.files_expected), "fetching")
        if ticking:
            self.ticker.start(self.sweeper)
            self._spawn(self.ticker.keep_going(), "ticking")
            self._spawn(self._prepare(), "preparing")
        self.is_ready = True

    async def stop(self) -> None:
        """Readiness off, no new work, what is in hand finished, leases given back."""
        self.is_ready = False
        await self._listen_to_the_end()
        await self.ticker.stop()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_WITHIN)
        self._tasks.clear()

    async def _listen_to_the_end(self) -> None:
        """What a member has said just now is on its way to us, and WeCom says nothing twice."""
        if self.wecom:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LISTEN_WITHIN):
                    await self.wecom.settled()

    def on_connection(self, is_up: bool, _: str) -> None:
        """The long connection has come up: what waited for it may go. Or it is down, and nobody shall say otherwise."""
        if is_up:
            self.house.lines.came_back(Channel.WECOM_BOT)
            self._spawn(self._hurry(), "hurry")
        else:
            self.house.lines.went_down(Channel.WECOM_BOT, self.clock.now())

    async def _hurry(self) -> None:
        for carrier in self.carriers:
            if carrier.channel is Channel.WECOM_BOT:
                await carrier.channel_is_back()

    async def warm_up(self, session: Session) -> None:
        """Read the roster and the word lists before the port opens, so that the first resident does not wait."""
        roster = await self.store.roster(session)
        await self.house.understanding.reader(roster, session)

    async def _prepare(self) -> None:
        """Load what is slow or seldom asked, patterns, jieba's dictionary and the holidays, once the door is open."""
        await self.sweeper.begin()
        for _ in compile_one_by_one():
            await asyncio.sleep(BREATH)  # whoever says something meanwhile waits for one pattern, not for all
        await asyncio.to_thread(read_dictionary)
        await asyncio.to_thread(self.house.calendar.is_working_day, self.clock.now().date())

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(_report_end)
        self._tasks.append(task)


def _report_end(task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and task.exception():
        log.error("task_ended", task=task.get_name(), exc_info=task.exception())


@contextlib.asynccontextmanager
async def build(settings: Settings, vault: Vault, clock: Clock | None = None) -> AsyncIterator[Bot]:
    """Make a bot that is not yet working; it stops at the end of the `async with`."""
    clock = clock or SystemClock()
    async with Store(settings.database.url, vault) as store, aiohttp.ClientSession() as http:
        house = House.furnish(settings)
        reception = Reception(store, house, clock.now)
        account = _account(settings, http, clock)
        wecom = _wecom(settings, reception, clock, http)
        folder = MediaFolder(Path(settings.database.data_dir) / "media")
        parcels = Parcels(folder, Signer(vault.link_key()), settings.desk.public_url)
        senders = _senders(settings, clock, account, wecom, http, parcels)
        has_template = bool(settings.official_account.template_id)
        flights = Flights()
        carriers = tuple(
            Carrier(
                store,
                Packer(store, house, clock, sender.channel, parcels, has_template=has_template),
                sender,
                clock,
                house.lines,
                flights,
            )
            for sender in senders
        )
        bot = Bot(
            settings=settings,
            clock=clock,
            store=store,
            house=house,
            reception=reception,
            sweeper=Sweeper(store, house, clock),
            ticker=Ticker(),
            carriers=carriers,
            fetcher=Fetcher(store, folder, account, http, clock, Recogniser(settings.voice, store, house, clock)),
            wecom=wecom,
            account=account,
            parcels=parcels,
        )
        if wecom:
            wecom.state_changes(bot.on_connection)
        await store.transact(bot.warm_up)
        try:
            yield bot
        finally:
            await bot.stop()
            # What the carriers were about to claim when they were stopped stands in line before this.
            await store.transact(
                lambda session: session.outbox.give_back([one for carrier in carriers for one in carrier.in_hand])
            )


def _account(settings: Settings, http: aiohttp.ClientSession, clock: Clock) -> OfficialAccountClient | None:
    if not settings.official_account.is_on:
        return None
    tokens = TokenKeeper(settings.official_account, http, clock)
    return OfficialAccountClient(settings.official_account, http, tokens)


def _wecom(settings: Settings, reception: Reception, clock: Clock, http: aiohttp.ClientSession) -> WecomBot | None:
    if not settings.wecom_bot.is_on:
        return None

    async def on_message(message: Incoming) -> None:
        metrics.RECEIVED.labels(message.channel.value, message.kind.value).inc()
        with metrics.HANDLED.labels(message.channel.value).time():
            await reception.receive(message)

    bot = WecomBot(settings.wecom_bot, clock, on_message, http)
    bot.state_changes(lambda is_up, _: metrics.CONNECTED.set(is_up))
    return bot


def _senders(
    settings: Settings,
    clock: Clock,
    account: OfficialAccountClient | None,
    wecom: WecomBot | None,
    http: aiohttp.ClientSession,
    parcels: Parcels,
) -> list[Sender]:
    senders: list[Sender] = []
    if account:
        senders.append(ToResident(account, settings.official_account, parcels))
    if wecom:
        spare = WecomWebhook(settings.wecom_webhook, http, clock) if settings.wecom_webhook.is_on else None
        senders.append(ToMember(wecom, spare, clock, parcels, settings.wecom_webhook.chat_id))
    return senders


def web_app(bot: Bot, app: web.Application | None = None) -> web.Application:
    """All that is served over HTTP; added to `app` if one is given."""
    app = web.Application() if app is None else app
    if bot.settings.official_account.is_on:
        add_callback(app, OfficialAccountDoor(bot.settings.official_account), bot.receive, bot.clock)
    add_health(app, bot)
    visitors = Visitors(bot.settings.server.trusted_proxies, bot.clock)
    add_files(app, bot.store, bot.parcels, bot.clock, visitors)
    add_lanes(app, bot.store, bot.settings, bot.clock, bot.account, visitors)
    return app
