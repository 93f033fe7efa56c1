"""Publishing forms: a new text becomes a new version, and the versions before it stay as they are."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer, joinedload

from paragraf.core import log
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.questions.models import FormDraft, FormFamily, FormVersion
from paragraf.questions.reading import read_definition
from paragraf.questions.succession import read_successor


def publish_form(
    session: Session,
    *,
    association_id: int,
    source_text: str,
    now: datetime,
    actor: str,
    drafts_follow: bool = False,
) -> FormVersion:
    """Offer the form that the YAML text defines, as the newest version of the family named by its key.

    The same text again gives the version that is there. With ``drafts_follow`` those who are writing on an older
    version must go over before they can submit. Raises DefinitionFaulty with every fault of the text, among them what
    may not change from the version in use.
    """
    form = read_definition(source_text)
    family = family_for_key(session, association_id, form.key)
    newest = newest_version(session, family)
    read_successor(source_text, read_definition(newest.source) if newest else None)
    digest = sha256(source_text.encode()).hexdigest()
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
        drafts_follow=drafts_follow and newest is not None,
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


def publish_draft(
    session: Session,
    draft: FormDraft,
    *,
    version: int,
    seen_number: int,
    drafts_follow: bool,
    now: datetime,
    actor: str,
) -> FormVersion:
    """Publish what is written in the draft, as it was looked through.

    ``version`` is the draft's own and ``seen_number`` the version of the form that it was compared with (0 for none):
    RuleBroken when either has moved on since. Raises DefinitionFaulty with every fault of the text.
    """
    session.refresh(draft, with_for_update=True)
    if draft.published_at or draft.discarded_at or draft.set_aside_of:
        raise RuleBroken("Utkastet är redan publicerat eller borttaget.")
    if draft.version != version:
        raise RuleBroken("Texten har ändrats sedan du läste igenom ändringarna. Läs igenom dem en gång till.")
    family = family_for_key(session, draft.association_id, read_definition(draft.source).key)
    newest = newest_version(session, family)
    if (newest.number if newest else 0) != seen_number:
        raise RuleBroken(
            "Någon annan har publicerat en version av formuläret medan du läste. Läs igenom ändringarna en gång till: "
            "de jämförs nu med den nya versionen."
        )
    published = publish_form(
        session,
        association_id=draft.association_id,
        source_text=draft.source,
        now=now,
        actor=actor,
        drafts_follow=drafts_follow,
    )
    draft.published_at, draft.family = now, family
    session.flush()
    return published


def set_open(session: Session, family: FormFamily, *, is_open: bool, now: datetime, actor: str) -> None:
    """Open the form to applicants, or close it: what is begun can still be finished. A form must be published first."""
    session.refresh(family, with_for_update=True)
    if newest_version(session, family) is None:
        raise RuleBroken("Formuläret är inte publicerat än. Publicera det, så är det öppet.")
    if family.is_open == is_open:
        return
    family.is_open = is_open
    session.flush()
    own = family.association_id
    if is_open:
        log.record(session, own, "open", "form", family.id, now=now, actor=actor, key=family.key)
    else:
        log.record(session, own, "close", "form", family.id, now=now, actor=actor, key=family.key)


def open_forms(session: Session, association_id: int) -> list[FormVersion]:
    """The newest version of each form that is open, in the order of their keys."""
    newest = (
        select(FormVersion.family_id, func.max(FormVersion.number).label("number"))
        # 0 is a copy for trying out.
        .where(FormVersion.number > 0)
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


def family_for_key(session: Session, association_id: int, key: str) -> FormFamily:
    """The association's form with the key, locked; made, and closed to applicants, when there is none."""
    found = session.scalar(
        select(FormFamily)
        .where(FormFamily.association_id == association_id, FormFamily.key == key)
        # Two who publish at once must not both become the same version.
        .with_for_update()
    )
    if found is None:
        found = FormFamily(association_id=association_id, key=key, is_open=False)
        session.add(found)
        session.flush()
    return found


def find_family(session: Session, association_id: int, family_id: int) -> FormFamily:
    """The association's own form; raises NotThere."""
    found = session.get(FormFamily, family_id)
    if found is None or found.association_id != association_id:
        raise NotThere("Formuläret finns inte.")
    return found


def newest_version(session: Session, family: FormFamily) -> FormVersion | None:
    """The version in use: the one published last; None for a form that is only tried out so far."""
    wanted = select(FormVersion).where(FormVersion.family_id == family.id, FormVersion.number > 0)
    return session.scalar(wanted.order_by(FormVersion.number.desc()).limit(1))
