"""Motions, votes, reservations and notes: what holds, what is wrong, and how they print."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.minutes.clauses import Clause
from paragraf.minutes.models import Verb
from paragraf.minutes.participation import Participant, Participation
from paragraf.minutes.proceedings import (
    Choice,
    Motion,
    MotionKind,
    NoteToMinutes,
    Proceedings,
    Reservation,
    Vote,
    VoteMethod,
    from_json,
    to_json,
)
from paragraf.minutes.proceedings_document import in_words
from paragraf.minutes.proceedings_rules import announced_in_time, persons_in, proceedings_findings, reservation_text
from paragraf.minutes.rules import ItemWords
from paragraf.minutes.voting import count_of, winner

NAMES = {1: "Olle Brand", 2: "Vera Lind", 3: "Maj Torn", 4: "Nils Ask", 9: "Ivar Holm"}
FOUR = Participation(tuple(Participant(one, NAMES[one], one) for one in (1, 2, 3, 4)), (), (), 5)
CHAIR = 1
#: 13.30 Swedish time on 9 April 2026.
CLOSED = datetime(2026, 4, 9, 11, 30, tzinfo=UTC)
YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN


def vote(*cast: Choice, **values: object) -> Vote:
    return Vote(ballots=tuple(enumerate(cast, start=1)), **values)  # type: ignore[arg-type]


def found(told: Proceedings, *clauses: Clause, closed_at: datetime | None = None) -> list[tuple[str, bool]]:
    problems = proceedings_findings(ItemWords("x", "", clauses, told), FOUR, CHAIR, closed_at, names=NAMES)
    return [(str(problem), hinders) for problem, hinders in problems]


def about_vote(one: Vote, *clauses: Clause) -> list[tuple[str, bool]]:
    return found(Proceedings(propositions="Bifall mot avslag.", votes=(one,)), *clauses)


# --- votes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "side"),
    [
        (vote(YES, YES, YES, NO), YES),
        (vote(NO, NO, ABSTAIN, YES), NO),
        (vote(YES, NO, ABSTAIN, ABSTAIN), None),
        (vote(YES, YES, NO, NO, casting=NO), NO),
        (Vote(VoteMethod.SECRET, yes="3", no="1"), YES),
        (Vote(VoteMethod.SECRET, yes="3", no="tre"), None),
        (Vote(VoteMethod.LOTS, casting=NO, is_election=True), NO),
        (Vote(), None),
    ],
)
def test_the_majority_wins_and_where_votes_are_even_the_casting_vote_or_lot(one: Vote, side: Choice | None) -> None:
    assert winner(one) is side


@given(st.lists(st.sampled_from(list(Choice)), min_size=4, max_size=4))
def test_four_votes_of_four_always_add_up_and_nobody_can_win_without_more_votes(cast: list[Choice]) -> None:
    one = vote(*cast)
    assert count_of(one).all == 4
    assert not any("saknas" in text or "för många" in text for text, _hinders in about_vote(one))
    won = winner(one)
    assert (won is None) == (cast.count(YES) == cast.count(NO))
    assert won is None or cast.count(won) > cast.count(YES if won is NO else NO)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (vote(YES, YES, NO), "Rösterna är 3 men 4 deltar i beslutet: 1 saknas. Nils Ask"),
        (Vote(VoteMethod.SECRET, yes="3", no="3", is_election=True, casting=YES), "6 men bara 4 deltar i beslutet: 2"),
        (Vote(VoteMethod.SECRET, yes="tre", is_election=True), "Skriv antalet röster med siffror."),
        (Vote(ballots=((1, YES), (2, YES), (3, NO), (9, NO)), casting=YES), "Ivar Holm har en röst men deltar inte"),
        (vote(YES, YES, NO, NO), "Skriv på vilken sida ordförandens utslagsröst föll"),
        (vote(YES, YES, NO, NO, is_election=True), "Skriv på vilken sida lotten föll (KL 5:56)"),
        (vote(ABSTAIN, YES, NO, ABSTAIN, casting=YES), "Ordföranden ska rösta när det behövs"),
        (vote(YES, YES, YES, NO, casting=YES), "Röstetalet är inte lika"),
        (Vote(VoteMethod.LOTS, question="Vem?", is_election=True, casting=None, yes="1"), "på vilken sida lotten föll"),
        (Vote(question="Bifall eller avslag"), "Omröstningen saknar röster"),
    ],
)
def test_a_vote_that_does_not_hold_hinders(one: Vote, said: str) -> None:
    assert any(said in text and hinders for text, hinders in about_vote(one))


@pytest.mark.parametrize(
    "one",
    [
        vote(YES, YES, YES, NO),
        vote(YES, YES, NO, NO, casting=YES),
        vote(NO, YES, NO, YES, casting=YES, is_election=True),
        vote(ABSTAIN, YES, YES, NO),
        Vote(VoteMethod.SECRET, yes="2", no="1", abstain="1", is_election=True),
        Vote(VoteMethod.LOTS, casting=YES, is_election=True),
    ],
)
def test_a_vote_that_holds_has_no_finding(one: Vote) -> None:
    assert about_vote(one) == []


def test_the_chair_may_think_otherwise_in_a_casting_vote_but_is_asked() -> None:
    assert about_vote(vote(NO, YES, NO, YES, casting=YES)) == [
        ("Ordförandens utslagsröst föll på en annan sida än ordförandens egen röst. Stämmer det?", False)
    ]


def test_a_secret_vote_is_for_elections() -> None:
    ((text, hinders),) = about_vote(Vote(VoteMethod.SECRET, yes="3", no="1"))
    assert "Sluten omröstning" in text
    assert not hinders


@pytest.mark.parametrize(
    ("cast", "clause", "differs"),
    [
        ((YES, YES, YES, NO), Clause(Verb.APPROVE, text="x"), False),
        ((NO, NO, YES, NO), Clause(Verb.APPROVE, text="x"), True),
        ((NO, NO, YES, NO), Clause(Verb.REJECT), False),
        ((YES, YES, YES, NO), Clause(Verb.REJECT), True),
    ],
)
def test_the_outcome_is_compared_with_what_the_clauses_say(
    cast: tuple[Choice, ...], clause: Clause, differs: bool
) -> None:
    one = vote(*cast, yes_means="bifall till förslaget", no_means="avslag")
    assert any("stämmer inte med omröstningen" in text for text, _ in about_vote(one, clause)) is differs


def test_a_vote_about_tabling_that_was_lost_agrees_with_a_decision_today() -> None:
    one = vote(NO, NO, NO, YES, yes_means="bordläggning", no_means="att avgöra ärendet i dag")
    assert about_vote(one, Clause(Verb.APPROVE, text="x")) == []
    assert about_vote(one, Clause(Verb.TABLE, until="juni")) != []


# --- motions -------------------------------------------------------------------------------------------------------


def test_only_those_who_take_part_may_move() -> None:
    told = Proceedings(motions=(Motion((9,)), Motion(kind=MotionKind.REJECT), Motion((2,), MotionKind.AMEND)))
    texts = dict(found(told))
    assert texts["Ivar Holm deltar inte i beslutet och kan inte yrka. Ändra yrkandet eller närvaron."]
    assert texts["Skriv vem som yrkar."]
    assert texts["Skriv vad som yrkas."]


def test_several_motions_ask_for_the_order_of_propositions() -> None:
    told = Proceedings(motions=(Motion((2,)), Motion((3,), MotionKind.REJECT)))
    assert [hinders for text, hinders in found(told) if "KL 5:67" in text] == [False]
    assert found(replace(told, propositions="Bifall mot avslag.")) == []
    assert found(replace(told, motions=(Motion((2,)), Motion((3,), MotionKind.REJECT, withdrawn=True)))) == []


# --- reservations --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "said", "hinders"),
    [
        (Reservation(9, announced="13.00"), "Ivar Holm deltog inte i beslutet", True),
        (Reservation(2, announced="13.31"), "efter att sammanträdet avslutades", True),
        (Reservation(2, announced="snart"), "", True),
        (Reservation(2), "Skriv när Vera Lind anmälde reservationen", False),
        (Reservation(0, "text"), "Skriv vem som reserverar sig.", True),
    ],
)
def test_a_reservation_is_by_one_who_took_part_and_before_the_close(one: Reservation, said: str, hinders: bool) -> None:
    assert any(said in text and hinders is is_hard for text, is_hard in found(_with(one), closed_at=CLOSED))


def test_a_reservation_in_time_has_no_finding() -> None:
    assert found(_with(Reservation(2, announced="13.30")), closed_at=CLOSED) == []
    assert found(_with(Reservation(2))) == []


def _with(*reservations: Reservation, **others: object) -> Proceedings:
    return Proceedings(reservations=reservations, **others)  # type: ignore[arg-type]


def test_one_who_voted_with_the_winners_or_reserves_twice_is_asked() -> None:
    told = _with(Reservation(2), Reservation(2), votes=(vote(YES, YES, YES, NO),), propositions="x")
    texts = [text for text, _hinders in found(told)]
    assert sum("röstade för det som beslutades" in text for text in texts) == 2
    assert any("två gånger" in text for text in texts)


@pytest.mark.parametrize(("typed", "in_time"), [("00.10", True), ("00.40", False), ("23.50", True), ("16.00", False)])
def test_a_meeting_past_midnight(typed: str, in_time: bool) -> None:
    opened = datetime(2026, 4, 9, 16, 0, tzinfo=UTC)  # 18.00
    closed = datetime(2026, 4, 9, 22, 30, tzinfo=UTC)  # 00.30 the next day
    assert announced_in_time(typed, closed, opened) is in_time


@pytest.mark.parametrize(("typed", "in_time"), [("02.30", True), ("03.10", False)])
def test_a_close_in_the_hour_that_comes_twice(typed: str, in_time: bool) -> None:
    # 25 October 2026: the clock is put back at 03.00; 01.30 UTC is 02.30 for the second time.
    assert announced_in_time(typed, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) is in_time


def test_a_reservation_without_text_has_the_persons_own_motion() -> None:
    told = _with(Reservation(2), motions=(Motion((2,), MotionKind.AMEND, "frågan utreds först"),))
    assert reservation_text(told, told.reservations[0]) == "frågan utreds först"
    assert reservation_text(told, Reservation(2, "Egen text.")) == "Egen text."
    assert reservation_text(told, Reservation(3)) == ""


def test_notes_need_somebody_and_something() -> None:
    told = Proceedings(notes=(NoteToMinutes(0, "text"), NoteToMinutes(9, "")))
    assert [text for text, hinders in found(told) if hinders] == [
        "Skriv vem anteckningen är från.",
        "Protokollsanteckningen är tom. Skriv vad den säger.",
    ]


# --- print ---------------------------------------------------------------------------------------------------------

ALL = Proceedings(
    motions=(
        Motion((2,)),
        Motion((3, 4), MotionKind.REJECT),
        Motion((4,), MotionKind.AMEND, "att frågan utreds först."),
        Motion((3,), MotionKind.TABLE, "till nästa sammanträde", withdrawn=True),
    ),
    propositions="Ordföranden ställer bifall mot avslag.\n\nOmröstning begärs.",
    votes=(
        vote(YES, YES, NO, NO, casting=YES, method=VoteMethod.ROLL_CALL, yes_means="Ja för bifall", no_means="avslag"),
    ),
    reservations=(Reservation(4), Reservation(3, "Kostnaden är för hög.\nJag vill se en kalkyl.")),
    notes=(NoteToMinutes(9, "Regionen återkommer."),),
)


def test_everything_prints_in_the_order_of_the_law() -> None:
    told = in_words(ALL, NAMES)
    assert told.motions == (
        "Vera Lind yrkar bifall till förslaget.",
        "Maj Torn och Nils Ask yrkar avslag på förslaget.",
        "Nils Ask yrkar att frågan utreds först.",
    )
    assert told.propositions == ("Ordföranden ställer bifall mot avslag.", "Omröstning begärs.")
    assert told.votes[0].order == "Omröstningen sker öppet med upprop. Ja för bifall. Nej för avslag."
    assert told.votes[0].result == (
        "Omröstningen utfaller med 2 ja-röster mot 2 nej-röster. "
        "Röstetalet är lika. Ordförandens utslagsröst faller på ja."
    )
    assert [(one.name, one.yes, one.no) for one in told.votes[0].ballots] == [
        ("Maj Torn", "", "X"),
        ("Nils Ask", "", "X"),
        ("Olle Brand", "X", ""),
        ("Vera Lind", "X", ""),
        ("Summa", "2", "2"),
    ]
    assert told.reservations == (
        "Nils Ask reserverar sig mot beslutet till förmån för sitt yrkande: frågan utreds först.",
        "Maj Torn reserverar sig mot beslutet: Kostnaden är för hög.",
        "Jag vill se en kalkyl.",
    )
    assert told.notes == ("Ivar Holm lämnar följande anteckning: Regionen återkommer.",)


@pytest.mark.parametrize("method", [VoteMethod.SECRET, VoteMethod.LOTS])
def test_who_voted_what_is_never_printed_of_a_secret_vote(method: VoteMethod) -> None:
    one = vote(YES, NO, NO, NO, method=method, yes="1", no="3", casting=NO, is_election=True)
    printed = in_words(Proceedings(votes=(one,)), NAMES)
    assert printed.votes[0].ballots == ()
    assert not any(name in str(printed) for name in NAMES.values())


def test_a_lot_is_told_as_a_lot() -> None:
    one = Vote(VoteMethod.LOTS, casting=NO, is_election=True)
    assert in_words(Proceedings(votes=(one,)), NAMES).votes[0].result == "Lotten faller på nej."


def test_unfinished_words_print_with_gaps_and_no_fault() -> None:
    told = Proceedings(
        motions=(Motion(kind=MotionKind.OTHER),),
        votes=(Vote(question="Vem?"), Vote(VoteMethod.LOTS, question="x"), Vote(VoteMethod.SECRET, yes="hm")),
        reservations=(Reservation(77),),
        notes=(NoteToMinutes(3),),
    )
    printed = in_words(told, {})
    assert printed.motions == ("… yrkar att …",)
    assert printed.reservations == ("… reserverar sig mot beslutet.",)


def test_all_persons_are_asked_for_at_once_and_rows_keep_all() -> None:
    assert persons_in(ALL) == {1, 2, 3, 4, 9}
    assert from_json(to_json(ALL)) == ALL
