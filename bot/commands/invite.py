"""`hutong invite`: a one-time code by which a member binds his own WeChat."""

from __future__ import annotations

import difflib
from datetime import timedelta
from pathlib import Path

import click

from bot.commands.account import official_account
from bot.commands.base import Context, run
from bot.commands.qr import picture_format, save_picture
from handlers.desk import Desk, House
from handlers.members.binding import SCENE, make_code
from storage.records import Member, Roster
from storage.session import Session


@click.command(help="给负责人一个绑定自己微信的一次性码。")
@click.argument("member", metavar="编号或姓名")
@click.option("--qr", "picture", type=click.Path(path_type=Path), help="再画一张二维码(.png 或 .svg),扫一扫就绑定")
@click.pass_obj
def invite(context: Context, member: str, picture: Path | None) -> None:
    if picture:
        picture_format(picture)
        if picture.exists():
            raise click.ClickException(f"{picture} 已经有了,不会覆盖它。请换一个名字。")
        if not context.settings().official_account.is_on:
            raise click.ClickException("--qr 要先配置公众号([official_account])。不加 --qr 也能绑定。")
    run(_invite(context, member, picture))


async def _invite(context: Context, name: str, picture: Path | None) -> None:
    valid = context.settings().desk.binding_code_valid
    found, code = await _code(context, name)
    click.echo(f"{found.name}({found.code})的绑定码:{code}")
    click.echo(f"请本人用自己的微信打开公众号,发送:绑定 {code}")
    click.echo(f"{_span(valid)}内有效,只能用一次。再生成一个,这一个就作废。请只交给本人。")
    if picture:
        async with official_account(context) as account:
            qr = await account.create_qr(SCENE + code, permanent=False, expire_seconds=int(valid.total_seconds()))
        save_picture(qr, picture)
        click.echo(f"二维码:{picture}。本人用微信扫一扫,关注后就绑定好了。")


async def _code(context: Context, name: str) -> tuple[Member, str]:
    house = House.furnish(context.settings())
    async with context.store() as store:

        async def work(session: Session) -> tuple[Member, str]:
            roster = await store.roster(session)
            member = _member(roster, name.strip())
            return member, await make_code(Desk(session, context.clock.now(), house, roster), member.code)

        return await store.transact(work)


def _member(roster: Roster, name: str) -> Member:
    """The one member of this code or full name who is still with us. Raises ClickException."""
    named = [member for member in roster.members if name in (member.code, member.name)]
    here = [member for member in named if member.left_at is None]
    exact = [member for member in here if member.code == name] or here
    if len(exact) == 1:
        return exact[0]
    if exact:
        raise click.ClickException(f"叫“{name}”的有 {len(exact)} 位,请写编号:{'、'.join(m.code for m in exact)}")
    if named:
        raise click.ClickException(f"“{name}”已经离任,不能再绑定。")
    near = difflib.get_close_matches(name, [word for m in roster.members for word in (m.code, m.name)], n=1)
    raise click.ClickException(f"名册里没有“{name}”" + (f",是不是 {near[0]}?" if near else "。"))


def _span(length: timedelta) -> str:
    return f"{length.days} 天" if length.days else f"{int(length.total_seconds() // 60)} 分钟"
