"""Rows of the applications room."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from paragraf.core.database import Base, Json, OfAssociation, UtcDateTime, choice
from paragraf.people.models import Body
from paragraf.questions.definition import Purpose
from paragraf.questions.models import FormFamily, FormVersion
from paragraf.register.models import Document, Matter


class LatePolicy(StrEnum):
    """What becomes of an application that comes after a call has closed."""

    REFUSE = "refuse"
    MARK = "mark"


class ParticipantRole(StrEnum):
    """What an invited person may do with an application; its owner is the one who began it."""

    WRITER = "writer"
    READER = "reader"
    SIGNATORY = "signatory"


class Verdict(StrEnum):
    """What a preparatory body says of an application (tillstyrka, tillstyrka med ändringar, avstyrka)."""

    ENDORSE = "endorse"
    ENDORSE_WITH_CHANGES = "endorse_with_changes"
    ADVISE_AGAINST = "advise_against"


class CheckOutcome(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


class ReminderKind(StrEnum):
    """What an applicant is reminded of; ``applications.reminding`` and its neighbours say how."""

    CALL_CLOSING = "call_closing"
    COMPLETION_DUE = "completion_due"
    REPORT_DUE = "report_due"
    REPORT_LATE = "report_late"
    GRANT_ENDING = "grant_ending"


class FundingCall(OfAssociation, Base):
    """A call for applications (utlysning): when it opens and closes, what is late, which days it is for."""

    __tablename__ = "funding_call"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("latest IS NULL OR earliest IS NULL OR latest >= earliest", name="period_in_order"),
    )
    family_id: Mapped[int] = mapped_column(ForeignKey("form_family.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    information: Mapped[str] = mapped_column(String(2000), default="")
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The first moment that is too late.
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    late_policy: Mapped[LatePolicy] = mapped_column(choice(LatePolicy, "late_policy"))
    #: The programme that periods must lie within.
    earliest: Mapped[date | None]
    latest: Mapped[date | None]
    #: Working days before closing on which those who have not submitted are reminded, such as [10, 2].
    remind_days: Mapped[list[int]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(200))
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    family: Mapped[FormFamily] = relationship()


class Application(OfAssociation, Base):
    """A form that someone outside fills in, from its first line to its matter. A draft has no register number.

    Most are funding applications; reports on a grant, needs analyses, yearly appendices and registrations are filled
    in the same way and differ by ``purpose``, which is what the form says (docs/decisions/0016).
    """

    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint(
            "(submitted_at IS NULL) = (matter_id IS NULL) OR "
            "(purpose = 'registration' AND matter_id IS NULL) OR "
            "(purpose = 'report' AND submitted_at IS NULL)",
            name="registered_when_submitted",
        ),
        CheckConstraint("NOT is_test OR (submitted_at IS NULL AND matter_id IS NULL)", name="test_stays_outside"),
        # A matter is opened by one application; reports are filed in the matter of their grant, many in one.
        Index(
            "uq_application_opens_matter",
            "matter_id",
            unique=True,
            sqlite_where=text("purpose <> 'report'"),
            postgresql_where=text("purpose <> 'report'"),
        ),
    )
    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_version.id"))
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose, "purpose"), default=Purpose.APPLICATION)
    #: Made in the preview of a form: nothing of it ever enters the register.
    is_test: Mapped[bool] = mapped_column(default=False)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("funding_call.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2), default="sv")
    #: Part of the link; raising it kills the links sent before.
    link_serial: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Number of the newest revision; 0 before the first save. A save names the one it changes (law 5).
    version: Mapped[int] = mapped_column(default=0)
    #: When it was received: at submission, or when the last signatory had signed.
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The version that was received; completions make newer ones.
    submitted_version: Mapped[int | None]
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdraw_reason: Mapped[str | None] = mapped_column(String(1000))
    form_version: Mapped[FormVersion] = relationship()
    call: Mapped[FundingCall | None] = relationship()
    matter: Mapped[Matter | None] = relationship()
    document: Mapped[Document | None] = relationship()


class ApplicationParticipant(OfAssociation, Base):
    """Someone the owner has invited, with a link of their own. The database allows an address once each."""

    __tablename__ = "application_participant"
    __table_args__ = (
        UniqueConstraint("application_id", "email"),
        CheckConstraint("email = lower(email)", name="email_lower_case"),
    )
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    role: Mapped[ParticipantRole] = mapped_column(choice(ParticipantRole, "participant_role"))
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(2), default="sv")
    link_serial: Mapped[int] = mapped_column(default=1)
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    invited_by: Mapped[str] = mapped_column(String(254))
    #: From when the link no longer opens anything; invited again, the row comes back to life.
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ApplicationRevision(OfAssociation, Base):
    """Every save of the answers, with the form version they answer. Rows are only added."""

    __tablename__ = "application_revision"
    __table_args__ = (UniqueConstraint("application_id", "version"),)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_version.id"))
    #: None for answers that came too late and were set aside, so that nobody's words are lost.
    version: Mapped[int | None]
    base_version: Mapped[int]
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The address of the one who saved; empty in revisions from before it was kept.
    saved_by: Mapped[str] = mapped_column(String(254), default="")


class ApplicationAttachment(OfAssociation, Base):
    """A file that the applicant added to a question."""

    __tablename__ = "application_attachment"
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    question_id: Mapped[str] = mapped_column(String(60))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    document: Mapped[Document] = relationship()


class ApplicantReminder(OfAssociation, Base):
    """One mail to an applicant on one day, claimed by a conditional update (law 9)."""

    __tablename__ = "applicant_reminder"
    __table_args__ = (UniqueConstraint("application_id", "kind", "subject_id", "send_on"),)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    kind: Mapped[ReminderKind] = mapped_column(choice(ReminderKind, "reminder_kind"))
    #: The row it is about: the call, the completion, the report or the grant.
    subject_id: Mapped[int]
    send_on: Mapped[date] = mapped_column(index=True)
    queued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Not sent, since what it would remind of was done or gone.
    skipped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    skip_reason: Mapped[str | None] = mapped_column(String(200))
    application: Mapped[Application] = relationship()


class Completion(OfAssociation, Base):
    """A request to complete an application (begäran om komplettering): only the named questions are open."""

    __tablename__ = "completion"
    __table_args__ = (
        # One at a time: two requests would open the same answers twice.
        Index(
            "uq_completion_one_open",
            "application_id",
            unique=True,
            sqlite_where=text("answered_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=text("answered_at IS NULL AND withdrawn_at IS NULL"),
        ),
        CheckConstraint("answered_at IS NULL OR withdrawn_at IS NULL", name="one_end"),
        CheckConstraint("(answered_at IS NULL) = (answered_version IS NULL)", name="answered_by_a_version"),
    )
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[str] = mapped_column(String(200))
    message: Mapped[str] = mapped_column(String(2000), default="")
    #: Set by the association, not by statute: it never moves (law 6).
    due_on: Mapped[date]
    #: The version that was asked about, and the one that answered: before and after.
    base_version: Mapped[int]
    answered_version: Mapped[int | None]
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The request as Word, filed in the matter.
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    #: The application as it was after the completion, frozen and filed in the matter.
    answered_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    application: Mapped[Application] = relationship()
    document: Mapped[Document | None] = relationship(foreign_keys=[document_id])
    answered_document: Mapped[Document | None] = relationship(foreign_keys=[answered_document_id])
    questions: Mapped[list[CompletionQuestion]] = relationship(order_by="CompletionQuestion.position")


class CompletionQuestion(OfAssociation, Base):
    """One question that a completion opens, and what is asked about it."""

    __tablename__ = "completion_question"
    __table_args__ = (UniqueConstraint("completion_id", "question_id"),)
    completion_id: Mapped[int] = mapped_column(ForeignKey("completion.id"), index=True)
    position: Mapped[int]
    question_id: Mapped[str] = mapped_column(String(200))
    asked: Mapped[str] = mapped_column(String(1000))


class Opinion(OfAssociation, Base):
    """What a preparatory body says of an application. Rows are only added; each body's newest holds."""

    __tablename__ = "opinion"
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict, "verdict"))
    text: Mapped[str] = mapped_column(Text)
    given_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(200))
    body: Mapped[Body] = relationship()


class PreparationCheck(OfAssociation, Base):
    """A check that the law or the form demands, made by a person. Rows are only added; the newest of a key holds."""

    __tablename__ = "preparation_check"
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    #: Which check: a word of ``applications.preparing``.
    key: Mapped[str] = mapped_column(String(60))
    outcome: Mapped[CheckOutcome] = mapped_column(choice(CheckOutcome, "check_outcome"))
    remark: Mapped[str] = mapped_column(String(1000), default="")
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    checked_by: Mapped[str] = mapped_column(String(200))


class WorkingNote(OfAssociation, Base):
    """The office's own note on an application (minnesanteckning): not part of the public file (TF 2:12)."""

    __tablename__ = "working_note"
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    text: Mapped[str] = mapped_column(String(4000))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by: Mapped[str] = mapped_column(String(200))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
