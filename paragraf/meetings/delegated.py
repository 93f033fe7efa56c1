"""Delegated decisions are told to the body: one agenda item with all that it has not been told of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import N_
from paragraf.core.printing import print_date
from paragraf.delegation import operations as delegation
from paragraf.delegation import queries as delegated
from paragraf.delegation.models import DelegatedDecision
from paragraf.duties.rules import Words
from paragraf.meetings import agenda
from paragraf.meetings.agenda import Origin
from paragraf.meetings.attachments import add_reference
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting
from paragraf.meetings.sources import Act, Candidate, Source
from paragraf.people.models import Body

KEY = "delegated_decision"


def telling_items(session: Session, decisions: Sequence[DelegatedDecision]) -> dict[int, AgendaItem]:
    """The agenda item that tells of each decision, by the decision's id.

    One that was withdrawn, that came back, or whose meeting was cancelled tells nothing.
    """
    wanted = (
        select(AgendaItem)
        .join(AgendaItem.meeting)
        .where(
            AgendaItem.id.in_({one.told_in_id for one in decisions if one.told_in_id is not None}),
            AgendaItem.withdrawn_at.is_(None),
            AgendaItem.returned_at.is_(None),
            Meeting.cancelled_at.is_(None),
        )
    )
    found = {item.id: item for item in session.scalars(wanted)}
    return {one.id: found[one.told_in_id] for one in decisions if one.told_in_id in found}


def untold(session: Session, body: Body) -> list[DelegatedDecision]:
    """Decisions made for the body that no agenda tells of, by number."""
    made = delegated.decisions_of(session, body)
    told = telling_items(session, made)
    return [one for one in made if one.id not in told]


def _found(session: Session, meeting: Meeting, _now: datetime) -> list[Candidate]:
    waiting = untold(session, meeting.body)
    if not waiting:
        return []
    names = ", ".join(one.designation for one in waiting)
    why = Words(N_("%(count)s beslut är inte anmälda: %(names)s"), {"count": len(waiting), "names": names})
    return [Candidate(meeting.body_id, N_("Anmälan av delegationsbeslut"), why)]


def _draw(session: Session, meeting: Meeting, candidate: Candidate, act: Act) -> AgendaItem:
    waiting = untold(session, meeting.body)
    item = agenda.add_item(
        session,
        meeting,
        kind=ItemKind.REPORT,
        heading=candidate.heading,
        background="Beslut som har fattats på delegation (lag 2003:1210, 10 §):\n\n" + "\n".join(map(_line, waiting)),
        proposal="att lägga anmälan av delegationsbesluten till handlingarna",
        origin=Origin(KEY, candidate.row_id),
        now=act.now,
        actor=act.actor,
    )
    for one in waiting:
        delegation.tell(session, one, item.id, now=act.now, actor=act.actor)
        if one.document is not None:
            add_reference(session, meeting, item, one.document.title[:200], one.document)
    return item


def _line(one: DelegatedDecision) -> str:
    matter = f", dnr {one.matter.register_number}" if one.matter else ""
    return (
        f"- {one.designation}, {print_date(one.decided_on)}: {one.heading}. "
        f"Punkt {one.point.number}, {one.decided_by.name}{matter}."
    )


DELEGATED = Source(KEY, N_("Delegationsbeslut som inte är anmälda"), _found, _draw)
