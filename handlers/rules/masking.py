"""What is taken out of words before others than the responsible member see them."""

from __future__ import annotations

import hashlib
import re

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓郁单杭洪"
    "包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮储靳段富巫乌焦巴弓牧隗山谷车侯宓蓬全班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景"
    "詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀"
    "郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧利师巩聂关荆游"
)
_TITLES = "大爷|大妈|大娘|大叔|大婶|大姐|大哥|大嫂|爷爷|奶奶|叔叔|阿姨|师傅|老师|先生|女士|婶子|嫂子|老太太|老太|老头|老汉|婆婆|姥姥|家的|家"
_NUMBER = "0-9零〇一二三四五六七八九十百两"
_ID_CARD = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{15}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{7,}(?!\d)")
_DOOR = re.compile(
    rf"[{_NUMBER}]+(?:号楼|栋|幢|座|#)(?:[{_NUMBER}]+(?:单元|门))?(?:[{_NUMBER}]+(?:室|号|户|层|楼)?)?"
    rf"|[{_NUMBER}]+单元(?:[{_NUMBER}]+(?:室|号|户)?)?|[{_NUMBER}]+(?:室|号院|号门|号(?!线|楼上))|(?<!\d)\d{{1,3}}-\d{{1,2}}-\d{{2,4}}(?!\d)"
)
_SAID_NAME = re.compile(
    rf"(我叫|我是|姓名[::]?|名叫|叫做)\s*([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=[,,。.!!;;\s]|住|家|电话|$)"
)
_CALLED = re.compile(
    rf"[老小阿][{_SURNAMES}](?=[^\u4e00-\u9fff]|{_TITLES}|[\u4e00-\u9fff])|[{_SURNAMES}][\u4e00-\u9fff]{{0,2}}?(?:{_TITLES})"
)
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f]")


def without_numbers(text: str) -> str:
    """Phones, identity numbers and other long numbers replaced; for logs and for everybody who need not call."""
    text = _ID_CARD.sub("[证件号]", text)
    text = _PHONE.sub("[电话]", text)
    return _LONG_NUMBER.sub("[号码]", text)


def for_group(text: str, names: tuple[str, ...] = ()) -> str:
    """A resident's words as a group may read them: numbers, doors and people's names are masked.

    `names` are names known from the roster's households; others are found by how people call each other.
    """
    text = without_numbers(_UNSEEN.sub("", text))
    for name in names:
        text = text.replace(name, name[:1] + "**")
    text = _DOOR.sub("**", text)
    text = _SAID_NAME.sub(lambda found: found[1] + found[2][0] + "**", text)
    return _CALLED.sub("某某", text)


def place_for_group(lane_name: str, place_text: str) -> str:
    """Where it is, without the door."""
    return lane_name or _DOOR.sub("**", place_text)


def openid_for_log(openid: str) -> str:
    """Enough to follow one person through a log, too little to know who it is."""
    return hashlib.sha256(openid.encode()).hexdigest()[:8] if openid else ""


def pseudonym(text: str, key: bytes) -> str:
    """The same name for the same person in all exports of one desk, and no way back without the key."""
    return hashlib.blake2b(text.encode(), key=key, digest_size=6).hexdigest() if text else ""


# Full-width twins: they read the same and mean nothing to markdown, to tags and to mentions.
_HARMLESS = str.maketrans({c: chr(ord(c) + 0xFEE0) for c in "<>@*_#[]()|~!\\"} | {"`": "'"})


def markdown_safe(text: str) -> str:
    """Words of people inside a WeCom markdown message: no tag, no mention, no link, no heading, no new line."""
    return " ".join(_UNSEEN.sub("", text).translate(_HARMLESS).split())


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, one line."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
