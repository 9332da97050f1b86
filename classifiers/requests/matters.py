"""Where one matter of a message ends and the next begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from classifiers.reader.features import Sight, see
from classifiers.reader.late import late
from classifiers.reader.model import Model, Votes
from classifiers.taxonomy import CHAT

_MOST_MATTERS: Final = 4
_MOST_BORDERS: Final = 8
_MARKER_WORTH: Final = 1.0  # how much likelier a border is behind 还有, 另外 …
_MARKER = late(
    r"[,。;!?\n ]*(?:还有一件事|还有件事|还有个事|还有就是|再一个|再就是|再有|还有|另外|再说|顺便|顺带|顺道|"
    r"对了|此外|其次|第?[一二三四五]是|第[一二三四五]|[一二三四五]、|(?<=[,。;:\n ])[1-9][.、)]|二一个|还想问|"
    r"还想请|再问|也想问|再麻烦|再帮|最后)[,:\s]*"
    # 路灯不亮了楼道里还堆着电动车
    r"|(?<=了)(?=(?:楼道|楼下|门口|院[里子]|胡同口?|路口|厨房|厕所|卫生间|墙角|楼上|隔壁)[^,。;!?\s]{0,3}(?:还|又)(?:堆|放|停|占|漏|堵|有|是|在|天天|半夜))"
)
_CALL = late(  # for hands, whatever they are to do: no matter of its own
    r"(?:麻烦|请|劳驾|拜托|求|你们?|您|师傅|工人|电工|物业|大家|谁|能|可以?|帮忙?|给|来|派|找|叫|安排|人|个|位|我|俺|咱|一|下|过|上门|"
    r"想|要|让|求求|希望|说说|说一说|劝一?劝|评评?理|调解|做个?主|出个?面|谈谈|聊聊|管管|"
    r"还|再|也|一眼|一趟|今天|明天|这[几两]天|有空|"
    r"看|瞧|瞅|管|弄|修|处理|解决|查|更换|换|维修|检修|修复|修理|清理|打扫|清运|加固|整改|协调|重视|"
    r"快点?|赶紧|尽快|尽早|及时|抓紧|的|了|吧|呗|嘛|行|不|没有?|吗|啊|呀|哦|呢|好|谢|感谢|辛苦|"
    r"啥时候|什么时候|[,。!? ])+"
)
_WHOM = (
    r"(?:真是?|实在|简直|可|太|都|又|也|还|就|老|很|挺|怪|我们?|俺们?|咱们?|人|孩子|小孩|大家|邻居|行|一?家|"
    r"全家|家里|屋里|昨天|昨晚|今天|前天|昨儿|晚上|夜里|白天|天天|上次|刚才|,)*"
)
_BEHIND = (  # what only judges the matter before it, or tells what comes of it
    r"(?:味儿?|味道|气味|声音?|动静)(?:太|很|老|挺|特别|可)?(?:大|重|冲|呛|难闻)(?:得.{1,3})?|"
    r"(?:臭|脏|黑|吵|闹|冷|冻|热|呛|熏|吓|急|愁|烦|气|滑|乱|难闻|难受|危险|害怕|闹心|恶心|埋汰|瘆|愁)"
    r"(?:得|的|很|慌|要命|要死|不行|不得了|受不了|死|人|烘烘|咕隆咚|乎乎|冰冰|兮兮|哄哄)*|"
    r"(?:差点儿?|差一点儿?|险些)(?:没|把|给|被|就)?(?:我|人|孩子|老人)?(?:摔|绊|滑|砸|崴|碰|撞|扎|掉|踩|跌|划|电|磕|烫).{0,6}|"
    r"(?:没法子?|没办法|不敢|不能|不好)(?:睡觉?|住人?|走路?|走人|过人?|用|做饭|洗澡?|洗衣服|出门|开窗户?|学习|写作业|待|歇|下脚|呼吸)|"
    r"(?:睡|歇|坐|待|走|过|进|出)不(?:着觉?|安稳|好觉?|住|了|去|来|动)|"
    r"满(?:院子?|屋子?|地|街|楼道|身|楼|胡同)都?是?.{1,3}|"
    r"(?:苍蝇|蚊子|蚊蝇|老鼠|蛆|虫子)(?:到处|满地|满天|乱|嗡嗡)*(?:飞|跑|爬|窜|都是)|"
    r"(?:万一|要是|怕|别|再)*(?:摔|砸|绊|碰|电|扎|滑|撞|伤)(?:着|到|倒)(?:了|个)?(?:人|谁|老人|孩子|小孩)(?:可)?(?:咋办|怎么办|咋整|怎么得了|不得了|谁负责)?|"
    r"(?:一直|老是?|总是?|不停地?|往外|还|都|直)(?:往外)?(?:流|漏|滴|冒|响|叫|闪|渗|喷|淌)(?:水|个不停|不停|着|味)?|"
    r"[关止停堵拧]不(?:住|上|严|死|紧|下来)|"
    r"(?:已经?|都|也|自己|家里)?(?:换|修|弄|拧|擦|通|试|掏|重启|洗|敲)(?:了|过|完)[^,]{0,6}?(?:也|都|还|还是|照样|仍然?|又)(?:还|是|没|不|照样)*[^,]{1,4}|"
    r"(?:他|她|人|对方|楼[上下]|邻居|隔壁|物业|房东|老板)们?(?:家|那[边家])?(?:人)?(?:还|又|也|就|都|根本|死活|愣|反倒)*"
    r"(?:不(?:认账?|承认|理人?|理我们?|管|听|赔|修|肯[^,]{0,4}|同意|答应|开门)|赖账|耍赖|装傻|装没听见|说(?:不是|跟|没|不关)[^,]{0,10})|"
    r"(?:这|该|应该)?(?:找谁|谁|咋|怎么)(?:来|给|能|管)?(?:赔|赔偿|负责)"
)
_ONLY_BEHIND = late(rf"{_WHOM}(?:{_BEHIND})(?:[了的啊呀呢吧!,]|得很)*")
# 灯坏了 楼道的: behind a matter, which thing or where.
_OF_WHAT = late(r"[\u4e00-\u9fff]{1,5}(?:的|那[个盏扇块根])[呀啊呢,。!]*")
# 跟他说他骂人, 还要打我: who he is stands before it.
_OF_HIM = late(
    r"(?:我|俺|我们|大家|邻居)?(?:去|就|都|一|刚|也|又|还|,)*(?:跟|和|找|说|劝|问|叫|让|提醒|喊)(?:了|"
    r"过)?(?:[他她]们?|对方|人家)(?:们|家)?[^,。;!?\n ]{0,16}|"
    r"(?:还|又|并且?|而且|甚至|反而|非|老|总|就)(?:要|想|敢|说要|扬言)?(?:打|骂|揍|砍|推|踢|踹|动手|吓唬|威胁|"
    r"凶|吼|杀)[^,。;!?\n ]{0,8}"
)
# 公共厕所没灯 | 门也插不上: a second fault of the same public place.
_PUBLIC_PLACE = late(r"公共?厕所?|公厕|卫生间外|凉亭|车棚|活动室|公交站|站台|电梯|门卫室|值班室")
_PART_ALSO = late(r"(?:门|窗户?|灯|水|地|墙|顶|锁|冲水|水龙头|洗手池|坑位?|里头|里面)也[^,。;!?]{1,6}")
# 打了110也没人管, and what it is about: nobody did anything, which is no matter of its own.
_IN_VAIN = late(
    r"(?:我|俺|也|都|还|已经|,)*(?:打|报|找|问|跟|给|投诉|反映|举报|说|催)[^,。!?]{0,10}?(?:也|都|还是|根本|又)*"
    r"(?:没人?(?:管|来|理|用|接|回)|不管(?:用)?|没(?:啥|什么)?用|没结果|没动静|没下文)[了啊呀,。!]*"
)
_OF_THE_SAME = late(r"(?:他|她)(?!们?家)(?:又|也|还|就|都|一个人|自己|现在|腿|身|不|没)")  # 他又一个人没法做饭
_LEAD = late(r"(?:哎呀?|哦|啊|喔|噢)?[, ]?(?:对了|另外|顺便(?:问|说)一?[下句])[,:。!\s]+(?=.{3})")
_NUMBERED = late(
    r"\(\s?[1-9一二三四五]\s?\)\s*(?=\S)|"
    r"(?:^|[\s,。;:])(?:[1-9一二三四五][.、)]|第[一二三四五](?:[件个]|是)?[,:、]?)\s*(?=\S)"
)
_IN_ONE_LINE = late(r"、+")
_ADDS = late(r"(?:那(?:地方|块儿?|儿|里|边)|他家?|她家?|这家)[^,。;!?]{0,4}还(?![是算好行能得要会想])[^,。;!?]{2,}")
_WISHES = late(
    r"[^,。;!?]{0,4}(?:谁能|有没有人能?|能不能)(?:给|帮|来)?[^,。;!?]{0,3}(?:送|做|看护?|带|买|陪|接)[^,。;!?]+$"
)
_CONCRETE: Final = frozenset({"repair", "dispute", "elder_care", "environment", "public_facility", "safety"})
_SURE: Final = 0.9  # chance of its type from which a side stands by itself
_FIRM: Final = 0.5  # chance of its type from which an item of a list is a matter
_PAUSE = late(r"[,。;!?\n ]+")
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text that speaks of one matter, and what the model says of it."""

    text: str
    sight: Sight
    votes: Votes


# 1号院灯坏了,2号院门坏了: a list with a door before each.
_OWN_DOOR = late(r"(?P<door>(?:[\u4e00-\u9fff]{1,4}胡同)?\d{1,4}(?:号楼|号院|号|栋|幢|单元))[^,。;!?\n]{2,}")
_COMMAS = late(r"[,。;!?\n]+\s*")


def parted_by_doors(plain: str) -> tuple[str, ...]:
    """The items of a list in which each names a door of its own; nothing for any other text."""
    clauses = [clause.strip() for clause in _COMMAS.split(plain) if clause.strip()]
    found = [_OWN_DOOR.match(clause) for clause in clauses]
    doors = {match["door"] for match in found if match}
    return tuple(clauses) if len(clauses) > 1 and len(doors) == len(clauses) else ()


def without_lead(text: str) -> str:
    """The text without the 对了 before it, which begins a matter and tells nothing of it."""
    match = _LEAD.match(text)
    return text[match.end() :] if match else text


def part_of(text: str, model: Model) -> Part:
    sight = see(text)
    return Part(text, sight, model.weigh(sight.features))


def divide(whole: Part, model: Model) -> tuple[Part, ...]:
    """The matters of a message that asks for something, in their order; most have one."""
    if items := _listed(whole.text, lambda text: part_of(text, model)):
        return items
    parts = [whole]
    if whole.votes.says("several"):
        parts = list(_halves(whole, lambda text: part_of(text, model)) or parts)
    else:
        parts = list(_added(whole, lambda text: part_of(text, model)) or parts)
    for place in reversed(range(len(parts))):
        if len(parts) > 1 and len(parts) < _MOST_MATTERS and parts[place].votes.says("several"):
            parts[place : place + 1] = _halves(parts[place], lambda text: part_of(text, model)) or [parts[place]]
    return tuple(parts)


def _halves(whole: Part, read: Callable[[str], Part]) -> Sequence[Part]:
    """The two parts that together read best; none where one side asks for nothing."""
    best: tuple[float, Sequence[Part]] = (float("-inf"), ())
    for left, right, is_marked in _cuts(whole.text):
        parts = (read(left), read(right))
        if any(_CALL.fullmatch(side) or _IN_VAIN.fullmatch(side) for side in (left, right)) or not all(
            part.votes.says("asks") for part in parts
        ):
            continue
        if not is_marked and (_is_only_behind(right) or _OF_WHAT.fullmatch(right) or _OF_HIM.match(right)):
            continue  # 垃圾没人收,臭得很 is one matter
        if not is_marked and _PUBLIC_PLACE.search(left) and _PART_ALSO.fullmatch(right):
            continue
        is_same = _OF_THE_SAME.match(right) and _likeliest(parts[0].votes) == _likeliest(parts[1].votes)
        if not is_marked and is_same:
            continue
        worth = sum(_clearness(part.votes) for part in parts) + _MARKER_WORTH * is_marked
        if worth > best[0]:
            best = (worth, parts)
    return best[1]


def _listed(text: str, read: Callable[[str], Part]) -> tuple[Part, ...]:
    """1.门锁坏了 2.电线垂下来了 3.垃圾没人清: each item is a matter, when all of them ask; of items parted by 、
    only when no two are of one type."""
    numbered = [item.strip(" ,。;") for item in _NUMBERED.split(text)]
    heads = len(_NUMBERED.findall(text))
    if heads > 1 and not numbered[0]:
        parts = tuple(read(item) for item in numbered[1:])
        return parts if heads <= _MOST_BORDERS and all(map(_asks, parts)) else ()
    items = [item.strip(" ,。;") for item in _IN_ONE_LINE.split(text)]
    if not 2 < len(items) <= _MOST_BORDERS or min(map(len, items)) <= _SHORTEST:
        return ()
    parts = tuple(read(item) for item in items)
    types = {_likeliest(part.votes) for part in parts}
    return parts if len(types) == len(parts) and all(map(_asks, parts)) else ()


def _added(whole: Part, read: Callable[[str], Part]) -> Sequence[Part]:
    """有人老看人家门,怪可疑的,那地方路灯还坏着: what is added with 还, or wished for behind a fault, is a matter of its
    own when both sides are surely of different types."""
    for left, right, is_marked in _cuts(whole.text):
        if is_marked or not (_ADDS.match(right) or _WISHES.match(right)) or _is_only_behind(right):
            continue
        parts = read(left), read(right)
        types = {_likeliest(part.votes) for part in parts}
        if len(types) > 1 and types <= _CONCRETE and all(map(_is_sure, parts)):
            return parts
    return ()


def _is_sure(part: Part) -> bool:
    return part.votes.says("asks") and part.votes.chances("type")[_likeliest(part.votes)] >= _SURE


def _asks(part: Part) -> bool:
    chances = part.votes.chances("type")
    is_firm = chances[_likeliest(part.votes)] >= _FIRM * (1 - chances[CHAT])
    return part.votes.says("asks") and is_firm and _CALL.fullmatch(part.text) is None


def _likeliest(votes: Votes) -> str:
    chances = votes.chances("type")
    return max((code for code in chances if code != CHAT), key=lambda code: chances[code])


def _is_only_behind(right: str) -> bool:
    """一直流水 关不住: each clause only judges what stands before, or tells what comes of it."""
    return all(_ONLY_BEHIND.fullmatch(clause) for clause in _PAUSE.split(right) if clause)


def _clearness(votes: Votes) -> float:
    """How well a stretch reads as one request: log of the chance of its likeliest type and of asking at all."""
    chances = votes.chances("type")
    likeliest = max(chance for code, chance in chances.items() if code != CHAT)
    return log(max(likeliest, 1e-6)) + log(max(votes.chance("asks"), 1e-6))


def _cuts(text: str) -> Iterator[tuple[str, str, bool]]:
    """Both sides of each border, and whether a word of a new matter stands there."""
    borders = {match.end(): (match.start(), False) for match in _PAUSE.finditer(text)}
    borders |= {match.end(): (match.start(), True) for match in _MARKER.finditer(text)}
    marked_first = sorted(borders.items(), key=lambda item: (not item[1][1], item[0]))[:_MOST_BORDERS]
    for end, (start, is_marked) in marked_first:
        left, right = text[:start].strip(), text[end:].strip()
        if len(left) >= _SHORTEST and len(right) >= _SHORTEST:
            yield left, right, is_marked
