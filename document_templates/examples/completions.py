"""The invented office asks for more about the invented application."""

from __future__ import annotations

from document_templates.examples.meetings import ADDRESS, ASSOCIATION
from paragraf.applications.completing.completion_fields import AskedQuestion, CompletionRequestFields

REQUEST = CompletionRequestFields(
    association=ASSOCIATION,
    association_address=ADDRESS,
    register_number="2026/14",
    letter_date="10 augusti 2026",
    addressee=("Lindå kommun", "Socialförvaltningen", "Rut Lindvall", "Torget 1", "930 10 Lindå"),
    title="Stegvis",
    due_on="24 augusti 2026",
    remarks=(
        "Tack för en genomarbetad ansökan. Innan beredningsgruppen läser den behöver vi veta mer om målen och om "
        "kostnaden för lokaler.",
    ),
    questions=(
        AskedQuestion(
            "Insatsen",
            "Mål",
            "Hur ska målet mätas, och vem följer upp det? Ange ett målvärde för vart och ett av åren.",
            ("Sex av tio deltagare går vidare till arbete eller studier inom tolv månader.",),
        ),
        AskedQuestion(
            "Kostnader och finansiering",
            "Budget",
            "Vad ingår i lokalkostnaden? Bara direkta merkostnader kan beviljas.",
            ("Personal: 100 000 kr, 260 000 kr, 360 000 kr", "Lokal: 20 000 kr, 30 000 kr, 50 000 kr"),
        ),
        AskedQuestion(
            "Insatsen", "Behovsanalys", "Bifoga behovsanalysen, eller skriv varför det inte finns någon.", ()
        ),
    ),
    contact="Tove Sundin, kansli@norrsund.example, 0910-555 01 00",
    sender="Tove Sundin",
)
