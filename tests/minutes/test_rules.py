"""The law on values: numbers, who may verify, quorum, notice and appeal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.meetings.rules import Attending, Interval
from paragraf.minutes.clauses import Clause
from paragraf.minutes.models import Verb
from paragraf.minutes.rules import (
    Finding,
    ItemFacts,
    ItemWords,
    MinutesToFix,
    Named,
    Place,
    findings,
    item_findings,
    notice_deadline,
    print_range,
    provisional_numbers,
    verification_deadline,
)
from tests.minutes.acting import GRANT

START = datetime(2015, 9, 10, 7, 0, tzinfo=UTC)
END = START + timedelta(hours=4, minutes=30)
HALF_PAST_ELEVEN = START + timedelta(hours=2, minutes=30)
CHAIR, VERA, MAJ, EVA = (Named(number, name) for number, name in enumerate(("Olle", "Vera", "Maj", "Eva"), start=1))
SECRETARY = Named(9, "Sonja")
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def there(person: Named, since: datetime = START, until: datetime | None = None, seat: int | None = None) -> Attending:
    return Attending(person.person_id, person.name, Interval(since, until), person.person_id, seat or person.person_id)


READY = MinutesToFix(
    begun=True,
    planned=Interval(START, END),
    attending=[there(CHAIR), there(VERA), there(MAJ)],
    seats=4,
    chair=CHAIR,
    secretary=SECRETARY,
    verifiers=[MAJ],
    verifiers_needed=1,
    items=[ItemFacts(1, ItemWords("Dagordning", "", (Clause(Verb.APPROVE, text="dagordningen"),)), for_decision=True)],
)


def told(found: list[Finding]) -> list[tuple[Place, bool]]:
    return [(one.place, one.hinders) for one in found]


# --- numbers ---


def test_worked_example_a_cancelled_meeting_uses_no_numbers_and_the_next_goes_on() -> None:
    september = provisional_numbers(626, 0, 11)
    assert print_range(september) == "§§ 626–636"
    assert print_range(provisional_numbers(637, 0, 5)) == "§§ 637–641"
    assert (print_range([7]), print_range([])) == ("§ 7", "")


@given(st.integers(1, 10_000), st.lists(st.integers(0, 300), min_size=1, max_size=6))
def test_provisional_numbers_of_open_meetings_follow_without_gap_or_duplicate(first: int, counts: list[int]) -> None:
    series: list[int] = []
    for place, count in enumerate(counts):
        series += provisional_numbers(first, sum(counts[:place]), count)
    assert series == list(range(first, first + sum(counts)))


# --- what hinders ---


def test_nothing_hinders_minutes_that_are_ready() -> None:
    assert findings(READY) == []


def test_a_meeting_whose_hour_has_not_come_is_asked_about() -> None:
    assert told(findings(replace(READY, begun=False))) == [(Place.MEETING, False)]


def test_earlier_open_numbers_hinder_and_are_named() -> None:
    (found,) = findings(replace(READY, earlier_open=[("Styrelsen", date(2015, 6, 11))]))
    assert (found.place, found.hinders) == (Place.EARLIER, True)
    assert "Styrelsen den 2015-06-11" in str(found.problem)


def test_no_paragraphs_hinder() -> None:
    assert told(findings(replace(READY, items=[]))) == [(Place.MEETING, True)]


@pytest.mark.parametrize(
    ("item", "fields"),
    [
        (ItemFacts(1, ItemWords()), [("heading", True)]),
        (ItemFacts(1, ItemWords("Budget"), for_decision=True), [("clauses", True)]),
        (ItemFacts(1, ItemWords("Rapport")), []),
        (ItemFacts(1, ItemWords("Bidrag", clauses=(GRANT,)), has_application=True), []),
        (ItemFacts(1, ItemWords("Bidrag", clauses=(GRANT,))), [("verb", False)]),
        (ItemFacts(1, ItemWords("Bidrag", clauses=(GRANT, GRANT)), has_application=True), [("clauses", True)]),
        (
            ItemFacts(1, ItemWords("Bidrag", clauses=(Clause(text="bevilja ansökan"),)), has_application=True),
            [("verb", True)],
        ),
        (ItemFacts(1, ItemWords("Val", clauses=(Clause(text="att utse"),))), [("text", True)]),
        (
            ItemFacts(1, ItemWords("U", clauses=(Clause(Verb.COMMISSION, assignee="X", task="y", next_meeting=True),))),
            [("due_on", True)],
        ),
    ],
)
def test_each_paragraph_is_checked(item: ItemFacts, fields: list[tuple[str, bool]]) -> None:
    assert [(one.problem.field, one.hinders) for one in item_findings(item)] == fields


def test_a_finding_says_which_clause_it_is_about() -> None:
    clauses = (Clause(Verb.APPROVE, text="ja"), Clause(Verb.TABLE))
    (found,) = item_findings(ItemFacts(7, ItemWords("Två", clauses=clauses)))
    assert (found.item_id, found.clause) == (7, 1)


@pytest.mark.parametrize(
    ("change", "words", "hinders"),
    [
        ({"verifiers": []}, "Utse 1 justerare", True),
        ({"verifiers": [CHAIR]}, "skriver redan under", True),
        ({"verifiers": [SECRETARY]}, "skriver redan under", True),
        ({"verifiers": [EVA]}, "deltog inte i besluten", True),
        ({"chair": EVA}, "kan inte ha lett", True),
    ],
)
def test_those_who_sign_must_have_been_there(change: dict[str, object], words: str, hinders: bool) -> None:
    (found,) = findings(replace(READY, **change))  # type: ignore[arg-type]
    assert words in str(found.problem)
    assert (found.place, found.hinders) == (Place.PEOPLE, hinders)


def test_worked_example_a_substitute_from_half_past_eleven_verifies_only_later_paragraphs() -> None:
    late = Attending(EVA.person_id, EVA.name, Interval(HALF_PAST_ELEVEN), 44, seat=5)
    (found,) = findings(replace(READY, attending=[*READY.attending, late], verifiers=[EVA]))
    assert "en del av sammanträdet" in str(found.problem)
    assert not found.hinders


def test_a_substitute_in_the_room_who_does_not_serve_cannot_verify() -> None:
    listener = Attending(EVA.person_id, EVA.name, Interval(START), 44, seat=None)
    (found,) = findings(replace(READY, attending=[*READY.attending, listener], verifiers=[EVA]))
    assert found.hinders


def test_verifiers_other_than_those_elected_in_the_text_are_pointed_out() -> None:
    elected = Clause(Verb.APPOINT, persons=(VERA.name,), role="att justera protokollet")
    items = [ItemFacts(1, ItemWords("Val", clauses=(elected,)))]
    (found,) = findings(replace(READY, items=items))
    assert str(found.problem) == "Enligt protokollet utsågs Vera att justera. Antecknade är Maj."
    assert not found.hinders
    assert findings(replace(READY, items=items, verifiers=[VERA])) == []


# --- quorum ---


def test_no_attendance_hinders_decisions_but_only_warns_for_information() -> None:
    nobody = replace(READY, attending=[], verifiers_needed=0, verifiers=[])
    assert told(findings(nobody)) == [(Place.ATTENDANCE, True)]
    information = replace(nobody, items=[ItemFacts(1, ItemWords("Rapport"))])
    assert told(findings(information)) == [(Place.ATTENDANCE, False)]


def test_half_of_the_seats_is_no_quorum() -> None:
    (found,) = findings(replace(READY, attending=[there(CHAIR), there(MAJ)]))
    assert (found.place, found.hinders) == (Place.ATTENDANCE, True)
    assert "2 av 4" in str(found.problem)


def test_quorum_lost_for_a_while_is_a_warning() -> None:
    left = there(VERA, until=HALF_PAST_ELEVEN)
    (found,) = findings(replace(READY, attending=[there(CHAIR), left, there(MAJ)]))
    assert (found.place, found.hinders) == (Place.ATTENDANCE, False)


def test_that_all_leave_when_the_meeting_ends_is_no_loss_of_quorum() -> None:
    leaving = [there(person, until=END) for person in (CHAIR, VERA, MAJ)]
    assert findings(replace(READY, attending=leaving)) == []


# --- verification, notice, appeal ---


@pytest.mark.parametrize(
    ("held", "last"),
    [(date(2015, 9, 10), date(2015, 9, 24)), (date(2023, 12, 11), date(2023, 12, 27))],
)
def test_worked_example_minutes_are_verified_within_fourteen_days(held: date, last: date) -> None:
    assert verification_deadline(held) == last


def test_the_notice_is_due_on_the_second_day_or_the_next_working_day() -> None:
    assert notice_deadline(date(2015, 9, 21)) == date(2015, 9, 23)
    assert notice_deadline(date(2026, 4, 10)) == date(2026, 4, 13)
