"""Where one matter of a message ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from classifiers.features import Sight, see
from classifiers.model import Model, Votes
from classifiers.taxonomy import CHAT

_MOST_MATTERS: Final = 4
_MOST_BORDERS: Final = 8
_MARKER_WORTH: Final = 1.0  # how much likelier a border is behind 还有, 另外 …
_MARKER = re.compile(
    r"[,。;!?\n ]*(?:还有一件事|还有件事|还有个事|还有就是|再一个|再就是|再有|还有|另外|再说|顺便|顺带|顺道|"
    r"对了|此外|其次|第?[一二三四五]是|第[一二三四五]|[一二三四五]、|(?<=[,。;:\n ])[1-9][.、)]|二一个|还想问|"
    r"还想请|再问|也想问|再麻烦|再帮|最后)[,:\s]*"
)
_CALL = re.compile(  # for hands, whatever they are to do: no matter of its own
    r"(?:麻烦|请|劳驾|拜托|求|你们?|您|师傅|工人|电工|物业|大家|谁|能|可以?|帮忙?|给|来|派|找|叫|安排|人|个|位|我|俺|咱|一|下|过|上门|"
    r"看|瞧|瞅|管|弄|修|处理|解决|查|快点?|赶紧|尽快|抓紧|的|了|吧|呗|嘛|行|不|没有?|吗|啊|呀|哦|呢|好|谢|感谢|辛苦|"
    r"啥时候|什么时候|[,。!? ])+"
)
_PAUSE = re.compile(r"[,。;!?\n ]+")
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text that speaks of one matter, and what the model says of it."""

    text: str
    sight: Sight
    votes: Votes


def part_of(text: str, model: Model) -> Part:
    sight = see(text)
    return Part(text, sight, model.weigh(sight.features))


def divide(whole: Part, model: Model) -> tuple[Part, ...]:
    """The matters of a message that asks for something, in their order; most have one."""
    parts = [whole]
    if whole.votes.says("several"):
        parts = list(_halves(whole, lambda text: part_of(text, model)) or parts)
    for place in reversed(range(len(parts))):
        if len(parts) > 1 and len(parts) < _MOST_MATTERS and parts[place].votes.says("several"):
            parts[place : place + 1] = _halves(parts[place], lambda text: part_of(text, model)) or [parts[place]]
    return tuple(parts)


def _halves(whole: Part, read: Callable[[str], Part]) -> Sequence[Part]:
    """The two parts that together read best; none where one side asks for nothing."""
    best: tuple[float, Sequence[Part]] = (float("-inf"), ())
    for left, right, is_marked in _cuts(whole.text):
        parts = (read(left), read(right))
        if any(_CALL.fullmatch(side) for side in (left, right)) or not all(part.votes.says("asks") for part in parts):
            continue
        worth = sum(_clearness(part.votes) for part in parts) + _MARKER_WORTH * is_marked
        if worth > best[0]:
            best = (worth, parts)
    return best[1]


def _clearness(votes: Votes) -> float:
    """How well a stretch reads as one request: log of the chance of its likeliest type and of asking at all."""
    chances = votes.chances("type")
    likeliest = max(chance for code, chance in chances.items() if code != CHAT)
    return log(max(likeliest, 1e-6)) + log(max(votes.chance("asks"), 1e-6))


def _cuts(text: str) -> Iterator[tuple[str, str, bool]]:
    """Both sides of each border, and whether a word of a new matter stands there."""
    borders = {match.end(): (match.start(), False) for match in _PAUSE.finditer(text)}
    borders |= {match.end(): (match.start(), True) for match in _MARKER.finditer(text)}
    marked_first = sorted(borders.items(), key=lambda item: (not item[1][1], item[0]))[:_MOST_BORDERS]
    for end, (start, is_marked) in marked_first:
        left, right = text[:start].strip(), text[end:].strip()
        if len(left) >= _SHORTEST and len(right) >= _SHORTEST:
            yield left, right, is_marked
