"""Names of people in what members say: 张建国, 建国, 老张, 小刘, 李姐, 王书记; and whom of the roster they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from classifiers.reader.late import late
from classifiers.reader.sounds import sounds_of

SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤翟常温康施文牛樊葛"
    "邢安齐庞颜倪庄聂章鲁岳宁柴关柳甘焦祝欧房滕纪耿路左尚柯梅童卜宫苗景单裴席喻辛甲乙丙"
)
_HARDLY_GIVEN = SURNAMES[:18]  # 王姐 is a Wang, and nobody whose given name has this sign; 小芳, 龙哥 may be
_DOUBLE_SURNAMES: Final = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "司徒",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "夏侯",
    "东方",
    "端木",
)
_TITLE: Final = (
    r"(?:大姐|大哥|老师|书记|支书|主任|队长|组长|师傅|干事|站长|所长|村长|会计|委员|党员|网格员|医生|大夫|经理|警官|老板"
    r"|姐|哥|叔|姨|婶子?|嫂子?|伯|工|总)"
)
_CALLED = late(
    rf"[老小阿大][{SURNAMES}](?![板区时心人家偷])|(?:{'|'.join(_DOUBLE_SURNAMES)}|[{SURNAMES}]{{1,2}}){_TITLE}"
)
_FAMILIAR = late(rf"^[老小阿大]|{_TITLE}$")


def spans_of_persons(text: str, people: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where people are named: those of the roster by whole or given name, anybody by surname and title."""
    yield from (match.span() for match in _known(tuple(people)).finditer(text))
    yield from (match.span() for match in _CALLED.finditer(text))


def who_is_meant(said: str, people: Iterable[str]) -> tuple[str, ...]:
    """The names that a way of calling somebody can mean, first fit only: 张建国, 建国, 老张, 张哥; 张建过 by sound."""
    names = tuple(dict.fromkeys(people))
    plain = said.strip(" @")
    if not plain:
        return ()
    familiar = _FAMILIAR.search(plain)
    called = _FAMILIAR.sub("", plain)
    is_surname = called in _DOUBLE_SURNAMES or (familiar is not None and len(called) == 1)
    tests = (
        lambda name: name == plain,
        lambda name: len(plain) >= 2 and name.endswith(plain),
        lambda name: familiar is not None and len(called) >= 2 and name.endswith(called),
        lambda name: is_surname and name.startswith(called),
        lambda name: familiar is not None and len(called) == 1 and called not in _HARDLY_GIVEN and called in name[1:],
        lambda name: len(plain) >= 2 and sounds_of(name) == sounds_of(plain),
    )
    found = ([name for name in names if test(name)] for test in tests)
    return tuple(next((some for some in found if some), ()))


@lru_cache(maxsize=16)
def _known(people: tuple[str, ...]) -> re.Pattern[str]:
    """Whole names, given names of two signs, double surnames: 建国 for 张建国, also 建国哥; 欧阳 for 欧阳静."""
    double = {name[:2] for name in people if name[:2] in _DOUBLE_SURNAMES}
    given = {name[1:] for name in people if len(name) == 3 and name[:2] not in double}
    words = sorted({name for name in people if len(name) >= 2} | given | double, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))}){_TITLE}?") if words else re.compile(r"(?!)")
