"""Trying a form out: the same pages and documents as for real, and nothing in the register."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms.definitions import load
from paragraf.applications import links, operations, queries
from paragraf.applications.filled import answers_at
from paragraf.applications.models import Application
from paragraf.applications.offered import form_list, publishing, trying
from paragraf.applications.offered.form_drafts import begin_draft, save_draft
from paragraf.applications.rules import NotComplete
from paragraf.core.database import settings_of
from paragraf.core.errors import LinkRefused, RuleBroken
from paragraf.post.models import Letter
from paragraf.questions.models import FormDraft
from paragraf.questions.reading import DefinitionFaulty
from paragraf.register.models import Document, Matter
from tests.applications.acting import begin, fill_in, save, submit, whole_answers
from tests.parts.world import NOW, Home

SOURCE = load("application_a").replace("sv: Insatsens namn", "sv: Vad insatsen heter")
OFFICE = "Sonja@norrdal.example"


@pytest.fixture
def draft(session: Session, home: Home) -> FormDraft:
    return begin_draft(session, association_id=home.id, source=SOURCE, now=NOW, actor="Sonja")


def start(session: Session, draft: FormDraft) -> Application:
    return trying.start_test(session, draft, email=OFFICE, language="sv", now=NOW, actor="Sonja")


def rows(session: Session) -> list[int]:
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in (Matter, Document, Letter)]


def token_of(session: Session, application: Application) -> str:
    return links.link_to(settings_of(session), application).rstrip("/").rpartition("/")[2]


def test_a_test_shows_what_would_come_in_and_registers_nothing(session: Session, home: Home, draft: FormDraft) -> None:
    before = rows(session)
    application = start(session, draft)
    with pytest.raises(NotComplete):
        trying.outcome(session, application, NOW)
    fill_in(session, application, whole_answers(home))
    found = trying.outcome(session, application, NOW)
    assert found.shown.facts.title == "Stegvis"
    assert "Vad insatsen heter" in "\n".join(line.text for line in docx.Document(BytesIO(found.word)).paragraphs)
    with pytest.raises(RuleBroken, match="prov"):
        submit(session, application)
    assert rows(session) == before
    assert (application.submitted_at, application.matter) == (None, None)


def test_a_real_application_is_no_test(session: Session, application: Application) -> None:
    with pytest.raises(RuleBroken):
        trying.outcome(session, application, NOW)


def test_tests_are_in_no_count_and_no_list_and_no_letter(session: Session, home: Home, draft: FormDraft) -> None:
    start(session, draft)
    assert queries.draft_count(session, home.id) == 0
    [offered] = form_list.all_forms(session, home.id)
    assert (offered.drafts, [use.version.number for use in offered.uses]) == (0, [1])
    assert not operations.request_new_link(session, association=home.association, email=OFFICE, now=NOW)


def test_the_copy_of_the_draft_is_never_offered(session: Session, home: Home) -> None:
    new = begin_draft(
        session,
        association_id=home.id,
        source=SOURCE.replace("key: application_a", "key: own_form"),
        now=NOW,
        actor="Sonja",
    )
    application = start(session, new)
    assert application.form_version.number == 0
    assert [version.family.key for version in publishing.open_forms(session, home.id)] == ["application_a"]
    assert begin(session, home).form_version.number == 1
    published = publishing.publish_draft(
        session, new, version=1, seen_number=0, drafts_follow=False, now=NOW, actor="Sonja"
    )
    assert published.number == 1
    assert published.family is application.form_version.family


def test_the_same_text_goes_on_and_a_changed_one_takes_the_answers_along(session: Session, draft: FormDraft) -> None:
    first = start(session, draft)
    save(session, first, "operation", {"name": "Stegvis"})
    assert start(session, draft) is first
    save_draft(session, draft, source=SOURCE + "\n# ändrat\n", base_version=1, now=NOW, actor="Sonja")
    second = start(session, draft)
    assert second is not first
    assert answers_at(session, second, second.version) == {"name": "Stegvis"}


def test_a_faulty_text_cannot_be_tried(session: Session, draft: FormDraft) -> None:
    save_draft(session, draft, source="key: [", base_version=1, now=NOW, actor="Sonja")
    with pytest.raises(DefinitionFaulty):
        start(session, draft)


def test_old_tests_are_removed_and_their_links_shut(session: Session, home: Home, draft: FormDraft) -> None:
    application = start(session, draft)
    token = token_of(session, application)
    assert links.find_by_token(session, token) is application
    soon, later = NOW + timedelta(hours=23), NOW + timedelta(hours=24)
    assert trying.remove_old_tests(session, home.id, now=soon, actor="Sonja") == 0
    assert trying.remove_old_tests(session, home.id, now=later, actor="Sonja") == 1
    assert trying.remove_old_tests(session, home.id, now=later, actor="Sonja") == 0
    assert trying.tests(session, home.id) == []
    with pytest.raises(LinkRefused):
        links.find_by_token(session, token)


def test_real_drafts_are_never_removed(session: Session, home: Home, application: Application) -> None:
    assert trying.remove_old_tests(session, home.id, now=NOW + timedelta(days=400), actor="Sonja") == 0
    assert application.withdrawn_at is None
