"""`hutong db`, `backup` and `restore`: a copy while the bot writes, and the way back."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
import pytest

from bot.commands.audit import audit
from bot.commands.db import backup, db, restore
from bot.commands.export import export
from storage.schema import HEAD
from storage.vault import keep_key
from tests.bot.operators import Operator

POSTGRES = "postgresql+asyncpg://desk:very-secret@db.example:5433/hutong?password=very-secret&host=/run/pg"


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(tmp_path)


@pytest.fixture
def full(operator: Operator) -> Operator:
    operator.import_sample()
    return operator


def members(operator: Operator) -> list[str]:
    lines = operator.call(export, "roster", "--format", "jsonl").stdout.splitlines()
    return [line for line in lines if "members" in json.loads(line).values()]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def held(path: Path) -> Iterator[sqlite3.Connection]:
    """Somebody else has the database open, as `hutong serve` has."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("SELECT count(*) FROM outbox").fetchone()
        yield connection


# ── db ───────────────────────────────────────────────────────────────────────────────────────────


def test_upgrade_and_current(operator: Operator) -> None:
    empty = operator.call(db, "current", "--check")
    assert (empty.exit_code, "还没有表" in empty.stdout) == (1, True)
    assert operator.call(db, "current").exit_code == 0
    assert not operator.database.exists()
    assert f"已升级到 {HEAD}" in operator.call(db, "upgrade").stdout
    assert "已经是最新的" in operator.call(db, "upgrade").stdout
    done = operator.call(db, "current", "--check")
    assert (done.exit_code, done.stdout) == (0, f"{HEAD}:最新\n")


def test_a_database_that_is_ahead_is_left_alone(full: Operator) -> None:
    with closing(sqlite3.connect(full.database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    result = full.call(db, "upgrade")
    assert (result.exit_code, "比这个程序新" in result.stderr) == (1, True)
    assert full.call(db, "current", "--check").exit_code == 1
    assert full.call(backup, full.folder / "b.db").exit_code == 0
    assert "先升级程序" in full.call(restore, full.folder / "b.db", "--yes").stderr


# ── backup ───────────────────────────────────────────────────────────────────────────────────────


def test_a_backup_is_whole_and_private(full: Operator) -> None:
    copy = full.folder / "copies" / "b.db"
    copy.parent.mkdir()
    with held(full.database):
        result = full.call(backup, copy)
    assert result.exit_code == 0
    assert (mode(copy), mode(Path(f"{copy}.key"))) == (0o600, 0o600)
    assert Path(f"{copy}.key").read_bytes() == (full.data / "hutong.key").read_bytes()
    assert "另外存放" in result.stdout
    assert sorted(path.name for path in copy.parent.iterdir()) == ["b.db", "b.db.key"]
    with closing(sqlite3.connect(f"{copy.as_uri()}?immutable=1", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM lanes").fetchone() == (30,)


def test_a_backup_while_somebody_writes(full: Operator) -> None:
    with held(full.database) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM lanes")
        assert full.call(backup, full.folder / "b.db").exit_code == 0
        connection.execute("ROLLBACK")
    with closing(sqlite3.connect(full.folder / "b.db")) as copy:
        assert copy.execute("SELECT count(*) FROM lanes").fetchone() == (30,)


def test_a_backup_overwrites_nothing(full: Operator) -> None:
    (full.folder / "b.db").write_text("mine")
    (full.folder / "c.db.key").write_text("mine")
    for name in ("b.db", "c.db"):
        result = full.call(backup, full.folder / name)
        assert (result.exit_code, "不会覆盖" in result.stderr) == (1, True)
    assert (full.folder / "b.db").read_text() == "mine"
    assert not (full.folder / "c.db").exists()


def test_nothing_to_back_up_or_nowhere_to(operator: Operator, tmp_path: Path) -> None:
    assert "没有数据库" in operator.call(backup, tmp_path / "b.db").stderr
    operator.call(db, "upgrade")
    result = operator.call(backup, tmp_path / "gone" / "b.db")
    assert (result.exit_code, "写不了" in result.stderr) == (1, True)


def test_a_key_in_the_configuration_is_not_copied(operator: Operator, tmp_path: Path) -> None:
    operator.call(db, "upgrade")
    operator.more = 'encryption_key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="\n'
    result = operator.call(backup, tmp_path / "b.db")
    assert (result.exit_code, "密钥写在配置里" in result.stdout) == (0, True)
    assert not (tmp_path / "b.db.key").exists()


def test_a_lost_key_is_not_replaced_and_stops_a_backup(full: Operator, tmp_path: Path) -> None:
    key = full.data / "hutong.key"
    text = key.read_bytes()
    key.unlink()
    for command, arguments in ((audit, ()), (export, ("requests",)), (backup, (tmp_path / "b.db",))):
        result = full.call(command, *arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"密钥文件 {key} 不见了,请从备份旁边拿回来" in result.stderr
    assert not key.exists()
    assert not list(tmp_path.glob("b.db*"))
    key.write_bytes(text)
    assert full.call(backup, tmp_path / "b.db").exit_code == 0


def test_a_key_that_opens_nothing_is_not_kept_as_a_good_one(full: Operator, tmp_path: Path) -> None:
    key = full.data / "hutong.key"
    key.unlink()
    keep_key(key)
    result = full.call(backup, tmp_path / "b.db")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "密钥不是原来的那一把" in result.stderr
    assert not list(tmp_path.glob("b.db*"))
    key.write_text("abc\n")
    assert "32 个字节" in full.call(audit).stderr


@pytest.mark.parametrize(("command", "tool"), [(backup, "pg_dump"), (restore, "pg_restore")])
def test_postgres_names_its_own_tool_and_no_password(operator: Operator, command: click.Command, tool: str) -> None:
    operator.url = POSTGRES
    result = operator.call(command, "x y.dump")
    assert result.exit_code == 1
    assert tool in result.stderr
    assert "postgresql://desk@db.example:5433/hutong?host=%2Frun%2Fpg" in result.stderr
    assert "'x y.dump'" in result.stderr
    assert "very-secret" not in result.output


# ── restore ──────────────────────────────────────────────────────────────────────────────────────


def test_there_and_back_on_another_machine(full: Operator, tmp_path: Path) -> None:
    full.call(backup, tmp_path / "b.db")
    before = members(full)
    assert before
    other = Operator(tmp_path / "other")
    other.folder.mkdir()
    result = other.call(restore, tmp_path / "b.db")
    assert (result.exit_code, "恢复好了" in result.stdout) == (0, True)
    assert members(other) == before
    assert (mode(other.database), mode(other.data / "hutong.key")) == (0o600, 0o600)
    assert sorted(path.name for path in other.folder.iterdir()) == ["config.toml", "data", "desk.db"]


def test_what_is_there_is_only_replaced_when_asked(full: Operator, tmp_path: Path) -> None:
    full.call(backup, tmp_path / "b.db")
    with closing(sqlite3.connect(full.database)) as connection:
        connection.execute("DELETE FROM members")
        connection.commit()
    result = full.call(restore, tmp_path / "b.db")
    assert (result.exit_code, "--yes" in result.stderr) == (1, True)
    assert full.call(restore, tmp_path / "b.db", "--yes").exit_code == 0
    assert members(full)


def test_a_database_in_use_is_never_replaced(full: Operator, tmp_path: Path) -> None:
    full.call(backup, tmp_path / "b.db")
    with held(full.database) as connection:
        result = full.call(restore, tmp_path / "b.db", "--yes")
        assert (result.exit_code, "正在使用" in result.stderr) == (1, True)
        assert connection.execute("SELECT count(*) FROM lanes").fetchone() == (30,)
    assert full.call(restore, tmp_path / "b.db", "--yes").exit_code == 0


def test_a_broken_database_can_be_replaced(full: Operator, tmp_path: Path) -> None:
    full.call(backup, tmp_path / "b.db")
    full.database.write_bytes(b"no database at all" * 1000)
    assert full.call(restore, tmp_path / "b.db", "--yes").exit_code == 0
    assert members(full)


def test_what_is_no_backup_is_refused(full: Operator, tmp_path: Path) -> None:
    full.call(backup, tmp_path / "b.db")
    whole = (tmp_path / "b.db").read_bytes()
    (tmp_path / "cut.db").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text.db").write_text("hello " * 1000)
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as connection:
        connection.execute("CREATE TABLE t (a)")
    for name in ("cut.db", "text.db", "foreign.db", "gone.db"):
        result = full.call(restore, tmp_path / name, "--yes")
        assert result.exit_code == 1, name
        assert "Traceback" not in result.output
        assert len(result.stderr.splitlines()) == 1
    assert "同一个文件" in full.call(restore, full.database, "--yes").stderr
    assert members(full)


def test_a_key_that_does_not_fit_stops_before_anything_is_lost(full: Operator, tmp_path: Path) -> None:
    full.call(backup, tmp_path / "b.db")
    right = (tmp_path / "b.db.key").read_bytes()
    (tmp_path / "b.db.key").unlink()
    other = Operator(tmp_path / "other")
    other.folder.mkdir()
    keep_key(other.data / "hutong.key")
    result = other.call(restore, tmp_path / "b.db")
    assert (result.exit_code, "密钥打不开" in result.stderr) == (1, True)
    assert not other.database.exists()
    (tmp_path / "b.db.key").write_bytes(right)
    result = other.call(restore, tmp_path / "b.db")
    assert (result.exit_code, "原来的密钥留在" in result.stdout) == (0, True)
    assert (other.data / "hutong.key").read_bytes() == right
    assert (other.data / "hutong.key.old1").exists()
    assert members(other)


def test_without_people_any_key_will_do(operator: Operator, tmp_path: Path) -> None:
    operator.call(db, "upgrade")
    operator.call(backup, tmp_path / "b.db")
    assert not (tmp_path / "b.db.key").exists()
    other = Operator(tmp_path / "other")
    other.folder.mkdir()
    assert other.call(restore, tmp_path / "b.db").exit_code == 0
    assert asyncio.run(_can_open(other))


async def _can_open(operator: Operator) -> bool:
    async with operator.context.store(makes=True) as store, store.reading() as session:
        return await session.people.members() == []
