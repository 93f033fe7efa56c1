"""The decision index of a year, by number or by heading, to read, print and take along to Excel."""

from __future__ import annotations

from flask import g, render_template, request
from werkzeug.wrappers import Response

from forms.clauses import VERBS
from paragraf.applications.listed import exporting
from paragraf.applications.listed.exporting import Column, ColumnKind, Sheet
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere
from paragraf.minutes import decision_index
from paragraf.minutes.decision_index import IndexLine
from webapp import access
from webapp.downloads import send_bytes
from webapp.memory.door import asked_year, blueprint, bodies


@blueprint.get("/beslut/")
@access.member
def decisions() -> str:
    """The newest year that has decisions, or the one that is asked for: ``?ar=2026&organ=3&ordna=rubrik``."""
    years = decision_index.years(g.session, g.association.id)
    year = asked_year() or (years[0] if years else local_date(g.now).year)
    by_heading = request.args.get("ordna") == "rubrik"
    lines = _lines(year)
    return render_template(
        "memory/decisions.html",
        lines=sorted(lines, key=lambda one: (one.heading.casefold(), one.number)) if by_heading else lines,
        years=years,
        year=year,
        bodies=bodies(),
        body_id=request.args.get("organ", type=int),
        by_heading=by_heading,
    )


@blueprint.get("/beslut/<int:of_year>.xlsx")
@access.member
def decisions_excel(of_year: int) -> Response:
    """The year's index for Excel."""
    if not 1900 <= of_year <= 2199:
        raise NotThere("Det finns inga beslut för det året.")
    sheet = Sheet(title=str(of_year), columns=_COLUMNS, rows=[_row(one) for one in _lines(of_year)])
    return send_bytes(exporting.excel(sheet), exporting.EXCEL, f"beslut-{of_year}.xlsx")


def _lines(year: int) -> list[IndexLine]:
    return decision_index.decision_index(g.session, g.association.id, year, body_id=request.args.get("organ", type=int))


#: The file is Swedish, like the documents.
_COLUMNS = (
    Column("§", ColumnKind.NUMBER, 8),
    Column("Dag", ColumnKind.DAY, 12),
    Column("Organ", width=20),
    Column("Rubrik", width=40),
    Column("Diarienummer", width=14),
    Column("Beslutsord", width=16),
    Column("Beslut", width=70),
    Column("Beviljat", ColumnKind.MONEY, 14),
)


def _row(one: IndexLine) -> tuple[exporting.Value, ...]:
    verb = str(VERBS[one.verb.value]) if one.verb else ""
    return (one.number, one.day, one.body, one.heading, one.register_number, verb, one.text, one.granted)
