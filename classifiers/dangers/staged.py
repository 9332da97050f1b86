"""Danger that is played, told or said in fun: opera, films, story-tellers, actors at work, a boy who jokes.

| said | is |
|---|---|
| 武松拿刀砍西门庆那一集; 小品里演两口子打架; 扮演被刀捅的人 | a story |
| 剧组拍打戏,演员摔下来,底下有垫子 | actors, and it is told that nobody is hurt |
| 我家小子说要从楼上跳下去,闹着玩的,正啃鸡腿呢 | fun, and who tells it knows |
| 上次说不想活了,那都是气话,现在想开了 | over, by his own word |
| 不是拍戏,真有人拿刀; 剧组演员真摔了,流血了; 说是开玩笑,我担心 | none of them |

All functions take a normalised text (`tidying.essence`) and never raise.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late

_HEROES: Final = (
    r"(?:武松|武大郎|西门庆|潘金莲|关公|关羽|关二爷|关云长|张飞|赵云|赵子龙|吕布|刘备|曹操|诸葛亮|华雄|黄忠|马超|典韦|李逵|林冲|鲁智深|宋江|孙悟空|"
    r"孙猴子|猪八戒|沙和尚|唐僧|白骨精|牛魔王|红孩儿|哪吒|杨戬|二郎神|秦琼|程咬金|罗成|岳飞|穆桂英|杨宗保|佘太君|包公|包青天|包黑子|秦香莲|陈世美|"
    r"窦娥|黄飞虎|姜子牙|奥特曼|葫芦娃|灰太狼|光头强|许文强|展昭)"
)
_DEED: Final = r"(?:拿|提|抡|举|挥|砍|捅|杀|打|追|斩|刺|扎|射|踢|揍|抢|烧|跳|自刎|上吊|铡|战|救)"
_PLAY: Final = (
    r"(?:戏曲?|京剧|豫剧|梆子|小品|相声|话剧|舞台剧|短剧|评书|"
    r"电影|电视剧?|连续剧|动画片?|武打片|故事片?|西游记?|水浒传?|三国演义?|课本剧|节目)"
)
_IN_A_STORY = late(
    rf"{_HEROES}[^,。!?]{{0,6}}{_DEED}|{_PLAY}(?:里面?|里头|上|中)?(?:演|唱|讲|说)(?:的|到|了|着|是)|{_PLAY}(?:里面?|里头)[^,。!?]{{0,4}}(?:演|有|那|的)|"
    rf"扮演|(?:演|饰)(?:一?个)?(?:的)?(?:是)?(?:被|坏人|好人|土匪|强盗|病人|死人|伤员|歹徒|鬼子|尸体)|"
    rf"{_DEED}[^,。!?]{{0,10}}那(?:一)?(?:集|段|出|折|回|幕|场戏)"
)
_AT_WORK = late(
    rf"(?<!不是)(?:拍(?:打|武打|动作|枪战)?(?:戏|电影|电视剧?|短剧|片子|短视频)|剧组|排练|彩排|演员|特技|演(?:打戏|{_PLAY})|打戏)"
)
_UNHURT = late(
    r"垫子|气垫|威亚|吊着钢丝|保险绳|别(?:害怕|怕|慌|紧张|担心|报警)|假的|道具|不是真|都是演|演的|排练|彩排|热闹|过瘾|精彩|好看|演得|拍得|像真"
)
_IS_REAL = late(
    r"不是(?:在)?(?:拍戏|演戏|演的|拍的|开玩笑|闹着玩|假的|道具)|没(?:在)?(?:演|拍|开玩笑)|真(?:的)?(?:有人|打|砍|捅|摔|伤|跳|出事|动手|想|要|死|流血|着火)|"
    r"出事|受伤|伤(?:着|到|了)|流血|出血|叫不|喊不|起不来|快来|赶紧|救|120|110|119|昏|晕|打我|打人|现在(?:人|躺)|不动了|"
    r"(?:跟|和|与|把)(?:我|俺|居民|邻居|村民|保安|物业|城管|老乡|路人|群众|街坊|老人|孩子|观众)|我(?:妈|爸|爹|娘|老伴|老公|爷|奶|邻居)|隔壁(?!剧组|在?拍|在?排)|"
    r"邻居|楼[上下]有人|台下|门口打|外[头面]"
)
_IN_FUN = late(r"闹着玩|开玩笑|开个玩笑|逗(?:我|他|她|你|大家|人)?玩|说着玩|玩笑话|瞎闹|吓唬(?:我|人|他妈)")
_OF_A_CHILD_OR_SAID = late(r"(?:说|嚷|喊|闹|吓唬)[^,。!?]{0,3}(?:要|着|想|去|不活)")
_IN_GOOD_CHEER = late(
    r"(?:正|在|这会儿?|现在|都|还|又)[^,。!?]{0,3}(?:啃|吃|玩|乐|笑|看电视|打游戏|睡|写作业|唱)|没事|闹着玩的|逗(?:我|你|大家)?玩的|开玩笑呢|乐呵|笑嘻嘻"
)
_MAY_MEAN_IT = late(
    r"(?:担|忧)心|怕|可能|好像|不知|不像|是不是|会不会|真(?:要|想|的要|跳|站)|药|绳|刀|站|坐在|爬|楼顶|天台|窗[台户外]|哭|锁|抑郁|"
    r"遗|吗|\?|不是(?:开玩笑|闹着玩)|不放心|劝|拉|骑在|当真|割|瓶|怎么办|咋办"
)
_SAID_THEN = late(
    r"(?:上[次回周]|那[天次回]|前[天几两]|昨[天晚]|上个?(?:月|星期|礼拜)|以前|之前|当时)[^。!?]{0,10}说[^。!?]{0,8}(?:不想活|想死|跳|死了|轻生|上吊|自杀)"
)
_WAS_ANGER = late(r"气话|胡话|瞎说|胡说|玩笑|一时(?:糊涂|想不开|冲动)|喝多了?说")
_IS_WELL = late(r"想开了|想通了|看开了|日子(?:挺|过得|很)?好|好多了|好着呢|没事了|挺好|都好|别担心|放心")
_ASKS = late(
    r"想(?!开|通|不开|不活|死)|盼|愿望|心愿|请|借|陪|谁能|有没有|吵|扰民|噪|堵|占|垃圾|影响|希望|建议|"
    r"能不能|管一?管|投诉|睡不|挪|坏了|来人|帮"
)


def is_only_a_story(text: str) -> bool:
    """And nothing is asked: a company of actors may keep a lane awake."""
    return (is_staged(text) or was_said_in_fun(text)) and not _ASKS.search(text)


def is_staged(text: str) -> bool:
    """Played by actors, or told of heroes."""
    if _IS_REAL.search(text):
        return False
    return bool(_IN_A_STORY.search(text)) or bool(_AT_WORK.search(text) and _UNHURT.search(text))


def was_said_in_fun(text: str) -> bool:
    """Of somebody who talked of death, by one who knows that it was fun; or of himself, when it is over."""
    if _MAY_MEAN_IT.search(text):
        return False
    is_fun = _IN_FUN.search(text) and _OF_A_CHILD_OR_SAID.search(text) and _IN_GOOD_CHEER.search(text)
    return bool(is_fun) or bool(_SAID_THEN.search(text) and _WAS_ANGER.search(text) and _IS_WELL.search(text))
