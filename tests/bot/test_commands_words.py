"""`hutong classify` and `hutong replies`, as people and as measuring programs call them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from bot import sheets
from bot.commands.words import classify, replies
from bot.emulator.sample_roster import sample_sheets
from tests.bot.operators import Operator


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(tmp_path)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "名册.xlsx"
    sheets.write_xlsx(path, sample_sheets())
    return path


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def jsonl(folder: Path, *lines: str) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def lane(roster: Path) -> tuple[str, str]:
    """Code and name of a lane of the sample."""
    header, first = sheets.read(roster)["胡同"][:2]
    cells = dict(zip(map(str, header), map(str, first), strict=False))
    return cells["编码"], cells["名称"]


def test_classify_says_what_the_contract_says(operator: Operator) -> None:
    (found,) = rows(operator.call(classify, "--json", "厨房水管漏了,还有楼下老李家天天半夜吵"))
    assert list(found) == [
        *("text", "requests", "is_request", "place", "type", "urgency", "emergency_kind", "sensitivity")
    ]
    assert [one["type"] for one in found["requests"]] == ["repair", "dispute"]
    names = {"type", "confidence", "urgency", "emergency_kind", "sensitivity", "clause", "evidence"}
    assert set(found["requests"][0]) == names
    assert found["place"] == {"lane": None, "candidates": [], "text": ""}
    (chat,) = rows(operator.call(classify, "--json", "谢谢"))
    assert (chat["requests"], chat["type"], chat["is_request"]) == ([], "chat", False)


def test_classify_needs_no_database(operator: Operator) -> None:
    operator.call(classify, "--json", "路灯不亮")
    assert not operator.database.exists()
    assert not operator.data.exists()


def test_several_texts_are_several_lines(operator: Operator) -> None:
    assert len(rows(operator.call(classify, "--json", "路灯不亮", "谢谢", "-"))) == 3


def test_the_roster_and_the_known_lane_are_honoured(operator: Operator, roster: Path, tmp_path: Path) -> None:
    code, name = lane(roster)
    file = jsonl(
        tmp_path,
        json.dumps({"id": "a", "text": f"{name}的路灯不亮"}, ensure_ascii=False),
        json.dumps({"id": 2, "text": "路灯不亮", "known_lane": code}, ensure_ascii=False),
        json.dumps({"id": None, "text": "路灯不亮", "known_lane": None}, ensure_ascii=False),
    )
    result = operator.call(classify, "--roster", roster, "--file", file, "--json")
    found = rows(result)
    assert (result.exit_code, [one["id"] for one in found]) == (0, ["a", 2, None])
    assert found[1]["place"]["lane"] == code
    assert code in (found[0]["place"]["lane"], *found[0]["place"]["candidates"])
    assert found[2]["place"]["lane"] is None
    unknown = rows(operator.call(classify, "--file", file, "--json"))
    assert [one["place"]["lane"] for one in unknown] == [None] * 3


def test_bad_lines_are_named_and_the_others_done(operator: Operator, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    lines = [
        *(b'\xef\xbb\xbf{"id": 1, "text": "x"}', b"", b"{bad", b'{"text": 3}', b"[1]", b"\xff\xfe", b"plain"),
        *(b'{"text": "y", "known_lane": 3}', b'{"text": NaN}', b"[" * 100_000, b'{"id": 9, "text": "\\ud83d"}\r'),
    ]
    file.write_bytes(b"\n".join(lines))
    result = operator.call(classify, "--file", file, "--json")
    assert result.exit_code == 1
    assert [one["id"] for one in rows(result)] == [1, 9]
    assert [f"第 {n} 行" in result.stderr for n in range(1, 12)] == [n not in (1, 2, 11) for n in range(1, 12)]
    assert "有 8 行没有处理" in result.stderr
    assert "Traceback" not in result.output


def test_stdin_takes_words_and_rows(operator: Operator) -> None:
    piped = "路灯不亮\n" + '{"id": 5, "text": "水管漏了"}\n\n'
    for arguments in (("-",), ()):
        found = rows(operator.call(classify, "--json", *arguments, stdin=piped))
        assert [(one.get("id"), one["type"]) for one in found] == [(None, "public_facility"), (5, "repair")]
    strict = operator.call(classify, "--json", "--file", "-", stdin=piped)
    assert (strict.exit_code, len(rows(strict))) == (1, 1)


def test_words_for_people(operator: Operator, roster: Path) -> None:
    code, name = lane(roster)
    said = operator.call(classify, "--roster", roster, f"{name}有老人摔倒了叫不醒", "谢谢").stdout
    for words in ("养老助残 elder_care", "紧急(medical)", "依据:", "不是诉求", code):
        assert words in said


def test_wrong_use(operator: Operator, tmp_path: Path) -> None:
    assert operator.call(classify, "x", "--file", "y").exit_code == 2
    gone = operator.call(classify, "--file", tmp_path / "gone")
    assert (gone.exit_code, "读不了" in gone.stderr) == (1, True)
    assert operator.call(classify, "x", "--roster", tmp_path / "gone.xlsx").exit_code == 1


def test_a_broken_lexicon_is_one_line(operator: Operator, tmp_path: Path) -> None:
    operator.more = f'[classifier]\nlexicons = ["{tmp_path / "gone.toml"}"]\n'
    result = operator.call(classify, "x")
    assert (result.exit_code, "词表有问题" in result.stderr) == (1, True)


def test_a_type_that_is_switched_off_becomes_other(operator: Operator) -> None:
    operator.more = "[types.repair]\nenabled = false\n"
    assert rows(operator.call(classify, "--json", "水管漏了"))[0]["type"] == "other"


# ── replies ──────────────────────────────────────────────────────────────────────────────────────


def test_replies_say_what_the_contract_says(operator: Operator, tmp_path: Path) -> None:
    file = jsonl(
        tmp_path,
        '{"id": "r1", "text": "342好了", "open_requests": [342, 350]}',
        '{"id": "r2", "text": "收到", "open_requests": [342, 350], "quoted_request": null}',
        '{"id": "r3", "text": "收到", "open_requests": [342, 350], "quoted_request": 350}',
        '{"id": "r4", "text": "收到", "open_requests": "342"}',
        '{"id": "r5", "text": "收到", "quoted_request": true}',
    )
    result = operator.call(replies, "--json", "--file", file)
    first, second, third = rows(result)
    assert list(first) == ["id", "intent", "request", "ambiguous", "to", "note", "when"]
    assert (first["id"], first["intent"], first["request"]) == ("r1", "resolved", 342)
    assert (second["intent"], second["request"], second["ambiguous"]) == ("accept", None, True)
    assert (third["request"], third["ambiguous"]) == (350, False)
    assert result.exit_code == 1
    assert "第 4 行" in result.stderr
    assert "第 5 行" in result.stderr


def test_replies_in_words(operator: Operator) -> None:
    said = operator.call(replies, "342好了 350转李姐", "明早八点我过去", "吃饭去").stdout
    for words in ("办结 #342", "转交 #350 给:李姐", "约时间", "不是命令"):
        assert words in said


def test_a_roster_names_the_people(operator: Operator, roster: Path) -> None:
    name = str(sheets.read(roster)["人员"][1][1])
    (found,) = rows(operator.call(replies, "--json", "--roster", roster, f"12转给{name}吧"))
    assert (found["intent"], found["request"], found["to"]) == ("handover", 12, name)


def test_they_are_read_as_the_running_desk_reads_them(operator: Operator, tmp_path: Path) -> None:
    """The trained reader has its say, and what was told is heard where it is given."""
    file = jsonl(
        tmp_path,
        '{"text": "孩子接回来了", "open_requests": [342]}',
        '{"text": "孩子接回来了", "open_requests": [342], "told": "没人接孩子放学"}',
        '{"text": "我明天请假", "open_requests": [342]}',
        '{"text": "修好了叫我一声", "open_requests": [342]}',
        '{"text": "342修好了", "open_requests": [342]}',
    )
    found = rows(operator.call(replies, "--json", "--file", file))
    assert [one["intent"] for one in found] == ["none", "resolved", "none", "none", "resolved"]
    (told,) = rows(operator.call(replies, "--json", "--told", "没人接孩子放学", "3孩子接回来了"))
    assert (told["intent"], told["request"]) == ("resolved", 3)
