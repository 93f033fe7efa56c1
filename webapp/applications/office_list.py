"""The office's list of what has come in: filtered, searched and sorted by its address, and exported as it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from forms.handling import FilterForm
from paragraf.applications import queries
from paragraf.applications.filled import filled
from paragraf.applications.listed import exporting, listing
from paragraf.applications.listed.exporting import Column, ColumnKind, Sheet
from paragraf.applications.listed.listing import Line, Order, Row, Wanted
from paragraf.applications.rules import State
from paragraf.core.dates import local_date
from paragraf.grants.queries import has_lapsed
from paragraf.questions.definition import Purpose
from webapp import access
from webapp.applications.door import blueprint
from webapp.applications.standing import standings_of
from webapp.downloads import send_bytes
from webapp.language import current
from webapp.words import word

#: What has a tab of its own; reports are seen where their grants are.
TABS = (Purpose.APPLICATION, Purpose.ANALYSIS, Purpose.APPENDIX, Purpose.REGISTRATION)
_FALLING = "-"
_FROM_LARGE_TO_SMALL = frozenset({Order.RECEIVED, Order.APPLIED, Order.GRANTED, Order.WAITED})


@blueprint.get("/<slug>/ansokningar/")
@access.office
def office_list() -> str:
    """What has come in of one purpose, as the address wants it; drafts are only counted."""
    shown = _shown()
    return render_template(
        "applications/list.html",
        shown=shown,
        tabs=[(one, shown.counts[one]) for one in TABS if shown.counts[one] or one is Purpose.APPLICATION],
        drafts=queries.draft_count(g.session, g.association.id),
        sorting={order: _sorting(order, shown.wanted) for order in Order},
        kept=_kept() | {"ordna": request.args.get("ordna", "")},
    )


@blueprint.get("/<slug>/ansokningar/ansokningar.xlsx")
@access.office
def export_excel() -> Response:
    """What the list shows, for Excel."""
    return send_bytes(exporting.excel(_sheet()), exporting.EXCEL, f"ansokningar-{local_date(g.now)}.xlsx")


@blueprint.get("/<slug>/ansokningar/ansokningar.csv")
@access.office
def export_csv() -> Response:
    """What the list shows, for other programs."""
    return send_bytes(exporting.as_csv(_sheet()), exporting.CSV, f"ansokningar-{local_date(g.now)}.csv")


# --- what is shown ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """The list as the address wants it; ``all`` is how many there are without filters."""

    purpose: Purpose
    rows: list[Row]
    all: int
    form: FilterForm
    wanted: Wanted
    counts: dict[Purpose, int]
    is_filtered: bool


def _shown() -> Shown:
    purpose = next((one for one in TABS if one == request.args.get("typ")), Purpose.APPLICATION)
    lines = listing.lines(g.session, g.association.id, purpose)
    rows = _rows(lines)
    form = _filter_form(rows)
    wanted = _wanted(form)
    counts = listing.counts(g.session, g.association.id)
    return Shown(
        purpose=purpose,
        rows=listing.chosen(rows, wanted),
        all=len(rows),
        form=form,
        wanted=wanted,
        counts={one: counts.get(one, 0) for one in Purpose},
        is_filtered=any(request.args.get(field.name, "").strip() for field in form),
    )


def _rows(lines: Sequence[Line]) -> list[Row]:
    standings = standings_of(g.session, [line.application for line in lines], g.now)
    today = local_date(g.now)
    rows = []
    for line in lines:
        standing = standings[line.application.id]
        granted = sum(year.amount_ore for grant in standing.grants if not has_lapsed(grant) for year in grant.years)
        held_on = local_date(standing.held.starts_at) if standing.held else None
        rows.append(
            listing.row(
                line,
                state=standing.state,
                granted=granted if standing.grants else None,
                held_on=held_on,
                today=today,
            )
        )
    return rows


def _filter_form(rows: Sequence[Row]) -> FilterForm:
    """Only what is there can be chosen: what would find nothing is not offered."""
    form = FilterForm(MultiDict(request.args))
    states = {row.state for row in rows}
    parties = {
        party: member.name
        for row in rows
        for party, member in row.line.filled.context.members.items()
        if party in row.line.filled.facts.parties
    }
    calls = {row.line.application.call_id: row.line.application.call for row in rows}
    form.offer(
        lage=[(one.value, word(one)) for one in State if one in states],
        ar=[(str(year), str(year)) for year in sorted({row.line.received_on.year for row in rows}, reverse=True)],
        formular=sorted(
            {(one.key, one.title.in_language(current())) for one in (row.line.filled.form for row in rows)}
        ),
        utlysning=[(str(call_id), call.title) for call_id, call in calls.items() if call is not None],
        part=sorted(parties.items(), key=lambda one: one[1]),
    )
    form.validate()
    return form


def _wanted(form: FilterForm) -> Wanted:
    """What could be read of the choice: a field that could not says so, and leaves out nothing."""
    order = request.args.get("ordna", f"{_FALLING}{Order.RECEIVED}")
    falling, name = order.startswith(_FALLING), order.removeprefix(_FALLING)
    known = name in list(Order)
    return Wanted(
        words=(form.sok.data or "")[:200],
        states=frozenset({State(form.lage.data)}) if form.lage.data in list(State) else frozenset(),
        year=_number(form.ar.data),
        form=form.formular.data or "",
        call_id=_number(form.utlysning.data),
        party=form.part.data or "",
        least=form.fran.ore,
        most=form.till.ore,
        waited=None if form.vantat.errors else form.vantat.data,
        order=Order(name) if known else Order.RECEIVED,
        descending=falling if known else True,
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _kept() -> dict[str, Any]:
    """What of the address is the list's own and stays when it is sorted anew."""
    names = {"typ", *(field.name for field in FilterForm(MultiDict()))}
    return {name: value for name, value in request.args.items() if value.strip() and name in names}


@dataclass(frozen=True)
class Sorting:
    """A column's link, and how the list is sorted by it now, in ARIA's words."""

    address: str
    now: str


def _sorting(order: Order, wanted: Wanted) -> Sorting:
    is_now = wanted.order is order
    falling = not wanted.descending if is_now else order in _FROM_LARGE_TO_SMALL
    kept: dict[str, Any] = _kept()
    address = url_for("applications.office_list", **kept, ordna=f"{_FALLING if falling else ''}{order}")
    return Sorting(address, ("descending" if wanted.descending else "ascending") if is_now else "none")


# --- the export ------------------------------------------------------------------------------------------------------


def _sheet() -> Sheet:
    shown = _shown()
    years = sorted({year for row in shown.rows for year in row.line.filled.facts.amount_by_year})
    columns = (
        Column(_("Diarienummer")),
        Column(_("Rubrik"), width=34),
        Column(_("Sökande"), width=30),
        Column(_("Samverkande parter"), width=40),
        Column(_("Läge"), width=20),
        Column(_("Kom in"), ColumnKind.DAY, 12),
        Column(_("Dagar sedan den kom in"), ColumnKind.NUMBER, 12),
        Column(_("Dagar sedan senaste steget"), ColumnKind.NUMBER, 12),
        Column(_("Startar"), ColumnKind.DAY, 12),
        Column(_("Slutar"), ColumnKind.DAY, 12),
        *(Column(_("Sökt %(year)s, kronor", year=year), ColumnKind.MONEY, 16) for year in years),
        Column(_("Sökt, kronor"), ColumnKind.MONEY, 16),
        Column(_("Beviljat, kronor"), ColumnKind.MONEY, 16),
        Column(_("Formulär"), width=24),
        Column(_("Utlysning"), width=24),
    )
    return Sheet(word(shown.purpose), columns, [_cells(row, years) for row in shown.rows])


def _cells(row: Row, years: Sequence[int]) -> list[exporting.Value]:
    line, facts = row.line, row.line.filled.facts
    application = line.application
    first, last = facts.period or (None, None)
    return [
        application.matter.register_number if application.matter else "",
        line.title,
        line.applicant,
        ", ".join(line.parties),
        word(row.state),
        line.received_on,
        row.waited,
        row.since_step,
        first,
        last,
        *(facts.amount_by_year.get(year) for year in years),
        line.applied,
        row.granted,
        line.filled.form.title.in_language(current()),
        application.call.title if application.call else "",
    ]


# --- what has no matter ----------------------------------------------------------------------------------------------


@blueprint.get("/<slug>/ansokningar/anmalan/<int:application_id>/")
@access.office
def registration(application_id: int) -> str:
    """Something that came in and has no matter of its own, such as a registration for a conference."""
    application = queries.application_without_matter(g.session, g.association.id, application_id)
    shown = filled(g.session, application, local_date(g.now))
    return render_template(
        "applications/registration.html", application=application, filled=shown, blocks=shown.blocks(current())
    )
