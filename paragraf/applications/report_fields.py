"""What the reports on a granted measure print: text only, formatted already.

An empty text, tuple or formatted text leaves its line, row or section out of the document. Numbers of people are split
by sex; whoever makes the fields has suppressed the small ones already and says so in the note.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from paragraf.core.formatted import Formatted
from paragraf.word.fields import Says


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """Numbers of people; ``is_sum`` is ``ja`` for a row of sums, else empty."""

    label: Annotated[str, Says("Vilka det gäller", "Nya deltagare under perioden")]
    women: Annotated[str, Says("Antal kvinnor", "14")]
    men: Annotated[str, Says("Antal män", "11")]
    total: Annotated[str, Says("Antal tillsammans", "25")]
    is_sum: Annotated[str, Says("”ja” för en summarad")] = ""


@dataclass(frozen=True, slots=True)
class StatusReportFields:
    """A status report from a measure to its steering group."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    register_number: Annotated[str, Says("Diarienummer", "2026/14")]
    measure: Annotated[str, Says("Insatsens namn", "Stegvis")]
    grantee: Annotated[str, Says("Den som driver insatsen", "Lindå kommun")]
    period: Annotated[str, Says("Perioden som rapporten gäller", "1 april–30 september 2026")]
    reported_on: Annotated[str, Says("Rapportens dag", "5 oktober 2026")]
    reporter: Annotated[str, Says("Den som rapporterar, med titel", "Eva Rask, teamledare")]
    receiver: Annotated[str, Says("Den som rapporten lämnas till", "Styrgruppen för Stegvis")]
    summary: Annotated[Formatted, Says("Läget i korthet", "Insatsen går enligt plan.")]
    target_group: Annotated[Formatted, Says("Målgrupp", "Vuxna som behöver stöd från minst två av parterna.")]
    goals: Annotated[Formatted, Says("Mål", "Sex av tio ska gå vidare till arbete eller studier.")]
    operation: Annotated[Formatted, Says("Verksamheten", "Teamet tar emot på två orter.")]
    organisation: Annotated[Formatted, Says("Organisation och resurser", "Teamet har 3,5 tjänster.")]
    people: Annotated[tuple[PeopleRow, ...], Says("Deltagare, uppdelade på kön")]
    suppressed_note: Annotated[
        str, Says("Varför små tal inte visas", "Tal under fem visas inte, så att ingen kan kännas igen.")
    ]
    participants: Annotated[Formatted, Says("Om deltagarna", "De flesta kommer genom socialtjänsten.")]
    methods: Annotated[Formatted, Says("Arbetssätt", "Varje deltagare har en egen samordnare.")]
    cooperation: Annotated[Formatted, Says("Samverkan", "Parterna möts varje vecka.")]
    results: Annotated[Formatted, Says("Resultat och bedömning av målen", "Målet väntas nås under hösten.")]
    questions: Annotated[
        Formatted, Says("Frågor och uppdrag till den som får rapporten", "Kan teamet ta emot på ytterligare en ort?")
    ]
    next_steps: Annotated[Formatted, Says("Vad som händer härnäst", "Utbildning för teamet i november.")]


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One goal against its outcome."""

    goal: Annotated[str, Says("Målet", "Går vidare till arbete eller studier")]
    target: Annotated[str, Says("Målvärdet", "60 %")]
    outcome: Annotated[str, Says("Utfallet", "54 %")]
    assessment: Annotated[str, Says("Bedömning i ord", "Väntas nås")]


@dataclass(frozen=True, slots=True)
class EconomyRow:
    """One line of the economy, in kronor; ``is_sum`` is ``ja`` for a row of sums, else empty."""

    label: Annotated[str, Says("Posten", "Personal")]
    budget: Annotated[str, Says("Årets budget", "2 340 000")]
    outcome: Annotated[str, Says("Utfall till och med perioden", "1 512 000")]
    forecast: Annotated[str, Says("Prognos för hela året", "2 290 000")]
    difference: Annotated[str, Says("Budget minus prognos", "50 000")]
    is_sum: Annotated[str, Says("”ja” för en summarad")] = ""


@dataclass(frozen=True, slots=True)
class TertialReportFields:
    """A report after a four-month period: statistics, goals, economy and a short text."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    register_number: Annotated[str, Says("Diarienummer", "2026/14")]
    measure: Annotated[str, Says("Insatsens namn", "Stegvis")]
    grantee: Annotated[str, Says("Den som driver insatsen", "Lindå kommun")]
    tertial: Annotated[str, Says("Tertialet", "Tertial 2 2026")]
    period: Annotated[str, Says("Dagarna som rapporten gäller", "1 maj–31 augusti 2026")]
    reported_on: Annotated[str, Says("Rapportens dag", "14 september 2026")]
    reporter: Annotated[str, Says("Den som rapporterar, med titel", "Eva Rask, teamledare")]
    summary: Annotated[Formatted, Says("Tertialet i korthet", "Fler än väntat har börjat.")]
    people: Annotated[tuple[PeopleRow, ...], Says("Deltagare, uppdelade på kön")]
    suppressed_note: Annotated[
        str, Says("Varför små tal inte visas", "Tal under fem visas inte, så att ingen kan kännas igen.")
    ]
    goals: Annotated[tuple[OutcomeRow, ...], Says("Mål mot utfall")]
    goals_comment: Annotated[Formatted, Says("Kommentar till målen", "Sommaren gav färre avslut.")]
    economy: Annotated[tuple[EconomyRow, ...], Says("Budget, utfall och prognos")]
    economy_comment: Annotated[Formatted, Says("Kommentar till ekonomin", "Lokalen blev billigare än beräknat.")]
    deviations: Annotated[Formatted, Says("Avvikelser och åtgärder", "En tjänst har varit vakant i två månader.")]
    next_steps: Annotated[Formatted, Says("Vad som händer nästa tertial", "En ny grupp börjar i oktober.")]
