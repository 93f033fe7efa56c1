"""The plain save that ours is measured against: one UPDATE of a row by its version, as safe, and no more."""

from __future__ import annotations

import json
import os

import flask
import sqlalchemy as sa

ROWS = 16
metadata = sa.MetaData()
table = sa.Table(
    "item",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
)
_SAVE = (
    sa.update(table)
    .where(table.c.id == sa.bindparam("item"), table.c.version == sa.bindparam("base"))
    .values(version=table.c.version + 1, words=sa.bindparam("said"))
)


def create_app(database: str) -> flask.Flask:
    """An app that saves the words of sixteen rows."""
    app = flask.Flask(__name__)
    engine = sa.create_engine(database.replace("postgresql://", "postgresql+psycopg://", 1))
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare)
        sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    metadata.drop_all(engine)
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(sa.insert(table), [{"id": each + 1, "version": 1, "words": "{}"} for each in range(ROWS)])
    # A worker that is forked from here must open connections of its own.
    engine.dispose()

    def save(item: int) -> tuple[flask.Response, int]:
        told = flask.request.get_json()
        values = {"item": item, "base": told["base_version"], "said": json.dumps(told)}
        with engine.begin() as connection:
            saved = connection.execute(_SAVE, values).rowcount == 1
        return flask.jsonify(version=told["base_version"] + saved), 200 if saved else 409

    app.add_url_rule("/<int:item>", "save", save, methods=["POST"])
    app.add_url_rule("/", "well", lambda: "well")
    return app


def _prepare(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None
    for told in ("busy_timeout = 15000", "journal_mode = WAL", "synchronous = FULL"):
        connection.cursor().execute(f"PRAGMA {told}")


if "REFERENCE_DATABASE" in os.environ and "REFERENCE_BYTES" not in os.environ:
    app = create_app(os.environ["REFERENCE_DATABASE"])
