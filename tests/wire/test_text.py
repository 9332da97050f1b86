"""Words that must fit: cut kindly, links whole, nothing lost."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.official_account import fit_text, tap_link, with_options
from bot.channels.template_fields import fit_field

_SPACE = re.compile(r"\s+")


def _bytes(text: str) -> int:
    return len(text.encode())


def test_what_fits_stays_as_it_is() -> None:
    assert fit_text("收到。") == ("收到。", "")
    assert fit_text("长" * 666 + "ab") == ("长" * 666 + "ab", "")
    assert fit_text("") == ("", "")


def test_the_cut_is_at_the_end_of_a_line_else_of_a_sentence() -> None:
    assert fit_text("第一行\n第二行\n第三行", 24) == ("第一行\n第二行", "第三行")
    assert fit_text("一二三。四五六。七八九", 28) == ("一二三。四五六。", "七八九")
    assert fit_text("一二三四五六七八九", 10) == ("一二三", "四五六七八九")


def test_a_link_is_never_cut() -> None:
    link = tap_link("满意", "满意", "342")
    text = "您满意吗？" * 10 + link + "谢谢"
    for limit in range(len("您满意吗？".encode() * 10) + 1, _bytes(text)):
        head, rest = fit_text(text, limit)
        assert (head.count("<a"), rest.count("<a")) in ((1, 0), (0, 1))
        assert head.count("<a") == head.count("</a>")
        assert head + rest == text


def test_a_link_that_never_fits_keeps_its_words() -> None:
    head, rest = fit_text(tap_link("点这里", "x" * 500, "1") + "之后", 30)
    assert (head, rest) == ("点这里之后", "")


@pytest.mark.parametrize("emoji", ["👨‍👩‍👧‍👦", "👍🏽", "é", "❤️", "1️⃣"])
def test_a_visible_character_is_never_cut(emoji: str) -> None:
    text = emoji * 50
    for limit in range(_bytes(emoji), _bytes(emoji) * 3):
        head, _ = fit_text(text, limit)
        assert head
        assert not head.replace(emoji, "")


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("a长。\n<>/ 😀\u200d\u0301!？"), max_size=300), st.integers(8, 200))
def test_nothing_is_lost_and_everything_ends(text: str, limit: int) -> None:
    parts, rest = [], text
    for _ in range(400):
        head, rest = fit_text(rest, limit)
        assert _bytes(head) <= limit
        parts.append(head)
        if not rest:
            break
    assert not rest
    assert _SPACE.sub("", "".join(parts)) == _SPACE.sub("", text)


def test_a_tap_sends_what_it_says() -> None:
    link = tap_link("不满意 & <br>", "不满意&342", "n 1")
    assert link.startswith('<a href="weixin://bizmsgmenu?msgmenucontent=%E4%B8%8D')
    content = re.search(r"msgmenucontent=([^&]*)&msgmenuid=n%201\"", link)
    assert content is not None
    assert unquote(content[1]) == "不满意&342"
    assert link.endswith(">不满意 & ＜br＞</a>")


def test_options_stand_below_one_a_line() -> None:
    lines = with_options("您满意吗？", [("满意", "满意"), ("不满意", "不满意")], "342").split("\n")
    assert [line.count("<a ") for line in lines] == [0, 1, 1]


@pytest.mark.parametrize(
    ("key", "value", "fitted"),
    [
        ("thing3", "一" * 25, "一" * 19 + "…"),
        ("thing3", "一" * 20, "一" * 20),
        ("thing3", "两\n行 \n字", "两 行 字"),
        ("thing3", "", "无"),
        ("short_thing1", "123456", "1234…"),
        ("character_string1", "#342号", "#342"),
        ("character_string1", "号", "-"),
        ("phrase2", "正在处理中呢", "正在处理中"),
        ("phrase2", "OK", "无"),
        ("number1", "第12.5号", "12.5"),
        ("letter1", "ab1c", "abc"),
        ("symbol1", "a!?", "!?"),
        ("name4", "张示例" * 5, "张示例张示例张示例张"),
        ("name4", "A" * 30, "A" * 20),
        ("phone_number5", "电话022-000 转1", "022-0001"),
        ("car_number1", "津 A12345678", "津A123456"),
        ("time4", "2026年11月22日 16:00", "2026年11月22日 16:00"),
        ("amount1", "", "0元"),
        ("unknown9", "一" * 25, "一" * 19 + "…"),
    ],
)
def test_a_field_fits_its_kind(key: str, value: str, fitted: str) -> None:
    assert fit_field(key, value) == fitted
