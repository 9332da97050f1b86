"""A spot that people know, and words that only urge."""

from __future__ import annotations

import pytest

from classifiers.places.spots import names_a_spot, urges


@pytest.mark.parametrize("text", ["石桥底下", "在电影院后面", "超市门口", "就在河边", "小学对面的路口", "东头水井旁边"])
def test_a_spot(text: str) -> None:
    assert names_a_spot(text)
    assert not urges(text)


@pytest.mark.parametrize("text", ["快点啊 没影了", "人沉下去了", "他在喊救命", "晕倒在门口没人管", "好的", "两个人"])
def test_no_spot(text: str) -> None:
    assert not names_a_spot(text)


@pytest.mark.parametrize("text", ["快点啊 没影了", "赶紧来人", "多久能到"])
def test_urging(text: str) -> None:
    assert urges(text)
