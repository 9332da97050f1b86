"""Settings: the example file held against the code, the environment, and everything wrong said at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr

from bot.config import ConfigError, Settings, load
from handlers.settings import DEFAULT_CLOCKS, DEFAULT_LADDER, DEFAULT_TYPES, TypeSettings

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
KEY = "k" * 43
ENGLISH = re.compile(r"[a-z]{3,} [a-z]{2,}")  # two words that follow each other


def _write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _findings(path: Path | None, environ: Mapping[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(path, environ or {})
    return caught.value.findings


# ── the example ──────────────────────────────────────────────────────────────────────────────────


def _keys(model: type[BaseModel]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()}


def _sections() -> Iterator[tuple[str, type[BaseModel]]]:
    for name, info in Settings.model_fields.items():
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            yield name, info.annotation


def test_the_example_holds_the_defaults() -> None:
    assert load(EXAMPLE, {}) == Settings()


@pytest.mark.parametrize(("name", "section"), list(_sections()), ids=[name for name, _ in _sections()])
def test_the_example_names_every_key(name: str, section: type[BaseModel]) -> None:
    assert set(tomllib.loads(EXAMPLE.read_text("utf-8"))[name]) == _keys(section)


def test_the_example_names_every_table() -> None:
    tables = tomllib.loads(EXAMPLE.read_text("utf-8"))
    assert set(tables) == set(Settings.model_fields)
    assert tables["clocks"] == DEFAULT_CLOCKS
    assert tuple(tables["ladder"]) == DEFAULT_LADDER
    assert {code: table["name"] for code, table in tables["types"].items()} == DEFAULT_TYPES
    assert all(set(table) == _keys(TypeSettings) for table in tables["types"].values())


def test_every_key_of_the_example_says_why() -> None:
    """One line of why beside it, or above its table where many tables are alike."""
    table, without = "", []
    for line in EXAMPLE.read_text("utf-8").splitlines():
        table = line if line.startswith("[") else table
        is_key = " = " in line and not line.startswith("#")
        if is_key and not table.startswith(("[types", "[[ladder")) and "  # " not in line:
            without.append(line)
    assert without == []


# ── what is wrong ────────────────────────────────────────────────────────────────────────────────


def test_without_a_file_there_are_defaults() -> None:
    assert load(None, {}) == Settings()


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("[server]\nprot = 1", "server.prot", "port"),
        ("[databse]\nurl = 'x'", "databse", "database"),
        ("[quiet_hours]\nfrm = 21:00:00", "quiet_hours.frm", "from"),
        ("[official_account]\nappid = 'wx'", "official_account.appid", "app_id"),
    ],
)
def test_an_unknown_key_names_the_nearest(tmp_path: Path, text: str, wrong: str, right: str) -> None:
    findings = _findings(_write(tmp_path, text))
    assert len(findings) == 1
    assert findings[0].startswith(f"{wrong}:没有这个设置")
    assert f"是不是 {right}?" in findings[0]


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        '[server]\nport = 70000\n[database]\nurl = "mysql://"\n[official_account]\nencoding_aes_key = "kurz"\n'
        '[desk]\ntimezone = "Mars"\ngathering_window = "1wd"\n[nonsense]\n',
    )
    findings = "\n".join(_findings(path, {"HUTONG_X": "1"}))
    for place in (
        *("server.port", "database.url", "official_account.encoding_aes_key", "desk.timezone"),
        *("desk.gathering_window", "nonsense", "HUTONG_X"),
    ):
        assert place in findings


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    assert "hutong init" in _findings(tmp_path / "no.toml")[0]


@pytest.mark.parametrize(
    "text",
    [
        "[server",
        "port = ",
        "a = 1\na = 2",
        "a = 'x",
        'a = "\\q"',
        "[a]\n[a]",
        "a = “x”",
        "a b = 1",
        "a = [1,",
        "a = 08:00:00 x",
    ],
)
def test_a_syntax_error_is_one_finding(tmp_path: Path, text: str) -> None:
    findings = _findings(_write(tmp_path, text))
    assert len(findings) == 1
    assert "不是正确的 TOML" in findings[0]
    assert not ENGLISH.search(findings[0].split("TOML", 1)[1])


def test_the_line_of_a_syntax_error_is_named(tmp_path: Path) -> None:
    (finding,) = _findings(_write(tmp_path, "[server]\nport = 80a\n"))
    assert "第 2 行第 10 个字" in finding


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("[server]\nport = 70000", "server.port", "从 0 到 65535,例如 port = 8080"),
        ("[server]\nport = 'x'", "server.port", "要写整数"),
        ("[server]\nport = 1.5", "server.port", "要写整数"),
        ("[server]\nhost = 3", "server.host", "加上引号"),
        ("[server]\ntrusted_proxies = '10.0.0.1'", "server.trusted_proxies", '用方括号,例如 trusted_proxies = ["10.0'),
        ("[server]\ntrusted_proxies = ['foo']", "server.trusted_proxies", "“foo”不是地址"),
        ("server = 3", "server", "[server]"),
        ("[desk]\ntimezone = 'Mars'", "desk.timezone", "不是时区"),
        ("[desk]\npublic_url = 'desk.cn'", "desk.public_url", "不是网站的地址"),
        ("[desk]\nhouseholds_per_member = 0", "desk.households_per_member", "最小是 1"),
        ("[desk]\ngathering_window = 'soon'", "desk.gathering_window", "不是时长"),
        ("[clocks.normal]\nresolution = 5", "clocks.normal.resolution", '"5wd"'),
        ("[clocks.nromal]\nresolution = '5d'", "clocks.nromal", "是不是 normal"),
        ("[database]\nurl = 'mysql://x'", "database.url", "开头"),
        ("[official_account]\nmode = 'sfae'", "official_account.mode", "safe、compatible、plain"),
        ("[official_account]\ntoken = 3", "official_account.token", "加上引号"),
        ("[official_account]\nencoding_aes_key = 'x'", "official_account.encoding_aes_key", "43 个字母和数字"),
        ("[official_account]\ntimeout = -1.0", "official_account.timeout", "要写数字,要大于 0"),
        ("[[ladder]]\nafter = '1x'\ntell = 'chief'", "ladder(第 1 项).tell", "member、substitute"),
        ("[[ladder]]\ntell = 'member'", "ladder(第 1 项).after", "少了这一项"),
        ("[quiet_hours]\nto = '7:00'", "quiet_hours.to", '写成 "18:00"'),
        ("[digest]\nat = 18", "digest.at", '写成 "18:00"'),
        ("[digest]\nat = 9", "digest.at", '写成 "09:00"'),
        ("[digest]\nat = '24:00'", "digest.at", '到 "23:59"'),
        ("[working_time]\nholidays = ['2026-2-1']", "working_time.holidays(第 1 项)", '"2026-10-01"'),
        ("[working_time]\nholidays = [20261001]", "working_time.holidays(第 1 项)", '"2026-10-01"'),
        ("[working_time]\nholidays = ['2026-02-30']", "working_time.holidays(第 1 项)", "不存在"),
        ("[working_time]\nholidays = '2026-10-01'", "working_time.holidays", "方括号"),
        ("[working_time]\nwindows = ['8-12']", "working_time.windows", "不是一段时间"),
        ("[working_time]\nwindows = []", "working_time.windows", "不能是空的"),
        ("[types.repair]\nenabled = 'maybe'", "types.repair.enabled", "true 或 false"),
        ("[types.repair]\nenabeld = true", "types.repair.enabeld", "是不是 enabled"),
        ("[types.repair]\nrating = 'never'", "types.repair.rating", "when_unrated、always、none"),
        ("[voice]\nrecogniser = ['whisper']", "voice.recogniser", "{file}"),
        ("[classifier]\nlocation_radius = 0", "classifier.location_radius", "例如 location_radius = 500"),
    ],
)
def test_a_wrong_value_is_told_in_chinese(tmp_path: Path, text: str, place: str, words: str) -> None:
    (finding,) = _findings(_write(tmp_path, text))
    assert finding.startswith(place)
    assert words in finding
    assert not ENGLISH.search(finding)


def test_a_number_in_the_environment_is_no_time_either() -> None:
    (finding,) = _findings(None, {"HUTONG_DIGEST__AT": "18"})
    assert '写成 "18:00"' in finding


@pytest.mark.parametrize("text", ["at = 18:00:00", "at = '18:00'", "at = '18:00:00'"])
def test_a_time_of_day_is_a_text_or_a_time(tmp_path: Path, text: str) -> None:
    assert load(_write(tmp_path, f"[digest]\n{text}\n"), {}).digest.at == time(18)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert "另存为 UTF-8" in _findings(path)[0]
    path.write_bytes('[desk]\nname = "柳河服务台"\n'.encode("gbk"))
    assert "另存为 UTF-8" in _findings(path)[0]
    assert "读不了" in _findings(tmp_path)[0]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf[server]\nport = 9000\n")
    assert load(path, {}).server.port == 9000


# ── the environment ──────────────────────────────────────────────────────────────────────────────


def test_the_environment_wins(tmp_path: Path) -> None:
    path = _write(tmp_path, "[server]\nport = 9000\nhost = '0.0.0.0'\n")
    environ = {
        "HUTONG_SERVER__PORT": "9001",
        "HUTONG_QUIET_HOURS__FROM": "22:00",
        "HUTONG_CLOCKS__NORMAL__RESOLUTION": "3wd",
        "HUTONG_SERVER__TRUSTED_PROXIES": '["10.0.0.1"]',
        "HUTONG_TEST_PG_DSN": "not a setting",
        "OTHER": "x",
    }
    settings = load(path, environ)
    assert (settings.server.port, settings.server.host) == (9001, "0.0.0.0")  # noqa: S104
    assert settings.server.trusted_proxies == ("10.0.0.1",)
    assert settings.quiet_hours.start == time(22)
    assert settings.clocks["normal"].resolution is not None
    assert settings.clocks["normal"].resolution.length.days == 3
    assert settings.clocks["normal"].first_response == Settings().clocks["normal"].first_response


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text(KEY + "\n")
    settings = load(None, {"HUTONG_OFFICIAL_ACCOUNT__ENCODING_AES_KEY_FILE": str(secret)})
    assert settings.official_account.encoding_aes_key.get_secret_value() == KEY
    gone = _findings(None, {"HUTONG_WECOM_BOT__SECRET_FILE": str(tmp_path / "gone")})
    assert "HUTONG_WECOM_BOT__SECRET_FILE" in gone[0]


def test_a_wrong_name_in_the_environment_is_found_too() -> None:
    assert "是不是 port?" in _findings(None, {"HUTONG_SERVER__PROT": "1"})[0]
    assert "SECTION__KEY" in _findings(None, {"HUTONG_PORT": "1"})[0]


# ── secrets and frozenness ───────────────────────────────────────────────────────────────────────


def _secrets(model: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, info in model.model_fields.items():
        if info.annotation is SecretStr:
            yield (*path, name)
        elif isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            yield from _secrets(info.annotation, (*path, name))


def test_no_secret_is_ever_shown() -> None:
    tables: dict[str, dict[str, Any]] = {}
    for section, name in _secrets(Settings):
        tables.setdefault(section, {})[name] = KEY
    assert {"app_secret", "token", "encoding_aes_key"} <= set(tables["official_account"])
    settings = Settings.model_validate(tables)
    assert KEY not in repr(settings) + str(settings)


def test_a_wrong_secret_is_not_quoted(tmp_path: Path) -> None:
    path = _write(tmp_path, '[official_account]\nencoding_aes_key = "almost-a-secret"\n')
    assert "almost-a-secret" not in "\n".join(_findings(path))


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().server.port = 1  # type: ignore[misc]
