"""A swindle that goes on just now: who is asked for money or a code by telephone must hear so before he pays.

Source: the police's advice, 96110 is their number against swindles: 不轻信, 不透露, 不转账.
"""

from __future__ import annotations

from classifiers.late import late
from classifiers.segment import normalise

_SIGNS = late(
    r"安全账户|涉嫌(?:洗钱|诈骗|犯罪)|洗钱|(?:公安|警察|法院|检察院|社保局?|医保局?|银行)[^,。!?]{0,4}(?:来电话|打电话|电话说|来短信|发短信|说我)|"
    r"(?:要|问|给了?|发了?)[^,。!?]{0,6}验证码|(?:中奖|领奖)[^,。!?]{0,8}(?:手续费|税|先交|先打)|刷单|冒充|通缉|"
    r"(?:儿子|闺女|女儿|孙子|孙女|孩子|老伴)[^,。!?]{0,8}(?:撞人|出车祸|被抓|被绑|住院)[^。!?]{0,16}(?:打|转|汇|要)[^,。!?]{0,4}(?:钱|万|千|块)|"
    r"(?:让|叫|要)(?:我|俺)?[^,。!?]{0,8}(?:转账|转钱|汇款|打钱|打[一二两三四五六七八九十\d]+万)|(?:是不是|别是|怕是)(?:上当|骗子|诈骗|被骗)|是不是骗(?:子|人)"
)
_PAST = late(r"去年|前年|上个月|电视|新闻|抖音|听说|讲座|宣传")


def sounds_like_swindle(text: str) -> bool:
    """Is somebody being talked into paying, or has he just paid?"""
    plain = normalise(text[:500])
    return bool(_SIGNS.search(plain)) and not _PAST.search(plain)
