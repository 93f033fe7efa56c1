"""The office's list: what is shown, found and in which order; and its export, which is only data."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from paragraf.applications.listed import listing
from paragraf.applications.listed.exporting import Column, ColumnKind, Sheet, as_csv, excel
from paragraf.applications.listed.listing import Line, Order, Row, Wanted, chosen, row
from paragraf.applications.listed.searching import Search
from paragraf.applications.models import Application
from paragraf.applications.rules import State
from paragraf.questions.definition import Purpose
from tests.applications.acting import fill_in
from tests.applications.handling import ask, submit, write
from tests.parts.world import NOW, Home

TODAY = NOW.date()


@pytest.fixture
def submitted(session: Session, application: Application, typed: dict[str, Any]) -> Application:
    fill_in(session, application, typed)
    submit(session, application)
    return application


def one_line(session: Session, home: Home) -> Line:
    [line] = listing.lines(session, home.id, Purpose.APPLICATION)
    return line


def test_the_list_shows_what_was_handed_in_not_what_is_being_written(
    session: Session, submitted: Application, home: Home
) -> None:
    ask(session, submitted, "budget")
    write(session, submitted, budget={"personnel": {"2026": 100, "2027": 100}})
    line = one_line(session, home)
    assert (line.applied, line.received_on, line.last_step) == (41_000_000, TODAY, TODAY)


def test_the_members_are_those_of_the_day_it_came_in(session: Session, submitted: Application, home: Home) -> None:
    home_region = session.merge(home.region)
    home_region.left_on = TODAY + timedelta(days=1)
    session.flush()
    assert one_line(session, home).parties == ("Norrdals kommun", "Region Norrdal")
    home_region.left_on = TODAY - timedelta(days=1)
    session.flush()
    assert one_line(session, home).parties == ("Norrdals kommun",)


def test_each_purpose_has_a_list_of_its_own(session: Session, submitted: Application, home: Home) -> None:
    assert listing.counts(session, home.id) == {Purpose.APPLICATION: 1}
    submitted.purpose = Purpose.ANALYSIS
    session.flush()
    assert listing.lines(session, home.id, Purpose.APPLICATION) == []
    assert one_of(listing.lines(session, home.id, Purpose.ANALYSIS)).title == "Stegvis"


def one_of(lines: list[Line]) -> Line:
    [line] = lines
    return line


# --- filters and order ---


def test_every_filter_keeps_and_leaves_out(session: Session, submitted: Application, home: Home) -> None:
    shown = row(one_line(session, home), state=State.SUBMITTED, granted=None, held_on=None, today=date(2026, 3, 12))
    keeps = [
        Wanted(),
        Wanted(states=frozenset({State.SUBMITTED})),
        Wanted(year=2026),
        Wanted(form="application_a"),
        Wanted(party=str(home.region.id)),
        Wanted(least=41_000_000, most=41_000_000),
        Wanted(waited=9),
        Wanted(words="SYFTE granvik 2026/1"),
    ]
    leaves = [
        Wanted(states=frozenset({State.GRANTED})),
        Wanted(year=2025),
        Wanted(form="application_b"),
        Wanted(call_id=1),
        Wanted(party=str(home.state.id)),
        Wanted(least=41_000_001),
        Wanted(most=40_999_999),
        Wanted(waited=10),
        Wanted(words="syfte finnsinte"),
    ]
    assert [bool(chosen([shown], one)) for one in keeps] == [True] * len(keeps)
    assert [bool(chosen([shown], one)) for one in leaves] == [False] * len(leaves)


def test_nobody_waits_for_what_is_settled_and_a_meeting_is_a_step(
    session: Session, submitted: Application, home: Home
) -> None:
    line, today = one_line(session, home), date(2026, 4, 11)
    treated = row(line, state=State.TREATED, granted=None, held_on=date(2026, 4, 9), today=today)
    assert (treated.waited, treated.since_step) == (40, 2)
    for state in (State.GRANTED, State.REJECTED, State.WITHDRAWN, State.DECIDED):
        settled = row(line, state=state, granted=None, held_on=None, today=today)
        assert (settled.waited, settled.since_step) == (None, None)


def made(title: str, applied: int | None) -> Row:
    """A row of which only the title and the amount matter."""
    line = SimpleNamespace(title=title, applied=applied, application=SimpleNamespace(call_id=None))
    return Row(cast(Line, line), State.SUBMITTED, None, None, None)


def test_what_lacks_an_amount_comes_last_both_ways_and_aao_come_after_z(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "_fits", lambda _row, _wanted: True)
    rows = [made("Ö", 2), made("z", None), made("Åsa", 3), made("a", 1), made("Ärlig", 4)]
    titles = [one.line.title for one in chosen(rows, Wanted(order=Order.TITLE, descending=False))]
    assert titles == ["a", "z", "Åsa", "Ärlig", "Ö"]
    rising = [one.line.applied for one in chosen(rows, Wanted(order=Order.APPLIED, descending=False))]
    falling = [one.line.applied for one in chosen(rows, Wanted(order=Order.APPLIED, descending=True))]
    assert (rising, falling) == ([1, 2, 3, 4, None], [4, 3, 2, 1, None])


@pytest.mark.parametrize(
    ("typed", "text", "is_found"),
    [
        ("malmo", "Malmö stad", True),
        ("Malmö", "MALMÖ", True),
        ("möte", "mote", False),
        ("mote", "möte", True),
        ("idé", "ide\u0301er", True),
        ("unga vuxna", "Vuxna som är unga", True),
        ("unga vuxna", "Unga", False),
        ("arbete", "samarbetet", True),
        ("", "vad som helst", True),
        ("2026/1", "Dnr 2026/14", True),
    ],
)
def test_words_are_found_as_people_expect(typed: str, text: str, is_found: bool) -> None:
    assert Search(typed).finds(text) is is_found


@given(st.text(max_size=40), st.text(max_size=10))
def test_a_word_of_the_text_is_always_found(text: str, other: str) -> None:
    for word in text.split():
        assert Search(word).finds(f"{other} {text}")
        assert Search(word.upper().lower()).finds(text.upper().lower())


# --- the export ---

COLUMNS = (
    Column("Rubrik"),
    Column("Sökt", ColumnKind.MONEY),
    Column("Kom in", ColumnKind.DAY),
    Column("Dagar", ColumnKind.NUMBER),
)


def sheet(*titles: str) -> Sheet:
    return Sheet("Ansökningar", COLUMNS, [(title, 41_000_050, date(2026, 3, 2), None) for title in titles])


def test_excel_gets_numbers_and_days_under_a_frozen_header() -> None:
    page = load_workbook(BytesIO(excel(sheet("Stegvis")))).worksheets[0]
    assert [cell.value for cell in page[1]] == ["Rubrik", "Sökt", "Kom in", "Dagar"]
    title, amount, day, days = page[2]
    assert (title.value, amount.value, days.value) == ("Stegvis", 410000.5, None)
    assert (amount.data_type, str(day.value)) == ("n", "2026-03-02 00:00:00")
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:D2")


@pytest.mark.parametrize("text", ["=1+1", "+46", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_nothing_that_was_typed_becomes_a_formula(text: str) -> None:
    cell = load_workbook(BytesIO(excel(sheet(text)))).worksheets[0]["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
    line = as_csv(sheet(text)).decode("utf-8-sig").split("\r\n")[1]
    assert line.lstrip('"').startswith("'")


def test_csv_is_as_swedish_excel_opens_it() -> None:
    content = as_csv(sheet('Å; "ä"\nö'))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == ('Rubrik;Sökt;Kom in;Dagar\r\n"Å; ""ä""\nö";410000,50;2026-03-02;\r\n')


@settings(max_examples=40, deadline=None)
@example(["\uffff", "\x00", "a\x0bb"])
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=4))
def test_any_text_can_be_exported_and_no_cell_begins_a_formula(titles: list[str]) -> None:
    page = load_workbook(BytesIO(excel(sheet(*titles)))).worksheets[0]
    assert page.max_row == len(titles) + 1
    assert all(cell.data_type != "f" for line in page for cell in line)
    rows = list(csv.reader(StringIO(as_csv(sheet(*titles)).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == len(titles) + 1
    assert not any(one[0].startswith(("=", "+", "-", "@", "\t", "\r")) for one in rows)
