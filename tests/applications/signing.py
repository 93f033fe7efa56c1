"""An application that is received when those who sign for the parties have signed, and what they do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.definitions import load
from paragraf.applications import operations, rounds
from paragraf.applications.models import Application
from paragraf.chain import COMPLETED, DECLINED
from paragraf.signing import operations as signing
from paragraf.signing.models import Signatory, SignatureRound
from tests.applications.acting import begin, fill_in, whole_answers
from tests.parts.world import NOW, Home
from tests.signing.acting import let_in

LATER = NOW + timedelta(hours=2)
RUT, OLE = "rut@lindbacka.example", "ole@regionen.example"
PHONE = "key of the phone"
SIGNED_FORM = load("application_a").replace("\nfacts:\n", "\nreceived: on_signatures\nfacts:\n", 1)


def publish_signed(session: Session, home: Home) -> None:
    operations.publish_form(session, association_id=home.id, source_text=SIGNED_FORM, now=NOW, actor="Sonja Ekvall")


def signed_answers(home: Home, *signatories: dict[str, str]) -> dict[str, Any]:
    named = signatories or (
        {
            "name": "Rut Lindmark",
            "title": "Förvaltningschef",
            "organisation": "Granviks kommun",
            "email": RUT,
            "capacity": "signature_right",
        },
        {
            "name": "Ole Påhitt",
            "title": "Enhetschef",
            "organisation": "Region Norrdal",
            "email": OLE,
            "capacity": "delegation",
        },
    )
    return whole_answers(home) | {"signatories": list(named)}


def ready(session: Session, home: Home, *signatories: dict[str, str]) -> Application:
    """An application on the signed form that lacks nothing."""
    publish_signed(session, home)
    application = begin(session, home)
    fill_in(session, application, signed_answers(home, *signatories))
    return application


def send(session: Session, application: Application, now: datetime = NOW) -> SignatureRound:
    return rounds.send_for_signing(session, application, version=application.version, now=now)


def sign(session: Session, signatory: Signatory, now: datetime = LATER) -> bool:
    let_in(session, signatory, PHONE, now)
    return sign_identified(session, signatory, now)


def sign_identified(session: Session, signatory: Signatory, now: datetime = LATER) -> bool:
    return signing.sign(
        session,
        signatory,
        shown_sha256=signatory.round.document.sha256,
        session_key=PHONE,
        now=now,
        completed=COMPLETED,
    )


def decline(session: Session, signatory: Signatory, reason: str, now: datetime = LATER) -> None:
    let_in(session, signatory, PHONE, now)
    signing.decline(session, signatory, reason=reason, session_key=PHONE, now=now, declined=DECLINED)


def all_rounds(session: Session) -> list[SignatureRound]:
    return list(session.scalars(select(SignatureRound).order_by(SignatureRound.id)))
