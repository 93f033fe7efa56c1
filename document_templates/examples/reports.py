"""An invented measure: the application for it, and the reports on it."""

from __future__ import annotations

from document_templates.examples.meetings import ASSOCIATION
from document_templates.examples.writing import bullets, numbered, written
from paragraf.applications.document_fields import (
    AnswerLines,
    AnswerRow,
    ApplicationFields,
    CooperatingParty,
    CostRow,
    CostTable,
    FormSection,
    Signatory,
)
from paragraf.grants.reporting.document_fields import (
    EconomyRow,
    OutcomeRow,
    PeopleRow,
    StatusReportFields,
    TertialReportFields,
)

_NOTE = "Tal under fem visas inte, så att ingen kan kännas igen."


def _in_lines(question: str, lines: tuple[str, ...]) -> AnswerLines:
    return AnswerLines(question, lines, lines)


APPLICATION = ApplicationFields(
    association=ASSOCIATION,
    register_number="2026/14",
    received_on="3 augusti 2026",
    form_title="Ansökan om medel",
    form_version="version 1",
    title="Stegvis",
    applicant="Lindå kommun",
    parties=(
        CooperatingParty("Region Norrsund", "halvtid för en rehabkoordinator"),
        CooperatingParty("Sörby kommun"),
    ),
    sections=(
        FormSection(
            "Insatsen",
            (
                _in_lines(
                    "Bakgrund och problem",
                    (
                        "I Lindå och Sörby är omkring 140 personer mellan 18 och 29 år varken i arbete eller studier. "
                        "De flesta har kontakt med två eller flera av parterna, men ingen håller ihop stödet.",
                        "Vi ser att många blir väntande mellan olika beslut, ibland i flera månader.",
                    ),
                ),
                _in_lines("Syfte", ("Fler unga vuxna ska nå arbete eller studier genom ett samlat stöd.",)),
                _in_lines(
                    "Mål",
                    ("Sex av tio deltagare går vidare till arbete eller studier inom tolv månader.",),
                ),
                AnswerLines(
                    "Handlingsplan",
                    (
                        "Känna behoven, Fråga dem som möter målgruppen, Lindå kommun, 1 mars 2027",
                        "Ett gemensamt arbetssätt, Utbilda teamet, Region Norrsund, 1 maj 2027",
                    ),
                    columns=("Mål", "Aktivitet", "Ansvarig", "Klart"),
                    rows=(
                        AnswerRow(("Känna behoven", "Fråga dem som möter målgruppen", "Lindå kommun", "1 mars 2027")),
                        AnswerRow(("Ett gemensamt arbetssätt", "Utbilda teamet", "Region Norrsund", "1 maj 2027")),
                    ),
                ),
            ),
        ),
        FormSection(
            "Kostnader och finansiering",
            (_in_lines("Vilka merkostnader gäller ansökan?", ("Del av en teamledares lön, lokal och handledning.",)),),
            (
                CostTable(
                    "Kostnader och finansiering, kronor",
                    ("2026", "2027"),
                    (
                        CostRow("Kostnader", ("", ""), "", is_heading="ja"),
                        CostRow("Personal", ("96 000", "250 000"), "346 000"),
                        CostRow("Lokal", ("24 000", "60 000"), "84 000"),
                        CostRow("Övriga kostnader", ("15 000", "20 000"), "35 000"),
                        CostRow("Summa kostnader", ("135 000", "330 000"), "465 000", is_sum="ja"),
                        CostRow("Intäkter", ("", ""), "", is_heading="ja"),
                        CostRow("Egna medel", ("15 000", "40 000"), "55 000"),
                        CostRow("Söks från förbundet", ("120 000", "290 000"), "410 000", is_sum="ja"),
                    ),
                ),
            ),
        ),
    ),
    attachments=("Projektbudget.pdf", "Avsiktsförklaring Region Norrsund.pdf"),
    signatories=(
        Signatory("Rut Lindvall", "förvaltningschef", "Lindå kommun", "Firmatecknare"),
        Signatory("Nils Forsman", "verksamhetschef", "Region Norrsund"),
    ),
)
STATUS = StatusReportFields(
    association=ASSOCIATION,
    register_number="2026/14",
    measure="Stegvis",
    grantee="Lindå kommun",
    period="1 april–30 september 2026",
    reported_on="5 oktober 2026",
    reporter="Eva Rask, teamledare",
    receiver="Styrgruppen för Stegvis",
    summary=written(
        "Insatsen går enligt plan. Fler än väntat har börjat, och fyra av tio som avslutats har gått till arbete. "
        "Lokalen i Sörby är för liten och behöver en lösning före årsskiftet."
    ),
    target_group=written("Unga vuxna mellan 18 och 29 år som behöver stöd från minst två av parterna."),
    goals=written("Sex av tio går vidare till arbete eller studier inom tolv månader."),
    operation=written("Teamet tar emot i Lindå måndag till torsdag och i Sörby varannan fredag."),
    organisation=written("Teamet har 3,5 tjänster. En tjänst som arbetsterapeut har varit vakant i maj och juni."),
    people=(
        PeopleRow("Pågående vid periodens början", "12", "10", "22"),
        PeopleRow("Nya under perioden", "14", "11", "25"),
        PeopleRow("Avslutade under perioden", "9", "8", "17"),
        PeopleRow("Pågående vid periodens slut", "17", "13", "30", "ja"),
    ),
    suppressed_note=_NOTE,
    participants=written("De flesta kommer genom socialtjänsten. Något fler än tidigare kommer från vårdcentralerna."),
    methods=written(
        "Varje deltagare har en egen samordnare. Arbetet följer tre steg:",
        numbered("kartläggning tillsammans med deltagaren,", "en gemensam plan,", "praktik, studier eller arbete."),
    ),
    cooperation=written("Parterna möts varje vecka. Vårdcentralerna deltar sedan i augusti."),
    results=written("Målet väntas nås under hösten. Av 17 avslutade har 7 gått till arbete och 3 till studier."),
    questions=written(
        bullets(
            "Kan Sörby kommun erbjuda en större lokal från årsskiftet?",
            "Ska teamet ta emot även personer över 29 år om det finns plats?",
        )
    ),
    next_steps=written("Utbildning i motiverande samtal i november. Nästa rapport lämnas i april 2027."),
)
TERTIAL = TertialReportFields(
    association=ASSOCIATION,
    register_number="2026/14",
    measure="Stegvis",
    grantee="Lindå kommun",
    tertial="Tertial 2 2026",
    period="1 maj–31 augusti 2026",
    reported_on="14 september 2026",
    reporter="Eva Rask, teamledare",
    summary=written(
        "Fler än väntat har börjat under tertialet. Sommaren gav färre avslut än planerat, men prognosen för året "
        "ligger fast."
    ),
    people=(
        PeopleRow("Nya deltagare", "9", "7", "16"),
        PeopleRow("Avslutade till arbete", "–", "–", "7"),
        PeopleRow("Avslutade till studier", "–", "–", "–"),
        PeopleRow("Pågående vid tertialets slut", "17", "12", "29", "ja"),
    ),
    suppressed_note=_NOTE,
    goals=(
        OutcomeRow("Går vidare till arbete eller studier", "60 %", "54 %", "Väntas nås under hösten"),
        OutcomeRow("Nöjda med stödet", "85 %", "91 %", "Nått"),
        OutcomeRow("Dagar till första samtal", "7", "6", "Nått"),
    ),
    goals_comment=written("Avsluten brukar vara få under sommaren. Elva deltagare har praktik som väntas leda vidare."),
    economy=(
        EconomyRow("Personal", "2 340 000", "1 512 000", "2 290 000", "50 000"),
        EconomyRow("Lokal", "264 000", "176 000", "264 000", "0"),
        EconomyRow("Handledning och utbildning", "120 000", "48 000", "110 000", "10 000"),
        EconomyRow("Övrigt", "60 000", "31 000", "66 000", "−6 000"),
        EconomyRow("Summa", "2 784 000", "1 767 000", "2 730 000", "54 000", "ja"),
    ),
    economy_comment=written("Överskottet beror på att en tjänst var vakant i maj och juni."),
    deviations=written("Tjänsten som arbetsterapeut är tillsatt från och med den 1 juli."),
    next_steps=written("En ny grupp börjar i oktober. Enkäten till deltagarna skickas i november."),
)
