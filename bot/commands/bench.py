"""`hutong bench`: figures, not verdicts. Compare what was measured in one run; machines and moments differ."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from bot.bench import start as starting
from bot.bench import understand as understanding
from bot.bench.intake import BenchError, Figures, Plan
from bot.bench.intake import measure as measure_intake
from bot.commands.base import run

NAMES = {"echo": "aiohttp 原样返回", "wechatpy": "aiohttp + wechatpy", "hutong": "胡同"}
HEAD = ("", "条/秒", "p50 ms", "p99 ms", "最慢 ms", "CPU μs/条", "加载端 CPU", "条数")
WIDTHS = (20, 8, 8, 8, 9, 10, 11, 8)
as_json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON")


@click.group()
def bench() -> None:
    """测速度。只给数字,不下结论;同一次运行里的才好比较。"""


@bench.command()
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1), help="轮数,取中位数")
@click.option("--seconds", default=3.0, show_default=True, type=click.FloatRange(0.05), help="每轮每项几秒")
@click.option("--connections", default=32, show_default=True, type=click.IntRange(1, 1000), help="同时几个连接")
@click.option(
    "--rate", "rates", multiple=True, default=(100.0, 300.0), show_default=True, help="每秒到达几条;可以写几次"
)
@as_json_option
def intake(rounds: int, seconds: float, connections: int, rates: tuple[float, ...], as_json: bool) -> None:
    """接收消息的速度:解密、验签、去重、理解、派单、落盘、回复,全程。

    旁边是同一次运行里的 aiohttp 原样返回,和 aiohttp + wechatpy 收一句回一句。
    """
    with tempfile.TemporaryDirectory(prefix="hutong-bench-") as folder:
        try:
            found = run(measure_intake(Path(folder), Plan(rounds, seconds, connections, rates)))
        except BenchError as error:
            raise click.ClickException(f"没有测成:{error}") from None
    click.echo(json.dumps(_plain(found), ensure_ascii=False) if as_json else "\n".join(table(found)))


@bench.command()
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1), help="轮数,取中位数")
@as_json_option
def understand(rounds: int, as_json: bool) -> None:
    """理解一句话要多久,旁边是同一次运行里的 jieba 分词和 scikit-learn。"""
    found = understanding.measure(rounds)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
        return
    click.echo(f"从零到能理解第一句:{found.ready:.2f} 秒,内存 {found.megabytes:.0f} MB")
    yardstick = found.paces[0].median_us
    for pace in found.paces:
        ratio = pace.median_us / yardstick
        click.echo(
            f"{pace.name:<28}{pace.median_us:>8.0f} μs/句{pace.per_second:>9.0f} 句/秒   jieba 的 {ratio:.1f} 倍"
        )


@bench.command()
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1), help="次数,取中位数")
@as_json_option
def start(rounds: int, as_json: bool) -> None:
    """启动要多久:到 /readyz 可用的秒数(样板名册),和 --help 的秒数。"""
    with tempfile.TemporaryDirectory(prefix="hutong-bench-") as folder:
        try:
            found = run(starting.measure(Path(folder), rounds))
        except BenchError as error:
            raise click.ClickException(f"没有测成:{error}") from None
    if as_json:
        click.echo(json.dumps(asdict(found)))
        return
    click.echo(f"hutong serve 到可用  {found.ready:.2f} 秒")
    click.echo(f"hutong --help       {found.help:.2f} 秒")
    click.echo(f"({found.rounds} 次的中位数)")


def _plain(found: dict[str, Any]) -> dict[str, Any]:
    targets = {name: {way: asdict(one) for way, one in ways.items()} for name, ways in found["targets"].items()}
    return {"targets": targets, "ratios": found["ratios"], "pinned": found["pinned"], "plan": asdict(found["plan"])}


def table(found: dict[str, Any]) -> Iterator[str]:
    """What was found, line by line."""
    plan = found["plan"]
    for way in next(iter(found["targets"].values())):
        yield f"{plan.connections} 个连接,答完就问" if way == "closed" else f"每秒到达 {way.removesuffix('/s')} 条"
        yield _line(HEAD)
        yield from (_line(_cells(name, ways[way])) for name, ways in found["targets"].items())
        yield ""
    for name, ratio in found["ratios"].items():
        yield f"胡同 ÷ {NAMES[name]} = {ratio:.3f}"
    yield ""
    yield "SQLite WAL synchronous=FULL,安全模式,一个进程;每个回复都是 200,抽查的都能解密。"
    where = "各占一个核" if found["pinned"] else "没有分开占核"
    yield f"{plan.rounds} 轮轮流测,取中位数(最慢的取最慢);被测的和加载的{where}。加载端 CPU 接近 100% 时,是加载端慢。"


def _cells(name: str, one: Figures) -> tuple[str, ...]:
    return (
        NAMES[name],
        f"{one.rate:,.0f}",
        f"{one.p50:.1f}",
        f"{one.p99:.1f}",
        f"{one.max:.1f}",
        f"{one.cpu:,.0f}",
        f"{one.generator:.0%}",
        f"{one.messages:,}",
    )


def _line(cells: tuple[str, ...]) -> str:
    first, *others = cells
    return _padded(first, WIDTHS[0]) + "".join(
        _padded(cell, width, right=True) for cell, width in zip(others, WIDTHS[1:], strict=True)
    )


def _padded(text: str, width: int, *, right: bool = False) -> str:
    """A Chinese sign takes two columns."""
    space = " " * max(1, width - sum(2 if ord(sign) > 0x2E7F else 1 for sign in text))
    return space + text if right else text + space
