"""`hutong simulate`: a virtual month in minutes, with all that can go wrong, and what was lost."""

from __future__ import annotations

import json
import logging
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from bot import logs
from bot.commands.base import run
from bot.simulate.figures import Figures
from bot.simulate.month import Plan, play_month

_BROKEN = {
    "lost": "有消息丢了",
    "doubled": "有消息重了",
    "late": "有提醒晚了",
    "escalations_false": "有人接了还往上报",
    "escalations_missing": "该往上报没有报",
    "notices": "居民看到了平台的出错提示",
    "findings": "自查有问题",
}
_FAULTS = {
    "cuts": "长连接断开",
    "restarts": "重启",
    "account_outages": "公众号接口停一小时",
    "wecom_outages": "企业微信停二十分钟",
    "busy_hours": "公众号接口忙一小时",
}


@click.command(help="在推着走的时钟上过一个月:居民说事,负责人办事,平台出各种毛病;看丢了多少、重了多少、晚了多少。")
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 366), help="过几天")
@click.option(
    "--messages", default=500, show_default=True, type=click.IntRange(1), help="每天大约收几条消息,居民和负责人一起"
)
@click.option("--seed", default=1, show_default=True, help="骰子的种子;同样的种子,同样的一个月")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="数据放在哪里;不写就用临时的")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def simulate(days: int, messages: int, seed: int, folder: Path | None, as_json: bool) -> None:
    logs.set_up(level=logging.CRITICAL)  # the platforms' troubles are made on purpose
    with tempfile.TemporaryDirectory(prefix="hutong-simulate-") as made:
        where = folder or Path(made)
        where.mkdir(parents=True, exist_ok=True)
        if (where / "hutong.db").exists():
            raise click.UsageError(f"{where} 里已经有数据了,请换一个空的文件夹。")
        figures = _with_progress(where, Plan(days, messages, seed))
    click.echo(json.dumps(asdict(figures), ensure_ascii=False) if as_json else "\n".join(_lines(figures)))
    if figures.broken:
        click.get_current_context().exit(1)


def _with_progress(folder: Path, plan: Plan) -> Figures:
    """A bar on a terminal, nothing in a pipe."""
    with click.progressbar(length=plan.days, label="过日子", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        return run(play_month(folder, plan, lambda _: bar.update(1)))


def _lines(one: Figures) -> Iterator[str]:
    yield f"消息 {one.said}(居民 {one.of_residents}),丢了 {one.lost},重了 {one.doubled}"
    yield f"  另有 {one.doubled_by_outage} 条因为平台的回音丢了,说了两遍"
    yield f"诉求 {one.requests},并单 {one.merged},还没办完 {one.open};发出 {one.sent}"
    rated = ",".join(f"{name} {one.rated.get(code, 0)}" for code, name in _RATINGS.items())
    yield f"评价:{rated}"
    yield f"首次回话:一半在 {_span(one.first_answer[0])} 内,95% 在 {_span(one.first_answer[1])} 内"
    working = one.first_answer_working
    yield f"  按工作时间算:一半在 {_span(working[0])} 内,95% 在 {_span(working[1])} 内"
    yield f"接单 {one.accepts},另有 {one.second_accepts} 次后到的记作协办"
    yield f"往上报 {one.escalations},报错 {one.escalations_false},漏报 {one.escalations_missing}"
    yield f"晚过一分钟的提醒 {one.late},另有 {one.late_by_outage} 条因为平台停了"
    yield f"平台嫌发多了 {one.budget_refusals};没送到居民 {one.undelivered},请人当面告知 {one.told_in_person}"
    yield "出过的毛病:" + ",".join(f"{name} {one.faults.get(code, 0)} 次" for code, name in _FAULTS.items())
    yield from (f"自查:{words}" for words in one.findings)
    yield f"用了 {one.seconds:.0f} 秒(处理器 {one.cpu:.0f} 秒),每秒 {one.rate:.0f} 条消息"
    broken = "、".join(_BROKEN[name] for name in one.broken)
    yield f"不对:{broken}" if broken else "该守的都守住了。"


_RATINGS = {"good": "满意", "fair": "一般", "bad": "没解决", "unrated": "没有评价"}


def _span(minutes: float) -> str:
    return f"{minutes:.0f} 分钟" if minutes < 120 else f"{minutes / 60:.1f} 小时"
