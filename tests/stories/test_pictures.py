"""Pictures: a resident's reach the one who works on it, a member's reach the resident with the result."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import ClientSession

from storage.records import State
from tests.stories.town import JPEG, Town

OTHER = b"\xff\xd8\xff" + b"\1" * 700_000  # in two pieces


async def test_who_takes_it_sees_the_picture_and_the_group_does_not(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.sends_picture(OTHER)
    await grandma.says("水管漏了")
    grandma.skip()
    assert group.hears("#1 报修", "水管漏了").kind == "markdown"
    await chen.says("接 1", in_=group)
    group.hears("#1 陈示例接下了")
    grandma.hears("陈示例接下了")
    chen.hears("#1 交给您了", "一张照片")
    line = chen.hears("")
    assert (line.kind, line.via) == ("image", "push")
    assert town.medium(line) == OTHER
    await chen.says("查 1")
    chen.hears("#1 报修")  # and the picture not once more


async def test_a_picture_that_comes_later_goes_to_the_holder_alone(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("水管漏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await grandma.sends_picture()
    grandma.hears("补充到 #1")
    await town.later(minutes=2)
    chen.hears("#1", "居民补充", "一张照片")
    assert chen.hears("").kind == "image"


async def test_of_a_private_matter_the_holder_sees_the_picture_at_once(town: Town) -> None:
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.sends_picture()
    await grandma.says("老伴瘫痪在床，低保证办不下来，想申请低保")
    grandma.skip()
    assert (await town.request(1)).sensitivity == "private"
    chen.hears("#1", "低保")
    assert chen.hears("").kind == "image"


async def test_the_result_in_a_picture_reaches_the_resident(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await chen.sends_picture()
    chen.hears("照片放到 #1 里了", "办结 1")
    await chen.sends_picture("办结 1 换了灯", in_=group, data=OTHER)
    group.hears("#1 马上告诉居民")
    grandma.hears("#1", "换了灯")
    shown = [grandma.hears(""), grandma.hears("")]
    assert [(line.kind, line.via) for line in shown] == [("image", "custom")] * 2
    assert {town.medium(line) for line in shown} == {JPEG, OTHER}
    await chen.sends_picture(data=JPEG + b"!")
    chen.hears("照片放到 #1 里了，马上给居民看")
    town.skip(grandma)  # while his allowance lasts
    assert town.wechat.ledger_refusals.total() == 0


async def test_a_picture_is_a_result_without_words(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await chen.says("办结 1", in_=group)
    group.hears("#1 办得怎么样")
    await chen.sends_picture("办结 1", in_=group)
    group.hears("#1 马上告诉居民")
    grandma.hears("#1", "请看照片")
    assert grandma.hears("").kind == "image"
    assert (await town.request(1)).state is State.RESOLVED


async def test_a_picture_of_which_nobody_knows_the_request_is_asked_about(town: Town) -> None:
    chen = town.member("陈示例")
    await chen.sends_picture()
    chen.hears("照片是哪一件的")


async def test_the_pictures_go_when_the_resident_wants_everything_deleted(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.sends_picture()
    await grandma.says("水管漏了")
    town.wecom.faults.api_down = True
    await town.disconnected()
    async with town.play.bot.store.reading() as session:
        (file,) = await session.files.of(1)
    await grandma.says("删除我的资料")
    await grandma.taps("确认删除")
    await town.settle()
    town.wecom.faults.api_down = False
    await town.reconnected()
    await town.later(minutes=1)
    town.skip(grandma, group, chen)
    assert not any(line.kind == "image" for line in (*group.chat, *chen.chat))
    with pytest.raises(FileNotFoundError):
        town.play.bot.parcels._folder.open(file.digest)


@pytest.mark.parametrize("settings", [{"desk": {"public_url": "https://desk.example"}}])
async def test_what_wecom_does_not_take_is_seen_by_a_link_for_a_day(town: Town, settings: dict[str, Any]) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.sends_picture()
    await grandma.says("水管漏了")
    town.skip(grandma, group)
    town.wecom.uploads.refuses = 40006
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    chen.hears("#1 交给您了")
    link = chen.hears("#1", "https://desk.example/f/").text.split()[-1]
    path = link.removeprefix("https://desk.example")
    async with ClientSession(town.play.url) as browser:
        async with browser.get(path) as answer:
            assert (answer.status, await answer.read()) == (200, JPEG)
            assert answer.headers["Content-Type"] == "image/jpeg"
            assert "no-store" in answer.headers["Cache-Control"]
            assert answer.headers["X-Robots-Tag"] == "noindex"
        assert (await browser.get(f"{path}x")).status == 404
        assert (await browser.get("/f/")).status == 404
        await town.later(days=1, minutes=1)
        assert (await browser.get(path)).status == 404
    for ear in (chen, grandma, *(town.member(name) for name in ("马假设", "汪比方", "毕比方", "邵范例"))):
        ear.skip()
