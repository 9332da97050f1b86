"""The emulated WeCom: the smart robot's long connection and the webhook robot, driven as a bot would."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.clock import PushedClock
from bot.emulator.cards import BadCard, check_card, face
from bot.emulator.credentials import Credentials
from bot.emulator.platforms import Platforms
from bot.emulator.wecom import WeCom
from bot.emulator.world import Line

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
Frame = dict[str, Any]


class Robot:
    """A bare client: sends frames, keeps what comes."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse, credentials: Credentials) -> None:
        self.ws = ws
        self.credentials = credentials
        self.came: asyncio.Queue[Frame] = asyncio.Queue()
        self._acks: dict[str, asyncio.Future[Frame]] = {}
        self._count = 0
        self.patience = 2.0
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self.ws:
            frame = json.loads(message.data)
            waiting = self._acks.pop(frame["headers"]["req_id"], None) if "cmd" not in frame else None
            if waiting is None:
                self.came.put_nowait(frame)
            else:
                waiting.set_result(frame)

    async def call(self, cmd: str, body: Frame | None = None, req_id: str = "") -> Frame:
        self._count += 1
        req_id = req_id or f"own-{id(self)}-{self._count}"
        future = self._acks[req_id] = asyncio.get_running_loop().create_future()
        await self.ws.send_str(json.dumps({"cmd": cmd, "headers": {"req_id": req_id}, "body": body}))
        return await asyncio.wait_for(future, self.patience)

    async def code(self, cmd: str, body: Frame | None = None, req_id: str = "") -> int:
        return int((await self.call(cmd, body, req_id))["errcode"])

    async def subscribe(self, **changes: str) -> int:
        known = self.credentials
        return await self.code("aibot_subscribe", {"bot_id": known.bot_id, "secret": known.bot_secret, **changes})

    async def next(self) -> Frame:
        return await asyncio.wait_for(self.came.get(), 2)

    async def hears(self) -> Frame:
        """The next message, greetings left aside."""
        while True:
            frame = await self.next()
            if frame["cmd"] == "aibot_msg_callback":
                return frame

    async def reply(self, frame: Frame, text: str = "收到") -> int:
        return await self.respond(frame, {"msgtype": "markdown", "markdown": {"content": text}})

    async def respond(self, frame: Frame, body: Frame, cmd: str = "aibot_respond_msg") -> int:
        return await self.code(cmd, body, frame["headers"]["req_id"])

    async def push(self, chatid: str, text: str = "新件", **more: Any) -> int:
        body = {"chatid": chatid, "msgtype": "markdown", "markdown": {"content": text}, **more}
        return await self.code("aibot_send_msg", body)

    async def closed(self) -> int | None:
        """The close code, once the connection is gone."""
        await asyncio.wait_for(self._reader, 2)
        return self.ws.close_code

    async def leave(self) -> None:
        await self.ws.close()
        await self._reader


@dataclass
class World:
    platforms: Platforms
    http: aiohttp.ClientSession
    base: str
    clock: PushedClock

    @property
    def wecom(self) -> WeCom:
        return self.platforms.wecom

    async def connect(self) -> Robot:
        return Robot(await self.http.ws_connect(f"{self.base}/ws"), self.platforms.credentials)

    async def robot(self) -> Robot:
        robot = await self.connect()
        assert await robot.subscribe() == 0
        return robot

    async def webhook(self, kind: str, part: Any, key: str | None = None) -> Frame:
        params = {"key": self.platforms.credentials.webhook_key if key is None else key}
        body = {"msgtype": kind, kind: part}
        async with self.http.post(f"{self.base}/cgi-bin/webhook/send", json=body, params=params) as response:
            assert response.status == 200
            return dict(await response.json())

    def group(self) -> list[Line]:
        return self.wecom.groups["g1"].chat

    def single(self, userid: str = "jia") -> list[Line]:
        return self.wecom.members[userid].chat


@pytest.fixture
async def world() -> AsyncIterator[World]:
    clock, credentials = PushedClock(START), Credentials.made_up(1)
    platforms, app = Platforms(clock, credentials), web.Application()
    platforms.add_routes(app)
    platforms.wecom.add_member("jia", "甲一")
    platforms.wecom.add_member("yi", "乙二")
    platforms.wecom.add_group("g1", "中心街胡同", ["jia", "yi"])
    async with TestServer(app) as server, aiohttp.ClientSession() as http:
        await platforms.start()
        yield World(platforms, http, str(server.make_url("/wecom")), clock)
        await platforms.close()


def card(task_id: str = "req-342-1", **changes: Any) -> Frame:
    buttons = [{"text": "我来接", "style": 1, "key": "take 342"}, {"text": "转交", "style": 2, "key": "pass 342"}]
    title = {"title": "新件 #342", "desc": "路灯不亮"}
    made = {"card_type": "button_interaction", "main_title": title, "button_list": buttons, "task_id": task_id}
    return {name: value for name, value in (made | changes).items() if value is not None}


def as_message(made: Frame) -> Frame:
    return {"msgtype": "template_card", "template_card": made}


# ── the connection ───────────────────────────────────────────────────────────────────────────────


async def test_nothing_goes_before_the_subscription(world: World) -> None:
    robot = await world.connect()
    assert [await robot.code("ping"), await robot.push("g1")] == [846609, 846609]
    assert await robot.subscribe(bot_id="aib-other") == 93019
    assert await robot.subscribe(**{"secret": "wrong"}) == 40001
    connected = [world.wecom.is_connected, await robot.subscribe() == 0, world.wecom.is_connected]
    assert connected == [False, True, True]
    ack = await robot.call("ping")
    assert (ack["errcode"], ack["errmsg"], "cmd" in ack) == (0, "ok", False)
    assert await robot.subscribe() == 40058
    assert await robot.code("aibot_dance") == 40058


async def test_a_frame_that_is_none_is_answered(world: World) -> None:
    robot = await world.robot()
    await robot.ws.send_str("{")
    assert (await robot.next())["errcode"] == 40058


async def test_error_texts_carry_a_hint(world: World) -> None:
    answer = await (await world.robot()).call("aibot_send_msg", {"chatid": "g1", "msgtype": "text"})
    assert re.search(r", hint: \[\d{18}\], from ip: \S+, more info at https://\S+\?e=40008$", answer["errmsg"])


async def test_a_second_connection_displaces_the_first(world: World) -> None:
    first = await world.robot()
    second = await world.robot()
    event = await first.next()
    assert (event["cmd"], event["body"]["event"]["eventtype"]) == ("aibot_event_callback", "disconnected_event")
    await first.closed()
    await world.wecom.say("jia", "在吗")
    assert (await second.hears())["body"]["text"]["content"] == "在吗"
    assert world.wecom.is_connected


async def test_a_silent_connection_is_closed(world: World) -> None:
    world.wecom.idle_limit = 0.1
    robot = await world.robot()
    await robot.closed()
    assert not world.wecom.is_connected


@pytest.mark.parametrize("hard", [False, True])
async def test_the_platform_cuts_the_connection(world: World, hard: bool) -> None:
    robot = await world.robot()
    await world.wecom.kick(hard=hard)
    await robot.closed()
    assert not world.wecom.is_connected
    assert await (await world.connect()).subscribe() == 0


async def test_a_platform_that_is_down(world: World) -> None:
    robot = await world.robot()
    world.wecom.faults.api_down = True
    await robot.closed()
    with pytest.raises(aiohttp.ClientError):
        await world.connect()
    with pytest.raises(aiohttp.ClientError):
        await world.webhook("text", {"content": "你好"})
    await world.wecom.say("jia", "有人吗")
    world.wecom.faults.api_down = False
    assert (await (await world.robot()).hears())["body"]["text"]["content"] == "有人吗"


async def test_errors_and_lost_acknowledgements_on_demand(world: World) -> None:
    robot = await world.robot()
    await world.wecom.say("jia", "你好")
    frame = await robot.hears()
    world.wecom.faults.error_code = 45009
    assert await robot.reply(frame) == 45009
    world.wecom.faults.error_code, world.wecom.faults.lose_answer_next = None, 1
    robot.patience = 0.1
    with pytest.raises(TimeoutError):
        await robot.reply(frame, "到了,没有回音")
    assert world.single()[-1].text == "到了,没有回音"
    assert world.wecom.refusals[45009] == 1


# ── what the robot hears ─────────────────────────────────────────────────────────────────────────


async def test_in_a_group_only_a_mention_is_heard(world: World) -> None:
    robot = await world.robot()
    await world.wecom.say("jia", "大家早", chatid="g1")
    await world.wecom.say("jia", "@小助手 不算", chatid="g1", mention=False)
    await world.wecom.say("jia", "接 342", chatid="g1", mention=True)
    await world.wecom.say("yi", "这个 @小助手 接 343", chatid="g1")
    first, second = await robot.hears(), await robot.hears()
    assert first["body"]["text"]["content"] == "@小助手 接 342"
    assert second["body"] == {
        "msgid": second["body"]["msgid"],
        "aibotid": world.platforms.credentials.bot_id,
        "chatid": "g1",
        "chattype": "group",
        "from": {"userid": "yi"},
        "msgtype": "text",
        "text": {"content": "这个 @小助手 接 343"},
    }
    assert [line.text for line in world.wecom.unheard] == ["大家早", "@小助手 不算"]
    assert robot.came.empty()


async def test_only_members_speak_in_a_group(world: World) -> None:
    world.wecom.leave("g1", "yi")
    with pytest.raises(ValueError, match="not in this group"):
        await world.wecom.say("yi", "我还在吗", chatid="g1")
    with pytest.raises(LookupError):
        await world.wecom.say("bing", "我是谁")


async def test_the_first_look_of_a_day_is_an_event(world: World) -> None:
    robot = await world.robot()
    await world.wecom.say("jia", "早")
    greeting, message = await robot.next(), await robot.next()
    assert greeting["body"]["event"]["eventtype"] == "enter_chat"
    assert message["body"]["chattype"] == "single"
    await world.wecom.say("jia", "再说一句")
    assert not await world.wecom.open_chat("jia")
    assert (await robot.next())["cmd"] == "aibot_msg_callback"
    world.clock.push(timedelta(hours=15))  # midnight in Beijing
    assert await world.wecom.open_chat("jia")


async def test_quotes(world: World) -> None:
    robot = await world.robot()
    (line,) = await world.wecom.say("jia", "@小助手 路灯坏了", chatid="g1")
    (answer,) = await world.wecom.say("yi", "@小助手 接", chatid="g1", quote=line.id)
    await robot.hears()
    assert (await robot.hears())["body"]["quote"] == {"msgtype": "text", "text": {"content": "@小助手 路灯坏了"}}
    assert answer.quoted == "@小助手 路灯坏了"


async def test_voices_come_as_words(world: World) -> None:
    robot = await world.robot()
    await world.wecom.send_voice("jia", "我到了")
    assert (await robot.hears())["body"]["voice"] == {"content": "我到了"}


async def test_pictures_are_encrypted_and_gone_after_five_minutes(world: World) -> None:
    robot = await world.robot()
    await world.wecom.send_image("jia", PNG, "image/png")
    await world.wecom.send_image("jia", PNG, "image/png", chatid="g1")
    await world.wecom.send_image("jia", PNG, "image/png", chatid="g1", text="@小助手 办结 342")
    image = (await robot.hears())["body"]["image"]
    key = base64.b64decode(image["aeskey"] + "=" * (-len(image["aeskey"]) % 4))
    async with world.http.get(image["url"]) as response:
        sealed = await response.read()
    worker = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
    plain = worker.update(sealed) + worker.finalize()
    assert plain[: -plain[-1]] == PNG
    mixed = (await robot.hears())["body"]["mixed"]["msg_item"]
    assert [item["msgtype"] for item in mixed] == ["text", "image"]
    assert [line.delivered for line in world.group()] == [False, True]
    world.clock.push(timedelta(minutes=6))
    async with world.http.get(image["url"]) as response:
        assert response.status == 403


async def test_what_nobody_heard_comes_after_the_reconnect(world: World) -> None:
    await world.wecom.say("jia", "太早")
    world.clock.push(timedelta(minutes=6))
    await world.wecom.say("jia", "刚好")
    robot = await world.robot()
    assert (await robot.hears())["body"]["text"]["content"] == "刚好"
    assert robot.came.empty()
    assert world.wecom.lost_events == 1  # the greeting


async def test_duplicates_carry_the_same_msgid(world: World) -> None:
    robot = await world.robot()
    world.wecom.faults.duplicate_next = 1
    await world.wecom.say("jia", "一")
    first, second = await robot.hears(), await robot.hears()
    assert first["body"]["msgid"] == second["body"]["msgid"]
    await world.wecom.say("jia", "二")
    await robot.hears()
    world.wecom.faults.duplicate_after_reconnect = 1
    await robot.leave()
    again = await (await world.robot()).hears()
    assert again["body"]["text"]["content"] == "二"


# ── replies ──────────────────────────────────────────────────────────────────────────────────────


async def test_replies_to_a_message(world: World) -> None:
    robot = await world.robot()
    await world.wecom.say("jia", "@小助手 列表", chatid="g1")
    frame = await robot.hears()
    assert await robot.reply(frame, "<@jia> 你有**两件**") == 0
    line = world.group()[-1]
    assert (line.kind, line.via, line.text, line.sender) == ("markdown", "reply", "@甲一 你有**两件**", "小助手")
    assert await robot.respond(frame, {"msgtype": "text", "text": {"content": "你好"}}) == 40008
    assert await robot.respond(frame, {"msgtype": "markdown", "markdown": {"content": ""}}) == 44004
    assert await robot.reply(frame, "汉" * 6827) == 45002
    assert await robot.respond(frame, {"msgtype": "image", "image": {"media_id": "none"}}) == 40007


async def test_a_req_id_is_good_for_its_command_its_connection_and_a_day(world: World) -> None:
    robot = await world.robot()
    await world.wecom.say("jia", "你好")
    greeting, frame = await robot.next(), await robot.next()
    assert await robot.reply(greeting) == 846605
    assert await robot.respond(frame, {"msgtype": "text"}, "aibot_respond_welcome_msg") == 846605
    assert await robot.respond(frame, {"msgtype": "text"}, "aibot_respond_update_msg") == 846605
    world.clock.push(timedelta(hours=24))
    assert await robot.reply(frame) == 0
    world.clock.push(timedelta(seconds=1))
    assert await robot.reply(frame) == 846605
    await robot.leave()
    assert await (await world.robot()).reply(frame) == 846605


async def test_a_stream_grows_and_ends(world: World) -> None:
    robot = await world.robot()
    await world.wecom.say("jia", "总结")
    frame = await robot.hears()

    async def stream(content: str, *, finish: bool = False, name: str = "s1", **more: Any) -> int:
        part = {"id": name, "content": content, "finish": finish, **more}
        return await robot.respond(frame, {"msgtype": "stream", "stream": part})

    assert await stream("今天") == 0
    assert await stream("今天三件", finish=True) == 0
    assert [line.text for line in world.single()] == ["总结", "今天三件"]
    assert await stream("还有") == 40058
    assert await stream("慢", name="s2") == 0
    world.clock.push(timedelta(minutes=6, seconds=1))
    assert await stream("太慢", name="s2", finish=True) == 40058
    assert await stream("汉" * 6827, name="s3") == 45002
    assert await stream("图", name="s4", msg_item=[{}]) == 40058
    assert await stream("", name="") == 40058


async def test_a_welcome_is_quick_and_single(world: World) -> None:
    robot = await world.robot()
    welcome, cmd = {"msgtype": "text", "text": {"content": "早上好"}}, "aibot_respond_welcome_msg"
    await world.wecom.open_chat("jia")
    greeting = await robot.next()
    assert await robot.respond(greeting, {"msgtype": "markdown", "markdown": {"content": "x"}}, cmd) == 40008
    assert await robot.respond(greeting, welcome, cmd) == 0
    assert await robot.respond(greeting, welcome, cmd) == 846605
    assert world.single()[-1].text == "早上好"
    world.wecom.quick_reply = 0.05
    await world.wecom.open_chat("yi")
    late = await robot.next()
    await asyncio.sleep(0.1)
    assert await robot.respond(late, as_message(card()), cmd) == 846605


async def test_thirty_a_minute_and_a_thousand_an_hour(world: World) -> None:
    robot = await world.robot()
    await world.wecom.say("jia", "@小助手 你好", chatid="g1")
    await world.wecom.say("jia", "你好")
    frame = await robot.hears()
    codes = [await robot.reply(frame) for _ in range(15)] + [await robot.push("g1") for _ in range(16)]
    assert codes == [0] * 30 + [45009]
    assert await robot.push("jia") == 0
    world.clock.push(timedelta(minutes=1))
    assert await robot.push("g1") == 0
    for _ in range(33):
        for _ in range(30):
            await robot.push("jia")
        world.clock.push(timedelta(minutes=1))
    assert sum(line.via == "push" for line in world.single()) == 991
    world.clock.push(timedelta(seconds=1))
    codes = [await robot.push("jia") for _ in range(10)]
    assert codes == [0] * 9 + [45009]


# ── pushes ───────────────────────────────────────────────────────────────────────────────────────


async def test_a_push_needs_a_conversation(world: World) -> None:
    robot = await world.robot()
    assert [await robot.push("g1"), await robot.push("jia"), await robot.push("nowhere")] == [40058] * 3
    await world.wecom.say("jia", "大家早", chatid="g1")
    assert await robot.push("g1") == 40058
    await world.wecom.say("jia", "@小助手 你好", chatid="g1")
    assert [await robot.push("g1"), await robot.push("jia")] == [0, 40058]
    await world.wecom.say("jia", "你好")
    assert await robot.push("jia", chat_type=1) == 0
    assert [await robot.push("jia", chat_type=2), await robot.push("g1", chat_type=1)] == [40058, 40058]
    assert world.group()[-1].via == "push"


async def test_text_and_group_cards_cannot_be_pushed(world: World) -> None:
    robot = await world.robot()
    await world.wecom.say("jia", "@小助手 你好", chatid="g1")
    await world.wecom.say("jia", "你好")
    text = {"chatid": "g1", "msgtype": "text", "text": {"content": "你好"}}
    assert await robot.code("aibot_send_msg", text) == 40008
    assert await robot.code("aibot_send_msg", {"chatid": "g1", **as_message(card())}) == 40008
    assert await robot.code("aibot_send_msg", {"chatid": "jia", **as_message(card())}) == 0


async def test_media_go_up_in_pieces(world: World) -> None:
    robot = await world.robot()
    await world.wecom.say("jia", "你好")
    begin = {"type": "image", "filename": "a.png", "total_size": len(PNG), "total_chunks": 2}
    begin["md5"] = hashlib.md5(PNG, usedforsecurity=False).hexdigest()
    upload_id = (await robot.call("aibot_upload_media_init", begin))["body"]["upload_id"]
    for index, piece in ((1, PNG[10:]), (0, PNG[:10])):
        assert await robot.code("aibot_upload_media_finish", {"upload_id": upload_id}) == 40058
        body = {"upload_id": upload_id, "chunk_index": index, "base64_data": base64.b64encode(piece).decode()}
        assert await robot.code("aibot_upload_media_chunk", body) == 0
    assert await robot.code("aibot_upload_media_chunk", {**body, "chunk_index": 2}) == 40058
    done = (await robot.call("aibot_upload_media_finish", {"upload_id": upload_id}))["body"]
    picture = {"chatid": "jia", "msgtype": "image", "image": {"media_id": done["media_id"]}}
    assert await robot.code("aibot_send_msg", picture) == 0
    assert world.platforms.wechat.media(world.single()[-1].media) == (PNG, "image/png")
    world.clock.push(timedelta(days=3))
    assert await robot.code("aibot_send_msg", picture) == 40007


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"type": "dance"}, 40004),
        ({"filename": ""}, 40058),
        ({"total_size": 4}, 40006),
        ({"total_size": 2_000_001}, 40006),
        ({"total_chunks": 101}, 40058),
    ],
)
async def test_uploads_that_are_refused(world: World, change: Frame, code: int) -> None:
    begin = {"type": "image", "filename": "a.png", "total_size": 99, "total_chunks": 1}
    assert await (await world.robot()).code("aibot_upload_media_init", begin | change) == code


# ── cards ────────────────────────────────────────────────────────────────────────────────────────


async def test_a_card_in_a_group_is_pressed_and_changes(world: World) -> None:
    robot = await world.robot()
    await world.wecom.say("jia", "@小助手 列表", chatid="g1")
    assert await robot.respond(await robot.hears(), as_message(card())) == 0
    line = world.group()[-1]
    assert (line.text, line.task_id) == ("新件 #342\n路灯不亮", "req-342-1")
    assert line.options == (("我来接", "", "take 342"), ("转交", "", "pass 342"))
    await asyncio.gather(
        world.wecom.click("jia", line.id, "take 342", chatid="g1"),
        world.wecom.click("yi", line.id, "take 342", chatid="g1"),
    )
    first, second = await robot.next(), await robot.next()
    event = first["body"]["event"]["template_card_event"]
    assert event == {"card_type": "button_interaction", "event_key": "take 342", "task_id": "req-342-1"}
    assert {frame["body"]["from"]["userid"] for frame in (first, second)} == {"jia", "yi"}
    update = "aibot_respond_update_msg"
    done = NOTICE | {"task_id": "req-342-1", "main_title": {"title": "甲一已接"}}
    taken: Frame = {"response_type": "update_template_card", "template_card": done}
    assert await robot.respond(first, taken | {"template_card": card("other")}, update) == 40058
    assert await robot.respond(first, taken | {"response_type": "x"}, update) == 40058
    assert await robot.respond(first, taken, update) == 0
    assert await robot.respond(first, taken, update) == 846605
    changed = world.group()[-1]
    assert (changed.id, changed.text, changed.options) == (line.id, "甲一已接", ())
    await world.wecom.click("yi", line.id, "take 342", chatid="g1")  # an old client still shows the button
    assert (await robot.next())["body"]["event"]["template_card_event"]["card_type"] == "text_notice"


async def test_an_update_in_time_only(world: World) -> None:
    robot = await world.robot()
    await world.wecom.say("jia", "列表")
    await robot.respond(await robot.hears(), as_message(card()))
    await world.wecom.click("jia", world.single()[-1].id, "take 342")
    event, world.wecom.quick_reply = await robot.next(), 0.05
    await asyncio.sleep(0.1)
    body = {"response_type": "update_template_card", "template_card": card()}
    assert await robot.respond(event, body, "aibot_respond_update_msg") == 846605


async def test_a_press_without_a_robot_is_lost(world: World) -> None:
    robot = await world.robot()
    await world.wecom.say("jia", "列表")
    await robot.respond(await robot.hears(), as_message(card()))
    await robot.leave()
    await world.wecom.click("jia", world.single()[-1].id, "take 342")
    assert world.wecom.lost_events == 1
    again = await world.robot()
    await world.wecom.say("jia", "还在吗")
    assert (await again.next())["body"]["msgtype"] == "text"


async def test_the_other_spelling_and_what_was_chosen(world: World) -> None:
    robot = await world.robot()
    world.wecom.faults.card_spelling = "flat"
    choice = {"question_key": "q", "option_list": [{"id": "a", "text": "甲"}]}
    vote = card(
        card_type="vote_interaction", button_list=None, checkbox=choice, submit_button={"text": "交", "key": "k"}
    )
    await world.wecom.say("jia", "投票")
    await robot.respond(await robot.hears(), as_message(vote))
    await world.wecom.click("jia", world.single()[-1].id, "k", selected={"q": ("a",)})
    event = (await robot.next())["body"]["event"]["template_card_event"]
    assert (event["eventkey"], event["taskid"]) == ("k", "req-342-1")
    assert event["selecteditems"]["selecteditem"] == [{"questionkey": "q", "optionids": {"optionid": ["a"]}}]


async def test_a_task_id_serves_once(world: World) -> None:
    robot = await world.robot()
    await world.wecom.say("jia", "列表")
    frame = await robot.hears()
    codes = [await robot.respond(frame, as_message(card(name))) for name in ("a", "a", "b")]
    assert codes == [0, 40058, 0]
    with pytest.raises(LookupError):
        await world.wecom.click("jia", world.single()[0].id, "take 342")


NOTICE: Frame = {
    "card_type": "text_notice",
    "main_title": {"title": "一"},
    "card_action": {"type": 1, "url": "https://e.org"},
}
ROW, BUTTON = {"keyname": "地点", "value": "中心街"}, {"text": "好", "key": "k"}


@pytest.mark.parametrize(
    "bad",
    [
        None,
        {"card_type": "dance"},
        NOTICE | {"main_title": {}},
        NOTICE | {"card_action": {"type": 3}},
        NOTICE | {"card_action": {}},
        NOTICE | {"horizontal_content_list": [ROW] * 7},
        NOTICE | {"jump_list": [{"type": 1}] * 4},
        NOTICE | {"action_menu": {"action_list": [{"text": "一", "key": "k"}]}},
        NOTICE | {"card_type": "news_notice"},
        card("空 格"),
        card("x" * 129),
        card(task_id=""),
        card(main_title={"desc": "没有标题"}),
        card(button_list=[BUTTON, BUTTON]),
        card(button_list=[{"text": "长", "key": "k" * 1025}]),
        card(button_list=[{"text": str(n), "key": str(n)} for n in range(7)]),
        card(button_selection={"option_list": [{"id": str(n)} for n in range(11)]}),
    ],
)
def test_cards_that_are_refused(bad: Any) -> None:
    with pytest.raises(BadCard):
        check_card(bad)


def test_cards_that_pass_and_what_they_show() -> None:
    check_card(NOTICE | {"horizontal_content_list": [ROW] * 6})
    check_card(NOTICE | {"card_type": "news_notice", "card_image": {"url": "https://e.org/a.png"}})
    check_card(card())
    shown = face(NOTICE | {"horizontal_content_list": [ROW], "jump_list": [{"title": "看", "url": "https://e.org/1"}]})
    assert shown.text == "一\n地点：中心街"
    assert shown.links == (("看", "https://e.org/1"), ("查看", "https://e.org"))


# ── the webhook robot ────────────────────────────────────────────────────────────────────────────


async def test_the_webhook_speaks_into_its_group(world: World) -> None:
    assert (await world.webhook("text", {"content": "有急件", "mentioned_list": ["jia", "@all"]}))["errcode"] == 0
    assert (await world.webhook("markdown", {"content": "<@jia> 看一下"}))["errcode"] == 0
    assert (await world.webhook("markdown_v2", {"content": "<@jia> 看一下"}))["errcode"] == 0
    seen = [(line.via, line.kind, line.text) for line in world.group()]
    assert seen == [
        ("webhook", "text", "有急件 @甲一 @所有人"),
        ("webhook", "markdown", "@甲一 看一下"),
        ("webhook", "markdown", "<@jia> 看一下"),
    ]
    assert [line.text for line in world.wecom.webhook.sent] == [text for _, _, text in seen]


async def test_a_wrong_key_or_no_group(world: World) -> None:
    answer = await world.webhook("text", {"content": "你好"}, key="nonsense")
    assert answer["errcode"] == 93000
    assert answer["errmsg"].startswith("invalid webhook url, hint: [")
    world.wecom.webhook.group = ""
    assert (await world.webhook("text", {"content": "你好"}))["errcode"] == 93008


async def test_twenty_in_any_minute(world: World) -> None:
    codes = []
    for _ in range(21):
        codes.append((await world.webhook("text", {"content": "你好"}))["errcode"])
        world.clock.push(timedelta(seconds=2))
    assert codes == [0] * 20 + [45009]
    world.clock.push(timedelta(seconds=18))
    assert [(await world.webhook("text", {"content": "你好"}))["errcode"] for _ in "12"] == [0, 45009]


@pytest.mark.parametrize(
    ("kind", "part", "code"),
    [
        ("text", {"content": ""}, 44004),
        ("text", {"content": "汉" * 683}, 45002),
        ("text", {"content": "汉" * 682}, 0),
        ("markdown", {"content": "汉" * 1366}, 40058),
        ("markdown_v2", {"content": "汉" * 1365}, 0),
        ("dance", {}, 40008),
        ("text", None, 40058),
        ("news", {"articles": []}, 45008),
        ("news", {"articles": [{"title": "一"}]}, 40058),
        ("news", {"articles": [{"title": "一", "url": "https://e.org"}]}, 0),
        ("template_card", card(), 40058),
        ("template_card", {"card_type": "text_notice"}, 40058),
        ("template_card", NOTICE, 0),
        ("file", {"media_id": "none"}, 40007),
        ("image", {"base64": "!", "md5": ""}, 40058),
        ("image", {"base64": base64.b64encode(PNG).decode(), "md5": "0"}, 40058),
    ],
)
async def test_webhook_messages_are_checked(world: World, kind: str, part: Any, code: int) -> None:
    assert (await world.webhook(kind, part))["errcode"] == code
    assert len(world.group()) == (0 if code else 1)


async def test_the_webhook_shows_pictures_and_files(world: World) -> None:
    digest = hashlib.md5(PNG, usedforsecurity=False).hexdigest()
    part = {"base64": base64.b64encode(PNG).decode(), "md5": digest}
    assert (await world.webhook("image", part))["errcode"] == 0
    assert world.platforms.wechat.media(world.group()[-1].media) == (PNG, "image/png")
    form = aiohttp.FormData()
    form.add_field("media", b"name,count\n", filename="a.csv")
    params = {"key": world.platforms.credentials.webhook_key, "type": "file"}
    async with world.http.post(f"{world.base}/cgi-bin/webhook/upload_media", data=form, params=params) as response:
        media_id = (await response.json())["media_id"]
    assert (await world.webhook("file", {"media_id": media_id}))["errcode"] == 0


async def test_listeners_and_settling(world: World) -> None:
    calls: list[int] = []
    world.platforms.listeners.append(lambda: calls.append(1))
    await world.wecom.say("jia", "你好")
    world.wecom.add_member("bing", "丙三")
    assert len(calls) == 2
    await world.platforms.settle()


async def test_closing_lets_go_of_the_robot(world: World) -> None:
    robot = await world.robot()
    await world.platforms.close()
    assert await robot.closed() is not None
    assert robot.ws.closed
    assert (await robot.ws.receive()).type is WSMsgType.CLOSED
