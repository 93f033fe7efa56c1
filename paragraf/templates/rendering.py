"""The one way from a kind of document and its fields to a Word file: by the template that the association uses."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from document_templates import load, titles
from paragraf.core.errors import RuleBroken
from paragraf.templates import queries
from paragraf.templates.filling import fill
from paragraf.templates.models import TemplateVersion
from paragraf.word.faults import TemplateFault

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

logger = logging.getLogger(__name__)


class TemplateUnfit(RuleBroken):
    """The association's own template cannot be filled with these data, which its check could not foresee."""


def render(
    session: Session, association_id: int, kind: str, fields: DataclassInstance, *, or_shipped: bool = False
) -> bytes:
    """The document as .docx bytes, with the association's logo where the template prints it.

    TemplateUnfit when the association's own template cannot be filled: the caller's act is undone, and the message says
    what to do. ``or_shipped``: then the shipped template is used instead, for acts of people who can do nothing about
    the association's templates and may not be kept waiting.
    """
    version = queries.in_use(session, association_id, kind).version
    logo = queries.logo(session, association_id)
    if version is None:
        return fill(load(kind), fields, logo)
    try:
        return fill(version.content, fields, logo)
    except TemplateFault as fault:
        if not or_shipped:
            raise _unfit(kind, version, fault) from fault
        logger.error("template %s version %s of association %s: %s", kind, version.number, association_id, fault.tag)
        return fill(load(kind), fields, logo)


def _unfit(kind: str, version: TemplateVersion, fault: TemplateFault) -> TemplateUnfit:
    title = titles()[kind]
    if not fault.tag:
        return TemplateUnfit(
            "Dokumentet gick inte att göra: förbundets mall ”%(template)s”, version %(number)s, går inte att läsa. "
            "Inget är ändrat. Gå tillbaka till en tidigare version under Mallar och försök igen.",
            template=title,
            number=version.number,
        )
    return TemplateUnfit(
        "Dokumentet gick inte att göra: taggen %(tag)s i förbundets mall ”%(template)s”, version %(number)s, går inte "
        "att fylla med de här uppgifterna (%(part)s: ”%(near)s”). Inget är ändrat. Gå tillbaka till en tidigare "
        "version under Mallar och försök igen. Rätta sedan mallen.",
        template=title,
        number=version.number,
        tag=fault.tag,
        part=fault.part,
        near=fault.near,
    )
