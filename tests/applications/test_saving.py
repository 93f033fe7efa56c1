"""Saving: always, whatever was typed; every save is a row; two who save lose nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from forms.definitions import load
from paragraf.applications import operations, queries
from paragraf.applications.filled import answers_at, attachments, filled
from paragraf.applications.models import Application, ApplicationRevision
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.register import queries as register
from tests.applications.acting import begin, fill_in, save, submit
from tests.parts.world import NOW, Home, World

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
PAPERS = """
      - id: papers
        kind: attachments
        required: false
        at_most: 2
        label: {sv: Bilagor, en: Attachments}
"""


def answers(session: Session, application: Application) -> dict[str, Any]:
    return answers_at(session, application, application.version)


def revisions(session: Session) -> list[ApplicationRevision]:
    return list(session.scalars(select(ApplicationRevision).order_by(ApplicationRevision.id)))


def test_every_save_is_a_revision_with_all_answers(session: Session, application: Application) -> None:
    save(session, application, "operation", {"name": "Stegvis"})
    save(session, application, "costs", {"budget": {"personnel": {"2026": "10 tkr"}}})
    assert [(row.version, row.base_version) for row in revisions(session)] == [(1, 0), (2, 1)]
    assert answers(session, application) == {"name": "Stegvis", "budget": {"personnel": {"2026": 1_000_000}}}


def test_what_cannot_be_read_is_saved_as_it_was_typed(session: Session, application: Application) -> None:
    save(session, application, "costs", {"budget": {"personnel": {"2026": "ungefär tio tusen"}}})
    assert answers(session, application)["budget"] == {"personnel": {"2026": {"unread": "ungefär tio tusen"}}}


def test_the_same_answers_again_make_no_revision(session: Session, application: Application) -> None:
    first = save(session, application, "operation", {"name": "Stegvis"})
    assert save(session, application, "operation", {"name": " Stegvis "}) == first
    assert len(revisions(session)) == 1


def test_a_question_of_another_section_is_left_alone(session: Session, application: Application) -> None:
    save(session, application, "operation", {"name": "Stegvis", "purpose": "Från ett annat avsnitt"})
    assert answers(session, application) == {"name": "Stegvis"}


def test_an_unknown_section_is_not_there(session: Session, application: Application) -> None:
    with pytest.raises(NotThere):
        save(session, application, "none", {})


def test_another_associations_member_cannot_be_chosen(session: Session, application: Application, world: World) -> None:
    save(session, application, "cooperation", {"cooperating": [str(world.south.region.id)]})
    assert answers(session, application)["cooperating"] == [{"unread": str(world.south.region.id)}]


def test_different_questions_from_the_same_start_are_both_kept(session: Session, application: Application) -> None:
    save(session, application, "operation", {"name": "Stegvis", "summary": ""}, base=0)
    late = save(session, application, "operation", {"name": "", "summary": "Kort"}, base=0)
    assert (late.conflicts, late.others) == ((), ("name",))
    assert answers(session, application) == {"name": "Stegvis", "summary": "Kort"}


def test_different_cells_of_the_budget_are_both_kept(session: Session, application: Application) -> None:
    save(session, application, "costs", {"budget": {"personnel": {"2026": "100"}}}, base=0)
    late = save(session, application, "costs", {"budget": {"premises": {"2026": "20"}}}, base=0)
    assert late.conflicts == ()
    assert answers(session, application)["budget"] == {"personnel": {"2026": 10_000}, "premises": {"2026": 2_000}}


def test_the_same_question_keeps_the_first_and_sets_the_late_aside(session: Session, application: Application) -> None:
    save(session, application, "operation", {"summary": "Först"}, base=0)
    late = save(session, application, "operation", {"name": "Stegvis", "summary": "Sen"}, base=0)
    [conflict] = late.conflicts
    assert (conflict.question_id, conflict.theirs, conflict.mine) == ("summary", "Först", "Sen")
    assert answers(session, application) == {"name": "Stegvis", "summary": "Först"}
    [aside] = queries.set_aside(session, application)
    assert (aside.version, aside.base_version, aside.answers) == (None, 0, {"summary": "Sen"})


def test_asking_to_compare_sets_nothing_aside_twice(session: Session, application: Application) -> None:
    save(session, application, "operation", {"summary": "Först"}, base=0)
    for _time in range(2):
        assert save(session, application, "operation", {"summary": "Sen"}, base=0).conflicts
    assert len(queries.set_aside(session, application)) == 1


def test_after_both_were_shown_the_next_save_holds(session: Session, application: Application) -> None:
    save(session, application, "operation", {"summary": "Först"}, base=0)
    late = save(session, application, "operation", {"summary": "Sen"}, base=0)
    chosen = save(session, application, "operation", {"summary": "Först och sen"}, base=late.version)
    assert (chosen.conflicts, answers(session, application)["summary"]) == ((), "Först och sen")


def test_a_version_that_never_was_is_no_way_to_overwrite(session: Session, application: Application) -> None:
    save(session, application, "operation", {"summary": "Först"})
    assert save(session, application, "operation", {"summary": "Sen"}, base=99).conflicts
    assert answers(session, application)["summary"] == "Först"


def test_a_revision_cannot_be_changed(session: Session, application: Application) -> None:
    save(session, application, "operation", {"summary": "Först"})
    revisions(session)[0].answers = {"summary": "Ändrad"}
    with pytest.raises(DBAPIError):
        session.flush()


def test_many_saves_at_once_lose_nothing(world: World, session: Session) -> None:
    application = begin(session, world.north)
    session.commit()
    questions = ["background", "purpose", "goals"] * 2
    start = Barrier(len(questions))

    def run(question: str) -> object:
        start.wait()
        with world.database.writing() as own:
            return save(own, own.get_one(Application, application.id), "background", {question: question}, base=0)

    with ThreadPoolExecutor(len(questions)) as pool:
        list(pool.map(run, questions))
    with world.database.reading() as own:
        row = own.get_one(Application, application.id)
        assert (row.version, answers(own, row)) == (3, {name: name for name in set(questions)})


# --- attachments -----------------------------------------------------------------------------------------------------


@pytest.fixture
def with_papers(session: Session, home: Home) -> Application:
    """An application on a form that asks for files too."""
    source = load("application_a").replace("      - id: truthful\n", PAPERS.strip("\n") + "\n      - id: truthful\n")
    operations.publish_form(session, association_id=home.id, source_text=source, now=NOW, actor="Test")
    return begin(session, home)


def attach(session: Session, application: Application, name: str = "Karta.pdf", content: bytes = PDF) -> int:
    row = operations.attach(session, application, question_id="papers", filename=name, content=content, now=NOW)
    return row.document_id


def plan(session: Session, application: Application, place: int = 0) -> int:
    return attach(session, application, "Plan.pdf", PDF + b"%" + bytes([place + 48]))


def test_a_file_becomes_the_questions_answer(session: Session, with_papers: Application) -> None:
    document_id = attach(session, with_papers)
    assert answers(session, with_papers)["papers"] == [str(document_id)]
    shown = filled(session, with_papers, NOW.date())
    assert shown.context.documents == {str(document_id): "Karta.pdf (1 kB)"}


def test_a_file_that_was_taken_away_is_no_answer_but_is_kept(session: Session, with_papers: Application) -> None:
    first, second = attach(session, with_papers), plan(session, with_papers)
    operations.remove_attachment(session, with_papers, first, now=NOW)
    assert answers(session, with_papers)["papers"] == [str(second)]
    assert register.document(session, with_papers.association_id, first).content == PDF
    with pytest.raises(NotThere):
        operations.remove_attachment(session, with_papers, first, now=NOW)


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00" + bytes(200), b"<script>alert(1)</script>"])
def test_a_program_named_pdf_is_refused(session: Session, with_papers: Application, content: bytes) -> None:
    with pytest.raises(RuleBroken):
        attach(session, with_papers, content=content)
    assert attachments(session, with_papers) == []


def test_too_large_and_too_many_are_refused(session: Session, with_papers: Application) -> None:
    with pytest.raises(RuleBroken, match="större än 10 MB"):
        attach(session, with_papers, content=PDF + bytes(10_000_001))
    attach(session, with_papers)
    plan(session, with_papers)
    with pytest.raises(RuleBroken, match="Högst 2"):
        plan(session, with_papers, 1)


def test_a_file_on_another_question_is_refused(session: Session, application: Application) -> None:
    with pytest.raises(NotThere):
        operations.attach(session, application, question_id="name", filename="a.pdf", content=PDF, now=NOW)


def test_a_posted_list_of_files_changes_nothing(session: Session, with_papers: Application) -> None:
    document_id = attach(session, with_papers)
    save(session, with_papers, "signatures", {"papers": ["999"]})
    assert answers(session, with_papers)["papers"] == [str(document_id)]


def test_submission_files_the_documents_that_are_left(
    session: Session, with_papers: Application, typed: dict[str, Any]
) -> None:
    gone, kept = attach(session, with_papers), plan(session, with_papers)
    operations.remove_attachment(session, with_papers, gone, now=NOW)
    fill_in(session, with_papers, typed)
    matter = submit(session, with_papers)
    filed = register.documents(session, matter)
    assert [(document.number, document.filename) for document in filed] == [(1, "ansokan-2026-1.docx"), (2, "Plan.pdf")]
    assert filed[1].id == kept
