"""What a completion does to signatures: where the form is signed, changed answers must be signed anew."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from sqlalchemy.orm import Session

from paragraf.applications.filled import form_of
from paragraf.applications.models import Application
from paragraf.questions.definition import Receipt


def sign_again_where_signed(session: Session, application: Application, *, changed: bool, now: datetime) -> None:
    """Open a new round of signatures over the completed application, where signed answers have changed.

    The signed document holds every answer, so any change is one of signed content.
    """
    if not changed or form_of(application.form_version).receipt is not Receipt.ON_SIGNATURES:
        return
    rounds = "paragraf.applications.rounds"
    if find_spec(rounds) is not None:
        import_module(rounds).sign_again(session, application, now=now)
