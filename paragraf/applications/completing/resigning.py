"""What a completion does to signatures: where the form is signed, changed answers must be signed anew."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.applications import rounds
from paragraf.applications.models import Application


def sign_again_where_signed(session: Session, application: Application, *, changed: bool, now: datetime) -> None:
    """Open a new round of signatures over the completed application, where signed answers have changed.

    Signed is what the document prints, which ``rounds.sign_again`` holds against what was signed last.
    """
    if changed:
        rounds.sign_again(session, application, now=now)
