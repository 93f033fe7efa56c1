"""What holds for a grant and its conditions, decided on values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from paragraf.core.errors import RuleBroken
from paragraf.core.money import LARGEST_AMOUNT

LONGEST_CONDITION = 1000
#: A whole post, in hundredths of a per cent.
LARGEST_SHARE = 10_000
_YEARS = range(2000, 2100)


def check_grant(years: Mapping[int, int], conditions: Sequence[str], post_share: int | None = None) -> list[str]:
    """The conditions without blanks; RuleBroken where the amounts (öre by year) cannot be a grant.

    A grant of a part of a post (``post_share``, hundredths of a per cent) needs no amount.
    """
    if post_share is not None and not 0 < post_share <= LARGEST_SHARE:
        raise RuleBroken("Andelen av en tjänst ska vara mer än 0 och högst 100 procent.", field="post_share")
    if not years and post_share is None:
        raise RuleBroken("Ange ett belopp för minst ett år.", field="years")
    for year, ore in years.items():
        if year not in _YEARS:
            raise RuleBroken("%(year)s är inget år som medel kan beviljas för.", field="years", year=year)
        if not 0 <= ore <= LARGEST_AMOUNT:
            raise RuleBroken(
                "Beloppet för %(year)s kan inte beviljas. Kontrollera siffrorna.", field="years", year=year
            )
    told = [text.strip() for text in conditions if text.strip()]
    if any(len(text) > LONGEST_CONDITION for text in told):
        raise RuleBroken(
            "Ett villkor får vara högst %(most)s tecken långt.", field="conditions", most=LONGEST_CONDITION
        )
    return told


def check_outcome(settled_on: date | None, day: date, *, decided_on: date, today: date) -> None:
    """RuleBroken when a condition is settled already, or on a day that cannot be."""
    if settled_on is not None:
        raise RuleBroken("Villkoret är redan avgjort, den %(day)s.", day=settled_on)
    if not decided_on <= day <= today:
        raise RuleBroken("Dagen ska ligga mellan beslutet (%(first)s) och i dag.", field="day", first=decided_on)
