"""An invented agreement and what follows from it."""

from __future__ import annotations

from document_templates.examples.meetings import ASSOCIATION
from document_templates.examples.writing import bullets, numbered, written
from paragraf.agreements.document_fields import (
    AgreementFields,
    AppendixLine,
    CommitmentAppendixFields,
    CommitmentLines,
    FootnoteLine,
    GoalLine,
    NoticeOfChangeFields,
    PartyLine,
    PartyYearLines,
    SectionLines,
    SignatureLine,
    StaffingRow,
    StaffingTableFields,
    StaffLine,
    ToldLine,
)

_NAME = "Överenskommelse om Stegvis"
_NUMBER = "2026/31"

AGREEMENT = AgreementFields(
    association=ASSOCIATION,
    register_number=_NUMBER,
    name=_NAME,
    wording="Lydelse från och med 1 januari 2027",
    in_force="Från och med 1 januari 2027 och tills vidare",
    parties=(
        PartyLine(ASSOCIATION, "222000-9902", "Storgatan 4, 930 15 Lindå"),
        PartyLine("Lindå kommun", "212000-9903", "Torget 1, 930 10 Lindå"),
        PartyLine("Sörby kommun", "212000-9804", "Kyrkvägen 2, 930 40 Sörby"),
        PartyLine("Region Norrsund", "232100-9900", "Regionhuset, 930 12 Lindå"),
    ),
    sections=(
        SectionLines(
            "Bakgrund",
            written(
                "Parterna har sedan 2023 prövat ett gemensamt team för dem som behöver stöd från flera håll samtidigt. "
                "Erfarenheterna är goda: vägen till arbete blir kortare när en samordnare håller ihop stödet.",
                "Med den här överenskommelsen blir teamet en varaktig del av parternas verksamhet.",
            ),
        ),
        SectionLines(
            "Syfte",
            written("Syftet är att den som har svårt att nå arbete eller studier får ett samlat stöd, utan omvägar."),
        ),
        SectionLines(
            "Målgrupp",
            written(
                "Teamet vänder sig till vuxna i åldern 18–64 år som",
                bullets(
                    "bor i Lindå eller Sörby,",
                    "behöver stöd från minst två av parterna,",
                    "själva vill delta och har lämnat sitt samtycke.",
                ),
            ),
        ),
        SectionLines(
            "Arbetssätt",
            written(
                "**En väg in.** Den som möter en person i målgruppen kontaktar teamet, som svarar inom en vecka.",
                "**En samordnare.** Varje deltagare har en och samma samordnare under hela tiden.",
                "Så här börjar det:",
                numbered("Ett första samtal med deltagaren.", "En gemensam plan.", "Uppföljning var sjätte vecka."),
            ),
        ),
        SectionLines(
            "Styrning och ledning",
            written(
                "Styrgruppen har en plats för varje part och möts fyra gånger om året. Förbundet sammankallar och för "
                "anteckningar. Teamledaren föredrar."
            ),
        ),
    ),
    commitments=(
        CommitmentLines(
            "Lindå kommun",
            written("Kommunen är arbetsgivare för teamledaren, håller lokal och bidrar med två socialsekreterare."),
        ),
        CommitmentLines("Sörby kommun", written("Kommunen bidrar med en arbetsmarknadskonsulent på halvtid.")),
        CommitmentLines(
            "Region Norrsund",
            written("Regionen bidrar med", bullets("en rehabkoordinator,", "en arbetsterapeut på deltid.")),
        ),
    ),
    goals=(
        GoalLine("Andel som går vidare till arbete eller studier", "minst 60 %", "Varje tertial, i tertialrapporten"),
        GoalLine("Andel deltagare som är nöjda med stödet", "minst 85 %", "En gång om året, genom enkät"),
        GoalLine("Tid från första kontakt till första samtal", "högst 7 dagar", "Varje tertial, i tertialrapporten"),
    ),
    change_rules=written(
        "Om en parts förutsättningar ändras väsentligt anmäler parten det i styrgruppen minst tre månader i förväg. "
        "Är ändringen omfattande tas den också upp i förbundets styrelse."
    ),
    termination=written(
        "Överenskommelsen gäller tills vidare och ses över en gång om året tillsammans med förbundets budget. En part "
        "som vill lämna den säger upp den skriftligt, senast sex månader före ett årsskifte."
    ),
    appendices=(
        AppendixLine("Bilaga 1", "Parternas åtaganden", "2027"),
        AppendixLine("Bilaga 2", "Bemanning", "2027"),
        AppendixLine("Bilaga 3", "Arbetsprocess"),
    ),
    originals="fyra",
    signatures=(
        SignatureLine(ASSOCIATION, "Disa Almqvist", "ordförande"),
        SignatureLine("Lindå kommun", "Rut Lindvall", "förvaltningschef"),
        SignatureLine("Sörby kommun", "Harriet Lund", "kommunchef"),
        SignatureLine("Region Norrsund", "Nils Forsman", "verksamhetschef"),
    ),
)
APPENDIX = CommitmentAppendixFields(
    association=ASSOCIATION,
    register_number=_NUMBER,
    agreement=_NAME,
    label="Bilaga 1",
    year="2027",
    due="31 december 2026",
    introduction=written(
        "Bilagan visar vad varje part bidrar med under året. Den lämnas till förbundet före årsskiftet."
    ),
    parties=(
        PartyYearLines(
            "Lindå kommun",
            written("Kommunen fortsätter som arbetsgivare för teamet och håller lokal på Torget 3."),
            (
                StaffLine("teamledare", "1,0", "1,0"),
                StaffLine("socialsekreterare", "2,0", "0,5"),
                StaffLine("administratör", "0,25", ""),
            ),
            "3,25",
            "1,5",
            ("styrgruppen: en plats och en ersättare", "beredningsgruppen: en plats"),
            "Rut Lindvall, 2 december 2026",
        ),
        PartyYearLines(
            "Sörby kommun",
            written("Kommunen öppnar ett mottagande i Sörby två dagar i veckan från och med 1 mars."),
            (StaffLine("arbetsmarknadskonsulent", "0,5", ""),),
            "0,5",
            "0",
            ("styrgruppen: en plats och en ersättare",),
            "Harriet Lund, 9 december 2026",
        ),
        PartyYearLines(
            "Region Norrsund",
            written("Regionen deltar i teamets gemensamma planering varje vecka."),
            (StaffLine("rehabkoordinator", "1,0", "0,5"), StaffLine("arbetsterapeut", "0,4", "0,16")),
            "1,4",
            "0,66",
            ("styrgruppen: en plats och en ersättare", "beredningsgruppen: en plats"),
            "Nils Forsman, 9 december 2026",
        ),
    ),
    posts_total="5,15",
    financed_total="2,16",
)
STAFFING = StaffingTableFields(
    association=ASSOCIATION,
    register_number=_NUMBER,
    agreement=_NAME,
    year="2027",
    as_of="15 december 2026",
    rows=(
        StaffingRow("Lindå kommun", "3,25", "1,75", "1,5", "1)"),
        StaffingRow("Sörby kommun", "0,5", "0,5", "–", "2)"),
        StaffingRow("Region Norrsund", "1,4", "0,74", "0,66"),
    ),
    posts_total="5,15",
    own_total="2,99",
    financed_total="2,16",
    footnotes=(
        FootnoteLine("1)", "Däri ingår teamledaren, 1,0 tjänst, som förbundet finansierar helt."),
        FootnoteLine("2)", "Från och med 1 mars 2027."),
    ),
    remarks=written("Förbundet finansierar därutöver lokal, handledning och uppföljning."),
)
CHANGE = NoticeOfChangeFields(
    association=ASSOCIATION,
    register_number=_NUMBER,
    agreement=_NAME,
    party="Region Norrsund",
    subject="Rehabkoordinatorn går från heltid till halvtid den 1 februari 2027.",
    description=written(
        "Regionens rehabkoordinator i teamet minskar sin tjänst från 1,0 till 0,5. Arbetsterapeuten påverkas inte."
    ),
    reasons=written(
        "Vårdcentralen i Sörby saknar rehabkoordinator sedan i våras. Regionen föreslår att",
        bullets(
            "halvtiden i teamet samlas till två hela dagar i veckan,",
            "Lindå kommuns ena socialsekreterare tar över den första kontakten med vårdcentralerna.",
        ),
    ),
    effective_on="1 februari 2027",
    extent="Väsentlig",
    rule="Om en parts förutsättningar ändras väsentligt anmäler parten det i styrgruppen minst tre månader i förväg.",
    last_day="1 november 2026",
    notified_on="15 oktober 2026",
    timeliness="I tid, 17 dagar före sista dagen",
    told=(
        ToldLine("Styrgruppen för Stegvis", "sammanträdet den 22 oktober 2026"),
        ToldLine("Eskil Norberg, förbundschef", "brev"),
        ToldLine("Eva Rask, teamledare"),
    ),
    answer_by="29 oktober 2026",
    contact="kansli@norrsund.example, 0910-555 01 00",
    sender_name="Nils Forsman",
    sender_title="verksamhetschef",
)
