"""Puts a model to the test: what it says of labelled rows, as guesses that can be counted."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.places.finding import Gazetteer
from classifiers.reader.evaluation import Guess, Report, Share, alarm_curve, report_on
from classifiers.reader.examples import Example
from classifiers.reader.features import features_of
from classifiers.reader.model import Model
from classifiers.reader.tidying import essence
from classifiers.requests.matters import part_of
from classifiers.taxonomy import CHAT
from classifiers.understand import Understander, Understanding, speaks_for_the_desk

NOWHERE = Gazetteer([]).find("")
CURVE = (0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7)


def guesses_of(model: Model, rows: Sequence[Example]) -> list[Guess]:
    """One guess a row. A model of an operator's own material says the type alone."""
    if not speaks_for_the_desk(model):
        return [_guess_type(model, row) for row in rows]
    reader = Understander(Gazetteer([]), model=model)
    return [_guess(reader, model, row.text) for row in rows]


def report_of(model: Model, rows: Sequence[Example]) -> Report:
    return report_on(rows, guesses_of(model, rows))


def curve_of(model: Model, rows: Sequence[Example]) -> list[tuple[float, Share, Share]]:
    """Threshold, emergencies found, false alarms: of the trained reader alone, without the words of danger."""
    return alarm_curve(rows, guesses_of(model, rows), CURVE)


def _guess_type(model: Model, row: Example) -> Guess:
    features = features_of(row.text, model.header.cut, is_segmented=row.is_segmented)
    chances = model.weigh(features).chances("type")
    best = max(chances, key=lambda code: chances[code])
    return Guess((best,), chances[best])


def _guess(reader: Understander, model: Model, text: str) -> Guess:
    matters = reader.matters(text)
    plain = essence(text)
    votes = part_of(plain, model).votes if plain else None
    alarm = votes.chance("emergency") if votes else 0.0
    asks = votes.chance("asks") if votes else 0.0
    said = Understanding(text, matters, NOWHERE)
    main = said.main
    if main is None:
        return Guess((CHAT,), 1 - asks, "normal", None, "open", alarm)
    types = (main.type, *(matter.type for matter in matters if matter is not main))
    return Guess(types, main.confidence * max(asks, 0.5), said.urgency, said.emergency_kind, said.sensitivity, alarm)
