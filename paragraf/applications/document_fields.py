"""What a funding application prints: text only, formatted already. Empty texts and tuples leave their place out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from paragraf.core.formatted import Formatted
from paragraf.word.fields import Says


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row of an answer that is a table."""

    cells: Annotated[tuple[str, ...], Says("Radens celler, i kolumnernas ordning", "Kartlägga behoven")]
    is_sum: Annotated[str, Says("”ja” för en summarad")] = ""


@dataclass(frozen=True, slots=True)
class AnswerLines:
    """One question with its answer: as plain text in ``answer``, and in the shape that suits it in one of the others.

    ``answer`` is what templates of one's own have used since before there were tables and formatting in forms.
    """

    question: Annotated[str, Says("Frågan", "Syfte")]
    answer: Annotated[
        tuple[str, ...], Says("Svaret som enkel text, ett stycke i taget", "Fler ska nå arbete eller studier.")
    ]
    lines: Annotated[
        tuple[str, ...],
        Says("Det samma, men tomt när svaret är formaterat eller en tabell", "Fler ska nå arbete eller studier."),
    ] = ()
    formatted: Annotated[Formatted, Says("Svaret med formatering, där frågan tillåter det", "Vi möts varje vecka.")] = (
        Formatted()
    )
    columns: Annotated[tuple[str, ...], Says("Kolumnernas namn, där svaret är en tabell", "Aktivitet")] = ()
    rows: Annotated[tuple[AnswerRow, ...], Says("Tabellens rader, där svaret är en tabell")] = ()


@dataclass(frozen=True, slots=True)
class CostRow:
    """One row of a cost table; ``is_heading`` and ``is_sum`` are ``ja`` or empty, to tell rows apart."""

    label: Annotated[str, Says("Radens namn", "Personal")]
    amounts: Annotated[tuple[str, ...], Says("Ett belopp för varje år, i årens ordning", "290 000")]
    total: Annotated[str, Says("Radens summa", "410 000")]
    is_heading: Annotated[str, Says("”ja” för en grupprubrik utan belopp")] = ""
    is_sum: Annotated[str, Says("”ja” för en summarad")] = ""


@dataclass(frozen=True, slots=True)
class CostTable:
    """One table of costs and financing."""

    title: Annotated[str, Says("Tabellens rubrik", "Kostnader och finansiering, kronor")]
    years: Annotated[tuple[str, ...], Says("Kolumnernas år", "2027")]
    rows: Annotated[tuple[CostRow, ...], Says("Tabellens rader")]


@dataclass(frozen=True, slots=True)
class FormSection:
    """One section of the form."""

    heading: Annotated[str, Says("Avsnittets rubrik", "Projektet")]
    answers: Annotated[tuple[AnswerLines, ...], Says("Frågor med svar")]
    tables: Annotated[tuple[CostTable, ...], Says("Kostnadstabeller i avsnittet")] = ()


@dataclass(frozen=True, slots=True)
class CooperatingParty:
    """One member organisation that takes part."""

    name: Annotated[str, Says("Organisationens namn", "Region Norrsund")]
    contribution: Annotated[str, Says("Vad den bidrar med", "halvtid för en samordnare")] = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """One person who stands for the application."""

    name: Annotated[str, Says("Namnet", "Rut Lindvall")]
    title: Annotated[str, Says("Titel eller uppdrag", "förvaltningschef")]
    organisation: Annotated[str, Says("Organisationen", "Lindå kommun")]
    capacity: Annotated[str, Says("Rätten att skriva under, om formuläret frågar", "Firmatecknare")] = ""


@dataclass(frozen=True, slots=True)
class ApplicationFields:
    """One application as it came in."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    register_number: Annotated[str, Says("Diarienummer", "2026/14")]
    received_on: Annotated[str, Says("Dagen då ansökan kom in", "3 augusti 2026")]
    form_title: Annotated[str, Says("Formulärets namn", "Ansökan om medel")]
    form_version: Annotated[str, Says("Formulärets version", "version 1")]
    title: Annotated[str, Says("Insatsens namn", "Stegvis")]
    applicant: Annotated[str, Says("Den sökande organisationen", "Lindå kommun")]
    parties: Annotated[tuple[CooperatingParty, ...], Says("Samverkande parter")]
    sections: Annotated[tuple[FormSection, ...], Says("Formulärets avsnitt i ordning")]
    attachments: Annotated[tuple[str, ...], Says("Bilagor", "Projektbudget.pdf")]
    signatories: Annotated[tuple[Signatory, ...], Says("De som står för ansökan")]
