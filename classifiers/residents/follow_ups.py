"""What later words are to a request: do they go on about an open one, do they judge what was done?

People hardly ever say what they go on about: 第三根杆子那个, 要带梯子, 她耳朵背; 亮是亮了就是一闪一闪的. Alone such
words are chat, or sound like a matter of their own, or like praise. Two more trained readers, of the same form as the
first (`model`), weigh the later words beside what the first reader makes of them and of what was told before: its
types, how sure it is, what both of them name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from classifiers.reader.model import Model
from classifiers.reader.tidying import essence
from classifiers.requests.duplicates import kinship
from classifiers.requests.matters import Part, part_of
from classifiers.residents.continuations import read_continuation
from classifiers.residents.courtesy import is_courtesy
from classifiers.residents.wishes import read_wish
from classifiers.taxonomy import CHAT

TRAINED: Final = Path(__file__).parents[1] / "trained"
FOLLOW_UPS, VERDICTS = "follow_ups", "verdicts"  # names of model files, and of folders of the corpus
_CHANCES: Final = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
_SHARES: Final = (0.0, 0.1, 0.2, 0.3, 0.5)
_LENGTHS: Final = (2, 4, 6, 8, 10, 12, 15, 20, 25, 30, 40)


class FollowUp(StrEnum):
    """What a later message can be to an open request; the labels of corpus/follow_ups."""

    SAME = "same"  # a detail, a question about it, how it got worse, anger
    URGE = "urge"  # nothing but: be quick
    DONE = "done"  # over, or no longer wanted
    NEW = "new"
    CHAT = "chat"
    ALARM = "alarm"  # a danger, whether out of the open matter or not


class Verdict(StrEnum):
    """What words can be to a request whose result was told; the labels of corpus/verdicts."""

    GOOD = "good"  # it is solved, or praise
    BAD = "bad"  # not, or half, or not for long
    ABOUT = "about"  # a question on the result, a further detail
    LATER = "later"  # cannot say yet
    NEW = "new"
    CHAT = "chat"
    ALARM = "alarm"


JOINS: Final = (FollowUp.SAME, FollowUp.URGE, FollowUp.DONE)
JUDGES: Final = (Verdict.GOOD, Verdict.BAD, Verdict.ABOUT, Verdict.LATER)


@dataclass(frozen=True, slots=True)
class Reading:
    """How likely the words are each kind of a FollowUp, or of a Verdict; the chances add up to one."""

    chances: Mapping[str, float]

    @property
    def joins(self) -> float:
        """0–1: that they are about the request."""
        return sum(self.chances.get(kind, 0.0) for kind in (*JOINS, *JUDGES))

    @property
    def kind(self) -> str:
        return max(self.chances, key=lambda kind: self.chances[kind])


@lru_cache(maxsize=64)  # one message asks several times: what is meant, whether it may end something, whether to join
def read_follow_up(told: str, later: str, reader: Model) -> Reading:
    """What `later` is to an open request with the words `told`; `reader` is what the desk reads messages with."""
    return Reading(shipped(FOLLOW_UPS).weigh(features_of_pair(told, later, reader)).chances("type"))


def read_verdict(told: str, result: str, later: str, reader: Model) -> Reading:
    """What `later` is to a request with the words `told`, of which the resident has heard the `result`.

    Whether it is about the request at all is asked of both readers, since each has learned it from other rows.
    """
    judged = shipped(VERDICTS).weigh(features_of_pair(f"{told}。{result}", later, reader)).chances("type")
    return both(judged, read_follow_up(told, later, reader).chances)


def both(judged: Mapping[str, float], followed: Mapping[str, float]) -> Reading:
    """Chances of the verdicts, from what both readers say; they add up to one."""
    others: dict[str, float] = {
        kind: (judged[kind] + followed[kind]) / 2 for kind in (Verdict.NEW, Verdict.CHAT, Verdict.ALARM)
    }
    about, sure = 1 - sum(others.values()), Reading(judged).joins or 1.0
    return Reading(others | {kind: judged[kind] / sure * about for kind in JUDGES})


@cache
def shipped(name: str) -> Model:
    return Model.load(TRAINED / f"{name}.model")


def features_of_pair(told: str, later: str, reader: Model) -> set[str]:
    """What the second reader is asked with. Never raises."""
    said, before = _part(later, reader), _types_of(told, reader)
    return {*said.sight.features, *_heard(said, before), *_common(told, later), *_forms(later)}


def _heard(said: Part, before: Mapping[str, float]) -> Iterator[str]:
    """What the first reader makes of the words, and of what was told."""
    now = said.votes.chances("type")
    type_now, type_before = _likeliest(now), _likeliest(before)
    yield from _above("asks", said.votes.chance("asks"), _CHANCES)
    yield from _above("alarm", said.votes.chance("emergency"), _CHANCES)
    yield from _above("chat", now[CHAT], _CHANCES)
    yield from _above("sure", now[type_now], _CHANCES)
    yield from _above("as before", now[type_before] / (1 - now[CHAT] or 1.0), _CHANCES)
    yield f"type:{type_now}"
    yield f"before:{type_before}"
    yield f"types:{type_before}:{type_now}"
    yield "one type" if type_now == type_before else "two types"
    if type_now != type_before:
        yield from _above("surely another type", now[type_now], _CHANCES)


def _common(told: str, later: str) -> Iterator[str]:
    """Things, words and turns that both name, or one alone."""
    kin = kinship(later, told)
    yield f"things:{kin.shares_things:d}{kin.names_things:d}{kin.others_things:d}"
    yield from _above("words", kin.words, _SHARES)
    if kin.says_another:
        yield "another"
    if kin.follows_up:
        yield "follows up"


def _forms(later: str) -> Iterator[str]:
    yield f"continuation:{read_continuation(later)}"
    yield f"courtesy:{is_courtesy(later)}"
    spoken = read_wish(later)
    yield f"wish:{spoken.wish if spoken else None}"
    yield from _above("length", len(essence(later)), _LENGTHS)


def _above(name: str, value: float, steps: tuple[float, ...]) -> Iterator[str]:
    """A number as features: one for each step that it is above."""
    return (f"{name}>{step}" for step in steps if value > step)


def _likeliest(chances: Mapping[str, float]) -> str:
    return max((code for code in chances if code != CHAT), key=lambda code: chances[code])


@lru_cache(maxsize=64)
def _part(text: str, reader: Model) -> Part:
    """The same words are held against several open requests."""
    return part_of(essence(text), reader)


@lru_cache(maxsize=1024)
def _types_of(told: str, reader: Model) -> Mapping[str, float]:
    return part_of(essence(told), reader).votes.chances("type")
