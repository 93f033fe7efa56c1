"""The association's own Word templates: versions, switches between them, previews; and its logo."""

import sqlalchemy as sa
from alembic import op

from paragraf.core.database import UtcDateTime
from paragraf.core.guards import only_added

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: Tables whose rows are facts (law 1).
ONLY_ADDED = ("template_version", "template_switch", "association_logo")


def upgrade() -> None:
    op.create_table(
        "template_version",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("remark", sa.String(length=300), nullable=False),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0 AND size > 0", name=op.f("ck_template_version_real")),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_template_version_association_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_version")),
        sa.UniqueConstraint(
            "association_id", "kind", "number", name=op.f("uq_template_version_association_id_kind_number")
        ),
    )
    op.create_index(op.f("ix_template_version_association_id"), "template_version", ["association_id"], unique=False)

    op.create_table(
        "template_switch",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("used_from", UtcDateTime(), nullable=False),
        sa.Column("switched_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_template_switch_association_id")),
        sa.ForeignKeyConstraint(["version_id"], ["template_version.id"], name=op.f("fk_template_switch_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_switch")),
    )
    op.create_index(op.f("ix_template_switch_association_id"), "template_switch", ["association_id"], unique=False)

    op.create_table(
        "association_logo",
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(length=200), nullable=False),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(content IS NULL) = (sha256 = '')", name=op.f("ck_association_logo_whole_or_removed")),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_association_logo_association_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association_logo")),
    )
    op.create_index(op.f("ix_association_logo_association_id"), "association_logo", ["association_id"], unique=False)

    op.create_table(
        "template_preview",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("word_sha256", sa.String(length=64), nullable=False),
        sa.Column("word", sa.LargeBinary(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("next_attempt_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed_at", UtcDateTime(), nullable=True),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_template_preview_association_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_preview")),
        sa.UniqueConstraint(
            "association_id", "word_sha256", name=op.f("uq_template_preview_association_id_word_sha256")
        ),
    )
    op.create_index(op.f("ix_template_preview_association_id"), "template_preview", ["association_id"], unique=False)
    op.create_index(op.f("ix_template_preview_next_attempt_at"), "template_preview", ["next_attempt_at"], unique=False)

    op.create_table(
        "template_preview_page",
        sa.Column("preview_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_template_preview_page_association_id")
        ),
        sa.ForeignKeyConstraint(
            ["preview_id"],
            ["template_preview.id"],
            name=op.f("fk_template_preview_page_preview_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_preview_page")),
        sa.UniqueConstraint("preview_id", "number", name=op.f("uq_template_preview_page_preview_id_number")),
    )
    op.create_index(
        op.f("ix_template_preview_page_association_id"), "template_preview_page", ["association_id"], unique=False
    )

    for table in ONLY_ADDED:
        only_added(table)


def downgrade() -> None:
    # A table takes its indexes and triggers with it.
    for table in (
        "template_preview_page",
        "template_preview",
        "association_logo",
        "template_switch",
        "template_version",
    ):
        op.drop_table(table)
