"""Attachments of agenda items: one number each through notices, taken for good; two who work at once."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from sqlalchemy.orm import Session

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings import attachments, operations, queries, sending
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting, MeetingAttachment
from paragraf.register.models import Direction, Document, DocumentKind, Matter, MatterKind
from paragraf.register.operations import file_document, open_matter
from tests.parts.world import NOW, Home, World

SONJA = "Sonja Ekvall"


def pdf() -> bytes:
    with pypdfium2.PdfDocument.new() as made:
        made.new_page(200, 300)
        written = io.BytesIO()
        made.save(written)
    return written.getvalue()


def item(session: Session, meeting: Meeting, heading: str, matter: Matter | None = None) -> AgendaItem:
    return operations.add_item(
        session, meeting, kind=ItemKind.REPORT, heading=heading, matter=matter, now=NOW, actor=SONJA
    )


def attach(session: Session, to: AgendaItem, title: str) -> MeetingAttachment:
    return attachments.attach_file(
        session, to, title=title, filename=f"{title}.pdf", content=pdf(), now=NOW, actor=SONJA
    )


def labels(session: Session, meeting: Meeting) -> list[str]:
    return [one.label for one in attachments.labelled(session, meeting)]


def send(session: Session, meeting: Meeting) -> None:
    operations.send_notice(session, meeting, now=NOW, actor=SONJA)


def test_before_the_notice_numbers_follow_the_agenda(session: Session, meeting: Meeting) -> None:
    first, second = item(session, meeting, "Budget"), item(session, meeting, "Rapport")
    attach(session, second, "Läget")
    attach(session, first, "Kalkyl")
    assert labels(session, meeting) == ["Bilaga 1. Kalkyl", "Bilaga 2. Läget"]
    operations.move_item(session, second, place=1, now=NOW, actor=SONJA)
    assert labels(session, meeting) == ["Bilaga 1. Läget", "Bilaga 2. Kalkyl"]


def test_a_number_that_was_told_stays_taken(session: Session, meeting: Meeting) -> None:
    only = item(session, meeting, "Budget")
    rows = [attach(session, only, title) for title in ("Ett", "Två", "Tre")]
    send(session, meeting)
    attachments.remove_attachment(session, rows[1], now=NOW, actor=SONJA)
    attach(session, only, "Fyra")
    assert labels(session, meeting) == ["Bilaga 1. Ett", "Bilaga 3. Tre", "Bilaga 4. Fyra"]
    changed = sending.unsent_changes(session, meeting)
    assert changed is not None
    assert (changed.attached, changed.dropped) == (("Bilaga 4. Fyra",), ("Bilaga 2. Två",))
    send(session, meeting)
    assert not sending.unsent_changes(session, meeting)
    assert [one.is_told for one in attachments.labelled(session, meeting)] == [True, True, True]


def test_a_told_number_does_not_move_and_the_untold_do(session: Session, meeting: Meeting) -> None:
    only = item(session, meeting, "Budget")
    told = attach(session, only, "Ett")
    send(session, meeting)
    second, third = attach(session, only, "Två"), attach(session, only, "Tre")
    attachments.move_attachment(session, third, step=-1, now=NOW, actor=SONJA)
    assert labels(session, meeting) == ["Bilaga 1. Ett", "Bilaga 2. Tre", "Bilaga 3. Två"]
    attachments.move_attachment(session, second, step=1, now=NOW, actor=SONJA)
    with pytest.raises(RuleBroken, match="Bilaga 1 har redan sitt nummer"):
        attachments.move_attachment(session, told, step=1, now=NOW, actor=SONJA)


def test_what_a_colleague_took_away_is_told_and_nothing_else_changes(session: Session, meeting: Meeting) -> None:
    only = item(session, meeting, "Budget")
    row = attach(session, only, "Ett")
    attachments.remove_attachment(session, row, now=NOW, actor="Eva Rask")
    with pytest.raises(RuleBroken, match="redan tagits bort av någon annan"):
        attachments.remove_attachment(session, row, now=NOW, actor=SONJA)
    with pytest.raises(RuleBroken, match="redan tagits bort av någon annan"):
        attachments.move_attachment(session, row, step=1, now=NOW, actor=SONJA)
    # The document itself stays in the register.
    assert session.get_one(Document, row.document_id).content


def test_an_item_that_was_withdrawn_takes_its_attachments_along(session: Session, meeting: Meeting) -> None:
    first, second = item(session, meeting, "Budget"), item(session, meeting, "Rapport")
    attach(session, first, "Kalkyl")
    attach(session, second, "Läget")
    operations.withdraw_item(session, first, now=NOW, actor="Eva Rask")
    assert labels(session, meeting) == ["Bilaga 1. Läget"]
    with pytest.raises(RuleBroken, match="Punkten har tagits bort"):
        attach(session, first, "För sent")


def test_a_document_of_the_matter_is_attached_without_a_copy(session: Session, home: Home, meeting: Meeting) -> None:
    matter = open_matter(
        session,
        association_id=home.id,
        kind=MatterKind.OTHER,
        title="Lokaler",
        counterpart="Norrdals kommun",
        now=NOW,
        actor=SONJA,
    )
    document = file_document(
        session,
        association_id=home.id,
        matter=matter,
        kind=DocumentKind.ATTACHMENT,
        direction=Direction.IN,
        title="Hyresavtal",
        filename="avtal.pdf",
        media_type="application/pdf",
        content=pdf(),
        now=NOW,
        actor=SONJA,
    )
    about = item(session, meeting, "Lokaler", matter)
    assert attachments.documents_to_attach(session, about) == [document]
    row = attachments.attach_document(session, about, document, now=NOW, actor=SONJA)
    assert row.document_id == document.id
    assert attachments.documents_to_attach(session, about) == []
    with pytest.raises(RuleBroken, match="redan bilaga"):
        attachments.attach_document(session, about, document, now=NOW, actor=SONJA)


def test_a_refused_kind_and_strangers(session: Session, home: Home, world: World, meeting: Meeting) -> None:
    only = item(session, meeting, "Budget")
    with pytest.raises(RuleBroken, match="inte av ett slag som tas emot"):
        attachments.attach_file(session, only, title="", filename="x.exe", content=b"MZ\x90\x00", now=NOW, actor=SONJA)
    row = attach(session, only, "Ett")
    with pytest.raises(NotThere):
        attachments.attachment(session, world.south.id, meeting.id, row.id)
    assert queries.agenda(session, meeting)[0].attachments == [row]
