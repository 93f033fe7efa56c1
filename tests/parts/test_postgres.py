import datetime as dt
from collections.abc import Callable

import pytest
import sqlalchemy as sa
import time_machine

from tests.parts import postgres as part


def ask(url: str, statement: str) -> object:
    engine = sa.create_engine(url)
    try:
        with engine.begin() as connection:
            answer = connection.execute(sa.text(statement))
            return answer.scalar() if answer.returns_rows else None
    finally:
        engine.dispose()


def fill(url: str) -> None:
    ask(url, "CREATE TABLE matter (number integer PRIMARY KEY)")
    ask(url, "INSERT INTO matter VALUES (14)")


@pytest.fixture
def template(postgres_template: Callable[[str, Callable[[str], None]], str]) -> str:
    return postgres_template("proof", fill)


def test_is_a_real_postgresql(postgres_url: str) -> None:
    assert str(ask(postgres_url, "SELECT version()")).startswith("PostgreSQL 18")


def test_knows_swedish_letters(postgres_url: str) -> None:
    assert ask(postgres_url, "SELECT lower('ÅÄÖ')") == "åäö"


def test_does_not_live_in_utc(postgres_url: str) -> None:
    assert ask(postgres_url, "SHOW timezone") == "Europe/Stockholm"


def test_a_fresh_database_holds_what_the_template_holds(
    template: str, fresh_postgres_database: Callable[..., str]
) -> None:
    assert ask(fresh_postgres_database(template), "SELECT number FROM matter") == 14


def test_two_fresh_databases_share_nothing(template: str, fresh_postgres_database: Callable[..., str]) -> None:
    one, other = fresh_postgres_database(template), fresh_postgres_database(template)
    ask(one, "DELETE FROM matter")
    assert ask(other, "SELECT count(*) FROM matter") == 1


def test_a_template_is_filled_once(postgres_template: Callable[[str, Callable[[str], None]], str]) -> None:
    filled: list[str] = []
    for _ in range(2):
        assert postgres_template("once", filled.append) == "once"
    assert len(filled) == 1


def test_a_forgotten_connection_to_the_template_does_not_stop_the_copy(
    postgres: part.Cluster, template: str, fresh_postgres_database: Callable[..., str]
) -> None:
    engine = sa.create_engine(postgres.url(template))
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))
        assert ask(fresh_postgres_database(template), "SELECT count(*) FROM matter") == 1
        connection.invalidate()
    engine.dispose()


def test_an_engine_that_is_still_open_does_not_stop_the_cleaning(postgres: part.Cluster) -> None:
    engine = sa.create_engine(postgres.create("held"))
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))
        postgres.drop("held")
        connection.invalidate()
    engine.dispose()


def test_travelled_time_does_not_disturb_it(template: str, fresh_postgres_database: Callable[..., str]) -> None:
    with time_machine.travel(dt.datetime(2031, 5, 1, tzinfo=dt.UTC), tick=False):
        assert ask(fresh_postgres_database(template), "SELECT number FROM matter") == 14


def test_the_copy_of_the_wheel_runs_where_the_wheel_cannot(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path_factory.mktemp("pg")
    monkeypatch.setattr(part, "_as_whom", lambda home: {})
    cluster = part.Cluster(home)
    cluster._bin = part._copy_of_wheel(home) / "pginstall" / "bin"
    assert cluster._may_run()


def test_says_what_postgresql_said_when_it_fails(postgres: part.Cluster) -> None:
    with pytest.raises(RuntimeError, match="initdb ended with 1"):
        postgres._run("initdb")


def test_its_socket_has_a_path_short_enough(postgres: part.Cluster) -> None:
    assert len(str(postgres.home / ".s.PGSQL.5432")) < 108


def test_an_emptied_database_is_as_new(postgres: part.Cluster, emptied_databases: part.Emptied) -> None:
    make = "CREATE TABLE kept (revision text); INSERT INTO kept VALUES ('0001');"
    parent = "CREATE TABLE parent (id serial PRIMARY KEY);"
    child = "CREATE TABLE child (id serial PRIMARY KEY, parent_id int REFERENCES parent (id))"
    ask(postgres.create("bare"), make + parent + child)
    name, uses = emptied_databases.take("bare")
    ask(postgres.url(name), "INSERT INTO parent DEFAULT VALUES; INSERT INTO child (parent_id) VALUES (1)")
    emptied_databases.give_back("bare", name, uses, "kept")
    again, uses = emptied_databases.take("bare")
    assert (again, uses) == (name, 1)
    assert ask(postgres.url(name), "SELECT count(*) FROM child") == 0
    assert ask(postgres.url(name), "SELECT revision FROM kept") == "0001"
    assert ask(postgres.url(name), "INSERT INTO parent DEFAULT VALUES RETURNING id") == 1
    # Keys hold as before: only the emptying looked away.
    with pytest.raises(sa.exc.IntegrityError):
        ask(postgres.url(name), "INSERT INTO child (parent_id) VALUES (7)")


@pytest.mark.parametrize(
    "change", ["ALTER TABLE thing ADD more int", "DROP TABLE thing", "CREATE TABLE other (id int)"]
)
def test_a_database_whose_shape_was_changed_is_not_used_again(
    postgres: part.Cluster, emptied_databases: part.Emptied, change: str
) -> None:
    template = f"shaped_{len(change)}"
    ask(postgres.create(template), "CREATE TABLE thing (id int)")
    name, uses = emptied_databases.take(template)
    ask(postgres.url(name), change)
    emptied_databases.give_back(template, name, uses, "nothing")
    assert emptied_databases.take(template)[0] != name
