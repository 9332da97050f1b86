"""`hutong export`: the ledger, its journal, the outbox and the roster as files for people and programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

import click

from bot import sheets
from bot.commands.base import Context, run
from handlers.roster import writing
from handlers.roster.keeping import load
from handlers.rules.masking import pseudonym
from handlers.rules.rates import Rates, Share, rates
from storage.records import JournalEntry, Judged, Outgoing, Request
from storage.session import Session

FORMATS = ("xlsx", "csv", "jsonl")
WHAT = ("requests", "roster", "events", "deliveries", "rates")
REQUEST_FIELDS = (
    *("number", "id", "type", "types_all", "urgency", "emergency_kind", "sensitivity", "state", "lane", "unit"),
    *("text", "place_text", "reporter", "on_behalf_of", "created_at", "dispatched_at", "accepted_at"),
    *("first_response_at", "resolved_at", "closed_at", "first_responder", "holder", "co_workers"),
    *("escalation_level", "reopen_count", "return_count", "rating", "merged_into"),
    *("due_first_response", "due_resolution"),
)
EVENT_FIELDS = ("request", "at", "kind", "actor", "data")
RATE_FIELDS = (
    *("lane", "type", "requests", "due", "responded", "response_rate", "rated", "solved", "solved_rate"),
    *("satisfied", "satisfied_rate", "unrated"),
)
DELIVERY_FIELDS = ("id", "channel", "to", "kind", "request", "state", "attempts", "created_at", "sent_at")


@dataclass(frozen=True, slots=True)
class Exporter:
    """Makes plain objects of records: people by pseudonyms, times in the desk's zone with its offset."""

    key: bytes
    zone: tzinfo

    def request(self, request: Request) -> dict[str, Any]:
        return self._picked(request, REQUEST_FIELDS) | {"reporter": self._person("r", f"resident:{request.reporter}")}

    def event(self, entry: JournalEntry) -> dict[str, Any]:
        data = dict(entry.data) | ({"words": entry.words} if entry.words else {})
        return self._picked(entry, EVENT_FIELDS) | {"data": data}

    def delivery(self, message: Outgoing) -> dict[str, Any]:
        kind = "g" if message.is_group else "u"
        return self._picked(message, DELIVERY_FIELDS) | {"to": self._person(kind, message.to)}

    def _person(self, kind: str, text: str) -> str:
        return f"{kind}-{pseudonym(text, self.key)}" if text else ""

    def _picked(self, record: Any, names: tuple[str, ...]) -> dict[str, Any]:
        return {name: self._value(getattr(record, name)) for name in names}

    def _value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(self.zone).isoformat()
        return list(value) if isinstance(value, tuple) else value


@click.command("export", help="导出台账、经过、发送记录、名册,或各胡同各类的响应率、解决率、满意率。")
@click.argument("what", type=click.Choice(WHAT))
@click.option("--since", default="", help="从这一天(2026-11-01)或这一刻(2026-11-01T08:00)起。")
@click.option("--format", "format_", type=click.Choice(FORMATS), default=None, help="默认看文件名,没有文件名是 jsonl。")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=None, help="写到这个文件;名册的 csv 是一个文件夹。"
)
@click.pass_obj
def export(context: Context, what: str, since: str, format_: str | None, output: Path | None) -> None:
    format_ = format_ or _format_of(output)
    if output is None and (format_ == "xlsx" or (format_ == "csv" and what == "roster")):
        raise click.UsageError(f"{format_} 要用 -o 写到文件里")
    try:
        run(_export(context, what, _moment(since, context.settings().desk.zone), format_, output))
    except sheets.SheetError as error:
        raise click.ClickException(str(error)) from None


def _format_of(output: Path | None) -> str:
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    if suffix and suffix not in FORMATS:
        raise click.UsageError(f"不知道 .{suffix} 是什么格式:文件名要以 .xlsx、.csv 或 .jsonl 结尾,或者加上 --format")
    return suffix or "jsonl"


def _moment(text: str, zone: tzinfo) -> datetime | None:
    """A date begins at the desk's midnight; a moment without an offset is the desk's time."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"--since 读不懂“{text}”,请写成 2026-11-01 或 2026-11-01T08:00:00+08:00") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


async def _export(context: Context, what: str, since: datetime | None, format_: str, output: Path | None) -> None:
    async with context.store() as store, store.reading() as session:
        if what == "roster":
            await _export_roster(session, format_, output)
            return
        exporter = Exporter(session.vault.pseudonym_key(), context.settings().desk.zone)
        fields, rows = await _rows(session, exporter, what, since, context.clock.now())
    _write(what, fields, rows, format_, output)


async def _rows(
    session: Session, exporter: Exporter, what: str, since: datetime | None, now: datetime
) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    if what == "requests":
        return REQUEST_FIELDS, _all(exporter.request, await session.requests.all_since(since))
    if what == "events":
        return EVENT_FIELDS, _all(exporter.event, await session.journal.all_since(since))
    if what == "rates":
        return RATE_FIELDS, _rates(await session.requests.judged(since, None), now)
    return DELIVERY_FIELDS, _all(exporter.delivery, await session.outbox.all_since(since))


def _rates(judged: Iterable[Judged], now: datetime) -> list[dict[str, Any]]:
    """The three rates of each lane and type; what each is a share of says handlers/rules/rates.py."""
    groups: dict[tuple[str, str], list[Judged]] = {}
    for one in judged:
        groups.setdefault((one.lane, one.type), []).append(one)
    return [_rate_row(*place, many, rates(many, now)) for place, many in sorted(groups.items())]


def _rate_row(lane: str, type_: str, many: list[Judged], found: Rates) -> dict[str, Any]:
    return {
        "lane": lane,
        "type": type_,
        "requests": len(many),
        "due": found.responded.whole,
        "responded": found.responded.part,
        "response_rate": _rounded(found.responded),
        "rated": found.solved.whole,
        "solved": found.solved.part,
        "solved_rate": _rounded(found.solved),
        "satisfied": found.satisfied.part,
        "satisfied_rate": _rounded(found.satisfied),
        "unrated": found.unrated,
    }


def _rounded(share: Share) -> float | None:
    return None if share.rate is None else round(share.rate, 4)


def _all(make: Callable[[Any], dict[str, Any]], records: Iterable[Any]) -> list[dict[str, Any]]:
    return [make(record) for record in records]


async def _export_roster(session: Session, format_: str, output: Path | None) -> None:
    contents = await load(session)
    if format_ == "jsonl":
        _put_text(sheets.jsonl_text(writing.to_objects(contents)), output)
    elif output and format_ == "xlsx":
        sheets.write_xlsx(output, writing.to_sheets(contents))
    elif output:
        sheets.write_folder(output, writing.to_sheets(contents))


def _write(what: str, fields: tuple[str, ...], rows: list[dict[str, Any]], format_: str, output: Path | None) -> None:
    if format_ == "jsonl":
        _put_text(sheets.jsonl_text(rows), output)
        return
    table: list[list[sheets.Cell]] = [list(fields), *([_flat(row[name]) for name in fields] for row in rows)]
    if output is None:
        click.echo(sheets.csv_text(table), nl=False)
    elif format_ == "csv":
        sheets.write_csv(output, table)
    else:
        sheets.write_xlsx(output, {what: table})


def _put_text(text: str, output: Path | None) -> None:
    if output:
        sheets.write_text(output, text)
    else:
        click.echo(text, nl=False)


def _flat(value: Any) -> sheets.Cell:
    """One cell of a value: lists between 、, objects as JSON."""
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value  # type: ignore[no-any-return]
