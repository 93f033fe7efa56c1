"""Submission: the draft becomes a matter with a register number, a Word document and its letters, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.applications.calls import must_be_in_time
from paragraf.applications.carrying import must_be_on_newest
from paragraf.applications.document import render_application
from paragraf.applications.filled import Filled, attachments, filled
from paragraf.applications.links import actor_of, link_to
from paragraf.applications.models import Application
from paragraf.core import addresses, log
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.people import queries as people
from paragraf.people.models import Association, RoleKind
from paragraf.people.operations import recipient
from paragraf.post.operations import Attachment, Recipient, write_letter
from paragraf.register.models import Direction, Document, DocumentKind, Matter, MatterKind
from paragraf.register.operations import file_document, file_under, open_matter, request_pdf
from paragraf.register.uploads import WORD


def submit(session: Session, application: Application, *, version: int, now: datetime) -> Matter:
    """Hand the application in: it gets its register number, its frozen Word document, and the letters are queued.

    ``version`` is the one that was read through. Submitted twice, it gives the same matter. Raises NotComplete with
    everything that is missing, fewer than two cooperating parties among it, and RuleBroken when somebody has changed
    the answers since ``version``.
    """
    # The lock is what makes a double click one submission: the second waits here, and then finds the matter.
    session.refresh(application, ["version", "submitted_at", "matter_id"], with_for_update=True)
    if application.matter is not None:
        return application.matter
    if application.is_test:
        raise RuleBroken("Det här är ett prov. Inget av det kommer in i diariet.")
    must_be_in_time(session, application, now)
    must_be_on_newest(session, application)
    shown = filled(session, application, local_date(now))
    shown.must_be_complete()
    if version != application.version:
        raise RuleBroken("Ansökan har ändrats sedan du läste igenom den. Läs igenom den en gång till och skicka in då.")
    association = people.association(session, application.association_id)
    matter = _register(session, application, shown, now)
    act = _Act(session, association, application, shown, matter, now)
    application.matter, application.submitted_at, application.submitted_version = matter, now, version
    application.document = document = _file(act)
    session.flush()
    log.record(
        session,
        association.id,
        "submit",
        "application",
        application.id,
        now=now,
        actor=actor_of(application),
        matter_id=matter.id,
        version=application.version,
    )
    _confirm(act, document)
    _tell_office(act)
    return matter


@dataclass(frozen=True)
class _Act:
    """What the steps of one submission are about."""

    session: Session
    association: Association
    application: Application
    shown: Filled
    matter: Matter
    now: datetime

    @property
    def fields(self) -> dict[str, object]:
        """What both letters say."""
        return {"title": self.matter.title, "register_number": self.matter.register_number}


def _register(session: Session, application: Application, shown: Filled, now: datetime) -> Matter:
    return open_matter(
        session,
        association_id=application.association_id,
        kind=MatterKind.APPLICATION,
        title=shown.facts.title or shown.form.title.sv,
        counterpart=shown.facts.applicant_name or application.email,
        now=now,
        actor=actor_of(application),
    )


def _file(act: _Act) -> Document:
    """File the application as Word, rendered this once, and after it the attachments that it names."""
    session, matter = act.session, act.matter
    document = file_document(
        session,
        association_id=act.association.id,
        matter=matter,
        kind=DocumentKind.APPLICATION,
        direction=Direction.IN,
        title=f"Ansökan: {matter.title}",
        filename=f"ansokan-{matter.year}-{matter.number}.docx",
        media_type=WORD,
        content=render_application(
            act.session, act.association, act.application, act.shown, received_on=local_date(act.now)
        ),
        now=act.now,
        actor=actor_of(act.application),
    )
    named = _named_files(act.shown)
    for row in attachments(session, act.application):
        if str(row.document_id) in named:
            file_under(session, row.document, matter)
    request_pdf(session, document, now=act.now)
    return document


def _named_files(shown: Filled) -> set[str]:
    """The ids of the files that the answers name."""
    lists = (value for value in shown.answers.values() if isinstance(value, list))
    return {one for value in lists for one in value if isinstance(one, str)} & set(shown.context.documents)


def _confirm(act: _Act, document: Document) -> None:
    address = link_to(settings_of(act.session), act.application)
    for place, to in enumerate(applicants(act.application, act.shown), start=1):
        write_letter(
            act.session,
            association_id=act.association.id,
            room="applications",
            kind="application_received",
            key=f"application-received-{act.application.id}-{place}",
            to=to,
            fields={
                **act.fields,
                "received_on": local_date(act.now),
                "address": address,
                "contact_email": act.association.email,
            },
            now=act.now,
            matter_id=act.matter.id,
            attachments=[Attachment(document.filename, document.media_type, document_id=document.id)],
        )


def applicants(application: Application, shown: Filled) -> Iterator[Recipient]:
    """Who hears about the application: who began it, and the contact person it names, when that is someone else."""
    contact = shown.facts.contact_email
    same = contact.lower() == application.email
    yield Recipient(shown.facts.contact_name if same else "", application.email, application.language)
    if contact and not same:
        yield Recipient(shown.facts.contact_name, contact, application.language)


def _tell_office(act: _Act) -> None:
    own, application, matter = act.association, act.application, act.matter
    address = addresses.submitted_application(settings_of(act.session), own.slug, matter.year, matter.number)
    for secretary in people.holders(act.session, own.id, RoleKind.SECRETARY, local_date(act.now)):
        write_letter(
            act.session,
            association_id=own.id,
            room="applications",
            kind="application_arrived",
            key=f"application-arrived-{application.id}-{secretary.id}",
            to=recipient(secretary),
            fields={
                **act.fields,
                "applicant": matter.counterpart,
                "amount": act.shown.facts.amount,
                "parties": list(act.shown.party_names()),
                "address": address,
            },
            now=act.now,
            matter_id=matter.id,
        )
