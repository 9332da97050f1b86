"""How far an emergency is, by the words of a member who is there: over, or no longer dangerous.

Over (处理完了 是灶管老化, 关了阀 没事了) closes it. Eased (人救出来了, 稳住了 家属到了) closes nothing, for a person
may still need somebody; but whoever was called to it hears of it. Who asks, doubts or waits says neither.
"""

from __future__ import annotations

import re
from typing import Final

from classifiers.reader.late import late
from classifiers.residents.judgements import clauses_of

_LONGEST: Final = 60
_DOUBTS: Final = late(
    r"[吗么?？]|但|可是|不过|还(?!好|是)|又|不(?:知道|确定|好说|行)|没(?!啥|什么|大?事|有?(?:人受伤|危险|伤着?人))|怕|可能|好像|估计|应该|大概|"
    r"听说|说是|快(?:要|来|点)|正在|等(?!.{0,6}[到来]了)|明天|要是|如果|才"
)
_OVER: Final = late(
    r"(?:处理|解决|处置|修|弄|办|搞|收拾|抢修)(?:完毕?|好|妥当?|利索|干净)(?:了|啦)$|(?<!在)(?:处理|解决|处置|抢修)了$|搞定了?$|"
    r"^(?:人|老人|大人|孩子|大家|都|现在|已经?|也|他|她)*没(?:啥|什么)?(?:大)?事儿?(?:了|啦)$|"
    r"(?:换|接|装|补|修)(?:上|好)?(?:了)?新的?了$|^(?:已经?|都)?(?:警报|险情|紧急情况|情况)?(?:已经?|都)?(?:解除|排除)了?$"
)
_EASED: Final = late(
    r"救(?:出|下|上)来?了|(?:扑|浇|都|已经?)灭(?:掉)?了|火灭了|(?:稳|控制|劝|安抚|按|拦)住了|(?:救护车|120|医生).{0,6}(?:拉|接|送|抬)走了|"
    r"送(?:到|去|上|往)?(?:了)?(?:医院|救护车|急诊|医)|(?:家属|家里?人|儿子|女儿|闺女)(?:都|也|已经?)?(?:到|来|赶到|接走|回来)了|"
    r"(?:醒|缓)(?:了|过来)|找(?:到|着|回来)了|(?:关|断)(?:了|上|掉)(?:总|电|水|气|煤气)?(?:[阀闸]门?|电源)|[阀闸]门?(?:已经?|都|也)?(?:关|拉|断)(?:了|上|掉|好)|"
    r"(?:拉|劝|散)开了|人(?:都)?散了|人[^,]{0,4}[出下]来了$|^(?:都|也|已经?)*[出下]来了$"
)


def says_it_is_over(text: str) -> bool:
    """Never raises."""
    clauses = _clauses(text)
    return bool(clauses) and any(map(_OVER.search, clauses))


def says_it_eased(text: str) -> bool:
    """Nobody is in danger any more, as far as he says. Never raises."""
    return any(map(_EASED.search, _clauses(text)))


def _clauses(text: str) -> tuple[str, ...]:
    """What he says, number aside; nothing when some of it asks or doubts."""
    clauses = clauses_of(re.sub(r"^\s*#?\d{1,7}(?:号单?|单)?(?=\D)", "", text[:_LONGEST]))
    return () if any(map(_DOUBTS.search, clauses)) else clauses
