"""What pages and documents read of an association's own templates."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, undefer

from document_templates import KINDS, load
from paragraf.core.errors import NotThere
from paragraf.templates import rules
from paragraf.templates.models import (
    AssociationLogo,
    TemplatePreview,
    TemplatePreviewPage,
    TemplateSwitch,
    TemplateVersion,
)
from paragraf.word.filling.drawings import Picture


@dataclass(frozen=True)
class InUse:
    """What documents of a kind are made from now: ``version`` None is the shipped template; ``switch`` None: since
    ever."""

    kind: str
    switch: TemplateSwitch | None

    @property
    def version(self) -> TemplateVersion | None:
        return self.switch.version if self.switch else None


def known_kind(kind: str) -> str:
    """The kind, if documents of it are made; raises NotThere."""
    if kind not in KINDS:
        raise NotThere("Det finns ingen sådan mall.")
    return kind


def in_use(session: Session, association_id: int, kind: str) -> InUse:
    """Which template of a kind the association uses, by its latest switch."""
    return InUse(kind, rules.newest(switches(session, association_id, kind)))


def all_in_use(session: Session, association_id: int) -> list[InUse]:
    """The same for every kind, in their order."""
    latest = select(func.max(TemplateSwitch.id)).where(TemplateSwitch.association_id == association_id)
    wanted = (
        select(TemplateSwitch)
        .where(TemplateSwitch.id.in_(latest.group_by(TemplateSwitch.kind)))
        .options(joinedload(TemplateSwitch.version))
    )
    found = {switch.kind: switch for switch in session.scalars(wanted)}
    return [InUse(kind, found.get(kind)) for kind in KINDS]


def switches(session: Session, association_id: int, kind: str) -> list[TemplateSwitch]:
    """Every change from one version to another, the latest first."""
    wanted = (
        select(TemplateSwitch)
        .where(TemplateSwitch.association_id == association_id, TemplateSwitch.kind == kind)
        .options(joinedload(TemplateSwitch.version))
        .order_by(TemplateSwitch.id.desc())
    )
    return list(session.scalars(wanted))


def versions(session: Session, association_id: int, kind: str) -> list[TemplateVersion]:
    """The association's own versions of a kind, the newest first."""
    own = _own_versions(association_id, kind)
    return list(session.scalars(own.order_by(TemplateVersion.number.desc())))


def version(session: Session, association_id: int, kind: str, version_id: int) -> TemplateVersion | None:
    """One version; None for 0, which is the shipped template. Raises NotThere."""
    if version_id == 0:
        return None
    found = session.scalar(_own_versions(association_id, kind).where(TemplateVersion.id == version_id))
    if found is None:
        raise NotThere("Den versionen av mallen finns inte.")
    return found


def content_of(kind: str, version: TemplateVersion | None) -> bytes:
    """The template's bytes; of the shipped one where there is no version."""
    return load(kind) if version is None else version.content


def logo_row(session: Session, association_id: int) -> AssociationLogo | None:
    """The logo in use, None where there is none or it has been removed."""
    wanted = select(AssociationLogo).where(AssociationLogo.association_id == association_id)
    found = session.scalar(wanted.order_by(AssociationLogo.id.desc()).limit(1))
    return found if found is not None and found.sha256 else None


def logo(session: Session, association_id: int) -> Picture | None:
    """The same as a value to print."""
    row = logo_row(session, association_id)
    return rules.logo_picture(row.content, row.alt) if row is not None and row.content is not None else None


def preview_of(session: Session, association_id: int, word_sha256: str) -> TemplatePreview | None:
    """The preview of that very Word file, if it was asked for."""
    wanted = select(TemplatePreview).where(
        TemplatePreview.association_id == association_id, TemplatePreview.word_sha256 == word_sha256
    )
    return session.scalar(wanted)


def preview(session: Session, association_id: int, preview_id: int) -> TemplatePreview:
    """A preview by its id; raises NotThere."""
    wanted = select(TemplatePreview).where(
        TemplatePreview.association_id == association_id, TemplatePreview.id == preview_id
    )
    found = session.scalar(wanted.options(undefer(TemplatePreview.pdf)))
    if found is None:
        raise NotThere("Förhandsvisningen finns inte längre. Gör en ny på mallens sida.")
    return found


def preview_page(session: Session, preview: TemplatePreview, number: int) -> bytes | None:
    """The picture of a page, None while there is none."""
    wanted = select(TemplatePreviewPage.picture).where(
        TemplatePreviewPage.preview_id == preview.id, TemplatePreviewPage.number == number
    )
    return session.scalar(wanted)


def _own_versions(association_id: int, kind: str) -> Select[TemplateVersion]:
    return select(TemplateVersion).where(TemplateVersion.association_id == association_id, TemplateVersion.kind == kind)
