"""What ought to become of a request, told a second time and as simply as possible, from the shared design alone.

Nothing of `handlers` but the pure routing (who answers for a place) is used here: a rule that is wrong there must not
be copied. Every move is a function of the ledger that changes matters in place and does nothing where the design says
that it is not possible.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from handlers.rules import routing
from storage.records import Request, Roster, State

S = State
ASKED_FOR = {S.RECEIVED, S.DISPATCHED, S.RETURNED}
IN_HAND = {S.ACCEPTED, S.IN_PROGRESS, S.WAITING_REQUESTER, S.WAITING_AGENCY, S.SCHEDULED}
TAKES_OVER = {S.IN_PROGRESS, S.SCHEDULED, S.RESOLVED}  # what is said of an offer by whom it was offered to
OVER = {S.CLOSED, S.MERGED, S.DECLINED, S.CANCELLED}
OPEN = set(S) - OVER - {S.RESOLVED}
STANDING_STILL = {S.WAITING_REQUESTER, S.SUSPENDED}
SATISFIED, BAD, SILENT = "good", "bad", "unrated"
SOMEBODY = "*"


@dataclass
class Matter:
    """One request, as far as the model cares. `heard`: its resident was told a result; `verdict`: his word about it."""

    number: int
    reporter: int
    lane: str
    state: State
    holder: str
    unit: str = "ss"
    first: str = ""
    workers: set[str] = field(default_factory=set)
    offered: str = ""
    into: int | None = None
    before: tuple[State, ...] = ()
    is_accepted: bool = False
    supervisor: str = ""
    heard: bool = False
    verdict: str = ""
    is_emergency: bool = False
    logged: str = ""  # who wrote it down for somebody

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @classmethod
    def born(cls, request: Request) -> Matter:
        """What words became is for the classifiers to say; from then on it is ours."""
        return cls(
            request.number,
            request.reporter,
            request.lane,
            request.state,
            request.holder,
            unit=request.unit,
            into=request.merged_into,
            before=request.came_from,
            is_emergency=request.urgency == "emergency",
            logged=request.logged_by,
        )


@dataclass
class Ledger:
    """All matters, and the roster of today."""

    roster: Roster
    today: date
    matters: dict[int, Matter] = field(default_factory=dict)

    # ── who ──────────────────────────────────────────────────────────────────────────────────────

    def is_secretary(self, member: str, one: Matter) -> bool:
        return routing.is_secretary(self.roster, member, one.lane, one.unit, self.today)

    def knows(self, member: str, one: Matter) -> bool:
        if not routing.is_reachable(self.roster.member.get(member)):  # who has left is a stranger
            return False
        if member in (one.holder, one.offered, one.supervisor, one.logged, *one.workers):
            return True
        return routing.may_act(self.roster, member, one.lane, one.unit, self.today)

    def _hears(self, member: str, number: int) -> Matter | None:
        """The request, if he may speak of it as of work to be done; of what was merged, what it is part of."""
        one = self.matters[number]
        if one.state is S.MERGED and self.knows(member, one):
            one = self.root(number)
        return one if self.knows(member, one) and one.is_open else None

    def _answerable(self, one: Matter) -> str:
        return next(iter(routing.answerable(self.roster, one.lane, one.unit, self.today)), "")

    def _in_charge(self, member: str, one: Matter) -> bool:
        return member in (one.holder, *one.workers) or self.is_secretary(member, one)

    # ── members ──────────────────────────────────────────────────────────────────────────────────

    def accept(self, member: str, number: int) -> None:
        one = self._hears(member, number)
        if one is None or (one.holder == member and one.offered != member and one.state not in ASKED_FOR):
            return
        if one.offered == member:
            one.holder, one.offered, one.first = member, "", one.first or member
            one.workers.discard(member)
            if one.state in ASKED_FOR:
                one.state, one.is_accepted = S.ACCEPTED, True
        elif one.is_accepted and one.state is not S.RETURNED:
            self._join(member, one)
        elif one.state in ASKED_FOR:
            one.state, one.holder, one.first = S.ACCEPTED, member, one.first or member
            one.is_accepted, one.offered = True, ""

    def _join(self, member: str, one: Matter) -> None:
        if member != one.holder:
            one.workers.add(member)

    def _works(self, member: str, one: Matter, target: State) -> None:
        """Words about a matter take it, or make their speaker a co-worker; a promise or a report takes an offer."""
        is_free = one.state is S.RETURNED or (one.state in ASKED_FOR and not one.is_accepted)
        if is_free or (one.offered == member and target in TAKES_OVER):
            self.accept(member, one.number)
        elif not one.is_accepted:  # suspended before anybody took it
            one.holder, one.first, one.is_accepted, one.offered = member, one.first or member, True, ""
        elif not self._in_charge(member, one):
            self._join(member, one)

    def works_on(self, member: str, number: int, target: State, *, goes: bool) -> None:
        """在路上, 请补充, 吹哨, 约好. An emergency is taken by who says that he is going, or calls for help."""
        one = self._hears(member, number)
        if one and one.is_emergency and not one.is_accepted and not goes and target is not S.WAITING_AGENCY:
            return
        if one is not None and one.state in IN_HAND | ASKED_FOR:
            if target is S.WAITING_REQUESTER and not one.reporter:
                return
            self._works(member, one, target)
            one.state = target

    def resolve(self, member: str, number: int) -> None:
        one = self._hears(member, number)
        if one is None or one.state is S.GATHERING:
            return
        self._works(member, one, S.RESOLVED)
        one.state, one.offered, one.before = S.RESOLVED, "", ()
        one.heard = True
        for other in self.followers(one.number):
            if other.reporter and other.verdict != SATISFIED:  # who telephoned is told by nobody's phone
                other.heard, other.verdict = True, ""
        if not one.reporter:
            one.state, one.verdict = S.CLOSED, SILENT

    def give_back(self, member: str, number: int) -> None:
        one = self._hears(member, number)
        if one is None:
            return
        if one.offered == member:
            one.offered = ""
        elif one.holder == member and one.state in {S.DISPATCHED, S.ACCEPTED, S.IN_PROGRESS}:
            one.state, one.offered = S.RETURNED, ""

    def offer(self, member: str, number: int, to: str) -> None:
        one = self._hears(member, number)
        if one is None or not routing.is_reachable(self.roster.member.get(to)) or to == member:
            return
        is_ruling = one.state is S.RETURNED and self.is_secretary(member, one)
        if to == one.holder and not is_ruling:
            if one.offered == member:  # who was asked says that it is the holder's: he does not take it
                one.offered = ""
            return
        here = routing.stand_in(self.roster, to, self.today)
        if here != to and here in ("", member, one.holder):
            return
        to = here
        if is_ruling:
            one.state, one.holder, one.offered, one.is_accepted = S.DISPATCHED, to, "", False
        elif one.holder == member or self.is_secretary(member, one) or not one.is_accepted:
            one.offered = to

    # ── residents ────────────────────────────────────────────────────────────────────────────────

    def replies(self, number: int) -> None:
        one = self.matters[number]
        if one.state is S.WAITING_REQUESTER:
            one.state = S.IN_PROGRESS

    def withdraw(self, number: int) -> None:
        one = self.matters[number]
        if not (one.is_open or (one.state is S.MERGED and not one.heard)):
            return
        if one.state is S.MERGED:
            for other in self._direct_followers(number):
                other.into = one.into
            one.state, one.before, one.into = one.before[-1], one.before[:-1], None
        else:
            self._inherit(one)
        one.before, one.state = (*one.before, one.state), S.CANCELLED

    def _inherit(self, one: Matter) -> None:
        waiting = self.followers(one.number)
        heir = next((other for other in waiting if other.verdict != SATISFIED), next(iter(waiting), None))
        if heir is None:
            return
        heir.state, heir.before, heir.into, heir.heard = one.state, one.before, None, False
        heir.holder, heir.first, heir.is_accepted = one.holder, heir.first or one.first, one.is_accepted
        heir.offered = one.offered
        heir.workers, heir.supervisor, heir.lane, heir.unit = set(one.workers), one.supervisor, one.lane, one.unit
        if heir.state is S.WAITING_REQUESTER:  # the question was another one's
            heir.state = S.IN_PROGRESS
        for other in waiting:
            if other.into == one.number:
                other.into = heir.number

    def rate(self, number: int, verdict: str) -> None:
        one = self.matters[number]
        if one.state is S.MERGED and one.heard and not one.verdict:
            one.verdict, one.heard = verdict, verdict != BAD
            root = self.root(number)
            if verdict == BAD and root.state in {S.RESOLVED, S.CLOSED}:
                self.reopen(root, root.verdict if root.verdict != SILENT else "")
        elif one.state is S.RESOLVED and verdict != BAD:
            one.state, one.verdict = S.CLOSED, verdict
        elif one.state in {S.RESOLVED, S.CLOSED} and verdict == BAD:
            self.reopen(one)

    def reopen(self, one: Matter, verdict: str = BAD) -> None:
        """Back to who took it first; `verdict` is its own resident's. Who looks on from now on stands in the ladder,
        which the model does not know."""
        before, again = one.holder, routing.stand_in(self.roster, one.first or one.holder, self.today)
        one.holder = again or self._answerable(one) or one.holder
        if routing.stand_in(self.roster, before, self.today) == before:  # who did it works along
            one.workers.add(before)
        one.workers.discard(one.holder)
        one.state, one.heard, one.verdict, one.supervisor = S.IN_PROGRESS, False, verdict, SOMEBODY
        for other in self.followers(one.number):
            if other.heard and not other.verdict:
                other.heard = False

    # ── several and one ──────────────────────────────────────────────────────────────────────────

    def root(self, number: int) -> Matter:
        one = self.matters[number]
        while one.state is S.MERGED and one.into:
            one = self.matters[one.into]
        return one

    def _direct_followers(self, number: int) -> list[Matter]:
        return [one for _, one in sorted(self.matters.items()) if one.into == number and one.state is S.MERGED]

    def followers(self, number: int) -> list[Matter]:
        found = self._direct_followers(number)
        below = [other for one in found for other in self.followers(one.number)]
        return sorted((*found, *below), key=lambda one: one.number)

    def merge(self, member: str, number: int, into: int) -> None:
        one, root = self.matters[number], self.root(into)
        if not self.knows(member, one) or not self.knows(member, self.matters[into]):
            return
        if one.is_open and root.is_open and root.state is not S.GATHERING and root is not one:
            one.before, one.state, one.into = (*one.before, one.state), S.MERGED, root.number

    def part(self, member: str, number: int) -> None:
        one = self.matters[number]
        if member and one.verdict == SATISFIED:  # his resident is content with what was done for both
            return
        if one.state is S.MERGED and (not member or self.knows(member, one)):
            one.state, one.before, one.into = one.before[-1], one.before[:-1], None
            if one.heard:  # what he was told was another one's result
                one.heard, one.verdict = False, ""
            self._goes_on(one)

    def _goes_on(self, one: Matter) -> None:
        """What never had a holder gets one now; who cannot be reached any more is followed by who can."""
        if not one.holder or one.state is S.GATHERING:
            self.dispatch(one)
        self.look_after(one)

    def dispatch(self, one: Matter) -> None:
        one.state, one.holder, one.is_accepted = S.DISPATCHED, self._answerable(one), False

    # ── secretaries ──────────────────────────────────────────────────────────────────────────────

    def suspend(self, member: str, number: int) -> None:
        one = self.matters[number]
        if self.is_secretary(member, one) and one.state in OPEN - {S.GATHERING, S.SUSPENDED}:
            one.before, one.state = (*one.before, one.state), S.SUSPENDED

    def restore(self, member: str, number: int) -> None:
        one = self.matters[number]
        if one.state in {S.RESOLVED, S.CLOSED}:  # it was not well done, says who knows
            if self.knows(member, one) and (member == one.first or self._in_charge(member, one)):
                self.reopen(one, "")
        elif self.is_secretary(member, one) and one.state in {S.CANCELLED, S.DECLINED, S.SUSPENDED}:
            one.state, one.before = one.before[-1], one.before[:-1]
            self._goes_on(one)

    def decline(self, member: str, number: int) -> None:
        one = self.matters[number]
        if not self.is_secretary(member, one):
            return
        if one.state in {S.DISPATCHED, S.ACCEPTED, S.IN_PROGRESS}:  # as if it had been given back first
            one.state = S.RETURNED
        if one.state in {S.RECEIVED, S.RETURNED}:
            one.before, one.state = (*one.before, one.state), S.DECLINED

    def supervise(self, member: str, number: int) -> None:
        one = self.matters[number]
        if self.is_secretary(member, one) and one.is_open and one.holder:
            one.supervisor = member

    def redirect(self, member: str, number: int, lane: str) -> None:
        one = self.matters[number]
        if not self.knows(member, one) or not self._in_charge(member, one) or one.lane == lane:
            return
        if one.state in IN_HAND | ASKED_FOR:
            one.lane, one.offered, one.workers, one.is_accepted = lane, "", set(), False
            one.before = ()
            self.dispatch(one)

    # ── custody ──────────────────────────────────────────────────────────────────────────────────

    def look_after_all(self) -> None:
        for one in self.matters.values():
            self.look_after(one)

    def look_after(self, one: Matter) -> None:
        """An open request is held by somebody who is there."""
        if not one.is_open or not one.holder:
            return
        heir = routing.stand_in(self.roster, one.holder, self.today) or self._answerable(one)
        if heir and heir != one.holder:
            one.holder = heir
            one.offered = "" if one.offered == heir else one.offered
