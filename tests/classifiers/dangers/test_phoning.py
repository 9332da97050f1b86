"""打 that is to telephone: an office that does not answer is a complaint; a neighbour who does not is a danger."""

from __future__ import annotations

import time

import pytest

from classifiers.dangers.phoning import only_complains_of_calls
from classifiers.understand import Understander


@pytest.mark.parametrize(
    "text",
    [
        "12345打了好几回都没下文",
        "我打了五六回报修电话都没人管",
        "快递员打了好几回电话没人接",
        "12345打了没人管",
        "12345打了好几回，说在转办",
        "12345打了好几回，回回都说转办，转来转去没下文",
        "物业热线拨了四五遍就是没人理",
        "居委会电话打了一上午没人接",
    ],
)
def test_an_office(understander: Understander, text: str) -> None:
    said = understander.understand(text)
    assert [one.type for one in said.matters] == ["suggestion"]
    assert (said.urgency, said.sensitivity) == ("normal", "open")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("给隔壁王奶奶打了好几回电话没人接，她一个人住", "medical"),
        ("打120打了好几回没人接，我爸晕倒了", "medical"),
        ("物业打了好几回没人接，我妈摔地上起不来", "medical"),
        ("电梯困人了，打了好几回物业电话没人接", "trapped"),
        ("119打了好几回没人接，我家着火了", "fire"),
        ("打了110三回都没人来，他还在砸门", "violence"),
    ],
)
def test_somebody_in_need(understander: Understander, text: str, kind: str) -> None:
    assert understander.understand(text).emergency_kind == kind


def test_what_it_was_about_is_no_mere_complaint(understander: Understander) -> None:
    said = understander.understand("楼道灯坏了，打了好几回物业电话没人管")
    assert (said.type, said.urgency) in (("repair", "normal"), ("public_facility", "normal"))


@pytest.mark.parametrize("seed", ["打了", "12345", "打了好几回", "没人", "都说", "电话", "1,", "今天现在"])
def test_long_texts_are_read_quickly(seed: str) -> None:
    began = time.perf_counter()
    only_complains_of_calls((seed * 400)[:800])
    assert time.perf_counter() - began < 0.1
