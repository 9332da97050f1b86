"""Who takes leave of a chat, and not of this world: 我先走一步 你们慢慢聊, 先撤了 拜拜. Never raises."""

from __future__ import annotations

from classifiers.reader.late import late

_LEAVES = late(
    r"(?:那|好|行|嗯|各位|大家|你们|[,。 ])*(?:我|俺|咱)?就?先(?:走一步|走|撤|溜|下|回|告辞)(?:了|啦|啊|哈|[,。! ])*"
    r"(?:(?:你们|大家|各位)?(?:慢慢?|接着|继续)(?:聊|玩|吃|喝|用|忙)|有事[^,。]{0,6}|回[头聊见][^,。]{0,4}|"
    r"拜拜?|再见|改天[^,。]{0,4}|明天见|[啊哈吧了,。! ])*"
)


def takes_leave(text: str) -> bool:
    """Of a normalised text, and nothing else in it."""
    return _LEAVES.fullmatch(text) is not None
