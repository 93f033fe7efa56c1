"""Those who take part: each has a link and a role, and the owner alone says who."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.applications import links, operations, participants
from paragraf.applications.links import Opened
from paragraf.applications.models import Application, ApplicationParticipant, ApplicationRevision, ParticipantRole
from paragraf.core.database import settings_of
from paragraf.core.errors import LinkRefused, NotThere, RuleBroken
from paragraf.core.log import LogEntry
from tests.applications.acting import EMAIL, begin, fill_in, letters, submit, whole_answers
from tests.parts.world import NOW, Home

WRITER = "skribent@regionen.example"


def invite(
    session: Session, application: Application, email: str = WRITER, role: ParticipantRole = ParticipantRole.WRITER
) -> ApplicationParticipant:
    return participants.invite(
        session, application, role=role, email=email, name="Siv Skribent", organisation="Regionen", now=NOW
    )


def token_of(body: str) -> str:
    return str(re.findall(r"/ansokan/([^/\s]+)/", body)[-1])


def open_newest(session: Session) -> Opened:
    return links.open_link(session, token_of(letters(session, "application_invited")[-1].body))


def test_the_owner_may_do_everything(session: Session, application: Application) -> None:
    found = links.open_link(session, token_of(letters(session, "application_started")[-1].body))
    assert (found.may_write, found.may_manage, found.role, found.address) == (True, True, None, EMAIL)
    assert found.association.id == application.association_id


@pytest.mark.parametrize(
    ("role", "may_write"),
    [(ParticipantRole.WRITER, True), (ParticipantRole.READER, False), (ParticipantRole.SIGNATORY, False)],
)
def test_each_role_does_its_own(
    session: Session, application: Application, role: ParticipantRole, may_write: bool
) -> None:
    row = invite(session, application, role=role)
    found = open_newest(session)
    assert (found.participant, found.application) == (row, application)
    assert (found.may_write, found.may_manage, found.address) == (may_write, False, WRITER)
    [letter] = letters(session, "application_invited")
    assert (letter.to_name, letter.to_address, letter.secret) == ("Siv Skribent", WRITER, True)
    assert EMAIL in letter.body


def test_a_role_changes_and_the_link_stays(session: Session, application: Application) -> None:
    row = invite(session, application)
    participants.change_role(session, application, row, ParticipantRole.READER, now=NOW)
    assert not open_newest(session).may_write


def test_one_who_is_taken_away_comes_in_no_more_and_may_be_invited_again(
    session: Session, application: Application
) -> None:
    row = invite(session, application)
    old = token_of(letters(session, "application_invited")[-1].body)
    participants.take_away(session, application, row, now=NOW)
    with pytest.raises(LinkRefused):
        links.open_link(session, old)
    assert participants.participants(session, application) == []
    with pytest.raises(NotThere):
        participants.participant(session, application, row.id)
    assert invite(session, application).id == row.id
    assert open_newest(session).participant is row
    with pytest.raises(LinkRefused):
        links.open_link(session, old)


def test_a_new_link_shuts_the_one_that_was_passed_on(session: Session, application: Application) -> None:
    row = invite(session, application)
    old = token_of(letters(session, "application_invited")[-1].body)
    participants.resend(session, application, row, now=NOW)
    with pytest.raises(LinkRefused):
        links.open_link(session, old)
    assert open_newest(session).participant is row


def test_shutting_the_owners_link_leaves_the_others(session: Session, application: Application) -> None:
    invite(session, application)
    operations.replace_link(session, application, now=NOW)
    assert open_newest(session).application is application


def test_a_participants_link_opens_no_other_application(session: Session, application: Application, home: Home) -> None:
    row, other = invite(session, application), begin(session, home, "annan@granvik.example")
    forged = links.link_to(settings_of(session), other, row)
    with pytest.raises(LinkRefused):
        links.open_link(session, token_of(forged))


@pytest.mark.parametrize("email", [EMAIL, EMAIL.upper(), WRITER])
def test_nobody_is_invited_twice(session: Session, application: Application, email: str) -> None:
    invite(session, application)
    with pytest.raises(RuleBroken) as refused:
        invite(session, application, email)
    assert refused.value.field == "email"


def test_nobody_can_write_to_the_whole_country(session: Session, application: Application) -> None:
    for number in range(participants.MOST_LETTERS):
        invite(session, application, f"nummer{number}@regionen.example")
    with pytest.raises(RuleBroken, match="den senaste timmen"):
        invite(session, application, "en.till@regionen.example")


def test_one_address_is_not_flooded(session: Session, application: Application) -> None:
    row = invite(session, application)
    for _time in range(4):
        participants.resend(session, application, row, now=NOW)
    with pytest.raises(RuleBroken, match="Vänta en stund"):
        participants.resend(session, application, row, now=NOW)
    participants.resend(session, application, row, now=NOW + timedelta(hours=1))


def test_who_lost_the_link_gets_all_of_theirs_again(session: Session, application: Application, home: Home) -> None:
    invite(session, application)
    own = begin(session, home, WRITER)
    assert operations.request_new_link(session, association=home.association, email=WRITER, now=NOW)
    body = letters(session, "application_link_again")[-1].body
    found = [links.open_link(session, token) for token in re.findall(r"/ansokan/([^/\s]+)/", body)]
    assert [(one.application.id, one.may_manage) for one in found] == [(own.id, True), (application.id, False)]


def test_it_is_kept_who_saved(session: Session, application: Application) -> None:
    invite(session, application)
    operations.save_section(
        session, application, section_id="operation", raw={"name": "S"}, base_version=0, now=NOW, by=WRITER
    )
    operations.save_section(session, application, section_id="operation", raw={"name": "T"}, base_version=1, now=NOW)
    saved = select(ApplicationRevision.saved_by).order_by(ApplicationRevision.id)
    assert session.scalars(saved).all() == [WRITER, EMAIL]
    assert participants.last_saved_by(session, application) == EMAIL
    assert participants.names(session, application) == {WRITER: "Siv Skribent"}


def test_the_log_knows_no_names(session: Session, application: Application) -> None:
    row = invite(session, application)
    participants.take_away(session, application, row, now=NOW)
    entries = session.scalars(select(LogEntry).where(LogEntry.subject == "application_participant")).all()
    assert [one.verb for one in entries] == ["invite", "take_away"]
    assert WRITER not in str([one.details for one in entries])


def test_a_received_application_may_have_more_readers(session: Session, application: Application, home: Home) -> None:
    fill_in(session, application, whole_answers(home))
    submit(session, application)
    assert invite(session, application, role=ParticipantRole.READER).role is ParticipantRole.READER
