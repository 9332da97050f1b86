"""Who says no more than how his body feels asks to be looked after: 心慌 手麻, 我浑身没劲, 老伴肚子疼得厉害.

Each clause must be a sign of illness, or say whose, since when, how much. Signs of heart, brain and breath are grave:
they cannot wait, and may need 120 any minute. A figure of speech (这事真让我头疼) holds words beside.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise
from classifiers.requests.behalf import KIN

_LONGEST: Final = 60  # signs
_MOST_CLAUSES: Final = 6
_PAUSE = late(r"[,。;!?、\n\s~…]+")

_WHO: Final = (
    rf"(?:(?:我|俺|咱|他|她)?(?:们)?家?(?:这)?(?:{KIN}|老头子?|老婆子?|老婆|老公|媳妇|娃|那口子|老头)|我|俺|咱|他|她)"
)
_WHEN: Final = (
    r"(?:从|今天|今早|今儿个?|昨天|昨晚|昨夜|昨儿个?|早上|早晨|一早|上午|中午|下午|晚上|夜里|半夜|刚才|刚刚|突然|忽然|这会儿?|现在|"
    r"这[几两三]天|最近|起床|起来|醒来|吃完饭|饭后|以后|就|开始|这|一下子?|一阵阵?|一直|老是|老|总是?|总|又|也|都|还|有点儿?|有些|好像|觉得|"
    r"感觉|直|挺|很|特别|太|可|好|怪|真|的)"
)
_MUCH: Final = (
    r"(?:得|的)?(?:很|慌|厉害|要命|要死|不行了?|受不了|难受|睡不着觉?|起不来床?|坐不住|站不住|站不起来|走不了路|走不动路?|下不了床|直冒汗|"
    r"吃不下饭?|死了|死|不轻|不得了|一阵阵的?|发慌)?(?:了?好?(?:几|一|两|三|四|五|半|\d)(?:个)?(?:来|多)?(?:天|宿|夜|晚上|小时|钟头|上午|下午)(?:多|半)?)?"
    r"[了的啊呀呢吧哦]*"
)
_LIMB: Final = (
    "手脚|手指头?|手|脚|两?条?[左右半]?边?(?:身子|胳膊|腿|脸)|全身|浑身|身上|身子|嘴唇?|嘴巴|舌头|脖子|后背|后脑勺|腰|背|肩膀|膝盖|关节|"
    "肚子|胃|头|脑袋|太阳穴|牙|嗓子|喉咙|眼睛?|耳朵|心口|胸口|心脏|心里?"
)
_ACHES: Final = "疼|痛|酸|胀|肿|不得劲|不(?:太|大|怎么)?舒服|难受|抽筋|烧得慌|发烫|发热|痒"
_GRAVE_SIGN: Final = (
    r"心里?(?:发)?慌(?:慌的)?|心悸|心跳得?(?:太|很|特别)?(?:快|乱|厉害|重)|(?:心口|胸口|胸|心脏|心里?)(?:发)?(?:闷|憋|堵得慌|突突|乱跳)|"
    r"(?:手脚|手指头?|手|脚|嘴唇?|嘴巴|舌头|脸|[左右半]边(?:身子|胳膊|腿|脸)?|身子|浑身|胳膊|腿)"
    rf"(?:{_WHEN}){{0,2}}(?:发)?(?:麻木|麻|木|不听使唤|抬不起来|使不上劲|没知觉|抖|哆嗦)|"
    rf"(?:浑身|全身|身上|身子|手脚|两?条?腿|胳膊)?(?:{_WHEN}){{0,2}}(?:没劲儿?|没(?:有)?力气?|无力|乏力|发软|发虚|软得站不住)|"
    r"气短|气紧|喘|喘气费劲|喘不匀|憋气|胸闷|头(?:有点)?(?:发)?[晕昏]|晕乎乎|天旋地转|眼前(?:直)?(?:发)?黑|眼(?:睛|前)?(?:看东西)?(?:发)?[花黑]|"
    r"看东西(?:重影|模糊|发花)|说话(?:不清楚?|大舌头|不利索)|(?:直)?(?:冒|出)(?:虚|冷)?汗|血压(?:太|很|有点)?(?:高|低)|血糖(?:太|很|有点)?(?:高|低)|"
    r"(?:发|高)烧(?:\d\d度?)?|恶心|想吐|吐(?:了)?|拉肚子|便血|尿血|流鼻血"
)
_MILD_SIGN: Final = (
    rf"(?:{_LIMB})(?:{_WHEN}){{0,2}}(?:{_ACHES})|"
    r"咳嗽|咳|发冷|打冷战|打摆子|浑身发冷|耳鸣|拉稀|便秘|感冒|难受|不舒服|不得劲|睡不着觉?|吃不下饭?"
)
_LEAD: Final = rf"(?:{_WHO})?(?:{_WHEN}){{0,5}}(?:{_WHO})?(?:{_WHEN}){{0,4}}"
_GRAVE = late(rf"{_LEAD}(?:{_GRAVE_SIGN}){_MUCH}")
_MILD = late(rf"{_LEAD}(?:{_MILD_SIGN}){_MUCH}")
_BESIDE = late(
    rf"{_LEAD}{_MUCH}|(?:这|可|该|我)*(?:怎么办|咋办|咋整|咋弄|怎么回事|咋回事|是不是病了|要紧吗|不知道(?:咋|怎么)(?:了|回事))[啊呀呢]*"
)
_BARE = late(r"(?:头|心里?)?(?:真|太|好)?(?:疼|痛|难受|不舒服|恶心|喘|吐|没劲儿?|睡不着觉?)(?:死了|死|得很)?[了啊呀]*")
_LASTING = late("老毛病|多年|[几一两三十]年")


def tells_how_he_feels(text: str) -> bool:
    """Nothing but signs of illness in himself or one of his. A single bare 头疼 may be a sigh. Never raises."""
    signs = _signs(text)
    return len(signs) > 1 or (len(signs) == 1 and not _BARE.fullmatch(normalise(text[:_LONGEST]).strip(" ,。!?~…")))


def feels_gravely_ill(text: str) -> bool:
    """The same with a sign of heart, brain or breath. Never raises."""
    return tells_how_he_feels(text) and any(map(_GRAVE.fullmatch, _signs(text)))


def _signs(text: str) -> tuple[str, ...]:
    """The clauses that are signs; none when any clause says something else."""
    plain = normalise(text).strip()
    clauses = [clause for clause in _PAUSE.split(plain) if clause]
    if len(plain) > _LONGEST or len(clauses) > _MOST_CLAUSES or _LASTING.search(plain):
        return ()
    signs = tuple(one for one in clauses if _GRAVE.fullmatch(one) or _MILD.fullmatch(one))
    return signs if all(one in signs or _BESIDE.fullmatch(one) for one in clauses) else ()
