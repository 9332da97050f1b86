"""What a member's words command: accept, decline, hand over, progress … and for which requests.

| intent | says |
|---|---|
| accept | I take it |
| decline | I cannot, not mine, 退单; the reason is the note |
| handover | to a person, who is `to` |
| need_help | an organisation or the ladder is needed: 吹哨, 转物业 |
| progress | something was done or is being done |
| schedule | a day or an hour was promised; the words for it are `when` |
| ask_requester | the resident should say more |
| resolved | done |
| log | a request that somebody told the member; its text is the note |
| status | how do things stand, bare numbers |
| bind, bind_code, help | words to the desk itself |
| none | talk |
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

from classifiers.members.corrections import as_corrected, without_wrong_time
from classifiers.members.exceptions import without_exceptions
from classifiers.members.passing_on import without_errand
from classifiers.members.persons import SURNAMES, spans_of_persons
from classifiers.members.references import EDGES, Piece, pieces_of
from classifiers.reader.late import late
from classifiers.reader.lexicon import LEXICONS
from classifiers.reader.segment import normalise, read_number
from classifiers.reader.sounds import sounds_of
from classifiers.times.promises import find_when, spans_of_times

_LONGEST = 1000
_LONGEST_SLIP = 16  # signs; longer words say enough even with a slip in them
_HEAD = late(r"[\u4e00-\u9fff]{2}(?=[\s,。!]|$)")
_COMMANDS_IN_TWO: Final = frozenset({"收到", "接单", "办结", "结单", "退单", "吹哨"})
_MENTION = late(r"^(?:@(?P<who>[^\s@]+)\s*)")
_FACE = late(r"\[(?!ok\]|好的\]|收到\])[\u4e00-\u9fffa-z]{1,8}\]", re.IGNORECASE)
_KNOWN_SIGNS: Final = {
    **{"👌": "ok ", "🆗": "ok ", "✅": "办结", "✔": "办结", "☑": "办结", "→": "转", "[": " ", "]": " "},
    **{f"木{word}": f"没{word}" for word in ("法", "啥", "事", "人", "得")},  # as they say it in Henan
}
_DRAWN = late("[\U0001f000-\U0001faff\u2600-\u27bf\u2190-\u21ff\u2b00-\u2bff]")
# A result and a refusal without any reason, each as one clause of many: what is kept of them is the others.
_BARE_DONE = late(
    r"is|are|it|(?:(?:done|finished|fixed|completed?|solved|resolved))|完活儿?(?:了|啦)?|(?:我|都|全|已经?|也)*(?:[修弄办搞整处理解决]{0,2}(?:好|完|妥|成)|办结|完结|完成|结案|结单|结束|处理完毕|处理|解决|搞定|结|完|销)(?:了|啦|哈|吧)*"
)
_BARE_RETURN = late(r"退(?:单|回|掉)?(?:了|吧)*|(?:我)?(?:接不了|去不了|不接)(?:了|啊)?")
_PLAIN_HANDING_ON = late(
    r"^[,\s]*(?:(?:转|移|交|归|给|拜托|麻烦|辛苦|劳烦|有劳)+你(?:了|啦|吧|们)*)?(?:去|来|接|处理|办|吧|呗|了|看|负责|跟进)*"
)
_NOT_YET = late(r"(?:还|都|也|暂时)*没有?(?:呢|啊)?")
_ALL = late(
    r"^(?:我|俺)?(?:这|那)?(?:都|全都?|全部|几个|些|一起|(?P<count>俩|仨|[\d一二两三四五][个件](?!人|月|小时)))"
)
_TOGETHER: Final = {"俩": 2, "仨": 3}
# jie 342, 街342: a word of command in letters, or by another sign of its sound, beside nothing but its number.
_IN_LETTERS: Final = {
    "jie": "接", "jiedan": "接单", "shoudao": "收到", "tui": "退", "tuidan": "退单", "zhuan": "转", "banjie": "办结",
    "街": "接", "介": "接", "阶": "接",
}  # fmt: skip
_LETTERS = late(
    r"^(?P<before>#?\d{1,7}号?\s*)?(?:(?P<word>jie(?:dan)?|shoudao|tui(?:dan)?|zhuan|banjie)(?![a-z])|(?P<sign>[街介阶])(?=\s*#?\d|$))",
    re.IGNORECASE,
)
# 3.周敏 报名: one line of a list in which people put down their names; a name that is known needs no such word.
_LINES_OF_A_LIST = late(r"(?:^|\s)(?=\d{1,3}\s?[.、)])")
_LINE_OF_A_LIST = late(
    rf"\s*(?P<number>\d{{1,3}})\s?[.、)]\s?(?P<name>[{SURNAMES}][\u4e00-\u9fff]{{1,3}}?)"
    r"(?P<said>[\s,:]*(?:报名|参加|参与|已[交到报阅填打]|到|未交|请假|签到|两?[一二三四五六\d]?[人份个位]))?\s*"
)
_NEEDS_NO_REQUEST: Final = frozenset({"none", "bind", "bind_code", "help", "log", "status"})
# 登记 灯坏了; 帮我登一个 灯坏了; 看见灯坏了 上个单; 报一个 5修好了 is of what has a number
_WRITE_DOWN: Final = late(
    r"^登记(?:一下|一件事?)?[\s,:，：]+(?P<note>\S.*)$"
    r"|^(?:请|麻烦|帮我|给我)?(?:新|再|又)?(?:登|报|上|建|开)(?:记)?(?:一个|个|一件|一条|一单)(?:单子?|新的|新单|事)?[\s,:，：]+"
    r"(?P<told>(?!#?\d+\s*(?:号单)?(?:已|都|修|办|弄|换|好|完))\S.{3,})$"
    r"|^(?P<seen>\D.{3,}?)[\s,，]+(?:帮我|给我|请|我)?(?:新?(?:登|上|建|开|报)(?:一|记)?个?(?:单子?|工单)|登(?:记)?一?[个下])(?:吧|呗)?$",
    re.DOTALL,
)
_WHOLE_MESSAGE: Final = frozenset({"bind", "bind_code", "help", "log"})
_TOLD_ON: Final = frozenset({"progress", "ask_requester"})
_KEEPS_WHOLE_NOTE: Final = frozenset({"need_help", "schedule"})
_TAKES_FIRST = late(r"^(?:我?接(?:单|了|下了)?|收到)[,\s]+")  # 接1 我先去买灯泡: the desk's word is not told on
# What is marked in a text before the rules are tried, sign by sign, so that positions stay.
_MARKS: Final = {"person": "\ue001", "office": "\ue002", "time": "\ue003", "soon": "\ue004"}


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `ambiguous`: the member must be asked for which request it is meant; `when` is the words said."""

    intent: str
    requests: tuple[int, ...] = ()
    ambiguous: bool = False
    to: str | None = None
    note: str | None = None
    when: str | None = None
    is_sure: bool = field(default=False, compare=False)  # no trained reader makes anything else of it
    said: str = field(default="", compare=False)  # the words that belong to it, of a line with several commands


def read_replies(
    text: str,
    open_requests: Sequence[int] = (),
    quoted_request: int | None = None,
    people: Sequence[str] = (),
) -> tuple[Command, ...]:
    """The commands in a member's message in their order; nothing or a single `none` for talk. Never raises.

    `open_requests` are the numbers that the member holds, `people` names of members that may be receivers.
    """
    plain, is_mentioned = _prepared(text[:_LONGEST], people)
    if not plain:
        return ()
    if _is_list_of_names(plain, open_requests, people):
        return (Command("none", is_sure=True),)
    plain = without_exceptions(plain, open_requests)
    is_aimed = quoted_request is not None or is_mentioned
    if written := _WRITE_DOWN.match(plain):  # whatever the words behind it would be alone
        return (Command("log", note=written["note"] or written["told"] or written["seen"]),)
    whole = _read(plain, people, is_aimed=is_aimed)
    if whole and whole.intent in _WHOLE_MESSAGE:  # numbers in it are doors and hours
        return (whole,)
    pieces = [_without_slip(piece) for piece in pieces_of(plain, frozenset(open_requests))]
    commands = [replace(_command(piece, people, is_aimed=is_aimed), said=piece.text) for piece in pieces]
    aimed = (_aimed(command, plain, open_requests, quoted_request) for command in commands)
    meant = tuple(command for command in aimed if command.intent != "none")
    if meant:
        return meant
    named = [piece.requests for piece in pieces if piece.requests]  # for who makes more of the words
    about = named[0] if len(named) == 1 else ()
    return (Command("none", about, is_sure=any(command.is_sure for command in commands)),)


def aimed(command: Command, text: str, open_requests: Sequence[int] = (), quoted_request: int | None = None) -> Command:
    """The command with the requests that it is for: those its words name, or the only one. Never raises."""
    plain = _prepared(text[:_LONGEST], ())[0]
    named = [piece.requests for piece in pieces_of(plain, frozenset(open_requests)) if piece.requests]
    if not command.requests and command.intent not in _NEEDS_NO_REQUEST and len(named) == 1:
        return replace(command, requests=named[0])
    return _aimed(command, plain, open_requests, quoted_request)


def own_affair(text: str) -> str:
    """The words by which a line is of his own affairs: 买菜, 我家空调坏了; "" if there are none. Never raises."""
    plain, _ = _prepared(text[:_LONGEST], ())
    marked = _marked(plain, ())
    found = (rule.pattern.search(marked) for rule in _rules().rules if rule.firm and rule.unaimed)
    return next((plain[slice(*match.span())] for match in found if match), "")


def quoted_number(quoted: str) -> int | None:
    """The request that a quoted card or message speaks of: its first `#342`."""
    match = re.search(r"#\s*(\d{1,9})", normalise(quoted[:_LONGEST]))
    return int(match[1]) if match else None


def reply_as_json(commands: Sequence[Command]) -> dict[str, Any]:
    """The shape of `hutong replies --json`: the first command flat, and all in `commands` when there are several."""
    flat = _as_json(commands[0] if commands else Command("none"))
    if len(commands) > 1:
        flat["commands"] = [_as_json(command) for command in commands]
    return flat


def _as_json(command: Command) -> dict[str, Any]:
    numbers = () if command.intent == "none" else command.requests
    return {
        "intent": command.intent,
        "request": None if not numbers else numbers[0] if len(numbers) == 1 else list(numbers),
        "ambiguous": command.ambiguous,
        "to": command.to,
        "note": command.note,
        "when": command.when,
    }


def _is_list_of_names(plain: str, open_requests: Sequence[int], people: Sequence[str]) -> bool:
    """`3.周敏 报名`: people who put their names down, one below the other; 3、张伟 is it unless 3 is one of his."""
    lines = [_LINE_OF_A_LIST.fullmatch(line) for line in _LINES_OF_A_LIST.split(plain) if line]
    return bool(lines) and all(
        line is not None
        and (line["said"] is not None or (line["name"] in people and int(line["number"]) not in open_requests))
        for line in lines
    )


# ── the words ────────────────────────────────────────────────────────────────────────────────────


def _prepared(text: str, people: Sequence[str]) -> tuple[str, bool]:
    """Without mentions of the desk, faces and drawings; and whether a person is spoken to by a mention."""
    plain = _FACE.sub("", normalise(text))
    for sign, word in _KNOWN_SIGNS.items():
        plain = plain.replace(sign, word)
    plain = _without_letters(_DRAWN.sub("", plain).strip(EDGES.replace("?", "")))
    plain = without_errand(as_corrected(plain))
    while match := _MENTION.match(plain):
        if any(start == 0 for start, _ in spans_of_persons(match["who"], people)):
            return plain, True
        plain = plain[match.end() :].strip(EDGES.replace("?", ""))
    return plain, False


def _without_letters(plain: str) -> str:
    """jie 342 as 接 342."""
    match = _LETTERS.match(plain)
    if match is None:
        return plain
    word = _IN_LETTERS[(match["word"] or match["sign"]).lower()]
    return f"{match['before'] or ''}{word}{plain[match.end() :]}"


@dataclass(frozen=True, slots=True)
class _Rule:
    """One way to say an intent. `aimed`: only of a request that is named; `unaimed`: only of none; `firm`: surely."""

    intent: str
    pattern: re.Pattern[str]
    aimed: bool
    unaimed: bool
    firm: bool


@dataclass(frozen=True, slots=True)
class _Rules:
    """lexicons/replies.toml, read."""

    rules: tuple[_Rule, ...]
    offices: re.Pattern[str]
    said_as: tuple[tuple[tuple[str, ...], str], ...]


@cache
def _rules() -> _Rules:
    source = tomllib.loads((LEXICONS / "replies.toml").read_text(encoding="utf-8"))
    # A run of marks is taken whole (`++`): cut up in all ways by `(?:{time}|{person})*` it would take forever.
    groups = {name: f"(?:{sign}++)" for name, sign in _MARKS.items()}
    for name, pattern in source["groups"].items():
        groups[name] = _filled(pattern, groups)
    rules = tuple(
        _Rule(
            rule["intent"],
            re.compile("|".join(f"(?:{_filled(one, groups)})" for one in rule["says"]), re.IGNORECASE),
            rule.get("aimed", False),
            rule.get("unaimed", False),
            rule.get("firm", False),
        )
        for rule in source["rules"]
    )
    said_as = tuple((sounds_of(words), words) for words in source["said_as"])
    return _Rules(rules, re.compile(source["offices"]["words"]), said_as)


def _filled(pattern: str, groups: dict[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda match: groups[match[1]], pattern)


def _marked(text: str, people: Sequence[str]) -> str:
    """The text with persons, times and offices marked, each sign by one sign."""
    signs = list(text)
    spans = [(*span, _MARKS["person"]) for span in spans_of_persons(text, people)]
    spans += [(s, e, _MARKS["time" if is_promise else "soon"]) for s, e, is_promise in spans_of_times(text)]
    spans += [(*match.span(), _MARKS["office"]) for match in _rules().offices.finditer(text)]
    marks = frozenset(_MARKS.values())
    for start, end, mark in spans:
        if marks.isdisjoint(signs[start:end]):
            signs[start:end] = mark * (end - start)
    return "".join(signs)


# ── intents ──────────────────────────────────────────────────────────────────────────────────────


def _command(piece: Piece, people: Sequence[str], *, is_aimed: bool) -> Command:
    text = piece.text.strip(EDGES.replace("?", ""))
    if not text:
        return Command("status", piece.requests)
    if _NOT_YET.fullmatch(text):
        return Command("none", piece.requests)
    found = _read(text, people, is_aimed=is_aimed or bool(piece.requests))
    if found:
        return replace(found, requests=piece.requests)
    if piece.requests and len(re.findall(r"[\u4e00-\u9fff]", text)) >= 2:
        # Whoever names a request and says something that no rule knows tells how it stands.
        return Command("progress", piece.requests, note=text, when=find_when(text))
    return Command("none", piece.requests)


def _read(text: str, people: Sequence[str], *, is_aimed: bool) -> Command | None:
    """What words mean, numbers aside; None when no rule fits, as written or as it sounds."""
    for words in (text, _as_it_sounds(text)):
        marked = _marked(words, people) if words else ""
        for rule in _rules().rules if words else ():
            if (rule.aimed and not is_aimed) or (rule.unaimed and is_aimed):
                continue
            if match := rule.pattern.search(marked):
                return replace(_told(rule.intent, match, words, marked), is_sure=rule.firm)
    return None


def _as_it_sounds(text: str) -> str:
    """`收道` → `收到`: command words put in where signs sound like them; empty when nothing does."""
    if len(text) > _LONGEST_SLIP:
        return ""
    sounds, fixed = sounds_of(text), text
    for spoken, words in _rules().said_as:
        for at in range(len(text) - len(words) + 1):
            if sounds[at : at + len(words)] == spoken and fixed[at : at + len(words)] == text[at : at + len(words)]:
                fixed = fixed[:at] + words + fixed[at + len(words) :]
    return fixed if fixed != text else ""


def _without_slip(piece: Piece) -> Piece:
    """342办洁 换了灯泡 as 342办结 换了灯泡: a word of command at the head, by its sound, if it stands apart."""
    head = _HEAD.match(piece.text)
    meant = next((words for spoken, words in _rules().said_as if head and spoken == sounds_of(head[0])), "")
    return replace(piece, text=meant + piece.text[2:]) if meant in _COMMANDS_IN_TWO else piece


def _told(intent: str, match: re.Match[str], text: str, marked: str) -> Command:
    """The command with its note, receiver and time. `match` was found in the marked text, which has text's length."""
    if intent in _WHOLE_MESSAGE:
        spans = [match.span(name) for name, value in match.groupdict().items() if value and name.startswith("note")]
        return Command(intent, note=text[slice(*spans[0])].strip(EDGES) if spans else None)
    if intent == "handover":
        to = _receiver(match, text, marked)
        return Command(intent, to=to, note=_reason(text, to) if to else None)
    note = _note(intent, text)
    when = find_when(without_wrong_time(text)) if intent in ("schedule", "progress") else None
    return Command(intent, note=note, when=when)


def _note(intent: str, text: str) -> str | None:
    """What is said beside the command word; for reports all of it, for they are told on as they are."""
    if intent in ("accept", "status", "none"):
        return None
    if intent in _TOLD_ON:
        return _TAKES_FIRST.sub("", text) or text
    if intent in _KEEPS_WHOLE_NOTE or text.startswith("居民说"):
        return text
    bare = _BARE_DONE if intent == "resolved" else _BARE_RETURN
    said = [part for part in re.split(r"[,。!;\s]+", text) if part and not bare.fullmatch(part)]
    return ",".join(said) or None


def _receiver(match: re.Match[str], text: str, marked: str) -> str | None:
    """The first person marked in what fitted, else the words after 转给 that look like a name."""
    if person := re.compile(f"{_MARKS['person']}+").search(marked, match.start(), match.end()):
        return text[slice(*person.span())]
    return text[slice(*match.span("to"))] if match.groupdict().get("to") else None


def _reason(text: str, to: str) -> str | None:
    """The reason beside a handover: `转李姐,她离得近` → `她离得近`."""
    after = text.split(to, 1)[1] if to in text else ""
    rest = _PLAIN_HANDING_ON.sub("", after).strip(EDGES)
    return rest or None


# ── which request ────────────────────────────────────────────────────────────────────────────────


def _aimed(command: Command, plain: str, open_requests: Sequence[int], quoted: int | None) -> Command:
    if command.requests or command.intent in _NEEDS_NO_REQUEST:
        if command.intent == "status" and not command.requests and quoted is not None:
            return replace(command, requests=(quoted,))
        return command
    if quoted is not None:
        return replace(command, requests=(quoted,))
    if len(open_requests) == 1:
        return replace(command, requests=(open_requests[0],))
    together = _ALL.match(plain) if open_requests else None
    if together and _counted(together["count"]) in (None, len(open_requests)):
        return replace(command, requests=tuple(open_requests))
    return replace(command, ambiguous=len(open_requests) > 1)


def _counted(words: str | None) -> int | None:
    """How many 两个 are; which two of four are done has to be asked."""
    return None if words is None else _TOGETHER.get(words) or read_number(words[:-1])
