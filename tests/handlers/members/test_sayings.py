"""When the rules and the trained reader differ about a member's words, who is believed?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.members.meaning import MEMBER_WORDS, Saying, read_member_words
from classifiers.members.replies import Command, read_replies
from classifiers.reader.examples import held_out_pairs
from classifiers.reader.model import Model
from classifiers.residents.follow_ups import Reading
from handlers.members.sayings import INTENTS, weighed

READER = Model.shipped()
_TO_A_RESIDENT = frozenset({"resolved", "progress", "schedule", "ask_requester"})


def reading(**chances: float) -> Reading:
    rest = (1 - sum(chances.values())) / len(Saying)
    return Reading({kind: chances.get(kind, 0.0) + rest for kind in Saying})


@pytest.mark.parametrize(
    ("intent", "text", "chances", "becomes"),
    [
        ("resolved", "修好了叫我一声", {"among": 0.9}, Saying.AMONG),
        ("resolved", "办结 修好了叫我一声", {"among": 0.9}, "resolved"),
        ("resolved", "水管那边好了", {"done": 0.7, "among": 0.2}, "resolved"),
        ("resolved", "换个弯头就好了", {"done": 0.6, "among": 0.3}, Saying.AMONG),
        ("progress", "1 这家欠物业费", {"among": 0.9}, Saying.AMONG),
        ("progress", "1 明晃晃嘞", {"done": 0.9}, "resolved"),
        ("progress", "1 明晃晃嘞", {"done": 0.6, "going": 0.3}, "progress"),
        ("schedule", "12号的都通开了", {"done": 0.9}, "resolved"),
        ("ask_requester", "照片发了", {"done": 0.9}, "resolved"),
        ("progress", "21号家暖气也不热 让我报一下", {"new": 0.9}, Saying.NEW),
        ("progress", "写错了 是2", {"undo": 0.9}, Saying.UNDO),
        ("none", "明晃晃嘞", {"done": 0.9}, "resolved"),
        ("resolved", "堵点找着了正掏呢", {"done": 0.7}, "progress"),
        ("resolved", "修好了 灯正亮着呢", {"done": 0.9}, "resolved"),
        ("none", "吃了没", {"among": 0.9}, Saying.AMONG),
        ("none", "嗯哪", {"take": 0.3}, "none"),
        ("accept", "1", {"among": 0.99}, "accept"),
        ("status", "我的任务", {"among": 0.99}, "status"),
    ],
)
def test_what_is_done(intent: str, text: str, chances: dict[str, float], becomes: str) -> None:
    found = weighed(Command(intent, (1,)), reading(**chances), text)
    assert (found if isinstance(found, Saying) else found.intent) == becomes


@pytest.mark.parametrize(
    ("text", "told", "becomes"),
    [
        ("我接孙子放学去了", "路灯不亮", Saying.AMONG),
        ("孙子从学校接回来了", "求人接孙子放学", "resolved"),
        ("接孙子去 这个接不了", "路灯不亮", "decline"),
    ],
)
def test_own_affairs_are_news_where_they_were_asked_for(text: str, told: str, becomes: str) -> None:
    """And they may be why he cannot."""
    (command,) = read_replies(text, (1,))
    found = weighed(command, reading(done=0.4, back=0.4), text, told=told)
    assert (found if isinstance(found, Saying) else found.intent) == becomes


def test_what_is_for_the_resident_by_name_goes_there() -> None:
    for text in ("告诉居民：明天停水", "告诉居民 12 明天停水", "12 转告居民，明天停水"):
        assert weighed(Command("none"), reading(among=0.9), text) == Command("progress", note="明天停水")


@pytest.mark.parametrize(
    ("text", "chances", "becomes"),
    [
        ("跑着去", {"take": 0.5}, "accept"),
        ("人醒了 在喘", {"going": 0.9}, "accept"),
        ("快去人啊", {"take": 0.9}, "none"),
        ("吓死人", {"among": 0.9}, "none"),
    ],
)
def test_an_alarm_is_ended_by_who_goes_alone(text: str, chances: dict[str, float], becomes: str) -> None:
    found = weighed(Command("none"), reading(**chances), text, is_burning=True)
    assert isinstance(found, Command)
    assert found.intent == becomes


@given(st.sampled_from([*INTENTS.values(), "none"]), st.text(max_size=20), st.floats(0.6, 1))
def test_what_is_surely_inside_never_reaches_a_resident(intent: str, text: str, chance: float) -> None:
    told = Command(intent, (1,))
    found = weighed(told, reading(among=chance), text)
    assert isinstance(found, Saying) or found == told or found.intent == "progress"


def test_of_words_among_members_few_reach_a_resident() -> None:
    """The exam's rows that are for nobody outside."""
    out = []
    for pair in held_out_pairs(MEMBER_WORDS):
        commands = read_replies(pair.later, (1,))
        if pair.kind in ("among", "new", "undo") and len(commands) == 1:
            found = weighed(commands[0], read_member_words(pair.told, pair.later, READER), pair.later)
            out += [pair.later] if isinstance(found, Command) and found.intent in _TO_A_RESIDENT else []
    assert len(out) <= 8, out
