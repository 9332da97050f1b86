"""Links to single files: signed, for a day, telling nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.links import VALID, Signer

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SIGNER = Signer(b"k" * 32)


@given(st.integers(1, 2**63 - 1), st.integers(0, int(VALID.total_seconds())))
def test_what_was_signed_is_read_for_a_day(file: int, seconds: int) -> None:
    token = SIGNER.sign(file, NOW)
    assert SIGNER.read(token, NOW + timedelta(seconds=seconds)) == file
    assert SIGNER.read(token, NOW + VALID + timedelta(seconds=1)) is None


@given(st.text(max_size=60))
def test_nothing_else_is_read(token: str) -> None:
    assert SIGNER.read(token, NOW) is None


def test_a_changed_letter_or_another_key_opens_nothing() -> None:
    token = SIGNER.sign(7, NOW)
    assert Signer(b"o" * 32).read(token, NOW) is None
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        assert SIGNER.read(f"{token[:place]}{other}{token[place + 1 :]}", NOW) != 7 or place == len(token) - 1
