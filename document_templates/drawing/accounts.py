"""The reports that look back on a whole year or a whole measure: what came of it, and what it cost."""

from __future__ import annotations

from document_templates.drawing.blocks import Xml, formatted, heading, paragraph, subtitle, title, when
from document_templates.drawing.paper import Paper
from document_templates.drawing.reports import other_answers, outcomes, reported, text
from document_templates.drawing.tables import WITH_SUMS, Column, facts, rows


def year_report() -> Paper:
    """A year of a measure, also called its social accounts."""
    return Paper(
        name="Årsrapport, {{ measure }} {{ year }}",
        running="Årsrapport, {{ measure }}, {{ year }}",
        opening="{{ reported_on }}",
        register="register_number",
        body=(
            title("Årsrapport {{ year }}"),
            subtitle("Socialt bokslut för {{ measure }}"),
            facts("Rapportens uppgifter", *reported()),
            text("summary", "Året i korthet"),
            text("target_group", "Målgrupp"),
            _participants(),
            _goals(),
            text("effects", "Vad insatsen har betytt"),
            text("methods", "Arbetssätt"),
            when(
                "cooperation or attendance",
                heading("Samverkan"),
                formatted("cooperation"),
                when("attendance", _attendance()),
            ),
            _money(),
            text("deviations", "Avvikelser och åtgärder"),
            text("learnings", "Lärdomar"),
            text("next_year", "Nästa år"),
            other_answers(),
        ),
    )


def final_report() -> Paper:
    """The whole of a measure, when it is over."""
    return Paper(
        name="Slutrapport, {{ measure }}",
        running="Slutrapport, {{ measure }}",
        opening="{{ reported_on }}",
        register="register_number",
        body=(
            title("Slutrapport"),
            subtitle("{{ measure }}, {{ period }}"),
            facts("Rapportens uppgifter", *reported()),
            text("summary", "Insatsen i korthet"),
            text("purpose", "Bakgrund och syfte"),
            text("operation", "Vad som gjordes"),
            _participants(),
            _goals(),
            text("effects", "Vad insatsen har betytt"),
            text("cooperation", "Samverkan"),
            text("learnings", "Lärdomar"),
            text("implementation", "Vad som finns kvar"),
            text("dissemination", "Spridning av resultaten"),
            _money(),
            when(
                "unused or unused_amount",
                heading("Medel som inte har använts"),
                when("unused_amount", paragraph("{{ unused_amount }}")),
                formatted("unused"),
            ),
            other_answers(),
        ),
    )


def _participants() -> Xml:
    return when(
        "people or closures or participants",
        heading("Deltagarna"),
        when("people", _people("people", "Deltagare")),
        when("closures", heading("Vad deltagarna gick vidare till", 2), _people("closures", "Avslutade till")),
        when("suppressed_note", paragraph("{{ suppressed_note }}", style="Tabellnot")),
        formatted("participants", "Texteftertabell"),
    )


def _people(field: str, name: str) -> Xml:
    columns = (
        Column(name, "{{ row.label }}", 5),
        Column("Kvinnor", "{{ row.women }}", 1.5, number=True),
        Column("Män", "{{ row.men }}", 1.5, number=True),
        Column("Totalt", "{{ row.total }}", 1.5, number=True),
    )
    return rows(f"{name}, kvinnor och män", f"row in {field}", columns, looks=WITH_SUMS)


def _goals() -> Xml:
    return when("goals", heading("Mål och utfall"), outcomes(), formatted("goals_comment", "Texteftertabell"))


def _attendance() -> Xml:
    columns = (
        Column("Närvaro vid möten", "{{ row.party }}", 5),
        Column("Möten", "{{ row.meetings }}", 1.5, number=True),
        Column("Närvarande", "{{ row.attended }}", 1.8, number=True),
        Column("Andel", "{{ row.share }}", 1.5, number=True),
    )
    return rows("Parternas närvaro vid gemensamma möten", "row in attendance", columns)


def _money() -> Xml:
    return when(
        "economy or granted",
        heading("Ekonomi"),
        when("economy", _accounts(), formatted("economy_comment", "Texteftertabell")),
        when("granted", heading("Bidraget från förbundet", 2), _granted()),
    )


def _accounts() -> Xml:
    columns = (
        Column("Kronor", "{{ row.label }}", 4),
        Column("Budget", "{{ row.budget }}", 1.8, number=True),
        Column("Utfall", "{{ row.outcome }}", 1.8, number=True),
        Column("Avvikelse", "{{ row.difference }}", 1.8, number=True),
    )
    return rows("Budget och utfall i kronor", "row in economy", columns, looks=WITH_SUMS)


def _granted() -> Xml:
    columns = (
        Column("Kronor", "{{ row.year }}", 2),
        Column("Beviljat", "{{ row.granted }}", 1.8, number=True),
        Column("Utbetalt", "{{ row.paid }}", 1.8, number=True),
        Column("Använt", "{{ row.used }}", 1.8, number=True),
        Column("Kvar", "{{ row.left }}", 1.8, number=True),
    )
    return rows("Bidraget år för år i kronor", "row in granted", columns, looks=WITH_SUMS)
