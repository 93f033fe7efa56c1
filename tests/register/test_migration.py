"""Migration 0003 lets documents be decision letters: with rows in every table that points at documents."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from paragraf import all_models
from paragraf.applications.models import ApplicationAttachment
from paragraf.core import migrating
from paragraf.core.database import Database
from paragraf.core.migrating import RowsInTheWay
from paragraf.minutes import operations as minutes
from paragraf.minutes.models import CertifiedExtract, ExtractItem
from paragraf.register.models import Direction, Document, DocumentKind
from paragraf.register.operations import file_document
from tests.minutes import acting
from tests.parts.migrations import down, held, pointing_at, shape, up
from tests.parts.world import NOW, Home, World

POINTING = pointing_at("document")


def file(session: Session, home: Home, kind: DocumentKind, of: Document | None = None) -> Document:
    return file_document(
        session,
        association_id=home.id,
        matter=None,
        kind=kind,
        direction=Direction.OUT,
        title="Handling",
        filename="handling.pdf",
        media_type="application/pdf",
        content=b"%PDF-1.7",
        now=NOW,
        actor="Prov",
        rendered_from=of,
    )


@pytest.fixture
def filled(world: World) -> Database:
    """Minutes that are sent, with all that documents are for."""
    home = world.north
    with world.database.writing() as session:
        meeting = acting.plan(session, home)
        application = acting.usual_agenda(session, home, meeting)
        acting.all_present(session, meeting)
        draft = acting.begin(session, meeting)
        first, second, _third = acting.rows(session, draft)
        acting.write(session, second, acting.GRANT)
        minutes.attach(session, first, title="B", filename="b.pdf", content=b"%PDF-1.7\n%%EOF\n", now=NOW, actor="Prov")
        acting.elect(session, draft, home.fourth_member)
        acting.send(session, acting.fix(session, draft))
        word = file(session, home, DocumentKind.APPLICATION)
        file(session, home, DocumentKind.APPLICATION, of=word)
        application.document = word
        own = {"association_id": home.id, "document_id": word.id}
        session.add(ApplicationAttachment(application_id=application.id, question_id="budget", **own))
        session.add(
            CertifiedExtract(
                minutes_id=first.minutes_id,
                version=1,
                certified_at=NOW,
                certified_by_id=home.secretary.id,
                items=[ExtractItem(association_id=home.id, minute_item_id=first.id, position=1)],
                **own,
            )
        )
    return world.database


def test_every_row_comes_through_down_and_up_again(filled: Database) -> None:
    # From the shape that 0003 made: later migrations have tests of their own.
    down(filled, "0003")
    pointing = sorted(set(POINTING) & set(inspect(filled.engine).get_table_names()))
    before, whole = held(filled, *pointing), shape(filled, "document")
    assert [name for name, rows in before.items() if not rows] == []
    down(filled, "0002")
    assert held(filled, *pointing) == before
    assert shape(filled, "document") == whole
    migrating.upgrade(filled.engine, all_models.metadata, "0003")
    assert held(filled, *pointing) == before
    assert shape(filled, "document") == whole
    up(filled)


def test_the_older_shape_knows_no_decision_letters(filled: Database, world: World) -> None:
    down(filled, "0002")
    with pytest.raises(DBAPIError, match="document_kind"), filled.writing() as session:
        file(session, world.north, DocumentKind.DECISION_LETTER)


@pytest.mark.parametrize("revision", ["0002", "0003"])
@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE document SET kind = 'agreement'", "only added"),
        ("UPDATE document SET content = NULL", "only added"),
        ("DELETE FROM document", "only added"),
        ("UPDATE minutes SET document_id = 999999", "(?i)foreign key"),
    ],
)
def test_what_was_refused_before_is_refused_after(filled: Database, revision: str, statement: str, why: str) -> None:
    down(filled, "0002")
    if revision == "0003":
        up(filled)
    with pytest.raises(DBAPIError, match=why), filled.writing() as session:
        session.execute(text(statement))


def test_a_database_with_decision_letters_does_not_go_back(filled: Database, world: World) -> None:
    with filled.writing() as session:
        file(session, world.north, DocumentKind.DECISION_LETTER)
    before = held(filled, *POINTING)
    with pytest.raises(RowsInTheWay, match=r"1 decision letters.*Nothing is changed"):
        down(filled, "0002")
    assert held(filled, *POINTING) == before
    up(filled)
