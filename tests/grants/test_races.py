"""Several at once on one grant: together they never get more than was granted, and nothing is answered twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy.orm import Session

from forms.definitions import load
from paragraf.applications import operations as applications
from paragraf.core.errors import RuleBroken
from paragraf.grants import queries
from paragraf.grants.claims import approve_claim, refuse_claim
from paragraf.grants.models import DrawdownClaim, Grant, RemainderKind
from paragraf.grants.remainders import settle_remainder
from tests.grants.acting import SONJA, at, claim, granted
from tests.parts.world import NOW, World

AT_ONCE = 5
DAY = date(2026, 4, 1)


@pytest.fixture
def grant_id(world: World) -> int:
    with world.database.writing() as session:
        home = world.north
        applications.publish_form(
            session, association_id=home.id, source_text=load("application_a"), now=NOW, actor=SONJA
        )
        return granted(session, home, {2026: 100_00}).id


def at_once(world: World, act: Callable[[Session, int], object]) -> list[bool]:
    """Let each thread act in a transaction of its own: True where it was done, False where a rule refused."""

    def one(number: int) -> bool:
        with world.database.new_session(writes=True) as session:
            try:
                act(session, number)
            except RuleBroken:
                session.rollback()
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_claims_at_once_never_exceed_the_grant(world: World, grant_id: int) -> None:
    done = at_once(world, lambda session, _n: claim(session, session.get_one(Grant, grant_id), 2026, 40_00, DAY))
    assert done.count(True) == 2
    with world.database.reading() as session:
        grant = session.get_one(Grant, grant_id)
        account = queries.account_of(session, grant)[2026]
        assert (account.under_way, account.claimable) == (80_00, 20_00)
        assert [one.number for one in queries.claims_of(session, grant)] == [1, 2]


def test_a_claim_and_a_release_at_once_share_what_there_is(world: World, grant_id: int) -> None:
    def act(session: Session, number: int) -> None:
        grant = session.get_one(Grant, grant_id)
        if number % 2:
            claim(session, grant, 2026, 60_00, DAY)
            return
        settle_remainder(
            session,
            grant,
            kind=RemainderKind.RELEASED,
            year=2026,
            amount_ore=60_00,
            text="Behövs inte.",
            decided_on=DAY,
            now=at(DAY),
            actor=SONJA,
        )

    assert at_once(world, act).count(True) == 1
    with world.database.reading() as session:
        assert queries.account_of(session, session.get_one(Grant, grant_id))[2026].claimable == 40_00


def test_a_claim_is_answered_once(world: World, grant_id: int) -> None:
    with world.database.writing() as session:
        claim_id = claim(session, session.get_one(Grant, grant_id), 2026, 100_00, DAY).id

    def act(session: Session, number: int) -> None:
        found = session.get_one(DrawdownClaim, claim_id)
        if number % 2:
            approve_claim(session, found, now=at(DAY), actor=SONJA)
        else:
            refuse_claim(session, found, reason="Fel år.", now=at(DAY), actor=SONJA)

    assert at_once(world, act).count(True) == 1
