"""The official account's menu: three buttons, large enough for everybody, that say what can also be typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from classifiers.residents.wishes import SpokenWish, Wish
from handlers.texts import say

SAY = "say"  # the button that only explains how to say something
WISHES: Mapping[str, SpokenWish] = {
    "status": SpokenWish(Wish.STATUS),
    "urge": SpokenWish(Wish.URGE),
    "human": SpokenWish(Wish.HUMAN),
    "help": SpokenWish(Wish.HELP),
    "my_data": SpokenWish(Wish.MY_DATA),
}


def menu() -> dict[str, Any]:
    """The body of menu/create (fact sheet C10)."""
    more = [{"type": "click", "name": say(f"menu.{key}"), "key": key} for key in ("urge", "human", "help", "my_data")]
    return {
        "button": [
            {"type": "click", "name": say("menu.say"), "key": SAY},
            {"type": "click", "name": say("menu.status"), "key": "status"},
            {"name": say("menu.more"), "sub_button": more},
        ]
    }
