"""`hutong check`: what it finds, by name, and how it leaves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.clock import PushedClock
from bot.commands.base import Context
from bot.commands.check import SAFE_SQLITE, check
from bot.commands.db import db
from bot.commands.digest import digest
from bot.commands.outbox import outbox
from bot.emulator.platforms import Platforms
from storage.records import Channel, OutboxState, Outgoing
from storage.schema import HEAD
from storage.session import Session
from storage.vault import keep_key
from tests.bot.operators import Operator, account_on


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(tmp_path, PushedClock())


@pytest.fixture
def platforms(operator: Operator) -> Iterator[Platforms]:
    with account_on(operator) as platforms:
        yield platforms


def levels(result: Result) -> dict[str, str]:
    """The level of each named finding."""
    lines = [line for line in result.stdout.splitlines() if line.startswith("[")]
    return {line.split()[1]: line[1 : line.index("]")] for line in lines}


def test_a_fresh_desk_has_warnings_but_no_errors(operator: Operator) -> None:
    result = operator.call(check, "--offline")
    found = levels(result)
    assert result.exit_code == 0
    assert "0 处错误" in result.stdout
    assert (found["config"], found["data_dir"], found["database"]) == ("ok", "ok", "warning")
    assert (found["official_account"], found["wecom_bot"], found["config.channels"]) == ("warning",) * 3
    assert not operator.database.exists()


def test_sqlite_before_the_repair_is_warned_of(operator: Operator) -> None:
    is_old = sqlite3.sqlite_version_info < SAFE_SQLITE
    assert ("database.sqlite_version" in levels(operator.call(check, "--offline"))) is is_old


def test_a_wrong_configuration_names_everything(operator: Operator, tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text("[server]\nprot = 1\nport = 99999\n")
    result = CliRunner().invoke(check, ["--offline"], obj=Context(config=path))
    assert result.exit_code == 1
    assert "[error] config server.prot:没有这个设置,是不是 port?" in result.stdout
    assert "2 处错误" in result.stdout


def test_a_configuration_others_can_read(operator: Operator) -> None:
    context = operator.context
    operator.config.chmod(0o644)
    result = CliRunner().invoke(check, ["--offline"], obj=context)
    assert levels(result)["config.mode"] == "warning"


def test_half_filled_accounts_are_errors(operator: Operator) -> None:
    operator.more = '[official_account]\napp_id = "wx1"\ntoken = "t"\n[wecom_bot]\nbot_id = "aib"\n'
    result = operator.call(check, "--offline")
    found = levels(result)
    assert result.exit_code == 1
    for name in ("official_account.app_secret", "official_account.encoding_aes_key", "wecom_bot.secret"):
        assert found[name] == "error"
    assert "official_account.token" not in found


def test_the_roster_is_linted(operator: Operator) -> None:
    operator.import_sample()
    assert "roster" in {name.partition(".")[0] for name in levels(operator.call(check, "--offline"))}

    async def cut(session: Session) -> None:
        await session.people.replace_duties([])

    operator.write(cut)
    operator.more = '[privacy]\nconfidential_to = ["nobody"]\n'
    result = operator.call(check, "--offline")
    found = levels(result)
    assert result.exit_code == 1
    assert (found["roster.no_responsible"], found["roster.no_fallback"]) == ("error", "error")
    assert found["privacy.confidential_to"] == "error"
    assert (found["database.schema"], found["database.write"]) == ("ok", "ok")


def test_a_trial_of_the_database_leaves_nothing(operator: Operator) -> None:
    operator.import_sample()
    operator.call(check, "--offline")
    with closing(sqlite3.connect(operator.database)) as connection:
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (0,)


def test_a_database_that_does_not_fit(operator: Operator) -> None:
    operator.import_sample()
    with closing(sqlite3.connect(operator.database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    assert levels(operator.call(check, "--offline"))["database.schema"] == "error"
    operator.database.write_bytes(b"nothing of ours" * 500)
    result = operator.call(check, "--offline")
    assert (levels(result)["database"], result.exit_code) == ("error", 1)


def test_a_key_that_is_another_one(operator: Operator) -> None:
    operator.import_sample()
    (operator.data / "hutong.key").unlink()
    keep_key(operator.data / "hutong.key")
    (operator.data / "hutong.key").chmod(0o644)
    found = levels(operator.call(check, "--offline"))
    assert (found["key"], found["key.mode"]) == ("error", "warning")


def test_a_key_that_is_lost_is_not_replaced(operator: Operator) -> None:
    operator.import_sample()
    (operator.data / "hutong.key").unlink()
    result = operator.call(check, "--offline")
    assert levels(result)["key"] == "error"
    assert "不见了" in result.stdout
    assert not (operator.data / "hutong.key").exists()


def test_a_database_others_can_read_is_warned_of(operator: Operator) -> None:
    operator.import_sample()
    assert "database.mode" not in levels(operator.call(check, "--offline"))
    operator.database.chmod(0o644)
    assert levels(operator.call(check, "--offline"))["database.mode"] == "warning"


def test_slips_of_the_pen_are_asked_about(operator: Operator) -> None:
    operator.more = (
        '[types.repiar]\nname = "报修"\n[types.pets]\nname = "宠物"\n[clocks.urgent]\nresolution = "0s"\n'
        '[voice]\nrecogniser = ["/no/such/whisper", "{file}"]\n[wecom_webhook]\nurl = "qyapi.example/send"\n'
    )
    result = operator.call(check, "--offline")
    found = levels(result)
    assert "也许是 repair?" in result.stdout
    assert "types.pets" not in found
    for name in ("types.repiar", "clocks.urgent.resolution", "voice.recogniser", "wecom_webhook.url"):
        assert found[name] == "warning"


def test_dead_letters_are_told(operator: Operator) -> None:
    operator.import_sample()
    now = operator.clock.now()
    dead = Outgoing(0, Channel.WECOM_BOT, "wm", True, "news", "words", OutboxState.DEAD, now, now)

    async def fill(session: Session) -> None:
        for message in (dead, replace(dead, text="more")):
            session.outbox.add(message)

    operator.write(fill)
    assert "有 2 条消息发不出去" in operator.call(check, "--offline").stdout


def test_a_folder_that_is_none_and_words_that_are_none(operator: Operator) -> None:
    operator.data.write_text("a file")
    operator.more = '[classifier]\nlexicons = ["gone.toml"]\n'
    found = levels(operator.call(check, "--offline"))
    assert (found["data_dir"], found["classifier.lexicons"]) == ("error", "error")


def test_both_databases_are_tried(database: str, tmp_path: Path) -> None:
    operator = Operator(tmp_path, PushedClock(), url=database)
    operator.import_sample()
    found = levels(operator.call(check, "--offline"))
    assert (found["database.schema"], found["database.write"]) == ("ok", "ok")
    assert operator.call(db, "current", "--check").exit_code == 0
    assert "放进发件箱" in operator.call(digest).stdout
    assert "已经发过了" in operator.call(digest).stdout
    assert "等着发 4" in operator.call(outbox, "list").stdout
    assert HEAD in operator.call(db, "upgrade").stdout


# ── the network ──────────────────────────────────────────────────────────────────────────────────


def test_a_good_account(operator: Operator, platforms: Platforms) -> None:
    result = operator.call(check)
    found = levels(result)
    assert result.exit_code == 0, result.stdout
    assert (found["official_account"], found["official_account.token"], found["clock"]) == ("ok", "ok", "ok")


def test_the_allow_list_is_explained(operator: Operator, platforms: Platforms) -> None:
    platforms.wechat.faults.ip_not_allowed = True
    result = operator.call(check)
    assert (levels(result)["official_account.token"], result.exit_code) == ("error", 1)
    assert "设置与开发 → 基本配置 → IP白名单" in result.stdout


def test_a_wrong_secret_is_explained_and_not_told(operator: Operator, platforms: Platforms) -> None:
    secret = platforms.credentials.app_secret
    operator.more = operator.more.replace(secret, "f" * 32)
    result = operator.call(check)
    assert "AppSecret 不对" in result.stdout
    assert "f" * 32 not in result.output


def test_a_clock_that_is_off(operator: Operator, platforms: Platforms) -> None:
    assert isinstance(operator.clock, PushedClock)
    operator.clock.push(timedelta(seconds=90))
    result = operator.call(check)
    assert (levels(result)["clock"], result.exit_code) == ("error", 1)
    assert "这台机器的时间快了" in result.stdout


def test_offline_asks_nobody(operator: Operator, platforms: Platforms) -> None:
    found = levels(operator.call(check, "--offline"))
    assert "clock" not in found
    assert "official_account.token" not in found
    assert operator.asked == []


def test_nobody_there(operator: Operator, platforms: Platforms) -> None:
    platforms.wechat.faults.api_down = True
    operator.more = operator.more.replace(platforms_url(operator), "http://127.0.0.1:9")
    found = levels(operator.call(check))
    assert (found["network"], found["official_account.token"]) == ("error", "error")


def platforms_url(operator: Operator) -> str:
    return operator.more.split('api_base = "')[1].split('"')[0]
