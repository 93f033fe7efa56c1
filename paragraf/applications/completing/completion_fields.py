"""What a request to complete an application prints: text only, formatted already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from paragraf.word.fields import Says


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question of the form, its answer as it came in, and what is asked about it."""

    section: Annotated[str, Says("Avsnittet i formuläret", "Insatsen")]
    question: Annotated[str, Says("Frågan i formuläret", "Mål")]
    asked: Annotated[str, Says("Det som behöver kompletteras", "Hur ska målen mätas, och när?")]
    answer: Annotated[
        tuple[str, ...], Says("Svaret som kom in, ett stycke i taget", "Fler ska nå arbete eller studier.")
    ]


@dataclass(frozen=True, slots=True)
class CompletionRequestFields:
    """A request to complete an application."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    association_address: Annotated[str, Says("Förbundets adress på en rad", "Torget 1, 930 10 Lindå")]
    register_number: Annotated[str, Says("Diarienummer", "2026/14")]
    letter_date: Annotated[str, Says("Brevets dag", "10 augusti 2026")]
    addressee: Annotated[tuple[str, ...], Says("Den sökande med adress, en rad i taget", "Lindå kommun")]
    title: Annotated[str, Says("Insatsens namn", "Stegvis")]
    due_on: Annotated[str, Says("Dagen då kompletteringen senast ska ha kommit in", "24 augusti 2026")]
    remarks: Annotated[
        tuple[str, ...], Says("Sekreterarens meddelande, ett stycke i taget", "Tack för en genomarbetad ansökan.")
    ]
    questions: Annotated[tuple[AskedQuestion, ...], Says("Frågorna som ska kompletteras")]
    contact: Annotated[str, Says("Den som svarar på frågor", "Tove Sundin, kansli@norrsund.example")]
    sender: Annotated[str, Says("Den som begär kompletteringen", "Tove Sundin")]
