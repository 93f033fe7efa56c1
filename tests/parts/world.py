"""Two associations with people in them, on SQLite and on PostgreSQL, and browsers' doubles signed in as any of them.

Every test can ask "may the stranger?": ``world.north`` has an owner (its secretary), members and a chair;
``world.south`` is another association, whose people are strangers in the north.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from paragraf import all_models
from paragraf.core import migrating
from paragraf.core.database import Database, open_engine
from paragraf.core.number_series import open_series
from paragraf.core.settings import Settings
from paragraf.people.models import (
    Association,
    Body,
    BodyKind,
    BodyRule,
    Capacity,
    Mandate,
    MemberOrganisation,
    NoticeBoard,
    Person,
    Principal,
    Role,
    RoleKind,
    Unit,
)

#: A Monday morning on which tests happen unless they travel.
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SINCE = date(2024, 1, 1)
Row = TypeVar("Row")


@dataclass
class Home:
    """One association of the world and whom it knows, as rows that stay loaded after their session."""

    association: Association
    board: Body
    municipality: MemberOrganisation
    second_municipality: MemberOrganisation
    region: MemberOrganisation
    state: MemberOrganisation
    secretary: Person
    chair: Person
    vice_chair: Person
    member: Person
    fourth_member: Person
    substitute: Person
    second_substitute: Person
    mandates: dict[str, Mandate] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.association.id

    @property
    def slug(self) -> str:
        return self.association.slug


@dataclass
class World:
    """``north`` is where the test happens; ``south`` is where strangers come from."""

    database: Database
    north: Home
    south: Home


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    place = tmp_path_factory.mktemp("template") / "template.sqlite3"
    engine = open_engine(f"sqlite:///{place}")
    migrating.upgrade(engine, all_models.metadata)
    # The last connection that closes writes the WAL into the file; without this the copies would be empty.
    engine.dispose()
    return place


def _migrate(url: str) -> None:
    engine = open_engine(url)
    migrating.upgrade(engine, all_models.metadata)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty, migrated database; each test that asks runs on both engines."""
    if request.param == "sqlite":
        place = tmp_path / "paragraf.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), place)
        return f"sqlite:///{place}"
    template = request.getfixturevalue("postgres_template")("migrated", _migrate)
    return str(request.getfixturevalue("emptied_postgres_database")(template, "alembic_version"))


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a test: no mail goes out, the key is known."""
    return Settings(
        data=tmp_path,
        database_url=database_url,
        secret_key="a key for tests only",
        base_url="http://localhost",
        mail_from="kansli@norrdal.example",
        demo=True,
    )


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """An empty database with all tables."""
    opened = Database(settings)
    yield opened
    opened.dispose()


@pytest.fixture
def world(database: Database) -> World:
    """Both associations, populated."""
    with database.writing() as session:
        north = settle(session, "norrdal", "Samordningsförbundet Norrdal", "2220000018", first_item=626)
        south = settle(session, "sunnan", "Samordningsförbundet Sunnan", "2220009027", first_item=41)
    return World(database, north, south)


def settle(session: Session, slug: str, name: str, number: str, *, first_item: int) -> Home:
    """Make one association with a board of four seats and two substitutes."""
    association = Association(
        slug=slug,
        name=name,
        organisation_number=number,
        email=f"kansli@{slug}.example",
        minutes_kept_at="Kansliet, Storgatan 1",
        created_at=NOW,
    )
    session.add(association)
    session.flush()
    maker = _Maker(session, association)
    board = maker.add(
        Body(kind=BodyKind.BOARD, name="Styrelsen", decision_phrase="Styrelsen beslutar", series_key="board")
    )
    maker.add(
        BodyRule(
            body_id=board.id, valid_from=SINCE, seats=4, notice_days=7, verifiers=1, source="förbundsordningen 8 §"
        )
    )
    open_series(session, association.id, "board", first=first_item)
    home = Home(association, board, *_organisations(maker), *_people(maker))  # type: ignore[arg-type]
    _seat(maker, home)
    maker.add(Role(person_id=home.secretary.id, kind=RoleKind.SECRETARY, starts_on=SINCE))
    maker.add(NoticeBoard(name="Förbundets anslagstavla", valid_from=SINCE))
    return home


@dataclass
class _Maker:
    session: Session
    association: Association

    def add(self, row: Row) -> Row:
        row.association_id = self.association.id  # type: ignore[attr-defined]
        self.session.add(row)
        self.session.flush()
        return row


def _organisations(maker: _Maker) -> list[MemberOrganisation]:
    made = [
        maker.add(
            MemberOrganisation(
                name=name, short_name=name, principal=principal, organisation_number=number, joined_on=SINCE
            )
        )
        for name, principal, number in (
            ("Norrdals kommun", Principal.MUNICIPALITIES, "2120009119"),
            ("Västerviks kommun", Principal.MUNICIPALITIES, "2120009127"),
            ("Region Norrdal", Principal.REGION, "2321009116"),
            ("Försäkringskassan", Principal.STATE, "2021005521"),
        )
    ]
    maker.add(Unit(member_organisation_id=made[0].id, name="Vuxenutbildningen"))
    return made


def _people(maker: _Maker) -> list[Person]:
    slug = maker.association.slug
    names = ("Sonja Ekvall", "Olle Brand", "Vera Lind", "Maj Torn", "Nils Ask", "Eva Rask", "Ivar Holm")
    return [
        maker.add(Person(name=name, email=f"{name.split()[0].lower()}@{slug}.example", title="", language="sv"))
        for name in names
    ]


def _seat(maker: _Maker, home: Home) -> None:
    seats = (
        ("chair", home.chair, home.municipality, Capacity.CHAIR, None),
        ("vice_chair", home.vice_chair, home.region, Capacity.VICE_CHAIR, None),
        ("member", home.member, home.state, Capacity.BOARD_MEMBER, None),
        ("fourth_member", home.fourth_member, home.second_municipality, Capacity.BOARD_MEMBER, None),
        ("substitute", home.substitute, home.municipality, Capacity.SUBSTITUTE, 1),
        ("second_substitute", home.second_substitute, home.region, Capacity.SUBSTITUTE, 2),
    )
    for key, person, organisation, capacity, order in seats:
        home.mandates[key] = maker.add(
            Mandate(
                body_id=home.board.id,
                person_id=person.id,
                member_organisation_id=organisation.id,
                capacity=capacity,
                calling_order=order,
                starts_on=SINCE,
            )
        )


@pytest.fixture
def app(world: World, settings: Settings) -> Flask:
    """The web application on the world's database. CSRF has tests of its own (tests/webapp/test_csrf.py)."""
    from webapp import create_app

    made = create_app(settings, world.database)
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    # Errors must reach the same handlers as in production, not the test.
    made.config["PROPAGATE_EXCEPTIONS"] = False
    return made


@pytest.fixture
def client_of(app: Flask) -> Callable[[Person | None], FlaskClient]:
    """``client_of(person)``: a browser's double, signed in as the person; None for a visitor."""

    def make(person: Person | None) -> FlaskClient:
        client = app.test_client()
        if person is not None:
            with client.session_transaction() as session:
                session["_user_id"] = f"{person.association_id}:{person.id}"
                session["_fresh"] = True
        return client

    return make
