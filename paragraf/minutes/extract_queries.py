"""The association's register of certified extracts: what was certified, by whom, of what, and to whom it was sent."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy import extract as part_of
from sqlalchemy.orm import Session, joinedload, selectinload

from paragraf.meetings.models import Meeting
from paragraf.minutes.models import CertifiedExtract, ExtractItem, ExtractRecipient, MinuteItem, Minutes
from paragraf.minutes.notice_rules import print_numbers
from paragraf.people.models import Person
from paragraf.register.models import Document

#: So many lines on the page at most; a filter finds the rest.
MOST = 200


@dataclass(frozen=True)
class Wanted:
    """What the register is narrowed to; ``words`` are looked for in title, certifier and recipients."""

    body_id: int | None = None
    year: int | None = None
    words: str = ""


def register(session: Session, association_id: int, wanted: Wanted) -> list[CertifiedExtract]:
    """The association's extracts, the newest first, at most ``MOST``."""
    found = (
        select(CertifiedExtract)
        .join(Minutes, Minutes.id == CertifiedExtract.minutes_id)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .join(Document, Document.id == CertifiedExtract.document_id)
        .join(Person, Person.id == CertifiedExtract.certified_by_id)
        .where(CertifiedExtract.association_id == association_id)
        .options(
            joinedload(CertifiedExtract.document),
            joinedload(CertifiedExtract.certified_by),
            joinedload(CertifiedExtract.minutes).joinedload(Minutes.meeting).joinedload(Meeting.body),
            selectinload(CertifiedExtract.recipients),
        )
        .order_by(CertifiedExtract.certified_at.desc(), CertifiedExtract.id.desc())
        .limit(MOST)
    )
    if wanted.body_id is not None:
        found = found.where(Meeting.body_id == wanted.body_id)
    if wanted.year is not None:
        found = found.where(part_of("year", CertifiedExtract.certified_at) == wanted.year)
    if wanted.words.strip():
        found = found.where(_holds(wanted.words.strip()))
    return list(session.scalars(found))


def years(session: Session, association_id: int) -> list[int]:
    """The years in which extracts were certified, the newest first."""
    year = part_of("year", CertifiedExtract.certified_at)
    wanted = select(year).where(CertifiedExtract.association_id == association_id).distinct()
    return sorted(map(int, session.scalars(wanted)), reverse=True)


def of_minutes(session: Session, minutes: Minutes) -> list[CertifiedExtract]:
    """The extracts of the minutes with their §§ and recipients, the newest first."""
    wanted = (
        select(CertifiedExtract)
        .where(CertifiedExtract.association_id == minutes.association_id, CertifiedExtract.minutes_id == minutes.id)
        .options(
            selectinload(CertifiedExtract.recipients),
            selectinload(CertifiedExtract.items).joinedload(ExtractItem.minute_item).joinedload(MinuteItem.allocation),
        )
    )
    return list(session.scalars(wanted.order_by(CertifiedExtract.version.desc())))


def range_of(extract: CertifiedExtract) -> str:
    """The §§ of an extract, as ``§§ 627 och 629``."""
    found = [each.minute_item.allocation for each in extract.items if each.minute_item.allocation is not None]
    return print_numbers([one.number for one in found], found[0].series.period if found else "")


def _holds(words: str) -> ColumnElement[bool]:
    pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    sent = select(ExtractRecipient.extract_id).where(
        or_(
            ExtractRecipient.name.ilike(pattern, escape="\\"),
            ExtractRecipient.email.ilike(pattern, escape="\\"),
        )
    )
    return or_(
        Document.title.ilike(pattern, escape="\\"),
        Person.name.ilike(pattern, escape="\\"),
        CertifiedExtract.id.in_(sent),
    )
