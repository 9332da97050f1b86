"""What the residents of a benchmark say, sealed and signed as the platform would: safe mode, every MsgId its own."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.emulator.credentials import Credentials
from bot.emulator.crypt import CryptError, decrypt, encrypt, sign

PATH = "/wechat"
PEOPLE = 4000
SPREAD = 160  # the words of one visit lie among so many messages of others

# One line is one visit; what is said later in it follows up what was said before.
VISITS = (
    ("水管漏了,厨房地上都是水,能来个人看看吗",),
    ("胡同口的路灯不亮了,晚上黑灯瞎火", "就是东头第三根杆子"),
    ("楼上天天半夜蹦跳,吵得睡不着,说了也不听",),
    ("垃圾桶满了好几天没人清,臭得不行", "谢谢"),
    ("你好", "家里没电了,别人家都有", "大概从早上七点开始的"),
    ("独居的张奶奶没人做饭,能不能送餐",),
    ("进度",),
    ("私家车乱停,堵着胡同口出不去", "进度"),
    ("高龄补贴怎么申请",),
    ("谢谢你们,辛苦了",),
    ("电动车在楼道里充电,太吓人了", "是三号楼二单元"),
    ("帮我交一下电费,我不会用手机",),
    ("建议社区多搞点老年人活动",),
    ("今天天气真好",),
    ("下水道堵了,另外楼道的灯也坏了好几天了",),
    ("窗户里往外冒黑烟,有人在里面",),
    ("单元门锁坏了,关不上", "补充 刷卡也没反应"),
    ("帮忙取个快递,腿脚不便", "不用了,撤销"),
    ("帮助",),
    ("雪没人扫,路滑得很,老人都不敢出门",),
)


@dataclass(frozen=True, slots=True)
class Push:
    """One delivery, ready for the wire."""

    openid: str
    body: bytes
    request: bytes  # HTTP/1.1, with the body


def openids(count: int = PEOPLE) -> list[str]:
    """Made-up residents in the shape of real ones: `o` and 27 more signs."""
    return [f"oBench-{number:021d}" for number in range(count)]


class Platform:
    """Speaks for all residents. What one of them says comes in his order, among the words of the others."""

    def __init__(self, credentials: Credentials, people: list[str], seed: int = 0) -> None:
        self._keys = credentials
        self._people = people
        self._dice = random.Random(seed)  # noqa: S311  which neighbour speaks next is no secret
        self._number = secrets.randbits(40) << 20
        self._said = self._speak()

    def take(self, count: int) -> list[Push]:
        """The next pushes; some 40 µs of work each, so before the clock runs."""
        return [self._push(*next(self._said)) for _ in range(count)]

    def is_answer(self, push: Push, body: bytes) -> bool:
        """Is this a passive reply to the sender of the push that the platform could open?"""
        try:
            inner = decrypt(self._keys.encoding_aes_key, self._keys.app_id, _between(body.decode(), "Encrypt"))
        except (CryptError, UnicodeDecodeError):
            return False
        return _between(inner, "ToUserName") == push.openid and bool(_between(inner, "Content"))

    def _speak(self) -> Iterator[tuple[str, str]]:
        waiting: list[list[tuple[str, str]]] = []
        turn = 0
        while True:
            while len(waiting) < SPREAD:
                visit, person = self._dice.choice(VISITS), self._people[turn % len(self._people)]
                waiting.append([(person, words) for words in reversed(visit)])
                turn += 1
            place = self._dice.randrange(SPREAD)
            yield waiting[place].pop()
            if not waiting[place]:
                del waiting[place]

    def _push(self, openid: str, text: str) -> Push:
        keys, stamp, nonce = self._keys, str(int(time.time())), "486452656"
        self._number += 1
        inner = (
            f"<xml><ToUserName><![CDATA[{keys.account}]]></ToUserName>"
            f"<FromUserName><![CDATA[{openid}]]></FromUserName><CreateTime>{stamp}</CreateTime>"
            f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content><MsgId>{self._number}</MsgId></xml>"
        )
        sealed = encrypt(keys.encoding_aes_key, keys.app_id, inner)
        query = {
            "signature": sign(keys.token, stamp, nonce),
            "timestamp": stamp,
            "nonce": nonce,
            "openid": openid,
            "encrypt_type": "aes",
            "msg_signature": sign(keys.token, stamp, nonce, sealed),
        }
        body = (
            f"<xml><ToUserName><![CDATA[{keys.account}]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
        ).encode()
        head = (
            f"POST {PATH}?{urlencode(query)} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return Push(openid, body, head.encode() + body)


def _between(xml: str, name: str) -> str:
    """The text of an element that is written in CDATA; "" if there is none."""
    _, found, rest = xml.partition(f"<{name}><![CDATA[")
    return rest.partition("]]>")[0] if found else ""
