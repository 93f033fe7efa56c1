"""The minutes desk: left the §§, in the middle the § being written, to the right the page as Word will print it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import g, render_template, request
from werkzeug.wrappers import Response

from forms.clauses import INPUTS, VERBS, Kind
from forms.minutes import AttachForm
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere
from paragraf.minutes import document, lines, operations, queries
from paragraf.minutes.document_fields import ItemFields
from paragraf.minutes.lines import Line, Lines
from paragraf.minutes.models import Minutes
from paragraf.minutes.phrases import phrases
from paragraf.minutes.queries import Item
from paragraf.minutes.rules import Finding, ItemWords, State, state_of
from paragraf.people import queries as people
from webapp import access
from webapp.downloads import send_word
from webapp.minutes import drawn, proceedings_form, reading, sending
from webapp.minutes.base import actor, blueprint, meeting_at, minutes_at, to_item
from webapp.minutes.item_forms import ItemForm, form_of


@blueprint.get("/")
@access.member
def desk(meeting_id: int) -> str:
    """The minutes of the meeting: the desk while they are written, then how far signing is, then to read."""
    item_id, aside_id = (request.args.get(name, type=int) for name in ("paragraf", "jamfor"))
    writes = access.current_powers().office
    asked = drawn.asked(meeting_id, item_id) if writes and not aside_id and not proceedings_form.is_opened() else None
    return drawn.remembered(asked) or _page(meeting_id, item_id, aside_id, asked)


def _page(meeting_id: int, item_id: int | None, aside_id: int | None, asked: drawn.Asked | None) -> str:
    minutes = queries.find_minutes(g.session, g.association.id, meeting_id)
    if minutes is not None and state_of(minutes) is State.VERIFIED:
        return reading.page(minutes)
    if not access.current_powers().office:
        return render_template("minutes/not_yet.html", meeting=minutes.meeting if minutes else meeting_at(meeting_id))
    if minutes is None:
        meeting = meeting_at(meeting_id)
        hindrance = operations.why_not_begin(g.session, meeting, g.now)
        return render_template("minutes/begin.html", meeting=meeting, hindrance=hindrance)
    if state_of(minutes) is not State.DRAFT:
        return sending.page(minutes)
    return drawn.drawn(asked, lambda: desk_page(minutes, item_id, aside_id=aside_id))


@blueprint.post("/borja")
@access.office
def begin(meeting_id: int) -> Response:
    """Begin the minutes from the agenda."""
    operations.open_minutes(g.session, meeting_at(meeting_id), now=g.now, actor=actor())
    return to_item(meeting_id, None)


@blueprint.get("/utkast.docx")
@access.office
def draft(meeting_id: int) -> Response:
    """The minutes as Word would print them now."""
    minutes = minutes_at(meeting_id)
    return send_word(document.render_minutes(g.session, minutes), "protokoll-utkast.docx")


@dataclass(frozen=True)
class Desk:
    """The § that is open, with all it has, among the lines of the others."""

    minutes: Minutes
    lines: Lines
    place: int
    item: Item
    findings: tuple[Finding, ...]

    @property
    def current(self) -> Line:
        """The § being written."""
        return self.lines.standing[self.place]

    @property
    def previous(self) -> Line | None:
        """The § before, if there is one."""
        return self.lines.standing[self.place - 1] if self.place else None

    @property
    def following(self) -> Line | None:
        """The § after, if there is one."""
        return self.lines.standing[self.place + 1] if self.place + 1 < len(self.lines.standing) else None

    @property
    def first_fault(self) -> Line | None:
        """Where to go to mend: this § if it has faults, else the first that has."""
        if self.current.hinders:
            return self.current
        return next((line for line in self.lines.standing if line.hinders), None)

    @property
    def paper(self) -> ItemFields:
        """The § as it prints."""
        return item_paper(self.minutes, self.item, self.current.label)


def desk_at(minutes: Minutes, item_id: int | None) -> Desk | None:
    """The desk with the § open, by default the first; None while there are no §§. Raises NotThere."""
    found = lines.lines(g.session, minutes)
    place = next((place for place, one in enumerate(found.standing) if item_id in (None, one.item_id)), None)
    if place is None:
        if item_id is None:
            return None
        raise NotThere("Paragrafen finns inte i protokollet.")
    item = lines.item(g.session, minutes, found.standing[place].item_id)
    return Desk(minutes, found, place, item, lines.findings(g.session, minutes, item))


def item_paper(minutes: Minutes, item: Item, label: str) -> ItemFields:
    """The § as it prints, under the number that the list shows."""
    number = f"§ {label}" if item.is_fixed else f"§ {label} {document.PROVISIONAL}"
    decided = queries.decisions(g.session, minutes).get(item.row.id) if item.is_frozen else None
    page = document.beside(g.session, minutes, item.row)
    return replace(document.item_fields(minutes, item, decided, page), number=number)


def desk_page(
    minutes: Minutes,
    item_id: int | None,
    *,
    aside_id: int | None = None,
    typed: tuple[ItemWords, int] | None = None,
    attach: AttachForm | None = None,
) -> str:
    """The desk. ``aside_id``: a text that was set aside, to merge into the newest one, which is shown beside.

    ``typed``: words that could not be saved, and the version they would change, to be shown again.
    """
    found = desk_at(minutes, item_id)
    new_on_agenda = lines.new_on_agenda(g.session, minutes)
    if found is None:
        removed = lines.lines(g.session, minutes).removed
        return render_template("minutes/empty.html", minutes=minutes, new_on_agenda=new_on_agenda, removed=removed)
    item = found.item
    aside = queries.words_of(queries.set_aside_text(g.session, item.row, aside_id)) if aside_id else None
    words, version = typed or (aside or item.words, item.row.version)
    return render_template(
        "minutes/desk.html",
        minutes=minutes,
        meeting=minutes.meeting,
        desk=found,
        item=item,
        form=_form(found, words, version),
        inputs=INPUTS,
        verbs=VERBS,
        kinds=Kind,
        attach=attach or AttachForm(formdata=None),
        theirs=item.words if aside else None,
        set_aside=queries.set_aside(g.session, item.row),
        new_on_agenda=new_on_agenda,
        names=_names(minutes),
        choices={},
        **proceedings_form.drawn(minutes, item.row, words.proceedings),
        phrases=phrases(g.session, g.association.id),
    )


def _names(minutes: Minutes) -> dict[str, list[str]]:
    """What the fields suggest, by the id of its list on the page."""
    association_id, day = g.association.id, local_date(minutes.meeting.starts_at)
    return {
        "personer": [person.name for person in people.persons(g.session, association_id)],
        "organ": [body.name for body in people.bodies(g.session, association_id)],
        "parter": [member.name for member in people.member_principals(g.session, association_id, day)],
    }


def _form(found: Desk, words: ItemWords, version: int) -> ItemForm:
    matter = found.item.row.matter
    grantee = matter.counterpart if matter else ""
    return form_of(words, version, meeting_day=found.minutes.meeting.starts_at, grantee=grantee)
