"""Errors from outside, as an operator hears of them."""

from __future__ import annotations

import errno
import socket
import sqlite3
from pathlib import Path

import pytest

from bot.reasons import UNKNOWN, reason


class Refused(Exception):
    sqlstate = "28P01"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), "没有这个文件"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connect call failed"), "拒绝连接"),
        (OSError("Multiple exceptions: [Errno 111] Connect call failed, [Errno 111] Connect"), "拒绝连接"),
        (socket.gaierror(-2, "Name or service not known"), "域名"),
        (TimeoutError(), "等了太久"),
        (Refused("password authentication failed"), "密码不对"),
        (ValueError("something else"), UNKNOWN),
    ],
)
def test_a_reason_is_chinese(error: Exception, words: str) -> None:
    assert words in reason(error)
    wrapped = RuntimeError("wrapped")
    wrapped.__cause__ = error
    assert words in reason(wrapped)


def test_sqlite_has_its_own_numbers(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError) as caught:
        sqlite3.connect(f"file:{tmp_path}/no/such.db?mode=rw", uri=True)
    assert "打不开" in reason(caught.value)
