"""The roster's sheets become records and back; what cannot be read is named with sheet, row and column."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.emulator.sample_roster import sample_sheets
from handlers.roster import cells, writing
from handlers.roster.cells import CellError
from handlers.roster.columns import KINDS
from handlers.roster.contents import Contents, Kind
from handlers.roster.planning import InUse, Plan, make_plan
from handlers.roster.reading import Problem, read_roster
from storage.records import Duty, Household, Lane, Leave, Member, Role, Unit

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)

UNITS = [["编码", "名称", "级别", "上级"], ["t", "示例街道", "街镇", ""], ["v", "示例村", "村", "t"]]
LANES = [["编码", "名称", "单位", "范围", "纬度", "经度"], ["l1", "槐荫胡同", "v", "中心街 1-39 单", 38.9, 115.6]]
MEMBERS = [["编号", "姓名", "手机", "企业微信"], ["m1", "张示例", 13800000001.0, "zhang"], ["m2", "李样本", "", "li"]]
DUTIES = [["人员", "管辖", "角色", "起", "止"], ["m1", "l1", "责任", "", ""]]


def whole(**sheets: Any) -> dict[str, Any]:
    return {"单位": UNITS, "胡同": LANES, "人员": MEMBERS, "职责": DUTIES} | sheets


def plan_of(sheets: Mapping[str, Any], kept: Contents | None = None, **more: Any) -> Plan:
    return make_plan(kept or Contents(), read_roster(sheets), now=NOW, **more)


def only_error(sheets: Mapping[str, Any]) -> Problem:
    (problem,) = plan_of(sheets).errors
    return problem


def places(plan: Plan) -> list[tuple[str, int, str]]:
    return [(problem.sheet, problem.row, problem.column) for problem in plan.errors]


# ── what is right ────────────────────────────────────────────────────────────────────────────────


def test_a_whole_roster_is_read() -> None:
    plan = plan_of(whole(请假=[["人员", "起", "止", "替补"], ["m1", "2026年11月22日", date(2026, 11, 30), "m2"]]))
    assert plan.problems == ()
    assert plan.after.lanes == (Lane("l1", "槐荫胡同", "v", (), "中心街 1-39 单", 38.9, 115.6),)
    assert plan.after.members[0] == Member("m1", "张示例", "13800000001", "zhang")
    assert plan.after.duties == (Duty("m1", "l1", Role.RESPONSIBLE),)
    assert plan.after.leaves == (Leave("m1", date(2026, 11, 22), date(2026, 11, 30), "m2"),)


def test_english_keys_are_read_as_well() -> None:
    sheets = {
        "units": [["code", "name", "kind"], ["v", "示例村", "village"]],
        "members": [["code", "name", "phone", "wecom_id"], ["m1", "张示例", "", "zhang"]],
        "duties": [["role", "area", "member", "from", "to"], ["secretary", "v", "m1", "2026/1/2", ""]],
    }
    plan = plan_of(sheets)
    assert plan.problems == ()
    assert plan.after.units == (Unit("v", "示例村", "村"),)
    assert plan.after.duties == (Duty("m1", "v", Role.SECRETARY, date(2026, 1, 2)),)


@pytest.mark.parametrize("header", ["编码", "编码*", "编码(必填)", " 编 码 ", "编码 code", "Code", "编码:"])
def test_headers_may_be_dressed_up(header: str) -> None:
    assert plan_of({"单位表": [[header, "名称"], ["v", "示例村"]]}).after.units == (Unit("v", "示例村"),)


def test_a_title_above_the_header_is_passed_over() -> None:
    plan = plan_of({"单位": [["示例街道单位一览"], [], ["编码", "名称"], ["v", "示例村"], ["", ""]]})
    assert (plan.problems, plan.after.units) == ((), (Unit("v", "示例村"),))


def test_a_csv_of_any_name_is_known_by_its_header() -> None:
    kept = plan_of(whole()).after
    plan = plan_of({"导出 (2)": [["门牌", "胡同", "标签"], ["中心街3号", "l1", "独居老人、低保"]]}, kept)
    assert plan.problems == ()
    assert plan.after.households == (Household("中心街3号", "l1", tags=("独居老人", "低保")),)


def test_examples_and_the_guide_are_not_read() -> None:
    plan = plan_of(writing.template())
    assert plan.problems == ()
    assert plan.after == Contents()


@pytest.mark.parametrize(
    "cell",
    [date(2026, 11, 22), datetime(2026, 11, 22, tzinfo=UTC), 46348.0, "2026-11-22", "2026/11/22", "2026年11月22日"],
)
def test_days_in_every_form(cell: Any) -> None:
    assert cells.day(cell) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        (13800138000.0, "13800138000"),
        ("13800138000.0", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("138001380\uff10\uff10", "13800138000"),
        ("0312-1234567", None),
        ("0312-2234567", "0312-2234567"),
        ("", ""),
        (None, ""),
    ],
)
def test_phones(cell: Any, phone: str | None) -> None:
    if phone is None:
        with pytest.raises(CellError):
            cells.phone(cell)
    else:
        assert cells.phone(cell) == phone


@pytest.mark.parametrize("cell", ["1380013800", "138001380001", "电话没有", "1.38001E+10", "138****8000"])
def test_wrong_phones(cell: str) -> None:
    with pytest.raises(CellError):
        cells.phone(cell)


def test_the_sample_neighbourhood_is_right() -> None:
    plan = plan_of(sample_sheets())
    assert plan.problems == ()
    assert (len(plan.after.lanes), len(plan.after.households)) == (30, 120)


# ── what is wrong ────────────────────────────────────────────────────────────────────────────────


def test_every_wrong_cell_is_named_with_its_excel_row() -> None:
    lanes = [
        ["编码", "名称", "单位", "范围", "纬度", "经度"],
        ["l 1", "槐荫胡同", "v", "", "", ""],
        ["l2", "", "v", "", "", ""],
        [],
        ["l3", "水井胡同", "v", "1-39", 95, ""],
        ["l4", "粮店胡同", "v", "", 38.9, ""],
    ]
    plan = plan_of(whole(胡同=lanes, 职责=[["人员", "管辖", "角色"]]))
    assert places(plan) == [
        ("胡同", 2, "编码"),
        ("胡同", 3, "名称"),
        ("胡同", 5, "范围"),
        ("胡同", 5, "纬度"),
        ("胡同", 6, "经度"),
    ]


def test_unknown_codes_are_named_with_the_nearest() -> None:
    problem = only_error(whole(职责=[["人员", "管辖", "角色"], ["m1", "l11", "责任"]]))
    assert (problem.sheet, problem.row, problem.column) == ("职责", 2, "管辖")
    assert "l1" in problem.text.replace("l11", "")


def test_a_name_in_place_of_a_code_is_answered_with_the_code() -> None:
    lanes = [LANES[0], ["l1", "槐荫胡同", "示例村", "", "", ""]]
    assert "这里要写编码 v" in only_error(whole(胡同=lanes)).text


@pytest.mark.parametrize(("role", "near"), [("责任人", "责任"), ("副书记", "书记"), ("小组长", "组长")])
def test_unknown_roles_are_named_with_the_nearest(role: str, near: str) -> None:
    problem = only_error(whole(职责=[["人员", "管辖", "角色"], ["m1", "l1", role]]))
    assert f"是不是“{near}”" in problem.text


def test_unknown_columns_are_named_in_a_warning() -> None:
    plan = plan_of(whole(单位=[["编码", "名称", "微信群聊"], ["v", "示例村", "x"]]))
    (warning,) = plan.warnings
    assert (warning.row, warning.column) == (1, "微信群聊")
    assert "是不是“群聊”" in warning.text
    assert plan.errors == ()


def test_unknown_sheets_are_named_in_a_warning() -> None:
    plan = plan_of(whole(值班表=[["周一"], ["张示例"]]))
    assert [(warning.sheet, warning.is_error) for warning in plan.warnings] == [("值班表", False)]


def test_missing_columns_are_errors() -> None:
    problem = only_error({"单位": [["编码"], ["v"]]})
    assert (problem.sheet, problem.row, problem.column) == ("单位", 1, "名称")


def test_doubled_columns_and_sheets_are_errors() -> None:
    assert only_error({"单位": [["编码", "名称", "code"], ["v", "示例村", "w"]]}).column == "编码"
    assert "两张" in only_error({"单位": UNITS, "units": UNITS}).text


@pytest.mark.parametrize(
    ("sheets", "place"),
    [
        ({"单位": [*UNITS, ["v", "又一个村", "村", "t"]]}, ("单位", 4, "编码")),
        ({"人员": [*MEMBERS, ["m3", "王演示", "", "zhang"]]}, ("人员", 4, "企业微信")),
        ({"胡同": [*LANES, ["v", "同名胡同", "v", "", "", ""]]}, ("胡同", 3, "编码")),
        ({"职责": [*DUTIES, ["m1", "l1", "责任", "", ""]]}, ("职责", 3, "人员")),
        ({"职责": [DUTIES[0], ["m9", "l1", "责任", "", ""]]}, ("职责", 2, "人员")),
        ({"职责": [DUTIES[0], ["m1", "l1", "责任", "2026-02-30", ""]]}, ("职责", 2, "起")),
        ({"职责": [DUTIES[0], ["m1", "l1", "责任", "2026-03-01", "2026-02-01"]]}, ("职责", 2, "止")),
        ({"请假": [["人员", "起", "止", "替补"], ["m1", "2026-03-01", "", ""]]}, ("请假", 2, "止")),
        ({"请假": [["人员", "起", "止", "替补"], ["m1", "2026-03-01", "2026-03-02", "m1"]]}, ("请假", 2, "替补")),
        ({"住户": [["门牌", "胡同"], ["中心街3号", "l9"]]}, ("住户", 2, "胡同")),
        ({"单位": [UNITS[0], ["v", "示例村", "乡", ""]]}, ("单位", 2, "级别")),
    ],
)
def test_what_does_not_fit_together(sheets: dict[str, Any], place: tuple[str, int, str]) -> None:
    assert places(plan_of(whole(**sheets))) == [place]


def test_a_circle_of_parents_is_an_error() -> None:
    units = [UNITS[0], ["a", "甲", "", "b"], ["b", "乙", "", "a"], ["v", "示例村", "", "a"]]
    assert places(plan_of(whole(单位=units))) == [("单位", 2, "上级"), ("单位", 3, "上级")]


def test_an_empty_file_is_an_error() -> None:
    assert only_error({}).text == "里面什么也没有"


# ── changes ──────────────────────────────────────────────────────────────────────────────────────


def test_the_same_file_again_changes_nothing() -> None:
    kept = plan_of(sample_sheets()).after
    again = plan_of(sample_sheets(), kept, prune=True)
    assert not again.changes_anything
    assert again.after == kept


def test_a_new_file_updates_and_lists_what_it_no_longer_names() -> None:
    kept = plan_of(whole()).after
    plan = plan_of({"人员": [MEMBERS[0], ["m1", "张示例", "13800000009", "zhang"]]}, kept)
    change = plan.changes[Kind.MEMBERS]
    assert [record.phone for record in change.updated if isinstance(record, Member)] == ["13800000009"]
    assert [record.code for record in change.missing if isinstance(record, Member)] == ["m2"]
    assert {member.code for member in plan.after.members} == {"m1", "m2"}


def test_prune_removes_and_spares_sheets_that_are_not_there() -> None:
    kept = plan_of(whole(住户=[["门牌", "胡同"], ["中心街3号", "l1"]])).after
    plan = plan_of({"人员": MEMBERS[:2]}, kept, prune=True)
    assert {member.code for member in plan.after.members} == {"m1"}
    assert plan.after.lanes == kept.lanes
    assert plan.after.households == kept.households


def test_prune_takes_what_hangs_on_the_removed() -> None:
    kept = plan_of(whole(住户=[["门牌", "胡同"], ["中心街3号", "l1"]])).after
    plan = plan_of({"胡同": [LANES[0], ["l2", "水井胡同", "v", "", "", ""]]}, kept, prune=True)
    assert plan.errors == ()
    assert (plan.after.households, plan.after.duties) == ((), ())


def test_a_member_with_open_requests_is_not_removed_but_has_left() -> None:
    kept = plan_of(whole()).after
    plan = plan_of({"人员": [MEMBERS[0], MEMBERS[2]]}, kept, prune=True, in_use=InUse({"m1"}))
    assert [member.code for member in plan.changes[Kind.MEMBERS].left] == ["m1"]
    assert {member.code: member.left_at for member in plan.after.members} == {"m1": NOW, "m2": None}
    assert plan.after.duties == ()


def test_a_lane_where_something_is_open_or_somebody_lives_goes_with_a_warning() -> None:
    kept = plan_of(whole()).after
    other = {"胡同": [LANES[0], ["l2", "水井胡同", "v", "", "", ""]]}
    used = InUse(requests={"l1": 2}, residents={"l1": 5, "l9": 1})
    (warning,) = plan_of(other, kept, prune=True, in_use=used).warnings
    assert all(words in str(warning) for words in ("胡同", "l1", "2 件", "5 位居民"))
    assert plan_of(other, kept, in_use=used).warnings == ()  # it stays


def test_pruning_what_a_kept_sheet_needs_is_an_error() -> None:
    kept = plan_of(whole()).after
    plan = plan_of({"单位": UNITS[:2]}, kept, prune=True)
    assert [(problem.sheet, problem.row) for problem in plan.errors] == [("胡同", 0)]


def test_a_member_who_comes_back_is_with_us_again() -> None:
    left = Contents(members=(Member("m1", "张示例", left_at=NOW, openid="o1"),))
    plan = plan_of({"人员": [["编号", "姓名"], ["m1", "张示例"]]}, left)
    assert plan.after.members == (Member("m1", "张示例", openid="o1"),)


# ── properties ───────────────────────────────────────────────────────────────────────────────────

_words = st.text("甲乙丙示例=+-@'a1", min_size=1, max_size=6)
_codes = st.text("abc019_-", min_size=1, max_size=5)
_days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
_aliases = st.lists(_words, max_size=3, unique=True).map(tuple)


@st.composite
def rosters(draw: st.DrawFn) -> Contents:
    codes = draw(st.lists(_codes, min_size=3, max_size=9, unique=True))
    third = len(codes) // 3
    units = tuple(
        Unit(code, draw(_words), draw(st.sampled_from(["", *KINDS])), codes[0] if index else "", "", draw(_aliases))
        for index, code in enumerate(codes[:third])
    )
    lanes = tuple(
        Lane(code, draw(_words), units[0].code, draw(_aliases), "中心街 1-9 单", *draw(_points))
        for code in codes[third : 2 * third]
    )
    members = tuple(
        Member(code, draw(_words), f"1380000{index:04d}", f"w{index}") for index, code in enumerate(codes[2 * third :])
    )
    duties = {
        (person.code, lane.code, role): Duty(person.code, lane.code, role, draw(st.none() | _days))
        for person in members
        for lane in lanes
        for role in draw(st.sets(st.sampled_from(Role), max_size=2))
    }
    start = draw(_days)
    leaves = tuple(Leave(one.code, start, max(start, draw(_days))) for one in members[:1])
    homes = tuple(Household(f"{draw(_words)}{n}号", lane.code, draw(_words)) for n, lane in enumerate(lanes))
    return Contents(units, lanes, members, tuple(duties.values()), leaves, homes)


_points = st.just((None, None)) | st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def as_sets(contents: Contents) -> list[set[Any]]:
    return [set(contents.of(kind)) for kind in Kind]


def mixed(rows: Sequence[Sequence[Any]], chance: random.Random) -> list[list[Any]]:
    """The same sheet with its columns and its rows in another order."""
    order = list(range(len(rows[0])))
    chance.shuffle(order)
    header, *body = ([row[index] for index in order] for row in rows)
    chance.shuffle(body)
    return [header, *body]


@settings(max_examples=60, deadline=None)
@given(rosters())
def test_what_is_exported_is_imported_unchanged(contents: Contents) -> None:
    plan = plan_of(writing.to_sheets(contents))
    assert plan.errors == ()
    assert plan.after == contents


@settings(max_examples=60, deadline=None)
@given(rosters(), st.randoms(use_true_random=False))
def test_the_order_of_columns_and_rows_does_not_matter(contents: Contents, chance: random.Random) -> None:
    sheets = {name: mixed(rows, chance) for name, rows in writing.to_sheets(contents).items()}
    plan = plan_of(sheets, contents, prune=True)
    assert as_sets(plan.after) == as_sets(contents)
    assert not plan.changes_anything


_cells = (
    st.none()
    | st.booleans()
    | st.floats()
    | st.text(max_size=8)
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
    | st.sampled_from(
        ["编码", "名称", "单位", "code", "人员", "管辖", "角色", "责任", "l1", "2026-11-22", "#N/A", "例:x"]
    )
)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["单位", "胡同", "人员", "职责", "请假", "住户", "Sheet1"]),
        st.lists(st.lists(_cells, max_size=6), max_size=6),
    )
)
def test_no_file_is_so_strange_that_reading_it_fails(sheets: dict[str, list[list[Any]]]) -> None:
    heads: dict[str, list[Any]] = {"单位": UNITS, "胡同": LANES, "人员": MEMBERS, "职责": DUTIES}
    plan_of(sheets)
    plan_of({name: [*heads.get(name, [])[:1], *rows] for name, rows in sheets.items()})
