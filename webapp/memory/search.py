"""Search over all that is verified: §§, decisions, attachments."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import g, render_template, request, url_for
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from forms.clauses import OTHER, VERBS
from forms.memory import SearchForm
from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.people import queries as people
from paragraf.search import queries
from paragraf.search.models import EntryKind
from paragraf.search.queries import Entry, Found, Wanted
from paragraf.search.rules import Question, read_question
from paragraf.search.snippets import Piece, snippet
from paragraf.search.words import mark
from webapp import access
from webapp.language import told
from webapp.memory.door import blueprint, bodies

#: What a choice of kind shows.
_KINDS = {
    "": (EntryKind.ITEM, EntryKind.ATTACHMENT),
    "beslut": (EntryKind.DECISION,),
    "bilagor": (EntryKind.ATTACHMENT,),
}


@dataclass(frozen=True)
class Hit:
    """One line of the answer."""

    entry: Entry
    pieces: tuple[Piece, ...]
    address: str


@blueprint.get("/sok")
@access.member
def search() -> str:
    """What is looked for, and what is found; the whole question stands in the address."""
    form = SearchForm(request.args)
    form.offer(organ=bodies(), person=_persons(), part=_parties(), beslutsord=_verbs())
    asked = any(value for name, value in request.args.items() if name != "sida")
    page = max(request.args.get("sida", 1, int), 1)
    wanted = _wanted(form) if asked and form.validate() else None
    found, loosened = _find(wanted, page) if wanted else (None, False)
    question = wanted.question if wanted else Question()
    return render_template(
        "memory/search.html",
        form=form,
        found=found,
        hits=[_hit(entry, question) for entry in found.entries] if found else [],
        loosened=loosened,
        body_names={body.id: body.name for body in people.bodies(g.session, g.association.id)},
        page=page,
        kept={name: value for name, value in request.args.items() if value and name != "sida"},
    )


def _wanted(form: SearchForm) -> Wanted | None:
    chosen = (("verb", form.beslutsord.data), ("person", form.person.data), ("party", form.part.data))
    try:
        question = read_question(form.q.data or "", [mark(kind, value) for kind, value in chosen if value])
    except RuleBroken as broken:
        form.q.errors = [told(broken)]
        return None
    return Wanted(
        question,
        kinds=_KINDS.get(form.slag.data or "", _KINDS[""]),
        body_id=int(form.organ.data) if form.organ.data else None,
        year=form.ar.data,
        least=form.minst.ore,
        most=form.hogst.ore,
    )


def _find(wanted: Wanted, page: int) -> tuple[Found, bool]:
    """What is found; where no word is found as it stands, whatever begins with it, and that this was done."""
    found = queries.find(g.session, g.association.id, wanted, page=page)
    if found.entries or not wanted.question.wanted:
        return found, False
    loose = replace(wanted, question=wanted.question.loosened())
    again = queries.find(g.session, g.association.id, loose, page=page)
    return (again, True) if again.entries else (found, False)


def _hit(entry: Entry, question: Question) -> Hit:
    text = entry.text.removeprefix(entry.heading).strip()
    address = url_for("minutes.desk", meeting_id=entry.meeting_id, _anchor=f"p-{entry.item_id}")
    return Hit(entry, snippet(text, question.loosened()), address)


def _persons() -> list[SelectChoice]:
    return [SelectChoice(str(each.id), each.name) for each in people.persons(g.session, g.association.id)]


def _parties() -> list[SelectChoice]:
    members = people.member_organisations(g.session, g.association.id, local_date(g.now))
    return [SelectChoice(str(each.id), each.short_name) for each in members]


def _verbs() -> list[SelectChoice]:
    return [SelectChoice(verb, told) for verb, told in VERBS.items() if verb != OTHER]
