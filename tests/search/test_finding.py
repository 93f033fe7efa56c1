"""The index on both engines: what is put in is found, by any form of its words, and by nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.register.models import Direction, DocumentKind
from paragraf.register.operations import file_document
from paragraf.register.uploads import WORD
from paragraf.search import operations, queries
from paragraf.search.models import EntryKind, SearchEntry
from paragraf.search.operations import NewEntry
from paragraf.search.queries import Wanted
from paragraf.search.rules import Question, read_question
from paragraf.search.words import mark
from tests.parts.world import NOW, Home, World
from tests.search.acting import paper


def entry(subject: int, text: str, *, day: date = date(2026, 4, 9), **more: object) -> NewEntry:
    values: dict[str, object] = {
        "kind": EntryKind.ITEM,
        "meeting_id": 1,
        "item_id": subject,
        "body_id": 1,
        "label": f"§ {subject}",
        "heading": "Rubrik",
        **more,
    }
    return NewEntry(subject_id=subject, text=text, day=day, **values)  # type: ignore[arg-type]


def found(session: Session, home: Home, typed: str, **more: object) -> list[int]:
    wanted = Wanted(read_question(typed), **more)  # type: ignore[arg-type]
    return [one.subject_id for one in queries.find(session, home.id, wanted).entries]


@pytest.fixture
def home(session: Session, world: World) -> Home:
    operations.add(
        session,
        world.north.id,
        [
            entry(626, "Styrelsen beviljar Norrdals kommun kontant bidrag med 410 000 kr.", amounts=(41_000_000,)),
            entry(627, "Ansökningarna bordläggs till nästa sammanträde.", marks=(mark("verb", "table"),)),
            entry(12, "Bidragsansökan från regionen avslås.", day=date(2019, 2, 1), body_id=2),
        ],
        now=NOW,
    )
    return world.north


@pytest.mark.parametrize(
    ("typed", "subjects"),
    [
        ("bidraget", [626]),
        ("beviljade kommunerna", [626]),
        ("ansökan", [627]),
        ("ansökan*", []),
        ("ansök*", [627]),
        ('"nästa sammanträdet"', [627]),
        ('"sammanträde nästa"', []),
        ("§ 626", [626]),
        ("410 000", [626]),
        ("styrelsen -bordlagda", [626]),
        ("rubriken", [627, 626, 12]),
        ("lax", []),
    ],
)
def test_words_are_found_in_every_form(session: Session, home: Home, typed: str, subjects: list[int]) -> None:
    assert sorted(found(session, home, typed)) == sorted(subjects)


def test_the_newest_comes_first_however_late_it_was_taken_in(session: Session, home: Home) -> None:
    operations.add(session, home.id, [entry(900, "rubrik", day=date(2001, 1, 1))], now=NOW)
    assert found(session, home, "rubrik") == [627, 626, 12, 900]


def test_what_narrows(session: Session, home: Home) -> None:
    assert found(session, home, "rubrik", year=2019) == [12]
    assert found(session, home, "rubrik", year=2020) == []
    assert found(session, home, "rubrik", body_id=2) == [12]
    assert found(session, home, "", least=40_000_000) == [626]
    assert found(session, home, "", least=1, most=100) == []
    marked = Wanted(read_question("", [mark("verb", "table")]))
    assert [one.subject_id for one in queries.find(session, home.id, marked).entries] == [627]


def test_nothing_asked_gives_all_newest_first(session: Session, home: Home) -> None:
    assert found(session, home, "") == [627, 626, 12]


def test_another_association_finds_nothing(session: Session, home: Home, world: World) -> None:
    assert found(session, world.south, "bidrag") == []
    assert found(session, world.south, "") == []


def test_pages_and_counts(session: Session, home: Home) -> None:
    operations.add(session, home.id, [entry(subject, "många") for subject in range(1000, 1230)], now=NOW)
    first = queries.find(session, home.id, Wanted(read_question("många")))
    second = queries.find(session, home.id, Wanted(read_question("många")), page=2)
    last = queries.find(session, home.id, Wanted(read_question("många")), page=12)
    assert [(one.first, one.is_more, len(one.entries)) for one in (first, second, last)] == [
        (1, True, 20),
        (21, True, 20),
        (221, False, 10),
    ]
    assert not {one.id for one in first.entries} & {one.id for one in second.entries}
    assert queries.find(session, home.id, Wanted(read_question("många")), page=13).entries == ()


def test_a_thing_is_indexed_once(session: Session, home: Home) -> None:
    with pytest.raises(IntegrityError), session.begin_nested():
        operations.add(session, home.id, [entry(626, "igen")], now=NOW)


def test_a_deleted_entry_is_found_no_more(session: Session, home: Home) -> None:
    session.delete(session.scalars(select(SearchEntry).where(SearchEntry.subject_id == 627)).one())
    session.flush()
    assert found(session, home, "bordlägga") == []


def test_an_attachment_is_read_afterwards(session: Session, home: Home) -> None:
    word = file_document(
        session,
        association_id=home.id,
        matter=None,
        kind=DocumentKind.ATTACHMENT,
        direction=Direction.MADE,
        title="Rapport",
        filename="rapport.docx",
        media_type=WORD,
        content=paper("Måluppfyllelsen är god i Stegvis."),
        now=NOW,
        actor="Prov",
    )
    new = entry(1, "", kind=EntryKind.ATTACHMENT, label="Bilaga 1 till § 626", heading="Rapport", document_id=word.id)
    operations.add(session, home.id, [new], now=NOW)
    assert found(session, home, "måluppfyllelse") == []
    assert operations.read_waiting(session, now=NOW, limit=10) == 1
    assert operations.read_waiting(session, now=NOW, limit=10) == 0
    assert found(session, home, "måluppfyllelse") == [1]
    assert found(session, home, "rapporten") == [1]


def test_a_damaged_attachment_is_found_by_its_title(session: Session, home: Home) -> None:
    damaged = file_document(
        session,
        association_id=home.id,
        matter=None,
        kind=DocumentKind.ATTACHMENT,
        direction=Direction.MADE,
        title="Karta",
        filename="karta.pdf",
        media_type="application/pdf",
        content=b"%PDF-1.7 nothing more",
        now=NOW,
        actor="Prov",
    )
    new = entry(2, "", kind=EntryKind.ATTACHMENT, label="Bilaga 2 till § 626", heading="Karta", document_id=damaged.id)
    operations.add(session, home.id, [new], now=NOW)
    assert operations.read_waiting(session, now=NOW, limit=10) == 1
    assert found(session, home, "karta") == [2]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=st.text(max_size=60))
def test_whatever_is_typed_is_answered(session: Session, home: Home, typed: str) -> None:
    try:
        question = read_question(typed)
    except RuleBroken:
        return
    queries.find(session, home.id, Wanted(question))
    queries.find(session, home.id, Wanted(question.loosened() if question.wanted else Question()))
