"""Several at once on the same minutes: no text is lost, no number is taken twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.core.number_series import NumberAllocation
from paragraf.minutes import queries
from paragraf.minutes.models import Decision, MinuteItem, Minutes
from paragraf.minutes.rules import StaleText
from tests.minutes import acting
from tests.parts.world import World

WRITERS = 6


@pytest.fixture
def minutes_id(world: World) -> int:
    """Minutes that nothing hinders, committed, so that all threads see them."""
    with world.database.writing() as session:
        meeting = acting.plan(session, world.north)
        acting.usual_agenda(session, world.north, meeting)
        acting.all_present(session, meeting)
        minutes = acting.begin(session, meeting)
        acting.write(session, acting.rows(session, minutes)[1], acting.GRANT)
        acting.elect(session, minutes, world.north.fourth_member)
        return minutes.id


def at_once(world: World, minutes_id: int, act: Callable[[Session, Minutes, int], object]) -> list[bool]:
    """Let each thread do ``act`` in a transaction of its own: True where it was done, False where a rule refused."""

    def one(number: int) -> bool:
        with world.database.new_session(writes=True) as session:
            minutes = queries.minutes_by_id(session, world.north.id, minutes_id)
            try:
                act(session, minutes, number)
            except StaleText:
                # As the page does: what was set aside is kept.
                session.commit()
                return False
            except RuleBroken:
                session.rollback()
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(one, range(WRITERS)))


def test_of_several_who_save_the_same_version_one_wins_and_the_others_are_set_aside(
    world: World, minutes_id: int
) -> None:
    def save(session: Session, minutes: Minutes, number: int) -> None:
        acting.write(session, acting.rows(session, minutes)[2], background=f"Text nummer {number}", base=1)

    assert at_once(world, minutes_id, save).count(True) == 1
    with world.database.reading() as session:
        row = acting.rows(session, queries.minutes_by_id(session, world.north.id, minutes_id))[2]
        texts = {text.background for text in queries.set_aside(session, row)}
        assert row.version == 2
        assert texts | {queries.newest_text(session, row).background} == {f"Text nummer {n}" for n in range(WRITERS)}


def test_numbers_are_fixed_once_however_many_press_the_button(world: World, minutes_id: int) -> None:
    done = at_once(world, minutes_id, lambda session, minutes, _number: acting.fix(session, minutes))
    assert done.count(True) == 1
    with world.database.reading() as session:
        minutes = queries.minutes_by_id(session, world.north.id, minutes_id)
        assert acting.numbers(session, minutes) == [626, 627, 628]
        taken = select(func.count(NumberAllocation.id)).where(NumberAllocation.subject == "minute_item")
        assert session.scalar(taken) == 3
        assert session.scalar(select(func.count(Decision.id))) == 2


def test_no_text_slips_in_beside_the_frozen_decision(world: World, minutes_id: int) -> None:
    def write_or_fix(session: Session, minutes: Minutes, number: int) -> None:
        if number % 2:
            acting.fix(session, minutes)
        else:
            row = acting.rows(session, minutes)[2]
            acting.write(session, row, background=f"Text nummer {number}")

    at_once(world, minutes_id, write_or_fix)
    with world.database.reading() as session:
        minutes = queries.minutes_by_id(session, world.north.id, minutes_id)
        assert minutes.fixed_at is not None
        row = session.get_one(MinuteItem, acting.rows(session, minutes)[2].id)
        assert queries.newest_text(session, row).version == row.version
