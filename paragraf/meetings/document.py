"""From rows to the fields that the Word notice prints, and to the Word file. The notice is a Swedish document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from paragraf.core.dates import local, local_date
from paragraf.core.identifiers import print_phone
from paragraf.core.light_markup import parse
from paragraf.core.printing import print_date, print_time_span, print_weekday_and_date
from paragraf.meetings import agenda_rules, following, queries
from paragraf.meetings.attachments import Labelled, by_item, labelled
from paragraf.meetings.document_fields import (
    AgendaLine,
    CalledPerson,
    CommissionLine,
    ConditionLine,
    ContentsLine,
    NoticeFields,
)
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting, MeetingMode
from paragraf.meetings.queries import Invited
from paragraf.people import queries as people
from paragraf.people.addressing import address_line
from paragraf.people.models import BodyKind, Capacity, Mandate, Person, RoleKind
from paragraf.templates.rendering import render

_KINDS = {
    ItemKind.DECISION: "Beslutsärende",
    ItemKind.INFORMATION: "Informationsärende",
    ItemKind.REPORT: "Rapport",
    ItemKind.QUESTION: "Övrig fråga",
}
#: How an item that came after the first notice is told apart.
LATE = ", tillkommet efter den första kallelsen"
_MODES = {
    MeetingMode.IN_PERSON: "På plats",
    MeetingMode.DISTANCE: "På distans",
    MeetingMode.MIXED: "På plats, med möjlighet att delta på distans",
}
CAPACITIES = {
    Capacity.CHAIR: "ordförande",
    Capacity.VICE_CHAIR: "vice ordförande",
    Capacity.BOARD_MEMBER: "ledamot",
    Capacity.SUBSTITUTE: "ersättare",
}
_ROLES = {
    RoleKind.SECRETARY: "sekreterare",
    RoleKind.DIRECTOR: "förbundschef",
    RoleKind.ADMINISTRATOR: "administratör",
}


def render_notice(session: Session, meeting: Meeting, *, sender: Person | str, now: datetime) -> bytes:
    """The notice as a Word file, from the template ``notice_of_meeting``."""
    fields = notice_fields(session, meeting, sender=sender, now=now)
    return render(session, meeting.association_id, "notice_of_meeting", fields)


def notice_fields(session: Session, meeting: Meeting, *, sender: Person | str, now: datetime) -> NoticeFields:
    """What the notice prints. ``sender`` is who calls, as a person or by name."""
    association = people.association(session, meeting.association_id)
    seated = queries.mandates(session, meeting)
    numbered = labelled(session, meeting)
    attached = by_item(numbered)
    lines = [
        (item.kind, _line(meeting, place, item, attached.get(item.id, ())))
        for place, item in enumerate(queries.agenda(session, meeting), start=1)
    ]
    chapters = agenda_rules.chapters([kind for kind, _line in lines])
    start, end = local(meeting.starts_at), local(meeting.ends_at)
    return NoticeFields(
        association=association.name,
        association_address=address_line(association),
        body=meeting.body.name,
        meeting_date=print_weekday_and_date(start.date()),
        meeting_time=print_time_span(start.time(), end.time()),
        place=meeting.place,
        mode=_MODES[meeting.mode],
        sent_on=print_date(local_date(now)),
        members=_called(mandate for mandate in seated if mandate.capacity is not Capacity.SUBSTITUTE),
        substitutes=_called(mandate for mandate in seated if mandate.capacity is Capacity.SUBSTITUTE),
        others=_others(queries.invited(session, meeting)),
        items=_of(lines, *chapters.items),
        information=_of(lines, *chapters.information),
        other_questions=tuple(line.heading for line in _of(lines, *chapters.questions)),
        sender_name=sender if isinstance(sender, str) else sender.name,
        sender_title="" if isinstance(sender, str) else sender.title,
        contact=", ".join(
            filter(None, [association.email, print_phone(association.phone) if association.phone else ""])
        ),
        register_number=register_number(meeting),
        contents=_contents([line for _kind, line in lines]),
        attachments=tuple(one.label for one in numbered),
        **_followed(session, meeting, now),
    )


def register_number(meeting: Meeting) -> str:
    """The number of the meeting's own matter, ``""`` before there is one."""
    return meeting.matter.register_number if meeting.matter else ""


def _called(mandates: Iterable[Mandate]) -> tuple[CalledPerson, ...]:
    return tuple(
        CalledPerson(mandate.person.name, CAPACITIES[mandate.capacity], mandate.member_organisation.name)
        for mandate in mandates
    )


def _others(invited: Iterable[Invited]) -> tuple[CalledPerson, ...]:
    return tuple(CalledPerson(one.person.name, one.person.title or _ROLES[one.role]) for one in invited if one.role)


def _of(lines: Sequence[tuple[ItemKind, AgendaLine]], *kinds: ItemKind) -> tuple[AgendaLine, ...]:
    return tuple(line for kind, line in lines if kind in kinds)


def _line(meeting: Meeting, place: int, item: AgendaItem, attached: Sequence[Labelled]) -> AgendaLine:
    proposal = tuple(line.strip() for line in item.proposal.split("\n") if line.strip())
    return AgendaLine(
        number=str(place),
        heading=item.heading,
        kind=_KINDS[item.kind] + (LATE if item.is_late else ""),
        register_number=item.matter.register_number if item.matter else "",
        background=parse(item.background),
        proposal_phrase=f"{meeting.body.name} föreslås besluta" if proposal else "",
        proposal=proposal,
        attachments=tuple(one.label for one in attached),
    )


def _contents(lines: Sequence[AgendaLine]) -> tuple[ContentsLine, ...]:
    return tuple(
        ContentsLine(
            line.number,
            line.heading,
            line.kind,
            # "Bilaga 2. Budget" is bilaga 2.
            ", ".join(label.removeprefix("Bilaga ").partition(".")[0] for label in line.attachments),
        )
        for line in lines
    )


def _followed(session: Session, meeting: Meeting, now: datetime) -> dict[str, Any]:
    """What the body waits for, as the notice of every meeting lists it. Conditions are the board's."""
    is_board = meeting.body.kind is BodyKind.BOARD
    conditions = following.open_conditions(session, meeting.association_id, now) if is_board else []
    return {
        "commissions": tuple(
            CommissionLine(one.what, ", ".join(one.persons), print_date(one.duty.due_on), str(one.state))
            for one in following.open_commissions(session, meeting.association_id, now, body=meeting.body)
        ),
        "conditions": tuple(
            ConditionLine(
                one.row.text,
                f"{one.matter.register_number} {one.matter.title}" if one.matter else "",
                print_date(one.grant.decided_on),
            )
            for one in conditions
        ),
    }
