"""`hutong menu`: the official account's menu, shown beside the one that is live, then pushed."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from bot.commands.account import official_account
from bot.commands.base import Context, run
from handlers.residents.menu import menu as our_menu

_MEANS = ("key", "url", "value", "media_id", "article_id", "appid")  # what a button does, by its type


@click.command(help="把菜单发布到公众号,先显示和现在的有什么不同。")
@click.option("--dry-run", is_flag=True, help="只看有什么不同,不发布")
@click.pass_obj
def menu(context: Context, dry_run: bool) -> None:
    run(_menu(context, dry_run=dry_run))


async def _menu(context: Context, *, dry_run: bool) -> None:
    ours = our_menu()
    async with official_account(context) as account:
        live = _lines(_live_buttons(await account.current_menu()))
        wanted = _lines(ours["button"])
        if live == wanted:
            click.echo("公众号上的菜单已经是这样,没有改动。")
            return
        for line in _difference(live, wanted):
            click.echo(line)
        if dry_run:
            click.echo("只看看,没有发布。")
            return
        await account.push_menu(ours)
    click.echo("菜单已发布。手机上最多 5 分钟后看到;想马上看到,取消关注再关注一次。")


def _live_buttons(answer: Mapping[str, Any]) -> Sequence[Any]:
    """get_current_selfmenu_info wraps the buttons once more (C10)."""
    info = answer.get("selfmenu_info")
    buttons = info.get("button") if isinstance(info, Mapping) else None
    return buttons if isinstance(buttons, list) else ()


def _lines(buttons: Sequence[Any], indent: str = "") -> list[str]:
    """A menu as lines, the same for both shapes of sub buttons: a list, or a table with a list."""
    return [line for button in buttons if isinstance(button, Mapping) for line in _button(button, indent)]


def _button(button: Mapping[str, Any], indent: str) -> Iterator[str]:
    below = button.get("sub_button")
    below = below.get("list") if isinstance(below, Mapping) else below
    does = next((str(button[name]) for name in _MEANS if button.get(name)), "")
    means = f" ({button.get('type', '')} {does})" if not below else ""
    yield f"{indent}{button.get('name', '')}{means}"
    if isinstance(below, list):
        yield from _lines(below, indent + "  ")


def _difference(live: list[str], wanted: list[str]) -> list[str]:
    """`-` is live and goes, `+` comes."""
    return [line.rstrip() for line in difflib.ndiff(live, wanted) if not line.startswith("?")]
