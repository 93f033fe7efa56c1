"""``paragraf reminders due``: what will be sent, told beforehand."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from paragraf.core.errors import RuleBroken
from paragraf.duties import listing, operations, queries
from paragraf.duties.models import Duty
from paragraf.duties.operations import queue_due_reminders
from paragraf.duties.rules import Event, ReminderState
from paragraf.people.models import Person
from paragraf.post.models import Letter
from tests.parts.world import NOW, World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

YEAR = date(2026, 1, 1), date(2026, 12, 31)
#: The revision's reminders: notice on 1 November 2026, decision on 31 December; to chair and secretary each.
DAYS = ["2026-10-02", "2026-10-02", "2026-10-18", "2026-10-29", "2026-12-01"]
FIRST_MORNING = datetime(2026, 10, 2, 6, 0, tzinfo=UTC)


TODAY = NOW.date()


def listed(world: World, today: date = TODAY) -> list[dict[str, str]]:
    with world.database.reading() as session:
        return listing.listing(session, *YEAR, today=today)


def queue_first(world: World) -> list[Letter]:
    with world.database.writing() as session:
        queue_due_reminders(session, now=FIRST_MORNING, limit=100)
        return list(session.scalars(select(Letter)))


def end_window(world: World, *, done: bool) -> None:
    with world.database.writing() as session:
        duty = session.scalars(select(Duty).where(Duty.rule_key == "notice_window")).one()
        if done:
            duty.done_at, duty.done_by = NOW, "Sonja Ekvall"
        else:
            duty.cancelled_at, duty.cancel_reason = NOW, "Ingen ändring"


def test_the_listing_tells_what_will_be_sent_and_sends_nothing(planned: World) -> None:
    rows = listed(planned)
    assert [row["date"] for row in rows] == sorted(DAYS * 2)
    window = next(row for row in rows if row["kind"] == "notice_window" and row["name"] == "Olle Brand")
    assert window == {
        "date": "2026-10-02",
        "kind": "notice_window",
        "subject": "Meddela senast 1 november 2026: ändringar i Samverkan Norrdal",
        "recipient": "olle@norrdal.example",
        "name": "Olle Brand",
        "association": "Samordningsförbundet Norrdal",
        "state": "planned",
        "last_day": "2026-11-01",
    }
    with planned.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Letter)) == 0


def test_the_listings_subject_is_the_letters_subject(planned: World) -> None:
    told = sorted((row["recipient"], row["subject"]) for row in listed(planned) if row["date"] == "2026-10-02")
    letters = queue_first(planned)
    assert sorted((letter.to_address, letter.subject) for letter in letters) == told
    after = sorted((row["recipient"], row["subject"]) for row in listed(planned) if row["state"] == "queued")
    assert after == told


def test_the_listing_follows_the_recipients_language(planned: World) -> None:
    with planned.database.writing() as session:
        session.get_one(Person, planned.north.chair.id).language = "en"
    subjects = {row["subject"] for row in listed(planned) if row["name"] == "Olle Brand"}
    assert "Give notice by 1 November 2026: changes to Samverkan Norrdal" in subjects


def test_the_listing_keeps_the_year_whole_passed_days_too(ruled: World, revision: Event) -> None:
    late = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
    with ruled.database.writing() as session:
        operations.plan(session, revision, now=late)
    states = [(row["date"], row["state"]) for row in listed(ruled, late.date())]
    assert states[0] == ("2026-10-02", "skipped")
    assert states[-1] == ("2026-12-01", "planned")
    assert len(states) == 10


def test_the_listing_says_skipped_of_what_is_done(planned: World) -> None:
    end_window(planned, done=True)
    assert {(row["kind"], row["state"]) for row in listed(planned)} == {
        ("notice_window", "skipped"),
        ("agreement_revision", "planned"),
    }


def test_the_listing_leaves_out_what_is_cancelled(planned: World) -> None:
    end_window(planned, done=False)
    assert {(row["kind"], row["state"]) for row in listed(planned)} == {("agreement_revision", "planned")}


def test_the_listing_takes_both_ends_of_the_period(planned: World) -> None:
    with planned.database.reading() as session:
        day = date(2026, 10, 18)
        assert len(listing.listing(session, day, day, today=NOW.date())) == 2
        with pytest.raises(RuleBroken, match="slutar innan den börjar"):
            listing.listing(session, day, day - timedelta(days=1), today=NOW.date())


def test_the_listing_can_be_asked_for_one_association(planned: World) -> None:
    with planned.database.reading() as session:
        assert queries.reminders_between(session, planned.south.id, *YEAR, today=NOW.date()) == []
        assert len(queries.reminders_between(session, planned.north.id, *YEAR, today=NOW.date())) == 10


def test_the_listing_as_json_and_as_text(planned: World) -> None:
    rows = listed(planned)
    assert json.loads(listing.as_json(rows)) == rows
    assert "ändringar" in listing.as_json(rows)
    lines = listing.as_text(rows).splitlines()
    assert len(lines) == 10
    assert lines[0].split("\t")[:2] == ["2026-10-02", "planned"]
    assert listing.as_json([]) == "[]"


def test_a_duty_lists_its_own_reminders_with_what_became_of_them(planned: World) -> None:
    queue_first(planned)
    with planned.database.reading() as session:
        duty = session.scalars(select(Duty).where(Duty.rule_key == "notice_window")).one()
        found = queries.reminders_of(session, duty, today=FIRST_MORNING.date())
    assert [each.state for each in found] == [ReminderState.QUEUED] * 2 + [ReminderState.PLANNED] * 4
