"""The trained reader's file and its sums: what was packed comes out, and a changed byte is noticed."""

from __future__ import annotations

import json
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.reader.model import SHIPPED, Head, Header, Model, ModelError, _Rows, pack

HEADS = (Head("type", ("a", "b"), (0.5, 0.25), (0.0, 1.0)), Head("asks", ("yes",), (1.0,), (-1.0,), threshold=0.6))
#        own weight, a, b, yes; 128 is nothing
ROWS = {"水": (1, 228, 128, 128), "火": (1, 28, 128, 255), "灯": (2, 128, 148, 100)}
RAW = pack(Header(HEADS, norm_scale=1.0), list(ROWS), bytes(sign for row in ROWS.values() for sign in row))


def test_votes_are_added_and_divided_by_the_length() -> None:
    said = Model.from_bytes(RAW).weigh(["水", "灯", "不认识"])
    length = 3**0.5
    assert said.scores("type") == pytest.approx({"a": 100 * 0.5 / length, "b": 20 * 0.25 / length + 1})
    assert said.scores("asks") == pytest.approx({"yes": -28 / length - 1})
    assert not said.says("asks")


def test_a_long_text_is_added_up_without_an_overflow() -> None:
    names = [f"字{number}" for number in range(700)]
    long = Model.from_bytes(pack(Header(HEADS, norm_scale=1.0), names, bytes((255, 255, 0, 128)) * len(names)))
    length = (700 * 255) ** 0.5
    assert long.weigh(names).scores("type") == pytest.approx(
        {"a": 700 * 127 * 0.5 / length, "b": -700 * 128 * 0.25 / length + 1}
    )


def test_only_so_many_rows_are_kept_ready() -> None:
    names = ["水", "火", "灯"]
    rows = _Rows([crc32(name.encode()) for name in names], bytes((1, 7, 2, 7, 3, 7)), width=2, most=2)
    for _ in range(2):
        assert [rows[name] for name in names] == [7 << 16 | 1, 7 << 16 | 2, 7 << 16 | 3]
        assert len(rows) <= 2
    assert rows["不认识"] == 0


def test_nothing_known_leaves_the_biases() -> None:
    said = Model.from_bytes(RAW).weigh([])
    assert said.scores("type") == {"a": 0.0, "b": 1.0}


def test_votes_of_others_join_and_may_bring_new_labels() -> None:
    chances = Model.from_bytes(RAW).weigh(["水"]).chances("type", {"b": 60.0, "new": 1.0})
    assert max(chances, key=lambda label: chances[label]) == "b"
    assert sum(chances.values()) == pytest.approx(1)
    assert set(chances) == {"a", "b", "new"}


def test_the_loudest_are_named() -> None:
    assert Model.from_bytes(RAW).speakers(["水", "火", "灯"], "type", "a", 2) == ["水"]


@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
def test_a_changed_file_is_refused_or_means_the_same(place: int, change: int) -> None:
    changed = bytearray(RAW)
    changed[place] ^= change
    try:
        model = Model.from_bytes(bytes(changed))
    except ModelError:
        return
    assert place < RAW.index(b"\n"), "the votes may not change unnoticed"
    assert model.feature_count == len(ROWS)


@pytest.mark.parametrize("raw", [b"", b"{}\n", b"\x80\x04pickle", json.dumps({"format": 1}).encode() + b"\n"])
def test_what_is_no_model_is_said(raw: bytes) -> None:
    with pytest.raises(ModelError):
        Model.from_bytes(raw)


def test_the_shipped_reader_is_small() -> None:
    model = Model.shipped()
    assert set(model.heads) == {"type", "matter", "urgent", "confidential", "private", "several"}
    assert set(model.margins) == {"asks", "emergency"}
    assert 10_000 < model.feature_count <= 240_000
    assert SHIPPED.stat().st_size < 8_000_000
