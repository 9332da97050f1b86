"""Learns a model from labelled messages. Needs scikit-learn, which the running desk does without.

A straight line for each label over weighted pieces and marks (`features`): few rows teach it, it is small, and each
word's share in a decision can be shown. What the votes are worth as probabilities, and where a yes begins, comes from
cross-validation in which whole voices are held out: the next resident's voice is not in the corpus either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from math import log, sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from classifiers.members.meaning import MEMBER_WORDS, features_of_member_words
from classifiers.reader.examples import Example, Pair
from classifiers.reader.features import features_of
from classifiers.reader.model import MESSAGES, PAIRS, WORDS, Head, Header, Margin, Model, pack
from classifiers.residents.follow_ups import FOLLOW_UPS, VERDICTS, features_of_pair
from classifiers.taxonomy import CHAT

if TYPE_CHECKING:
    import numpy as np

# What is learned of words about a request: the parts of the corpus, and what their readers are asked with.
LATER: Final = MappingProxyType(
    {FOLLOW_UPS: features_of_pair, VERDICTS: features_of_pair, MEMBER_WORDS: features_of_member_words}
)
YES: Final = "yes"
_LOUDEST: Final = 127
_FOLDS: Final = 4
_SMOOTH, _STRICT_WITH_LETTERS = 0.1, 1.0
_FEWEST: Final = 2  # texts that must hold a feature
_MOST_FEATURES: Final = 240_000
_STEEP: Final = tuple(0.2 * 1.15**step for step in range(30))  # tried for Head.steepness


_Fit = Callable[[Any, Any, "_Question"], tuple[Any, Any]]  # matrix and labels to weights, a row a label, and biases


class LearningError(ValueError):
    """These rows teach nothing; the message says why."""


@dataclass(frozen=True, slots=True)
class _Question:
    """One head: which rows answer it, and how."""

    name: str
    answer: Callable[[Example], str | None]  # None: this row does not answer
    is_yes_or_no: bool = False
    threshold: float = 0.5  # least chance of a yes: how much worse a missed one is than a false one
    strictness: float = 0.7  # scikit-learn's C
    margins: tuple[_Margin, ...] = ()


@dataclass(frozen=True, slots=True)
class _Margin:
    """A question that the labels of a head answer by the way; `means_yes` is asked of a label and the row it is of."""

    name: str
    means_yes: Callable[[Example], bool]
    threshold: float


def _yes(value: bool) -> str:
    return YES if value else "no"


def _matter(row: Example) -> str | None:
    """The kind of an emergency, the type of everything else."""
    if row.is_chat:
        return CHAT
    return row.kind if row.urgency == "emergency" else row.urgency and row.type


QUESTIONS: Final = (
    _Question("type", lambda row: row.type, strictness=2.0),
    _Question(
        "matter",
        _matter,
        strictness=2.0,
        margins=(
            _Margin("asks", lambda row: not row.is_chat, threshold=0.5),
            _Margin("emergency", lambda row: row.urgency == "emergency", threshold=0.15),
        ),
    ),
    _Question(
        "urgent",
        lambda row: None if row.is_chat or row.urgency in (None, "emergency") else _yes(row.urgency == "urgent"),
        is_yes_or_no=True,
        threshold=0.35,
    ),
    _Question(
        "confidential",
        lambda row: row.sensitivity and _yes(row.sensitivity == "confidential"),
        is_yes_or_no=True,
        threshold=0.06,
    ),
    _Question(
        "private",
        lambda row: (
            None if row.is_chat or row.sensitivity in (None, "confidential") else _yes(row.sensitivity == "private")
        ),
        is_yes_or_no=True,
    ),
    _Question(
        "several", lambda row: None if row.is_chat else _yes(len(row.types) > 1), is_yes_or_no=True, threshold=0.25
    ),
)


def train(
    rows: Sequence[Example],
    *,
    figures: Mapping[str, float] = MappingProxyType({}),
    tell: Callable[[str], None] = lambda _: None,
) -> bytes:
    """The file of a model that learned from these rows; it carries `figures`.

    Raises LearningError; ImportError without scikit-learn.
    """
    if len({row.type for row in rows}) < 2:
        raise LearningError("rows of at least two types are needed")
    is_words = any(row.is_segmented for row in rows)
    cut = WORDS if is_words else MESSAGES
    found = [features_of(row.text, cut, is_segmented=row.is_segmented) for row in rows]
    return _taught(_Table(rows, cut, found), QUESTIONS[:1] if is_words else QUESTIONS, figures, tell)


def train_on_pairs(corpus: str, pairs: Sequence[Pair], reader: Model) -> bytes:
    """The file of a model that tells what later words are to a request, beside `reader`; `corpus` is one of `LATER`.

    Raises LearningError; ImportError without scikit-learn.
    """
    if len({pair.kind for pair in pairs}) < 2:
        raise LearningError("pairs of at least two kinds are needed")
    rows = [Example(pair.later, (pair.kind,), voice=pair.voice) for pair in pairs]
    features = LATER[corpus]
    found = [features(pair.told, pair.later, reader) for pair in pairs]
    return _taught(_Table(rows, PAIRS, found), QUESTIONS[:1], {}, lambda _: None)


def _taught(
    table: _Table, questions: Iterable[_Question], figures: Mapping[str, float], tell: Callable[[str], None]
) -> bytes:
    heads: list[Head] = []
    margins: list[Margin] = []
    weights: list[Any] = []
    for question in questions:
        if (found := _learn(table, question)) is not None:
            tell(question.name)
            heads.append(found.head)
            margins += found.margins
            weights.append(found.weights)
    return _packed(table, heads, margins, weights, figures)


class _Table:
    """The features of all rows, weighted: rare ones more, and every row of length one."""

    def __init__(self, rows: Sequence[Example], cut: str, found: Sequence[Set[str]]) -> None:
        import numpy as np
        from scipy.sparse import csr_matrix

        self.rows, self.cut = rows, cut
        counts = Counter(name for names in found for name in names)
        kept = [name for name, count in counts.most_common() if count >= _FEWEST and "\n" not in name]
        self.names = kept[:_MOST_FEATURES] if cut == MESSAGES else kept
        index = {name: place for place, name in enumerate(self.names)}
        self.weights = np.array([log((1 + len(rows)) / (1 + counts[name])) + 1 for name in self.names])
        columns = [[index[name] for name in names if name in index] for names in found]
        lengths = [sqrt(sum(self.weights[c] ** 2 for c in row)) or 1.0 for row in columns]
        values = [self.weights[c] / length for row, length in zip(columns, lengths, strict=True) for c in row]
        starts = np.cumsum([0, *map(len, columns)])
        flat = [column for row in columns for column in row]
        self.matrix = csr_matrix((values, flat, starts), shape=(len(rows), len(self.names)))


@dataclass(frozen=True, slots=True)
class _Learned:
    """A head, what its labels answer by the way, and its weights, one row a label."""

    head: Head
    margins: tuple[Margin, ...]
    weights: np.ndarray[Any, Any]


def _learn(table: _Table, question: _Question) -> _Learned | None:
    """None where the rows leave the question open."""
    import numpy as np

    answers = [question.answer(row) for row in table.rows]
    chosen = [place for place, answer in enumerate(answers) if answer is not None]
    said = [str(answers[place]) for place in chosen]
    if len(set(said)) < 2 or min(Counter(said).values()) < 2:
        return None
    matrix = table.matrix[chosen]
    labels = ["no", YES] if question.is_yes_or_no else sorted(set(said))
    target = np.array([labels.index(answer) for answer in said])
    fit = _fit_by_ratio if table.cut == WORDS else _fit
    weights, biases = fit(matrix, target, question)
    voices = [table.rows[place].voice for place in chosen]
    scores = _held_out_scores(matrix, target, voices, question, fit)
    head = Head(
        question.name,
        (YES,) if question.is_yes_or_no else tuple(labels),
        scales=(1.0,) * len(weights),
        biases=tuple(map(float, biases)),
        steepness=_steepness(scores, target),
        threshold=question.threshold,
    )
    rows = [table.rows[place] for place in chosen]
    margins = (_margin(question.name, asked, labels, rows, target, scores) for asked in question.margins)
    return _Learned(head, tuple(one for one in margins if one is not None), weights)


def _margin(
    head: str, asked: _Margin, labels: Sequence[str], rows: Sequence[Example], target: Any, scores: Any
) -> Margin | None:
    """None where all labels mean the same."""
    import numpy as np

    yes = {labels[label] for label, row in zip(target, rows, strict=True) if asked.means_yes(row)}
    is_yes = np.array([label in yes for label in labels])
    if is_yes.all() or not is_yes.any():
        return None
    lead = scores[:, is_yes].max(axis=1) - scores[:, ~is_yes].max(axis=1)
    steepness = _steepness(lead[:, None], is_yes[target].astype(int))
    return Margin(asked.name, head, tuple(sorted(yes)), steepness, asked.threshold)


def _fit(matrix: Any, target: Any, question: _Question) -> tuple[Any, Any]:
    import numpy as np
    from sklearn.svm import LinearSVC

    fitted = LinearSVC(C=question.strictness).fit(matrix, target)
    weights, biases = fitted.coef_, fitted.intercept_
    if len(weights) == 1 and not question.is_yes_or_no:  # of two labels scikit-learn keeps the line of the second
        return np.vstack([-weights, weights]), np.concatenate([-biases, biases])
    return weights, biases


def _fit_by_ratio(matrix: Any, target: Any, question: _Question) -> tuple[Any, Any]:
    """For long letters: each label's line begins from how much oftener its rows hold a word than the others do.

    Naive Bayes inside a support vector machine, after Wang and Manning (2012).
    """
    import numpy as np
    from scipy.sparse import diags
    from sklearn.svm import LinearSVC

    weights, biases = [], []
    for label in range(int(target.max()) + 1):
        is_it = target == label
        inside, outside = (np.asarray(matrix[rows].sum(axis=0)).ravel() + _SMOOTH for rows in (is_it, ~is_it))
        ratio = np.log(inside / inside.sum() / (outside / outside.sum()))
        fitted = LinearSVC(C=_STRICT_WITH_LETTERS, class_weight="balanced").fit(matrix @ diags(ratio), is_it)
        weights.append(fitted.coef_[0] * ratio)
        biases.append(fitted.intercept_[0])
    return np.vstack(weights), np.array(biases)


def _held_out_scores(matrix: Any, target: Any, voices: Sequence[str], question: _Question, fit: _Fit) -> Any:
    """The scores of each row by a line that never saw its voice (or, of few voices, its quarter of the rows)."""
    import numpy as np

    width = 1 if question.is_yes_or_no else len(set(target.tolist()))
    scores = np.zeros((len(target), width))
    for held_out in _folds(voices):
        rest = np.setdiff1d(np.arange(len(target)), held_out)
        if len(set(target[rest].tolist())) < len(set(target.tolist())):
            continue
        weights, biases = fit(matrix[rest], target[rest], question)
        scores[held_out] = matrix[held_out] @ weights.T + biases
    return scores


def _folds(voices: Sequence[str]) -> list[list[int]]:
    """Rows in four parts; a voice is never in two of them where there are enough voices."""
    fold_of = {voice: number % _FOLDS for number, voice in enumerate(sorted(set(voices)))}
    has_voices = len(fold_of) >= 3
    found: list[list[int]] = [[] for _ in range(_FOLDS)]
    for place, voice in enumerate(voices):
        found[fold_of[voice] if has_voices else place % _FOLDS].append(place)
    return [rows for rows in found if rows]


def _steepness(scores: Any, target: Any) -> float:
    """What makes the scores of cross-validation probabilities that came true."""
    return min(_STEEP, key=lambda steep: _surprise(scores * steep, target))


def _surprise(scores: Any, target: Any) -> float:
    """Mean negative log of the probability that was given to what was right."""
    import numpy as np

    full = scores if scores.shape[1] > 1 else np.hstack([np.zeros_like(scores), scores])
    top = full.max(axis=1, keepdims=True)
    logs = full - top - np.log(np.exp(full - top).sum(axis=1, keepdims=True))
    return float(-logs[np.arange(len(target)), target].mean())


def _packed(
    table: _Table,
    heads: Iterable[Head],
    margins: Iterable[Margin],
    weights: Sequence[Any],
    figures: Mapping[str, float],
) -> bytes:
    """Each label's weights in one signed byte; features that weigh nothing after that are left out."""
    import numpy as np

    together = np.vstack(weights) * table.weights
    scales = np.abs(together).max(axis=1) / _LOUDEST
    bytes_ = np.rint(together / scales[:, None]).astype(np.int64)
    own = table.weights**2
    norm_scale = float(own.max()) / 255
    fields = np.vstack([np.maximum(1, np.rint(own / norm_scale)).astype(np.int64), bytes_ + 128])
    kept = np.nonzero(np.abs(bytes_).max(axis=0) > 0)[0]
    scaled, start = [], 0
    for head in heads:
        end = start + len(head.labels)
        scaled.append(replace(head, scales=tuple(map(float, scales[start:end]))))
        start = end
    header = Header(tuple(scaled), norm_scale, tuple(margins), table.cut, dict(figures))
    return pack(header, [table.names[place] for place in kept], fields[:, kept].T.astype(np.uint8).tobytes())


def learned(rows: Sequence[Example]) -> Model:
    """A model that learned from these rows, ready for use."""
    return Model.from_bytes(train(rows))
