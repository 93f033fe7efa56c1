"""A draft whose form has a new version: what changed, the way over, and what did not come along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from paragraf.applications.filled import Filled, answers_at, context_of, form_of
from paragraf.applications.links import Opened
from paragraf.applications.models import Application
from paragraf.applications.offered import carrying
from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.questions.definition import Section
from paragraf.questions.fields import collect
from paragraf.questions.models import FormVersion
from paragraf.questions.presenting import Block
from webapp import access
from webapp.applications.door import blueprint, opened, written
from webapp.edge import undo
from webapp.language import current, told


@blueprint.get("/ansokan/<token>/ny-version")
@access.by_link
def new_version(token: str) -> str | Response:
    """What is new in the form, question by question."""
    return _page(token, opened(token).application)


@blueprint.post("/ansokan/<token>/ny-version")
@access.by_link
def go_over(token: str) -> str | Response | tuple[str | Response, int]:
    """Answer the new version from now on."""
    link = written(token)
    number = request.form.get("number", type=int) or 0
    try:
        carried = carrying.go_over(g.session, link.application, number=number, now=g.now, by=link.address)
    except RuleBroken as broken:
        undo()
        return _page(token, opened(token).application, told(broken)), 422
    flash(_("Ansökan följer nu den nya versionen av formuläret."), "success")
    return redirect(url_for("applications.left_behind" if carried.left else "applications.overview", token=token), 303)


@blueprint.get("/ansokan/<token>/kvar-i-forra")
@access.by_link
def left_behind(token: str) -> str | Response:
    """Answers that did not come along, to copy from."""
    application = opened(token).application
    found = carrying.left_behind(g.session, application)
    if found is None:
        return redirect(url_for("applications.overview", token=token))
    return render_template(
        "applications/left_behind.html",
        token=token,
        application=application,
        left=found,
        blocks=_blocks(application, found.version, found.answers, found.names),
    )


def kept_from_old_page(token: str, link: Opened, section_id: str) -> Response | str | None:
    """The answer to a page that was opened before somebody went over to a new version; None for any other page.

    What it sent is set aside and shown, since its questions may be gone: nothing typed is lost.
    """
    application, sent = link.application, request.form.get("form-version", type=int)
    if sent is None or sent == application.form_version_id:
        return None
    version = carrying.version_answered(g.session, application, sent)
    base = request.form.get("base-version", type=int) or 0
    section = _old_section(application, version, section_id, base) if version else None
    if version is None or section is None:
        return None
    typed = carrying.keep_from_old_page(
        g.session,
        application,
        version,
        section=section,
        raw=collect(section, dict(request.form.lists())),
        base_version=base,
        now=g.now,
        by=link.address,
    )
    if request.accept_mimetypes.best == "application/json":
        return jsonify(version=application.version, conflicts=list(typed) or [section.questions[0].id])
    return render_template(
        "applications/moved_on.html",
        token=token,
        application=application,
        blocks=_blocks(application, version, typed, tuple(typed)),
    )


def _old_section(application: Application, version: FormVersion, section_id: str, base: int) -> Section | None:
    answers = answers_at(g.session, application, base)
    shown = Filled(form_of(version), answers, context_of(g.session, application, local_date(g.now)))
    return next((one for one in shown.form.sections if one.id == section_id), None)


def _page(token: str, application: Application, message: str = "") -> str | Response:
    found = carrying.new_version(g.session, application)
    if found is None:
        return redirect(url_for("applications.overview", token=token))
    return render_template(
        "applications/new_version.html",
        token=token,
        application=application,
        new=found,
        form=form_of(found.version),
        message=message,
    )


def _blocks(
    application: Application, version: FormVersion, answers: Mapping[str, Any], names: tuple[str, ...]
) -> list[Block]:
    """Those of the answers that are named, as printed text."""
    context = context_of(g.session, application, local_date(g.now))
    shown = Filled(form_of(version), answers, context)
    return [block for block in shown.blocks(current()) if block.kind != "heading" and block.question_id in names]
