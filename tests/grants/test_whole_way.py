"""A grant over three calendar years, from the decision to the closed matter, as the days pass; wrong steps are refused.

Each year: money is claimed and paid, three reports are reminded of, written, handed in and accepted. One year leaves
money over, which a decision carries to the next; the last year leaves some to give back.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.applications import reminding
from paragraf.applications.models import ApplicantReminder, ReminderKind
from paragraf.chain import REMINDED
from paragraf.core.errors import RuleBroken
from paragraf.core.log import broken_links
from paragraf.duties.models import Duty
from paragraf.grants import amounts, queries
from paragraf.grants.accounts import total
from paragraf.grants.claims import approve_claim, pay_claim, refuse_claim
from paragraf.grants.closing import close_grant, lacking
from paragraf.grants.models import ConditionOutcome, Grant, GrantReport, RemainderKind, ReportKind, RowAmountKind
from paragraf.grants.remainders import settle_remainder
from paragraf.grants.reporting.reports import accept_report, ask_for_more, open_report
from paragraf.register.models import Document, DocumentKind
from tests.grants.acting import (
    SONJA,
    at,
    came_in,
    claim,
    draw,
    granted,
    hand_in,
    letters,
    next_due,
    publish_reports,
    settle,
)
from tests.parts.world import Home

YEARS = {2026: 12_000_000, 2027: 20_000_000, 2028: 9_000_000}
PERIOD = {"start": "2026-05-01", "end": "2028-12-31"}
BUDGET = {"personnel": {str(year): str(ore // 100) for year, ore in YEARS.items()}}
#: What is spent of each year: all but 30 000 kr of 2026 and 10 000 kr of 2028, after what was carried over.
SPENT = {2026: 9_000_000, 2027: 23_000_000, 2028: 8_000_000}


def refused(words: str) -> Any:
    return pytest.raises(RuleBroken, match=words)


def remind_until(session: Session, since: date, until: date) -> None:
    """The scheduler's mornings from the day after ``since`` to ``until``."""
    for ahead in range((until - since).days):
        reminding.queue_due(session, writers=REMINDED, now=at(since + timedelta(days=ahead + 1)), limit=100)


def carry(session: Session, grant: Grant, year: int, ore: int, day: date, **changes: Any) -> None:
    told: dict[str, Any] = {"kind": RemainderKind.CARRIED_OVER, "to_year": year + 1, "text": "§ 655", "was_paid": True}
    settle_remainder(
        session, grant, year=year, amount_ore=ore, decided_on=day, now=at(day), actor=SONJA, **(told | changes)
    )


def economy(year: int) -> dict[str, Any]:
    return {"personnel": {str(year): str(SPENT[year] // 100)}}


def test_from_the_decision_to_the_closed_matter(session: Session, home: Home) -> None:
    application = came_in(session, home, period=PERIOD, budget=BUDGET)
    publish_reports(session, home, "tertial_report", "year_report")
    grant = granted(session, home, YEARS, ["att regionen beviljar sin del"], application=application)
    assert (grant.starts_on, grant.ends_on) == (date(2026, 5, 1), date(2028, 12, 31))
    assert [one.kind.value for one in queries.reports_of(session, grant)] == [
        *("tertial", "year"),
        *("tertial", "tertial", "year"),
        *("tertial", "tertial", "year", "final"),
    ]
    _condition_met(session, grant)
    _first_year(session, grant)
    _second_year(session, grant)
    _third_year(session, home, grant)
    _end(session, grant)
    assert list(broken_links(session, home.id)) == []


def _condition_met(session: Session, grant: Grant) -> None:
    with refused("alla villkor"):
        claim(session, grant, 2026, 1, date(2026, 3, 10))
    settle(session, grant, ConditionOutcome.MET, date(2026, 3, 12))
    with refused("redan avgjort"):
        settle(session, grant, ConditionOutcome.FAILED, date(2026, 3, 13))
    with refused("från och med den 1 januari 2027"):
        claim(session, grant, 2027, 1, date(2026, 3, 13))


def _first_year(session: Session, grant: Grant) -> None:
    first = claim(session, grant, 2026, 7_000_000, date(2026, 5, 4))
    with refused("godkännas innan"):
        pay_claim(session, first, paid_on=date(2026, 5, 4), now=at(date(2026, 5, 4)), actor=SONJA)
    with refused("högst 50"):
        claim(session, grant, 2026, 5_000_001, date(2026, 5, 5))
    approve_claim(session, first, now=at(date(2026, 5, 6)), actor=SONJA)
    with refused("redan godkänd"):
        refuse_claim(session, first, reason="Nej", now=at(date(2026, 5, 6)), actor=SONJA)
    with refused("mellan godkännandet"):
        pay_claim(session, first, paid_on=date(2026, 5, 5), now=at(date(2026, 5, 7)), actor=SONJA)
    pay_claim(session, first, paid_on=date(2026, 5, 7), now=at(date(2026, 5, 7)), actor=SONJA)
    with refused("redan utbetald"):
        pay_claim(session, first, paid_on=date(2026, 5, 7), now=at(date(2026, 5, 8)), actor=SONJA)
    draw(session, grant, 2026, 5_000_000, date(2026, 9, 1))
    with refused("inte är godkända"):
        close_grant(session, grant, now=at(date(2026, 9, 1)), actor=SONJA)
    _tertial_report(session, grant)
    _year_report(session, grant, 2026)


def _tertial_report(session: Session, grant: Grant) -> None:
    report = next_due(session, grant)
    assert (report.kind, report.period_end, report.due_on) == (
        ReportKind.TERTIAL,
        date(2026, 8, 31),
        date(2026, 9, 30),
    )
    with refused("inte kommit in"):
        accept_report(session, report, now=at(date(2026, 9, 15)), actor=SONJA)
    with refused("kan skrivas då"):
        open_report(session, report, now=at(date(2026, 4, 30)))
    remind_until(session, date(2026, 9, 10), date(2026, 10, 4))
    assert len(letters(session, "report_due")) == 3
    assert len(letters(session, "report_late")) == 1
    form = hand_in(session, report, date(2026, 10, 5), {"personnel": {"2026": "40 000"}})
    assert form.matter_id == grant.application.matter_id
    assert session.get_one(Document, form.document_id).kind is DocumentKind.REPORT
    more = ask_for_more(
        session, report, remark="Lokalen saknas.", due_on=date(2026, 10, 20), now=at(date(2026, 10, 6)), actor=SONJA
    )
    assert more.id != form.id
    assert more.submitted_at is None
    with refused("inte kommit in"):
        accept_report(session, report, now=at(date(2026, 10, 7)), actor=SONJA)
    hand_in(session, report, date(2026, 10, 18), {"personnel": {"2026": "41 000"}})
    remind_until(session, date(2026, 10, 18), date(2026, 11, 30))
    assert len(letters(session, "report_late")) == 1
    accept_report(session, report, now=at(date(2026, 10, 19)), actor=SONJA)
    with refused("redan godkänd"):
        accept_report(session, report, now=at(date(2026, 10, 19)), actor=SONJA)
    assert amounts.spent(session, grant) == {2026: 4_100_000}


def _year_report(session: Session, grant: Grant, year: int) -> GrantReport:
    """The year's social accounts come in time, and are the outcome of the year."""
    report = next_due(session, grant)
    assert (report.kind, report.period_end) == (ReportKind.YEAR, date(year, 12, 31))
    day = report.due_on - timedelta(days=20)
    before = len(letters(session, "report_due"))
    hand_in(session, report, day, economy(year))
    accept_report(session, report, now=at(day + timedelta(days=1)), actor=SONJA)
    remind_until(session, day, report.due_on)
    assert len(letters(session, "report_due")) == before
    assert amounts.spent(session, grant)[year] == SPENT[year]
    return report


def _second_year(session: Session, grant: Grant) -> None:
    day = date(2027, 3, 1)
    with refused("paragrafen"):
        carry(session, grant, 2026, 3_000_000, day, text="styrelsen har sagt ja")
    with refused("30"):
        carry(session, grant, 2026, 3_000_001, day)
    carry(session, grant, 2026, 3_000_000, day)
    account = queries.account_of(session, grant)
    assert (account[2026].held, account[2027].held, account[2027].claimable) == (9_000_000, 3_000_000, 20_000_000)
    draw(session, grant, 2027, 20_000_000, date(2027, 4, 1))
    for end in (date(2027, 4, 30), date(2027, 8, 31)):
        report = next_due(session, grant)
        assert report.period_end == end
        hand_in(session, report, end + timedelta(days=10), {"personnel": {"2027": "100 000"}})
        accept_report(session, report, now=at(end + timedelta(days=11)), actor=SONJA)
    _year_report(session, grant, 2027)


def _third_year(session: Session, home: Home, grant: Grant) -> None:
    draw(session, grant, 2028, 8_500_000, date(2028, 2, 1))
    for end in (date(2028, 4, 30), date(2028, 8, 31)):
        report = next_due(session, grant)
        hand_in(session, report, end + timedelta(days=10), {"premises": {"2028": "1 000"}})
        accept_report(session, report, now=at(end + timedelta(days=11)), actor=SONJA)
    remind_until(session, date(2028, 9, 15), date(2028, 12, 31))
    assert len(letters(session, "grant_ending")) == 2
    # What a person writes holds over what a report said: the newest of a cell.
    table = amounts.amount_table(session, grant, date(2028, 12, 1))
    amounts.record_amounts(
        session,
        grant,
        kind=RowAmountKind.OUTCOME,
        cells={("premises", 2028): None},
        source="Mejl från kommunen",
        seen=table.version,
        now=at(date(2028, 12, 1)),
        actor=SONJA,
    )
    _year_report(session, grant, 2028)
    report = next_due(session, grant)
    assert report.kind is ReportKind.FINAL
    with refused("inget öppet formulär"):
        open_report(session, report, now=at(date(2029, 2, 1)))
    publish_reports(session, home, "final_report")
    hand_in(session, report, date(2029, 2, 10))
    accept_report(session, report, now=at(date(2029, 2, 12)), actor=SONJA)


def _end(session: Session, grant: Grant) -> None:
    day = date(2029, 2, 20)
    assert [str(one).replace("\u00a0", " ") for one in lacking(session, grant)] == [
        "För 2028 är 5 000 kr inte rekvirerat. För över det eller släpp det fritt.",
        "För 2028 är 5 000 kr utbetalt men inte använt. Det ska återbetalas eller föras över.",
    ]
    with refused("inte rekvirerat"):
        close_grant(session, grant, now=at(day), actor=SONJA)
    with refused("redan påbörjad"):
        carry(session, grant, 2028, 500_000, day)
    for kind in (RemainderKind.RELEASED, RemainderKind.RETURNED):
        carry(session, grant, 2028, 500_000, day, kind=kind, text="Används inte.")
    close_grant(session, grant, now=at(day), actor=SONJA)
    session.expire_all()
    matter = grant.application.matter
    assert matter is not None
    assert (grant.closed_at, matter.closed_on) == (at(day), day)
    with refused("redan avslutat"):
        close_grant(session, grant, now=at(day), actor=SONJA)
    with refused("avslutat"):
        claim(session, grant, 2028, 1, day)
    whole = total(queries.account_of(session, grant).values())
    assert (whole.granted, whole.held, whole.released, whole.returned) == (41_000_000, 40_000_000, 500_000, 500_000)
    assert whole.claimable == whole.under_way == 0
    assert sum(amounts.spent(session, grant).values()) == whole.held
    _nothing_waits(session, grant)


def _nothing_waits(session: Session, grant: Grant) -> None:
    """No duty is open, and no reminder will go out."""
    about = ("grant", "grant_report")
    still = select(Duty).where(Duty.subject.in_(about), Duty.done_at.is_(None), Duty.cancelled_at.is_(None))
    assert session.scalars(still).all() == []
    before = len(letters(session, "grant_ending"))
    remind_until(session, date(2029, 2, 20), date(2029, 6, 30))
    assert len(letters(session, "grant_ending")) == before
    waiting = select(ApplicantReminder).where(
        ApplicantReminder.queued_at.is_(None), ApplicantReminder.skipped_at.is_(None)
    )
    assert session.scalars(waiting).all() == []
    assert {one.kind for one in session.scalars(select(ApplicantReminder))} >= {ReminderKind.REPORT_DUE}
