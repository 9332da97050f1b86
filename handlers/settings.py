"""What an operator may set about the desk itself. Frozen; read from config.toml by `bot.config`."""

from __future__ import annotations

import difflib
import re
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from handlers.rules.durations import Duration, Measure, parse_duration
from storage.records import Rung


def _as_duration(value: object) -> object:
    return parse_duration(value) if isinstance(value, str) else value


def _as_wall(value: object) -> object:
    if not isinstance(value, str):
        return value
    duration = parse_duration(value)
    if duration.measure is not Measure.WALL:
        raise ValueError(f'“{value}”:这里只能用 s、m、h、d,例如 "30m"')
    return duration.length


AnyDuration = Annotated[Duration, BeforeValidator(_as_duration)]
WallTime = Annotated[timedelta, BeforeValidator(_as_wall)]


OptionalWallTime = Annotated[timedelta | None, BeforeValidator(lambda value: None if value == "" else _as_wall(value))]


def _as_time(value: object) -> object:
    """A bare number would be read as seconds after midnight."""
    if isinstance(value, time) and value.tzinfo is None:
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-2]\d:[0-5]\d(:[0-5]\d)?", value) and value < "24":
        return time.fromisoformat(value)
    example = f"{value:02}:00" if isinstance(value, int) and 0 <= value < 24 else "18:00"
    raise ValueError(f'几点要写成四位数字,加上引号,从 "00:00" 到 "23:59";写成 "{example}"')


def _as_day(value: object) -> object:
    """A bare number would be read as seconds after 1970."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"“{value}”这一天不存在") from None
    raise ValueError('日期要写成 "2026-10-01" 这样')


TimeOfDay = Annotated[time, BeforeValidator(_as_time)]
Day = Annotated[date, BeforeValidator(_as_day)]


class Section(BaseModel):
    """A table of config.toml: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, populate_by_name=True)


class Desk(Section):
    """[desk]"""

    name: str = "胡同服务台"
    timezone: str = "Asia/Shanghai"
    public_url: str = ""
    households_per_member: int = Field(default=20, ge=1)
    gathering_window: WallTime = timedelta(seconds=60)
    gathering_cap: WallTime = timedelta(minutes=5)
    rating_silence: WallTime = timedelta(days=3)
    reopen_within: WallTime = timedelta(days=30)
    hand_over_within: WallTime = timedelta(hours=2)
    tell_in_person_after: WallTime = timedelta(hours=2)
    promise_within: AnyDuration = Duration(timedelta(days=10), Measure.WORKING_DAYS)
    binding_code_valid: WallTime = timedelta(days=7)

    @field_validator("public_url")
    @classmethod
    def _is_url(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
            raise ValueError(f"“{value}”不是网站的地址,写成 https://desk.example.org 这样")
        return value

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except Exception as error:
            raise ValueError(f'“{value}”不是时区,写成 "Asia/Shanghai" 这样') from error
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class ClockSettings(Section):
    """[clocks.<urgency or type>]: how soon words must reach the resident, how soon it must be solved."""

    first_response: AnyDuration | None = None
    next_update: AnyDuration | None = None  # how soon the resident shall hear something again
    resolution: AnyDuration | None = None
    repeat: AnyDuration | None = None  # emergencies: tell everybody again until somebody accepts


class LadderStep(Section):
    """[[ladder]]: when silence has lasted `after` (`2x` = twice the first-response time), tell these people."""

    after: str
    tell: Rung

    @field_validator("after")
    @classmethod
    def _is_readable(cls, value: str) -> str:
        if not re.fullmatch(r"\d+(\.\d+)?x", value):
            parse_duration(value)
        return value

    def wait(self, first_response: Duration) -> Duration:
        if self.after.endswith("x"):
            return first_response.times(float(self.after[:-1]))
        return parse_duration(self.after)


class QuietHours(Section):
    """[quiet_hours]: nothing but emergencies is sent unasked from `from` to `to`; equal times switch it off."""

    start: TimeOfDay = Field(default=time(21, 30), alias="from")
    end: TimeOfDay = Field(default=time(7, 0), alias="to")


class WorkingTime(Section):
    """[working_time]: windows of a working day; further holidays and make-up days of the place."""

    windows: tuple[str, ...] = ("08:00-12:00", "14:00-18:00")
    holidays: tuple[Day, ...] = ()
    workdays: tuple[Day, ...] = ()
    country: str = "CN"

    @field_validator("windows")
    @classmethod
    def _are_windows(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for window in value:
            if not re.fullmatch(r"\d\d:\d\d-\d\d:\d\d", window) or not window[:5] < window[6:]:
                raise ValueError(f'“{window}”不是一段时间,写成 "08:00-12:00"')
        if not value or any(a[6:] > b[:5] for a, b in zip(sorted(value), sorted(value)[1:], strict=False)):
            raise ValueError("不能是空的,几段时间也不能重叠")
        return tuple(sorted(value))


class Digest(Section):
    """[digest]"""

    at: TimeOfDay = time(18, 0)
    jitter: WallTime = timedelta(minutes=4)


class Audit(Section):
    """[audit]"""

    at: TimeOfDay = time(3, 0)


class Privacy(Section):
    """[privacy]"""

    notice: str = "1"  # version of the notice; a new one is told again at the next contact
    retention: WallTime = timedelta(days=730)
    confidential_to: tuple[str, ...] = ()  # member codes told of confidential matters, beside the secretary


class Voice(Section):
    """[voice]: voices of which the platform gives no words."""

    listen_within: WallTime = timedelta(minutes=15)  # then the next step of the ladder is asked to listen
    recogniser: tuple[str, ...] = ()  # a command that prints what was said in {file}
    timeout: WallTime = timedelta(seconds=60)

    @field_validator("recogniser")
    @classmethod
    def _names_the_file(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if value and not any("{file}" in part for part in value[1:]):
            raise ValueError('命令里要有 {file},例如 recogniser = ["whisper", "{file}"]')
        return value


class TypeSettings(Section):
    """[types.<code>]: a kind of request as people see it."""

    name: str = ""
    enabled: bool = True
    rating: Literal["when_unrated", "always", "none"] = "always"
    retention: OptionalWallTime = None  # other than [privacy] retention


class ClassifierSettings(Section):
    """[classifier]"""

    lexicons: tuple[str, ...] = ()
    model: str = ""  # a file of `hutong train`; empty: the one that comes with the program
    location_radius: int = Field(default=500, ge=1)


DEFAULT_CLOCKS: dict[str, dict[str, str]] = {
    "emergency": {"first_response": "3m", "resolution": "4h", "repeat": "3m"},
    "urgent": {"first_response": "30m", "resolution": "12h"},
    "normal": {"first_response": "2wh", "next_update": "3wd", "resolution": "5wd"},
    "dispute": {"resolution": "10wd"},
    "policy": {"resolution": "1wd"},
}
DEFAULT_LADDER: tuple[dict[str, str], ...] = (
    {"after": "0x", "tell": "member"},
    {"after": "1x", "tell": "substitute"},
    {"after": "1x", "tell": "team"},
    {"after": "2x", "tell": "leader"},
    {"after": "3x", "tell": "cadre"},
    {"after": "4x", "tell": "secretary"},
)
DEFAULT_TYPES: dict[str, str] = {
    "repair": "报修",
    "dispute": "矛盾纠纷",
    "elder_care": "养老助残",
    "environment": "环境卫生",
    "public_facility": "公共设施",
    "safety": "安全隐患",
    "errand": "代办跑腿",
    "policy": "政策咨询",
    "suggestion": "意见建议",
    "wish": "微心愿",
    "other": "其他诉求",
}


def _merged(defaults: dict[str, dict[str, Any]], given: object) -> object:
    """An operator's table names only what differs: `[clocks.normal] resolution` keeps our first_response."""
    if not isinstance(given, dict):
        return given
    names = [*defaults, *(name for name in given if name not in defaults)]
    return {
        name: {**defaults.get(name, {}), **given[name]}
        if isinstance(given.get(name), dict)
        else given.get(name, defaults.get(name))
        for name in names
    }


class DeskSettings(Section):
    """All tables of config.toml that the handlers read."""

    desk: Desk = Desk()
    clocks: dict[str, ClockSettings] = Field(default_factory=dict, validate_default=True)
    ladder: tuple[LadderStep, ...] = Field(default=DEFAULT_LADDER, validate_default=True)
    quiet_hours: QuietHours = QuietHours()
    working_time: WorkingTime = WorkingTime()
    digest: Digest = Digest()
    audit: Audit = Audit()
    privacy: Privacy = Privacy()
    types: dict[str, TypeSettings] = Field(default_factory=dict, validate_default=True)
    voice: Voice = Voice()
    classifier: ClassifierSettings = ClassifierSettings()

    @field_validator("clocks", mode="before")
    @classmethod
    def _default_clocks(cls, value: object) -> object:
        return _merged(DEFAULT_CLOCKS, value)

    @field_validator("types", mode="before")
    @classmethod
    def _default_types(cls, value: object) -> object:
        return _merged({code: {"name": name} for code, name in DEFAULT_TYPES.items()}, value)

    @model_validator(mode="after")
    def _clocks_are_whole(self) -> DeskSettings:
        known = {"emergency", "urgent", "normal", *self.types}
        for name in self.clocks:
            if name not in known:
                near = difflib.get_close_matches(name, sorted(known), n=1)
                raise ValueError(
                    f"clocks.{name}:没有这样的紧急程度(emergency、urgent、normal),也没有这样的类型"
                    + (f",是不是 {near[0]}?" if near else "")
                )
        return self

    def first_response(self, kind: str, urgency: str) -> Duration:
        """The urgency's clock; a type's own clock only counts for what is not pressing."""
        return self._clock(kind, urgency, "first_response")

    def resolution(self, kind: str, urgency: str) -> Duration:
        return self._clock(kind, urgency, "resolution")

    def next_update(self, kind: str, urgency: str) -> Duration | None:
        """How soon after the last news the next are due; None when nobody waits for any."""
        names = (kind, urgency) if urgency == "normal" else (urgency,)
        found = (getattr(self.clocks.get(name), "next_update", None) for name in names)
        return next((duration for duration in found if duration is not None), None)

    def _clock(self, kind: str, urgency: str, which: str) -> Duration:
        names = (kind, urgency, "normal") if urgency == "normal" else (urgency, "normal")
        for name in names:
            found: Duration | None = getattr(self.clocks.get(name), which, None)
            if found is not None:
                return found
        raise ValueError(f"no {which} clock for {kind}/{urgency}")

    @property
    def robot_name(self) -> str:
        """How members call the robot in a group."""
        return "小助手"

    def type_name(self, code: str) -> str:
        found = self.types.get(code)
        return (found.name if found else "") or code
