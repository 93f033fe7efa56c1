"""Completion: asked question by question, answered, put off, taken back; and every wrong step."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from io import BytesIO
from threading import Barrier
from typing import Any

import docx
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forms.definitions import load
from paragraf.applications import operations, reminding
from paragraf.applications.agenda_text import background_for_agenda
from paragraf.applications.completing import completions, received
from paragraf.applications.completing.completion_rules import check_due_on, remind_days
from paragraf.applications.completing.completions import Asked, NotCompleted
from paragraf.applications.filled import answers_at, attachments
from paragraf.applications.models import ApplicantReminder, Application, ApplicationAttachment, Completion
from paragraf.chain import REMINDED
from paragraf.core.errors import RuleBroken, SeveralRulesBroken
from paragraf.core.log import broken_links
from paragraf.duties.models import Duty
from paragraf.duties.operations import adopt_standard_rules, queue_due_reminders
from paragraf.register import queries as register
from paragraf.register.models import Direction, Document, DocumentKind
from paragraf.register.operations import close_matter
from tests.applications.acting import EMAIL, begin, fill_in, letters
from tests.applications.handling import DUE, LATER, SONJA, answer, ask, submit, write
from tests.parts.world import NOW, SINCE, Home, World


@pytest.fixture
def submitted(session: Session, application: Application, typed: dict[str, Any], home: Home) -> Application:
    adopt_standard_rules(session, home.id, valid_from=SINCE)
    fill_in(session, application, typed)
    submit(session, application)
    return application


@pytest.fixture
def asked(session: Session, submitted: Application) -> Completion:
    return ask(session, submitted)


def words(document: Document | None) -> str:
    assert document is not None
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(document.content)).paragraphs)


def duties(session: Session) -> list[Duty]:
    return list(session.scalars(select(Duty).where(Duty.subject == "completion").order_by(Duty.id)))


def waiting(session: Session) -> list[date]:
    rows = session.scalars(select(ApplicantReminder).order_by(ApplicantReminder.send_on))
    return [row.send_on for row in rows if row.queued_at is None and row.skipped_at is None]


# --- asking ---


def test_the_request_is_frozen_in_the_matter_with_the_answers_that_came_in(
    session: Session, submitted: Application, asked: Completion, home: Home
) -> None:
    assert submitted.matter is not None
    document = register.documents(session, submitted.matter)[-1]
    assert (document, document.kind, document.direction) == (
        asked.document,
        DocumentKind.COMPLETION_REQUEST,
        Direction.OUT,
    )
    assert register.conversion_of(session, document) is not None
    told = words(document)
    assert "Skriv mer om purpose." in told
    assert "Vi skriver om syfte." in told
    assert "Personal: 100\u00a0000\u00a0kr, 260\u00a0000\u00a0kr" in told
    assert list(broken_links(session, home.id)) == []


def test_the_applicant_gets_the_questions_the_day_and_the_link(session: Session, asked: Completion) -> None:
    [letter] = letters(session, "completion_asked")
    assert letter.to_address == EMAIL
    assert "16 mars 2026" in letter.subject
    assert "Skriv mer om budget." in letter.body
    assert "/komplettering" in letter.body
    assert "Tack!" in letter.body
    assert [one.document_id for one in letter.attachments] == [asked.document_id]


def test_the_questions_stand_in_the_order_of_the_form(session: Session, submitted: Application) -> None:
    completion = ask(session, submitted, "budget", "purpose", "name")
    order = [question.id for question in received.received(session, submitted, NOW.date()).form.questions()]
    names = [one.question_id for one in completion.questions]
    assert names == sorted(names, key=order.index)


def test_the_office_is_reminded_the_day_after_and_the_applicant_before(
    session: Session, asked: Completion, home: Home
) -> None:
    [duty] = duties(session)
    assert (duty.due_on, duty.matter_id) == (DUE, asked.application.matter_id)
    assert [one.send_on for one in duty.reminders] == [DUE + timedelta(days=1)]
    # 16 March is a Monday: a week before is one too, and the day before is a Sunday.
    assert waiting(session) == [date(2026, 3, 9), date(2026, 3, 13)]
    assert queue_due_reminders(session, now=NOW + timedelta(days=15), limit=10) == 1
    [letter] = letters(session, "completion")
    assert letter.to_address == home.secretary.email
    assert "/norrdal/ansokningar/2026/1/" in letter.body


def test_a_reminder_goes_out_on_its_day_and_not_when_it_is_answered(
    session: Session, submitted: Application, asked: Completion
) -> None:
    assert reminding.queue_due(session, writers=REMINDED, now=NOW + timedelta(days=7), limit=10) == 1
    assert "Sista dagen är måndag 16 mars 2026" in letters(session, "completion_reminder")[0].body
    write(session, submitted, purpose="Nytt syfte", budget={"personnel": {"2026": 1000, "2027": 1000}})
    answer(session, submitted)
    assert waiting(session) == []
    assert reminding.queue_due(session, writers=REMINDED, now=NOW + timedelta(days=13), limit=10) == 0
    assert len(letters(session, "completion_reminder")) == 1


def test_only_one_is_open_at_a_time(session: Session, submitted: Application, asked: Completion) -> None:
    with pytest.raises(RuleBroken, match="redan begärd"):
        ask(session, submitted, "purpose")
    session.add(
        Completion(
            association_id=submitted.association_id,
            application_id=submitted.id,
            asked_at=NOW,
            asked_by=SONJA,
            due_on=DUE,
            base_version=1,
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize(
    ("questions", "message", "due_on", "field", "told"),
    [
        ([], "", DUE, "questions", "Välj minst en fråga"),
        ([Asked("purpose", "  ")], "", DUE, "purpose", "Skriv vad som behöver kompletteras"),
        ([Asked("purpose", "x" * 1001)], "", DUE, "purpose", "högst 1000"),
        ([Asked("nothing", "Vad?")], "", DUE, None, "finns inte i formuläret"),
        ([Asked("purpose", "Vad?")], "x" * 2001, DUE, "message", "högst 2000"),
        ([Asked("purpose", "Vad?")], "", NOW.date(), "due_on", "framåt i tiden"),
        ([Asked("purpose", "Vad?")], "", date(2036, 3, 16), "due_on", "mer än ett år"),
    ],
)
def test_a_request_that_says_too_little_or_too_much_is_refused_at_its_field(
    session: Session,
    submitted: Application,
    questions: list[Asked],
    message: str,
    due_on: date,
    field: str | None,
    told: str,
) -> None:
    with pytest.raises(RuleBroken, match=told) as refused:
        completions.ask(session, submitted, questions=questions, message=message, due_on=due_on, now=NOW, actor=SONJA)
    assert refused.value.field == field
    assert received.completions(session, submitted) == []
    assert letters(session, "completion_asked") == []


def test_several_empty_wishes_are_told_at_once(session: Session, submitted: Application) -> None:
    with pytest.raises(SeveralRulesBroken) as refused:
        completions.ask(
            session,
            submitted,
            questions=[Asked("purpose", ""), Asked("budget", "")],
            message="",
            due_on=DUE,
            now=NOW,
            actor=SONJA,
        )
    assert {one.field for one in refused.value.problems} == {"purpose", "budget"}


def test_a_draft_and_a_closed_matter_cannot_be_completed(
    session: Session, application: Application, typed: dict[str, Any]
) -> None:
    with pytest.raises(RuleBroken, match="Bara det som har kommit in"):
        ask(session, application)
    fill_in(session, application, typed)
    submit(session, application)
    assert application.matter is not None
    close_matter(session, application.matter, reason="Klart", now=NOW, actor=SONJA)
    with pytest.raises(RuleBroken, match="avslutades"):
        ask(session, application)


# --- answering ---


def test_what_is_half_written_is_not_read_by_the_office(
    session: Session, submitted: Application, asked: Completion
) -> None:
    write(session, submitted, purpose="Halvfärdigt")
    assert received.received(session, submitted, NOW.date()).answers["purpose"] == "Vi skriver om syfte."
    assert "Halvfärdigt" not in background_for_agenda(session, submitted)
    assert "Komplettering är begärd till 16 mars 2026" in background_for_agenda(session, submitted)


def test_the_answer_is_frozen_and_both_sides_are_told(
    session: Session, submitted: Application, asked: Completion, home: Home
) -> None:
    write(session, submitted, purpose="Nytt syfte")
    assert answer(session, submitted) is asked
    assert (asked.answered_at, asked.answered_version) == (LATER, submitted.version)
    assert asked.answered_document is not None
    assert "Nytt syfte" in words(asked.answered_document)
    assert submitted.document is not asked.answered_document
    [receipt] = letters(session, "completion_received")
    assert [one.document_id for one in receipt.attachments] == [asked.answered_document_id]
    [told] = letters(session, "completion_arrived")
    assert (told.to_address, "- Syfte" in told.body, "- Budget" in told.body) == (home.secretary.email, True, False)
    assert "efter sista dagen" not in told.body
    assert [one.done_at for one in duties(session)] == [LATER]
    assert received.received(session, submitted, NOW.date()).answers["purpose"] == "Nytt syfte"
    assert "Ansökan kompletterades 5 mars 2026." in background_for_agenda(session, submitted)


def test_before_and_after_are_kept_for_ever(session: Session, submitted: Application, asked: Completion) -> None:
    write(session, submitted, purpose="Nytt syfte")
    answer(session, submitted)
    ask(session, submitted, "name")
    write(session, submitted, name="Steg för steg")
    answer(session, submitted)
    first = completions.remaining(session, asked, NOW.date())
    assert (first.before.answers["purpose"], first.after.answers["purpose"]) == (
        "Vi skriver om syfte.",
        "Nytt syfte",
    )
    assert first.after.answers["name"] == "Stegvis"
    assert set(first.changed) == {"purpose"}


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, "Svaret är inte ändrat"),
        ({"purpose": None}, None),
        ({"purpose": "Nytt", "budget": {"personnel": {"2026": {"unread": "12.000"}}}}, None),
    ],
)
def test_it_cannot_be_handed_in_while_something_asked_is_unanswered_or_wrong(
    session: Session, submitted: Application, asked: Completion, answers: dict[str, Any], told: str | None
) -> None:
    if answers:
        write(session, submitted, **answers)
    with pytest.raises(NotCompleted) as refused:
        answer(session, submitted)
    assert {one.question_id for one in refused.value.problems} <= {"purpose", "budget"}
    assert told is None or told in str(refused.value.problems[0])
    assert asked.answered_at is None
    assert letters(session, "completion_received") == []


def test_an_optional_question_that_is_asked_about_must_be_answered(session: Session, submitted: Application) -> None:
    ask(session, submitted, "bankgiro")
    with pytest.raises(NotCompleted) as refused:
        answer(session, submitted)
    assert [(one.question_id, str(one)) for one in refused.value.problems] == [("bankgiro", "Svara på frågan.")]


def test_what_is_missing_elsewhere_does_not_stand_in_the_way(session: Session, submitted: Application) -> None:
    write(session, submitted, background=None)
    ask(session, submitted, "purpose")
    write(session, submitted, purpose="Nytt syfte")
    assert answer(session, submitted).answered_at == LATER


def test_handed_in_twice_it_is_one_completion_and_a_stale_one_is_read_again(
    session: Session, submitted: Application, asked: Completion
) -> None:
    write(session, submitted, purpose="Nytt syfte")
    stale = submitted.version
    write(session, submitted, purpose="Nyare syfte")
    with pytest.raises(RuleBroken, match="Läs igenom den en gång till"):
        completions.answer(session, submitted, version=stale, now=LATER)
    answer(session, submitted)
    assert answer(session, submitted) is asked
    assert len(letters(session, "completion_received")) == 1
    with pytest.raises(RuleBroken, match="ingen begäran"):
        completions.answer(session, submitted, version=stale, now=LATER)


def test_a_late_answer_is_taken_and_said_to_be_late(
    session: Session, submitted: Application, asked: Completion
) -> None:
    write(session, submitted, purpose="Nytt syfte")
    completions.answer(session, submitted, version=submitted.version, now=NOW + timedelta(days=20))
    [told] = letters(session, "completion_arrived")
    assert "Den kom in efter sista dagen" in told.body


# --- more time, taken back ---


def test_more_time_moves_the_duty_and_the_reminders_and_tells_the_applicant(
    session: Session, asked: Completion
) -> None:
    completions.extend(session, asked, due_on=date(2026, 4, 1), now=LATER, actor=SONJA)
    assert [(one.due_on, one.cancelled_at is None) for one in duties(session)] == [
        (DUE, False),
        (date(2026, 4, 1), True),
    ]
    assert waiting(session) == [date(2026, 3, 25), date(2026, 3, 31)]
    [letter] = letters(session, "completion_extended")
    assert "onsdag 1 april 2026" in letter.body


def test_more_time_can_be_given_after_the_day_but_not_less(session: Session, asked: Completion) -> None:
    with pytest.raises(RuleBroken, match="senare än"):
        completions.extend(session, asked, due_on=DUE, now=NOW, actor=SONJA)
    late = NOW + timedelta(days=30)
    with pytest.raises(RuleBroken, match="framåt i tiden"):
        completions.extend(session, asked, due_on=DUE + timedelta(days=2), now=late, actor=SONJA)
    completions.extend(session, asked, due_on=date(2026, 5, 4), now=late, actor=SONJA)
    assert asked.due_on == date(2026, 5, 4)


def test_taken_back_the_application_is_as_it_was_handed_in_and_nothing_written_is_lost(
    session: Session, submitted: Application, asked: Completion
) -> None:
    write(session, submitted, purpose="Halvfärdigt")
    half = submitted.version
    completions.withdraw(session, asked, now=LATER, actor=SONJA)
    assert answers_at(session, submitted, submitted.version)["purpose"] == "Vi skriver om syfte."
    assert answers_at(session, submitted, half)["purpose"] == "Halvfärdigt"
    assert [one.cancelled_at for one in duties(session)] == [LATER]
    assert waiting(session) == []
    [letter] = letters(session, "completion_taken_back")
    assert "tas upp som den kom in" in letter.body
    with pytest.raises(RuleBroken, match="ingen begäran"):
        completions.answer(session, submitted, version=half, now=LATER)


def test_a_file_that_came_with_what_was_taken_back_is_no_part_of_the_application(
    session: Session, home: Home, typed: dict[str, Any]
) -> None:
    files = "      - {id: files, kind: attachments, required: false, label: {sv: Filer, en: Files}}\n"
    source = load("application_a").replace("      - id: truthful\n", f"{files}      - id: truthful\n")
    operations.publish_form(session, association_id=home.id, source_text=source, now=NOW, actor=SONJA)
    application = begin(session, home)
    fill_in(session, application, typed)
    first = attach(session, application, "forsta.docx", NOW)
    submit(session, application)
    completion = ask(session, application, "files")
    operations.remove_attachment(session, application, first.document_id, now=LATER)
    attach(session, application, "andra.docx", LATER)
    completions.withdraw(session, completion, now=LATER, actor=SONJA)
    assert [row.document.filename for row in attachments(session, application)] == ["forsta.docx"]
    again = ask(session, application, "files")
    attach(session, application, "tredje.docx", LATER)
    answer(session, application)
    assert again.answered_at == LATER
    names = {one.filename: one.matter_id for one in session.scalars(select(Document))}
    assert names["tredje.docx"] == names["forsta.docx"] == application.matter_id


def attach(session: Session, application: Application, name: str, now: datetime) -> ApplicationAttachment:
    paper, content = docx.Document(), BytesIO()
    paper.add_paragraph(name)
    paper.save(content)
    return operations.attach(
        session, application, question_id="files", filename=name, content=content.getvalue(), now=now
    )


def test_what_is_over_is_over(session: Session, submitted: Application, asked: Completion) -> None:
    completions.withdraw(session, asked, now=LATER, actor=SONJA)
    with pytest.raises(RuleBroken, match="redan tillbakadragen"):
        completions.withdraw(session, asked, now=LATER, actor=SONJA)
    with pytest.raises(RuleBroken, match="redan tillbakadragen"):
        completions.extend(session, asked, due_on=date(2026, 5, 4), now=LATER, actor=SONJA)
    again = ask(session, submitted, "purpose")
    write(session, submitted, purpose="Nytt syfte")
    answer(session, submitted)
    with pytest.raises(RuleBroken, match="redan kommit in"):
        completions.withdraw(session, again, now=LATER, actor=SONJA)


def test_two_who_hand_in_at_once_make_one_completion(
    world: World, session: Session, submitted: Application, asked: Completion
) -> None:
    write(session, submitted, purpose="Nytt syfte")
    version, application_id = submitted.version, submitted.id
    session.commit()
    start = Barrier(3)

    def hand_in() -> int:
        start.wait()
        with world.database.writing() as own:
            row = own.get_one(Application, application_id)
            return completions.answer(own, row, version=version, now=LATER).id

    acts: list[Callable[[], int]] = [hand_in] * 3
    with ThreadPoolExecutor(3) as pool:
        assert len(set(pool.map(lambda act: act(), acts))) == 1
    with world.database.reading() as own:
        assert len(letters(own, "completion_received")) == 1
        assert list(broken_links(own, world.north.id)) == []


# --- rules ---


def test_reminders_are_on_working_days_before_the_last_one() -> None:
    # 6 April 2026 is Easter Monday; Good Friday is the third.
    assert remind_days(date(2026, 4, 7)) == {date(2026, 3, 31), date(2026, 4, 2)}


def test_a_deadline_a_year_ahead_is_the_furthest() -> None:
    check_due_on(date(2027, 3, 2), date(2026, 3, 2))
    with pytest.raises(RuleBroken):
        check_due_on(date(2027, 3, 4), date(2026, 3, 2))
