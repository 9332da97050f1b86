"""Forms of speech that tell of a danger now, whatever the trained reader believes of them.

Each names its kind. Who speaks of death as his own or his mother's wish must not be taken for a chatterer; wires on
the ground that spark kill. All of them are tried on what is left when harmless stretches are gone (`calming`).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from classifiers.dangers.blows import is_in_fear_of_kin
from classifiers.dangers.unmistakable import unmistakable_kind
from classifiers.members.persons import SURNAMES
from classifiers.reader.late import late
from classifiers.requests.households import fights_at_home

_OWN = r"(?:我|俺|咱|自己|我们?老两口)"
_KIN = (
    r"(?:我|俺|他|她)?(?:家)?(?:妈|爸|爹|娘|爷爷?|奶奶?|姥姥|姥爷|公公|婆婆|老伴|老头子?|老太太|老爷子|老人|媳妇|老公|老婆|儿子|"
    r"闺女|女儿|孩子|孙子|孙女|弟弟?|妹妹?|哥哥?|姐姐?|男人)"
)
_OFTEN = r"(?:脑子里|脑袋里|心里|天天|整天|总是?|老是?|一直|净|就|都|又|还|经常|老跟我|跟我|在|,| )*"
_SAYS = r"(?:说|念叨|觉得|嚷嚷|讲|嘟囔|叨叨)"
_FORMS: Final = (
    (
        "self_harm",
        rf"(?:{_OWN}|{_KIN}){_OFTEN}(?:想着|想到|惦记着|盼着|琢磨着?)(?:去|要|怎么)?(?:死|自杀|了断)(?![工规活板心扣结胡角你他她])",
    ),
    (
        "self_harm",
        rf"(?:{_OWN}|{_KIN})?(?:脑子里|脑袋里|心里){_OFTEN}(?:都是|全是|净是)?(?:想着?|要)?(?:去)?死(?:了|呢|$|,|。)",
    ),
    ("self_harm", rf"(?:^|[,。 ]){_OWN}(?:这个?人|这把年纪|这条命|真是?|真的|,)*早就?该死"),
    ("self_harm", rf"{_KIN}{_OFTEN}{_SAYS}(?:自己|他|她|自个儿?|我|活着|是|就|也|个|,)*(?:早就?该死|多余|累赘|拖累)"),
    (
        "self_harm",
        rf"(?:^|[,。 ])(?:觉得|感觉)?{_OWN}(?:觉得|感觉|活着|现在|真|在家里?|这个?人|我|就|也|都|是|太|成了|,)*"
        r"(?:(?:全家|家里|孩子们?|儿女|儿子|闺女|大家|你们|他们|一家人?)的?)?个?"
        r"(?:累赘|拖累|包袱|(?<![我想买做问说])多余的?(?:了|啊|吧)?(?:$|[,。! ]))",
    ),
    (  # of life itself, which 活 or 撑 need not be said of: 抑郁三年了,药没吃,觉得没必要了
        "self_harm",
        r"(?:没(?:有)?(?:必要|意义|意思|理由|力气)|不值得|犯不着|不想)(?:再)?(?:撑|熬|活|坚持|挺|扛)(?:着|下去|下来)(?![^,。!?]{0,3}(?:这|那)[个份]?(?:店|工作|生意))|"
        r"(?:抑郁|躁郁|双相)[^。!?]{0,24}?(?:没必要|没意义|没意思|没劲|没盼头|没用|不想(?:治|吃药|说话|"
        r"见人))了?(?:$|[,。! ])",
    ),
    (  # 奶奶说吃饭没意思,想跟爷爷去了
        "self_harm",
        rf"(?:没意思|没劲|活够|不想吃|不吃|没吃|没动|不吃不喝|累了|拖累)[^。!?]{{0,14}}?(?:想|要|该|早点|"
        rf"好){{1,2}}(?:去)?(?:跟着?|随着?|陪着?|找){_KIN}(?:一[起块]儿?)?(?:去|走)了?(?:$|[,。! ])|"
        rf"(?:想|要){{1,2}}(?:跟着?|随着?){_KIN}(?:去|走)了[,。! ][^。!?]{{0,10}}(?:没动|不吃|没吃|不喝)",
    ),
    (  # 给爹娘磕个头,儿子先走了
        "self_harm",
        r"(?:给|向|跟|为)[^,。!? ]{1,8}磕(?:[了个几三一]|响)*头[^。!?]{0,8}?(?:先走|[我俺]走了|先去了|来世|来生|"
        r"下辈子|别找我|不孝)|"
        r"(?:来世|来生|下辈子)(?:再|好好)?(?:报答|报|孝敬|孝顺|做|当)[^。!?]{0,10}(?:走了|先走|磕头|别找)",
    ),
    (  # 没脸见人了,桥上风真大
        "self_harm",
        r"(?:没脸(?:见人|活)|对不起(?:你们|爸妈|爹娘|孩子|大家|老婆|媳妇)|撑不下去|活够|走投无路|没活路)[^。!?]{0,12}"
        r"(?:(?:桥|楼顶|天台)(?:上|边)?[^。!?]{0,6}[风高冷黑大]|(?:河|江|湖|水库|铁轨)(?:边|上))|"
        r"(?:桥上|桥边|楼顶|天台|河边|江边|水库边|铁轨)[^。!?]{0,10}(?:没脸(?:见人|活)|活够|对不起(?:你们|爸妈|爹娘|孩子|大家|老婆|媳妇)|解脱)",
    ),
    (  # 累了,想永远地睡过去
        "self_harm",
        r"(?:想|要|愿意?|干脆|不如|盼着|能)[^,。!? ]{0,3}(?:永远|永久|再也)[^,。!? ]{0,3}(?:睡(?:过去|着|下去|"
        r"了)|闭上?眼|不[用想]?(?:醒|起来))|"
        r"(?:想|要|愿|不如|盼着?|就这么)[^,。!? ]{0,3}(?:一睡不醒|长眠|"
        r"一觉(?:睡过去)?[^,。!? ]{0,2}(?:再也)?不醒|睡过去[^,。!? ]{0,2}(?:再也|别|就|永远)?(?:再)?不?要?醒)|"
        r"睡(?:过去|着)了?[,。 ]?(?:就)?(?:再也|永远)(?:不|别)[^,。!? ]{0,3}醒",
    ),
    (  # 插座冒烟了,拔了插头还冒
        "fire",
        r"(?:电褥子|电热毯|电毯|插座|插排|排插|插线板|接线板|充电器|电视机?|空调|洗衣机|冰箱|电[表闸]箱?|微波炉|电饭锅|热水器|电动车|电瓶车?|取暖器|小太阳|风扇|灯|线)"
        r"[^。!?]{0,8}(?:冒[烟火黑]|烧糊|焦味|着火)[^。!?]{0,8}(?:拔|断|关|"
        r"拉)[^,。!?]{0,5}[,。 ]?[^,。!?]{0,2}(?:还|仍|照样|照旧)(?:是|在|往外)?(?:冒|着|烧)",
    ),
    (  # 牛车翻了,压着老李了
        "trapped",
        rf"(?:翻|塌|倒|垮)[^。!?没]{{0,8}}?压(?:着|住|到|在)(?:了)?(?:老[{SURNAMES}]|{_KIN}|个?人|他|她|俺|我)(?![家们的]|价|力)",
    ),
    (
        "electric",
        r"(?:电线|高压线|电缆|线缆|线)[^,。!?有没]{0,4}(?:掉|断|落|(?:耷拉|垂)[^,。!?没]{0,3}地)[^。!?没]{0,10}(?:火星|火花|打火|冒火|噼里啪啦)(?![^。!?]{0,3}没)",
    ),
    (
        "violence",
        r"(?:现在|正在|这会儿?|眼下)[^,。!?没不别游球牌]{0,4}?(?:又|正|在)[^,。!?没不别游球牌电]{0,4}?"
        r"(?:动手|打(?:我|俺|她|他|起来|上了|孩子|娃|老婆|媳妇|老人|人|架|我妈|我爸)|揍[我她他人孩]|砸东西|[抡动]刀)",
    ),
    (
        "fire",
        r"(?:烟[^。!?]{0,10}(?:灭不[掉了]|扑不灭|(?:灭|扑)也?[灭扑]?不[掉灭了]))|"
        r"(?:烧|火(?!烧云)|着)(?!云)[^。!?云]{0,8}半边天[^,。!?]{0,3}红|^(?!.{0,20}(?:霞|云|日落|日出|太阳|夕阳|晚上灯|灯光)).{0,6}半边天[^,。!?]{0,3}红",
    ),
    (
        "medical",
        r"(?:人|他|她|孩子|小孩|娃|老[人头太]|大爷|大妈|奶奶|爷爷|行人|骑车的|男的|女的|学生|[我俺](?:妈|爸|爹|娘|儿子|闺女|老伴))"
        r"[^,。!?没差狗猫]{0,6}?(?:(?:撞|碾|甩|弹|蹦|颠|轧)飞|(?:都|给|得|就)?[^,。!?没差说]{0,3}飞(?:了)?出去了?)(?!过|怎么|应该)",
    ),
)
_RINGS: Final = tuple((kind, late(pattern)) for kind, pattern in _FORMS)
_MAY_RING = late(
    "压|磕|来世|来生|下辈子|没脸|对不起|撑不|活够|走投|没活路|桥|楼顶|天台|睡|长眠|闭眼|闭上|再也|冒烟|冒黑|烧糊|焦味|着火|没必要|没意|没理由|没劲|没用|没力气|不值得|犯不着|不想|[跟随陪找]|死|自杀|了断|累赘|拖累|包袱|多余|火[花星]|打火|冒火|噼里|动手|打|揍|砸|刀|不灭|灭不|半边天|飞"
)
_NOT_OF_NOW = late(
    r"电视|电影|小说|新闻|视频|以前|从前|去年|前年|上次|上回|那年|小时候|万一|要是|如果|假如|怕|担心|差点|险些|防止|防着|演习|讲座|"
    r"电视剧|歌词|游戏|故事|书里|清明|上坟|坟|拜年|过年|寿|灵堂|出殡|发丧|火车|红包"
)
_HELP = r"(?:该|可|得|要|这|那|我|俺|我们|这可|现在)*(?:怎么|咋)(?:办|整|弄|搞|救)"
_ASKS_HELP = late(rf"(?:了|啦|咧|着呢)[,。!? 啊呀]*{_HELP}(?:啊|呀|呢|哦|才好|了|[?!,。 ])*$")
_STRIKES_ONCE = frozenset({"medical", "trapped", "electric", "gas", "fire"})  # no habit, and no thing that is lost
_FEARS = late(
    r"(?:我|俺|我们|全家|家里人?|[,。 ])(?:真|好|很|有点|就|都|挺|特别|怪)*(?:担心|不放心|害怕|吓坏|怕(?=$|[,。!]|"
    r"[他她]))"
)
_IF = late("万一|如果|要是|假如|若是|遇[到见上]|碰[到见上]|一旦|以后|将来|怕|会不会")


def told_by_form(text: str) -> str:
    """The kind of a danger that the form of the words tells of; empty when none does. Never raises."""
    if kind := unmistakable_kind(text):
        return kind
    if is_in_fear_of_kin(text) or fights_at_home(text):
        return "violence"
    if not _MAY_RING.search(text) or _NOT_OF_NOW.search(text):
        return ""
    return next((kind for kind, form in _RINGS if form.search(text)), "")


def asks_for_help_now(text: str, dangers: Collection[str]) -> bool:
    """有人溺水了怎么办, 他说要跳楼,我担心: it has come, and a call for help. `dangers`: its words, undoubted."""
    if "self_harm" in dangers and _FEARS.search(text) and not _NOT_OF_NOW.search(_FEARS.sub("", text)):
        return True
    return not _STRIKES_ONCE.isdisjoint(dangers) and bool(_ASKS_HELP.search(text)) and not _IF.search(text)
