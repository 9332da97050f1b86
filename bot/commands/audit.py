"""`hutong audit`: is every promise of the desk kept? One fate a message, one holder a request, no clock stopped."""

from __future__ import annotations

import json
from typing import Any

import click

from bot.commands.base import Context, run
from handlers.desk import Desk, House
from handlers.watching import audit as audits


@click.command(help="自查:每条消息都有着落,每件没办完的事都有人负责、有钟在走。查出问题时退出码是 1。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def audit(context: Context, as_json: bool) -> None:
    report = run(_look(context))
    click.echo(json.dumps(_plain(report), ensure_ascii=False) if as_json else "\n".join(report.words))
    if not report.is_clean:
        click.get_current_context().exit(1)


async def _look(context: Context) -> audits.Report:
    house = House.furnish(context.settings())
    async with context.store() as store, store.reading(frozen=True) as session:
        return await audits.look(Desk(session, context.clock.now(), house, await store.roster(session)))


def _plain(report: audits.Report) -> dict[str, Any]:
    return {
        "ok": report.is_clean,
        "at": report.at.isoformat(),
        "messages": report.messages,
        "requests": report.requests,
        "open": report.open,
        "findings": [
            {"name": one.trouble.value, "count": one.count, "examples": list(one.examples), "words": one.words}
            for one in report.findings
        ],
        "jobs": {name: at.isoformat() for name, at in report.jobs.items()},
    }
