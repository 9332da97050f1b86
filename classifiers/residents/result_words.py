"""Words behind a result that judge nothing: he asks back (他们没提我吧), or will not judge at all (不评, 别老问我).

Read as a verdict either would be an invention: a fear of being named is no complaint, and whoever is tired of being
asked is not dissatisfied. Never raises.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise
from classifiers.residents.continuations import Continuation, read_continuation
from classifiers.residents.judgements import clauses_of

_LONGEST: Final = 30  # signs
_END: Final = r"[了啦啊呀呢哦哈嘛吧的~.]*"
_DECLINES: Final = late(
    r"(?:我|俺|就|也|都|那|可|先|这个?|咱)*(?:"
    r"不(?:想|愿意?|打算|用|要|需要)?(?:再)?(?:评价?|打分|评分)(?:行不行|行吗)?"
    r"|不(?:想|愿意?|打算)(?:再)?(?:点|说)"
    r"|(?:别|甭|不要|不用|能不能别|能不能不)(?:再|总|老|一直|天天|净){0,3}(?:问|催|发)(?:我|俺|这个?|来问去?)?"
    r"|(?:总|老|一直|天天|净)(?:是)?问(?:我|俺)?(?:干嘛|干啥|干什么|啥|什么|个没完|这个?)"
    r"|懒得(?:评价?|点|理|说)|没(?:心思|工夫|功夫|空|心情)(?:评价?|点|打分)|评(?:什么|啥|个啥)(?:评|价)?"
    rf"){_END}"
)
_TIRED: Final = late(
    rf"(?:真|可|都|你们?|我|有完没完|快|也|,)*(?:烦不烦|烦(?:死|人|透)?(?:我|人)?|有完没完|没完没了|算了|随便){_END}|(?:谢谢?|多谢|辛苦){_END}"
)
_FEARS: Final = late(  # 他们没提我吧, 没说是我告的吧, 不会说是我说的吧
    r"(?:[^,?]{0,8}?)(?:没有?|不会|不能|别)(?:跟|和|给|把|对|向)?[^,?]{0,6}?(?:提|说|讲|告诉|透露|露|漏|传|报|供)(?:起|到|出去?|过|是)?"
    r"[^,?]{0,6}(?:我|俺|名字|谁)[^,?]{0,8}(?:吧|吗|么)[?]?"
)
_ASKS: Final = late(
    r"[^,?]{1,18}?(?:[了过好](?:吗|么|没有?)|(?<!什)(?:吗|么)|吗)[啊呀]?[?]*"
    r"|(?:这个?|那|还|就|也|得|我|俺)*(?:要|用|花|收|给|带|交|掏|出|算|能|会|可以|有|够|保修)[^,?没不]{0,6}不[?]*"
    r"|(?:这个?|那|还|就|我|俺)*(?:(?:要|用|花|收|带|交)不(?:要|用|花|收|带|交)|(?:需|有|会|能|可)不(?:需要|有|会|能|可以?))[^,?没不]{1,8}[?]*"
    r"|[^,?]{0,10}?(?:多少钱|几块钱|花了?多少|给谁|转给谁|找谁|(?:什么|啥)时候|几点|哪天|保修多久|管多久|能用多久)[^,?了]{0,4}[?]*"
)
_ASKS_ELSE: Final = late(  # for something to be done, or after one's health
    r"帮|给(?:我|俺)(?!钱)|派|来(?:个?人|修|看|瞧|趟|一趟)|送(?:我|他|她|药|饭|点)|陪|有人|谁会|哪[里儿]有|"
    r"^(?:你们?|您|大家)?(?:吃(?:过|饭)?了|忙|在|好|起来了|睡了)"
)
_SCOFFS: Final = late(r"(?:这|那)(?:也|就|还)?(?:叫|算|是)|修了吗|弄了吗|办了吗|来过?了吗|管了吗|[没不](?!有?[?]*$|要)")
_LEFT_BY_MISTAKE: Final = late(
    r"(?:(?:刚才?|昨天|上午|我|俺|哎呀?|对不起|不好意思)[,\s]*)*(?:是)?(?:手(?:指头?)?一?(?:哆嗦|抖|滑|快|误)了?|不小心|孙子|孙女|孩子|误)"
    r"[,\s]*(?:给|把|就|你们?|您|这个?|公众号|服务台|都)*(?:删|取关|取消关注|取消|退|删掉|删除|按没|弄没|点没)(?:掉)?了[啊呀,。!\s]*"
)
_HOW: Final = late(
    r"(?:那个?|我|俺|家|的|到底|究竟|现在|这会儿|是不是|已经|都|给|,)*[^,?]{0,6}?"
    r"(?:修|弄|办|处理|解决|换|填|清|装|疏通)(?:好|完|上|通|掉)?(?:了)?(?:吗|么|没有?)[啊呀?]*"
)


def declines_to_judge(text: str) -> bool:
    """不评, 别老问我 烦不烦: nothing but that he will not be asked."""
    clauses = clauses_of(text[: _LONGEST * 2])
    if not clauses or len(text) > _LONGEST or not any(map(_DECLINES.fullmatch, clauses)):
        return False
    return all(_DECLINES.fullmatch(one) or _TIRED.fullmatch(one) for one in clauses)


def left_by_mistake(text: str) -> bool:
    """手一滑给取关了: of himself, and of nothing that was done."""
    return len(text) <= _LONGEST and _LEFT_BY_MISTAKE.fullmatch(normalise(text).strip()) is not None


def asks_how_it_stands(text: str) -> bool:
    """修好了吗, 我那坑填了没: of what is done already."""
    clauses = clauses_of(text[: _LONGEST * 2])
    if len(clauses) != 1 or len(text) > _LONGEST or _SCOFFS.search(clauses[0]):
        return False
    return _HOW.fullmatch(clauses[0]) is not None


def asks_back(text: str) -> bool:
    """他们没提我吧, 保修多久: a question to whoever did it, and no word of how it was done. 这也叫修好了吗 asks
    nothing."""
    clauses = clauses_of(text[: _LONGEST * 2])
    if not clauses or len(text) > _LONGEST or read_continuation(text) is Continuation.NOT_SOLVED:
        return False
    if _ASKS_ELSE.search(text):
        return False
    last = clauses[-1]
    if _FEARS.fullmatch(last):
        return True
    return len(clauses) == 1 and _ASKS.fullmatch(last) is not None and not _SCOFFS.search(last)
