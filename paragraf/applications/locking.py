"""The one way to lock an application before it is changed."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.applications.filled import form_of
from paragraf.applications.models import Application
from paragraf.questions.definition import Receipt
from paragraf.signing import operations as signing
from paragraf.signing.models import RoundPurpose, SignatureRound

_STANDING = (
    "version",
    "form_version_id",
    "link_serial",
    "submitted_at",
    "submitted_version",
    "matter_id",
    "document_id",
    "withdrawn_at",
)


def lock(session: Session, application: Application) -> SignatureRound | None:
    """Let one act at a time change the application, from the state it has in the database now.

    Returns the round that is out and was locked too, if there is one.

    A round that is out is locked first: the last signature locks the round and then the application, and two acts
    that took the two crosswise would wait for each other.
    """
    out = unfinished_round(session, application)
    if out is not None:
        signing.lock_round(session, out)
    answered = application.form_version_id
    session.refresh(application, _STANDING, with_for_update=True)
    if application.form_version_id != answered:
        # Somebody has gone over to a newer version of the form while we waited.
        session.expire(application, ["form_version"])
    return out


def unfinished_round(session: Session, application: Application) -> SignatureRound | None:
    """The newest signature round of the application, unless it was completed or withdrawn.

    Somebody may have declined in it, and its time may be out: ``signing.queries.state_of`` tells.
    """
    if form_of(application.form_version).receipt is not Receipt.ON_SIGNATURES:
        return None
    wanted = (
        select(SignatureRound)
        .where(
            SignatureRound.association_id == application.association_id,
            SignatureRound.purpose == RoundPurpose.APPLICATION,
            SignatureRound.subject_id == application.id,
        )
        .order_by(SignatureRound.id.desc())
        .limit(1)
    )
    newest = session.scalar(wanted)
    if newest is None or newest.completed_at is not None or newest.withdrawn_at is not None:
        return None
    return newest
