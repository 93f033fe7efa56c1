"""Earlier minutes taken in: the files they came in, and what was told about them."""

import sqlalchemy as sa
from alembic import op

from paragraf.core.database import Json, UtcDateTime
from paragraf.core.migrating import RowsInTheWay

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imported_file",
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=200), nullable=False),
        sa.Column("corrections", Json(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.Column("taken_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(taken_at IS NULL) = (document_id IS NULL)", name=op.f("ck_imported_file_taken_with_document")
        ),
        sa.CheckConstraint(
            "(content IS NULL) = (document_id IS NOT NULL)", name=op.f("ck_imported_file_bytes_kept_once")
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_imported_file_association_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_imported_file_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_file")),
        sa.UniqueConstraint("association_id", "sha256", name=op.f("uq_imported_file_association_id_sha256")),
    )
    op.create_index(op.f("ix_imported_file_association_id"), "imported_file", ["association_id"], unique=False)
    op.create_table(
        "imported_minutes",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("report", Json(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_imported_minutes_association_id")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["imported_file.id"], name=op.f("fk_imported_minutes_file_id")),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("fk_imported_minutes_minutes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_minutes")),
        sa.UniqueConstraint("minutes_id", name=op.f("uq_imported_minutes_minutes_id")),
    )
    op.create_index(op.f("ix_imported_minutes_association_id"), "imported_minutes", ["association_id"], unique=False)
    op.create_index(op.f("ix_imported_minutes_file_id"), "imported_minutes", ["file_id"], unique=False)


def downgrade() -> None:
    rows = "SELECT id FROM imported_minutes UNION ALL SELECT id FROM imported_file"
    if op.get_bind().execute(sa.text(f"SELECT count(*) FROM ({rows}) AS kept")).scalar():
        raise RowsInTheWay(
            "The database holds files of earlier minutes, which the shape before migration 0008 has no place for. "
            "Nothing is changed. To go back, restore a backup from before the first of them."
        )
    op.drop_table("imported_minutes")
    op.drop_table("imported_file")
