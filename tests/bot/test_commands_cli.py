"""The command line as such: options before and behind, exit codes, one line for what went wrong, a quick --help."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.cli import COMMANDS, cli


def hutong(*arguments: object, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": "", "LANG": "C.UTF-8", **more},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = f'[database]\nurl = "sqlite+aiosqlite:///{tmp_path}/desk.db"\ndata_dir = "{tmp_path}/data"\n'
    (tmp_path / "other.toml").write_text(text)
    return tmp_path


def test_help_is_quick_and_names_every_command(folder: Path) -> None:
    best = 9.0
    for _ in range(3):
        start = time.perf_counter()
        done = hutong("--help", folder=folder)
        best = min(best, time.perf_counter() - start)
    assert done.returncode == 0
    assert all(f"  {name} " in done.stdout for name in COMMANDS)
    assert best < 0.6  # 0.3 s on a machine that has nothing else to do


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, bot.cli; print([m for m in ('sqlalchemy', 'jieba', 'aiohttp', 'pydantic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "arguments",
    [
        ("-c", "other.toml", "export", "requests"),
        ("export", "requests", "-c", "other.toml"),
        ("export", "-c", "other.toml", "requests"),
        ("-c", "other.toml", "outbox", "list"),
        ("outbox", "list", "-c", "other.toml"),
        ("outbox", "-c", "other.toml", "list"),
    ],
)
def test_the_configuration_may_be_named_before_and_behind(folder: Path, arguments: tuple[str, ...]) -> None:
    done = hutong(*arguments, folder=folder)
    assert done.returncode == 1
    assert f"没有数据库 {folder}/desk.db" in done.stderr  # of the configuration that was named


@pytest.mark.parametrize(
    "arguments",
    [
        ("audit",),
        ("digest", "--dry-run"),
        ("export", "requests"),
        ("export", "roster", "-o", "x.xlsx"),
        ("forget",),
        ("invite", "m001"),
        ("outbox", "retry"),
    ],
)
def test_a_look_into_the_wrong_folder_makes_no_new_desk(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = hutong(*arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "没有数据库 hutong.db" in done.stderr
    assert "是不是忘了 -c" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_import_takes_it_too(folder: Path) -> None:
    for arguments in (("-c", "other.toml", "import", "no.xlsx"), ("import", "no.xlsx", "-c", "other.toml")):
        done = hutong(*arguments, folder=folder)
        assert done.returncode == 1
        assert "no.xlsx" in done.stderr


def test_a_missing_configuration_is_one_line(folder: Path) -> None:
    done = hutong("-c", "gone.toml", "serve", folder=folder)
    assert done.returncode == 1
    assert "没有找到配置文件 gone.toml" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("account", "missing"),
    [
        ('token = ""\nmode = "plain"', "token"),
        ('token = "t"', "encoding_aes_key"),
        ("", "token、encoding_aes_key"),
    ],
)
def test_nobody_may_speak_with_an_empty_token(folder: Path, account: str, missing: str) -> None:
    (folder / "open.toml").write_text(f'[official_account]\napp_id = "wx1"\n{account}\n')
    done = hutong("-c", "open.toml", "serve", folder=folder)
    assert done.returncode == 1
    assert f"没有填 [official_account] {missing}。" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("chek",), "没有命令 chek,是不是 check?"),
        (("zzz",), "没有命令 zzz"),
        (("serve", "--prot", "1"), "没有选项 --prot"),
        (("import",), "少了 FILE"),
        (("export", "everything"), "只能是 requests、roster、events、deliveries"),
        (("demo", "--port", "abc"), "--port 不对"),
        (("qr", "-o", "x"), "--all"),
        (("--nonsense",), "没有选项 --nonsense"),
    ],
)
def test_wrong_use_is_said_in_chinese_and_leaves_with_2(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    done = hutong(*arguments, folder=folder)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_debug_shows_the_stack(folder: Path) -> None:
    (folder / "other.toml").write_text('[database]\nurl = "postgresql+asyncpg://nobody@127.0.0.1:1/none"\n')
    plain = hutong("-c", "other.toml", "export", "requests", folder=folder)
    assert (plain.returncode, plain.stderr.count("\n")) == (1, 1)
    assert "连不上数据库" in plain.stderr
    for arguments in (("--debug", "-c", "other.toml", "export", "requests"), ("export", "--debug", "requests")):
        deep = hutong(*arguments, folder=folder, HUTONG_DATABASE__URL="postgresql+asyncpg://nobody@127.0.0.1:1/none")
        assert deep.returncode == 1
        assert "Traceback" in deep.stderr


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_and_common_options(name: str) -> None:
    with cli.make_context("hutong", [name, "x"], resilient_parsing=True) as ctx:
        command = cli.get_command(ctx, name)
        assert command is not None
        with command.context_class(command, info_name=name, parent=ctx) as below:
            text = command.get_help(below)
    assert text.count("--config") == 1
    assert text.count("--debug") == 1
    assert "显示这份帮助" in text
