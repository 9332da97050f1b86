"""From a resident's first word to the closed request."""

from __future__ import annotations

from storage.records import State
from tests.stories.town import Town


async def test_a_leaking_pipe_from_the_sign_to_the_rating(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    chen = town.member("陈示例")
    await grandma.scans("xy-01")
    grandma.hears("槐荫胡同", "由陈示例负责", "我的资料")

    await grandma.says("厨房水管漏了,地板都泡了")
    grandma.hears("编号 #1", "报修", "陈示例", "前给您回话")
    group.hears("#1 报修", "槐荫胡同", "接 1")

    await chen.says("接 1", in_=group)
    group.hears("#1 陈示例接下了")
    grandma.hears("#1", "陈示例接下了")
    await chen.says("办结 1 换了新水管", in_=group)
    group.hears("#1", "等居民评价")
    grandma.hears("办完了", "换了新水管", "满意")
    await grandma.taps("满意")
    grandma.hears("谢谢您")
    chen.hears("#1 居民评价:满意")

    request = await town.request(1)
    assert request.state is State.CLOSED
    assert request.rating == "good"
    assert request.first_responder == request.holder == town.code("陈示例")
    assert request.first_response_at
