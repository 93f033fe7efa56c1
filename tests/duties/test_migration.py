"""Migration 0004 gives associations that took the standard rules up the rule about completions; others nothing."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.database import Database
from paragraf.core.migrating import RowsInTheWay
from paragraf.duties.models import DutyRule
from paragraf.duties.operations import adopt_standard_rules
from paragraf.duties.standard_rules import COMPLETION, standard_rows
from tests.parts.migrations import down, up
from tests.parts.world import SINCE, World


@pytest.fixture
def older(world: World) -> Database:
    """The north took up the standard rules when there was none about completions; the south never did."""
    with world.database.writing() as session:
        adopt_standard_rules(session, world.north.id, valid_from=SINCE)
    down(world.database, "0003")
    return world.database


def rules(session: Session) -> list[DutyRule]:
    return list(session.scalars(select(DutyRule).where(DutyRule.key == COMPLETION)))


def test_the_rule_is_the_standard_one_from_the_day_of_the_first(older: Database, world: World) -> None:
    up(older)
    [wanted] = [one for one in standard_rows(world.north.id, valid_from=SINCE) if one.key == COMPLETION]
    with older.reading() as session:
        [found] = rules(session)
        for column in DutyRule.__table__.columns:
            if column.name not in ("id", "valid_to", "event_sets_shift"):
                assert getattr(found, column.name) == getattr(wanted, column.name), column.name
        assert (found.valid_to, found.event_sets_shift) == (None, False)


def test_a_rule_of_the_associations_own_stands_in_the_way_of_going_back(world: World) -> None:
    with world.database.writing() as session:
        adopt_standard_rules(session, world.north.id, valid_from=SINCE)
        [rule] = rules(session)
        session.add(
            DutyRule(
                association_id=rule.association_id,
                key="own_completion",
                title="Egen regel",
                source="Arbetsordningen",
                anchor=rule.anchor,
                shift=0,
                unit=rule.unit,
                calendar_rule=rule.calendar_rule,
                recipients=["secretary"],
                remind_days=[0],
                valid_from=date(2026, 1, 1),
            )
        )
    with pytest.raises(RowsInTheWay, match="rules of duties"):
        down(world.database, "0003")
