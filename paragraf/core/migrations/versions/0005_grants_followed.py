"""Grants followed to the end: amounts by row, payments, claims, reports, what is returned, the year's funds."""

import sqlalchemy as sa
from alembic import op

from paragraf.core.database import UtcDateTime
from paragraf.core.guards import only_added
from paragraf.core.migrating import RowsInTheWay
from paragraf.core.rebuilding import add_check, add_columns, drop_columns

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = (
    "capital_cap",
    "report_rule",
    "yearly_funds",
    "drawdown_claim",
    "grant_remainder",
    "grant_report",
    "grant_row_amount",
    "planned_payment",
)
ONLY_ADDED = ("grant_row_amount", "grant_remainder", "yearly_funds")
COLUMNS = ("starts_on", "ends_on", "post_share", "closed_at")


def upgrade() -> None:
    new_tables()
    add_columns(
        "grant",
        [
            sa.Column("starts_on", sa.Date(), nullable=True),
            sa.Column("ends_on", sa.Date(), nullable=True),
            sa.Column("post_share", sa.Integer(), nullable=True),
            sa.Column("closed_at", UtcDateTime(), nullable=True),
        ],
    )
    add_check("grant", "period_in_order", "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on")
    add_check("grant", "share_of_something", "post_share IS NULL OR post_share > 0")
    for table in ONLY_ADDED:
        only_added(table)


def downgrade() -> None:
    rows = " UNION ALL ".join(f"SELECT id FROM {table}" for table in TABLES)
    filled = " OR ".join(f"{column} IS NOT NULL" for column in COLUMNS)
    for what in (rows, f'SELECT id FROM "grant" WHERE {filled}'):
        if op.get_bind().execute(sa.text(f"SELECT count(*) FROM ({what}) AS kept")).scalar():
            raise RowsInTheWay(
                "The database holds payments, claims, reports or periods of grants, which the shape before migration "
                "0005 has no place for. Nothing is changed. To go back, restore a backup from before the first of them."
            )
    drop_columns("grant", COLUMNS, ["ck_grant_period_in_order", "ck_grant_share_of_something"])
    for table in reversed(TABLES):
        op.drop_table(table)


def new_tables() -> None:
    """Tables that only this shape has."""
    op.create_table(
        "capital_cap",
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=True),
        sa.Column("amount_ore", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(share IS NULL) <> (amount_ore IS NULL)", name=op.f("ck_capital_cap_share_or_amount")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_capital_cap_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capital_cap")),
        sa.UniqueConstraint("association_id", "valid_from", name=op.f("uq_capital_cap_association_id_valid_from")),
    )
    op.create_index(op.f("ix_capital_cap_association_id"), "capital_cap", ["association_id"], unique=False)

    op.create_table(
        "report_rule",
        sa.Column(
            "kind",
            sa.Enum(
                "status",
                "tertial",
                "year",
                "final",
                name="report_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("days_after", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("days_after >= 0", name=op.f("ck_report_rule_after_its_period")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_report_rule_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_rule")),
        sa.UniqueConstraint(
            "association_id", "kind", "valid_from", name=op.f("uq_report_rule_association_id_kind_valid_from")
        ),
    )
    op.create_index(op.f("ix_report_rule_association_id"), "report_rule", ["association_id"], unique=False)

    op.create_table(
        "yearly_funds",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("budget_ore", sa.BigInteger(), nullable=False),
        sa.Column("income_ore", sa.BigInteger(), nullable=True),
        sa.Column("own_capital_ore", sa.BigInteger(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("budget_ore >= 0", name=op.f("ck_yearly_funds_budget_not_negative")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_yearly_funds_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_yearly_funds")),
    )
    op.create_index(op.f("ix_yearly_funds_association_id"), "yearly_funds", ["association_id"], unique=False)

    op.create_table(
        "drawdown_claim",
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount_ore", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("claimed_at", UtcDateTime(), nullable=False),
        sa.Column("claimed_by", sa.String(length=254), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("refused_at", UtcDateTime(), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=True),
        sa.Column("refuse_reason", sa.String(length=1000), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(refused_at IS NULL) = (refuse_reason IS NULL)", name=op.f("ck_drawdown_claim_refused_with_reason")
        ),
        sa.CheckConstraint("amount_ore > 0", name=op.f("ck_drawdown_claim_something_is_claimed")),
        sa.CheckConstraint("approved_at IS NULL OR refused_at IS NULL", name=op.f("ck_drawdown_claim_one_answer")),
        sa.CheckConstraint(
            "paid_on IS NULL OR approved_at IS NOT NULL", name=op.f("ck_drawdown_claim_approved_before_paid")
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_drawdown_claim_association_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_drawdown_claim_document_id")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_drawdown_claim_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawdown_claim")),
        sa.UniqueConstraint("grant_id", "number", name=op.f("uq_drawdown_claim_grant_id_number")),
    )
    op.create_index(op.f("ix_drawdown_claim_association_id"), "drawdown_claim", ["association_id"], unique=False)
    op.create_index(op.f("ix_drawdown_claim_grant_id"), "drawdown_claim", ["grant_id"], unique=False)

    op.create_table(
        "grant_remainder",
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "returned",
                "carried_over",
                "released",
                name="remainder_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("to_year", sa.Integer(), nullable=True),
        sa.Column("amount_ore", sa.BigInteger(), nullable=False),
        sa.Column("was_paid", sa.Boolean(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'carried_over') = (to_year IS NOT NULL)", name=op.f("ck_grant_remainder_carried_to_a_year")
        ),
        sa.CheckConstraint("amount_ore > 0", name=op.f("ck_grant_remainder_something_is_left")),
        sa.CheckConstraint(
            "kind = 'carried_over' OR was_paid = (kind = 'returned')",
            name=op.f("ck_grant_remainder_paid_before_returned"),
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_grant_remainder_association_id")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_grant_remainder_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_remainder")),
    )
    op.create_index(op.f("ix_grant_remainder_association_id"), "grant_remainder", ["association_id"], unique=False)
    op.create_index(op.f("ix_grant_remainder_grant_id"), "grant_remainder", ["grant_id"], unique=False)

    op.create_table(
        "grant_report",
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "status",
                "tertial",
                "year",
                "final",
                name="report_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("form_key", sa.String(length=60), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("accepted_by", sa.String(length=200), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("cancel_reason", sa.String(length=300), nullable=True),
        sa.Column("remark", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "accepted_at IS NULL OR application_id IS NOT NULL", name=op.f("ck_grant_report_accepted_when_filled_in")
        ),
        sa.CheckConstraint("period_end >= period_start", name=op.f("ck_grant_report_period_in_order")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_grant_report_application_id")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_grant_report_association_id")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_grant_report_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_report")),
        sa.UniqueConstraint("application_id", name=op.f("uq_grant_report_application_id")),
        sa.UniqueConstraint("grant_id", "kind", "period_end", name=op.f("uq_grant_report_grant_id_kind_period_end")),
    )
    op.create_index(op.f("ix_grant_report_association_id"), "grant_report", ["association_id"], unique=False)
    op.create_index(op.f("ix_grant_report_grant_id"), "grant_report", ["grant_id"], unique=False)

    op.create_table(
        "grant_row_amount",
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("granted", "outcome", name="row_amount_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("row_id", sa.String(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount_ore", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_grant_row_amount_association_id")
        ),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_grant_row_amount_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_row_amount")),
    )
    op.create_index(op.f("ix_grant_row_amount_association_id"), "grant_row_amount", ["association_id"], unique=False)
    op.create_index(op.f("ix_grant_row_amount_grant_id"), "grant_row_amount", ["grant_id"], unique=False)

    op.create_table(
        "planned_payment",
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount_ore", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("planned_at", UtcDateTime(), nullable=False),
        sa.Column("planned_by", sa.String(length=200), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_ore > 0", name=op.f("ck_planned_payment_something_is_paid")),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_planned_payment_association_id")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_planned_payment_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_payment")),
    )
    op.create_index(op.f("ix_planned_payment_association_id"), "planned_payment", ["association_id"], unique=False)
    op.create_index(op.f("ix_planned_payment_grant_id"), "planned_payment", ["grant_id"], unique=False)
