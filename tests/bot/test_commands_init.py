"""`hutong init`: what it asks, what it refuses, what it writes."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.base import Context
from bot.commands.init import init
from bot.config import Settings, load

KEY = "A" * 43


def call(path: Path, *arguments: str, stdin: list[str] | None = None) -> Result:
    return CliRunner().invoke(init, arguments, obj=Context(config=path), input="\n".join(stdin or []) + "\n")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "config.toml"


def test_defaults_without_a_question(path: Path) -> None:
    result = call(path, "--yes")
    assert result.exit_code == 0
    assert load(path, {}) == Settings()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "# [official_account]" in path.read_text("utf-8")


def test_what_is_there_is_never_overwritten(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("mine")
    for arguments in ((), ("--yes",)):
        result = call(path, *arguments)
        assert (result.exit_code, "不会覆盖" in result.stderr) == (1, True)
    assert path.read_text() == "mine"


def test_every_answer_is_kept_and_no_secret_shown(path: Path) -> None:
    answers = ['柳林"胡同\\', "9000", "", "", "y", "wx123", "app-secret-1", "token-1", KEY]
    result = call(path, stdin=[*answers, "y", "aib-1", "robot-secret-1", "小柳"])
    assert result.exit_code == 0, result.output
    settings = load(path, {})
    assert (settings.desk.name, settings.server.port) == ('柳林"胡同\\', 9000)
    account = settings.official_account
    assert (account.app_id, account.app_secret.get_secret_value()) == ("wx123", "app-secret-1")
    assert (account.token.get_secret_value(), account.encoding_aes_key.get_secret_value()) == ("token-1", KEY)
    assert (settings.wecom_bot.bot_id, settings.wecom_bot.name) == ("aib-1", "小柳")
    assert settings.wecom_bot.secret.get_secret_value() == "robot-secret-1"
    assert not any(secret in result.output for secret in ("app-secret-1", "token-1", KEY, "robot-secret-1"))


def test_wrong_answers_are_asked_again(path: Path) -> None:
    answers = ["", "99999", "port", "8081", "mysql://x", "", "", "y", "wx1", "s", "t", "too-short", KEY, "n"]
    result = call(path, stdin=answers)
    assert result.exit_code == 0, result.output
    assert "43 个字母和数字" in result.stderr
    assert result.stderr.count("0 到 65535") == 2
    assert "sqlite+aiosqlite:///" in result.stderr
    assert load(path, {}).server.port == 8081


def test_token_and_key_are_made_when_none_is_given(path: Path) -> None:
    result = call(path, stdin=["", "", "", "", "y", "wx1", "s", "", "", "n"])
    assert result.exit_code == 0, result.output
    account = load(path, {}).official_account
    assert len(account.token.get_secret_value()) == 32
    assert len(account.encoding_aes_key.get_secret_value()) == 43
    assert account.encoding_aes_key.get_secret_value() not in result.output


def test_giving_up_writes_nothing(path: Path) -> None:
    assert call(path, stdin=["", ""]).exit_code == 1
    assert not path.exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = call(tmp_path / "file" / "config.toml", "--yes")
    assert (result.exit_code, "写不了" in result.stderr) == (1, True)
