"""Requests, their journal, timers, reminders, files, and the talk with residents."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage.conversations import renewed
from storage.records import (
    Channel,
    Conversation,
    Cutoffs,
    LadderStep,
    MessageKind,
    Question,
    Request,
    Rung,
    State,
    StoredFile,
    Timer,
    TimerKind,
    Window,
)
from storage.reports import Worry
from storage.requests import StaleRequest
from storage.session import Session
from storage.store import Store
from tests.storage.samples import MINUTE, NOW, OFFICIAL, entry, request

DAY = date(2026, 11, 23)


async def opened(store: Store, **more: object) -> Request:
    return await store.transact(lambda session: session.requests.open(request(**more)))


# ── requests ─────────────────────────────────────────────────────────────────────────────────────


async def test_a_request_comes_back_as_it_was(store: Store) -> None:
    full = await opened(
        store,
        types_all=("repair", "safety"),
        co_workers=("s",),
        holder="m",
        ladder=(LadderStep(1, Rung.LEADER, NOW + MINUTE, ("l", "l2")),),
        due_resolution=NOW + timedelta(days=5),
        rating="good",
        merged_into=3,
    )
    async with store.reading() as session:
        assert await session.requests.get(full.number) == full
        assert await session.requests.get(999) is None


async def test_who_read_an_older_version_is_fenced_out(store: Store) -> None:
    old = await opened(store)
    newer = await store.transact(lambda session: session.requests.save(replace(old, result="一")))
    assert newer.version == old.version + 1
    with pytest.raises(StaleRequest):
        await store.transact(lambda session: session.requests.save(replace(old, result="二")))
    async with store.reading() as session:
        assert await session.requests.get(old.number) == newer


async def test_a_change_is_seen_in_the_same_breath(store: Store) -> None:
    async def work(session: Session) -> Request | None:
        fresh = await session.requests.open(request())
        await session.requests.save(replace(fresh, result="好"))
        return await session.requests.get(fresh.number)

    found = await store.transact(work)
    assert found is not None
    assert (found.result, found.version) == ("好", 2)


async def test_a_number_is_never_used_again(store: Store) -> None:
    numbers = [(await opened(store)).number for _ in range(3)]
    assert len(set(numbers)) == 3


async def test_the_ledger_answers_its_questions(store: Store) -> None:
    waiting = await opened(store, lane="a", holder="m", state=State.DISPATCHED)
    done = await opened(store, lane="b", holder="m", state=State.RESOLVED)
    over = await opened(store, reporter=2, state=State.CLOSED, closed_at=NOW, created_at=NOW - 2 * MINUTE)
    declined = await opened(store, reporter=2, state=State.DECLINED, created_at=NOW - MINUTE)
    async with store.reading() as session:
        ledger = session.requests
        answers = {
            "open_of_resident": await ledger.open_of_resident(1),
            "of_resident": await ledger.of_resident(2),
            "unrated": await ledger.unrated_of_resident(1),
            "holder": await ledger.open_of_holder("m"),
            "open_in": await ledger.open_in(["a", "b"]),
            "open_all": await ledger.open_all(),
            "between": await ledger.created_between(NOW - MINUTE, NOW),
            "numbered": await ledger.numbered([done.number, 999]),
            "since": await ledger.all_since(NOW),
            "terminal": await ledger.with_content_ended_before(Cutoffs(NOW), 9),
        }
    assert answers == {
        "open_of_resident": [waiting],
        "of_resident": [over, declined],
        "unrated": [done],
        "holder": [waiting],
        "open_in": [waiting],
        "open_all": [waiting],
        "between": [declined],
        "numbered": [done],
        "since": [waiting, done],
        "terminal": [declined],
    }


async def test_the_ledger_is_asked_for_a_lane_or_a_unit(store: Store) -> None:
    at_a = await opened(store, lane="a", unit="u", holder="m", state=State.DISPATCHED)
    in_u = await opened(store, unit="u", holder="m", state=State.DISPATCHED)
    await opened(store, lane="b", unit="v", holder="m", state=State.DISPATCHED)
    for asked, found in ((["a"], [at_a]), (["u"], [at_a, in_u]), ([], [])):
        async with store.reading() as session:
            assert await session.requests.open_all(asked) == found
            assert await session.requests.created_between(NOW, NOW + MINUTE, asked) == found
    await store.transact(_notes(at_a.number, in_u.number))
    async with store.reading() as session:
        assert await session.requests.moved_since(NOW, ["a"]) == []
        assert await session.requests.moved_since(NOW + MINUTE, ["a"]) == [at_a]
        assert [one.request for one in await session.journal.between(NOW, NOW + 2 * MINUTE, (), ["a"])] == [at_a.number]


def _notes(*numbers: int) -> Callable[[Session], Awaitable[None]]:
    async def work(session: Session) -> None:
        for number in numbers:
            session.journal.add(entry(number, at=NOW + MINUTE))

    return work


async def test_followers_are_found_through_all_steps_and_circles_end(store: Store) -> None:
    root = await opened(store, state=State.CLOSED)
    one = await opened(store, state=State.MERGED, merged_into=root.number)
    two = await opened(store, state=State.MERGED, merged_into=one.number)
    await opened(store, state=State.CANCELLED, merged_into=root.number)

    async def look(session: Session, number: int) -> tuple[list[Request], int]:
        return await session.requests.all_followers(number), await session.requests.count_followers(number)

    assert await store.transact(lambda session: look(session, root.number)) == ([one, two], 2)
    circle = replace(one, merged_into=two.number)
    circle = await store.transact(lambda session: session.requests.save(circle))
    assert await store.transact(lambda session: look(session, one.number)) == ([two], 1)


async def test_what_a_lane_tells_is_open_and_not_private(store: Store) -> None:
    seen = await opened(store, lane="a", holder="m", state=State.DISPATCHED, types_all=("repair",))
    await opened(store, lane="a", holder="m", state=State.DISPATCHED, sensitivity="private")
    await opened(store, lane="b", holder="m", state=State.DISPATCHED)
    await opened(store, lane="a", state=State.CLOSED)
    await opened(store, lane="a", state=State.GATHERING)
    await opened(store, lane="a", holder="m", state=State.SUSPENDED)
    async with store.reading() as session:
        assert await session.requests.told_in("a", but_by=seen.reporter) == []
        told = await session.requests.told_in("a", but_by=seen.reporter + 1)
    assert [(one.number, one.types_all, one.created_at) for one in told] == [(seen.number, ("repair",), NOW)]


# ── journal, timers, reminders, reports ──────────────────────────────────────────────────────────


async def test_what_happened_stands_in_order_and_loses_only_its_words(store: Store) -> None:
    number = (await opened(store)).number

    async def happens(session: Session) -> list[str]:
        session.journal.add(entry(number, "灯坏了"))
        session.journal.add(entry(number, "三号院", kind="joined", at=NOW + MINUTE))
        return [one.words for one in await session.journal.of(number)]

    assert await store.transact(happens) == ["灯坏了", "三号院"]
    async with store.reading() as session:
        assert [one.kind for one in await session.journal.between(NOW, NOW + MINUTE)] == ["opened"]
        assert [one.kind for one in await session.journal.between(NOW, NOW + 2 * MINUTE, ("joined",))] == ["joined"]
        assert [one.kind for one in await session.journal.all_since(NOW + MINUTE)] == ["joined"]
    await store.transact(lambda session: session.journal.forget(number))
    async with store.reading() as session:
        left = await session.journal.of(number)
    assert [(one.kind, one.words, one.data) for one in left] == [("opened", "", {"n": 1}), ("joined", "", {"n": 1})]


def timer(request: int = 1, kind: TimerKind = TimerKind.CHASE, minutes: int = 0) -> Timer:
    return Timer(request, kind, NOW + minutes * MINUTE, step=2)


async def set_timers(store: Store, *timers: Timer) -> None:
    async def work(session: Session) -> None:
        for one in timers:
            session.timers.set(one)

    await store.transact(work)


async def test_timers_are_due_at_their_moment_and_taken_once(store: Store) -> None:
    await set_timers(store, timer(minutes=2), timer(minutes=1), timer(2, minutes=9))
    async with store.reading() as session:
        due = await session.timers.due(NOW + 2 * MINUTE)
        assert await session.timers.earliest() == NOW + MINUTE
        assert await session.timers.due(NOW) == []
    assert [replace(one, id=0) for one in due] == [timer(minutes=1), timer(minutes=2)]
    taken = await asyncio.gather(*(store.transact(lambda session: session.timers.take(due[0])) for _ in range(4)))
    assert sorted(taken) == [False, False, False, True]


async def test_timers_of_a_request_are_cancelled_by_kind_or_all(store: Store) -> None:
    await set_timers(store, timer(), timer(kind=TimerKind.RATING), timer(kind=TimerKind.REPEAT), timer(2))

    async def rest(session: Session) -> list[TimerKind]:
        return [one.kind for one in await session.timers.of(1)]

    await store.transact(lambda session: session.timers.cancel(1, [TimerKind.CHASE, TimerKind.REPEAT]))
    assert await store.transact(rest) == [TimerKind.RATING]
    await store.transact(lambda session: session.timers.cancel(1))
    assert await store.transact(rest) == []
    assert len(await store.transact(lambda session: session.timers.of(2))) == 1


async def test_a_timer_set_and_cancelled_in_one_breath_is_gone(store: Store) -> None:
    async def work(session: Session) -> None:
        session.timers.set(timer())
        await session.timers.cancel(1, [TimerKind.CHASE])
        session.timers.set(timer(kind=TimerKind.RATING))

    await store.transact(work)
    async with store.reading() as session:
        assert [one.kind for one in await session.timers.of(1)] == [TimerKind.RATING]


async def test_one_is_reminded_once_of_one_thing_in_a_day(store: Store) -> None:
    async def remind(level: int = 1, person: str = "m", day: date = DAY) -> bool:
        return await store.transact(lambda session: session.timers.remind_once(1, "chase", level, person, day, NOW))

    assert sorted(await asyncio.gather(*(remind() for _ in range(4)))) == [False, False, False, True]
    assert [await remind(2), await remind(person="s"), await remind(day=DAY + timedelta(days=1))] == [True] * 3


async def test_a_report_is_made_by_one(store: Store) -> None:
    claims = (store.transact(lambda session: session.reports.claim("digest", "v", DAY, NOW)) for _ in range(4))
    assert sorted(await asyncio.gather(*claims)) == [False, False, False, True]


async def test_worries_of_a_day_are_kept(store: Store) -> None:
    worry = Worry(NOW, "nobody", 7, "m", "v")

    async def work(session: Session) -> list[Worry]:
        session.reports.worry(worry)
        return await session.reports.worries(NOW, NOW + MINUTE)

    assert await store.transact(work) == [worry]
    assert await store.transact(lambda session: session.reports.worries(NOW + MINUTE, NOW + 2 * MINUTE)) == []


# ── residents ────────────────────────────────────────────────────────────────────────────────────


async def test_a_resident_is_new_once(store: Store) -> None:
    first, talk, is_new = await store.transact(lambda session: session.conversations.meet("o1", NOW))
    assert is_new
    assert talk == Conversation("o1")
    again, _, is_new = await store.transact(lambda session: session.conversations.meet("o1", NOW + MINUTE))
    assert not is_new
    assert again == first


async def test_a_talk_comes_back_as_it_was(store: Store) -> None:
    talk = Conversation(
        "o1", 3, NOW, "半句", Question.PLACE, 4, ("a", "b"), Window(NOW, 2), Window(NOW + MINUTE, 1), NOW, has_held=True
    )

    async def work(session: Session) -> Conversation:
        await session.conversations.meet("o1", NOW)
        await session.conversations.save(Conversation("o1", draft="旧"))
        await session.conversations.save(talk)
        return (await session.conversations.meet("o1", NOW))[1]

    assert await store.transact(work) == talk
    async with store.reading() as session:
        found = await session.conversations.find("o1")
        assert found is not None
        assert found[1] == talk
        assert await session.conversations.find("o2") is None


async def test_the_windows_are_saved_without_the_talk(store: Store) -> None:
    async def work(session: Session) -> Conversation:
        await session.conversations.meet("o1", NOW)
        await session.conversations.save(Conversation("o1", draft="新", message_window=Window(NOW, 1)))
        await session.conversations.save_windows("o1", Window(NOW, 2), Window(NOW, 3))  # no click is known
        await session.conversations.save_windows("o1", Window(NOW - MINUTE, 5), Window())  # of a window before
        await session.conversations.hold("o1")
        return (await session.conversations.meet("o1", NOW))[1]

    talk = await store.transact(work)
    assert (talk.draft, talk.message_window, talk.click_window, talk.has_held) == ("新", Window(NOW, 2), Window(), True)


async def test_of_an_erased_resident_only_the_number_stays(store: Store) -> None:
    async def work(session: Session) -> int:
        resident, _, _ = await session.conversations.meet("o1", NOW)
        resident = replace(resident, lane="a", notice="1")
        await session.conversations.save_resident(resident)
        await session.conversations.save(Conversation("o1", draft="半句"))
        await session.conversations.erase(resident)
        return resident.id

    number = await store.transact(work)
    async with store.reading() as session:
        assert await session.conversations.find("o1") is None
        found = await session.conversations.by_id(number)
    assert found is not None
    assert "o1" not in found[0].openid
    assert (found[0].lane, found[0].follows, found[1].draft) == ("", False, "")


def test_a_word_and_a_click_open_their_own_window() -> None:
    old = Conversation("o1", message_window=Window(NOW, 4), click_window=Window(NOW, 3))
    later = NOW + MINUTE
    assert renewed(old, message=True, now=later) == replace(old, message_window=Window(later, 0))
    assert renewed(old, message=False, now=later) == replace(old, click_window=Window(later, 0))


async def test_a_chat_is_known_once_somebody_spoke_there(store: Store) -> None:
    for _ in range(2):
        await store.transact(lambda session: session.conversations.saw_chat("g", is_group=True, now=NOW))
    async with store.reading() as session:
        assert [await session.conversations.knows_chat(one) for one in ("g", "x")] == [True, False]


# ── files ────────────────────────────────────────────────────────────────────────────────────────


def file(request: int = 1, **more: object) -> StoredFile:
    known = StoredFile(0, request, MessageKind.IMAGE, OFFICIAL, "media", NOW, media_url="u", media_key="k", due_at=NOW)
    return replace(known, **more)  # type: ignore[arg-type]


async def expect(store: Store, *files: StoredFile) -> list[StoredFile]:
    async def work(session: Session) -> list[StoredFile]:
        for one in files:
            session.files.expect(one)
        return await session.files.of(1)

    return await store.transact(work)


async def claim(store: Store, minutes: int = 0) -> list[StoredFile]:
    return await store.transact(lambda session: session.files.claim(NOW + minutes * MINUTE, MINUTE))


async def test_a_file_is_fetched_by_one_and_then_rests(store: Store) -> None:
    [kept] = await expect(store, file())
    assert replace(kept, id=0) == file()
    assert store.files_expected.is_set()
    assert [one.id for one in await claim(store)] == [kept.id]
    assert await claim(store) == []
    await store.transact(lambda session: session.files.arrived(kept.id, "d1", "image/jpeg", 12))
    assert await claim(store, 60) == []
    [done] = await store.transact(lambda session: session.files.of(1))
    assert (done.digest, done.size, done.media_url, done.media_key, done.due_at) == ("d1", 12, "", "", None)


async def test_a_file_that_failed_is_tried_again_or_never(store: Store) -> None:
    one, other = await expect(store, file(), file(channel=Channel.WECOM_BOT))
    await store.transact(lambda session: session.files.failed(one.id, NOW + MINUTE, "slow"))
    await store.transact(lambda session: session.files.failed(other.id, None, "gone"))
    assert [(found.id, found.attempts, found.error) for found in await claim(store, 1)] == [(one.id, 1, "slow")]


async def test_erased_files_are_handed_over_until_nobody_needs_their_bytes(store: Store) -> None:
    mine, unfetched, theirs = file(), file(), file(2)
    await expect(store, mine, unfetched, theirs)
    await store.transact(lambda session: session.files.arrived(1, "same", "image/jpeg", 1))
    await store.transact(lambda session: session.files.arrived(3, "same", "image/jpeg", 1))
    await store.transact(lambda session: session.files.remove(1, NOW))
    [gone] = await claim(store)
    assert (gone.request, gone.digest, gone.media_id) == (0, "same", "")
    assert not await store.transact(lambda session: session.files.erased(gone))
    await store.transact(lambda session: session.files.remove(2, NOW))
    [last] = await claim(store)
    assert await store.transact(lambda session: session.files.erased(last))
    assert await claim(store, 60) == []
