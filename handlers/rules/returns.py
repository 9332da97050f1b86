"""退单: the code of a reason, so that returns can be counted by their cause."""

from __future__ import annotations

import re

_CODES = (
    ("wrong_place", r"不[是在]我(?:们)?(?:这|胡同|片|组|村|楼|网格)|地[址点方](?:不对|错)|别的胡同|走错"),
    ("duplicate", r"重复|一件事|说过了|已经有人报"),
    ("not_ours", r"不归|不属于|不是我(?:们)?管|该(?:找|归)|归\S{1,6}管|物业|部门|单位的事|开发商"),
    ("beyond_means", r"[办弄修]不了|没(?:有)?(?:权|钱|工具|办法|能力|本事)|要专业|太大|不会|搞不定|解决不了"),
    ("away", r"外地|请假|不在(?:家|村|本地)?|出差|住院|生病|病了|走不开|没空|没时间|忙不过来"),
)


def reason_code(words: str) -> str:
    """`wrong_place`, `duplicate`, `not_ours`, `beyond_means`, `away`, or `other`."""
    return next((code for code, pattern in _CODES if re.search(pattern, words)), "other")
