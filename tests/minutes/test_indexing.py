"""What is verified becomes findable, once, and nothing before that."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paragraf.minutes import decision_index, indexing
from paragraf.minutes.models import Minutes, Verb
from paragraf.people.models import Person
from paragraf.search import queries as search
from paragraf.search.models import EntryKind, SearchEntry
from paragraf.search.queries import Wanted
from paragraf.search.rules import read_question
from paragraf.search.words import mark
from tests.minutes import acting
from tests.minutes.acting import SIGNED
from tests.parts.world import Home, World


@pytest.fixture
def signed(session: Session, home: Home, ready: Minutes) -> Minutes:
    return acting.all_sign(session, acting.send(session, acting.fix(session, ready)))


@pytest.fixture
def ready(session: Session, home: Home, draft: Minutes) -> Minutes:
    acting.write(session, acting.rows(session, draft)[1], acting.GRANT)
    acting.elect(session, draft, home.fourth_member)
    return draft


def found(session: Session, home: Home, typed: str, *marks: str, kind: EntryKind = EntryKind.ITEM) -> list[str]:
    wanted = Wanted(read_question(typed, marks), kinds=(kind,))
    return [one.label for one in search.find(session, home.id, wanted).entries]


def test_a_draft_is_not_found(session: Session, home: Home, ready: Minutes) -> None:
    assert indexing.index_verified(session, now=SIGNED) == 0
    acting.send(session, acting.fix(session, ready))
    assert indexing.index_verified(session, now=SIGNED) == 0
    assert found(session, home, "bidrag") == []


def test_what_is_verified_is_found_once(session: Session, home: Home, signed: Minutes) -> None:
    assert indexing.index_verified(session, now=SIGNED) == 3
    assert indexing.index_verified(session, now=SIGNED) == 0
    assert found(session, home, "ansökningar") == ["§ 627"]
    assert found(session, home, "beviljades bidragen") == ["§ 627"]
    assert found(session, home, "bevilja", kind=EntryKind.DECISION) == ["§ 627"]


def test_it_is_found_by_verb_person_party_and_amount(session: Session, home: Home, signed: Minutes) -> None:
    indexing.index_verified(session, now=SIGNED)
    assert found(session, home, "", mark("verb", "grant")) == ["§ 627"]
    assert found(session, home, "", mark("verb", "appoint")) == ["§ 626"]
    elected = session.scalars(select(Person).where(Person.association_id == home.id, Person.name == "Maj Torn")).one()
    assert found(session, home, "", mark("person", elected.id)) == ["§ 626"]
    assert found(session, home, "", mark("person", home.chair.id)) == []
    # What the § says and what the decision grants, year by year and in all.
    for kronor in (120_000, 290_000, 410_000):
        wanted = Wanted(read_question(""), kinds=(EntryKind.ITEM,), least=kronor * 100, most=kronor * 100)
        assert [one.label for one in search.find(session, home.id, wanted).entries] == ["§ 627"]


def test_attachments_are_found_by_their_title(session: Session, home: Home, ready: Minutes) -> None:
    from paragraf.minutes import operations

    row = acting.rows(session, ready)[1]
    operations.attach(
        session, row, title="Kalkyl", filename="k.pdf", content=b"%PDF-1.7\n%%EOF\n", now=acting.AFTER, actor="Prov"
    )
    acting.all_sign(session, acting.send(session, acting.fix(session, ready)))
    indexing.index_verified(session, now=SIGNED)
    assert found(session, home, "kalkylen", kind=EntryKind.ATTACHMENT) == ["Bilaga 1 till § 627"]


def test_many_minutes_are_taken_a_few_at_a_time(session: Session, home: Home, signed: Minutes) -> None:
    assert indexing.index_verified(session, now=SIGNED, limit=0) == 0
    assert session.scalar(select(func.count()).select_from(SearchEntry)) == 0


def test_the_decision_index_of_the_year(session: Session, home: Home, world: World, signed: Minutes) -> None:
    assert decision_index.years(session, home.id) == [2026]
    lines = decision_index.decision_index(session, home.id, 2026)
    assert [(one.number, one.verb) for one in lines] == [(626, Verb.APPOINT), (627, Verb.GRANT), (628, None)]
    assert lines[1].granted == 41_000_000
    assert lines[1].register_number.startswith("2026/")
    assert decision_index.decision_index(session, home.id, 2025) == []
    assert decision_index.decision_index(session, home.id, 2026, body_id=0) == []
    assert decision_index.decision_index(session, world.south.id, 2026) == []


def test_a_draft_is_not_in_the_index(session: Session, home: Home, ready: Minutes) -> None:
    acting.fix(session, ready)
    assert decision_index.years(session, home.id) == []
