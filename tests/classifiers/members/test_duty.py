"""What a member says of his own duty is no danger; what he reports is one."""

from __future__ import annotations

import pytest

from classifiers.members.duty import refuses_to_stand_in, reports_danger


@pytest.mark.parametrize(
    ("text", "kind", "is_one"),
    [
        ("不行我周四也不在 换别人吧", "self_harm", False),
        ("这活儿没法干了 别找我了", "self_harm", False),
        ("我走了 以后找别人吧", "self_harm", False),
        ("我撑不住了 太累了", "self_harm", False),
        ("累死了 别再派给我", "self_harm", False),
        ("我没空 那边找别人去看吧", "medical", False),
        ("李大爷说不想活了", "self_harm", True),
        ("我不活了 活着没意思", "self_harm", True),
        ("她说撑不住了", "self_harm", True),
        ("桥上有个女的要往下跳", "self_harm", True),
        ("换个人去吧 那家着火了", "fire", True),
        ("周大爷摔倒了起不来", "medical", True),
    ],
)
def test_only_what_is_plainly_reported_rings(text: str, kind: str, is_one: bool) -> None:
    assert reports_danger(text, kind) is is_one


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("不行我周四也不在 换别人吧", True),
        ("不好意思 我那天有事 找别人吧", True),
        ("我没空 换个人吧", True),
        ("我周四不在", False),
        ("换个灯泡吧", False),
        ("3号院没人 换别人去也一样", False),
    ],
)
def test_who_will_not_stand_in(text: str, is_so: bool) -> None:
    assert refuses_to_stand_in(text) is is_so
