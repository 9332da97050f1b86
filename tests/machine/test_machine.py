"""Anybody does anything at any time: the ledger is always as the model says, and the desk's invariants always hold.

`make machine` runs many more examples than `make test`. Source: shared design, desk.md "Three axes" and "Moves".
"""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from handlers.rules import routing
from handlers.watching.alarms import NEEDS_A_LOOK
from storage.records import Request, Roster, State, TimerKind
from storage.session import Session
from tests.machine.model import BAD, OPEN, OVER, SATISFIED, SILENT, SOMEBODY, STANDING_STILL, Ledger, Matter
from tests.machine.office import LANES, PEOPLE, RESIDENTS, Entry, Office, View

pytestmark = [pytest.mark.slow, pytest.mark.timeout(0)]

EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES", "15"))
STEPS = int(os.environ.get("MACHINE_STEPS", "30"))
# Making a failure smaller takes minutes; thirty steps can be read as they are.
PHASES = list(Phase) if os.environ.get("MACHINE_SHRINK") else [Phase.explicit, Phase.generate]
MOST_MATTERS = 8
LONGEST = timedelta(days=25)  # a result can be called bad for thirty days

TROUBLES = ("楼道灯不亮了", "厨房水管漏了", "垃圾没人清运", "楼下有人打架吵得厉害", "井盖丢了", "闻到好大的煤气味")

members = st.sampled_from(sorted(PEOPLE))
workers = st.sampled_from(["m1", "m2", "m3"])
secretaries = st.sampled_from(["m6", "m6", "m6", "m7", "m1"])
residents = st.sampled_from(sorted(RESIDENTS))
numbers = st.integers(0, MOST_MATTERS - 1)
leaps = st.sampled_from([timedelta(minutes=10), timedelta(hours=3), timedelta(days=1), timedelta(days=4)])


class _NotNow(Exception):
    """There is nothing this move could be about."""


def _only_if(holds: object) -> None:
    if not holds:
        raise _NotNow


def _if_possible(move: Callable[..., None]) -> Callable[..., None]:
    """A move that is about nothing does nothing; Hypothesis' own `assume` would throw the whole story away."""

    @functools.wraps(move)
    def tried(*args: Any, **named: Any) -> None:
        with contextlib.suppress(_NotNow):
            move(*args, **named)

    return tried


class Town(RuleBasedStateMachine):
    """Everything people and time do to the requests of one place."""

    def __init__(self) -> None:
        super().__init__()
        self.office = Office().__enter__()
        self.seen = self.office.look()
        self.ledger = Ledger(self.seen.roster, self.office.clock.now().date())
        self.began = self.office.clock.now()
        self.residents = self.office.transact(self._ids)

    @staticmethod
    async def _ids(session: Session) -> dict[int, str]:
        return {(await session.conversations.find(openid))[0].id: openid for openid in RESIDENTS}  # type: ignore[index]

    def teardown(self) -> None:
        findings = self.office.audited()
        self.office.__exit__()
        assert not findings, findings

    # ── speaking ─────────────────────────────────────────────────────────────────────────────────

    def pick(self, n: int, fits: Callable[[Matter], bool] = lambda _: True) -> Matter:
        """A matter, one that fits if there is any: most moves shall be possible, but not all."""
        matters = list(self.ledger.matters.values())
        _only_if(matters)
        fitting = [one for one in matters if fits(one)] or matters
        return fitting[n % len(fitting)]

    def says(self, member: str, text: str) -> None:
        self.office.member_says(member, text)

    def own_says(self, one: Matter, text: str) -> None:
        _only_if(one.reporter)
        self.office.resident_says(self.residents[one.reporter], text)

    def take_down(self) -> Sequence[Entry]:
        """What the desk did that the model does not foresee: what words were taken for, and what time brought."""
        view = self.office.look()
        for number in view.requests.keys() - self.ledger.matters.keys():
            self.ledger.matters[number] = Matter.born(view.requests[number])
        return view.journal[len(self.seen.journal) :]

    # ── residents ────────────────────────────────────────────────────────────────────────────────

    @precondition(lambda self: len(self.ledger.matters) < MOST_MATTERS)
    @rule(who=residents, text=st.sampled_from(TROUBLES))
    @_if_possible
    def tells(self, who: str, text: str) -> None:
        before = set(self.ledger.matters)
        self.office.resident_says(who, text)
        self._heard(before)

    def _heard(self, before: set[int]) -> None:
        judged = set()
        for _, number, kind, _ in self.take_down():
            one = self.ledger.matters[number]
            if number in before and kind == "reopen":
                own = "" if one.verdict == SILENT else one.verdict
                self.ledger.reopen(one, BAD if number in judged else own)
            elif number in before and kind == "requester_replies":
                self.ledger.replies(number)
            elif number in before and kind == "rate":
                judged.add(number)
                one.verdict, one.heard = BAD, False
            elif number in before and kind == "dispatch":
                self.ledger.dispatch(one)

    @precondition(lambda self: len(self.ledger.matters) < MOST_MATTERS)
    @rule(who=workers, text=st.sampled_from(TROUBLES[:-1]))
    @_if_possible
    def is_told_by_phone(self, who: str, text: str) -> None:
        self.says(who, f"登记 {text}")
        self.take_down()

    @rule(n=numbers)
    @_if_possible
    def adds(self, n: int) -> None:
        one = self.pick(n, lambda one: one.state is State.WAITING_REQUESTER)
        _only_if(one.state is not State.GATHERING)
        self.own_says(one, f"补充 #{one.number} 就在门口")
        self.ledger.replies(one.number)

    @rule(n=numbers)
    @_if_possible
    def withdraws(self, n: int) -> None:
        one = self.pick(n)
        self.own_says(one, f"撤销{one.number}")
        if self.seen.requests[one.number].emergency_kind not in NEEDS_A_LOOK:
            self.ledger.withdraw(one.number)

    @rule(n=numbers, verdict=st.sampled_from([SATISFIED, BAD]))
    @_if_possible
    def rates(self, n: int, verdict: str) -> None:
        one = self.pick(n, lambda one: one.heard and not one.verdict)
        is_asked = one.state is State.RESOLVED or (one.state is State.MERGED and one.heard and not one.verdict)
        _only_if(is_asked or (one.state is State.CLOSED and verdict == BAD))
        self.own_says(one, f"{'满意' if verdict == SATISFIED else '没解决'} #{one.number}")
        self.ledger.rate(one.number, verdict)

    @rule(n=numbers, text=st.sampled_from(["催", "进度"]))
    @_if_possible
    def asks(self, n: int, text: str) -> None:
        one = self.pick(n, lambda one: one.state in OPEN)
        self.own_says(one, f"{text} {one.number}")

    # ── members ──────────────────────────────────────────────────────────────────────────────────

    @rule(who=members, n=numbers)
    @_if_possible
    def accepts(self, who: str, n: int) -> None:
        one = self.pick(n, lambda one: one.state in OPEN)
        self.says(who, f"接 {one.number}")
        self.ledger.accept(who, one.number)

    @rule(n=numbers)
    @_if_possible
    def takes_over(self, n: int) -> None:
        one = self.pick(n, lambda one: bool(one.offered))
        _only_if(one.offered)
        who = one.offered
        self.says(who, f"接 {one.number}")
        self.ledger.accept(who, one.number)

    @rule(
        who=members,
        n=numbers,
        words=st.sampled_from(
            [
                ("在路上了", State.IN_PROGRESS),
                ("请补充 是几楼", State.WAITING_REQUESTER),
                ("吹哨 要街道来人", State.WAITING_AGENCY),
                ("约好明天上午去", State.SCHEDULED),
            ]
        ),
    )
    @_if_possible
    def works(self, who: str, n: int, words: tuple[str, State]) -> None:
        one = self.pick(n, lambda one: one.state in OPEN)
        self.says(who, f"{one.number} {words[0]}")
        self.ledger.works_on(who, one.number, words[1], goes="路上" in words[0])

    @rule(who=members, n=numbers, by_holder=st.booleans())
    @_if_possible
    def resolves(self, who: str, n: int, by_holder: bool) -> None:
        one = self.pick(n, lambda one: one.state in OPEN)
        who = one.holder if by_holder and one.holder else who
        self.says(who, f"办结 {one.number} 换好了")
        self.ledger.resolve(who, one.number)

    @rule(who=members, n=numbers, by_holder=st.booleans())
    @_if_possible
    def gives_back(self, who: str, n: int, by_holder: bool) -> None:
        one = self.pick(n, lambda one: one.state in (State.DISPATCHED, State.ACCEPTED))
        who = (one.offered or one.holder or who) if by_holder else who
        self.says(who, f"退 {one.number} 不归我管")
        self.ledger.give_back(who, one.number)

    @rule(who=members, n=numbers, to=members, by_holder=st.booleans())
    @_if_possible
    def offers(self, who: str, n: int, to: str, by_holder: bool) -> None:
        one = self.pick(n, lambda one: one.state in OPEN)
        who = one.holder if by_holder and one.holder else who
        self.says(who, f"转 {one.number} 给{PEOPLE[to][0]}")
        self.ledger.offer(who, one.number, to)

    @rule(n=numbers, to=members)
    @_if_possible
    def rules_on_a_returned_one(self, n: int, to: str) -> None:
        one = self.pick(n, lambda one: one.state is State.RETURNED)
        self.says("m6", f"转 {one.number} 给{PEOPLE[to][0]}")
        self.ledger.offer("m6", one.number, to)

    @rule(who=members, n=numbers, m=numbers)
    @_if_possible
    def merges(self, who: str, n: int, m: int) -> None:
        one, into = self.pick(n), self.pick(m)
        self.says(who, f"并单 {one.number} {into.number}")
        self.ledger.merge(who, one.number, into.number)

    @rule(who=members, n=numbers)
    @_if_possible
    def parts(self, who: str, n: int) -> None:
        one = self.pick(n, lambda one: one.state is State.MERGED)
        self.says(who, f"拆单 {one.number}")
        self.ledger.part(who, one.number)

    # ── secretaries ──────────────────────────────────────────────────────────────────────────────

    @rule(who=secretaries, n=numbers)
    @_if_possible
    def suspends(self, who: str, n: int) -> None:
        one = self.pick(n, lambda one: one.state in OPEN)
        self.says(who, f"暂停 {one.number} 等材料")
        self.ledger.suspend(who, one.number)

    @rule(who=secretaries, n=numbers)
    @_if_possible
    def restores(self, who: str, n: int) -> None:
        one = self.pick(n, lambda one: one.state in (State.CANCELLED, State.DECLINED, State.SUSPENDED))
        self.says(who, f"恢复 {one.number}")
        self.ledger.restore(who, one.number)

    @rule(who=members, n=numbers)
    @_if_possible
    def says_it_is_not_well_done(self, who: str, n: int) -> None:
        one = self.pick(n, lambda one: one.state in (State.RESOLVED, State.CLOSED))
        self.says(who, f"重办 {one.number} 又坏了")
        self.ledger.restore(who, one.number)

    @rule(who=secretaries, n=numbers)
    @_if_possible
    def declines(self, who: str, n: int) -> None:
        one = self.pick(n, lambda one: one.state is State.RETURNED)
        self.says(who, f"不予受理 {one.number} 请找物业")
        self.ledger.decline(who, one.number)

    @rule(who=secretaries, n=numbers)
    @_if_possible
    def supervises(self, who: str, n: int) -> None:
        one = self.pick(n, lambda one: one.state in OPEN)
        self.says(who, f"督办 {one.number} 抓紧")
        self.ledger.supervise(who, one.number)

    @rule(who=members, n=numbers, order=st.sampled_from(["延期 {} 到后天 等材料", "同意延期 {}", "不同意延期 {} 抓紧"]))
    @_if_possible
    def bargains_for_time(self, who: str, n: int, order: str) -> None:
        one = self.pick(n)
        self.says(who, order.format(one.number))

    @rule(who=members, n=numbers, lane=st.sampled_from(LANES))
    @_if_possible
    def redirects(self, who: str, n: int, lane: str) -> None:
        one = self.pick(n, lambda one: one.state in OPEN)
        self.says(who, f"改地点 {one.number} {'东风胡同' if lane == 'a' else '西风胡同'}")
        self.ledger.redirect(who, one.number, lane)

    # ── people come and go ───────────────────────────────────────────────────────────────────────

    @rule(who=workers, to=members)
    @_if_possible
    def goes_on_leave(self, who: str, to: str) -> None:
        _only_if(who != to)
        self.says(who, f"请假三天 {PEOPLE[to][0]}替我")
        self._new_roster(who)

    @rule(who=workers)
    @_if_possible
    def comes_back(self, who: str) -> None:
        self.says(who, "销假")
        self._new_roster(who)

    @rule(who=workers, is_gone=st.booleans())
    @_if_possible
    def leaves_or_returns(self, who: str, is_gone: bool) -> None:
        member = replace(self.seen.roster.member[who], left_at=self.office.clock.now() if is_gone else None)
        self.office.roster_changes(lambda session: session.people.put_member(member))
        self._new_roster()
        self.time_has_passed()

    def _new_roster(self, whose: str = "") -> None:
        self.ledger.roster = self.office.look().roster
        for one in self.ledger.matters.values():
            if not whose or one.holder == whose:
                self.ledger.look_after(one)

    @precondition(lambda self: self.office.clock.now() - self.began < LONGEST)
    @rule(by=leaps)
    @_if_possible
    def time_goes_by(self, by: timedelta) -> None:
        self.office.time_passes(by)
        self.time_has_passed()

    def time_has_passed(self) -> None:
        self.ledger.today = self.office.clock.now().astimezone(self.began.tzinfo).date()
        self.ledger.look_after_all()
        for _, number, kind, actor in self.take_down():
            one = self.ledger.matters[number]
            if kind == "offer_expired":
                one.offered = ""
            elif kind == "rate" and actor == "desk":
                one.state = State.CLOSED if one.state is State.RESOLVED else one.state
                one.verdict = SILENT
            elif kind == "dispatch":
                self.ledger.dispatch(one)

    # ── what always holds ────────────────────────────────────────────────────────────────────────

    @invariant()
    def everything_holds(self) -> None:
        view = self.office.look()
        self._is_as_the_model_says(view)
        self._only_grows(view)
        for number, request in view.requests.items():
            assert _has_a_holder(request, view.roster), f"#{number} {request.holder}"
            assert _ends_in_a_root(request, view.requests), f"#{number} {request.state} {request.merged_into}"
            kinds = [timer.kind for timer in view.timers[number]]
            assert _timers_fit(request, kinds), f"#{number} {request.state} {kinds}"
        self.seen = view

    def _is_as_the_model_says(self, view: View) -> None:
        requests = view.requests
        assert requests.keys() == self.ledger.matters.keys()
        for number, one in self.ledger.matters.items():
            if one.supervisor == SOMEBODY:
                one.supervisor = requests[number].supervisor
                assert one.supervisor != one.holder, f"#{number}"
            assert _shown(requests[number]) == _expected(one), f"#{number}"

    def _only_grows(self, view: View) -> None:
        """Journal, versions, and who was first."""
        assert view.journal[: len(self.seen.journal)] == self.seen.journal
        for number, before in self.seen.requests.items():
            request = view.requests[number]
            assert before.first_responder in ("", request.first_responder), f"#{number}"
            assert request.version > before.version or request == before, f"#{number}"


def _shown(request: Request) -> dict[str, Any]:
    return {
        "state": request.state,
        "holder": request.holder,
        "first": request.first_responder,
        "workers": set(request.co_workers),
        "offered": request.offered_to,
        "into": request.merged_into,
        "supervisor": request.supervisor,
        "lane": request.lane,
        "accepted": request.accepted_at is not None,
        "paused": request.paused_at is not None,
        "verdict": request.rating,
        "heard": request.resolved_at is not None,
    }


def _expected(one: Matter) -> dict[str, Any]:
    stood_still = one.state is State.MERGED and one.before[-1:] and one.before[-1] in STANDING_STILL
    return {
        "state": one.state,
        "holder": one.holder,
        "first": one.first,
        "workers": one.workers,
        "offered": one.offered,
        "into": one.into,
        "supervisor": one.supervisor,
        "lane": one.lane,
        "accepted": one.is_accepted,
        "paused": bool(one.state in STANDING_STILL or stood_still),
        "verdict": one.verdict,
        "heard": one.heard,
    }


def _has_a_holder(request: Request, roster: Roster) -> bool:
    """An open request that was dispatched has one who is known and can be reached."""
    is_held = request.state.is_open and request.dispatched_at is not None
    return not is_held or routing.is_reachable(roster.member.get(request.holder))


def _ends_in_a_root(request: Request, requests: Mapping[int, Request]) -> bool:
    """The chain of what was merged into what has an end."""
    passed: set[int] = set()
    while request.state is State.MERGED:
        if request.merged_into is None or request.merged_into in passed:
            return False
        passed.add(request.merged_into)
        request = requests[request.merged_into]
    return request.merged_into is None


def _timers_fit(request: Request, kinds: list[TimerKind]) -> bool:
    if request.state is State.RESOLVED or (
        request.state is State.MERGED and request.resolved_at and not request.rating
    ):
        return kinds == [TimerKind.RATING]
    if request.state in OVER:
        return not kinds
    if request.dispatched_at is None:
        return kinds == [TimerKind.GATHERING]
    if request.state is State.RETURNED and kinds.count(TimerKind.HAND_OVER) != 1:
        return False
    if request.offered_to and kinds.count(TimerKind.HAND_OVER) != 1:
        return False
    return kinds.count(TimerKind.RESOLUTION) == (0 if request.paused_at else 1)


Town.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    database=None,
    phases=PHASES,
)
TestTown = Town.TestCase
