"""公开 1: who hears of a request follows from what it is, and is changed by no word of command; nobody is told so."""

from __future__ import annotations

from classifiers.reader.late import late
from handlers.members import rights
from handlers.members.speaker import Speaker
from storage.records import Fate, Outcome

_OTHER_EARS = late(
    r"[\s,，]*(?:(?:不要?|取消|设为|改成|改为|转为|可以)?(?:公开|保密|解密|不公开|私密)[\s#把:：]*(?P<number>\d{1,7})号?|"
    r"#?(?P<first>\d{1,7})号?[\s,，:：]*(?:不要?|取消|设为|改成|改为|转为|可以)?(?:公开|保密|解密|不公开|私密))(?:吧|了)?[\s。!！]*"
)


async def hear(speaker: Speaker) -> Outcome | None:
    """None when it is no such wish, or of nothing he may know."""
    match = _OTHER_EARS.fullmatch(speaker.message.text)
    if match is None or speaker.message.quoted:
        return None
    number = int(match["number"] or match["first"])
    about = await speaker.desk.session.requests.get(number)
    if about is None or not rights.may_know(speaker.desk, speaker.code, about):
        return None
    speaker.desk.answer("member.no_other_ears", number=number)
    return Outcome(Fate.ANSWERED, number)
