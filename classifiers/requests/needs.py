"""Words that show a household's debts, illness or poverty, whatever they ask for: not for the ears of the lane."""

from __future__ import annotations

from classifiers.reader.late import late
from classifiers.requests.illness import tells_of_illness

_ILLS = (
    r"(?:高血压|降压|糖尿病|降糖|胰岛素|心脏病|冠心病|慢性?病|精神|抑郁症?|癫痫|帕金森|哮喘|肾病|透析|化疗|"
    r"靶向|抗癌|癌|肝病|乙肝|安眠)"
)
_ONES_OWN = (
    r"(?:我|俺|我家|他|她)?(?:爸|妈|爹|娘|爷爷?|奶奶?|姥姥|姥爷|公公|婆婆|老伴|老头子?|老太太|孩子|儿子|闺女|"
    r"女儿|老公|老婆|媳妇|我|俺)"
)
_TAKES = late(
    rf"{_ONES_OWN}(?:要|吃|用|配|开|拿|取|治|把|得|的|每天|天天|一直|在){{0,4}}(?:那|"
    rf"这)?[^,。!?]{{0,2}}{_ILLS}[^,。!? 吗]{{0,2}}药"
)
_OWES = late(
    r"(?:信用卡|花呗|借呗|白条|网贷|(?:房|车|小额)?贷款?|贷|分期|欠款)[^,。!?]{0,6}(?:还不[上起了]|逾期|断供|催收|没还|交不[上起])|(?:还不[上起])(?:信用卡|房贷|车贷|网贷|贷款|债)|欠了?(?:一屁股|不少|很多|几万)[^,。]{0,3}债|"
    r"欠[^,。!?]{0,6}(?:房租|租金|工钱|工资|货款|彩礼)|(?:房租|租金|工钱|工资)[^,。!?]{0,4}(?:欠|拖着|不给|没给|没发|不发)|"
    r"欠(?:我|俺|他|她)(?!们?物业)[^,。!?]{0,8}(?:不还|没还|不给|赖)"
)
_POOR = late(r"下岗|失业|低保|特困|单亲|没爹|没妈|没娘|孤儿|家里(?:困难|穷|没钱)|买不起|没钱买|打零工|残疾|化疗|透析")
_CANNOT_AFFORD = late(
    r"(?:我|俺|我们|咱)家?(?:里)?(?:也|都|实在|真|根本|,)*(?:请|雇|供|养|交|付|租|吃|治|用|读|上)不起(?!来|床|身|眼)"
)


def cannot_afford(text: str) -> bool:
    """我家请不起老师. Never raises."""
    return bool(_CANNOT_AFFORD.search(text))


def shows_need(text: str, code: str) -> bool:
    """信用卡还不上了, 我妈的高血压药; of a wish too what only makes it plain why: 下岗了,谁家有旧电脑. Never raises."""
    if _OWES.search(text) or cannot_afford(text) or (code in ("errand", "wish", "elder_care") and _TAKES.search(text)):
        return True
    return code == "wish" and (bool(_POOR.search(text)) or tells_of_illness(text))
