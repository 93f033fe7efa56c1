"""The notice as a package: what mails carry, what the whole PDF holds, and who has read it."""

from __future__ import annotations

import pypdfium2
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.meetings import notice_changes, opening, operations, package, queries, sending
from paragraf.meetings.models import ItemKind, Meeting, NoticeOfMeeting
from paragraf.post.models import Letter
from paragraf.register.models import Conversion, Direction, DocumentKind
from paragraf.register.operations import file_document
from tests.meetings.test_attachments import attach, item, pdf
from tests.parts.world import NOW, Home

SONJA = "Sonja Ekvall"
SECRET = "Avsked av en namngiven person"


@pytest.fixture
def ready(session: Session, meeting: Meeting) -> Meeting:
    only = item(session, meeting, SECRET)
    attach(session, only, "Kalkyl")
    return meeting


def send(session: Session, meeting: Meeting, *, with_files: bool = True) -> NoticeOfMeeting:
    return operations.send_notice(session, meeting, now=NOW, actor=SONJA, with_files=with_files)


def letter(session: Session, kind: str = "notice_of_meeting") -> Letter:
    return session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)).all()[-1]


def make_pdf(session: Session, notice: NoticeOfMeeting) -> None:
    """What the scheduler does: the notice's own PDF."""
    file_document(
        session,
        association_id=notice.association_id,
        matter=None,
        kind=DocumentKind.NOTICE_OF_MEETING,
        direction=Direction.MADE,
        title="Kallelse",
        filename="kallelse.pdf",
        media_type=package.PDF,
        content=pdf(),
        now=NOW,
        actor="Paragraf",
        rendered_from=notice.document,
    )


def test_a_mail_carries_the_notice_and_its_attachments(session: Session, ready: Meeting) -> None:
    send(session, ready)
    found = letter(session)
    assert [one.filename for one in found.attachments] == [
        "kallelse.ics",
        "kallelse-2026-04-09.docx",
        "Bilaga 1 Kalkyl.pdf",
    ]
    assert SECRET in found.body
    assert "Bilagorna följer också med." in found.body


def test_a_mail_with_only_a_link_says_nothing_of_what_it_is_about(session: Session, ready: Meeting) -> None:
    send(session, ready, with_files=False)
    found = letter(session)
    assert [one.filename for one in found.attachments] == ["kallelse.ics"]
    assert SECRET not in found.body + found.subject
    assert "när du har loggat in" in found.body
    assert f"/norrdal/moten/{ready.id}/" in found.body
    content = found.attachments[0].content
    assert content is not None
    assert SECRET.encode() not in content


def test_sent_again_by_link_it_tells_that_the_agenda_changed_and_not_how(session: Session, ready: Meeting) -> None:
    send(session, ready, with_files=False)
    late = item(session, ready, "Ett hemligt ärende")
    assert late.is_late
    send(session, ready, with_files=False)
    found = letter(session, "notice_again")
    assert "Dagordningen eller bilagorna är ändrade." in found.body
    assert "hemligt" not in found.body


def test_sent_again_with_files_it_names_late_items_and_attachments(session: Session, ready: Meeting) -> None:
    send(session, ready)
    late = item(session, ready, "Ett sent ärende")
    attach(session, late, "Sen bilaga")
    send(session, ready)
    body = letter(session, "notice_again").body
    assert "- Ny punkt: Ett sent ärende" in body
    assert "- Ny bilaga: Bilaga 2. Sen bilaga" in body


def test_attachments_too_large_for_mail_are_left_to_the_page(
    session: Session, ready: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LARGEST_MAIL", 100)
    send(session, ready)
    found = letter(session)
    assert [one.filename for one in found.attachments] == ["kallelse.ics", "kallelse-2026-04-09.docx"]
    assert "för stora för ett mejl" in found.body


def test_the_whole_is_one_pdf_with_a_bookmark_for_each_piece(session: Session, ready: Meeting) -> None:
    notice = send(session, ready)
    with pytest.raises(RuleBroken, match="görs till PDF just nu"):
        package.whole(session, notice)
    make_pdf(session, notice)
    with pypdfium2.PdfDocument(package.whole(session, notice)) as read:
        assert [mark.get_title() for mark in read.get_toc()] == [
            "Kallelse till Styrelsen 2026-04-09",
            "Bilaga 1. Kalkyl",
        ]


def test_a_conversion_that_failed_is_waited_for_no_more(session: Session, ready: Meeting) -> None:
    notice = send(session, ready)
    session.scalars(select(Conversion).where(Conversion.document_id == notice.document_id)).one().failed_at = NOW
    with pytest.raises(RuleBroken, match="Öppna den som Word"):
        package.whole(session, notice)


def test_what_was_told_survives_what_is_taken_away_later(session: Session, ready: Meeting) -> None:
    notice = send(session, ready)
    (row,) = queries.agenda(session, ready)[0].attachments
    row.removed_at = NOW
    session.flush()
    assert [one.title for one in package.pieces(session, notice)][1:] == ["Bilaga 1. Kalkyl"]
    assert notice_changes.from_json(notice.told).with_files


# --- who has read it ---


def test_who_was_called_says_so_once_and_anew_for_each_notice(session: Session, home: Home, ready: Meeting) -> None:
    assert opening.note_opened(session, ready, home.member, now=NOW) is None
    first = send(session, ready)
    said = opening.note_opened(session, ready, home.member, now=NOW)
    assert opening.note_opened(session, ready, home.member, now=NOW) is said
    assert [one.person_id for one in opening.opened(session, first)] == [home.member.id]
    assert home.member.name not in [one.name for one in opening.not_opened(session, first)]
    operations.add_item(session, ready, kind=ItemKind.REPORT, heading="Nytt", now=NOW, actor=SONJA)
    second = send(session, ready)
    assert not opening.has_opened(session, second, home.member)


def test_somebody_who_was_not_called_reads_nothing(session: Session, world_stranger: object, ready: Meeting) -> None:
    send(session, ready)
    assert opening.note_opened(session, ready, world_stranger, now=NOW) is None  # type: ignore[arg-type]


@pytest.fixture
def world_stranger(world: object) -> object:
    return world.south.member  # type: ignore[attr-defined]
