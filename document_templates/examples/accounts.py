"""An invented measure's year, and its end."""

from __future__ import annotations

from document_templates.examples.meetings import ASSOCIATION
from document_templates.examples.writing import bullets, written
from paragraf.grants.reporting.document_fields import (
    AccountRow,
    AttendanceRow,
    FinalReportFields,
    GrantedYearRow,
    OtherAnswer,
    OutcomeRow,
    PeopleRow,
    YearReportFields,
)
from paragraf.grants.reporting.suppressing import note

YEAR = YearReportFields(
    association=ASSOCIATION,
    register_number="2026/14",
    measure="Stegvis",
    grantee="Lindå kommun",
    year="2027",
    period="1 januari – 31 december 2027",
    reported_on="28 januari 2028",
    reporter="Eva Rask, teamledare",
    summary=written(
        "Under året har 61 personer fått stöd i Stegvis. Mer än hälften av dem som avslutats gick vidare till arbete "
        "eller studier. Lokalen i Sörby har bytts, och teamet är åter fulltaligt."
    ),
    target_group=written("Unga vuxna mellan 18 och 29 år. De flesta är mellan 20 och 25 och har vuxit upp i Lindå."),
    people=(
        PeopleRow("Pågående vid årets början", "17", "13", "30"),
        PeopleRow("Nya under året", "18", "13", "31"),
        PeopleRow("Avslutade under året", "21", "15", "36"),
        PeopleRow("Pågående vid årets slut", "14", "11", "25", "ja"),
    ),
    closures=(
        PeopleRow("Arbete", "8", "6", "14"),
        PeopleRow("Studier", "–", "–", "8"),
        PeopleRow("Annat stöd hos en av parterna", "–", "–", "14"),
        PeopleRow("Alla avslutade", "21", "15", "36", "ja"),
    ),
    suppressed_note=note(),
    participants=written("Hälften hade väntat på ett samlat stöd i mer än ett år. Nästan alla kom genom två parter."),
    goals=(
        OutcomeRow("Går vidare till arbete eller studier", "60 %", "61 %", "Nått"),
        OutcomeRow("Nöjda med stödet", "85 %", "93 %", "Nått"),
        OutcomeRow("Nya deltagare", "36", "31", "Inte nått"),
    ),
    goals_comment=written("Färre än planerat började under våren, när en tjänst var vakant."),
    effects=written(
        "Parterna räknar med att stödet har minskat behovet av försörjningsstöd redan under året.",
        bullets(
            "Elva deltagare som fick försörjningsstöd när de började försörjer sig nu själva.",
            "Vårdcentralerna har fått färre oplanerade besök från gruppen.",
        ),
    ),
    methods=written("Gruppträffarna leds numera av två i teamet. Arbetsgivare bjuds in redan den andra veckan."),
    cooperation=written("Alla parter har anvisat deltagare. Teamet har mött styrelsen två gånger."),
    attendance=(
        AttendanceRow("Lindå kommun", "12", "12", "100 %"),
        AttendanceRow("Sörby kommun", "12", "10", "83 %"),
        AttendanceRow("Region Norrsund", "12", "8", "67 %"),
    ),
    economy=(
        AccountRow("Personal", "2 340 000", "2 295 000", "45 000"),
        AccountRow("Lokal", "264 000", "270 000", "−6 000"),
        AccountRow("Handledning och utbildning", "120 000", "104 000", "16 000"),
        AccountRow("Övrigt", "60 000", "58 000", "2 000"),
        AccountRow("Summa", "2 784 000", "2 727 000", "57 000", "ja"),
    ),
    economy_comment=written("Överskottet beror på att en tjänst var vakant i januari och februari."),
    granted=(GrantedYearRow("2027", "290 000", "290 000", "282 000", "8 000"),),
    deviations=written("Lokalen i Sörby var för liten. Teamet har sedan augusti en egen våning i samma hus."),
    learnings=written("Tidig kontakt med arbetsgivare ger fler praktikplatser än en lång kartläggning."),
    next_year=written("Teamet slutar som insats vid årsskiftet och går över i Lindå kommuns vanliga arbete."),
    more=(OtherAnswer("Vad har förvånat er?", written("Att så många vill komma två gånger i veckan.")),),
)
FINAL = FinalReportFields(
    association=ASSOCIATION,
    register_number="2026/14",
    measure="Stegvis",
    grantee="Lindå kommun",
    period="1 augusti 2026 – 31 december 2027",
    reported_on="28 januari 2028",
    reporter="Eva Rask, teamledare",
    summary=written(
        "Stegvis har under sjutton månader gett 78 unga vuxna stöd från fyra parter. Två av tre mål är nådda."
    ),
    purpose=written("Unga vuxna väntade länge mellan olika beslut. Ingen höll ihop stödet för dem som behövde flera."),
    operation=written("Ett team med 3,5 tjänster tog emot i Lindå och Sörby. Varje deltagare fick en egen samordnare."),
    people=(
        PeopleRow("Alla som har deltagit", "44", "34", "78"),
        PeopleRow("Avslutade", "30", "23", "53"),
        PeopleRow("Pågående när insatsen slutade", "14", "11", "25", "ja"),
    ),
    closures=(
        PeopleRow("Arbete", "12", "9", "21"),
        PeopleRow("Studier", "6", "5", "11"),
        PeopleRow("Annat stöd hos en av parterna", "12", "9", "21"),
        PeopleRow("Alla avslutade", "30", "23", "53", "ja"),
    ),
    suppressed_note="",
    participants=written(
        "Fler män än väntat kom genom vårdcentralerna. De 25 som pågår följer med till kommunens team."
    ),
    goals=(
        OutcomeRow("Går vidare till arbete eller studier", "60 %", "60 %", "Nått"),
        OutcomeRow("Nöjda med stödet", "85 %", "92 %", "Nått"),
        OutcomeRow("Deltagare", "90", "78", "Inte nått"),
    ),
    goals_comment=written("Starten blev en månad sen, och en tjänst var vakant i sammanlagt fyra månader."),
    effects=written("Tiden från första kontakt till första gemensamma samtal har gått från sju veckor till sex dagar."),
    cooperation=written("Parterna möts numera varje vecka. Före insatsen möttes de vid behov."),
    learnings=written(
        bullets(
            "Samma person bör följa deltagaren hela vägen.",
            "Arbetsgivare behöver komma in tidigt.",
            "En lokal som inte är en myndighets gör det lättare att komma tillbaka.",
        )
    ),
    implementation=written("Lindå kommun behåller teamet från 2028. Regionen har beslutat om en halv tjänst i det."),
    dissemination=written("En öppen dag hölls i november. Arbetssättet är beskrivet i en skrift på tjugo sidor."),
    economy=(
        AccountRow("Personal", "3 276 000", "3 190 000", "86 000"),
        AccountRow("Lokal", "374 000", "381 000", "−7 000"),
        AccountRow("Handledning och utbildning", "170 000", "148 000", "22 000"),
        AccountRow("Summa", "3 820 000", "3 719 000", "101 000", "ja"),
    ),
    economy_comment=written("Handledningen kostade mindre än beräknat, eftersom två parter delade på den."),
    granted=(
        GrantedYearRow("2026", "120 000", "120 000", "120 000", "0"),
        GrantedYearRow("2027", "290 000", "290 000", "282 000", "8 000"),
        GrantedYearRow("Totalt", "410 000", "410 000", "402 000", "8 000", "ja"),
    ),
    unused_amount="8 000 kr",
    unused=written("Beloppet betalas tillbaka till förbundet senast den 28 februari 2028."),
)
