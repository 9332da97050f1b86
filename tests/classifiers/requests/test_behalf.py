"""For whom somebody speaks."""

from __future__ import annotations

import pytest

from classifiers.requests.behalf import on_behalf_of


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("帮我妈问一下养老金怎么认证", "我妈"),
        ("替隔壁王奶奶说一声，她家水管漏了", "隔壁王奶奶"),
        ("我奶奶家停电了", "我奶奶"),
        ("我是替我对门张大爷报修，灯坏了", "我对门张大爷"),
        ("帮邻居反映一下，楼道灯坏了", "邻居"),
        ("代我爸申请一下高龄补贴", "我爸"),
        ("俺娘一个人在家，腿脚不好，想找人帮忙买菜", ""),
        ("俺妈一个人在家，腿脚不好，想找人帮忙买菜", "俺妈"),
        ("隔壁李大爷摔倒了，快来人", "隔壁李大爷"),
        ("我公公行动不便，能不能上门办证", "我公公"),
        ("帮李阿姨登记一下", "李阿姨"),
        ("水管漏了", ""),
        ("帮我修一下水管", ""),
        ("帮忙看看路灯", ""),
        ("楼上王大爷家半夜吵，睡不着", ""),
        ("我和老公天天吵架", ""),
        ("我儿子不管我", ""),
        ("我妈家暴我", ""),
        ("给我妈打过电话了", ""),
        ("", ""),
    ],
)
def test_who_is_spoken_for(text: str, who: str) -> None:
    assert on_behalf_of(text) == who
