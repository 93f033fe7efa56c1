"""The letter that tells an applicant what was decided."""

from __future__ import annotations

from document_templates.drawing.blocks import Xml, chapter, each, formatted, heading, listed, paragraph, title, when
from document_templates.drawing.meetings import decision, granted
from document_templates.drawing.paper import Paper
from document_templates.drawing.tables import fact, facts


def decision_letter() -> Paper:
    """The letter of one decision."""
    return Paper(
        name="Beslut, {{ matter }}",
        running="Beslut, {{ matter }}",
        opening="{{ letter_date }}",
        register="register_number",
        address="association_address",
        body=(
            each("line in addressee", paragraph("{{ line }}", style="Adressat")),
            title("Beslut"),
            paragraph("{{ matter }}", style="Subtitle"),
            paragraph("{{ outcome }}", style="Ingress"),
            facts(
                "Beslutets uppgifter",
                fact("Beslutat av", "{{ body }}, {{ meeting_date }}, {{ item_number }}"),
                fact("Frågor besvaras av", "{{ contact }}"),
            ),
            chapter("phrase", "Vad som beslutades", decision("phrase", "clauses")),
            when("grant_years", heading("Beviljade belopp", 2), granted("grant_years", "grant_total")),
            when(
                "conditions", heading("Villkor", 2), listed("condition in conditions", "{{ condition }}", "ListBullet")
            ),
            when("reasons", heading("Skälen för beslutet", 2), formatted("reasons")),
            chapter("next_steps", "Vad som händer nu", formatted("next_steps")),
            heading("Så överklagar man"),
            *_appeal(),
            paragraph("{{ signer_name }}{% if signer_title %}, {{ signer_title }}{% endif %}", style="Underskrift"),
            when(
                "attachments",
                heading("Bilagor", 2),
                listed("attachment in attachments", "{{ attachment }}", "ListBullet"),
            ),
        ),
    )


def _appeal() -> tuple[Xml, ...]:
    return (
        paragraph(
            "Beslutet kan överklagas genom laglighetsprövning enligt 13 kap. kommunallagen. Det får den göra som är "
            "medlem i en kommun eller region som är medlem i förbundet. Domstolen prövar om beslutet är lagligt, inte "
            "om det är lämpligt, och kan upphäva det men inte ersätta det med ett annat."
        ),
        paragraph(
            "Överklagandet ska vara skriftligt och ha kommit in till "
            "{% if court %}{{ court }}{% else %}förvaltningsrätten{% endif %} inom tre veckor från den dag då det "
            "tillkännagavs på förbundets anslagstavla att protokollet är justerat."
            "{% if posted_on %} Det tillkännagavs den {{ posted_on }}.{% endif %}"
            "{% if last_day_of_appeal %} Sista dag att överklaga är den {{ last_day_of_appeal }}.{% endif %}"
        ),
        paragraph("Skriv vilket beslut som överklagas, med dag och paragraf, och varför det ska upphävas."),
    )
