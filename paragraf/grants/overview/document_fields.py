"""What the board's picture of the grants prints: text only, formatted already. Amounts in kronor.

An empty tuple or text leaves its table or line out of the document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from paragraf.word.fields import Says


@dataclass(frozen=True, slots=True)
class FundsRow:
    """One year's money; ``is_sum`` is ``ja`` for the row of sums, else empty."""

    year: Annotated[str, Says("Året, eller ”Totalt”", "2026")]
    budget: Annotated[str, Says("Det som är avsatt i budgeten", "2 000 000")]
    committed: Annotated[str, Says("Bundet i bidrag som gäller", "750 000")]
    conditional: Annotated[str, Says("Bundet i bidrag med villkor som återstår", "600 000")]
    free: Annotated[str, Says("Det som är fritt", "650 000")]
    drawn: Annotated[str, Says("Utbetalt", "150 000")]
    returned: Annotated[str, Says("Återbetalat", "0")]
    is_sum: Annotated[str, Says("”ja” för en summarad")] = ""


@dataclass(frozen=True, slots=True)
class SpentRow:
    """Granted against spent in one year."""

    year: Annotated[str, Says("Året", "2026")]
    granted: Annotated[str, Says("Beviljat som gäller", "750 000")]
    spent: Annotated[str, Says("Utfall enligt rapporterna", "512 000")]


@dataclass(frozen=True, slots=True)
class CapitalRow:
    """Own capital of one year against its recommended cap."""

    year: Annotated[str, Says("Året", "2026")]
    own_capital: Annotated[str, Says("Eget kapital vid årets början", "1 350 000")]
    cap: Annotated[str, Says("Rekommenderat tak", "1 220 000")]
    standing: Annotated[str, Says("Hur kapitalet står mot taket", "130 000 kr över taket")]


@dataclass(frozen=True, slots=True)
class GrantRow:
    """One grant."""

    measure: Annotated[str, Says("Insatsens namn", "Stegvis")]
    register_number: Annotated[str, Says("Diarienummer", "2026/14")]
    grantee: Annotated[str, Says("Den som får bidraget", "Lindå kommun")]
    standing: Annotated[str, Says("Läget", "Gäller")]
    granted: Annotated[str, Says("Beviljat enligt beslutet", "410 000")]
    holds: Annotated[str, Says("Det som fortfarande är bundet", "410 000")]
    drawn: Annotated[str, Says("Utbetalt", "120 000")]
    spent: Annotated[str, Says("Utfall", "96 000")]


@dataclass(frozen=True, slots=True)
class FundingOverviewFields:
    """The board's picture: committed and free money by year, spent, own capital, every grant."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    made_on: Annotated[str, Says("Dagen som bilden visar", "5 oktober 2026")]
    years: Annotated[tuple[FundsRow, ...], Says("Medel år för år")]
    shares_note: Annotated[
        str,
        Says("Andelar av tjänster utan belopp", "Plus 1 andel av en tjänst utan belopp, som inte ingår i summorna."),
    ]
    spent: Annotated[tuple[SpentRow, ...], Says("Beviljat mot utfall")]
    capital: Annotated[tuple[CapitalRow, ...], Says("Eget kapital mot taket")]
    cap_note: Annotated[str, Says("Vad taket är och var det kommer ifrån", "Taket är 20 % av årets intäkter.")]
    grants: Annotated[tuple[GrantRow, ...], Says("Alla bidrag")]
