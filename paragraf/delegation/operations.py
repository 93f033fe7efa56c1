"""Verbs of the delegation room: write the order's points, end them, register decisions made by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.number_series import Subject, allocate
from paragraf.delegation import rules
from paragraf.delegation.models import DelegatedDecision, DelegationPoint
from paragraf.people.models import Body, Person
from paragraf.questions.scalars import clean
from paragraf.register.models import Direction, DocumentKind, Matter
from paragraf.register.operations import file_document
from paragraf.register.uploads import check_upload

#: The yearly series of delegated decisions.
SERIES = "delegation"


@dataclass(frozen=True)
class PointText:
    """A point of the order: its number there, the group of matters, who may decide, by which decision."""

    number: str
    matters: str
    delegate: str
    source: str


@dataclass(frozen=True)
class File:
    """A file as it came."""

    filename: str
    content: bytes


# --- the order ------------------------------------------------------------------------------------------------------


def add_point(
    session: Session, body: Body, text: PointText, *, valid_from: date, now: datetime, actor: str
) -> DelegationPoint:
    """A point that holds from a day on.

    Raises RuleBroken for an empty part, and when a point with the number holds already that day.
    """
    _lock(session, body)
    words = _checked(text)
    holds = select(DelegationPoint).where(DelegationPoint.body_id == body.id, DelegationPoint.number == words.number)
    for one in session.scalars(holds):
        if one.valid_to is None or one.valid_to >= valid_from:
            raise RuleBroken(
                "Punkt %(number)s gäller redan då. Avsluta den först, med en dag före den nya.",
                field="number",
                number=words.number,
            )
    row = DelegationPoint(
        association_id=body.association_id,
        body_id=body.id,
        number=words.number,
        matters=words.matters,
        delegate=words.delegate,
        source=words.source,
        valid_from=valid_from,
    )
    session.add(row)
    session.flush()
    _record(session, row, "add", "delegation_point", now, actor, number=row.number)
    return row


def end_point(session: Session, point: DelegationPoint, *, last_day: date, now: datetime, actor: str) -> None:
    """Let the point hold to the day, which is included. Raises RuleBroken for a day before it began or decisions."""
    _lock(session, point.body)
    session.refresh(point)
    if last_day < point.valid_from:
        raise RuleBroken("Punkten gäller från %(day)s.", field="last_day", day=point.valid_from)
    later = select(DelegatedDecision.decided_on).where(
        DelegatedDecision.point_id == point.id, DelegatedDecision.decided_on > last_day
    )
    decided_on = session.scalar(later.order_by(DelegatedDecision.decided_on.desc()).limit(1))
    if decided_on is not None:
        raise RuleBroken(
            "Ett beslut fattades med stöd av punkten %(day)s. Den kan inte avslutas före dess.",
            field="last_day",
            day=decided_on,
        )
    point.valid_to = last_day
    session.flush()
    _record(session, point, "end", "delegation_point", now, actor, number=point.number)


# --- decisions ------------------------------------------------------------------------------------------------------


def register_decision(
    session: Session,
    point: DelegationPoint,
    *,
    decided_on: date,
    decided_by: Person,
    heading: str,
    text: str,
    matter: Matter | None = None,
    file: File | None = None,
    now: datetime,
    actor: str,
) -> DelegatedDecision:
    """Register a decision made by delegation, under the year's next number, for good.

    The year is that of the decision. Raises RuleBroken as ``rules.check`` does, and for a file that is not taken;
    NotThere for another association's person or matter.
    """
    _lock(session, point.body)
    session.refresh(point)
    if decided_by.association_id != point.association_id:
        raise NotThere("Personen finns inte.")
    if matter is not None and matter.association_id != point.association_id:
        raise NotThere("Ärendet finns inte i diariet.")
    heading, text = " ".join(clean(heading).split()), clean(text)
    rules.check(point, decided_on=decided_on, today=local_date(now), heading=heading, text=text)
    row = DelegatedDecision(
        association_id=point.association_id,
        year=decided_on.year,
        number=_next_number(session, point.association_id, decided_on.year, now, actor),
        point=point,
        decided_on=decided_on,
        decided_by_id=decided_by.id,
        heading=heading,
        text=text,
        matter_id=matter.id if matter else None,
        recorded_at=now,
        recorded_by=actor,
    )
    session.add(row)
    session.flush()
    if file is not None:
        _file(session, row, file, now, actor)
    _record(session, row, "register", "delegated_decision", now, actor, designation=row.designation)
    return row


def _next_number(session: Session, association_id: int, year: int, now: datetime, actor: str) -> int:
    # The log before the series, as in register.open_matter.
    log.hold(session, association_id)
    return allocate(
        session, association_id, SERIES, Subject.DELEGATED_DECISION, now=now, by=actor, period=str(year)
    ).number


def tell(session: Session, row: DelegatedDecision, agenda_item_id: int, *, now: datetime, actor: str) -> None:
    """Say that the agenda item tells the body of the decision; an earlier item that did not come to it is forgotten."""
    row.told_in_id = agenda_item_id
    session.flush()
    _record(session, row, "tell", "delegated_decision", now, actor, designation=row.designation)


def _file(session: Session, row: DelegatedDecision, file: File, now: datetime, actor: str) -> None:
    media_type = check_upload(file.filename, file.content, settings_of(session).upload_mb)
    row.document = file_document(
        session,
        association_id=row.association_id,
        matter=row.matter,
        kind=DocumentKind.DELEGATED_DECISION,
        direction=Direction.MADE,
        title=f"Delegationsbeslut {row.designation}: {row.heading}"[:300],
        filename=file.filename,
        media_type=media_type,
        content=file.content,
        now=now,
        actor=actor,
    )
    session.flush()


def _checked(text: PointText) -> PointText:
    words = PointText(
        *(" ".join(clean(each).split()) for each in (text.number, text.matters, text.delegate, text.source))
    )
    asked = {
        "number": "Skriv punktens nummer i delegationsordningen.",
        "matters": "Skriv vilken grupp av ärenden punkten gäller.",
        "delegate": "Skriv vem som får besluta.",
        "source": "Skriv vilket beslut delegationen bygger på, till exempel styrelsens beslut med dag och paragraf.",
    }
    for field, message in asked.items():
        if not getattr(words, field):
            raise RuleBroken(message, field=field)
    return words


def _lock(session: Session, body: Body) -> None:
    # One at a time on a body's order: two must not see the same points.
    session.execute(select(Body.id).where(Body.id == body.id).with_for_update(key_share=True))


def _record(
    session: Session,
    row: DelegationPoint | DelegatedDecision,
    verb: str,
    subject: str,
    now: datetime,
    actor: str,
    **details: object,
) -> None:
    matter_id = row.matter_id if isinstance(row, DelegatedDecision) else None
    log.record(session, row.association_id, verb, subject, row.id, now=now, actor=actor, matter_id=matter_id, **details)
