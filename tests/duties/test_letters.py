"""What the reminders' letters say, in Swedish and in English."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.duties import operations
from paragraf.duties.models import Anchor, DutyRule
from paragraf.duties.rules import Event
from paragraf.people.models import Person
from paragraf.post.models import Letter
from paragraf.register.models import MatterKind
from paragraf.register.operations import open_matter
from tests.parts.world import NOW, World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

LATER = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)


def written(session: Session, event: Event) -> list[Letter]:
    """The letters of all reminders of the event."""
    operations.plan(session, event, now=NOW)
    operations.queue_due_reminders(session, now=LATER, limit=100)
    return list(session.scalars(select(Letter).order_by(Letter.id)))


def test_the_notice_letter_says_last_day_recommended_day_whom_and_why(session: Session, revision: Event) -> None:
    body = next(letter.body for letter in written(session, revision) if letter.kind == "notice_window")
    assert "minst 2 månader i förväg" in body
    assert "Ändringen ska meddelas till: Styrelsen." in body
    assert "Sista dagen är söndag 1 november 2026. Det är ingen arbetsdag, så räkna med fredag 30 oktober 2026." in body
    assert "http://localhost/norrdal/overenskommelser/1/" in body
    assert "Överenskommelsens villkor vid ändring" in body


def test_a_last_day_that_is_a_working_day_is_named_once(session: Session, revision: Event) -> None:
    letters = written(session, replace(revision, on=date(2027, 1, 4), notice_months=1))
    body = next(letter.body for letter in letters if letter.kind == "notice_window")
    assert "minst 1 månad i förväg" in body
    assert "Sista dagen är fredag 4 december 2026.\n\nÖppna sidan" in body


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("anchor", list(Anchor))
def test_every_kind_of_letter_can_be_written_in_both_languages(
    ruled: World, session: Session, revision: Event, language: str, anchor: Anchor
) -> None:
    for person in session.scalars(select(Person)):
        person.language = language
    letters = written(session, replace(revision, anchor=anchor, responsible=(ruled.north.member.id,)))
    rules = session.scalars(select(DutyRule.key).where(DutyRule.anchor == anchor))
    assert {letter.kind for letter in letters} == set(rules)
    for letter in letters:
        assert letter.body.startswith("Hej " if language == "sv" else "Dear ")
        assert "http://localhost/norrdal/" in letter.body
        assert letter.body.endswith("\nSamordningsförbundet Norrdal\n")
        assert "\n\n\n" not in letter.body
        assert "Samverkan Norrdal" in letter.subject


def test_a_rule_of_the_associations_own_has_a_letter_too(ruled: World, session: Session, commission: Event) -> None:
    rule = session.scalars(select(DutyRule).where(DutyRule.key == "commission")).one()
    rule.key, rule.title, rule.source = "own_rule", "Skicka behovsanalysen", "Styrelsens beslut"
    letter = written(session, replace(commission, title="2026"))[0]
    assert letter.subject == "Senast 1 april 2026: Skicka behovsanalysen: 2026"
    assert "Därför: Styrelsens beslut." in letter.body


def test_a_duty_of_a_matter_links_to_it_and_its_letter_is_filed_there(
    ruled: World, session: Session, commission: Event
) -> None:
    matter = open_matter(
        session,
        association_id=ruled.north.id,
        kind=MatterKind.OTHER,
        title="Kostnadsberäkning",
        counterpart="",
        now=NOW,
        actor="Sonja Ekvall",
    )
    letter = written(session, replace(commission, matter_id=matter.id))[0]
    assert f"http://localhost/norrdal/arenden/2026/{matter.number}/" in letter.body
    assert letter.matter_id == matter.id


def test_what_has_no_page_of_its_own_links_to_min_sida(session: Session, commission: Event) -> None:
    assert "http://localhost/norrdal/min-sida" in written(session, commission)[0].body
