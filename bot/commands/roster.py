"""`hutong import` and `hutong template`: the roster comes in, and an empty one goes out to be filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import click

from bot import sheets
from bot.commands.base import Context, run
from handlers.roster import writing
from handlers.roster.columns import SHEET, SHEETS
from handlers.roster.contents import Contents, Kind, Record
from handlers.roster.keeping import import_into, plan_import
from handlers.roster.planning import Plan
from handlers.roster.reading import Problem, read_roster
from handlers.rules.roster_lint import Finding, lint
from handlers.settings import DeskSettings

_MOST_NAMED = 20  # of the things a file no longer names, and of the findings; the rest is counted


@click.command("import", help="导入名册:单位、胡同、人员、职责、请假、住户。")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只看会改什么,不写入。")
@click.option("--prune", is_flag=True, help="文件里不再有的也删掉;没有的表不动。")
@click.pass_obj
def import_(context: Context, file: Path, dry_run: bool, prune: bool) -> None:
    raw = read_file(file)
    now = context.clock.now()
    plan = run(_import(context, raw, now, dry_run=dry_run, prune=prune))
    _echo(_problem_lines(plan.problems))
    if plan.errors:
        raise click.ClickException(f"有 {len(plan.errors)} 处要改,什么都没有导入。改好以后再导入一次。")
    if not prune and not any(one.added or one.updated or one.unchanged for one in plan.changes.values()):
        raise click.ClickException("文件里没有一行可导入的(标着“示例”的行只是例子,不导入)。填好以后再导入一次。")
    _echo(_report(plan, dry_run=dry_run))
    settings = context.settings()
    _echo(_finding_lines(lint_contents(plan.after, now.astimezone(settings.desk.zone).date(), settings)))


def read_file(file: Path) -> sheets.Sheets:
    """The raw sheets of a roster file or folder; raises ClickException."""
    try:
        return sheets.read(file)
    except sheets.SheetError as error:
        raise click.ClickException(str(error)) from None


async def _import(context: Context, raw: sheets.Sheets, now: datetime, *, dry_run: bool, prune: bool) -> Plan:
    async with context.store(makes=True) as store:
        if not dry_run:
            return await import_into(store, raw, now=now, prune=prune)
        async with store.reading() as session:
            return await plan_import(session, read_roster(raw), now=now, prune=prune)


def lint_contents(contents: Contents, today: date, settings: DeskSettings) -> list[Finding]:
    """Lint a roster with what the settings say of the ladder and of households."""
    return lint(
        contents.roster(),
        today,
        households=contents.households_per_lane(),
        households_per_member=settings.desk.households_per_member,
        rungs={step.tell for step in settings.ladder},
    )


# ── words ────────────────────────────────────────────────────────────────────────────────────────


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _problem_lines(problems: Iterable[Problem]) -> Iterable[str]:
    return (f"{'错误' if problem.is_error else '提醒'} {problem}" for problem in problems)


def _finding_lines(findings: list[Finding]) -> list[str]:
    lines = [f"{'要处理' if finding.is_error else '请留意'} {finding}" for finding in findings[:_MOST_NAMED]]
    more = len(findings) - len(lines)
    return [*lines, f"还有 {more} 条,用 hutong check 看全部。"] if more > 0 else lines


def _report(plan: Plan, *, dry_run: bool) -> list[str]:
    head = "试运行,没有写入:" if dry_run else "导入完成:" if plan.changes_anything else "和系统里的一样,没有改动:"
    return [head, *(line for kind in Kind for line in _sheet_lines(plan, kind))]


def _sheet_lines(plan: Plan, kind: Kind) -> list[str]:
    change, removed = plan.changes.get(kind), plan.removed.get(kind, ())
    name = SHEET[kind].name
    if change is None:
        return [f"  {name}:跟着删掉 {len(removed)}"] if removed else []
    counts = f"  {name}:新增 {len(change.added)},修改 {len(change.updated)},不变 {change.unchanged}"
    lines = [counts + (f",删掉 {len(removed)}" if removed else "")]
    stay = [] if plan.prune else list(change.missing)
    if stay:
        lines.append(f"    文件里没有、系统里还留着 {len(stay)}:{_names(kind, stay)}(要删掉请加 --prune)")
    if removed:
        lines.append(f"    删掉的:{_names(kind, removed)}")
    if plan.prune and change.left:
        lines.append(f"    手上还有没办完的事,只记为离任:{_names(kind, change.left)}")
    return lines


def _names(kind: Kind, records: Iterable[Record]) -> str:
    """Codes and names; households are only counted by lane, for doors and names are nobody's business on a screen."""
    if kind is Kind.HOUSEHOLDS:
        lanes = Counter(getattr(record, "lane", "") for record in records)
        words = [f"{lane} {count} 户" for lane, count in lanes.items()]
    else:
        words = [" ".join(str(cell) for cell in SHEET[kind].cells_of(record)[:2]) for record in records]
    return "、".join(words[:_MOST_NAMED]) + ("……" if len(words) > _MOST_NAMED else "")


@click.command("template", help="写一份空名册,带例子和下拉列表。")
@click.argument("file", type=click.Path(path_type=Path))
def template(file: Path) -> None:
    if file.suffix.lower() != ".xlsx":
        raise click.UsageError("文件名要以 .xlsx 结尾")
    if file.exists():
        raise click.ClickException(f"{file} 已经有了,不会覆盖它。请换一个名字。")
    forms = {
        sheet.name: sheets.Form(
            writing.notes(sheet.kind), writing.choices(sheet.kind), writing.example_rows(sheet.kind)
        )
        for sheet in SHEETS
    }
    try:
        sheets.write_xlsx(file, writing.template(), forms)
    except sheets.SheetError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"写好了:{file}。填好以后运行:hutong import {file.name} --dry-run")
