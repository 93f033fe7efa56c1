"""The panel for what happens around a decision: who it offers, and what is told in it when it comes without script.

Fields are named ``p-motions-0-text``: the list, the row's place, the field. The panel is drawn where something is told
already or somebody asks for it; elsewhere the page fetches it, since most §§ have no vote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from paragraf.meetings import queries as meetings
from paragraf.minutes import proceedings, queries
from paragraf.minutes.models import MinuteItem, Minutes
from paragraf.minutes.participation import participations
from paragraf.minutes.proceedings import Choice, MotionKind, Proceedings, VoteMethod
from paragraf.minutes.proceedings_document import names_in
from webapp import access
from webapp.minutes.base import blueprint, item_at

#: Says that the panel was on the page: without it nothing is told, and what the § holds is kept.
SHOWN = "proceedings"
#: The field by which a row of each list is known.
_KNOWN_BY = {"motions": "kind", "votes": "method", "reservations": "announced", "notes": "text"}
_TRUE = ("withdrawn", "is_election")
_BALLOT = re.compile(r"ballot-([0-9]{1,11})", re.ASCII)


@dataclass(frozen=True)
class Person:
    """Somebody who can be chosen."""

    person_id: int
    name: str


@dataclass(frozen=True)
class Panel:
    """What the panel shows. ``is_drawn`` False: only that there is one."""

    told: Proceedings
    is_drawn: bool
    #: Those who take part in the decision, and so may move, vote and reserve.
    voters: tuple[Person, ...] = ()
    #: Everybody who is at the meeting, for notes.
    present: tuple[Person, ...] = ()
    #: Names of those who are told of but do not take part.
    names: Mapping[int, str] | None = None

    def choice(self, chosen: Iterable[int], among: Sequence[Person]) -> list[Person]:
        """Those to choose among, and whoever is chosen already."""
        known = {one.person_id for one in among}
        others = (person_id for person_id in chosen if person_id and person_id not in known)
        return [*among, *(Person(person_id, (self.names or {}).get(person_id, "…")) for person_id in others)]

    @property
    def kinds(self) -> dict[str, str]:
        """What a motion can ask for."""
        return {kind.value: told for kind, told in _motion_kinds().items()}

    @property
    def methods(self) -> dict[str, str]:
        """The ways to vote."""
        return {method.value: told for method, told in _vote_methods().items()}

    @property
    def choices(self) -> dict[str, str]:
        """What somebody can vote."""
        return {Choice.YES.value: _("Ja"), Choice.NO.value: _("Nej"), Choice.ABSTAIN.value: _("Avstår")}


def _motion_kinds() -> dict[MotionKind, str]:
    return {
        MotionKind.APPROVE: _("bifall till förslaget"),
        MotionKind.REJECT: _("avslag på förslaget"),
        MotionKind.AMEND: _("ändring eller tillägg"),
        MotionKind.TABLE: _("bordläggning"),
        MotionKind.REMIT_BACK: _("återremiss"),
        MotionKind.OTHER: _("annat"),
    }


def _vote_methods() -> dict[VoteMethod, str]:
    return {
        VoteMethod.OPEN: _("öppen"),
        VoteMethod.ROLL_CALL: _("öppen med upprop"),
        VoteMethod.SECRET: _("sluten"),
        VoteMethod.LOTS: _("lottning"),
    }


def panel(minutes: Minutes, row: MinuteItem, told: Proceedings, *, opened: bool) -> Panel:
    """The panel of a § whose words are ``told``; drawn where there are any, or where it is ``opened``."""
    if not opened and told == Proceedings():
        return Panel(told, is_drawn=False)
    deciding = participations(g.session, minutes, queries.item_rows(g.session, minutes))[row.id].deciding
    there = {one.person_id: one.person.name for one in meetings.presences(g.session, minutes.meeting)}
    return Panel(
        told,
        is_drawn=True,
        voters=tuple(Person(one.person_id, one.name) for one in deciding),
        present=tuple(Person(person_id, name) for person_id, name in there.items()),
        names=names_in(minutes, told),
    )


def is_opened() -> bool:
    """Whether the page was asked for with the panel open."""
    return request.args.get("forhandling") == "1"


def drawn(minutes: Minutes, row: MinuteItem, told: Proceedings) -> dict[str, Any]:
    """What the desk's page gives the panel's template."""
    opened = is_opened()
    return {
        "around": panel(minutes, row, told, opened=opened),
        "opened": opened,
        "empty_proceedings": Proceedings(),
    }


@blueprint.get("/paragraf/<int:item_id>/forhandling", endpoint="proceedings")
@access.office
def alone(meeting_id: int, item_id: int) -> str:
    """The panel by itself, for the page's script to put in."""
    row = item_at(meeting_id, item_id)
    kept = queries.words_of(queries.newest_text(g.session, row)).proceedings
    return render_template(
        "minutes/_proceedings.html",
        meeting=row.minutes.meeting,
        around=panel(row.minutes, row, kept, opened=True),
        opened=False,
        empty_proceedings=Proceedings(),
    )


# --- without script ------------------------------------------------------------------------------------------------


def told(form: MultiDict[str, str]) -> Proceedings:
    """What is told in the panel's fields. Empty rows are none."""
    return proceedings.from_json(
        {
            "propositions": form.get("p-propositions", ""),
            **{name: [_row(form, f"p-{name}-{place}-") for place in _places(form, name)] for name in _KNOWN_BY},
        }
    )


def was_shown(form: Mapping[str, str]) -> bool:
    """Whether the panel was on the page that was sent."""
    return SHOWN in form


def _places(form: MultiDict[str, str], name: str) -> list[int]:
    found = (re.fullmatch(rf"p-{name}-([0-9]{{1,3}})-{_KNOWN_BY[name]}", each, re.ASCII) for each in form)
    return sorted({int(each[1]) for each in found if each})


def _row(form: MultiDict[str, str], prefix: str) -> dict[str, Any]:
    own = {name.removeprefix(prefix): value for name, value in form.items() if name.startswith(prefix)}
    ballots = {found[1]: value for name, value in own.items() if (found := _BALLOT.fullmatch(name)) and value}
    return {**own, **{name: name in own for name in _TRUE}, "by": form.getlist(f"{prefix}by"), "ballots": ballots}
