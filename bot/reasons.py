"""Why something outside of us failed, in words for an operator: never the name of a class, never English."""

from __future__ import annotations

import errno
import socket
import sqlite3
from collections.abc import Iterator, Mapping

UNKNOWN = "原因不明,加上 --debug 再运行一次可以看到详情"
_BY_NUMBER: Mapping[int, str] = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EISDIR: "这是一个文件夹,不是文件",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.ENAMETOOLONG: "名字太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
    errno.EADDRINUSE: "已经被别的程序占用",
    errno.EADDRNOTAVAIL: "这台机器没有这个地址",
    errno.ECONNREFUSED: "对方没有开门(拒绝连接)",
    errno.ECONNRESET: "对方断开了连接",
    errno.EPIPE: "对方断开了连接",
    errno.ENETUNREACH: "网络不通",
    errno.EHOSTUNREACH: "网络不通",
    errno.ETIMEDOUT: "等了太久,没有回答",
}
# PostgreSQL's own codes.
_BY_STATE: Mapping[str, str] = {
    "28P01": "用户名或密码不对",
    "28000": "用户名或密码不对",
    "3D000": "没有这个数据库",
    "42501": "这个用户没有权限",
    "53100": "数据库的磁盘满了",
    "53300": "数据库的连接数用完了",
    "57P01": "数据库正在关闭",
    "57P02": "数据库正在重启",
    "57P03": "数据库还在启动",
}
_OF_SQLITE: Mapping[int, str] = {
    sqlite3.SQLITE_BUSY: "正被别的程序占用",
    sqlite3.SQLITE_LOCKED: "正被别的程序占用",
    sqlite3.SQLITE_READONLY: "没有写的权限",
    sqlite3.SQLITE_PERM: "没有权限",
    sqlite3.SQLITE_AUTH: "没有权限",
    sqlite3.SQLITE_IOERR: "磁盘读写出错",
    sqlite3.SQLITE_FULL: "磁盘满了",
    sqlite3.SQLITE_CANTOPEN: "文件打不开:没有这个文件夹,或没有权限",
    sqlite3.SQLITE_CORRUPT: "文件损坏了",
    sqlite3.SQLITE_NOTADB: "这个文件不是数据库",
}


def reason(error: BaseException) -> str:
    """The first thing known about this error or about what caused it."""
    return next((words for one in _causes(error) if (words := _known(one))), UNKNOWN)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what stands behind it: libraries wrap one another's errors."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = getattr(error, "orig", None) or getattr(error, "os_error", None) or error.__cause__ or error.__context__


def _known(error: BaseException) -> str:
    if isinstance(error, sqlite3.Error):
        return _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "")
    if isinstance(error, socket.gaierror):
        return "找不到这个地址(域名写错了,或 DNS 不通)"
    state = str(getattr(error, "sqlstate", None) or "")
    if state in _BY_STATE:
        return _BY_STATE[state]
    if isinstance(error, TimeoutError):
        return "等了太久,没有回答"
    return _by_number(error) if isinstance(error, OSError) else ""


def _by_number(error: OSError) -> str:
    """asyncio tells of several failed addresses in one error without a number, but with each in its text."""
    if error.errno is not None:
        return _BY_NUMBER.get(error.errno, "")
    return next((words for number, words in _BY_NUMBER.items() if f"[Errno {number}]" in str(error)), "")
