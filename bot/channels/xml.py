"""The little XML that WeChat speaks: read by expat without DTDs, written so that no text can break out.

wechatpy reads with xmltodict, three times slower, and writes `]]>` unescaped; it remains the reference that the
tests compare this reader with (tests/wire/test_against_wechatpy.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias
from xml.parsers import expat

from bot.channels.errors import NotOurs

Tree: TypeAlias = dict[str, "Node"]
Node: TypeAlias = "str | Tree | list[Node]"

DEEPEST = 8  # SendPicsInfo/PicList/item/PicMd5Sum needs 5
MOST_ELEMENTS = 512

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class _Hostile(Exception):
    """Something no push of the platform contains."""


def read_xml(data: bytes) -> Tree:
    """The children of the root element; leaves are stripped text, repeated names become lists, as in xmltodict.

    Raises NotOurs for whatever is malformed, not UTF-8, has a DTD, is nested deeper than DEEPEST or has more than
    MOST_ELEMENTS elements.
    """
    if data[:2] in _UTF_16:  # expat would follow the mark, whatever it is told
        raise NotOurs("not UTF-8")
    reader = _Reader()
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, _Hostile, ValueError):
        raise NotOurs("unreadable XML") from None
    if not isinstance(reader.root, dict):
        raise NotOurs("not <xml> with fields")
    return reader.root


def cdata(text: str) -> str:
    """A CDATA section that holds any text: `]]>` is split, characters that XML forbids are left out."""
    clean = _FORBIDDEN.sub("", text)
    if "]]>" in clean:
        clean = clean.replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{clean}]]>"


def write_xml(fields: Mapping[str, str | int]) -> str:
    """`<xml>` with one element a field: numbers bare, texts in CDATA."""
    inner = "".join(
        f"<{name}>{value if isinstance(value, int) else cdata(value)}</{name}>" for name, value in fields.items()
    )
    return f"<xml>{inner}</xml>"


def _refuse_doctype(*_: object) -> None:
    raise _Hostile


class _Reader:
    """Builds the tree from expat's calls; every open element has its children and its text so far."""

    def __init__(self) -> None:
        self.root: Node = ""
        self._children: list[Tree] = []
        self._texts: list[str] = []
        self._elements = 0

    def start(self, _name: str, _attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if len(self._children) >= DEEPEST or self._elements > MOST_ELEMENTS:
            raise _Hostile
        self._children.append({})
        self._texts.append("")

    def characters(self, data: str) -> None:
        self._texts[-1] += data

    def end(self, name: str) -> None:
        text = self._texts.pop()
        value: Node = self._children.pop() or text.strip()
        if not self._children:
            self.root = value if name == "xml" else ""
            return
        siblings = self._children[-1]
        if name in siblings:
            siblings[name] = _appended(siblings[name], value)
        else:
            siblings[name] = value


def _appended(there: Node, value: Node) -> Node:
    if isinstance(there, list):
        there.append(value)
        return there
    return [there, value]
