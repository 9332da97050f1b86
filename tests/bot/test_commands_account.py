"""`hutong menu`, `qr` and `invite --qr` against the emulated official account."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.errors import Refused, TryLater
from bot.channels.tokens import ACCOUNT_CODES
from bot.clock import PushedClock
from bot.commands.account import MEANINGS, explain
from bot.commands.db import db
from bot.commands.invite import invite
from bot.commands.menu import menu
from bot.commands.qr import qr
from bot.emulator.platforms import Platforms
from bot.emulator.sample_roster import sample_sheets
from handlers.residents.menu import menu as our_menu
from tests.bot.operators import Operator, account_on


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(tmp_path, PushedClock())


@pytest.fixture
def platforms(operator: Operator) -> Iterator[Platforms]:
    with account_on(operator) as platforms:
        yield platforms


def lane(number: int = 1) -> tuple[str, str]:
    header, *rows = sample_sheets()["胡同"]
    return str(rows[number][header.index("编码")]), str(rows[number][header.index("名称")])


# ── menu ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_menu_is_shown_then_pushed(operator: Operator, platforms: Platforms) -> None:
    platforms.wechat.menu = [{"type": "view", "name": "旧的", "url": "https://old.example/"}]
    look = operator.call(menu, "--dry-run")
    assert look.exit_code == 0
    assert "- 旧的 (view https://old.example/)" in look.stdout
    assert f"+ {our_menu()['button'][0]['name']} (click say)" in look.stdout
    assert "没有发布" in look.stdout
    assert platforms.wechat.menu[0]["name"] == "旧的"
    assert "菜单已发布" in operator.call(menu).stdout
    assert platforms.wechat.menu == our_menu()["button"]
    again = operator.call(menu)
    assert (again.exit_code, "没有改动" in again.stdout) == (0, True)
    assert operator.asked.count("/wechat/cgi-bin/menu/create") == 1


def test_no_account_is_said(operator: Operator) -> None:
    for command, more in ((menu, ()), (menu, ("--dry-run",))):
        result = operator.call(command, *more)
        assert (result.exit_code, "还没有配置公众号" in result.stderr) == (1, True)


def test_what_the_platform_refuses_is_explained(operator: Operator, platforms: Platforms) -> None:
    platforms.wechat.faults.ip_not_allowed = True
    result = operator.call(menu)
    assert result.exit_code == 1
    assert "设置与开发 → 基本配置 → IP白名单" in result.stderr
    assert "192.0.2.1" in result.stderr  # the address to put there
    platforms.wechat.faults.ip_not_allowed = False
    platforms.wechat.faults.api_down = True
    assert "连不上" in operator.call(menu).stderr


def test_every_trouble_of_an_account_has_words() -> None:
    assert set(MEANINGS) >= ACCOUNT_CODES
    assert "不答应" in explain(Refused("menu: 99999 words", 99999))
    assert "过一会儿" in explain(TryLater("token: TimeoutError"))


# ── qr ───────────────────────────────────────────────────────────────────────────────────────────


def test_codes_for_named_lanes(operator: Operator, platforms: Platforms, tmp_path: Path) -> None:
    operator.import_sample()
    (one, name), (two, _) = lane(0), lane(1)
    folder = tmp_path / "a" / "codes"
    result = operator.call(qr, one, two, "-o", folder, "--format", "svg")
    assert (result.exit_code, "生成 2 张,已经有 0 张" in result.stdout) == (0, True)
    assert sorted(platforms.wechat.scenes.values()) == sorted([one, two])
    assert (folder / f"{one} {name}.svg").read_bytes().startswith(b"<?xml")
    assert "生成 0 张,已经有 2 张" in operator.call(qr, one, two, "-o", folder, "--format", "svg").stdout
    assert len(platforms.wechat.scenes) == 2


def test_without_lanes_there_is_nothing_to_draw(operator: Operator, tmp_path: Path) -> None:
    operator.call(db, "upgrade")
    done = operator.call(qr, "--all", "-o", tmp_path / "codes")
    assert (done.exit_code, "名册里还没有胡同" in done.stderr) == (1, True)
    assert not (tmp_path / "codes").exists()


def test_codes_for_all_lanes(operator: Operator, platforms: Platforms, tmp_path: Path) -> None:
    operator.import_sample()
    assert operator.call(qr, "--all", "-o", tmp_path / "codes").exit_code == 0
    pictures = list((tmp_path / "codes").iterdir())
    assert len(pictures) == len(platforms.wechat.scenes) == 30
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)


def test_a_broken_run_goes_on_later(operator: Operator, platforms: Platforms, tmp_path: Path) -> None:
    operator.import_sample()
    codes = [lane(number)[0] for number in range(3)]
    operator.call(qr, codes[0], "-o", tmp_path / "codes")
    platforms.wechat.faults.error_code = 45009
    result = operator.call(qr, *codes, "-o", tmp_path / "codes")
    assert (result.exit_code, "次数用完" in result.stderr) == (1, True)
    platforms.wechat.faults.error_code = None
    assert "生成 2 张,已经有 1 张" in operator.call(qr, *codes, "-o", tmp_path / "codes").stdout


def test_unknown_lanes_are_all_named_and_nothing_is_made(
    operator: Operator, platforms: Platforms, tmp_path: Path
) -> None:
    operator.import_sample()
    result = operator.call(qr, lane()[0], "甲", "乙", "-o", tmp_path / "codes")
    assert (result.exit_code, platforms.wechat.scenes) == (1, {})
    assert "“甲”" in result.stderr
    assert "“乙”" in result.stderr
    assert operator.call(qr, "-o", tmp_path).exit_code == 2
    assert operator.call(qr, "甲", "--all", "-o", tmp_path).exit_code == 2


# ── invite ───────────────────────────────────────────────────────────────────────────────────────


def test_an_invitation_as_a_picture(operator: Operator, platforms: Platforms, tmp_path: Path) -> None:
    operator.import_sample()
    code = str(sample_sheets()["人员"][1][0])
    picture = tmp_path / "bind.png"
    result = operator.call(invite, code, "--qr", picture)
    assert result.exit_code == 0
    found = re.search(r"绑定码:([A-Z0-9]{8})", result.stdout)
    assert found
    assert list(platforms.wechat.scenes.values()) == [f"bind-{found[1]}"]
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert stat.S_IMODE(picture.stat().st_mode) == 0o600


def test_the_code_is_told_even_if_the_picture_fails(operator: Operator, platforms: Platforms, tmp_path: Path) -> None:
    operator.import_sample()
    platforms.wechat.faults.ip_not_allowed = True
    result = operator.call(invite, str(sample_sheets()["人员"][1][0]), "--qr", tmp_path / "bind.png")
    assert (result.exit_code, "绑定码:" in result.stdout, "IP白名单" in result.stderr) == (1, True, True)
    assert not (tmp_path / "bind.png").exists()
