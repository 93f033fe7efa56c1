"""A grant of a part of a post without an amount: typed, worded, refused where it is unclear, and never a sum."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.grants.models import Grant
from paragraf.grants.queries import totals
from paragraf.minutes.clauses import Clause, YearAmount
from paragraf.minutes.demands import clause_problems, facts
from paragraf.minutes.models import Verb
from paragraf.minutes.wording import compose
from tests.minutes import acting
from tests.parts.world import World

SHARE = Clause(Verb.GRANT, grantee="Norrdals kommun", share="50 %", conditions=("Region Norrdal beviljar sin del.",))


def test_the_decision_says_the_part_of_a_post() -> None:
    assert clause_problems(SHARE) == []
    assert compose(SHARE).replace("\u00a0", " ") == (
        "att bevilja Norrdals kommun bidrag till 50 % av en tjänst, "
        "under förutsättning att Region Norrdal beviljar sin del"
    )
    told = facts(SHARE)
    assert (told["post_share"], told["years"]) == (5000, {})


@pytest.mark.parametrize(
    ("share", "years", "field"),
    [
        ("hälften", (), "share"),
        ("150 %", (), "share"),
        ("0 %", (), "share"),
        ("50 %", (YearAmount("2026", "100"),), "share"),
        ("", (), "years"),
    ],
)
def test_what_is_no_part_of_a_post_is_told_at_its_field(share: str, years: tuple[YearAmount, ...], field: str) -> None:
    problems = clause_problems(replace(SHARE, share=share, years=years))
    assert [problem.field for problem in problems] == [field]
    assert compose(replace(SHARE, share="hälften")).count("…") == 1


def test_verified_minutes_give_a_grant_that_is_flagged_and_not_summed(world: World) -> None:
    home = world.north
    with world.database.writing() as session:
        meeting = acting.plan(session, home)
        application = acting.usual_agenda(session, home, meeting)
        acting.all_present(session, meeting)
        draft = acting.begin(session, meeting)
        acting.write(session, acting.rows(session, draft)[1], SHARE)
        acting.elect(session, draft, home.fourth_member)
        acting.send(session, acting.fix(session, draft))
        acting.all_sign(session, draft)
        _check(session, home.id, application.id)


def _check(session: Session, association_id: int, application_id: int) -> None:
    grant = session.scalars(select(Grant)).one()
    assert (grant.post_share, grant.years) == (5000, [])
    assert totals(session, association_id) == {application_id: 0}
    [letter] = acting.letters(session, "decision")
    assert "av en tjänst" in letter.body
