"""A part that is done closes nothing; an afterthought takes nothing back."""

from __future__ import annotations

import pytest

from classifiers.members.partly import is_partly


@pytest.mark.parametrize(
    "text",
    [
        "厨房的修好了 厕所的明天修",
        "线先接上了 明天换开关",
        "一楼的换好了 三楼的灯座坏了得等配件 周四再来",
        "到了 拉了电闸",
        "暂时通了 过两天还得来看",
        "东边的扫了 西边的下午扫",
        "修好了一个 还有一个没修",
        "左边换好了，右边的还没换",
        "换了两盏 剩下的明天换",
        "先用胶带缠上了 明天换新的",
        "1号院的清了 2号院下周一清",
        "关了总阀 明天来换管子",
        "补好了三个坑 还剩两个",
        "刷完一面墙 另一面后天刷",
        "临时接上了",
    ],
)
def test_more_is_to_be_done(text: str) -> None:
    assert is_partly(text)


@pytest.mark.parametrize(
    "text",
    [
        "修好了 明天再去看看",
        "办好了 让她明天来取",
        "换好了 下午三点换的",
        "通了 以后别倒油了",
        "修好了 有问题再找我",
        "送到了 明天再去看她",
        "证办好了 明天给她送去",
        "换好了",
        "下午修好了",
        "明天修",
        "都弄完了 一个没剩",
        "关了阀 没事了 是软管松了",
        "已经修好了 昨天来修的",
        "灯换好了 剩下的灯泡放门卫了",
        "清完了 垃圾下午拉走了",
        "接上电了",
        "修好了 还没收钱",
        "办好了 后天就能领卡了",
        "先修好了 后吃饭",
        "闸推上去了 来电了",
        "通了 周三通的",
    ],
)
def test_it_is_done(text: str) -> None:
    assert not is_partly(text)
