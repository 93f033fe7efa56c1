"""Earlier minutes: files come in, are shown as they were understood, are corrected, and are taken in."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from paragraf.core.database import settings_of
from paragraf.core.errors import NotThere, RuleBroken, SeveralRulesBroken
from paragraf.importing import operations, queries
from paragraf.importing.models import ImportedFile
from paragraf.importing.wishes import MinutesWish
from paragraf.people import queries as people
from webapp import access
from webapp.acting import actor
from webapp.edge import undo
from webapp.language import told

blueprint = Blueprint("importing", __name__, url_prefix="/<slug>/protokoll/importera")

Page = str | tuple[str, int] | Response


@blueprint.get("/")
@access.office
def start() -> str:
    """Where files are uploaded; those that wait, and the minutes that have been taken in."""
    return _start([])


@blueprint.post("/")
@access.office
def upload() -> Page:
    """Take files in to be looked at: those that can be read, with the reasons for the others."""
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        return _start([_("Välj minst en fil.")]), 422
    received, problems = _receive(files)
    if not received:
        undo()
        return _start(problems), 422
    for problem in problems:
        flash(problem, "error")
    if len(received) == 1 and not problems:
        return redirect(url_for("importing.show", file_id=received[0].id), 303)
    told_of = ngettext("%(num)s fil är läst.", "%(num)s filer är lästa. Granska dem en i taget.", len(received))
    flash(told_of, "success")
    return redirect(url_for("importing.start"), 303)


def _receive(files: Sequence[FileStorage]) -> tuple[list[ImportedFile], list[str]]:
    received, problems = [], []
    for file in files:
        name = file.filename or ""
        try:
            received.append(_received(file, name))
        except RuleBroken as problem:
            problems.append(f"{name}: {told(problem)}")
    return received, problems


def _received(file: FileStorage, name: str) -> ImportedFile:
    content, limit = file.read(), settings_of(g.session).upload_mb
    # Of a larger file only so much was kept as shows that it is.
    if len(content) > limit * 1_000_000:
        raise RuleBroken("Filen %(name)s är större än %(limit)s MB.", field="files", name=name, limit=limit)
    return operations.receive(g.session, g.association, filename=name, content=content, now=g.now, actor=actor())


def _start(problems: Sequence[str]) -> str:
    return render_template(
        "importing/start.html",
        waiting=queries.waiting(g.session, g.association.id),
        taken=queries.taken_in(g.session, g.association.id),
        problems=problems,
    )


@blueprint.get("/<int:file_id>/")
@access.office
def show(file_id: int) -> Page:
    """What was understood of a file and what was not, as fields to correct."""
    row = queries.file(g.session, g.association.id, file_id)
    if row.taken_at is not None:
        return redirect(url_for("importing.start"))
    return _show(row, operations.wish_of(g.session, row), [])


@blueprint.post("/<int:file_id>/")
@access.office
def change(file_id: int) -> Page:
    """Keep what was corrected, or take the minutes in as they now are."""
    row = queries.file(g.session, g.association.id, file_id)
    try:
        operations.correct(
            g.session,
            row,
            request.form.to_dict(),
            base_version=request.form.get("version", -1, type=int),
            now=g.now,
            actor=actor(),
        )
        if request.form.get("act") == "take":
            return _taken(row)
    except RuleBroken as broken:
        return _refused(file_id, broken)
    flash(_("Det du har rättat är sparat."), "success")
    return redirect(url_for("importing.show", file_id=file_id), 303)


def _taken(row: ImportedFile) -> Response:
    made = operations.take_in(g.session, row, now=g.now, actor=actor())
    flash(ngettext("Protokollet är intaget.", "%(num)s protokoll är intagna.", len(made)), "success")
    if queries.waiting(g.session, g.association.id) or len(made) > 1:
        return redirect(url_for("importing.start"), 303)
    return redirect(url_for("minutes.desk", meeting_id=made[0].meeting_id), 303)


def _refused(file_id: int, broken: RuleBroken) -> Page:
    """The page again with what was typed, and what was wrong with it."""
    if isinstance(broken, NotThere):
        raise broken
    undo()
    row = queries.file(g.session, g.association.id, file_id)
    if row.taken_at is not None:
        flash(told(broken), "error")
        return redirect(url_for("importing.start"), 303)
    typed = request.form.to_dict()
    problems = broken.problems if isinstance(broken, SeveralRulesBroken) else [broken]
    return _show(row, operations.wish_of(g.session, row, typed), problems), 422


def _show(row: ImportedFile, wish: Sequence[MinutesWish], problems: Sequence[RuleBroken]) -> str:
    errors: dict[str, str] = {}
    for problem in problems:
        errors.setdefault(problem.field or "", told(problem))
    return render_template(
        "importing/show.html",
        file=row,
        understood=queries.understood(row),
        wish=wish,
        bodies=people.bodies(g.session, g.association.id),
        errors=errors,
        problems=[(problem.field, _at(problem, wish)) for problem in problems],
    )


def _at(problem: RuleBroken, wish: Sequence[MinutesWish]) -> str:
    """The message with the § whose field it is about, where it is about one."""
    for one in wish:
        for item in one.items:
            if problem.field and problem.field.startswith(f"{item.name}-"):
                return f"§ {item.number}: {told(problem)}"
    return told(problem)


@blueprint.post("/<int:file_id>/ta-bort")
@access.office
def discard(file_id: int) -> Response:
    """Take a waiting file away."""
    row = queries.file(g.session, g.association.id, file_id)
    operations.discard(g.session, row, now=g.now, actor=actor())
    flash(_("Filen är borttagen. Inget av den togs in."), "success")
    return redirect(url_for("importing.start"), 303)
