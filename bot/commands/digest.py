"""`hutong digest`: the secretary's daily digest, to look at or to send before or after its hour."""

from __future__ import annotations

from datetime import UTC, date, datetime

import click

from bot.commands.base import Context, run
from handlers.desk import Desk, House
from handlers.rules import routing
from handlers.watching import digest as digests
from storage.records import Role, Roster
from storage.session import Session


@click.command(help="生成日报,发给书记;--dry-run 只看不发。")
@click.option("--unit", default="", help="单位的编码或名称;不写是所有有书记的单位")
@click.option("--date", "day", default="", help="哪一天的(2026-11-21):到那天日报时间为止的 24 小时;不写是到现在")
@click.option("--dry-run", is_flag=True, help="只看,不发")
@click.pass_obj
def digest(context: Context, unit: str, day: str, dry_run: bool) -> None:
    until = _until(context, day)
    for line in run(_digest(context, unit, until, dry_run=dry_run)):
        click.echo(line)


def _until(context: Context, text: str) -> datetime:
    """The end of the 24 hours that are told."""
    now, settings = context.clock.now(), context.settings()
    if not text:
        return now
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"--date 读不懂“{text}”,请写成 2026-11-21") from None
    until = datetime.combine(day, settings.digest.at, settings.desk.zone).astimezone(UTC)
    if until > now:
        raise click.UsageError(f"{text} 的日报要到那天 {settings.digest.at:%H:%M} 才有;不写 --date 是到现在为止的")
    return until


async def _digest(context: Context, unit: str, until: datetime, *, dry_run: bool) -> list[str]:
    house = House.furnish(context.settings())
    async with context.store() as store:
        async with store.reading() as session:
            units = _units(await store.roster(session), unit)
            if dry_run:
                desk = Desk(session, until, house, await store.roster(session))
                return [f"{await digests.compose(desk, one, until)}\n" for one in units]

        async def work(session: Session) -> list[str]:
            desk = Desk(session, until, house, await store.roster(session))
            return [await _send(desk, one, context.clock.now()) for one in units]

        return await store.transact(work)


def _units(roster: Roster, name: str) -> tuple[str, ...]:
    if not name:
        found = digests.units_with_secretary(roster)
        if not found:
            raise click.ClickException("名册里还没有书记,日报不知道发给谁。请在“职责”表里写上书记。")
        return found
    codes = [unit.code for unit in roster.units if name in (unit.code, unit.name, *unit.aliases)]
    if len(codes) == 1:
        return (codes[0],)
    if codes:
        raise click.ClickException(f"叫“{name}”的单位有 {len(codes)} 个,请写编码:{'、'.join(codes)}")
    raise click.ClickException(f"名册里没有单位“{name}”。")


async def _send(desk: Desk, unit: str, now: datetime) -> str:
    """Put one unit's digest into the outbox, unless it was made for this day already."""
    name = f"{desk.roster.unit[unit].name} {desk.today:%Y-%m-%d}"
    secretaries = routing.standing(desk.roster, unit, Role.SECRETARY, desk.today)
    reachable = [code for code in secretaries if routing.is_reachable(desk.roster.member.get(code))]
    if not reachable:
        return f"{name}:没有发。书记还收不到消息,请先用 hutong invite 请他绑定,或在名册里写上企业微信。"
    if not await desk.session.reports.claim(digests.KIND, unit, desk.today, now):
        return f"{name}:这一天的日报已经发过了,不再发。想再看一遍请加 --dry-run。"
    await digests.send(desk, unit)
    return f"{name}:日报已放进发件箱,发给 {len(reachable)} 位书记。"
