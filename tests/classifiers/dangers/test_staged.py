"""Stories, actors and jokes ring nobody; what truly happened among actors, or may be meant, rings."""

from __future__ import annotations

import time

import pytest

from classifiers.dangers import staged
from classifiers.understand import Understander


@pytest.mark.parametrize(
    "text",
    [
        "武松拿刀砍西门庆那一集今晚重播",
        "关公拿刀砍华雄那段评书真过瘾",
        "小品里演两口子打架笑死了",
        "孩子在演小品，扮演被刀捅的人",
        "隔壁剧组拍打戏，演员从二楼摔下来，底下有垫子",
        "拍戏呢，有人从楼上摔下来，别害怕",
        "剧组在胡同口拍戏，演员拿刀互砍，都是道具",
        "我家小子考试不及格，说要从楼上跳下去，闹着玩的，正啃鸡腿呢",
        "上次我跟你们说不想活了，那都是气话，现在想开了，日子挺好",
    ],
)
def test_stories(understander: Understander, text: str) -> None:
    assert not understander.understand(text).is_request


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("隔壁不是拍戏，真有人拿刀砍人", "violence"),
        ("演员拿刀捅了人，不是道具", "violence"),
        ("拍戏的人打我们邻居了", "violence"),
        ("剧组演员从二楼真摔了，流血了快来", "medical"),
        ("唱戏的台子塌了，演员砸底下了", "trapped"),
        ("我闺女说不想活了，开玩笑似的，正坐窗台上呢", "self_harm"),
    ],
)
def test_what_truly_happened(understander: Understander, text: str, kind: str) -> None:
    assert understander.understand(text).emergency_kind == kind


def test_a_company_may_keep_a_lane_awake(understander: Understander) -> None:
    assert understander.understand("剧组拍打戏半夜还在喊，都是演的，吵得睡不着，管一管").is_request


@pytest.mark.parametrize("seed", ["武松", "电视里", "拿", "说要", "剧组", "上次说", "1,", "今天现在"])
def test_long_texts_are_read_quickly(seed: str) -> None:
    began = time.perf_counter()
    staged.is_staged((seed * 400)[:800])
    staged.was_said_in_fun((seed * 400)[:800])
    assert time.perf_counter() - began < 0.1
