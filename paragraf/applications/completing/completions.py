"""Completion of an application that has come in: asked for question by question, answered, put off or taken back.

While one is open, only its questions are; ``received`` tells what the office reads meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.applications import reminding
from paragraf.applications.completing import completion_letters as letters
from paragraf.applications.completing import completion_rules as rules
from paragraf.applications.completing.completion_document import render_request, request_fields
from paragraf.applications.completing.completion_rules import Asked, NotCompleted
from paragraf.applications.completing.received import answered_count, completions, open_completion
from paragraf.applications.completing.resigning import sign_again_where_signed
from paragraf.applications.document import render_application
from paragraf.applications.filled import Filled, answers_at, attachments, filled
from paragraf.applications.links import actor_of
from paragraf.applications.locking import lock
from paragraf.applications.models import (
    Application,
    ApplicationAttachment,
    Completion,
    CompletionQuestion,
    ReminderKind,
)
from paragraf.applications.revisions import add_revision
from paragraf.core import log
from paragraf.core.dates import local_date
from paragraf.core.errors import N_, RuleBroken
from paragraf.duties import operations as duties
from paragraf.duties.models import Anchor
from paragraf.duties.rules import Event
from paragraf.duties.standard_rules import COMPLETION
from paragraf.people import queries as people
from paragraf.questions.completeness import Problem
from paragraf.register.models import Direction, Document, DocumentKind, Matter
from paragraf.register.operations import file_document, file_under, request_pdf
from paragraf.register.uploads import WORD

__all__ = ["Asked", "NotCompleted", "answer", "ask", "end", "extend", "remaining", "withdraw"]

#: What duties and log entries call a completion.
SUBJECT = "completion"


# --- the office ----------------------------------------------------------------------------------------------------


def ask(
    session: Session,
    application: Application,
    *,
    questions: Iterable[Asked],
    message: str,
    due_on: date,
    now: datetime,
    actor: str,
) -> Completion:
    """Ask the applicant to complete these questions by ``due_on``, which opens just them.

    The request is frozen as Word in the matter and mailed with the link; the applicant is reminded before the day and
    the office after it. Raises RuleBroken for what is not received, is closed or has a request open already, and for
    no question, an empty wish or a day that has passed (SeveralRulesBroken for several fields at once).
    """
    matter = _lock(session, application)
    if open_completion(session, application) is not None:
        raise RuleBroken("En komplettering är redan begärd. Vänta på svaret, eller dra tillbaka begäran först.")
    shown = filled(session, application, local_date(now))
    asked = rules.checked(shown.form, questions)
    message = rules.checked_message(message)
    rules.check_due_on(due_on, local_date(now))
    completion = Completion(
        association_id=application.association_id,
        application_id=application.id,
        asked_at=now,
        asked_by=actor,
        message=message,
        due_on=due_on,
        base_version=application.version,
        questions=[
            CompletionQuestion(
                association_id=application.association_id, position=place, question_id=one.question_id, asked=one.text
            )
            for place, one in enumerate(asked, start=1)
        ],
    )
    session.add(completion)
    completion.document = _file_request(session, matter, shown, asked, completion, now)
    session.flush()
    _plan(session, application, completion, matter, now)
    _log(session, application, "ask_completion", now, actor, last_day=due_on.isoformat(), questions=len(asked))
    letters.tell_asked(session, application, completion, shown, now=now)
    return completion


def _file_request(
    session: Session, matter: Matter, shown: Filled, asked: Sequence[Asked], completion: Completion, now: datetime
) -> Document:
    association = people.association(session, matter.association_id)
    fields = request_fields(
        association,
        matter,
        shown,
        asked,
        message=completion.message,
        due_on=completion.due_on,
        today=local_date(now),
        sender=completion.asked_by,
    )
    frozen = file_document(
        session,
        association_id=matter.association_id,
        matter=matter,
        kind=DocumentKind.COMPLETION_REQUEST,
        direction=Direction.OUT,
        title=f"Begäran om komplettering: {matter.title}",
        filename=f"komplettering-{matter.year}-{matter.number}-{local_date(now)}.docx",
        media_type=WORD,
        content=render_request(session, association, fields),
        now=now,
        actor=completion.asked_by,
    )
    request_pdf(session, frozen, now=now)
    return frozen


def extend(session: Session, completion: Completion, *, due_on: date, now: datetime, actor: str) -> None:
    """Give the applicant more time, also when the day has passed; they get a letter and new reminders.

    Raises RuleBroken when the completion is over, and for a day that is not later than both the old one and today.
    """
    application = completion.application
    matter = _lock(session, application)
    _must_be_open(session, completion)
    rules.check_due_on(due_on, local_date(now), after=completion.due_on)
    completion.due_on = due_on
    session.flush()
    _plan(session, application, completion, matter, now)
    _log(session, application, "extend_completion", now, actor, last_day=due_on.isoformat())
    letters.tell_extended(session, application, completion, now=now)


def withdraw(session: Session, completion: Completion, *, now: datetime, actor: str) -> None:
    """Take the request back: the application is taken up as it was handed in, and the applicant is told.

    What the applicant had begun to write is kept as revisions, but no longer counts. Raises RuleBroken when it is over.
    """
    application = completion.application
    _lock(session, application)
    _must_be_open(session, completion)
    end(session, completion, now=now, actor=actor)
    _log(session, application, "withdraw_completion", now, actor)
    letters.tell_taken_back(session, application, completion, now=now)


def end(session: Session, completion: Completion, *, now: datetime, actor: str) -> None:
    """Let the completion end without an answer, telling nobody; the caller holds the application locked."""
    application = completion.application
    _go_back(session, application, completion.base_version, now, actor)
    completion.withdrawn_at = now
    session.flush()
    duties.cancel(
        session,
        association_id=application.association_id,
        subject=SUBJECT,
        subject_id=completion.id,
        reason=N_("Kompletteringen begärs inte längre"),
        now=now,
        actor=actor,
    )
    _forget_reminders(session, completion, "Kompletteringen begärs inte längre.", now)


def _go_back(session: Session, application: Application, version: int, now: datetime, actor: str) -> None:
    """Make what was handed in the newest again. Nothing is erased: what was begun is a revision before it."""
    if application.version == version:
        return
    answers = answers_at(session, application, version)
    application.version += 1
    add_revision(session, application, answers, version=application.version, base=version, now=now, by=actor)
    everything = select(ApplicationAttachment).where(ApplicationAttachment.application_id == application.id)
    for row in session.scalars(everything):
        # What was added or taken away since the request is no part of what was handed in.
        row.removed_at = None if _is_named(row, answers) else row.removed_at or now


# --- the applicant -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Remaining:
    """The completion as it stands: the answers before and now, and what must be done before it can be handed in."""

    before: Filled
    after: Filled
    problems: tuple[Problem, ...]
    changed: frozenset[str]


def remaining(session: Session, completion: Completion, today: date) -> Remaining:
    """Where an open completion stands; of one that came in, the answers before and after."""
    application = completion.application
    version = completion.answered_version or application.version
    before = filled(session, application, today, version=completion.base_version)
    after = filled(session, application, today, version=version)
    names = [one.question_id for one in completion.questions]
    problems = rules.remaining(after.form, names, before.answers, after.answers, after.problems)
    return Remaining(before, after, problems, frozenset(rules.changed(names, before.answers, after.answers)))


def answer(
    session: Session, application: Application, *, version: int, now: datetime, actor: str | None = None
) -> Completion:
    """Hand the completion in: the application is frozen anew as Word, both sides are told, the questions are shut.

    ``version`` is the one that was read through; handed in twice it is the same completion. A late one is taken, since
    the office has neither shut it nor taken the application up. Raises NotCompleted with all that is missing, and
    RuleBroken where nothing is asked for or somebody has changed an answer since ``version``.
    """
    matter = _lock(session, application)
    completion = open_completion(session, application)
    if completion is None:
        return _answered_already(session, application, version)
    standing = remaining(session, completion, local_date(now))
    if standing.problems:
        raise NotCompleted(standing.problems)
    if version != application.version:
        raise RuleBroken("Ansökan har ändrats sedan du läste igenom den. Läs igenom den en gång till och skicka in då.")
    who = actor or actor_of(application)
    completion.answered_at, completion.answered_version = now, version
    completion.answered_document = _file_completed(session, application, matter, standing.after, now, who)
    session.flush()
    _finish_duty(session, completion, now, who)
    _forget_reminders(session, completion, "Kompletteringen har kommit in.", now)
    _log(session, application, "answer_completion", now, who, version=version)
    letters.tell_answered(session, application, completion, standing.after, standing.changed, now=now)
    sign_again_where_signed(session, application, changed=bool(standing.changed), now=now)
    return completion


def _answered_already(session: Session, application: Application, version: int) -> Completion:
    for completion in completions(session, application):
        if completion.answered_version == version:
            return completion
    raise RuleBroken("Det finns ingen begäran om komplettering att svara på.")


def _file_completed(
    session: Session, application: Application, matter: Matter, shown: Filled, now: datetime, actor: str
) -> Document:
    association = people.association(session, application.association_id)
    number = answered_count(session, application)
    received_on = local_date(application.submitted_at or now)
    frozen = file_document(
        session,
        association_id=association.id,
        matter=matter,
        kind=DocumentKind.APPLICATION,
        direction=Direction.IN,
        title=f"Ansökan efter komplettering: {matter.title}",
        filename=f"ansokan-{matter.year}-{matter.number}-komplettering-{number}.docx",
        media_type=WORD,
        content=render_application(session, association, application, shown, received_on=received_on),
        now=now,
        actor=actor,
    )
    for row in attachments(session, application):
        if _is_named(row, shown.answers) and row.document.matter_id is None:
            file_under(session, row.document, matter)
    request_pdf(session, frozen, now=now)
    return frozen


def _is_named(row: ApplicationAttachment, answers: Mapping[str, Any]) -> bool:
    """Whether the answers name the file."""
    return str(row.document_id) in (answers.get(row.question_id) or ())


# --- what both share -----------------------------------------------------------------------------------------------


def _lock(session: Session, application: Application) -> Matter:
    """Let one act at a time change the application; its matter. RuleBroken where nothing can be completed."""
    lock(session, application)
    if application.withdrawn_at is not None:
        raise RuleBroken("Ansökan är återtagen, så ärendet är avslutat.")
    matter = application.matter
    if application.submitted_at is None or matter is None:
        raise RuleBroken("Bara det som har kommit in och fått ett diarienummer kan kompletteras.")
    if matter.closed_on is not None:
        raise RuleBroken("Ärendet avslutades den %(day)s, så ansökan kan inte kompletteras.", day=matter.closed_on)
    return matter


def _must_be_open(session: Session, completion: Completion) -> None:
    session.refresh(completion, ["answered_at", "withdrawn_at", "due_on"])
    if completion.answered_at is not None:
        raise RuleBroken("Kompletteringen har redan kommit in.")
    if completion.withdrawn_at is not None:
        raise RuleBroken("Begäran om komplettering är redan tillbakadragen.")


def _plan(session: Session, application: Application, completion: Completion, matter: Matter, now: datetime) -> None:
    event = Event(
        association_id=application.association_id,
        anchor=Anchor.COMPLETION,
        subject=SUBJECT,
        subject_id=completion.id,
        on=completion.due_on,
        title=f"{matter.register_number} {matter.title}",
        matter_id=matter.id,
    )
    duties.move(session, event, reason=N_("Sista dagen har ändrats"), now=now, actor=completion.asked_by)
    reminding.plan(
        session,
        application,
        kind=ReminderKind.COMPLETION_DUE,
        subject_id=completion.id,
        days=rules.remind_days(completion.due_on),
        now=now,
    )


def _finish_duty(session: Session, completion: Completion, now: datetime, actor: str) -> None:
    duties.finish(
        session,
        association_id=completion.association_id,
        rule_key=COMPLETION,
        subject=SUBJECT,
        subject_id=completion.id,
        now=now,
        actor=actor,
    )


def _forget_reminders(session: Session, completion: Completion, reason: str, now: datetime) -> None:
    reminding.cancel(
        session,
        completion.application,
        kind=ReminderKind.COMPLETION_DUE,
        subject_id=completion.id,
        reason=reason,
        now=now,
    )


def _log(session: Session, application: Application, verb: str, now: datetime, actor: str, **details: object) -> None:
    log.record(
        session,
        application.association_id,
        verb,
        "application",
        application.id,
        now=now,
        actor=actor,
        matter_id=application.matter_id,
        **details,
    )
