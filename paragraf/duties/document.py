"""From duties to the fields that the list of what is to be done prints, and to the Word file. It prints in Swedish."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.core.printing import print_date, print_month, print_period
from paragraf.duties import queries, rules
from paragraf.duties.document_fields import DutyLine, MonthLines, ReminderListFields
from paragraf.duties.models import Duty
from paragraf.duties.queries import Known
from paragraf.people import queries as people
from paragraf.people.models import Person
from paragraf.templates.rendering import render

OVERDUE = "Försenat"
#: So many of those who are reminded are named; of more, the rest are counted.
_NAMED = 3
_COUNTS = ("inget", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


@dataclass(frozen=True)
class Wanted:
    """What a list is made of: the days it is for, both included, and whose duties; None for the whole office's."""

    first: date
    last: date
    person: Person | None = None

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise RuleBroken("Perioden slutar innan den börjar. Byt plats på dagarna.")


def render_list(session: Session, association_id: int, wanted: Wanted, *, now: datetime) -> bytes:
    """What is to be done as a Word file, from the template ``reminder_list``."""
    return render(session, association_id, "reminder_list", list_fields(session, association_id, wanted, now=now))


def list_fields(session: Session, association_id: int, wanted: Wanted, *, now: datetime) -> ReminderListFields:
    """What the list prints: what is overdue first, whenever it was due, then the period's days month by month."""
    today = local_date(now)
    overdue, coming = _sorted_out(_duties(session, association_id, wanted.person, today), wanted, today)
    known = Known(session, today)
    months = [(OVERDUE, overdue)] if overdue else []
    months += [(_named(month), list(each)) for month, each in groupby(coming, lambda duty: duty.due_on.replace(day=1))]
    return ReminderListFields(
        association=people.association(session, association_id).name,
        period=print_period(wanted.first, wanted.last),
        made_on=print_date(today),
        addressee=", ".join(filter(None, [wanted.person.name, wanted.person.title])) if wanted.person else "",
        summary=summary(len(overdue) + len(coming), len(overdue)),
        months=tuple(MonthLines(name, tuple(_line(each, known, now) for each in found)) for name, found in months),
    )


def _duties(session: Session, association_id: int, person: Person | None, today: date) -> list[Duty]:
    if person is None:
        return queries.open_duties(session, association_id)
    return queries.own_duties(session, association_id, person.id, today=today)


def _sorted_out(found: Iterable[Duty], wanted: Wanted, today: date) -> tuple[list[Duty], list[Duty]]:
    """The overdue ones, and those of the period that are not."""
    overdue, coming = [], []
    for duty in found:
        if duty.due_on < today:
            overdue.append(duty)
        elif wanted.first <= duty.due_on <= wanted.last:
            coming.append(duty)
    return overdue, coming


def _line(duty: Duty, known: Known, now: datetime) -> DutyLine:
    late = duty.due_on < local_date(now)
    return DutyLine(
        # A month says its year; what is late may be of any.
        day=print_date(duty.due_on) if late else _without_year(duty.due_on),
        what=duty.title,
        source=duty.source,
        who=_who(known.recipients(duty)),
        status=str(rules.words(duty, now)),
        # Too late to be advice.
        recommended_day="" if late or duty.recommended_on == duty.due_on else _without_year(duty.recommended_on),
    )


def _who(persons: Sequence[Person]) -> str:
    names = [person.name for person in persons[:_NAMED]]
    rest = len(persons) - len(names)
    return ", ".join(names) + (f" och {rest} till" if rest else "")


def summary(count: int, overdue: int) -> str:
    """How much there is in one sentence: ``Åtta saker att göra, varav en är försenad.``"""
    if not count:
        return "Inget att göra under perioden."
    told = f"{_counted(count)} {'sak' if count == 1 else 'saker'} att göra"
    if overdue:
        told += f", varav {_counted(overdue)} är {'försenad' if overdue == 1 else 'försenade'}"
    return f"{told[:1].upper()}{told[1:]}."


def _counted(number: int) -> str:
    return _COUNTS[number] if number < len(_COUNTS) else str(number)


def _named(month: date) -> str:
    name = print_month(month)
    return f"{name[:1].upper()}{name[1:]}"


def _without_year(day: date) -> str:
    return print_date(day).rpartition(" ")[0]
