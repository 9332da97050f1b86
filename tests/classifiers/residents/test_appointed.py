"""What is said to an hour that was proposed or promised."""

from __future__ import annotations

import pytest

from classifiers.residents.appointed import Appointed, read_appointed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("我不去 让他来找我", Appointed.REFUSES),
        ("我不跟他谈 让他赔礼道歉", Appointed.REFUSES),
        ("坚决不调解", Appointed.REFUSES),
        ("说好两点 人呢", Appointed.MISSED),
        ("我等了半天了 外面还下着雨", Appointed.MISSED),
        ("又改 我都请了假了", Appointed.GRUMBLES),
        ("是明天还是后天", Appointed.WHICH),
        ("不去医院了", None),
        ("他不去", None),
        ("让他来", None),
        ("水管漏了", None),
    ],
)
def test_it_is_told_apart_from_other_words(text: str, said: Appointed | None) -> None:
    assert read_appointed(text) is said
