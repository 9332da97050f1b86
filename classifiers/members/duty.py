"""What a member says of his own duty, and when his words to the robot report a danger.

A member's words ring an alarm only when they plainly report one. 换别人吧, 别找我了, 我先走了 sound like a farewell to
the reader that was trained on residents; from a member they are about his work. So of self-harm he must speak of life
and death, or of somebody else, in plain words; of all other dangers it is enough that he does not only excuse himself.
"""

from __future__ import annotations

from typing import Final

from classifiers.dangers.alarm import named_dangers
from classifiers.reader.late import late
from classifiers.reader.segment import normalise

_OF_LIFE: Final = late(
    r"自[杀尽残]|轻生|寻短|想不开|遗[书言]|了断|割腕|上吊|安眠药|农药|喝了?药|吞了?药|吃了.{0,4}药|跳[楼河井桥江湖水]|天台|楼顶|"
    r"(?<![累忙热冷困饿烦气急吵臭])死(?!活|机|角|胡同|板|锁|心|死|扣)|不想活|不活了|活[够腻]|活不[下成了]|活着|没法活|结束生命|往下跳|[要想]跳(?!舞|绳|广场)"
)
_OF_ANOTHER: Final = late(
    r"(?<!其)[他她](?!们去)|人家|居民|住户|邻居|老人|老[头太]|大[爷妈娘婶]|[婶姨叔伯哥姐]|奶奶|爷爷|孩子|姑娘|小伙|[男女]的|有(?:个|位|人)"
)
_EXCUSES: Final = late(
    r"(?:换|找|派|叫|让|请)(?:个|其)?别?他?人|(?:别|不要|甭)(?:再)?(?:找|派|叫|给)我|(?:没法|不想|不愿|懒得)(?:再)?干|不干了|"
    r"我(?:也|都|[^,。\s]{0,6}也)?不在|另请高明|顶不[住了]|替不了|走不开|脱不开身"
)
_REFUSES: Final = late(
    r"(?:不行|不成|不好意思|对不起|抱歉|哎呀?|[,。!\s])*"
    r"(?:(?:我)?(?:[^,。\s我]{0,6}也|[那这][天会][儿]?|[^,。\s我]{0,4}天)?(?:不在家?|没空|没时间|有事|出差|出门|请假|上班)(?:了|啊|呢)?)?[,。!\s]*"
    r"(?:你们?|还是|那|就|请|麻烦)*(?:换|找|让|叫)(?:个|其)?(?:别人|别的人|他人|人|一个人?)(?:替|顶|来)?(?:他|她|你)?(?:吧|好了|呗|了)*[。!]*"
)


def reports_danger(text: str, kind: str) -> bool:
    """Does a member plainly tell of a danger of this kind, which a reader has heard in his words? Never raises."""
    plain = normalise(text)
    if kind == "self_harm":
        return bool(_OF_LIFE.search(plain)) or (bool(_OF_ANOTHER.search(plain)) and _is_no_excuse(plain))
    return _is_no_excuse(plain)


def _is_no_excuse(plain: str) -> bool:
    return not _EXCUSES.search(plain) or bool(named_dangers(plain))


def refuses_to_stand_in(text: str) -> bool:
    """不行我周四也不在 换别人吧: nothing but that somebody else should be asked. Never raises."""
    return _REFUSES.fullmatch(normalise(text[:60]).strip(" ,。!")) is not None
