"""Verbs of the templates room: put in a version, switch to it or back, ask for a preview, set or remove the logo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from document_templates import example, titles
from paragraf.core import log
from paragraf.core.errors import RuleBroken
from paragraf.people.models import Association
from paragraf.templates import queries, rules
from paragraf.templates.checking import Assessment, Finding, assess
from paragraf.templates.filling import fill
from paragraf.templates.models import AssociationLogo, TemplatePreview, TemplateSwitch, TemplateVersion

#: How many previews an association keeps; the oldest go, since any can be made again.
PREVIEWS_KEPT = 40


class TemplateUnusable(RuleBroken):
    """A file that cannot be a template; ``findings`` holds every fault."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(
            "Mallen kan inte användas än. Inget är sparat: rätta felen i Word och ladda upp filen igen.", field="file"
        )
        self.findings = tuple(findings)


# --- versions --------------------------------------------------------------------------------------------------------


def add_version(
    session: Session,
    *,
    association_id: int,
    kind: str,
    filename: str,
    content: bytes,
    remark: str,
    now: datetime,
    actor: str,
) -> tuple[TemplateVersion, Assessment]:
    """Keep a checked template as the kind's next version, which is not used yet; with it what the check remarked.

    TemplateUnusable with every fault; RuleBroken when the newest version is the same file.
    """
    assessment = assess(queries.known_kind(kind), content)
    if not assessment.usable:
        raise TemplateUnusable(assessment.findings)
    version = TemplateVersion(
        association_id=association_id,
        kind=kind,
        number=_next_number(session, association_id, kind, sha256(content).hexdigest()),
        filename=PurePath(filename.replace("\\", "/")).name[-200:] or f"{kind}.docx",
        size=len(content),
        sha256=sha256(content).hexdigest(),
        content=content,
        remark=remark.strip()[:300],
        uploaded_at=now,
        uploaded_by=actor,
    )
    session.add(version)
    session.flush()
    _log(session, association_id, "add", kind, version, now, actor)
    return version, assessment


def use_version(
    session: Session,
    *,
    association_id: int,
    kind: str,
    version: TemplateVersion | None,
    now: datetime,
    actor: str,
) -> TemplateSwitch | None:
    """Make documents of the kind from this version from now on; None for the shipped one. Earlier documents stay.

    Going back is the same act. Nothing happens, and None comes out, when it is in use already. TemplateUnusable for a
    version that the program has outgrown.
    """
    if queries.in_use(session, association_id, kind).version == version:
        return None
    if version is not None and not (assessment := assess(kind, version.content)).usable:
        raise TemplateUnusable(assessment.findings)
    switch = TemplateSwitch(
        association_id=association_id,
        kind=kind,
        version_id=version.id if version else None,
        version=version,
        used_from=now,
        switched_by=actor,
    )
    session.add(switch)
    session.flush()
    _log(session, association_id, "use", kind, version, now, actor)
    return switch


def _next_number(session: Session, association_id: int, kind: str, digest: str) -> int:
    # Lock the association: two uploads at once must not take the same number (the constraint stands behind).
    session.execute(select(Association.id).where(Association.id == association_id).with_for_update())
    newest = next(iter(queries.versions(session, association_id, kind)), None)
    if newest is not None and newest.sha256 == digest:
        raise RuleBroken(
            "Filen är likadan som version %(number)s, som redan finns.", field="file", number=newest.number
        )
    return newest.number + 1 if newest else 1


def _log(
    session: Session,
    association_id: int,
    verb: str,
    kind: str,
    version: TemplateVersion | None,
    now: datetime,
    actor: str,
) -> None:
    log.record(
        session,
        association_id,
        verb,
        "template",
        version.id if version else None,
        now=now,
        actor=actor,
        kind=kind,
        title=titles()[kind],
        number=version.number if version else 0,
        sha256=version.sha256 if version else "",
    )


# --- previews --------------------------------------------------------------------------------------------------------


def preview_word(session: Session, association_id: int, kind: str, version: TemplateVersion | None) -> bytes:
    """The template filled with demonstration data and the logo, as .docx bytes. TemplateFault where it cannot be."""
    return fill(queries.content_of(kind, version), example(kind), queries.logo(session, association_id))


def request_preview(
    session: Session, *, association_id: int, kind: str, version: TemplateVersion | None, now: datetime
) -> TemplatePreview:
    """Queue PDF and pictures of a template with demonstration data; asking again gives the same row, and one that had
    failed is tried anew."""
    word = preview_word(session, association_id, kind, version)
    digest = sha256(word).hexdigest()
    found = queries.preview_of(session, association_id, digest)
    if found is None:
        found = TemplatePreview(
            association_id=association_id,
            kind=kind,
            word_sha256=digest,
            word=word,
            requested_at=now,
            next_attempt_at=now,
        )
        session.add(found)
        session.flush()
        _forget_old(session, association_id)
    elif found.failed_at is not None:
        found.failed_at, found.attempts, found.error, found.next_attempt_at = None, 0, "", now
    return found


def _forget_old(session: Session, association_id: int) -> None:
    own = select(TemplatePreview.id).where(TemplatePreview.association_id == association_id)
    old = session.scalars(own.order_by(TemplatePreview.id.desc()).offset(PREVIEWS_KEPT)).all()
    session.execute(delete(TemplatePreview).where(TemplatePreview.id.in_(old)))


# --- the logo --------------------------------------------------------------------------------------------------------


def set_logo(
    session: Session, *, association_id: int, content: bytes, alt: str, now: datetime, actor: str
) -> AssociationLogo:
    """Print this picture in documents from now on. RuleBroken for what is no PNG or JPEG of a sensible size."""
    picture = rules.check_logo(content, alt)
    row = AssociationLogo(
        association_id=association_id,
        content=content,
        sha256=sha256(content).hexdigest(),
        media_type=f"image/{picture.image.kind}",
        width_px=picture.image.width,
        height_px=picture.image.height,
        alt=picture.alt[:200],
        uploaded_at=now,
        uploaded_by=actor,
    )
    return _add_logo(session, row, "set", now, actor)


def remove_logo(session: Session, *, association_id: int, now: datetime, actor: str) -> AssociationLogo | None:
    """Print no logo from now on; None when there was none."""
    if queries.logo_row(session, association_id) is None:
        return None
    row = AssociationLogo(association_id=association_id, uploaded_at=now, uploaded_by=actor)
    return _add_logo(session, row, "remove", now, actor)


def _add_logo(session: Session, row: AssociationLogo, verb: str, now: datetime, actor: str) -> AssociationLogo:
    session.add(row)
    session.flush()
    log.record(session, row.association_id, verb, "logo", row.id, now=now, actor=actor, sha256=row.sha256, alt=row.alt)
    return row
