"""What happens between people of one home: who fights with whom, and who is held in. For no lane's ears.

| said | is |
|---|---|
| 两口子动手了; 婆媳俩撕扯起来了; 老李和他媳妇动上手了 | a fight, now |
| 兄弟俩打麻将; 爷俩抡大锤砸墙; 两口子动手做饭 | nothing of the kind |
| 老公不让我出门; 婆婆把我锁屋里 | held in: it cannot wait |
| 门把我锁外头了 | a lock |

Never raise.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late

_PAIR: Final = (
    r"(?:父子|父女|母子|母女|婆媳|公媳|翁婿|妯娌|连襟|兄弟|弟兄|哥们?|兄妹|姐弟|姐妹|姑嫂|叔侄|爷孙|祖孙|哥|爷|爹|娘|姐|妹|姊妹)儿?[俩两]个?|"
    r"(?:小|老|大)?两口子?|俩口子|夫妻俩?|夫妇俩?|婆媳|妯娌|父子|母女"
)
_HIS: Final = (
    r"(?:跟|和|与|同)(?:他|她|我|俺|自己|自个儿)(?:家)?(?:的)?"
    r"(?:儿子|闺女|女儿|媳妇|老婆|老公|男人|对象|[爹爸妈娘哥弟姐妹]|公公|婆婆|丈母娘|女婿|儿媳妇?|老伴|小叔子|小舅子|嫂子)"
)
_THINGS: Final = (
    r"(?:板凳|凳子|椅子|马扎|桌子|铁锹|铁锨|锄头|棍|菜刀|刀|斧|扁担|酒瓶|瓶子|砖|锅|家伙|拐[棍杖]|鞋底|擀面杖|"
    r"胳膊|拳头|巴掌|皮带|扫[把帚])"
)
_FIGHT: Final = (
    r"(?:动(?:了|上|起)?手(?!做|装|修|干|弄|包|洗|搬|种|搞|收|打扫|画|写|术)|[打掐]起来|打(?:作|成|在)?一[团块]|干(?:起来|上了|仗)|扭打|厮打|撕打|对打|互殴|撕[扯巴把]|"
    r"(?:薅|揪|扯|拽|抓)着?(?:住|了)?头发|头发[^,。!? ]{0,2}薅|滚(?:到|在)?地|打得?(?:头破|不可开交|鼻青|满脸)|打架|"
    rf"(?:抡|抄|举|拿|操)(?:起|上|着|了|来)*(?:一?[个把根条])?{_THINGS})"
)
_GAP: Final = r"[^。!?]{0,10}?"
_FIGHTS = late(rf"(?:{_PAIR}|{_HIS}){_GAP}{_FIGHT}")
_OVER = late(
    r"昨|前[天晚夜]|上[次回周个礼]|那天|今天?早[上晨]|去年|以前|从前|刚(?:才)?打完|打完|过去了|拉开了|劝开|走了|和好|好了|没事了|停了|散了|电视|电影|"
    r"新闻|听说|如果|要是|万一|怕|差点|险些|没(?:有)?(?:真的?)?(?:动手|打)|要(?:打|动手)|快(?:打|要)|想|天天|老是?(?=打|动)|经常|总是?|动不动|"
    r"三天两头|一喝|小时候|年轻|谁赔|戏|怎么办理|打架(?:斗殴)?(?:怎么|归|该)|闹着玩|床头|床尾|狗|气人|还没|[棋牌球拳鼓]|麻将|太极|比划"
)
_WITH_OUTSIDERS = late(
    r"撵|追着[^,。!?]{0,4}(?:跑|修|师傅)|(?:跟|和|与|把|打)[^,。!?]{0,3}(?:邻居|隔壁|师傅|物业|外人|保安)"
)
_KEEPER: Final = (
    r"(?:老公|丈夫|男人|对象|男朋友|男友|女朋友|前夫|公公|婆婆|公婆|婆家(?:人)?|婆婆家|儿子|儿媳妇?|闺女|女婿|"
    r"媳妇|老婆|[爸爹妈娘]|爸妈|父母|家里人|他|她|他们)"
)
_HELD: Final = r"(?:我|俺|老太太|老人|老头子?|[妈娘爹爸]|她|他|奶奶|爷爷|孩子|媳妇)"
_IN: Final = r"(?:在)?(?:家里?|屋里?|房[里间]|卧室|小屋|院里|地下室|里屋|里[面头]|起来)"
_HOLDS_IN = late(
    rf"{_KEEPER}[^,。!?]{{0,5}}?(?:把{_HELD}(?:给|反)?[锁关囚]{_IN}|不(?:让|许|准)(?:我|俺|她)(?:出(?:家|屋|"
    rf"院)?门|出去|回娘家|见人|走(?:$|[,。!? ])|离开))"
)
_BY_ACCIDENT = late(
    r"不小心|骗|推销|尝|吃饭|留我|玩|喝酒|打牌|下雨|感冒|生病|疫|钥匙|忘|门(?:把|坏)|锁外|出门?[^,。!?]{0,4}(?:干活|打工|上班|打麻将|喝酒|打牌)|淘气|调皮|以前|小时候"
)


def fights_at_home(text: str) -> bool:
    """Two of one home are at blows now."""
    return bool(_FIGHTS.search(text)) and not _OVER.search(text)


def tells_of_a_fight_at_home(text: str) -> bool:
    """The same, now or then."""
    return bool(_FIGHTS.search(text)) and not _WITH_OUTSIDERS.search(text)


def is_held_in(text: str) -> bool:
    """Somebody is kept from leaving by those he lives with."""
    return bool(_HOLDS_IN.search(text)) and not _BY_ACCIDENT.search(text)
