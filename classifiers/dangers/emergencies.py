"""Words of danger, and a second look at each: is it now, is it real? Both looks give their reasons."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import ahocorasick_rs

from classifiers.reader.late import late
from classifiers.reader.lexicon import LEXICONS, Entry, Hit, Matcher, entries_of, read_toml

_MASK = "□"
_CLAUSE_END = late(r"[,。!?;:\n~…]+")
_SENTENCE_END = late(r"[。!?;\n]+")
# When one matter fits several kinds: what kills first, and what says most exactly what happened.
_ORDER: Final = ("electric", "fire", "gas", "self_harm", "trapped", "violence", "missing", "flood", "medical")


@dataclass(frozen=True, slots=True)
class Danger:
    """A danger that stood the second look."""

    kind: str
    hit: Hit


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why words of danger are no emergency."""

    kind: str
    hit: Hit
    reason: str
    guard: str  # the table of guards.toml


@dataclass(frozen=True, slots=True)
class _Guard:
    """One list of guards.toml. `reach`: where its word must stand, seen from the danger."""

    label: str
    name: str
    kinds: frozenset[str]
    not_for: frozenset[str]
    reach: str  # before · after · clause · sentence · message · touching · near
    most_parts: int
    needs: str  # a sign that the danger's words must hold
    exact: frozenset[str]  # one of these must be among the danger's words
    beaten_by: tuple[str, ...]

    def concerns(self, kind: str, hit: Hit) -> bool:
        return (
            (not self.kinds or kind in self.kinds)
            and kind not in self.not_for
            and len(hit.words) <= self.most_parts
            and self.needs in hit.text
            and (not self.exact or not self.exact.isdisjoint(hit.words))
        )


@dataclass(frozen=True, slots=True)
class _Spans:
    """Where clauses and sentences of a text end."""

    clauses: tuple[int, ...]
    sentences: tuple[int, ...]

    def clause(self, position: int) -> int:
        return bisect_right(self.clauses, position)

    def sentence(self, position: int) -> int:
        return bisect_right(self.sentences, position)


def guard_words() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each list of guards.toml with its words."""
    for name, table in read_toml(LEXICONS / "guards.toml").items():
        if isinstance(table, Mapping):
            yield name, tuple(table["words"])


class EmergencyWatch:
    """Looks for the nine kinds of emergency."""

    def __init__(self) -> None:
        kinds, guards = read_toml(LEXICONS / "emergencies.toml"), read_toml(LEXICONS / "guards.toml")
        self._dangers = Matcher(
            (entry for kind, table in kinds["kinds"].items() for entry in entries_of(table, kind, kinds)),
            keep_covered=True,  # a doubt about 老人…丢了 must not hide 老人…走丢
        )
        tables = {name: table for name, table in guards.items() if isinstance(table, Mapping)}
        self._guards = tuple(_guard(name, table) for name, table in tables.items() if "reach" in table)
        self._guard_words = Matcher(_guard_entries(tables, guards))
        self._masks = ahocorasick_rs.AhoCorasick(guards["masks"], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def look(self, text: str) -> tuple[tuple[Danger, ...], tuple[Doubt, ...]]:
        """Dangers, the gravest first, and the doubts that took other words of danger back. `text` is normalised."""
        hits = self._dangers.find(self._masked(text))
        if not hits:
            return (), ()
        words = _certain(self._guard_words.find(text))
        spans = _spans(text)
        dangers: list[Danger] = []
        doubts: list[Doubt] = []
        for hit in hits:
            doubt = self._doubt(hit, words, spans)
            if doubt is None:
                dangers.append(Danger(hit.label, hit))
            else:
                doubts.append(doubt)
        return tuple(sorted(dangers, key=lambda danger: _ORDER.index(danger.kind))), tuple(doubts)

    def _masked(self, text: str) -> str:
        for _, start, end in self._masks.find_matches_as_indexes(text):
            text = text[:start] + _MASK * (end - start) + text[end:]
        return text

    def _doubt(self, hit: Hit, words: Sequence[Hit], spans: _Spans) -> Doubt | None:
        for guard in self._guards:
            if not guard.concerns(hit.label, hit):
                continue
            for word in words:
                if (
                    word.label == guard.label
                    and _is_within_reach(guard.reach, word, hit, spans)
                    and not _is_beaten(guard, word, hit, words, spans)
                ):
                    return Doubt(hit.label, hit, f"{guard.name}（{word.text}）", guard.label)
        return None


def _guard(name: str, table: Mapping[str, Any]) -> _Guard:
    return _Guard(
        label=name,
        name=table["name"],
        kinds=frozenset(table.get("kinds", ())),
        not_for=frozenset(table.get("not_for", ())),
        reach=table["reach"],
        most_parts=table.get("most_parts", 9),
        needs=table.get("needs", ""),
        exact=frozenset(table.get("exact", ())),
        beaten_by=tuple(table.get("beaten_by", ())),
    )


def _guard_entries(tables: Mapping[str, Mapping[str, Any]], source: Mapping[str, Any]) -> Iterator[Entry]:
    for name, table in tables.items():
        yield from entries_of(table, name, source)


def _certain(words: Sequence[Hit]) -> tuple[Hit, ...]:
    """Guard words that are part of a longer harmless one fall away: 怕 in 恐怕是."""
    firm = [word for word in words if word.label == "certain"]
    return tuple(
        word
        for word in words
        if word.label != "certain" and not any(f.start <= word.start and word.end <= f.end for f in firm)
    )


def _spans(text: str) -> _Spans:
    """A clause that is only a word of time (`去年冬天,`) belongs to the next."""
    ends = [match.end() for match in _CLAUSE_END.finditer(text)]
    starts = [0, *ends]
    kept = [
        end
        for start, end in zip(starts, ends, strict=False)
        if end - start > 6 or _SENTENCE_END.search(text[start:end])
    ]
    return _Spans(tuple(kept), tuple(match.end() for match in _SENTENCE_END.finditer(text)))


def _is_within_reach(reach: str, word: Hit, hit: Hit, spans: _Spans) -> bool:
    if reach == "message":
        return True
    if reach == "touching":
        return 0 <= hit.start - word.end <= 1
    if reach == "near":
        return hit.start - 2 <= word.start and word.end <= hit.end + 4
    if reach == "after":
        return word.start >= hit.start
    if reach == "sentence":
        return spans.sentence(word.start) == spans.sentence(hit.start)
    same_clause = spans.clause(hit.start) <= spans.clause(word.start) <= spans.clause(hit.end - 1)
    return same_clause and (reach == "clause" or word.start < hit.end)


def _is_beaten(guard: _Guard, word: Hit, hit: Hit, words: Sequence[Hit], spans: _Spans) -> bool:
    """`去年装的灶,现在漏气`: the later word of time rules; `上次晕倒,现在好了`: not when it follows the danger."""
    sentence = spans.sentence(hit.start)
    return any(
        other.label in guard.beaten_by
        and (
            other.label == "help"
            or (
                other.start >= word.end
                and spans.sentence(other.start) == sentence
                and (other.label != "present" or other.start < hit.end)
            )
        )
        for other in words
    )
