"""`hutong import`, `template` and `export` as an operator meets them, on a SQLite file of his own."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot import sheets
from bot.clock import PushedClock
from bot.commands.base import Context
from bot.commands.export import DELIVERY_FIELDS, EVENT_FIELDS, REQUEST_FIELDS, Exporter, export
from bot.commands.roster import import_, template
from bot.emulator.sample_roster import sample_sheets
from storage.records import Channel, JournalEntry, OutboxState, Outgoing, Request, State
from storage.session import Session
from storage.vault import Vault

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.fixture
def context(tmp_path: Path) -> Context:
    config = tmp_path / "config.toml"
    config.write_text(
        f'[database]\nurl = "sqlite+aiosqlite:///{tmp_path}/desk.db"\ndata_dir = "{tmp_path}/data"\n', encoding="utf-8"
    )
    return Context(config=config, clock=PushedClock(NOW))


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "名册.xlsx"
    sheets.write_xlsx(path, sample_sheets())
    return path


def call(command: Any, context: Context, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments], obj=context)


def changed(sample: Path, name: str, rows: list[list[sheets.Cell]]) -> Path:
    path = sample.with_name("改过.xlsx")
    sheets.write_xlsx(path, {**sample_sheets(), name: rows})
    return path


# ── import ───────────────────────────────────────────────────────────────────────────────────────


def test_import_says_what_it_did(context: Context, sample: Path) -> None:
    first = call(import_, context, sample)
    assert first.exit_code == 0
    assert "胡同:新增 30,修改 0,不变 0" in first.stdout
    again = call(import_, context, sample)
    assert "没有改动" in again.stdout
    assert "住户:新增 0,修改 0,不变 120" in again.stdout


def test_dry_run_writes_nothing(context: Context, sample: Path) -> None:
    assert "没有写入" in call(import_, context, sample, "--dry-run").stdout
    assert call(export, context, "roster").stdout == ""


def test_wrong_rows_are_all_named_and_nothing_is_written(context: Context, sample: Path) -> None:
    rows = [list(row) for row in sample_sheets()["住户"]]
    rows[4][1], rows[9][3] = "xy-99", "1380"
    result = call(import_, context, changed(sample, "住户", rows))
    assert result.exit_code == 1
    assert "“住户”第 5 行“胡同”" in result.stdout
    assert "“住户”第 10 行“手机”" in result.stdout
    assert "Traceback" not in result.output
    assert call(export, context, "roster").stdout == ""


def test_what_is_no_longer_named_is_listed_then_pruned(context: Context, sample: Path) -> None:
    call(import_, context, sample)
    fewer = changed(sample, "住户", [list(row) for row in sample_sheets()["住户"][:-2]])
    listed = call(import_, context, fewer)
    assert "还留着 2:ch-10 2 户" in listed.stdout
    assert "13800000" not in listed.output
    assert "删掉 2" in call(import_, context, fewer, "--prune").stdout
    assert call(export, context, "roster").stdout.count('"households"') == 118


def test_findings_are_shown_after_an_import(context: Context, sample: Path) -> None:
    rows = [list(row) for row in sample_sheets()["职责"] if "xy-01" not in row or "责任" not in row]
    result = call(import_, context, changed(sample, "职责", rows))
    assert result.exit_code == 0
    assert "要处理 胡同 xy-01 槐荫胡同:今天没有责任人" in result.stdout


def test_a_file_that_is_not_there(context: Context, tmp_path: Path) -> None:
    result = call(import_, context, tmp_path / "none.xlsx")
    assert result.exit_code == 1
    assert "没有找到文件" in result.stderr


# ── template ─────────────────────────────────────────────────────────────────────────────────────


def test_an_untouched_template_has_nothing_to_import_and_is_never_overwritten(context: Context, tmp_path: Path) -> None:
    path = tmp_path / "空名册.xlsx"
    assert call(template, context, path).exit_code == 0
    assert list(sheets.read(path)) == ["单位", "胡同", "人员", "职责", "请假", "住户", "说明"]
    result = call(import_, context, path)
    assert (result.exit_code, "没有一行可导入的" in result.stderr) == (1, True)
    assert call(template, context, path).exit_code == 1
    assert call(template, context, tmp_path / "a.csv").exit_code == 2


# ── export ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("format_", "name"), [("xlsx", "out.xlsx"), ("csv", "out")])
def test_the_exported_roster_is_imported_unchanged(
    context: Context, sample: Path, tmp_path: Path, format_: str, name: str
) -> None:
    call(import_, context, sample)
    out = tmp_path / name
    assert call(export, context, "roster", "--format", format_, "-o", out).exit_code == 0
    assert "没有改动" in call(import_, context, out, "--prune").stdout


REQUEST = Request(
    0,
    "7d0c7b2a-0000-4000-8000-000000000001",
    State.ACCEPTED,
    reporter=7,
    created_at=NOW,
    type="repair",
    text="=路灯坏了",
    types_all=("repair", "safety"),
    holder="m001",
    co_workers=("m002",),
    accepted_at=NOW,
)


async def _live(session: Session) -> None:
    request = await session.requests.open(REQUEST)
    session.journal.add(JournalEntry(request.number, NOW, "accept", "m001", {"by": "group"}))
    session.journal.add(JournalEntry(request.number, NOW, "say", "resident", {}, words="快一点"))
    session.outbox.add(
        Outgoing(0, Channel.OFFICIAL_ACCOUNT, "o-secret", False, "accepted", "来了", OutboxState.WAITING, NOW, NOW, 1)
    )


@pytest.fixture
def live(context: Context) -> Context:
    async def work() -> None:
        async with context.store(makes=True) as store:
            await store.transact(_live)

    asyncio.run(work())
    return context


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_requests_have_the_fields_of_the_contract(live: Context) -> None:
    (row,) = lines(call(export, live, "requests", "--format", "jsonl"))
    assert tuple(row) == REQUEST_FIELDS
    assert re.fullmatch("r-[0-9a-f]{12}", row["reporter"])
    assert (row["created_at"], row["types_all"]) == ("2026-11-22T12:00:00+08:00", ["repair", "safety"])
    assert (row["co_workers"], row["closed_at"], row["state"]) == (["m002"], None, "accepted")


def test_events_and_deliveries(live: Context) -> None:
    first, second = lines(call(export, live, "events"))
    assert tuple(first) == EVENT_FIELDS
    assert (first["data"], second["data"]) == ({"by": "group"}, {"words": "快一点"})
    (delivery,) = lines(call(export, live, "deliveries"))
    assert tuple(delivery) == DELIVERY_FIELDS
    assert re.fullmatch("u-[0-9a-f]{12}", delivery["to"])


def test_since_takes_a_date_or_a_moment(live: Context) -> None:
    assert len(lines(call(export, live, "requests", "--since", "2026-11-22"))) == 1
    assert len(lines(call(export, live, "requests", "--since", "2026-11-22T12:00:00+08:00"))) == 1
    assert lines(call(export, live, "requests", "--since", "2026-11-22T12:00:01")) == []
    assert call(export, live, "requests", "--since", "昨天").exit_code == 2


def test_tables_carry_no_formula(live: Context, tmp_path: Path) -> None:
    text = call(export, live, "requests", "--format", "csv").stdout
    assert "'=路灯坏了" in text
    out = tmp_path / "台账.xlsx"
    assert call(export, live, "requests", "-o", out).exit_code == 0
    header, row = sheets.read(out)["requests"]
    assert row[header.index("text")] == "=路灯坏了"
    assert row[header.index("types_all")] == "repair、safety"


def test_an_ending_that_is_unknown_is_wrong_use(context: Context, tmp_path: Path) -> None:
    done = call(export, context, "requests", "-o", tmp_path / "x.txt")
    assert (done.exit_code, ".jsonl" in done.stderr) == (2, True)
    assert not (tmp_path / "x.txt").exists()


def test_a_format_that_needs_a_file(context: Context) -> None:
    assert call(export, context, "requests", "--format", "xlsx").exit_code == 2
    assert call(export, context, "roster", "--format", "csv").exit_code == 2


def test_a_pseudonym_is_the_same_every_time_and_another_at_another_desk(live: Context) -> None:
    first, again = (lines(call(export, live, "requests"))[0]["reporter"] for _ in range(2))
    assert first == again
    assert Exporter(Vault(b"a" * 32).pseudonym_key(), UTC).request(REQUEST)["reporter"] != first
    assert Exporter(Vault(b"b" * 32).pseudonym_key(), UTC).request(REQUEST)["reporter"] != first
