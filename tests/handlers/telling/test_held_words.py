"""Words that were held are told so that they are true when heard."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.telling.held_words import as_heard
from storage.records import Channel, OutboxState, Outgoing

BEIJING = ZoneInfo("Asia/Shanghai")
NIGHT = datetime(2026, 11, 23, 22, 30, tzinfo=BEIJING)
MORNING = datetime(2026, 11, 24, 7, 0, tzinfo=BEIJING)


def told(text: str, kind: str, at: datetime) -> Outgoing:
    return Outgoing(
        id=1,
        channel=Channel.OFFICIAL_ACCOUNT,
        to="o1",
        is_group=False,
        kind=kind,
        text=text,
        state=OutboxState.WAITING,
        created_at=at.astimezone(UTC),
        due_at=at,
    )


@pytest.mark.parametrize(
    ("kind", "said", "heard"),
    [
        ("progress", "#1 陈示例说：疏通工明天来", "#1 昨晚22:30 陈示例说：疏通工明天（就是今天）来"),
        ("progress", "#1 陈示例说：今晚先别用水", "#1 昨晚22:30 陈示例说：今晚（就是昨晚）先别用水"),
        ("progress", "#1 陈示例说：后天上午去", "#1 昨晚22:30 陈示例说：后天上午（就是明天）去"),
        ("progress", "#1 陈示例说：大后天去", "#1 昨晚22:30 陈示例说：大后天（11月26日）去"),
        ("progress", "#1 陈示例说：马上到", "#1 昨晚22:30 陈示例说：马上到"),
        ("progress", "#1 陈示例说：找明白人问了", "#1 陈示例说：找明白人问了"),
        (
            "resolved",
            "#1（报修）办完了。\n陈示例说：今天晚上抹好了\n您看解决了吗？点一下",
            "#1（报修）办完了。\n昨晚22:30 陈示例说：今天晚上（就是昨晚）抹好了\n您看解决了吗？点一下",
        ),
        ("resolved", "#1（报修）办完了。\n陈示例说：通了\n点一下", "#1（报修）办完了。\n陈示例说：通了\n点一下"),
        ("supplement", "**#1** 居民补充：明早在家", "**#1** 昨晚22:30 居民补充：明早（就是今天）在家"),
        ("dispatch", "**#1 报修**\n> 内容：漏水 明天也行", "**#1 报修**\n> 内容：漏水 明天（就是今天）也行"),
        ("accepted", "#1（报修）：陈示例接下了，会尽快联系您。", "#1（报修）：陈示例接下了，会尽快联系您。"),
    ],
)
def test_what_was_said_at_night_is_true_in_the_morning(kind: str, said: str, heard: str) -> None:
    assert as_heard(told(said, kind, NIGHT), MORNING, BEIJING).text == heard


def test_what_leaves_at_once_is_left_as_it_was_said() -> None:
    message = told("#1 陈示例说：疏通工明天来", "progress", MORNING)
    assert as_heard(message, MORNING, BEIJING) is message


def test_days_later_the_date_is_told() -> None:
    late = datetime(2026, 11, 27, 9, 0, tzinfo=BEIJING)
    heard = as_heard(told("#1 陈示例说：明天去", "progress", NIGHT), late, BEIJING).text
    assert heard == "#1 11月23日22:30 陈示例说：明天（11月24日）去"
