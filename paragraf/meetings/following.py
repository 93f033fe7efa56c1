"""What the body has asked for and waits for: open commissions and open conditions of grants, for every agenda."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from paragraf.applications.models import Application
from paragraf.core.dates import local_date
from paragraf.duties import queries as duties
from paragraf.duties.models import Duty
from paragraf.duties.rules import Words, words
from paragraf.duties.standard_rules import COMMISSION
from paragraf.grants import queries as grants
from paragraf.grants.models import Grant, GrantCondition
from paragraf.people import queries as people
from paragraf.people.models import Body
from paragraf.register.models import Matter

#: A body of which commissions are asked for; None: of all.
AnyBody = Body | None


@dataclass(frozen=True)
class OpenCommission:
    """A commission that is not reported. ``what`` ends with its decision: "… (Styrelsen 2026-04-09 § 12)"."""

    duty: Duty
    what: str
    #: Names of those who got it.
    persons: tuple[str, ...]
    state: Words

    @property
    def decision_id(self) -> int:
        """The decision that gave it."""
        return self.duty.subject_id

    def is_overdue(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.duty.due_on < today


@dataclass(frozen=True)
class OpenCondition:
    """A condition that nobody has settled, of a grant whose money waits for it."""

    row: GrantCondition
    grant: Grant
    days_open: int

    @property
    def matter(self) -> Matter | None:
        """The application's matter."""
        return self.grant.application.matter


def open_commissions(
    session: Session, association_id: int, moment: datetime, *, body: AnyBody = None
) -> list[OpenCommission]:
    """Commissions that are neither done nor cancelled, the most pressing first."""
    found = [one for one in duties.open_duties(session, association_id) if one.rule_key == COMMISSION]
    return _told(session, association_id, [one for one in found if _is_of(one, body)], moment)


def reported_commissions(
    session: Session, association_id: int, moment: datetime, *, body: AnyBody = None, limit: int = 50
) -> list[OpenCommission]:
    """Commissions that are done, the latest first."""
    wanted = (
        select(Duty)
        .where(Duty.association_id == association_id, Duty.rule_key == COMMISSION, Duty.done_at.is_not(None))
        .order_by(Duty.done_at.desc(), Duty.id.desc())
    )
    found = [one for one in session.scalars(wanted) if _is_of(one, body)]
    return _told(session, association_id, found[:limit], moment)


def open_conditions(session: Session, association_id: int, moment: datetime) -> list[OpenCondition]:
    """Conditions to be settled, of grants that still hold, the oldest first."""
    wanted = (
        select(GrantCondition)
        .join(Grant, Grant.id == GrantCondition.grant_id)
        .where(
            GrantCondition.association_id == association_id,
            GrantCondition.outcome.is_(None),
            Grant.closed_at.is_(None),
        )
        .order_by(Grant.decided_on, GrantCondition.grant_id, GrantCondition.position)
    )
    rows = session.scalars(wanted).all()
    given = select(Grant).where(Grant.id.in_({one.grant_id for one in rows}))
    loaded = given.options(joinedload(Grant.application).joinedload(Application.matter))
    by_id = {one.id: one for one in session.scalars(loaded)}
    today = local_date(moment)
    return [
        OpenCondition(one, by_id[one.grant_id], (today - by_id[one.grant_id].decided_on).days)
        for one in rows
        if not grants.has_lapsed(by_id[one.grant_id])
    ]


def _is_of(duty: Duty, body: AnyBody) -> bool:
    return body is None or body.id in duty.event_facts["body_ids"]


def _told(session: Session, association_id: int, found: Sequence[Duty], moment: datetime) -> list[OpenCommission]:
    names = _names(session, association_id, (each for one in found for each in one.event_facts["responsible"]))
    return [
        OpenCommission(
            one,
            one.event_facts["title"],
            tuple(names[each] for each in one.event_facts["responsible"] if each in names),
            words(one, moment),
        )
        for one in found
    ]


def _names(session: Session, association_id: int, ids: Iterable[int]) -> dict[int, str]:
    wanted = set(ids)
    return {one.id: one.name for one in people.persons(session, association_id) if one.id in wanted} if wanted else {}
