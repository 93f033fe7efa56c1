"""What pages and other rooms read from the register."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from paragraf.core.errors import NotThere
from paragraf.core.log import LogEntry
from paragraf.register.models import Conversion, Document, Matter

# Built once: pages of documents and of minutes ask it, and building costs as much as asking.
_PDF_OF = select(Document).where(Document.rendered_from_id == bindparam("document_id"))


def matters(session: Session, association_id: int, *, year: int | None = None) -> list[Matter]:
    """The association's matters, newest first."""
    wanted = select(Matter).where(Matter.association_id == association_id)
    if year is not None:
        wanted = wanted.where(Matter.year == year)
    return list(session.scalars(wanted.order_by(Matter.year.desc(), Matter.number.desc())))


def matter(session: Session, association_id: int, year: int, number: int) -> Matter:
    """The matter with the register number ``year/number``; raises NotThere."""
    found = session.scalar(
        select(Matter).where(Matter.association_id == association_id, Matter.year == year, Matter.number == number)
    )
    return _there(found)


def matter_by_id(session: Session, association_id: int, matter_id: int) -> Matter:
    """The association's own matter; raises NotThere."""
    return _there(session.scalar(select(Matter).where(Matter.association_id == association_id, Matter.id == matter_id)))


def _there(found: Matter | None) -> Matter:
    if found is None:
        raise NotThere("Ärendet finns inte i diariet.")
    return found


def documents(session: Session, matter: Matter) -> list[Document]:
    """The matter's documents in the order they were filed."""
    return list(session.scalars(select(Document).where(Document.matter_id == matter.id).order_by(Document.number)))


def document(session: Session, association_id: int, document_id: int) -> Document:
    """The association's own document; raises NotThere."""
    found = session.scalar(
        select(Document).where(Document.association_id == association_id, Document.id == document_id)
    )
    if found is None:
        raise NotThere("Handlingen finns inte.")
    return found


def documents_by_sha256(session: Session, sha256: str) -> list[Document]:
    """Documents with exactly these bytes, in any association: asked by the verification command only."""
    return list(session.scalars(select(Document).where(Document.sha256 == sha256).order_by(Document.id)))


def pdf_of(session: Session, document: Document) -> Document | None:
    """The PDF that was made from the document, if it has been."""
    return session.scalar(_PDF_OF, {"document_id": document.id})


def pdf_of_same_bytes(session: Session, document: Document) -> Document | None:
    """The newest PDF that the association has of a document with exactly these bytes."""
    same, pdf = aliased(Document), aliased(Document)
    return session.scalar(
        select(pdf)
        .join(same, pdf.rendered_from_id == same.id)
        .where(same.association_id == document.association_id, same.sha256 == document.sha256)
        .order_by(pdf.id.desc())
        .limit(1)
    )


def conversion_of(session: Session, document: Document) -> Conversion | None:
    """The queued wish for the document's PDF, with its error if it met one."""
    return session.scalar(select(Conversion).where(Conversion.document_id == document.id))


def history(session: Session, matter: Matter) -> list[LogEntry]:
    """What happened in the matter, oldest first."""
    return list(
        session.scalars(
            select(LogEntry)
            .where(LogEntry.association_id == matter.association_id, LogEntry.matter_id == matter.id)
            .order_by(LogEntry.sequence)
        )
    )
