"""How a load leaves by each channel. Errors: bot.channels.errors."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta
from typing import Protocol

from bot.channels.errors import Refused
from bot.channels.long_connection import StaleReply
from bot.channels.official_account import OfficialAccountClient
from bot.channels.text import with_options
from bot.channels.wecom_bot import WecomBot
from bot.channels.wecom_webhook import WecomWebhook
from bot.clock import Clock
from bot.config import OfficialAccount
from bot.loads import Load
from bot.parcels import Parcels
from storage.records import Channel, StoredFile

MENU_ID = "hutong"  # marks the answers we offered; what comes back is judged by its words all the same
SPARE_AFTER = timedelta(seconds=60)  # the webhook robot helps out when the long connection is down for so long


class Sender(Protocol):
    """One channel's way of sending."""

    channel: Channel

    @property
    def is_up(self) -> bool:
        """Is its own line up, and not only a spare?"""
        ...

    async def send(self, load: Load) -> None: ...


class ToResident:
    """The official account: a customer-service message while the window is open, else a template message."""

    channel = Channel.OFFICIAL_ACCOUNT

    def __init__(self, client: OfficialAccountClient, settings: OfficialAccount, parcels: Parcels) -> None:
        self._client = client
        self._settings = settings
        self._parcels = parcels

    @property
    def is_up(self) -> bool:
        return True  # each call is a line of its own

    async def send(self, load: Load) -> None:
        if load.template:
            await self._send_template(load)
        elif load.file is None:
            await self._client.send_text(load.first.to, with_options(load.text, load.options, MENU_ID))
        else:
            await self._send_file(load, load.file)

    async def _send_template(self, load: Load) -> None:
        fields = {field: load.first.template.get(what, "") for field, what in self._settings.template_fields.items()}
        await self._client.send_template(load.first.to, self._settings.template_id, fields, f"hutong-{load.first.id}")

    async def _send_file(self, load: Load, file: StoredFile) -> None:
        medium = await self._parcels.open(file)
        try:
            await self._client.send_medium(load.first.to, medium)
        except Refused:
            if not load.link:
                raise
            await self._client.send_text(load.first.to, f"{load.text}\n{load.link}")


class ToMember:
    """The smart robot: an answer in place while its request id is good, else a push. While it is down, the spare."""

    channel = Channel.WECOM_BOT

    def __init__(
        self, bot: WecomBot, webhook: WecomWebhook | None, clock: Clock, parcels: Parcels, spare_for: str = ""
    ) -> None:
        self._bot = bot
        self._webhook = webhook
        self._spare_for = spare_for
        self._clock = clock
        self._parcels = parcels

    @property
    def is_up(self) -> bool:
        return self._bot.is_up

    async def send(self, load: Load) -> None:
        message, now = load.first, self._clock.now()
        if load.file is not None:
            await self._send_file(load, load.file)
            return
        if self._webhook and self._spare_serves(load) and self._is_down_long(now):
            await self._webhook.send(load.text)
            return
        if message.reply_token and message.reply_until and now < message.reply_until:
            with contextlib.suppress(StaleReply):
                await self._bot.reply(message.reply_token, load.text)
                return
        await self._bot.send(message.to, load.text, is_group=message.is_group)

    def _spare_serves(self, load: Load) -> bool:
        """The group that the spare stands in, and no other: those would never hear what was said there."""
        return load.first.is_group and bool(self._spare_for) and load.first.to == self._spare_for

    def _is_down_long(self, now: datetime) -> bool:
        since = self._bot.down_since
        return not self._bot.is_up and since is not None and now - since >= SPARE_AFTER

    async def _send_file(self, load: Load, file: StoredFile) -> None:
        """To one person alone. What the platform does not take can be looked at by its link."""
        if load.first.is_group:
            raise Refused("a resident's picture never goes into a group")
        medium = await self._parcels.open(file)
        try:
            await self._bot.send_medium(load.first.to, medium)
        except Refused:
            if not load.link:
                raise
            await self._bot.send(load.first.to, f"{load.text}\n{load.link}", is_group=False)
