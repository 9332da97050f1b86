"""The rules of the house that import-linter cannot say."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "handlers", "storage", "classifiers")
OURS = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
CLOCK = ROOT / "bot" / "clock.py"
READABLE = {
    ".py",
    ".toml",
    ".md",
    ".txt",
    ".html",
    ".js",
    ".css",
    ".json",
    ".jsonl",
    ".csv",
    ".yml",
    ".yaml",
    ".mako",
    "",
}
HOMES = {  # library: the only places that may import it
    "sqlalchemy": ("storage",),
    "alembic": ("storage",),
    "aiosqlite": ("storage",),
    "asyncpg": ("storage",),
    "wechatpy": ("bot/channels", "bot/emulator", "bot/bench"),
    "jieba": ("classifiers",),
    "opencc": ("classifiers",),
    "pypinyin": ("classifiers",),
    "apscheduler": ("bot/scheduler.py",),
    "jinja2": ("bot/web",),
}

# Names of registries and mirrors, in pieces: written whole, this very file would hold them.
REGISTRIES = (
    ("pyp", r"i\.org"),
    ("python", "hosted"),
    ("registry", r"\.npmjs"),
    ("tuna", r"\.tsinghua"),
    ("mirrors", r"\.aliyun"),
    ("npm", "mirror"),
)


def _where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """(library, as it stands) for each import, also the ones inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0], node.module


@cache
def _calls(tree: ast.AST) -> frozenset[str]:
    return frozenset(ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call))


def _texts() -> Iterator[tuple[str, str]]:
    """Every readable file that belongs to the project."""
    folders = (*PACKAGES, "tests", "docs", "deploy")
    for path in [*(found for name in folders for found in (ROOT / name).rglob("*")), *ROOT.glob("*")]:
        is_hidden = any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(ROOT).parts)
        if path.is_file() and path.suffix in READABLE and not is_hidden and path != Path(__file__):
            yield _where(path), path.read_text("utf-8")


def test_the_first_line_says_what_a_file_is_for() -> None:
    said = {
        path: (ast.get_docstring(_tree(path)) or "").split("\n")[0] for path in OURS if "versions" not in path.parts
    }
    assert [_where(path) for path, line in said.items() if len(line) <= 10] == []


def test_only_the_clock_reads_the_time() -> None:
    clocks = re.compile(r"(?:^|\.)(?:datetime\.(?:now|utcnow|today)|date\.today)$|^time\.time(?:_ns)?$")
    found = [
        f"{_where(path)}: {call}"
        for path in OURS
        if path != CLOCK
        for call in sorted(_calls(_tree(path)))
        if clocks.search(call)
    ]
    assert [one for one in found if not one.startswith("bot/bench/")] == []


def test_nobody_prints() -> None:
    assert [_where(path) for path in OURS if "print" in _calls(_tree(path))] == []


def test_every_library_has_its_home() -> None:
    wrong = [
        f"{_where(path)}: {whole}"
        for path in OURS
        for library, whole in _imports(_tree(path))
        if library in HOMES and not _where(path).startswith(HOMES[library])
    ]
    assert wrong == []


def test_rules_know_only_the_nouns() -> None:
    for path in (ROOT / "handlers" / "rules").glob("*.py"):
        for library, whole in _imports(_tree(path)):
            assert library not in {"sqlalchemy", "aiohttp", "structlog", "bot", "asyncio"}, path
            assert library != "storage" or whole == "storage.records", path


def test_nothing_in_the_classifiers_or_the_storage_knows_us() -> None:
    for package, others in (
        ("classifiers", {"bot", "handlers", "storage"}),
        ("storage", {"bot", "handlers", "classifiers"}),
    ):
        for path in (ROOT / package).rglob("*.py"):
            assert not others & {library for library, _ in _imports(_tree(path))}, path


def test_the_emulator_reads_the_protocol_for_itself() -> None:
    for path in (ROOT / "bot" / "emulator").rglob("*.py"):
        if path.name != "stage.py":  # it joins the emulated platforms with the bot
            for _, whole in _imports(_tree(path)):
                assert not whole.startswith(("storage", "handlers.", "bot.channels")), path


def test_no_test_patches_what_it_tests() -> None:
    for path in TESTS:
        if path != Path(__file__):
            tree = _tree(path)
            assert not any(whole.startswith(("unittest.mock", "mock")) for _, whole in _imports(tree)), path
            assert not any(call.startswith("monkeypatch.setattr") for call in _calls(tree)), path


def test_no_file_names_a_registry_or_a_path_of_this_machine() -> None:
    forbidden = re.compile(
        "|".join(("/work/", r"/home/\w", "/root/", r"/Users/\w", *map("".join, REGISTRIES)))
        + r"|(?<!no-emit-)index-url|extra-index|--trusted-host"
    )
    found = [(where, hit.group()) for where, text in _texts() if (hit := forbidden.search(text)) is not None]
    assert found == []


def test_no_note_is_left_for_later() -> None:
    word = re.compile(r"#.*\b(?:TODO|FIXME|XXX|HACK)\b")
    found = [
        _where(path) for path in [*OURS, *TESTS] if path != Path(__file__) and word.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_no_function_is_longer_than_sixty_lines() -> None:
    long = [
        f"{_where(path)}: {node.name}"
        for path in OURS
        if "versions" not in path.parts
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert long == []


def test_the_wheel_holds_the_four_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert tuple(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == PACKAGES


def test_every_folder_of_code_is_a_package() -> None:
    folders = {path.parent for path in [*OURS, *TESTS]}
    missing = [_where(one) for one in folders if not (one / "__init__.py").exists() and "migrations" not in one.parts]
    assert missing == []
