"""Funding, before the decision: calls, several who write together, completions, opinions, checks, notes, drafts of forms.

Applications also become what else is filled in from outside (``purpose``), and those who sign may be people whom the
association does not keep.
"""

import sqlalchemy as sa
from alembic import op

from paragraf.core.database import Json, UtcDateTime
from paragraf.core.guards import only_added
from paragraf.core.migrating import RowsInTheWay
from paragraf.core.rebuilding import (
    add_check,
    add_columns,
    add_reference,
    add_unique,
    allow_words,
    change_check,
    drop_columns,
    drop_unique,
    make_nullable,
)

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PURPOSES = ("application", "report", "appendix", "analysis", "registration")
RECEIVED_BEFORE = "(submitted_at IS NULL) = (matter_id IS NULL)"
RECEIVED = (
    "(submitted_at IS NULL) = (matter_id IS NULL) OR "
    "(purpose = 'registration' AND matter_id IS NULL) OR "
    "(purpose = 'report' AND submitted_at IS NULL)"
)
DOCUMENTS_BEFORE = (
    "application",
    "notice_of_meeting",
    "minutes",
    "certificate_of_notice",
    "certified_extract",
    "decision_letter",
    "agreement",
    "attachment",
)
NEW_DOCUMENTS = ("completion_request", "report", "drawdown_claim", "funding_overview")
ANCHORS_BEFORE = ("agreement_revision", "meeting", "meeting_held", "minutes_verified", "commission")
NEW_ANCHORS = ("completion", "grant_report", "grant_end")
CAPACITIES_BEFORE = ("chair", "secretary", "minutes_verifier")
NEW_CAPACITIES = ("authorised_signatory", "delegate")
TABLES = (
    "form_draft",
    "funding_call",
    "applicant_reminder",
    "application_participant",
    "completion",
    "opinion",
    "preparation_check",
    "working_note",
    "completion_question",
)
ONLY_ADDED = ("opinion", "preparation_check")
#: The rule that associations get which took up the standard rules before there was one (law 7).
COMPLETION_RULE = {
    "key": "completion",
    "title": "Komplettering ska ha kommit in",
    "source": "Begäran om komplettering",
    "anchor": "completion",
    "shift": 0,
    "unit": "days",
    "calendar_rule": "contract",
    "event_sets_shift": False,
    "recipients": ["secretary"],
    "remind_days": [-1],
}
#: What the older shape has no place for, by what it is called, and how it is counted.
KEPT_OUT = {
    "calls, participants, completions, opinions, checks, notes or drafts of forms": " UNION ALL ".join(
        f"SELECT id FROM {table}" for table in TABLES
    ),
    "applications that are something else, were withdrawn or are tests": (
        "SELECT id FROM application WHERE purpose <> 'application' OR withdrawn_at IS NOT NULL OR is_test"
    ),
    "documents of new kinds": f"SELECT id FROM document WHERE kind IN {NEW_DOCUMENTS}",
    "rules of duties from new events": (
        f"SELECT id FROM duty_rule WHERE anchor IN {NEW_ANCHORS} AND key <> '{COMPLETION_RULE['key']}'"
    ),
    "signatories from outside": "SELECT id FROM signatory WHERE person_id IS NULL",
    "copies of forms for trying out": "SELECT id FROM form_version WHERE number = 0",
    "rounds about applications": "SELECT id FROM signature_round WHERE purpose = 'application'",
}


def upgrade() -> None:
    new_tables()
    add_columns(
        "application",
        [
            sa.Column("purpose", sa.String(length=40), nullable=False),
            sa.Column("is_test", sa.Boolean(), nullable=False),
            sa.Column("call_id", sa.Integer(), nullable=True),
            sa.Column("submitted_version", sa.Integer(), nullable=True),
            sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
            sa.Column("withdraw_reason", sa.String(length=1000), nullable=True),
        ],
        {
            "purpose": "'application'",
            "is_test": "false",
            "submitted_version": "CASE WHEN submitted_at IS NULL THEN NULL ELSE version END",
        },
    )
    drop_unique("application", "uq_application_matter_id")
    add_reference("application", "call_id", "funding_call")
    add_check("application", "purpose", f"purpose IN {PURPOSES}")
    change_check("application", "registered_when_submitted", RECEIVED)
    add_check("application", "test_stays_outside", "NOT is_test OR (submitted_at IS NULL AND matter_id IS NULL)")
    op.create_index(op.f("ix_application_call_id"), "application", ["call_id"], unique=False)
    op.create_index(
        "uq_application_opens_matter",
        "application",
        ["matter_id"],
        unique=True,
        sqlite_where=sa.text("purpose <> 'report'"),
        postgresql_where=sa.text("purpose <> 'report'"),
    )
    add_columns(
        "application_revision",
        [
            sa.Column("form_version_id", sa.Integer(), nullable=False),
            sa.Column("saved_by", sa.String(length=254), nullable=False),
        ],
        {
            "form_version_id": "(SELECT application.form_version_id FROM application "
            "WHERE application.id = application_revision.application_id)",
            "saved_by": "''",
        },
    )
    add_reference("application_revision", "form_version_id", "form_version")
    add_columns("form_version", [sa.Column("drafts_follow", sa.Boolean(), nullable=False)], {"drafts_follow": "false"})
    drop_unique("form_version", "uq_form_version_family_id_number")
    op.create_index(
        "uq_form_version_number",
        "form_version",
        ["family_id", "number"],
        unique=True,
        sqlite_where=sa.text("number > 0"),
        postgresql_where=sa.text("number > 0"),
    )
    make_nullable("signatory", "person_id", nullable=True)
    add_columns("signatory", [sa.Column("organisation", sa.String(length=200), nullable=False)], {"organisation": "''"})
    add_unique("signatory", "uq_signatory_round_id_email", ["round_id", "email"])
    add_columns("signature_round", [sa.Column("subject_version", sa.Integer(), nullable=True)])
    allow_words("signatory", "capacity", "signing_capacity", (*CAPACITIES_BEFORE, *NEW_CAPACITIES))
    allow_words("signature_round", "purpose", "round_purpose", ("minutes", "application"))
    allow_words("document", "kind", "document_kind", (*DOCUMENTS_BEFORE, *NEW_DOCUMENTS))
    allow_words("duty_rule", "anchor", "anchor", (*ANCHORS_BEFORE, *NEW_ANCHORS))
    add_completion_rule()
    for table in ONLY_ADDED:
        only_added(table)


def add_completion_rule() -> None:
    """In force from the day of the association's first rule; one that has none never took the standard rules up."""
    rules = _duty_rules()
    first = sa.select(rules.c.association_id, sa.func.min(rules.c.valid_from)).group_by(rules.c.association_id)
    rows = [
        {**COMPLETION_RULE, "association_id": association_id, "valid_from": day}
        for association_id, day in op.get_bind().execute(first)
    ]
    if rows:
        op.bulk_insert(rules, rows)


def _duty_rules() -> sa.TableClause:
    plain = ("key", "title", "source", "anchor", "shift", "unit", "calendar_rule", "event_sets_shift", "association_id")
    return sa.table(
        "duty_rule",
        *map(sa.column, plain),
        sa.column("recipients", Json()),
        sa.column("remind_days", Json()),
        sa.column("valid_from", sa.Date()),
    )


def downgrade() -> None:
    refuse_to_lose()
    op.execute(sa.text(f"DELETE FROM duty_rule WHERE key = '{COMPLETION_RULE['key']}'"))
    allow_words("duty_rule", "anchor", "anchor", ANCHORS_BEFORE)
    allow_words("document", "kind", "document_kind", DOCUMENTS_BEFORE)
    allow_words("signature_round", "purpose", "round_purpose", ("minutes",))
    allow_words("signatory", "capacity", "signing_capacity", CAPACITIES_BEFORE)
    drop_columns("signature_round", ["subject_version"])
    drop_unique("signatory", "uq_signatory_round_id_email")
    drop_columns("signatory", ["organisation"])
    make_nullable("signatory", "person_id", nullable=False)
    op.drop_index("uq_form_version_number", table_name="form_version")
    add_unique("form_version", "uq_form_version_family_id_number", ["family_id", "number"])
    drop_columns("form_version", ["drafts_follow"])
    drop_columns("application_revision", ["form_version_id", "saved_by"], ["fk_application_revision_form_version_id"])
    op.drop_index("uq_application_opens_matter", table_name="application")
    op.drop_index(op.f("ix_application_call_id"), table_name="application")
    change_check("application", "registered_when_submitted", RECEIVED_BEFORE)
    drop_columns(
        "application",
        ["purpose", "is_test", "call_id", "submitted_version", "withdrawn_at", "withdraw_reason"],
        ["fk_application_call_id", "ck_application_purpose", "ck_application_test_stays_outside"],
    )
    add_unique("application", "uq_application_matter_id", ["matter_id"])
    for table in reversed(TABLES):
        op.drop_table(table)


def refuse_to_lose() -> None:
    """They are public records or people's words (law 1): neither deleted nor called something else."""
    for what, rows in KEPT_OUT.items():
        count = op.get_bind().execute(sa.text(f"SELECT count(*) FROM ({rows}) AS kept")).scalar()
        if count:
            raise RowsInTheWay(
                f"The database holds {count} {what}, which the shape before migration 0004 has no place for. Nothing "
                "is changed. To go back, restore a backup from before the first of them."
            )


def new_tables() -> None:
    """Tables that only this shape has."""
    op.create_table(
        "form_draft",
        sa.Column("family_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("saved_by", sa.String(length=200), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("discarded_at", UtcDateTime(), nullable=True),
        sa.Column("set_aside_of", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_form_draft_association_id")),
        sa.ForeignKeyConstraint(["family_id"], ["form_family.id"], name=op.f("fk_form_draft_family_id")),
        sa.ForeignKeyConstraint(["set_aside_of"], ["form_draft.id"], name=op.f("fk_form_draft_set_aside_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_draft")),
    )
    op.create_index(op.f("ix_form_draft_association_id"), "form_draft", ["association_id"], unique=False)
    op.create_index(op.f("ix_form_draft_family_id"), "form_draft", ["family_id"], unique=False)
    op.create_index(op.f("ix_form_draft_set_aside_of"), "form_draft", ["set_aside_of"], unique=False)

    op.create_table(
        "funding_call",
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("information", sa.String(length=2000), nullable=False),
        sa.Column("opens_at", UtcDateTime(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=False),
        sa.Column(
            "late_policy",
            sa.Enum("refuse", "mark", name="late_policy", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("remind_days", Json(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_funding_call_closes_after_opening")),
        sa.CheckConstraint(
            "latest IS NULL OR earliest IS NULL OR latest >= earliest", name=op.f("ck_funding_call_period_in_order")
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_funding_call_association_id")),
        sa.ForeignKeyConstraint(["family_id"], ["form_family.id"], name=op.f("fk_funding_call_family_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_call")),
    )
    op.create_index(op.f("ix_funding_call_association_id"), "funding_call", ["association_id"], unique=False)
    op.create_index(op.f("ix_funding_call_family_id"), "funding_call", ["family_id"], unique=False)

    op.create_table(
        "applicant_reminder",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "call_closing",
                "completion_due",
                "report_due",
                "report_late",
                "grant_ending",
                name="reminder_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("send_on", sa.Date(), nullable=False),
        sa.Column("queued_at", UtcDateTime(), nullable=True),
        sa.Column("skipped_at", UtcDateTime(), nullable=True),
        sa.Column("skip_reason", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_applicant_reminder_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_applicant_reminder_association_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applicant_reminder")),
        sa.UniqueConstraint(
            "application_id",
            "kind",
            "subject_id",
            "send_on",
            name=op.f("uq_applicant_reminder_application_id_kind_subject_id_send_on"),
        ),
    )
    op.create_index(
        op.f("ix_applicant_reminder_application_id"), "applicant_reminder", ["application_id"], unique=False
    )
    op.create_index(
        op.f("ix_applicant_reminder_association_id"), "applicant_reminder", ["association_id"], unique=False
    )
    op.create_index(op.f("ix_applicant_reminder_send_on"), "applicant_reminder", ["send_on"], unique=False)

    op.create_table(
        "application_participant",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "writer",
                "reader",
                "signatory",
                name="participant_role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("link_serial", sa.Integer(), nullable=False),
        sa.Column("invited_at", UtcDateTime(), nullable=False),
        sa.Column("invited_by", sa.String(length=254), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_application_participant_email_lower_case")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_participant_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_application_participant_association_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_participant")),
        sa.UniqueConstraint("application_id", "email", name=op.f("uq_application_participant_application_id_email")),
    )
    op.create_index(
        op.f("ix_application_participant_application_id"), "application_participant", ["application_id"], unique=False
    )
    op.create_index(
        op.f("ix_application_participant_association_id"), "application_participant", ["association_id"], unique=False
    )

    op.create_table(
        "completion",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("message", sa.String(length=2000), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("answered_version", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("answered_document_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("answered_at IS NULL OR withdrawn_at IS NULL", name=op.f("ck_completion_one_end")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_version IS NULL)", name=op.f("ck_completion_answered_by_a_version")
        ),
        sa.ForeignKeyConstraint(
            ["answered_document_id"], ["document.id"], name=op.f("fk_completion_answered_document_id")
        ),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_completion_application_id")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_completion_association_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_completion_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion")),
    )
    op.create_index(op.f("ix_completion_application_id"), "completion", ["application_id"], unique=False)
    op.create_index(op.f("ix_completion_association_id"), "completion", ["association_id"], unique=False)
    op.create_index(
        "uq_completion_one_open",
        "completion",
        ["application_id"],
        unique=True,
        sqlite_where=sa.text("answered_at IS NULL AND withdrawn_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL AND withdrawn_at IS NULL"),
    )

    op.create_table(
        "opinion",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "endorse",
                "endorse_with_changes",
                "advise_against",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_opinion_application_id")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_opinion_association_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_opinion_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
    )
    op.create_index(op.f("ix_opinion_application_id"), "opinion", ["application_id"], unique=False)
    op.create_index(op.f("ix_opinion_association_id"), "opinion", ["association_id"], unique=False)

    op.create_table(
        "preparation_check",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "met",
                "not_met",
                "not_applicable",
                name="check_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("remark", sa.String(length=1000), nullable=False),
        sa.Column("checked_at", UtcDateTime(), nullable=False),
        sa.Column("checked_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_preparation_check_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_preparation_check_association_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparation_check")),
    )
    op.create_index(op.f("ix_preparation_check_application_id"), "preparation_check", ["application_id"], unique=False)
    op.create_index(op.f("ix_preparation_check_association_id"), "preparation_check", ["association_id"], unique=False)

    op.create_table(
        "working_note",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("written_by", sa.String(length=200), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_working_note_application_id")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_working_note_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_note")),
    )
    op.create_index(op.f("ix_working_note_application_id"), "working_note", ["application_id"], unique=False)
    op.create_index(op.f("ix_working_note_association_id"), "working_note", ["association_id"], unique=False)

    op.create_table(
        "completion_question",
        sa.Column("completion_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=200), nullable=False),
        sa.Column("asked", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_completion_question_association_id")
        ),
        sa.ForeignKeyConstraint(
            ["completion_id"], ["completion.id"], name=op.f("fk_completion_question_completion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion_question")),
        sa.UniqueConstraint(
            "completion_id", "question_id", name=op.f("uq_completion_question_completion_id_question_id")
        ),
    )
    op.create_index(
        op.f("ix_completion_question_association_id"), "completion_question", ["association_id"], unique=False
    )
    op.create_index(
        op.f("ix_completion_question_completion_id"), "completion_question", ["completion_id"], unique=False
    )
