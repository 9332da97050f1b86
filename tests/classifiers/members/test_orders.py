"""Orders in set words, and sentences that only sound like one."""

from __future__ import annotations

from time import perf_counter

import pytest

from classifiers.members.orders import Order, SpokenOrder, names_who_goes, read_order, read_verdict


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("并 5 到 1", SpokenOrder(Order.MERGE, (5, 1))),
        ("1和5是一件事", SpokenOrder(Order.MERGE, (5, 1))),
        ("1和2是一回事 合并", SpokenOrder(Order.MERGE, (2, 1))),
        ("1、2合并", SpokenOrder(Order.MERGE, (2, 1))),
        ("并 2 5", SpokenOrder(Order.MERGE, (2, 5))),
        ("2并到1", SpokenOrder(Order.MERGE, (2, 1))),
        ("17和18分开办", SpokenOrder(Order.UNMERGE, (18, 17))),
        ("把1和2合并", SpokenOrder(Order.MERGE, (2, 1))),
        ("这俩是一个事 2并到1", SpokenOrder(Order.MERGE, (2, 1))),
        ("两个说的是一件事,1并到2", SpokenOrder(Order.MERGE, (1, 2))),
        ("2和1是一个灯 并一起", SpokenOrder(Order.MERGE, (2, 1))),
        ("1和2是一个坑 并到一起吧", SpokenOrder(Order.MERGE, (2, 1))),
        ("把5的类型改为公共设施", SpokenOrder(Order.RETYPE, (5,), "公共设施")),
        ("把5改成报修", SpokenOrder(Order.RETYPE, (5,), "报修")),
        ("5按急件办", SpokenOrder(Order.URGENT, (5,))),
        ("5改成急的", SpokenOrder(Order.URGENT, (5,))),
        ("5加急处理 老人等着用", SpokenOrder(Order.URGENT, (5,), "老人等着用")),
        ("加急5", SpokenOrder(Order.URGENT, (5,))),
        ("把5退了", SpokenOrder(Order.GIVE_BACK, (5,))),
        ("把5退回去 不归咱们", SpokenOrder(Order.GIVE_BACK, (5,), "不归咱们")),
        ("5我不协办了", SpokenOrder(Order.STEP_BACK, (5,))),
        ("退出5", SpokenOrder(Order.STEP_BACK, (5,))),
        ("我退出协办", SpokenOrder(Order.STEP_BACK)),
        ("那延到下周二 沥青没到", SpokenOrder(Order.EXTEND, (), "下周二 沥青没到")),
        ("他提前回来了 5恢复吧", SpokenOrder(Order.RESTORE, (5,), "他提前回来了")),
        ("5让邹仿真去办", SpokenOrder(Order.ASSIGN, (5,), "邹仿真")),
        ("5还是老陈去", SpokenOrder(Order.ASSIGN, (5,), "老陈")),
        ("把1和2合成一件了吧", SpokenOrder(Order.MERGE, (2, 1))),
        ("2号删了吧，跟1号是一回事", SpokenOrder(Order.MERGE, (2, 1))),
        ("1号删了吧，跟2号是一回事", SpokenOrder(Order.MERGE, (1, 2))),
        ("登记重了 那个删掉", SpokenOrder(Order.VOID)),
        ("删掉刚才那个", SpokenOrder(Order.VOID)),
        ("刚才登记的那个作废 记重了", SpokenOrder(Order.VOID)),
        ("能不能缓两天 料还没到", SpokenOrder(Order.EXTEND, (), "两天后 料还没到")),
        ("2跟1是一回事 合一块", SpokenOrder(Order.MERGE, (2, 1))),
        ("作废5", SpokenOrder(Order.VOID, (5,))),
        ("撤销5", SpokenOrder(Order.VOID, (5,))),
        ("5登记重了 删掉吧", SpokenOrder(Order.VOID, (5,))),
        ("接错了，我是要接5", SpokenOrder(Order.TAKE_INSTEAD, (5,))),
        ("5还没修，刚才发错了", SpokenOrder(Order.NOT_DONE, (5,), "还没修")),
        ("刚才点错了，5还没修好", SpokenOrder(Order.NOT_DONE, (5,), "还没修好")),
        ("拆 5", SpokenOrder(Order.UNMERGE, (5,))),
        ("延期 5 到周五 等配件", SpokenOrder(Order.EXTEND, (5,), "到周五 等配件")),
        ("5 再宽限两天 配件没到", SpokenOrder(Order.EXTEND, (5,), "两天后 配件没到")),
        ("再给三天 5 等配件", SpokenOrder(Order.EXTEND, (5,), "三天后 等配件")),
        ("配件又晚了 再宽限两天", SpokenOrder(Order.EXTEND, (), "两天后 配件又晚了")),
        ("5不是急事 大爷住院了 我知道", SpokenOrder(Order.CALM, (5,), "大爷住院了 我知道")),
        ("5大爷住院了 不是急事", SpokenOrder(Order.CALM, (5,), "大爷住院了")),
        ("延期 5 三天 等配件", SpokenOrder(Order.EXTEND, (5,), "三天后 等配件")),
        ("延期 5 到周五 等配件要三天", SpokenOrder(Order.EXTEND, (5,), "到周五 等配件要三天")),
        ("三天不行，得等配件，申请延到下周五", SpokenOrder(Order.EXTEND, (), "下周五 三天不行,得等配件")),
        ("想再缓到周五 等配件", SpokenOrder(Order.EXTEND, (), "周五 等配件")),
        ("延期 5 三天内 等配件", SpokenOrder(Order.EXTEND, (5,), "三天内 等配件")),
        ("同意 5", SpokenOrder(Order.GRANT, (5,))),
        ("不同意 5 再想想办法", SpokenOrder(Order.DENY, (5,), "再想想办法")),
        ("不予受理 5 请找物业", SpokenOrder(Order.DECLINE, (5,), "请找物业")),
        ("暂停 5 开春再修", SpokenOrder(Order.SUSPEND, (5,), "开春再修")),
        ("5先放一放", SpokenOrder(Order.SUSPEND, (5,))),
        ("5号先放一放，等开春", SpokenOrder(Order.SUSPEND, (5,), "等开春")),
        ("先缓一缓5 等配件", SpokenOrder(Order.SUSPEND, (5,), "等配件")),
        ("5恢复办", SpokenOrder(Order.RESTORE, (5,))),
        ("恢复 5", SpokenOrder(Order.RESTORE, (5,))),
        ("5恢复", SpokenOrder(Order.RESTORE, (5,))),
        ("重办 5 又漏了", SpokenOrder(Order.RESTORE, (5,), "又漏了")),
        ("@小助手 重新办理5 又漏了", SpokenOrder(Order.RESTORE, (5,), "又漏了")),
        ("5 重办 又漏了", SpokenOrder(Order.RESTORE, (5,), "又漏了")),
        ("5号延期我同意了", SpokenOrder(Order.GRANT, (5,))),
        ("5根本没修好，重新办", SpokenOrder(Order.RESTORE, (5,), "根本没修好")),
        ("5改一下地点 水井胡同", SpokenOrder(Order.RELOCATE, (5,), "水井胡同")),
        ("改一下5的地点 水井胡同", SpokenOrder(Order.RELOCATE, (5,), "水井胡同")),
        ("5缓两天行不", SpokenOrder(Order.EXTEND, (5,), "两天后")),
        ("督办 5 今天必须去", SpokenOrder(Order.SUPERVISE, (5,), "今天必须去")),
        ("盯一下5号，明天之前给我办完", SpokenOrder(Order.SUPERVISE, (5,), "明天之前给我办完")),
        ("5号给我盯紧点", SpokenOrder(Order.SUPERVISE, (5,))),
        ("改类 5 矛盾纠纷", SpokenOrder(Order.RETYPE, (5,), "矛盾纠纷")),
        ("改地点 5 槐荫胡同", SpokenOrder(Order.RELOCATE, (5,), "槐荫胡同")),
        ("听写 5 厨房漏水", SpokenOrder(Order.HEARD, (5,), "厨房漏水")),
        ("告知了 5", SpokenOrder(Order.TOLD, (5,))),
        ("派 5 王书记", SpokenOrder(Order.ASSIGN, (5,), "王书记")),
        ("请假 周三到周五 王姐替", SpokenOrder(Order.LEAVE, (), "周三到周五 王姐替")),
        ("明天请一天假", SpokenOrder(Order.LEAVE, (), "明天 一天")),
        ("今儿家里有事请个假", SpokenOrder(Order.LEAVE, (), "今儿家里有事")),
        ("我也请假 今天和明天", SpokenOrder(Order.LEAVE, (), "今天和明天")),
        ("我明天也不在", SpokenOrder(Order.LEAVE, (), "明天")),
        ("我明天休一天", SpokenOrder(Order.LEAVE, (), "明天 一天")),
        ("住院了 这礼拜的活别派我了", SpokenOrder(Order.LEAVE, (), "这礼拜")),
        ("回老家几天 初八回来", SpokenOrder(Order.LEAVE, (), "初八回来 几天")),
        ("下周在外地 有事找邹仿真", SpokenOrder(Order.LEAVE, (), "下周 有事找邹仿真")),
        ("我下周不在", SpokenOrder(Order.LEAVE, (), "下周")),
        ("明后两天我不在家,去县里开会,春燕替我", SpokenOrder(Order.LEAVE, (), "明后两天 春燕替我")),
        ("请三天假", SpokenOrder(Order.LEAVE, (), "三天")),
        ("我下周不在 邹仿真替", SpokenOrder(Order.LEAVE, (), "下周 邹仿真替")),
        ("休年假 周三到周五", SpokenOrder(Order.LEAVE, (), "周三到周五")),
        ("产假到12月5号", SpokenOrder(Order.LEAVE, (), "到12月5号")),
        ("请半天假 李样本替", SpokenOrder(Order.LEAVE, (), "李样本替 半天")),
        ("周六不上班, 小王代班", SpokenOrder(Order.LEAVE, (), "周六 小王代班")),
        ("下周三到周五 邹仿真替我", SpokenOrder(Order.LEAVE, (), "下周三到周五 邹仿真替我")),
        ("王姐替我 明天请假", SpokenOrder(Order.LEAVE, (), "王姐替我 明天")),
        ("得等配件 延期到下周五", SpokenOrder(Order.EXTEND, (), "到下周五 得等配件")),
        ("5 延三天", SpokenOrder(Order.EXTEND, (5,), "三天后")),
        ("5 得推迟一周，等批复", SpokenOrder(Order.EXTEND, (5,), "一周后,等批复")),
        ("5今天干不完，延到后天", SpokenOrder(Order.EXTEND, (5,), "后天 今天干不完")),
        ("能不能宽限两天，5配件没到", SpokenOrder(Order.EXTEND, (5,), "两天后 配件没到")),
        ("5归王姐管", SpokenOrder(Order.ASSIGN, (5,), "王姐")),
        ("转错了 不转了", SpokenOrder(Order.KEEP)),
        ("不转了，还是我自己去吧", SpokenOrder(Order.KEEP)),
        ("3 先不转了", SpokenOrder(Order.KEEP, (3,))),
        ("不转了 我自己去 3", SpokenOrder(Order.KEEP, (3,))),
        ("刚才转错人了", SpokenOrder(Order.KEEP)),
        ("撤回转单 3", SpokenOrder(Order.KEEP, (3,))),
        ("我替不了啊", SpokenOrder(Order.UNABLE)),
        ("不好意思，我那几天也不在 替不了", SpokenOrder(Order.UNABLE)),
        ("我回来了", SpokenOrder(Order.BACK)),
        ("我回来了 可以派活了", SpokenOrder(Order.BACK)),
        ("销假 今天上班", SpokenOrder(Order.BACK)),
        ("销假", SpokenOrder(Order.BACK)),
        ("明天不请假了", SpokenOrder(Order.BACK, (), "明天")),
        ("下周的假取消", SpokenOrder(Order.BACK, (), "下周")),
        ("出差取消了 不去了", SpokenOrder(Order.BACK)),
        ("取消请假 11月26日", SpokenOrder(Order.BACK, (), "11月26日")),
        ("我那几天也出差 顶不了", SpokenOrder(Order.UNABLE)),
        ("不行 我周四也不在 换别人吧", SpokenOrder(Order.UNABLE)),
        ("我下午两点到五点不在", SpokenOrder(Order.LEAVE, (), "下午两点到五点")),
        ("那让潘编写顶一下", SpokenOrder(Order.LEAVE, (), "潘编写顶")),
        ("假期取消", SpokenOrder(Order.BACK)),
    ],
)
def test_what_is_ordered(said: str, order: SpokenOrder) -> None:
    assert read_order(said) == order


@pytest.mark.parametrize(
    "said",
    [
        "接 5",
        "5 办好了",
        "5 恢复供电了",
        "5 急需换零件",
        "5 让物业来办",
        "5 让他去办",
        "5 请邹仿真协办",
        "5 让李师傅修好了",
        "门口那两盏是一个灯",
        "5 退了定金",
        "5 不协调了",
        "5 重新开通了",
        "5 再办一张卡",
        "5 打不开",
        "5 先放放水",
        "5 恢复办公了",
        "5 我盯着呢",
        "5 办理中",
        "我今天不在 办不了",
        "我明天不在，去不了",
        "我明天去 他不在",
        "我周三去过 家里人不在",
        "5 还没修",
        "5 不要了",
        "5 摊子撤了",
        "登记错了",
        "想推迟到明天下午去",
        "等配件，延到下周五再去",
        "5 给居民回电话",
        "5 料没到，延到下周五再去",
        "5 物业说，要延到周五",
        "5 停水延长两小时",
        "5 推迟到周五去",
        "1和2都去看了",
        "1 2 一起办完了",
        "大家辛苦了",
        "王姐明天请假",
        "我不能替他签字",
        "他周三请假",
        "已经延期了",
        "今天下雨 出门带伞",
        "",
    ],
)
def test_what_is_none(said: str) -> None:
    assert read_order(said) is None


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("不同意 太久了 最多下周二", SpokenOrder(Order.DENY, (), "太久了 最多下周二")),
        ("最多下周二", SpokenOrder(Order.DENY, (), "最多下周二")),
        ("都同意", SpokenOrder(Order.GRANT)),
        ("两个都批准", SpokenOrder(Order.GRANT)),
        ("2可以", SpokenOrder(Order.GRANT, (2,))),
        ("可以，1就周五吧", SpokenOrder(Order.GRANT, (1,), "周五")),
        ("好的 1到了", None),
        ("都同意他的看法", None),
        ("明天下午去", None),
    ],
)
def test_yes_or_no_to_a_wish_for_more_time(said: str, verdict: SpokenOrder | None) -> None:
    assert read_verdict(said) == verdict


@pytest.mark.parametrize(
    ("said", "name"), [("还是老陈去", "老陈"), ("让邹仿真去办吧", "邹仿真"), ("不归我们管", ""), ("让物业去办", "")]
)
def test_who_shall_go_instead(said: str, name: str) -> None:
    assert names_who_goes(said) == name


@pytest.mark.parametrize("seed", ["1,", "这俩", "还是", "今天现在", "1并到", "急的", "去来办", "退出"])
def test_it_is_quick(seed: str) -> None:
    started = perf_counter()
    read_order(seed * 200)
    read_verdict(seed * 200)
    assert perf_counter() - started < 0.1
