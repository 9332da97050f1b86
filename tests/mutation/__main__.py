"""`python -m tests.mutation`: how many mutants the tests kill; exit code 1 below `--least` per cent.

Each mutant lives in a copy of the tree of its own; the test files of its module run against it until one fails.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from random import Random

import click

from tests.mutation.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "handlers", "storage", "classifiers", "tests", "pyproject.toml")
WITHIN = 120  # seconds: a mutant that runs for ever is dead
RULES = "tests/handlers/rules"
# The tests of each module, the quickest first.
TESTS: Mapping[str, tuple[str, ...]] = {
    **{
        f"handlers/rules/{name}.py": (f"{RULES}/test_{name}.py",)
        for name in (
            *("chains", "clocks", "complaints", "delivery_budget", "durations", "history", "ladder"),
            *("lifecycle", "links", "rates", "returns", "routing", "still_true", "wording"),
        )
    },
    "handlers/rules/hours.py": (f"{RULES}/test_hours.py", f"{RULES}/test_hours_elsewhere.py"),
    "handlers/rules/masking.py": (f"{RULES}/test_masking.py", "tests/handlers/test_planted.py"),
    "storage/inbox.py": ("tests/storage/test_messages.py",),
    "storage/outbox.py": ("tests/storage/test_messages.py",),
}


@click.command()
@click.argument("modules", nargs=-1)
@click.option("--sample", default=0, help="So many mutants of each module, chosen at random; 0 means all.")
@click.option("--seed", default=1, show_default=True)
@click.option("--at-once", default=2, show_default=True, help="How many run side by side.")
@click.option("--least", default=85.0, show_default=True, help="Per cent that must be killed.")
def main(modules: tuple[str, ...], sample: int, seed: int, at_once: int, least: float) -> None:
    """Mutate the modules a promise hangs on, or only those named."""
    chosen = {name: list(mutants((ROOT / name).read_text(encoding="utf-8"))) for name in modules or TESTS}
    if sample:
        chosen = {name: Random(seed).sample(all_, min(sample, len(all_))) for name, all_ in chosen.items()}
    with tempfile.TemporaryDirectory(prefix="hutong-mutation-") as folder, ThreadPoolExecutor(at_once) as pool:
        trees: Queue[Path] = Queue()
        for number in range(at_once):
            trees.put(_copied(Path(folder) / str(number)))
        killed = total = 0
        for name, some in chosen.items():
            dead = list(pool.map(lambda mutant, name=name: _dies(trees, name, mutant), some))
            killed, total = killed + sum(dead), total + len(dead)
            click.echo(f"{name}: {sum(dead)} of {len(dead)} killed")
            for mutant in (mutant for mutant, is_dead in zip(some, dead, strict=True) if not is_dead):
                click.echo(f"  survives: line {mutant.line}, {mutant.what}")
    score = 100 * killed / total if total else 100.0
    click.echo(f"score: {score:.1f} % of {total}")
    sys.exit(score < least)


def _copied(tree: Path) -> Path:
    tree.mkdir()
    for name in PACKAGES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tree / name)
    return tree


def _dies(trees: Queue[Path], name: str, mutant: Mutant) -> bool:
    tree = trees.get()
    try:
        (tree / name).write_text(mutant.source, encoding="utf-8")
        return any(_fails(tree, tests) for tests in TESTS[name])
    finally:
        shutil.copy(ROOT / name, tree / name)
        trees.put(tree)


def _fails(tree: Path, tests: str) -> bool:
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-k", "not postgres", tests]
    try:
        return subprocess.run(command, cwd=tree, capture_output=True, timeout=WITHIN, check=False).returncode != 0
    except subprocess.TimeoutExpired:
        return True


if __name__ == "__main__":
    main()
