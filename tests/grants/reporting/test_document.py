"""Reports as Word: what is asked for stands in its place, small numbers do not, and nothing is left out."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any, get_type_hints

import pytest
from sqlalchemy.orm import Session

from document_templates import fields_of
from forms.definitions import load
from paragraf.applications.filled import Filled
from paragraf.applications.models import Application
from paragraf.core.formatted import BlockKind, Formatted
from paragraf.grants.models import ReportKind
from paragraf.grants.reporting.document import GrantedYear, ReportFacts, render_report, report_fields
from paragraf.questions.reading import read_definition
from tests.document_templates.papers import words
from tests.parts.world import NOW, Home
from tests.questions.whole import CONTEXT, whole_answers
from tests.word.validity import checked

every_report = pytest.mark.parametrize("kind", list(ReportKind))
#: What has a place of its own in no report: stands under "Övriga frågor".
UNPLACED = {"status": ["Alla deltagare har lämnat"], "final": ["Uppgifterna stämmer"]}


def facts_of(kind: ReportKind, **changed: Any) -> ReportFacts:
    facts = ReportFacts(
        kind=kind,
        register_number="2026/14",
        measure="Stegvis",
        grantee="Granviks kommun",
        period=(date(2027, 5, 1), date(2027, 8, 31)),
        years=(GrantedYear(2026, 12_000_000, 12_000_000, 11_000_000), GrantedYear(2027, 29_000_000, 10_000_000)),
    )
    return dataclasses.replace(facts, **changed)


def filled(key: str, **changed: Any) -> Filled:
    form, answers = whole_answers(read_definition(load(key)))
    return Filled(form, answers | changed, CONTEXT)


def fields(home: Home, application: Application, shown: Filled, kind: ReportKind, **changed: Any) -> Any:
    return report_fields(home.association, application, shown, facts_of(kind, **changed))


@every_report
def test_a_report_fills_every_field_that_its_shipped_form_asks_for(
    home: Home, application: Application, kind: ReportKind
) -> None:
    application.submitted_at = NOW
    made = fields(home, application, filled(f"{kind}_report"), kind)
    empty = {field.name for field in dataclasses.fields(made) if not getattr(made, field.name)}
    assert empty - {"suppressed_note", "more"} == set()
    assert isinstance(made, fields_of(f"{kind}_report"))


@every_report
def test_only_what_has_no_place_stands_among_other_questions(
    home: Home, application: Application, kind: ReportKind
) -> None:
    more = fields(home, application, filled(f"{kind}_report"), kind).more
    expected = UNPLACED.get(kind, [])
    assert len(more) == len(expected)
    assert all(each.question.startswith(start) for each, start in zip(more, expected, strict=True))


@every_report
def test_the_word_file_opens_and_says_what_was_written(
    session: Session, home: Home, application: Application, kind: ReportKind
) -> None:
    shown = filled(f"{kind}_report")
    name, content = render_report(session, home.association, application, shown, facts_of(kind))
    assert name.endswith("-2027-08-31.docx")
    text = words(checked(content))
    assert "Stegvis" in text
    for question in shown.form.questions():
        answer = shown.answers.get(question.id)
        if isinstance(answer, str) and not question.options.formatted:
            assert answer in text, question.id


def test_formatting_becomes_formatting(home: Home, application: Application) -> None:
    made = fields(home, application, filled("status_report"), ReportKind.STATUS)
    assert [block.kind for block in made.results] == [BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.BULLET]
    # Marks in a text that is not said to be formatted are what was typed.
    plain = fields(home, application, filled("status_report", summary="**Viktigt** 5 * 3"), ReportKind.STATUS)
    assert str(plain.summary) == "**Viktigt** 5 * 3"


def people(start: int, new: int, closed: int, end: int) -> dict[str, dict[str, str]]:
    """As many men as women and ten more."""
    rows = {"ongoing_start": start, "new": new, "closed": closed, "ongoing_end": end}
    return {row: {"women": str(women), "men": str(women + 10)} for row, women in rows.items()}


def test_people_by_sex_with_totals(home: Home, application: Application) -> None:
    made = fields(home, application, filled("status_report", people=people(12, 14, 9, 17)), ReportKind.STATUS)
    assert [(row.women, row.men, row.total) for row in made.people] == [
        ("12", "22", "34"),
        ("14", "24", "38"),
        ("9", "19", "28"),
        ("17", "27", "44"),
    ]
    assert made.suppressed_note == ""


def test_small_numbers_are_hidden_with_what_they_could_be_counted_from(home: Home, application: Application) -> None:
    made = fields(home, application, filled("status_report", people=people(20, 3, 8, 15)), ReportKind.STATUS)
    assert [(row.women, row.men, row.total) for row in made.people] == [
        ("20", "30", "50"),
        ("–", "–", "16"),
        ("–", "–", "26"),
        ("15", "25", "40"),
    ]
    assert "mellan 1 och 4 visas inte" in made.suppressed_note


def test_the_office_may_hide_more(home: Home, application: Application) -> None:
    shown = filled("status_report", people=people(12, 14, 9, 17))
    made = fields(home, application, shown, ReportKind.STATUS, smallest_shown=10)
    assert made.people[2].women == "–"
    assert "mellan 1 och 9 visas inte" in made.suppressed_note


def test_what_one_table_hides_is_not_told_by_another(home: Home, application: Application) -> None:
    shown = filled(
        "final_report",
        people={
            "all": {"women": "44", "men": "34"},
            "closed": {"women": "30", "men": "20"},
            "ongoing_end": {"women": "14", "men": "14"},
        },
        closures={
            "work": {"women": "8", "men": "20"},
            "studies": {"women": "2", "men": "0"},
            "seeking": {"women": "20", "men": "0"},
            **{row: {"women": "0", "men": "0"} for row in ("other_support", "illness", "other")},
        },
    )
    made = fields(home, application, shown, ReportKind.FINAL)
    rows = {row.label: (row.women, row.men, row.total) for row in made.closures}
    assert rows["Studier"][0] == "–"
    # Thirty closed women are printed, so one more of the rows that add up to them is hidden.
    assert [women for women, _men, _total in rows.values()].count("–") >= 2
    assert rows["Summa"] == ("30", "20", "50")


def test_the_economy_adds_up_and_shows_what_is_left(home: Home, application: Application) -> None:
    rows = [
        {"item": "Personal", "budget": 234_000_000, "outcome": 151_200_000, "forecast": 229_000_000},
        {"item": "Lokal", "budget": 26_400_000, "outcome": 17_600_000, "forecast": 27_000_050},
    ]
    made = fields(home, application, filled("tertial_report", economy=rows), ReportKind.TERTIAL)
    assert [
        tuple(getattr(row, name).replace("\u00a0", " ") for name in ("label", "budget", "forecast", "difference"))
        for row in made.economy
    ] == [
        ("Personal", "2 340 000", "2 290 000", "50 000"),
        ("Lokal", "264 000", "270 000,50", "−6 000,50"),
        ("Summa", "2 604 000", "2 560 000,50", "43 999,50"),
    ]
    assert [row.is_sum for row in made.economy] == ["", "", "ja"]


def test_a_missing_amount_makes_a_sum_missing_not_smaller(home: Home, application: Application) -> None:
    rows = [
        {"item": "Personal", "budget": 100_00, "outcome": {"unread": "cirka 12"}},
        {"item": "Lokal", "budget": 50_00, "outcome": 10_00},
    ]
    made = fields(home, application, filled("year_report", economy=rows), ReportKind.YEAR)
    assert [row.outcome for row in made.economy] == ["", "10", ""]
    assert made.economy[-1].budget == "150"


def test_the_grant_year_by_year_is_what_the_association_knows(home: Home, application: Application) -> None:
    made = fields(home, application, filled("final_report"), ReportKind.FINAL)
    assert [
        (row.year, row.granted.replace("\u00a0", " "), row.left.replace("\u00a0", " ")) for row in made.granted
    ] == [
        ("2026", "120 000", "10 000"),
        ("2027", "290 000", ""),
        ("Totalt", "410 000", ""),
    ]


def test_attendance_is_told_in_whole_per_cent(home: Home, application: Application) -> None:
    rows = [
        {"party": "Granvik", "meetings": "12", "attended": "11"},
        {"party": "Region Norrdal", "meetings": "8", "attended": "1"},
        {"party": "Ekdala", "meetings": "0", "attended": "0"},
    ]
    made = fields(home, application, filled("year_report", attendance=rows), ReportKind.YEAR)
    assert [row.share for row in made.attendance] == ["92\u00a0%", "13\u00a0%", ""]


def test_the_tertial_and_the_year_are_those_of_the_last_day(home: Home, application: Application) -> None:
    assert fields(home, application, filled("tertial_report"), ReportKind.TERTIAL).tertial == "Tertial 2 2027"
    year = facts_of(ReportKind.YEAR, period=(date(2026, 10, 15), date(2026, 12, 31)))
    made = report_fields(home.association, application, filled("year_report"), year)
    assert (made.year, made.period) == ("2026", "15 oktober – 31 december 2026")  # type: ignore[union-attr]


OWN_FORM = """\
key: own_report
purpose: report
title: {sv: Egen rapport, en: Own report}
intro: {sv: Ett prov., en: A trial.}
sections:
  - id: only
    title: {sv: Allt, en: All}
    questions:
      - {id: summary, kind: text, label: {sv: Kort, en: Brief}}
      - id: goals
        kind: table
        at_least: 1
        label: {sv: Mål, en: Goals}
        columns: [{id: what, label: {sv: Vad, en: What}}, {id: far, sort: percent, label: {sv: Hur långt, en: How far}}]
      - id: people
        kind: table
        label: {sv: Antal, en: Number}
        columns: [{id: all, sort: number, label: {sv: Alla, en: All}}]
      - {id: surprise, kind: long_text, label: {sv: "Vad har förvånat er?", en: "What has surprised you?"}}
      - {id: visits, kind: number, label: {sv: Besök, en: Visits}}
"""


def test_a_form_of_the_offices_own_is_printed_whole(session: Session, home: Home, application: Application) -> None:
    """Questions of another kind than the report's tables stand under their own words."""
    form, answers = whole_answers(read_definition(OWN_FORM))
    shown = Filled(form, answers, CONTEXT)
    made = fields(home, application, shown, ReportKind.TERTIAL)
    assert str(made.summary) == "Om Kort."
    assert made.goals == made.people == ()
    told = {each.question: str(each.answer) for each in made.more}
    assert list(told) == ["Mål", "Antal", "Vad har förvånat er?", "Besök"]
    assert "50" in told["Mål"]
    assert told["Besök"] == "7"
    _name, content = render_report(session, home.association, application, shown, facts_of(ReportKind.TERTIAL))
    assert "Vad har förvånat er?" in words(content)


@every_report
def test_every_field_is_of_a_sort_that_is_filled(kind: ReportKind) -> None:
    """A field that is added later is not silently left to its default."""
    for name, hint in get_type_hints(fields_of(f"{kind}_report")).items():
        assert hint in (str, Formatted) or getattr(hint, "__origin__", None) is tuple, name
