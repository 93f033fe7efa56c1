"""Drafts on an older version of their form: what has changed, and the way over to the newer one.

A revision names the version it answers, so what does not come along is never lost: it stays where it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from paragraf.applications.filled import answers_at, context_of, form_of
from paragraf.applications.links import actor_of
from paragraf.applications.locking import lock
from paragraf.applications.models import Application, ApplicationRevision
from paragraf.applications.revisions import add_revision, is_set_aside
from paragraf.core import log
from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.questions.answers import read_value
from paragraf.questions.carrying import Carried, carry
from paragraf.questions.changes import Changes, compare
from paragraf.questions.definition import Kind, Section
from paragraf.questions.models import FormVersion
from paragraf.signing import queries as signing
from paragraf.signing.rules import RoundState


@dataclass(frozen=True)
class NewVersion:
    """A version of the form that is newer than the one a draft answers.

    ``must`` when the draft cannot be submitted before it has gone over. ``carried`` is what going over would give.
    """

    version: FormVersion
    changes: Changes
    carried: Carried
    must: bool


def new_version(session: Session, application: Application) -> NewVersion | None:
    """What the writer of a draft is told of; None for the newest version, for tests and for what is handed in."""
    found = _newest(session, application)
    if found is None:
        return None
    old, new = form_of(application.form_version), form_of(found)
    answers = answers_at(session, application, application.version)
    return NewVersion(
        found, compare(old, new), carry(old, new, answers, application.language), _must_follow(session, application)
    )


def has_newer(session: Session, application: Application) -> bool:
    """Whether ``new_version`` has something to tell, without reading any answers."""
    return _newest(session, application) is not None


def must_be_on_newest(session: Session, application: Application) -> None:
    """Raise RuleBroken for a draft that must go over to a newer version of its form before it is handed in."""
    if not application.is_test and application.submitted_at is None and _must_follow(session, application):
        raise RuleBroken(
            "Formuläret har en ny version som gäller för alla. Gå över till den innan ni skickar in: svaren följer med."
        )


def go_over(session: Session, application: Application, *, number: int, now: datetime, by: str = "") -> Carried:
    """Let the draft answer the version ``number`` of its form, the newest, from now on.

    What comes along is saved as a new revision by ``by``, an address (the owner's when not given). Done twice, the
    second time changes nothing. Raises RuleBroken once the application is handed in or out to be signed, and when
    another version than ``number`` has become the newest.
    """
    out = lock(session, application)
    if application.submitted_at is not None:
        raise RuleBroken("Ansökan är inskickad och ligger kvar i den version av formuläret som den skrevs i.")
    if application.form_version.number == number:
        return Carried()
    if out is not None and signing.state_of(session, out, now=now) in (RoundState.OPEN, RoundState.EXPIRED):
        raise RuleBroken("Ansökan är ute för underskrift. Vänta tills alla har svarat, eller ändra ansökan ändå först.")
    found = _newest(session, application)
    if found is None or found.number != number:
        raise RuleBroken("Formuläret har fått ännu en version. Läs vad som är nytt en gång till.")
    answers = answers_at(session, application, application.version)
    carried = carry(form_of(application.form_version), form_of(found), answers, application.language)
    application.form_version, application.version = found, application.version + 1
    add_revision(
        session,
        application,
        carried.answers,
        version=application.version,
        base=application.version - 1,
        now=now,
        by=by or application.email,
        form_version_id=found.id,
    )
    session.flush()
    log.record(
        session,
        application.association_id,
        "go_over",
        "application",
        application.id,
        now=now,
        actor=actor_of(application, by),
        form_version=found.number,
    )
    return carried


# --- what stayed behind --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LeftBehind:
    """Answers of the version before, of which something did not come along: for the writer to copy from."""

    version: FormVersion
    answers: Mapping[str, Any]
    names: tuple[str, ...]


def left_behind(session: Session, application: Application) -> LeftBehind | None:
    """What stayed in the version that the draft answered before; None when all came along, or it never went over."""
    wanted = (
        select(ApplicationRevision, FormVersion)
        .join(FormVersion, FormVersion.id == ApplicationRevision.form_version_id)
        .where(
            ApplicationRevision.application_id == application.id,
            ApplicationRevision.version.is_not(None),
            ApplicationRevision.form_version_id != application.form_version_id,
        )
    )
    found = session.execute(wanted.order_by(ApplicationRevision.version.desc()).limit(1)).first()
    if found is None:
        return None
    revision, version = found
    carried = carry(form_of(version), form_of(application.form_version), revision.answers, application.language)
    return LeftBehind(version, revision.answers, carried.left) if carried.left else None


def version_answered(session: Session, application: Application, form_version_id: int) -> FormVersion | None:
    """A version of its form that the application has answered before; None for any other."""
    answered = exists().where(
        ApplicationRevision.application_id == application.id,
        ApplicationRevision.form_version_id == form_version_id,
    )
    return session.get(FormVersion, form_version_id) if session.scalar(select(answered)) else None


def keep_from_old_page(
    session: Session,
    application: Application,
    version: FormVersion,
    *,
    section: Section,
    raw: Mapping[str, Any],
    base_version: int,
    now: datetime,
    by: str = "",
) -> dict[str, Any]:
    """Set aside, once, what came from a page of an older version of the form; return the answers that were changed.

    Somebody else has gone over while the page was open: its questions may not be there any more, so the answers cannot
    be saved where they were meant to be, and must not be lost.
    """
    context = context_of(session, application, local_date(now))
    seen = answers_at(session, application, base_version)
    read = {
        question.id: read_value(question, raw[question.id], context)
        for question in section.questions
        if question.id in raw and question.kind is not Kind.ATTACHMENTS
    }
    typed = {name: value for name, value in read.items() if value is not None and value != seen.get(name)}
    if typed and not is_set_aside(session, application, base_version, typed):
        add_revision(
            session,
            application,
            typed,
            version=None,
            base=base_version,
            now=now,
            by=by or application.email,
            form_version_id=version.id,
        )
        session.flush()
    return typed


# --- which version -------------------------------------------------------------------------------------------------


def _newest(session: Session, application: Application) -> FormVersion | None:
    """The newest version of the draft's form, when it is newer than the one that the draft answers."""
    if application.submitted_at is not None or application.withdrawn_at is not None or application.is_test:
        return None
    answered = application.form_version
    wanted = select(FormVersion).where(
        FormVersion.family_id == answered.family_id, FormVersion.number > answered.number
    )
    return session.scalar(wanted.order_by(FormVersion.number.desc()).limit(1))


def _must_follow(session: Session, application: Application) -> bool:
    """Whether a version after the draft's own said that drafts must follow."""
    answered = application.form_version
    wanted = exists().where(
        FormVersion.family_id == answered.family_id,
        FormVersion.number > answered.number,
        FormVersion.drafts_follow.is_(True),
    )
    return bool(session.scalar(select(wanted)))
