"""What pages, letters and documents read about minutes. Every question starts from an association (law 11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload, selectinload

from paragraf.applications.models import Application
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere
from paragraf.core.number_series import NumberAllocation
from paragraf.meetings import queries as meetings
from paragraf.meetings.attachments import attachments as meeting_attachments
from paragraf.meetings.attachments import next_number as next_number_of_attachment
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting, MeetingAttachment
from paragraf.minutes import checks, numbering, proceedings, rules
from paragraf.minutes.clauses import from_json
from paragraf.minutes.models import (
    CertifiedExtract,
    Decision,
    MinuteItem,
    MinuteItemAttachment,
    MinuteItemText,
    Minutes,
)
from paragraf.minutes.participation import participations
from paragraf.minutes.rules import AttachmentFacts, Finding, ItemFacts, ItemWords, MinutesToFix, Named
from paragraf.people import queries as people
from paragraf.people.models import Person
from paragraf.questions.definition import Purpose
from paragraf.register.models import Document

# --- minutes -------------------------------------------------------------------------------------------------------


def minutes(session: Session, association_id: int, meeting_id: int) -> Minutes:
    """The minutes of the association's own meeting; raises NotThere."""
    found = find_minutes(session, association_id, meeting_id)
    if found is None:
        raise NotThere("Sammanträdet har inget protokoll än.")
    return found


def find_minutes(session: Session, association_id: int, meeting_id: int) -> Minutes | None:
    """The minutes of the association's own meeting, if they are begun."""
    return session.scalar(_OF_MEETING, {"association_id": association_id, "meeting_id": meeting_id})


def minutes_by_id(session: Session, association_id: int, minutes_id: int) -> Minutes:
    """The association's own minutes; raises NotThere."""
    found = session.scalar(_minutes(association_id).where(Minutes.id == minutes_id))
    if found is None:
        raise NotThere("Protokollet finns inte.")
    return found


def unverified(session: Session, association_id: int) -> list[Minutes]:
    """Minutes that are being written or signed, the earliest meeting first."""
    wanted = _minutes(association_id).where(Minutes.verified_at.is_(None)).join(Minutes.meeting)
    return list(session.scalars(wanted.order_by(Meeting.starts_at)))


def unwritten(session: Session, association_id: int, moment: datetime) -> list[Meeting]:
    """Meetings that have begun, are not cancelled and have no minutes, the earliest first."""
    wanted = (
        select(Meeting)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(
            Meeting.association_id == association_id,
            Meeting.cancelled_at.is_(None),
            Meeting.starts_at <= moment,
            Minutes.id.is_(None),
        )
        .options(joinedload(Meeting.body))
    )
    return list(session.scalars(wanted.order_by(Meeting.starts_at)))


def verification_deadline(minutes: Minutes) -> date:
    """The last day to verify the minutes (KL 5:69)."""
    return rules.verification_deadline(local_date(minutes.meeting.starts_at))


def _minutes(association_id: Any) -> Select[Minutes]:
    return (
        select(Minutes)
        .where(Minutes.association_id == association_id)
        .options(joinedload(Minutes.meeting).joinedload(Meeting.body))
    )


# --- §§ ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LabelledAttachment:
    """An attachment of a §; its number is the meeting's, provisional until it is told (MeetingAttachment)."""

    row: MinuteItemAttachment
    number: int

    @property
    def title(self) -> str:
        """What it is called."""
        return self.row.attachment.title

    @property
    def document(self) -> Document:
        """The file."""
        return self.row.attachment.document


@dataclass(frozen=True)
class Item:
    """A § with its number (provisional until fixed), its newest words, its attachments."""

    row: MinuteItem
    number: int
    #: "" or the year, in a series that begins anew each year.
    period: str
    #: The number is taken for good.
    is_fixed: bool
    #: Text and decisions are frozen too: with all numbers, or because the § was verified at once.
    is_frozen: bool
    words: ItemWords
    saved_at: datetime
    saved_by: str
    attachments: tuple[LabelledAttachment, ...]
    application_id: int | None

    @property
    def label(self) -> str:
        """The number as it prints after the § sign, with its year where the series begins anew each year."""
        return rules.label(self.number, self.period)

    @property
    def facts(self) -> ItemFacts:
        """The § as the checks see it."""
        agenda = self.row.agenda_item
        return ItemFacts(
            self.row.id,
            self.words,
            for_decision=agenda is not None and agenda.kind is ItemKind.DECISION,
            has_application=self.application_id is not None,
            label=self.label,
            attachments=tuple(
                AttachmentFacts(one.number, one.title, one.row.attachment.removed_at is not None)
                for one in self.attachments
            ),
            begun_at=self.row.begun_at,
        )


def items(session: Session, minutes: Minutes) -> list[Item]:
    """The §§ in order. Three questions to the database, however many they are."""
    rows = item_rows(session, minutes)
    texts = _newest_texts(session, [row.id for row in rows])
    applications = _applications(session, minutes.association_id, [row.matter_id for row in rows if row.matter_id])
    numbers = numbering.numbers(session, minutes, rows)
    # A § without a number yet would get it from here.
    period = numbering.series_of(session, minutes.meeting).period
    made: list[Item] = []
    following = count(next_number_of_attachment(session, minutes.meeting))
    for row, number in zip(rows, numbers, strict=True):
        text = texts[row.id]
        made.append(
            Item(
                row=row,
                number=number,
                period=row.allocation.series.period if row.allocation else period,
                is_fixed=row.allocation is not None,
                is_frozen=minutes.fixed_at is not None or row.immediate_id is not None,
                words=words_of(text),
                saved_at=text.saved_at,
                saved_by=text.saved_by,
                attachments=tuple(
                    LabelledAttachment(each, each.attachment.number or next(following)) for each in row.attachments
                ),
                application_id=applications.get(row.matter_id or 0),
            )
        )
    return made


def item_rows(session: Session, minutes: Minutes) -> list[MinuteItem]:
    """The rows of the §§ that are not removed, in order."""
    wanted = (
        select(MinuteItem)
        .where(MinuteItem.minutes_id == minutes.id, MinuteItem.removed_at.is_(None))
        .options(
            joinedload(MinuteItem.matter),
            joinedload(MinuteItem.agenda_item),
            joinedload(MinuteItem.allocation).joinedload(NumberAllocation.series),
            joinedload(MinuteItem.immediate),
            selectinload(MinuteItem.recusals),
            selectinload(MinuteItem.attachments)
            .joinedload(MinuteItemAttachment.attachment)
            .joinedload(MeetingAttachment.document),
        )
        .order_by(MinuteItem.position, MinuteItem.id)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(wanted))


def item(session: Session, association_id: int, meeting_id: int, item_id: int) -> MinuteItem:
    """A § of the association's own minutes that is not removed; raises NotThere."""
    found = session.scalar(
        select(MinuteItem)
        .join(MinuteItem.minutes)
        .where(
            MinuteItem.association_id == association_id,
            MinuteItem.id == item_id,
            MinuteItem.removed_at.is_(None),
            Minutes.meeting_id == meeting_id,
        )
    )
    if found is None:
        raise NotThere("Paragrafen finns inte i protokollet.")
    return found


def newest_text(session: Session, row: MinuteItem) -> MinuteItemText:
    """The text that holds now."""
    return session.scalars(
        select(MinuteItemText).where(MinuteItemText.minute_item_id == row.id, MinuteItemText.version == row.version)
    ).one()


def set_aside(session: Session, row: MinuteItem) -> list[MinuteItemText]:
    """Texts that came too late and were kept beside the §, newest first."""
    wanted = select(MinuteItemText).where(MinuteItemText.minute_item_id == row.id, MinuteItemText.version.is_(None))
    return list(session.scalars(wanted.order_by(MinuteItemText.id.desc())))


def set_aside_text(session: Session, row: MinuteItem, text_id: int) -> MinuteItemText:
    """One of the texts that were kept beside the §; raises NotThere."""
    found = next((text for text in set_aside(session, row) if text.id == text_id), None)
    if found is None:
        raise NotThere("Texten finns inte.")
    return found


def words_of(text: MinuteItemText) -> ItemWords:
    """The row's text as a value of the rules."""
    return ItemWords(
        text.heading,
        text.background,
        tuple(map(from_json, text.clauses)),
        proceedings.from_json(text.proceedings),
    )


def new_on_agenda(session: Session, minutes: Minutes) -> list[AgendaItem]:
    """Agenda items that came after the minutes were begun and have no § yet, not even a removed one."""
    known = select(MinuteItem.agenda_item_id).where(MinuteItem.minutes_id == minutes.id)
    taken = set(session.scalars(known))
    return [one for one in meetings.agenda(session, minutes.meeting) if one.id not in taken]


def decisions(session: Session, minutes: Minutes) -> dict[int, list[Decision]]:
    """The clauses as they were frozen with the numbers, by the id of their §."""
    wanted = (
        select(Decision)
        .join(MinuteItem, MinuteItem.id == Decision.minute_item_id)
        .where(MinuteItem.minutes_id == minutes.id, Decision.edition == MinuteItem.edition)
        .order_by(Decision.minute_item_id, Decision.position)
    )
    sorted_out: dict[int, list[Decision]] = defaultdict(list)
    for one in session.scalars(wanted):
        sorted_out[one.minute_item_id].append(one)
    return sorted_out


def meeting_id_of(session: Session, association_id: int, decision_id: int) -> int:
    """The meeting that made the decision."""
    wanted = select(Decision).where(Decision.association_id == association_id, Decision.id == decision_id)
    return session.scalars(wanted).one().minute_item.minutes.meeting_id


def extracts(session: Session, minutes: Minutes) -> list[CertifiedExtract]:
    """The certified extracts of the minutes, newest first."""
    return list(session.scalars(_EXTRACTS, {"minutes_id": minutes.id}))


def application_of(session: Session, row: MinuteItem) -> Application | None:
    """The application that the §'s matter is, if it is one."""
    if row.matter_id is None:
        return None
    return session.scalar(
        select(Application).where(
            Application.association_id == row.association_id,
            Application.matter_id == row.matter_id,
            # Reports on what was granted are filed in the same matter.
            Application.purpose != Purpose.REPORT,
        )
    )


def _newest_texts(session: Session, ids: Sequence[int]) -> dict[int, MinuteItemText]:
    newest = (
        select(MinuteItemText)
        .join(MinuteItem, MinuteItem.id == MinuteItemText.minute_item_id)
        .where(MinuteItem.id.in_(ids), MinuteItemText.version == MinuteItem.version)
    )
    return {text.minute_item_id: text for text in session.scalars(newest)}


def _applications(session: Session, association_id: int, matter_ids: Sequence[int]) -> dict[int, int]:
    wanted = select(Application.matter_id, Application.id).where(
        Application.association_id == association_id,
        Application.matter_id.in_(matter_ids),
        Application.purpose != Purpose.REPORT,
    )
    return {matter_id: application_id for matter_id, application_id in session.execute(wanted) if matter_id}


# --- checks and signers --------------------------------------------------------------------------------------------


def findings(session: Session, minutes: Minutes, numbered: Sequence[Item], now: datetime) -> list[Finding]:
    """Everything to mend or to think about in minutes, each with its place. As many questions for 300 §§ as for one."""
    meeting = minutes.meeting
    day = local_date(meeting.starts_at)
    rule = people.body_rule(session, meeting.body_id, day)
    held = numbering.held_by_another(session, minutes)
    return checks.findings(
        MinutesToFix(
            begun=meeting.starts_at <= now,
            planned=meetings.planned(meeting),
            attending=meetings.attendance(session, meeting),
            seats=rule.seats,
            chair=_named(minutes.chair),
            secretary=_named(minutes.secretary),
            verifiers=[_named(one.person) for one in minutes.verifiers],
            verifiers_needed=rule.verifiers,
            next_meeting=next_meeting_day(session, meeting),
            opened_at=meeting.opened_at,
            closed_at=meeting.closed_at,
            items=[one.facts for one in numbered],
            participations=participations(session, minutes, [one.row for one in numbered]),
            attachments=frozenset(one.number for one in meeting_attachments(session, meeting) if one.number),
            has_void_numbers=bool(numbering.void_numbers(session, minutes)),
            earlier_open=[_named_meeting(one) for one in waited_for(session, minutes)],
            held_by=None if held is None else _named_meeting(held),
        )
    )


def waited_for(session: Session, minutes: Minutes) -> list[Meeting]:
    """Earlier meetings that take their numbers first; none for minutes that have begun to take theirs."""
    if numbering.has_numbers(session, minutes):
        return []
    return numbering.earlier_open(session, minutes.meeting)


def next_meeting_day(session: Session, meeting: Meeting) -> date | None:
    """The day of the body's next meeting after this one, if one is planned."""
    wanted = select(Meeting.starts_at).where(
        Meeting.association_id == meeting.association_id,
        Meeting.body_id == meeting.body_id,
        Meeting.cancelled_at.is_(None),
        Meeting.starts_at > meeting.starts_at,
    )
    starts_at = session.scalar(wanted.order_by(Meeting.starts_at).limit(1))
    return local_date(starts_at) if starts_at else None


def by_item(found: Iterable[Finding]) -> dict[int, list[Finding]]:
    """The findings about §§, by the § they are about."""
    sorted_out: dict[int, list[Finding]] = defaultdict(list)
    for one in found:
        if one.item_id is not None:
            sorted_out[one.item_id].append(one)
    return sorted_out


def could_verify(session: Session, minutes: Minutes) -> list[Person]:
    """Who took part in decisions and does not sign in another capacity: the choice of verifiers."""
    voted = dict.fromkeys(
        one.person_id for one in meetings.attendance(session, minutes.meeting) if one.seat is not None
    )
    seated = {mandate.person_id: mandate.person for mandate in meetings.mandates(session, minutes.meeting)}
    others = [seated[person_id] for person_id in voted if person_id in seated]
    return [person for person in others if person.id not in (minutes.chair_id, minutes.secretary_id)]


def could_chair(session: Session, minutes: Minutes) -> list[Person]:
    """Who may have led the meeting: those who took part in decisions, and whoever is noted as chair."""
    voted = {one.person_id for one in meetings.attendance(session, minutes.meeting) if one.seat is not None}
    seated = dict.fromkeys(mandate.person for mandate in meetings.mandates(session, minutes.meeting))
    return [person for person in seated if person.id in voted or person.id == minutes.chair_id]


def _named(person: Person) -> Named:
    return Named(person.id, person.name)


def _named_meeting(meeting: Meeting) -> tuple[str, date]:
    return meeting.body.name, local_date(meeting.starts_at)


# Built once: whoever opens minutes asks them, and building costs as much as asking.
_OF_MEETING = (
    _minutes(bindparam("association_id"))
    .where(Minutes.meeting_id == bindparam("meeting_id"))
    .options(joinedload(Minutes.meeting).joinedload(Meeting.matter), joinedload(Minutes.document))
)
_EXTRACTS = (
    select(CertifiedExtract)
    .where(CertifiedExtract.minutes_id == bindparam("minutes_id"))
    .options(joinedload(CertifiedExtract.document), joinedload(CertifiedExtract.certified_by))
    .order_by(CertifiedExtract.id.desc())
)
