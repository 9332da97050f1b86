"""`hutong train` and `hutong eval`: labelled rows in, a model and its figures out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.commands.base import Context
from bot.commands.learn import Material, _present, eval_, is_exam, train
from bot.commands.understanding_page import _curves
from classifiers.reader.examples import example_of, held_out_rows
from classifiers.reader.model import SHIPPED, Model
from tests.bot.operators import Operator

OWN = [("浇地轮到谁", "farming"), ("该浇地了", "farming"), ("浇地的水", "farming"), ("水管漏了", "fixing")] * 6


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(tmp_path)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    lines = (json.dumps({"text": f"{text}{n}", "type": kind}, ensure_ascii=False) for n, (text, kind) in enumerate(OWN))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_label_set_of_ones_own(operator: Operator, rows: Path, tmp_path: Path) -> None:
    target = tmp_path / "own.model"
    assert operator.call(train, rows, "-o", target).exit_code == 0
    model = Model.load(target)
    assert model.heads["type"].labels == ("farming", "fixing")
    assert set(model.header.figures) == {"macro_f1"}
    figures = json.loads(operator.call(eval_, rows, "--model", target, "--json").stdout)
    assert figures["rows"] == len(OWN)
    assert 0 <= figures["macro_f1"] <= 1


def test_a_broken_row_and_a_broken_model_are_said(operator: Operator, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("灯", encoding="utf-8")
    assert "broken.jsonl:1" in operator.call(train, broken).stderr
    changed = tmp_path / "changed.model"
    changed.write_bytes(SHIPPED.read_bytes()[:-1])
    result = operator.call(eval_, "--model", changed)
    assert (result.exit_code, "模型文件用不了" in result.stderr) == (1, True)


def test_figures_in_words(operator: Operator, tmp_path: Path) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text('{"text": "水管漏了", "type": "repair"}\n{"text": "你好", "type": "chat"}\n', encoding="utf-8")
    said = operator.call(eval_, few).stdout
    for words in ("2 句", "宏平均 F1", "repair", "诉求认出来"):
        assert words in said


def test_a_worse_model_is_not_installed(operator: Operator, rows: Path, tmp_path: Path) -> None:
    target = tmp_path / "own.model"
    operator.call(train, rows, "-o", target)
    before = target.read_bytes()
    other = {"farming": "fixing", "fixing": "farming"}
    wrong = []
    for line in rows.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        wrong.append(row if is_exam(example_of(row)) else row | {"type": other[row["type"]]})
    misled = tmp_path / "misled.jsonl"
    misled.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in wrong), encoding="utf-8")
    result = operator.call(train, misled, "-o", target)
    assert (result.exit_code, "没有装上" in result.stderr) == (1, True)
    assert target.read_bytes() == before


def test_the_curves_of_the_page_name_the_chosen_point() -> None:
    lines = list(_curves(Model.shipped(), held_out_rows()[:60]))
    assert any(f"**{Model.shipped().questions['emergency'].threshold}**" in line for line in lines)
    assert sum(line.startswith("| 0.") for line in lines) >= 8


def test_a_model_of_another_version_is_refused_and_may_be_replaced(operator: Operator, tmp_path: Path) -> None:
    first, _, packed = SHIPPED.read_bytes().partition(b"\n")
    old = tmp_path / "old.model"
    old.write_bytes(json.dumps(json.loads(first) | {"format": 1}).encode() + b"\n" + packed)
    answer = operator.call(eval_, "--model", old)
    assert answer.exit_code == 1
    assert "模型文件用不了" in answer.output
    material = Material([], held_out_rows()[:1], is_own=False)
    assert _present(Context(None), old, material) is None
