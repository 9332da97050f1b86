"""Somebody in danger cannot go on: 他要回来了 先不说了, 别给我发消息. Who strikes may read what comes to that phone."""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late

_HUSHED: Final = late(
    r"先不(?:跟你们?)?(?:说|聊|讲|发|回)了|不(?:能|敢|方便)(?:再|跟你们?)*(?:说|打字|发|聊|讲|接电话|看手机)(?:了|话)*(?=[,，。!！\s]|$)|"
    r"(?:别|不要)(?:再|给我|往我手机上?|跟我|,)*(?:回(?:我|了|消息|信息|电话)|发(?:消息|信息|微信|东西)|发了|打电话|打过来|来电话|联系我)"
)


def cannot_be_written_to(text: str) -> bool:
    """Never raises."""
    return _HUSHED.search(text[:200]) is not None
