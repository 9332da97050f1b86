"""`hutong qr`: a permanent QR code of the official account for each lane, to be printed and put on the wall."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import segno

from bot.channels.official_account import QrCode
from bot.commands.account import official_account
from bot.commands.base import Context, run
from bot.reasons import reason
from storage.records import Lane, Roster

FORMATS = ("png", "svg")
_SCALE = 12  # pixels a module: a printed hand's breadth stays sharp
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')


@click.command(help="给胡同生成公众号二维码;居民扫一扫就知道是哪条胡同。已经有的图片不动。")
@click.argument("lanes", nargs=-1, metavar="[胡同…]")
@click.option("--all", "every", is_flag=True, help="名册里所有的胡同")
@click.option(
    "-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="图片放在哪个文件夹"
)
@click.option("--format", "format_", type=click.Choice(FORMATS), default="png", show_default=True, help="图片的格式")
@click.pass_obj
def qr(context: Context, lanes: Sequence[str], every: bool, output: Path, format_: str) -> None:
    if bool(lanes) == every:
        raise click.UsageError("写上胡同的编码或名称,或者用 --all")
    made, there = run(_make(context, lanes, output, format_))
    click.echo(f"生成 {made} 张,已经有 {there} 张,都在 {output}。")


async def _make(context: Context, names: Sequence[str], folder: Path, format_: str) -> tuple[int, int]:
    """How many pictures were made, and how many stood there already: a second run goes on where a first one ended."""
    async with context.store() as store, store.reading() as session:
        wanted = _lanes(await store.roster(session), names)
    missing = [(lane, path) for lane in wanted if not (path := folder / _file_name(lane, format_)).exists()]
    make_folder(folder)
    async with official_account(context) as account:
        for number, (lane, path) in enumerate(missing, start=1):
            save_picture(await account.create_qr(lane.code), path)
            _tell_progress(number, len(missing), lane)
    return len(missing), len(wanted) - len(missing)


def _lanes(roster: Roster, names: Sequence[str]) -> list[Lane]:
    """The lanes of these codes or names, all of them for none. Raises ClickException that names every wrong one."""
    if not names and not roster.lanes:
        raise click.ClickException("名册里还没有胡同。先导入名册:hutong import 名册.xlsx")
    if not names:
        return list(roster.lanes)
    found = {name: [lane for lane in roster.lanes if name in (lane.code, lane.name, *lane.aliases)] for name in names}
    wrong = [f"没有胡同“{name}”" for name, same in found.items() if not same]
    wrong += [f"“{name}”有 {len(same)} 条:{_codes(same)}" for name, same in found.items() if len(same) > 1]
    if wrong:
        raise click.ClickException(";".join(wrong))
    return list(dict.fromkeys(lane for same in found.values() for lane in same))


def _codes(lanes: Sequence[Lane]) -> str:
    return "、".join(lane.code for lane in lanes)


def _file_name(lane: Lane, format_: str) -> str:
    """`ch-01 槐树胡同.png`; whatever a file system does not take is left out."""
    name = _NOT_IN_NAMES.sub("_", lane.name).strip("._")
    return f"{_NOT_IN_NAMES.sub('_', lane.code)} {name}".strip() + f".{format_}"


def _tell_progress(number: int, total: int, lane: Lane) -> None:
    if sys.stderr.isatty():
        click.echo(f"{number}/{total} {lane.name}", err=True)


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"建不了文件夹 {folder}:{reason(error)}") from None


def picture_format(path: Path) -> str:
    """png or svg, by the file's name. Raises UsageError."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise click.UsageError("图片的文件名要以 .png 或 .svg 结尾")
    return kind


def save_picture(code: QrCode, path: Path) -> None:
    """Draw what the code says; a file that is there is never overwritten, a half-drawn one never left."""
    if not code.url:
        raise click.ClickException("公众号没有给出二维码的内容,请再试一次。")
    part = path.with_name(f".{path.name}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            segno.make(code.url, error="m", micro=False).save(file, kind=picture_format(path), scale=_SCALE, border=4)
        part.rename(path)
    except OSError as error:
        raise click.ClickException(f"写不了 {path}:{reason(error)}") from None
    finally:
        part.unlink(missing_ok=True)
