"""`hutong bench understand`: how fast messages are understood, beside jieba and a scikit-learn pipeline in one run."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from classifiers.places.finding import Gazetteer, LaneEntry
from classifiers.reader.examples import held_out_rows, training_rows
from classifiers.reader.segment import Segmenter
from classifiers.understand import Understander

LANES = (60, 8000)
_READY = (
    "import time; began = time.perf_counter(); from classifiers.places.finding import Gazetteer; "
    "from classifiers.understand import Understander; Understander(Gazetteer([])).understand('水管漏了'); "
    "import pathlib, re, sys; took = time.perf_counter() - began; "
    "used = re.search(r'VmHWM:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())[1]; "
    "sys.stdout.write(f'{took} {int(used) / 1024}')"
)


@dataclass(frozen=True, slots=True)
class Pace:
    """What one way of reading costs: median µs a message one by one, messages a second over all."""

    name: str
    median_us: float
    per_second: float


@dataclass(frozen=True, slots=True)
class Paces:
    """All ways in one run; `ready` seconds and `megabytes` of a fresh process that understands its first message."""

    paces: tuple[Pace, ...]
    ready: float
    megabytes: float


def measure(rounds: int) -> Paces:
    texts = [row.text for row in held_out_rows()]
    segmenter = Segmenter()
    segmenter.load()
    ways: list[tuple[str, Callable[[str], object]]] = [("jieba", segmenter.cut)]
    if baseline := _sklearn():
        ways.append(("scikit-learn TF-IDF + SVC", baseline))
    ways += [(f"hutong, {lanes} lanes", Understander(_gazetteer(lanes)).understand) for lanes in LANES]
    found: dict[str, list[Pace]] = {name: [] for name, _ in ways}
    for turn in range(rounds):
        for name, read in ways if turn % 2 == 0 else reversed(ways):
            found[name].append(_pace(name, read, texts))
    ready, megabytes = fresh_process()
    return Paces(tuple(_middle(paces) for paces in found.values()), ready, megabytes)


def _pace(name: str, read: Callable[[str], object], texts: Sequence[str]) -> Pace:
    """Time of the core, not of the clock on the wall: others may be using the machine."""
    times = []
    for text in texts:
        began = time.thread_time()
        read(text)
        times.append(time.thread_time() - began)
    return Pace(name, median(times) * 1e6, len(texts) / sum(times))


def _middle(paces: Sequence[Pace]) -> Pace:
    return Pace(paces[0].name, median(p.median_us for p in paces), median(p.per_second for p in paces))


def _sklearn() -> Callable[[str], object] | None:
    """The same task as people usually build it; None where scikit-learn is not installed."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_pipeline
        from sklearn.svm import LinearSVC
    except ImportError:
        return None
    rows = training_rows()
    pipeline = make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(1, 3)), LinearSVC())
    pipeline.fit([row.text for row in rows], [row.type for row in rows])
    return lambda text: pipeline.predict([text])


def _gazetteer(lanes: int) -> Gazetteer:
    """Made-up lanes with streets and doors of their own."""
    dice = random.Random(lanes)  # noqa: S311  names need no secret
    signs = "东西南北中前后上下大小新老石柳槐杏梨枣桃李松竹梅兰菊荷福寿康宁安平和顺"
    names = ["".join(dice.choices(signs, k=3)) for _ in range(lanes)]
    return Gazetteer(
        LaneEntry(f"l{number}", f"{name}胡同", (), (f"{name[:2]}村",), f"{name}街 1-99", None, None)
        for number, name in enumerate(names)
    )


def fresh_process() -> tuple[float, float]:
    """Seconds and megabytes until a process of its own has understood its first message."""
    said = subprocess.run([sys.executable, "-c", _READY], check=True, capture_output=True, text=True)  # noqa: S603  ourselves
    ready, megabytes = map(float, said.stdout.split())
    return ready, megabytes
