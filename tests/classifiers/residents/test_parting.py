"""What was joined is said to be another matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.residents.parting import says_apart


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("不是一回事 我家是电表烧了", "我家是电表烧了"),
        ("我家跟他家不一样 我家是水管冻裂了", "我家是水管冻裂了"),
        ("我这个和邻居不是一件事，是我家跳闸了", "是我家跳闸了"),
        ("这是另一件事", ""),
        ("两码事", ""),
        ("不一样 跟他们没关系，我家保险丝断了", None),
        ("我家也停电了", None),
        ("不是停电", None),
        ("跟他家一样", None),
        ("", None),
    ],
)
def test_what_is_said_of_its_own(text: str, rest: str | None) -> None:
    assert says_apart(text) == rest


@given(st.text(alphabet="不是一回事我家跟他不一样另外件的,。 ", max_size=60))
def test_never_raises(text: str) -> None:
    says_apart(text)
