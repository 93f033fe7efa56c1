"""The minutes desk: left the §§, in the middle the § being written, to the right the page as Word will print it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, render_template, request
from werkzeug.wrappers import Response

from forms.minutes import AttachForm, ItemForm
from paragraf.core.errors import NotThere
from paragraf.meetings.models import Meeting
from paragraf.minutes import document, operations, queries
from paragraf.minutes.document_fields import ItemFields
from paragraf.minutes.models import MinuteItem, MinuteItemText, Minutes
from paragraf.minutes.queries import Item
from paragraf.minutes.rules import Finding, ItemWords, State, state_of
from paragraf.people import queries as people
from webapp import access
from webapp.downloads import send_word
from webapp.minutes import reading, sending
from webapp.minutes.base import actor, blueprint, meeting_at, minutes_at, to_item
from webapp.minutes.item_forms import FIELDS, empty_clause, form_of


@blueprint.get("/")
@access.member
def desk(meeting_id: int) -> str:
    """The minutes of the meeting: the desk while they are written, then how far signing is, then to read."""
    minutes = queries.find_minutes(g.session, g.association.id, meeting_id)
    if minutes is not None and state_of(minutes) is State.VERIFIED:
        return reading.page(minutes)
    meeting = minutes.meeting if minutes is not None else meeting_at(meeting_id)
    if not access.current_powers().office:
        return render_template("minutes/not_yet.html", meeting=meeting)
    if minutes is None:
        hindrance = operations.why_not_begin(g.session, meeting, g.now)
        return render_template("minutes/begin.html", meeting=meeting, hindrance=hindrance)
    if state_of(minutes) is not State.DRAFT:
        return sending.page(minutes)
    return desk_page(minutes, request.args.get("paragraf", type=int), aside_id=request.args.get("jamfor", type=int))


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
class Line:
    """One § in the list to the left."""

    item: Item
    findings: tuple[Finding, ...]
    is_current: bool

    @property
    def hinders(self) -> int:
        """How much must be mended."""
        return sum(one.hinders for one in self.findings)


@dataclass(frozen=True)
class Desk:
    """The § that is open, its neighbours and all the others."""

    minutes: Minutes
    lines: tuple[Line, ...]
    place: int

    @property
    def current(self) -> Line:
        """The § being written."""
        return self.lines[self.place]

    @property
    def previous(self) -> MinuteItem | None:
        """The § before, if there is one."""
        return self.lines[self.place - 1].item.row if self.place else None

    @property
    def following(self) -> MinuteItem | None:
        """The § after, if there is one."""
        return self.lines[self.place + 1].item.row if self.place + 1 < len(self.lines) else None

    @property
    def paper(self) -> ItemFields:
        """The § as it prints."""
        return document.item_fields(self.minutes, self.current.item)


def desk_at(minutes: Minutes, item_id: int | None) -> Desk | None:
    """The desk with the § open, by default the first; None while there are no §§. Raises NotThere."""
    items = queries.items(g.session, minutes)
    findings = queries.by_item(queries.findings(g.session, minutes, items, g.now))
    place = next((place for place, one in enumerate(items) if item_id in (None, one.row.id)), None)
    if place is None:
        if item_id is None:
            return None
        raise NotThere("Paragrafen finns inte i protokollet.")
    lines = [Line(one, tuple(findings[one.row.id]), number == place) for number, one in enumerate(items)]
    return Desk(minutes, tuple(lines), place)


def desk_page(
    minutes: Minutes,
    item_id: int | None,
    *,
    aside_id: int | None = None,
    form: ItemForm | None = None,
    attach: AttachForm | None = None,
) -> str:
    """The desk. ``aside_id``: a text that was set aside, to merge into the newest one, which is shown beside."""
    found = desk_at(minutes, item_id)
    new_on_agenda = queries.new_on_agenda(g.session, minutes)
    if found is None:
        return render_template("minutes/empty.html", minutes=minutes, new_on_agenda=new_on_agenda)
    one = found.current.item
    aside = queries.set_aside_text(g.session, one.row, aside_id) if aside_id else None
    return render_template(
        "minutes/desk.html",
        minutes=minutes,
        meeting=minutes.meeting,
        desk=found,
        form=form or _form(minutes.meeting, one, aside),
        blank=empty_clause(minutes.meeting.starts_at, one.row.matter.counterpart if one.row.matter else ""),
        fields=FIELDS,
        attach=attach or AttachForm(formdata=None),
        theirs=one.words if aside else None,
        set_aside=queries.set_aside(g.session, one.row),
        new_on_agenda=new_on_agenda,
        names=[person.name for person in people.persons(g.session, g.association.id)],
    )


def _form(meeting: Meeting, one: Item, aside: MinuteItemText | None) -> ItemForm:
    words: ItemWords = queries.words_of(aside) if aside else one.words
    return form_of(words, one.row.version, meeting_day=meeting.starts_at)
