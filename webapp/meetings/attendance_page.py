"""The attendance page as it is shown: seats, vacancies, §§, and what is left open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from flask import g, render_template
from flask_wtf import FlaskForm

from forms.attendance import CourseForm, RecusalForm
from paragraf.core.dates import local
from paragraf.core.printing import print_time
from paragraf.meetings import attendance, queries, rules
from paragraf.meetings.models import Meeting
from paragraf.minutes import queries as minutes_queries
from paragraf.minutes.doubts import OpenBound, doubts
from paragraf.minutes.first_page import FirstPage
from paragraf.minutes.matrix import Matrix, matrix
from paragraf.minutes.models import MinuteItem
from paragraf.minutes.participation import Participation, Room
from paragraf.minutes.queries import Item
from paragraf.people import queries as people
from webapp.language import current


@dataclass(frozen=True)
class Items:
    """The §§ on the attendance page, and who decides each."""

    room: Room
    items: tuple[Item, ...]
    participations: dict[int, Participation]
    matrix: Matrix
    page: FirstPage
    doubts: tuple[OpenBound, ...]

    @property
    def numbers(self) -> dict[int, int]:
        """The § numbers by id."""
        return {one.row.id: one.number for one in self.items}

    @property
    def without_leader(self) -> list[Item]:
        """The §§ of which nobody knows who led them, once somebody is noted as there."""
        return [one for one in self.items if self.participations[one.row.id].leader is None]


def items_of(meeting: Meeting) -> Items | None:
    """The §§ of the meeting; None before its minutes are begun, or while they have none."""
    minutes = minutes_queries.find_minutes(g.session, g.association.id, meeting.id)
    items = minutes_queries.items(g.session, minutes) if minutes is not None else []
    if minutes is None or not items:
        return None
    room = Room(g.session, minutes, [one.row for one in items])
    told = room.participations()
    numbers = {one.row.id: one.number for one in items}
    return Items(
        room, tuple(items), told, matrix(room, told, numbers), FirstPage(room, told, numbers), tuple(doubts(room))
    )


def item_at(meeting: Meeting, item_id: int | None) -> MinuteItem | None:
    """The § of the id; None for none. Raises NotThere for a § that is not in the minutes."""
    if item_id is None:
        return None
    return minutes_queries.item(g.session, g.association.id, meeting.id, item_id)


def page(meeting: Meeting, form: FlaskForm | None = None) -> str:
    """The page; ``form``: with what was wrong in it."""
    planned = queries.planned(meeting)
    clock = rules.suggested_clock(planned, g.now, _noted(meeting))
    sheet = attendance.sheet(g.session, meeting, _suggested(meeting, clock))
    known = {row.person.id for row in (*sheet.members, *sheet.substitutes, *sheet.others)}
    return render_template(
        "meetings/attendance.html",
        meeting=meeting,
        sheet=sheet,
        form=form,
        clock=print_time(clock, current()),
        live=planned.covers(g.now),
        quorate=rules.is_quorate,
        needed=rules.votes_needed(sheet.seats),
        strangers=[person for person in people.persons(g.session, g.association.id) if person.id not in known],
        items=items_of(meeting),
        course=_course(meeting, form),
        recusal_form=form if isinstance(form, RecusalForm) else RecusalForm(formdata=None),
    )


def _suggested(meeting: Meeting, clock: time) -> datetime:
    # What is suggested never stands on the hour that is skipped in the spring: it is read off a moment.
    return rules.moment_in_meeting(queries.planned(meeting), clock)


def _noted(meeting: Meeting) -> list[datetime]:
    rows = queries.presences(g.session, meeting)
    opened = [meeting.opened_at] if meeting.opened_at else []
    return [*opened, *(moment for row in rows for moment in (row.from_at, row.until_at) if moment is not None)]


def _course(meeting: Meeting, form: FlaskForm | None) -> CourseForm:
    if isinstance(form, CourseForm):
        return form
    return CourseForm(
        formdata=None,
        opened=_clock_of(meeting.opened_at),
        closed=_clock_of(meeting.closed_at),
        distance_note=meeting.distance_note,
    )


def _clock_of(moment: datetime | None) -> time | None:
    return local(moment).time() if moment else None


def moment_of(meeting: Meeting, clock: time | None, after: datetime | None = None) -> datetime | None:
    """The moment of the meeting that the time of day means; None for none."""
    return rules.moment_in_meeting(queries.planned(meeting), clock, after) if clock else None
