"""The pages of earlier minutes: uploaded, looked at, corrected, taken in, read."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from paragraf.core.number_series import next_number
from paragraf.importing.models import ImportedFile
from paragraf.minutes.models import Minutes
from paragraf.people.models import Person
from tests.importing.files import word
from tests.importing.test_taking import text
from tests.parts.world import NOW, World

ClientOf = Callable[[Person | None], FlaskClient]
ROOT = "/norrdal/protokoll/importera/"


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Pages are tried on SQLite; the rows beneath them on both engines (tests/importing)."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office(world: World, client_of: ClientOf) -> FlaskClient:
    return client_of(world.north.secretary)


def upload(client: FlaskClient, *files: tuple[bytes, str]) -> TestResponse:
    data: dict[str, Any] = {"files": [(BytesIO(content), name) for content, name in files]}
    return client.post(ROOT, data=data, content_type="multipart/form-data")


def typed(page: str) -> dict[str, str]:
    """The page's fields as they stand."""
    fields = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', page))
    return {name: value for name, value in fields.items() if not name.endswith("skip") and name != "act"} | {
        "m0-body": re.findall(r'<option value="(\d+)"', page)[0]
    }


def test_from_file_to_page_to_minutes(office: FlaskClient, world: World) -> None:
    answer = upload(office, (text("2015-09-10", 626), "protokoll.txt"))
    assert answer.status_code == 303
    address = answer.headers["Location"]
    page = office.get(address).text
    assert "3 paragrafer hittades." in page
    assert 'value="Ärende 627"' in page
    with world.database.reading() as session:
        assert session.scalars(select(Minutes)).all() == []
    fields = typed(page) | {"m0-i0-heading": "Rättad rubrik", "act": "take"}
    answer = office.post(address, data=fields)
    assert answer.status_code == 303
    read = office.get(answer.headers["Location"]).text
    assert "Tidigare protokoll" in read
    assert "Rättad rubrik" in read
    assert "att godkänna ärende 627." in read
    assert "Justerat" not in read
    with world.database.reading() as session:
        assert next_number(session, world.north.id, "board") == 629
    assert "protokoll.txt" in office.get(ROOT).text
    assert office.get(address).status_code == 302
    # The same file again is told, and so is that nothing came of it.
    again = upload(office, (text("2015-09-10", 626), "igen.txt"))
    assert again.status_code == 422
    assert "redan intagen" in again.text


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(office: FlaskClient, world: World) -> None:
    address = upload(office, (text("2015-09-10", 626), "protokoll.txt")).headers["Location"]
    fields = typed(office.get(address).text) | {"m0-day": "i går", "m0-i0-number": "627", "act": "take"}
    answer = office.post(address, data=fields)
    assert answer.status_code == 422
    assert 'value="i går"' in answer.text
    assert "§ 627: Flera paragrafer har samma nummer." in answer.text
    assert 'href="#m0-i0-number"' in answer.text
    fields = typed(office.get(address).text) | {"m0-where": "Rådhuset"}
    assert office.post(address, data=fields).status_code == 303
    stale = office.post(address, data=fields | {"m0-where": "Mitt ställe"})
    assert stale.status_code == 422
    assert 'value="Mitt ställe"' in stale.text


def test_several_files_and_one_that_cannot_be_read(office: FlaskClient, world: World) -> None:
    answer = upload(
        office,
        (text("2015-09-10", 626), "ett.txt"),
        (word("Kallelse", "1. Ekonomi", "Styrelsen föreslås besluta", "att godkänna den"), "kallelse.docx"),
        (text("2016-09-10", 650), "två.txt"),
        (b"", "tom.txt"),
    )
    assert answer.status_code == 303
    page = office.get(ROOT).text
    assert "kallelse.docx: Filen är en kallelse" in page
    assert "tom.txt: Filen är tom." in page
    with world.database.reading() as session:
        assert session.scalars(select(ImportedFile.filename)).all() == ["ett.txt", "två.txt"]


def test_a_file_is_taken_away(office: FlaskClient, world: World) -> None:
    address = upload(office, (text("2015-09-10", 626), "protokoll.txt")).headers["Location"]
    assert office.post(f"{address}ta-bort").status_code == 303
    assert office.get(address).status_code == 404


def test_without_a_file(office: FlaskClient) -> None:
    answer = upload(office)
    assert answer.status_code == 422
    assert "Välj minst en fil." in answer.text


def test_300_paragraphs_are_shown_and_taken(office: FlaskClient) -> None:
    address = upload(office, (text("2015-09-10", 1, 300), "lång.txt")).headers["Location"]
    fields = typed(office.get(address).text) | {"act": "take"}
    assert len(fields) > 600
    assert office.post(address, data=fields).status_code == 303
