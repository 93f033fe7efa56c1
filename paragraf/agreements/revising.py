"""The yearly revision of an agreement is decided."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from paragraf.agreements import rules
from paragraf.agreements.models import Agreement
from paragraf.agreements.operations import plan_ahead
from paragraf.agreements.queries import SUBJECT, terms_of
from paragraf.core import log
from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.duties import operations as duties
from paragraf.duties import queries as duty_queries
from paragraf.duties.models import Duty
from paragraf.duties.standard_rules import AGREEMENT_REVISION


def approve_revision(
    session: Session, agreement: Agreement, *, decided_on: date, now: datetime, actor: str
) -> Duty | None:
    """A body approved the agreement on the day: the duty to decide about its next revision is done, those to come are
    planned. Returns the duty; None where none was open, which a second decision about the same revision finds.

    Raises RuleBroken for an agreement that has ended.
    """
    session.refresh(agreement, with_for_update=True)
    if agreement.ended_at is not None:
        raise RuleBroken("Överenskommelsen %(title)s har upphört, så den kan inte revideras.", title=agreement.title)
    done = _finish(session, agreement, decided_on, now, actor)
    plan_ahead(session, agreement, now=now)
    log.record(
        session,
        agreement.association_id,
        "approve_revision",
        SUBJECT,
        agreement.id,
        now=now,
        actor=actor,
        matter_id=agreement.matter_id,
        decided_on=decided_on.isoformat(),
    )
    return done


def _finish(session: Session, agreement: Agreement, decided_on: date, now: datetime, actor: str) -> Duty | None:
    """The most pressing revision that the decision can be about: one that is late, or the next one; never a later."""
    upcoming = rules.next_revision(terms_of(agreement).in_force_from, max(decided_on, local_date(now)))
    about = duty_queries.open_duties_of(session, agreement.association_id, SUBJECT, agreement.id)
    wanted = [one for one in about if one.rule_key == AGREEMENT_REVISION and one.event_on <= upcoming]
    if not wanted:
        return None
    return duties.finish(
        session,
        association_id=agreement.association_id,
        rule_key=AGREEMENT_REVISION,
        subject=SUBJECT,
        subject_id=agreement.id,
        event_on=min(one.event_on for one in wanted),
        now=now,
        actor=actor,
    )
