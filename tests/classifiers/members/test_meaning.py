"""What members write: the exam of a writer who wrote none of the lessons, and words that must never go wrong."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.members.meaning import MEMBER_WORDS, Saying, read_member_words
from classifiers.reader.examples import held_out_pairs, training_pairs
from classifiers.reader.model import Model

READER = Model.shipped()
LAMP = "路灯不亮了"


def test_the_corpus_holds_every_kind_and_no_row_of_the_exam() -> None:
    lessons, exam = training_pairs(MEMBER_WORDS), held_out_pairs(MEMBER_WORDS)
    assert {pair.kind for pair in lessons} == {pair.kind for pair in exam} == set(Saying)
    assert len(lessons) > 3000
    assert not {(pair.told, pair.later) for pair in lessons} & {(pair.told, pair.later) for pair in exam}


def test_some_lessons_stand_without_a_request() -> None:
    unknown = [pair for pair in training_pairs(MEMBER_WORDS) if not pair.told]
    assert len({pair.kind for pair in unknown}) > 5


def test_the_exam() -> None:
    """Of each kind so many are known; docs/understanding.md has the figures."""
    right, of = Counter[str](), Counter[str]()
    for pair in held_out_pairs(MEMBER_WORDS):
        of[pair.kind] += 1
        right[pair.kind] += read_member_words(pair.told, pair.later, READER).kind == pair.kind
    assert sum(right.values()) / sum(of.values()) >= 0.85
    least = {"done": 0.88, "among": 0.82, "going": 0.78, "take": 0.75, "when": 0.88, "new": 0.9, "undo": 0.8}
    assert {kind: right[kind] / of[kind] for kind in least if right[kind] / of[kind] < least[kind]} == {}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("修好了", "done"),
        ("1修好了", "done"),
        ("灯亮堂嘞", "done"),
        ("修好了叫我一声", "among"),
        ("换个弯头就好了", "among"),
        ("1 抓紧", "among"),
        ("老陈怎么还不接", "among"),
        ("已上报", "going"),
        ("下午修", "when"),
        ("写错了 是2", "undo"),
        ("刚才赵奶奶叫住我 说没煤了", "new"),
        ("这归物业管", "back"),
    ],
)
def test_what_they_are(words: str, kind: str) -> None:
    assert read_member_words(LAMP, words, READER).kind == kind


@given(told=st.text(max_size=60), words=st.text(max_size=60))
def test_no_text_raises_and_chances_are_chances(told: str, words: str) -> None:
    reading = read_member_words(told, words, READER)
    assert set(reading.chances) == set(Saying)
    assert sum(reading.chances.values()) == pytest.approx(1)
