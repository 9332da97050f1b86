"""What a resident puts right of what he told."""

from __future__ import annotations

import pytest

from classifiers.put_right import is_written_again, right_door, says_home, says_whose, scanned_wrong, with_door


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("说错了 是18号", "18号"),
        ("不对不对 不是13号是31号", "31号"),
        ("打错了 是5号楼 3号楼是我妹妹家", "5号楼"),
        ("写错了 楼上漏下来的", ""),
        ("我没说错 就是5号", ""),
        ("不是厨房 是厕所", ""),
        ("是18号", ""),
    ],
)
def test_the_door_that_is_right(text: str, door: str) -> None:
    assert right_door(text) == door


def test_a_door_takes_the_place_of_the_one_told_before() -> None:
    assert with_door("中心街8号", "18号") == "中心街18号"
    assert with_door("中心街", "18号") == "中心街18号"


@pytest.mark.parametrize(
    ("before", "text", "is_again"),
    [
        ("路登坏了", "路灯坏了", True),
        ("路灯坏了", "路灯坏了", False),
        ("3号灯坏了", "5号灯坏了", False),
        ("路灯坏了", "门锁坏了", False),
    ],
)
def test_the_same_sounds_in_other_signs_are_the_same_words(before: str, text: str, is_again: bool) -> None:
    assert is_written_again(before, text) is is_again


def test_whose_it_is_and_which_sign_was_scanned() -> None:
    assert says_whose("门锁不是我家的 是我邻居老太太家的")
    assert not says_whose("这狗不是我家的 老在门口叫")
    assert scanned_wrong("哎 我扫错码了 我住水井胡同8号")
    assert not scanned_wrong("扫码没反应")
    assert says_home("错了 我家在前进胡同")
    assert not says_home("错了 灯在前进胡同")
