"""When something goes wrong: a page in words, the typed text given back, nothing saved, no secret in the log."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from paragraf.core.database import Database
from paragraf.core.settings import Settings
from paragraf.people.models import Person
from tests.parts.world import NOW, World, settle
from webapp import create_app

ClientOf = Callable[[Person | None], FlaskClient]


@pytest.fixture
def broken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signing in falls over with an error that quotes what it was given."""

    def fall(*_args: object, token: str, **_kwargs: object) -> None:
        raise RuntimeError(f"cannot read {token}")

    monkeypatch.setattr("paragraf.people.operations.read_sign_in", fall)


@pytest.mark.usefixtures("broken")
def test_an_unforeseen_error_is_a_page_in_words_without_a_traceback(
    client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client_of(None).get("/norrdal/logga-in/hemlig-lank")
    assert answer.status_code == 500
    assert "Något gick fel hos oss" in answer.text
    assert "RuntimeError" not in answer.text
    assert "signing_in.confirm failed" in caplog.text
    assert "hemlig-lank" not in caplog.text.replace("cannot read hemlig-lank", "")


def test_a_form_that_has_grown_old_gives_the_text_back(app: Flask, client_of: ClientOf) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client_of(None).post("/norrdal/logga-in", data={"email": "nagon@norrdal.example"})
    assert answer.status_code == 400
    assert "nagon@norrdal.example" in answer.text
    assert "för gammal" in answer.text


def test_what_is_given_back_is_escaped(app: Flask, client_of: ClientOf) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client_of(None).post("/norrdal/logga-in", data={"email": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.text


def test_too_large_a_request_is_told(client_of: ClientOf) -> None:
    answer = client_of(None).post("/norrdal/logga-in", data={"email": "x" * 12_000_000})
    assert answer.status_code == 413
    assert "större än 10 MB" in answer.text


def test_a_script_gets_its_error_as_json(client_of: ClientOf) -> None:
    answer = client_of(None).post("/norrdal/finns/inte", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.get_json() == {"message": "Sidan finns inte."}


@pytest.fixture
def read_only_app(sqlite_template: Path, tmp_path: Path) -> Flask:
    """The application on a database file that may be read and not written, as on a full or locked disk."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(sqlite_template, place)
    settings = Settings(data=tmp_path, secret_key="x", demo=True, base_url="http://localhost")
    database = Database(settings)
    with database.writing() as session:
        settle(session, "norrdal", "Samordningsförbundet Norrdal", "2220000018", first_item=626)
    database.dispose()
    # Root may write to any file, so the file's own mode is not enough here: open it read-only.
    sealed = replace(settings, database_url=f"sqlite:///file:{place}?mode=ro&uri=true")
    app = create_app(sealed, Database(sealed))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    return app


def test_a_database_that_cannot_be_written_still_shows_and_says_that_nothing_is_saved(
    read_only_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    client = read_only_app.test_client()
    assert client.get("/norrdal/").status_code == 200
    answer = client.post("/norrdal/logga-in", data={"email": "olle@norrdal.example"})
    assert answer.status_code == 503
    assert "går inte att skriva" in answer.text
    assert "olle@norrdal.example" in answer.text
    assert "database:" in caplog.text


def test_healthz_names_what_is_not_well(client_of: ClientOf, world: World) -> None:
    answer = client_of(None).get("/healthz")
    assert answer.status_code == 503
    told = answer.get_json()
    assert told["database"]["well"]
    assert told["scheduler"] == {"well": False, "says": "has never run: python -m scheduler"}


def test_healthz_is_well_when_the_scheduler_has_been_heard(client_of: ClientOf, world: World) -> None:
    import time_machine

    from paragraf.core import heartbeat

    with world.database.writing() as session:
        heartbeat.beat(session, "scheduler", NOW)
    with time_machine.travel(NOW, tick=False):
        answer = client_of(None).get("/healthz")
    assert answer.status_code == 200
    assert answer.get_json()["outbox"]["says"] == "0 waiting, 0 failed"
