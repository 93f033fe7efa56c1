"""The list of what is due."""

from __future__ import annotations

from document_templates.drawing.blocks import each, heading, paragraph, subtitle, title, when
from document_templates.drawing.palette import FULL
from document_templates.drawing.paper import Paper
from document_templates.drawing.tables import Column, rows


def reminder_list() -> Paper:
    """What is due, month by month."""
    columns = (
        Column(
            "Senast",
            "{{ duty.day }}",
            2,
            below="Helst {{ duty.recommended_day }}",
            below_if="duty.recommended_day",
        ),
        Column("Vad", "{{ duty.what }}", 4.6, below="{{ duty.source }}", below_if="duty.source"),
        Column("Vem", "{{ duty.who }}", 2.2),
        Column("Läge", "{{ duty.status }}", 2),
    )
    return Paper(
        name="Att göra, {{ period }}",
        running="Att göra, {{ period }}",
        opening="{{ made_on }}",
        body=(
            title("Att göra"),
            subtitle("{{ period }}{% if addressee %}, för {{ addressee }}{% endif %}"),
            paragraph("{{ summary }}", style="Ingress"),
            each(
                "month in months",
                heading("{{ month.name }}"),
                when("month.duties", rows("Att göra i {{ month.name }}", "duty in month.duties", columns, width=FULL)),
            ),
            paragraph("Listan är gjord den {{ made_on }} ur förbundets bevakningar.", style="Litentext"),
        ),
    )
