"""Which channels carry words just now, as far as this process knows: so that nobody is told more than is true."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from storage.records import Channel


@dataclass
class Lines:
    """Channels that are down, each with the moment since when. What nobody has tried yet counts as up."""

    _down: dict[Channel, datetime] = field(default_factory=dict)

    def went_down(self, channel: Channel, now: datetime) -> None:
        """It does not carry; said again it stays down since the first time."""
        self._down.setdefault(channel, now)

    def came_back(self, channel: Channel) -> None:
        self._down.pop(channel, None)

    def down_since(self, channel: Channel) -> datetime | None:
        """None when it is up."""
        return self._down.get(channel)
