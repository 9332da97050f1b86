"""`hutong classify` and `hutong replies`: what the desk understands, for people to see and for programs to measure."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from bot.commands.base import Context
from bot.commands.roster import read_file
from bot.config_words import syntax_words
from bot.reasons import reason
from classifiers.members.replies import reply_as_json
from classifiers.places.finding import Gazetteer, HouseholdEntry
from classifiers.reader.lexicon import LexiconError
from classifiers.reader.model import ModelError, OtherVersionError
from classifiers.understand import Understander
from classifiers.understand import Understanding as Understood
from handlers.members.sayings import as_the_desk_reads
from handlers.roster.contents import Contents
from handlers.roster.reading import read_roster
from handlers.settings import DeskSettings
from handlers.understanding import lane_entry
from storage.records import Roster

STDIN = "-"
_URGENCY = {"normal": "普通", "urgent": "当天", "emergency": "紧急"}
_SENSITIVITY = {"open": "可以在群里说", "private": "只对负责人说", "confidential": "只对书记说"}
_INTENT = {
    "accept": "接单",
    "decline": "退单",
    "handover": "转交",
    "progress": "进展",
    "ask_requester": "请居民补充",
    "need_help": "吹哨求助",
    "resolved": "办结",
    "schedule": "约时间",
    "log": "代居民登记",
    "status": "查任务",
    "bind": "绑定",
    "bind_code": "要绑定码",
    "help": "看帮助",
    "none": "闲话,不是命令",
}

Row = Mapping[str, Any]
F = TypeVar("F", bound=Callable[..., Any])


class RowError(Exception):
    """A line of the input cannot be used; the message says why."""


def _options(command: F) -> F:
    """What both commands take."""
    for option in (
        click.option("--roster", type=click.Path(path_type=Path), help="名册(.xlsx 或放 .csv 的文件夹),用来认地点和人"),
        click.option("--json", "as_json", is_flag=True, help="一行一个 JSON"),
        click.option("--file", type=click.Path(path_type=Path, allow_dash=True), help="一行一个 JSON 的文件"),
        click.argument("texts", nargs=-1, metavar="[话…|-]"),
    ):
        command = option(command)
    return command


@click.command(help="看看居民的话会被怎么理解。“-”从标准输入读,一行一句或一行一个 JSON。")
@_options
@click.pass_obj
def classify(context: Context, texts: Sequence[str], file: Path | None, as_json: bool, roster: Path | None) -> None:
    settings = context.settings()
    contents = _contents(roster)
    reader = _reader(settings, contents)
    words = _Words(settings, contents.roster())

    def answer(row: Row) -> str:
        known = _optional(row, "known_lane", str)
        found = reader.understand(_text(row), known_lane=known)
        return _line(_with_id(row, found.as_json())) if as_json else words.of_resident(found)

    _answer_all(_inputs(texts, file), answer)


@click.command(help="看看负责人的话会被怎么理解。“-”从标准输入读,一行一句或一行一个 JSON。")
@click.option("--told", default="", metavar="诉求", help="居民报的是什么事,如“厨房漏水”;写了,认得更准")
@_options
@click.pass_obj
def replies(
    context: Context, texts: Sequence[str], file: Path | None, as_json: bool, roster: Path | None, told: str
) -> None:
    """As the running desk understands them: the rules, and the trained reader's say."""
    contents = _contents(roster)
    people = [member.name for member in contents.members]
    reader = _reader(context.settings(), contents)

    def answer(row: Row) -> str:
        quoted = _optional(row, "quoted_request", int)
        about = _optional(row, "told", str) or told
        held = _numbers(row, "open_requests")
        found = reply_as_json(as_the_desk_reads(_text(row), reader.member_words, held, quoted, people, told=about))
        return _line(_with_id(row, found)) if as_json else _of_member(_text(row), found)

    _answer_all(_inputs(texts, file), answer)


def _contents(path: Path | None) -> Contents:
    """The rows of a roster that can be read; how many cannot is said beside the answer."""
    if path is None:
        return Contents()
    reading = read_roster(read_file(path))
    wrong = [problem for problem in reading.problems if problem.is_error]
    if wrong:
        click.echo(f"名册里有 {len(wrong)} 处读不了,没有用上:{wrong[0]}", err=True)
    return reading.contents


def reader_of(settings: DeskSettings, contents: Contents) -> Understander:
    """A reader with the operator's words and a roster's places. Raises LexiconError, ModelError, OSError."""
    roster = contents.roster()
    gazetteer = Gazetteer(
        [lane_entry(roster, lane) for lane in contents.lanes],
        [HouseholdEntry(household.address, household.lane) for household in contents.households],
        radius=settings.classifier.location_radius,
    )
    enabled = {code for code, kind in settings.types.items() if kind.enabled}
    lexicons = [Path(name) for name in settings.classifier.lexicons]
    model = Path(settings.classifier.model) if settings.classifier.model else None
    return Understander(gazetteer, lexicons=lexicons, enabled_types=enabled, model=model)


def _reader(settings: DeskSettings, contents: Contents) -> Understander:
    try:
        return reader_of(settings, contents)
    except (LexiconError, ModelError, OSError) as error:
        name, why = _trouble(settings, error)
        raise click.ClickException(f"[classifier] {name.partition('.')[2]}:{why}") from None


def own_words_trouble(settings: DeskSettings) -> tuple[str, str] | None:
    """The setting whose file cannot be used and why; None if all can."""
    try:
        reader_of(settings, Contents())
    except (LexiconError, ModelError, OSError) as error:
        return _trouble(settings, error)
    return None


def _trouble(settings: DeskSettings, error: Exception) -> tuple[str, str]:
    """Word lists wrap what the disk says into a LexiconError; what is left is of the model."""
    if isinstance(error, LexiconError):
        return "classifier.lexicons", f"词表有问题:{_list_trouble(error)}"
    if isinstance(error, OtherVersionError):
        why = "是别的版本的程序写的,请用这个版本重新 hutong train"
    elif isinstance(error, ModelError):
        why = "不是 hutong train 写的模型,或者已经损坏"
    else:
        why = reason(error)
    return "classifier.model", f"模型文件 {settings.classifier.model} 用不了:{why}"


def _list_trouble(error: LexiconError) -> str:
    cause, name = error.__cause__, str(error).partition(":")[0]
    if isinstance(cause, tomllib.TOMLDecodeError):
        return f"{name} {syntax_words(cause)}"
    if isinstance(cause, UnicodeError):
        return f"{name} 不是 UTF-8 编码的,请在编辑器里另存为 UTF-8"
    return f"{name} {reason(cause)}" if isinstance(cause, OSError) else str(error)


# ── reading ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to understand; `line` is its place in the file, 0 for words of the command line."""

    line: int
    raw: bytes
    is_plain: bool = False  # words; else a JSON object

    def row(self) -> Row:
        """Raises RowError."""
        try:
            text = self.raw.decode("utf-8")
            row = {"text": text} if self.is_plain else json.loads(text, parse_constant=_no_number)
        except UnicodeDecodeError:
            raise RowError("不是 UTF-8 文字") from None
        except json.JSONDecodeError as error:
            raise RowError(f"不是正确的 JSON(第 {error.colno} 个字符附近)") from None
        except (ValueError, RecursionError):
            raise RowError("不是正确的 JSON") from None
        if not isinstance(row, dict):
            raise RowError('要写成 {"text": "…"}')
        return row


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _inputs(texts: Sequence[str], file: Path | None) -> Iterator[Input]:
    if texts and file:
        raise click.UsageError("要么写话,要么用 --file,不要两样都写")
    if file:
        return _lines(_read(file), takes_plain=False)
    if texts == (STDIN,) or (not texts and not sys.stdin.isatty()):
        return _lines(sys.stdin.buffer, takes_plain=True)
    if not texts:
        raise click.UsageError("写上一句话,或用 --file 指一个文件")
    return (Input(0, text.encode("utf-8", "replace"), is_plain=True) for text in texts)


def _read(file: Path) -> Iterable[bytes]:
    if str(file) == STDIN:
        return sys.stdin.buffer
    try:
        return file.read_bytes().splitlines()
    except OSError as error:
        raise click.ClickException(f"读不了 {file}:{reason(error)}") from None


def _lines(raw: Iterable[bytes], *, takes_plain: bool) -> Iterator[Input]:
    """Lines that are not blank. Words typed into a pipe need not be JSON: only a line with `{` in front is."""
    for number, line in enumerate(raw, start=1):
        bare = line.removeprefix(b"\xef\xbb\xbf").strip()
        if bare:
            yield Input(number, bare, is_plain=takes_plain and not bare.startswith(b"{"))


def _text(row: Row) -> str:
    if not isinstance(row.get("text"), str):
        raise RowError('缺少 "text",或者它不是一段文字')
    return str(row["text"])


def _optional(row: Row, name: str, kind: type) -> Any:
    value = row.get(name)
    if value is not None and type(value) is not kind:
        raise RowError(f'"{name}" 要是{"一个整数" if kind is int else "一段文字"}')
    return value


def _numbers(row: Row, name: str) -> list[int]:
    value = row.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or any(type(one) is not int for one in value):
        raise RowError(f'"{name}" 要写成 [342, 350]')
    return list(value)


# ── answering ────────────────────────────────────────────────────────────────────────────────────


def _answer_all(inputs: Iterator[Input], answer: Callable[[Row], str]) -> None:
    """One bad line does not stop the rest; it is named, and the command ends with 1."""
    bad = 0
    for one in inputs:
        try:
            line = answer(one.row())
        except RowError as error:
            bad += 1
            click.echo(f"第 {one.line} 行{error}", err=True)
        else:
            click.echo(line)
    if bad:
        raise click.ClickException(f"有 {bad} 行没有处理,其余的都处理了。")


def _with_id(row: Row, found: dict[str, Any]) -> dict[str, Any]:
    return {"id": row["id"], **found} if "id" in row else found


def _line(found: Row) -> str:
    """One line of JSON; half surrogates, which no terminal takes, are replaced."""
    return _clean(json.dumps(found, ensure_ascii=False))


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class _Words:
    """Says in Chinese what was understood."""

    settings: DeskSettings
    roster: Roster

    def of_resident(self, found: Understood) -> str:
        lines = [f"“{found.text}”"]
        for matter in found.matters:
            kind = f"({matter.emergency_kind})" if matter.emergency_kind else ""
            lines.append(
                f"  {self.settings.type_name(matter.type)} {matter.type} · {_URGENCY[matter.urgency]}{kind}"
                f" · {_SENSITIVITY[matter.sensitivity]} · 把握 {matter.confidence:.0%}"
            )
            lines.append(f"    依据:{'、'.join(matter.evidence) or '没有明显的词'}")
        if not found.matters:
            lines.append("  不是诉求(chat)")
        return _clean("\n".join([*lines, *self._place(found)]))

    def _place(self, found: Understood) -> Iterator[str]:
        place = found.place
        evidence = f"(依据:{'、'.join(place.evidence)})" if place.evidence else ""
        if place.lane:
            yield f"  地点:{self._lane(place.lane)}{evidence}"
        elif place.candidates:
            yield f"  地点:不能确定,可能是 {'、'.join(map(self._lane, place.candidates))}{evidence}"

    def _lane(self, code: str) -> str:
        lane = self.roster.lane.get(code)
        return f"{lane.name} {code}" if lane else code


def _of_member(text: str, found: Row) -> str:
    commands = found.get("commands") or [found]
    return _clean("\n".join([f"“{text}”", *(f"  {_command(one)}" for one in commands)]))


def _command(found: Row) -> str:
    number = found["request"]
    numbers = number if isinstance(number, list) else [number] if number is not None else []
    parts = [_INTENT.get(found["intent"], str(found["intent"])), *(f"#{one}" for one in numbers)]
    if found["ambiguous"]:
        parts.append("(不知道说的是哪一件,要问他)")
    said = ((label, found[key]) for key, label in (("to", "给"), ("when", "时间"), ("note", "备注")))
    return " ".join([*parts, *(f"{label}:{words}" for label, words in said if words)])
