"""What a filled-in form becomes, by its purpose; and every step of an application's way, the wrong ones too."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms.definitions import load
from paragraf.applications import operations, submitting
from paragraf.applications.changing import Phase, openness
from paragraf.applications.models import Application
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.questions.definition import Purpose
from paragraf.register import queries as register
from paragraf.register.models import Matter, MatterKind
from tests.applications.acting import EMAIL, fill_in, letters, save, whole_answers
from tests.parts.world import NOW, Home

LATER = NOW + timedelta(hours=2)


def of_purpose(session: Session, home: Home, purpose: Purpose) -> Application:
    source = load("application_a").replace("\nfacts:\n", f"\npurpose: {purpose.value}\nfacts:\n", 1)
    source = source.replace("key: application_a", "key: of_purpose", 1)
    operations.publish_form(session, association_id=home.id, source_text=source, now=NOW, actor="Prov")
    application = operations.start(
        session, association=home.association, family_key="of_purpose", email=EMAIL, language="sv", now=NOW
    )
    fill_in(session, application, whole_answers(home))
    return application


def hand_in(session: Session, application: Application, **more: object) -> None:
    operations.hand_in(session, application, version=application.version, now=LATER, **more)  # type: ignore[arg-type]


def matters(session: Session) -> int:
    return session.scalar(select(func.count(Matter.id))) or 0


@pytest.mark.parametrize("purpose", [Purpose.ANALYSIS, Purpose.APPENDIX])
def test_an_analysis_and_an_appendix_become_matters_of_their_own(
    session: Session, home: Home, purpose: Purpose
) -> None:
    application = of_purpose(session, home, purpose)
    assert application.purpose is purpose
    hand_in(session, application)
    matter = application.matter
    assert matter is not None
    assert matter.kind is MatterKind.OTHER
    assert matter.title == "Ansökan om medel till en samverkansinsats: Stegvis"
    [document] = register.documents(session, matter)
    assert application.document is document
    [letter] = letters(session, "form_received")
    assert (letter.to_address, matter.register_number in letter.body) == (EMAIL, True)
    [office] = letters(session, "form_arrived")
    assert f"/ansokningar/{matter.year}/{matter.number}/" in office.body
    assert letters(session, "application_received") == []


def test_a_registration_is_kept_without_a_matter(session: Session, home: Home) -> None:
    application = of_purpose(session, home, Purpose.REGISTRATION)
    hand_in(session, application)
    assert (application.submitted_at, application.matter_id, matters(session)) == (LATER, None, 0)
    assert application.document is not None
    [letter] = letters(session, "form_received")
    assert "diarienummer" not in letter.body
    [office] = letters(session, "form_arrived")
    assert office.body.rstrip().splitlines()[-3].endswith("/norrdal/ansokningar/")
    hand_in(session, application)
    assert len(letters(session, "form_received")) == 1


def test_a_report_is_never_begun_from_the_public_page(session: Session, home: Home) -> None:
    with pytest.raises(NotThere):
        of_purpose(session, home, Purpose.REPORT)


def test_a_later_room_receives_its_own_purpose(session: Session, home: Home) -> None:
    application = of_purpose(session, home, Purpose.REGISTRATION)
    called: list[int] = []

    def receive(_session: Session, one: Application, _now: datetime) -> None:
        called.append(one.id)

    hand_in(session, application, receivers={**submitting.RECEIVERS, Purpose.REGISTRATION: receive})
    assert (called, application.submitted_at) == ([application.id], LATER)


# --- the whole way, wrong steps too ----------------------------------------------------------------------------------


def test_a_draft_is_open_and_a_received_one_is_not(session: Session, home: Home, application: Application) -> None:
    assert openness(session, application, now=NOW).phase is Phase.DRAFT
    fill_in(session, application, whole_answers(home))
    hand_in(session, application)
    assert openness(session, application, now=NOW).phase is Phase.RECEIVED
    with pytest.raises(RuleBroken, match="redan inskickad"):
        save(session, application, "operation", {"name": "X"})


def test_what_is_withdrawn_can_neither_be_changed_nor_come_in(
    session: Session, home: Home, application: Application
) -> None:
    fill_in(session, application, whole_answers(home))
    application.withdrawn_at = NOW
    session.flush()
    assert openness(session, application, now=NOW).phase is Phase.WITHDRAWN
    with pytest.raises(RuleBroken, match="återtagen"):
        save(session, application, "operation", {"name": "X"})
    with pytest.raises(RuleBroken, match="återtagen"):
        hand_in(session, application)
    assert matters(session) == 0


def test_a_trial_saves_like_a_draft_and_never_comes_in(session: Session, home: Home, application: Application) -> None:
    application.is_test = True
    fill_in(session, application, whole_answers(home))
    with pytest.raises(RuleBroken, match="prov"):
        hand_in(session, application)
    assert (matters(session), letters(session, "application_received")) == (0, [])
