"""A board meeting from its agenda to its verified minutes, step by step as the office and the signatories take them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from docx import Document as WordFile
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.definitions import load
from paragraf.applications.models import Application
from paragraf.applications.operations import publish_form
from paragraf.chain import COMPLETED
from paragraf.meetings import operations as meetings
from paragraf.meetings.models import ItemKind, Meeting
from paragraf.minutes import operations, queries
from paragraf.minutes.clauses import Clause, YearAmount
from paragraf.minutes.models import MinuteItem, Minutes, Verb
from paragraf.minutes.sending import current_round
from paragraf.post.models import Letter
from paragraf.register.models import Document, Matter, MatterKind
from paragraf.register.operations import open_matter
from tests.parts.world import NOW, Home
from tests.signing import acting as signatures

SONJA = "Sonja Ekvall"
#: 9 April 2026 at 09.00–13.30, Swedish time.
START = datetime(2026, 4, 9, 7, 0, tzinfo=UTC)
END = datetime(2026, 4, 9, 11, 30, tzinfo=UTC)
AFTER = END + timedelta(hours=1)
#: The morning when they sign, the next day.
SIGNED = datetime(2026, 4, 10, 6, 0, tzinfo=UTC)
GRANT = Clause(
    Verb.GRANT,
    grantee="Norrdals kommun",
    years=(YearAmount("2026", "120 000"), YearAmount("2027", "290 tkr"), YearAmount("2028", "")),
    conditions=("Region Norrdal beviljar sin del.",),
)


class Chain:
    """The program's own table: a completed round verifies the minutes."""

    table = COMPLETED


def plan(session: Session, home: Home, *, start: datetime = START, end: datetime = END) -> Meeting:
    return meetings.plan_meeting(
        session, body=home.board, starts_at=start, ends_at=end, place="Kommunhuset, rum Björken", now=NOW, actor=SONJA
    )


def agenda_item(
    session: Session,
    meeting: Meeting,
    heading: str,
    kind: ItemKind = ItemKind.DECISION,
    *,
    background: str = "",
    proposal: str = "att godkänna förslaget",
    matter: Matter | None = None,
) -> None:
    meetings.add_item(
        session,
        meeting,
        kind=kind,
        heading=heading,
        background=background,
        proposal=proposal,
        matter=matter,
        now=NOW,
        actor=SONJA,
    )


def apply(session: Session, home: Home, *, email: str = "projekt@norrdal.example", language: str = "sv") -> Application:
    """A submitted application with its matter; what it asks for is another room's business."""
    version = publish_form(
        session, association_id=home.id, source_text=load("application_a"), now=NOW, actor="Förbundet"
    )
    matter = open_matter(
        session,
        association_id=home.id,
        kind=MatterKind.APPLICATION,
        title="Stegvis till arbete",
        counterpart="Norrdals kommun",
        now=NOW,
        actor=f"Sökande: {email}",
    )
    application = Application(
        association_id=home.id,
        form_version=version,
        email=email,
        language=language,
        started_at=NOW,
        submitted_at=NOW,
        matter=matter,
    )
    session.add(application)
    session.flush()
    return application


def usual_agenda(session: Session, home: Home, meeting: Meeting) -> Application:
    """Three items: the election of a verifier, an application, a report; and the notice is sent."""
    application = apply(session, home)
    agenda_item(session, meeting, "Val av justerare", proposal="att utse Maj Torn till justerare")
    agenda_item(
        session,
        meeting,
        "Ansökan om medel till Stegvis",
        background="Norrdals kommun söker 410 000 kr.\n\nBeredningsgruppen tillstyrker.",
        proposal="att bevilja ansökan",
        matter=application.matter,
    )
    agenda_item(session, meeting, "Lägesrapport", ItemKind.INFORMATION, background="Läget är gott.", proposal="")
    meetings.send_notice(session, meeting, now=NOW, actor=SONJA)
    return application


def all_present(session: Session, meeting: Meeting) -> None:
    meetings.mark_all_present(session, meeting, now=AFTER, actor=SONJA)


def begin(session: Session, meeting: Meeting, now: datetime = AFTER) -> Minutes:
    return operations.open_minutes(session, meeting, now=now, actor=SONJA)


def rows(session: Session, minutes: Minutes) -> list[MinuteItem]:
    return queries.item_rows(session, minutes)


def write(
    session: Session,
    row: MinuteItem,
    *clauses: Clause,
    heading: str | None = None,
    background: str | None = None,
    base: int | None = None,
    by: str = SONJA,
    now: datetime = AFTER,
) -> MinuteItem:
    """Save the § with what is given, the rest as it was."""
    words = queries.words_of(queries.newest_text(session, row))
    words = replace(words, clauses=clauses or words.clauses)
    return operations.save_text(
        session,
        row,
        base_version=row.version if base is None else base,
        heading=words.heading if heading is None else heading,
        background=words.background if background is None else background,
        clauses=words.clauses,
        now=now,
        actor=by,
    )


def elect(session: Session, minutes: Minutes, *persons: Any) -> None:
    operations.set_verifiers(session, minutes, persons, now=AFTER, actor=SONJA)


def fix(session: Session, minutes: Minutes, now: datetime = AFTER) -> Minutes:
    return operations.fix_numbers(session, minutes, now=now, actor=SONJA)


def send(session: Session, minutes: Minutes, now: datetime = AFTER) -> Minutes:
    operations.send_for_signing(session, minutes, now=now, actor=SONJA)
    return minutes


def all_sign(session: Session, minutes: Minutes, now: datetime = SIGNED) -> Minutes:
    """Each signatory opens the link, types the code and signs; the last signature verifies the minutes."""
    found = current_round(session, minutes)
    assert found is not None
    for signatory in found.signatories:
        signatures.let_in(session, signatory, now=now)
        signatures.sign(session, signatory, Chain(), now=now)  # type: ignore[arg-type]
    return minutes


def numbers(session: Session, minutes: Minutes) -> list[int]:
    return [one.number for one in queries.items(session, minutes)]


def letters(session: Session, kind: str) -> list[Letter]:
    return list(session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def paper(content: bytes) -> list[str]:
    """All lines of a Word file, tables included, in order."""
    body = WordFile(BytesIO(content)).element.body
    w = f"{{{body.nsmap['w']}}}"
    runs = ([each for run in paragraph.iter(f"{w}r") for each in run] for paragraph in body.iter(f"{w}p"))
    return ["".join("\t" if each.tag == f"{w}tab" else each.text or "" for each in run) for run in runs]


def document_lines(document: Document | None) -> list[str]:
    assert document is not None
    return paper(document.content)
