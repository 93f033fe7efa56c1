"""Triggers by which the database itself refuses what the rules forbid, whoever asks. Migrations make them."""

from __future__ import annotations

from alembic import op


def only_added(table: str) -> None:
    """Rows of the table are facts (law 1): they are neither changed nor deleted."""
    refuse(table, "UPDATE", f"{table}_not_changed")
    refuse(table, "DELETE", f"{table}_not_deleted")


def refuse(table: str, act: str, name: str) -> None:
    """Refuse the act ("DELETE", "UPDATE OF a, b") on every row. PostgreSQL's function is migration 0001's."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
    else:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only added'); END"
        )
