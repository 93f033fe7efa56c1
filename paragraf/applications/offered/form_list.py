"""What the office sees of its forms: every family with its versions, and how many write on each or have handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer, joinedload

from paragraf.applications.filled import answers_at, form_of
from paragraf.applications.models import Application
from paragraf.core.errors import NotThere
from paragraf.questions.carrying import concerned_questions
from paragraf.questions.changes import Changes, compare
from paragraf.questions.definition import Form, Text
from paragraf.questions.models import FormFamily, FormVersion


@dataclass(frozen=True)
class Use:
    """How many applications answer one version: begun and not submitted, and received."""

    version: FormVersion
    drafts: int
    received: int


@dataclass(frozen=True)
class Offered:
    """One form of the association; ``uses`` has its versions, the newest first."""

    family: FormFamily
    form: Form
    uses: tuple[Use, ...]

    @property
    def newest(self) -> FormVersion:
        return self.uses[0].version

    @property
    def drafts(self) -> int:
        return sum(use.drafts for use in self.uses)

    @property
    def received(self) -> int:
        return sum(use.received for use in self.uses)


def all_forms(session: Session, association_id: int) -> list[Offered]:
    """Every form that has been published, in the order of their keys."""
    versions = _versions(session, association_id)
    counts = _counts(session, association_id)
    by_family: dict[int, list[Use]] = {}
    for version in versions:
        drafts, received = counts.get(version.id, (0, 0))
        by_family.setdefault(version.family_id, []).append(Use(version, drafts, received))
    found = (Offered(uses[0].version.family, form_of(uses[0].version), tuple(uses)) for uses in by_family.values())
    return sorted(found, key=lambda one: one.family.key)


def one_form(session: Session, association_id: int, family_id: int) -> Offered:
    """The association's own published form; raises NotThere."""
    found = next((one for one in all_forms(session, association_id) if one.family.id == family_id), None)
    if found is None:
        raise NotThere("Formuläret finns inte.")
    return found


def find_version(session: Session, association_id: int, version_id: int) -> FormVersion:
    """The association's own published version; raises NotThere."""
    found = session.get(FormVersion, version_id)
    if found is None or found.association_id != association_id or not found.number:
        raise NotThere("Formuläret finns inte.")
    return found


def _versions(session: Session, association_id: int) -> Iterable[FormVersion]:
    wanted = (
        select(FormVersion)
        .where(FormVersion.association_id == association_id, FormVersion.number > 0)
        .options(joinedload(FormVersion.family), defer(FormVersion.source))
        .order_by(FormVersion.family_id, FormVersion.number.desc())
    )
    return session.scalars(wanted)


def _counts(session: Session, association_id: int) -> dict[int, tuple[int, int]]:
    """Drafts and received applications by version; tests are neither."""
    wanted = (
        select(Application.form_version_id, func.count(Application.id), func.count(Application.submitted_at))
        .where(Application.association_id == association_id, Application.is_test.is_(False))
        .group_by(Application.form_version_id)
    )
    return {version: (count - received, received) for version, count, received in session.execute(wanted)}


# --- before a version is published ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Concerned:
    """A draft on a version that is about to be followed by another, and its answered questions that the change is of.

    Neither its answers nor its writer: drafts are their writers' own.
    """

    version_number: int
    started_at: datetime
    questions: tuple[Text, ...]


def concerned_drafts(session: Session, family: FormFamily, form: Form) -> list[Concerned]:
    """The drafts on the published versions of the form, as the text ``form`` would meet them; the latest first."""
    wanted = (
        select(Application)
        .join(Application.form_version)
        .where(
            Application.association_id == family.association_id,
            FormVersion.family_id == family.id,
            FormVersion.number > 0,
            Application.submitted_at.is_(None),
            Application.withdrawn_at.is_(None),
            Application.is_test.is_(False),
        )
        .options(joinedload(Application.form_version))
        .order_by(Application.started_at.desc())
    )
    changes: dict[int, Changes] = {}
    found = []
    for row in session.scalars(wanted):
        of_version = changes.setdefault(row.form_version_id, compare(form_of(row.form_version), form))
        touched = concerned_questions(of_version, answers_at(session, row, row.version))
        found.append(Concerned(row.form_version.number, row.started_at, tuple(one.label for one in touched)))
    return found
