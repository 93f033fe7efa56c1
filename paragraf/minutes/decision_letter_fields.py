"""What the letter that tells an applicant of a decision prints: text only, formatted already.

An empty text, tuple or formatted text leaves its line, row or section out of the letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from paragraf.core.formatted import Formatted
from paragraf.minutes.document_fields import GrantYearLine
from paragraf.word.fields import Says


@dataclass(frozen=True, slots=True)
class DecisionLetterFields:
    """The letter of one decision to one addressee."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    association_address: Annotated[str, Says("Förbundets adress på en rad", "Storgatan 4, 930 15 Lindå")]
    register_number: Annotated[str, Says("Ärendets diarienummer", "2026/14")]
    letter_date: Annotated[str, Says("Brevets dag", "22 september 2026")]
    addressee: Annotated[tuple[str, ...], Says("Mottagarens namn och adress, en rad i taget", "Lindå kommun")]
    matter: Annotated[str, Says("Vad ärendet gäller", "Ansökan om medel till Stegvis")]
    outcome: Annotated[
        str, Says("Beslutet i en mening", "Styrelsen har beviljat er ansökan om 410 000 kr för åren 2026–2027.")
    ]
    body: Annotated[str, Says("Organet som beslutade", "Styrelsen")]
    meeting_date: Annotated[str, Says("Dagen för beslutet", "10 september 2026")]
    item_number: Annotated[str, Says("Beslutets paragraf", "§ 627")]
    phrase: Annotated[str, Says("Beslutsmeningens början", "Styrelsen beslutar")]
    clauses: Annotated[
        tuple[str, ...], Says("Att-satser, en i taget", "att bevilja Lindå kommun 410 000 kr för åren 2026–2027.")
    ]
    reasons: Annotated[Formatted, Says("Skälen för beslutet", "Insatsen svarar mot ett behov i årets behovsanalys.")]
    grant_years: Annotated[tuple[GrantYearLine, ...], Says("Beviljade belopp år för år")]
    grant_total: Annotated[str, Says("Summan av de beviljade beloppen", "410 000 kr")]
    conditions: Annotated[
        tuple[str, ...], Says("Villkor för beslutet", "Bidraget betalas ut när även Region Norrsund har beslutat.")
    ]
    next_steps: Annotated[
        Formatted, Says("Vad som händer nu", "Rekvirera medlen varje tertial på förbundets blankett.")
    ]
    posted_on: Annotated[str, Says("Dagen då anslaget sattes upp; tom innan det är känt", "21 september 2026")]
    last_day_of_appeal: Annotated[str, Says("Sista dag att överklaga; tom innan den är känd", "12 oktober 2026")]
    court: Annotated[
        str, Says("Förvaltningsrätten dit man överklagar; tom när den inte är känd", "Förvaltningsrätten i Lindå")
    ]
    attachments: Annotated[tuple[str, ...], Says("Brevets bilagor", "Protokollsutdrag § 627")]
    contact: Annotated[str, Says("Den som svarar på frågor", "Tove Sundin, kansli@norrsund.example, 0910-555 01 00")]
    signer_name: Annotated[str, Says("Den som undertecknar", "Eskil Norberg")]
    signer_title: Annotated[str, Says("Titel på den som undertecknar", "förbundschef")]
