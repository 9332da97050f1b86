"""One transaction's view of what we remember, with one attribute for each kind of thing kept."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.at_once import AtOnce
from storage.audit import Audit
from storage.conversations import Conversations
from storage.corrections import Corrections
from storage.files import Files
from storage.inbox import Inbox
from storage.jobs import Jobs
from storage.journal import Journal
from storage.outbox import Outbox
from storage.people import People
from storage.places import Places
from storage.prepared import Result
from storage.records import Roster
from storage.reports import Reports
from storage.requests import Requests
from storage.timers import Timers
from storage.vault import Vault


class Session:
    """What a handler reads and writes within one transaction.

    What nobody reads back in the same breath (journal, outbox, timers, how a message ended, where a talk stands) is
    put aside and written together, for all desks of the transaction at once: `flush` does it, and whoever reads such a
    table calls it first. `roster` is what this transaction has read of places and people, until it changes them.
    """

    def __init__(self, connection: AsyncConnection | AtOnce, vault: Vault) -> None:
        self.connection = connection
        self.vault = vault
        self.dialect = connection.dialect.name
        self.touched: set[str] = set()
        self.has_erased = False
        self.roster: Roster | None = None
        self._later: list[tuple[Any, dict[str, Any]]] = []
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
        self.corrections = Corrections(self)
        self.jobs = Jobs(self)
        self.audit = Audit(self)

    def forgot(self) -> None:
        """Somebody's words were taken away: they shall be gone from the disk too, not only from our answers.

        SQLite overwrites what is deleted (secure_delete), but in the write-ahead log the old pages stand until the log
        is emptied. PostgreSQL overwrites dead rows when it vacuums; a dump never holds them.
        """
        self.has_erased = True

    async def run(self, statement: sa.Executable, values: dict[str, Any] | None = None) -> Result:
        """Execute a statement. One that is handed its values is made once and kept, so that it is compiled once."""
        return await self.connection.execute(statement, values)

    def add_later(self, table: sa.Table, row: dict[str, Any]) -> None:
        """Insert this row when it is time to."""
        self.touched.add(table.name)
        self._later.append((inserting(table), row))

    def run_later(self, statement: sa.Executable, values: dict[str, Any]) -> None:
        """Run a statement when it is time to; the same object is run once, for all values that were given with it."""
        self._later.append((statement, values))

    def take_back(self, table: sa.Table, matches: Callable[[Mapping[str, Any]], bool]) -> None:
        """Rows for this table that were put aside and still may be: leave out those that match."""
        statement = inserting(table)
        self._later = [(of, row) for of, row in self._later if of is not statement or not matches(row)]

    async def flush(self) -> None:
        """Write what was put aside, statement by statement, in the order it was said."""
        later, self._later = self._later, []
        self.requests.fresh.clear()
        for statement in dict.fromkeys(statement for statement, _ in later):
            await self.connection.execute(statement, [values for of, values in later if of is statement])


@functools.cache
def inserting(table: sa.Table) -> sa.Insert:
    """One statement a table: SQLAlchemy compiles it once."""
    return sa.insert(table)
