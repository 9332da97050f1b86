"""What a member passes on, without the words that introduce it."""

from __future__ import annotations

from time import perf_counter

import pytest

from classifiers.members.told import Told, read_told
from classifiers.requests.matters import parted_by_doors


@pytest.mark.parametrize(
    ("said", "matter", "is_brought"),
    [
        ("刚才王婶打电话来说她家厕所堵了", "我家厕所堵了", True),
        ("张奶奶刚打电话让我帮她买降压药", "帮我买降压药", True),
        ("李婶敲门说她家水管爆了满地是水", "我家水管爆了满地是水", True),
        ("老王家反映房顶漏雨", "房顶漏雨", True),
        ("上门走访发现周奶奶家电线老化", "周奶奶家电线老化", True),
        ("5号院赵大爷来说他家电视看不了 请人教他用机顶盒", "我家电视看不了 请人教我用机顶盒", True),
        ("帮3号院李奶奶登记 水表坏了", "3号院李奶奶水表坏了", True),
        ("孙奶奶说医保卡丢了不知道怎么补", "医保卡丢了不知道怎么补", False),
    ],
)
def test_told(said: str, matter: str, is_brought: bool) -> None:
    assert read_told(said) == Told(matter, is_brought)


@pytest.mark.parametrize("said", ["", "我去看看", "李奶奶家灯坏了", "居民打电话说不用了", "给居民说了", "王大爷摔倒了"])
def test_not_told(said: str) -> None:
    assert read_told(said) is None


@pytest.mark.parametrize("seed", ["1,", "今天现在", "刚才王婶", "来电话", "老王"])
def test_long_words_take_no_time(seed: str) -> None:
    began = perf_counter()
    read_told(seed * 200)
    assert perf_counter() - began < 0.2


def test_a_list_by_doors() -> None:
    assert parted_by_doors("1号院灯坏了,2号院门坏了,3号院水管漏") == ("1号院灯坏了", "2号院门坏了", "3号院水管漏")


@pytest.mark.parametrize("said", ["1号院灯坏了", "1号院灯坏了,1号院门也坏了", "1号院灯坏了,电话138", "3号楼,灯坏了"])
def test_no_list_by_doors(said: str) -> None:
    assert parted_by_doors(said) == ()
