"""Verbs of the people room."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from paragraf.core import addresses, log, tokens
from paragraf.core.database import settings_of
from paragraf.people import queries
from paragraf.people.models import Association, Person, SignInLink
from paragraf.people.rules import SIGN_IN_LIFE, may_send_sign_in
from paragraf.post.operations import Recipient, write_letter


def recipient(person: Person) -> Recipient:
    """The person as the addressee of a letter."""
    return Recipient(person.name, person.email, person.language, person.id)


def request_sign_in(session: Session, *, association: Association, email: str, now: datetime) -> bool:
    """Mail a sign-in link to the person with the address. Returns whether a letter was queued.

    The page must say the same in both cases, so that it cannot be asked who has an account.
    """
    person = queries.person_by_email(session, association.id, email)
    if person is None:
        return False
    earlier = session.scalars(select(SignInLink.created_at).where(SignInLink.person_id == person.id))
    if not may_send_sign_in(earlier, now):
        return False
    link = SignInLink(association_id=association.id, person_id=person.id, created_at=now)
    session.add(link)
    session.flush()
    settings = settings_of(session)
    token = tokens.issue(settings, tokens.Purpose.SIGN_IN, {"l": link.id})
    write_letter(
        session,
        association_id=association.id,
        room="people",
        kind="sign_in",
        key=f"sign-in-{link.id}",
        to=recipient(person),
        fields={
            "name": person.name,
            "association": association.name,
            "address": addresses.sign_in(settings, association.slug, token),
            "minutes": int(SIGN_IN_LIFE.total_seconds() // 60),
        },
        now=now,
        secret=True,
    )
    return True


def read_sign_in(session: Session, *, association_id: int, token: str) -> SignInLink:
    """The unused link that the token names, without using it. Raises LinkRefused or LinkExpired."""
    payload = tokens.read(settings_of(session), tokens.Purpose.SIGN_IN, token, SIGN_IN_LIFE)
    link = session.scalar(
        select(SignInLink).where(SignInLink.association_id == association_id, SignInLink.id == payload.get("l"))
    )
    if link is None or link.used_at is not None or link.person.left_on is not None:
        raise tokens.refused()
    return link


def sign_in(session: Session, *, association_id: int, token: str, now: datetime) -> Person:
    """Use the link: who signs in. Raises LinkRefused or LinkExpired; a link works once."""
    link = read_sign_in(session, association_id=association_id, token=token)
    # Conditional: of two requests with the same link, one signs in.
    used = session.execute(
        update(SignInLink)
        .where(SignInLink.id == link.id, SignInLink.used_at.is_(None))
        .values(used_at=now)
        .returning(SignInLink.id)
    ).first()
    if used is None:
        raise tokens.refused()
    log.record(session, association_id, "sign_in", "person", link.person_id, now=now, actor=link.person.name)
    return link.person
