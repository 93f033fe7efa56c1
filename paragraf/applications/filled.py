"""An application with its form and answers: all that pages, letters and the Word document read about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from paragraf.applications.models import Application, ApplicationAttachment, ApplicationRevision
from paragraf.applications.rules import NotComplete, principal_of, too_few_principals
from paragraf.core.dates import local_date
from paragraf.people import queries as people
from paragraf.questions.completeness import Problem, SectionState, section_state, section_states
from paragraf.questions.computing import Computed, compute
from paragraf.questions.conditions import is_shown
from paragraf.questions.context import Context, Member
from paragraf.questions.definition import Form, Kind, Section
from paragraf.questions.entries import Repeated, repeated, with_entry
from paragraf.questions.facts import Facts, facts
from paragraf.questions.models import FormVersion
from paragraf.questions.presenting import Block, present
from paragraf.questions.reading import read_definition
from paragraf.questions.unfolding import unfold
from paragraf.register.models import Document

_MOST_FORMS = 64
#: Kinds whose answers are held against the register of members.
_ASKS_FOR_MEMBERS = frozenset({Kind.COOPERATING_PARTIES, Kind.ORGANISATION})
_forms: dict[str, Form] = {}


def form_of(version: FormVersion) -> Form:
    """The form of a published version: read once in each process, since a published version never changes."""
    found = _forms.get(version.sha256)
    if found is None:
        if len(_forms) >= _MOST_FORMS:
            _forms.clear()
        # Asking for ``source`` is what loads it: pages of a form that is known here never fetch its text.
        found = _forms[version.sha256] = read_definition(version.source)
    return found


@dataclass(frozen=True)
class Filled:
    """A form, its answers at one version, and what the form asks the register.

    The form is unfolded: given as it was written (``form_of``), its repeated sections are there once for each entry.
    """

    form: Form
    answers: Mapping[str, Any]
    context: Context
    #: When the answers were saved; None before the first save.
    saved_at: datetime | None = None
    written: Form = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "written", self.form)
        object.__setattr__(self, "form", unfold(self.form, self.answers, self.context))

    @cached_property
    def computed(self) -> Computed:
        return compute(self.form, self.answers, self.context)

    @cached_property
    def facts(self) -> Facts:
        return facts(self.form, self.answers, self.computed)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is missing or wrong, and the warnings."""
        return tuple(problem for state in self.states for problem in state.problems)

    @cached_property
    def sections(self) -> tuple[tuple[Section, SectionState], ...]:
        """The sections that are to be filled in as things stand, with where each stands."""
        both = zip(self.form.sections, self.states, strict=True)
        return tuple((section, state) for section, state in both if state.is_shown)

    @cached_property
    def repeated(self) -> tuple[Repeated, ...]:
        """The sections to which entries can be added and from which they can be taken away, as things stand."""
        return tuple(
            repeated(section, self.answers)
            for section in self.written.sections
            if section.repeat and section.repeat.for_each is None and is_shown(self.written, section, self.answers)
        )

    def state_of(self, section: Section) -> SectionState:
        """Where one section stands, without looking through the others."""
        return section_state(self.form, section, self.answers, self.context, self.computed)

    @cached_property
    def states(self) -> tuple[SectionState, ...]:
        return section_states(self.form, self.answers, self.context, self.computed)

    def blocks(self, language: str) -> tuple[Block, ...]:
        """Every question with its answer as printed text."""
        return present(self.form, self.answers, self.computed, self.context, language)

    def party_names(self) -> tuple[str, ...]:
        """The cooperating members by name."""
        members = self.context.members
        return tuple(members[party].name for party in self.facts.parties if party in members)

    def must_be_complete(self) -> None:
        """Raise NotComplete with all that is missing, and with the association's own rule for every application."""
        problems = [problem for problem in self.problems if not problem.is_warning]
        source = self.form.facts.parties
        told = any(problem.question_id == source for problem in problems)
        if source and not told and too_few_principals(self.facts.parties, self.context.members):
            section = self.form.section_of(source)
            problems.append(
                Problem(section.id, source, source, "Ansökan kan bara prövas om minst två huvudmän samverkar.")
            )
        if problems:
            raise NotComplete(problems)


def filled(session: Session, application: Application, today: date, *, version: int | None = None) -> Filled:
    """The application as it stands, or as it was at ``version``.

    ``today`` decides which members a draft may choose among.
    """
    form = form_of(application.form_version)
    day = local_date(application.submitted_at) if application.submitted_at else today
    wanted = _revision(application, application.version if version is None else version).with_only_columns(
        ApplicationRevision.answers, ApplicationRevision.saved_at
    )
    newest = session.execute(wanted).first()
    answers, saved_at = (newest.answers, newest.saved_at) if newest else ({}, None)
    return Filled(form, answers, context_of(session, application, day), saved_at)


def answered(application: Application, answers: Mapping[str, Any], context: Context) -> Filled:
    """The application with these answers, of whatever version, as it reads today."""
    return Filled(form_of(application.form_version), answers, context)


def form_at(session: Session, application: Application, today: date, *, section_id: str = "") -> Form:
    """The form unfolded by the newest answers. An entry that is taken away is there too where ``section_id`` is its.

    So what somebody is writing in it is saved all the same, though it is not asked for any more.
    """
    form = form_of(application.form_version)
    if not form.repeats:
        return form
    answers = answers_at(session, application, application.version)
    return with_section(form, answers, context_of(session, application, today), section_id)


def with_section(form: Form, answers: Mapping[str, Any], context: Context, section_id: str) -> Form:
    """The form as written, unfolded by the answers, and by the entry whose section ``section_id`` is."""
    return unfold(form, with_entry(form, section_id, answers), context) if form.repeats else form


# Built once: every save asks it, and building costs as much as asking.
_ANSWERS = select(ApplicationRevision.answers).where(
    ApplicationRevision.application_id == bindparam("application_id"),
    ApplicationRevision.version == bindparam("version"),
)


def answers_at(session: Session, application: Application, version: int) -> dict[str, Any]:
    """All answers of a version; none for version 0 and for one that never was."""
    return session.scalar(_ANSWERS, {"application_id": application.id, "version": version}) or {}


def _revision(application: Application, version: int) -> Select[Any]:
    return select(ApplicationRevision).where(
        ApplicationRevision.application_id == application.id, ApplicationRevision.version == version
    )


def context_of(session: Session, application: Application, day: date) -> Context:
    """What the form asks the register: the members on the day, the application's own files, the first budget year."""
    kinds = form_of(application.form_version).kinds
    files = attachments(session, application) if Kind.ATTACHMENTS in kinds else []
    members = members_on(session, application.association_id, day) if kinds & _ASKS_FOR_MEMBERS else {}
    call = application.call
    return Context(
        members=members,
        documents={str(row.document_id): print_file(row.document) for row in files},
        start_year=call.earliest.year if call and call.earliest else local_date(application.started_at).year,
        earliest=call.earliest if call else None,
        latest=call.latest if call else None,
    )


def members_on(session: Session, association_id: int, day: date) -> dict[str, Member]:
    """The members on the day by their id as text, each with the party it counts as."""
    members = people.member_principals(session, association_id, day)
    return {str(one.id): Member(one.name, principal_of(one.principal, one.id), one.number) for one in members}


def attachments(session: Session, application: Application) -> list[ApplicationAttachment]:
    """The files that have not been taken away, in the order they came."""
    wanted = select(ApplicationAttachment).where(
        ApplicationAttachment.application_id == application.id, ApplicationAttachment.removed_at.is_(None)
    )
    return list(session.scalars(wanted.order_by(ApplicationAttachment.id)))


def print_file(document: Document) -> str:
    """``Behovsanalys.pdf (120 kB)``, the size in thousands of bytes, rounded up."""
    return f"{document.filename} ({-(-document.size // 1000)} kB)"
