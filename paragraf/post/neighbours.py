"""What the post room reads of rooms that stand above it: it may not import them, so it names their tables."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Integer, LargeBinary, String, column, select, table
from sqlalchemy.orm import Session

_ASSOCIATION = table("association", column("id", Integer), column("name", String), column("email", String))
_DOCUMENT = table("document", column("id", Integer), column("association_id", Integer), column("content", LargeBinary))


class Sender(NamedTuple):
    """An association as the sender of letters; answers go to ``email``."""

    name: str
    email: str


def sender(session: Session, association_id: int) -> Sender:
    """The association's name and address."""
    wanted = select(_ASSOCIATION.c.name, _ASSOCIATION.c.email).where(_ASSOCIATION.c.id == association_id)
    return Sender(*session.execute(wanted).one())


def has_document(session: Session, association_id: int, document_id: int) -> bool:
    """Whether the document is the association's own."""
    wanted = select(_DOCUMENT.c.id).where(_DOCUMENT.c.association_id == association_id, _DOCUMENT.c.id == document_id)
    return session.scalar(wanted) is not None


def document_content(session: Session, association_id: int, document_id: int) -> bytes:
    """The bytes of the association's own document. Raises NoResultFound for another's."""
    wanted = select(_DOCUMENT.c.content).where(
        _DOCUMENT.c.association_id == association_id, _DOCUMENT.c.id == document_id
    )
    return bytes(session.execute(wanted).scalar_one())
