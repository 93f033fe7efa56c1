"""A form changed under drafts, submitted and decided applications: each shows as it was, and drafts may go over."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.definitions import load
from paragraf.applications.filled import answers_at, filled, form_of
from paragraf.applications.models import Application, ApplicationRevision
from paragraf.applications.offered import carrying
from paragraf.applications.offered.publishing import publish_form
from paragraf.core.errors import RuleBroken
from paragraf.grants import operations as grants
from paragraf.questions.changes import Sort
from paragraf.questions.models import FormVersion
from tests.applications.acting import FORM, begin, decide, fill_in, save, submit, whole_answers
from tests.parts.world import NOW, Home

SOURCE = load("application_a")


def without_question(source: str, name: str) -> str:
    """The definition without one question."""
    kept, skipping = [], False
    for line in source.split("\n"):
        if line.startswith("      - id: "):
            skipping = line == f"      - id: {name}"
        elif not line.startswith("        "):
            skipping = False
        if not skipping:
            kept.append(line)
    return "\n".join(kept)


#: A question renamed, one taken away, one made required.
CHANGED = without_question(SOURCE, "target_group").replace("sv: Insatsens namn", "sv: Vad insatsen heter")


def change(session: Session, home: Home, source: str = CHANGED, *, follow: bool = False) -> FormVersion:
    return publish_form(
        session, association_id=home.id, source_text=source, now=NOW, actor="Sonja", drafts_follow=follow
    )


def printed(application: Application) -> str:
    assert application.document is not None
    document = docx.Document(BytesIO(application.document.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def as_read(session: Session, application: Application) -> Any:
    return filled(session, application, NOW.date()).blocks("sv")


def test_the_newest_version_has_nothing_to_tell(session: Session, application: Application) -> None:
    assert not carrying.has_newer(session, application)
    assert carrying.new_version(session, application) is None
    carrying.must_be_on_newest(session, application)


def test_a_draft_is_told_what_changed_question_by_question(session: Session, home: Home) -> None:
    application = begin(session, home)
    save(session, application, "operation", {"name": "Stegvis"})
    version = change(session, home)
    assert carrying.has_newer(session, application)
    found = carrying.new_version(session, application)
    assert found is not None
    assert (found.version, found.must) == (version, False)
    assert {one.id: one.sorts for one in found.changes.questions} == {
        "name": (Sort.TEXT,),
        "target_group": (Sort.REMOVED,),
    }


def test_going_over_carries_answers_and_leaves_the_rest_where_it_was(session: Session, home: Home) -> None:
    application = begin(session, home)
    fill_in(session, application, whole_answers(home))
    before = answers_at(session, application, application.version)
    version = change(session, home)
    carried = carrying.go_over(session, application, number=2, now=NOW)
    assert carried.left == ("target_group",)
    assert application.form_version is version
    after = answers_at(session, application, application.version)
    assert after == {name: value for name, value in before.items() if name != "target_group"}
    rows = session.scalars(select(ApplicationRevision.form_version_id).order_by(ApplicationRevision.id)).all()
    assert [row == version.id for row in rows] == [False] * (len(rows) - 1) + [True]
    left = carrying.left_behind(session, application)
    assert left is not None
    assert (left.names, left.answers) == (("target_group",), before)
    assert submit(session, application).register_number


def test_going_over_twice_changes_nothing_more(session: Session, home: Home, application: Application) -> None:
    save(session, application, "operation", {"name": "Stegvis"})
    change(session, home)
    carrying.go_over(session, application, number=2, now=NOW)
    version = application.version
    carrying.go_over(session, application, number=2, now=NOW)
    assert application.version == version
    assert carrying.left_behind(session, application) is None


def test_a_version_that_came_meanwhile_is_read_first(session: Session, home: Home, application: Application) -> None:
    change(session, home)
    change(session, home, CHANGED + "\n# igen\n")
    with pytest.raises(RuleBroken, match="ännu en version"):
        carrying.go_over(session, application, number=2, now=NOW)
    carrying.go_over(session, application, number=3, now=NOW)
    assert application.form_version.number == 3


def test_a_draft_may_stay_unless_the_new_version_is_for_all(session: Session, home: Home) -> None:
    staying, going = begin(session, home), begin(session, home, "annan@granvik.example")
    for application in (staying, going):
        fill_in(session, application, whole_answers(home))
    change(session, home)
    assert submit(session, staying).register_number
    assert staying.form_version.number == 1
    change(session, home, CHANGED + "\n# för alla\n", follow=True)
    change(session, home, CHANGED + "\n# efter den\n")
    found = carrying.new_version(session, going)
    assert found is not None
    assert found.must
    with pytest.raises(RuleBroken, match="Gå över till den"):
        submit(session, going)
    carrying.go_over(session, going, number=4, now=NOW)
    assert submit(session, going).register_number


def test_what_is_handed_in_shows_and_prints_as_it_was_for_ever(session: Session, home: Home) -> None:
    submitted, decided = begin(session, home), begin(session, home, "annan@granvik.example")
    for application in (submitted, decided):
        fill_in(session, application, whole_answers(home))
        submit(session, application)
    assert decided.matter is not None
    grants.grant(
        session,
        application=decided,
        decision=decide(session, home),
        years={2026: 100},
        conditions=[],
        decided_on=NOW.date(),
        now=NOW,
        actor="Sonja",
    )
    before = {one.id: (as_read(session, one), printed(one)) for one in (submitted, decided)}
    # Renamed, taken away, and made required.
    head, place, rest = CHANGED.partition("      - id: budget_comment\n")
    change(session, home, head + place + rest.replace("        required: false\n", "", 1), follow=True)
    session.expire_all()
    for one in (submitted, decided):
        assert (as_read(session, one), printed(one)) == before[one.id]
        assert form_of(one.form_version).question("name").label.sv == "Insatsens namn"
        assert "Insatsens namn" in printed(one)
        assert carrying.new_version(session, one) is None
        with pytest.raises(RuleBroken):
            carrying.go_over(session, one, number=2, now=NOW)


def test_a_question_made_required_is_missing_after_going_over_and_not_before(session: Session, home: Home) -> None:
    optional = FORM.question("budget_comment")
    head, place, rest = SOURCE.partition("      - id: budget_comment\n")
    source = head + place + rest.replace("        required: false\n", "", 1)
    application = begin(session, home)
    fill_in(session, application, {name: value for name, value in whole_answers(home).items() if name != optional.id})
    assert not filled(session, application, NOW.date()).problems
    change(session, home, source)
    assert not filled(session, application, NOW.date()).problems
    carrying.go_over(session, application, number=2, now=NOW)
    assert [one.question_id for one in filled(session, application, NOW.date()).problems] == [optional.id]


def test_a_page_of_the_old_version_loses_nothing(session: Session, home: Home, application: Application) -> None:
    """Somebody else went over while the page with the question was open."""
    save(session, application, "operation", {"name": "Stegvis"})
    old = application.form_version
    base = application.version
    change(session, home)
    carrying.go_over(session, application, number=2, now=NOW)
    section = form_of(old).section_of("target_group")
    assert carrying.version_answered(session, application, old.id) is old
    for _time in range(2):
        typed = carrying.keep_from_old_page(
            session,
            application,
            old,
            section=section,
            raw={"target_group": "Unga vuxna", "name": "Stegvis"},
            base_version=base,
            now=NOW,
        )
        assert typed == {"target_group": "Unga vuxna"}
    kept = session.scalars(select(ApplicationRevision).where(ApplicationRevision.version.is_(None))).one()
    assert (kept.answers, kept.form_version_id) == (typed, old.id)


def test_a_version_that_the_application_never_answered_is_not_read(
    session: Session, home: Home, application: Application
) -> None:
    newer = change(session, home)
    assert carrying.version_answered(session, application, newer.id) is None
