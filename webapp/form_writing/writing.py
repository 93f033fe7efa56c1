"""Writing a form: the text, all its faults, what it looks like; saved by the button or by itself."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.templates import ButtonForm
from paragraf.applications.filled import form_of
from paragraf.applications.offered import form_drafts
from paragraf.applications.offered.form_drafts import Checked, StaleDraft
from paragraf.core.dates import local
from paragraf.core.errors import RuleBroken
from paragraf.core.printing import print_time
from paragraf.questions.models import FormDraft
from paragraf.questions.nodes import Fault
from webapp import access
from webapp.acting import actor
from webapp.downloads import send_bytes
from webapp.edge import undo
from webapp.form_writing.base import Page, blueprint, draft_at
from webapp.form_writing.previewing import in_language, preview_of
from webapp.language import current, told


@blueprint.get("/<slug>/formular/utkast/<int:draft_id>/")
@access.office
def write(draft_id: int) -> Page:
    """The draft to write in. A text that came too late is shown beside the one it was meant for."""
    draft = draft_at(draft_id)
    if draft.set_aside_of is not None:
        return _aside(draft)
    if draft.published_at is not None:
        return redirect(url_for("form_writing.show", family_id=draft.family_id))
    return _page(draft)


@blueprint.post("/<slug>/formular/utkast/<int:draft_id>/")
@access.office
def save(draft_id: int) -> Page:
    """Save the text, however faulty."""
    draft, source = draft_at(draft_id), request.form.get("source", "")
    by_script = request.accept_mimetypes.best == "application/json"
    try:
        form_drafts.save_draft(
            g.session,
            draft,
            source=source,
            base_version=request.form.get("base-version", type=int) or 0,
            now=g.now,
            actor=actor(),
        )
    except StaleDraft as stale:
        # The late text is kept: this answers 200, so that its row is committed.
        return jsonify(conflict=told(stale)) if by_script else _page(stale.draft, late=stale.aside)
    except RuleBroken as broken:
        undo()
        answer: str | Response = jsonify(message=told(broken))
        return (answer if by_script else _page(draft_at(draft_id), typed=source, error=broken)), 422
    if by_script:
        return _told_to_script(draft)
    if request.form.get("do") == "publish":
        return redirect(url_for("form_writing.review", draft_id=draft_id), 303)
    flash(_("Utkastet är sparat."), "success")
    return redirect(url_for("form_writing.write", draft_id=draft_id), 303)


@blueprint.get("/<slug>/formular/utkast/<int:draft_id>/visning")
@access.office
def preview(draft_id: int) -> Page:
    """What the form looks like: ``?avsnitt=`` a section, ``?sprak=`` a language. The script fetches only the part."""
    draft = draft_at(draft_id)
    found = form_drafts.checked(g.session, draft)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(preview=_preview(draft, found))
    if found.form is None:
        return redirect(url_for("form_writing.write", draft_id=draft_id, _anchor="fel"))
    return render_template("form_writing/preview.html", draft=draft, preview_html=_preview(draft, found))


@blueprint.get("/<slug>/formular/utkast/<int:draft_id>.yaml")
@access.office
def download_draft(draft_id: int) -> Response:
    """The draft as a file."""
    draft = draft_at(draft_id)
    name = draft.family.key if draft.family else _("formulär")
    return send_bytes(draft.source.encode(), "text/yaml", f"{name}-{_('utkast')}.yaml")


@blueprint.post("/<slug>/formular/utkast/<int:draft_id>/kasta")
@access.office
def discard(draft_id: int) -> Response:
    """Put the draft away, or take it back."""
    draft = draft_at(draft_id)
    if not ButtonForm().validate():
        return redirect(url_for("form_writing.write", draft_id=draft_id), 303)
    if request.form.get("do") == "restore":
        form_drafts.restore_draft(g.session, draft, now=g.now, actor=actor())
        flash(_("Utkastet är tillbaka."), "success")
    else:
        form_drafts.discard_draft(g.session, draft, now=g.now, actor=actor())
        flash(_("Utkastet är borttaget. Du kan ta tillbaka det här."), "success")
    return redirect(url_for("form_writing.write", draft_id=draft_id), 303)


# --- the page --------------------------------------------------------------------------------------------------------


def _page(
    draft: FormDraft, *, late: FormDraft | None = None, typed: str | None = None, error: RuleBroken | None = None
) -> str:
    """The writing page. With ``late``, the writer's own text stands in the field and both are compared above it."""
    found = form_drafts.checked(g.session, draft)
    source = typed if typed is not None else late.source if late else draft.source
    return render_template(
        "form_writing/write.html",
        draft=draft,
        source=source,
        line_count=source.count("\n") + 1,
        error=told(error) if error else "",
        late=late,
        both=differing(draft.source, late.source) if late else [],
        aside=form_drafts.set_aside_texts(g.session, draft),
        faults_html=_faults(draft, found),
        preview_html=_preview(draft, found),
        now=g.now,
        used=found.used,
        name=form_of(found.used).title.in_language(current()) if found.used else "",
        is_sound=found.form is not None,
    )


def _aside(row: FormDraft) -> str:
    main = draft_at(row.set_aside_of or 0)
    return render_template("form_writing/aside.html", row=row, draft=main, both=differing(main.source, row.source))


def _told_to_script(draft: FormDraft) -> Response:
    found = form_drafts.checked(g.session, draft)
    return jsonify(
        version=draft.version,
        saved=_("Sparat %(time)s", time=print_time(local(g.now).time(), current())),
        faults=_faults(draft, found),
        preview=_preview(draft, found),
        sound=found.form is not None,
    )


@dataclass(frozen=True)
class FaultAt:
    """A fault with its line of the text, up to the place and from it."""

    fault: Fault
    before: str
    after: str


def _faults(draft: FormDraft, found: Checked) -> str:
    lines = draft.source.split("\n")
    placed = [_at(fault, lines) for fault in found.faults]
    return render_template("form_writing/_faults.html", faults=placed)


def _at(fault: Fault, lines: list[str]) -> FaultAt:
    line = lines[fault.line - 1] if fault.line <= len(lines) else ""
    return FaultAt(fault, line[: fault.column - 1], line[fault.column - 1 :])


def _preview(draft: FormDraft, found: Checked) -> str:
    if found.form is None:
        return render_template("form_writing/_preview.html", preview=None, draft=draft)
    wanted = request.values
    shown = preview_of(found.form, wanted.get("avsnitt", ""), wanted.get("sprak", ""))
    with in_language(shown.language):
        fields = render_template("form_writing/_preview_fields.html", preview=shown)
    return render_template("form_writing/_preview.html", preview=shown, draft=draft, fields=fields)


# --- two texts ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Differing:
    """Lines that stand in one text and not in the other, at the same place; ``line`` is where, in the saved one."""

    line: int
    saved: str
    late: str


def differing(saved: str, late: str) -> list[Differing]:
    """Every place where the two texts differ, from the top."""
    one, other = saved.split("\n"), late.split("\n")
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return [
        Differing(first + 1, "\n".join(one[first:last]), "\n".join(other[start:end]))
        for sort, first, last, start, end in steps
        if sort != "equal"
    ]
