"""What a resident's message asks for: its matters with type, urgency and sensitivity, and the place, all with evidence.

How: courtesy falls away and all spellings become one (`spelling`); the word lists and the pieces of the text are its
features (`features`); the trained reader weighs them (`model`): is anything asked, one matter or several, of which
type, how private. Whether it is an emergency is decided in `emergencies` and `alarm`, and said with the reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

from classifiers.dangers.alarm import Alarm, alarm_of, kind_carried
from classifiers.dangers.blows import (
    blames_a_thing,
    by_kin,
    came_nearly_to_blows,
    is_fresh_at_home,
    is_of_strangers,
    strikes_kin,
)
from classifiers.dangers.calming import is_harmless, is_plea, without_harmless, without_pleas
from classifiers.dangers.everyday import is_worn_by_stairs, tells_a_habit
from classifiers.dangers.hearsay import is_news, is_notice
from classifiers.dangers.leave_taking import takes_leave
from classifiers.dangers.phoning import only_complains_of_calls, without_calls
from classifiers.dangers.settled import behind_settled
from classifiers.dangers.staged import is_only_a_story
from classifiers.dangers.swindles import costs_money_now
from classifiers.dangers.things_harmed import harms_only_things, loses_beasts, weather_spoils_the_field
from classifiers.dangers.today import cannot_wait_until_tomorrow
from classifiers.dangers.unmistakable import speaks_of_himself
from classifiers.members.meaning import read_member_words
from classifiers.places.finding import Gazetteer, Place
from classifiers.reader.late import late
from classifiers.reader.lexicon import Entry, LexiconError, Matcher, entries_of, read_toml
from classifiers.reader.model import Model, ModelError
from classifiers.reader.tidying import essence
from classifiers.requests.contact import without_contact
from classifiers.requests.households import is_held_in, tells_of_a_fight_at_home
from classifiers.requests.illness import asks_for_rights, tells_of_illness
from classifiers.requests.matters import Part, divide, part_of, without_lead
from classifiers.requests.needs import shows_need
from classifiers.requests.officials import only_praises, tells_of_wrongs, without_address, without_helpers
from classifiers.requests.openings import is_bare_place, is_bare_subject, is_opening
from classifiers.requests.plain_requests import asks_by_form, threatens_to_complain
from classifiers.requests.symptoms import feels_gravely_ill, tells_how_he_feels
from classifiers.requests.things import type_of_thing
from classifiers.requests.unnamed import is_mere_wish, without_wish
from classifiers.residents.follow_ups import FollowUp, Reading, read_follow_up, read_verdict
from classifiers.taxonomy import CHAT, OTHER, SEEN_BY_ALL, TYPES_OF_EMERGENCY, sensitivity_rank, urgency_rank

_MOST_REASONS: Final = 8
_MOST_PIECES: Final = 5
_OWN_WORD_WORTH: Final = 0.6  # of one point of an operator's word, in the scores of the trained reader
_QUESTIONS: Final = {"type", "asks", "emergency", "urgent", "confidential", "private", "several"}
_FIRM: Final = 0.35
_CHINESE = late("[\u4e00-\u9fff]{2,}")
_NO_ALARM: Final = 0.02  # chance of a danger below which later words are taken for a detail of what was told
_FAINT_ALARM: Final = 0.06  # the same of what names no danger: 越来越大了 都流到楼下了
_ALARM: Final = 0.15  # the same from which they ring though they would not alone
_ACCIDENTS: Final = frozenset({"medical", "missing", "trapped"})
_OF_PEOPLE: Final = frozenset({"elder_care", "safety"})
_BOTH: Final = 0.45  # chance of a danger of what was told first and what was said later, taken together
_GROWN: Final = 4.0  # so many times the chance of the first
_LATER: Final = 0.2  # chance of the later words alone, from which less is enough:
_BOTH_WORSE: Final = 0.08
_OF_NEIGHBOURS: Final = frozenset({"repair", "public_facility", "environment", "dispute", "safety"})
_ENDS: Final = " ,。!?;:\n"
_OWN_WORD_ASKS: Final = 3  # points that make a request by themselves


@dataclass(frozen=True, slots=True)
class Matter:
    """One request in a message. `confidence` 0–1; `clause` is the part of the text that speaks of it. The evidence is
    gathered when somebody asks for it."""

    type: str
    confidence: float
    urgency: str
    emergency_kind: str | None
    sensitivity: str
    clause: str
    why: Callable[[], tuple[str, ...]] = field(repr=False, compare=False)
    is_faint: bool = False  # of an emergency: guessed, without any word of danger

    @property
    def evidence(self) -> tuple[str, ...]:
        return self.why()

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


def speaks_for_the_desk(model: Model) -> bool:
    """Whether it answers all that a desk asks. One that learned from other material alone knows only types."""
    return set(model.questions) >= _QUESTIONS


class Understander:
    """Understands residents. Make one and keep it; a new roster needs a new one.

    `lexicons`: an operator's own word files, `[types.<code>] words = {"水管" = 3}`; a code that we do not know is a
    new type. `enabled_types`: what is not in it becomes `other`. `model`: the file of a reader that was trained with
    the operator's own rows, else the shipped one. Raises LexiconError, ModelError, OSError.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        lexicons: Sequence[Path] = (),
        enabled_types: Collection[str] | None = None,
        model: Path | Model | None = None,
    ) -> None:
        self._gazetteer = gazetteer
        self._model = model if isinstance(model, Model) else _model(model)
        if not speaks_for_the_desk(self._model):
            raise ModelError("this model knows types alone, not what is urgent or private")
        self._own_words = _own_words(tuple(lexicons))
        self._enabled = None if enabled_types is None else frozenset(enabled_types)

    def prepare(self) -> None:
        """Read the word lists and all models now and not at the first message."""
        self.understand("")
        self.follow_up("", "")
        self.verdict("", "", "")

    def understand(
        self, text: str, *, known_lane: str | None = None, location: tuple[float, float] | None = None
    ) -> Understanding:
        """Never raises, whatever the text. `location` is latitude, longitude in GCJ-02."""
        place = self._gazetteer.find(text, known_lane=known_lane, location=location)
        return Understanding(text, self.matters(text), place)

    def matters(self, text: str) -> tuple[Matter, ...]:
        """What is asked for, without the place; nothing for chat."""
        plain = without_lead(essence(text))
        if (rest := without_address(plain)) != plain and (addressed := self._matters_in(rest)):
            return addressed
        return self._matters_in(plain)

    def _matters_in(self, plain: str) -> tuple[Matter, ...]:
        if not plain or is_bare_place(plain) or is_opening(plain) or is_bare_subject(plain):
            return ()
        if is_mere_wish(plain) or takes_leave(plain):
            return ()
        told = without_wish(plain)
        if told != plain and (unnamed := self._matters_unnamed(plain, told)):
            return unnamed
        return self._matters_of(plain)

    def _matters_unnamed(self, plain: str, told: str) -> tuple[Matter, ...]:
        """What is told beside 别说是我说的, for nobody's ears but whose it must be; and as secret as the whole, when it
        is of something that one tells in fear: a 楼长 who takes money, a man who strikes."""
        matters = self.matters(told)
        if not matters or any(one.urgency == "emergency" or one.sensitivity == "confidential" for one in matters):
            return ()
        is_of_neighbours = all(one.type in _OF_NEIGHBOURS for one in matters)
        whole = () if is_of_neighbours else self._matters_of(plain)
        asked = max(("private", *(one.sensitivity for one in whole)), key=sensitivity_rank)
        return tuple(
            replace(one, sensitivity=max(one.sensitivity, asked, key=sensitivity_rank)) for one in whole or matters
        )

    def _matters_of(self, plain: str) -> tuple[Matter, ...]:
        whole = part_of(plain, self._model)
        heard = self._beside_contact(plain, whole)
        if heard is None:
            return ()
        alarm = self._alarm(heard)
        if alarm is None and (is_plea(plain) or is_harmless(plain) or is_notice(plain) or is_news(plain)):
            return ()  # 不要往群里发, 他住8号, 防火须知:…: of something else that was told, and nothing to be done
        may_ring = whole.sight.dangers or whole.votes.says("emergency")
        if alarm is None and may_ring and is_only_a_story(plain):
            return ()
        if alarm is None and only_complains_of_calls(plain):
            return (self._complaint(whole),)
        if alarm is None and not whole.votes.says("asks") and (rest := behind_settled(plain)):
            whole = part_of(rest, self._model)
        own = self._own_votes(plain)
        is_ill = tells_of_illness(plain) or tells_how_he_feels(plain)
        is_told = is_ill or asks_by_form(plain) or is_held_in(plain) or heard.votes.says("asks")
        is_told = is_told or harms_only_things(plain) or is_worn_by_stairs(plain)
        is_told = is_told or costs_money_now(plain) or loses_beasts(plain) or weather_spoils_the_field(plain)
        if not (alarm or is_told or whole.votes.says("asks") or max(own.values(), default=0) >= _OWN_WORD_ASKS):
            return ()
        parts = (whole,) if tells_how_he_feels(plain) else divide(whole, self._model)
        alarmed = max(parts, key=lambda part: part.votes.chance("emergency")) if alarm else None
        return tuple(self._matter(part, alarm if part is alarmed else None) for part in parts)

    def _beside_contact(self, plain: str, whole: Part) -> Part | None:
        """What is told beside who tells it: a name or a number makes no danger of 白天在家, and no talk of 我家漏水了.
        None when there is nothing beside it."""
        rest = without_contact(plain)
        if rest == plain.strip(_ENDS):
            return whole
        return part_of(rest, self._model) if rest else None

    def follow_up(self, told: str, later: str) -> Reading:
        """What later words of the same person are to an open request. Never raises."""
        return read_follow_up(told, later, self._model)

    def verdict(self, told: str, result: str, later: str) -> Reading:
        """What words are to a request of the same person whose result he has heard. Never raises."""
        return read_verdict(told, result, later, self._model)

    def member_words(self, told: str, words: str) -> Reading:
        """What a member's words are about a request with the words `told`. Never raises."""
        return read_member_words(told, words, self._model)

    def in_context(
        self, meaning: Understanding, readings: Collection[Reading], *, calm_below: float = _NO_ALARM
    ) -> Understanding:
        """The same words beside the requests that the speaker has open: 要带梯子 rings no alarm after a dark lamp, and
        开关冒蓝火了 rings one after a drip. Missing one is worse, so that it takes much to silence one."""
        chances = [reading.chances[FollowUp.ALARM] for reading in readings]
        if not chances:
            return meaning
        alarms = [one for one in meaning.matters if one.emergency_kind]
        calm_below = max(calm_below, _FAINT_ALARM) if all(one.is_faint for one in alarms) else calm_below
        if meaning.urgency == "emergency" and max(chances) < calm_below:
            calm = (replace(one, urgency="urgent", emergency_kind=None) for one in alarms)
            others = (one for one in meaning.matters if not one.emergency_kind)
            return replace(meaning, matters=(*calm, *others))
        if meaning.urgency == "emergency" or max(chances) < _ALARM or tells_a_habit(meaning.text):
            return meaning
        kind = kind_carried(part_of(without_harmless(essence(meaning.text)), self._model))
        return replace(meaning, matters=(self._alarming(meaning, kind), *meaning.matters[1:])) if kind else meaning

    def beside(self, meaning: Understanding, told: str, types: Collection[str]) -> Understanding:
        """The same words behind the request that they go on about: 疼得冒汗了 after 胸口闷, 敲了没动静 after 两天没见着
        ring, though neither does alone. Of everyday things (`types`) no danger grows by being told twice."""
        plain = essence(meaning.text)
        is_calm = is_harmless(plain) or is_plea(plain)
        if meaning.urgency == "emergency" or is_calm or not _OF_PEOPLE.intersection(types):
            return meaning
        first, later, both = (
            part_of(essence(text), self._model).votes.chance("emergency")
            for text in (told, meaning.text, f"{told}，{meaning.text}")
        )
        is_plain = both >= _BOTH and both >= _GROWN * first
        is_worse = later >= _LATER and both >= _BOTH_WORSE and both > first
        if not (is_plain or is_worse):
            return meaning
        whole = replace(meaning, text=f"{told}，{meaning.text}")
        kind = part_of(essence(whole.text), self._model).votes.best("emergency")
        alarming = replace(self._alarming(whole, kind), clause=meaning.text)
        return replace(meaning, matters=(alarming, *meaning.matters[1:]))

    def _alarming(self, meaning: Understanding, kind: str) -> Matter:
        """The first matter as an emergency of this kind."""
        whole = part_of(essence(meaning.text), self._model)
        first = meaning.matters[0] if meaning.matters else self._matter(whole, None)
        return replace(first, urgency="emergency", emergency_kind=kind)

    def _alarm(self, whole: Part) -> Alarm | None:
        """The danger that is left when what only sounds like one is taken out: 电视里打起来了, 再不修要砸死人."""
        alarm = alarm_of(whole)
        rest = without_harmless(whole.text) if alarm else whole.text
        if alarm is None or rest == whole.text.strip(_ENDS):
            return alarm
        return alarm_of(part_of(rest, self._model)) if rest else None

    def _matter(self, part: Part, alarm: Alarm | None) -> Matter:
        feels_ill = alarm is None and tells_how_he_feels(part.text)
        is_ill = feels_ill or (alarm is None and tells_of_illness(part.text))
        code, confidence = self._type(part, alarm)
        if alarm is None and code == "suggestion" and (rest := without_calls(part.text)) != part.text:
            about = part_of(rest, self._model)
            code, confidence = self._type(about, None) if about.votes.says("asks") else (code, confidence)
        is_for_care = code in (OTHER, "policy") and not asks_for_rights(part.text)
        if alarm is None and is_worn_by_stairs(part.text) and code in (OTHER, "wish", "environment", "repair"):
            code = "elder_care"
        if feels_ill or (is_ill and (is_for_care or not part.votes.says("asks"))):
            code = "elder_care"
        sensitivity = _sensitivity_of_alarm(part, code, alarm) if alarm else self._sensitivity(part, code, is_ill)
        is_urgent = (
            part.votes.says("urgent")
            or cannot_wait_until_tomorrow(part.text)
            or (feels_ill and feels_gravely_ill(part.text))
            or (sensitivity == "confidential" and is_fresh_at_home(part.text))
            or is_held_in(part.text)
            or costs_money_now(part.text)
        )
        return Matter(
            type=self._enabled_type(code),
            confidence=confidence,
            urgency="emergency" if alarm else "urgent" if is_urgent else "normal",
            emergency_kind=alarm.kind if alarm else None,
            sensitivity=sensitivity,
            clause=part.text.strip(_ENDS),
            why=partial(_evidence, part, code, alarm, self._model),
            is_faint=alarm is not None and alarm.is_faint,
        )

    def _complaint(self, part: Part) -> Matter:
        """About an office in general, which everybody may hear."""
        return replace(
            self._matter(part, None), type=self._enabled_type("suggestion"), urgency="normal", sensitivity="open"
        )

    def _enabled_type(self, code: str) -> str:
        return code if self._enabled is None or code in self._enabled else OTHER

    def _sensitivity(self, part: Part, code: str, is_ill: bool) -> str:
        """An illness is private, and no more than that because it shall be kept from the children."""
        found = _sensitivity(part, code)
        if found == "confidential" and (rest := without_helpers(part.text)) != part.text:
            found = _sensitivity(part_of(rest, self._model), code) if rest else "open"  # 请书记给说说
        if not is_ill:
            return found
        rest = without_pleas(part.text)
        is_only_asked = rest != part.text and _sensitivity(part_of(rest, self._model), code) != "confidential"
        return found if found == "confidential" and not is_only_asked else "private"

    def _type(self, part: Part, alarm: Alarm | None) -> tuple[str, float]:
        """The likeliest type but chat, of an emergency one that its kind can be; and how likely it is among them."""
        own = self._own_votes(part.text)
        every = part.votes.chances("type", {code: points * _OWN_WORD_WORTH for code, points in own.items()})
        every.pop(CHAT, None)
        fitting = {code: every[code] for code in TYPES_OF_EMERGENCY[alarm.kind] if code in every} if alarm else {}
        if threatens_to_complain(part.text):  # which tells what shall be done
            every.pop("suggestion", None)
        if alarm and alarm.kind == "self_harm" and speaks_of_himself(part.text):
            fitting = {OTHER: every[OTHER]}
        chances = fitting or every
        code = max(chances, key=lambda one: chances[one])
        if not alarm and not own and (thing := type_of_thing(part.text, code)) in chances:
            code = thing
        return code, chances[code] / (sum(chances.values()) or 1.0)

    def _own_votes(self, plain: str) -> Mapping[str, int]:
        """Points of the operator's own words by type; the same words count once."""
        if self._own_words is None:
            return {}
        votes: dict[str, int] = {}
        for label, _, weight in {(hit.label, hit.words, hit.weight) for hit in self._own_words.find(plain)}:
            votes[label] = votes.get(label, 0) + weight
        return votes


def _sensitivity(part: Part, code: str) -> str:
    """A mere remark about somebody needs plain words of complaint, or firm belief: praise is for everybody's ears."""
    if loses_beasts(part.text) or (code == "suggestion" and only_praises(part.text)):
        return "open"
    if is_held_in(part.text) or tells_of_wrongs(part.text):
        return "confidential"
    if part.votes.says("confidential"):
        is_plain = any(hit.label == "confidential" for hit in part.sight.hits)
        if came_nearly_to_blows(part.text):
            return "private"
        if code == "repair" and not is_plain and blames_a_thing(part.text):
            return "private" if part.votes.says("private") else "open"
        if code == "errand" and not is_plain and part.votes.chance("confidential") < _FIRM:
            return "private" if part.votes.says("private") else "open"  # 帮他把药拿回来 blames nobody
        if code != "suggestion" or is_plain or part.votes.chance("confidential") >= _FIRM:
            return "confidential"
    is_his_own = part.votes.says("private") or shows_need(part.text, code) or costs_money_now(part.text)
    return "private" if is_his_own else "open"


def _sensitivity_of_alarm(part: Part, code: str, alarm: Alarm) -> str:
    """Who may run to it. A fire is no secret; nor is a fall at home, unless words say what people did: whoever is near
    must come."""
    if alarm.kind in SEEN_BY_ALL:
        return "open"
    if alarm.kind == "self_harm":
        return "confidential"
    found = _sensitivity(part, code)
    is_at_home = tells_of_a_fight_at_home(part.text) or strikes_kin(part.text)
    if alarm.kind == "violence" and (is_at_home or (found == "private" and by_kin(part.text))):
        return "confidential"
    if found == "open" and (alarm.kind == "medical" or (alarm.kind, code) == ("missing", "elder_care")):
        return "private"
    is_told = any(hit.label == "confidential" for hit in part.sight.hits)
    if alarm.kind == "violence" and found == "confidential" and not is_told and is_of_strangers(part.text):
        return "open"  # whom the neighbours must be warned of
    is_accident = (
        alarm.kind in _ACCIDENTS and not is_told and "violence" not in {one.kind for one in part.sight.dangers}
    )
    return "private" if found == "confidential" and is_accident else found


def _evidence(part: Part, code: str, alarm: Alarm | None, model: Model) -> tuple[str, ...]:
    """Why: the alarm's reasons, the words of the lists, the pieces of the text that spoke loudest, the doubts."""
    words = [hit.text for hit in part.sight.hits if hit.label == code]
    doubts = (f"非紧急: {doubt.hit.text}，{doubt.reason}" for doubt in part.sight.doubts) if alarm is None else ()
    reasons = [*(alarm.reasons if alarm else ()), *words[:4], *doubts]
    return tuple(dict.fromkeys([*reasons, *_loudest(part, code, model)]))[:_MOST_REASONS]


def _loudest(part: Part, code: str, model: Model) -> Iterator[str]:
    """The loudest pieces of Chinese for a type; of two that share a sign only the louder."""
    if code not in model.heads["type"].labels:
        return
    pieces = filter(_CHINESE.fullmatch, part.sight.pieces)
    told: set[str] = set()
    for piece in model.speakers(pieces, "type", code, _MOST_PIECES):
        if told.isdisjoint(piece):
            told |= set(piece)
            yield piece


@lru_cache(maxsize=2)
def _model(path: Path | None) -> Model:
    return Model.shipped() if path is None else Model.load(path)


@lru_cache(maxsize=4)
def _own_words(lexicons: tuple[Path, ...]) -> Matcher | None:
    """Read once a process: a new roster makes a new Understander, not new words."""
    entries = list(_entries_of_files(lexicons))
    return Matcher(entries) if entries else None


def _entries_of_files(paths: Iterable[Path]) -> Iterator[Entry]:
    for path in paths:
        source = read_toml(path)
        types = source.get("types", {})
        if not isinstance(types, dict) or not all(isinstance(table, dict) for table in types.values()):
            raise LexiconError(f"{path.name} 要写成 [types.<类型>],下面一行 words = {{...}}")
        for code, table in types.items():
            yield from entries_of(table, code, source)
