"""An application on its way to those who sign for the parties: sent out, reminded of, made void, signed again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from paragraf.applications.document import application_fields, render_application
from paragraf.applications.filled import Filled, answered, answers_at, filled
from paragraf.applications.links import actor_of, link_to
from paragraf.applications.locking import lock, unfinished_round
from paragraf.applications.models import Application
from paragraf.applications.offered.calls import must_be_in_time
from paragraf.applications.offered.carrying import must_be_on_newest
from paragraf.applications.what_changed import told_changes
from paragraf.core import log
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.people import queries as people
from paragraf.post.operations import Recipient, write_letter
from paragraf.questions.definition import Receipt
from paragraf.questions.fields import is_unread
from paragraf.register.models import Direction, Document, DocumentKind
from paragraf.register.operations import file_document, request_pdf
from paragraf.register.uploads import WORD
from paragraf.signing import operations as signing
from paragraf.signing import queries as signed
from paragraf.signing.models import RoundPurpose, Signatory, SignatureRound, SigningCapacity
from paragraf.signing.operations import NewSignatory
from paragraf.signing.queries import Progress
from paragraf.signing.rules import RoundState
from paragraf.signing.wording import capacity_of

#: How long the signatories have; a call that closes sooner gives less.
SIGNING_TIME = timedelta(days=21)
_CAPACITIES = {
    "signature_right": SigningCapacity.AUTHORISED_SIGNATORY,
    "delegation": SigningCapacity.DELEGATE,
}


# --- sending out -----------------------------------------------------------------------------------------------------


def send_for_signing(
    session: Session, application: Application, *, version: int, now: datetime, by: str = ""
) -> SignatureRound:
    """Freeze the application as Word and send it to every signatory that it names; all get their letters at once.

    ``version`` is the one that was read through, ``by`` the address of who sends it (the owner when not given). It is
    received when the last of them has signed. Raises NotComplete with all that is missing; RuleBroken for a trial, for
    one that has been sent out or received already, when the answers have changed since ``version``, and when two
    signatories have one address.
    """
    lock(session, application)
    _require_unsent(session, application, now)
    shown = filled(session, application, local_date(now))
    if shown.form.receipt is not Receipt.ON_SIGNATURES:
        raise RuleBroken("Ansökan ska inte skrivas under här. Skicka in den i stället.")
    must_be_in_time(session, application, now)
    must_be_on_newest(session, application)
    shown.must_be_complete()
    if version != application.version:
        raise RuleBroken("Ansökan har ändrats sedan du läste igenom den. Läs igenom den en gång till först.")
    return _open(session, application, shown, now, by)


def sign_again(session: Session, application: Application, *, now: datetime) -> SignatureRound | None:
    """Let a completed application be signed anew, if a completion has changed what the signatures stand for.

    Signed is what the document prints. None when it prints the same as what was signed last, when the form asks for
    no signatures, and when such a round is out already; otherwise the new round, over the application as it stands.
    """
    lock(session, application)
    shown = filled(session, application, local_date(now))
    version = signed_version(session, application)
    if shown.form.receipt is not Receipt.ON_SIGNATURES or application.submitted_at is None or version is None:
        return None
    if prints_the_same(session, application, shown, version) or _is_out(session, application, now):
        return None
    return _open(session, application, shown, now, "")


def signed_version(session: Session, application: Application) -> int | None:
    """The version that all signatories signed last; None before they have."""
    signed_rounds = _rounds(application).where(SignatureRound.completed_at.is_not(None))
    found = session.scalar(signed_rounds.order_by(SignatureRound.id.desc()).limit(1))
    return found.subject_version if found else None


def prints_the_same(session: Session, application: Application, shown: Filled, version: int) -> bool:
    """Whether the application's document says now what it said at ``version``."""
    before = answered(application, answers_at(session, application, version), shown.context)
    association = people.association(session, application.association_id)
    old, new = (application_fields(association, application, one, received_on=None) for one in (before, shown))
    return old == new


def signatories_of(shown: Filled, language: str = "sv") -> list[NewSignatory]:
    """Whom the answers name to sign, in order. Raises RuleBroken when two of them have one address."""
    found = [
        NewSignatory(
            None,
            _CAPACITIES.get(_text(entry, "capacity"), SigningCapacity.AUTHORISED_SIGNATORY),
            name=_text(entry, "name"),
            email=_text(entry, "email"),
            organisation=_text(entry, "organisation"),
            language=language,
        )
        for entry in _entries(shown)
    ]
    seen: dict[str, str] = {}
    for one in found:
        if one.address in seen:
            raise RuleBroken(
                "%(one)s och %(other)s har samma e-postadress. Var och en som skriver under behöver en egen, "
                "för koden som visar vem det är skickas dit.",
                one=seen[one.address],
                other=one.name,
            )
        seen[one.address] = one.name
    return found


def _entries(shown: Filled) -> list[dict[str, Any]]:
    source = shown.form.facts.signatories
    value = shown.answers.get(source) if source else None
    return value if isinstance(value, list) else []


def _text(entry: dict[str, Any], part: str) -> str:
    value = entry.get(part)
    return "" if value is None or is_unread(value) else str(value)


def _require_unsent(session: Session, application: Application, now: datetime) -> None:
    if application.is_test:
        raise RuleBroken(
            "Det här är ett prov av formuläret. Det skickas inte till någon, och kommer inte in i diariet."
        )
    if application.withdrawn_at is not None:
        raise RuleBroken("Ansökan är återtagen och kan inte skickas för underskrift.")
    if application.submitted_at is not None:
        raise RuleBroken("Ansökan är redan inskickad.")
    if _is_out(session, application, now):
        raise RuleBroken("Ansökan är redan ute för underskrift.")


def _is_out(session: Session, application: Application, now: datetime) -> bool:
    out = unfinished_round(session, application)
    return out is not None and signed.state_of(session, out, now=now) in (RoundState.OPEN, RoundState.EXPIRED)


def _open(session: Session, application: Application, shown: Filled, now: datetime, by: str) -> SignatureRound:
    actor = actor_of(application, by)
    document = _freeze(session, application, shown, now, actor)
    return signing.open_round(
        session,
        association_id=application.association_id,
        purpose=RoundPurpose.APPLICATION,
        subject_id=application.id,
        subject_version=application.version,
        title=document.title,
        document=document,
        signatories=signatories_of(shown, application.language),
        last_day=_last_day(application, now),
        now=now,
        actor=actor,
    )


def _freeze(session: Session, application: Application, shown: Filled, now: datetime, actor: str) -> Document:
    association = people.association(session, application.association_id)
    day = local_date(application.submitted_at) if application.submitted_at else None
    title = f"{shown.form.title.sv}: {shown.facts.title or shown.facts.applicant_name}"
    document = file_document(
        session,
        association_id=association.id,
        matter=application.matter if application.submitted_at else None,
        kind=DocumentKind.APPLICATION,
        direction=Direction.IN,
        title=title,
        filename=f"ansokan-{application.id}-{application.version}.docx",
        media_type=WORD,
        content=render_application(session, association, application, shown, received_on=day),
        now=now,
        actor=actor,
    )
    request_pdf(session, document, now=now)
    return document


def _last_day(application: Application, now: datetime) -> date:
    last = local_date(now + SIGNING_TIME)
    if application.call is None or application.submitted_at is not None:
        return last
    closing = local_date(application.call.closes_at - timedelta(minutes=1))
    return min(last, closing) if closing >= local_date(now) else last


# --- while it is out -------------------------------------------------------------------------------------------------


def newest(session: Session, application: Application, *, now: datetime) -> Progress | None:
    """Who has signed in the newest round and who has not, whatever became of it; None before the first."""
    found = session.scalar(_rounds(application).order_by(SignatureRound.id.desc()).limit(1))
    return signed.progress(session, found, now=now) if found else None


def remind(session: Session, application: Application, *, now: datetime, by: str = "") -> int:
    """Remind those who have yet to sign, at most once a day each; how many are waited for. Raises RuleBroken."""
    out = _require_out(session, application)
    return signing.remind(session, out, now=now, actor=actor_of(application, by))


def resend(session: Session, application: Application, signatory_id: int, *, now: datetime, by: str = "") -> None:
    """Mail a signatory a new link, also when the time was out; the old one dies. Raises RuleBroken."""
    out = _require_out(session, application)
    signatory = next((one for one in out.signatories if one.id == signatory_id), None)
    if signatory is None:
        raise RuleBroken("Personen är inte med bland dem som ska skriva under.")
    signing.resend_link(session, signatory, now=now, actor=actor_of(application, by))


def stop(session: Session, application: Application, *, reason: str, now: datetime, by: str = "") -> bool:
    """Take back a round that is out: all signatories are told why. Whether there was one. Call ``lock`` first."""
    if not _is_out(session, application, now):
        return False
    out = _require_out(session, application)
    signing.withdraw_round(session, out, reason=reason, now=now, actor=actor_of(application, by))
    return True


def make_void(
    session: Session,
    application: Application,
    out: SignatureRound,
    *,
    before: Filled,
    after: Filled,
    now: datetime,
    by: str = "",
) -> None:
    """The answers have changed while the round was out: end it, and tell everyone which answers changed, and how."""
    reason = told_changes(before, after, application.language)
    signing.withdraw_round(session, out, reason=reason, now=now, actor=actor_of(application, by))
    if by and by != application.email:
        _tell_owner(session, application, out, "application_signing_void", {"reason": reason, "by": by}, now)


def tell_owner_declined(session: Session, signatory: Signatory, reason: str, now: datetime) -> None:
    """Somebody has declined to sign: the owner learns why, and what can be done about it."""
    application = session.get_one(Application, signatory.round.subject_id)
    told = {
        "who": signatory.name,
        "capacity": capacity_of(signatory, application.language),
        "reason": reason,
        "received": application.submitted_at is not None,
    }
    _tell_owner(session, application, signatory.round, "application_signing_declined", told, now)
    log.record(
        session,
        application.association_id,
        "signing_declined",
        "application",
        application.id,
        now=now,
        actor=signatory.name,
        matter_id=application.matter_id,
    )


def _require_out(session: Session, application: Application) -> SignatureRound:
    out = unfinished_round(session, application)
    if out is None:
        raise RuleBroken("Ansökan är inte ute för underskrift.")
    return out


def _rounds(application: Application) -> Select[SignatureRound]:
    return select(SignatureRound).where(
        SignatureRound.association_id == application.association_id,
        SignatureRound.purpose == RoundPurpose.APPLICATION,
        SignatureRound.subject_id == application.id,
    )


def _tell_owner(
    session: Session,
    application: Application,
    about: SignatureRound,
    kind: str,
    fields: dict[str, object],
    now: datetime,
) -> None:
    association = people.association(session, application.association_id)
    write_letter(
        session,
        association_id=association.id,
        room="applications",
        kind=kind,
        key=f"{kind.replace('_', '-')}-{about.id}",
        to=Recipient("", application.email, application.language),
        fields={
            "title": about.title,
            "address": link_to(settings_of(session), application),
            "contact_email": association.email,
            **fields,
        },
        now=now,
        matter_id=application.matter_id,
        secret=True,
    )
