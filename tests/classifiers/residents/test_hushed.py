"""Who cannot go on speaking says so."""

from __future__ import annotations

import pytest

from classifiers.residents.hushed import cannot_be_written_to


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("他要回来了 先不说了", True),
        ("我不能再说了", True),
        ("别给我发消息", True),
        ("千万别打电话过来", True),
        ("他不让我说话", False),
        ("他又打我了 快来", False),
        ("你们别光说不来", False),
        ("", False),
    ],
)
def test_nothing_may_come_to_that_phone(text: str, is_so: bool) -> None:
    assert cannot_be_written_to(text) is is_so
