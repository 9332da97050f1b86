"""`hutong train` and `hutong eval`: learn from labelled messages, and see how well messages are understood."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import click

from bot.commands.base import Context
from bot.commands.understanding_page import page
from bot.reasons import reason
from classifiers.reader.evaluation import Report
from classifiers.reader.examples import (
    Example,
    ExampleError,
    held_out_rows,
    labels_of,
    read_examples,
    training_pairs,
    training_rows,
)
from classifiers.reader.learning import LATER, LearningError, train_on_pairs
from classifiers.reader.learning import train as learn
from classifiers.reader.model import Model, ModelError, OtherVersionError
from classifiers.reader.trial import report_of
from classifiers.taxonomy import CHAT

FILE_NAME = "messages.model"
_TENTH = 10
_MARK = "macro_f1"  # in Header.figures: what an operator's own model reached in its exam
_NOISE = 0.5  # standard errors of the macro-F1, by which a model may be worse and still as good
_MOST_CONFUSIONS = 12
SHARES = {
    "requests found": "诉求认出来",
    "chat taken for a request": "闲话当成诉求",
    "number of requests right": "几件事数得对",
    "number right among several": "多件事里数得对",
    "all types right among several": "多件事种类全对",
    "emergencies found": "紧急认出来",
    "false alarms": "不紧急当成紧急",
    "kind right when found": "紧急的种类对",
    "urgency right": "缓急对",
    "urgent found": "当天要办的认出来",
    "confidential found": "保密的认出来",
    "confidential falsely": "不该保密当成保密",
    "private found": "不公开的认出来",
    "open kept open": "可公开的认出来",
}


@dataclass(frozen=True, slots=True)
class Material:
    """What a model learns from, and what it is measured on. `is_own`: other labels than the desk's."""

    lessons: list[Example]
    exam: list[Example]
    is_own: bool


@click.command(help="用标好的话(.jsonl、.tsv、.txt)教它。比现在的模型差就不装。不写文件就只用自带的语料。")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="新模型放在哪;默认是配置里的 [classifier] model")
@click.option("--all", "also_later", is_flag=True, help="也学接着说的话、办结以后的话和成员的话(自带的语料),写在它旁边")
@click.pass_obj
def train(context: Context, files: Sequence[Path], output: Path | None, also_later: bool) -> None:
    target = output or _default_target(context)
    material = _material(_rows(files))
    if not target.parent.is_dir():  # before the minutes of learning, not after them
        raise click.ClickException(f"没有 {target.parent} 这个文件夹,新模型没处放")
    click.echo(f"用 {len(material.lessons)} 句来学,留 {len(material.exam)} 句来考。", err=True)
    raw = _learned(material.lessons)
    report = report_of(Model.from_bytes(raw), material.exam)
    if fault := _worse_than_present(report, _present(context, target, material), material):
        raise click.ClickException(f"新模型没有装上:{fault}")
    if material.is_own and material.exam:  # examined: now it may learn from the exam's rows too
        raw = _learned(material.lessons + material.exam, {_MARK: report.macro_f1})
    _install(raw, target)
    for name in LATER if also_later and not material.is_own else ():
        _install(train_on_pairs(name, training_pairs(name), Model.from_bytes(raw)), target.with_name(f"{name}.model"))
    click.echo("\n".join(_lines(report)))
    click.echo(
        f"新模型在 {target}。" + ("" if material.is_own else f'在配置里写上 [classifier] model = "{target}" 就会用它。')
    )


@click.command("eval", help="拿标好的话考它;不写文件就用自带的、没有学过的那一份。")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--model", type=click.Path(path_type=Path), help="考哪个模型;默认是正在用的")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.option("--write", type=click.Path(path_type=Path), help="把全部数字写成一页 Markdown")
@click.pass_obj
def eval_(context: Context, files: Sequence[Path], model: Path | None, as_json: bool, write: Path | None) -> None:
    rows = _rows(files) if files else held_out_rows()
    try:
        used = _model(model or _configured(context))
    except OtherVersionError as error:
        raise click.ClickException(f"模型文件用不了:{error}") from None
    report = report_of(used, rows)
    if write:
        write.write_text(page(used, rows, report), encoding="utf-8")
    click.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else "\n".join(_lines(report)))


def _rows(files: Sequence[Path]) -> list[Example]:
    try:
        return [row for file in files for row in read_examples(file)]
    except ExampleError as error:
        raise click.ClickException(f"标注有问题:{error}") from None
    except OSError as error:
        raise click.ClickException(f"读不了 {error.filename}:{reason(error)}") from None


def _material(given: list[Example]) -> Material:
    """Rows with the desk's own types come beside the corpus; a label set of its own stands alone."""
    corpus = training_rows()
    is_own = bool(given) and not set(labels_of(given)) & set(labels_of(corpus))
    if not is_own:
        return Material([*corpus, *given], held_out_rows(), is_own=False)
    return Material([row for row in given if not is_exam(row)], [row for row in given if is_exam(row)], is_own=True)


def is_exam(row: Example) -> bool:
    """Every tenth row, always the same ones."""
    return int.from_bytes(hashlib.sha256(row.text.encode("utf-8", "replace")).digest()[:4]) % _TENTH == 0


def _learned(rows: list[Example], figures: Mapping[str, float] = MappingProxyType({})) -> bytes:
    try:
        return learn(rows, figures=figures, tell=lambda name: click.echo(f"  学好了:{name}", err=True))
    except LearningError as error:
        raise click.ClickException(f"学不了:{error}") from None
    except ImportError:
        raise click.ClickException('要先装 scikit-learn:pip install "hutong[train]"') from None


def _configured(context: Context) -> Path | None:
    name = context.settings().classifier.model
    return Path(name) if name else None


def _default_target(context: Context) -> Path:
    return _configured(context) or Path(context.settings().database.data_dir) / FILE_NAME


def _present(context: Context, target: Path, material: Material) -> Model | None:
    """The model that would be replaced, if it answers the same question. One of another version answers none."""
    place = target if target.exists() else None if material.is_own else _configured(context)
    try:
        present = _model(place) if place or not material.is_own else None
    except OtherVersionError:
        return None
    same = present and set(present.heads["type"].labels) >= set(labels_of(material.exam))
    return present if same else None


def _model(path: Path | None) -> Model:
    try:
        return Model.load(path) if path else Model.shipped()
    except OtherVersionError:
        raise
    except ModelError as error:
        raise click.ClickException(f"模型文件用不了:{error}") from None
    except OSError as error:
        raise click.ClickException(f"读不了 {path}:{reason(error)}") from None


def _worse_than_present(new: Report, present: Model | None, material: Material) -> str:
    """Why not to install; empty if the new one is as good. One that has learned its exam's rows since is known by the
    mark it was given before."""
    if present is None:
        return ""
    old = None if material.is_own else report_of(present, material.exam)
    mark = old.macro_f1 if old else float(present.header.figures.get(_MARK, 0))
    if new.macro_f1 < mark - _NOISE * _standard_error(mark, new.rows):
        return f"宏平均 F1 {new.macro_f1:.3f},现在的是 {mark:.3f}。"
    alarms = "emergencies found"
    if old and alarms in old.shares and new.shares[alarms].hits < old.shares[alarms].hits:
        return f"紧急只认出 {new.shares[alarms].hits} 句,现在的认出 {old.shares[alarms].hits} 句。"
    return ""


def _standard_error(mark: float, rows: int) -> float:
    """How far a share of so many rows lies from the truth by chance."""
    return math.sqrt(mark * (1 - mark) / rows) if rows else 0.0


def _install(raw: bytes, target: Path) -> None:
    """Whole or not at all."""
    try:
        fresh = target.with_suffix(".new")
        fresh.write_bytes(raw)
        fresh.replace(target)
    except OSError as error:
        raise click.ClickException(f"写不了 {target}:{reason(error)}") from None


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.rows} 句 · 宏平均 F1 {report.macro_f1:.3f} · 正确率 {report.accuracy:.3f}"
    yield f"校准误差 {report.calibration_error:.3f}"
    yield f"{'种类':<16}{'准确率':>7}{'召回率':>7}{'F1':>7}{'句数':>6}"
    for label, score in report.scores.items():
        yield f"{label:<18}{score.precision:>8.3f}{score.recall:>9.3f}{score.f1:>9.3f}{score.rows:>7}"
    for name, share in report.shares.items():
        yield f"{SHARES[name]}:{share.value:.3f}({share.hits}/{share.of})"
    if CHAT in report.scores or report.confusion:
        yield "最常混的:" + "、".join(f"{a}→{b} {count}" for a, b, count in report.confusion[:_MOST_CONFUSIONS])
