"""The roster as it is kept: names and phones sealed, codes used once, every change seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.records import Duty, Household, Lane, Leave, Member, Role, Roster, Unit
from storage.session import Session
from storage.store import Store, sqlite_path
from storage.vault import Vault, VaultError, keep_key, read_key
from tests.storage.conftest import KEY
from tests.storage.samples import MINUTE, NOW

MEMBER = Member("m", "张示例", "13800138000", "w-m")
HOUSEHOLD = Household("3号楼501", "a", "王小明", "13900139000", ("独居老人",))
SECRETS = ("张示例", "13800138000", "王小明", "13900139000")


async def fill(session: Session) -> None:
    await session.places.put_units([Unit("v", "示例村", aliases=("村",))])
    await session.places.put_lanes([Lane("a", "甲胡同", "v", aliases=("甲",), latitude=1.5), Lane("b", "乙胡同", "v")])
    await session.places.put_households([HOUSEHOLD])
    await session.people.put_members([MEMBER, Member("s", "李示例")])
    await session.people.replace_duties([Duty("m", "a", Role.RESPONSIBLE, ends=date(2026, 12, 1))])
    await session.people.replace_leaves([Leave("m", date(2026, 11, 1), date(2026, 11, 2), "s")])
    await session.places.changed()


async def roster(store: Store) -> Roster:
    async with store.reading() as session:
        return await store.roster(session)


async def test_the_roster_comes_back_as_it_was(store: Store) -> None:
    await store.transact(fill)
    found = await roster(store)
    assert found.members == (MEMBER, Member("s", "李示例"))
    assert found.lanes[0] == Lane("a", "甲胡同", "v", ("甲",), latitude=1.5)
    assert found.duties == (Duty("m", "a", Role.RESPONSIBLE, ends=date(2026, 12, 1)),)
    assert found.leaves == (Leave("m", date(2026, 11, 1), date(2026, 11, 2), "s"),)
    async with store.reading() as session:
        assert await session.places.households() == [HOUSEHOLD]
        assert await session.places.doors() == [("3号楼501", "a")]


async def test_no_name_and_no_phone_stands_in_the_database(store: Store) -> None:
    await store.transact(fill)
    path = sqlite_path(store.url)
    if path:
        raw = b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
        assert "甲胡同".encode() in raw
        assert not any(secret.encode() in raw for secret in SECRETS)
        return
    async with store.reading() as session:
        for table in ("members", "households"):
            rows = await session.run(sa.text(f"SELECT CAST(t AS text) FROM {table} t"))  # noqa: S608
            assert not any(secret in row[0] for row in rows for secret in SECRETS)


async def test_a_value_moved_to_another_row_cannot_be_opened(store: Store) -> None:
    await store.transact(fill)
    swap = "UPDATE members SET name_sealed = (SELECT name_sealed FROM members WHERE code = 'm') WHERE code = 's'"
    await store.transact(lambda session: session.run(sa.text(swap)))
    with pytest.raises(VaultError, match="members:s:name"):
        await roster(store)


async def test_with_another_key_nothing_can_be_opened(store: Store) -> None:
    await store.transact(fill)
    async with Store(store.url, Vault(b"x" * 32)) as thief:
        with pytest.raises(VaultError):
            await roster(thief)


async def test_a_change_is_seen_by_every_process_and_only_after_the_commit(store: Store) -> None:
    await store.transact(fill)
    async with Store(store.url, Vault(KEY)) as other:
        assert (await roster(other)).lane["a"].chat_id == ""

        async def binds(session: Session) -> str:
            await session.places.bind_chat("a", "g1")
            return (await store.roster(session)).lane["a"].chat_id

        async def binds_and_fails(session: Session) -> None:
            await session.places.bind_chat("a", "g2")
            await store.roster(session)
            raise RuntimeError

        assert await store.transact(binds) == "g1"
        with pytest.raises(RuntimeError):
            await store.transact(binds_and_fails)
        for one in (store, other):
            assert (await roster(one)).lane["a"].chat_id == "g1"


async def test_a_second_import_keeps_a_bound_wechat(store: Store) -> None:
    await store.transact(fill)
    await store.transact(lambda session: session.people.bind_openid("m", "o-m"))
    await store.transact(fill)
    await store.transact(lambda session: session.people.put_member(replace(MEMBER, name="张新名")))
    await store.transact(lambda session: session.places.changed())
    assert (await roster(store)).member["m"] == replace(MEMBER, name="张新名", openid="o-m")


async def test_one_wechat_belongs_to_one_member(store: Store) -> None:
    await store.transact(fill)
    await store.transact(lambda session: session.people.bind_openid("m", "o"))
    await store.transact(lambda session: session.people.bind_openid("s", "o"))
    assert [member.openid for member in (await roster(store)).members] == ["", "o"]
    await store.transact(lambda session: session.people.unbind_openid("o"))
    assert [member.openid for member in (await roster(store)).members] == ["", ""]


async def test_a_code_works_once_and_in_time_and_only_the_newest(store: Store) -> None:
    async def use(code: str, minutes: int = 0) -> str | None:
        return await store.transact(lambda session: session.people.use_code(code, NOW + minutes * MINUTE))

    async def keep(code: str) -> None:
        await store.transact(lambda session: session.people.keep_code(code, "m", NOW + MINUTE))

    await keep("old")
    await keep("new")
    assert [await use("old"), await use("new"), await use("new")] == [None, "m", None]
    await keep("late")
    assert [await use("late", 1), await use("late")] == [None, None]


async def test_what_is_removed_is_gone_with_what_hangs_on_it(store: Store) -> None:
    await store.transact(fill)

    async def prune(session: Session) -> None:
        await session.places.remove_lanes(["a"])
        await session.people.remove_members(["s"])
        await session.people.mark_left(["m"], NOW)
        await session.places.changed()

    await store.transact(prune)
    found = await roster(store)
    assert [lane.code for lane in found.lanes] == ["b"]
    assert found.members == (replace(MEMBER, left_at=NOW),)
    async with store.reading() as session:
        assert await session.places.households() == []


# ── the vault ────────────────────────────────────────────────────────────────────────────────────


def test_what_is_sealed_opens_at_its_place_only() -> None:
    vault = Vault(KEY)
    sealed = vault.seal("张示例", "members:m:name")
    assert vault.open(sealed, "members:m:name") == "张示例"
    assert vault.seal("张示例", "members:m:name") != sealed
    assert (vault.seal("", "x"), vault.open("", "x")) == ("", "")
    for where, value in (("members:s:name", sealed), ("members:m:name", sealed[:-4]), ("members:m:name", "1:短")):
        with pytest.raises(VaultError):
            vault.open(value, where)
    with pytest.raises(VaultError):
        read_key("not base64!")


def test_a_key_has_thirty_two_bytes() -> None:
    with pytest.raises(VaultError):
        Vault(b"short")


def test_names_for_exports_do_not_come_from_the_sealing_key_itself() -> None:
    assert len(Vault(KEY).pseudonym_key()) == 32
    assert KEY not in Vault(KEY).pseudonym_key()


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "key"
    key = keep_key(path)
    assert len(key) == 32
    assert keep_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
