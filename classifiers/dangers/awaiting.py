"""Who waits for somebody that was to come: he is in no danger, and neither is the one who does not come.

| said | is |
|---|---|
| 说好九点来的,这都十一点了,人影都没有; 到现在没见人来 | somebody is late |
| 小陈找不着我家,在胡同口转悠呢 | a helper who looks for the door |
| 孩子放学到现在没见人回来; 我妈人影都没有了 | none of them: somebody is gone |
| 两天没见隔壁老太太 | none of them: days are more than late |

Never raise.
"""

from __future__ import annotations

from typing import Final

from classifiers.members.persons import SURNAMES
from classifiers.reader.late import late
from classifiers.requests.behalf import KIN

_LOST_ONE = late(
    rf"{KIN}|老人|老头|老婆|老公|媳妇|丈夫|孩子|小孩|娃|宝宝|孙|儿子|闺女|放学|走[丢失]|失[踪联]|痴呆|糊涂|智障|"
    r"男孩|女孩|小子|丫头|囡|岁|没回|哭|门铃|手机|胸|逛|散步|遛弯|同学|朋友|邻居|隔壁|对门|她|不舒服|难受|到处找|四处找|都找遍|找了|找遍|报警|失散|[两三四五几\d]天[^,。!?等]{0,3}(?:没|不)|敲门|打电话|电话[^,。!?]{0,4}(?:没|不)|"
    r"晕|摔|倒|血|疼|喘|救|困|水里|掉"
)
_LONGEST: Final = 40  # signs; who tells more tells of more than waiting
_TERM: Final = (
    r"(?:说好|约好|讲好|定好|答应|约的|定的|说是|[说约定](?=[^,。!?]{0,6}(?:点|来|到|上门|过来))|等了?|师傅|网格员)"
)
_NO_SHOW: Final = (
    r"(?:人影|影子?|人)[^,。!?]{0,3}(?:没有?|不见|没见|没来)|没(?:看)?见(?:着|到)?(?:个|一个|半个)?人|没影|不见人|"
    r"没人(?:来|上门|过来)|没来|人呢"
)
_APPOINTED = late(rf"{_TERM}[^。!?]{{0,24}}?(?:{_NO_SHOW})")
_SINCE: Final = (
    r"(?:到现在|一直|这|都|现在|这会儿|半天|等|了|一上午|一下午|一天|一早上|大半天|[\d一二两三四五六七八九十]{1,3}(?:点半?|个?小时|个?钟头)|几点|"
    r"也|还|就|连|个|半个|一个|又|,)*+"
)
_NOBODY_CAME = late(
    rf"{_SINCE}(?:(?:没(?:有)?|不|未)(?:看见|瞧见|看到|见)?(?:着|到)?(?:个|一个|半个)?(?:人影?|师傅)(?:来|过来|上门|到|露面)|"
    r"人影儿?(?:都|也)(?:没有?|没见着?|没看见|不见|没一个)|人(?:都|也)没影儿?|人(?:都|也)?(?:没影|不见)了?(?:是吧|是不是|是吗|不是|吧))"
    r"(?:不来|来)?[了呢啊呀吧,。!?的 ]*"
)
_HELPER: Final = (
    rf"(?:[小老][{SURNAMES}]|[\u4e00-\u9fff]?师傅|[修送安装换][\u4e00-\u9fff]{{1,2}}的|网格员|骑手|快递员?|工人|"
    rf"司机|你们的?人)"
)
_SEEKS_THE_DOOR = late(
    rf"{_HELPER}[^。!?]{{0,8}}?(?:(?:找不[着到]|没找[着到]|找错|走错|认错|认不得|认不准|不认得?)了?(?:我|俺|咱)?们?(?:家|门|地方|路|楼|单元|院|道)|迷路)"
)


def waits_for_somebody(text: str) -> bool:
    """Of a normalised text."""
    if len(text) > _LONGEST or _LOST_ONE.search(text):
        return False
    return bool(_APPOINTED.search(text) or _NOBODY_CAME.fullmatch(text) or _SEEKS_THE_DOOR.search(text))
