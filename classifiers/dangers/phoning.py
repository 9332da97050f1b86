"""打 that is to telephone: an office, a hotline, a shop that was rung again and again, and nothing came of it.

| said | is |
|---|---|
| 12345打了好几回都没下文; 报修电话打了五六回都没人接 | a complaint about an office: `suggestion`, and no danger |
| 快递员打了好几回电话没人接 | nobody is in danger |
| 给隔壁王奶奶打了好几回电话没人接; 120打了没人接; 老公打了我好几回 | none of them |

All functions take a normalised text (`tidying.essence`) and never raise.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late
from classifiers.requests.behalf import KIN

_OFFICE: Final = (
    r"(?<!\d)(?:12\d{3}|9\d{4}|10\d{3})(?!\d)|(?:市长|市民|政务|便民|服务|投诉|报修|维修|客服|供[电水暖气热]|值班|抢修|咨询|监督|举报)(?:热线|电话|专线)|热线|客服|物业|居委会?|村委会?|社区|街道办?|"
    r"办事处|派出所|自来水|电力|燃气公司|煤气公司|天然气公司|热力公司?|供[电水暖热]公司|[水电]务?局|社保局?|医保局?|房管[所局]|住建局|环卫|城管|信访|窗口|政务大厅|大厅|银行|"
    r"快递员?|快递公司|驿站|外卖|骑手|商[店家场]|店家|超市|厂家|售后|中介|学校|幼儿园|医院|卫生院|门诊|挂号|公司"
)
_COUNT: Final = r"(?:好几|几|两三|三四|四五|五六|六七|七八|无数|多少|[一二两三四五六七八九十\d]{1,3}|n)"
_TIMES: Final = (
    rf"{_COUNT}(?:多)?(?:回|次|遍|趟|个|通)|(?:一|半|大半|两|三|好几)(?:个)?(?:上午|下午|早上|晚上|天|周|星期)"
)
_RANG: Final = (
    rf"(?:打|拨|呼)(?:了|过)?(?:{_TIMES})?(?:的)?[^,。!?]{{0,4}}电话(?:打|拨)?(?:了|过)?(?:{_TIMES})?|(?:打|拨)(?:了|过)?(?:{_TIMES})|"
    r"(?:打|拨)(?:了|过|也|都)|打不通|(?:打|拨)(?=没人)|(?:给|向|跟|找)[^,。!?]{0,6}(?:反映|投诉)(?:了|过)"
)
_VAIN: Final = (
    r"没(?:有)?(?:个)?人(?:接(?:听|电话)?|管|理|应|回(?:电|话|复)?|来|给(?:个)?(?:准话|答复))|没(?:有)?(?:个)?(?:下文|结果|回音|回信|回复|消息|动静|音信|信儿|用|答复|准话)|无人接听|"
    r"不接(?:电话)?|打不通|不通|占线|忙音|转办|转来转去|推来推去|踢皮球|石沉大海|"
    r"(?:都|就|老|总|只|回回|次次|每回|每次|光)?说(?:是)?(?:在|正在|已经|已|要)?(?:转办|处理|登记|催|研究|受理|派单|反映|安排|核实|记下)(?:了|中|呢|着)?"
)
_CALLS = late(_RANG)
_NAMES_OFFICE = late(_OFFICE)
_TELLS_VAIN = late(_VAIN)
_FILLS = late(
    rf"{_OFFICE}|{_RANG}|{_VAIN}|{_TIMES}|电话|我们?|俺们?|咱们?|给|向|往|跟|找|为这事|这事|你们?|那个|那边|的|了|也|都|就|就是|还|还是|又|老是?|一直|总是?|"
    r"回回|次次|每[次回]|今天|昨天|这两天|这几天|从早到晚|连着|前后|已经|结果|反正|根本|愣是|是|说|在|,|。|!|[啊呀呢吧哦嘛]|咋回事|怎么回事|什么意思|真行|什么态度|气人|到现在|至今|反映|打|拨"
)
_IN_DANGER = late(
    rf"{KIN}|小[孩子]|丫头|老[人头太]|媳妇|老公|老婆|独居|一个人|娃|岁|[他她]|12[20](?!\d)|11[09]|救|晕|昏|倒|摔|血|病|心脏|反锁|敲门|没出门|没见|着火|煤气|漏气|"
    r"打(?:我|俺)(?!们?电话)|打了(?:我|俺)|打人|骂|刀|困|电梯|掉|淹|触电"
)
_PAUSES = late(r"[,。;!?\n ]+")
_LONGEST_REST: Final = 1  # signs that tell of nothing else


def dials_an_office(text: str) -> bool:
    """Somebody rang an office, a shop, a courier, and nobody hears of anything worse."""
    if not _CALLS.search(text) or not _TELLS_VAIN.search(text) or _IN_DANGER.search(_NAMES_OFFICE.sub("", text)):
        return False
    return bool(_NAMES_OFFICE.search(text))


def only_complains_of_calls(text: str) -> bool:
    """The same, and nothing else is told: what it was about is not said."""
    return dials_an_office(text) and len(_FILLS.sub("", text).strip(" ,。!?")) <= _LONGEST_REST


def without_calls(text: str) -> str:
    """What it was about: 楼道灯坏了 of 楼道灯坏了,打了好几回物业电话没人管. The same text when it is not said."""
    if not dials_an_office(text):
        return text
    rest = ",".join(clause for clause in _PAUSES.split(text) if not _is_of_calls(clause))
    return rest or text


def _is_of_calls(clause: str) -> bool:
    return len(_FILLS.sub("", clause)) <= _LONGEST_REST and bool(_CALLS.search(clause) or _TELLS_VAIN.search(clause))
