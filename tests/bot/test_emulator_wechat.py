"""The emulated official account, driven as a bot and as residents would."""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.clock import PushedClock
from bot.emulator.credentials import Credentials
from bot.emulator.crypt import CryptError, decrypt, encrypt, is_signed, sign
from bot.emulator.hostile import ATTACKS
from bot.emulator.passive import Abnormal, read_answer, write_xml
from bot.emulator.platforms import Platforms
from bot.emulator.screen import read_links
from bot.emulator.wechat import NOTICE, NotFollowing, WeChat
from bot.emulator.world import Resident

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Beijing
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
Reply = Callable[["Heard"], Awaitable[web.Response]]


@dataclass(frozen=True)
class Heard:
    """One delivery as the bot got it, opened."""

    query: dict[str, str]
    outer: ElementTree.Element
    xml: ElementTree.Element

    def __getitem__(self, name: str) -> str:
        return self.xml.findtext(name) or ""


@dataclass
class Bot:
    """A tiny callback server. `reply` decides what each delivery gets."""

    credentials: Credentials
    heard: list[Heard] = field(default_factory=list)
    reply: Reply | None = None
    echo: str | None = None  # what verification is answered with; None: rightly

    async def get(self, request: web.Request) -> web.Response:
        query = request.query
        assert is_signed(query["signature"], self.credentials.token, query["timestamp"], query["nonce"])
        return web.Response(text=query["echostr"] if self.echo is None else self.echo)

    async def post(self, request: web.Request) -> web.Response:
        delivery = self.open(dict(request.query), await request.read())
        self.heard.append(delivery)
        return await self.reply(delivery) if self.reply else web.Response(text="success")

    def open(self, query: dict[str, str], body: bytes) -> Heard:
        token = self.credentials.token
        assert is_signed(query["signature"], token, query["timestamp"], query["nonce"])
        outer = ElementTree.fromstring(body)  # noqa: S314 - our own emulator wrote it
        encrypted = outer.findtext("Encrypt")
        if encrypted is None:
            return Heard(query, outer, outer)
        assert query["encrypt_type"] == "aes"
        assert is_signed(query["msg_signature"], token, query["timestamp"], query["nonce"], encrypted)
        text = decrypt(self.credentials.encoding_aes_key, self.credentials.app_id, encrypted)
        return Heard(query, outer, ElementTree.fromstring(text))  # noqa: S314

    def says(self, content: str, **changes: Any) -> Reply:
        """A passive text reply in the account's mode."""

        async def reply(heard: Heard) -> web.Response:
            return web.Response(body=self.sealed(self.fields(heard, content) | changes))

        return reply

    def fields(self, heard: Heard, content: str) -> dict[str, Any]:
        names = {"ToUserName": heard["FromUserName"], "FromUserName": heard["ToUserName"]}
        return {**names, "CreateTime": 1, "MsgType": "text", "Content": content}

    def sealed(self, fields: dict[str, Any]) -> bytes:
        known = self.credentials
        if known.mode != "safe":
            return write_xml(fields).encode()
        encrypted = encrypt(known.encoding_aes_key, known.app_id, write_xml(fields))
        signature = sign(known.token, "1", "abc", encrypted)
        return write_xml({"Encrypt": encrypted, "MsgSignature": signature, "TimeStamp": 1, "Nonce": "abc"}).encode()


@dataclass
class World:
    platforms: Platforms
    bot: Bot
    http: aiohttp.ClientSession
    base: str
    clock: PushedClock
    token: str = ""

    @property
    def wechat(self) -> WeChat:
        return self.platforms.wechat

    async def follower(self, name: str = "甲一") -> Resident:
        resident = self.wechat.add_resident(name)
        await self.wechat.follow(resident.openid)
        return resident

    async def fetch(self, path: str, /, **query: Any) -> dict[str, Any]:
        async with self.http.get(f"{self.base}/cgi-bin/{path}", params=query) as response:
            return dict(json.loads(await response.read()))

    async def post(self, path: str, body: dict[str, Any] | bytes, /, **query: Any) -> dict[str, Any]:
        """With a token, as a bot that writes raw UTF-8 does."""
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        params = {"access_token": await self.good_token(), **query}
        async with self.http.post(f"{self.base}/cgi-bin/{path}", data=data, params=params) as response:
            assert response.status == 200
            return dict(json.loads(await response.read()))

    async def get(self, path: str, /, **query: Any) -> dict[str, Any]:
        return await self.fetch(path, access_token=await self.good_token(), **query)

    async def good_token(self) -> str:
        known = self.platforms.credentials
        if not self.token:
            body = {"grant_type": "client_credential", "appid": known.app_id, "secret": known.app_secret}
            async with self.http.post(f"{self.base}/cgi-bin/stable_token", json=body) as response:
                self.token = json.loads(await response.read())["access_token"]
        return self.token

    async def send(self, resident: Resident | str, text: str = "你好") -> int:
        """The errcode of a free text message."""
        touser = resident if isinstance(resident, str) else resident.openid
        body = {"touser": touser, "msgtype": "text", "text": {"content": text}}
        return int((await self.post("message/custom/send", body))["errcode"])


async def build(credentials: Credentials, **options: Any) -> AsyncIterator[World]:
    clock, bot = PushedClock(START), Bot(credentials)
    platforms = Platforms(clock, credentials, **options)
    app, callback = web.Application(), web.Application()
    platforms.add_routes(app, "/emulated")
    callback.router.add_get("/wechat", bot.get)
    callback.router.add_post("/wechat", bot.post)
    async with TestServer(app) as server, TestServer(callback) as other, aiohttp.ClientSession() as http:
        platforms.callback_url = str(other.make_url("/wechat"))
        await platforms.start()
        yield World(platforms, bot, http, str(server.make_url("/emulated/wechat")), clock)
        await platforms.close()


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async for built in build(Credentials.made_up(1)):
        yield built


@pytest.fixture
async def hasty() -> AsyncIterator[World]:
    """Deliveries time out after a tenth of a second."""
    async for built in build(Credentials.made_up(1), delivery_timeout=0.1):
        yield built


@pytest.fixture(params=["safe", "compatible", "plain"])
async def moded(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    async for built in build(as_mode(request.param)):
        yield built


def as_mode(mode: Any) -> Credentials:
    made = Credentials.made_up(2)
    return Credentials(made.app_id, made.app_secret, made.token, made.encoding_aes_key, mode=mode)


# ── signing and encrypting ───────────────────────────────────────────────────────────────────────

V1_KEY, V1_APP = "A" * 43, "wxba5fad812f8e6fb9"
V1 = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8"
    "XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32"
    "IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)


def test_the_official_vectors_of_url_verification() -> None:
    assert sign("AAAAA", "1714036504", "1514711492") == "f464b24fc39322e44b38aa78f5edd27bd1441696"
    assert sign("AAAAA", "1714037059", "486452656") == "899cf89e464efb63f54ddac96b0a0a235f53aa78"
    assert sign("AAAAA", "1714112445", "415670741") == "6c5c811b55cc85e0e1b54100749188c20beb3f5d"


def test_v1_is_signed_and_opens() -> None:
    assert is_signed("046e02f8204d34f8ba5fa3b1db94908f3df2e9b3", "AAAAA", "1714112445", "415670741", V1)
    text = decrypt(V1_KEY, V1_APP, V1)
    assert len(text) == 167
    assert json.loads(text)["debug_str"] == "hello world"


def test_v1_encrypts_to_the_published_ciphertext() -> None:
    sealed = encrypt(V1_KEY, V1_APP, '{"demo_resp":"good luck"}', salt=b"707722b803182950")
    assert sealed == "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
    assert sign("AAAAA", "1713424427", "415670741", sealed) == "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"


def test_v2_encrypts_chinese() -> None:
    key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
    sealed = encrypt(key, "wxb11529c136998cb6", "我是中文abcd123", salt=b"aaaabbbbccccdddd")
    assert sealed == "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=="
    assert sign("pamtest", "1409304348", "xxxxxx", sealed) == "82c962d39941aa48552f90ef55aa323dc620cc10"


def test_v5_opens_with_a_key_whose_trailing_bits_are_set() -> None:
    echo = "4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q=="
    assert sign("123456", "1411443780", "437374425", echo) == "dd6b9c95b495b3f7e2901bfbc76c664930ffdb96"
    key = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR"
    assert decrypt(key, "wx49f0ab532d5d035a", echo) == "5927782489442352469"


@pytest.mark.parametrize("sealed", ["", "AAAA", "不是base64", V1[:64], V1[:-24]])
def test_what_is_not_whole_is_refused(sealed: str) -> None:
    with pytest.raises(CryptError):
        decrypt(V1_KEY, V1_APP, sealed)


def test_another_receiver_is_refused() -> None:
    with pytest.raises(CryptError):
        decrypt(V1_KEY, "wx0000000000000000", V1)


# ── pushes ───────────────────────────────────────────────────────────────────────────────────────


async def test_verification_wants_the_echo_as_it_is(world: World) -> None:
    assert await world.wechat.verify()
    world.bot.echo = '"quoted"'
    assert not await world.wechat.verify()


async def test_verification_of_an_address_where_nobody_is(world: World) -> None:
    world.platforms.callback_url = "http://127.0.0.1:1/wechat"
    assert not await world.wechat.verify()


async def test_every_mode_carries_a_message_and_its_answer(moded: World) -> None:
    resident = await moded.follower()
    moded.bot.reply = moded.bot.says("收到了")
    lines = await moded.wechat.say(resident.openid, "路灯坏了 😀 ]]> <script>")
    heard = moded.bot.heard[-1]
    assert heard["Content"] == "路灯坏了 😀 ]]> <script>"
    assert heard.query["openid"] == heard["FromUserName"] == resident.openid
    assert heard["CreateTime"] == str(int(START.timestamp()))
    assert int(heard["MsgId"]) > 2**53
    assert [(line.text, line.via) for line in lines] == [("收到了", "passive")]
    assert [line.text for line in resident.chat] == ["路灯坏了 😀 ]]> <script>", "收到了"]


async def test_what_each_mode_shows_outside(moded: World) -> None:
    resident = await moded.follower()
    await moded.wechat.say(resident.openid, "你好")
    names = {child.tag for child in moded.bot.heard[-1].outer}
    mode = moded.platforms.credentials.mode
    assert (names == {"ToUserName", "Encrypt"}) == (mode == "safe")
    assert ("Encrypt" in names) == (mode != "plain")
    assert ("Content" in names) == (mode != "safe")


async def test_safe_mode_wants_the_answer_encrypted(world: World) -> None:
    async def naked(heard: Heard) -> web.Response:
        return web.Response(text=write_xml(world.bot.fields(heard, "你好")))

    resident = await world.follower()
    world.bot.reply = naked
    lines = await world.wechat.say(resident.openid, "你好")
    assert [(line.text, line.via, line.kind) for line in lines] == [(NOTICE, "notice", "notice")]
    assert [notice.reason for notice in world.wechat.notices] == ["answer is not encrypted"]


@pytest.mark.parametrize("body", ["", "success"])
async def test_nothing_to_say_shows_nothing(world: World, body: str) -> None:
    async def quiet(heard: Heard) -> web.Response:
        return web.Response(text=body)

    resident = await world.follower()
    world.bot.reply = quiet
    assert await world.wechat.say(resident.openid, "你好") == []
    assert not world.wechat.notices


PLAIN = as_mode("plain")


def plain_answer(**changes: Any) -> bytes:
    good = {"ToUserName": "o1", "FromUserName": PLAIN.account, "CreateTime": 1, "MsgType": "text", "Content": "好"}
    return write_xml({name: value for name, value in (good | changes).items() if value is not None}).encode()


@pytest.mark.parametrize(
    "body",
    [
        b'{"errcode": 0}',
        b"Success",
        b"<xml><ToUserName>o1",
        b'<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>',
        b"<xml><![CDATA[a]]>b]]></xml>",
        b"<html></html>",
        plain_answer(ToUserName=PLAIN.account, FromUserName="o1"),
        plain_answer(Content=""),
        plain_answer(Content="汉" * 683),
        plain_answer(CreateTime=None),
        plain_answer(MsgType="dance"),
        plain_answer(MsgType="image"),
        plain_answer(MsgType="news", Articles={"item": {"Title": "一"}}),
    ],
)
def test_abnormal_answers(body: bytes) -> None:
    with pytest.raises(Abnormal):
        read_answer(body, PLAIN, "o1")


def test_news_is_cut_to_its_first_article() -> None:
    items = {"item": [{"Title": "一"}, {"Title": "二"}]}
    answer = read_answer(plain_answer(MsgType="news", ArticleCount=2, Articles=items), PLAIN, "o1")
    assert answer is not None
    assert answer.article is not None
    assert answer.article.title == "一"


def test_the_longest_text_passes() -> None:
    assert read_answer(plain_answer(Content="汉" * 682), PLAIN, "o1") is not None


async def test_three_deliveries_overlap_and_then_the_notice(hasty: World) -> None:
    running, most = 0, 0

    async def sleepy(heard: Heard) -> web.Response:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.35)
        running -= 1
        return await hasty.bot.says("太晚了")(heard)

    resident = await hasty.follower()
    hasty.bot.reply = sleepy
    before = len(hasty.bot.heard)
    lines = await hasty.wechat.say(resident.openid, "你好")
    heard = hasty.bot.heard[before:]
    assert len({one["MsgId"] for one in heard}) == 1
    assert len({one.query["nonce"] for one in heard}) == len(heard) == 3
    assert most == 3
    assert [line.text for line in lines] == [NOTICE]
    await asyncio.sleep(0.3)
    assert [line.text for line in resident.chat] == ["你好", NOTICE]


async def test_an_answer_to_the_third_delivery_is_shown_once(hasty: World) -> None:
    async def third_time(heard: Heard) -> web.Response:
        if len(hasty.bot.heard) < 4:
            await asyncio.sleep(0.3)
        return await hasty.bot.says("来了")(heard)

    resident = await hasty.follower()
    hasty.bot.reply = third_time
    lines = await hasty.wechat.say(resident.openid, "你好")
    await asyncio.sleep(0.3)
    assert [line.text for line in lines] == ["来了"]
    assert [line.text for line in resident.chat] == ["你好", "来了"]


async def test_a_failure_of_the_bot_is_delivered_again(world: World) -> None:
    async def fails(heard: Heard) -> web.Response:
        return web.Response(status=500)

    resident = await world.follower()
    world.bot.reply, before = fails, len(world.bot.heard)
    assert [line.via for line in await world.wechat.say(resident.openid, "你好")] == ["notice"]
    assert len(world.bot.heard) - before == 3


async def test_a_fourth_delivery_can_be_asked_for() -> None:
    async for world in build(Credentials.made_up(3), deliveries=4):

        async def fails(heard: Heard) -> web.Response:
            return web.Response(status=500)

        resident = await world.follower()
        world.bot.reply = fails
        await world.wechat.say(resident.openid, "你好")
        assert len(world.bot.heard) == 5


async def test_no_notice_for_what_nobody_waits_for(world: World) -> None:
    resident = await world.follower()
    world.platforms.callback_url = "http://127.0.0.1:1/"
    await world.wechat.send_raw(resident.openid, {"MsgType": "event", "Event": "LOCATION", "Latitude": 1.5})
    await world.wechat.unfollow(resident.openid)
    assert not world.wechat.notices


@pytest.mark.parametrize("how", ["after", "together"])
async def test_duplicates_are_the_same_message_and_answered_once(world: World, how: Any) -> None:
    resident = await world.follower()
    world.bot.reply = world.bot.says("收到")
    world.wechat.faults.duplicate_next, world.wechat.faults.duplicate_how = 2, how
    await world.wechat.say(resident.openid, "你好")
    heard = world.bot.heard[1:]
    assert len(heard) == 3
    assert len({(one["MsgId"], one["CreateTime"]) for one in heard}) == 1
    assert [line.text for line in resident.chat] == ["你好", "收到"]
    assert world.wechat.discarded_answers == 2
    await world.wechat.say(resident.openid, "再见")
    assert len(world.bot.heard) == 5


async def test_a_duplicate_half_a_minute_later(world: World) -> None:
    resident = await world.follower()
    await world.wechat.say(resident.openid, "你好")
    world.clock.push(timedelta(seconds=30))
    await world.wechat.redeliver()
    first, second = world.bot.heard[-2:]
    assert first["MsgId"] == second["MsgId"]
    assert first.query["timestamp"] != second.query["timestamp"]


async def test_a_lost_answer_is_asked_for_again(world: World) -> None:
    resident = await world.follower()
    world.bot.reply = world.bot.says("收到")
    world.wechat.faults.drop_passive = 1
    assert [line.text for line in await world.wechat.say(resident.openid, "你好")] == ["收到"]
    assert len({one["MsgId"] for one in world.bot.heard[-2:]}) == 1


async def test_keys_are_mixed_while_they_change(world: World) -> None:
    resident, old = await world.follower(), world.bot.credentials
    new = replace(old, encoding_aes_key="B" * 43)
    used = []

    async def with_either(request: web.Request) -> web.Response:
        query, body = dict(request.query), await request.read()
        for bot in (Bot(old), Bot(new)):
            try:
                heard = bot.open(query, body)
            except CryptError:
                continue
            used.append(bot.credentials.encoding_aes_key)
            return await bot.says("收到")(heard)
        raise web.HTTPForbidden

    app = web.Application()
    app.router.add_post("/", with_either)
    async with TestServer(app) as server:
        world.platforms.callback_url = str(server.make_url("/"))
        world.wechat.rotate_key(new.encoding_aes_key)
        for _ in range(12):
            assert [line.text for line in await world.wechat.say(resident.openid, "你好")] == ["收到"]
    assert set(used) == {old.encoding_aes_key, new.encoding_aes_key}


async def test_messages_overtake_each_other(world: World) -> None:
    resident = await world.follower()
    world.wechat.faults.push_jitter = 0.05
    words = [str(number) for number in range(8)]
    await asyncio.gather(*(world.wechat.say(resident.openid, word) for word in words))
    arrived = [one["Content"] for one in world.bot.heard[1:]]
    assert sorted(arrived) == words
    assert arrived != words
    assert len({one["CreateTime"] for one in world.bot.heard}) == 1


async def test_settle_waits_for_what_is_under_way(world: World) -> None:
    async def slow(heard: Heard) -> web.Response:
        await asyncio.sleep(0.1)
        return await world.bot.says("慢")(heard)

    resident = await world.follower()
    world.bot.reply = slow
    task = asyncio.create_task(world.wechat.say(resident.openid, "你好"))
    await asyncio.sleep(0.02)
    await world.platforms.settle()
    assert resident.chat[-1].text == "慢"
    await task


async def test_nothing_is_pushed_without_an_address() -> None:
    platforms = Platforms(PushedClock(START), Credentials.made_up())
    resident = platforms.wechat.add_resident("甲一")
    await platforms.wechat.follow(resident.openid)
    assert await platforms.wechat.say(resident.openid, "有人吗") == []
    assert not resident.chat[0].delivered


async def test_listeners_hear_of_every_change(world: World) -> None:
    calls: list[int] = []
    world.platforms.listeners.append(lambda: calls.append(1))
    resident = await world.follower()
    seen = len(calls)
    world.bot.reply = world.bot.says("收到")
    await world.wechat.say(resident.openid, "你好")
    assert seen >= 2
    assert len(calls) >= seen + 2


@pytest.mark.parametrize("name", sorted(ATTACKS))
async def test_attacks_arrive_as_they_are_made(world: World, name: str) -> None:
    """A careful bot refuses them all: none can be opened as an honest, fresh push."""
    app, statuses = web.Application(client_max_size=1_000_000), []

    async def careful(request: web.Request) -> web.Response:
        try:
            heard = world.bot.open(dict(request.query), await request.read())
            assert int(heard.query["timestamp"]) > START.timestamp() - 600
            assert heard.outer.find("Encrypt") is not None
        except (AssertionError, ValueError, LookupError, ElementTree.ParseError, CryptError, web.HTTPException):
            return web.Response(status=403)
        return web.Response(text="success" if "c;" not in heard["ToUserName"] and len(heard["ToUserName"]) < 99 else "")

    app.router.add_post("/", careful)
    async with TestServer(app) as server:
        world.platforms.callback_url = str(server.make_url("/"))
        statuses.append(await world.wechat.attack(name))
    assert statuses == ([403] if name != "bomb inside" else [200])


# ── residents ────────────────────────────────────────────────────────────────────────────────────


def test_open_ids_look_like_wechats_and_repeat_with_the_seed() -> None:
    made = [Platforms(PushedClock(START), Credentials.made_up(), seed=7).wechat.add_resident("甲一") for _ in "12"]
    assert made[0].openid == made[1].openid
    assert re.fullmatch(r"o[0-9A-Za-z_-]{27}", made[0].openid)


async def test_following_with_and_without_a_code(world: World) -> None:
    one, two = world.wechat.add_resident("甲一"), world.wechat.add_resident("乙二")
    world.bot.reply = world.bot.says("欢迎")
    assert [line.text for line in await world.wechat.follow(one.openid)] == ["欢迎"]
    await world.wechat.scan(two.openid, "lane-7")
    await world.wechat.scan(two.openid, "lane-8")
    seen = [(one["Event"], one["EventKey"], bool(one["Ticket"]), one["MsgId"]) for one in world.bot.heard]
    assert seen == [
        ("subscribe", "", False, ""),
        ("subscribe", "qrscene_lane-7", True, ""),
        ("SCAN", "lane-8", True, ""),
    ]


async def test_leaving_ends_the_chat_but_late_words_may_still_arrive(world: World) -> None:
    resident = await world.follower()
    world.bot.reply = world.bot.says("慢走")
    assert await world.wechat.unfollow(resident.openid) == []
    assert world.bot.heard[-1]["Event"] == "unsubscribe"
    with pytest.raises(NotFollowing):
        await world.wechat.say(resident.openid, "还在吗")
    assert await world.wechat.send_raw(resident.openid, {"MsgType": "text", "Content": "晚到的话"}) == []
    assert world.bot.heard[-1]["Content"] == "晚到的话"
    assert resident.chat == []
    await world.wechat.follow(resident.openid)
    assert world.bot.heard[-1]["Event"] == "subscribe"


async def test_pictures_voices_and_places(world: World) -> None:
    resident = await world.follower()
    await world.good_token()
    await world.wechat.send_image(resident.openid, PNG, "image/png")
    picture = world.bot.heard[-1]
    async with world.http.get(picture["PicUrl"]) as response:
        assert await response.read() == PNG
    assert world.wechat.media(picture["MediaId"]) == (PNG, "image/png")
    await world.wechat.send_voice(resident.openid, b"#!AMR\nabc")
    voice = world.bot.heard[-1]
    assert (voice["Format"], voice["Recognition"], bool(voice["MediaId"])) == ("amr", "", True)
    await world.wechat.send_location(resident.openid, 39.9, 116.4, "中心街1号")
    place = world.bot.heard[-1]
    assert (place["Location_X"], place["Location_Y"], place["Label"]) == ("39.9", "116.4", "中心街1号")
    assert [line.kind for line in resident.chat] == ["image", "voice", "location"]
    with pytest.raises(LookupError):
        world.wechat.media("none")


async def test_any_other_push_can_be_made(world: World) -> None:
    resident = await world.follower()
    items = [{"TemplateId": "a", "SubscribeStatusString": "reject"}, {"TemplateId": "b"}]
    fields = {"MsgType": "event", "Event": "subscribe_msg_change_event", "SubscribeMsgChangeEvent": {"List": items}}
    await world.wechat.send_raw(resident.openid, fields)
    assert len(world.bot.heard[-1].xml.findall("SubscribeMsgChangeEvent/List")) == 2
    await world.wechat.send_raw(resident.openid, {"MsgType": "sticker", "MsgId": None})
    assert (world.bot.heard[-1]["MsgType"], world.bot.heard[-1]["MsgId"]) == ("sticker", "")


async def test_tapped_answers_come_with_their_id(world: World) -> None:
    resident = await world.follower()
    anchor = f'<a href="weixin://bizmsgmenu?msgmenucontent={quote("满意 & 谢谢")}&msgmenuid=r1">1 满意</a>'
    world.bot.reply = world.bot.says(f"请评价:{anchor} <a href='https://example.org/x'>看看</a>")
    (line,) = await world.wechat.say(resident.openid, "办好了吗")
    assert line.text == "请评价:1 满意 看看"
    assert line.options == (("1 满意", "满意 & 谢谢", "r1"),)
    assert line.links == (("看看", "https://example.org/x"),)
    await world.wechat.tap(resident.openid, line.id, 0)
    assert (world.bot.heard[-1]["Content"], world.bot.heard[-1]["bizmsgmenuid"]) == ("满意 & 谢谢", "r1")
    with pytest.raises(LookupError):
        await world.wechat.tap(resident.openid, line.id, 5)


def test_links_with_escaped_ampersands_and_other_attributes() -> None:
    words = read_links("<a class='x' href='weixin://bizmsgmenu?msgmenucontent=1&amp;msgmenuid=2'>一</a>")
    assert words.options == (("一", "1", "2"),)
    assert read_links("a < b > c").text == "a < b > c"


# ── free messages and their windows ──────────────────────────────────────────────────────────────


async def test_a_follower_gets_three_within_a_minute(world: World) -> None:
    resident = await world.follower()
    assert [await world.send(resident) for _ in range(4)] == [0, 0, 0, 45047]
    world.clock.push(timedelta(minutes=1))
    assert await world.send(resident) == 45015
    assert dict(world.wechat.ledger_refusals) == {45047: 1, 45015: 1}
    assert [line.via for line in resident.chat] == ["custom"] * 3
    assert [sent.text for sent in world.wechat.sent] == ["你好"] * 3


async def test_a_message_gives_five_for_two_days_and_resets(world: World) -> None:
    resident = await world.follower()
    world.clock.push(timedelta(minutes=2))
    await world.wechat.say(resident.openid, "一")
    assert [await world.send(resident) for _ in range(3)] == [0] * 3
    await world.wechat.say(resident.openid, "二")
    assert [await world.send(resident) for _ in range(6)] == [0] * 5 + [45047]
    world.clock.push(timedelta(hours=48))
    world.token = ""
    assert await world.send(resident) == 45015


async def test_the_short_window_is_used_first(world: World) -> None:
    resident = await world.follower()
    await world.wechat.say(resident.openid, "一")
    assert [await world.send(resident) for _ in range(3)] == [0] * 3
    world.clock.push(timedelta(minutes=1))
    assert [await world.send(resident) for _ in range(6)] == [0] * 5 + [45047]


async def test_menu_clicks_and_taps_are_worth_three(world: World) -> None:
    resident = await world.follower()
    world.clock.push(timedelta(minutes=2))
    await world.wechat.click_menu(resident.openid, "progress")
    assert (world.bot.heard[-1]["Event"], world.bot.heard[-1]["EventKey"]) == ("CLICK", "progress")
    assert [await world.send(resident) for _ in range(4)] == [0, 0, 0, 45047]
    world.clock.push(timedelta(minutes=2))
    await world.wechat.say(resident.openid, "满意", menu_id="r1")
    assert [await world.send(resident) for _ in range(4)] == [0, 0, 0, 45047]


async def test_opening_a_page_gives_no_right(world: World) -> None:
    resident = await world.follower()
    world.clock.push(timedelta(minutes=2))
    await world.post("menu/create", {"button": [{"name": "网页", "type": "view", "url": "https://example.org"}]})
    await world.wechat.click_menu(resident.openid, "https://example.org")
    assert world.bot.heard[-1]["Event"] == "VIEW"
    assert await world.send(resident) == 45015


async def test_nothing_reaches_who_has_left(world: World) -> None:
    resident = await world.follower()
    await world.wechat.say(resident.openid, "一")
    await world.wechat.unfollow(resident.openid)
    assert await world.send(resident) == 45015


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"msgtype": "text", "text": {"content": ""}}, 44004),
        ({"msgtype": "text", "text": {"content": "汉" * 683}}, 45002),
        ({"msgtype": "dance"}, 40008),
        ({"msgtype": "image", "image": {"media_id": "none"}}, 40007),
        ({"msgtype": "news", "news": {"articles": [{"title": "一"}, {"title": "二"}]}}, 45008),
        ({"msgtype": "news", "news": {"articles": []}}, 44003),
        ({"msgtype": "text", "text": {"content": "汉" * 682}}, 0),
        ({"msgtype": "news", "news": {"articles": [{"title": "一", "url": "https://example.org"}]}}, 0),
        ({"msgtype": "text", "text": {"content": "好"}, "touser": "o-foreign"}, 40003),
    ],
)
async def test_messages_are_looked_at_before_they_are_counted(world: World, message: dict[str, Any], code: int) -> None:
    resident = await world.follower()
    answer = await world.post("message/custom/send", {"touser": resident.openid, **message})
    assert answer["errcode"] == code
    assert world.wechat.ledger.left(resident.openid, START) == (3 if code else 2)
    if code:
        assert re.search(r" rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$", answer["errmsg"])


async def test_a_menu_of_answers_can_be_tapped(world: World) -> None:
    resident = await world.follower()
    menu = {"head_content": "满意吗", "list": [{"id": "1", "content": "满意"}, {"id": "2", "content": "一般"}]}
    await world.post("message/custom/send", {"touser": resident.openid, "msgtype": "msgmenu", "msgmenu": menu})
    line = resident.chat[-1]
    assert line.text == "满意吗\n满意\n一般"
    await world.wechat.tap(resident.openid, line.id, 1)
    assert (world.bot.heard[-1]["Content"], world.bot.heard[-1]["bizmsgmenuid"]) == ("一般", "2")


async def test_the_blacklist_and_bad_bodies(world: World) -> None:
    resident = await world.follower()
    assert (await world.post("message/custom/send", b""))["errcode"] == 44002
    assert (await world.post("message/custom/send", b"{"))["errcode"] == 47001
    assert (await world.post("message/custom/send", b"[]"))["errcode"] == 47001
    assert (await world.get("message/custom/send"))["errcode"] == 43002
    world.wechat.blacklist.add(resident.openid)
    assert await world.send(resident) == 43019


async def test_escaped_chinese_is_shown_as_it_was_written(world: World) -> None:
    resident = await world.follower()
    body = json.dumps({"touser": resident.openid, "msgtype": "text", "text": {"content": "好\n"}}).encode()
    assert (await world.post("message/custom/send", body))["errcode"] == 0
    assert resident.chat[-1].text == "\\u597d\n"


async def test_typing(world: World) -> None:
    resident = await world.follower()

    async def type_(command: str) -> int:
        body = {"touser": resident.openid, "command": command}
        return int((await world.post("message/custom/typing", body))["errcode"])

    assert [await type_(word) for word in ("Typing", "Typing", "CancelTyping", "Dance")] == [0, 45081, 0, 45072]
    world.clock.push(timedelta(seconds=31))
    assert await type_("Typing") == 45080


# ── templates ────────────────────────────────────────────────────────────────────────────────────


def template(resident: Resident, number: str = "342", **more: Any) -> dict[str, Any]:
    data = {"character_string1": {"value": number}, "phrase2": {"value": "已办结"}, "thing3": {"value": "路灯亮了"}}
    return {"touser": resident.openid, "template_id": "TM00001", "data": data, **more}


async def test_a_template_arrives_and_its_end_is_reported(world: World) -> None:
    resident = await world.follower()
    world.clock.push(timedelta(days=9))
    world.token = ""
    answer = await world.post("message/template/send", template(resident, url="https://example.org/342"))
    await world.platforms.settle()
    assert answer["errcode"] == 0
    event = world.bot.heard[-1]
    assert (event["Event"], event["MsgID"], event["Status"]) == (
        "TEMPLATESENDJOBFINISH",
        str(answer["msgid"]),
        "success",
    )
    assert resident.chat[-1].text == "342\n已办结\n路灯亮了"
    assert resident.chat[-1].links == (("查看详情", "https://example.org/342"),)


async def test_an_answer_to_a_report_is_seen_by_nobody(world: World) -> None:
    resident = await world.follower()
    world.bot.reply = world.bot.says("谢谢")
    await world.post("message/template/send", template(resident))
    await world.platforms.settle()
    assert [line.via for line in resident.chat] == ["template"]
    assert world.wechat.discarded_answers == 1


async def test_templates_that_are_refused(world: World) -> None:
    resident, stranger = await world.follower(), world.wechat.add_resident("乙二")
    send = "message/template/send"
    assert (await world.post(send, template(resident, template_id="XX1")))["errcode"] == 40037
    assert (await world.post(send, template(stranger)))["errcode"] == 43004
    empty = await world.post(send, template(resident, data={"thing3": {"value": " "}}))
    assert empty["errcode"] == 47003
    assert "data.thing3.value is empty" in empty["errmsg"]
    world.wechat.templates["TM00001"] = ("character_string1", "thing9")
    assert "data.thing9" in (await world.post(send, template(resident)))["errmsg"]
    assert (await world.post(send, template(resident, template_id="TM2")))["errcode"] == 40037


async def test_the_same_template_twice_in_a_minute(world: World) -> None:
    resident = await world.follower()
    send = "message/template/send"
    assert [(await world.post(send, template(resident)))["errcode"] for _ in "12"] == [0, 40241]
    assert (await world.post(send, template(resident, "343")))["errcode"] == 0
    world.clock.push(timedelta(seconds=60))
    assert (await world.post(send, template(resident)))["errcode"] == 0


async def test_long_fields_are_cut_and_unknown_ones_dropped(world: World) -> None:
    resident = await world.follower()
    world.wechat.templates["TM00001"] = ("thing3",)
    data = {"thing3": {"value": "很" * 25 + "\n长"}, "first": {"value": "您好"}}
    await world.post("message/template/send", template(resident, data=data))
    assert resident.chat[-1].text == "很" * 20
    assert world.wechat.sent[-1].cut == ("thing3", "first")


@pytest.mark.parametrize("status", ["failed:user block", "failed: system failed"])
async def test_templates_that_fail_later(world: World, status: str) -> None:
    resident = await world.follower()
    world.wechat.faults.template_status = status
    assert (await world.post("message/template/send", template(resident)))["errcode"] == 0
    await world.platforms.settle()
    assert world.bot.heard[-1]["Status"] == status
    assert resident.chat == []


# ── tokens ───────────────────────────────────────────────────────────────────────────────────────


def caller(world: World, **changes: Any) -> dict[str, Any]:
    known = world.platforms.credentials
    return {"grant_type": "client_credential", "appid": known.app_id, "secret": known.app_secret, **changes}


async def use(world: World, token: str) -> int:
    return int((await world.fetch("getcallbackip", access_token=token)).get("errcode", 0))


async def stable(world: World, **changes: Any) -> dict[str, Any]:
    return await world.post("stable_token", caller(world, **changes))


async def test_a_new_token_outlives_the_old_by_five_minutes(world: World) -> None:
    old = (await world.fetch("token", **caller(world)))["access_token"]
    new = (await world.fetch("token", **caller(world)))["access_token"]
    assert old != new
    assert [await use(world, old), await use(world, new)] == [0, 0]
    world.clock.push(timedelta(minutes=5))
    assert [await use(world, old), await use(world, new)] == [40001, 0]
    world.clock.push(timedelta(hours=2))
    assert await use(world, new) == 42001
    assert [await use(world, bad) for bad in ("", "nonsense", "12_" + "x" * 100)] == [41001, 40014, 40001]


async def test_the_stable_token_stays_until_its_last_five_minutes(world: World) -> None:
    first = await stable(world)
    plain = (await world.fetch("token", **caller(world)))["access_token"]
    world.clock.push(timedelta(minutes=100))
    again = await stable(world)
    assert again["access_token"] == first["access_token"]
    assert again["expires_in"] == 7200 - 6000
    world.clock.push(timedelta(minutes=16))
    late = await stable(world)
    assert late["access_token"] != first["access_token"]
    assert [await use(world, one) for one in (first["access_token"], late["access_token"], plain)] == [0, 0, 0]


async def test_forcing_kills_the_old_token_but_not_twice_in_a_moment(world: World) -> None:
    first = (await stable(world))["access_token"]
    forced = (await stable(world, force_refresh=True))["access_token"]
    assert (await stable(world, force_refresh=True))["access_token"] == forced
    assert [await use(world, first), await use(world, forced)] == [40001, 0]
    codes = []
    for _ in range(20):
        world.clock.push(timedelta(seconds=30))
        codes.append((await stable(world, force_refresh=True)).get("errcode", 0))
    assert codes == [0] * 19 + [45009]


async def test_two_thousand_tokens_a_day(world: World) -> None:
    tokens = world.wechat.tokens
    for _ in range(2000):
        tokens.fetch(START)
    assert (await world.fetch("token", **caller(world)))["errcode"] == 45009
    world.clock.push(timedelta(hours=15))  # midnight in Beijing
    assert "access_token" in await world.fetch("token", **caller(world))


async def test_clearing_the_quota(world: World) -> None:
    answers = [await world.post("clear_quota", {"appid": world.platforms.credentials.app_id}) for _ in range(11)]
    assert [answer["errcode"] for answer in answers] == [0] * 10 + [48006]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"appid": ""}, 41002),
        ({"secret": ""}, 41004),
        ({"appid": "wx1"}, 40013),
        ({"secret": "1"}, 40125),
        ({"grant_type": "x"}, 40002),
    ],
)
async def test_wrong_callers_get_no_token(world: World, change: dict[str, str], code: int) -> None:
    assert (await world.fetch("token", **caller(world, **change)))["errcode"] == code
    assert (await stable(world, **change))["errcode"] == code


async def test_tokens_can_die_early(world: World) -> None:
    await world.follower()
    world.wechat.faults.invalid_token_once = True
    assert [(await world.get("getcallbackip")).get("errcode", 0) for _ in "12"] == [40001, 0]
    world.wechat.tokens.invalidate(world.clock.now())
    assert (await world.get("getcallbackip"))["errcode"] == 40001
    world.token = ""
    assert "ip_list" in await world.get("getcallbackip")


# ── faults ───────────────────────────────────────────────────────────────────────────────────────


async def test_the_platform_can_be_down(world: World) -> None:
    resident = await world.follower()
    await world.good_token()
    world.wechat.faults.api_down = True
    with pytest.raises(aiohttp.ClientError):
        await world.send(resident)
    world.wechat.faults.api_down = False
    assert await world.send(resident) == 0


async def test_an_answer_can_be_lost_although_the_message_arrived(world: World) -> None:
    resident = await world.follower()
    await world.good_token()
    world.wechat.faults.lose_answer_next = 1
    with pytest.raises(aiohttp.ClientError):
        await world.send(resident)
    assert len(resident.chat) == 1


async def test_errors_on_demand(world: World) -> None:
    resident = await world.follower()
    await world.good_token()
    faults = world.wechat.faults
    faults.error_code = 50002
    assert await world.send(resident) == 50002
    faults.error_code, faults.error_rate = None, 1.0
    assert await world.send(resident) == -1
    faults.error_rate, faults.ip_not_allowed = 0.0, True
    refused = await world.fetch("token", **caller(world))
    assert refused["errcode"] == 40164
    assert "not in whitelist rid:" in refused["errmsg"]
    faults.bad_gateway_next, faults.api_slow = 1, 0.05
    async with world.http.get(f"{world.base}/cgi-bin/token") as response:
        assert (response.status, response.content_type) == (502, "text/html")


# ── media, codes, people, menu ───────────────────────────────────────────────────────────────────


async def upload(world: World, kind: str, content: bytes | None) -> dict[str, Any]:
    form = aiohttp.FormData({"other": "x"})
    if content is not None:
        form.add_field("media", io.BytesIO(content), filename="a.png", content_type="image/png")
    params = {"access_token": await world.good_token(), "type": kind}
    async with world.http.post(f"{world.base}/cgi-bin/media/upload", data=form, params=params) as response:
        return dict(json.loads(await response.read()))


async def test_media_go_up_and_down_for_three_days(world: World) -> None:
    resident = await world.follower()
    media_id = (await upload(world, "image", PNG))["media_id"]
    await world.post(
        "message/custom/send", {"touser": resident.openid, "msgtype": "image", "image": {"media_id": media_id}}
    )
    assert (resident.chat[-1].kind, resident.chat[-1].media) == ("image", media_id)
    params = {"access_token": await world.good_token(), "media_id": media_id}
    async with world.http.get(f"{world.base}/cgi-bin/media/get", params=params) as response:
        assert await response.read() == PNG
        assert "attachment" in response.headers["Content-disposition"]
    world.clock.push(timedelta(days=3))
    world.token = ""
    assert (await world.get("media/get", media_id=media_id))["errcode"] == 40007
    assert world.wechat.media(media_id)[0] == PNG


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("dance", PNG, 40004),
        ("image", None, 41005),
        ("image", b"", 44001),
        ("image", b"no picture", 40005),
        ("voice", b"#!AMR" + b"0" * 2_000_000, 45001),
    ],
)
async def test_media_that_are_refused(world: World, kind: str, content: bytes | None, code: int) -> None:
    assert (await upload(world, kind, content))["errcode"] == code


async def test_a_video_comes_as_an_address(world: World) -> None:
    media_id = (await upload(world, "video", b"video"))["media_id"]
    assert (await world.get("media/get", media_id=media_id))["video_url"].startswith("http")


async def test_a_code_is_made_and_shown(world: World) -> None:
    body = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "lane-7"}}}
    made = await world.post("qrcode/create", body)
    assert "expire_seconds" not in made
    async with world.http.get(f"{world.base}/cgi-bin/showqrcode", params={"ticket": made["ticket"]}) as response:
        assert response.content_type == "image/png"
        assert (await response.read()).startswith(b"\x89PNG")
    resident = await world.follower()
    await world.wechat.scan(resident.openid, "lane-7")
    assert world.bot.heard[-1]["Ticket"] == made["ticket"]
    async with world.http.get(f"{world.base}/cgi-bin/showqrcode", params={"ticket": "none"}) as response:
        assert response.status == 404
    temporary = {**body, "action_name": "QR_STR_SCENE", "expire_seconds": 9_999_999}
    assert (await world.post("qrcode/create", temporary))["expire_seconds"] == 2_592_000


@pytest.mark.parametrize(
    ("action", "scene"),
    [
        ("QR_LIMIT_STR_SCENE", {"scene_str": "x" * 65}),
        ("QR_LIMIT_SCENE", {"scene_id": 100_001}),
        ("QR_SCENE", {"scene_id": 0}),
        ("QR_DANCE", {"scene_str": "x"}),
        ("QR_SCENE", None),
    ],
)
async def test_scenes_no_code_can_carry(world: World, action: str, scene: Any) -> None:
    answer = await world.post("qrcode/create", {"action_name": action, "action_info": {"scene": scene}})
    assert answer["errcode"] == 40053


async def test_user_info_knows_no_names(world: World) -> None:
    resident = world.wechat.add_resident("甲一")
    assert await world.get("user/info", openid=resident.openid) == {"subscribe": 0, "openid": resident.openid}
    await world.wechat.follow(resident.openid, "lane-7")
    known = await world.get("user/info", openid=resident.openid)
    assert (known["subscribe"], known["qr_scene_str"]) == (1, "lane-7")
    assert not {"nickname", "headimgurl"} & set(known)
    assert (await world.get("user/info", openid="o2"))["errcode"] == 40003


async def test_the_menu(world: World) -> None:
    assert (await world.get("menu/get"))["errcode"] == 46003
    leaf = {"name": "查进度", "type": "click", "key": "progress"}
    assert (await world.post("menu/create", {"button": [{"name": "服务", "sub_button": [leaf]}]}))["errcode"] == 0
    assert world.wechat.menu_buttons() == [leaf]
    current = await world.get("get_current_selfmenu_info")
    assert current["selfmenu_info"]["button"][0]["sub_button"] == {"list": [leaf]}
    assert (await world.get("menu/get"))["menu"]["button"][0]["name"] == "服务"
    await world.get("menu/delete")
    assert world.wechat.menu == []


@pytest.mark.parametrize(
    ("buttons", "code"),
    [
        ([], 40016),
        ([{"name": "一", "type": "click", "key": "k"}] * 4, 40016),
        ([{"name": "一二三四五六", "type": "click", "key": "k"}], 40018),
        ([{"name": "一", "type": "dance", "key": "k"}], 40017),
        ([{"name": "一", "type": "click", "key": "k" * 129}], 40019),
        ([{"name": "一", "type": "view", "url": ""}], 40020),
        ([{"name": "一", "sub_button": [{"name": "一", "type": "click", "key": "k"}] * 6}], 40023),
        ([{"name": "一", "sub_button": [{"name": "一" * 21, "type": "click", "key": "k"}]}], 40025),
    ],
)
async def test_menus_that_are_refused(world: World, buttons: list[dict[str, Any]], code: int) -> None:
    assert (await world.post("menu/create", {"button": buttons}))["errcode"] == code
