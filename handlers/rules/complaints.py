"""A complaint about one's own people by name: the word lists know titles, only the roster knows names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from classifiers.reader.late import late
from storage.records import Member

_OWN_PEOPLE = late(
    r"胡同长|巷长|片长|楼长|楼栋长|栋长|单元长|网格员|网格长|小组长|组长|中心户|责任(?:党员|人)|包村干部|(?:村|支|社区)?书记|村长|村主任|村干部|"
    r"负责(?:我们?|俺们?|咱们?)?(?:这|那)?(?:片|块|条|个|胡同|里)*的?(?:那个)?人|管事的|你们(?:派|叫|安排)?来的(?:那个)?人|派来的(?:那个)?人|(?:来修|来办事|上门)的(?:那个)?|"
    r"居委会?(?:主任|的人)|社区主任|调解员|管(?:我们|俺们|咱们)?(?:这|那)?(?:片|块|条|里|个胡同)的?"
)
_ATTITUDE = (  # 态度很好 is praise
    r"态度(?!(?:真|很|挺|特别|太|非常|可|也|都|又|蛮|还|比较|是|的|确实|[,，\s])*(?:好(?!像|歹|点|些|一点|不|差|烂|臭|凶|冷|恶|坏)|不错|热情|热心|和气|和蔼|亲切|可以|行|没的说|端正|认真))"
)
_BLAME = late(
    r"空饷|合伙|私分|侵占|回扣|包给.{0,8}(?:侄|儿|女婿|小舅|亲)|喝得|打麻将|占了?(?:公|集体|我|俺)|欠(?:我|俺|人)|穿小鞋|得罪|拍照交差|跟没看见|往我?.{0,4}身上(?:瞟|瞄|转|瞅)|摸(?:我|她)|推了?(?:我|俺)|"
    r"没(?:了|有)?下文|说话不算|人影(?:都|也)?(?:不见|没|见不)|不见人影|光说不练|装(?:看不见|没看见|听不见|没听见|不知道|糊涂|聋|死)|(?:收|拿|要|吃)(?:了|过|人|人家|我|俺|我们|别人)*的?(?:红包|礼|烟|酒|好处|回扣)|"
    r"光(?:吃|拿|说|收|会)|不干活|不露面|见不着|叫(?:了)?[几三两多]?[回次趟]?(?:都|也)?不来|老(?:收|拿|要)|收人|收(?:了)?(?:我|俺|人家)|不敢说名字|假公济私|"
    r"推三阻四|(?:这)?人不行|打碎|打坏|弄坏|不赔|私搭乱建|占(?:了)?公家|有(?:过节|仇)|手脚不干净|信不过|信不着|放屁|睁眼说瞎话|(?:根本|压根)没来|不指望|要了(?:我|俺).{0,8}|要了.{0,8}[钱元块]|[还又都]收(?:费|钱)|辛苦费|收(?:了)?(?:我|俺|人家)?.{0,5}[十百千\d].{0,2}[元块]|回回说|老说明天|就是不(?:想|愿)|换个人|不归他管|[亲偏]戚|向着|护着|偏向|公报私仇|吃(?:请|喝)|拿好处|吹牛|糊弄|懒|脸色|甩脸子|不接电话|挂(?:我)?电话|躲着|骂人|打人|喝(?:醉|酒|多)|只认|顺走|偷"
)
_COMPLAINT = late(
    r"投诉|举报|告他|告她|反映.{0,6}问题|骂|推诿|踢皮球|不作为|不办事|不理|不管|敷衍|乱来|欺负|偏心|收(?:了|我).{0,8}[钱元块礼]|"
    r"索要|要钱|吃拿|贪|换掉|撤(?:掉|了|换)|换(?:个|一个)人|不称职|耍官威|刁难|说话难听|没人品|威胁|动手|" + _ATTITUDE
)
_HARM = late(r"打|砍|捅|掐|踹|踢|扇|逼|摸|骚扰|强奸|跟踪|恐吓|占我|抢")
_SECRETARY = late(r"(?<!副)(?:支部?)?书记|支书")
_CALLED_UPON = (
    r"(?:找|叫|请|求|跟|和|向|给|对|让|告诉|通知|报告){0}|{0}(?:书记|同志)?[,，!！。\s]{{0,2}}(?:您|你|快|救|帮|求)"
)
_TOOK_FOR_IT = late(  # 给我办补贴跟我要了两条烟: whoever it is, he is one of those who do such things
    r"(?:给|替|帮)(?:我|俺|人|我家|俺家)?办.{0,12}(?:跟|管|问|向)(?:我|俺|人).{0,2}(?:要|收|拿|讨)了?|(?:跟|管|问|向)(?:我|俺)要了?.{0,6}才(?:给|肯)办"
)
_AT_WORK = late(
    r"上[回次]|修|通|上门|接单|派|找(?:过|了)?小|活儿|办事|干活|[不没]来|不修|叫(?:了|过)?[他小]|他说|说明天|换个人"
)
_NEIGHBOUR = late(r"楼上|楼下|邻居|对门|隔壁|对过|街坊|房东|租户|同事|老板")
_PRAISE = late(r"表扬|谢|真好|很好|挺好|不错|辛苦|热心|点(?:个)?赞|锦旗|夸|感动")


_MANNERS = late(  # of whoever came: said of a thing they mean nothing
    rf"{_ATTITUDE}|脾气(?:大|冲|坏|臭)|说话(?:难听|冲|带刺|不客气|没好气)|甩脸|摆脸色|脸色难看|不耐烦|爱搭不理|爱答不理|不理人|骂(?:人|我|俺)|训(?:人|我|俺)|吼(?:人|我|俺)|"
    r"摔摔打打|骂骂咧咧|吊儿郎当|凶(?:巴巴|得很|我)|没礼貌|不尊重人|(?:还|又|要|收)(?:了)?(?:我|俺)?.{0,4}(?:辛苦费|好处费|红包)|吃拿卡要|手脚不干净|嘴(?:太|真)?(?:臭|碎|不干净)"
)
_WHO_CAME = late(  # and none of the decorators next door
    r"(?<!装修)(?<!装潢)(?<!物业)(?<!送货)(?<!搬家)(?<!公交)(?<!快递)(?<!电梯)(?<!外卖)师傅|你们(?:派)?(?:来)?的?(?:人(?!民)|师傅)|"
    r"^(?:你们?的?|服务|这|什么|[,，\s])*态度|(?:来|修|干活|上门|派来|办事|处理)的(?:那个?|这个?)?(?:人|小伙子?|姑娘|大姐|大哥|老头|同志)"
)
_CONDUCT = late(
    r"喝(?:醉|酒|多|大|高)|酒气|酒味|醉醺醺|颠三倒四|胡言乱语|满嘴(?:脏话|酒)|(?:骂|吼|训)(?:人|我|俺)|动手动脚|手脚不干净|耍(?:酒疯|流氓|无赖)|不三不四"
)
_PRAISED = late(
    r"(?:真|很|特别|挺|太|可|非常|十分|最|又)(?:是)?(?:热情|热心|负责|耐心|细心|周到|客气|和气|勤快|麻利|实在|贴心|暖心|尽心|用心|亲切|有礼貌|能干|好心|"
    r"不错|好(?=[了啊呀!,。]|$))|"
    r"手(?:艺)?(?:真|很|挺|可|太|也)*(?:好|巧)(?=[了啊呀!,。\s]|$)|(?:这人|人|孩子)(?:真|很|挺)*(?:不错|好)(?=[了啊呀!,。\s]|$)|"
    r"比[^,。!\s]{1,8}(?:强|好|利索)(?:多|得多)?(?=[了啊呀!,。\s]|$)"
)
_SPOILS = late(
    r"不(?!错|得不)|没|可是|但|就是|光|只|装|假|除了|对(?:亲戚|熟人|有钱|领导|当官)|那个叫|[?吗]|呢$|才怪|得把"
)
_EXPECTED = late(  # 陈示例说下午来修: what a helper promised or did is no complaint
    r"说(?:好|过|了)?.{0,6}(?:来|去|修|到|送)|(?:让|叫|喊|请)(?:我|俺)|来(?:看|修|弄|换)过|电话|号码|微信|在不在|在哪|是谁|多谢|感谢"
)


def with_offices(text: str, members: Iterable[Member]) -> str:
    """The text with a title in the place of each member's name, for a reader who knows titles and no names: 春燕嘴太碎
    becomes 网格员嘴太碎. The same text when nobody is named, or nobody can be complained of."""
    if _PRAISE.search(text) or _EXPECTED.search(text):
        return text
    for name in sorted((name for one in members for name in names_of(one)), key=len, reverse=True):
        if name in text and _is_accused(name, text):
            text = re.sub(rf"{name}(?P<title>书记|主任|组长)?", lambda found: found["title"] or "网格员", text)
    return text


def with_names(text: str, members: Iterable[Member]) -> str:
    """The text with 陈示例 in the place of 小陈 and 老陈; of several of that name the first."""
    for one in members:
        if len(one.name) > 1:
            text = re.sub(rf"[小老]{re.escape(one.name[0])}(?![\u4e00-\u9fff]?家)", one.name, text)
    return text


def names_of(member: Member) -> tuple[str, ...]:
    """李春燕 and 春燕; a name of two signs only whole."""
    whole = member.name
    return (whole, whole[1:]) if len(whole) == 3 else (whole,) if len(whole) > 1 else ()


def complained_of(text: str, members: Iterable[Member]) -> frozenset[str]:
    """Codes of the members whose names stand in a complaint. Empty for anything else."""
    if not (_COMPLAINT.search(text) or _BLAME.search(text)):
        return frozenset()
    return frozenset(one.code for one in members if len(one.name) >= 2 and one.name in text)


def accused_in(
    text: str, members: Iterable[Member], around: Iterable[Member] = (), *, is_complaint: bool = False
) -> frozenset[str]:
    """Codes of the members who are said in a confidential matter to have done something; who is called for help is
    not: 找李大山, 李大山快来. Those `around` may be named without their surname. `is_complaint`: it is one, however
    it is said."""
    if not is_complaint and not any(sign.search(text) for sign in (_COMPLAINT, _BLAME, _HARM)):
        return frozenset()
    named = [(one.code, one.name) for one in members if len(one.name) >= 2]
    named += [(one.code, name) for one in around for name in names_of(one)]
    return frozenset(code for code, name in named if name in text and _is_accused(name, text))


def accuses_secretary(text: str, *, is_complaint: bool = False) -> bool:
    """Is it the secretary himself, by his office: 书记吃拿卡要? 跟书记说了三回,网格员还是不管 is not."""
    clauses = (clause for clause in re.split(r"[,，。;；!！?？\s]", text) if _SECRETARY.search(clause))
    return any(_is_accused_by_office(clause) for clause in clauses) and bool(
        is_complaint or _COMPLAINT.search(text) or _BLAME.search(text) or _HARM.search(text)
    )


def _is_accused_by_office(clause: str) -> bool:
    others = _OWN_PEOPLE.sub(lambda found: "" if _SECRETARY.search(found[0]) else "~", clause)
    return "~" not in others and _is_accused("(?:支部?)?书记|支书", clause)


def _is_accused(name: str, text: str) -> bool:
    return not re.search(_CALLED_UPON.format(f"(?:{name})"), text)


def blames_own_people(text: str) -> bool:
    """Is somebody of the lane's own people blamed by his office: 网格员从来不露面, 管我们这片的老收人东西?"""
    is_blamed = _OWN_PEOPLE.search(text) and (_COMPLAINT.search(text) or _BLAME.search(text))
    return bool(is_blamed or _TOOK_FOR_IT.search(text))


def doubts_by_nickname(text: str, members: Iterable[Member]) -> bool:
    """小张那人我信不过, when a member is called 张: asked only of a remark about somebody, of a quarrel never."""
    return not _PRAISE.search(text) and _is_called(text, members)


def blames_manners(text: str) -> bool:
    """态度不好, 说话冲: said of a result, it is of whoever came. 邻居态度不好 is of somebody else."""
    return bool(_MANNERS.search(text)) and not _NEIGHBOUR.search(text) and not praises(text)


def blames_whoever_came(text: str) -> bool:
    """来的人态度不好, 师傅说话难听: of ours, whoever it was and whatever he came for."""
    return blames_manners(text) and _WHO_CAME.search(text) is not None


def praises(text: str) -> bool:
    """办事的小姑娘真热情: praise of somebody, and no word against him."""
    is_blame = _COMPLAINT.search(text) or _BLAME.search(text) or _SPOILS.search(text)
    return bool(_PRAISED.search(text)) and not is_blame


def blames_conduct(text: str, members: Iterable[Member]) -> bool:
    """小陈是不是喝多了 说话颠三倒四, when a member is a 陈: how he behaves. 楼上小陈喝多了 is a neighbour."""
    return bool(_CONDUCT.search(text)) and not _NEIGHBOUR.search(text) and _is_called(text, members)


def blames_work(text: str) -> bool:
    """小陈上门通下水道还收钱: somebody is blamed for his work, whatever is asked. 楼上小陈天天吵 is a neighbour."""
    is_blamed = (_COMPLAINT.search(text) or _BLAME.search(text)) and _AT_WORK.search(text)
    return bool(is_blamed) and not _NEIGHBOUR.search(text)


def _is_called(text: str, members: Iterable[Member]) -> bool:
    nicknames = (f"{size}{one.name[:1]}" for one in members for size in "小老")
    return any(len(nickname) > 1 and nickname in text for nickname in nicknames)
