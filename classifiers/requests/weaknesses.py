"""What an old caller cannot do, told so that the desk may help him: read, write, type, see small print, hear a knock.

It sounds like illness to a reader of emergencies, and nobody is in danger: 我不识字咋办, 打不了字, 敲门使点劲.
What came suddenly, or hurts, is another matter. Never raise.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late
from classifiers.requests.behalf import KIN

_SIGNS: Final = r"(?:手机|屏幕|字|短信|微信|你们?写的|你们?发的|报纸|表格?|说明书?)"
_CANNOT = late(
    r"(?:不|没|认不|识不)(?:认识|识|认|得|全|几个|多少|一个|得几个)*字|文盲|大字不识|不会写|没(?:上过|念过|读过)(?:学|书)|没(?:有)?文化|一个字(?:都|也)不|"
    r"(?:不会|打不[了来好成]|写不[了来好成]|没法)(?:写|打)?(?:字|拼音)|(?:打|写)不[了来好成]字|"
    rf"{_SIGNS}[^,。!?]{{0,6}}(?:看不[清见了懂]|瞧不[清见])|(?:看不[清见懂]|瞧不[清见]){_SIGNS}|"
    r"(?:老?眼睛?|眼神)(?:儿)?(?:也|都|又|太|有点|,)?(?:看不清|昏花|花了|不好使?|不济|不行)|"
    r"(?:耳朵|耳)(?:也|都|又|有点|,)?(?:背|聋|不好使?|沉)|听不清(?!了)|不会(?:用|使|玩|摆弄)(?:手机|微信|智能)|"
    r"敲门[^,。!?不没]{0,4}(?:使点|使劲|大点?声|响点?|重点?|用点?力|大力|多等|等会|多敲|勤)|(?:多|使劲|大声)(?:敲|拍)(?:几下|会儿?|一会)?(?:我家)?门"
)
_LONGEST: Final = 30  # signs
_OF_ANOTHER = late(  # whom one speaks for may be lost, as one who cannot read easily is
    rf"(?<!让)(?<!叫)(?:{KIN}|老头|媳妇|老婆|老公|[他她])(?!帮|给我|替我|打的|代)|丢|没回|走散|走[了的失]|松手|没信|聋哑|糊涂|手机没|不出来|火|岁"
)
_IN_DANGER = late(
    r"突然|忽然|一下子|刚才|刚刚|这会儿|今天早上|今早|昨|一黑|晕|昏|倒|摔|疼|痛|血|喘|救|歪|麻|不动|快来|赶紧|胸|心口|憋|吐|烧|烟|煤气|水|"
    r"死|不想|活|打我|骂|锁|困|饿|药|起不来|没人应|不应|没动静|不开门|说不出|动不了|一条|半边"
)


def tells_what_he_cannot(text: str) -> bool:
    """Of a normalised text."""
    if len(text) > _LONGEST or _OF_ANOTHER.search(text):
        return False
    return bool(_CANNOT.search(text)) and not _IN_DANGER.search(text)
