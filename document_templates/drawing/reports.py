"""What is written about a measure: the application for it, and the reports on it."""

from __future__ import annotations

from document_templates.drawing.blocks import (
    Xml,
    chapter,
    each,
    formatted,
    heading,
    listed,
    paragraph,
    subtitle,
    title,
    when,
)
from document_templates.drawing.palette import FULL
from document_templates.drawing.paper import Paper
from document_templates.drawing.tables import WITH_GROUPS, WITH_SUMS, Column, fact, fact_if, facts, names, rows


def application() -> Paper:
    """A funding application as it came in."""
    return Paper(
        name="{{ title }}, {{ form_title }}",
        running="{{ form_title }}, {{ title }}",
        opening="Inkommen {{ received_on }}",
        register="register_number",
        body=(
            title("{{ title }}"),
            subtitle("{{ form_title }} till {{ association }}"),
            facts(
                "Ansökans uppgifter",
                fact("Sökande", "{{ applicant }}"),
                fact("Diarienummer", "{{ register_number }}"),
                fact("Inkommen", "{{ received_on }}"),
                fact("Formulär", "{{ form_title }}, {{ form_version }}"),
                fact_if(
                    "parties",
                    "Samverkande parter",
                    names(
                        "party in parties",
                        "{{ party.name }}{% if party.contribution %}, {{ party.contribution }}{% endif %}",
                    ),
                ),
            ),
            each(
                "section in sections",
                heading("{{ section.heading }}"),
                each(
                    "each in section.answers",
                    when(
                        "each.answer",
                        heading("{{ each.question }}", 2),
                        listed("text in each.lines", "{{ text }}"),
                        formatted("each.formatted"),
                        when("each.rows", _answer_table()),
                    ),
                ),
                each("table in section.tables", heading("{{ table.title }}", 2), _costs()),
            ),
            chapter("attachments", "Bilagor", listed("attachment in attachments", "{{ attachment }}", "ListBullet")),
            chapter("signatories", "Företrädare", _signatories()),
        ),
    )


def _answer_table() -> Xml:
    columns = (Column("{{ name }}", "{{ text }}", repeats=("name in each.columns", "text in row.cells")),)
    return rows("{{ each.question }}", "row in each.rows", columns, width=FULL, looks=WITH_SUMS)


def _costs() -> Xml:
    columns = (
        Column("Post", "{{ row.label }}", 4),
        Column(
            "{{ year }}", "{{ amount }}", 1.6, number=True, repeats=("year in table.years", "amount in row.amounts")
        ),
        Column("Summa", "{{ row.total }}", 1.6, number=True),
    )
    return rows("{{ table.title }}", "row in table.rows", columns, width=FULL, looks=WITH_GROUPS)


def _signatories() -> Xml:
    columns = (
        Column("Namn", "{{ each.name }}"),
        Column("Titel", "{{ each.title }}"),
        Column("Organisation", "{{ each.organisation }}", below="{{ each.capacity }}", below_if="each.capacity"),
    )
    return rows("De som står för ansökan", "each in signatories", columns)


def status_report() -> Paper:
    """A report to the steering group."""
    return Paper(
        name="Lägesrapport, {{ measure }} {{ period }}",
        running="Lägesrapport, {{ measure }}, {{ period }}",
        opening="{{ reported_on }}",
        register="register_number",
        body=(
            title("Lägesrapport"),
            subtitle("{{ measure }}, {{ period }}"),
            facts("Rapportens uppgifter", *_reported(), fact("Lämnas till", "{{ receiver }}")),
            _text("summary", "Läget i korthet"),
            _text("target_group", "Målgrupp"),
            _text("goals", "Mål"),
            _text("operation", "Verksamhet"),
            _text("organisation", "Organisation och resurser"),
            when(
                "people or participants",
                heading("Deltagarna"),
                when("people", _people()),
                formatted("participants", "Texteftertabell"),
            ),
            _text("methods", "Arbetssätt"),
            _text("cooperation", "Samverkan"),
            _text("results", "Resultat och bedömning"),
            _text("questions", "Frågor och uppdrag till styrgruppen"),
            _text("next_steps", "Vad som händer härnäst"),
        ),
    )


def tertial_report() -> Paper:
    """A report after a tertial."""
    return Paper(
        name="Tertialrapport, {{ measure }} {{ tertial }}",
        running="Tertialrapport, {{ measure }}, {{ tertial }}",
        opening="{{ reported_on }}",
        register="register_number",
        body=(
            title("Tertialrapport"),
            subtitle("{{ measure }}, {{ tertial }}"),
            facts("Rapportens uppgifter", *_reported()),
            _text("summary", "Tertialet i korthet"),
            when("people", heading("Deltagare"), _people()),
            when("goals", heading("Mål och utfall"), _outcomes(), formatted("goals_comment", "Texteftertabell")),
            when("economy", heading("Ekonomi"), _economy(), formatted("economy_comment", "Texteftertabell")),
            _text("deviations", "Avvikelser och åtgärder"),
            _text("next_steps", "Nästa tertial"),
        ),
    )


def _reported() -> tuple[Xml, ...]:
    return (
        fact("Insats", "{{ measure }}, {{ grantee }}"),
        fact("Period", "{{ period }}"),
        fact("Rapporterad", "{{ reported_on }} av {{ reporter }}"),
    )


def _text(field: str, name: str) -> Xml:
    return chapter(field, name, formatted(field))


def _people() -> Xml:
    columns = (
        Column("Deltagare", "{{ row.label }}", 5),
        Column("Kvinnor", "{{ row.women }}", 1.5, number=True),
        Column("Män", "{{ row.men }}", 1.5, number=True),
        Column("Totalt", "{{ row.total }}", 1.5, number=True),
    )
    table = rows("Deltagare, kvinnor och män", "row in people", columns, looks=WITH_SUMS)
    return Xml(table + when("suppressed_note", paragraph("{{ suppressed_note }}", style="Tabellnot")))


def _outcomes() -> Xml:
    columns = (
        Column("Mål", "{{ row.goal }}", 5),
        Column("Målvärde", "{{ row.target }}", 1.8),
        Column("Utfall", "{{ row.outcome }}", 1.8),
        Column("Bedömning", "{{ row.assessment }}", 2.6),
    )
    return rows("Mål mot utfall", "row in goals", columns, width=FULL)


def _economy() -> Xml:
    columns = (
        Column("Kronor", "{{ row.label }}", 4),
        Column("Budget", "{{ row.budget }}", 1.8, number=True),
        Column("Utfall", "{{ row.outcome }}", 1.8, number=True),
        Column("Prognos", "{{ row.forecast }}", 1.8, number=True),
        Column("Avvikelse", "{{ row.difference }}", 1.8, number=True),
    )
    return rows("Budget, utfall och prognos i kronor", "row in economy", columns, width=FULL, looks=WITH_SUMS)
