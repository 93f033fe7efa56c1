"""Errors in the log tell where and why, never what stands in rows."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.exc import DBAPIError

from paragraf.core.traces import trace_of
from paragraf.post.models import Letter
from tests.parts.world import World


def caught(raiser: object) -> BaseException:
    try:
        raiser()  # type: ignore[operator]
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


def wrapped() -> None:
    try:
        raise ValueError("först")
    except ValueError as error:
        raise RuntimeError("sedan") from error


def in_passing() -> None:
    try:
        raise ValueError("först")
    except ValueError:
        raise RuntimeError("sedan")  # noqa: B904


def hidden() -> None:
    try:
        raise ValueError("först")
    except ValueError:
        raise RuntimeError("sedan") from None


@pytest.mark.parametrize("raiser", [wrapped, in_passing])
def test_the_cause_is_told_first_with_its_place(raiser: object) -> None:
    told = trace_of(caught(raiser))
    assert told.index("builtins.ValueError: först") < told.index("builtins.RuntimeError: sedan")
    assert told.count("test_traces.py") == 3


def test_what_was_meant_to_be_hidden_is_not_told() -> None:
    assert "först" not in trace_of(caught(hidden))


def test_the_rows_of_a_database_error_are_not_told(world: World) -> None:
    def writes_half_a_letter() -> None:
        with world.database.writing() as session:
            session.add(Letter(association_id=world.north.id, body="koden är 654321"))

    error = caught(writes_half_a_letter)
    told = trace_of(error)
    assert "sqlalchemy.exc.IntegrityError" in told
    assert "test_traces.py" in told
    assert "654321" not in told


def test_a_drivers_own_error_is_not_quoted() -> None:
    assert trace_of(sqlite3.IntegrityError("654321")) == "sqlite3.IntegrityError"
    assert "654321" not in trace_of(DBAPIError("INSERT …", {}, Exception("Failing row contains (654321)")))
