"""What is private is told to one, what is confidential to the secretary, and to no group."""

from __future__ import annotations

import pytest

from tests.stories.town import Town


async def test_a_family_matter_is_told_to_the_member_alone(town: Town) -> None:
    xiaoman, chen = town.resident("周小满"), town.member("陈示例")
    await xiaoman.scans("xy-01")
    xiaoman.skip()
    await xiaoman.says("我和老公天天吵架,想请人来劝劝")
    xiaoman.hears("#1", "单独告诉槐荫胡同的陈示例", "不会发到群里")
    chen.hears("#1 矛盾纠纷", "老公")
    town.group("槐荫胡同群").hears_nothing()


async def test_a_complaint_about_the_member_never_reaches_him(town: Town) -> None:
    xiaoman, ma = town.resident("周小满"), town.member("马假设")
    await xiaoman.scans("xy-01")
    xiaoman.skip()
    await xiaoman.says("我要投诉我们胡同长陈示例,态度特别差,找他办事从来不理人")
    xiaoman.hears("#1", "马假设", "也不会告诉别人")
    ma.hears("#1", "保密", "态度")
    request = await town.request(1)
    assert request.sensitivity == "confidential"
    await town.later(hours=1)
    town.member("陈示例").hears_nothing()
    town.group("槐荫胡同群").hears_nothing()
    chen = town.member("陈示例")
    await chen.says("查 1")
    chen.hears("没有 #1 这件事")
    await chen.says("我的任务")
    chen.hears("没有要办的事")
    await ma.says("接 1")
    ma.hears("#1 马假设接下了")
    xiaoman.hears("#1", "马假设接下了")
    await town.until(18, 10)
    for secretary in (ma, town.member("汪比方")):
        secretary.hears("日报", "保密事项1件", not_=["态度"])
    town.skip(town.member("毕比方"), town.member("邵范例"))


async def test_the_group_never_reads_numbers_doors_and_names(town: Town) -> None:
    xiaoman = town.resident("周小满")
    await xiaoman.scans("xy-07")
    xiaoman.skip()
    await xiaoman.says("我叫王小明,住幸福小区2号楼3单元501,电话13912345678,厨房水管漏了")
    xiaoman.hears("#1(报修)")
    town.group("幸福小区东区群").hears("#1 报修", "水管漏了", not_=["13912345678", "王小明", "501", "3单元", "2号楼"])


async def test_a_complaint_by_name_is_as_confidential_as_one_by_title(town: Town) -> None:
    xiaoman, ma = town.resident("周小满"), town.member("马假设")
    await xiaoman.scans("xy-01")
    xiaoman.skip()
    await xiaoman.says("我要投诉陈示例，收了我200块钱不办事")
    xiaoman.hears("#1", "马假设")
    ma.hears("#1", "保密")
    assert (await town.request(1)).sensitivity == "confidential"


async def test_what_follows_a_complaint_stays_with_the_secretary(town: Town) -> None:
    xiaoman, ma, chen = town.resident("周小满"), town.member("马假设"), town.member("陈示例")
    await xiaoman.scans("xy-01")
    xiaoman.skip()
    await xiaoman.says("胡同长把救灾的米面自己留下了")
    xiaoman.skip()
    ma.hears("#1", "保密")
    await town.later(minutes=10)
    for words in ("我说的是陈示例", "他要是知道了可不得了", "可不敢叫他知道是我说的"):
        await xiaoman.says(words)
        xiaoman.hears("#1")
        await town.later(minutes=1)  # until he has finished
        ma.hears("#1", words)
    chen.hears_nothing()
    town.group("槐荫胡同群").hears_nothing()
    await xiaoman.says("还有个事,我家厨房水管漏水了")
    xiaoman.hears("#2")
    town.group("槐荫胡同群").hears("#2")


async def test_a_fire_is_no_secret(town: Town) -> None:
    xiaoman, ma = town.resident("周小满"), town.member("马假设")
    await xiaoman.scans("xy-01")
    xiaoman.skip()
    await xiaoman.says("我老公又打我了,正在打")
    xiaoman.hears("#1", "110")
    ma.hears("#1")
    await xiaoman.says("我家着火了")
    xiaoman.hears("#2", "119")
    town.group("槐荫胡同群").hears("#2", "着火")
    ma.hears("#2", "着火")
    town.member("汪比方").hears("#1", not_=["着火"])
    town.skip(*(town.member(name) for name in ("陈示例", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方")))


@pytest.mark.parametrize("minutes", [0, 10])
async def test_danger_behind_a_complaint_rings_for_all(town: Town, minutes: int) -> None:
    xiaoman = town.resident("周小满")
    await xiaoman.scans("xy-01")
    await xiaoman.says("胡同长把救灾的米面自己留下了")
    await town.later(minutes=minutes)
    town.skip(xiaoman, town.member("马假设"))
    await xiaoman.says("我妈晕倒了")
    xiaoman.hears("120", "#2")
    for name in ("陈示例", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设"):
        town.member(name).hears("紧急 #2", "晕倒")
    town.skip(town.group("槐荫胡同群"))


@pytest.mark.parametrize("minutes", [0, 10])
async def test_a_knife_behind_a_complaint_is_told_to_the_secretaries_alone(town: Town, minutes: int) -> None:
    xiaoman, ma = town.resident("周小满"), town.member("马假设")
    await xiaoman.scans("xy-01")
    await xiaoman.says("胡同长把救灾的米面自己留下了")
    await town.later(minutes=minutes)
    town.skip(xiaoman, ma)
    await xiaoman.says("有人拿刀砍我家的门")
    xiaoman.hears("110")
    ma.hears("紧急")
    town.member("汪比方").hears("紧急")
    town.member("陈示例").hears_nothing()
    town.group("槐荫胡同群").hears_nothing()


async def test_who_takes_it_is_told_the_door_and_the_phone_alone(town: Town) -> None:
    xiaoman, group = town.resident("周小满"), town.group("幸福小区东区群")
    await xiaoman.scans("xy-07")
    xiaoman.skip()
    await xiaoman.says("幸福小区2号楼3单元501厨房水管漏了，电话13912345678")
    xiaoman.hears("#1")
    group.hears("#1", not_=["13912345678", "501"])
    zhou = town.member("周假设")
    await zhou.says("接 1", in_=group)
    group.hears("#1 周假设接下了", not_=["13912345678"])
    zhou.hears("#1 交给您了", "501", "13912345678")
    xiaoman.hears("周假设接下了")


@pytest.mark.wordings
@pytest.mark.parametrize(
    "words",
    [
        "我要投诉马假设书记,吃拿卡要,低保名额给了他亲戚",
        "我们村支书贪钱,修路的钱不知道哪去了,我要举报",
    ],
)
async def test_a_complaint_about_the_secretary_goes_above_him(town: Town, words: str) -> None:
    xiaoman, ma, above = town.resident("周小满"), town.member("马假设"), town.member("汪比方")
    await xiaoman.scans("xy-01")
    xiaoman.skip()
    await xiaoman.says(words)
    xiaoman.hears("#1", "只告诉", "汪比方", not_=["马假设"])
    above.hears("#1", "保密", "接 1")
    await ma.says("查 1")
    ma.hears("没有 #1 这件事")
    await town.later(days=2)
    ma.skip()  # the digests of two evenings
    assert not any("低保名额" in line.text or "修路的钱" in line.text for line in ma.chat)
    assert (await town.request(1)).holder == town.code("汪比方")
    town.skip(above, xiaoman, town.member("毕比方"), town.member("邵范例"))


async def test_who_is_named_later_hears_no_more_of_it(town: Town) -> None:
    xiaoman, ma, above = town.resident("周小满"), town.member("马假设"), town.member("汪比方")
    await xiaoman.scans("xy-01")
    await xiaoman.says("我要举报有人收黑钱,陈示例不管事")
    town.skip(xiaoman, ma)
    await town.later(minutes=3)
    await xiaoman.says("还有马假设,也收了人家两千块钱")
    xiaoman.hears("补充到 #1")
    xiaoman.hears("#1", "汪比方")
    above.hears("这件事转给您办", "#1", "马假设")
    ma.hears_nothing()
    await town.later(minutes=3)
    above.skip()


async def test_danger_at_home_does_not_rest_on_one_secretary(town: Town) -> None:
    xiaoman = town.resident("周小满")
    await xiaoman.scans("xy-01")
    xiaoman.skip()
    await xiaoman.says("我老公又打我了,头都流血了")
    xiaoman.hears("110", "马假设、汪比方", "不会让别人知道")
    for name in ("马假设", "汪比方"):
        town.member(name).hears("紧急 #1", "头都流血了")
    town.member("陈示例").hears_nothing()
    town.group("槐荫胡同群").hears_nothing()
    await town.member("汪比方").says("接 1")
    xiaoman.hears("#1", "汪比方")
    town.skip(town.member("马假设"), town.member("汪比方"))


async def test_its_pictures_go_along_to_who_hears_it_instead(town: Town) -> None:
    xiaoman, ma, above = town.resident("周小满"), town.member("马假设"), town.member("汪比方")
    await xiaoman.scans("xy-01")
    await xiaoman.says("我要举报有人收黑钱,陈示例不管事")
    await xiaoman.sends_picture()
    await town.later(minutes=3)
    town.skip(xiaoman, ma)
    await xiaoman.says("还有马假设,也收了人家两千块钱")
    assert any(line.media for line in above.unread())
    await town.later(minutes=3)
    town.skip(xiaoman, above)
    ma.hears_nothing()


async def test_a_complaint_right_behind_a_drain_is_a_matter_of_its_own(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says("下水道堵了")
    town.skip(grandma, town.group("槐荫胡同群"))
    await town.later(seconds=10)
    await grandma.says("陈示例来了两回就知道训人")
    grandma.hears("#2", "马假设", "不会发到群里")
    town.member("马假设").hears("#2", "训人")
    drain, complaint = await town.request(1), await town.request(2)
    assert (drain.holder, drain.sensitivity) == (town.code("陈示例"), "open")
    assert (complaint.holder, complaint.sensitivity) == (town.code("马假设"), "confidential")


async def test_an_identity_card_goes_to_nobody_who_is_called_to_an_emergency(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.says("我家着火了，3号楼501，电话13800138000，身份证110101199003071234")
    grandma.hears("119")
    for name in ("陈示例", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设"):
        town.member(name).hears("3号楼501", "13800138000", "证件号", not_=["19900307"])
    town.group("槐荫胡同群").hears("紧急", not_=["19900307", "13800138000"])
