"""Verbs of the grants room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.applications.filled import filled
from paragraf.applications.models import Application
from paragraf.core import log
from paragraf.core.dates import local_date
from paragraf.core.errors import N_, NotThere, RuleBroken
from paragraf.grants import following
from paragraf.grants.acts import lock, record
from paragraf.grants.correspondence import tell_grantee
from paragraf.grants.models import ConditionOutcome, Grant, GrantCondition, GrantYear, ReportKind
from paragraf.grants.queries import has_lapsed, reports_of
from paragraf.grants.remainders import release_all
from paragraf.grants.reporting.plan import grant_period
from paragraf.grants.reporting.reports import cancel_all, plan_reports
from paragraf.grants.rules import check_grant, check_outcome


class Decision(Protocol):
    """The decision of a §: a row of the minutes, which this room must not know."""

    id: int
    association_id: int


def grant(
    session: Session,
    *,
    application: Application,
    decision: Decision,
    years: Mapping[int, int],
    conditions: Sequence[str],
    decided_on: date,
    now: datetime,
    actor: str,
    post_share: int | None = None,
) -> Grant:
    """Keep what the decision grants: öre by year, and the conditions in order; the reports on it are planned.

    ``post_share``: a part of a post without an amount, in hundredths of a per cent; ``years`` may then be empty. One
    decision gives one grant: called again, it returns the one that is there. Raises NotThere for another association's
    decision, and RuleBroken for a draft, for no year at all and for amounts below zero.
    """
    if decision.association_id != application.association_id:
        raise NotThere("Beslutet gäller inte den här ansökan.")
    # The lock makes two calls for the same decision wait for each other, so that the second finds the grant.
    session.refresh(application, ["submitted_at", "matter_id"], with_for_update=True)
    found = session.scalar(select(Grant).where(Grant.decision_id == decision.id))
    if found is not None:
        return found
    if application.submitted_at is None:
        raise RuleBroken("Ansökan är inte inlämnad än, så den kan inte beviljas.")
    told = check_grant(years, conditions, post_share)
    made = _new_grant(application, decision, years, told, decided_on, now)
    made.post_share = post_share
    made.starts_on, made.ends_on = _period(session, application, years, now)
    session.add(made)
    session.flush()
    log.record(
        session,
        application.association_id,
        "grant",
        "application",
        application.id,
        now=now,
        actor=actor,
        matter_id=application.matter_id,
        years={str(year): ore for year, ore in sorted(years.items())},
        conditions=len(told),
        post_share=post_share,
    )
    plan_reports(session, made, now=now, actor=actor)
    return made


def _period(
    session: Session, application: Application, years: Mapping[int, int], now: datetime
) -> tuple[date | None, date | None]:
    applied = filled(session, application, local_date(now)).facts.period
    return grant_period(applied, (year for year, ore in years.items() if ore)) or (None, None)


def _new_grant(
    application: Application,
    decision: Decision,
    years: Mapping[int, int],
    conditions: Sequence[str],
    decided_on: date,
    now: datetime,
) -> Grant:
    own = application.association_id
    return Grant(
        association_id=own,
        application=application,
        decision_id=decision.id,
        decided_on=decided_on,
        created_at=now,
        years=[GrantYear(association_id=own, year=year, amount_ore=ore) for year, ore in sorted(years.items())],
        conditions=[
            GrantCondition(association_id=own, position=place, text=text)
            for place, text in enumerate(conditions, start=1)
        ],
    )


def set_period(session: Session, granted: Grant, *, starts_on: date, ends_on: date, now: datetime, actor: str) -> None:
    """Say for which days a grant is, both included: for one from before that was kept, or one that is prolonged.

    The reports are planned anew. Raises RuleBroken for days in the wrong order, and once the final report is begun.
    """
    lock(session, granted)
    if granted.closed_at is not None or has_lapsed(granted):
        raise RuleBroken("Bidraget är avslutat. Inget mer kan ändras.")
    if ends_on < starts_on:
        raise RuleBroken("Perioden slutar innan den börjar. Byt plats på dagarna.", field="ends_on")
    if any(one.kind is ReportKind.FINAL and one.application_id for one in reports_of(session, granted)):
        raise RuleBroken("Slutrapporten är redan påbörjad, så bidragets tid kan inte ändras.")
    granted.starts_on, granted.ends_on = starts_on, ends_on
    session.flush()
    record(session, granted, "set_period", now, actor, starts_on=starts_on.isoformat(), ends_on=ends_on.isoformat())
    plan_reports(session, granted, now=now, actor=actor)


def settle_condition(
    session: Session, condition: GrantCondition, *, outcome: ConditionOutcome, day: date, now: datetime, actor: str
) -> None:
    """Say that a condition was met or failed, and on which day. It is said once; RuleBroken the second time.

    When one fails the grant no longer holds: whatever is not paid is set free, no reports are awaited, and the grantee
    is told. That the matter goes back to the board is ``meetings.returning``'s to see to, which knows the agendas.
    """
    granted = session.get_one(Grant, condition.grant_id)
    lock(session, granted)
    session.refresh(condition, with_for_update=True)
    check_outcome(condition.settled_on, day, decided_on=granted.decided_on, today=local_date(now))
    condition.outcome, condition.settled_on = outcome, day
    session.flush()
    application = granted.application
    log.record(
        session,
        condition.association_id,
        f"condition_{outcome.value}",
        "application",
        application.id,
        now=now,
        actor=actor,
        matter_id=application.matter_id,
        condition=condition.position,
        day=day.isoformat(),
    )
    if outcome is ConditionOutcome.FAILED:
        _lapse(session, granted, condition, now, actor)


def _lapse(session: Session, granted: Grant, condition: GrantCondition, now: datetime, actor: str) -> None:
    reason = N_("Ett villkor för bidraget uppfylldes inte.")
    day = condition.settled_on or local_date(now)
    freed = release_all(session, granted, reason=f"{reason} {condition.text}", day=day, now=now, actor=actor)
    cancel_all(session, granted, reason=reason, now=now, actor=actor)
    following.end_grant(session, granted, reason=reason, done=False, now=now, actor=actor)
    record(session, granted, "lapse", now, actor, condition=condition.position, ore=freed)
    tell_grantee(
        session,
        granted,
        "condition_failed",
        f"condition-failed-{condition.id}",
        now,
        condition=condition.text,
        settled_on=day,
        amount=freed,
    )
