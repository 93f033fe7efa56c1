"""A grant and what is done with it: by the office, by the grantee, and by the days that pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paragraf.applications import operations as applications
from paragraf.applications.models import Application
from paragraf.applications.offered.publishing import publish_form
from paragraf.applications.submitting import hand_in as hand_in_form
from paragraf.chain import RECEIVERS
from paragraf.core.dates import local_date
from paragraf.grants import operations, queries
from paragraf.grants.claims import approve_claim, make_claim, pay_claim
from paragraf.grants.models import ConditionOutcome, DrawdownClaim, Grant, GrantReport
from paragraf.grants.reporting.reports import open_report
from paragraf.minutes.models import Decision, MinuteItem, Minutes, Verb
from paragraf.post.models import Letter
from tests.applications.acting import begin, decide, fill_in, submit, whole_answers
from tests.parts.world import NOW, Home

SONJA = "Sonja Ekvall"
DECIDED = date(2026, 2, 12)

#: A small form of each kind of report: its facts are known already, its economy has the rows of form A.
REPORT = """
key: %(key)s
title: {sv: "%(title)s", en: "%(title)s"}
intro: {sv: Skriv kort., en: Write briefly.}
facts: {title: measure, applicant: grantee, period: period}
sections:
  - id: report
    title: {sv: Rapporten, en: The report}
    questions:
      - {id: measure, kind: text, label: {sv: Insats, en: Measure}}
      - {id: grantee, kind: organisation, parts: [name, number], label: {sv: Mottagare, en: Grantee}}
      - {id: period, kind: period, label: {sv: Period, en: Period}}
      - {id: happened, kind: long_text, label: {sv: Vad som har hänt, en: What has happened}}
      - id: economy
        kind: budget
        required: false
        label: {sv: Ekonomi, en: Economy}
        years: {period: period, count: 1}
        rows:
          - {id: personnel, kind: cost, label: {sv: Personal, en: Personnel}}
          - {id: premises, kind: cost, label: {sv: Lokaler, en: Premises}}
"""
TITLES = {
    "status_report": "Lägesrapport",
    "tertial_report": "Tertialrapport",
    "year_report": "Årsrapport",
    "final_report": "Slutrapport",
}


def at(day: date, hour: int = 9) -> datetime:
    """A moment of the day."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


def publish_reports(session: Session, home: Home, *keys: str) -> None:
    """Offer the report forms, all of them by default."""
    for key in keys or TITLES:
        source = REPORT % {"key": key, "title": TITLES[key]}
        publish_form(session, association_id=home.id, source_text=source, now=NOW, actor=SONJA)


def came_in(session: Session, home: Home, **changes: Any) -> Application:
    """An application on form A that has come in."""
    application = begin(session, home)
    fill_in(session, application, whole_answers(home) | changes)
    submit(session, application)
    return application


def decision_of(session: Session, home: Home) -> Decision:
    """A decision of its own: the first of the minutes, or one more § in them."""
    minutes = session.scalars(select(Minutes).where(Minutes.association_id == home.id)).first()
    if minutes is None:
        return decide(session, home)
    held = session.scalar(select(func.count(MinuteItem.id)).where(MinuteItem.minutes_id == minutes.id)) or 0
    item = MinuteItem(association_id=home.id, minutes=minutes, position=held + 1)
    made = Decision(
        association_id=home.id, minute_item=item, position=1, verb=Verb.GRANT, text="att bevilja ansökan", facts={}
    )
    session.add(made)
    session.flush()
    return made


def granted(
    session: Session,
    home: Home,
    years: Mapping[int, int],
    conditions: Sequence[str] = (),
    *,
    application: Application | None = None,
    now: datetime = NOW,
    **more: Any,
) -> Grant:
    """A grant of öre by year to an application."""
    return operations.grant(
        session,
        application=application or came_in(session, home),
        decision=decision_of(session, home),
        years=years,
        conditions=conditions,
        decided_on=DECIDED,
        now=now,
        actor="Paragraf",
        **more,
    )


def settle(session: Session, grant: Grant, outcome: ConditionOutcome, day: date, place: int = 0) -> None:
    operations.settle_condition(session, grant.conditions[place], outcome=outcome, day=day, now=at(day), actor=SONJA)


def claim(session: Session, grant: Grant, year: int, ore: int, day: date) -> DrawdownClaim:
    return make_claim(
        session, grant, year=year, amount_ore=ore, text="", claimed_by=grant.application.email, now=at(day)
    )


def draw(session: Session, grant: Grant, year: int, ore: int, day: date) -> DrawdownClaim:
    """Claimed, approved and paid on the day."""
    made = claim(session, grant, year, ore, day)
    approve_claim(session, made, now=at(day, 10), actor=SONJA)
    return pay_claim(session, made, paid_on=day, now=at(day, 11), actor=SONJA)


def write_report(session: Session, report: GrantReport, economy: Mapping[str, Any], day: date) -> Application:
    """The grantee fills in the whole report; it is not handed in."""
    form = open_report(session, report, now=at(day))
    session.flush()
    filled_in = {"happened": "Verksamheten går enligt plan.", "economy": dict(economy)}
    applications.save_section(
        session,
        form,
        section_id="report",
        raw=filled_in,
        base_version=form.version,
        now=at(day),
    )
    return form


def hand_in(session: Session, report: GrantReport, day: date, economy: Mapping[str, Any] | None = None) -> Application:
    """The grantee writes the report and hands it in; as its page does."""
    form = write_report(session, report, economy or {}, day)
    hand_in_form(session, form, version=form.version, now=at(day, 12), receivers=RECEIVERS)
    return form


def next_due(session: Session, grant: Grant) -> GrantReport:
    """The report that is due next and has not been accepted."""
    waiting = [one for one in queries.reports_of(session, grant) if not (one.accepted_at or one.cancelled_at)]
    return waiting[0]


def letters(session: Session, kind: str) -> list[Letter]:
    return list(session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def day_of(moment: datetime) -> date:
    return local_date(moment)
