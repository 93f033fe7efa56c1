"""Withdrawal: those who apply take their application back, and everything that was under way with it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.applications.completing.completions import end
from paragraf.applications.completing.received import open_completion
from paragraf.applications.filled import filled
from paragraf.applications.links import link_to
from paragraf.applications.locking import lock
from paragraf.applications.models import Application
from paragraf.applications.submitting import applicants
from paragraf.core import addresses, log
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.errors import N_, RuleBroken
from paragraf.people import queries as people
from paragraf.people.models import RoleKind
from paragraf.people.operations import recipient
from paragraf.post.operations import write_letter
from paragraf.register.operations import close_matter
from paragraf.signing import operations as signing
from paragraf.signing import queries as signatures
from paragraf.signing.models import RoundPurpose
from paragraf.signing.rules import RoundState

LONGEST_REASON = 1000

#: What a later room does when an application is withdrawn; it may refuse with RuleBroken.
Follower = Callable[[Session, Application, datetime, str], None]
_followers: list[Follower] | None = None


def followed_by(followers: Sequence[Follower]) -> None:
    """Name what later rooms do: said once, by ``paragraf.chain``, which alone knows them all."""
    global _followers
    _followers = list(followers)


def withdraw(session: Session, application: Application, *, reason: str, now: datetime, actor: str) -> None:
    """Take the application back: the matter is closed, and both sides get a letter.

    It is taken off coming agendas; a completion that is asked for and a round of signatures end. Withdrawn twice it is
    withdrawn once. Raises RuleBroken for a draft, for what is decided or closed, and for a reason that is too long.
    """
    if _followers is None:
        raise RuntimeError("paragraf.chain has not said what follows a withdrawal")
    lock(session, application)
    if application.withdrawn_at is not None:
        return
    told = _checked(application, reason)
    for follower in _followers:
        follower(session, application, now, actor)
    application.withdrawn_at, application.withdraw_reason = now, told
    _end_what_runs(session, application, now, actor)
    if application.matter is not None:
        reason_to_close = N_("Ansökan är återtagen")
        close_matter(session, application.matter, reason=reason_to_close, now=now, actor=actor)
    session.flush()
    log.record(
        session,
        application.association_id,
        "withdraw",
        "application",
        application.id,
        now=now,
        actor=actor,
        matter_id=application.matter_id,
    )
    _tell(session, application, now)


def _checked(application: Application, reason: str) -> str:
    if application.submitted_at is None:
        raise RuleBroken("Ansökan är inte inskickad, så det finns inget att ta tillbaka.")
    if application.matter is not None and application.matter.closed_on is not None:
        raise RuleBroken("Ärendet avslutades den %(day)s.", day=application.matter.closed_on)
    told = reason.replace("\r\n", "\n").strip()
    if len(told) > LONGEST_REASON:
        raise RuleBroken("Skälet får vara högst %(most)s tecken.", field="reason", most=LONGEST_REASON)
    return told


def _end_what_runs(session: Session, application: Application, now: datetime, actor: str) -> None:
    completion = open_completion(session, application)
    if completion is not None:
        end(session, completion, now=now, actor=actor)
    own = application.association_id
    for one in signatures.rounds_about(session, own, RoundPurpose.APPLICATION, application.id):
        if signatures.state_of(session, one, now=now) is RoundState.OPEN:
            signing.withdraw_round(session, one, reason="Ansökan är återtagen.", now=now, actor=actor)


def _tell(session: Session, application: Application, now: datetime) -> None:
    association, matter = people.association(session, application.association_id), application.matter
    shown, settings = filled(session, application, local_date(now)), settings_of(session)
    fields = {
        "title": matter.title if matter else shown.facts.title or shown.form.title.sv,
        "register_number": matter.register_number if matter else "",
        "reason": application.withdraw_reason,
        "applicant": matter.counterpart if matter else application.email,
        "contact_email": association.email,
        "address": link_to(settings, application),
    }
    for place, to in enumerate(applicants(application, shown), start=1):
        write_letter(
            session,
            association_id=association.id,
            room="applications",
            kind="application_withdrawn",
            key=f"application-withdrawn-{application.id}-{place}",
            to=to,
            fields=fields,
            now=now,
            matter_id=application.matter_id,
        )
    office = (
        addresses.submitted_application(settings, association.slug, matter.year, matter.number)
        if matter
        else addresses.own_page(settings, association.slug)
    )
    for secretary in people.holders(session, association.id, RoleKind.SECRETARY, local_date(now)):
        write_letter(
            session,
            association_id=association.id,
            room="applications",
            kind="application_taken_back",
            key=f"application-taken-back-{application.id}-{secretary.id}",
            to=recipient(secretary),
            fields={**fields, "address": office},
            now=now,
            matter_id=application.matter_id,
        )
