"""What a resident puts right of what he told."""

from __future__ import annotations

import pytest

from classifiers.residents.put_right import (
    as_place,
    is_written_again,
    right_door,
    says_home,
    says_whose,
    scanned_wrong,
    with_door,
    without_denied,
)


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


@pytest.mark.parametrize(
    ("text", "rest", "denied"),
    [
        ("哎呀不对 我住水井胡同 不是槐荫", "哎呀不对 我住水井胡同", "槐荫"),
        ("我这是水井胡同的，不是槐荫胡同", "我这是水井胡同的", "槐荫胡同"),
        ("不是槐荫胡同 是水井胡同", "是水井胡同", "槐荫胡同"),
        ("不是13号是31号", "", ""),
        ("不是停电", "", ""),
    ],
)
def test_what_is_denied_is_taken_out(text: str, rest: str, denied: str) -> None:
    assert without_denied(text) == (rest, denied)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("不对 打错了 是水井胡同3号", "水井胡同3号"),
        ("我住的是水井胡同", "水井胡同"),
        ("我在永安里3号楼", "永安里3号楼"),
        ("水井胡同进去第二个门", "水井胡同进去第二个门"),
    ],
)
def test_a_place_is_no_sentence(text: str, place: str) -> None:
    assert as_place(text) == place


def test_the_door_opposite() -> None:
    assert right_door("不是我家 是对门7号院厨房") == "7号院"
