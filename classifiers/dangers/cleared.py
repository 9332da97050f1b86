"""Gas that is smelt no more: 煤气味没了 师傅拧紧了, 现在闻不到煤气味了.

As long as it is still there (煤气味没散), has come back, or somebody feels it (闻不到了可是头晕) it rings.
Never raises.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late

_GAS: Final = r"(?:煤气|燃气|天然气|液化气|沼气|瓦斯)"
_SMELL: Final = rf"{_GAS}的?(?:味道?|气味)儿?"
_SMELT_NO_MORE: Final = r"(?:没了(?!结)|没有了|散[了完尽没]|散干净|消[了散失]|闻不[到着见出]|不漏|不跑|不泄)"
_GONE = late(
    rf"{_SMELL}[^。!?]{{0,10}}(?<!还)闻不[到着见出]了|"
    rf"{_SMELL}(?:已经?|都|现在|早就?|全|也|基本|好像|,)*{_SMELT_NO_MORE}|"
    rf"(?:闻不[到着见出]|没(?:有)?(?:再)?闻[到着见]|没(?:有)?|不再有)(?:一?点儿?|什么|啥|到|那|股|那股)*{_SMELL}[^,。!?]{{0,2}}|"
    rf"{_GAS}(?:管子?|灶|罐)?(?:已经?|现在|都)?(?:不漏|不跑气|不泄)[^,。!?]{{0,2}}"
)
_RUN_OUT = late(rf"{_GAS}(?:罐|瓶)?(?:都|也|又|快|已经|,)*(?:用完|烧完|用光|烧没|没了)")  # to be bought anew
_OF_A_SMELL = late(r"味|漏|闻|晕|毒|跑气|泄")
_NOT_SO = late(
    r"还|又|再次|可是?(?!以)|但|不过|却|就是|一会儿?|有时|时有|断断续续|头[晕疼痛昏]|晕|昏|恶心|吐|中毒|难受|没劲|站不|叫不|喊不|倒|"
    r"怎么|为啥|是不是|吗|要是|如果|万一|鼻子|感冒"
)


def smells_gas_no_more(text: str) -> bool:
    """Of a normalised text."""
    if _RUN_OUT.search(text) and not _OF_A_SMELL.search(text):
        return True
    return bool(_GONE.search(text)) and not _NOT_SO.search(text)
