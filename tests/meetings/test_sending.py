"""The notice goes out: frozen, mailed, in calendars; sent again; taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from docx import Document as WordFile
from icalendar import Calendar, Event
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken, SeveralRulesBroken
from paragraf.meetings import operations, queries, sending
from paragraf.meetings.models import ItemKind as Kind
from paragraf.meetings.models import Meeting, MeetingMode, NoticeOfMeeting
from paragraf.meetings.rules import State
from paragraf.people.models import Capacity, Mandate, Person
from paragraf.post.models import Letter
from paragraf.register import queries as register
from paragraf.register.models import DocumentKind, MatterKind
from tests.meetings.conftest import END, START
from tests.parts.world import NOW, SINCE, Home

SONJA = "Sonja Ekvall"
LATER = NOW + timedelta(days=1)


@pytest.fixture
def ready(session: Session, meeting: Meeting) -> Meeting:
    """A meeting whose agenda can be sent."""
    add(session, meeting, "Val av justerare", Kind.DECISION, proposal="att utse Maj Torn.")
    add(session, meeting, "Lägesrapport", Kind.INFORMATION)
    return meeting


def add(session: Session, meeting: Meeting, heading: str, kind: Kind, background: str = "", proposal: str = "") -> None:
    operations.add_item(
        session,
        meeting,
        kind=kind,
        heading=heading,
        background=background,
        proposal=proposal,
        now=NOW,
        actor=SONJA,
    )


def send(session: Session, meeting: Meeting, now: datetime = NOW, sequence: int | None = None) -> NoticeOfMeeting:
    return operations.send_notice(session, meeting, now=now, actor=SONJA, sequence=sequence)


def cancel(session: Session, meeting: Meeting) -> None:
    operations.cancel_meeting(session, meeting, reason="Ordföranden är sjuk", now=LATER, actor=SONJA)


def letters(session: Session, kind: str) -> dict[str, Letter]:
    """The letters of a kind by the recipient's first name; the newest of each."""
    rows = session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id))
    return {letter.to_name.split()[0]: letter for letter in rows}


def invitation(letter: Letter) -> tuple[str, Event]:
    content = letter.attachments[0].content
    assert content is not None
    found = Calendar.from_ical(content)
    assert isinstance(found, Calendar)
    return str(found["METHOD"]), found.events[0]


def word_text(session: Session, notice: NoticeOfMeeting) -> str:
    found = WordFile(BytesIO(notice.document.content))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    header = [paragraph.text for paragraph in found.sections[0].header.paragraphs]
    return "\n".join([*header, *(paragraph.text for paragraph in found.paragraphs), *cells])


# --- the first notice -----------------------------------------------------------------------------------------------


def test_members_substitutes_and_the_secretary_get_a_letter_each(session: Session, ready: Meeting) -> None:
    send(session, ready)
    assert set(letters(session, "notice_of_meeting")) == {"Olle", "Vera", "Maj", "Nils", "Eva", "Ivar", "Sonja"}
    assert queries.state(session, ready, NOW) is State.NOTICE_SENT


def test_the_letter_tells_time_place_and_agenda(session: Session, ready: Meeting) -> None:
    send(session, ready)
    body = letters(session, "notice_of_meeting")["Maj"].body
    for told in (
        "Hej Maj Torn",
        "torsdag 9 april 2026",
        "kl. 09.00 – 13.30",
        "Kommunhuset, rum Björken",
        "1. Val av justerare",
        "2. Lägesrapport",
        f"http://localhost/norrdal/moten/{ready.id}/",
        "kansli@norrdal.example",
    ):
        assert told in body
    assert "kallar dig" in body
    assert "som ersättare" in letters(session, "notice_of_meeting")["Eva"].body


def test_an_english_reader_gets_an_english_letter(session: Session, home: Home, ready: Meeting) -> None:
    session.get_one(Person, home.chair.id).language = "en"
    send(session, ready)
    letter = letters(session, "notice_of_meeting")["Olle"]
    assert letter.subject == "Notice of meeting: Styrelsen, Thursday 9 April 2026"
    assert "09:00 – 13:30" in letter.body
    assert invitation(letter)[1]["SUMMARY"] == "Styrelsen: meeting"


def test_the_invitation_and_the_agenda_go_with_the_letter(session: Session, ready: Meeting) -> None:
    notice = send(session, ready)
    letter = letters(session, "notice_of_meeting")["Maj"]
    method, event = invitation(letter)
    assert (method, event["SEQUENCE"], event["UID"]) == ("REQUEST", 0, ready.calendar_uid)
    assert event.start == START
    assert event["ATTENDEE"] == "mailto:maj@norrdal.example"
    assert letter.attachments[0].media_type == "text/calendar; method=REQUEST; charset=utf-8"
    assert letter.attachments[1].document_id == notice.document_id
    roles = {
        name: invitation(one)[1]["ATTENDEE"].params["ROLE"]
        for name, one in letters(session, "notice_of_meeting").items()
    }
    assert (roles["Maj"], roles["Eva"]) == ("REQ-PARTICIPANT", "OPT-PARTICIPANT")


def test_the_notice_is_frozen_in_the_meetings_own_matter(session: Session, ready: Meeting) -> None:
    notice = send(session, ready)
    assert ready.matter is not None
    assert (ready.matter.kind, ready.matter.title) == (MatterKind.MEETING, "Styrelsen, sammanträde 2026-04-09")
    assert register.documents(session, ready.matter) == [notice.document]
    assert notice.document.kind is DocumentKind.NOTICE_OF_MEETING
    assert notice.document.filename == "kallelse-2026-04-09.docx"
    assert register.conversion_of(session, notice.document) is not None


def test_the_word_file_holds_the_whole_agenda(session: Session, ready: Meeting) -> None:
    add(session, ready, "Budget 2027", Kind.DECISION, background="Bakgrund om medel.\n\nMer bakgrund.")
    add(session, ready, "Sammanträdesdagar", Kind.QUESTION)
    text = word_text(session, send(session, ready))
    for told in (
        "Samordningsförbundet Norrdal",
        "torsdag 9 april 2026",
        "Kommunhuset, rum Björken",
        "Val av justerare",
        "Styrelsen föreslås besluta",
        "att utse Maj Torn.",
        "Bakgrund om medel.",
        "Mer bakgrund.",
        "Lägesrapport",
        "Sammanträdesdagar",
        "Olle Brand",
        "Eva Rask",
        "Sonja Ekvall, sekreterare",
    ):
        assert told in text, told


def test_the_register_number_stands_at_the_item(session: Session, home: Home, ready: Meeting) -> None:
    from tests.meetings.test_agenda import register as register_matter

    matter = register_matter(session, home)
    operations.add_matter_to_agenda(session, ready, matter, background="Söker medel.", now=NOW, actor=SONJA)
    assert matter.register_number in word_text(session, send(session, ready))


# --- refused --------------------------------------------------------------------------------------------------------


def test_an_empty_agenda_is_not_sent(session: Session, meeting: Meeting) -> None:
    with pytest.raises(RuleBroken, match="Dagordningen är tom"):
        send(session, meeting)
    assert letters(session, "notice_of_meeting") == {}


def test_a_decision_item_without_text_is_not_sent(session: Session, ready: Meeting) -> None:
    add(session, ready, "Budget 2027", Kind.DECISION)
    with pytest.raises(RuleBroken) as refused:
        send(session, ready)
    assert "Punkt 3, ”Budget 2027”, saknar text" in str(refused.value)


def test_all_faults_are_told_at_once(session: Session, ready: Meeting) -> None:
    add(session, ready, "Budget 2027", Kind.DECISION)
    add(session, ready, "Verksamhetsplan", Kind.DECISION)
    with pytest.raises(SeveralRulesBroken) as refused:
        send(session, ready)
    assert len(refused.value.problems) == 2


def test_nothing_is_sent_when_nobody_has_a_seat(session: Session, home: Home, ready: Meeting) -> None:
    for mandate in queries.mandates(session, ready):
        mandate.ends_on = START.date() - timedelta(days=1)
    session.flush()
    with pytest.raises(RuleBroken, match="Lägg in ledamöterna"):
        send(session, ready)


@pytest.mark.parametrize("moment", [START, END])
def test_a_meeting_that_has_begun_is_not_called(session: Session, ready: Meeting, moment: datetime) -> None:
    with pytest.raises(RuleBroken, match="redan börjat"):
        send(session, ready, now=moment)


def test_a_cancelled_meeting_is_not_called(session: Session, ready: Meeting) -> None:
    cancel(session, ready)
    with pytest.raises(RuleBroken, match="inställt"):
        send(session, ready)


# --- again ----------------------------------------------------------------------------------------------------------


def test_the_same_sending_twice_gives_one_notice_and_one_letter_each(session: Session, ready: Meeting) -> None:
    first = send(session, ready, sequence=0)
    assert send(session, ready, now=LATER, sequence=0) is first
    assert len(session.scalars(select(Letter)).all()) == 7
    assert queries.notices(session, ready) == [first]


def test_sending_again_raises_the_sequence_and_tells_what_changed(session: Session, ready: Meeting) -> None:
    first = send(session, ready)
    add(session, ready, "Sen punkt", Kind.QUESTION)
    assert sending.unsent_changes(session, ready)
    second = send(session, ready, now=LATER, sequence=1)
    assert (second.sequence, second.document_id != first.document_id) == (1, True)
    letter = letters(session, "notice_again")["Maj"]
    assert "- Ny punkt: Sen punkt" in letter.body
    assert "Tiden är nu" not in letter.body
    method, event = invitation(letter)
    assert (method, event["SEQUENCE"], event["UID"]) == ("REQUEST", 1, ready.calendar_uid)
    assert not sending.unsent_changes(session, ready)


def test_a_moved_meeting_is_told_with_a_higher_sequence(session: Session, ready: Meeting) -> None:
    send(session, ready)
    operations.change_meeting(
        session,
        ready,
        starts_at=START + timedelta(days=1),
        ends_at=END + timedelta(days=1),
        place="På länk",
        mode=MeetingMode.DISTANCE,
        now=LATER,
        actor=SONJA,
    )
    with pytest.raises(RuleBroken, match="har ändrats sedan du öppnade sidan"):
        send(session, ready, now=LATER, sequence=1)
    assert send(session, ready, now=LATER, sequence=2).sequence == 2
    letter = letters(session, "notice_again")["Maj"]
    assert "Tiden är nu fredag 10 april 2026 kl. 09.00 – 13.30" in letter.body
    assert "Platsen är nu På länk (på distans)" in letter.body
    assert invitation(letter)[1].start == START + timedelta(days=1)


def test_sending_again_unchanged_says_so(session: Session, ready: Meeting) -> None:
    send(session, ready)
    send(session, ready, now=LATER)
    assert "desamma som i den förra kallelsen" in letters(session, "notice_again")["Maj"].body


def test_someone_new_gets_a_first_notice_and_not_a_change(session: Session, home: Home, ready: Meeting) -> None:
    send(session, ready)
    newcomer = Person(association_id=home.id, name="Ylva Ny", email="ylva@norrdal.example", title="", language="sv")
    session.add(newcomer)
    session.flush()
    session.add(
        Mandate(
            association_id=home.id,
            body_id=home.board.id,
            person_id=newcomer.id,
            member_organisation_id=home.state.id,
            capacity=Capacity.SUBSTITUTE,
            calling_order=3,
            starts_on=SINCE,
        )
    )
    session.flush()
    send(session, ready, now=LATER)
    assert letters(session, "notice_of_meeting")["Ylva"].queued_at == LATER
    assert "Ylva" not in letters(session, "notice_again")


# --- taken back -----------------------------------------------------------------------------------------------------


def test_cancelling_takes_the_meeting_out_of_every_calendar(session: Session, ready: Meeting) -> None:
    send(session, ready)
    cancel(session, ready)
    sent = letters(session, "meeting_cancelled")
    assert set(sent) == {"Olle", "Vera", "Maj", "Nils", "Eva", "Ivar", "Sonja"}
    assert "Skäl: Ordföranden är sjuk" in sent["Maj"].body
    method, event = invitation(sent["Maj"])
    assert (method, event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert event["UID"] == invitation(letters(session, "notice_of_meeting")["Maj"])[1]["UID"]


def test_whoever_was_invited_is_told_even_without_a_seat_now(session: Session, home: Home, ready: Meeting) -> None:
    send(session, ready)
    for mandate in queries.mandates(session, ready):
        if mandate.person_id == home.member.id:
            mandate.ends_on = NOW.date()
    session.flush()
    send(session, ready, now=LATER)
    cancel(session, ready)
    assert "Maj" in letters(session, "meeting_cancelled")
    assert invitation(letters(session, "meeting_cancelled")["Maj"])[1]["SEQUENCE"] == 2
