"""What is verified becomes findable: each § with its text, its decisions one by one, its attachments.

A standing job asks which §§ are not in the index yet. So it does not matter how they were verified: with the others, at
once, or elsewhere and taken in; and the last signatory's act cannot fail because of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from paragraf.core.dates import local_date
from paragraf.core.light_markup import parse
from paragraf.core.written_amounts import amounts_in
from paragraf.minutes import queries
from paragraf.minutes.models import Decision, ImmediateVerification, MinuteItem, Minutes
from paragraf.minutes.queries import Item
from paragraf.people import queries as people
from paragraf.people.models import MemberOrganisation, Person
from paragraf.search import operations as search
from paragraf.search.models import EntryKind, SearchEntry
from paragraf.search.operations import NewEntry
from paragraf.search.words import marks


def index_verified(session: Session, *, now: datetime, limit: int = 10) -> int:
    """Put §§ that are verified and not in the index into it, those of at most ``limit`` minutes; how many §§."""
    indexed = select(SearchEntry.id).where(SearchEntry.kind == EntryKind.ITEM, SearchEntry.subject_id == MinuteItem.id)
    waiting = session.scalars(
        select(Minutes)
        .where(
            Minutes.id.in_(
                select(MinuteItem.minutes_id)
                .join(Minutes, Minutes.id == MinuteItem.minutes_id)
                .outerjoin(ImmediateVerification, ImmediateVerification.id == MinuteItem.immediate_id)
                .where(
                    MinuteItem.removed_at.is_(None),
                    or_(Minutes.verified_at.is_not(None), ImmediateVerification.verified_at.is_not(None)),
                    ~indexed.exists(),
                )
            )
        )
        .options(joinedload(Minutes.meeting))
        .order_by(Minutes.id)
        .limit(limit)
    ).all()
    return sum(_index(session, minutes, now) for minutes in waiting)


def _index(session: Session, minutes: Minutes, now: datetime) -> int:
    known = _Known.of(session, minutes)
    decided = queries.decisions(session, minutes)
    done = set(session.scalars(select(SearchEntry.item_id).where(SearchEntry.meeting_id == minutes.meeting_id)))
    ready = [one for one in queries.items(session, minutes) if one.row.id not in done and _is_verified(one)]
    entries = [entry for one in ready for entry in _entries(minutes, one, decided.get(one.row.id, ()), known)]
    search.add(session, minutes.association_id, entries, now=now)
    return len(ready)


def _is_verified(one: Item) -> bool:
    immediate = one.row.immediate
    return one.row.minutes.verified_at is not None or (immediate is not None and immediate.verified_at is not None)


@dataclass(frozen=True)
class _Known:
    """Whom the association knows: persons and parties that a § may name."""

    persons: Mapping[str, int]
    parties: Mapping[str, int]

    @classmethod
    def of(cls, session: Session, minutes: Minutes) -> _Known:
        association_id = minutes.association_id
        organisations = session.scalars(
            select(MemberOrganisation).where(MemberOrganisation.association_id == association_id)
        ).all()
        persons: Iterable[Person] = people.persons(session, association_id)
        return cls(
            {person.name.casefold(): person.id for person in persons},
            {name.casefold(): one.id for one in organisations for name in (one.name, one.short_name)},
        )

    def marks_in(self, text: str) -> list[str]:
        """The marks of those whose names the text has."""
        folded = text.casefold()
        return [
            *marks("person", {of for name, of in self.persons.items() if name in folded}),
            *marks("party", {of for name, of in self.parties.items() if name in folded}),
        ]


def _entries(minutes: Minutes, one: Item, decided: Sequence[Decision], known: _Known) -> Iterator[NewEntry]:
    counterpart = one.row.matter.counterpart if one.row.matter else ""
    clauses = [decision.text for decision in decided]
    text = "\n".join([str(parse(one.words.background)), *clauses, *_proceedings(one)])
    yield _entry(
        minutes,
        one,
        EntryKind.ITEM,
        one.row.id,
        text=text,
        marks=(*known.marks_in(f"{text} {counterpart}"), *_acting(one), *_verbs(decided)),
        amounts=(*(amount.ore for amount in amounts_in(text)), *(each for one in decided for each in _amounts(one))),
    )
    for decision in decided:
        yield _entry(
            minutes,
            one,
            EntryKind.DECISION,
            decision.id,
            text=decision.text,
            marks=(*known.marks_in(f"{decision.text} {counterpart}"), *_verbs([decision])),
            amounts=_amounts(decision),
        )
    for each in one.attachments:
        label = f"Bilaga {each.number} till § {one.number}"
        yield _entry(
            minutes, one, EntryKind.ATTACHMENT, each.row.id, label=label, heading=each.title, document=each.document.id
        )


def _entry(
    minutes: Minutes,
    one: Item,
    kind: EntryKind,
    subject_id: int,
    *,
    label: str = "",
    heading: str = "",
    text: str = "",
    marks: Sequence[str] = (),
    amounts: Sequence[int] = (),
    document: int | None = None,
) -> NewEntry:
    return NewEntry(
        kind=kind,
        subject_id=subject_id,
        meeting_id=minutes.meeting_id,
        item_id=one.row.id,
        body_id=minutes.meeting.body_id,
        day=local_date(minutes.meeting.starts_at),
        label=label or f"§ {one.number}",
        heading=heading or one.words.heading,
        text=text,
        marks=tuple(dict.fromkeys(marks)),
        amounts=tuple(amounts),
        document_id=document,
    )


def _proceedings(one: Item) -> Iterator[str]:
    told = one.words.proceedings
    yield from (motion.text for motion in told.motions if not motion.withdrawn)
    yield told.propositions
    yield from (vote.question for vote in told.votes)
    yield from (reservation.text for reservation in told.reservations)
    yield from (note.text for note in told.notes)


def _acting(one: Item) -> list[str]:
    """Marks of those who moved, dissented, noted something or were disqualified."""
    told = one.words.proceedings
    persons = {person_id for motion in told.motions if not motion.withdrawn for person_id in motion.by}
    persons |= {each.person_id for each in told.reservations} | {each.person_id for each in told.notes}
    return marks("person", sorted(persons | {each.person_id for each in one.row.recusals}))


def _verbs(decided: Iterable[Decision]) -> list[str]:
    return marks("verb", (decision.verb.value for decision in decided))


def _amounts(decision: Decision) -> tuple[int, ...]:
    years: Mapping[str, int] = decision.facts.get("years") or {}
    amounts = [int(amount) for amount in years.values()] if isinstance(years, Mapping) else []
    return (*amounts, sum(amounts)) if amounts else tuple(amount.ore for amount in amounts_in(decision.text))
