"""What a member tells as done is a part of it, or will not last: 厨房的修好了 厕所的明天修, 线先接上了 明天换开关.

Such words are on the way to the end and close nothing. 修好了 明天再去看看 and 办好了 让她明天来取 are the end.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late
from classifiers.residents.judgements import clauses_of

_LATER: Final = (
    r"(?:明天|明儿|明早|明晚|后天|大后天|改天|改日|过[几两]天|回头|待会儿?|一会儿?|晚点|下午|晚上|月底|下个?月|开春|年后|"
    r"(?:下|这)?(?:周|星期|礼拜)[一二三四五六日天末]|下周|\d{1,2}[号日])"
)
_WORK: Final = (
    r"(?:修|换|弄|装|补|刷|清|挖|铺|焊|砌|拆|搬|抬|拉|送|通|掏|接|扫|做|办|整|搞|处理|解决|完工|收尾|继续|接着)"
)
_AGAIN: Final = r"(?:我|师傅|他们|工人|人家|再|还|才|接着|继续|来|去|过来|过去|上门|给|把|能|要|得)*+"
# 厕所的明天修: later, and not yet done. 明天去补办 and 明天来看看 say too little of it.
_WORK_LATER: Final = late(rf"{_LATER}{_AGAIN}{_WORK}(?!的$)[^了过]{{0,8}}$|{_LATER}{_AGAIN}(?:再来|接着来|继续来)$")
_IS_LEFT: Final = late(
    r"^(?:剩下?|其余|余下|另外?(?:一|那|半|几)).{0,6}(?:的|个|半|边|处|盏|块|根)?(?!.*了$)|"
    r"还(?:差|剩|有)[^,]{0,8}(?:没|未)(?:修|换|弄|装|补|办|通|好|完|来|到)|还(?:差|剩)(?:一|两|几|三|点|个)|"
    r"(?:得|要|还)?等(?:着)?(?:配件|零件|材料|货|到货|料)|(?:配件|零件|材料|货|料)[^,]{0,4}(?:没到|没来|不够|还得等|得等)|"
    r"(?<!还)(?:没|未)(?:修|换|弄|装|补|办|通)(?:好|完|呢|$)|还没(?:修|换|弄|装|补|办|通|好|完)"
)
_FOR_NOW: Final = late(
    r"(?:暂时|临时|凑合)[^,]{0,8}(?:上|好|住|通|开|着|用)(?:了|着)?$|先(?:凑合|将就|对付|应付)|(?:治标|顶一阵|撑一阵|用不了多久)"
)
# 拉了电闸, 关了总阀: nobody is in danger now, and nothing is mended.
_MAKESHIFT: Final = late(
    r"(?:我|已经?|都|先|把|给|到了?|来了|现场|[,])*(?:拉了?(?:下|掉)?(?:电|总)?闸|(?:断了?|停了)电|关(?:了|上|掉)(?:总|水|气)?[阀闸]门?|"
    r"(?:围|挡|拦)(?:上|起来|住)了?|(?:拉|围)(?:了|上)警戒[线带]?)了?"
)


def is_partly(text: str) -> bool:
    """Is more to be done, by what he says himself? Never raises."""
    clauses = clauses_of(text)
    is_left = len(clauses) > 1 and any(_WORK_LATER.search(one) or _IS_LEFT.search(one) for one in clauses)
    is_makeshift = _MAKESHIFT.fullmatch(",".join(clauses)) is not None
    return is_left or is_makeshift or any(map(_FOR_NOW.search, clauses))
