"""Nothing but signs of illness is a call for care; a figure of speech, or a sign told in passing, is none."""

from __future__ import annotations

import time

import pytest

from classifiers.requests.symptoms import feels_gravely_ill, tells_how_he_feels
from classifiers.understand import Understander


@pytest.mark.parametrize(
    "text",
    ["心慌 手麻", "我浑身没劲 心里发慌", "手也麻 嘴也麻", "血压高得很 头晕", "老伴腿发软 一直头晕", "一阵一阵心跳得快"],
)
def test_heart_brain_and_breath_are_care_for_today(understander: Understander, text: str) -> None:
    said = understander.understand(text)
    assert (said.type, said.urgency, said.sensitivity) == ("elder_care", "urgent", "private")
    assert feels_gravely_ill(text)


@pytest.mark.parametrize("text", ["我牙疼", "肚子疼", "我妈一直咳嗽", "胃疼得睡不着", "我腿疼走不了路 咋办"])
def test_other_pains_are_care_as_well(understander: Understander, text: str) -> None:
    said = understander.understand(text)
    assert (said.type, said.urgency, said.sensitivity) == ("elder_care", "normal", "private")


@pytest.mark.parametrize("text", ["胸口发闷", "嘴角歪了", "喘不上气 手也麻"])
def test_a_danger_stays_one(understander: Understander, text: str) -> None:
    assert understander.understand(text).urgency == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "头疼",
        "头疼死了",
        "这事真让我头疼",
        "物业的事让我头疼",
        "打牌打得手麻",
        "腰疼老毛病了",
        "心里发慌 怕他出事",
        "昨天头晕今天好了",
        "听说他头疼",
        "路灯不亮 走路心慌",
        "我",
        "今天",
        "谢谢",
        "",
    ],
)
def test_no_signs_of_illness(text: str) -> None:
    assert not tells_how_he_feels(text)


@pytest.mark.parametrize(
    "seed", ["我", "一直", "心慌", "手也麻", "今天现在", "有点", "1,", "得很了", "我妈老", "了的啊"]
)
def test_long_texts_are_read_quickly(seed: str) -> None:
    began = time.perf_counter()
    for length in (60, 61, 200):
        feels_gravely_ill((seed * 200)[:length])
    assert time.perf_counter() - began < 0.1
