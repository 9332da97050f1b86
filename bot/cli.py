"""`hutong`: every command by name, loaded only when it is called."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import click

from bot.memory import collect_seldom

# name → (module, object, one line for --help)
COMMANDS = {
    "demo": ("demo", "demo", "演示:模拟的微信、企业微信和一个样板社区,打开网页就能玩"),
    "serve": ("serve", "serve", "启动机器人"),
    "init": ("init", "init", "问几个问题,生成 config.toml"),
    "check": ("check", "check", "检查配置、名册、数据库和公众号"),
    "import": ("roster", "import_", "导入名册"),
    "template": ("roster", "template", "生成空白名册"),
    "export": ("export", "export", "导出诉求、名册、流水"),
    "classify": ("words", "classify", "看看居民的话会被怎么理解"),
    "replies": ("words", "replies", "看看负责人的话会被怎么理解"),
    "train": ("learn", "train", "用标好的话教它,学出新的模型"),
    "eval": ("learn", "eval_", "看看它理解得对不对:准确率、召回率、F1、混淆"),
    "digest": ("digest", "digest", "生成或预览日报"),
    "forget": ("forget", "forget", "清除保存期限已过的内容;先用 --dry-run 看看"),
    "audit": ("audit", "audit", "自查:有没有丢了的话、没人管的事、停了的钟"),
    "invite": ("invite", "invite", "给负责人一个绑定自己微信的一次性码"),
    "menu": ("menu", "menu", "把菜单发布到公众号"),
    "qr": ("qr", "qr", "给胡同生成公众号二维码"),
    "outbox": ("outbox", "outbox", "看发件箱;把发不出去的重新发一遍"),
    "db": ("db", "db", "数据库:升级、查看版本"),
    "backup": ("db", "backup", "备份数据库"),
    "restore": ("db", "restore", "恢复备份"),
    "simulate": ("simulate", "simulate", "在模拟的平台上过一个月,看丢没丢、晚没晚"),
    "bench": ("bench", "bench", "测速度"),
}


class _Formatter(click.HelpFormatter):
    """Help under Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "用法:")

    def write_heading(self, heading: str) -> None:
        super().write_heading({"Options": "选项", "Commands": "命令"}.get(heading, heading))


class _Context(click.Context):
    formatter_class = _Formatter


def _set_config(ctx: click.Context, _: click.Parameter, path: Path | None) -> None:
    if path is not None and ctx.obj is not None:
        ctx.obj.config = path


def _set_debug(ctx: click.Context, _: click.Parameter, debug: bool) -> None:
    if debug and ctx.obj is not None:
        ctx.obj.debug = True


def _show_help(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


def _help_option() -> click.Option:
    return click.Option(
        ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help, help="显示这份帮助"
    )


def _common_options() -> list[click.Parameter]:
    """`-c` and `--debug` may stand before the command or behind it."""
    return [
        click.Option(
            ["-c", "--config"],
            type=click.Path(path_type=Path),
            expose_value=False,
            callback=_set_config,
            help="配置文件",
        ),
        click.Option(["--debug"], is_flag=True, expose_value=False, callback=_set_debug, help="出错时显示完整信息"),
        _help_option(),
    ]


def _with_common_options(command: click.Command) -> click.Command:
    """Once for each command: they live as long as the process."""
    if command.context_class is _Context:
        return command
    command.context_class = _Context
    command.add_help_option = False
    command.options_metavar = "[选项]"
    taken = {option for param in command.params for option in param.opts}
    command.params += [option for option in _common_options() if taken.isdisjoint(option.opts)]
    if isinstance(command, click.Group):
        command.subcommand_metavar = "命令 …"
        for below in command.commands.values():
            _with_common_options(below)
    return command


class Lazy(click.Group):
    """Knows all commands by their one line, and imports the one that is called."""

    context_class = _Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        return _with_common_options(getattr(importlib.import_module(f"bot.commands.{module}"), name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            ctx.fail(f"没有命令 {args[0]}" + (f",是不是 {near[0]}?" if near else ""))
        return super().resolve_command(ctx, args)


@click.group(cls=Lazy, add_help_option=False, subcommand_metavar="命令 …", options_metavar="[选项]")
@click.option("-c", "--config", type=click.Path(path_type=Path), help="配置文件,默认是当前目录的 config.toml")
@click.option("--debug", is_flag=True, help="出错时显示完整信息")
@click.version_option(package_name="hutong", prog_name="hutong", message="%(prog)s %(version)s", help="显示版本")
@click.option("-h", "--help", is_flag=True, is_eager=True, expose_value=False, callback=_show_help, help="显示这份帮助")
@click.pass_context
def cli(ctx: click.Context, config: Path | None, debug: bool) -> None:
    """胡同:居民的每一句话都有回应,每一件事都有着落。"""
    if ctx.obj is None and ctx.invoked_subcommand:
        from bot.commands.base import Context

        ctx.obj = Context(config=config, debug=debug)


def main(args: list[str] | None = None) -> Any:
    """Errors are one line a person understands; --debug shows the stack. Leaves with 0, 1 (failed) or 2 (wrong use)."""
    import sys

    collect_seldom()
    given = sys.argv[1:] if args is None else args
    try:
        code = cli(given, prog_name="hutong", standalone_mode=False)
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.UsageError as error:
        _complain(_wrong_use(error))
        code = error.exit_code
    except (click.ClickException, click.Abort, KeyboardInterrupt) as error:
        if "--debug" in given and error.__cause__:
            raise
        _complain(error.format_message() if isinstance(error, click.ClickException) else "已取消。")
        code = 1
    except Exception as error:
        if "--debug" in given:
            raise
        _complain(f"出错了:{type(error).__name__}。加上 --debug 再运行一次,可以看到详情。")
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _complain(text: str) -> None:
    click.echo(text, err=True)


def _wrong_use(error: click.UsageError) -> str:
    """What click found wrong with a command line, and where to look."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    where = error.ctx.command_path if error.ctx else "hutong"
    return f"{_mistake(error)}\n用法看:{where} --help"


def _mistake(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f",是不是 {error.possibilities[0]}?" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}"
    if isinstance(error, click.MissingParameter):
        return f"少了 {_name_of(error.param, error.ctx)}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        kind = error.param.type
        right = f"只能是 {'、'.join(map(str, kind.choices))}" if isinstance(kind, click.Choice) else error.message
        return f"{_name_of(error.param, error.ctx)} 不对:{right}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 的写法不对"
    return error.format_message()


def _name_of(param: click.Parameter | None, ctx: click.Context | None) -> str:
    if param is None:
        return "一项"
    return param.make_metavar(ctx) if isinstance(param, click.Argument) and ctx else max(param.opts, key=len)
