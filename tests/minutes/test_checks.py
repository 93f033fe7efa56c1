"""What the checks say of minutes, on values: what hinders, who may verify, quorum, words that cannot be right."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from paragraf.meetings.rules import Attending, Interval
from paragraf.minutes.checks import findings, item_findings
from paragraf.minutes.clauses import Clause
from paragraf.minutes.models import Verb
from paragraf.minutes.participation import Participant, Participation
from paragraf.minutes.rules import AttachmentFacts, Finding, ItemFacts, ItemWords, MinutesToFix, Named, Place
from tests.minutes.acting import GRANT

START = datetime(2015, 9, 10, 7, 0, tzinfo=UTC)
END = START + timedelta(hours=4, minutes=30)
HALF_PAST_ELEVEN = START + timedelta(hours=2, minutes=30)
CHAIR, VERA, MAJ, EVA = (Named(number, name) for number, name in enumerate(("Olle", "Vera", "Maj", "Eva"), start=1))
SECRETARY = Named(9, "Sonja")


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


# --- what hinders ---


def test_nothing_hinders_minutes_that_are_ready() -> None:
    assert findings(READY) == []


def test_a_meeting_whose_hour_has_not_come_is_asked_about() -> None:
    assert told(findings(replace(READY, begun=False))) == [(Place.MEETING, False)]


def test_earlier_open_numbers_hinder_and_are_named() -> None:
    (found,) = findings(replace(READY, earlier_open=[("Styrelsen", date(2015, 6, 11))]))
    assert (found.place, found.hinders) == (Place.OVERTAKING, True)
    assert "Styrelsen den 2015-06-11" in str(found.problem)


def test_no_paragraphs_hinder() -> None:
    assert told(findings(replace(READY, items=[]))) == [(Place.MEETING, True)]


@pytest.mark.parametrize(
    ("item", "fields"),
    [
        (ItemFacts(1, ItemWords()), [("heading", True)]),
        (ItemFacts(1, ItemWords("Budget"), for_decision=True), [("clauses", True)]),
        (ItemFacts(1, ItemWords("Rapport")), [("background", False)]),
        (ItemFacts(1, ItemWords("Rapport", "Läget är gott.")), []),
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
    information = replace(nobody, items=[ItemFacts(1, ItemWords("Rapport", "Läget är gott."))])
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


# --- who decided each § ---


def decided(
    *persons: Named, recused: tuple[Named, ...] = (), unsure: tuple[str, ...] = (), seats: int = 4
) -> Participation:
    there = tuple(Participant(one.person_id, one.name, one.person_id) for one in persons)
    gone = tuple(one.person_id for one in recused)
    ids = frozenset(one.person_id for one in (CHAIR, VERA, MAJ, EVA) if one.name in unsure)
    leader = None if CHAIR.person_id in gone else (CHAIR.person_id, CHAIR.name)
    return Participation(there, gone, unsure, seats, unsure_ids=ids, leader=leader)


DECISION = ItemFacts(1, ItemWords("Budget", "", (Clause(Verb.APPROVE, text="budgeten"),)), label="626")
REPORT = ItemFacts(2, ItemWords("Rapport", "Läget är gott."), label="627")


def judged(*took_part: Participation, items: tuple[ItemFacts, ...] = (DECISION, REPORT)) -> list[Finding]:
    by_item = {item.item_id: one for item, one in zip(items, took_part, strict=False)}
    return findings(replace(READY, items=list(items), participations=by_item))


def test_worked_example_one_of_three_disqualified_leaves_that_paragraph_without_a_quorum() -> None:
    (found,) = judged(decided(CHAIR, MAJ, recused=(VERA,), seats=5), decided(CHAIR, MAJ, VERA, seats=5))
    assert (found.place, found.hinders, found.item_id) == (Place.ATTENDANCE, True, 1)
    assert "2 av 5" in str(found.problem)


def test_a_verifier_who_led_signs_for_that_already() -> None:
    vice = Participation(decided(VERA, MAJ, EVA).deciding, (), (), 4, leader=(MAJ.person_id, MAJ.name))
    (found,) = judged(vice)
    assert "skriver redan under" in str(found.problem)


def test_a_report_needs_no_quorum() -> None:
    assert judged(decided(CHAIR, MAJ, VERA), decided(CHAIR)) == []


def test_a_verifier_who_missed_a_decision_is_told_with_its_number() -> None:
    fourth = Named(5, "Nils")
    found = findings(
        replace(
            READY,
            attending=[*READY.attending, there(fourth)],
            items=[DECISION],
            verifiers=[MAJ, fourth],
            participations={1: decided(CHAIR, VERA, fourth)},
        )
    )
    assert [(str(one.problem), one.hinders) for one in found] == [
        ("Maj deltog inte i § 626 och kan inte justera det som beslutades där.", False)
    ]


def test_a_decision_that_no_verifier_took_part_in_hinders() -> None:
    found = judged(decided(CHAIR, VERA, EVA))
    assert [(one.place, one.hinders, one.item_id) for one in found] == [
        (Place.PEOPLE, True, 1),
        (Place.PEOPLE, False, None),
    ]


def test_doubt_about_who_was_there_hinders_a_decision_but_not_a_report() -> None:
    found = judged(decided(CHAIR, VERA, unsure=("Maj",)), decided(CHAIR, VERA, unsure=("Maj",)))
    assert [(one.item_id, one.hinders) for one in found] == [(1, True), (2, False)]


def test_nobody_who_led_is_asked_about() -> None:
    (found,) = judged(decided(MAJ, VERA, EVA, recused=(CHAIR,)))
    assert (found.hinders, found.item_id) == (False, 1)


def test_paragraphs_taken_up_in_another_order_are_pointed_out() -> None:
    items = [replace(DECISION, begun_at=END), replace(REPORT, begun_at=START)]
    (found,) = findings(replace(READY, items=items))
    assert (found.place, found.item_id, found.hinders) == (Place.ATTENDANCE, 2, False)


def test_the_holder_of_the_series_comes_first() -> None:
    (found,) = findings(replace(READY, held_by=("Beredningen", date(2015, 9, 1))))
    assert (found.place, found.hinders) == (Place.EARLIER, True)


# --- words that cannot be right ---


def words_of(found: list[Finding]) -> list[tuple[str | None, bool]]:
    return [(one.problem.field, one.hinders) for one in found]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Se bilaga 3.", ["3"]),
        ("Enligt bilagorna 1 och 2.", []),
        ("Enligt bilagorna 1–4.", ["3", "4"]),
        ("Bilaga 1 visar läget.", []),
        ("Bilagan 2018 års budget", []),
    ],
)
def test_an_attachment_that_the_text_names_must_be_there(text: str, missing: list[str]) -> None:
    item = replace(REPORT, words=ItemWords("Rapport", text), attachments=(AttachmentFacts(1, "Budget"),))
    found = findings(replace(READY, items=[item], attachments=frozenset({2})))
    assert [str(one.problem).split("bilaga ")[1].split(",")[0] for one in found] == missing
    assert not any(one.hinders for one in found)


def test_a_text_that_points_at_an_attachment_needs_one() -> None:
    item = replace(REPORT, words=ItemWords("Rapport", "Läget redovisas, se bilaga."))
    assert words_of(findings(replace(READY, items=[item]))) == [("attachments", False)]
    assert findings(replace(READY, items=[replace(item, attachments=(AttachmentFacts(1, "Läget"),))])) == []


def test_an_attachment_that_a_colleague_took_away_hinders() -> None:
    item = replace(REPORT, attachments=(AttachmentFacts(1, "Läget", is_removed=True),))
    assert words_of(findings(replace(READY, items=[item]))) == [("attachments", True)]


@pytest.mark.parametrize(
    ("text", "difference"),
    [
        ("120 000 kr för 2026 och 290 000 kr för 2027, totalt 410 000 kr.", None),
        ("120 000 kr för 2026 och 290 000 kr för 2027, totalt 411 000 kr.", "1 000 kr"),
        ("2026: 120 000 kr, 2027: 290 tkr. Summa 400 000 kr.", "10 000 kr"),
        ("År 2026 med 120 000 kr. Totalt finns 5 000 000 kr.", None),
        ("Norrdals kommun söker totalt 900 000 kr.", None),
    ],
)
def test_a_total_is_compared_with_the_years_beside_it(text: str, difference: str | None) -> None:
    found = item_findings(replace(REPORT, words=ItemWords("Bidrag", text)))
    told = [str(one.problem).replace("\u00a0", " ") for one in found]
    assert not any(one.hinders for one in found)
    assert ([f"skillnad {difference}" in each for each in told]) == ([] if difference is None else [True])


def test_a_granting_sentence_is_compared_with_the_grant() -> None:
    item = ItemFacts(
        1, ItemWords("Bidrag", "Förslaget är att bevilja sammanlagt 400 000 kr.", (GRANT,)), has_application=True
    )
    (found,) = item_findings(item)
    assert "410" in str(found.problem)


def test_a_task_cannot_have_been_due_before_the_meeting() -> None:
    task = Clause(Verb.COMMISSION, assignee="Vera", task="skriva en plan", due_on="2015-09-09")
    (found,) = findings(replace(READY, items=[replace(DECISION, words=ItemWords("Plan", "", (task,)))]))
    assert (found.clause, found.hinders, found.problem.field) == (0, True, "due_on")
