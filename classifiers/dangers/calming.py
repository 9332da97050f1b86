"""What only sounds like danger: anger, games, far wars, pleas for secrecy, poison for weeds, questions out of a book.

Such a stretch is taken out before a message is weighed a second time (`without_harmless`); what is left must ring by
itself. Some lines are harmless as a whole (`is_harmless`): a door, an age, a deed tell who and what, never a danger.
All functions take a normalised text (`tidying.essence`) and never raise.
"""

from __future__ import annotations

from typing import Final

from classifiers.members.persons import SURNAMES
from classifiers.reader.late import late

_CLAUSE = r"[^,。!?;:\n ]"
_HARM = r"(?:砸|摔|绊|跌|电|淹|压|烧|憋|挤|撞)(?:着|到|倒|伤|死|坏)个?人?|[出闹]个?(?:大)?(?:事|人命)|死个?人"
_NEGLECT = r"再不|再没|再拖|再这[么样]|早晚|迟早|总有一天|不[修管换弄清治]|没人[修管换弄清]|拖下去|这么下去"
_LANDS: Final = (
    r"(?:[美英法德俄日韩中印以伊泰柬乌巴叙朝]国|中东|俄罗斯|乌克兰|以色列|伊朗|伊拉克|美国|印度|巴基斯坦|叙利亚|巴勒斯坦|加沙|泰国|柬埔寨|"
    r"阿富汗|缅甸|日本|韩国|朝鲜|台海|国外|外国|两国|俄乌|巴以|联军|部队)"
)
_SHOWN = r"电视(?:里|上|剧)?|电影里?|新闻(?:里|上)?|戏[里台文]?|剧里|手机[里上]|抖音|视频里?|游戏里?|小说里?|动画片?"
_TODDLERS = r"小?(?:娃娃|宝宝|朋友|不点|家伙)|[俩两]个?(?:小)?(?:娃|孩子?|宝)"
_GAMES = r"牌|麻将|扑克|掼蛋|升级|斗地主|象棋|太极|羽毛球|乒乓球|篮球|台球|门球|鼓|腰鼓|游戏|算盘"
_PLEA = (  # 别告诉我闺女, 没跟家里说, 不要往群里发
    r"(?:千万|可|先|都|就|也|还|请|能不能|你们?|您|这事儿?|这个?|我)*"
    r"(?:(?:别|甭|不要|不用|莫|不许|不能|不想|不敢|没敢|没有?|还没|也没)(?:再|去|告诉|跟|和|对|给|让|叫|在|往|发到?|放|说|上|被|敢|有|到){1,3}"
    rf"(?:{_CLAUSE}{{0,8}}(?:说|讲|知道|晓得|发|提|看见|看到|听见|吱声|声张)|{_CLAUSE}{{0,6}}群里?(?:去|里)?|{_CLAUSE}{{1,6}})"
    r"|(?:替|帮|给)?(?:我|俺)?(?:保密|瞒着[^,。!? ]{0,6}))(?:出去|是我|的|了|啊|呀|哈|吧|哦|呢|行吗|行不)*"
)
_PAUSES = late(r"[,。;!?\n ]+")
_LONGEST_WHY: Final = 6  # signs: 她忙, 他们要笑话
_IS_PLEA = late(rf"{_PLEA}")
_STARTS_PLEA = late(
    r"(?:别|甭|不要|莫|不许|没敢|不敢|不想|没|还没)(?:再)?(?:告诉|跟[^,。]{1,8}[说讲提]|[和对给][^,。]{1,8}[说讲提]|"
    r"[让叫被][^,。]{1,8}(?:知道|晓得|看见|看到|听见)|[在往发放][^,。]{0,6}群|说出去|说是我|外传|声张)|保密|瞒着"
)
_FACT = (  # who somebody is, where he lives, what one has in one's hands; what repeats is read one way only
    r"(?:[他她我俺](?:们|家)?|咱|人家|对方|那(?:[人个]|家人?)|[男女]的|就|是|叫|姓|今年|都|快|也|还|的)*"
    r"(?:住(?:在)?[^,。!?打骂死]{0,7}(?:号院?|楼|院|单元|[层室头家边里上下]|对门|隔壁)|(?:姓|叫(?!人|救))[\u4e00-\u9fff]{1,4}|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]的?|"
    r"(?:[\d一二三四五六七八九十]+)(?:来|多|好几)?(?:岁|几岁)?(?:了|多|出头|来岁|的人|上下)*|"
    r"(?:有|留着|拿着|写着|存着)(?:的?(?:地契|房契|房本|房产证|合同|协议|欠条|借条|收条|收据|发票|证据|证人|照片|录音|录像|视频|监控|聊天记录|转账记录|字据|票|证|图))(?:的|呢|啊|为证|在)*|"
    r"(?:地契|房契|房本|房产证|合同|协议|欠条|借条|收据|发票|照片|录音)(?:都|还)?(?:在|有)[^,。!? ]{0,5}|"
    r"(?:电话|手机|号码|手机号)(?:是)?\d*)[了的啊呀呢吧]*"
)
_FACTS = late(rf"{_FACT}(?:[,。;:! ]+{_FACT}){{0,3}}[,。;:! ]*")
_LONGEST_FACT: Final = 24  # signs
_TELLS_MORE = late("[吗么?能怎咋不没死伤打骂刀血火烧淹困昏晕摔倒丢跑跳疼失救喊]")

# She is called 王铁柱; 叫 is also 'by', as in 叫王打了.
_NAMED: Final = (
    rf"(?:[他她我俺]家?的?)?(?:男人|老公|丈夫|媳妇|老婆|爱人|对象|女婿|儿子|闺女|女儿|孩子|[爸爹妈娘哥弟姐妹]|邻居|[他她我俺人]|房东|租客|名字?)(?:大名|名字)?"
    rf"(?:姓[{SURNAMES}]|(?:就)?(?:叫|是叫|"
    rf"姓)[{SURNAMES}][\u4e00-\u9fff]?[\u4e00-\u9fff](?<![了着伤死走倒的我人飞跑翻晕昏]))(?=$|[,。!;? ])"
)

_HARMLESS: Final = tuple(
    late(pattern)
    for pattern in (
        r"(?:把|都|可|快|要|就|真|给|让)*(?:我|俺|老头子|老太太|老伴|人|他|她|你|师傅)?(?:都|快|要|给|可|真|就|别|直|一|爱|老)*"
        r"(?:生气|发火|发脾气|气[坏炸疯死](?:了|我了|人了)?|气得[^,。!?打砸血倒晕昏]{1,4}|上火)[了啊呀]*",
        rf"(?:{_NEGLECT}){_CLAUSE}{{0,10}}?(?:{_HARM})(?:了|的)?",
        rf"(?:{_LANDS}|{_SHOWN}|{_TODDLERS}){_CLAUSE}{{0,10}}打起来了?",
        rf"打(?:{_GAMES})[^,。!?]{{0,4}}打起来(?!了)",
        r"[^,。!?]{0,6}(?:柜子?|车|东西|家具|机器?|床|箱子?|衣服|桌子?|沙发|行李|[猫狗])[^,。!?]{0,3}(?:是|成了?)个?(?:累赘|包袱|多余的?)",
        rf"打得一手[^,。!?]{{0,3}}(?:{_GAMES}|菜|字)?|打得火热|打成一片",
        r"防着(?=[^,。!?]{0,8}(?:火|水|电|掉|摔|倒|塌|丢|偷|漏|中毒))[^,。!?]{1,10}",
        rf"一(?:压|刮|下[大点场]?[雨雪]|吹|泡|晒|冻|起风)[^,。!?]{{0,4}}?{_CLAUSE}{{0,6}}?不?就(?:要|得|会|该)?[^,。!?]{{0,4}}(?:了|啦)",
        r"(?:草坪?|野草|杂草|韭菜|麦子|稻子|苜蓿|绿篱)[^,。!? 手脚腿人指腕]{0,6}割(?:割|一割|了|掉|完|"
        r"一?茬)*(?![手脚腿腕脉人到伤破指])",
        # figures of speech and of play: 加班到吐血, 救命,怎么在小程序里找…, 剧本杀店喊杀人啦, 急救那节课
        r"(?:加班|累|气|贵|等|忙|笑|烦|干活|写)(?:得|到)(?:我|都|快|要|想)*(?:吐血|断气)",
        r"^救命[啊呀,!。 ]*(?=[^。!?]{0,16}(?:小程序|公众号|密码|验证码|登录|登陆|注册|"
        r"页面|链接|网上|手机上|填表|哪一栏|打印))",
        r"(?:剧本杀|密室|鬼屋|歌厅|KTV|ktv|电影院|影院|网吧)[^,。!?]{0,12}(?:喊|叫|嚎|尖叫|声)[^,。!?]{0,4}(?:救命|杀人)[^,。!?]{0,8}",
        r"(?:水枪|玩具枪|滋水枪|仿真枪)[^,。!?]{0,10}(?:中弹|倒地|装死|打)[^,。!?]{0,6}|装死",
        r"(?:触电|溺水|火灾|地震|心梗|中风|心肺复苏|海姆立克|煤气中毒|,)*(?:急救|自救|逃生|防骗|消防)(?:知识|技能)*(?:的)?(?:那|这)?[一几]?(?:节|堂|个|期)?(?:课|培训|讲座|班|演练|宣传)",
        r"困在家里?(?=[^。!?]{0,40}(?:闷|无聊|唠|聊天|说说话|说话|解闷|陪))[^,。!?]{0,8}(?:天|礼拜|星期|周|个?月|年)了?",
        r"出不[去了]门?(?=[^。!?]{0,20}(?:闷得慌|解闷|唠|聊天|说说话))",
        r"[^,。!?]{0,8}(?:踏板|盖子?|把手|门|轮子|螺丝|车座)[^,。!?]{0,3}离家出走",
        r"鬼故事|鬼片|推(?:着)?(?:我|俺)?(?:妈|爸|爹|娘|老伴|奶奶|爷爷|姥姥|老人)(?:出)?去[^,。!?]{0,6}(?:看|逛|转|晒|玩|走走)",
        r"(?:贴|喷|写|印|画)(?:了|着|的|满)*[^,。!?]{0,6}(?:开锁|办证|通下水|疏通)(?:的|广告)?",
        r"(?:老是?|总是?|天天|又|乱|瞎)按(?:我|俺)?们?家?的?门铃(?:就跑)?",
        r"(?:蛇|蜈蚣|蝎子|老鼠|黄鼠狼|刺猬|野?[猫狗])(?:又|都|给|爬|钻|跑|窜|溜|,)*进(?:了)?(?:我|俺)?们?家?(?:院子?|屋|家|门|厨房)里?了?(?![^。!?]{0,12}[咬水])",
        r"趴(?:在)?(?:床板?|凳子|地|窗台|椅子)上?(?:写|看书|画|做作业)",
        _NAMED,
        r"抡着?大?锤子?(?=[砸凿敲拆](?:墙|地|石|砖|砼))",
        r"(?:那|到时候?|回头)?[^,。!?不 ]{0,8}不就(?:要|得|会|该|全|都)?"
        r"(?:塌|倒|垮|掉|着|烧|淹|漏|砸|出事|冻|断|炸)[^,。!? ]{0,4}",
    )
)
_NAMES = late(_NAMED)
_POISON = late("农药|除草剂|百草枯|敌敌畏|草甘膦|杀虫剂|[耗老]子?[鼠]?药|灭鼠药|毒饵|蟑螂药")
_ITS_PURPOSE = late(
    "除草|打草|草多|长草|打虫|杀虫|生虫|果树|棉花|庄稼|麦子|玉米|水稻|菜地|地里|苗|喷|耗子|老鼠|鼠患|蟑螂|捎|店"
)
_TAKEN_IN = late("喝|吃|吞|误|舔|灌|咽|嘴|晕|吐|中毒|恶心|昏|难受|死|活|瓶都|空瓶|我想|结束|痛快")
_OF_KNOWLEDGE = late(
    r"(?:想|要|来)?(?:学一?学|学习一下|请教|想了解|科普|讲座|知识)(?=[^。!?]{0,16}(?:怎么|咋|如何|先))|应该(?:怎么|咋|如何)|备着|"
    r"先[^,。!? ]{1,6}还是先?|(?:时|的时候)(?:该|应该)?(?:怎么|咋)|(?:怎么|咋)(?:急救|自救|逃生|预防|避险|使?用)"
)
_NOW = late(
    "现在|正在|正|这会|刚才|刚刚|突然|忽然|快来|快点|赶紧|救命|救救|我家|俺家|[我俺](?:爸|妈|爹|娘|爷|奶|老|孩|儿|闺|女|孙|媳|弟|妹|哥|姐)|"
    "楼[上下道里]|隔壁|邻居|在哪"
)
_TOLD_PAST = late(
    r"(?:上个?月|上周|上个?星期|上礼拜|上[次回]|去年|前年|前阵子?|前几?[天个月]|那[天次回])[^。!?]{0,30}?(?:换|修|处理|堵|弄|装|焊|封|查|接)"
    r"(?:了|完|好|过|的|上)"
)


def is_harmless(text: str) -> bool:
    """他住8号, 我有地契, 他六十多岁: facts, and nothing but facts."""
    if len(text) <= _LONGEST_FACT and not _NAMES.sub("", text).strip(" ,。!?;"):
        return bool(text)
    return len(text) <= _LONGEST_FACT and not _TELLS_MORE.search(text) and bool(_FACTS.fullmatch(text))


def is_plea(text: str) -> bool:
    """别告诉我闺女, 不要往群里发, and no more than a word of why."""
    first, *rest = _PAUSES.split(text.strip(" ,。!?"))
    return _pleads(first) and sum(map(len, rest)) <= _LONGEST_WHY


def without_harmless(text: str) -> str:
    """The text without what only sounds like danger."""
    rest = text
    for pattern in _HARMLESS:
        rest = pattern.sub("", rest)
    if _POISON.search(rest) and _ITS_PURPOSE.search(rest) and not _TAKEN_IN.search(rest):
        rest = _POISON.sub("", rest)
    return rest.strip(" ,。!?;:\n")


def without_pleas(text: str) -> str:
    """The text without its pleas for secrecy, which those make who are ill or poor as well as those who despair."""
    return ",".join(one for one in _PAUSES.split(text) if not _pleads(one))


def _pleads(clause: str) -> bool:
    return bool(_STARTS_PLEA.search(clause) and _IS_PLEA.fullmatch(clause))


def asks_out_of_a_book(text: str) -> bool:
    """有人溺水了应该怎么救, 先关阀还是先开窗: what one ought to know, and nobody in need."""
    return bool(_OF_KNOWLEDGE.search(text)) and not _NOW.search(text)


def was_seen_to(text: str) -> bool:
    """上个月闻着煤气味,换了管子: past, and somebody has been there since."""
    return bool(_TOLD_PAST.search(text))
