"""`hutong db`, `backup` and `restore`: the database's schema, and a copy of it that can be trusted."""

from __future__ import annotations

import contextlib
import os
import shlex
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import click

from bot.commands.base import Context, key_file, look_at_schema, lost_key_words, run, upgrade_schema
from bot.config import Settings
from bot.reasons import reason
from storage import schema
from storage.store import Store, sqlite_path
from storage.vault import Vault, VaultError, read_key

_STATES = {
    schema.Schema.EMPTY: "还没有表",
    schema.Schema.BEHIND: "比程序旧,请运行 hutong db upgrade",
    schema.Schema.CURRENT: "最新",
    schema.Schema.AHEAD: "比程序新,请升级程序",
}
_WAIT = 10.0  # seconds for a database that is busy


@click.group(help="数据库:升级、查看版本。")
def db() -> None:
    """Holds the two commands below."""


@db.command(help="把数据库升级到这个程序的版本;没有就新建。")
@click.pass_obj
def upgrade(context: Context) -> None:
    url = context.settings().database.url
    before = _look(url)
    if before is schema.Schema.AHEAD:
        raise click.ClickException("数据库比这个程序新。请升级程序,或恢复旧的备份。")
    if before is schema.Schema.CURRENT:
        click.echo(f"数据库已经是最新的({schema.HEAD})。")
        return
    run(upgrade_schema(url))
    click.echo(f"数据库已升级到 {schema.HEAD}。")


@db.command(help="数据库现在的版本。")
@click.option("--check", is_flag=True, help="不是最新就以 1 退出")
@click.pass_obj
def current(context: Context, check: bool) -> None:
    url = context.settings().database.url
    found = _look(url)
    revision = run(schema.revision(url)) if found is not schema.Schema.EMPTY else None
    click.echo(f"{revision or '空'}:{_STATES[found]}")
    if check and found is not schema.Schema.CURRENT:
        click.get_current_context().exit(1)


def _look(url: str) -> schema.Schema:
    """As look_at_schema, but without making a SQLite file by looking for it."""
    path = sqlite_path(url)
    return schema.Schema.EMPTY if path and not path.exists() else run(look_at_schema(url))


# ── backup ───────────────────────────────────────────────────────────────────────────────────────


@click.command(help="备份数据库;机器人不用停。")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def backup(context: Context, file: Path) -> None:
    settings = context.settings()
    source = _sqlite(settings, f"pg_dump --format=custom --file={shlex.quote(str(file))} %s", "备份")
    if not source.exists():
        raise click.ClickException(f"没有数据库 {source},没有什么可以备份。")
    key = key_file(settings)
    has_key = not settings.database.encryption_key.get_secret_value() and key.exists()
    targets = (file, _key_beside(file)) if has_key else (file,)
    for target in targets:
        if target.exists():
            raise click.ClickException(f"{target} 已经有了,不会覆盖它。请换一个名字。")
    with _said_plainly(file):
        _copy_database(source, file)
        try:
            _check_key(settings, source)
        except click.ClickException:
            file.unlink()
            raise
        if has_key:
            _write_secret(_key_beside(file), key.read_bytes())
    click.echo(f"备份好了:{file}({file.stat().st_size / 1_000_000:.1f} MB,已检查完整)")
    for line in _after_backup(settings, file, has_key=has_key):
        click.echo(line)


def _check_key(settings: Settings, source: Path) -> None:
    """A copy that nobody can open later is no backup. Raises ClickException."""
    if _look(settings.database.url) is schema.Schema.EMPTY:
        return
    given, kept = settings.database.encryption_key.get_secret_value(), key_file(settings)
    text = given.encode() or (kept.read_bytes() if kept.exists() else b"")
    if run(_opens(source, text)):
        return
    wrong = "密钥不是原来的那一把,打不开数据库里的姓名和电话" if text else lost_key_words(settings)
    raise click.ClickException(f"没有备份:{wrong}。")


def _after_backup(settings: Settings, file: Path, *, has_key: bool) -> Iterator[str]:
    if has_key:
        yield f"密钥:{_key_beside(file)}。请把它另外存放,不要和备份放在一起:两样都拿到的人才能看到姓名和电话。"
    elif settings.database.encryption_key.get_secret_value():
        yield "密钥写在配置里,没有备份。请另外存好,没有它就看不到姓名和电话。"
    yield f"图片和语音不在备份里,请另外备份文件夹 {Path(settings.database.data_dir) / 'media'}。"


def _key_beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.key")


def _copy_database(source: Path, target: Path) -> None:
    """A consistent copy in one file, checked before it gets its name. Writers are not held up (WAL)."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with _opened(source) as old, _opened(part) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")  # the copy of a WAL database would want files beside it
            _check_integrity(new, target)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of our own to a file that must be there; it never makes one."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_WAIT, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def _check_integrity(connection: sqlite3.Connection, path: Path) -> None:
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != ("ok",):
        raise click.ClickException(f"{path} 不完整,不能用。")


@contextlib.contextmanager
def _said_plainly(path: Path) -> Iterator[None]:
    """What the disk or SQLite refuses, in one line."""
    try:
        yield
    except sqlite3.Error as error:
        raise click.ClickException(f"{path} 不能用:{reason(error)}") from None
    except OSError as error:
        raise click.ClickException(f"写不了 {error.filename or path}:{reason(error)}") from None


def _write_secret(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sqlite(settings: Settings, command: str, what: str) -> Path:
    """The SQLite file; for PostgreSQL a ClickException with the command that does it."""
    path = sqlite_path(settings.database.url)
    if path is None:
        line = command % shlex.quote(_without_password(settings.database.url))
        raise click.ClickException(
            f"PostgreSQL 请用它自己的工具{what}(密码放在环境变量 PGPASSWORD 或 ~/.pgpass 里):\n  {line}\n"
            "密钥另外存好:配置里的 encryption_key,或数据文件夹里的 hutong.key。"
        )
    return path


def _without_password(url: str) -> str:
    """A libpq URL that may be shown: no password, and only what says where the database is."""
    parts = urlsplit(url)
    user, at, place = parts.netloc.rpartition("@")
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if name in ("host", "port")])
    shown = f"{user.partition(':')[0]}{at}{place}{parts.path}"
    return f"postgresql://{shown}" + (f"?{query}" if query else "")


# ── restore ──────────────────────────────────────────────────────────────────────────────────────


@click.command(help="恢复备份。先停掉机器人;已经有数据的要加 --yes。")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="现有的数据库不要了,用备份换掉")
@click.pass_obj
def restore(context: Context, file: Path, yes: bool) -> None:
    settings = context.settings()
    line = f"pg_restore --clean --if-exists --no-owner --dbname=%s {shlex.quote(str(file))}"
    target = _sqlite(settings, line, "恢复")
    if not file.exists():
        raise click.ClickException(f"没有找到备份 {file}。")
    with _said_plainly(file):
        if target.exists() and file.samefile(target):
            raise click.ClickException("备份和现在的数据库是同一个文件。")
        _check_backup(file)
    _check_target(target, yes=yes)
    fresh = target.with_name(f"{target.name}.restoring")
    with _said_plainly(fresh):
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        _copy_database(file, fresh)
        try:
            key = _fitting_key(settings, file, fresh)
            _put_in_place(fresh, target)
        finally:
            fresh.unlink(missing_ok=True)
        _put_key(settings, key)
    click.echo(f"恢复好了:{target}。图片和语音请另外恢复到 {Path(settings.database.data_dir) / 'media'}。")
    if run(schema.look(settings.database.url)) is schema.Schema.BEHIND:
        click.echo("备份是旧版本的,请再运行:hutong db upgrade")


def _check_backup(file: Path) -> None:
    """Whole, ours, and not newer than this program."""
    with _opened(file) as connection:
        _check_integrity(connection, file)
    found = run(schema.look(f"sqlite+aiosqlite:///{file}"))
    if found is schema.Schema.EMPTY:
        raise click.ClickException(f"{file} 不是胡同的备份。")
    if found is schema.Schema.AHEAD:
        raise click.ClickException(f"{file} 比这个程序新。请先升级程序。")


def _check_target(target: Path, *, yes: bool) -> None:
    """Nobody may be at work with it, and what is in it must not be lost by mistake."""
    if not target.exists() or target.stat().st_size == 0:
        return
    if not yes:
        raise click.ClickException(f"{target} 里已经有数据。确定要用备份换掉它,请加 --yes。")
    try:
        _let_go(target)
    except sqlite3.OperationalError:
        raise click.ClickException(f"{target} 正在使用。请先停掉 hutong serve。") from None
    except sqlite3.DatabaseError:
        return  # a broken database is what a backup is for


def _let_go(target: Path) -> None:
    """Leave WAL mode, which only works for whoever is alone; the files beside the database go with it."""
    with _opened(target) as connection:
        connection.execute("PRAGMA busy_timeout=1000")
        if connection.execute("PRAGMA journal_mode=DELETE").fetchone() != ("delete",):
            raise sqlite3.OperationalError("in use")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")


def _put_in_place(fresh: Path, target: Path) -> None:
    """The old file makes way in one step; a log beside a broken one would be played into the new."""
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    fresh.replace(target)


def _fitting_key(settings: Settings, file: Path, fresh: Path) -> bytes | None:
    """The key file's content that belongs to the backup; None when the one that is in use fits."""
    given = settings.database.encryption_key.get_secret_value()
    beside, kept = _key_beside(file), key_file(settings)
    candidates = [given.encode()] if given else [path.read_bytes() for path in (kept, beside) if path.exists()]
    for text in candidates or [b""]:
        if run(_opens(fresh, text)):
            return None if given or (kept.exists() and kept.read_bytes() == text) else text or None
    raise click.ClickException(
        f"密钥打不开这个备份。请把备份时的密钥放到 {beside}" + (",或改好配置里的 encryption_key。" if given else "。")
    )


async def _opens(database: Path, text: bytes) -> bool:
    """Whether this key opens what is sealed; a database without people opens with any."""
    try:
        vault = Vault(read_key(text.decode().strip()) if text else os.urandom(32))
        async with Store(f"sqlite+aiosqlite:///{database}", vault) as store, store.reading() as session:
            await session.people.members()
            await session.places.households()
    except (VaultError, UnicodeDecodeError):
        return False
    return True


def _put_key(settings: Settings, text: bytes | None) -> None:
    """Put the backup's key where the desk looks for it; the one that was there is kept under another name."""
    if text is None:
        return
    path = key_file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        old = next(p for n in range(1, 1000) if not (p := path.with_name(f"{path.name}.old{n}")).exists())
        path.rename(old)
        click.echo(f"原来的密钥留在 {old}。")
    _write_secret(path, text)
