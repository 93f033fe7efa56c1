"""Links to applications: how an applicant without an account comes in, and comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, defer, joinedload

from paragraf.applications.filled import filled, form_of
from paragraf.applications.locking import lock
from paragraf.applications.models import Application, ApplicationParticipant, ParticipantRole
from paragraf.applications.offered.calls import call_to_begin, plan_reminders
from paragraf.applications.offered.publishing import open_forms
from paragraf.applications.rules import LETTER_SPAN, LINK_LIFE, may_write_again
from paragraf.core import addresses, log, tokens
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.settings import Settings
from paragraf.people import queries as people
from paragraf.people.models import Association
from paragraf.post.models import Letter
from paragraf.post.operations import Recipient, write_letter
from paragraf.questions.definition import Purpose
from paragraf.questions.models import FormVersion

_LONGEST_ACTOR = 120
_AGAIN = "application_link_again"

# Built once: every page of an applicant asks it, and building costs as much as asking.
_NAMED = (
    select(Application, Association)
    .join(Association, Association.id == Application.association_id)
    .where(Application.id == bindparam("application_id"), Application.link_serial == bindparam("serial"))
    .options(joinedload(Application.form_version).options(defer(FormVersion.source)))
)


_INVITED = (
    select(Application, Association, ApplicationParticipant)
    .join(Association, Association.id == Application.association_id)
    .join(ApplicationParticipant, ApplicationParticipant.application_id == Application.id)
    .where(
        Application.id == bindparam("application_id"),
        ApplicationParticipant.id == bindparam("participant_id"),
        ApplicationParticipant.link_serial == bindparam("serial"),
        ApplicationParticipant.removed_at.is_(None),
    )
    .options(joinedload(Application.form_version).options(defer(FormVersion.source)))
)


@dataclass(frozen=True)
class Opened:
    """What a link opens, and for whom: the owner, or the participant whose link it is."""

    application: Application
    association: Association
    participant: ApplicationParticipant | None = None

    @property
    def role(self) -> ParticipantRole | None:
        """What the participant was invited as; None for the owner."""
        return self.participant.role if self.participant else None

    @property
    def may_write(self) -> bool:
        """Whether the holder may change answers and files."""
        return self.role in (None, ParticipantRole.WRITER)

    @property
    def may_manage(self) -> bool:
        """Whether the holder may invite, hand in, send for signing and withdraw: the owner alone."""
        return self.participant is None

    @property
    def address(self) -> str:
        """The e-mail address that the link was mailed to: by it a save is told whose it is."""
        return self.participant.email if self.participant else self.application.email

    @property
    def language(self) -> str:
        """The language that the holder is written to in."""
        return self.participant.language if self.participant else self.application.language


def actor_of(application: Application, address: str = "") -> str:
    """The applicant as the log and the register name them, the owner unless another address is given.

    Long addresses are cut off to fit.
    """
    return f"Sökande: {address or application.email}"[:_LONGEST_ACTOR]


def link_to(settings: Settings, application: Application, participant: ApplicationParticipant | None = None) -> str:
    """The address that opens the application for ``LINK_LIFE`` from now on, to its owner or to the participant."""
    payload: dict[str, int | str] = {"a": application.id, "s": application.link_serial}
    if participant is not None:
        payload = {"a": application.id, "p": participant.id, "s": participant.link_serial}
    return addresses.application(settings, tokens.issue(settings, tokens.Purpose.APPLICATION, payload))


def find_by_token(session: Session, token: str) -> Application:
    """The application that the link opens, with its form version; raises as ``open_link``."""
    return open_link(session, token).application


def open_link(session: Session, token: str) -> Opened:
    """The application that the link opens, with its association and whose link it is, in one question.

    Raises LinkExpired for a genuine link that is too old, and LinkRefused alike for wrong, tampered and replaced ones
    and for those of people who have been taken away.
    """
    found = _named_by(session, token, LINK_LIFE)
    if found is None:
        raise tokens.refused()
    return found


def association_of(session: Session, token: str) -> Association | None:
    """Whose application a link leads to, however old: enough to say where a new one is asked for."""
    found = _named_by(session, token, timedelta(days=36500))
    return found.association if found else None


def _named_by(session: Session, token: str, max_age: timedelta) -> Opened | None:
    payload = tokens.read(settings_of(session), tokens.Purpose.APPLICATION, token, max_age)
    names = {"application_id": payload.get("a"), "serial": payload.get("s")}
    if "p" in payload:
        names["participant_id"] = payload["p"]
    if not all(isinstance(one, int) for one in names.values()):
        return None
    found = session.execute(_INVITED if "p" in payload else _NAMED, names).first()
    return Opened(*found) if found else None


def start(
    session: Session,
    *,
    association: Association,
    family_key: str,
    email: str,
    language: str,
    now: datetime,
    call_id: int | None = None,
) -> Application:
    """Begin an application on the newest version of an open form, and mail the link to it.

    ``call_id`` names the call where the form has several that are open. Raises NotThere for a form or a call that is
    not offered (reports are begun from their grant), and RuleBroken when no call is open or the address has begun too
    many at once.
    """
    address = email.strip().lower()
    version = next((one for one in open_forms(session, association.id) if one.family.key == family_key), None)
    purpose = form_of(version).purpose if version else Purpose.REPORT
    if version is None or purpose is Purpose.REPORT:
        raise NotThere("Formuläret går inte att söka med. Välj ett av dem som visas.")
    call = call_to_begin(session, version.family, call_id, now)
    begun = select(Application.started_at).where(
        Application.association_id == association.id, Application.email == address
    )
    if not may_write_again(session.scalars(begun.where(Application.started_at > now - LETTER_SPAN)), now):
        raise RuleBroken(
            "Det har nyss börjats flera ansökningar med adressen. Vänta en timme, eller använd länken som du har fått.",
            field="email",
        )
    application = Application(
        association_id=association.id,
        form_version=version,
        purpose=purpose,
        call=call,
        email=address,
        language="en" if language == "en" else "sv",
        started_at=now,
    )
    session.add(application)
    session.flush()
    plan_reminders(session, application, now)
    log.record(session, association.id, "start", "application", application.id, now=now, actor=actor_of(application))
    _write_link(session, association, application, now)
    return application


def replace_link(session: Session, application: Application, *, now: datetime) -> None:
    """Shut every link that was sent, and mail a new one: for a link that came into the wrong hands.

    Raises RuleBroken when the address has had too many letters within the hour.
    """
    if not _may_write(session, application.association_id, application.email, now):
        raise RuleBroken("Det har skickats flera länkar till adressen den senaste timmen. Vänta en stund.")
    lock(session, application)
    application.link_serial += 1
    session.flush()
    own = application.association_id
    log.record(session, own, "replace_link", "application", application.id, now=now, actor=actor_of(application))
    opened = Opened(application, people.association(session, own))
    _write_again(session, opened.association, application.email, [opened], now)


def request_new_link(session: Session, *, association: Association, email: str, now: datetime) -> bool:
    """Mail the links to the applications of an address; whether a letter was queued.

    The page must say the same in both cases, so that it cannot be asked who applies. Links sent before go on working:
    anyone may ask, and nobody shall be shut out by it while they write.
    """
    address = email.strip().lower()
    found = _of_address(session, association, address)
    if not found or not _may_write(session, association.id, address, now):
        return False
    _write_again(session, association, address, found, now)
    return True


def _of_address(session: Session, association: Association, address: str) -> list[Opened]:
    """What the address has begun or been invited to, the newest first. Trials of forms are not told of."""
    here = (Application.association_id == association.id, Application.is_test.is_(False))
    begun = select(Application).where(*here, Application.email == address).order_by(Application.id.desc()).limit(20)
    invited = (
        select(Application, ApplicationParticipant)
        .join(ApplicationParticipant, ApplicationParticipant.application_id == Application.id)
        .where(*here, ApplicationParticipant.email == address, ApplicationParticipant.removed_at.is_(None))
        .order_by(Application.id.desc())
        .limit(20)
    )
    found = [Opened(one, association) for one in session.scalars(begun)]
    found += [Opened(one, association, participant) for one, participant in session.execute(invited)]
    return sorted(found, key=lambda one: one.application.id, reverse=True)


def _may_write(session: Session, association_id: int, address: str, now: datetime) -> bool:
    written = select(Letter.queued_at).where(
        Letter.association_id == association_id,
        Letter.kind == _AGAIN,
        Letter.to_address == address,
        Letter.queued_at > now - LETTER_SPAN,
    )
    return may_write_again(session.scalars(written), now)


def _write_link(session: Session, association: Association, application: Application, now: datetime) -> None:
    write_letter(
        session,
        association_id=association.id,
        room="applications",
        kind="application_started",
        key=f"application-started-{application.id}",
        to=Recipient("", application.email, application.language),
        fields={
            "form": form_of(application.form_version).title.in_language(application.language),
            "address": link_to(settings_of(session), application),
            "last_day": local_date(now + LINK_LIFE),
            "contact_email": association.email,
        },
        now=now,
        secret=True,
    )


def _write_again(session: Session, association: Association, address: str, found: list[Opened], now: datetime) -> None:
    settings, language = settings_of(session), found[0].language
    lines = [
        {
            "title": title_of(session, one.application, now),
            "number": _number(one.application),
            "address": link_to(settings, one.application, one.participant),
        }
        for one in found
    ]
    count = session.scalar(
        select(func.count())
        .select_from(Letter)
        .where(Letter.association_id == association.id, Letter.kind == _AGAIN, Letter.to_address == address)
    )
    write_letter(
        session,
        association_id=association.id,
        room="applications",
        kind=_AGAIN,
        # The newest application's id names the address in so few characters that the key always fits.
        key=f"application-again-{found[0].application.id}-{len(found)}-{(count or 0) + 1}",
        to=Recipient("", address, language),
        fields={
            "links": lines,
            "last_day": local_date(now + LINK_LIFE),
            "contact_email": association.email,
        },
        now=now,
        secret=True,
    )


def title_of(session: Session, application: Application, now: datetime) -> str:
    """What the application is called in letters: its title, or its form's until it has one."""
    shown = filled(session, application, local_date(now))
    return shown.facts.title or shown.form.title.in_language(application.language)


def _number(application: Application) -> str:
    return application.matter.register_number if application.matter else ""
