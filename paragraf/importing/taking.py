"""Taking in: the file is frozen in the register, and its minutes become rows like those that are written here.

They count as verified. Nothing else follows from them: no notice, no grant, no duty — that was done in its time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.dates import utc_moment
from paragraf.core.errors import RuleBroken
from paragraf.core.formatted import Block, Formatted, Span
from paragraf.core.markup_writing import to_markup
from paragraf.core.number_series import NumberAllocation, Subject, adopt
from paragraf.core.printing import print_date
from paragraf.core.written_amounts import amounts_in
from paragraf.importing import queries
from paragraf.importing.models import ImportedFile, ImportedMinutes
from paragraf.importing.reading.front import ReadPerson
from paragraf.importing.wishes import ReadyItem, ReadyMinutes
from paragraf.meetings.models import Meeting, MeetingMode
from paragraf.minutes import acts
from paragraf.minutes.clauses import Clause, bare, read_proposal, to_json
from paragraf.minutes.models import Decision, MinuteItem, MinuteItemText, Minutes, Verb
from paragraf.minutes.rules import print_range
from paragraf.minutes.wording import compose
from paragraf.people.models import Body, Numbering, Person
from paragraf.register.models import Direction, Document, DocumentKind, Matter, MatterKind
from paragraf.register.operations import file_document, open_matter
from paragraf.register.uploads import WORD

#: An address that no mail can reach (RFC 2606): of people who are only known by the minutes they stand in.
_NO_ADDRESS = "tidigare.protokoll.invalid"
_NOBODY = "Ej angiven i protokollet"
_MEDIA_TYPES = ((b"PK\x03\x04", WORD), (b"%PDF-", "application/pdf"))


def take(
    session: Session,
    row: ImportedFile,
    wanted: Sequence[ReadyMinutes],
    bodies: Mapping[int, Body],
    *,
    now: datetime,
    actor: str,
) -> list[Minutes]:
    """Make rows of checked minutes. Raises RuleBroken for a number that is taken already, naming where."""
    # Before the number series: whoever opens a matter takes them in this order too.
    log.hold(session, row.association_id)
    document = _file(session, row, wanted, bodies, now, actor)
    made = [_make(session, row, one, bodies[one.body_id], document, now, actor) for one in wanted]
    row.document_id, row.taken_at, row.taken_by, row.content = document.id, now, actor, None
    session.flush()
    return made


def _file(
    session: Session,
    row: ImportedFile,
    wanted: Sequence[ReadyMinutes],
    bodies: Mapping[int, Body],
    now: datetime,
    actor: str,
) -> Document:
    content = row.content
    assert content is not None
    told = ", ".join(f"{bodies[one.body_id].name} {print_date(one.day)} ({_range(one)})" for one in wanted)
    return file_document(
        session,
        association_id=row.association_id,
        matter=queries.matter_of_earlier(session, row.association_id) or _matter(session, row, now, actor),
        kind=DocumentKind.EARLIER_MINUTES,
        direction=Direction.MADE,
        title=f"Tidigare protokoll, {told}",
        filename=row.filename,
        media_type=next((kind for sign, kind in _MEDIA_TYPES if sign in content[:1024]), "text/plain"),
        content=content,
        now=now,
        actor=actor,
    )


def _matter(session: Session, row: ImportedFile, now: datetime, actor: str) -> Matter:
    return open_matter(
        session,
        association_id=row.association_id,
        kind=MatterKind.OTHER,
        title="Tidigare protokoll",
        counterpart="",
        now=now,
        actor=actor,
    )


def _range(one: ReadyMinutes) -> str:
    return print_range(sorted(item.number for item in one.items))


def _make(
    session: Session,
    row: ImportedFile,
    one: ReadyMinutes,
    body: Body,
    document: Document,
    now: datetime,
    actor: str,
) -> Minutes:
    allocations = _numbers(session, one, body, now, actor)
    minutes = Minutes(
        association_id=row.association_id,
        meeting=_meeting(session, one, body, now),
        chair=_person(session, row.association_id, one.chair, one),
        secretary=_person(session, row.association_id, one.secretary, one),
        created_at=now,
        fixed_at=now,
        document=document,
        sent_at=now,
        verified_at=_verified(one) or now,
        imported_at=now,
    )
    session.add(minutes)
    session.flush()
    for position, item in enumerate(one.items, start=1):
        _item(session, minutes, item, position, allocations[item.number], now, actor)
    report = _report(one)
    session.add(
        ImportedMinutes(
            association_id=row.association_id, file_id=row.id, minutes_id=minutes.id, place=one.place, report=report
        )
    )
    session.flush()
    told = {"filename": row.filename, "sha256": row.sha256, "items": len(one.items), "missing": [*one.missing]}
    log.record(
        session,
        row.association_id,
        "import",
        acts.SUBJECT,
        minutes.id,
        now=now,
        actor=actor,
        matter_id=document.matter_id,
        day=one.day.isoformat(),
        **told,
    )
    return minutes


def _numbers(session: Session, one: ReadyMinutes, body: Body, now: datetime, actor: str) -> dict[int, NumberAllocation]:
    yearly = queries.numbering(session, body.id, one.day) is Numbering.YEARLY
    numbers = [item.number for item in one.items]
    try:
        return adopt(
            session,
            body.association_id,
            body.series_key,
            numbers,
            Subject.MINUTE_ITEM,
            now=now,
            by=actor,
            period=str(one.day.year) if yearly else "",
        )
    except RuleBroken as problem:
        raise RuleBroken(
            "§ %(numbers)s finns redan i nummerserien för %(body)s. Är protokollet inlagt tidigare, eller börjar "
            "numren om varje år?",
            field=f"{one.name}-body",
            body=body.name,
            **problem.values,
        ) from problem


def _meeting(session: Session, one: ReadyMinutes, body: Body, now: datetime) -> Meeting:
    starts = utc_moment(one.day, one.starts or time(0, 0))
    ends = utc_moment(one.day, one.ends) if one.ends else None
    # Without a time the whole day is noted; a meeting whose end is not told is taken to last an hour.
    ends = ends or (starts + timedelta(hours=1) if one.starts else utc_moment(one.day, time(23, 59)))
    meeting = Meeting(
        association_id=body.association_id,
        body=body,
        starts_at=starts,
        ends_at=ends,
        place=one.where,
        mode=MeetingMode.IN_PERSON,
        calendar_uid=f"{uuid4()}@paragraf",
        attendance_closed_at=now,
    )
    session.add(meeting)
    session.flush()
    return meeting


def _verified(one: ReadyMinutes) -> datetime | None:
    day = one.read.front.verified_on
    return utc_moment(day, time(12, 0)) if day and day >= one.day else None


def _person(session: Session, association_id: int, name: str, one: ReadyMinutes) -> Person:
    """The person of the name; somebody who is only known by these minutes is noted as having left that day."""
    wanted = " ".join(name.split()) or _NOBODY
    if known := queries.persons_named(session, association_id, wanted):
        return known[0]
    person = Person(
        association_id=association_id,
        name=wanted,
        email=f"{uuid4().hex}@{_NO_ADDRESS}",
        title="",
        left_on=one.day,
    )
    session.add(person)
    session.flush()
    return person


def _item(
    session: Session,
    minutes: Minutes,
    item: ReadyItem,
    position: int,
    allocation: NumberAllocation,
    now: datetime,
    actor: str,
) -> None:
    own = minutes.association_id
    row = MinuteItem(
        association_id=own, minutes=minutes, position=position, version=1, allocation=allocation, edition=1
    )
    session.add(row)
    session.flush()
    read = [(text, _clause(text)) for text in item.clauses]
    session.add(
        MinuteItemText(
            association_id=own,
            minute_item_id=row.id,
            version=1,
            base_version=0,
            heading=item.heading,
            background=_markup(item.background),
            clauses=[to_json(_as_printed(text, clause)) for text, clause in read],
            saved_at=now,
            saved_by=actor,
        )
    )
    for place, (text, clause) in enumerate(read, start=1):
        session.add(
            Decision(
                association_id=own,
                minute_item_id=row.id,
                edition=1,
                position=place,
                verb=clause.verb,
                text=text.rstrip(" .,;"),
                facts=_facts(text, clause, item),
            )
        )
    session.flush()


def _clause(text: str) -> Clause:
    """The clause with the verb that its first word tells; a sentence that is no att-clause tells none."""
    read = read_proposal(text) if text.lower().startswith("att ") else ()
    return read[0] if len(read) == 1 else Clause(text=bare(text))


def _as_printed(text: str, clause: Clause) -> Clause:
    """The clause in a form that prints the very words."""
    return clause if compose(clause) == f"att {bare(text)}" else Clause(Verb.OTHER, text=bare(text))


def _facts(text: str, clause: Clause, item: ReadyItem) -> dict[str, Any]:
    """What the decision tells that can be asked for. Nothing is granted or commissioned by it again."""
    facts: dict[str, Any] = {"text": bare(text), "imported": True}
    if amounts := [amount.ore for amount in amounts_in(text)]:
        facts["amounts"] = amounts
    if clause.verb is Verb.GRANT:
        facts |= {"years": {}, "conditions": []}
    matter = next((each.matter for each in item.read.clauses if each.text == text and each.matter), "")
    return facts | ({"matter": matter} if matter else {})


def _markup(text: str) -> str:
    """Plain paragraphs as the text that the desk keeps, so that no sign in them is taken for a mark."""
    return to_markup(Formatted(tuple(Block((Span(part),)) for part in text.split("\n\n") if part)))


def _each_once(persons: Sequence[ReadPerson]) -> list[ReadPerson]:
    """Everybody once, with the words that tell the most: the first page and the signatures name the same people."""
    best: dict[str, ReadPerson] = {}
    for person in persons:
        if person.name not in best or (person.told and not best[person.name].told):
            best[person.name] = person
    return [*best.values()]


def _report(one: ReadyMinutes) -> dict[str, Any]:
    front = one.read.front
    reason = one.gap_reason
    return {
        "persons": [{"name": each.name, "told": each.told, "under": each.under} for each in _each_once(front.persons)],
        "verifiers": [*front.verifiers()],
        "verified_on": front.verified_on.isoformat() if front.verified_on else None,
        "timed": one.starts is not None,
        "gaps": [{"number": number, "reason": reason} for number in one.missing],
        "doubts": [str(doubt.problem) for doubt in one.read.doubts],
        "skipped": len(one.read.items) - len(one.items),
    }
