"""/l/<lane>: the public notice of a lane, as on its sign: who answers for it, what is promised, the code to scan.

Nothing private. The code is the official account's own for this lane; without an account it leads to this page.
"""

from __future__ import annotations

import asyncio
import io
from datetime import datetime, timedelta
from functools import cache
from importlib import resources

import jinja2
import segno
import structlog
from aiohttp import web

from bot.channels.errors import ChannelError
from bot.channels.official_account import OfficialAccountClient
from bot.channels.tokens import AccountTrouble
from bot.clock import Clock
from bot.config import Settings
from bot.web.visitors import Visitors
from handlers.rules import routing
from handlers.rules.durations import Duration, Measure
from handlers.texts import say
from storage.records import Lane, Roster
from storage.store import Store

AGAIN = timedelta(minutes=10)  # when the platform gave no code
PROMISED = ("emergency", "urgent", "normal")
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

log = structlog.get_logger(__name__)


def add_lanes(
    app: web.Application,
    store: Store,
    settings: Settings,
    clock: Clock,
    account: OfficialAccountClient | None,
    visitors: Visitors,
) -> None:
    signs = Signs(account, settings.desk.public_url, clock)

    async def show(request: web.Request) -> web.Response:
        async with store.reading() as session:
            roster = await store.roster(session)
        lane = roster.lane.get(request.match_info["lane"])
        if lane is None:
            raise web.HTTPNotFound(text="没有这条胡同", headers=_HEADERS)
        text = _page().render(
            desk=settings.desk.name,
            lane=lane.name,
            units=" · ".join(unit.name for unit in reversed(roster.units_above(lane.code))),
            names=_names(roster, lane, clock.now().astimezone(settings.desk.zone)),
            promises=list(_promises(settings)),
            sign=await signs.drawn(lane.code),
        )
        return web.Response(text=text, content_type="text/html", headers=_HEADERS)

    app.router.add_get("/l/{lane}", visitors.slowed(show))


@cache
def _page() -> jinja2.Template:
    """Compiled when somebody first looks: no start waits for it."""
    source = resources.files("bot.web").joinpath("lane.html").read_text("utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(source)


def _names(roster: Roster, lane: Lane, now: datetime) -> list[str]:
    return [roster.member[code].name for code in routing.answerable(roster, lane.code, lane.unit, now.date())]


def _promises(settings: Settings) -> list[str]:
    """How soon somebody answers, by the operator's own clocks."""
    return [
        say(
            "promise.line",
            urgency=say(f"promise_for.{urgency}"),
            within=_in_words(settings.first_response("", urgency)),
        )
        for urgency in PROMISED
    ]


def _in_words(duration: Duration) -> str:
    if duration.measure is Measure.WORKING_DAYS:
        return say("promise.working_days", n=f"{duration.length / timedelta(days=1):g}")
    if duration.measure is Measure.WORKING_TIME:
        return say("promise.working_hours", n=f"{duration.length / timedelta(hours=1):g}")
    minutes = duration.length / timedelta(minutes=1)
    return say("time.minutes", n=f"{minutes:g}") if minutes < 60 else say("time.hours", n=f"{minutes / 60:g}")


class Signs:
    """The codes to scan, each asked for once."""

    def __init__(self, account: OfficialAccountClient | None, public_url: str, clock: Clock) -> None:
        self._account = account
        self._public_url = public_url.rstrip("/")
        self._clock = clock
        self._drawn: dict[str, str] = {}
        self._not_before: datetime | None = None  # the platform gave no code lately
        self._turn = asyncio.Lock()

    async def drawn(self, lane: str) -> str:
        """The code as SVG; "" when there is none. The lane must be one of the roster."""
        if lane not in self._drawn:
            async with self._turn:
                await self._draw(lane)
        return self._drawn.get(lane) or self._own(lane)

    def _own(self, lane: str) -> str:
        return _svg(f"{self._public_url}/l/{lane}") if self._public_url else ""

    async def _draw(self, lane: str) -> None:
        now = self._clock.now()
        if lane in self._drawn or self._account is None or (self._not_before is not None and now < self._not_before):
            return
        try:
            code = await self._account.create_qr(lane)
        except (ChannelError, AccountTrouble) as error:
            self._not_before = now + AGAIN
            log.warning("no_qr_code", why=error.reason)
        else:
            self._drawn[lane] = _svg(code.url)


def _svg(text: str) -> str:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", xmldecl=False, svgns=True, border=2, omitsize=True)
    return out.getvalue().decode()
