"""The command line as such: options before and behind, exit codes, one line for what went wrong, a quick --help."""

from __future__ import annotations

import contextlib
import io
import json
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.cli import COMMANDS, cli, main

ACCOUNT = '[official_account]\napp_id = "wx1"\n'


def call(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command in this process: one of its own takes seconds to begin."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):  # noqa: SIM117
        with pytest.raises(SystemExit) as end:
            main(list(arguments))
    return subprocess.CompletedProcess(arguments, int(end.value.code or 0), out.getvalue(), err.getvalue())


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
    done = call(*arguments, folder=folder)
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
    done = call(*arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "没有数据库 hutong.db" in done.stderr
    assert "是不是忘了 -c" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_import_takes_it_too(folder: Path) -> None:
    for arguments in (("-c", "other.toml", "import", "no.xlsx"), ("import", "no.xlsx", "-c", "other.toml")):
        done = call(*arguments, folder=folder)
        assert done.returncode == 1
        assert "no.xlsx" in done.stderr


def test_a_missing_configuration_is_one_line(folder: Path) -> None:
    done = call("-c", "gone.toml", "export", "requests", folder=folder)
    assert done.returncode == 1
    assert "没有找到配置文件 gone.toml" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (ACCOUNT, ("official_account.app_secret", "official_account.token", "official_account.encoding_aes_key")),
        ('[wecom_bot]\nbot_id = "aib"', ("wecom_bot.secret",)),
        ('[wecom_bot]\nbot_id = "aib"\nsecret = "s"\nws_url = "openws.example"', ("wecom_bot.ws_url",)),
        ('[database]\nencryption_key = "abc"', ("database.encryption_key",)),
        ('[classifier]\nmodel = "/nope/model"', ("classifier.model", "/nope/model", "没有这个文件")),
    ],
)
def test_what_check_calls_an_error_is_not_served(folder: Path, text: str, missing: tuple[str, ...]) -> None:
    (folder / "open.toml").write_text(text + "\n")
    served, checked = (
        hutong("-c", "open.toml", "serve", folder=folder),
        call("-c", "open.toml", "check", "--offline", folder=folder),
    )
    assert (served.returncode, checked.returncode) == (1, 1)
    assert all(words in served.stderr and words in checked.stdout for words in missing)
    assert not (folder / "hutong.db").exists()


def test_a_start_and_a_stop_are_told_and_a_second_one_is_refused(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "-c", "other.toml", "serve"],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": "", "HUTONG_SERVER__PORT": "0"},
    ) as process:
        assert process.stderr is not None
        started = json.loads(process.stderr.readline())
        port = started["address"].rpartition(":")[2]
        second = hutong("-c", "other.toml", "serve", folder=folder, HUTONG_SERVER__PORT="0")
        elsewhere = {"HUTONG_SERVER__PORT": port, "HUTONG_DATABASE__URL": "sqlite+aiosqlite:///other.db"}
        third = hutong("-c", "other.toml", "serve", folder=folder, **elsewhere)
        process.terminate()
        rest = [json.loads(line) for line in process.stderr]
    assert (started["event"], started["database"], started["official_account"]) == ("serving", "SQLite", "off")
    assert started["version"]
    # On a busy machine a job may be at work just then; that it was stopped is said too.
    assert [line["event"] for line in rest if line["event"] != "job_stopped"] == ["stopped"]
    assert (second.returncode, "另一个 hutong serve" in second.stderr) == (1, True)
    assert (third.returncode, f"端口 {port} 打不开:已经被别的程序占用" in third.stderr) == (1, True)
    assert not (folder / "other.db").exists()
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.glob("desk.db*")} == {0o600}
    assert stat.S_IMODE((folder / "data").stat().st_mode) == 0o700


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
    done = call(*arguments, folder=folder)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_debug_shows_the_stack(folder: Path) -> None:
    (folder / "other.toml").write_text('[database]\nurl = "postgresql+asyncpg://nobody@127.0.0.1:1/none"\n')
    plain = call("-c", "other.toml", "export", "requests", folder=folder)
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
