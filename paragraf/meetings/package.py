"""The notice as a package: with its attachments, piece by piece or as one PDF.

The pieces are frozen documents; the whole is put together of their PDFs each time somebody asks for it, so that nothing
that was told is kept twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.meetings import notice_changes
from paragraf.meetings.models import NoticeOfMeeting
from paragraf.register import queries as register
from paragraf.register.models import Document
from paragraf.word.pdf.joining import Part, joined

PDF = "application/pdf"
_UNSAFE = re.compile(r"[^\w .-]+")


@dataclass(frozen=True)
class Piece:
    """The notice or one of its attachments: its title, its document, its PDF when there is one.

    ``comes``: the PDF is still to be made.
    """

    title: str
    document: Document
    pdf: Document | None
    comes: bool


def attached(session: Session, notice: NoticeOfMeeting) -> list[Document]:
    """The documents that went with the notice, by their numbers."""
    told = notice_changes.from_json(notice.told).attachments
    wanted = select(Document).where(
        Document.association_id == notice.association_id, Document.id.in_([one.document_id for one in told])
    )
    found = {one.id: one for one in session.scalars(wanted)}
    return [found[one.document_id] for one in told]


def pieces(session: Session, notice: NoticeOfMeeting) -> list[Piece]:
    """The notice first, then its attachments as they were told."""
    told = notice_changes.from_json(notice.told).attachments
    attachments = zip(told, attached(session, notice), strict=True)
    return [
        _piece(session, notice.document.title, notice.document),
        *(_piece(session, one.label, document) for one, document in attachments),
    ]


def whole(session: Session, notice: NoticeOfMeeting) -> bytes:
    """The notice and its attachments as one PDF, with a bookmark for each.

    What is no PDF and cannot become one (a workbook, a picture) is left out; the notice's own list names it. Raises
    RuleBroken while a PDF is still being made, and when that of the notice failed.
    """
    found = pieces(session, notice)
    if any(one.comes for one in found):
        raise RuleBroken("Kallelsen görs till PDF just nu. Försök igen om en liten stund.")
    if found[0].pdf is None:
        raise RuleBroken("Kallelsen gick inte att göra till PDF. Öppna den som Word.")
    parts = [Part(one.title, one.pdf.content) for one in found if one.pdf is not None]
    return joined(parts, title=notice.document.title)


def filename(number: int, title: str, original: str) -> str:
    """What an attachment is called as a file: ``Bilaga 2 Ansökan.pdf``."""
    plain = " ".join(_UNSAFE.sub(" ", title).split())[:80].rstrip(" .")
    suffix = PurePath(original).suffix
    return f"Bilaga {number} {plain.removesuffix(suffix)}{suffix}"


def _piece(session: Session, title: str, document: Document) -> Piece:
    if document.media_type == PDF:
        return Piece(title, document, document, comes=False)
    pdf = register.pdf_of(session, document)
    wish = register.conversion_of(session, document)
    return Piece(title, document, pdf, comes=pdf is None and wish is not None and wish.failed_at is None)
