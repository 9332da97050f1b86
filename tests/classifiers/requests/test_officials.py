"""Officials who are called upon, asked for help, praised; and those who are complained about."""

from __future__ import annotations

import pytest

from classifiers.requests.officials import only_praises, tells_of_wrongs, without_address, without_helpers


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("书记 路灯坏了", "路灯坏了"),
        ("网格员你好,灯坏了", "灯坏了"),
        ("书记收我红包", "书记收我红包"),
        ("主任 你咋不管", "主任 你咋不管"),
    ],
)
def test_who_is_called_upon(text: str, rest: str) -> None:
    assert without_address(text) == rest


def test_who_shall_help() -> None:
    assert without_helpers("赡养费老二一分不掏,请书记给说说") == "赡养费老二一分不掏"
    assert without_helpers("书记不给说") == "书记不给说"


@pytest.mark.parametrize(
    ("text", "expected"), [("书记家占了公家地", True), ("主任没拿过人家钱", False), ("灯坏了", False)]
)
def test_wrongs_of_an_office(text: str, expected: bool) -> None:
    assert tells_of_wrongs(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("网格员真负责", True),
        ("网格员态度很好 修得也快", True),
        ("给楼长点赞", True),
        ("网格员真负责 天天在家睡觉", False),
        ("网格员很热心就是太慢", False),
        ("态度好差", False),
        ("网格员负责的片区没人管", False),
    ],
)
def test_praise_that_nothing_spoils(text: str, expected: bool) -> None:
    assert only_praises(text) is expected
