"""Those whom the owner of an application has invited, each with a link of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paragraf.applications.links import actor_of, link_to, title_of
from paragraf.applications.locking import lock
from paragraf.applications.models import Application, ApplicationParticipant, ApplicationRevision, ParticipantRole
from paragraf.applications.rules import LETTER_SPAN, LINK_LIFE, may_write_again
from paragraf.core import log
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.people import queries as people
from paragraf.post.models import Letter
from paragraf.post.operations import Recipient, write_letter

#: Invited at one time to one application.
MOST_PARTICIPANTS = 40
#: Letters to participants of one application within ``LETTER_SPAN``: nobody can write to the whole country by it.
MOST_LETTERS = 20
_KIND = "application_invited"


def participants(session: Session, application: Application) -> list[ApplicationParticipant]:
    """Those who take part now, in the order they were invited."""
    wanted = select(ApplicationParticipant).where(
        ApplicationParticipant.application_id == application.id, ApplicationParticipant.removed_at.is_(None)
    )
    return list(session.scalars(wanted.order_by(ApplicationParticipant.id)))


def participant(session: Session, application: Application, participant_id: int) -> ApplicationParticipant:
    """One who takes part now; raises NotThere for others' and for those who have been taken away."""
    wanted = select(ApplicationParticipant).where(
        ApplicationParticipant.application_id == application.id,
        ApplicationParticipant.id == participant_id,
        ApplicationParticipant.removed_at.is_(None),
    )
    found = session.scalar(wanted)
    if found is None:
        raise NotThere("Personen är inte längre med i ansökan.")
    return found


def invite(
    session: Session,
    application: Application,
    *,
    role: ParticipantRole,
    email: str,
    name: str = "",
    organisation: str = "",
    language: str = "sv",
    now: datetime,
) -> ApplicationParticipant:
    """Let someone in, and mail them a link of their own. One who was taken away before comes back to life.

    Raises RuleBroken for the owner's own address and for one that takes part already, when there are too many, and
    when too many letters have gone out within the hour.
    """
    address = email.strip().lower()
    lock(session, application)
    _require_running(application)
    _require_new(session, application, address)
    _require_may_mail(session, application, address, now)
    row = _row(session, application, address) or ApplicationParticipant(
        association_id=application.association_id, application_id=application.id, email=address, link_serial=0
    )
    row.role, row.name, row.organisation = role, name.strip()[:200], organisation.strip()[:200]
    row.language = "en" if language == "en" else "sv"
    # Raised also for one who comes back: the link from before stays dead.
    row.link_serial += 1
    row.invited_at, row.invited_by, row.removed_at = now, application.email, None
    session.add(row)
    session.flush()
    _record(session, application, row, "invite", now, role=role.value)
    _write(session, application, row, now)
    return row


def change_role(
    session: Session, application: Application, row: ApplicationParticipant, role: ParticipantRole, *, now: datetime
) -> None:
    """Let the participant do more or less from now on; the link stays."""
    lock(session, application)
    session.refresh(row, ["role", "removed_at"])
    if row.removed_at is not None:
        raise NotThere("Personen är inte längre med i ansökan.")
    if row.role is not role:
        row.role = role
        _record(session, application, row, "change_role", now, role=role.value)


def take_away(session: Session, application: Application, row: ApplicationParticipant, *, now: datetime) -> None:
    """Shut the participant's link at once. What they have written stays."""
    lock(session, application)
    session.refresh(row, ["removed_at", "link_serial"])
    if row.removed_at is None:
        row.removed_at, row.link_serial = now, row.link_serial + 1
        _record(session, application, row, "take_away", now)


def resend(session: Session, application: Application, row: ApplicationParticipant, *, now: datetime) -> None:
    """Mail the participant a new link and shut the one before: for a mail that is lost or was passed on.

    Raises RuleBroken when too many letters have gone out within the hour.
    """
    lock(session, application)
    session.refresh(row, ["removed_at", "link_serial"])
    if row.removed_at is not None:
        raise NotThere("Personen är inte längre med i ansökan.")
    _require_may_mail(session, application, row.email, now)
    row.link_serial += 1
    session.flush()
    _record(session, application, row, "replace_link", now)
    _write(session, application, row, now)


def names(session: Session, application: Application) -> Mapping[str, str]:
    """What those who have taken part are called, by address: their name, or the address itself."""
    wanted = select(ApplicationParticipant.email, ApplicationParticipant.name).where(
        ApplicationParticipant.application_id == application.id
    )
    return {email: name or email for email, name in session.execute(wanted)}


def last_saved_by(session: Session, application: Application) -> str:
    """The address of whoever saved the newest version; empty before the first save and where it was not kept."""
    wanted = select(ApplicationRevision.saved_by).where(
        ApplicationRevision.application_id == application.id, ApplicationRevision.version == application.version
    )
    return session.scalar(wanted) or ""


def _require_running(application: Application) -> None:
    if application.withdrawn_at is not None:
        raise RuleBroken("Ansökan är återtagen. Ingen kan bjudas in till den.")
    if application.is_test:
        raise RuleBroken("Det här är ett prov av formuläret. Ingen annan kan bjudas in till det.")


def _require_new(session: Session, application: Application, address: str) -> None:
    if address == application.email:
        raise RuleBroken("Adressen är den som ansökan började med, och har redan en länk.", field="email")
    present = participants(session, application)
    if any(one.email == address for one in present):
        raise RuleBroken(
            "Adressen är redan inbjuden. Ändra rollen i listan, eller skicka en ny länk därifrån.", field="email"
        )
    if len(present) >= MOST_PARTICIPANTS:
        raise RuleBroken("Högst %(most)s kan vara med. Ta bort någon först.", field="email", most=MOST_PARTICIPANTS)


def _require_may_mail(session: Session, application: Application, address: str, now: datetime) -> None:
    lately = (
        Letter.association_id == application.association_id,
        Letter.kind == _KIND,
        Letter.queued_at > now - LETTER_SPAN,
    )
    to_address = select(Letter.queued_at).where(*lately, Letter.to_address == address)
    if not may_write_again(session.scalars(to_address), now):
        raise RuleBroken("Det har skickats flera länkar till adressen den senaste timmen. Vänta en stund.")
    of_application = Letter.key.startswith(f"application-invited-{application.id}-", autoescape=True)
    sent = session.scalar(select(func.count()).select_from(Letter).where(*lately, of_application)) or 0
    if sent >= MOST_LETTERS:
        raise RuleBroken("Ni har bjudit in många den senaste timmen. Vänta en stund och fortsätt sedan.")


def _row(session: Session, application: Application, address: str) -> ApplicationParticipant | None:
    wanted = select(ApplicationParticipant).where(
        ApplicationParticipant.application_id == application.id, ApplicationParticipant.email == address
    )
    return session.scalar(wanted)


def _record(
    session: Session, application: Application, row: ApplicationParticipant, verb: str, now: datetime, **details: str
) -> None:
    # By id only: the log cannot forget, and names and addresses are people's.
    log.record(
        session,
        application.association_id,
        verb,
        "application_participant",
        row.id,
        now=now,
        actor=actor_of(application),
        matter_id=application.matter_id,
        application=application.id,
        **details,
    )


def _write(session: Session, application: Application, row: ApplicationParticipant, now: datetime) -> None:
    association = people.association(session, application.association_id)
    write_letter(
        session,
        association_id=association.id,
        room="applications",
        kind=_KIND,
        key=f"application-invited-{application.id}-{row.id}-{row.link_serial}",
        to=Recipient(row.name, row.email, row.language),
        fields={
            "title": title_of(session, application, now),
            "inviter": application.email,
            "role": row.role.value,
            "address": link_to(settings_of(session), application, row),
            "last_day": local_date(now + LINK_LIFE),
            "contact_email": association.email,
        },
        now=now,
        matter_id=application.matter_id,
        secret=True,
    )
