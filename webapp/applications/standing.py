"""Where a submitted application stands: what this room knows together with what meetings and minutes know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.applications.models import Application
from paragraf.applications.rules import State, state_of
from paragraf.grants import queries as granted
from paragraf.grants.models import Grant
from paragraf.meetings import queries as meetings
from paragraf.meetings.models import Meeting
from paragraf.minutes import decision_letters
from paragraf.minutes import queries as minutes
from paragraf.minutes.models import Decision
from paragraf.minutes.wording import punctuated
from paragraf.register import queries as register
from paragraf.register.models import Document


@dataclass(frozen=True)
class Standing:
    """The state, the meeting that will take the matter up or has, what verified minutes say, and the grants."""

    state: State
    coming: Meeting | None = None
    held: Meeting | None = None
    decisions: tuple[str, ...] = ()
    grants: tuple[Grant, ...] = ()


def standing_of(session: Session, application: Application, now: datetime) -> Standing:
    """Where the application stands at the moment."""
    matter = application.matter
    if matter is None:
        return Standing(State.DRAFT)
    grants = tuple(granted.grants_of(session, application))
    coming = meetings.coming_meeting_with(session, matter, now)
    held = None if coming else meetings.last_meeting_with(session, matter)
    decided = _verified_decisions(session, held, matter.id) if held else []
    state = state_of(
        submitted=True,
        granted=bool(grants),
        decided=bool(decided),
        on_agenda=coming is not None,
        treated=held is not None,
    )
    return Standing(state, coming, held, punctuated([one.text for one in decided]), grants)


@dataclass(frozen=True)
class DecisionLetter:
    """A letter that told a decision, as Word and, once it is made, as PDF."""

    word: Document
    pdf: Document | None


def decisions_of(session: Session, application: Application) -> list[DecisionLetter]:
    """The letters that told the applicant what was decided, the newest first."""
    sent = decision_letters.of_matter(session, application.matter) if application.matter else []
    return [DecisionLetter(word, register.pdf_of(session, word)) for word in sent]


def _verified_decisions(session: Session, meeting: Meeting, matter_id: int) -> list[Decision]:
    found = minutes.find_minutes(session, meeting.association_id, meeting.id)
    if found is None or found.verified_at is None:
        return []
    by_item = minutes.decisions(session, found)
    own = (row.id for row in minutes.item_rows(session, found) if row.matter_id == matter_id)
    return [decision for item_id in own for decision in by_item.get(item_id, [])]
