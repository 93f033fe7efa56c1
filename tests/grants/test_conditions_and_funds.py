"""Conditions that fail, shares of posts, the year's funds and the cap: what the board's picture then says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.grants import queries
from paragraf.grants.models import ConditionOutcome, ReportKind
from paragraf.grants.overview import document, funds
from paragraf.grants.overview.document import overview_fields
from paragraf.grants.overview.picture import Picture, picture
from paragraf.grants.payments import add_payment, propose_plan, remove_payment
from paragraf.grants.reporting import days as report_rules
from paragraf.meetings import operations as meetings
from paragraf.meetings import queries as agendas
from paragraf.meetings.returning import settle_condition
from tests.grants.acting import SONJA, at, came_in, claim, draw, granted, letters, settle
from tests.minutes.acting import paper
from tests.parts.world import NOW, Home, World

DAY = date(2026, 3, 1)


def set_funds(session: Session, home: Home, year: int, budget: int, **changes: Any) -> None:
    told: dict[str, Any] = {"income_ore": None, "own_capital_ore": None, "source": "Budget, § 12"} | changes
    funds.record_funds(
        session,
        home.id,
        year=year,
        budget_ore=budget,
        decided_on=DAY,
        now=at(DAY),
        actor=SONJA,
        **told,
    )


def shown(session: Session, home: Home) -> Picture:
    return picture(session, home.id, date(2026, 3, 2))


def year_of(session: Session, home: Home, year: int) -> funds.YearPicture:
    return next(one for one in shown(session, home).years if one.year == year)


def test_the_worked_example_of_two_grants_one_on_a_condition(session: Session, home: Home) -> None:
    """600 000 kr on two conditions and 150 000 kr without: bound 750 000 kr, until one condition is refused."""
    set_funds(session, home, 2026, 1_000_000_00)
    first = granted(session, home, {2026: 600_000_00}, ["att ESF beviljar", "att kommunen beviljar"])
    granted(session, home, {2026: 150_000_00})
    granted(session, home, {}, post_share=5000)
    settle(session, first, ConditionOutcome.MET, date(2026, 2, 20))
    with pytest.raises(RuleBroken, match="alla villkor"):
        claim(session, first, 2026, 1, DAY)
    year = year_of(session, home, 2026)
    assert (year.committed, year.conditional, year.free, year.shares) == (150_000_00, 600_000_00, 250_000_00, 1)
    settle(session, first, ConditionOutcome.FAILED, DAY, place=1)
    year = year_of(session, home, 2026)
    assert (year.committed, year.conditional, year.free) == (150_000_00, 0, 850_000_00)
    assert (year.released, year.shares) == (600_000_00, 1)
    with pytest.raises(RuleBroken, match="gäller inte längre"):
        claim(session, first, 2026, 1, DAY)
    assert queries.totals(session, home.id)[first.application_id] == 0
    assert all(one.cancelled_at for one in queries.reports_of(session, first))
    [told] = letters(session, "condition_failed")
    assert "att kommunen beviljar" in told.body
    assert "600\u00a0000\u00a0kr" in told.body


def test_a_failed_condition_brings_the_matter_back_to_the_board(session: Session, home: Home) -> None:
    application = came_in(session, home)
    starts = datetime(2026, 4, 9, 7, 0, tzinfo=UTC)
    meeting = meetings.plan_meeting(
        session,
        body=home.board,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place="Kommunhuset",
        now=NOW,
        actor=SONJA,
    )
    assert application.matter is not None
    meetings.add_matter_to_agenda(session, meeting, application.matter, background="", now=NOW, actor=SONJA)
    grant = granted(session, home, {2026: 600}, ["att ESF beviljar"], application=application)
    assert agendas.waiting_matters(session, home.id) == []
    settle_condition(
        session,
        grant.conditions[0],
        outcome=ConditionOutcome.FAILED,
        day=date(2026, 5, 1),
        now=at(date(2026, 5, 1)),
        actor=SONJA,
    )
    [waiting] = agendas.waiting_matters(session, home.id)
    assert (waiting.matter, waiting.last_meeting) == (application.matter, meeting)
    # The board decides anew: a second grant of the same matter.
    again = granted(session, home, {2026: 300}, application=application)
    assert queries.totals(session, home.id)[application.id] == 300
    assert [one.granted for one in queries.by_year({}, queries.grants_of(session, application))] == [300]
    assert [one.id for one in queries.grants_of_matter(session, home.id, 2026, application.matter.number)] == [
        again.id,
        grant.id,
    ]


def test_the_newest_figure_of_a_year_holds_and_the_older_is_kept(session: Session, home: Home) -> None:
    set_funds(session, home, 2026, 100)
    set_funds(session, home, 2026, 200, source="Reviderad budget, § 40")
    assert funds.funds_by_year(session, home.id)[2026].budget_ore == 200
    assert [row.budget_ore for row in funds.funds_history(session, home.id)] == [200, 100]
    for changes in ({"source": " "}, {"budget": -1}):
        with pytest.raises(RuleBroken):
            set_funds(session, home, 2026, **({"budget": 1} | changes))


@pytest.mark.parametrize(
    ("share", "amount", "cap", "above"),
    [(2000, None, 1_220_000_00, 130_000_00), (None, 1_500_000_00, 1_500_000_00, -150_000_00)],
)
def test_own_capital_is_held_against_the_cap_of_its_day(
    session: Session, home: Home, share: int | None, amount: int | None, cap: int, above: int
) -> None:
    funds.set_cap(
        session,
        home.id,
        valid_from=date(2025, 1, 1),
        share=share,
        amount_ore=amount,
        source="Rekommendation",
        now=NOW,
        actor=SONJA,
    )
    set_funds(session, home, 2024, 0, income_ore=6_100_000_00, own_capital_ore=1_350_000_00)
    set_funds(session, home, 2026, 0, income_ore=6_100_000_00, own_capital_ore=1_350_000_00)
    assert year_of(session, home, 2024).cap is None
    year = year_of(session, home, 2026)
    assert (year.cap, year.above_cap) == (cap, above)


def test_a_cap_is_a_share_or_an_amount(session: Session, home: Home) -> None:
    for share, amount in ((None, None), (1, 1), (10_001, None), (None, -1)):
        with pytest.raises(RuleBroken):
            funds.set_cap(
                session, home.id, valid_from=DAY, share=share, amount_ore=amount, source="Källa", now=NOW, actor=SONJA
            )


def test_nobody_sees_another_associations_money(session: Session, home: Home, world: World) -> None:
    set_funds(session, home, 2026, 100)
    granted(session, home, {2026: 100})
    away = picture(session, world.south.id, DAY)
    assert away.lines == ()
    assert [(one.year, one.budget, one.committed) for one in away.years] == [(2026, None, 0)]


def test_the_picture_as_word_says_what_the_page_says(session: Session, home: Home) -> None:
    set_funds(session, home, 2026, 1_000_000_00, own_capital_ore=1_000_00)
    grant = granted(session, home, {2026: 600_000_00})
    draw(session, grant, 2026, 100_000_00, DAY)
    granted(session, home, {}, post_share=5000)
    fields = overview_fields(home.association, shown(session, home), today=DAY)
    [year, *_later] = fields.years
    assert [each.replace("\u00a0", " ") for each in (year.budget, year.committed, year.free, year.drawn)] == [
        "1 000 000",
        "600 000",
        "400 000",
        "100 000",
    ]
    assert fields.shares_note == "Plus 1 andel av en tjänst utan belopp, som inte ingår i summorna."
    content = document.render_overview(session, home.association, today=DAY)
    lines = paper(content)
    assert "Bundet och fritt mot budget" in lines
    assert fields.shares_note in lines


# --- rules of reports, and the plan ----------------------------------------------------------------------------------


def test_report_rules_are_dated_and_hold_for_grants_decided_from_their_day(session: Session, home: Home) -> None:
    def rule(kind: ReportKind, days: int | None, valid_from: date) -> None:
        report_rules.set_rule(
            session, home.id, kind=kind, days=days, valid_from=valid_from, source="§ 3", now=NOW, actor=SONJA
        )

    rule(ReportKind.TERTIAL, None, date(2026, 1, 1))
    rule(ReportKind.FINAL, 10, date(2026, 1, 1))
    rule(ReportKind.FINAL, 20, date(2027, 1, 1))
    grant = granted(session, home, {2026: 1, 2027: 1})
    reports = queries.reports_of(session, grant)
    assert [(one.kind, one.due_on) for one in reports] == [
        (ReportKind.YEAR, date(2027, 2, 14)),
        (ReportKind.FINAL, date(2028, 1, 10)),
        (ReportKind.YEAR, date(2028, 2, 14)),
    ]
    with pytest.raises(RuleBroken):
        rule(ReportKind.STATUS, 10, DAY)


def test_a_plan_is_proposed_and_changed_and_never_pays_more_than_there_is(session: Session, home: Home) -> None:
    grant = granted(session, home, {2026: 100_00, 2027: 400_00})
    plan = propose_plan(session, grant, a_year=4, now=NOW, actor=SONJA)
    assert [(one.due_on, one.amount_ore) for one in plan] == [
        (date(2026, 10, 15), 100_00),
        *((date(2027, month, 1), 100_00) for month in (1, 4, 7, 10)),
    ]
    with pytest.raises(RuleBroken, match="högre"):
        add_payment(session, grant, due_on=DAY, amount_ore=1, text="", now=NOW, actor=SONJA)
    remove_payment(session, grant, plan[0], now=NOW, actor=SONJA)
    add_payment(session, grant, due_on=DAY, amount_ore=100_00, text="Förskott", now=NOW, actor=SONJA)
    assert queries.payments_of(session, grant)[0].due_on == DAY
    propose_plan(session, grant, a_year=1, now=NOW, actor=SONJA)
    assert len(queries.payments_of(session, grant)) == 2
