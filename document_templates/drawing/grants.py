"""The board's picture of what is granted."""

from __future__ import annotations

from document_templates.drawing.blocks import Xml, heading, paragraph, subtitle, title, when
from document_templates.drawing.palette import FULL
from document_templates.drawing.paper import Paper
from document_templates.drawing.tables import WITH_SUMS, Column, rows


def funding_overview() -> Paper:
    """Committed and free money by year, spent, own capital, every grant."""
    return Paper(
        name="Översikt över bidragen, {{ made_on }}",
        running="Översikt över bidragen",
        opening="{{ made_on }}",
        body=(
            title("Översikt över bidragen"),
            subtitle("{{ made_on }}, belopp i kronor"),
            when("years", heading("Bundet och fritt mot budget"), _funds()),
            when("shares_note", paragraph("{{ shares_note }}", style="Tabellnot")),
            when("spent", heading("Beviljat mot utfall"), _spent()),
            when("capital", heading("Eget kapital mot rekommenderat tak"), _capital()),
            when("cap_note", paragraph("{{ cap_note }}", style="Tabellnot")),
            when("grants", heading("Alla bidrag"), _grants()),
        ),
    )


def _funds() -> Xml:
    columns = (
        Column("År", "{{ row.year }}", 1.2),
        Column("Budget", "{{ row.budget }}", 1.8, number=True),
        Column("Bundet", "{{ row.committed }}", 1.8, number=True),
        Column("På villkor", "{{ row.conditional }}", 1.8, number=True),
        Column("Fritt", "{{ row.free }}", 1.8, number=True),
        Column("Utbetalt", "{{ row.drawn }}", 1.8, number=True),
        Column("Återbetalat", "{{ row.returned }}", 1.8, number=True),
    )
    return rows("Medel år för år i kronor", "row in years", columns, width=FULL, looks=WITH_SUMS)


def _spent() -> Xml:
    columns = (
        Column("År", "{{ row.year }}", 1.2),
        Column("Beviljat", "{{ row.granted }}", 1.8, number=True),
        Column("Utfall", "{{ row.spent }}", 1.8, number=True),
    )
    return rows("Beviljat mot utfall i kronor", "row in spent", columns, width=FULL)


def _capital() -> Xml:
    columns = (
        Column("År", "{{ row.year }}", 1.2),
        Column("Eget kapital", "{{ row.own_capital }}", 1.8, number=True),
        Column("Tak", "{{ row.cap }}", 1.8, number=True),
        Column("Läge", "{{ row.standing }}", 3.2),
    )
    return rows("Eget kapital mot taket i kronor", "row in capital", columns, width=FULL)


def _grants() -> Xml:
    columns = (
        Column(
            "Insats",
            "{{ row.measure }}",
            3,
            below="{{ row.register_number }}, {{ row.grantee }}",
            below_if="row.register_number",
        ),
        Column("Läge", "{{ row.standing }}", 2.4),
        Column("Beviljat", "{{ row.granted }}", 1.7, number=True),
        Column("Bundet", "{{ row.holds }}", 1.7, number=True),
        Column("Utbetalt", "{{ row.drawn }}", 1.7, number=True),
        Column("Utfall", "{{ row.spent }}", 1.7, number=True),
    )
    return rows("Alla bidrag, belopp i kronor", "row in grants", columns, width=FULL)
