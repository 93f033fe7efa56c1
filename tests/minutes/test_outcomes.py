"""What decisions make when minutes are verified, what is foretold of it, and what cannot be made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.agreements import operations as agreements
from paragraf.agreements.models import Agreement
from paragraf.agreements.rules import NewParty
from paragraf.core import log
from paragraf.delegation.models import DelegationPoint
from paragraf.duties import queries as duties
from paragraf.duties.models import Duty
from paragraf.duties.operations import queue_due_reminders
from paragraf.grants.models import Grant
from paragraf.meetings import operations as meetings
from paragraf.meetings import queries as meeting_queries
from paragraf.meetings.models import AgendaItem, Meeting
from paragraf.minutes import operations, outcomes, queries
from paragraf.minutes.clauses import Clause
from paragraf.minutes.correcting import correction_lines
from paragraf.minutes.models import Minutes, Verb
from paragraf.minutes.rules import State, state_of
from paragraf.people.models import Capacity, Mandate
from tests.minutes.acting import (
    AFTER,
    SIGNED,
    SONJA,
    agenda_item,
    all_sign,
    begin,
    fix,
    letters,
    plan,
    rows,
    send,
    write,
)
from tests.parts.world import NOW, Home

JUNE = datetime(2026, 6, 4, 7, 0, tzinfo=UTC)
SEAT = Clause(Verb.APPOINT, persons=("Ivar Holm",), body="Styrelsen", capacity="board_member", replaces="Maj Torn")


def verify(session: Session, minutes: Minutes, now: datetime = SIGNED) -> Minutes:
    return all_sign(session, send(session, fix(session, minutes)), now)


def decide(session: Session, minutes: Minutes, *clauses: Clause, place: int = 2) -> Minutes:
    """Write the clauses in a § and let all sign."""
    write(session, rows(session, minutes)[place], *clauses)
    return verify(session, minutes)


def by_hand(session: Session, home: Home) -> list[Duty]:
    return [duty for duty in duties.open_duties(session, home.id) if duty.rule_key == "decision_follow_up"]


def told(session: Session, minutes: Minutes, now: datetime | None = None) -> list[tuple[str, bool]]:
    found = outcomes.foretold(session, minutes, queries.items(session, minutes), now)
    return [(str(one.told).replace("\N{NO-BREAK SPACE}", " "), one.possible) for one in found]


@pytest.fixture
def june(session: Session, home: Home, ready: Minutes) -> Meeting:
    return plan(session, home, start=JUNE, end=JUNE + timedelta(hours=3))


# --- tabled and remitted -------------------------------------------------------------------------------------------


def tabled(session: Session, meeting: Meeting) -> list[AgendaItem]:
    return [one for one in meeting_queries.agenda(session, meeting) if one.background.startswith("Ärendet bordlades")]


def test_what_is_tabled_stands_on_the_next_agenda_with_its_history(
    session: Session, ready: Minutes, june: Meeting
) -> None:
    row = rows(session, ready)[1]
    operations.attach(
        session, row, title="Kalkyl", filename="kalkyl.pdf", content=b"%PDF-1.7\n%%EOF\n", now=AFTER, actor=SONJA
    )
    decide(session, ready, Clause(Verb.TABLE, until="nästa sammanträde"), place=1)
    (item,) = tabled(session, june)
    assert item.heading == "Ansökan om medel till Stegvis"
    assert item.background.startswith("Ärendet bordlades av Styrelsen den 9 april 2026, § 627.\n\nNorrdals kommun")
    assert (item.continues_id, item.matter_id, item.proposal) == (
        row.agenda_item_id,
        row.matter_id,
        "att bevilja ansökan",
    )
    assert [one.title for one in item.attachments] == ["Kalkyl"]
    assert item.attachments[0].document_id == row.attachments[0].attachment.document_id
    assert not item.is_late


def test_an_item_that_comes_after_the_notice_is_late(session: Session, ready: Minutes, june: Meeting) -> None:
    agenda_item(session, june, "Budget")
    meetings.send_notice(session, june, now=AFTER, actor=SONJA)
    decide(session, ready, Clause(Verb.TABLE, until="sammanträdet den 4 juni"), place=1)
    assert [one.is_late for one in tabled(session, june)] == [True]


def test_a_paragraph_without_matter_or_item_is_tabled_too(session: Session, ready: Minutes, june: Meeting) -> None:
    row = operations.add_item(session, ready, heading="Övrig fråga", now=AFTER, actor=SONJA)
    write(session, row, Clause(Verb.TABLE, until="nästa möte"), heading="Övrig fråga")
    verify(session, ready)
    assert [(one.heading, one.continues_id) for one in tabled(session, june)] == [("Övrig fråga", None)]


@pytest.mark.parametrize("until", ["nästa sammanträde", "sammanträdet den 17 september 2026"])
def test_without_such_a_meeting_what_is_tabled_waits(session: Session, home: Home, ready: Minutes, until: str) -> None:
    assert told(session, ready)[-1][1]
    decide(session, ready, Clause(Verb.TABLE, until=until), place=1)
    assert [one.matter.register_number for one in meeting_queries.waiting_matters(session, home.id)] == ["2026/1"]
    assert by_hand(session, home) == []


def test_a_meeting_on_another_day_is_not_the_one(session: Session, ready: Minutes, june: Meeting) -> None:
    decide(session, ready, Clause(Verb.TABLE, until="den 17 september 2026"), place=1)
    assert tabled(session, june) == []


def test_what_follows_twice_is_made_once(session: Session, ready: Minutes, june: Meeting) -> None:
    decide(session, ready, Clause(Verb.TABLE, until="nästa sammanträde"), SEAT, place=1)
    again = queries.items(session, ready)
    outcomes.follow(session, ready, again, now=SIGNED, actor=SONJA)
    assert len(tabled(session, june)) == 1
    assert len(_seats(session, "Ivar Holm")) == 2


def test_what_is_remitted_back_waits_even_without_an_agenda_item(session: Session, home: Home, ready: Minutes) -> None:
    remitted = Clause(Verb.REMIT_BACK, reason="budgeten saknas", recipient="beredningsgruppen", prepare="kostnaden")
    decide(session, ready, remitted, place=1)
    assert [one.matter.register_number for one in meeting_queries.waiting_matters(session, home.id)] == ["2026/1"]


def test_a_paragraph_of_no_matter_that_is_remitted_back_is_the_offices_to_see_to(
    session: Session, home: Home, ready: Minutes
) -> None:
    row = operations.add_item(session, ready, heading="Lokaler", now=AFTER, actor=SONJA)
    write(session, row, Clause(Verb.REMIT_BACK, reason="för fortsatt beredning"), heading="Lokaler")
    verify(session, ready)
    (duty,) = by_hand(session, home)
    assert "Öppna ett i diariet" in duty.title


# --- seats ---------------------------------------------------------------------------------------------------------


def _seats(session: Session, name: str) -> list[Mandate]:
    wanted = select(Mandate).where(Mandate.person.has(name=name)).order_by(Mandate.starts_on, Mandate.id)
    return [one for one in session.scalars(wanted) if one.person.email.endswith("@norrdal.example")]


def test_an_appointment_to_a_seat_is_a_mandate_and_the_other_ends_the_day_before(
    session: Session, home: Home, ready: Minutes
) -> None:
    decide(session, ready, SEAT)
    old, new = _seats(session, "Ivar Holm")
    assert (old.capacity, old.ends_on) == (Capacity.SUBSTITUTE, date(2026, 4, 9))
    assert (new.capacity, new.starts_on, new.ends_on) == (Capacity.BOARD_MEMBER, date(2026, 4, 10), None)
    # The party of the one who leaves, since the clause names none.
    assert new.member_organisation.name == "Försäkringskassan"
    assert [one.ends_on for one in _seats(session, "Maj Torn")] == [date(2026, 4, 9)]
    assert by_hand(session, home) == []


def test_days_and_party_are_those_of_the_clause(session: Session, ready: Minutes) -> None:
    clause = Clause(
        Verb.APPOINT,
        persons=("Sonja Ekvall",),
        body="styrelsen",
        capacity="substitute",
        party="region norrdal",
        from_on="1 maj 2026",
        to_on="2026-12-31",
    )
    decide(session, ready, clause)
    (seat,) = _seats(session, "Sonja Ekvall")
    assert (seat.starts_on, seat.ends_on, seat.calling_order) == (date(2026, 5, 1), date(2026, 12, 31), 3)
    assert seat.member_organisation.name == "Region Norrdal"


def test_a_new_chair_of_the_members_changes_seats_with_the_old_one(session: Session, ready: Minutes) -> None:
    clause = Clause(Verb.APPOINT, persons=("Maj Torn",), body="Styrelsen", capacity="chair", from_on="2026-05-01")
    decide(session, ready, clause)
    assert [one.capacity for one in _seats(session, "Maj Torn")] == [Capacity.BOARD_MEMBER, Capacity.CHAIR]
    assert [one.capacity for one in _seats(session, "Olle Brand")] == [Capacity.CHAIR, Capacity.BOARD_MEMBER]
    assert _seats(session, "Olle Brand")[0].ends_on == date(2026, 4, 30)


def test_a_verifiers_election_makes_no_mandate(session: Session, ready: Minutes) -> None:
    before = len(list(session.scalars(select(Mandate))))
    verify(session, ready)
    assert len(list(session.scalars(select(Mandate)))) == before


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"persons": ("Ingen Alls",)}, "Det finns ingen Ingen Alls bland personerna"),
        ({"body": "Nationella nätverket"}, "är inget av förbundets organ"),
        ({"party": "Okänd kommun", "replaces": ""}, "Okänd kommun är inte medlem"),
        ({"replaces": "Sonja Ekvall"}, "Sonja Ekvall har ingen plats i Styrelsen"),
        ({"replaces": ""}, "Alla 4 platser är besatta"),
        ({"from_on": "2026-04-01"}, "deltog i sammanträdet"),
    ],
)
def test_a_seat_that_cannot_be_given_is_the_offices_to_see_to(
    session: Session, home: Home, ready: Minutes, change: dict[str, Any], reason: str
) -> None:
    decide(session, ready, replace(SEAT, **change))
    assert state_of(ready) is State.VERIFIED
    (duty,) = by_hand(session, home)
    assert reason in duty.title
    assert duty.title.startswith("Verkställ beslut: att utse ")
    assert duty.due_on == date(2026, 4, 17)
    assert {one.recipient.name for one in duty.reminders} == {SONJA}
    # Nothing of it was made by halves.
    assert [one.ends_on for one in _seats(session, "Maj Torn")] == [None]
    assert [one.verb for one in session.scalars(select(log.LogEntry)) if one.verb == "outcome_failed"]


def test_the_other_outcomes_and_letters_are_made_though_one_cannot_be(
    session: Session, home: Home, ready: Minutes
) -> None:
    decide(session, ready, Clause(Verb.APPOINT, persons=("Ingen Alls",), body="Styrelsen", capacity="board_member"))
    assert session.scalars(select(Grant)).one().decided_on == date(2026, 4, 9)
    assert len(letters(session, "decision")) == 1
    assert list(log.broken_links(session, home.id)) == []


def test_an_unforeseen_fault_stops_nobody(
    session: Session, home: Home, ready: Minutes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_case: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(outcomes.FOLLOWS, Verb.COMMISSION, broken)
    decide(session, ready, Clause(Verb.COMMISSION, assignee="Vera Lind", task="x", due_on="2026-10-01"))
    assert state_of(ready) is State.VERIFIED
    assert "Ett oväntat fel inträffade" in by_hand(session, home)[0].title


# --- agreements ----------------------------------------------------------------------------------------------------


@pytest.fixture
def agreement(session: Session, home: Home, ready: Minutes) -> Agreement:
    made = agreements.register_agreement(
        session,
        association_id=home.id,
        title="Stegvis tillsammans",
        summary="",
        parties=[NewParty(home.municipality.id), NewParty(home.region.id)],
        in_force_from=date(2023, 1, 1),
        in_force_until=None,
        revised_yearly=True,
        notice_months=2,
        informed_bodies=[],
        now=NOW,
        actor=SONJA,
    )
    rows(session, ready)[2].matter_id = made.matter_id
    session.flush()
    session.expire(rows(session, ready)[2], ["matter"])
    return made


def revisions(session: Session, agreement: Agreement) -> list[date]:
    about = duties.open_duties_of(session, agreement.association_id, "agreement", agreement.id)
    return sorted(one.event_on for one in about if one.rule_key == "agreement_revision")


@pytest.mark.parametrize("verb", [Verb.APPROVE, Verb.ADOPT])
def test_an_approved_agreement_has_its_revision_decided_and_the_next_one_planned(
    session: Session, ready: Minutes, agreement: Agreement, verb: Verb
) -> None:
    assert revisions(session, agreement)[0] == date(2027, 1, 1)
    decide(session, ready, Clause(verb, text="överenskommelsen för 2027"))
    assert revisions(session, agreement)[0] == date(2028, 1, 1)
    outcomes.follow(session, ready, queries.items(session, ready), now=SIGNED, actor=SONJA)
    assert revisions(session, agreement)[0] == date(2028, 1, 1)


def test_an_agreement_that_has_ended_is_not_revised(
    session: Session, home: Home, ready: Minutes, agreement: Agreement
) -> None:
    agreements.end_agreement(session, agreement, reason="Sagts upp", now=NOW, actor=SONJA)
    decide(session, ready, Clause(Verb.APPROVE, text="överenskommelsen"))
    assert "har upphört" in by_hand(session, home)[0].title


# --- corrections ---------------------------------------------------------------------------------------------------


@pytest.fixture
def later(session: Session, home: Home, ready: Minutes) -> Callable[[Clause], Minutes]:
    """A meeting in June whose only § decides something about the verified minutes of April."""
    verify(session, ready)

    def decided(clause: Clause) -> Minutes:
        meeting = plan(session, home, start=JUNE, end=JUNE + timedelta(hours=3))
        agenda_item(session, meeting, "Rättelse av protokoll")
        meetings.send_notice(session, meeting, now=AFTER, actor=SONJA)
        after = JUNE + timedelta(hours=4)
        meetings.mark_all_present(session, meeting, now=after, actor=SONJA)
        minutes = begin(session, meeting, after)
        write(session, rows(session, minutes)[0], clause, now=after)
        operations.set_verifiers(session, minutes, [home.fourth_member], now=after, actor=SONJA)
        fix(session, minutes, after)
        return all_sign(session, send(session, minutes, after), after + timedelta(hours=1))

    return decided


def test_a_correction_is_a_new_act_and_the_old_paragraph_says_so(
    session: Session, ready: Minutes, later: Callable[[Clause], Minutes]
) -> None:
    corrected = rows(session, ready)[1]
    before = ready.document.content if ready.document else b""
    later(Clause(Verb.CORRECT, paragraph="§ 627", wrong="290 000 kr för 2027", right="280 000 kr för 2027"))
    (line,) = correction_lines(session, rows(session, ready))
    told, text = line.split(": ", 1)
    assert told == "§ 627 är rättad genom § 629 den 4 juni 2026"
    assert text == "att rätta § 627: i stället för ”290 000 kr för 2027” ska det stå ”280 000 kr för 2027”"
    assert ready.document is not None
    assert ready.document.content == before
    assert queries.decisions(session, ready)[corrected.id][0].text.startswith("att bevilja")


@pytest.mark.parametrize("paragraph", ["§ 9999", "§ 629", "§ 41"])
def test_a_correction_of_no_verified_paragraph_is_the_offices_to_see_to(
    session: Session, home: Home, ready: Minutes, later: Callable[[Clause], Minutes], paragraph: str
) -> None:
    later(Clause(Verb.CORRECT, paragraph=paragraph, wrong="a", right="b"))
    assert correction_lines(session, rows(session, ready)) == []
    assert "Det finns ingen justerad" in by_hand(session, home)[0].title


# --- meetings, statements, delegation ------------------------------------------------------------------------------


def test_a_meeting_is_cancelled_and_those_called_are_told(
    session: Session, home: Home, ready: Minutes, june: Meeting
) -> None:
    agenda_item(session, june, "Budget")
    meetings.send_notice(session, june, now=AFTER, actor=SONJA)
    decide(session, ready, Clause(Verb.CANCEL_MEETING, meeting_day="4 juni 2026"))
    assert june.cancel_reason == "Enligt beslut Styrelsen 2026-04-09 § 628"
    assert len(letters(session, "meeting_cancelled")) == 7
    assert by_hand(session, home) == []


def test_a_meeting_that_is_not_there_cannot_be_cancelled(session: Session, home: Home, ready: Minutes) -> None:
    decide(session, ready, Clause(Verb.CANCEL_MEETING, meeting_day="2026-06-05"))
    assert "inget kommande sammanträde den 2026-06-05" in by_hand(session, home)[0].title


def test_a_statement_with_a_day_and_a_delegation_are_the_offices_to_carry_out(
    session: Session, home: Home, ready: Minutes
) -> None:
    statement = Clause(Verb.STATEMENT, text="yttrande", recipient="Försäkringskassan", answer_by="2026-05-20")
    delegation = Clause(Verb.DELEGATE, text="besluta om inköp", recipient="förbundschefen", from_on="2026-05-01")
    numbered = replace(delegation, point="3.2", to_on="2026-12-31")
    decide(session, ready, statement, delegation, numbered)
    first, second = sorted(by_hand(session, home), key=lambda one: one.id)
    assert (first.due_on, second.due_on) == (date(2026, 5, 20), date(2026, 5, 15))
    assert second.title == (
        "Verkställ beslut: För in i delegationsordningen: förbundschefen, besluta om inköp (Styrelsen 2026-04-09 § 628)"
    )
    point = session.scalars(select(DelegationPoint)).one()
    assert (point.number, point.matters, point.delegate) == ("3.2", "besluta om inköp", "förbundschefen")
    assert (point.valid_from, point.valid_to) == (date(2026, 5, 1), date(2026, 12, 31))
    assert point.source == "Styrelsen 2026-04-09 § 628"


# --- foretold ------------------------------------------------------------------------------------------------------


def test_the_secretary_sees_what_will_follow_before_it_does(session: Session, ready: Minutes, june: Meeting) -> None:
    clauses = (
        Clause(Verb.TABLE, until="nästa sammanträde"),
        Clause(Verb.COMMISSION, assignee="ordföranden", task="x", due_on="2026-10-01"),
        Clause(Verb.CANCEL_MEETING, meeting_day="2026-07-01"),
        Clause(Verb.CORRECT, paragraph="§ 1", wrong="a", right="b"),
        SEAT,
        Clause(Verb.NOTE, text="rapporten"),
        Clause(Verb.TABLE),
    )
    write(session, rows(session, ready)[2], *clauses)
    assert told(session, ready) == [
        ("Bidraget läggs upp med 410 000 kr, och rapporterna planeras.", True),
        ("Ärendet tas upp på dagordningen för Styrelsen den 2026-06-04.", True),
        ("Uppdraget bevakas. Olle Brand påminns om att redovisa det senast den 2026-10-01.", True),
        ("Styrelsen har inget kommande sammanträde den 2026-07-01.", False),
        ("Det finns ingen justerad § 1 i nummerserien. Se efter vilken paragraf som ska rättas.", False),
        ("Ivar Holm får plats i Styrelsen som ledamot från den 2026-04-10.", True),
    ]


def test_foretelling_changes_nothing(session: Session, home: Home, ready: Minutes, june: Meeting) -> None:
    write(session, rows(session, ready)[1], Clause(Verb.TABLE, until="nästa sammanträde"), SEAT)
    told(session, ready)
    assert not session.dirty
    assert tabled(session, june) == []
    assert len(_seats(session, "Ivar Holm")) == 1


def test_a_rejection_ends_the_matter_as_foretold(session: Session, ready: Minutes) -> None:
    row = rows(session, ready)[1]
    write(session, row, Clause(Verb.REJECT, text="ansökan"))
    assert told(session, ready) == [("Ärendet 2026/1 avslutas.", True)]
    verify(session, ready)
    assert row.matter is not None
    assert row.matter.closed_on == date(2026, 4, 10)


def test_the_offices_task_is_reminded_of_by_a_letter_that_says_what_to_do(
    session: Session, home: Home, ready: Minutes
) -> None:
    decide(session, ready, replace(SEAT, persons=("Ingen Alls",)))
    queue_due_reminders(session, now=SIGNED + timedelta(hours=2), limit=50)
    (letter,) = letters(session, "decision_follow_up")
    assert letter.subject == "Verkställ beslut senast 17 april 2026"
    assert "Det finns ingen Ingen Alls bland personerna" in letter.body
    assert letter.to_address == "sonja@norrdal.example"
