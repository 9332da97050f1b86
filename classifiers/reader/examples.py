"""Labelled messages: the corpus of this package, and rows from files of operators.

A corpus file holds one message a line: `types | urgency | kind | sensitivity | text` (see corpus/GUIDE.md).
A .jsonl file holds objects with `text` and `type`, `label` or `types`; a .tsv file has a header and `label<TAB>text`.
Words that were cut already stand in a column named `segmented`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from classifiers.taxonomy import CHAT

CORPUS: Final = Path(__file__).parents[1] / "corpus"
_FIELDS: Final = 5
_FIELDS_OF_PAIR: Final = 3  # and a fourth: the result
_UNKNOWN: Final = "-"  # what was told, where words stand without a request


class ExampleError(ValueError):
    """A row cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Example:
    """A message and what it means. None: nobody has said. `voice`: who wrote it, so that whole voices are held out."""

    text: str
    types: tuple[str, ...]
    urgency: str | None = None
    kind: str | None = None
    sensitivity: str | None = None
    voice: str = ""
    is_segmented: bool = False

    @property
    def type(self) -> str:
        return self.types[0]

    @property
    def is_chat(self) -> bool:
        return self.types == (CHAT,)


@dataclass(frozen=True, slots=True)
class Pair:
    """What somebody told, with the result if there was one; what he said then; and what that is (`follow_ups`)."""

    told: str
    later: str
    kind: str
    voice: str = ""


def training_rows() -> list[Example]:
    """What the shipped reader learns from."""
    return [row for path in sorted((CORPUS / "train").glob("*.txt")) for row in read_corpus(path)]


def held_out_rows() -> list[Example]:
    """What it is measured on; never learned from, never looked at when something is chosen."""
    return [row for path in sorted((CORPUS / "held_out").glob("*.txt")) for row in read_corpus(path)]


def training_pairs(corpus: str) -> list[Pair]:
    """What a reader of later words learns from; `corpus` is one of the names in `follow_ups`."""
    return [pair for path in sorted((CORPUS / corpus / "train").glob("*.txt")) for pair in read_pairs(path)]


def held_out_pairs(corpus: str) -> list[Pair]:
    """What it is measured on; never learned from (corpus/GUIDE.md says what was looked at)."""
    return [pair for path in sorted((CORPUS / corpus / "held_out").glob("*.txt")) for pair in read_pairs(path)]


def read_pairs(path: Path) -> Iterator[Pair]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line and not line.startswith("#"):
            kind, *told, later = (field.strip() for field in line.split("|", _FIELDS_OF_PAIR))
            if not (told and kind and later and all(told)):
                raise ExampleError(f"{path.name}:{number}:要有三栏,带结果的四栏")
            yield Pair("。".join(one for one in told if one != _UNKNOWN), later, kind, voice=path.stem)


def read_examples(path: Path) -> list[Example]:
    """The rows of a file of any of the three kinds. Raises ExampleError, OSError."""
    readers = {".txt": read_corpus, ".jsonl": _read_jsonl, ".tsv": _read_tsv}
    reader = readers.get(path.suffix)
    if reader is None:
        raise ExampleError(f"{path.name}:要用 .jsonl、.tsv 或 .txt 文件")
    try:
        return list(reader(path))
    except UnicodeDecodeError:
        raise ExampleError(f"{path.name}:不是 UTF-8 编码的,请另存为 UTF-8") from None


def read_corpus(path: Path) -> Iterator[Example]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line and not line.startswith("#"):
            yield _corpus_row(line, voice=path.stem.split("-")[0], where=f"{path.name}:{number}")


def _corpus_row(line: str, *, voice: str, where: str) -> Example:
    fields = [field.strip() for field in line.split("|", _FIELDS - 1)]
    if len(fields) != _FIELDS or not all(fields):
        raise ExampleError(f"{where}:要有五栏")
    types, urgency, kind, sensitivity, text = fields
    named = tuple(types.split("+"))
    return Example(
        text=text.replace("\\n", "\n"),
        types=named,
        urgency="normal" if urgency == "-" else urgency,
        kind=None if kind == "-" else kind,
        sensitivity="open" if sensitivity == "-" else sensitivity,
        voice=voice,
    )


def _read_jsonl(path: Path) -> Iterator[Example]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            raise ExampleError(f"{path.name}:{number}:不是 JSON") from None
        yield example_of(row, where=f"{path.name}:{number}")


def example_of(row: Mapping[str, Any], *, where: str = "row") -> Example:
    """One labelled row as operators keep them; only text and type must be there. Raises ExampleError."""
    if not isinstance(row, dict):
        raise ExampleError(f"{where}:要写成 {{…}} 这样的一行")
    types = row.get("types") or [row.get("type") or row.get("label")]
    text = row.get("text")
    if not isinstance(text, str) or not isinstance(types, list) or not all(isinstance(t, str) and t for t in types):
        raise ExampleError(f"{where}:要有 text(居民的话)和 type(类型)")
    title = row.get("title")
    return Example(
        text=f"{title}。{text}" if isinstance(title, str) else text,
        types=tuple(types),
        urgency=row.get("urgency"),
        kind=row.get("emergency_kind"),
        sensitivity=row.get("sensitivity"),
        voice=path_voice(where),
    )


def path_voice(where: str) -> str:
    return where.partition(":")[0]


def _read_tsv(path: Path) -> Iterator[Example]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        header = next(rows, [])
        if "label" not in header or not {"text", "segmented"} & set(header):
            raise ExampleError(f"{path.name}:第一行要写上栏名 label 和 text")
        label, text = header.index("label"), header.index("segmented" if "segmented" in header else "text")
        for number, row in enumerate(rows, start=2):
            if len(row) <= max(label, text):
                raise ExampleError(f"{path.name}:{number}:少了一栏")
            yield Example(row[text], (row[label],), voice=path.stem, is_segmented="segmented" in header)


def labels_of(rows: Iterable[Example]) -> tuple[str, ...]:
    """All types, in the order of the alphabet."""
    return tuple(sorted({code for row in rows for code in row.types}))
