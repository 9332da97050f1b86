"""A danger of another time, of elsewhere or of every day rings no alarm, and its near neighbours still do."""

from __future__ import annotations

import time

import pytest

from classifiers.dangers import everyday, hearsay, suppositions
from classifiers.understand import Understander


@pytest.mark.parametrize(
    "text",
    [
        "有人触电了该怎么救,想学学",
        "发生火灾该打哪个电话,我教教孩子",
        "家里老人万一噎住了,先打120还是先拍背",
        "孩子把自己锁屋里那次吓坏了,以后遇到这种情况找谁",
        "要是发生地震,先往哪跑,怎么跑",
    ],
)
def test_what_is_asked_for_another_time(understander: Understander, text: str) -> None:
    assert suppositions.asks_ahead(text)
    assert understander.understand(text).urgency != "emergency"


@pytest.mark.parametrize(
    "text",
    ["池塘护栏断了,小孩掉下去咋办", "井盖松了,老人踩空摔下去怎么得了", "河边护栏缺了一截 小孩子滑下去谁负责"],
)
def test_what_a_defect_may_lead_to(understander: Understander, text: str) -> None:
    assert suppositions.tells_what_may_come(text)
    meaning = understander.understand(text)
    assert meaning.is_request
    assert meaning.urgency != "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "煤气安全提示:闻到煤气味先关阀门,再开窗,不要开灯",
        "用电安全小课堂:有人触电先拉闸,别用手拉",
        "防溺水须知:孩子不要私自下水,家长看好",
        "转发:外地某小区一女童坠楼,各位家长看好孩子",
        "转发新闻:某村老人取暖一氧化碳中毒身亡,大家警惕",
    ],
)
def test_notices_and_forwarded_news_ask_for_nothing(understander: Understander, text: str) -> None:
    assert not understander.understand(text).is_request


@pytest.mark.parametrize(
    "text",
    [
        "消防车呜哇呜哇开过去了,也不知道谁家着了",
        "过去了三辆救护车,不知道哪儿出事了",
        "楼下烧烤店的炉子火苗一米多高,天天这样,烟都进屋",
        "楼上弹钢琴,每天三个小时,我爸心脏不好受不了,敲门也不开",
        "我95岁,出不去门,想理个发",
        "老了腿脚不好,下不去楼,想有人陪我说说话",
    ],
)
def test_what_passes_by_and_what_is_so_every_day(understander: Understander, text: str) -> None:
    assert understander.understand(text).urgency != "emergency"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("触电了怎么救,快教教我", "electric"),
        ("我爸晕倒了,要是救护车来不了怎么办", "medical"),
        ("老人突然晕倒了先打120还是先掐人中", "medical"),
        ("我要是死了孩子怎么办,我不想活了", "self_harm"),
        ("护栏断了,小孩掉下去了咋办", "trapped"),
        ("井盖没了,一个孩子掉进去了,咋办", "trapped"),
        ("紧急通知:3号楼着火了,大家快跑", "fire"),
        ("通知:小区煤气泄漏了,请立即撤离", "gas"),
        ("转发:我村小孩掉河里了,快来人救", "trapped"),
        ("消防车进不来,我们楼着火了", "fire"),
        ("烧烤店天天冒火,今天烧着雨棚了", "fire"),
        ("隔壁练琴的老头倒在地上叫不醒", "medical"),
        ("我90了,门锁坏了出不去门,想找人", "trapped"),
        ("我妈天天念叨活够了,麻将也不打了,今天把药都藏起来了", "self_harm"),
    ],
)
def test_neighbours_that_ring(understander: Understander, text: str, kind: str) -> None:
    assert understander.understand(text).emergency_kind == kind


def test_long_texts_are_read_in_no_time() -> None:
    seeds = ("1,", "如果要是", "护栏断,小孩掉", "以后碰", "想帮", "先还是", "消防车路过", "出不去门想", "转发:某地")
    functions = (
        suppositions.asks_ahead,
        suppositions.tells_what_may_come,
        hearsay.is_notice,
        hearsay.is_news,
        hearsay.is_seen_from_far,
        everyday.annoys_every_day,
        everyday.wants_a_service,
    )
    for ask in functions:
        ask("")
        for seed in seeds:
            begun = time.perf_counter()
            ask((seed * 400)[:800])
            assert time.perf_counter() - begun < 0.1, (ask, seed)


def test_stairs_take_the_breath_of_the_old(understander: Understander) -> None:
    said = understander.understand("老太太拎水上五楼老喘")
    assert (said.type, said.urgency) == ("elder_care", "normal")
    assert understander.understand("我妈上楼喘得厉害，嘴唇都紫了").emergency_kind == "medical"


def test_upstairs_is_not_in_the_lift(understander: Understander) -> None:
    assert understander.understand("电梯不动了，我婆婆坐轮椅在11楼下不来，要去透析").urgency == "urgent"
    assert understander.understand("电梯不动了，我婆婆坐轮椅困里面下不来").emergency_kind == "trapped"
