"""`hutong audit`, `forget`, `export rates` and `simulate`, as an operator calls them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.audit import audit
from bot.commands.export import export
from bot.commands.forget import forget
from bot.commands.simulate import simulate
from storage.records import JournalEntry, Rating, Request, State
from storage.session import Session
from tests.bot.operators import NOW, Operator

DAY = timedelta(days=1)


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    operator = Operator(tmp_path)
    operator.import_sample()
    return operator


def _closed(kind: str, days_ago: int, rating: str = "") -> Request:
    ended = NOW - days_ago * DAY
    return Request(
        0,
        f"{kind}-{days_ago}",
        State.CLOSED,
        1,
        ended - DAY,
        kind,
        "三号楼的张奶奶摔了",
        lane="xy-01",
        closed_at=ended,
        due_first_response=ended,
        first_response_at=ended - timedelta(hours=1),
        rating=rating,
    )


def _fill(operator: Operator, *requests: Request) -> None:
    async def work(session: Session) -> None:
        for request in requests:
            opened = await session.requests.open(request)
            session.journal.add(JournalEntry(opened.number, request.created_at, "open", "resident", words=request.text))

    operator.write(work)


def test_a_clean_audit(operator: Operator) -> None:
    result = operator.call(audit)
    assert (result.exit_code, "没有发现问题" in result.stdout) == (0, True)
    found = json.loads(operator.call(audit, "--json").stdout)
    assert (found["ok"], found["requests"], found["findings"]) == (True, 0, [])


def test_an_audit_that_finds_something(operator: Operator) -> None:
    nobody = Request(0, "u", State.RECEIVED, 1, NOW, "repair", "灯坏了")
    _fill(operator, nobody)
    result = operator.call(audit)
    assert (result.exit_code, "没有负责人:#1" in result.stdout.replace("：", ":")) == (1, True)
    assert "灯坏了" not in result.stdout
    found = json.loads(operator.call(audit, "--json").stdout)
    assert {one["name"]: one["examples"] for one in found["findings"]} == {"no_holder": ["#1"], "no_clock": ["#1"]}


def test_forgetting_by_type(operator: Operator) -> None:
    operator.more = '[privacy]\nretention = "100d"\n[types.repair]\nretention = "10d"\n'
    operator.more += '[types.policy]\nretention = "300d"\n'
    old = [_closed("repair", 11), _closed("repair", 9), _closed("policy", 200), _closed("dispute", 101)]
    _fill(operator, *old)
    shown = operator.call(forget, "--dry-run")
    assert (shown.exit_code, shown.stdout.splitlines()[-1]) == (0, "一共 2 件,会清除内容,数字还在。")
    assert "报修 1 件" in shown.stdout
    assert "矛盾纠纷 1 件" in shown.stdout
    assert "清除了" in operator.call(forget).stdout
    assert "没有保存期限已过的内容" in operator.call(forget, "--dry-run").stdout
    kept = [json.loads(line) for line in operator.call(export, "requests").stdout.splitlines()]
    assert [one["type"] for one in kept if one["text"]] == ["repair", "policy"]
    events = operator.call(export, "events").stdout
    assert events.count("张奶奶") == 2


def test_rates_of_each_lane_and_type(operator: Operator) -> None:
    _fill(
        operator,
        _closed("repair", 1, Rating.GOOD),
        _closed("repair", 2, Rating.BAD),
        _closed("repair", 3, Rating.UNRATED),
        _closed("policy", 4),
    )
    policy, repair = [json.loads(line) for line in operator.call(export, "rates").stdout.splitlines()]
    assert (policy["type"], policy["rated"], policy["solved_rate"], policy["response_rate"]) == ("policy", 0, None, 1.0)
    assert (repair["requests"], repair["rated"], repair["unrated"]) == (3, 2, 1)
    assert (repair["solved_rate"], repair["satisfied_rate"]) == (0.5, 0.5)
    assert operator.call(export, "rates", "--since", "2026-11-22").stdout == ""
    assert "satisfied_rate" in operator.call(export, "rates", "--format", "csv").stdout


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_days_of_a_small_place(tmp_path: Path) -> None:
    """Nothing lost, doubled, late or left lying, with a busy platform, an outage, a cut, and two nights."""
    result = CliRunner().invoke(
        simulate, ["--days", "2", "--messages", "60", "--folder", str(tmp_path / "month"), "--json"]
    )
    assert result.exception is None, result.exception
    found = json.loads(result.stdout)
    assert (result.exit_code, found["broken"], found["findings"]) == (0, [], [])
    assert found["said"] > 60
    assert found["requests"] > 10
    assert found["accepts"] > 5
    assert {"cuts", "account_outages", "busy_hours"} <= set(found["faults"])


def test_a_month_wants_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "hutong.db").touch()
    result = CliRunner().invoke(simulate, ["--folder", str(tmp_path)])
    assert (result.exit_code, "已经有数据" in result.stderr) == (2, True)
