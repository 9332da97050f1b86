"""People's words on their way to other people."""

from __future__ import annotations

import pytest

from handlers.rules.wording import for_people, reason_of


@pytest.mark.parametrize(
    ("words", "commands", "told"),
    [
        ("吹哨,要街道协调", ("吹哨",), "要街道协调"),
        ("换了新水管,不漏了", (), "换了新水管，不漏了"),
        ("请补充 是几单元?", ("请补充",), "是几单元？"),
        ("明天9:30,带上钥匙", (), "明天9:30，带上钥匙"),
        ("办结", ("办结",), "办结"),
        ("", (), ""),
    ],
)
def test_as_one_would_write_them(words: str, commands: tuple[str, ...], told: str) -> None:
    assert for_people(words, *commands) == told


def test_a_reason_is_cut_where_it_grows_too_long() -> None:
    assert reason_of("没空, 在外地") == "没空，在外地"
    assert len(reason_of("忙" * 400)) == 300
