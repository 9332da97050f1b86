"""What a member's words are, beside what the rules of `replies` read in them.

The rules know the desk's own words (接, 办结, 退) and how they are varied. What people write while they work is
endless: 换个弯头就好了 is a condition, 修好了叫我一声 a wish, 明晃晃嘞 a result, 老陈怎么还不接 is said to a colleague.
What the rules take wrongly goes to a resident, or closes his request. A trained reader of the form of `follow_ups`
weighs the words beside what was told and what the rules say.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Final

from classifiers.members.replies import read_replies
from classifiers.reader.model import Model
from classifiers.residents.follow_ups import Reading, features_of_pair, shipped

MEMBER_WORDS: Final = "member_words"  # name of the model's file, and of a folder of the corpus
_ANY_REQUEST: Final = (1,)


class Saying(StrEnum):
    """The labels of corpus/member_words."""

    TAKE = "take"  # he takes it, or goes himself
    GOING = "going"  # news of the work, for the resident
    WHEN = "when"  # fixes or moves a time
    DONE = "done"
    ASK = "ask"  # a question for the resident
    BACK = "back"  # he cannot, or it is not his
    PASS = "pass"  # noqa: S105  to a certain colleague, no password
    HELP = "help"  # calls superiors
    NEW = "new"  # another trouble that he was told of
    AMONG = "among"  # among colleagues: urging, conditions, hearsay, questions, chat
    UNDO = "undo"  # takes back what he told the desk


@lru_cache(maxsize=64)
def read_member_words(told: str, words: str, reader: Model) -> Reading:
    """What `words` are about a request with the words `told`. Never raises."""
    return Reading(shipped(MEMBER_WORDS).weigh(features_of_member_words(told, words, reader)).chances("type"))


def features_of_member_words(told: str, words: str, reader: Model) -> set[str]:
    """What the reader is asked with. Never raises."""
    intents = {f"intent:{command.intent}" for command in read_replies(words, _ANY_REQUEST)}
    return {*features_of_pair(told, words, reader), *intents, *(("numbered",) if "号" in words else ())}
