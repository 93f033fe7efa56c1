"""Trying a form out: filled in for real by the office, on a copy of the draft; nothing of it enters the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from paragraf.applications.document import render_application
from paragraf.applications.filled import Filled, answers_at, filled, form_of
from paragraf.applications.models import Application
from paragraf.applications.offered.form_drafts import used_version
from paragraf.applications.offered.publishing import family_for_key
from paragraf.applications.revisions import add_revision
from paragraf.core import log
from paragraf.core.dates import local_date
from paragraf.core.errors import N_, RuleBroken
from paragraf.people import queries as people
from paragraf.questions.carrying import carry
from paragraf.questions.models import FormDraft, FormVersion
from paragraf.questions.reading import read_definition
from paragraf.questions.succession import read_successor

#: Tests older than this may be removed.
KEPT_FOR = timedelta(days=1)
_REMOVED = N_("Provet är borttaget.")


@dataclass(frozen=True)
class Outcome:
    """What would have come in, had it not been a test; ``word`` is the document that would have been filed."""

    shown: Filled
    word: bytes


def start_test(
    session: Session, draft: FormDraft, *, email: str, language: str, now: datetime, actor: str
) -> Application:
    """A test application on what is written in the draft; the one that is there, when the text is still the same.

    What the same person answered in an earlier test comes along, so that a mended form need not be filled in anew.
    Raises DefinitionFaulty with every fault of the text.
    """
    version = _copy(session, draft, now)
    address = email.strip().lower()
    before = session.scalar(
        _tests(draft.association_id)
        .where(Application.email == address, FormVersion.family_id == version.family_id)
        .order_by(Application.id.desc())
        .limit(1)
    )
    if before is not None and before.form_version_id == version.id:
        return before
    application = Application(
        association_id=draft.association_id,
        form_version=version,
        purpose=form_of(version).purpose,
        is_test=True,
        email=address,
        language="en" if language == "en" else "sv",
        started_at=now,
    )
    session.add(application)
    session.flush()
    if before is not None:
        _take_along(session, before, application, now)
    log.record(session, draft.association_id, "try", "form_draft", draft.id, now=now, actor=actor)
    return application


def outcome(session: Session, application: Application, now: datetime) -> Outcome:
    """What a finished test would have led to. Raises NotComplete as submission does; RuleBroken when it is no test."""
    if not application.is_test:
        raise RuleBroken("Det här är en riktig ansökan, inget prov.")
    today = local_date(now)
    shown = filled(session, application, today)
    shown.must_be_complete()
    association = people.association(session, application.association_id)
    return Outcome(shown, render_application(session, association, application, shown, received_on=today))


def tests(session: Session, association_id: int) -> list[Application]:
    """The tests that have not been removed, the latest first."""
    return list(session.scalars(_tests(association_id).order_by(Application.id.desc())))


def removable(rows: list[Application], now: datetime) -> list[Application]:
    """Those of the tests that are old enough to be removed."""
    return [row for row in rows if row.started_at <= now - KEPT_FOR]


def remove_old_tests(session: Session, association_id: int, *, now: datetime, actor: str) -> int:
    """Take tests older than a day off every list and shut their links; how many they were.

    Revisions are only added in this house, so the rows themselves stay, seen by nobody.
    """
    old = removable(tests(session, association_id), now)
    for row in old:
        row.withdrawn_at, row.withdraw_reason = now, _REMOVED
        row.link_serial += 1
    session.flush()
    if old:
        log.record(session, association_id, "remove_tests", "form", 0, now=now, actor=actor, count=len(old))
    return len(old)


def _tests(association_id: int) -> Select[Application]:
    return (
        select(Application)
        .join(Application.form_version)
        .where(
            Application.association_id == association_id,
            Application.is_test.is_(True),
            Application.withdrawn_at.is_(None),
        )
        .options(joinedload(Application.form_version))
    )


def _copy(session: Session, draft: FormDraft, now: datetime) -> FormVersion:
    """The draft's text as version 0 of its form: applications need a version, and this one is never offered."""
    used = used_version(session, draft)
    form = read_successor(draft.source, read_definition(used.source) if used else None)
    family = family_for_key(session, draft.association_id, form.key)
    digest = sha256(draft.source.encode()).hexdigest()
    wanted = select(FormVersion).where(
        FormVersion.family_id == family.id, FormVersion.number == 0, FormVersion.sha256 == digest
    )
    found = session.scalar(wanted.limit(1))
    if found is None:
        found = FormVersion(
            association_id=draft.association_id,
            family=family,
            number=0,
            source=draft.source,
            sha256=digest,
            published_at=now,
        )
        session.add(found)
        session.flush()
    return found


def _take_along(session: Session, before: Application, application: Application, now: datetime) -> None:
    answers: dict[str, Any] = answers_at(session, before, before.version)
    old, new = form_of(before.form_version), form_of(application.form_version)
    carried = carry(old, new, answers, application.language).answers
    if not carried:
        return
    application.version = 1
    add_revision(session, application, carried, version=1, base=0, now=now)
    session.flush()
