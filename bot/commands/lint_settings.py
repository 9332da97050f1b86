"""What is wrong with the settings alone: told by `hutong check`; with errors among it `hutong serve` does not start."""

from __future__ import annotations

import base64
import difflib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.commands.base import KEY_FORM
from bot.commands.words import own_words_trouble
from bot.config import OfficialAccount, Settings
from handlers.settings import DEFAULT_TYPES, ClockSettings
from storage.vault import Vault, VaultError, read_key

_WHERE_ACCOUNT = "公众平台 → 设置与开发 → 基本配置"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. `level` is ok, warning or error; `name` stays the same over versions."""

    level: str
    name: str
    text: str

    def __str__(self) -> str:
        return f"[{self.level}] {self.name} {self.text}"


def lint_settings(settings: Settings) -> Iterator[Finding]:
    yield from _account(settings.official_account)
    yield from _robot(settings)
    yield from _webhook(settings)
    yield from errors_of_key(settings)
    yield from _words(settings)
    yield from _types(settings)
    yield from _clocks(settings)
    yield from _recogniser(settings)


def errors_of(settings: Settings) -> list[Finding]:
    """With any of these the bot could not work, or anybody could speak as a resident."""
    return [found for found in lint_settings(settings) if found.level == "error"]


def _account(account: OfficialAccount) -> Iterator[Finding]:
    if not account.is_on:
        yield Finding("warning", "official_account", "没有配置公众号,居民不能在公众号里说话")
        return
    missing = [*(() if account.app_secret.get_secret_value() else ("app_secret",)), *account.missing]
    for name in missing:
        yield Finding("error", f"official_account.{name}", f"没有填 {name}:{_WHERE_ACCOUNT}")
    if account.encoding_aes_key.get_secret_value() and not _is_aes_key(account.encoding_aes_key.get_secret_value()):
        yield Finding("error", "official_account.encoding_aes_key", "encoding_aes_key 不是公众平台给的样子,请重新复制")
    if account.mode == "plain":
        yield Finding("warning", "official_account.mode", "明文模式:居民的话不加密。两边都请改用安全模式 safe")
    if not account.template_id:
        yield Finding("warning", "official_account.template_id", "没有模板消息:居民超过 48 小时没说话,就通知不到他")
    if not missing:
        yield Finding("ok", "official_account", "公众号的几项都填了")


def _is_aes_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text + "=", validate=True)) == 32
    except ValueError:
        return False


def _robot(settings: Settings) -> Iterator[Finding]:
    """Looked at, never connected: a second connection would throw the running one out (D7)."""
    robot = settings.wecom_bot
    if not robot.is_on:
        yield Finding("warning", "wecom_bot", "没有配置智能机器人,企业微信群里收不到消息")
        return
    if not robot.secret.get_secret_value():
        yield Finding("error", "wecom_bot.secret", "没有填 secret:企业微信 → 智能机器人 → API 模式 → 长连接")
    elif not robot.ws_url.startswith(("wss://", "ws://")):
        yield Finding("error", "wecom_bot.ws_url", f"ws_url 要以 wss:// 开头,一般不用改:{type(robot)().ws_url}")
    else:
        yield Finding("ok", "wecom_bot", "智能机器人填了(没有试连:会把正在用的连接挤掉)")


def _webhook(settings: Settings) -> Iterator[Finding]:
    """The address is a secret: it is not quoted."""
    url = settings.wecom_webhook.url.get_secret_value()
    if url and not url.startswith(("https://", "http://")):
        yield Finding("warning", "wecom_webhook.url", "url 要以 https:// 开头,请从群机器人的设置里整个复制")
    elif url.startswith("http://"):
        yield Finding("warning", "wecom_webhook.url", "url 不是 https:// 开头的,路上的人看得到内容")


def errors_of_key(settings: Settings) -> Iterator[Finding]:
    given = settings.database.encryption_key.get_secret_value()
    try:
        if given:
            Vault(read_key(given))
    except VaultError:
        yield Finding("error", "database.encryption_key", f"encryption_key 不对:{KEY_FORM}")


def _words(settings: Settings) -> Iterator[Finding]:
    if not (settings.classifier.lexicons or settings.classifier.model):
        return
    trouble = own_words_trouble(settings)
    if trouble is None:
        yield Finding("ok", "classifier.lexicons", "词表和模型都读得懂")
    else:
        yield Finding("error", *trouble)


def _types(settings: Settings) -> Iterator[Finding]:
    """A type of one's own has a name; without one, or beside one of ours, it is rather a slip of the pen."""
    for code, kind in settings.types.items():
        near = difflib.get_close_matches(code, DEFAULT_TYPES, n=1, cutoff=0.8)
        if code in DEFAULT_TYPES or (kind.name and not near):
            continue
        hint = f"也许是 {near[0]}?" if near else "请给它写上 name"
        yield Finding("warning", f"types.{code}", f"没有 {code} 这个类型,会当作新的类型;{hint}")


def _clocks(settings: Settings) -> Iterator[Finding]:
    for name, clock in settings.clocks.items():
        for key in ClockSettings.model_fields:
            duration = getattr(clock, key)
            if duration is not None and duration.length <= timedelta(0):
                yield Finding("warning", f"clocks.{name}.{key}", "期限是 0,每件事一来就超时了")


def _recogniser(settings: Settings) -> Iterator[Finding]:
    command = settings.voice.recogniser
    if command and shutil.which(command[0]) is None:
        yield Finding("warning", "voice.recogniser", f"没有找到命令 {command[0]},请写完整的路径")
