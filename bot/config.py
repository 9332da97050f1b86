"""config.toml and the environment become frozen settings; all that is wrong is reported at once."""

from __future__ import annotations

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator

from bot.config_words import in_words, syntax_words
from bot.reasons import reason
from handlers.settings import DeskSettings, Section

PREFIX = "HUTONG_"
# Names under HUTONG_ that are no settings of the file.
NOT_SETTINGS = frozenset({"HUTONG_TEST_PG_DSN", "HUTONG_CHROMIUM"})


class ConfigError(Exception):
    """Everything that is wrong with the configuration, one finding a line."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__("\n".join(findings))
        self.findings = findings


class Server(Section):
    """[server]"""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    trusted_proxies: tuple[str, ...] = ()
    metrics_token: SecretStr = SecretStr("")

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            try:
                ipaddress.ip_network(text, strict=False)
            except ValueError as error:
                raise ValueError(f'“{text}”不是地址,写成 "10.0.0.2" 或 "10.0.0.0/8"') from error
        return value


class Database(Section):
    """[database]"""

    url: str = "sqlite+aiosqlite:///hutong.db"
    data_dir: str = "data"  # pictures, voices, the key file
    encryption_key: SecretStr = SecretStr("")  # 32 bytes in base64; empty: made and kept in data_dir/hutong.key

    @field_validator("url")
    @classmethod
    def _is_ours(cls, value: str) -> str:
        if not value.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("要以 sqlite+aiosqlite:/// 或 postgresql+asyncpg:// 开头")
        return value


class OfficialAccount(Section):
    """[official_account] 公众号"""

    app_id: str = ""
    app_secret: SecretStr = SecretStr("")
    token: SecretStr = SecretStr("")
    encoding_aes_key: SecretStr = SecretStr("")
    previous_encoding_aes_key: SecretStr = SecretStr("")
    mode: Literal["safe", "compatible", "plain"] = "safe"
    api_base: str = "https://api.weixin.qq.com"
    mp_base: str = "https://mp.weixin.qq.com"  # where the picture of a QR code is shown
    freshness: int = Field(default=600, ge=1)  # seconds a signed timestamp may be off
    template_id: str = ""  # 类目模板 for news of a request, when no free message is possible
    template_fields: dict[str, str] = Field(
        default_factory=lambda: {"character_string1": "number", "phrase2": "state", "thing3": "text", "time4": "time"}
    )
    timeout: float = Field(default=8.0, gt=0)

    @field_validator("encoding_aes_key", "previous_encoding_aes_key")
    @classmethod
    def _has_43(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and len(value.get_secret_value()) != 43:
            raise ValueError("要正好 43 个字母和数字,请从公众平台整个复制")
        return value

    @property
    def is_on(self) -> bool:
        return bool(self.app_id)

    @property
    def missing(self) -> tuple[str, ...]:
        """What must be there before anybody is believed: with an empty token whoever finds the address could sign."""
        needed = ("token",) if self.mode == "plain" else ("token", "encoding_aes_key")
        return tuple(name for name in needed if not getattr(self, name).get_secret_value()) if self.is_on else ()


class WecomBot(Section):
    """[wecom_bot] 智能机器人, 长连接"""

    bot_id: str = ""
    secret: SecretStr = SecretStr("")
    name: str = "小助手"
    ws_url: str = "wss://openws.work.weixin.qq.com"
    ping_every: float = Field(default=30.0, gt=0)
    timeout: float = Field(default=5.0, gt=0)

    @property
    def is_on(self) -> bool:
        return bool(self.bot_id)


class WecomWebhook(Section):
    """[wecom_webhook] 群机器人: a one-way spare for when the long connection is down"""

    url: SecretStr = SecretStr("")
    chat_id: str = ""  # the group it stands in, and the only one it speaks for; empty: it says nothing

    @property
    def is_on(self) -> bool:
        return bool(self.url.get_secret_value())


class Settings(DeskSettings):
    """The whole configuration."""

    server: Server = Server()
    database: Database = Database()
    official_account: OfficialAccount = OfficialAccount()
    wecom_bot: WecomBot = WecomBot()
    wecom_webhook: WecomWebhook = WecomWebhook()

    @property
    def robot_name(self) -> str:
        return self.wecom_bot.name


def load(path: Path | None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the file (if given) and lay the environment over it. Raises ConfigError with every finding."""
    tables = _read(path) if path else {}
    findings = _overlay(tables, os.environ if environ is None else environ)
    try:
        settings = Settings.model_validate(tables)
    except ValidationError as error:
        raise ConfigError([*findings, *(in_words(one, Settings) for one in error.errors())]) from None
    if findings:
        raise ConfigError(findings)
    return settings


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError([f"没有找到配置文件 {path};运行 hutong init 生成一份"]) from None
    except UnicodeDecodeError:
        raise ConfigError([f"{path} 不是 UTF-8 编码的(也许存成了 GBK),请在编辑器里另存为 UTF-8"]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{path} 不是正确的 TOML。{syntax_words(error)}"]) from None
    except OSError as error:
        raise ConfigError([f"读不了配置文件 {path}:{reason(error)}"]) from None


def _overlay(tables: dict[str, Any], environ: Mapping[str, str]) -> list[str]:
    """HUTONG_SECTION__KEY=value wins over the file; HUTONG_SECTION__KEY_FILE names a file that holds the value."""
    findings = []
    for name, value in sorted(environ.items()):
        if not name.startswith(PREFIX) or name in NOT_SETTINGS:
            continue
        *sections, key = name.removeprefix(PREFIX).lower().split("__")
        if not sections:
            findings.append(f"环境变量 {name} 不是设置;应写成 {PREFIX}SECTION__KEY")
            continue
        if key.endswith("_file"):
            try:
                key, value = key.removesuffix("_file"), Path(value).read_text(encoding="utf-8").strip()
            except OSError as error:
                findings.append(f"环境变量 {name} 指的文件读不了:{reason(error)}")
                continue
        _put(tables, [*sections, key], _as_value(value))
    return findings


def _put(tables: dict[str, Any], keys: list[str], value: object) -> None:
    for key in keys[:-1]:
        below = tables.setdefault(key, {})
        if not isinstance(below, dict):
            below = tables[key] = {}
        tables = below
    tables[keys[-1]] = value


def _as_value(text: str) -> object:
    """Lists and tables are written as in TOML; everything else is left to the field's own type."""
    if text.startswith(("[", "{")):
        try:
            return tomllib.loads(f"value = {text}")["value"]
        except tomllib.TOMLDecodeError:
            return text
    return text
