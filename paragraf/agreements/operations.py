"""Verbs of the agreements room: register, amend, end; plan the duties of the revisions to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.agreements import queries, rules
from paragraf.agreements.models import Agreement, AgreementInforms, AgreementParty
from paragraf.agreements.queries import SUBJECT, terms_of
from paragraf.agreements.rules import AgreementState, NewParty, Terms
from paragraf.core import log
from paragraf.core.dates import local_date
from paragraf.core.errors import N_, NotThere, RuleBroken
from paragraf.duties import operations as duties
from paragraf.duties.models import Anchor, Duty
from paragraf.duties.rules import Event
from paragraf.people import queries as people
from paragraf.people.models import MemberOrganisation, Unit
from paragraf.register.models import MatterKind
from paragraf.register.operations import open_matter

_COUNTERPART_LENGTH = 200


def register_agreement(
    session: Session,
    *,
    association_id: int,
    title: str,
    summary: str,
    parties: Sequence[NewParty],
    in_force_from: date,
    in_force_until: date | None,
    revised_yearly: bool,
    notice_months: int,
    informed_bodies: Sequence[int],
    now: datetime,
    actor: str,
) -> Agreement:
    """Enter an agreement: it gets a matter in the register and the duties of its coming revisions.

    ``informed_bodies`` are the ids of the bodies that must be told of a change. Raises RuleBroken (several at once as
    SeveralRulesBroken) for terms that cannot hold, and NotThere for a party or body of another association.
    """
    terms = Terms(title.strip(), summary.strip(), in_force_from, in_force_until, revised_yearly, notice_months)
    agreement = Agreement(association_id=association_id, created_at=now)
    _take(session, agreement, terms, parties, informed_bodies)
    matter = open_matter(
        session,
        association_id=association_id,
        kind=MatterKind.AGREEMENT,
        title=terms.title,
        counterpart=_counterpart(agreement),
        now=now,
        actor=actor,
    )
    agreement.matter_id = matter.id
    session.add(agreement)
    session.flush()
    _log(session, agreement, "register", now, actor, **_told(agreement))
    _plan(session, agreement, now, actor, reason="")
    return agreement


def amend_terms(
    session: Session,
    agreement: Agreement,
    *,
    title: str,
    summary: str,
    parties: Sequence[NewParty],
    in_force_from: date,
    in_force_until: date | None,
    revised_yearly: bool,
    notice_months: int,
    informed_bodies: Sequence[int],
    now: datetime,
    actor: str,
) -> Agreement:
    """Change what the agreement says. Open duties of coming revisions that no longer follow from it are cancelled and
    new ones made; what was done or sent stays. Raises as ``register_agreement``, and for an agreement that has ended.
    """
    _lock(session, agreement)
    _must_not_have_ended(agreement, now)
    before = _told(agreement)
    terms = Terms(title.strip(), summary.strip(), in_force_from, in_force_until, revised_yearly, notice_months)
    _take(session, agreement, terms, parties, informed_bodies)
    session.flush()
    changes = {name: [before[name], value] for name, value in _told(agreement).items() if before[name] != value}
    _log(session, agreement, "amend", now, actor, changes=changes)
    _plan(session, agreement, now, actor, reason=N_("Överenskommelsens villkor har ändrats"))
    return agreement


def end_agreement(session: Session, agreement: Agreement, *, reason: str, now: datetime, actor: str) -> Agreement:
    """The agreement holds no longer, from today on; its open duties are cancelled. Raises RuleBroken without a reason
    or when it has ended already."""
    _lock(session, agreement)
    _must_not_have_ended(agreement, now)
    if not reason.strip():
        raise RuleBroken("Skriv varför överenskommelsen upphör.", field="reason")
    agreement.ended_at = now
    session.flush()
    _log(session, agreement, "end", now, actor, reason=reason.strip())
    duties.cancel(
        session,
        association_id=agreement.association_id,
        subject=SUBJECT,
        subject_id=agreement.id,
        reason=N_("Överenskommelsen har upphört"),
        now=now,
        actor=actor,
    )
    return agreement


def plan_revisions(session: Session, *, now: datetime) -> int:
    """Plan the duties of every agreement's coming revisions, at least 18 months ahead; how many agreements.

    Run each day, as often as one likes: what is planned is not planned twice.
    """
    # All are locked before the first is planned, in one order: two schedulers take turns instead of crossing, and
    # nobody waits for an agreement while holding the head of the log.
    running = select(Agreement).where(Agreement.ended_at.is_(None)).order_by(Agreement.association_id, Agreement.id)
    locked = session.scalars(running.with_for_update(), execution_options={"populate_existing": True}).all()
    for agreement in locked:
        plan_ahead(session, agreement, now=now)
    return len(locked)


def plan_ahead(session: Session, agreement: Agreement, *, now: datetime) -> None:
    """Plan the duties of the agreement's coming revisions; the caller holds it locked."""
    _plan(session, agreement, now, duties.PROGRAM, reason=N_("Följer inte längre av reglerna"))


def _plan(session: Session, agreement: Agreement, now: datetime, actor: str, *, reason: str) -> list[Duty]:
    today = local_date(now)
    return duties.replan(
        session,
        [_event(agreement, day) for day in rules.revisions(terms_of(agreement), today)],
        association_id=agreement.association_id,
        anchor=Anchor.AGREEMENT_REVISION,
        subject=SUBJECT,
        subject_id=agreement.id,
        reason=reason,
        now=now,
        actor=actor,
        since=today,
    )


def _event(agreement: Agreement, day: date) -> Event:
    return Event(
        association_id=agreement.association_id,
        anchor=Anchor.AGREEMENT_REVISION,
        subject=SUBJECT,
        subject_id=agreement.id,
        on=day,
        title=agreement.title,
        matter_id=agreement.matter_id,
        notice_months=agreement.notice_months,
        body_ids=tuple(informed.body_id for informed in agreement.informed_bodies),
    )


def _take(
    session: Session, agreement: Agreement, terms: Terms, parties: Sequence[NewParty], informed_bodies: Sequence[int]
) -> None:
    rules.check_terms(terms)
    rules.check_parties(parties)
    agreement.title, agreement.summary = terms.title, terms.summary
    agreement.in_force_from, agreement.in_force_until = terms.in_force_from, terms.in_force_until
    agreement.revised_yearly, agreement.notice_months = terms.revised_yearly, terms.notice_months
    # Half-changed rows must not be sent to the database by the questions below.
    with session.no_autoflush:
        _take_parties(session, agreement, parties)
        _take_informed(session, agreement, informed_bodies)


def _take_parties(session: Session, agreement: Agreement, parties: Sequence[NewParty]) -> None:
    standing = {NewParty(row.member_organisation_id, row.unit_id): row for row in agreement.parties}
    agreement.parties = [standing.get(party) or _party(session, agreement.association_id, party) for party in parties]


def _party(session: Session, association_id: int, party: NewParty) -> AgreementParty:
    organisation = session.scalar(
        select(MemberOrganisation).where(
            MemberOrganisation.association_id == association_id, MemberOrganisation.id == party.member_organisation_id
        )
    )
    if organisation is None:
        raise NotThere("Parten finns inte bland förbundets medlemmar.")
    unit = _unit(session, organisation, party.unit_id) if party.unit_id is not None else None
    return AgreementParty(association_id=association_id, member_organisation=organisation, unit=unit)


def _unit(session: Session, organisation: MemberOrganisation, unit_id: int) -> Unit:
    found = session.scalar(select(Unit).where(Unit.member_organisation_id == organisation.id, Unit.id == unit_id))
    if found is None:
        raise NotThere("Enheten hör inte till parten.")
    return found


def _take_informed(session: Session, agreement: Agreement, body_ids: Sequence[int]) -> None:
    standing = {row.body_id: row for row in agreement.informed_bodies}
    bodies = [people.body(session, agreement.association_id, body_id) for body_id in dict.fromkeys(body_ids)]
    agreement.informed_bodies = [
        standing.get(body.id) or AgreementInforms(association_id=agreement.association_id, body=body, body_id=body.id)
        for body in bodies
    ]


def _counterpart(agreement: Agreement) -> str:
    return ", ".join(queries.party_name(party) for party in agreement.parties)[:_COUNTERPART_LENGTH]


def _told(agreement: Agreement) -> dict[str, Any]:
    """What the agreement says, as the log keeps it."""
    until = agreement.in_force_until
    return {
        "title": agreement.title,
        "summary": agreement.summary,
        "in_force_from": agreement.in_force_from.isoformat(),
        "in_force_until": until.isoformat() if until else None,
        "revised_yearly": agreement.revised_yearly,
        "notice_months": agreement.notice_months,
        "parties": [queries.party_name(party) for party in agreement.parties],
        "informed_bodies": [informed.body.name for informed in agreement.informed_bodies],
    }


def _lock(session: Session, agreement: Agreement) -> None:
    session.refresh(agreement, with_for_update=True)


def _must_not_have_ended(agreement: Agreement, now: datetime) -> None:
    if queries.state(agreement, local_date(now)) is AgreementState.ENDED:
        raise RuleBroken("Överenskommelsen har upphört och kan inte ändras.")


def _log(session: Session, agreement: Agreement, verb: str, now: datetime, actor: str, **details: object) -> None:
    log.record(
        session,
        agreement.association_id,
        verb,
        SUBJECT,
        agreement.id,
        now=now,
        actor=actor,
        matter_id=agreement.matter_id,
        **details,
    )
