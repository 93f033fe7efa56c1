"""Grants: one decision gives one, by year and with its conditions, and a condition is settled once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paragraf.applications.models import Application
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.log import LogEntry, broken_links
from paragraf.grants import operations, queries
from paragraf.grants.models import ConditionOutcome, Grant
from paragraf.grants.queries import YearLine
from paragraf.minutes.models import Decision
from tests.applications.acting import begin, decide, fill_in, submit
from tests.parts.world import NOW, Home, World

DAY = date(2026, 2, 12)
YEARS = {2026: 12_000_000, 2027: 20_000_000}


@pytest.fixture
def submitted(session: Session, application: Application, typed: dict[str, Any]) -> Application:
    fill_in(session, application, typed)
    submit(session, application)
    return application


@pytest.fixture
def decision(session: Session, home: Home) -> Decision:
    return decide(session, home)


def grant(session: Session, application: Application, decision: Decision, **changes: Any) -> Grant:
    told: dict[str, Any] = {"years": YEARS, "conditions": ["att ett avtal skrivs"], "decided_on": DAY} | changes
    return operations.grant(session, application=application, decision=decision, now=NOW, actor="Paragraf", **told)


def test_a_grant_has_its_years_and_conditions(session: Session, submitted: Application, decision: Decision) -> None:
    made = grant(session, submitted, decision, conditions=[" att ett avtal skrivs ", "", "att planen lämnas"])
    session.expire_all()
    assert [(year.year, year.amount_ore) for year in made.years] == list(YEARS.items())
    assert [(each.position, each.text) for each in made.conditions] == [
        (1, "att ett avtal skrivs"),
        (2, "att planen lämnas"),
    ]
    entry = session.scalars(select(LogEntry).where(LogEntry.verb == "grant")).one()
    assert (entry.matter_id, entry.details["years"]) == (submitted.matter_id, {"2026": 12_000_000, "2027": 20_000_000})


def test_the_same_decision_again_gives_the_same_grant(
    session: Session, submitted: Application, decision: Decision
) -> None:
    first = grant(session, submitted, decision)
    assert grant(session, submitted, decision, years={2026: 1}) is first
    assert session.scalar(select(func.count(Grant.id))) == 1


def test_a_draft_cannot_be_granted(session: Session, application: Application, decision: Decision) -> None:
    with pytest.raises(RuleBroken, match="inte inlämnad"):
        grant(session, application, decision)


def test_another_associations_decision_is_not_there(session: Session, submitted: Application, world: World) -> None:
    with pytest.raises(NotThere):
        grant(session, submitted, decide(session, world.south))


@pytest.mark.parametrize("years", [{}, {2026: -1}, {2026: 10**16}, {26: 100}])
def test_amounts_that_are_no_grant_are_refused(
    session: Session, submitted: Application, decision: Decision, years: dict[int, int]
) -> None:
    with pytest.raises(RuleBroken):
        grant(session, submitted, decision, years=years)


def test_a_condition_that_is_too_long_is_refused(session: Session, submitted: Application, decision: Decision) -> None:
    with pytest.raises(RuleBroken, match="1000 tecken"):
        grant(session, submitted, decision, conditions=["x" * 1001])


def test_granted_stands_beside_applied(session: Session, submitted: Application, decision: Decision) -> None:
    grant(session, submitted, decision, years={2027: 20_000_000, 2028: 0})
    applied = {2026: 12_000_000, 2027: 29_000_000}
    assert queries.by_year(applied, queries.grants_of(session, submitted)) == (
        YearLine(2026, 12_000_000, None),
        YearLine(2027, 29_000_000, 20_000_000),
        YearLine(2028, None, 0),
    )


@pytest.mark.parametrize("outcome", list(ConditionOutcome))
def test_a_condition_is_settled_once(
    session: Session, submitted: Application, decision: Decision, home: Home, outcome: ConditionOutcome
) -> None:
    [condition] = grant(session, submitted, decision).conditions
    day = date(2026, 2, 20)
    operations.settle_condition(session, condition, outcome=outcome, day=day, now=NOW, actor="Sonja Ekvall")
    assert (condition.outcome, condition.settled_on) == (outcome, day)
    with pytest.raises(RuleBroken, match="redan avgjort, den 2026-02-20"):
        operations.settle_condition(
            session, condition, outcome=ConditionOutcome.MET, day=day, now=NOW, actor="Sonja Ekvall"
        )
    assert list(broken_links(session, home.id)) == []


@pytest.mark.parametrize("day", [date(2026, 2, 11), date(2026, 3, 3)])
def test_a_condition_is_settled_between_the_decision_and_today(
    session: Session, submitted: Application, decision: Decision, day: date
) -> None:
    [condition] = grant(session, submitted, decision).conditions
    with pytest.raises(RuleBroken, match="mellan beslutet"):
        operations.settle_condition(
            session, condition, outcome=ConditionOutcome.MET, day=day, now=NOW, actor="Sonja Ekvall"
        )


def test_a_condition_is_found_through_its_own_application_only(
    session: Session, submitted: Application, decision: Decision, home: Home
) -> None:
    [condition] = grant(session, submitted, decision).conditions
    assert queries.condition(session, submitted, condition.id) is condition
    with pytest.raises(NotThere):
        queries.condition(session, begin(session, home), condition.id)


def test_what_an_application_was_granted_is_summed(
    session: Session, submitted: Application, decision: Decision, home: Home, world: World
) -> None:
    grant(session, submitted, decision, years={2026: 100, 2027: 200})
    assert queries.totals(session, home.id) == {submitted.id: 300}
    assert queries.totals(session, world.south.id) == {}
