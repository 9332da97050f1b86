"""`hutong demo`: everything in one go, nothing to configure."""

from __future__ import annotations

import contextlib
import logging
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from bot import logs
from bot.clock import PushedClock
from bot.commands.base import run
from bot.commands.serve import until_asked_to_stop
from bot.emulator.stage import play
from bot.reasons import reason
from handlers.desk import House
from handlers.rules.hours import Calendar
from handlers.settings import DeskSettings

CLOCK_FILE = "demo-clock"


@click.command()
@click.option("--port", default=8080, show_default=True, help="网页的端口;0 是随便一个空的")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="数据放在哪里;不写就用临时的")
def demo(port: int, host: str, folder: Path | None) -> None:
    """演示:模拟的微信、企业微信和一个样板社区。"""
    logs.set_up(level=logging.WARNING)
    with _folder(folder) as where:
        try:
            run(_demo(where, host, port))
        except OSError as error:
            raise click.ClickException(f"端口 {port} 打不开:{reason(error)}。试试 hutong demo --port 0") from None


@contextlib.contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given:
        given.mkdir(parents=True, exist_ok=True)
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="hutong-demo-") as made:
        yield Path(made)


async def _demo(folder: Path, host: str, port: int) -> None:
    clock = _clock(folder)
    async with play(folder, clock, host=host, port=port) as on_stage:
        click.echo(f"打开网页就能玩:{on_stage.url}/    (按 Ctrl+C 结束)")
        await until_asked_to_stop()
        (folder / CLOCK_FILE).write_text(clock.now().isoformat())


def _clock(folder: Path) -> PushedClock:
    """The demo begins on a working morning, or where it was left: nobody should meet the quiet hours first."""
    clock = PushedClock()
    with contextlib.suppress(FileNotFoundError, ValueError):
        left = datetime.fromisoformat((folder / CLOCK_FILE).read_text())
        clock.push(max(left - clock.now(), timedelta(0)))
        return clock
    calendar = House.furnish(DeskSettings()).calendar
    local = clock.now().astimezone(calendar.zone)
    is_morning = calendar.is_working_day(local.date()) and 8 <= local.hour < 16
    if not is_morning:
        clock.push(_next_morning(calendar, local) - clock.now())
    return clock


def _next_morning(calendar: Calendar, local: datetime) -> datetime:
    """Half past eight on the next working day."""
    day = calendar.working_day_of(local if local.hour < 8 else local + timedelta(days=1))
    return datetime(day.year, day.month, day.day, 8, 30, tzinfo=local.tzinfo).astimezone(UTC)
