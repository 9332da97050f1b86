"""`hutong forget`: the content that is kept no longer, by type; to look at, or to take away at once."""

from __future__ import annotations

import click

from bot.commands.base import Context, run
from handlers.desk import Desk, House
from handlers.residents import privacy
from storage.session import Session
from storage.store import Store


@click.command(help="清除保存期限已过的内容(数字留着)。hutong serve 每小时也会做;--dry-run 只看各类有多少件。")
@click.option("--dry-run", is_flag=True, help="只看,不清除")
@click.pass_obj
def forget(context: Context, dry_run: bool) -> None:
    for line in run(_forget(context, dry_run=dry_run)):
        click.echo(line)


async def _forget(context: Context, *, dry_run: bool) -> list[str]:
    house = House.furnish(context.settings())
    async with context.store() as store:
        async with store.reading() as session:
            desk = Desk(session, context.clock.now(), house, await store.roster(session))
            counts = await session.requests.count_past_keeping(privacy.kept_since(desk))
        if not dry_run:
            await _until_done(context, store, house)
    names = house.settings.type_name
    lines = [f"{names(code)} {number} 件" for code, number in sorted(counts.items(), key=lambda one: -one[1])]
    if not lines:
        return ["没有保存期限已过的内容。"]
    return [*lines, f"一共 {sum(counts.values())} 件,{'会清除' if dry_run else '清除了'}内容,数字还在。"]


async def _until_done(context: Context, store: Store, house: House) -> None:
    async def work(session: Session) -> int:
        return await privacy.forget_old(Desk(session, context.clock.now(), house, await store.roster(session)))

    while await store.transact(work):
        pass
