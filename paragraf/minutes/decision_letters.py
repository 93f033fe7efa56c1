"""Decision letters: what was decided about an application, as a letter to the applicant, kept byte for byte.

Made once, in the act that verifies the minutes. The letter is a Swedish document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.applications.addressing import addressee
from paragraf.applications.filled import filled
from paragraf.applications.models import Application
from paragraf.core.dates import local_date
from paragraf.core.formatted import Formatted
from paragraf.core.light_markup import parse
from paragraf.core.printing import print_amount, print_date, print_iso_date
from paragraf.minutes import notice_queries, queries, wording
from paragraf.minutes.decision_letter_fields import DecisionLetterFields
from paragraf.minutes.document import title_of
from paragraf.minutes.document_fields import GrantYearLine
from paragraf.minutes.following import Decided
from paragraf.minutes.models import Decision, Minutes, Notice, Verb
from paragraf.minutes.queries import Item
from paragraf.people import queries as people
from paragraf.people.addressing import address_line, contact_line
from paragraf.register.models import Direction, Document, DocumentKind, Matter
from paragraf.register.operations import file_document, request_pdf
from paragraf.register.uploads import WORD
from paragraf.templates.rendering import render


def make(
    session: Session,
    minutes: Minutes,
    one: Item,
    application: Application,
    decided: Sequence[Decision],
    notice: Notice | None,
    *,
    now: datetime,
) -> Document:
    """Render the letter of the § and freeze it in the application's matter; its PDF is asked for."""
    day = print_iso_date(local_date(minutes.meeting.starts_at))
    fields = letter_fields(session, minutes, one, application, decided, notice, now=now)
    frozen = file_document(
        session,
        association_id=minutes.association_id,
        matter=application.matter,
        kind=DocumentKind.DECISION_LETTER,
        direction=Direction.OUT,
        title=f"Beslut {minutes.meeting.body.name} {day} § {one.number}",
        filename=f"beslut-{day}-paragraf-{one.number}.docx",
        media_type=WORD,
        # The last signatory, in whose act it is made, can do nothing about the association's template.
        content=render(session, minutes.association_id, "decision_letter", fields, or_shipped=True),
        now=now,
        actor=minutes.secretary.name,
    )
    request_pdf(session, frozen, now=now)
    return frozen


def of_matter(session: Session, matter: Matter) -> list[Document]:
    """The decision letters that were sent in the matter, as Word, the newest first."""
    wanted = select(Document).where(
        Document.association_id == matter.association_id,
        Document.matter_id == matter.id,
        Document.kind == DocumentKind.DECISION_LETTER,
        Document.rendered_from_id.is_(None),
    )
    return list(session.scalars(wanted.order_by(Document.id.desc())))


def of_minutes(session: Session, minutes: Minutes) -> list[Document]:
    """The decision letters that followed when the minutes were verified, in the order of the §§."""
    matters = [row.matter for row in queries.item_rows(session, minutes) if row.matter is not None]
    # They are made in the act that verifies, hence at its very moment; other minutes' letters of the matter are not.
    return [one for each in matters for one in of_matter(session, each) if one.created_at == minutes.verified_at]


def letter_fields(
    session: Session,
    minutes: Minutes,
    one: Item,
    application: Application,
    decided: Sequence[Decision],
    notice: Notice | None,
    *,
    now: datetime,
) -> DecisionLetterFields:
    """What the letter prints. ``notice`` is None where the decision is not announced; the days are then left out."""
    association = people.association(session, minutes.association_id)
    facts = filled(session, application, local_date(now)).facts
    granted, period = _granted(decided), notice_queries.period(notice) if notice else None
    return DecisionLetterFields(
        association=association.name,
        association_address=address_line(association),
        register_number=application.matter.register_number if application.matter else "",
        letter_date=print_date(local_date(now)),
        addressee=addressee(facts, application.matter.counterpart if application.matter else ""),
        matter=one.words.heading,
        outcome=outcome(minutes.meeting.body.name, decided),
        body=minutes.meeting.body.name,
        meeting_date=print_date(local_date(minutes.meeting.starts_at)),
        item_number=f"§ {one.number}",
        phrase=minutes.meeting.body.decision_phrase,
        clauses=wording.punctuated([decision.text for decision in decided]),
        # Nobody has written the reasons anywhere yet; the extract, which goes with the letter, has the background.
        reasons=Formatted(),
        grant_years=granted.lines,
        grant_total=granted.total if granted.lines else "",
        conditions=granted.conditions,
        next_steps=next_steps(decided),
        posted_on=print_date(period.posted_on) if period and period.posted_on else "",
        last_day_of_appeal=print_date(period.last_day) if period and period.last_day else "",
        court="",
        attachments=(f"Protokollsutdrag § {one.number}",),
        contact=contact_line(association, minutes.secretary.name),
        signer_name=minutes.secretary.name,
        signer_title=title_of(minutes, minutes.secretary),
    )


@dataclass(frozen=True)
class _Granted:
    """What the clauses of one § grant together: öre by year, and on which conditions."""

    years: Mapping[int, int]
    conditions: tuple[str, ...]

    @property
    def total(self) -> str:
        return print_amount(sum(self.years.values()))

    @property
    def lines(self) -> tuple[GrantYearLine, ...]:
        """A line a year; none for a single year, whose amount the decision says already."""
        several = sorted(self.years.items()) if len(self.years) > 1 else ()
        return tuple(GrantYearLine(str(year), print_amount(amount)) for year, amount in several)


def _granted(decided: Sequence[Decision]) -> _Granted:
    grants = [one for one in decided if one.verb is Verb.GRANT]
    years: Counter[int] = Counter()
    for one in grants:
        years.update({int(year): amount for year, amount in one.facts["years"].items()})
    return _Granted(years, tuple(text for one in grants for text in one.facts.get("conditions", ())))


def outcome(body: str, decided: Sequence[Decision]) -> str:
    """The decision in one sentence; where the clauses do not say plainly how it went, only that it was treated."""
    verbs = {one.verb for one in decided}
    if Verb.GRANT in verbs:
        granted = _granted(decided)
        if not granted.years:
            return f"{body} har beviljat er ansökan: en andel av en tjänst."
        return f"{body} har beviljat er ansökan: {granted.total} för {wording.span(sorted(granted.years))}."
    if is_rejected(decided):
        return f"{body} har avslagit er ansökan."
    if Verb.TABLE in verbs:
        return f"{body} har bordlagt er ansökan."
    if Verb.REMIT_BACK in verbs:
        return f"{body} har återremitterat er ansökan: den ska utredas vidare."
    return f"{body} har behandlat er ansökan."


def is_rejected(decided: Sequence[Decided]) -> bool:
    """Whether the clauses of one § reject the application, and grant no part of it.

    A § may reject something else, such as a wish for more time.
    """
    rejects = any(one.verb is Verb.REJECT and "ansökan" in one.text.lower() for one in decided)
    return rejects and all(one.verb is not Verb.GRANT for one in decided)


def next_steps(decided: Sequence[Decision]) -> Formatted:
    """What happens now, by what was decided."""
    return parse("\n\n".join(_steps(decided)))


def _steps(decided: Sequence[Decision]) -> Iterator[str]:
    verbs = {one.verb for one in decided}
    if _granted(decided).conditions:
        yield "Inget betalas ut förrän alla villkor är uppfyllda. Hör av er till förbundet när de är det."
    elif Verb.GRANT not in verbs and verbs & {Verb.TABLE, Verb.REMIT_BACK}:
        yield "Ansökan tas upp igen vid ett senare sammanträde. Ni får ett nytt brev när den har behandlats."
    # Not the address itself: it opens the application to whoever reads it, and this letter is a public record.
    yield (
        "Beslutet, och hur det går sedan, står på ansökans egen sida. Länken dit finns i mejlet som brevet kom med. "
        "Har ni frågor svarar förbundet på dem."
    )
