"""Which lists are asked for, and words that only sound like it."""

from __future__ import annotations

from time import perf_counter

import pytest

from classifiers.members.listings import SpokenListing, Standing, read_listing

PLACES, TYPES, PEOPLE = ("槐荫胡同", "水井胡同"), ("报修", "环境卫生"), ("陈示例", "邹仿真")


@pytest.mark.parametrize(
    ("said", "listing"),
    [
        ("没办完的", SpokenListing()),
        ("未办结清单", SpokenListing()),
        ("各社区没办完的", SpokenListing()),
        ("没接的", SpokenListing(Standing.UNCLAIMED)),
        ("列一下没接的", SpokenListing(Standing.UNCLAIMED)),
        ("退回来的有几件", SpokenListing(Standing.RETURNED)),
        ("暂停的有哪些", SpokenListing(Standing.RESTING)),
        ("槐荫胡同有几件", SpokenListing(place="槐荫胡同")),
        ("槐荫胡同的都列出来", SpokenListing(place="槐荫胡同")),
        ("水井胡同没办完的", SpokenListing(place="水井胡同")),
        ("报修有几件", SpokenListing(type="报修")),
        ("陈示例手上几件", SpokenListing(person="陈示例")),
        ("老陈手里还有几件没办完的", SpokenListing(person="老陈")),
        ("槐荫胡同没接的报修有哪些", SpokenListing(Standing.UNCLAIMED, "槐荫胡同", "报修")),
    ],
)
def test_what_is_to_be_listed(said: str, listing: SpokenListing) -> None:
    assert read_listing(said, PLACES, TYPES, PEOPLE) == listing


@pytest.mark.parametrize(
    "said",
    [
        "没办完",
        "没接",
        "好的",
        "还有什么",
        "陈示例",
        "陈示例的",
        "槐荫胡同",
        "是报修的",
        "修好了的",
        "没办完的怎么办",
        "1没办完的",
        "陈示例去看一下",
    ],
)
def test_no_list(said: str) -> None:
    assert read_listing(said, PLACES, TYPES, PEOPLE) is None


@pytest.mark.parametrize("seed", ["还有", "没办完的", "几件", "各社区", "急件"])
def test_it_is_quick(seed: str) -> None:
    started = perf_counter()
    read_listing((seed * 40)[:40], PLACES, TYPES, PEOPLE)
    assert perf_counter() - started < 0.02
