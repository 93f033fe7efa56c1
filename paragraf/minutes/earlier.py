"""What earlier minutes said of an item that goes on: its §, its day and its decision; and the source that shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from paragraf.core.dates import local_date
from paragraf.core.errors import N_
from paragraf.core.printing import print_date
from paragraf.duties.rules import Words
from paragraf.meetings import continuing
from paragraf.meetings.models import AgendaItem, Meeting
from paragraf.meetings.sources import Act, Candidate, Source
from paragraf.minutes.models import Decision, MinuteItem, Minutes


@dataclass(frozen=True)
class Earlier:
    """The § that an agenda item became: its meeting, its number once that is fixed, its clauses as they were frozen."""

    meeting_id: int
    day: date
    number: int | None
    is_verified: bool
    clauses: tuple[str, ...]

    @property
    def line(self) -> str:
        """In Swedish, as it is printed: ``9 april 2026, § 12: att bordlägga ärendet till nästa sammanträde``."""
        number = f", § {self.number}" if self.number is not None else ""
        said = f": {'; '.join(self.clauses)}" if self.clauses else ""
        return f"{print_date(self.day)}{number}{said}"


def earlier(session: Session, association_id: int, item_ids: Iterable[int]) -> dict[int, Earlier]:
    """The § of each agenda item that became one, by the item's id. Two questions to the database."""
    wanted = (
        select(MinuteItem)
        .join(MinuteItem.minutes)
        .join(Minutes.meeting)
        .where(
            MinuteItem.association_id == association_id,
            MinuteItem.agenda_item_id.in_(set(item_ids)),
            MinuteItem.removed_at.is_(None),
        )
        .options(contains_eager(MinuteItem.minutes).contains_eager(Minutes.meeting), joinedload(MinuteItem.allocation))
    )
    rows = list(session.scalars(wanted))
    clauses = _clauses(session, rows)
    return {row.agenda_item_id: _told(row, clauses[row.id]) for row in rows if row.agenda_item_id is not None}


def _told(row: MinuteItem, clauses: list[str]) -> Earlier:
    minutes = row.minutes
    is_verified = minutes.verified_at is not None or (
        row.immediate is not None and row.immediate.verified_at is not None
    )
    number = row.allocation.number if row.allocation else None
    return Earlier(minutes.meeting_id, local_date(minutes.meeting.starts_at), number, is_verified, tuple(clauses))


def _clauses(session: Session, rows: list[MinuteItem]) -> dict[int, list[str]]:
    wanted = (
        select(Decision)
        .join(MinuteItem, MinuteItem.id == Decision.minute_item_id)
        .where(MinuteItem.id.in_([row.id for row in rows]), Decision.edition == MinuteItem.edition)
        .order_by(Decision.minute_item_id, Decision.position)
    )
    sorted_out: dict[int, list[str]] = defaultdict(list)
    for one in session.scalars(wanted):
        sorted_out[one.minute_item_id].append(one.text)
    return sorted_out


# --- the source -----------------------------------------------------------------------------------------------------


def _found(session: Session, meeting: Meeting, _now: datetime) -> list[Candidate]:
    left = [one for one in continuing.left_items(session, meeting.body) if one.meeting_id != meeting.id]
    chains = {one.id: [one, *continuing.earlier_items(one)] for one in left}
    said = earlier(session, meeting.association_id, (each.id for chain in chains.values() for each in chain))
    return [
        Candidate(
            one.id,
            one.heading,
            _why(one),
            one.matter,
            history=tuple(said[each.id].line for each in chains[one.id] if each.id in said),
        )
        for one in left
    ]


def _why(item: AgendaItem) -> Words:
    day = {"day": local_date(item.meeting.starts_at)}
    if item.meeting.cancelled_at is not None:
        return Words(N_("Sammanträdet %(day)s ställdes in"), day)
    return Words(N_("Kom tillbaka från sammanträdet %(day)s"), day)


def _draw(session: Session, meeting: Meeting, candidate: Candidate, act: Act) -> AgendaItem:
    item = session.get_one(AgendaItem, candidate.row_id)
    lines = "\n".join(f"- {line}" for line in candidate.history)
    history = f"Ärendet har behandlats tidigare:\n\n{lines}" if lines else ""
    return continuing.carry_item(session, item, meeting, history=history, now=act.now, actor=act.actor)


RETURNED = Source("returned", N_("Bordlagt, återremitterat och från inställda sammanträden"), _found, _draw)
