"""The demo's neighbourhood: three made-up places with thirty lanes, as a roster of .csv files beside this module."""

from __future__ import annotations

from importlib import resources

from bot.sheets import Rows, read_csv


def sample_sheets() -> dict[str, Rows]:
    """The raw sheets by name, as a folder of .csv would give them; everybody in them is invented."""
    folder = resources.files("bot.emulator") / "sample"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".csv")), key=lambda file: file.name)
    return {file.name.removesuffix(".csv"): read_csv(file.read_bytes(), file.name) for file in files}
