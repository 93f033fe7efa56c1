"""Drawdown claims (rekvisitioner): made by the grantee or by the office for them, answered by the office, then paid."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.core.money import print_amount
from paragraf.core.printing import print_date, print_moment
from paragraf.grants.accounts import check_claim, check_payable
from paragraf.grants.acts import lock, matter_of, record
from paragraf.grants.correspondence import tell_grantee, tell_office
from paragraf.grants.models import DrawdownClaim, Grant
from paragraf.grants.queries import account_of, claims_of, standing
from paragraf.register.models import Direction, Document, DocumentKind
from paragraf.register.operations import file_document

LONGEST_TEXT = 1000


def make_claim(
    session: Session, grant: Grant, *, year: int, amount_ore: int, text: str, claimed_by: str, now: datetime
) -> DrawdownClaim:
    """Claim money that was granted for the year. The claim is filed in the matter, and the office is told.

    ``claimed_by`` is the grantee's address, or the person of the office who noted a claim that came otherwise. Raises
    RuleBroken while a condition is open, when the grant has lapsed or is closed, and for more than is left of the year.
    """
    lock(session, grant)
    account = account_of(session, grant).get(year)
    check_claim(standing(grant), account, amount_ore, year=year, today=local_date(now))
    if len(text) > LONGEST_TEXT:
        raise RuleBroken("Skriv högst %(most)s tecken.", field="text", most=LONGEST_TEXT)
    made = DrawdownClaim(
        association_id=grant.association_id,
        grant=grant,
        number=len(claims_of(session, grant)) + 1,
        year=year,
        amount_ore=amount_ore,
        text=text.strip(),
        claimed_at=now,
        claimed_by=claimed_by[:254],
    )
    session.add(made)
    session.flush()
    record(session, grant, "claim", now, claimed_by[:120], claim=made.number, year=year, ore=amount_ore)
    made.document = _file(session, made, now)
    session.flush()
    tell_office(session, grant, "claim_arrived", f"claim-arrived-{made.id}", now, **_told(made))
    return made


def _file(session: Session, claim: DrawdownClaim, now: datetime) -> Document:
    """Keep what was claimed as a document of the matter, as plain text that any machine will always read."""
    matter = matter_of(claim.grant)
    lines = (
        f"Rekvisition {claim.number}: {matter.title}",
        f"Diarienummer {matter.register_number}, beslut {print_date(claim.grant.decided_on)}",
        "",
        f"Belopp: {print_amount(claim.amount_ore)}",
        f"Av medlen för: {claim.year}",
        f"Rekvirerad av: {claim.claimed_by}",
        f"Kom in: {print_moment(now)}",
        *(("", claim.text) if claim.text else ()),
    )
    return file_document(
        session,
        association_id=claim.association_id,
        matter=matter,
        kind=DocumentKind.DRAWDOWN_CLAIM,
        direction=Direction.IN,
        title=f"Rekvisition {claim.number}: {print_amount(claim.amount_ore)} för {claim.year}",
        filename=f"rekvisition-{matter.year}-{matter.number}-{claim.number}.txt",
        media_type="text/plain; charset=utf-8",
        content="\r\n".join(lines).encode(),
        now=now,
        actor=claim.claimed_by[:120],
    )


def _told(claim: DrawdownClaim) -> dict[str, Any]:
    return {"number": claim.number, "year": claim.year, "amount": claim.amount_ore, "text": claim.text}


def approve_claim(session: Session, claim: DrawdownClaim, *, now: datetime, actor: str) -> DrawdownClaim:
    """Approve a claim that waits, held against the grant as it stands now. The grantee is told.

    Raises RuleBroken for one that is answered already, and for one that no longer may be paid.
    """
    grant = _lock(session, claim)
    rest = account_of(session, grant, without=claim).get(claim.year)
    check_claim(standing(grant), rest, claim.amount_ore, year=claim.year, today=local_date(now))
    claim.approved_at, claim.answered_by = now, actor
    session.flush()
    record(session, grant, "approve_claim", now, actor, claim=claim.number)
    tell_grantee(session, grant, "claim_approved", f"claim-approved-{claim.id}", now, **_told(claim))
    return claim


def refuse_claim(session: Session, claim: DrawdownClaim, *, reason: str, now: datetime, actor: str) -> DrawdownClaim:
    """Refuse a claim that waits, with the reason, which the grantee reads. The money can be claimed again."""
    grant = _lock(session, claim)
    if not reason.strip():
        raise RuleBroken("Skriv varför rekvisitionen avslås. Mottagaren får läsa det.", field="reason")
    if len(reason) > LONGEST_TEXT:
        raise RuleBroken("Skriv högst %(most)s tecken.", field="reason", most=LONGEST_TEXT)
    claim.refused_at, claim.refuse_reason, claim.answered_by = now, reason.strip(), actor
    session.flush()
    record(session, grant, "refuse_claim", now, actor, claim=claim.number)
    tell_grantee(
        session, grant, "claim_refused", f"claim-refused-{claim.id}", now, **_told(claim), reason=claim.refuse_reason
    )
    return claim


def _lock(session: Session, claim: DrawdownClaim) -> Grant:
    """Lock the claim's grant and read the claim as it is now; RuleBroken when it has been answered."""
    lock(session, claim.grant)
    session.refresh(claim, ["approved_at", "refused_at", "paid_on"])
    if claim.approved_at is not None:
        raise RuleBroken("Rekvisitionen är redan godkänd.")
    if claim.refused_at is not None:
        raise RuleBroken("Rekvisitionen är redan avslagen. Mottagaren kan rekvirera på nytt.")
    return claim.grant


def pay_claim(session: Session, claim: DrawdownClaim, *, paid_on: date, now: datetime, actor: str) -> DrawdownClaim:
    """Note the day on which an approved claim was paid. The grantee is told. It is said once."""
    grant = claim.grant
    lock(session, grant)
    session.refresh(claim, ["approved_at", "refused_at", "paid_on"])
    if claim.approved_at is None:
        raise RuleBroken("Rekvisitionen ska godkännas innan den betalas ut.")
    if claim.paid_on is not None:
        raise RuleBroken("Rekvisitionen är redan utbetald, den %(day)s.", day=claim.paid_on)
    check_payable(standing(grant))
    first, today = local_date(claim.approved_at), local_date(now)
    if not first <= paid_on <= today:
        raise RuleBroken("Dagen ska ligga mellan godkännandet (%(first)s) och i dag.", field="day", first=first)
    claim.paid_on = paid_on
    session.flush()
    record(session, grant, "pay_claim", now, actor, claim=claim.number, day=paid_on.isoformat())
    tell_grantee(session, grant, "claim_paid", f"claim-paid-{claim.id}", now, **_told(claim), paid_on=paid_on)
    return claim
