"""How well messages are understood: precision, recall, F1, confusion, calibration, and the goals of the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from classifiers.reader.examples import Example
from classifiers.taxonomy import CHAT, OTHER

_BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Guess:
    """What a reader said of one message; what it does not say is None. `chance`: of its type being right."""

    types: tuple[str, ...]
    chance: float = 1.0
    urgency: str | None = None
    kind: str | None = None
    sensitivity: str | None = None
    alarm: float | None = None

    @property
    def type(self) -> str:
        return self.types[0]


@dataclass(frozen=True, slots=True)
class Score:
    """Of one label: how many of the guesses were right, how many of the rows were found, and their middle."""

    precision: float
    recall: float
    f1: float
    rows: int


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. Of nothing: all."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of one evaluation; `shares` are missing where the rows do not say."""

    rows: int
    scores: Mapping[str, Score]
    macro_f1: float
    accuracy: float
    confusion: Sequence[tuple[str, str, int]]
    calibration_error: float
    reliability: Sequence[tuple[float, float, int]]
    shares: Mapping[str, Share] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        plain = asdict(self)
        plain["shares"] = {name: asdict(share) | {"value": share.value} for name, share in self.shares.items()}
        return plain


def report_on(rows: Sequence[Example], guesses: Sequence[Guess]) -> Report:
    """Compare rows with what was guessed, in the same order. The macro-F1 leaves `other` out, as the goal does."""
    pairs = [(row.type, guess.type) for row, guess in zip(rows, guesses, strict=True)]
    labels = sorted({label for pair in pairs for label in pair})
    scores = {label: _score(pairs, label) for label in labels}
    named = [score.f1 for label, score in scores.items() if label != OTHER and score.rows]
    error, reliability = _calibration([(guess.chance, a == b) for guess, (a, b) in zip(guesses, pairs, strict=True)])
    return Report(
        rows=len(rows),
        scores=scores,
        macro_f1=sum(named) / len(named) if named else 0.0,
        accuracy=sum(a == b for a, b in pairs) / len(pairs) if pairs else 0.0,
        confusion=[(a, b, count) for (a, b), count in Counter(pairs).most_common() if a != b],
        calibration_error=error,
        reliability=reliability,
        shares=_shares(rows, guesses),
    )


def _score(pairs: Iterable[tuple[str, str]], label: str) -> Score:
    right = wrong = missed = 0
    for truth, guess in pairs:
        right += truth == guess == label
        wrong += guess == label != truth
        missed += truth == label != guess
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    middle = 2 * precision * recall / (precision + recall) if right else 0.0
    return Score(precision, recall, middle, right + missed)


def _calibration(said: Sequence[tuple[float, bool]]) -> tuple[float, list[tuple[float, float, int]]]:
    """The expected calibration error, and for each tenth: mean belief, share that was right, how many."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for chance, is_right in said:
        bins[min(_BINS - 1, int(chance * _BINS))].append((chance, is_right))
    table = [
        (sum(chance for chance, _ in found) / len(found), sum(right for _, right in found) / len(found), len(found))
        for found in bins
        if found
    ]
    error = sum(abs(belief - truth) * count for belief, truth, count in table) / max(1, len(said))
    return error, table


def _shares(rows: Sequence[Example], guesses: Sequence[Guess]) -> dict[str, Share]:
    """The goals that are a share: what must be found, and what must not be taken for something else."""
    both = list(zip(rows, guesses, strict=True))
    found: dict[str, Share] = {}
    if any(row.is_chat for row in rows):
        found["requests found"] = _share(g.types != (CHAT,) for r, g in both if not r.is_chat)
        found["chat taken for a request"] = _share(g.types != (CHAT,) for r, g in both if r.is_chat)
        found["number of requests right"] = _share(len(r.types) == len(g.types) for r, g in both if not r.is_chat)
        found["number right among several"] = _share(len(r.types) == len(g.types) for r, g in both if len(r.types) > 1)
        found["all types right among several"] = _share(
            sorted(r.types) == sorted(g.types) for r, g in both if len(r.types) > 1
        )
    both = [(row, guess) for row, guess in both if row.urgency is not None and guess.urgency is not None]
    if both:
        found |= _shares_of_urgency(both)
    return found


def _shares_of_urgency(both: Sequence[tuple[Example, Guess]]) -> dict[str, Share]:
    alarms = [(row, guess) for row, guess in both if row.urgency == "emergency"]
    calm = [(row, guess) for row, guess in both if row.urgency != "emergency"]
    requests = [(row, guess) for row, guess in both if not row.is_chat]
    return {
        "emergencies found": _share(guess.urgency == "emergency" for _, guess in alarms),
        "false alarms": _share(guess.urgency == "emergency" for _, guess in calm),
        "kind right when found": _share(r.kind == g.kind for r, g in alarms if g.urgency == "emergency"),
        "urgency right": _share(row.urgency == guess.urgency for row, guess in requests),
        "urgent found": _share(g.urgency != "normal" for r, g in requests if r.urgency == "urgent"),
        "confidential found": _share(
            g.sensitivity == "confidential" for r, g in requests if r.sensitivity == "confidential"
        ),
        "confidential falsely": _share(
            g.sensitivity == "confidential" for r, g in requests if r.sensitivity not in (None, "confidential")
        ),
        "private found": _share(g.sensitivity != "open" for r, g in requests if r.sensitivity == "private"),
        "open kept open": _share(g.sensitivity == "open" for r, g in requests if r.sensitivity == "open"),
    }


def _share(hits: Iterable[bool]) -> Share:
    said = list(hits)
    return Share(sum(said), len(said))


def alarm_curve(
    rows: Sequence[Example], guesses: Sequence[Guess], steps: Sequence[float]
) -> list[tuple[float, Share, Share]]:
    """For each threshold: emergencies found and false alarms, if it alone decided."""
    both = [(row.urgency == "emergency", guess.alarm or 0.0) for row, guess in zip(rows, guesses, strict=True)]
    return [
        (step, _share(a >= step for is_one, a in both if is_one), _share(a >= step for is_one, a in both if not is_one))
        for step in steps
    ]
