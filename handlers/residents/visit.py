"""A resident's turn to speak: who he is, where the talk stands, and what both become."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from handlers.desk import Desk, Option
from handlers.texts import say
from storage.records import Conversation, Outgoing, Question, Request, Resident

MAX_TEXT = 3000  # characters kept of one request


def with_words(request: Request, words: str) -> Request:
    """The request with further words behind its own; what is beyond the limit stays in the journal."""
    return replace(request, text=f"{request.text} {words}".strip()[:MAX_TEXT])


@dataclass
class Visit:
    """One resident at one desk."""

    desk: Desk
    resident: Resident
    talk: Conversation
    held: tuple[Outgoing, ...] = ()  # what was said to him that he has not read
    goes_on: tuple[Request, ...] = ()  # what is being done for him who had left and is back with this message
    done: tuple[Request, ...] = ()  # what was done for him, and he left before he had judged it

    def has_not_read(self, kind: str, request: int) -> bool:
        return any((one.kind, one.request) == (kind, request) for one in self.held)

    @property
    def now(self) -> datetime:
        return self.desk.now

    @property
    def is_first(self) -> bool:
        """He has never spoken before: there is nothing he could go on about."""
        return self.talk.last_at is None

    def change(self, **changes: Any) -> None:
        """Move the talk on."""
        self.talk = replace(self.talk, **changes)

    def gather_on(self, request: Request) -> None:
        """Further words within the window belong to this request, up to the cap; words long after it open a new one."""
        until = self.now + self.desk.settings.desk.gathering_window
        if not self.is_late_for(request):
            until = min(until, self._cap(request))
        self.change(gathering=request.number, gathering_until=until, draft="")

    def is_late_for(self, request: Request) -> bool:
        """Has the time passed in which a request is first gathered?"""
        return self.now >= self._cap(request)

    def _cap(self, request: Request) -> datetime:
        return request.created_at + self.desk.settings.desk.gathering_cap

    def stop_gathering(self) -> None:
        self.change(gathering=None, gathering_until=None, draft="")

    @property
    def is_gathering(self) -> bool:
        until = self.talk.gathering_until
        return self.talk.gathering is not None and until is not None and self.now <= until

    @property
    def draft(self) -> str:
        """Half-sentences said within the window that were no request yet."""
        until = self.talk.gathering_until
        return self.talk.draft if self.talk.gathering is None and until is not None and self.now <= until else ""

    def keep_draft(self, text: str) -> None:
        window = self.desk.settings.desk.gathering_window
        self.change(draft=text[-500:], gathering=None, gathering_until=self.now + window)

    def ask(
        self, question: Question, request: Request | None, text: str, choices: tuple[tuple[str, str], ...] = ()
    ) -> None:
        """Ask one thing; `choices` are (what it stands for, label), tappable by their label."""
        options: tuple[Option, ...] = tuple((label, label) for _, label in choices)
        self.desk.answer_words(text, *options)
        self.change(
            question=question,
            question_request=request.number if request else None,
            choices=tuple(value for value, _ in choices),
        )

    def nothing_asked(self) -> None:
        self.change(question=Question.NONE, question_request=None, choices=())

    def mention_notice(self) -> None:
        """The privacy notice, once a version, with the first answer."""
        version = self.desk.settings.privacy.notice
        if self.resident.notice != version and self.desk.answers:
            self.desk.answer_words(say("resident.notice"))
            self.resident = replace(self.resident, notice=version)
