"""Triggers by which the database itself refuses what the rules forbid, whoever asks. Migrations make them."""

from __future__ import annotations

from alembic import op


def only_added(table: str) -> None:
    """Rows of the table are facts (law 1): they are neither changed nor deleted."""
    refuse(table, "UPDATE", f"{table}_not_changed")
    refuse(table, "DELETE", f"{table}_not_deleted")


def refuse(table: str, act: str, name: str, *, when: str = "") -> None:
    """Refuse the act ("DELETE", "UPDATE OF a, b") on every row, or on those of which ``when`` is true ("OLD.a > 0").

    PostgreSQL's function is migration 0001's.
    """
    rows = f"FOR EACH ROW WHEN ({when})" if when else "FOR EACH ROW"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} {rows} EXECUTE FUNCTION refuse_change()")
    else:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} {rows} "
            f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only added'); END"
        )


def allow(table: str, name: str) -> None:
    """Take the guard away again."""
    on = f" ON {table}" if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER {name}{on}")
