"""The letters of the signing room: who gets which, with what in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.core import addresses
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.identifiers import print_phone
from paragraf.people.models import Association, Person, RoleKind
from paragraf.people.operations import recipient
from paragraf.people.queries import holders
from paragraf.post.operations import Recipient, write_letter
from paragraf.signing import queries, rules
from paragraf.signing.links import link_token
from paragraf.signing.models import RoundPurpose, Signatory, SignatureRound, SigningCapacity
from paragraf.signing.wording import capacity_of


def send_link(session: Session, signatory: Signatory, kind: str, *, key: str, now: datetime) -> None:
    """Queue a letter with the link in force; ``kind`` is a purpose with ``_to_sign``, link_again or sign_reminder."""
    _write(
        session,
        signatory.round,
        kind,
        _recipient(signatory),
        key=f"{signatory.id}-{key}",
        now=now,
        secret=True,
        capacity=capacity_of(signatory, signatory.language),
        address=addresses.signing(settings_of(session), link_token(settings_of(session), signatory)),
        email=signatory.email,
        last_day=signatory.link_last_day,
    )


def send_code(session: Session, signatory: Signatory, code: str, *, code_id: int, now: datetime) -> None:
    """Queue the letter with a code. It names neither the document nor anybody else."""
    _write(
        session,
        signatory.round,
        "signing_code",
        _recipient(signatory),
        key=f"{signatory.id}-code-{code_id}",
        now=now,
        secret=True,
        code=code,
        minutes=int(rules.CODE_LIVES.total_seconds() // 60),
    )


def tell_completed(session: Session, signature_round: SignatureRound, *, now: datetime) -> None:
    """Tell the senders that all have signed."""
    for person in senders(session, signature_round, now):
        _write(
            session,
            signature_round,
            "round_completed",
            recipient(person),
            key=f"completed-{person.id}",
            now=now,
            signatures=[
                (signatory.name, capacity_of(signatory, person.language)) for signatory in signature_round.signatories
            ],
            at=now,
        )


def tell_declined(session: Session, decliner: Signatory, reason: str, *, now: datetime) -> None:
    """Tell everyone entitled, once each: the senders, and the other signatories, whether they have signed or not."""
    for number, to in enumerate(_everyone_else(session, decliner, now), start=1):
        _write(
            session,
            decliner.round,
            _kind(decliner.round, "declined"),
            to,
            key=f"declined-{decliner.id}-{number}",
            now=now,
            who=decliner.name,
            capacity=capacity_of(decliner, to.language),
            reason=reason,
        )


def tell_dissent(session: Session, dissenter: Signatory, note: str, *, now: datetime) -> None:
    """Tell the senders and the chair that somebody signed with another opinion, and which."""
    others = {person.email: recipient(person) for person in senders(session, dissenter.round, now)}
    chairs = (one for one in dissenter.round.signatories if one.capacity is SigningCapacity.CHAIR)
    others |= {one.email: _recipient(one) for one in chairs}
    others.pop(dissenter.email, None)
    for number, to in enumerate(others.values(), start=1):
        _write(
            session,
            dissenter.round,
            "dissent",
            to,
            key=f"dissent-{dissenter.id}-{number}",
            now=now,
            who=dissenter.name,
            capacity=capacity_of(dissenter, to.language),
            note=note,
        )


def tell_withdrawn(session: Session, signature_round: SignatureRound, reason: str, *, now: datetime) -> None:
    """Tell the signatories that nothing is to be signed any more, and that what they signed does not count."""
    for step in queries.progress(session, signature_round, now=now).steps:
        signatory = step.signatory
        _write(
            session,
            signature_round,
            _kind(signature_round, "withdrawn"),
            _recipient(signatory),
            key=f"withdrawn-{signatory.id}",
            now=now,
            reason=reason,
            signed_at=step.answered_at if step.state is rules.SignatoryState.SIGNED else None,
        )


def senders(session: Session, signature_round: SignatureRound, now: datetime) -> list[Person]:
    """Who answers for the round in the office: the secretaries of today.

    Nobody for an application: it is its writers' own until all have signed, and its room tells them.
    """
    if signature_round.purpose is RoundPurpose.APPLICATION:
        return []
    return holders(session, signature_round.association_id, RoleKind.SECRETARY, local_date(now))


def _kind(signature_round: SignatureRound, kind: str) -> str:
    """An applicant's round is not ours: its letters speak of who sent it, not of ``us``."""
    return f"application_{kind}" if signature_round.purpose is RoundPurpose.APPLICATION else kind


def _everyone_else(session: Session, decliner: Signatory, now: datetime) -> list[Recipient]:
    # By address: those who sign from outside are no persons of the association.
    others = {person.email: recipient(person) for person in senders(session, decliner.round, now)}
    others |= {one.email: _recipient(one) for one in decliner.round.signatories}
    others.pop(decliner.email, None)
    return list(others.values())


def _recipient(signatory: Signatory) -> Recipient:
    return Recipient(signatory.name, signatory.email, signatory.language, signatory.person_id)


def _write(
    session: Session,
    signature_round: SignatureRound,
    kind: str,
    to: Recipient,
    *,
    key: str,
    now: datetime,
    secret: bool = False,
    **fields: object,
) -> None:
    association = session.get_one(Association, signature_round.association_id)
    common = {
        "title": signature_round.title,
        "contact_email": association.email,
        "contact_phone": print_phone(association.phone) if association.phone else "",
    }
    write_letter(
        session,
        association_id=association.id,
        room="signing",
        kind=kind,
        key=f"signing-{signature_round.id}-{key}",
        to=to,
        fields={**common, **fields},
        now=now,
        matter_id=signature_round.document.matter_id,
        secret=secret,
    )
