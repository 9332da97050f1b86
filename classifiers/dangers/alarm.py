"""Decides whether a message tells of an emergency, and says why: the second layer above the words of danger.

The first layer (`emergencies`) finds plain words of danger and what takes them back: the past, a film, an if. The
trained reader weighs those findings with everything else that was said, so that it hears what is told in a roundabout
way and what only sounds like danger. A danger that nothing takes back needs little belief to ring; words without any
plain danger need more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from classifiers.dangers.awaiting import waits_for_somebody
from classifiers.dangers.calming import asks_out_of_a_book, is_harmless, is_plea, was_seen_to, without_pleas
from classifiers.dangers.cleared import smells_gas_no_more
from classifiers.dangers.denied import denied_kinds
from classifiers.dangers.everyday import (
    annoys_every_day,
    is_kept_upstairs,
    is_old_boast,
    pants_at_work,
    tells_a_habit,
    wants_a_service,
)
from classifiers.dangers.hearsay import is_news, is_notice, is_rumour, is_seen_from_far
from classifiers.dangers.leave_taking import takes_leave
from classifiers.dangers.phoning import dials_an_office
from classifiers.dangers.ringing import asks_for_help_now, told_by_form
from classifiers.dangers.staged import is_staged, was_said_in_fun
from classifiers.dangers.suppositions import asks_ahead, tells_what_may_come
from classifiers.dangers.things_harmed import (
    harms_only_things,
    loses_beasts,
    lost_only_a_thing,
    weather_spoils_the_field,
)
from classifiers.dangers.unmistakable import dies_in_jest, unmistakable_kind, was_cut_by_mishap
from classifiers.reader.features import see
from classifiers.reader.late import late
from classifiers.reader.tidying import essence
from classifiers.requests.matters import Part
from classifiers.requests.weaknesses import tells_what_he_cannot

_SAYS_THEY_ARE_IN = late(r"(?:我|俺)?(?:家里?|屋里?|院里)(?:一直|现在|都)?有人(?:在|呢|的|在家)*[,。!\s]*")  # come in
_DIZZY = late(r"(?:我|俺)?(?:有点儿?|有些|今天|这两天|老是?|,)*头[晕昏](?:了|啊|呀|[,。!])*")  # a matter for today
_BARELY_LOST = late(
    r"(?:又|都|也|怎么|咋|就|突然|真|,)*(?:不见|没|丢|找不[着到]|没影儿?)了?[啊呀呢吗,。!? ]*"
)  # and nothing says what
_FEELS_ILL = late(  # one person, and nothing in the air
    r"(?:我|俺)(?:有点儿?|突然|忽然|一直|现在|今天|这会儿|头[晕昏疼痛]|恶心|想吐|吐了?|站不[住稳]|没劲|难受|心慌|浑身|"
    r"得厉害|得不行|得很|又|也|都|了|,)+|"
    r"(?:(?:我|俺|自己)(?:这会儿?|现在|今天|突然|忽然|一直)?)?头?(?:疼|痛|晕|昏)(?:得|到|的)(?:都|快|"
    r"直)?(?:站不[住稳起直]|走不[了动稳]|起不来|睁不开眼|直不起)[身床]?(?:来)?了?[啊呀,。! ]*"
)
_THING_LOST = late(
    r"[^,。!?人孩娃妈爸爹娘爷奶婆公]{0,8}(?:车|垫子?|盖子?|钥匙|手机|钱包?|证|卡|衣服|鞋|箱子?|包|桶|花盆?|快递|包裹|盆|锁|电瓶|篦子|伞|东西)"
    r"(?:都|又|也|全|给|怎么|突然|,)*(?:不见|丢|没|找不[着到]|(?:让人|被人?)偷)(?:走|掉)?了?[啊呀呢吗,。!? ]*"
)
_CALM_LINES: Final = (_SAYS_THEY_ARE_IN, _DIZZY, _BARELY_LOST, _THING_LOST)
_SIGNS_OF_KIND: Final = {  # without which a guess at such a kind needs much belief
    "flood": late("[水雨河江湖海洪涝淹泡灌沟渠坝堤浪潮雪冰雹池塘泥塌垮崩滑陷漫溃船桥]"),
    "missing": late("[人他她谁爸妈爹娘爷奶姥公婆叔姨姑舅伯哥姐弟妹儿女孩娃孙老友生岁我俺见找丢走失联回影]"),
}
_SIGNS_OF_SHORT: Final = {  # the same of a line that has no room to tell it in a roundabout way
    "self_harm": late(
        "[死活命跳药刀割绳吊井崖轨瓶腕血遗熬累]|想不开|念头|走了|了断|了结|结束|解脱|绝望|没(?:啥|什么)?(?:意思|意义|盼头|劲|奔头|用)|"
        "够了|拖累|多余|后事|寿衣|告别|永别|再见|对不起|来世|下辈子|清[净静]|闭眼|睡|醒|不想|不愿|不如|撑不|受不了|坚持不|自残|自尽|轻生|寻短|"
        "抑郁|消失|离开|楼[顶上边]|阳台|天台|窗|[河江湖海桥]|绝路|崩溃|一个人|托|别找|没人要"
    ),
    "trapped": late(
        "[困卡锁关压埋掉落坠淹溺井坑沟塘河湖江海水冰梯陷夹缝窗门救塌桥树顶崖洞冷冻悬吊爬开]|[出下上动]不|里面|里头|没信号|地下室"
    ),
    "violence": late(
        "[打揍骂砸砍捅踹踢掐拽扇刀棍抄绑锁追堵踩凶闹吓怕躲救血伤疼哭喊叫抢逼枪杀疯醉酒撬翻跟摸抱扒奸偷贼撕咬推搡砖泼仇拎抡脚拳闯扑揪拖"
        "勒按摁捂械徒撞声门]|动手|锄头|铁锹|扁担|陌生|不敢|旁边|暗号"
    ),
}
_SHORT: Final = 14  # signs
_OF_PEOPLE: Final = frozenset({"medical", "violence", "missing", "trapped"})  # which befall nobody but people
_SIGN_OF_FIRE = late("[火烧焦糊烟灶炉炸燃着灭爆热烫味红电闪亮锅冒点呛熏光蜡汽黑灰]")
_GAS_DETECTOR = late(r"(?:煤气|燃气|天然气|液化气|一氧化碳|可燃气体?)的?(?:报警|警报)[器仪]?[^,。!?;\n没不]{0,6}[响叫]")
_DETECTOR_FAULTY = late(r"误报|没电|电池|坏|测试|试[了一]?[下响]|演[习练]|什么时候|[会要该才]响|响过|响吗|怎么[装换安]")
_PLAIN_DANGER: Final = 0.05  # least chance of an emergency when words of danger stand undoubted

_DOUBTED: Final = 0.3  # the same when all of them are taken back
_DOUBTLESS: Final = 0.7  # chance from which a guess needs no such sign: 山上的树一排往下走
_NO_DANGER_AT_ALL: Final = 0.01  # chance below which nothing told before makes words a danger
_FAINT: Final = 0.3  # chance up to which an alarm without words of danger is a guess
_TOLD_KIND: Final = 2.0  # added to that of a kind which the form of the words tells, and the reader does not hear
_NAMED_KIND: Final = 0.5  # added to the score of a kind whose plain words were said


@dataclass(frozen=True, slots=True)
class Alarm:
    """An emergency, the kind it is most likely to be, and the words that rang."""

    kind: str
    chance: float
    reasons: tuple[str, ...]
    is_faint: bool = False  # no word of danger was said, and the reader is far from sure


def alarm_of(part: Part) -> Alarm | None:
    """None when nothing is in danger now."""
    chance = part.votes.chance("emergency")
    is_habit = chance < _DOUBTLESS and tells_a_habit(part.text)
    is_calm = is_habit or takes_leave(part.text) or waits_for_somebody(part.text)
    is_calm = is_calm or any(form.fullmatch(part.text) for form in _CALM_LINES)
    is_detected = _detects_gas(part.text)
    is_plain = bool(told_by_form(part.text)) or is_detected
    if (chance < _least_chance(part) and not is_plain) or is_calm or _is_of_no_danger(part):
        return None
    named = {danger.kind: _NAMED_KIND for danger in part.sight.dangers}
    if form := told_by_form(part.text):
        named[form] = _NAMED_KIND if chance >= _DOUBTED else _TOLD_KIND
    if is_detected:
        named["gas"] = 1.0
    if _FEELS_ILL.fullmatch(part.text):
        named["medical"] = 1.0
    if not named and len(part.text) <= _SHORT and not _SIGN_OF_FIRE.search(part.text):
        named["fire"] = -_TOLD_KIND  # 在里屋睡了 我不敢出声 is no fire, which all would hear of
    kind = unmistakable_kind(part.text) or part.votes.best("emergency", named)
    ruled_out = _ruled_out(part)
    if kind in ruled_out:
        kind = next((one.kind for one in part.sight.dangers if one.kind not in ruled_out), "")
        if not kind:
            return None
    words = [danger.hit.text for danger in part.sight.dangers if danger.kind not in ruled_out]
    if not words and not is_plain and chance < _DOUBTLESS and lacks_its_sign(kind, part.text):
        return None
    if not is_plain and _is_not_of_here_and_now(kind, part.text, chance, is_named=bool(words)):
        return None
    reasons = tuple(f"{kind}: {word}" for word in words[:4]) or (f"{kind}: 话里的意思像是出事了({chance:.0%})",)
    return Alarm(kind, chance, reasons, is_faint=not words and not is_plain and chance < _FAINT)


def _ruled_out(part: Part) -> frozenset[str]:
    """The kinds that the text denies, or that befell nobody: a beast in the corn, an office that does not answer."""
    text, named = part.text, {danger.kind for danger in part.sight.dangers}
    kinds = set(denied_kinds(text))
    if dials_an_office(text):
        kinds |= _OF_PEOPLE - named
    if harms_only_things(text) or loses_beasts(text):
        kinds |= _OF_PEOPLE | {"self_harm"}
    if weather_spoils_the_field(text):
        kinds |= {"flood", "trapped"}
    if lost_only_a_thing(text):
        kinds.add("missing")
    if pants_at_work(text):
        kinds.add("medical")
    if is_kept_upstairs(text):
        kinds.add("trapped")
    if was_cut_by_mishap(text):
        kinds.add("violence")
    if was_said_in_fun(text) or dies_in_jest(text):
        kinds.add("self_harm")
    return frozenset(kinds)


def _is_of_no_danger(part: Part) -> bool:
    """A fact, a story, a question out of a book, or what somebody saw to long ago."""
    if is_staged(part.text) or is_harmless(part.text) or asks_out_of_a_book(part.text):
        return True
    if smells_gas_no_more(part.text) or is_rumour(part.text):
        return True
    is_past = bool(part.sight.doubts) and not part.sight.dangers and was_seen_to(part.text)
    return is_past and part.votes.chance("emergency") < _DOUBTLESS


def _is_not_of_here_and_now(kind: str, text: str, chance: float, *, is_named: bool) -> bool:
    """Told of another time, of elsewhere, or of what is so every day; `is_named`: words of danger were said.

    A cry for help is none of them. What only may be so does not stand against a reader that is sure.
    """
    if is_notice(text) or (kind != "missing" and is_news(text)) or (kind in ("fire", "gas") and annoys_every_day(text)):
        return True
    if kind in ("medical", "missing") and not is_named and tells_what_he_cannot(text):
        return True
    if kind == "self_harm" and is_old_boast(text):
        return True
    if chance >= _DOUBTLESS:
        return False
    return (
        asks_ahead(text)
        or (kind in ("fire", "medical", "violence") and is_seen_from_far(text))
        or (kind in ("trapped", "medical") and tells_what_may_come(text))
        or (kind == "medical" and not is_named and annoys_every_day(text))
        or (kind in ("trapped", "medical") and not is_named and wants_a_service(text))
    )


def _detects_gas(text: str) -> bool:
    """屋里一氧化碳报警器响了: no knowledge of such things, but a danger now, unless it is known to be out of order."""
    return bool(_GAS_DETECTOR.search(text)) and not _DETECTOR_FAULTY.search(text)


def lacks_its_sign(kind: str, text: str) -> bool:
    """都两个钟头了 tells of nobody who is missing, 吊臂伸到房顶上 of no water, 别告诉我闺女,她忙 of no despair."""
    told = without_pleas(text)
    sign = _SIGNS_OF_KIND.get(kind) or (_SIGNS_OF_SHORT.get(kind) if len(told) <= _SHORT else None)
    return sign is not None and not sign.search(told)


def kind_carried(part: Part) -> str | None:
    """The kind of danger that words can tell of by themselves, if what was told before makes them one: 开关冒蓝火了 a
    fire. None for 满屋子水 behind 水管滴水, which is no despair, and for what holds no danger at all."""
    if is_harmless(part.text) or is_plea(part.text):
        return None
    if form := told_by_form(part.text):
        return form
    if not part.sight.dangers and part.votes.chance("emergency") < _NO_DANGER_AT_ALL:
        return None
    kind = part.votes.best("emergency", {danger.kind: _NAMED_KIND for danger in part.sight.dangers})
    is_named = kind in {danger.kind for danger in part.sight.dangers}
    return kind if is_named or not lacks_its_sign(kind, part.text) else None


def named_dangers(text: str) -> frozenset[str]:
    """The kinds of danger that stand in plain words, undoubted."""
    return frozenset(danger.kind for danger in see(essence(text)).dangers)


def _least_chance(part: Part) -> float:
    if part.sight.dangers:
        is_now = asks_for_help_now(part.text, [one.kind for one in part.sight.dangers])
        return 0.0 if is_now else _PLAIN_DANGER
    return _DOUBTED if part.sight.doubts else part.votes.threshold("emergency")
