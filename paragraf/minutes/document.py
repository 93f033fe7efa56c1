"""From rows to the fields that minutes print, and to the Word file; extracts and certificates print some of them.

The desk's paper and the Word file are filled from the same fields, so that what is seen is what is printed. The
documents are Swedish.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.dates import local, local_date
from paragraf.core.light_markup import parse
from paragraf.core.printing import print_amount, print_date, print_time_span
from paragraf.meetings.document import register_number
from paragraf.meetings.excusing import excuses
from paragraf.minutes import demands, item_lines, numbering, queries, rules, wording
from paragraf.minutes.document_fields import (
    AttachmentLine,
    GrantYearLine,
    ItemFields,
    MinutesFields,
    SignerLine,
)
from paragraf.minutes.first_page import FirstPage, print_items
from paragraf.minutes.models import Decision, MinuteItem, Minutes, Verb
from paragraf.minutes.numbering import VoidNumber
from paragraf.minutes.participation import Room
from paragraf.minutes.proceedings_document import printed
from paragraf.minutes.queries import Item
from paragraf.people import queries as people
from paragraf.people.addressing import address_line
from paragraf.people.models import Person
from paragraf.templates.rendering import render

PROVISIONAL = "(preliminärt)"
MINUTES = "Protokoll"
AT_ONCE = "Omedelbart justerade paragrafer"


# --- minutes -------------------------------------------------------------------------------------------------------


def render_minutes(session: Session, minutes: Minutes, *, only: Collection[int] | None = None) -> bytes:
    """The minutes as a Word file, from the template ``minutes``; a draft says that its numbers are provisional.

    ``only``: as in ``minutes_fields``.
    """
    return render(session, minutes.association_id, "minutes", minutes_fields(session, minutes, only=only))


def minutes_fields(session: Session, minutes: Minutes, *, only: Collection[int] | None = None) -> MinutesFields:
    """What the minutes print. ``only``: the §§ by id that are verified at once, as a document of their own."""
    every = queries.items(session, minutes)
    items = [one for one in every if only is None or one.row.id in only]
    decided = queries.decisions(session, minutes)
    page = first_page(session, minutes, every)
    void = numbering.void_numbers(session, minutes) if only is None else []
    return MinutesFields(
        **heading_fields(session, minutes),
        kind=MINUTES if only is None else AT_ONCE,
        item_range=_range(items, void),
        deciding=page.deciding(only),
        non_serving=page.non_serving(only),
        others=page.others(only),
        excused=page.excused(),
        absent=page.absent(),
        course=page.course(),
        distance=page.distance(),
        verifiers=tuple(one.person.name for one in minutes.verifiers),
        verification=f"Elektroniskt, senast den {print_date(queries.verification_deadline(minutes))}",
        signers=_signers(minutes, page, only),
        items=_in_order(
            [(one.number, item_fields(minutes, one, decided.get(one.row.id), page)) for one in items],
            [(one.number, _void_fields(one)) for one in void],
        ),
        number_notes=_number_notes(minutes, items),
        register_number=register_number(minutes.meeting),
    )


def _range(items: Sequence[Item], void: Sequence[VoidNumber]) -> str:
    taken = [*((one.number, one.period) for one in items), *((one.number, one.period) for one in void)]
    told = rules.print_range([number for number, _period in taken], taken[0][1] if taken else "")
    return told if all(one.is_fixed for one in items) else f"{told} {PROVISIONAL}"


def _in_order(*numbered: Sequence[tuple[int, ItemFields]]) -> tuple[ItemFields, ...]:
    return tuple(
        fields for _number, fields in sorted((pair for pairs in numbered for pair in pairs), key=itemgetter(0))
    )


def _void_fields(one: VoidNumber) -> ItemFields:
    """A number without a § stands in its place with the reason, so that no gap is unexplained."""
    return ItemFields(number=f"§ {one.label}", heading=f"utgår: {one.reason}")


def _number_notes(minutes: Minutes, items: Sequence[Item]) -> tuple[str, ...]:
    """Why numbers were taken out of turn, and which §§ were verified ahead of the others."""
    passed = minutes.overtaking_reason
    return (
        *((f"Numren har tagits före ett tidigare sammanträdes: {passed}",) if passed else ()),
        *(
            f"§ {one.label} justerades omedelbart den {print_date(local_date(one.row.immediate.verified_at))}."
            for one in items
            if one.row.immediate is not None and one.row.immediate.verified_at is not None
        ),
    )


def first_page(session: Session, minutes: Minutes, items: Sequence[Item]) -> FirstPage:
    """Who was there, for the first page and for each §. ``items``: all §§ of the minutes."""
    room = Room(session, minutes, [one.row for one in items])
    numbers = {one.row.id: one.number for one in items}
    return FirstPage(room, room.participations(), numbers, excuses(session, minutes.meeting))


def beside(session: Session, minutes: Minutes, row: MinuteItem) -> FirstPage:
    """As ``first_page``, for one § that is being written: by light rows, and of the others only the § before it."""
    wanted = select(MinuteItem).where(MinuteItem.minutes_id == minutes.id, MinuteItem.removed_at.is_(None))
    room = Room(session, minutes, session.scalars(wanted.order_by(MinuteItem.position, MinuteItem.id)).all())
    place = [each.id for each in room.rows].index(row.id)
    near = range(max(place - 1, 0), place + 1)
    return FirstPage(room, {room.rows[each].id: room.participation(each) for each in near}, {})


def item_fields(
    minutes: Minutes, one: Item, decided: Sequence[Decision] | None = None, page: FirstPage | None = None
) -> ItemFields:
    """One § as it prints. Once it is frozen the frozen decisions speak, not today's way to word them.

    ``page``: who took part; without it the § says nothing of that.
    """
    clauses = _decided(decided) if one.is_frozen else _drafted(one)
    grants = [clause for clause in clauses if clause.verb is Verb.GRANT]
    # The clause says it all; a table and a list help only where there are several years or conditions of one grant.
    grant = grants[0] if len(grants) == 1 else _Clause(Verb.OTHER, "")
    several_years = grant.years if len(grant.years) > 1 else {}
    return ItemFields(
        number=f"§ {one.label}" + ("" if one.is_fixed else f" {PROVISIONAL}"),
        heading=one.words.heading,
        register_number=one.row.matter.register_number if one.row.matter else "",
        background=parse(one.words.background),
        **_around(minutes, one),
        disqualified=item_lines.jav_lines(page.participations[one.row.id]) if page else (),
        participation=item_lines.change_lines(page.room, page.participations, one.row.id) if page else (),
        phrase=minutes.meeting.body.decision_phrase if clauses else "",
        clauses=wording.punctuated([clause.text for clause in clauses]),
        grant_years=tuple(GrantYearLine(year, print_amount(amount)) for year, amount in several_years.items()),
        grant_total=print_amount(sum(several_years.values())) if several_years else "",
        conditions=grant.conditions if len(grant.conditions) > 1 else (),
        attachments=tuple(AttachmentLine(f"Bilaga {each.number}", each.title) for each in one.attachments),
    )


def _around(minutes: Minutes, one: Item) -> dict[str, Any]:
    """Motions, votes, reservations and notes, where there are any."""
    told = printed(minutes, one.words.proceedings)
    around = {each.name: getattr(told, each.name) for each in fields(told)}
    return {**around, "notes": (*around["notes"], *_verified_at_once(one))}


def _verified_at_once(one: Item) -> tuple[str, ...]:
    """The minutes of the whole meeting say which §§ were verified before them, with a notice of their own."""
    at_once = one.row.immediate
    if at_once is None or at_once.verified_at is None:
        return ()
    return (f"Paragrafen justerades omedelbart den {print_date(local_date(at_once.verified_at))}.",)


@dataclass(frozen=True)
class _Clause:
    verb: Verb
    text: str
    years: Mapping[str, int] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()


def _drafted(one: Item) -> list[_Clause]:
    return [
        _Clause(
            clause.verb,
            wording.compose(clause),
            {str(year): amount for year, amount in demands.readable(clause).items()},
            clause.conditions,
        )
        for clause in one.words.clauses
    ]


def _decided(decisions: Sequence[Decision] | None) -> list[_Clause]:
    return [
        _Clause(
            one.verb,
            one.text,
            one.facts["years"] if one.verb is Verb.GRANT else {},
            tuple(one.facts.get("conditions", ())) if one.verb is Verb.GRANT else (),
        )
        for one in decisions or ()
    ]


def heading_fields(session: Session, minutes: Minutes) -> dict[str, Any]:
    """What minutes and extract have in common."""
    association = people.association(session, minutes.association_id)
    meeting = minutes.meeting
    start, end = local(meeting.starts_at), local(meeting.ends_at)
    return {
        "association": association.name,
        "association_address": address_line(association),
        "body": meeting.body.name,
        "meeting_date": print_date(start.date()),
        "place_and_time": f"{meeting.place}, {print_time_span(start.time(), end.time())}",
    }


def _signers(minutes: Minutes, page: FirstPage, only: Collection[int] | None = None) -> tuple[SignerLine, ...]:
    """All who led the meeting sign for their §§, the secretary and the verifiers."""
    led = page.leaders(only)
    chairs = [
        SignerLine(name, "ordförande" if len(led) == 1 else f"ordförande {print_items(numbers)}")
        for (_person_id, name), numbers in led.items()
    ]
    return (
        *(chairs or [SignerLine(minutes.chair.name, "ordförande")]),
        SignerLine(minutes.secretary.name, "sekreterare"),
        *(SignerLine(one.person.name, "justerare") for one in minutes.verifiers),
    )


# --- what other papers of the minutes say too ----------------------------------------------------------------------


def title_of(minutes: Minutes, person: Person) -> str:
    """How the one who certifies is titled: by the own title, else by the task."""
    return person.title or ("sekreterare" if person.id == minutes.secretary_id else "handläggare")
