"""/l/<lane>: the public notice of a lane, as on its sign: who answers for it and how to speak. Nothing private."""

from __future__ import annotations

from importlib import resources

import jinja2
from aiohttp import web

from bot.clock import Clock
from bot.config import Settings
from handlers.rules import routing
from storage.store import Store

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def add_lanes(app: web.Application, store: Store, settings: Settings, clock: Clock) -> None:
    source = resources.files("bot.web").joinpath("lane.html").read_text("utf-8")
    page = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(source)

    async def show(request: web.Request) -> web.Response:
        async with store.reading() as session:
            roster = await store.roster(session)
        lane = roster.lane.get(request.match_info["lane"])
        if lane is None:
            raise web.HTTPNotFound(text="没有这条胡同", headers=_HEADERS)
        today = clock.now().astimezone(settings.desk.zone).date()
        names = [roster.member[code].name for code in routing.answerable(roster, lane.code, lane.unit, today)]
        units = " · ".join(unit.name for unit in reversed(roster.units_above(lane.code)))
        text = page.render(desk=settings.desk.name, lane=lane.name, units=units, names=names)
        return web.Response(text=text, content_type="text/html", headers=_HEADERS)

    app.router.add_get("/l/{lane}", show)
