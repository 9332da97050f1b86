"""Decides whether a message tells of an emergency, and says why: the second layer above the words of danger.

The first layer (`emergencies`) finds plain words of danger and what takes them back: the past, a film, an if. The
trained reader weighs those findings with everything else that was said, so that it hears what is told in a roundabout
way and what only sounds like danger. A danger that nothing takes back needs little belief to ring; words without any
plain danger need more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from classifiers.features import see
from classifiers.matters import Part
from classifiers.tidying import essence

_SAYS_THEY_ARE_IN = re.compile(
    r"(?:我|俺)?(?:家里?|屋里?|院里)(?:一直|现在|都)?有人(?:在|呢|的|在家)*[,。!\s]*"
)  # come in
_DIZZY = re.compile(
    r"(?:我|俺)?(?:有点儿?|有些|今天|这两天|老是?|,)*头[晕昏](?:了|啊|呀|[,。!])*"
)  # a matter for today
_FEELS_ILL = re.compile(  # one person, and nothing in the air
    r"(?:我|俺)(?:有点儿?|突然|忽然|一直|现在|今天|这会儿|头[晕昏疼痛]|恶心|想吐|吐了?|站不[住稳]|没劲|难受|心慌|浑身|"
    r"得厉害|得不行|得很|又|也|都|了|,)+"
)
_PLAIN_DANGER: Final = 0.05  # least chance of an emergency when words of danger stand undoubted

_DOUBTED: Final = 0.3  # the same when all of them are taken back
_FAINT: Final = 0.3  # chance up to which an alarm without words of danger is a guess
_NAMED_KIND: Final = 0.5  # added to the score of a kind whose plain words were said


@dataclass(frozen=True, slots=True)
class Alarm:
    """An emergency, the kind it is most likely to be, and the words that rang."""

    kind: str
    chance: float
    reasons: tuple[str, ...]
    is_faint: bool = False  # no word of danger was said, and the reader is far from sure


def alarm_of(part: Part) -> Alarm | None:
    """None when nothing is in danger now."""
    chance = part.votes.chance("emergency")
    is_calm = _SAYS_THEY_ARE_IN.fullmatch(part.text) or _DIZZY.fullmatch(part.text)
    if chance < _least_chance(part) or is_calm:
        return None
    named = {danger.kind: _NAMED_KIND for danger in part.sight.dangers}
    if _FEELS_ILL.fullmatch(part.text):
        named["medical"] = 1.0
    kind = part.votes.best("emergency", named)
    words = [danger.hit.text for danger in part.sight.dangers]
    reasons = tuple(f"{kind}: {word}" for word in words[:4]) or (f"{kind}: 话里的意思像是出事了({chance:.0%})",)
    return Alarm(kind, chance, reasons, is_faint=not words and chance < _FAINT)


def named_dangers(text: str) -> frozenset[str]:
    """The kinds of danger that stand in plain words, undoubted."""
    return frozenset(danger.kind for danger in see(essence(text)).dangers)


def _least_chance(part: Part) -> float:
    if part.sight.dangers:
        return _PLAIN_DANGER
    return _DOUBTED if part.sight.doubts else part.votes.threshold("emergency")
