"""Pictures and voices: where they are fetched from, and where they lie once they are here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from storage.records import Channel, MessageKind, StoredFile
from storage.rows import plain
from storage.tables import files

if TYPE_CHECKING:
    from storage.session import Session

_of = sa.select(files).where(files.c.request == sa.bindparam("about")).order_by(files.c.id)
_due = (
    sa.select(files.c.id)
    .where(files.c.due_at <= sa.bindparam("now"))
    .order_by(files.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
    .with_for_update(skip_locked=True)
)
_claim = sa.update(files).where(files.c.id.in_(_due)).values(due_at=sa.bindparam("until")).returning(*files.c)

ERASED = 0  # the request of files whose bytes are to be taken away


def _file(row: Any) -> StoredFile:
    values = row._asdict()
    return StoredFile(**values | {"kind": MessageKind(row.kind), "channel": Channel(row.channel)})


class Files:
    def __init__(self, session: Session) -> None:
        self._session = session

    def expect(self, file: StoredFile) -> None:
        """A file that is still to be fetched; `due_at` is when to try."""
        self._session.add_later(files, plain(file, leave_out=("id",)))

    async def claim(self, now: datetime, lease: timedelta, limit: int = 8) -> list[StoredFile]:
        """Files to be fetched now; nobody else tries them until the lease is over."""
        rows = await self._session.run(_claim, {"now": now, "until": now + lease, "most": limit})
        return [_file(row) for row in rows]

    async def arrived(self, file: int, digest: str, content_type: str, size: int) -> None:
        await self._session.run(
            sa.update(files)
            .where(files.c.id == file)
            .values(
                digest=digest, content_type=content_type, size=size, due_at=None, error="", media_url="", media_key=""
            )
        )

    async def failed(self, file: int, again_at: datetime | None, error: str) -> None:
        """Try again at `again_at`, or never."""
        await self._session.run(
            sa.update(files)
            .where(files.c.id == file)
            .values(due_at=again_at, error=error, attempts=files.c.attempts + 1)
        )

    async def get(self, file: int) -> StoredFile | None:
        await self._session.flush()
        row = (await self._session.run(sa.select(files).where(files.c.id == file))).first()
        return _file(row) if row else None

    async def of(self, request: int) -> list[StoredFile]:
        await self._session.flush()
        return [_file(row) for row in await self._session.run(_of, {"about": request})]

    async def heard(self, request: int, words: str) -> None:
        """What was said in a request's voices that nobody had understood."""
        voices = (files.c.request == request, files.c.kind == MessageKind.VOICE.value, files.c.words == "")
        await self._session.flush()
        await self._session.run(sa.update(files).where(*voices).values(words=words))

    async def move(self, request: int, to: int) -> None:
        """They belong to another request."""
        await self._session.flush()
        await self._session.run(sa.update(files).where(files.c.request == request).values(request=to))

    async def remove(self, request: int, now: datetime) -> None:
        """Forget a request's files. A row without a request tells whoever fetches files to take the bytes away."""
        await self._session.flush()
        await self._session.run(sa.delete(files).where(files.c.request == request, files.c.digest == ""))
        await self._session.run(
            sa.update(files)
            .where(files.c.request == request)
            .values(request=ERASED, media_id="", media_url="", media_key="", words="", due_at=now)
        )
        self._session.touched.add("files")

    async def erased(self, file: StoredFile) -> bool:
        """Drop the row of an erased file; true when nobody else needs its bytes."""
        await self._session.run(sa.delete(files).where(files.c.id == file.id))
        query = sa.select(files.c.id).where(files.c.digest == file.digest, files.c.request != ERASED)
        return (await self._session.run(query)).first() is None
