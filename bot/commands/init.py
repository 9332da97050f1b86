"""`hutong init`: asks a few questions and writes config.toml; what is there is never overwritten."""

from __future__ import annotations

import json
import os
import secrets
import string
import tomllib
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel, ValidationError

from bot.commands.base import Context
from bot.config import Database, OfficialAccount, Server, Settings, WecomBot
from bot.config_words import message
from bot.reasons import reason
from handlers.settings import Desk

_SIGNS = string.ascii_letters + string.digits
_AES_KEY = 43
_TOKEN = 32
_LATER = {
    "official_account": ("app_id", "app_secret", "token", "encoding_aes_key"),
    "wecom_bot": ("bot_id", "secret"),
}
_NOTES = {
    "desk": "服务台",
    "server": "网页的监听地址;前面有 nginx 之类就用 127.0.0.1",
    "database": "数据库和数据文件夹(图片、语音、密钥)",
    "official_account": "公众号:公众平台 → 设置与开发 → 基本配置",
    "wecom_bot": "智能机器人(长连接):企业微信 → 智能机器人 → API 模式",
}

Tables = dict[str, dict[str, Any]]


@click.command(help="问几个问题,生成 config.toml;已经有的不会覆盖。")
@click.option("--yes", is_flag=True, help="什么都不问,用默认值")
@click.pass_obj
def init(context: Context, yes: bool) -> None:
    path = context.config or Path("config.toml")
    if path.exists():
        raise click.ClickException(f"{path} 已经有了,不会覆盖它。要重新生成,请先把它改名。")
    tables = _defaults() if yes else _asked()
    text = _toml(tables)
    Settings.model_validate(tomllib.loads(text))
    _write(path, text)
    click.echo(f"写好了:{path}(只有你能读)。其他设置看 config.example.toml。")
    click.echo("接下来:hutong check,再 hutong template 名册.xlsx、hutong import 名册.xlsx、hutong serve。")


def _defaults() -> Tables:
    return {
        "desk": {"name": Desk().name},
        "server": {"host": Server().host, "port": Server().port},
        "database": {"url": Database().url, "data_dir": Database().data_dir},
    }


def _asked() -> Tables:
    tables = _defaults()
    tables["desk"]["name"] = _ask("服务台叫什么", Desk, "name", default=Desk().name)
    tables["server"]["port"] = _ask("监听哪个端口", Server, "port", default=str(Server().port))
    tables["database"]["url"] = _ask("数据库(一般不用改)", Database, "url", default=Database().url)
    tables["database"]["data_dir"] = _ask("数据放在哪个文件夹", Database, "data_dir", default=Database().data_dir)
    if click.confirm("现在填公众号吗?(也可以以后再填)", default=True):
        tables["official_account"] = _official_account()
    if click.confirm("现在填企业微信的智能机器人吗?", default=True):
        tables["wecom_bot"] = {
            "bot_id": _ask("  BotID", WecomBot, "bot_id"),
            "secret": _ask("  Secret(不显示)", WecomBot, "secret", hidden=True),
            "name": _ask("  机器人叫什么", WecomBot, "name", default=WecomBot().name),
        }
    return tables


def _official_account() -> dict[str, Any]:
    answers = {
        "app_id": _ask("  AppID", OfficialAccount, "app_id"),
        "app_secret": _ask("  AppSecret(不显示)", OfficialAccount, "app_secret", hidden=True),
    }
    click.echo("  下面两样在“服务器配置”里;直接回车就替你生成,再从 config.toml 抄到公众平台。")
    token = _ask("  Token(不显示)", OfficialAccount, "token", default="", hidden=True)
    key = _ask("  EncodingAESKey(43 个字母和数字,不显示)", OfficialAccount, "encoding_aes_key", default="", hidden=True)
    return answers | {"token": token or _made_up(_TOKEN), "encoding_aes_key": key or _made_up(_AES_KEY)}


def _made_up(length: int) -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(length))


def _ask(
    question: str, section: type[BaseModel], name: str, *, default: str | None = None, hidden: bool = False
) -> Any:
    """Ask until the answer is one that the configuration takes; the section's own rules decide."""
    while True:
        shows = bool(default) and not hidden
        answer = click.prompt(question, default=default, hide_input=hidden, show_default=shows, value_proc=str.strip)
        trouble = _trouble(section, name, answer)
        if not trouble:
            return int(answer) if section.model_fields[name].annotation is int else answer
        click.echo(f"  {trouble}", err=True)


def _trouble(section: type[BaseModel], name: str, answer: str) -> str:
    """Why the configuration would not take this answer; empty if it does."""
    try:
        section.model_validate({name: answer})
    except ValidationError as error:
        return message(error.errors()[0], section)
    return ""


def _toml(tables: Tables) -> str:
    """The asked tables with their values, the others as comments to be filled in later."""
    blocks = [_table(name, values) for name, values in tables.items()]
    for name, keys in _LATER.items():
        if name not in tables:
            blocks.append("\n".join([f"# {_NOTES[name]}", f"# [{name}]", *(f'# {key} = ""' for key in keys)]))
    return "\n\n".join(blocks) + "\n"


def _table(name: str, values: dict[str, Any]) -> str:
    # A JSON string is a TOML basic string, but for the one sign that JSON leaves bare.
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f") for key, value in values.items()
    ]
    return "\n".join([f"# {_NOTES[name]}", f"[{name}]", *lines])


def _write(path: Path, text: str) -> None:
    """Readable by its owner alone: it holds secrets."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise click.ClickException(f"写不了 {path}:{reason(error)}") from None
