"""docs/understanding.md: every figure about how messages are understood, written by `hutong eval --write`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum

from bot.bench import understand as speed
from classifiers.members.meaning import MEMBER_WORDS, Saying
from classifiers.reader.evaluation import Report
from classifiers.reader.examples import Example, held_out_pairs
from classifiers.reader.learning import LATER
from classifiers.reader.model import Model
from classifiers.reader.trial import curve_of
from classifiers.residents.follow_ups import FOLLOW_UPS, JOINS, VERDICTS, FollowUp, Reading, Verdict, shipped
from classifiers.understand import speaks_for_the_desk

_MOST_CONFUSIONS = 15
_HEAD = """# How well messages are understood

Written by `hutong eval --write docs/understanding.md`; do not edit by hand. The rows are the held-out split of the
corpus (`classifiers/corpus/held_out`): another writer than those of the training rows, never learned from, never tuned
on. Goals and what is measured: the issue that asked for it; labels and rulings: `classifiers/corpus/GUIDE.md`.
"""
_GOALS = {
    "requests found": "≥ 0.985",
    "chat taken for a request": "≤ 0.03",
    "number of requests right": "≥ 0.90",
    "emergencies found": "≥ 0.99",
    "false alarms": "≤ 0.01",
    "confidential found": "≥ 0.95",
}


def page(model: Model, rows: Sequence[Example], report: Report) -> str:
    parts = [_HEAD, *_goals(report), *_types(report), *_confusion(report), *_calibration(report)]
    if speaks_for_the_desk(model):
        parts += [*_curves(model, rows), *_later_words(model), *_speed()]
    return "\n".join(parts) + "\n"


def _goals(report: Report) -> Iterator[str]:
    yield "## The goals\n\n| what | goal | measured | rows |\n|---|---|---|---|"
    yield f"| type, macro-F1 without `other` | ≥ 0.92 | {report.macro_f1:.3f} | {report.rows} |"
    for name, share in report.shares.items():
        yield f"| {name} | {_GOALS.get(name, '')} | {share.value:.3f} | {share.hits}/{share.of} |"


def _types(report: Report) -> Iterator[str]:
    yield "\n## Types\n\n| type | precision | recall | F1 | rows |\n|---|---|---|---|---|"
    for label, score in report.scores.items():
        yield f"| {label} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} | {score.rows} |"


def _confusion(report: Report) -> Iterator[str]:
    yield "\n## What is taken for what\n\n| is | was taken for | times |\n|---|---|---|"
    for truth, guess, count in report.confusion[:_MOST_CONFUSIONS]:
        yield f"| {truth} | {guess} | {count} |"


def _calibration(report: Report) -> Iterator[str]:
    yield f"\n## Is its confidence worth believing?\n\nExpected calibration error: {report.calibration_error:.3f}\n"
    yield "| said | came true | rows |\n|---|---|---|"
    for belief, truth, count in report.reliability:
        yield f"| {belief:.2f} | {truth:.2f} | {count} |"


def _curves(model: Model, rows: Sequence[Example]) -> Iterator[str]:
    chosen = model.questions["emergency"].threshold
    yield "\n## Emergencies: what is missed, what is false\n"
    yield "The trained reader alone, by its threshold. The desk rings with the words of danger beside it: from 0.05 on"
    yield f"when plain words of danger stand undoubted, from 0.3 when all are taken back, else from **{chosen}**.\n"
    yield "| threshold | emergencies found | false alarms |\n|---|---|---|"
    for step, found, false in curve_of(model, rows):
        yield f"| {step} | {found.value:.3f} | {false.value:.4f} |"


def _later_words(model: Model) -> Iterator[str]:
    yield "\n## Later words\n"
    yield "What the same person says later, held against what he told first (the first three join the open request),"
    yield "and against the result once he has heard one: the held-out rows of these two parts of the corpus."
    yield from _pairs(FOLLOW_UPS, FollowUp, JOINS, model)
    yield from _pairs(VERDICTS, Verdict, (), model)
    yield "\n## A member's words\n"
    yield "What members write about a request, before the rules of the set words have their say: the held-out rows."
    yield from _pairs(MEMBER_WORDS, Saying, (), model)


def _pairs(name: str, kinds: type[StrEnum], alike: Collection[str], model: Model) -> Iterator[str]:
    """`alike`: kinds that are treated the same."""
    reader, pairs = shipped(name), held_out_pairs(name)
    said = [reader.weigh(LATER[name](pair.told, pair.later, model)).chances("type") for pair in pairs]
    taken = Counter((pair.kind, Reading(one).kind) for pair, one in zip(pairs, said, strict=True))
    yield f"\n| is | {' | '.join(kinds)} | treated rightly |\n|{'---|' * (len(kinds) + 2)}"
    for kind in kinds:
        counts = [taken[kind, guess] for guess in kinds]
        good = sum(taken[kind, guess] for guess in (alike if kind in alike else (kind,)))
        yield f"| {kind} | {' | '.join(map(str, counts))} | {good / sum(counts):.3f} |"


def _speed() -> Iterator[str]:
    found = speed.measure(3)
    yield "\n## Speed\n\nTime of one core; only the ratios travel. `hutong bench understand` measures it again.\n"
    yield "| | median µs a message | messages a second | of jieba |\n|---|---|---|---|"
    for pace in found.paces:
        ratio = pace.median_us / found.paces[0].median_us
        yield f"| {pace.name} | {pace.median_us:.0f} | {pace.per_second:.0f} | {ratio:.1f} |"
    yield f"\nA fresh process understands its first message after {found.ready:.2f} s, with {found.megabytes:.0f} MB."
