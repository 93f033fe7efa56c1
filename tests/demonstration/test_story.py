"""The demonstration can be made on any day, holidays behind it or not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from paragraf import all_models
from paragraf.core import migrating
from paragraf.core.database import Database
from paragraf.demonstration import fill, is_empty
from paragraf.demonstration.templates import logo
from paragraf.minutes.models import Minutes
from paragraf.templates import queries
from paragraf.templates.rules import check_logo
from tests.parts.demonstration import demonstration_settings


@pytest.mark.parametrize(
    "day",
    [
        datetime(2026, 11, 26, 12, 0, tzinfo=UTC),  # Thursday
        datetime(2026, 11, 27, 12, 0, tzinfo=UTC),  # Friday, after All Saints'
        datetime(2026, 11, 29, 23, 30, tzinfo=UTC),  # Sunday, Monday in Sweden
        datetime(2027, 1, 20, 6, 0, tzinfo=UTC),  # 26 days after Christmas Day
        datetime(2027, 4, 24, 6, 0, tzinfo=UTC),  # 26 days after Easter Monday
    ],
    ids=str,
)
def test_the_minutes_are_signed_whatever_day_it_is(tmp_path: Path, day: datetime) -> None:
    database = Database(demonstration_settings(tmp_path))
    migrating.upgrade(database.engine, all_models.metadata)
    with time_machine.travel(day, tick=False):
        fill(database, now=day)
    with database.reading() as session:
        (signed,) = session.query(Minutes).all()
        assert signed.verified_at is not None
    assert not is_empty(database)
    database.dispose()


def test_the_north_has_a_logo_and_minutes_of_its_own(demonstration: Database) -> None:
    with demonstration.reading() as session:
        (switch,) = queries.switches(session, 1, "minutes")
        assert switch.version is not None
        assert (switch.version.number, switch.version.filename) == (1, "protokoll-norralven.docx")
        assert queries.logo(session, 1) is not None
        assert queries.logo(session, 2) is None
        assert [used.version for used in queries.all_in_use(session, 2) if used.version] == []
    assert check_logo(logo(), "Norrälven").width_mm == 45
