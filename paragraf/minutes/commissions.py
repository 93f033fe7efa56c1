"""Commissions: who got them, and the duty to report them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.duties import operations as duties
from paragraf.duties.models import Anchor
from paragraf.duties.rules import Event, Words
from paragraf.minutes.following import Case, Following
from paragraf.minutes.models import Minutes
from paragraf.people import queries as people
from paragraf.people.models import Person, RoleKind


def follow_commission(case: Case) -> Following:
    """A duty to report it, with reminders to whoever got it."""
    persons = responsible(case.session, case.minutes, case.facts["assignee"], case.moment)
    due_on = date.fromisoformat(case.facts["due_on"])
    told = Words(
        "Uppdraget bevakas. %(names)s påminns om att redovisa det senast den %(day)s.",
        {"names": ", ".join(person.name for person in persons), "day": due_on},
    )
    return Following(told, lambda now, _actor: duties.plan(case.session, _event(case, due_on, now), now=now))


def _event(case: Case, due_on: date, now: datetime) -> Event:
    persons = responsible(case.session, case.minutes, case.facts["assignee"], now)
    return Event(
        association_id=case.minutes.association_id,
        anchor=Anchor.COMMISSION,
        subject="decision",
        subject_id=case.frozen.id,
        on=due_on,
        title=f"{case.facts['task']} ({case.source})",
        matter_id=case.row.matter_id,
        responsible=tuple(person.id for person in persons),
        body_ids=(case.minutes.meeting.body_id,),
    )


def responsible(session: Session, minutes: Minutes, assignee: str, now: datetime) -> list[Person]:
    """Who is meant by a commission's words: a person by name, or the holder of an office.

    Nobody by that name: the secretary is reminded instead, so that the commission is not forgotten.
    """
    association_id, today = minutes.association_id, local_date(now)
    wanted = assignee.casefold()
    named = [person for person in people.persons(session, association_id) if person.name.casefold() in wanted]
    if named:
        return named
    if "ordförande" in wanted and "vice" not in wanted:
        chair = people.chair_of(session, minutes.meeting.body_id, today)
        if chair is not None:
            return [chair]
    offices = {"förbundschef": RoleKind.DIRECTOR, "administratör": RoleKind.ADMINISTRATOR}
    role = next((role for word, role in offices.items() if word in wanted), RoleKind.SECRETARY)
    return people.holders(session, association_id, role, today) or [minutes.secretary]
