"""The names and secrets the bot shares with the emulated platforms, and dice that fall the same way each time."""

from __future__ import annotations

import base64
import random
import string
from dataclasses import dataclass
from typing import Literal, Self

LETTERS = string.ascii_letters + string.digits


def dice(*seed: object) -> random.Random:
    """Repeatable chance: nothing here guards a secret, the world it makes up is a toy."""
    return random.Random(":".join(map(str, seed)))


def letters(chance: random.Random, count: int, among: str = LETTERS) -> str:
    return "".join(chance.choices(among, k=count))


def uuid(chance: random.Random) -> str:
    return "-".join(letters(chance, count, "0123456789abcdef") for count in (8, 4, 4, 4, 12))


@dataclass(frozen=True, slots=True)
class Credentials:
    """What both consoles would show: official account (A2), smart robot in long-connection mode (D7), webhook (D5)."""

    app_id: str
    app_secret: str
    token: str
    encoding_aes_key: str
    account: str = "gh_hutong_demo"
    mode: Literal["safe", "compatible", "plain"] = "safe"
    bot_id: str = ""
    bot_secret: str = ""
    bot_name: str = "小助手"
    webhook_key: str = ""

    @classmethod
    def made_up(cls, seed: object = 0) -> Self:
        """Well-formed ones that fit no real account."""
        chance = dice("credentials", seed)
        return cls(
            app_id="wx" + letters(chance, 16, "0123456789abcdef"),
            app_secret=letters(chance, 32, "0123456789abcdef"),
            token=letters(chance, 24),
            encoding_aes_key=base64.b64encode(chance.randbytes(32)).decode().rstrip("="),
            bot_id="aib" + letters(chance, 29),
            bot_secret=letters(chance, 43),
            webhook_key=uuid(chance),
        )
