"""Who shall ring him up."""

from __future__ import annotations

import pytest

from classifiers.residents.calls import Call, Caller, read_call


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("能让小陈给我打个电话不", Call(Caller.HELPER, "小陈")),
        ("叫小陈给我回个电话", Call(Caller.HELPER, "小陈")),
        ("让师傅给我来个电话吧", Call(Caller.HELPER)),
        ("让你们领导给我打个电话", Call(Caller.ABOVE)),
    ],
)
def test_somebody_shall_call(text: str, call: Call) -> None:
    assert read_call(text) == call


@pytest.mark.parametrize("text", ["让我儿子给我打个电话", "小陈给我打电话了", "电话打不通", "叫小陈给我修电话"])
def test_nobody_of_ours_shall_call(text: str) -> None:
    assert read_call(text) is None
