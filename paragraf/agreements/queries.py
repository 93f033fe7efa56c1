"""What pages read about agreements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from paragraf.agreements import rules
from paragraf.agreements.models import Agreement, AgreementInforms, AgreementParty
from paragraf.agreements.rules import AgreementState, NoticeWindow, Terms
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere
from paragraf.core.log import LogEntry

#: What duties and log entries call an agreement.
SUBJECT = "agreement"


@dataclass(frozen=True)
class AgreementAt:
    """An agreement as it stands on a day."""

    agreement: Agreement
    state: AgreementState
    #: The next yearly revision; None where there will be none.
    next_revision: date | None
    #: Until when a change at the next revision can be told; None where no notice is asked for.
    window: NoticeWindow | None
    #: Whether the window is still open on the day.
    window_open: bool


def agreement(session: Session, association_id: int, agreement_id: int) -> Agreement:
    """The association's own agreement with its parties; raises NotThere."""
    found = session.scalar(_whole(association_id).where(Agreement.id == agreement_id))
    if found is None:
        raise NotThere("Överenskommelsen finns inte.")
    return found


def of_matter(session: Session, association_id: int, matter_id: int) -> Agreement | None:
    """The agreement that the matter is, if it is one."""
    return session.scalar(_whole(association_id).where(Agreement.matter_id == matter_id))


def agreements(session: Session, association_id: int, *, today: date) -> list[AgreementAt]:
    """All agreements as they stand today: those in force by their next revision, then coming ones, ended ones last."""
    found = [
        at(each, today) for each in session.scalars(_whole(association_id).order_by(Agreement.title, Agreement.id))
    ]
    order = {AgreementState.IN_FORCE: 0, AgreementState.NOT_YET: 1, AgreementState.ENDED: 2}
    return sorted(found, key=lambda each: (order[each.state], each.next_revision or date.max))


def at(agreement: Agreement, today: date) -> AgreementAt:
    """The agreement as it stands on the day."""
    stands = state(agreement, today)
    coming = [] if stands is AgreementState.ENDED else rules.revisions(terms_of(agreement), today)
    window = rules.notice_window(coming[0], agreement.notice_months) if coming and agreement.notice_months else None
    return AgreementAt(
        agreement=agreement,
        state=stands,
        next_revision=coming[0] if coming else None,
        window=window,
        window_open=window is not None and window.is_open(today),
    )


def state(agreement: Agreement, day: date) -> AgreementState:
    """Not yet, in force or ended, on the day."""
    ended_on = local_date(agreement.ended_at) if agreement.ended_at else None
    return rules.state(agreement.in_force_from, agreement.in_force_until, ended_on, day)


def terms_of(agreement: Agreement) -> Terms:
    """What the agreement says of itself, as a value."""
    return Terms(
        title=agreement.title,
        summary=agreement.summary,
        in_force_from=agreement.in_force_from,
        in_force_until=agreement.in_force_until,
        revised_yearly=agreement.revised_yearly,
        notice_months=agreement.notice_months,
    )


def history(session: Session, agreement: Agreement) -> list[LogEntry]:
    """What happened to the agreement, its duties and reminders included, newest first."""
    about = select(LogEntry).where(
        LogEntry.association_id == agreement.association_id,
        LogEntry.subject == SUBJECT,
        LogEntry.subject_id == agreement.id,
    )
    return list(session.scalars(about.order_by(LogEntry.sequence.desc())))


def party_name(party: AgreementParty) -> str:
    """The party as it is printed: the organisation, and its unit where a unit is the party."""
    organisation = party.member_organisation.name
    return f"{organisation}, {party.unit.name}" if party.unit else organisation


def _whole(association_id: int) -> Select[Agreement]:
    return (
        select(Agreement)
        .where(Agreement.association_id == association_id)
        .options(
            selectinload(Agreement.parties).joinedload(AgreementParty.member_organisation),
            selectinload(Agreement.parties).joinedload(AgreementParty.unit),
            selectinload(Agreement.informed_bodies).joinedload(AgreementInforms.body),
            selectinload(Agreement.matter),
        )
    )
