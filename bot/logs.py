"""Structured lines on stderr. Open ids, phones and secrets never stand in them whole, wherever they come from."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from handlers.rules.masking import without_numbers

_SECRETS = re.compile(
    r"(?i)\b(access_token|secret|appsecret|token|encodingaeskey|encoding_aes_key|key|signature|msg_signature|ticket)=[^&\s\"']+"
)
_OPENID = re.compile(r"\bo[A-Za-z0-9_-]{27}\b")
_HIDDEN = frozenset({"token", "secret", "app_secret", "access_token", "phone", "openid", "text", "content"})


def redact(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The last processor: nothing private leaves, in no field and in no traceback."""
    for name, value in event.items():
        if name in _HIDDEN and value:
            event[name] = "[hidden]"
        elif isinstance(value, str):
            event[name] = clean(value)
    return event


def clean(text: str) -> str:
    text = _SECRETS.sub(lambda found: f"{found[1]}=[hidden]", text)
    text = _OPENID.sub(lambda found: found[0][:3] + "…", text)
    return without_numbers(text)


def set_up(*, level: int = logging.INFO, as_json: bool | None = None) -> None:
    """One format for our lines and the libraries'; JSON unless somebody is looking."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]
    looks = not sys.stderr.isatty() if as_json is None else as_json
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False) if looks else structlog.dev.ConsoleRenderer()
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            redact,
            renderer,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("alembic", "apscheduler", "jieba", "aiosqlite", "asyncio", "aiohttp.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared[:3], structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
