"""What pages read about earlier minutes. Every question starts from an association (law 11)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from paragraf.core.errors import NotThere
from paragraf.importing.models import ImportedFile, ImportedMinutes
from paragraf.importing.reading.minutes import Understood
from paragraf.importing.reading.understanding import read_minutes
from paragraf.minutes.models import Minutes
from paragraf.people.models import BodyRule, Numbering, Person
from paragraf.register.models import Document, Matter


def waiting(session: Session, association_id: int) -> list[ImportedFile]:
    """Files that are uploaded and not taken in, the first one first."""
    wanted = select(ImportedFile).where(ImportedFile.association_id == association_id, ImportedFile.taken_at.is_(None))
    return list(session.scalars(wanted.order_by(ImportedFile.uploaded_at, ImportedFile.id)))


def taken_in(session: Session, association_id: int) -> list[ImportedMinutes]:
    """Minutes that were taken in, the newest meeting first."""
    wanted = (
        select(ImportedMinutes)
        .where(ImportedMinutes.association_id == association_id)
        .options(joinedload(ImportedMinutes.file), joinedload(ImportedMinutes.minutes).joinedload(Minutes.meeting))
    )
    return sorted(session.scalars(wanted), key=lambda one: one.minutes.meeting.starts_at, reverse=True)


def file(session: Session, association_id: int, file_id: int) -> ImportedFile:
    """The association's own file; raises NotThere."""
    found = session.scalar(
        select(ImportedFile).where(ImportedFile.association_id == association_id, ImportedFile.id == file_id)
    )
    if found is None:
        raise NotThere("Filen finns inte.")
    return found


def file_of_bytes(session: Session, association_id: int, sha256: str) -> ImportedFile | None:
    """The file with just these bytes, if it has come before."""
    return session.scalar(
        select(ImportedFile).where(ImportedFile.association_id == association_id, ImportedFile.sha256 == sha256)
    )


def understood(row: ImportedFile) -> Understood:
    """What a waiting file is understood to be. Read anew each time: the reading is pure."""
    assert row.content is not None
    return read_minutes(row.content, row.filename)


def import_of(session: Session, minutes: Minutes) -> ImportedMinutes | None:
    """Where minutes that were written elsewhere come from."""
    return session.scalar(
        select(ImportedMinutes).where(
            ImportedMinutes.association_id == minutes.association_id, ImportedMinutes.minutes_id == minutes.id
        )
    )


def matter_of_earlier(session: Session, association_id: int) -> Matter | None:
    """The matter in which files of earlier minutes are filed, once there is one."""
    return session.scalar(
        select(Matter)
        .join(Document, Document.matter_id == Matter.id)
        .join(ImportedFile, ImportedFile.document_id == Document.id)
        .where(ImportedFile.association_id == association_id, Matter.closed_on.is_(None))
        .order_by(Matter.id.desc())
        .limit(1)
    )


def numbering(session: Session, body_id: int, day: date) -> Numbering:
    """How the body numbered its §§ on the day: by the rule that held, or else by its first one."""
    rules = list(session.scalars(select(BodyRule).where(BodyRule.body_id == body_id).order_by(BodyRule.valid_from)))
    held = [rule for rule in rules if rule.valid_from <= day] or rules[:1]
    return held[-1].numbering if held else Numbering.CONTINUOUS


def persons_named(session: Session, association_id: int, name: str) -> list[Person]:
    """Those whose name is just this, those who are still there first."""
    wanted = select(Person).where(Person.association_id == association_id)
    alike = [one for one in session.scalars(wanted) if one.name.casefold() == name.casefold()]
    return sorted(alike, key=lambda one: (one.left_on is not None, one.id))
