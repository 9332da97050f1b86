"""The sheets of the roster and their columns: what stands where, how it is read, how it is written. One table for all.

The contract is docs "The outside of the program", section "Roster".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from handlers.roster import cells
from handlers.roster.cells import Cell, CellError
from handlers.roster.contents import Kind, Record
from storage.records import Duty, Household, Lane, Leave, Member, Role, Unit

KINDS: Mapping[str, str] = {
    "县": "county",
    "街镇": "town",
    "村": "village",
    "社区": "community",
    "服务圈": "circle",
    "网格": "grid",
}
ROLES: Mapping[str, str] = {
    "责任": Role.RESPONSIBLE.value,
    "替补": Role.SUBSTITUTE.value,
    "组员": Role.TEAM.value,
    "组长": Role.LEADER.value,
    "包村": Role.CADRE.value,
    "书记": Role.SECRETARY.value,
    "值班": Role.DUTY.value,
}
ROLE_NAMES: Mapping[str, str] = {role: name for name, role in ROLES.items()}
_KIND_NAMES: Mapping[str, str] = {kind: name for name, kind in KINDS.items()}


class ColumnError(CellError):
    """What is wrong with a row stands in this column (its key)."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `name` is its Chinese header, `key` the English one; codes of the sheets `points_to` stand here."""

    key: str
    name: str
    read: Callable[[Cell], Any] = cells.text
    required: bool = False
    hint: str = ""
    examples: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    points_to: tuple[Kind, ...] = ()
    more_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `build` makes a record of read cells, `cells_of` makes cells of a record, in the columns' order."""

    kind: Kind
    name: str
    columns: tuple[Column, ...]
    build: Callable[[Mapping[str, Any]], Record]
    cells_of: Callable[[Any], tuple[Cell, ...]]

    def column_named(self, key: str) -> str:
        return next((column.name for column in self.columns if column.key == key), key)


def _kind(cell: Cell) -> str:
    """Kept by its Chinese name: it is only ever shown to people."""
    meaning = cells.one_of(cell, KINDS)
    return _KIND_NAMES.get(meaning, meaning)


def _role(cell: Cell) -> Role | None:
    found = cells.one_of(cell, ROLES)
    return Role(found) if found else None


def _build_lane(row: Mapping[str, Any]) -> Lane:
    lat, lng = row["lat"], row["lng"]
    if (lat is None) != (lng is None):
        raise ColumnError("lng" if lng is None else "lat", "纬度和经度要一起填,或者都空着")
    return Lane(row["code"], row["name"], row["unit"], row["aliases"], row["addresses"], lat, lng, row["chat_id"])


def _build_duty(row: Mapping[str, Any]) -> Duty:
    if row["from"] and row["to"] and row["from"] > row["to"]:
        raise ColumnError("to", "“止”比“起”还早")
    return Duty(row["member"], row["area"], row["role"], row["from"], row["to"])


def _build_leave(row: Mapping[str, Any]) -> Leave:
    if row["from"] > row["to"]:
        raise ColumnError("to", "“止”比“起”还早")
    if row["substitute"] == row["member"]:
        raise ColumnError("substitute", "替补不能是请假的人自己")
    return Leave(row["member"], row["from"], row["to"], row["substitute"])


def _joined(words: tuple[str, ...]) -> str:
    return "、".join(words)


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""


UNITS = Sheet(
    Kind.UNITS,
    "单位",
    (
        Column("code", "编码", cells.code, required=True, hint="自己定,不重复", examples=("lh", "lh-xy")),
        Column("name", "名称", required=True, examples=("柳河街道(示例)", "杏园社区(示例)")),
        Column("kind", "级别", _kind, hint="从列表里选", examples=("街镇", "社区"), choices=tuple(KINDS)),
        Column("parent", "上级", cells.code, hint="上一级单位的编码", examples=("", "lh"), points_to=(Kind.UNITS,)),
        Column("chat_id", "群聊", hint="可以空着;在群里写“@小助手 绑定 名称”也行"),
        Column("aliases", "别名", cells.many, hint="几个名字之间用、", examples=("", "杏园、杏园小区")),
    ),
    lambda row: Unit(row["code"], row["name"], row["kind"], row["parent"], row["chat_id"], row["aliases"]),
    lambda unit: (unit.code, unit.name, unit.kind, unit.parent, unit.chat_id, _joined(unit.aliases)),
)
LANES = Sheet(
    Kind.LANES,
    "胡同",
    (
        Column("code", "编码", cells.scene, required=True, hint="英文字母、数字、_ 和 -", examples=("lh-xy-01",)),
        Column("name", "名称", required=True, examples=("槐荫胡同",)),
        Column("aliases", "别名", cells.many, hint="老名字、口头叫法,用、隔开", examples=("老槐树、卫生室后头那条",)),
        Column(
            "unit", "单位", cells.code, required=True, hint="单位的编码", examples=("lh-xy",), points_to=(Kind.UNITS,)
        ),
        Column(
            "addresses",
            "范围",
            cells.addresses,
            hint="街道写门牌,小区写楼号;几段之间用;",
            examples=("中心街 1-39 单; 幸福小区 3号楼、4号楼1-2单元",),
        ),
        Column(
            "lat",
            "纬度",
            cells.latitude,
            hint="高德或腾讯地图的坐标(GCJ-02)",
            examples=("38.8652",),
            more_keys=("latitude",),
        ),
        Column("lng", "经度", cells.longitude, examples=("115.4901",), more_keys=("longitude", "lon")),
        Column("chat_id", "群聊", hint="可以空着"),
    ),
    _build_lane,
    lambda lane: (
        *(lane.code, lane.name, _joined(lane.aliases), lane.unit),
        *(lane.addresses, lane.latitude, lane.longitude, lane.chat_id),
    ),
)
MEMBERS = Sheet(
    Kind.MEMBERS,
    "人员",
    (
        Column(
            "code", "编号", cells.code, required=True, hint="自己定,不重复", examples=("m001",), more_keys=("编码",)
        ),
        Column("name", "姓名", required=True, examples=("张示例",)),
        Column("phone", "手机", cells.phone, examples=("13800000001",), more_keys=("电话", "手机号")),
        Column("wecom_id", "企业微信", cells.code, hint="企业微信通讯录里的账号", examples=("zhangshili",)),
    ),
    lambda row: Member(row["code"], row["name"], row["phone"], row["wecom_id"]),
    lambda member: (member.code, member.name, member.phone, member.wecom_id),
)
DUTIES = Sheet(
    Kind.DUTIES,
    "职责",
    (
        Column(
            "member",
            "人员",
            cells.code,
            required=True,
            hint="人员的编号",
            examples=("m001",),
            points_to=(Kind.MEMBERS,),
        ),
        Column(
            "area",
            "管辖",
            cells.code,
            required=True,
            hint="胡同或单位的编码",
            examples=("lh-xy-01",),
            points_to=(Kind.LANES, Kind.UNITS),
            more_keys=("unit", "lane"),
        ),
        Column("role", "角色", _role, required=True, hint="从列表里选", examples=("责任",), choices=tuple(ROLES)),
        Column("from", "起", cells.day, hint="第一天;空着就是一直", examples=("2026-01-01",)),
        Column("to", "止", cells.day, hint="最后一天;空着就是一直"),
    ),
    _build_duty,
    lambda duty: (duty.member, duty.area, ROLE_NAMES[duty.role.value], _iso(duty.starts), _iso(duty.ends)),
)
LEAVES = Sheet(
    Kind.LEAVES,
    "请假",
    (
        Column(
            "member",
            "人员",
            cells.code,
            required=True,
            hint="人员的编号",
            examples=("m001",),
            points_to=(Kind.MEMBERS,),
        ),
        Column("from", "起", cells.needed_day, required=True, hint="第一天", examples=("2026-10-01",)),
        Column("to", "止", cells.needed_day, required=True, hint="最后一天", examples=("2026-10-07",)),
        Column(
            "substitute", "替补", cells.code, hint="谁来替,人员的编号", examples=("m002",), points_to=(Kind.MEMBERS,)
        ),
    ),
    _build_leave,
    lambda leave: (leave.member, _iso(leave.starts), _iso(leave.ends), leave.substitute),
)
HOUSEHOLDS = Sheet(
    Kind.HOUSEHOLDS,
    "住户",
    (
        Column("address", "门牌", required=True, examples=("中心街3号",)),
        Column(
            "lane",
            "胡同",
            cells.scene,
            required=True,
            hint="胡同的编码",
            examples=("lh-xy-01",),
            points_to=(Kind.LANES,),
        ),
        Column("name", "姓名", examples=("李样本",)),
        Column("phone", "手机", cells.phone, examples=("13800000002",), more_keys=("电话", "手机号")),
        Column("tags", "标签", cells.many, hint="独居老人、残疾、低保……", examples=("独居老人",)),
    ),
    lambda row: Household(row["address"], row["lane"], row["name"], row["phone"], row["tags"]),
    lambda home: (home.address, home.lane, home.name, home.phone, _joined(home.tags)),
)
SHEETS: tuple[Sheet, ...] = (UNITS, LANES, MEMBERS, DUTIES, LEAVES, HOUSEHOLDS)
SHEET: Mapping[Kind, Sheet] = {sheet.kind: sheet for sheet in SHEETS}
