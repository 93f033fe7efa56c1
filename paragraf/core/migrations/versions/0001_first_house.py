"""The first house: every room's rows, and the guards that keep facts from being changed."""

import sqlalchemy as sa
from alembic import op

from paragraf.core.database import Json, UtcDateTime
from paragraf.core.guards import only_added, refuse

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "association",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation_number", sa.String(length=10), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=5), nullable=False),
        sa.Column("city", sa.String(length=100), nullable=False),
        sa.Column("presentation", sa.String(length=2000), nullable=False),
        sa.Column("minutes_kept_at", sa.String(length=200), nullable=False),
        sa.Column("colour", sa.String(length=7), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association")),
        sa.UniqueConstraint("organisation_number", name=op.f("uq_association_organisation_number")),
        sa.UniqueConstraint("slug", name=op.f("uq_association_slug")),
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "body",
        sa.Column(
            "kind",
            sa.Enum(
                "board",
                "preparatory_group",
                "steering_group",
                "management_group",
                name="body_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("decision_phrase", sa.String(length=200), nullable=False),
        sa.Column("series_key", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_body_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("association_id", "name", name=op.f("uq_body_association_id_name")),
    )
    op.create_index(op.f("ix_body_association_id"), "body", ["association_id"], unique=False)

    op.create_table(
        "duty_rule",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column(
            "anchor",
            sa.Enum(
                "agreement_revision",
                "meeting",
                "meeting_held",
                "minutes_verified",
                "commission",
                name="anchor",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("shift", sa.Integer(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum("days", "weeks", "months", name="unit", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "calendar_rule",
            sa.Enum("statute", "contract", name="calendar_rule", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("event_sets_shift", sa.Boolean(), nullable=False),
        sa.Column("recipients", Json, nullable=False),
        sa.Column("remind_days", Json, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "calendar_rule <> 'statute' OR shift >= 0", name=op.f("ck_duty_rule_statute_counts_forward")
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_duty_rule_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_rule")),
        sa.UniqueConstraint(
            "association_id", "key", "valid_from", name=op.f("uq_duty_rule_association_id_key_valid_from")
        ),
    )
    op.create_index(op.f("ix_duty_rule_association_id"), "duty_rule", ["association_id"], unique=False)

    op.create_table(
        "form_family",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_form_family_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_family")),
        sa.UniqueConstraint("association_id", "key", name=op.f("uq_form_family_association_id_key")),
    )
    op.create_index(op.f("ix_form_family_association_id"), "form_family", ["association_id"], unique=False)

    op.create_table(
        "log_head",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_log_head_association_id")),
        sa.PrimaryKeyConstraint("association_id", name=op.f("pk_log_head")),
    )
    op.create_table(
        "matter",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "application",
                "meeting",
                "agreement",
                "other",
                name="matter_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("counterpart", sa.String(length=200), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_matter_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
        sa.UniqueConstraint("association_id", "year", "number", name=op.f("uq_matter_association_id_year_number")),
    )
    op.create_index(op.f("ix_matter_association_id"), "matter", ["association_id"], unique=False)

    op.create_table(
        "member_organisation",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.Column(
            "principal",
            sa.Enum(
                "state",
                "region",
                "municipalities",
                name="principal",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organisation_number", sa.String(length=10), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_member_organisation_association_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_organisation")),
        sa.UniqueConstraint(
            "association_id",
            "organisation_number",
            name=op.f("uq_member_organisation_association_id_organisation_number"),
        ),
    )
    op.create_index(
        op.f("ix_member_organisation_association_id"), "member_organisation", ["association_id"], unique=False
    )

    op.create_table(
        "number_series",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("next_number >= 1", name=op.f("ck_number_series_next_number_positive")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_number_series_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series")),
        sa.UniqueConstraint("association_id", "key", "period", name=op.f("uq_number_series_association_id_key_period")),
    )
    op.create_index(op.f("ix_number_series_association_id"), "number_series", ["association_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_person_email_lower_case")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_person_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("association_id", "email", name=op.f("uq_person_association_id_email")),
    )
    op.create_index(op.f("ix_person_association_id"), "person", ["association_id"], unique=False)

    op.create_table(
        "agreement",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(length=2000), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("in_force_until", sa.Date(), nullable=True),
        sa.Column("revised_yearly", sa.Boolean(), nullable=False),
        sa.Column("notice_months", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "in_force_until IS NULL OR in_force_until >= in_force_from", name=op.f("ck_agreement_ends_after_start")
        ),
        sa.CheckConstraint(
            "notice_months >= 0 AND notice_months <= 36", name=op.f("ck_agreement_notice_months_sensible")
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_agreement_association_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_agreement_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index(op.f("ix_agreement_association_id"), "agreement", ["association_id"], unique=False)

    op.create_table(
        "body_rule",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("verifiers", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats > 0 AND notice_days >= 0 AND verifiers > 0", name=op.f("ck_body_rule_sensible")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_body_rule_association_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_rule_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_rule")),
        sa.UniqueConstraint("body_id", "valid_from", name=op.f("uq_body_rule_body_id_valid_from")),
    )
    op.create_index(op.f("ix_body_rule_association_id"), "body_rule", ["association_id"], unique=False)

    op.create_table(
        "document",
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "application",
                "notice_of_meeting",
                "minutes",
                "certificate_of_notice",
                "certified_extract",
                "agreement",
                "attachment",
                name="document_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "direction",
            sa.Enum("in", "out", "made", name="direction", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("rendered_from_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_document_not_empty")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_document_association_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_document_matter_id")),
        sa.ForeignKeyConstraint(["rendered_from_id"], ["document.id"], name=op.f("fk_document_rendered_from_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("matter_id", "number", name=op.f("uq_document_matter_id_number")),
        sa.UniqueConstraint("rendered_from_id", name=op.f("uq_document_rendered_from_id")),
    )
    op.create_index(op.f("ix_document_association_id"), "document", ["association_id"], unique=False)
    op.create_index(op.f("ix_document_matter_id"), "document", ["matter_id"], unique=False)
    op.create_index(op.f("ix_document_sha256"), "document", ["sha256"], unique=False)

    op.create_table(
        "duty",
        sa.Column("rule_key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("recommended_on", sa.Date(), nullable=False),
        sa.Column("event_facts", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("done_by", sa.String(length=200), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("cancel_reason", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("recommended_on <= due_on", name=op.f("ck_duty_recommended_before_due")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_duty_association_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_duty_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
        sa.UniqueConstraint(
            "association_id", "rule_key", "subject", "subject_id", "event_on", "due_on", name="uq_duty_once"
        ),
    )
    op.create_index(op.f("ix_duty_association_id"), "duty", ["association_id"], unique=False)
    op.create_index(op.f("ix_duty_matter_id"), "duty", ["matter_id"], unique=False)

    op.create_table(
        "form_version",
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_form_version_association_id")),
        sa.ForeignKeyConstraint(["family_id"], ["form_family.id"], name=op.f("fk_form_version_family_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_version")),
        sa.UniqueConstraint("family_id", "number", name=op.f("uq_form_version_family_id_number")),
    )
    op.create_index(op.f("ix_form_version_association_id"), "form_version", ["association_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("to_name", sa.String(length=200), nullable=False),
        sa.Column("to_address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("queued_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("next_attempt_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed_at", UtcDateTime(), nullable=True),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_letter_association_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_letter_matter_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("association_id", "key", name=op.f("uq_letter_association_id_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
    )
    op.create_index(op.f("ix_letter_association_id"), "letter", ["association_id"], unique=False)
    op.create_index(op.f("ix_letter_matter_id"), "letter", ["matter_id"], unique=False)
    op.create_index(op.f("ix_letter_next_attempt_at"), "letter", ["next_attempt_at"], unique=False)
    op.create_index(op.f("ix_letter_person_id"), "letter", ["person_id"], unique=False)

    op.create_table(
        "log_entry",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("details", Json, nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_log_entry_association_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_log_entry_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entry")),
        sa.UniqueConstraint("association_id", "sequence", name=op.f("uq_log_entry_association_id_sequence")),
    )
    op.create_index(op.f("ix_log_entry_association_id"), "log_entry", ["association_id"], unique=False)
    op.create_index(op.f("ix_log_entry_matter_id"), "log_entry", ["matter_id"], unique=False)

    op.create_table(
        "mandate",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("member_organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "chair",
                "vice_chair",
                "board_member",
                "substitute",
                name="capacity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("calling_order", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(capacity = 'substitute') = (calling_order IS NOT NULL)",
            name=op.f("ck_mandate_substitute_has_calling_order"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_mandate_association_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_mandate_body_id")),
        sa.ForeignKeyConstraint(
            ["member_organisation_id"], ["member_organisation.id"], name=op.f("fk_mandate_member_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mandate_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
    )
    op.create_index(op.f("ix_mandate_association_id"), "mandate", ["association_id"], unique=False)
    op.create_index(op.f("ix_mandate_body_id"), "mandate", ["body_id"], unique=False)
    op.create_index(op.f("ix_mandate_person_id"), "mandate", ["person_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "in_person",
                "distance",
                "mixed",
                name="meeting_mode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("calendar_uid", sa.String(length=120), nullable=False),
        sa.Column("calendar_sequence", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("cancel_reason", sa.String(length=300), nullable=True),
        sa.Column("attendance_closed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (cancel_reason IS NULL)", name=op.f("ck_meeting_cancelled_has_reason")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_meeting_ends_after_start")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_meeting_association_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_meeting_body_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_meeting_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("calendar_uid", name=op.f("uq_meeting_calendar_uid")),
    )
    op.create_index(op.f("ix_meeting_association_id"), "meeting", ["association_id"], unique=False)
    op.create_index(op.f("ix_meeting_body_id"), "meeting", ["body_id"], unique=False)

    op.create_table(
        "notice_board",
        sa.Column("member_organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=400), nullable=False),
        sa.Column("follows_own", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_notice_board_association_id")),
        sa.ForeignKeyConstraint(
            ["member_organisation_id"], ["member_organisation.id"], name=op.f("fk_notice_board_member_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_board")),
        sa.UniqueConstraint("association_id", "name", name=op.f("uq_notice_board_association_id_name")),
    )
    op.create_index(op.f("ix_notice_board_association_id"), "notice_board", ["association_id"], unique=False)

    op.create_table(
        "number_allocation",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("allocated_at", UtcDateTime(), nullable=False),
        sa.Column("allocated_by", sa.String(length=120), nullable=False),
        sa.Column("voided_at", UtcDateTime(), nullable=True),
        sa.Column("void_reason", sa.String(length=400), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)", name=op.f("ck_number_allocation_void_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_number_allocation_association_id")
        ),
        sa.ForeignKeyConstraint(["series_id"], ["number_series.id"], name=op.f("fk_number_allocation_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_allocation")),
        sa.UniqueConstraint("series_id", "number", name=op.f("uq_number_allocation_series_id_number")),
    )
    op.create_index(op.f("ix_number_allocation_association_id"), "number_allocation", ["association_id"], unique=False)

    op.create_table(
        "role",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "secretary",
                "director",
                "administrator",
                name="role_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_role_association_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
    )
    op.create_index(op.f("ix_role_association_id"), "role", ["association_id"], unique=False)
    op.create_index(op.f("ix_role_person_id"), "role", ["person_id"], unique=False)

    op.create_table(
        "sign_in_link",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_sign_in_link_association_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_link_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_link")),
    )
    op.create_index(op.f("ix_sign_in_link_association_id"), "sign_in_link", ["association_id"], unique=False)
    op.create_index(op.f("ix_sign_in_link_person_id"), "sign_in_link", ["person_id"], unique=False)

    op.create_table(
        "unit",
        sa.Column("member_organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_unit_association_id")),
        sa.ForeignKeyConstraint(
            ["member_organisation_id"], ["member_organisation.id"], name=op.f("fk_unit_member_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("member_organisation_id", "name", name=op.f("uq_unit_member_organisation_id_name")),
    )
    op.create_index(op.f("ix_unit_association_id"), "unit", ["association_id"], unique=False)

    op.create_table(
        "agenda_item",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "decision",
                "information",
                "report",
                "question",
                name="item_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("heading", sa.String(length=300), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("returned_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_agenda_item_association_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_agenda_item_matter_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    op.create_index(op.f("ix_agenda_item_association_id"), "agenda_item", ["association_id"], unique=False)
    op.create_index(op.f("ix_agenda_item_matter_id"), "agenda_item", ["matter_id"], unique=False)
    op.create_index(op.f("ix_agenda_item_meeting_id"), "agenda_item", ["meeting_id"], unique=False)

    op.create_table(
        "agreement_informs",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_informs_agreement_id")),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_agreement_informs_association_id")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_agreement_informs_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_informs")),
        sa.UniqueConstraint("agreement_id", "body_id", name=op.f("uq_agreement_informs_agreement_id_body_id")),
    )
    op.create_index(op.f("ix_agreement_informs_agreement_id"), "agreement_informs", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_agreement_informs_association_id"), "agreement_informs", ["association_id"], unique=False)

    op.create_table(
        "agreement_party",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("member_organisation_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_party_agreement_id")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_agreement_party_association_id")),
        sa.ForeignKeyConstraint(
            ["member_organisation_id"],
            ["member_organisation.id"],
            name=op.f("fk_agreement_party_member_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_agreement_party_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_party")),
        sa.UniqueConstraint(
            "agreement_id",
            "member_organisation_id",
            "unit_id",
            name=op.f("uq_agreement_party_agreement_id_member_organisation_id_unit_id"),
        ),
    )
    op.create_index(op.f("ix_agreement_party_agreement_id"), "agreement_party", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_agreement_party_association_id"), "agreement_party", ["association_id"], unique=False)

    op.create_table(
        "application",
        sa.Column("form_version_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("link_serial", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (matter_id IS NULL)", name=op.f("ck_application_registered_when_submitted")
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_application_association_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_application_document_id")),
        sa.ForeignKeyConstraint(["form_version_id"], ["form_version.id"], name=op.f("fk_application_form_version_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_application_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("matter_id", name=op.f("uq_application_matter_id")),
    )
    op.create_index(op.f("ix_application_association_id"), "application", ["association_id"], unique=False)

    op.create_table(
        "conversion",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("next_attempt_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed_at", UtcDateTime(), nullable=True),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_conversion_association_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_conversion_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversion")),
        sa.UniqueConstraint("document_id", name=op.f("uq_conversion_document_id")),
    )
    op.create_index(op.f("ix_conversion_association_id"), "conversion", ["association_id"], unique=False)
    op.create_index(op.f("ix_conversion_next_attempt_at"), "conversion", ["next_attempt_at"], unique=False)

    op.create_table(
        "letter_attachment",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_letter_attachment_association_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_letter_attachment_document_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_attachment_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_attachment")),
    )
    op.create_index(op.f("ix_letter_attachment_association_id"), "letter_attachment", ["association_id"], unique=False)
    op.create_index(op.f("ix_letter_attachment_letter_id"), "letter_attachment", ["letter_id"], unique=False)

    op.create_table(
        "minutes",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("secretary_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("fixed_at", UtcDateTime(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("verified_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("document_id IS NULL OR fixed_at IS NOT NULL", name=op.f("ck_minutes_fixed_before_sent")),
        sa.CheckConstraint(
            "verified_at IS NULL OR document_id IS NOT NULL", name=op.f("ck_minutes_sent_before_verified")
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_minutes_association_id")),
        sa.ForeignKeyConstraint(["chair_id"], ["person.id"], name=op.f("fk_minutes_chair_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_minutes_document_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_meeting_id")),
        sa.ForeignKeyConstraint(["secretary_id"], ["person.id"], name=op.f("fk_minutes_secretary_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_minutes_meeting_id")),
    )
    op.create_index(op.f("ix_minutes_association_id"), "minutes", ["association_id"], unique=False)

    op.create_table(
        "notice_of_meeting",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("sent_by", sa.String(length=200), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("told", Json, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_notice_of_meeting_association_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_notice_of_meeting_document_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_notice_of_meeting_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_of_meeting")),
        sa.UniqueConstraint("meeting_id", "sequence", name=op.f("uq_notice_of_meeting_meeting_id_sequence")),
    )
    op.create_index(op.f("ix_notice_of_meeting_association_id"), "notice_of_meeting", ["association_id"], unique=False)
    op.create_index(op.f("ix_notice_of_meeting_meeting_id"), "notice_of_meeting", ["meeting_id"], unique=False)

    op.create_table(
        "presence",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("serves_for_id", sa.Integer(), nullable=True),
        sa.Column("from_at", UtcDateTime(), nullable=False),
        sa.Column("until_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "serves_for_id IS NULL OR mandate_id IS NOT NULL", name=op.f("ck_presence_server_has_mandate")
        ),
        sa.CheckConstraint("until_at IS NULL OR until_at > from_at", name=op.f("ck_presence_leaves_after_arriving")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_presence_association_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_presence_mandate_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_presence_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_presence_person_id")),
        sa.ForeignKeyConstraint(["serves_for_id"], ["mandate.id"], name=op.f("fk_presence_serves_for_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence")),
    )
    op.create_index(op.f("ix_presence_association_id"), "presence", ["association_id"], unique=False)
    op.create_index(op.f("ix_presence_meeting_id"), "presence", ["meeting_id"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("send_on", sa.Date(), nullable=False),
        sa.Column("queued_at", UtcDateTime(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("skipped_at", UtcDateTime(), nullable=True),
        sa.Column("skip_reason", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_reminder_association_id")),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_reminder_duty_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_reminder_letter_id")),
        sa.ForeignKeyConstraint(["recipient_id"], ["person.id"], name=op.f("fk_reminder_recipient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "duty_id", "recipient_id", "send_on", name=op.f("uq_reminder_duty_id_recipient_id_send_on")
        ),
    )
    op.create_index(op.f("ix_reminder_association_id"), "reminder", ["association_id"], unique=False)
    op.create_index(op.f("ix_reminder_duty_id"), "reminder", ["duty_id"], unique=False)
    op.create_index(op.f("ix_reminder_send_on"), "reminder", ["send_on"], unique=False)

    op.create_table(
        "signature_round",
        sa.Column(
            "purpose",
            sa.Enum("minutes", name="round_purpose", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("opened_by", sa.String(length=200), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdraw_reason", sa.String(length=400), nullable=True),
        sa.Column("completed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_signature_round_association_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_signature_round_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature_round")),
    )
    op.create_index(op.f("ix_signature_round_association_id"), "signature_round", ["association_id"], unique=False)

    op.create_table(
        "application_attachment",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=60), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_attachment_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_application_attachment_association_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_application_attachment_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_attachment")),
    )
    op.create_index(
        op.f("ix_application_attachment_application_id"), "application_attachment", ["application_id"], unique=False
    )
    op.create_index(
        op.f("ix_application_attachment_association_id"), "application_attachment", ["association_id"], unique=False
    )

    op.create_table(
        "application_revision",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("answers", Json, nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_revision_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_application_revision_association_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_revision")),
        sa.UniqueConstraint("application_id", "version", name=op.f("uq_application_revision_application_id_version")),
    )
    op.create_index(
        op.f("ix_application_revision_application_id"), "application_revision", ["application_id"], unique=False
    )
    op.create_index(
        op.f("ix_application_revision_association_id"), "application_revision", ["association_id"], unique=False
    )

    op.create_table(
        "minute_item",
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("allocation_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_minute_item_agenda_item_id")),
        sa.ForeignKeyConstraint(["allocation_id"], ["number_allocation.id"], name=op.f("fk_minute_item_allocation_id")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_minute_item_association_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_minute_item_matter_id")),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("fk_minute_item_minutes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minute_item")),
        sa.UniqueConstraint("allocation_id", name=op.f("uq_minute_item_allocation_id")),
    )
    op.create_index(op.f("ix_minute_item_association_id"), "minute_item", ["association_id"], unique=False)
    op.create_index(op.f("ix_minute_item_matter_id"), "minute_item", ["matter_id"], unique=False)
    op.create_index(op.f("ix_minute_item_minutes_id"), "minute_item", ["minutes_id"], unique=False)

    op.create_table(
        "minutes_verifier",
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_minutes_verifier_association_id")
        ),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_verifier_minutes_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_minutes_verifier_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_verifier")),
        sa.UniqueConstraint("minutes_id", "person_id", name=op.f("uq_minutes_verifier_minutes_id_person_id")),
    )
    op.create_index(op.f("ix_minutes_verifier_association_id"), "minutes_verifier", ["association_id"], unique=False)
    op.create_index(op.f("ix_minutes_verifier_minutes_id"), "minutes_verifier", ["minutes_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_notice_association_id")),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("fk_notice_minutes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("minutes_id", name=op.f("uq_notice_minutes_id")),
    )
    op.create_index(op.f("ix_notice_association_id"), "notice", ["association_id"], unique=False)

    op.create_table(
        "signatory",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "chair",
                "secretary",
                "minutes_verifier",
                name="signing_capacity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("link_serial", sa.Integer(), nullable=False),
        sa.Column("link_last_day", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_signatory_association_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signatory_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["signature_round.id"], name=op.f("fk_signatory_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatory")),
        sa.UniqueConstraint("round_id", "person_id", name=op.f("uq_signatory_round_id_person_id")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_signatory_round_id_position")),
    )
    op.create_index(op.f("ix_signatory_association_id"), "signatory", ["association_id"], unique=False)
    op.create_index(op.f("ix_signatory_person_id"), "signatory", ["person_id"], unique=False)
    op.create_index(op.f("ix_signatory_round_id"), "signatory", ["round_id"], unique=False)

    op.create_table(
        "certified_extract",
        sa.Column("minute_item_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("certified_at", UtcDateTime(), nullable=False),
        sa.Column("certified_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_certified_extract_association_id")
        ),
        sa.ForeignKeyConstraint(["certified_by_id"], ["person.id"], name=op.f("fk_certified_extract_certified_by_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_certified_extract_document_id")),
        sa.ForeignKeyConstraint(
            ["minute_item_id"], ["minute_item.id"], name=op.f("fk_certified_extract_minute_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certified_extract")),
    )
    op.create_index(op.f("ix_certified_extract_association_id"), "certified_extract", ["association_id"], unique=False)
    op.create_index(op.f("ix_certified_extract_minute_item_id"), "certified_extract", ["minute_item_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("minute_item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "verb",
            sa.Enum(
                "approve",
                "note",
                "grant",
                "reject",
                "appoint",
                "commission",
                "remit_back",
                "table",
                "adopt",
                "endorse",
                "other",
                name="verb",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_decision_association_id")),
        sa.ForeignKeyConstraint(["minute_item_id"], ["minute_item.id"], name=op.f("fk_decision_minute_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("minute_item_id", "position", name=op.f("uq_decision_minute_item_id_position")),
    )
    op.create_index(op.f("ix_decision_association_id"), "decision", ["association_id"], unique=False)
    op.create_index(op.f("ix_decision_minute_item_id"), "decision", ["minute_item_id"], unique=False)

    op.create_table(
        "identification_code",
        sa.Column("signatory_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("session_hash", sa.String(length=64), nullable=False),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_identification_code_association_id")
        ),
        sa.ForeignKeyConstraint(["signatory_id"], ["signatory.id"], name=op.f("fk_identification_code_signatory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identification_code")),
    )
    op.create_index(
        op.f("ix_identification_code_association_id"), "identification_code", ["association_id"], unique=False
    )
    op.create_index(op.f("ix_identification_code_signatory_id"), "identification_code", ["signatory_id"], unique=False)

    op.create_table(
        "minute_item_attachment",
        sa.Column("minute_item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_minute_item_attachment_association_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_minute_item_attachment_document_id")),
        sa.ForeignKeyConstraint(
            ["minute_item_id"], ["minute_item.id"], name=op.f("fk_minute_item_attachment_minute_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minute_item_attachment")),
    )
    op.create_index(
        op.f("ix_minute_item_attachment_association_id"), "minute_item_attachment", ["association_id"], unique=False
    )
    op.create_index(
        op.f("ix_minute_item_attachment_minute_item_id"), "minute_item_attachment", ["minute_item_id"], unique=False
    )

    op.create_table(
        "minute_item_text",
        sa.Column("minute_item_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=300), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("clauses", Json, nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("saved_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_minute_item_text_association_id")
        ),
        sa.ForeignKeyConstraint(
            ["minute_item_id"], ["minute_item.id"], name=op.f("fk_minute_item_text_minute_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minute_item_text")),
        sa.UniqueConstraint("minute_item_id", "version", name=op.f("uq_minute_item_text_minute_item_id_version")),
    )
    op.create_index(op.f("ix_minute_item_text_association_id"), "minute_item_text", ["association_id"], unique=False)
    op.create_index(op.f("ix_minute_item_text_minute_item_id"), "minute_item_text", ["minute_item_id"], unique=False)

    op.create_table(
        "notice_posting",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("taken_down_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "taken_down_on IS NULL OR taken_down_on > posted_on", name=op.f("ck_notice_posting_down_after_up")
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_notice_posting_association_id")),
        sa.ForeignKeyConstraint(["board_id"], ["notice_board.id"], name=op.f("fk_notice_posting_board_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_posting_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_posting")),
        sa.UniqueConstraint("notice_id", "board_id", name=op.f("uq_notice_posting_notice_id_board_id")),
    )
    op.create_index(op.f("ix_notice_posting_association_id"), "notice_posting", ["association_id"], unique=False)
    op.create_index(op.f("ix_notice_posting_notice_id"), "notice_posting", ["notice_id"], unique=False)

    op.create_table(
        "signing_event",
        sa.Column("signatory_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "link_sent",
                "code_sent",
                "code_refused",
                "identified",
                "shown",
                "signed",
                "declined",
                name="event_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("session_hash", sa.String(length=64), nullable=False),
        sa.Column("ip_address", sa.String(length=45), nullable=False),
        sa.Column("user_agent", sa.String(length=300), nullable=False),
        sa.Column("details", Json, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_signing_event_association_id")),
        sa.ForeignKeyConstraint(["signatory_id"], ["signatory.id"], name=op.f("fk_signing_event_signatory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_event")),
    )
    op.create_index(op.f("ix_signing_event_association_id"), "signing_event", ["association_id"], unique=False)
    op.create_index(op.f("ix_signing_event_signatory_id"), "signing_event", ["signatory_id"], unique=False)
    op.create_index(
        "uq_signing_event_one_signature",
        "signing_event",
        ["signatory_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'signed'"),
        postgresql_where=sa.text("kind = 'signed'"),
    )

    op.create_table(
        "grant",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_grant_application_id")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_grant_association_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_grant_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_grant_decision_id")),
    )
    op.create_index(op.f("ix_grant_application_id"), "grant", ["application_id"], unique=False)
    op.create_index(op.f("ix_grant_association_id"), "grant", ["association_id"], unique=False)

    op.create_table(
        "grant_condition",
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("met", "failed", name="condition_outcome", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(outcome IS NULL) = (settled_on IS NULL)", name=op.f("ck_grant_condition_outcome_has_day")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_grant_condition_association_id")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_grant_condition_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_condition")),
        sa.UniqueConstraint("grant_id", "position", name=op.f("uq_grant_condition_grant_id_position")),
    )
    op.create_index(op.f("ix_grant_condition_association_id"), "grant_condition", ["association_id"], unique=False)
    op.create_index(op.f("ix_grant_condition_grant_id"), "grant_condition", ["grant_id"], unique=False)

    op.create_table(
        "grant_year",
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount_ore", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_ore >= 0", name=op.f("ck_grant_year_amount_not_negative")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_grant_year_association_id")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_grant_year_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_year")),
        sa.UniqueConstraint("grant_id", "year", name=op.f("uq_grant_year_grant_id_year")),
    )
    op.create_index(op.f("ix_grant_year_association_id"), "grant_year", ["association_id"], unique=False)
    op.create_index(op.f("ix_grant_year_grant_id"), "grant_year", ["grant_id"], unique=False)
    guard()


# Rows of these tables are only added: neither changed nor deleted.
ONLY_ADDED = (
    "log_entry",
    "form_version",
    "application_revision",
    "notice_of_meeting",
    "minute_item_text",
    "decision",
    "certified_extract",
    "signing_event",
)
# A document may be filed under a matter later; its bytes and what they are may not change.
FROZEN_COLUMNS = ("kind", "filename", "media_type", "size", "sha256", "content", "created_at", "rendered_from_id")


def guard() -> None:
    """Triggers that refuse what the rules forbid, whoever asks."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME; END $$"
        )
    for table in ONLY_ADDED:
        only_added(table)
    refuse("document", "UPDATE OF " + ", ".join(FROZEN_COLUMNS), "document_not_changed")
    refuse("document", "DELETE", "document_not_deleted")


def downgrade() -> None:
    # Dropping a table drops its triggers; PostgreSQL's function goes last, when nothing uses it.
    op.drop_index(op.f("ix_grant_year_grant_id"), table_name="grant_year")
    op.drop_index(op.f("ix_grant_year_association_id"), table_name="grant_year")

    op.drop_table("grant_year")
    op.drop_index(op.f("ix_grant_condition_grant_id"), table_name="grant_condition")
    op.drop_index(op.f("ix_grant_condition_association_id"), table_name="grant_condition")

    op.drop_table("grant_condition")
    op.drop_index(op.f("ix_grant_association_id"), table_name="grant")
    op.drop_index(op.f("ix_grant_application_id"), table_name="grant")

    op.drop_table("grant")
    op.drop_index("uq_signing_event_one_signature", table_name="signing_event")
    op.drop_index(op.f("ix_signing_event_signatory_id"), table_name="signing_event")
    op.drop_index(op.f("ix_signing_event_association_id"), table_name="signing_event")

    op.drop_table("signing_event")
    op.drop_index(op.f("ix_notice_posting_notice_id"), table_name="notice_posting")
    op.drop_index(op.f("ix_notice_posting_association_id"), table_name="notice_posting")

    op.drop_table("notice_posting")
    op.drop_index(op.f("ix_minute_item_text_minute_item_id"), table_name="minute_item_text")
    op.drop_index(op.f("ix_minute_item_text_association_id"), table_name="minute_item_text")

    op.drop_table("minute_item_text")
    op.drop_index(op.f("ix_minute_item_attachment_minute_item_id"), table_name="minute_item_attachment")
    op.drop_index(op.f("ix_minute_item_attachment_association_id"), table_name="minute_item_attachment")

    op.drop_table("minute_item_attachment")
    op.drop_index(op.f("ix_identification_code_signatory_id"), table_name="identification_code")
    op.drop_index(op.f("ix_identification_code_association_id"), table_name="identification_code")

    op.drop_table("identification_code")
    op.drop_index(op.f("ix_decision_minute_item_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_association_id"), table_name="decision")

    op.drop_table("decision")
    op.drop_index(op.f("ix_certified_extract_minute_item_id"), table_name="certified_extract")
    op.drop_index(op.f("ix_certified_extract_association_id"), table_name="certified_extract")

    op.drop_table("certified_extract")
    op.drop_index(op.f("ix_signatory_round_id"), table_name="signatory")
    op.drop_index(op.f("ix_signatory_person_id"), table_name="signatory")
    op.drop_index(op.f("ix_signatory_association_id"), table_name="signatory")

    op.drop_table("signatory")
    op.drop_index(op.f("ix_notice_association_id"), table_name="notice")

    op.drop_table("notice")
    op.drop_index(op.f("ix_minutes_verifier_minutes_id"), table_name="minutes_verifier")
    op.drop_index(op.f("ix_minutes_verifier_association_id"), table_name="minutes_verifier")

    op.drop_table("minutes_verifier")
    op.drop_index(op.f("ix_minute_item_minutes_id"), table_name="minute_item")
    op.drop_index(op.f("ix_minute_item_matter_id"), table_name="minute_item")
    op.drop_index(op.f("ix_minute_item_association_id"), table_name="minute_item")

    op.drop_table("minute_item")
    op.drop_index(op.f("ix_application_revision_association_id"), table_name="application_revision")
    op.drop_index(op.f("ix_application_revision_application_id"), table_name="application_revision")

    op.drop_table("application_revision")
    op.drop_index(op.f("ix_application_attachment_association_id"), table_name="application_attachment")
    op.drop_index(op.f("ix_application_attachment_application_id"), table_name="application_attachment")

    op.drop_table("application_attachment")
    op.drop_index(op.f("ix_signature_round_association_id"), table_name="signature_round")

    op.drop_table("signature_round")
    op.drop_index(op.f("ix_reminder_send_on"), table_name="reminder")
    op.drop_index(op.f("ix_reminder_duty_id"), table_name="reminder")
    op.drop_index(op.f("ix_reminder_association_id"), table_name="reminder")

    op.drop_table("reminder")
    op.drop_index(op.f("ix_presence_meeting_id"), table_name="presence")
    op.drop_index(op.f("ix_presence_association_id"), table_name="presence")

    op.drop_table("presence")
    op.drop_index(op.f("ix_notice_of_meeting_meeting_id"), table_name="notice_of_meeting")
    op.drop_index(op.f("ix_notice_of_meeting_association_id"), table_name="notice_of_meeting")

    op.drop_table("notice_of_meeting")
    op.drop_index(op.f("ix_minutes_association_id"), table_name="minutes")

    op.drop_table("minutes")
    op.drop_index(op.f("ix_letter_attachment_letter_id"), table_name="letter_attachment")
    op.drop_index(op.f("ix_letter_attachment_association_id"), table_name="letter_attachment")

    op.drop_table("letter_attachment")
    op.drop_index(op.f("ix_conversion_next_attempt_at"), table_name="conversion")
    op.drop_index(op.f("ix_conversion_association_id"), table_name="conversion")

    op.drop_table("conversion")
    op.drop_index(op.f("ix_application_association_id"), table_name="application")

    op.drop_table("application")
    op.drop_index(op.f("ix_agreement_party_association_id"), table_name="agreement_party")
    op.drop_index(op.f("ix_agreement_party_agreement_id"), table_name="agreement_party")

    op.drop_table("agreement_party")
    op.drop_index(op.f("ix_agreement_informs_association_id"), table_name="agreement_informs")
    op.drop_index(op.f("ix_agreement_informs_agreement_id"), table_name="agreement_informs")

    op.drop_table("agreement_informs")
    op.drop_index(op.f("ix_agenda_item_meeting_id"), table_name="agenda_item")
    op.drop_index(op.f("ix_agenda_item_matter_id"), table_name="agenda_item")
    op.drop_index(op.f("ix_agenda_item_association_id"), table_name="agenda_item")

    op.drop_table("agenda_item")
    op.drop_index(op.f("ix_unit_association_id"), table_name="unit")

    op.drop_table("unit")
    op.drop_index(op.f("ix_sign_in_link_person_id"), table_name="sign_in_link")
    op.drop_index(op.f("ix_sign_in_link_association_id"), table_name="sign_in_link")

    op.drop_table("sign_in_link")
    op.drop_index(op.f("ix_role_person_id"), table_name="role")
    op.drop_index(op.f("ix_role_association_id"), table_name="role")

    op.drop_table("role")
    op.drop_index(op.f("ix_number_allocation_association_id"), table_name="number_allocation")

    op.drop_table("number_allocation")
    op.drop_index(op.f("ix_notice_board_association_id"), table_name="notice_board")

    op.drop_table("notice_board")
    op.drop_index(op.f("ix_meeting_body_id"), table_name="meeting")
    op.drop_index(op.f("ix_meeting_association_id"), table_name="meeting")

    op.drop_table("meeting")
    op.drop_index(op.f("ix_mandate_person_id"), table_name="mandate")
    op.drop_index(op.f("ix_mandate_body_id"), table_name="mandate")
    op.drop_index(op.f("ix_mandate_association_id"), table_name="mandate")

    op.drop_table("mandate")
    op.drop_index(op.f("ix_log_entry_matter_id"), table_name="log_entry")
    op.drop_index(op.f("ix_log_entry_association_id"), table_name="log_entry")

    op.drop_table("log_entry")
    op.drop_index(op.f("ix_letter_person_id"), table_name="letter")
    op.drop_index(op.f("ix_letter_next_attempt_at"), table_name="letter")
    op.drop_index(op.f("ix_letter_matter_id"), table_name="letter")
    op.drop_index(op.f("ix_letter_association_id"), table_name="letter")

    op.drop_table("letter")
    op.drop_index(op.f("ix_form_version_association_id"), table_name="form_version")

    op.drop_table("form_version")
    op.drop_index(op.f("ix_duty_matter_id"), table_name="duty")
    op.drop_index(op.f("ix_duty_association_id"), table_name="duty")

    op.drop_table("duty")
    op.drop_index(op.f("ix_document_sha256"), table_name="document")
    op.drop_index(op.f("ix_document_matter_id"), table_name="document")
    op.drop_index(op.f("ix_document_association_id"), table_name="document")

    op.drop_table("document")
    op.drop_index(op.f("ix_body_rule_association_id"), table_name="body_rule")

    op.drop_table("body_rule")
    op.drop_index(op.f("ix_agreement_association_id"), table_name="agreement")

    op.drop_table("agreement")
    op.drop_index(op.f("ix_person_association_id"), table_name="person")

    op.drop_table("person")
    op.drop_index(op.f("ix_number_series_association_id"), table_name="number_series")

    op.drop_table("number_series")
    op.drop_index(op.f("ix_member_organisation_association_id"), table_name="member_organisation")

    op.drop_table("member_organisation")
    op.drop_index(op.f("ix_matter_association_id"), table_name="matter")

    op.drop_table("matter")
    op.drop_table("log_head")
    op.drop_index(op.f("ix_form_family_association_id"), table_name="form_family")

    op.drop_table("form_family")
    op.drop_index(op.f("ix_duty_rule_association_id"), table_name="duty_rule")

    op.drop_table("duty_rule")
    op.drop_index(op.f("ix_body_association_id"), table_name="body")

    op.drop_table("body")
    op.drop_table("heartbeat")
    op.drop_table("association")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
