"""The database: one engine, sessions that only read and sessions that write, and the column types of the house."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Engine, Enum, ForeignKey, MetaData, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from paragraf.core.settings import Settings
from paragraf.core.turns import Turns

#: How long a writer waits for the others.
_PATIENCE_SECONDS = 15


class Base(DeclarativeBase):
    """Every row of the program. Constraints get the same names on each engine, so that migrations can say them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Refuses naive values going in; gives aware UTC values back, also from SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: say which zone it is in")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """JSON that PostgreSQL keeps as jsonb. None is NULL."""

    impl = JSON
    cache_ok = True

    def __init__(self) -> None:
        super().__init__(none_as_null=True)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "postgresql":
            return super().load_dialect_impl(dialect)
        # Here, since all of PostgreSQL's drivers come with it: a tenth of the start on SQLite.
        from sqlalchemy.dialects.postgresql import JSONB

        return dialect.type_descriptor(JSONB(none_as_null=True))


def choice(kinds: type[StrEnum], name: str) -> Enum:
    """A column of one of the words in ``kinds``, guarded by a CHECK named ``name``."""
    return Enum(
        kinds,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda enum: [word.value for word in enum],
    )


class OfAssociation:
    """Mixin: the row belongs to one association, and no query may forget it (law 11)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    association_id: Mapped[int] = mapped_column(ForeignKey("association.id"), index=True)


class Database:
    """The engine of one process and its two kinds of sessions.

    ``reading()`` cannot change anything: the database itself refuses, which is how a GET never acts (law 10).
    ``writing()`` commits when its block ends without an error (law 2).
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.engine = open_engine(settings.database)
        self._reader = self.engine.execution_options(paragraf_reads=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self.new_session(writes=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self.new_session(writes=True) as session, session.begin():
            yield session

    def new_session(self, *, writes: bool) -> Session:
        """A session that the caller commits and closes; ``info['settings']`` serves operations that write letters."""
        return Session(
            self.engine if writes else self._reader, expire_on_commit=False, info={"settings": self.settings}
        )

    def dispose(self) -> None:
        self.engine.dispose()


def settings_of(session: Session) -> Settings:
    """The settings the session was opened with."""
    settings: Settings = session.info["settings"]
    return settings


def open_engine(url: str) -> Engine:
    """An engine for SQLite (WAL, foreign keys on) or PostgreSQL (psycopg 3)."""
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    sqlite = url.startswith("sqlite")
    # Parameters are hidden: an error that is logged must not tell what stands in letters and forms.
    engine = create_engine(url, pool_pre_ping=not sqlite, hide_parameters=True)
    if sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        turns = Turns()
        event.listen(engine, "begin", partial(_begin_sqlite, turns))
        # The transaction is over for certain when its connection goes back, whether it was committed, failed or left.
        event.listen(engine, "checkin", partial(_give_back, turns))
        event.listen(engine, "invalidate", lambda raw, record, _error: _give_back(turns, raw, record))
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # None: the driver must not begin transactions by itself, or BEGIN IMMEDIATE below would come too late.
    connection.isolation_level = None
    cursor = connection.cursor()
    # The timeout first: a second process that opens a new file waits for the switch to WAL instead of failing.
    cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _give_back(turns: Turns, _raw: Any, record: Any) -> None:
    if record.info.pop("has_turn", False):
        turns.give_back()


def _begin_sqlite(turns: Turns, connection: Any) -> None:
    reads = connection.get_execution_options().get("paragraf_reads", False)
    raw, known = connection.connection.dbapi_connection, connection.info
    # Straight to the driver: every page begins here, and SQLAlchemy's way costs ten times the statement. ``info``
    # lives as long as the driver's connection, so what was set on it still holds.
    if known.get("query_only") is not reads:
        raw.execute(f"PRAGMA query_only = {'ON' if reads else 'OFF'}")
        known["query_only"] = reads
    if reads:
        raw.execute("BEGIN")
    else:
        # Without a turn in time it tries all the same: the other writer may be of another process by then.
        if not known.get("has_turn", False):
            known["has_turn"] = turns.take(_PATIENCE_SECONDS)
        # The lock is taken at once: a reader that turned writer in mid-transaction could not wait, only fail. That
        # may fail here too, and SQLAlchemy's way makes of it the error that callers know.
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_postgresql(connection: Any) -> None:
    if connection.get_execution_options().get("paragraf_reads", False):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
