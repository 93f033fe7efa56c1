"""The delegation order as dated data, decisions numbered by year, and what may not be registered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.delegation import operations, queries
from paragraf.delegation.models import DelegatedDecision, DelegationPoint
from paragraf.delegation.operations import File, PointText
from paragraf.delegation.rules import in_force
from tests.parts.world import NOW, Home, World

SONJA = "Sonja Ekvall"
TODAY = NOW.date()
POINT = PointText("3.2", "Avtal om lokaler", "förbundschefen", "Styrelsen 2026-02-12 § 8")


def point(session: Session, home: Home, number: str = "3.2", since: date = date(2025, 1, 1)) -> DelegationPoint:
    text = PointText(number, POINT.matters, POINT.delegate, POINT.source)
    return operations.add_point(session, home.board, text, valid_from=since, now=NOW, actor=SONJA)


def decide(
    session: Session, home: Home, by: DelegationPoint, on: date = TODAY, heading: str = "Hyra", **more: object
) -> DelegatedDecision:
    return operations.register_decision(
        session,
        by,
        decided_on=on,
        decided_by=home.chair,
        heading=heading,
        text="Avtalet förlängs.",
        now=NOW,
        actor=SONJA,
        **more,  # type: ignore[arg-type]
    )


def test_decisions_are_numbered_by_the_year_they_were_made(session: Session, home: Home) -> None:
    by = point(session, home)
    made = [decide(session, home, by, on) for on in (TODAY, date(2025, 12, 30), TODAY)]
    assert [one.designation for one in made] == ["D 2026:1", "D 2025:1", "D 2026:2"]
    assert [one.id for one in queries.decisions(session, home.id, year=2026)] == [made[2].id, made[0].id]


def test_a_point_holds_from_day_to_day(session: Session, home: Home) -> None:
    by = point(session, home, since=date(2026, 2, 1))
    with pytest.raises(RuleBroken) as refused:
        decide(session, home, by, date(2026, 1, 31))
    assert refused.value.field == "point_id"
    operations.end_point(session, by, last_day=date(2026, 2, 20), now=NOW, actor=SONJA)
    assert decide(session, home, by, date(2026, 2, 20)).number == 1
    with pytest.raises(RuleBroken):
        decide(session, home, by, date(2026, 2, 21))
    assert [one for one in queries.points(session, home.id) if in_force(one, date(2026, 2, 20))] == [by]
    assert [one for one in queries.points(session, home.id) if in_force(one, date(2026, 2, 21))] == []


def test_a_point_is_not_ended_before_what_was_decided_by_it(session: Session, home: Home) -> None:
    by = point(session, home)
    decide(session, home, by, date(2026, 2, 20))
    with pytest.raises(RuleBroken, match="Ett beslut fattades"):
        operations.end_point(session, by, last_day=date(2026, 2, 19), now=NOW, actor=SONJA)
    with pytest.raises(RuleBroken, match="gäller från"):
        operations.end_point(session, by, last_day=date(2024, 2, 19), now=NOW, actor=SONJA)


def test_a_new_point_follows_the_old_one_under_its_number(session: Session, home: Home) -> None:
    old = point(session, home)
    with pytest.raises(RuleBroken, match="gäller redan då"):
        point(session, home, since=date(2026, 3, 1))
    operations.end_point(session, old, last_day=date(2026, 2, 28), now=NOW, actor=SONJA)
    new = point(session, home, since=date(2026, 3, 1))
    assert [one for one in queries.points(session, home.id) if in_force(one, date(2026, 3, 1))] == [new]


def test_points_come_in_the_orders_own_order(session: Session, home: Home) -> None:
    for number in ("3.10", "3.9", "10", "2 b", "2 a"):
        point(session, home, number)
    assert [one.number for one in queries.points(session, home.id)] == ["2 a", "2 b", "3.9", "3.10", "10"]


@pytest.mark.parametrize(
    ("heading", "day", "field"),
    [(" ", TODAY, "heading"), ("x" * 301, TODAY, "heading"), ("Hyra", TODAY + timedelta(days=1), "decided_on")],
)
def test_what_cannot_be_registered(session: Session, home: Home, heading: str, day: date, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        decide(session, home, point(session, home), day, heading)
    assert refused.value.field == field


def test_a_refused_file_takes_no_number(session: Session, home: Home) -> None:
    by = point(session, home)
    with pytest.raises(RuleBroken), session.begin_nested():
        decide(session, home, by, file=File("x.exe", b"MZ\x90\x00"))
    made = decide(session, home, by)
    assert made.number == 1


def test_an_empty_part_of_a_point_is_told_at_its_field(session: Session, home: Home) -> None:
    with pytest.raises(RuleBroken) as refused:
        operations.add_point(
            session, home.board, PointText("1", "Avtal", " ", "§ 8"), valid_from=TODAY, now=NOW, actor=SONJA
        )
    assert refused.value.field == "delegate"


def test_another_associations_rows_are_not_there(session: Session, home: Home, world: World) -> None:
    by = point(session, home)
    made = decide(session, home, by)
    for ask in (
        lambda: queries.point(session, world.south.id, by.id),
        lambda: queries.decision(session, world.south.id, made.id),
        lambda: operations.register_decision(
            session,
            by,
            decided_on=TODAY,
            decided_by=world.south.chair,
            heading="Hyra",
            text="Ja.",
            now=NOW,
            actor=SONJA,
        ),
    ):
        with pytest.raises(NotThere):
            ask()
