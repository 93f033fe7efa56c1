"""From the board's picture to the fields that its Word document prints, and to the file. It prints in Swedish."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from paragraf.core.money import print_amount, print_percent
from paragraf.core.printing import print_date
from paragraf.core.typography import NBSP
from paragraf.grants.models import CapitalCap
from paragraf.grants.overview.document_fields import CapitalRow, FundingOverviewFields, FundsRow, GrantRow, SpentRow
from paragraf.grants.overview.funds import YearPicture
from paragraf.grants.overview.picture import GrantLine, Picture, picture
from paragraf.people.models import Association
from paragraf.templates.rendering import render

#: What stands for an amount that nobody has said.
_UNKNOWN = "–"


def render_overview(session: Session, association: Association, *, today: date) -> bytes:
    """The picture as it stands, as a Word file from the template ``funding_overview``."""
    fields = overview_fields(association, picture(session, association.id, today), today=today)
    return render(session, association.id, "funding_overview", fields)


def overview_fields(association: Association, shown: Picture, *, today: date) -> FundingOverviewFields:
    """What the document prints."""
    return FundingOverviewFields(
        association=association.name,
        made_on=print_date(today),
        years=tuple(_funds(one) for one in shown.years),
        shares_note=shares_note(shown.shares),
        spent=tuple(
            SpentRow(str(one.year), _kr(one.committed + one.conditional), _kr(one.spent))
            for one in shown.years
            if one.committed + one.conditional or one.spent
        ),
        capital=tuple(_capital(one) for one in shown.years if one.own_capital is not None),
        cap_note=_cap_note(shown.cap),
        grants=tuple(_grant(line) for line in shown.lines),
    )


def shares_note(count: int) -> str:
    """What is said of grants without an amount; empty where there are none."""
    if not count:
        return ""
    shares = "1 andel av en tjänst" if count == 1 else f"{count} andelar av tjänster"
    return f"Plus {shares} utan belopp, som inte ingår i summorna."


def _kr(ore: int | None) -> str:
    return _UNKNOWN if ore is None else print_amount(ore).removesuffix(f"{NBSP}kr")


def _funds(one: YearPicture) -> FundsRow:
    return FundsRow(
        year=str(one.year),
        budget=_kr(one.budget),
        committed=_kr(one.committed),
        conditional=_kr(one.conditional),
        free=_kr(one.free),
        drawn=_kr(one.held + one.returned),
        returned=_kr(one.returned),
    )


def _capital(one: YearPicture) -> CapitalRow:
    if one.above_cap is None:
        standing = "Taket går inte att räkna ut"
    else:
        standing = f"{print_amount(abs(one.above_cap))} {'över' if one.above_cap > 0 else 'under'} taket"
    return CapitalRow(str(one.year), _kr(one.own_capital), _kr(one.cap), standing)


def _cap_note(cap: CapitalCap | None) -> str:
    if cap is None:
        return ""
    what = print_amount(cap.amount_ore) if cap.amount_ore is not None else ""
    if cap.share is not None:
        what = f"{print_percent(cap.share)} av årets intäkter"
    return f"Taket är {what} från och med {print_date(cap.valid_from)}. Källa: {cap.source}"


def _grant(line: GrantLine) -> GrantRow:
    matter, has_amount = line.grant.application.matter, bool(line.by_year)
    whole = line.whole
    return GrantRow(
        measure=matter.title if matter else "",
        register_number=matter.register_number if matter else "",
        grantee=matter.counterpart if matter else "",
        standing=_standing(line),
        granted=_kr(whole.granted) if has_amount else _UNKNOWN,
        holds=_kr(whole.committed) if has_amount else _UNKNOWN,
        drawn=_kr(whole.paid) if has_amount else _UNKNOWN,
        spent=_kr(line.spent_in_all),
    )


def _standing(line: GrantLine) -> str:
    if line.has_lapsed:
        return "Gäller inte längre"
    if line.grant.closed_at is not None:
        return "Avslutat"
    words = "Villkor återstår" if line.is_conditional else "Gäller"
    if line.grant.post_share is not None:
        words += f", {print_percent(line.grant.post_share)} av en tjänst utan belopp"
    return words
