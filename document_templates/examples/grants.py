"""The board's picture of an invented association's grants."""

from __future__ import annotations

from document_templates.examples.meetings import ASSOCIATION
from paragraf.grants.overview.document_fields import CapitalRow, FundingOverviewFields, FundsRow, GrantRow, SpentRow

OVERVIEW = FundingOverviewFields(
    association=ASSOCIATION,
    made_on="5 oktober 2026",
    years=(
        FundsRow("2026", "2 400 000", "1 130 000", "200 000", "1 070 000", "640 000", "0"),
        FundsRow("2027", "2 400 000", "1 420 000", "400 000", "580 000", "0", "0"),
        FundsRow("2028", "–", "350 000", "0", "–", "0", "0"),
    ),
    shares_note="Plus 1 andel av en tjänst utan belopp, som inte ingår i summorna.",
    spent=(
        SpentRow("2026", "1 330 000", "512 000"),
        SpentRow("2027", "1 820 000", "–"),
        SpentRow("2028", "350 000", "–"),
    ),
    capital=(
        CapitalRow("2025", "1 160 000", "1 220 000", "60 000 kr under taket"),
        CapitalRow("2026", "1 350 000", "1 220 000", "130 000 kr över taket"),
    ),
    cap_note="Taket är 20 % av årets intäkter från och med 1 januari 2025. Källa: rekommendation till förbunden",
    grants=(
        GrantRow("Stegvis", "2026/14", "Lindå kommun", "Gäller", "410 000", "410 000", "120 000", "96 000"),
        GrantRow("Rehabvägen", "2026/9", "Region Norrsund", "Villkor återstår", "600 000", "600 000", "0", "–"),
        GrantRow(
            "Arbetsspåret", "2025/31", "Sörby kommun", "Gäller, 50 % av en tjänst utan belopp", "–", "–", "–", "–"
        ),
        GrantRow("Ung kraft", "2025/12", "Lindå kommun", "Avslutat", "380 000", "361 500", "361 500", "361 500"),
    ),
)
