"""Changing constraints of a table in a migration, on both engines, with its rows, indexes and triggers kept.

PostgreSQL changes a table in place. SQLite cannot: a new table is made from the old one's own text, edited, and takes
the rows over; the tables that point at it say so by name and find the new one (core.migrating has the keys off).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateColumn


def on_postgresql() -> bool:
    """Whether the migration runs on PostgreSQL."""
    return op.get_bind().dialect.name == "postgresql"


def allow_words(table: str, column: str, check: str, words: Sequence[str]) -> None:
    """Let the column hold these words and no other: ``check`` is the short name of its constraint."""
    condition = f"{column} IN ({', '.join(repr(word) for word in words)})"
    change_check(table, check, condition)


def change_check(table: str, check: str, condition: str) -> None:
    """Let the constraint ``ck_<table>_<check>`` demand the condition from now on."""
    name = f"ck_{table}_{check}"
    if on_postgresql():
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, condition)
    else:
        rebuild(table, lambda sql: _with_check(sql, name, condition))


def make_nullable(table: str, column: str, *, nullable: bool) -> None:
    """Let the column be empty, or no longer."""
    if on_postgresql():
        op.alter_column(table, column, nullable=nullable)
    else:
        rebuild(table, lambda sql: _with_null(sql, column, nullable=nullable))


def add_columns(table: str, columns: Sequence[sa.Column[Any]], filled: Mapping[str, str] | None = None) -> None:
    """Add columns; ``filled`` gives the SQL of what rows that are there get in them, by name.

    A column that may not be empty needs it. Triggers that keep rows as they are do not mind: nothing said is changed.
    """
    values = filled or {}
    if not on_postgresql():
        lines = [str(CreateColumn(column).compile(dialect=op.get_bind().dialect)) for column in columns]
        rebuild(table, lambda sql: _with_columns(sql, lines), values)
        return
    for column in columns:
        nullable, column.nullable = column.nullable, True
        op.add_column(table, column)
        column.nullable = nullable
    _fill(table, values)
    for column in columns:
        if not column.nullable:
            op.alter_column(table, column.name, nullable=False)


def _fill(table: str, values: Mapping[str, str]) -> None:
    if values:
        told = ", ".join(f"{name} = {value}" for name, value in values.items())
        op.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        op.execute(f'UPDATE "{table}" SET {told}')  # noqa: S608
        op.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def drop_columns(table: str, names: Sequence[str], constraints: Sequence[str] = ()) -> None:
    """Take columns away, and first the named constraints that speak of them."""
    if on_postgresql():
        for constraint in constraints:
            op.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT {constraint}')
        for name in names:
            op.drop_column(table, name)
        return

    def edit(sql: str) -> str:
        for constraint in constraints:
            sql = _without(sql, constraint)
        return _without_columns(sql, names)

    rebuild(table, edit)


def add_check(table: str, check: str, condition: str) -> None:
    """Demand the condition of every row."""
    name = f"ck_{table}_{check}"
    if on_postgresql():
        op.create_check_constraint(op.f(name), table, condition)
    else:
        rebuild(table, lambda sql: _with_line(sql, f"CONSTRAINT {name} CHECK ({condition})"))


def add_reference(table: str, column: str, to: str) -> None:
    """Demand that the column names a row of the other table."""
    name = f"fk_{table}_{column}"
    if on_postgresql():
        op.create_foreign_key(op.f(name), table, to, [column], ["id"])
    else:
        rebuild(table, lambda sql: _with_line(sql, f"CONSTRAINT {name} FOREIGN KEY({column}) REFERENCES {to} (id)"))


def drop_unique(table: str, name: str) -> None:
    """Take a named unique constraint away."""
    if on_postgresql():
        op.drop_constraint(op.f(name), table, type_="unique")
    else:
        rebuild(table, lambda sql: _without(sql, name))


def add_unique(table: str, name: str, columns: Sequence[str]) -> None:
    """Demand that the columns together are unique."""
    if on_postgresql():
        op.create_unique_constraint(op.f(name), table, list(columns))
    else:
        rebuild(table, lambda sql: _with_line(sql, f"CONSTRAINT {name} UNIQUE ({', '.join(columns)})"))


def rebuild(table: str, edit: Callable[[str], str], filled: Mapping[str, str] | None = None) -> None:
    """SQLite: make the table anew from its own text as ``edit`` changes it, with all that belongs to it.

    Columns that are not there before get the SQL in ``filled``, or nothing; columns that are not there after are lost.
    """
    connection = op.get_bind()
    kept = connection.execute(
        sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL ORDER BY type DESC"),
        {"table": table},
    ).all()
    [definition] = [sql for kind, sql in kept if kind == "table"]
    old = f"{table}_before"
    # Renamed with the old names kept in whatever points at it, or the others would follow it away.
    op.execute("PRAGMA legacy_alter_table = ON")
    op.execute(f'ALTER TABLE "{table}" RENAME TO "{old}"')
    op.execute("PRAGMA legacy_alter_table = OFF")
    op.execute(edit(definition))
    before, after = _columns(old), _columns(table)
    values = {f'"{name}"': f'"{name}"' for name in after if name in before}
    values |= {f'"{name}"': value for name, value in (filled or {}).items()}
    into, taken = ", ".join(values), ", ".join(values.values())
    op.execute(f'INSERT INTO "{table}" ({into}) SELECT {taken} FROM "{old}" AS "{table}" ORDER BY id')  # noqa: S608
    # The old table takes its indexes and triggers with it; their names are free again.
    op.execute(f'DROP TABLE "{old}"')
    for kind, sql in kept:
        if kind in ("index", "trigger"):
            op.execute(sql.replace("%", "%%") if "%" in sql else sql)


def _columns(table: str) -> list[str]:
    return [row[1] for row in op.get_bind().exec_driver_sql(f'PRAGMA table_info("{table}")')]


def _lines(sql: str) -> tuple[str, list[str], str]:
    """A table's text as SQLAlchemy writes it: the opening, one line a column or constraint, the end."""
    opening, rest = sql.split("(", 1)
    body, end = rest.rsplit(")", 1)
    return opening + "(", [line.strip() for line in _split(body)], ")" + end


def _split(body: str) -> list[str]:
    """The parts between the commas that stand in no parenthesis and no quotes."""
    parts, depth, quoted, begun = [], 0, False, 0
    for place, sign in enumerate(body):
        if sign == "'":
            quoted = not quoted
        elif not quoted and sign in "()":
            depth += 1 if sign == "(" else -1
        elif not quoted and sign == "," and depth == 0:
            parts.append(body[begun:place])
            begun = place + 1
    return [*parts, body[begun:]]


def _joined(opening: str, lines: Sequence[str], end: str) -> str:
    return opening + "\n\t" + ",\n\t".join(lines) + "\n" + end


def _with_check(sql: str, name: str, condition: str) -> str:
    opening, lines, end = _lines(sql)
    place = _place(lines, name)
    return _joined(opening, [*lines[:place], f"CONSTRAINT {name} CHECK ({condition})", *lines[place + 1 :]], end)


def _without(sql: str, name: str) -> str:
    opening, lines, end = _lines(sql)
    place = _place(lines, name)
    return _joined(opening, [*lines[:place], *lines[place + 1 :]], end)


def _place(lines: Sequence[str], name: str) -> int:
    [place] = [at for at, line in enumerate(lines) if line.split(None, 2)[:2] == ["CONSTRAINT", name]]
    return place


def _with_line(sql: str, line: str) -> str:
    opening, lines, end = _lines(sql)
    return _joined(opening, [*lines, line], end)


def _with_columns(sql: str, columns: Sequence[str]) -> str:
    opening, lines, end = _lines(sql)
    place = next(at for at, line in enumerate(lines) if line.startswith("CONSTRAINT "))
    return _joined(opening, [*lines[:place], *columns, *lines[place:]], end)


def _without_columns(sql: str, names: Sequence[str]) -> str:
    opening, lines, end = _lines(sql)
    return _joined(opening, [line for line in lines if line.split(None, 1)[0].strip('"') not in names], end)


def _with_null(sql: str, column: str, *, nullable: bool) -> str:
    opening, lines, end = _lines(sql)
    [place] = [at for at, line in enumerate(lines) if line.split(None, 1)[0].strip('"') == column]
    plain = lines[place].removesuffix(" NOT NULL")
    lines[place] = plain if nullable else f"{plain} NOT NULL"
    return _joined(opening, lines, end)
