"""Brevlåda: in the demonstration, every letter as its recipient would see it. Shut wherever real mail goes out."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, abort, g, make_response, render_template

from paragraf.post import queries
from webapp import access
from webapp.edge import database

blueprint = Blueprint("mailbox", __name__, url_prefix="/<slug>/brevlada")


@blueprint.record_once
def _tell_templates(state: object) -> None:
    app: Flask = state.app  # type: ignore[attr-defined]
    app.context_processor(lambda: {"demonstration": is_open()})


def is_open() -> bool:
    """Only in the demonstration and only while no real mail goes out: the letters hold sign-in links."""
    settings = database().settings
    return settings.demo and not settings.smtp_url


@blueprint.before_request
def _only_in_demonstration() -> None:
    if not is_open():
        abort(404)


@blueprint.get("/")
@access.public
def show() -> str:
    """All letters of the association, newest first."""
    return render_template("mailbox/list.html", letters=queries.letters(g.session, g.association.id))


@blueprint.get("/<int:letter_id>")
@access.public
def letter(letter_id: int) -> str:
    """One letter."""
    return render_template("mailbox/letter.html", letter=queries.letter(g.session, g.association.id, letter_id))


@blueprint.get("/bilaga/<int:attachment_id>")
@access.public
def attachment(attachment_id: int) -> Response:
    """A file that went with the letter."""
    found = queries.attachment(g.session, g.association.id, attachment_id)
    answer = make_response(found.content)
    answer.headers["Content-Type"] = found.media_type
    answer.headers.set("Content-Disposition", "attachment", filename=found.filename)
    return answer
