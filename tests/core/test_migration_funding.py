"""Migrations 0004 and 0005 bring funding: with rows in every new table, up and down, and what the database refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from forms.definitions import load
from paragraf import all_models
from paragraf.applications import operations as applications
from paragraf.applications.models import (
    Application,
    ApplicationParticipant,
    CheckOutcome,
    Completion,
    CompletionQuestion,
    FundingCall,
    LatePolicy,
    Opinion,
    ParticipantRole,
    PreparationCheck,
    Verdict,
    WorkingNote,
)
from paragraf.core import migrating
from paragraf.core.database import Database
from paragraf.core.migrating import RowsInTheWay
from paragraf.duties.operations import adopt_standard_rules
from paragraf.grants import amounts
from paragraf.grants.models import RemainderKind, ReportKind, RowAmountKind
from paragraf.grants.overview import funds
from paragraf.grants.payments import propose_plan
from paragraf.grants.remainders import settle_remainder
from paragraf.grants.reporting import days as report_rules
from paragraf.questions.models import FormDraft
from tests.grants.acting import SONJA, at, came_in, draw, granted
from tests.parts.migrations import down, held, shape, up
from tests.parts.world import NOW, SINCE, Home, World

DAY = date(2026, 3, 2)
#: The tables of each migration.
PREPARED = (
    "form_draft",
    "funding_call",
    "application_participant",
    "completion",
    "completion_question",
    "opinion",
    "preparation_check",
    "working_note",
)
FOLLOWED = (
    "capital_cap",
    "report_rule",
    "yearly_funds",
    "drawdown_claim",
    "grant_remainder",
    "grant_report",
    "grant_row_amount",
    "planned_payment",
    "applicant_reminder",
)
#: Tables of before that were changed.
CHANGED = ("application", "application_revision", '"grant"', "signatory", "signature_round", "document", "duty_rule")


@pytest.fixture
def received(world: World) -> Database:
    """An application that came in, as a database before funding may hold it, with the standard rules of duties."""
    with world.database.writing() as session:
        home = world.north
        applications.publish_form(
            session, association_id=home.id, source_text=load("application_a"), now=NOW, actor=SONJA
        )
        came_in(session, home)
        adopt_standard_rules(session, home.id, valid_from=SINCE)
    return world.database


def prepare(session: Session, home: Home) -> None:
    """A row in every table of 0004 but the reminders, which 0005's grants have."""
    [application] = session.query(Application).filter_by(association_id=home.id).all()
    own = {"association_id": home.id}
    of = {**own, "application_id": application.id}
    family = application.form_version.family_id
    completion = Completion(**of, asked_at=NOW, asked_by=SONJA, due_on=DAY, base_version=1)
    call = FundingCall(
        **own,
        family_id=family,
        title="Våren",
        opens_at=NOW,
        closes_at=NOW + timedelta(days=30),
        late_policy=LatePolicy.MARK,
        remind_days=[10, 2],
        created_at=NOW,
        created_by=SONJA,
    )
    session.add_all(
        (
            FormDraft(**own, source="key: x", version=1, saved_at=NOW, saved_by=SONJA),
            call,
            ApplicationParticipant(
                **of, role=ParticipantRole.READER, email="x@y.example", invited_at=NOW, invited_by=SONJA
            ),
            completion,
            Opinion(
                **of,
                body_id=home.board.id,
                verdict=Verdict.ENDORSE,
                text="Ja.",
                given_on=DAY,
                recorded_at=NOW,
                recorded_by=SONJA,
            ),
            PreparationCheck(**of, key="costs", outcome=CheckOutcome.MET, checked_at=NOW, checked_by=SONJA),
            WorkingNote(**of, text="Ring.", written_at=NOW, written_by=SONJA),
        )
    )
    session.flush()
    session.add(CompletionQuestion(**own, completion_id=completion.id, position=1, question_id="name", asked="Vad?"))


def follow(session: Session, home: Home) -> None:
    """A row in every table of 0005, by what the office does."""
    [application] = session.query(Application).filter_by(association_id=home.id).all()
    grant = granted(session, home, {2026: 300, 2027: 400}, application=application)
    draw(session, grant, 2026, 100, DAY)
    propose_plan(session, grant, a_year=2, now=at(DAY), actor=SONJA)
    settle_remainder(
        session,
        grant,
        kind=RemainderKind.RELEASED,
        year=2026,
        amount_ore=50,
        text="Behövs inte.",
        decided_on=DAY,
        now=at(DAY),
        actor=SONJA,
    )
    amounts.record_amounts(
        session,
        grant,
        kind=RowAmountKind.GRANTED,
        cells={("personnel", 2026): 300},
        source="§ 630",
        seen=0,
        now=at(DAY),
        actor=SONJA,
    )
    told = {"source": "§ 12", "now": NOW, "actor": SONJA}
    funds.record_funds(
        session,
        home.id,
        year=2026,
        budget_ore=1,
        income_ore=None,
        own_capital_ore=None,
        decided_on=DAY,
        **told,  # type: ignore[arg-type]
    )
    funds.set_cap(session, home.id, valid_from=DAY, share=2000, amount_ore=None, **told)  # type: ignore[arg-type]
    report_rules.set_rule(session, home.id, kind=ReportKind.FINAL, days=60, valid_from=DAY, **told)  # type: ignore[arg-type]


@pytest.fixture
def prepared(received: Database, world: World) -> Database:
    with received.writing() as session:
        prepare(session, world.north)
    return received


@pytest.fixture
def followed(received: Database, world: World) -> Database:
    with received.writing() as session:
        follow(session, world.north)
    return received


def test_what_a_database_held_before_comes_through_down_and_up_again(received: Database) -> None:
    before, shapes = held(received, *CHANGED), {name: shape(received, name.strip('"')) for name in CHANGED}
    down(received, "0003")
    up(received)
    after = held(received, *CHANGED)
    # The rules that follow from new events are the program's; the migration gives the completion's anew.
    # Who made a save is known from 0004 on, in the last column, and is not kept in a shape without a place for it.
    for kept in (before, after):
        del kept["duty_rule"]
        kept["application_revision"] = [row[:-1] for row in kept["application_revision"]]
    assert after == before
    assert {name: shape(received, name.strip('"')) for name in CHANGED} == shapes


@pytest.mark.parametrize(
    ("rows", "tables", "to", "why"),
    [
        (prepare, PREPARED, "0003", "Nothing is changed"),
        (follow, FOLLOWED, "0004", "Nothing is changed"),
    ],
)
def test_a_database_with_new_rows_does_not_go_back(
    received: Database,
    world: World,
    rows: Callable[[Session, Home], None],
    tables: tuple[str, ...],
    to: str,
    why: str,
) -> None:
    with received.writing() as session:
        rows(session, world.north)
    before = held(received, *tables, *CHANGED)
    assert [name for name in tables if not before[name]] == []
    with pytest.raises(RowsInTheWay, match=why):
        migrating.downgrade(received.engine, all_models.metadata, to)
    assert held(received, *tables, *CHANGED) == before
    up(received)


@pytest.mark.parametrize(
    "what",
    [
        "UPDATE application SET purpose = 'analysis'",
        "UPDATE application SET withdrawn_at = '2026-03-02 09:00:00'",
        "INSERT INTO duty_rule (association_id, key, title, source, anchor, shift, unit, calendar_rule, "
        "event_sets_shift, recipients, remind_days, valid_from) SELECT association_id, 'own', title, source, "
        "'grant_report', shift, unit, calendar_rule, event_sets_shift, recipients, remind_days, valid_from "
        "FROM duty_rule WHERE key = 'grant_report'",
    ],
)
def test_what_the_older_shape_has_no_word_for_keeps_the_database_from_going_back(received: Database, what: str) -> None:
    with received.writing() as session:
        session.execute(text(what))
    with pytest.raises(RowsInTheWay, match="0004"):
        migrating.downgrade(received.engine, all_models.metadata, "0003")


def test_the_older_shape_knows_no_reports(received: Database) -> None:
    down(received, "0003")
    with pytest.raises(DBAPIError), received.writing() as session:
        session.execute(text("SELECT purpose FROM application"))


# --- what the database itself refuses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE opinion SET text = 'Nej.'", "only added"),
        ("DELETE FROM preparation_check", "only added"),
        ("UPDATE completion SET answered_at = asked_at, answered_version = 2, withdrawn_at = asked_at", "one_end"),
        ("UPDATE application_participant SET email = 'X@y.example'", "lower_case"),
        ("UPDATE funding_call SET closes_at = opens_at", "closes_after_opening"),
        ("UPDATE application SET is_test = true", "test_stays_outside"),
        ("UPDATE application SET matter_id = NULL", "registered_when_submitted"),
        ("UPDATE application SET purpose = 'gift'", "purpose"),
    ],
)
def test_what_preparation_may_not_come_to(prepared: Database, statement: str, why: str) -> None:
    with pytest.raises(DBAPIError, match=why), prepared.writing() as session:
        session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE grant_row_amount SET amount_ore = 1", "only added"),
        ("DELETE FROM grant_remainder", "only added"),
        ("UPDATE yearly_funds SET budget_ore = 2", "only added"),
        ("UPDATE drawdown_claim SET refused_at = claimed_at, refuse_reason = 'Nej'", "one_answer"),
        ("UPDATE drawdown_claim SET approved_at = NULL", "approved_before_paid"),
        ("UPDATE drawdown_claim SET amount_ore = 0", "something_is_claimed"),
        (
            "UPDATE drawdown_claim SET approved_at = NULL, paid_on = NULL, refused_at = claimed_at",
            "refused_with_reason",
        ),
        ("UPDATE planned_payment SET amount_ore = 0", "something_is_paid"),
        ("UPDATE grant_report SET period_end = '2020-01-01'", "period_in_order"),
        ("UPDATE grant_report SET accepted_at = '2026-03-02 09:00:00'", "accepted_when_filled_in"),
        ("UPDATE capital_cap SET amount_ore = 1", "share_or_amount"),
        ("UPDATE report_rule SET days_after = -1", "after_its_period"),
        ('UPDATE "grant" SET post_share = 0', "share_of_something"),
        ("UPDATE \"grant\" SET ends_on = '2020-01-01'", "period_in_order"),
    ],
)
def test_what_a_grant_may_not_come_to(followed: Database, statement: str, why: str) -> None:
    with pytest.raises(DBAPIError, match=why), followed.writing() as session:
        session.execute(text(statement))


@pytest.mark.parametrize(
    ("kind", "to_year", "was_paid", "why"),
    [
        ("carried_over", "NULL", "true", "carried_to_a_year"),
        ("released", "2027", "false", "carried_to_a_year"),
        ("released", "NULL", "true", "paid_before_returned"),
        ("returned", "NULL", "false", "paid_before_returned"),
        ("given_away", "NULL", "false", "remainder_kind"),
    ],
)
def test_what_is_left_over_is_one_of_three_things(
    followed: Database, kind: str, to_year: str, was_paid: str, why: str
) -> None:
    copied = (
        "INSERT INTO grant_remainder (association_id, grant_id, kind, year, to_year, amount_ore, was_paid, decided_on, "
        f"text, recorded_at, recorded_by) SELECT association_id, grant_id, '{kind}', year, {to_year}, amount_ore, "
        f"{was_paid}, decided_on, text, recorded_at, recorded_by FROM grant_remainder"
    )
    with pytest.raises(DBAPIError, match=why), followed.writing() as session:
        session.execute(text(copied))
