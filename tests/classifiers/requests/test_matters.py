"""Where one matter ends and the next begins: items of a list, what is added with 还; what only comes of it."""

from __future__ import annotations

import time

import pytest

from classifiers.dangers.settled import behind_settled
from classifiers.understand import Understander


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("1.单元门锁坏了 2.电线垂下来了 3.垃圾没人清", ["repair", "safety", "environment"]),
        ("健身器坏了、垃圾没人清、三楼老陈家天天半夜练架子鼓吵得睡不着", ["public_facility", "environment", "dispute"]),
        ("我爸屋里没暖气冷得很,他又一个人没法做饭,中午谁能给送个饭", ["repair", "elder_care"]),
        ("有人在胡同口转悠老看人家门,怪可疑的,那地方路灯还坏着", ["safety", "public_facility"]),
        ("隔壁违建把我家光挡了,他家还拿煤气罐在棚子里做饭,危险", ["dispute", "safety"]),
        ("我偏瘫在床下不来,这两天想请人来看看我。卫生间灯也坏了", ["elder_care", "repair"]),
        ("插座有点打火花,换了一个,还想请电工再看一眼", ["safety"]),
        ("公共厕所没灯,门也插不上", ["public_facility"]),
        ("我屋里灯一闪一闪的,换了灯管也还闪", ["repair"]),
        ("楼上装修把我家吊顶震裂了,他家不认账", ["dispute"]),
        ("刚才那股糊味是我烧干了锅,已经处理了,就是油烟机坏了想修", ["repair"]),
        ("刚才锅烧糊了,已经没事了,抽油烟机坏了想修", ["repair"]),
        ("水管爆了,他还不来修", ["repair"]),
        ("暖气不热,谁能给看看", ["repair"]),
        ("我妈瘫在床上,谁能给送个饭", ["elder_care"]),
    ],
)
def test_matters_of_one_message(understander: Understander, text: str, types: list[str]) -> None:
    assert [matter.type for matter in understander.understand(text).matters] == types


@pytest.mark.parametrize(
    "text", ["水管昨天修好了,谢谢", "锅烧糊了,已经处理了", "已经处理了,不用来了", "解决了,没别的要修"]
)
def test_nothing_is_asked_behind_what_is_settled(text: str) -> None:
    assert not behind_settled(text)


@pytest.mark.parametrize("seed", ["1,", "1.", "、", "灯坏了、", "已经处理了,", "今天现在", "换了还", "他家还", "还再"])
def test_long_texts_are_read_quickly(understander: Understander, seed: str) -> None:
    behind_settled(seed * 200)
    began = time.perf_counter()
    understander.matters(seed * 60)
    assert time.perf_counter() - began < 0.5
