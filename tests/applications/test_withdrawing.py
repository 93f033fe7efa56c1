"""Withdrawal: the matter is closed and whatever was under way ends; what is decided cannot be taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from paragraf.applications import preparing, withdrawing
from paragraf.applications.completing import completions
from paragraf.applications.models import Application, Verdict
from paragraf.core.errors import RuleBroken
from paragraf.core.log import broken_links
from paragraf.duties.operations import adopt_standard_rules
from paragraf.grants import operations as grants
from paragraf.meetings import operations as meetings
from paragraf.meetings import queries as planned
from paragraf.meetings.models import Meeting
from paragraf.register.operations import close_matter
from paragraf.signing import operations as signing
from paragraf.signing import queries as signatures
from paragraf.signing.models import RoundPurpose, SigningCapacity
from paragraf.signing.operations import NewSignatory
from paragraf.signing.rules import RoundState
from tests.applications.acting import EMAIL, decide, fill_in, letters
from tests.applications.handling import LATER, SONJA, answer, ask, submit, write
from tests.parts.world import NOW, SINCE, Home

APPLICANT = f"Sökande: {EMAIL}"


@pytest.fixture
def submitted(session: Session, application: Application, typed: dict[str, Any], home: Home) -> Application:
    adopt_standard_rules(session, home.id, valid_from=SINCE)
    fill_in(session, application, typed)
    submit(session, application)
    return application


@pytest.fixture
def meeting(session: Session, home: Home, submitted: Application) -> Meeting:
    """On 9 April, with the application on its agenda."""
    starts = datetime(2026, 4, 9, 7, 0, tzinfo=UTC)
    made = meetings.plan_meeting(
        session,
        body=home.board,
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        place="Kommunhuset",
        now=NOW,
        actor=SONJA,
    )
    assert submitted.matter is not None
    meetings.add_matter_to_agenda(session, made, submitted.matter, now=NOW, actor=SONJA)
    return made


def withdraw(
    session: Session, application: Application, reason: str = "Vi fick inte ihop det.", now: datetime = LATER
) -> None:
    withdrawing.withdraw(session, application, reason=reason, now=now, actor=APPLICANT)


def test_the_matter_is_closed_and_both_sides_are_told(session: Session, submitted: Application, home: Home) -> None:
    withdraw(session, submitted)
    assert submitted.matter is not None
    assert (submitted.withdrawn_at, submitted.withdraw_reason) == (LATER, "Vi fick inte ihop det.")
    assert submitted.matter.closed_on == date(2026, 3, 5)
    [receipt], [told] = letters(session, "application_withdrawn"), letters(session, "application_taken_back")
    assert (receipt.to_address, told.to_address) == (EMAIL, home.secretary.email)
    assert "Vi fick inte ihop det." in receipt.body
    assert "Vi fick inte ihop det." in told.body
    assert list(broken_links(session, home.id)) == []


def test_it_leaves_the_coming_agenda_and_waits_no_more(
    session: Session, submitted: Application, meeting: Meeting, home: Home
) -> None:
    withdraw(session, submitted)
    assert planned.agenda(session, meeting) == []
    assert [one.matter_id for one in planned.withdrawn_items(session, meeting)] == [submitted.matter_id]
    assert planned.waiting_matters(session, home.id) == []
    with pytest.raises(RuleBroken, match="avslutades"):
        assert submitted.matter is not None
        meetings.add_matter_to_agenda(session, meeting, submitted.matter, now=LATER, actor=SONJA)


def test_a_meeting_that_has_begun_keeps_its_agenda(session: Session, submitted: Application, meeting: Meeting) -> None:
    during = meeting.starts_at + timedelta(minutes=5)
    withdraw(session, submitted, now=during)
    assert submitted.withdrawn_at == during
    assert [one.matter_id for one in planned.agenda(session, meeting)] == [submitted.matter_id]


def test_an_open_completion_ends_without_a_second_letter(session: Session, submitted: Application) -> None:
    completion = ask(session, submitted)
    write(session, submitted, purpose="Halvfärdigt")
    withdraw(session, submitted)
    assert completion.withdrawn_at == LATER
    assert letters(session, "completion_taken_back") == []
    with pytest.raises(RuleBroken, match="återtagen"):
        answer(session, submitted)
    with pytest.raises(RuleBroken, match="återtagen"):
        completions.extend(session, completion, due_on=date(2026, 5, 4), now=LATER, actor=SONJA)


def test_a_round_of_signatures_ends(session: Session, submitted: Application, home: Home) -> None:
    assert submitted.document is not None
    opened = signing.open_round(
        session,
        association_id=home.id,
        purpose=RoundPurpose.APPLICATION,
        subject_id=submitted.id,
        title="Ansökan: Stegvis",
        document=submitted.document,
        signatories=[NewSignatory(home.chair, SigningCapacity.AUTHORISED_SIGNATORY)],
        last_day=date(2026, 3, 20),
        now=NOW,
        actor=SONJA,
    )
    withdraw(session, submitted)
    assert signatures.state_of(session, opened, now=LATER) is RoundState.WITHDRAWN


def test_withdrawn_twice_it_is_withdrawn_once(session: Session, submitted: Application) -> None:
    withdraw(session, submitted)
    withdraw(session, submitted, "Något annat", now=LATER + timedelta(days=1))
    assert (submitted.withdrawn_at, submitted.withdraw_reason) == (LATER, "Vi fick inte ihop det.")
    assert len(letters(session, "application_withdrawn")) == 1


def test_what_was_withdrawn_is_not_prepared(session: Session, submitted: Application, home: Home) -> None:
    withdraw(session, submitted)
    with pytest.raises(RuleBroken, match="återtagen"):
        ask(session, submitted)
    with pytest.raises(RuleBroken, match="återtagen"):
        preparing.give_opinion(
            session,
            submitted,
            body=home.board,
            verdict=Verdict.ENDORSE,
            text="",
            given_on=NOW.date(),
            now=LATER,
            actor=SONJA,
        )


def test_a_draft_a_closed_matter_and_a_grant_are_not_taken_back(
    session: Session, application: Application, typed: dict[str, Any], home: Home
) -> None:
    with pytest.raises(RuleBroken, match="inte inskickad"):
        withdraw(session, application)
    fill_in(session, application, typed)
    submit(session, application)
    with pytest.raises(RuleBroken, match="högst 1000"):
        withdraw(session, application, "x" * 1001)
    grants.grant(
        session,
        application=application,
        decision=decide(session, home),
        years={2026: 100},
        conditions=[],
        decided_on=date(2026, 2, 12),
        now=NOW,
        actor=SONJA,
    )
    with pytest.raises(RuleBroken, match="beviljad"):
        withdraw(session, application)
    assert application.withdrawn_at is None
    assert application.matter is not None
    close_matter(session, application.matter, reason="Klart", now=NOW, actor=SONJA)
    with pytest.raises(RuleBroken, match="avslutades"):
        withdraw(session, application)
