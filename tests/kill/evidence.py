"""What the platforms showed is held against what the bot wrote down: nothing lost, nothing done twice."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.delivery import AT_ONCE
from storage.records import JournalEntry, OutboxState, Outgoing
from storage.store import sqlite_path
from storage.tables import files, inbox
from tests.kill.people import TAKEN, People, Said
from tests.kill.town import Town, outbound

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Findings:
    """The campaign in numbers; `violations` is empty when all promises were kept. `slowest` is in seconds."""

    kills: int
    written: int  # messages of residents
    acknowledged: int
    duplicates: int  # deliveries made on purpose
    lost: int
    doubled_requests: int
    doubled_outbound: int
    requests: int
    taken: int  # requests somebody accepted
    closed: int
    deliveries: int
    notices: int  # residents who saw the platform's error notice
    slowest: float
    points: int  # deaths at a chosen point, instead of by our hand
    pictures: int
    violations: tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """All that was written down and shown, to be judged without a database."""

    said: Sequence[Said]
    arrived: Sequence[tuple[str, str, str]]  # sender, text, fate of each inbox row
    requests: Sequence[Row]
    deliveries: Sequence[Row]
    sent: Sequence[Outgoing]
    journal: Sequence[JournalEntry]
    shown: Mapping[str, Sequence[str]]  # by receiver, what came unasked
    unfetched: int  # pictures that were taken in and not brought home
    integrity: str


async def examine(
    town: Town, people: People, kills: int, recoveries: Sequence[float], met: Mapping[str, int]
) -> Findings:
    """Read exports, database and chats of a bot that has ended. `met` counts deaths at chosen points: then every
    receiver's message in flight may be doubled, not one in all."""
    record = await _read(town, people.said)
    twice = doubled_outbound(record.sent, record.shown)
    lost, repeated = lost_messages(record), doubled_words(record)
    return Findings(
        kills=kills,
        written=len(record.said),
        acknowledged=people.heard,
        duplicates=people.duplicates,
        lost=len(lost),
        doubled_requests=len(repeated),
        doubled_outbound=twice,
        requests=len(record.requests),
        taken=sum(bool(request["accepted_at"]) for request in record.requests),
        closed=sum(request["state"] == "closed" for request in record.requests),
        deliveries=len(record.deliveries),
        notices=len(town.platforms.wechat.notices),
        slowest=max(recoveries, default=0.0),
        points=sum(met.values()),
        pictures=sum(not one.word and not one.text for one in record.said),
        violations=(
            *(f"lost: {one.text}" for one in lost),
            *(f"in more than one place: {word}" for word in repeated),
            *wrong_inbox(record),
            *wrong_responders(record),
            *wrong_deliveries(record),
            *([f"{twice} messages went out twice in {kills} kills"] if twice > kills * (AT_ONCE if met else 1) else []),
            *([f"{record.unfetched} pictures were not brought home"] if record.unfetched else []),
            *([f"integrity check: {record.integrity}"] if record.integrity != "ok" else []),
        ),
    )


# ── judging ──────────────────────────────────────────────────────────────────────────────────────


def lost_messages(record: Record) -> list[Said]:
    """What the platform got an answer for, and neither a request nor its journal holds: words that bring a request back
    stand in the journal alone."""
    kept = _words(record)
    noted = "\n".join(entry.words for entry in record.journal)
    said = (one for one in record.said if one.word and one.is_answered)
    return [one for one in said if not kept[one.word] and one.word not in noted]


def doubled_words(record: Record) -> list[str]:
    """Words that stand twice in the ledger, in two requests or twice in one."""
    words = _words(record)
    return [one.word for one in record.said if one.word and words[one.word] > 1]


def _words(record: Record) -> Counter[str]:
    texts = "\n".join(str(request["text"]) for request in record.requests)
    return Counter({one.word: texts.count(one.word) for one in record.said if one.word})


def wrong_inbox(record: Record) -> list[str]:
    """A message has one row with a fate: always when it was acknowledged, at most when it was not."""
    rows = Counter((sender, text) for sender, text, _ in record.arrived)
    most = Counter((one.openid, one.text) for one in record.said)
    least = Counter((one.openid, one.text) for one in record.said if one.is_answered)
    wrong = [f"{rows[key]} inbox rows instead of {most[key]}: {key[1]}" for key in most if rows[key] > most[key]]
    wrong += [f"{rows[key]} inbox rows for {least[key]} answers: {key[1]}" for key in least if rows[key] < least[key]]
    return wrong + [f"no fate: {text}" for _, text, fate in record.arrived if not fate]


def wrong_responders(record: Record) -> list[str]:
    """Who accepted first is written down once, is the first responder, and the group heard one name only."""
    accepted, told = defaultdict(list), defaultdict(set)
    for entry in record.journal:
        if entry.kind == "accept":
            accepted[entry.request].append(entry.actor)
    for lines in record.shown.values():
        for found in (found for line in lines if (found := TAKEN.search(line))):
            told[int(found[1])].add(found[2])
    wrong = []
    for request in record.requests:
        number, first = request["number"], request["first_responder"]
        expected = [first] if request["accepted_at"] else []
        if accepted[number] != expected or len(told[number]) > 1:
            wrong.append(f"#{number} first {first or '-'}, accepted {accepted[number]}, the group heard {told[number]}")
    return wrong


def wrong_deliveries(record: Record) -> list[str]:
    """Every message came to an end, each export row is one message, and what is marked as sent was really shown."""
    wrong = [
        f"outbox {row['id']} is {row['state']}" for row in record.deliveries if row["state"] in ("waiting", "dead")
    ]
    if [row["id"] for row in record.deliveries] != [message.id for message in record.sent]:
        wrong.append("the export of deliveries is not the outbox")
    for (to, text), (shown, least, _) in _compared(record.sent, record.shown).items():
        if shown < least:
            wrong.append(f"marked as sent {least} times, shown {shown} times to {to[:3]}…: {text}")
    return wrong


def doubled_outbound(sent: Iterable[Outgoing], shown: Mapping[str, Sequence[str]]) -> int:
    """How many messages a receiver saw beyond those in the outbox."""
    return sum(max(0, seen - most) for seen, _, most in _compared(sent, shown).values())


def _compared(
    sent: Iterable[Outgoing], shown: Mapping[str, Sequence[str]]
) -> dict[tuple[str, str], tuple[int, int, int]]:
    """For each receiver and text: how often it was shown, is marked as sent, and stands in the outbox at all.

    Several messages to a resident may share a bubble, so texts are counted inside of what was shown.
    """
    by_receiver = defaultdict(list)
    for message in sent:
        if message.kind != "picture" and message.text:  # goes as itself; of an erased one nothing is left to count
            by_receiver[message.to].append(message)
    result = {}
    for to, messages in by_receiver.items():
        seen = "\n\n".join(shown.get(to, ()))
        all_texts = "\n\n".join(message.text for message in messages)
        sent_texts = "\n\n".join(message.text for message in messages if message.state is OutboxState.SENT)
        for text in {message.text for message in messages}:
            result[to, text] = seen.count(text), sent_texts.count(text), all_texts.count(text)
    return result


# ── reading ──────────────────────────────────────────────────────────────────────────────────────


async def _read(town: Town, said: Sequence[Said]) -> Record:
    requests = await _exported(town, "requests")
    deliveries = await _exported(town, "deliveries")
    async with town.store() as store, store.reading() as session:
        rows = await session.run(sa.select(inbox.c.sender, inbox.c.text, inbox.c.fate).where(inbox.c.kind != "event"))
        arrived = [(row.sender, row.text, row.fate) for row in rows]
        sent, journal = await session.outbox.all_since(None), await session.journal.all_since(None)
        unfetched = sa.select(sa.func.count()).select_from(files).where(files.c.digest == "")
        lacking = int((await session.run(unfetched)).scalar_one())
    return Record(said, arrived, requests, deliveries, sent, journal, _shown(town), lacking, integrity(town.database))


async def _exported(town: Town, what: str) -> list[Row]:
    """What `hutong export` writes."""
    path = town.folder / f"{what}.jsonl"
    child = await town.nursery.start(
        ["-c", str(town.config), "export", what, "--format", "jsonl", "-o", str(path)], town.log
    )
    if code := await child.wait():
        return [{"id": f"hutong export {what} ended with {code}", "state": "dead"}]
    return [json.loads(line) for line in _text(path).splitlines()]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _shown(town: Town) -> dict[str, list[str]]:
    wechat, wecom = town.platforms.wechat, town.platforms.wecom
    chats = {
        **{one.openid: one.chat for one in wechat.residents.values()},
        **{one.userid: one.chat for one in wecom.members.values()},
        **{one.chatid: one.chat for one in wecom.groups.values()},
    }
    return {owner: [line.text for line in outbound(chat)] for owner, chat in chats.items()}


def integrity(database: str) -> str:
    """SQLite's own judgement of its file; PostgreSQL has none to ask for."""
    path = sqlite_path(database)
    if path is None:
        return "ok"
    connection = sqlite3.connect(path)
    try:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        connection.close()
