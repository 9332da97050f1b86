"""What only sounds like danger rings no alarm, and what stands beside it still does."""

from __future__ import annotations

import time

import pytest

from classifiers.dangers import calming, ringing
from classifiers.dangers.calming import is_harmless, is_plea, without_harmless, without_pleas
from classifiers.requests import illness
from classifiers.understand import Understander


@pytest.mark.parametrize(
    "text",
    [
        "不要在群里说",
        "不要往群里发",
        "别告诉我闺女 她忙",
        "别往群里发啊",
        "他住8号",
        "他六十多岁",
        "有欠条的",
        "我有地契",
    ],
)
def test_pleas_and_facts_alone_are_nothing_to_be_done(understander: Understander, text: str) -> None:
    assert not understander.understand(text).is_request


@pytest.mark.parametrize(
    "text",
    [
        "不要发红字了",
        "别让他进来",
        "别打我",
        "不要停水了",
        "叫不醒他",
        "他姓王,晕倒了",
        "他六十多岁走丢了",
        "住宅能改门面么",
    ],
)
def test_neighbours_of_pleas_and_facts(text: str) -> None:
    assert not is_plea(text)
    assert not is_harmless(text)


def test_a_plea_hides_no_despair(understander: Understander) -> None:
    assert understander.understand("别告诉我闺女 我不想活了").emergency_kind == "self_harm"
    assert understander.understand("我吃了一瓶安眠药 别跟孩子说").emergency_kind == "self_harm"
    assert without_pleas("我查出来乳腺癌,没跟家里说") == "我查出来乳腺癌"


@pytest.mark.parametrize(
    "text",
    [
        "春天?那雪一压房不就塌了",
        "一下大雨那墙不就倒了",
        "再不修早晚要砸死人",
        "气死我了 灯还没修",
        "电梯再不修我就要发火了",
        "俄罗斯和乌克兰打起来了",
        "两个小娃娃打起来了 抢玩具",
        "他们打麻将打起来没完",
        "他打得一手好牌",
        "防着着火",
        "买瓶百草枯除草",
        "他家棉花地里喷农药",
        "想学学有人溺水了怎么办",
        "煤气漏了先关阀还是先开窗",
        "上个月我家闻着煤气味 燃气公司来换的管子 换完老有声响",
        "那个旧柜子是个累赘 想扔了",
        "不好了 水管崩了 满屋子水",
        "厕所下水道反臭鸡蛋味 一到阴天就这样 好几年了",
        "剧本杀店天天半夜尖叫救命啊杀人啦",
        "困在家里一个礼拜了 腿打着钢板出不去 闷得慌 谁来陪我唠唠",
        "救命 怎么在你们小程序里找到居住证明那一栏",
        "加班到吐血",
        "孩子拿水枪互射 中弹倒地装死",
        "触电急救那节课我报名 两个人",
        "报告 三号楼火已经灭了 119也撤了 人都在",
        "围挡让风刮倒一面 斜压在人行道上",
        "小区的健身车 左脚踏板离家出走了",
        "就想推我妈去看看桃花",
        "蛇进院子了",
        "谁家小孩老按我家门铃",
        "有人在墙上贴了满满一面开锁的",
        "老公今早又掐我脖子 他去上班了我才敢发 晚上他回来我怕",
    ],
)
def test_what_only_sounds_like_danger(understander: Understander, text: str) -> None:
    assert understander.understand(text).urgency != "emergency"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("他们打麻将打起来了 头都打破了", "violence"),
        ("我家煤气漏了 先开窗还是先打电话", "gas"),
        ("我把农药喝了", "self_harm"),
        ("孩子把打果树的农药喝了", "medical"),
        ("气死我了 楼道又着火了", "fire"),
        ("我公公吃汤圆噎住脸发紫讲不出话", "medical"),
        ("墙塌了压着人了", "trapped"),
    ],
)
def test_what_stands_beside_still_rings(understander: Understander, text: str, kind: str) -> None:
    assert understander.understand(text).emergency_kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("电线掉下来了 还冒火星子", "electric"),
        ("有人溺水了怎么办", "trapped"),
        ("有人触电了咋整", "electric"),
        ("脑子里老是想着死", "self_harm"),
        ("我早就该死了", "self_harm"),
        ("我就是家里的累赘", "self_harm"),
        ("我妈天天念叨自己早该死了", "self_harm"),
        ("冒烟了 怎么也灭不掉", "fire"),
        ("那边半边天都红了", "fire"),
        ("人都飞出去了", "medical"),
        ("路口有人被车撞飞了", "medical"),
        ("这会儿又动手打孩子了", "violence"),
        ("现在在里屋睡了 我不敢出声", "violence"),
        ("变压器砰砰炸 蓝火球往下掉", "electric"),
        ("电线落到水坑里 已经麻翻一条狗了", "electric"),
        ("汤溢出来把火浇灭了 满屋子味", "gas"),
        ("表那里接头崩开了 气直往外蹿", "gas"),
        ("护理床折起来把她夹在中间了 喘气都费劲", "trapped"),
        ("孩子趴在窗台上往外爬", "trapped"),
        ("窗户缝直冒烟 拍门没人应", "fire"),
        ("蛇进屋咬着我妈了", "medical"),
        ("喝了农药 别救我", "self_harm"),
        ("有啥法子走得不遭罪", "self_harm"),
        ("窗户外头跨出来一个姑娘 一条腿悬着", "self_harm"),
    ],
)
def test_forms_that_ring(understander: Understander, text: str, kind: str) -> None:
    assert understander.understand(text).emergency_kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "火烧云,半边天都是红的",
        "电线被货车挂断了 耷拉在路边 火花倒没有",
        "娃的疫苗本丢了咋搞",
        "妈可想死你了",
        "拿的死工资",
        "风筝飞出去了",
        "我妈走得不遭罪 谢谢你们来送",
        "孩子在阳台爬来爬去",
        "暖气接头崩了 热气往外冒",
        "俺闺女婿打俺闺女,眼都打肿咧",
        "我男人喝酒就打人,这么多年了,我该怎么办",
    ],
)
def test_neighbours_of_forms_that_ring(understander: Understander, text: str) -> None:
    assert understander.understand(text).urgency != "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "我查出来乳腺癌 没跟家里说",
        "查出来糖尿病没敢跟孩子说",
        "我闺女得了抑郁症 不上学 在家躺着",
        "我得了糖尿病 没跟家里人说",
    ],
)
def test_an_illness_of_ones_own_is_care_and_private(understander: Understander, text: str) -> None:
    said = understander.understand(text)
    assert (said.type, said.urgency, said.sensitivity) == ("elder_care", "normal", "private")


@pytest.mark.parametrize(
    "text", ["听说隔夜茶致癌", "我怀疑我得了绝症,一查是吃撑了", "得了糖尿病能报销吗", "有人推销神药,说治癌"]
)
def test_no_illness_of_ones_own(text: str) -> None:
    assert not illness.tells_of_illness(text)


def test_a_call_for_help_is_no_second_matter(understander: Understander) -> None:
    said = understander.understand("我儿子三个月没给我生活费了 我想让你们给说说")
    assert [matter.sensitivity for matter in said.matters] == ["private"]


@pytest.mark.parametrize(
    "seed",
    [
        "1,",
        "今天现在",
        "别告诉",
        "没跟",
        "他住",
        "我妈老说",
        "现在又",
        "得了",
        "再不修",
        "一压",
        "打起来",
        "想着死",
        "气",
        "电线掉",
    ],
)
def test_long_texts_are_read_quickly(seed: str) -> None:
    text = seed * 200
    began = time.perf_counter()
    for look in (
        is_plea,
        is_harmless,
        without_harmless,
        without_pleas,
        calming.asks_out_of_a_book,
        calming.was_seen_to,
        ringing.told_by_form,
        illness.tells_of_illness,
    ):
        look(text)
    assert time.perf_counter() - began < 0.5
