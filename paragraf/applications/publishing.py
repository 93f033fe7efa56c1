"""Publishing forms: a new text becomes a new version, and the versions before it stay as they are."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer, joinedload

from paragraf.core import log
from paragraf.questions.models import FormFamily, FormVersion
from paragraf.questions.reading import read_definition


def publish_form(session: Session, *, association_id: int, source_text: str, now: datetime, actor: str) -> FormVersion:
    """Offer the form that the YAML text defines, as the newest version of the family named by its key.

    The same text again gives the version that is there. Raises DefinitionFaulty with every fault of the text.
    """
    form = read_definition(source_text)
    family = _family(session, association_id, form.key)
    digest = sha256(source_text.encode()).hexdigest()
    newest = _newest(session, family)
    family.is_open = True
    if newest is not None and newest.sha256 == digest:
        session.flush()
        return newest
    version = FormVersion(
        association_id=association_id,
        family=family,
        number=newest.number + 1 if newest else 1,
        source=source_text,
        sha256=digest,
        published_at=now,
    )
    session.add(version)
    session.flush()
    log.record(
        session,
        association_id,
        "publish",
        "form",
        version.id,
        now=now,
        actor=actor,
        key=form.key,
        number=version.number,
    )
    return version


def open_forms(session: Session, association_id: int) -> list[FormVersion]:
    """The newest version of each form that is open, in the order of their keys."""
    newest = (
        select(FormVersion.family_id, func.max(FormVersion.number).label("number"))
        .group_by(FormVersion.family_id)
        .subquery()
    )
    wanted = (
        select(FormVersion)
        .join(newest, (newest.c.family_id == FormVersion.family_id) & (newest.c.number == FormVersion.number))
        .join(FormVersion.family)
        .where(FormVersion.association_id == association_id, FormFamily.is_open.is_(True))
        .options(joinedload(FormVersion.family), defer(FormVersion.source))
        .order_by(FormFamily.key)
    )
    return list(session.scalars(wanted))


def _family(session: Session, association_id: int, key: str) -> FormFamily:
    found = session.scalar(
        select(FormFamily)
        .where(FormFamily.association_id == association_id, FormFamily.key == key)
        # Two who publish at once must not both become the same version.
        .with_for_update()
    )
    if found is None:
        found = FormFamily(association_id=association_id, key=key, is_open=True)
        session.add(found)
        session.flush()
    return found


def _newest(session: Session, family: FormFamily) -> FormVersion | None:
    wanted = select(FormVersion).where(FormVersion.family_id == family.id)
    return session.scalar(wanted.order_by(FormVersion.number.desc()).limit(1))
