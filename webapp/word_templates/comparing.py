"""What is changed in a template, tags and all: beside the one it is compared with, and as Word with tracked changes."""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from paragraf.templates import queries
from paragraf.templates.models import TemplateVersion
from paragraf.word.comparing import compare, differences
from webapp import access
from webapp.comparison_page import Labels, page_of
from webapp.downloads import send_word
from webapp.word_templates.base import blueprint, version_at
from webapp.word_templates.previewing import compared

#: The template compared with, and the one that is looked at.
Pair = tuple[TemplateVersion | None, TemplateVersion | None]


@blueprint.get("/<kind>/<int:version_id>/andringar")
@access.office
def changes(kind: str, version_id: int) -> str | Response:
    """The version beside the one in use, or beside ``?mot=`` another version's id, change by change."""
    pair = _pair(kind, version_id)
    if pair is None:
        return redirect(url_for("word_templates.show", kind=kind))
    old, new = pair
    found = differences(queries.content_of(kind, old), queries.content_of(kind, new))
    page = page_of(found, Labels(_name(old), _name(new)))
    return render_template("word_templates/changes.html", kind=kind, old=old, new=new, **page)


@blueprint.get("/<kind>/<int:version_id>/andringar.docx")
@access.office
def changes_word(kind: str, version_id: int) -> Response:
    """The same as a Word file with tracked changes."""
    pair = _pair(kind, version_id)
    if pair is None:
        return redirect(url_for("word_templates.show", kind=kind))
    old, new = (queries.content_of(kind, each) for each in pair)
    content = compare(old, new, author=_("Paragraf (jämförelse)"), moment=g.now)
    return send_word(content, f"{_('ändringar')}-{kind}.docx")


def _pair(kind: str, version_id: int) -> Pair | None:
    """None where there is no other version to compare with."""
    version = version_at(kind, version_id)
    both = compared(kind, version, queries.in_use(g.session, g.association.id, kind))
    return (both[0], both[1]) if len(both) > 1 else None


def _name(version: TemplateVersion | None) -> str:
    return str(_("Version %(number)s", number=version.number) if version else _("Den medföljande"))
