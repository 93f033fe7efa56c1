"""Receiving: what was filled in comes in, once, and by its purpose becomes a matter, or is filed in one, or is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.applications.document import render_application
from paragraf.applications.filled import Filled, attachments, filled
from paragraf.applications.links import actor_of, link_to
from paragraf.applications.locking import lock
from paragraf.applications.models import Application
from paragraf.applications.offered.calling import tell_missed
from paragraf.applications.offered.calls import is_refused, must_be_in_time
from paragraf.applications.offered.carrying import must_be_on_newest
from paragraf.core import addresses, log
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.people import queries as people
from paragraf.people.models import Association, RoleKind
from paragraf.people.operations import recipient
from paragraf.post.operations import Attachment, Recipient, write_letter
from paragraf.questions.definition import Purpose, Receipt
from paragraf.register.models import Direction, Document, DocumentKind, Matter, MatterKind
from paragraf.register.operations import file_document, file_under, open_matter, request_pdf
from paragraf.register.uploads import WORD
from paragraf.signing.models import SignatureRound

#: What receiving means for a purpose: matter, document and letters. It is called once for each application, locked and
#: complete; ``application.document`` is there when it was signed. Afterwards the application counts as received.
Receiver = Callable[[Session, Application, datetime], object]
Receivers = Mapping[Purpose, Receiver]


def hand_in(
    session: Session,
    application: Application,
    *,
    version: int,
    now: datetime,
    by: str = "",
    receivers: Receivers | None = None,
) -> None:
    """Hand in what was filled in; the form's purpose decides what becomes of it (``receivers``, RECEIVERS by default).

    ``version`` is the one that was read through, ``by`` the address of who hands it in. Handed in twice, nothing more
    happens. Raises NotComplete with everything that is missing, fewer than two cooperating parties among it; RuleBroken
    when somebody has changed the answers since ``version``, when it is to be signed first, and for a trial.
    """
    # The lock is what makes a double click one submission: the second waits here, and then finds it received.
    lock(session, application)
    if application.submitted_at is not None:
        return
    _require_may_come_in(application)
    must_be_in_time(session, application, now)
    must_be_on_newest(session, application)
    shown = filled(session, application, local_date(now))
    if shown.form.receipt is Receipt.ON_SIGNATURES:
        raise RuleBroken("Ansökan ska skrivas under innan den kommer in. Skicka den för underskrift.")
    shown.must_be_complete()
    if version != application.version:
        raise RuleBroken("Ansökan har ändrats sedan du läste igenom den. Läs igenom den en gång till och skicka in då.")
    _receive(session, application, version, receivers, now, by)


def submit(session: Session, application: Application, *, version: int, now: datetime) -> Matter:
    """Hand in a form of a purpose that opens a matter, and give the matter. Raises as ``hand_in``."""
    hand_in(session, application, version=version, now=now)
    matter = None if application.matter_id is None else session.get(Matter, application.matter_id)
    if matter is None:
        raise ValueError(f"a form of purpose {application.purpose} opens no matter")
    return matter


def receive(
    session: Session, signature_round: SignatureRound, now: datetime, *, receivers: Receivers | None = None
) -> None:
    """All have signed: the application is received, with the document they signed, from this moment.

    One that is complete after its call has closed is not received when the call refuses late ones; its owner is told.
    Signed again after a completion, the document is filed in the matter that is there.
    """
    application = session.get_one(Application, signature_round.subject_id)
    lock(session, application)
    if application.submitted_at is not None:
        _file_signed_again(session, application, signature_round, now)
        return
    _require_may_come_in(application)
    if is_refused(application, now):
        # What was signed stays signed, and the association may still be asked to take it in.
        tell_missed(session, application, now)
        return
    application.document = signature_round.document
    _receive(session, application, signature_round.subject_version or application.version, receivers, now, "")


def _require_may_come_in(application: Application) -> None:
    if application.is_test:
        raise RuleBroken("Det här är ett prov av formuläret. Det kommer inte in i diariet.")
    if application.withdrawn_at is not None:
        raise RuleBroken("Ansökan är återtagen och kan inte skickas in. Vill ni söka ändå, börja en ny ansökan.")


def _receive(
    session: Session, application: Application, version: int, receivers: Receivers | None, now: datetime, by: str
) -> None:
    (receivers or RECEIVERS)[application.purpose](session, application, now)
    application.submitted_at, application.submitted_version = now, version
    session.flush()
    log.record(
        session,
        application.association_id,
        "submit",
        "application",
        application.id,
        now=now,
        actor=actor_of(application, by),
        matter_id=application.matter_id,
        version=version,
    )


def _file_signed_again(
    session: Session, application: Application, signature_round: SignatureRound, now: datetime
) -> None:
    application.document = signature_round.document
    session.flush()
    log.record(
        session,
        application.association_id,
        "signed_again",
        "application",
        application.id,
        now=now,
        actor=actor_of(application),
        matter_id=application.matter_id,
        version=signature_round.subject_version,
    )
    _tell_signed_again(_act(session, application, now))


# --- what each purpose becomes ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Act:
    """What the steps of one receiving are about."""

    session: Session
    association: Association
    application: Application
    shown: Filled
    now: datetime

    @property
    def matter(self) -> Matter | None:
        return self.application.matter

    @property
    def title(self) -> str:
        """What it is called where its form is not named beside it."""
        own, form = self.shown.facts.title, self.shown.form.title.sv
        if self.application.purpose is Purpose.APPLICATION:
            return own or form
        about = own or self.shown.facts.applicant_name
        return f"{form}: {about}" if about else form

    @property
    def fields(self) -> dict[str, object]:
        """What every letter about it says."""
        number = self.matter.register_number if self.matter else ""
        return {"title": self.title, "register_number": number}


def _act(session: Session, application: Application, now: datetime) -> _Act:
    association = people.association(session, application.association_id)
    return _Act(session, association, application, filled(session, application, local_date(now)), now)


def receive_as_application(session: Session, application: Application, now: datetime) -> None:
    """A funding application becomes a matter of that kind."""
    act = _act(session, application, now)
    _open_matter(act, MatterKind.APPLICATION)
    _confirm(act, "application_received", _file(act, DocumentKind.APPLICATION))
    _tell_office(act, "application_arrived")


def receive_as_other(session: Session, application: Application, now: datetime) -> None:
    """A needs analysis or a party's yearly appendix becomes a matter of its own."""
    act = _act(session, application, now)
    _open_matter(act, MatterKind.OTHER)
    kind = DocumentKind.ATTACHMENT if application.purpose is Purpose.APPENDIX else DocumentKind.REPORT
    _confirm(act, "form_received", _file(act, kind))
    _tell_office(act, "form_arrived")


def receive_unregistered(session: Session, application: Application, now: datetime) -> None:
    """A registration (to a conference) is kept and confirmed, but is no matter."""
    act = _act(session, application, now)
    _confirm(act, "form_received", _file(act, DocumentKind.ATTACHMENT))
    _tell_office(act, "form_arrived")


#: What becomes of each purpose. Reports belong to their grants, a later room: ``paragraf.chain`` has the whole table.
RECEIVERS: Receivers = {
    Purpose.APPLICATION: receive_as_application,
    Purpose.ANALYSIS: receive_as_other,
    Purpose.APPENDIX: receive_as_other,
    Purpose.REGISTRATION: receive_unregistered,
}


def _open_matter(act: _Act, kind: MatterKind) -> None:
    application = act.application
    matter = open_matter(
        act.session,
        association_id=application.association_id,
        kind=kind,
        title=act.title,
        counterpart=act.shown.facts.applicant_name or application.email,
        now=act.now,
        actor=actor_of(application),
    )
    # Both at once: the database allows neither without the other.
    application.matter, application.submitted_at = matter, act.now


def _file(act: _Act, kind: DocumentKind) -> Document:
    """File what was signed, or the answers as Word, rendered this once; and after it the attachments that it names."""
    application = act.application
    if application.document is None:
        application.document = _render(act, kind)
        request_pdf(act.session, application.document, now=act.now)
    elif act.matter is not None:
        file_under(act.session, application.document, act.matter)
    if act.matter is not None:
        for document in _named_documents(act):
            file_under(act.session, document, act.matter)
    return application.document


def _render(act: _Act, kind: DocumentKind) -> Document:
    matter, application = act.matter, act.application
    name = f"{matter.year}-{matter.number}" if matter else str(application.id)
    is_application = application.purpose is Purpose.APPLICATION
    return file_document(
        act.session,
        association_id=act.association.id,
        matter=matter,
        kind=kind,
        direction=Direction.IN,
        title=f"Ansökan: {act.title}" if is_application else act.title,
        filename=f"{'ansokan' if is_application else act.shown.form.key}-{name}.docx",
        media_type=WORD,
        content=render_application(
            act.session, act.association, application, act.shown, received_on=local_date(act.now)
        ),
        now=act.now,
        actor=actor_of(application),
    )


def _named_documents(act: _Act) -> list[Document]:
    """The files that the answers name, each once, in the order they came."""
    lists = (value for value in act.shown.answers.values() if isinstance(value, list))
    named = {one for value in lists for one in value if isinstance(one, str)}
    rows = attachments(act.session, act.application)
    return list({row.document_id: row.document for row in rows if str(row.document_id) in named}.values())


# --- letters ---------------------------------------------------------------------------------------------------------


def _confirm(act: _Act, kind: str, document: Document) -> None:
    address = link_to(settings_of(act.session), act.application)
    for place, to in enumerate(_told(act), start=1):
        # The link is the owner's: signatories get the number and the document.
        own = to.address in (act.application.email, act.shown.facts.contact_email)
        _write(
            act,
            kind,
            f"{kind.replace('_', '-')}-{act.application.id}-{place}",
            to,
            document,
            received_on=local_date(act.now),
            address=address if own else "",
        )


def _told(act: _Act) -> Iterator[Recipient]:
    """Who gets the confirmation: the applicants, and all who signed."""
    seen = set()
    for to in applicants(act.application, act.shown):
        seen.add(to.address)
        yield to
    source = act.shown.form.facts.signatories
    if source and act.shown.form.receipt is Receipt.ON_SIGNATURES:
        for entry in act.shown.answers.get(source) or ():
            name, address = (entry.get(part) for part in ("name", "email"))
            if isinstance(name, str) and isinstance(address, str) and address.lower() not in seen:
                seen.add(address.lower())
                yield Recipient(name, address.lower(), act.application.language)


def applicants(application: Application, shown: Filled) -> Iterator[Recipient]:
    """Who hears about the application: who began it, and the contact person it names, when that is someone else."""
    contact = shown.facts.contact_email
    same = contact.lower() == application.email
    yield Recipient(shown.facts.contact_name if same else "", application.email, application.language)
    if contact and not same:
        yield Recipient(shown.facts.contact_name, contact, application.language)


def _tell_office(act: _Act, kind: str) -> None:
    own, application, matter = act.association, act.application, act.matter
    settings = settings_of(act.session)
    address = (
        addresses.submitted_application(settings, own.slug, matter.year, matter.number)
        if matter
        else addresses.applications(settings, own.slug)
    )
    for secretary in people.holders(act.session, own.id, RoleKind.SECRETARY, local_date(act.now)):
        _write(
            act,
            kind,
            f"{kind.replace('_', '-')}-{application.id}-{secretary.id}",
            recipient(secretary),
            applicant=act.shown.facts.applicant_name or application.email,
            amount=act.shown.facts.amount,
            parties=list(act.shown.party_names()),
            address=address,
        )


def _tell_signed_again(act: _Act) -> None:
    document = act.application.document
    for place, to in enumerate(_told(act), start=1):
        _write(
            act,
            "application_signed_again",
            f"application-signed-again-{act.application.document_id}-{place}",
            to,
            document,
        )


def _write(act: _Act, kind: str, key: str, to: Recipient, document: Document | None = None, **fields: object) -> None:
    files = [Attachment(document.filename, document.media_type, document_id=document.id)] if document else []
    write_letter(
        act.session,
        association_id=act.association.id,
        room="applications",
        kind=kind,
        key=key,
        to=to,
        fields={**act.fields, "contact_email": act.association.email, **fields},
        now=act.now,
        matter_id=act.application.matter_id,
        attachments=files,
    )
