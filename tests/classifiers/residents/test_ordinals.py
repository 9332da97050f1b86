"""Places in a list, and places in something else."""

from __future__ import annotations

import pytest

from classifiers.residents.ordinals import names_by_place, with_numbers


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("第一个我接了，第二个让小邹去", "#12 我接了，#15 让小邹去"),
        ("前两件明天去，第三件后天", "#12、#15 明天去，#20 后天"),
        ("第1个和第3个都好了", "#12 和#20 都好了"),
        ("最后一个退了，不归我管", "#20 退了，不归我管"),
        ("后两件都接了", "#15、#20 都接了"),
        ("接第二个", "接#15 "),
        ("第四个我去", None),
        ("前五个都好了", None),
        ("修好了", "修好了"),
    ],
)
def test_places_are_those_of_the_list(said: str, meant: str | None) -> None:
    assert with_numbers(said, (12, 15, 20)) == meant


@pytest.mark.parametrize(
    "said",
    [
        "第二个灯也换了",
        "前两个月就坏了",
        "第一人民医院",
        "1 第二个也换了",
        "登记 第一个院子灯坏了",
        "第三天再去",
        "这是第二个了",
        "我第一个去看",
    ],
)
def test_no_place_in_a_list(said: str) -> None:
    assert not names_by_place(said)
