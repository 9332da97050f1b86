"""Every sentence named in the code exists, every gap is filled where it is said, and no sentence is left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path

import pytest

from bot.channels.template_fields import fit_field
from classifiers.members.listings import Standing
from classifiers.residents.about import About
from classifiers.taxonomy import EMERGENCY_NUMBERS, SENSITIVITIES, URGENCIES
from handlers.rules.lifecycle import Verb
from handlers.texts import gaps, names, say
from handlers.watching.audit import JOBS, Trouble
from storage.records import Channel, MessageKind, Rating, Rung, State

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*ROOT.glob("handlers/**/*.py"), *ROOT.glob("bot/**/*.py")])
TABLES = frozenset(name.split(".")[0] for name in names())
_NAME = re.compile(rf"(?:{'|'.join(TABLES)})\.[a-z_]+")

# For every table that is looked up by an enum's value: all values it can be asked for.
ENUMS: dict[str, frozenset[str]] = {
    "state": frozenset(State),
    "ledger": frozenset(State),
    "standing": frozenset(Standing),
    "template_state": frozenset(State),
    "verb": frozenset(Verb),
    "rating": frozenset(Rating),
    "urgency": frozenset(URGENCIES),
    "sensitivity": frozenset(SENSITIVITIES),
    "emergency": frozenset(EMERGENCY_NUMBERS),
    "about": frozenset(set(About) - {About.HELP, About.HOLDER}),
    "media": frozenset(
        {MessageKind.IMAGE, MessageKind.VOICE, MessageKind.VIDEO, MessageKind.FILE, MessageKind.LOCATION}
    ),
    "finding": frozenset(Trouble),
    "job": frozenset(JOBS),
    "worry": frozenset({"nobody_for_place", "unheard", *Rung}),
    "my_data": frozenset({"place", "for", "files", "heard", "with", "result", "rating"}),
    "promise_for": frozenset(URGENCIES),
    "outage_down": frozenset({Channel.OFFICIAL_ACCOUNT, Channel.WECOM_BOT}),
    "outage_back": frozenset({Channel.OFFICIAL_ACCOUNT, Channel.WECOM_BOT}),
}


@cache
def _nodes() -> tuple[tuple[str, ast.AST], ...]:
    """Where each stands, and the whole of the code, read once."""
    trees = ((path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))) for path in SOURCES)
    return tuple((f"{path}:{getattr(node, 'lineno', 0)}", node) for path, tree in trees for node in ast.walk(tree))


def _named() -> dict[str, str]:
    """Each whole name that stands in the code, and where."""
    return {
        node.value: where
        for where, node in _nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _NAME.fullmatch(node.value)
    }


def _composed() -> dict[str, str]:
    """The tables of names like f"state.{request.state}", and where."""
    return {
        table: where
        for where, node in _nodes()
        if isinstance(node, ast.JoinedStr)
        and isinstance(first := node.values[0], ast.Constant)
        and (table := str(first.value).partition(".")[0]) in TABLES
        and "." in str(first.value)
    }


def _calls() -> Iterator[tuple[str, tuple[str, ...], frozenset[str]]]:
    """(where, names, given values) of say("…") and desk.answer("…") with a name, or one of two names, written out."""
    for where, node in _nodes():
        if not isinstance(node, ast.Call) or not node.args or any(word.arg is None for word in node.keywords):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in ("say", "answer"):
            words = (one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant))
            found = tuple(word for word in words if isinstance(word, str) and _NAME.fullmatch(word))
            yield where, found, frozenset(str(word.arg) for word in node.keywords)
        if called == "tell_all" and len(node.args) > 3 and isinstance(node.args[3], ast.Constant):
            given = {str(word.arg) for word in node.keywords} - {"only_if", "urgent"} | {"number"}
            yield where, (str(node.args[3].value),), frozenset(given)


def test_every_name_in_the_code_has_its_sentence() -> None:
    assert {name: where for name, where in _named().items() if name not in names()} == {}


def test_there_are_calls_to_look_at() -> None:
    assert len(list(_calls())) > 100


def test_every_gap_is_filled() -> None:
    missing = {
        f"{where} {name}": sorted(gaps(name) - given)
        for where, found, given in _calls()
        for name in found
        if name in names() and gaps(name) - given
    }
    assert missing == {}


def test_nothing_is_given_in_vain() -> None:
    """But the number, which a card inside the sentence may already show."""
    vain = {
        where: sorted(given - {"number"} - frozenset().union(*map(gaps, found)))
        for where, found, given in _calls()
        if found and given - {"number"} - frozenset().union(*map(gaps, found))
    }
    assert vain == {}


def test_no_sentence_is_left_over() -> None:
    composed = _composed()
    assert sorted(name for name in names() - set(_named()) if name.split(".")[0] not in composed) == []


@pytest.mark.parametrize("table", sorted(ENUMS))
def test_every_value_of_an_enum_has_its_words(table: str) -> None:
    assert {name.split(".")[1] for name in names() if name.startswith(f"{table}.")} >= ENUMS[table]


def test_a_table_of_an_enum_has_no_words_too_many() -> None:
    for table in ("state", "ledger", "template_state", "verb", "rating", "urgency", "sensitivity", "emergency"):
        assert {name.split(".")[1] for name in names() if name.startswith(f"{table}.")} == ENUMS[table]


def test_names_put_together_are_of_known_enums_only() -> None:
    assert set(_composed()) <= {*ENUMS, "menu"}


def test_a_template_shows_the_whole_state() -> None:
    for name in (name for name in names() if name.startswith(("template_state.", "template_news."))):
        words = say(name)
        assert fit_field("phrase1", words) == words, "a field takes five Chinese characters and no comma"


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("resident.joined")
    with pytest.raises(KeyError):
        say("resident.no_such_sentence")


def test_sentences_are_whole_and_written_in_chinese() -> None:
    for name in names():
        words = say(name, **dict.fromkeys(gaps(name), "甲"))
        assert re.search("[\u4e00-\u9fff]", words), name
        assert "{" not in words, name


def test_what_residents_read_is_plain() -> None:
    """The official account shows markdown and tags as they are typed."""
    for name in names():
        if name.startswith(("resident.", "emergency.")):
            assert not re.search(r"\*\*|<|`", say(name, **dict.fromkeys(gaps(name), "甲"))), name


def test_a_gap_cannot_be_filled_with_another_gap() -> None:
    assert isinstance(State.CLOSED, StrEnum)
    assert "{number}" in say("resident.my_request", number=1, type="a", state="b", when="c", text="{number}")
