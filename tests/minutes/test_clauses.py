"""A clause: typed, kept, read from a proposal, worded, and asked for the facts its verb demands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.errors import RuleBroken
from paragraf.minutes.clauses import Clause, YearAmount, bare, from_json, names_somebody, read_proposal, to_json
from paragraf.minutes.demands import clause_problems, corrected, facts, granted, readable
from paragraf.minutes.models import Verb
from paragraf.minutes.wording import compose, punctuated, series
from tests.minutes.acting import GRANT

NBSP = "\N{NO-BREAK SPACE}"
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn"]), max_size=30).map(str.strip)
LINES = st.lists(WORDS.filter(bool), max_size=3).map(tuple)
YEARS = st.lists(st.builds(YearAmount, WORDS, WORDS).filter(any), max_size=3).map(tuple)
CLAUSES = st.builds(
    Clause,
    verb=st.sampled_from(Verb),
    text=WORDS,
    grantee=WORDS,
    years=YEARS,
    conditions=LINES,
    persons=LINES,
    role=WORDS,
    assignee=WORDS,
    task=WORDS,
    due_on=WORDS,
    next_meeting=st.booleans(),
    reason=WORDS,
    until=WORDS,
    **dict.fromkeys(
        ("recipient", "prepare", "body", "capacity", "party", "turn", "replaces", "from_on", "to_on"), WORDS
    ),
    **dict.fromkeys(("answer_by", "point", "paragraph", "wrong", "right", "meeting_day"), WORDS),
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*to_json(GRANT), "x"]), inner),
    max_leaves=8,
)


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


# --- keeping ---


@given(CLAUSES)
def test_what_is_typed_comes_back_as_typed(clause: Clause) -> None:
    assert from_json(to_json(clause)) == clause


@given(JSON)
def test_whatever_a_page_sends_becomes_a_clause_that_can_be_shown_and_checked(data: Any) -> None:
    clause = from_json(data)
    assert compose(clause).startswith("att ")
    clause_problems(clause)


@given(CLAUSES)
def test_a_clause_without_problems_has_facts_and_no_gap(clause: Clause) -> None:
    if not clause_problems(clause):
        facts(clause, date(2026, 6, 1))
        if "…" not in repr(clause):
            assert "…" not in compose(clause)


# --- the words ---


def test_a_grant_is_worded_with_years_parts_and_conditions() -> None:
    assert plain(compose(GRANT)) == (
        "att bevilja Norrdals kommun kontant bidrag med 410 000 kr för åren 2026–2027, "
        "varav 120 000 kr för 2026 och 290 000 kr för 2027, under förutsättning att Region Norrdal beviljar sin del"
    )


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ((("2026", "5 tkr"),), "5 000 kr för år 2026"),
        ((("2026", "1"), ("2028", "2")), "3 kr för åren 2026 och 2028, varav 1 kr för 2026 och 2 kr för 2028"),
        ((("2027", "1"), ("2026", "2,50")), "3,50 kr för åren 2026–2027, varav 2,50 kr för 2026 och 1 kr för 2027"),
        ((), "… för år …"),
        ((("2026", "fem kronor"),), "… för år …"),
    ],
)
def test_amounts_are_added_up_year_by_year(years: tuple[tuple[str, str], ...], words: str) -> None:
    clause = Clause(Verb.GRANT, grantee="Region Norrdal", years=tuple(YearAmount(*each) for each in years))
    assert plain(compose(clause)) == f"att bevilja Region Norrdal kontant bidrag med {words}"


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        (Clause(Verb.APPROVE, text="dagordningen."), "godkänna dagordningen"),
        (Clause(Verb.APPROVE, text="Att godkänna dagordningen"), "godkänna dagordningen"),
        (Clause(Verb.APPROVE), "godkänna …"),
        (Clause(Verb.NOTE, text="rapporten"), "lägga rapporten till handlingarna"),
        (Clause(Verb.NOTE, text="notera informationen"), "notera informationen"),
        (Clause(Verb.ADOPT, text="verksamhetsplanen för 2027"), "anta verksamhetsplanen för 2027"),
        (Clause(Verb.ADOPT, text="fastställa budgeten"), "fastställa budgeten"),
        (Clause(Verb.ENDORSE, text="förslaget"), "tillstyrka förslaget"),
        (Clause(Verb.REJECT), "avslå ansökan"),
        (Clause(Verb.REJECT, text="avslå"), "avslå ansökan"),
        (
            Clause(Verb.APPOINT, persons=("Maj Torn", "Nils Ask"), role="justerare"),
            "utse Maj Torn och Nils Ask till justerare",
        ),
        (
            Clause(Verb.APPOINT, persons=("Maj Torn",), role="att justera protokollet"),
            "utse Maj Torn att justera protokollet",
        ),
        (Clause(Verb.APPOINT, persons=("Maj Torn",), role="till ombud"), "utse Maj Torn till ombud"),
        (Clause(Verb.APPOINT), "utse … till …"),
        (
            Clause(Verb.COMMISSION, assignee="förbundschefen", task="att ta fram en plan", due_on="2026-10-01"),
            "uppdra till förbundschefen att ta fram en plan, att redovisas senast den 1 oktober 2026",
        ),
        (
            Clause(Verb.COMMISSION, assignee="förbundschefen", task="ta fram en plan", next_meeting=True),
            "uppdra till förbundschefen att ta fram en plan, att redovisas vid nästa sammanträde",
        ),
        (Clause(Verb.REMIT_BACK, reason="för fortsatt beredning"), "återremittera ärendet för fortsatt beredning"),
        (Clause(Verb.REMIT_BACK, reason="budgeten saknas"), "återremittera ärendet eftersom budgeten saknas"),
        (Clause(Verb.TABLE, until="nästa sammanträde"), "bordlägga ärendet till nästa sammanträde"),
        (Clause(Verb.TABLE, until="till den 7 oktober"), "bordlägga ärendet till den 7 oktober"),
        (Clause(Verb.OTHER, text="inleda\növerläggningar."), "inleda överläggningar"),
    ],
)
def test_each_verb_has_its_words(clause: Clause, words: str) -> None:
    assert compose(clause) == f"att {words}"


def test_the_clauses_of_a_paragraph_make_one_sentence() -> None:
    assert punctuated(["att a"]) == ("att a.",)
    assert punctuated(["att a", "att b", "att c"]) == ("att a,", "att b, samt", "att c.")
    assert punctuated([]) == ()
    assert punctuated(["att anta …"]) == ("att anta …",)
    assert [series("a"), series("ab"), series("abc")] == ["a", "a och b", "a, b och c"]


def test_a_bare_clause_has_neither_att_nor_full_stop() -> None:
    assert bare("  ATT  anta\nplanen. ; ") == "anta planen"


# --- the facts ---


@pytest.mark.parametrize(
    ("clause", "fields"),
    [
        (Clause(Verb.APPROVE), ["text"]),
        (Clause(Verb.REJECT), []),
        (Clause(Verb.GRANT), ["grantee", "years"]),
        (Clause(Verb.GRANT, grantee="X", years=(YearAmount("2026", "mycket"),)), ["amount-0"]),
        (Clause(Verb.GRANT, grantee="X", years=(YearAmount("26", "5"),)), ["year-0"]),
        (Clause(Verb.GRANT, grantee="X", years=(YearAmount("2026", "0"),)), ["amount-0"]),
        (Clause(Verb.GRANT, grantee="X", years=(YearAmount("2026", "-5"),)), ["amount-0"]),
        (Clause(Verb.GRANT, grantee="X", years=(YearAmount("2026", "1"), YearAmount("2026", "2"))), ["year-1"]),
        (Clause(Verb.GRANT, grantee="X", years=(YearAmount("2026", ""),)), ["years"]),
        (Clause(Verb.APPOINT), ["persons", "role"]),
        (Clause(Verb.APPOINT, persons=("NN",), role="justerare"), ["persons"]),
        (Clause(Verb.APPOINT, persons=("Maj Torn", "…"), role="justerare"), ["persons"]),
        (Clause(Verb.COMMISSION), ["assignee", "task", "due_on"]),
        (Clause(Verb.COMMISSION, assignee="X", task="y", due_on="snart"), ["due_on"]),
        (Clause(Verb.COMMISSION, assignee="X", task="y", next_meeting=True), []),
        (Clause(Verb.REMIT_BACK), ["reason"]),
        (Clause(Verb.TABLE), ["until"]),
        (Clause(Verb.OTHER, text=" . "), ["text"]),
        (GRANT, []),
    ],
)
def test_each_verb_demands_its_facts(clause: Clause, fields: list[str]) -> None:
    assert [problem.field for problem in clause_problems(clause)] == fields


@pytest.mark.parametrize(
    "text",
    [
        "att utse",
        "att utse …",
        "att utse ____ att justera protokollet",
        "att utse justerare",
        "att utse NN till justerare",
        "att välja justerare",
        "att godkänna dagordningen samt att utse",
    ],
)
def test_an_appointment_that_names_nobody_is_refused_also_as_free_text(text: str) -> None:
    (problem,) = clause_problems(Clause(Verb.OTHER, text=text))
    assert str(problem) == "Beslutet utser ingen. Skriv vem som utses."


@pytest.mark.parametrize(
    "text",
    [
        "att utse Maj Torn till justerare",
        "att utse ordföranden att underteckna avtalet",
        "att uppdra åt kansliet att utse en projektledare",
        "att godkänna att utseendet ändras",
    ],
)
def test_an_appointment_that_names_somebody_passes(text: str) -> None:
    assert clause_problems(Clause(Verb.OTHER, text=text)) == []


def test_facts_are_amounts_in_ore_and_days() -> None:
    assert facts(GRANT)["years"] == {"2026": 12_000_000, "2027": 29_000_000}
    assert facts(GRANT)["conditions"] == ["Region Norrdal beviljar sin del"]
    commission = Clause(Verb.COMMISSION, assignee="X", task="y", due_on="1 oktober 2026")
    assert facts(commission)["due_on"] == "2026-10-01"


def test_the_next_meeting_becomes_the_day_it_has_when_the_number_is_fixed() -> None:
    commission = Clause(Verb.COMMISSION, assignee="X", task="y", next_meeting=True)
    assert facts(commission, date(2026, 6, 4))["due_on"] == "2026-06-04"


def test_a_year_without_an_amount_is_no_year_and_not_zero() -> None:
    assert granted(GRANT) == {2026: 12_000_000, 2027: 29_000_000}


def test_while_typing_what_can_be_read_is_added_up() -> None:
    half = Clause(Verb.GRANT, years=(YearAmount("2027", "5"), YearAmount("2026", "hm"), YearAmount("", "7")))
    assert readable(half) == {2027: 500}
    with pytest.raises(RuleBroken):
        granted(half)


@pytest.mark.parametrize("words", ["", "…", "___", "NN", "N.N.", "justerare", "en ledamot", "X", "Vakant"])
def test_blanks_and_placeholders_name_nobody(words: str) -> None:
    assert not names_somebody(words)


# --- from the proposal ---


def test_each_att_line_of_a_proposal_is_a_clause_and_other_lines_continue_it() -> None:
    found = read_proposal(
        "Styrelsen föreslås besluta:\n"
        "att godkänna rapporten\n"
        "– att uppdra till förbundschefen att ta fram\n  en plan.\n"
        "\n"
        "* att återremittera ärendet för fortsatt beredning\n"
        "att bordlägga frågan till nästa sammanträde\n"
        "att avslå ansökan"
    )
    assert [clause.verb for clause in found] == [
        Verb.APPROVE,
        Verb.COMMISSION,
        Verb.REMIT_BACK,
        Verb.TABLE,
        Verb.REJECT,
    ]
    assert (found[1].assignee, found[1].task) == ("förbundschefen", "ta fram en plan")
    assert found[2].reason == "för fortsatt beredning"
    assert found[3].until == "nästa sammanträde"


def test_a_proposal_that_names_several_persons_names_them_all() -> None:
    (found,) = read_proposal("att utse Maj Torn, Nils Ask och Eva Rask till ombud")
    assert (found.persons, found.role) == (("Maj Torn", "Nils Ask", "Eva Rask"), "ombud")


def test_a_proposal_that_names_nobody_leaves_the_name_to_be_written() -> None:
    (found,) = read_proposal("att utse justerare till protokollet")
    assert (found.verb, found.persons) == (Verb.APPOINT, ())


@pytest.mark.parametrize("proposal", ["", "  \n ", "Styrelsen beslutar"])
def test_an_empty_proposal_gives_no_clause(proposal: str) -> None:
    assert read_proposal(proposal) == ()


def test_a_line_without_att_is_kept_as_free_text() -> None:
    assert read_proposal("Budgeten godkänns.") == (Clause(Verb.OTHER, text="Budgeten godkänns"),)


# --- the verbs that say where a matter goes ---

SEAT = Clause(
    Verb.APPOINT,
    persons=("Maj Torn",),
    body="Styrgruppen",
    capacity="board_member",
    party="Lindå kommun",
    replaces="Olle Brand",
    from_on="2026-05-01",
    to_on="31 december 2026",
)


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        (
            SEAT,
            "att utse Maj Torn till ledamot i Styrgruppen för Lindå kommun efter Olle Brand från och med den "
            "1 maj 2026 till och med den 31 december 2026",
        ),
        (
            replace(SEAT, replaces="", from_on="", to_on="", capacity="substitute", turn="2"),
            "med plats 2 i turordningen",
        ),
        (
            Clause(Verb.ENDORSE, text="ansökan", recipient="styrelsen"),
            "att tillstyrka ansökan och lämna ärendet vidare",
        ),
        (
            Clause(
                Verb.STATEMENT, text="yttrande över remissen", recipient="Socialdepartementet", answer_by="2026-05-20"
            ),
            "att avge yttrande över remissen till Socialdepartementet senast den 20 maj 2026",
        ),
        (
            Clause(
                Verb.DELEGATE, text="besluta om inköp", recipient="förbundschefen", point="3.2", from_on="2026-05-01"
            ),
            "att delegera till förbundschefen att besluta om inköp (punkt 3.2 i delegationsordningen) från och med den "
            "1 maj 2026",
        ),
        (
            Clause(Verb.CORRECT, paragraph="612", wrong="40 000 kr", right="400 000 kr"),
            "att rätta § 612: i stället för ”40 000 kr” ska det stå ”400 000 kr”",
        ),
        (
            Clause(Verb.CANCEL_MEETING, meeting_day="29/10-26", reason="få kan komma"),
            "att ställa in sammanträdet den 29 oktober 2026 eftersom få kan komma",
        ),
        (
            Clause(Verb.REMIT_BACK, reason="budgeten saknas", recipient="beredningsgruppen", prepare="kostnaden"),
            "att återremittera ärendet till beredningsgruppen eftersom budgeten saknas. Till dess ska utredas: kostna",
        ),
    ],
)
def test_the_words_of_where_a_matter_goes_are_composed(clause: Clause, words: str) -> None:
    assert clause_problems(clause) == []
    assert words in compose(clause)


@pytest.mark.parametrize(
    ("clause", "fields"),
    [
        (Clause(Verb.STATEMENT, text="yttrande"), ["recipient"]),
        (Clause(Verb.STATEMENT, text="yttrande till regeringen", answer_by="snart"), ["answer_by"]),
        (Clause(Verb.DELEGATE), ["text", "recipient"]),
        (Clause(Verb.CORRECT, paragraph="sista"), ["paragraph", "wrong", "right"]),
        (Clause(Verb.CANCEL_MEETING), ["meeting_day"]),
        (Clause(Verb.CANCEL_MEETING, meeting_day="i höst"), ["meeting_day"]),
        (replace(SEAT, capacity=""), ["capacity"]),
        (replace(SEAT, persons=("Maj Torn", "Nils Ask")), ["replaces"]),
        (replace(SEAT, turn="först"), ["turn"]),
        (replace(SEAT, to_on="2026-04-01"), ["to_on"]),
        (replace(SEAT, persons=()), ["persons"]),
    ],
)
def test_where_a_matter_goes_must_be_said(clause: Clause, fields: list[str]) -> None:
    assert [problem.field for problem in clause_problems(clause)] == fields


def test_days_are_frozen_as_days_and_another_verbs_leftovers_do_no_harm() -> None:
    assert (facts(SEAT)["from_on"], facts(SEAT)["to_on"]) == ("2026-05-01", "2026-12-31")
    assert "meeting_day" not in facts(Clause(Verb.NOTE, text="x", meeting_day="i höst"))


@pytest.mark.parametrize(
    ("typed", "number", "year"), [("§ 612", 612, ""), ("12/2027", 12, "2027"), ("§12 / 2027", 12, "2027")]
)
def test_a_paragraph_is_pointed_out_by_number_and_year(typed: str, number: int, year: str) -> None:
    assert corrected(typed) == (number, year)
    assert corrected("paragraf tolv") is None


@pytest.mark.parametrize(
    ("proposal", "told"),
    [
        (
            "att utse Maj Torn till ersättare i Styrelsen för Region Norrdal",
            {"body": "Styrelsen", "capacity": "substitute"},
        ),
        ("att utse Maj Torn att justera protokollet", {"persons": ("Maj Torn",), "role": "att justera protokollet"}),
        ("att ställa in sammanträdet den 29 oktober 2026", {"meeting_day": "29 oktober 2026"}),
        ("att avge yttrande över remissen till Försäkringskassan", {"recipient": "Försäkringskassan"}),
        ("att delegera till förbundschefen att besluta om inköp", {"recipient": "förbundschefen"}),
        ("att rätta § 612: i stället för ”4” ska det stå ”5”", {"paragraph": "§ 612", "wrong": "4", "right": "5"}),
        ("att återremittera ärendet till gruppen, för fortsatt beredning", {"recipient": "gruppen"}),
    ],
)
def test_a_proposal_says_where_the_matter_goes(proposal: str, told: dict[str, object]) -> None:
    (found,) = read_proposal(proposal)
    assert {name: getattr(found, name) for name in told} == told
    # Read and composed again it says the same.
    assert compose(found).startswith(proposal.split(",")[0].split(":")[0])


def test_two_decisions_in_one_clause_are_two() -> None:
    found = read_proposal(
        "att godkänna rapporten, samt att utse Maj Torn till ombud och att lägga den till handlingarna"
    )
    assert [one.verb for one in found] == [Verb.APPROVE, Verb.APPOINT, Verb.NOTE]


@pytest.mark.parametrize(
    "proposal",
    [
        "att uppdra till kansliet att utreda frågan samt att redovisa den",
        "att godkänna att lokalen hyrs ut och att hyran höjs",
    ],
)
def test_a_clause_with_two_tasks_or_two_objects_is_one(proposal: str) -> None:
    assert len(read_proposal(proposal)) == 1


def test_the_and_at_the_end_of_a_line_is_no_part_of_the_clause() -> None:
    assert [one.text for one in read_proposal("att godkänna rapporten, samt\natt avslå resten.")] == [
        "godkänna rapporten",
        "avslå resten",
    ]
