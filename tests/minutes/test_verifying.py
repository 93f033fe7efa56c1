"""Minutes go out to be signed; the last signature verifies them, and everything that follows begins."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import NotAllowed, RuleBroken
from paragraf.duties import queries as duties
from paragraf.duties.models import Duty
from paragraf.grants.models import Grant
from paragraf.meetings import operations as meetings
from paragraf.meetings.queries import presences, waiting_matters
from paragraf.minutes import document, notice_queries, operations, queries, sending
from paragraf.minutes.clauses import Clause
from paragraf.minutes.commissions import responsible
from paragraf.minutes.models import Minutes, Verb
from paragraf.minutes.rules import State, state_of
from paragraf.people.models import BodyKind, MemberOrganisation, NoticeBoard, Role, RoleKind
from paragraf.register import queries as register
from paragraf.register.models import DocumentKind
from paragraf.signing import operations as signing
from tests.minutes.acting import (
    AFTER,
    SIGNED,
    SONJA,
    all_sign,
    document_lines,
    fix,
    letters,
    paper,
    plan,
    rows,
    send,
    write,
)
from tests.minutes.acting import Chain as Completed
from tests.parts.world import SINCE, Home, World
from tests.signing import acting as signatures

PDF = b"%PDF-1.7\n%%EOF\n"
COMMISSION = Clause(Verb.COMMISSION, assignee="Vera Lind", task="ta fram en plan", due_on="2026-10-01")


def due(session: Session, home: Home, rule_key: str) -> list[Duty]:
    return [duty for duty in duties.open_duties(session, home.id) if duty.rule_key == rule_key]


# --- sending ---


def test_minutes_without_numbers_are_not_sent(session: Session, ready: Minutes) -> None:
    with pytest.raises(RuleBroken, match="Fastställ numren först"):
        send(session, ready)


def test_chair_secretary_and_verifier_get_a_link_each(session: Session, sent: Minutes) -> None:
    found = sending.current_round(session, sent)
    assert found is not None
    assert [(one.name, one.capacity.value) for one in found.signatories] == [
        ("Olle Brand", "chair"),
        ("Sonja Ekvall", "secretary"),
        ("Nils Ask", "minutes_verifier"),
    ]
    assert found.last_day == date(2026, 4, 23)
    assert len(letters(session, "minutes_to_sign")) == 3
    assert state_of(sent) is State.SENT


def test_what_is_signed_is_rendered_once_and_its_pdf_is_asked_for(session: Session, sent: Minutes) -> None:
    assert sent.document is not None
    assert sent.document.title == "Protokoll Styrelsen 2026-04-09, §§ 626–628"
    assert register.conversion_of(session, sent.document) is not None
    assert sent.document.matter_id == sent.meeting.matter_id


def test_the_attendance_closes_when_minutes_that_state_it_go_out(session: Session, sent: Minutes) -> None:
    with pytest.raises(RuleBroken, match="utskickat"):
        meetings.mark_all_present(session, sent.meeting, now=AFTER, actor=SONJA)


def test_minutes_that_are_out_are_not_sent_again(session: Session, sent: Minutes) -> None:
    with pytest.raises(RuleBroken, match="redan ute"):
        send(session, sent)


def test_after_a_refusal_the_same_bytes_are_sent_again(session: Session, sent: Minutes) -> None:
    found = sending.current_round(session, sent)
    assert found is not None
    before = sent.document
    signatures.let_in(session, found.signatories[2], now=SIGNED)
    signing.decline(
        session, found.signatories[2], reason="§ 627 stämmer inte", session_key=signatures.PHONE, now=SIGNED
    )
    assert sending.can_be_sent_again(session, sent, SIGNED)
    send(session, sent, SIGNED)
    again = sending.current_round(session, sent)
    assert again is not None
    assert again.id != found.id
    assert again.document is before


def test_sent_late_the_signatories_still_have_some_days(session: Session, fixed: Minutes) -> None:
    assert sending.default_last_day(fixed, date(2026, 4, 30)) == date(2026, 5, 3)


def test_minutes_of_a_meeting_without_notice_get_a_matter_when_they_go_out(session: Session, home: Home) -> None:
    minutes = _short_minutes(session, home)
    assert minutes.meeting.matter_id is None
    send(session, fix(session, minutes))
    assert minutes.meeting.matter is not None
    filed = register.documents(session, minutes.meeting.matter)
    assert [one.kind for one in filed] == [DocumentKind.ATTACHMENT, DocumentKind.MINUTES]


def _short_minutes(session: Session, home: Home) -> Minutes:
    meeting = plan(session, home)
    meetings.mark_all_present(session, meeting, now=AFTER, actor=SONJA)
    minutes = operations.open_minutes(session, meeting, now=AFTER, actor=SONJA)
    row = operations.add_item(session, minutes, heading="Rapport", now=AFTER, actor=SONJA)
    operations.attach(
        session, row, title="Blad", filename="blad.pdf", content=b"%PDF-1.7\n%%EOF\n", now=AFTER, actor=SONJA
    )
    operations.set_verifiers(session, minutes, [home.member], now=AFTER, actor=SONJA)
    return minutes


# --- the Word file ---


def test_the_minutes_print_their_first_page_and_every_paragraph(sent: Minutes) -> None:
    lines = [line.replace("\N{NO-BREAK SPACE}", " ") for line in document_lines(sent.document)]
    for expected in (
        "Styrelsen, 9 april 2026, §§ 626–628",
        "Kommunhuset, rum Björken, kl. 09.00 – 13.30",
        "Olle Brand, ordförande, Norrdals kommun",
        "Elektroniskt, senast den 23 april 2026",
        "§ 627\tAnsökan om medel till Stegvis",
        "Ärende 2026/1",
        "Norrdals kommun söker 410 000 kr.",
        "Styrelsen beslutar",
        "att utse Maj Torn till justerare.",
        "410 000 kr",
        "§ 628\tLägesrapport",
    ):
        assert expected in lines
    assert not any("preliminärt" in line or "{" in line for line in lines)


def test_a_draft_says_that_its_numbers_are_provisional(session: Session, ready: Minutes) -> None:
    lines = paper(document.render_minutes(session, ready))
    assert "Styrelsen, 9 april 2026, §§ 626–628 (preliminärt)" in lines
    assert "§ 626 (preliminärt)\tVal av justerare" in lines


def test_the_same_minutes_give_the_same_bytes(session: Session, sent: Minutes) -> None:
    assert sent.document is not None
    assert document.render_minutes(session, sent) == sent.document.content


def test_a_late_substitute_is_printed_with_time_and_seat(session: Session, home: Home, ready: Minutes) -> None:
    meeting = ready.meeting
    gone = next(row for row in presences(session, meeting) if row.person_id == home.chair.id)
    at = meeting.starts_at + timedelta(hours=2, minutes=30)
    meetings.end_presence(session, meeting, gone, until_at=at, now=AFTER, actor=SONJA)
    meetings.record_presence(
        session,
        meeting,
        person=home.substitute,
        from_at=at,
        serves_for=home.mandates["chair"],
        now=AFTER,
        actor=SONJA,
    )
    lines = paper(document.render_minutes(session, ready))
    assert "Olle Brand, ordförande, Norrdals kommun (till kl. 11.30)" in lines
    expected = "Eva Rask, ersättare, Norrdals kommun (tjänstgörande ersättare för Olle Brand från kl. 11.30)"
    assert expected in lines


# --- verified ---


def test_one_missing_signature_is_not_verified(session: Session, sent: Minutes) -> None:
    found = sending.current_round(session, sent)
    assert found is not None
    for signatory in found.signatories[:2]:
        signatures.let_in(session, signatory, now=SIGNED)
        signatures.sign(session, signatory, Completed(), now=SIGNED)  # type: ignore[arg-type]
    assert state_of(sent) is State.SENT
    with pytest.raises(RuleBroken, match="Alla har inte skrivit under"):
        operations.verify(session, sent, now=SIGNED, actor=SONJA)


def test_the_last_signature_verifies(session: Session, home: Home, verified: Minutes) -> None:
    assert (verified.verified_at, state_of(verified)) == (SIGNED, State.VERIFIED)
    assert due(session, home, "minutes_verification") == []
    with pytest.raises(RuleBroken, match="redan justerat"):
        operations.verify(session, verified, now=SIGNED, actor=SONJA)


def test_the_grant_is_made_by_the_decision(session: Session, verified: Minutes) -> None:
    grant = session.scalars(select(Grant)).one()
    assert [(one.year, one.amount_ore) for one in grant.years] == [(2026, 12_000_000), (2027, 29_000_000)]
    assert [one.text for one in grant.conditions] == ["Region Norrdal beviljar sin del"]
    assert grant.decided_on == date(2026, 4, 9)


def test_the_applicant_is_told_the_decision_with_letter_and_extract(session: Session, verified: Minutes) -> None:
    (letter,) = letters(session, "decision")
    assert letter.to_address == "projekt@norrdal.example"
    assert letter.subject == "Beslut om er ansökan 2026/1: Ansökan om medel till Stegvis"
    body = letter.body.replace("\N{NO-BREAK SPACE}", " ")
    assert "den 9 april 2026, § 627" in body
    assert "att bevilja Norrdals kommun kontant bidrag med 410 000 kr" in body
    assert "senast 4 maj 2026" in body
    assert "http://localhost/ansokan/" in body
    assert [attachment.filename for attachment in letter.attachments] == [
        "beslut-2026-04-09-paragraf-627.docx",
        "protokollsutdrag-2026-04-09-paragraf-627.docx",
    ]


def test_an_english_applicant_is_told_in_english(session: Session, ready: Minutes) -> None:
    application = queries.application_of(session, rows(session, ready)[1])
    assert application is not None
    application.language = "en"
    all_sign(session, send(session, fix(session, ready)))
    (letter,) = letters(session, "decision")
    assert letter.subject.startswith("Decision on your application 2026/1")
    assert "by 4 May 2026" in letter.body


def test_everyone_who_was_called_is_told_where_to_read(session: Session, verified: Minutes) -> None:
    found = letters(session, "minutes_verified")
    assert len(found) == 7
    assert "Styrelsen den 9 april 2026, §§ 626–628, är justerat" in found[0].body
    assert f"/norrdal/moten/{verified.meeting_id}/protokoll/" in found[0].body


def test_minutes_of_other_bodies_are_not_announced(session: Session, home: Home, sent: Minutes) -> None:
    sent.meeting.body.kind = BodyKind.STEERING_GROUP
    all_sign(session, sent)
    assert notice_queries.notice_of(session, sent) is None
    assert "inom tre veckor från den dag" in letters(session, "decision")[0].body


@pytest.mark.parametrize(
    ("clause", "waits"),
    [
        (Clause(Verb.REMIT_BACK, reason="kostnaden behöver utredas"), True),
        (Clause(Verb.TABLE, until="nästa sammanträde"), True),
        (Clause(Verb.REJECT, text="ansökan"), False),
    ],
)
def test_a_matter_that_was_not_settled_waits_for_an_agenda_again(
    session: Session, home: Home, ready: Minutes, clause: Clause, waits: bool
) -> None:
    write(session, rows(session, ready)[1], clause)
    all_sign(session, send(session, fix(session, ready)))
    waiting = [one.matter.register_number for one in waiting_matters(session, home.id)]
    assert waiting == (["2026/1"] if waits else [])


# --- commissions ---


def test_a_commission_becomes_a_duty_of_the_one_who_got_it(session: Session, home: Home, ready: Minutes) -> None:
    both = (COMMISSION, Clause(Verb.COMMISSION, assignee="kansliet", task="skriva brev", due_on="2026-10-01"))
    write(session, rows(session, ready)[2], *both)
    all_sign(session, send(session, fix(session, ready)))
    first, second = due(session, home, "commission")
    assert first.title == "Redovisa uppdrag: ta fram en plan (Styrelsen 2026-04-09 § 628)"
    assert first.due_on == date(2026, 10, 1)
    assert queries.meeting_id_of(session, home.id, first.subject_id) == ready.meeting_id
    assert {reminder.recipient.name for reminder in first.reminders} == {"Vera Lind"}
    assert {reminder.recipient.name for reminder in second.reminders} == {SONJA}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Maj Torn", "Maj Torn"),
        ("ordföranden", "Olle Brand"),
        ("förbundschefen", "Eva Rask"),
        ("sekreteraren", SONJA),
        ("någon annan", SONJA),
    ],
)
def test_the_words_of_a_commission_find_a_person(
    session: Session, home: Home, verified: Minutes, words: str, name: str
) -> None:
    session.add(Role(association_id=home.id, person_id=home.substitute.id, kind=RoleKind.DIRECTOR, starts_on=SINCE))
    session.flush()
    assert [person.name for person in responsible(session, verified, words, SIGNED)] == [name]


# --- extracts ---


def test_an_extract_waits_for_verification(session: Session, home: Home, sent: Minutes) -> None:
    with pytest.raises(RuleBroken, match="när protokollet är justerat"):
        operations.certify_extract(session, rows(session, sent)[0], certifier=home.secretary, now=SIGNED)


def test_only_the_office_certifies(session: Session, world: World, verified: Minutes) -> None:
    for person in (world.north.chair, world.south.secretary):
        with pytest.raises(NotAllowed):
            operations.certify_extract(session, rows(session, verified)[0], certifier=person, now=SIGNED)


def test_an_extract_holds_one_paragraph_and_who_certified_it(session: Session, home: Home, verified: Minutes) -> None:
    extract = operations.certify_extract(session, rows(session, verified)[1], certifier=home.secretary, now=SIGNED)
    lines = [line.replace("\N{NO-BREAK SPACE}", " ") for line in document_lines(extract.document)]
    for expected in (
        "Styrelsen, 9 april 2026, § 627",
        "10 april 2026 av Olle Brand och Nils Ask",
        "§ 627\tAnsökan om medel till Stegvis",
        "Utdragets riktighet bestyrks den 10 april 2026.",
        "Sonja Ekvall, sekreterare",
        "290 000 kr",
    ):
        assert expected in lines
    assert not any("§ 626" in line or "Lägesrapport" in line for line in lines)


def test_an_extract_is_kept_in_the_matter_of_its_paragraph(session: Session, home: Home, verified: Minutes) -> None:
    second = rows(session, verified)[1]
    operations.certify_extract(session, second, certifier=home.secretary, now=SIGNED)
    assert second.matter is not None
    kinds = [one.kind for one in register.documents(session, second.matter)]
    extract = DocumentKind.CERTIFIED_EXTRACT
    assert kinds == [DocumentKind.DECISION_LETTER, extract, extract]
    assert len(queries.extracts(session, verified)) == 2


# --- the notice ---


@pytest.fixture
def boards(session: Session, home: Home) -> list[NoticeBoard]:
    """Beside the own board one that follows it, and one where somebody must record the posting."""
    return [
        _board(session, home, "Norrdals kommun", home.municipality, follows_own=True),
        _board(session, home, "Region Norrdal", home.region, follows_own=False),
    ]


def _board(
    session: Session, home: Home, name: str, organisation: MemberOrganisation, *, follows_own: bool
) -> NoticeBoard:
    board = NoticeBoard(
        association_id=home.id,
        member_organisation_id=organisation.id,
        name=name,
        follows_own=follows_own,
        valid_from=SINCE,
    )
    session.add(board)
    session.flush()
    return board


@pytest.fixture
def announced(session: Session, boards: list[NoticeBoard], verified: Minutes) -> Minutes:
    return verified


def shown(session: Session, minutes: Minutes, today: date) -> notice_queries.Shown:
    notice = notice_queries.notice_of(session, minutes)
    assert notice is not None
    return notice_queries.shown(session, notice, today)


def test_the_own_board_and_those_that_follow_it_have_the_notice_the_same_day(
    session: Session, announced: Minutes
) -> None:
    found = shown(session, announced, date(2026, 4, 10))
    assert [(one.board.name, one.posted_on) for one in found.notice.postings] == [
        ("Förbundets anslagstavla", date(2026, 4, 10)),
        ("Norrdals kommun", date(2026, 4, 10)),
        ("Region Norrdal", None),
    ]
    assert found.period.missing == ("Region Norrdal",)
    assert (found.item_range, found.is_up, found.post_by) == ("§§ 626–628", True, date(2026, 4, 13))


def test_the_duty_to_post_stands_until_the_last_board_has_it(session: Session, home: Home, announced: Minutes) -> None:
    (waiting,) = due(session, home, "notice_posting")
    assert waiting.due_on == date(2026, 4, 13)
    (lacking,) = notice_queries.boards_missing(session, home.id, date(2026, 4, 11))
    posting = lacking.notice.postings[2]
    now = SIGNED + timedelta(days=3)
    operations.record_posting(session, posting, posted_on=date(2026, 4, 13), now=now, actor=SONJA)
    assert due(session, home, "notice_posting") == []
    assert notice_queries.boards_missing(session, home.id, date(2026, 4, 13)) == []
    period = shown(session, announced, date(2026, 4, 13)).period
    assert (period.last_day, period.earliest_take_down) == (date(2026, 5, 4), date(2026, 5, 5))


def test_with_the_own_board_only_the_duty_is_done_at_once(session: Session, home: Home, verified: Minutes) -> None:
    assert due(session, home, "notice_posting") == []


def test_a_posting_is_recorded_once_and_on_a_possible_day(session: Session, announced: Minutes) -> None:
    posting = shown(session, announced, date(2026, 4, 10)).notice.postings[2]
    with pytest.raises(RuleBroken, match="före"):
        operations.record_posting(session, posting, posted_on=date(2026, 4, 9), now=SIGNED, actor=SONJA)
    operations.record_posting(session, posting, posted_on=date(2026, 4, 10), now=SIGNED, actor=SONJA)
    # A double press says the same day once more; another day is a contradiction.
    operations.record_posting(session, posting, posted_on=date(2026, 4, 10), now=SIGNED, actor="Någon annan")
    assert posting.recorded_by == SONJA
    with pytest.raises(RuleBroken, match="redan antecknat"):
        later = SIGNED + timedelta(days=1)
        operations.record_posting(session, posting, posted_on=date(2026, 4, 11), now=later, actor=SONJA)


def test_the_notice_leaves_the_own_board_by_itself_when_the_time_is_out(session: Session, verified: Minutes) -> None:
    # Posted on Friday 10 April: the third Friday on is 1 May, a holiday, so the last day is Monday 4 May.
    assert shown(session, verified, date(2026, 5, 4)).is_up
    assert not shown(session, verified, date(2026, 5, 5)).is_up
    association = verified.association_id
    assert len(notice_queries.current(session, association, date(2026, 5, 4))) == 1
    assert notice_queries.current(session, association, date(2026, 5, 5)) == []


def test_while_a_board_is_missing_the_notice_stays_up(session: Session, announced: Minutes) -> None:
    assert shown(session, announced, date(2027, 1, 1)).is_up
    posting = shown(session, announced, date(2026, 4, 10)).notice.postings[0]
    with pytest.raises(RuleBroken, match="löper inte"):
        operations.take_down(session, posting, down_on=date(2026, 6, 1), now=SIGNED, actor=SONJA)


def test_taking_down_is_recorded_once_and_not_before_the_day(session: Session, verified: Minutes) -> None:
    posting = shown(session, verified, date(2026, 4, 10)).notice.postings[0]
    later = SIGNED + timedelta(days=30)
    with pytest.raises(RuleBroken, match="tidigast 2026-05-05"):
        operations.take_down(session, posting, down_on=date(2026, 5, 4), now=later, actor=SONJA)
    operations.take_down(session, posting, down_on=date(2026, 5, 5), now=later, actor=SONJA)
    assert (posting.taken_down_on, posting.recorded_by) == (date(2026, 5, 5), SONJA)
    with pytest.raises(RuleBroken, match="redan nedtaget"):
        operations.take_down(session, posting, down_on=date(2026, 5, 6), now=later, actor=SONJA)


def test_a_board_without_the_notice_has_nothing_to_take_down(session: Session, announced: Minutes) -> None:
    posting = shown(session, announced, date(2026, 4, 10)).notice.postings[2]
    with pytest.raises(RuleBroken, match="inte satts upp"):
        operations.take_down(session, posting, down_on=date(2026, 5, 5), now=SIGNED, actor=SONJA)


def test_the_certificate_of_notice_waits_for_every_board(session: Session, home: Home, announced: Minutes) -> None:
    notice = shown(session, announced, date(2026, 4, 10)).notice
    with pytest.raises(RuleBroken, match="saknas hos Region Norrdal"):
        operations.certify_notice(session, notice, certifier=home.secretary, now=SIGNED)
    later = SIGNED + timedelta(days=1)
    operations.record_posting(session, notice.postings[2], posted_on=date(2026, 4, 11), now=later, actor=SONJA)
    frozen = operations.certify_notice(session, notice, certifier=home.secretary, now=later)
    lines = document_lines(frozen)
    for expected in (
        "§§ 626–628",
        "11 april 2026",
        "4 maj 2026",
        "5 maj 2026",
        "Kansliet, Storgatan 1",
        "Region Norrdal",
    ):
        assert expected in lines
    assert "Sonja Ekvall, sekreterare" in lines
    assert frozen.kind is DocumentKind.CERTIFICATE_OF_NOTICE
