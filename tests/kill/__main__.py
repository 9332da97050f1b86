"""`python -m tests.kill --rounds 1000 --seed 1 [--database sqlite|postgres]`: the long campaign and its table."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from tests.kill.campaign import campaign
from tests.kill.databases import fresh
from tests.kill.evidence import Findings
from tests.kill.failpoints import POINTS

SHOWN = 40  # violations on the screen


@click.command()
@click.option("--rounds", default=1000, show_default=True, help="How often the bot is killed.")
@click.option("--seed", default=1, show_default=True, help="The same seed kills in the same way.")
@click.option("--database", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option(
    "--cold", is_flag=True, help="Start `python -m bot serve` from nothing each time; takes three times as long."
)
@click.option("--points", is_flag=True, help="Die at every step between receiving and marking, in turn.")
@click.option("--keep", type=click.Path(path_type=Path), help="An empty folder for database, exports and log.")
def main(rounds: int, seed: int, database: str, cold: bool, points: bool, keep: Path | None) -> None:
    """Kill the bot again and again; exit code 1 when a promise was broken."""
    with tempfile.TemporaryDirectory(prefix="hutong-kill-") as temporary:
        folder = keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        found = asyncio.run(_run(folder, database, rounds, seed, cold=cold, points=points))
    _report(found, database, seed)
    sys.exit(1 if found.violations else 0)


async def _run(folder: Path, kind: str, rounds: int, seed: int, *, cold: bool, points: bool) -> Findings:
    at = tuple(POINTS) if points else ()
    async with fresh(kind, folder) as url:
        return await campaign(
            folder, url, rounds=rounds, seed=seed, cold=cold, points=at, progress=lambda n: _progress(n, rounds)
        )


def _progress(done: int, rounds: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\rkilled {done} of {rounds}", nl=done == rounds, err=True)


def _report(found: Findings, database: str, seed: int) -> None:
    figures = {"database": database, "seed": seed, **asdict(found), "slowest": f"{found.slowest:.2f} s"}
    figures["violations"] = len(found.violations)
    for name, value in figures.items():
        click.echo(f"{name.replace('_', ' '):<18} {value:>10}")
    for line in found.violations[:SHOWN]:
        click.echo(f"  {line}")


if __name__ == "__main__":
    main()
