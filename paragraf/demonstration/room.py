"""What happened in the room at the demonstration's board meeting: a vote, a reservation, jäv, a substitute from a §."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.demonstration.people import Cast, Settled
from paragraf.meetings import attending
from paragraf.meetings import queries as meetings
from paragraf.meetings.attending import Mark
from paragraf.meetings.models import Meeting
from paragraf.minutes import queries, recusing, taking_up
from paragraf.minutes.models import MinuteItem, Minutes, RecusalGround
from paragraf.minutes.proceedings import Choice, Motion, MotionKind, Proceedings, Reservation, Vote
from paragraf.people.models import Mandate, Person

#: How long each § took, as far as the secretary noted.
STEP = timedelta(minutes=15)
#: The § that is voted on, the one with jäv, and the first of the substitute, by their place.
VOTED, DISQUALIFIED, SERVED = 2, 4, 5


def hold(session: Session, cast: Cast, settled: Settled, minutes: Minutes, actor: str) -> None:
    """Note who was there for which §, and who was disqualified."""
    meeting, now = minutes.meeting, minutes.meeting.ends_at
    rows = queries.item_rows(session, minutes)
    for place, row in enumerate(rows):
        taking_up.begin_item(session, row, at=meeting.starts_at + place * STEP, now=now, actor=actor)
    opened, closed = meeting.starts_at, meeting.ends_at - timedelta(minutes=10)
    attending.note_course(session, meeting, opened_at=opened, closed_at=closed, now=now, actor=actor)
    _relieve(session, cast, settled, meeting, rows, actor)
    recusing.recuse(
        session,
        rows[DISQUALIFIED],
        person=_person(session, settled, cast.members[1].seat[0]),
        ground=RecusalGround.REPRESENTATIVE,
        note="Är med i styrgruppen för folkhälsoplanen.",
        now=now,
        actor=actor,
    )


def proceedings(session: Session, cast: Cast, settled: Settled, place: int) -> Proceedings:
    """What was moved and voted in the § at the place; nothing in the others."""
    if place != VOTED:
        return Proceedings()
    mover, dissenter = (_person(session, settled, name).id for name in (cast.presidium[1], cast.members[-1].seat[0]))
    members = sorted(_person(session, settled, member.seat[0]).id for member in cast.members)
    return Proceedings(
        motions=(
            Motion((mover,), MotionKind.APPROVE),
            Motion((dissenter,), MotionKind.AMEND, "att sammanträdena hålls på torsdagar"),
        ),
        propositions="Ordföranden ställer förslaget mot ändringsyrkandet och finner att förslaget antas. "
        "Omröstning begärs.",
        votes=(
            Vote(
                question="Förslaget mot ändringsyrkandet",
                yes_means="förslaget",
                no_means="ändringsyrkandet",
                ballots=tuple((one, Choice.NO if one == dissenter else Choice.YES) for one in members),
            ),
        ),
        reservations=(Reservation(dissenter, "till förmån för eget yrkande", "09.50"),),
    )


def _relieve(
    session: Session, cast: Cast, settled: Settled, meeting: Meeting, rows: list[MinuteItem], actor: str
) -> None:
    """The last member leaves, and the member's own substitute serves from the § that follows."""
    name, substitute = cast.members[-1].seat
    leaving, coming = _person(session, settled, name), _person(session, settled, substitute)
    mark = Mark(meeting.starts_at + SERVED * STEP, rows[SERVED].id, rows[SERVED - 1].id)
    now: datetime = meeting.ends_at
    [presence] = [one for one in meetings.presences(session, meeting) if one.person_id == leaving.id]
    seat = session.scalars(
        select(Mandate).where(Mandate.body_id == meeting.body_id, Mandate.person_id == leaving.id)
    ).one()
    attending.end_presence(session, meeting, presence, until_at=mark, now=now, actor=actor)
    attending.record_presence(session, meeting, person=coming, from_at=mark, serves_for=seat, now=now, actor=actor)


def _person(session: Session, settled: Settled, name: str) -> Person:
    return session.merge(settled.persons[name])
