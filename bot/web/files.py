"""/f/<token>: one picture or voice, for whoever was sent the link, for a day. No list, no index, nothing else."""

from __future__ import annotations

from aiohttp import web

from bot.channels.errors import Refused
from bot.channels.media import Media
from bot.clock import Clock
from bot.parcels import PATH, Parcels
from bot.web.visitors import Visitors
from storage.files import ERASED
from storage.records import StoredFile
from storage.store import Store

# Shown by the browser; everything else is only ever saved: what strangers send must not run.
_SHOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "audio/amr", "audio/mpeg", "video/mp4"})
_HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def add_files(app: web.Application, store: Store, parcels: Parcels, clock: Clock, visitors: Visitors) -> None:
    """Serve the links of `Parcels.link`. Whatever is wrong with one is answered in the same way: 404."""

    async def show(request: web.Request) -> web.Response:
        number = parcels.named(request.match_info["token"], clock.now())
        file = await _find(store, number) if number is not None else None
        if file is None:
            raise web.HTTPNotFound(headers=_HEADERS)
        try:
            return _response(await parcels.open(file))
        except Refused:
            raise web.HTTPNotFound(headers=_HEADERS) from None

    app.router.add_get(f"{PATH}/{{token}}", visitors.slowed(show))


async def _find(store: Store, number: int) -> StoredFile | None:
    async with store.reading() as session:
        file = await session.files.get(number)
    return file if file is not None and file.digest and file.request != ERASED else None


def _response(medium: Media) -> web.Response:
    kind = medium.content_type.partition(";")[0].strip().lower()
    is_shown = kind in _SHOWN
    disposition = "inline" if is_shown else f'attachment; filename="{medium.name}"'
    return web.Response(
        body=medium.data,
        content_type=kind if is_shown else "application/octet-stream",
        headers=_HEADERS | {"Content-Disposition": disposition},
    )
