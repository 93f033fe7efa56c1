"""The report forms that come with the program: begun with what is known, and their economy becomes the outcome."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from forms.definitions import load
from paragraf.applications import operations as applications
from paragraf.applications.filled import answers_at, form_of
from paragraf.applications.models import Application
from paragraf.applications.offered.publishing import publish_form
from paragraf.core.errors import RuleBroken
from paragraf.grants import amounts, queries
from paragraf.grants.models import Grant, GrantReport, ReportKind, RowAmountKind
from paragraf.grants.reporting.reports import open_report
from paragraf.grants.reporting.sums import economy_of
from tests.grants.acting import SONJA, at, granted
from tests.parts.world import NOW, Home

YEARS = {2026: 120_000_00, 2027: 290_000_00}


@pytest.fixture
def grant(session: Session, home: Home) -> Grant:
    for key in ("tertial_report", "year_report", "final_report", "status_report"):
        publish_form(session, association_id=home.id, source_text=load(key), now=NOW, actor=SONJA)
    made = granted(session, home, YEARS)
    amounts.record_amounts(
        session,
        made,
        kind=RowAmountKind.GRANTED,
        cells={("personnel", 2027): 250_000_00},
        source="§ 630",
        seen=0,
        now=NOW,
        actor=SONJA,
    )
    return made


def report_of(session: Session, grant: Grant, kind: ReportKind) -> GrantReport:
    return next(one for one in queries.reports_of(session, grant) if one.kind is kind)


def economy(session: Session, form: Application, rows: list[dict[str, str]], day: date) -> None:
    section = form_of(form.form_version).section_of("economy").id
    applications.save_section(
        session, form, section_id=section, raw={"economy": rows}, base_version=form.version, now=at(day)
    )


def test_a_tertial_report_begins_with_the_rows_of_the_grants_budget(session: Session, grant: Grant) -> None:
    day = date(2027, 5, 3)
    form = open_report(session, report_of(session, grant, ReportKind.TERTIAL), now=at(day))
    answers: dict[str, Any] = answers_at(session, form, form.version)
    # What is granted for a row, else what was applied for.
    assert answers["economy"] == [
        {"item": "Personal", "budget": 250_000_00},
        {"item": "Lokaler", "budget": 30_000_00},
    ]
    assert answers["reporter"]["name"] == "Ylva Ö. Exempel"
    assert open_report(session, report_of(session, grant, ReportKind.TERTIAL), now=at(day)) is form


def test_what_the_table_says_is_the_years_outcome_by_the_rows_names(session: Session, grant: Grant) -> None:
    day = date(2027, 5, 3)
    report = report_of(session, grant, ReportKind.TERTIAL)
    form = open_report(session, report, now=at(day))
    rows = [
        {"item": "personal ", "budget": "250 000", "outcome": "80 000"},
        {"item": "Lokaler", "budget": "", "outcome": ""},
        {"item": "Personnel", "budget": "", "outcome": "1 000"},
        {"item": "Fika", "budget": "", "outcome": "500"},
    ]
    economy(session, form, rows, day)
    found = economy_of(session, report, form)
    assert found.outcome == {("personnel", 2027): 81_000_00}
    assert found.unknown == ["Fika"]


def test_a_table_over_several_years_says_nothing_by_year(session: Session, grant: Grant) -> None:
    day = date(2028, 1, 10)
    report = report_of(session, grant, ReportKind.FINAL)
    form = open_report(session, report, now=at(day))
    assert "economy" not in answers_at(session, form, form.version)
    economy(session, form, [{"item": "Personal", "budget": "1", "outcome": "2"}], day)
    assert economy_of(session, report, form).outcome == {}


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_kind_of_report_has_a_form_that_comes_with_the_program(kind: ReportKind) -> None:
    assert load(f"{kind.value}_report")


def test_without_an_open_form_the_grantee_is_told_so(session: Session, home: Home) -> None:
    grant = granted(session, home, YEARS)
    with pytest.raises(RuleBroken, match="inget öppet formulär ”tertial_report”"):
        open_report(session, report_of(session, grant, ReportKind.TERTIAL), now=at(date(2027, 5, 3)))
