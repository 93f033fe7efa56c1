"""Search: one table of what can be found, with a full-text index of either engine; goals for how meetings go."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from paragraf.core.database import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# SQLite's index reads the stems in the table itself and keeps only what it needs to find them.
FTS5 = (
    "CREATE VIRTUAL TABLE search_index USING fts5("
    "terms, content='search_entry', content_rowid='id', tokenize=\"unicode61 remove_diacritics 0\")"
)
TRIGGERS = {
    "search_entry_added": "AFTER INSERT ON search_entry BEGIN "
    "INSERT INTO search_index (rowid, terms) VALUES (new.id, new.terms); END",
    "search_entry_gone": "AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', old.id, old.terms); END",
    "search_entry_read": "AFTER UPDATE OF terms ON search_entry BEGIN "
    "INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', old.id, old.terms); "
    "INSERT INTO search_index (rowid, terms) VALUES (new.id, new.terms); END",
}


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "search_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, autoincrement=False),
        sa.Column(
            "kind",
            sa.Enum(
                "item",
                "decision",
                "attachment",
                name="entry_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("heading", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("terms", pg.TSVECTOR() if postgresql else sa.Text(), nullable=True),
        sa.Column("indexed_at", UtcDateTime(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_search_entry_association_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_search_entry_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "subject_id", name=op.f("uq_search_entry_kind_subject_id")),
    )
    op.create_index(op.f("ix_search_entry_association_id"), "search_entry", ["association_id"], unique=False)
    op.create_index(op.f("ix_search_entry_item_id"), "search_entry", ["item_id"], unique=False)
    op.create_table(
        "search_amount",
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ore", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_search_amount_association_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["search_entry.id"], name=op.f("fk_search_amount_entry_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_amount")),
    )
    op.create_index(op.f("ix_search_amount_association_id"), "search_amount", ["association_id"], unique=False)
    op.create_index(op.f("ix_search_amount_entry_id"), "search_amount", ["entry_id"], unique=False)
    op.create_index("ix_search_amount_association_id_ore", "search_amount", ["association_id", "ore"], unique=False)
    op.create_table(
        "meeting_goal",
        sa.Column(
            "key",
            sa.Enum(
                "attendance",
                "needs_analysis",
                name="goal_key",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("percent > 0 AND percent <= 100", name=op.f("ck_meeting_goal_percent_of_a_whole")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_meeting_goal_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_goal")),
        sa.UniqueConstraint(
            "association_id", "key", "valid_from", name=op.f("uq_meeting_goal_association_id_key_valid_from")
        ),
    )
    op.create_index(op.f("ix_meeting_goal_association_id"), "meeting_goal", ["association_id"], unique=False)
    if postgresql:
        op.create_index("ix_search_entry_terms", "search_entry", ["terms"], postgresql_using="gin")
    else:
        op.execute(FTS5)
        for name, told in TRIGGERS.items():
            op.execute(f"CREATE TRIGGER {name} {told}")


def downgrade() -> None:
    # What is indexed is made anew from the minutes, so nothing is lost with it.
    if op.get_bind().dialect.name != "postgresql":
        op.execute("DROP TABLE search_index")
    op.drop_table("meeting_goal")
    op.drop_table("search_amount")
    op.drop_table("search_entry")
