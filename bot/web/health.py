"""/healthz alive · /readyz able to work · /metrics for Prometheus."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from storage import schema

if TYPE_CHECKING:
    from bot.app import Bot


def add_health(app: web.Application, bot: Bot) -> None:
    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def ready(_: web.Request) -> web.Response:
        findings = await _findings(bot)
        is_ready = all(finding is not False for finding in findings.values())
        return web.json_response({"ready": is_ready, **findings}, status=200 if is_ready else 503)

    async def figures(request: web.Request) -> web.Response:
        wanted = bot.settings.server.metrics_token.get_secret_value()
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if wanted and not hmac.compare_digest(wanted.encode(), given.encode()):
            raise web.HTTPUnauthorized
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", ready)
    app.router.add_get("/metrics", figures)


async def _findings(bot: Bot) -> dict[str, Any]:
    """What readiness is made of; False means that we cannot work, None that it is not known or not needed."""
    now = bot.clock.now()
    found: dict[str, Any] = {"accepting": bot.is_ready, "jobs": bot.ticker.is_alive()}
    try:
        await bot.store.ping()
        found["database"] = True
        found["migrations"] = await schema.look(bot.settings.database.url) is schema.Schema.CURRENT
        async with bot.store.reading() as session:
            oldest = await session.outbox.earliest()
            found["last_run"] = {name: at.isoformat() for name, at in (await session.jobs.last()).items()}
        found["oldest_waiting_seconds"] = max(0, round((now - oldest).total_seconds())) if oldest else 0
    except Exception:
        found["database"] = False
    found["wecom_connected"] = bot.wecom.is_up if bot.wecom else None
    if found["wecom_connected"] is False:  # the desk works on without it: messages wait in the outbox
        found["wecom_connected"] = "waiting"
    return found
