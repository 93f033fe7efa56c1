"""Events for the duties' tests: the north's agreement, meeting and commission, and rules to plan them by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from paragraf.duties.models import Anchor
from paragraf.duties.operations import adopt_standard_rules, plan
from paragraf.duties.rules import Event
from tests.parts.world import NOW, SINCE, World


@pytest.fixture
def ruled(world: World) -> World:
    """The world, with the standard rules in the north."""
    with world.database.writing() as session:
        adopt_standard_rules(session, world.north.id, valid_from=SINCE)
    return world


@pytest.fixture
def session(ruled: World) -> Iterator[Session]:
    """One transaction, committed when the test ends."""
    with ruled.database.writing() as writing:
        yield writing


@pytest.fixture
def revision(world: World) -> Event:
    """The revision of an agreement that takes effect at the turn of the year, with two months' notice."""
    return Event(
        association_id=world.north.id,
        anchor=Anchor.AGREEMENT_REVISION,
        subject="agreement",
        subject_id=1,
        on=date(2027, 1, 1),
        title="Samverkan Norrdal",
        notice_months=2,
        body_ids=(world.north.board.id,),
    )


@pytest.fixture
def meeting(revision: Event) -> Event:
    """The board's meeting on a Thursday in March."""
    return replace(revision, anchor=Anchor.MEETING, subject="meeting", on=date(2026, 3, 19), title="Styrelsen")


@pytest.fixture
def commission(revision: Event, world: World) -> Event:
    """A commission to one member of the board, to report in April."""
    return replace(
        revision,
        anchor=Anchor.COMMISSION,
        subject="minute_item",
        on=date(2026, 4, 1),
        title="ta fram en kostnadsberäkning",
        responsible=(world.north.member.id,),
    )


@pytest.fixture
def planned(ruled: World, revision: Event) -> World:
    """The revision's duties, planned and committed."""
    with ruled.database.writing() as session:
        plan(session, revision, now=NOW)
    return ruled
