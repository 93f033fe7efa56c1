"""The letter that asks an applicant to complete an application."""

from __future__ import annotations

from document_templates.drawing.blocks import each, heading, listed, paragraph, subtitle, title, when
from document_templates.drawing.paper import Paper
from document_templates.drawing.tables import fact, facts


def completion_request() -> Paper:
    """What is asked about each question, with the answer that came in."""
    return Paper(
        name="Begäran om komplettering, {{ title }}",
        running="Begäran om komplettering, {{ title }}",
        opening="{{ letter_date }}",
        register="register_number",
        address="association_address",
        body=(
            each("line in addressee", paragraph("{{ line }}", style="Adressat")),
            title("Begäran om komplettering"),
            subtitle("{{ title }}"),
            when("remarks", listed("text in remarks", "{{ text }}")),
            facts(
                "Begärans uppgifter",
                fact("Senast", "Kompletteringen ska ha kommit in senast den {{ due_on }}"),
                fact("Frågor besvaras av", "{{ contact }}"),
            ),
            heading("Det här behöver ni komplettera"),
            each(
                "each in questions",
                heading("{{ each.section }}: {{ each.question }}", 2),
                paragraph("{{ each.asked }}", style="Ingress"),
                when("each.answer", heading("Svaret som kom in", 3), listed("text in each.answer", "{{ text }}")),
            ),
            heading("Så gör ni"),
            paragraph(
                "Öppna ansökan med länken i mejlet som brevet kom med. Bara svaren på frågorna ovan går att ändra. "
                "Ändra dem och välj Skicka in kompletteringen. Räcker inte tiden, så hör av er före sista dagen."
            ),
            paragraph(
                "Kommer ingen komplettering kan ansökan komma att prövas som den är. Kompletteringen blir, liksom "
                "ansökan, en allmän handling hos förbundet."
            ),
            paragraph("{{ sender }}", style="Underskrift"),
        ),
    )
