"""The official account for commands: a client, and what its refusals mean to the person who runs the command."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping

import aiohttp
import click

from bot.channels.errors import ChannelError, TryLater
from bot.channels.official_account import OfficialAccountClient
from bot.channels.tokens import TokenKeeper
from bot.commands.base import Context

_CONSOLE = "公众平台 → 设置与开发 → 基本配置"
_SECRET_WRONG = f"AppSecret 不对,或者已经重置过。到 {_CONSOLE} 看一看,改好 app_secret"
_ID_WRONG = f"AppID 不对。到 {_CONSOLE} 看一看,改好 app_id"
_NO_RIGHT = "这个公众号没有这项接口权限(一般要认证的服务号)。到 公众平台 → 设置与开发 → 接口权限 看一看"
# What a code of the platform means and which page of its console helps (fact sheet C1, C12).
MEANINGS: Mapping[int, str] = {
    40001: _SECRET_WRONG,
    40125: _SECRET_WRONG,
    40002: _ID_WRONG,
    40013: _ID_WRONG,
    41002: "没有填 app_id",
    41004: "没有填 app_secret",
    40164: f"这台机器的出口 IP 不在白名单里。打开 {_CONSOLE} → IP白名单,把它加进去",
    40243: f"AppSecret 被冻结了。到 {_CONSOLE} 解冻",
    89503: "这个 IP 调用接口要管理员确认,请管理员在微信里点同意",
    48001: _NO_RIGHT,
    48004: "这项接口被封禁了,到公众平台看站内通知",
    50007: "公众号账号被冻结了,到公众平台看站内通知",
    61004: f"IP 不在白名单里。打开 {_CONSOLE} → IP白名单,把它加进去",
    45009: "今天的接口次数用完了,明天再来",
    45011: "问得太勤了,过一分钟再来",
    40053: "二维码的场景值不合规矩(1 到 64 个字母、数字、-、_)",
}


@contextlib.asynccontextmanager
async def official_account(context: Context) -> AsyncIterator[OfficialAccountClient]:
    """The configured account's client. What the platform refuses becomes a ClickException."""
    settings = context.settings().official_account
    if not settings.is_on:
        raise click.ClickException("还没有配置公众号:请在 config.toml 的 [official_account] 里填上 app_id 等几项。")
    async with aiohttp.ClientSession() as http:
        try:
            yield OfficialAccountClient(settings, http, TokenKeeper(settings, http, context.clock))
        except ChannelError as error:
            raise click.ClickException(explain(error)) from None


def explain(error: ChannelError) -> str:
    """A platform's refusal in words an operator can act on; its own reason goes with it, for it names the IP."""
    known = MEANINGS.get(error.code)
    if known:
        return f"{known}。({error.reason})"
    if isinstance(error, TryLater):
        return f"公众号接口现在连不上或很忙,过一会儿再试。({error.reason})"
    return f"公众号接口不答应。({error.reason})"
