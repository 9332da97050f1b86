"""A swindle that goes on just now: who is asked for money or a code by telephone must hear so before he pays.

Source: the police's advice, 96110 is their number against swindles: 不轻信, 不透露, 不转账.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise

_SIGNS = late(
    r"安全账户|涉嫌(?:洗钱|诈骗|犯罪)|洗钱|(?:公安|警察|法院|检察院|社保局?|医保局?|银行)[^,。!?]{0,4}(?:来电话|打电话|电话说|来短信|发短信|说我)|"
    r"(?:要|问|给了?|发了?)[^,。!?]{0,6}验证码|(?:中奖|领奖)[^,。!?]{0,8}(?:手续费|税|先交|先打)|刷单|冒充|通缉|"
    r"(?:儿子|闺女|女儿|孙子|孙女|孩子|老伴)[^,。!?]{0,8}(?:撞人|出车祸|被抓|被绑|住院)[^。!?]{0,16}(?:打|转|汇|要)[^,。!?]{0,4}(?:钱|万|千|块)|"
    r"(?:让|叫|要)(?:我|俺)?[^,。!?]{0,8}(?:转账|转钱|汇款|打钱|打[一二两三四五六七八九十\d]+万)|(?:是不是|别是|怕是)(?:上当|骗子|诈骗|被骗)|是不是骗(?:子|人)"
)
_AMOUNT: Final = (
    r"(?:[一二三四五六七八九十百千万几两好半多\d.]{1,5}(?:来|多)?(?:百|千|万|块|元)|"
    r"钱|保证金|手续费|押金|定金|税|解冻金|会费|学费)"
)
_PAID = late(
    rf"(?:转|汇|打|交|付|充|刷|垫)(?:过去|给[他她对]方?|给[他她]们?|出去)?(?:了|过去了?|出去了?|走了)(?:[他她对]方?|[他她]们)?(?:有|好?几笔|一笔|共|将近|,)*{_AMOUNT}|"
    rf"{_AMOUNT}[^。!?没]{{0,6}}?(?:我|俺|老伴|他|她)?(?:就|都|也|已经?|刚)*(?:转|汇|打|交|付|充)(?:了|过去|出去)"
)
_ASKED_AGAIN = late(
    rf"(?:又|还|再|继续|接着)(?:让|叫|要|催)?(?:我|俺)?(?:再|接着|继续)?(?:转|汇|打|交|付|充|垫)[^,。!?物水电暖]{{0,4}}{_AMOUNT}"
)
_STORY = late(
    r"骗|涉嫌|洗钱|安全账户|验证码|刷单|返利|投资|稳赚|解冻|中奖|领奖|冒充|客服|退款|办(?:养老金|贷款|证|社保|低保|退休)|内部|高回报|高息|收藏|古董|"
    r"(?:让|叫|要)(?:我|俺)?先(?:转|汇|打|交|付|充)|保证金|陌生(?:人|电话)|网上认识|理财|贷款|通缉|公安|检察院|拉黑|联系不上"
)
_NOT_OF_A_SWINDLE = late(
    r"房东|租|押金不退|物业费|"
    r"水费|电费|暖气费|彩礼|工资|学校|医院|装修|没(?:转|交|打|汇|付)(?:钱|给|过去|成)?"
)
_PAST = late(r"去年|前年|上个月|电视|新闻|抖音|听说|讲座|宣传")


def costs_money_now(text: str) -> bool:
    """Behind a story money has just gone, or more is asked for: the bank can stop it today, and not later."""
    plain = normalise(text[:500])
    is_gone = _PAID.search(plain) or _ASKED_AGAIN.search(plain)
    return bool(is_gone and _STORY.search(plain)) and not (_PAST.search(plain) or _NOT_OF_A_SWINDLE.search(plain))


def sounds_like_swindle(text: str) -> bool:
    """Is somebody being talked into paying, or has he just paid?"""
    plain = normalise(text[:500])
    return bool(_SIGNS.search(plain)) and not _PAST.search(plain)
