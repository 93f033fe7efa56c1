"""Dissenting notes of those who verified minutes: kept with their signatures, shown beside the verification."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paragraf.minutes.models import ImmediateVerification, Minutes
from paragraf.signing.models import EventKind, RoundPurpose, Signatory, SignatureRound, SigningEvent


class Dissent(NamedTuple):
    """Who noted another opinion when signing, what it says, when."""

    name: str
    text: str
    at: datetime


def dissents(session: Session, minutes: Minutes, *, immediate: ImmediateVerification | None = None) -> list[Dissent]:
    """The dissenting notes of those who signed the document that holds, in the order in which they signed.

    ``immediate``: of those who signed the §§ that were verified at once.
    """
    about = minutes if immediate is None else immediate
    purpose = RoundPurpose.MINUTES if immediate is None else RoundPurpose.IMMEDIATE_VERIFICATION
    latest = select(func.max(SignatureRound.id)).where(
        SignatureRound.association_id == minutes.association_id,
        SignatureRound.purpose == purpose,
        SignatureRound.subject_id == about.id,
        SignatureRound.document_id == about.document_id,
    )
    wanted = (
        select(Signatory.name, SigningEvent.details, SigningEvent.at)
        .join(SigningEvent, SigningEvent.signatory_id == Signatory.id)
        .where(Signatory.round_id == latest.scalar_subquery(), SigningEvent.kind == EventKind.SIGNED)
        .order_by(SigningEvent.id)
    )
    return [Dissent(name, told["dissent"], at) for name, told, at in session.execute(wanted) if told.get("dissent")]
