"""Does a short answer fit what was asked: a door to 住几号, an hour to 几点, a number to 电话, 有 to 有没有? And does a
question ask about a word of it: 啥叫诊断证明, to 有没有诊断证明?"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise
from classifiers.residents.courtesy import is_nod
from classifiers.times.promises import spans_of_times

_LONGEST: Final = 20  # signs of an answer
_PAIRS: Final = tuple(
    (late(asked), late(answered))
    for asked, answered in (
        (
            r"几号(?!来|到|去|能|有)|住哪|门牌|地址|哪个门|几单元|几楼|几层|哪[栋幢户家]",
            r"\d{1,5}(?:号|楼|单元|室|栋|门|层)|[一二三四五六七八九十]+(?:楼|层|单元|号)",
        ),
        (r"电话|手机|联系方式|号码", r"\d{7,12}"),
        (r"多大|岁|年纪|高寿", r"\d{1,3}|[一二三四五六七八九十]{2,}"),
        (r"几[个口位台盏间]|多少", r"\d|[一二两三四五六七八九十]"),
        (
            r"[吗么][?。!\s]*$|是不是|有没有|在不在|能不能|[有在行方便]没有?[?\s]*$",
            r"^(?:有|没有?|是|不是|对|在|不在|能|不能|行|不行|方便|不方便|会|不会|要|不要)(?:的|了|呢|啊|呀|家)*$",
        ),
    )
)
_THING: Final = r"(?P<thing>[\u4e00-\u9fff]{2,8}?)"
_ASKS_ABOUT: Final = tuple(
    late(rf"(?:请问|你说的?|您说的?|这个?|那个?|可是?|我|不知道|不懂|,|\s)*(?:{pattern})[啊呀呢吗的了哦]*")
    for pattern in (
        rf"(?:啥|什么|哪个|哪种)(?:叫|是|样的)?(?:个)?{_THING}",
        rf"{_THING}(?:是|指)?(?:个)?(?:啥|什么)(?:东西|意思|玩意儿?|样子?|样的)?",
        rf"{_THING}(?:是)?(?:上|去|到|在|从|找)?(?:哪儿?|哪里|谁)(?:能|可以)?(?:开|办|弄|找|拿|打|打印|买|领|要|看|查)?",
        rf"{_THING}(?:要|得|该)?(?:怎么|咋|如何)(?:开|办|弄|写|填|打|拍|量|找|看|查|算|拿|要)?",
        rf"(?:怎么|咋|如何|上哪儿?|去哪儿?|在哪儿?)(?:开|办|弄|写|填|打|拍|量|找|看|查|算|拿){_THING}",
        rf"{_THING}(?:要|得|是)(?:原件|复印件|几份|多久的?|哪年的?)",
    )
)
_WHEN: Final = late(r"几点|什么时候|啥时候?|哪天|周几|星期几|几号(?:来|到|去|能|有)|几时|多会儿")


def fits(asked: str, text: str) -> bool:
    """Is this an answer of the kind that the question calls for? Never raises."""
    question, answer = normalise(asked[:200]), normalise(text[: _LONGEST * 2]).strip(" ,。!~")
    if not answer or len(answer) > _LONGEST or answer.endswith(("?", "吗", "呢")):
        return False
    if _WHEN.search(question) and spans_of_times(answer):
        return True
    if _PAIRS[-1][0].search(question) and is_nod(answer):
        return True
    return any(kind.search(question) and form.search(answer) for kind, form in _PAIRS)


def asks_about(asked: str, text: str) -> bool:
    """Is this a question back about a thing that was asked for, and nothing more? Never raises."""
    question, back = normalise(asked[:200]), normalise(text[: _LONGEST * 2]).strip(" ,。!?~")
    if not question or not back or len(back) > _LONGEST:
        return False
    found = (form.fullmatch(back) for form in _ASKS_ABOUT)
    return any(match["thing"] in question for match in found if match)
