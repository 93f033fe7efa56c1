"""The list of what is to be done: overdue first, then month by month, for one person or for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.duties.document import Wanted, list_fields, render_list, summary
from paragraf.duties.operations import finish, plan
from paragraf.duties.rules import Event
from tests.parts.world import NOW, World

YEAR = Wanted(date(2026, 3, 2), date(2027, 3, 1))


@pytest.fixture
def listed(session: Session, revision: Event, meeting: Event, commission: Event) -> Session:
    """A revision, a meeting and two commissions are planned; one commission has become late."""
    for event in (revision, meeting, commission):
        plan(session, event, now=NOW)
    plan(
        session,
        replace(commission, subject_id=2, on=date(2026, 2, 20), title="skriva ett brev"),
        now=NOW - timedelta(days=30),
    )
    return session


def test_what_is_late_comes_first_and_the_rest_by_month(listed: Session, world: World) -> None:
    fields = list_fields(listed, world.north.id, YEAR, now=NOW)
    assert [month.name for month in fields.months] == [
        "Försenat",
        "Mars 2026",
        "April 2026",
        "November 2026",
        "December 2026",
    ]
    (late,) = fields.months[0].duties
    assert (late.day, late.status, late.recommended_day) == ("20 februari 2026", "Försenad sedan 10 dagar", "")
    assert late.what == "Redovisa uppdrag: skriva ett brev"
    assert late.who == "Maj Torn"
    assert fields.summary.endswith("varav en är försenad.")
    assert (fields.period, fields.made_on, fields.addressee) == ("2 mars 2026 – 1 mars 2027", "2 mars 2026", "")


def test_a_last_day_that_is_no_working_day_says_the_day_to_aim_at(listed: Session, world: World) -> None:
    lines = {
        line.what: line for month in list_fields(listed, world.north.id, YEAR, now=NOW).months for line in month.duties
    }
    window = lines["Meddela ändringar: Samverkan Norrdal"]
    # A Sunday: the agreement's day stays, and the working day before it is the one to plan for.
    assert (window.day, window.recommended_day) == ("1 november", "30 oktober")
    assert window.source
    assert "dagar kvar" in window.status


def test_one_person_s_list_has_only_what_they_are_reminded_of(listed: Session, world: World) -> None:
    wanted = replace(YEAR, person=world.north.member)
    fields = list_fields(listed, world.north.id, wanted, now=NOW)
    assert {line.what for month in fields.months for line in month.duties} == {
        "Redovisa uppdrag: ta fram en kostnadsberäkning",
        "Redovisa uppdrag: skriva ett brev",
    }
    assert fields.addressee == "Maj Torn"
    assert fields.summary == "Två saker att göra, varav en är försenad."


def test_days_outside_the_period_are_left_out_but_what_is_late_is_not(listed: Session, world: World) -> None:
    fields = list_fields(listed, world.north.id, Wanted(date(2026, 4, 1), date(2026, 4, 1)), now=NOW)
    assert [(month.name, len(month.duties)) for month in fields.months] == [("Försenat", 1), ("April 2026", 1)]


def test_what_is_done_is_not_listed(listed: Session, world: World, commission: Event) -> None:
    finish(
        listed,
        association_id=world.north.id,
        rule_key="commission",
        subject=commission.subject,
        subject_id=2,
        now=NOW,
        actor="Prov",
    )
    assert list_fields(listed, world.north.id, YEAR, now=NOW).months[0].name != "Försenat"


def test_another_association_s_duties_are_not_there(listed: Session, world: World) -> None:
    fields = list_fields(listed, world.south.id, YEAR, now=NOW)
    assert (fields.months, fields.summary) == ((), "Inget att göra under perioden.")


def test_a_period_that_ends_before_it_begins_is_told() -> None:
    with pytest.raises(RuleBroken, match="slutar innan den börjar"):
        Wanted(date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("count", "overdue", "told"),
    [
        (0, 0, "Inget att göra under perioden."),
        (1, 0, "En sak att göra."),
        (1, 1, "En sak att göra, varav en är försenad."),
        (12, 2, "Tolv saker att göra, varav två är försenade."),
        (13, 13, "13 saker att göra, varav 13 är försenade."),
    ],
)
def test_the_summary_counts(count: int, overdue: int, told: str) -> None:
    assert summary(count, overdue) == told


def test_the_word_file_prints_the_list(listed: Session, world: World) -> None:
    file = docx.Document(BytesIO(render_list(listed, world.north.id, YEAR, now=NOW)))
    headings = [each.text for each in file.paragraphs if each.style is not None and each.style.name == "Heading 1"]
    assert headings[0] == "Försenat"
    assert len(file.tables) == len(headings)
    assert [cell.text for cell in file.tables[0].rows[0].cells] == ["Senast", "Vad", "Vem", "Läge"]
    assert "Redovisa uppdrag: skriva ett brev" in file.tables[0].rows[1].cells[1].text
