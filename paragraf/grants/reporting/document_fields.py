"""What the reports on a granted measure print: text only, formatted already.

An empty text, tuple or formatted text leaves its line, row or section out of the document. Numbers of people are split
by sex; whoever makes the fields has suppressed the small ones already and says so in the note.

A formatted text and a tuple of rows are filled from the form's question with the same id as the field
(``reporting.document``): so an office that writes its own report form decides where its answers stand by their ids.
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
class OtherAnswer:
    """A question that the office has added to the form, with its answer."""

    question: Annotated[str, Says("Frågan", "Vad har förvånat er?")]
    answer: Annotated[Formatted, Says("Svaret", "Att så många vill komma två gånger i veckan.")]


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
    more: Annotated[tuple[OtherAnswer, ...], Says("Svar som rapporten inte har en egen plats för")] = ()


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
    more: Annotated[tuple[OtherAnswer, ...], Says("Svar som rapporten inte har en egen plats för")] = ()


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One line of the accounts of a time that is over, in kronor; ``is_sum`` is ``ja`` for a row of sums."""

    label: Annotated[str, Says("Posten", "Personal")]
    budget: Annotated[str, Says("Budget för perioden", "2 340 000")]
    outcome: Annotated[str, Says("Utfall för perioden", "2 295 000")]
    difference: Annotated[str, Says("Budget minus utfall", "45 000")]
    is_sum: Annotated[str, Says("”ja” för en summarad")] = ""


@dataclass(frozen=True, slots=True)
class GrantedYearRow:
    """What became of the grant in one year, in kronor, as the association has it in its books."""

    year: Annotated[str, Says("Året; ”Totalt” på summaraden", "2026")]
    granted: Annotated[str, Says("Beviljat belopp", "1 600 000")]
    paid: Annotated[str, Says("Utbetalt belopp", "1 500 000")]
    used: Annotated[str, Says("Använt belopp enligt rapporterna", "1 470 000")]
    left: Annotated[str, Says("Beviljat minus använt", "130 000")]
    is_sum: Annotated[str, Says("”ja” för en summarad")] = ""


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """How often one party has come to the meetings that the parties have together."""

    party: Annotated[str, Says("Parten", "Region Norrsund")]
    meetings: Annotated[str, Says("Antal gemensamma möten", "12")]
    attended: Annotated[str, Says("Antal möten som parten var med på", "11")]
    share: Annotated[str, Says("Andelen av mötena", "92 %")]


@dataclass(frozen=True, slots=True)
class YearReportFields:
    """The report of a year, or social accounts: for whom, with what result, at what cost."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    register_number: Annotated[str, Says("Diarienummer", "2026/14")]
    measure: Annotated[str, Says("Insatsens namn", "Stegvis")]
    grantee: Annotated[str, Says("Den som driver insatsen", "Lindå kommun")]
    year: Annotated[str, Says("Året", "2026")]
    period: Annotated[str, Says("Dagarna som rapporten gäller", "1 januari – 31 december 2026")]
    reported_on: Annotated[str, Says("Rapportens dag", "29 januari 2027")]
    reporter: Annotated[str, Says("Den som rapporterar, med titel", "Eva Rask, teamledare")]
    summary: Annotated[Formatted, Says("Året i korthet", "Fler än väntat har gått vidare till arbete.")]
    target_group: Annotated[Formatted, Says("Vilka insatsen har nått", "De flesta är mellan 20 och 25 år.")]
    people: Annotated[tuple[PeopleRow, ...], Says("Deltagare under året, uppdelade på kön")]
    closures: Annotated[tuple[PeopleRow, ...], Says("Vad de som avslutats gick vidare till, uppdelat på kön")]
    suppressed_note: Annotated[
        str, Says("Varför små tal inte visas", "Tal under fem visas inte, så att ingen kan kännas igen.")
    ]
    participants: Annotated[Formatted, Says("Om deltagarna", "Hälften har väntat på stöd i mer än ett år.")]
    goals: Annotated[tuple[OutcomeRow, ...], Says("Årets mål mot utfall")]
    goals_comment: Annotated[Formatted, Says("Kommentar till målen", "Praktikplatserna räckte inte under hösten.")]
    effects: Annotated[
        Formatted, Says("Vad insatsen har betytt för deltagare, parter och samhälle", "Färre behöver försörjningsstöd.")
    ]
    methods: Annotated[Formatted, Says("Arbetssätt", "Gruppträffarna leds numera av två.")]
    cooperation: Annotated[Formatted, Says("Samverkan mellan parterna", "Alla parter har anvisat deltagare.")]
    attendance: Annotated[tuple[AttendanceRow, ...], Says("Parternas närvaro vid gemensamma möten")]
    economy: Annotated[tuple[AccountRow, ...], Says("Årets budget och utfall")]
    economy_comment: Annotated[Formatted, Says("Kommentar till ekonomin", "En tjänst var vakant i två månader.")]
    granted: Annotated[tuple[GrantedYearRow, ...], Says("Bidraget för året enligt förbundet")]
    deviations: Annotated[Formatted, Says("Avvikelser och åtgärder", "Lokalen i Sörby byttes i augusti.")]
    learnings: Annotated[Formatted, Says("Lärdomar", "Tidig kontakt med arbetsgivare ger fler praktikplatser.")]
    next_year: Annotated[Formatted, Says("Mål och planer för nästa år", "Teamet börjar ta emot även i Vika.")]
    more: Annotated[tuple[OtherAnswer, ...], Says("Svar som rapporten inte har en egen plats för")] = ()


@dataclass(frozen=True, slots=True)
class FinalReportFields:
    """The last report on a grant: what came of it, what stays, and what became of the money."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    register_number: Annotated[str, Says("Diarienummer", "2026/14")]
    measure: Annotated[str, Says("Insatsens namn", "Stegvis")]
    grantee: Annotated[str, Says("Den som driver insatsen", "Lindå kommun")]
    period: Annotated[str, Says("Insatsens tid", "1 augusti 2026 – 31 december 2027")]
    reported_on: Annotated[str, Says("Rapportens dag", "28 januari 2028")]
    reporter: Annotated[str, Says("Den som rapporterar, med titel", "Eva Rask, teamledare")]
    summary: Annotated[Formatted, Says("Insatsen i korthet", "Insatsen nådde två av sina tre mål.")]
    purpose: Annotated[Formatted, Says("Varför insatsen gjordes", "Unga vuxna fick vänta mellan myndigheterna.")]
    operation: Annotated[Formatted, Says("Vad som gjordes", "Ett team med fyra parter tog emot på två orter.")]
    people: Annotated[tuple[PeopleRow, ...], Says("Deltagare under hela tiden, uppdelade på kön")]
    closures: Annotated[tuple[PeopleRow, ...], Says("Vad de som avslutats gick vidare till, uppdelat på kön")]
    suppressed_note: Annotated[
        str, Says("Varför små tal inte visas", "Tal under fem visas inte, så att ingen kan kännas igen.")
    ]
    participants: Annotated[Formatted, Says("Om deltagarna", "Fler män än väntat kom genom vårdcentralerna.")]
    goals: Annotated[tuple[OutcomeRow, ...], Says("Målen mot utfall")]
    goals_comment: Annotated[Formatted, Says("Kommentar till målen", "Målet om studier nåddes inte.")]
    effects: Annotated[
        Formatted, Says("Vad insatsen har betytt för deltagare, parter och samhälle", "Väntetiden har halverats.")
    ]
    cooperation: Annotated[Formatted, Says("Samverkan mellan parterna", "Parterna möts nu varje vecka.")]
    learnings: Annotated[Formatted, Says("Lärdomar", "Samma person bör följa deltagaren hela vägen.")]
    implementation: Annotated[Formatted, Says("Vad som finns kvar efteråt", "Kommunen behåller teamet från 2028.")]
    dissemination: Annotated[Formatted, Says("Hur resultaten sprids", "En öppen dag hölls i november.")]
    economy: Annotated[tuple[AccountRow, ...], Says("Budget och utfall för hela tiden")]
    economy_comment: Annotated[Formatted, Says("Kommentar till ekonomin", "Handledningen kostade mindre än beräknat.")]
    granted: Annotated[tuple[GrantedYearRow, ...], Says("Bidraget år för år enligt förbundet")]
    unused_amount: Annotated[str, Says("Belopp som inte har använts", "8 000 kr")]
    unused: Annotated[Formatted, Says("Vad som föreslås om medel som inte använts", "Återbetalas i februari.")]
    more: Annotated[tuple[OtherAnswer, ...], Says("Svar som rapporten inte har en egen plats för")] = ()
