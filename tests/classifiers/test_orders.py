"""Orders in set words, and sentences that only sound like one."""

from __future__ import annotations

import pytest

from classifiers.orders import Order, SpokenOrder, read_order


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
        ("把1和2合成一件了吧", SpokenOrder(Order.MERGE, (2, 1))),
        ("拆 5", SpokenOrder(Order.UNMERGE, (5,))),
        ("延期 5 到周五 等配件", SpokenOrder(Order.EXTEND, (5,), "到周五 等配件")),
        ("5 再宽限两天 配件没到", SpokenOrder(Order.EXTEND, (5,), "两天后 配件没到")),
        ("再给三天 5 等配件", SpokenOrder(Order.EXTEND, (5,), "三天后 等配件")),
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
        ("请三天假", SpokenOrder(Order.LEAVE, (), "三天")),
        ("我下周不在 邹仿真替", SpokenOrder(Order.LEAVE, (), "下周 邹仿真替")),
        ("休年假 周三到周五", SpokenOrder(Order.LEAVE, (), "周三到周五")),
        ("产假到12月5号", SpokenOrder(Order.LEAVE, (), "到12月5号")),
        ("请半天假 李样本替", SpokenOrder(Order.LEAVE, (), "李样本替 半天")),
        ("周六不上班, 小王代班", SpokenOrder(Order.LEAVE, (), "周六 小王代班")),
        ("下周三到周五 邹仿真替我", SpokenOrder(Order.LEAVE, (), "下周三到周五 邹仿真替我")),
        ("王姐替我 明天请假", SpokenOrder(Order.LEAVE, (), "王姐替我 明天")),
        ("得等配件 延期到下周五", SpokenOrder(Order.EXTEND, (), "到下周五 得等配件")),
        ("转错了 不转了", SpokenOrder(Order.KEEP)),
        ("不转了，还是我自己去吧", SpokenOrder(Order.KEEP)),
        ("3 先不转了", SpokenOrder(Order.KEEP, (3,))),
        ("刚才转错人了", SpokenOrder(Order.KEEP)),
        ("撤回转单 3", SpokenOrder(Order.KEEP, (3,))),
        ("我替不了啊", SpokenOrder(Order.UNABLE)),
        ("不好意思，我那几天也不在 替不了", SpokenOrder(Order.UNABLE)),
        ("我回来了", SpokenOrder(Order.BACK)),
        ("销假", SpokenOrder(Order.BACK)),
        ("明天不请假了", SpokenOrder(Order.BACK)),
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
        "5 重新开通了",
        "5 再办一张卡",
        "5 打不开",
        "5 先放放水",
        "5 恢复办公了",
        "5 我盯着呢",
        "5 办理中",
        "想推迟到明天下午去",
        "等配件，延到下周五再去",
        "5 给居民回电话",
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
