"""The trained reader: every feature of a text brings votes for every label, and the votes are added up.

The votes of one feature, one 16-bit field for each label, are added as one long whole number, so that adding two of
them adds all their fields at once: a hundred features are weighed in some twenty microseconds, without numpy.

The file: a line of JSON (what `Header` holds), then a zlib stream of the features' keys, four bytes each, and of one
byte for each feature and field. A key is the CRC-32 of a feature's name: the names themselves would take 50 MB, and of
14,000 features that nobody learned one is taken for one that was. There is no code in it; a changed byte is noticed.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from heapq import nsmallest
from math import exp, sqrt
from pathlib import Path
from struct import Struct
from types import MappingProxyType
from typing import Any, Final

FORMAT: Final = 3
MESSAGES, WORDS, PAIRS = "messages", "words", "pairs"  # how texts become features
SHIPPED: Final = Path(__file__).parents[1] / "trained" / "messages.model"
_ZERO: Final = 128  # a vote of nothing, as it is stored
_FIELD: Final = 2  # bytes a field takes when it is added up
_AT_ONCE: Final = 0xFFFF // 0xFF  # rows that no field of their sum is too small for
_LARGEST: Final = 64 * 1024 * 1024  # bytes a file may unpack to
_KEY: Final = 4  # bytes
_REMEMBERED: Final = 80_000  # features whose row is kept ready to be added


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


class _Rows(dict[str, int]):
    """Each feature's votes as one number with two bytes a field, 0 for a feature that nobody learned.

    Made when they are first asked for, and kept: the same few thousand features stand in most texts.
    """

    def __init__(self, keys: Iterable[int], matrix: bytes | memoryview, width: int, most: int = _REMEMBERED) -> None:
        self._places = {key: place for place, key in enumerate(keys)}
        self._matrix = matrix
        self._width = width
        self._most = most

    def __missing__(self, name: str) -> int:
        place = self._places.get(_key(name))
        if place is None:
            return 0
        wide = bytearray(self._width * _FIELD)
        wide[::_FIELD] = self._matrix[place * self._width : (place + 1) * self._width]
        if len(self) >= self._most:
            self.clear()
        row = self[name] = int.from_bytes(wide, "little")
        return row


class Model:
    """Loaded votes. Make it once a process: `Model.shipped()`, `Model.load(path)`."""

    def __init__(self, header: Header, keys: Sequence[int], matrix: bytes | memoryview) -> None:
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
        if len(matrix) != len(keys) * start:
            raise ModelError("the votes do not fit the features")
        self.feature_count = len(keys)
        self._width = start
        self._fields = Struct(f"<{start}H")
        self._rows = _Rows(keys, matrix, start)

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
            body = memoryview(zlib.decompressobj().decompress(packed, _LARGEST))
            end = said["features"] * _KEY
            return cls(_header(said), _keys(body[:end]), body[end:])
        except (KeyError, TypeError, ValueError, zlib.error) as error:
            raise error if isinstance(error, ModelError) else ModelError(f"not a model: {error}") from None

    def weigh(self, features: Iterable[str]) -> Votes:
        rows = list(filter(None, map(self._rows.__getitem__, features)))
        sums = [self._added(rows[start : start + _AT_ONCE]) for start in range(0, len(rows) or 1, _AT_ONCE)]
        fields = sums[0] if len(sums) == 1 else tuple(map(sum, zip(*sums, strict=True)))
        return Votes(self, fields, len(rows) * _ZERO)

    def _added(self, rows: Sequence[int]) -> tuple[int, ...]:
        return self._fields.unpack(sum(rows).to_bytes(self._width * _FIELD, "little"))

    def speakers(self, features: Iterable[str], head: str, label: str, most: int) -> list[str]:
        """Which features spoke loudest for a label: for the evidence."""
        shift = (self.starts[head] + self.heads[head].labels.index(label)) * _FIELD * 8
        found = [(-(self._rows[name] >> shift & 0xFF), name) for name in features]
        return [name for votes, name in nsmallest(most, found) if -votes > _ZERO]


def pack(header: Header, names: Sequence[str], matrix: bytes) -> bytes:
    """The file of a model. `matrix`: one row a name, one byte a field, `_ZERO` for none; the first field unsigned.

    Of two names with one key the earlier stays.
    """
    width = len(matrix) // max(len(names), 1)
    rows: dict[int, bytes] = {}
    for place, name in enumerate(names):
        rows.setdefault(_key(name), matrix[place * width : (place + 1) * width])
    keys = sorted(rows)
    body = [key.to_bytes(_KEY, "little") for key in keys] + [rows[key] for key in keys]
    packed = zlib.compress(b"".join(body), 9)
    said = asdict(header) | {"sha256": hashlib.sha256(packed).hexdigest(), "features": len(keys)}
    return json.dumps(said, ensure_ascii=False).encode("utf-8") + b"\n" + packed


def _key(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "surrogatepass"))


def _keys(raw: memoryview) -> Sequence[int]:
    keys = array("I", raw.tobytes())
    if sys.byteorder == "big":
        keys.byteswap()
    return keys


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


def _logistic(score: float) -> float:
    return 1 / (1 + exp(-score)) if score > -500 else 0.0


@cache
def _shipped() -> Model:
    return Model.load(SHIPPED)
