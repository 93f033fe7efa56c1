"""From rows to the fields that minutes, certificate of notice and extract print, and to the Word files.

The desk's paper and the Word file are filled from the same fields, so that what is seen is what is printed. The
documents are Swedish.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy.orm import Session

from paragraf.core.dates import local, local_date
from paragraf.core.light_markup import parse
from paragraf.core.printing import print_amount, print_date, print_time_span
from paragraf.meetings.attendance import RollLine, roll
from paragraf.meetings.document import CAPACITIES, register_number
from paragraf.minutes import demands, notice_queries, numbering, queries, rules, wording
from paragraf.minutes.document_fields import (
    AttachmentLine,
    BoardLine,
    ExtractFields,
    GrantYearLine,
    ItemFields,
    MinutesFields,
    NoticeCertificateFields,
    PersonLine,
    SignerLine,
)
from paragraf.minutes.models import Decision, Minutes, Notice, Verb
from paragraf.minutes.numbering import VoidNumber
from paragraf.minutes.proceedings_document import printed
from paragraf.minutes.queries import Item
from paragraf.people import queries as people
from paragraf.people.addressing import address_line
from paragraf.people.models import Association, Person
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
    present = roll(session, minutes.meeting)
    void = numbering.void_numbers(session, minutes) if only is None else []
    return MinutesFields(
        **_heading(session, minutes),
        kind=MINUTES if only is None else AT_ONCE,
        item_range=_range(items, void),
        deciding=_persons(minutes, present.deciding),
        non_serving=_persons(minutes, present.substitutes),
        others=_persons(minutes, present.others),
        verifiers=tuple(one.person.name for one in minutes.verifiers),
        verification=f"Elektroniskt, senast den {print_date(queries.verification_deadline(minutes))}",
        signers=_signers(minutes),
        items=_in_order(
            [(one.number, item_fields(minutes, one, decided.get(one.row.id))) for one in items],
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


def item_fields(minutes: Minutes, one: Item, decided: Sequence[Decision] | None = None) -> ItemFields:
    """One § as it prints. Once it is frozen the frozen decisions speak, not today's way to word them."""
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
    return {each.name: getattr(told, each.name) for each in fields(told)}


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


def _heading(session: Session, minutes: Minutes) -> dict[str, Any]:
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


def _persons(minutes: Minutes, lines: Sequence[RollLine]) -> tuple[PersonLine, ...]:
    return tuple(
        PersonLine(line.person.name, _role(minutes, line), line.member_organisation, line.remark) for line in lines
    )


def _role(minutes: Minutes, line: RollLine) -> str:
    if line.capacity is not None:
        return CAPACITIES[line.capacity]
    return "sekreterare" if line.person.id == minutes.secretary_id else line.person.title


def _signers(minutes: Minutes) -> tuple[SignerLine, ...]:
    return (
        SignerLine(minutes.chair.name, "ordförande"),
        SignerLine(minutes.secretary.name, "sekreterare"),
        *(SignerLine(one.person.name, "justerare") for one in minutes.verifiers),
    )


# --- extract -------------------------------------------------------------------------------------------------------


def render_extract(
    session: Session, minutes: Minutes, one: Item, *, certifier: Person, now: datetime, or_shipped: bool = False
) -> bytes:
    """A certified extract of one § as a Word file, from the template ``certified_extract``; see ``render``."""
    fields = extract_fields(session, minutes, one, certifier=certifier, now=now)
    return render(session, minutes.association_id, "certified_extract", fields, or_shipped=or_shipped)


def extract_fields(session: Session, minutes: Minutes, one: Item, *, certifier: Person, now: datetime) -> ExtractFields:
    """What an extract of verified minutes prints."""
    present = roll(session, minutes.meeting)
    return ExtractFields(
        **_heading(session, minutes),
        deciding=_persons(minutes, present.deciding),
        others=_persons(minutes, (*present.substitutes, *present.others)),
        verified=_verified(minutes),
        item=item_fields(minutes, one, queries.decisions(session, minutes).get(one.row.id)),
        certifier_name=certifier.name,
        certifier_title=title_of(minutes, certifier),
        certified_on=print_date(local_date(now)),
    )


def _verified(minutes: Minutes) -> str:
    names = [minutes.chair.name, *(one.person.name for one in minutes.verifiers)]
    day = print_date(local_date(minutes.verified_at)) if minutes.verified_at else ""
    return f"{day} av {wording.series(names)}"


def title_of(minutes: Minutes, person: Person) -> str:
    """How the one who certifies is titled: by the own title, else by the task."""
    return person.title or ("sekreterare" if person.id == minutes.secretary_id else "handläggare")


# --- certificate of notice -----------------------------------------------------------------------------------------


def render_certificate(session: Session, notice: Notice, *, certifier: Person) -> bytes:
    """The certificate of notice (bevis om anslag) as a Word file, from the template ``certificate_of_notice``."""
    fields = certificate_fields(session, notice, certifier=certifier)
    return render(session, notice.association_id, "certificate_of_notice", fields)


def certificate_fields(session: Session, notice: Notice, *, certifier: Person) -> NoticeCertificateFields:
    """What the certificate prints, of a notice that is up on every board."""
    minutes = notice.minutes
    association: Association = people.association(session, notice.association_id)
    period = notice_queries.period(notice)
    return NoticeCertificateFields(
        association=association.name,
        body=minutes.meeting.body.name,
        meeting_date=print_date(local_date(minutes.meeting.starts_at)),
        item_range=notice_queries.item_range(session, minutes),
        posted_on=print_date(period.posted_on) if period.posted_on else "",
        last_day_of_appeal=print_date(period.last_day) if period.last_day else "",
        earliest_take_down=print_date(period.earliest_take_down) if period.earliest_take_down else "",
        kept_at=association.minutes_kept_at,
        boards=tuple(
            BoardLine(one.board.name, print_date(one.posted_on) if one.posted_on else "") for one in notice.postings
        ),
        signer_name=certifier.name,
        signer_title=title_of(minutes, certifier),
        register_number=register_number(minutes.meeting),
    )
