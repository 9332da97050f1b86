"""The trained reader: every feature of a text brings votes for every label, and the votes are added up.

The votes of one feature, one 32-bit field for each label, are kept as one long whole number, so that adding two of them
adds all their fields at once: a hundred features are weighed in some ten microseconds, without numpy.

The file: a line of JSON (what `Header` holds), then a zlib stream of the features' names and of one byte for each
feature and field. There is no code in it, and a changed byte is noticed.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from heapq import nsmallest
from math import exp, sqrt
from pathlib import Path
from struct import Struct
from types import MappingProxyType
from typing import Any, Final

FORMAT: Final = 2
MESSAGES, WORDS = "messages", "words"  # how texts become features
SHIPPED: Final = Path(__file__).parent / "trained" / "messages.model"
_ZERO: Final = 128  # a vote of nothing, as it is stored
_FIELD: Final = 4  # bytes a field takes when it is added up
_LARGEST: Final = 64 * 1024 * 1024  # bytes a file may unpack to


class ModelError(ValueError):
    """A file is no model of ours, or was changed."""


class OtherVersionError(ModelError):
    """A whole file, of a form that this version does not read."""


@dataclass(frozen=True, slots=True)
class Head:
    """One question and its possible answers. One label alone: yes or no.

    `scales` turn a field into a score, `biases` are added; `steepness` makes a score a probability that came true that
    often in cross-validation; `threshold` is the least probability of a yes.
    """

    name: str
    labels: tuple[str, ...]
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    steepness: float = 1.0
    threshold: float = 0.5


@dataclass(frozen=True, slots=True)
class Margin:
    """A yes-or-no question that a head of many labels answers: how far the best of `labels` is ahead of all others.

    Many lines, one for each sort of chat, trouble and danger, tell a request from chat better than one line can.
    """

    name: str
    head: str
    labels: tuple[str, ...]
    steepness: float = 1.0
    threshold: float = 0.5


@dataclass(frozen=True, slots=True)
class Header:
    """What is known about a model beside its votes. `figures` were measured when it was trained."""

    heads: tuple[Head, ...]
    norm_scale: float
    margins: tuple[Margin, ...] = ()
    cut: str = MESSAGES
    figures: Mapping[str, Any] = field(default_factory=dict)
    format: int = FORMAT


class Votes:
    """What all features of one text said together. A head's scores are worked out when they are first asked for."""

    def __init__(self, model: Model, fields: Sequence[int], zero: int) -> None:
        self._model = model
        self._fields = fields
        self._zero = zero
        self._length = sqrt(fields[0] * model.header.norm_scale) or 1.0
        self._scores: dict[str, Mapping[str, float]] = {}

    def scores(self, head: str) -> Mapping[str, float]:
        """How much speaks for each label of a head."""
        if head not in self._scores:
            question, start = self._model.heads[head], self._model.starts[head]
            rows = zip(question.labels, self._fields[start:], question.scales, question.biases, strict=False)
            zero, length = self._zero, self._length
            self._scores[head] = {label: (votes - zero) * scale / length + bias for label, votes, scale, bias in rows}
        return self._scores[head]

    def chances(self, head: str, added: Mapping[str, float] = MappingProxyType({})) -> dict[str, float]:
        """A probability for each label of a head with several; they add up to one.

        `added`: scores from elsewhere, for labels of this head or new ones, which begin at the middle of all scores.
        """
        question, scores = self._model.heads[head], self.scores(head)
        if added:
            middle = sum(scores.values()) / len(scores)
            scores = {**scores} | {label: scores.get(label, middle) + more for label, more in added.items()}
        top = max(scores.values())
        weights = {label: exp((score - top) * question.steepness) for label, score in scores.items()}
        whole = sum(weights.values())
        return {label: weight / whole for label, weight in weights.items()}

    def chance(self, question: str) -> float:
        """The probability of a yes."""
        asked = self._model.questions[question]
        if isinstance(asked, Head):
            (score,) = self.scores(question).values()
        else:
            score = self._lead(asked)
        return _logistic(score * asked.steepness)

    def _lead(self, asked: Margin) -> float:
        score = self.scores(asked.head).__getitem__
        return max(map(score, asked.labels)) - max(map(score, self._model.against[asked.name]))

    def best(self, question: str, added: Mapping[str, float] = MappingProxyType({})) -> str:
        """The likeliest of the labels that mean a yes. `added` as in `chances`."""
        asked = self._model.margins[question]
        chances = self.chances(asked.head, added)
        return max(asked.labels, key=lambda label: chances[label])

    def threshold(self, question: str) -> float:
        return self._model.questions[question].threshold

    def says(self, question: str) -> bool:
        return self.chance(question) >= self.threshold(question)


class Model:
    """Loaded votes. Make it once a process: `Model.shipped()`, `Model.load(path)`."""

    def __init__(self, header: Header, names: Sequence[str], matrix: bytes) -> None:
        self.header = header
        self.heads = {head.name: head for head in header.heads}
        self.margins = {margin.name: margin for margin in header.margins}
        self.questions: Mapping[str, Head | Margin] = {**self.heads, **self.margins}
        self.against = {  # by question, the labels that mean a no
            margin.name: tuple(label for label in self.heads[margin.head].labels if label not in margin.labels)
            for margin in header.margins
        }
        self.starts: dict[str, int] = {}
        start = 1  # the first field is the feature's own weight, for the length of the text
        for head in header.heads:
            self.starts[head.name] = start
            start += len(head.labels)
        if len(matrix) != len(names) * start:
            raise ModelError("the votes do not fit the features")
        self._width = start
        self._fields = Struct(f"<{start}I")
        self._rows = dict(zip(names, _wide_numbers(matrix, start), strict=True))

    @classmethod
    def shipped(cls) -> Model:
        return _shipped()

    @classmethod
    def load(cls, path: Path) -> Model:
        """Raises ModelError, OSError."""
        return cls.from_bytes(path.read_bytes())

    @classmethod
    def from_bytes(cls, raw: bytes) -> Model:
        """Raises ModelError."""
        first, _, packed = raw.partition(b"\n")
        try:
            said = json.loads(first)
            if said["format"] != FORMAT:
                raise OtherVersionError("made by another version of hutong: train it again")
            if said["sha256"] != hashlib.sha256(packed).hexdigest():
                raise ModelError("changed since it was written")
            body = zlib.decompressobj().decompress(packed, _LARGEST)
            names = body[: said["names_length"]].decode("utf-8").split("\n") if said["names_length"] else []
            return cls(_header(said), names, body[said["names_length"] :])
        except (KeyError, TypeError, ValueError, zlib.error) as error:
            raise error if isinstance(error, ModelError) else ModelError(f"not a model: {error}") from None

    @property
    def feature_count(self) -> int:
        return len(self._rows)

    def weigh(self, features: Iterable[str]) -> Votes:
        rows = list(filter(None, map(self._rows.get, features)))
        fields = self._fields.unpack(sum(rows).to_bytes(self._width * _FIELD, "little"))
        return Votes(self, fields, len(rows) * _ZERO)

    def speakers(self, features: Iterable[str], head: str, label: str, most: int) -> list[str]:
        """Which features spoke loudest for a label: for the evidence."""
        shift = (self.starts[head] + self.heads[head].labels.index(label)) * _FIELD * 8
        found = [(-(row >> shift & 0xFF), name) for name in features if (row := self._rows.get(name)) is not None]
        return [name for votes, name in nsmallest(most, found) if -votes > _ZERO]


def pack(header: Header, names: Sequence[str], matrix: bytes) -> bytes:
    """The file of a model. `matrix`: one row a name, one byte a field, `_ZERO` for none; the first field unsigned."""
    text = "\n".join(names).encode("utf-8")
    packed = zlib.compress(text + matrix, 9)
    said = asdict(header) | {"sha256": hashlib.sha256(packed).hexdigest(), "names_length": len(text)}
    return json.dumps(said, ensure_ascii=False).encode("utf-8") + b"\n" + packed


def _header(said: Mapping[str, Any]) -> Header:
    heads = tuple(
        Head(
            head["name"],
            tuple(head["labels"]),
            tuple(map(float, head["scales"])),
            tuple(map(float, head["biases"])),
            float(head["steepness"]),
            float(head["threshold"]),
        )
        for head in said["heads"]
    )
    margins = tuple(
        Margin(one["name"], one["head"], tuple(one["labels"]), float(one["steepness"]), float(one["threshold"]))
        for one in said["margins"]
    )
    return Header(heads, float(said["norm_scale"]), margins, said["cut"], said["figures"])


def _wide_numbers(matrix: bytes, width: int) -> list[int]:
    """Each row of bytes as one number with four bytes a field."""
    wide = bytearray(len(matrix) * _FIELD)
    wide[::_FIELD] = matrix
    step, view = width * _FIELD, memoryview(wide)
    return [int.from_bytes(view[start : start + step], "little") for start in range(0, len(wide), step)]


def _logistic(score: float) -> float:
    return 1 / (1 + exp(-score)) if score > -500 else 0.0


@cache
def _shipped() -> Model:
    return Model.load(SHIPPED)
