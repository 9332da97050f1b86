"""The long connection against a small WeCom on a real WebSocket."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.channels.errors import Refused, TryLater
from bot.channels.media import Media
from bot.channels.wecom_bot import Patience, StaleReply, WecomBot
from bot.clock import PushedClock
from bot.config import WecomBot as WecomBotSettings
from storage.records import Incoming, MessageKind
from tests.wire.senders import NOW

SECRET = "made-up-bot-secret"
FAST = Patience(first=0.02, longest=0.05, long=1.0, taken_over=1.0, longest_long=2.0, drain=0.5)


@dataclass
class WeCom:
    """One robot's other end: answers subscriptions and frames, keeps one live connection."""

    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    frames: list[dict[str, Any]] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)  # errcode by cmd
    bodies: dict[str, dict[str, Any]] = field(default_factory=dict)  # what an acknowledgement brings, by cmd
    silent: set[str] = field(default_factory=set)  # cmds that are never acknowledged
    subscriptions: int = 0

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        async for message in socket:
            frame = json.loads(message.data)
            await self._take(socket, frame)
        return socket

    async def _take(self, socket: web.WebSocketResponse, frame: dict[str, Any]) -> None:
        cmd = frame["cmd"]
        self.frames.append(frame)
        if cmd == "aibot_subscribe":
            self.subscriptions += 1
        if cmd not in self.silent:
            code = self.codes.get(cmd, 0)
            body = {"body": self.bodies[cmd]} if cmd in self.bodies else {}
            await socket.send_json({"headers": frame["headers"], "errcode": code, "errmsg": "x"} | body)

    async def say(self, body: dict[str, Any], req_id: str = "r1", cmd: str = "aibot_msg_callback") -> None:
        await self.sockets[-1].send_json({"cmd": cmd, "headers": {"req_id": req_id}, "body": body})

    async def drop(self) -> None:
        await self.sockets[-1].close()

    def sent(self, cmd: str) -> list[dict[str, Any]]:
        return [frame for frame in self.frames if frame["cmd"] == cmd]


@dataclass
class Set:
    wecom: WeCom
    bot: WecomBot
    clock: PushedClock
    heard: list[Incoming]
    states: list[tuple[bool, str]]
    hold: asyncio.Event
    task: asyncio.Task[None]


@pytest.fixture
async def world() -> AsyncIterator[Set]:
    async with _world(WeCom()) as made:
        await until(lambda: made.bot.is_up)
        yield made


@asynccontextmanager
async def _world(wecom: WeCom, **more: Any) -> AsyncIterator[Set]:
    heard: list[Incoming] = []
    hold = asyncio.Event()
    hold.set()

    async def on_message(incoming: Incoming) -> None:
        heard.append(incoming)
        if incoming.text == "摔倒":
            raise ValueError("很私密的话")
        if incoming.text == "等":
            await hold.wait()

    app = web.Application()
    app.router.add_get("/", wecom.serve)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        values = {"ping_every": 5.0, "timeout": 3.0} | more
        settings = WecomBotSettings(
            bot_id="bot-1", secret=SecretStr(SECRET), name="小助手", ws_url=str(server.make_url("/")), **values
        )
        clock = PushedClock(NOW)
        bot = WecomBot(settings, clock, on_message, session, patience=FAST)
        states: list[tuple[bool, str]] = []
        bot.state_changes(lambda is_up, why: states.append((is_up, why)))
        task = asyncio.create_task(bot.run())
        yield Set(wecom, bot, clock, heard, states, hold, task)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(is_so: Callable[[], object], seconds: float = 8.0) -> None:
    """Wait for something that the other side brings about."""
    async with asyncio.timeout(seconds):
        while not is_so():  # noqa: ASYNC110 - the wire has no event to wait for
            await asyncio.sleep(0.005)


def text(words: str, msgid: str = "1", group: str = "", **more: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"msgid": msgid, "aibotid": "b", "chattype": "group" if group else "single"}
    body |= {"from": {"userid": "zhangshili"}, "msgtype": "text", "text": {"content": words}}
    return body | ({"chatid": group} if group else {}) | more


def event(name: str, inner: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"msgid": "e1", "create_time": int(NOW.timestamp()), "chattype": "single"}
    body |= {"from": {"userid": "zhangshili"}, "msgtype": "event"}
    return body | {"event": {"eventtype": name} | ({name: inner} if inner else {})} | more


async def _hear(world: Set, body: dict[str, Any], cmd: str = "aibot_msg_callback") -> Incoming:
    count = len(world.heard)
    await world.wecom.say(body, f"r{count}", cmd)
    await until(lambda: len(world.heard) > count)
    return world.heard[-1]


# ── connecting ───────────────────────────────────────────────────────────────────────────────────


async def test_it_subscribes_once(world: Set) -> None:
    frame = world.wecom.frames[0]
    assert (frame["cmd"], frame["body"]) == ("aibot_subscribe", {"bot_id": "bot-1", "secret": SECRET})
    assert world.states == [(True, "subscribed")]
    assert SECRET not in repr(world.bot)


async def test_it_pings_and_notices_a_dead_connection() -> None:
    async with _world(WeCom(silent={"ping"}), ping_every=0.05, timeout=0.05) as made:
        await until(lambda: made.wecom.subscriptions == 2)
        assert len(made.wecom.sent("ping")) >= 2
        assert (False, "connection lost") in made.states


async def test_answered_pings_keep_it_up() -> None:
    async with _world(WeCom(), ping_every=0.02) as made:
        await until(lambda: len(made.wecom.sent("ping")) > 5)
        assert made.wecom.subscriptions == 1


async def test_it_comes_back_after_a_loss(world: Set) -> None:
    await world.wecom.drop()
    await until(lambda: world.wecom.subscriptions == 2 and world.bot.is_up)
    assert [is_up for is_up, _ in world.states] == [True, False, True]


async def test_thrown_out_it_does_not_fight_back(world: Set) -> None:
    await world.wecom.say(event("disconnected_event"), cmd="aibot_event_callback")
    await until(lambda: not world.bot.is_up)
    assert world.states[-1] == (False, "another connection took over")
    await asyncio.sleep(0.25)  # a lost connection would have been back ten times
    assert world.wecom.subscriptions == 1
    assert not world.heard
    await until(lambda: world.wecom.subscriptions == 2)


async def test_a_refused_secret_is_not_tried_again_soon() -> None:
    async with _world(WeCom(codes={"aibot_subscribe": 93019})) as made:
        await until(lambda: made.states)
        await asyncio.sleep(0.25)
        assert (made.wecom.subscriptions, made.states) == (1, [(False, "subscription refused")])


async def test_nobody_there_is_tried_again_and_sending_is_certain_to_have_failed() -> None:
    async with aiohttp.ClientSession() as session:
        settings = WecomBotSettings(bot_id="b", ws_url="ws://127.0.0.1:1")
        bot = WecomBot(settings, PushedClock(NOW), _ignore, session, patience=FAST)
        states: list[bool] = []
        bot.state_changes(lambda is_up, _: states.append(is_up))
        task = asyncio.create_task(bot.run())
        await until(lambda: len(states) >= 3)
        with pytest.raises(TryLater) as caught:
            await bot.send("zhangshili", "好", is_group=False)
        assert not caught.value.uncertain
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _ignore(_: Incoming) -> None:
    return


def test_patience_grows_to_its_limits() -> None:
    patience = Patience()
    assert [patience.after("connection lost", n) for n in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert [patience.after("another connection took over", n) for n in range(9)] == [
        *(5, 10, 20, 40, 80, 160, 320, 640, 900)
    ]
    assert patience.after("subscription refused", 0) == 60


# ── hearing ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("@小助手 接 342", "接 342"),
        ("@小助手\u2005接 342", "接 342"),
        ("接 342 @小助手", "接 342"),
        ("接 @小助手\u2005342", "接 342"),
        ("@小助手", ""),
        ("@小助手\u2005@小助手 好", "好"),
        ("接 342\n已联系 @张示例", "接 342\n已联系 @张示例"),
    ],
)
async def test_the_mention_is_taken_out(world: Set, said: str, understood: str) -> None:
    incoming = await _hear(world, text(said, group="chat-1"))
    assert (incoming.text, incoming.is_group, incoming.conversation) == (understood, True, "chat-1")
    assert (incoming.dedupe_key, incoming.sender, incoming.sent_at) == ("w:1", "zhangshili", NOW)


async def test_one_to_one_the_person_is_the_conversation(world: Set) -> None:
    incoming = await _hear(world, text("待办"))
    assert (incoming.conversation, incoming.is_group, incoming.reply_token) == ("zhangshili", False, "r0")


MEDIA: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"msgtype": "voice", "voice": {"content": "办好了"}}, {"kind": MessageKind.VOICE, "text": "办好了"}),
    (
        {"msgtype": "image", "image": {"url": "https://x.example/1", "aeskey": "k"}},
        {"kind": MessageKind.IMAGE, "media_url": "https://x.example/1", "media_key": "k"},
    ),
    ({"msgtype": "file", "file": {"url": "https://x.example/2"}}, {"kind": MessageKind.FILE, "media_key": ""}),
    ({"msgtype": "video", "video": {"url": "https://x.example/3"}}, {"kind": MessageKind.VIDEO}),
    (
        {
            "msgtype": "mixed",
            "mixed": {
                "msg_item": [
                    {"msgtype": "text", "text": {"content": "@小助手 办结 342"}},
                    {"msgtype": "image", "image": {"url": "https://x.example/4", "aeskey": "k4"}},
                    {"msgtype": "image", "image": {"url": "https://x.example/5"}},
                ]
            },
        },
        {
            "kind": MessageKind.TEXT,
            "text": "办结 342",
            "media_url": "https://x.example/4",
            "media_key": "k4",
            "details": {
                "images": [
                    {"url": "https://x.example/4", "aeskey": "k4"},
                    {"url": "https://x.example/5", "aeskey": ""},
                ]
            },
        },
    ),
    (
        {"msgtype": "mixed", "mixed": {"msg_item": [{"msgtype": "image", "image": {"url": "u"}}]}},
        {"kind": MessageKind.IMAGE, "media_url": "u"},
    ),
    ({"quote": {"msgtype": "text", "text": {"content": "@小助手 #342 灯坏了"}}}, {"quoted": "#342 灯坏了"}),
    ({"quote": {"msgtype": "image", "image": {"url": "u"}}}, {"quoted": ""}),
    ({"msgtype": "hologram"}, {"kind": MessageKind.UNKNOWN, "details": {"msg_type": "hologram"}}),
    ({"create_time": int(NOW.timestamp()) * 1000 - 5000}, {"sent_at": NOW - timedelta(seconds=5)}),
    ({"create_time": 10**300}, {"sent_at": NOW}),
    ({"text": {"content": "坏\ud83d"}}, {"text": "坏?"}),
    ({"text": "x", "quote": 7, "mixed": []}, {"text": ""}),
]


@pytest.mark.parametrize(("more", "expected"), MEDIA)
async def test_every_kind_of_message(world: Set, more: dict[str, Any], expected: dict[str, Any]) -> None:
    incoming = await _hear(world, text("好") | more)
    assert {name: getattr(incoming, name) for name in expected} == expected


@pytest.mark.parametrize("spelling", ["with", "without"])
async def test_a_click_on_a_card_in_both_spellings(world: Set, spelling: str) -> None:
    chosen = [{"question_key": "q", "option_ids": {"option_id": ["a", "b"]}}]
    inner: dict[str, Any] = {
        "card_type": "button_interaction",
        "event_key": "accept:342",
        "task_id": "case342-r2",
        "selected_items": {"selected_item": chosen},
    }
    if spelling == "without":
        inner = json.loads(json.dumps(inner).replace("card_", "card").replace("event_", "event"))
        inner = json.loads(json.dumps(inner).replace("option_ids", "optionids").replace("task_", "task"))
    incoming = await _hear(world, event("template_card_event", inner), "aibot_event_callback")
    assert (incoming.event, incoming.event_key, incoming.text) == ("template_card_event", "accept:342", "")
    details = {"task_id": "case342-r2", "card_type": "button_interaction", "selected": {"q": ["a", "b"]}}
    assert incoming.details == details


async def test_other_events(world: Set) -> None:
    entered = await _hear(world, event("enter_chat"), "aibot_event_callback")
    assert (entered.kind, entered.event, entered.conversation) == (MessageKind.EVENT, "enter_chat", "zhangshili")
    told = await _hear(world, event("feedback_event", {"id": "f", "type": 2}, msgid="e2"), "aibot_event_callback")
    assert (told.event, told.details) == ("feedback_event", {"id": "f", "type": 2})
    nameless = await _hear(world, event("enter_chat", msgid=None), "aibot_event_callback")
    assert nameless.dedupe_key == f"w:zhangshili:{int(NOW.timestamp())}:enter_chat:"


@pytest.mark.parametrize(
    "garbage",
    ["", "{", "null", "[]", '"x"', '{"cmd":7}', '{"cmd":"aibot_msg_callback"}', "[" * 100_000]
    + [json.dumps({"cmd": "aibot_msg_callback", "headers": 7, "body": body}) for body in ({}, {"from": 1}, 7, None)]
    + [json.dumps({"cmd": "aibot_msg_callback", "body": {"from": {"userid": "a"}, "chattype": "group"}})]
    + [json.dumps({"cmd": "aibot_msg_callback", "body": {"from": {"userid": "a"}}})]
    + [json.dumps({"headers": {"req_id": "nobody"}, "errcode": 0})],
)
async def test_garbage_does_not_end_the_connection(world: Set, garbage: str) -> None:
    await world.wecom.sockets[-1].send_str(garbage)
    assert (await _hear(world, text("还在"))).text == "还在"
    assert world.wecom.subscriptions == 1


async def test_one_that_waits_holds_up_his_own_conversation_only(world: Set) -> None:
    world.hold.clear()
    for number, (words, group) in enumerate([("等", "A"), ("二", "A"), ("别处", "B")]):
        await world.wecom.say(text(words, str(number), group), f"r{number}")
    await until(lambda: len(world.heard) == 2)
    assert [incoming.text for incoming in world.heard] == ["等", "别处"]
    world.hold.set()
    await until(lambda: len(world.heard) == 3)


async def test_the_order_of_a_conversation_is_kept(world: Set) -> None:
    for number in range(50):
        await world.wecom.say(text(str(number), str(number), "A"), f"r{number}")
    await until(lambda: len(world.heard) == 50)
    assert [incoming.text for incoming in world.heard] == [str(number) for number in range(50)]


async def test_a_handler_that_fails_stops_nobody_and_logs_no_words(
    world: Set, caplog: pytest.LogCaptureFixture
) -> None:
    await _hear(world, text("摔倒"))
    assert (await _hear(world, text("还在"))).text == "还在"
    assert "ValueError" in caplog.text
    assert "很私密的话" not in caplog.text


async def test_what_is_being_handled_is_finished_at_shutdown(world: Set) -> None:
    world.hold.clear()
    await _hear(world, text("等"))
    world.task.cancel()
    await asyncio.sleep(0.05)
    assert not world.task.done()
    world.hold.set()
    await until(world.task.done)


# ── answering and pushing ────────────────────────────────────────────────────────────────────────


async def test_a_reply_carries_the_req_id(world: Set) -> None:
    incoming = await _hear(world, text("接 342"))
    await world.bot.reply(incoming.reply_token, "**已接** #342")
    frame = world.wecom.sent("aibot_respond_msg")[0]
    assert frame["headers"] == {"req_id": incoming.reply_token}
    assert frame["body"]["msgtype"] == "stream"
    stream = frame["body"]["stream"]
    assert (stream["finish"], stream["content"], bool(stream["id"])) == (True, "**已接** #342", True)


async def test_two_replies_to_one_message_go_one_after_the_other(world: Set) -> None:
    incoming = await _hear(world, text("接 342"))
    await asyncio.gather(*(world.bot.reply(incoming.reply_token, f"{number}") for number in range(3)))
    assert len(world.wecom.sent("aibot_respond_msg")) == 3


async def test_a_picture_goes_in_pieces_and_once_in_three_days(world: Set) -> None:
    world.wecom.bodies = {
        "aibot_upload_media_init": {"upload_id": "up-1"},
        "aibot_upload_media_finish": {"type": "image", "media_id": "media-1", "created_at": 1},
    }
    picture = Media(bytes(range(256)) * 4096, "image/jpeg", MessageKind.IMAGE)  # 1 MB: two pieces
    await world.bot.send_medium("zhangshili", picture)
    (begun,) = world.wecom.sent("aibot_upload_media_init")
    assert begun["body"] == {"type": "image", "filename": "image.jpg", "total_size": 1_048_576, "total_chunks": 2}
    pieces = [frame["body"] for frame in world.wecom.sent("aibot_upload_media_chunk")]
    assert [piece["chunk_index"] for piece in pieces] == [0, 1]
    assert b"".join(base64.b64decode(piece["base64_data"]) for piece in pieces) == picture.data
    (sent,) = world.wecom.sent("aibot_send_msg")
    assert sent["body"] == {
        "chatid": "zhangshili",
        "chat_type": 1,
        "msgtype": "image",
        "image": {"media_id": "media-1"},
    }
    await world.bot.send_medium("lishili", picture)
    assert len(world.wecom.sent("aibot_upload_media_init")) == 1
    world.clock.push(timedelta(days=3))
    await world.bot.send_medium("lishili", picture)
    assert len(world.wecom.sent("aibot_upload_media_init")) == 2


async def test_what_is_too_big_for_its_kind_goes_as_a_file(world: Set) -> None:
    world.wecom.bodies = {"aibot_upload_media_finish": {"media_id": "m"}}
    await world.bot.send_medium("zhangshili", Media(b"x" * 2_000_001, "image/png", MessageKind.IMAGE))
    (begun,) = world.wecom.sent("aibot_upload_media_init")
    assert begun["body"]["type"] == "file"
    with pytest.raises(Refused):
        await world.bot.send_medium("zhangshili", Media(b"x" * 20_000_001, "image/png", MessageKind.IMAGE))


async def test_a_push_is_markdown(world: Set) -> None:
    await world.bot.send("chat-1", "新的一件 #342", is_group=True)
    await world.bot.send("zhangshili", "长" * 20000, is_group=False)
    first, second = (frame["body"] for frame in world.wecom.sent("aibot_send_msg"))
    assert first == {
        "chatid": "chat-1",
        "chat_type": 2,
        "msgtype": "markdown",
        "markdown": {"content": "新的一件 #342"},
    }
    assert second["chat_type"] == 1
    assert len(second["markdown"]["content"].encode()) <= 20480


async def test_a_card_as_an_answer_and_in_place_of_a_clicked_one(world: Set) -> None:
    card = {"card_type": "button_interaction", "task_id": "t"}
    asked = await _hear(world, text("卡片"))
    await world.bot.reply_card(asked.reply_token, card)
    clicked = await _hear(world, event("template_card_event", {"task_id": "t"}), "aibot_event_callback")
    await world.bot.reply_card(clicked.reply_token, card)
    assert world.wecom.sent("aibot_respond_msg")[0]["body"] == {"msgtype": "template_card", "template_card": card}
    update = {"response_type": "update_template_card", "template_card": card}
    assert world.wecom.sent("aibot_respond_update_msg")[0]["body"] == update
    with pytest.raises(StaleReply):
        await world.bot.reply(clicked.reply_token, "文字不行")


async def test_a_welcome_within_five_seconds(world: Set) -> None:
    entered = await _hear(world, event("enter_chat"), "aibot_event_callback")
    await world.bot.reply_welcome(entered.reply_token, "您好")
    await world.bot.reply(entered.reply_token, "您好")
    bodies = [frame["body"] for frame in world.wecom.sent("aibot_respond_welcome_msg")]
    assert bodies == [{"msgtype": "text", "text": {"content": "您好"}}] * 2
    world.clock.push(timedelta(seconds=6))
    with pytest.raises(StaleReply):
        await world.bot.reply_welcome(entered.reply_token, "您好")


async def test_no_acknowledgement_is_uncertain() -> None:
    async with _world(WeCom(silent={"aibot_send_msg"}), timeout=0.3) as made:
        await until(lambda: made.bot.is_up)
        with pytest.raises(TryLater, match="no acknowledgement") as caught:
            await made.bot.send("chat-1", "好", is_group=True)
        assert caught.value.uncertain


async def test_a_connection_lost_while_waiting_is_uncertain(world: Set) -> None:
    world.wecom.silent.add("aibot_send_msg")
    sending = asyncio.create_task(world.bot.send("chat-1", "好", is_group=True))
    await until(lambda: world.wecom.sent("aibot_send_msg"))
    await world.wecom.drop()
    with pytest.raises(TryLater, match="connection lost") as caught:
        await sending
    assert caught.value.uncertain


async def test_a_req_id_does_not_survive_its_connection(world: Set) -> None:
    incoming = await _hear(world, text("接 342"))
    await world.wecom.drop()
    await until(lambda: world.wecom.subscriptions == 2 and world.bot.is_up)
    for token in (incoming.reply_token, "never seen", ""):
        with pytest.raises(StaleReply):
            await world.bot.reply(token, "晚了")
    assert not world.wecom.sent("aibot_respond_msg")


async def test_a_message_of_yesterday_is_not_answered_in_place(world: Set) -> None:
    incoming = await _hear(world, text("接 342"))
    world.clock.push(timedelta(hours=24, seconds=1))
    with pytest.raises(StaleReply):
        await world.bot.reply(incoming.reply_token, "晚了")


@pytest.mark.parametrize(
    ("code", "error", "wait"),
    [
        (846605, StaleReply, None),
        (846609, TryLater, None),
        (45009, TryLater, 60.0),
        (-1, TryLater, None),
        (40008, Refused, None),
        (40058, Refused, None),
    ],
)
async def test_what_an_errcode_means(world: Set, code: int, error: type[TryLater], wait: float | None) -> None:
    world.wecom.codes["aibot_send_msg"] = code
    with pytest.raises(error) as caught:
        await world.bot.send("chat-1", "好", is_group=True)
    assert caught.value.code == code
    assert getattr(caught.value, "wait", None) == wait
    assert not getattr(caught.value, "uncertain", False)


async def test_thirty_a_minute_and_a_thousand_an_hour_for_each_conversation(world: Set) -> None:
    incoming = await _hear(world, text("接 342", group="chat-1"))
    await world.bot.reply(incoming.reply_token, "好")
    for _ in range(29):
        await world.bot.send("chat-1", "好", is_group=True)
    with pytest.raises(TryLater) as caught:
        await world.bot.send("chat-1", "好", is_group=True)
    assert (caught.value.wait, caught.value.uncertain) == (60.0, False)
    await world.bot.send("chat-2", "好", is_group=True)
    world.clock.push(timedelta(seconds=60))
    await world.bot.send("chat-1", "好", is_group=True)
    assert len(world.wecom.sent("aibot_send_msg")) == 31
