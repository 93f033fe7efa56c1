"""What the office, the agenda and the document read; and what publishing a form anew leaves alone."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from document_templates import known_fields
from document_templates import load as load_template
from forms.definitions import load
from paragraf.applications import operations, queries
from paragraf.applications.agenda_text import background_for_agenda
from paragraf.applications.document import application_fields
from paragraf.applications.document_fields import ApplicationFields, Signatory
from paragraf.applications.filled import Filled, filled, form_of
from paragraf.applications.listed import listing
from paragraf.applications.models import Application
from paragraf.applications.offered.publishing import open_forms
from paragraf.applications.rules import Outcome, State, may_write_again, principal_of, state_of
from paragraf.core.errors import NotThere
from paragraf.people.models import Principal
from paragraf.questions.definition import Purpose
from paragraf.questions.reading import DefinitionFaulty
from paragraf.word.filling.template import check_template
from tests.applications.acting import begin, fill_in, save, submit
from tests.parts.world import NOW, Home, World

NBSP = "\u00a0"


@pytest.fixture
def submitted(session: Session, application: Application, typed: dict[str, Any]) -> Application:
    fill_in(session, application, typed)
    submit(session, application)
    return application


# --- reading ---------------------------------------------------------------------------------------------------------


def test_drafts_are_counted_and_submitted_ones_listed(session: Session, submitted: Application, home: Home) -> None:
    begin(session, home)
    assert queries.draft_count(session, home.id) == 1
    [line] = listing.lines(session, home.id, Purpose.APPLICATION)
    assert (line.application, line.title, line.applicant) == (submitted, "Stegvis", "Vuxenenheten i Granvik")
    assert line.parties == ("Norrdals kommun", "Region Norrdal")
    assert line.applied == 41_000_000


def test_another_association_sees_nothing(session: Session, submitted: Application, world: World) -> None:
    other = world.south.id
    assert (listing.lines(session, other, Purpose.APPLICATION), queries.draft_count(session, other)) == ([], 0)
    assert queries.application_of_matter(session, other, submitted.matter_id or 0) is None
    with pytest.raises(NotThere):
        queries.application(session, other, 2026, 1)


def test_an_application_is_found_by_its_number_and_its_matter(
    session: Session, submitted: Application, home: Home
) -> None:
    assert queries.application(session, home.id, 2026, 1) is submitted
    assert queries.application_of_matter(session, home.id, submitted.matter_id or 0) is submitted


def test_the_list_asks_the_database_as_often_for_five_as_for_one(
    session: Session, home: Home, typed: dict[str, Any]
) -> None:
    def count() -> int:
        session.expire_all()
        asked: list[str] = []
        engine = session.get_bind()
        listener = lambda _c, _cursor, statement, *_rest: asked.append(statement)  # noqa: E731
        event.listen(engine, "before_cursor_execute", listener)
        listing.lines(session, home.id, Purpose.APPLICATION)
        event.remove(engine, "before_cursor_execute", listener)
        return len(asked)

    counts = []
    for number in range(5):
        application = begin(session, home, f"nummer{number}@granvik.example")
        fill_in(session, application, typed)
        submit(session, application)
        counts.append(count())
    assert counts[4] == counts[0]


def test_the_agenda_item_begins_with_what_the_applicant_wrote(session: Session, submitted: Application) -> None:
    assert background_for_agenda(session, submitted) == "\n\n".join(
        [
            f"Vuxenenheten i Granvik söker 410{NBSP}000{NBSP}kr till Stegvis. "
            "Insatsen pågår 15 oktober 2026 – 31 december 2027.",
            "Vi skriver om sammanfattning.",
            f"Sökt för varje år: 120{NBSP}000{NBSP}kr för 2026 och 290{NBSP}000{NBSP}kr för 2027.",
            "Samverkande parter: Norrdals kommun och Region Norrdal.",
            "Att uppmärksamma i beredningen:\n- 3 av kontrollerna är inte gjorda.",
        ]
    )


def test_the_background_can_be_english_and_says_nothing_of_what_is_not_there(
    session: Session, application: Application
) -> None:
    save(session, application, "operation", {"name": "Stegvis"})
    save(session, application, "applicant", {"applicant": {"name": "Granvik"}})
    assert background_for_agenda(session, application, "en") == "Granvik applies for funding of Stegvis."


# --- the document ----------------------------------------------------------------------------------------------------


def fields(session: Session, application: Application, home: Home) -> ApplicationFields:
    shown = filled(session, application, NOW.date())
    return application_fields(home.association, application, shown, received_on=NOW.date())


def test_the_document_prints_every_answer_once(session: Session, submitted: Application, home: Home) -> None:
    printed = fields(session, submitted, home)
    questions = [answer.question for section in printed.sections for answer in section.answers]
    tables = [table.title for section in printed.sections for table in section.tables]
    # The budget is a table and the signatories stand at the end.
    assert len(questions) == len(set(questions)) == 33 - 2
    assert tables == ["Budget, kronor"]
    assert printed.signatories == (Signatory("Torkel Påhitt", "Enhetschef", "Granviks kommun", "Enligt delegation"),)
    assert (printed.register_number, printed.received_on, printed.form_version) == (
        "2026/1",
        "2 mars 2026",
        "version 1",
    )


def test_the_cost_table_prints_amounts_without_their_unit(session: Session, submitted: Application, home: Home) -> None:
    [table] = [table for section in fields(session, submitted, home).sections for table in section.tables]
    assert table.years == ("2026", "2027")
    net = table.rows[-1]
    assert (net.amounts, net.total, net.is_sum) == ((f"120{NBSP}000", f"290{NBSP}000"), f"410{NBSP}000", "ja")
    assert [row.is_sum for row in table.rows].count("ja") == 3


def test_the_shipped_template_uses_only_these_fields() -> None:
    assert check_template(load_template("application"), known_fields("application")) == []


# --- publishing ------------------------------------------------------------------------------------------------------


def publish(session: Session, home: Home, source: str) -> Any:
    return operations.publish_form(session, association_id=home.id, source_text=source, now=NOW, actor="Sonja Ekvall")


def test_a_new_text_is_a_new_version_and_the_old_one_stays(
    session: Session, application: Application, home: Home
) -> None:
    source = load("application_a")
    assert publish(session, home, source).number == 1
    newer = publish(session, home, source.replace("sv: Insatsens namn", "sv: Namn på insatsen"))
    assert (newer.number, newer.family_id) == (2, application.form_version.family_id)
    assert form_of(application.form_version).question("name").label.sv == "Insatsens namn"
    assert form_of(begin(session, home).form_version).question("name").label.sv == "Namn på insatsen"
    assert [version.id for version in open_forms(session, home.id)] == [newer.id]


def test_going_back_to_an_older_text_is_a_version_of_its_own(session: Session, home: Home) -> None:
    source = load("application_a")
    publish(session, home, source.replace("max_words: 25", "max_words: 30"))
    assert publish(session, home, source).number == 3


def test_a_faulty_text_is_not_published(session: Session, home: Home) -> None:
    with pytest.raises(DefinitionFaulty):
        publish(session, home, "key: application_a")
    assert [version.number for version in open_forms(session, home.id)] == [1]


def test_another_associations_forms_are_not_offered(session: Session, world: World) -> None:
    [north], [south] = open_forms(session, world.north.id), open_forms(session, world.south.id)
    assert north.id != south.id


# --- rules -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"submitted": False, "granted": False}, State.DRAFT),
        ({"submitted": True, "granted": False}, State.SUBMITTED),
        ({"submitted": True, "granted": False, "on_agenda": True}, State.ON_AGENDA),
        ({"submitted": True, "granted": False, "treated": True}, State.TREATED),
        ({"submitted": True, "granted": False, "treated": True, "outcome": Outcome.OTHER}, State.DECIDED),
        ({"submitted": True, "granted": False, "treated": True, "outcome": Outcome.REJECTED}, State.REJECTED),
        ({"submitted": True, "granted": False, "treated": True, "outcome": Outcome.TABLED}, State.TABLED),
        ({"submitted": True, "granted": False, "treated": True, "outcome": Outcome.REMITTED}, State.REMITTED),
        ({"submitted": True, "granted": False, "outcome": Outcome.TABLED, "on_agenda": True}, State.ON_AGENDA),
        ({"submitted": True, "granted": False, "completing": True, "on_agenda": True}, State.COMPLETION),
        ({"submitted": True, "granted": False, "completing": True, "withdrawn": True}, State.WITHDRAWN),
        ({"submitted": True, "granted": True, "treated": True, "on_agenda": True}, State.GRANTED),
        ({"submitted": True, "granted": True, "withdrawn": True}, State.GRANTED),
    ],
)
def test_the_state_follows_from_facts(facts: dict[str, Any], state: State) -> None:
    assert state_of(**facts) is state


def test_state_agencies_are_parties_of_their_own_and_municipalities_are_one_together() -> None:
    assert principal_of(Principal.STATE, 1) != principal_of(Principal.STATE, 2)
    assert principal_of(Principal.MUNICIPALITIES, 1) == principal_of(Principal.MUNICIPALITIES, 2)


def test_letters_are_counted_within_the_hour() -> None:
    assert may_write_again([NOW] * 4, NOW)
    assert not may_write_again([NOW] * 5, NOW)


def test_a_filled_form_cannot_be_changed(session: Session, application: Application) -> None:
    shown: Filled = filled(session, application, NOW.date())
    with pytest.raises(dataclasses.FrozenInstanceError):
        shown.answers = {}  # type: ignore[misc]
