"""Talk of death, a touch of live wire, breath by power: rung with their own kind; figures of speech are not."""

from __future__ import annotations

import time

import pytest

from classifiers.dangers import unmistakable
from classifiers.understand import Understander


@pytest.mark.parametrize(
    "text",
    [
        "俺真是不想受这罪了，一根绳吊死算了",
        "真想一头扎进河里算球了",
        "吊死算了",
        "这日子俺一天也不想熬了",
        "恨不得跳楼死了算了",
        "喝敌敌畏算球了，省得拖累娃们",
        "一包老鼠药吃了算完",
        "得了这病，这罪我是一天也不想受了",
        "我拿刀抹脖子算了",
        "俺拿剪子捅死自己得了",
        "我要是没了，麻烦你们帮我照看一下猫",
    ],
)
def test_talk_of_his_own_death(understander: Understander, text: str) -> None:
    said = understander.understand(text)
    assert (said.type, said.urgency, said.emergency_kind) == ("other", "emergency", "self_harm")
    assert said.sensitivity == "confidential"


@pytest.mark.parametrize(
    "text",
    [
        "笑死算了",
        "热死算了",
        "撞豆腐上死了算了",
        "气死我了这球踢的，恨不得一头撞墙上，哈哈",
        "热得我真想一头扎进冰箱里",
        "他咋不一头撞死算了，天天吵我",
        "蟑螂踩死算了",
        "老板说再不买就跳楼算了，大甩卖",
        "跳闸算了，不修了",
        "这工作一天也不想熬了",
        "停水三天了，这罪一天也不想受了",
        "我要是没了钥匙，麻烦你们帮我喂猫",
        "切菜不小心拿刀划手指了",
    ],
)
def test_figures_of_speech(understander: Understander, text: str) -> None:
    assert understander.understand(text).urgency != "emergency"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我闺女把自己关屋里拿刀片划胳膊，门打不开", "self_harm"),
        ("他拿刀抹我脖子", "violence"),
        ("儿子拿刀划他媳妇胳膊", "violence"),
        ("脸盆里泡着插排，我孩子一摸就倒在那儿不动了", "electric"),
        ("孩子摸了插座倒在地上不动了", "electric"),
        ("小孩抠插座，一下子抽过去了", "electric"),
        ("洗衣机一摸，我老伴就倒地上不动了", "electric"),
        ("家里没电了，我老伴用制氧机", "medical"),
        ("停电两小时了，老头子靠呼吸机活着", "medical"),
        ("打我妈电话一上午没接，她心脏不好，门从里头反锁着，谁去给看看", "medical"),
        ("他打我妈，电话打不通，快来", "violence"),
        ("老李家牛车翻了，压着老李了", "trapped"),
        ("我家小子说要跳楼，说是开玩笑，我担心", "self_harm"),
    ],
)
def test_the_kind(understander: Understander, text: str, kind: str) -> None:
    assert understander.understand(text).emergency_kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "我一按开关灯就没反应",
        "插头一拔电视就不动了",
        "风扇一碰就倒，能修吗",
        "明天停电，我老伴用制氧机，咋办",
        "制氧机去哪买",
    ],
)
def test_things_that_fail(understander: Understander, text: str) -> None:
    assert not unmistakable.unmistakable_kind(text.replace("，", ","))
    assert understander.understand(text).urgency != "emergency"


@pytest.mark.parametrize(
    "seed", ["喝", "喝了农药", "一头", "真想", "插座一", "摸了", "制氧机", "日子", "1,", "今天现在"]
)
def test_long_texts_are_read_quickly(seed: str) -> None:
    began = time.perf_counter()
    unmistakable.unmistakable_kind((seed * 400)[:800])
    assert time.perf_counter() - began < 0.1
