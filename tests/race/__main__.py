"""`python -m tests.race --rounds 200`: the race on both databases; exit code 1 when anything is wrong."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from pathlib import Path

import click

from storage import schema
from tests.kill.databases import fresh
from tests.race.race import CLAIMS, PROCESSES, race


@click.command()
@click.option("--rounds", default=200, show_default=True, help="How many requests are raced for.")
def main(rounds: int) -> None:
    """Eight claims for each request through four processes."""
    wrong = {kind: asyncio.run(_on(kind, rounds)) for kind in ("sqlite", "postgres")}
    for kind, lines in wrong.items():
        click.echo(f"{kind}: {rounds} rounds, {CLAIMS} claims, {PROCESSES} processes: {len(lines)} wrong")
        for line in lines[:20]:
            click.echo(f"  {line}")
    sys.exit(1 if any(wrong.values()) else 0)


async def _on(kind: str, rounds: int) -> list[str]:
    async with contextlib.AsyncExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="hutong-race-")))
        url = await opened.enter_async_context(fresh(kind, folder))
        await schema.upgrade(url)
        return await asyncio.to_thread(race, url, rounds)


if __name__ == "__main__":
    main()
