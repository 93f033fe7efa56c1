"""What follows from one decision, as values: the case that is looked at, and what is to be made of it.

Each kind of outcome has a function from a case to what follows. It only looks, so that a page can foretell it while the
minutes are written (a GET never writes), and raises RuleBroken where it cannot be made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from paragraf.applications.models import Application
from paragraf.core.dates import local_date
from paragraf.core.printing import print_iso_date
from paragraf.duties.rules import Words
from paragraf.minutes.models import Decision, MinuteItem, Minutes, Verb


class Decided(Protocol):
    """A clause as it is or would be frozen; rows of models.Decision have it."""

    @property
    def verb(self) -> Verb: ...
    @property
    def text(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Case:
    """One decision of one §."""

    session: Session
    minutes: Minutes
    row: MinuteItem
    #: The § as it is printed, such as "§ 626", provisional while the minutes are written.
    paragraph: str
    verb: Verb
    #: What demands.facts made of the clause.
    facts: Mapping[str, Any]
    #: All clauses of the §, this one among them.
    decided: Sequence[Decided]
    #: The application that the §'s matter is, if it is one.
    application: Application | None
    #: From when on a meeting is a coming one.
    moment: datetime
    #: The frozen clause; None while the outcome is only foretold.
    decision: Decision | None = None

    @property
    def decided_on(self) -> date:
        """The day of the meeting."""
        return local_date(self.minutes.meeting.starts_at)

    @property
    def source(self) -> str:
        """Where it was decided: ``Styrelsen 2026-04-09 § 628``."""
        return f"{self.minutes.meeting.body.name} {print_iso_date(self.decided_on)} {self.paragraph}"

    @property
    def frozen(self) -> Decision:
        """The clause that is acted on."""
        assert self.decision is not None, "an outcome that is only foretold is not made"
        return self.decision


#: Makes what follows, in the caller's transaction; takes the moment and who acts.
Make = Callable[[datetime, str], Any]


def _nothing(_now: datetime, _actor: str) -> None:
    return None


@dataclass(frozen=True)
class Following:
    """What follows from a decision: told in words (a source for translation), and made when the § is verified."""

    told: Words
    make: Make = field(default=_nothing)
