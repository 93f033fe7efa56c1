"""What the template pages share: the blueprint, a version of an address, names of kinds."""

from __future__ import annotations

import re

from flask import Blueprint, g
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from document_templates import titles
from paragraf.templates import queries
from paragraf.templates.models import TemplateVersion
from webapp.language import current

blueprint = Blueprint("word_templates", __name__, url_prefix="/<slug>/mallar")

Page = str | tuple[str, int] | Response


@blueprint.app_template_global()
def kind_name(kind: str) -> str:
    """What a kind of document is called: in English by its key, since the documents and their names are Swedish."""
    return titles()[kind] if current() == "sv" else kind.replace("_", " ").capitalize()


@blueprint.app_template_filter()
def with_code(text: str) -> Markup:
    """Text in which what stands between `backticks` is code."""
    parts = re.split(r"`([^`]*)`", text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part) for place, part in enumerate(parts)
    )


def version_at(kind: str, version_id: int) -> TemplateVersion | None:
    """The association's own version, None for the shipped template (0); raises NotThere."""
    return queries.version(g.session, g.association.id, queries.known_kind(kind), version_id)
