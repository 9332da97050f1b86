"""What a resident's message asks for: its matters with type, urgency and sensitivity, and the place, all with evidence.

How: the text is cut into parts where a new matter may begin (还有, 另外, a full stop …); the word lists vote on each;
a part that votes for nothing new joins the one before it. Words of danger are looked at apart (`emergencies`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import ahocorasick_rs

from classifiers.emergencies import Danger, Doubt, EmergencyWatch
from classifiers.lexicon import LEXICONS, Entry, Hit, LexiconError, Matcher, entries_of, read_toml
from classifiers.places import Gazetteer, Place
from classifiers.segment import Segmenter, normalise
from classifiers.taxonomy import CHAT, OTHER, TYPES, sensitivity_rank, urgency_rank

LONGEST: Final = 800  # signs that are looked at; longer texts repeat themselves

_NEW_MATTER = re.compile(
    r"[,。;!?\n ]*(?:还有一件事|还有个事|"
    r"还有就是|再一个|还有|另外|再就是|再有|再说|顺便|对了|此外|其次|第[一二三四五]|"
    r"[,。;\n ][1-9][.、)]|还想问|还想请|再问|也想问|最后)[,:\s]*"
)
# A greeting must not vote: 在吗 asks nothing.
_GREETING = re.compile(r"^(?:(?:你好|您好|大家好|在吗|在么|在不在|有人吗|请问在吗|喂|嗨)[,!?。~;\s]*)+")
_SENTENCE = re.compile(r"[。;!?\n]+")
_CLAUSE = re.compile(r"[,:]+")
_SIGNS = re.compile(r"[\W_]+")
_LINK_OR_PHONE = re.compile(r"https?://|www\.|(?<!\d)1[3-9]\d{9}(?!\d)|v信|微信号|\d{3,4}-\d{7,8}")
_COMPLAINT = re.compile(r"投诉|举报|没人管|管管|小广告|贴满|骗|扰民|太吵|打扰")
_OLD = re.compile(
    r"老人|老太|老头|老爷|大爷|大娘|大妈|奶奶|爷爷|姥姥|姥爷|外婆|外公|[俺我他她]?[娘爹妈爸]|母亲|父亲|"
    r"老伴|婆婆|公公|瘫|卧床|痴呆|独居|孤寡|残疾|病人|五保"
)
_FAMILY = re.compile(
    r"老公|丈夫|老婆|媳妇|男人打|对象|前夫|女婿|婆婆|公公|儿子|两口子|邻居|隔壁|楼上|楼下|对门|家暴|家里|打我"
)
_OWN_FAMILY = re.compile(r"老公|丈夫|老婆|媳妇|妻子|男人|前夫|前妻|女婿|公公|婆婆|儿子|两口子|家暴|继父|我爸|俺爹|对象")
_BIRTH = re.compile(r"要生了|快生|羊水|临产|生孩子|孕妇")
_SELF = re.compile(r"我(?!妈|爸|娘|爹|奶|爷|姥|家|婆|公|老伴|邻居)|俺(?!娘|爹|妈|爸)")

_ENOUGH: Final = 3  # votes that make a type by themselves
_STRONG: Final = 5
_WEAK: Final = 4  # below this, words are checked against jieba's word borders
# Types that often only tell the background of another matter; they begin a matter of their own only after a marker.
_BACKGROUND: Final = frozenset({"elder_care", "errand", "policy", "suggestion", "wish", OTHER})
_PRIVATE_BY_WORDS: Final = frozenset({"dispute", "elder_care", "wish", "errand", OTHER})
_CALM_TYPES: Final = frozenset({"policy", "suggestion", "wish"})


@dataclass(frozen=True, slots=True)
class Matter:
    """One request in a message. `confidence` 0–1; `clause` is the part of the text that speaks of it."""

    type: str
    confidence: float
    urgency: str
    emergency_kind: str | None
    sensitivity: str
    clause: str
    evidence: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "type": self.type,
            "confidence": round(self.confidence, 3),
            "urgency": self.urgency,
            "emergency_kind": self.emergency_kind,
            "sensitivity": self.sensitivity,
            "clause": self.clause,
            "evidence": list(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that a message was understood to say; no matters means that it is chat."""

    text: str
    matters: tuple[Matter, ...]
    place: Place

    @property
    def is_request(self) -> bool:
        return bool(self.matters)

    @property
    def main(self) -> Matter | None:
        """The most pressing matter, else the first named."""
        return max(self.matters, key=lambda matter: urgency_rank(matter.urgency), default=None)

    @property
    def type(self) -> str:
        return self.main.type if self.main else CHAT

    @property
    def types(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(matter.type for matter in self.matters))

    @property
    def urgency(self) -> str:
        return self.main.urgency if self.main else "normal"

    @property
    def emergency_kind(self) -> str | None:
        return self.main.emergency_kind if self.main else None

    @property
    def sensitivity(self) -> str:
        """The strictest of all matters: they came in one message and are told together."""
        return max((matter.sensitivity for matter in self.matters), key=sensitivity_rank, default="open")

    def as_json(self) -> dict[str, Any]:
        """The shape of `hutong classify --json`."""
        return {
            "text": self.text,
            "requests": [matter.as_json() for matter in self.matters],
            "is_request": self.is_request,
            "place": {"lane": self.place.lane, "candidates": list(self.place.candidates), "text": self.place.text},
            "type": self.type,
            "urgency": self.urgency,
            "emergency_kind": self.emergency_kind,
            "sensitivity": self.sensitivity,
        }


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the text that may be a matter of its own."""

    start: int
    end: int
    after_marker: bool


@dataclass(frozen=True, slots=True)
class _Block:
    """Parts that speak of one matter."""

    start: int
    end: int
    votes: Counter[str]
    type: str

    def holds(self, hit: Hit) -> bool:
        return self.start <= hit.start < self.end


class Understander:
    """Understands residents. Make one and keep it; a new roster needs a new one.

    `lexicons`: an operator's own word files, `[types.<code>] words = {"水管" = 3}`; a code that we do not know is a
    new type. `enabled_types`: what is not in it becomes `other`. Raises LexiconError for a file that cannot be read.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        lexicons: Sequence[Path] = (),
        enabled_types: Collection[str] | None = None,
        segmenter: Segmenter | None = None,
    ) -> None:
        self._gazetteer = gazetteer
        self._segmenter = segmenter or Segmenter()
        words = _words(tuple(lexicons))
        self._types = words.types
        self._enabled = frozenset(self._types if enabled_types is None else enabled_types)
        self._matcher = words.matcher
        self._watch = words.watch
        self._chat_words = words.chat
        self._segmenter.prepare((*self._matcher.words, *gazetteer.names))

    def prepare(self) -> None:
        """Load jieba's dictionary (some 0.5 s, 80 MB) now and not at the first doubtful message."""
        self._segmenter.load()

    def understand(
        self, text: str, *, known_lane: str | None = None, location: tuple[float, float] | None = None
    ) -> Understanding:
        """Never raises, whatever the text. `location` is latitude, longitude in GCJ-02."""
        place = self._gazetteer.find(text, known_lane=known_lane, location=location)
        plain = normalise(text[:LONGEST]).lower()
        plain = _GREETING.sub("", plain) or plain
        dangers, doubts = self._watch.look(plain)
        return Understanding(text, self._matters(plain, dangers, doubts), place)

    def _matters(self, text: str, dangers: Sequence[Danger], doubts: Sequence[Doubt]) -> tuple[Matter, ...]:
        if not dangers and self._is_small_change(text):
            return ()
        hits = (*self._matcher.find(text), *_suspected(doubts))
        if not dangers and _is_talk(text, hits):
            return ()
        blocks = self._blocks(text, self._checked(text, hits))
        if not dangers:
            blocks = [block for block in blocks if block.votes]
        matters = (_Scene(text, block, hits, _within(block, dangers), doubts).matter() for block in blocks)
        return tuple(_joined(self._as_enabled(matters)))

    def _is_small_change(self, text: str) -> bool:
        """Greetings, thanks, 收到, emoji: nothing is left when their words are taken out."""
        left = _SIGNS.sub("", text)
        for _, start, end in self._chat_words.find_matches_as_indexes(left):
            left = left[:start] + " " * (end - start) + left[end:]
        return not left.strip() or (left.strip().isdecimal() and len(left.strip()) < 7)

    def _checked(self, text: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """When little speaks for a request, words that jieba does not see as words (中心|路灯|具城) do not count."""
        votes = _votes(hit for hit in hits if hit.label in self._types)
        if not votes or max(votes.values()) >= _WEAK:
            return tuple(hits)
        words = self._segmenter.cut(text)
        return tuple(hit for hit in hits if not any(_is_cut_by(hit, start, end) for _, start, end in words))

    def _blocks(self, text: str, hits: Sequence[Hit]) -> list[_Block]:
        typed = [hit for hit in hits if hit.label in self._types]
        cues = sum(1 for hit in hits if hit.label == "cue")
        blocks: list[_Block] = []
        for part in _parts(text):
            votes = _votes(hit for hit in typed if part.start <= hit.start < part.end)
            block = _Block(part.start, part.end, votes, _winner(votes, self._types))
            if blocks and not _is_new(part, block, blocks[-1]):
                merged = blocks[-1].votes + votes
                blocks[-1] = _Block(blocks[-1].start, part.end, merged, _winner(merged, self._types))
            else:
                blocks.append(block)
        return [_Block(b.start, b.end, Counter(), OTHER) if not _is_enough(b.votes, cues) else b for b in blocks]

    def _as_enabled(self, matters: Iterable[Matter]) -> Iterator[Matter]:
        for matter in matters:
            if matter.type in self._enabled:
                yield matter
            else:
                yield Matter(OTHER, *(getattr(matter, name) for name in Matter.__slots__[1:]))


@dataclass(frozen=True)
class _Scene:
    """One block with all that was found in it; becomes a Matter."""

    text: str
    block: _Block
    hits: Sequence[Hit]
    dangers: Sequence[Danger]
    doubts: Sequence[Doubt]

    def matter(self) -> Matter:
        return Matter(
            type=self.type,
            confidence=self.confidence,
            urgency=self.urgency,
            emergency_kind=self.dangers[0].kind if self.dangers else None,
            sensitivity=self.sensitivity,
            clause=self.clause,
            evidence=self.evidence,
        )

    @cached_property
    def clause(self) -> str:
        return self.text[self.block.start : self.block.end].strip(" ,。;:!?\n")

    @cached_property
    def type(self) -> str:
        return _type_in_danger(self.dangers[0].kind, self.clause, self.block) if self.dangers else self.block.type

    @property
    def confidence(self) -> float:
        if self.dangers:
            return 0.9
        first, second = (*sorted(self.block.votes.values(), reverse=True), 0, 0)[:2]
        return min(0.98, (first / (first + second + 1.0)) * min(1.0, 0.55 + first / 12)) if first else 0.3

    @property
    def urgency(self) -> str:
        if self.dangers:
            return "emergency"
        pressing = len(self._labelled("urgent")) - len(self._labelled("calm"))
        return "urgent" if pressing > 0 and self.type not in _CALM_TYPES else "normal"

    @property
    def sensitivity(self) -> str:
        kinds = {danger.kind for danger in self.dangers}
        at_home = "violence" in kinds and _OWN_FAMILY.search(self.clause)
        if self._labelled("confidential") or "self_harm" in kinds or at_home:
            return "confidential"
        if self.type == "elder_care" or "medical" in kinds:
            return "private"
        return "private" if self._labelled("private") and self.type in _PRIVATE_BY_WORDS else "open"

    @property
    def evidence(self) -> tuple[str, ...]:
        dangers = [f"{danger.kind}: {danger.hit.text}" for danger in self.dangers][:4]
        words = (hit.text for hit in self._labelled(self.block.type))
        doubts = (f"非紧急: {doubt.hit.text}，{doubt.reason}" for doubt in self.doubts if self.block.holds(doubt.hit))
        return tuple(dict.fromkeys((*dangers, *words, *doubts)))[:8]

    def _labelled(self, label: str) -> list[Hit]:
        return [hit for hit in self.hits if hit.label == label and self.block.holds(hit)]


_NOT_A_TYPE: Final = frozenset({"cue", "advert", "small_talk", "gap", "urgent", "calm", "confidential", "private"})


@dataclass(frozen=True)
class _Words:
    """All word lists, ready to be looked for. They do not depend on the roster."""

    types: tuple[str, ...]
    matcher: Matcher
    watch: EmergencyWatch
    chat: ahocorasick_rs.AhoCorasick


@lru_cache(maxsize=4)
def _words(lexicons: tuple[Path, ...]) -> _Words:
    """Read once a process: a new roster makes a new Understander, not new words."""
    entries = [*_own_entries(), *_entries_of_files(lexicons)]
    whole = read_toml(LEXICONS / "chat.toml")["whole"]
    return _Words(
        types=tuple(dict.fromkeys((*TYPES, *(e.label for e in entries if e.label not in _NOT_A_TYPE)))),
        matcher=Matcher(entries),
        watch=EmergencyWatch(),
        chat=ahocorasick_rs.AhoCorasick(whole, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
    )


def _own_entries() -> Iterator[Entry]:
    types, chat = read_toml(LEXICONS / "types.toml"), read_toml(LEXICONS / "chat.toml")
    for code, table in types["types"].items():
        yield from entries_of(table, code, types)
    for label, key in (("cue", "cues"), ("advert", "advert"), ("small_talk", "small_talk"), ("gap", "gaps")):
        yield from entries_of({"words": chat[key]}, label, chat)
    for name in ("urgency", "sensitivity"):
        source = read_toml(LEXICONS / f"{name}.toml")
        for label, table in source.items():
            if label in _NOT_A_TYPE and isinstance(table, dict):
                yield from entries_of(table, label, source)


def _entries_of_files(paths: Iterable[Path]) -> Iterator[Entry]:
    for path in paths:
        source = read_toml(path)
        types = source.get("types", {})
        if not isinstance(types, dict) or not all(isinstance(table, dict) for table in types.values()):
            raise LexiconError(f"{path.name}: write [types.<code>] and words = {{...}} below it")
        for code, table in types.items():
            yield from entries_of(table, code, source)


def _is_cut_by(hit: Hit, start: int, end: int) -> bool:
    """Whether a word shares some signs with the hit and neither holds the other."""
    overlap = start < hit.end and hit.start < end
    return overlap and not (start <= hit.start and hit.end <= end) and not (hit.start <= start and end <= hit.end)


def _votes(hits: Iterable[Hit]) -> Counter[str]:
    """Weights by type; the same words count once, however often they are said."""
    votes: Counter[str] = Counter()
    for label, _, weight in {(hit.label, hit.words, hit.weight) for hit in hits}:
        votes[label] += weight
    return votes


def _winner(votes: Counter[str], order: Sequence[str]) -> str:
    ranked = {code: place for place, code in enumerate(order)}
    specific = {code: votes[code] for code in votes if code != OTHER} or dict(votes)
    if votes[OTHER] >= _STRONG and max(specific.values(), default=0) <= _ENOUGH:
        return OTHER
    return min(specific, key=lambda code: (-specific[code], ranked[code]), default=OTHER)


def _is_enough(votes: Counter[str], cues: int) -> bool:
    best = max(votes.values(), default=0)
    return best >= _ENOUGH or (best > 0 and cues > 0)


def _parts(text: str) -> Iterator[_Part]:
    """Cut at markers of a new matter, at sentence ends and at commas, in the order of the text."""
    cuts = {0: True}
    for pattern in (_CLAUSE, _SENTENCE):
        cuts.update((match.end(), False) for match in pattern.finditer(text))
    cuts.update((match.end(), True) for match in _NEW_MATTER.finditer(text))
    starts = sorted(cuts)
    for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
        if end > start:
            yield _Part(start, end, cuts[start])


def _is_new(part: _Part, block: _Block, before: _Block) -> bool:
    """Whether a part begins a matter of its own beside the one before it."""
    if block.type == before.type or not block.votes:
        return False
    own, old = block.votes[block.type], before.votes[before.type]
    if part.after_marker:
        return own >= _ENOUGH and old >= _ENOUGH
    if block.votes[before.type] or block.type in _BACKGROUND or before.type in _BACKGROUND:
        return False
    # A quarrel that follows from a leak, or a danger that follows from a thing, is the same matter.
    return own >= _STRONG and old >= _STRONG and "dispute" not in (block.type, before.type)


def _suspected(doubts: Sequence[Doubt]) -> Iterator[Hit]:
    """A danger that is feared or was there before is no emergency, but it speaks for a hazard."""
    for doubt in doubts:
        if doubt.guard in ("hypothetical", "consequence", "past", "recent") and doubt.kind in (
            "fire",
            "gas",
            "electric",
        ):
            yield Hit("safety", doubt.hit.words, _ENOUGH, doubt.hit.start, doubt.hit.end)


def _is_talk(text: str, hits: Sequence[Hit]) -> bool:
    counts = Counter(hit.label for hit in hits)
    best = max(_votes(hit for hit in hits if hit.label not in _NOT_A_TYPE).values(), default=0)
    if counts["advert"] and not _COMPLAINT.search(text):
        score = counts["advert"] + 2 * bool(_LINK_OR_PHONE.search(text))
        if score >= 2 and best < 4 * score:
            return True
    if counts["small_talk"] and best < _STRONG:
        return True
    return not counts["gap"] and best < _ENOUGH and not (best and counts["cue"])


def _within(block: _Block, dangers: Sequence[Danger]) -> tuple[Danger, ...]:
    return tuple(danger for danger in dangers if block.holds(danger.hit))


def _type_in_danger(kind: str, clause: str, block: _Block) -> str:
    """The type that the rulings give an emergency; its urgency and kind are what counts."""
    old = bool(_OLD.search(clause))
    if kind == "medical":
        return OTHER if _BIRTH.search(clause) else "elder_care"
    if kind == "self_harm":
        return "elder_care" if old and not _SELF.search(clause) else OTHER
    if kind == "missing":
        return "elder_care" if old and not re.search(r"孩子|小孩|娃|宝宝|孙子|孙女", clause) else "safety"
    if kind == "violence":
        return "dispute" if _FAMILY.search(clause) or block.votes["dispute"] >= _ENOUGH else "safety"
    if kind == "trapped" and "电梯" in clause:
        return "repair"
    return "safety"


def _joined(matters: Iterable[Matter]) -> Iterator[Matter]:
    """Two stretches of the same type are one matter; so is everything said around one emergency of the same kind."""
    found: dict[tuple[str, str | None], Matter] = {}
    for matter in matters:
        key = (matter.type, matter.emergency_kind)
        twin = found.get(key) or next((m for (code, _), m in found.items() if code == matter.type), None)
        if twin is None:
            found[key] = matter
        else:
            found[(twin.type, twin.emergency_kind)] = _both(twin, matter)
    yield from found.values()


def _both(first: Matter, second: Matter) -> Matter:
    return Matter(
        type=first.type,
        confidence=max(first.confidence, second.confidence),
        urgency=max(first.urgency, second.urgency, key=urgency_rank),
        emergency_kind=first.emergency_kind or second.emergency_kind,
        sensitivity=max(first.sensitivity, second.sensitivity, key=sensitivity_rank),
        clause=f"{first.clause},{second.clause}",
        evidence=tuple(dict.fromkeys((*first.evidence, *second.evidence)))[:8],
    )
