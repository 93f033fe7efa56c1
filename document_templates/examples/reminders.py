"""What is due in an invented autumn."""

from __future__ import annotations

from document_templates.examples.meetings import ASSOCIATION
from paragraf.duties.document_fields import DutyLine, MonthLines, ReminderListFields

_LAW = "Lag (2003:1210) om finansiell samordning"

REMINDERS = ReminderListFields(
    association=ASSOCIATION,
    period="1 september–31 december 2026",
    made_on="1 september 2026",
    addressee="Tove Sundin, sekreterare",
    summary="Åtta saker att göra, varav en är försenad.",
    months=(
        MonthLines(
            "Försenat",
            (DutyLine("31 augusti", "Tertialrapport från Stegvis", "Beslut § 598", "Eva Rask", "1 dag försenad"),),
        ),
        MonthLines(
            "September 2026",
            (
                DutyLine(
                    "24 september",
                    "Justera protokollet från den 10 september",
                    "Kommunallagen 5 kap. 69 §",
                    "ordföranden och justeraren",
                    "23 dagar kvar",
                ),
            ),
        ),
        MonthLines(
            "Oktober 2026",
            (
                DutyLine(
                    "13 oktober",
                    "Ta ner anslaget, tidigast denna dag",
                    "Kommunallagen 8 kap. 12 §",
                    "kansliet",
                    "Kommande",
                ),
                DutyLine(
                    "31 oktober",
                    "Anmäla större ändringar inför årsskiftet",
                    "Överenskommelse om Stegvis, avsnitt 8",
                    "parterna",
                    "Kommande",
                    "30 oktober",
                ),
            ),
        ),
        MonthLines(
            "November 2026",
            (
                DutyLine(
                    "30 november",
                    "Fastställa budget för 2027 vid ett offentligt sammanträde",
                    _LAW,
                    "styrelsen",
                    "Kommande",
                    "19 november",
                ),
            ),
        ),
        MonthLines(
            "December 2026",
            (
                DutyLine(
                    "31 december",
                    "Årsbilaga med åtaganden för 2027 från varje part",
                    "Överenskommelse om Stegvis, bilaga 1",
                    "parterna",
                    "1 av 3 inne",
                    "30 december",
                ),
                DutyLine(
                    "31 december",
                    "Mål för 2027 i social budget",
                    "Verksamhetsplan 2026",
                    "styrelsen",
                    "Kommande",
                    "19 november",
                ),
                DutyLine(
                    "31 december",
                    "Se över tillgänglighetsredogörelsen",
                    "Lag (2018:1937)",
                    "kansliet",
                    "Kommande",
                    "30 december",
                ),
            ),
        ),
    ),
)
