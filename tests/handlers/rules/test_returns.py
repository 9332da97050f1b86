"""Why requests are returned, in codes that can be counted."""

from __future__ import annotations

import pytest

from handlers.rules.returns import reason_code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("不是我们胡同的", "wrong_place"),
        ("地址不对,是水井胡同", "wrong_place"),
        ("跟1号是一件事", "duplicate"),
        ("不归我们管,该找物业", "not_ours"),
        ("修不了,要专业的人", "beyond_means"),
        ("我在外地", "away"),
        ("心情不好", "other"),
        ("", "other"),
    ],
)
def test_the_code_of_a_reason(words: str, code: str) -> None:
    assert reason_code(words) == code
