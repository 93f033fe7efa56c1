"""Opinions, checks and working notes: what may be written, what is computed, what holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from paragraf.applications import notes, preparing
from paragraf.applications.agenda_text import background_for_agenda, granting, proposal_for_agenda
from paragraf.applications.checks import BY_A_PERSON, Check, CheckKey, checks
from paragraf.applications.filled import Filled, filled
from paragraf.applications.models import Application, CheckOutcome, Opinion, Verdict, WorkingNote
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.log import LogEntry
from paragraf.minutes.clauses import YearAmount, read_proposal
from paragraf.people.models import Body, BodyKind
from tests.applications.acting import fill_in
from tests.applications.handling import SONJA, submit
from tests.parts.world import NOW, Home, World

TODAY = NOW.date()
NBSP = "\u00a0"


def body(session: Session, home: Home, kind: BodyKind, name: str) -> Body:
    made = Body(
        association_id=home.id, kind=kind, name=name, decision_phrase="Gruppen föreslår", series_key=name.lower()
    )
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def group(session: Session, home: Home) -> Body:
    return body(session, home, BodyKind.PREPARATORY_GROUP, "Beredningsgruppen")


@pytest.fixture
def submitted(session: Session, application: Application, typed: dict[str, Any]) -> Application:
    fill_in(session, application, typed)
    submit(session, application)
    return application


def say(
    session: Session,
    application: Application,
    by: Body,
    verdict: Verdict,
    text: str = "",
    given_on: date = TODAY,
) -> Opinion:
    return preparing.give_opinion(
        session, application, body=by, verdict=verdict, text=text, given_on=given_on, now=NOW, actor=SONJA
    )


# --- opinions ---


def test_each_bodys_newest_opinion_holds_and_the_older_are_kept(
    session: Session, submitted: Application, home: Home, group: Body
) -> None:
    steering = body(session, home, BodyKind.STEERING_GROUP, "Styrgruppen")
    first = say(session, submitted, group, Verdict.ADVISE_AGAINST, "Målen går inte att mäta.")
    other = say(session, submitted, steering, Verdict.ENDORSE, given_on=TODAY - timedelta(days=3))
    second = say(session, submitted, group, Verdict.ENDORSE_WITH_CHANGES, "Lägg till ett mått.")
    assert preparing.standing_opinions(session, submitted) == [other, second]
    assert preparing.opinions(session, submitted) == [second, other, first]


def test_the_board_and_anothers_body_give_no_opinion(
    session: Session, submitted: Application, home: Home, world: World
) -> None:
    with pytest.raises(RuleBroken, match="bereder inte") as refused:
        say(session, submitted, home.board, Verdict.ENDORSE)
    assert refused.value.field == "body"
    with pytest.raises(NotThere):
        say(session, submitted, body(session, world.south, BodyKind.PREPARATORY_GROUP, "Deras"), Verdict.ENDORSE)
    assert [one.name for one in preparing.bodies(session, home.id)] == []


@pytest.mark.parametrize(
    ("verdict", "text", "day", "field"),
    [
        (Verdict.ENDORSE, "", TODAY + timedelta(days=1), "given_on"),
        (Verdict.ADVISE_AGAINST, "  ", TODAY, "text"),
        (Verdict.ENDORSE_WITH_CHANGES, "", TODAY, "text"),
        (Verdict.ENDORSE, "x" * 10_001, TODAY, "text"),
    ],
)
def test_an_opinion_that_cannot_be_is_refused_at_its_field(
    session: Session, submitted: Application, group: Body, verdict: Verdict, text: str, day: date, field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        say(session, submitted, group, verdict, text, given_on=day)
    assert refused.value.field == field
    assert preparing.opinions(session, submitted) == []


def test_a_draft_is_not_prepared(session: Session, application: Application, group: Body) -> None:
    with pytest.raises(RuleBroken, match="inte inlämnad"):
        say(session, application, group, Verdict.ENDORSE)


def test_the_database_refuses_to_change_an_opinion(session: Session, submitted: Application, group: Body) -> None:
    made = say(session, submitted, group, Verdict.ENDORSE)
    with pytest.raises(DBAPIError):
        session.execute(update(Opinion).where(Opinion.id == made.id).values(text="Något annat"))


# --- checks ---


@dataclass
class Call:
    closes_at: datetime = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
    earliest: date | None = date(2026, 9, 1)
    latest: date | None = date(2027, 12, 31)


def found(shown: Filled, call: Call | None = None, at: datetime = NOW) -> dict[CheckKey, Check]:
    return {one.key: one for one in checks(shown, call, at, {})}


def test_what_can_be_computed_is_and_the_rest_waits_for_a_person(session: Session, submitted: Application) -> None:
    known = found(filled(session, submitted, TODAY))
    assert {key for key, one in known.items() if one.outcome is None} == BY_A_PERSON
    assert {key for key, one in known.items() if one.outcome is CheckOutcome.MET} == {
        CheckKey.PRINCIPALS,
        CheckKey.COMPLETE,
        CheckKey.SUM,
    }
    assert known[CheckKey.PERIOD].outcome is known[CheckKey.LATE].outcome is CheckOutcome.NOT_APPLICABLE
    assert [one.key for one in checks(filled(session, submitted, TODAY), None, NOW, {})] == list(CheckKey)


def test_two_municipalities_are_one_principal(session: Session, submitted: Application, home: Home) -> None:
    shown = filled(session, submitted, TODAY)
    both = [str(home.municipality.id), str(home.second_municipality.id)]
    known = found(replace(shown, answers={**shown.answers, "cooperating": both}))
    assert known[CheckKey.PRINCIPALS].outcome is CheckOutcome.NOT_MET
    assert known[CheckKey.PRINCIPALS].source == "Lag (2003:1210) 1 §"


def test_an_amount_that_is_missing_fails_the_sum(session: Session, submitted: Application) -> None:
    shown = filled(session, submitted, TODAY)
    known = found(replace(shown, answers={**shown.answers, "budget": {"personnel": {"2026": 100}}}))
    assert known[CheckKey.SUM].outcome is CheckOutcome.NOT_MET
    assert known[CheckKey.COMPLETE].values["count"] >= 1


@pytest.mark.parametrize(
    ("call", "outcome"),
    [
        (Call(), CheckOutcome.MET),
        (Call(latest=date(2027, 12, 30)), CheckOutcome.NOT_MET),
        (Call(earliest=date(2026, 10, 16)), CheckOutcome.NOT_MET),
        (Call(earliest=None, latest=None), CheckOutcome.NOT_APPLICABLE),
    ],
)
def test_the_period_must_lie_in_the_calls(
    session: Session, submitted: Application, call: Call, outcome: CheckOutcome
) -> None:
    assert found(filled(session, submitted, TODAY), call)[CheckKey.PERIOD].outcome is outcome


def test_closing_is_the_first_moment_that_is_too_late(session: Session, submitted: Application) -> None:
    shown, call = filled(session, submitted, TODAY), Call()
    assert found(shown, call, call.closes_at - timedelta(seconds=1))[CheckKey.LATE].outcome is CheckOutcome.MET
    late = found(shown, call, call.closes_at + timedelta(days=2))[CheckKey.LATE]
    assert (late.outcome, late.values) == (CheckOutcome.NOT_MET, {"days": 2})


def check(session: Session, application: Application, key: str, outcome: CheckOutcome, remark: str = "") -> None:
    preparing.make_check(session, application, key=key, outcome=outcome, remark=remark, now=NOW, actor=SONJA)


def test_a_check_made_anew_holds(session: Session, submitted: Application) -> None:
    check(session, submitted, "needs", CheckOutcome.NOT_MET, "Ingen analys är bifogad.")
    check(session, submitted, "needs", CheckOutcome.MET, "Behovsanalys 2026/3.")
    made = preparing.made_checks(session, submitted)
    assert [(key, one.outcome, one.remark) for key, one in made.items()] == [
        ("needs", CheckOutcome.MET, "Behovsanalys 2026/3.")
    ]
    shown = {one.key: one for one in checks(filled(session, submitted, TODAY), None, NOW, made)}
    assert (shown[CheckKey.NEEDS].by, shown[CheckKey.NEEDS].is_computed) == (SONJA, False)


def test_a_check_that_fails_must_say_why_and_a_computed_one_is_not_made(
    session: Session, submitted: Application
) -> None:
    for outcome in (CheckOutcome.NOT_MET, CheckOutcome.NOT_APPLICABLE):
        with pytest.raises(RuleBroken, match="Skriv varför") as refused:
            check(session, submitted, "extra_costs", outcome, " ")
        assert refused.value.field == "extra_costs"
    for key in ("principals", "nothing"):
        with pytest.raises(NotThere):
            check(session, submitted, key, CheckOutcome.MET)


# --- notes ---


def test_a_note_is_thrown_away_with_its_words_and_the_log_never_had_them(
    session: Session, submitted: Application
) -> None:
    note = notes.write(session, submitted, text=" Ring Ylva.\r\nPå tisdag. ", now=NOW, actor=SONJA)
    assert [one.text for one in notes.notes(session, submitted)] == ["Ring Ylva.\nPå tisdag."]
    notes.remove(session, note, now=NOW, actor=SONJA)
    notes.remove(session, note, now=NOW, actor=SONJA)
    assert notes.notes(session, submitted) == []
    assert session.scalars(select(WorkingNote.text)).all() == [""]
    logged = session.scalars(select(LogEntry).where(LogEntry.verb.like("%_note"))).all()
    assert [(one.verb, one.matter_id) for one in logged] == [("write_note", None), ("remove_note", None)]
    assert not any("Ylva" in str(one.details) for one in logged)
    with pytest.raises(NotThere):
        notes.note(session, submitted, note.id)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4001])
def test_a_note_must_say_something_and_not_too_much(session: Session, submitted: Application, text: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        notes.write(session, submitted, text=text, now=NOW, actor=SONJA)
    assert refused.value.field == "text"


# --- to the agenda ---


def test_the_agenda_tells_opinions_and_what_failed_but_no_notes(
    session: Session, submitted: Application, group: Body
) -> None:
    notes.write(session, submitted, text="Hemligt tillsvidare", now=NOW, actor=SONJA)
    say(session, submitted, group, Verdict.ENDORSE_WITH_CHANGES, "Lägg till ett mått.")
    check(session, submitted, "extra_costs", CheckOutcome.NOT_MET, "Hyran betalas redan i dag.")
    check(session, submitted, "needs", CheckOutcome.MET)
    told = background_for_agenda(session, submitted)
    assert "**Beredningsgruppen tillstyrker ansökan med ändringar** (2 mars 2026).\n\nLägg till ett mått." in told
    assert "- Budgeten har bara direkta merkostnader: nej. Hyran betalas redan i dag." in told
    assert "- 1 av kontrollerna är inte gjorda." in told
    assert "Hemligt" not in told


def test_the_proposal_becomes_the_clause_with_its_years(session: Session, submitted: Application) -> None:
    proposal = proposal_for_agenda(session, submitted)
    assert proposal.replace(NBSP, " ") == (
        "att bevilja Vuxenenheten i Granvik kontant bidrag med 410 000 kr, varav 120 000 kr för 2026 "
        "och 290 000 kr för 2027"
    )
    [clause] = read_proposal(proposal, grantee="Vuxenenheten i Granvik")
    assert clause.years == (YearAmount("2026", "120 000"), YearAmount("2027", "290 000"))
    assert clause.grantee == "Vuxenenheten i Granvik"


def test_without_amounts_nothing_is_proposed(session: Session, application: Application) -> None:
    assert proposal_for_agenda(session, application) == ""


def test_a_year_with_nothing_is_not_granted(session: Session, submitted: Application) -> None:
    facts = replace(filled(session, submitted, TODAY).facts, amount_by_year={2026: 0, 2027: 1250}, amount=1250)
    assert granting(facts).endswith(f"kontant bidrag med 12,50{NBSP}kr för 2027")
