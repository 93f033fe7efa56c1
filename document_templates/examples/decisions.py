"""The decision of the invented meeting, told to the applicant."""

from __future__ import annotations

from document_templates.examples.meetings import ADDRESS, ASSOCIATION, EXTRACT
from document_templates.examples.writing import bullets, written
from paragraf.minutes.decision_letter_fields import DecisionLetterFields

LETTER = DecisionLetterFields(
    association=ASSOCIATION,
    association_address=ADDRESS,
    register_number="2026/14",
    letter_date="22 september 2026",
    addressee=("Lindå kommun", "Socialförvaltningen", "Rut Lindvall", "Torget 1", "930 10 Lindå"),
    matter="Ansökan om medel till Stegvis",
    outcome="Styrelsen har beviljat er ansökan om 410 000 kr för åren 2026–2027.",
    body="Styrelsen",
    meeting_date="10 september 2026",
    item_number="§ 629",
    phrase=EXTRACT.items[0].phrase,
    clauses=EXTRACT.items[0].clauses,
    reasons=written("Insatsen svarar mot ett behov i årets behovsanalys och drivs av två av förbundets medlemmar."),
    grant_years=EXTRACT.items[0].grant_years,
    grant_total=EXTRACT.items[0].grant_total,
    conditions=EXTRACT.items[0].conditions,
    next_steps=written(
        "Ni behöver inte göra något innan regionen har beslutat. Därefter:",
        bullets(
            "rekvirera medlen i efterskott efter varje tertial,",
            "lämna en kort rapport med statistik efter varje tertial, den första senast den 31 januari 2027,",
            "bjud in förbundet till insatsens styrgrupp.",
        ),
    ),
    posted_on="21 september 2026",
    last_day_of_appeal="12 oktober 2026",
    court="Förvaltningsrätten i Lindå",
    attachments=("Protokollsutdrag § 629",),
    contact="Tove Sundin, kansli@norrsund.example, 0910-555 01 00",
    signer_name="Eskil Norberg",
    signer_title="förbundschef",
)
