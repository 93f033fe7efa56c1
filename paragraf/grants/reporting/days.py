"""How long after its period each kind of report is due: the association's own dated rules, else the program's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.errors import RuleBroken
from paragraf.grants.models import ReportKind, ReportRule
from paragraf.grants.reporting.plan import STANDARD_DAYS, STANDARD_SOURCE

_MOST_DAYS = 366


def days_after(session: Session, association_id: int, day: date) -> dict[ReportKind, int | None]:
    """For each kind the calendar days that hold on ``day``; None where the association asks for no such report."""
    own = {kind: rule.days_after for kind, rule in rules_on(session, association_id, day).items()}
    return {**STANDARD_DAYS, **own}


def rules_on(session: Session, association_id: int, day: date) -> Mapping[ReportKind, ReportRule]:
    """The association's own rule of each kind that holds on the day."""
    wanted = select(ReportRule).where(ReportRule.association_id == association_id, ReportRule.valid_from <= day)
    return {rule.kind: rule for rule in session.scalars(wanted.order_by(ReportRule.valid_from))}


def source_of(session: Session, association_id: int, kind: ReportKind, day: date) -> str:
    """Where the rule that holds is from; a Swedish source text where it is the program's."""
    own = rules_on(session, association_id, day).get(kind)
    return own.source if own else STANDARD_SOURCE


def set_rule(
    session: Session,
    association_id: int,
    *,
    kind: ReportKind,
    days: int | None,
    valid_from: date,
    source: str,
    now: datetime,
    actor: str,
) -> ReportRule:
    """Say how many days after its period a kind of report is due, for grants decided from ``valid_from`` on.

    The same day again changes that day's rule. Reports that are planned already keep their days.
    """
    if kind is ReportKind.STATUS:
        raise RuleBroken("Lägesrapporter begärs en och en och har ingen regel.", field="kind")
    if days is not None and not 0 <= days <= _MOST_DAYS:
        raise RuleBroken("Skriv ett antal dagar mellan 0 och %(most)s.", field="days", most=_MOST_DAYS)
    if not source.strip():
        raise RuleBroken("Skriv var regeln kommer ifrån, till exempel ett beslut.", field="source")
    wanted = select(ReportRule).where(
        ReportRule.association_id == association_id, ReportRule.kind == kind, ReportRule.valid_from == valid_from
    )
    rule = session.scalar(wanted.with_for_update())
    if rule is None:
        rule = ReportRule(association_id=association_id, kind=kind, valid_from=valid_from)
        session.add(rule)
    rule.days_after, rule.source, rule.recorded_by = days, source.strip()[:200], actor
    session.flush()
    log.record(
        session,
        association_id,
        "set_report_rule",
        "report_rule",
        rule.id,
        now=now,
        actor=actor,
        kind=kind.value,
        days=days,
        valid_from=valid_from.isoformat(),
    )
    return rule
