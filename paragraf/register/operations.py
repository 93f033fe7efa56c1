"""Verbs of the register: open a matter, file a document, ask for its PDF."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.dates import local_date
from paragraf.core.number_series import Subject, allocate
from paragraf.register.models import Conversion, Direction, Document, DocumentKind, Matter, MatterKind

#: The yearly series of register numbers.
REGISTER = "register"


def open_matter(
    session: Session,
    *,
    association_id: int,
    kind: MatterKind,
    title: str,
    counterpart: str,
    now: datetime,
    actor: str,
) -> Matter:
    """Register a matter (OSL 5:1–2): it gets the year's next register number, for good."""
    opened_on = local_date(now)
    # Before the series: the last signature of an application holds the log already when its matter is opened.
    log.hold(session, association_id)
    allocation = allocate(
        session, association_id, REGISTER, Subject.MATTER, now=now, by=actor, period=str(opened_on.year)
    )
    matter = Matter(
        association_id=association_id,
        year=opened_on.year,
        number=allocation.number,
        kind=kind,
        title=title[:300],
        counterpart=counterpart[:200],
        opened_on=opened_on,
    )
    session.add(matter)
    session.flush()
    log.record(
        session,
        association_id,
        "open",
        "matter",
        matter.id,
        now=now,
        actor=actor,
        matter_id=matter.id,
        register_number=matter.register_number,
    )
    return matter


def close_matter(session: Session, matter: Matter, *, reason: str, now: datetime, actor: str) -> None:
    """Say that the matter is finished; ``reason`` is a Swedish source text. A closed one stays closed on its day."""
    session.refresh(matter, ["closed_on"], with_for_update=True)
    if matter.closed_on is not None:
        return
    matter.closed_on = local_date(now)
    session.flush()
    own = matter.association_id
    log.record(session, own, "close", "matter", matter.id, now=now, actor=actor, matter_id=matter.id, reason=reason)


def file_document(
    session: Session,
    *,
    association_id: int,
    matter: Matter | None,
    kind: DocumentKind,
    direction: Direction,
    title: str,
    filename: str,
    media_type: str,
    content: bytes,
    now: datetime,
    actor: str,
    rendered_from: Document | None = None,
) -> Document:
    """Keep bytes for good under their SHA-256, as the matter's next document where there is a matter."""
    document = Document(
        association_id=association_id,
        matter_id=matter.id if matter else None,
        number=_next_in(session, matter) if matter else None,
        kind=kind,
        direction=direction,
        title=title[:300],
        filename=filename[:200],
        media_type=media_type,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        content=content,
        created_at=now,
        created_by=actor,
        rendered_from_id=rendered_from.id if rendered_from else None,
    )
    session.add(document)
    session.flush()
    log.record(
        session,
        association_id,
        "file",
        "document",
        document.id,
        now=now,
        actor=actor,
        matter_id=document.matter_id,
        title=document.title,
        sha256=document.sha256,
    )
    return document


def file_under(session: Session, document: Document, matter: Matter) -> None:
    """Put a document that came before its matter, such as a draft's attachment, into the matter."""
    document.number = _next_in(session, matter)
    document.matter_id = matter.id
    session.flush()


def request_pdf(session: Session, document: Document, *, now: datetime) -> Conversion:
    """Queue a PDF of a Word document; asking again gives the same row, and one that had failed is tried anew."""
    found = session.scalar(select(Conversion).where(Conversion.document_id == document.id))
    if found is not None:
        if found.failed_at is not None:
            found.failed_at, found.attempts, found.error, found.next_attempt_at = None, 0, "", now
        return found
    conversion = Conversion(
        association_id=document.association_id, document_id=document.id, requested_at=now, next_attempt_at=now
    )
    session.add(conversion)
    session.flush()
    return conversion


def _next_in(session: Session, matter: Matter) -> int:
    # The log before the matter, as in open_matter.
    log.hold(session, matter.association_id)
    # Lock the matter: two documents filed at once must not take the same number (the constraint stands behind).
    session.execute(select(Matter.id).where(Matter.id == matter.id).with_for_update())
    return (session.scalar(select(func.max(Document.number)).where(Document.matter_id == matter.id)) or 0) + 1
