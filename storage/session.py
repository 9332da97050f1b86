"""One transaction's view of what we remember, with one attribute for each kind of thing kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.conversations import Conversations
from storage.files import Files
from storage.inbox import Inbox
from storage.journal import Journal
from storage.outbox import Outbox
from storage.people import People
from storage.places import Places
from storage.reports import Reports
from storage.requests import Requests
from storage.timers import Timers
from storage.vault import Vault


class Session:
    """What a handler reads and writes within one transaction.

    Rows that nobody reads back in the same breath (journal, outbox, timers) are put aside and written together, for
    all desks of the transaction at once: `flush` does it, and whoever reads such a table calls it first.
    """

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self.connection = connection
        self.vault = vault
        self.touched: set[str] = set()
        self._later: list[tuple[sa.Table, dict[str, Any]]] = []
        self.inbox = Inbox(self)
        self.outbox = Outbox(self)
        self.conversations = Conversations(self)
        self.people = People(self)
        self.places = Places(self)
        self.requests = Requests(self)
        self.journal = Journal(self)
        self.timers = Timers(self)
        self.files = Files(self)
        self.reports = Reports(self)

    async def run(
        self, statement: sa.Executable, values: Mapping[str, Any] | None = None
    ) -> sa.CursorResult[*tuple[Any, ...]]:
        return await self.connection.execute(statement, dict(values) if values is not None else None)

    def add_later(self, table: sa.Table, row: dict[str, Any]) -> None:
        self.touched.add(table.name)
        self._later.append((table, row))

    def mark(self) -> int:
        """A place in what was put aside, to go back to when a desk fails."""
        return len(self._later)

    def forget_since(self, mark: int) -> None:
        del self._later[mark:]

    async def flush(self) -> None:
        """Write what was put aside, table by table, in the order it was said."""
        later, self._later = self._later, []
        for table in dict.fromkeys(table for table, _ in later):
            await self.connection.execute(sa.insert(table), [row for of, row in later if of is table])
