"""Every table and column. Only this file and the files beside `store.py` know their names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. SQLite, which knows no moments, keeps a text that sorts like them."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        return _to_text if dialect.name == "sqlite" else _to_utc

    def result_processor(self, dialect: Dialect, _: object) -> Callable[[Any], datetime | None]:
        return _from_text if dialect.name == "sqlite" else _to_utc


def _to_utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)


@lru_cache(512)  # what happens at one desk happens at one moment
def _to_text(moment: datetime | None) -> str | None:
    """2026-05-01 08:30:00.000000, as SQLAlchemy writes a datetime without a zone."""
    utc = _to_utc(moment)
    return utc.isoformat(" ", "microseconds")[:26] if utc else None


def _from_text(text: str | None) -> datetime | None:
    return datetime.fromisoformat(f"{text}+00:00") if text else None


def _text(name: str, **more: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="", **more)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _moment(name: str, *, nullable: bool = True, **more: Any) -> sa.Column[datetime]:
    return sa.Column(name, Moment, nullable=nullable, **more)


def _json(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON, nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


# ── what comes in and goes out ───────────────────────────────────────────────────────────────────

inbox = sa.Table(
    "inbox",
    metadata,
    _id(),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("dedupe_key", sa.Text, nullable=False),
    _moment("received_at", nullable=False),
    _text("sender"),
    _text("kind"),
    _text("event"),
    _text("text"),
    _text("fate"),
    _text("reason"),
    sa.Column("request", sa.Integer),
    _text("answer"),
    _json("options"),
    sa.UniqueConstraint("channel", "dedupe_key"),
    sa.Index("ix_inbox_received_at", "received_at"),
    sa.Index("ix_inbox_sender", "sender"),
)

outbox = sa.Table(
    "outbox",
    metadata,
    _id(),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("to", sa.Text, nullable=False),
    _flag("is_group"),
    _text("kind"),
    _text("text"),
    sa.Column("request", sa.Integer),
    _json("options"),
    _json("template"),
    _json("only_if"),
    _text("reply_token"),
    _moment("reply_until"),
    _flag("urgent"),
    sa.Column("file", sa.Integer),
    sa.Column("state", sa.Text, nullable=False),
    _moment("created_at", nullable=False),
    _moment("due_at", nullable=False),
    _moment("lease_until"),
    _moment("sent_at"),
    _count("attempts"),
    _text("error"),
    sa.Index(
        "ix_outbox_waiting",
        "due_at",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    ),
    sa.Index("ix_outbox_to_state", "to", "state"),
    sa.Index("ix_outbox_request", "request"),
    sqlite_autoincrement=True,
)

files = sa.Table(
    "files",
    metadata,
    _id(),
    sa.Column("request", sa.Integer, nullable=False, index=True),
    _text("kind"),
    _text("channel"),
    _text("media_id"),
    _text("media_url"),
    _text("media_key"),
    _text("digest"),
    _text("content_type"),
    _text("words"),
    sa.Column("sender", sa.Text, nullable=False, server_default="resident"),
    _count("size"),
    _count("attempts"),
    _moment("created_at", nullable=False),
    _moment("due_at"),
    _text("error"),
    sa.Index("ix_files_due_at", "due_at"),
)

# ── residents ────────────────────────────────────────────────────────────────────────────────────

residents = sa.Table(
    "residents",
    metadata,
    _id(),
    sa.Column("openid", sa.Text, nullable=False, unique=True),
    _text("lane"),
    sa.Column("follows", sa.Boolean, nullable=False, server_default=sa.true()),
    _text("notice"),
    _moment("created_at", nullable=False),
    sqlite_autoincrement=True,
)

conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("openid", sa.Text, primary_key=True),
    sa.Column("gathering", sa.Integer),
    _moment("gathering_until"),
    _text("draft"),
    _text("question"),
    sa.Column("question_request", sa.Integer),
    _json("choices"),
    _moment("message_opened_at"),
    _count("message_used"),
    _moment("click_opened_at"),
    _count("click_used"),
    _moment("last_at"),
    _flag("has_held"),
)

# ── places and people ────────────────────────────────────────────────────────────────────────────

units = sa.Table(
    "units",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    _text("name"),
    _text("kind"),
    _text("parent"),
    _text("chat_id"),
    _json("aliases"),
)

lanes = sa.Table(
    "lanes",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    _text("name"),
    _text("unit"),
    _json("aliases"),
    _text("addresses"),
    sa.Column("latitude", sa.Float),
    sa.Column("longitude", sa.Float),
    _text("chat_id"),
)

members = sa.Table(
    "members",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    _text("name_sealed"),
    _text("phone_sealed"),
    _text("wecom_id", index=True),
    _text("openid", index=True),
    _moment("left_at"),
)

duties = sa.Table(
    "duties",
    metadata,
    _id(),
    sa.Column("member", sa.Text, nullable=False),
    sa.Column("area", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("starts", sa.Date),
    sa.Column("ends", sa.Date),
)

leaves = sa.Table(
    "leaves",
    metadata,
    _id(),
    sa.Column("member", sa.Text, nullable=False),
    sa.Column("starts", sa.Date, nullable=False),
    sa.Column("ends", sa.Date, nullable=False),
    _text("substitute"),
)

households = sa.Table(
    "households",
    metadata,
    _id(),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("lane", sa.Text, nullable=False),
    _text("name_sealed"),
    _text("phone_sealed"),
    _json("tags"),
    sa.UniqueConstraint("lane", "address"),
)

binding_codes = sa.Table(
    "binding_codes",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("member", sa.Text, nullable=False),
    _moment("expires_at", nullable=False),
)

chats = sa.Table(
    "chats",
    metadata,
    sa.Column("chat_id", sa.Text, primary_key=True),
    _flag("is_group"),
    _moment("last_at", nullable=False),
)

# ── requests ─────────────────────────────────────────────────────────────────────────────────────

requests = sa.Table(
    "requests",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reporter", sa.Integer, nullable=False, index=True),
    _moment("created_at", nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    _text("text"),
    _json("types_all"),
    _text("urgency"),
    _text("emergency_kind"),
    _text("sensitivity"),
    _text("place_text"),
    _text("lane"),
    _text("unit"),
    _text("on_behalf_of"),
    _text("logged_by"),
    _text("holder"),
    _text("first_responder"),
    _json("co_workers"),
    _text("supervisor"),
    _text("offered_to"),
    _count("escalation_level"),
    _json("ladder"),
    sa.Column("version", sa.Integer, nullable=False),
    _moment("dispatched_at"),
    _moment("accepted_at"),
    _moment("first_response_at"),
    _moment("resolved_at"),
    _moment("closed_at"),
    _moment("due_first_response"),
    _moment("due_resolution"),
    _moment("due_next_update"),
    _moment("clock_from"),
    _moment("paused_at"),
    _moment("extension_until"),
    sa.Column("came_from", sa.JSON),
    _count("reopen_count"),
    _count("return_count"),
    _text("rating"),
    _text("result"),
    sa.Column("merged_into", sa.Integer),
    # A terminal or resolved request needs nobody; every other one has exactly one holder once it was dispatched.
    sa.CheckConstraint(
        "state IN ('gathering','received','closed','merged','declined','cancelled') OR holder <> ''", name="has_holder"
    ),
    sa.Index("ix_requests_state", "state"),
    sa.Index("ix_requests_lane_state", "lane", "state"),
    sa.Index("ix_requests_unit_state", "unit", "state"),
    sa.Index("ix_requests_created_at", "created_at"),
    sa.Index("ix_requests_offered_to", "offered_to"),
    sa.Index("ix_requests_holder_state", "holder", "state"),
    sa.Index("ix_requests_merged_into", "merged_into"),
    sqlite_autoincrement=True,  # a number is never used again
)

journal = sa.Table(
    "journal",
    metadata,
    _id(),
    sa.Column("request", sa.Integer, sa.ForeignKey("requests.number"), nullable=False, index=True),
    _moment("at", nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    _json("data"),
    _text("words"),
    sa.Index("ix_journal_at", "at"),
    sqlite_autoincrement=True,
)

timers = sa.Table(
    "timers",
    metadata,
    _id(),
    sa.Column("request", sa.Integer, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("step", sa.Integer, nullable=False, server_default="0"),
    _moment("due_at", nullable=False, index=True),
    sqlite_autoincrement=True,
)

reminders = sa.Table(
    "reminders",
    metadata,
    _id(),
    sa.Column("request", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("level", sa.Integer, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    _moment("due_at", nullable=False),
    sa.UniqueConstraint("request", "kind", "level", "person", "day", "due_at"),
)

# ── the desk itself ──────────────────────────────────────────────────────────────────────────────

reports = sa.Table(
    "reports",
    metadata,
    _id(),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    _text("text"),
    _moment("created_at", nullable=False),
    sa.UniqueConstraint("kind", "unit", "day"),
)

counters = sa.Table(
    "counters",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
)

corrections = sa.Table(
    "corrections",
    metadata,
    _id(),
    sa.Column("request", sa.Integer, sa.ForeignKey("requests.number"), nullable=False, index=True),
    _moment("at", nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    _text("text"),
)

jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    _moment("at", nullable=False),
    _text("result"),
)

worries = sa.Table(
    "worries",
    metadata,
    _id(),
    _moment("at", nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("request", sa.Integer),
    _text("person"),
    _text("unit"),
    sa.Index("ix_worries_at", "at"),
)
