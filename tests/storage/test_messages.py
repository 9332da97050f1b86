"""Inbox and outbox: nothing twice, nothing lost, in order."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from storage.inbox import OUR_FAULT, Arrival
from storage.outbox import NEWS_OF_THE_END
from storage.records import Answer, Channel, Fate, MessageKind, OutboxState, Outcome, Outgoing
from storage.session import Session
from storage.store import Store
from storage.tables import inbox
from tests.storage.samples import MINUTE, NOW, OFFICIAL, incoming, outgoing, request

LEASE = timedelta(seconds=30)


async def receive(store: Store, *args: Any, outcome: Outcome | None = None, answer: Answer | None = None) -> Arrival:
    async def work(session: Session) -> Arrival:
        arrival = await session.inbox.receive(incoming(*args), NOW)
        if outcome and arrival.is_new:
            await session.inbox.settle(arrival, outcome, answer or Answer())
        return arrival

    return await store.transact(work)


async def put(store: Store, *messages: Outgoing) -> list[int]:
    async def work(session: Session) -> None:
        for message in messages:
            session.outbox.add(message)

    await store.transact(work)
    return [message.id for message in await everything(store)]


async def everything(store: Store) -> list[Outgoing]:
    async with store.reading() as session:
        return await session.outbox.all_since(None)


async def claim(store: Store, now: datetime = NOW, limit: int = 10) -> list[str]:
    found = await store.transact(lambda s: s.outbox.claim(now, LEASE, limit, OFFICIAL), key="claiming")
    return [message.text for message in found]


async def test_a_repeated_delivery_gets_the_first_answer(store: Store) -> None:
    answer = Answer("记下了", (("满意", "1"), ("一般", "2")))
    first = await receive(store, outcome=Outcome(Fate.OPENED), answer=answer)
    assert first.is_new
    assert await receive(store) == Arrival(first.id, is_new=False, answer=answer)


async def test_deliveries_that_overlap_are_one_message(store: Store) -> None:
    arrivals = await asyncio.gather(*(receive(store, "same") for _ in range(6)))
    assert sorted(arrival.is_new for arrival in arrivals) == [False] * 5 + [True]
    assert len({arrival.id for arrival in arrivals}) == 1


async def test_other_keys_are_other_messages(store: Store) -> None:
    assert (await receive(store, "k1")).is_new
    assert (await receive(store, "k2")).is_new


async def test_every_message_is_counted_with_its_end(store: Store) -> None:
    await receive(store, "1", outcome=Outcome(Fate.CHAT))
    await receive(store, "2")
    await receive(store, "3", outcome=Outcome(Fate.REFUSED, reason=f"{OUR_FAULT}: bug"))
    await receive(store, "4", "o1", MessageKind.EVENT)
    async with store.reading() as session:
        assert await session.inbox.conservation(NOW, NOW + MINUTE) == (3, 2)
        assert await session.inbox.conservation(NOW - MINUTE, NOW) == (0, 0)


async def test_messages_count_for_the_lane_they_are_about_or_come_from(store: Store) -> None:
    async def lives_in_b(session: Session) -> int:
        resident, _, _ = await session.conversations.meet("o1", NOW)

        await session.conversations.save_resident(replace(resident, lane="b"))
        return (await session.requests.open(request(lane="a"))).number

    number = await store.transact(lives_in_b)
    await receive(store, "1", "o1", outcome=Outcome(Fate.OPENED, number))
    await receive(store, "2", "o1", outcome=Outcome(Fate.CHAT))
    await receive(store, "3", "o2", outcome=Outcome(Fate.CHAT))
    async with store.reading() as session:
        counts = {lane: await session.inbox.conservation(NOW, NOW + MINUTE, [lane]) for lane in ("a", "b", "c", "")}
    assert counts == {"a": (1, 0), "b": (1, 0), "c": (0, 0), "": (1, 0)}


async def test_a_forgotten_sender_stays_counted_without_words(store: Store) -> None:
    await receive(store, "1", "o1", outcome=Outcome(Fate.CHAT), answer=Answer("您好", (("a", "b"),)))
    await store.transact(lambda session: session.inbox.forget("o1"))
    assert await receive(store, "1", "o1") == Arrival(1, is_new=False, answer=Answer())
    async with store.reading() as session:
        assert await session.inbox.conservation(NOW, NOW + MINUTE) == (1, 0)


async def test_what_was_put_in_comes_out_the_same(store: Store) -> None:
    message = outgoing(
        "好的",
        "chat1",
        channel=Channel.WECOM_BOT,
        is_group=True,
        request=7,
        options=(("满意", "1"),),
        template={"thing1": "报修"},
        reply_token="r1",
        reply_until=NOW + MINUTE,
        only_if={"states": ["received"]},
        urgent=True,
    )

    [number] = await put(store, message)
    assert await everything(store) == [replace(message, id=number)]


async def test_emergencies_first_then_in_order_of_speaking(store: Store) -> None:
    await put(store, outgoing("一", "a"), outgoing("二", "b"), outgoing("急", "c", urgent=True), outgoing("三", "d"))
    assert await claim(store) == ["急", "一", "二", "三"]


async def test_one_message_of_a_receiver_is_in_flight(store: Store) -> None:
    first, second, *_ = await put(store, outgoing("一"), outgoing("二"), outgoing("别人的", "o2"))
    assert await claim(store) == ["一", "别人的"]
    assert await claim(store) == []
    await store.transact(lambda session: session.outbox.mark(first, OutboxState.SENT, NOW))
    assert await claim(store) == ["二"]
    await store.transact(lambda session: session.outbox.mark(second, OutboxState.SENT, NOW))


async def test_what_was_put_off_is_overtaken_by_emergencies_alone(store: Store) -> None:
    first, *_ = await put(store, outgoing("一"), outgoing("二"), outgoing("急", urgent=True))
    await store.transact(lambda session: session.outbox.put_off(first, NOW + MINUTE, error="slow"))
    assert await claim(store) == ["急"]
    assert await claim(store, NOW + LEASE) == ["急"]


async def test_what_waits_for_the_morning_holds_up_nobody(store: Store) -> None:
    await put(store, outgoing("早上再说", due_at=NOW + MINUTE), outgoing("现在"))
    assert await claim(store) == ["现在"]


async def test_only_what_is_due_and_can_be_carried_is_taken(store: Store) -> None:
    later, other = outgoing("晚", due_at=NOW + MINUTE), outgoing("群", channel=Channel.WECOM_BOT)
    await put(store, later, other, outgoing("送过", state=OutboxState.SENT), outgoing("现在", "o2"))
    assert await claim(store) == ["现在"]
    assert await claim(store, NOW + MINUTE) == ["晚", "现在"]


async def test_what_one_took_no_other_takes_until_the_lease_is_over(store: Store) -> None:
    await put(store, *(outgoing(str(n), f"o{n}") for n in range(20)))
    taken = await asyncio.gather(*(claim(store, limit=5) for _ in range(4)))
    assert sorted((text for part in taken for text in part), key=int) == [str(n) for n in range(20)]
    assert await claim(store, NOW + LEASE - timedelta(seconds=1)) == []
    assert len(await claim(store, NOW + LEASE, limit=50)) == 20


async def test_two_processes_never_take_words_to_one_receiver(store: Store) -> None:
    await put(store, *(outgoing(str(n), f"o{n % 3}") for n in range(30)))
    taken = await asyncio.gather(*(claim(store, limit=1) for _ in range(8)))
    assert sorted(text for part in taken for text in part) == ["0", "1", "2"]


async def test_what_was_taken_too_is_leased(store: Store) -> None:
    numbers = await put(store, outgoing("一"), outgoing("二", "o2"))
    await store.transact(lambda session: session.outbox.lease(numbers[1:], NOW + LEASE))
    assert await claim(store) == ["一"]
    await store.transact(lambda session: session.outbox.give_back(numbers[:1]))
    assert await claim(store) == ["一"], "another process's lease stays its own"
    await store.transact(lambda session: session.outbox.give_back(numbers))
    assert await claim(store) == ["一", "二"]


@pytest.mark.parametrize(
    ("state", "sent_at"),
    [(OutboxState.SENT, NOW), (OutboxState.UNCERTAIN, NOW), (OutboxState.DEAD, None), (OutboxState.HELD, None)],
)
async def test_its_end_is_written_down(store: Store, state: OutboxState, sent_at: datetime | None) -> None:
    [number] = await put(store, outgoing())
    await claim(store)
    await store.transact(lambda session: _mark(session, number, state))
    [message] = await everything(store)
    assert (message.state, message.sent_at, message.error, message.attempts) == (state, sent_at, "why", 1)
    assert message.lease_until is None
    assert await claim(store, NOW + timedelta(days=1)) == []


async def _mark(session: Session, number: int, state: OutboxState) -> None:
    outcome = session.outbox.mark(number, state, NOW, error="why")
    if outcome is not None:
        await outcome


@pytest.mark.parametrize(("tried", "attempts"), [(True, 1), (False, 0)])
async def test_a_wait_is_not_a_failure(store: Store, tried: bool, attempts: int) -> None:
    [number] = await put(store, outgoing("等"))
    await claim(store)
    await store.transact(lambda session: session.outbox.put_off(number, NOW + MINUTE, error="slow", tried=tried))
    [message] = await everything(store)
    assert (message.attempts, message.due_at, message.state) == (attempts, NOW + MINUTE, OutboxState.WAITING)
    assert await claim(store, NOW + MINUTE) == ["等"]


async def test_what_was_held_goes_at_the_next_contact(store: Store) -> None:
    held = OutboxState.HELD
    await put(store, outgoing("我的", state=held, attempts=3), outgoing("别人的", "o2", state=held))
    await store.transact(lambda session: session.outbox.wake_held("o1", NOW + MINUTE))
    assert await claim(store, NOW + MINUTE) == ["我的"]
    assert [message.attempts for message in await everything(store)] == [0, 0]


@pytest.mark.parametrize(
    ("states", "waits"),
    [
        ([], False),
        ([OutboxState.WAITING], True),
        ([OutboxState.WAITING, OutboxState.WAITING], True),
        ([OutboxState.WAITING, OutboxState.SENT], False),
        ([OutboxState.DROPPED], False),
    ],
)
async def test_whether_nobody_has_heard_of_a_request_yet(store: Store, states: list[OutboxState], waits: bool) -> None:
    about = await store.transact(lambda session: session.requests.open(request()))
    await put(store, outgoing("told", to="the resident", request=about.number, kind="accepted"))
    await store.transact(partial(_marked, message=1, state=OutboxState.SENT))
    card = outgoing("card", request=about.number, kind="dispatch")
    for number, state in zip((await put(store, *([card] * len(states))))[1:], states, strict=True):
        if state is not OutboxState.WAITING:
            await store.transact(partial(_marked, message=number, state=state))
    assert await store.transact(lambda s: s.outbox.still_waits(about.number, but_for="the resident")) is waits
    assert not await store.transact(lambda s: s.outbox.still_waits(about.number, but_for="somebody else"))


async def _marked(session: Session, message: int, state: OutboxState) -> None:
    await session.outbox.mark(message, state, NOW)


async def test_what_is_just_going_waits_no_longer(store: Store) -> None:
    about = await store.transact(lambda session: session.requests.open(request()))
    await put(store, outgoing("card", request=about.number, kind="dispatch"))
    await claim(store)
    assert not await store.transact(lambda s: s.outbox.still_waits(about.number, but_for=""))


async def test_dead_letters_are_run_again(store: Store) -> None:
    await put(store, outgoing("死", state=OutboxState.DEAD, attempts=9), outgoing("丢", state=OutboxState.DROPPED))
    assert await store.transact(lambda session: session.outbox.revive(NOW + MINUTE)) == 1
    assert await claim(store, NOW + MINUTE) == ["死"]


async def test_all_that_waits_for_one_is_found_oldest_first(store: Store) -> None:
    await put(store, outgoing("一"), outgoing("二"), outgoing("别人的", "o2"), outgoing("晚", due_at=NOW + MINUTE))
    async with store.reading() as session:
        assert [message.text for message in await session.outbox.waiting_for("o1", NOW)] == ["一", "二"]


async def test_nothing_is_said_or_kept_of_one_who_left(store: Store) -> None:
    sent = outgoing("说过", state=OutboxState.SENT, template={"a": "b"}, options=(("x", "y"),))
    await put(store, outgoing("要说"), sent, outgoing("留着", state=OutboxState.HELD), outgoing("别人的", "o2"))
    await store.transact(lambda session: session.outbox.forget("o1"))
    messages = await everything(store)
    assert [(m.to, m.text, m.state.value) for m in messages] == [
        ("", "", "dropped"),
        ("", "", "sent"),
        ("", "", "dropped"),
        ("o2", "别人的", "waiting"),
    ]
    assert not any(message.template or message.options for message in messages)


async def test_what_is_said_and_forgotten_in_one_breath_is_forgotten(store: Store) -> None:
    async def work(session: Session) -> None:
        session.outbox.add(outgoing("要说"))
        await session.outbox.forget("o1")

    await store.transact(work)
    assert await claim(store) == []


async def test_the_earliest_and_the_counts(store: Store) -> None:
    await put(store, outgoing(due_at=NOW + MINUTE), outgoing(due_at=NOW + 2 * MINUTE), outgoing(state=OutboxState.SENT))
    async with store.reading() as session:
        assert await session.outbox.earliest() == NOW + MINUTE
        assert await session.outbox.counts() == {"waiting": 2, "sent": 1}


async def test_the_latest_request_somebody_spoke_of(store: Store) -> None:
    number = (await store.transact(lambda session: session.requests.open(request()))).number
    await receive(store, "old", outcome=Outcome(Fate.OPENED, number))
    await receive(store, "talk", outcome=Outcome(Fate.CHAT))
    async with store.reading() as session:
        assert await session.inbox.last_about("o1", NOW) == number
        assert await session.inbox.last_about("o1", NOW + MINUTE) is None
        assert await session.inbox.last_about("o2", NOW) is None


async def test_the_last_words_are_found_again_if_they_came_to_this_end(store: Store) -> None:
    await receive(store, "asked", outcome=Outcome(Fate.ANSWERED, reason="which one"))
    async with store.reading() as session:
        assert await session.inbox.last_words("o1", NOW, reason="which one") == "灯坏了"
        assert await session.inbox.last_words("o1", NOW, reason="something else") == ""
        assert await session.inbox.last_words("o1", NOW + MINUTE, reason="which one") == ""
        assert await session.inbox.last_words("o2", NOW, reason="which one") == ""
    await receive(store, "later", outcome=Outcome(Fate.CHAT))
    async with store.reading() as session:
        assert await session.inbox.last_words("o1", NOW, reason="which one") == ""


async def test_how_what_somebody_said_last_ended(store: Store) -> None:
    await receive(store, "1", outcome=Outcome(Fate.ANSWERED, reason="asked where"))
    await receive(store, "2", outcome=Outcome(Fate.CHAT, reason="thanked"))
    async with store.reading() as session:
        assert await session.inbox.latest_reason("o1", NOW) == "thanked"
        assert await session.inbox.latest_reason("o2", NOW) == ""
        assert await session.inbox.last_reason("o1", NOW, ["asked"]) == "asked where"
        assert await session.inbox.last_reason("o1", NOW, ["told", "wished"]) == ""


async def test_of_several_words_of_one_breath_the_latest_end_is_found(store: Store) -> None:
    async def three(session: Session) -> tuple[str, str, str]:
        for key, reason in (("1", "asked where"), ("2", "asked what")):
            arrival = await session.inbox.receive(incoming(key), NOW)
            await session.inbox.settle(arrival, Outcome(Fate.ANSWERED, reason=reason), Answer())
        heard = session.inbox
        said = await heard.last_words("o1", NOW, reason="asked what")
        return said, await heard.latest_reason("o1", NOW), await heard.last_reason("o1", NOW, ["asked w"])

    assert await store.transact(three) == ("灯坏了", "asked what", "asked what")


async def test_the_messages_without_a_good_end_are_named(store: Store) -> None:
    await receive(store, "1", outcome=Outcome(Fate.CHAT))
    await receive(store, "2")
    await receive(store, "3", outcome=Outcome(Fate.REFUSED, reason=f"{OUR_FAULT}: bug"))
    async with store.reading() as session:
        found = await session.inbox.lost(NOW, NOW + MINUTE, limit=5)
        assert [(one.sender, one.text) for one in found] == [("o1", "灯坏了")] * 2
        assert len(await session.inbox.lost(NOW, NOW + MINUTE, limit=1)) == 1
        assert await session.inbox.lost(NOW, NOW + MINUTE, ["elsewhere"], limit=5) == ()


async def test_what_waits_for_one_s_next_word(store: Store) -> None:
    held, _, _ = await put(store, outgoing("等着"), outgoing("不等"), outgoing("别人的", "o2"))
    await store.transact(lambda session: session.outbox.mark(held, OutboxState.HELD, NOW))
    async with store.reading() as session:
        assert [message.text for message in await session.outbox.held_for("o1")] == ["等着"]
        assert await session.outbox.held_for("o2") == []


async def test_what_a_template_announced_that_never_arrived(store: Store) -> None:
    told, other = await put(store, outgoing("有结果了"), outgoing("别的"))
    held = OutboxState.HELD
    await store.transact(lambda session: session.outbox.mark(told, held, NOW, error="template", went=True))
    await store.transact(lambda session: session.outbox.mark(other, held, NOW))
    failed = await store.transact(lambda session: session.outbox.templates_failed("o1"))
    assert [message.text for message in failed] == ["有结果了"]
    async with store.reading() as session:
        assert not await session.outbox.was_templated("o1", NOW)
    assert await store.transact(lambda session: session.outbox.templates_failed("o1")) == []


async def test_whether_anything_has_gone_to_somebody_long_answers_aside(store: Store) -> None:
    news, rest = await put(store, outgoing("来人了"), outgoing("还有这些", "o2", kind="answer"))
    for number in (news, rest):
        await store.transact(partial(_mark, number=number, state=OutboxState.SENT))
    async with store.reading() as session:
        assert await session.outbox.reached_since("o1", NOW)
        assert not await session.outbox.reached_since("o1", NOW + MINUTE)
        assert not await session.outbox.reached_since("o2", NOW)


async def test_what_somebody_was_told_of_last_answers_aside(store: Store) -> None:
    await put(store, outgoing(request=1), outgoing(request=2), outgoing(kind="reply"), outgoing(to="o2", request=3))
    async with store.reading() as session:
        assert await session.outbox.last_told("o1") == 2
        assert await session.outbox.last_told("o3") is None


async def test_messages_by_channel_and_fate_without_events(store: Store) -> None:
    await receive(store, "a", outcome=Outcome(Fate.CHAT))
    await receive(store, "b", outcome=Outcome(Fate.CHAT))
    await receive(store, "c", "o1", MessageKind.EVENT, outcome=Outcome(Fate.ANSWERED))
    await receive(store, "d")
    async with store.reading() as session:
        assert await session.inbox.counts() == {(OFFICIAL.value, "chat"): 2, (OFFICIAL.value, ""): 1}


async def test_old_words_and_words_about_what_was_erased_go_and_the_rest_stays(store: Store) -> None:
    number = (await store.transact(lambda session: session.requests.open(request()))).number
    await receive(store, "about", outcome=Outcome(Fate.OPENED, number), answer=Answer("记下了"))
    await receive(store, "other", outcome=Outcome(Fate.CHAT), answer=Answer("在"))
    await store.transact(lambda session: session.inbox.forget_about(number))
    assert [await _words(store, key) for key in ("about", "other")] == [("", ""), ("灯坏了", "在")]
    await store.transact(lambda session: session.inbox.forget_before(NOW))
    assert await _words(store, "other") == ("灯坏了", "在")
    await store.transact(lambda session: session.inbox.forget_before(NOW + MINUTE))
    assert await _words(store, "other") == ("", "")


async def test_answers_about_several_requests_go_but_for_those_of_a_moment_ago(store: Store) -> None:
    number = (await store.transact(lambda session: session.requests.open(request()))).number
    await receive(store, "about", outcome=Outcome(Fate.OPENED, number), answer=Answer("记下了"))
    await receive(store, "list", outcome=Outcome(Fate.ANSWERED), answer=Answer("#1 灯坏了，#2 水管漏了"))
    await store.transact(lambda session: session.inbox.forget_answers(NOW))
    assert (await _words(store, "list"))[1]
    await store.transact(lambda session: session.inbox.forget_answers(NOW + MINUTE))
    assert [await _words(store, key) for key in ("about", "list")] == [("灯坏了", "记下了"), ("灯坏了", "")]


async def _words(store: Store, key: str) -> tuple[str, str]:
    async with store.reading() as session:
        row = (await session.run(sa.select(inbox.c.text, inbox.c.answer).where(inbox.c.dedupe_key == key))).one()
    return row.text, row.answer


async def test_leases_of_a_process_that_stops_are_given_back_and_no_others(store: Store) -> None:
    mine, others = await put(store, outgoing("我的"), outgoing("别人的", "o2"))
    await claim(store)
    await store.transact(lambda session: session.outbox.give_back([]))
    await store.transact(lambda session: session.outbox.lease([], NOW))
    assert await claim(store) == []
    await store.transact(lambda session: session.outbox.give_back([mine]))
    assert await claim(store) == ["我的"]
    assert others


async def test_a_resident_knows_of_what_a_template_told_him(store: Store) -> None:
    number = (await store.transact(lambda session: session.requests.open(request()))).number
    known, unknown = await put(store, outgoing("知道", request=number), outgoing("不知道", request=number))
    hold = OutboxState.HELD
    await store.transact(lambda session: session.outbox.mark(known, hold, NOW, went=True))
    await store.transact(lambda session: session.outbox.mark(unknown, hold, NOW))
    async with store.reading() as session:
        assert await session.outbox.was_templated("o1", NOW)
        assert not await session.outbox.was_templated("o1", NOW + MINUTE)
        assert not await session.outbox.was_templated("o2", NOW)
        assert [message.text for message in await session.outbox.unheard_about(number, ())] == ["不知道"]
    await store.transact(lambda session: session.outbox.told_in_person(number))
    assert [message.error for message in await everything(store)] == ["told in person"] * 2
    assert {message.state for message in await everything(store)} == {OutboxState.DROPPED}


async def test_what_is_no_longer_true_is_taken_back_before_it_leaves(store: Store) -> None:
    await put(
        store,
        outgoing("断了", kind="outage"),
        outgoing("断过", kind="outage", state=OutboxState.SENT),
        outgoing("别的"),
    )
    async with store.reading() as session:
        assert await session.outbox.count_waiting(OFFICIAL) == 2
        assert await session.outbox.count_waiting(Channel.WECOM_BOT) == 0
    await store.transact(lambda session: session.outbox.take_back("outage"))
    states = [message.state.value for message in await everything(store)]
    assert states == ["dropped", "sent", "waiting"]


async def test_a_picture_is_shown_to_somebody_once(store: Store) -> None:
    dropped = outgoing("", file=3, state=OutboxState.DROPPED)
    await put(
        store, outgoing("", file=1), outgoing("", file=2, state=OutboxState.SENT), dropped, outgoing("", "o2", file=4)
    )
    async with store.reading() as session:
        assert await session.outbox.shown_to("o1", [1, 2, 3, 4]) == {1, 2}


async def test_a_platform_that_is_back_gets_what_it_refused_at_once(store: Store) -> None:
    refused, asleep = await put(store, outgoing("推迟"), outgoing("明早", "o2", due_at=NOW + 9 * MINUTE))
    await store.transact(lambda session: session.outbox.put_off(refused, NOW + 5 * MINUTE, error="down"))
    await store.transact(lambda session: session.outbox.hurry(Channel.WECOM_BOT, NOW))
    assert await claim(store) == []
    await store.transact(lambda session: session.outbox.hurry(OFFICIAL, NOW))
    assert await claim(store) == ["推迟"]
    assert asleep


@pytest.mark.parametrize(
    ("kind", "later", "other", "expected"),
    [
        ("reminder", "reminder", {}, True),
        ("reminder", "repeat-2", {}, False),
        ("dispatch", "repeat-1", {}, True),
        ("repeat-1", "repeat-2", {}, True),
        ("repeat-1", "reminder", {}, False),
        ("reminder", "reminder", {"to": "o2"}, False),
        ("reminder", "reminder", {"state": OutboxState.SENT}, False),
    ],
)
async def test_a_later_alarm_or_reminder_takes_an_earlier_one_s_place(
    store: Store, kind: str, later: str, other: dict[str, Any], expected: bool
) -> None:
    number = (await store.transact(lambda session: session.requests.open(request()))).number
    await put(store, outgoing(kind=kind, request=number), outgoing(kind=later, request=number, **other))
    first, last = await everything(store)
    async with store.reading() as session:
        assert await session.outbox.is_superseded(first) is expected
        assert not await session.outbox.is_superseded(last)


async def test_who_opens_the_chat_hears_what_could_not_be_told_before(store: Store) -> None:
    await put(store, outgoing("死", state=OutboxState.DEAD), outgoing("别人的", "o2", state=OutboxState.DEAD))
    await store.transact(lambda session: session.outbox.revive_for("o1", NOW))
    assert await claim(store) == ["死"]


async def test_of_an_erased_request_only_the_news_that_it_is_over_is_said(store: Store) -> None:
    number = (await store.transact(lambda session: session.requests.open(request()))).number
    news = next(iter(NEWS_OF_THE_END))
    await put(
        store,
        outgoing("要说", request=number),
        outgoing("完了", kind=news, request=number),
        outgoing("说过", request=number, state=OutboxState.SENT),
        outgoing("别的"),
    )
    await store.transact(lambda session: session.outbox.forget_about(number))
    seen = [(message.text, message.state.value) for message in await everything(store)]
    assert seen == [("", "dropped"), ("完了", "waiting"), ("", "sent"), ("别的", "waiting")]


async def test_words_said_long_ago_are_taken_away_and_what_waits_stays(store: Store) -> None:
    await put(store, outgoing("说过", state=OutboxState.SENT), outgoing("还没说"))
    await store.transact(lambda session: session.outbox.forget_before(NOW))
    assert [message.text for message in await everything(store)] == ["说过", "还没说"]
    await store.transact(lambda session: session.outbox.forget_before(NOW + MINUTE))
    assert [message.text for message in await everything(store)] == ["", "还没说"]


async def test_what_was_answered_to_members_is_forgotten_when_something_is_erased(store: Store) -> None:
    number = (await store.transact(lambda session: session.requests.open(request()))).number
    await put(
        store,
        outgoing("答过了", state=OutboxState.SENT),
        outgoing("还没答"),
        outgoing("有编号的", request=number, state=OutboxState.SENT),
    )
    await store.transact(lambda session: session.outbox.forget_replies())
    assert [message.text for message in await everything(store)] == ["", "还没答", "有编号的"]
