"""Who holds what, when; and what that lets them do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from paragraf.people.models import RoleKind

#: How long a mailed sign-in link lives.
SIGN_IN_LIFE = timedelta(minutes=30)
#: Sign-in letters to one person within the link's life; more are not sent, so that nobody can flood a mailbox.
SIGN_IN_LETTERS = 5


def holds_on(starts_on: date, ends_on: date | None, day: date) -> bool:
    """Whether something held from a day to a day, both included, is held on ``day``."""
    return starts_on <= day and (ends_on is None or day <= ends_on)


@dataclass(frozen=True)
class Powers:
    """What a person may do in the association on a day."""

    roles: frozenset[RoleKind]
    body_ids: frozenset[int]

    @property
    def office(self) -> bool:
        """May do the office's work: call meetings, write minutes, keep the register."""
        return bool(self.roles)

    @property
    def member(self) -> bool:
        """May read what the bodies' members read."""
        return self.office or bool(self.body_ids)


def may_send_sign_in(sent_at: Iterable[datetime], now: datetime) -> bool:
    """Whether one more sign-in letter may go to a person whose earlier links were made at ``sent_at``."""
    return sum(1 for moment in sent_at if now - moment < SIGN_IN_LIFE) < SIGN_IN_LETTERS
