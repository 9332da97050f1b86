"""`hutong bench start`: from the start of the process to the first moment it can be asked something."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bot.bench.intake import BenchError
from bot.bench.targets import credentials
from bot.clock import SystemClock
from bot.commands.base import Context
from bot.emulator.sample_roster import sample_sheets
from handlers.roster.keeping import import_into

PATIENCE = 30.0  # seconds
LOOK_EVERY = 0.01


@dataclass(frozen=True, slots=True)
class Starts:
    """Medians, in seconds: `hutong serve` until /readyz says 200, `hutong --help`."""

    ready: float
    help: float
    rounds: int


async def measure(folder: Path, rounds: int) -> Starts:
    config, port = await _furnish(folder)
    ready = [await asyncio.to_thread(_until_ready, config, port) for _ in range(rounds)]
    help_ = [await asyncio.to_thread(_help) for _ in range(rounds)]
    return Starts(median(ready), median(help_), rounds)


async def _furnish(folder: Path) -> tuple[Path, int]:
    """A configuration and a database with the sample neighbourhood; a free port."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = int(door.getsockname()[1])
    config, keys = folder / "config.toml", credentials()
    config.write_text(
        f'[server]\nport = {port}\n[database]\nurl = "sqlite+aiosqlite:///{folder}/hutong.db"\n'
        f'data_dir = "{folder}"\n[official_account]\napp_id = "{keys.app_id}"\n'
        f'app_secret = "{keys.app_secret}"\ntoken = "{keys.token}"\n'
        f'encoding_aes_key = "{keys.encoding_aes_key}"\n',
        encoding="utf-8",
    )
    async with Context(config=config).store(makes=True) as store:
        await import_into(store, sample_sheets(), now=SystemClock().now())
    return config, port


def _until_ready(config: Path, port: int) -> float:
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  ourselves
        [sys.executable, "-m", "bot", "-c", str(config), "serve"], stderr=subprocess.DEVNULL
    )
    try:
        while not _is_ready(port):
            if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise BenchError("hutong serve did not start")
            time.sleep(LOOK_EVERY)
        return time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _is_ready(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
            line.sendall(b"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            return line.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def _help() -> float:
    began = time.perf_counter()
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    subprocess.run([sys.executable, "-m", "bot", "--help"], check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - began
