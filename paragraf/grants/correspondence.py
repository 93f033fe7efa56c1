"""Who hears about a grant, and the letters of this room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.applications.filled import filled
from paragraf.applications.links import link_to
from paragraf.applications.submitting import applicants
from paragraf.core import addresses
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.grants.acts import matter_of
from paragraf.grants.models import Grant
from paragraf.people import queries as people
from paragraf.people.models import RoleKind
from paragraf.people.operations import recipient
from paragraf.post.operations import Attachment, Recipient, write_letter
from paragraf.register.models import Document


def tell_grantee(
    session: Session,
    grant: Grant,
    kind: str,
    key: str,
    now: datetime,
    *,
    document: Document | None = None,
    **fields: object,
) -> None:
    """Write the letter ``kind`` to those who hear about the grant's application, with the link to the grant's page."""
    matter = matter_of(grant)
    files = [Attachment(document.filename, document.media_type, document_id=document.id)] if document else []
    for place, to in enumerate(_grantees(session, grant, now), start=1):
        write_letter(
            session,
            association_id=grant.association_id,
            room="grants",
            kind=kind,
            key=f"{key}-{place}",
            to=to,
            fields={
                "title": matter.title,
                "register_number": matter.register_number,
                "address": grantees_address(session, grant),
                "contact_email": people.association(session, grant.association_id).email,
                **fields,
            },
            now=now,
            matter_id=matter.id,
            attachments=files,
        )


def _grantees(session: Session, grant: Grant, now: datetime) -> Iterator[Recipient]:
    application = grant.application
    return applicants(application, filled(session, application, local_date(now)))


def grantees_address(session: Session, grant: Grant) -> str:
    """The grantee's own page about the grant, by a link that lives as long as any to the application."""
    return link_to(settings_of(session), grant.application) + "bidrag"


def tell_office(session: Session, grant: Grant, kind: str, key: str, now: datetime, **fields: object) -> None:
    """Write the letter ``kind`` to the secretaries, with the address of the grant's page."""
    matter, association = matter_of(grant), people.association(session, grant.association_id)
    address = addresses.grant(settings_of(session), association.slug, matter.year, matter.number)
    for secretary in people.holders(session, association.id, RoleKind.SECRETARY, local_date(now)):
        write_letter(
            session,
            association_id=association.id,
            room="grants",
            kind=kind,
            key=f"{key}-{secretary.id}",
            to=recipient(secretary),
            fields={
                "title": matter.title,
                "register_number": matter.register_number,
                "grantee": matter.counterpart,
                "address": address,
                **fields,
            },
            now=now,
            matter_id=matter.id,
        )
