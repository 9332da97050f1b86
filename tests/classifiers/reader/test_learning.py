"""Learning from labelled rows: it learns, it refuses, and the real letters beside the repository are understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers.reader.examples import Example, ExampleError, held_out_rows, read_examples, training_rows
from classifiers.reader.learning import LearningError, learned, train
from classifiers.reader.trial import report_of
from classifiers.taxonomy import CHAT, TYPES

LETTERS = Path(__file__).parents[4] / "shared" / "data" / "taidi"
ROWS = [
    *(Example(text, ("repair",)) for text in ("水管漏了", "水管又漏", "灯坏了", "门坏了", "灯不亮了,来修", "水管坏了")),
    *(Example(text, ("farming",)) for text in ("浇地", "浇地轮到谁", "该浇地了", "浇地的水", "啥时候浇地", "地没浇")),
]


def test_a_type_of_ones_own_is_learned() -> None:
    said = learned(ROWS).weigh(["浇", "浇地"]).scores("type")
    assert said["farming"] > said["repair"]


def test_one_type_teaches_nothing() -> None:
    with pytest.raises(LearningError):
        train(ROWS[:6])


def test_the_corpus_is_large_and_fits_the_codes() -> None:
    rows, exam = training_rows(), held_out_rows()
    assert len(rows) >= 6000
    assert sum(row.is_chat for row in rows) >= 2000
    assert {code for row in (*rows, *exam) for code in row.types} == {*TYPES, CHAT}
    assert not {row.text for row in rows} & {row.text for row in exam if len(row.text) > 12}


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.txt", "repair | normal | open | 灯坏了"), ("a.jsonl", '{"text": 1, "type": "x"}'), ("a.jsonl", "灯"),
     ("a.tsv", "灯\t坏"), ("a.csv", "")],
)  # fmt: skip
def test_rows_that_cannot_be_read_are_named(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExampleError, match=name):
        read_examples(path)


def test_rows_of_operators(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    path.write_text(
        '{"text": "灯坏了", "type": "repair"}\n\n{"text": "a", "types": ["wish", "repair"]}\n', encoding="utf-8"
    )
    first, second = read_examples(path)
    assert (first.type, first.urgency, second.types) == ("repair", None, ("wish", "repair"))


@pytest.mark.slow
@pytest.mark.skipif(not LETTERS.exists(), reason="the letters are not part of the repository")
def test_real_letters_with_labels_of_their_own() -> None:
    model = learned(read_examples(LETTERS / "train.tsv"))
    assert report_of(model, read_examples(LETTERS / "test.jsonl")).macro_f1 >= 0.90
