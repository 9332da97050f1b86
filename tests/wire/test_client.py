"""The official account's API client and its token, against a small platform on a real socket."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.channels.errors import ChannelError, Refused, TryLater, WindowClosed
from bot.channels.media import Media
from bot.channels.official_account import OfficialAccountClient
from bot.channels.tokens import AccountTrouble, TokenKeeper
from bot.clock import PushedClock
from bot.config import OfficialAccount
from storage.records import MessageKind
from tests.wire.senders import APP_ID, NOW, OPENID

SECRET = "made-up-secret-made-up-secret-00"


@dataclass
class Platform:
    """Counts what it is asked. `says` holds one answer a call (the last one stays): a mapping, a status, bytes."""

    tokens: list[bool] = field(default_factory=list)  # force_refresh of every fetch
    token_says: list[Any] = field(default_factory=list)
    calls: list[tuple[str, str, Any]] = field(default_factory=list)
    says: list[Any] = field(default_factory=lambda: [{"errcode": 0, "errmsg": "ok"}])
    raw: list[bytes] = field(default_factory=list)
    stubborn: bool = False  # normal mode gives the same token again
    slow: float = 0.0

    async def token(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        assert (asked["appid"], asked["secret"], asked["grant_type"]) == (APP_ID, SECRET, "client_credential")
        self.tokens.append(asked["force_refresh"])
        await asyncio.sleep(0.02)
        if self.token_says:
            return _said(self.token_says.pop(0) if len(self.token_says) > 1 else self.token_says[0])
        number = sum(self.tokens) if self.stubborn else len(self.tokens)
        return _said({"access_token": f"TOKEN-{number}-{'x' * 40}", "expires_in": 7200})

    async def call(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.raw.append(body)
        token = request.query.get("access_token", "")[:7]
        is_form = request.content_type.startswith("multipart/")
        self.calls.append((request.path, token, json.loads(body) if body and not is_form else dict(request.query)))
        await asyncio.sleep(self.slow)
        return _said(self.says.pop(0) if len(self.says) > 1 else self.says[0])


def _said(answer: Any) -> web.StreamResponse:
    if isinstance(answer, int):
        return web.Response(status=answer, text="<html>Bad Gateway</html>", content_type="text/html")
    if isinstance(answer, bytes):
        return web.Response(body=answer, content_type="image/jpeg")
    return web.Response(text=json.dumps(answer), content_type="text/plain")


@dataclass
class Set:
    platform: Platform
    clock: PushedClock
    keeper: TokenKeeper
    client: OfficialAccountClient
    base: str


@pytest.fixture
async def world() -> AsyncIterator[Set]:
    platform, clock = Platform(), PushedClock(NOW)
    app = web.Application()
    app.router.add_post("/cgi-bin/stable_token", platform.token)
    app.router.add_route("*", "/{tail:.*}", platform.call)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        base = str(server.make_url("")).rstrip("/")
        yield _set(platform, clock, session, base)


def _set(platform: Platform, clock: PushedClock, session: aiohttp.ClientSession, base: str) -> Set:
    settings = OfficialAccount(app_id=APP_ID, app_secret=SecretStr(SECRET), api_base=base, timeout=5.0)
    keeper = TokenKeeper(settings, session, clock)
    return Set(platform, clock, keeper, OfficialAccountClient(settings, session, keeper), base)


def _fail(code: int, text: str = "some words rid: 65f00000-00000000-00000000") -> dict[str, Any]:
    return {"errcode": code, "errmsg": text}


def _tells_nothing(error: ChannelError) -> bool:
    return not any(secret in str(error) for secret in ("TOKEN-", SECRET, OPENID, "http", "access_token"))


# ── the token ────────────────────────────────────────────────────────────────────────────────────


async def test_twenty_at_once_fetch_one_token(world: Set) -> None:
    tokens = await asyncio.gather(*(world.keeper.token() for _ in range(20)))
    assert len(set(tokens)) == 1
    assert world.platform.tokens == [False]


async def test_a_token_is_fetched_anew_in_its_last_five_minutes(world: Set) -> None:
    first = await world.keeper.token()
    world.clock.push(timedelta(seconds=7200 - 301))
    assert await world.keeper.token() == first
    world.clock.push(timedelta(seconds=2))
    assert await world.keeper.token() != first
    assert len(world.platform.tokens) == 2


async def test_an_old_token_that_lives_is_used_when_no_new_one_comes(world: Set) -> None:
    first = await world.keeper.token()
    world.platform.token_says = [502]
    world.clock.push(timedelta(seconds=7200 - 200))
    assert [await world.keeper.token() for _ in range(5)] == [first] * 5
    assert len(world.platform.tokens) == 2
    world.clock.push(timedelta(seconds=300))
    with pytest.raises(TryLater):
        await world.keeper.token()


async def test_many_who_renew_share_one_fetch(world: Set) -> None:
    bad = await world.keeper.token()
    tokens = await asyncio.gather(*(world.keeper.renew(bad) for _ in range(20)))
    assert set(tokens) == {await world.keeper.token()}
    assert bad not in tokens
    assert world.platform.tokens == [False, False]


async def test_force_is_used_only_when_the_platform_insists(world: Set) -> None:
    world.platform.stubborn = True
    bad = await world.keeper.token()
    assert await world.keeper.renew(bad) != bad
    assert world.platform.tokens == [False, False, True]


async def test_force_is_used_at_most_twenty_times_a_day(world: Set) -> None:
    world.platform.stubborn = True
    for _ in range(20):
        world.clock.push(timedelta(minutes=2))
        await world.keeper.renew(await world.keeper.token())
    for _ in range(10):
        world.clock.push(timedelta(minutes=2))
        with pytest.raises(TryLater) as caught:
            await world.keeper.renew(await world.keeper.token())
        assert caught.value.wait is not None
    assert sum(world.platform.tokens) == 20


@pytest.mark.parametrize("code", [40164, 61004, 40125, 40243, 40013])
async def test_a_refused_account_is_told_and_asked_three_times_a_minute(world: Set, code: int) -> None:
    world.platform.token_says = [_fail(code, "invalid ip 192.0.2.1 ipv6 ::ffff:192.0.2.1, not in whitelist")]
    for _ in range(60):
        with pytest.raises(AccountTrouble) as caught:
            await world.keeper.token()
        assert caught.value.code == code
        assert _tells_nothing(caught.value)
        world.clock.push(timedelta(seconds=1))
    assert 1 <= len(world.platform.tokens) <= 3


async def test_a_platform_that_is_down_is_asked_three_times_a_minute(world: Set) -> None:
    world.platform.token_says = [502]
    for _ in range(60):
        with pytest.raises(TryLater) as caught:
            await world.keeper.token()
        assert not caught.value.uncertain
        world.clock.push(timedelta(seconds=1))
    assert len(world.platform.tokens) <= 3
    world.platform.token_says = []
    world.clock.push(timedelta(minutes=5))
    assert (await world.keeper.token()).startswith("TOKEN-")


@pytest.mark.parametrize("answer", [{}, {"access_token": 1, "expires_in": 1}, {"access_token": ""}, b"\xff", b"{", []])
async def test_an_unreadable_token_is_none(world: Set, answer: Any) -> None:
    world.platform.token_says = [answer]
    with pytest.raises(TryLater):
        await world.keeper.token()


# ── calls ────────────────────────────────────────────────────────────────────────────────────────


async def test_a_text_goes_out_as_raw_utf8(world: Set) -> None:
    await world.client.send_text(OPENID, "您报的灯修好了😀")
    path, token, body = world.platform.calls[0]
    assert (path, token) == ("/cgi-bin/message/custom/send", "TOKEN-1")
    assert body == {"touser": OPENID, "msgtype": "text", "text": {"content": "您报的灯修好了😀"}}
    assert "您报的灯修好了😀".encode() in world.platform.raw[0]


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_rejected_token_is_renewed_once_and_the_call_repeated_once(world: Set, code: int) -> None:
    world.platform.says = [_fail(code), {"errcode": 0}]
    await world.client.send_text(OPENID, "好")
    assert [token for _, token, _ in world.platform.calls] == ["TOKEN-1", "TOKEN-2"]


async def test_a_token_that_is_rejected_for_ever_is_renewed_exactly_once(world: Set) -> None:
    world.platform.says = [_fail(40001)]
    with pytest.raises(TryLater) as caught:
        await world.client.send_text(OPENID, "好")
    assert (len(world.platform.calls), len(world.platform.tokens)) == (2, 2)
    assert (caught.value.code, caught.value.uncertain) == (40001, False)
    for _ in range(20):
        with pytest.raises(TryLater):
            await world.client.send_text(OPENID, "好")
    assert len(world.platform.tokens) <= 3


@pytest.mark.parametrize("code", [45015, 45047])
async def test_a_closed_window_is_told_apart(world: Set, code: int) -> None:
    world.platform.says = [_fail(code)]
    with pytest.raises(WindowClosed) as caught:
        await world.client.send_text(OPENID, "好")
    assert (caught.value.code, len(world.platform.calls)) == (code, 1)


@pytest.mark.parametrize("code", [40003, 43004, 43019, 45002, 48001, 48002, 50002, 99999])
async def test_a_refusal_is_final_and_tells_no_secret(world: Set, code: int) -> None:
    world.platform.says = [_fail(code, f"bad {OPENID} http://x.example/?access_token=1 {SECRET}")]
    with pytest.raises(Refused) as caught:
        await world.client.send_text(OPENID, "好")
    assert caught.value.code == code
    assert not isinstance(caught.value, WindowClosed)
    assert _tells_nothing(caught.value)


@pytest.mark.parametrize(("code", "wait"), [(-1, None), (45009, 60.0), (45011, 60.0)])
async def test_a_busy_platform_is_tried_later_and_a_message_not_repeated(
    world: Set, code: int, wait: float | None
) -> None:
    world.platform.says = [_fail(code)]
    with pytest.raises(TryLater) as caught:
        await world.client.send_text(OPENID, "好")
    assert (caught.value.code, caught.value.wait, caught.value.uncertain) == (code, wait, False)
    assert len(world.platform.calls) == 1


async def test_a_time_out_after_sending_is_uncertain_and_not_repeated(world: Set) -> None:
    await world.keeper.token()
    world.platform.slow = 1.0
    async with aiohttp.ClientSession() as session:
        client = OfficialAccountClient(OfficialAccount(api_base=world.base, timeout=0.3), session, world.keeper)
        with pytest.raises(TryLater) as caught:
            await client.send_text(OPENID, "好")
    assert caught.value.uncertain
    assert _tells_nothing(caught.value)
    assert len(world.platform.calls) == 1


@pytest.mark.parametrize(
    ("answer", "uncertain"), [(502, False), (504, True), (404, False), (b"\x00garbage", True), (b"{", True)]
)
async def test_another_status_or_garbage(world: Set, answer: Any, uncertain: bool) -> None:
    world.platform.says = [answer]
    with pytest.raises(TryLater) as caught:
        await world.client.send_text(OPENID, "好")
    assert caught.value.uncertain is uncertain


async def test_no_connection_is_certain(world: Set) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{free.getsockname()[1]}"
    async with aiohttp.ClientSession() as session:
        nobody = _set(Platform(), PushedClock(NOW), session, base)
        with_token = OfficialAccountClient(OfficialAccount(api_base=base), session, world.keeper)
        for client in (nobody.client, with_token):
            with pytest.raises(TryLater) as caught:
                await client.send_text(OPENID, "好")
            assert not caught.value.uncertain
            assert _tells_nothing(caught.value)
            assert "127.0.0.1" not in str(caught.value)


async def test_a_template_message_is_made_to_fit(world: Set) -> None:
    world.platform.says = [{"errcode": 0, "errmsg": "ok", "msgid": 200163836}]
    fields = {"thing3": "一" * 30, "phrase2": "", "character_string1": "#342"}
    assert await world.client.send_template(OPENID, "T1", fields, "out-7") == "200163836"
    body = world.platform.calls[0][2]
    assert body["data"] == {
        "thing3": {"value": "一" * 19 + "…"},
        "phrase2": {"value": "无"},
        "character_string1": {"value": "#342"},
    }
    assert (body["template_id"], body["client_msg_id"]) == ("T1", "out-7")


async def test_media_is_fetched_and_repeated_when_the_platform_is_busy(world: Set) -> None:
    world.platform.says = [_fail(-1), 502, b"\xff\xd8jpeg"]
    media = await world.client.fetch_media("m1")
    assert (media.data, media.content_type) == (b"\xff\xd8jpeg", "image/jpeg")
    assert world.platform.calls[0][2]["media_id"] == "m1"
    assert len(world.platform.calls) == 3


async def test_media_is_repeated_at_most_twice(world: Set) -> None:
    world.platform.says = [502]
    with pytest.raises(TryLater):
        await world.client.fetch_media("m1")
    assert len(world.platform.calls) == 3


async def test_media_that_is_gone_is_refused(world: Set) -> None:
    world.platform.says = [_fail(40007, "invalid media_id")]
    with pytest.raises(Refused) as caught:
        await world.client.fetch_media("m1")
    assert caught.value.code == 40007


async def test_a_video_is_fetched_from_where_it_lies(world: Set) -> None:
    world.platform.says = [{"video_url": f"{world.base}/video/1"}, b"mp4"]
    assert (await world.client.fetch_media("d1")).data == b"mp4"
    assert world.platform.calls[1][1] == ""  # no token for strangers
    world.platform.says = [{"video_url": "file:///etc/passwd"}]
    with pytest.raises(Refused):
        await world.client.fetch_media("d1")


async def test_media_beyond_all_measure_is_refused(world: Set) -> None:
    world.platform.says = [b"x" * (20 * 1024 * 1024 + 1)]
    with pytest.raises(Refused, match="too long"):
        await world.client.fetch_media("m1")


async def test_a_qr_code_has_its_scene(world: Set) -> None:
    world.platform.says = [{"ticket": "g/T=", "url": "http://weixin.example/q/1"}]
    code = await world.client.create_qr("lane-7")
    assert (code.ticket, code.url) == ("g/T=", "http://weixin.example/q/1")
    assert code.picture == "https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=g%2FT%3D"
    await world.client.create_qr("bind-1", permanent=False, expire_seconds=600)
    bodies = [body for _, _, body in world.platform.calls]
    assert bodies[0] == {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "lane-7"}}}
    assert (bodies[1]["action_name"], bodies[1]["expire_seconds"]) == ("QR_STR_SCENE", 600)
    with pytest.raises(Refused):
        await world.client.create_qr("x" * 65)


async def test_the_menu_is_pushed_and_read(world: Set) -> None:
    await world.client.push_menu({"button": [{"type": "click", "name": "我要报修", "key": "NEW"}]})
    assert world.platform.calls[0][2]["button"][0]["name"] == "我要报修"
    world.platform.says = [{"is_menu_open": 1, "selfmenu_info": {"button": []}}]
    assert (await world.client.current_menu())["is_menu_open"] == 1
    world.platform.says = [_fail(46003)]
    assert await world.client.current_menu() == {}


# ── pictures and voices ──────────────────────────────────────────────────────────────────────────

PICTURE = Media(b"\xff\xd8\xff" + b"\0" * 100, "image/jpeg", MessageKind.IMAGE)


async def test_a_picture_is_uploaded_and_sent_by_its_id(world: Set) -> None:
    world.platform.says = [{"type": "image", "media_id": "MEDIA-1"}, {"errcode": 0}]
    await world.client.send_medium(OPENID, PICTURE)
    (upload, _, query), (send, _, sent) = world.platform.calls
    assert (upload, query["type"]) == ("/cgi-bin/media/upload", "image")
    assert b'name="media"; filename="image.jpg"' in world.platform.raw[0]
    assert PICTURE.data in world.platform.raw[0]
    assert send == "/cgi-bin/message/custom/send"
    assert sent == {"touser": OPENID, "msgtype": "image", "image": {"media_id": "MEDIA-1"}}


async def test_an_upload_whose_token_was_stale_goes_whole_the_second_time(world: Set) -> None:
    world.platform.says = [_fail(40001), {"type": "image", "media_id": "MEDIA-1"}, {"errcode": 0}]
    await world.client.send_medium(OPENID, PICTURE)
    assert all(PICTURE.data in body for body in world.platform.raw[:2])


async def test_an_upload_that_broke_off_was_seen_by_nobody(world: Set) -> None:
    world.platform.says = [504]
    with pytest.raises(TryLater) as caught:
        await world.client.send_medium(OPENID, PICTURE)
    assert not caught.value.uncertain


@pytest.mark.parametrize(
    "medium",
    [
        Media(b"x" * 2_000_001, "image/jpeg", MessageKind.IMAGE),
        Media(b"x" * 100, "video/mp4", MessageKind.VIDEO),
        Media(b"x" * 100, "application/pdf", MessageKind.FILE),
    ],
)
async def test_what_the_platform_does_not_take_is_not_tried(world: Set, medium: Media) -> None:
    with pytest.raises(Refused):
        await world.client.send_medium(OPENID, medium)
    assert not world.platform.calls
