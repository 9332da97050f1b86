"""The secretary, the head of a village, a grid worker: called upon or asked to help, and not complained about.

| said | is |
|---|---|
| 书记 路灯坏了; 网格员小王好 灯坏了 | a form of address, as little as 你好 |
| 我妈的赡养费老二一分不掏,请书记给说说 | somebody who shall help |
| 书记 收我红包; 书记家占了公家地; 主任你咋不管 | a complaint about him |
| 网格员真负责; 楼长态度很好 修得也快 | praise, for everybody's ears |

Never raise.
"""

from __future__ import annotations

from typing import Final

from classifiers.members.persons import SURNAMES
from classifiers.reader.late import late

_OFFICE: Final = (
    r"(?:村|社区|居委会?|村委会?|街道|支部|老)?(?:副)?(?:书记|主任|村长|支书|队长|组长|楼长|巷长|胡同长|站长|"
    r"网格员|网格长|干部)"
)
_NAME: Final = rf"(?:[小老]?[{SURNAMES}](?:[\u4e00-\u9fff]{{1,2}}(?=好|您|你))?)"
_ADDRESS = late(
    rf"(?:[{SURNAMES}]|咱们?(?:村)?的?|我们?的?|亲爱的|尊敬的)?{_OFFICE}(?:{_NAME})?(?:同志|大人)?"
    r"(?:(?:[,:!;。 ]|[您你]?好|啊|呀|诶|哎|在吗|在不在)+)"
    r"(?=[^,:!;。 ])(?![你您](?!们|好)|收|占|拿|贪|吃|克扣|骂|打(?![听扰])|推|欺|糊弄|偏|说(?!个|一|下)|让|总|"
    r"老[是爱]|天天|又|太|真(?!的)|从|[他她](?!家)|不(?!好意思)|没(?![水电暖气信网])|谁|敢|家|的|就)"
)
_ASKED = late(
    rf"(?:请|麻烦|求|劳驾|拜托|让|想让|想请|希望|找|托|盼)(?:咱们?|你们?|我们?)?(?:村|的)?[{SURNAMES}]?{_OFFICE}(?:能|来|出面|抽空|有空|们)*"
    r"(?:给|帮忙?|替)?(?:我|俺|我们|咱|大家)?(?:家|[爸妈爹娘]|爷爷|奶奶|老人)?(?:评|说(?!了|过|话不)|劝|调|做|管|看|问|主持|出面|协调|断|讲|拿|取|办|买|送|查|解决|处理|开|带|反映|跑|填|交|和)[^,。!?]{0,8}"
)
_LONGEST: Final = 40  # signs behind an address; a letter to the secretary is read as a whole
_MAY_BLAME = late(  # somebody of theirs, told to their superior
    rf"小[{SURNAMES}](?!区)|态度|你们|骂人|不作为|投诉|举报|反映|实名|当面|上级|某|[他她](?!家)|"
    r"网格[员长]|[楼巷组队里弄]长|干部|调解员|书记|主任|支书"
)
_WRONGS: Final = (
    r"(?:霸?占|贪|吃拿|吃回扣|克扣|截留|冒领|私吞|挪用|偏[袒心向]|徇私|包庇|[收拿要](?:了)?(?:人家?|我|俺|老百姓|村民|居民|商户)?(?:的)?(?:钱|礼|红包|好处|烟酒?|贿)|"
    r"吃(?:了)?(?:低保|空饷|救济)|优亲厚友)"
)
_HIS: Final = r"(?:他|她)?(?:的)?(?:家(?:里)?(?:人)?|媳妇|老婆|儿子|闺女|亲戚|小舅子|弟弟?|侄子|女婿|本人|自己|自家)?"
_WRONGED = late(rf"{_OFFICE}{_HIS}(?:又|还|就|都|把|给|带头|也|[^,。!? 请找帮]){{0,4}}?{_WRONGS}")
_NOT_WRONGED = late(r"没(?:有)?(?:贪|收|占|拿)|不(?:贪|收|占)|占道|吵|纠纷|清廉|请[^,。!?]{0,4}(?:书记|主任)")

_VERY: Final = r"(?:真|很|挺|特别|太|非常|可|也|都|又|蛮|还|比较|是|的|确实|着实|实在)*"
_PRAISED = late(
    rf"表扬|点(?:个)?赞|锦旗|夸|感谢|多亏|态度{_VERY}(?:好(?=[,。!了啊呀\s]|$)|不错|热情|和气|没的说)|"
    rf"{_VERY}(?:热情|热心|负责|耐心|细心|周到|和气|勤快|麻利|实在|贴心|尽心|用心|有礼貌|能干|不错)(?:了|啊|呀|的|任|[,。!\s]|$)"
)
_BUT = late(
    r"不(?!错|厌其烦|怕|嫌)|没(?!的说|少)|别|但|可是|就是(?!好)|却|除了|光|只|装|假|要是|如果|谁|[?吗呢]|才怪|"
    r"慢|拖|懒|睡|酒|钱|礼|红包|麻将|打牌|亲戚|熟人|领导|骂|打人|吼|脸色"
)


def without_address(text: str) -> str:
    """The text without the official who is called upon at its beginning; the same text when nothing would be left."""
    match = _ADDRESS.match(text)
    rest = text[match.end() :] if match else text
    return text if len(rest) > _LONGEST or _MAY_BLAME.search(rest) else rest


def without_helpers(text: str) -> str:
    """The text without its 请书记给说说."""
    rest = _ASKED.sub("", text)
    return text if rest == text or len(rest) > _LONGEST or _MAY_BLAME.search(rest) else rest.strip(" ,。!?;:\n")


def tells_of_wrongs(text: str) -> bool:
    """书记家占了公家地, 主任拿人家红包."""
    return bool(_WRONGED.search(text)) and not _NOT_WRONGED.search(text)


def only_praises(text: str) -> bool:
    """网格员真负责, and nothing against anybody."""
    return len(text) <= _LONGEST and bool(_PRAISED.search(text)) and not _BUT.search(text)
