"""`hutong outbox`: how much waits, what could not be sent, and another try for it."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

import click

from bot.commands.base import Context, run
from handlers.rules.masking import pseudonym
from storage.records import Channel, OutboxState, Outgoing

_STATES = {
    OutboxState.WAITING: "等着发",
    OutboxState.SENT: "已发出",
    OutboxState.HELD: "等居民下次来",
    OutboxState.DROPPED: "已过时,没有发",
    OutboxState.UNCERTAIN: "不知道到了没有",
    OutboxState.DEAD: "发不出去",
}
_CHANNELS = {
    Channel.OFFICIAL_ACCOUNT: "公众号",
    Channel.WECOM_BOT: "企业微信",
    Channel.WECOM_WEBHOOK: "群机器人",
}
_LISTED = 50


@click.group(help="看发件箱;把发不出去的重新发一遍。")
def outbox() -> None:
    """Holds the two commands below."""


@outbox.command("list", help="发件箱里各有多少,和最近发不出去的。")
@click.option("--days", default=30, show_default=True, type=click.IntRange(1), help="发不出去的,列最近几天的")
@click.pass_obj
def list_(context: Context, days: int) -> None:
    for line in run(_list(context, context.clock.now() - timedelta(days=days))):
        click.echo(line)


async def _list(context: Context, since: datetime) -> list[str]:
    async with context.store() as store, store.reading() as session:
        counts = await session.outbox.counts()
        recent = await session.outbox.all_since(since)
        key = session.vault.pseudonym_key()
    dead = [message for message in recent if message.state is OutboxState.DEAD]
    zone = context.settings().desk.zone
    lines = [f"{name} {counts.get(state.value, 0)}" for state, name in _STATES.items()]
    lines += [_dead_letter(message, key, zone) for message in dead[-_LISTED:]]
    unlisted = counts.get(OutboxState.DEAD.value, 0) - min(len(dead), _LISTED)
    if unlisted:
        lines.append(f"还有 {unlisted} 条发不出去的没有列出来。")
    return [*lines, "重新发一遍:hutong outbox retry"] if counts.get(OutboxState.DEAD.value) else lines


def _dead_letter(message: Outgoing, key: bytes, zone: tzinfo) -> str:
    """Neither its words nor whom it is for: a pseudonym, as in the exports."""
    kind = "g" if message.is_group else "u"
    about = f" #{message.request}" if message.request else ""
    return (
        f"  {message.id} {message.created_at.astimezone(zone):%m-%d %H:%M} {_CHANNELS[message.channel]}"
        f" {kind}-{pseudonym(message.to, key) if message.to else '已清除'} {message.kind}{about}"
        f" 试了 {message.attempts} 次 {message.error}"
    ).rstrip()


@outbox.command(help="把发不出去的再发一遍。")
@click.pass_obj
def retry(context: Context) -> None:
    number = run(_retry(context))
    click.echo(f"{number} 条重新放进了发件箱,hutong serve 会接着发。" if number else "没有发不出去的。")


async def _retry(context: Context) -> int:
    async with context.store() as store:
        return await store.transact(lambda session: session.outbox.revive(context.clock.now()))
