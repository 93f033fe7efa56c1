"""From an agreement's rows to the fields that its Word document prints, and to the Word file. It prints in Swedish.

It is made anew from what is entered each time it is asked for; nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from paragraf.agreements.document_fields import AgreementFields, PartyLine, SectionLines, SignatureLine
from paragraf.agreements.models import Agreement
from paragraf.agreements.queries import party_name
from paragraf.core.dates import local_date
from paragraf.core.formatted import Block, Formatted, Span
from paragraf.core.identifiers import print_organisation_number
from paragraf.core.printing import print_date, print_period
from paragraf.core.typography import NBSP
from paragraf.people import queries as people
from paragraf.templates.rendering import render

#: How many originals are written in words.
_NUMBERS = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def render_agreement(session: Session, agreement: Agreement, *, today: date) -> bytes:
    """The agreement as a Word file, from the template ``agreement``."""
    return render(session, agreement.association_id, "agreement", agreement_fields(session, agreement, today=today))


def agreement_fields(session: Session, agreement: Agreement, *, today: date) -> AgreementFields:
    """What the document prints: what is entered about the agreement as of today."""
    names = [party_name(party) for party in agreement.parties]
    numbers = [print_organisation_number(party.member_organisation.organisation_number) for party in agreement.parties]
    summary = _plain(agreement.summary.replace("\r\n", "\n").split("\n\n"))
    return AgreementFields(
        association=people.association(session, agreement.association_id).name,
        register_number=agreement.matter.register_number if agreement.matter else "",
        name=agreement.title,
        # Changed terms take the place of the old ones, so the day that they are read is what tells wordings apart.
        wording=f"Lydelse den {print_date(today)}",
        in_force=_in_force(agreement),
        parties=tuple(PartyLine(name, number) for name, number in zip(names, numbers, strict=True)),
        sections=(SectionLines("Sammanfattning", summary),) if summary else (),
        commitments=(),
        goals=(),
        change_rules=_plain(_change_rules(agreement)),
        termination=_plain(_termination(agreement)),
        appendices=(),
        # It has places to sign by hand, one for each party, and each party takes one.
        originals=_NUMBERS[len(names)] if len(names) < len(_NUMBERS) else str(len(names)),
        signatures=tuple(SignatureLine(name, "", "") for name in names),
    )


def _in_force(agreement: Agreement) -> str:
    told = print_period(agreement.in_force_from, agreement.in_force_until)
    ended = f". Upphörde den {print_date(local_date(agreement.ended_at))}" if agreement.ended_at else ""
    return f"{told[:1].upper()}{told[1:]}{ended}"


def _change_rules(agreement: Agreement) -> Iterator[str]:
    months = agreement.notice_months
    if not months:
        yield "Överenskommelsen kräver inte att en ändring meddelas i förväg."
        return
    unit = "månad" if months == 1 else "månader"
    yield (
        f"Den som vill ändra något ska meddela det minst {months}{NBSP}{unit} innan ändringen börjar gälla. Dagen "
        "flyttas inte, även om den är en helgdag."
    )
    if agreement.informed_bodies:
        yield f"Ändringen meddelas till: {', '.join(informed.body.name for informed in agreement.informed_bodies)}."


def _termination(agreement: Agreement) -> Iterator[str]:
    if agreement.revised_yearly:
        day, _space, _year = print_date(agreement.in_force_from).rpartition(" ")
        yield f"Parterna reviderar överenskommelsen varje år. Revideringen gäller från den {day}."
    if agreement.in_force_until is not None:
        yield f"Överenskommelsen gäller till och med den {print_date(agreement.in_force_until)}."


def _plain(texts: Iterator[str] | list[str]) -> Formatted:
    """Paragraphs as they were typed: the summary is plain text, in which a star is a star."""
    return Formatted(tuple(Block((Span(text.strip()),)) for text in texts if text.strip()))
