"""Documents may be decision letters: the CHECK on what kind a document is, widened."""

import sqlalchemy as sa
from alembic import op

from paragraf.core.database import UtcDateTime
from paragraf.core.guards import refuse
from paragraf.core.migrating import RowsInTheWay

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NEW = "decision_letter"
BEFORE = (
    "application",
    "notice_of_meeting",
    "minutes",
    "certificate_of_notice",
    "certified_extract",
    "agreement",
    "attachment",
)
AFTER = (*BEFORE[:5], NEW, *BEFORE[5:])
CHECK = "ck_document_document_kind"
#: As migration 0001 froze them.
FROZEN_COLUMNS = ("kind", "filename", "media_type", "size", "sha256", "content", "created_at", "rendered_from_id")


def upgrade() -> None:
    allow(AFTER)


def downgrade() -> None:
    held = op.get_bind().execute(sa.text("SELECT count(*) FROM document WHERE kind = :kind"), {"kind": NEW}).scalar()
    if held:
        # They are public records that were sent, and frozen (law 4): neither deleted nor called something else.
        raise RowsInTheWay(
            f"The database holds {held} decision letters, which the shape before migration 0003 has no place for and "
            "no migration may delete. Nothing is changed. To go back, restore a backup from before the first of them."
        )
    allow(BEFORE)


def allow(kinds: tuple[str, ...]) -> None:
    """Let documents be of these kinds and no other."""
    words = f"kind IN ({', '.join(repr(kind) for kind in kinds)})"
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f(CHECK), "document", type_="check")
        op.create_check_constraint(op.f(CHECK), "document", words)
    else:
        rebuild(words)


def rebuild(check: str) -> None:
    """SQLite cannot change a constraint: a new table takes the rows over, and then the old one's name.

    The tables that point at ``document`` say so by name and find the new one (core.migrating has the keys off).
    """
    op.create_table(
        "document_rebuilt",
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("direction", sa.String(length=40), nullable=False),
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
        sa.CheckConstraint(check, name=op.f(CHECK)),
        sa.CheckConstraint("direction IN ('in', 'out', 'made')", name=op.f("ck_document_direction")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_document_association_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_document_matter_id")),
        sa.ForeignKeyConstraint(["rendered_from_id"], ["document.id"], name=op.f("fk_document_rendered_from_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("matter_id", "number", name=op.f("uq_document_matter_id_number")),
        sa.UniqueConstraint("rendered_from_id", name=op.f("uq_document_rendered_from_id")),
    )
    columns = (
        "matter_id, number, kind, direction, title, filename, media_type, size, sha256, content, created_at, "
        "created_by, rendered_from_id, id, association_id"
    )
    op.execute(f"INSERT INTO document_rebuilt ({columns}) SELECT {columns} FROM document ORDER BY id")
    # The old table takes its indexes and triggers with it.
    op.drop_table("document")
    op.rename_table("document_rebuilt", "document")
    op.create_index(op.f("ix_document_association_id"), "document", ["association_id"], unique=False)
    op.create_index(op.f("ix_document_matter_id"), "document", ["matter_id"], unique=False)
    op.create_index(op.f("ix_document_sha256"), "document", ["sha256"], unique=False)
    refuse("document", "UPDATE OF " + ", ".join(FROZEN_COLUMNS), "document_not_changed")
    refuse("document", "DELETE", "document_not_deleted")
