"""What is granted for each row of the budget, and what it came to: one year a page."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, g, render_template, request
from flask_babel import gettext as _

from forms.grants import SourceForm
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.money import parse_optional_amount, print_amount
from paragraf.grants import amounts
from paragraf.grants.amounts import AmountTable, StaleAmounts
from paragraf.grants.models import Grant, RowAmountKind
from webapp import access
from webapp.acting import actor, tell_in
from webapp.edge import undo
from webapp.grants.door import Page, back_to, blueprint, grant_of
from webapp.language import current, told

_ADDRESS = "/<slug>/bidrag/<int:year>/<int:number>/<int:grant_id>/belopp/<int:of_year>"


@dataclass(frozen=True)
class Field:
    """One cell of the form: what stands in it, what is wrong with it, and what someone else has written meanwhile."""

    name: str
    value: str
    error: str = ""
    theirs: str = ""


@blueprint.get(_ADDRESS)
@access.office
def amounts_of_year(year: int, number: int, grant_id: int, of_year: int) -> str:
    """The year's rows as fields."""
    grant = grant_of(year, number, grant_id)
    table = _table(grant, of_year)
    return _page(grant, table, of_year, {}, {}, {}, SourceForm(formdata=None))


def _table(grant: Grant, of_year: int) -> AmountTable:
    table = amounts.amount_table(g.session, grant, local_date(g.now))
    if of_year not in table.years:
        raise NotThere("Året finns inte i bidragets budget.")
    return table


def _page(
    grant: Grant,
    table: AmountTable,
    of_year: int,
    typed: dict[str, str],
    errors: dict[str, str],
    theirs: dict[str, str],
    form: SourceForm,
) -> str:
    return render_template(
        "grants/amounts.html",
        grant=grant,
        matter=grant.application.matter,
        table=table,
        of_year=of_year,
        fields=_fields(table, of_year, typed, errors, theirs),
        errors=errors,
        seen=request.form.get("seen", type=int) if errors else table.version,
        form=form,
        may_say_outcome=of_year <= local_date(g.now).year,
    )


def _fields(
    table: AmountTable, of_year: int, typed: dict[str, str], errors: dict[str, str], theirs: dict[str, str]
) -> dict[str, Field]:
    fields = {}
    for line in table.lines:
        cell = line.cells[of_year]
        for kind, ore in (("granted", cell.granted), ("outcome", cell.outcome)):
            name = f"{kind}.{line.line.row_id}"
            stands = "" if ore is None else print_amount(ore)
            fields[name] = Field(name, typed.get(name, stands), errors.get(name, ""), theirs.get(name, ""))
    return fields


@blueprint.post(_ADDRESS)
@access.office
def save_amounts(year: int, number: int, grant_id: int, of_year: int) -> Page:
    """Note the amounts that differ from what holds."""
    grant, form = grant_of(year, number, grant_id), SourceForm()
    table = _table(grant, of_year)
    typed = {name: text for name, text in request.form.items() if name.startswith(("granted.", "outcome."))}
    cells, errors = _read(table, of_year, typed)
    theirs: dict[str, str] = {}
    if not errors and form.validate():
        try:
            _record(grant, cells, form.source.data or "")
        except StaleAmounts as stale:
            undo()
            theirs = {
                f"{row.kind.value}.{row.row_id}": "–"
                if row.amount_ore is None
                else print_amount(row.amount_ore, current())
                for row in stale.theirs.values()
            }
            form.form_errors.append(told(stale))
            return _page(grant, _table(grant, of_year), of_year, typed, {}, theirs, form), 422
        except RuleBroken as broken:
            tell_in(form, broken)
            return _page(grant, table, of_year, typed, errors, theirs, form), 422
        flash(_("Beloppen är sparade."), "success")
        return back_to(grant, "belopp")
    return _page(grant, table, of_year, typed, errors, theirs, form), 422


def _read(
    table: AmountTable, of_year: int, typed: dict[str, str]
) -> tuple[dict[RowAmountKind, dict[tuple[str, int], int | None]], dict[str, str]]:
    """The typed amounts by kind and cell, and what cannot be read by the field's name."""
    cells: dict[RowAmountKind, dict[tuple[str, int], int | None]] = {kind: {} for kind in RowAmountKind}
    errors: dict[str, str] = {}
    rows = {line.line.row_id for line in table.lines if line.line.is_filled_in}
    for name, text in typed.items():
        word, _dot, row_id = name.partition(".")
        if row_id not in rows:
            continue
        try:
            cells[RowAmountKind(word)][row_id, of_year] = parse_optional_amount(text)
        except RuleBroken as broken:
            errors[name] = told(broken)
    return cells, errors


def _record(grant: Grant, cells: dict[RowAmountKind, dict[tuple[str, int], int | None]], source: str) -> None:
    seen = request.form.get("seen", type=int) or 0
    for kind, typed in cells.items():
        amounts.record_amounts(
            g.session, grant, kind=kind, cells=typed, source=source, seen=seen, now=g.now, actor=actor()
        )
