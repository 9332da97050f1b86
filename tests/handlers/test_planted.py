"""Private words planted in what residents tell: none comes whole into a group, a log, a figure or a digest."""

from __future__ import annotations

import contextlib
import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from prometheus_client import generate_latest

from bot import logs
from handlers.desk import Desk
from handlers.rules.masking import for_group
from handlers.watching import digest
from storage.records import Outgoing
from storage.session import Session
from tests.machine.office import Office, house

CORPUS = Path(__file__).with_name("data") / "private.txt"

_LONG = 6  # digits that hardly stand anywhere by chance


def planted() -> list[tuple[str, tuple[str, ...]]]:
    """Each sentence with what must not be read in it."""
    lines = [line for line in CORPUS.read_text(encoding="utf-8").splitlines() if "|" in line and line[0] != "#"]
    pairs = [line.rsplit("|", 1) for line in lines]
    return [(text.strip(), tuple(one.strip() for one in secrets.split(";"))) for text, secrets in pairs]


@pytest.mark.parametrize(("text", "secrets"), planted())
def test_no_group_reads_it(text: str, secrets: tuple[str, ...]) -> None:
    said = for_group(text)
    assert not [secret for secret in secrets if secret in said], said


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All log lines, as `hutong serve` writes them; everything else is as before afterwards."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    written = io.StringIO()
    with contextlib.redirect_stderr(written):
        logs.set_up(level=logging.DEBUG, as_json=True)
    yield written
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def test_nothing_planted_is_read_where_it_must_not(log: io.StringIO) -> None:
    with Office() as office:
        for text, _ in planted():
            office.member_says("m1", f"登记 {text}")
        office.transact(lambda session: _a_day_ends(office, session))
        public = [message.text for message in office.transact(_to_groups)]
    assert len(public) > len(planted()) // 2, "hardly anything was told to the group"
    read = "\n".join([*public, log.getvalue(), generate_latest().decode()])
    secrets = [secret for _, told in planted() for secret in told if not _is_common(secret)]
    assert not [secret for secret in secrets if _is_read_in(read, secret)]


async def _to_groups(session: Session) -> list[Outgoing]:
    """What groups read, and the secretaries' digest."""
    return [one for one in await session.outbox.all_since(None) if one.is_group or one.kind == "digest"]


async def _a_day_ends(office: Office, session: Session) -> None:
    desk = Desk(session, office.clock.now(), house(), await office.store.roster(session))
    for unit in digest.units_with_secretary(desk.roster):
        await digest.send(desk, unit)


def _is_read_in(read: str, secret: str) -> bool:
    """Four digits may stand within the microseconds of a log line, or within a measured figure."""
    is_short = secret.isdigit() and len(secret) < _LONG
    return bool(re.search(rf"(?<![\d.]){secret}(?!\d)", read)) if is_short else secret in read


def _is_common(secret: str) -> bool:
    """Too short to tell anything among the numbers of requests and the times of day."""
    return len(secret) < 4
